"""The dependency arithmetic; pure, no input or output."""
