"""Recording of a run: tallies, the recorder, the results schema and the store."""
