"""The web, fetched politely and safely: `records` says what is asked and answered, `client` does it.

Nothing else in Dateline opens a connection. What comes back is untrusted bytes within known bounds.
"""
