"""Figures, each with the table behind it."""
