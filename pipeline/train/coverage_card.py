"""The card of the coverage model: what it learnt from, how well it does, and where it fails."""

from pipeline.evaluate.coverage import STATES, Agreement
from pipeline.train.coverage import FOLDS, LABEL_FOLDS, Trained


def card(trained: Trained) -> str:
    """Return the model card."""
    judged = {
        "all documents, each by a model that has not seen it": trained.folds,
        "of these the sixteen of `corpora/demo`": trained.demo_folds,
        "`corpora/demo` by a model of the written documents alone": trained.demo_apart,
        "all documents by the model itself, which has seen them": trained.seen,
        "of these `corpora/demo`": trained.demo_seen,
    }
    return CARD.format(
        documents=trained.documents, judgements=trained.judgements, folds=FOLDS, labelling=LABEL_FOLDS + 1,
        partial=trained.held["partial"], hash=trained.hash,
        rows="\n".join(_row(name, one) for name, one in judged.items()),
        confused="\n".join(
            f"| {wanted} | {got} | {count} |" for (wanted, got), count in trained.folds.confusion.items()
        ),
        bins="\n".join(f"| {mean:.3f} | {right:.3f} | {count} |" for mean, right, count in trained.bins),
    )  # fmt: skip


def _row(name: str, one: Agreement) -> str:
    states = " | ".join(f"{one.f1[state]:.3f}" if state in one.f1 else "" for state in STATES if state != "unknown")
    return f"| {name} | {one.count} | {one.accuracy:.3f} | {one.macro_f1:.3f} | {states} |"


CARD = """# Which items of the national outline a document covers

For each of the 35 items: covered (concrete work on its core), partial (a passing mention or a side aspect), missing.
`score` is the probability that it is not missing. Unreadable and empty documents are unknown, by rule.

- **Rebuild**: `fazhi train coverage` writes this folder anew, with the same content.
- **Data**: {judgements} judgements of {documents} invented documents, made by readers by hand: those of
  `corpora/headings` in `corpora/coverage/*.jsonl`, those of `corpora/demo` in `corpora/demo/gold/coverage.jsonl`. A row
  may name a state that a second careful reader could give (`alt`); it counts as right, and such rows weigh less.
- **Method**: a text is cut into clause groups. For each item and clause group, signs: words of
  `pipeline/reference/substance.yaml` (the core of an item, or a side aspect), cue terms, what the labelling model of
  `models/headings` says of the clause group by itself and of paragraphs like it, indicators of its values, the title
  above it, figures and papers against slogans, whether it tells of a fault, how many other items it names. A logistic
  regression says whether a clause group speaks to the item, another whether it covers it; two more read from the
  strongest ones and their number whether the item is found, and if found covered. Weights are the same for all items;
  an offset, and what core words and likelihood weigh, may differ by item within a strong penalty.
- **Not seen**: signs come from {labelling} labelling models, none of which had seen the document it is asked about.
- **Thresholds**: the state with the highest chance, a passing mention counting {partial} times: of 1, 1.5, 2
  and 2.5 the most that costs less than the standard error of the macro F1 of {folds} folds by document, since published
  papers have more passing mentions than written ones.
- **How honest the figures are**: by folds no document is judged by weights that it helped to fit. But the strength of
  the penalties (READER_C, JUDGE_C), the freedom of an item (OWN) and the weight of a passing mention were chosen by the
  same folds, so that the first three rows are somewhat optimistic. The words of `substance.yaml` and the choice of
  signs were settled by reading these documents, and beside them a few published ones whose judgements are not bundled:
  all of them were seen while features were settled, and none is a test that was kept apart to the end.
- **Limits**: all documents that the weights were fitted on are invented. Partial is where readers differ, too.
  Items 7 and 8 ask of counties little more than to assist; where a paper writes down its drafts they count as covered.
- **Deterministic.** **sha256 of weights.json** `{hash}`.

| judged on | judgements | accuracy | macro F1 | F1 covered | F1 partial | F1 missing |
|---|---|---|---|---|---|---|
{rows}

Where model and reader differ, by folds:

| reader | model | judgements |
|---|---|---|
{confused}

`score` by folds, in ten bins of equal size:

| mean score | share that is not missing | judgements |
|---|---|---|
{bins}
"""
