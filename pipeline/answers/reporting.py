"""`fazhi report`: the workbook to hand on, the notice on what plans leave out, and the pictures."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.answers.source import Answer, Source, as_source
from pipeline.compare.indicators import Comparison, compare_indicators
from pipeline.compare.measures import plain_cells
from pipeline.errors import InputError, NotFoundError
from pipeline.manifest import manifest
from pipeline.reference import LAW_MAKING
from pipeline.report.words import NOWHERE, OUTLINE
from pipeline.tables import Export

PLANS = ("plan", "outline", "notice")
MOST_DRAWN = 20  # indicators, those that most places have; each takes half a second


def answer_report(
    source: Path | Source,
    output: Path,
    *,
    references: Sequence[str] = (OUTLINE,),
    notice: Path | None = None,
    places: Sequence[str] = (),
    addressee: str = "",
    signed: str = "",
    today: date | None = None,
    pictures: Path | None = None,
) -> Answer:
    """Write the workbook, and where asked the notice on what plans left out of the last reference, and the pictures."""
    from pipeline.report import write_notice, write_report

    if output.suffix.lower() != ".xlsx":
        raise InputError(f"expected a file that ends in .xlsx, got {output}")
    given = as_source(source)
    export = given.export
    chosen = [given.reference(each) for each in references]
    coverage = given.coverage_of(chosen)
    comparison = compare_indicators(export)
    write_report(
        export,
        output,
        coverage=coverage,
        tracking=given.tracking(),
        comparison=comparison,
        today=today,
        manifest=manifest(export, origin=given.origin),
    )
    lines = [f"工作簿 -> {output}"]
    if notice is not None:
        told = coverage[coverage["reference"] == chosen[-1]]
        about = newest_plans(export.documents, told["doc_id"], chosen[-1], places)
        told = _asked_of_counties(export, told[told["doc_id"].isin(about)])
        write_notice(
            export,
            told,
            notice,
            reference=chosen[-1],
            addressee=addressee,
            signed=signed,
            today=today or date.today(),
        )
        lines.append(f"通知（{len(about)}份计划） -> {notice}")
    if pictures is not None:
        lines += draw_all(export, coverage, comparison, pictures, today=today)
    return Answer(tuple(lines), len(coverage))


def _asked_of_counties(export: Export, coverage: pd.DataFrame) -> pd.DataFrame:
    """Leave out what cannot be missed: a county or a town makes no laws, so nobody writes to it about these items."""
    levels = dict(zip(export.documents["doc_id"], export.documents["level"], strict=True))
    is_low = coverage["doc_id"].map(levels).isin(("county", "township", "other"))
    is_law = (coverage["reference"] == OUTLINE) & coverage["item"].isin(LAW_MAKING)
    return coverage[~(is_low & is_law & (coverage["status"] != "covered"))].reset_index(drop=True)


def newest_plans(
    documents: pd.DataFrame, judged: Collection[str], reference: str, places: Collection[str] = ()
) -> list[str]:
    """Return the documents that a notice is about: of each place its plan of the reference's year, or its newest one.

    A plan stands before an outline and these before a notice, which may be about one matter only; of several the one
    published last. The order of *documents* does not matter.

    Args:
        documents: tables.DOCUMENT columns.
        judged: ids of the documents that were held against the reference.
        reference: outline, or the id of a plan.
        places: only these, by name or code; all by default.

    Raises:
        NotFoundError: no other place has such a plan.
    """
    about = documents[documents["doc_id"].isin(list(judged)) & documents["kind"].isin(PLANS)]
    if places:
        about = about[
            (about["jurisdiction"].isin(list(places)) | about["jurisdiction_code"].isin(list(places))).astype(bool)
        ]
    asked = None if reference == OUTLINE else documents[documents["doc_id"] == reference].iloc[0]
    if asked is not None:
        is_own = (about["jurisdiction"] == asked["jurisdiction"]).fillna(False).astype(bool)
        about = about[(about["year"] == asked["year"]).fillna(False).astype(bool) & ~is_own]
    newest: dict[Any, tuple[Any, ...]] = {}
    columns = ("doc_id", "jurisdiction", "jurisdiction_code", "body", "kind", "year", "published")
    for doc_id, place, code, body, kind, year, published in zip(
        *(plain_cells(about[name]) for name in columns), strict=True
    ):
        key = (code, place, body) if place else doc_id
        rank = (year or 0, -PLANS.index(kind), published or date.min, doc_id)
        newest[key] = max(newest.get(key, rank), rank)
    if not newest:
        wanted = (
            "a plan" if asked is None else f"a plan on {asked['year']} of another place than {asked['jurisdiction']}"
        )
        raise NotFoundError(f"expected {wanted} to write a notice about, but the export has none")
    return sorted(rank[-1] for rank in newest.values())


def draw_all(
    export: Export, coverage: pd.DataFrame, comparison: Comparison, folder: Path, *, today: date | None = None
) -> list[str]:
    """Draw the coverage, the deadlines of each place, and each indicator that several places or years have."""
    from pipeline.pictures import draw_coverage, draw_deadlines, draw_indicator, draw_years

    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    for reference, part in coverage.groupby("reference", sort=False):
        drawn.append(draw_coverage(part.reset_index(drop=True), export, folder / f"coverage-{reference}.png"))
    table = tables.comparable(export)
    dated = table[(table["stance"] == "target") & table["deadline"].notna()]
    for place, part in dated.groupby(dated["jurisdiction"].fillna(NOWHERE), sort=True):
        path = folder / f"deadlines-{place}.png"
        drawn.append(draw_deadlines(part.reset_index(drop=True), path, today=today))
    places = comparison.long.groupby("indicator", sort=False)["jurisdiction"].nunique()
    chosen = places[places > 1].sort_values(ascending=False, kind="stable").index[:MOST_DRAWN]
    for indicator in map(str, chosen):
        drawn.append(draw_indicator(comparison.long, indicator, folder / f"indicator-{indicator}.png"))
        part = comparison.long[comparison.long["indicator"] == indicator]
        if part["value"].notna().all() and part.groupby("jurisdiction")["year"].nunique().max() > 1:
            drawn.append(draw_years(comparison.long, indicator, folder / f"years-{indicator}.png"))
    left = int((places > 1).sum()) - len(chosen)
    return [
        f"{len(drawn)}张图 -> {folder}",
        *([f"另有{left}项指标没有画，可用 pipeline.pictures 逐项画"] if left else ()),
    ]
