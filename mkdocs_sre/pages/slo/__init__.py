"""The page of an objective: budget, policy, alerts, what its dependencies leave, who agreed."""
