"""The tasks that a plan hands out: its numbered items, and the rows of its task tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.compare.measures import plain_cells
from pipeline.errors import NotFoundError
from pipeline.tables import Export, numbered

# A stage of a timetable hands out no task of its own: 部署阶段（3月至4月）, 第一阶段.
STAGE = re.compile(r"^第[一二三四五六七八九十]+阶段|阶段(?:\s*[(（:：]|$)")
AIMS = 1  # the heading of guiding ideas and goals: tasks only where a figure is set
HEADER = re.compile(r"^序号\s")


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a plan."""

    doc_id: str
    section_id: str
    number: str  # as printed, "" for a row of a table
    title: str
    text: str
    start: int  # of the text, in code points of the document's text, half-open
    end: int
    heading: int | None
    items: tuple[str, ...]  # ids of the outline items that it speaks to
    commitments: tuple[str, ...]  # ids, in reading order

    @property
    def name(self) -> str:
        """Number and title as a reader finds them."""
        return numbered(self.number, self.title or self.text[:30])


def find_document(export: Export, wanted: str) -> str:
    """Return the id of the document called *wanted*: by its id, name, file name or title, or the start of one of them.

    Names go first: a file may be called a.txt where the id of another begins with a.

    Raises:
        NotFoundError: none is, or more than one; the message lists names.
    """
    ids, names = plain_cells(export.documents["doc_id"]), plain_cells(export.documents["name"])
    titles = plain_cells(export.documents["title"])
    rows = list(zip(ids, names, titles, strict=True))
    for test in (
        lambda one: wanted == one[1],
        lambda one: wanted in (one[0], one[2]),
        lambda one: one[1].rsplit("/", 1)[-1] == wanted,
        lambda one: one[1].rsplit("/", 1)[-1].startswith(wanted),
        lambda one: one[0].startswith(wanted),
        lambda one: wanted in (one[2] or ""),
    ):
        found = [one for one in rows if test(one)]
        if len(found) == 1:
            return str(found[0][0])
        if found:
            raise NotFoundError(
                f"{wanted!r} names {len(found)} documents, expected one: {', '.join(one[1] for one in found[:10])}"
            )
    raise NotFoundError(f"no document {wanted!r}; there are {', '.join(names) or 'none'}")


def find_tasks(export: Export, doc_id: str) -> list[Task]:
    """Return the tasks of a plan in reading order.

    A task is an item of level 1 to 3 that no other such item divides, with its 一是, ① and paragraphs, or a row of a
    task table. Aims (heading 1) are tasks only where they set a figure; letterheads, stages and signatures never are.
    A plan without any such item has its paragraphs for tasks.

    Args:
        export: with the document.
        doc_id: of the plan.

    Raises:
        NotFoundError: the export has no such document.
    """
    found = export.documents[export.documents["doc_id"] == doc_id]
    if found.empty:
        raise NotFoundError(f"no document {doc_id!r} in the export")
    text = str(found["text"].iloc[0])
    sections = export.sections[export.sections["doc_id"] == doc_id]
    names = ("section_id", "parent_id", "number", "level", "title", "start", "end", "heading", "items")
    rows = [
        dict(zip(names, cells, strict=True))
        for cells in zip(*(plain_cells(sections[name]) for name in names), strict=True)
    ]
    of_document = export.commitments[export.commitments["doc_id"] == doc_id].sort_values(["value_start", "value_end"])
    wanted = ("commitment_id", "value_start", "value_end", "type", "stance")
    values = list(zip(*(plain_cells(of_document[name]) for name in wanted), strict=True))
    divided = {row["parent_id"] for row in rows if _is_numbered(row)}
    tasks = [row for row in rows if _is_task(row, text, divided)]
    if not tasks:
        tasks = [row for row in rows if row["level"] == 0 and (row["heading"] or 0) > AIMS]
    made = []
    for row in tasks:
        own = tuple(one for one, start, end, *_ in values if row["start"] <= start and end <= row["end"])
        figures = [
            one for one, start, *_, kind, _ in values if row["start"] <= start < row["end"] and kind != "deadline"
        ]
        if row["heading"] == AIMS and not figures:
            continue
        made.append(_task(doc_id, text, row, own))
    return made


def _is_numbered(row: Mapping[str, Any]) -> bool:
    return bool(row["level"] in (1, 2, 3)) or (row["level"] == 0 and bool(row["title"]))


def _is_task(row: Mapping[str, Any], text: str, divided: set[Any]) -> bool:
    if not _is_numbered(row) or row["section_id"] in divided or not row["heading"]:
        return False
    words = row["title"] or text[row["start"] : row["end"]]
    return not STAGE.search(words[:40]) and not HEADER.match(words)


def _task(doc_id: str, text: str, row: Mapping[str, Any], commitments: tuple[str, ...]) -> Task:
    return Task(
        doc_id,
        row["section_id"],
        row["number"] or "",
        row["title"] or "",
        text[row["start"] : row["end"]].strip(),
        row["start"],
        row["end"],
        row["heading"],
        tuple(str(item["item"]) for item in row["items"]),
        commitments,
    )
