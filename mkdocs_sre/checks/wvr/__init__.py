"""Rules about waivers."""
