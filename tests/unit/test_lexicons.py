"""The lexicon is sound as data, knows the common ways of reporting, and its loader says what is wrong with a line."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from seeds import lexicons
from seeds.lexicons import (
    Constraint,
    Trigger,
    lexicon_version,
    load_background,
    load_instruments,
    load_light_verbs,
    load_modality,
    load_reporting,
    load_triggers,
    load_word_classes,
    read_triggers,
    triggers_by_head,
)
from seeds.ontology import event_types, modes
from seeds.senses import load_senses

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS = "lemma pos event_type event_mode contexts actor recipient casualties requires strength note"
_GOOD = {
    "lemma": "attack",
    "pos": "VERB",
    "event_type": "ASSAULT",
    "event_mode": "",
    "contexts": "military",
    "actor": "subj",
    "recipient": "obj,on",
    "casualties": "",
    "requires": "",
    "strength": "0.9",
    "note": "",
}

_BASES_THAT_LOOK_INFLECTED = {"bring", "cling", "embed", "feed", "heed", "need", "ring", "speed"}


def _table(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "triggers.tsv"
    lines = [_COLUMNS.replace(" ", "\t"), *("\t".join((_GOOD | row).values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _senses(head: str, pos: str) -> list[Trigger]:
    return list(triggers_by_head().get((head, pos), ()))


_HARM = {
    *(("ASSAULT", "killed"), ("ASSAULT", "wounded"), ("ASSAULT", "kidnapped")),
    *(("COERCE", "arrested"), ("COERCE", "displaced")),
}
"""The types that count people, and what happened to these."""


def _one(lemma: str, pos: str) -> Trigger:
    """Return the only sense of these words that has no constraints."""
    (found,) = (t for t in load_triggers() if " ".join(t.lemma) == lemma and t.pos == pos and not t.requires)
    return found


def test_every_type_and_mode_has_words() -> None:
    """No type is left with fewer than twenty entries, and no mode without any."""
    per_type = Counter(trigger.event_type for trigger in load_triggers())
    per_mode = {(trigger.event_type, trigger.event_mode) for trigger in load_triggers()}
    assert {kind: per_type[kind] for kind in event_types() if per_type[kind] < 20} == {}
    assert [(kind, mode) for kind in event_types() for mode in modes(kind) if (kind, mode) not in per_mode] == []


def test_every_entry_has_somebody() -> None:
    """Each entry names slots for who does it and to whom, and counts only whom its type harms."""
    for trigger in load_triggers():
        assert trigger.actor, trigger
        assert trigger.recipient, trigger
        assert all((trigger.event_type, kind) in _HARM for kind in trigger.casualties), trigger


def test_verbs_are_lemmas() -> None:
    """A verb is listed by its base form, or it would never be found."""
    heads = {trigger.head for trigger in load_triggers() if trigger.pos == "VERB"}
    inflected = {head for head in heads if re.search(r"[a-z]{2}(ing|ed)$", head)} - _BASES_THAT_LOOK_INFLECTED
    assert inflected == set()


def test_words_are_plain() -> None:
    """Lemmas hold lower-case words only: no tab, comma or bar slipped in from another cell."""
    for trigger in load_triggers():
        for word in trigger.lemma:
            assert re.fullmatch(r"[a-z0-9'.é]+", word), trigger


@pytest.mark.parametrize(
    ("lemma", "pos", "event_type", "mode", "casualties"),
    [
        ("kill", "VERB", "ASSAULT", None, "killed"),
        ("wound", "VERB", "ASSAULT", None, "wounded"),
        ("behead", "VERB", "ASSAULT", "primitive", "killed"),
        ("assassinate", "VERB", "ASSAULT", "targeted", "killed"),
        ("open fire", "VERB", "ASSAULT", "firearms", None),
        ("kidnap", "VERB", "ASSAULT", "abduct", "kidnapped"),
        ("airstrike", "NOUN", "ASSAULT", "aerial", None),
        ("air strike", "NOUN", "ASSAULT", "aerial", None),
        ("drone strike", "NOUN", "ASSAULT", "drone", None),
        ("suicide bombing", "NOUN", "ASSAULT", "suicide-attack", None),
        ("arrest", "VERB", "COERCE", "arrest", "arrested"),
        ("forced displacement", "NOUN", "COERCE", "deport", "displaced"),
        ("confiscate", "VERB", "COERCE", "seize", None),
        ("deport", "VERB", "COERCE", "deport", None),
        ("martial law", "NOUN", "COERCE", "martial-law", None),
        ("hunger strike", "NOUN", "PROTEST", "hunger", None),
        ("riot", "VERB", "PROTEST", "riot", None),
        ("meet with", "VERB", "CONSULT", None, None),
        ("peace talk", "NOUN", "CONSULT", None, None),
        ("mediate", "VERB", "CONSULT", "third-party", None),
        ("peace accord", "NOUN", "AGREE", None, None),
        ("ratify", "VERB", "AGREE", None, None),
        ("condemn", "VERB", "ACCUSE", "disapprove", None),
        ("sue", "VERB", "ACCUSE", "allege", None),
        ("investigate", "VERB", "ACCUSE", "investigate", None),
        ("convict", "VERB", "SANCTION", "convict", None),
        ("veto", "VERB", "REJECT", None, None),
        ("urge", "VERB", "REQUEST", None, None),
        ("threaten", "VERB", "THREATEN", None, None),
        ("praise", "VERB", "SUPPORT", None, None),
        ("apologise", "VERB", "CONCEDE", None, None),
        ("cease fire", "NOUN", "RETREAT", "ceasefire", None),
        ("donate", "VERB", "AID", None, None),
        ("military exercise", "NOUN", "COOPERATE", None, None),
        ("resign", "VERB", "RETREAT", "resign", None),
    ],
)
def test_well_known_words(lemma: str, pos: str, event_type: str, mode: str | None, casualties: str | None) -> None:
    """What every reader of news would say of a word is what the lexicon says."""
    found = _one(lemma, pos)
    counted = ",".join(found.casualties) or None
    assert (found.event_type, found.event_mode, counted) == (event_type, mode, casualties)


@pytest.mark.parametrize(
    ("head", "slot", "word", "event_type"),
    [
        ("strike", "obj", "deal", "AGREE"),
        ("strike", "subj", "teacher", "PROTEST"),
        ("strike", "subj", "missile", "ASSAULT"),
        ("lift", "obj", "curfew", "CONCEDE"),
        ("withdraw", "obj", "troop", "RETREAT"),
        ("withdraw", "obj", "ambassador", "SANCTION"),
        ("impose", "obj", "sanction", "SANCTION"),
        ("impose", "obj", "curfew", "COERCE"),
        ("send", "obj", "envoy", "CONSULT"),
        ("send", "obj", "food", "AID"),
        ("send", "obj", "soldier", "MOBILIZE"),
        ("fire", "obj", "rocket", "ASSAULT"),
        ("deny", "obj", "visa", "REJECT"),
        ("release", "obj", "hostage", "RETREAT"),
        ("hold", "obj", "talk", "CONSULT"),
    ],
)
def test_constraints_tell_senses_apart(head: str, slot: str, word: str, event_type: str) -> None:
    """The same verb is another event with another object."""
    types = {
        trigger.event_type
        for trigger in _senses(head, "VERB")
        if any(c.slot == slot and not c.negated and word in c.words for c in trigger.requires)
    }
    assert event_type in types


def test_ambiguous_verbs_need_their_object() -> None:
    """`fire`, `hold` or `sign` alone are no event: somebody may fire a minister and hold a cup."""
    for head in ("fire", "hold", "sign", "lift", "send", "leave"):
        assert all(t.requires or len(t.lemma) > 1 for t in _senses(head, "VERB")), head


def test_most_specific_first() -> None:
    """Longer entries stand before shorter ones, and constrained ones before bare ones."""
    lengths = [len(trigger.lemma) for trigger in _senses("strike", "NOUN")]
    assert lengths == sorted(lengths, reverse=True)
    bare = [not trigger.requires for trigger in _senses("meet", "VERB") if len(trigger.lemma) == 1]
    assert bare == sorted(bare)


def test_symmetric_events_take_both_sides() -> None:
    """The parties of talks may stand after `between` or `with`."""
    found = _one("peace talk", "NOUN")
    assert "between" in found.actor
    assert "with" in found.recipient


def test_light_verbs() -> None:
    """Light verbs say which side their subject is on, and whether the event took place."""
    found = {verb.lemma: (verb.side, verb.modality) for verb in load_light_verbs()}
    assert found["launch"] == ("actor", "asserted")
    assert found["claim responsibility for"] == ("actor", "asserted")
    assert found["come under"] == ("recipient", "asserted")
    assert found["suffer"] == ("recipient", "asserted")
    assert found["plan"] == ("actor", "planned")
    assert found["foil"] == ("actor", "negated")


def test_modality() -> None:
    """What a governing word makes of an event, with one reading a lemma and scope."""
    cues = load_modality()
    found = {(cue.lemma, cue.scope): cue.modality for cue in cues}
    assert len(found) == len(cues)
    assert found["deny", "complement"] == "negated"
    assert found["plan", "complement"] == "planned"
    assert found["call for", "complement"] == "demanded"
    assert found["threaten", "complement"] == "hypothetical"
    assert found["may", "clause"] == "hypothetical"
    assert ("commit", "complement") not in found


def test_light_verbs_do_not_contradict_modality() -> None:
    """A verb that performs an event cannot also leave its object planned, demanded or hypothetical."""
    governing = {c.lemma: c.modality for c in load_modality() if (c.scope, c.pos) == ("complement", "VERB")}
    for verb in load_light_verbs():
        if verb.side == "actor":
            assert governing.get(verb.lemma, verb.modality) == verb.modality, verb


def test_other_tables() -> None:
    """Words of saying, weapons, other senses and background are found by their lemma, each once."""
    assert {verb.lemma: verb.stance for verb in load_reporting()}["deny"] == "deny"
    assert {tool.lemma: tool.kind for tool in load_instruments()}["rifle"] == "firearm"
    senses = {(cue.lemma, cue.types, cue.slots): cue.domain for cue in load_senses()}
    assert senses["quarterback", frozenset(), frozenset()] == "sports"
    assert len(senses) == len(load_senses())
    assert "anniversary" in {cue.lemma for cue in load_background()}
    for entries in (load_light_verbs(), load_reporting(), load_instruments(), load_background()):
        lemmas = [entry.lemma for entry in entries]
        assert len(lemmas) == len(set(lemmas))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"lemma": "Attack"}, "lower case"),
        ({"pos": "VRB"}, "pos to be one of"),
        ({"event_type": "FIGHT"}, "event_type to be one of"),
        ({"event_mode": "phone"}, "event_mode to be one of"),
        ({"contexts": "naval"}, "contexts to hold only"),
        ({"actor": "subject"}, "actor to hold only"),
        ({"casualties": "dead"}, "casualties to hold only"),
        ({"requires": "obj"}, "slot=word"),
        ({"requires": "object=deal"}, "slot=word"),
        ({"requires": "obj=@nosuch"}, "classes.tsv"),
        ({"strength": "0.1"}, "from 0.2 to 1.0"),
        ({"strength": "much"}, "from 0.2 to 1.0"),
    ],
)
def test_wrong_cell_is_named(tmp_path: Path, row: dict[str, str], expected: str) -> None:
    """An analyst's slip is answered with the line and what belongs there."""
    with pytest.raises(ValueError, match=rf"triggers\.tsv, line 2: .*{expected}"):
        read_triggers(_table(tmp_path, row), {})


