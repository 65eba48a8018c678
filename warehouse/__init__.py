"""The only code that touches Parquet and DuckDB: atomic snapshots, the catalog, and the checks before publishing."""
