"""How fast articles are read, against bare spaCy with the same model on the same texts.

    python -m tests.bench.extract [ARTICLES.jsonl[.gz]] [--articles 120] [--workers 2]

Prints articles a second of bare `nlp.pipe` with the best settings (one thread, OpenBLAS, small batches), of bare
`nlp.pipe` as installed, and of our extract stage, all in one process and turn by turn, so that a machine that changes
its speed changes all alike; then our stage with worker processes; then memory. Without a file it reads the bundled
samples over and over.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pyarrow as pa
from thinc.api import NumpyOps, set_current_ops

from tasks.clean import clean_rows
from tasks.extract import extract_rows
from tasks.fetch import raw_row
from tasks.nlp.model import MODEL
from tasks.nlp.pipeline import load_pipeline
from tasks.rows import table_of
from tasks.sources.disk import read
from tasks.sources.limits import Limits
from tasks.workers import CHUNK, open_workers

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

_SAMPLES = Path(__file__).parents[2] / "seeds" / "samples"
_TURN = 20
"""Articles a turn."""


def documents(path: Path | None, count: int) -> pa.Table:
    """Return a documents table of `count` articles."""
    rows = [raw_row(record, 1) for record in read([path or _SAMPLES], Limits())]
    found = clean_rows(table_of("raw_documents", rows[: count * 2 if path else None]))["documents"]
    copies = -(-count // max(1, found.num_rows))
    return pa.concat_tables([found] * copies).slice(0, count)


def bare(ops: NumpyOps) -> Language:
    """Load the model alone."""
    set_current_ops(ops)
    return import_module(MODEL).load()  # type: ignore[no-any-return]


def pipe(nlp: Language, texts: list[str], batch_size: int | None) -> None:
    """Read texts with bare spaCy and drop the result."""
    for _ in nlp.pipe(texts, batch_size=batch_size):
        pass


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    table = documents(options.path, options.articles)
    installed, best, ours = bare(NumpyOps()), bare(NumpyOps(use_blis=False)), load_pipeline()
    extract_rows(table.slice(0, 3))
    totals = {"bare spaCy, best settings": 0.0, "bare spaCy, as installed": 0.0, "extract stage": 0.0}
    for start in range(0, table.num_rows, _TURN):
        part = table.slice(start, _TURN)
        texts = part["text"].to_pylist()
        totals["bare spaCy, best settings"] += seconds(partial(pipe, best, texts, 8))
        totals["bare spaCy, as installed"] += seconds(partial(pipe, installed, texts, None))
        totals["extract stage"] += seconds(partial(extract_rows, part))
    words = sum(len(text.split()) for text in table["text"].to_pylist())
    print(f"{table.num_rows} articles, {words} words, components {', '.join(ours.pipe_names)}")
    for name, total in totals.items():
        print(f"  {name:<28}{table.num_rows / total:8.2f} articles/s")
    best_ratio, installed_ratio = (totals[name] / totals["extract stage"] for name in list(totals)[:2])
    print(f"  ratio to best settings      {best_ratio:8.2f}   (0.70 asked)")
    print(f"  ratio to as installed       {installed_ratio:8.2f}   (1.20 asked)")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"  memory of this process      {memory:8.2f} GB, three pipelines")
    scale(table, options.workers)


def peak_memory(rows: pa.Table) -> dict[str, pa.Table]:
    """Return the most memory that this worker ever held, in kilobytes; called in the worker."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    held = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return {"memory": pa.table({"kilobytes": [held] * rows.num_rows})}


def scale(table: pa.Table, workers: int) -> None:
    """Print how much faster several workers are than one, their start not counted, and how much memory each takes."""
    taken, peak = {}, 0
    for count in (1, workers):
        with open_workers(count, lambda stage, rows: None) as pool:  # noqa: ARG005
            pool.map_rows("extract", extract_rows, table.slice(0, CHUNK * workers * 2))
            taken[count] = seconds(partial(pool.map_rows, "extract", extract_rows, table))
            memory = pool.map_rows("extract", peak_memory, table.slice(0, CHUNK * workers * 4))["memory"]
            peak = max(peak, *memory["kilobytes"].to_pylist())
    print(f"  {workers} workers against one       {taken[1] / taken[workers]:8.2f}   (1.70 asked)")
    print(f"  peak memory of a worker     {peak / 1e6:8.2f} GB   (1.50 at most)")


if __name__ == "__main__":
    main()
