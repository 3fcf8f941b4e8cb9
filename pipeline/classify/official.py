"""Chapters that print the titles of an official outline, today's or one of an earlier era."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.classify.readings import UNHEARD, Reading
from pipeline.reference import outline
from pipeline.text import fold

ALIKE = 0.6  # of the character pairs: 健全完善行政决策程序体系 is 健全行政决策制度体系, 完善监督机制 is not
MIRROR = 6  # of the ten titles: a document that prints so many has the outline's own chapters
LONGEST = 60  # characters; no official title is longer
SHORTEST = 8  # characters; 总体要求 is anybody's
CHAPTERS = (1, 2)  # levels of a section that may be one


@dataclass(frozen=True, slots=True)
class Printed:
    """What official titles the chapters of a document print."""

    headings: list[int]  # of each section, 0 where neither it nor a chapter above prints an official title
    mirrors: bool  # the chapters are those of the outline in force since 2021


def read_printed(readings: Sequence[Reading]) -> Printed:
    """Return the headings of the official titles that chapters print; what stands in such a chapter has its heading.

    Args:
        readings: the sections, parents before children.
    """
    found: dict[int, int] = {}
    headings, current = [], set()
    for reading in readings:
        heading = found.get(id(reading.parent), 0)
        if not heading and reading.section.level in CHAPTERS and (title := _nearest(reading.section.title)):
            heading = title.heading
            if title.is_current:
                current.add(heading)
        found[id(reading)] = heading
        headings.append(heading)
    return Printed(headings, len(current) >= MIRROR)


def heading_of_title(title: str) -> int:
    """Return the heading of which *title* is the official title, today's or an earlier one, 0 if of none.

    >>> heading_of_title("健全完善突发事件应对体系，依法预防处置重大突发事件")
    6
    """
    found = _nearest(title)
    return found.heading if found else 0


@dataclass(frozen=True, slots=True, eq=False)
class _Title:
    heading: int
    is_current: bool  # of the outline in force since 2021
    size: int  # in pairs of characters


def _nearest(title: str) -> _Title | None:
    """Return the official title that shares the most pairs of characters with *title*, None if too few."""
    if not SHORTEST <= len(title) <= LONGEST:
        return None
    known = _titles_by_pair()
    pairs = _pairs(UNHEARD.sub("", fold(title)).strip("。.;:,、"))
    shared = Counter(official for pair in pairs for official in known.get(pair, ()))
    best = max(shared, key=lambda official: shared[official] / (len(pairs) + official.size), default=None)
    return best if best and 2 * shared[best] / (len(pairs) + best.size) >= ALIKE else None


def _pairs(key: str) -> set[str]:
    return {key[place : place + 2] for place in range(len(key) - 1)}


@cache
def _titles_by_pair() -> dict[str, list[_Title]]:
    """Return the official titles that stand for one heading, by each pair of characters in them."""
    current = {heading.title: (heading.id, True) for heading in outline().headings}
    old = {one.title: (one.headings[0], False) for one in outline().legacy if len(one.headings) == 1}
    by_pair: dict[str, list[_Title]] = {}
    for title, (heading, is_current) in (old | current).items():
        key = UNHEARD.sub("", fold(title))
        if heading and len(key) >= SHORTEST:
            official = _Title(heading, is_current, len(_pairs(key)))
            for pair in sorted(_pairs(key)):
                by_pair.setdefault(pair, []).append(official)
    return by_pair
