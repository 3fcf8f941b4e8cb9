"""The figures over all documents, and the line for one."""

from collections.abc import Sequence

from pipeline.evaluate.headings import heading_figures
from pipeline.evaluate.results import (
    FIELDS,
    CommitmentScore,
    DocumentScores,
    SectionScore,
    Tally,
    macro_f1,
    rates,
    share,
)


def totals(documents: Sequence[DocumentScores]) -> dict[str, float]:
    """Return the figures over *documents*, 0 to 1 and not rounded; a layer without gold has no key."""
    commitments = [document.commitments for document in documents if document.commitments.is_asked]
    sections = [document.sections for document in documents if document.sections.is_asked]
    return {
        **_found_figures(commitments),
        **_tree_figures(sections),
        **_field_figures(commitments),
        **_label_figures(documents),
    }


def _found_figures(commitments: Sequence[CommitmentScore]) -> dict[str, float]:
    if not commitments:
        return {}
    given, gold = sum(part.given for part in commitments), sum(part.gold for part in commitments)
    detect = rates(sum(part.pairs for part in commitments), given, gold)
    core = rates(sum(part.core for part in commitments), given, gold)
    return {
        **{f"detect_{name}": value for name, value in zip(("p", "r", "f1"), detect, strict=True)},
        **{f"core_{name}": value for name, value in zip(("p", "r", "f1"), core, strict=True)},
    }


def _tree_figures(sections: Sequence[SectionScore]) -> dict[str, float]:
    if not sections:
        return {}
    given, gold = sum(part.given for part in sections), sum(part.gold for part in sections)
    return {
        "tree_f1": rates(sum(part.tree for part in sections), given, gold).f1,
        "found_f1": rates(sum(part.found for part in sections), given, gold).f1,
    }


def _field_figures(commitments: Sequence[CommitmentScore]) -> dict[str, float]:
    if not commitments:
        return {}
    pairs = sum(part.pairs for part in commitments)
    return {
        **{f"field_{field}": share(sum(part.fields[field] for part in commitments), pairs) for field in FIELDS},
        "stance_macro_f1": macro_f1([pair for part in commitments for pair in part.stances]),
        "bodies": share(sum(part.bodies for part in commitments), sum(part.bodies_asked for part in commitments)),
    }


def _label_figures(documents: Sequence[DocumentScores]) -> dict[str, float]:
    states = [pair for document in documents for pair in document.coverage.states]
    figures = _accuracy("indicator_accuracy", [document.indicators for document in documents])
    figures |= heading_figures([answer for document in documents for answer in document.headings.answers])
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
    parts = []
    if found.is_asked:
        f1 = rates(found.pairs, found.given, found.gold).f1
        count = f"{found.pairs} found of {found.gold}, {found.given} given"
        parts.append(f"commitments F1 {f1:.3f} ({count}), core right {found.core}")
    if tree.is_asked:
        parts.append(f"section tree F1 {rates(tree.tree, tree.given, tree.gold).f1:.3f}")
    if asked := headings.asked:
        parts.append(f"headings {headings.strict}/{asked}, with alternatives {headings.accepted}/{asked}")
    for name, tally in (("indicators", document.indicators), ("metadata", document.metadata)):
        parts += [f"{name} {tally.right}/{tally.asked}"] if tally.asked else []
    if states := document.coverage.states:
        parts.append(f"coverage {sum(gold == given for gold, given in states)}/{len(states)}")
    return f"{document.name}: {'; '.join(parts)}"
