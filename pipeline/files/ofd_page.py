"""What stands on a page of an OFD file: characters, ruling lines and pictures at their places.

Source: GB/T 33190—2016, chapters 9 (graphics), 11 (text) and 13 (composite objects). Lengths are mm there and points
here, y grows downwards in both.
"""

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import InputError
from pipeline.files.layout import Glyph, is_wide
from pipeline.files.members import DamagedMemberError
from pipeline.files.ofd_package import (
    OfdDocument,
    Package,
    Part,
    Resource,
    child,
    child_text,
    local,
    named,
    numbers,
    page_size,
)
from pipeline.files.pdf_page import ODD, RADICALS
from pipeline.files.pdf_tables import Rule

if TYPE_CHECKING:
    from lxml import etree

POINT = 72 / 25.4  # points a mm
A4 = (210.0, 297.0)
DEEP = 8  # composite objects in composite objects; writers nest two or three
OBJECTS_A_PAGE = 200_000  # one a character is usual, and composites may multiply
THIN = 1.2  # mm; a filled box no thicker is a ruling line
STRAIGHT = 0.05  # of its length that a ruling line may lean
STEP_SLACK = 0.25  # em that a step may be wider than its character before the rest is a gap
SAME_PLACE = 0.1  # em within which one character stands twice
# Widths in em of Latin letters, which the file leaves to the font; what is not named here is half an em.
NARROW, BROAD = frozenset("ijlItfr.,;:'|!()[]{}`- "), frozenset("mwMW@%&")
LEAST_SIZE, MOST_SHARE = 0.3, 0.5  # mm, and of the height of the page: the size of characters that are read
MOST_PITCH = 1.1  # em
NO_WIDTH = "\u200b\u200c\u200d\ufeff"
PATH_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
PATH_NUMBERS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
BLANK_INK = ("255 255 255", "#FF #FF #FF")

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """A place on the page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture and the place that it covers."""

    content: bytes
    box: Box


