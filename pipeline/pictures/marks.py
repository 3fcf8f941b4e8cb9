"""How one value is drawn: a mark by stance, and the comparator as an arrow, a bar or a hollow mark.

The same along either axis: `Way` says which, and how long an arrow is there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.colours import STANCE_COLOURS
from pipeline.pictures.paper import GREY, INK
from pipeline.workbook import STANCE_LABELS, comparator_symbol

if TYPE_CHECKING:
    from matplotlib.axes import Axes

UNLIKE = "#6b727c"  # words of what may not be compared, dark enough to read
COLOURS: Mapping[str, str] = {
    str(stance): colour for stance, colour in STANCE_COLOURS.items()
}  # by the stance as a table has it, which may be any text
MARKERS: Mapping[str, str] = {"target": "D", "result": "o", "baseline": "s"}
SIZES: Mapping[str, float] = {"target": 6, "result": 7.5, "baseline": 6.5}
UP, DOWN = frozenset((">=", ">")), frozenset(("<=", "<"))
OPEN = frozenset((">", "<", "~"))  # the value itself is not meant, or not just it
CHANGES = frozenset(("increase", "decrease"))
NAMES = {
    "=": "eq", ">=": "ge", "<=": "le", ">": "gt", "<": "lt", "~": "about", "range": "range", "increase": "increase",
    "decrease": "decrease",
}  # fmt: skip
CHANGE_MARKERS = {"increase": "^", "decrease": "v"}


@dataclass(frozen=True, slots=True)
class Value:
    """What is drawn of one cell of a comparison."""

    place: str
    year: int | None
    stance: str
    comparator: str | None
    bound: str | None
    value: float | None  # a date as the number of its day
    value_max: float | None
    unit: str
    deadline: date | None
    words: str  # the value as it is read
    is_comparable: bool
    why_not: str
    doc_id: str
    body: str = ""

    @property
    def colour(self) -> str:
        """The colour of its stance, grey where it may not be compared."""
        return COLOURS.get(self.stance, INK) if self.is_comparable else GREY

    @property
    def reach(self) -> tuple[float, ...]:
        """The numbers that the axis must show."""
        return tuple(one for one in (self.value, self.value_max) if one is not None)


@dataclass(frozen=True, slots=True)
class Way:
    """Along which axis values grow, and how long an arrow is on it."""

    is_level: bool
    arrow: float

    def point(self, value: float, beside: float) -> tuple[float, float]:
        """Return the place of a value that lies at *beside* on the other axis."""
        return (value, beside) if self.is_level else (beside, value)


def said(value: Value) -> str:
    """Return a value in short: ≥95, 约35, 60–70, 增加≥10."""
    if value.value is None:
        return value.words
    if value.deadline is not None and value.unit == "日期":
        return f"{value.deadline.month}月{value.deadline.day}日"
    if value.comparator == "range" and value.value_max is not None:
        return f"{plain(value.value)}–{plain(value.value_max)}"
    sign = comparator_symbol(value.comparator, value.bound) or ""
    return f"{'' if sign == '=' else sign}{plain(value.value)}"


def plain(number: float) -> str:
    """Return a number as it is printed.

    >>> plain(95.0), plain(92.3), plain(12000.0)
    ('95', '92.3', '12,000')
    """
    return f"{number:,.6f}".rstrip("0").rstrip(".")


def draw_value(axes: "Axes", one: Value, beside: float, way: Way) -> None:
    """Draw one value at *beside* on the other axis, with its comparator."""
    if one.value is None:
        return
    comparator = one.comparator or "="
    if comparator == "range" and one.value_max is not None:
        _bar(axes, one, beside, way)
        return
    sign = sign_of(one)
    if sign in UP | DOWN:
        _arrow(axes, one, beside, way, 1 if sign in UP else -1)
    marker = CHANGE_MARKERS.get(comparator, MARKERS.get(one.stance, "o"))
    _mark(axes, way.point(one.value, beside), one, marker, is_open=sign in OPEN)


def sign_of(one: Value) -> str:
    """Return the comparator that says in which direction a value is open; of a change, its bound."""
    return (one.bound if one.comparator in CHANGES else one.comparator) or "="


def _mark(axes: "Axes", at: tuple[float, float], one: Value, marker: str, *, is_open: bool) -> None:
    axes.plot(
        [at[0]], [at[1]], marker=marker, markersize=SIZES.get(one.stance, 7), linestyle="none",
        markerfacecolor="white" if is_open else one.colour, markeredgecolor=one.colour, markeredgewidth=1.5, zorder=4,
        gid=f"mark-{NAMES[one.comparator or '=']}", clip_on=False,
    )  # fmt: skip


def _arrow(axes: "Axes", one: Value, beside: float, way: Way, sign: int) -> None:
    from matplotlib.patches import FancyArrowPatch

    assert one.value is not None
    start, end = way.point(one.value, beside), way.point(one.value + sign * way.arrow, beside)
    axes.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=11, shrinkA=0, shrinkB=0, color=one.colour, linewidth=1.8,
            zorder=3, gid=f"arrow-{NAMES[sign_of(one)]}", clip_on=False,
        )
    )  # fmt: skip


def _bar(axes: "Axes", one: Value, beside: float, way: Way) -> None:
    ends = [way.point(at, beside) for at in one.reach]
    axes.plot(
        [x for x, _ in ends], [y for _, y in ends], color=one.colour, linewidth=5, solid_capstyle="butt", alpha=0.5,
        gid="bar", zorder=3,
    )  # fmt: skip
    for at in ends:
        _mark(axes, at, one, "|" if way.is_level else "_", is_open=False)


def legend_entries(values: Iterable[Value]) -> list[tuple[str, dict[str, Any]]]:
    """Return the words of the legend and the value that is drawn beside them, only of what is there."""
    shown = [one for one in values if one.value is not None]
    entries: list[tuple[str, dict[str, Any]]] = []
    for stance in ("target", "result", "baseline"):
        if any(one.stance == stance for one in shown):
            entries.append((STANCE_LABELS[stance], {"stance": stance}))
    signs = {sign_of(one) for one in shown}
    for comparator, words in SIGNS.items():
        if comparator in signs:
            entries.append((words, {"comparator": comparator}))
    for comparator, words in (("increase", "增加"), ("decrease", "减少")):
        if any(one.comparator == comparator for one in shown):
            entries.append((words, {"comparator": comparator}))
    if any(not one.is_comparable for one in shown):
        entries.append(("不可比", {"is_comparable": False}))
    return entries


SIGNS = {
    ">=": "不低于（≥）",
    ">": "高于（>）",
    "<=": "不高于（≤）",
    "<": "低于（<）",
    "range": "区间",
    "~": "约数",
}
