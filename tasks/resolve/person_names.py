"""What a person's name says, whoever spelled it: family name, given name, middle names, as keys that variants share.

`Muammar al-Qaddafi` and `Moammar Gadhafi` have equal keys, `Mario Lopez` and `Maria Lopez` do not. Names whose Latin
spelling is fixed are only compared letter by letter; those that each writer transliterates anew are compared by
sound, coarsely where vowels are not written. Does not belong here: whether bearers of one name are one person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from seeds.actors import fold_name
from seeds.name_variants import family_class, given_class, name_classes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seeds.name_variants import NameClass

_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_HONORIFICS = frozenset(
    [
        *(
            "mr",
            "mrs",
            "ms",
            "dr",
            "prof",
            "gen",
            "lt",
            "col",
            "maj",
            "capt",
            "adm",
            "sgt",
            "sir",
            "lord",
            "lady",
            "rev",
        ),
        *("mullah", "mulla", "maulana", "mawlana", "maulvi", "mawlawi", "molavi", "haji", "hajji", "hajj", "alhaji"),
        *("sheikh", "shaikh", "shaykh", "sheik", "cheikh", "sayyid", "sayed", "sayyed", "syed", "seyed", "seyyed"),
        *("ayatollah", "hojatoleslam", "imam", "king", "prince", "princess", "queen", "pope", "president"),
    ]
)
_ARTICLES = frozenset({"al", "el", "ul", "ur", "ud"})
_ASSIMILATED = frozenset({"as", "ash", "ar", "an", "at", "ad", "az", "adh", "ath", "es", "ech", "er", "en", "et", "ed"})
_SONS = frozenset({"bin", "ibn", "ben", "bint"})
_SERVANTS = frozenset({"abd", "abed", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdur", "abdus", "abdu"})
_FAITHS = frozenset({"din", "deen", "dine", "eddin", "eddine", "uddin", "uddine", "addin", "aldin", "ddin"})
_GODS = frozenset({"allah", "ullah", "ollah"})
_WESTERN_PARTICLES = frozenset(
    "van von der den de del della di da dos das do la le du ter ten af zu mac mc st san santa".split()
)
_SLAVIC_ENDING = re.compile(r"(?<=...)(sk(iy|yy|ii|yi|y|i)|[eo]v|[eo]ff|[eo]va|enko|enka|v[iy]ch|shvili|adze)$")
_ONE_WORD_SERVANT = re.compile(r"abd(?:[aeiou]{1,2}l?)?(.{3,})")
_ONE_WORD_FAITH = re.compile(r"(.{3,}?)(?:[aeu]dd|ald)(?:ine?|een)")
_ONE_WORD_GOD = re.compile(r"(.{3,}?)[aou]llah")
_BEFORE_GOD = frozenset({"haq", "haque", "rahman", "rehman", "islam", "hasan", "karim", "huda", "amin"})
_LINKED = re.compile(r"(.{3,})u[lr]")
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tsch|shch|sch|tch|sh|ch", "S"),
        ("dzh|zh|dj|j", "J"),
        ("kh|ck|q|c(?![eiy])", "k"),
        ("c", "s"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("ph", "f"),
        ("x", "ks"),
        ("w", "v"),
        ("ine$", "in"),
        ("off$", "ov"),
        ("eff$", "ev"),
        ("[ae][iy]", "i"),
        ("[eiy]+", "i"),
        ("[ou]+", "u"),
    )
)
_FINAL_BREATH = re.compile(r"(?<=[aiu])h$")
_INNER_VOWELS = re.compile(r"(?<=.)[aiu](?=.)")
_FAITHFUL_CONSONANTS = 4
"""From so many consonants on they tell Arabic family names apart without the vowels."""
_SYLLABLE = 4
_MOST_WORDS = 8
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One given name: the key that its variants share, the spelling, and whether it has short forms such as `Bill`."""

    key: str
    spelled: str
    has_short_forms: bool = False

    @property
    def is_initial(self) -> bool:
        """Whether only the first letter is given."""
        return len(self.spelled) == 1

    @property
    def is_patronymic(self) -> bool:
        """Whether it is joined to `bin`, son of."""
        return self.spelled.startswith("bin") and len(self.spelled) > 5  # noqa: PLR2004 -- not the name Bina

    def fits(self, other: Part) -> bool:
        """Tell whether both can be one name, one of them perhaps as an initial."""
        if self.is_initial or other.is_initial:
            return self.spelled[0] == other.spelled[0]
        return self.key == other.key


