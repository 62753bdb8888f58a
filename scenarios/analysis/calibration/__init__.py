"""Calibration: the uncertain parameters fitted to the targets, as a posterior sample."""
