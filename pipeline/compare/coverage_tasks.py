"""Which tasks of a plan other documents take up: by likeness of the words and by the indicators of the values.

Each clause group of a task is held against each of a document. A task is taken up where one passage is like the whole
of it, or where most of its clause groups have a passage of their own.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.compare.evidence import NOTE, called_off, plain, without_called_off
from pipeline.compare.measures import Measure, measures
from pipeline.compare.passages import Paper, Piece, read_papers
from pipeline.compare.remarks import Place, find_remarks
from pipeline.compare.similarity import Similarity, load_similarity
from pipeline.compare.tasks import Task, find_tasks
from pipeline.compare.unknown import why_unknown
from pipeline.errors import InputError
from pipeline.records import Coverage, CoverageStatus, Passage
from pipeline.reference import indicators
from pipeline.tables import Export

# Set by hand in the gap of corpora/demo/gold/coverage-lanling.jsonl, whose agreement tells nothing of other texts:
# every task that readers found has 0.46 or more, and every one that they did not, or whose passages were taken out for
# the trial, 0.45 or less, nearly all below 0.31.
COVERED, TOUCHED = 0.45, 0.33
SPREAD = 0.05  # a strength this far above the middle of the two is found with a chance of 0.73
SHARED = 0.5  # what a shared indicator adds to a likeness, of what is missing to 1
TITLES = 0.44  # the most that a title by itself comes to: it announces work and is none
NEAREST = 3
WORDS = 6
DIGITS = 4
# Chapters that say how the plan itself is to be carried out; what they ask is no task for the documents below.
DELIVERY = re.compile(r"组织实施|组织保障|保障措施|工作要求|有关要求|相关要求|实施步骤|工作步骤|组织领导|^附则")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A task with its clause groups, as they are held against others."""

    task: Task
    texts: tuple[str, ...]  # the whole first, then its clause groups where it has several
    indicators: tuple[frozenset[str], ...]  # of the values in each


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with what its clause groups are held against."""

    paper: Paper
    pieces: tuple[Piece, ...]  # without those that only name who is responsible, or say what will not be done
    indicators: tuple[frozenset[str], ...]
    is_title: NDArray[np.bool_]


def judge_tasks(export: Export, plan: str, documents: Collection[str]) -> Iterator[tuple[Coverage, float]]:
    """Yield the judgement of each task of `tasks_of` in each document, with its doubt, 0 to 1.

    Args:
        export: with the plan and the documents.
        plan: the doc_id of the reference.
        documents: doc_ids, the plan not among them.

    Raises:
        InputError: the plan has no tasks.
    """
    source = next(read_papers(export, [plan]))
    tasks = tasks_of(export, plan)
    if not tasks:
        raise InputError(f"expected a plan with numbered tasks, got {source.document.name}")
    asked = [_ask(source, task) for task in tasks]
    values = measures(export.commitments, export.documents)
    for paper in read_papers(export, documents):
        yield from _judge_paper(source, asked, paper, values)


def tasks_of(export: Export, plan: str) -> list[Task]:
    """Return the tasks that a plan hands down: `find_tasks` without the chapters on carrying it out (组织实施).

    Where it has no others, these stay.
    """
    source = next(read_papers(export, [plan]))
    titles = {section.section_id: _chapter(source, section.section_id) for section in source.sections}
    tasks = find_tasks(export, plan)
    handed = [task for task in tasks if not DELIVERY.search(titles.get(task.section_id, ""))]
    return handed or tasks


def _chapter(paper: Paper, section_id: str) -> str:
    """Return the title of the outermost section above one, "" where none is above it."""
    section = next(one for one in paper.sections if one.section_id == section_id)
    if section.parent is None:
        return ""
    while section.parent is not None:
        section = section.parent
    return section.title


def _ask(paper: Paper, task: Task) -> Asked:
    inside = [piece for piece in paper.pieces if task.start <= piece.start < task.end]
    pieces = [piece for piece in inside if not NOTE.search(plain(paper.text_of(piece)))] or inside
    found = [indicators_in(paper, piece.start, piece.end) for piece in pieces]
    texts = [paper.text_of(piece) for piece in pieces]
    body = [place for place, piece in enumerate(pieces) if not piece.is_title]
    whole = ("".join(texts) or task.text, frozenset().union(*found))
    parts = [(texts[place], found[place]) for place in body] if len(body) > 1 else []
    return Asked(task, *map(tuple, zip(whole, *parts, strict=True)))


def indicators_in(paper: Paper, start: int, end: int) -> frozenset[str]:
    """Return the indicators of the values in a stretch of a document."""
    return frozenset(
        name for row in paper.commitments if start <= row["value_start"] < end for name in row["indicators"]
    )


def _show(paper: Paper) -> Shown:
    off = called_off(paper)
    named = [
        piece
        for place, piece in enumerate(paper.pieces)
        if place not in off and not NOTE.search(plain(paper.text_of(piece)))
    ]
    kept = named or list(paper.pieces)
    return Shown(
        paper,
        tuple(kept),
        tuple(indicators_in(paper, piece.start, piece.end) for piece in kept),
        np.array([piece.is_title for piece in kept], np.bool_),
    )


def _judge_paper(
    source: Paper, asked: Sequence[Asked], paper: Paper, values: Mapping[str, Measure]
) -> Iterator[tuple[Coverage, float]]:
    plan, doc_id = source.document.doc_id, paper.document.doc_id
    if (why := why_unknown(paper)) is not None:
        for one in asked:
            yield Coverage(plan, one.task.section_id, doc_id, "unknown", 0.0, why=(why,)), 1.0
        return
    shown, similarity = _show(paper), load_similarity()
    theirs = [without_called_off(paper.text_of(piece)) for piece in shown.pieces]
    alike = similarity.likeness([text for one in asked for text in one.texts], theirs)
    ends = np.cumsum([len(one.texts) for one in asked])
    for one, end in zip(asked, ends, strict=True):
        likeness = alike[end - len(one.texts) : end]
        strengths = _strengths(one, shown, likeness)
        strength = _combined(strengths)
        status = _status(strength)
        score = _certainty(strength)
        doubt = max(0.0, 1 - min(abs(strength - COVERED), abs(strength - TOUCHED)) / (COVERED - TOUCHED))
        if status == "missing":
            nearest = tuple(_nearest(shown, strengths[0]))
            yield Coverage(plan, one.task.section_id, doc_id, status, score, nearest=nearest), doubt
            continue
        best = int(strengths[0].argmax())
        piece = shown.pieces[best]
        why_found = tuple(_reasons(one, shown, similarity, best, float(likeness[0, best])))
        beside = [shown.pieces[int(row.argmax())] for row in strengths[1:]]
        remarks = find_remarks(Place(source, one.task), paper, [piece, *beside], values)
        span = (piece.sentence_start, piece.sentence_end)
        yield (
            Coverage(plan, one.task.section_id, doc_id, status, score, *span, remarks=tuple(remarks), why=why_found),
            doubt,
        )


def _strengths(one: Asked, shown: Shown, likeness: Floats) -> Floats:
    """Return how strongly each clause group of a document answers the task and each part of it, 0 to 1, (parts, P)."""
    shared = np.array([[_share(mine, theirs) for theirs in shown.indicators] for mine in one.indicators])
    found = 1 - (1 - likeness) * (1 - SHARED * shared)
    return np.asarray(np.round(np.where(shown.is_title, np.minimum(found, TITLES), found), 6), np.float64)


def _share(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return len(mine & theirs) / len(mine) if mine else 0.0


def _combined(strengths: Floats) -> float:
    """Return how strongly a document answers a task: by one passage, or part by part."""
    whole, parts = float(strengths[0].max()), strengths[1:].max(axis=1)
    if not len(parts):
        return whole
    return max(whole, (float(parts.max()) + float(parts.mean())) / 2)


def _status(strength: float) -> CoverageStatus:
    if strength >= COVERED:
        return "covered"
    return "partial" if strength >= TOUCHED else "missing"


def _certainty(strength: float) -> float:
    """Return the chance that a task is not missing, for a strength."""
    return round(float(1 / (1 + np.exp(-(strength - (COVERED + TOUCHED) / 2) / SPREAD))), DIGITS)


def _nearest(shown: Shown, strengths: Floats) -> Iterator[Passage]:
    seen: set[int] = set()
    for row in np.argsort(-strengths, kind="stable"):
        piece = shown.pieces[row]
        if piece.sentence_start not in seen:
            seen.add(piece.sentence_start)
            section = shown.paper.sections[piece.section].section_id if piece.section >= 0 else ""
            yield Passage(piece.sentence_start, piece.sentence_end, round(float(strengths[row]), DIGITS), section)
        if len(seen) == NEAREST:
            return


def _reasons(one: Asked, shown: Shown, similarity: Similarity, best: int, likeness: float) -> Iterator[str]:
    """Yield what decided: the whole words both have, the rarest first; shared indicators; how like they are."""
    if words := similarity.shared_words(one.texts[0], shown.paper.text_of(shown.pieces[best]))[:WORDS]:
        yield f"共同词语：{'、'.join(words)}"
    both = one.indicators[0] & shown.indicators[best]
    if names := [entry.name for entry in indicators() if entry.id in both]:
        yield f"指标：{'、'.join(names)}"
    yield f"近似：{likeness:.2f}"
