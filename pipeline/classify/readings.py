"""The sections of one document as the labelling sees them: their titles, who stands under whom, and what cue terms say.

All offsets are those of the plain text: folded, without quotation marks and blanks.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline import forms
from pipeline.records import Section
from pipeline.reference import bodies, cues, outline
from pipeline.text import fold

LABELS = 11  # 0 for none, then the ten headings

LATER_CLAUSE = 0.75  # 依法化解矛盾,营造良好营商环境: the first clause names the work, the rest often its purpose
LEAD_SHARE = 0.5  # of a title's weight, for the opening words of a paragraph without a title
TITLE_REACH = 40  # characters; a title without 。 can run on over the whole paragraph
LEAD_REACH = 30
REPEAT = 0.4  # of its weight, for each further occurrence of a term in one text
ITEM_IN_TITLE = 2.0

# Quotation marks and blanks come and go in print: “互联网+”监管, 互联网+监管.
UNHEARD = re.compile(r"[ \t“”\"'‘’「」『』]+")
OFFICE_NAME = re.compile(r".{2,}(?:局|办|办公室|委员会|部)")


@dataclass(frozen=True, slots=True)
class Term:
    """What one string says, wherever it is the longest known one."""

    text: str
    weights: tuple[tuple[int, float, float], ...]  # heading, in a title, in a text
    items: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """One section while it is being labelled; lists have a place for each label."""

    section: Section
    parent: "Reading | None"
    start: int  # in the plain text, as all offsets here
    end: int
    title_start: int
    title_end: int  # title_start where there is no title and no first sentence
    clause_end: int  # of the first clause of the title
    frame: forms.Frame | None = None
    is_chapter: bool = False  # sections or titled rows stand below: a container, and no unit of work
    children: list["Reading"] = field(default_factory=list)
    title: list[float] = field(default_factory=lambda: [0.0] * LABELS)
    body: list[float] = field(default_factory=lambda: [0.0] * LABELS)
    heard: dict[int, int] = field(default_factory=dict)  # term to number of times
    items: dict[str, float] = field(default_factory=dict)
    why: dict[str, list[str]] = field(default_factory=dict)
    path: list[float] = field(default_factory=lambda: [0.0] * LABELS)
    scores: list[float] = field(default_factory=lambda: [0.0] * LABELS)
    label: int = 0
    by_form: bool = False
    is_decided: bool = False  # the form says more than any words could
    is_silent: bool = False  # a paragraph whose opening words name no subject


class Plain:
    """The folded text without quotation marks and blanks, and the way to its offsets from those of the document."""

    def __init__(self, text: str) -> None:
        folded = fold(text)
        self._gaps = [match.span() for match in UNHEARD.finditer(folded)]
        self._starts = [start for start, _ in self._gaps]
        self._lost = [0]
        for start, end in self._gaps:
            self._lost.append(self._lost[-1] + end - start)
        self.source = text
        self.text = UNHEARD.sub("", folded)

    def at(self, offset: int) -> int:
        """Return the offset here of the document's *offset*."""
        before = bisect_left(self._starts, offset)
        inside = max(0, self._gaps[before - 1][1] - offset) if before else 0
        return offset - self._lost[before] + inside


def readings_of(plain: Plain, sections: Sequence[Section]) -> list[Reading]:
    """Return a reading of each section, parents before children."""
    made: dict[str, Reading] = {}
    for section in sorted(sections, key=lambda section: (section.start, -section.end, section.parent is not None)):
        parent = made[section.parent.section_id] if section.parent else None
        start, end = plain.at(section.start), plain.at(section.end)
        title_start, title_end = _title_span(plain, section, start, end)
        clause = forms.CLAUSE_END.search(plain.text, title_start + 1, title_end)
        reading = Reading(section, parent, start, end, title_start, title_end, clause.start() if clause else title_end)
        if parent:
            parent.children.append(reading)
            parent.is_chapter |= 1 <= section.level <= 3 or bool(section.title)
        made[section.section_id] = reading
    return list(made.values())


