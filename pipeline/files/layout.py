"""Characters at places on a page to lines in reading order.

Coordinates are points with the origin at the upper left corner of the upright page; y grows downwards. What is judged
here is geometry alone, so that text of a PDF, of an OFD file and of a recognised picture goes one way.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.files.ocr import PictureText

MOST_SIZE, MOST_PLACE = 2000.0, 100_000.0  # points of a character and of a page
RUN_GAP = 1.0  # em between two characters of one run of the file
SAME_LINE = 0.5  # of the smaller height that two runs of one line share
BLANK = 0.7  # em between Chinese characters that a reader sees as a blank
LATIN_BLANK = 0.3  # em between Latin letters or digits; less where the file has a blank there
GUTTER = 1.2  # em between two columns
LEAST_GUTTER = 0.7  # em where a comma hangs out into it
COLUMN_WIDTH = 9  # em; what is narrower is a list
COLUMN_LINES = (4, 2)  # least lines of the left and of the right column
COLUMN_STEP = 3  # em between the base lines of running text
COLUMN_FULL = 0.5  # of the lines of a column that reach its right edge; in a table few do
RAISED = 0.15  # em that a footnote mark stands above the line
SMALL = 0.8  # of the size of its line that a footnote mark has at most
MARK_CHARS = frozenset("0123456789[]〔〕()（）*＊①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")

ASCENT = 0.88  # em of a character above its base line
HANGING = "，。、；：,."
LATIN_END, LATIN_START = re.compile(r"[A-Za-z]{1,40}$"), re.compile(r"[A-Za-z]{1,40}")
WORD_END, WORD_START = re.compile(r"[A-Za-z0-9,.;:!?)%]$"), re.compile(r"[A-Za-z0-9(]")
PHRASE = re.compile(r"[A-Za-z]{1,40}[,;:]? [A-Za-z0-9.,;:!?()%]{1,40}$")


class Glyph(NamedTuple):
    """A character where it is printed; `base` is its base line, `size` its em, `" "` a blank that the file has."""

    char: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or the part of one that stands in a column."""

    text: str
    left: float
    right: float
    base: float
    size: float
    glyphs: tuple[Glyph, ...] = field(repr=False)  # by place, blanks of the file left out
    marks: tuple[tuple[int, int], ...] = ()  # raised footnote marks in the text
    page: int = 1
    column: int = 0  # 0 for the whole width, 1 and 2 for the left and right column

    @property
    def top(self) -> float:
        """Upper edge of its characters."""
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of its characters."""
        return self.base + (1 - ASCENT) * self.size


def is_wide(char: str) -> bool:
    """Say whether *char* takes a full em in Chinese print."""
    return char >= "\u2e80" or char in "“”‘’—…·"


def glue(text: str, follows: str) -> str:
    """Return two printed lines as one; a blank stands between Latin words and nowhere else."""
    if not (WORD_END.search(text) and WORD_START.match(follows)) or (text[-1].isdigit() and follows[0].isdigit()):
        return text + follows  # figures part at a line end only within a number
    left, right = LATIN_END.search(text), LATIN_START.match(follows)
    # Chinese settings break a word anywhere (AP-P); an English phrase breaks between words.
    whole = left and right and len(left.group()) > 2 and len(right.group()) > 2
    return f"{text} {follows}" if whole or PHRASE.search(text) else text + follows


# --- lines -----------------------------------------------------------------------------------------------------------


def make_line(glyphs: Iterable[Glyph], page: int = 1, column: int = 0) -> Line | None:
    """Return the line that *glyphs* stand in, None where they are only blanks."""
    ordered = sorted(glyphs, key=lambda glyph: glyph.left)
    shown = [glyph for glyph in ordered if glyph.char != " "]
    if not shown:
        return None
    size = Counter(round(glyph.size, 1) for glyph in shown).most_common(1)[0][0] or 1.0
    base = median(glyph.base for glyph in shown if abs(glyph.size - size) < 0.2 * size or len(shown) == 1)
    text, marks = _text_of(ordered, _blank_width(shown, size), size, base)
    right = max(glyph.right for glyph in shown)
    return Line(text, shown[0].left, right, base, size, tuple(shown), tuple(marks), page, column)


def _blank_width(shown: Sequence[Glyph], size: float) -> float:
    """From what gap on a reader sees a blank: more in a line whose characters are spread over its width."""
    gaps = [
        after.left - before.right for before, after in pairwise(shown) if is_wide(before.char) and is_wide(after.char)
    ]
    spread = median(gaps) if gaps else 0.0
    return max(BLANK * size, 1.5 * spread + 0.3 * size) if spread > 0.3 * size else BLANK * size


def _text_of(ordered: Sequence[Glyph], blank: float, size: float, base: float) -> tuple[str, list[tuple[int, int]]]:
    parts: list[str] = []
    marks: list[tuple[int, int]] = []
    before: Glyph | None = None
    spaced, length = False, 0
    for glyph in ordered:
        if glyph.char == " ":
            spaced = True
            continue
        if before:
            gap = glyph.left - before.right
            if is_wide(before.char) or is_wide(glyph.char):
                apart = gap >= blank
            else:
                apart = gap >= LATIN_BLANK * size or (spaced and gap >= 0.1 * size)
            if apart:
                parts.append(" ")
                length += 1
        raised = base - glyph.base >= RAISED * size and glyph.size <= SMALL * size and glyph.char in MARK_CHARS
        if raised and marks and marks[-1][1] == length:
            marks[-1] = (marks[-1][0], length + len(glyph.char))
        elif raised:
            marks.append((length, length + len(glyph.char)))
        parts.append(glyph.char)
        length += len(glyph.char)
        before, spaced = glyph, False
    return "".join(parts), marks


def find_lines(glyphs: Sequence[Glyph], page: int = 1) -> list[Line]:
    """Return the lines of a page in reading order: from top to bottom, and one column after the other."""
    groups = _group(glyphs)
    lines = [line for group in groups if (line := make_line(group, page))]
    lines.sort(key=lambda line: line.base)
    gutter = _gutter(lines)
    return _in_columns(lines, gutter, page) if gutter is not None else lines


def find_rows(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a table cell from top to bottom, never in columns."""
    return sorted((line for group in _group(glyphs) if (line := make_line(group))), key=lambda line: line.base)


