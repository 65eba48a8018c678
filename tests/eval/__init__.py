"""How good the tables are: facts that must hold in a built warehouse, and labelled sentences. Not: what code does."""
