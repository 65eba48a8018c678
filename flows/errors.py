"""Errors that a user can mend are told in one line; all others keep their traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import typer

from tasks.sources.disk import SourceError
from warehouse.errors import WarehouseError


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    """Print an expected error and exit with status 1."""
    from tasks.nlp.model import ModelError  # noqa: PLC0415 - not needed by commands that read no articles

    try:
        yield
    except (WarehouseError, SourceError, ModelError, duckdb.Error) as error:
        typer.secho(f"dateline: {error}", err=True, fg="red")
        raise typer.Exit(1) from None
