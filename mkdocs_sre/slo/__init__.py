"""Budgets, burn rates, exports and imports."""
