"""Corrections as people write them down: a file with one a line, and what `fazhi correct` does with it.

A line is an object: {"commitment_id": …, "field": "value", "value": 98, "by": "王", "why": "原文为98%"}. It names the
record by commitment_id or section_id, or else the document by doc_id or name; these two may stand beside the others.
The lines that `fazhi train headings --corrections` learns from ({"doc_id", "section_id", "heading"}) are taken too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, NotFoundError
from pipeline.moments import moment, utc_now
from pipeline.tables import read_objects
from pipeline.weeks import CHINA
from pipeline.workspace.corrections.fields import FIELDS, in_words
from pipeline.workspace.corrections.keeping import add_correction, corrected, list_corrections, undo_correction
from pipeline.workspace.corrections.records import REJECTED, Correction, Record
from pipeline.workspace.place import Workspace
from pipeline.workspace.view import View

KEYS = ("doc_id", "name", "section_id", "commitment_id", "field", "value", "by", "why")
OF_TRAINING = ("heading", "items", "alt")  # alt: other headings that would be right, of no account here
RECORDS: dict[Record, str] = {"document": "文件", "section": "章节", "commitment": "承诺"}
LONGEST = 30  # characters of a title or a quote in a line


@dataclass(frozen=True, slots=True)
class Wanted:
    """A correction that a file asks for."""

    where: str  # file and line
    record: Record
    id: str
    field: str
    value: Any
    by: str = ""
    why: str = ""
    document: str = ""


def read_corrections(path: Path) -> list[Wanted]:
    """Read a file of corrections; whether they fit a workspace is not looked at.

    Raises:
        NotFoundError: there is no such file.
        InputError: a line is no correction, or the file has none; the message names the line.
    """
    if not path.is_file():
        raise NotFoundError(f"no file {path}: expected JSON Lines with a correction a line")
    found = [one for where, row in read_objects(path) for one in _read(row, where)]
    if not found:
        raise InputError(f"{path}: expected JSON Lines with a correction a line, got an empty file")
    return found


def _read(row: dict[str, Any], where: str) -> Iterator[Wanted]:
    unknown = [key for key in row if key not in (*KEYS, *OF_TRAINING)]
    if unknown:
        raise InputError(f"{where}: expected the keys {', '.join(KEYS)}, got {', '.join(unknown)}")
    for key in ("doc_id", "name", "section_id", "commitment_id", "field", "by", "why"):
        if row.get(key) is not None and not isinstance(row[key], str):
            raise InputError(f"{where}: expected a text for {key}, got {row[key]!r}")
    said = {key: str(row.get(key) or "").strip() for key in KEYS if key != "value"}
    if said["section_id"] and said["commitment_id"]:
        raise InputError(f"{where}: expected a section_id or a commitment_id, got both")
    document = said["doc_id"] or said["name"]
    record: Record = "commitment" if said["commitment_id"] else "section" if said["section_id"] else "document"
    id = said["commitment_id"] or said["section_id"] or document
    if not id:
        raise InputError(f"{where}: expected commitment_id, section_id, doc_id or name, got none of them")
    for field, value in _values(row, said["field"], where):
        yield Wanted(where, record, id, field, value, said["by"], said["why"], "" if record == "document" else document)


def _values(row: dict[str, Any], field: str, where: str) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a line, each with what it is to hold."""
    if field:
        if "value" not in row:
            raise InputError(f"{where}: expected a value for {field}, got none; null empties a field")
        yield field, row["value"]
        return
    short = [(name, row[name]) for name in ("heading", "items") if row.get(name) is not None]
    if not short:
        raise InputError(f"{where}: expected field and value, got {', '.join(row)}")
    yield from short


def correct(
    workspace: Workspace, path: Path, *, by: str = "", now: Callable[[], datetime] = utc_now
) -> tuple[str, ...]:
    """Store the corrections of a file, all of them or none; return in Chinese what became of them.

    Args:
        workspace: whose records are put right.
        path: of the file.
        by: who says so, where a line names nobody.
        now: the clock.

    Raises:
        InputError: a line is no correction, or its value does not fit its field; the message names the line.
        NotFoundError: a line names a record that is not there.
    """
    wanted = read_corrections(path)
    with workspace.writing() as tx:
        before = {one.id for one in list_corrections(tx)}
        made: dict[int, None] = {}
        for one in wanted:
            try:
                id = add_correction(
                    tx, record=one.record, id=one.id, field=one.field, value=one.value, by=one.by or by, why=one.why,
                    document=one.document, now=now,
                )  # fmt: skip
            except (InputError, NotFoundError) as error:
                raise type(error)(f"{one.where}: {error}") from error
            made[id] = None
        after = list_corrections(tx)
    fresh = [one for one in after if one.id in made and one.id not in before]
    replaced = len(before - {one.id for one in after})
    told = f"更正{len(fresh)}处" + (f"，替换原有更正{replaced}处" if replaced else "")
    if again := len(wanted) - len(fresh):
        told += f"，另有{again}处与已有的更正相同"
    return (f"{told}。各表、导出和周报自下次生成起按更正后的内容。", *(f"  {_line(one)}" for one in fresh))


def list_lines(workspace: Workspace) -> tuple[str, ...]:
    """Return a line in Chinese for each correction that holds, and whether it still fits."""
    with workspace.engine.connect() as connection, connection.begin():
        held = list_corrections(connection)
        rows = corrected(View(connection)).rows
    if not held:
        return ("没有更正。",)
    why = dict(zip(rows["correction_id"].tolist(), rows["why_stale"].tolist(), strict=True))
    stale = {one.id: str(why[one.id]) for one in held if isinstance(why.get(one.id), str)}
    head = f"更正{len(held)}处" + (f"，其中{len(stale)}处已失效，没有采用，请重新核对：" if stale else "：")
    return (head, *(f"  {_line(one, stale.get(one.id, ''))}" for one in held))


def undo(workspace: Workspace, id: int, *, now: Callable[[], datetime] = utc_now) -> tuple[str, ...]:
    """Take a correction back; return in Chinese which.

    Raises:
        NotFoundError: there is none of that id that holds.
    """
    with workspace.writing() as tx:
        return ("已撤销更正：", f"  {_line(undo_correction(tx, id, now=now))}")


def _line(one: Correction, stale: str = "") -> str:
    label = FIELDS[one.record][one.field].label
    called = str(one.about["called"])[:LONGEST]
    within = "" if one.record == "document" else f"{RECORDS[one.record]}“{one.about['quote'][:LONGEST]}”"
    change = label
    if one.field != REJECTED:
        old, new = (in_words(one.record, one.field, each) for each in (one.about["old"], one.value))
        change = f"{label}：{old} → {new}"
    made = moment(one.at)
    day = made.astimezone(CHINA).date().isoformat() if made else ""
    by = "，".join(each for each in (one.by, day, one.why) if each)
    return f"#{one.id}　《{called}》{within}　{change}（{by}）" + (f"　※{stale}" if stale else "")
