"""Give every section of a document one of the ten headings of the national outline, or 0 for none.

A section is read four ways: its title, its text, the titles above it and, for a chapter, the sections below it. What
words say is data (`reference/cues.yaml`); what is known by its form alone, such as an opening or a timetable, is in
`forms`; here is how they are weighed against each other.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline import forms
from pipeline.records import Document, ItemMatch, Section
from pipeline.reference import bodies, cues, outline
from pipeline.text import fold

LABELS = 11  # 0 for none, then the ten headings

# What each reading may add. Chosen for an order of trust: a plain title beats the text under it, title or text beats
# the chapter they stand in, and a text that decides beats a title that only hints.
TITLE_WEIGHT = 1.0
BODY_WEIGHT = 0.7
PATH_WEIGHT = 0.45
KIN_WEIGHT = 0.9  # for the 一是 and paragraphs of a section, which seldom leave its subject
PARTS_WEIGHT = 0.45  # for the parts of a chapter whose own title speaks
# Evidence m counts as m / (m + doubt): one deciding word in a title (3) is trusted to two thirds.
TITLE_DOUBT = 1.5
BODY_DOUBT = 3.0
CLEAR = 0.3  # trust from which a title is taken to say something
LATER_CLAUSE = 0.75  # 依法化解矛盾,营造良好营商环境: the first clause names the work, the rest often its purpose
LEAD_SHARE = 0.5  # of a title's weight, for the opening words of a paragraph without a title
LEAD_SPEAKS = 1.0  # evidence in them, from which they name a subject
TITLE_REACH = 40  # characters; a title without 。 can run on over the whole paragraph
LEAD_REACH = 30
REPEAT = 0.4  # of its weight, for each further occurrence of a term in one text
PLAIN_SHARE = 0.6  # of a paragraph's words, for a look ahead to be of one heading and no mere glue
MAJORITY = 0.5  # of a chapter's parts, to pass their heading on to it
LITTLE = 1.0  # evidence, below which a section takes the heading of the one that it stands in
BY_FORM = 0.9  # score of a label that the form decided
FRAME_LABEL: dict[forms.Frame, int] = {"aims": 1, "problems": 0, "next": 0, "mixed": 0, "delivery": 10}
# What stands in such a chapter belongs to it; the promises of a next-steps chapter are of the headings they name.
WHOLE_FRAMES = frozenset[forms.Frame]({"aims", "problems", "delivery"})
OPEN_FRAMES = frozenset[forms.Frame]({"next", "mixed"})

ITEM_IN_TITLE = 2.0
ITEM_DOUBT = 1.5
ITEM_LEAST = 1.0  # evidence for an item of the section's own heading
ITEM_LEAST_ELSEWHERE = 2.0
ITEMS_KEPT = 3

# Quotation marks and blanks come and go in print: “互联网+”监管, 互联网+监管.
UNHEARD = re.compile(r"[ \t“”\"'‘’「」『』]+")
OFFICE_NAME = re.compile(r".{2,}(?:局|办|办公室|委员会|部)")


@dataclass(frozen=True, slots=True)
class _Term:
    """What one string says, wherever it is the longest known one."""

    text: str
    weights: tuple[tuple[int, float, float], ...]  # heading, in a title, in a text
    items: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """One section while it is being labelled; lists have a place for each label."""

    section: Section
    parent: "_Reading | None"
    start: int  # in the plain text, as all offsets here
    end: int
    title_start: int
    title_end: int  # title_start where there is no title and no first sentence
    clause_end: int  # of the first clause of the title
    frame: forms.Frame | None = None
    is_chapter: bool = False  # sections or titled rows stand below: a container, and no unit of work
    children: list["_Reading"] = field(default_factory=list)
    title: list[float] = field(default_factory=lambda: [0.0] * LABELS)
    body: list[float] = field(default_factory=lambda: [0.0] * LABELS)
    heard: dict[int, int] = field(default_factory=dict)  # term to number of times
    items: dict[str, float] = field(default_factory=dict)
    why: dict[str, list[str]] = field(default_factory=dict)
    path: list[float] = field(default_factory=lambda: [0.0] * LABELS)
    scores: list[float] = field(default_factory=lambda: [0.0] * LABELS)
    label: int = 0
    by_form: bool = False


class _Plain:
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


def label_sections(document: Document, sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the same *sections* with heading, score, runner-up and outline items.

    Ids and order stay, and each parent is the labelled one. The score is the share of the evidence that speaks for the
    heading, 0 to 1; it is fixed where the form of a section decided.
    """
    plain = _Plain(document.text)
    readings = _readings(plain, sections)
    _listen(plain, readings)
    _label_by_form(plain, readings)
    for reading in readings:
        _weigh(reading)
    for reading in reversed(readings):
        if reading.is_chapter and not reading.by_form:
            _ask_parts(reading)
    for reading in readings:
        _ask_parent(reading)
    return _rebuild(sections, readings)


