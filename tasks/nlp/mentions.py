"""The working form of an entity mention while an article is being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from seeds.actors import Actor
    from seeds.gazetteer import Place
    from seeds.roles import Role


@dataclass(slots=True)
class Mention:
    """One mention under construction; the components fill it in step by step.

    Attributes:
        start, end: tokens, half-open.
        head: index of the token that governs the others.
        kind: name, nominal or pronoun.
        entity_type: person, organization, group or place.
        name: the words, without article and possessive mark.
        label: what the tagger called it; empty where it saw nothing.
        modifiers: words of the noun phrase to the left that are no part of the name.
        key: identity across articles; None while unresolved.
        score: how sure the identity is, 0..1.
        in_dateline: whether it only says where the reporter was.
        antecedent: the name or description that a pronoun stands for.
    """

    start: int
    end: int
    head: int
    kind: str
    entity_type: str
    name: str
    label: str = ""
    modifiers: tuple[str, ...] = ()
    role: Role | None = None
    actor: Actor | None = None
    place: Place | None = None
    country: str | None = None
    sector: str | None = None
    key: str | None = None
    score: float = 0.0
    in_dateline: bool = False
    antecedent: Mention | None = None


@dataclass(slots=True)
class MentionIndex:
    """The mentions of an article in order of the text, and which of them covers a token.

    Attributes:
        mentions: those that can take part in what the text says.
        asides: mentions inside or beside others that are only recorded (see `asides.py`); they cover no token.
    """

    mentions: list[Mention]
    asides: list[Mention] = field(default_factory=list)
    _offsets: dict[int, Mention] = field(default_factory=dict)
    _by_token: dict[int, Mention] = field(default_factory=dict)
    _modifiers: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Order the mentions and index their tokens; where two overlap, the earlier in the list keeps the token."""
        for mention in self.mentions:
            for index in range(mention.start, mention.end):
                self._by_token.setdefault(index, mention)
            if mention.kind == "nominal":
                self._modifiers.update(range(mention.start, mention.head))
        self.mentions.sort(key=lambda mention: (mention.start, mention.end))

    def recorded(self) -> list[Mention]:
        """Return all mentions, asides included, in order of the text."""
        return sorted([*self.mentions, *self.asides], key=lambda mention: (mention.start, mention.end))

    def at(self, token: Token) -> Mention | None:
        """Return the mention that covers a token."""
        return self._by_token.get(token.i)

    def modifies(self, mention: Mention) -> bool:
        """Tell whether a name only modifies a described party: `US` in `US forces`."""
        return mention.start in self._modifiers

    def add(self, mention: Mention) -> None:
        """Add one more mention that overlaps none."""
        self.mentions.append(mention)
        for index in range(mention.start, mention.end):
            self._by_token.setdefault(index, mention)

    def add_offsets(self, found: list[Mention]) -> None:
        """Add phrases that measure from a place (see `offsets.py`), in order of the text; they overlap the mentions."""
        for mention in found:
            self._offsets.update(dict.fromkeys(range(mention.start, mention.end), mention))

    def offset_at(self, index: int) -> Mention | None:
        """Return the phrase that measures from a place and covers the token of this index."""
        return self._offsets.get(index)

    def offsets(self, span: Span) -> list[Mention]:
        """Return the phrases that measure from a place and begin in a span, in order of the text."""
        return [m for i in range(span.start, span.end) if (m := self._offsets.get(i)) and m.start == i]

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions whose head lies in a span, in order of the text."""
        found = {id(m): m for i in range(span.start, span.end) if (m := self._by_token.get(i)) and m.head == i}
        return list(found.values())


def head_index(doc: Doc, start: int, end: int) -> int:
    """Return the index of the token of a range that governs the others."""
    return int(doc[start:end].root.i)
