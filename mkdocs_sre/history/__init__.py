"""What git remembers."""
