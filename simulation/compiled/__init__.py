"""What makes compiled loops fast: bits, memory locality, and calls without looking at types."""
