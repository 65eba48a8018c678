"""How weights are found and read: what is told apart, what is left open, and what a damaged table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tasks.nlp.linear import probabilities, read_model
from tasks.nlp.training.gold import read_gold
from tasks.nlp.training.linear import Choice, Example, fit, fit_choices
from tasks.nlp.training.weights import write_weights

if TYPE_CHECKING:
    from pathlib import Path

CLASSES = ("person", "place")


def examples() -> list[Example]:
    """Return twenty names with a title and twenty after a preposition."""
    return [Example(("title", "always"), frozenset({"person"}))] * 20 + [
        Example(("prev=in", "always"), frozenset({"place"}))
    ] * 20


def test_evidence_gets_its_weight() -> None:
    """What tells classes apart in the examples does so afterwards."""
    model = fit(examples(), CLASSES)
    assert model.scores(["title"])[0] > model.scores(["title"])[1]
    assert model.scores(["prev=in"])[1] > model.scores(["prev=in"])[0]


def test_open_labels_say_nothing() -> None:
    """An example that may be anything moves no weight."""
    undecided = [Example(("rare",), frozenset(CLASSES))] * 10
    model = fit([*examples(), *undecided], CLASSES)
    assert model.weights["rare"] == pytest.approx((0.0, 0.0), abs=1e-6)


def test_choice_follows_the_right_options() -> None:
    """Among options, the one like those that were right before gets most of the probability."""
    choices = [Choice((("small",), ("large",), ("none",)), frozenset({1}))] * 10
    model = fit_choices(choices)
    shares = probabilities([model.scores([name])[0] for name in ("small", "large", "none")])
    assert shares.index(max(shares)) == 1
    assert sum(shares) == pytest.approx(1.0)


def test_training_twice_gives_the_same_table(tmp_path: Path) -> None:
    """Weights are reproducible to the byte, and read back as they were written."""
    for name in ("a", "b"):
        write_weights(tmp_path / name, fit(examples(), CLASSES), "Test", ["own"])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    model = read_model(tmp_path / "a", CLASSES)
    assert model.scores(["title"]) == pytest.approx(fit(examples(), CLASSES).scores(["title"]), abs=0.01)


def test_damaged_weights_name_their_line(tmp_path: Path) -> None:
    """A weight that is no number stops the run with file and line."""
    path = tmp_path / "weights.tsv"
    path.write_text("feature\tperson\tplace\ntitle\t1.0\tmuch\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"weights\.tsv.*2"):
        read_model(path, CLASSES)


def test_gold_without_text_names_its_line(tmp_path: Path) -> None:
    """A labelled file of another shape is refused by file and line."""
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "A.", "gold": {"entities": []}}\n{"gold": {"toponyms": []}}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold\.jsonl, line 2"):
        list(read_gold(path))
