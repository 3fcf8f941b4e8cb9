"""Where an answer is drawn from: the folder that `fazhi analyze` wrote, or a workspace that `fazhi run` keeps."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline import tables
from pipeline.compare.coverage import find_coverage
from pipeline.compare.measures import plain_cells
from pipeline.compare.tasks import find_document
from pipeline.compare.tracking import track_targets
from pipeline.errors import InputError
from pipeline.manifest import manifest, read_manifest
from pipeline.report.words import OUTLINE
from pipeline.tables import Export

if TYPE_CHECKING:
    from pipeline.workspace.comparisons import Comparisons


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """An export, what was compared of it before, and what it was made from."""

    name: str  # as the user called it
    export: Export
    origin: Mapping[str, Any] | None  # its manifest
    held: "Comparisons | None" = None  # of a workspace
    corrections: pd.DataFrame | None = None  # of a workspace: what people put right, and what became of it

    def reference(self, wanted: str) -> str:
        """Return what documents are held against: outline, or the id of a plan.

        Raises:
            InputError: it is a report, which hands out no tasks.
            NotFoundError: no document is called so.
        """
        if wanted == OUTLINE:
            return OUTLINE
        found = find_document(self.export, wanted)
        if documents(self.export)[found]["kind"] == "report":
            raise InputError(f"expected outline or a plan as the reference, got the report {wanted}")
        return found

    def coverage(self, reference: str, *, documents: Collection[str] | None = None) -> pd.DataFrame:
        """Return what documents say to each task of a reference, given by its id; all documents by default."""
        if self.held is not None:
            return self.held.coverage(reference, documents=documents)
        return find_coverage(self.export, reference, documents=documents)

    def coverage_of(self, references: Sequence[str]) -> pd.DataFrame:
        """Return the coverage of several references, given by their ids."""
        return pd.concat([self.coverage(each) for each in references], ignore_index=True)

    def tracking(self) -> pd.DataFrame:
        """Return what became of all targets."""
        return self.held.tracking() if self.held is not None else track_targets(self.export)


def as_source(given: "Path | Source") -> Source:
    """Return a source; that of an export folder where a folder is given.

    Raises:
        NotFoundError: the folder, a file or a column is missing; the message lists what is there.
        InputError: a line is no JSON object, or a value does not fit its column.
    """
    if isinstance(given, Source):
        return given
    return Source(str(given), tables.read_export(given), read_manifest(given))


def open_source(folder: Path | None, workspace: Path | None, db: str = "", *, is_compared: bool = False) -> Source:
    """Return the source that the options of a command name: --from, or --workspace with --db.

    Args:
        folder: an export.
        workspace: its folder.
        db: the address of its database; "" as the environment says, else the one in the folder.
        is_compared: with the comparisons that a workspace holds, for those that need them.

    Raises:
        InputError: none or both are named, or nothing was read of the workspace yet.
        NotFoundError: the folder, a file or a column is missing.
    """
    if (folder is None) == (workspace is None):
        got = "both" if folder is not None else "neither"
        raise InputError(f"expected --from FOLDER, which analyze wrote, or --workspace FOLDER, got {got}")
    if folder is not None:
        if db:
            raise InputError("expected --db with --workspace, got it with --from")
        return as_source(folder)
    assert workspace is not None
    return _of_workspace(workspace, db, is_compared)


def _of_workspace(folder: Path, db: str, is_compared: bool) -> Source:
    from pipeline.workspace.comparisons import read_comparisons  # sqlalchemy takes half a second
    from pipeline.workspace.corrections import corrected
    from pipeline.workspace.view import open_view

    with open_view(folder, db) as view:
        known = corrected(view)
        chosen: dict[str, Any] = {
            "source": "workspace",
            "derivation": view.derivation(),
            "read_by": list(view.read_by()),  # stamps of rules and models; one where all is up to date
        }
        if not known.rows.empty:
            chosen["corrections"] = _digest(known.rows)
        made_from = manifest(known.export, options=chosen)
        held = read_comparisons(view, known.export) if is_compared else None
    return Source(str(folder), known.export, made_from, held, known.rows)


def _digest(rows: pd.DataFrame) -> str:
    told = json.dumps(records(rows), ensure_ascii=False, sort_keys=True, default=str)
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command tells, and how many rows its table has."""

    lines: tuple[str, ...]
    rows: int


def names_of(export: Export) -> dict[str, str]:
    """Return what each document is called: its title, or where it has none its place and file."""
    names = ("doc_id", "jurisdiction", "body", "title", "name")
    return {
        doc_id: f"{title or name.rsplit('/', 1)[-1]}"
        if title
        else f"{place or ''}{body or ''} {name.rsplit('/', 1)[-1]}"
        for doc_id, place, body, title, name in zip(
            *(plain_cells(export.documents[each]) for each in names), strict=True
        )
    }


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as plain values by column."""
    columns = {name: plain_cells(table[name]) for name in table.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def documents(export: Export) -> dict[str, dict[str, Any]]:
    """Return what is known of each document by its id."""
    return {row["doc_id"]: row for row in records(export.documents)}


def subjects(export: Export) -> dict[str, str | None]:
    """Return what each commitment is about by its id."""
    columns = (plain_cells(export.commitments[name]) for name in ("commitment_id", "subject"))
    return dict(zip(*columns, strict=True))


def write(export: Export, output: Path | None, table: pd.DataFrame, part: str) -> None:
    """Write a table where there is one: as a workbook that shows it, or plainly. Nothing is written without a row."""
    if output is None or table.empty:
        return
    if output.suffix.lower() == ".xlsx":
        from pipeline.report import write_report

        given: dict[str, Any] = {part: table}
        write_report(export, output, **given)
    else:
        tables.write_table(table, output)
