"""Claims of the sources as experiments: contrast, outcome, statistics, verdict, report."""
