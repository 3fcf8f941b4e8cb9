"""The order of comparisons: that in which `find_coverage` and `track_targets` give them, whenever a row was stored."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from pipeline.compare.measures import plain_cells
from pipeline.compare.papers import place_order, read_filings
from pipeline.reference import outline
from pipeline.tables import Export

OUTLINE = "outline"


def order_coverage(table: pd.DataFrame, export: Export) -> pd.DataFrame:
    """Return coverage by reference, the outline first, then by document as *export* has them, then by task.

    Args:
        table: the columns COVERAGE.
        export: with the documents, and of the plans among the references the sections in reading order; of other
            records nothing is read.
    """
    documents, last = _places(export.documents["doc_id"]), len(export.documents)
    keys: list[tuple[Any, Any]] = [(OUTLINE, item.id) for item in outline().items]
    keys += zip(export.sections["doc_id"].tolist(), export.sections["section_id"].tolist(), strict=True)
    items, after = _places(keys), len(keys)
    names = ("reference", "doc_id", "item")
    order = [
        (reference != OUTLINE, reference, documents.get(doc_id, last), items.get((reference, item), after))
        for reference, doc_id, item in zip(*(table[name].tolist() for name in names), strict=True)
    ]
    return _sorted(table, order)


def order_tracking(table: pd.DataFrame, export: Export) -> pd.DataFrame:
    """Return tracking with the targets first, by plan, place in it and report, then the results that nobody asked for.

    Args:
        table: the columns TRACKING.
        export: with the documents, whose texts are not read, and the commitments in reading order.
    """
    filings: dict[str | None, tuple[Any, ...]] = {None: ()}
    filings |= {doc_id: place_order(one) for doc_id, one in read_filings(export).items()}
    values = _places(export.commitments["commitment_id"])
    names = ("target", "result", "plan", "report")
    order = [
        (1, filings[report], values.get(result, 0), ())
        if target is None
        else (0, filings[plan], values.get(target, 0), filings[report])
        for target, result, plan, report in zip(*(plain_cells(table[name]) for name in names), strict=True)
    ]
    return _sorted(table, order)


def _places(things: Iterable[Any]) -> dict[Any, int]:
    return {one: place for place, one in enumerate(things)}


def _sorted(table: pd.DataFrame, keys: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    return table.iloc[sorted(range(len(keys)), key=keys.__getitem__)].reset_index(drop=True)
