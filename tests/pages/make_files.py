"""Make the PDF, scan, picture, OFD and archive files and the stub pages of the cases ``d-*`` beside this script.

A case starts from its expectation: ``body.txt`` and ``expected.json`` are written by hand first. A recipe here takes
the lines of the body, adds what must not come out (cover, letterhead, contents, running heads, page numbers, seals, print
lines, menus) and has a real program turn them into a file: LibreOffice from a flat OpenDocument text, a browser from
HTML, Pillow from rendered pages. OFD is assembled here after GB/T 33190, .rar by ``tests/rar_writer.py``. The files are
committed as made, since the programs stamp each file with their versions and dates.

    python -m tests.pages.make_files [CASE ...]

needs Pillow, numpy, openpyxl and python-docx, and on the path ``soffice``, ``chromium`` and ``pdftoppm``, with the
Noto CJK fonts.
"""

from __future__ import annotations

import io
import json
import math
import random
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.rar_writer import RarMember, rar4, rar5

HERE = Path(__file__).parent
SERIF, SANS = "Noto Serif CJK SC", "WenQuanYi Micro Hei"  # the second is a TrueType font: a browser embeds it as such
FONT_FILE = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
ANNEX = re.compile(r"附件\d?")
CHAPTER, ITEM = re.compile(r"[一二三四五六七八九十]+、"), re.compile(r"（[一二三四五六七八九十]+）")
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


# ------------------------------------------------------------------------------------------------ the text of a case


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table; a row of one cell goes over the whole width."""

    rows: list[list[str]]
    same: tuple[int, ...] = ()  # columns whose equal cells of one task are merged
    up: tuple[int, ...] = (0, 1)  # columns whose empty cells are merged with the one above

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows))

    def cells(self) -> list[tuple[int, int, int, int, str]]:
        """Return row, column, rows spanned, columns spanned and text of each cell that is drawn."""
        out = []
        for r, row in enumerate(self.rows):
            if len(row) == 1:
                out.append((r, 0, 1, self.width, row[0]))
                continue
            for c, text in enumerate(row):
                if not self._goes_up(r, c):
                    deep = 1
                    while r + deep < len(self.rows) and self._goes_up(r + deep, c):
                        deep += 1
                    out.append((r, c, deep, 1, text))
        return out

    def _goes_up(self, r: int, c: int) -> bool:
        row = self.rows[r]
        if r < 2 or len(row) == 1 or row[0]:
            return False
        return (c in self.up and not row[c]) or (c in self.same and row[c] != "" and row[c] == self.rows[r - 1][c])


@dataclass(slots=True)
class Case:
    """A case as it is written down: its lines, its fields, its folder."""

    folder: Path
    lines: list[str]
    wanted: dict[str, Any]
    fields: dict[str, str]

    @classmethod
    def load(cls, slug: str) -> Case:
        folder = HERE / slug
        wanted = json.loads((folder / "expected.json").read_text("utf-8"))
        lines = (folder / "body.txt").read_text("utf-8").splitlines()
        return cls(folder, lines, wanted, wanted["fields"])

    @property
    def title(self) -> str:
        """The title that the case expects."""
        return self.fields["title"]

    @property
    def main(self) -> Path:
        """The path of the main file."""
        return self.folder / str(self.wanted["main"])

    def part(self) -> Path:
        """Return the path of the only attachment."""
        path = self.folder / self.wanted["parts"][0]
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def split(self) -> list[list[str]]:
        """Return the lines before the first annex and those of each annex."""
        starts = [0, *(i for i, line in enumerate(self.lines) if ANNEX.fullmatch(line)), len(self.lines)]
        return [self.lines[a:b] for a, b in pairwise(starts)]


def blocks(lines: Iterable[str], chapters: Iterable[str] = (), same: tuple[int, ...] = ()) -> list[str | Table]:
    """Return the lines with each run of table rows gathered in one table."""
    out: list[str | Table] = []
    chapters = set(chapters)
    for line in lines:
        last = out[-1] if out else None
        if "\t" in line or (line in chapters and isinstance(last, Table)):
            if not isinstance(last, Table):
                last = Table([], same)
                out.append(last)
            last.rows.append(line.split("\t"))
        else:
            out.append(line)
    return out


def chapters_of(case: Case) -> list[str]:
    """Return the chapter rows that the case expects."""
    return [row[0] for row in case.wanted.get("rows", []) if len(row) == 1]


def style_of(line: str, number: int, before: str) -> str:
    """Return how an official would set the line: Addressee, Head, Right, Annex, Title or Text."""
    if ANNEX.fullmatch(line):
        return "Annex"
    if ANNEX.fullmatch(before):
        return "Title"
    if DATE.fullmatch(line) or re.fullmatch(r"\S{2,22}(政府|办公室|局|委员会)", line):
        return "Right"
    if number == 0 and line.endswith("：") and "。" not in line:
        return "Addressee"
    return "Head" if CHAPTER.match(line) and len(line) < 30 else "Text"


# ------------------------------------------------------------------------------------------- LibreOffice, the browser


@dataclass(slots=True)
class Odt:
    """A flat OpenDocument text in the making; measures are those of an official document."""

    size: int = 16
    serif: str = SANS  # the font of the text; the serif one makes a PDF twice as large
    head: str = ""  # running head
    foot: str = ""  # page number; # is the number, ## the count
    landscape: bool = False
    numbered: bool = False  # chapter and item numbers are made by the program
    notes: dict[str, str] = field(default_factory=dict)  # words -> the footnote that hangs on them
    body: list[str] = field(default_factory=list)
    widths: set[float] = field(default_factory=set)  # of table columns, in mm
    has_front: bool = False  # pages before the letterhead, which have no running head and no number

    def add(self, text: str, style: str = "Text") -> None:
        """Add a paragraph."""
        if self.numbered and (found := CHAPTER.match(text) or ITEM.match(text)):
            level = 1 if CHAPTER.match(text) else 2
            text = escape(text[found.end() :])
            self.body.append(f'<text:h text:style-name="H{level}" text:outline-level="{level}">{text}</text:h>')
            return
        text = escape(text).replace("\t", "<text:tab/>")
        for words, note in self.notes.items():
            count = f'<text:note text:note-class="footnote" text:id="n{len(self.body)}"><text:note-citation>1'
            text = text.replace(
                words,
                f"{words}{count}</text:note-citation><text:note-body>"
                f'<text:p text:style-name="Footnote">{note}</text:p></text:note-body></text:note>',
            )
        self.body.append(f'<text:p text:style-name="{style}">{text}</text:p>')

    def add_lines(self, content: Sequence[str | Table]) -> None:
        """Add the lines in the style that each asks for, and the tables; lines that are footnotes are left to them."""
        before = ""
        for number, block in enumerate(content):
            if isinstance(block, Table):
                self.add_table(block)
            elif block not in self.notes.values():
                self.add(block, style_of(block, number, before))
                before = block

    def add_table(self, table: Table, widths: Sequence[float] = ()) -> None:
        """Add a ruled table whose first row is repeated on each page."""
        drawn = {(r, c): (deep, wide, text) for r, c, deep, wide, text in table.cells()}
        columns = "<table:table-column/>" * table.width
        if widths:
            columns = "".join(f'<table:table-column table:style-name="W{width:g}"/>' for width in widths)
            self.widths |= set(widths)
        rows = []
        for r in range(len(table.rows)):
            cells = []
            for c in range(table.width):
                if (r, c) not in drawn:
                    cells.append("<table:covered-table-cell/>")
                    continue
                deep, wide, text = drawn[r, c]
                spans = f'table:number-rows-spanned="{deep}" table:number-columns-spanned="{wide}"'
                shown = f'<text:p text:style-name="Cell">{escape(text)}</text:p>'
                cells.append(f'<table:table-cell table:style-name="C" {spans}>{shown}</table:table-cell>')
            rows.append(f'<table:table-row table:style-name="R">{"".join(cells)}</table:table-row>')
        head = f"<table:table-header-rows>{rows[0]}</table:table-header-rows>"
        self.body.append(
            f'<table:table table:name="T{len(self.body)}">{columns}{head}{"".join(rows[1:])}</table:table>'
        )

    def xml(self) -> str:
        """Return the file."""
        wide, high = ("297mm", "210mm") if self.landscape else ("210mm", "297mm")
        number = '<text:page-number text:select-page="current"/>'
        foot = self.foot.replace("##", "<text:page-count/>").replace("#", number)
        zones = ""
        if self.head:
            zones += f'<style:header><text:p text:style-name="Running">{self.head}</text:p></style:header>'
        if foot:
            zones += f'<style:footer><text:p text:style-name="Foot">{foot}</text:p></style:footer>'
        columns = "".join(
            f'<style:style style:name="W{width:g}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width:g}mm"/></style:style>'
            for width in sorted(self.widths)
        )
        return ODT.format(
            serif=self.serif, sans=SANS, size=self.size, lead=self.size * 1.75, indent=self.size * 2, wide=wide, high=high,
            zones=zones, front="" if self.has_front else zones, body="".join(self.body), widths=columns,
        )  # fmt: skip


def _paragraph(name: str, shape: str, letters: str, extra: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph" {extra}>'
        f"<style:paragraph-properties {shape}/><style:text-properties {letters}/></style:style>"
    )


def _letters(points: str, font: str = "{serif}", more: str = "") -> str:
    return f'style:font-name-asian="{font}" style:font-name="{font}" fo:font-size="{points}" style:font-size-asian="{points}" {more}'


RED = 'fo:color="#e00000" '
LEAD = 'fo:line-height="{lead}pt" fo:orphans="0" fo:widows="0" fo:text-align="justify"'
OUTLINE = "".join(
    f'<text:outline-level-style text:level="{level}" style:num-format="一, 二, 三, ..." {marks}>'
    f'<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    f'<style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties>'
    f"</text:outline-level-style>"
    for level, marks in ((1, 'style:num-suffix="、"'), (2, 'style:num-prefix="（" style:num-suffix="）"'))
)
ODT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document '
    + " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {
            "office": "office", "style": "style", "text": "text", "table": "table",
            "fo": "xsl-fo-compatible", "svg": "svg-compatible",
        }.items()
    )
    + ' office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
    "<office:font-face-decls>"
    '<style:font-face style:name="{serif}" svg:font-family="\'{serif}\'"/>'
    '<style:font-face style:name="{sans}" svg:font-family="\'{sans}\'"/></office:font-face-decls><office:styles>'
    '<style:default-style style:family="paragraph"><style:text-properties fo:language="zh" fo:country="CN"'
    ' style:language-asian="zh" style:country-asian="CN"/></style:default-style>'
    + _paragraph("Text", LEAD + ' fo:text-indent="{indent}pt"', _letters("{size}pt"))
    + _paragraph("Addressee", LEAD, _letters("{size}pt"))
    + _paragraph("Head", LEAD + ' fo:text-indent="{indent}pt" fo:keep-with-next="always"', _letters("{size}pt", "{sans}"))
    + _paragraph("H1", LEAD + ' fo:text-indent="{indent}pt"', _letters("{size}pt", "{sans}"))
    + _paragraph("H2", LEAD + ' fo:text-indent="{indent}pt"', _letters("{size}pt"))
    + _paragraph("Right", 'fo:line-height="{lead}pt" fo:text-align="end" fo:margin-right="{indent}pt"', _letters("{size}pt"))
    + _paragraph("Annex", LEAD + ' fo:break-before="page"', _letters("{size}pt", "{sans}"))
    + _paragraph("Title", 'fo:text-align="center" fo:margin-top="6mm" fo:margin-bottom="8mm"', _letters("22pt", "{sans}"))
    + _paragraph("Cover", 'fo:text-align="center" fo:margin-top="28mm"', _letters("28pt", "{sans}"))
    + _paragraph("Red", 'fo:text-align="center" fo:margin-top="18mm" fo:margin-bottom="12mm" style:page-number="1"', _letters("36pt", more=RED),
                 'style:master-page-name="Body" ')
    + _paragraph("Number", 'fo:border-bottom="1.5pt solid #e00000" fo:padding-bottom="2mm"', _letters("{size}pt"))
    + _paragraph("Break", 'fo:break-before="page" fo:text-align="center"', _letters("22pt", "{sans}"))
    + '<style:style style:name="Entry" style:family="paragraph"><style:paragraph-properties fo:line-height="30pt">'
    '<style:tab-stops><style:tab-stop style:position="150mm" style:type="right" style:leader-style="dotted"'
    ' style:leader-text="…"/></style:tab-stops></style:paragraph-properties>'
    "<style:text-properties " + _letters("14pt") + "/></style:style>"
    + _paragraph("Print", 'fo:border-top="0.7pt solid #000000" fo:padding-top="1mm"', _letters("14pt"))
    + _paragraph("Cell", 'fo:text-align="start"', _letters("10.5pt"))
    + _paragraph("Running", 'fo:text-align="center" fo:border-bottom="0.5pt solid #000000"', _letters("10pt"))
    + _paragraph("Foot", 'fo:text-align="center"', _letters("12pt"))
    + _paragraph("Footnote", 'fo:text-indent="-4mm" fo:margin-left="4mm"', _letters("10.5pt"))
    + "<text:outline-style>" + OUTLINE + "</text:outline-style>"
    "</office:styles><office:automatic-styles>{widths}"
    '<style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"'
    ' fo:padding="1.2mm" style:vertical-align="middle"/></style:style>'
    '<style:style style:name="R" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>'
    '<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="{wide}" fo:page-height="{high}"'
    ' fo:margin-top="22mm" fo:margin-bottom="20mm" fo:margin-left="27mm" fo:margin-right="27mm"/>'
    '<style:header-style><style:header-footer-properties fo:min-height="8mm" fo:margin-bottom="6mm"/></style:header-style>'
    '<style:footer-style><style:header-footer-properties fo:min-height="8mm" fo:margin-top="6mm"/></style:footer-style>'
    "</style:page-layout></office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Standard" style:page-layout-name="P">{front}</style:master-page>'
    '<style:master-page style:name="Body" style:page-layout-name="P">{zones}</style:master-page></office:master-styles>'
    "<office:body><office:text>{body}</office:text></office:body></office:document>"
)  # fmt: skip


def office(source: bytes | str, form: str, ending: str = "fodt") -> bytes:
    """Return what LibreOffice makes of a file: `form` is the ending that is wanted, a filter may follow a colon."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"a.{ending}"
        path.write_bytes(source.encode() if isinstance(source, str) else source)
        profile = f"-env:UserInstallation=file://{name}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", f"{name}/out", str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (Path(name) / "out" / f"a.{form.split(':')[0]}").read_bytes()


