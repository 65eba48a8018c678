"""How place names are compared: folding, abbreviations, and which alternate names are worth keeping.

Belongs here: pure functions on names. Does not belong here: where names come from (`gazetteer_sources.py`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PLAIN_LETTERS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bb\u02bc\u02bd\u02be\u02bf\u02b9\u2032\u00b4`", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"),
        **dict.fromkeys("\u02cc\u0332", ""),
        "\u0131": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th",
        "Þ": "Th", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ə": "a", "Ə": "A", "ħ": "h", "Ħ": "H",
        "ŋ": "ng", "Ŋ": "Ng", "ɓ": "b", "ɗ": "d", "ɛ": "e", "ɔ": "o", "ŧ": "t", "Ŧ": "T",
    }
)  # fmt: skip
"""Letters and marks that Unicode does not decompose."""

_COMBINING = re.compile("[\u0300-\u036f]")
_NO_ALIAS = re.compile(r"[(),;:/\[\]\d]|[^\u0000-\u024f\u02b0-\u036f\u1e00-\u1eff\u2010-\u201f\u2032]")
"""What no English text writes into a name: brackets, digits, other scripts."""
_SEPARATORS = str.maketrans("-/,_", "    ", "'.()\"")
_SHORT_FORMS = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
_ARTICLES = frozenset({"al", "ar", "as", "ash", "at", "ad", "az", "an", "el"})
_LONGEST_NAME = 60
_SHORTEST_ALIAS = 4
_LONGEST_ABBREVIATION = 6
_EXACT = "="
"""Begins the keys of abbreviations, which are compared letter by letter; no folded name holds it."""

_DIRECTIONS = frozenset(
    {
        "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "northeastern",
        "northwestern", "southeastern", "southwestern", "northeast", "northwest", "southeast", "southwest", "upper",
        "lower", "middle", "outer", "inner", "capital", "federal", "national", "free", "metropolitan", "new", "greater",
    }
)  # fmt: skip
"""Words that are no name by themselves: the Northern Territory is not `Northern`."""

_COMMON_WORDS = _DIRECTIONS | {
    "academy", "and", "army", "august", "bar", "bay", "best", "bridge", "broadway", "bush", "camp", "castle", "center",
    "centre", "chance", "church", "city", "coalition", "coast", "college", "community", "congress", "council", "county",
    "court", "crown", "democrat", "district", "enterprise", "embassy", "fair", "friendship", "garrison", "general",
    "good", "government", "governor", "grand", "guard", "harbor", "high", "hope", "independence", "industry", "island",
    "islands", "justice", "king", "lake", "liberal", "liberty", "major", "man", "march", "may", "minister", "ministry",
    "moderate", "most", "mountain", "much", "museum", "of", "parliament", "peace", "police", "pope", "president",
    "prime", "prince", "progress", "queen", "republic", "reserve", "river", "road", "senate", "security", "soldier",
    "spring", "state", "station", "street", "summit", "sun", "temple", "the", "today", "trade", "union", "unity",
    "university", "us", "valley", "victory", "village", "war", "wing", "worth",
}  # fmt: skip
"""Words that English text means as words, although somewhere a place bears them as its name."""

_KINDS_OF_PLACE = {
    **dict.fromkeys(("city", "town", "village", "municipality"), "city"),
    **dict.fromkeys(
        (
            "province", "governorate", "oblast", "krai", "prefecture", "state", "region", "department", "district",
            "territory", "canton", "emirate", "division", "county", "parish", "agency",
        ),
        "admin",
    ),
    **dict.fromkeys(("republic", "kingdom", "sultanate"), "country"),
}  # fmt: skip
_PLACE_OF = re.compile(r"(\w+) of (?:the )?(.+)")


def plain(name: str) -> str:
    """Return the name in ASCII letters as far as its script allows: `Khān Neshīn` gives `Khan Neshin`."""
    if name.isascii():
        return name
    letters = _COMBINING.sub("", unicodedata.normalize("NFKD", name.translate(_PLAIN_LETTERS)))
    return letters if letters.isascii() else unicodedata.normalize("NFC", letters)


@lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """Return the form in which names are compared: plain lower-case words, without apostrophes and leading `the`."""
    words = plain(name).lower().translate(_SEPARATORS).split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join([_SHORT_FORMS.get(word, word) for word in words])


def is_abbreviation(name: str) -> bool:
    """Tell whether case and dots carry meaning in a name: `US`, `U.S.`, `UAE`, but not `Ufa`, nor `IRAQI`."""
    letters = name.replace(".", "").replace(" ", "")
    return name.isascii() and letters.isalpha() and letters.isupper() and len(letters) < _SHORTEST_ALIAS


def exact_key(name: str) -> str:
    """Return the key under which an abbreviation is filed as it is written, dots included."""
    return _EXACT + name


def index_key(name: str) -> str:
    """Return the key under which a curated name is filed: abbreviations exactly, other names folded."""
    return exact_key(name) if is_abbreviation(name) else fold(name)


def keys_of(name: str) -> tuple[str, ...]:
    """Return the keys under which a name is looked up, the strictest first."""
    folded = fold(name)
    return (exact_key(name), folded) if len(name) <= _LONGEST_ABBREVIATION else (folded,)


def without_kind(folded: str) -> tuple[str, str] | None:
    """Split `helmand province` or `city of quetta` into the bare name and `admin`, `city` or `country`.

    None where the name does not say what kind of place it is.
    """
    bare, _, last = folded.rpartition(" ")
    if bare in _DIRECTIONS:
        return None
    if bare and (kind := _KINDS_OF_PLACE.get(last)):
        return bare, kind
    if (match := _PLACE_OF.fullmatch(folded)) and (kind := _KINDS_OF_PLACE.get(match[1])):
        return match[2], kind
    return None


def is_common_word(folded: str) -> bool:
    """Tell whether a name is first of all a word: `union`, `western`, `police`."""
    return folded in _COMMON_WORDS


def without_article(folded: str) -> str | None:
    """Return `fallujah` for `al fallujah`: news drops the Arabic article; None where there is none."""
    article, _, bare = folded.partition(" ")
    return bare if article in _ARTICLES and len(bare) >= _SHORTEST_ALIAS else None


def is_usable_alias(name: str) -> bool:
    """Tell whether an alternate name may stand in English text.

    Refused are other scripts, transcriptions (all in lower case), codes (`KBL`, `CH-8000`), names with brackets or
    commas, and names that are very short or very long.
    """
    if not _SHORTEST_ALIAS <= len(name) <= _LONGEST_NAME or _NO_ALIAS.search(name) or name.islower():
        return False
    return not (len(name) == _SHORTEST_ALIAS and name.isupper())
