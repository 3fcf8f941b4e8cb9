"""Learns from the tables of sentences how far to trust a commitment, by the signs that its record bears."""

import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from pipeline.evaluate.sentences import Sentence, compare, read_sentences
from pipeline.extract import find_commitments
from pipeline.extract.confidence import signs_of
from pipeline.segment import find_sections
from pipeline.train.rough import roughen

SEED = 20240101
ROUGH_COPIES = 2  # of each sentence, so that enough commitments are wrong to learn from
FOLDS = 5
BINS = 10  # of equal size in the reliability plot


@dataclass(frozen=True, slots=True)
class Sample:
    """Commitments found in sentences: their signs, whether each is right, and the sentence it came from."""

    signs: Sequence[frozenset[str]]
    right: np.ndarray
    groups: Sequence[str]


@dataclass(frozen=True, slots=True)
class Bin:
    """Commitments of about the same confidence, and how many of them are right."""

    confidence: float
    right: float
    size: int


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights with what cross-validation by sentence says of them."""

    bias: float
    signs: dict[str, float]
    sentences: int
    commitments: int
    base_rate: float
    calibration_error: float  # expected, over the bins
    brier: float
    auc: float
    bins: tuple[Bin, ...]

    def weights(self) -> str:
        """Return the content of weights.json."""
        body = {"bias": self.bias, "signs": dict(sorted(self.signs.items()))}
        return json.dumps(body, ensure_ascii=False, indent=1) + "\n"

    @property
    def hash(self) -> str:
        """The sha256 of weights.json."""
        return sha256(self.weights().encode()).hexdigest()


def take_sample(sentences: Sequence[Sentence]) -> Sample:
    """Read each sentence and rough copies of it, and note for each commitment found whether it is right."""
    signs: list[frozenset[str]] = []
    right: list[bool] = []
    groups: list[str] = []
    for sentence in sentences:
        for copy in copies(sentence):
            document = copy.document
            found = find_commitments(document, find_sections(document))
            good = {one.commitment_id for one in compare(copy, found, where_given=()).right}
            for one in found:
                signs.append(frozenset(signs_of(one, document)))
                right.append(one.commitment_id in good)
                groups.append(sentence.id)
    return Sample(signs, np.array(right), groups)


def copies(sentence: Sentence) -> Iterator[Sentence]:
    """Yield a sentence and its rough copies, the same ones every time."""
    yield sentence
    chance = random.Random(f"{SEED} {sentence.id}")
    for _ in range(ROUGH_COPIES):
        yield roughen(sentence, chance)


def train(sentences: Sequence[Sentence]) -> Trained:
    """Fit the weights on all of the sentences, and judge them by folds that keep the copies of a sentence together."""
    sample = take_sample(sentences)
    vectors = DictVectorizer(sort=True)
    table = vectors.fit_transform([dict.fromkeys(signs, 1.0) for signs in sample.signs])
    model = LogisticRegression(max_iter=2000)
    told = cross_val_predict(
        model, table, sample.right, groups=sample.groups, cv=GroupKFold(FOLDS), method="predict_proba"
    )[:, 1]
    model.fit(table, sample.right)
    bins = tuple(cut_bins(told, sample.right))
    return Trained(
        bias=round(float(model.intercept_[0]), 4),
        signs=dict(zip(vectors.get_feature_names_out(), (round(float(w), 4) for w in model.coef_[0]), strict=True)),
        sentences=len(sentences),
        commitments=len(sample.right),
        base_rate=float(sample.right.mean()),
        calibration_error=sum(one.size * abs(one.confidence - one.right) for one in bins) / len(sample.right),
        brier=float(brier_score_loss(sample.right, told)),
        auc=float(roc_auc_score(sample.right, told)),
        bins=bins,
    )


def cut_bins(told: np.ndarray, right: np.ndarray) -> Iterator[Bin]:
    """Yield bins of equal size in the order of confidence."""
    order = np.argsort(told, kind="stable")
    for part in np.array_split(order, BINS):
        yield Bin(float(told[part].mean()), float(right[part].mean()), len(part))


def run(sentences: Path, output: Path) -> Trained:
    """Train on the tables in a folder, and write weights, card and reliability plot to another."""
    trained = train(read_sentences(sentences))
    output.mkdir(parents=True, exist_ok=True)
    (output / "weights.json").write_text(trained.weights(), encoding="utf-8")
    (output / "README.md").write_text(card(trained), encoding="utf-8")
    draw(trained.bins, output / "reliability.png")
    return trained


def card(trained: Trained) -> str:
    """Return the model card."""
    rows = "\n".join(f"| {one.confidence:.3f} | {one.right:.3f} | {one.size} |" for one in trained.bins)
    return CARD.format(
        sentences=trained.sentences, commitments=trained.commitments, copies=ROUGH_COPIES, seed=SEED, folds=FOLDS,
        wrong=1 - trained.base_rate, error=trained.calibration_error, brier=trained.brier, auc=trained.auc, rows=rows,
        hash=trained.hash,
    )  # fmt: skip


CARD = """# How far to trust a commitment

`confidence` of a commitment: the probability that its type, stance, comparator, value, unit, period and dates are all
right. Its subject, bodies and indicators are no part of it; indicators have a score of their own.

- **Rebuild**: `fazhi train confidence` writes this folder anew, with the same content.
- **Data**: the {sentences} rows of `corpora/sentences`, each as it stands and in {copies} rough copies: a pause lost, a
  character lost, doubled, misread or moved, a stray blank, never inside a value, and now and then a document without
  year or kind. {commitments} commitments were found, {wrong:.1%} of them wrong.
- **Method**: logistic regression (scikit-learn, L2, C = 1) on the signs that a record bears: its rule, stance and
  comparator; whether it lacks a unit, a subject or an Arabic digit; a long quote, many numbers, odd characters beside
  the value; an unknown kind or year. `weights.json` holds a weight a sign and is all that use needs. A rule that the
  sentences never need (rows of tables) is trusted as little as the least trusted one.
- **Judged** by {folds} folds that keep a sentence and its copies together: expected calibration error {error:.3f} over
  ten bins of equal size, Brier score {brier:.3f}, area under the ROC curve {auc:.2f}.
- **Limits**: the rules were written with these sentences at hand, so what is wrong in them is mostly what the rough
  copies spoil. A document of a new layout may be worse than its commitments say, and a value that no rule finds has
  no confidence at all. It ranks what to check first; it does not replace checking.
- **Seed** {seed}. **sha256 of weights.json** `{hash}`.

![Confidence against the share that is right](reliability.png)

| mean confidence of the bin | share right | commitments |
|---|---|---|
{rows}
"""


def draw(bins: Sequence[Bin], path: Path) -> None:
    """Draw the share of commitments that are right against their mean confidence."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.8, 4.8), layout="constrained")
    axes = figure.subplots()
    low = math.floor(10 * min(*(one.right for one in bins), *(one.confidence for one in bins))) / 10
    axes.plot((low, 1), (low, 1), color="#999999", linewidth=1, label="perfectly calibrated")
    axes.plot([one.confidence for one in bins], [one.right for one in bins], "o-", color="#9c2f2f", label="measured")
    axes.set_xlabel("confidence (mean of a tenth of the commitments)")
    axes.set_ylabel("share that is right")
    axes.set_xlim(low, 1)
    axes.set_ylim(low, 1)
    axes.grid(color="#eeeeee")
    axes.legend(frameon=False, loc="upper left")
    figure.savefig(path, dpi=120, metadata={"Software": None})  # no version in it: the same figures, the same bytes
