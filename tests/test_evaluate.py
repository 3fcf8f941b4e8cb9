import contextlib
import io
import json
import random
import runpy
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError, NotFoundError
from pipeline.evaluate import Error, Scores, render, score
from pipeline.evaluate.results import FIELDS
from tests import perturb
from tests.perturb import Row, Tables

GOLD = Path(__file__).parent / "data" / "gold-small"
TEXTS = {path.name.split("-")[0]: path for path in sorted((GOLD / "texts").iterdir())}
EXPORTS = 200  # random ones, compared with the reference scorer

Figures = dict[str, float]


def rounded(scores: Scores) -> Figures:
    return {key: round(value, 4) for key, value in scores.totals.items()}


# The small gold: two invented documents, an export with one fault a rule, figures worked out by hand


def section(
    name: str, section_id: str, parent: str | None, level: int, heading: int | None, first: str, until: str
) -> Row:
    """Return a section from where *first* starts to where *until* starts, or to the end."""
    text = TEXTS[name].read_text(encoding="utf-8")
    start = text.index(first)
    end = text.index(until, start + 1) if until else len(text)
    return {"doc_id": name, "section_id": section_id, "parent_id": parent, "level": level, "start": start, "end": end,
            "heading": heading}  # fmt: skip


def commitment(name: str, lead_in: str, value_text: str, **fields: Any) -> Row:
    """Return the record of the value that comes right after *lead_in*."""
    text = TEXTS[name].read_text(encoding="utf-8")
    start = text.index(lead_in + value_text) + len(lead_in)
    place = {
        "doc_id": name,
        "start": start - len(lead_in),
        "end": start + len(value_text),
        "quote": lead_in + value_text,
    }
    value = {"value_start": start, "value_end": start + len(value_text), "value_text": value_text}
    return place | value | dict.fromkeys(FIELDS) | {"type": "quantity", "stance": "target"} | fields


def small_export(folder: Path) -> Path:
    documents: list[Row] = [
        {"doc_id": "p01", "name": "p01-plan-2024-county.txt", "text": TEXTS["p01"].read_text(encoding="utf-8"),
         "title": "澄溪县人民政府关于印发2024年 法治政府建设工作要点的通知", "kind": "plan", "year": 2024,
         "doc_number": "澄政发〔２０２４〕3号", "index_number": "0117"},
        {"doc_id": "r02", "name": "https://town.example/files/r02-report.html", "kind": "report",
         "text": TEXTS["r02"].read_text(encoding="utf-8")},
    ]  # fmt: skip
    sections = [
        section("p01", "a", None, 0, 0, "各乡镇", "一、"),
        section("p01", "b", None, 1, 1, "一、", "二、"),
        section("p01", "c", None, 1, 5, "二、", "三、"),
        section("p01", "d", "c", 0, None, "（一）", "三、"),  # a level 0 between (一) and 二
        section("p01", "e", "d", 2, None, "（一）", "（二）"),  # no label of its own: that of 二; (二) is missed
        section("p01", "f", None, 1, 10, "三、", ""),
        section("r02", "a", None, 0, 1, "2023", "一、"),  # the alternative to 0
        section("r02", "b", None, 1, 5, "一、", "二、"),
        section("r02", "c", "b", 3, None, "加强", "二、"),  # spurious
        section("r02", "d", None, 2, 10, "二、", ""),  # wrong level
        section("r02", "e", "d", 0, 8, "加强宣传。\n", "二、"),
    ]
    last = sections[-1]  # the second of two lines that read the same
    last["start"], last["end"] = documents[1]["text"].rindex("加强"), len(documents[1]["text"])
    bodies = {"lead": ["县 司法局等"], "support": ["各执法单位"], "heading": 5}
    quarterly = {"comparator": "=", "value": 1, "unit": "次", "period": "quarter"}
    commitments = [
        commitment("p01", "案卷合格率达到", "９５％以上", subject="案卷合格率", comparator=">=", value=95, unit="％",
                   indicators=["case_file_quality"], **bodies),
        commitment("p01", "执法人员培训", "不少于40\n 学时", subject="执法人员培训", comparator="=", value=40,
                   unit="学时", indicators=["training_hours"], **bodies | {"lead": []}),  # comparator and lead wrong
        commitment("p01", "开展排查", "１次", subject="开展排查", indicators=["other"], heading=5, **quarterly),
        commitment("p01", "回访", "１次", subject="回访", heading=7, **quarterly),
        commitment("p01", "", "回访１次，各村居调解组织建设全覆盖", type="universal", value=100),  # far too wide
        commitment("p01", "各单位于", "2024年6月底前", type="deadline", subject="报送方案", deadline="2024-06-30",
                   support=["县委办"], heading=10),
        commitment("p01", "复议办案时限由", "60日", subject="复议办案时限", comparator="=", value=60, unit="天",
                   indicators=["review_days"], heading=10),  # a baseline given as a target
        commitment("p01", "压缩", "三分之一", subject="复议…时限", comparator="decrease", value=33.333,
                   unit="%", heading=10),
        commitment("p01", "澄溪县", "2024年") | {"value_start": None},
        commitment("r02", "审查合同", "１２ 份", stance="result", comparator="=", value=12.0, unit="份", period="year",
                   heading=5),  # no subject
        commitment("r02", "审查合同", "１２ 份", stance="result", comparator="=", value=12.0, unit="份", period="year"),
        commitment("r02", "提出修改意见", "30条", stance="result", subject="修改意见", comparator="=", value="30",
                   unit="条", period="", every=0, begins="", heading=5),
    ]  # fmt: skip
    coverage: list[Row] = [
        {"doc_id": "r02", "reference": "outline", "item": 1, "status": "covered"},
        {"doc_id": "r02", "reference": "outline", "item": "2", "status": "covered"},
        {"doc_id": "r02", "reference": "p01", "item": "3", "status": "missing"},  # of a plan, not of the outline
    ]
    tables: Tables = {"documents": documents, "sections": sections, "commitments": commitments, "coverage": coverage}
    return perturb.write_export(folder, tables)


