"""Softmax regression over named features, with partly labelled examples.

An example says which classes are allowed: exactly one where its label is known, several where only some are ruled out.
The log-likelihood of the allowed classes, less an L2 penalty, is maximised by Adam on all examples at once (Kingma and
Ba 2015), so the same examples always give the same weights.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tasks.nlp.linear import LinearModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_RATE, _BETA_1, _BETA_2, _EPSILON = 0.1, 0.9, 0.99, 1e-8


@dataclass(frozen=True, slots=True)
class Example:
    """The features of one candidate and the classes that it may have; `weight` is how much it counts."""

    features: tuple[str, ...]
    allowed: frozenset[str]
    weight: float = 1.0


def fit(
    examples: Sequence[Example], classes: tuple[str, ...], *, l2: float = 1.0, steps: int = 250, seen: int = 3
) -> LinearModel:
    """Return the model that makes the allowed classes most likely.

    Args:
        examples: at least one.
        classes: all classes.
        l2: weight of the penalty: half the sum of squared weights.
        steps: of the optimiser.
        seen: features of fewer examples are left out.
    """
    counts = Counter(feature for example in examples for feature in set(example.features))
    index = {feature: number for number, feature in enumerate(sorted(f for f, n in counts.items() if n >= seen))}
    rows, columns = _matrix(examples, index)
    allowed = np.array([[name in example.allowed for name in classes] for example in examples], dtype=np.float64)
    importance = np.array([[example.weight] for example in examples])
    weights = _ascend(
        lambda found: _likelihood_gradient(found, rows, columns, allowed, importance),
        (len(index), len(classes)),
        l2,
        steps,
    )
    return LinearModel(classes, {feature: tuple(map(float, weights[number])) for feature, number in index.items()})


@dataclass(frozen=True, slots=True)
class Choice:
    """The features of each option of one choice, and the numbers of the right ones; `weight` is how much it counts."""

    options: tuple[tuple[str, ...], ...]
    right: frozenset[int]
    weight: float = 1.0


def fit_choices(choices: Sequence[Choice], *, l2: float = 1.0, steps: int = 250, seen: int = 3) -> LinearModel:
    """Return the model, of one class `weight`, that makes the right options most likely (McFadden 1974).

    Args:
        choices: at least one.
        l2: weight of the penalty: half the sum of squared weights.
        steps: of the optimiser.
        seen: features of fewer choices are left out.
    """
    counts = Counter(feature for choice in choices for feature in {f for option in choice.options for f in option})
    index = {feature: number for number, feature in enumerate(sorted(f for f, n in counts.items() if n >= seen))}
    options = [Example(option, frozenset()) for choice in choices for option in choice.options]
    rows, columns = _matrix(options, index)
    owner = np.repeat(np.arange(len(choices)), [len(choice.options) for choice in choices])
    right = np.array([float(n in choice.right) for choice in choices for n in range(len(choice.options))])
    importance = np.array([choice.weight for choice in choices])[owner]

    def gradient(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        scores = np.bincount(rows, weights=weights[columns, 0], minlength=len(right))
        tops = np.full(len(choices), -np.inf)
        np.maximum.at(tops, owner, scores)
        powers = np.exp(scores - tops[owner])
        model = powers / np.bincount(owner, weights=powers)[owner]
        wanted = model * right
        wanted /= np.maximum(np.bincount(owner, weights=wanted)[owner], _EPSILON)
        return _sums(columns, (importance * (wanted - model))[rows, None], len(weights))

    weights = _ascend(gradient, (len(index), 1), l2, steps)
    return LinearModel(("weight",), {feature: (float(weights[number, 0]),) for feature, number in index.items()})


def _ascend(
    likelihood_gradient: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    shape: tuple[int, int],
    l2: float,
    steps: int,
) -> NDArray[np.float64]:
    """Return the weights at which Adam arrives from zero; the rate falls to nothing over the last quarter."""
    weights = np.zeros(shape)
    first, second = np.zeros(shape), np.zeros(shape)
    for step in range(1, steps + 1):
        gradient = l2 * weights - likelihood_gradient(weights)
        first = _BETA_1 * first + (1 - _BETA_1) * gradient
        second = _BETA_2 * second + (1 - _BETA_2) * gradient**2
        moved = (first / (1 - _BETA_1**step)) / (np.sqrt(second / (1 - _BETA_2**step)) + _EPSILON)
        weights -= _RATE * min(1.0, 4 * (1 - step / (steps + 1))) * moved
    return weights


def _matrix(examples: Sequence[Example], index: dict[str, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the known features of all examples as pairs (example, feature)."""
    pairs = [
        (number, index[feature])
        for number, example in enumerate(examples)
        for feature in dict.fromkeys(example.features)
        if feature in index
    ]
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def _likelihood_gradient(
    weights: NDArray[np.float64],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    allowed: NDArray[np.float64],
    importance: NDArray[np.float64],
) -> NDArray[np.float64]:
    classes = weights.shape[1]
    scores = _sums(rows, weights[columns], len(allowed))
    scores -= scores.max(axis=1, keepdims=True)
    model = np.exp(scores)
    model /= model.sum(axis=1, keepdims=True)
    wanted = model * allowed
    wanted /= wanted.sum(axis=1, keepdims=True)
    difference = importance * (wanted - model)
    return _sums(columns, difference[rows], len(weights)).reshape(-1, classes)


def _sums(groups: NDArray[np.int64], values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Return the sums of the values of each group, column by column."""
    sums = [np.bincount(groups, weights=values[:, column], minlength=size) for column in range(values.shape[1])]
    return np.stack(sums, axis=1)
