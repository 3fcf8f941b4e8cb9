"""Broken lines: how wide a wrapped text was set, and which lines are one paragraph."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parse import words
from pipeline.parse.flow import Line, columns
from pipeline.text import is_chinese

MIN_CHARS = 18  # a text set narrower than this is a list
MIN_FULL = 4  # full lines that make a wrapped text of a file
SHARE_FULL = 0.25  # of its lines
SHARE_RAGGED = 0.4  # likewise, where no width is common
SHARE_SHARP = 0.75  # of the nearly full lines that are full; where lines end at random, fewer are
SHARE_LONGER = 0.05  # of its lines that may be longer than the set width: addresses, table rows
SHARE_OPEN = 0.5  # of the full lines that end in mid-sentence; in a list of whole sentences few do
SHORT = 0.75  # of the width; shorter lines without a mark are titles and signatures
RAGGED = 0.82  # of the longest line; where no width is common, lines of at least this share count as full
HANGING = 2  # columns that a comma may hang out beyond the set width
PARAGRAPH_INDENT = 2  # columns

LATIN_END, LATIN_START = re.compile(r"[A-Za-z]{1,30}$"), re.compile(r"[A-Za-z]+")
NOTE = re.compile(r"\[\d{1,3}\]\s*[^\s,.。;:、)\]]")  # a footnote; its mark in a sentence is followed by one of these
CLOSERS = "，。、；：！？）》”’】〕%％‰,;:!?)"  # no line of a careful setting begins with these
OPENERS = "（《“‘【〔("
END = re.compile(r"[。！？：；!?:;][”’）》)]*$")
MARKER_ALONE = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]?|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])")
ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,5}条")  # at the start of a line it may be a law that is cited
CLAUSE = re.compile(r"[一二三四五六七八九十]是|[①-⑳⑴-⒇]")  # often in mid-paragraph
LETTER = re.compile(r"[A-Za-z][.、)](?=\s*[\u4e00-\u9fff])")  # A.执法人员; no word and no abbreviation goes on so
CITED = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,5}条(?:第|规定|的|之|所|至|到|及|和|与|或|、|,|。)")
ITEM_BEFORE = tuple(";。:,，；：")  # what the line before an item ends in
STAGE = re.compile(r"第[一二三四五六七八九十]阶段\s*[:(]")
TOKEN = re.compile(r"[A-Za-z0-9.,%％]+|.", re.DOTALL)
# The rest of a number that a page break cut: digits, and the unit or percent sign right after them.
REST = re.compile(
    r"[\d,.]*\d?[%％‰]?(?:个百分点|百分点|万人次|人次|万元|亿元"
    r"|[十百千万亿余多]*[年月日时分秒个件起次条项名人户家所处部期场届份宗卷台套座公亩元吨几天周]?)?[，。、；,;）)]?"
)
# Words that a broken line parts most often: how the first line ends, how the next begins.
PARTED = re.compile(
    r"政\n府|群\n众|部\n门|单\n位|制\n度|人\n民政府|人民\n政府|民\n政府|机\n关|建\n设|工\n作|执\n法|法\n治|行\n政"
    r"|组\n织|领\n导|监\n督|服\n务|落\n实|推\n进|规\n范|街道\n办事处|委\n员会|办公\n室"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a wrapped text was set."""

    width: int  # of a full line, in columns or characters
    in_columns: bool
    ragged: bool  # lines end where a word does, not at the width
    indented: bool  # paragraphs begin with blanks
    base: int  # columns of indent that every line has
    parted: bool  # paragraphs have an empty line between them
    spaced: bool  # every line is followed by an empty one, which therefore means nothing

    def size(self, text: str) -> int:
        """The width of *text* in the unit of this setting."""
        return columns(text) if self.in_columns else len(text)

    def is_full(self, line: Line, following: Line) -> bool:
        """Say whether *line* ended because the next word did not fit."""
        size = self.size(line.text) + (line.indent - self.base if self.in_columns else (line.indent - self.base) // 2)
        if self.ragged:
            return size >= RAGGED * self.width
        token = TOKEN.match(following.text)
        end = token.end() if token else 1
        while end < len(following.text) and following.text[end] in CLOSERS:
            end += 1
        return size + self.size(following.text[:end]) > self.width


def find_setting(lines: Sequence[Line]) -> Setting | None:
    """Return how *lines* were wrapped, None where each line is a paragraph of its own."""
    lines = [line for line in lines if "\t" not in line.text and len(line.text) > 1]
    if len(lines) < MIN_FULL:
        return None
    base = min(line.indent for line in lines)
    found: list[tuple[int, Setting]] = []
    for in_columns in (True, False):
        sizes = [_size(line, base, in_columns) for line in lines]
        width = _common_width(sizes, MIN_CHARS * (1 + in_columns))
        if width and (full := _full_lines(lines, sizes, width - 1, width + 1 + in_columns, SHARE_FULL)):
            found.append((full + in_columns * full // 10, _setting(lines, width, in_columns, False, base)))
    if not found:
        for in_columns in (True, False):
            sizes = [_size(line, base, in_columns) for line in lines]
            width = sorted(sizes)[int(len(sizes) * (1 - SHARE_LONGER)) - 1]
            low, high = int(RAGGED * width), width + HANGING
            if width >= MIN_CHARS * (1 + in_columns) and (full := _full_lines(lines, sizes, low, high, SHARE_RAGGED)):
                found.append((full, _setting(lines, width, in_columns, True, base)))
    return max(found, key=lambda item: item[0])[1] if found else None


def _size(line: Line, base: int, in_columns: bool) -> int:
    indent = line.indent - base
    return columns(line.text) + indent if in_columns else len(line.text) + indent // 2


def _common_width(sizes: Sequence[int], least: int) -> int | None:
    """The width at which most lines end, the larger of two that are both common."""
    counts = Counter(size for size in sizes if size >= least)
    if not counts:
        return None
    width, number = max(counts.items(), key=lambda item: (item[1] + counts[item[0] + 1], item[0]))
    return width + 1 if 2 * counts[width + 1] >= number else width


def _full_lines(lines: Sequence[Line], sizes: Sequence[int], low: int, high: int, share: float) -> int:
    """The number of lines between *low* and *high* wide, 0 if they do not make a wrapped text of *lines*."""
    full = [line for line, size in zip(lines, sizes, strict=True) if low <= size <= high]
    near = sum(RAGGED * low <= size <= high for size in sizes)
    longer = sum(size > high for size in sizes)
    unfinished = sum(not END.search(line.text) for line in full)
    enough = len(full) >= max(MIN_FULL, share * len(lines)) and longer <= SHARE_LONGER * len(lines)
    sharp = len(full) >= SHARE_SHARP * near or share == SHARE_RAGGED
    return len(full) if enough and sharp and unfinished >= SHARE_OPEN * len(full) else 0


def _setting(lines: Sequence[Line], width: int, in_columns: bool, ragged: bool, base: int) -> Setting:
    indented = sum(base + PARAGRAPH_INDENT <= line.indent <= base + 8 for line in lines)
    gaps = sum(line.gap > 0 for line in lines[1:])
    spaced = gaps > 0.7 * len(lines)
    return Setting(width, in_columns, ragged, indented >= 2, base, gaps >= 2 and not spaced, spaced)


def joins(line: Line, following: Line, setting: Setting | None, at_break: bool = False) -> bool:
    """Say whether *following* goes on with the paragraph of *line*; *at_break* if a page ended between them."""
    if "\t" in line.text or "\t" in following.text or NOTE.match(following.bare):
        return False
    text, follows = line.bare, following.bare
    if MARKER_ALONE.fullmatch(text) and following.gap <= 1 and is_chinese(follows[0]):
        return True
    if setting is None:
        return _is_broken(text, follows, following.gap, at_break)
    if following.gap and not setting.spaced and not text.endswith(tuple(OPENERS)):
        return False
    if setting.indented and following.indent >= setting.base + PARAGRAPH_INDENT:
        return False
    # Where indents or empty lines part the paragraphs, a clause that has none goes on in mid-paragraph.
    if _opens_paragraph(text, follows, setting.indented or setting.parted):
        return False
    if text.rfind("(") > text.rfind(")"):
        return True
    size = setting.size(line.text)
    if text.endswith(("。", "!", "?", ":")):
        if (
            not END.search(follows)
            and not follows.endswith(")")
            and setting.size(following.text) < SHORT * setting.width
        ):
            return False  # a title or a signature: the rest of a paragraph would end in a mark
    elif not END.search(text) and (setting.indented or setting.parted) and size >= SHORT * setting.width:
        return True
    if setting.is_full(line, following):
        # Without indents and empty lines, a full line that ends a sentence may be the last of its paragraph; in a
        # ragged setting that is as likely as not.
        ends = END.search(text) and not text.endswith(("；", ";"))
        return not (setting.ragged and not setting.indented and not setting.parted and ends)
    return follows[0] in CLOSERS or text[-1] in "，、,(《“"


def _opens_paragraph(text: str, follows: str, parted: bool) -> bool:
    """Say whether the number at the start of *follows* opens a paragraph after *text*.

    *parted* says that paragraphs are told apart by their look as well, which *follows* has not.
    """
    if STAGE.match(follows):
        return True
    before = text.endswith(ITEM_BEFORE)
    if LETTER.match(follows):
        return before
    if CLAUSE.match(follows):
        return before and not parted
    if ARTICLE.match(follows):
        return END.search(text) is not None or (before and not CITED.match(follows))
    return words.MARKER.match(follows) is not None


def _is_broken(text: str, follows: str, gap: int, at_break: bool) -> bool:
    """Say whether a line of an unwrapped text ended inside a sentence that *follows* goes on with."""
    if words.MARKER.match(follows) and not text.endswith(tuple("(《“")):
        return False
    if text.endswith(ITEM_BEFORE) and (LETTER.match(follows) or (ARTICLE.match(follows) and not CITED.match(follows))):
        return False
    if follows[0] in CLOSERS.replace("%", "") or text[-1] in "(《“":
        return True
    if END.search(text) or words.DATE_LINE.fullmatch(follows) or words.BODY_NAME.search(follows):
        return False
    if text[-1] in "，、,":
        return True
    if at_break:
        return words.COMMA.search(text) is not None or len(text) > 25
    if gap:
        return False
    whole = PARTED.search(f"{text[-2:]}\n{follows[:3]}") is not None
    goes_on = (
        words.SENTENCE_END.search(follows) is not None
        or words.COMMA.search(follows) is not None
        or follows.endswith(":")
    )
    if text[-1].isdigit() and (follows[0] in "%％‰." or follows[0].isdigit()):
        return words.COMMA.search(text) is not None
    if not goes_on or not (is_chinese(text[-1]) or text[-1].isdigit()):
        return False
    return whole or words.SENTENCE_END.search(text) is not None


def glue(text: str, follows: str) -> str:
    """Return two halves of a paragraph as one; Latin words keep the blank that the line end stood for."""
    left, right = LATIN_END.search(text), LATIN_START.match(follows)
    # Chinese settings break a short word such as APP anywhere; longer ones belong to an English phrase.
    apart = left and right and len(left.group()) > 2 and len(right.group()) > 2
    return f"{text} {follows}" if apart else text + follows


def rest_of_number(text: str, follows: str) -> int:
    """Return how many characters of *follows* belong to a number that *text* ends with; 0 if *text* ends with none."""
    if not text or not (text[-1].isdigit() or (text[-1] in "．." and text[-2:-1].isdigit())):
        return 0
    match = REST.match(follows)
    return match.end() if match and follows[: match.end()].strip("，。、；,;）)") else 0