# 12 gold values, 12 given, 9 pairs; 7 gold sections, 7 given, 6 found, 5 of them right; 9 headings.
EXPECTED = {
    "detect_p": Fraction(9, 12),
    "detect_r": Fraction(9, 12),
    "detect_f1": Fraction(9, 12),
    "core_p": Fraction(8, 12),  # the comparator of 40 学时 is wrong
    "core_r": Fraction(8, 12),
    "core_f1": Fraction(8, 12),
    "tree_f1": Fraction(5, 7),
    "found_f1": Fraction(6, 7),
    "field_type": 1,
    "field_comparator": Fraction(8, 9),
    "field_value": 1,
    "field_value_max": 1,
    "field_unit": 1,
    "field_period": 1,
    "field_deadline": 1,
    "field_begins": 1,
    "field_every": 1,
    "field_stance": Fraction(8, 9),
    "field_subject": Fraction(8, 9),
    "field_lead": Fraction(8, 9),
    "field_support": Fraction(8, 9),
    "field_heading": Fraction(8, 9),
    "stance_macro_f1": Fraction(25, 39),  # baseline 0, result 1, target 12/13
    "bodies": Fraction(1, 3),
    "indicator_accuracy": Fraction(3, 4),
    "heading_strict": Fraction(6, 9),
    "heading_alt": Fraction(7, 9),
    "heading_macro_f1": Fraction(18, 25),  # 0 and 1: 1; 5 and 10: 4/5; 7: 0
    "metadata": Fraction(5, 7),
    "coverage_accuracy": Fraction(2, 3),
    "coverage_macro_f1": Fraction(2, 3),
}


def test_figures_of_the_small_gold_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    scores = score(small_export(tmp_path), GOLD)
    assert list(scores.totals) == list(EXPECTED)
    assert scores.totals == pytest.approx({key: float(value) for key, value in EXPECTED.items()})
    assert [document.name for document in scores.documents] == ["p01", "r02"]


def test_every_fault_of_the_small_export_is_listed(tmp_path: Path) -> None:
    found = {(error.document, error.layer, error.what) for error in score(small_export(tmp_path), GOLD).errors}
    assert found == {
        ("x03", "document", "not in the export"),
        ("p01", "metadata", "index_number expected None, got '0117'"),
        ("r02", "metadata", "level expected 'township', got None"),
        ("p01", "sections", "missed"),
        ("r02", "sections", "spurious"),
        ("r02", "sections", "level expected 1, got 2"),
        ("p01", "headings", "expected 7, got 5"),
        ("r02", "headings", "expected 10, got 8"),
        ("p01", "commitments", "gold string not in the text"),
        ("p01", "commitments", "missed universal 全覆盖"),
        ("p01", "commitments", "missed deadline 2024年6月底前"),
        ("p01", "commitments", "spurious universal 回访１次，各村居调解组织建设全覆盖"),
        ("p01", "commitments", "spurious quantity 2024年"),
        ("r02", "commitments", "spurious quantity １２ 份"),
        ("p01", "commitments", "不少于40学时: comparator expected '>=', got '='"),
        ("p01", "commitments", "不少于40学时: lead expected ['县司法局'], got []"),
        ("p01", "commitments", "1次: heading expected 7, got 5"),
        ("p01", "commitments", "2024年6月底前: support expected [], got ['县委办']"),
        ("p01", "commitments", "60日: stance expected 'baseline', got 'target'"),
        ("r02", "commitments", "12份: subject expected '审查合同', got None"),
        ("p01", "indicators", "expected ['dispute_inspections'], got [['other']]"),
        ("r02", "coverage", "item 3 expected 'missing', got 'absent'"),
    }


