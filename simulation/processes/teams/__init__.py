"""Process 6: teams: hours, casework, offers and collective work; low-threshold help."""
