"""Documents of an export cut into passages: the clause groups of a sentence, each in the section it stands in."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import pandas as pd

from pipeline.records import Document, Kind, Level, Section
from pipeline.tables import Export

# A clause group ends at these, a sentence at all of them but the semicolon.
_GROUP = re.compile(r"[^。；;！？!?\n]+[。；;！？!?\n]*")
_ENDS_SENTENCE = re.compile(r"[。！？!?\n]\s*\Z")
_SPEAKS = re.compile(r"[\u3400-\u9fff〇]")
_EDGE = re.compile(r"\S(?:.*\S)?", re.S)
_KINDS, _LEVELS = frozenset(get_args(Kind)), frozenset(get_args(Level))
LONGEST_TITLE = 24  # characters; a longer one is a sentence that stands where titles do, and so is one with a figure
_FIGURE = re.compile(r"[\d０-９%％《]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause group: offsets into the text of its document, half-open."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    section: int  # place of the innermost section among those of the document, -1 where it stands in none
    is_title: bool  # it is the title of its section, which has more text


@dataclass(frozen=True, slots=True)
class Paper:
    """One document with its sections, pieces and commitments, all in reading order."""

    document: Document
    sections: tuple[Section, ...]
    pieces: tuple[Piece, ...]
    titles: tuple[str, ...]  # by section: its own title, or the nearest one above it
    commitments: tuple[Mapping[str, Any], ...]

    def text_of(self, piece: Piece) -> str:
        """Return the words of a piece."""
        return self.document.text[piece.start : piece.end]


def read_papers(export: Export, documents: Collection[str] | None = None) -> Iterator[Paper]:
    """Yield the documents of an *export* in its order, or those of *documents*, one at a time."""
    sections = dict(tuple(export.sections.groupby("doc_id", sort=False)))
    commitments = dict(tuple(export.commitments.groupby("doc_id", sort=False)))
    for row in export.documents.to_dict("records"):
        if documents is None or row["doc_id"] in documents:
            yield _paper(row, sections.get(row["doc_id"]), commitments.get(row["doc_id"]))


def _paper(row: Mapping[Any, Any], sections: pd.DataFrame | None, commitments: pd.DataFrame | None) -> Paper:
    tree = sections_of([] if sections is None else sections.to_dict("records"))
    values: list[dict[Any, Any]] = [] if commitments is None else commitments.to_dict("records")
    return paper_of(document_of(row), tree, values)


def paper_of(document: Document, sections: Sequence[Section], commitments: Sequence[Mapping[str, Any]]) -> Paper:
    """Return a document cut into pieces; sections in reading order, parents before children."""
    ordered = sorted(commitments, key=lambda one: (one["value_start"], one["value_end"], one["commitment_id"]))
    titles = tuple(_title(section) for section in sections)
    return Paper(document, tuple(sections), tuple(cut(document.text, sections)), titles, tuple(ordered))


def document_of(row: Mapping[Any, Any]) -> Document:
    """Return what a row of documents says that bears on what a document covers."""
    text = row["text"] if isinstance(row["text"], str) else ""
    kind, level = _text(row["kind"]), _text(row["level"])
    return Document(
        doc_id=str(row["doc_id"]),
        name=str(row["name"]),
        text=text,
        title=_text(row["title"]) or None,
        kind=kind if kind in _KINDS else "other",  # type: ignore[arg-type]  # looked up in its own closed set
        year=None if pd.isna(row["year"]) else int(row["year"]),
        level=level if level in _LEVELS else "other",  # type: ignore[arg-type]  # as above
        quality=1.0 if pd.isna(row["quality"]) else float(row["quality"]),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def sections_of(rows: Sequence[Mapping[Any, Any]]) -> tuple[Section, ...]:
    """Return the sections of one document in reading order, parents before children."""
    made: dict[str, Section] = {}
    for row in sorted(rows, key=lambda row: (row["start"], -row["end"], row["level"])):
        heading = row["heading"]
        made[row["section_id"]] = Section(
            section_id=row["section_id"],
            parent=made.get(row["parent_id"]) if isinstance(row["parent_id"], str) else None,
            number=_text(row["number"]),
            level=int(row["level"]),
            title=_text(row["title"]),
            start=int(row["start"]),
            end=int(row["end"]),
            heading=None if pd.isna(heading) else int(heading),
        )
    return tuple(made.values())


def _title(section: Section) -> str:
    above: Section | None = section
    while above is not None:
        if is_title(above):
            return above.title
        above = above.parent
    return ""


def is_title(section: Section) -> bool:
    """Say whether what stands as the title of a section names its subject, and is not its first sentence."""
    title = section.title
    return 0 < len(title) <= LONGEST_TITLE and not _FIGURE.search(title) and not section.number.endswith("条")


def cut(text: str, sections: Sequence[Section]) -> Iterator[Piece]:
    """Yield the pieces of a *text* that have words, none of them across the bound of a section."""
    bounds, owners = _bounds(sections)
    titles = [_title_end(text, section) for section in sections]
    for sentence in _sentences(text, bounds):
        first, last = sentence[0][0], sentence[-1][1]
        for start, end in sentence:
            if _SPEAKS.search(text, start, end):
                place = bisect_right(bounds, start) - 1
                owner = owners[place] if place >= 0 else -1
                yield Piece(start, end, first, last, owner, owner >= 0 and end <= titles[owner])


def _sentences(text: str, bounds: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
    """Yield the clause groups of each sentence without the blanks at their edges."""
    edges = set(bounds)
    group: list[tuple[int, int]] = []
    for found in _GROUP.finditer(text):
        start, end = found.span()
        inner = bounds[bisect_right(bounds, start) : bisect_right(bounds, end - 1)]
        for first, last in zip((start, *inner), (*inner, end), strict=True):
            if group and first in edges:
                yield group
                group = []
            if edge := _EDGE.search(text, first, last):
                group.append(edge.span())
        if group and _ENDS_SENTENCE.search(found[0]):
            yield group
            group = []
    if group:
        yield group


def _bounds(sections: Sequence[Section]) -> tuple[list[int], list[int]]:
    """Return where the innermost section changes, ascending, and which it is from there on, -1 for none."""
    changes: dict[int, int] = {}
    open_: list[int] = []
    for place, section in enumerate(sections):
        while open_ and sections[open_[-1]].end <= section.start:
            end = sections[open_.pop()].end
            changes[end] = open_[-1] if open_ else -1
        changes[section.start] = place
        open_.append(place)
    while open_:
        end = sections[open_.pop()].end
        changes[end] = open_[-1] if open_ else -1
    return sorted(changes), [changes[start] for start in sorted(changes)]


def _title_end(text: str, section: Section) -> int:
    """Return where the title of a section ends with its stop; its start where it has none, or nothing but it."""
    found = text.find(section.title, section.start, section.end) if is_title(section) else -1
    if found < 0:
        return section.start
    end = min(section.end, found + len(section.title) + 1)
    return end if _SPEAKS.search(text, end, section.end) else section.start
