"""Facts about the domain: the national outline, the indicators, the bodies and the words that point to a heading.

Closed sets and no rules: what a stage does with them is the stage's business. Each file is read on first use, checked
as a whole, and kept for the life of the process.
"""

import json
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, Literal, TypeVar, get_args

import yaml

from pipeline.errors import ReferenceDataError
from pipeline.records import Comparator, Level, Period

Direction = Literal["higher_better", "lower_better", "neutral"]
Bound = Literal["min", "max"]
IndicatorKind = Literal["count", "percent", "duration", "deadline", "frequency", "money", "ratio"]
Category = Literal[
    "government_office",
    "government_dept",
    "vertical",
    "party",
    "congress",
    "judicial",
    "township",
    "public_institution",
    "mass_org",
    "leading_group",
    "collective",
]

# The units that a kind is given in; a count or a ratio has none of its own.
KIND_UNITS: Mapping[str, tuple[str, ...]] = {
    "percent": ("%", "‰", "个百分点"),
    "duration": ("日", "天", "工作日", "小时", "分钟", "个月", "年", "周", "学时", "课时"),
    "deadline": ("日期",),
    "frequency": ("次", "期", "场", "轮", "场次", "遍", "届", "堂"),
    "money": ("元", "万元", "亿元"),
}

HEADINGS = range(1, 11)  # 0, a section of no heading, is a label but no part of the outline
ITEMS = 35
LAW_MAKING = ("7", "8")  # items that ask for legislation, which counties and towns do not have

OUTLINE_FILE = "outline.yaml"
CUES_FILE = "cues.yaml"
INDICATORS_FILE = "indicators.jsonl"
BODIES_FILE = "bodies.jsonl"

# The parser that comes with libyaml reads these files ten times as fast as the one in Python.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Row = Mapping[str, Any]
_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Heading:
    """One of the ten parts of the national outline."""

    id: int
    key: str
    title: str
    short: str
    title_en: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Target:
    """What the outline itself asks of an item in figures."""

    subject: str
    verified: bool
    value: float | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    period: Period | None = None
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One of the 35 items of the outline, with the words that speak to it."""

    id: str
    heading: int
    title: str
    title_en: str
    asks: str
    asks_en: str
    verified: bool
    cue_terms: tuple[str, ...]
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class LegacyHeading:
    """A heading of another document or era, and the headings of today that it answers to, the most likely first."""

    era: str
    title: str
    headings: tuple[int, ...]
    verified: bool
    cue_terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A limit that another national rule sets and local documents repeat; recalled, a hint for comparing."""

    source: str
    subject: str
    comparator: Comparator
    item: str
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    deadline_md: str | None = None  # month and day, every year


@dataclass(frozen=True, slots=True)
class Outline:
    """The national outline 2021-2025 and what earlier documents call its parts."""

    headings: tuple[Heading, ...]
    items: tuple[OutlineItem, ...]
    legacy: tuple[LegacyHeading, ...]
    benchmarks: tuple[Benchmark, ...]

    def heading(self, number: int) -> Heading:
        """Return the part of the outline with this *number*, 1 to 10."""
        return self.headings[number - 1]

    def item(self, item_id: str) -> OutlineItem:
        """Return the item with this id, "1" to "35"."""
        return self.items[int(item_id) - 1]


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that plans and reports put a figure on, and the words they use for it."""

    id: str
    name: str
    name_en: str
    heading: int
    item: str
    kind: IndicatorKind
    unit: str  # the usual one; a document may print another of its class
    direction: Direction
    synonyms: tuple[str, ...]
    near_misses: tuple[str, ...]  # subjects that look alike and are not it
    near_miss_ids: tuple[str, ...]
    period: Period | None = None
    every: int | None = None
    alt_headings: tuple[int, ...] = ()
    nearest: bool = False  # the outline has no item for it, this one is the nearest
    extended: bool = False  # rarer, or of one sector
    other_units: tuple[str, ...] = ()  # that it is printed in beside the class of its own
    bound: Bound | None = None  # only a value that bounds from below, or from above: 一般不少于 against 最长不超过
    fallback: bool = False  # in sections of its heading, of its kind, what no other indicator claims is it


@dataclass(frozen=True, slots=True)
class Predecessor:
    """Earlier names of a body whose duties passed on, and the last full year of their use, roughly."""

    names: tuple[str, ...]
    until: int


@dataclass(frozen=True, slots=True)
class Body:
    """An office, committee, court or group of them that documents name as responsible.

    In names {L} stands for a level word such as 县, and {P} for a place with its level word.
    """

    id: str
    name: str
    name_en: str
    category: Category
    by_level: Mapping[Level, str]
    synonyms: tuple[str, ...]
    predecessors: tuple[Predecessor, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A term that points to a heading, with its weight in a title and in a text; 3 decides, 1 is evidence."""

    term: str
    heading: int
    title: float
    body: float


