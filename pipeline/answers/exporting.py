"""`fazhi export`: the data package for research, or the records of a workspace as `fazhi analyze` writes them."""

from collections.abc import Sequence
from pathlib import Path

from pipeline import tables
from pipeline.answers.source import Answer, Source, as_source
from pipeline.compare.indicators import compare_indicators
from pipeline.errors import InputError
from pipeline.manifest import MANIFEST, manifest_bytes
from pipeline.report.words import OUTLINE


def answer_export(source: Path | Source, output: Path, *, references: Sequence[str] = (OUTLINE,)) -> Answer:
    """Write the data package: records, coverage, tracking and comparison."""
    from pipeline.research import write_package

    given = as_source(source)
    corrections = given.corrections
    packaged = write_package(
        given.export,
        output,
        coverage=given.coverage_of([given.reference(each) for each in references]),
        tracking=given.tracking(),
        comparison=compare_indicators(given.export),
        corrections=corrections if corrections is not None and not corrections.empty else None,
        origin=given.origin,
    )
    lines = [f"{name}: {rows} rows" for name, rows in packaged.tables.items()]
    lines.append(f"{len(packaged.changes)} cells that a format could not hold as they are: changes.csv")
    return Answer((*lines, f"data package -> {packaged.folder}"), sum(packaged.tables.values()))


def answer_records(source: Source, output: Path, *, references: Sequence[str] = ()) -> Answer:
    """Write the records of a workspace as JSON Lines, with what was compared and what people put right.

    Without corrections documents, sections and commitments are, byte for byte, what `fazhi analyze WORKSPACE` gives for
    the same documents, in the order in which their publications were first seen. Where the archive holds more than one
    fetch of a page the two differ: analyze takes the newest, a workspace goes on with the bytes that first said what
    the page says now (name, fetched, snapshot, sha256, cuts, and the ids made of them), and keeps what was withdrawn.

    Args:
        source: a workspace.
        output: a folder, made where it is not there.
        references: what coverage is written of; all that documents were held against by default.

    Raises:
        InputError: the source is a folder, which has its records already.
    """
    if source.held is None or source.origin is None:
        raise InputError(f"expected --records with --workspace: {source.name} has its records already")
    chosen = [source.reference(each) for each in references] or source.held.references()
    others = {"coverage": source.coverage_of(chosen), "tracking": source.tracking(), "corrections": source.corrections}
    held = {name: frame if frame is not None and not frame.empty else None for name, frame in others.items()}
    tables.write_records(source.export, output, held)
    (output / MANIFEST).write_bytes(manifest_bytes(source.origin))
    counts = {name: len(getattr(source.export, name)) for name in ("documents", "sections", "commitments")}
    lines = [f"{', '.join(f'{count} {name}' for name, count in counts.items())} -> {output}"]
    lines += [f"{len(frame)} rows -> {output / name}.jsonl" for name, frame in held.items() if frame is not None]
    if held["tracking"] is None:
        lines.append("no target that could be tracked: no tracking.jsonl")
    return Answer(tuple(lines), sum(counts.values()))
