"""A number, date, frequency or universal as it stands in a text, before anything is built on it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pipeline.dates import DateKind
from pipeline.records import Comparator, Period, Reason

MentionKind = Literal["quantity", "date", "universal", "benchmark", "none"]

Free = Callable[[int, int], bool]  # whether no finder has claimed any character between two places
PAUSE = re.compile(r"[,;。!?\n\t:]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number, date, frequency, universal or benchmark at text[start:end], comparator words included.

    The digits alone stand at text[core:core_end]. `reason` is set where it is none.
    """

    start: int
    end: int
    kind: MentionKind
    core: int
    core_end: int
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    bound: Comparator | None = None
    to: bool = False  # 提高到, 压减至: where a change ends
    date_kind: DateKind | None = None
    period: Period | None = None
    every: int | None = None
    begins: date | None = None
    deadline: date | None = None
    masked: bool = False
    reference: str | None = None
    rule: str = ""
    reason: Reason | None = None


def moved(mention: Mention, offset: int) -> Mention:
    """Return a mention with its offsets counted from further left."""
    return replace(
        mention, start=mention.start + offset, end=mention.end + offset, core=mention.core + offset,
        core_end=mention.core_end + offset,
    )  # fmt: skip


def clause_start(text: str, at: int) -> int:
    """Return where the clause around a position begins: after the last comma, semicolon, colon or stop before it."""
    for place in range(at - 1, max(-1, at - 120), -1):
        if PAUSE.match(text[place]):
            return place + 1
    return max(0, at - 120)
