"""Reference data and its loaders: ontology, lexicons, gazetteer, actors, sample articles."""
