"""Which words are names and of what, and which point on the map a place name means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tasks.nlp.pipeline import load_pipeline
from tasks.nlp.records import Article

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tasks.nlp.mentions import Mention


def read(text: str, source: str | None = None) -> Doc:
    """Return a text that has passed all components, as if it came from this source."""
    nlp = load_pipeline()
    doc = nlp.make_doc(text)
    doc._.article = Article("a", text, None, None, None, None, None, 0, len(text), source)
    return nlp(doc)


def names(text: str) -> dict[str, str]:
    """Return name to entity type of all named mentions that are no asides."""
    return {m.name: m.entity_type for m in read(text)._.mentions.mentions if m.kind == "name"}


def place(text: str, name: str, source: str | None = None) -> Mention:
    """Return the first mention of a place name."""
    found: list[Mention] = read(text, source)._.mentions.recorded()
    return next(m for m in found if m.name == name and m.entity_type == "place")


@pytest.mark.parametrize(
    ("text", "name", "entity_type"),
    [
        ("Gunmen shot dead a teacher in Lashkar Gah, officials said.", "Lashkar Gah", "place"),
        ("Colonel Hamid Karimov told reporters that the road was open.", "Hamid Karimov", "person"),
        ("Aid was handed out by the Committee for Farm Relief on Monday.", "Committee for Farm Relief", "organization"),
        ("The Ministry of Fisheries refused to comment.", "Ministry of Fisheries", "organization"),
        ("Fighting broke out near the Zaharani River at dawn.", "Zaharani River", "place"),
        ("In Jordan, the king met his ministers.", "Jordan", "place"),
    ],
)
def test_kind_of_name(text: str, name: str, entity_type: str) -> None:
    """The words of a name and those around it tell what is named."""
    assert names(text).get(name) == entity_type


@pytest.mark.parametrize(
    ("text", "name", "entity_type"),
    [
        ("Nine died in the shelling of the Amil neighbourhood.", "Amil", "place"),
        ("Militants stormed the villages of Kela, Bzaro and Mardesh.", "Mardesh", "place"),
        ("Shells hit the Nabi Salam Mosque.", "Nabi Salam Mosque", "place"),
        ("Troops reached the Kuri Military Airport.", "Kuri Military Airport", "place"),
        ("The Santa Rosa School District closed.", "Santa Rosa School District", "organization"),
        ("The Taliban district governor fled.", "Taliban", "organization"),
    ],
)
def test_words_beside_a_name_call_it_a_place(text: str, name: str, entity_type: str) -> None:
    """What the text calls a village, district or mosque is a place, even if no list has it."""
    assert {m.entity_type for m in read(text)._.mentions.mentions if m.name == name} == {entity_type}


def test_words_and_days_are_no_names() -> None:
    """A capital alone makes no name: weekdays, months, languages and headlines' verbs are none."""
    found = names("On Monday the court sat again. In May the judges spoke English. Nobody appealed.")
    assert found == {}


def test_offices_are_no_persons_names() -> None:
    """A title in capitals describes its holder; it is a nominal, not a name."""
    assert "Foreign Minister" not in names("The Foreign Minister flew home. Deputy Prime Minister Li Ruo stayed.")


def test_titles_numbers_and_marks_are_no_part_of_a_name() -> None:
    """Names are stored as such, whatever stands beside them."""
    found = names("President Amara Diallo\u2019s guards left. \u201cGeneral Yusuf Okoye\u201d stayed in Kano.")
    assert {"Amara Diallo", "Yusuf Okoye", "Kano"} <= set(found)


def test_lists_are_cut_at_commas() -> None:
    """Towns of a list are places each of its own, not one name."""
    found = names("Shells fell on Homs, Hama, Idlib and Aleppo overnight.")
    assert {name for name, kind in found.items() if kind == "place"} == {"Homs", "Hama", "Idlib", "Aleppo"}


def test_surfaces_are_the_words_of_the_text() -> None:
    """No mention begins or ends with a mark or an article."""
    doc = read(
        "The \u201cArmy of the Hills\u201d (AH) took the town of Bara, the U.N. said. It left O'Neill's farm alone."
    )
    for mention in doc._.mentions.recorded():
        assert doc[mention.start : mention.end].text == mention.name or mention.kind != "name"
        assert mention.name[0] not in "\u201c(\"'" or mention.kind != "name"


