"""The workbook as openpyxl sees it: sheets, header, filters, types, and text that must never compute."""

import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from pipeline import records, tables, workbook
from tests import factories

HOSTILE = [
    pytest.param("=cmd|'/c calc'!A1", None, id="a command"),
    pytest.param("+1", None, id="plus"),
    pytest.param("-2", None, id="minus"),
    pytest.param("@SUM(A1:A9)", None, id="at"),
    pytest.param("=", None, id="a sign alone"),
    pytest.param('=HYPERLINK("http://example.cn","点我")', None, id="a link in disguise"),
    pytest.param("甲\t乙\n丙", None, id="tabs and line ends stay"),
    pytest.param("甲\r\n乙\x0b丙\x0c丁", "甲\n乙\n丙\n丁", id="other line ends become line feeds"),
    pytest.param("甲\x00乙\x1f丙\ufffe丁\ud800戊", "甲乙丙丁戊", id="what XML refuses goes"),
    pytest.param("😀与𠮷", None, id="beyond the basic plane"),
    pytest.param("<r>甲</r>", "<r>甲</r> ", id="what XlsxWriter takes for rich text"),
    pytest.param("<b>&amp;</b>", None, id="markup"),
    pytest.param("https://example.cn", None, id="an address in a text is no link"),
    pytest.param("  两端空格  ", None, id="blanks at both ends"),
]


def made(*, quote: str | None = None, **document: Any) -> records.Analysis:
    known = factories.analysis(factories.document(**document))
    if quote is None:
        return known
    return replace(known, commitments=tuple(replace(one, quote=quote, subject=quote) for one in known.commitments))


def table_of(folder: Path, *analyses: records.Analysis) -> tuple[tables.Export, Any]:
    tables.write_export(analyses, folder / "export")
    export = tables.read_export(folder / "export")
    return export, tables.comparable(export)


def written(folder: Path, *analyses: records.Analysis, **options: Any) -> Workbook:
    export, table = table_of(folder, *analyses)
    overview = tables.overview(export.documents, table, export.sections)
    tables.write_table(table, folder / "t.xlsx", documents=overview, **options)
    return load_workbook(folder / "t.xlsx")


def column(book: Workbook, title: str, sheet: str = workbook.ALL_SHEET) -> list[Any]:
    rows = list(book[sheet].iter_rows())
    at = [cell.value for cell in rows[0]].index(title)
    return [row[at] for row in rows[1:]]


@pytest.mark.parametrize(
    ("labels", "closed"),
    [
        (workbook.KIND_LABELS, records.Kind),
        (workbook.LEVEL_LABELS, records.Level),
        (workbook.TYPE_LABELS, records.ValueType),
        (workbook.STANCE_LABELS, records.Stance),
        (workbook.COMPARATOR_LABELS, records.Comparator),
        (workbook.PERIOD_LABELS, records.Period),
    ],
    ids=["kind", "level", "type", "stance", "comparator", "period"],
)
def test_every_label_of_a_closed_set_has_one_chinese_name(labels: dict[str, str], closed: Any) -> None:
    assert tuple(labels) == get_args(closed)
    assert len(set(labels.values())) == len(labels)


def test_headings_0_to_10_have_names_that_a_sheet_can_bear() -> None:
    assert sorted(workbook.HEADING_LABELS) == list(range(11))
    names = [*workbook.HEADING_LABELS.values(), workbook.ALL_SHEET, workbook.DOCUMENT_SHEET, workbook.NOTES_SHEET]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 25 and not set(name) & set("[]:*?/\\'") for name in names)


def test_one_sheet_of_all_rows_one_a_heading_documents_and_notes(tmp_path: Path) -> None:
    book = written(tmp_path, made(), made(name="b.txt", jurisdiction="柏川区"))
    assert book.sheetnames == ["全部承诺", "行政执法", "纠纷化解", "文件清单", "说明"]
    assert [book[name].max_row for name in book.sheetnames[:4]] == [7, 5, 3, 3]


def test_rows_of_no_heading_have_a_sheet_of_their_own(tmp_path: Path) -> None:
    known = made()
    loose = (replace(known.commitments[0], heading=0), replace(known.commitments[1], heading=None))
    book = written(tmp_path, replace(known, commitments=loose))
    assert book.sheetnames == ["全部承诺", "未归类", "文件清单", "说明"]
    assert [cell.value for cell in column(book, "纲要标题")] == ["未归类", "未归类"]


