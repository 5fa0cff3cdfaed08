"""The Markdown that people see."""