def browser(html: str, *options: str, ending: str = "pdf") -> bytes:
    """Return what the browser prints or shows of a page."""
    with tempfile.TemporaryDirectory() as name:
        page, out = Path(name) / "a.html", Path(name) / f"a.{ending}"
        page.write_text(html, "utf-8")
        wanted = f"--print-to-pdf={out}" if ending == "pdf" else f"--screenshot={out}"
        flags = (
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--disable-pdf-tagging",
            "--hide-scrollbars",
        )
        profile = f"--user-data-dir={name}/profile"
        subprocess.run(
            ["chromium", *flags, profile, *options, wanted, page.as_uri()], check=True, capture_output=True, timeout=180
        )
        return out.read_bytes()


def letter(case: Case, odt: Odt, content: Sequence[str | Table], *, name: str = "", signer: str = "") -> Odt:
    """Set the letterhead (where `name` is given), the title and the content."""
    if name:
        odt.add(f"{name}文件", "Red")
        odt.add(case.fields["doc_number"] + (f"　　　　　　　签发人：{signer}" if signer else ""), "Number")
    odt.add(case.title, "Title")
    odt.add_lines(content)
    return odt


def add_print_lines(odt: Odt, copies: str, office_name: str, day: str) -> None:
    """Add the lines for copies and printing."""
    odt.add("", "Text")
    odt.add(f"抄送：{copies}", "Print")
    odt.add(f"{office_name}　　　　　　　{day}印发", "Print")


# ------------------------------------------------------------------------------------------------- PDF files with text


def pdf_footnotes(case: Case) -> None:
    """Footnotes hang on words of the paragraph before their line."""
    notes = {
        "群众评价满意率为99.2%": "满意率按主动评价件数计算，未评价的不计入。",
        "发布免罚清单78项": "免罚清单由县司法局会同27个部门编制，每年6月调整一次。",
        "审计查出的问题已整改96%": "问题整改数据截至2022年12月31日。",
    }
    odt = Odt(head="青禾县2022年法治政府建设年度报告　　　　　　政府信息公开", foot="— # —", notes=notes)
    case.main.write_bytes(office(letter(case, odt, case.lines).xml(), "pdf"))


def pdf_task_table(case: Case) -> None:
    """Merged cells go on over the page, the head is repeated."""
    odt = Odt(head="雾灵市全面依法治市工作资料", foot="第#页 共##页", size=14)
    odt.add(case.title, "Title")
    for block in blocks(case.lines, chapters_of(case), same=(3, 5)):
        if isinstance(block, Table):
            odt.add_table(block, (10, 22, 52, 22, 28, 22))
        else:
            odt.add(block, style_of(block, 1, ""))
    case.main.write_bytes(office(odt.xml(), "pdf"))