def _readings(plain: _Plain, sections: Sequence[Section]) -> list[_Reading]:
    """Return a reading of each section, parents before children."""
    made: dict[str, _Reading] = {}
    for section in sorted(sections, key=lambda section: (section.start, -section.end, section.parent is not None)):
        parent = made[section.parent.section_id] if section.parent else None
        start, end = plain.at(section.start), plain.at(section.end)
        title_start, title_end = _title_span(plain, section, start, end)
        clause = forms.CLAUSE_END.search(plain.text, title_start + 1, title_end)
        reading = _Reading(section, parent, start, end, title_start, title_end, clause.start() if clause else title_end)
        if parent:
            parent.children.append(reading)
            parent.is_chapter |= 1 <= section.level <= 3 or bool(section.title)
        made[section.section_id] = reading
    return list(made.values())


def _title_span(plain: _Plain, section: Section, start: int, end: int) -> tuple[int, int]:
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
def _lexicon() -> tuple[AhoCorasick, tuple[_Term, ...]]:
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
        _Term(
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


def _listen(plain: _Plain, readings: list[_Reading]) -> None:
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


def _owners(readings: list[_Reading]) -> Iterator[tuple[int, _Reading | None]]:
    """Yield each place where the innermost section changes, with the one that begins or goes on there."""
    open_: list[_Reading] = []
    for reading in readings:
        while open_ and open_[-1].end <= reading.start:
            yield open_.pop().end, open_[-1] if open_ else None
        yield reading.start, reading
        open_.append(reading)
    while open_:
        yield open_.pop().end, open_[-1] if open_ else None


def _hear(reading: _Reading, index: int, term: _Term, start: int) -> None:
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


def _label_by_form(plain: _Plain, readings: list[_Reading]) -> None:
    """Label the chapters known by their title and the paragraphs known by their form; parents come first."""
    first_numbered = min((reading.start for reading in readings if reading.section.level), default=None)
    for reading in readings:
        above = reading.parent.frame if reading.parent else None
        reading.frame = above if above in WHOLE_FRAMES else _frame_of(plain, reading)
        label = FRAME_LABEL[reading.frame] if reading.frame else None
        if label is None and above == "mixed" and forms.complains(plain.text[reading.start : reading.end]):
            label = 0
        if label is None and reading.section.level == 0 and not reading.section.title:
            label = _label_of_paragraph(plain, reading, first_numbered)
        if label is not None:
            reading.label, reading.by_form = label, True


def _frame_of(plain: _Plain, reading: _Reading) -> forms.Frame | None:
    opening = plain.text[reading.title_start : reading.title_end]
    if forms.is_stage(opening):
        return "delivery"
    return forms.frame_of(opening) if reading.section.title and 1 <= reading.section.level <= 3 else None


def _label_of_paragraph(plain: _Plain, reading: _Reading, first_numbered: int | None) -> int | None:
    """Return the label of a paragraph that is known by its form, None where its words must tell."""
    text = plain.text[reading.start : reading.end].strip()
    if forms.is_furniture(text) or forms.admits_problems(text):
        return 0
    speaks = max(reading.title) >= LEAD_SPEAKS
    if forms.looks_ahead(text) and not _is_of_one(reading):
        return 0
    if reading.parent is not None:
        return 0 if reading.parent.frame in OPEN_FRAMES and not speaks else None
    if first_numbered is not None and reading.start > first_numbered:
        return 0 if forms.is_name(text) else None
    if forms.opens_document(text) or not speaks:
        return 1 if forms.states_aims(text) else 0
    return None


def _is_of_one(reading: _Reading) -> bool:
    """Say whether most of what a paragraph says is of one heading."""
    words = [title + body for title, body in zip(reading.title, reading.body, strict=True)]
    return max(_shares(words)) > PLAIN_SHARE


def _weigh(reading: _Reading) -> None:
    """Score the headings from title, text and the titles above; parents come before their children."""
    parent = reading.parent
    path, path_weight = reading.path, PATH_WEIGHT
    if parent is not None and parent.frame not in OPEN_FRAMES:
        trust = _trust(parent.title, TITLE_DOUBT) if parent.section.title else 0.0
        own = _shares(parent.title)
        path = reading.path = [trust * own[n] + (1 - trust) * 0.5 * parent.path[n] for n in range(LABELS)]
        if reading.section.level in (0, 4) and not parent.is_chapter and trust >= CLEAR:
            path, path_weight = _shares(parent.scores), KIN_WEIGHT
    body = reading.body if reading.is_chapter else _all_words(reading)
    title, text = _shares(reading.title), _shares(body)
    title_weight = TITLE_WEIGHT * _trust(reading.title, TITLE_DOUBT)
    body_weight = BODY_WEIGHT * _trust(body, BODY_DOUBT)
    reading.scores = [title_weight * title[n] + body_weight * text[n] + path_weight * path[n] for n in range(LABELS)]
    if not reading.by_form:
        reading.label = _best(reading.scores)


def _all_words(reading: _Reading) -> list[float]:
    """Return what all the words under a title say, those of its 一是 and paragraphs included."""
    if not reading.children:
        return reading.body
    total = list(reading.body)
    for child in reading.children:
        for number, mass in enumerate(_all_words(child)):
            total[number] += mass + child.title[number]
    return total


def _ask_parts(reading: _Reading) -> None:
    """Label a chapter with the help of its parts, or by their majority where its title says nothing.

    Parts come first. 重点任务 over all ten headings stays without one.
    """
    votes = [0.0] * LABELS
    for child in reading.children:
        if child.section.level or child.section.title:
            votes[child.label] += 1
    shares = _shares(votes)
    if _trust(reading.title, TITLE_DOUBT) >= CLEAR:
        reading.scores = [mine + PARTS_WEIGHT * part for mine, part in zip(reading.scores, shares, strict=True)]
        reading.label = _best(reading.scores)
    else:
        reading.scores = shares
        top = _best(shares)
        reading.label = top if shares[top] > MAJORITY else 0


def _ask_parent(reading: _Reading) -> None:
    """Give a section whose words say next to nothing the heading of the one it stands in; parents come first."""
    parent = reading.parent
    if reading.by_form or reading.is_chapter or parent is None or not parent.label:
        return
    if sum(reading.title) + sum(_all_words(reading)) < LITTLE:
        reading.label = parent.label
        reading.scores[parent.label] = max(*reading.scores, PATH_WEIGHT)


def _rebuild(sections: Sequence[Section], readings: Iterable[_Reading]) -> tuple[Section, ...]:
    made: dict[str, Section] = {}
    for reading in readings:
        section = reading.section
        score, second = _verdict(reading)
        made[section.section_id] = replace(
            section,
            parent=made[section.parent.section_id] if section.parent else None,
            heading=reading.label,
            heading_score=score,
            heading_runner_up=second,
            items=() if reading.is_chapter or reading.label == 0 else _items(reading),
        )
    return tuple(made[section.section_id] for section in sections)


def _verdict(reading: _Reading) -> tuple[float, int | None]:
    """Return the score of the label and the next best heading, None where nothing else has evidence."""
    rest = list(reading.scores)
    mine, rest[reading.label] = rest[reading.label], 0.0
    second = _best(rest) if max(rest) > 0 else None
    if reading.by_form:
        return BY_FORM, second
    total = mine + sum(rest)
    if reading.label == 0 and total:  # a chapter over several headings: the surer, the less any of them prevails
        return round(1 - max(rest) / total, 4), second
    return round(mine / total, 4) if total else 0.0, second


def _items(reading: _Reading) -> tuple[ItemMatch, ...]:
    """Return the outline items that a unit of work speaks to, those of its own heading first."""
    parts = [reading, *reading.children]
    masses: dict[str, float] = {}
    for part in parts:
        for item, mass in part.items.items():
            masses[item] = masses.get(item, 0.0) + mass
    found = []
    for item, mass in masses.items():
        elsewhere = outline().item(item).heading != reading.label
        if mass >= (ITEM_LEAST_ELSEWHERE if elsewhere else ITEM_LEAST):
            found.append((elsewhere, -mass, int(item)))
    matches = []
    for _, minus, number in sorted(found)[:ITEMS_KEPT]:
        words = dict.fromkeys(word for part in parts for word in part.why.get(str(number), ()))
        matches.append(ItemMatch(str(number), round(minus / (minus - ITEM_DOUBT), 4), tuple(words)))
    return tuple(matches)


def _trust(masses: Sequence[float], doubt: float) -> float:
    total = sum(masses)
    return total / (total + doubt)


def _shares(masses: Sequence[float]) -> list[float]:
    total = sum(masses)
    return [mass / total for mass in masses] if total else [0.0] * LABELS


def _best(scores: list[float]) -> int:
    """Return the label with the highest score; of equal ones the lowest, so that runs agree."""
    return scores.index(max(scores))
