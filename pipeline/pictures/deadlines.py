"""The time line of deadlines: a panel a plan year, places down, in each the headings of the outline.

Few deadlines are drawn one a row with their words; many as marks in a row a heading, the number in a mark where several
fall on one day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.colours import HEADING_COLOURS
from pipeline.errors import InputError
from pipeline.pictures.cells import date_ticks, quiet_axes, speaker
from pipeline.pictures.paper import (
    BAND,
    BODY,
    MARGIN,
    QUIET,
    SMALL,
    TITLE,
    Paper,
    drawn,
    inches,
    lines_of,
    source_line,
    wrap,
)
from pipeline.tables import Export, comparable
from pipeline.workbook import HEADING_LABELS, KIND_LABELS

FEW = 45  # deadlines that get a row and words each
PLOT = 6.4  # inches of the axis
LABEL = 24  # full-width characters of a task on a line
ROW, GROUP, TEXT_LINE, AXIS = 0.25, 0.3, 0.165, 0.42
MONTH = 0.62  # inches that the name of a month takes


@dataclass(frozen=True, slots=True)
class _Deadline:
    place: str
    year: int | None
    kind: str
    heading: int
    words: str
    begins: date | None
    deadline: date
    doc_id: str


@dataclass(frozen=True, slots=True)
class _Row:
    label: str  # wrapped
    heading: int
    deadlines: tuple[_Deadline, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    rows: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class _Panel:
    year: int | None
    groups: tuple[_Group, ...]
    first: float  # days as numbers
    last: float

    @property
    def height(self) -> float:
        return AXIS + sum(GROUP + sum(row.height for row in group.rows) for group in self.groups)


def draw_deadlines(
    source: Export | pd.DataFrame, path: Path, *, today: date | None = None, detail: bool | None = None
) -> Path:
    """Draw until when what is to be done, by place and heading, and return *path*.

    Args:
        source: an export, or rows of its `comparable` table; targets with a deadline are drawn.
        path: .png or .svg.
        today: drawn as a line in the panels that reach it, where given.
        detail: a row with words for each deadline; by default where they are few.

    Raises:
        InputError: no target has a deadline.
        FontError: no font has the Chinese characters.
    """
    table = comparable(source) if isinstance(source, Export) else source
    deadlines = list(_deadlines(table))
    if not deadlines:
        raise InputError("expected targets with a deadline to draw; there are none")
    with_words = len(deadlines) <= FEW if detail is None else detail
    panels = [
        _panel(year, [one for one in deadlines if one.year == year], with_words)
        for year in sorted({one.year for one in deadlines}, key=lambda year: -(year or 0))
    ]
    _TimeLine(panels, deadlines, today, with_words).draw(path)
    return path


def _deadlines(table: pd.DataFrame) -> Iterator[_Deadline]:
    rows = table[table["deadline"].notna() & (table["stance"] == "target")]
    names = (
        "jurisdiction", "body", "year", "kind", "heading", "subject", "quote", "begins", "deadline", "doc_id", "name",
    )  # fmt: skip
    for cells in zip(*(rows[name].tolist() for name in names), strict=True):
        place, body, year, kind, heading, subject, quote, begins, deadline, doc_id, name = (
            None if pd.isna(cell) else cell for cell in cells
        )
        yield _Deadline(
            place=speaker(place or "", body or "") or str(name).rsplit("/", 1)[-1],
            year=None if year is None else int(year),
            kind=KIND_LABELS.get(str(kind), ""),
            heading=0 if heading is None else int(heading),
            words=subject or quote or "",
            begins=_day(begins),
            deadline=_day(deadline) or date.max,
            doc_id=str(doc_id),
        )


def _day(cell: Any) -> date | None:
    found: date | None = cell.date() if isinstance(cell, pd.Timestamp) else cell
    return found


def _panel(year: int | None, own: Sequence[_Deadline], with_words: bool) -> _Panel:
    groups = []
    for key in dict.fromkeys((one.place, one.kind, one.doc_id) for one in own):
        of_document = [one for one in own if (one.place, one.kind, one.doc_id) == key]
        rows = _detailed(of_document) if with_words else _gathered(of_document)
        groups.append(_Group(" ".join(part for part in key[:2] if part), tuple(rows)))
    days = [_number(day) for one in own for day in (one.begins, one.deadline) if day is not None]
    first, last = min(days), max(days)
    first -= (date.fromordinal(int(first) + EPOCH).day - 1) % 31  # from the first of a month
    aside = max((last - first) * 0.03, 5)
    return _Panel(year, tuple(groups), min(first, last - 120) - aside, last + aside)


EPOCH = date(1970, 1, 1).toordinal()  # matplotlib counts days from there


def _number(day: date) -> float:
    return float(day.toordinal() - EPOCH)


def _detailed(own: Sequence[_Deadline]) -> Iterator[_Row]:
    for one in sorted(own, key=lambda one: (one.heading or 99, one.deadline, one.begins or one.deadline, one.words)):
        label = wrap(one.words, LABEL, most=2)
        yield _Row(label, one.heading, (one,), max(ROW, lines_of(label) * TEXT_LINE + 0.1))


def _gathered(own: Sequence[_Deadline]) -> Iterator[_Row]:
    for heading, found in groupby(sorted(own, key=lambda one: one.heading or 99), key=lambda one: one.heading):
        yield _Row(HEADING_LABELS[heading], heading, tuple(found), ROW)


def _date_words(day: date, year: int | None) -> str:
    return f"{'' if day.year == year else f'{day.year}年'}{day.month}月{day.day}日"


class _TimeLine:
    """The panels under one another, laid out from the top left corner in inches."""

    def __init__(
        self, panels: Sequence[_Panel], deadlines: Sequence[_Deadline], today: date | None, with_words: bool
    ) -> None:
        self.panels, self.today, self.with_words = panels, today, with_words
        rows = [row for panel in panels for group in panel.groups for row in group.rows]
        self.left = MARGIN + 0.24 + max(max(inches(row.label) for row in rows), 1.2) + 0.2
        self.width = self.left + PLOT + MARGIN + (0.75 if with_words else 0.2)
        self.headings = [one for one in HEADING_LABELS if any(row.heading == one for row in rows)]
        room = self.width - 2 * MARGIN
        places = len({one.place for one in deadlines})
        self.title = "任务期限"
        begun = sum(one.begins is not None for one in deadlines)
        self.subtitle = f"{places} 个地区（单位），{len(deadlines)} 个有完成期限的目标" + (
            f"，其中 {begun} 个写明起始日期" if begun else ""
        )
        self.foot = wrap(source_line(len({one.doc_id for one in deadlines})), room * 72 / SMALL)
        self.legend = self._legend_lines(room) if with_words else []

    def _legend_lines(self, room: float) -> list[list[int]]:
        lines: list[list[int]] = [[]]
        used = 0.0
        for heading in self.headings:
            takes = inches(HEADING_LABELS[heading]) + 0.45
            if used + takes > room and lines[-1]:
                lines.append([])
                used = 0.0
            lines[-1].append(heading)
            used += takes
        return lines

    def draw(self, path: Path) -> None:
        top = MARGIN + 0.3 + 0.32 + 0.25 * len(self.legend)
        height = top + sum(panel.height + GROUP + 0.1 for panel in self.panels) + 0.2
        height += lines_of(self.foot) * 0.16 + MARGIN
        with drawn(path, self.width, height) as paper:
            paper.write(MARGIN, MARGIN - 0.05, self.title, fontsize=TITLE)
            paper.write(MARGIN, MARGIN + 0.3, self.subtitle, color=QUIET)
            self._draw_legend(paper, MARGIN + 0.6)
            y = top + 0.1
            for panel in self.panels:
                title = "没有写明年份的文件" if panel.year is None else f"{panel.year}年的文件"
                paper.write(MARGIN, y, title, fontsize=BODY + 1.5)
                y += GROUP
                self._draw_panel(paper, panel, y)
                y += panel.height + 0.1
            paper.write(MARGIN, height - MARGIN + 0.05, self.foot, fontsize=SMALL, color=QUIET, va="bottom")

    def _draw_legend(self, paper: Paper, top: float) -> None:
        for at, line in enumerate(self.legend):
            x, y = MARGIN, top + (at + 0.5) * 0.25
            for heading in line:
                paper.box(x, y - 0.06, 0.12, 0.12, color=HEADING_COLOURS[heading])
                paper.write(x + 0.18, y, HEADING_LABELS[heading], va="center")
                x += inches(HEADING_LABELS[heading]) + 0.45

    def _draw_panel(self, paper: Paper, panel: _Panel, top: float) -> None:
        tall = panel.height - AXIS
        axes = paper.axes(self.left, top, PLOT, tall)
        quiet_axes(axes)
        axes.set_xlim(panel.first, panel.last)
        axes.set_ylim(tall, 0)
        places, words = date_ticks(panel.first, panel.last, int(PLOT / MONTH))
        a_month = (panel.last - panel.first) * MONTH / PLOT
        words = [word if at <= panel.last - a_month * 0.8 else "" for at, word in zip(places, words, strict=True)]
        axes.set_xticks(places, words, ha="left")  # a month lies to the right of its first day
        axes.set_yticks([])
        axes.grid(axis="x", color="#e6e9ee", linewidth=0.8)
        axes.set_axisbelow(True)
        y = 0.0
        for group in panel.groups:
            paper.box(MARGIN, top + y, self.width - 2 * MARGIN, GROUP - 0.05, color=BAND)
            paper.write(MARGIN + 0.06, top + y + GROUP / 2 - 0.025, group.title, va="center", color=QUIET)
            y += GROUP
            for row in group.rows:
                middle = y + row.height / 2
                paper.box(MARGIN + 0.06, top + middle - 0.06, 0.12, 0.12, color=HEADING_COLOURS[row.heading])
                paper.write(MARGIN + 0.26, top + middle, row.label, va="center")
                self._draw_row(axes, row, middle, panel.year)
                y += row.height
        if self.today is not None and panel.first <= (now := _number(self.today)) <= panel.last:
            axes.axvline(now, color="#b3313c", linewidth=1.1, linestyle=(0, (4, 3)), zorder=5, gid="today")
            said = f"今天 {self.today.month}月{self.today.day}日"
            axes.text(now, -0.03, said, color="#b3313c", fontsize=SMALL, ha="center", va="bottom")

    def _draw_row(self, axes: Any, row: _Row, y: float, year: int | None) -> None:
        colour = HEADING_COLOURS[row.heading]
        for one in row.deadlines:
            if one.begins is not None:
                axes.plot(
                    [_number(one.begins), _number(one.deadline)], [y, y], color=colour, linewidth=5, alpha=0.4,
                    solid_capstyle="butt", zorder=3, gid="span",
                )  # fmt: skip
        for day in sorted({one.deadline for one in row.deadlines}):
            count = sum(one.deadline == day for one in row.deadlines)
            axes.plot(
                [_number(day)], [y], marker="o", markersize=7 if count == 1 else 11, color=colour, linestyle="none",
                zorder=4, clip_on=False, gid="deadline",
            )  # fmt: skip
            if count > 1:
                axes.text(
                    _number(day), y, str(count), color="white", fontsize=7, ha="center", va="center_baseline", zorder=6
                )
            elif self.with_words:
                axes.annotate(
                    _date_words(day, year), (_number(day), y), (7, 0), textcoords="offset points", va="center",
                    fontsize=SMALL, color=QUIET, annotation_clip=False,
                )  # fmt: skip
