"""Which training passages a section is most like, by the words that they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Passages:
    """Training passages with their outline items, found by word.

    Shapes: N passages, W words, I items. The passages that a word stands in are ids[bounds[word]:bounds[word + 1]],
    each with the weight of the word in it; words of too many passages stand in none.
    """

    names: Sequence[str]  # document and opening words
    items: Floats  # (N, I), 1 where a reader gave the passage the item
    bounds: NDArray[np.int64]  # (W + 1,)
    ids: NDArray[np.int64]
    weights: Floats

    @classmethod
    def of(cls, held: Mapping[str, Any]) -> "Passages":
        """Return the passages that an archive holds."""
        return cls(
            names=[str(name) for name in held["names"]],
            items=np.asarray(held["items"], np.float64),
            bounds=np.asarray(held["bounds"], np.int64),
            ids=np.asarray(held["ids"], np.int64),
            weights=np.asarray(held["weights"], np.float64),
        )

    def likeness(self, rows: NDArray[np.int64], words: NDArray[np.int64], values: Floats, whole: Floats) -> Floats:
        """Return how much each section is like each passage, 0 to 1, (R, N).

        Args:
            rows: the section that each word stands in.
            words: which word it is.
            values: its weight.
            whole: which sections' words count for which section, (R, R).
        """
        kept = self.bounds[words + 1] > self.bounds[words]
        rows, words, values = rows[kept], words[kept], values[kept]
        lengths = self.bounds[words + 1] - self.bounds[words]
        firsts = np.repeat(self.bounds[words] - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
        places = firsts + np.arange(len(firsts))
        cells = np.repeat(rows, lengths) * len(self.names) + self.ids[places]
        shape = (len(whole), len(self.names))
        own = np.bincount(cells, np.repeat(values, lengths) * self.weights[places], shape[0] * shape[1]).reshape(shape)
        squares = np.bincount(rows, values**2, len(whole))
        total = own.copy()
        for row, other in np.argwhere(whole - np.eye(len(whole)) > 0):
            total[row] += own[other]
        size = np.sqrt(whole @ squares)
        return np.asarray(np.minimum(total / np.where(size > 0, size, 1.0)[:, None], 1.0), np.float64)
