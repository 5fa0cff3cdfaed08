"""What git remembers, and what goes stale."""
