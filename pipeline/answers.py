"""What the comparing commands answer: an export read, a question asked of it, and the answer written or told.

Every function reads the export that `fazhi analyze` wrote, writes the whole answer where it is asked to, and returns
the lines, in Chinese, that a reader at a terminal wants of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
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
from pipeline.records import READABLE
from pipeline.reference import indicators, outline
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
LAW_MAKING = ("7", "8")  # items of the outline that ask for legislation
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
    wanted: Collection[str] | None = None,
    headings: Collection[str] | None = None,
    years: Collection[int] | None = None,
    stances: Collection[str] | None = None,
    is_wide: bool = False,
    pairs: Path | None = None,
) -> Answer:
    """Compare indicators over places and years."""
    export = tables.read_export(source)
    if pairs is not None and pairs.suffix.lower() == ".xlsx":
        raise InputError(f"expected --pairs with .csv, .parquet or .jsonl, got {pairs}")
    found = compare_indicators(
        export,
        indicators=[_indicator_called(each) for each in wanted] if wanted else None,
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


def _indicator_called(wanted: str) -> str:
    """Return the id of an indicator that is given by its id or its Chinese name.

    Raises:
        NotFoundError: there is none; the message lists those that are called most alike.
    """
    names = {each.id: each.name for each in indicators()}
    found = [each for each, name in names.items() if wanted in (each, name)]
    if found:
        return found[0]
    by_either = {word: each for each, name in names.items() for word in (each, name)}
    near = dict.fromkeys(by_either[word] for word in get_close_matches(wanted, by_either, n=5, cutoff=0.4))
    told = ", ".join(f"{each} ({names[each]})" for each in near) or "none that is called alike"
    raise NotFoundError(f"no indicator {wanted!r}; there are {len(names)}, among them {told}")


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
    chosen = _reference(export, reference)
    wanted = [find_document(export, each) for each in documents] if documents else None
    if wanted == [chosen]:
        raise InputError(f"expected other documents than the reference {reference!r} itself")
    coverage = find_coverage(export, chosen, documents=wanted)
    _write(export, output, coverage, "coverage")
    return Answer(tuple(_tell_coverage(export, coverage)), len(coverage))


def _reference(export: Export, wanted: str) -> str:
    """Return what documents are held against: outline, or the id of a plan.

    Raises:
        InputError: it is a report, which hands out no tasks.
    """
    if wanted == OUTLINE:
        return OUTLINE
    found = find_document(export, wanted)
    if _documents(export)[found]["kind"] == "report":
        raise InputError(f"expected outline or a plan as the reference, got the report {wanted}")
    return found


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
    asked, told = (find_document(export, each) if each else None for each in (plan, report))
    _check_same_place(export, asked, told)
    tracking = track_targets(export, asked, told)
    _write(export, output, tracking, "tracking")
    return Answer(tuple(_tell_tracking(export, tracking)), len(tracking))


def _check_same_place(export: Export, plan: str | None, report: str | None) -> None:
    about = _documents(export)
    if report and about[report]["kind"] in ("plan", "outline"):
        raise InputError(f"expected a report, got {about[report]['name']}, a {about[report]['kind']}")
    if plan and report:
        ours, theirs = (about[each]["jurisdiction"] for each in (plan, report))
        if ours and theirs and ours != theirs:
            raise InputError(f"expected a plan and a report of one place, got {ours} and {theirs}")


def _tell_tracking(export: Export, tracking: pd.DataFrame) -> list[str]:
    names = _names(export)
    subjects = _subjects(export)
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
    for one in (_documents(export)[each] for each in (before, after)):
        if one["quality"] < READABLE or not one["text"].strip():
            raise InputError(f"{one['name']} was read too badly (quality {one['quality']:g}) to say what it lacks")
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
    subjects = _subjects(export)
    told = []
    for row in _records(differences):
        subject = subjects.get(row["b"]) or subjects.get(row["a"]) or ""
        told.append(f"  {DIFFERENCE_SIGNS[row['kind']].label}：{subject}——{row['why']}")
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

    if output.suffix.lower() != ".xlsx":
        raise InputError(f"expected a file that ends in .xlsx, got {output}")
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


def _coverage(export: Export, references: Sequence[str]) -> tuple[list[str], pd.DataFrame]:
    """Return the references by their ids, and the coverage of all of them."""
    chosen = [_reference(export, each) for each in references]
    return chosen, pd.concat([find_coverage(export, each) for each in chosen], ignore_index=True)


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


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    columns = {name: plain_cells(table[name]) for name in table.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _documents(export: Export) -> dict[str, dict[str, Any]]:
    return {row["doc_id"]: row for row in _records(export.documents)}


def _subjects(export: Export) -> dict[str, str | None]:
    columns = (plain_cells(export.commitments[name]) for name in ("commitment_id", "subject"))
    return dict(zip(*columns, strict=True))


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
