"""Words by which events are reported, as listed in `lexicon/*.tsv`.

Belongs here: triggers of events, verbs that carry nominal events, cues of modality, attribution, background,
weapons. Does not belong here: event types and scores (`ontology.py`), names of actors (`actors.py`), cues of other
senses (`senses.py`) and of totals (`totals.py`).
Lemmas are lower case, words separated by one space; a hyphen in a table counts as a space.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast, get_args

from schemas.vocabulary import MODALITIES
from seeds.ontology import contexts, event_types, modes, ontology_files
from seeds.tsv import digest_files, read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seeds.tsv import Row

FOLDER = Path(__file__).parent / "lexicon"
"""Where the tables lie."""

Pos = Literal["VERB", "NOUN", "ADJ"]
Casualties = Literal["killed", "wounded", "kidnapped", "arrested", "displaced"]
Side = Literal["actor", "recipient"]
Scope = Literal["complement", "infinitive", "modifier", "occurrence", "clause"]
Stance = Literal["neutral", "claim", "deny", "confirm"]

SLOTS = frozenset(
    "subj obj iobj comp attr poss about across against along alongside among around as at between by for from in into "
    "near of on out outside over through to toward towards under upon with within".split()
)
"""Syntactic slots that may hold an argument: grammatical functions, possessor, and objects of prepositions."""

SEMANTIC_CLASSES = frozenset({"@human", "@place", "@weapon"})
"""Classes that stand in constraints as they are, because only a text tells what belongs to them."""

_WEAKEST = 0.2
_POS_LABELS = get_args(Pos)


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a slot must hold: the lemma of its head is one of `words`, or of a semantic class among them.

    `negated` turns it round: the constraint holds unless the slot is so filled; an empty slot then satisfies it.
    """

    slot: str
    words: frozenset[str]
    negated: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """One sense of a word or phrase that denotes an event; the columns are explained at the top of triggers.tsv.

    Attributes:
        lemma: its words; hyphens divide words.
        head: the first word of a verb, the last of a noun or adjective.
        actor: slots that hold who does it, best first; recipient: those that hold to whom it is done.
        requires: what must hold for this sense, all of it.
        strength: 0.2..1, how surely the word, its constraints met, denotes the event.
        line: line in the table, which names the entry.
    """

    lemma: tuple[str, ...]
    head: str
    pos: Pos
    event_type: str
    event_mode: str | None
    contexts: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    casualties: tuple[Casualties, ...]
    requires: tuple[Constraint, ...]
    strength: float
    line: int


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that carries an event named by a noun; `side` is the part that its subject has in the event."""

    lemma: str
    side: Side
    modality: str


@dataclass(frozen=True, slots=True)
class ModalityCue:
    """A word that says whether an event happened; the scopes are explained at the top of modality.tsv."""

    lemma: str
    pos: str
    modality: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """A verb or phrase of saying, and where the speaker stands to what is said."""

    lemma: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Instrument:
    """A weapon noun and its kind: explosive, firearm, aircraft, vehicle, chemical, blade, drone, artillery, ..."""

    lemma: str
    kind: str


@dataclass(frozen=True, slots=True)
class BackgroundCue:
    """A word or phrase that marks what is told beside it as long past."""

    lemma: str


@cache
def load_triggers() -> tuple[Trigger, ...]:
    """Return the triggers in the order of the table; ValueError where a table is wrong."""
    return read_triggers(FOLDER / "triggers.tsv", load_word_classes())


@cache
def triggers_by_head() -> Mapping[tuple[str, str], tuple[Trigger, ...]]:
    """Return (head lemma, pos) to its triggers, the most specific first: most words, constraints, strength."""
    found: defaultdict[tuple[str, str], list[Trigger]] = defaultdict(list)
    for trigger in load_triggers():
        found[trigger.head, trigger.pos].append(trigger)
    return MappingProxyType({key: tuple(sorted(entries, key=_specificity)) for key, entries in found.items()})


@cache
def load_word_classes() -> Mapping[str, frozenset[str]]:
    """Return name of a word class, such as @deal, to the lemmas that constraints mean by it."""
    rows = read_tsv(FOLDER / "classes.tsv", ("class", "words"))
    return MappingProxyType({f"@{row.required('class')}": frozenset(row.several("words")) for row in rows})


@cache
def load_light_verbs() -> tuple[LightVerb, ...]:
    """Return the verbs that carry nominal events; ValueError where the table is wrong."""
    rows = read_tsv(FOLDER / "light_verbs.tsv", ("lemma", "side", "modality"))
    return tuple(
        LightVerb(lemma(row), cast("Side", row.one_of("side", get_args(Side))), row.one_of("modality", MODALITIES))
        for row in rows
    )


@cache
def load_modality() -> tuple[ModalityCue, ...]:
    """Return the cues of modality; ValueError where the table is wrong."""
    return tuple(
        ModalityCue(
            lemma(row),
            row.required("pos"),
            row.one_of("modality", MODALITIES),
            cast("Scope", row.one_of("scope", get_args(Scope))),
        )
        for row in read_tsv(FOLDER / "modality.tsv", ("lemma", "pos", "modality", "scope"))
    )


@cache
def load_reporting() -> tuple[ReportingVerb, ...]:
    """Return the words of saying; ValueError where the table is wrong."""
    rows = read_tsv(FOLDER / "reporting.tsv", ("lemma", "stance"))
    return tuple(ReportingVerb(lemma(row), cast("Stance", row.one_of("stance", get_args(Stance)))) for row in rows)


@cache
def load_instruments() -> tuple[Instrument, ...]:
    """Return the weapons; ValueError where the table is wrong."""
    rows = read_tsv(FOLDER / "instruments.tsv", ("lemma", "class"))
    return tuple(Instrument(lemma(row), row.required("class")) for row in rows)


@cache
def load_background() -> tuple[BackgroundCue, ...]:
    """Return the cues of background; ValueError where the table is wrong."""
    return tuple(BackgroundCue(lemma(row)) for row in read_tsv(FOLDER / "background.tsv", ("lemma", "note")))


@cache
def lexicon_version() -> str:
    """Return 16 hex digits that change with any table of the lexicon or the ontology."""
    return digest_files([*FOLDER.glob("*.tsv"), *ontology_files()])


def read_triggers(path: Path, classes: Mapping[str, frozenset[str]]) -> tuple[Trigger, ...]:
    """Return the triggers of a table such as triggers.tsv; `classes` as from `load_word_classes`.

    Raises:
        ValueError: a cell is wrong, or two lines have the same lemma, part of speech and constraints.
    """
    columns = (
        *("lemma", "pos", "event_type", "event_mode", "contexts", "actor", "recipient"),
        *("casualties", "requires", "strength", "note"),
    )
    found: dict[tuple[tuple[str, ...], str, frozenset[Constraint]], Trigger] = {}
    for row in read_tsv(path, columns):
        trigger = _trigger(row, classes)
        key = trigger.lemma, trigger.pos, frozenset(trigger.requires)
        if key in found:
            raise row.error("another lemma, pos or requires than above", f"the same as on line {found[key].line}")
        found[key] = trigger
    return tuple(found.values())


def lemma(row: Row) -> str:
    """Return the lemma of a line, hyphens as spaces; ValueError where it is not lower case or empty."""
    text = row.required("lemma")
    if text != text.lower():
        raise row.error("lemma in lower case", repr(text))
    return " ".join(text.replace("-", " ").split())


def number(row: Row, column: str, low: float, high: float) -> float:
    """Return the number in a cell; ValueError where it is none or outside low..high."""
    text = row.required(column)
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise row.error(f"{column} to be a number from {low} to {high}", repr(text))
    return value


def _trigger(row: Row, classes: Mapping[str, frozenset[str]]) -> Trigger:
    pos = cast("Pos", row.one_of("pos", _POS_LABELS))
    words = tuple(lemma(row).split())
    event_type = row.one_of("event_type", event_types())
    return Trigger(
        lemma=words,
        head=words[0] if pos == "VERB" else words[-1],
        pos=pos,
        event_type=event_type,
        event_mode=row.one_of("event_mode", {*modes(event_type), ""}) or None,
        contexts=listed(row, "contexts", contexts()),
        actor=listed(row, "actor", SLOTS),
        recipient=listed(row, "recipient", SLOTS),
        casualties=cast("tuple[Casualties, ...]", listed(row, "casualties", frozenset(get_args(Casualties)))),
        requires=tuple(_constraint(row, part, classes) for part in row.cells["requires"].split(";") if part.strip()),
        strength=number(row, "strength", _WEAKEST, 1.0),
        line=row.line,
    )


def listed(row: Row, column: str, allowed: Mapping[str, str] | frozenset[str]) -> tuple[str, ...]:
    """Return the values of a cell separated by commas; ValueError where one is not allowed."""
    values = tuple(value for part in row.cells[column].split(",") if (value := part.strip()))
    for value in values:
        if value not in allowed:
            raise row.error(f"{column} to hold only {', '.join(sorted(allowed))}", repr(value))
    return values


def _constraint(row: Row, text: str, classes: Mapping[str, frozenset[str]]) -> Constraint:
    slot, equals, right = text.strip().partition("=")
    words = [word for part in right.split("|") if (word := part.strip())]
    if not equals or not words or slot.removeprefix("!") not in SLOTS:
        raise row.error(f"requires of the form slot=word|word, slot one of {', '.join(sorted(SLOTS))}", repr(text))
    meant: set[str] = set()
    for word in words:
        if word.startswith("@") and word not in SEMANTIC_CLASSES and word not in classes:
            raise row.error(f"@human, @place, @weapon or a class of classes.tsv ({', '.join(classes)})", repr(word))
        meant |= classes.get(word, {word})
    return Constraint(slot.removeprefix("!"), frozenset(meant), slot.startswith("!"))


def _specificity(trigger: Trigger) -> tuple[int, int, float, int]:
    return -len(trigger.lemma), -len(trigger.requires), -trigger.strength, trigger.line
