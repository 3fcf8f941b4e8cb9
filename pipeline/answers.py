"""What the comparing commands answer: an export read, a question asked of it, and the answer written or told.

Every function reads the export that `fazhi analyze` wrote, writes the whole answer where it is asked to, and returns
the lines, in Chinese, that a reader at a terminal wants of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.compare.coverage import find_coverage
from pipeline.compare.differences import find_differences
from pipeline.compare.indicators import Comparison, compare_indicators
from pipeline.compare.measures import plain_cells
from pipeline.compare.origins import find_origins
from pipeline.compare.tasks import find_document, find_tasks
from pipeline.compare.tracking import track_targets
from pipeline.errors import InputError, NotFoundError
from pipeline.manifest import manifest, read_manifest
from pipeline.reference import outline
from pipeline.report.words import (
    COVERAGE_SIGNS,
    DIFFERENCE_SIGNS,
    NOWHERE,
    ORIGIN_SIGNS,
    OUTLINE,
    REMARK_LABELS,
    TRACKING_SIGNS,
)
from pipeline.tables import Export
from pipeline.workbook import HEADING_LABELS, STANCE_LABELS

PLANS = ("plan", "outline", "notice")
MOST_DRAWN = 20  # indicators, those that most places have; each takes half a second


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command tells, and how many rows its table has."""

    lines: tuple[str, ...]
    rows: int


def answer_compare(
    source: Path,
    output: Path | None,
    *,
    indicators: Collection[str] | None = None,
    headings: Collection[str] | None = None,
    years: Collection[int] | None = None,
    stances: Collection[str] | None = None,
    is_wide: bool = False,
    pairs: Path | None = None,
) -> Answer:
    """Compare indicators over places and years."""
    export = tables.read_export(source)
    found = compare_indicators(
        export,
        indicators=indicators,
        headings={tables.resolved(each, HEADING_LABELS, "heading") for each in headings} if headings else None,
        years=years,
        stances=[tables.resolved(each, STANCE_LABELS, "stance") for each in stances]
        if stances
        else ("target", "result"),
    )
    if found.long.empty:
        raise NotFoundError(f"no value in {source} fits: expected commitments with an indicator, a target or a result")
    if pairs is not None:
        tables.write_table(found.pairs, pairs)
    if output is not None:
        if is_wide and output.suffix.lower() == ".xlsx":
            raise InputError("expected --wide with .csv, .parquet or .jsonl: the workbook has both forms")
        if output.suffix.lower() == ".xlsx":
            from pipeline.report import write_report

            write_report(export, output, comparison=found)
        else:
            tables.write_table(found.wide if is_wide else found.long, output)
    return Answer(tuple(_tell_comparison(found)), len(found.long))


def _tell_comparison(found: Comparison) -> list[str]:
    lines: list[str] = []
    for (indicator, stance), part in found.long.groupby(["indicator", "stance"], sort=False):
        lines.append(f"{part['name'].iloc[0]}（{indicator}），{STANCE_LABELS[str(stance)]}：")
        for row in _records(part.sort_values(["year", "rank"], kind="stable")):
            where = f"{row['jurisdiction'] or '（未识别地区）'}{row['body'] or ''}"
            place = f"，{row['peers'] + 1}个同级地区中第{row['rank']}" if row["rank"] else ""
            why = "" if row["is_comparable"] else f"　※不可比：{row['why_not']}"
            lines.append(f"  {row['year'] or '——'}　{where}　{row['words']}{place}{why}")
    return lines


def answer_gaps(
    source: Path,
    output: Path | None,
    *,
    reference: str = OUTLINE,
    documents: Collection[str] | None = None,
) -> Answer:
    """Say of each task of a reference what each document does about it."""
    export = tables.read_export(source)
    chosen = reference if reference == OUTLINE else find_document(export, reference)
    wanted = [find_document(export, each) for each in documents] if documents else None
    coverage = find_coverage(export, chosen, documents=wanted)
    _write(export, output, coverage, "coverage")
    return Answer(tuple(_tell_coverage(export, coverage)), len(coverage))


