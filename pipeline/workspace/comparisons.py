"""What a workspace holds against what: as `fazhi run` stored it, and done anew where that is behind the records.

It is behind where something changed since the last run, where people put something right since, and for documents that
a run was not asked to hold against a reference.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import select

from pipeline import derived
from pipeline.compare.coverage import find_coverage
from pipeline.compare.tracking import track_targets
from pipeline.tables import Export
from pipeline.workspace.ordering import OUTLINE, order_tracking
from pipeline.workspace.places import find_circles
from pipeline.workspace.view import View, part_of


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """An export, and what was stored of comparing it."""

    export: Export
    stored_coverage: pd.DataFrame
    stored_tracking: pd.DataFrame
    behind: frozenset[str]  # doc_ids whose own comparisons are out of date
    circles: frozenset[str]  # doc_ids of all that are compared with these

    def references(self) -> list[str]:
        """Return what documents were held against: outline, then plans by their ids; the outline where nothing was."""
        known = {OUTLINE, *self.export.documents["doc_id"]}
        return [each for each in dict.fromkeys(self.stored_coverage["reference"]) if each in known] or [OUTLINE]

    def coverage(self, reference: str = OUTLINE, *, documents: Collection[str] | None = None) -> pd.DataFrame:
        """Return what `find_coverage` does; of *documents* the ids."""
        everything = [doc_id for doc_id in self.export.documents["doc_id"] if doc_id != reference]
        wanted = everything if documents is None else [doc_id for doc_id in everything if doc_id in set(documents)]
        stored = self.stored_coverage[self.stored_coverage["reference"] == reference]
        judged = set(stored["doc_id"]) - self.behind
        anew = [doc_id for doc_id in wanted if doc_id not in judged]
        if reference in self.behind or len(anew) == len(everything):
            return find_coverage(self.export, reference, documents=documents)
        kept = stored[stored["doc_id"].isin([doc_id for doc_id in wanted if doc_id in judged])]
        if not anew:
            return kept.reset_index(drop=True)
        made = find_coverage(self.export, reference, documents=anew)
        return _in_order(pd.concat([kept, made]), everything)

    def tracking(self) -> pd.DataFrame:
        """Return what `track_targets` does of all plans and reports."""
        if not self.circles:
            return self.stored_tracking
        stored = self.stored_tracking
        is_behind = stored["plan"].isin(self.circles) | stored["report"].isin(self.circles)
        made = track_targets(part_of(self.export, self.circles))
        parts = [part for part in (stored[~is_behind], made) if not part.empty]
        return order_tracking(pd.concat(parts), self.export) if parts else stored[~is_behind]


def read_comparisons(view: View, export: Export) -> Comparisons:
    """Return what was stored of comparing *export*, which is all that a view has, with or without corrections."""
    about = derived.publications.c
    flagged = set(view.connection.execute(select(about.id).where(about.to_compare != "")).scalars())
    shelved = view.shelved()
    behind = frozenset(one.doc_id for one in shelved if one.publication_id in flagged)
    circles: frozenset[str] = frozenset()
    if behind:
        found = find_circles(view.connection, shelved, flagged)
        circles = frozenset().union(*(one.documents for one in found if one.publications & flagged))
    return Comparisons(export, view.coverage(), view.tracking(), behind, circles)


def _in_order(table: pd.DataFrame, doc_ids: Iterable[str]) -> pd.DataFrame:
    places = {doc_id: place for place, doc_id in enumerate(doc_ids)}
    return table.sort_values("doc_id", key=lambda ids: ids.map(places), kind="stable", ignore_index=True)
