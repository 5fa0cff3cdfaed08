"""The pages of alerts, the index of them, and the addresses that lead there."""