def _tell_coverage(export: Export, coverage: pd.DataFrame) -> list[str]:
    names = _names(export)
    lines = []
    for (reference, doc_id), part in coverage.groupby(["reference", "doc_id"], sort=False):
        if reference == OUTLINE:
            titles = {item.id: f"{item.id} {item.title}" for item in outline().items}
        else:
            titles = {task.section_id: task.name for task in find_tasks(export, str(reference))}
        counts = part["status"].value_counts()
        told = "　".join(f"{sign.shown} {counts.get(status, 0)}" for status, sign in COVERAGE_SIGNS.items())
        lines.append(f"{names[str(doc_id)]}　{told}")
        for status in ("missing", "partial"):
            items = [titles.get(str(each), str(each)) for each in part.loc[part["status"] == status, "item"]]
            if items:
                lines.append(f"  {COVERAGE_SIGNS[status].label}：{'；'.join(items)}")
        remarks = [
            f"  {REMARK_LABELS[remark['kind']]}：{titles.get(str(row['item']), row['item'])}——{remark['words']}"
            for row in _records(part)
            for remark in row["remarks"]
        ]
        lines += remarks
    return lines


def answer_track(source: Path, output: Path | None, *, plan: str | None = None, report: str | None = None) -> Answer:
    """Hold the targets of plans against the results of later reports."""
    export = tables.read_export(source)
    tracking = track_targets(
        export,
        find_document(export, plan) if plan else None,
        find_document(export, report) if report else None,
    )
    _write(export, output, tracking, "tracking")
    return Answer(tuple(_tell_tracking(export, tracking)), len(tracking))


def _tell_tracking(export: Export, tracking: pd.DataFrame) -> list[str]:
    names = _names(export)
    subjects = dict(zip(export.commitments["commitment_id"], plain_cells(export.commitments["subject"]), strict=True))
    lines = []
    for (plan, report), part in tracking.groupby(["plan", "report"], sort=False, dropna=False):
        counts = part["status"].value_counts()
        told = "　".join(
            f"{sign.shown} {counts[status]}" for status, sign in TRACKING_SIGNS.items() if status in counts
        )
        sides = [names[str(each)] for each in (plan, report) if isinstance(each, str)]
        lines.append(f"{' → '.join(sides)}　{told}")
        for row in _records(part):
            if row["status"] in ("not_met", "partly", "not_comparable"):
                subject = subjects.get(row["target"]) or subjects.get(row["result"]) or ""
                lines.append(f"  {TRACKING_SIGNS[row['status']].label}：{subject}——{row['why']}")
    return lines


def answer_diff(source: Path, output: Path | None, a: str, b: str, *, is_origin: bool = False) -> Answer:
    """Tell what changed from one document to another, or which tasks of a lower plan come from a higher one."""
    export = tables.read_export(source)
    before, after = find_document(export, a), find_document(export, b)
    if before == after:
        raise InputError(f"expected two documents, got {a!r} and {b!r}, which are the same")
    names = _names(export)
    if is_origin:
        origins = find_origins(export, before, after)
        _write(export, output, origins, "origins")
        titles = {task.section_id: task.name for task in find_tasks(export, after)}
        counts = origins["status"].value_counts()
        lines = [
            f"{names[before]} → {names[after]}　"
            + "　".join(f"{sign.shown} {counts.get(status, 0)}" for status, sign in ORIGIN_SIGNS.items())
        ]
        for row in _records(origins):
            lines.append(f"  {ORIGIN_SIGNS[row['status']].label}：{titles[row['task']]}——{row['why']}")
        return Answer(tuple(lines), len(origins))
    differences = find_differences(export, before, after)
    _write(export, output, differences, "differences")
    head = f"{names[before]} → {names[after]}　{len(differences)}处变化"
    told = [f"  {DIFFERENCE_SIGNS[row['kind']].label}：{row['why']}" for row in _records(differences)]
    return Answer((head, *told), len(differences))


