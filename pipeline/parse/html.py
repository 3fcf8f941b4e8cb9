"""HTML to a flow: the characters that a reader sees, line ends, table cells, and the place of each in the source."""

import html
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.parse import words
from pipeline.parse.containers import choose_body, is_container
from pipeline.parse.flow import SOFT, Flow
from pipeline.parse.markup import BREAK, CELL, HIDDEN, LINKED, ROW, TEXT, Reading, attribute, hiding_names, read_markup
from pipeline.parse.metadata import Labelled
from pipeline.parse.spam import sells
from pipeline.records import Cut
from pipeline.text import fold, is_chinese

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
SOFT_BLANKS = str.maketrans(dict.fromkeys("\n\r\t\x0b\x0c\x85\u2028\u2029", SOFT))
SPAN = re.compile(r"""(colspan|rowspan)\s*=\s*["']?\s*(\d{1,3})""", re.IGNORECASE)
# A string in a script under a key that means an article: "content": "<p>…</p>", contentHtml = '…'.
LITERAL = re.compile(
    r"""\b(?:\w*content\w*|\w*detail\w*|\w*html|body|text)["']?\s*[:=]\s*(?:"((?:[^"\\\n]|\\.)*+)"|'((?:[^'\\\n]|\\.)*+)')""",
    re.IGNORECASE | re.DOTALL,
)
LITERALS = 5  # the longest ones of a page are looked into
ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)
SHORT_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " "}
TAG = re.compile(r"<(?:p|div|br|span|table)\b", re.IGNORECASE)
LEAST_TAGGED, LEAST_PLAIN = 30, 100  # Chinese characters of a string that is an article, with tags and without
MAX_SHOWN_SENTENCES = 1  # a page that shows more shows its article
ELSEWHERE = re.compile(r"\s*(?:https?:)?//(?![^/?#]*gov\.cn(?:[:/?#]|$))", re.IGNORECASE)
FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|ofd|zip|rar|txt|jpe?g|png)(?:[?#]|\s*$)", re.IGNORECASE)
LABEL_HINT = re.compile("[:：]")
DAY = re.compile(r"20\d\d-\d{1,2}-\d{1,2}(?!\d)")
LONGEST_LABEL = 24  # characters with the blanks inside
MAX_SPAN = 20  # a wider or higher cell is a typing error
MAX_CELL = 800  # characters; a longer cell holds an article, and its table only places it
MOST = 0.5  # of the page's text; likewise
FEW_ROWS = 3
PARAGRAPHS = 10  # starts and ends of the blocks in a cell that holds an article
MAX_LINK = 200  # characters of the text of a link; a longer one was never closed
ARTICLE = 300  # characters that make an article of a page that is little else


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The flow of an HTML page, and what its head and tags say about it."""

    flow: Flow
    labelled: tuple[Labelled, ...]
    container_known: bool
    rule: str  # which rule found the article, for people


def read_html(source: str) -> HtmlPage:
    """Return the visible text of *source* with its article marked out.

    A page that shows no article may have it in a script, as a string that the browser turns into one; that is then
    read after the visible text. Each of its characters leads to its own place in the source. The source without the
    cuts is the text also where quotes, slashes or line ends are escaped, but a character that is printed as its number
    stays such a number there.
    """
    reading = _read_seen(source)
    if scripted := _scripted_body(source, reading):
        return scripted
    chosen = choose_body(reading)
    flow = _Writer(source, reading).write(chosen.stretches)
    return HtmlPage(flow, tuple(reading.labelled), chosen.is_known, chosen.rule)


def _read_seen(source: str) -> Reading:
    """Read a page without what its style sheet moves out of sight; should that be most of it, the rule was misread."""
    hiding = hiding_names(source)
    reading = read_markup(source, hiding)
    if hiding:
        sizes = {HIDDEN: 0, TEXT: 0}
        for what, start, end, _ in reading.events:
            if what in sizes:
                sizes[what] += source.count("。", start, end)
        if sizes[HIDDEN] > sizes[TEXT]:
            return read_markup(source)
    return reading


def _scripted_body(source: str, reading: Reading) -> HtmlPage | None:
    """The page with the article that one of its scripts holds, None where it shows its article itself."""
    shown = "".join(source[start:end] for what, start, end, _ in reading.events if what == TEXT)
    if shown.count("。") > MAX_SHOWN_SENTENCES or not reading.scripts:
        return None
    literals = [
        match.span(match.lastindex or 1)
        for low, high in reading.scripts
        for match in LITERAL.finditer(source, low, high)
    ]
    longest = sorted(literals, key=lambda span: span[0] - span[1])[:LITERALS]
    read = [_unescape(source, *span) for span in longest]
    best = max(((_chinese(text), text, places) for text, places in read), key=lambda each: each[0], default=None)
    if best is None:
        return None
    size, text, places = best
    if size < max(LEAST_TAGGED if TAG.search(text) else LEAST_PLAIN, _chinese(shown)):
        return None
    page = _Writer(source, reading).write(())
    inner = read_markup(text)
    article = _Writer(text, inner).write(())
    return HtmlPage(_appended(page, article, places), tuple(reading.labelled), True, "text in a script")


def _chinese(text: str) -> int:
    return sum(map(is_chinese, text))


def _unescape(source: str, start: int, end: int) -> tuple[str, list[tuple[int, int]]]:
    """Return the string that a literal of a script stands for, and the stretch of source of each character."""
    chars: list[str] = []
    places: list[tuple[int, int]] = []
    at = start
    for match in ESCAPE.finditer(source, start, end):
        chars += source[at : match.start()]
        places += [(place, place + 1) for place in range(at, match.start())]
        numbers = re.findall(r"u([0-9a-fA-F]{4})", match.group())
        if numbers:
            char = bytes.fromhex("".join(numbers)).decode("utf-16-be", errors="replace")
            place = match.span()
        else:
            char = SHORT_ESCAPES.get(match.group()[1], match.group()[1])
            place = (match.end() - 1, match.end())  # the backslash is markup
        if char.isspace():
            place = (match.start(), match.start())  # white space is no part of what is compared
        chars += char
        places += [place] * len(char)
        at = match.end()
    chars += source[at:end]
    places += [(place, place + 1) for place in range(at, end)]
    return "".join(chars), places


def _appended(page: Flow, article: Flow, places: Sequence[tuple[int, int]]) -> Flow:
    """Return *page* with *article* after it, the stretches of which are translated by *places*."""
    base = len(page.text) + 1
    starts, lows, highs = array("I", page.starts), array("I", page.source_starts), array("I", page.source_ends)
    edge = places[0][0]
    starts.append(len(page.text))
    lows.append(edge)
    highs.append(edge)
    ends = [*article.starts[1:], len(article.text)]
    for start, stop, low, high in zip(article.starts, ends, article.source_starts, article.source_ends, strict=True):
        if high > low and stop - start == high - low:
            pieces = [(start + step, places[low + step]) for step in range(high - low)]
        else:
            edge = places[low][0] if low < len(places) else places[-1][1]
            pieces = [(start, (edge, places[high - 1][1] if high > low else edge))]
        for at, (first, last) in pieces:
            starts.append(base + at)
            lows.append(first)
            highs.append(last)
    return replace(
        page,
        text=f"{page.text}\n{article.text}",
        starts=starts,
        source_starts=lows,
        source_ends=highs,
        hidden=tuple(sorted([*page.hidden, *_hidden_in(article, places)], key=lambda cut: cut.start)),
        body=((base, base + len(article.text)),),
        headings=(*page.headings, *((base + start, base + end) for start, end in article.headings)),
        links=(*page.links, *((base + start, base + end) for start, end in article.links)),
        rows={**page.rows, **{base + start: covered for start, covered in article.rows.items()}},
    )


def _hidden_in(article: Flow, places: Sequence[tuple[int, int]]) -> list[Cut]:
    return [Cut(places[cut.start][0], places[cut.end - 1][1], cut.reason) for cut in article.hidden]


@dataclass(slots=True)
class _Row:
    """Where a table row stands: the next column, and how many tabs the line has."""

    column: int = 0
    tabs: int = 0
    falling: dict[int, int] = field(default_factory=dict)  # column -> rows that a cell from above still covers


class _Writer:
    """Writes the texts of a reading out in order and keeps where each came from."""

    def __init__(self, source: str, reading: Reading) -> None:
        self.source, self.reading, self.tree = source, reading, reading.tree
        self.parts: list[str] = []
        self.length = 0
        self.starts, self.source_starts, self.source_ends = array("I"), array("I"), array("I")
        self.grids = _data_tables(reading)
        self.sold = _sold_links(reading, source)
        self.rows: dict[int, _Row] = {}  # table -> the row that is being written
        self.headings: list[tuple[int, int]] = []
        self.links: list[tuple[int, int]] = []
        self.row_starts: dict[int, frozenset[int]] = {}
        self.open_row: int | None = None  # its table
        self.last_element = -1

    def write(self, stretches: tuple[tuple[int, int], ...]) -> Flow:
        hidden = []
        for place, (what, start, end, element) in enumerate(self.reading.events):
            if place in self.sold:
                hidden.append(Cut(start, end, "spam"))
            elif what in (TEXT, LINKED):
                begin = self.length
                self._text(start, end, element)
                if what == LINKED and self.length > begin:
                    self.links.append((begin, self.length))
            elif what == HIDDEN:
                if self.source[start:end].strip():
                    hidden.append(Cut(start, end, "hidden text"))
            else:
                self._break(what, start, element)
        if not self.starts:
            self._put("\n", 0, 0)
        text = "".join(self.parts)
        body = tuple(self._in_flow(start, end) for start, end in stretches)
        return Flow(
            text,
            self.starts,
            self.source_starts,
            self.source_ends,
            len(self.source),
            tuple(hidden),
            body,
            tuple(self.headings),
            tuple(self.links),
            self.row_starts,
        )

    def _in_flow(self, start: int, end: int) -> tuple[int, int]:
        first, last = bisect_left(self.source_starts, start), bisect_left(self.source_starts, end)
        begin = self.starts[first] if first < len(self.starts) else self.length
        stop = self.starts[last] if last < len(self.starts) else self.length
        return begin, stop

    def _put(self, text: str, start: int, end: int) -> None:
        if text:
            self.parts.append(text)
            self.starts.append(self.length)
            self.source_starts.append(start)
            self.source_ends.append(end)
            self.length += len(text)

    def _text(self, start: int, end: int, element: int) -> None:
        if self.tree.heading[element]:
            self.headings.append((self.length, self.length + 1))
        at = start
        raw = self.source[start:end]
        if element != self.last_element and _begins_value(raw[:LONGEST_LABEL].lstrip()):
            self._put(SOFT, start, start)  # glued to the value before it by nothing but markup
        self.last_element = element
        if "&" in raw:
            for match in ENTITY.finditer(raw):
                shown = html.unescape(match.group())
                if shown != match.group():
                    self._verbatim(at, start + match.start(), element)
                    self._put(shown.translate(SOFT_BLANKS), start + match.start(), start + match.end())
                    at = start + match.end()
        self._verbatim(at, end, element)

    def _verbatim(self, start: int, end: int, element: int) -> None:
        raw = self.source[start:end]
        self._put(raw if self.tree.preformatted[element] else raw.translate(SOFT_BLANKS), start, end)

    def _break(self, what: int, at: int, element: int) -> None:
        cell, table = self.tree.cell[element], self.tree.table[element]
        if what == ROW and table in self.grids:
            self._end_line(at)
            self._next_row(table)
        elif what == CELL and table in self.grids:
            self._next_cell(table, element, at)
        elif cell >= 0 and self.tree.table[cell] in self.grids:
            self._put(SOFT, at, at)  # a row stays one line
        else:
            self._end_line(at)

    def _end_line(self, at: int) -> None:
        """End the line; a table row first gets its cells at the right that merged cells from above cover."""
        if self.open_row is not None:
            row = self.rows[self.open_row]
            last = max((column for column in row.falling if column >= row.column), default=-1)
            if last > row.tabs:
                self._put("\t" * (last - row.tabs), at, at)
            self.open_row = None
        self._put("\n", at, at)

    def _next_row(self, table: int) -> None:
        row = self.rows.setdefault(table, _Row())
        row.column = row.tabs = 0
        row.falling = {column: rows - 1 for column, rows in row.falling.items() if rows > 1}
        self.row_starts[self.length] = frozenset(row.falling)
        self.open_row = table

    def _next_cell(self, table: int, element: int, at: int) -> None:
        """Begin a cell, with a tab for each column stepped over: a merged cell keeps its neighbours in place."""
        row = self.rows.setdefault(table, _Row())
        while row.falling.get(row.column, 0) > 0:
            row.column += 1
        self._put("\t" * (row.column - row.tabs), at, at)
        row.tabs = row.column
        spans = {name.lower(): min(int(size), MAX_SPAN) for name, size in SPAN.findall(self.tree.attributes[element])}
        wide, high = max(1, spans.get("colspan", 1)), max(1, spans.get("rowspan", 1))
        if high > 1:
            row.falling.update(dict.fromkeys(range(row.column, row.column + wide), high))
        row.column += wide


def _begins_value(text: str) -> bool:
    """Say whether an element begins with a label or a day, as the parts of an info line do."""
    if LABEL_HINT.search(text) and words.LABEL.match(fold(text)):
        return True
    return DAY.match(text) is not None


def _sold_links(reading: Reading, source: str) -> set[int]:
    """Return the places of the events that are text of a link to a seller's site: it is cut whole."""
    links: dict[int, list[int]] = {}  # the element of the link -> places of its texts
    for place, (what, _, _, element) in enumerate(reading.events):
        if what == LINKED:
            while element > 0 and reading.tree.name[element] != "a":
                element = reading.tree.parent[element]
            links.setdefault(element, []).append(place)
    found: set[int] = set()
    for element, places in links.items():
        target = attribute(reading.tree.attributes[element], "href")
        if ELSEWHERE.match(target) and not FILE.search(target):
            shown = "".join(source[slice(*reading.events[place][1:3])] for place in places)
            if len(shown) <= MAX_LINK and sells(html.unescape(shown)):
                found.update(places)
    return found


def _data_tables(reading: Reading) -> frozenset[int]:
    """Return the tables whose cells are data; the others only place things on the page."""
    tree = reading.tree
    sizes: dict[int, int] = {}  # cell -> characters
    rows: dict[int, list[int]] = {}  # table -> cells of each row
    blocks: Counter[int] = Counter()  # cell -> starts and ends of the blocks inside
    for what, start, end, element in reading.events:
        table = tree.table[element]
        if what in (TEXT, LINKED) and tree.cell[element] >= 0:
            sizes[tree.cell[element]] = sizes.get(tree.cell[element], 0) + end - start
        elif what == ROW:
            rows.setdefault(table, []).append(0)
        elif what == CELL:
            rows.setdefault(table, [0])[-1] += 1
        elif what == BREAK and tree.cell[element] >= 0:
            blocks[tree.cell[element]] += 1
    largest: dict[int, int] = {}  # table -> characters of its longest cell
    for cell, size in sizes.items():
        largest[tree.table[cell]] = max(size, largest.get(tree.table[cell], 0))
        if size > ARTICLE and blocks[cell] >= PARAGRAPHS and len(rows.get(tree.table[cell], ())) <= FEW_ROWS:
            largest[tree.table[cell]] = MAX_CELL + 1
    outer = _around_article(reading) | {
        tree.table[tree.parent[index]] for index, name in enumerate(tree.name) if name == "table"
    }
    total = sum(end - start for what, start, end, _ in reading.events if what in (TEXT, LINKED))
    return frozenset(
        table
        for table, cells in rows.items()
        if table >= 0
        and table not in outer
        and max(cells) > 1
        and not _places_article(len(cells), largest.get(table, 0), total)
    )


def _around_article(reading: Reading) -> set[int]:
    """Return the tables around what a known system marks as the article: they only place it on the page."""
    tree = reading.tree
    inside = [index for index, raw in enumerate(tree.attributes) if raw and is_container(tree.name[index], raw)]
    places = [place for place, begins in reading.marks if begins]
    tables = {tree.table[index] for index in inside}
    for index, name in enumerate(tree.name):
        if name == "table" and any(tree.start[index] < place < tree.end[index] for place in places[:1]):
            tables.add(index)
    for table in tuple(tables):
        while table >= 0:
            tables.add(table)
            table = tree.table[tree.parent[table]]
    return tables


def _places_article(rows: int, longest_cell: int, page: int) -> bool:
    if longest_cell > ARTICLE and longest_cell > MOST * page:
        return True
    return longest_cell > (MAX_CELL if rows <= FEW_ROWS else 3 * MAX_CELL)
