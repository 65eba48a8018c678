"""The gazetteer of a user's GeoNames dump: what it finds, what it leaves out, and what it says of damage."""

from __future__ import annotations

import logging
import os
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from seeds import gazetteer_build, gazetteer_cache
from seeds.gazetteer import Gazetteer
from seeds.gazetteer_cache import build_once, gazetteer_file, gazetteer_version
from seeds.gazetteer_dump import Dump, find_dump, read_features
from seeds.gazetteer_places import dump_entries
from tests.unit.geonames_samples import FEATURES, NAMES, feature_line, name_line, write_dump

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@pytest.fixture(scope="module")
def dumped(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Return the gazetteer of the sample dump, with all hand-written places and names."""
    folder = tmp_path_factory.mktemp("dump")
    build_once(folder / "places.sqlite", "sample", find_dump(write_dump(folder / "geonames")))
    return Gazetteer(folder / "places.sqlite")


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Choose a sample dump and an empty cache folder, leave out what no dump replaces, and return the dump's folder."""
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DATELINE_GEONAMES", str(tmp_path / "geonames"))
    monkeypatch.setattr(gazetteer_build, "curated_entries", lambda _: [])
    monkeypatch.setattr(gazetteer_build, "read_cities", list)
    monkeypatch.setattr(gazetteer_build, "read_units", dict)
    return write_dump(tmp_path / "geonames")


def keys(gazetteer: Gazetteer, name: str) -> list[str]:
    """Return the keys of the places of a name."""
    return [place.place_key for place in gazetteer.find(name)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kandahar", ("city", "AFG", "Kandahar", 31.6)), ("Qandahar", ("city", "AFG", "Kandahar", 31.6)),
        ("Musa Qala", ("city", "AFG", "Helmand", 32.4)), ("Musa Qala", ("admin2", "AFG", "Helmand", 32.4)),
        ("Shewan Kalay", ("city", "AFG", "Helmand", 32.4)), ("Shewan", ("city", "AFG", "Helmand", 32.4)),
        ("Helmand Province", ("admin1", "AFG", "Helmand", 31.0)), ("Helmand River", ("region", "AFG", None, 31.2)),
        ("Korengal Valley", ("region", "AFG", None, 34.9)), ("Band-e Kajaki", ("facility", "AFG", "Helmand", 32.3)),
        ("Bagram Airfield", ("facility", "AFG", "Parwan", 34.9)), ("Sadr City", ("city", "IRQ", "Baghdad", 33.4)),
        ("Hamrin Dam", ("facility", "IRQ", None, 34.1)),
        ("Zaatari refugee camp", ("facility", "JOR", None, 32.3)),
        ("Allenby Crossing", ("facility", None, None, 31.9)), ("Pulau Basilan", ("region", "PHL", None, 6.6)),
        ("Isabela City", ("city", "PHL", "Zamboanga Peninsula", 6.7)), ("Texas", ("admin1", "USA", "Texas", 31.25)),
        ("Neustadt am Beispiel", ("city", "DEU", "Neuland", 50.0)),
        ("Republic of Iraq", ("country", "IRQ", None, 33.0)),
    ],
)  # fmt: skip
def test_features_are_places(dumped: Gazetteer, name: str, expected: tuple[str, str, str | None, float]) -> None:
    """Villages, units, valleys, rivers, islands, dams, camps and bases are found by their usual names."""
    kind, country, admin1, latitude = expected
    found = [place for place in dumped.find(name) if (place.kind, place.country) == (kind, country)]
    assert [place.latitude for place in found] == [pytest.approx(latitude, abs=0.5)]
    assert found[0].admin1 == admin1 or admin1 is None


def test_provinces_lie_where_geonames_puts_them(dumped: Gazetteer) -> None:
    """The dump holds points of its own; none is guessed from towns."""
    helmand = next(place for place in dumped.find("Helmand") if place.kind == "admin1")
    assert (helmand.latitude, helmand.longitude, helmand.population) == (31, 64, 1446230)


def test_capitals_are_those_of_the_dump(dumped: Gazetteer) -> None:
    """A namesake of fewer people is none."""
    towns = [place for place in dumped.find("Paris") if place.kind == "city"]
    assert [(place.country, place.feature_code) for place in towns] == [("FRA", "PPLC"), ("USA", "PPLA2")]


