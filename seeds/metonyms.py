"""Words under which a capital stands for its government: `Washington denied`, `Beijing's decision`, `ties with Ankara`.

Belongs here: the words of `lexicon/metonyms.tsv`, and the verbs of saying and of diplomacy that `lexicons.py` knows.
Does not belong here: how a sentence is read (`tasks/nlp/metonyms.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from seeds.lexicons import FOLDER, load_reporting, load_triggers
from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATES_SPEAK = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"})
"""Types of events that states do by words: whoever does them is no town."""


@dataclass(frozen=True, slots=True)
class MetonymWords:
    """The lemmas under which a capital is its government, or under which alone it is not.

    Attributes:
        under: slot (`subj`, `obj`, `acomp`, `poss` or a preposition) to the words that make it a government.
        except_under: preposition to the words that leave it a town; under all others it is a government.
    """

    under: Mapping[str, frozenset[str]]
    except_under: Mapping[str, frozenset[str]]

    def means_government(self, slot: str, word: str) -> bool:
        """Return whether a capital in this slot of this word (a lemma) stands for its government."""
        if slot in self.except_under:
            return word not in self.except_under[slot]
        return word in self.under.get(slot, ())


@cache
def load_metonym_words() -> MetonymWords:
    """Return the words of `lexicon/metonyms.tsv`, with what follows from the other lexicons."""
    under, except_under = _spoken(), {}
    for row in read_tsv(FOLDER / "metonyms.tsv", ("slot", "words")):
        slot, words = row.required("slot"), frozenset(row.several("words"))
        if slot.startswith("!"):
            except_under[slot[1:]] = words
        else:
            under[slot] = under.get(slot, frozenset()) | words
    return MetonymWords(MappingProxyType(under), MappingProxyType(except_under))


def _spoken() -> dict[str, frozenset[str]]:
    """Return the verbs of saying, and single words that denote what states do by words."""
    verbs = [t for t in load_triggers() if t.event_type in _STATES_SPEAK and len(t.lemma) == 1]
    nouns = frozenset(t.head for t in verbs if t.pos == "NOUN" and "poss" in t.actor)
    acting = frozenset(t.head for t in verbs if t.pos == "VERB" and "subj" in t.actor)
    saying = frozenset(verb.lemma for verb in load_reporting())
    return {"subj": acting | saying, "poss": nouns}
