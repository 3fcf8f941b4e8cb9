"""A case as it is written down, and its lines as paragraphs and tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent.parent
ANNEX = re.compile(r"附件\d?")
CHAPTER, ITEM = re.compile(r"[一二三四五六七八九十]+、"), re.compile(r"（[一二三四五六七八九十]+）")
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table; a row of one cell goes over the whole width."""

    rows: list[list[str]]
    same: tuple[int, ...] = ()  # columns whose equal cells of one task are merged
    up: tuple[int, ...] = (0, 1)  # columns whose empty cells are merged with the one above

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows))

    def cells(self) -> list[tuple[int, int, int, int, str]]:
        """Return row, column, rows spanned, columns spanned and text of each cell that is drawn."""
        out = []
        for r, row in enumerate(self.rows):
            if len(row) == 1:
                out.append((r, 0, 1, self.width, row[0]))
                continue
            for c, text in enumerate(row):
                if not self._goes_up(r, c):
                    deep = 1
                    while r + deep < len(self.rows) and self._goes_up(r + deep, c):
                        deep += 1
                    out.append((r, c, deep, 1, text))
        return out

    def _goes_up(self, r: int, c: int) -> bool:
        row = self.rows[r]
        if r < 2 or len(row) == 1 or row[0]:
            return False
        return (c in self.up and not row[c]) or (c in self.same and row[c] != "" and row[c] == self.rows[r - 1][c])


@dataclass(slots=True)
class Case:
    """A case as it is written down: its lines, its fields, its folder, and the folder that its files go to."""

    folder: Path
    out: Path
    lines: list[str]
    wanted: dict[str, Any]
    fields: dict[str, str]

    @classmethod
    def load(cls, slug: str, out: Path = HERE) -> Case:
        """Read what the case expects; its files go below *out*."""
        folder = HERE / slug
        (out / slug).mkdir(parents=True, exist_ok=True)
        wanted = json.loads((folder / "expected.json").read_text("utf-8"))
        lines = (folder / "body.txt").read_text("utf-8").splitlines()
        return cls(folder, out / slug, lines, wanted, wanted["fields"])

    @property
    def title(self) -> str:
        """The title that the case expects."""
        return self.fields["title"]

    @property
    def main(self) -> Path:
        """The path of the main file."""
        return self.out / str(self.wanted["main"])

    def part(self) -> Path:
        """Return the path of the only attachment."""
        path = self.out / self.wanted["parts"][0]
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def with_own_title(self, start: str, *title: str) -> list[str]:
        """Return the lines with the mark and title that an issued text has in the file, before the line that starts so."""
        (place,) = (i for i, line in enumerate(self.lines) if line.startswith(start))
        return [*self.lines[:place], *title, *self.lines[place:]]

    def split(self, lines: Sequence[str] = ()) -> list[list[str]]:
        """Return the lines (those of the case unless others are given) before the first annex and those of each annex."""
        lines = list(lines or self.lines)
        starts = [0, *(i for i, line in enumerate(lines) if ANNEX.fullmatch(line)), len(lines)]
        return [lines[a:b] for a, b in pairwise(starts)]


def blocks(lines: Iterable[str], chapters: Iterable[str] = (), same: tuple[int, ...] = ()) -> list[str | Table]:
    """Return the lines with each run of table rows gathered in one table."""
    out: list[str | Table] = []
    chapters = set(chapters)
    for line in lines:
        last = out[-1] if out else None
        if "\t" in line or (line in chapters and isinstance(last, Table)):
            if not isinstance(last, Table):
                last = Table([], same)
                out.append(last)
            last.rows.append(line.split("\t"))
        else:
            out.append(line)
    return out


def chapters_of(case: Case) -> list[str]:
    """Return the chapter rows that the case expects."""
    return [row[0] for row in case.wanted.get("rows", []) if len(row) == 1]


def style_of(line: str, number: int, before: str) -> str:
    """Return how an official would set the line: Addressee, Head, Right, Annex, Title or Text."""
    if ANNEX.fullmatch(line):
        return "Annex"
    if ANNEX.fullmatch(before):
        return "Title"
    if DATE.fullmatch(line) or re.fullmatch(r"\S{2,22}(政府|办公室|局|委员会)", line):
        return "Right"
    if number == 0 and line.endswith("：") and "。" not in line:
        return "Addressee"
    return "Head" if CHAPTER.match(line) and len(line) < 30 else "Text"
