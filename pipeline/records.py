"""The nouns of the pipeline: every record that crosses from one stage to the next.

Field names, their order and their closed sets are those of the codebook; `tables` writes them out as they stand here.
This module imports nothing of ours.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["plan", "report", "outline", "notice", "other"]
Level = Literal["national", "province", "prefecture", "county", "township", "other"]
ValueType = Literal["quantity", "deadline", "benchmark", "universal"]
Stance = Literal["target", "result", "baseline"]
Comparator = Literal["=", ">=", "<=", "<", ">", "~", "range", "increase", "decrease"]
Period = Literal["year", "half-year", "quarter", "month", "week", "day", "term"]
Reason = Literal[
    "document_number",
    "law_or_programme_name",
    "publication_date",
    "meeting",
    "event_date",
    "ordinal",
    "list_number",
    "slogan",
    "service_name",
    "name_count",
    "year_in_title",
    "planning_span",
    "clock",
    "phone",
    "licence",
    "address",
    "masked",
    "condition",
    "other_text",
]

CoverageStatus = Literal["covered", "partial", "missing", "unknown"]
RemarkKind = Literal["target_lower", "deadline_later", "lead_absent"]
TrackingStatus = Literal["met", "not_met", "partly", "no_result", "no_target", "not_comparable"]
# `changed`: a target whose indicator has no better direction.
DifferenceKind = Literal["added", "dropped", "raised", "lowered", "changed", "deadline_moved", "bodies_changed"]
OriginStatus = Literal["verbatim", "reworded", "tightened", "loosened", "own"]

# What `fazhi run` finds to have happened between two weeks. The first group is news; furniture, reextracted, copy and
# corrected are counted, and the rest tells how a source, or the reading of a document, fares.
EventKind = Literal[
    "new",
    "changed",
    "withdrawn",
    "moved",
    "came_back",
    "source_silent",
    "source_blocked",
    "source_layout",
    "source_trouble",
    "source_good",
    "unreadable",
    "readable",
    "furniture",
    "reextracted",
    "copy",
    "correction_stale",
]

READABLE = 0.5  # quality from which what is not in a text is missing; below, nothing is known about it

# No i, l, o and u: an id is read out over the telephone and typed from paper.
ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 12  # 60 bits: two of a million records share an id with a chance of 4 in ten million


def content_id(*parts: object) -> str:
    """Return the id of a record made of *parts*: the same parts give the same id on every machine.

    Each part is measured before it is hashed, so that ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.sha256()
    for part in parts:
        piece = ("" if part is None else str(part)).encode("utf-8", "surrogatepass")  # a file name may have any bytes
        digest.update(f"{len(piece)}:".encode() + piece)
    number = int.from_bytes(digest.digest()[:8], "big")
    return "".join(ID_LETTERS[number >> 5 * place & 31] for place in range(ID_LENGTH))


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list that led to a page says about it, and whose list it is; "" and None where it says nothing."""

    title: str = ""
    published: date | None = None  # printed in the row
    column: str = ""  # that the list stands in: 法治政府建设
    number: str = ""  # 文号
    publisher: str = ""
    index_number: str = ""
    url: str = ""  # of the list
    place: str = ""  # GB/T 2260 code of the place whose site it is
    place_name: str = ""  # its name, parents before it if known


@dataclass(frozen=True, slots=True)
class Page:
    """What a source served: bytes as they came, and where they came from."""

    name: str  # file name or URL
    content: bytes
    url: str | None = None
    fetched: date | None = None
    snapshot: str | None = None  # WARC file and offset
    link: str = ""  # of a part: the text of the link that led to it
    # Further pages of the same article, then its attachments, each in the order of their links.
    parts: tuple["Page", ...] = ()
    listed: Listed | None = None  # of a page that a crawl found on a list

    @property
    def sha256(self) -> str:
        """The digest of the bytes as they came."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the decoded source that is not in the canonical text, and why."""

    start: int  # code points of the decoded source, half-open
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """One plan, report or outline: its body as a person reads it, and what is known about it."""

    doc_id: str
    name: str
    text: str
    title: str | None = None
    kind: Kind = "other"
    year: int | None = None
    jurisdiction: str | None = None
    jurisdiction_code: str | None = None
    level: Level = "other"
    body: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    index_number: str | None = None
    written: date | None = None
    issued: date | None = None
    published: date | None = None
    fetched: date | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    quality: float = 1.0
    url: str | None = None
    sha256: str = ""
    snapshot: str | None = None
    cuts: tuple[Cut, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether the text was read well enough to say that something is missing from it."""
        return self.quality >= READABLE


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """An outline item that a section speaks to."""

    item: str  # "1" to "35"
    score: float
    why: tuple[str, ...]  # the words that decided


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or titled part of a document, or a paragraph, table row or stage of one (level 0)."""

    section_id: str
    parent: "Section | None"
    number: str  # as printed, without a trailing 、 or .; "" where there is none
    level: int  # 1 to 4 by the style of the number, 0 for a paragraph
    title: str
    start: int  # code points of Document.text, half-open; the span contains the children
    end: int
    heading: int | None = None  # 1 to 10 of the national outline, 0 for none; None until labelled
    heading_score: float | None = None
    heading_runner_up: int | None = None
    items: tuple[ItemMatch, ...] = ()
    # Of the heading, by the threshold of the model that gave it; for pages, and no part of the record that is exported.
    is_unsure: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Commitment:
    """One value that a document undertakes or reports, with the words it stands in."""

    commitment_id: str
    section: Section
    start: int  # of the quote
    end: int
    quote: str
    value_start: int
    value_end: int
    value_text: str
    type: ValueType
    stance: Stance
    subject: str | None
    indicators: tuple[str, ...] = ()
    indicator_score: float | None = None
    comparator: Comparator | None = None
    bound: Comparator | None = None
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    period: Period | None = None
    every: int | None = None
    begins: date | None = None
    deadline: date | None = None
    reference: str | None = None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    lead_ids: tuple[str, ...] = ()
    support_ids: tuple[str, ...] = ()
    heading: int | None = None
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, date, frequency or universal of a text, normalised, and what became of it.

    In a document exactly one of commitment_id and reason is set. For a bare string commitment_id is None, and reason
    is None for what could be a value.
    """

    start: int
    end: int
    text: str
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    period: Period | None = None
    every: int | None = None
    begins: date | None = None
    deadline: date | None = None
    commitment_id: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One file that a document was read from."""

    name: str
    file_type: str
    sha256: str
    start: int  # code points of the source of the whole document, half-open; the same twice where nothing was read
    end: int
    rule: str  # how its text was found, for people
    fate: str  # "text", or in words why its text is not in the document
    url: str | None = None
    pages: int | None = None
    confidence: float | None = None  # of what was read from pictures, 0 to 1


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells how well a text was read: shares from 0 to 1, and counts."""

    garbled: float = 0.0  # share of characters that no text has: U+FFFD, private use, mojibake
    confidence: float | None = None  # mean of the characters that were read from pictures
    lost_dashes: int = 0  # 20212025年
    dropped: int = 0  # places where a figure or a name is missing: 达到%, 第号, 《》
    agreement: float | None = None  # of two ways to find the article on a page
    sections: int = 0  # numbered or titled ones


@dataclass(frozen=True, slots=True)
class Account:
    """How a document was read: for people who ask why a word is in its text, or is not."""

    source: str  # the decoded source of all parts, into which cuts and parts point
    rule: str  # which rule found the body
    parts: tuple[Part, ...]
    signs: Signs
    conflicts: tuple[str, ...] = ()  # fields for which two places of the source disagree
    parents: tuple[str, ...] = ()  # of the jurisdiction, province first
    place_id: str | None = None  # of the jurisdiction: the same before and after a change of its name or code
    candidates: tuple[str, ...] = ()  # codes of the places that an ambiguous name may mean


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that the stages make of one document."""

    document: Document
    sections: tuple[Section, ...]
    commitments: tuple[Commitment, ...]
    numbers: tuple[Number, ...] = ()
    # How the document was read, for people; no part of what the records say.
    account: Account | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that speaks to a reference task, and how closely."""

    start: int  # code points of Document.text, half-open
    end: int
    score: float  # 0 to 1
    section_id: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a document that covers a task does less than the task asks."""

    kind: RemarkKind
    words: str  # a Chinese sentence
    asked: str | None = None  # commitment_id of the reference
    found: str | None = None  # commitment_id of the document


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a document says to one task of a reference: an item of the national outline, or a task of a plan."""

    reference: str  # "outline", or the doc_id of a plan
    item: str  # "1" to "35", or the section_id of the task
    doc_id: str
    status: CoverageStatus
    score: float  # 0 to 1
    start: int | None = None  # of the best passage, None where it is missing or unknown
    end: int | None = None
    nearest: tuple[Passage, ...] = ()  # for missing: the three most alike
    remarks: tuple[Remark, ...] = ()
    why: tuple[str, ...] = ()  # the words that decided


@dataclass(frozen=True, slots=True)
class Tracking:
    """A target of a plan and the result that a report gives for it; one of the two is None where it has no partner."""

    target: str | None  # commitment_id
    result: str | None
    status: TrackingStatus
    why: str  # a Chinese sentence with the arithmetic
    plan: str | None = None  # doc_id
    report: str | None = None
    score: float | None = None  # likeness of the two, 0 to 1


@dataclass(frozen=True, slots=True)
class Difference:
    """One change between two documents at the level of a commitment."""

    before: str  # doc_id
    after: str
    kind: DifferenceKind
    a: str | None  # commitment_id in the document before, None for what was added
    b: str | None
    score: float | None  # likeness of the two, 0 to 1
    why: str  # a Chinese sentence


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a task of a lower plan comes from."""

    higher: str  # doc_id
    lower: str
    task: str  # section_id of the lower plan
    source: str | None  # section_id of the higher plan, None for a task of its own
    status: OriginStatus
    score: float  # likeness to the task of the higher plan that is most like it, 0 to 1
    why: str  # a Chinese sentence