@dataclass(frozen=True, slots=True)
class Cues:
    """The vocabulary of heading labels."""

    terms: tuple[Cue, ...]
    item_title: float  # weights of an outline cue term that no cue overrides
    item_body: float
    silent: tuple[str, ...] = field(default=())


@cache
def outline() -> Outline:
    """Return the national outline.

    Raises:
        ReferenceDataError: the file contradicts itself.
    """
    rows = _read_yaml(OUTLINE_FILE)
    result = Outline(
        tuple(_build(Heading, row, OUTLINE_FILE) for row in rows["headings"]),
        tuple(_build_item(row) for row in rows["items"]),
        tuple(_build(LegacyHeading, row, OUTLINE_FILE) for row in rows["legacy"]),
        tuple(_build(Benchmark, row, OUTLINE_FILE) for row in rows["benchmarks"]),
    )
    check_outline(result)
    return result


@cache
def indicators() -> tuple[Indicator, ...]:
    """Return the catalogue of indicators, the canonical ones first.

    Raises:
        ReferenceDataError: the file contradicts itself or the outline.
    """
    result = tuple(_build(Indicator, row, INDICATORS_FILE) for row in _read_lines(INDICATORS_FILE))
    check_indicators(result)
    return result


@cache
def bodies() -> tuple[Body, ...]:
    """Return the bodies that documents name as responsible.

    Raises:
        ReferenceDataError: the file contradicts itself.
    """
    result = tuple(_build_body(row) for row in _read_lines(BODIES_FILE))
    check_bodies(result)
    return result


@cache
def cues() -> Cues:
    """Return the words that point to a heading.

    Raises:
        ReferenceDataError: the file contradicts itself.
    """
    rows = _read_yaml(CUES_FILE)
    terms = tuple(
        Cue(term, group["heading"], float(group["title"]), float(group["body"]))
        for group in rows["cues"]
        for term in group["terms"]
    )
    weights = rows["item_terms"]
    result = Cues(terms, float(weights["title"]), float(weights["body"]), tuple(rows["silent"]))
    check_cues(result)
    return result


def check_outline(what: Outline) -> None:
    """Refuse an outline that is not ten headings and 35 items, each item in a heading, without an empty term."""
    _require([h.id for h in what.headings] == list(HEADINGS), OUTLINE_FILE, "headings", "expected the ids 1 to 10")
    expected = [str(number + 1) for number in range(ITEMS)]
    _require([item.id for item in what.items] == expected, OUTLINE_FILE, "items", "expected the ids 1 to 35")
    for item in what.items:
        entry = f"item {item.id}"
        _require(item.heading in HEADINGS, OUTLINE_FILE, entry, f"there is no heading {item.heading}")
        _check_terms(item.cue_terms, OUTLINE_FILE, entry)
    for old in what.legacy:
        known = all(number == 0 or number in HEADINGS for number in old.headings)
        _require(bool(old.headings) and known, OUTLINE_FILE, old.title, f"unknown headings {old.headings}")
        _check_terms(old.cue_terms, OUTLINE_FILE, old.title)
    for limit in what.benchmarks:
        _require(limit.item in expected, OUTLINE_FILE, limit.subject, f"there is no item {limit.item}")


def check_indicators(what: Iterable[Indicator]) -> None:
    """Refuse a catalogue in which something contradicts; the first problem is told."""
    for entry, problem in indicator_problems(tuple(what)):
        raise ReferenceDataError(f"{INDICATORS_FILE}, {entry}: {problem}")


