"""Tells words that only look like a time expression: `2000 soldiers`, `April Jones`, `Sunday Times`, `may`.

Belongs here: what the neighbours of a match say against it. Does not belong here: the grammar (`times_rules.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.nlp.numerals import words
from tasks.nlp.times_words import OTHER, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUNTED = frozenset(
    words(
        "people persons soldiers troops men women children civilians dead deaths casualties fighters "
        "militants rebels police policemen officers refugees migrants families homes houses members prisoners "
        "detainees workers jobs students voters protesters demonstrators supporters victims kilometers "
        "kilometres km miles meters metres feet tons tonnes pounds kilograms kg acres hectares dollars euros "
        "rubles rupees yen percent votes seats shares points cases copies vehicles weapons rounds missiles "
        "rockets barrels killed wounded injured others residents villagers inhabitants"
    )
)
"""What a bare number of four digits counts rather than dates."""

_NUMBERED = frozenset(
    words(
        "resolution resolutions flight route highway room no number article section bill channel page windows "
        "model paragraph chapter interstate building unit code proposition law decree boeing"
    )
)
"""What a bare number of four digits may be the number of."""

_PAPERS = frozenset(
    words(
        "Times Telegraph Mirror Mail Express Herald Post Tribune Star Sun Mercury News Nation Journal Standard Review"
    )
)
"""Second words of newspapers named after a weekday."""

_NAMED_DAYS = frozenset({"Bloody", "Black", "Good", "Super", "Sheffield"})
"""First words of names that end in a weekday."""

_NOT_AFTER = {"weekday": _NAMED_DAYS, "dayword": frozenset({"USA"}), "season": frozenset({"Arab", "Prague"})}
"""Kinds of tokens to the words that refuse them from the left."""

_NOT_BEFORE = {"weekday": _PAPERS, "futureref": frozenset({"as", "after", "enough"})}
"""Kinds of tokens to the words that refuse them from the right."""

_STREETS = frozenset(words("street st avenue ave road rd boulevard blvd drive lane highway square"))
_DATED = frozenset(
    words(
        "in on of at by since until till from through during before after between early late mid "
        "last next this past around about every each the coming following previous"
    )
)
"""Words after which a month's name is a month."""

_NAMESAKES = frozenset({"may", "march", "april", "june", "august", "jan"})
"""Months that are also names, verbs or adjectives."""

_CALENDAR = frozenset({"month", "daynum", "year"})
_QUANTIFIERS = frozenset({"approx", "than", "least", "more"})


def is_trap(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether the tokens first..last, read as a time expression, are something else in these surroundings."""
    token = tokens[first]
    if first != last:
        return token.kind == "month" and tokens[last].kind == "daynum" and _counts(tokens, last)
    if token.kind == "year":
        return _is_quantity(tokens, first)
    if token.kind == "month":
        return _is_name(tokens, first)
    if token.kind == "adverb" and not token.text.islower():  # Daily Mail
        return True
    before, after = _previous(tokens, first).text, _next(tokens, first).text
    return before in _NOT_AFTER.get(token.kind, ()) or after in _NOT_BEFORE.get(token.kind, ())


_NONE = Token(OTHER, "", -1, -1)


def _next(tokens: Sequence[Token], index: int) -> Token:
    return tokens[index + 1] if index + 1 < len(tokens) else _NONE


def _previous(tokens: Sequence[Token], index: int) -> Token:
    return tokens[index - 1] if index > 0 else _NONE


def _counts(tokens: Sequence[Token], index: int) -> bool:
    return _next(tokens, index).text.lower() in _COUNTED


def _is_quantity(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether four digits count or number something: `2000 soldiers`, `Resolution 1973`, `1990 Main Street`."""
    before, after = _previous(tokens, index), _next(tokens, index)
    if _counts(tokens, index) or before.text.lower() in _NUMBERED or after.text in {"%", "°"}:
        return True
    if before.text.lower() == "and" and _previous(tokens, index - 2).text.lower() in _NUMBERED:
        return True
    touching = (
        before.end == tokens[index].start
        and before.kind == "hyphen"
        and _previous(tokens, index - 1).kind not in {"year", "early"}
    )
    if touching or (before.text in {"#", "+", "."} and before.end == tokens[index].start):
        return True
    if before.kind in _QUANTIFIERS and after.kind == OTHER and after.text.isalpha() and after.text.islower():
        return True
    street = tokens[index + 2].text.lower() if index + 2 < len(tokens) else ""
    return after.text[:1].isupper() and street in _STREETS


def _is_name(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a month standing alone is a person, a verb or a street: `April Jones`, `May I`, `Theresa May`."""
    token, before, after = tokens[index], _previous(tokens, index), _next(tokens, index)
    if token.text == "Mar" and after.kind == "hyphen":  # Mar-a-Lago
        return True
    if before.kind == "hyphen":
        before = _previous(tokens, index - 1)
    listed = before.kind in {"and", "or", "to", "comma"} and _previous(tokens, index - 1).kind in _CALENDAR
    if listed and not after.text[:1].isupper():
        return False
    if token.text.lower() not in _NAMESAKES or before.text.lower() in _DATED:
        return False
    if token.text.lower() in {"may", "march", "jan"}:
        return True
    return after.text[:1].isupper() or (before.kind == OTHER and before.text[:1].isupper())
