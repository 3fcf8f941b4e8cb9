"""Which tasks of a reference each document covers: the 35 items of the national outline, or the tasks of a plan.

Source: codebook, Coverage. A document is judged by itself: what else is in the export, and in what order, changes
nothing about it.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from pipeline.classify.items import TELLING, item_ids
from pipeline.classify.model import Model, shipped
from pipeline.compare.columns import COVERAGE
from pipeline.compare.coverage_tasks import judge_tasks
from pipeline.compare.evidence import Evidence, weigh
from pipeline.compare.judgement import Coverer, Judged, judge, load_model
from pipeline.compare.passages import Paper, Piece, read_papers
from pipeline.compare.substance import words_for
from pipeline.compare.tasks import find_document
from pipeline.compare.unknown import why_unknown
from pipeline.errors import NotFoundError
from pipeline.records import Coverage, Passage
from pipeline.reference import indicators
from pipeline.tables import Export

OUTLINE = "outline"
NEAREST = 3  # passages shown for what is missing
EVEN = 0.0  # log odds of a piece that speaks to an item as likely as not
WORDS = 6  # cue words named as reasons
DIGITS = 4


def find_coverage(
    export: Export,
    reference: str = OUTLINE,
    *,
    documents: Collection[str] | None = None,
    labels: Model | None = None,
    model: Coverer | None = None,
) -> pd.DataFrame:
    """Return a row for each task of the reference and each document, in the order of the documents, then of the tasks.

    Args:
        export: the documents.
        reference: "outline", or a plan of the export: its doc_id, name or title. A plan is not held against itself,
            and of its tasks those are left out that only say how to carry it out (组织实施), which
            `tasks.find_tasks` gives too.
        documents: doc_ids to look at; all where None.
        labels: a headings model in place of the shipped one.
        model: a coverage model in place of the shipped one.

    Returns:
        The columns COVERAGE. `unknown` is what an unreadable or empty document has for every task; evidence is one
        whole sentence or more.

    Raises:
        NotFoundError: the export has no such plan or document, or no model is there.
        InputError: the plan has no tasks.
    """
    with threadpool_limits(1, user_api="blas"):  # for such small matrices more threads only cost
        return to_frame(one for one, _ in _judge_all(export, reference, documents, labels, model))


def find_doubtful(
    export: Export, reference: str = OUTLINE, *, documents: Collection[str] | None = None
) -> pd.DataFrame:
    """Return the judgements of `find_coverage` with a column `doubt`, the most doubtful first, unknown ones left out.

    The doubt is 0 where one state is certain and 1 where the best two are as likely as each other.
    """
    pairs = [pair for pair in _judge_all(export, reference, documents, None, None) if pair[0].status != "unknown"]
    table = to_frame(one for one, _ in pairs)
    table["doubt"] = [round(doubt, DIGITS) for _, doubt in pairs]
    return table.sort_values("doubt", ascending=False, kind="stable", ignore_index=True)


def _judge_all(
    export: Export, reference: str, documents: Collection[str] | None, labels: Model | None, model: Coverer | None
) -> Iterator[tuple[Coverage, float]]:
    """Yield each judgement with its doubt."""
    known = set(export.documents["doc_id"])
    if documents is not None and (unknown := sorted(set(documents) - known)):
        raise NotFoundError(f"expected documents of the export, got {', '.join(unknown)}")
    if reference != OUTLINE:
        plan = find_document(export, reference)
        yield from judge_tasks(export, plan, (known if documents is None else set(documents)) - {plan})
        return
    labels, model = labels or shipped(), model or load_model()
    for paper in read_papers(export, documents):
        yield from _judge_items(paper, labels, model)


def _judge_items(paper: Paper, labels: Model, model: Coverer) -> Iterator[tuple[Coverage, float]]:
    doc_id = paper.document.doc_id
    if (why := why_unknown(paper)) is not None:
        for item in item_ids():
            yield Coverage(OUTLINE, item, doc_id, "unknown", 0.0, why=(why,)), 1.0
        return
    evidence = weigh(paper, labels)
    judged = judge(model, paper.document, evidence)
    for place, item in enumerate(item_ids()):
        status = judged.states[place]
        score = round(float(1 - judged.chances[place, 0]), DIGITS)
        if status == "missing":
            nearest = tuple(_nearest(paper, judged, place))
            yield Coverage(OUTLINE, item, doc_id, status, score, nearest=nearest), judged.doubt(place)
            continue
        odds = judged.covers if status == "covered" else judged.speaks
        best = _best(paper, odds[:, place])
        piece = paper.pieces[best]
        why_found = tuple(_reasons(paper, evidence, labels, place, best))
        span = (piece.sentence_start, piece.sentence_end)
        yield Coverage(OUTLINE, item, doc_id, status, score, *span, why=why_found), judged.doubt(place)


def _best(paper: Paper, odds: NDArray[np.float64]) -> int:
    """Return the place of the piece to show: the surest, but no title where a piece that is no title is likely too."""
    is_title = np.array([piece.is_title for piece in paper.pieces], np.bool_)
    texts = np.where(is_title, -np.inf, np.round(odds, 9))
    return int((texts if texts.max() >= EVEN else np.round(odds, 9)).argmax())


def _nearest(paper: Paper, judged: Judged, place: int) -> Iterator[Passage]:
    """Yield the sentences that speak to an item most, the first the most."""
    odds = np.round(judged.speaks[:, place], 9)
    seen: set[int] = set()
    for row in np.argsort(-odds, kind="stable"):
        piece = paper.pieces[row]
        if piece.sentence_start in seen:
            continue
        seen.add(piece.sentence_start)
        score = round(float(1 / (1 + np.exp(-odds[row]))), DIGITS)
        yield Passage(piece.sentence_start, piece.sentence_end, score, section_of(paper, piece))
        if len(seen) == NEAREST:
            return


def section_of(paper: Paper, piece: Piece) -> str:
    """Return the id of the innermost section of a piece, "" where it stands in none."""
    return paper.sections[piece.section].section_id if piece.section >= 0 else ""


def _reasons(paper: Paper, evidence: Evidence, labels: Model, place: int, best: int) -> Iterator[str]:
    """Yield the words that decided: cue words, indicators of the values, the paragraph of the training texts."""
    piece = paper.pieces[best]
    if words := words_for(place, evidence.heard.words[best], evidence.titles[best])[:WORDS]:
        yield f"线索词：{'、'.join(words)}"
    names = _indicators_of(item_ids()[place])
    told = dict.fromkeys(
        names[name]
        for row in paper.commitments
        if piece.start <= row["value_start"] < piece.end
        for name in row["indicators"]
        if name in names
    )
    if told:
        yield f"指标：{'、'.join(told)}"
    for near, like in zip(evidence.nearest[best], evidence.likeness[best], strict=True):
        if labels.passages.items[near, place] and like >= TELLING:
            yield f"近似：{labels.passages.names[near]}"
            return


@cache
def _indicators_of(item: str) -> dict[str, str]:
    """Return the names of the indicators of an item by their ids."""
    return {one.id: one.name for one in indicators() if one.item == item}


def to_frame(found: Iterable[Coverage]) -> pd.DataFrame:
    """Return judgements as a frame with the columns COVERAGE."""
    rows = [_row(one) for one in found]
    table = pd.DataFrame(rows, columns=list(COVERAGE))
    for name in ("start", "end"):
        table[name] = table[name].astype("Int64")
    for name in ("reference", "item", "doc_id", "status"):
        table[name] = table[name].astype("string")
    table["score"] = table["score"].astype("float64")
    return table


def _row(one: Coverage) -> dict[str, Any]:
    return {
        "reference": one.reference, "item": one.item, "doc_id": one.doc_id, "status": one.status, "score": one.score,
        "start": one.start, "end": one.end,
        "nearest": [
            {"start": near.start, "end": near.end, "score": near.score, "section_id": near.section_id}
            for near in one.nearest
        ],
        "remarks": [
            {"kind": remark.kind, "words": remark.words, "asked": remark.asked, "found": remark.found}
            for remark in one.remarks
        ],
        "why": list(one.why),
    }  # fmt: skip
