"""Make the Word, WPS, Excel, text, RTF and web-archive files of the cases ``c-*`` beside this script.

Only what a site serves is written. ``body.txt`` and ``expected.json`` are kept by hand: they are written first, a recipe
marks places in that text (what an editor inserted, deleted, hid or annotated, what stands in a text box, which numbers
the word processor makes, which cells of a table are one merged cell) and adds what must not come out (letterhead, title,
contents, print line, page furniture); a writer turns the marked text into a file. An expectation that changes while the
file must stay needs its recipe to undo the change; a mark whose place is gone is an error. The files are committed as
made: another version of the office program writes other bytes. To compare, make them elsewhere.

    python -m tests.pages.make_office [--to FOLDER] [CASE ...]

needs python-docx, XlsxWriter and, for the old formats, ``soffice`` (LibreOffice Writer and Calc) on the path. ``.wps``
and ``.et`` are Word 97 and Excel 97 containers under those names, as WPS Office writes them.

The marked text, a line a paragraph:

    @title a|b      the title, a paragraph a part        @head text      a red line of the letterhead
    @center text    a centred line                       @right text     a line at the right margin
    @plain text     a line whose number is typed         @indent         blanks before every later paragraph
    @box a|b        a text box, anchored in a paragraph of its own
    @toc            a table of contents as a field       @page           a page break
    @print a|b      the print line as a table, a row a part
    @image text     a picture with a description         lines with tabs  rows of a table (a line between: chapter row)
    {+x+} inserted  {-x-} deleted   {p-} paragraph mark deleted   {<x<} moved away  {>x>} moved here
    {~x~} hidden    {^x^} footnote  {#x|note#} comment            {/} line break    {=x=} content control
    {@x|url@} link or field  {row-} row deleted  {n} line end in a cell  {nbh} non-breaking hyphen
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.pages.making.numbering import Numbering
from tests.pages.making.programs import convert
from tests.pages.making.texts import printed, two_byte_rtf, typed, web_page, whole_levels
from tests.pages.making.word import Word
from tests.pages.making.word_recipes import HERE, WORD, Edits, expected, marked
from tests.pages.making.workbooks import Sheet, workbook


def word(case: str) -> bytes:
    """Return the Word file of a case, in the format of its name."""
    recipe = WORD[case]
    writer = Word(Numbering(recipe.scheme, recipe.mode), **recipe.options)
    content = writer.save([*recipe.head, *marked(case, recipe.edits), *recipe.tail])
    ending = recipe.target.rpartition(".")[2]
    if ending == "docx":
        return content
    if case.startswith("c-rtf"):
        rich = whole_levels(convert(content, "docx", "rtf"))
        return two_byte_rtf(rich) if ending == "doc" else rich
    return convert(content, "docx", "doc")


def rows(case: str, start: str, end: str | None = None, edits: Edits = ()) -> list[str]:
    """Return the marked lines of a case from one that starts so up to one that starts so."""
    lines = marked(case, edits)
    first = next(n for n, line in enumerate(lines) if line.startswith(start))
    last = next((n for n, line in enumerate(lines) if end and n > first and line.startswith(end)), len(lines))
    return lines[first:last]


def county_tasks() -> bytes:
    """Return the county's task list with a hidden column, a hidden sheet, comments and a drop-down list."""
    case = "c-xlsx-task-list"
    edits = [
        ("场景，全年", "场景，{n}全年"),
        ("清单，建立", "清单，{n}建立"),
        ("县财政局、县市", "县财政局、{n}县市"),
        ("标准；2.", "标准；{n}2."),
        ("评查；3.", "评查；{n}3."),
    ]
    table = rows(case, "序号", edits=edits)
    phones = ["责任人电话", *("内部联系方式略" for _ in table[1:])]
    main = Sheet(
        "任务清单",
        "云岚县2024年法治政府建设重点任务清单",
        table,
        (1, 4, 5, 6),
        (0,),
        hidden_column=phones,
        notes={(2, 3): "请县审批局核实"},
    )
    return workbook([main, Sheet("Sheet2", "", ["下拉选项\t说明", "推进中\t1", "已销号\t2"], state="hide")])


