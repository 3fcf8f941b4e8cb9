"""What the model sees of a section: its title, and all that bears on it, in grams and words, and a row of signs.

What bears on a section is a sum over the sections' own words, so that each word is looked up once: its text, that of
its 一是 and paragraphs, the titles of a chapter's parts, and the titles above it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from pipeline import forms
from pipeline.classify.grams import Found, Vocabulary
from pipeline.classify.readings import LABELS, Plain, Reading
from pipeline.classify.rules import TITLE_DOUBT, end_of_opening, shares_of, trust_in
from pipeline.records import Document, Kind

KINDS: tuple[Kind, ...] = get_args(Kind)
FRAMES: tuple[forms.Frame, ...] = get_args(forms.Frame)
LEVELS = 5  # 0 to 4
LONG = 400.0  # characters; a text that long is as long as any
MANY_PARTS = 10.0


@dataclass(frozen=True, slots=True)
class Edges:
    """Which section's words count for which other section: two arrays of one length, targets in ascending order."""

    targets: NDArray[np.int64]
    sources: NDArray[np.int64]

    def add_up(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return for each section the sum of the *values* of its sources, (R, K)."""
        return sum_by_row(values[self.sources], self.targets, len(values))


def sum_by_row(values: NDArray[Any], rows: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """Return the sums of *values* by row, (count, K); *rows* ascend."""
    sums = np.zeros((count, values.shape[1]))
    if len(rows):
        firsts = np.flatnonzero(np.diff(rows, prepend=-1))
        sums[rows[firsts]] = np.add.reduceat(values, firsts, axis=0)
    return sums


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the sections of a document are, and which section's own words count for which other."""

    count: int  # of sections
    owner: NDArray[np.int64]  # of each character, -1 where no section is
    in_title: NDArray[np.bool_]
    whole: Edges  # a section has the words of its 一是 and paragraphs
    titles: Edges  # and the titles above it, a chapter those of its parts


@dataclass(frozen=True, slots=True)
class Words:
    """Occurrences of the vocabulary in the sections' own text: section, column, and whether it is in the title."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    in_title: NDArray[np.bool_]


def lay_out(plain: Plain, readings: Sequence[Reading]) -> Layout:
    """Return whose words count for what; *readings* has parents before children."""
    owner = np.full(len(plain.text), -1, np.int64)
    in_title = np.zeros(len(plain.text), np.bool_)
    place = {id(reading): row for row, reading in enumerate(readings)}
    whole: list[tuple[int, int]] = []
    titles: list[tuple[int, int]] = []
    for row, reading in enumerate(readings):
        owner[reading.start : reading.end] = row
        in_title[reading.start : reading.end] = False
        in_title[reading.title_start : reading.title_end] = True
        parent = reading.parent
        if parent is not None and parent.is_chapter:
            titles.append((place[id(parent)], row))
        while parent is not None and not parent.is_chapter:
            whole.append((place[id(parent)], row))
            parent = parent.parent
        above = reading.parent
        while above is not None:
            titles.append((row, place[id(above)]))
            above = above.parent
    return Layout(len(readings), owner, in_title, _edges(whole), _edges(titles))


def _edges(pairs: list[tuple[int, int]]) -> Edges:
    ends = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    return Edges(ends[:, 0], ends[:, 1])


def find_words(plain: Plain, layout: Layout, vocabulary: Vocabulary) -> Words:
    """Return where the vocabulary occurs, by section."""
    found: Found = vocabulary.find(plain.text)
    rows = layout.owner[found.starts]
    known = rows >= 0
    return Words(rows[known], found.columns[known], layout.in_title[found.starts[known]])


def names_of_signs() -> list[str]:
    """Return what each column of `signs_of` stands for."""
    groups = ("title", "text", "above", "rules", "rule label", "parent", "before", "after", "parts", "official")
    names = [f"{group} {label}" for group in groups for label in range(LABELS)]
    names += [f"frame {frame}" for frame in FRAMES] + [f"in frame {frame}" for frame in FRAMES]
    names += [f"level {level}" for level in range(LEVELS)] + [f"kind {kind}" for kind in KINDS]
    return [*names, *FLAGS]


FLAGS = (
    "by form", "chapter", "titled", "in a chapter", "first", "last", "length", "parts", "most of its parts",
    "title speaks", "name", "furniture", "opens", "complains", "looks ahead", "aims", "container", "opening", "lead-in",
    "announces", "silent",
)  # fmt: skip


def signs_of(
    plain: Plain, readings: Sequence[Reading], document: Document, official: Sequence[int]
) -> NDArray[np.float64]:
    """Return the signs of all sections, each from 0 to 1, (R, number of signs).

    Args:
        plain: the text.
        readings: its sections, as `rules.judge` left them.
        document: for its kind.
        official: for each reading the heading whose official title its chapter prints, 0 for none.
    """
    scores = {id(reading): shares_of(reading.scores) for reading in readings}
    beside = _neighbours(readings)
    kind = [float(document.kind == kind) for kind in KINDS]
    opening_end = end_of_opening(readings)
    rows = []
    for reading, printed in zip(readings, official, strict=True):
        before, after = beside[id(reading)]
        votes = _votes(reading)
        rows.append(
            [
                *_scaled(reading.title),
                *_scaled(reading.body),
                *reading.path,
                *scores[id(reading)],
                *ONE_OF_LABELS[reading.label],
                *(ONE_OF_LABELS[reading.parent.label] if reading.parent else NOTHING),
                *(scores[id(before)] if before else NOTHING),
                *(scores[id(after)] if after else NOTHING),
                *votes,
                *(ONE_OF_LABELS[printed] if printed else NOTHING),
                *ONE_OF_FRAMES[reading.frame],
                *ONE_OF_FRAMES[reading.parent.frame if reading.parent else None],
                *ONE_OF_LEVELS[min(reading.section.level, LEVELS - 1)],
                *kind,
                *_flags(plain, reading, votes, before, after, opening_end),
            ]
        )
    return np.array(rows, np.float64).reshape(len(rows), len(names_of_signs()))


def _one_of(place: int, count: int) -> tuple[float, ...]:
    return tuple(float(place == other) for other in range(count))


NOTHING = (0.0,) * LABELS
ONE_OF_LABELS = [_one_of(label, LABELS) for label in range(LABELS)]
ONE_OF_LEVELS = [_one_of(level, LEVELS) for level in range(LEVELS)]
ONE_OF_FRAMES: dict[forms.Frame | None, tuple[float, ...]] = {
    None: (0.0,) * len(FRAMES),
    **{frame: _one_of(place, len(FRAMES)) for place, frame in enumerate(FRAMES)},
}


def _flags(
    plain: Plain,
    reading: Reading,
    votes: Sequence[float],
    before: Reading | None,
    after: Reading | None,
    opening_end: int,
) -> Iterator[float]:
    """Yield the last columns, in the order of FLAGS."""
    own = "" if reading.is_chapter else plain.text[reading.start : reading.end].strip()
    text = "" if reading.section.title else own  # only a paragraph without a title is told by its form
    yield float(reading.by_form and not reading.is_silent)
    yield float(reading.is_chapter)
    yield float(bool(reading.section.title))
    yield float(reading.parent is not None)
    yield float(before is None)
    yield float(after is None)
    yield min(1.0, (reading.end - reading.start) / LONG)
    yield min(1.0, len(reading.children) / MANY_PARTS)
    yield max(votes)
    yield trust_in(reading.title, TITLE_DOUBT)
    yield float(bool(text) and forms.is_name(text))
    yield float(forms.is_furniture(text))
    yield float(forms.opens_document(text))
    yield float(forms.complains(own))
    yield float(forms.looks_ahead(text))
    yield float(forms.states_aims(text))
    yield float(reading.is_chapter and forms.is_container(reading.section.title))
    bare = not reading.section.title and not reading.section.level
    yield float(bare and reading.parent is None and reading.start < opening_end)
    yield float(bare and before is None and reading.parent is not None and reading.parent.is_chapter)
    yield float(forms.announces(text))
    yield float(reading.is_silent)


def _scaled(masses: Sequence[float]) -> list[float]:
    """Return masses as m / (m + 1), so that none outweighs the rest."""
    return [mass / (mass + 1.0) for mass in masses]


def _votes(reading: Reading) -> Sequence[float]:
    if not reading.is_chapter:
        return NOTHING
    votes = [0.0] * LABELS
    for child in reading.children:
        if child.section.level or child.section.title:
            votes[child.label] += 1.0
    return shares_of(votes)


def _neighbours(readings: Sequence[Reading]) -> dict[int, tuple[Reading | None, Reading | None]]:
    """Return for each reading the one before and the one after it under the same parent."""
    beside: dict[int, tuple[Reading | None, Reading | None]] = {}
    last: dict[int, Reading] = {}
    for reading in readings:
        before = last.get(id(reading.parent))
        beside[id(reading)] = (before, None)
        if before is not None:
            beside[id(before)] = (beside[id(before)][0], reading)
        last[id(reading.parent)] = reading
    return beside
