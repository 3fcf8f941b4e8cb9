"""The words that speak to the items of the outline in earnest, or only touch them, found in the pieces of a document.

`reference/substance.yaml` has them as patterns: groups of words, one of each of which must stand in a piece.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from operator import and_, or_

import numpy as np
import yaml
from ahocorasick_rs import AhoCorasick, MatchKind
from numpy.typing import NDArray

from pipeline.classify.items import item_ids
from pipeline.classify.readings import UNHEARD
from pipeline.errors import ReferenceDataError
from pipeline.text import fold

FILE = "substance.yaml"
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Groups of words: one of each of *needs* must stand in a piece, and none of *bars*."""

    item: int  # place of the item
    is_core: bool
    needs: tuple[int, ...]  # places of groups
    bars: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All patterns, with one automaton over their words."""

    patterns: tuple[Pattern, ...]
    groups: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    of_words: tuple[tuple[int, ...], ...]  # by word: the groups it is in
    automaton: AhoCorasick


@dataclass(frozen=True, slots=True)
class Heard:
    """What the patterns say of P pieces; counts, (P, items)."""

    core: NDArray[np.float64]  # patterns whose words all stand in the piece, or but for those a title lends
    own: NDArray[np.float64]  # the former alone
    side: NDArray[np.float64]
    words: tuple[frozenset[int], ...]  # by piece: the words that stand in it


@cache
def lexicon() -> Lexicon:
    """Return the patterns of the shipped file.

    Raises:
        ReferenceDataError: an item is missing, or a pattern has an empty part.
    """
    rows = yaml.safe_load(files("pipeline.reference").joinpath(FILE).read_text(encoding="utf-8"))["items"]
    if sorted(rows, key=int) != list(item_ids()):
        raise ReferenceDataError(f"{FILE}, items: expected the ids 1 to {len(item_ids())}, got {', '.join(rows)}")
    groups: dict[tuple[str, ...], int] = {}
    patterns = tuple(
        _pattern(text, place, kind == "core", groups)
        for place, item in enumerate(item_ids())
        for kind in ("core", "side")
        for text in rows[item][kind]
    )
    of_words: dict[str, list[int]] = {}
    for group, number in groups.items():
        for word in group:
            of_words.setdefault(word, []).append(number)
    words = tuple(sorted(of_words))
    return Lexicon(
        patterns, tuple(groups), words, tuple(tuple(of_words[word]) for word in words),
        AhoCorasick(list(words), matchkind=MatchKind.Standard),
    )  # fmt: skip


def _pattern(text: str, item: int, is_core: bool, groups: dict[tuple[str, ...], int]) -> Pattern:
    asked, _, barred = text.partition(" - ")
    needs = tuple(_group(part, text, groups) for part in asked.split(" + "))
    return Pattern(item, is_core, needs, (_group(barred, text, groups),) if barred else ())


def _group(text: str, pattern: str, groups: dict[tuple[str, ...], int]) -> int:
    words = tuple(dict.fromkeys(UNHEARD.sub("", fold(word)) for word in text.split("|")))
    if not all(words):
        raise ReferenceDataError(f"{FILE}, {pattern}: expected words between | and +")
    return groups.setdefault(words, len(groups))


def hear(pieces: Sequence[str], titles: Sequence[str]) -> Heard:
    """Return which patterns hold in each of the *pieces*, all but one part of which the title above it may lend."""
    known = lexicon()
    found, words = _groups_in(known, pieces)
    unique = list(dict.fromkeys(titles))
    lent = _groups_in(known, unique)[0][[unique.index(title) for title in titles]] if pieces else found
    here, together = _places(found), _places(found | lent)
    core, own, side = (np.zeros((len(pieces), len(item_ids()))) for _ in range(3))
    for pattern in known.patterns:
        holds = reduce(and_, (together[need] for need in pattern.needs))
        if not holds:
            continue
        holds &= reduce(or_, (here[need] for need in pattern.needs))
        holds &= ~reduce(or_, (here[bar] for bar in pattern.bars), 0)
        alone = holds & reduce(and_, (here[need] for need in pattern.needs))
        if pattern.is_core:
            core[:, pattern.item] += _flags(holds, len(pieces))
            own[:, pattern.item] += _flags(alone, len(pieces))
        else:
            side[:, pattern.item] += _flags(alone, len(pieces))
    return Heard(core, own, side, words)


def _places(found: Bools) -> list[int]:
    """Return for each column the rows where it is true, as the bits of a number: far quicker to join than columns."""
    packed = np.packbits(found.T, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]


def _flags(rows: int, count: int) -> Bools:
    """Return the bits of a number as flags."""
    held = np.frombuffer(rows.to_bytes((count + 7) // 8, "little"), np.uint8)
    return np.unpackbits(held, count=count, bitorder="little").astype(np.bool_)


def _groups_in(known: Lexicon, texts: Sequence[str]) -> tuple[Bools, tuple[frozenset[int], ...]]:
    """Return which groups have a word in each text, (texts, groups), and the words."""
    found = np.zeros((len(texts), len(known.groups)), np.bool_)
    words = []
    for row, text in enumerate(texts):
        here = {index for index, _, _ in known.automaton.find_matches_as_indexes(text, overlapping=True)}
        words.append(frozenset(here))
        for index in here:
            found[row, list(known.of_words[index])] = True
    return found, tuple(words)


def words_for(item: int, words: frozenset[int], title: str) -> list[str]:
    """Return the words in a piece, with its *title*, that make patterns of an item hold, the longest first."""
    known = lexicon()
    title_words = {index for index, _, _ in known.automaton.find_matches_as_indexes(title, overlapping=True)}
    said: dict[str, None] = {}
    for pattern in known.patterns:
        if pattern.item != item:
            continue
        sets = [{index for index in words if need in known.of_words[index]} for need in pattern.needs]
        lent = [{index for index in title_words if need in known.of_words[index]} for need in pattern.needs]
        if not any(sets) or not all(own or other for own, other in zip(sets, lent, strict=True)):
            continue
        for own, other in zip(sets, lent, strict=True):
            said.update(dict.fromkeys(known.words[index] for index in sorted(own or other)))
    return sorted(
        (word for word in said if not any(word != other and word in other for other in said)),
        key=lambda word: (-len(word), word),
    )
