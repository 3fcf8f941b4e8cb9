"""The numbers that a word processor makes: schemes of multi-level lists, and how Word writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# A scheme is the levels of one list: the pattern of the printed number, and how Word writes it
# (number format, level text, what follows the number, whether it starts again under the level above).
HAN = "[一二三四五六七八九十]+"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering scheme."""

    pattern: str
    fmt: str
    text: str
    follow: str = "nothing"
    restarts: bool = True


CLASSIC = (
    Level(rf"({HAN})、", "chineseCountingThousand", "%1、"),
    Level(rf"（({HAN})）", "chineseCountingThousand", "（%2）"),
    Level(r"(\d+)\.", "decimal", "%3.", "tab"),
    Level(r"（(\d+)）", "decimal", "（%4）"),
)
RUN_ON = (CLASSIC[0], Level(rf"（({HAN})）", "chineseCountingThousand", "（%2）", restarts=False))
RUN_ON_DIGITS = (CLASSIC[0], Level(r"(\d+)\.", "decimal", "%2.", "space", restarts=False))
JAPANESE = (
    Level(rf"({HAN})、", "japaneseCounting", "%1、", "tab"),
    Level(rf"（({HAN})）", "japaneseCounting", "（%2）", "tab"),
)
TOWN = (*JAPANESE, Level(r"(\d+)、", "decimal", "%3、"), Level("([①②③④⑤])", "decimalEnclosedCircle", "%4"))
ARTICLES = (
    Level(rf"第({HAN})章 ", "chineseCountingThousand", "第%1章", "space"),
    Level(rf"第({HAN})条 ", "chineseCountingThousand", "第%2条", "space", restarts=False),
)


def value_of(number: str) -> int:
    """Return the value of a printed number: digits, Chinese numerals below 100, or a circled digit."""
    if number.isdecimal():
        return int(number)
    if number in "①②③④⑤":
        return "①②③④⑤".index(number) + 1
    digits = "零一二三四五六七八九"
    if "十" not in number:
        return digits.index(number)
    tens, ones = number.split("十")
    return (digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0)


@dataclass(slots=True)
class Numbering:
    """The numbering part of a document: one multi-level list, and further instances where a list starts again.

    ``mode`` is ``styles`` (heading styles carry the list), ``direct`` (paragraphs do) or ``single`` (every level is a list
    of its own and each restart a new instance with a start override, as much clicking in Word leaves it). LibreOffice
    does not know a level that runs on under its parent, so files that it converts have such levels as ``single``.
    """

    scheme: tuple[Level, ...]
    mode: str = "direct"
    counts: list[int] = field(default_factory=list)
    nums: list[str] = field(default_factory=list)
    current: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.counts = [0] * len(self.scheme)
        lists = range(len(self.scheme)) if self.mode == "single" else [0]
        for index in lists:
            self._instance(index, None)
        for level in range(len(self.scheme)):
            self.current[level] = level + 1 if self.mode == "single" else 1

    def _instance(self, abstract: int, start: tuple[int, int] | None) -> int:
        override = ""
        if start is not None:
            override = f'<w:lvlOverride w:ilvl="{start[0]}"><w:startOverride w:val="{start[1]}"/></w:lvlOverride>'
        number = len(self.nums) + 1
        self.nums.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>')
        return number

    def split(self, line: str) -> tuple[int, int, str] | None:
        """Return level, numId and the rest of a line that starts with a number of the scheme."""
        for level, kind in enumerate(self.scheme):
            if not (found := re.match(kind.pattern, line)):
                continue
            wanted = value_of(found[1])
            if self.mode == "single":
                if wanted == 1 and self.counts[level]:
                    self.current[level] = self._instance(level, (0, 1))
            elif wanted != self.counts[level] + 1:
                self.current = dict.fromkeys(self.current, self._instance(0, (level, wanted)))
            self.counts[level] = wanted
            if self.mode != "single":
                for lower in range(level + 1, len(self.scheme)):
                    self.counts[lower] = 0 if self.scheme[lower].restarts else self.counts[lower]
            return level, self.current[level], line[found.end() :]
        return None

    def peek(self, line: str) -> tuple[int, int, str] | None:
        """Return the same for a line that the list does not count, since it is deleted."""
        for level, kind in enumerate(self.scheme):
            if found := re.match(kind.pattern, line):
                return level, self.current[level], line[found.end() :]
        return None

    def _level(self, level: int, index: int) -> str:
        kind = self.scheme[level]
        text = re.sub(r"%\d", f"%{index + 1}", kind.text)
        style = f'<w:pStyle w:val="Heading{level + 1}"/>' if self.mode == "styles" else ""
        again = "" if kind.restarts else '<w:lvlRestart w:val="0"/>'
        return (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind.fmt}"/>{again}{style}'
            f'<w:suff w:val="{kind.follow}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl>'
        )

    def xml(self) -> list[str]:
        """Return the abstract lists and their instances, in the order of the schema."""
        levels = range(len(self.scheme))
        groups = [[(level, 0)] for level in levels] if self.mode == "single" else [[(level, level) for level in levels]]
        serial = len(groups)
        out = [
            f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="multilevel"/>'
            + "".join(self._level(*pair) for pair in group)
            + "</w:abstractNum>"
            for n, group in enumerate(groups)
        ]
        out.append(  # the serial numbers of a table's first column
            f'<w:abstractNum w:abstractNumId="{serial}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start '
            'w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        )
        return [*out, *self.nums, f'<w:num w:numId="99"><w:abstractNumId w:val="{serial}"/></w:num>']
