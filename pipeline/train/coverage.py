"""Trains the coverage model on documents whose items readers judged, and judges it by folds of whole documents.

The labelling model that gives the signs of a document here has not seen it: what is learnt from its certainty must
hold for documents that nobody has seen. Fitting these labelling models takes most of the time.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from pipeline.classify import label_sections
from pipeline.classify.items import item_ids
from pipeline.classify.model import Model, shipped
from pipeline.compare.evidence import PAIR_SIGNS, Evidence, weigh
from pipeline.compare.judgement import (
    DOCUMENT_SIGNS,
    SIGNS,
    STATES,
    WEIGHTS,
    Coverer,
    content_hash,
    document_signs,
    judge,
    model_of,
)
from pipeline.compare.passages import Paper, paper_of
from pipeline.errors import InputError
from pipeline.evaluate.cases import squeeze, squeezed_places
from pipeline.evaluate.coverage import Agreement, Given, agree, read_gold
from pipeline.extract import find_commitments
from pipeline.train.fitting import example_of, fit, model_from
from pipeline.train.headings import bundled_documents
from pipeline.train.labelled import Labelled

Floats = NDArray[np.float64]
Progress = Callable[[int, int, str], None]

LABEL_FOLDS = 4  # of the labelling models
FOLDS = 5
READER_C, JUDGE_C = 0.3, 0.7  # inverse strength of the L2 penalty: chosen by folds out of 0.3 and 1, 0.2 to 1
OWN = 1.2  # how freely an item may differ from the others: chosen by folds out of 0, 0.3, 0.6, 0.8, 1.2 and 1.6
ARGUABLE_PIECE, ARGUABLE = 0.5, 0.6  # weight of a judgement that a second reader might not share
DULL, THINNED = 0.03, 6  # pieces without words of an item and less likely are its own are thinned out to one in six
# Out of these the largest weight of a passing mention is chosen that costs no more macro F1 by folds than TOLERANCE,
# its standard error over documents: published papers have more passing mentions than the ones written here.
PARTIALS = (1.0, 1.5, 2.0, 2.5)
TOLERANCE = 0.012
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A document with its evidence, and what a reader says of it."""

    name: str
    paper: Paper
    evidence: Evidence
    given: Mapping[int, Given]  # by place of the item
    at: Mapping[int, frozenset[int]]  # pieces that the reader quotes


@dataclass(frozen=True, slots=True)
class Trained:
    """A model with what is known about how well it does."""

    held: dict[str, Any]
    documents: int
    judgements: int
    folds: Agreement  # all documents, each judged by a model that has not seen it
    demo_folds: Agreement  # of these the bundled documents
    demo_apart: Agreement  # the bundled documents by a model of the written ones alone
    seen: Agreement  # all documents by the model itself
    demo_seen: Agreement
    bins: tuple[tuple[float, float, int], ...]  # by folds: mean score, share not missing, judgements

    @property
    def weights(self) -> str:
        """The content of weights.json."""
        return json.dumps(self.held, ensure_ascii=False, indent=1) + "\n"

    @property
    def hash(self) -> str:
        """The sha256 of weights.json."""
        return content_hash(self.weights)


def read_cases(corpora: Path, progress: Progress | None = None) -> tuple[list[Case], list[Case]]:
    """Return the written documents and the bundled ones, with signs from labelling models that have not seen them."""
    texts, demo = bundled_documents(corpora)
    written = _by_document([one for path in sorted((corpora / "coverage").glob("*.jsonl")) for one in read_gold(path)])
    of_demo = _by_document(read_gold(corpora / "demo" / "gold" / "coverage.jsonl"))
    labelled = {one.document.doc_id: one for one in texts}
    if unknown := sorted(written.keys() - labelled.keys()):
        raise InputError(f"corpora/coverage: expected documents of corpora/headings, got {', '.join(unknown)}")
    examples, others = [example_of(one) for one in texts], [example_of(one) for one in demo]
    found: list[Case] = []
    for fold in range(LABEL_FOLDS):
        if progress:
            progress(fold, LABEL_FOLDS + 1, f"labelling model {fold + 1}")
        known = [one for place, one in enumerate(examples) if place % LABEL_FOLDS != fold]
        held_out = [one for place, one in enumerate(texts) if place % LABEL_FOLDS == fold]
        model = _labelling(fit([*known, *others]))
        found += [_case(one, model, one.document.doc_id, written) for one in held_out if one.document.doc_id in written]
    if progress:
        progress(LABEL_FOLDS, LABEL_FOLDS + 1, f"labelling model {LABEL_FOLDS + 1}")
    model = _labelling(fit(examples))
    stems = {one.document.name.rsplit(".", 1)[0]: one for one in demo}
    bundled = [_case(stems[name], model, name, of_demo) for name in sorted(of_demo)]
    return sorted(found, key=lambda case: case.name), bundled


