"""Styles of paragraphs and the numbers that Word 97 puts before them: a list's number is no character of the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.files import word97_binary as binary
from pipeline.files.word97_binary import BrokenWordError, Properties, WordFile, number
from pipeline.files.word_numbering import format_number

STYLE, LIST, LEVEL = 0x4600, 0x460B, 0x260A  # sprm: style, list (from 1), level in it
LEVELS = 9
TITLE = 62  # the built-in style that is called Title
NO_STYLE = 0xFFF
PARAGRAPH_STYLE = 1
BULLET, NOTHING = 23, 255

# The number formats of the binary format (MSONFC) by the names that later files give them.
FORMATS = {
    **dict(enumerate(("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter"))),
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    57: "numberInDash",
}
FOLLOWERS = ("tab", "space", "nothing")  # what parts the number from the text


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs."""

    built_in: int  # what Word calls it by number; TITLE is one
    parent: int
    properties: Properties


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    first: int
    kind: int  # the number format, MSONFC
    plain: bool  # all levels are shown in Arabic digits
    restart: int  # begins anew below the next item of a level before this one (from 0); 0: it never does
    pattern: str  # characters below 9 stand for the number of that level
    follower: str  # one of FOLLOWERS


@dataclass(slots=True)
class Use:
    """A list as some paragraphs use it: they may begin anew, or look different, but count on together."""

    key: int
    levels: Sequence[Level]
    restarts: dict[int, int] = field(default_factory=dict)  # level -> first number of its first paragraph


class Numbers:
    """The counters of all lists, which run on through a story: text boxes and notes do not count for the main text."""

    def __init__(self, uses: Sequence[Use]) -> None:
        """Begin to count; *uses* are in the order in which paragraphs name them."""
        self._uses = uses
        self._counters: dict[tuple[str, int], list[int | None]] = {}
        self._restarted: set[tuple[str, int, int]] = set()  # story, use, level

    def next_label(self, use: int, level: int, story: str = "main") -> tuple[str, str] | None:
        """Count a paragraph (*use* from 1); return its number and what follows it, None for a bullet or no list."""
        if not 1 <= use <= len(self._uses) or not 0 <= level < len(self._uses[use - 1].levels):
            return None
        here = self._uses[use - 1]
        counters = self._counters.setdefault((story, here.key), [None] * LEVELS)
        at = counters[level]
        counters[level] = here.levels[level].first if at is None else at + 1
        if level in here.restarts and (story, use, level) not in self._restarted:
            self._restarted.add((story, use, level))
            counters[level] = here.restarts[level]
        for higher in range(level):  # a level that was jumped over counts as begun
            if counters[higher] is None:
                counters[higher] = here.levels[higher].first
        for deeper in range(level + 1, len(here.levels)):
            if level < here.levels[deeper].restart:
                counters[deeper] = None
        return None if here.levels[level].kind in (BULLET, NOTHING) else _label(here.levels, counters, level)


def _label(levels: Sequence[Level], counters: Sequence[int | None], level: int) -> tuple[str, str] | None:
    own = levels[level]
    shown = []
    for char in own.pattern:
        if ord(char) >= LEVELS:
            shown.append(char)
        elif ord(char) <= level:
            outer, count = levels[ord(char)], counters[ord(char)]
            style = "decimal" if own.plain else FORMATS.get(outer.kind, "decimal")
            number = outer.first if count is None else count
            shown.append(format_number(number, style) or str(number))
    label = "".join(shown)
    return (label, own.follower) if label.strip() else None


def read_styles(file: WordFile) -> list[Style | None]:
    """Return the styles by their number; None where there is none or it is not one of paragraphs."""
    sheet = file.part(binary.STYLES)
    if len(sheet) < 8:
        return []
    head = number(sheet, 0, 2)
    count, base = min(number(sheet, 2, 2), 4096), number(sheet, 4, 2)
    at = 2 + head
    styles: list[Style | None] = []
    for _ in range(count):
        if at + 2 > len(sheet):
            break
        size = number(sheet, at, 2)
        styles.append(_style(sheet[at + 2 : at + 2 + size], base))
        at += 2 + size + size % 2
    return styles


