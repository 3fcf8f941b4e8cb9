"""How alike two texts are: shared words by their rarity, and words that keep the same company.

Rarity is TF-IDF over jieba's words and pairs of characters; company is LSA, its projection on the directions in which
the texts of our own vary most. `fazhi train similarity` fits both; their card lies beside them.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.classify.grams import words_of
from pipeline.classify.readings import UNHEARD
from pipeline.errors import NotFoundError, ReferenceDataError
from pipeline.resources import bundled
from pipeline.text import fold, is_chinese

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FOLDER = ("models", "similarity")
ARCHIVE = "model.npz"
DIGITS = 6
AT_ONCE = 256  # texts compared at a time
# Who leads or is responsible, in brackets or behind a colon: no word of it says what is done.
WHO = re.compile(
    r"[(（][^()（）]*(?:牵头|配合|负责|分工|责任(?:单位|部门|领导))[^()（）]*[)）]|"
    r"(?:牵头|责任|配合|主办|协办|实施|负责)(?:单位|部门|科室|领导)[:：][^。；;\n]*"
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Similarity:
    """A fitted likeness; V terms, K directions."""

    terms: Mapping[str, int]
    idf: Floats  # (V,)
    directions: Floats  # (V, K), of length 1 each
    share: float  # of the shared words in a likeness; the rest is of company
    digits: int = DIGITS  # kept of a likeness

    def likeness(self, texts_a: Sequence[str], texts_b: Sequence[str]) -> NDArray[np.float64]:
        """Return how alike each of *texts_a* is to each of *texts_b*, 0 to 1, (n, m).

        Equal texts have 1, texts without a common term and without common company 0, and an empty text 0 with all. Each
        pair is added up in an order of its own texts alone, so that it has one likeness in whatever company.
        """
        found = np.zeros((len(texts_a), len(texts_b)))
        vectors_b = list(self._vectors(texts_b))
        for start, (words_a, company_a) in self._vectors(texts_a):
            for place, (words_b, company_b) in vectors_b:
                shared = np.clip((words_a @ words_b.T).toarray(), 0, 1)
                beside = np.clip(_products(company_a, company_b), 0, 1)
                found[start : start + len(company_a), place : place + len(company_b)] = (
                    self.share * shared + (1 - self.share) * beside
                )
        return np.round(found, self.digits)

    def shared_words(self, text_a: str, text_b: str) -> list[str]:
        """Return the whole words that two texts share, the rarest first, without those of notes on who leads."""
        both = _words(text_a) & _words(text_b) & self.terms.keys()
        return sorted(both, key=lambda word: (-float(self.idf[self.terms[word]]), word))

    def _vectors(self, texts: Sequence[str]) -> Iterator[tuple[int, tuple["csr_matrix", Floats]]]:
        """Yield the texts as rows of length 1, by terms and by directions, AT_ONCE at a time with the first's place."""
        for start in range(0, len(texts), AT_ONCE):
            table = self._table(texts[start : start + AT_ONCE])
            yield start, (table, _unit(np.asarray(table @ self.directions, np.float64)))

    def _table(self, texts: Sequence[str]) -> "csr_matrix":
        """Return the weights of the terms in each text, rows of length 1, their columns in order, (n, V)."""
        from scipy.sparse import csr_matrix

        bounds, columns, weights = [0], [], []
        for text in texts:
            counted = Counter(place for term in terms_of(text) if (place := self.terms.get(term)) is not None)
            row = [(place, (1 + math.log(times)) * float(self.idf[place])) for place, times in sorted(counted.items())]
            length = math.sqrt(math.fsum(weight * weight for _, weight in row))
            columns += [place for place, _ in row]
            weights += [weight / length for _, weight in row]
            bounds.append(len(columns))
        return csr_matrix((np.array(weights), np.array(columns, np.int32), bounds), (len(texts), len(self.idf)))


def _unit(table: Floats) -> Floats:
    lengths = np.sqrt((table * table).sum(axis=1, keepdims=True))
    return np.asarray(table / np.where(lengths > 0, lengths, 1.0), np.float64)


def _products(table_a: Floats, table_b: Floats) -> Floats:
    """Return the product of each row with each, added up from the first column on: BLAS has another order by shape."""
    found = np.zeros((len(table_a), len(table_b)))
    for column_a, column_b in zip(table_a.T, table_b.T, strict=True):
        found += np.multiply.outer(column_a, column_b)
    return found


def _words(text: str) -> set[str]:
    plain = UNHEARD.sub("", fold(WHO.sub("\n", text)))
    words = words_of(plain)[1] if plain else ()
    return {word for word in words if len(word) > 1 and all(map(is_chinese, word))}


def terms_of(text: str) -> Iterator[str]:
    """Yield the terms of a text: words of two characters or more, and each pair of Chinese characters."""
    plain = UNHEARD.sub("", fold(text))
    for word in words_of(plain)[1] if plain else ():
        if len(word) > 2 and all(map(is_chinese, word)):
            yield word
    for first, second in pairwise(plain):
        if is_chinese(first) and is_chinese(second):
            yield first + second


@cache
def load_similarity(folder: Path | None = None) -> Similarity:
    """Return the likeness in a folder, or the shipped one, read on first use.

    Raises:
        NotFoundError: there is none.
        ReferenceDataError: the file is none.
    """
    path = (folder or bundled(*FOLDER)) / ARCHIVE
    try:
        with np.load(path, allow_pickle=False) as held:
            return similarity_of({name: held[name] for name in held.files})
    except FileNotFoundError as error:
        raise NotFoundError(f"{path}: there is no such model") from error
    except (OSError, ValueError, KeyError) as error:
        raise ReferenceDataError(f"{path}: expected a similarity model, but {error!r}") from error


def similarity_of(held: Mapping[str, NDArray[np.generic]]) -> Similarity:
    """Return the likeness that arrays hold, as `fazhi train similarity` made them."""
    terms = {term: place for place, term in enumerate(json.loads(bytes(np.asarray(held["terms"], np.uint8)).decode()))}
    idf = np.asarray(held["idf"], np.float64)
    directions = np.asarray(held["directions"], np.float64)
    if not len(terms) == len(idf) == len(directions):
        raise ValueError(f"{len(terms)} terms, {len(idf)} weights, {len(directions)} rows of directions")
    return Similarity(terms, idf, directions, float(held["share"]))


def content_hash(held: Mapping[str, NDArray[np.generic]]) -> str:
    """Return the sha256 of the arrays of a model, whenever and wherever they were saved."""
    digest = sha256()
    for name in sorted(held):
        array = np.ascontiguousarray(held[name])
        digest.update(f"{name}:{array.dtype.str}:{array.shape};".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()