@dataclass(frozen=True, slots=True)
class PersonName:
    """A full name taken apart.

    Attributes:
        folded: the whole name without case, accents and punctuation.
        family: key that the spellings of the family name share.
        first: the first given name.
        middles: the names between.
        suffix: jr, sr, ii, iii or iv; empty where there is none.
        common: whether so many people bear the name that it tells little.
    """

    folded: str
    family: str
    first: Part
    middles: tuple[Part, ...]
    suffix: str
    common: bool


@lru_cache(maxsize=1 << 18)
def read_name(name: str) -> PersonName | None:
    """Return a full name taken apart; None where it has fewer than two words, or too many to be a name."""
    words, arabic = _joined(_words(name[:_LONGEST_NAME]))
    suffix = _SUFFIXES.get(words[-1], "") if words else ""
    words = words[:-1] if suffix else words
    if not 1 < len(words) <= _MOST_WORDS or len(words[-1]) == 1 or words[-1] in _HONORIFICS:
        return None
    first = family_class(words[0])
    if first is not None and first.stands_first and len(words) <= 3:  # noqa: PLR2004 -- a family name and two syllables
        given = _part("".join(words[1:]), by_sound=False)
        return PersonName(fold_name(name), f"={first.name}", given, (), suffix, len(given.spelled) <= _SYLLABLE)
    return _western(fold_name(name), words, suffix, arabic=arabic)


def _western(folded: str, words: list[str], suffix: str, *, arabic: bool) -> PersonName:
    """Return a name whose family name stands last."""
    *given, family = words
    known = [found for word in words if (found := given_class(word))]
    listed = family_class(family)
    listed = None if listed is not None and listed.stands_first else listed
    if listed is not None:
        known.append(listed)
    arabic = arabic or any(found.culture == "arabic" for found in known)
    by_sound = arabic or any(found.transliterated for found in known) or bool(_SLAVIC_ENDING.search(family))
    parts = [_part(word, by_sound=by_sound) for word in given]
    bears_given_name = listed is None and given_class(family) is not None
    common = bears_given_name or (listed is not None and listed.common)
    key = f"={listed.name}" if listed is not None else _family_key(family, by_sound=by_sound, arabic=arabic)
    return PersonName(folded, key, parts[0], tuple(parts[1:]), suffix, common)


def _words(name: str) -> list[str]:
    """Return the folded words of a name: initials apart, hyphens read, articles of hyphenated parts dropped."""
    spaced = re.sub(r"\.(?=\w)", ". ", re.sub(r"\b(Al|El)(?=[A-Z][a-z])", r"\1-", name))
    words: list[str] = []
    for piece in spaced.split():
        parts = [folded for part in re.split("[-\u2010-\u2015]", piece) if (folded := fold_name(part).replace(" ", ""))]
        bare = [part for i, part in enumerate(parts) if not _is_article(part, parts[i + 1 : i + 2])]
        apart = len(bare) < len(parts) or any(part in _SERVANTS or _is_transliterated(part) for part in parts)
        words += bare if apart else ["".join(parts)] if parts else []
    while len(words) > 2 and words[0] in _HONORIFICS:  # noqa: PLR2004 -- two words are left
        del words[0]
    return words


def _is_article(part: str, following: list[str]) -> bool:
    return bool(following) and (part in _ARTICLES or (part in _ASSIMILATED and part[1] == following[0][0]))


def _is_transliterated(word: str) -> bool:
    found = given_class(word)
    return found is not None and found.transliterated


