"""What the tests of the guard let it call."""

from __future__ import annotations

import os
from itertools import count


def answer(kind: str) -> str:
    """Behave as asked, and answer where that leaves anything to answer."""
    if kind == "spin":
        any(number < 0 for number in count())
    elif kind == "die":
        os._exit(3)
    elif kind == "raise":
        raise ValueError(kind)
    elif kind == "hog":
        try:
            bytearray(2_000_000_000)
        except MemoryError:
            return "no memory"
    return kind
