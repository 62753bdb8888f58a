"""Outcomes from recorded tables: measures, savings, transition harms, intervals."""