def test_place_inside_the_name_of_a_local_body_is_recorded() -> None:
    """A police department tells where it is; a bank does not."""
    doc = read("The Rochester Police Department closed two roads. The Bank of Rhodesia kept silent.")
    assert [m.name for m in doc._.mentions.asides if m.entity_type == "place"] == ["Rochester"]
    assert all(doc._.mentions.at(doc[m.start]) is not m for m in doc._.mentions.asides)


def test_nationality_is_no_place_of_an_event() -> None:
    """An Egyptian minister who is shot in Paris is shot in France."""
    doc = read("Gunmen shot dead an Egyptian minister in Paris on Tuesday.")
    places = {m.place.country for m in doc._.mentions.mentions if m.place is not None}
    assert places == {"FRA"}
    assert {draft.place.country for draft in doc._.events if draft.place is not None} <= {"FRA"}


@pytest.mark.parametrize(
    ("text", "source", "name", "country", "admin1"),
    [
        ("Two men were shot in Paris, Texas, on Friday.", None, "Paris", "USA", "Texas"),
        ("Two men were shot in Paris, where France's president lives.", None, "Paris", "FRA", "Ile-de-France"),
        ("The council met in Springfield. The mayor spoke.", "masslive.com", "Springfield", "USA", "Massachusetts"),
        ("Rebels took Tripoli from the Lebanese army, Beirut said.", None, "Tripoli", "LBN", None),
        ("Rebels took Tripoli as Libya's war went on in Misrata and Sirte.", None, "Tripoli", "LBY", None),
        ("Shells hit Hyderabad in Pakistan's Sindh province.", None, "Hyderabad", "PAK", "Sindh"),
        ("Police in Hyderabad, India, held two men.", None, "Hyderabad", "IND", "Telangana"),
    ],
)
def test_article_decides_which_place_is_meant(
    text: str, source: str | None, name: str, country: str, admin1: str | None
) -> None:
    """Containers, countries, neighbours and the outlet's home decide among places of one name."""
    found = place(text, name, source).place
    assert found is not None
    assert found.country == country
    assert admin1 is None or found.admin1 == admin1


def test_unknown_village_is_not_put_on_the_map_of_the_capital() -> None:
    """A place that no gazetteer has is known no better than what encloses it, and never lies in the capital."""
    found = place("Four people died in the village of Ngondobo, in Chad, on Monday.", "Ngondobo").place
    assert found is not None
    assert found.country == "TCD"
    assert found.latitude is not None
    assert abs(found.latitude - 12.1) > 1, "the latitude of N'Djamena"


def test_one_name_is_one_place_throughout_an_article() -> None:
    """The second Moscow of an article about Idaho is that of Idaho too."""
    doc = read("Two men were shot in Moscow, Idaho. Police in Moscow are looking for a car.")
    keys = {m.key for m in doc._.mentions.mentions if m.name == "Moscow"}
    assert len(keys) == 1


def test_country_point_is_not_its_capital() -> None:
    """A country's point lies where GeoNames puts it: Russia's in Siberia."""
    found = place("Floods hit Russia last week.", "Russia").place
    assert found is not None
    assert found.longitude is not None
    assert found.longitude > 80


def keys(text: str) -> dict[str, str | None]:
    """Return the key of the last mention of each named person."""
    return {m.name: m.key for m in read(text)._.mentions.mentions if m.entity_type == "person" and m.kind == "name"}


def test_family_name_that_stands_first() -> None:
    """Korean and Chinese leaders are called by the first word of their names."""
    found = keys("North Korean leader Kim Jong Un met reporters. Kim said that he would be back.")
    assert found["Kim"] == found["Kim Jong Un"]


def test_surname_of_two_means_the_one_of_whom_the_story_tells() -> None:
    """A sister who is named once does not take over the surname for good."""
    filler = "The court heard many witnesses on that day and on the days after it. " * 8
    text = (
        "Amber Dunlow was tried in Ohio. Amber Dunlow denied it. Her sister Karen Dunlow came to court. "
        f"{filler}In the end Dunlow was freed."
    )
    found = keys(text)
    assert found["Dunlow"] == found["Amber Dunlow"] != found["Karen Dunlow"]
