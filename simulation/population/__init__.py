"""Initialisation: households, networks and wijken from a municipality profile; teams and providers."""