def _by_document(given: Sequence[Given]) -> dict[str, list[Given]]:
    found: dict[str, list[Given]] = {}
    for one in given:
        found.setdefault(one.doc, []).append(one)
    return found


def _labelling(held: dict[str, Any]) -> Model:
    """Return a labelling model; how its evidence adds up, a dozen weights, is that of the shipped one."""
    weights, bias = shipped().pairs
    held["pairs"] = {"coef_": weights[None, :], "intercept_": np.array([bias])}
    return replace(model_from(held), temperature=shipped().temperature)


def _case(labelled: Labelled, model: Model, name: str, gold: Mapping[str, Sequence[Given]]) -> Case:
    document = labelled.document
    sections = label_sections(document, labelled.sections)
    values = [
        {
            "commitment_id": one.commitment_id, "value_start": one.value_start, "value_end": one.value_end,
            "indicators": one.indicators,
        }
        for one in find_commitments(document, sections)
    ]  # fmt: skip
    paper = paper_of(document, sorted(sections, key=lambda one: (one.start, -one.end, one.level)), values)
    place = {item: number for number, item in enumerate(item_ids())}
    given = {place[one.item]: one for one in gold[name]}
    text, places = squeezed_places(document.text)
    at = {item: frozenset(_quoted(paper, one, text, places)) for item, one in given.items()}
    return Case(name, paper, weigh(paper, model), given, at)


def _quoted(paper: Paper, one: Given, text: str, places: Sequence[int]) -> Iterator[int]:
    """Yield the pieces that hold most of what a reader quotes, at least the one with most of it."""
    if not one.evidence:
        return
    wanted = squeeze(one.evidence)
    start = text.find(wanted)
    if start < 0:
        raise InputError(f"coverage of {one.doc}, item {one.item}: {one.evidence!r} is not in the text")
    end = start + len(wanted)
    shares = [
        (min(end, places[piece.end]) - max(start, places[piece.start]), -number)
        for number, piece in enumerate(paper.pieces)
    ]
    most = max(shares)
    yield -most[1]
    yield from (-number for share, number in shares if share >= 0.4 * len(wanted) and number != most[1])


@dataclass(frozen=True, slots=True)
class Rows:
    """What the first step learns from: a row a piece and item."""

    table: NDArray[np.float32]
    covers: Floats
    cover_weights: Floats
    speaks: Floats
    speak_weights: Floats


