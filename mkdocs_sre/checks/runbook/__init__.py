"""Runbooks: what they say, and what their commands do."""
