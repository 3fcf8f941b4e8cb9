"""The nouns of correcting: what a person put right, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from pipeline.tables import CORRECTION, Export

__all__ = ["CORRECTION", "ID_OF", "REJECTED", "TABLE_OF", "Corrected", "Correction", "Record", "State"]

Record = Literal["document", "section", "commitment"]
State = Literal["applied", "stale"]
ID_OF: Mapping[Record, str] = {"document": "doc_id", "section": "section_id", "commitment": "commitment_id"}
TABLE_OF: Mapping[Record, str] = {"document": "documents", "section": "sections", "commitment": "commitments"}
REJECTED = "rejected"  # the field of a commitment that is none


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one record put right by a person."""

    id: int
    at: str
    by: str
    publication_id: str
    record: Record
    field: str
    value: Any
    about: Mapping[str, Any]  # what it was made about: `matching.describe`
    why: str = ""
    undone: str | None = None

    @property
    def implied(self) -> Mapping[str, Any]:
        """Other cells of the record that follow from the value, such as the code of a place."""
        return self.about.get("implied") or {}


@dataclass(frozen=True, slots=True, eq=False)
class Corrected:
    """An export with what people put right, and a row a correction with the columns CORRECTION."""

    export: Export
    rows: pd.DataFrame
    touched: frozenset[str] = frozenset()  # doc_ids of documents that say something else than the pipeline by itself

    @property
    def stale(self) -> pd.DataFrame:
        """The corrections that fit nothing any more."""
        return self.rows[self.rows["state"] == "stale"].reset_index(drop=True)