@pytest.mark.parametrize("sheet", ["全部承诺", "行政执法", "文件清单"])
def test_header_is_frozen_filtered_and_repeated_in_print(sheet: str, tmp_path: Path) -> None:
    shown = written(tmp_path, made())[sheet]
    assert shown.freeze_panes == "B2"
    assert shown.auto_filter.ref == shown.dimensions
    assert shown.print_title_rows == "$1:$1"
    assert (shown.page_setup.orientation, shown.page_setup.paperSize) == ("landscape", 9)
    assert shown.sheet_properties.pageSetUpPr.fitToPage
    assert (shown.page_setup.fitToWidth or 1, shown.page_setup.fitToHeight) == (1, 0)
    assert all(cell.font.bold for cell in shown[1])


def test_titles_are_chinese_unique_and_all_explained(tmp_path: Path) -> None:
    book = written(tmp_path, made())
    for sheet in ("全部承诺", "文件清单"):
        titles = [cell.value for cell in book[sheet][1]]
        assert len(set(titles)) == len(titles)
        assert all(workbook.WEB_ADDRESS.search(title) is None and title >= "\u4e00" for title in titles)
    explained = {cell.value for cell in column(book, "项目", "说明")}
    assert {f"列：{cell.value}" for cell in book["全部承诺"][1]} <= explained
    assert {f"比较：{label}" for label in workbook.COMPARATOR_LABELS.values()} <= explained
    assert {f"类型：{label}" for label in workbook.TYPE_LABELS.values()} <= explained


def test_values_are_numbers_dates_and_chinese_labels(tmp_path: Path) -> None:
    known = made(published=date(2023, 3, 9))
    one = replace(
        known.commitments[1], value=66.67, value_max=70.0, deadline=date(2023, 12, 31), period="year", every=2
    )
    two = replace(known.commitments[2], comparator="increase", bound=">=", value=12000.0, stance="result")
    book = written(tmp_path, replace(known, commitments=(one, two)))
    values, limits = column(book, "数值"), column(book, "上限")
    assert [(cell.value, cell.data_type, cell.number_format) for cell in values] == [
        (66.67, "n", "#,##0.######"),
        (12000, "n", "#,##0"),
    ]
    assert (limits[0].value, limits[1].value) == (70, None)
    deadline = column(book, "期限")[0]
    assert (deadline.value, deadline.is_date, deadline.number_format) == (datetime(2023, 12, 31), True, "yyyy-mm-dd")
    assert column(book, "发布日期")[0].value == datetime(2023, 3, 9)
    shown = {title: [cell.value for cell in column(book, title)] for title in
             ("年份", "文件类型", "层级", "类型", "性质", "比较", "单位", "周期", "每隔", "牵头", "章节")}  # fmt: skip
    assert shown == {
        "年份": [2023, 2023], "文件类型": ["计划", "计划"], "层级": ["县级", "县级"], "类型": ["数量", "数量"],
        "性质": ["目标", "结果"], "比较": ["≥", "增加≥"], "单位": ["%", "%"], "周期": ["每年", None], "每隔": [2, None],
        "牵头": ["县司法局", None], "章节": ["二、重点任务 › (一)规范行政执法", "二、重点任务 › (二)化解矛盾纠纷"],
    }  # fmt: skip


def test_indicators_are_shown_by_their_chinese_names(tmp_path: Path) -> None:
    book = written(tmp_path, made(), indicator_names={"case_file_pass_rate": "案卷评查合格率"})
    assert [cell.value for cell in column(book, "指标")] == [None, "案卷评查合格率", "head_appearance_rate"]


def labelled(place: int, **label: Any) -> records.Analysis:
    known = made()
    parts = [replace(part, **label) if at == place else part for at, part in enumerate(known.sections)]
    return replace(known, sections=tuple(parts))


