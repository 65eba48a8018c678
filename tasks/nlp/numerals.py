"""Numbers as English writes them: `1,200`, `1.2 million`, `twenty-three`, `a dozen`, `nineteen ninety-six`.

Belongs here: what a numeral is worth. Does not belong here: what is counted (`counts.py`) or dated (`times.py`).
"""

from __future__ import annotations

import re


def words(text: str) -> list[str]:
    """Return the words of a list that is written as one string, so that long lists stay readable."""
    return text.split()


_ONES = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = words(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)

SMALL: dict[str, int] = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
"""Number words below a hundred, lower case."""

SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
"""Words that multiply what stands before them."""

DOZEN = 12
_HUNDRED = 100
_TEN, _TWENTY = 10, 20
_LONGEST = 80
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?")
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")


def digits(text: str) -> float | None:
    """Return the value of `1,200`, `12` or `1.5`, and None for anything else; whole numbers come as int."""
    if not _DIGITS.fullmatch(text) or not text.isascii():
        return None
    plain = text.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def cardinal(text: str) -> float | None:
    """Return the value of a cardinal number in digits or words, None where the words are no single number.

    Whole numbers come as int. `and` is allowed after a hundred or a scale; `a` counts as one before these.
    """
    if len(text) > _LONGEST:
        return None
    words = text.lower().replace("-", " ").split()
    if words[:1] in (["a"], ["an"]) and len(words) > 1:
        words[0] = "one"
    return _sum(words) if words else None


def _sum(words: list[str]) -> float | None:
    total: float = 0
    group: float = 0
    previous, ceiling = "", float("inf")
    for word in words:
        scale = SCALES.get(word) or (DOZEN if word == "dozen" else None)
        if word == "and" and previous in SCALES:
            pass
        elif scale in (_HUNDRED, DOZEN) and 0 < group < _HUNDRED:
            group *= scale
        elif scale and scale > _HUNDRED and group > 0 and scale < ceiling:
            total, group, ceiling = total + group * scale, 0, scale
        else:
            value = SMALL.get(word, digits(word))
            if value is None or not _fits(value, previous):
                return None
            group += value
        previous = word
    value = total + group
    return None if previous == "and" else int(value) if value == int(value) else value


def _fits(value: float, previous: str) -> bool:
    """Tell whether a number below a scale may follow this word: `twenty|three`, `hundred|five`, not `ten|five`."""
    before = SMALL.get(previous)
    if before is None:
        return previous in {"", "and"} or previous in SCALES
    return before >= _TWENTY and 0 < value < _TEN


def ordinal(text: str) -> int | None:
    """Return n for `third`, `3rd`, `twenty-third` or `21st`, None for anything else."""
    if match := _ORDINAL.fullmatch(text.lower()):
        return int(match[1])
    tens, _, ones = text.lower().replace("-", " ").rpartition(" ")
    if tens and tens not in _TENS:
        return None
    offset = SMALL.get(tens, 0)
    if ones in _ORDINALS and (not tens or 0 < _ORDINALS.index(ones) < _TEN):
        return offset + _ORDINALS.index(ones)
    return SMALL[ones[:-4] + "y"] if not tens and ones.endswith("tieth") and ones[:-4] + "y" in _TENS else None


def spoken_year(text: str) -> int | None:
    """Return the year that is read in two halves, `nineteen ninety-six` = 1996, None for anything else."""
    century, _, rest = text.lower().partition(" ")
    first, second = SMALL.get(century), cardinal(rest) if rest else None
    if first is None or second is None:
        return None
    readable = _TEN < first <= _TWENTY and second in range(_TEN, _HUNDRED)
    return first * _HUNDRED + int(second) if readable else None
