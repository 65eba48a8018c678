"""The house stays as the design draws it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("flows", "tasks", "schemas", "seeds", "warehouse")
MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def test_top_level_holds_no_other_package() -> None:
    """A reader finds every package in the design's list."""
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found == {*PACKAGES, "tests"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_is_short_and_says_what_it_is(path: Path) -> None:
    """Files stay within 300 lines, functions within 50, and each module has a docstring."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), f"{path} has no docstring"
    assert len(text.splitlines()) <= 300, f"{path} has {len(text.splitlines())} lines"
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    too_long = [node.name for node in functions if node.end_lineno and node.end_lineno - node.lineno >= 50]
    assert not too_long, f"{path}: functions over 50 lines: {too_long}"


def test_every_package_is_installed() -> None:
    """A package that pyproject.toml forgets would be missing from an installation."""
    listed = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packages = {
        path.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for p in PACKAGES
        for path in (ROOT / p).rglob("__init__.py")
    }
    assert all(f'"{name}"' in listed for name in packages)