@dataclass(slots=True)
class OfdPage:
    """A page with its text upright."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    template: list[Glyph] = field(default_factory=list)  # what the template of the page prints
    hidden: list[Glyph] = field(default_factory=list)  # text that is not painted, as below a scan
    askew: str = ""  # text that runs neither along nor across: a watermark
    sideways: str = ""  # text that runs across most of it: a note in the margin
    rules: list[Rule] = field(default_factory=list)
    pictures: list[PlacedPicture] = field(default_factory=list)
    unreadable: int = 0  # pictures that are missing or damaged


class _Sign(NamedTuple):
    """A character where the pen stands, in mm, with the direction of its line."""

    char: str
    x: float
    y: float
    step: float  # to the end of the character, along the line
    size: float
    turn: int  # quarter turns clockwise; -1 for a line that is askew
    layer: str  # "page", "template" or "hidden"


def read_page(package: Package, document: OfdDocument, folder: str, written: str) -> OfdPage:
    """Return what stands on the page at *written*, its template below it.

    Raises:
        DamagedMemberError: the page cannot be read.
        InputError: it has more objects than a page can show.
    """
    path = package.find(written, folder)
    if path is None:
        raise DamagedMemberError("缺失")
    part = package.part(path)
    painter = _Painter(package, document.resources)
    for template in named(part.root, "Template"):
        below = package.find(document.templates.get(template.get("TemplateID", ""), ""), folder)
        if below is not None:
            painter.paint(package.part(below), "template")
    painter.paint(part, "page")
    size = page_size(child(part.root, "Area")) or document.size or A4
    return painter.page(*size)


class _Painter:
    """Follows the objects of a page."""

    def __init__(self, package: Package, resources: Mapping[str, Resource]) -> None:
        self._package = package
        self._resources = dict(resources)
        self._signs: list[_Sign] = []
        self._rules: list[Rule] = []
        self._pictures: list[PlacedPicture] = []
        self._unreadable = 0
        self._left = OBJECTS_A_PAGE

    def paint(self, part: Part, layer: str) -> None:
        """Paint the layers of a page or template."""
        folder = posixpath.dirname(part.path)
        for resource in named(part.root, "PageRes"):
            self._resources |= self._package.resources(resource.text or "", folder)
        content = child(part.root, "Content")
        for element in () if content is None else content:
            if isinstance(element.tag, str):
                self._paint(element, SAME, layer, 0)

    def _paint(self, element: "etree._Element", outer: Matrix, layer: str, depth: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise InputError(f"{self._package.name}: expected at most {OBJECTS_A_PAGE} objects on a page, got more")
        if element.get("Visible", "true").strip().casefold() in ("false", "0"):
            return
        kind = local(element)
        if kind in ("Layer", "PageBlock"):
            for inner in element:
                if isinstance(inner.tag, str):
                    self._paint(inner, outer, layer, depth)
        elif kind == "TextObject":
            self._signs += _signs(element, _placed(element, outer), "hidden" if _is_unpainted(element) else layer)
        elif kind == "PathObject":
            self._rules += _rules(element, _placed(element, outer))
        elif kind == "ImageObject":
            self._picture(element, outer)
        elif kind == "CompositeObject" and depth < DEEP:
            unit = self._resources.get(element.get("ResourceID", ""))
            content = None if unit is None else child(unit.element, "Content")
            inside = _placed(element, outer)
            for inner in () if content is None else content:
                if isinstance(inner.tag, str):
                    self._paint(inner, inside, layer, depth + 1)

    def _picture(self, element: "etree._Element", outer: Matrix) -> None:
        """Fetch a picture; it fills the unit square of its object."""
        resource = self._resources.get(element.get("ResourceID", ""))
        matrix = _placed(element, outer)
        if not element.get("CTM"):
            box = numbers(element.get("Boundary"))
            matrix = _after(matrix, (box[2], 0.0, 0.0, box[3], 0.0, 0.0)) if len(box) == 4 else matrix
        corners = [_apply(matrix, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
        xs, ys = [x * POINT for x, _ in corners], [y * POINT for _, y in corners]
        file = "" if resource is None else child_text(resource.element, "MediaFile")
        path = (
            self._package.find(file, resource.folder, posixpath.dirname(resource.folder)) if resource and file else None
        )
        if path is None:
            self._unreadable += 1
            return
        try:
            content = self._package.read(path)
        except DamagedMemberError:
            self._unreadable += 1
            return
        self._pictures.append(PlacedPicture(content, Box(min(xs), min(ys), max(xs), max(ys))))

    def page(self, width: float, height: float) -> OfdPage:
        """Return the page, turned so that most of its text is upright."""
        turns = Counter(sign.turn for sign in self._signs if sign.turn >= 0)
        turn = turns.most_common(1)[0][0] if turns else 0
        shown = (height, width) if turn % 2 else (width, height)
        page = OfdPage(shown[0] * POINT, shown[1] * POINT, pictures=self._pictures, unreadable=self._unreadable)
        targets = {"page": page.glyphs, "template": page.template, "hidden": page.hidden}
        printed: set[tuple[str, int, int]] = set()
        for sign in self._signs:
            if sign.turn < 0:
                page.askew += sign.char
            elif sign.turn != turn:
                page.sideways += sign.char
            if sign.turn != turn:
                continue
            x, y = _turned(sign.x, sign.y, turn, width, height)
            if not _is_shown(x, y, sign.size, *shown) or _is_again(sign.char, x / sign.size, y / sign.size, printed):
                continue
            glyph = Glyph(sign.char, x * POINT, (x + sign.step) * POINT, y * POINT, sign.size * POINT)
            targets[sign.layer].append(glyph)
        for rule in self._rules:
            (x, y), (past, low) = (_turned(*corner, turn, width, height) for corner in (rule[:2], rule[2:]))
            left, right, upper, lower = min(x, past), max(x, past), min(y, low), max(y, low)
            if right >= 0 and left <= shown[0] and lower >= 0 and upper <= shown[1]:
                page.rules.append(Rule(left * POINT, upper * POINT, right * POINT, lower * POINT))
        return page


def _is_shown(x: float, y: float, size: float, width: float, height: float) -> bool:
    """Tell whether a character, all in mm, is on the page and of a size to be read."""
    return LEAST_SIZE <= size <= MOST_SHARE * height and -size < x < width and 0 < y < height + size


def _is_again(char: str, x: float, y: float, printed: set[tuple[str, int, int]]) -> bool:
    """Tell whether a character was printed at this place, in em, before, as some writers do for bold type."""
    column, row = round(x / SAME_PLACE), round(y / SAME_PLACE)
    if any((char, column + i, row + j) in printed for i in (-1, 0, 1) for j in (-1, 0, 1)):
        return True
    printed.add((char, column, row))
    return False


def _turned(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """Return a place on a page that is turned back by *turn* quarters."""
    return ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[turn]


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _after(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that applies *inner* first."""
    a, b, c, d, e, f = inner
    return (
        outer[0] * a + outer[2] * b,
        outer[1] * a + outer[3] * b,
        outer[0] * c + outer[2] * d,
        outer[1] * c + outer[3] * d,
        *_apply(outer, e, f),
    )


