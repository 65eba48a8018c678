"""How a word is usually written: `kabul` as `Kabul`, `nato` as `NATO`, `police` as it is.

Belongs here: evidence on single words, from the language model's list of words, the most common first, which tells
`March` from `march`. Does not belong here: what the words around say (`capitals.py`).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from spacy.strings import get_string_id

if TYPE_CHECKING:
    from spacy.vocab import Vocab

_SURELY = 4.0
"""The highest log odds that the list gives for or against a name."""
_UNHEARD_OF = 2.0
"""The log odds of words on no list: common words are on it, many surnames and villages are not."""
_LONGEST_ACRONYM = 6
_REMEMBERED = 1 << 15
_INNER_NAME = re.compile("(?<=^mc)[^\\W\\d_](?=..)|(?<=^.['\u2019\u02bc])[^\\W\\d_](?=..)")
"""The second capital of `McDonald`, `O'Neill` and `M'Bala`; `Sana'a` has none."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a word is written as a name, the natural logarithm of the odds that it is one, and whether it is listed."""

    name: str
    odds: float
    listed: bool


class WordForms:
    """The written forms of words; holds six megabytes."""

    def __init__(self, vocab: Vocab) -> None:
        """Index the words that have vectors; the model lists them with the most common first."""
        keys = np.fromiter(vocab.vectors.key2row, dtype=np.uint64)
        self._ranks = np.argsort(keys)
        self._keys = keys[self._ranks]
        self.of = lru_cache(maxsize=_REMEMBERED)(self._of)

    def _of(self, word: str) -> Form:
        """Return the form of a word given in lower case."""
        name, acronym = capitalized(word), upper(word)
        common, proper = self._rank(word), self._rank(name)
        shouted = self._rank(acronym) if len(word) <= _LONGEST_ACRONYM else math.inf
        if shouted < proper:
            name, proper = acronym, shouted
        if math.isinf(proper):
            return Form(name, _UNHEARD_OF if math.isinf(common) else -_SURELY, listed=not math.isinf(common))
        if math.isinf(common):
            return Form(name, _SURELY, listed=True)
        # By Zipf's law a word is used in inverse proportion to its place in the list.
        return Form(name, max(-_SURELY, min(_SURELY, math.log(common / proper))), listed=True)

    def _rank(self, word: str) -> float:
        """Return the place of a written form in the list, from 1; infinite where it is not listed."""
        key = np.uint64(get_string_id(word))
        index = int(np.searchsorted(self._keys, key))
        listed = index < len(self._keys) and self._keys[index] == key
        return float(self._ranks[index]) + 1 if listed else math.inf


def capitalized(word: str) -> str:
    """Return a word in lower case as a name: `O'Neill`, `McDonald`, `U.S.`, `Sana'a`; never longer or shorter."""
    if "." in word:
        return upper(word)
    inner = _INNER_NAME.sub(lambda match: upper(match[0]), word)
    return upper(inner[:1]) + inner[1:]


def upper(word: str) -> str:
    """Return a word in capitals, letter by letter; what is no single other case of the same letter stays."""
    return word.upper() if word.isascii() else "".join(_same(letter, letter.upper()) for letter in word)


def lower(word: str) -> str:
    """Return a word in small letters, letter by letter; what is no single other case of the same letter stays."""
    return word.lower() if word.isascii() else "".join(_same(letter, letter.lower()) for letter in word)


def _same(letter: str, changed: str) -> str:
    return changed if len(changed) == 1 and changed.casefold() == letter.casefold() else letter
