"""The processes of the month, one module or package each, named as in `simulation.schedule`."""
