"""The start: households, networks and wijken from a municipal profile; teams and providers."""
