"""Who acts: capitals and countries, descriptions, persons and acronyms have one identity, a country and a sector."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tasks.nlp.pipeline import load_pipeline
from tasks.nlp.records import Article

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tasks.nlp.mentions import Mention

_DAY = dt.date(2019, 5, 20)


def _read(text: str, day: dt.date | None = _DAY) -> Doc:
    nlp = load_pipeline()
    doc = nlp.make_doc(text)
    doc._.article = Article("doc", text, None, day, None, None, None, 0, len(text))
    return nlp(doc)


def _mention(doc: Doc, words: str, number: int = 0) -> Mention:
    found: list[Mention] = [m for m in doc._.mentions.mentions if m.name == words]
    assert len(found) > number, f"{words!r} is no mention of: {[m.name for m in doc._.mentions.mentions]}"
    return found[number]


@pytest.mark.parametrize(
    ("text", "capital", "key"),
    [
        ("Washington denied on Monday that it had sent weapons.", "Washington", "actor:usa-gov"),
        ("The two sides said Kyiv agreed to the terms.", "Kyiv", "actor:ukr-gov"),
        ("Talks between Tehran and Riyadh broke down.", "Tehran", "actor:irn-gov"),
        ("Talks between Tehran and Riyadh broke down.", "Riyadh", "actor:sau-gov"),
        ("The paper criticised Beijing's decision to shut the office.", "Beijing", "actor:chn-gov"),
        ("The premier wants to mend relations with Ankara.", "Ankara", "actor:tur-gov"),
        ("Pyongyang launched a rocket before dawn.", "Pyongyang", "actor:prk-gov"),
        ("The union put pressure on Minsk to free them.", "Minsk", "actor:blr-gov"),
        ("Damascus-backed fighters took the town.", "Damascus", "actor:syr-gov"),
        ("Seoul is willing to send grain.", "Seoul", "actor:kor-gov"),
    ],
)
def test_a_capital_that_speaks_or_deals_is_its_government(text: str, capital: str, key: str) -> None:
    """It is an organization of its country and the sector GOV, and no place."""
    mention = _mention(_read(text), capital)
    assert (mention.key, mention.entity_type, mention.sector, mention.place) == (key, "organization", "GOV", None)


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("Nine shoppers died in a bombing in Kabul.", "Kabul"),
        ("The delegation arrived in Moscow on Friday.", "Moscow"),
        ("A Kabul bombing killed nine shoppers.", "Kabul"),
        ("A train between Madrid and Lisbon was stopped.", "Madrid"),
        ("The convoy left Baghdad at dawn.", "Baghdad"),
        ("The rebels marched on Tripoli.", "Tripoli"),
        ("The streets of Cairo were empty.", "Cairo"),
    ],
)
def test_a_capital_where_things_happen_stays_a_place(text: str, capital: str) -> None:
    """Locations, ways and modifiers are places with a country."""
    mention = _mention(_read(text), capital)
    assert mention.entity_type == "place"
    assert mention.country


def test_brussels_is_the_union_where_the_article_is_about_it() -> None:
    """The seat of a body stands for that body."""
    doc = _read("The European Union opened talks. Brussels said the terms were fair.")
    assert _mention(doc, "Brussels").key == "actor:european-union"


def test_a_government_that_speaks_is_not_where_it_happened() -> None:
    """The event of `Washington said` has no place."""
    doc = _read("Washington accused Iran of shelling the village.")
    assert [draft.place for draft in doc._.events if draft.event_type == "ACCUSE"] == [None]


@pytest.mark.parametrize(
    ("text", "words", "country", "sector"),
    [
        ("Afghan forces shelled the village.", "Afghan forces", "AFG", "MIL"),
        ("Two French nationals were kidnapped.", "Two French nationals", "FRA", "CVL"),
        ("US-backed Syrian rebels captured the hill.", "US-backed Syrian rebels", "SYR", "REB"),
        ("Fighters loyal to Alassane Ouattara seized the port.", "Fighters", "CIV", "REB"),
        ("The Polish head of state will attend.", "Polish head of state", "POL", "GOV"),
        ("The government of Nepal banned the film.", "government", "NPL", "GOV"),
        ("In Nairobi, police dispersed the crowd.", "police", "KEN", "COP"),
        ("Gunmen killed 12 villagers in Niger on Sunday.", "12 villagers", "NER", "CVL"),
        ("Tourists were robbed in Kenya.", "Tourists", None, "CVL"),
        ("The chairman of the company resigned.", "chairman", None, "BUS"),
    ],
)
def test_descriptions_have_a_country_and_a_sector(text: str, words: str, country: str | None, sector: str) -> None:
    """What the words state comes first, then where it happens; travellers are of no country."""
    mention = _mention(_read(text), words)
    assert (mention.country, mention.sector) == (country, sector)


def test_nationalities_that_share_a_noun_are_parties_of_their_own() -> None:
    """`Nigerian and British forces` are two armies, and both take part."""
    doc = _read("Nigerian and British forces attacked the camp.")
    assert [_mention(doc, words).key for words in ("Nigerian", "British forces")] == ["actor:nga-mil", "actor:gbr-mil"]
    attack = next(draft for draft in doc._.events if draft.event_type == "ASSAULT")
    assert {filler.mention.country for filler in attack.actors if filler.mention} == {"NGA", "GBR"}


def test_people_of_a_body_and_the_group_are_that_body() -> None:
    """Officials of the Taliban and `the group` have its key; the police are nobody's group."""
    doc = _read("Taliban officials met villagers. The group later freed two policemen. The party said nothing.")
    assert _mention(doc, "Taliban officials").key == "actor:taliban"
    assert _mention(doc, "group").key == "actor:taliban"
    assert _mention(doc, "party").key != "actor:taliban"