def _title_span(plain: Plain, section: Section, start: int, end: int) -> tuple[int, int]:
    """Return where the title is, or the opening words of a section without one."""
    body = min(start + len(section.number), end)
    if not section.title:
        stop = forms.SENTENCE_END.search(plain.text, body + 1, min(end, body + LEAD_REACH))
        return body, stop.start() if stop else min(end, body + LEAD_REACH)
    found = plain.source.find(section.title, section.start, section.end)
    if found < 0:
        return body, body
    first = plain.at(found)
    return first, min(first + TITLE_REACH, plain.at(found + len(section.title)))


@cache
def _lexicon() -> tuple[AhoCorasick, tuple[Term, ...]]:
    """Build the automaton over all terms, once a process."""
    weights: dict[str, dict[int, tuple[float, float]]] = {_key(name): {} for name in (*cues().silent, *_offices())}
    items: dict[str, set[str]] = {}
    for number, title, weight, item_id in _official_titles():
        weights.setdefault(_key(title), {}).setdefault(number, (weight, weight / 2))
        if item_id:
            items.setdefault(_key(title), set()).add(item_id)
    cued = {_key(cue.term) for cue in cues().terms} | {_key(name) for name in cues().silent}
    for cue in cues().terms:
        weights.setdefault(_key(cue.term), {})[cue.heading] = (cue.title, cue.body)
    for item in outline().items:
        for term in map(_key, item.cue_terms):
            items.setdefault(term, set()).add(item.id)
            if term not in cued:
                weights.setdefault(term, {}).setdefault(item.heading, (cues().item_title, cues().item_body))
    terms = tuple(
        Term(
            text,
            tuple((number, *pair) for number, pair in sorted(weights.get(text, {}).items())),
            tuple(sorted(items.get(text, ()), key=int)),
        )
        for text in sorted({*weights, *items})
    )
    return AhoCorasick([term.text for term in terms], matchkind=MatchKind.LeftmostLongest), terms


def _key(term: str) -> str:
    return UNHEARD.sub("", fold(term))


def _official_titles() -> Iterator[tuple[int, str, float, str | None]]:
    """Yield heading, title, weight and item of each official title, today's and those of earlier eras."""
    for heading in outline().headings:
        yield heading.id, heading.title, 4.0, None
    for item in outline().items:
        yield item.heading, item.title, 3.0, item.id
    for old in outline().legacy:
        for place, number in enumerate(old.headings):
            if number:
                yield number, old.title, 1.0 if place else 3.0, None


def _offices() -> Iterator[str]:
    """Yield the names of offices, which stand in responsibility notes and say nothing of the work: 审计局, 信访局."""
    for body in bodies():
        for name in (body.name, *body.synonyms, *(old for gone in body.predecessors for old in gone.names)):
            bare = re.sub(r"\{[LP]\}", "", name)
            if OFFICE_NAME.fullmatch(bare):
                yield bare


def listen(plain: Plain, readings: list[Reading]) -> None:
    """Add up what each section's own words say, in one pass over the text."""
    automaton, terms = _lexicon()
    owners = [*_owners(readings), (len(plain.text) + 1, None)]
    place, owner = -1, None
    for index, start, _ in automaton.find_matches_as_indexes(plain.text):
        while owners[place + 1][0] <= start:
            place += 1
            owner = owners[place][1]
        if owner is not None:
            _hear(owner, index, terms[index], start)


def _owners(readings: list[Reading]) -> Iterator[tuple[int, Reading | None]]:
    """Yield each place where the innermost section changes, with the one that begins or goes on there."""
    open_: list[Reading] = []
    for reading in readings:
        while open_ and open_[-1].end <= reading.start:
            yield open_.pop().end, open_[-1] if open_ else None
        yield reading.start, reading
        open_.append(reading)
    while open_:
        yield open_.pop().end, open_[-1] if open_ else None


def _hear(reading: Reading, index: int, term: Term, start: int) -> None:
    times = reading.heard.get(index, 0)
    reading.heard[index] = times + 1
    again = REPEAT**times if times else 1.0
    if reading.title_start <= start < reading.title_end:
        share = LEAD_SHARE if not reading.section.title else 1.0 if start <= reading.clause_end else LATER_CLAUSE
        for number, weight, _ in term.weights:
            reading.title[number] += weight * share
        again = ITEM_IN_TITLE * share
    else:
        for number, _, weight in term.weights:
            reading.body[number] += weight * again
    for item in term.items:
        reading.items[item] = reading.items.get(item, 0.0) + again
        if not times:
            reading.why.setdefault(item, []).append(term.text)
