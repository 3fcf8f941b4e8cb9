"""The notice as python-docx sees it: what it claims, and the form of an official document."""

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from pipeline import tables
from pipeline.errors import InputError, NotFoundError
from pipeline.report import write_notice
from pipeline.report.notice import _chinese, _in_lines
from tests.test_report import counties, export_of, judged, judgement

TODAY = date(2024, 5, 6)
REMARKS = {
    "target_lower": {
        "kind": "target_lower",
        "words": "要求不低于98%，文件定为95%以上，低3个百分点。",
        "asked": None,
        "found": None,
    },
    "lead_absent": {"kind": "lead_absent", "words": "文件没有写明牵头单位。", "asked": None, "found": None},
}


def mixed(export: tables.Export) -> pd.DataFrame:
    """Four tasks of each document: missing, partial, covered with a remark, covered; the last document is unknown."""
    documents = list(export.documents["doc_id"])
    near = [{"start": 0, "end": 5, "score": 0.3, "section_id": ""}]
    rows = []
    for doc_id in documents[:-1]:
        rows += [
            judgement(doc_id, "20", nearest=near), judgement(doc_id, "21", "partial", start=6, end=12),
            judgement(doc_id, "22", "covered", start=6, end=12, remarks=[REMARKS["target_lower"]]),
            judgement(doc_id, "23", "covered", start=6, end=12),
        ]  # fmt: skip
    rows += [judgement(documents[-1], item, "unknown", score=0.0) for item in ("20", "21", "22", "23")]
    return judged(*rows)


def notice(folder: Path, export: tables.Export, coverage: pd.DataFrame, **options: Any) -> Any:
    known: dict[str, Any] = {"addressee": "各县、区人民政府", "signed": "澜陵市司法局", "today": TODAY}
    write_notice(export, coverage, folder / "n.docx", **known | options)
    return Document(str(folder / "n.docx"))


def paragraphs(document: Any) -> list[str]:
    return [one.text for one in document.paragraphs if one.text]


def rows_of(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_notice_for_several_places_says_what_each_lacks_and_no_more(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(3))
    document = notice(tmp_path, export, mixed(export), reply_by=date(2024, 6, 1))
    told = paragraphs(document)
    assert told[:2] == ["关于反馈法治政府建设任务对照情况的通知", "各县、区人民政府："]
    chapters = [one for one in told if re.match("[一二三四五]、", one)]
    assert chapters == ["一、总体情况", "二、各地情况", "三、未能判断的事项", "四、有关要求"]
    assert (
        "共形成12项次判断，其中已有具体安排或者工作的4项次，只有部分内容的2项次，没有找到相应内容的2项次，未能判断的4项次。"
        "已写入的任务中，另有2项次与要求有差别：指标低于要求2处。"
    ) in told
    assert [one for one in told if re.match("（[一二三]）云", one)] == [
        "（一）云0县2023年计划",
        "（二）云1县2023年计划",
    ]
    assert len(document.tables) == 2
    assert any("2024年6月1日前" in one for one in told)


def test_a_table_gives_task_demand_state_and_ground(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(2))
    text = export.documents["text"].iloc[0]
    table = rows_of(notice(tmp_path, export, mixed(export)).tables[0])
    assert table[0] == ["序号", "项目", "要求", "现状", "依据"]
    assert [row[1] for row in table[1:]] == [
        "20 加强行政调解工作",
        "21 有序推进行政裁决工作",
        "22 发挥行政复议化解行政争议主渠道作用",
    ]
    assert [row[3] for row in table[1:]] == ["没有找到该项内容。", "只有部分内容。", REMARKS["target_lower"]["words"]]
    assert [row[4] for row in table[1:]] == [
        f"全文没有找到。最接近的表述：{text[:5]}", f"原文：{text[6:12].strip()}", f"原文：{text[6:12].strip()}",
    ]  # fmt: skip


def test_unknown_is_told_apart_and_never_as_missing(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(2))
    document = notice(tmp_path, export, mixed(export), place="云1县")
    told = paragraphs(document)
    assert [one for one in told if re.match("[一二三四五]、", one)] == [
        "一、总体情况",
        "二、未能判断的事项",
        "三、有关要求",
    ]
    assert "1．云1县2023年计划《青榆县2023年法治政府建设工作计划》：共4项。" in told
    assert not document.tables
    assert not any("没有找到" in one or "研究补充" in one for one in told)


def test_without_gaps_nothing_is_asked(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(1))
    doc_id = export.documents["doc_id"].iloc[0]
    told = paragraphs(notice(tmp_path, export, judged(judgement(doc_id, status="covered", start=0, end=5))))
    assert any("所对照的1项要求均已写入，没有发现差别。" in one for one in told)
    assert not any("有关要求" in one or "请" in one for one in told)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("target_lower", "对指标、期限与要求不一致的，请研究调整或者说明理由。"),
        ("lead_absent", "对没有写明牵头单位的，请予明确。"),
    ],
)
def test_only_what_was_found_is_asked_for(kind: str, asked: str, tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(1))
    doc_id = export.documents["doc_id"].iloc[0]
    coverage = judged(judgement(doc_id, status="covered", start=0, end=5, remarks=[REMARKS[kind]]))
    assert f"（二）及时补充完善。{asked}" in paragraphs(notice(tmp_path, export, coverage))


