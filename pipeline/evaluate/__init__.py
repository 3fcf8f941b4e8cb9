"""Precision and recall per layer: an export against documents annotated by hand.

Both sides are compared squeezed, character by character, so that layout is no error and each offset of the export has
a place in the squeezed text. A gold row names its passage by a string; the string is looked up in reading order.
Source: codebook, which defines every layer; the annotated sets have one file a layer, NAME.commitments.jsonl and so on,
and documents.jsonl for the metadata. A document need not have every layer; of one that it lacks nothing is scored.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import NotFoundError
from pipeline.evaluate.cases import Case, gold_names, open_case, read_export, read_gold, read_rows
from pipeline.evaluate.commitments import score_commitments
from pipeline.evaluate.facts import score_coverage, score_indicators, score_metadata
from pipeline.evaluate.headings import heading_lines
from pipeline.evaluate.results import DocumentScores, Error, Scores
from pipeline.evaluate.structure import score_headings, score_sections
from pipeline.evaluate.totals import document_line, totals

__all__ = ["DocumentScores", "Error", "Scores", "render", "score"]

LAYERS: Mapping[str, Callable[[Case], Any]] = {
    "commitments": score_commitments,
    "sections": score_sections,
    "headings": score_headings,
    "indicators": score_indicators,
    "coverage": score_coverage,
}


def score(export_folder: Path, gold_folder: Path, *, documents: Sequence[str] | None = None) -> Scores:
    """Compare an export with the annotated documents of *gold_folder*, all of them or those named.

    A gold document that the export lacks is an error in the list and does not enter the figures.

    Raises:
        NotFoundError: a file of the export or a document asked for is not there, or nothing could be scored.
        InputError: a line that is no JSON object, lacks a key, or has an offset outside its text.
    """
    names = gold_names(gold_folder, documents)
    export = read_export(export_folder)
    about = {row["id"]: row for row in read_rows(gold_folder / "documents.jsonl", {"id": str}, optional=True)}
    scored: list[DocumentScores] = []
    errors: list[Error] = []
    for name in names:
        document = next((row for row in export["documents"] if Path(row["name"]).name.startswith(name)), None)
        if document is None:
            errors.append(Error(name, "document", "not in the export", ""))
            continue
        case = open_case(name, document, export, read_gold(gold_folder, name), about.get(name, {}))
        result = _score_document(case)
        scored.append(result)
        errors += _errors_of(result)
    if not scored:
        raise NotFoundError(f"nothing was scored: {export_folder} has no document named {', '.join(names)}…")
    return Scores(tuple(scored), totals(scored), tuple(errors))


def render(scores: Scores, errors: bool = False) -> str:
    """Return the scores as text: a line a document, the tables of headings, and last the totals as JSON.

    Each disagreement has a line after the documents where *errors* are asked for, a missing document always.
    """
    lines = [document_line(document) for document in scores.documents]
    lines += [_error_line(error) for error in scores.errors if errors or error.layer == "document"]
    lines += heading_lines([answer for document in scores.documents for answer in document.headings.answers])
    rounded = {key: round(value, 4) for key, value in scores.totals.items()}
    return "\n".join([*lines, json.dumps(rounded, ensure_ascii=False)])


def _error_line(error: Error) -> str:
    parts = (error.document, error.layer, error.what, error.where)
    return " | ".join(part for part in parts if part)


def _score_document(case: Case) -> DocumentScores:
    annotated = {layer: score_layer(case) for layer, score_layer in LAYERS.items() if layer in case.gold}
    return DocumentScores(case.name, metadata=score_metadata(case), **annotated)


def _errors_of(document: DocumentScores) -> list[Error]:
    return [
        *document.metadata.errors,
        *document.sections.errors,
        *document.headings.errors,
        *document.commitments.errors,
        *document.indicators.errors,
        *document.coverage.errors,
    ]