def _placed(element: "etree._Element", outer: Matrix) -> Matrix:
    """Return the matrix of an object: its own, then the corner of its boundary, then that of what it stands in."""
    box, own = numbers(element.get("Boundary")), numbers(element.get("CTM"))
    corner: Matrix = (1.0, 0.0, 0.0, 1.0, box[0], box[1]) if len(box) == 4 else SAME
    if len(own) == 6:
        corner = _after(corner, (own[0], own[1], own[2], own[3], own[4], own[5]))
    return _after(outer, corner)


def _is_unpainted(element: "etree._Element") -> bool:
    """Tell whether a text object leaves no ink, as the text below a scan."""
    if element.get("Alpha", "255").strip() == "0":
        return True
    ink = child(element, "FillColor")
    if ink is not None and ink.get("Alpha", "255").strip() == "0":
        return True
    return element.get("Fill", "true").strip().casefold() == "false" and not _is_true(element.get("Stroke"))


def _is_true(written: str | None) -> bool:
    return (written or "").strip().casefold() in ("true", "1")


# ---- text


def _signs(element: "etree._Element", matrix: Matrix, layer: str) -> Iterator[_Sign]:
    """Yield the characters of a text object."""
    size = _number(element.get("Size"), 0.0)
    stretch = _number(element.get("HScale"), 1.0) or 1.0
    a, b, c, d, _, _ = matrix
    along, across = hypot(a, b), hypot(c, d)
    if size <= 0 or not along or not across:
        return
    turn = _turn(a / along, b / along)
    x = y = 0.0
    for code in named(element, "TextCode"):
        text, steps_x, steps_y = _code(code)
        x = _number(code.get("X"), x)
        y = _number(code.get("Y"), y)
        pen_x, pen_y = x, y
        pitch = _pitch(steps_x[: len(text) - 1], size)
        for place, char in enumerate(text):
            width = pitch or _width(char) * size * stretch
            step = steps_x[place] if place < len(steps_x) else None
            end = step if step is not None and 0 < step <= width + STEP_SLACK * size else width
            at = _apply(matrix, pen_x, pen_y)
            yield _Sign(
                " " if char.isspace() or char in NO_WIDTH else char, *at, end * along, size * across, turn, layer
            )
            pen_y += steps_y[place] if place < len(steps_y) else 0.0
            pen_x += (0.0 if steps_y and not steps_x else width) if step is None else step


def _number(written: str | None, usual: float) -> float:
    found = numbers(written)
    return found[0] if found else usual


