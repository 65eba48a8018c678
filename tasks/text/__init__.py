"""Pure functions from raw bytes to article text: encoding, markup, title, dates, author, dateline, language."""
