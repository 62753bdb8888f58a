"""Process 5: by which routes a household is noticed, by whom, and where the signal arrives."""
