"""`fazhi gaps`: which tasks of a reference each document covers, and which it leaves out."""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from pipeline.answers.source import Answer, Source, as_source, names_of, records, write
from pipeline.compare.tasks import find_document, find_tasks
from pipeline.errors import InputError, NotFoundError
from pipeline.reference import outline
from pipeline.report.words import OUTLINE
from pipeline.signs import COVERAGE_SIGNS, REMARK_LABELS
from pipeline.tables import Export


def answer_gaps(
    source: Path | Source,
    output: Path | None,
    *,
    reference: str = OUTLINE,
    documents: Collection[str] | None = None,
) -> Answer:
    """Say of each task of a reference what each document does about it."""
    given = as_source(source)
    export = given.export
    chosen = given.reference(reference)
    wanted = [find_document(export, each) for each in documents] if documents else None
    if wanted == [chosen]:
        raise InputError(f"expected other documents than the reference {reference!r} itself")
    coverage = given.coverage(chosen, documents=wanted)
    if coverage.empty:
        raise NotFoundError(f"expected documents to hold against {reference!r}, but {given.name} has none besides it")
    write(export, output, coverage, "coverage")
    return Answer(tuple(_tell_coverage(export, coverage)), len(coverage))


def _tell_coverage(export: Export, coverage: pd.DataFrame) -> list[str]:
    names = names_of(export)
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
            for row in records(part)
            for remark in row["remarks"]
        ]
        lines += remarks
    return lines
