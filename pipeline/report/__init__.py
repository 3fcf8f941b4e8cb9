"""What an office hands on: the report as one workbook, and the notice on missing tasks as a Word file."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from pipeline.compare.columns import COVERAGE
from pipeline.errors import InputError
from pipeline.report import front, gaps, held, listed
from pipeline.report.book import write_sheets
from pipeline.report.layout import Names
from pipeline.report.material import Material
from pipeline.report.notice import write_notice
from pipeline.tables import Export

__all__ = ["write_notice", "write_report"]


def write_report(
    export: Export,
    path: Path,
    *,
    coverage: pd.DataFrame | None = None,
    tracking: pd.DataFrame | None = None,
    comparison: Any = None,
    differences: pd.DataFrame | None = None,
    origins: pd.DataFrame | None = None,
    scope: str = "",
    today: date | None = None,
    manifest: Mapping[str, Any] | None = None,
) -> None:
    """Write the report to *path* as one workbook; equal arguments give equal bytes.

    A part that is not given, or has no rows, has no sheet.

    Args:
        export: the documents that the report is about, with those that the tables name.
        path: replaced at once when the new file is whole; its folder is made where there is none.
        coverage: the columns compare.columns.COVERAGE, and `doubt` where it is known.
        tracking: the columns TRACKING.
        comparison: of compare.indicators, or its long frame.
        differences: the columns DIFFERENCE.
        origins: the columns ORIGIN.
        scope: what the reader should know about this selection, shown on the cover.
        today: the day on the cover; without it the cover has none, so that nothing depends on the day.
        manifest: hashes of inputs, rules and models, listed on the last sheet.

    Raises:
        InputError: a column is missing, a judgement is there twice, or *path* is a folder.
        NotFoundError: a table names a document that the export does not have.
    """
    if path.is_dir():
        raise InputError(f"expected a file to write to, got the folder {path}")
    material, names = Material(export), Names()
    names.taken |= {name.casefold() for name in ("封面", "总览", "History")}
    judged = material.judgements(pd.DataFrame(columns=list(COVERAGE)) if coverage is None else coverage)
    sheets = [
        *gaps.sheets(material, judged, names),
        *(held.tracking_sheets(material, tracking, names) if tracking is not None else ()),
        *(
            held.comparison_sheets(material, getattr(comparison, "long", comparison), names)
            if comparison is not None
            else ()
        ),
        *(held.difference_sheets(material, differences, names) if differences is not None else ()),
        *(held.origin_sheets(material, origins, names) if origins is not None else ()),
        *listed.heading_sheets(material, names),
        *listed.ledger_sheets(material, names),
        listed.source_sheet(material, names),
    ]
    first = front.overview_sheet(material, judged, tracking, Names())
    last = front.notes_sheet([first, *sheets], names, manifest)
    shown = [first, *sheets, last]
    references = [judgements[0].reference.name for judgements in judged.values() if judgements]
    cover = front.cover_sheet(material, shown, Names(), scope=scope, today=today, references=references)
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".report-", dir=path.parent) as unfinished:
        part = Path(unfinished, path.name)
        write_sheets(part, [cover, *shown], title=front.TITLE)
        part.replace(path)
