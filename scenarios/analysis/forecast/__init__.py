"""Forecasts of a municipality, and comparison with similar municipalities."""
