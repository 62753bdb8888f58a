"""Solver: which value of a lever reaches a target, how surely, at what cost, and what else changes."""
