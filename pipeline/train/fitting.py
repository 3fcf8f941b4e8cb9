"""Fits the headings model: vocabulary, logistic regressions for headings and items, and the evidence for items."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from pipeline.classify import Prepared, prepare
from pipeline.classify.features import Edges, find_words
from pipeline.classify.grams import NEWLINE, Vocabulary, grams_of, words_of
from pipeline.classify.items import EVIDENCE, Evidence, item_ids, weigh_items
from pipeline.classify.model import Model, Texts, model_of, reckon
from pipeline.train.labelled import Label, Labelled

Floats = NDArray[np.float64]

LEAST_SECTIONS = 3  # that a gram or word must stand in
TEXT_SCALE = 8.0  # of words beside signs, which lie between 0 and 1: chosen by folds out of 1, 4, 6 and 8
HEADING_C, ITEM_C, PAIR_C = 3.0, 3.0, 1.0  # inverse strength of the L2 penalty
TOLERANCE = 1e-4
STEPS = 2000
GRID = 256.0  # coefficients are kept as multiples of 1/256, so that the last bits of a machine's arithmetic drop out
COMMON = 0.04  # of the passages: a word of more of them makes nothing alike
NAME_LENGTH = 24  # characters of a passage in the reasons for an item


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled document ready for training; rows[i] is the section of labels[i] among the readings."""

    document: Labelled
    prepared: Prepared
    rows: NDArray[np.int64]

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels, in the order of rows."""
        return self.document.labels

    @property
    def headings(self) -> NDArray[np.int64]:
        """The headings of the labels."""
        return np.array([label.heading for label in self.labels], np.int64)

    def asked_for_items(self) -> list[tuple[int, Label]]:
        """Return row and label of each section whose items a reader gave."""
        return [
            (int(row), label)
            for row, label in zip(self.rows, self.labels, strict=True)
            if label.items is not None and not self.prepared.readings[row].is_chapter
        ]


def example_of(document: Labelled) -> Example:
    """Read a labelled document the way that labelling will."""
    prepared = prepare(document.document, document.sections)
    place = {reading.section.section_id: row for row, reading in enumerate(prepared.readings)}
    return Example(
        document, prepared, np.array([place[label.section.section_id] for label in document.labels], np.int64)
    )


def fit(examples: Sequence[Example]) -> dict[str, Any]:
    """Fit headings and items; returns what the archive holds, pairs and thresholds still neutral."""
    vocabulary, idf = build_vocabulary(examples)
    texts = [texts_of(example, vocabulary, idf) for example in examples]
    designs = [design(example, text, vocabulary.size) for example, text in zip(examples, texts, strict=True)]
    return {
        "headings": _fit_headings(examples, designs),
        "items": _fit_items(examples, designs),
        "grams": vocabulary.keys,
        "words": np.array(list(vocabulary.words)),
        "idf": idf,
        "text_scale": TEXT_SCALE,
        "passages": gather_passages(examples, texts, vocabulary),
        "pairs": {"coef_": np.zeros((1, len(EVIDENCE))), "intercept_": np.zeros(1)},
        "temperature": 1.0,
        "unsure": 0.0,
        "item_least": 0.5,
    }


def model_from(held: dict[str, Any]) -> Model:
    """Return the model of what `fit` made, without a detour over a file."""
    return model_of({name: vars(part) if hasattr(part, "coef_") else part for name, part in held.items()})


def build_vocabulary(examples: Sequence[Example]) -> tuple[Vocabulary, NDArray[np.float32]]:
    """Return the grams and words of at least LEAST_SECTIONS sections, and how rare each is (smoothed idf)."""
    of_grams: Counter[int] = Counter()
    of_words: Counter[str] = Counter()
    count = 0
    for example in examples:
        text, owner = example.prepared.plain.text, example.prepared.layout.owner
        count += len(example.prepared.readings)
        starts, keys = grams_of(text)
        pairs = np.unique(np.stack([owner[starts], keys]), axis=1)
        of_grams.update(pairs[1].tolist())
        firsts, words = words_of(text)
        inside = {(place, word) for place, word in zip(owner[firsts].tolist(), words, strict=True) if _is_word(word)}
        of_words.update(word for _, word in inside)
    keys = np.array(sorted(key for key, times in of_grams.items() if times >= LEAST_SECTIONS), np.int64)
    words_kept = sorted(word for word, times in of_words.items() if times >= LEAST_SECTIONS)
    times = np.array([of_grams[key] for key in keys.tolist()] + [of_words[word] for word in words_kept], np.float64)
    vocabulary = Vocabulary(keys, {word: len(keys) + place for place, word in enumerate(words_kept)})
    return vocabulary, np.asarray(np.round(np.log((1 + count) / (1 + times)) + 1, 4), np.float32)


def _is_word(word: str) -> bool:
    """Say whether a word is worth a column beside the grams: no single character, number or line break."""
    return len(word) > 1 and not any(char.isdigit() or char == chr(NEWLINE) for char in word)


def texts_of(example: Example, vocabulary: Vocabulary, idf: NDArray[np.float32]) -> Texts:
    """Return the words of a document's sections."""
    prepared = example.prepared
    return Texts(find_words(prepared.plain, prepared.layout, vocabulary), prepared.layout, idf)


