"""The dot plot: one indicator over places, targets and results apart, with what each comparator means."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.pictures.cells import (
    DATE,
    LEGEND_LINE,
    draw_legend,
    legend_lines,
    main_unit,
    place_of,
    quiet_axes,
    read_values,
    ticks,
)
from pipeline.pictures.marks import UNLIKE, UP, Value, Way, draw_value, said, sign_of
from pipeline.pictures.paper import (
    BAND,
    BODY,
    MARGIN,
    QUIET,
    RULE,
    SMALL,
    TITLE,
    Paper,
    drawn,
    inches,
    lines_of,
    source_line,
    spread,
    wrap,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLOT = 5.2  # inches of the axis
LABEL, REMARK = 15, 27  # full-width characters of a place, and of a line of reasons
LINE, TEXT_LINE = 0.27, 0.155  # inches of one value, and of one line of small words
GROUP = 0.3
MONTH = 31  # days before and after the first and the last


@dataclass(frozen=True, slots=True)
class _Row:
    place: str  # wrapped
    values: tuple[Value, ...]  # drawn, the target above the result
    remark: str  # wrapped
    height: float


def draw_indicator(comparison_long: pd.DataFrame, indicator: str, path: Path) -> Path:
    """Draw an indicator over places, a block a year, and return *path*.

    A cell that may not be compared is grey, with its reason; one in another unit, or without a number, stands in words.

    Args:
        comparison_long: `Comparison.long`, of one or more indicators.
        indicator: its id.
        path: .png or .svg.

    Raises:
        NotFoundError: the comparison has no such indicator.
        InputError: no cell of it has a value or a date.
        FontError: no font has the Chinese characters.
    """
    name, values = read_values(comparison_long, indicator)
    unit = main_unit(values)
    blocks = [(year, _rows([one for one in values if one.year == year], unit)) for year in _years(values)]
    shown = [one for _, rows in blocks for row in rows for one in row.values]
    _Plot(name, unit, blocks, shown, values).draw(path)
    return path


def _years(values: Sequence[Value]) -> list[int | None]:
    """Return the years, the newest first and none at all last."""
    return sorted({one.year for one in values}, key=lambda year: -(year or 0))


def _rows(values: Sequence[Value], unit: str) -> list[_Row]:
    rows = []
    for place in dict.fromkeys(place_of(one) for one in values):
        own = sorted((one for one in values if place_of(one) == place), key=lambda one: one.stance != "target")
        drawable = tuple(one for one in own if one.value is not None and one.unit == unit)
        remarks = [_remark(one, one in drawable) for one in own]
        remark = "\n".join(wrap(one, REMARK, most=3) for one in remarks if one)
        label = wrap(place, LABEL, most=3)
        tall = max(LINE * max(len(drawable), 1), TEXT_LINE * lines_of(remark), 0.17 * lines_of(label))
        rows.append(_Row(label, drawable, remark, tall + 0.14))
    return sorted(rows, key=_order)


def _order(row: _Row) -> tuple[bool, float, str]:
    """Return the place of a row: the highest value first, what cannot be compared behind."""
    comparable = [one.value for one in row.values if one.is_comparable and one.value is not None]
    results = [
        one.value for one in row.values if one.stance == "result" and one.is_comparable and one.value is not None
    ]
    return not comparable, -(results or comparable or [0.0])[0], row.place


def _remark(one: Value, is_drawn: bool) -> str:
    if not is_drawn:
        return f"{one.words}（未画出）" + (f"：{one.why_not}" if one.why_not else "")
    return "" if one.is_comparable else f"不可比：{one.why_not or '没有同类'}"


class _Plot:
    """One dot plot, laid out from the top left corner in inches."""

    def __init__(
        self,
        name: str,
        unit: str,
        blocks: Sequence[tuple[int | None, Sequence[_Row]]],
        shown: Sequence[Value],
        values: Sequence[Value],
    ) -> None:
        self.unit, self.blocks, self.shown = unit, blocks, shown
        rows = [row for _, of_year in blocks for row in of_year]
        self.left = MARGIN + max(max(inches(row.place) for row in rows), 1.0) + 0.2
        remark = max((inches(row.remark, SMALL) for row in rows if row.remark), default=0.0)
        self.width = max(self.left + PLOT + (0.15 + remark if remark else 0.0) + MARGIN, 8.0)
        self.plot = self.width - self.left - MARGIN - (0.15 + remark if remark else 0.0)
        room = self.width - 2 * MARGIN
        places = len({place_of(one) for one in values})
        self.title = wrap(f"{name}（{unit}）" if unit and unit != DATE else name, room * 72 / TITLE)
        self.subtitle = (
            f"{places} 个地区（单位），{len(values)} 个数，可比的 {sum(one.is_comparable for one in values)} 个"
        )
        self.legend = legend_lines(shown, room)
        self.foot = wrap(source_line(len({one.doc_id for one in values})), room * 72 / SMALL)
        numbers = [number for one in shown for number in one.reach]
        low, high = spread(numbers) if unit != DATE else (min(numbers) - MONTH, max(numbers) + MONTH)
        self.arrow = (high - low) * 0.075
        # Room for arrows and for words on either side.
        self.low, self.high = low - (high - low) * 0.09, high + (high - low) * 0.22

    def draw(self, path: Path) -> None:
        top = MARGIN + lines_of(self.title) * 0.3 + 0.3 + len(self.legend) * LEGEND_LINE + 0.15
        heads = GROUP * len(self.blocks) if self.has_heads else 0.0
        below = sum(row.height for _, rows in self.blocks for row in rows) + heads
        height = top + below + 0.55 + lines_of(self.foot) * 0.16 + MARGIN
        with drawn(path, self.width, height) as paper:
            paper.write(MARGIN, MARGIN - 0.05, self.title, fontsize=TITLE)
            paper.write(MARGIN, MARGIN + lines_of(self.title) * 0.3, self.subtitle, color=QUIET)
            draw_legend(paper, self.legend, MARGIN, MARGIN + lines_of(self.title) * 0.3 + 0.3)
            self._draw_rows(paper, top, below)
            paper.write(MARGIN, height - MARGIN + 0.05, self.foot, fontsize=SMALL, color=QUIET, va="bottom")

    @property
    def has_heads(self) -> bool:
        return len(self.blocks) > 1 or self.blocks[0][0] is not None

    def _draw_rows(self, paper: Paper, top: float, tall: float) -> None:
        axes = paper.axes(self.left, top, self.plot, tall)
        quiet_axes(axes)
        axes.set_xlim(self.low, self.high)
        axes.set_ylim(tall, 0)
        places, words = ticks(self.low, self.high, self.unit, max(2, int(self.plot / 0.8)))
        axes.set_xticks(places, words, ha="left" if self.unit == DATE else "center")  # a month begins at its line
        axes.set_yticks([])
        axes.grid(axis="x", color="#e6e9ee", linewidth=0.8, zorder=0)
        axes.set_axisbelow(True)
        way = Way(is_level=True, arrow=self.arrow)
        y = 0.0
        for year, rows in self.blocks:
            if self.has_heads:
                paper.box(MARGIN, top + y, self.width - 2 * MARGIN, GROUP - 0.05, color=BAND)
                head = "没有写明年份" if year is None else f"{year}年"
                paper.write(MARGIN + 0.06, top + y + GROUP / 2 - 0.025, head, va="center", color=QUIET)
                y += GROUP
            for row in rows:
                middle = y + row.height / 2
                paper.write(MARGIN + 0.06, top + middle, row.place, va="center")
                paper.write(
                    self.left + self.plot + 0.15, top + middle, row.remark, va="center", fontsize=SMALL, color=QUIET
                )
                for at, one in enumerate(row.values):
                    draw_value(axes, one, beside := middle + (at - (len(row.values) - 1) / 2) * LINE, way)
                    self._label(axes, one, beside)
                y += row.height
                paper.rule(MARGIN, top + y, self.width - 2 * MARGIN, linewidth=0.4, color=RULE, zorder=0)

    def _label(self, axes: "Axes", one: Value, beside: float) -> None:
        end = max(one.reach) + (self.arrow if sign_of(one) in UP else 0.0)
        axes.text(
            end + (self.high - self.low) * 0.022, beside, said(one), va="center", ha="left", fontsize=BODY - 0.5,
            color=one.colour if one.is_comparable else UNLIKE, zorder=5,
        )  # fmt: skip
