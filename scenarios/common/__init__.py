"""Shared by all parts of `scenarios`: errors, terminal output, files, checks of the installation."""
