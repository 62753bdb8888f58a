"""Flagship study: effects and costs of early signalling, team size, cut and phase-in length together."""