def _group(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Gather the characters that stand on one line."""
    lines: list[tuple[float, float, list[Glyph]]] = []  # top, bottom, characters
    by_base = sorted(_runs(glyphs), key=lambda run: (-max(glyph.size for glyph in run), run[0].base))
    rows: dict[int, list[int]] = defaultdict(list)  # places in lines, by the ten points that they touch
    for run in by_base:
        size, base = max(glyph.size for glyph in run), run[0].base
        top, bottom = base - ASCENT * size, base + (1 - ASCENT) * size
        best, most = -1, SAME_LINE * size
        for place in {place for row in range(int(top) // 10, int(bottom) // 10 + 1) for place in rows[row]}:
            shared = min(bottom, lines[place][1]) - max(top, lines[place][0])
            if shared >= most:
                best, most = place, shared
        if best >= 0:
            lines[best][2].extend(run)
            continue
        for row in range(int(top) // 10, int(bottom) // 10 + 1):
            rows[row].append(len(lines))
        lines.append((top, bottom, run))
    return [line[2] for line in lines]


def _runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Cut the characters, in the order of the file, where the pen moves away."""
    runs: list[list[Glyph]] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if not 0 < glyph.size <= MOST_SIZE or abs(glyph.base) > MOST_PLACE:
            continue  # a damaged file: nobody could see it
        if (
            before is None
            or abs(glyph.base - before.base) > 0.08 * before.size
            or abs(glyph.size - before.size) > 0.1 * before.size
            or not -0.5 * before.size < glyph.left - before.right < RUN_GAP * before.size
        ):
            runs.append([])
        runs[-1].append(glyph)
        before = glyph
    return runs


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of the white strip between two columns, None where the page has one column."""
    if len(lines) < COLUMN_LINES[0]:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    low, high = left + 0.3 * (right - left), left + 0.7 * (right - left)
    events: list[tuple[float, int]] = []
    for line in lines:
        for before, after in zip(line.glyphs, line.glyphs[1:], strict=False):
            end = ink_end(before)
            if after.left - end >= GUTTER * line.size and end < high and after.left > low:
                events += [(end, 1), (after.left, -1)]
    if len(events) < 2 * COLUMN_LINES[1]:
        return None
    events.sort()
    depth, best, place = 0, 0, None
    for index, (x, step) in enumerate(events):
        depth += step
        if depth > best and index + 1 < len(events):
            best, place = depth, (x + events[index + 1][0]) / 2
    return place if best >= COLUMN_LINES[1] else None


def _in_columns(lines: Sequence[Line], gutter: float, page: int) -> list[Line]:
    """Order the lines of a page by the bands that lie between lines of the whole width."""
    ordered: list[Line] = []
    band: list[Line] = []
    for line in lines:
        if _runs_over(line, gutter):
            ordered += [*_read_band(band, gutter, page), line]
            band = []
        else:
            band.append(line)
    return ordered + _read_band(band, gutter, page)


def ink_end(glyph: Glyph) -> float:
    """Where a character ends to the eye: a comma may hang out into the gutter or the margin."""
    return glyph.right - (0.5 * glyph.size if glyph.char in HANGING else 0.0)


def _runs_over(line: Line, gutter: float) -> bool:
    """Say whether *line* goes on over the gutter."""
    before = max((ink_end(glyph) for glyph in line.glyphs if glyph.left < gutter), default=None)
    after = min((glyph.left for glyph in line.glyphs if glyph.left >= gutter), default=None)
    if before is None or after is None:
        return before is not None and before > gutter
    return before > gutter or after - before < LEAST_GUTTER * line.size


def _read_band(band: Sequence[Line], gutter: float, page: int) -> list[Line]:
    sides: list[list[Line]] = []
    for column in (1, 2):
        glyphs = [glyph for line in band for glyph in line.glyphs if (glyph.left < gutter) == (column == 1)]
        side = [line for group in _group(glyphs) if (line := make_line(group, page, column))]
        sides.append(sorted(side, key=lambda line: line.base))
    if all(_is_column(side, least) for side, least in zip(sides, COLUMN_LINES, strict=True)):
        return sides[0] + sides[1]
    return list(band)


def _is_column(side: Sequence[Line], least: int) -> bool:
    """Say whether lines are running text: close below each other, and as a rule full."""
    if len(side) < least:
        return False
    size = median(line.size for line in side)
    left, right = min(line.left for line in side), max(line.right for line in side)
    full = sum(line.right > right - 1.6 * size for line in side)
    step = median(after.base - before.base for before, after in pairwise(side))
    return (
        right - left >= COLUMN_WIDTH * size
        and step <= COLUMN_STEP * size
        and full >= max(least - 1, COLUMN_FULL * len(side))
    )


# --- pictures --------------------------------------------------------------------------------------------------------


def picture_glyphs(picture: "PictureText", scale: float = 1.0) -> list[Glyph]:
    """Return the characters of a recognised picture at the places that their line leaves them.

    Args:
        picture: its lines and their boxes, in pixels.
        scale: points a pixel.
    """
    glyphs: list[Glyph] = []
    for line in picture.lines:
        widths = [1.0 if is_wide(char) else 0.5 for char in line.text]
        if not widths or line.right <= line.left or line.bottom <= line.top:
            continue
        unit = (line.right - line.left) / sum(widths) * scale
        height = (line.bottom - line.top) * scale
        # The width tells the size better than the height, which has a margin, unless letters are spread.
        size = min(unit, 0.95 * height) if sum(width == 1 for width in widths) >= 4 else 0.8 * height
        base, left = line.top * scale + 0.5 * height + (ASCENT - 0.5) * size, line.left * scale
        for char, width in zip(line.text, widths, strict=True):
            if not char.isspace():
                glyphs.append(Glyph(char, left, left + width * unit, base, size))
            left += width * unit
    return glyphs
