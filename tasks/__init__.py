"""The four stages, fetch, clean, extract and load, and below them the pure code that they call."""