def _style(record: bytes, base: int) -> Style | None:
    if len(record) < base + 2 or base < 6:
        return None
    kind, parent = number(record, 2, 2) & 0xF, number(record, 2, 2) >> 4
    if kind != PARAGRAPH_STYLE:
        return None
    at = base + 2 + 2 * number(record, base, 2) + 2  # the name, its length before it, a zero behind it
    size = number(record, at, 2) if at + 2 <= len(record) else 0
    said = record[at + 4 : at + 2 + size]  # behind the number of the style
    return Style(number(record, 0, 2) & 0xFFF, parent, binary.read_properties(said))


def styled(own: Properties, style: int, styles: Sequence[Style | None]) -> dict[int, bytes]:
    """Return the properties *own* with those of the style and the styles it is made from beneath them."""
    found: dict[int, bytes] = dict(own)
    for _ in range(12):
        here = styles[style] if style < len(styles) else None
        if here is None:
            break
        for code in (LIST, LEVEL):
            if code in here.properties:
                found.setdefault(code, here.properties[code])
        if here.parent in (NO_STYLE, style):
            break
        style = here.parent
    return found


def read_lists(file: WordFile) -> Numbers:
    """Return the counters of the lists of a document."""
    start, end = file.part_span(binary.LISTS)
    table = file.table
    if end - start < 2:
        return Numbers([])
    count = number(table, start, 2)
    lists: dict[int, list[Level]] = {}
    at = end  # the levels lie behind the part
    for index in range(count):
        record = start + 2 + 28 * index
        simple = number(table, record + 26, 1) & 1
        levels: list[Level] = []
        for _ in range(1 if simple else LEVELS):
            level, at = _level(table, at, len(levels))
            levels.append(level)
        lists[number(table, record)] = levels
    return Numbers(_read_uses(file, lists))


def _level(table: bytes, at: int, place: int) -> tuple[Level, int]:
    """The level of the number *place* at *at*, and where it ends."""
    first, kind, info, follows = number(table, at), *table[at + 4 : at + 6], number(table, at + 15, 1)
    skipped = number(table, at + 24, 1) + number(table, at + 25, 1)
    text = at + 28 + skipped
    length = number(table, text, 2)
    end = text + 2 + 2 * length
    if end > len(table):
        raise BrokenWordError(f"the level of a list at {at} ends at {end} of {len(table)}")
    pattern = table[text + 2 : end].decode("utf-16-le", "replace")
    restart = number(table, at + 26, 1) if info & 8 else place
    return Level(first, kind, bool(info & 4), restart, pattern, FOLLOWERS[min(follows, 2)]), end


def _read_uses(file: WordFile, lists: Mapping[int, list[Level]]) -> list[Use]:
    part = file.part(binary.LIST_USES)
    if len(part) < 4:
        return []
    count = number(part, 0)
    if 4 + 16 * count > len(part):
        raise BrokenWordError(f"{count} uses of lists in {len(part)} bytes")
    uses: list[Use] = []
    at = 4 + 16 * count
    for index in range(count):
        key, changed = number(part, 4 + 16 * index), part[4 + 16 * index + 12]
        use = Use(key, list(lists.get(key, ())))
        uses.append(use)
        at += 4
        for _ in range(changed):
            if at + 8 > len(part):
                return uses
            first, flags = number(part, at), number(part, at + 4)
            at += 8
            place = flags & 0xF
            if flags & 1 << 5:
                level, at = _level(part, at, place)
                use.levels = [level if i == place else old for i, old in enumerate(use.levels)]
                first = level.first
            if flags & 1 << 4:
                use.restarts[place] = first
    return uses
