"""Print how long gaps against the outline and against a plan take, and how much memory, on copies of the bundled corpus.

Each document of corpora/demo is taken many times over under new ids, 500 in all; time is that of one core, by the
clock and as used, memory the peak of the process.
"""

import os
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from pipeline.analyze import analyze_paths
from pipeline.compare.coverage import find_coverage
from pipeline.tables import Export, read_export

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpora" / "demo"
PLAN = "lanling-plan-2024.html"
DOCUMENTS = 500


def many(export: Export, count: int) -> Export:
    """Return *count* documents: those of an export over and over, under new ids; the plan only once."""
    plan = export.documents.loc[export.documents["name"] == PLAN, "doc_id"].item()
    others = [doc_id for doc_id in export.documents["doc_id"] if doc_id != plan]
    ids = [(doc_id, f"{doc_id}-{turn}") for turn in range(count // len(others) + 1) for doc_id in others][: count - 1]

    def copies(table: pd.DataFrame) -> pd.DataFrame:
        groups = dict(tuple(table.groupby("doc_id", sort=False)))
        parts = [groups[doc_id].assign(doc_id=new) for doc_id, new in ids if doc_id in groups]
        return pd.concat([groups[plan], *parts], ignore_index=True)

    return Export(copies(export.documents), copies(export.sections), own_ids(copies(export.commitments)))


def own_ids(commitments: pd.DataFrame) -> pd.DataFrame:
    """Give the commitments of a copy ids of their own."""
    turns = commitments["doc_id"].str.partition("-")[2]
    return commitments.assign(commitment_id=commitments["commitment_id"] + turns)


def main() -> None:
    """Measure on one core, and print."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        measure()
    finally:
        os.sched_setaffinity(0, cores)


def measure() -> None:
    """Print a line a reference."""
    with TemporaryDirectory() as folder:
        analyze_paths(sorted(path for path in CORPUS.iterdir() if path.suffix in (".html", ".txt")), Path(folder))
        export = many(read_export(Path(folder)), DOCUMENTS)
    find_coverage(export, documents=export.documents["doc_id"].head(1).tolist())  # the models are read
    for reference in ("outline", PLAN):
        start, used = time.perf_counter(), time.process_time()
        table = find_coverage(export, reference)
        seconds, used = time.perf_counter() - start, time.process_time() - used
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{reference}: {len(table)} judgements of {DOCUMENTS} documents in {seconds:.1f} s"
            f" ({used:.1f} s of the core), {peak:.0f} MB at most",
            flush=True,
        )


if __name__ == "__main__":
    main()
