"""News outlets: the table is sound, its towns lie where the gazetteer has them, and addresses find their outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.gazetteer import Gazetteer, Place
from seeds.outlets import Outlet, home_of, load_outlets, read_outlets
from tasks.nlp.points import great_circle_km

if TYPE_CHECKING:
    from pathlib import Path

_SPAN_OF_A_COUNTY_KM = 60
_STATES_AND_DISTRICT = 51
_HEADER = "domain\tname\tcountry\tadmin1\tcity\tlatitude\tlongitude"
_GOOD = "example.com\tThe Example\tUSA\tOhio\tCleveland\t41.5\t-81.7"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Return the gazetteer."""
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (_GOOD, "no row above"),
        ("Example.org\tThe Example\tUSA\tOhio\t\t\t", "lower case"),
        ("www.example.org\tThe Example\tUSA\tOhio\t\t\t", "without www"),
        ("example\tThe Example\tUSA\tOhio\t\t\t", "a domain"),
        ("example.org\t\tUSA\tOhio\t\t\t", "column name"),
        ("example.org\tThe Example\tUS\tOhio\t\t\t", "country"),
        ("example.org\tThe Example\tUSA\tOhio\tCleveland\t\t", "together"),
        ("example.org\tThe Example\tUSA\tOhio\tCleveland\t41.5\t", "together"),
        ("example.org\tThe Example\tUSA\tOhio\t\t41.5\t-81.7", "together"),
        ("example.org\tThe Example\tUSA\tOhio\tCleveland\t91\t-81.7", "latitude"),
        ("example.org\tThe Example\tUSA\tOhio\tCleveland\t41.5\t-181", "longitude"),
        ("example.org\tThe Example\tUSA\tOhio\tCleveland\tnan\t-81.7", "latitude"),
        ("example.org\tThe Example\tUSA\tOhio", "7 cells"),
    ],
)
def test_damaged_row_is_named_by_file_and_line(tmp_path: Path, row: str, complaint: str) -> None:
    """The error says where the row stands and what is wrong with it."""
    path = tmp_path / "outlets.tsv"
    path.write_text(f"# a comment\n{_HEADER}\n{_GOOD}\n{row}\n", "utf-8")
    with pytest.raises(ValueError, match=rf"outlets\.tsv, line 4: .*{complaint}"):
        read_outlets(path)


def test_good_row_becomes_an_outlet(tmp_path: Path) -> None:
    """Empty cells are None, and coordinates numbers."""
    path = tmp_path / "outlets.tsv"
    path.write_text(f"{_HEADER}\n{_GOOD}\nexample.org\tThe Example\tFRA\t\t\t\t\n", "utf-8")
    assert read_outlets(path) == {
        "example.com": Outlet("example.com", "The Example", "USA", "Ohio", "Cleveland", 41.5, -81.7),
        "example.org": Outlet("example.org", "The Example", "FRA"),
    }


def test_no_state_is_without_outlets() -> None:
    """Every US state has outlets, and most outlets have a town."""
    outlets = load_outlets().values()
    states = {outlet.admin1 for outlet in outlets if outlet.country == "USA" and outlet.admin1}
    assert len(states) == _STATES_AND_DISTRICT
    assert sum(outlet.city is not None for outlet in outlets) > len(outlets) / 2


def test_towns_lie_where_the_gazetteer_has_them(gazetteer: Gazetteer) -> None:
    """A mistyped town, sign or state would move a paper: at least 95 of 100 towns are found within 60 km."""
    with_town = [outlet for outlet in load_outlets().values() if outlet.city]
    strays = [outlet for outlet in with_town if not _is_near(outlet, gazetteer.find(outlet.city or ""))]
    assert len(strays) <= len(with_town) * 0.05, [(outlet.domain, outlet.city) for outlet in strays]


def test_provinces_are_named_as_in_the_gazetteer(gazetteer: Gazetteer) -> None:
    """Otherwise the home could not be compared with the province of a place."""
    named = {(outlet.country, outlet.admin1) for outlet in load_outlets().values() if outlet.admin1}
    unknown = [
        (country, admin1)
        for country, admin1 in sorted(named)
        if not any(
            place.kind == "admin1" and place.country == country and place.name == admin1
            for place in gazetteer.find(admin1)
        )
    ]
    assert unknown == []


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("http://www.cleveland.com/metro/index.ssf?id=1", "cleveland.com"),
        ("HTTPS://WWW.Cleveland.COM:443/", "cleveland.com"),
        ("cleveland.com", "cleveland.com"),
        ("//blog.cleveland.com/metro", "cleveland.com"),
        ("user:secret@cleveland.com/x", "cleveland.com"),
        ("https://a.b.c.cleveland.com.", "cleveland.com"),
        ("cleveland.com?next=http://www.startribune.com/", "cleveland.com"),
        ("https://www.edinburghnews.scotsman.com/news", "edinburghnews.scotsman.com"),
        ("https://sport.scotsman.com/", "scotsman.com"),
    ],
)
def test_address_finds_its_outlet(url: str, domain: str) -> None:
    """Scheme, port, path, case and subdomains do not matter; the longest listed domain wins."""
    assert home_of(url) == load_outlets()[domain]


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("http://www.a-village-paper.co.uk/", "GBR"), ("a-village-paper.ca", "CAN"), ("https://news.gov.in/x", "IND"),
        ("a-village-paper.com.au:8080", "AUS"), ("a-village-paper.ie", "IRL"), ("a-village-paper.co.za", "ZAF"),
        ("a-village-paper.com.ng", "NGA"), ("a-village-paper.pk", "PAK"), ("a-village-paper.co.il", "ISR"),
    ],
)  # fmt: skip
def test_country_code_gives_the_country_alone(url: str, country: str) -> None:
    """What is not listed is known by its suffix, and named as its host."""
    home = home_of(url)
    assert home is not None
    assert (home.name, home.country, home.admin1, home.city) == (home.domain, country, None, None)
    assert home.domain in url


@pytest.mark.parametrize(
    "url",
    [
        None, "", " ", ".", "in", ".in", "www.in", "http://", "http:///x.in", "http://[::1]/", "http://[broken", "://x",
        "notcleveland.example", "station.fm", "news.tv", "site.co", "http://192.168.1.2/", "/data/story.in", "a b.in",
        "x." * 2000 + "in", "." * 100_000, "@" * 100_000, "http://" + "a" * 100_000, "http://москва.рф/",
        "https://www.bbc.co.uk/news", "cleveland.com.evil.example",
    ],
)  # fmt: skip
def test_address_without_home_has_none(url: str | None) -> None:
    """World services, generic suffixes, and what is no address at all."""
    assert home_of(url) is None


@given(st.text())
def test_no_text_crashes(text: str) -> None:
    """Whatever a feed calls a link, the answer is an outlet or None."""
    home = home_of(text)
    assert home is None or len(home.country) == len("USA")


def _is_near(outlet: Outlet, places: tuple[Place, ...]) -> bool:
    home = (outlet.latitude or 0, outlet.longitude or 0)
    return any(
        place.country == outlet.country
        and great_circle_km(home, (place.latitude or 0, place.longitude or 0)) <= _SPAN_OF_A_COUNTY_KM
        for place in places
    )
