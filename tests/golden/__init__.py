"""Golden pages: whole pages and what is read from them."""
