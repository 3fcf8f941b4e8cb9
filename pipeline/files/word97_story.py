"""The stories of a Word 97 file: what of their characters is shown, and what hangs on which paragraph."""

import bisect
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeVar

from pipeline.files import word97_binary as binary
from pipeline.files.blocks import Block, Mark, build_blocks
from pipeline.files.word95 import guess_rows
from pipeline.files.word97_binary import BrokenWordError, Piece, Properties, Runs, WordFile
from pipeline.files.word97_lists import LEVEL, LIST, STYLE, TITLE, Numbers, Style, read_lists, read_styles, styled
from pipeline.files.word_marks import field_text
from pipeline.files.word_numbering import with_label

DELETED, HIDDEN, SYMBOL = 0x0800, 0x083C, 0x6A09  # sprms of characters
DROP_CAP = 0x442C  # of paragraphs: an initial over several lines, which Word keeps as a paragraph of its own
CELL_BYTES, CONTINUED = 20, 1  # of a cell in the shape of a row; of its bits, a cell that a cell above covers
IN_TABLE, ROW_END, DEPTH = 0x2416, 0x2417, 0x6649  # sprms of paragraphs
INNER_CELL_END, INNER_ROW_END = 0x244B, 0x244C
MOST_FAR_LISTS = 2000  # lists of properties that lie in the Data stream: one for each row of a table of many columns
GONE = "\0"  # stands for a character that is not shown, so that the places of the others stay those of the file
FIELD = re.compile("[\x13\x14\x15]")
MARK = re.compile("[\r\a\f]")
PICTURE = "\x01"
# The control characters of Word that are something in the text; those that are nothing fall out later.
CONTROLS = str.maketrans({"\v": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": None, GONE: None})
DRAWING = re.compile(r"\s*EQ\b", re.IGNORECASE)  # a field that draws characters and keeps no result
# Symbol fonts put their pictures at U+F000; these have a character of their own.
WINGDINGS = {
    **{0xF081 + i: chr(0x2460 + i) for i in range(10)},
    **{0xF08C + i: chr(0x2776 + i) for i in range(10)},
    **dict.fromkeys((0xF06C, 0xF09F, 0xF0B7), "●"),
    **dict.fromkeys((0xF06E, 0xF0A7), "■"),
    **dict.fromkeys((0xF0FC, 0xF050), "√"),
    **dict.fromkeys((0xF0FE, 0xF052), "☑"),
    **dict.fromkeys((0xF06F, 0xF0A8), "□"),
}

Asides = list[tuple[int, list[Block]]]  # by the character that they hang on
_T = TypeVar("_T")


class Stories:
    """The text of a Word 97 file, with what the file says about its paragraphs."""

    def __init__(self, file: WordFile, most: int) -> None:
        """Read everything but the paragraphs themselves; *most* characters at most."""
        self.notes: list[str] = []
        self._file = file
        self._pieces = binary.find_pieces(file, most)
        self._starts = [piece.start for piece in self._pieces]
        self._deleted_marks: set[int] = set()  # of cells and rows, which stay in the text
        self._far_left = MOST_FAR_LISTS
        self._cache: dict[bytes, dict[int, bytes]] = {}
        self._runs = self._or(
            lambda: binary.read_runs(file, binary.PARAGRAPH_RUNS), Runs(), "段落格式读不出，表格按字符推断"
        )
        self._styles: Sequence[Style | None] = self._or(lambda: read_styles(file), [], "样式读不出")
        self._numbers = self._or(lambda: read_lists(file), Numbers([]), "自动编号读不出")
        characters = binary.read_characters(file, self._pieces)
        binary.check_marks(characters)
        self._text = self._shown(characters)
        self._stories = file.stories(len(self._text))

    def _or(self, read: Callable[[], _T], instead: _T, note: str) -> _T:
        """What *read* returns; where that part of the file is broken, *instead*, with a note."""
        try:
            return read()
        except BrokenWordError:
            self.notes.append(note)
            return instead

    def blocks(self) -> list[Block]:
        """Return the main story with its footnotes and text boxes."""
        start, end = self._stories["main"]
        if start == end:
            raise BrokenWordError("no characters in the main story")
        nothing: Asides = []
        asides = self._or(self._asides, nothing, "脚注、文本框读不出")
        if self._text.find(PICTURE, start, end) >= 0:
            self.notes.append(f"图片 {self._text.count(PICTURE, start, end)} 张，其中文字未读")
        if self._stories["comments"][0] < self._stories["comments"][1]:
            self.notes.append("批注未计入正文")
        return self._blocks(start, end, asides)

    def _shown(self, characters: str) -> str:
        """The characters with those taken out that are deleted, hidden or the instruction of a field."""
        units = list(characters)
        runs = self._or(
            lambda: binary.read_runs(self._file, binary.CHARACTER_RUNS),
            Runs(),
            "字符格式读不出，已删除的文字可能未去掉",
        )
        deleted = hidden = 0
        for start, end, said in _stretches(self._pieces, runs):
            properties = self._properties(said)
            if properties.get(DELETED, b"\0")[:1] == b"\x01":
                self._deleted_marks.update(place for place in range(start, end) if units[place] == "\a")
                deleted += _blank(units, start, end)
            elif properties.get(HIDDEN, b"\0")[:1] in (b"\x01", b"\x81"):
                hidden += _blank(units, start, end)
            elif len(properties.get(SYMBOL, b"")) == 4 and units[start] == "(":
                units[start] = chr(int.from_bytes(properties[SYMBOL][2:], "little") | 0xF000)
        if deleted:
            self.notes.append(f"修订按接受处理：去掉已删除的 {deleted} 字")
        if hidden:
            self.notes.append(f"去掉隐藏文字 {hidden} 字")
        return blank_fields("".join(units))

    def _properties(self, said: bytes) -> dict[int, bytes]:
        if said not in self._cache:
            found = binary.read_properties(said, self._file.data if self._far_left else b"")
            if self._far_left and any(code in found for code in binary.ELSEWHERE):
                self._far_left -= 1
            self._cache[said] = found
        return self._cache[said]

    def _paragraph(self, place: int) -> tuple[int, dict[int, bytes], bool]:
        """Style and properties of the paragraph that the mark at *place* ends, and whether it does end one."""
        piece = self._pieces[bisect.bisect_right(self._starts, place) - 1]
        byte = piece.place_of(place)
        index = self._runs.at(byte)
        if index is None:
            return 0, {}, True
        said = self._runs.said[index]
        own = dict(self._properties(said[2:]))
        if piece.properties:
            own.update(self._properties(piece.properties))
        style = int.from_bytes(own.get(STYLE, said[:2])[:2], "little")
        return style, own, byte + piece.width >= self._runs.ends[index]

    def _blocks(self, start: int, end: int, asides: Sequence[tuple[int, list[Block]]] = ()) -> list[Block]:
        """The paragraphs and tables between two characters."""
        marks = []
        at, next_aside = start, 0
        for match in MARK.finditer(self._text, start, end):
            style, own, is_end = self._paragraph(match.start())
            if match[0] == "\f" and not is_end:
                continue  # a page break inside a paragraph
            if match[0] == "\r" and _value(own, DROP_CAP) & 7:
                continue
            first = next_aside
            while next_aside < len(asides) and asides[next_aside][0] <= match.start():
                next_aside += 1
            hanging = [blocks for _, blocks in asides[first:next_aside]]
            is_gone = match.start() in self._deleted_marks
            text = self._text[at : match.start()].replace("\r", "")  # of an initial
            marks.append(self._mark(match.start(), text, style, own, hanging, is_gone))
            at = match.end()
        hanging = [blocks for _, blocks in asides[next_aside:]]
        if hanging or self._text[at:end].strip(GONE):
            marks.append(Mark(shown_text(self._text[at:end]), asides=hanging))
        if "\a" in self._text[start:end] and not any(mark.ends == "row" for mark in marks):
            marks = guess_rows(shown_text(self._text[start:end], paragraphs=True))
        return build_blocks(marks)

    def _story_of(self, place: int) -> str:
        return next((story for story, (start, end) in self._stories.items() if start <= place < end), "main")

    def _mark(
        self, place: int, text: str, style: int, own: Properties, hanging: list[list[Block]], is_gone: bool
    ) -> Mark:
        mark = self._text[place]
        depth = _value(own, DEPTH) or _value(own, IN_TABLE)
        ends: Literal["paragraph", "cell", "row"] = "paragraph"
        if mark == "\a" or _value(own, INNER_CELL_END) or _value(own, INNER_ROW_END):
            ends = "row" if _value(own, ROW_END) or _value(own, INNER_ROW_END) else "cell"
            depth = 1 if mark == "\a" else max(depth, 1)
        if ends == "row":
            edges, covered = _row_shape(own)
            return Mark("", depth, "row", is_gone=is_gone, edges=edges, covered=covered)
        shown = shown_text(text)
        known = styled(own, style, self._styles)
        label = self._numbers.next_label(_value(known, LIST), _value(known, LEVEL), self._story_of(place))
        if shown.strip() or ends == "cell":  # a column of numbers has no text of its own
            shown = with_label(label, shown)
        here = self._styles[style] if style < len(self._styles) else None
        return Mark(shown, depth, ends, here is not None and here.built_in == TITLE, asides=hanging)

    def _asides(self) -> Asides:
        """Footnotes, endnotes and text boxes by the character that they hang on."""
        found: Asides = []
        for marks, texts, story in (
            (binary.NOTE_MARKS, binary.NOTE_TEXTS, "footnotes"),
            (binary.END_MARKS, binary.END_TEXTS, "endnotes"),
        ):
            places = [place for place, _ in binary.entries(self._file.part(marks), 2)]
            texts_at = binary.bounds(self._file.part(texts))
            found += [(at, self._aside(story, *span)) for at, span in zip(places, texts_at, strict=False)]
        found += self._boxes()
        return sorted((aside for aside in found if aside[1]), key=lambda aside: aside[0])

    def _boxes(self) -> Asides:
        """The text boxes; one that is part of a group hangs where the box before it does."""
        anchors = {said[:4]: place for place, said in binary.entries(self._file.part(binary.SHAPES), 26)}
        part = self._file.part(binary.BOX_TEXTS)
        found = []
        place = min(anchors.values(), default=0)
        for (_, said), span in zip(binary.entries(part, 22), binary.bounds(part, 22), strict=False):
            place = anchors.get(said[14:18], place)
            found.append((place, self._aside("boxes", *span)))
        return found

    def _aside(self, story: str, start: int, end: int) -> list[Block]:
        """A stretch of another story, counted from where that begins; [] if it shows nothing."""
        first, last = self._stories[story]
        start, end = min(first + start, last), min(first + end, last)
        text = self._text[start:end]
        if not shown_text(text).strip(" \t\r\n\a\x01\x02\x08"):
            return []
        lead = len(text) - len(text.lstrip(" \t\u3000\x02" + GONE))  # the mark of the footnote
        return self._blocks(start + lead, end)


def _value(properties: Mapping[int, bytes], code: int) -> int:
    return int.from_bytes(properties.get(code, b""), "little")


def _row_shape(shape: Properties) -> tuple[tuple[int, ...], frozenset[int]]:
    """The bounds of the cells of a row and which of them continue a cell above."""
    said = shape.get(binary.TABLE_SHAPE, b"")
    count = said[2] if len(said) > 2 else 0
    if len(said) < 3 + 2 * (count + 1):
        return (), frozenset()
    edges = tuple(int.from_bytes(said[3 + 2 * i : 5 + 2 * i], "little", signed=True) for i in range(count + 1))
    first = 3 + 2 * (count + 1)
    merged = {i: said[at] >> 5 & 3 for i in range(count) if (at := first + CELL_BYTES * i) < len(said)}
    down = shape.get(binary.CELL_DOWN, b"")  # later changes: its length 2, the cell, what it is
    merged.update({down[at + 1]: down[at + 2] for at in range(0, len(down) - 2, 3)})
    return edges, frozenset(cell for cell, how in merged.items() if how == CONTINUED)


def _stretches(pieces: Sequence[Piece], runs: Runs) -> list[tuple[int, int, bytes]]:
    """The stretches of characters about which something is said, in order of the pieces."""
    found = []
    for piece in pieces:
        if piece.properties:
            found.append((piece.start, piece.end, piece.properties))
        index = bisect.bisect_right(runs.ends, piece.place)
        last = piece.place_of(piece.end)
        while index < len(runs.starts) and runs.starts[index] < last:
            if runs.said[index]:
                low = max(piece.start, piece.start + (runs.starts[index] - piece.place) // piece.width)
                high = min(piece.end, piece.start + (runs.ends[index] - piece.place) // piece.width)
                if low < high:
                    found.append((low, high, runs.said[index]))
            index += 1
    return found


def _blank(units: list[str], start: int, end: int) -> int:
    """Take the characters out, but for the ends of cells; return how many of them were letters."""
    count = 0
    for place in range(start, end):
        if units[place] != "\a":
            count += units[place] > " "
            units[place] = GONE
    return count


def blank_fields(text: str) -> str:
    """Return *text* with the instructions of its fields taken out, so that only their results are left."""
    partner: dict[int, int] = {}  # beginning -> where the result begins, or the end if there is none
    stack: list[tuple[int, int | None]] = []
    for match in FIELD.finditer(text):
        if match[0] == "\x13":
            stack.append((match.start(), None))
        elif stack and match[0] == "\x14":
            stack[-1] = (stack[-1][0], match.start())
        elif stack and match[0] == "\x15":
            begin, parting = stack.pop()
            partner[begin] = match.start() if parting is None else parting
    parts, at = [], 0
    for match in FIELD.finditer(text):
        begin = match.start()
        if begin < at:
            continue  # in an instruction
        until = partner.get(begin, begin) + 1
        if "\a" in text[begin : min(until, begin + 2000)] or until - begin > 2000:
            until = begin + 1  # no instruction is that long, or goes from cell to cell
        has_result = text[until - 1 : until] == "\x14" and text[until : until + 1] != "\x15"
        is_drawn = not has_result and DRAWING.match(text, begin + 1, until) is not None
        drawn = field_text(text[begin + 1 : until - 1]) if is_drawn else ""
        parts += [text[at:begin], drawn, GONE * (until - begin - len(drawn))]
        at = until
    return "".join(parts) + text[at:]


def shown_text(text: str, *, paragraphs: bool = False) -> str:
    """Return *text* without placeholders, with symbols as characters; *paragraphs*: form feeds end one."""
    if paragraphs:
        text = text.replace("\f", "\r")
    text = text.translate(CONTROLS).translate(WINGDINGS)
    return binary.join_surrogates(text)
