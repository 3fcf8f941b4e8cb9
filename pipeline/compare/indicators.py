"""Indicators over places and years: one cell each, which of them may be compared, and the rank among these.

A cell is what one document of a place says of an indicator in a year, as a target or as a result. Where a document
says it several times the strictest target stands, or the result that is comparable with most others; a figure before
an average without one, a whole before its parts, the year before a part of it, a plan before a notice.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

import pandas as pd

from pipeline.compare.measures import (
    Measure,
    Verdict,
    compare_measures,
    describe,
    direction_of,
    is_rough,
    measures,
    plain_cells,
    strictest,
)
from pipeline.errors import NotFoundError
from pipeline.reference import Indicator
from pipeline.reference import indicators as catalogue
from pipeline.tables import Export

LONG = (
    "indicator", "name", "heading", "jurisdiction", "jurisdiction_code", "level", "body", "year", "kind", "stance",
    "words", "comparator", "bound", "value", "value_max", "unit", "period", "deadline", "reference", "quote",
    "commitment_id", "doc_id", "url", "others", "is_comparable", "why_not", "rank", "percentile", "peers",
)  # fmt: skip
PAIR = (
    "indicator", "stance", "a", "b", "a_jurisdiction", "b_jurisdiction", "a_year", "b_year", "a_words", "b_words",
    "is_comparable", "reasons", "why_not",
)  # fmt: skip
CHANGE_NAME = re.compile("压减|下降|减少|降低|增长|增幅|提升|提高")  # of an indicator that measures a change itself
# Which document of a place and year speaks first; a later one only where the earlier is silent.
FIRST_OF_TARGETS = ("plan", "outline", "notice", "report", "other")
FIRST_OF_RESULTS = ("report", "plan", "outline", "notice", "other")
STANCES = ("target", "result")  # a baseline is what another year's result was


@dataclass(frozen=True, slots=True)
class Cell:
    """The value that stands for a place and year, and the others that its documents give."""

    chosen: Measure
    others: tuple[Measure, ...]


@dataclass(frozen=True, eq=False)  # no slots: pairs are made when first asked for
class Comparison:
    """Indicators over places and years.

    `long` has a row a cell (columns LONG). Rank 1 is the best by the direction of the indicator among the peers of a
    cell: places of the same level and year whose cells compare with it; the percentile is the share of its peers that
    it is at least as good as. Both are null where it has no peer, or where nobody says what is better.
    """

    long: pd.DataFrame
    cells: Mapping[tuple[str, str], Sequence[Cell]]  # by indicator and stance
    names: Mapping[str, str] = field(default_factory=dict)  # of documents by their ids, for those of no place

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """A row a pair of cells (columns PAIR): two places in one year, or two years of one place."""
        rows = []
        for (indicator, _), cells in self.cells.items():
            for a, b in combinations([cell.chosen for cell in cells], 2):
                if _is_own(a, b) or a.when == b.when:
                    rows.append(_pair_row(indicator, a, b, _verdict(a, b, indicator)))
        return pd.DataFrame(rows, columns=list(PAIR))

    @property
    def wide(self) -> pd.DataFrame:
        """A row an indicator, stance and year, a column a place; a cell is its value in words, ※ if not comparable."""
        if self.long.empty:
            return pd.DataFrame(columns=["indicator", "name", "stance", "year"])
        named = ["indicator", "name", "stance", "year"]
        keys = [*named, "span"]
        shown = self.long[named].copy()
        spans = {cell.chosen.commitment_id: cell.chosen.when for cells in self.cells.values() for cell in cells}
        shown["span"] = [str(spans[each]) for each in self.long["commitment_id"]]  # plans for other years: other rows
        marks = ["" if is_comparable else "※" for is_comparable in self.long["is_comparable"]]
        shown["words"] = self.long["words"] + pd.Series(marks, index=shown.index)
        places = zip(*(plain_cells(self.long[name]) for name in ("jurisdiction", "body", "doc_id")), strict=True)
        shown["place"] = [f"{place or self._name_of(doc_id)}{body or ''}" for place, body, doc_id in places]
        wide = shown.groupby([*keys, "place"], sort=False, dropna=False)["words"].agg("；".join).unstack("place")
        order = shown[keys].drop_duplicates()
        wide = wide.reindex(pd.MultiIndex.from_frame(order)).reset_index().drop(columns="span")
        wide.columns.name = None
        return wide

    def _name_of(self, doc_id: str) -> str:
        return f"（{self.names.get(doc_id, doc_id).rpartition('/')[2]}）"


def compare_indicators(
    export: Export,
    *,
    indicators: Collection[str] | None = None,
    headings: Collection[int] | None = None,
    years: Collection[int] | None = None,
    stances: Collection[str] = STANCES,
    of: Sequence[Indicator] | None = None,
) -> Comparison:
    """Return every indicator that documents put a figure or a date on, over places and years.

    Args:
        export: the records.
        indicators: ids; all by default.
        headings: 1 to 10, of the indicators; all by default.
        years: that the values are of; all by default.
        stances: target, result or both.
        of: the catalogue; the bundled one by default.

    Raises:
        NotFoundError: an indicator that the catalogue does not have.
    """
    known = {each.id: each for each in of or catalogue()}
    if unknown := [each for each in indicators or () if each not in known]:
        some = ", ".join([*known][:8])
        raise NotFoundError(f"no indicator {', '.join(unknown)}; there are {len(known)}, such as {some}")
    groups: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for measure in measures(export.commitments, export.documents).values():
        if measure.stance not in stances or not _says_something(measure):
            continue
        if years is not None and measure.year not in years:
            continue
        for each in measure.indicators:
            of_heading = headings is None or (each in known and known[each].heading in headings)
            if of_heading and (indicators is None or each in indicators):
                groups[each, measure.stance].append(measure)
    cells = {key: _cells(groups[key], *key) for key in sorted(groups, key=lambda key: _order(key, known))}
    names = ("doc_id", "jurisdiction_code", "kind", "url")
    about = {row[0]: row for row in zip(*(plain_cells(export.documents[name]) for name in names), strict=True)}
    quotes = dict(zip(export.commitments["commitment_id"], export.commitments["quote"], strict=True))
    rows = [row for (each, _), found in cells.items() for row in _rows(each, known.get(each), found, about, quotes)]
    called = dict(zip(export.documents["doc_id"], export.documents["name"].astype(str), strict=True))
    return Comparison(_typed(pd.DataFrame(rows, columns=list(LONG))), cells, called)


def _says_something(measure: Measure) -> bool:
    return (
        measure.value is not None or measure.deadline is not None or measure.type == "benchmark" or bool(measure.period)
    )


def _order(key: tuple[str, str], known: Mapping[str, Indicator]) -> tuple[Any, ...]:
    indicator, stance = key
    place = [*known].index(indicator) if indicator in known else len(known)
    heading = known[indicator].heading if indicator in known else 99
    return heading, place, indicator, stance != "target"


def _cells(found: Sequence[Measure], indicator: str, stance: str) -> list[Cell]:
    by_place: dict[tuple[Any, ...], list[Measure]] = defaultdict(list)
    for each in found:
        place = each.jurisdiction if each.jurisdiction and each.when else each.doc_id
        by_place[place, each.body, each.when].append(each)
    forms = Counter(each.form for each in found)
    cells = []
    for _, of_place in sorted(by_place.items(), key=lambda pair: tuple(map(str, pair[0]))):
        ordered = sorted(of_place, key=_precedence)
        alike = [one for one in ordered if _lack(one) == _lack(ordered[0])]
        # Of equally good results the one that most others can be held against.
        chosen = strictest(alike, indicator) if stance == "target" else max(alike, key=lambda one: forms[one.form])
        cells.append(Cell(chosen, tuple(one for one in ordered if one is not chosen)))
    return cells


def _lack(one: Measure) -> tuple[Any, ...]:
    """Return what a value lacks to stand for its place and year, the least first."""
    return (
        one.value is None and one.deadline is None, one.part_of_year is not None, one.part, one.is_change, is_rough(one)
    )  # fmt: skip


def _precedence(one: Measure) -> tuple[Any, ...]:
    kinds = FIRST_OF_TARGETS if one.stance == "target" else FIRST_OF_RESULTS
    return _lack(one), kinds.index(one.kind), one.doc_id, one.start, one.commitment_id


def _is_own(a: Measure, b: Measure) -> bool:
    """Say whether two cells are years of one place."""
    return a.jurisdiction is not None and (a.jurisdiction, a.body) == (b.jurisdiction, b.body)


def _verdict(a: Measure, b: Measure, indicator: str) -> Verdict:
    return compare_measures(a, b, indicator=indicator, across_years=_is_own(a, b))


def _pair_row(indicator: str, a: Measure, b: Measure, verdict: Verdict) -> dict[str, Any]:
    row: dict[str, Any] = {"indicator": indicator, "stance": a.stance}
    for side, one in (("a", a), ("b", b)):
        row |= {
            side: one.commitment_id,
            f"{side}_jurisdiction": one.jurisdiction,
            f"{side}_year": one.year,
            f"{side}_words": describe(one),
        }
    return row | {
        "is_comparable": verdict.is_comparable,
        "reasons": [key for key, _ in verdict.reasons],
        "why_not": verdict.words,
    }


@dataclass(slots=True)
class _Peers:
    """The cells of one year or span of years, by form: which compare is asked once, however many places there are."""

    indicator: str
    values: dict[tuple[Any, ...], list[float]]  # sorted, of the cells of a form
    of_form: dict[tuple[Any, ...], Measure]
    verdicts: dict[tuple[Any, Any], Verdict] = field(default_factory=dict)

    def friends(self, one: Measure) -> tuple[list[tuple[Any, ...]], Counter[str]]:
        """Return the forms that compare with a cell, and why the others do not, each reason with its count."""
        found, reasons = [], Counter[str]()
        for form, other in self.of_form.items():
            key = one.form, form
            if key not in self.verdicts:
                self.verdicts[key] = compare_measures(one, other, indicator=self.indicator)
            count = len(self.values[form]) - (form == one.form)
            if self.verdicts[key].is_comparable:
                found.append(form)
            elif count:
                for _, words in self.verdicts[key].reasons:
                    reasons[words] += count
        return found, reasons


def _peers(indicator: str, cells: Sequence[Cell]) -> dict[Any, _Peers]:
    by_year: dict[Any, _Peers] = {}
    for cell in cells:
        one = cell.chosen
        peers = by_year.setdefault(one.when, _Peers(indicator, defaultdict(list), {}))
        peers.of_form.setdefault(one.form, one)
        insort(peers.values[one.form], one.value or 0.0)
    return by_year


def _rows(
    indicator: str,
    known: Indicator | None,
    cells: Sequence[Cell],
    about: Mapping[str, Sequence[Any]],
    quotes: Mapping[str, str],
) -> Iterator[dict[str, Any]]:
    by_year = _peers(indicator, cells)
    measures_change = bool(known and CHANGE_NAME.search(known.name))
    for cell in cells:
        one = cell.chosen
        forms, reasons = by_year[one.when].friends(one)
        count = sum(len(by_year[one.when].values[form]) for form in forms) - (one.form in forms)
        is_comparable = bool(count) or not reasons
        rank, percentile = None, None
        if count and one.value is not None and (measures_change or not one.is_change):
            rank, percentile = _standing(one, [by_year[one.when].values[form] for form in forms], count, indicator)
        _, code, kind, url = about[one.doc_id]
        yield {
            "indicator": indicator,
            "name": known.name if known else indicator,
            "heading": known.heading if known else None,
            "jurisdiction": one.jurisdiction,
            "jurisdiction_code": code,
            "level": one.level,
            "body": one.body,
            "year": one.year,
            "kind": kind,
            "stance": one.stance,
            "words": describe(one),
            "comparator": one.comparator,
            "bound": one.bound,
            "value": one.value,
            "value_max": one.value_max,
            "unit": one.unit,
            "period": one.period,
            "deadline": one.deadline,
            "reference": one.reference,
            "quote": quotes[one.commitment_id],
            "commitment_id": one.commitment_id,
            "doc_id": one.doc_id,
            "url": url,
            "others": [other.commitment_id for other in cell.others],
            "is_comparable": is_comparable,
            "why_not": "" if is_comparable else "；".join(words for words, _ in reasons.most_common()),
            "rank": rank,
            "percentile": percentile,
            "peers": count,
        }


def _standing(
    one: Measure, peers: Sequence[Sequence[float]], count: int, indicator: str
) -> tuple[int | None, float | None]:
    """Return rank and percentile among *count* peers whose sorted values stand in *peers*, with its own among them."""
    way, value = direction_of(one, indicator), one.value or 0.0
    if way == "neutral":
        return None, None
    if way == "higher_better":
        better = sum(len(values) - bisect_right(values, value) for values in peers)
    else:
        better = sum(bisect_left(values, value) for values in peers)
    return better + 1, round(100 * (count - better) / count, 1)


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    for name in ("heading", "year", "rank", "peers"):
        table[name] = table[name].astype("Int64")
    for name in ("value", "value_max", "percentile"):
        table[name] = table[name].astype("float64")
    table["deadline"] = pd.to_datetime(table["deadline"]).astype("datetime64[s]")
    return table
