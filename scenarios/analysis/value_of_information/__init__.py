"""Value of information: what it is worth to know an unknown before a policy is chosen."""
