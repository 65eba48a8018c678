"""Which language is an article in? English ones are read on; the others are kept as they are.

Belongs here: language identification on a small sample of the text, because its cost grows with every character.
"""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

ENGLISH = "en"
_SAMPLE = 240
"""Characters read at the start of the text, and as many again in its middle: a quotation may open an article."""

_SURE = 0.5
_MIN_ENGLISH = 0.02
"""Names and headlines look like any language: another one must be both likely and far more so than English."""


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language of an article text: `en` unless it is surely in another one.

    An article that quotes at length in another language is English where its start or its middle is.
    """
    start, middle = _samples(text)
    ranking = _rank(f"{start} {middle}")
    best, probability = next(iter(ranking.items()))
    unsure = probability < _SURE or ranking[ENGLISH] > _MIN_ENGLISH
    return ENGLISH if unsure or max(_rank(start)[ENGLISH], _rank(middle)[ENGLISH]) >= _SURE else best


def _rank(sample: str) -> dict[str, float]:
    """Return the probability of each language, the likeliest first."""
    letters = [letter for letter in sample if letter.isalpha()]
    capitals = sum(map(str.isupper, letters))
    # The model knows running text: capitals would make wire copy of the last century Swedish or Aragonese.
    return dict(_identifier().rank(sample.lower() if 2 * capitals > len(letters) else sample))


def _samples(text: str) -> tuple[str, str]:
    middle = max(_SAMPLE, len(text) // 2)
    return text[:_SAMPLE], text[middle : middle + _SAMPLE] or text[:_SAMPLE]