def indicator_problems(catalogue: Sequence[Indicator]) -> Iterator[tuple[str, str]]:
    """Yield what contradicts in a catalogue: the id of the entry and a clause that says what was expected."""
    ids = Counter(entry.id for entry in catalogue)
    yield from ((entry, "occurs twice") for entry, times in ids.items() if times > 1)
    owners: dict[str, str] = {}
    for indicator in catalogue:
        for term in dict.fromkeys((indicator.name, *indicator.synonyms)):
            other = owners.setdefault(term, indicator.id)
            if other != indicator.id:
                yield indicator.id, f"{term} already belongs to {other}"
    items = {item.id: item.heading for item in outline().items}
    for indicator in catalogue:
        checks = (
            _place_problems(indicator, items),
            _kind_problems(indicator),
            _look_alike_problems(indicator, ids, owners),
        )
        yield from ((indicator.id, problem) for problem in chain(*checks))


def _place_problems(indicator: Indicator, items: Mapping[str, int]) -> Iterator[str]:
    """Yield what is wrong with the place of an indicator in the outline."""
    if indicator.item not in items:
        yield f"there is no item {indicator.item}, expected 1 to {ITEMS}"
    elif indicator.heading != items[indicator.item]:
        yield f"item {indicator.item} is in heading {items[indicator.item]}, not {indicator.heading}"
    if not all(number in HEADINGS for number in indicator.alt_headings):
        yield f"unknown alt_headings {list(indicator.alt_headings)}, expected numbers from 1 to 10"


def _kind_problems(indicator: Indicator) -> Iterator[str]:
    """Yield what is wrong with the closed sets, the unit and the terms of an indicator."""
    for value, closed in (
        (indicator.kind, IndicatorKind),
        (indicator.direction, Direction),
        (indicator.period, Period | None),
        (indicator.bound, Bound | None),
    ):
        known = [name for part in get_args(closed) for name in (get_args(part) or (part,))]
        if value not in known and value is not None:
            expected = ", ".join(name for name in known if isinstance(name, str))
            yield f"{value!r} is none of {expected}"
    if not fits(indicator.unit, indicator.kind):
        units = " ".join(KIND_UNITS.get(indicator.kind, ("another unit",)))
        yield f"a {indicator.kind} is not given in {indicator.unit!r}; expected {units}"
    if indicator.every is not None and indicator.period is None:
        yield f"every {indicator.every} of what? expected a period beside it"
    for terms in (indicator.synonyms, indicator.near_misses):
        yield from term_problems(terms)


