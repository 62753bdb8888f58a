"""The processes of a month, one module or package each, with the names of `simulation.schedule`."""
