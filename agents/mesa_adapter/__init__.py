"""Rows of arrays as Mesa agents: sets, members made when somebody looks, and the model's part."""
