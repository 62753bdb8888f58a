"""Exploration: what drives an outcome, where a policy fails, which policies hold up across the unknowns."""