def rows_of(case: Case) -> Rows:
    """Return the pieces of a document whose meaning a reader's judgement tells.

    Where an item is missing, no piece speaks to it; where it is only touched, none covers it and the quoted one speaks
    to it; where it is covered, the quoted piece covers it, and the others may or may not.
    """
    parts: list[tuple[Any, ...]] = []
    numbers = np.arange(len(case.paper.pieces))
    core, side = (PAIR_SIGNS.index(name) for name in ("core", "side"))
    likely, note = PAIR_SIGNS.index("probability"), SIGNS.index("note")
    for item, one in case.given.items():
        signs = case.evidence.signs[:, item]
        dull = (signs[:, core] == 0) & (signs[:, side] == 0) & (signs[:, likely] < DULL)
        told = (signs[:, note] == 0) & (~dull | ((numbers + item) % THINNED == 0))
        quoted = np.isin(numbers, list(case.at[item]))
        weight = np.where(dull, float(THINNED), 1.0) * (ARGUABLE_PIECE if one.alternatives else 1.0)
        nothing = np.zeros(len(numbers))
        kept, covers, speaks, speak_weights = told, nothing, nothing, weight
        if one.status == "partial":
            kept, speaks, speak_weights = told | quoted, quoted.astype(float), weight * quoted
        elif one.status == "covered":
            kept, covers, speaks = quoted, quoted.astype(float), quoted.astype(float)
        if kept.any():
            wide = _with_item(signs, item)[kept].astype(np.float32)
            parts.append((wide, covers[kept], weight[kept], speaks[kept], speak_weights[kept]))
    return Rows(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _with_item(signs: Floats, item: int) -> Floats:
    """Return the signs of pieces with those of their item alone beside them: offset, core words, how likely."""
    own = np.zeros((len(signs), 3, len(item_ids())))
    own[:, 0, item] = OWN
    own[:, 1, item] = OWN * signs[:, PAIR_SIGNS.index("core")]
    own[:, 2, item] = OWN * signs[:, PAIR_SIGNS.index("log to best")] / 3
    return np.concatenate([signs, own.reshape(len(signs), -1)], axis=1)


def _regression(table: Any, wanted: Any, weights: Any, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=3000, tol=1e-4).fit(table, wanted, sample_weight=weights)


def _weights(model: LogisticRegression, names: Sequence[str], parts: Sequence[str], scale: float) -> dict[str, Any]:
    """Return a regression as weights.json holds it: signs by name, then the parts that are an item's own."""
    values = [round(float(value), DIGITS) for value in model.coef_[0][: len(names)]]
    own = np.round(model.coef_[0][len(names) :].reshape(len(parts), -1) * scale, DIGITS)
    return {
        "bias": round(float(model.intercept_[0]), DIGITS),
        "signs": dict(zip(names, values, strict=True)),
        "items": {
            part: {item: float(value) for item, value in zip(item_ids(), row, strict=True)}
            for part, row in zip(parts, own, strict=True)
        },
    }


def fit_readers(rows: Sequence[Rows]) -> dict[str, Any]:
    """Fit the first step."""
    table = np.concatenate([one.table for one in rows])
    covers, speaks = (np.concatenate([getattr(one, name) for one in rows]) for name in ("covers", "speaks"))
    cover_weights, weights = (
        np.concatenate([getattr(one, name) for one in rows]) for name in ("cover_weights", "speak_weights")
    )
    told = weights > 0
    parts = ("offset", "core", "likely")
    return {
        "covers": _weights(_regression(table, covers, cover_weights, READER_C), SIGNS, parts, OWN),
        "speaks": _weights(_regression(table[told], speaks[told], weights[told], READER_C), SIGNS, parts, OWN),
    }


NEUTRAL = {
    "bias": 0.0,
    "signs": dict.fromkeys(DOCUMENT_SIGNS, 0.0),
    "items": {part: dict.fromkeys(item_ids(), 0.0) for part in ("offset", "best")},
}
JUDGE_OWN = (0.5, 0.25)  # how freely an item may differ in the second step: its offset, its best piece


def fit_judges(cases: Sequence[Case], readers: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Fit the second step on documents that the readers, by name of the document, have not seen."""
    tables, states, weights = [], [], []
    for case in cases:
        model = model_of({**readers[case.name], "found": NEUTRAL, "covered": NEUTRAL, "partial": 1.0})
        covers, speaks = model.covers.odds(case.evidence), model.speaks.odds(case.evidence)
        signs = document_signs(case.paper.document, case.evidence, covers, speaks)
        own = np.eye(len(item_ids()))
        best = own * np.clip(signs[:, :1] * 2, -2, 2)
        wide = np.concatenate([signs, own * JUDGE_OWN[0], best * JUDGE_OWN[1]], axis=1)
        for item, one in case.given.items():
            tables.append(wide[item])
            states.append(STATES.index(one.status))
            weights.append(ARGUABLE if one.alternatives else 1.0)
    table, state, weight = np.array(tables), np.array(states), np.array(weights)
    found = state > 0
    scale = np.repeat(JUDGE_OWN, len(item_ids()))
    return {
        "found": _judge_weights(_regression(table, found, weight, JUDGE_C), scale),
        "covered": _judge_weights(_regression(table[found], state[found] == 2, weight[found], JUDGE_C), scale),
    }


def _judge_weights(model: LogisticRegression, scale: Floats) -> dict[str, Any]:
    model.coef_[0][len(DOCUMENT_SIGNS) :] *= scale
    return _weights(model, DOCUMENT_SIGNS, ("offset", "best"), 1.0)


def fit_all(cases: Sequence[Case], rows: Mapping[str, Rows]) -> dict[str, Any]:
    """Fit both steps, the second on what readers say of documents that they have not seen."""
    readers: dict[str, Mapping[str, Any]] = {}
    for fold in range(FOLDS):
        known = fit_readers([rows[case.name] for place, case in enumerate(cases) if place % FOLDS != fold])
        readers |= {case.name: known for place, case in enumerate(cases) if place % FOLDS == fold}
    return {**fit_readers([rows[case.name] for case in cases]), **fit_judges(cases, readers), "partial": 1.0}


Found = dict[tuple[str, str], Floats]  # by document and item: chances of the states


def judge_cases(model: Coverer, cases: Sequence[Case]) -> Found:
    """Return what a model says of documents."""
    found: Found = {}
    for case in cases:
        chances = judge(model, case.paper.document, case.evidence).chances
        found |= {(case.name, item_ids()[item]): chances[item] for item in case.given}
    return found


def _states(found: Found, partial: float) -> dict[tuple[str, str], str]:
    return {key: STATES[int((chances * (1.0, partial, 1.0)).argmax())] for key, chances in found.items()}


def _given(cases: Sequence[Case]) -> list[Given]:
    return [replace(one, doc=case.name) for case in cases for one in case.given.values()]


def train(written: Sequence[Case], demo: Sequence[Case]) -> Trained:
    """Judge by folds, choose the weight of a passing mention, and fit the model on everything."""
    cases = [*written, *demo]
    rows = {case.name: rows_of(case) for case in cases}
    by_folds: Found = {}
    for fold in range(FOLDS):
        model = model_of(fit_all([case for place, case in enumerate(cases) if place % FOLDS != fold], rows))
        by_folds |= judge_cases(model, [case for place, case in enumerate(cases) if place % FOLDS == fold])
    given, of_demo = _given(cases), _given(demo)
    curve = {weight: agree(given, _states(by_folds, weight)).macro_f1 for weight in PARTIALS}
    partial = max(weight for weight, f1 in curve.items() if f1 >= max(curve.values()) - TOLERANCE)
    held = {**fit_all(cases, rows), "partial": partial}
    apart = _states(judge_cases(model_of(fit_all(written, rows)), demo), partial)
    seen = _states(judge_cases(model_of(held), cases), partial)
    told = _states(by_folds, partial)
    return Trained(
        held=held,
        documents=len(cases),
        judgements=len(given),
        folds=agree(given, told),
        demo_folds=agree(of_demo, told),
        demo_apart=agree(of_demo, apart),
        seen=agree(given, seen),
        demo_seen=agree(of_demo, seen),
        bins=tuple(_bins(given, by_folds)),
    )


BINS = 10


def _bins(given: Sequence[Given], found: Found) -> Iterator[tuple[float, float, int]]:
    scores = np.array([1 - found[one.doc, one.item][0] for one in given])
    right = np.array([one.status != "missing" for one in given], np.float64)
    for part in np.array_split(np.argsort(scores, kind="stable"), BINS):
        yield float(scores[part].mean()), float(right[part].mean()), len(part)


def run(corpora: Path, output: Path, progress: Progress | None = None) -> Trained:
    """Train on a folder of corpora, and write weights and card to another."""
    from pipeline.train.coverage_card import card

    trained = train(*read_cases(corpora, progress))
    output.mkdir(parents=True, exist_ok=True)
    (output / WEIGHTS).write_text(trained.weights, encoding="utf-8")
    (output / "README.md").write_text(card(trained), encoding="utf-8")
    return trained
