"""Runs: a scenario, its arms, replications, parameter draws and worker processes."""