def _joined(words: list[str]) -> tuple[list[str], bool]:
    """Return the words with particles joined to what they belong to, and whether any of them is Arabic."""
    found: list[str] = []
    arabic, prefix = False, ""
    for i, word in enumerate(words):
        following = words[i + 1 : i + 2]
        if word in _FAITHS | _GODS and found and not prefix:
            found[-1] += "uddin" if word in _FAITHS else "ullah"
            arabic = True
        elif following and word in _ARTICLES and (found or prefix):
            arabic = True
        elif following and (joint := _prefix(word, leads=not found, several=len(words) > 2)):  # noqa: PLR2004
            prefix += joint
            arabic = arabic or joint in {"abdul", "abu"}
        else:
            plain = "lah" if word in _GODS else _plain(word, following)
            arabic = arabic or plain != word or plain.startswith("abd") or plain.endswith(("uddin", "ullah"))
            found.append(prefix + plain)
            prefix = ""
    return found, arabic


def _prefix(word: str, *, leads: bool, several: bool) -> str | None:
    """Return a particle that belongs to the next word, in its usual spelling; None for any other word.

    `leads`: the name begins with it; `several`: the name has more than two words, as `Jean Claude Duvalier`.
    """
    if word in _SERVANTS:
        return "abdul"
    if word in {"abu", "abou"}:
        return "abu"
    if leads:
        return "jean" if word == "jean" and several else None
    return "bin" if word in _SONS else word if word in _WESTERN_PARTICLES else None


def _plain(word: str, following: list[str]) -> str:
    """Return an Arabic word of two written as one in its usual spelling: `Salaheddine`, `Ziaul` before `Haq`."""
    if given_class(word) is not None:
        return word
    if following and following[0] in _BEFORE_GOD and (linked := _LINKED.fullmatch(word)):
        return linked[1]
    if faith := _ONE_WORD_FAITH.fullmatch(word):
        return faith[1] + "uddin"
    god = _ONE_WORD_GOD.fullmatch(word)
    return god[1] + "ullah" if god is not None else word


def _part(word: str, *, by_sound: bool) -> Part:
    listed = given_class(word)
    if listed is not None:
        return Part(f"={listed.name}", word, listed.has_short_forms)
    if not by_sound or len(word) == 1:
        return Part(word, word)
    heard = _heard("given").get(_sound(word))
    return Part(_compound(word) or (f"={heard.name}" if heard is not None else _sound(word)), word)


def _family_key(word: str, *, by_sound: bool, arabic: bool) -> str:
    listed = given_class(word)
    if listed is not None:
        return f"={listed.name}"
    if key := _compound(word):
        return key
    sound = _sound(word) if by_sound else word
    if by_sound and (heard := _heard("family").get(sound)):
        return f"={heard.name}"
    bare = _INNER_VOWELS.sub("", sound)
    consonants = sum(letter not in "aiu" for letter in bare)
    return f"~{bare}" if arabic and consonants >= _FAITHFUL_CONSONANTS else sound


def _compound(word: str) -> str | None:
    """Return the key of a name made of a servant's, father's or son's word and another: `abdurrahman`, `binladen`."""
    for prefix in ("bin", "abu"):
        rest = word.removeprefix(prefix)
        if rest != word and (listed := given_class(rest) or family_class(rest)):
            return f"{prefix}={listed.name}"
    servant = _ONE_WORD_SERVANT.fullmatch(word)
    if servant is None:
        return None
    rest = _DOUBLED.sub(r"\1", servant[1])
    listed = given_class(rest)
    return f"abd={listed.name}" if listed is not None else f"abd{_sound(rest)}"


@cache
def _heard(kind: str) -> Mapping[str, NameClass]:
    """Return the transliterated names of a kind by how they sound, so that no listing needs all their spellings."""
    found: dict[str, NameClass | None] = {}
    for spelling, listed in name_classes(kind).items():
        if listed.transliterated and not listed.stands_first:
            sound = _sound(spelling)
            found[sound] = listed if found.get(sound, listed) == listed else None
    return {sound: listed for sound, listed in found.items() if listed is not None}


def _sound(word: str) -> str:
    """Return how a transliterated word sounds; spellings of one name give one string."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return _FINAL_BREATH.sub("", _DOUBLED.sub(r"\1", word))
