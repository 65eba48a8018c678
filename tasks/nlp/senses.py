"""Whether the words around say that an ambiguous trigger is meant in another sense: sports, business, medicine."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import load_senses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc, Token

_ARTICLE_SHARE = 0.25
"""What a cue elsewhere in the article counts for, against one in the sentence itself."""
_ENOUGH = 3.0
"""Weight of cues at which the other sense is as good as certain."""


@cache
def _cues() -> Mapping[str, tuple[str, float]]:
    return {cue.lemma: (cue.domain, cue.weight) for cue in load_senses()}


def sense_factor(doc: Doc, trigger: Token) -> float:
    """Return a factor 0..1 on the confidence of a trigger: 1 where no other domain shows, 0 where one is certain."""
    sentence = _weights(trigger.sent)
    if "senses" not in doc.user_data:
        doc.user_data["senses"] = _weights(doc)
    article: dict[str, float] = doc.user_data["senses"]
    weight = max(
        (
            sentence.get(domain, 0.0) + _ARTICLE_SHARE * (total - sentence.get(domain, 0.0))
            for domain, total in article.items()
        ),
        default=0.0,
    )
    return max(0.0, 1.0 - weight / _ENOUGH)


def _weights(tokens: object) -> dict[str, float]:
    found: dict[str, dict[str, float]] = {}
    for token in tokens:  # type: ignore[attr-defined]
        if cue := _cues().get(token.lemma_):
            found.setdefault(cue[0], {})[token.lemma_] = cue[1]
    return {domain: sum(cues.values()) for domain, cues in found.items()}
