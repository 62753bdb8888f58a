"""What is counted and written down of a run: tallies, the recorder, the schema and the store."""
