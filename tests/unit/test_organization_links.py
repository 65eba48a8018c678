"""Organisations across articles: legal forms and accents make no second body, countries do."""

from __future__ import annotations

from dataclasses import replace

from seeds.actors import fold_name
from tasks.resolve.keys import entity_id
from tasks.resolve.organization_links import link_organizations
from tasks.resolve.sightings import Known, Sighting


def seen(name: str, document: str, country: str | None = None, sector: str | None = None) -> Sighting:
    """Return an organisation in an article about Peru."""
    key = f"org:{country or ''}:{fold_name(name)}"
    return Sighting(document, entity_id(key), key, name, country, sector, frozenset({"PER"}))


def entities(*sightings: Sighting, actors: tuple[Known, ...] = ()) -> list[str]:
    """Return the entity of each sighting, in the order given, whatever the order in which they are linked."""
    found = link_organizations(sightings, actors)
    assert sorted(map(repr, found)) == sorted(map(repr, link_organizations(sightings[::-1], actors)))
    targets = {(link.document_id, link.entity_id): link.merged_into for link in found}
    return [targets.get((s.document_id, s.entity_id), s.entity_id) for s in sightings]


def test_legal_forms_and_accents_do_not_matter() -> None:
    """`Acmé Mining Inc.` is Acme Mining."""
    assert (
        len(set(entities(seen("Acme Mining", "d1"), seen("Acmé Mining Inc.", "d2"), seen("The Acme Mining", "d3"))))
        == 1
    )


def test_countries_keep_bodies_apart() -> None:
    """One name in two countries is two bodies, and who says no country is neither."""
    found = entities(seen("Acme Mining", "d1", "PER"), seen("Acme Mining Ltd", "d2", "ZMB"), seen("Acme Mining", "d3"))
    assert len(set(found)) == 3


def test_the_only_country_is_taken_for_names_that_are_no_offices() -> None:
    """A company that is Peruvian in one article is so in the next about Peru; a ministry there may be any ministry."""
    assert len(set(entities(seen("Acme Mining", "d1", "PER"), seen("Acme Mining", "d2")))) == 1
    assert len(set(entities(seen("Acme Mining", "d1", "ZMB"), seen("Acme Mining", "d2")))) == 2
    ministry = seen("Ministry of Health", "d1", "PER", "GOV"), seen("Ministry of Health", "d2", None, "GOV")
    assert len(set(entities(*ministry))) == 2
    assert len(set(entities(seen("Acme", "d1", "PER"), seen("Acme", "d2")))) == 2


def test_a_listed_body_is_found_with_its_legal_form() -> None:
    """In its own country or where none is said, and not where two have the name."""
    known = Known("listed", ("Acme Mining",), "PER", None)
    sightings = (
        seen("Acme Mining Inc", "d1", "PER"),
        seen("Acme Mining Inc", "d2"),
        seen("Acme Mining Inc", "d3", "ZMB"),
    )
    assert entities(*sightings[:2], actors=(known,)) == ["listed", "listed"]
    assert entities(sightings[2], actors=(known,)) == [sightings[2].entity_id]
    other = Known("other", ("Acme Mining",), "PER", None)
    assert entities(sightings[0], actors=(known, other)) == [sightings[0].entity_id]


def test_an_acronym_or_a_short_word_is_nothing_to_go_by() -> None:
    """`Fox Corporation` need not be `Fox`, nor one CDA the other whose articles call it by that name, too."""
    assert len(set(entities(seen("Fox", "d1", "USA"), seen("Fox Corporation", "d2", "USA")))) == 2
    spelled_out = replace(seen("Centre for Digital Arts", "d1"), name="CDA")
    assert len(set(entities(spelled_out, replace(seen("Civic Dutch Accord", "d2"), name="CDA")))) == 2
