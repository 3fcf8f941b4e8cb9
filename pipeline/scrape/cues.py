"""The words of `cues.toml`, ready to search in folded titles."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?!\d{3})|二[〇○零0Oo][一二][〇○零0一二三四五六七八九]|十[二三四五六]五|一年来|五年"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of one weight."""

    group: str
    weight: float
    pattern: "re.Pattern[str] | None"
    unless: "re.Pattern[str] | None"


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at text[start:end]."""

    cue: Cue
    word: str
    start: int
    end: int


class Nation:
    """How documents of the centre are told, and the letters of the provinces in document numbers."""

    def __init__(self, table: dict[str, Any]) -> None:
        nation = table["national"]
        self.issuer = re.compile(rf'^(?:[《"“(\[]|关于|转发|印发|(?:19|20)\d\d年)*(?P<name>{nation["issuer"]})(?!门)')
        self.passed_on = re.compile(rf'(?:转发|印发)[《"“]*(?P<name>{nation["issuer"]})')
        self.label = re.compile(nation["label"])
        self.branch, self.bare = re.compile(nation["branch"]), re.compile(nation["bare"])
        self.number, self.publisher = re.compile(nation["number"]), re.compile(nation["publisher"])
        self.own, self.carried_out = re.compile(nation["own"]), re.compile(nation["carried_out"])
        self.abbreviations: dict[str, str] = table["abbreviations"]


class Cues:
    """All of `cues.toml`."""

    def __init__(self, table: dict[str, Any]) -> None:
        groups = ("topic", "genre", "against", "opening")
        rows = [(group, row) for group in groups for row in table[group]]
        self.cues = [Cue(group, row["weight"], _regex(row, "pattern"), _regex(row, "unless")) for group, row in rows]
        pairs = [(word, cue) for cue, (_, row) in zip(self.cues, rows, strict=True) for word in row.get("words", ())]
        self.words, self.owners = [word for word, _ in pairs], [cue for _, cue in pairs]
        self.automaton = AhoCorasick(self.words)
        self.subjects = [cue for cue in self.cues if cue.pattern and cue.group == "topic"]
        self.patterns = [cue for cue in self.cues if cue.pattern and cue.group in ("genre", "against")]
        self.openings = [cue for cue in self.cues if cue.group == "opening"]
        self.genres = tuple(word for word, cue in pairs if cue.group == "genre")
        self.general = re.compile(table["general"]["pattern"])
        self.genre = re.compile("|".join(sorted(map(re.escape, self.genres), key=len, reverse=True)))
        self.named, self.named_not = re.compile(table["named"]["pattern"]), tuple(table["named"]["not"])
        self.named_weight, self.stranger_weight = table["named"]["weight"], table["named"]["stranger"]
        self.other, self.either = (re.compile(table["broken"][name]) for name in ("other", "either"))
        self.begun, self.glue = tuple(table["broken"]["begun"]), re.compile(table["broken"]["glue"])
        self.column = {name: re.compile(pattern) for name, pattern in table["column"].items()}
        self.nation = Nation(table)

    def is_place(self, name: str) -> bool:
        """Say whether 法治 *name* can be of a place: 法治云岭, not 法治文化."""
        return not name.startswith(self.named_not) and not name.endswith(self.named_not)

    def find_words(self, text: str) -> Iterator[Hit]:
        """Yield the topics of a title, and the words for and against it; those that an `unless` undoes are left out."""
        for index, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            cue = self.owners[index]
            if not (cue.unless and cue.unless.search(text)):
                yield Hit(cue, self.words[index], start, end)
        yield from _matches(self.subjects, text)

    def find_patterns(self, text: str) -> Iterator[Hit]:
        """Yield what only patterns find for and against a title; most titles have no topic and need no such search."""
        return _matches(self.patterns, text)


def _matches(cues: Sequence[Cue], text: str) -> Iterator[Hit]:
    for cue in cues:
        assert cue.pattern is not None
        for match in cue.pattern.finditer(text):
            if not (cue.unless and cue.unless.search(text)):
                yield Hit(cue, match[0], *match.span())


def _regex(row: dict[str, Any], key: str) -> "re.Pattern[str] | None":
    return re.compile(row[key]) if key in row else None


@cache
def load_cues() -> Cues:
    """Return the cues, read once."""
    return Cues(tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8")))
