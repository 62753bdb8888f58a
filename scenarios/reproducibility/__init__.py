"""Whether two machines or two versions compute the same, bit for bit."""