def prefecture_book() -> bytes:
    """Return the prefecture's book: indicators with formulas, tasks, remarks, and a very hidden sheet of parameters."""
    case = "c-xlsx-three-sheets"
    formulas = {}
    for n, (old, new, share) in enumerate(
        [(1, 1, 1), (0.958, 0.976, 1), (1286, 1640, 0), (0.089, 0.0725, 1), (56, 61.5, 0), (48200, 53020, 0)], 1
    ):
        row = n + 4  # two empty rows, the title and the header row stand above
        formulas[n, 5] = (f"=F{row}-E{row}", new - old) if share else (f"=F{row}/E{row}-1", new / old - 1)
    title = "梧汀市法治政府建设主要指标和任务（2024年）"
    return workbook(
        [
            Sheet("指标", title, rows(case, "序号", "附件2"), at=(2, 1), formulas=formulas),
            Sheet("任务分工", "附件2：重点任务分工", rows(case, "任务\t", "说明"), (0, 2, 3)),
            Sheet("说明", "", rows(case, "说明")),
            Sheet("参数", "测算底稿", ["参数\t取值", "折算系数\t0.975"], state="very_hidden"),
        ]
    )


def district_tasks() -> bytes:
    """Return the district's task list as an Excel 97 workbook."""
    case = "c-xls-task-list"
    table = rows(case, "序号", edits=[("改革，覆盖", "改革，{n}覆盖"), ("区大数据局、公安", "区大数据局、{n}公安")])
    main = Sheet("Sheet1", "砚溪区2023年法治政府建设任务清单", table, (1, 4, 5, 6), (0,), tall=2)
    codes = Sheet("代码表", "", ["代码表\t名称", "A01\t审批类", "A02\t执法类"], state="hide")
    return convert(workbook([main, codes, Sheet("Sheet3", "", [])]), "xlsx", "xls")


def indicator_results() -> bytes:
    """Return the county's results as an Excel 97 workbook of two sheets with sums by formula."""
    case = "c-xls-indicator-report"
    sums: dict[tuple[int, int], tuple[str, float]] = {(4, 1): ("=SUM(B3:B5)", 425), (4, 2): ("=SUM(C3:C5)", 417)}
    shares = {
        (n, 3): (f"=C{n + 2}/B{n + 2}", good / all_)
        for n, (all_, good) in enumerate([(186, 183), (142, 140), (97, 94), (425, 417)], 1)
    }
    sheets = [
        Sheet("指标", "杉坪县2023年度法治政府建设主要指标完成情况表", rows(case, "类别", "各乡镇"), fill=(0,)),
        Sheet("调处", "各乡镇矛盾纠纷调处情况", rows(case, "乡镇\t"), formulas={**sums, **shares}),
        Sheet("台账", "问题台账", ["问题\t状态", "公示不及时\t拟整改"], state="hide"),
    ]
    return convert(workbook(sheets), "xlsx", "xls")


def town_tasks() -> bytes:
    """Return the town's task table as WPS Office names an Excel 97 workbook."""
    case = "c-et-town-tasks"
    table = rows(case, "序号", edits=[("12场；发放", "12场；{n}发放"), ("11个村，每月", "11个村，{n}每月")])
    main = Sheet("2024", "岚桥乡2024年法治政府建设工作任务表", table, (1, 4, 5), (0,))
    old = Sheet("旧表", "2023年任务表", ["工作任务\t时限", "普法宣传\t2023年底前"], state="hide")
    return convert(workbook([main, old]), "xlsx", "xls")


def gbk_text() -> bytes:
    """Return a text in GBK with CRLF ends and a signature whose characters stand apart."""
    case = "c-txt-gbk-fullwidth-blanks"
    lines = typed(
        expected(case).splitlines(), ["芦汀县人民政府", "关于2011年推进依法行政工作情况的报告", "", "芦政〔2011〕86号"]
    )
    lines[-2] = lines[-2].replace("芦汀县人民政府", "　".join("芦汀县人民政府"))
    return "\r\n".join([*lines, ""]).encode("gbk")


