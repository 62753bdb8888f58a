"""The simulation of a month: ten processes (`schedule.py`, `processes`), population, finance and recording.

It imports `agents`, but neither `scenarios` nor configuration, so that no rule can depend on the scenario.
"""
