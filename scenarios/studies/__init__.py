"""Studies: many runs of one design, on any engine, interrupted and resumed with nothing lost."""
