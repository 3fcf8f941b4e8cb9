"""Trains the headings model on the bundled texts and on what users add, and judges it by folds of whole documents."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from pipeline.classify import as_decided
from pipeline.classify.archive import content_hash, read_archive
from pipeline.classify.items import item_ids
from pipeline.classify.model import ARCHIVE as SHIPPED
from pipeline.classify.model import Model
from pipeline.errors import InputError, ReferenceDataError
from pipeline.evaluate.headings import Calibration
from pipeline.resources import bundled
from pipeline.train.baselines import run_baselines
from pipeline.train.fitting import Example, example_of, fit, fit_pairs, judge_document, model_from
from pipeline.train.judging import (
    ItemsJudged,
    Judged,
    at_temperature,
    choose_temperature,
    choose_unsure,
    cut_bins,
    judge_items,
    judge_labels,
    top_two,
)
from pipeline.train.labelled import (
    Label,
    Labelled,
    Learnt,
    correct_bundled,
    read_annotated,
    read_labelled,
    read_learnt,
)

Floats = NDArray[np.float64]
Progress = Callable[[int, int, str], None]  # how many steps are done, how many there are, the next one

FOLDS = 5
ARCHIVE = SHIPPED[-1]  # the name of the file, in whatever folder
COMPARED = ("accepted", "macro_f1")
WORSE = 0.002  # by which one of these may fall before a model counts as worse
WORSE_HEADING = 0.03  # by which the F1 of a heading may


@dataclass(frozen=True, slots=True)
class Trial:
    """What models that had not seen a document said of it."""

    examples: tuple[Example, ...]
    folds: tuple[int, ...]
    headings: tuple[Floats, ...]  # a document each, (R, 11), before calibration
    items: tuple[Floats, ...]  # a document each, (R, items, evidence)


@dataclass(frozen=True, slots=True)
class Trained:
    """A model with what cross-validation by document says of it."""

    held: dict[str, Any]  # what the archive holds
    labels: tuple[Label, ...]  # of the bundled texts
    texts: Judged  # on corpora/headings
    documents: Judged  # on the bundled documents
    together: Judged
    unseen: Judged  # the bundled documents, all held out together
    baselines: Mapping[str, Judged]
    bins: Calibration
    top_two: float
    unsure_share: float
    unsure_accepted: float  # of the sections below the threshold
    sure_accepted: float
    items: ItemsJudged
    learnt: Learnt
    corrected: tuple[int, int]  # corrections that were right before, and by folds after
    missed: tuple[str, ...]  # corrections that the new model, which has seen them, still gets otherwise


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a training: the model, the one it was to replace, and whether it did."""

    trained: Trained
    before: Mapping[str, Any] | None  # figures of the model that was there
    hash: str | None  # of the model written, None where it was refused
    refusal: str = ""


def bundled_documents(corpora: Path) -> tuple[list[Labelled], list[Labelled]]:
    """Return the written paragraphs of `corpora/headings`, and the documents of `corpora/demo` with their gold."""
    return read_labelled(corpora / "headings"), read_annotated(corpora / "demo", corpora / "demo" / "gold")


def try_out(examples: Sequence[Example], extra: Sequence[Example] = (), progress: Progress | None = None) -> Trial:
    """Label each document by a model that has not seen it; what is *extra* only helps to train."""
    folds = tuple(place % FOLDS for place in range(len(examples)))
    headings: list[Floats] = [np.zeros((0, 0))] * len(examples)
    items: list[Floats] = [np.zeros((0, 0, 0))] * len(examples)
    for fold in range(FOLDS):
        known = [example for example, one in zip(examples, folds, strict=True) if one != fold]
        if progress:
            progress(fold, FOLDS + 1, f"fold {fold + 1}")
        model = model_from(fit([*known, *extra]))
        for place, example in enumerate(examples):
            if folds[place] == fold:
                found, evidence = judge_document(model, example)
                headings[place], items[place] = found, evidence.table
    return Trial(tuple(examples), folds, tuple(headings), tuple(items))


