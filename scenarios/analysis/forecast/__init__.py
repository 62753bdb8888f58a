"""Forecasts of a municipality, and the municipalities that are most like it."""
