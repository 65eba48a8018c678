"""The network that is trained: all-MiniLM-L6-v2, a feature of casing, and heads; and its loss on labelled sentences."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from transformers import BertModel

from schemas.vocabulary import EVENT_TYPES, MODALITIES
from tasks.nlp.encoder import CASINGS, ROLE_SIZE, ROLES, TAGS, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

    from tasks.nlp.training.encoder_examples import Sentence

_WIDE = (len(ROLES) - 1) * ROLE_SIZE
_SIZES = [len(TAGS), len(EVENT_TYPES), len(MODALITIES), _WIDE, _WIDE]
_RARE = -6.0
"""Log-odds of each event type for any word before training."""
_MODALITY, _ROLES = 0.5, 0.7
"""What these heads count in the loss, beside 1 for tags and types."""
_MOST_PAIRS = 3.0
"""Pairs of a sentence count no more than so many."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the pieces of its words (see `tasks.nlp.encoder.pieces`)."""

    sentence: Sentence
    ids: list[int]
    firsts: list[int]
    casings: list[int]


class Network(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """Word pieces, their casings and mask (each sentences x pieces) to the outputs of all heads side by side."""

    def __init__(self, folder: Path) -> None:
        """Load the pretrained encoder of a folder; the new parts are random, so seed torch before."""
        super().__init__()
        self.bert = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        size = self.bert.config.hidden_size
        self.casing = nn.Embedding(len(CASINGS), size)
        nn.init.zeros_(self.casing.weight)
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(size, len(TAGS))
        self.types = nn.Linear(size, len(EVENT_TYPES))
        self.modality = nn.Linear(size, len(MODALITIES))
        self.trigger, self.argument = nn.Linear(size, _WIDE), nn.Linear(size, _WIDE)
        nn.init.constant_(self.types.bias, _RARE)
        self.bert.embeddings.word_embeddings.weight.requires_grad = False

    def forward(self, ids: Tensor, casings: Tensor, mask: Tensor) -> Tensor:
        """Return the outputs, sentences x pieces x sum of the heads' sizes."""
        embedded = self.bert.embeddings.word_embeddings(ids) + self.casing(casings)
        hidden = self.drop(self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state)
        heads = (self.tags, self.types, self.modality, self.trigger, self.argument)
        return torch.cat([head(hidden) for head in heads], -1)


def example(sentence: Sentence, tokenizer: Tokenizer) -> Example:
    """Return a sentence with its pieces."""
    return Example(sentence, *pieces(tokenizer, sentence.words))


def loss(network: Network, batch: Sequence[Example]) -> Tensor:
    """Return the mean loss of sentences: what is unknown of them counts nothing."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = network(*_tensors(batch)).float()
    return torch.stack([_loss(item, output[item.firsts]) for item, output in zip(batch, outputs, strict=True)]).mean()


def _tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    width = max(len(item.ids) for item in batch)
    ids, casings, mask = (torch.zeros(len(batch), width, dtype=torch.long) for _ in range(3))
    for row, item in enumerate(batch):
        size = len(item.ids)
        ids[row, :size], casings[row, :size], mask[row, :size] = torch.tensor(item.ids), torch.tensor(item.casings), 1
    return ids, casings, mask


def _loss(item: Example, words: Tensor) -> Tensor:
    tags, types, modality, trigger, argument = torch.split(words, _SIZES, dim=-1)
    known, total = item.sentence, torch.zeros(())
    if known.tags is not None:
        total = total + nn.functional.cross_entropy(tags, torch.tensor(known.tags))
    if known.bags:
        total = total + _bags_loss(known, nn.functional.softplus(types))
    if known.modalities:
        at, kinds, weights = zip(*known.modalities, strict=True)
        each = nn.functional.cross_entropy(modality[list(at)], torch.tensor(kinds), reduction="none")
        total = total + _MODALITY * (each * torch.tensor(weights)).mean()
    if known.pairs:
        one, other, roles, weights = zip(*known.pairs, strict=True)
        scores = _role_scores(trigger[list(one)], argument[list(other)])
        each = nn.functional.cross_entropy(scores, torch.tensor(roles), reduction="none")
        share = min(_MOST_PAIRS, sum(weights)) / max(1.0, sum(weights))
        total = total + _ROLES * share * (each * torch.tensor(weights)).sum()
    return total


def _bags_loss(known: Sentence, mass: Tensor) -> Tensor:
    """Return the loss of bags: -log of the probability that a noisy-or of words and types is, or is not, true.

    `mass` holds -log(1 - p) for each word and type, so that the sum over a bag is -log of none being true.
    """
    found = []
    for words, types, weight, present in known.bags:
        none = mass[words][:, types].sum()
        found.append(weight * (-torch.log1p(-torch.exp(-none.clamp(min=1e-6))) if present else none))
    return torch.stack(found).sum()


def _role_scores(trigger: Tensor, argument: Tensor) -> Tensor:
    """Return the scores of roles of pairs, 0 for `none`: pairs x roles."""
    shape = (*trigger.shape[:-1], len(ROLES) - 1, ROLE_SIZE)
    scores = (trigger.reshape(shape) * argument.reshape(shape)).sum(-1) / math.sqrt(ROLE_SIZE)
    return torch.cat([torch.zeros_like(scores[..., :1]), scores], -1)
