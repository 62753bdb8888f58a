"""How a month runs: the population, the ten processes (`schedule.py`), the loops, luck and the books.

Imports `agents`; knows nothing of `scenarios` or of configuration, so that no rule can ask which
scenario it is in.
"""
