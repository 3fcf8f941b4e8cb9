"""Tables: what each column says, and the commitments of a row of tasks or of figures.

A row is a run whose cells are separated by tabs; rows that follow each other form a table, its header first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.amounts import plain_unit
from pipeline.dates import Calendar
from pipeline.extract.context import Context
from pipeline.extract.drafts import Draft
from pipeline.extract.notes import parse_note, split_names
from pipeline.extract.prose import read_prose
from pipeline.extract.runs import Run
from pipeline.mentions import Mention, moved
from pipeline.numbers import find_mentions
from pipeline.records import Reason, ValueType

Role = Literal["number", "task", "lead", "duty", "support", "limit", "year", "target", "change", "unit", "other"]

ROLE_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号|编号|序|No\.?)$")),
    ("lead", re.compile(r"牵头|主责|主办")),
    ("support", re.compile(r"配合|协办|参与|协同|承办")),
    ("duty", re.compile(r"责任(?:单位|部门|主体|科室|股室)|负责(?:单位|部门)|实施单位|落实单位|责任人|^单位$")),
    ("limit", re.compile(r"时限|时间|期限|进度|完成日期")),
    ("change", re.compile(r"同比|增减|增长|变化|增幅|升降")),
    ("year", re.compile(r"(?:19|20)\d\d年|^本年|^上年|^去年|^今年|本期|上年同期")),
    ("target", re.compile(r"目标值?|指标值|任务数|计划数|目标任务$")),
    ("unit", re.compile(r"计量单位|^单位$")),
    ("other", re.compile(r"^(?:类别|分类|领域|板块|类型)$")),
    ("task", re.compile(r"任务|内容|事项|措施|项目|指标|工作|名称|举措|要求")),
    ("other", re.compile(r"备注|说明|完成情况|依据")),
)
MERGED: tuple[Role, ...] = ("lead", "duty")  # these go on in a row whose first cell is empty; 配合 may well be empty
SHORT_HEADER = 12  # a header cell is a label, not a sentence
LABEL_UNIT = re.compile(
    r"\(\s*(?:单位\s*[::]\s*)?(?P<scale>万|亿|千|百)?(?P<unit>%|‰|个?百分点|[\u4e00-\u9fff]{1,4})\s*\)\s*$"
)
SCALE = {None: 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
ONGOING = re.compile(r"长期|持续|常态|全年$|贯穿|适时|按要求|及时")
# What beside its number leaves a target cell a bare figure: 力争达到95%, 每人40学时; 败诉率控制在8%以下 is more.
FIGURE_WORDS = re.compile(
    r"力争|确保|争取|完成|达到?|实现|达标|保持|稳定|控制|全[国省市州盟县区旗镇乡]|每[人件个]|人均|累计|左右|以[上下内]"
)
OWN_WORDS = re.compile(r"[\u4e00-\u9fff]")
LEAST_OWN = 2  # characters: 述法全覆盖
MERE_RATE = re.compile(r"[\u4e00-\u9fff]{0,2}率")  # 合格率, which only the task beside it tells of what


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds; `year` where its header names one, `past` where it says last year's."""

    role: Role
    year: int | None = None
    past: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with the columns that its header announced."""

    run: Run
    cells: tuple[tuple[int, int], ...]  # spans in the run's text
    columns: tuple[Column, ...]
    above: tuple[str, ...] = ()  # by column, what a merged cell that begins in an earlier row says

    def texts(self, *roles: Role) -> list[str]:
        """Return the texts of the cells in columns of these roles, of merged cells the text above."""
        found = []
        for place, ((start, end), column) in enumerate(zip(self.cells, self.columns, strict=False)):
            if column.role in roles:
                own = self.run.text[start:end].strip()
                found.append(own or (self.above[place] if place < len(self.above) else ""))
        return found

    def span(self, *roles: Role) -> tuple[int, int] | None:
        """Return the span of the first cell in columns of these roles."""
        pairs = zip(self.cells, self.columns, strict=False)
        return next((cell for cell, column in pairs if column.role in roles), None)


def split_cells(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the cells of a row."""
    cells, start = [], 0
    for match in re.finditer(r"\t|$", text):
        cells.append((start, match.start()))
        start = match.end()
    return tuple(cells)


def read_column(words: str, calendar: Calendar) -> Column:
    """Say what a header cell announces."""
    words = re.sub(r"\s", "", words)
    for role, pattern in ROLE_WORDS:
        if pattern.search(words):
            year, past = None, bool(re.search(r"上年|去年|上一年", words))
            if role == "year":
                match = re.search(r"(?:19|20)\d\d", words)
                year = int(match[0]) if match else (calendar.year - past if calendar.year else None)
            return Column(role, year, past)
    return Column("other")


