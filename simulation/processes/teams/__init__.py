"""Process 6: how teams divide their hours, whom they help, what they offer; low-threshold help."""
