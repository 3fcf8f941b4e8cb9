"""A commitment in the making, between the reading of the words and the record."""

from dataclasses import dataclass
from datetime import date

from pipeline.records import Comparator, Period, Stance, ValueType


@dataclass(frozen=True, slots=True)
class Draft:
    """A commitment in the making: offsets count in the run's text, `marks` are the mentions it is made of."""

    type: ValueType
    stance: Stance
    start: int  # of the quote
    end: int
    value_start: int
    value_end: int
    core: int
    subject: str
    rule: str
    marks: tuple[int, ...]  # places in the list of mentions
    comparator: Comparator | None = None
    bound: Comparator | None = None
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    period: Period | None = None
    every: int | None = None
    begins: date | None = None
    deadline: date | None = None
    reference: str | None = None