def read_header(text: str, calendar: Calendar) -> tuple[Column, ...] | None:
    """Return the columns that a row announces, or None where it is no header."""
    words = [text[start:end].strip() for start, end in split_cells(text)]
    if any(len(word) > SHORT_HEADER for word in words):
        return None
    columns = tuple(read_column(word, calendar) for word in words)
    known = sum(column.role != "other" for column in columns)
    figures = sum(bool(re.fullmatch(r"[\d,.% -]+", word)) for word in words)
    return columns if known >= 2 and known * 2 >= len(columns) and figures <= 1 else None


def find_rows(runs: Sequence[Run], calendar: Calendar) -> dict[int, Row | None]:
    """Return the rows of all tables by their place in *runs*; None for a header."""
    rows: dict[int, Row | None] = {}
    columns: tuple[Column, ...] | None = None
    above: tuple[str, ...] = ()
    for place, run in enumerate(runs):
        if "\t" not in run.text:
            columns = None if not run.text.startswith("[") else columns  # a footnote does not end a table
            continue
        header = read_header(run.text, calendar)
        if header and (columns is None or len(header) == len(columns)):
            columns, rows[place], above = header, None, ()
            continue
        cells = split_cells(run.text)
        goes_on = not run.text[slice(*cells[0])].strip()  # a row with its own number or field names its own bodies
        row = Row(run, cells, columns or tuple(Column("other") for _ in cells), above if goes_on else ())
        rows[place] = row
        above = tuple(" ".join(row.texts(column.role)) if column.role in MERGED else "" for column in row.columns)
    return rows


@dataclass(frozen=True, slots=True)
class RowReading:
    """What a row yields: drafts, bodies, and the mentions with the reasons of those that are none."""

    drafts: list[Draft]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    mentions: list[Mention]
    reasons: dict[int, Reason]


def read_row(row: Row, context: Context) -> RowReading:
    """Return the commitments of a row of tasks or figures."""
    mentions = cell_mentions(row, context.calendar)
    roles = {column.role for column in row.columns}
    if roles & {"year", "change"} or ("target" in roles and not tells_target(row, mentions)):
        return read_figures(row, mentions, context)
    return read_task(row, mentions, context)


def target_cells(row: Row) -> list[tuple[int, int]]:
    """Return the cells in columns of targets that are not empty."""
    pairs = zip(row.cells, row.columns, strict=False)
    return [cell for cell, column in pairs if column.role == "target" and row.run.text[slice(*cell)].strip()]


def tells_target(row: Row, mentions: Sequence[Mention]) -> bool:
    """Say whether a target is told in words and not a figure alone: 出庭应诉率不低于95%，败诉率控制在8%以下."""
    for start, end in target_cells(row):
        words = list(row.run.text[start:end])
        for mention in mentions:
            if start <= mention.start < end and mention.kind != "none":
                words[mention.start - start : mention.end - start] = " " * (mention.end - mention.start)
        if len(OWN_WORDS.findall(FIGURE_WORDS.sub("", "".join(words)))) >= LEAST_OWN:
            return True
    return False


def cell_mentions(row: Row, calendar: Calendar) -> list[Mention]:
    """Return the mentions of a row cell by cell, so that none reaches over a tab."""
    found = []
    for place, (start, end) in enumerate(row.cells):
        words = row.run.text[start:end]
        role = row.columns[place].role if place < len(row.columns) else "other"
        if (role == "number" or (role == "other" and place == 0)) and words.strip().isdigit():
            lead = start + len(words) - len(words.lstrip())
            last = lead + len(words.strip())
            found.append(Mention(lead, last, "none", lead, last, reason="list_number"))
            continue
        for mention in find_mentions(words, calendar):
            found.append(moved(mention, start))
    return found


