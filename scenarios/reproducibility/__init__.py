"""Checks that two machines or two versions have bit-identical results."""