@pytest.mark.parametrize(
    ("score", "second", "expected"),
    [
        pytest.param(0.1, None, "是", id="below the threshold of the model"),
        pytest.param(0.1, 8, "是，次选权力监督", id="with the heading that is next"),
        pytest.param(0.99, 8, None, id="above it"),
        pytest.param(None, None, None, id="not labelled by a model: nothing is doubted"),
    ],
)
def test_a_doubtful_heading_is_told_beside_it_with_the_next(
    score: float | None, second: int | None, expected: str | None, tmp_path: Path
) -> None:
    book = written(tmp_path, labelled(2, heading_score=score, heading_runner_up=second))
    titles = [cell.value for cell in book["全部承诺"][1]]
    assert titles[titles.index("纲要标题") :][:3] == ["纲要标题", "标题存疑", "纲要条目"]
    assert [cell.value for cell in column(book, "标题存疑")] == [expected, expected, None]


def test_items_of_the_section_of_a_value_are_shown_by_number_and_title(tmp_path: Path) -> None:
    found = (records.ItemMatch("26", 0.9, ("执法监督",)), records.ItemMatch("15", 0.4, ()))
    book = written(tmp_path, labelled(2, items=found))
    shown = "26 加强对行政执法制约和监督；15 完善行政执法程序"
    assert [cell.value for cell in column(book, "纲要条目")] == [shown, shown, None]


def test_an_item_that_the_outline_does_not_have_is_shown_as_it_is(tmp_path: Path) -> None:
    book = written(tmp_path, labelled(3, items=(records.ItemMatch("36", 0.9, ()),)))
    assert [cell.value for cell in column(book, "纲要条目")] == [None, None, "36"]


def test_printing_still_ends_with_the_column_that_the_notes_name(tmp_path: Path) -> None:
    sheet = written(tmp_path, made())["全部承诺"]
    last = sheet[1][workbook.PRINTED - 1]
    assert last.value == "牵头"
    assert str(sheet.print_area).endswith(f"${last.column_letter}${sheet.max_row}")