def test_documents_asked_for_are_scored_alone(tmp_path: Path) -> None:
    scores = score(small_export(tmp_path), GOLD, documents=["r02"])
    assert [document.name for document in scores.documents] == ["r02"]
    assert scores.totals["detect_p"] == pytest.approx(2 / 3)
    assert scores.totals["metadata"] == 0.5
    assert "indicator_accuracy" not in scores.totals


def test_coverage_has_no_figure_without_a_coverage_table(tmp_path: Path) -> None:
    export = small_export(tmp_path)
    (export / "coverage.jsonl").unlink()
    totals = score(export, GOLD).totals
    assert list(totals) == [key for key in EXPECTED if not key.startswith("coverage")]


def test_gold_given_back_as_an_export_scores_one(tmp_path: Path) -> None:
    export = perturb.write_export(tmp_path, perturb.merge([faithful_small(name) for name in TEXTS]))
    totals = dict(score(export, GOLD).totals)
    for key in ("detect_r", "core_r", "detect_f1", "core_f1", "detect_p", "core_p"):
        totals.pop(key)  # one gold quote is not in its text
    assert set(totals.values()) == {1.0}


# Rules one by one, on a text of a line or two


def outcome(tmp_path: Path, text: str, given: Tables, gold: Tables) -> Scores:
    document = {"doc_id": "d", "name": "t.txt", "text": text, **next(iter(given.get("documents", [])), {})}
    tables: Tables = {"sections": [], "commitments": [], "coverage": [], **given, "documents": [document]}
    for table in ("sections", "commitments", "coverage"):
        tables[table] = [{"doc_id": "d", "start": 0, **row} for row in tables[table]]
    perturb.write_export(tmp_path / "export", tables)
    (tmp_path / "gold").mkdir()
    for layer, rows in {"commitments": [], **gold}.items():
        path = "documents.jsonl" if layer == "about" else f"t.{layer}.jsonl"
        perturb.write_lines(tmp_path / "gold" / path, rows)
    return score(tmp_path / "export", tmp_path / "gold")


def gold_value(quote: str, value_text: str, **fields: Any) -> Row:
    defaults = dict.fromkeys(FIELDS) | {"type": "quantity", "stance": "target"}
    return {"quote": quote, "value_text": value_text} | defaults | fields


def given_value(start: int | None, end: int | None, **fields: Any) -> Row:
    return {"value_start": start, "value_end": end, "type": "quantity", "stance": "target"} | fields


TWICE = "排查1次、回访1次。"  # the values at 2 to 4 and 7 to 9
DATED = "6月底前报送，6月底前办结。"


@pytest.mark.parametrize(
    ("text", "golds", "given", "pairs"),
    [
        pytest.param("达到95%。", [("达到95%", "95%")], [(2, 5)], 1, id="the value itself"),
        pytest.param("达到９５ ％。", [("达到95%", "95%")], [(2, 6)], 1, id="full-width and a blank"),
        pytest.param("达到95%。", [("达到95%", "95%")], [(0, 5)], 1, id="three of five characters shared"),
        pytest.param("案卷合格率要达到95%。", [("达到95%", "95%")], [(0, 11)], 0, id="a whole sentence given as value"),
        pytest.param("123456789〇", [("123456789〇", "123")], [(0, 10)], 1, id="exactly the least overlap"),
        pytest.param("达到95%。", [("达到95%", "95%")], [(2, 5), (2, 5)], 1, id="the same record twice"),
        pytest.param("达到95%。", [("达到95%", "95%")], [(None, None)], 0, id="a record without a place"),
        pytest.param("达到95%。", [("达到95%", "95%")], [(3, 3)], 0, id="an empty value"),
        pytest.param("达到95%。", [("达到90%", "90%")], [(2, 5)], 0, id="a gold quote that is not in the text"),
        pytest.param("达到95%。", [], [(2, 5)], 0, id="no gold"),
        pytest.param("达到95%。", [("达到95%", "95%")], [], 0, id="nothing given"),
        pytest.param(TWICE, [("排查1次、回访1次", "1次")] * 2, [(2, 4), (7, 9)], 2, id="one quote, two values"),
        pytest.param(TWICE, [("排查1次、回访1次", "1次")] * 2, [(2, 4), (2, 4)], 1, id="each has its own place"),
        pytest.param(TWICE, [("排查1次、回访1次", "1次")] * 3, [(2, 4), (7, 9), (0, 2)], 3, id="none left: the start"),
        pytest.param(
            "共开展5次。", [("开展5次", "6次")], [(0, 2)], 1, id="a value that its quote lacks: just before it"
        ),
        pytest.param(
            TWICE * 2, [("回访1次", "1次")] * 2, [(7, 9), (17, 19)], 1, id="a quote met again is the same one"
        ),
        pytest.param("1次。2次。1次。", [("2次", "2次"), ("1次", "1次")], [(3, 5), (6, 8)], 2, id="read on, not back"),
        pytest.param("1次。2次。", [("2次", "2次"), ("1次", "1次")], [(3, 5), (0, 2)], 2, id="back where it must"),
    ],
)
def test_gold_values_pair_with_the_records_at_their_place(
    tmp_path: Path, text: str, golds: list[tuple[str, str]], given: list[tuple[int, int]], pairs: int
) -> None:
    values = {"commitments": [given_value(*span) for span in given]}
    (document,) = outcome(tmp_path, text, values, {"commitments": [gold_value(*g) for g in golds]}).documents
    found = document.commitments
    assert (found.pairs, found.given, found.gold) == (pairs, len(given), len(golds))


