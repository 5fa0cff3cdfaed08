"""References between documents."""
