"""Who did what to whom, construction by construction: what fills the roles, and what only stands near."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from seeds.culprits import load_culprits
from tasks.nlp.pipeline import read_articles
from tasks.nlp.records import Article, EventMention

DAY = dt.date(2024, 5, 15)


@cache
def _events(text: str) -> tuple[EventMention, ...]:
    (found,) = read_articles([Article("doc", text, None, DAY, None, None, None, 0, len(text))])
    return tuple(found.events)  # type: ignore[union-attr]


def _roles(text: str, event_type: str, role: str) -> set[str]:
    """Return the words that fill a role of the events of a type."""
    return {a.surface for e in _events(text) if e.event_type == event_type for a in e.arguments if a.role == role}


def _role_of(text: str, trigger: str, role: str) -> set[str]:
    """Return the words that fill a role of the event that a word denotes."""
    return {a.surface for e in _events(text) if trigger in e.trigger for a in e.arguments if a.role == role}


VERBS = [
    ("Rebels attacked an army convoy.", "ASSAULT", {"Rebels"}, {"army convoy"}),
    ("The mayor was killed by unidentified men.", "ASSAULT", {"unidentified men"}, {"mayor"}),
    ("Unidentified persons killed the mayor.", "ASSAULT", {"Unidentified persons"}, {"mayor"}),
    ("The gunmen who killed the judge fled.", "ASSAULT", {"gunmen"}, {"judge"}),
    ("The attackers, who were riding a motorcycle, shot the judge.", "ASSAULT", {"attackers"}, {"judge"}),
    ("The judge whom the gunmen killed was buried.", "ASSAULT", {"gunmen"}, {"judge"}),
    ("Troops shelled the town, killing nine civilians.", "ASSAULT", {"Troops"}, {"nine civilians", "the town"}),
    ("A group of armed men kidnapped a priest.", "ASSAULT", {"armed men"}, {"priest"}),
    ("Dozens of militants stormed the police station.", "ASSAULT", {"militants"}, {"police station"}),
    ("A guerrilla column attacked the village.", "ASSAULT", {"A guerrilla column"}, {"the village"}),
    ("Kenya and Uganda condemned Sudan.", "ACCUSE", {"Kenya", "Uganda"}, {"Sudan"}),
    ("Kenya condemned the missile test by North Korea.", "ACCUSE", {"Kenya"}, {"North Korea"}),
    ("Brazil rejected Iran's offer.", "REJECT", {"Brazil"}, {"Iran"}),
    ("Egypt threatened to close its border with Sudan.", "THREATEN", {"Egypt"}, {"Sudan"}),
    ("Norway urged Israel to lift the blockade.", "REQUEST", {"Norway"}, {"Israel"}),
    ("Norway and Denmark signed an agreement.", "AGREE", {"Norway"}, {"Denmark"}),
    ("Norway agreed to lend money to Ukraine.", "AGREE", {"Norway"}, {"Ukraine"}),
    (
        "Erdogan met his counterpart, Italian President Sergio Mattarella.",
        "CONSULT",
        {"Erdogan"},
        {"Sergio Mattarella"},
    ),
    ("France lifted its blockade of Mali.", "CONCEDE", {"France"}, {"Mali"}),
    ("The United States lifted sanctions against Sudan on Friday.", "CONCEDE", {"United States"}, {"Sudan"}),
    ("Chad closed its border with Sudan.", "COERCE", {"Chad"}, {"Sudan"}),
    ("Police arrested the editor.", "COERCE", {"Police"}, {"editor"}),
    ("Ethiopia withdrew its troops from Somalia.", "RETREAT", {"Ethiopia"}, {"Somalia"}),
    ("Kidnapped and murdered by rebels, the priest was buried.", "ASSAULT", {"rebels"}, {"priest"}),
    ("The rebels kidnapped and killed a priest.", "ASSAULT", {"rebels"}, {"priest"}),
    (
        "The army intercepted an order from Iran to militants to attack the embassy.",
        "ASSAULT",
        {"militants"},
        {"embassy"},
    ),
    ("The pilots were responsible for shooting down the airliner.", "ASSAULT", {"pilots"}, {"the airliner"}),
    ("Iraq blamed others, including President Juan Santos.", "ACCUSE", {"Iraq"}, {"Juan Santos"}),
    ("Iraq condemned a protest by farmers.", "ACCUSE", {"Iraq"}, {"farmers"}),
    ("Britain gave Argentina an ultimatum.", "THREATEN", {"Britain"}, {"Argentina"}),
    ("The union demanded the release of the jailed teachers.", "COERCE", set(), {"jailed teachers"}),
    ("Germany sent aid to Nepal on Monday.", "AID", {"Germany"}, {"Nepal"}),
]
"""Sentence, type of its event, who acts, who is acted upon."""


@pytest.mark.parametrize(("text", "event_type", "actor", "recipient"), VERBS)
def test_roles_by_syntax(text: str, event_type: str, actor: set[str], recipient: set[str]) -> None:
    """Voice, relative clauses, control, counting words and gatherings, owners and addressees."""
    assert _roles(text, event_type, "actor") == actor
    assert _roles(text, event_type, "recipient") == recipient


NOUNS = [
    ("Israel's bombing of Gaza killed nine people.", "bombing", {"Israel"}),
    ("The guerrillas' attack on the barracks lasted an hour.", "attack", {"guerrillas"}),
    ("The attack of the rebels on the airport failed.", "attack", {"rebels"}),
    ("Rebels launched an attack on the airport.", "attack", {"Rebels"}),
    ("The ELN claimed responsibility for the bombing of the pipeline.", "bombing", {"ELN"}),
    ("The ELN claimed responsibility on Monday for the bombing of the pipeline.", "bombing", {"ELN"}),
    ("The killing of six priests, carried out by uniformed men, shocked the country.", "killing", {"uniformed men"}),
    ("The bombing, claimed by the Taliban, killed six.", "bombing", {"Taliban"}),
    ("The government blamed the FMLN for the attack on the bridge.", "attack", {"FMLN"}),
    ("The bombing was blamed on the National Liberation Army.", "bombing", {"National Liberation Army"}),
    ("Police attributed the kidnapping to a drug gang.", "kidnapping", {"drug gang"}),
    ("The president held the rebels responsible for the assassination of the minister.", "assassination", {"rebels"}),
    ("The rebels were accused of the kidnapping of two priests.", "kidnapping", {"rebels"}),
    ("Police arrested two men for the murder of a reporter.", "murder", {"two men"}),
    ("He condemned the guerrillas for their attack on the school.", "attack", {"guerrillas"}),
    ("The group responsible for the bombing is unknown.", "bombing", {"group"}),
    ("Three suspects in the bombing of the embassy were arrested.", "bombing", {"Three suspects"}),
    ("Colonel Ruiz was the mastermind of the assassination.", "assassination", {"Ruiz"}),
    ("The mastermind of the assassination was Carlos Ruiz.", "assassination", {"Carlos Ruiz"}),
    ("The FMLN accepted responsibility for the ambush of an army convoy.", "ambush", {"FMLN"}),
    ("The bombing was the work of the Medellin cartel.", "bombing", {"Medellin cartel"}),
]
"""Sentence, the noun of its event, who stands behind it."""


@pytest.mark.parametrize(("text", "trigger", "actor"), NOUNS)
def test_who_is_behind_a_nominal_event(text: str, trigger: str, actor: set[str]) -> None:
    """Possessors, carriers above and below the noun, and words of blame."""
    assert _role_of(text, trigger, "actor") == actor


TRAPS = [
    ("Two men were arrested in a raid on the market.", "raid", "actor"),
    ("The minister condemned the attack on the school.", "attack", "actor"),
    ("The siege of Aleppo went on.", "siege", "actor"),
    ("The invasion of Panama began.", "invasion", "actor"),
    ("The bombing of civilians went on.", "bombing", "actor"),
    ("The Mumbai attacks killed nine people.", "attacks", "actor"),
    ("Britain condemned the killing of reporters.", "condemned", "recipient"),
    ("Nigeria deployed troops on Saturday.", "deployed", "recipient"),
    ("Ghana declared a ceasefire on Monday.", "declared", "recipient"),
    ("Kenya imposed a curfew.", "imposed", "recipient"),
    ("Kenya called the attack on the school a crime.", "attack", "actor"),
    ("The release of the priest was expected.", "release", "actor"),
    ("The Friday attacks killed nine people.", "attacks", "actor"),
    ("The union demanded the release of the jailed teachers.", "demanded", "recipient"),
]
"""Sentence, the word of its event, and the role that nobody fills."""


@pytest.mark.parametrize(("text", "trigger", "role"), TRAPS)
def test_what_only_stands_near_fills_no_role(text: str, trigger: str, role: str) -> None:
    """Those arrested in a raid did not raid; days, armies sent, and victims of what is condemned are no targets."""
    assert any(trigger in event.trigger for event in _events(text))
    assert _role_of(text, trigger, role) == set()


def test_nobody_acts_on_himself_by_a_pronoun() -> None:
    """Of two persons the pronoun of an object means the other."""
    text = "President Donald Trump called President Tayyip Erdogan and urged him to stay."
    assert "Donald Trump" not in _role_of(text, "urged", "recipient")


def test_a_place_of_an_act_is_its_recipient_only_where_nothing_else_is() -> None:
    """What was hit comes before where it was."""
    assert _role_of("Bombs were hurled at a church in Santiago.", "hurled", "recipient") == {"church"}
    assert _role_of("Troops imposed a curfew in Kashmir.", "imposed", "recipient") == {"Kashmir"}


def test_things_beside_parties_are_hit_too() -> None:
    """All of a list that was burned was burned."""
    found = _role_of("The rebels burned a school, two buses and the homes of officials.", "burned", "recipient")
    assert {"two buses", "the homes"} <= found


def test_two_sides_of_a_clash_and_of_talks() -> None:
    """The parties of a mutual event stand on both sides; those behind one attack stand on one."""
    text = "Clashes between Chad and Sudan went on."
    assert _role_of(text, "Clashes", "actor") | _role_of(text, "Clashes", "recipient") == {"Chad", "Sudan"}
    text = "Chad and Sudan are behind the attack."
    assert _role_of(text, "attack", "actor") == {"Chad", "Sudan"}


def test_words_of_blame_are_a_table() -> None:
    """What an analyst adds to culprits.tsv is found under the word, its part of speech and how the act hangs on it."""
    found = load_culprits()
    assert found["blame", "VERB", "for"] == "obj"
    assert found["blame", "VERB", "obj"] == "on"
    assert found["suspect", "NOUN", "in"] == "self"
