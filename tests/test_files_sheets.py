"""Workbooks: rows as a person sees them, and what the file must not make us do."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.errors import InputError
from pipeline.files.record import FileText, Limits
from pipeline.files.sheet_values import shown
from pipeline.files.sheets import read_sheets

LIMITS = Limits()


def workbook(write: Callable[[Workbook], None]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        write(book)
    return target.getvalue()


def sheet(write: Callable[[Workbook, Worksheet], None]) -> bytes:
    return workbook(lambda book: write(book, book.add_worksheet()))


def task_list(book: Workbook) -> None:
    tasks = book.add_worksheet("任务清单")
    tasks.merge_range("B2:E2", "云岚县任务清单", None)
    tasks.write_row("B3", ["序号", "任务", "完成率", "时限"])
    tasks.write_row("B4", [1, "制定清单；\n公布清单"])
    tasks.write("D4", 0.955, book.add_format({"num_format": "0.0%"}))
    tasks.write("E4", date(2024, 12, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
    tasks.merge_range("C5:C6", "开展评估", None)
    tasks.write("B5", 2)
    tasks.write("B6", 3)
    tasks.write("E6", date(2024, 6, 1), book.add_format({"num_format": 'yyyy"年"m"月"'}))
    tasks.write("B7", "备注：时限为最迟完成日期。")
    secret = book.add_worksheet("底稿")
    secret.write("A1", "不公开")
    secret.hide()
    book.add_worksheet("Sheet3")
    more = book.add_worksheet("责任单位")
    more.write_row("A1", ["县司法局", "县财政局"])
    book.add_worksheet("Sheet5").write_row("A1", ["甲", "乙"])


EXPECTED = (
    "云岚县任务清单\n序号\t任务\t完成率\t时限\n1\t制定清单；公布清单\t95.5%\t2024-12-31\n2\t开展评估\t\t\n3\t\t\t2024年6月\n"
    "备注：时限为最迟完成日期。\n\f县司法局\t县财政局\n\f甲\t乙\n"
)


def check_task_list(found: FileText) -> None:
    assert found.text == EXPECTED
    assert [found.text[start:end] for start, end in found.titles] == ["云岚县任务清单"]
    assert {found.text[start:].split("\n")[0]: columns for start, columns in found.rows.items() if columns} == {
        "3\t\t\t2024年6月": {1}
    }
    assert found.notes == ("隐藏的工作表未读：底稿",)
    assert found.rule == "3 sheets, rows of cells"


def test_a_task_list_reads_as_a_person_sees_it() -> None:
    check_task_list(read_sheets(workbook(task_list), "a.xlsx", LIMITS))


def as_xls(content: bytes, folder: Path) -> bytes:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice to write an .xls")
    (folder / "a.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "xls:MS Excel 97", "a.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / "a.xls").read_bytes()


def test_the_old_format_reads_the_same(tmp_path: Path) -> None:
    content = as_xls(workbook(task_list), tmp_path)
    found = read_sheets(content, "a.et", LIMITS, file_type="xls")
    check_task_list(found)
    assert found.file_type == "xls"
    for cut in range(1, len(content), 499):
        try:
            assert read_sheets(content[:cut], "a.xls", LIMITS).text.strip()
        except InputError as error:
            assert str(error).startswith("a.xls: expected")  # noqa: PT017


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        pytest.param(95.0, "", "95", id="a whole number"),
        pytest.param(95, "", "95", id="a whole number of the old format"),
        pytest.param(0.1 + 0.2, "", "0.3", id="no dust of floating point"),
        pytest.param(1e15, "", "1000000000000000", id="no exponent"),
        pytest.param(-2.50, "", "-2.5", id="negative"),
        pytest.param(0.95, "0%", "95%", id="percent"),
        pytest.param(0.9555, "0.00%", "95.55%", id="percent with decimals"),
        pytest.param(0.125, "0.0%", "12.5%", id="percent with one decimal"),
        pytest.param(0.95, "", "0.95", id="a share whose format says nothing"),
        pytest.param(33.33333, "0.00", "33.33", id="as many decimals as its format has"),
        pytest.param(95.5, "0.00", "95.50", id="zeros that its format shows"),
        pytest.param(2.5, "0", "3", id="rounded as a sheet rounds"),
        pytest.param(12345.6, "#,##0.0", "12,345.6", id="thousands"),
        pytest.param(12.0, "#,##0_);[Red]\\(#,##0\\)", "12", id="a format for each sign"),
        pytest.param(3.0, '"第"0"项"', "第3项", id="words in a format"),
        pytest.param(286.0, '0"件"', "286件", id="a unit in a format"),
        pytest.param(95.0, '0"%"', "95%", id="a quoted percent sign is a unit"),
        pytest.param(1234.5, "¥#,##0.00", "¥1,234.50", id="a currency"),
        pytest.param(1234.5, "[$￥-804]#,##0", "￥1,235", id="a currency of a language"),
        pytest.param(-5.0, "0.0", "-5.0", id="negative in a format for all"),
        pytest.param(-0.04, "0.0", "0.0", id="no sign before a zero"),
        pytest.param(-5.0, "0;(0)", "(5)", id="negative in a format of its own"),
        pytest.param(0.0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"??_ ;_ @_ ', "-", id="zero as accountants write it"),
        pytest.param(1234.0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"??_ ;_ @_ ', "1,234", id="a number as they write it"),
        pytest.param(7.0, "000", "007", id="filled up with zeros"),
        pytest.param(2.5, "0.##", "2.5", id="decimals where there are some"),
        pytest.param(2.0, "0.##", "2", id="and none where there are none"),
        pytest.param(123456.0, '#,##0,"千元"', "123千元", id="in thousands"),
        pytest.param(13800.0, "000-0000", "13800", id="a pattern beyond us shows the plain number"),
        pytest.param(5.0, '[>=10]"多";"少"', "5", id="so does one with a condition"),
        pytest.param(5.0, "General", "5", id="general"),
        pytest.param(1200.0, "0.00E+00", "1200", id="an exponent in a format"),
        pytest.param(0.5, "# ?/?", "0.5", id="a fraction"),
        pytest.param(True, "", "TRUE", id="a truth value"),
        pytest.param(date(2024, 12, 31), "", "2024年12月31日", id="a date"),
        pytest.param(date(2024, 12, 1), 'yyyy"年"m"月";@', "2024年12月", id="a month"),
        pytest.param(date(2024, 3, 1), "yyyy-mm-dd", "2024-03-01", id="a date in digits"),
        pytest.param(date(2024, 3, 1), "yyyy\\-mm\\-dd;@", "2024-03-01", id="a date with escaped marks"),
        pytest.param(date(2024, 3, 1), "yyyy.m", "2024.3", id="a month in digits"),
        pytest.param(date(2024, 3, 1), 'm"月"d"日"', "3月1日", id="a day without its year"),
        pytest.param(date(2024, 12, 1), "[$-804]yyyy/m/d", "2024/12/1", id="a date with a language"),
        pytest.param(date(2024, 3, 1), "mmm-yy", "2024年3月", id="what a typed 2024-3 becomes"),
        pytest.param(date(2024, 3, 1), "[$-F800]dddd, mmmm dd, yyyy", "2024年3月1日", id="the long date of the system"),
        pytest.param(
            date(2024, 10, 21), '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二四年十月二十一日", id="a date in Chinese numerals"
        ),
        pytest.param(date(2024, 3, 1), "yyyy/m/d aaaa", "2024/3/1 星期五", id="a weekday"),
        pytest.param(45352.0, 'e"年"m"月"', "2024年3月", id="a date in a format that only Chinese programs have"),
        pytest.param(45352.0, "0", "45352", id="a number that could be a date"),
        pytest.param(datetime(2024, 3, 1, 9, 5, 7), "yyyy-mm-dd hh:mm:ss", "2024-03-01 09:05:07", id="minutes are no months"),
        pytest.param(datetime(2024, 3, 1, 15, 5), '上午/下午h"时"mm"分"', "下午3时05分", id="half days"),
        pytest.param(datetime(2024, 3, 1, 9, 5), "yyyy/m/d", "2024/3/1", id="a time that its format does not show"),
        pytest.param(datetime(2024, 12, 31), "", "2024年12月31日", id="a date with midnight"),
        pytest.param(datetime(2024, 12, 31, 9, 5), "", "2024年12月31日 09:05", id="a date with a time"),
        pytest.param(time(9, 5), "", "09:05", id="a time"),
        pytest.param(timedelta(hours=30), "", "30:00", id="a length of time"),
        pytest.param("12_x000D_", "", "12", id="an escaped carriage return"),
    ],
)  # fmt: skip
def test_a_cell_reads_as_its_format_shows_it(value: object, code: str, expected: str) -> None:
    assert shown(value, code) == expected


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        pytest.param(lambda _, s: (s.write("C5", "一"), s.write("D5", "二")), "一\t二\n", id="empty edges"),
        pytest.param(
            lambda _, s: (s.write_row("A1", ["一", "二"]), s.write_row("A4", ["三", "四"])),
            "一\t二\n三\t四\n",
            id="empty rows between",
        ),
        pytest.param(lambda _, s: s.write_row("A1", ["一", None, "三"]), "一\t\t三\n", id="an empty column between"),
        pytest.param(
            lambda _, s: s.write_column("A1", ["第一段。", "第二段。"]),
            "第一段。\n第二段。\n",
            id="one column is paragraphs",
        ),
        pytest.param(
            lambda _, s: s.write_row("A1", ["1.制定清单\n2.公布清单", "two\nwords"]),
            "1.制定清单2.公布清单\ttwo words\n",
            id="lines in a cell",
        ),
        pytest.param(lambda _, s: s.write_row("A1", ["甲\t乙", "丙"]), "甲乙\t丙\n", id="a tab in a cell"),
        pytest.param(
            lambda _, s: (s.write_row("A1", ["甲", "乙", "丙"]), s.set_column("B:B", 0)),
            "甲\t丙\n",
            id="a column without width",
        ),
        pytest.param(
            lambda _, s: (s.write_row("A1", ["甲", "乙"]), s.write_row("A2", ["丙", "丁"]), s.set_row(1, 0)),
            "甲\t乙\n",
            id="a row without height",
        ),
        pytest.param(
            lambda _, s: (s.write_row("A1", ["序号", "任务"]), s.write("A2", 1)),
            "序号\t任务\n1\t\n",
            id="a last row to be filled in",
        ),
        pytest.param(
            lambda _, s: (
                s.write_row("A1", ["序号", "任务"]),
                s.merge_range("A2:B2", "一、总体要求", None),
                s.write_row("A3", [1, "甲"]),
            ),
            "序号\t任务\n一、总体要求\t\n1\t甲\n",
            id="a heading inside the table",
        ),
    ],
)
def test_the_cells_of_a_sheet_make_these_lines(write: Callable[[Workbook, Worksheet], None], expected: str) -> None:
    assert read_sheets(sheet(write), "a.xlsx", LIMITS).text == expected


def hide_parts(book: Workbook) -> None:
    target = book.add_worksheet("清单")
    target.merge_range("A1:D1", "任务清单", None)
    target.write_row("A2", ["底稿", "任务", "单位", "电话"])
    target.write_row("A3", ["甲", "制定清单", "县司法局", "略"])
    target.write_row("A4", ["乙", "旧任务", "县财政局", "略"])
    target.merge_range("B5:B6", "开展评估", None)
    target.write("C5", "县林业局")
    target.write("C6", "县水利局")
    target.set_column("A:A", None, None, {"hidden": True})
    target.set_column("D:D", None, None, {"hidden": True})
    target.set_row(3, None, None, {"hidden": True})
    target.set_row(4, None, None, {"hidden": True})
    book.add_worksheet("草稿").write("A1", "未定")
    book.worksheets()[1].set_column("A:A", None, None, {"hidden": True})


HIDDEN_PARTS = "任务清单\n任务\t单位\n制定清单\t县司法局\n开展评估\t县水利局\n"
HIDDEN_NOTES = ("隐藏的列未读：清单 A、D列", "隐藏的行未读：清单 共2行", "隐藏的列未读：草稿 A列")


def test_hidden_rows_and_columns_are_left_out_and_noted() -> None:
    found = read_sheets(workbook(hide_parts), "a.xlsx", LIMITS)
    assert (found.text, found.notes) == (HIDDEN_PARTS, HIDDEN_NOTES)
    assert not any(found.rows.values())


def test_the_old_format_hides_the_same(tmp_path: Path) -> None:
    found = read_sheets(as_xls(workbook(hide_parts), tmp_path), "a.xls", LIMITS)
    assert (found.text, found.notes) == (HIDDEN_PARTS, HIDDEN_NOTES)


def test_a_format_that_has_only_a_number_shows_a_date_as_chinese_programs_do() -> None:
    def write(book: Workbook, target: Worksheet) -> None:
        for column, index in enumerate((14, 31, 57, 58, 10)):
            target.write(0, column, 0.955 if index == 10 else 45352, book.add_format({"num_format": index}))

    found = read_sheets(sheet(write), "a.xlsx", LIMITS)
    assert found.text == "2024/3/1\t2024年3月1日\t2024年3月\t3月1日\t95.50%\n"


@pytest.mark.parametrize(
    ("column", "titles"),
    [
        pytest.param(["附件1", "任务清单"], ["任务清单"], id="the number of the annex is none"),
        pytest.param(["任务清单", "（2024年）"], ["任务清单"], id="the line below is none"),
        pytest.param([], [], id="no title"),
    ],
)
def test_the_title_of_the_first_sheet_stands_alone_above_its_table(column: list[str], titles: list[str]) -> None:
    def write(_: Workbook, target: Worksheet) -> None:
        target.write_column("A1", column)
        target.write_row(len(column), 0, ["甲", "乙"])

    found = read_sheets(sheet(write), "a.xlsx", LIMITS)
    assert [found.text[start:end] for start, end in found.titles] == titles


def test_a_million_empty_rows_with_a_format_are_no_rows() -> None:
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    target = io.BytesIO()
    book.save(target)
    source = io.BytesIO()
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            data = old.read(member)
            if member.endswith("sheet1.xml"):
                data = data.replace(b'ref="A1:B1"', b'ref="A1:XFD1048576"')
                data = data.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')
            new.writestr(member, data)
    assert read_sheets(source.getvalue(), "a.xlsx", LIMITS).text == "甲\t乙\n"


def hidden_alone(book: Workbook) -> None:
    book.add_worksheet()
    secret = book.add_worksheet()
    secret.write("A1", "甲")
    secret.hide()


def zipped(**members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            sheet(lambda _, s: (s.write("A1", "甲"), s.write("XFD1048576", "乙"))),
            "got 17179869184 in 1",
            id="two cells at the far corners",
        ),
        pytest.param(
            workbook(lambda book: [book.add_worksheet() for _ in range(201)] and None),
            "in 200 sheets, got 0 in 201",
            id="too many sheets",
        ),
        pytest.param(sheet(lambda _, s: s.write("A1", " ")), "got only empty sheets", id="nothing but a blank"),
        pytest.param(workbook(hidden_alone), "got only empty and hidden sheets", id="all that has text is hidden"),
        pytest.param(b"", "expected a workbook, got a broken OLE container", id="empty"),
        pytest.param(b"PK\x03\x04" + b"x" * 50, "expected ", id="a broken archive"),
        pytest.param(zipped(a="b"), "a package whose main part is missing", id="another archive"),
        pytest.param(sheet(lambda _, s: s.write("A1", "甲" * 30_000))[:-400], "expected ", id="truncated"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_sheets(content, "a.xlsx", LIMITS)
    assert str(caught.value).startswith("a.xlsx: expected ")


def test_the_limits_hold() -> None:
    content = sheet(lambda _, s: s.write_row("A1", ["甲" * 50, "乙" * 50]))
    with pytest.raises(InputError, match="at most 100 characters"):
        read_sheets(content, "a.xlsx", Limits(characters=100))
    with pytest.raises(InputError, match="at most 1000 bytes"):
        read_sheets(content, "a.xlsx", Limits(file_bytes=1000))
    with pytest.raises(InputError, match="unpacked"):
        read_sheets(content, "a.xlsx", Limits(unpacked_bytes=1000))
