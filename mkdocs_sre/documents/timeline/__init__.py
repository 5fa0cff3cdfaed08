"""The events of an incident as people write them: lists, tables and headings of a review's body, and its front matter."""
