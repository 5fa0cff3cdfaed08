"""All documents as one: ids, aliases, links both ways."""

from mkdocs_sre.knowledge.base import KnowledgeBase, Mention, assemble, load

__all__ = ["KnowledgeBase", "Mention", "assemble", "load"]
