"""A digest as one page: it loads nothing, runs nothing, and reads on a telephone, on a screen and on paper.

Where it is narrow, the rows of a table become cards. What would make the page endless is folded, and said to be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.colours import HEADING_COLOURS
from pipeline.digest.layout import (
    Column,
    Entry,
    Group,
    Layout,
    Reference,
    Table,
    brief_address,
    lay_out,
    sides_of,
    web_address,
)
from pipeline.digest.marking import Piece, mark_differences
from pipeline.digest.records import NEWS, Digest, Line, Part
from pipeline.digest.words import (
    ABOUT,
    AFTER,
    BEFORE,
    EVIDENCE_TITLE,
    FIRST_TITLE,
    NOT_AFTER,
    NOT_BEFORE,
    NOTES_TITLE,
    PARTS,
    TITLE,
    PartWords,
    about_of,
    figure_of,
    late_words,
    nothing_in,
    number_of,
    week_words,
)
from pipeline.html_files import GENERATOR
from pipeline.report.layout import text_width
from pipeline.workbook import HEADING_LABELS

CAP = 30  # rows of a part in the open, and lines of a part whose evidence is; beyond, a page is scrolled, not read
LONGEST_QUOTE = 160  # characters of a quote among the first lines; the list of evidence has all of it
MOST_QUOTED = 2  # pieces of evidence of a first line that are quoted with it: a target and its result
MOST_NAMED = 3  # pieces of evidence of a first line that stand with their titles; the others with their numbers

# Widths of columns in half-width characters of which a sheet of A4 takes some 110 in the type of the tables.
NUMBER, REFERENCES, SHEET, GAP = 6, 9, 112, 3
SHORT = 12  # a column is short if nine in ten of its cells are no wider


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in the row at the top, and where it leads."""

    count: int
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What room a column asks for, in half-width characters."""

    fixed: int | None  # of a column of short cells
    text: float  # in a cell, on the average


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a row under a column."""

    title: str
    pieces: tuple[Piece, ...]
    late: str = ""  # the mark of an earlier week, where there is room for it
    url: str = ""  # that it leads to