GAZETTE = """<html lang="zh"><head><meta charset="utf-8"><style>
@page{{size:184mm 260mm;margin:22mm 16mm 18mm;@top-left{{content:"云岚县人民政府公报";font:9pt "{serif}"}}
@top-right{{content:"2023年第2期（总第86期）";font:9pt "{serif}"}}@bottom-center{{content:"·13·";font:9pt "{serif}"}}}}
@page:first{{@bottom-center{{content:"·12·";font:9pt "{serif}"}}}}body{{font:10.5pt/1.75 "{serif}";text-align:justify}}
.kind{{font-family:"{sans}";border-bottom:2px solid #000}}h1{{font-size:17pt;line-height:1.4;text-align:center}}h1,h2{{font-weight:normal}}
.no{{text-align:center}}.flow{{columns:2;column-gap:9mm;column-rule:.5pt solid #666;column-fill:auto}}
p{{text-indent:2em;margin:0}}p.a{{text-indent:0}}p.r{{text-align:right}}h2{{font-size:13pt;text-align:center;margin:8pt 0}}
h3{{font:10.5pt "{sans}";margin:4pt 0;text-indent:2em}}</style></head><body><div class="kind">县政府文件</div>
<h1>{title}</h1><div class="no">{number}</div><div class="flow">{body}</div></body></html>"""


def pdf_gazette(case: Case) -> None:
    """Pages 12 and 13 of the issue."""
    tags = {"Addressee": 'p class="a"', "Right": 'p class="r"', "Head": "h3", "Text": "p"}
    body = ""
    for number, line in enumerate(case.lines):
        tag = "h2" if line == "云岚县2023年法治政府建设工作要点" else tags[style_of(line, number, "")]
        body += f"<{tag}>{escape(line)}</{tag.split()[0]}>"
    title = case.title.replace("关于印发", "<br>关于印发").replace("的通知", "<br>的通知")
    page = GAZETTE.format(serif=SANS, sans=SANS, title=title, number=case.fields["doc_number"], body=body)
    case.main.write_bytes(browser(page))


def pdf_booklet(case: Case) -> None:
    """Cover and contents stand before the letterhead and have no page number."""
    odt = Odt(foot="— # —", has_front=True)
    for text in ("滨望区人民政府", "关于2023年法治政府建设情况的报告", "滨望区人民政府"):
        odt.add(text, "Cover")
    odt.add("二〇二四年一月", "Title")
    odt.add("目　录", "Break")
    heads = [line for line in case.lines if CHAPTER.match(line) or (ITEM.match(line) and len(line) < 20)]
    for line, page in zip(heads, (1, 1, 1, 1, 2, 2, 2, 2, 2), strict=True):
        odt.add(f"{'　' * bool(ITEM.match(line))}{line}\t{page}", "Entry")
    letter(case, odt, case.lines, name=case.fields["issuer"], signer="程望舟")
    copies = "市委依法治市办，市司法局，区委办公室，区人大常委会办公室，区政协办公室。"
    add_print_lines(odt, copies, "滨望区人民政府办公室", "2024年1月31日")
    case.main.write_bytes(office(odt.xml(), "pdf"))


def sheet(content: Table, title: str, *, annex: str = "", widths: Sequence[int] = ()) -> Workbook:
    """Return a book with the table under its title (and the word 附件 above it), cells merged."""
    book = Workbook()
    page = book.active
    line = Side(style="thin")
    top = 1
    for text in filter(None, (annex, title)):
        page.cell(top, 1, text)
        page.merge_cells(start_row=top, end_row=top, start_column=1, end_column=content.width)
        page.cell(top, 1).alignment = Alignment(horizontal="left" if text == annex else "center")
        top += 1
    for r in range(len(content.rows)):
        for c in range(content.width):
            page.cell(top + r, c + 1).border = Border(line, line, line, line)
    for r, c, deep, wide, text in content.cells():
        cell = page.cell(top + r, c + 1, int(text) if text.isdigit() else text or None)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if wide > 1 else None)
        if deep > 1 or wide > 1:
            page.merge_cells(start_row=top + r, end_row=top + r + deep - 1, start_column=c + 1, end_column=c + wide)
    for c, width in enumerate(widths or [6, 16, 30, 18, 18, 14, 14, 14, 14][: content.width]):
        page.column_dimensions[get_column_letter(c + 1)].width = width
    return book


