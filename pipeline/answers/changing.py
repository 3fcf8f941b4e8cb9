"""`fazhi diff`: what changed from one document to another, or where the tasks of a lower plan come from."""

from pathlib import Path

from pipeline.answers.source import Answer, Source, as_source, documents, names_of, records, subjects, write
from pipeline.compare.differences import find_differences
from pipeline.compare.origins import find_origins
from pipeline.compare.tasks import find_document, find_tasks
from pipeline.errors import InputError
from pipeline.records import READABLE
from pipeline.signs import DIFFERENCE_SIGNS, ORIGIN_SIGNS


def answer_diff(source: Path | Source, output: Path | None, a: str, b: str, *, is_origin: bool = False) -> Answer:
    """Tell what changed from one document to another, or which tasks of a lower plan come from a higher one."""
    export = as_source(source).export
    before, after = find_document(export, a), find_document(export, b)
    if before == after:
        raise InputError(f"expected two documents, got {a!r} and {b!r}, which are the same")
    for one in (documents(export)[each] for each in (before, after)):
        if one["quality"] < READABLE or not one["text"].strip():
            raise InputError(f"{one['name']} was read too badly (quality {one['quality']:g}) to say what it lacks")
    names = names_of(export)
    if is_origin:
        origins = find_origins(export, before, after)
        write(export, output, origins, "origins")
        titles = {task.section_id: task.name for task in find_tasks(export, after)}
        counts = origins["status"].value_counts()
        lines = [
            f"{names[before]} → {names[after]}　"
            + "　".join(f"{sign.shown} {counts.get(status, 0)}" for status, sign in ORIGIN_SIGNS.items())
        ]
        for row in records(origins):
            lines.append(f"  {ORIGIN_SIGNS[row['status']].label}：{titles[row['task']]}——{row['why']}")
        return Answer(tuple(lines), len(origins))
    differences = find_differences(export, before, after)
    write(export, output, differences, "differences")
    head = f"{names[before]} → {names[after]}　{len(differences)}处变化"
    about = subjects(export)
    told = []
    for row in records(differences):
        subject = about.get(row["b"]) or about.get(row["a"]) or ""
        told.append(f"  {DIFFERENCE_SIGNS[row['kind']].label}：{subject}——{row['why']}")
    return Answer((head, *told), len(differences))
