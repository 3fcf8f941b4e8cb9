"""Printed pages to the text of a file: running heads, page numbers and footnotes told from the body by their place."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Literal

from pipeline.files.layout import Glyph, Line, find_lines
from pipeline.files.paragraphs import Paragraph, find_paragraphs, paragraph_of
from pipeline.files.pdf_tables import Row, Rule, Table, continue_table, find_tables, find_unruled
from pipeline.files.record import FileText
from pipeline.records import Cut

if TYPE_CHECKING:
    from pipeline.files.ocr import PictureText

Furniture = Literal["page number", "running head", "watermark", "stamp"]

BAND = 0.14  # of the height of a page in which its head or foot stands
OUTER = 3  # lines at either end of a page among which they are looked for
SAME_PLACE = 8.0  # points by which they may move from page to page
SHARE_PAGES = 0.25  # on which a running head stands: other chapters or even pages have another
APART = 1.3  # of the usual distance of lines that parts a head from the body, or it is smaller
SMALLER, LARGER = 0.95, 1.1  # of the size of the body
SHORT_RULE = (0.05, 0.6)  # of the width of a page that the rule over footnotes takes
NOTE_SIZE = 0.9  # of the size of the body that footnotes have at most
MOST_PAGE = 1500  # the largest number that counts as one of a page

PAGE_NUMBER = re.compile(
    r"[-—–―－_·•~～〜\s]*第?\s*(?P<number>\d{1,4}|[ivxlIVXLⅠ-Ⅻ]{1,6})\s*页?"
    r"(?:\s*[/／|,，、]?\s*共?\s*\d{1,4}\s*页?)?[-—–―－_·•~～〜\s]*"
)
DECORATED = re.compile(r"[-—–―－_·•~～〜].*\d|第.*页|\d\s*[/／]\s*\d")  # a page number at first sight
DIGITS = re.compile(r"\d+")
TITLE_OF_PART = re.compile(
    r"附\s*[件表录图]|表\s*\d|图\s*\d|续表"
)  # stands at the top of several pages, and is no head
PRINTED = re.compile(
    r"(?:https?|file)://\S*(?:\s+\d+/\d+)?|\d{1,4}/\d{1,2}/\d{1,4},?\s+\d{1,2}:\d{2}.*"
)  # by a browser
NOTE_MARK = re.compile(r"([①-⑳]|\[\d{1,2}\]|〔\d{1,2}〕|[(（]\d{1,2}[)）]|\d{1,2}(?![\d.．、%％年月日])|[*＊])\s*")


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read from a printed page, in points from its upper left corner."""

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    rules: Sequence[Rule] = ()
    aside: Sequence[tuple[str, Furniture | None]] = ()  # lines that stand askew: stamps, watermarks, margins
    rough: bool = False  # recognised in a picture
    tables: Sequence[Table] = ()  # recognised in it