def design(example: Example, texts: Texts, size: int) -> sparse.csr_matrix:
    """Return the matrix that the regressions learn from: the title in words, all in words, then signs; (R, 2 V + S)."""
    layout, count = texts.layout, len(example.prepared.readings)

    def matrix(chosen: NDArray[np.int64]) -> sparse.csr_matrix:
        cells = (texts.values[chosen].astype(np.float64), (texts.rows[chosen], texts.columns[chosen]))
        return sparse.csr_matrix(cells, (count, size))

    own, titles = matrix(np.arange(len(texts.rows))), matrix(texts.titles)
    blocks = (titles, own + edges_of(layout.whole, count) @ own + edges_of(layout.titles, count) @ titles)
    scaled = [
        sparse.diags(TEXT_SCALE / length.ravel()) @ block for block, length in zip(blocks, texts.lengths, strict=True)
    ]
    return sparse.hstack([*scaled, sparse.csr_matrix(example.prepared.signs)]).tocsr()


def edges_of(edges: Edges, count: int) -> sparse.csr_matrix:
    """Return edges between sections as a matrix, (R, R), a row for the section that words count for."""
    return sparse.csr_matrix((np.ones(len(edges.targets)), (edges.targets, edges.sources)), (count, count))


def _fit_headings(examples: Sequence[Example], designs: Sequence[sparse.csr_matrix]) -> LogisticRegression:
    table = sparse.vstack([matrix[example.rows] for example, matrix in zip(examples, designs, strict=True)]).tocsr()
    weights = [label.weight for example in examples for label in example.labels]
    return _regression(table, np.concatenate([example.headings for example in examples]), np.array(weights), HEADING_C)


def _fit_items(examples: Sequence[Example], designs: Sequence[sparse.csr_matrix]) -> LogisticRegression:
    """Fit one item a section; one with several counts for each in part, one without for the class after the last."""
    place = {item: number for number, item in enumerate(item_ids())}
    rows, classes, weights = [], [], []
    for example, matrix in zip(examples, designs, strict=True):
        for row, label in example.asked_for_items():
            items = sorted(place[item] for item in label.items or ()) or [len(place)]
            rows += [matrix[row]] * len(items)
            classes += items
            weights += [label.weight / len(items)] * len(items)
    return _regression(sparse.vstack(rows).tocsr(), np.array(classes), np.array(weights), ITEM_C)


def _regression(table: Any, classes: NDArray[np.int64], weights: Floats, strength: float) -> LogisticRegression:
    """Fit a logistic regression whose coefficients are the same on every machine."""
    model = LogisticRegression(C=strength, max_iter=STEPS, tol=TOLERANCE)
    model.fit(table, classes, sample_weight=weights)
    settle(model)
    model.coef_ = model.coef_.astype(np.float32)
    return model


def fit_pairs(evidence: Floats, wanted: NDArray[np.bool_]) -> LogisticRegression:
    """Fit how the evidence for an item adds up: a row a pair of section and item, and whether the one speaks to it."""
    model = LogisticRegression(C=PAIR_C, max_iter=STEPS).fit(evidence, wanted)
    settle(model)
    return model


def settle(model: LogisticRegression) -> None:
    """Take from a fitted model what may differ from machine to machine: the last bits, and how many steps it took."""
    model.coef_ = np.round(model.coef_ * GRID) / GRID
    model.intercept_ = np.round(model.intercept_ * GRID) / GRID
    model.n_iter_ = np.zeros_like(model.n_iter_)


def gather_passages(examples: Sequence[Example], texts: Sequence[Texts], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the passages with items, and for each word the passages it stands in, as `Passages.of` takes them."""
    grams, words = len(vocabulary.keys), len(vocabulary.words)
    place = {item: number for number, item in enumerate(item_ids())}
    names, items, rows = [], [], []
    for example, text in zip(examples, texts, strict=True):
        asked = example.asked_for_items()
        are_words = text.columns >= grams
        cells = (text.values[are_words].astype(np.float64), (text.rows[are_words], text.columns[are_words] - grams))
        own = sparse.csr_matrix(cells, (len(example.prepared.readings), words))
        whole = (own + edges_of(text.layout.whole, text.layout.count) @ own).tocsr()
        for row, label in asked:
            section = label.section
            opening = " ".join(example.document.document.text[section.start : section.end].split())[:NAME_LENGTH]
            names.append(f"{opening}（{example.document.document.name.rsplit('.', 1)[0]}）")
            items.append([float(item in (label.items or ())) for item in place])
            rows.append(whole[row])
    table = sparse.vstack(rows).tocsc()
    common = np.diff(table.indptr) > max(1.0, COMMON * len(names))
    table = (table @ sparse.diags((~common).astype(np.float64))).tocsr()
    table.eliminate_zeros()
    size = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    table = (sparse.diags(1 / np.where(size > 0, size, 1.0)) @ table).tocsc()
    table.sort_indices()
    return {
        "names": np.array(names),
        "items": np.array(items, np.int8),
        "bounds": table.indptr.astype(np.int32),
        "ids": table.indices.astype(np.int32),
        "weights": np.round(table.data, 3).astype(np.float32),
    }


def judge_document(model: Model, example: Example) -> tuple[Floats, Evidence]:
    """Return what a model says of a document: probabilities of headings before calibration, and evidence for items."""
    texts = texts_of(example, model.vocabulary, model.idf)
    reckoned = reckon(model, texts, example.prepared.signs, len(item_ids()))
    return reckoned.headings, weigh_items(model, example.prepared.readings, texts, reckoned.headings, reckoned.items)
