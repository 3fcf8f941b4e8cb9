"""What changed between two documents: two versions of one, or two years of one place.

Statements are paired by pairing.pairs, through renumbering and rewording; what is only worded otherwise is no change.
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace
from datetime import date
from typing import Any

import pandas as pd

from pipeline.compare.columns import DIFFERENCE
from pipeline.compare.measures import Measure, change_of_deadline, change_of_target, plain_cells, units_agree
from pipeline.compare.meeting import YEAR, asks_for_less, in_words, over_one_period
from pipeline.compare.pairing import Statement, find_statements, pairs, without_number
from pipeline.compare.tasks import find_document
from pipeline.records import Difference
from pipeline.tables import Export

LEAST = (
    0.52  # likeness from which two statements are one that changed; see test_differences.py for pairs on either side
)
FURTHEST = 3  # years from one document to the other, beyond which the dates of one say nothing about the other's
OWN_LEVEL = re.compile(r"^[省市州县区旗](?!场|[委域])|^[省市州县区旗]委(?=[㐀-鿿]{2})")
SIDES = {">=": "下限", ">": "下限", "<=": "上限", "<": "上限"}
SHOWN = 40  # characters of a quote in words


def find_differences(export: Export, a: str, b: str) -> pd.DataFrame:
    """Return what *b* adds, drops and changes against *a*, a row a change, in the order of *a* and then of *b*.

    Of two years of one place, three at most apart, a date a year later is the same date (6月底前 in both), and so is
    the base of a change (较上年 in words or figures); dates of years further apart do not compare. Of two versions
    for one year dates compare as they stand. A yearly plan that names no date means its year's end. Of two reports
    results are held against each other, too: one that differs is changed, neither raised nor lowered.

    Args:
        export: with both documents.
        a: names the document before, as tasks.find_document takes it.
        b: names the document after.

    Returns:
        Columns DIFFERENCE.

    Raises:
        NotFoundError: no document is called so, or more than one.
    """
    before, after = find_document(export, a), find_document(export, b)
    about = export.documents.set_index("doc_id")
    kinds = {str(about["kind"][one]) for one in (before, after)}
    years = [plain_cells(about["year"].loc[[one]])[0] for one in (before, after)]
    shift = years[1] - years[0] if None not in years else 0
    rows: list[Difference] = []
    for stance in ("target", "result") if kinds == {"report"} else ("target",):
        ones = find_statements(export, before, (stance,))
        others = find_statements(export, after, (stance,))
        rows.extend(_differences(ones, others, before, after, shift))
    return pd.DataFrame([astuple(row) for row in rows], columns=list(DIFFERENCE)).astype(
        {"before": "string", "after": "string", "kind": "string", "a": "string", "b": "string", "score": "float64",
         "why": "string"}
    )  # fmt: skip


def _differences(
    ones: Sequence[Statement], others: Sequence[Statement], before: str, after: str, shift: int
) -> Iterator[Difference]:
    matched = pair_statements(ones, others)
    answers = {one.id: (other, score) for one, other, score in matched}
    taken = {other.id for _, other, _ in matched}
    for one in ones:
        if one.id not in answers:
            yield Difference(before, after, "dropped", one.id, None, None, f"后一份没有“{_shown(one)}”")
            continue
        other, score = answers[one.id]
        for kind, words in changes(one, other, shift):
            yield Difference(before, after, kind, one.id, other.id, score, words)
    for other in others:
        if other.id not in taken:
            yield Difference(before, after, "added", None, other.id, None, f"前一份没有“{_shown(other)}”")


def pair_statements(ones: Sequence[Statement], others: Sequence[Statement]) -> list[tuple[Statement, Statement, float]]:
    """Return the pairs of two documents: first what stands there word for word, then what is most alike."""
    waiting: dict[tuple[Any, ...], list[Statement]] = {}
    for other in others:
        waiting.setdefault(_wording(other), []).append(other)
    same = []
    for one in ones:
        if found := waiting.get(_wording(one)):
            same.append((one, found.pop(0), 1.0))
    done = {each.id for one, other, _ in same for each in (one, other)}
    left, right = ([one for one in side if one.id not in done] for side in (ones, others))
    rest = pairs(left, right, LEAST, _may_change)
    return sorted([*same, *rest], key=lambda pair: pair[0].start)


def _may_change(a: Measure, b: Measure) -> bool:
    """Say whether one may have become the other: of a thing a report has many figures, a plan one target."""
    return a.stance == "target" or (a.type == b.type and a.is_change == b.is_change and units_agree(a, b))


def _wording(statement: Statement) -> tuple[Any, ...]:
    return statement.measure.type, statement.measure.subject, statement.measure.printed, statement.before


def _shown(statement: Statement) -> str:
    """Return the clause of a statement, short enough for a table."""
    quote = without_number(re.sub(r"\s+", " ", statement.quote))
    return quote if len(quote) <= SHOWN else "…" + quote[-SHOWN:]


def changes(one: Statement, other: Statement, shift: int) -> Iterator[tuple[Any, str]]:
    """Yield the kind of each change of a pair, with a Chinese sentence.

    Args:
        one: the statement before.
        other: the statement after.
        shift: the years between the two documents.
    """
    before, after = moved(one.measure, shift), other.measure
    if found := _change_of_value(one.measure, before, after):
        yield found
    if abs(shift) <= FURTHEST and (found := _change_of_date(one.measure, before, after)):
        yield found
    if after.stance == "target":
        yield from _change_of_bodies(one, other)


def moved(measure: Measure, shift: int) -> Measure:
    """Return what a target would be *shift* years later: its dates and the base of its change go along."""
    if not shift:
        return measure
    named = YEAR.search(measure.reference or "")
    reference = measure.reference
    if named and reference:
        reference = reference.replace(named[1], str(int(named[1]) + shift))
    year = measure.year + shift if measure.year is not None else None
    return replace(measure, begins=_later(measure.begins, shift), deadline=_later(measure.deadline, shift),
                   reference=reference, year=year)  # fmt: skip


def _later(day: date | None, shift: int) -> date | None:
    if day is None:
        return None
    last = calendar.monthrange(day.year + shift, day.month)[1]
    is_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(day.year + shift, day.month, last if is_end else min(day.day, last))


def _change_of_value(as_printed: Measure, before: Measure, after: Measure) -> tuple[Any, str] | None:
    """Return how a value changed; *before* is the measure as it would be in the year of *after*."""
    if before.type == after.type == "deadline":
        return None
    words = f"由{in_words(as_printed)}改为{in_words(after)}"
    if "deadline" in (before.type, after.type):
        return "changed", f"{words}，{'增加了数量要求' if before.type == 'deadline' else '不再有数量要求'}"
    if "benchmark" in (before.type, after.type):
        same = (before.comparator, before.reference) == (
            after.comparator,
            after.reference,
        ) and before.type == after.type
        return None if same else ("changed", words)
    one, other, _ = over_one_period(before, after)
    if (
        (one.period, one.every) != (before.period, before.every)
        or one.value != before.value
        or other.value != after.value
    ):
        one, other = (replace(each, period="year", every=None, unit=each.unit or "次") for each in (one, other))
    if after.stance == "target" and (turned := _turned(one, other)):
        return "changed", f"{words}，{turned}"
    if after.stance == "target" and (found := change_of_target(one, other)):
        way, told = found
        if way == 0:
            is_wider = one.value_max != other.value_max and "range" in (one.comparator, other.comparator)
            return ("changed", words) if is_wider else None
        return (
            "raised" if way > 0 else "lowered"
        ), f"{words}，要求{'提高' if way > 0 else '降低'}（{told.rpartition('，')[2]}）"
    same = _amount(one) == _amount(other)
    return None if same else ("changed", words)


def _turned(one: Measure, other: Measure) -> str:
    """Return the words for a floor that became a ceiling, "" where it did not.

    A bare number asks for at least so much (开展6次), but where less is better, or of a duration, for at most.
    """
    sides = []
    for each, beside in ((one, other), (other, one)):
        bare = each.comparator in (None, "=") and not asks_for_less(replace(beside, comparator="="))
        sides.append(SIDES.get(each.comparator or "", "下限" if bare else ""))
    return f"由{sides[0]}改为{sides[1]}" if set(sides) == {"上限", "下限"} and not one.is_change else ""


def _amount(measure: Measure) -> tuple[Any, ...]:
    comparator = None if measure.comparator in ("=", ">=", "<=", None) else measure.comparator
    return measure.value, measure.value_max, measure.unit, comparator, measure.pace, measure.every, measure.reference


def _change_of_date(as_printed: Measure, before: Measure, after: Measure) -> tuple[Any, str] | None:
    """Return how a date moved; *before* is the measure as it would be in the year of *after*."""
    if before.type == after.type == "deadline" and before.period and after.period and _turn(before) != _turn(after):
        return "deadline_moved", f"由{in_words(before)}改为{in_words(after)}"
    if after.deadline is not None and as_printed.deadline == after.deadline:  # 到2025年 in the plans of two years
        return None
    if before.deadline == after.deadline and (before.begins == after.begins or after.deadline is not None):
        return None
    if before.deadline is None or after.deadline is None:
        known = before.deadline or after.deadline
        if known is None or (known.month, known.day) == (12, 31):  # what a plan says of no date it says of its year
            return None
        way = "取消了期限" if after.deadline is None else "新定了期限"
        return "deadline_moved", f"{way}{_day(as_printed.deadline or known)}"
    found = change_of_deadline(before, after)
    if found is None or found[0] == 0:
        return None
    words = found[1]
    if as_printed.deadline != before.deadline and as_printed.deadline is not None:
        words = f"上次为{_day(as_printed.deadline)}前，按年份顺延{words}"
    return "deadline_moved", words


def _turn(measure: Measure) -> tuple[Any, ...]:
    """Return what tells a date that comes again (每月25日前) from another."""
    return measure.period, measure.every, tuple(re.findall(r"\d+", measure.printed))


def _change_of_bodies(one: Statement, other: Statement) -> Iterator[tuple[Any, str]]:
    parts = []
    for name, left, right in (
        ("牵头单位", one.measure.lead, other.measure.lead), ("配合单位", one.support, other.support)
    ):  # fmt: skip
        place = one.measure.jurisdiction or other.measure.jurisdiction or ""
        if not (_all_named(left, right, place) and _all_named(right, left, place)):
            parts.append(f"{name}由{'、'.join(left) or '无'}改为{'、'.join(right) or '无'}")
    if parts:
        yield "bodies_changed", "；".join(parts)


def _all_named(bodies: Sequence[str], others: Sequence[str], place: str) -> bool:
    """Say whether each body is among *others*, with or without the level of their own place: 县司法局 and 司法局."""
    return all(any(_is_same_body(one, other, place) for other in others) for one in bodies)


def _is_same_body(one: str, other: str, place: str) -> bool:
    a, b = (each.removeprefix(place[:-1]) for each in (one, other))
    plain = OWN_LEVEL.sub("", a), OWN_LEVEL.sub("", b)
    return a == b or plain[0] == b or plain[1] == a or (a[:1] == b[:1] and plain[0] == plain[1])


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
