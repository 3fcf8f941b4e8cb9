"""The heat map of coverage: tasks down, documents across, four states told apart by colour, lightness and symbol."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pandas as pd

from pipeline.errors import InputError, NotFoundError
from pipeline.pictures.cells import speaker
from pipeline.pictures.paper import (
    BAND,
    BODY,
    INK,
    MARGIN,
    QUIET,
    SMALL,
    TITLE,
    Paper,
    drawn,
    inches,
    lines_of,
    source_line,
    wrap,
)
from pipeline.reference import outline
from pipeline.signs import COVERAGE_SIGNS, REMARK_LABELS
from pipeline.tables import Export, numbered
from pipeline.workbook import HEADING_LABELS, KIND_LABELS


@dataclass(frozen=True, slots=True)
class State:
    """How one status is shown; the shades differ in lightness too, for a print in black and white."""

    label: str
    meaning: str
    fill: str
    ink: str
    hatch: str | None = None


STATES: Mapping[str, State] = {
    "covered": State(COVERAGE_SIGNS["covered"].label, "对任务的核心有具体安排或者结果", "#d6e6f2", "#0b4a78"),
    "partial": State(COVERAGE_SIGNS["partial"].label, "只是提到，或者只及次要方面", "#f3c56b", "#5d3c00"),
    "missing": State(COVERAGE_SIGNS["missing"].label, "全文没有找到", "#a83226", "#ffffff"),
    "unknown": State(COVERAGE_SIGNS["unknown"].label, "没有读好或者没有取得，不作判断", "#ffffff", "#5a6472", "////"),
}

NUMERALS = "一二三四五六七八九十"
LABEL = 25  # full-width characters of a task's title on a line
NARROW, WIDE, ALL = 0.36, 1.15, 9.0  # inches: of a column at least and at most, of all columns if they can be wide
LEVEL_FROM = 0.72  # inches of a column from which its head is written level
ROW, GROUP, LINE = 0.27, 0.27, 0.165  # inches
COUNTS = 0.62
LONGEST = 16  # characters of a place in the head of a narrow column


@dataclass(frozen=True, slots=True)
class _Row:
    item: str
    label: str
    group: str


def draw_coverage(coverage: pd.DataFrame, export: Export, path: Path) -> Path:
    """Draw which tasks of a reference each document covers, and return *path*.

    Args:
        coverage: the columns COVERAGE, of one reference.
        export: with the documents, and with the plan where that is the reference.
        path: .png or .svg.

    Raises:
        InputError: there is nothing to draw, or more than one reference.
        NotFoundError: a document or the plan is not in the export.
        FontError: no font has the Chinese characters.
    """
    references = sorted(set(coverage["reference"]))
    if len(references) != 1:
        raise InputError(f"expected the coverage of one reference, got {', '.join(references) or 'none'}")
    rows = _rows(references[0], coverage, export)
    documents = _documents(coverage, export)
    states = {
        (item, doc): status
        for item, doc, status in zip(coverage["item"], coverage["doc_id"], coverage["status"], strict=True)
    }
    if unknown := set(states.values()) - STATES.keys():
        raise InputError(f"expected the states {', '.join(STATES)}, got {', '.join(sorted(map(str, unknown)))}")
    remarks = {
        (item, doc): [remark["kind"] for remark in found]
        for item, doc, found in zip(coverage["item"], coverage["doc_id"], coverage["remarks"], strict=True)
        if len(found)
    }
    _Map(references[0], rows, documents, states, remarks, export).draw(path)
    return path


def _rows(reference: str, coverage: pd.DataFrame, export: Export) -> list[_Row]:
    items = set(coverage["item"])
    if reference == "outline":
        known = [
            _Row(item.id, f"{item.id} {item.title}", f"{NUMERALS[item.heading - 1]}、{HEADING_LABELS[item.heading]}")
            for item in outline().items
        ]
    else:
        known = list(_tasks(reference, export))
    if strays := items - {row.item for row in known}:
        raise NotFoundError(f"no task {', '.join(sorted(strays)[:5])} in the reference {reference}")
    return [row for row in known if row.item in items]


def _tasks(plan: str, export: Export) -> Iterator[_Row]:
    sections = export.sections[export.sections["doc_id"] == plan]
    if sections.empty:
        raise NotFoundError(f"no plan {plan} in the export, which the coverage is about")
    text = export.documents.loc[export.documents["doc_id"] == plan, "text"].iloc[0]
    names = ("section_id", "parent_id", "number", "title", "start", "end", "heading")
    by_id = {row[0]: row for row in zip(*(sections[name].tolist() for name in names), strict=True)}
    for section_id, _, number, title, start, end, heading in by_id.values():
        words = _said(title) or " ".join(text[int(start) : int(end)].split())
        label = numbered(_said(number), words.removeprefix(_said(number)).lstrip("、.．"))
        yield _Row(section_id, label, _chapter(section_id, by_id) or HEADING_LABELS.get(_whole(heading), ""))


def _chapter(section_id: str, by_id: Mapping[str, Sequence[Any]]) -> str:
    """Return the title of the chapter that a task stands in, "" for one that stands in none."""
    at, seen = section_id, {section_id}
    while isinstance(parent := by_id[at][1], str) and parent in by_id and parent not in seen:
        at = parent
        seen.add(at)
    row = by_id[at]
    return "" if at == section_id else numbered(_said(row[2]), _said(row[3]))


def _said(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)


@dataclass(frozen=True, slots=True)
class _Column:
    doc_id: str
    place: str
    year: str
    kind: str


def _documents(coverage: pd.DataFrame, export: Export) -> list[_Column]:
    wanted = set(coverage["doc_id"])
    about = export.documents[export.documents["doc_id"].isin(wanted)]
    if strays := wanted - set(about["doc_id"]):
        raise NotFoundError(f"no document {', '.join(sorted(strays)[:5])} in the export, which the coverage is about")
    about = about.sort_values(["jurisdiction_code", "jurisdiction", "year", "kind", "name", "doc_id"], kind="stable")
    names = ("doc_id", "jurisdiction", "body", "year", "kind", "name")
    return [
        _Column(
            doc_id,
            speaker(_said(place), _said(body)) or name.rsplit("/", 1)[-1],
            "" if pd.isna(year) else str(int(year)),
            KIND_LABELS.get(kind, ""),
        )
        for doc_id, place, body, year, kind, name in zip(*(about[one].tolist() for one in names), strict=True)
    ]


class _Map:
    """One heat map, laid out from the top left corner in inches."""

    def __init__(
        self,
        reference: str,
        rows: Sequence[_Row],
        documents: Sequence[_Column],
        states: Mapping[tuple[str, str], str],
        remarks: Mapping[tuple[str, str], Sequence[str]],
        export: Export,
    ) -> None:
        self.rows, self.documents, self.states, self.remarks = rows, documents, states, remarks
        self.title = f"{_plan_name(reference, export)}：各文件落实情况"
        self.labels = [wrap(row.label, LABEL, most=3) for row in rows]
        self.column = min(max(ALL / len(documents), NARROW), WIDE)
        self.heads = [self._head(document) for document in documents]
        self.head_height = max(lines_of(head) for head in self.heads) * LINE + 0.12
        self.left = MARGIN + min(max(map(inches, self.labels)) + 0.15, LABEL * BODY / 72 + 0.15)
        self.grid_width = self.column * len(documents)
        needed = self.left + self.grid_width + COUNTS + MARGIN
        self.width = max(needed, 6.4)
        room = (self.width - 2 * MARGIN) * 72
        self.title = wrap(self.title, room / TITLE)
        used = Counter(states.values())
        totals = "，".join(f"{state.label} {used[key]}" for key, state in STATES.items() if used[key])
        self.subtitle = wrap(f"{len(rows)} 项任务 × {len(documents)} 份文件：{totals}", room / BODY)
        self.foot = wrap(source_line(len(documents)), room / SMALL)

    def _head(self, document: _Column) -> str:
        parts = [document.place, document.year, document.kind]
        if self.column >= LEVEL_FROM:
            width = self.column * 72 / BODY - 0.6
            return "\n".join(wrap(part, width, most=4) for part in parts if part)
        place = document.place if len(document.place) <= LONGEST else document.place[: LONGEST - 1] + "…"
        return "\n".join([*place, *([document.year] if document.year else []), *document.kind])

    def draw(self, path: Path) -> None:
        heights = [max(ROW, lines_of(label) * LINE + 0.1) for label in self.labels]
        groups = sum(row.group != (self.rows[at - 1].group if at else None) for at, row in enumerate(self.rows))
        legend = 0.27 * (len(STATES) + bool(self.remarks))
        top = MARGIN + lines_of(self.title) * 0.3 + lines_of(self.subtitle) * 0.2 + 0.12
        grid = top + legend + 0.1 + self.head_height
        height = grid + sum(heights) + groups * GROUP + ROW + 0.15 + lines_of(self.foot) * 0.16 + MARGIN
        with drawn(path, self.width, height) as paper:
            paper.write(MARGIN, MARGIN - 0.05, self.title, fontsize=TITLE)
            paper.write(MARGIN, MARGIN + lines_of(self.title) * 0.3, self.subtitle, color=QUIET)
            self._legend(paper, top)
            for at, head in enumerate(self.heads):
                self._centred(paper, at, grid - 0.06, head, va="bottom", linespacing=1.2)
            paper.write(self._end + 0.08, grid - 0.06, "缺失", va="bottom", color=QUIET, fontsize=SMALL)
            below = self._cells(paper, grid, heights)
            self._counts_below(paper, below)
            paper.write(MARGIN, height - MARGIN + 0.05, self.foot, fontsize=SMALL, color=QUIET, va="bottom")

    @property
    def _end(self) -> float:
        return self.left + self.grid_width

    def _centred(self, paper: Paper, at: int, y: float, text: str, **style: Any) -> None:
        paper.write(self.left + (at + 0.5) * self.column, y, text, **{"ha": "center", **style})

    def _legend(self, paper: Paper, top: float) -> None:
        for at, (key, state) in enumerate(STATES.items()):
            y = top + at * 0.27
            _cell(paper, key, MARGIN, y, 0.36, 0.23)
            paper.write(MARGIN + 0.46, y + 0.115, f"{state.label}：{state.meaning}", va="center")
        if self.remarks:
            y = top + len(STATES) * 0.27 + 0.115
            _flag(paper, MARGIN + 0.18, y, INK)
            paper.write(MARGIN + 0.46, y, f"有提示：{'、'.join(REMARK_LABELS.values())}", va="center")

    def _cells(self, paper: Paper, y: float, heights: Sequence[float]) -> float:
        group = None
        for row, label, height in zip(self.rows, self.labels, heights, strict=True):
            if row.group != group:
                group = row.group
                paper.box(MARGIN, y, self._end - MARGIN + COUNTS, GROUP - 0.03, color=BAND)
                shown = wrap(group, (self._end - MARGIN) * 72 / BODY, most=1)
                paper.write(MARGIN + 0.06, y + GROUP / 2 - 0.015, shown, va="center", color=QUIET)
                y += GROUP
            paper.write(MARGIN + 0.06, y + height / 2, label, va="center")
            missing = 0
            for at, document in enumerate(self.documents):
                status = self.states.get((row.item, document.doc_id))
                if status is None:
                    continue
                missing += status == "missing"
                x = self.left + at * self.column
                _cell(paper, status, x + 0.015, y + 0.015, self.column - 0.03, height - 0.03)
                if self.remarks.get((row.item, document.doc_id)):
                    _flag(paper, x + self.column - 0.09, y + 0.09, STATES[status].ink)
            if missing:
                paper.write(self._end + 0.22, y + height / 2, str(missing), va="center", ha="center")
            y += height
        return y

    def _counts_below(self, paper: Paper, y: float) -> None:
        paper.rule(MARGIN, y + 0.03, self._end - MARGIN + COUNTS)
        paper.write(self.left - 0.1, y + ROW / 2 + 0.03, "缺失", ha="right", va="center", color=QUIET, fontsize=SMALL)
        for at, document in enumerate(self.documents):
            states = [self.states.get((row.item, document.doc_id)) for row in self.rows]
            count = "–" if {*states} <= {"unknown", None} else str(states.count("missing"))  # nobody has counted those
            self._centred(paper, at, y + ROW / 2 + 0.03, count, va="center")


def _plan_name(reference: str, export: Export) -> str:
    if reference == "outline":
        return "法治政府建设实施纲要任务"
    row = export.documents[export.documents["doc_id"] == reference].iloc[0]
    return f"《{_said(row['title']) or row['name']}》任务"


def _cell(paper: Paper, status: str, x: float, y: float, width: float, height: float) -> None:
    """Draw the colour and the symbol of a state."""
    from matplotlib.lines import Line2D

    state = STATES[status]
    edge = {"edgecolor": "#b8bec7", "linewidth": 0.6} if state.hatch else {}
    paper.box(x, y, width, height, facecolor=state.fill, hatch=state.hatch, **edge)
    middle = (x + width / 2, y + height / 2)
    if status == "unknown":
        style = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        paper.write(*middle, "?", ha="center", va="center", color=state.ink, bbox=style, gid="state-unknown")
        return
    fill = {"covered": "full", "partial": "left", "missing": "none"}[status]
    paper.ground.add_line(
        Line2D(
            *([one] for one in middle), marker="o", markersize=7.5, fillstyle=cast(Any, fill), color=state.ink,
            markerfacecoloralt="none", markeredgewidth=1.3, linestyle="none", gid=f"state-{status}",
        )
    )  # fmt: skip


def _flag(paper: Paper, x: float, y: float, colour: str) -> None:
    from matplotlib.lines import Line2D

    paper.ground.add_line(
        Line2D([x], [y], marker="^", markersize=4.5, color=colour, linestyle="none", gid="remark")
    )  # fmt: skip
