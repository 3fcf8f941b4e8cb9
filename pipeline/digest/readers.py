"""The digest of a reader: the lines that the reader's filters let pass, bound, counted and worded anew.

Filters of one kind are alternatives, filters of different kinds must all let a line pass. Places concern every line;
headings, indicators and bodies concern only lines that have topics, so that a new report or a silent source is told to
whoever follows its place.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache

from pipeline.bodies import normal_bodies
from pipeline.config import Reader
from pipeline.digest import weights
from pipeline.digest.grouping import bind, in_order
from pipeline.digest.headline import headline, is_news, notes
from pipeline.digest.material import Atom, Material, Tally
from pipeline.digest.records import Counts, Digest, Evidence, Line
from pipeline.places import load_places, places_by_code
from pipeline.records import content_id
from pipeline.reference import bodies

CODE = re.compile(r"[0-9]{2,12}")
CITY = 2  # pairs of digits of a code that name a prefecture: 4417


def for_reader(material: Material, reader: Reader | None = None) -> Digest:
    """Return the digest of a reader; that for all where none is given. What no filter fits leaves it empty."""
    chosen = Filter.of(reader) if reader else Filter()
    atoms = [atom for atom in material.atoms if chosen.passes(atom.line)]
    counts = sum((tally.counts for tally in material.tallies if chosen.is_place(tally)), Counts())
    if not chosen.places:
        counts = replace(counts, rederived=material.rederived)
    lines = in_order(bind([*atoms, *_reports_due(material, counts)]), material.evidence)
    counts = replace(
        counts,
        news=len({line.event for line in lines if is_news(line)}),
        late=len({line.event for line in lines if line.is_late}),
    )
    digest = Digest(
        week=str(material.week),
        monday=material.week.monday,
        sunday=material.week.sunday,
        headline=(),
        lines=lines,
        evidence=_used(lines, material.evidence),
        counts=counts,
        reader=reader.id if reader else "",
        reader_name=(reader.name or reader.id) if reader else "",
        is_first=material.is_first,
        references=material.references,
        is_checked=material.is_checked or not counts.sources,
    )
    elsewhere = material.rederived if not counts.rederived else 0
    told = notes(digest, last_week=material.last_week, rederived_elsewhere=elsewhere)
    head = headline(digest, is_known=material.is_known, is_behind=material.is_behind)
    return replace(digest, headline=head, notes=(*material.notes, *told))


def _used(lines: Collection[Line], evidence: Mapping[str, Evidence]) -> dict[str, Evidence]:
    return {one: evidence[one] for line in lines for one in line.evidence}


def _reports_due(material: Material, counts: Counts) -> list[Atom]:
    """Return the line that says, before 1 April, how many annual reports are still to come."""
    sunday = material.week.sunday
    left = counts.reports_expected - counts.reports_published
    if (sunday.month, sunday.day) >= (4, 1) or not counts.reports_expected:
        return []
    year = sunday.year - 1
    days = (sunday.replace(month=4, day=1) - sunday).days
    told = f"{counts.reports_expected}个地区中，{counts.reports_published}个已经公布{year}年度报告"
    rest = f"，其余{left}个应在4月1日前公布，还有{days}天" if left else ""
    line = Line(
        id=content_id("reports due", material.week, year),
        part="unpublished",
        weight=weights.REPORTS_DUE if left else weights.UNKNOWN_REPORT,
        words=f"{told}{rest}。",
        cells={"年度": str(year), "情况": f"已公布{counts.reports_published}个，待公布{left}个"},
    )
    return [Atom(line)]


@dataclass(frozen=True, slots=True)
class Filter:
    """What lets a line pass; an empty filter lets everything pass."""

    places: tuple[str, ...] = ()
    headings: frozenset[int] = frozenset()
    indicators: frozenset[str] = frozenset()
    bodies: tuple[str, ...] = ()

    @classmethod
    def of(cls, reader: Reader) -> "Filter":
        """Return the filter of a reader."""
        return cls(reader.places, frozenset(reader.headings), frozenset(reader.indicators), reader.bodies)

    def passes(self, line: Line) -> bool:
        """Say whether a reader is told a line."""
        if not self.is_place(line):
            return False
        if not (line.headings or line.indicators or line.bodies):
            return True
        return (
            (not self.headings or not self.headings.isdisjoint(line.headings))
            and (not self.indicators or not self.indicators.isdisjoint(line.indicators))
            and (not self.bodies or any(_is_body(one, line) for one in self.bodies))
        )

    def is_place(self, found: Line | Tally) -> bool:
        """Say whether a place is one of those that are followed, or lies in one."""
        if not self.places:
            return True
        above = (found.place, *found.parents)
        return bool(found.place or found.place_code) and any(
            _is_there(wanted, found.place_code, above) for wanted in self.places
        )


@cache
def _is_there(wanted: str, code: str, above: tuple[str, ...]) -> bool:
    """Say whether a place, told by its code and its names from below, is *wanted* or lies in it.

    A name may have those above it before or behind: 瀚东省 澜陵市, 云岭县 澜陵市.
    """
    wanted = wanted.strip()
    if CODE.fullmatch(wanted):
        return bool(code) and (code.startswith(_stem(wanted)) or _is_same_place(code, wanted[:6]))
    names = wanted.split()
    if names and all(one in above for one in names):
        return True
    known = places_by_code().get(code) if code else None
    lineage = {*above, *((known.name, known.short, *known.parents, *known.parent_shorts) if known else ())}
    return bool(names) and all(one in lineage or _is_alias(one, lineage) for one in names)


def _is_alias(name: str, lineage: Collection[str]) -> bool:
    """Say whether a name in daily use (云岭州) is that of a place among these."""
    return any(place.name in lineage for place in load_places().get(name, ()) if place.name != name)


def _stem(code: str) -> str:
    """Return what the codes of all places in the one of *code* begin with.

    >>> _stem("440000"), _stem("441700"), _stem("441702"), _stem("44")
    ('44', '4417', '441702', '44')
    """
    stem = code[:6]
    while len(stem) > CITY and len(stem) % 2 == 0 and stem.endswith("00"):
        stem = stem[:-2]
    return stem


def _is_same_place(code: str, other: str) -> bool:
    """Say whether two codes are those of one place before and after a change."""
    one, two = places_by_code().get(code), places_by_code().get(other)
    return one is not None and two is not None and one.place_id == two.place_id


def _is_body(wanted: str, line: Line) -> bool:
    """Say whether a line names a body, as it is printed or by its id in the catalogue."""
    ids = _ids_of(wanted)
    return any(wanted == name or (ids & _ids_in(name)) for name in line.bodies)


@cache
def _ids_of(wanted: str) -> frozenset[str]:
    known = {one.id for one in bodies()}
    return frozenset([wanted]) if wanted in known else frozenset(normal_bodies(wanted))


@cache
def _ids_in(name: str) -> frozenset[str]:
    return frozenset(normal_bodies(name))
