"""Common random numbers: draws keyed by seed, who, month and purpose."""
