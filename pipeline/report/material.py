"""What the sheets and the notice say it from: documents, commitments, references and judgements, found by their ids."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from pipeline.compare.columns import COVERAGE
from pipeline.compare.tasks import Task, find_tasks
from pipeline.errors import InputError, NotFoundError
from pipeline.records import CoverageStatus
from pipeline.reference import indicators, outline
from pipeline.report import words
from pipeline.report.layout import Cell
from pipeline.summary import shown_value
from pipeline.tables import Export, comparable
from pipeline.workbook import HEADING_LABELS, KIND_LABELS, LEVEL_LABELS, WEB_ADDRESS

LEVELS = tuple(LEVEL_LABELS)
LONGEST_SHORT = 24  # characters of a title that stands for a document of no known place


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the report names it."""

    doc_id: str
    place: str
    name: str  # place, year and kind, told apart from every other document of the report
    title: str
    text: str
    facts: Mapping[str, Any]  # tables.DOCUMENT columns, None where there is nothing

    @property
    def url(self) -> str | None:
        """The address it came from, None where it is none that a workbook can link."""
        url = self.facts["url"]
        return url if url and WEB_ADDRESS.fullmatch(url) else None

    @property
    def what(self) -> str:
        """The name without the place: 2024年计划."""
        return self.name.partition("\n")[2].replace("\n", " ")

    @property
    def called(self) -> str:
        """The title in book-title marks, those inside it in single ones."""
        return f"《{self.title.replace('《', '〈').replace('》', '〉')}》"

    @property
    def origin(self) -> str:
        """The address that it came from, or the name of its file."""
        return self.url or str(self.facts["name"])


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a reference asks: an item of the outline, or a task of a plan."""

    item: str
    name: str  # number and title
    group: str  # heading of the outline, or chapter of the plan
    asks: str
    commitments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """What documents are held against."""

    key: str  # "outline", or the doc_id of a plan
    name: str  # in 《》
    short: str
    tasks: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row of a coverage table with the texts that it points to."""

    reference: Reference
    task: Asked
    source: Source
    status: CoverageStatus
    score: float | None
    start: int | None
    end: int | None
    nearest: tuple[tuple[str, float, str], ...]  # text, likeness, section_id
    remarks: tuple[Mapping[str, Any], ...]
    why: tuple[str, ...]
    doubt: float | None = None  # 0 where one state is certain, 1 where the best two are as likely as each other

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Under which links find it."""
        return "judgement", self.reference.key, self.task.item, self.source.doc_id

    @property
    def quote(self) -> str | None:
        """The best passage, word for word."""
        return None if self.start is None or self.end is None else self.source.text[self.start : self.end].strip()

    @property
    def is_gap(self) -> bool:
        """Whether it is anything but covered without a remark."""
        return self.status != "covered" or bool(self.remarks)


def records_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as dictionaries, None where a cell has nothing; lists stay lists, dates are dates."""
    return [{str(name): plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def plain(value: Any) -> Any:
    """Return a cell as a plain value."""
    if isinstance(value, (list, tuple, dict, str)):
        return value
    if isinstance(value, np.ndarray):
        return value.tolist()
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def dated(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a row with its deadline as `summary.shown_value` reads it."""
    return {**row, "deadline": pd.Timestamp(row["deadline"])} if row.get("deadline") else row


class Material:
    """An export with what the report asks of it."""

    def __init__(self, export: Export) -> None:
        if not export.documents["doc_id"].is_unique:
            raise InputError("expected each document once, got one twice in the export")
        self.export = export

    @cached_property
    def table(self) -> list[dict[str, Any]]:
        """The comparable table, in the order of the documents of the report."""
        order = {doc_id: place for place, doc_id in enumerate(self.sources)}
        return sorted(records_of(comparable(self.export)), key=lambda row: (order[row["doc_id"]], row["value_start"]))

    @cached_property
    def commitments(self) -> dict[str, dict[str, Any]]:
        """The rows of the comparable table by their ids."""
        return {row["commitment_id"]: row for row in self.table}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The documents by their ids: higher levels first, then by place, year and kind."""
        rows = records_of(self.export.documents)
        rows.sort(key=_place_in_report)
        names = _names(rows)
        return {
            row["doc_id"]: Source(
                row["doc_id"], row["jurisdiction"] or words.NOWHERE, name, row["title"] or row["name"],
                row["text"] or "", {key: value for key, value in row.items() if key != "text"},
            )
            for row, name in zip(rows, names, strict=True)
        }  # fmt: skip

    @cached_property
    def sections(self) -> dict[tuple[str, str], dict[str, Any]]:
        """The sections by document and id."""
        return {(row["doc_id"], row["section_id"]): row for row in records_of(self.export.sections)}

    @cached_property
    def indicator_names(self) -> dict[str, str]:
        """Chinese names of indicators by their ids."""
        return {one.id: one.name for one in indicators()}

    def source(self, doc_id: str) -> Source:
        """Return a document.

        Raises:
            NotFoundError: the export has none of this id.
        """
        try:
            return self.sources[doc_id]
        except KeyError:
            raise NotFoundError(f"no document {doc_id!r} in the export, which a table names") from None

    def value(self, commitment_id: str | None) -> Cell | None:
        """Return the value of a commitment in the fewest signs, leading to its row."""
        row = self.commitments.get(commitment_id or "")
        if row is None:
            return None
        return Cell(shown_value(dated(row)) or row["value_text"], to=("commitment", row["commitment_id"]))

    def section_name(self, doc_id: str, section_id: str | None) -> str | None:
        """Return number and title of a section, its opening words where it has none."""
        row = self.sections.get((doc_id, section_id or ""))
        if row is None:
            return None
        name = _titled(row["number"] or "", row["title"] or "")
        return name or _shortened(self.source(doc_id).text[row["start"] : row["end"]], LONGEST_SHORT)

    def section_text(self, doc_id: str, section_id: str | None) -> str | None:
        """Return the text of a section, word for word."""
        row = self.sections.get((doc_id, section_id or ""))
        return None if row is None else self.source(doc_id).text[row["start"] : row["end"]].strip()

    def section_at(self, doc_id: str, start: int) -> str | None:
        """Return the name of the narrowest titled section that holds the place *start* of a document."""
        found = [
            row for row in self._by_document.get(doc_id, ())
            if row["start"] <= start < row["end"] and (row["title"] or row["number"])
        ]  # fmt: skip
        if not found:
            return None
        return self.section_name(doc_id, min(found, key=lambda row: row["end"] - row["start"])["section_id"])

    @cached_property
    def _by_document(self) -> dict[str, list[dict[str, Any]]]:
        rows: dict[str, list[dict[str, Any]]] = {}
        for row in self.sections.values():
            rows.setdefault(row["doc_id"], []).append(row)
        return rows

    def reference(self, key: str) -> Reference:
        """Return what judgements are held against: the national outline, or a plan of the export."""
        if key == words.OUTLINE:
            return Reference(key, words.OUTLINE_NAME, words.OUTLINE_SHORT, tuple(_outline_tasks()))
        source = self.source(key)
        tasks = tuple(self._plan_task(task) for task in find_tasks(self.export, key))
        return Reference(key, source.called, source.name.replace("\n", ""), tasks)

    def _plan_task(self, task: Task) -> Asked:
        row = self.sections[task.doc_id, task.section_id]
        group = self.section_name(task.doc_id, row["parent_id"]) or HEADING_LABELS[task.heading or 0]
        return Asked(task.section_id, task.name, group, task.text, task.commitments)

    def judgements(self, coverage: pd.DataFrame) -> dict[str, list[Judgement]]:
        """Return the judgements of a coverage table by reference, the outline first, by document and task.

        A column `doubt`, as compare.coverage.find_doubtful gives it, is used where it is there.

        Raises:
            InputError: a column is missing, or one task of one document is judged twice.
        """
        if missing := [name for name in COVERAGE if name not in coverage]:
            raise InputError(
                f"expected the columns {', '.join(COVERAGE)} of coverage, got none of {', '.join(missing)}"
            )
        rows = records_of(coverage)
        twice = [key for key, count in Counter(map(_judged, rows)).items() if count > 1]
        if twice:
            raise InputError(f"expected one judgement a task and document, got two for {twice[0]}")
        keys = sorted({row["reference"] for row in rows}, key=lambda key: (key != words.OUTLINE, key))
        return {key: self._judged(key, [row for row in rows if row["reference"] == key]) for key in keys}

    def _judged(self, key: str, rows: Sequence[Mapping[str, Any]]) -> list[Judgement]:
        reference = self.reference(key)
        tasks = {task.item: task for task in reference.tasks}
        for row in rows:
            if row["item"] not in tasks:
                name = self.section_name(key, row["item"]) or str(row["item"])
                tasks[row["item"]] = Asked(row["item"], name, "", self.section_text(key, row["item"]) or name)
        places = {item: place for place, item in enumerate(tasks)}
        order = {doc_id: place for place, doc_id in enumerate(self.sources)}
        made = [self._judgement(reference, tasks[row["item"]], row) for row in rows]
        return sorted(made, key=lambda one: (order[one.source.doc_id], places[one.task.item]))

    def _judgement(self, reference: Reference, task: Asked, row: Mapping[str, Any]) -> Judgement:
        source = self.source(row["doc_id"])
        nearest = tuple(
            (source.text[one["start"] : one["end"]].strip(), float(one["score"]), str(one.get("section_id") or ""))
            for one in row["nearest"] or ()
        )
        return Judgement(
            reference, task, source, row["status"], row["score"], row["start"], row["end"], nearest,
            tuple(row["remarks"] or ()), tuple(row["why"] or ()), row.get("doubt"),
        )  # fmt: skip


def _judged(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["reference"], row["item"], row["doc_id"]


def _place_in_report(row: Mapping[str, Any]) -> tuple[Any, ...]:
    level = LEVELS.index(row["level"]) if row["level"] in LEVELS else len(LEVELS)
    return (
        level, row["jurisdiction_code"] or "~", row["jurisdiction"] or "~", row["year"] or 0, row["kind"] or "",
        row["name"], row["doc_id"],
    )  # fmt: skip


def _names(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a name for each document, its place on a line of its own; those of one name are numbered."""
    names = []
    for row in rows:
        kind = KIND_LABELS.get(row["kind"], "") if row["kind"] != "other" else "文件"
        what = (f"{row['year']}年" if row["year"] else "") + kind
        if row["jurisdiction"]:
            body = (row["body"] or "").removeprefix(row["jurisdiction"])
            names.append("\n".join(part for part in (row["jurisdiction"], body, what) if part))
        else:
            names.append(_shortened(row["title"] or row["name"], LONGEST_SHORT) + "\n" + what)
    counts, seen = Counter(names), Counter[str]()
    for at, name in enumerate(names):
        if counts[name] > 1:
            seen[name] += 1
            names[at] = f"{name}（{seen[name]}）"
    return names


def _shortened(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _titled(number: str, title: str) -> str:
    if not (number and title):
        return number or title
    if number.isdecimal():
        return f"{number}.{title}"
    if number.startswith("第"):
        return f"{number} {title}"
    return f"{number}、{title}" if set(number) <= set("一二三四五六七八九十百零〇") else number + title


def _outline_tasks() -> Iterator[Asked]:
    for item in outline().items:
        yield Asked(item.id, f"{item.id} {item.title}", HEADING_LABELS[item.heading], item.asks)
