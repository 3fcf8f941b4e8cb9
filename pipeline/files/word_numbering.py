"""The numbers that Word writes before paragraphs: counted as Word counts, printed as Word shows them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.files.word_package import Element, W, child, integer, switched, value

LEVELS = 9
PLACEHOLDER = re.compile(r"%([1-9])")
# A number that no mark ends, so that the words behind would run into it: 第一章, 附件1, 1.1; not 一是, a part of them.
OPEN_NUMBER = re.compile(r"^第.*\w$|[\d〇零一二三四五六七八九十百千A-Za-z]$")
MAX_PATTERN = 60  # characters around a number; the longest that people write is some 10
MAX_CHAIN = 30  # styles that are based on each other; Word allows 11
DIGITS = "一二三四五六七八九"
CAPITALS, CAPITALS_TRADITIONAL = "壹贰叁肆伍陆柒捌玖", "壹貳參肆伍陸柒捌玖"
UNITS, CAPITAL_UNITS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
MAX_ROMAN, MAX_LETTERS = 4999, 780  # Word counts on in digits, as a list of a thousand items does here
# Formats that have one character a number; Word writes plain digits after the last one.
SERIES = {
    "decimalEnclosedCircle": "".join(chr(0x2460 + i) for i in range(20)),
    "decimalEnclosedCircleChinese": "".join(chr(0x2460 + i) for i in range(20)),
    "decimalEnclosedParen": "".join(chr(0x2474 + i) for i in range(20)),
    "decimalEnclosedFullstop": "".join(chr(0x2488 + i) for i in range(20)),
    "ideographEnclosedCircle": "".join(chr(0x3280 + i) for i in range(10)),
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
# Chinese formats: digits, units, zero between them, and whether 10 is 十 (not 一十). From 100 on, Word spells the two
# plain counting formats digit by digit.
SPELLED = {
    "chineseCountingThousand": (DIGITS, UNITS, "〇", True),
    "taiwaneseCountingThousand": (DIGITS, UNITS, "零", True),
    "chineseLegalSimplified": (CAPITALS, CAPITAL_UNITS, "零", False),
    "ideographLegalTraditional": (CAPITALS_TRADITIONAL, CAPITAL_UNITS, "零", False),
}
BY_DIGIT = {
    "ideographDigital": "〇" + DIGITS,
    "japaneseDigitalTenThousand": "〇" + DIGITS,
    "taiwaneseDigital": "○" + DIGITS,
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
}
PLAIN = {"decimal", "decimalHalfWidth", "ordinal", "cardinalText", "ordinalText"}


def format_number(number: int, style: str) -> str | None:
    """Return *number* in the number format *style* of Word, None for a format that is not known.

    >>> format_number(21, "chineseCounting"), format_number(101, "chineseCountingThousand")
    ('二十一', '一百〇一')
    """
    if style in ("none", "bullet"):
        return ""
    if number < 1:  # a list that starts at 0: only digits can say so
        return str(number) if style not in BY_DIGIT else _by_digit(number, BY_DIGIT[style])
    if style in PLAIN:
        return str(number)
    if style in BY_DIGIT:
        return _by_digit(number, BY_DIGIT[style])
    if style in SERIES:
        return SERIES[style][number - 1] if number <= len(SERIES[style]) else str(number)
    if style in SPELLED:
        return _spelled(number, *SPELLED[style])
    if style in ("chineseCounting", "taiwaneseCounting"):
        return _spelled(number, DIGITS, UNITS, "", True) if number < 100 else _by_digit(number, "○" + DIGITS)
    if style == "japaneseCounting":
        return re.sub("一([十百千])", r"\1", _spelled(number, DIGITS, UNITS, "", True))
    if style.lower() in ("lowerletter", "upperletter"):
        return _in_case(_letters(number), style)
    if style.lower() in ("lowerroman", "upperroman"):
        return _in_case(_roman(number), style)
    if style == "decimalZero":
        return f"{number:02d}"
    return f"- {number} -" if style == "numberInDash" else None


def _in_case(text: str, style: str) -> str:
    return text.upper() if style.startswith("upper") else text


def _by_digit(number: int, digits: str) -> str:
    return "".join(digits[int(char)] if char.isdigit() else char for char in str(number))


def _letters(number: int) -> str:
    """A to z, then aa, bb, cc: the letter repeated, not a number of base 26."""
    turns, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (turns + 1) if number <= MAX_LETTERS else str(number)


def _roman(number: int) -> str:
    if number > MAX_ROMAN:
        return str(number)
    written = ""
    for size, letters in ROMAN:
        count, number = divmod(number, size)
        written += letters * count
    return written


def _spelled(number: int, digits: str, units: tuple[str, ...], zero: str, short_ten: bool) -> str:
    if number > 9999:
        return str(number)
    written, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += (zero if gap and written else "") + digits[digit - 1] + units[place]
        gap = not digit
    return written[1:] if short_ten and 10 <= number <= 19 else written


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as its definition has it."""

    start: int = 1
    style: str = "decimal"
    zeros: int = 0  # digits to fill up to, of a custom format such as 001, 002
    pattern: str = ""
    restart: int | None = None  # the number of the level (from 1) that starts this one again; 0 for none
    legal: bool = False
    suffix: str = "tab"
    paragraph_style: str | None = None
    hidden: bool = False

    @classmethod
    def of(cls, element: Element) -> "Level":
        """Return the level that a `w:lvl` defines."""
        number_format = element.find(f".//{W}numFmt")  # newer formats stand in an alternate content
        style = "decimal" if number_format is None else number_format.get(W + "val") or "decimal"
        custom = number_format.get(W + "format", "") if style == "custom" else ""
        start = integer(value(element, "start"))
        return cls(
            start=1 if start is None else start,
            style="decimal" if custom else style,
            zeros=len(custom.partition(",")[0].strip()) if custom.startswith("0") else 0,
            pattern=(value(element, "lvlText") or "")[:MAX_PATTERN],
            restart=integer(value(element, "lvlRestart")),
            legal=bool(switched(element, "isLgl")),
            suffix=value(element, "suff") or "tab",
            paragraph_style=value(element, "pStyle"),
            hidden=bool(switched(element, "rPr", "vanish")),
        )


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of text, numbers and other styles."""

    name: str  # in lower case
    based_on: str | None
    num_id: str | None
    level: int | None
    hidden: bool | None


class Styles:
    """The styles of a document by their ids; what a style leaves open is told by the one that it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._hiding: dict[str | None, bool] = {}
        self.default: str | None = None  # of paragraphs
        for each in [] if root is None else root.iterchildren(W + "style"):
            style_id = each.get(W + "styleId", "")
            self._styles[style_id] = Style(
                (value(each, "name") or "").strip().lower(),
                value(each, "basedOn"),
                value(each, "pPr", "numPr", "numId"),
                integer(value(each, "pPr", "numPr", "ilvl")),
                switched(each, "rPr", "vanish"),
            )
            if each.get(W + "type") == "paragraph" and (each.get(W + "default") or "0").lower() not in ("0", "false"):
                self.default = style_id

    def chain(self, style_id: str | None) -> Iterator[tuple[str, Style]]:
        """Yield the style *style_id* and those it is based on, nearest first."""
        for _ in range(MAX_CHAIN):
            if style_id is None or style_id not in self._styles:
                return
            yield style_id, self._styles[style_id]
            style_id = self._styles[style_id].based_on

    def name(self, style_id: str | None) -> str:
        """Return the name of the style in lower case, "" if there is none."""
        style = self._styles.get(style_id or "")
        return style.name if style else ""

    def hides(self, style_id: str | None) -> bool:
        """Say whether text of this style is hidden."""
        if style_id not in self._hiding:
            said = (style.hidden for _, style in self.chain(style_id) if style.hidden is not None)
            self._hiding[style_id] = bool(next(said, False))
        return self._hiding[style_id]

    def number(self, style_id: str | None) -> tuple[str | None, int | None]:
        """Return the list and the level that the style puts its paragraphs into."""
        styles = [style for _, style in self.chain(style_id)]
        num_id = next((style.num_id for style in styles if style.num_id is not None), None)
        return num_id, next((style.level for style in styles if style.level is not None), None)


