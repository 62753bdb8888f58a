"""Studies: many runs of one design on any engine; an interrupted study can be resumed."""
