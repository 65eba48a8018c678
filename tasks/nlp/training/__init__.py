"""How the weights in `seeds/weights` are found from labelled text. Nothing here runs when articles are read."""