@dataclass(frozen=True, slots=True)
class Row:
    """A line in its table."""

    entry: Entry
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class First:
    """One of the first lines, in full."""

    entry: Entry
    part: PartWords
    topics: tuple[int, ...]  # headings of the outline
    late: str
    sides: tuple[Cell, ...]  # before and after
    quotes: tuple[str, ...]  # what its sentence does not say
    named: tuple[Reference, ...]
    others: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part on the page."""

    part: Part
    words: PartWords
    about: str
    number: str  # of lines, in words; "" for none
    nothing: str
    titles: tuple[str, ...]
    widths: tuple[float, ...]  # of the number, the columns and the references, in per cent
    rows: tuple[Row, ...]
    folded: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """The evidence of a part on the page."""

    title: str
    open: tuple[Reference, ...]
    folded: tuple[Reference, ...]


def render_html(digest: Digest) -> bytes:
    """Return the page of a digest in UTF-8; equal digests give equal bytes.

    Raises:
        InputError: a line is of no known part, or names evidence that the digest does not have.
    """
    layout = lay_out(digest)
    sections = _sections(layout)
    empty = [part for part in PARTS if part not in {section.part for section in sections}]
    page = (
        _environment()
        .get_template("digest.html.jinja")
        .render(
            digest=layout.digest,
            week=week_words(digest),
            figures=_figures(layout.digest, empty),
            facts=_facts(layout.digest),
            first=[_first(entry) for entry in layout.first],
            sections=sections,
            empty=[PARTS[part].title for part in empty],
            cited=[_cited(group) for group in layout.groups],
            title=TITLE,
            first_title=FIRST_TITLE,
            evidence_title=EVIDENCE_TITLE,
            notes_title=NOTES_TITLE,
            cap=CAP,
            about=ABOUT,
            heading_labels=HEADING_LABELS,
            heading_colours=HEADING_COLOURS,
            generator=Markup(GENERATOR),
        )
    )
    return page.encode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pipeline"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


# --- the top -------------------------------------------------------------------------------------------------------


def _figures(digest: Digest, empty: Sequence[Part]) -> list[tuple[str, list[Figure]]]:
    made = {
        part: Figure(figure_of(part, digest), words.short, "none" if part in empty else f"p-{part}")
        for part, words in PARTS.items()
    }
    news = [figure for part, figure in made.items() if part in NEWS]
    return [
        ("本期新情况（条）", news),
        ("目前状况（条）", [figure for part, figure in made.items() if part not in NEWS]),
    ]


def _facts(digest: Digest) -> str:
    counts = digest.counts
    sources = f"监测来源{counts.sources}个（正常{counts.sources_good}个）" if counts.sources else ""
    facts = (sources, f"地区{counts.places}个" if counts.places else "", f"在库文件{counts.publications}份")
    return "，".join(fact for fact in facts if fact)


def _first(entry: Entry) -> First:
    line = entry.line
    quotes = dict.fromkeys(one.evidence.quote for one in entry.references[:MOST_QUOTED])
    told = [] if any(sides_of(line)) else [quote for quote in quotes if quote not in line.words]
    return First(
        entry,
        PARTS[line.part],
        tuple(one for one in line.headings if one in HEADING_LABELS and one),
        late_words(line),
        _sides(line),
        tuple(one if len(one) <= LONGEST_QUOTE else one[:LONGEST_QUOTE] + "……" for one in told),
        entry.references[:MOST_NAMED],
        entry.references[MOST_NAMED:],
    )


def _sides(line: Line) -> tuple[Cell, ...]:
    before, after = sides_of(line)
    if not (before or after):
        return ()
    old, new = mark_differences(before, after)
    return Cell(BEFORE, old or (Piece(NOT_BEFORE),)), Cell(AFTER, new or (Piece(NOT_AFTER),))


# --- the parts -----------------------------------------------------------------------------------------------------


def _sections(layout: Layout) -> list[Section]:
    """Return the parts that have lines, and those whose emptiness is told."""
    tables = {table.part: table for table in layout.tables}
    made = []
    for part, words in PARTS.items():
        nothing = nothing_in(part, layout.digest)
        if part not in tables and not nothing:
            continue
        table = tables.get(part, Table(part, (), ()))
        widths = _widths(_wishes(table))
        plain = [at for at, column in enumerate(table.columns) if not column.side]
        roomiest = max(plain, key=lambda at: widths[1 + at], default=0)
        rows = tuple(_row(entry, table.columns, roomiest) for entry in table.entries)
        titles = tuple(column.title for column in table.columns)
        about = about_of(part, layout.digest)
        number = number_of(part, layout.digest) if rows else ""
        made.append(Section(part, words, about, number, nothing, titles, widths, rows[:CAP], rows[CAP:]))
    return made


def _row(entry: Entry, columns: Sequence[Column], roomiest: int) -> Row:
    sides = {cell.title: cell.pieces for cell in _sides(entry.line)}
    cells = []
    for at, (column, cell) in enumerate(zip(columns, entry.cells, strict=True)):
        pieces = sides.get(column.title, ()) if column.side else (Piece(_told(cell)),) if cell else ()
        cells.append(Cell(column.title, pieces, late_words(entry.line) if at == roomiest else "", web_address(cell)))
    return Row(entry, tuple(cells))


def _told(cell: str) -> str:
    return brief_address(cell) if web_address(cell) else cell


def _wishes(table: Table) -> list[Wish]:
    wishes = []
    for at, column in enumerate(table.columns):
        widths = sorted(text_width(_told(entry.cells[at])) for entry in table.entries)
        common = widths[min(9 * len(widths) // 10, len(widths) - 1)]  # one long cell makes no column wide
        wanted = max(common, text_width(column.title)) + GAP
        wishes.append(Wish(wanted if wanted <= SHORT + GAP else None, max(sum(widths) / len(widths), SHORT)))
    return wishes


def _widths(wishes: Sequence[Wish]) -> tuple[float, ...]:
    """Return the width of each column in per cent: what is short is not broken, the others share what is left.

    They share it by the root of what stands in them: twice the text gets more room and more lines, so that a column
    of long lists does not crush the others.
    """
    fixed = sum(wish.fixed for wish in wishes if wish.fixed is not None)
    roots = sum(sqrt(wish.text) for wish in wishes if wish.fixed is None)
    room = max(SHEET - NUMBER - REFERENCES - fixed, 0)
    shares = [
        float(wish.fixed) if wish.fixed is not None else max(sqrt(wish.text) * room / roots, SHORT) for wish in wishes
    ]
    if shares and not roots:
        shares[-1] += room
    whole = sum(shares) + NUMBER + REFERENCES
    return tuple(round(100 * share / whole, 2) for share in (NUMBER, *shares, REFERENCES))


def _cited(group: Group) -> Cited:
    held = [at for at, line in enumerate(group.lines) if (line or at + 1) > CAP]
    cut = held[0] if held else len(group.references)
    return Cited(group.title, group.references[:cut], group.references[cut:])
