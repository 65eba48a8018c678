"""A guard around what reads hostile input: a process of its own, ended by the system where it takes too much.

Belongs here: limits of time and memory that hold inside libraries written in C too, which no exception interrupts.
Does not belong here: what is read, and what becomes of a record whose reading was ended.
"""

from __future__ import annotations

import resource
import signal
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one call may take.

    Attributes:
        seconds: of processor time; a busy or sleeping machine ends nothing.
        memory: bytes of the whole process; a call that asks for more gets a MemoryError.
    """

    seconds: int
    memory: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A call without a result: it was `slow`, or its process died of something else, which `how` describes."""

    slow: bool
    how: str


class Guard:
    """A function in a process of its own, which is started with the first call and anew after each that was ended."""

    def __init__(self, module: str, function: str, bounds: Bounds) -> None:
        """Name a module's function of one argument: named and not passed, so that only its process loads it."""
        self._target = (module, function, bounds)
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def call(self, item: object) -> Any | Ended:  # noqa: ANN401 - the function returns anything
        """Return what the function returns, or how its process ended; what it raises counts as its end."""
        process, connection = self._running()
        try:
            connection.send(item)
            return connection.recv()
        except (EOFError, ConnectionError):
            process.join()
            self._process = None
            return self._ended(process.exitcode)

    def _running(self) -> tuple[BaseProcess, Connection]:
        """Return the process and the connection to it; RuntimeError where it cannot start: no record is at fault."""
        if self._process is not None and self._connection is not None:
            return self._process, self._connection
        context = get_context("spawn")
        connection, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, *self._target), daemon=True)
        process.start()
        theirs.close()
        try:
            connection.recv()
        except EOFError as error:
            process.join()
            raise RuntimeError(
                f"expected a process that reads records, it ended with code {process.exitcode} before it began; "
                "see its own message above"
            ) from error
        self._process, self._connection = process, connection
        return process, connection

    def _ended(self, code: int | None) -> Ended:
        seconds = self._target[2].seconds
        if code == -signal.SIGPROF:
            return Ended(slow=True, how=f"expected to be read in {seconds} s of processor time, was not")
        return Ended(slow=False, how=f"the process that read it ended with code {code}")


def _serve(connection: Connection, module: str, function: str, bounds: Bounds) -> None:
    """Answer calls until the other side hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    call = getattr(import_module(module), function)
    resource.setrlimit(resource.RLIMIT_DATA, (bounds.memory, bounds.memory))
    connection.send("ready")
    while True:
        try:
            item = connection.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_PROF, bounds.seconds)  # its signal ends the process, whatever that is doing
        result = call(item)
        signal.setitimer(signal.ITIMER_PROF, 0)
        connection.send(result)
