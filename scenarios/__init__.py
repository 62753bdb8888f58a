"""What if: configuration, the arms of a comparison, draws of parameters, and the command line.

Imports `simulation` and `agents`; nothing imports it. Files in `conf/` hold what differs from the
defaults in the dataclasses; Hydra composes them in `overrides.py` and is imported nowhere else.
"""