@dataclass(slots=True)
class _Page:
    """A page while it is taken apart."""

    source: PageText
    items: list[Line | Table]  # the body
    heads: list[tuple[Line, Furniture]] = field(default_factory=list)
    feet: list[tuple[Line, Furniture]] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class _Writer:
    """Gathers the text, and where its rows and furniture are."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    rows: dict[int, frozenset[int]] = field(default_factory=dict)
    furniture: list[Cut] = field(default_factory=list)

    def line(self, text: str, reason: str | None = None) -> int:
        """Write *text* as a line and return where it starts."""
        start = self.length
        self.parts.append(text + "\n")
        self.length += len(text) + 1
        if reason:
            self.furniture.append(Cut(start, start + len(text), reason))
        return start

    def feed(self) -> None:
        """End a page."""
        self.parts.append("\f")
        self.length += 1


def compose(pages: Sequence[PageText]) -> FileText:
    """Return the text of printed *pages*, with its tables and furniture.

    A paragraph or a table row that a page break cuts is whole, on the page where it starts.
    """
    taken = [_take_apart(page) for page in pages]
    lines = [line for page in taken for line in page.items if isinstance(line, Line)]
    body = _body_size(lines)
    _mark_heads(taken, body)
    for page in taken:
        _take_notes(page, body)
    _continue_notes(taken)
    _join_tables(taken)
    written = _write(taken)
    return FileText(
        "".join(written.parts),
        "pdf",
        rows=written.rows,
        furniture=tuple(sorted(written.furniture, key=lambda cut: cut.start)),
        pages=len(pages),
    )


def _take_apart(page: PageText) -> _Page:
    tables, glyphs = find_tables(page.glyphs, page.rules, page.number)
    items = find_unruled(find_lines(glyphs, page.number), page.number)
    for table in [*tables, *page.tables]:
        place = next((i for i, item in enumerate(items) if item.top > table.top), len(items))
        items.insert(place, table)
    return _Page(page, items)


def picture_tables(picture: "PictureText", scale: float, page: int) -> list[Table]:
    """Return the tables of a recognised picture as those of a page; *scale* is points a pixel."""
    found = []
    for table in picture.tables:
        columns = max((len(row) for row in table.rows), default=0)
        if columns < 2:
            continue
        # Where the columns begin is not known; equal ones let a table go on over a page with as many.
        step = (table.right - table.left) * scale / columns
        edges = tuple(table.left * scale + step * place for place in range(columns + 1))
        rows = tuple(
            Row((*row, *[""] * (columns - len(row))), covered)
            for row, covered in zip(table.rows, table.covered, strict=True)
        )
        found.append(Table(rows, edges, table.top * scale, table.bottom * scale, page))
    return found


def _body_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


# --- heads and feet --------------------------------------------------------------------------------------------------


def _mark_heads(pages: Sequence[_Page], body: float) -> None:
    """Move the running heads and page numbers out of the items of *pages*."""
    outer = [(page, line, head) for page in pages for line, head in _outer_lines(page)]
    reasons: dict[int, Furniture] = {}
    offsets = Counter(
        value - page.source.number
        for page, line, _ in outer
        if (value := _number(line.text)) is not None and DIGITS.search(line.text)
    )
    for page, line, head in outer:
        if _is_page_number(page, line, head, offsets):
            reasons[id(line)] = "page number"
    groups: dict[tuple[str, bool], list[tuple[_Page, Line]]] = defaultdict(list)
    for page, line, head in outer:
        if id(line) not in reasons and not TITLE_OF_PART.match(line.text):
            groups[DIGITS.sub("#", line.text), head].append((page, line))
        if PRINTED.fullmatch(line.text):
            reasons[id(line)] = "running head"
    for group in groups.values():
        for line in _recurring(group, len(pages), body):
            reasons[id(line)] = "running head"
    for page in pages:
        for line, head in _outer_lines(page):
            if id(line) in reasons:
                (page.heads if head else page.feet).append((line, reasons[id(line)]))
        page.items = [item for item in page.items if id(item) not in reasons]


def _outer_lines(page: _Page) -> list[tuple[Line, bool]]:
    """The lines in the bands at the head and the foot of a page; True for the head."""
    lines = sorted((item for item in page.items if isinstance(item, Line)), key=lambda line: line.base)
    height = page.source.height
    heads = [line for line in lines[:OUTER] if line.bottom <= BAND * height]
    feet = [line for line in lines[-OUTER:] if line.top >= (1 - BAND) * height and line not in heads]
    return [*((line, True) for line in heads), *((line, False) for line in feet)]


def _number(text: str) -> int | None:
    """The number of a page that *text* is; 0 for a Roman one, None where it is something else."""
    match = PAGE_NUMBER.fullmatch(text)
    if not match:
        return None
    return int(match["number"]) if match["number"].isdecimal() else 0


def _is_page_number(page: _Page, line: Line, head: bool, offsets: Counter[int]) -> bool:
    value = _number(line.text)
    if value is None or value > MOST_PAGE:
        return False
    if DECORATED.search(line.text) or offsets[value - page.source.number] > 1 or not DIGITS.search(line.text):
        return _is_outermost(page, line, head)
    # A bare figure on one page only: a page number stands alone at the foot, in the middle or at a side.
    middle = (line.left + line.right) / 2 / page.source.width
    placed = abs(middle - 0.5) < 0.06 or middle < 0.2 or middle > 0.8
    return not head and placed and _is_outermost(page, line, head) and _distance(page, line) > 2.2 * line.size


def _is_outermost(page: _Page, line: Line, head: bool) -> bool:
    """Say whether no table and no body stands further out than *line*."""
    others = [item for item in page.items if item is not line]
    if head:
        return sum(other.bottom <= line.top for other in others) < OUTER
    return sum(other.top >= line.bottom for other in others) < OUTER


def _distance(page: _Page, line: Line) -> float:
    """Points between *line* and the nearest other item."""
    others = [item for item in page.items if item is not line]
    return min((max(line.top - item.bottom, item.top - line.bottom) for item in others), default=1e9) + line.size


def _recurring(group: Sequence[tuple[_Page, Line]], pages: int, body: float) -> list[Line]:
    """The lines of *group*, which differ in figures only, that are one running head over pages."""
    first = group[0]
    numbers = [[int(digits) for digits in DIGITS.findall(line.text)] for _, line in group]
    for values in zip(*numbers, strict=True):
        shifts = {value - page.source.number for value, (page, _) in zip(values, group, strict=True)}
        if len(set(values)) > 1 and len(shifts) > 1:
            return []
    same = [line for _, line in group if abs(line.base - first[1].base) <= SAME_PLACE]
    if len({line.page for line in same}) < max(2, SHARE_PAGES * pages):
        return []
    if any(line.size > LARGER * body for line in same):
        return []  # the title of a form that is printed on each page
    small = all(line.size < SMALLER * body for line in same)
    apart = sum(_distance(page, line) > APART * 1.5 * line.size for page, line in group) > len(group) / 2
    return same if small or apart else []


# --- footnotes -------------------------------------------------------------------------------------------------------


def _take_notes(page: _Page, body: float) -> None:
    """Move the footnotes out of the items of *page*."""
    rule = _note_rule(page)
    place = len(page.items)
    while place:
        item = page.items[place - 1]
        if not isinstance(item, Line) or (rule is not None and item.base < rule):
            break
        if rule is None and item.size > NOTE_SIZE * body:
            break
        place -= 1
    if rule is None:
        place = next((i for i in range(place, len(page.items)) if _note_mark(page.items[i])), len(page.items))
    lines = [item for item in page.items[place:] if isinstance(item, Line)]
    if not lines or median(line.size for line in lines) > SMALLER * body or (place == 0 and not _note_mark(lines[0])):
        return
    groups: list[list[Line]] = []
    for line in lines:
        if _note_mark(line) or not groups:
            groups.append([])
        groups[-1].append(line)
    page.items = page.items[:place]
    page.notes = [paragraph_of(group) for group in groups]


def _note_rule(page: _Page) -> float | None:
    """The height of the short rule over the footnotes of a page."""
    low, high = (share * page.source.width for share in SHORT_RULE)
    bottoms = [item.bottom for item in page.items if isinstance(item, Table)]
    rules = [
        rule.top
        for rule in page.source.rules
        if rule.is_flat and low <= rule.right - rule.left <= high and rule.top > max(bottoms, default=0.0) + 2
    ]
    below = [height for height in rules if any(item.top > height - 2 for item in page.items)]
    return max(below) if below else None


def _note_mark(item: Line | Table) -> re.Match[str] | None:
    return NOTE_MARK.match(item.text) if isinstance(item, Line) else None


def _continue_notes(pages: Sequence[_Page]) -> None:
    """Give the rest of a footnote that goes on at the foot of the next page back to it."""
    for page, following in pairwise(pages):
        if page.notes and following.notes and not NOTE_MARK.match(following.notes[0].text):
            page.notes[-1] = paragraph_of([*page.notes[-1].lines, *following.notes[0].lines])
            del following.notes[0]


def _find_mark(note: Paragraph, paragraphs: Sequence[Paragraph]) -> tuple[int, tuple[int, int]] | None:
    """Which of *paragraphs* has the mark of *note*, and where; a raised one before one that stands in the line."""
    match = NOTE_MARK.match(note.text)
    if not match:
        return None
    mark, page = match.group(1), note.lines[0].page
    here = [i for i, paragraph in enumerate(paragraphs) if any(line.page == page for line in paragraph.lines)]
    for place in here:
        for start, end in paragraphs[place].marks:
            if paragraphs[place].text[start:end] == mark:
                return place, (start, end)
    if mark.isdecimal() or mark in "*＊":
        return None
    found = [(place, hit.span()) for place in here for hit in re.finditer(re.escape(mark), paragraphs[place].text)]
    return found[0] if len(found) == 1 and found[0][1][0] > 0 else None


# --- tables and writing ----------------------------------------------------------------------------------------------


def _join_tables(pages: Sequence[_Page]) -> None:
    """Join the tables that page breaks cut."""
    first: Table | None = None
    for page, following in pairwise(pages):
        before = page.items[-1] if page.items else None
        after = following.items[0] if following.items else None
        if not isinstance(before, Table) or not isinstance(after, Table):
            first = None
            continue
        if first is None or len(page.items) > 1:
            first = before
        joined = continue_table(before, after, first)
        if joined is None:
            first = None
        else:
            page.items[-1], following.items[0] = joined


@dataclass(slots=True)
class _Laid:
    """What stands on a page in the end: its paragraphs with their footnotes, and its tables."""

    items: list[tuple[Paragraph, list[Paragraph]] | Table] = field(default_factory=list)


def _write(pages: Sequence[_Page]) -> _Writer:
    laid = _lay_out(pages)
    writer = _Writer()
    for page in pages:
        for line, reason in page.heads:
            writer.line(line.text, reason)
        for item in laid[page.source.number].items:
            if isinstance(item, Table):
                for row in item.rows:
                    _write_row(writer, row)
            else:
                _write_paragraph(writer, *item)
        for line, reason in page.feet:
            writer.line(line.text, reason)
        for text, why in page.source.aside:
            writer.line(text, why)
        writer.feed()
    return writer


def _lay_out(pages: Sequence[_Page]) -> dict[int, _Laid]:
    """Find the paragraphs of a document, and give each to the page where it starts."""
    laid = {page.source.number: _Laid() for page in pages}
    marked: dict[int, list[tuple[int, int]]] = defaultdict(list)
    paragraphs = _all_paragraphs(pages)
    flowing = [item for item in paragraphs if isinstance(item, Paragraph)]
    notes: dict[int, list[Paragraph]] = defaultdict(list)
    for page in pages:
        for note in page.notes:
            found, mark = _find_mark(note, flowing), NOTE_MARK.match(note.text)
            if found and mark:
                notes[found[0]].append(replace(note, marks=(mark.span(),)))
                marked[found[0]].append(found[1])
    placed = {id(note.lines) for group in notes.values() for note in group}
    number = 0
    for item in paragraphs:
        if isinstance(item, Table):
            laid[item.page].items.append(item)
            continue
        shown = replace(item, marks=tuple(sorted(marked[number])))
        laid[item.lines[0].page].items.append((shown, notes[number]))
        number += 1
    for page in pages:
        for note in page.notes:
            if id(note.lines) not in placed:
                laid[page.source.number].items.append((note, []))
    return laid


def _all_paragraphs(pages: Sequence[_Page]) -> list[Paragraph | Table]:
    items = [item for page in pages for item in page.items]
    lines = [item for item in items if isinstance(item, Line)]
    breaks = {id(after) for before, after in pairwise(items) if isinstance(before, Table)}
    # Behind a page that gave nothing, because it is broken or a scan, no paragraph goes on.
    breaks |= {id(following.items[0]) for page, following in pairwise(pages) if following.items and not page.items}
    rough = any(page.source.rough for page in pages)
    by_first: dict[int, Paragraph] = {}
    for paragraph in find_paragraphs(lines, rough, breaks):
        by_first[id(paragraph.lines[0])] = paragraph
    found: list[Paragraph | Table] = []
    for item in items:
        if isinstance(item, Table):
            found.append(item)
        elif id(item) in by_first:
            found.append(by_first[id(item)])
    return found


def _write_row(writer: _Writer, row: Row) -> None:
    start = writer.line("\t".join(row.cells), "repeated table head" if row.repeated else None)
    writer.rows[start] = row.covered


def _write_paragraph(writer: _Writer, paragraph: Paragraph, notes: Sequence[Paragraph]) -> None:
    for item in (paragraph, *notes):
        start = writer.line(item.text)
        writer.furniture += [Cut(start + left, start + right, "footnote mark") for left, right in item.marks]
