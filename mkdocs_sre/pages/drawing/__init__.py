"""Graphs as pictures: columns for a wide page and an indented rail for a phone, as inline SVG without script."""
