"""Pages of a PDF file as pdfium shows them: characters with their places, ruling lines, and how much pictures cover."""

import ctypes
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from pipeline.files.layout import Glyph, find_rows
from pipeline.files.pdf_layout import Furniture
from pipeline.files.pdf_tables import Rule, Table

MOST_SIDE = 20_000.0  # points; PDF ends at 14,400
MOST_GLYPHS = 200_000  # of a page
MOST_OBJECTS = 100_000  # of a page that are looked at for rules and pictures
MOST_DEPTH = 5  # of forms in forms
THIN = 3.0  # points; a filled box up to this is a ruling line
LEAST_RULE = 4.0  # points
UPRIGHT = 3.0  # degrees from a right angle within which text is no watermark
CELL = 16.0  # points
SAME_GLYPH = 0.2  # em within which one character stands twice
LIGHT, FAINT = 0.6, 170  # lightness and opacity (of 255) from which large text is a watermark
LARGE = 1.5  # of the usual size
INVISIBLE = 3  # render mode of an OCR layer
# Radicals that fonts give for the characters they look like, where NFKC does not know the way back.
RADICALS = str.maketrans(
    "⺁⺄⺆⺈⺊⺌⺍⺕⺗⺝⺟⺠⺧⺪⺫⺮⺯⺶⺷⺸⺼⺾⻁⻂⻄⻅⻆⻉⻋⻍⻎⻑⻒⻓⻔"
    "⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乙冂刀卜小小彐心月母民牛疋罒竹糸羊羊羊肉艹虎衤西见角贝车辶辶長镸长门"
    "青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齐齿齿龍龙龜龟龟",
)
ODD = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")  # radicals and compatibility forms


