"""When things go wrong: what is told, and that the documented way out works."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows import shards
from flows.doctor import Finding, examine
from flows.engine import threads
from flows.nightly import SAMPLES, Night, read_night
from flows.rebuild import Damaged, rebuild_all
from tasks.nlp import model
from tests.flow.test_runs import rows
from warehouse.errors import DiskFullError, WarehouseDamagedError
from warehouse.store import Store

if TYPE_CHECKING:
    from tasks.report import Report


@pytest.fixture
def root(tmp_path: Path, samples_warehouse: Path) -> Path:
    """Return a copy of the samples' warehouse that a test may damage."""
    return Path(shutil.copytree(samples_warehouse, tmp_path / "warehouse"))


def damage(root: Path, table: str) -> None:
    """Change one byte of a table's file and leave its size as it was."""
    snapshot = Store(root).current()
    assert snapshot is not None
    path = root / snapshot.table(table)[0].path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def rebuild(root: Path, damaged: Damaged = "stop") -> Report:
    """Rebuild a warehouse."""
    with threads() as engine:
        return rebuild_all(str(root), 1, 0.0, engine, lambda stage, rows: None, damaged)  # noqa: ARG005


def night(root: Path, *paths: Path) -> Report:
    """Run one night."""
    with threads() as engine:
        return read_night(Night(tuple(map(str, paths)), str(root), 1), engine, lambda stage, rows: None)  # noqa: ARG005


def found(root: Path, check: str) -> Finding:
    """Return what the doctor finds in one check."""
    return next(finding for finding in examine(str(root)) if finding.check == check)


def test_the_doctor_finds_a_sound_warehouse_sound(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every check of a warehouse that was just written is fine, and without a server none is asked for."""
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    findings = examine(str(root))
    assert [finding for finding in findings if finding.verdict == "bad"] == []
    assert {"language model", "gazetteer", "lock", "warehouse", "catalog", "Prefect"} <= {f.check for f in findings}


@pytest.mark.parametrize("table", ["event_mentions", "events"])
def test_a_damaged_table_is_found_and_made_anew(root: Path, samples_warehouse: Path, table: str) -> None:
    """The doctor names the file; a rebuild computes it again, byte for byte."""
    damage(root, table)
    told = found(root, "warehouse")
    assert told.verdict == "bad"
    assert f"tables/{table}/" in told.found
    assert "dateline rebuild" in told.advice
    rebuild(root)
    assert found(root, "warehouse").verdict == "ok"
    assert rows(root) == rows(samples_warehouse)


def test_damaged_bytes_of_articles_are_told_and_read_again_from_their_files(
    root: Path, samples_warehouse: Path
) -> None:
    """What cannot be computed stops a rebuild; left out, its articles are new to the next run, and nothing is lost."""
    damage(root, "raw_documents")
    with pytest.raises(WarehouseDamagedError, match="leave them out"):
        rebuild(root)
    assert rebuild(root, "leave out").published
    assert not rows(root)["documents"]
    night(root, SAMPLES)
    assert rows(root) == rows(samples_warehouse)


def test_a_full_disk_stops_the_run_and_the_next_one_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No shard is tried in vain; the message says how much is free; once there is room, the same command completes."""
    source = tmp_path / "a.txt"
    source.write_text(
        "KABUL: Two soldiers were killed on Monday when a bomb exploded near their base.", encoding="utf-8"
    )

    def full(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFullError, match=r"MB are free.*run again"):
            night(tmp_path / "w", source)
    assert night(tmp_path / "w", source).published


def test_a_shard_that_fails_is_left_out_and_read_by_the_next_run(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trouble with the disk or network is tried again once; what fails all the same is told, and nothing is lost."""
    source = tmp_path / "a.txt"
    source.write_text("KABUL: Two soldiers were killed when a bomb exploded near their base.", encoding="utf-8")
    tries: list[str] = []

    def failing(*args: object) -> None:  # noqa: ARG001
        tries.append("extract")
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(shards, "extract", failing)
        patch.setattr(shards, "_PAUSE_S", 0.0)
        report = night(root, source)
    assert len(tries) == 2
    assert (report.state, [failure.stage for failure in report.failures]) == ("incomplete", ["extract"])
    before = len(rows(root)["documents"])
    assert night(root, source).rows["documents"] == 1
    assert len(rows(root)["documents"]) == before + 1


def test_another_model_is_refused_before_anything_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that is not the pinned one would make rows that no other installation makes."""
    monkeypatch.setattr(model, "MODEL_DIGEST", "0" * 16)
    with pytest.raises(model.ModelError, match="reinstall"):
        night(root, SAMPLES)
    assert found(root, "language model").verdict == "bad"
