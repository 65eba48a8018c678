"""Whether the built gazetteer is the one for today's packages, seeds and dump, and whole."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal

from seeds.gazetteer_cache import cache_folder, gazetteer_version

State = Literal["whole", "missing", "damaged"]


def check_gazetteer() -> tuple[State, str]:
    """Return the state of the built file and a line about it; reads the whole file and builds nothing.

    Raises:
        FileNotFoundError: `DATELINE_GEONAMES` names a folder without a dump.
    """
    version = gazetteer_version()
    path = next(cache_folder().glob(f"gazetteer-*{version}.sqlite"), None)
    if path is None:
        return "missing", f"version {version} is not built yet in {cache_folder()}"
    try:
        problem = _problem(path, version)
    except sqlite3.DatabaseError as error:
        problem = str(error)
    return ("damaged", f"{path}: {problem}") if problem else ("whole", f"{path.name}, version {version}")


def _problem(path: Path, version: str) -> str | None:
    """Return what is wrong with the file, or None."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute("SELECT version FROM build").fetchone()
        if found != version:
            return f"expected version {version}, found {found}"
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        return None if verdict == "ok" else str(verdict)