class Numbering:
    """The lists of a document, and how far each of them has counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self.unknown: set[str] = set()  # number formats that were printed as plain digits
        self._abstract: dict[str, Element] = {}
        self._num: dict[str, Element] = {}
        self._levels: dict[str, dict[int, Level]] = {}  # by num
        self.story = ""  # whose paragraphs are counted: text boxes and notes do not count for the main text
        # By story and abstract list, which all its nums count on together.
        self._counts: dict[tuple[str, str], list[int | None]] = {}
        self._abstract_ids: dict[str, str] = {}  # by num
        self._starts: dict[str, dict[int, int | None]] = {}  # by num, its own starts by level
        self._started: set[tuple[str, str, int]] = set()  # (story, num, level) whose own start has been used
        self._by_style: dict[str | None, tuple[str | None, int | None]] = {}
        for each in [] if root is None else root.iterchildren(W + "abstractNum"):
            self._abstract[each.get(W + "abstractNumId", "")] = each
        for each in [] if root is None else root.iterchildren(W + "num"):
            self._num[each.get(W + "numId", "")] = each

    def label(self, properties: Element | None, style_id: str | None) -> tuple[str, str] | None:
        """Count a paragraph; return its number and what follows it (tab, space, nothing), None if it has none."""
        found = self._place(properties, style_id)
        if found is None:
            return None
        num_id, place = found
        levels = self._levels_of(num_id)
        if place not in levels:
            return None
        counts = self._count(num_id, place, levels)
        level = levels[place]
        if level.style == "bullet" or level.hidden:
            return None
        text = PLACEHOLDER.sub(lambda match: self._number(int(match[1]) - 1, place, counts, levels), level.pattern)
        return (text, level.suffix) if text.strip() else None

    def _place(self, properties: Element | None, style_id: str | None) -> tuple[str, int] | None:
        if style_id not in self._by_style:
            self._by_style[style_id] = self._of_style(style_id)
        num_id, place = self._by_style[style_id]
        direct = child(properties, "numPr")
        if direct is not None:
            num_id = value(direct, "numId") or num_id
            level = integer(value(direct, "ilvl"))
            place = place if level is None else level
        return (num_id, place or 0) if num_id in self._num else None  # 0 is no list: it takes the number away

    def _of_style(self, style_id: str | None) -> tuple[str | None, int | None]:
        """The list and level of a style: the level is the one that names it, whatever the style says."""
        num_id, place = self._styles.number(style_id)
        if num_id in self._num:
            own = (
                level
                for each, _ in self._styles.chain(style_id)
                for level, definition in self._levels_of(num_id).items()
                if definition.paragraph_style == each
            )
            place = next(own, place)
        return num_id, place

    def _number(self, place: int, own: int, counts: list[int | None], levels: dict[int, Level]) -> str:
        number, level = counts[place], levels.get(place)
        if place > own or number is None or level is None:
            return ""
        style = "decimal" if levels[own].legal and level.style not in ("none", "decimalZero") else level.style
        text = format_number(number, style)
        if text is None:
            self.unknown.add(style)
            return str(number)
        return text.zfill(level.zeros)

    def _count(self, num_id: str, place: int, levels: dict[int, Level]) -> list[int | None]:
        counts = self._counts.setdefault((self.story, self._abstract_id(num_id)), [None] * LEVELS)
        for deeper in range(place + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or place < restart:
                counts[deeper] = None
        for higher in range(place):
            if counts[higher] is None:  # a level that was jumped over counts as begun
                counts[higher] = self._start(num_id, higher, levels)
                self._started.add((self.story, num_id, higher))
        number, own = counts[place], self._own_start(num_id, place)
        if number is None or (own is not None and (self.story, num_id, place) not in self._started):
            counts[place] = self._start(num_id, place, levels)
        else:
            counts[place] = number + 1
        self._started.add((self.story, num_id, place))
        return counts

    def _start(self, num_id: str, place: int, levels: dict[int, Level]) -> int:
        own = self._own_start(num_id, place)
        return own if own is not None else levels.get(place, Level()).start

    def _own_start(self, num_id: str, place: int) -> int | None:
        if num_id not in self._starts:
            self._starts[num_id] = {
                level: integer(value(override, "startOverride"))
                for override in self._num[num_id].iterchildren(W + "lvlOverride")
                if (level := integer(override.get(W + "ilvl"))) is not None
            }
        return self._starts[num_id].get(place)

    def _abstract_id(self, num_id: str) -> str:
        if num_id not in self._abstract_ids:
            self._abstract_ids[num_id] = self._find_abstract(num_id)
        return self._abstract_ids[num_id]

    def _find_abstract(self, num_id: str) -> str:
        """The list that holds the levels: a list may name a style, whose own list then holds them."""
        abstract_id = value(self._num[num_id], "abstractNumId") or ""
        link = value(self._abstract.get(abstract_id), "numStyleLink")
        linked, _ = self._styles.number(link)
        if linked in self._num and linked != num_id:
            target = value(self._num[linked], "abstractNumId") or ""
            return target if target in self._abstract else abstract_id
        return abstract_id

    def _levels_of(self, num_id: str) -> dict[int, Level]:
        if num_id not in self._levels:
            found: dict[int, Level] = {}
            abstract = self._abstract.get(self._abstract_id(num_id))
            overrides = self._num[num_id].iterchildren(W + "lvlOverride")
            replaced = [each for override in overrides for each in override.iterchildren(W + "lvl")]
            for each in [*([] if abstract is None else abstract.iterchildren(W + "lvl")), *replaced]:
                place = integer(each.get(W + "ilvl"))
                if place is not None and 0 <= place < LEVELS:
                    found[place] = Level.of(each)
            self._levels[num_id] = found
        return self._levels[num_id]


def is_wide(char: str) -> bool:
    """Say whether *char* is as wide as a Chinese character: one of them, or a mark of their kind."""
    return unicodedata.east_asian_width(char) in ("W", "F")


def with_label(label: tuple[str, str] | None, text: str) -> str:
    """Return *text* behind its number, with a blank where Word leaves room and one reads the two apart.

    >>> [with_label((number, "tab"), text) for number, text in (("一、", "总则"), ("1.", "3月底"), ("第一章", "总则"))]
    ['一、总则', '1. 3月底', '第一章 总则']
    """
    if label is None:
        return text
    number, room = label[0].strip(), label[1] != "nothing" or label[0] != label[0].rstrip()
    bare = text.lstrip()
    page = "\f" if "\f" in text[: len(text) - len(bare)] else ""
    if not number or not bare:
        return page + number + bare
    is_open = OPEN_NUMBER.search(number) is not None
    room = room or (is_open and bare != text)
    narrow = not is_wide(number[-1]) and not is_wide(bare[0])
    return page + number + (" " if room and (is_open or narrow) else "") + bare
