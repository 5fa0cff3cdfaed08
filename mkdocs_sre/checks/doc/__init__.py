"""Files, front matter and sections."""
