"""The stretches of a run between two commas, the mentions that begin in each, and what is known of values before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.mentions import Mention
from pipeline.records import Comparator, ValueType

STOP = re.compile(r"[。!?]")
COMMA = re.compile(r"[,;:。!?]")


@dataclass(slots=True)
class Clause:
    """The stretch between two commas, and the places of the mentions that begin in it."""

    start: int
    end: int
    sentence: int
    marks: list[int]
    number: int  # its place among the clauses of the run


def split_clauses(text: str, mentions: Sequence[Mention]) -> list[Clause]:
    """Split folded text at commas and stops that lie in no mention, and deal the mentions out."""
    covered = bytearray(len(text) + 1)
    for mention in mentions:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    clauses: list[Clause] = []
    start, sentence = len(text) - len(text.lstrip()), 0  # a section's number stands there as blanks
    for match in COMMA.finditer(text):
        if covered[match.start()]:
            continue
        clauses.append(Clause(start, match.start(), sentence, [], len(clauses)))
        start = match.end()
        sentence += bool(STOP.match(match[0]))
    clauses.append(Clause(start, len(text), sentence, [], len(clauses)))
    place = 0
    for number, mention in enumerate(mentions):
        while place + 1 < len(clauses) and mention.core >= clauses[place].end + 1:
            place += 1
        clauses[place].marks.append(number)
    return clauses


class Told(Protocol):
    """What is known of a value that was read before."""

    @property
    def subject(self) -> str:
        """What it measures."""

    @property
    def start(self) -> int:
        """Where its clause begins."""

    @property
    def value_start(self) -> int:
        """Where its words begin."""

    @property
    def type(self) -> ValueType:
        """Its kind."""

    @property
    def value(self) -> float | None:
        """How much it is."""

    @property
    def unit(self) -> str | None:
        """In what it counts."""

    @property
    def comparator(self) -> Comparator | None:
        """How it compares or changes."""


def is_count(told: Told) -> bool:
    """Say whether a value counts something, and is no change and no universal."""
    return told.type == "quantity" and told.comparator not in ("increase", "decrease")
