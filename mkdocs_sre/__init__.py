"""A reliability knowledge base from Markdown: read, checked, cross-linked and published."""

__version__ = "0.1.0"
