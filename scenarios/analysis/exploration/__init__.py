"""Exploration: sensitivity of an outcome, cases in which a policy fails, and robust policies."""
