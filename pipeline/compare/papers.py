"""The documents of an export as tracking sees them: which report answers for which plan."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.compare.measures import SPAN, plain_cells
from pipeline.tables import Export

FIVE_YEARS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}


@dataclass(frozen=True, slots=True)
class Filing:
    """What tracking needs to know about a document."""

    doc_id: str
    name: str
    text: str
    title: str
    kind: str
    year: int | None
    place: str
    code: str | None
    body: str | None
    published: date | None
    quality: float

    @property
    def years(self) -> range:
        """The years that its promises are for."""
        if self.year is None:
            return range(0)
        if self.kind == "report":
            return range(self.year + 1, self.year + 2)
        last = self.year
        if found := SPAN.search(self.title):
            named = next((year for name, year in FIVE_YEARS.items() if name in found[0]), None)
            last = int(found[2]) if found[2] else named or last
        elif self.kind == "outline":
            last = self.year + 4
        return range(self.year, max(last, self.year) + 1)


def read_filings(export: Export) -> dict[str, Filing]:
    """Return the documents of an export by their ids."""
    names = ("doc_id", "name", "text", "title", "kind", "year", "jurisdiction", "jurisdiction_code", "body",
             "published", "quality")  # fmt: skip
    cells = zip(*(plain_cells(export.documents[name]) for name in names), strict=True)
    return {
        row[0]: Filing(row[0], row[1] or "", row[2] or "", row[3] or "", row[4], row[5], row[6] or "", *row[7:])
        for row in cells
    }


def place_order(paper: Filing) -> tuple[Any, ...]:
    """Return a key that sorts papers by place, body, year and name."""
    return paper.code or "", paper.place, paper.body or "", paper.year or 0, paper.kind, paper.name, paper.doc_id


def is_same_place(a: Filing, b: Filing) -> bool:
    """Say whether two papers are of one place and one body of it."""
    if (a.body or "").removeprefix(a.place) != (b.body or "").removeprefix(b.place):
        return False
    if a.code and b.code:
        return a.code == b.code
    return bool(a.place and b.place) and (a.place.endswith(b.place) or b.place.endswith(a.place))


def is_answer(plan: Filing, report: Filing, is_asked_for: bool) -> bool:
    """Say whether a report answers a plan; any does where both *is_asked_for* by name."""
    if plan.doc_id == report.doc_id:
        return False
    if is_asked_for:
        return True
    if report.year is None or not plan.years or not is_same_place(plan, report):
        return False
    return report.year in range(plan.years[0], plan.years[-1] + 2)  # one year on, for what is due then
