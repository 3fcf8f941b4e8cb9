"""Characters at places on a page to lines in reading order, and lines to paragraphs.

Coordinates are points with the origin at the upper left corner of the upright page; y grows downwards. What is judged
here is geometry alone, so that text of a PDF, of an OFD file and of a recognised picture goes one way.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
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
FULL_SLACK = 0.6  # em that justified text may lack at the right edge
INDENT = 1.2  # em from which a line is indented
BLOCK_INDENT = 6  # em up to which whole paragraphs are indented; signatures stand further right
WIDE_GAP = 1.4  # of the usual distance of base lines
SIZE_STEP = 1.12  # ratio of sizes within a paragraph
FEW = 6  # lines that do not show where a page is set
SHARE_INDENTED = 0.08  # of the lines that make a text with indented paragraphs
HANGING = "，。、；：,."
CLOSERS = "，。、；：！？）》”’】〕%％‰,;:!?)"
OPENERS = "（《“‘【〔("
END = re.compile(r"[。！？；：!?:;.][”’）》)]*$")
# Headings that may stand flush left; 1. and (1) also stand in mid-paragraph.
HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[编章节条]"
    r"(?!第|规定|的|之|所|至|到|及|和|与|或|、|，)"
)
MARKER = re.compile(
    HEADING.pattern + r"|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]是|[●•■◆▪▲★–-]|附件|注[:：]"
)
MOST_TITLE_LINES = 3
LEADERS = re.compile(r"[.．·…‥]{4,}\s*[\dIVXivx]{0,4}$")  # an entry of a table of contents
TOKEN = re.compile(r"[A-Za-z0-9.,%％]+|.", re.DOTALL)
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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that were one paragraph before the page was set."""

    text: str
    lines: tuple[Line, ...]
    marks: tuple[tuple[int, int], ...] = ()  # raised footnote marks in the text


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the lines of a column begin and end."""

    left: float
    right: float


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
            end = _end(before)
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


def _end(glyph: Glyph) -> float:
    """Where a character ends to the eye: a comma may hang out into the gutter."""
    return glyph.right - (0.5 * glyph.size if glyph.char in HANGING else 0.0)


def _runs_over(line: Line, gutter: float) -> bool:
    """Say whether *line* goes on over the gutter."""
    before = max((_end(glyph) for glyph in line.glyphs if glyph.left < gutter), default=None)
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


# --- paragraphs ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the text of a document is set."""

    frames: dict[tuple[int, int], Frame]
    indented: bool  # paragraphs begin with two blanks
    pitch: float  # usual distance of base lines, in sizes
    step: float  # ratio of sizes within a paragraph


def find_paragraphs(
    lines: Sequence[Line], rough: bool = False, breaks: Collection[int] = frozenset()
) -> list[Paragraph]:
    """Return the paragraphs of a document; *lines* are all of its body, in reading order.

    Args:
        lines: of all pages, so that one page shows how another is set.
        rough: sizes and places were measured in a picture, not read from the file.
        breaks: ids of the lines that begin a paragraph whatever they look like, as after a table.
    """
    if not lines:
        return []
    frames = _find_frames(lines)
    depths = [line.left - frames[line.page, line.column].left for line in lines]
    some = sum(1.5 * line.size <= depth <= 3 * line.size for line, depth in zip(lines, depths, strict=True))
    indented = some >= max(2, SHARE_INDENTED * len(lines))
    setting = _Setting(frames, indented, _pitch(lines), 1.35 if rough else SIZE_STEP)
    groups = [[lines[0]]]
    for line, following in pairwise(lines):
        follows = joins(line, following, setting) or _is_title_rest(groups[-1], following, setting)
        if follows and id(following) not in breaks:
            groups[-1].append(following)
        else:
            groups.append([following])
    return [paragraph_of(group) for group in groups]


def paragraph_of(lines: Sequence[Line]) -> Paragraph:
    """Join *lines* to one paragraph."""
    text, marks = "", []
    for line in lines:
        joined = glue(text, line.text)
        shift = len(joined) - len(line.text)
        marks += [(start + shift, end + shift) for start, end in line.marks]
        text = joined
    return Paragraph(text, tuple(lines), tuple(marks))


def _pitch(lines: Sequence[Line]) -> float:
    steps = [
        (after.base - before.base) / before.size
        for before, after in pairwise(lines)
        if (before.page, before.column) == (after.page, after.column)
        and 0 < after.base - before.base < 4 * before.size
        and abs(before.size - after.size) < 0.1 * before.size
    ]
    return median(steps) if steps else 1.8


