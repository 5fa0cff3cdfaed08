"""How fresh each document is: what happened since it was last looked at, and what the calendar says."""

from mkdocs_sre.analyses.freshness.watch import freshness_of

__all__ = ["freshness_of"]
