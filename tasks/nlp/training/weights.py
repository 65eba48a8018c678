"""How weights are written: rounded, without those that change nothing, in order of the alphabet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tasks.nlp.linear import LinearModel

_SMALLEST = 0.02


def write_weights(path: Path, model: LinearModel, what: str, sources: Sequence[str]) -> None:
    """Write a model as the table that `tasks.nlp.linear.read_model` reads."""
    lines = [
        f"# {what}: the weight of each feature for each class. Found by training on {', '.join(sources)}.",
        "\t".join(("feature", *model.classes)),
    ]
    for feature, weights in sorted(model.weights.items()):
        if max(map(abs, weights)) >= _SMALLEST:
            lines.append("\t".join((feature, *(f"{weight:.2f}" for weight in weights))))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