def _find_frames(lines: Sequence[Line]) -> dict[tuple[int, int], Frame]:
    """Where the lines of each page and column begin and end; a page with few lines takes it from the others."""
    parts: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        parts[line.page, line.column].append(line)
    found = {key: _frame(part) for key, part in parts.items()}
    frames: dict[tuple[int, int], Frame] = {}
    for (page, column), part in parts.items():
        others = [frame for key, frame in found.items() if key[1] == column and key[0] != page and frame]
        lefts, rights = [frame.left for frame in others], [frame.right for frame in others]
        usual = Frame(median(lefts), median(rights)) if others else None
        frames[page, column] = _agree(found[page, column], usual, part)
    return frames


def _frame(part: Sequence[Line]) -> Frame | None:
    """The outermost edges that several lines share."""
    size = median(line.size for line in part)
    least = max(2, 0.1 * len(part))
    lefts, rights = sorted(line.left for line in part), sorted(line.right for line in part)
    left = next((x for x in lefts if sum(x <= other <= x + 0.6 * size for other in lefts) >= least), None)
    right = next((x for x in rights[::-1] if sum(x - size <= other <= x for other in rights) >= least), None)
    return Frame(left, right) if left is not None and right is not None and right > left else None


def _agree(own: Frame | None, usual: Frame | None, part: Sequence[Line]) -> Frame:
    size = median(line.size for line in part)
    least, most = min(line.left for line in part), max(line.right for line in part)
    if own is None or len(part) < FEW:
        own, usual = Frame(min(usual.left, least), max(usual.right, most)) if usual else Frame(least, most), None
    if usual:
        if own.right < usual.right and own.left < usual.left + 3.5 * size:  # no line of the page is full
            own = Frame(own.left, usual.right)
        if 0 < own.left - usual.left < 3 * size and abs(own.right - usual.right) < size:  # none is flush left
            own = Frame(usual.left, own.right)
    return own


def joins(line: Line, following: Line, setting: _Setting) -> bool:
    """Say whether *following* goes on with the paragraph of *line*."""
    frame, next_frame = setting.frames[line.page, line.column], setting.frames[following.page, following.column]
    if LEADERS.search(line.text) or LEADERS.search(following.text):
        return False
    if max(line.size, following.size) > setting.step * min(line.size, following.size):
        return False
    if (line.page, line.column) == (following.page, following.column):
        step = following.base - line.base
        if step <= 0 or step > WIDE_GAP * setting.pitch * line.size:
            return False
    text, follows = line.text, following.text
    depth, size = following.left - next_frame.left, line.size
    if not _is_full(line, following, frame):
        return follows[0] in CLOSERS or text[-1] in OPENERS
    if depth > INDENT * size:
        return _is_hanging(line, following, depth)
    if END.search(text) is None:
        return True
    return (HEADING if setting.indented else MARKER).match(follows) is None


def _is_title_rest(group: Sequence[Line], following: Line, setting: _Setting) -> bool:
    """Say whether *following* is the centred rest of a title whose lines so far fill the whole width."""
    line = group[-1]
    frame = setting.frames[line.page, line.column]
    sides = [(one.left - frame.left, frame.right - one.right) for one in (*group, following)]
    return (
        len(group) < MOST_TITLE_LINES
        and (line.page, line.column) == (following.page, following.column)
        and abs(line.size - following.size) < 0.05 * line.size
        and 0 < following.base - line.base <= WIDE_GAP * setting.pitch * line.size
        and all(abs(left - right) < line.size for left, right in sides)
        and sides[-1][0] > INDENT * line.size
        and not any(END.search(one.text) for one in group)
        and MARKER.match(following.text) is None
        and following.text[0] not in OPENERS
        and _is_full(line, following, frame)
    )


def _is_full(line: Line, following: Line, frame: Frame) -> bool:
    """Say whether *line* ended because the next word did not fit."""
    match = TOKEN.match(following.text)
    end = match.end() if match else 1
    while end < len(following.text) and following.text[end] in CLOSERS:
        end += 1
    chars = [glyph for glyph in following.glyphs if glyph.char][: max(1, end)]
    word = min(chars[-1].right - chars[0].left, 0.4 * (frame.right - frame.left))
    return frame.right - line.right < word + FULL_SLACK * line.size


def _is_hanging(line: Line, following: Line, depth: float) -> bool:
    """Say whether an indented line goes on with a paragraph that is indented as a whole, or hangs behind its number."""
    if END.search(line.text) or depth > BLOCK_INDENT * line.size or MARKER.match(following.text):
        return False
    marker = MARKER.match(line.text)
    if marker and marker.end() < len(line.glyphs):
        after = line.glyphs[marker.end()].left
        if following.left > line.left + 0.8 * line.size and abs(after - following.left) < 0.7 * line.size:
            return True
    return abs(line.left - following.left) < 0.4 * line.size and line.page == following.page


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
