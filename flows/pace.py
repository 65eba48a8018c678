"""How far a run is, how fast, and how long it still takes: numbers only, whoever shows them."""

import threading
import time
from collections import Counter
from collections.abc import Callable

_SHARES = {"clean": 0.1, "extract": 0.85}
"""What part of a run's time each stage takes, roughly; the rest is load's."""


class Pace:
    """Counts finished records by stage; threads may tell it at once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start the clock."""
        self._clock, self._began = clock, clock()
        self._done: Counter[str] = Counter()
        self._first: dict[str, float] = {}
        self._stage = "fetch"
        self._lock = threading.Lock()

    def __call__(self, stage: str, rows: int) -> None:
        """Hear that a stage has finished `rows` records more, or, from fetch, that so many are new."""
        with self._lock:
            self._stage = stage
            self._done[stage] += rows
            self._first.setdefault(stage, self._clock())

    @property
    def percent(self) -> float:
        """How much of the run is done, 0 to 100."""
        total = self._done["fetch"]
        if not total:
            return 0.0
        return round(100 * sum(share * min(self._done[stage] / total, 1.0) for stage, share in _SHARES.items()), 1)

    @property
    def closing(self) -> str:
        """Say what was done, once it is."""
        return f"{self._done['fetch']:,} new records in {_duration(self._clock() - self._began)}"

    def __str__(self) -> str:
        """Say it in one sentence, with rate and remaining time as soon as they are known."""
        total, read = self._done["fetch"], self._done["extract"]
        if self._stage == "load":
            return f"{total:,} records read; putting events together across articles"
        if not total:
            return "looking for new records"
        if not read:
            return f"{self._done['clean']:,} of {total:,} records cleaned"
        rate = read / max(self._clock() - self._first["fetch"], 0.001)
        return f"{read:,} of {total:,} articles read, {rate:.1f} a second, {_duration((total - read) / rate)} to go"


def _duration(seconds: float) -> str:
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004 - an hour
