"""What a word says about a country: names, nationalities, capitals."""

from __future__ import annotations

from collections import defaultdict

import pytest

from seeds.countries import capital_country, countries, country_of_demonym, country_of_name
from seeds.gazetteer_geonames import read_cities


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Afghan", "AFG"), ("Afghans", "AFG"), ("American", "USA"), ("syrian", "SYR"), ("Saudis", "SAU"),
        ("Frenchmen", "FRA"), ("South Korean", "KOR"), ("Filipinos", "PHL"), ("Soviet", "RUS"), ("US", "USA"),
        ("U.S.", "USA"), ("Kosovar", "XKX"), ("Palestinians", "PSE"), ("Kurdish", None), ("us", None),
    ],
)  # fmt: skip
def test_nationality_names_the_country(word: str, code: str | None) -> None:
    """Adjectives and nouns, singular and plural; nations without a country have none."""
    assert country_of_demonym(word) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Afghanistan", "AFG"), ("the Netherlands", "NLD"), ("Cote d'Ivoire", "CIV"), ("Ivory Coast", "CIV"),
        ("UK", "GBR"), ("U.A.E.", "ARE"), ("DRC", "COD"), ("Burma", "MMR"), ("Soviet Union", "RUS"),
        ("Türkiye", "TUR"), ("US", "USA"), ("us", None), ("car", None), ("Kurdistan", None), ("", None),
    ],
)  # fmt: skip
def test_name_or_abbreviation_names_the_country(name: str, code: str | None) -> None:
    """Former names count; an abbreviation is one only as it is written, so that `car` is no republic."""
    assert country_of_name(name) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Washington", "USA"),
        ("Kabul", "AFG"),
        ("Moscow", "RUS"),
        ("Kiev", "UKR"),
        ("New York", None),
        ("Kremlin", None),
    ],
)
def test_capital_stands_for_its_country(name: str, code: str | None) -> None:
    """Cities alone: buildings that stand for governments are actors."""
    assert capital_country(name) == code


def test_codes_and_names_are_unique() -> None:
    """No two rows speak of the same country, and every country is there."""
    for column in ("alpha3", "alpha2", "name", "geonames_id"):
        values = [getattr(country, column) for country in countries()]
        assert len(set(values)) == len(values) == 250, column


def test_points_lie_among_the_towns_of_the_country() -> None:
    """A mistyped sign or an exchanged latitude and longitude would put a country into the sea."""
    latitudes, longitudes = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    for city in read_cities():
        latitudes[city.country].append(city.latitude)
        longitudes[city.country].append(city.longitude)
    strays = [
        country.name
        for country in countries()
        if len(latitudes[country.alpha3]) > 5
        and not (
            min(latitudes[country.alpha3]) - 1 <= country.latitude <= max(latitudes[country.alpha3]) + 1
            and min(longitudes[country.alpha3]) - 1 <= country.longitude <= max(longitudes[country.alpha3]) + 1
        )
    ]
    assert strays == []
