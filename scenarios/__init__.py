"""What if: everything that asks the model a question.

From below upwards: `common`, `config` (what can be set), `runs` (arms, replications, draws), `studies` (many
runs), `analysis` and `reporting`, then `apps`, `cli`, `reproducibility` and `api`, the door for Python.
Imports `simulation` and `agents`; nothing imports it. Files in `conf/` hold what differs from the
defaults in the dataclasses; Hydra composes them in `config/overrides.py` and is imported nowhere else.
"""
