"""Which words differ between two versions of a sentence, so that a reader sees 90% become 95% at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A number changes as a whole, and so does a Latin word; Chinese changes by the character.
WORD = re.compile(r"[0-9]+(?:[.,，][0-9]+)*[%％‰]?|[A-Za-z]+|\s+|.", re.DOTALL)
SHORTEST_REST = 2  # words left alone between two that differ are marked with them: confetti cannot be read
MOST_MARKED = 0.75  # of the words of both; beyond, the two are different sentences and marks say nothing
MOST_PAIRS = 250_000  # of words compared; the effort grows with it, and what is longer is marked as a whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether the other text has it otherwise."""

    text: str
    is_marked: bool = False


def mark_differences(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces; joined, the pieces of each are that text.

    >>> [piece.text for piece in mark_differences("合格率达到90%以上", "合格率达到95%以上")[1] if piece.is_marked]
    ['95%']
    """
    old, new = WORD.findall(before), WORD.findall(after)
    if not old or not new:
        return _plain(before), _plain(after)
    blocks = list(_differing(old, new))
    marked = sum(old_end - old_start + new_end - new_start for old_start, old_end, new_start, new_end in blocks)
    if marked > MOST_MARKED * (len(old) + len(new)):
        return _plain(before), _plain(after)
    return (
        _pieces(old, [(start, end) for start, end, _, _ in blocks]),
        _pieces(new, [(start, end) for _, _, start, end in blocks]),
    )


def _plain(text: str) -> tuple[Piece, ...]:
    return (Piece(text),) if text else ()


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches that differ, those joined that only a short rest keeps apart."""
    held: tuple[int, int, int, int] | None = None
    for block in _blocks(old, new):
        if held and block[0] - held[1] < SHORTEST_REST:
            held = (held[0], block[1], held[2], block[3])
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    shortest = min(len(old), len(new))
    head = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    rest = shortest - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle) * len(other) > MOST_PAIRS:
        yield head, len(old) - tail, head, len(new) - tail
        return
    for tag, start, end, other_start, other_end in SequenceMatcher(None, middle, other, False).get_opcodes():
        if tag != "equal":
            yield head + start, head + end, head + other_start, head + other_end


def _pieces(words: Sequence[str], marked: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for start, end in marked:
        pieces += [Piece("".join(words[at:start])), Piece("".join(words[start:end]), True)]
        at = end
    pieces.append(Piece("".join(words[at:])))
    return tuple(piece for piece in pieces if piece.text)
