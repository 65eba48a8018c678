"""When a host may be asked next, and how much a source may ask for in one night.

Belongs here: waiting, counting, Retry-After and back-off. Does not belong here: any request.
"""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from threading import Condition, Lock
from typing import TYPE_CHECKING

from tasks.sources.http.faults import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

_LONGEST_REST = 86_400.0
_MAX_DOUBLINGS = 16


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a host is asked.

    Attributes:
        delay: seconds from the start of one request to the start of the next.
        concurrency: requests at once.
        max_wait: longest rest of the host that is waited for, in seconds.
    """

    delay: float
    concurrency: int
    max_wait: float


@dataclass(slots=True)
class _Host:
    """What is known of a host: requests under way, when the next may start, until when it rests, faults in a row."""

    active: int = 0
    due: float = 0.0
    rests_until: float = 0.0
    faults: int = 0


class Hosts:
    """The hosts of one night, shared by all clients of a process, so that two sources on one host take turns."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[float, float], float] = random.uniform,
    ) -> None:
        """Tell the time by `clock`, in seconds from any start, wait with `sleep`, draw with `jitter(low, high)`."""
        self.clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._hosts: dict[str, _Host] = {}
        self._changed = Condition()

    @contextmanager
    def turn(self, name: str, pace: Pace, patience: float) -> Iterator[None]:
        """Wait for a turn at the host, and hold it.

        Raises:
            FetchError: `deferred`, the host rests for longer than `pace.max_wait`; `budget`, its delay is longer than
                `patience`, the seconds that the source has left.
        """
        host = self._enter(name, pace)
        try:
            while wait := self._wait(name, host, pace, patience):
                self._sleep(wait)
            yield
        finally:
            self._leave(host)

    def rest(self, name: str, first: float, asked: float = 0.0) -> None:
        """Note a fault of the host: it rests for `first` seconds, doubled with each fault in a row, or what it `asked`.

        The former is drawn from half to one and a half times that, so that readers who failed together do not return
        together; the longer of the two counts, a day at most.
        """
        with self._changed:
            host = self._hosts.setdefault(name, _Host())
            backoff = first * 2 ** min(host.faults, _MAX_DOUBLINGS) * self._jitter(0.5, 1.5)
            host.faults += 1
            host.rests_until = max(host.rests_until, self.clock() + min(_LONGEST_REST, max(backoff, asked)))

    def well(self, name: str) -> None:
        """Note that the host answered as it should."""
        with self._changed:
            self._hosts.setdefault(name, _Host()).faults = 0

    def resting(self, name: str) -> float:
        """Return for how many seconds more the host rests; 0 where it does not."""
        with self._changed:
            return max(0.0, self._hosts.setdefault(name, _Host()).rests_until - self.clock())

    def _enter(self, name: str, pace: Pace) -> _Host:
        with self._changed:
            host = self._hosts.setdefault(name, _Host())
            self._changed.wait_for(lambda: host.active < pace.concurrency)
            host.active += 1
            return host

    def _leave(self, host: _Host) -> None:
        with self._changed:
            host.active -= 1
            self._changed.notify_all()

    def _wait(self, name: str, host: _Host, pace: Pace, patience: float) -> float:
        """Take the turn and return 0, or return how many seconds it is away."""
        with self._changed:
            now = self.clock()
            if (rest := host.rests_until - now) > pace.max_wait:
                raise FetchError("deferred", f"{name} is left alone for {rest:.0f} s more, expected {pace.max_wait:g}")
            wait = max(host.due, host.rests_until) - now
            if wait > patience:
                raise FetchError(
                    "budget", f"the next turn at {name} is {wait:.0f} s away, the source has {patience:.0f}"
                )
            if wait > 0:
                return wait
            host.due = now + pace.delay
            return 0.0


class Budget:
    """How many requests and seconds one source has in one night; counted from the first request."""

    def __init__(self, requests: int, seconds: float, clock: Callable[[], float]) -> None:
        """Allow so many requests, and so many seconds by `clock`."""
        self._requests = requests
        self._seconds = seconds
        self._clock = clock
        self._spent = 0
        self._ends: float | None = None
        self._lock = Lock()

    def left(self) -> float:
        """Return the seconds left.

        Raises:
            FetchError: `budget`, none are, or all requests are made.
        """
        with self._lock:
            now = self._clock()
            self._ends = now + self._seconds if self._ends is None else self._ends
            if self._spent >= self._requests:
                raise FetchError("budget", f"expected at most {self._requests} requests of this source, all are made")
            if now >= self._ends:
                raise FetchError("budget", f"expected at most {self._seconds:g} s for this source, all are used")
            return self._ends - now

    def spend(self) -> None:
        """Take one request off the budget.

        Raises:
            FetchError: `budget`, as `left` does.
        """
        self.left()
        with self._lock:
            self._spent += 1


def retry_after(header: str | None, now: datetime) -> float:
    """Return the seconds that a `Retry-After` header asks for, as a number or as a date; 0 where it says nothing."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return 0.0