@pytest.mark.parametrize("name", ["Kohneh Deh", "Old Paris", "Kwashal Shela", "Saddam Cities"])
def test_what_news_does_not_name_is_left_out(dumped: Gazetteer, name: str) -> None:
    """Places where nobody lives any longer, and brooks that only maps name."""
    assert dumped.find(name) == ()


def test_lesser_waters_do_not_hide_towns(dumped: Gazetteer) -> None:
    """Paris is a town; that it is a brook too comes last, unless the text says `Paris Creek`."""
    paris = dumped.find("Paris")
    assert [place.kind for place in paris] == ["city", "city", "region"]
    assert paris[-1].alias_rank == 2
    assert keys(dumped, "Paris Creek") == ["gn:9000011"]


def test_hand_written_places_and_names_apply_on_top(dumped: Gazetteer) -> None:
    """A place that both hold is one place; regions and reviewed names are there with any dump."""
    assert len([place for place in dumped.find("Euphrates") if place.kind == "region"]) == 1
    assert keys(dumped, "Nahr al Furat") == keys(dumped, "Euphrates")
    assert keys(dumped, "Bagram Air Base") == keys(dumped, "Bagram Airfield")
    assert len(keys(dumped, "Bagram Air Base")) == 1
    assert dumped.find("Donbas")[0].country == "UKR"
    assert dumped.find("Russia")[0].longitude == 100


@pytest.mark.usefixtures("settings")
def test_setting_chooses_the_dump() -> None:
    """The variable alone decides; without it, the packages' version comes back."""
    with_dump = Gazetteer.load()
    assert with_dump.version == gazetteer_version()
    assert keys(with_dump, "Neustadt am Beispiel") == ["gn:9000013"]
    os.environ["DATELINE_GEONAMES"] = ""
    assert gazetteer_version() != with_dump.version


def test_archives_hold_the_same_places(settings: Path) -> None:
    """GeoNames offers archives, and nobody has to unpack them."""
    plain = _rows(gazetteer_file())
    for path in settings.iterdir():
        path.unlink()
    assert _rows(_file_of(write_dump(settings, archived=True))) == plain


def test_order_of_lines_does_not_matter(settings: Path) -> None:
    """A dump sorted in another way gives the same places in the same order."""
    before = gazetteer_file()
    rows = _rows(before)
    after = _file_of(write_dump(settings, FEATURES[::-1]))
    assert (after != before, _rows(after)) == (True, rows)


def _file_of(_: Path) -> Path:
    return gazetteer_file()


def _rows(file: Path) -> list[tuple[object, ...]]:
    connection = Gazetteer(file)._connection  # noqa: SLF001 - all rows, not those of a name
    queries = ("SELECT * FROM places ORDER BY row", "SELECT * FROM names ORDER BY key, row")
    return [row for query in queries for row in connection.execute(query)]