@pytest.mark.parametrize(
    ("text", "name", "country", "sector"),
    [
        ("Afghan President Omid Sahar offered talks.", "Omid Sahar", "AFG", "GOV"),
        ("Russia's interior minister, Oleg Tarasov, resigned.", "Oleg Tarasov", "RUS", "GOV"),
        ("Jovan Petrovic, a Serbian lawmaker, walked out.", "Jovan Petrovic", "SRB", "LEG"),
        ("Governor of Helmand Abdul Wali Noor was wounded.", "Abdul Wali Noor", "AFG", "GOV"),
        ("Prime minister of Kosovo Agron Berisha objected.", "Agron Berisha", "XKX", "GOV"),
        ("Sen. Dale Whitcomb asked for an inquiry.", "Dale Whitcomb", "USA", "LEG"),
        ("Marta Costa is Brazil's environment minister.", "Marta Costa", "BRA", "GOV"),
        ("Kremlin spokesman Ivan Orlov dismissed the claim.", "Ivan Orlov", "RUS", "GOV"),
    ],
)
def test_persons_are_of_the_country_and_sector_of_their_office(text: str, name: str, country: str, sector: str) -> None:
    """Titles before, appositions on either side and predicates tell."""
    mention = _mention(_read(text), name)
    assert (mention.country, mention.sector) == (country, sector)


def test_a_person_described_once_keeps_country_and_sector() -> None:
    """Surname and pronoun have the identity of the full name."""
    doc = _read("Danish Finance Minister Lone Brandt left. Brandt said she was tired.")
    mentions = [_mention(doc, "Lone Brandt"), _mention(doc, "Brandt"), _mention(doc, "she")]
    assert [(m.key, m.country, m.sector) for m in mentions] == [("person:lone brandt", "DNK", "GOV")] * 3


def test_former_holders_of_an_office_are_no_government() -> None:
    """The words say that the office is past, wherever they stand."""
    doc = _read("Former President Jimmy Carter arrived. Carter met villagers.")
    assert [_mention(doc, words).sector for words in ("Jimmy Carter", "Carter")] == ["ELI", "ELI"]


def test_persons_of_one_surname_are_kept_apart() -> None:
    """A form of address tells which of two is meant."""
    doc = _read("Hillary Clinton and Bill Clinton landed. Mrs. Clinton waved. Mr. Clinton slept.")
    assert [_mention(doc, "Clinton", n).key for n in (0, 1)] == ["actor:hillary-clinton", "actor:bill-clinton"]


@pytest.mark.parametrize(
    ("day", "key"),
    [(dt.date(1990, 8, 3), "actor:george-h-w-bush"), (dt.date(2004, 8, 3), "actor:george-w-bush")],
)
def test_the_day_tells_which_president_is_meant(day: dt.date, key: str) -> None:
    """A title and a surname name the one in office on the day of publication."""
    assert _mention(_read("President Bush praised the vote.", day), "Bush").key == key


def test_an_office_names_the_person_whom_the_article_gives_it() -> None:
    """`the Danish premier` is the one named before, a former one is not."""
    doc = _read("Danish Prime Minister Lone Brandt left. The Danish prime minister was tired.")
    assert _mention(doc, "Danish prime minister").key == "person:lone brandt"


def test_an_acronym_is_what_the_article_explains_it_by() -> None:
    """Both forms of a body that nobody knows are one, in the mentions that follow too."""
    doc = _read("The Free Valley Front (FVF) rejected the offer. Two days later the FVF attacked a bridge.")
    assert {_mention(doc, "FVF", n).key for n in (0, 1)} == {_mention(doc, "Free Valley Front").key}


def test_what_somebody_owns_is_attacked_or_condemned_in_the_owners_name() -> None:
    """The recipient of an act on a thing is whose thing it is."""
    doc = _read("Germany condemned Iran's missile test. Rebels attacked a Georgian cargo plane.")
    found = {d.event_type: [f.mention.country for f in d.recipients if f.mention] for d in doc._.events}
    assert found["ACCUSE"] == ["IRN"]
    assert found["ASSAULT"] == ["GEO"]


def test_it_stands_for_the_body_that_speaks() -> None:
    """The pronoun has the speaker's identity, and the event shows the speaker's words."""
    doc = _read("Lebanon says it will not accept more refugees.")
    assert _mention(doc, "it").key == "actor:lbn-gov"
    actors = [f.span.text for draft in doc._.events for f in draft.actors]
    assert actors
    assert set(actors) == {"Lebanon"}


@pytest.mark.parametrize(
    ("day", "words", "key"),
    [
        (dt.date(2010, 3, 1), "German chancellor", "actor:angela-merkel"),
        (dt.date(1997, 3, 1), "Russian president", "actor:boris-yeltsin"),
    ],
)
def test_an_office_means_its_holder_of_the_day(day: dt.date, words: str, key: str) -> None:
    """`the Russian president` is whoever alone held that office when the story appeared, and less surely so."""
    mention = _mention(_read(f"The {words} praised the accord.", day), words)
    assert mention.key == key
    assert mention.score < 0.7


def test_a_former_holder_is_not_the_holder_of_the_day() -> None:
    """`a former chancellor` is nobody in office."""
    mention = _mention(_read("A former German chancellor praised it.", dt.date(2010, 3, 1)), "former German chancellor")
    assert not (mention.key or "").startswith("actor:")