def test_same_sense_twice_is_an_error(tmp_path: Path) -> None:
    """Two lines of one lemma and the same constraints, in whatever order, cannot both be meant."""
    rows = {"requires": "obj=town;on=base"}, {"requires": "on=base;obj=town", "event_type": "COERCE"}
    with pytest.raises(ValueError, match=r"line 3: .*line 2"):
        read_triggers(_table(tmp_path, *rows), {})


def test_entry_is_read_as_written(tmp_path: Path) -> None:
    """Hyphens divide words, classes are replaced by their words, order of slots is kept."""
    row = {"lemma": "cease-fire", "pos": "NOUN", "recipient": "on,obj", "requires": "!of=@deal|@human"}
    (found,) = read_triggers(_table(tmp_path, row), {"@deal": frozenset({"pact", "accord"})})
    assert (found.lemma, found.head) == (("cease", "fire"), "fire")
    assert found.recipient == ("on", "obj")
    assert found.requires == (Constraint("of", frozenset({"pact", "accord", "@human"}), negated=True),)


def test_word_classes_are_used() -> None:
    """A class that no line names is dead."""
    text = (lexicons.FOLDER / "triggers.tsv").read_text("utf-8")
    assert [name for name in load_word_classes() if not re.search(rf"{name}\b", text)] == []


def test_version_names_the_tables() -> None:
    """The version is a digest that stays the same while the tables do."""
    assert re.fullmatch(r"[0-9a-f]{16}", lexicon_version())
    assert lexicon_version() == lexicon_version.__wrapped__()
