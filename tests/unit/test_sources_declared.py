"""Declared sources: five lines add one, and whoever errs is told the line and what may stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from seeds.sources import DECLARATIONS, KINDS, DeclarationError, find_sources, read_sources

if TYPE_CHECKING:
    from pathlib import Path


def declared(folder: Path, text: str) -> Path:
    """Write a file of declarations."""
    path = folder / "mine.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_five_lines_declare_a_source(tmp_path: Path) -> None:
    """What is not said has its default; paths are relative to the file."""
    text = "- id: paper\n  kind: feed\n  url: https://example.org/rss\n  language: en\n  delay: 2.5\n"
    more = "- id: box\n  kind: files\n  paths: [in, /abs]\n"
    paper, box = read_sources(declared(tmp_path, text + more))
    assert (paper.urls, paper.language, paper.delay, paper.budget) == (("https://example.org/rss",), "en", 2.5, 500)
    assert [str(path) for path in box.paths] == [str(tmp_path / "in"), "/abs"]
    assert paper.is_web
    assert not box.is_web


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- id: a\n  kind: fed\n  url: https://a.org\n", 2, ", ".join(KINDS)),
        ("- id: a\n  kind: feed\n  url: https://a.org\n  budgt: 3\n", 4, "budget"),
        ("- id: a\n  kind: feed\n  url: file:///etc/passwd\n", 3, "http"),
        ("- id: ../../x\n  kind: feed\n  url: https://a.org\n", 1, "lower-case letters"),
        ("- id: a\n  kind: feed\n  url: https://a.org\n  budget: many\n", 4, "a whole number from 1 to 1000000"),
        ("- id: a\n  kind: feed\n  url: https://a.org\n  delay: -1\n", 4, "from 0.0 to 3600.0"),
        ("- id: a\n  kind: warc\n  url: https://a.org\n", 3, "path, paths"),
        ("- id: a\n  kind: feed\n", 1, "url, urls"),
        ("- kind: feed\n  url: https://a.org\n", 1, "id and kind"),
        ("- id: a\n  id: b\n", 2, "each key once"),
        ("- [1]: 2\n", 1, "each key once"),
        (
            "- id: a\n  kind: feed\n  url: https://a.org\n- id: a\n  kind: feed\n  url: https://b.org\n",
            4,
            "no source above",
        ),
        ("id: a\n", 1, "a list of sources"),
        ("- id: a\n kind: feed\n", 2, "YAML"),
    ],
)
def test_errors_name_the_line_and_what_may_stand_there(tmp_path: Path, text: str, line: int, said: str) -> None:
    """A user can mend the file without reading any code."""
    with pytest.raises(DeclarationError) as error:
        read_sources(declared(tmp_path, text))
    assert f"mine.yml, line {line}: expected" in str(error.value)
    assert said in str(error.value)


def test_names_stand_for_the_sources_that_come_along(tmp_path: Path) -> None:
    """A file means all in it, a word one of the project's own; what neither is is told."""
    own = read_sources(DECLARATIONS)
    assert find_sources([own[0].id]) == (own[0],)
    assert find_sources([str(DECLARATIONS), own[0].id]) == own
    with pytest.raises(DeclarationError, match=own[0].id):
        find_sources(["no-such-source"])
    with pytest.raises(DeclarationError, match="cannot read"):
        find_sources([str(tmp_path / "missing.yml")])