@pytest.mark.parametrize(("text", "expected"), HOSTILE)
def test_hostile_text_stays_text_in_every_sheet(text: str, expected: str | None, tmp_path: Path) -> None:
    # The export has replaced halves of surrogate pairs, so the text goes straight to the writer here.
    _, table = table_of(tmp_path, made())
    rows = {name: tables._values(table[name]) for name in tables.COMPARABLE} | {"quote": [text] * len(table)}
    documents = {field: [] for one in workbook.DOCUMENT_COLUMNS for field in one.fields}
    workbook.write_workbook(tmp_path / "t.xlsx", rows, documents)
    book = load_workbook(tmp_path / "t.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
    assert {(cell.value, cell.data_type) for cell in column(book, "原文")} == {(expected or text, "s")}
    assert all(cell.quotePrefix == workbook.is_formula(text) for cell in column(book, "原文"))


def test_an_escape_printed_as_text_is_not_taken_for_one(tmp_path: Path) -> None:
    written(tmp_path, made(quote="_x0041_"))
    with zipfile.ZipFile(tmp_path / "t.xlsx") as parts:
        assert b"_x005F_x0041_" in parts.read("xl/worksheets/sheet1.xml")


def test_every_part_of_the_file_is_well_formed(tmp_path: Path) -> None:
    written(tmp_path, made(quote="<r>&\"'甲</r>", url='https://example.cn/a?b=1&c=<2>"', title="]]>"))
    with zipfile.ZipFile(tmp_path / "t.xlsx") as parts:
        for name in parts.namelist():
            ElementTree.fromstring(parts.read(name))


@pytest.mark.parametrize("character", [pytest.param("长", id="basic plane"), pytest.param("😀", id="counts twice")])
def test_a_text_longer_than_a_cell_is_cut_with_a_mark(character: str, tmp_path: Path) -> None:
    shown = column(written(tmp_path, made(quote=character * 40_000)), "原文")[0].value
    assert shown.endswith(workbook.CUT_MARK)
    assert workbook.MAX_TEXT - 1 <= len(shown.encode("utf-16-le")) // 2 <= workbook.MAX_TEXT


@pytest.mark.parametrize(
    ("url", "shown", "link"),
    [
        pytest.param("https://example.cn/a b", "name.html", False, id="a blank: no address"),
        pytest.param("https://example.cn/a?b=1&c=2#d", "https://example.cn/a?b=1&c=2#d", True, id="web address"),
        pytest.param("javascript:alert(1)", "name.html", False, id="a script"),
        pytest.param("file:///etc/hosts", "name.html", False, id="a file"),
        pytest.param("https://example.cn/" + "a" * 2_000, "name.html", False, id="longer than Excel allows"),
        pytest.param(None, "name.html", False, id="none"),
    ],
)
def test_the_source_is_a_link_only_where_it_is_a_web_address(
    url: str | None, shown: str, link: bool, tmp_path: Path
) -> None:
    book = written(tmp_path, made(url=url, name="name.html"))
    for sheet in ("全部承诺", "文件清单"):
        for cell in column(book, "来源", sheet):
            assert (cell.value, cell.hyperlink is not None) == (shown, link)


def limited(folder: Path, **limits: int) -> Workbook:
    _, table = table_of(folder, made(url="https://example.cn"))
    rows = {name: tables._values(table[name]) for name in tables.COMPARABLE}
    documents: dict[str, list[Any]] = {field: [] for one in workbook.DOCUMENT_COLUMNS for field in one.fields}
    workbook.write_workbook(folder / "t.xlsx", rows, documents, limits=workbook.Limits(**limits))
    return load_workbook(folder / "t.xlsx")


def test_links_stop_where_excel_stops(tmp_path: Path) -> None:
    cells = column(limited(tmp_path, links=2), "来源")
    assert [cell.hyperlink is not None for cell in cells] == [True, True, False]
    assert {cell.value for cell in cells} == {"https://example.cn"}


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(tmp_path: Path) -> None:
    book = limited(tmp_path, rows=2)
    assert book.sheetnames[:4] == ["全部承诺", "全部承诺(2)", "行政执法", "纠纷化解"]
    assert [book[name].max_row for name in book.sheetnames[:2]] == [3, 2]
    assert book["全部承诺(2)"]["A1"].value == "地区"


def test_a_date_before_excel_counts_is_shown_as_text(tmp_path: Path) -> None:
    known = made()
    early = replace(known.commitments[0], deadline=date(20, 12, 31))
    assert column(written(tmp_path, replace(known, commitments=(early,))), "期限")[0].value == "0020-12-31"


def test_columns_are_wide_enough_and_quotes_get_the_lines_they_need(tmp_path: Path) -> None:
    book = written(tmp_path, made(quote="县政府每季度听取一次法治政府建设情况汇报。" * 8))
    sheet = book["全部承诺"]
    widths = {sheet[f"{letter}1"].value: size.width for letter, size in sheet.column_dimensions.items()}
    assert widths["地区"] >= 8
    assert 50 <= widths["原文"] <= 55
    lines_needed = 8 * 21 * 2 / widths["原文"]
    assert sheet.row_dimensions[2].height >= 13.5 * lines_needed
    assert all(sheet.row_dimensions[row].height <= workbook.MAX_HEIGHT for row in range(2, 5))
    assert column(book, "原文")[0].alignment.wrap_text


def test_the_document_sheet_keeps_a_document_without_commitments(tmp_path: Path) -> None:
    silent = replace(made(name="silent.txt", jurisdiction="云杉县", notes=("去掉广告 1 处",)), commitments=())
    book = written(tmp_path, made(), silent)
    assert [cell.value for cell in column(book, "承诺数", "文件清单")] == [0, 3]
    assert column(book, "备注", "文件清单")[0].value == "去掉广告 1 处"
    assert column(book, "文件名", "文件清单")[0].value == "silent.txt"


def test_without_an_overview_the_documents_are_those_of_the_table(tmp_path: Path) -> None:
    _, table = table_of(tmp_path, made())
    tables.write_table(table, tmp_path / "t.xlsx", remark="筛选：行政执法。")
    book = load_workbook(tmp_path / "t.xlsx")
    assert [cell.value for cell in column(book, "文件标题", "文件清单")] == ["青榆县2023年法治政府建设工作计划"]
    notes = [cell.value for cell in column(book, "说明", "说明")]
    assert "1 份文件，3 条承诺和结果。筛选：行政执法。" in notes


def test_the_file_names_no_day_and_no_machine(tmp_path: Path) -> None:
    book = written(tmp_path, made())
    assert (book.properties.created, book.properties.creator) == (workbook.CREATED, None)
