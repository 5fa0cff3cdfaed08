"""The alerts, where their links lead, and whom they call."""
