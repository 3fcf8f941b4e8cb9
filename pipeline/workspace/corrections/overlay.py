"""Corrections laid over an export: its cells as people put them right, with a sign at each record that was touched.

What shows that a record was touched stays within the columns of the export: `rule` of a commitment ends in
`; corrected: value, unit`, `sources` of a document has `correction` for the field, its `notes` tell in words what was
put right in it and in its sections, and which commitments were rejected. A corrected heading has the score 1, and the
pipeline's own heading as the runner-up. Of a corrected commitment the confidence is 1: a person has looked at it.
The rows beside the export hold the pipeline's own cells, so that nothing of it is lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipeline.compare.measures import plain_cells
from pipeline.tables import Export, frame_of
from pipeline.workspace.corrections.fields import FIELDS, in_words
from pipeline.workspace.corrections.matching import Finder, Found, as_json
from pipeline.workspace.corrections.records import (
    CORRECTION,
    ID_OF,
    REJECTED,
    TABLE_OF,
    Corrected,
    Correction,
    Record,
)

BY_A_PERSON = "correction"  # where a field was read
MARK = "; corrected: "  # in the rule of a commitment
WHY = "人工更正"
UNTOLD = frozenset(("confidence", "indicator_score"))  # how sure we are follows from the rest
SHOWN = 20  # characters of a section's opening in a note


def apply_corrections(
    export: Export, corrections: Iterable[Correction], documents_of: Mapping[str, Sequence[str]]
) -> Corrected:
    """Return an export with *corrections* laid over it, and what became of each; a later one goes over an earlier.

    Args:
        export: as the pipeline has it; left as it is.
        corrections: in the order in which they were made.
        documents_of: doc_ids by publication.
    """
    overlay = _Overlay(Finder(export, documents_of))
    rows = [overlay.add(correction) for correction in corrections]
    if not rows:
        return Corrected(export, _frame(()))
    return Corrected(overlay.laid_over(), _frame(rows), frozenset(overlay.touched))


@dataclass(slots=True)
class _Touched:
    """The cells of a record that differ; what a person gave goes over what follows from it."""

    implied: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Overlay:
    """Cells that differ, collected before any frame is made anew."""

    finder: Finder
    records: dict[tuple[Record, int], _Touched] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    rejected: set[int] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)

    def add(self, correction: Correction) -> dict[str, Any]:
        """Take a correction in; return its row."""
        found = self.finder.find(correction)
        own: dict[str, Any] = {}
        id = str(correction.about["id"])
        if found.row is not None:
            self.touched.add(found.doc_id)
            own = self._enter(correction, found.doc_id, found.row)
            id = self.finder.cells(correction.record, found.row, [ID_OF[correction.record]])[ID_OF[correction.record]]
        return _row(correction, found, own, id)

    def _enter(self, correction: Correction, doc_id: str, row: int) -> dict[str, Any]:
        """Enter the cells that a correction sets; return what the pipeline has in them."""
        record, name, value = correction.record, correction.field, correction.value
        if name == REJECTED:
            self.rejected.add(row)
            cells = self.finder.cells(record, row)
            self._tell(doc_id, f"剔除“{cells['value_text']}”（{cells['commitment_id']}）")
            return cells
        implied = dict(correction.implied)
        if record == "commitment":
            implied["confidence"] = 1.0
        elif record == "section":
            implied |= self._enter_section(correction, doc_id, row)
            value = [{"item": each, "score": 1, "why": [WHY]} for each in value] if name == "items" else value
        own = self.finder.cells(record, row, [name, *implied])
        if record == "document":
            before, after = (in_words(record, name, as_json(each)) for each in (own[name], value))
            self._tell(doc_id, f"{FIELDS[record][name].label}由{before}改为{after}")
        self._set(record, row, implied, {name: value})
        return own

    def _enter_section(self, correction: Correction, doc_id: str, row: int) -> dict[str, Any]:
        """Tell of a section put right; return what follows for it. Its commitments have its heading."""
        name, value = correction.field, correction.value
        cells = self.finder.cells("section", row, ["section_id", "heading", "items"])
        before, after = (in_words("section", name, each) for each in (cells[name], value))
        where = f"“{correction.about['quote'][:SHOWN]}”（{cells['section_id']}）"
        self._tell(doc_id, f"章节{where}的{FIELDS['section'][name].label}由{before}改为{after}")
        if name != "heading":
            return {}
        table = self.finder.export.commitments
        is_inside = (table["doc_id"] == doc_id) & (table["section_id"] == cells["section_id"])
        for place in is_inside.to_numpy().nonzero()[0].tolist():
            self._set("commitment", place, {"heading": value}, {})
        is_other = cells["heading"] not in (None, value)
        return {"heading_score": 1.0} | ({"heading_runner_up": cells["heading"]} if is_other else {})

    def _set(self, record: Record, row: int, implied: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        cells = self.records.setdefault((record, row), _Touched())
        cells.implied.update(implied)
        cells.given.update(given)

    def _tell(self, doc_id: str, words: str) -> None:
        self.notes.setdefault(doc_id, []).append(f"{WHY}：{words}")

    def laid_over(self) -> Export:
        """Return the export with the cells set and the signs put."""
        changes: dict[Record, dict[str, dict[int, Any]]] = {name: {} for name in TABLE_OF}
        for (record, row), cells in self.records.items():
            merged = {**cells.implied, **cells.given}
            for name, value in (merged | self._sign(record, row, merged)).items():
                changes[record].setdefault(name, {})[row] = value
        for doc_id, words in self.notes.items():
            row = self.finder.documents[doc_id]
            told = self.finder.cells("document", row, ["notes"])["notes"]
            changes["document"].setdefault("notes", {})[row] = [*told, *words]
        export = self.finder.export
        made = {table: _changed(getattr(export, table), table, changes[name]) for name, table in TABLE_OF.items()}
        if self.rejected:
            made["commitments"] = made["commitments"].drop(index=sorted(self.rejected)).reset_index(drop=True)
        return Export(**made, numbers=export.numbers)

    def _sign(self, record: Record, row: int, cells: Mapping[str, Any]) -> dict[str, Any]:
        """Return the cell that says of a record which of its cells were put right."""
        if record == "commitment":
            named = ", ".join(sorted(set(cells) - UNTOLD))
            return {"rule": f"{self.finder.cells(record, row, ['rule'])['rule'] or ''}{MARK}{named}"}
        if record == "document":
            told = self.finder.cells(record, row, ["sources"])["sources"]
            return {"sources": {**told, **dict.fromkeys(cells, BY_A_PERSON)}}
        return {}


def _changed(frame: pd.DataFrame, table: str, changes: Mapping[str, Mapping[int, Any]]) -> pd.DataFrame:
    """Return a frame with some cells set, its types as they were."""
    if not changes:
        return frame
    made = frame.copy()
    for name, cells in changes.items():
        values = plain_cells(frame[name])
        for row, value in cells.items():
            values[row] = value
        made[name] = frame_of(table, {name: values})[name]
    return made


def _row(correction: Correction, found: Found, own: Mapping[str, Any], record_id: str) -> dict[str, Any]:
    about = correction.about
    return {
        "correction_id": correction.id,
        "state": "stale" if found.is_stale else "applied",
        "why_stale": found.why or None,
        "record": correction.record,
        "doc_id": found.doc_id or about["doc_id"],
        "record_id": record_id,
        "name": about["name"],
        "field": correction.field,
        "value": correction.value,
        "own": {name: as_json(value) for name, value in own.items()},
        "quote": about["quote"],
        "corrected_by": correction.by,
        "why": correction.why,
        "corrected_at": correction.at,
    }


def _frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    kinds = dict.fromkeys(CORRECTION, "string") | {"correction_id": "Int64", "value": "object", "own": "object"}
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kinds[name]) for name in CORRECTION})
