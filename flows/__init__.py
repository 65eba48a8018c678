"""What runs, in which order, and what happens on failure. Start with `nightly.py`."""
