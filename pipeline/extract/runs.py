"""Runs: the stretches of a document that are read as one piece, each inside one section.

A run is a paragraph, or the part of one between two inline markers (一是…二是…). A paragraph that a footnote
interrupts is one run of two pieces, so that a comparator before the footnote still reaches the number after it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.records import Section
from pipeline.text import fold

FOOTNOTE = re.compile(r"\[\d{1,2}\]|[①-⑳]?注[::]|注\d")
# A line that breaks off before its number is no title, however it is marked.
BROKEN_OFF = re.compile(r"(?:[在至到为达于是的和与及、,(“《]|不[少低高多]于|不?超过|以[上下内]|各|每|共|约|近)$")
BEGINS_WITH_NUMBER = re.compile(r"[\d一二三四五六七八九十百零]+(?![、.])|[,、;。)”》]")
SENTENCE_END = re.compile(r"[。!?;:)”》]$")


@dataclass(frozen=True, slots=True)
class Run:
    """Folded text and the pieces of the document that it is made of, in order and half-open."""

    text: str
    pieces: tuple[tuple[int, int], ...]
    section: Section

    @property
    def start(self) -> int:
        """Where the run begins in the document."""
        return self.pieces[0][0]

    def at(self, place: int) -> int:
        """Return the document offset of a position in the run's text."""
        for start, end in self.pieces:
            if place < end - start:
                return start + place
            place -= end - start
        return self.pieces[-1][1]

    def places(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the spans of the run's text that document[start:end] covers."""
        before = 0
        for first, last in self.pieces:
            low, high = max(start, first), min(end, last)
            if low < high:
                yield before + low - first, before + high - first
            before += last - first

    def span(self, start: int, end: int, anchor: int) -> tuple[int, int]:
        """Return the document span of text[start:end], kept inside the piece that holds *anchor*."""
        before = 0
        for first, last in self.pieces:
            length = last - first
            if anchor < before + length:
                return first + max(0, start - before), first + min(length, end - before)
            before += length
        raise IndexError(f"anchor {anchor} is outside a run of {before} characters")


def innermost(sections: Sequence[Section], starts: Sequence[int]) -> Iterator[Section]:
    """Yield for each of the sorted *starts* the innermost section that contains it."""
    ordered = sorted(sections, key=lambda section: (section.start, -section.end))
    stack: list[Section] = []
    place = 0
    for start in starts:
        while place < len(ordered) and ordered[place].start <= start:
            stack.append(ordered[place])
            place += 1
        while stack and stack[-1].end <= start:
            stack.pop()
        # A closed child may lie under an open one only if spans overlap, which sections never do.
        yield stack[-1]


def is_title(run: Run) -> bool:
    """Say whether a run is a section's own title and nothing more; a number's line may yet be broken off: 控制在."""
    section = run.section
    if not section.title or run.start != section.start:
        return False
    if not section.number:
        return section.level > 0
    words = run.text[len(section.number) :].lstrip(" 、.)")
    return words == fold(section.title) and not BROKEN_OFF.search(words)


def goes_on(waiting: Run, words: str, owner: Section) -> bool:
    """Say whether a line goes on with a paragraph that a footnote has interrupted."""
    if "\t" in words or FOOTNOTE.match(words) or owner.number:
        return False
    return not is_title(waiting) or bool(BEGINS_WITH_NUMBER.match(words))


def find_runs(text: str, sections: Sequence[Section]) -> list[Run]:
    """Return the runs of a document's text, in order; blank ones are left out."""
    bounds = {0, len(text)}
    bounds.update(match.end() for match in re.finditer("\n", text))
    bounds.update(section.start for section in sections)
    starts = sorted(bounds)
    spans = [(start, end) for start, end in pairwise(starts) if text[start:end].strip()]
    owners = list(innermost(sections, [start for start, _ in spans]))
    folded = fold(text)
    runs: list[Run] = []
    waiting: Run | None = None  # a paragraph that a footnote has interrupted
    for (start, raw_end), owner in zip(spans, owners, strict=True):
        end = start + len(text[start:raw_end].rstrip("\n"))
        words = folded[start:end]
        if FOOTNOTE.match(words) and runs and not SENTENCE_END.search(runs[-1].text) and "\t" not in runs[-1].text:
            waiting = waiting or runs[-1]
            runs.append(Run(words, ((start, end),), owner))
        elif waiting is not None and goes_on(waiting, words, owner):
            runs[runs.index(waiting)] = Run(waiting.text + words, (*waiting.pieces, (start, end)), waiting.section)
            waiting = None
        else:
            waiting = waiting if FOOTNOTE.match(words) else None
            runs.append(Run(words, ((start, end),), owner))
    return runs
