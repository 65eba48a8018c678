"""What several test folders need: a warehouse made of the bundled samples, once a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.engine import threads
from flows.nightly import Night, read_night

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def samples_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a warehouse of the bundled sample articles."""
    root: Path = tmp_path_factory.mktemp("samples")
    with threads() as engine:
        read_night(Night(warehouse=str(root)), engine, lambda stage, rows: None)  # noqa: ARG005
    return root
