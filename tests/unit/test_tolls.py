"""How many: what mentions count, of whom, and whose people a toll is."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tasks.nlp.pipeline import read_articles
from tasks.nlp.records import Article, Reading

if TYPE_CHECKING:
    from tasks.nlp.records import EventMention

Counts = dict[str, tuple[int, int | None]]


@cache
def read(text: str) -> Reading:
    """Return what is read in an article of this text."""
    article = Article("doc", text, None, dt.date(2024, 5, 15), None, None, None, 0, len(text))
    (found,) = read_articles([article])
    assert isinstance(found, Reading)
    return found


def mention(text: str, trigger: str) -> EventMention:
    """Return the mention of this trigger."""
    return next(event for event in read(text).events if event.trigger.lower() == trigger)


def counts(event: EventMention) -> Counts:
    """Return the bounds of a mention's tolls by kind."""
    return {toll.kind: (toll.people.low, toll.people.high) for toll in event.tolls}


def who(event: EventMention, kind: str) -> list[str]:
    """Return the words that say who the people of a toll were."""
    return [argument.surface for argument in event.arguments if argument.role == kind]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Six police officers were killed in Herat.", "killed", {"killed": (6, 6)}),
        ("The shelling killed at least 50 people.", "killed", {"killed": (50, None)}),
        ("The shelling wounded dozens.", "wounded", {"wounded": (24, None)}),
        ("The bombing killed a policeman.", "killed", {"killed": (1, 1)}),
        ("The raid killed up to 30 rebels.", "killed", {"killed": (1, 30)}),
        ("All 12 aboard were killed when rebels shot down the helicopter.", "killed", {"killed": (12, 12)}),
        ("Rebels killed all 40 passengers and crew.", "killed", {"killed": (40, 40)}),
        ("The murder of Archbishop Oscar Romero shocked the nation.", "murder", {"killed": (1, 1)}),
        ("Juan Perez and Maria Gomez were murdered on Friday.", "murdered", {"killed": (2, 2)}),
        ("The assassination of six priests was condemned.", "assassination", {"killed": (6, 6)}),
        ("The minister was shot dead along with two bodyguards.", "shot", {"killed": (3, 3)}),
        ("Two soldiers, a policeman and their driver were killed in an ambush.", "killed", {"killed": (4, 4)}),
        ("Gunmen killed Mayor Luis Rojas, his wife and a guard.", "killed", {"killed": (3, 3)}),
        ("Gunmen killed the farmer's wife, his sister and one of their daughters.", "killed", {"killed": (3, 3)}),
        ("He mourned the hundreds of girls kidnapped by rebels in Borno.", "kidnapped", {"kidnapped": (200, None)}),
        ("Rebels killed the journalists Maria Gomez and Juan Perez.", "killed", {"killed": (2, 2)}),
        ("Six priests and two women lived there. They were killed on Thursday.", "killed", {"killed": (8, 8)}),
        ("An attack in which 3 soldiers died was claimed by the Taliban.", "died", {"killed": (3, 3)}),
        ("The explosion claimed 14 lives.", "claimed", {"killed": (14, 14)}),
        ("The explosion claimed the lives of 14 people.", "claimed", {"killed": (14, 14)}),
        ("There were 14 deaths in the shelling.", "deaths", {"killed": (14, 14)}),
        ("The raid caused 13 fatalities.", "fatalities", {"killed": (13, 13)}),
        ("The death toll of 14 shocked the country.", "death toll", {"killed": (14, 14)}),
        ("Nobody was killed when the rocket hit an empty house.", "killed", {"killed": (0, 0)}),
        ("No one was hurt in the explosion.", "hurt", {"wounded": (0, 0)}),
        ("Gunmen kidnapped 12 schoolgirls in Nigeria.", "kidnapped", {"kidnapped": (12, 12)}),
        ("Dozens of people were taken hostage by pirates.", "taken", {"kidnapped": (24, None)}),
        ("Police arrested 30 protesters in Minsk on Sunday.", "arrested", {"arrested": (30, 30)}),
        ("Police made 14 arrests.", "arrests", {"arrested": (14, 14)}),
        ("Rebels seized the town and took 20 soldiers prisoner.", "took", {"arrested": (20, 20)}),
        ("Some 5,000 people fled their homes after the shelling.", "fled", {"displaced": (4500, 5500)}),
        ("The fighting displaced 3,000 families.", "displaced", {"displaced": (6000, None)}),
    ],
)
def test_a_mention_counts_its_people(text: str, trigger: str, expected: Counts) -> None:
    """Subjects, objects, names, pronouns, nouns and numbers alone say how many."""
    assert counts(mention(text, trigger)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The attack killed two people and wounded five.", {"killed": (2, 2), "wounded": (5, 5)}),
        ("The attack in Herat left nine farmers dead and 3 wounded.", {"killed": (9, 9), "wounded": (3, 3)}),
        ("The attack near Herat left 12 dead and 30 injured.", {"killed": (12, 12), "wounded": (30, 30)}),
        ("An attack in which 3 soldiers died was claimed by the Taliban.", {"killed": (3, 3)}),
    ],
)
def test_an_event_knows_what_its_sentence_counts(text: str, expected: Counts) -> None:
    """Several kinds of harm are tolls of one mention, also where other words count them."""
    assert counts(mention(text, "attack")) == expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The 1932 massacre is remembered.", "massacre"),
        ("Rebels killed some of them.", "killed"),
        ("Rebels destroyed two tanks near Homs.", "destroyed"),
        ("A murder was reported in Herat on Monday.", "murder"),
    ],
)
def test_what_counts_nobody_has_no_toll(text: str, trigger: str) -> None:
    """Years, things and bare nouns are no number of people."""
    assert all(high is None for _, high in counts(mention(text, trigger)).values())


