"""The table of name spellings, as the linking of persons looks it up."""

from __future__ import annotations

from seeds.name_variants import family_class, given_class, name_classes


def test_spellings_have_one_class() -> None:
    """Spellings of a name share its class, in given and family names."""
    assert given_class("muhammad") == given_class("mohamed") is not None
    assert family_class("qaddafi") == family_class("gaddafi") is not None
    assert given_class("tsai") is None


def test_short_forms_stand_for_one_name_only() -> None:
    """Bill is William; Sam, Chris, Alex and Terry are several names and therefore none."""
    bill = given_class("bill")
    assert bill is not None
    assert bill == given_class("william")
    assert bill.has_short_forms
    assert not any(given_class(name) for name in ("sam", "chris", "alex", "terry", "jerry", "harry", "al"))


def test_what_is_told_of_a_name() -> None:
    """Which family names stand first, which tell little, and which are spelled anew by each writer."""
    cai, khan, smith, putin = (family_class(name) for name in ("cai", "khan", "smith", "putin"))
    assert cai is not None and cai.stands_first and cai.transliterated  # noqa: PT018 -- one fact of one row
    assert khan is not None and khan.common and not khan.stands_first  # noqa: PT018
    assert smith is not None and smith.common and not smith.transliterated  # noqa: PT018
    assert putin is None


def test_the_table_is_folded() -> None:
    """Every spelling is found in the form in which names are looked up: one word, lower case, no accents."""
    for kind in ("given", "family"):
        assert all(name.isascii() and name.isalpha() and name.islower() for name in name_classes(kind))