def saved(book: Workbook) -> bytes:
    """Return the bytes of a book."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf_ledger(case: Case) -> None:
    """The sheet is fitted to the width of a landscape page."""
    (table,) = blocks(case.lines, same=(4, 5))
    assert isinstance(table, Table)
    book = sheet(table, case.title, widths=[5, 9, 14, 26, 12, 12, 16, 11, 12])
    page = book.active
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "2:2"
    for row in page.iter_rows(min_row=2):
        page.row_dimensions[row[0].row].height = 46
        for cell in row:
            cell.font = Font(name=SANS, size=11)
    page["A1"].font = Font(name=SANS, size=20, bold=True)
    page.row_dimensions[1].height = 40
    page.row_breaks.append(Break(id=next(row[0].row for row in page.iter_rows() if row[0].value == 4) - 1))
    page.oddHeader.right.text = "鹿坪县司法局　工作台账"
    page.oddFooter.center.text = "第 &P 页，共 &N 页"
    case.main.write_bytes(office(saved(book), "pdf", "xlsx"))


# ------------------------------------------------------------------------------------------------- scans and pictures


def render(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Return the pages of a PDF as pictures in colour."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "a.pdf").write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", f"{name}/a.pdf", f"{name}/p"], check=True, timeout=120)
        return [Image.open(io.BytesIO(path.read_bytes())).convert("RGB") for path in sorted(Path(name).glob("p*.png"))]


def seal(name: str, size: int) -> Image.Image:
    """Return a round red seal: a ring, a star and the name along the ring, the rest transparent."""
    big = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(big)
    red = (214, 32, 38, 205)
    draw.ellipse((3, 3, size - 4, size - 4), outline=red, width=size // 34)
    middle, inner = size / 2, size / 7
    points = []
    for k in range(10):
        angle, reach = math.pi * (k / 5 - 0.5), inner if k % 2 == 0 else inner * 0.4
        points.append((middle + reach * math.cos(angle), middle + reach * math.sin(angle)))
    draw.polygon(points, fill=red)
    font = ImageFont.truetype(FONT_FILE, size // 8)
    step = 270 / max(len(name) - 1, 1)
    for k, letter_ in enumerate(name):
        turn = -135 + k * step
        glyph = Image.new("RGBA", (size, size), (0, 0, 0, 0))
        ImageDraw.Draw(glyph).text((middle, size * 0.14), letter_, font=font, fill=red, anchor="mm")
        big.alpha_composite(glyph.rotate(-turn, resample=Image.Resampling.BICUBIC))
    return big


def stamp(page: Image.Image, name: str, dpi: int) -> None:
    """Set the seal over the signature: the lowest two printed lines that start right of the middle."""
    ink = np.asarray(page.convert("L")) < 128
    edges = np.nonzero(np.diff(ink.any(axis=1).astype(int), prepend=0, append=0))[0].reshape(-1, 2)
    # a page number starts left of 0.53
    lines = [(a, b) for a, b in edges if int(np.argmax(ink[a:b].any(axis=0))) > page.width * 0.53]
    first, bottom = lines[-2][0], lines[-1][1]
    xs = np.nonzero(ink[first:bottom])[1]
    mark = seal(name, int(dpi * 1.4))
    place = (int(xs.mean()) - mark.width // 2, (first + bottom) // 2 - mark.height // 2)
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    layer.paste(mark, place)
    white = Image.new("RGB", page.size, "white")
    white.paste(layer, mask=layer)
    mixed = np.asarray(page, np.uint16) * np.asarray(white, np.uint16) // 255
    page.paste(Image.fromarray(mixed.astype(np.uint8)))


def worn(page: Image.Image, seed: int, *, colour: bool) -> Image.Image:
    """Return the page as a scanner gives it: askew by half a degree, soft, noisy, the paper not quite white."""
    page = page.rotate(0.5, resample=Image.Resampling.BICUBIC, fillcolor="white").filter(ImageFilter.GaussianBlur(0.5))
    if not colour:
        page = page.convert("L")
    values = np.asarray(page, np.float32) * (236 / 255) + 8
    noise = np.random.default_rng(seed).normal(0, 3, values.shape[:2])
    values += noise[..., None] if colour else noise
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def scan_notice(case: Case) -> None:
    """Grey pages, the sealed one in colour; the pictures are all that the PDF holds."""
    odt = letter(case, Odt(foot="— # —", serif=SERIF), case.lines, name=case.fields["issuer"])
    add_print_lines(odt, "县委办公室，县人大常委会办公室，县政协办公室。", case.fields["issuer"], "2022年3月10日")
    pages = render(
        office(odt.xml().replace('text:style-name="Text">松崖县2022', 'text:style-name="Title">松崖县2022'), "pdf"), 150
    )
    stamp(pages[0], case.fields["issuer"], 150)
    shown = [worn(page, number, colour=number == 0) for number, page in enumerate(pages)]
    shown[0].save(case.main, "PDF", resolution=150, save_all=True, append_images=shown[1:], quality=34)


def scan_with_stamp_layer(case: Case) -> None:
    """The portal wrote its line as text over each picture; the font is one that every reader knows."""
    pages = render(office(letter(case, Odt(foot="— # —"), case.lines).xml(), "pdf"), 150)
    stamp(pages[-1], case.fields["issuer"], 150)
    shown = [worn(page, 7 + n, colour=n == len(pages) - 1) for n, page in enumerate(pages)]
    line = "石棠县政务公开平台　下载自 http://jyj.shitang.test　下载时间：2024-01-19 15:42:07"
    case.main.write_bytes(pictures_with_line(shown, line, quality=38))


def pictures_with_line(pages: Sequence[Image.Image], line: str, quality: int) -> bytes:
    """Return a PDF of JPEG pages with one line of text at the top of each."""
    parts = [
        b"",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    ]
    parts += [
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>"
        b"/DW 1000/W[814 939 500 1 95 500]/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93>>",
    ]
    kids = []
    for page in pages:
        jpeg = io.BytesIO()
        page.save(jpeg, "JPEG", quality=quality)
        space = "DeviceGray" if page.mode == "L" else "DeviceRGB"
        head = f"<</Type/XObject/Subtype/Image/Width {page.width}/Height {page.height}/ColorSpace/{space}/BitsPerComponent 8"
        parts.append(
            f"{head}/Filter/DCTDecode/Length {len(jpeg.getvalue())}>>stream\n".encode()
            + jpeg.getvalue()
            + b"\nendstream"
        )
        drawn = (
            f"q 595 0 0 842 0 0 cm /I Do Q BT /F 8 Tf 0.4 g 40 824 Td <{line.encode('utf-16-be').hex()}> Tj ET".encode()
        )
        packed = zlib.compress(drawn)
        parts.append(f"<</Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream")
        number = len(parts)
        used = f"<</Font<</F 3 0 R>>/XObject<</I {number - 1} 0 R>>>>"
        parts.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources{used}/Contents {number} 0 R>>".encode()
        )
        kids.append(f"{len(parts)} 0 R")
    parts[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    parts[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def picture_page(case: Case) -> None:
    """One page in sixteen greys."""
    (page,) = render(office(letter(case, Odt(size=14, foot="- # -", serif=SERIF), case.lines).xml(), "pdf"), 130)
    page.convert("L").quantize(16).save(case.main, "PNG", optimize=True)


def picture_photo(case: Case) -> None:
    """The page lies on a desk, is seen from slightly below, and light comes from the left."""
    (page,) = render(office(letter(case, Odt(size=15, serif=SERIF), case.lines).xml(), "pdf"), 150)
    wide, high = page.size
    corners = [(46, 60), (wide - 40, 40), (wide - 8, high - 30), (14, high - 12)]
    rows = []
    for (x, y), (u, v) in zip(corners, [(0, 0), (wide, 0), (wide, high), (0, high)], strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    wanted = np.array([0, 0, wide, 0, wide, high, 0, high], float)
    shape = np.linalg.solve(np.array(rows, float), wanted).tolist()
    bent = page.transform(
        page.size, Image.Transform.PERSPECTIVE, shape, Image.Resampling.BICUBIC, fillcolor=(104, 82, 60)
    )
    light = np.linspace(0.98, 0.74, wide)[None, :, None] * np.linspace(0.96, 1.0, high)[:, None, None]
    values = np.asarray(bent, np.float32) * light * np.array([1.0, 0.98, 0.93])
    values += np.random.default_rng(3).normal(0, 2.5, values.shape[:2])[..., None]
    Image.fromarray(values.clip(0, 255).astype(np.uint8)).save(case.main, "JPEG", quality=50)


PHONE = """<html lang="zh"><head><meta charset="utf-8"><style>body{{margin:0;font:17px/1.8 "{sans}";color:#222;background:#fff}}
.bar{{display:flex;justify-content:space-between;font-size:13px;padding:3px 14px;background:#f6f6f6}}
.top{{text-align:center;font-size:15px;padding:8px;border-bottom:1px solid #ddd;background:#f6f6f6}}
main{{padding:0 16px}}h1{{font-size:22px;line-height:1.4}}.info{{font-size:13px;color:#888}}p{{text-indent:2em;margin:10px 0}}
p.r{{text-align:right}}.acts{{display:flex;justify-content:space-around;padding:14px;font-size:14px;color:#666}}
.more{{background:#f6f6f6;padding:8px 16px;font-size:15px}}.foot{{text-align:center;font-size:12px;color:#999;padding:12px}}</style></head><body>
<div class="bar"><span>10:28</span><span>5G　87%</span></div><div class="top">滨望区人民政府门户网站</div><main><h1>{title}</h1>
<div class="info">来源：滨望区司法局　2024-02-22 09:15　阅读 1386</div>{body}</main>
<div class="acts"><span>点赞 12</span><span>收藏</span><span>分享</span></div><div class="more"><b>推荐阅读</b><br>滨望区召开一季度经济形势分析会<br>
城区三条道路恢复双向通行<br>本周末有小到中雨，出行请带伞</div><div class="foot">写留言　　上滑查看更多</div></body></html>"""


def picture_phone(case: Case) -> None:
    """As wide as a phone, as long as the article."""
    body = "".join(
        f"<p{' class=r' if style_of(line, 1, '') == 'Right' else ''}>{escape(line)}</p>" for line in case.lines
    )
    page = PHONE.format(sans=SANS, title=case.title, body=body)
    shot = browser(page, "--window-size=400,3600", "--force-device-scale-factor=2", ending="png")
    picture = Image.open(io.BytesIO(shot)).convert("L")
    rows = np.nonzero((np.asarray(picture) < 250).any(axis=1))[0]
    picture.crop((0, 0, picture.width, int(rows[-1]) + 20)).quantize(8).save(case.main, "PNG", optimize=True)


# ---------------------------------------------------------------------------------------------------------------- OFD

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
PAGE_WIDE, PAGE_HIGH = 210.0, 297.0


@dataclass(frozen=True, slots=True)
class Ink:
    """One printed line: its left edge and base line in mm, its text and its size."""

    x: float
    y: float
    text: str
    size: float = 5.64
    font: int = 1

    def advances(self) -> list[float]:
        """Return how far the pen goes with each character; digits and Latin letters are half as wide."""
        return [self.size / (2 if letter_ < "\x80" else 1) for letter_ in self.text]

    @property
    def wide(self) -> float:
        """The width in mm."""
        return sum(self.advances())


def wrapped(text: str, wide: float, size: float, indent: int = 0) -> list[str]:
    """Return the text in printed lines; no line starts with a closing mark, no number is broken."""
    lines, line, room = [], "", wide - indent * size
    for piece in re.findall(r"[\x21-\x7e]+|.", text):
        need = sum(size / (2 if letter_ < "\x80" else 1) for letter_ in piece)
        if need > room and piece not in "，。；：、）”》":
            lines.append(line)
            line, room = "", wide
        line += piece
        room -= need
    return [*lines, line]


@dataclass(slots=True)
class OfdFile:
    """An OFD file in the making."""

    title: str
    pages: list[list[str]] = field(default_factory=list)
    template: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    last_id: int = 100

    def new_id(self) -> int:
        """Return the next free id."""
        self.last_id += 1
        return self.last_id

    def text(self, ink: Ink, *, runs: bool = True) -> str:
        """Return a line as one object with its advances; in runs (g count width) or one by one."""
        steps = [f"{step:g}" for step in ink.advances()[:-1]]
        shown: list[str] = []
        while steps:
            same = next((k for k, step in enumerate(steps) if step != steps[0]), len(steps))
            shown += ["g", str(same), steps[0]] if runs and same > 2 else steps[:same]
            steps = steps[same:]
        box = f"{ink.x:g} {ink.y - ink.size:g} {ink.wide + 0.5:g} {ink.size * 1.3:g}"
        delta = f' DeltaX="{" ".join(shown)}"' if shown else ""
        code = f'<ofd:TextCode X="0" Y="{ink.size:g}"{delta}>{escape(ink.text)}</ofd:TextCode>'
        return f'<ofd:TextObject ID="{self.new_id()}" Boundary="{box}" Font="{ink.font}" Size="{ink.size:g}">{code}</ofd:TextObject>'

    def letters(self, ink: Ink) -> list[str]:
        """Return a line as one object a character, of size 1 and made big by its matrix."""
        out, x = [], ink.x
        for letter_, step in zip(ink.text, ink.advances(), strict=True):
            if letter_ != "　":
                box = f"{x:.3f} {ink.y - ink.size:.3f} {step:.3f} {ink.size * 1.2:.3f}"
                code = f'<ofd:TextCode X="0" Y="0.9">{escape(letter_)}</ofd:TextCode>'
                matrix = f'CTM="{ink.size:g} 0 0 {ink.size:g} 0 0"'
                head = f'<ofd:TextObject ID="{self.new_id()}" Boundary="{box}" {matrix} Font="{ink.font}" Size="1">'
                out.append(f"{head}{code}</ofd:TextObject>")
            x += step
        return out

    def rule(self, x: float, y: float, x2: float, y2: float, colour: str = "0 0 0") -> str:
        """Return a straight line."""
        wide, high = abs(x2 - x) or 0.4, abs(y2 - y) or 0.4
        data = f"M 0 0 L {x2 - x:g} {y2 - y:g}"
        return (
            f'<ofd:PathObject ID="{self.new_id()}" Boundary="{x:g} {y:g} {wide:g} {high:g}" LineWidth="0.25">'
            f'<ofd:StrokeColor Value="{colour}"/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
        )

    def picture(self, number: int, x: float, y: float, size: float) -> str:
        """Return a square picture, drawn from the resource of that number."""
        matrix = f"{size:g} 0 0 {size:g} 0 0"
        return f'<ofd:ImageObject ID="{self.new_id()}" Boundary="{x:g} {y:g} {size:g} {size:g}" CTM="{matrix}" ResourceID="{50 + number}"/>'

    def save(self, path: Path) -> None:
        """Write the package."""
        files: dict[str, str | bytes] = {"OFD.xml": self._entry(), "Doc_0/Document.xml": self._document()}
        files["Doc_0/PublicRes.xml"] = (
            f'<ofd:Res {OFD} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="仿宋" FamilyName="仿宋"/>'
            f'<ofd:Font ID="2" FontName="黑体" FamilyName="黑体"/><ofd:Font ID="3" FontName="小标宋" FamilyName="小标宋"/></ofd:Fonts></ofd:Res>'
        )
        media = "".join(
            f'<ofd:MultiMedia ID="{50 + n}" Type="Image" Format="PNG"><ofd:MediaFile>image_{n}.png</ofd:MediaFile></ofd:MultiMedia>'
            for n in range(len(self.pictures))
        )
        files["Doc_0/DocumentRes.xml"] = (
            f'<ofd:Res {OFD} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'
        )
        files |= {f"Doc_0/Res/image_{n}.png": picture for n, picture in enumerate(self.pictures)}
        if self.template:
            files["Doc_0/Tpls/Tpl_0/Content.xml"] = self._page(self.template, is_template=True)
        for n, page in enumerate(self.pages):
            files[f"Doc_0/Pages/Page_{n}/Content.xml"] = self._page(page)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in files.items():
                whole = (
                    content
                    if isinstance(content, bytes)
                    else f'<?xml version="1.0" encoding="UTF-8"?>\n{content}'.encode()
                )
                package.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), whole, zipfile.ZIP_DEFLATED)

    def _entry(self) -> str:
        about = f"<ofd:DocID>{zlib.crc32(self.title.encode()):032x}</ofd:DocID><ofd:Title>{self.title}</ofd:Title>"
        about += "<ofd:CreationDate>2024-01-02</ofd:CreationDate><ofd:Creator>版式文件转换</ofd:Creator>"
        body = f"<ofd:DocBody><ofd:DocInfo>{about}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        return f'<ofd:OFD {OFD} Version="1.1" DocType="OFD">{body}</ofd:OFD>'

    def _document(self) -> str:
        box = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {PAGE_WIDE:g} {PAGE_HIGH:g}</ofd:PhysicalBox></ofd:PageArea>"
        shared = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        if self.template:
            shared += '<ofd:TemplatePage ID="20" Name="page" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
        pages = "".join(
            f'<ofd:Page ID="{21 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(self.pages))
        )
        common = f"<ofd:CommonData><ofd:MaxUnitID>{self.last_id}</ofd:MaxUnitID>{box}{shared}</ofd:CommonData>"
        return f"<ofd:Document {OFD}>{common}<ofd:Pages>{pages}</ofd:Pages></ofd:Document>"

    def _page(self, objects: Iterable[str], *, is_template: bool = False) -> str:
        use = '<ofd:Template TemplateID="20" ZOrder="Background"/>' if self.template and not is_template else ""
        layer = f'<ofd:Layer ID="{self.new_id()}" Type="{"Background" if is_template else "Body"}">{"".join(objects)}</ofd:Layer>'
        return f"<ofd:Page {OFD}>{use}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def laid(
    lines: Sequence[str], *, size: float = 5.64, top: float = 40, bottom: float = 268, lead: float = 9.9
) -> list[list[Ink]]:
    """Return the lines of the body as printed lines, page by page, with official indents and a signature at the right."""
    left, wide = 28.0, size * 27
    pages: list[list[Ink]] = [[]]
    y = top
    for number, line in enumerate(lines):
        style = style_of(line, number, "")
        indent = 2 if style in {"Text", "Head"} else 0
        font = 2 if style == "Head" else 1
        for k, text in enumerate(wrapped(line, wide, size, indent)):
            if y > bottom:
                pages.append([])
                y = 40
            x = left + indent * size * (k == 0)
            if style == "Right":
                x = left + wide - Ink(0, 0, text, size).wide - 2 * size
            pages[-1].append(Ink(round(x, 3), round(y, 3), text, size, font))
            y += lead
    return pages


def centred(text: str, y: float, size: float = 7.76, font: int = 3) -> list[Ink]:
    """Return a title in as many lines as it needs."""
    inks = []
    for k, line in enumerate(wrapped(text, size * 19, size)):
        ink = Ink(0, y + k * size * 1.6, line, size, font)
        inks.append(Ink(round((PAGE_WIDE - ink.wide) / 2, 3), ink.y, line, size, font))
    return inks


def ofd_report(case: Case) -> None:
    """Every second line has its advances one by one."""
    file = OfdFile(case.title)
    title = centred(case.title, 40)
    for n, page in enumerate(laid(case.lines, top=title[-1].y + 22)):
        inks = [*(title if n == 0 else []), *page, Ink(101, 282, f"-{n + 1}-", 4.2)]
        file.pages.append([file.text(ink, runs=k % 2 == 0) for k, ink in enumerate(inks)])
    file.save(case.main)


def ofd_outline(case: Case) -> None:
    """Running head and rule are the template's."""
    file = OfdFile(case.title)
    head = [Ink(28, 24, "云岚县法治政府建设规划（2021—2025年）", 3.7), Ink(164, 24, "规划文本", 3.7)]
    file.template = [*(file.text(ink) for ink in head), file.rule(28, 26, 182, 26)]
    name, years = case.title.split("（")
    title = [*centred(name, 44), *centred(f"（{years}", 57)]
    for n, page in enumerate(laid(case.lines, top=76, bottom=248)):
        inks = [*(title if n == 0 else []), *page, Ink(97, 282, f"第{n + 1}页", 4.2)]
        file.pages.append([file.text(ink) for ink in inks])
    file.save(case.main)


def ofd_letters(case: Case) -> None:
    """The order of the objects tells nothing: lines are shuffled, letterhead and title come last."""
    file = OfdFile(case.title, pictures=[seal_png(case.fields["issuer"])])
    order = random.Random(11)
    head = [*centred("青禾县市场监督管理局文件", 46, 12.5), *centred(case.fields["doc_number"], 66, 5.64, 1)]
    title = [*centred("青禾县市场监督管理局", 86), *centred("关于2022年度法治政府建设情况的报告", 98)]
    pages = laid(case.lines, top=118, bottom=240)
    for n, page in enumerate(pages):
        inks = list(page)
        order.shuffle(inks)
        extra = [Ink(100, 284, f"{n + 1}", 4.2)]
        objects = [part for ink in inks for part in file.letters(ink)]
        if n == 0:
            extra += [*head, *title]
            objects.append(file.rule(28, 70, 182, 70, "224 0 0"))
        if n == len(pages) - 1:
            y = page[-1].y
            objects += [file.picture(0, 130, y - 28, 40), file.rule(28, 256, 182, 256), file.rule(28, 265, 182, 265)]
            extra += [Ink(30, 262, "抄送：市市场监管局，县委依法治县办，县司法局。", 4.9)]
            extra += [Ink(30, 271, "青禾县市场监督管理局办公室", 4.9), Ink(132, 271, "2022年12月29日印发", 4.9)]
        objects += [part for ink in extra for part in file.letters(ink)]
        file.pages.append(objects)
    file.save(case.main)


def seal_png(name: str) -> bytes:
    """Return a seal as a small picture."""
    out = io.BytesIO()
    seal(name, 200).quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


COLUMNS = (28.0, 38.0, 62.0, 104.0, 133.0, 160.0, 184.0)  # the rules of the table, in mm


def ofd_table(case: Case) -> None:
    """Row by row; a merged cell that goes over the page is left open at the bottom and empty on the next page."""
    before, table, *after = blocks(case.lines, chapters_of(case), same=(3, 5))
    assert isinstance(before, str)
    assert isinstance(table, Table)
    file = OfdFile(case.title)
    title = centred(case.title, 40)
    first = laid([before], size=4.94, top=title[-1].y + 16, lead=8.4)[0]
    spans = {(r, c): (deep, text) for r, c, deep, _, text in table.cells()}
    high = [
        max(
            [
                len(wrapped(text, COLUMNS[c + 1] - COLUMNS[c] - 2, 3.7)) if len(row) > 1 else 1
                for c, text in enumerate(row)
            ]
        )
        * 5.2
        + 3
        for row in table.rows
    ]
    groups, top = [[0]], first[-1].y + 6 + high[0]
    for r in range(1, len(table.rows)):
        if top + high[r] > 249:
            groups.append([0])
            top = 34 + high[0]
        groups[-1].append(r)
        top += high[r]
    for n, group in enumerate(groups):
        top = first[-1].y + 6 if n == 0 else 34.0
        objects, top = draw_rows(file, table, group, spans, high, top)
        inks = [*title, *first] if n == 0 else []
        inks.append(Ink(98, 284, f"— {n + 1} —", 4.2))
        if n == len(groups) - 1:
            inks += laid([str(line) for line in after], size=4.94, top=top + 14, lead=9)[0]
        file.pages.append([file.text(ink) for ink in inks] + objects)
    file.save(case.main)


def draw_rows(
    file: OfdFile, table: Table, group: Sequence[int], spans: dict[tuple[int, int], tuple[int, str]],
    high: Sequence[float], top: float,
) -> tuple[list[str], float]:  # fmt: skip
    """Return rules and texts of the rows of one page, and where they end."""
    objects, y = [file.rule(COLUMNS[0], top, COLUMNS[-1], top)], top
    tops = {}
    for r in group:
        tops[r] = y
        y += high[r]
    for place, r in enumerate(group):
        foot = tops[r] + high[r]
        is_chapter = len(table.rows[r]) == 1
        for c in range(table.width):
            here = spans.get((r, c))
            following = group[place + 1] if place + 1 < len(group) else None
            if (
                place == 0
                or following is None
                or (following, c) in spans
                or is_chapter
                or len(table.rows[following]) == 1
            ):
                objects.append(file.rule(COLUMNS[c], foot, COLUMNS[c + 1], foot))
            if not is_chapter or c == 0:
                objects.append(file.rule(COLUMNS[c], tops[r], COLUMNS[c], foot))
            if here and here[1]:
                wide = COLUMNS[-1] - COLUMNS[0] if is_chapter else COLUMNS[c + 1] - COLUMNS[c] - 2
                deep = sum(high[k] for k in range(r, r + here[0]) if k in tops)
                shown = wrapped(here[1], wide, 3.7)
                start = tops[r] + (deep - len(shown) * 5.2) / 2 + 4
                objects += [
                    file.text(Ink(COLUMNS[c] + 1, round(start + k * 5.2, 3), text, 3.7)) for k, text in enumerate(shown)
                ]
        objects.append(file.rule(COLUMNS[-1], tops[r], COLUMNS[-1], foot))
    return objects, y


# ----------------------------------------------------------------------------------------------- archives, text, Word


class GbkInfo(zipfile.ZipInfo):
    """A member whose name is written in GBK without a word about it, as Chinese packers do."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zipped(members: Sequence[tuple[str, bytes]], *, gbk: bool = True) -> bytes:
    """Return a zip of the members in their order; a name with a slash at its end is a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            info = (GbkInfo if gbk else zipfile.ZipInfo)(name, (2024, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, content)
    return out.getvalue()


THUMBS = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
DESKTOP = "[.ShellClassInfo]\r\nInfoTip=年度报告\r\n".encode("gbk")
SHORTCUT = b"[InternetShortcut]\r\nURL=http://www.shitang.test/\r\n"
UNPACK = "请用 WinRAR 5.0 以上版本解压。\r\n".encode("gbk")
LOCK = b"\x04admin" + bytes(48) + "admin".encode("utf-16-le") + bytes(98)


def docx_of(lines: Sequence[str], title: str = "", *, same: tuple[int, ...] = ()) -> bytes:
    """Return a .docx: title, lines and tables with merged cells."""
    document = Document()
    if title:
        document.add_paragraph(title).alignment = WD_ALIGN_PARAGRAPH.CENTER
    before = ""
    for number, block in enumerate(blocks(lines, same=same)):
        if isinstance(block, Table):
            grid = document.add_table(len(block.rows), block.width, style="Table Grid")
            for r, c, deep, wide, text in block.cells():
                cell = grid.cell(r, c)
                if deep > 1 or wide > 1:
                    cell = cell.merge(grid.cell(r + deep - 1, c + wide - 1))
                cell.text = text
            continue
        style = style_of(block, number, before)
        paragraph = document.add_paragraph(
            block if style in {"Addressee", "Annex", "Title", "Right"} else f"　　{block}"
        )
        if style in {"Title", "Right"}:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if style == "Title" else WD_ALIGN_PARAGRAPH.RIGHT
        before = block
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word97(lines: Sequence[str], title: str = "", *, numbered: bool = False, same: tuple[int, ...] = ()) -> bytes:
    """Return a .doc."""
    odt = Odt(foot="— # —", numbered=numbered)
    if title:
        odt.add(title, "Title")
    odt.add_lines(blocks(lines, same=same))
    return office(odt.xml().replace('fo:break-before="page"', "", 1), "doc")


def annex_book(lines: Sequence[str], *, chapters: Sequence[str] = (), same: tuple[int, ...] = ()) -> bytes:
    """Return an .xlsx of an annex: its head and its title in rows of their own, then the table."""
    head, title, table = blocks(lines, chapters, same)
    assert isinstance(table, Table)
    return saved(sheet(table, str(title), annex=str(head)))


# ---------------------------------------------------------------------------------------------------------- the pages

MENU = (
    "区划概况 领导之窗 机构职能 政务要闻 通知公告 部门动态 乡镇动态 视频新闻 政府信息公开指南 政府信息公开制度 法定主动公开内容 "
    "依申请公开 政府信息公开年报 规划计划 财政预决算 政府采购 重大项目 公共资源交易 招考录用 人事任免 应急管理 安全生产 环境保护 "
    "食品药品监管 教育领域 医疗卫生 社会救助 就业创业 社会保险 住房保障 税收管理 个人办事 法人办事 部门办事 便民查询 热线电话 "
    "领导信箱 在线访谈 民意征集 网上调查 建议提案办理 政策解读 规范性文件 历史沿革 人口民族 自然地理 旅游风光 特色产品 投资环境 "
    "婚姻登记 生育收养 户籍办理 出入境 交通出行 公积金 证件办理 知识产权 质量监督 统计信息 审计公开 扶贫领域 乡村振兴 营商环境"
)
RULES = (
    "float:left", "width:1200px", "margin:0 auto", "padding:0 12px", "line-height:36px", "color:#333", "font-size:14px",
    "background:#f5f5f5", "border-bottom:1px solid #ddd", "overflow:hidden", "position:relative", "text-decoration:none",
)  # fmt: skip
SCRIPT = (
    "var slide={cur:0,len:5,run:function(){var me=this;setInterval(function(){me.cur=(me.cur+1)%me.len;"
    "$('.slide li').eq(me.cur).fadeIn(400).siblings().hide();},4000);}};\n"
    "function doZoom(size){var o=document.getElementById('zoom');if(o){o.style.fontSize=size+'px';}}\n"
    "function addFav(){try{window.external.addFavorite(location.href,document.title);}catch(e){alert('请使用Ctrl+D进行收藏');}}\n"
    "var _hmt=_hmt||[];(function(){var h=document.createElement('script');h.src='//tongji.example.test/hm.js';"
    "document.getElementsByTagName('head')[0].appendChild(h);})();\n"
)
LABELS = {
    "index_number": "索 引 号", "issuer": "发布机构", "doc_number": "发文字号", "written": "成文日期", "published": "发布日期",
}  # fmt: skip


@dataclass(slots=True)
class Site:
    """What stands around the text of a page: menus, style sheets, scripts, header, foot; a seed makes it the same twice."""

    case: Case
    owner: str
    marks: str  # what the menu, the tools and the foot must show besides
    shape: str  # "trs", "jcms", "vsb", "table" or "anhui": the structure of the page
    shown: tuple[str, ...] = ()  # the fields that the header shows

    def page(self, body: str, files: str) -> str:
        """Return the page around a body and a list of files."""
        dice = random.Random(self.case.folder.name)
        return SHAPES[self.shape].format(
            title=self.case.title, owner=self.owner, css=self._css(dice), script=SCRIPT * 3, menu=self._menu(dice, 130),
            side=self._menu(dice, 36), head=self._head(), metas=self._metas(), body=body, files=files, marks=self.marks,
            date=self.case.fields["published"], hits=dice.randrange(100, 5000),
        )  # fmt: skip

    def _css(self, dice: random.Random) -> str:
        names = [f"{dice.choice(('nav', 'box', 'hot', 'list', 'foot', 'tab'))}{k}" for k in range(150)]
        return "\n".join(f".{name} li a{{{';'.join(dice.sample(RULES, 4))}}}" for name in names)

    def _menu(self, dice: random.Random, count: int) -> str:
        words = [dice.choice(MENU.split()) for _ in range(count)]
        items = (f'<li><a href="/zwgk/c{dice.randrange(1000, 9999)}/" title="{word}">{word}</a></li>' for word in words)
        return '<li><a href="/">首页</a></li>' + "\n".join(items)

    def _metas(self) -> str:
        fields = self.case.fields
        tags = {"SiteName": self.owner, "ColumnName": "法治政府建设", "ArticleTitle": self.case.title}
        tags |= {"PubDate": f"{fields['published']} 09:20", "ContentSource": fields["issuer"]}
        return "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())

    def _head(self) -> str:
        rows = [(LABELS[name], self.case.fields[name]) for name in self.shown]
        if self.shape == "anhui":
            return "".join(f"<tr><th>{label}：</th><td>{value}</td></tr>" for label, value in rows)
        return "".join(f"<li><b>{label}：</b><span>{value}</span></li>" for label, value in rows)


_TOP = '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}-{owner}</title>{metas}<style>{css}</style><script>{script}</script></head><body>'
SHAPES = {
    "trs": _TOP + '<div class="top"><ul class="nav">{menu}</ul></div><div class="pos">您所在的位置：<a href="/">首页</a> &gt; 政务公开 &gt; 正文</div>'
    '<div class="main"><h1>{title}</h1><ul class="gkxx">{head}</ul><div class="tool">字号：大 中 小　打印　分享到：微信 微博</div>'
    '<div class="view TRS_UEDITOR trs_paper_default">{body}</div><div class="fj">{files}</div></div><div class="side"><ul>{side}</ul></div>'
    '<div class="foot"><p>{owner}主办　网站标识码：5399990021　{marks}</p></div></body></html>',
    "jcms": _TOP + '<div class="header"><ul>{menu}</ul></div><table class="layout" width="100%"><tr><td class="left"><ul>{side}</ul></td><td>'
    '<div class="bt">{title}</div><ul class="xx">{head}</ul><div class="sj">发布日期：{date}　浏览次数：{hits}　【字号 大 中 小】</div>'
    '<!--<$[信息内容]>begin--><meta name="ContentStart"><div id="zoom">{body}{files}</div><meta name="ContentEnd"><!--<$[信息内容]>end-->'
    '<div class="gb"><a>打印</a><a>关闭窗口</a></div></td></tr></table><div class="footer">版权所有：{owner}　{marks}</div></body></html>',
    "vsb": _TOP + '<div class="menu"><ul>{menu}</ul></div><form name="_newscontent_fromname"><h2>{title}</h2><div class="info">时间：{date}　来源：{owner}　点击数：{hits}</div>'
    '<ul class="i">{head}</ul><div id="vsb_content_2"><div class="v_news_content">{body}</div></div><ul class="att">{files}</ul>'
    '<div class="pn"><p>上一篇：<a href="20550.htm">松崖县召开安全生产会议</a></p><p>下一篇：<a href="20552.htm">城区供水管网检修公告</a></p></div></form>'
    '<div class="rm"><ul>{side}</ul></div><div class="copy">{owner}　{marks}</div></body></html>',
    "table": _TOP.replace("utf-8", "gb2312")
    + '<table width="1003" align="center"><tr><td><script>document.write("今天是："+showToday())</script>今天是：2021年1月16日　<a>设为首页</a>　<a>加入收藏</a></td></tr>'
    '<tr><td><ul>{menu}</ul></td></tr></table><table width="1003" align="center"><tr><td width="210" valign="top"><ul>{side}</ul></td>'
    '<td valign="top"><table width="100%"><tr><td align="center"><b><font size="5">{title}</font></b></td></tr><tr><td align="center">'
    '发布时间：{date}　作者：办公室　浏览次数：{hits}</td></tr><tr><td class="content">{body}</td></tr><tr><td>{files}</td></tr></table></td></tr></table>'
    '<table width="1003" align="center"><tr><td align="center">版权所有 {owner}　{marks}</td></tr></table></body></html>',
    "anhui": _TOP + '<div class="wzlm"><ul>{menu}</ul></div><div class="gkwrap"><div class="gkleft"><ul>{side}</ul></div><div class="gkright">'
    '<table class="table_suoyin">{head}</table><h1 class="wztit">{title}</h1><div class="wzfbxx">发布时间：{date}　阅读：{hits}　字号：大 中 小</div>'
    '<div class="j-fontContent newscontnet minh500">{body}</div><div class="fjxz">{files}</div><div class="wzxq">扫一扫在手机打开　关闭窗口</div></div></div>'
    '<div class="zfoot">主办单位：{owner}　{marks}</div></body></html>',
}  # fmt: skip


def paragraphs(lines: Sequence[str]) -> str:
    """Return the lines as an editor leaves them: a paragraph each, spans and blanks around."""
    out = []
    for number, line in enumerate(lines):
        style = style_of(line, number, "")
        shape = {"Right": "text-align: right;", "Addressee": ""}.get(style, "text-indent: 2em;")
        out.append(
            f'<p style="{shape} line-height: 2;"><span style="font-family: 仿宋; font-size: 18px;">{escape(line)}</span></p>'
        )
    return "\n".join(out)


def link(case: Case, name: str) -> str:
    """Return the line that offers the attachment."""
    return f'<p>附件：<a href="./{case.wanted["parts"][0]}" target="_blank">{name}</a></p>'


def write_page(case: Case, site: Site, body: str, files: str, *, encoding: str = "utf-8") -> None:
    """Write the main page."""
    case.main.write_bytes(site.page(body, files).encode(encoding))


def zip_folder(case: Case) -> None:
    """The lock file has the ending of the report."""
    place = "鹿坪县2022年度报告/"
    report = docx_of(case.lines, case.title)
    members = [
        (place, b""),
        (f"{place}Thumbs.db", THUMBS),
        (f"{place}desktop.ini", DESKTOP),
        (f"{place}~${case.title[2:]}.docx", LOCK),
    ]
    case.part().write_bytes(zipped([*members, (f"{place}{case.title}.docx", report)]))
    site = Site(case, "鹿坪县人民政府", "网站地图　附件下载说明", "anhui", ("index_number", "issuer", "published"))
    write_page(case, site, "<p>　　请查看附件。</p>", link(case, f"{case.title}.zip"))


def zip_two_annexes(case: Case) -> None:
    """The second annex is stored first."""
    body, first, second = case.split()
    book = annex_book(second)
    members = [("附件2：任务清单.xls", office(book, "xls", "xlsx")), ("附件1：工作安排.docx", docx_of(first))]
    case.part().write_bytes(zipped(members))
    site = Site(
        case,
        "雾灵市人民政府",
        "相关附件请用电脑查看",
        "trs",
        ("index_number", "doc_number", "issuer", "written", "published"),
    )
    write_page(case, site, paragraphs(body), link(case, "打包下载"))


def zip_in_zip(case: Case) -> None:
    """The letterhead is in the file alone; the annexes are one zip deeper."""
    parts = case.split()
    odt = letter(case, Odt(foot="— # —"), parts[0], name=case.fields["issuer"])
    inner = zipped(
        [
            ("附件/", b""),
            ("附件/附件1：工作要点.docx", docx_of(parts[1])),
            ("附件/附件2：考核指标.doc", word97(parts[2])),
        ]
    )
    members = [("松崖县人民政府文件.docx", office(odt.xml(), "docx")), ("附件.zip", inner)]
    case.part().write_bytes(zipped(members))
    site = Site(case, "松崖县人民政府", "技术支持：县大数据中心", "vsb", ())
    write_page(case, site, "<p>请下载。</p>", f'<li>附件【<a href="fujian2020.zip">{case.title}.zip</a>】已下载</li>')


def zip_twice(case: Case) -> None:
    """One report in two forms."""
    odt = letter(case, Odt(foot="— # —"), case.lines)
    name = case.title
    members = [
        (f"{name}.docx", office(odt.xml(), "docx")),
        (f"__MACOSX/._{name}.docx", b"\0\x05\x16\x07\0\x02\0\0Mac OS X" + bytes(160)),
    ]
    members += [
        (f"{name}.pdf", office(odt.xml(), "pdf")),
        (f"__MACOSX/._{name}.pdf", b"\0\x05\x16\x07\0\x02\0\0Mac OS X" + bytes(160)),
    ]
    case.part().write_bytes(zipped(members, gbk=False))
    site = Site(case, "滨望区财政局", "滨公网安备53999902000017号", "anhui", ("issuer", "published"))
    write_page(case, site, "<p>　　详见附件。</p>", link(case, "法治政府建设情况报告（Word版和PDF版）.zip"))


def rar_doc(case: Case) -> None:
    """The main thing is the .doc; shortcut and note are the packer's."""
    members = [
        RarMember("石棠县门户网站.url", SHORTCUT),
        RarMember(f"{case.title}.doc", word97(case.lines, case.title)),
    ]
    case.part().write_bytes(rar4([*members, RarMember("解压说明.txt", UNPACK)]))
    site = Site(case, "石棠县人民政府", "建议使用1024×768分辨率浏览", "table")
    write_page(
        case, site, "<p>全文请点击下面的附件下载，解压后阅读。</p>", link(case, "年度报告.rar"), encoding="gb18030"
    )


def rar_annexes(case: Case) -> None:
    """The archive has the annexes in no order; their names have."""
    body, *annexes = case.split()
    place = "自查自评材料/"
    members = [
        RarMember(place.rstrip("/"), is_folder=True, names="gbk"),
        RarMember(f"{place}表格/附件2 自查清单.xlsx", annex_book(annexes[1], same=(3, 4)), names="gbk"),
        RarMember(f"{place}文字/附件3 自查报告提纲.doc", word97(annexes[2]), names="gbk"),
        RarMember(f"{place}文字/附件1 自查工作方案.docx", docx_of(annexes[0]), names="gbk"),
    ]
    case.part().write_bytes(rar4(members))
    site = Site(
        case,
        "云岚县人民政府",
        "政务微信　联系我们　收藏本站",
        "trs",
        ("index_number", "doc_number", "issuer", "written", "published"),
    )
    write_page(case, site, paragraphs(body), link(case, "附件下载.rar"))


def rar_plan_and_sheet(case: Case) -> None:
    """Only the annex says what it is."""
    plan, annex = case.split()
    members = [
        RarMember(f"{case.title}.docx", docx_of(plan, case.title)),
        RarMember("附件：任务分解表.xlsx", annex_book(annex, same=(3, 5))),
    ]
    case.part().write_bytes(rar5(members))
    site = Site(case, "鹿坪县人民政府", "热点专题", "anhui", ("index_number", "issuer", "written", "published"))
    write_page(case, site, "<p>　　详情请见附件。</p>", link(case, f"{case.title}.rar"))


def rar_zip_text(case: Case) -> None:
    """Lines of 32 characters, two blanks before each paragraph."""
    lines = [f"　　　　{case.title}", ""]
    for number, line in enumerate(case.lines):
        style = style_of(line, number, "")
        blanks = {"Addressee": "", "Right": "　" * 20}.get(style, "　　")
        lines += wrapped(blanks + line, 32, 1)
    text = "\r\n".join(lines).encode("gb18030")
    case.part().write_bytes(rar5([RarMember("棠溪镇.zip", zipped([("2018年报告.txt", text), ("Thumbs.db", THUMBS)]))]))
    site = Site(case, "青禾县棠溪镇人民政府", "电话见首页", "table")
    write_page(case, site, "<p>见附件</p>", link(case, "2018年报告.rar"), encoding="gb18030")


def stub_pdf(case: Case) -> None:
    """The title stands in the file too."""
    odt = letter(case, Odt(head="松崖县2024年法治政府建设年度报告", foot="第#页 共##页"), case.lines)
    case.part().write_bytes(office(odt.xml(), "pdf"))
    site = Site(case, "松崖县人民政府", "无障碍浏览", "trs", ("index_number", "issuer", "published"))
    write_page(case, site, "<p>　　详见附件：</p>", link(case, f"{case.title}.pdf"))


def notice_doc(case: Case) -> None:
    """The annex is numbered by the program."""
    body, annex = case.split()
    case.part().write_bytes(word97(annex, numbered=True))
    site = Site(case, "滨望区人民政府", "设为主页　友情链接　责任编辑：区政府办", "jcms", ("doc_number", "written"))
    write_page(case, site, paragraphs(body), link(case, "滨望区2016年法治政府建设实施方案.doc") + "<p>打印本稿</p>")


def page_and_docx(case: Case) -> None:
    """The file is typed otherwise: a spaced title, wide digits, one paragraph of line breaks."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    typed = [line.translate(wide) for line in case.lines]
    document = Document()
    document.add_paragraph(
        " ".join(case.title[:7]) + case.title[7:].translate(wide)
    ).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("\n".join(f"　　{line}" for line in typed[:8]))
    for line in typed[8:]:
        document.add_paragraph(f"　　{line}")
    out = io.BytesIO()
    document.save(out)
    (case.folder / "P020240306551.docx").write_bytes(out.getvalue())
    site = Site(
        case,
        "青禾县人民政府",
        "您是第120384位访客　相关阅读",
        "trs",
        ("index_number", "issuer", "written", "published"),
    )
    files = f'<p>相关文件下载：<a href="./P020240306551.docx">{case.title}.docx</a></p>'
    write_page(case, site, paragraphs(case.lines), files)


def page_xlsx(case: Case) -> None:
    """One cell has a line end in it, the second sheet is empty."""
    body, annex = case.split()
    head, title, table = blocks(annex, chapters_of(case), same=(3, 5))
    assert isinstance(table, Table)
    book = sheet(table, str(title), annex=str(head))
    book.active.title = "分工表"
    book.create_sheet("Sheet2")
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "县卫生健康局、县消防救援大队":
                cell.value = "县卫生健康局、\n县消防救援大队"
    case.part().write_bytes(saved(book))
    site = Site(case, "云岚县人民政府", "政府邮箱　上一条：无", "jcms", ("doc_number", "issuer", "written"))
    write_page(case, site, paragraphs(body), link(case, "云岚县2022年法治政府建设重点任务分工表.xlsx"))


RECIPES: dict[str, Callable[[Case], None]] = {
    "d-pdf-footnotes-page-breaks": pdf_footnotes,
    "d-pdf-task-table-three-pages": pdf_task_table,
    "d-pdf-gazette-two-columns": pdf_gazette,
    "d-pdf-cover-contents-letterhead": pdf_booklet,
    "d-pdf-landscape-ledger": pdf_ledger,
    "d-scan-notice-seal": scan_notice,
    "d-scan-stamp-text-layer": scan_with_stamp_layer,
    "d-png-town-plan-page": picture_page,
    "d-jpg-photo-report": picture_photo,
    "d-png-phone-screenshot": picture_phone,
    "d-ofd-report-deltax": ofd_report,
    "d-ofd-outline-template-pages": ofd_outline,
    "d-ofd-task-table-ruled": ofd_table,
    "d-ofd-glyph-objects-ctm": ofd_letters,
    "d-zip-stub-gbk-folder": zip_folder,
    "d-zip-notice-two-annexes": zip_two_annexes,
    "d-zip-in-zip-letterhead": zip_in_zip,
    "d-zip-same-report-twice": zip_twice,
    "d-rar4-stub-doc": rar_doc,
    "d-rar4-gbk-annexes": rar_annexes,
    "d-rar5-plan-and-sheet": rar_plan_and_sheet,
    "d-rar5-zip-inside-txt": rar_zip_text,
    "d-stub-pdf-report": stub_pdf,
    "d-notice-annex-plan-doc": notice_doc,
    "d-page-and-same-docx": page_and_docx,
    "d-page-plan-annex-xlsx": page_xlsx,
}


def main(wanted: Sequence[str]) -> None:
    """Make the files of the named cases, or of all."""
    for slug in wanted or RECIPES:
        RECIPES[slug](Case.load(slug))
        print(slug)


if __name__ == "__main__":
    main(sys.argv[1:])
