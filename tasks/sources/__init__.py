"""One adapter per kind of source; each turns what a source offers into raw records."""
