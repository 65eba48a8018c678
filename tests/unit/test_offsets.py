"""Places given by distance and bearing: what the words say, where they lead, and that events happen there."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.nlp.offset_phrases import bearing_of, find_phrases
from tasks.nlp.pipeline import read_articles
from tasks.nlp.points import BEARINGS, bearing_to, destination, great_circle_km, midpoint, precision_of
from tasks.nlp.records import Article, DocumentEntity, Reading

LATITUDES = st.floats(-80, 80)
LONGITUDES = st.floats(-180, 180)
KABUL, MOSUL, ALEPPO = (34.53, 69.17), (36.34, 43.13), (36.20, 37.16)


@given(LATITUDES, LONGITUDES, st.floats(0, 359), st.floats(0.1, 1000))
def test_a_destination_lies_at_its_distance_and_leads_back(
    latitude: float, longitude: float, bearing: float, km: float
) -> None:
    """The point is as far off as was said, within the globe's range, and the way back ends where it began."""
    start = (latitude, longitude)
    end = destination(latitude, longitude, bearing, km)
    assert -90 <= end[0] <= 90
    assert -180 <= end[1] <= 180
    assert great_circle_km(start, end) == pytest.approx(km, rel=1e-5, abs=1e-4)
    back = destination(*end, bearing_to(end, start), km)
    assert great_circle_km(back, start) < 0.01


@given(LATITUDES, LONGITUDES, st.sampled_from(sorted(BEARINGS)), st.floats(1, 900))
def test_the_middle_is_as_far_from_both_ends(latitude: float, longitude: float, point: str, km: float) -> None:
    """Half the way from either end, on the way itself."""
    start = (latitude, longitude)
    end = destination(latitude, longitude, BEARINGS[point], km)
    middle = midpoint(start, end)
    assert great_circle_km(start, middle) == pytest.approx(km / 2, rel=1e-4, abs=1e-3)
    assert great_circle_km(middle, end) == pytest.approx(km / 2, rel=1e-4, abs=1e-3)


@pytest.mark.parametrize(
    ("words", "point"),
    [
        ("north", "N"), ("south-western", "SW"), ("north-northeast", "NNE"), ("East", "E"), ("south east", "SE"),
        ("NE", "NE"), ("north-south", None), ("west-northwest", "WNW"),
    ],
)  # fmt: skip
def test_words_of_the_compass(words: str, point: str | None) -> None:
    """Every way of writing a point of the compass is read; what is none is not."""
    assert bearing_of(words) == point


@pytest.mark.parametrize(
    ("text", "words", "bearing", "km"),
    [
        ("A bomb exploded 70 km southeast of Kabul.", "70 km southeast of", "SE", 70),
        ("about 30 miles (48 kilometers) north of Mosul", "about 30 miles (48 kilometers) north of", "N", 48.3),
        ("48 km, or 30 miles, west of Mosul", "48 km, or 30 miles, west of", "W", 48),
        ("some 20-30 km south-west of Raqqa", "some 20-30 km south-west of", "SW", 25),
        ("twenty-five kilometres to the south-east of Homs", "twenty-five kilometres to the south-east of", "SE", 25),
        ("1,000 metres north-northeast of Homs", "1,000 metres north-northeast of", "NNE", 1),
        ("25km NE of Homs", "25km NE of", "NE", 25),
        ("a few miles north of Homs", "a few miles north of", "N", 6.4),
        ("half a mile east of Homs", "half a mile east of", "E", 0.8),
        ("about one hundred and twenty km west of Homs", "about one hundred and twenty km west of", "W", 120),
        ("15 km outside Aleppo", "15 km outside", None, 15),
        ("20 kilometres from Aleppo", "20 kilometres from", None, 20),
        ("within 10 km of Aleppo", "within 10 km of", None, 10),
        ("fighting east of Aleppo", "east of", "E", None),
    ],
)
def test_distance_and_bearing_are_read(text: str, words: str, bearing: str | None, km: float | None) -> None:
    """The phrase begins with its number and ends before the place; miles and words are numbers of kilometres."""
    (phrase,) = find_phrases(text)
    assert text[phrase.start : phrase.end] == words
    assert phrase.bearing == bearing
    assert phrase.km == (pytest.approx(km, abs=0.05) if km is not None else None)


@pytest.mark.parametrize(
    "text",
    ["the north of Syria", "in north of Syria", "Middle East of today", "10 km of road", "NE of it", "a fear of"],
)
def test_what_measures_nothing_is_left_alone(text: str) -> None:
    """Parts of a country, lengths and other uses of the words are no offsets."""
    assert find_phrases(text) == []


