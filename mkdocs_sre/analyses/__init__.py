"""What is computed from a knowledge base by several rooms together, and asked by rules and pages alike."""
