"""From records of single articles to entities and events across articles."""
