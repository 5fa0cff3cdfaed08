"""The alert catalogue and its links."""
