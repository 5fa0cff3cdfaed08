"""Actions and their ledger."""
