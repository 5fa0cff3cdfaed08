"""Rules about the immutability of final reviews."""
