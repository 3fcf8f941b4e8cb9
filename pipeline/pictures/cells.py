"""Reads the cells of one indicator out of a comparison, and draws what its pictures share: the head and the legend."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.errors import InputError, NotFoundError
from pipeline.pictures.marks import DOWN, UP, Value, Way, draw_value, legend_entries, plain, said
from pipeline.pictures.paper import BODY, INK, Paper, inches

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DATE = "日期"  # the unit of a cell that says until when
SAMPLE, MARK = 0.52, 0.28  # inches of a sample in the legend: an arrow or a bar, a mark alone
LEGEND_LINE = 0.27


def read_values(long: pd.DataFrame, indicator: str) -> tuple[str, list[Value]]:
    """Return the name of an indicator and its cells, values in its unit, deadlines as days of their year.

    Raises:
        NotFoundError: the comparison has no such indicator.
    """
    rows = long[long["indicator"] == indicator]
    if rows.empty:
        known = list(dict.fromkeys(long["indicator"]))
        raise NotFoundError(
            f"no indicator {indicator!r} in the comparison; there are {', '.join(known[:10]) or 'none'}"
        )
    columns = {name: [_cell(cell) for cell in rows[name].tolist()] for name in rows.columns}
    cells = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    values = [_value(cell) for cell in cells]
    if all(one.value is None for one in values):  # until when, not how much
        values = [_on_calendar(one) for one in values]
    return str(cells[0].get("name") or indicator), values


def _on_calendar(one: Value) -> Value:
    """Return a deadline as the day of its year, so that all years are held against one calendar."""
    if one.deadline is None:
        return one
    return replace(one, value=float(one.deadline.timetuple().tm_yday), unit=DATE, year=one.deadline.year)


def _cell(cell: Any) -> Any:
    if isinstance(cell, (list, tuple, dict)):
        return cell
    if cell is None or pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, pd.Timestamp) else cell


def _value(cell: dict[str, Any]) -> Value:
    why_not = cell.get("why_not")
    year, value, value_max = cell.get("year"), cell.get("value"), cell.get("value_max")
    made = Value(
        place=cell.get("jurisdiction") or cell.get("doc_id") or "",
        year=None if year is None else int(year),
        stance=cell.get("stance") or "result",
        comparator=cell.get("comparator"),
        bound=cell.get("bound"),
        value=None if value is None else float(value),
        value_max=None if value_max is None else float(value_max),
        unit=cell.get("unit") or "",
        deadline=cell.get("deadline"),
        words=cell.get("words") or cell.get("quote") or "",
        is_comparable=bool(cell.get("is_comparable")),
        why_not="；".join(why_not) if isinstance(why_not, (list, tuple)) else why_not or "",
        doc_id=cell.get("doc_id") or "",
        body=cell.get("body") or "",
    )
    return made if made.words else replace(made, words=said(made))


def main_unit(values: Sequence[Value]) -> str:
    """Return the unit that most of the cells with a value are in, comparable ones first.

    Raises:
        InputError: none has a value.
    """
    units = Counter(one.unit for one in values if one.value is not None and one.is_comparable)
    units = units or Counter(one.unit for one in values if one.value is not None)
    if not units:
        raise InputError("expected an indicator with a value or a date to draw; its cells have none")
    return min(units, key=lambda unit: (-units[unit], unit))


def place_of(one: Value) -> str:
    """Return who speaks: the place, or its department with the name of the place before it."""
    return speaker(one.place, one.body)


def speaker(place: str, body: str) -> str:
    """Return a place, or its department with the name of the place before it.

    >>> speaker("禾岫县", ""), speaker("禾岫县", "市场监督管理局"), speaker("禾岫县", "禾岫县司法局")
    ('禾岫县', '禾岫县市场监督管理局', '禾岫县司法局')
    """
    return place if not body else body if body.startswith(place) else place + body


def legend_lines(values: Sequence[Value], width: float) -> list[list[tuple[str, Value]]]:
    """Return the entries of the legend in lines of at most *width* inches."""
    lines: list[list[tuple[str, Value]]] = [[]]
    used = 0.0
    for words, change in legend_entries(values):
        takes = _sample_width(change.get("comparator")) + inches(words) + 0.3
        if used + takes > width and lines[-1]:
            lines.append([])
            used = 0.0
        lines[-1].append((words, _sample(change)))
        used += takes
    return lines


def _sample(change: dict[str, Any]) -> Value:
    comparator = change.get("comparator")
    in_grey = change.get("is_comparable", True)
    made = Value("", None, change.get("stance", "baseline"), comparator, None, 0.0, None, "", None, "", in_grey, "", "")
    return replace(made, value=-0.12, value_max=0.12) if comparator == "range" else made


def draw_legend(paper: Paper, lines: Sequence[Sequence[tuple[str, Value]]], left: float, top: float) -> None:
    """Draw the legend, whose samples lie on the sheet itself."""
    for at, line in enumerate(lines):
        x, y = left, top + (at + 0.5) * LEGEND_LINE
        for words, sample in line:
            takes = _sample_width(sample.comparator)
            middle = x + 0.1 + (0.3 if sample.comparator in DOWN else 0.12 if sample.comparator == "range" else 0.0)
            moved = replace(
                sample,
                value=middle + (sample.value or 0.0),
                value_max=None if sample.value_max is None else middle + sample.value_max,
            )
            draw_value(paper.ground, moved, y, Way(is_level=True, arrow=0.3))
            paper.write(x + takes, y, words, va="center")
            x += takes + inches(words) + 0.3


def _sample_width(comparator: str | None) -> float:
    return SAMPLE if comparator == "range" or comparator in UP | DOWN else MARK


def quiet_axes(axes: "Axes") -> None:
    """Take away the frame and the ticks of *axes*; what is left is the grid."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, labelsize=BODY, colors=INK)
    axes.set_facecolor("none")


def ticks(low: float, high: float, unit: str, most: int) -> tuple[list[float], list[str]]:
    """Return at most *most* round places between *low* and *high*, and their words; no percentage beyond 100."""
    if unit == DATE:
        firsts = {float(date(2023, month, 1).timetuple().tm_yday): f"{month}月" for month in range(1, 13)}
        months = [day for day in firsts if low <= day <= high]
        return months, [firsts[day] for day in months]
    from matplotlib.ticker import MaxNLocator

    places = [float(one) for one in MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]
    inside = [one for one in places if low <= one <= high and not (unit == "%" and one > 100 >= low)]
    return inside, [plain(one) for one in inside]


def date_ticks(low: float, high: float, most: int) -> tuple[list[float], list[str]]:
    """Return at most *most* firsts of a month between two days told as numbers, and their words."""
    from matplotlib import dates

    to_day: Any = dates.num2date
    to_number: Any = dates.date2num
    first, last = to_day(low).date(), to_day(high).date()
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    step = next((one for one in STEPS if len(months) <= one * most), 12 * (len(months) // (12 * most) + 1))
    days = [date(month // 12, month % 12 + 1, 1) for month in months if month % 12 % min(step, 12) == 0]
    if step > 12:
        days = [day for day in days if day.year % (step // 12) == 0]
    days = [day for day in days if first <= day <= last]
    names = [
        f"{day.year}年" + (f"{day.month}月" if step < 12 else "")
        if at == 0 or step >= 12 or day.year != days[at - 1].year else f"{day.month}月"
        for at, day in enumerate(days)
    ]  # fmt: skip
    return [float(to_number(day)) for day in days], names


STEPS = (1, 2, 3, 6, 12)  # months between two ticks
