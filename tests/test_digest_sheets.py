"""The workbook of a digest as openpyxl and LibreOffice see it."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from pipeline.digest.layout import lay_out, shown
from pipeline.digest.records import Digest
from pipeline.digest.sheets import render_xlsx
from pipeline.digest.words import PARTS
from tests import digests

LOCATION = re.compile(r"'(.+)'!([A-Z]+)(\d+)")
HEAD = 3  # a title and a note stand above


def book_of(digest: Digest) -> Workbook:
    return load_workbook(BytesIO(render_xlsx(digest)))


def table(book: Workbook, name: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book[name].iter_rows(min_row=HEAD)]


def column(book: Workbook, name: str, title: str) -> list[Any]:
    head, *rows = table(book, name)
    return [row[head.index(title)] for row in rows]


def test_a_sheet_for_the_whole_each_part_and_the_evidence() -> None:
    assert book_of(digests.rich()).sheetnames == ["概览", *(words.title for words in PARTS.values()), "依据"]
    assert book_of(digests.empty()).sheetnames == ["概览"]


def test_the_overview_has_headline_notes_parts_and_counts() -> None:
    sheet = book_of(replace(digests.rich(), reader_name="云岭县司法局"))["概览"]
    told = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=HEAD)]
    assert sheet["A1"].value == "法治政府建设监测周报"
    assert sheet["A2"].value == "2026年第47周（11月16日至22日）　读者：云岭县司法局"
    assert told[0] == ("提要1", "本期新增文件2份，内容变化4处，1份文件被撤下，2个信息来源状态异常。")
    assert ("说明", "1个页面只换了页脚，正文没有变化。") in told
    assert ("新增文件", "2条：本期首次采集到的计划、报告等文件。") in told
    assert ("监测的来源", "50") in told
    assert ("只换了网页样式的页面", "1") in told
    assert "因程序升级重新识别的文件" not in dict(told)


def test_the_overview_of_a_quiet_week_says_so() -> None:
    told = {row[0].value: row[1].value for row in book_of(digests.empty())["概览"].iter_rows()}
    assert told["新增文件"] == "在正常采集的来源中，本期无新增文件。"
    assert told["即将到期"] == "无"
    unchecked = {
        row[0].value: row[1].value for row in book_of(replace(digests.empty(), is_checked=False))["概览"].iter_rows()
    }
    assert unchecked["新增文件"] == "本期没有采集，有无新情况不得而知。"


def test_a_part_has_its_columns_and_what_they_stand_on() -> None:
    head, first, *_ = table(book_of(digests.rich()), "内容变化")
    assert head == [
        "序号",
        "地区",
        "文件",
        "变化",
        "事项",
        "变化前",
        "变化后",
        "补报",
        "依据",
        "依据原文",
        "链接",
        "一句话",
    ]
    new = "行政执法案卷评查合格率达到95%以上，行政机关负责人出庭应诉率不低于90%。"
    old = new.replace("95%", "90%")
    assert first == [
        1, "云岭县", "云岭县2026年法治政府建设工作计划", "提高", "行政执法案卷评查合格率", old, new, None, "1、2", f"[1] {new}\n[2] {old}",
        "http://www.yunling.test/zwgk/fzzf/s1sndvgg8fws.html", digests.rich().lines[0].words,
    ]  # fmt: skip
    assert column(book_of(digests.rich()), "内容变化", "补报") == [None, None, None, "补报（11月13日）"]
    assert "补报" not in table(book_of(digests.rich()), "新增文件")[0]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(["2025", "0", ""], [2025, 0, None], id="whole numbers"),
        pytest.param(["2026-11-16", ""], [datetime(2026, 11, 16), None], id="days"),
        pytest.param(["2026-02-30", "2026-11-16"], ["2026-02-30", "2026-11-16"], id="one is no day"),
        pytest.param(["2025", "2024年度"], ["2025", "2024年度"], id="one is no number"),
        pytest.param(["0571", "12"], ["0571", "12"], id="a code keeps its zero"),
        pytest.param(["1" * 16], ["1" * 16], id="a number too long for a sheet"),
        pytest.param(["88.5%"], ["88.5%"], id="a percentage stays as it is printed"),
        pytest.param(["-5"], ["-5"], id="a sign"),
    ],
)
def test_what_the_cells_of_a_column_are(cells: list[str], expected: list[Any]) -> None:
    lines = [
        digests.line("overdue", f"第{at}条。", cells={"值": cell, "事项": "清理"}) for at, cell in enumerate(cells)
    ]
    assert column(book_of(digests.digest(*lines)), "已过期限", "值") == expected


def test_the_overview_leads_to_each_sheet() -> None:
    book = book_of(digests.rich())
    links = {row[0].value: row[0].hyperlink.location for row in book["概览"].iter_rows() if row[0].hyperlink}
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames[1:]}


def test_rows_lead_to_their_evidence_and_evidence_leads_back() -> None:
    book = book_of(digests.rich())
    proofs = book["依据"]
    for words in PARTS.values():
        sheet = book[words.title]
        heads = [cell.value for cell in sheet[HEAD]]
        for row in sheet.iter_rows(min_row=HEAD + 1):
            cell = row[heads.index("依据")]
            if cell.value is None:
                continue
            place = LOCATION.fullmatch(cell.hyperlink.location)
            assert place
            assert place[1] == "依据"
            assert str(proofs.cell(int(place[3]), 1).value) == str(cell.value).split("、")[0]
    back = LOCATION.fullmatch(proofs.cell(HEAD + 1, 7).hyperlink.location)
    assert back
    assert (back[1], back[3]) == ("内容变化", str(HEAD + 1))


def test_evidence_is_whole() -> None:
    digest = digests.rich()
    head, *rows = table(book_of(digest), "依据")
    assert head == [
        "编号",
        "地区",
        "文件或来源",
        "位置",
        "原文",
        "采集日期",
        "用于",
        "网址",
        "起止字符",
        "存档位置",
        "校验值（SHA-256）",
        "文件编号",
    ]
    assert len(rows) == len(digest.evidence)
    first = lay_out(digest).references[0].evidence
    assert rows[0] == [
        1, first.place, first.title, first.context, first.quote, "2026-11-18", "重点情况 1、内容变化 1", first.url, "120-158",
        first.snapshot, first.sha256, first.doc_id,
    ]  # fmt: skip


def test_only_addresses_of_the_web_are_links() -> None:
    book = book_of(digests.nasty())
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert {link.target.split(":")[0] for link in links if link.target} <= {"http", "https"}
    assert "javascript:alert(1)" in column(book, "依据", "网址")


def test_nothing_that_a_page_said_is_computed() -> None:
    content = render_xlsx(digests.nasty())
    cells = [cell for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert shown(digests.NASTY[3]) in [cell.value for cell in cells]
    with zipfile.ZipFile(BytesIO(content)) as members:
        assert all(b"<f>" not in members.read(name) for name in members.namelist() if "worksheets/sheet" in name)


@settings(max_examples=25, deadline=None)
@given(digests.digests())
def test_any_digest_opens_with_all_its_rows(digest: Digest) -> None:
    book = book_of(digest)
    lengths = {sheet.title: sheet.max_row - HEAD for sheet in book}
    for part, words in PARTS.items():
        assert lengths.get(words.title, 0) == len(digest.part(part))
    assert lengths.get("依据", 0) == len(digest.evidence)


def test_sheets_are_made_for_the_screen_and_for_paper() -> None:
    book = book_of(digests.rich())
    for sheet in book:
        paper = sheet.page_setup
        assert (paper.orientation, paper.paperSize, paper.fitToHeight) == ("landscape", 9, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    sheet = book["即将到期"]
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:K6"
    assert sheet.print_area == "'即将到期'!$A$1:$I$6"  # up to the words that it stands on
    assert book["内容变化"].print_area == "'内容变化'!$A$1:$I$7"  # before and after stand there once
    assert sheet.print_title_rows == "$3:$3"


def test_the_file_was_made_on_the_last_day_of_its_week() -> None:
    book = book_of(digests.rich())
    assert book.properties.created.date() == digests.rich().sunday == date(2026, 11, 22)
    assert book.properties.title == "法治政府建设监测周报 2026年第47周（11月16日至22日）"
    with zipfile.ZipFile(BytesIO(render_xlsx(digests.rich()))) as members:
        assert {member.date_time[0] for member in members.infolist()} == {1980}
        assert members.testzip() is None


def test_libreoffice_opens_it(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice to open the workbook")
    (tmp_path / "digest.xlsx").write_bytes(render_xlsx(digests.rich()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "digest.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    document = pypdfium2.PdfDocument(tmp_path / "digest.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert "法治政府建设监测周报" in pages[0]
    for words in PARTS.values():
        assert len([page for page in pages if page.startswith(words.title)]) == 1, words.title
