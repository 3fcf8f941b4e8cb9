"""The characters and words of a text as columns of a model's vocabulary, found in a few vector operations."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LENGTHS = (1, 2, 3)  # characters of a gram; four are nearly always a word
CODE_BITS = 21  # of a code point, so that three of them fit a signed 64-bit key
NEWLINE, ZERO, NINE = 10, 48, 57


@dataclass(frozen=True, slots=True)
class Found:
    """Occurrences of columns in a text; two arrays of one length, in no order that matters."""

    starts: NDArray[np.int64]
    columns: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The grams and words that have a column: grams first, in the order of their keys, then words."""

    keys: NDArray[np.int64]  # sorted
    words: Mapping[str, int]  # to its column

    @property
    def size(self) -> int:
        """How many columns there are."""
        return len(self.keys) + len(self.words)

    def find(self, text: str) -> Found:
        """Return where each gram and word of the vocabulary occurs in a *text*."""
        starts, keys = grams_of(text)
        if not len(starts) or not len(self.keys):
            return Found(np.zeros(0, np.int64), np.zeros(0, np.int64))
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[places] == keys
        word_starts, words = words_of(text)
        known_words = self.words.get
        columns = np.array([known_words(word, -1) for word in words], np.int64)
        named = columns >= 0
        return Found(
            np.concatenate([starts[known], word_starts[named]]), np.concatenate([places[known], columns[named]])
        )


def grams_of(text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return start and key of each gram of a *text* that stays within a line; all digits count as one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    codes[(codes >= ZERO) & (codes <= NINE)] = ZERO
    all_starts, all_keys = [], []
    for length in LENGTHS:
        count = len(codes) - length + 1
        if count <= 0:
            continue
        key = codes[:count].copy()
        inside = codes[:count] != NEWLINE
        for place in range(1, length):
            following = codes[place : place + count]
            key = (key << CODE_BITS) | following
            inside &= following != NEWLINE
        all_starts.append(np.flatnonzero(inside))
        all_keys.append(key[inside])
    if not all_starts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(all_starts), np.concatenate(all_keys)


def words_of(text: str) -> tuple[NDArray[np.int64], list[str]]:
    """Return the words of a *text*, as jieba's dictionary cuts it, and where each starts."""
    import rjieba  # reads its dictionary as it is imported

    words = rjieba.cut(text)
    ends = np.cumsum(np.fromiter(map(len, words), np.int64, len(words)))
    return np.concatenate([np.zeros(1, np.int64), ends[:-1]])[: len(words)], words
