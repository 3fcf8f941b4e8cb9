"""The figures over all documents, and the line for one."""

from collections.abc import Sequence

from pipeline.evaluate.results import FIELDS, CommitmentScore, DocumentScores, Tally, macro_f1, rates, share


def totals(documents: Sequence[DocumentScores]) -> dict[str, float]:
    """Return the figures over *documents*, 0 to 1 and not rounded; a layer without gold has no key."""
    return {
        **_found_figures(documents),
        **_field_figures([document.commitments for document in documents]),
        **_label_figures(documents),
    }


def _found_figures(documents: Sequence[DocumentScores]) -> dict[str, float]:
    commitments = [document.commitments for document in documents]
    sections = [document.sections for document in documents]
    given, gold = sum(part.given for part in commitments), sum(part.gold for part in commitments)
    detect = rates(sum(part.pairs for part in commitments), given, gold)
    core = rates(sum(part.core for part in commitments), given, gold)
    given, gold = sum(part.given for part in sections), sum(part.gold for part in sections)
    return {
        **{f"detect_{name}": value for name, value in zip(("p", "r", "f1"), detect, strict=True)},
        **{f"core_{name}": value for name, value in zip(("p", "r", "f1"), core, strict=True)},
        "tree_f1": rates(sum(part.tree for part in sections), given, gold).f1,
        "found_f1": rates(sum(part.found for part in sections), given, gold).f1,
    }


def _field_figures(commitments: Sequence[CommitmentScore]) -> dict[str, float]:
    pairs = sum(part.pairs for part in commitments)
    return {
        **{f"field_{field}": share(sum(part.fields[field] for part in commitments), pairs) for field in FIELDS},
        "stance_macro_f1": macro_f1([pair for part in commitments for pair in part.stances]),
        "bodies": share(sum(part.bodies for part in commitments), sum(part.bodies_asked for part in commitments)),
    }


def _label_figures(documents: Sequence[DocumentScores]) -> dict[str, float]:
    headings = [document.headings for document in documents]
    asked = sum(part.asked for part in headings)
    states = [pair for document in documents for pair in document.coverage.states]
    figures = _accuracy("indicator_accuracy", [document.indicators for document in documents])
    if asked:
        figures["heading_strict"] = sum(part.strict for part in headings) / asked
        figures["heading_alt"] = sum(part.accepted for part in headings) / asked
        figures["heading_macro_f1"] = macro_f1([pair for part in headings for pair in part.labels])
    figures |= _accuracy("metadata", [document.metadata for document in documents])
    if states:
        figures["coverage_accuracy"] = sum(gold == given for gold, given in states) / len(states)
        figures["coverage_macro_f1"] = macro_f1(states)
    return figures


def _accuracy(key: str, tallies: Sequence[Tally]) -> dict[str, float]:
    asked = sum(tally.asked for tally in tallies)
    return {key: sum(tally.right for tally in tallies) / asked} if asked else {}


def document_line(document: DocumentScores) -> str:
    """Return the main counts of one document in one line."""
    found, tree, headings = document.commitments, document.sections, document.headings
    parts = [
        f"commitments F1 {rates(found.pairs, found.given, found.gold).f1:.3f} "
        f"({found.pairs} found of {found.gold}, {found.given} given), core right {found.core}",
        f"section tree F1 {rates(tree.tree, tree.given, tree.gold).f1:.3f}",
        f"headings {headings.strict}/{headings.asked}, with alternatives {headings.accepted}/{headings.asked}",
    ]
    for name, tally in (("indicators", document.indicators), ("metadata", document.metadata)):
        parts += [f"{name} {tally.right}/{tally.asked}"] if tally.asked else []
    if states := document.coverage.states:
        parts.append(f"coverage {sum(gold == given for gold, given in states)}/{len(states)}")
    return f"{document.name}: {'; '.join(parts)}"
