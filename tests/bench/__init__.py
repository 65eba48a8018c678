"""Benchmarks: ratios against a reference in the same run. They print, and fail nothing."""
