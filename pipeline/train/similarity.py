"""Fits the likeness of texts on texts of our own: terms, their rarity, and the directions in which they vary."""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from pipeline.compare.similarity import ARCHIVE, Similarity, content_hash, similarity_of, terms_of
from pipeline.evaluate.sentences import read_sentences
from pipeline.reference import outline
from pipeline.train.labelled import Labelled, read_annotated, read_labelled

LEAST_TEXTS = 4  # that a term must stand in
DIRECTIONS = 64
SHARE = 0.8  # of shared words in a likeness: chosen out of SHARES by the table of the card, which is so in-sample
SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)
GRID = 4096.0  # of the directions, which are kept as halves: the last bits of a machine's arithmetic drop out
SHORT = 8  # characters; shorter texts say nothing


@dataclass(frozen=True, slots=True)
class Fitted:
    """A likeness with what it learnt from and how well it finds passages of one item."""

    held: Mapping[str, np.ndarray[Any, Any]]
    texts: int
    hash: str
    found: Mapping[float, float]  # by share: how often the most like paragraph of another document has the same item

    @property
    def model(self) -> Similarity:
        """The likeness."""
        return similarity_of(self.held)


def texts_of(corpora: Path) -> tuple[list[str], list[Labelled]]:
    """Return the texts to learn from, and the labelled documents among them."""
    labelled = read_labelled(corpora / "headings")
    demo = read_annotated(corpora / "demo", corpora / "demo" / "gold")
    texts = [piece for one in [*labelled, *demo] for piece in one.document.text.splitlines()]
    texts += [sentence.text for sentence in read_sentences(corpora / "sentences")]
    texts += [text for item in outline().items for text in (item.title, item.asks, "、".join(item.cue_terms))]
    return sorted({text for text in texts if len(text) >= SHORT}), labelled


def fit(texts: Sequence[str]) -> dict[str, np.ndarray[Any, Any]]:
    """Return the arrays of a likeness fitted on *texts*."""
    counted = [Counter(terms_of(text)) for text in texts]
    spread = Counter(term for counts in counted for term in counts)
    terms = sorted(term for term, times in spread.items() if times >= LEAST_TEXTS)
    place = {term: number for number, term in enumerate(terms)}
    idf = np.round(np.log((1 + len(texts)) / (1 + np.array([spread[term] for term in terms]))) + 1, 3)
    rows, columns, values = [], [], []
    for row, counts in enumerate(counted):
        for term, times in counts.items():
            if term in place:
                rows.append(row)
                columns.append(place[term])
                values.append((1 + np.log(times)) * idf[place[term]])
    table = sparse.csr_matrix((values, (rows, columns)), (len(texts), len(terms)))
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    table = sparse.diags(1 / np.where(lengths > 0, lengths, 1.0)) @ table
    _, strengths, directions = svds(table, k=DIRECTIONS, v0=np.ones(min(table.shape)))
    directions = directions[np.argsort(-strengths, kind="stable")].T
    # A direction and its opposite are one: its largest part is made positive.
    directions = directions * np.sign(directions[np.abs(directions).argmax(axis=0), np.arange(directions.shape[1])])
    return {
        "terms": np.frombuffer(json.dumps(terms, ensure_ascii=False).encode(), np.uint8),
        "idf": idf.astype(np.float32),
        "directions": (np.round(directions * GRID) / GRID).astype(np.float16),
        "share": np.array(SHARE),
    }


def judge(held: Mapping[str, np.ndarray[Any, Any]], labelled: Sequence[Labelled]) -> dict[float, float]:
    """Return for each share how often a paragraph's nearest one of another document has an item of it."""
    marked = list(_marked(labelled))
    names = np.array([name for name, _, _ in marked])
    items = [set(items) for _, _, items in marked]
    found = {}
    for share in SHARES:
        model = similarity_of({**held, "share": np.array(share)})
        texts = [text for _, text, _ in marked]
        likeness = model.likeness(texts, texts)
        likeness[names[:, None] == names[None, :]] = -1.0
        nearest = likeness.argmax(axis=1)
        found[share] = float(np.mean([bool(own & items[near]) for own, near in zip(items, nearest, strict=True)]))
    return found


def _marked(labelled: Sequence[Labelled]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield document, text and items of each paragraph that a reader gave items."""
    for one in labelled:
        for label in one.labels:
            if label.items:
                yield one.document.doc_id, one.document.text[label.section.start : label.section.end], label.items


def train(corpora: Path) -> Fitted:
    """Fit on the bundled texts, and judge by the paragraphs whose items readers gave."""
    texts, labelled = texts_of(corpora)
    held = fit(texts)
    return Fitted(held, len(texts), content_hash(held), judge(held, labelled))


def run(corpora: Path, output: Path) -> Fitted:
    """Train on a folder of corpora, and write model and card to another."""
    fitted = train(corpora)
    output.mkdir(parents=True, exist_ok=True)
    (output / ARCHIVE).write_bytes(packed(fitted.held))
    (output / "README.md").write_text(card(fitted), encoding="utf-8")
    return fitted


def packed(held: Mapping[str, np.ndarray[Any, Any]]) -> bytes:
    """Return arrays as the bytes of an .npz, the same ones whenever it is made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(held):
            array = io.BytesIO()
            np.save(array, np.asarray(held[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), array.getvalue())
    return file.getvalue()


def card(fitted: Fitted) -> str:
    """Return the model card."""
    terms = len(fitted.model.terms)
    rows = "\n".join(f"| {share:.1f} | {found:.3f} |" for share, found in fitted.found.items())
    return CARD.format(
        texts=fitted.texts, terms=terms, directions=DIRECTIONS, least=LEAST_TEXTS, share=SHARE, rows=rows,
        hash=fitted.hash,
    )  # fmt: skip


CARD = """# How alike two texts are

`load_similarity().likeness(texts_a, texts_b)`: 0 to 1, by shared words and by words that keep the same company. Gaps
against the tasks of a plan use it (`pipeline/compare/coverage_tasks.py`), and nothing else does.

- **Rebuild**: `fazhi train similarity` writes this folder anew, with the same content.
- **Data**: {texts} paragraphs and sentences of our own: `corpora/headings`, `corpora/demo`, `corpora/sentences` and the
  texts of `outline.yaml`.
- **Method**: TF-IDF over {terms} terms (words of jieba's dictionary with three characters or more, and pairs of Chinese
  characters, each in at least {least} texts; sublinear counts, smoothed idf), and LSA: the {directions} strongest
  directions of that table. A likeness is {share} of the cosine of the terms and the rest of the cosine of the
  directions, none of them below 0, to six digits.
  A pair is added up in an order of its own, so that it has one likeness in whatever company it is asked.
- **Judged** by paragraphs whose outline items a reader gave: how often the most like paragraph of another document has
  one of its items. The share below is that of the shared words. **In-sample**: terms, rarity and directions were fitted
  on these very paragraphs (not on their items), and the share of {share} was chosen by this table, so that new texts
  will do worse than its best row. No figure on unseen texts is known.
- **Limits**: figures count for nothing, and neither do words that the texts above lack. Two texts about one subject
  are alike though they ask the opposite.
- **Deterministic**: a fixed start of the iteration, directions on a grid of 1/4096. **sha256 of the arrays** `{hash}`.

| share of the shared words | nearest paragraph has an item in common |
|---|---|
{rows}
"""