def utf16_text() -> bytes:
    """Return a text in UTF-16 with its mark, with tabs for indents."""
    lines = expected("c-txt-utf16-bom").splitlines()
    out = ["\t\t岩泉县2020年法治政府建设工作计划", "", lines[0]]
    out += [line if "\t" in line else "\t" + line for line in lines[1:-2]]
    return b"\xff\xfe" + "\r\n".join([*out, "", *("\t" * 6 + line for line in lines[-2:]), ""]).encode("utf-16-le")


def big5_text() -> bytes:
    """Return the traditional text in Big5."""
    lines = expected("c-txt-big5-traditional").splitlines()
    return "\r\n".join([*typed(lines, ["雲嵐縣2019年度法治政府建設情況報告"]), ""]).encode("big5")


def printed_text() -> bytes:
    """Return the hard-wrapped text in UTF-8."""
    lines = expected("c-txt-utf8-hard-wrapped-pages").splitlines()
    return printed(
        lines, ["滨望区人民政府", "关于2018年度法治政府建设情况的报告"], 32, 10, "滨望区人民政府文件汇编"
    ).encode()


def bureau_page() -> bytes:
    """Return the bureau's report as a single file web page."""
    edits = [
        ("\n整改率按截至12月31日已销号问题计算。", ""),
        ("整改率97.7%。", "整改率97.7%{^整改率按截至12月31日已销号问题计算。^}。"),
        ("提出审核意见1057条", "提出审核意见{-986条（旧稿数据）-}{+1057条+}"),
        ("监督意见书16份。", "监督意见书{#16份|核对一下口径#}。"),
        ("办结69件，", "办结69件{-，办理行政裁决2件-}，"),
        ("年度执法监督计划，", "年度执法监督计划{~（内部讨论稿已印）~}，"),
    ]
    lines = marked("c-mht-named-doc", edits)
    return web_page(lines, "杉坪县司法局2023年度<br>法治政府建设年度报告", "杉坪司法　内部讨论稿", (0,))


OTHER: dict[str, tuple[str, Callable[[], bytes]]] = {
    "c-xlsx-task-list": ("renwu2024.xlsx", county_tasks),
    "c-xlsx-three-sheets": ("wuting-zhibiao.xlsx", prefecture_book),
    "c-xls-task-list": ("yanxi-rwqd.xls", district_tasks),
    "c-xls-indicator-report": ("zhibiao2023.xls", indicator_results),
    "c-et-town-tasks": ("lanqiao.et", town_tasks),
    "c-txt-gbk-fullwidth-blanks": ("luting2011.txt", gbk_text),
    "c-txt-utf16-bom": ("2020jihua.txt", utf16_text),
    "c-txt-big5-traditional": ("ylx2019.txt", big5_text),
    "c-txt-utf8-hard-wrapped-pages": ("binwang2018.txt", printed_text),
    "c-mht-named-doc": ("sfj2023.doc", bureau_page),
}


def main() -> None:
    """Write the files of the named cases, or of all."""
    parser = argparse.ArgumentParser(
        description="Make the served files of the cases c-*; expectations stay as they are."
    )
    parser.add_argument("cases", nargs="*", metavar="CASE", help="all, unless some are named")
    parser.add_argument("--to", type=Path, default=HERE, metavar="FOLDER", help="write below another folder")
    asked = parser.parse_args()
    if unknown := sorted({*asked.cases} - {*WORD, *OTHER}):
        parser.error(f"expected cases that are made here, got {', '.join(unknown)}")
    if shutil.which("soffice") is None:
        raise SystemExit("make_office.py: expected soffice (LibreOffice) on the path, got none")
    for case in asked.cases or [*WORD, *OTHER]:
        name, content = (WORD[case].target, word(case)) if case in WORD else (OTHER[case][0], OTHER[case][1]())
        (asked.to / case).mkdir(parents=True, exist_ok=True)
        (asked.to / case / name).write_bytes(content)
        print(f"{case}/{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
