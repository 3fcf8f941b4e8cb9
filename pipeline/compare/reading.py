"""The value of a commitment in a form in which two can be held against each other, read from the tables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from pipeline.compare.surroundings import (
    CUMULATIVE,
    SPAN,
    YEARLY,
    clause_before,
    is_of_area,
    part_of_year,
    part_rank,
    sentence_before,
    span_of,
    start_of_total,
)
from pipeline.compare.wording import plain_unit
from pipeline.records import Comparator, Level, Period, Stance, ValueType

# Words of a subject that narrow what is counted. Two values differ where both are narrowed in one way and not alike.
FACETS: Mapping[str, tuple[str, ...]] = {
    "审级": ("一审", "二审", "再审"),
    "程序": ("一般程序|普通程序", "简易程序|当场", "快速办理"),
    "人员": ("新任|新招录|新进", "在职|一线|在岗", "辅助人员", "领导干部", "法制审核人员"),
    "层级": ("省级", "市级", "县级|区级|旗级", "乡镇|街道|镇级|乡级", "村级|村居|社区"),
    "方式": ("网上|线上|掌上", "线下|窗口"),
}
# These narrow even where the other value has no such word: 主要负责人出庭 is a part of 负责人出庭.
NARROW: Mapping[str, str] = {
    "出庭人员": "主要负责人|正职|一把手",
    "范围": "本级",
    "抽样": "抽查|抽样|抽检",
}
DURATIONS = frozenset(("日", "工作日", "小时", "个月"))  # how long something may take; 学时 are an amount
SHARES = frozenset(("%", "个百分点"))
CHANGES = frozenset(("increase", "decrease"))
TWICE_A_MONTH = re.compile("每半个?月")


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with all that decides whether another can be held against it."""

    commitment_id: str
    doc_id: str
    indicators: tuple[str, ...]
    subject: str
    type: ValueType
    stance: Stance
    comparator: Comparator | None
    bound: Comparator | None
    value: float | None  # in `unit`; 1 for a bare frequency (每月调度)
    value_max: float | None
    unit: str | None  # the one that stands for its class
    printed: str  # the value as the document writes it
    period: Period | None
    every: int | None
    begins: date | None
    deadline: date | None
    reference: str | None
    year: int | None  # that the value is of: 2025 for a target in the next steps of a report on 2024
    is_span: bool  # of a document that plans for several years
    is_cumulative: bool
    jurisdiction: str | None
    level: Level
    body: str | None  # that the document speaks for, where it is a department, without the name of the place
    lead: tuple[str, ...] = ()
    facets: tuple[tuple[str, frozenset[str]], ...] = ()  # in which ways its subject is narrowed
    printed_unit: str | None = None  # as the document writes it: 2年 has 24 in 个月 for its value
    span: tuple[int, int] | None = None  # the years of a document that plans for several
    since: int | str | None = None  # of a cumulative total: its first year, or the words that say it
    part_of_year: str | None = None  # that a result is of: 上半年
    part: int = 0  # of another value: 2 where its clause says so, 1 where an earlier one does
    is_total: bool = False  # of a whole area, as 全市 counts
    kind: str = ""  # of the document
    start: int = 0  # of the value in the document's text

    @property
    def is_change(self) -> bool:
        """Whether it says by how much something changes."""
        return self.comparator in CHANGES or self.unit == "个百分点"

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage, of which no period makes more or less."""
        return self.unit in SHARES

    @property
    def pace(self) -> str | None:
        """The period that its amount is of: the year of a yearly document where it names none, None for shares."""
        if self.is_share or self.is_cumulative or self.type == "deadline" or self.unit in DURATIONS:
            return None
        return self.period or ("span" if self.is_span and self.stance == "target" else "year")

    @property
    def when(self) -> int | tuple[int, int] | None:
        """The year that it is of, or the years of a plan for several; None where nobody says."""
        return self.span if self.year is None else self.year

    @property
    def form(self) -> tuple[Any, ...]:
        """All of it that a verdict depends on: two values of one form compare alike with any third."""
        return (
            self.indicators, self.type, self.deadline is None, self.value is None, self.is_change, self.unit, self.pace,
            self.every, self.is_cumulative, self.printed if is_rough(self) else "", self.facets, self.body, self.level,
            self.when, self.reference if self.is_change else None, self.since, self.part_of_year,
        )  # fmt: skip


def is_rough(measure: Measure) -> bool:
    """Say whether a value is only about so much."""
    return measure.comparator == "~" or (measure.bound == "~")


def measures(commitments: pd.DataFrame, documents: pd.DataFrame) -> dict[str, Measure]:
    """Return the measure of each commitment by its id, in their order.

    Args:
        commitments: tables.COMMITMENT columns.
        documents: tables.DOCUMENT columns; each document that a commitment names.
    """
    about = {
        row["doc_id"]: row
        for row in _rows(documents, ("doc_id", "title", "kind", "year", "jurisdiction", "level", "body"))
    }
    names = ("doc_id", "text") if "text" in documents else ("doc_id",)
    texts = {row["doc_id"]: row.get("text") for row in _rows(documents, names)}
    wanted = (
        "commitment_id", "doc_id", "quote", "indicators", "subject", "type", "stance", "comparator", "bound", "value",
        "value_max", "unit", "value_text", "period", "every", "begins", "deadline", "reference", "lead",
        "start", "value_start",
    )  # fmt: skip
    return {
        row["commitment_id"]: _measure(row, about[row["doc_id"]], texts[row["doc_id"]] or "")
        for row in _rows(commitments, wanted)
    }


def _rows(table: pd.DataFrame, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    columns = [plain_cells(table[name]) for name in names]
    return (dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True))


def plain_cells(series: "pd.Series[Any]") -> list[Any]:
    """Return the cells as plain Python values: dates as `date`, None where there is none."""
    cells = series.dt.date if pd.api.types.is_datetime64_any_dtype(series.dtype) else series
    return [cell if isinstance(cell, list) or not pd.isna(cell) else None for cell in cells.tolist()]


def _measure(row: Mapping[str, Any], document: Mapping[str, Any], text: str) -> Measure:
    factor, unit = plain_unit(row["unit"])
    before = row["quote"][: max(0, row["value_start"] - row["start"])]
    clause = re.split("[。；;]", before)[-1]
    sentence = sentence_before(text, row["value_start"]) if text else clause
    is_of_half_months = bool(TWICE_A_MONTH.search(clause_before(clause))) and unit in (None, "次")
    if is_of_half_months and row["type"] == "quantity" and row["period"] is None:
        row = {**row, "period": "month", "value": 2 * (row["value"] or 1.0)}
    is_bare = row["type"] == "quantity" and row["value"] is None and row["period"] is not None
    title = document["title"] or ""
    is_span = document["kind"] == "outline" or bool(SPAN.search(title))
    year, is_target = _year_of(row, document, is_span), row["stance"] == "target"
    since = start_of_total(sentence)
    is_cumulative = (
        not is_target and row["period"] is None and bool(CUMULATIVE.search(clause)) and not YEARLY.search(clause)
    ) and since != document["year"]
    is_partial = not is_target and row["type"] != "deadline" and row["period"] is None and not is_cumulative
    return Measure(
        commitment_id=row["commitment_id"],
        doc_id=row["doc_id"],
        indicators=tuple(row["indicators"]),
        subject=row["subject"] or "",
        type=row["type"],
        stance=row["stance"],
        comparator=row["comparator"],
        bound=row["bound"],
        value=1.0 if is_bare else _scaled(row["value"], factor),
        value_max=_scaled(row["value_max"], factor),
        unit=unit,
        printed=row["value_text"],
        period=row["period"],
        every=row["every"],
        begins=row["begins"],
        deadline=row["deadline"],
        reference=row["reference"],
        year=year,
        is_span=is_span,
        is_cumulative=is_cumulative,
        jurisdiction=document["jurisdiction"],
        level=document["level"],
        body=(document["body"] or "").removeprefix(document["jurisdiction"] or "") or document["body"],
        lead=tuple(row["lead"]),
        facets=_facets(row["subject"] or ""),
        printed_unit=row["unit"],
        span=span_of(title, document["kind"], document["year"]) if is_span else None,
        since=since if is_cumulative else None,
        part_of_year=part_of_year(sentence, title) if is_partial else None,
        part=part_rank(sentence, is_result=not is_target),
        is_total=unit not in SHARES | DURATIONS and is_of_area(sentence, row["subject"] or "", row),
        kind=document["kind"] or "",
        start=row["value_start"],
    )


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 6)


def _year_of(row: Mapping[str, Any], document: Mapping[str, Any], is_span: bool) -> int | None:
    """Return the year that a value is of: what a report still plans is for the year after it."""
    year: int | None = document["year"]
    if row["stance"] == "target":
        if row["deadline"] is not None:
            return int(row["deadline"].year)
        if year is not None and document["kind"] == "report":
            return year + 1
        return None if is_span else year
    if row["stance"] == "baseline" and year is not None:
        named = re.search(r"((?:19|20)\d\d)年", row["reference"] or "")
        return int(named[1]) if named else year - 1
    return year


def _facets(subject: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return in which ways a subject is narrowed, each way by the first word of its kind."""
    found = [
        (name, frozenset(kind.partition("|")[0] for kind in kinds if re.search(kind, subject)))
        for name, kinds in FACETS.items()
    ]
    return (*found, *((name, frozenset(re.findall(words, subject)[:1])) for name, words in NARROW.items()))
