"""A linear model over named features: plain weights in a table that a reader can check.

Belongs here: reading the table and adding weights up. Does not belong here: what the features are (the component that
asks), and how weights are found (`training/`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Classes, and the weight of each feature for each of them, in the order of the classes."""

    classes: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """Return the sum of the features' weights for each class; what has no weight counts nothing."""
        total = [0.0] * len(self.classes)
        for feature in features:
            if weights := self.weights.get(feature):
                for number, weight in enumerate(weights):
                    total[number] += weight
        return total


def probabilities(scores: Sequence[float]) -> list[float]:
    """Return the softmax of scores."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def read_model(path: Path, classes: tuple[str, ...]) -> LinearModel:
    """Return the model of a table `feature, <class>, ...`; ValueError where the table is wrong."""
    weights = {}
    for row in read_tsv(path, ("feature", *classes)):
        try:
            weights[row.required("feature")] = tuple(float(row.cells[name] or 0) for name in classes)
        except ValueError as error:
            raise row.error("a number or an empty cell for each class", str(error)) from error
    return LinearModel(classes, weights)