def _code(code: "etree._Element") -> tuple[str, list[float], list[float]]:
    """Return the characters of a code and the steps behind them; without line ends, which only set the XML."""
    text = "".join(str(piece) for piece in code.itertext()) if len(code) else code.text or ""
    if "\n" in text or "\r" in text:
        text = "".join(line.strip() for line in text.splitlines())
    text = ODD.sub(lambda match: unicodedata.normalize("NFKC", match[0].translate(RADICALS)), text)
    steps_x, steps_y = (_steps(code.get(axis), 2 * len(text)) for axis in ("DeltaX", "DeltaY"))
    wide = [place for place, char in enumerate(text) if char > "\uffff"]
    if wide and len(steps_x) >= len(text) + len(wide) - 1:  # the steps count halves of such characters
        for place in wide:
            steps_x[place : place + 2] = [sum(steps_x[place : place + 2])]
    return text, steps_x, steps_y


def _steps(written: str | None, most: int) -> list[float]:
    """Return the steps between characters; "g 3 5" stands for three steps of five."""
    steps: list[float] = []
    words = iter((written or "").replace(",", " ").split())
    try:
        for word in words:
            if len(steps) >= most:
                break
            if word in ("g", "G"):
                count = int(float(next(words)))
                steps += [float(next(words))] * max(0, min(count, most - len(steps)))
            else:
                steps.append(float(word))
    except (ValueError, OverflowError, StopIteration):
        pass  # the steps before it still hold, the font has the others
    return [step if abs(step) < 1e6 else 0.0 for step in steps]


def _pitch(steps: Sequence[float], size: float) -> float:
    """Return the one step that all characters have, whatever their widths; 0 where they differ or stand apart."""
    return steps[0] if steps and 0 < steps[0] <= MOST_PITCH * size and len(set(steps)) == 1 else 0.0


def _width(char: str) -> float:
    """Return the usual width of a character in em."""
    if is_wide(char):
        return 1.0
    return 0.32 if char in NARROW else 0.85 if char in BROAD else 0.65 if char.isupper() else 0.5


def _turn(x: float, y: float) -> int:
    """Return the quarter turns of a line that runs along (x, y), -1 if it is askew."""
    if max(abs(x), abs(y)) < 0.985:  # ten degrees
        return -1
    if abs(x) > abs(y):
        return 0 if x > 0 else 2
    return 1 if y > 0 else 3


# ---- ruling lines


def _rules(element: "etree._Element", matrix: Matrix) -> Iterator[Rule]:
    """Yield the ruling lines that a path draws, in mm."""
    ink = child(element, "StrokeColor")
    strokes = element.get("Stroke", "true").strip().casefold() not in ("false", "0")
    if strokes and (ink is None or ink.get("Value", "").strip() not in BLANK_INK):
        for pieces in _figures(child_text(element, "AbbreviatedData")):
            places = [_apply(matrix, *point) for point in pieces]
            for (x, y), (past, low) in pairwise(places):
                across, down = abs(past - x), abs(low - y)
                if min(across, down) <= STRAIGHT * max(across, down):
                    yield Rule(min(x, past), min(y, low), max(x, past), max(y, low))
    elif _is_true(element.get("Fill")):
        for pieces in _figures(child_text(element, "AbbreviatedData")):
            xs, ys = zip(*(_apply(matrix, *point) for point in pieces), strict=True)
            box = Rule(min(xs), min(ys), max(xs), max(ys))
            if min(box.right - box.left, box.bottom - box.top) <= THIN:
                yield box


def _figures(written: str) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each figure of a path; curves are passed over."""
    points: list[tuple[float, float]] = []
    tokens = iter(PATH_TOKEN.findall(written))
    for token in tokens:
        values = [next(tokens, "") for _ in range(PATH_NUMBERS.get(token.upper(), 0))]
        try:
            places = [float(value) for value in values]
        except ValueError:
            break  # a path that breaks off
        if token in ("M", "S", "Q", "B", "A"):
            if len(points) > 1:
                yield points
            points = [(places[-2], places[-1])]
        elif token == "L":
            points.append((places[0], places[1]))
        elif token == "C" and len(points) > 1:
            points.append(points[0])
    if len(points) > 1:
        yield points
