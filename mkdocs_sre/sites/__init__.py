"""Whole sites on disk: begun, written as plain Markdown, verified once they are built."""
