"""How the gazetteer's file comes about: whole, once, and without what it replaces."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from seeds import gazetteer_build, gazetteer_cache
from seeds.gazetteer import Gazetteer, Place
from seeds.gazetteer_build import build_version
from seeds.gazetteer_cache import gazetteer_file
from seeds.gazetteer_names import fold
from seeds.gazetteer_records import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _entry(name: str, key: str, people: int = 0) -> Entry:
    entry = Entry(Place(key, None, name, "city", "PPL", "AFG", "Oldprovince", 34.0, 69.0, people))
    entry.file_under(fold(name), 0)
    return entry


def _province(name: str) -> Entry:
    entry = Entry(Place("gn:9", 9, name, "admin1", "ADM1", "AFG", name, 34.0, 69.0, 0))
    entry.file_under(fold(name), 0)
    return entry


@pytest.fixture
def few_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Build from few places and variants, in a cache folder of its own; yield where the variants stand."""
    variants = tmp_path / "variants.tsv"
    variants.write_text(
        "place\tcountry\tkind\tname\taliases\n"
        "Smalltown\tAFG\tcity\tNewtown\tOldtown|=ST\n"
        "Oldprovince\tAFG\tadmin1\tNewprovince\t\n"
    )
    monkeypatch.setattr(gazetteer_build, "VARIANTS_PATH", variants)
    places = [_entry("Smalltown", "gn:2", 20), _province("Oldprovince"), _entry("Smalltown", "gn:1", 10)]
    monkeypatch.setattr(gazetteer_build, "package_entries", lambda: [*places, _entry("Twice", "gn:1")])
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("DATELINE_GEONAMES", raising=False)
    build_version.cache_clear()
    yield variants
    build_version.cache_clear()


@pytest.mark.usefixtures("few_places")
def test_build_leaves_one_complete_file(tmp_path: Path) -> None:
    """The variant goes to the larger of two namesakes; nothing half-written stays behind."""
    path = tmp_path / "folder" / "places.sqlite"
    built = Gazetteer.load(path)
    assert [place.place_key for place in built.find("Smalltown")] == ["gn:2", "gn:1"]
    assert [place.name for place in built.find("Oldtown")] == ["Newtown"]
    assert [place.name for place in built.find("ST")] == ["Newtown"]
    assert built.find("st") == ()
    assert [file.suffix for file in sorted(path.parent.iterdir())] == [".lock", ".sqlite"]


@pytest.mark.usefixtures("few_places")
def test_province_that_is_renamed_is_so_for_its_towns_too() -> None:
    """An analyst who groups by province finds one of them."""
    built = Gazetteer.load()
    assert [place.name for place in built.find("Oldprovince")] == ["Newprovince"]
    assert {place.admin1 for place in built.find("Smalltown")} == {"Newprovince"}


@pytest.mark.usefixtures("few_places")
def test_first_of_two_places_with_one_key_counts() -> None:
    """Sources that hold one place twice make one place of it."""
    built = Gazetteer.load()
    assert built.find("Twice") == ()
    assert built.by_key("gn:1") == built.find("Smalltown")[1]


@pytest.mark.usefixtures("few_places")
def test_file_that_is_there_is_not_built_again() -> None:
    """A process that waited for another one's build takes it as it is."""
    path = gazetteer_file()
    assert Gazetteer(path).version == gazetteer_cache.gazetteer_version()
    before = path.stat().st_mtime_ns, path.stat().st_ino
    gazetteer_cache.build_once(path, "another")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_variant_of_an_unknown_place_stops_the_build(few_places: Path, tmp_path: Path) -> None:
    """A variant that matches nothing is a mistake in the file, and the error says in which line."""
    few_places.write_text("place\tcountry\tkind\tname\taliases\nNowhere\tAFG\tcity\t\tElsewhere\n")
    with pytest.raises(ValueError, match=r"variants\.tsv, line 2: expected a city of AFG .* 'Nowhere'"):
        Gazetteer.load()
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".lock"]


@pytest.mark.usefixtures("few_places")
def test_cache_does_not_grow_with_every_edit(tmp_path: Path) -> None:
    """Of older versions two are left, for other checkouts; who still reads a removed file goes on reading."""
    cache = tmp_path / "cache"
    old = [cache / f"gazetteer-{digit * 16}.sqlite" for digit in "0123"]
    for age, path in enumerate(old):
        gazetteer_cache.build_once(path, "old")
        os.utime(path, (1000 - age, 1000 - age))
    reader = Gazetteer(old[3])
    others = [cache / f"gazetteer-geonames-{'1' * 16}.sqlite", cache / "notes.sqlite"]
    for path in others:
        path.touch()
    (cache / f".building-{old[2].stem}-left").mkdir()
    kept = [gazetteer_file(), *old[:2]]
    assert set(cache.iterdir()) == {*kept, *(path.with_suffix(".lock") for path in kept), *others}
    assert [place.name for place in reader.find("Oldtown")] == ["Newtown"]


@pytest.mark.usefixtures("few_places")
def test_what_a_killed_build_left_goes_with_the_next(tmp_path: Path) -> None:
    """Half a file takes as much room as a whole one."""
    file = tmp_path / "cache" / f"gazetteer-{gazetteer_cache.gazetteer_version()}.sqlite"
    left = file.parent / f".building-{file.stem}-left"
    left.mkdir(parents=True)
    (left / "half").touch()
    assert gazetteer_file() == file
    assert sorted(file.parent.iterdir()) == [file.with_suffix(".lock"), file]


@pytest.mark.usefixtures("few_places")
@pytest.mark.parametrize("damage", [b"", b"no database at all", None])
def test_damaged_file_is_built_anew(damage: bytes | None) -> None:
    """A full disk or a killed machine may leave half a file; nobody has to find and remove it."""
    path = gazetteer_file()
    path.write_bytes(path.read_bytes()[:5000] if damage is None else damage)
    assert [place.name for place in Gazetteer.load().find("Oldtown")] == ["Newtown"]


def _load(found: multiprocessing.Queue[str]) -> None:
    found.put(Gazetteer.load().find("Oldtown")[0].name)
    found.close()
    found.join_thread()
    os._exit(0)  # not by way of what the tests before left to be done at the end of the process


@pytest.mark.usefixtures("few_places")
def test_processes_that_start_at_once_share_one_build(tmp_path: Path) -> None:
    """One builds, the others wait and read."""
    context = multiprocessing.get_context("fork")  # a forked process inherits the few places
    found: multiprocessing.Queue[str] = context.Queue()
    processes = [context.Process(target=_load, args=(found,)) for _ in range(4)]
    for process in processes:
        process.start()
    names = [found.get(timeout=60) for _ in processes]
    for process in processes:
        process.join(timeout=60)
    assert names == ["Newtown"] * 4
    assert [process.exitcode for process in processes] == [0] * 4
    assert len(list((tmp_path / "cache").glob("*.sqlite"))) == 1


@pytest.mark.usefixtures("few_places")
def test_file_that_vanishes_before_it_is_opened_is_built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version's builder may remove it in just that moment."""
    path, opened = gazetteer_file(), list[object]()
    connect = sqlite3.connect

    def vanishing(*args: object, **options: object) -> sqlite3.Connection:
        if not opened:
            path.unlink()
        opened.append(args)
        return connect(*args, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr("seeds.gazetteer.sqlite3.connect", vanishing)
    assert [place.name for place in Gazetteer.load().find("Oldtown")] == ["Newtown"]