def test_two_deadlines_of_one_quote_share_the_first_place(tmp_path: Path) -> None:
    golds = [gold_value("6月底前报送,6月底前办结", "6月底前", type="deadline")] * 2
    values = [given_value(0, 4, type="deadline"), given_value(7, 11, type="deadline")]
    (document,) = outcome(tmp_path, DATED, {"commitments": values}, {"commitments": golds}).documents
    assert document.commitments.pairs == 1


@pytest.mark.parametrize(
    ("first", "second", "left_over"),
    [
        pytest.param({}, {}, "后", id="the first of two that are equally good"),
        pytest.param({"value": 3}, {"value": 5}, "先", id="the right value wins"),
        pytest.param({"type": "deadline"}, {}, "先", id="the right type wins"),
        pytest.param({"value": 5, "type": "deadline"}, {"value": 3}, "后", id="type and value weigh the same"),
        pytest.param({"value": 3}, {"value": 5, "type": "deadline"}, "后", id="neither more than the other"),
        pytest.param({"value_start": 3, "value": 5}, {"value_start": 2}, "先", id="a character more weighs more"),
    ],
)
def test_of_two_records_at_one_place_the_better_one_pairs(
    tmp_path: Path, first: Row, second: Row, left_over: str
) -> None:
    given = [given_value(2, 5, value_text="先") | first, given_value(2, 5, value_text="后") | second]
    gold = gold_value("开展15次", "15次", value=5)
    (document,) = outcome(tmp_path, "开展15次。", {"commitments": given}, {"commitments": [gold]}).documents
    (spurious,) = (error for error in document.commitments.errors if error.what.startswith("spurious"))
    assert spurious.what.endswith(left_over)


