"""What a digest is made of before anybody's filter: single lines, how they are told together, and counts by place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.digest.records import Counts, Evidence, Line
from pipeline.digest.spots import Spot
from pipeline.weeks import Week

TALLY = "{tally}"


@dataclass(frozen=True, slots=True)
class Sheaf:
    """How lines of one kind about one document are told together where they are too many to stand alone.

    The words are: opening, how many, closing, the first of them by name.
    """

    key: tuple[str, ...]
    opening: str
    closing: str
    above: int  # so many still stand alone
    cells: Mapping[str, str]  # of the joint row
    column: str  # of the cell that names them
    evidence: tuple[str, ...] = ()  # beside that of its first lines
    note: str = ""  # the end of the sentence
    unit: str = "项"  # in which the cells count them
    tally: str = ""  # column whose texts are counted, told where the closing has `TALLY`
    proven: int = 3  # so many are named in the evidence
    spot: Spot | None = None  # whom the line is about where its members are of several places


@dataclass(frozen=True, slots=True)
class Atom:
    """A line, and the sheaf that it may be bound in."""

    line: Line
    brief: str = ""  # how a joint line names it
    sheaf: Sheaf | None = None
    crowd: str = ""  # lines of one crowd are thinned among the first; the document, as a rule
    rank: tuple[str | int, ...] = ()  # its place among equals in the sheaf


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted of one place; the counts of a reader are the sum over the reader's places."""

    place: str
    place_code: str
    parents: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Material:
    """All that is known of a week."""

    week: Week
    atoms: tuple[Atom, ...]
    evidence: Mapping[str, Evidence]
    tallies: tuple[Tally, ...]
    last_week: str = ""  # of the newest digest before; "" for none
    is_first: bool = False
    is_checked: bool = True
    is_known: bool = True  # something had been read by the end of the week
    is_behind: bool = False  # the last crawl has not been taken in
    rederived: int = 0  # documents of all places that were read anew under other rules
    references: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())  # that no filter concerns
