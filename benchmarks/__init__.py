"""Measurements of the bounds that the engine holds, as ratios within one run: `python -m benchmarks`."""