def test_version_follows_content_and_not_times(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two machines with one dump agree, and an edited dump is another one."""
    versions = [gazetteer_version()]
    os.utime(settings / "allCountries.txt", (1, 1))
    versions.append(gazetteer_version())
    (settings / "alternateNamesV2.txt").write_text(name_line(NAMES[0]) + "\n")
    versions.append(gazetteer_version())
    monkeypatch.setenv("DATELINE_CACHE", str(settings.parent / "another"))
    gazetteer_cache._remembered_digest.cache_clear()  # noqa: SLF001 - as in a process on another machine
    versions.append(gazetteer_version())
    assert versions[0] == versions[1] != versions[2] == versions[3]


@pytest.mark.usefixtures("settings")
def test_files_are_read_once_for_their_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting up must not read gigabytes."""
    version = gazetteer_version()
    gazetteer_cache._remembered_digest.cache_clear()  # noqa: SLF001 - as in another process
    monkeypatch.setattr("hashlib.file_digest", None)
    assert gazetteer_version() == version


def test_builds_with_and_without_dump_stay_side_by_side(settings: Path) -> None:
    """To switch to the packages and back costs no build of minutes; an older dump's file goes."""
    cache = settings.parent / "cache"
    cache.mkdir()
    packages = cache / f"gazetteer-{'0' * 16}.sqlite"
    packages.touch()
    first = gazetteer_file()
    write_dump(settings, FEATURES[1:])
    second = gazetteer_file()
    assert first != second
    assert set(cache.glob("*.sqlite")) == {packages, second}


@pytest.mark.parametrize("files", [(), ("cities500.txt",)])
def test_folder_without_a_dump_is_an_error(tmp_path: Path, files: Iterable[str]) -> None:
    """A wrong setting must not go unnoticed."""
    for name in files:
        (tmp_path / name).touch()
    with pytest.raises(FileNotFoundError, match=r"expected allCountries\.txt or allCountries\.zip, found"):
        find_dump(tmp_path)
    with pytest.raises(FileNotFoundError, match="no such folder"):
        find_dump(tmp_path / "missing")


DAMAGED = {
    "1\tFew cells": "expected 19 cells separated by tabs, found 2",
    feature_line(FEATURES[2]).replace("31.61333", "far"): "could not convert string to float: 'far'",
    feature_line(FEATURES[2]).replace("31.61333", "131.6"): "expected degrees from -90 to 90, found 131.6",
    feature_line(FEATURES[2]).replace("31.61333", "nan"): "expected degrees from -90 to 90, found nan",
    feature_line(FEATURES[2]).replace("1139715", "x1139715"): "invalid literal for int",
    feature_line(FEATURES[2]) + "\tmore": "expected 19 cells separated by tabs, found 20",
}


@pytest.mark.parametrize("line", DAMAGED)
def test_damaged_line_is_skipped_and_told(tmp_path: Path, line: str, caplog: pytest.LogCaptureFixture) -> None:
    """One line in millions stops nobody, and the warning says which it was and what is wrong with it."""
    path = tmp_path / "allCountries.txt"
    path.write_text(
        "".join(f"{each}\n" for each in (feature_line(FEATURES[3]), line, feature_line(FEATURES[4]))), "utf-8"
    )
    with caplog.at_level(logging.WARNING):
        found = [feature.geonames_id for feature in read_features(Dump(path, None, None))]
    assert found == [1138958, 1132604]
    assert f"skipped 1 of 3 lines; the first: {path}, line 2: {DAMAGED[line]}" in caplog.text


def test_bytes_that_are_no_text_are_damage(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file in another encoding is told line by line, and refused as a whole if it has many such lines."""
    path = tmp_path / "allCountries.txt"
    good, bad = (feature_line(FEATURES[2]).encode(encoding) for encoding in ("utf-8", "cp1257"))
    path.write_bytes(b"\n".join([good, bad, good]))
    assert len(list(read_features(Dump(path, None, None)))) == 2
    assert "line 2: 'utf-8' codec can't decode" in caplog.text
    path.write_bytes(b"\n".join([good, *[bad] * 20]))
    with pytest.raises(ValueError, match=r"allCountries\.txt, line 2: .*11 of 12 lines"):
        list(read_features(Dump(path, None, None)))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("allCountries.txt", b"", "expected one record a line, found an empty file"),
        ("allCountries.txt", b"<html>not found</html>\n", "line 1: expected 19 cells separated by tabs, found 1"),
        ("allCountries.zip", b"PK\x03\x04 cut short", "expected an archive of allCountries.txt, found"),
        ("allCountries.txt", feature_line(FEATURES[0]).encode(), "expected populated places .* found none"),
    ],
)
def test_file_of_another_sort_stops_the_build(settings: Path, name: str, content: bytes, told: str) -> None:
    """An error page saved as a dump is no gazetteer, and nothing half-built stays behind."""
    (settings / "allCountries.txt").unlink()
    (settings / name).write_bytes(content)
    with pytest.raises(ValueError, match=told):
        gazetteer_file()
    assert not list((settings.parent / "cache").glob("*.sqlite"))


def test_dump_is_never_held_in_memory(tmp_path: Path) -> None:
    """Thirteen million lines must fit any machine: what is held are names compared lately, and not the entries."""
    lines = [f"{gid}|Village {gid}|Deh {gid},Kalay {gid}|34.0|69.0|P|PPL|AF|13|0" for gid in range(1, 20_001)]
    small, large = (find_dump(write_dump(tmp_path / str(count), lines[:count])) for count in (1, 20_000))
    assert len(list(dump_entries(small, small.features.parent))) == 1  # what is read once for all dumps
    tracemalloc.start()
    count = sum(1 for _ in dump_entries(large, large.features.parent))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 350 * count
