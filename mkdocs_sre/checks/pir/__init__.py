"""Post-incident reviews and their addenda."""
