"""Back-test: what the model would have forecast at the end of 2017, next to what happened."""