def answer_report(
    source: Path,
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

    export = tables.read_export(source)
    chosen, coverage = _coverage(export, references)
    comparison = compare_indicators(export)
    write_report(
        export,
        output,
        coverage=coverage,
        tracking=track_targets(export),
        comparison=comparison,
        today=today,
        manifest=manifest(export, origin=read_manifest(source)),
    )
    lines = [f"工作簿 -> {output}"]
    if notice is not None:
        told = coverage[coverage["reference"] == chosen[-1]]
        about = newest_plans(export.documents, told["doc_id"], chosen[-1])
        write_notice(
            export,
            told[told["doc_id"].isin(about)].reset_index(drop=True),
            notice,
            place=places or None,
            reference=chosen[-1],
            addressee=addressee,
            signed=signed,
            today=today or date.today(),
        )
        lines.append(f"通知（{len(about)}份计划） -> {notice}")
    if pictures is not None:
        lines += draw_all(export, coverage, comparison, pictures, today=today)
    return Answer(tuple(lines), len(coverage))


def _coverage(export: Export, references: Sequence[str]) -> tuple[list[str], pd.DataFrame]:
    """Return the references by their ids, and the coverage of all of them."""
    chosen = [each if each == OUTLINE else find_document(export, each) for each in references]
    return chosen, pd.concat([find_coverage(export, each) for each in chosen], ignore_index=True)


def newest_plans(documents: pd.DataFrame, judged: Collection[str], reference: str) -> list[str]:
    """Return the documents that a notice is about: of each place its plan of the reference's year, or its newest one.

    A plan stands before an outline and these before a notice, which may be about one matter only; of several the one
    published last. The order of *documents* does not matter.

    Args:
        documents: tables.DOCUMENT columns.
        judged: ids of the documents that were held against the reference.
        reference: outline, or the id of a plan.

    Raises:
        NotFoundError: no other place has such a plan.
    """
    about = documents[documents["doc_id"].isin(list(judged)) & documents["kind"].isin(PLANS)]
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


def answer_export(source: Path, output: Path, *, references: Sequence[str] = (OUTLINE,)) -> Answer:
    """Write the data package: records, coverage, tracking and comparison."""
    from pipeline.research import write_package

    export = tables.read_export(source)
    _, coverage = _coverage(export, references)
    packaged = write_package(
        export,
        output,
        coverage=coverage,
        tracking=track_targets(export),
        comparison=compare_indicators(export),
        origin=read_manifest(source),
    )
    lines = [f"{name}: {rows} rows" for name, rows in packaged.tables.items()]
    lines.append(f"{len(packaged.changes)} cells that a format could not hold as they are: changes.csv")
    return Answer((*lines, f"data package -> {packaged.folder}"), sum(packaged.tables.values()))


def _names(export: Export) -> dict[str, str]:
    """Return what each document is called: its place, year and kind, and its file."""
    names = ("doc_id", "jurisdiction", "body", "title", "name")
    return {
        doc_id: f"{title or name.rsplit('/', 1)[-1]}"
        if title
        else f"{place or ''}{body or ''} {name.rsplit('/', 1)[-1]}"
        for doc_id, place, body, title, name in zip(
            *(plain_cells(export.documents[each]) for each in names), strict=True
        )
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    columns = {name: plain_cells(table[name]) for name in table.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _write(export: Export, output: Path | None, table: pd.DataFrame, part: str) -> None:
    """Write a table: as a workbook that shows it, or plainly."""
    if output is None:
        return
    if output.suffix.lower() == ".xlsx":
        from pipeline.report import write_report

        given: dict[str, Any] = {part: table}
        write_report(export, output, **given)
    else:
        tables.write_table(table, output)
