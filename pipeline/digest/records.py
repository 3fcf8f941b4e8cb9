"""The nouns of a digest: its lines, the evidence behind each, and what was counted.

A digest is a pure function of a week, the events that it tells of, and what was known then. Every form that a reader
gets (page, Markdown, JSON, workbook) is a pure function of the `Digest`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Literal

Part = Literal[
    "documents",  # new plans and reports, by place
    "changes",  # commitments that a changed document has otherwise, old and new side by side
    "gone",  # withdrawn, moved, came back
    "sources",  # silent, blocked, changed in layout, good again
    "tracked",  # targets answered or missed by a new report
    "deadlines",  # due in the next 30 days
    "overdue",
    "missing",  # tasks of the reference that a document leaves out
    "unpublished",  # annual reports not published by 1 April, by place
    "doubtful",  # parses to review, and corrections that no longer fit
]
# News has happened in the week; the others are how things stand at its end.
NEWS: tuple[Part, ...] = ("documents", "changes", "gone", "sources")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a line stands on: words of a document, or an address and what it answered."""

    id: str  # content id, an anchor in the page
    title: str  # of the document, or the name of the source
    place: str = ""
    quote: str = ""
    context: str = ""  # the way of titles to the section
    doc_id: str = ""
    start: int | None = None  # of the quote, code points of Document.text
    end: int | None = None
    url: str = ""
    snapshot: str = ""  # archive file and offset
    sha256: str = ""
    fetched: str = ""  # a date


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a reader is told."""

    id: str  # content id
    part: Part
    weight: float  # the more, the higher it stands
    words: str  # a Chinese sentence that stands by itself
    place: str = ""  # 青禾县
    place_code: str = ""
    parents: tuple[str, ...] = ()  # names of the places above it, where its sources or its code tell them
    level: str = ""
    before: str = ""  # of a change: the words before and after
    after: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)  # a row of the part's table: Chinese column and text
    headings: tuple[int, ...] = ()
    indicators: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()  # ids
    event: int | None = None  # that it tells of; None for a state
    seen: str = ""  # the day in China on which an event was seen
    is_news: bool = False  # happened in this week, in the world rather than with us
    is_late: bool = False  # of an earlier week, whose digest had gone out


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted and not told one by one."""

    publications: int = 0  # of the workspace
    places: int = 0
    sources: int = 0
    sources_good: int = 0
    news: int = 0  # events, each once, however many lines tell of it
    furniture: int = 0  # pages of which only the furniture changed
    copies: int = 0  # documents that turned up at another address as well
    rederived: int = 0  # documents that were read anew after our rules or models changed
    rederived_otherwise: int = 0  # of these, that came out otherwise
    records_added: int = 0  # by that
    records_dropped: int = 0
    records_changed: int = 0
    late: int = 0
    long_overdue: int = 0  # tasks whose deadline passed too long ago to list them
    reports_expected: int = 0  # places that have to publish the report on the last year
    reports_published: int = 0
    reports_unknown: int = 0  # places whose pages could not be read, so that nobody can say

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True, slots=True)
class Digest:
    """A week, for one reader or for all."""

    week: str  # 2026-W47
    monday: date
    sunday: date
    headline: tuple[str, ...]  # three sentences
    lines: tuple[Line, ...]  # by weight
    evidence: Mapping[str, Evidence]
    counts: Counts
    notes: tuple[str, ...] = ()  # furniture, re-extraction, late events, in a sentence each
    reader: str = ""  # the id of a subscription
    reader_name: str = ""
    is_first: bool = False  # of this workspace
    references: tuple[str, ...] = ()  # titles of what missing tasks are held against
    is_checked: bool = True  # there was a crawl in the week, or there are no sources to crawl

    def part(self, part: Part) -> tuple[Line, ...]:
        """Return the lines of a part, by weight."""
        return tuple(line for line in self.lines if line.part == part)
