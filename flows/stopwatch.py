"""Wall time by stage, measured from a stage's first start to its last end, in whatever threads it runs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Stopwatch:
    """Remembers when each stage first started and last ended."""

    def __init__(self) -> None:
        """Start with no stage."""
        self._spans: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        """Count the time of this block towards a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            end = time.perf_counter()
            with self._lock:
                first, last = self._spans.get(stage, (start, end))
                self._spans[stage] = min(first, start), max(last, end)

    @property
    def seconds(self) -> dict[str, float]:
        """Seconds by stage."""
        return {stage: round(last - first, 3) for stage, (first, last) in self._spans.items()}