def test_a_toll_says_who_they_were() -> None:
    """Each phrase that is counted is an argument of its own, with the entity that it names."""
    event = mention("Two soldiers, a policeman and Mayor Luis Rojas were killed in an ambush.", "killed")
    assert who(event, "killed") == ["Two soldiers", "a policeman", "Mayor Luis Rojas"]
    assert all(a.entity_id for a in event.arguments if a.role == "killed")


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded near the embassy on Monday. No casualties were reported.",
        "A bomb exploded near the embassy on Monday, but there were no casualties.",
    ],
)
def test_no_casualties_are_none_of_the_event(text: str) -> None:
    """What is said to have harmed nobody counts nobody, which is not the same as an unknown number."""
    event = mention(text, "exploded")
    assert counts(event) == {"killed": (0, 0), "wounded": (0, 0)}
    assert event.event_id is not None


def test_no_casualties_of_some_are_not_none() -> None:
    """`No civilian casualties` leaves open who else was wounded."""
    event = mention("The ambush killed three soldiers. There were no civilian casualties.", "ambush")
    assert counts(event) == {"killed": (3, 3)}


@pytest.mark.parametrize(
    "text",
    [
        "Since the start of the conflict 10,000 people have been killed.",
        "More than 300 people have been killed in bombings this year.",
        "Boko Haram has killed 20,000 people since 2009.",
        "Since the war began, at least 9,000 people have been killed.",
        "Rebels have killed 400 villagers over the past two years.",
    ],
)
def test_a_total_of_a_campaign_is_no_event(text: str) -> None:
    """It is marked, and reports no event to whose count it could be added."""
    event = mention(text, "killed")
    assert event.toll_is_cumulative
    assert event.event_id is None


@pytest.mark.parametrize(
    "text",
    [
        "The attack killed six people on Monday.",
        "Two rebels were killed this week in a town where fighting began in 2014.",
        "Rebels killed six farmers. Since 2014 the region has been at war.",
    ],
)
def test_a_toll_of_one_event_is_its_own(text: str) -> None:
    """Times of other things make no total of it."""
    event = mention(text, "killed")
    assert event.toll_is_cumulative is False
    assert event.event_id is not None


def test_a_toll_that_rose_is_marked_and_stays_with_its_event() -> None:
    """`The toll rose to 14` speaks of the bomb of the day before."""
    text = "A bomb exploded in Kabul on Monday. The toll rose to 14 on Tuesday."
    rose = mention(text, "toll")
    assert rose.toll_is_cumulative
    assert counts(rose) == {"killed": (14, 14)}
    assert rose.event_id == mention(text, "exploded").event_id


def test_what_a_toll_came_to_with_an_event_is_not_its_count() -> None:
    """`Bringing the death toll to 45` leaves the attack its own dead."""
    text = "The attack killed 30 people, bringing the death toll to 45."
    assert counts(mention(text, "killed")) == {"killed": (30, 30)}
    assert mention(text, "death toll").event_id is None


def test_a_part_of_the_victims_is_not_all_of_them() -> None:
    """Where one sentence counts all victims, another that names one of them does not contradict."""
    text = "Mayor Luis Rojas and two guards were killed in Cali on Monday. Rojas was killed in Cali by rebels."
    events = [event for event in read(text).events if event.trigger == "killed"]
    assert len({event.event_id for event in events}) == 1
    assert [counts(event) for event in events] == [{"killed": (3, 3)}] * 2


def test_people_who_are_counted_elsewhere_are_as_many() -> None:
    """`The murder of the priests` is that of the six of the sentence before."""
    text = "Six priests were murdered on Monday. The army condemned the murder of the priests."
    assert counts(mention(text, "murder")) == {"killed": (6, 6)}


def test_a_toll_road_is_no_toll() -> None:
    """A toll that counts nobody reports nothing."""
    assert not [e for e in read("Police opened the toll road in Texas.").events if "toll" in e.trigger]
