"""Small multiples: one indicator over the years, a panel a place, all on one scale.

The values stand below the years, where they never cover a mark or one another.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.errors import InputError
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
from pipeline.pictures.marks import COLOURS, UNLIKE, Value, Way, draw_value, said
from pipeline.pictures.paper import (
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
from pipeline.workbook import STANCE_LABELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ACROSS, WIDEST = 4, 10.6  # panels in a row where years are few, inches of a row otherwise
YEAR = 0.58  # inches, for the longest value in small letters
PANEL, TALL, HEAD = 2.1, 1.25, 0.24  # inches of a panel at least, of its axes, of a line of its title
GAP, BELOW, LINE = 0.3, 0.34, 0.155
ARROW = 0.2  # of the scale


def draw_years(comparison_long: pd.DataFrame, indicator: str, path: Path) -> Path:
    """Draw an indicator over the years, a panel a place, and return *path*.

    Points of neighbouring years are joined where they are results, or targets, that may be compared; a year without a
    value stays a gap. A value in another unit is not drawn, and the foot says how many these are.

    Args:
        comparison_long: `Comparison.long`, of one or more indicators.
        indicator: its id.
        path: .png or .svg.

    Raises:
        NotFoundError: the comparison has no such indicator.
        InputError: no cell has a value with a year, or the indicator is a date.
        FontError: no font has the Chinese characters.
    """
    name, values = read_values(comparison_long, indicator)
    unit = main_unit(values)
    if unit == DATE:
        raise InputError(f"expected an indicator with values to draw over years, got {indicator}, which is a date")
    shown = [one for one in values if one.value is not None and one.unit == unit and one.year is not None]
    if not shown:
        raise InputError(f"expected values with a year to draw over years; {indicator} has none")
    _Panels(name, unit, shown, len(values) - len(shown)).draw(path)
    return path


class _Panels:
    """The panels, laid out from the top left corner in inches."""

    def __init__(self, name: str, unit: str, shown: Sequence[Value], left_out: int) -> None:
        self.unit, self.shown = unit, shown
        self.places = sorted({place_of(one) for one in shown}, key=lambda place: self._first(place))
        self.years = list(range(min(one.year or 0 for one in shown), max(one.year or 0 for one in shown) + 1))
        low, high = spread([number for one in shown for number in one.reach])
        self.low, self.high = low - (high - low) * 0.25, high + (high - low) * 0.25
        self.scale, self.words = ticks(self.low, self.high, unit, 5)
        self.stances = [one for one in STANCE_LABELS if any(value.stance == one for value in shown)]
        self.gutter = max(*map(inches, self.words), inches("目标", SMALL)) + 0.12
        self.panel = max(PANEL, YEAR * len(self.years))
        self.across = max(1, min(len(self.places), ACROSS, int(WIDEST / self.panel) or 1))
        self.width = max(2 * MARGIN + self.gutter + self.across * (self.panel + GAP) - GAP, 6.4)
        room = self.width - 2 * MARGIN
        self.title = wrap(f"{name}（{unit}）" if unit else name, room * 72 / TITLE)
        span = f"{self.years[0]}" if len(self.years) == 1 else f"{self.years[0]}–{self.years[-1]}"
        self.subtitle = f"{len(self.places)} 个地区（单位），{span}年，{len(shown)} 个数"
        self.legend = legend_lines(shown, room)
        told = [f"另有 {left_out} 个数没有年份、没有数值或者单位不同，没有画出"] if left_out else []
        self.foot = wrap(source_line(len({one.doc_id for one in shown}), told), room * 72 / SMALL)
        self.heads = [wrap(place, self.panel * 72 / BODY, most=2) for place in self.places]

    def _first(self, place: str) -> int:
        """Return where a place stands in the comparison, whose order is kept."""
        return next(at for at, one in enumerate(self.shown) if place_of(one) == place)

    def draw(self, path: Path) -> None:
        head = HEAD * max(map(lines_of, self.heads)) + 0.06
        each = head + TALL + BELOW + len(self.stances) * LINE + 0.2
        top = MARGIN + lines_of(self.title) * 0.3 + 0.3 + len(self.legend) * LEGEND_LINE + 0.15
        rows = -(-len(self.places) // self.across)
        height = top + rows * each + lines_of(self.foot) * 0.16 + MARGIN + 0.1
        with drawn(path, self.width, height) as paper:
            paper.write(MARGIN, MARGIN - 0.05, self.title, fontsize=TITLE)
            paper.write(MARGIN, MARGIN + lines_of(self.title) * 0.3, self.subtitle, color=QUIET)
            draw_legend(paper, self.legend, MARGIN, MARGIN + lines_of(self.title) * 0.3 + 0.3)
            for at, place in enumerate(self.places):
                row, column = divmod(at, self.across)
                left = MARGIN + self.gutter + column * (self.panel + GAP)
                y = top + row * each
                paper.write(left, y + head - 0.08, self.heads[at], va="bottom")
                self._panel(paper, place, left, y + head, is_first=column == 0)
            paper.write(MARGIN, height - MARGIN + 0.05, self.foot, fontsize=SMALL, color=QUIET, va="bottom")

    def _panel(self, paper: Paper, place: str, left: float, top: float, *, is_first: bool) -> None:
        axes = paper.axes(left, top, self.panel, TALL)
        quiet_axes(axes)
        axes.spines["bottom"].set(visible=True, color=RULE)
        axes.set_xlim(self.years[0] - 0.6, self.years[-1] + 0.6)
        axes.set_ylim(self.low, self.high)
        step = -(-len(self.years) // max(2, int(self.panel / YEAR)))
        axes.set_xticks(self.years[::step], [str(year) for year in self.years[::step]])
        axes.set_yticks(self.scale, self.words if is_first else [""] * len(self.scale))
        axes.grid(axis="y", color="#e6e9ee", linewidth=0.8)
        axes.set_axisbelow(True)
        own = [one for one in self.shown if place_of(one) == place]
        both = len({one.stance for one in own}) > 1
        way = Way(is_level=False, arrow=(self.high - self.low) * ARROW)
        for row, stance in enumerate(self.stances):
            series = sorted((one for one in own if one.stance == stance), key=lambda one: one.year or 0)
            aside = {"target": -0.1, "result": 0.1}.get(stance, 0.0) if both else 0.0
            _join(axes, series, aside)
            for one in series:
                draw_value(axes, one, (one.year or 0) + aside, way)
            y = top + TALL + BELOW + row * LINE
            if is_first:
                colour = COLOURS.get(stance, QUIET)
                paper.write(left - 0.08, y, STANCE_LABELS[stance], ha="right", fontsize=SMALL, color=colour)
            self._write_values(paper, series, left, y)

    def _write_values(self, paper: Paper, series: Sequence[Value], left: float, y: float) -> None:
        for year in self.years:
            of_year = [one for one in series if one.year == year]
            x = left + (year - self.years[0] + 0.6) / (len(self.years) + 0.2) * self.panel
            if of_year:
                words = "；".join(map(said, of_year))
                colour = of_year[0].colour if of_year[0].is_comparable else UNLIKE
                paper.write(x, y, words, ha="center", fontsize=SMALL - 0.5, color=colour)


def _join(axes: "Axes", series: Sequence[Value], aside: float) -> None:
    """Draw a line between neighbouring years that may be compared and mean the same comparator."""
    for one, other in pairwise(series):
        is_next = (other.year or 0) - (one.year or 0) == 1
        if is_next and one.is_comparable and other.is_comparable and one.comparator == other.comparator != "range":
            axes.plot(
                [(one.year or 0) + aside, (other.year or 0) + aside], [one.value or 0.0, other.value or 0.0],
                color=one.colour, linewidth=1.3, linestyle="--" if one.stance == "target" else "-", alpha=0.6, zorder=2,
                gid="line",
            )  # fmt: skip
