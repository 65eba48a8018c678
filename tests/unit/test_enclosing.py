"""Which larger place a text says that a place lies in, and what becomes of villages that no gazetteer has."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tasks.nlp.enclosing import stated_container, stated_country
from tasks.nlp.mentions import Mention, MentionIndex, head_index
from tasks.nlp.pipeline import load_pipeline, read_articles
from tasks.nlp.records import Article, DocumentEntity, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc


def parse(text: str) -> Doc:
    """Return the text, tagged and parsed, without our own components."""
    nlp = load_pipeline()
    enabled = [name for name in ("tok2vec", "tagger", "paragraphs", "parser", "lemmas") if name in nlp.pipe_names]
    with nlp.select_pipes(enable=enabled):
        return nlp(text)


def mentions(doc: Doc, *names: str) -> MentionIndex:
    """Return the places of these names."""
    found = []
    for name in names:
        start = doc.text.index(name)
        span = doc.char_span(start, start + len(name))
        assert span is not None, name
        found.append(Mention(span.start, span.end, head_index(doc, span.start, span.end), "name", "place", name))
    return MentionIndex(found)


def container(text: str, name: str, *others: str) -> str | None:
    """Return the name of what the first place is said to lie in."""
    doc = parse(text)
    index = mentions(doc, name, *others)
    mention = next(m for m in index.mentions if m.name == name)
    found = stated_container(doc, mention, index)
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "name", "others", "expected"),
    [
        ("A man was shot in Moscow, Idaho, on Sunday.", "Moscow", ["Idaho"], "Idaho"),
        ("They live in Moscow in Idaho.", "Moscow", ["Idaho"], "Idaho"),
        ("Gunmen stormed Barawe, in southern Somalia, at dawn.", "Barawe", ["Somalia"], "Somalia"),
        ("Six died in the village of Zarkhel in Helmand's Nawa district.", "Zarkhel", ["Helmand", "Nawa"], "Nawa"),
        ("Six died in the village of Zarkhel in Helmand's Nawa district.", "Nawa", ["Zarkhel", "Helmand"], "Helmand"),
        ("Rebels took the Qalay district of Kunduz province.", "Qalay", ["Kunduz"], "Kunduz"),
        ("Rebels took Qalay district, Kunduz province.", "Qalay", ["Kunduz"], "Kunduz"),
        ("Shells hit Tirin, the capital of Uruzgan province.", "Tirin", ["Uruzgan"], "Uruzgan"),
        ("Shells hit Anadan, a town of 20,000 people in northern Syria.", "Anadan", ["Syria"], "Syria"),
        ("The army entered Iraq's second city, Mosul, on Monday.", "Mosul", ["Iraq"], "Iraq"),
        ("The army entered the Idlib town of Saraqeb on Monday.", "Saraqeb", ["Idlib"], "Idlib"),
        ("Planes bombed Syria's northern city of Aleppo.", "Aleppo", ["Syria"], "Syria"),
        ("He was born in Aleppo, Syria's largest city.", "Aleppo", ["Syria"], "Syria"),
        ("Shells hit Anadan, a village in the north of Aleppo province.", "Anadan", ["Aleppo"], "Aleppo"),
        ("A court in Vitoria (Spain) ruled on Friday.", "Vitoria", ["Spain"], "Spain"),
        ("They met in Paris, Texas, and in London.", "Paris", ["Texas", "London"], "Texas"),
    ],
)
def test_stated_containment_is_read(text: str, name: str, others: list[str], expected: str) -> None:
    """Each of the ways in which news says where a place lies leads to the innermost place that is named."""
    assert container(text, name, *others) == expected


@pytest.mark.parametrize(
    ("text", "name", "others"),
    [
        ("Fighting broke out in Homs, Hama and Aleppo.", "Homs", ["Hama", "Aleppo"]),
        ("Fighting broke out in Homs, Hama, and Aleppo.", "Hama", ["Homs", "Aleppo"]),
        ("In Damascus, Israel struck a depot.", "Damascus", ["Israel"]),
        ("In Moscow, Russia's president welcomed the deal.", "Moscow", ["Russia"]),
        ("Hamdan, a village near Mosul, was shelled.", "Hamdan", ["Mosul"]),
        ("Turkey fought in Syria.", "Turkey", ["Syria"]),
        ("They met leaders of Iran, Libya, Oman and other states.", "Libya", ["Iran", "Oman"]),
        ("He called Persia the enemy, Rome the friend.", "Persia", ["Rome"]),
        ("He saw Turkey, Oman, Jordan, Qatar, the emirates and Bahrain.", "Jordan", ["Turkey", "Oman", "Qatar"]),
        ("The army entered the Idlib town of Saraqeb on Monday.", "Idlib", ["Saraqeb"]),
        ("It comes from Israel's Kan public broadcaster.", "Kan", ["Israel"]),
        ("Shells hit Hamdan, a village 30 km south of Ghazni.", "Hamdan", ["Ghazni"]),
        ("The road from Homs led to Aleppo.", "Homs", ["Aleppo"]),
        ("The envoy left Geneva after talks with Syria.", "Geneva", ["Syria"]),
    ],
)
def test_what_is_not_said_is_not_read(text: str, name: str, others: list[str]) -> None:
    """Lists, subjects that follow, neighbours and other phrases hold nothing."""
    assert container(text, name, *others) is None


def test_the_last_place_of_a_text_lies_in_nothing() -> None:
    """A name at the very end of a text, or alone in it, is no error."""
    assert container("Aleppo", "Aleppo") is None
    assert container("They left Aleppo,", "Aleppo") is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Troops entered the Syrian border town of Kobani.", "SYR"),
        ("Troops entered the northern Iraqi city of Sinjar.", "IRQ"),
        ("Troops entered the old town of Sinjar.", None),
    ],
)
def test_a_nationality_tells_the_country(text: str, country: str | None) -> None:
    """An adjective of nationality before the sort of place says in which country it lies."""
    doc = parse(text)
    name = text.rsplit(maxsplit=1)[-1].rstrip(".")
    assert stated_country(doc, mentions(doc, name).mentions[0]) == country


def read_place(text: str, name: str) -> DocumentEntity:
    """Return what an article says of the place that it mentions by this name."""
    (found,) = read_articles([Article("doc", text, None, dt.date(2024, 5, 8), None, None, None, 0, len(text))])
    assert isinstance(found, Reading), found
    mention = next(mention for mention in found.mentions if mention.surface == name)
    return next(entity for entity in found.entities if entity.entity_id == mention.entity_id)


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1", "precision"),
    [
        (
            "Six people died in the village of Zarkhelabad in Helmand province.",
            "Zarkhelabad",
            "AFG",
            "Helmand",
            "admin1",
        ),
        ("Six people died in the village of Zarkhelabad in northern Syria.", "Zarkhelabad", "SYR", None, "country"),
        ("Six people died in the Syrian village of Zarkhelabad on Monday.", "Zarkhelabad", "SYR", None, "country"),
        ("Six people died in Zarkhelabad, a village near Mosul in Iraq.", "Zarkhelabad", "IRQ", "Nineveh", "admin2"),
    ],
)
def test_an_unlisted_village_lies_where_the_text_says(
    text: str, name: str, country: str, admin1: str | None, precision: str
) -> None:
    """It has an entity of its own with the country and province of what encloses it, and no finer precision."""
    place = read_place(text, name)
    assert (place.entity_type, place.name, place.geonames_id) == ("place", name, None)
    assert (place.country, place.admin1, place.geo_precision) == (country, admin1, precision)
    assert place.latitude is not None


def test_an_unlisted_village_is_one_across_articles() -> None:
    """The same name in the same province is the same place, however the province is said; in another it is not."""
    one = read_place("Six people died in the village of Zarkhelabad in Helmand province.", "Zarkhelabad")
    two = read_place("Shells fell in Zarkhelabad, a village in Helmand province.", "Zarkhelabad")
    other = read_place("Six people died in the village of Zarkhelabad in Kunduz province.", "Zarkhelabad")
    assert one.entity_id == two.entity_id != other.entity_id


def test_a_distance_places_an_unlisted_village() -> None:
    """A village 30 km south of Ghazni is there, and better known than by its province."""
    place = read_place("Gunmen killed six farmers in Zarkhelabad, a village 30 km south of Ghazni.", "Zarkhelabad")
    assert place.latitude == pytest.approx(33.55 - 0.27, abs=0.1)
    assert (place.country, place.geo_precision, place.point_radius_km) == ("AFG", "admin2", 7.5)


def test_an_unlisted_village_of_which_nothing_is_said_stays_unknown() -> None:
    """No country's and no capital's point is guessed."""
    place = read_place("Six people died near Zarkhelabad. Syria mourned in Damascus.", "Zarkhelabad")
    assert (place.country, place.latitude, place.geo_precision) == (None, None, None)
