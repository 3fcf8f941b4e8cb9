"""A digest as the workbook that goes with it: an overview, a sheet a part, and the evidence that every row leads to."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from pipeline.digest.layout import Entry, Layout, Reference, Table, lay_out, web_address
from pipeline.digest.records import Digest, Part
from pipeline.digest.words import (
    ABOUT,
    EVIDENCE_TITLE,
    LATE,
    NOTES_TITLE,
    PARTS,
    TITLE,
    about_of,
    counted,
    late_words,
    nothing_in,
    number_of,
    week_words,
)
from pipeline.report.book import write_sheets
from pipeline.report.layout import Cell, Head, Names, Row, Sheet
from pipeline.workbook import CREATED

OVERVIEW = "概览"
Kind = Literal["text", "whole", "date"]
WIDTHS: Mapping[Kind, int] = {"text": 32, "whole": 14, "date": 14}  # of columns, at most
NUMBER = re.compile(r"0|[1-9][0-9]{0,11}")  # 0571 is a code, and so is what has more digits
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PROPERTIES = "docProps/core.xml"  # of the file, when it was made among them

OVERVIEW_COLUMNS = (Head("项目", "", 26, "plain_label", 26), Head("内容", "", 96, "plain", 96))
EVIDENCE_COLUMNS = (
    Head("编号", "", 8, "whole"),
    Head("地区", "", 14),
    Head("文件或来源", "", 36),
    Head("位置", "", 28),
    Head("原文", "", 52),
    Head("采集日期", "", 12, "label"),
    Head("用于", "", 24),
    Head("网址", "", 44, "code"),
    Head("起止字符", "", 14, "label"),
    Head("存档位置", "", 34, "code"),
    Head("校验值（SHA-256）", "", 68, "code"),
    Head("文件编号", "", 16, "code"),
)
EVIDENCE_PRINTED = 7
LAST_COLUMNS = (
    Head(EVIDENCE_TITLE, "", 12, "label"),
    Head("依据原文", "", 44),
    Head("链接", "", 40, "code"),
    Head("一句话", "", 60),
)
ALWAYS_TOLD = 5  # of what was counted; the others where there are any


def render_xlsx(digest: Digest) -> bytes:
    """Return the workbook of a digest; equal digests give equal bytes.

    Raises:
        InputError: a line is of no known part, or names evidence that the digest does not have.
    """
    layout = lay_out(digest)
    names = Names()
    names.taken |= {OVERVIEW.casefold(), EVIDENCE_TITLE.casefold(), "history"}
    sheets = [_part(table, layout.digest, names) for table in layout.tables]
    if layout.references:
        sheets.append(_evidence(layout.references))
    parts = {table.part: sheet.name for table, sheet in zip(layout.tables, sheets, strict=False)}
    overview = _overview(layout, parts)
    with TemporaryDirectory() as folder:
        path = Path(folder, "digest.xlsx")
        write_sheets(path, [overview, *sheets], title=f"{TITLE} {week_words(digest)}")
        return _dated(path.read_bytes(), digest.sunday)


def _dated(content: bytes, day: date) -> bytes:
    """Return a workbook that says it was made on *day* rather than on the day that all reports are made on."""
    old, new = (f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode() for moment in (CREATED, datetime(day.year, day.month, day.day)))
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            held = before.read(member)
            after.writestr(member, held.replace(old, new) if member.filename == PROPERTIES else held)
    return made.getvalue()


# --- overview ------------------------------------------------------------------------------------------------------


def _overview(layout: Layout, sheets: Mapping[Part, str]) -> Sheet:
    digest = layout.digest
    rows = [Row([f"提要{at}", sentence]) for at, sentence in enumerate(digest.headline, 1)]
    rows += [Row([NOTES_TITLE, note]) for note in digest.notes]
    rows.append(Row([Cell("部分", "head"), Cell("条数和说明", "head")]))
    rows += [Row([_link_to(words.title, sheets.get(part)), _told(part, digest)]) for part, words in PARTS.items()]
    if layout.references:
        rows.append(Row([_link_to(EVIDENCE_TITLE, EVIDENCE_TITLE), f"{len(layout.references)}项"]))
    rows.append(Row([Cell("统计", "head"), Cell("数", "head")]))
    told = [(name, number) for at, (name, number) in enumerate(counted(digest)) if number or at < ALWAYS_TOLD]
    rows += [Row([name, str(number)]) for name, number in told]
    rows.append(Row([Cell("本报", "head"), Cell("", "head")]))
    rows += [Row(["", sentence]) for sentence in ABOUT]
    reader = f"　读者：{digest.reader_name}" if digest.reader_name else ""
    return Sheet(OVERVIEW, TITLE, OVERVIEW_COLUMNS, rows, has_head=False, note=week_words(digest) + reader)


def _link_to(words: str, sheet: str | None) -> Cell:
    return Cell(words, to=("sheet", sheet) if sheet else None)


def _told(part: Part, digest: Digest) -> str:
    if digest.part(part):
        return f"{number_of(part, digest)}：{about_of(part, digest)}"
    return nothing_in(part, digest) or "无"


# --- parts ---------------------------------------------------------------------------------------------------------


def _part(table: Table, digest: Digest, names: Names) -> Sheet:
    has_late = any(entry.line.is_late for entry in table.entries)
    kinds = [_kind([entry.cells[at] for entry in table.entries]) for at in range(len(table.columns))]
    heads = [Head("序号", "", 7, "whole")]
    heads += [Head(column.title, "", WIDTHS[kind], kind) for column, kind in zip(table.columns, kinds, strict=True)]
    heads += [Head(LATE, "", 16, "label")] * has_late
    heads += LAST_COLUMNS
    rows = [_row(entry, kinds, has_late=has_late) for entry in table.entries]
    # On paper the words that a change stands on are those before and after, and need not stand there twice.
    has_sides = any(column.side for column in table.columns)
    has_quotes = any(one.evidence.quote for entry in table.entries for one in entry.references)
    printed = len(heads) - len(LAST_COLUMNS) + (2 if has_quotes and not has_sides else 1)
    words = PARTS[table.part]
    return Sheet(names.new(words.title), words.title, tuple(heads), rows, note=about_of(table.part, digest),
                 printed=printed, frozen=2)  # fmt: skip


def _kind(cells: Sequence[str]) -> Kind:
    """Return what all cells of a column are that are not empty."""
    told = [cell for cell in cells if cell]
    if told and all(map(NUMBER.fullmatch, told)):
        return "whole"
    return "date" if told and all(map(_day, told)) else "text"


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if DAY.fullmatch(cell) else None
    except ValueError:  # 2026-02-30
        return None


def _value(cell: str, kind: Kind) -> Any:
    if kind == "whole":
        return int(cell) if cell else None
    if kind == "date":
        return _day(cell)
    return Cell(cell, "code", url=cell) if web_address(cell) else cell


def _row(entry: Entry, kinds: Sequence[Kind], *, has_late: bool) -> Row:
    cells: list[Any] = [entry.number]
    for cell, kind in zip(entry.cells, kinds, strict=True):
        cells.append(_value(cell, kind))
    cells += [late_words(entry.line)] * has_late
    cells += [_cites(entry.references), _quotes(entry.references), _link(entry.references), entry.line.words]
    return Row(cells, keys=(("line", entry.anchor),))


def _quotes(references: Sequence[Reference]) -> str:
    quotes = {one.evidence.quote: one.number for one in reversed(references) if one.evidence.quote}
    if len(quotes) < 2:
        return "".join(quotes)
    return "\n".join(f"[{number}] {quote}" for quote, number in sorted(quotes.items(), key=lambda item: item[1]))


def _cites(references: Sequence[Reference]) -> Cell | None:
    if not references:
        return None
    return Cell("、".join(str(one.number) for one in references), to=("evidence", references[0].number))


def _link(references: Sequence[Reference]) -> Cell | None:
    return next((Cell(one.url, url=one.url) for one in references if one.url), None)


# --- evidence ------------------------------------------------------------------------------------------------------


def _evidence(references: Sequence[Reference]) -> Sheet:
    rows = [Row(tuple(_proof(one)), keys=(("evidence", one.number),)) for one in references]
    note = "编号与各表“依据”一列的编号一致；起止字符从0起，含起不含止。"
    return Sheet(EVIDENCE_TITLE, EVIDENCE_TITLE, EVIDENCE_COLUMNS, rows, note=note, printed=EVIDENCE_PRINTED, frozen=3)


def _proof(reference: Reference) -> Iterator[Any]:
    proof = reference.evidence
    yield reference.number
    yield proof.place
    yield proof.title or "（无标题）"
    yield proof.context
    yield proof.quote
    yield proof.fetched
    yield _uses(reference)
    yield Cell(reference.url, url=reference.url) if reference.url else proof.url
    yield f"{proof.start}-{proof.end}" if proof.start is not None and proof.end is not None else ""
    yield proof.snapshot
    yield proof.sha256
    yield proof.doc_id


def _uses(reference: Reference) -> Cell | str:
    if not reference.uses:
        return ""
    more = f" 等{len(reference.uses) + reference.more}处" if reference.more else ""
    words = "、".join(use.words for use in reference.uses)
    return Cell(words + more, to=("line", reference.uses[-1].anchor))