def train(
    texts: Sequence[Example], documents: Sequence[Example], learnt: Learnt, progress: Progress | None = None
) -> Trained:
    """Judge by folds, choose temperature and thresholds, and fit the model on everything."""
    corrections = [example_of(one) for one in learnt.documents if any(label.is_correction for label in one.labels)]
    weak = [example_of(one) for one in learnt.documents if not any(label.is_correction for label in one.labels)]
    trial = try_out([*texts, *documents, *corrections], weak, progress)
    bundled = len(texts) + len(documents)
    labels, raw = _flat(trial, range(bundled))
    temperature = choose_temperature(labels, raw)
    calibrated = [
        as_decided(example.prepared.decided, at_temperature(found, temperature))
        for example, found in zip(trial.examples, trial.headings, strict=True)
    ]
    trial = replace(trial, headings=tuple(calibrated))
    labels, found = _flat(trial, range(bundled))
    given = found.argmax(axis=1)
    unsure = choose_unsure(labels, found)
    doubtful = found.max(axis=1) < unsure
    good = np.array([label.accepts(int(heading)) for label, heading in zip(labels, given, strict=True)])
    pairs, items = _fit_pairs(trial, bundled)
    held = fit([*texts, *documents, *corrections, *weak])
    unseen = _judge_together(texts, documents)
    held |= {"pairs": pairs, "temperature": temperature, "unsure": unsure, "item_least": items.least}
    together = judge_labels(labels, list(given))
    held["judged"] = _figures(together)
    split = sum(len(example.labels) for example in texts)
    told = run_baselines(trial.examples[:bundled], trial.folds[:bundled], FOLDS)
    return Trained(
        held=held,
        labels=tuple(labels),
        texts=judge_labels(labels[:split], list(given[:split])),
        documents=judge_labels(labels[split:], list(given[split:])),
        together=together,
        unseen=unseen,
        baselines={name: judge_labels(labels, list(guesses)) for name, guesses in told.items()},
        bins=cut_bins(labels, found),
        top_two=top_two(labels, found),
        unsure_share=float(doubtful.mean()),
        unsure_accepted=float(good[doubtful].mean()) if doubtful.any() else 1.0,
        sure_accepted=float(good[~doubtful].mean()),
        items=items,
        learnt=learnt,
        corrected=_corrected(trial, range(len(trial.examples))),
        missed=tuple(_missed(model_from(held), [*documents, *corrections])),
    )


def _judge_together(texts: Sequence[Example], documents: Sequence[Example]) -> Judged:
    """Judge the bundled documents, which are alike, by a model that has seen none of them."""
    model = model_from(fit(texts))
    given = [_label_by(model, example)[example.rows] for example in documents]
    labels = [label for example in documents for label in example.labels]
    return judge_labels(labels, np.concatenate(given).tolist())


def _label_by(model: Model, example: Example) -> NDArray[np.int64]:
    """Return the heading that a model gives each section of a document, (R,)."""
    found, _ = judge_document(model, example)
    return np.asarray(as_decided(example.prepared.decided, found).argmax(axis=1), np.int64)


def _flat(trial: Trial, places: Sequence[int]) -> tuple[list[Label], Floats]:
    """Return all labels of some documents, and what was said of their sections, (number of labels, 11)."""
    labels = [label for place in places for label in trial.examples[place].labels]
    rows = [trial.headings[place][trial.examples[place].rows] for place in places]
    return labels, np.concatenate(rows) if rows else np.zeros((0, 11))


def _corrected(trial: Trial, places: Sequence[int]) -> tuple[int, int]:
    labels, found = _flat(trial, places)
    given = found.argmax(axis=1)
    human = [(label, int(heading)) for label, heading in zip(labels, given, strict=True) if label.is_correction]
    return sum(label.accepts(label.given) for label, _ in human), sum(label.accepts(one) for label, one in human)


def _missed(model: Model, examples: Sequence[Example]) -> Iterator[str]:
    """Yield the corrections that a model does not follow, each with what it gives instead."""
    for example in examples:
        if not any(label.is_correction for label in example.labels):
            continue
        headings = _label_by(model, example)
        for row, label in zip(example.rows, example.labels, strict=True):
            given = int(headings[row])
            if label.is_correction and given != label.heading:
                by_form = ", by the form of its chapter" if example.prepared.decided[row] is not None else ""
                where = f"{example.document.document.doc_id}/{label.section.section_id}"
                yield f"{where}: put right to {label.heading}, but the new model gives {given}{by_form}"


def _fit_pairs(trial: Trial, bundled: int) -> tuple[LogisticRegression, ItemsJudged]:
    """Fit how the evidence for an item adds up, on evidence from models that had not seen the document."""
    tables, asked, groups = [], [], []
    for place in range(bundled):
        example = trial.examples[place]
        for row, label in example.asked_for_items():
            tables.append(trial.items[place][row])
            asked.append([item in (label.items or ()) for item in item_ids()])
            groups.append(trial.folds[place])
    evidence, wanted, fold_of = np.array(tables), np.array(asked, np.bool_), np.array(groups)
    width = evidence.shape[2]
    found = np.zeros(wanted.shape)
    for fold in range(FOLDS):
        held = fold_of == fold
        model = fit_pairs(evidence[~held].reshape(-1, width), wanted[~held].ravel())
        found[held] = model.predict_proba(evidence[held].reshape(-1, width))[:, 1].reshape(-1, wanted.shape[1])
    return fit_pairs(evidence.reshape(-1, width), wanted.ravel()), judge_items(wanted, found, evidence[:, :, 0])