@pytest.mark.parametrize(
    ("field", "got", "want", "is_right"),
    [
        pytest.param("type", "deadline", "deadline", True, id="type"),
        pytest.param("type", "benchmark", "deadline", False, id="another type"),
        pytest.param("comparator", "", None, True, id="an empty comparator is none"),
        pytest.param("comparator", "=", None, False, id="a comparator where there is none"),
        pytest.param("value", 66.666, 66.67, True, id="two thirds"),
        pytest.param("value", 66.66, 66.67, False, id="not quite two thirds"),
        pytest.param("value", "95", 95, True, id="a number written as a string"),
        pytest.param("value", 0, None, False, id="zero is a value"),
        pytest.param("value", None, 0, False, id="zero was wanted"),
        pytest.param("value", "许多", 5, False, id="no number"),
        pytest.param("value_max", None, None, True, id="no upper value on either side"),
        pytest.param("value_max", 30, 29, False, id="another upper value"),
        pytest.param("unit", "％", "%", True, id="full-width per cent"),
        pytest.param("unit", "百分点", "个百分点", True, id="percentage points without 个"),
        pytest.param("unit", "%", "个百分点", False, id="per cent is no percentage point"),
        pytest.param("unit", "天", "日", True, id="days"),
        pytest.param("unit", "天", "工作日", False, id="working days are others"),
        pytest.param("unit", "", None, True, id="an empty unit is none"),
        pytest.param("period", "year", "year", True, id="period"),
        pytest.param("period", None, "year", False, id="no period"),
        pytest.param("every", 0, None, True, id="every 0 is none"),
        pytest.param("deadline", "2025-12-31", "2025-12-31", True, id="deadline"),
        pytest.param("deadline", "2025-12-30", "2025-12-31", False, id="a day off"),
        pytest.param("begins", "", None, True, id="an empty begin is none"),
        pytest.param("stance", None, "result", False, id="no stance"),
        pytest.param("subject", "办 结率", "办结率", True, id="a blank in the subject"),
        pytest.param("subject", "复议…率", "复议率", True, id="discontinuous"),
        pytest.param("subject", "案件办结", "复议案件办结率", False, id="4 of 7 characters are too few"),
        pytest.param("subject", "案件复结", "复议案件办结", True, id="4 of 6 are enough, in any order"),
        pytest.param("subject", "办结率一二三四五六七八九十甲", "办结率", True, id="14 characters for 3 are allowed"),
        pytest.param("subject", "办结率一二三四五六七八九十甲乙丙", "办结率", False, id="16 are too many"),
        pytest.param("subject", None, None, False, id="without a gold subject none is right"),
        pytest.param("lead", ["甲局", "乙局"], ["乙 局", "甲局"], True, id="bodies in any order"),
        pytest.param("lead", ["甲局等"], ["甲局"], True, id="a trailing 等"),
        pytest.param("lead", None, [], True, id="no body"),
        pytest.param("support", ["甲局"], [], False, id="a body too many"),
        pytest.param("heading", None, 0, False, id="no heading is not heading 0"),
    ],
)
def test_a_field_agrees_or_not(tmp_path: Path, field: str, got: Any, want: Any, is_right: bool) -> None:
    given = {"commitments": [given_value(2, 4, **{field: got})]}
    gold = {"commitments": [gold_value("开展5次", "5次", **{field: want})]}
    (document,) = outcome(tmp_path, "开展5次。", given, gold).documents
    assert document.commitments.pairs == 1
    assert document.commitments.fields[field] == is_right


def node(section_id: str, parent: str | None, level: int, start: int, end: int, heading: int | None = None) -> Row:
    return {"section_id": section_id, "parent_id": parent, "level": level, "start": start, "end": end,
            "heading": heading}  # fmt: skip


TREE = "一、甲事\n（一）乙事\n1．丙事\n二、丁事\n"  # sections at 0, 5, 11, 16; ends at 21
GOLD_TREE = [("一、甲", 1, None), ("(一)乙", 2, 0), ("1.丙", 3, 1), ("二、丁", 1, None)]
RIGHT = [node("a", None, 1, 0, 16), node("b", "a", 2, 5, 16), node("c", "b", 3, 11, 16), node("d", None, 1, 16, 21)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(RIGHT, (4, 4, 4), id="as it should be"),
        pytest.param([], (0, 0, 0), id="nothing given"),
        pytest.param([RIGHT[0], *RIGHT[2:]], (3, 3, 2), id="a parent missed: its child hangs in the air"),
        pytest.param([*RIGHT[:2], node("c", "a", 3, 11, 16), RIGHT[3]], (4, 4, 3), id="another parent"),
        pytest.param([*RIGHT[:3], node("d", None, 2, 16, 21)], (4, 4, 3), id="another level"),
        pytest.param([*RIGHT[:2], node("p", "b", 0, 11, 16), node("c", "p", 3, 11, 16), RIGHT[3]], (4, 4, 4),
                     id="a paragraph between is passed over"),
        pytest.param([*RIGHT[:3], node("d", None, 1, 15, 21)], (4, 4, 4), id="from the line break before it"),
        pytest.param([*RIGHT[:3], node("d", None, 1, 17, 21)], (4, 3, 3), id="a character late"),
        pytest.param([*RIGHT, node("e", "d", 3, 18, 21)], (5, 4, 4), id="one too many"),
        pytest.param([*RIGHT, RIGHT[3] | {"section_id": "again"}], (4, 4, 4), id="one place counts once"),
    ],
)  # fmt: skip
def test_sections_are_compared_by_place_level_and_numbered_parent(
    tmp_path: Path, given: list[Row], expected: tuple[int, int, int]
) -> None:
    gold = [{"starts_with": first, "level": level, "parent": parent} for first, level, parent in GOLD_TREE]
    (document,) = outcome(tmp_path, TREE, {"sections": given}, {"sections": gold}).documents
    assert (document.sections.given, document.sections.found, document.sections.tree) == expected
    assert document.sections.gold == 4


