"""Pure functions and the store; no Prefect, seconds."""