def _figures(judged: Judged) -> dict[str, Any]:
    """Return what a later model is compared with."""
    return {
        "strict": judged.strict,
        "accepted": judged.accepted,
        "macro_f1": judged.macro_f1,
        "f1": [one.f1 for one in judged.per_class],
    }


def run(
    corpora: Path,
    output: Path,
    *,
    exports: Sequence[Path] = (),
    corrections: Path | None = None,
    force: bool = False,
    progress: Progress | None = None,
    warn: Callable[[str], None] = print,
) -> Outcome:
    """Train on the bundled texts and on what users have, and write model, card and pictures to a folder.

    Args:
        corpora: the folder with headings, demo and demo/gold.
        output: the folder of the model, which may hold one already.
        exports: folders as `fazhi analyze` writes them; their official chapter titles are weak labels.
        corrections: JSON Lines of headings that people put right: doc_id, section_id, heading.
        force: replace the model that is there even by a worse one.
        progress: called before each fold.
        warn: called, before any training, with a sentence for each correction that fits nothing.
    Returns:
        What was learnt; a model worse than the one in *output* is not written, and `refusal` says by how much.
    """
    if corrections and not exports:
        raise InputError("expected --from EXPORT with --corrections: it has the text of the sections put right")
    replaced = _judged_before(output / ARCHIVE)
    before = replaced or _judged_before(bundled("models").joinpath(*SHIPPED[1:]))  # beside which the new one is told
    texts, documents = bundled_documents(corpora)
    documents, learnt = correct_bundled(documents, read_learnt(exports, corrections))
    for section in learnt.stale:
        warn(f"correction of {section}: the exports have no such section; it is left out")
    trained = train([example_of(one) for one in texts], [example_of(one) for one in documents], learnt, progress)
    figures = _figures(trained.together)
    if replaced and not force and (worse := _worse(replaced, figures)):
        return Outcome(trained, before, None, worse)
    trained.held["judged"] |= {"best": _best(replaced, figures, force)}
    output.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".model-", dir=output) as unfinished:  # all of it comes into place, or nothing
        digest = write_model(trained, Path(unfinished))
        for path in sorted(Path(unfinished).iterdir()):
            path.replace(output / path.name)
    return Outcome(trained, before, digest)


def write_model(trained: Trained, folder: Path) -> str:
    """Write archive, card and pictures; returns the hash of the content."""
    from pipeline.train.card import write_card

    save(trained.held, folder / ARCHIVE)
    digest = content_hash(folder / ARCHIVE)
    write_card(trained, digest, folder)
    return digest


def save(held: Mapping[str, Any], path: Path) -> None:
    """Write what an archive holds."""
    import zipfile

    import skops.io

    skops.io.dump(dict(held), path, compression=zipfile.ZIP_DEFLATED, compresslevel=9)


def _judged_before(path: Path) -> Mapping[str, Any] | None:
    if not path.exists():
        return None
    judged = read_archive(path).get("judged")
    if not isinstance(judged, dict) or not {"accepted", "macro_f1", "f1"} <= judged.keys():
        raise ReferenceDataError(f"{path}: expected a headings model with its figures; move it away to train anew")
    return judged


def _worse(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return in words which figures fell, an empty string where none did.

    Beside the best figures that a model in this place ever had, so that many small steps down do not add up.
    """
    best = before.get("best") or before
    fallen = [
        f"{name} fell from {best[name]:.4f} to {now[name]:.4f}" for name in COMPARED if now[name] < best[name] - WORSE
    ]
    for heading, (old, new) in enumerate(zip(before["f1"], now["f1"], strict=True)):
        if new < old - WORSE_HEADING:
            fallen.append(f"F1 of heading {heading} fell from {old:.4f} to {new:.4f}")
    return "; ".join(fallen)


def _best(before: Mapping[str, Any] | None, now: Mapping[str, Any], force: bool) -> dict[str, float]:
    """Return the best figures of the models that stood in one place; a model that was forced begins anew."""
    best = (before.get("best") or before) if before and not force else now
    return {name: max(float(best[name]), float(now[name])) for name in COMPARED}
