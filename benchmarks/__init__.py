"""Speed and memory, side by side; `python -m benchmarks.speed` makes every table."""
