"""Rules for rotations, escalation policies and incident processes."""
