"""PDF files with text: how each of the cases ``d-pdf-*`` is made, and the sheets that some of them come from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from tests.pages.making.cases import CHAPTER, ITEM, Case, Table, blocks, chapters_of, style_of
from tests.pages.making.odt import SANS, Odt, add_print_lines, letter
from tests.pages.making.programs import browser, convert, still


def pdf_footnotes(case: Case) -> None:
    """Footnotes hang on words of the paragraph before their line."""
    notes = {
        "群众评价满意率为99.2%": "满意率按主动评价件数计算，未评价的不计入。",
        "发布免罚清单78项": "免罚清单由县司法局会同27个部门编制，每年6月调整一次。",
        "审计查出的问题已整改96%": "问题整改数据截至2022年12月31日。",
    }
    odt = Odt(head="青禾县2022年法治政府建设年度报告　　　　　　政府信息公开", foot="— # —", notes=notes)
    case.main.write_bytes(convert(letter(case, odt, case.lines).xml(), "fodt", "pdf"))


def pdf_task_table(case: Case) -> None:
    """Merged cells go on over the page, the head is repeated."""
    odt = Odt(head="雾灵市全面依法治市工作资料", foot="第#页 共##页", size=14)
    odt.add(case.title, "Title")
    for block in blocks(case.lines, chapters_of(case), same=(1, 3, 5)):
        if isinstance(block, Table):
            odt.add_table(block, (10, 22, 52, 22, 28, 22))
        else:
            odt.add(block, style_of(block, 1, ""))
    case.main.write_bytes(convert(odt.xml(), "fodt", "pdf"))


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
    lines = case.with_own_title("2023年全县法治政府建设的总体思路", "云岚县2023年法治政府建设工作要点")
    for number, line in enumerate(lines):
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
    case.main.write_bytes(convert(odt.xml(), "fodt", "pdf"))


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
    """Return the bytes of a book, with one fixed date for it and its parts."""
    out = io.BytesIO()
    book.save(out)
    return still(out.getvalue(), moments=True)


def pdf_ledger(case: Case) -> None:
    """The sheet is fitted to the width of a landscape page."""
    (table,) = blocks(case.lines, same=(1, 4, 5))
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
    case.main.write_bytes(convert(saved(book), "xlsx", "pdf"))
