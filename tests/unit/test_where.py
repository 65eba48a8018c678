"""Where events happened: in their own sentence, told by the rest of the article, or unknown."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from tasks.nlp.linear import read_model
from tasks.nlp.pipeline import read_articles
from tasks.nlp.records import Article, Reading
from tasks.nlp.training import where as training

if TYPE_CHECKING:
    from pathlib import Path

    from tasks.nlp.records import EventMention


def read(text: str, body_start: int = 0, dateline: str | None = None) -> Reading:
    """Read one article."""
    article = Article("doc", text, None, dt.date(2024, 5, 8), dateline, None, None, body_start, len(text))
    (found,) = read_articles([article])
    assert isinstance(found, Reading), found
    return found


def event_at(found: Reading, trigger: str) -> EventMention:
    """Return the first event mention whose trigger ends in this word."""
    return next(event for event in found.events if event.trigger.split()[-1] == trigger)


def words_of(event: EventMention) -> str | None:
    """Return the words of an event's location; None where it has none."""
    return next((argument.surface for argument in event.arguments if argument.role == "location"), None)


def place_name(found: Reading, event: EventMention) -> str | None:
    """Return the name of the entity at which an event happened."""
    return next((entity.name for entity in found.entities if entity.entity_id == event.place_id), None)


@pytest.mark.parametrize(
    ("text", "trigger", "location"),
    [
        ("Gunmen killed four farmers in Gwoza on Sunday.", "killed", "Gwoza"),
        ("In Basra, two judges were shot dead outside a court.", "shot", "Basra"),
        ("Rebels attacked a convoy near the town of Palma.", "attacked", "Palma"),
        ("Rebels attacked a convoy in the Mozambican town of Palma.", "attacked", "Palma"),
        ("Police arrested a preacher in Lahore, Pakistan.", "arrested", "Lahore"),
        ("Thousands protested in the streets of Khartoum against the price of bread.", "protested", "Khartoum"),
        ("Soldiers shelled the city of Sirte overnight.", "shelled", "Sirte"),
        ("The army bombed Goma on Friday.", "bombed", "Goma"),
        ("The Kabul bombing killed nine children.", "bombing", "Kabul"),
        ("Two aid workers were kidnapped in Baidoa, where they had opened a clinic.", "kidnapped", "Baidoa"),
        ("A drone strike in northern Mali killed three fighters.", "killed", "Mali"),
        ("Fighters from Chad killed six soldiers in Maiduguri.", "killed", "Maiduguri"),
        ("Police in Nairobi said gunmen had killed two herders in Garissa.", "killed", "Garissa"),
        ("Speaking in Geneva, the envoy said shells had killed a doctor in Donetsk.", "killed", "Donetsk"),
        ("Three people were killed in an attack on the village of Tawila.", "killed", "Tawila"),
        ("Herders clashed with farmers in Jos, while in Abuja ministers discussed the budget.", "clashed", "Jos"),
    ],
)
def test_the_sentence_says_where(text: str, trigger: str, location: str) -> None:
    """The nearest specific place that the event's words lead to, whatever else the sentence names."""
    assert words_of(event_at(read(text), trigger)) == location


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Gunmen killed four farmers on Sunday.", "killed"),
        ("Israel attacked two ships, officials said.", "attacked"),
        ("US soldiers killed four men overnight.", "killed"),
        ("The governor of Helmand was killed on his way home.", "killed"),
        ("The Syrian Observatory for Human Rights said that a bomb killed two men.", "killed"),
        ("The president accused Eritrea of lying.", "accused"),
        ("The killing of Ahmed Karimi angered his tribe.", "killing"),
    ],
)
def test_where_nothing_says_where_nothing_is_told(text: str, trigger: str) -> None:
    """Whose forces act, who is killed, who says so and what is spoken about are no places of events."""
    found = read(text)
    assert words_of(event_at(found, trigger)) is None


def test_the_point_that_a_distance_leads_to_is_the_place() -> None:
    """A place from which is only measured is not where it happened."""
    found = read("A roadside bomb killed six policemen 40 km west of Herat.")
    assert words_of(event_at(found, "killed")) == "40 km west of Herat"


def test_the_other_mentions_of_an_event_tell_its_place() -> None:
    """Where one sentence names the place, the next ones about the same event need not; they are less sure."""
    found = read("Gunmen attacked a mosque in Zaria on Friday. Eleven worshippers were killed in the attack.")
    first, later = event_at(found, "attacked"), event_at(found, "killed")
    assert place_name(found, first) == place_name(found, later) == "Zaria"
    assert words_of(later) is None
    assert first.place_certainty is not None
    assert later.place_certainty is not None
    assert later.place_certainty < first.place_certainty <= 1


def test_what_an_article_is_about_is_a_country_and_never_its_capital() -> None:
    """Events without any place get the country of the story, and little certainty."""
    found = read(
        "Nigerian police arrested a Nigerian senator. The arrest was condemned by the Nigerian bar association."
        "\nFar from there the week before, bandits had killed eleven farmers."
    )
    killed = event_at(found, "killed")
    assert place_name(found, killed) == "Nigeria"
    assert killed.place_certainty is not None
    assert killed.place_certainty < 0.5


def test_two_countries_leave_the_place_open() -> None:
    """Where no country stands out, an event without a place has none."""
    found = read("Indian and Pakistani officers met. Gunmen killed a teacher.")
    assert event_at(found, "killed").place_id is None


def test_a_dateline_is_no_place_of_events() -> None:
    """Where the reporter sat is not where it happened."""
    found = read("PARIS: Gunmen killed a teacher, officials said.", len("PARIS: "), "PARIS")
    assert event_at(found, "killed").place_id is None


def test_training_learns_from_places_and_from_their_absence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After labelled sentences, `in` speaks for a place and `from` does not."""
    texts = [f"Gunmen from Chad shot {n} men in Basra." for n in range(20, 40)]
    lines = []
    for text in texts:
        trigger, place = text.index("shot"), text.index("Basra")
        event = {
            "trigger": [{"start": trigger, "end": trigger + 4}],
            "args": [{"role": "LOCATION", "start": place, "end": place + 5}],
        }
        lines.append(json.dumps({"text": text, "gold": {"events": [event]}}))
    gold, weights = tmp_path / "gold.jsonl", tmp_path / "where.tsv"
    gold.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(training, "WEIGHTS", weights)
    training.main([str(gold)])
    model = read_model(weights, ("weight",))
    assert model.scores(["prep=prep:in"])[0] > 0 > model.scores(["prep=prep:from"])[0]


def test_the_country_of_the_article_is_no_place_of_what_happened_abroad() -> None:
    """A sentence that speaks of another country keeps its event's place unknown rather than at home."""
    home = "The French government met in Paris. France and the French parliament debated. French voters wait. "
    abroad = read(home + "The raid killed nine Syrian soldiers.")
    here = read(home + "The raid killed nine hostages.")
    assert place_name(abroad, event_at(abroad, "killed")) is None
    assert place_name(here, event_at(here, "killed")) == "France"
