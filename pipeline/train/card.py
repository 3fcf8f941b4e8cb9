"""The card of the headings model: what it learnt from, how well it does, and where it fails; with two pictures."""

from pathlib import Path

import numpy as np
from sklearn.metrics import cohen_kappa_score

from pipeline.classify.readings import LABELS
from pipeline.evaluate.calibration import calibration_error
from pipeline.evaluate.headings import Calibration
from pipeline.reference import outline
from pipeline.train import fitting, headings
from pipeline.train.judging import SURE, Judged, greater_error
from pipeline.train.labelled import STRONG, WEAK

CONFUSION, RELIABILITY, CARD_FILE = "confusion.png", "reliability.png", "README.md"


def write_card(trained: "headings.Trained", digest: str, folder: Path) -> None:
    """Write README.md, confusion.png and reliability.png to a model's folder."""
    (folder / CARD_FILE).write_text(card(trained, digest), encoding="utf-8")
    draw_confusion(trained.together, folder / CONFUSION)
    draw_reliability(trained.bins, folder / RELIABILITY)


def class_names() -> list[str]:
    """Return the headings 0 to 10 in English words of a key."""
    return ["none", *(heading.key.replace("_", " ") for heading in outline().headings)]


def card(trained: "headings.Trained", digest: str) -> str:
    """Return the text of the card."""
    strict_error, accepted_error = map(calibration_error, trained.bins)
    held = trained.held
    best = max(trained.baselines.values(), key=lambda judged: judged.macro_f1)
    return CARD.format(
        paragraphs=trained.texts.asked,
        sections=trained.documents.asked,
        agreement=_agreement(trained),
        learnt=_learnt(trained),
        words=len(held["grams"]) + len(held["words"]),
        grams=len(held["grams"]),
        least=fitting.LEAST_SECTIONS,
        strength=fitting.HEADING_C,
        folds=headings.FOLDS,
        figures="\n".join(
            _row(name, judged)
            for name, judged in (
                ("written paragraphs", trained.texts),
                ("bundled documents", trained.documents),
                ("bundled documents, all held out together", trained.unseen),
                ("**all**", trained.together),
                *trained.baselines.items(),
            )
        ),
        ahead=trained.together.macro_f1 - best.macro_f1,
        ahead_accepted=trained.together.accepted - max(one.accepted for one in trained.baselines.values()),
        classes="\n".join(
            f"| {number} | {name} | {rates.precision:.3f} | {rates.recall:.3f} | {rates.f1:.3f} | {asked} |"
            for number, (name, rates, asked) in enumerate(
                zip(class_names(), trained.together.per_class, trained.together.confusion.sum(axis=1), strict=True)
            )
        ),
        top_two=trained.top_two,
        temperature=held["temperature"],
        strict_error=strict_error,
        accepted_error=accepted_error,
        bins="\n".join(
            f"| {one.probability:.3f} | {one.right:.3f} | {other.right:.3f} | {one.size} |"
            for one, other in zip(*trained.bins, strict=True)
        ),
        unsure=held["unsure"],
        aim=SURE,
        share=trained.unsure_share,
        below=trained.unsure_accepted,
        above=trained.sure_accepted,
        item_sections=trained.items.sections,
        item_pairs=trained.items.pairs,
        item_least=trained.items.least,
        item_p=trained.items.rates.precision,
        item_r=trained.items.rates.recall,
        item_f=trained.items.rates.f1,
        cue_f=trained.items.cues_alone.f1,
        digest=digest,
    )


def tell(outcome: "headings.Outcome") -> str:
    """Return in lines how well the new model does by folds, heading by heading beside the model that was there."""
    trained, before = outcome.trained, outcome.before
    lines = [
        f"{trained.texts.asked} paragraphs and {trained.documents.asked} sections of bundled documents, "
        f"by {headings.FOLDS} folds: strict {trained.together.strict:.3f}, accepted {trained.together.accepted:.3f}, "
        f"macro F1 {trained.together.macro_f1:.3f}, calibration error {greater_error(trained.bins):.3f}",
        _learnt(trained),
        "heading                 F1 before     now  change" if before else "heading                        F1",
    ]
    for number, (name, rates) in enumerate(zip(class_names(), trained.together.per_class, strict=True)):
        old = f"{before['f1'][number]:13.3f}" if before else ""
        change = f"{rates.f1 - before['f1'][number]:+8.3f}" if before else ""
        lines.append(
            f"{number:>2} {name:<20}{old}{rates.f1:8.3f}{change}" if before else f"{number:>2} {name:<24}{rates.f1:.3f}"
        )
    return "\n".join(lines)


def _learnt(trained: "headings.Trained") -> str:
    learnt = trained.learnt
    if not learnt.sections:
        return "Nothing else: no exports and no corrections."
    before, after = trained.corrected
    return (
        f"Of {learnt.sections} sections of exports, {learnt.weak} under official chapter titles (weight {WEAK}) and "
        f"{learnt.strong} that people put right (weight {STRONG}); of the latter {before} had been right before, and "
        f"{after} are, by models that had not seen them."
    )


def _agreement(trained: "headings.Trained") -> str:
    labels = [label for label in trained.labels if label.second is not None]
    if not labels:
        return ""
    first, second = [label.heading for label in labels], [label.second for label in labels]
    same = sum(one == other for one, other in zip(first, second, strict=True)) / len(labels)
    return (
        f"A second reader, who saw no labels, read {len(labels)} of the paragraphs and gave {same:.1%} of them the "
        f"same heading (Cohen's kappa {cohen_kappa_score(first, second):.3f}); a differing one is an alternative now."
    )


def _row(name: str, judged: Judged) -> str:
    return f"| {name} | {judged.strict:.3f} | {judged.accepted:.3f} | {judged.macro_f1:.3f} | {judged.asked} |"


