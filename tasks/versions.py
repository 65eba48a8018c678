"""What a result depends on besides its input: the versions of code, model and reference data.

A stage's result is found again by a key made of its input and these versions, so a change of either makes it anew.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from seeds.gazetteer_cache import gazetteer_version
from tasks.nlp.encoder import encoder_version
from tasks.nlp.model import model_version

_ROOT = Path(__file__).parents[1]
_FETCH_AND_CLEAN = ("schemas", "tasks/sources", "tasks/text", "tasks/clean.py", "tasks/guard.py", "tasks/rows.py")
_EXTRACT = ("schemas", "seeds", "tasks/nlp", "tasks/resolve/keys.py", "tasks/extract.py", "tasks/rows.py")
_LOAD = ("schemas", "seeds", "tasks/resolve", "tasks/load.py", "warehouse/views")
_TEXT_LIBRARIES = ("trafilatura", "htmldate", "py3langid", "resiliparse", "rensa", "lxml")
_LANGUAGE_LIBRARIES = ("spacy", "thinc", "numpy", "text2num", "onnxruntime", "tokenizers")
_DATA = (".tsv", ".json")


def digest(*parts: str) -> str:
    """Return 40 hexadecimal digits that stand for these parts, in this order."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


@cache
def code_version() -> str:
    """Return the digest of the code that reads articles, and of the libraries that it calls."""
    return digest(clean_version(), _files(_EXTRACT, (".py",)), _libraries(_LANGUAGE_LIBRARIES))


@cache
def seeds_version() -> str:
    """Return the digest of the reference data, the packages or the GeoNames dump that it comes from included."""
    return digest(_files(("seeds",), _DATA), gazetteer_version())


@cache
def clean_version() -> str:
    """Return the digest of everything that the clean stage depends on besides its input."""
    return digest(_files(_FETCH_AND_CLEAN, (".py",)), _libraries(_TEXT_LIBRARIES))


@cache
def extract_version() -> str:
    """Return the digest of everything that the extract stage depends on besides its input."""
    return digest(code_version(), model_version(), encoder_version(), seeds_version())


@cache
def load_version() -> str:
    """Return the digest of everything that the load stage depends on besides its input."""
    return digest(_files(_LOAD, (".py", ".sql", ".tsv")), _libraries(("duckdb",)))


def _libraries(names: tuple[str, ...]) -> str:
    return ",".join(f"{name}={version(name)}" for name in names)


def _files(places: tuple[str, ...], suffixes: tuple[str, ...]) -> str:
    found = hashlib.sha256()
    for place in places:
        path = _ROOT / place
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.suffix in suffixes:
                found.update(file.relative_to(_ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()
