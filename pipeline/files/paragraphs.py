"""Lines to paragraphs: where a printed line ended because the next word did not fit, its paragraph goes on."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.files.layout import Line, glue, ink_end

FULL_SLACK = 0.6  # em that justified text may lack at the right edge
INDENT = 1.2  # em from which a line is indented
BLOCK_INDENT = 6  # em up to which whole paragraphs are indented; signatures stand further right
WIDE_GAP = 1.4  # of the usual distance of base lines
SIZE_STEP = 1.12  # ratio of sizes within a paragraph
FEW = 6  # lines that do not show where a page is set
SHARE_INDENTED = 0.08  # of the lines that make a text with indented paragraphs
CLOSERS = "，。、；：！？）》”’】〕%％‰,;:!?)"
OPENERS = "（《“‘【〔("
UNFINISHED = "，、（,("  # at the end of a line in a picture, whose edges are not exact, it goes on wherever it ends
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


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the text of a document is set."""

    frames: dict[tuple[int, int], Frame]
    indented: bool  # paragraphs begin with two blanks
    pitch: float  # usual distance of base lines, in sizes
    step: float  # ratio of sizes within a paragraph
    rough: bool  # sizes and places were measured in a picture


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
    setting = _Setting(frames, indented, _pitch(lines), 1.35 if rough else SIZE_STEP, rough)
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
    lefts, rights = sorted(line.left for line in part), sorted(_ink_right(line) for line in part)
    left = next((x for x in lefts if sum(x <= other <= x + 0.6 * size for other in lefts) >= least), None)
    right = next((x for x in rights[::-1] if sum(x - size <= other <= x for other in rights) >= least), None)
    return Frame(left, right) if left is not None and right is not None and right > left else None


def _ink_right(line: Line) -> float:
    """Where a line ends; one comma in the margin would widen the frame, and the lines above it would look short."""
    return ink_end(line.glyphs[-1])


def _agree(own: Frame | None, usual: Frame | None, part: Sequence[Line]) -> Frame:
    size = median(line.size for line in part)
    least, most = min(line.left for line in part), max(_ink_right(line) for line in part)
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
    if setting.rough and text[-1] in UNFINISHED:
        return True
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
