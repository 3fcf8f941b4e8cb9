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

    def likeness(self, words: NDArray[np.int64], values: Floats, rows: NDArray[np.int64], count: int) -> Floats:
        """Return how much each section is like each passage, 0 to 1, (count, N).

        Args:
            words: the words of the sections.
            values: how rare each is.
            rows: the section that each stands in, 0 to count - 1.
            count: how many sections there are.
        """
        lengths = self.bounds[words + 1] - self.bounds[words]
        kept = lengths > 0
        rows, words, values, lengths = rows[kept], words[kept], values[kept], lengths[kept]
        firsts = np.repeat(self.bounds[words] - np.cumsum(lengths) + lengths, lengths)
        places = firsts + np.arange(len(firsts))
        cells = np.repeat(rows, lengths) * len(self.names) + self.ids[places]
        shared = np.repeat(values, lengths) * self.weights[places]
        alike = np.bincount(cells, shared, count * len(self.names)).reshape(count, len(self.names))
        size = np.sqrt(np.bincount(rows, values**2, count))
        return np.asarray(np.minimum(alike / np.where(size > 0, size, 1.0)[:, None], 1.0), np.float64)