@given(st.text(alphabet="0123456789 ,.()-kmilesnorthofftwa\n", max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Phrases lie in the text, in order and apart, whatever it says."""
    found = find_phrases(text)
    assert all(0 <= phrase.start < phrase.end <= len(text) for phrase in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_precision_follows_the_radius() -> None:
    """A point to 5 km is as good as a town, to 50 as a district, beyond as a province."""
    assert [precision_of(km) for km in (2, 5, 5.1, 50, 51)] == ["city", "city", "admin2", "admin2", "admin1"]


def read(text: str) -> Reading:
    """Read one article."""
    article = Article("doc", text, None, dt.date(2024, 5, 8), None, None, None, 0, len(text))
    (found,) = read_articles([article])
    assert isinstance(found, Reading), found
    return found


def place_of(found: Reading) -> DocumentEntity | None:
    """Return the place of the article's events, which is one; None where they have none."""
    places = {event.place_id for event in found.events}
    assert len(places) == 1, found.events
    return next((entity for entity in found.entities if entity.entity_id in places), None)


@pytest.mark.parametrize(
    ("where", "there", "radius", "precision"),
    [
        ("70 km southeast of Kabul", destination(*KABUL, 135, 70), 17.5, "admin2"),
        ("about 30 miles (48 kilometers) north of Mosul", destination(*MOSUL, 0, 48.3), 12.1, "admin2"),
        ("4 km west of Aleppo", destination(*ALEPPO, 270, 4), 2, "city"),
        ("15 km outside Aleppo", ALEPPO, 18.8, "admin2"),
        ("just north of Mosul", destination(*MOSUL, 0, 5), 5, "city"),
    ],
)
def test_an_event_happens_where_the_distance_leads(
    where: str, there: tuple[float, float], radius: float, precision: str
) -> None:
    """The event's place has the point, its radius and precision; the words are its location, the town stays a town."""
    found = read(f"A roadside bomb killed six policemen {where} on Tuesday.")
    place = place_of(found)
    assert place is not None
    assert place.latitude is not None
    assert place.longitude is not None
    assert great_circle_km((place.latitude, place.longitude), there) < 6
    assert place.point_radius_km == pytest.approx(radius, abs=0.2)
    assert (place.entity_type, place.geo_precision, place.geonames_id) == ("place", precision, None)
    assert where in {argument.surface for event in found.events for argument in event.arguments}
    places = [mention.surface for mention in found.mentions if mention.entity_type == "place"]
    assert places == [where.rsplit(maxsplit=1)[-1]]


def test_kilometres_and_miles_lead_to_one_place() -> None:
    """Articles that convert the distance into another unit mean the same place."""
    km = place_of(read("A roadside bomb killed six policemen 70 km southeast of Kabul."))
    miles = place_of(read("Six policemen were killed about 43 miles to the south-east of Kabul."))
    assert km is not None
    assert miles is not None
    assert km.entity_id == miles.entity_id


@pytest.mark.parametrize("where", ["a two-hour drive from Kabul", "20 kilometres from the border with Turkey"])
def test_a_distance_that_leads_nowhere_places_no_event(where: str) -> None:
    """Neither the town at the other end of the drive nor the country beyond the border is where it happened."""
    assert place_of(read(f"A roadside bomb killed six policemen {where}.")) is None


def test_off_a_coast_there_is_a_country_and_no_point() -> None:
    """The sea off Yemen is not the middle of Yemen."""
    place = place_of(read("Pirates killed two sailors off the coast of Yemen on Monday."))
    assert place is not None
    assert (place.name, place.country, place.latitude, place.geo_precision) == ("off Yemen", "YEM", None, None)


def test_between_two_towns_is_the_middle_of_the_road() -> None:
    """A road between two towns has a middle; the radius reaches both."""
    place = place_of(read("A roadside bomb killed six soldiers on the road between Homs and Hama on Tuesday."))
    assert place is not None
    assert (place.name, place.country) == ("between Homs and Hama", "SYR")
    assert place.latitude == pytest.approx(34.93, abs=0.1)
    assert place.point_radius_km == pytest.approx(22, abs=3)


def test_the_capital_is_that_of_the_country_spoken_of() -> None:
    """`the capital` stands for a town that the article names by its country alone."""
    place = place_of(read("Syria is at war. Rebels killed four soldiers 20 km east of the capital on Tuesday."))
    assert place is not None
    assert place.name == "20 km E of Damascus"


def test_a_long_way_may_lead_out_of_the_country() -> None:
    """Where all towns around the point lie in another country, the country of the start is not claimed."""
    place = place_of(read("A roadside bomb killed six policemen 320 km east of Kabul on Tuesday."))
    assert place is not None
    assert (place.country, place.admin1) == (None, None)
