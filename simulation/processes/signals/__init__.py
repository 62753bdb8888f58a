"""Process 5: signals: the routes by which a household is noticed, and where the signal arrives."""
