"""One event per event: which mentions of an article tell of the same one, and which tell of none in particular."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from seeds.retelling import read_retelling
from tasks.nlp.pipeline import load_pipeline
from tasks.nlp.records import Article

if TYPE_CHECKING:
    from pathlib import Path

    from tasks.nlp.drafts import EventDraft

_DAY = dt.date(2024, 5, 15)


def read(text: str, title: str = "") -> list[EventDraft]:
    """Return the event mentions of an article of Wednesday, 15 May 2024; a title stands above its text."""
    whole = f"{title}\n{text}" if title else text
    start = len(title) + 1 if title else 0
    nlp = load_pipeline()
    doc = nlp.make_doc(whole)
    title_start, title_end = (0, len(title)) if title else (None, None)
    doc._.article = Article("doc", whole, title or None, _DAY, None, title_start, title_end, start, len(whole))
    found: list[EventDraft] = nlp(doc)._.events
    return found


def find(mentions: list[EventDraft], word: str) -> EventDraft:
    """Return the mention of a word; `word/2` is its second one."""
    text, _, number = word.partition("/")
    named = [m for m in mentions if m.candidate.token.text == text]
    assert len(named) >= int(number or 1), (word, [m.candidate.token.text for m in mentions])
    return named[int(number or 1) - 1]


SAME = {
    "cause and effect": ("Rebels launched an attack on Goma on Monday, killing two soldiers.", "attack killing"),
    "dead and wounded": ("Six officers were killed and eight civilians were wounded in Kabul.", "killed wounded"),
    "means": ("Four miners died in a bomb attack near Quetta on Monday.", "died attack"),
    "the same act, definite": (
        "Gunmen attacked a convoy near Gao on Monday. Officials condemned it. The attack lasted an hour.",
        "attacked attack",
    ),
    "a broad word": (
        "A bomb exploded outside a bank in Cali on Monday. Nobody claimed responsibility for the attack.",
        "exploded attack",
    ),
    "a toll in the next sentence": (
        "Militants attacked a police station in Baghlan on Monday. Six officers were killed.",
        "attacked killed",
    ),
    "a toll by what did it": (
        "A car bomb exploded in Basra on Monday. The blast killed nine shoppers.",
        "exploded killed",
    ),
    "the victim, told again": (
        "Mayor Juan Ortega was murdered in Cali on Monday. His wife saw it. Ortega was killed with a knife.",
        "murdered killed",
    ),
    "a recap, by place and day": (
        "Gunmen killed a judge in Mosul on Sunday. Shops shut.\nIt rained.\nIn Mosul on Sunday, the judge was killed.",
        "killed killed/2",
    ),
    "talks told again": (
        "Kenya and Somalia held talks in Nairobi on Monday. The talks between Kenya and Somalia lasted two hours.",
        "talks talks/2",
    ),
}


@pytest.mark.parametrize(("text", "words"), SAME.values(), ids=SAME)
def test_mentions_of_one_event_share_it(text: str, words: str) -> None:
    """Syntax, definite words, tolls and what two sentences state alike join mentions."""
    mentions = read(text)
    events = {find(mentions, word).event for word in words.split()}
    assert len(events) == 1, [(m.candidate.token.text, m.event) for m in mentions]
    assert None not in events


def test_headline_and_lead_are_one_event() -> None:
    """The lead tells of what the headline does, in other words of the same kind."""
    mentions = read(
        "A gunman killed three worshippers in Lahore on Tuesday, police said.", "Three killed at mosque in Lahore"
    )
    assert find(mentions, "killed").event == find(mentions, "killed/2").event


APART = {
    "other days": (
        "Rebels attacked Goma on Monday. Rebels attacked Goma on Sunday too.",
        "attacked attacked/2",
    ),
    "other places": (
        "Gunmen killed a judge in Mosul on Sunday. Gunmen killed a judge in Basra on Sunday.",
        "killed killed/2",
    ),
    "another attack": (
        "A bomb exploded in Kabul on Monday. Another bomb exploded near a school.",
        "exploded exploded/2",
    ),
    "a separate incident": (
        "Gunmen shot a driver in Karachi on Monday. In a separate incident, gunmen shot a teacher.",
        "shot shot/2",
    ),
    "meanwhile": (
        "Rebels ambushed a patrol near Goma on Monday. Meanwhile, soldiers ambushed rebels near the border.",
        "ambushed ambushed/2",
    ),
    "other victims": (
        "Mayor Juan Ortega was killed in Cali on Monday. Senator Ana Ruiz was killed in Cali on Monday.",
        "killed killed/2",
    ),
    "other numbers": (
        "Fighters killed four soldiers near Gao on Monday. Fighters killed nine farmers near Gao on Monday.",
        "killed killed/2",
    ),
    "what is planned": (
        "Kenya and Somalia held talks on Monday. Kenya and Somalia plan to hold talks next week.",
        "talks talks/2",
    ),
    "an arrest is no attack": (
        "Gunmen attacked a bank in Cali on Monday. Police arrested two gunmen in Cali on Monday.",
        "attacked arrested",
    ),
}


@pytest.mark.parametrize(("text", "words"), APART.values(), ids=APART)
def test_events_that_differ_stay_apart(text: str, words: str) -> None:
    """Other days, places, numbers and people, and words that set apart, make another event."""
    mentions = read(text)
    first, second = (find(mentions, word) for word in words.split())
    assert first.event != second.event or first.event is None


def test_an_event_lends_its_mentions_day_and_place() -> None:
    """What one sentence says of when and where holds for the sentence that only counts the dead."""
    mentions = read("Militants attacked a police station in Kandahar on Monday. Six officers were killed.")
    killed = find(mentions, "killed")
    assert killed.occurred is not None
    assert killed.occurred.first == dt.date(2024, 5, 13)
    assert killed.happened_at is not None
    assert killed.happened_at.name == "Kandahar"


GENERAL = {
    "what people of a kind do": ("The terrorists who kill innocent people deserve no mercy.", "kill"),
    "what happens often": ("Smugglers often attack travellers on this road.", "attack"),
    "a bare plural": ("She said that kidnappings are a problem.", "kidnappings"),
}


@pytest.mark.parametrize(("text", "word"), GENERAL.values(), ids=GENERAL)
def test_general_statements_tell_of_no_event(text: str, word: str) -> None:
    """What happens in general is hypothetical and belongs to no event; a mention without any content is left out."""
    found = [m for m in read(text) if m.candidate.token.text == word]
    assert all((m.modality, m.event) == ("hypothetical", None) for m in found)


BACKGROUND = {
    "a war": ("The president spoke about the war and about prices.", "war"),
    "a participle that says which": ("Relatives of the murdered priests met the bishop on Monday.", "murdered"),
}


@pytest.mark.parametrize(("text", "word"), BACKGROUND.values(), ids=BACKGROUND)
def test_what_goes_on_or_is_known_is_background(text: str, word: str) -> None:
    """A war without day, town or toll, and what only says which ones are meant, are not asserted."""
    found = [m for m in read(text) if m.candidate.token.text == word]
    assert all(m.modality == "historical" for m in found)


PARTICULAR = {
    "a war with a day and a town": ("Heavy fighting raged in Goma on Monday.", "fighting"),
    "a plural that did something": ("Explosions shook Goma on Monday.", "Explosions"),
    "a plural that there was": ("There have been attacks in Goma.", "attacks"),
    "present tense of somebody": ("Israel attacks Hamas positions in Gaza.", "attacks"),
    "present perfect": ("Rebels have attacked a bridge.", "attacked"),
}


@pytest.mark.parametrize(("text", "word"), PARTICULAR.values(), ids=PARTICULAR)
def test_particular_events_stay_asserted(text: str, word: str) -> None:
    """A day, a town, a party or the past makes a mention tell of an event."""
    mention = find(read(text), word)
    assert mention.modality == "asserted"
    assert mention.event is not None


def test_long_lists_of_events_stay_linear() -> None:
    """A mention is compared with a bounded number of events, and the latest and the first are among them."""
    day = "Gunmen killed {n} farmers in Kano on Monday. "
    mentions = read(" ".join(day.format(n=number) for number in range(3, 60)))
    killed = [m for m in mentions if m.candidate.token.text == "killed"]
    assert len({m.event for m in killed}) == len(killed)


def test_a_wrong_table_names_its_line(tmp_path: Path) -> None:
    """A scope that nobody knows is an error that says where it stands."""
    table = tmp_path / "retelling.tsv"
    table.write_text("lemma\tscope\tnote\nanother\tnearby\t\n")
    with pytest.raises(ValueError, match="line 2"):
        read_retelling(table)