def read_bodies(row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return lead and support out of the columns for bodies; a cell may say A牵头,B配合."""
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    for words in row.texts("lead"):
        lead += split_names(re.sub(r"牵头$", "", words))
    for words in row.texts("duty"):
        said = parse_note(words) if re.search(r"牵头|配合|负责|协助|参与|[::]", words) else None
        first, second = (said[0], said[1]) if said else (split_names(words), ())
        if lead and not said:
            support += first
        else:
            lead, support = lead + first, support + second
    for words in row.texts("support"):
        support += split_names(re.sub(r"配合$", "", words))
    return tuple(dict.fromkeys(lead)), tuple(dict.fromkeys(support))


def read_task(row: Row, mentions: list[Mention], context: Context) -> RowReading:
    """Read a row of tasks: the values of its task cell, dated by its time limit; else the task with its limit."""
    lead, support = read_bodies(row)
    limit = row.span("limit")
    targets, tasks = target_cells(row), task_cells(row)
    title_cell = longest([cell for cell in tasks if cell not in targets] or tasks)
    title = row.run.text[slice(*title_cell)].strip() if title_cell not in targets else ""
    timing = [place for place, mention in enumerate(mentions) if limit and limit[0] <= mention.start < limit[1]]
    drafts: list[Draft] = []
    fates: dict[int, Reason] = {}
    for task in tasks:
        within = [place for place, mention in enumerate(mentions) if task[0] <= mention.start < task[1]]
        local = [moved(mentions[place], -task[0]) for place in within]
        found, reasons = read_prose(row.run.text[task[0] : task[1]], local, context)
        found = [told_target(draft, title) for draft in found] if task in targets else found
        drafts += [shift(draft, task[0], within) for draft in found]
        fates |= {within[place]: reason for place, reason in reasons.items()}
    if limit is not None and timing:
        drafts, spent = time_row(row, drafts, mentions, timing, title_cell, limit, context)
        fates = {place: reason for place, reason in fates.items() if place not in spent}
    used = {place for draft in drafts for place in draft.marks}
    for place, mention in enumerate(mentions):
        if place not in used and place not in fates:
            fates[place] = mention.reason or ("event_date" if mention.kind == "date" else "name_count")
    drafts = [replace(draft, start=first_cell(row), end=len(row.run.text)) for draft in drafts]
    return RowReading(drafts, lead, support, mentions, fates)


def task_cells(row: Row) -> list[tuple[int, int]]:
    """Return the cells that say what is to be done: those of task columns, else the longest, else the whole row."""
    if all(column.role == "other" for column in row.columns):
        return [(0, len(row.run.text))]
    cells = [
        cell
        for cell, column in zip(row.cells, row.columns, strict=False)
        if column.role in ("task", "target") and row.run.text[cell[0] : cell[1]].strip()
    ]
    return cells or [longest(row.cells)]


def told_target(draft: Draft, title: str) -> Draft:
    """Return a draft out of a target cell: a target, of the task beside it where it has no full subject itself."""
    subject = draft.subject
    if title and subject in title:  # 开展案卷评查, of which the cell repeats 评查
        subject = title
    elif title and MERE_RATE.fullmatch(subject):
        subject = f"{title}…{subject}"
    return replace(draft, subject=subject, stance="target" if draft.stance == "result" else draft.stance)


def longest(cells: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the longest of some cells."""
    return max(cells, key=lambda cell: cell[1] - cell[0])


def first_cell(row: Row) -> int:
    """Return where a row's text begins behind its running number."""
    for (start, end), column in zip(row.cells, row.columns, strict=False):
        if column.role != "number" and row.run.text[start:end].strip():
            return start
    return 0


def shift(draft: Draft, offset: int, places: Sequence[int]) -> Draft:
    """Return a draft that was read in one cell with its offsets and marks counted in the row."""
    return replace(
        draft, start=draft.start + offset, end=draft.end + offset, value_start=draft.value_start + offset,
        value_end=draft.value_end + offset, core=draft.core + offset, marks=tuple(places[mark] for mark in draft.marks),
    )  # fmt: skip


def time_row(
    row: Row, drafts: list[Draft], mentions: list[Mention], timing: Sequence[int], task: tuple[int, int],
    limit: tuple[int, int], context: Context,
) -> tuple[list[Draft], set[int]]:  # fmt: skip
    """Date a row's drafts by its time cell, or make the time cell a commitment of the task."""
    cell = [moved(mentions[place], -limit[0]) for place in timing]
    told, _ = read_prose(row.run.text[limit[0] : limit[1]], [replace(mention) for mention in cell], context)
    told = [shift(draft, limit[0], timing) for draft in told]
    subject = row.run.text[task[0] : task[1]].strip()
    whole = [place for place in timing if mentions[place].kind == "date"]
    if drafts:
        source = mentions[whole[-1]] if whole else None
        if source is None or source.date_kind == "whole":  # 全年 in a time cell sets no date, and no rate is one a year
            return drafts, set()
        dated = [
            replace(draft, deadline=draft.deadline or source.deadline, period=draft.period or source.period,
                    every=draft.every or source.every, marks=(*draft.marks, whole[-1]))
            for draft in drafts
        ]  # fmt: skip
        return dated, {whole[-1]}
    if not told and whole and not ONGOING.search(row.run.text[limit[0] : limit[1]]):
        mention = mentions[whole[-1]]
        told = [
            Draft(
                "quantity" if mention.date_kind == "frequency" else "deadline", "target", limit[0], limit[1],
                mention.start, mention.end, mention.core, subject, "row", (whole[-1],),
                period=mention.period, every=mention.every, deadline=mention.deadline,
            )
        ]  # fmt: skip
    told = [replace(draft, subject=subject, rule="row") for draft in told]
    return told, {place for draft in told for place in draft.marks}


def read_figures(row: Row, mentions: list[Mention], context: Context) -> RowReading:
    """Read a row of figures: a value a year, and their change; the label names the subject and often the unit."""
    label = row.span("task") or row.cells[0]
    words = row.run.text[label[0] : label[1]].strip()
    match = LABEL_UNIT.search(words)
    unit_cell = row.texts("unit")
    unit, scale = (match["unit"], SCALE[match["scale"]]) if match else (unit_cell[0] if unit_cell else None, 1)
    subject = words[: match.start()].strip() if match else words
    years = [column.year for column in row.columns if column.role == "year" and column.year]
    drafts, fates = [], {}
    lead, support = read_bodies(row)
    for place, mention in enumerate(mentions):
        column = next(
            (col for (start, end), col in zip(row.cells, row.columns, strict=False) if start <= mention.start < end),
            None,
        )
        is_figure = column is not None and column.role in ("year", "change", "target")
        bare = mention.reason == "name_count" and mention.unit is None
        if not is_figure or column is None or (mention.reason and not bare) or mention.kind == "date":
            fates[place] = mention.reason or "name_count"
            continue
        draft = figure(row, mention, place, subject, unit, scale)
        if column.role == "change":
            draft = signed(draft, row.run.text)
        elif column.role == "year" and (column.past or (column.year and column.year != max(years))):
            draft = replace(draft, stance="baseline")
        if column.role == "target":
            draft = repeated(draft, mentions, place)
        if column.role == "target" or (context.outlook == "target" and draft.stance == "result"):
            draft = replace(draft, stance="target")
        drafts.append(draft)
    limit = row.span("limit")
    timing = [place for place, mention in enumerate(mentions) if limit and limit[0] <= mention.start < limit[1]]
    if limit is not None and timing and target_cells(row):
        goals = [draft for draft in drafts if draft.stance == "target"]
        others = [draft for draft in drafts if draft.stance != "target"]
        dated, _ = time_row(row, goals, mentions, timing, label, limit, context)
        drafts = others + [replace(draft, start=0, end=len(row.run.text)) for draft in dated]
    used = {place for draft in drafts for place in draft.marks}
    fates = {place: reason for place, reason in fates.items() if place not in used}
    return RowReading(drafts, lead, support, mentions, fates)


def repeated(draft: Draft, mentions: Sequence[Mention], place: int) -> Draft:
    """Return a figure with the frequency that touches it in its cell: 每季度1次, 全年4次."""
    before = place - 1
    if before < 0 or mentions[before].kind != "date" or mentions[before].end != mentions[place].start:
        return draft
    said = mentions[before]
    period = "year" if said.date_kind == "whole" else said.period
    return replace(draft, period=period, every=said.every, marks=(*draft.marks, before)) if period else draft


def figure(row: Row, mention: Mention, place: int, subject: str, unit: str | None, scale: int) -> Draft:
    """Return the draft of one figure of a row, in the unit of its cell or of its label."""
    if mention.kind == "benchmark":  # 低于上年 has no number to read
        return Draft(
            "benchmark", "result", 0, len(row.run.text), mention.start, mention.end, mention.core, subject,
            "figure", (place,), comparator=mention.comparator, reference=mention.reference,
        )  # fmt: skip
    value = mention.value if mention.value is not None else float(bare_value(row.run.text, mention))
    own = mention.unit is not None
    kind: ValueType = "universal" if mention.kind == "universal" else "quantity"
    return Draft(
        kind, "result", 0, len(row.run.text), mention.start, mention.end, mention.core, subject, "figure",
        (place,), comparator=mention.comparator or "=", bound=mention.bound,
        value=value if own else value * scale, value_max=mention.value_max,
        unit=mention.unit if own else plain_unit(unit),
    )  # fmt: skip


def bare_value(text: str, mention: Mention) -> str:
    """Return the digits of a mention without separators."""
    return re.sub(r"[^\d.]", "", text[mention.core : mention.core_end]) or "0"


def signed(draft: Draft, text: str) -> Draft:
    """Return a figure of a column of changes: -12.4% and ↓12.4% fall, the others rise unless a word says so."""
    if draft.comparator in ("increase", "decrease"):
        return draft
    mark = text[max(0, draft.value_start - 1) : draft.core]
    falls = "-" in mark or "↓" in mark or "降" in mark
    return replace(draft, comparator="decrease" if falls else "increase")