@dataclass(slots=True)
class PdfPage:
    """What the text layer and the drawing of a page hold."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    aside: list[tuple[str, Furniture | None]] = field(default_factory=list)
    pictured: float = 0.0  # share of the page that pictures cover
    paths: int = 0
    invisible: int = 0  # characters of an OCR layer
    unmapped: int = 0  # characters without a meaning
    tables: list[Table] = field(default_factory=list)  # recognised in its picture
    is_garbled: bool = False  # its characters are others than it shows
    by_picture: bool = False  # it speaks by its picture only


@dataclass(frozen=True, slots=True)
class _Look:
    """How a text object is drawn."""

    size: float
    angle: float  # degrees counter-clockwise, on the page as it is stored
    mode: int
    red: bool
    light: bool


@dataclass(frozen=True, slots=True)
class _Char:
    """A character as the file places it: origin and far corner in the space of the page."""

    char: str
    x: float
    y: float
    box: tuple[float, float, float, float]  # left, bottom, right, top
    look: _Look


@dataclass(frozen=True, slots=True)
class View:
    """Turns the space of a page upright, with the origin at the upper left."""

    box: tuple[float, float, float, float]  # left, bottom, right, top
    turn: int  # degrees clockwise: 0, 90, 180 or 270

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The place of a point."""
        left, bottom, right, top = self.box
        if self.turn == 90:
            return y - bottom, x - left
        if self.turn == 180:
            return right - x, y - bottom
        if self.turn == 270:
            return top - y, right - x
        return x - left, top - y

    def rectangle(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a rectangle."""
        (x0, y0), (x1, y1) = self.at(left, bottom), self.at(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if self.turn % 180 else (width, height)


def read_page(source: Any, number: int) -> PdfPage | None:
    """Return what a page of pdfium holds, None where its size or its number of characters makes no sense."""
    box = tuple(float(value) for value in source.get_bbox())
    if not all(map(math.isfinite, box)) or not (0 < box[2] - box[0] <= MOST_SIDE and 0 < box[3] - box[1] <= MOST_SIDE):
        return None
    with closing(source.get_textpage()) as layer:
        if layer.count_chars() > MOST_GLYPHS:
            return None
        chars, unmapped = _read_chars(layer.raw)
    chars = _once(chars)
    angles = Counter(_quarter(char.look.angle) for char in chars)
    # Text decides what is upright: a page may be turned for the screen, or its text for a landscape table.
    quarters = [(share, quarter) for quarter, share in angles.items() if quarter is not None]
    turn = max(quarters)[1] if quarters else int(source.get_rotation())
    view = View((box[0], box[1], box[2], box[3]), turn)
    page = PdfPage(number, *view.size, unmapped=unmapped)
    _sort_chars(page, [char for char in chars if _is_on(box, char)], view)
    _read_drawing(page, source, view)
    return page


def _is_on(box: tuple[float, ...], char: _Char) -> bool:
    """Say whether any of a character is on the page; what lies beside it, nobody sees."""
    left, bottom, right, top = char.box
    return left < box[2] and right > box[0] and bottom - 1 < box[3] and max(top, char.y + 1) > box[1]


def _quarter(angle: float) -> int | None:
    """The right angle that *angle* is close to, None for one askew."""
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) <= UPRIGHT else None


def _read_chars(layer: Any) -> tuple[list[_Char], int]:
    """Return the characters of a text page, and how many have no code."""
    import pypdfium2.raw as raw

    chars: list[_Char] = []
    looks: dict[int, _Look] = {}
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    unmapped = 0
    for index in range(raw.FPDFText_CountChars(layer)):
        owner = raw.FPDFText_GetTextObject(layer, index)
        if not owner:  # a blank or line end that the library made up
            continue
        code = raw.FPDFText_GetUnicode(layer, index)
        address = ctypes.addressof(owner.contents)
        look = looks.get(address)
        if look is None:
            look = looks[address] = _look(layer, index, owner)
        if code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or code > 0x10FFFF or 0xD800 <= code < 0xE000 or _is_control(code):
            unmapped += 1
            continue
        unmapped += 0xE000 <= code <= 0xF8FF
        raw.FPDFText_GetLooseCharBox(layer, index, box)
        raw.FPDFText_GetCharOrigin(layer, index, x, y)
        corners = (box.left, box.bottom, box.right, box.top)
        if look.size > 0 and math.isfinite(sum(corners) + x.value + y.value):
            chars.append(_Char(_plain(code), x.value, y.value, corners, look))
    return chars, unmapped


def _is_control(code: int) -> bool:
    return (code < 32 and code not in (2, 9, 10, 13)) or 127 <= code < 160


def _plain(code: int) -> str:
    """The character of *code*: the blank, the hyphen or the radical that it stands for."""
    char = chr(code)
    if char.isspace() or char in "\u200b\ufeff\u200c\u200d":
        return " "
    if code in (2, 0xAD):  # a hyphen at the end of a line
        return "-"
    if ODD.match(char):
        return unicodedata.normalize("NFKC", char.translate(RADICALS))
    return char


def _look(layer: Any, index: int, owner: Any) -> _Look:
    import pypdfium2.raw as raw

    matrix, size = raw.FS_MATRIX(), raw.FPDFText_GetFontSize(layer, index)
    raw.FPDFText_GetMatrix(layer, index, matrix)
    tall = math.hypot(matrix.c, matrix.d)
    if not math.isfinite(size * tall):
        size = tall = 0.0
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    coloured = raw.FPDFPageObj_GetFillColor(owner, red, green, blue, alpha)
    values = (red.value, green.value, blue.value) if coloured else (0, 0, 0)
    return _Look(
        abs(size * tall),
        math.degrees(math.atan2(matrix.b, matrix.a)),
        raw.FPDFTextObj_GetTextRenderMode(owner),
        values[0] > 140 and max(values[1:]) < 100,
        min(values) / 255 >= LIGHT or (bool(coloured) and alpha.value < FAINT),
    )


def _once(chars: Sequence[_Char]) -> list[_Char]:
    """Leave out what is drawn a second time at nearly the same place, as for bold type."""
    seen: dict[tuple[str, int, int], list[_Char]] = defaultdict(list)
    kept: list[_Char] = []
    for char in chars:
        if char.char != " ":
            x, y, reach = char.x, char.y, SAME_GLYPH * char.look.size
            if any(
                _is_twin(char, other, reach) for key in _cells(char.char, x, y, reach) for other in seen.get(key, ())
            ):
                continue
            seen[char.char, int(x // CELL), int(y // CELL)].append(char)
        kept.append(char)
    return kept


def _cells(char: str, x: float, y: float, reach: float) -> Iterator[tuple[str, int, int]]:
    """Yield the cells of a grid in which a twin of a character could be."""
    reach = min(reach, CELL)
    for column in range(int((x - reach) // CELL), int((x + reach) // CELL) + 1):
        for row in range(int((y - reach) // CELL), int((y + reach) // CELL) + 1):
            yield char, column, row


def _is_twin(char: _Char, other: _Char, reach: float) -> bool:
    """Say whether a character is drawn twice; two letters of one string may share a place, as parts of a ligature."""
    return abs(other.y - char.y) <= reach and abs(other.x - char.x) <= reach and other.look is not char.look


def _sort_chars(page: PdfPage, chars: Sequence[_Char], view: View) -> None:
    """Put upright text into the glyphs of *page*, and the rest aside: stamps, watermarks, text at the margin."""
    angles = [(char, _quarter(char.look.angle)) for char in chars]
    upright = [char for char, quarter in angles if quarter == view.turn]
    usual = median([char.look.size for char in upright]) if upright else 12.0
    seal = _seal([char for char, quarter in angles if quarter is None and char.look.red])
    stamped: list[_Char] = []
    marked: list[_Char] = []
    turned: dict[int, list[_Char]] = defaultdict(list)
    for char, quarter in angles:
        if char.look.red and seal and _within(seal, char.x, char.y):
            stamped.append(char)
        elif quarter is None or (char.look.light and char.look.size > LARGE * usual and quarter != view.turn):
            marked.append(char)
        elif quarter == view.turn:
            if char.look.light and char.look.size > LARGE * usual and char.look.mode != INVISIBLE:
                marked.append(char)
                continue
            page.invisible += char.look.mode == INVISIBLE and char.char != " "
            page.glyphs.append(_glyph(char, view))
        else:
            turned[quarter].append(char)
    for quarter, group in sorted(turned.items()):
        turned_view = View(view.box, quarter)
        for line in find_rows([_glyph(char, turned_view) for char in group]):
            page.aside.append((line.text, "page number" if _is_number(line.text) else None))
    page.aside += [(text, "stamp") for text in _strings(stamped)]
    page.aside += [(text, "watermark") for text in _strings(marked)]


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-—–\s]*\d{1,4}[-—–\s]*", text) is not None


def _glyph(char: _Char, view: View) -> Glyph:
    left, base = view.at(char.x, char.y)
    right = view.at(*(char.box[2:] if view.turn < 180 else char.box[:2]))[0]
    return Glyph(char.char, left, max(right, left + 0.2 * char.look.size), base, char.look.size)


def _seal(chars: Sequence[_Char]) -> tuple[float, float, float, float] | None:
    """The box of the text that runs round a seal."""
    if len(chars) < 3:
        return None
    size = max(char.look.size for char in chars)
    xs, ys = [char.x for char in chars], [char.y for char in chars]
    return min(xs) - size, min(ys) - 3 * size, max(xs) + size, max(ys) + size


def _within(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _strings(chars: Sequence[_Char]) -> list[str]:
    """Text askew as the file writes it, each string of a repeated watermark once."""
    strings: list[str] = []
    before: _Char | None = None
    for char in chars:
        near = before and math.hypot(char.x - before.x, char.y - before.y) < 2.5 * max(char.look.size, before.look.size)
        if not near:
            strings.append("")
        strings[-1] += char.char
        before = char
    return list(dict.fromkeys(text.strip() for text in strings if text.strip()))


# --- rules and pictures ----------------------------------------------------------------------------------------------


def _read_drawing(page: PdfPage, source: Any, view: View) -> None:
    """Find the ruling lines of a page, and how much of it pictures cover."""
    import pypdfium2.raw as raw

    pictured = 0.0
    for item, matrix in _objects(source.raw):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            page.paths += 1
            page.rules += [Rule(*view.rectangle(*box)) for box in _thin_boxes(item, matrix)]
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(item, matrix)
            width = max(0.0, min(box[2], view.box[2]) - max(box[0], view.box[0]))
            height = max(0.0, min(box[3], view.box[3]) - max(box[1], view.box[1]))
            pictured += width * height
    page.pictured = pictured / (page.width * page.height)


_Matrix = tuple[float, float, float, float, float, float]
_PLAIN: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _place(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


def _matrix(item: Any) -> _Matrix:
    import pypdfium2.raw as raw

    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return _PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def _objects(page: Any) -> Iterator[tuple[Any, _Matrix]]:
    """Yield the objects of a page and of the forms in it, each with the matrix of the form."""
    import pypdfium2.raw as raw

    seen = 0
    stack = [
        (raw.FPDFPage_GetObject(page, i), _PLAIN, 0) for i in range(min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS))
    ][::-1]
    while stack and seen < MOST_OBJECTS:
        item, matrix, depth = stack.pop()
        if not item:
            continue
        seen += 1
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
            yield item, matrix
        elif depth < MOST_DEPTH:
            inner = _times(_matrix(item), matrix)
            count = min(raw.FPDFFormObj_CountObjects(item), MOST_OBJECTS)
            stack += [(raw.FPDFFormObj_GetObject(item, i), inner, depth + 1) for i in range(count)][::-1]


def _bounds(item: Any, matrix: _Matrix) -> tuple[float, float, float, float]:
    """The box of an object, in the space of the page."""
    import pypdfium2.raw as raw

    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *sides):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (side.value for side in sides)
    corners = [_place(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _thin_boxes(item: Any, matrix: _Matrix) -> Iterator[tuple[float, float, float, float]]:
    """Yield the straight lines that a path draws: its strokes, or itself where it is a thin filled box."""
    import pypdfium2.raw as raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
        return
    box = _bounds(item, matrix)
    width, height = box[2] - box[0], box[3] - box[1]
    if not all(map(math.isfinite, box)) or max(width, height) < LEAST_RULE:
        return
    if min(width, height) <= THIN:
        yield box
        return
    count = raw.FPDFPath_CountSegments(item)
    if not stroke.value or count > 200:
        return
    whole = _times(_matrix(item), matrix)
    start = last = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _place(whole, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            yield from _straight(last, point)
        if raw.FPDFPathSegment_GetClose(segment) and start:
            yield from _straight(point, start)
        last = point


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[tuple[float, float, float, float]]:
    width, height = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(width, height) <= THIN / 3 and max(width, height) >= LEAST_RULE:
        yield min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
