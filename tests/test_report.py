"""The report as openpyxl sees it: which sheets there are, where links lead, that nothing is cut, empty or computed."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from pipeline import records, tables
from pipeline.compare.columns import COVERAGE, DIFFERENCE, ORIGIN, TRACKING
from pipeline.errors import InputError, NotFoundError
from pipeline.reference import outline
from pipeline.report import front, words, write_report
from pipeline.report.book import WRAPS, write_sheets
from pipeline.report.layout import CUT, MOST_LINES, Cell, Head, Names, Row, Sheet, fitted, lines_of, measure
from pipeline.report.material import Material
from pipeline.workbook import COMMITMENT_COLUMNS, CREATED, HEADING_LABELS, Limits
from tests import factories

LOCATION = re.compile(r"'(.+)'!([A-Z]+)(\d+)")


def export_of(folder: Path, *analyses: records.Analysis) -> tables.Export:
    tables.write_export(analyses or (factories.analysis(),), folder / "export")
    return tables.read_export(folder / "export")


def counties(number: int, **fields: Any) -> list[records.Analysis]:
    made = [factories.document(name=f"p{at}.txt", jurisdiction=f"云{at}县", **fields) for at in range(number)]
    return [factories.analysis(document) for document in made]


def judgement(doc_id: str, item: str = "15", status: str = "missing", **fields: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "reference": "outline", "item": item, "doc_id": doc_id, "status": status, "score": 0.1, "start": None,
        "end": None, "nearest": [], "remarks": [], "why": [],
    }  # fmt: skip
    return known | fields


def judged(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COVERAGE)).astype({"start": "Int64", "end": "Int64"})


def all_items(export: tables.Export) -> pd.DataFrame:
    """Every item of every document, the four states in turn; the last of them with a remark where it is covered."""
    states = get_args(records.CoverageStatus)
    rows = []
    for doc_id in export.documents["doc_id"]:
        for at, item in enumerate(outline().items):
            status = states[at % 4]
            found = {"start": 30, "end": 60, "score": 0.9} if status in ("covered", "partial") else {}
            near = [{"start": 0, "end": 20, "score": 0.3 - 0.1 * n, "section_id": ""} for n in range(3)]
            rows.append(judgement(doc_id, item.id, status, nearest=near if status == "missing" else [], **found))
    return judged(*rows)


def tracked(export: tables.Export) -> pd.DataFrame:
    ids, doc_id = list(export.commitments["commitment_id"]), export.documents["doc_id"].iloc[0]
    rows = [(ids[0], ids[1], "not_met", "目标不低于95%，报告为92.3%，差2.7个百分点", doc_id, doc_id, 0.8),
            (ids[0], None, "no_result", "报告没有写", doc_id, doc_id, None),
            (None, ids[2], "no_target", "计划没有定", None, doc_id, None)]  # fmt: skip
    return pd.DataFrame(rows, columns=list(TRACKING))


def compared(export: tables.Export, **fields: Any) -> pd.DataFrame:
    table = tables.comparable(export)
    known: dict[str, Any] = {"is_comparable": True, "why_not": "", "rank": 1, "percentile": 50.0, "peers": 2}
    rows = []
    for row in table.to_dict("records"):
        for indicator in row["indicators"]:
            rows.append({**row, "indicator": indicator, "name": f"名称{indicator}", "others": []} | known | fields)
    return pd.DataFrame(rows)


def report_of(folder: Path, export: tables.Export, **options: Any) -> Workbook:
    write_report(export, folder / "r.xlsx", **options)
    return load_workbook(folder / "r.xlsx")


def full(folder: Path, number: int = 2) -> tuple[tables.Export, Workbook]:
    export = export_of(folder, *counties(number))
    ids, documents = list(export.commitments["commitment_id"]), list(export.documents["doc_id"])
    sections = export.sections.groupby("doc_id")["section_id"].agg(list)
    differences = [(documents[0], documents[-1], kind, ids[0], ids[1], 0.7, "改了") for kind in words.DIFFERENCE_SIGNS]
    origins = [
        (documents[0], documents[-1], sections[documents[-1]][-1], sections[documents[0]][-1], status, 0.5, "像")
        for status in words.ORIGIN_SIGNS
    ]
    book = report_of(
        folder, export, coverage=all_items(export), tracking=tracked(export), comparison=compared(export),
        differences=pd.DataFrame(differences, columns=list(DIFFERENCE)),
        origins=pd.DataFrame(origins, columns=list(ORIGIN)), scope="只看县级", today=date(2024, 5, 6),
        manifest={"version": "0.1", "inputs": {"p0.txt": "ab12"}, "models": [{"name": "headings"}]},
    )  # fmt: skip
    return export, book


def texts(book: Workbook, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def column(book: Workbook, sheet: str, title: str) -> list[Any]:
    rows = list(book[sheet].iter_rows(min_row=3))
    at = [cell.value for cell in rows[0]].index(title)
    return [row[at] for row in rows[1:]]


def target_of(book: Workbook, cell: Any) -> Any:
    """The cell that an internal link leads to."""
    assert cell.hyperlink is not None, cell
    sheet, letters, row = LOCATION.fullmatch(cell.hyperlink.location).groups()
    return book[sheet][f"{letters}{row}"]


@pytest.mark.parametrize(
    ("signs", "closed"),
    [
        (words.COVERAGE_SIGNS, records.CoverageStatus),
        (words.TRACKING_SIGNS, records.TrackingStatus),
        (words.DIFFERENCE_SIGNS, records.DifferenceKind),
        (words.ORIGIN_SIGNS, records.OriginStatus),
    ],
    ids=["coverage", "tracking", "difference", "origin"],
)
def test_every_state_has_a_mark_a_label_and_a_meaning_of_its_own(signs: Any, closed: Any) -> None:
    assert tuple(signs) == get_args(closed)
    assert len({sign.mark for sign in signs.values()}) == len(signs)
    assert len({sign.label for sign in signs.values()}) == len(signs)
    assert all(sign.meaning and re.fullmatch("#[0-9A-F]{6}", sign.fill) for sign in signs.values())


def test_every_remark_has_a_label() -> None:
    assert tuple(words.REMARK_LABELS) == get_args(records.RemarkKind)


def test_a_full_report_has_a_sheet_for_each_part_in_the_order_of_reading(tmp_path: Path) -> None:
    _, book = full(tmp_path)
    assert book.sheetnames == [
        "封面", "总览", "缺口矩阵", "缺口明细", "落实依据", "跟踪", "指标比较", "指标比较明细", "变化", "任务来源",
        "行政执法", "纠纷化解", "云0县县司法局", "云1县县司法局", "云0县未写明牵头单位", "云1县未写明牵头单位", "来源", "说明",
    ]  # fmt: skip


def test_a_part_that_is_not_given_or_has_no_rows_has_no_sheet(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    bare = report_of(tmp_path, export).sheetnames
    assert not {"缺口矩阵", "缺口明细", "落实依据", "跟踪", "指标比较", "变化", "任务来源"} & set(bare)
    empty = {"coverage": judged(), "tracking": pd.DataFrame(columns=list(TRACKING)),
             "comparison": compared(export).head(0), "differences": pd.DataFrame(columns=list(DIFFERENCE)),
             "origins": pd.DataFrame(columns=list(ORIGIN))}  # fmt: skip
    assert report_of(tmp_path, export, **empty).sheetnames == bare


def test_covered_alone_has_no_sheet_of_gaps_and_gaps_alone_none_of_evidence(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    doc_id = export.documents["doc_id"].iloc[0]
    kept = report_of(tmp_path, export, coverage=judged(judgement(doc_id, status="covered", start=0, end=9)))
    assert ("缺口明细" in kept.sheetnames, "落实依据" in kept.sheetnames) == (False, True)
    left = report_of(tmp_path, export, coverage=judged(judgement(doc_id)))
    assert ("缺口明细" in left.sheetnames, "落实依据" in left.sheetnames) == (True, False)


def test_no_sheet_is_empty_and_every_sheet_prints_on_a4_across_with_its_head(tmp_path: Path) -> None:
    _, book = full(tmp_path)
    for sheet in book:
        assert sheet.max_row >= 4, sheet.title
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_area
        assert "&P" in sheet.oddFooter.right.text
        if sheet.title != "封面":
            assert sheet.print_title_rows == "$3:$3"
            assert sheet.auto_filter.ref.startswith("A3:")
            assert re.fullmatch("[A-Z]4", sheet.freeze_panes)


def test_every_internal_link_leads_to_a_cell_that_has_something(tmp_path: Path) -> None:
    _, book = full(tmp_path)
    links = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) > 100
    assert all(target_of(book, cell).value is not None for cell in links)


def test_a_cell_of_the_matrix_shows_mark_and_colour_and_leads_to_its_evidence(tmp_path: Path) -> None:
    _, book = full(tmp_path)
    seen = {}
    for row in book["缺口矩阵"].iter_rows(min_row=4, max_row=38):
        item, cell = row[1].value, row[2]
        target = target_of(book, cell)
        there = [one.value for one in book[target.parent.title][target.row]]
        assert there[:5] == ["云0县", "2023年计划", row[0].value, item, cell.value]
        seen[cell.value] = (cell.fill.fgColor.rgb, target.parent.title)
    assert set(seen) == {"●已落实", "◐部分", "○缺失", "？未知"}
    assert len({colour for colour, _ in seen.values()}) == 4
    assert {sheet for value, (_, sheet) in seen.items() if value == "●已落实"} == {"落实依据"}
    foot = [cell.value for row in book["缺口矩阵"].iter_rows(min_row=39) for cell in row]
    assert {sign.shown for sign in words.COVERAGE_SIGNS.values()} <= set(foot)


def test_the_matrix_has_the_35_items_under_their_headings(tmp_path: Path) -> None:
    _, book = full(tmp_path)
    rows = [row[:2] for row in texts(book, "缺口矩阵")[3:38]]
    assert rows == [[HEADING_LABELS[item.heading], f"{item.id} {item.title}"] for item in outline().items]


def test_many_documents_turn_the_matrix(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(12))
    book = report_of(tmp_path, export, coverage=all_items(export))
    head, first = texts(book, "缺口矩阵")[2:4]
    assert head[:3] == ["地区", "文件", "1 指导思想"]
    assert len(head) == 2 + 35 + 2
    assert first[:5] == ["云0县", "2023年计划", "●", "◐", "○"]
    assert len(column(book, "缺口矩阵", "地区")) >= 12
    assert book["缺口矩阵"]["C3"].alignment.textRotation == 90


def test_a_remark_is_marked_in_the_matrix_and_told_with_its_value(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    doc_id, promise = export.documents["doc_id"].iloc[0], export.commitments.iloc[1]
    remark = {"kind": "target_lower", "words": "要求不低于98%，文件定为95%以上，低3个百分点。", "asked": None,
              "found": promise["commitment_id"]}  # fmt: skip
    coverage = judged(judgement(doc_id, status="covered", start=0, end=5, remarks=[remark]))
    book = report_of(tmp_path, export, coverage=coverage)
    assert book["缺口矩阵"]["C4"].value == "●已落实※"
    assert [cell.value for cell in column(book, "缺口明细", "备注")] == [remark["words"]]
    (value,) = column(book, "缺口明细", "所涉数值")
    assert value.value == "≥95%"
    assert promise["quote"] in [cell.value for cell in target_of(book, value).parent[target_of(book, value).row]]


def test_a_gap_quotes_the_passage_or_the_three_nearest_or_says_that_nothing_is_known(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    doc_id, text = export.documents["doc_id"].iloc[0], export.documents["text"].iloc[0]
    start = text.index("行政执法人员每年")
    near = [{"start": start, "end": start + 12, "score": 0.31, "section_id": ""}]
    coverage = judged(
        judgement(doc_id, "15", "partial", start=start, end=start + 12), judgement(doc_id, "16", nearest=near),
        judgement(doc_id, "17", "unknown"), judgement(doc_id, "18"),
    )  # fmt: skip
    shown = [
        cell.value
        for cell in column(report_of(tmp_path, export, coverage=coverage), "缺口明细", "原文，或者最接近的表述")
    ]
    assert shown == [
        text[start : start + 12],
        f"没有找到。最接近的表述：\n①{text[start : start + 12]}（相近程度 0.31）",
        "文本没有取得或者无法辨认，没有作判断。",
        "全文没有找到相近的表述。",
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"score": 0.5}, "是", id="between the states"),
        pytest.param({"score": 0.05}, None, id="certain"),
        pytest.param({"score": 0.5, "status": "unknown"}, None, id="unknown is no doubt"),
        pytest.param({"score": 0.5, "doubt": 0.1}, None, id="the table knows better: certain"),
        pytest.param({"score": 0.05, "doubt": 0.9}, "是", id="the table knows better: doubtful"),
    ],
)
def test_a_doubtful_judgement_is_told(fields: dict[str, Any], expected: str | None, tmp_path: Path) -> None:
    export = export_of(tmp_path)
    coverage = pd.DataFrame([judgement(export.documents["doc_id"].iloc[0], **fields)])
    assert [cell.value for cell in column(report_of(tmp_path, export, coverage=coverage), "缺口明细", "存疑")] == [
        expected
    ]


def test_a_plan_as_reference_brings_its_own_tasks(tmp_path: Path) -> None:
    city = factories.document(name="city.txt", jurisdiction="澜陵市", level="prefecture", title="澜陵市2023年工作要点")
    export = export_of(tmp_path, factories.analysis(city), *counties(2))
    material = Material(export)
    tasks = material.reference(city.doc_id).tasks
    rows = [judgement(doc_id, task.item, reference=city.doc_id)
            for doc_id in export.documents["doc_id"] if doc_id != city.doc_id for task in tasks]  # fmt: skip
    book = report_of(tmp_path, export, coverage=pd.concat([all_items(export), judged(*rows)]))
    assert {"缺口矩阵", "缺口矩阵2", "缺口明细2"} <= set(book.sheetnames)
    assert texts(book, "缺口矩阵2")[0][0] == "缺口矩阵：对照《澜陵市2023年工作要点》"
    assert [row[1] for row in texts(book, "缺口矩阵2")[3:5]] == ["(一)规范行政执法", "(二)化解矛盾纠纷"]


def test_overview_counts_states_and_leads_to_the_first_of_each(tmp_path: Path) -> None:
    _, book = full(tmp_path)
    rows = texts(book, "总览")
    assert rows[2][:6] == ["地区", "文件", "章节", "承诺和结果", "目标", "结果"]
    assert rows[3][:11] == ["云0县", "2023年计划", 4, 3, 3, 0, 9, 9, 9, 8, 0]
    assert rows[-1][:4] == ["合计", "2 份", 8, 6]
    cell = book["总览"]["I4"]
    assert target_of(book, cell).value == "○缺失"
    source = target_of(book, book["总览"]["B4"])
    assert (source.parent.title, source.value) == ("来源", "云0县")


def test_tracking_shows_what_was_missed_first_with_both_quotes_and_the_arithmetic(tmp_path: Path) -> None:
    export, book = full(tmp_path)
    quotes = list(export.commitments["quote"])
    assert [cell.value for cell in column(book, "跟踪", "结论")] == ["×未达到", "—无结果", "＋无目标"]
    assert column(book, "跟踪", "算式和理由")[0].value == "目标不低于95%，报告为92.3%，差2.7个百分点"
    assert [cell.value for cell in column(book, "跟踪", "目标原文")] == [quotes[0], quotes[0], None]
    assert [cell.value for cell in column(book, "跟踪", "结果原文")] == [quotes[1], None, quotes[2]]
    value = target_of(book, column(book, "跟踪", "目标")[0])
    assert quotes[0] in [cell.value for cell in value.parent[value.row]]


def test_a_value_that_does_not_compare_is_grey_and_leads_to_its_reason(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(2))
    long = compared(export, is_comparable=False, why_not="周期不同", rank=None, percentile=None)
    book = report_of(tmp_path, export, comparison=long)
    cell = book["指标比较"]["C4"]
    assert cell.value.startswith("≠ ")
    reason = target_of(book, cell)
    assert "周期不同" in [one.value for one in reason.parent[reason.row]]
    plain = report_of(tmp_path, export, comparison=compared(export))["指标比较"]["C4"]
    assert not plain.value.startswith("≠")
    assert plain.fill.fgColor.rgb != cell.fill.fgColor.rgb


def test_a_comparison_of_many_places_goes_on_in_a_second_sheet(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(16))
    book = report_of(tmp_path, export, comparison=compared(export))
    assert {"指标比较", "指标比较(2)"} <= set(book.sheetnames)
    assert [book[name].max_column for name in ("指标比较", "指标比较(2)")] == [16, 4]


def test_every_number_of_a_heading_leads_to_its_quote(tmp_path: Path) -> None:
    _, book = full(tmp_path)
    assert [cell.value for cell in book["行政执法"][3]] == [one.title for one in COMMITMENT_COLUMNS]
    for number, quote in zip(column(book, "行政执法", "数值"), column(book, "行政执法", "原文"), strict=True):
        assert isinstance(number.value, int | float)
        assert target_of(book, number).coordinate == quote.coordinate


def test_many_lead_bodies_share_a_ledger_with_an_index_of_links(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(7))
    book = report_of(tmp_path, export)
    assert ("责任单位目录" in book.sheetnames, "责任单位台账" in book.sheetnames) == (True, True)
    bodies = column(book, "责任单位目录", "牵头单位")
    assert len(bodies) == 14
    assert [target_of(book, cell).value for cell in bodies] == [cell.value for cell in bodies]
    assert bodies[-1].value == "（未写明牵头单位）"
    assert len(column(book, "责任单位台账", "原文")) == 21


def test_without_a_lead_body_there_is_no_ledger(tmp_path: Path) -> None:
    known = factories.analysis()
    loose = replace(known, commitments=tuple(replace(one, lead=()) for one in known.commitments))
    assert report_of(tmp_path, export_of(tmp_path, loose)).sheetnames == [
        "封面",
        "总览",
        "行政执法",
        "纠纷化解",
        "来源",
        "说明",
    ]


def test_sources_prove_each_document(tmp_path: Path) -> None:
    known = factories.analysis(
        factories.document(
            url="https://www.qingyu.test/a.html", snapshot="crawl.warc.gz:1203", fetched=date(2024, 1, 2)
        )
    )
    book = report_of(tmp_path, export_of(tmp_path, known))
    row = dict(zip(texts(book, "来源")[2], book["来源"][4], strict=True))
    assert row["网页"].hyperlink.target == "https://www.qingyu.test/a.html"
    assert (row["来源"].value, row["校验值"].value) == ("https://www.qingyu.test/a.html", known.document.sha256)
    assert (row["快照"].value, row["采集日期"].value.date()) == ("crawl.warc.gz:1203", date(2024, 1, 2))


def test_every_column_and_sign_is_explained_and_the_manifest_is_listed(tmp_path: Path) -> None:
    _, book = full(tmp_path)
    explained = {row[0]: row[1] for row in texts(book, "说明")[3:]}
    for sheet in book.sheetnames[1:-1]:
        name = "各部分" if sheet in HEADING_LABELS.values() else "责任单位台账" if "县" in sheet else sheet
        own = [title for title in texts(book, sheet)[2] if f"{name}：{title}" not in explained]
        assert all("\n" in title or title[0] in "云●◐○？※√×△—＋≠" for title in own), (sheet, own)
    assert {f"符号：{sign.shown}" for sign in words.TRACKING_SIGNS.values()} <= set(explained)
    assert explained["清单：输入文件 › p0.txt"] == "ab12"
    assert explained["清单：模型 1 › name"] == "headings"


def test_the_cover_tells_scope_and_day_and_leads_to_every_other_sheet(tmp_path: Path) -> None:
    _, book = full(tmp_path)
    rows = {row[0]: row[1] for row in texts(book, "封面")}
    assert texts(book, "封面")[0][0] == front.TITLE
    assert (rows["地区"], rows["年份"], rows["日期"]) == ("云0县、云1县", "2023年", "2024年5月6日")
    assert (rows["范围"], rows["文件"]) == ("只看县级", "2 份：计划 2 份")
    linked = [cell for (cell, _) in book["封面"].iter_rows() if cell.hyperlink]
    assert [cell.value for cell in linked] == book.sheetnames[1:]
    assert [target_of(book, cell).parent.title for cell in linked] == book.sheetnames[1:]


def test_without_a_day_the_cover_has_none(tmp_path: Path) -> None:
    assert "日期" not in [row[0] for row in texts(report_of(tmp_path, export_of(tmp_path)), "封面")]


def test_equal_input_gives_equal_bytes_whatever_the_order_of_rows(tmp_path: Path) -> None:
    export = export_of(tmp_path, *counties(3))
    coverage = all_items(export)
    for name, rows in (("a", coverage), ("b", coverage), ("c", coverage.iloc[::-1])):
        write_report(export, tmp_path / f"{name}.xlsx", coverage=rows, today=date(2024, 5, 6))
    made = [(tmp_path / f"{name}.xlsx").read_bytes() for name in "abc"]
    assert made[0] == made[1] == made[2]
    assert load_workbook(tmp_path / "a.xlsx").properties.created == CREATED


@pytest.mark.parametrize("hostile", ["=1+1", "@SUM(A1)", "<r>甲</r>", "甲\x00乙\x0b丙", "_x0041_", "]]>&"])
def test_hostile_text_stays_text_and_the_file_well_formed(hostile: str, tmp_path: Path) -> None:
    known = factories.analysis(factories.document(jurisdiction=f"{hostile}县", title=hostile))
    odd = replace(known, commitments=tuple(replace(one, lead=(hostile,), quote=hostile) for one in known.commitments))
    export = export_of(tmp_path, odd)
    coverage = judged(judgement(export.documents["doc_id"].iloc[0], why=[hostile]))
    book = report_of(tmp_path, export, coverage=coverage)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(tmp_path / "r.xlsx") as parts:
        for name in parts.namelist():
            ElementTree.fromstring(parts.read(name))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(["县司法局"], ["县司法局"], id="plain"),
        pytest.param(["甲/乙[1]:*?\\丙"], ["甲乙1丙"], id="refused characters go"),
        pytest.param(["'甲'"], ["甲"], id="no apostrophe at an end"),
        pytest.param(["???"], ["表"], id="nothing left"),
        pytest.param(["甲", "甲", "甲"], ["甲", "甲(2)", "甲(3)"], id="numbered where taken"),
        pytest.param(["Abc", "aBC"], ["Abc", "aBC(2)"], id="Excel knows no case"),
        pytest.param(["长" * 40, "长" * 40], ["长" * 31, "长" * 28 + "(2)"], id="31 characters with the number"),
        pytest.param(["😀" * 20], ["😀" * 15], id="characters that count twice are not halved"),
    ],
)
def test_sheet_names_are_ones_that_excel_takes(wanted: list[str], expected: list[str]) -> None:
    names = Names()
    assert [names.new(one) for one in wanted] == expected


def test_no_row_is_lower_than_its_text_and_what_no_row_can_hold_says_that_it_is_cut() -> None:
    for text in ("短", "字" * 200, "字\n" * 10, "字" * 5_000):
        shown = fitted(text, 40)
        sheet = Sheet("甲", "甲", (Head("乙", width=40),), [Row([text])])
        sized = measure(sheet, WRAPS)
        assert sized.heights[0] >= lines_of(shown, sized.widths[0]) * 15
        assert shown == text or (shown.endswith(CUT) and lines_of(shown, 40) <= MOST_LINES)


def test_a_linked_text_fits_its_column_since_a_link_is_not_broken_into_lines() -> None:
    sheet = Sheet("甲", "甲", (Head("乙", width=10),), [Row([Cell("字" * 20, to=("sheet", "甲"))])])
    assert measure(sheet, WRAPS).widths[0] > 40


def test_a_sheet_of_more_rows_than_fit_goes_on_and_links_stop_where_excel_stops(tmp_path: Path) -> None:
    rows = [Row([Cell(f"行{at}", to=("row", at))], (("row", at),)) for at in range(10)]
    sheet = Sheet("甲", "题", (Head("乙"), Head("丙")), [Row([*row.cells, "文"], row.keys) for row in rows])
    write_sheets(tmp_path / "s.xlsx", [sheet], title="题", limits=Limits(rows=8, links=3))
    book = load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames == ["甲", "甲_2"]
    assert [book[name].max_row for name in book.sheetnames] == [8, 8]
    assert [cell.hyperlink is not None for cell in column(book, "甲_2", "乙")] == [True, True, True, False, False]
    assert target_of(book, book["甲_2"]["A4"]).value == "行5"


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        pytest.param(lambda rows: rows.drop(columns="why"), InputError, "why", id="a column is missing"),
        pytest.param(lambda rows: pd.concat([rows, rows]), InputError, "one judgement", id="judged twice"),
        pytest.param(lambda rows: rows.assign(doc_id="nowhere"), NotFoundError, "nowhere", id="no such document"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_and_no_file_is_left(
    change: Any, error: Any, said: str, tmp_path: Path
) -> None:
    export = export_of(tmp_path)
    coverage = judged(judgement(export.documents["doc_id"].iloc[0]))
    with pytest.raises(error, match=said):
        write_report(export, tmp_path / "out" / "r.xlsx", coverage=change(coverage))
    assert not list(tmp_path.glob("out/*"))


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        write_report(export_of(tmp_path), tmp_path)


def test_documents_of_one_place_year_and_kind_are_told_apart(tmp_path: Path) -> None:
    twins = [factories.analysis(factories.document(name=name)) for name in ("a.txt", "b.txt")]
    names = [source.name for source in Material(export_of(tmp_path, *twins)).sources.values()]
    assert names == ["青榆县\n2023年计划（1）", "青榆县\n2023年计划（2）"]