@pytest.mark.parametrize(
    ("given", "want", "alt", "expected"),
    [
        pytest.param([node("a", None, 1, 0, 9, 3)], 3, [], (1, 1), id="the section around it"),
        pytest.param([node("a", None, 1, 0, 9, 3), node("b", "a", 2, 4, 9, 5)], 5, [], (1, 1), id="the innermost one"),
        pytest.param([node("a", None, 1, 0, 9, 3), node("b", "a", 2, 4, 9)], 3, [], (1, 1), id="unlabelled: the outer"),
        pytest.param(
            [node("a", None, 1, 4, 9, 3), node("b", None, 0, 4, 9, 5)], 5, [], (1, 1), id="same span: the last"
        ),
        pytest.param([node("b", "a", 0, 4, 7, 5), node("a", None, 1, 4, 9, 3)], 5, [], (1, 1), id="inner one first"),
        pytest.param([node("a", None, 1, 0, 9, 3)], 4, [3], (0, 1), id="an alternative"),
        pytest.param([node("a", None, 1, 0, 9, 3)], 4, [5], (0, 0), id="neither"),
        pytest.param([node("a", None, 1, 0, 4, 3)], 3, [], (0, 0), id="a section that ends before it"),
        pytest.param([node("a", None, 1, 0, 9, 0)], 0, [], (1, 1), id="heading 0 is a label"),
        pytest.param([], 0, [], (0, 0), id="no section is not heading 0"),
    ],
)
def test_a_passage_has_the_heading_of_the_innermost_labelled_section(
    tmp_path: Path, given: list[Row], want: int, alt: list[int], expected: tuple[int, int]
) -> None:
    gold = [{"starts_with": "戊事项", "heading": want, "alt": alt}]
    (document,) = outcome(tmp_path, "一、甲。戊事项目。", {"sections": given}, {"headings": gold}).documents
    assert (document.headings.strict, document.headings.accepted) == expected


@pytest.mark.parametrize(
    ("anchor", "value", "given", "is_right"),
    [
        pytest.param("培训5次", "5次", (4, 6, ["a"]), True, id="in the anchor"),
        pytest.param("举办", "5次", (4, 6, ["a"]), True, id="after the anchor"),
        pytest.param("现场", "5次", (4, 6, ["a"]), True, id="before the anchor"),
        pytest.param("培训5次", "5次", (5, 7, ["b"]), True, id="any overlap, either id of the gold"),
        pytest.param("培训5次", "5次", (4, 6, ["a", "b"]), True, id="both"),
        pytest.param("培训5次", "5次", (4, 6, ["a", "c"]), False, id="one too many"),
        pytest.param("培训5次", "5次", (4, 6, []), False, id="none"),
        pytest.param("培训5次", "5次", (6, 8, ["a"]), False, id="another value"),
        pytest.param("培训5次", "5次", (None, None, ["a"]), False, id="a record without a place"),
        pytest.param("培训6次", "6次", (4, 6, ["a"]), False, id="an anchor that is not in the text"),
        pytest.param("举办", "6次", (4, 6, ["a"]), False, id="a value that is not near"),
        pytest.param("5次", "训5次现", (4, 6, ["a"]), False, id="a value that sticks out on both sides"),
    ],
)
def test_an_indicator_is_asked_of_the_value_at_its_anchor(
    tmp_path: Path, anchor: str, value: str, given: tuple[int | None, int | None, list[str]], is_right: bool
) -> None:
    start, end, ids = given
    tables = {"commitments": [given_value(start, end, indicators=ids)]}
    gold = {"indicators": [{"anchor": anchor, "value_text": value, "indicators": ["a", "b"]}]}
    (document,) = outcome(tmp_path, "举办培训5次现场会议。", tables, gold).documents
    assert (document.indicators.right, document.indicators.asked) == (is_right, 1)


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        pytest.param("举办" + "之" * 58 + "5次", True, id="ends 60 characters after the anchor"),
        pytest.param("举办" + "之" * 59 + "5次", False, id="ends 61 after it"),
        pytest.param("5次" + "之" * 18 + "举办", True, id="starts 20 characters before the anchor"),
        pytest.param("5次" + "之" * 19 + "举办", False, id="starts 21 before it"),
    ],
)
def test_the_value_of_an_indicator_stands_near_its_anchor(tmp_path: Path, text: str, is_right: bool) -> None:
    start = text.index("5次")
    tables = {"commitments": [given_value(start, start + 2, indicators=["a"])]}
    gold = {"indicators": [{"anchor": "举办", "value_text": "5次", "indicators": ["a"]}]}
    (document,) = outcome(tmp_path, text, tables, gold).documents
    assert document.indicators.right == is_right


