"""From a spaCy Doc to records: entities, times, places and events. No I/O."""
