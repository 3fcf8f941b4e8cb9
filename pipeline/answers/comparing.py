"""`fazhi compare`: indicators over places and years."""

from collections.abc import Collection
from pathlib import Path

from pipeline import tables
from pipeline.answers.source import Answer, Source, as_source, records
from pipeline.compare.indicators import Comparison, compare_indicators
from pipeline.errors import InputError, NotFoundError
from pipeline.reference import indicators
from pipeline.workbook import HEADING_LABELS, STANCE_LABELS


def answer_compare(
    source: Path | Source,
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
    given = as_source(source)
    export = given.export
    if pairs is not None and pairs.suffix.lower() == ".xlsx":
        raise InputError(f"expected --pairs with .csv, .parquet or .jsonl, got {pairs}")
    names = {each.id: each.name for each in indicators()}
    found = compare_indicators(
        export,
        indicators=[tables.resolved(each, names, "indicator") for each in wanted] if wanted else None,
        headings={tables.resolved(each, HEADING_LABELS, "heading") for each in headings} if headings else None,
        years=years,
        stances=[tables.resolved(each, STANCE_LABELS, "stance") for each in stances]
        if stances
        else ("target", "result"),
    )
    if found.long.empty:
        raise NotFoundError(
            f"no value in {given.name} fits: expected commitments with an indicator, a target or a result"
        )
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
        for row in records(part.sort_values(["year", "rank"], kind="stable")):
            where = f"{row['jurisdiction'] or '（未识别地区）'}{row['body'] or ''}"
            place = f"，{row['peers'] + 1}个同级地区中第{row['rank']}" if row["rank"] else ""
            why = "" if row["is_comparable"] else f"　※不可比：{row['why_not']}"
            lines.append(f"  {row['year'] or '——'}　{where}　{row['words']}{place}{why}")
    return lines
