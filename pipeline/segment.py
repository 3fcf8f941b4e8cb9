"""Canonical text into the tree of its sections: Document to Sections.

`lines` tells titles, tables and signatures from text, `numbering` finds the numbers; here both become pieces, and
`_Builder` hangs the pieces where they belong.
Source: codebook, Sections.

Choices that the codebook leaves open:
    - A list inside a paragraph (…存在不足:一是…;二是…。) stands beside the words that lead it in, under the same item.
    - A paragraph or note after such a list belongs to the item that holds the list. After (1), ①, 一是 that open lines
      it does so too, unless the list goes on after it or the number stood over its text as a title.
    - A stage line that is only a title holds what follows it, down to the next stage.
    - Signature, date, 特此报告, attachments list and the line 附件 are top-level paragraphs and close what is open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from pipeline.errors import InputError
from pipeline.lines import ENDED, HAN, LONG_LINE, Kind, Line, find_closing, mark_titles, read_lines
from pipeline.numbering import STYLES, UNTITLED, Marker, find_markers, printed
from pipeline.records import Document, Section, content_id
from pipeline.text import fold

_TITLE_RANK = 12  # below 第一章, above 第一节 and 一、
_LOOK_AHEAD = 300  # markers; decides how two styles nest, and bounds the cost of deciding
_TASKS = "任务|内容|事项|措施|举措|项目|指标|目标"
_HEADER = re.compile(
    rf"序号|编号|类别|(?:工作|重点|主要|具体|年度|考核|任务)?(?:{_TASKS})(?:名称|内容|分解)?|(?:责任|牵头|配合|完成|主办|协办).{{2,6}}|备注"
)
_TASK = re.compile(rf".{{0,4}}(?:{_TASKS})(?:名称|内容|分解)?")
_RUNNING = re.compile(rf"[\d{HAN}()①-⑳.、 ]*")
_TASK_CELL = 6  # characters; a shorter cell is a category or a name


@dataclass(slots=True)
class _Piece:
    """A stretch of text that opens a section: it ends where the next one starts."""

    start: int
    kind: Kind | Literal["number"]
    title: str = ""
    marker: Marker | None = None
    over: bool = False  # the title is all there is on the line, so the text comes below it


@dataclass(slots=True)
class _Node:
    parent: "_Node | None"
    start: int
    number: str
    level: int
    title: str
    depth: int


@dataclass(slots=True)
class _Open:
    node: _Node
    style: str
    rank: int
    value: int
    piece: _Piece


def find_sections(document: Document) -> tuple[Section, ...]:
    """Return the sections of *document* in reading order, parents before children.

    Raises:
        InputError: the text is empty.
    Source: codebook, Sections. Top-level sections tile the text; inside a parent, its own text and its children do.
    """
    text = document.text
    folded = fold(text)
    lines = read_lines(folded)
    if not lines:
        raise InputError(f"expected the text of a document to segment, got an empty one in {document.name}")
    readable = [line for line in lines if line.kind in ("text", "stage")]
    markers = find_markers(folded, [(line.start, line.end) for line in readable])
    by_start = {line.start: line for line in readable}
    for marker in markers:
        if marker.opens_line:
            by_start[marker.start].opener = marker
    mark_titles(lines)
    pieces = list(_cut(text, lines, markers))
    return _sections(document, _Builder(pieces).build(text))


def _cut(text: str, lines: Sequence[Line], markers: Sequence[Marker]) -> Iterator[_Piece]:
    """Cut lines into pieces, at each marker."""
    ending = find_closing(lines)
    header: list[str] | None = None
    at = 0
    for place, line in enumerate(lines):
        inside = []
        while at < len(markers) and markers[at].start < line.end:
            inside.append(markers[at])
            at += 1
        header = header if line.kind == "row" else None
        kind = line.kind
        if kind in ("closing", "list") and place not in ending:
            kind = "text"
        if not inside or not inside[0].opens_line:
            end = inside[0].start if inside else line.end
            title = ""
            if kind == "row":
                title, header = _task(text[line.start : line.end], header)
            elif kind in ("title", "stage"):
                title = _title(text, line.start, end)
            over = kind == "stage" and not inside and len(title) == line.end - line.start
            yield _Piece(line.start, kind, title, None, over)
        for marker, following in zip_longest(inside, inside[1:]):
            end = following.start if following else line.end
            title = "" if marker.style in UNTITLED else _title(text, marker.end, end)
            over = len(title) <= LONG_LINE and not ENDED.search(text[marker.end : end]) and not following
            yield _Piece(marker.start, "number", title, marker, over)


def _title(text: str, start: int, end: int) -> str:
    stop = text.find("。", start, end)
    return text[start : end if stop < 0 else stop].strip()


def _task(row: str, header: list[str] | None) -> tuple[str, list[str]]:
    """Return the task that a table row names, and the header that holds for the rows after it.

    A header row, which can only be the first (*header* is None), names none. A cell that spans rows is printed once, so
    a short row is read from its right end.
    """
    cells = [cell.strip() for cell in row.split("\t")]
    names = [cell for cell in cells if cell]
    if header is None:
        heads = [bool(_HEADER.fullmatch(cell)) for cell in names]
        if names and (heads[0] or sum(heads) * 2 >= len(heads)):
            return "", cells
        header = []
    column = next((place for place, name in enumerate(header) if _TASK.fullmatch(name)), None)
    if column is not None and 0 <= column - len(header) + len(cells) < len(cells):
        cell = cells[column - len(header) + len(cells)]
        if not _RUNNING.fullmatch(fold(cell)):
            return cell, header
    named = [cell for cell in names if not _RUNNING.fullmatch(fold(cell))]
    return next((cell for cell in named if len(cell) >= _TASK_CELL), named[0] if named else ""), header


class _Builder:
    """Hangs the pieces into a tree; `open` holds the sections that may still take in more, outermost first."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        self.pieces = pieces
        self.open: list[_Open] = []
        self.nodes: list[_Node] = []
        self.nested: set[tuple[str, str]] = set()  # (outer, inner) styles seen against their usual order
        self.with_text: set[tuple[int, str]] = set()  # lists whose numbers stand over paragraphs of their own
        self.goes_on = self._find_continued()

    def build(self, text: str) -> list[_Node]:
        for place, piece in enumerate(self.pieces):
            if piece.kind == "number":
                self._add_number(place, text)
            elif piece.kind == "title":
                self._push(piece, "title", _TITLE_RANK, 0, 1, "", self._outer(_TITLE_RANK))
            elif piece.kind == "stage":
                self._add_stage(piece)
            elif piece.kind in ("closing", "list", "annex", "signature"):
                self.open.clear()
                self._add(piece, 0, "")
            else:
                self._settle()
                self._add(piece, 0, "")
        if self.nodes:
            self.nodes[0].start = 0
        return self.nodes

    def _find_continued(self) -> set[int]:
        """Return the starts of the numbers whose list goes on before a section of levels 1 to 3 opens."""
        goes_on = set()
        ahead: dict[str, int] = {}
        for piece in reversed(self.pieces):
            marker = piece.marker
            if marker is None:
                if piece.kind not in ("text", "footnote", "row"):
                    ahead.clear()
            elif marker.level < 4:
                ahead.clear()
            else:
                if ahead.get(marker.style, 0) > 1:
                    goes_on.add(marker.start)
                ahead[marker.style] = marker.value
        return goes_on

    def _add_number(self, place: int, text: str) -> None:
        piece = self.pieces[place]
        marker = piece.marker
        assert marker is not None  # a piece of this kind has one
        styles = [section.style for section in self.open]
        if marker.style in styles:
            keep = len(styles) - 1 - styles[::-1].index(marker.style)
        else:
            keep = self._outer(marker.rank)
            if keep < len(self.open) and marker.value == 1 and self._nests(place, keep):
                keep = len(self.open)
        self._push(piece, marker.style, marker.rank, marker.value, marker.level, printed(text, marker), keep)

    def _outer(self, rank: int) -> int:
        """Return how many open sections, counted from outside, may hold one of *rank*."""
        keep = len(self.open)
        while keep and self.open[keep - 1].rank >= rank:
            keep -= 1
        return keep

    def _nests(self, place: int, keep: int) -> bool:
        """Say whether the list that begins at *place* stands inside a section of a style that is usually inside it.

        It does where that section's numbers go on after the list (1. … (一) (二) … 2.) and the list's do not.
        """
        marker = self.pieces[place].marker
        assert marker is not None  # asked for numbers only
        inner = {section.style: section.value for section in self.open[keep:]}
        innermost = (self.open[-1].style, marker.style)
        if innermost in self.nested:
            return True
        resumed = False
        for piece in self.pieces[place + 1 : place + 1 + _LOOK_AHEAD]:
            other = piece.marker
            if other is None:
                continue
            if other.style == marker.style:
                if resumed:
                    resumed = other.value == 1
                    break
            elif other.style in inner:
                resumed = resumed or other.value == inner[other.style] + 1
            elif other.rank < marker.rank:
                break
        if resumed:
            self.nested.add(innermost)
        return resumed

    def _add_stage(self, piece: _Piece) -> None:
        styles = [section.style for section in self.open]
        if "stage" in styles:
            del self.open[styles.index("stage") :]
        else:
            self._settle()
        if piece.over:
            self._push(piece, "stage", STYLES["paren_han"].rank + 1, 0, 0, "", len(self.open))
        else:
            self._add(piece, 0, "")

    def _settle(self) -> None:
        """Close the lists of level 4 that a paragraph does not belong to."""
        while self.open:
            section = self.open[-1]
            marker = section.piece.marker
            if marker is None or marker.level < 4:
                return
            run = (id(section.node.parent), section.style)
            if marker.start in self.goes_on or (
                marker.opens_line and marker.style not in ("first_is", "first_must") and section.piece.over
            ):
                self.with_text.add(run)
                return
            if marker.opens_line and run in self.with_text:
                return
            self.open.pop()

    def _push(self, piece: _Piece, style: str, rank: int, value: int, level: int, number: str, keep: int) -> None:
        del self.open[keep:]
        self.open.append(_Open(self._add(piece, level, number), style, rank, value, piece))

    def _add(self, piece: _Piece, level: int, number: str) -> _Node:
        parent = self.open[-1].node if self.open else None
        node = _Node(parent, piece.start, number, level, piece.title, parent.depth + 1 if parent else 0)
        self.nodes.append(node)
        return node


def _sections(document: Document, nodes: Sequence[_Node]) -> tuple[Section, ...]:
    """Give each node its end, where the next one begins that is not inside it, and make the records."""
    ends = [0] * len(nodes)
    ahead = [len(document.text)]  # by depth: where the next section of that depth or less begins; the last holds below
    for place in range(len(nodes) - 1, -1, -1):
        depth = nodes[place].depth
        ends[place] = ahead[min(depth, len(ahead) - 1)]
        ahead += [ahead[-1]] * (depth - len(ahead))
        ahead[depth:] = [nodes[place].start]
    made: dict[int, Section] = {}
    for node, end in zip(nodes, ends, strict=True):
        section_id = content_id(document.doc_id, node.start, end, node.number, node.level)
        parent = made[id(node.parent)] if node.parent else None
        made[id(node)] = Section(section_id, parent, node.number, node.level, node.title, node.start, end)
    return tuple(made.values())