def test_one_place_stands_in_the_title_and_is_found_by_code_too(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(3, jurisdiction_code="990101"))
    document = notice(tmp_path, export, mixed(export), place="云0县")
    assert document.paragraphs[0].text.replace("\n", "") == "关于反馈云0县法治政府建设任务对照情况的通知"
    assert "二、具体情况" in paragraphs(document)
    assert len(document.tables) == 1
    assert len(notice(tmp_path, export, mixed(export), place="990101").tables) == 2


def test_the_page_lines_and_types_are_those_of_the_standard(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(2))
    document = notice(tmp_path, export, mixed(export))
    page = document.sections[0]
    sizes = [
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    ]
    assert [round(size / Mm(1)) for size in sizes] == [210, 297, 37, 35, 28, 26]
    title, body = document.paragraphs[0], document.paragraphs[3]
    assert (title.alignment, title.runs[0].font.size) == (WD_ALIGN_PARAGRAPH.CENTER, Pt(22))
    assert title.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert (body.runs[0].font.size, body.paragraph_format.line_spacing) == (Pt(16), Pt(28.95))
    assert body.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    chapter = next(one for one in document.paragraphs if one.text.startswith("一、"))
    assert chapter.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    widths = [round(cell.width / Mm(1)) for cell in document.tables[0].rows[0].cells]
    assert sum(widths) == 156
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    for footer, side in ((page.footer, WD_ALIGN_PARAGRAPH.RIGHT), (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        assert footer.paragraphs[0].alignment == side
        assert " PAGE " in footer._element.xml


def test_signature_day_annexes_and_contact_close_the_notice_in_this_order(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(2))
    document = notice(
        tmp_path,
        export,
        mixed(export),
        attachments=["明细", "口径"],
        contact="联系人：李明",
        number="澜司函〔2024〕7号",
    )
    told = paragraphs(document)
    assert told[0] == "澜司函〔2024〕7号"
    assert told[-5:] == ["附件：1．明细", "　　　2．口径", "澜陵市司法局", "2024年5月6日", "（联系人：李明）"]
    signed, day = document.paragraphs[-3:-1]
    assert signed.alignment == day.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert signed.paragraph_format.keep_with_next
    (only,) = [
        one for one in paragraphs(notice(tmp_path, export, mixed(export), attachments=["明细"])) if "附件" in one
    ]
    assert only == "附件：明细"


def test_equal_input_gives_equal_bytes_and_every_part_is_well_formed(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(2, title="甲\x0b<乙>&"))
    made = []
    for _ in range(2):
        notice(tmp_path, export, mixed(export), addressee="=1+1\x00")
        made.append((tmp_path / "n.docx").read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "n.docx") as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("关于反馈有关情况的通知", ["关于反馈有关情况的通知"], id="one line"),
        pytest.param(
            "关于反馈青榆县法治政府建设任务对照情况的通知",
            ["关于反馈青榆县法治政府建设", "任务对照情况的通知"],
            id="broken after a word",
        ),
        pytest.param("甲" * 21, ["甲" * 10, "甲" * 11], id="nowhere to break"),
        pytest.param("甲\n乙", ["甲", "乙"], id="broken already"),
    ],
)
def test_a_long_title_is_broken_near_its_middle(title: str, expected: list[str]) -> None:
    assert _in_lines(title).split("\n") == expected


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_parts_are_counted_in_chinese(number: int, shown: str) -> None:
    assert _chinese(number) == shown


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        pytest.param({"place": "无此县"}, NotFoundError, "云0县、云1县", id="no such place"),
        pytest.param({"reference": "nowhere"}, NotFoundError, "outline", id="no such reference"),
    ],
)
def test_what_was_not_judged_is_refused(options: dict[str, Any], error: Any, said: str, tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(2))
    with pytest.raises(error, match=said):
        notice(tmp_path, export, mixed(export), **options)
    assert not (tmp_path / "n.docx").exists()


def test_one_of_several_references_must_be_chosen(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(2))
    plan, other = export.documents["doc_id"]
    task = export.sections[export.sections["doc_id"] == plan]["section_id"].iloc[-1]
    both = pd.concat([mixed(export), judged(judgement(other, task, reference=plan))])
    with pytest.raises(InputError, match="expected a reference"):
        notice(tmp_path, export, both)
    assert len(notice(tmp_path, export, both, reference=plan).tables) == 1