@pytest.mark.parametrize(
    ("about", "given", "expected"),
    [
        pytest.param({"title": "甲"}, {"title": "甲"}, (1, 1), id="the title"),
        pytest.param({"title": "甲", "title_alt": ["乙"]}, {"title": " 乙"}, (1, 1), id="another good title"),
        pytest.param({"title": "甲", "title_alt": None}, {"title": "乙"}, (0, 1), id="no other title"),
        pytest.param(
            {"issuer": "甲", "title_alt": ["乙"]}, {"issuer": "乙"}, (0, 1), id="title_alt is for titles only"
        ),
        pytest.param({"doc_number": "甲〔2024〕3号"}, {"doc_number": "甲〔２０２４〕３号"}, (1, 1), id="full-width"),
        pytest.param({"year": 2024}, {"year": "2024"}, (0, 1), id="a year is a number"),
        pytest.param({"published": None}, {}, (1, 1), id="absent as it should be"),
        pytest.param({"published": None}, {"published": "2024-01-02"}, (0, 1), id="there where it should not be"),
        pytest.param({"kind": "plan", "level": "county"}, {"kind": "plan"}, (1, 2), id="each field counts"),
    ],
)
def test_metadata_are_compared_field_by_field(
    tmp_path: Path, about: Row, given: Row, expected: tuple[int, int]
) -> None:
    gold = {"about": [{"id": "t"} | about]}
    (document,) = outcome(tmp_path, "正文。", {"documents": [given]}, gold).documents
    assert (document.metadata.right, document.metadata.asked) == expected


# What cannot be scored


def spoil_file(name: str, content: str | bytes | None) -> Callable[[Path], None]:
    def change(export: Path) -> None:
        path = export / name
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return change


DOCUMENT = '{"doc_id": "p01", "name": "p01.txt", "text": "正文。"}\n'


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        pytest.param(spoil_file("documents.jsonl", None), NotFoundError, "documents.jsonl", id="no documents"),
        pytest.param(spoil_file("sections.jsonl", None), NotFoundError, "sections.jsonl", id="no sections"),
        pytest.param(spoil_file("commitments.jsonl", None), NotFoundError, "commitments.jsonl", id="no commitments"),
        pytest.param(spoil_file("documents.jsonl", ""), NotFoundError, "nothing was scored", id="an empty export"),
        pytest.param(spoil_file("documents.jsonl", DOCUMENT + "\n{oops}\n"), InputError, "documents.jsonl, line 3",
                     id="a line that is no JSON"),
        pytest.param(spoil_file("documents.jsonl", "[1]"), InputError, "expected a JSON object", id="a list"),
        pytest.param(spoil_file("documents.jsonl", b"\xff\xfe"), InputError, "expected UTF-8", id="UTF-16"),
        pytest.param(spoil_file("documents.jsonl", '{"doc_id": "p01", "name": "p01.txt"}'), InputError, "keys text",
                     id="a key lacking"),
        pytest.param(spoil_file("documents.jsonl", '{"doc_id": "p01", "name": "p01.txt", "text": null}'), InputError,
                     "type str for text", id="a text that is null"),
        pytest.param(spoil_file("documents.jsonl", DOCUMENT), InputError, "within the text of 3 characters",
                     id="offsets of another text"),
    ],
)  # fmt: skip
def test_an_export_that_cannot_be_scored_is_refused(
    tmp_path: Path, change: Callable[[Path], None], error: type[Exception], words: str
) -> None:
    export = small_export(tmp_path)
    change(export)
    with pytest.raises(error, match=words):
        score(export, GOLD)


def test_a_line_break_of_unicode_inside_a_string_ends_no_line(tmp_path: Path) -> None:
    gold = {"commitments": [gold_value("达到95%", "95%")]}
    (document,) = outcome(tmp_path, "甲\u2028乙达到95%。", {"commitments": [given_value(5, 8)]}, gold).documents
    assert document.commitments.pairs == 1


def test_a_document_asked_for_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"no gold for 999 .* p01, r02, x03"):
        score(small_export(tmp_path), GOLD, documents=["p01", "999"])


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there are none"):
        score(small_export(tmp_path), tmp_path)


def test_nothing_scored_names_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no document named x03"):
        score(small_export(tmp_path), GOLD, documents=["x03"])


def test_a_loop_of_parents_is_refused(tmp_path: Path) -> None:
    looped = [node("a", "b", 0, 0, 3), node("b", "a", 0, 0, 3), node("c", "a", 1, 0, 3)]
    with pytest.raises(InputError, match="loop"):
        outcome(tmp_path, "正文。", {"sections": looped}, {"sections": []})


