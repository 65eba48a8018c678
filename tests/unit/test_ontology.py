"""The ontology holds PLOVER's types and modes, and its loader says what is wrong with a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schemas.vocabulary import EVENT_TYPES
from seeds.ontology import contexts, event_class, event_types, load_plover, modes, read_classes, read_codes, sectors

if TYPE_CHECKING:
    from pathlib import Path

_HEADER = "event_type\tmode\tquad_class\tgoldstein\tcameo_root\tdescription"


def test_types_are_those_of_the_tables() -> None:
    """Every type that a row may hold has a class, and no other has."""
    assert sorted(event_types()) == sorted(EVENT_TYPES)


@pytest.mark.parametrize(
    ("event_type", "mode", "quad", "score", "root"),
    [
        ("AGREE", None, 1, 2.5, "03"),
        ("AID", None, 2, 10.0, "07"),
        ("ACCUSE", None, 3, -3.0, "11"),
        ("ACCUSE", "investigate", 3, -3.5, "09"),
        ("SANCTION", "expel", 4, -5.5, "16"),
        ("ASSAULT", "abduct", 4, -8.5, "18"),
        ("ASSAULT", "aerial", 4, -9.5, "19"),
        ("ASSAULT", "unconventional", 4, -10.0, "20"),
        ("RETREAT", "ceasefire", 2, 7.5, "08"),
        ("PROTEST", "vandalize", 4, -5.0, "14"),
    ],
)
def test_classes(event_type: str, mode: str | None, quad: int, score: float, root: str) -> None:
    """Quad class, score and CAMEO root are those of the published tables."""
    found = event_class(event_type, mode)
    assert (found.quad_class, found.goldstein, found.cameo_root) == (quad, score, root)


def test_unknown_mode_falls_back_to_the_type() -> None:
    """A mode that the type does not have gives the type's own class."""
    assert event_class("CONSULT", "drone") == event_class("CONSULT", None)


def test_unknown_type_is_an_error_that_names_it() -> None:
    """A type that is none does not pass silently."""
    with pytest.raises(KeyError, match="FIGHT"):
        event_class("FIGHT", None)


def test_modes_belong_to_their_type() -> None:
    """Modes are listed by type; a type may have none."""
    assert "drone" in modes("ASSAULT")
    assert modes("AID") == ()
    with pytest.raises(KeyError, match="FIGHT"):
        modes("FIGHT")


def test_conflict_scores_below_cooperation() -> None:
    """Material conflict is negative, cooperation positive: signs were not lost in copying."""
    for found in load_plover().values():
        assert found.goldstein > 0 if found.quad_class <= 2 else found.goldstein <= 0.5, found
        assert found.quad_class != 4 or found.goldstein <= -4.5, found


def test_codes() -> None:
    """The codes that analysts filter by are there, with a meaning."""
    assert {"GOV", "MIL", "COP", "REB", "CVL", "IGO"} <= set(sectors())
    assert {"military", "terror", "diplomatic", "economic", "legal"} <= set(contexts())
    assert all(sectors().values())
    assert all(contexts().values())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AGREE\t\t5\t1\t03\tagree", "quad_class"),
        ("AGREE\t\t1\t11\t03\tagree", "goldstein"),
        ("AGREE\t\t1\thigh\t03\tagree", "goldstein"),
        ("AGREE\t\t1\t1\t21\tagree", "cameo_root"),
        ("AGREE\tin-writing\t1\t1\t03\tagree", "type itself above"),
        ("AGREE\t\t1\t1\t03", "6 cells"),
    ],
)
def test_wrong_line_is_named(tmp_path: Path, line: str, expected: str) -> None:
    """An error names the file, the line, and what was expected there."""
    path = tmp_path / "plover.tsv"
    path.write_text(f"# comment\n{_HEADER}\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=rf"plover\.tsv, line 3: .*{expected}"):
        read_classes(path)


def test_code_twice_is_an_error(tmp_path: Path) -> None:
    """A code has one meaning."""
    path = tmp_path / "sectors.tsv"
    path.write_text("code\tmeaning\nGOV\tgovernment\nGOV\tgovernor\n", "utf-8")
    with pytest.raises(ValueError, match=r"line 3: .*'GOV'"):
        read_codes(path, "[A-Z]{3}")