def draw_confusion(judged: Judged, path: Path) -> None:
    """Draw how often each heading asked for was given as which."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 7), layout="constrained")
    axes = figure.subplots()
    shares = judged.confusion / np.maximum(judged.confusion.sum(axis=1, keepdims=True), 1)
    axes.imshow(shares, cmap="Reds", vmin=0, vmax=1)
    for asked in range(LABELS):
        for given in range(LABELS):
            if count := int(judged.confusion[asked, given]):
                colour = "white" if shares[asked, given] > 0.5 else "#333333"
                axes.text(given, asked, str(count), ha="center", va="center", fontsize=8, color=colour)
    axes.set_xticks(range(LABELS), [str(number) for number in range(LABELS)])
    axes.set_yticks(range(LABELS), [f"{number} {name}" for number, name in enumerate(class_names())])
    axes.set_xlabel("heading given")
    axes.set_ylabel("heading asked for")
    figure.savefig(path, dpi=100, metadata={"Software": None})  # no version in it: the same figures, the same bytes


def draw_reliability(bins: Calibration, path: Path) -> None:
    """Draw how often a heading is right against its probability."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.8, 4.8), layout="constrained")
    axes = figure.subplots()
    low = min(0.3, *(one.right for one in bins.strict))
    axes.plot((low, 1), (low, 1), color="#999999", linewidth=1, label="perfectly calibrated")
    told = [one.probability for one in bins.strict]
    axes.plot(told, [one.right for one in bins.accepted], "o-", color="#9c2f2f", label="acceptable")
    axes.plot(told, [one.right for one in bins.strict], "s--", color="#1f5a8a", label="as asked for")
    axes.set_xlabel("probability (mean of a tenth of the sections)")
    axes.set_ylabel("share that is right")
    axes.set_xlim(low, 1.01)
    axes.set_ylim(low, 1.01)
    axes.grid(color="#eeeeee")
    axes.legend(frameon=False, loc="upper left")
    figure.savefig(path, dpi=100, metadata={"Software": None})


CARD = """# Headings: which part of the national outline a section belongs to

Gives each section of a plan, report or outline one of the ten headings of the national outline 2021-2025, or 0 for
none, with a probability and a runner-up, and the outline items (1 to 35) that it speaks to.

- **Rebuild**: `fazhi train headings` writes this folder anew: the same content hash, the same predictions.
- **Load**: `pipeline.label_sections` reads the arrays of `model.skops` with numpy alone; `skops.io.load` opens the
  same file as scikit-learn estimators, with no type to be trusted.

## Data

{paragraphs} paragraphs of `corpora/headings` and {sections} sections of the bundled documents in `corpora/demo`, all
written for this project about invented places and labelled by readers who had not seen the rules; a label may have
alternatives that a second reader could give. {agreement} {learnt}

## Method

Multinomial logistic regression (scikit-learn, L2, C = {strength}) on the TF-IDF of {words} columns ({grams} grams of
one to three characters, the others words of jieba's dictionary; each in at least {least} sections) in two texts: the
title, and all that bears on a section (its text with 一是 and paragraphs, the titles above it, for a chapter the titles
of its parts); and on signs: what the rules (cue terms, titles, forms) say of the section, of the one above it and of
its neighbours, the official title that its chapter prints, its level, and the kind of the document. A document that
prints six or more of the ten official titles is labelled by them. Coefficients are kept in steps of 1/256. There is no
random choice, hence no seed: folds go by the order of documents.

## How well it does

By {folds} folds of whole documents, in one run on the same folds. `strict`: the heading the reader gave; `accepted`:
that or one of the reader's alternatives; macro F1 counts an accepted heading as the one asked for.

| on, or by | strict | accepted | macro F1 | sections |
|---|---|---|---|---|
{figures}

The best baseline is behind by {ahead_accepted:.3f} in accepted headings and {ahead:.3f} in macro F1. Many of the
written paragraphs are hard on purpose; ordinary documents do better.

| heading | | precision | recall | F1 | sections |
|---|---|---|---|---|---|
{classes}

![Headings asked for against headings given](confusion.png)

The heading asked for is among the two most probable ones in {top_two:.3f} of the sections.

## Probabilities

Temperature {temperature}. Expected calibration error over ten bins of equal size: {strict_error:.3f} against the
heading asked for, {accepted_error:.3f} against an acceptable one.

| mean probability | as asked for | acceptable | sections |
|---|---|---|---|
{bins}

![Probability against the share that is right](reliability.png)

Below {unsure} a heading is shown as unsure: the least threshold above which {aim:.0%} are acceptable. It keeps back
{share:.1%} of the sections, {below:.1%} of which are acceptable; of the others {above:.1%} are. Temperature and
thresholds were chosen on these same folds.

## Items

Whether a section speaks to an item is a logistic regression on what speaks for it: its cue terms, the votes of the ten
training passages most like the section, the probability of its heading, and a regression of items on words and signs.
By the same folds, on {item_sections} sections and {item_pairs} pairs of section and item: precision {item_p:.3f},
recall {item_r:.3f}, F1 {item_f:.3f} at a score of {item_least} or more; cue terms alone reach F1 {cue_f:.3f}.

## Limits

The rules, whose judgement is among the signs, were written with some of the bundled documents at hand, and these are
alike: the row that holds them out together is the honest one. The texts are ours, and their labels follow the codebook:
an office with other conventions will differ first on public legal education (5 or 10), on supervision of enforcement (8
or 5), and on openings (0 or 1). A section that mixes two subjects keeps one heading and names the other as runner-up.
Bureaus' results in their own trade have no heading of their own. One sentence repeated many times makes the model too
sure of it.

**sha256 of the content of model.skops** `{digest}`
"""
