"""Whether an event happened, construction by construction, and who says so."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from tasks.nlp.pipeline import read_articles
from tasks.nlp.records import Article, EventMention, Reading

DAY = dt.date(2024, 5, 15)


@cache
def _reading(text: str) -> Reading:
    (found,) = read_articles([Article("doc", text, None, DAY, None, None, None, 0, len(text))])
    assert isinstance(found, Reading)
    return found


def _event(text: str, trigger: str) -> EventMention:
    """Return the event that a word of the text denotes."""
    return next(event for event in _reading(text).events if trigger in event.trigger)


def _speaker(text: str, trigger: str) -> str | None:
    """Return the name of who says that the event happened."""
    names = {entity.entity_id: entity.name for entity in _reading(text).entities}
    said_by = _event(text, trigger).attributed_to
    return names[said_by] if said_by else None


ASSERTED = [
    ("Gunmen attacked a checkpoint near Gao.", "attacked"),
    ("Gunmen kill six at checkpoint near Gao", "kill"),
    ("The minister said that rebels attacked a checkpoint.", "attacked"),
    ("The rebels managed to kill the commander.", "kill"),
    ("The general was the first to attack the base.", "attack"),
    ("Students gathered in Quito to protest against the fees.", "protest"),
    ("The envoys met in Oslo to discuss the border.", "discuss"),
    ("The rebels were reported to have attacked a convoy.", "attacked"),
    ("No group has claimed responsibility for the bombing of the ferry.", "bombing"),
    ("The mayor will not forget the attack on his town.", "attack"),
    ("The court will investigate the killing of the editor.", "killing"),
    ("The envoy called for an investigation into the killing of the editor.", "killing"),
    ("Why did the army attack the village?", "attack"),
    ("Chad accused Sudan of bombing a clinic.", "bombing"),
    ("The sultan warned that rebels had killed thousands.", "killed"),
    ("The bishop offered scathing criticism of the government.", "criticism"),
]
NEGATED = [
    ("The rebels did not attack the convoy.", "attack"),
    ("Nobody was killed in Gao.", "killed"),
    ("None of the brothers was arrested.", "arrested"),
    ("The police have yet to arrest the gunman.", "arrest"),
    ("The general denied attacking the clinic.", "attacking"),
    ("The talks ended without an agreement between the clans.", "agreement"),
    ("Police foiled an attack on the station.", "attack"),
    ("Brussels stopped short of imposing sanctions on Minsk.", "sanctions"),
    ("The warlord refused to meet the envoy.", "meet"),
    ("The king cancelled his visit to Nairobi.", "visit"),
    ("There was no sign of an attack on the port.", "attack"),
]
PLANNED = [
    ("The presidents will meet in Baku.", "meet"),
    ("The premier is expected to visit Hanoi.", "visit"),
    ("Canada to send 300 soldiers to Latvia", "send"),
    ("Talks between the rebels and the junta are due to begin in Nairobi.", "Talks"),
    ("The army launched the operation to retake the town.", "retake"),
    ("Turkey announced that it would attack the fighters in Sinjar.", "attack"),
    ("Kenya agreed to withdraw its troops from Somalia.", "withdraw"),
    ("The sides are about to sign a deal.", "sign"),
    ("The tribunal ordered the arrest of the dictator.", "arrest"),
    ("The inmates tried to attack the guards.", "attack"),
]
DEMANDED = [
    ("Gambia called on Senegal to release the fishermen.", "release"),
    ("The cardinal called for talks between the unions and the prefect.", "talks"),
    ('"Release the hostages," the crowd shouted.', "Release"),
    ("The council told the rebels to withdraw from the city.", "withdraw"),
    ("Protesters demanded the resignation of the speaker.", "resignation"),
    ("The rebels must release the nuns, the pope said.", "release"),
]
HYPOTHETICAL = [
    ("If the rebels attack the port, the city will starve.", "attack"),
    ("Had the rebels bombed the bridge, the town would be cut off.", "bombed"),
    ("Did the army attack the village?", "attack"),
    ("The embassy warned of attacks on hotels in Kampala.", "attacks"),
    ("Diplomats fear that the militia will attack the village.", "attack"),
    ("Up to 200 people may have been killed or wounded.", "wounded"),
    ("The embassy spoke of a possible attack by the rebels on Kampala.", "attack"),
    ("A plumber was charged with plotting to kill the bishop.", "plotting"),
    ("Washington would impose sanctions if the election were delayed.", "sanctions"),
    ("The rebels would end the truce by attacking the port.", "attacking"),
]
HISTORICAL = [
    ("Survivors marked the anniversary of the massacre of miners in Conakry.", "massacre"),
    ("The fund pays veterans of the war in Angola.", "war"),
    ("The plaque commemorates the bombing of the harbour.", "bombing"),
    ("The man was convicted of the 1994 killing of a prefect.", "killing"),
    ("Rebels killed a priest in Jolo in July 1995.", "killed"),
]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        *((*case, "asserted") for case in ASSERTED),
        *((*case, "negated") for case in NEGATED),
        *((*case, "planned") for case in PLANNED),
        *((*case, "demanded") for case in DEMANDED),
        *((*case, "hypothetical") for case in HYPOTHETICAL),
        *((*case, "historical") for case in HISTORICAL),
    ],
)
def test_modality(text: str, trigger: str, expected: str) -> None:
    """Cues at the event, in its clause and above it say whether it happened."""
    assert _event(text, trigger).modality == expected


@pytest.mark.parametrize(
    ("text", "trigger", "event_type"),
    [
        ("The militia threatened to attack the port of Mocha.", "threatened", "THREATEN"),
        ("The bishop called for talks with the governor.", "called", "REQUEST"),
        ("Burundi agreed to withdraw its troops.", "agreed", "AGREE"),
        ("The warlord refused to meet the envoy.", "refused", "REJECT"),
        ("Chad accused Sudan of bombing a clinic.", "accused", "ACCUSE"),
    ],
)
def test_what_is_said_happened_where_what_it_is_about_did_not(text: str, trigger: str, event_type: str) -> None:
    """A threat, a call, a promise and a refusal are events themselves."""
    event = _event(text, trigger)
    assert (event.event_type, event.modality) == (event_type, "asserted")


@pytest.mark.parametrize(
    ("text", "trigger", "speaker"),
    [
        ("Saudi jets bombed the airport, Reuters reported.", "bombed", "Reuters"),
        ("Saudi jets bombed the airport, according to Reuters.", "bombed", "Reuters"),
        ("Uganda accused Rwanda of killing four traders.", "killing", "Uganda"),
        ("Drone killed commander in Hasakah, Pentagon says", "killed", "United States Department of Defense"),
        ("Houthis: Saudi jets bombed airport of Hodeidah", "bombed", "Houthis"),
        ('"They came at night," said Idris Maru. "They burned down our houses."', "burned", "Idris Maru"),
        ('"They burned our houses. They took the cattle," said Idris Maru.', "burned", "Idris Maru"),
        ("Idris Maru came home. The army attacked the village.", "attacked", None),
        ("Farmers were killed near Jos.", "killed", None),
    ],
)
def test_who_says_so(text: str, trigger: str, speaker: str | None) -> None:
    """Verbs of saying, accusations, headlines and quotations name the speaker; the article itself names none."""
    assert _speaker(text, trigger) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "A storm killed nine villagers in Luzon.",
        "Four people were killed when a bus overturned near Lima.",
        "Six people died of cholera in Beira.",
        "A shark attacked a surfer off Perth.",
        "He suffered a heart attack in Boston.",
        "The senator paid for an attack ad.",
        "Her long battle against cancer ended on Sunday.",
        "The war on drugs has filled the prisons.",
        "The grocers began a price war over milk.",
        "The resolution appeared dead.",
        "The budget came under attack from critics.",
        "The market rallied after the vote.",
        "The oil price retreated.",
        "The firm released an album.",
        "He is a battle-tested lawyer.",
        "They live in a war-torn region.",
        "Critics call the bill dead-on-arrival.",
        "The general showed reporters an attack helicopter.",
    ],
)
def test_words_in_other_senses_are_no_events(text: str) -> None:
    """Nature, accidents, illness, trade and figures of speech attack nobody."""
    assert [(event.trigger, event.event_type) for event in _reading(text).events] == []


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A hail of bullets killed the driver near Lima.", "killed"),
        ("Rebels opened fire on a bus near Lima.", "opened"),
        ("The convoy came under attack from gunmen.", "attack"),
        ("Two doctors were killed in an attack on a clinic.", "killed"),
        ("A train bombing killed six commuters in Madrid.", "bombing"),
    ],
)
def test_violence_near_words_of_other_domains_is_violence(text: str, trigger: str) -> None:
    """A clinic can be attacked and a train bombed."""
    event = _event(text, trigger)
    assert (event.event_type, event.modality) == ("ASSAULT", "asserted")
