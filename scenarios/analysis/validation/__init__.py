"""Validation: the model against figures it was not fitted to."""
