"""Give every section of a document one of the ten headings of the national outline, or 0 for none, and its items.

Cue terms, titles and forms are read by rules (`rules`); a model (`model`) weighs their judgement together with the
words of the section, of its title and of the titles above it. A document that prints the outline's own ten titles as
its chapters is labelled by them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.classify.features import Edges, Layout, find_words, lay_out, signs_of
from pipeline.classify.items import find_items, item_ids, item_probabilities, weigh_items
from pipeline.classify.model import Model, Texts, reckon, shipped
from pipeline.classify.official import read_printed
from pipeline.classify.readings import LABELS, Plain, Reading, listen, readings_of
from pipeline.classify.rules import judge
from pipeline.records import Document, Section

__all__ = ["LABELS", "Prepared", "as_decided", "is_unsure", "label_sections", "prepare"]

# How surely a section has the heading that its document's form decides: a chapter of aims, of problems or of delivery,
# a line that only announces, or the official title of an outline that the document mirrors. Of such sections of
# corpora/headings two in a hundred have another heading.
DECIDED = 0.95


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document as the model sees it, words aside: shapes (R, …) for R sections, parents before children."""

    plain: Plain
    readings: Sequence[Reading]
    layout: Layout
    signs: NDArray[np.float64]
    decided: Sequence[int | None]  # the heading that the form of the document gives a section, None where words decide


def label_sections(document: Document, sections: Sequence[Section], model: Model | None = None) -> tuple[Section, ...]:
    """Return the same *sections* with heading, score, runner-up and outline items.

    Ids and order stay, and each parent is the labelled one. The score is the probability of the heading, 0 to 1; below
    the model's threshold the section is marked as unsure. Items are those of units of work, which have what their 一是
    and paragraphs speak to, and of these; a chapter and a section without a heading have none.

    Raises:
        NotFoundError, ReferenceDataError: the shipped model is not there, or is none.
    """
    if not sections:
        return ()
    model = model or shipped()
    prepared = prepare(document, sections)
    texts = Texts(find_words(prepared.plain, prepared.layout, model.vocabulary), prepared.layout, model.idf)
    reckoned = reckon(model, texts, prepared.signs, len(item_ids()))
    headings = as_decided(prepared.decided, reckoned.headings)
    evidence = weigh_items(model, prepared.readings, texts, headings, reckoned.items)
    scores = item_probabilities(model, evidence)
    _gather(prepared.layout.whole, headings.argmax(axis=1), scores)
    best = np.argsort(-headings, axis=1, kind="stable")[:, :2].tolist()
    made: dict[str, Section] = {}
    for row, reading in enumerate(prepared.readings):
        section = reading.section
        first, second = best[row]
        speaks = not reading.is_chapter and first != 0
        made[section.section_id] = replace(
            section,
            parent=made[section.parent.section_id] if section.parent else None,
            heading=first,
            heading_score=round(float(headings[row, first]), 4),
            heading_runner_up=second,
            is_unsure=bool(headings[row, first] < model.unsure),
            items=find_items(model, reading, scores[row], evidence.nearest[row], evidence.likeness[row])
            if speaks
            else (),
        )
    return tuple(made[section.section_id] for section in sections)


def _gather(whole: Edges, labels: NDArray[np.int64], scores: NDArray[np.float64]) -> None:
    """Let a unit of work speak to what its 一是 and paragraphs speak to; *scores*, (R, items), change in place."""
    speaks = labels[whole.sources] != 0
    np.maximum.at(scores, whole.targets[speaks], scores[whole.sources[speaks]].copy())


def prepare(document: Document, sections: Sequence[Section]) -> Prepared:
    """Read a document the way that training and labelling share."""
    plain = Plain(document.text)
    readings = readings_of(plain, sections)
    listen(plain, readings)
    judge(plain, readings)
    printed = read_printed(readings)
    signs = signs_of(plain, readings, document, printed.headings)
    decided = [
        heading if printed.mirrors and heading else reading.label if reading.is_decided else None
        for reading, heading in zip(readings, printed.headings, strict=True)
    ]
    return Prepared(plain, readings, lay_out(plain, readings), signs, decided)


def as_decided(decided: Sequence[int | None], found: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities, (R, 11), that follow what the form of a document decides, where it does."""
    followed = found.copy()
    for row, heading in enumerate(decided):
        if heading is not None:
            followed[row] *= 1 - DECIDED
            followed[row, heading] += DECIDED
    return followed


def is_unsure(score: float | None) -> bool:
    """Say whether a heading with this probability, as an export has it, is unsure by the shipped model."""
    return score is not None and score < shipped().unsure
