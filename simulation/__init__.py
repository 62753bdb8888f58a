"""How a month runs: the ten processes (`schedule.py`, `processes`), the population, the books, the record.

Imports `agents`; knows nothing of `scenarios` or of configuration, so that no rule can ask which
scenario it is in.
"""