def test_a_gold_parent_that_comes_later_is_refused(tmp_path: Path) -> None:
    gold = [{"starts_with": "正", "level": 1, "parent": 1}, {"starts_with": "文", "level": 2, "parent": None}]
    with pytest.raises(InputError, match=r"t\.sections\.jsonl, section 1"):
        outcome(tmp_path, "正文。", {}, {"sections": gold})


# What the command prints


def test_rendering_ends_with_the_totals_as_json(tmp_path: Path) -> None:
    scores = score(small_export(tmp_path), GOLD)
    *lines, totals = render(scores).split("\n")
    assert json.loads(totals) == rounded(scores)
    assert lines[0].startswith(
        "p01: commitments F1 0.737 (7 found of 10, 9 given), core right 6; section tree F1 0.889; "
    )
    assert lines[1].endswith("coverage 2/3")


def test_rendering_always_names_a_document_that_the_export_lacks(tmp_path: Path) -> None:
    scores = score(small_export(tmp_path), GOLD)
    assert "x03 | document | not in the export" in render(scores).split("\n")


def test_rendering_lists_every_error_where_asked(tmp_path: Path) -> None:
    scores = score(small_export(tmp_path), GOLD)
    lines = [line for line in render(scores, errors=True).split("\n") if " | " in line]
    assert len(lines) == len(scores.errors)
    assert "r02 | metadata | level expected 'township', got None" in lines
    assert "p01 | commitments | missed universal 全覆盖 | 各村居调解组织建设全覆盖" in lines


def test_an_error_says_document_layer_what_and_where(tmp_path: Path) -> None:
    errors = score(small_export(tmp_path), GOLD).errors
    assert Error("p01", "headings", "expected 7, got 5", "(二)化解矛盾纠纷。") in errors


# The reference scorer, where there is one, must give the same figures


def faithful_small(name: str) -> Tables:
    text = TEXTS[name].read_text(encoding="utf-8")
    return perturb.faithful(name, TEXTS[name].name, text, perturb.read_gold(GOLD, name))


def reference_figures(
    script: Path, export: Path, gold: Path, names: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> Figures | None:
    """Return what the reference scorer prints, None where it says that nothing was scored."""
    options = [part for name in names for part in ("--doc", name)]
    monkeypatch.setattr(sys, "argv", [script.name, str(export), str(gold), *options])
    with contextlib.redirect_stdout(io.StringIO()) as output:
        try:
            runpy.run_path(str(script), run_name="__main__")
        except SystemExit:
            return None
    figures: Figures = json.loads(output.getvalue().splitlines()[-1])
    return figures


def our_figures(export: Path, gold: Path, names: Sequence[str]) -> Figures | None:
    try:
        return rounded(score(export, gold, documents=names))
    except NotFoundError:
        return None


def test_reference_agrees_on_the_small_gold(tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = shared / "tools" / "score.py"
    export = small_export(tmp_path / "by-hand")
    assert reference_figures(script, export, GOLD, [], monkeypatch) == rounded(score(export, GOLD))
    faithful = perturb.merge([faithful_small(name) for name in TEXTS])
    for seed in range(EXPORTS):
        rng = random.Random(seed)
        spoilt = perturb.spoil(rng, faithful, rng.choice([0.05, 0.2, 0.5]))
        export = perturb.write_export(tmp_path / str(seed), spoilt)
        gold = perturb.write_spoilt_gold(rng, GOLD, tmp_path / f"{seed}-gold") if seed % 2 else GOLD
        assert our_figures(export, gold, []) == reference_figures(script, export, gold, [], monkeypatch), f"seed {seed}"


@pytest.mark.slow
def test_reference_agrees_on_the_shared_gold(tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script, gold = shared / "tools" / "score.py", shared / "gold"
    files = {path.name.split("-")[0]: path for path in (shared / "corpus").iterdir()}
    names = sorted(path.name.split(".")[0] for path in gold.glob("*.commitments.jsonl"))
    faithful = {
        name: perturb.faithful(
            name, files[name].name, files[name].read_text(encoding="utf-8"), perturb.read_gold(gold, name)
        )
        for name in names
    }
    for seed in range(EXPORTS):
        rng = random.Random(seed)
        asked = rng.sample(names, rng.choice([1, 1, 1, 2]))
        spoilt = perturb.spoil(
            rng, perturb.merge([faithful[name] for name in asked]), rng.choice([0.03, 0.1, 0.3, 0.6])
        )
        export = perturb.write_export(tmp_path / str(seed), spoilt)
        ours = our_figures(export, gold, asked)
        assert ours == reference_figures(script, export, gold, asked, monkeypatch), f"seed {seed}"
