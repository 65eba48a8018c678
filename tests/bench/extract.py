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
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from thinc.api import NumpyOps, set_current_ops  # noqa: E402

from tasks.extract import extract_rows  # noqa: E402
from tasks.fetch import raw_row  # noqa: E402
from tasks.clean import clean_rows  # noqa: E402
from tasks.nlp.model import MODEL  # noqa: E402
from tasks.nlp.pipeline import load_pipeline  # noqa: E402
from tasks.rows import table_of  # noqa: E402
from tasks.sources.disk import read  # noqa: E402
from tasks.sources.limits import Limits  # noqa: E402
from tasks.workers import open_workers  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa
    from spacy.language import Language

_SAMPLES = Path(__file__).parents[2] / "seeds" / "samples"
_TURN = 20
"""Articles a turn."""


def documents(path: Path | None, count: int) -> pa.Table:
    """Return a documents table of `count` articles."""
    rows = [raw_row(record, 1) for record in read([path or _SAMPLES], Limits())]
    found = clean_rows(table_of("raw_documents", rows[: count * 2 if path else None]))["documents"]
    copies = -(-count // max(1, found.num_rows))
    import pyarrow as pa  # noqa: PLC0415

    return pa.concat_tables([found] * copies).slice(0, count)


def bare(ops: NumpyOps) -> Language:
    """Load the model alone."""
    from importlib import import_module  # noqa: PLC0415

    set_current_ops(ops)
    return import_module(MODEL).load()  # type: ignore[no-any-return]


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
        turns: dict[str, Callable[[], object]] = {
            "bare spaCy, best settings": lambda: list(best.pipe(texts, batch_size=8)),
            "bare spaCy, as installed": lambda: list(installed.pipe(texts)),
            "extract stage": lambda: extract_rows(part),
        }
        for name, work in turns.items():
            totals[name] += seconds(work)
    words = sum(len(text.split()) for text in table["text"].to_pylist())
    print(f"{table.num_rows} articles, {words} words, components {', '.join(ours.pipe_names)}")
    for name, total in totals.items():
        print(f"  {name:<28}{table.num_rows / total:8.2f} articles/s")
    print(
        f"  ratio to best settings      {totals['bare spaCy, best settings'] / totals['extract stage']:8.2f}   (0.70 asked)"
    )
    print(
        f"  ratio to as installed       {totals['bare spaCy, as installed'] / totals['extract stage']:8.2f}   (1.20 asked)"
    )
    print(
        f"  memory of this process      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:8.2f} GB, three pipelines"
    )
    scale(table, options.workers)


def scale(table: pa.Table, workers: int) -> None:
    """Print how much faster several workers are than one, their start not counted, and how much memory each takes."""
    taken = {}
    for count in (1, workers):
        with open_workers(count, lambda stage, rows: None) as pool:  # noqa: ARG005
            pool.map_rows("extract", extract_rows, table.slice(0, 2 * 40))
            taken[count] = seconds(lambda: pool.map_rows("extract", extract_rows, table))  # noqa: B023
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(f"  {workers} workers against one       {taken[1] / taken[workers]:8.2f}   (1.70 asked)")
    print(f"  peak memory of a worker     {peak:8.2f} GB   (1.50 at most)")


if __name__ == "__main__":
    main()
