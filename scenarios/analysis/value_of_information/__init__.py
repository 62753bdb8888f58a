"""Value of information: the expected gain of knowing an unknown before a policy is chosen."""