def _look_alike_problems(indicator: Indicator, ids: Container[str], owners: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the look-alikes of an indicator among those with these *ids* and *owners* of terms."""
    unknown = [name for name in indicator.near_miss_ids if name not in ids]
    if unknown:
        yield f"near_miss_ids names {', '.join(unknown)}, which are not there"
    if indicator.id in indicator.near_miss_ids:
        yield "near_miss_ids names the indicator itself"
    for term in indicator.near_misses:
        owner = owners.get(term)
        if owner == indicator.id:
            yield f"the look-alike {term} is a name of its own"
        elif owner is not None and owner not in indicator.near_miss_ids:
            yield f"the look-alike {term} is a name of {owner}, expected that id among near_miss_ids"


def fits(unit: str, kind: str) -> bool:
    """Say whether an indicator of some kind can be given in a unit; a count is of anything that is no other kind's."""
    if kind in KIND_UNITS:
        return unit in KIND_UNITS[kind]
    return bool(unit) and unit not in (*KIND_UNITS["deadline"], *(KIND_UNITS["money"] if kind == "count" else ()))


def term_problems(terms: Sequence[Any]) -> Iterator[str]:
    """Yield which *terms* are empty, no text, or there twice."""
    bad = [term for term in terms if not (isinstance(term, str) and term.strip())]
    if bad:
        yield f"terms {bad} are empty or no text"
    twice = (
        sorted({str(term) for term in terms if terms.count(term) > 1}) if len(set(map(str, terms))) < len(terms) else []
    )
    if twice:
        yield f"terms {twice} occur twice"


def check_bodies(what: Iterable[Body]) -> None:
    """Refuse bodies of which two share an id or a current name, or one has an unknown level or category.

    The name of a predecessor may be that of a body: an abolished office has a row of its own where documents need it.
    """
    catalogue = tuple(what)
    _unique((entry.id for entry in catalogue), BODIES_FILE)
    owners: dict[str, str] = {}
    for entry in catalogue:
        _check_closed(entry.category, Category, BODIES_FILE, entry.id)
        for level in entry.by_level:
            _check_closed(level, Level, BODIES_FILE, entry.id)
        _check_terms(entry.synonyms, BODIES_FILE, entry.id)
        for term in {entry.name, *entry.synonyms}:
            other = owners.setdefault(term, entry.id)
            _require(other == entry.id, BODIES_FILE, entry.id, f"{term} already belongs to {other}")


def check_cues(what: Cues) -> None:
    """Refuse a vocabulary with an empty term, a term twice under one heading, or a silent one that speaks."""
    _unique((f"{cue.term} under {cue.heading}" for cue in what.terms), CUES_FILE)
    for cue in what.terms:
        _require(cue.heading in HEADINGS, CUES_FILE, cue.term, f"there is no heading {cue.heading}")
        _require(cue.title > 0 and cue.body >= 0, CUES_FILE, cue.term, "weights must not be negative")
    speaking = {cue.term for cue in what.terms}
    _check_terms(tuple(speaking), CUES_FILE, "terms")
    _check_terms(what.silent, CUES_FILE, "silent")
    both = sorted(speaking & set(what.silent))
    _require(not both, CUES_FILE, "silent", f"{both} are cues as well")


def _read_yaml(name: str) -> _Row:
    try:
        rows = yaml.load(files(__package__).joinpath(name).read_bytes(), _Loader)
    except yaml.YAMLError as error:
        raise ReferenceDataError(f"{name}: not readable as YAML: {error}") from error
    if not isinstance(rows, dict):
        raise ReferenceDataError(f"{name}: expected a mapping at the top, found {type(rows).__name__}")
    return rows


def _read_lines(name: str) -> list[_Row]:
    rows = []
    for number, line in enumerate(files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines(), 1):
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise ReferenceDataError(f"{name}, line {number}: not readable as JSON: {error}") from error
    return rows


def _build(kind: Callable[..., _Record], row: _Row, file: str) -> _Record:
    """Make a record of *row*, refusing a field that is missing and one that nobody reads."""
    known = {part.name: part for part in fields(kind)}  # type: ignore[arg-type]  # every kind here is a dataclass
    entry = str(row.get("id") or row.get("title") or row.get("subject") or "?")
    extra = sorted(row.keys() - known.keys())
    _require(not extra, file, entry, f"unknown fields {extra}")
    needed = {name for name, part in known.items() if part.default is MISSING and part.default_factory is MISSING}
    missing = sorted(needed - row.keys())
    _require(not missing, file, entry, f"fields {missing} are missing")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})


def _build_item(row: _Row) -> OutlineItem:
    targets = [_build(Target, _dated(target), OUTLINE_FILE) for target in row.get("targets", ())]
    return _build(OutlineItem, {**row, "targets": targets}, OUTLINE_FILE)


def _dated(row: _Row) -> _Row:
    return {**row, "deadline": date.fromisoformat(row["deadline"])} if "deadline" in row else row


def _build_body(row: _Row) -> Body:
    before = [_build(Predecessor, old, BODIES_FILE) for old in row.get("predecessors", ())]
    return _build(Body, {**row, "predecessors": before}, BODIES_FILE)


def _require(right: bool, file: str, entry: str, problem: str) -> None:
    if not right:
        raise ReferenceDataError(f"{file}, {entry}: {problem}")


def _unique(names: Iterable[str], file: str) -> set[str]:
    seen: set[str] = set()
    for name in names:
        _require(name not in seen, file, name, "occurs twice")
        seen.add(name)
    return seen


def _check_terms(terms: tuple[str, ...], file: str, entry: str) -> None:
    for problem in term_problems(terms):
        raise ReferenceDataError(f"{file}, {entry}: {problem}")


def _check_closed(value: str, closed: Any, file: str, entry: str) -> None:
    _require(value in get_args(closed), file, entry, f"{value!r} is none of {get_args(closed)}")
