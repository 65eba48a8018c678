"""Errors that a user can mend are told in one line; all others keep their traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import typer

from seeds.sources import DeclarationError
from tasks.nlp.model import ModelError
from tasks.sources.disk import SourceError
from tasks.sources.nights import NightsError
from tasks.workers import WorkerDiedError
from warehouse.errors import WarehouseError


class ServerError(RuntimeError):
    """The Prefect server does not answer, or does not let us in, or ends."""


EXPECTED = (
    *(WarehouseError, SourceError, DeclarationError, NightsError, ModelError, WorkerDiedError, ServerError),
    duckdb.Error,
)
"""Errors whose text says what to do."""


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    """Print an expected error and exit with status 1."""
    try:
        yield
    except EXPECTED as error:
        typer.secho(f"dateline: {error}", err=True, fg="red")
        raise typer.Exit(1) from None
