"""`fazhi track`: targets of plans held against the results of later reports."""

from pathlib import Path

import pandas as pd

from pipeline.answers.source import Answer, Source, as_source, documents, names_of, records, subjects, write
from pipeline.compare.tasks import find_document
from pipeline.compare.tracking import track_targets
from pipeline.errors import InputError, NotFoundError
from pipeline.signs import TRACKING_SIGNS
from pipeline.tables import Export


def answer_track(
    source: Path | Source, output: Path | None, *, plan: str | None = None, report: str | None = None
) -> Answer:
    """Hold the targets of plans against the results of later reports."""
    given = as_source(source)
    export = given.export
    asked, told = (find_document(export, each) if each else None for each in (plan, report))
    _check_same_place(export, asked, told)
    tracking = track_targets(export, asked, told) if asked or told else given.tracking()
    if tracking.empty:
        raise NotFoundError(f"no target in {given.name} that could be tracked: expected a plan with targets")
    write(export, output, tracking, "tracking")
    return Answer(tuple(_tell_tracking(export, tracking)), len(tracking))


def _check_same_place(export: Export, plan: str | None, report: str | None) -> None:
    about = documents(export)
    if report and about[report]["kind"] in ("plan", "outline"):
        raise InputError(f"expected a report, got {about[report]['name']}, a {about[report]['kind']}")
    if plan and report:
        ours, theirs = (about[each]["jurisdiction"] for each in (plan, report))
        if ours and theirs and ours != theirs:
            raise InputError(f"expected a plan and a report of one place, got {ours} and {theirs}")


def _tell_tracking(export: Export, tracking: pd.DataFrame) -> list[str]:
    names = names_of(export)
    about = subjects(export)
    lines = []
    for (plan, report), part in tracking.groupby(["plan", "report"], sort=False, dropna=False):
        counts = part["status"].value_counts()
        told = "　".join(
            f"{sign.shown} {counts[status]}" for status, sign in TRACKING_SIGNS.items() if status in counts
        )
        sides = [names[str(each)] for each in (plan, report) if isinstance(each, str)]
        lines.append(f"{' → '.join(sides)}　{told}")
        for row in records(part):
            if row["status"] in ("not_met", "partly", "not_comparable"):
                subject = about.get(row["target"]) or about.get(row["result"]) or ""
                lines.append(f"  {TRACKING_SIGNS[row['status']].label}：{subject}——{row['why']}")
    return lines
