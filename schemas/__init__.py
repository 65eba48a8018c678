"""The tables of the warehouse, each column declared once. Imports nothing else of the project."""
