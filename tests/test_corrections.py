"""What people put right: stored, laid over the export, kept through new bytes and new rules, and told when it fits no more."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import Connection, select

from pipeline import derived, store, tables
from pipeline.analyze import analyze_page
from pipeline.errors import InputError, NotFoundError, PipelineError
from pipeline.records import Analysis, Page
from pipeline.tables import Export
from pipeline.workspace.corrections import (
    CORRECTION,
    Corrected,
    add_correction,
    correct,
    corrected,
    find_stale,
    list_corrections,
    list_lines,
    note_stale,
    read_corrections,
    undo,
    undo_correction,
)
from pipeline.workspace.place import Workspace
from pipeline.workspace.view import View, read_workspace
from tests.exports import paper
from tests.shelving import derive, opened

PLAN = paper(
    "青榆县", 2024, "行政诉讼败诉率控制在8%以内。", "开展行政执法案卷评查2次。", "重大行政决策合法性审查率达到100%。"
)
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def clock() -> datetime:
    return NOW


def read(text: str = PLAN, name: str = "plan.txt") -> Analysis:
    return analyze_page(Page(name, text.encode()))


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[Connection]:
    with opened(tmp_path / "workspace") as made, made.writing() as connection:
        yield connection


@pytest.fixture
def plan(tx: Connection) -> Analysis:
    analysis = read()
    derive(tx, {"a": [analysis]})
    return analysis


def of(analysis: Analysis, words: str) -> Any:
    """The commitment whose value is printed so."""
    return next(one for one in analysis.commitments if words in one.value_text)


def put_right(tx: Connection, id: str, field: str, value: Any, record: Any = "commitment", **more: Any) -> int:
    return add_correction(
        tx, record=record, id=id, field=field, value=value, by="王", why="原文如此", now=clock, **more
    )


def cell(export: Export, table: str, column: str, words: str = "") -> Any:
    """A cell of the only row, or of the row of the commitment that is printed so."""
    frame = getattr(export, table)
    rows = frame[frame["value_text"].str.contains(words)] if words else frame
    (found,) = rows[column].tolist()
    return found


def states(tx: Connection) -> list[str]:
    return [str(one) for one in corrected(View(tx)).rows["state"]]


# --- laid over -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "given", "column", "expected"),
    [
        pytest.param("value", 10, "value", 10.0, id="a value"),
        pytest.param("value", "10.5", "value", 10.5, id="a number as a text"),
        pytest.param("value", None, "value", None, id="no value at all"),
        pytest.param("stance", "result", "stance", "result", id="a label"),
        pytest.param("stance", "结果", "stance", "result", id="a label by its Chinese name"),
        pytest.param("deadline", "2024-12-31", "deadline", pd.Timestamp("2024-12-31"), id="a date"),
        pytest.param("heading", "权力监督", "heading", 8, id="a heading by its title"),
        pytest.param("heading", 0, "heading", 0, id="no heading"),
        pytest.param("indicators", ["行政诉讼败诉率"], "indicators", ["litigation_loss_rate"], id="indicators by name"),
        pytest.param("indicators", [], "indicators", [], id="no indicators"),
        pytest.param("indicators", [], "indicator_score", None, id="which are nothing to be sure of"),
        pytest.param("lead", ["县司法局", "县财政局"], "lead", ["县司法局", "县财政局"], id="bodies"),
        pytest.param("lead", ["县司法局"], "lead_ids", ["justice_bureau"], id="whose ids follow"),
        pytest.param("every", 2, "every", 2, id="a whole number"),
        pytest.param("subject", " 败诉率 ", "subject", "败诉率", id="a text without blanks around"),
        pytest.param("value", 10, "rule", "amount; corrected: value", id="the rule says which cells were put right"),
        pytest.param("lead", [], "rule", "amount; corrected: lead, lead_ids", id="those that follow among them"),
        pytest.param("value", 10, "confidence", 1.0, id="a person has looked at it"),
    ],
)
def test_a_field_of_a_commitment_is_put_right(
    tx: Connection, plan: Analysis, field: str, given: Any, column: str, expected: Any
) -> None:
    put_right(tx, of(plan, "8%").commitment_id, field, given)
    found = cell(corrected(View(tx)).export, "commitments", column, "8%")
    assert pd.isna(found) if expected is None else found == expected


def test_nothing_else_changes_and_types_stay(tx: Connection, plan: Analysis) -> None:
    own = View(tx).export()
    put_right(tx, of(plan, "8%").commitment_id, "deadline", "2024-12-31")
    found = corrected(View(tx)).export
    assert_frame_equal(found.sections, own.sections)
    assert_frame_equal(found.documents, own.documents)
    others = ~own.commitments["value_text"].str.contains("8%")
    assert_frame_equal(found.commitments[others], own.commitments[others])
    assert found.commitments.dtypes.to_dict() == own.commitments.dtypes.to_dict()
    changed = [name for name in own.commitments if not found.commitments[name].equals(own.commitments[name])]
    assert changed == ["deadline", "confidence", "rule"]


def test_the_frames_that_were_given_are_left_as_they_are(tx: Connection, plan: Analysis) -> None:
    put_right(tx, of(plan, "8%").commitment_id, "lead", ["县司法局"])
    put_right(tx, "plan.txt", "year", 2025, "document")
    before = View(tx).export()
    corrected(View(tx))
    assert_frame_equal(View(tx).export().commitments, before.commitments)
    assert cell(before, "documents", "notes") == []


def test_without_corrections_the_export_is_the_pipelines_own(tx: Connection, plan: Analysis) -> None:
    found = corrected(View(tx))
    assert_frame_equal(found.export.commitments, View(tx).export().commitments)
    assert (found.rows.empty, tuple(found.rows.columns)) == (True, CORRECTION)


def test_a_rejected_commitment_is_gone_and_its_record_is_kept_beside(tx: Connection, plan: Analysis) -> None:
    wrong = of(plan, "2次")
    put_right(tx, wrong.commitment_id, "rejected", True)
    found = corrected(View(tx))
    assert wrong.commitment_id not in set(found.export.commitments["commitment_id"])
    assert found.export.commitments.index.tolist() == list(range(len(plan.commitments) - 1))
    (own,) = found.rows["own"]
    assert (own["commitment_id"], own["value"], own["quote"]) == (wrong.commitment_id, 2.0, wrong.quote)
    assert cell(found.export, "documents", "notes") == [f"人工更正：剔除“{wrong.value_text}”（{wrong.commitment_id}）"]


@pytest.mark.parametrize(
    ("field", "given", "column", "expected"),
    [
        pytest.param("year", 2025, "year", 2025, id="the year"),
        pytest.param("year", None, "year", None, id="no year"),
        pytest.param("kind", "报告", "kind", "report", id="the kind"),
        pytest.param("published", "2024-03-09", "published", pd.Timestamp("2024-03-09"), id="a date"),
        pytest.param(
            "jurisdiction", "西湖区", "jurisdiction_code", None, id="a name that several places have has no code"
        ),
        pytest.param("jurisdiction", "330106", "jurisdiction", "西湖区", id="a place by its code"),
        pytest.param("jurisdiction", "330106", "jurisdiction_code", "330106", id="has that code"),
        pytest.param("jurisdiction", "杭州市", "jurisdiction_code", "330100", id="a name of one place has its code"),
        pytest.param("jurisdiction", "杭州市", "level", "prefecture", id="and its level"),
        pytest.param("jurisdiction", "云岭县", "jurisdiction", "云岭县", id="a place that no list has"),
        pytest.param("jurisdiction", "云岭县", "level", "county", id="leaves the level"),
        pytest.param("issuer", "青榆县司法局", "issuer", "青榆县司法局", id="a text"),
        pytest.param("year", 2025, "notes", ["人工更正：年份由2024改为2025"], id="a note says so"),
        pytest.param("kind", "report", "notes", ["人工更正：文件类型由计划改为报告"], id="in the words of people"),
    ],
)
def test_a_field_of_a_document_is_put_right(
    tx: Connection, plan: Analysis, field: str, given: Any, column: str, expected: Any
) -> None:
    put_right(tx, plan.document.doc_id, field, given, "document")
    found = corrected(View(tx)).export
    value = cell(found, "documents", column)
    assert (not isinstance(value, list) and pd.isna(value)) if expected is None else value == expected
    assert cell(found, "documents", "sources")[field] == "correction"


def test_a_code_given_for_itself_goes_over_the_one_that_follows_from_the_name(tx: Connection, plan: Analysis) -> None:
    put_right(tx, plan.document.doc_id, "jurisdiction_code", "330106", "document")
    put_right(tx, plan.document.doc_id, "jurisdiction", "西湖区", "document")
    found = corrected(View(tx)).export
    assert cell(found, "documents", "jurisdiction_code") == "330106"


def test_a_heading_put_right_holds_for_the_commitments_of_the_section(tx: Connection, plan: Analysis) -> None:
    one = of(plan, "8%")
    put_right(tx, one.section.section_id, "heading", 4, "section")
    found = corrected(View(tx)).export
    row = found.sections[found.sections["section_id"] == one.section.section_id].iloc[0]
    assert (row["heading"], row["heading_score"], row["heading_runner_up"]) == (4, 1.0, one.section.heading)
    assert cell(found, "commitments", "heading", "8%") == 4
    assert cell(found, "commitments", "rule", "8%").endswith("; corrected: heading")
    assert cell(found, "commitments", "heading", "2次") == of(plan, "2次").heading
    (note,) = cell(found, "documents", "notes")
    assert note.startswith("人工更正：章节“1.行政诉讼败诉率")
    assert note.endswith("改为行政决策")


def test_the_heading_of_a_commitment_goes_over_that_of_its_section(tx: Connection, plan: Analysis) -> None:
    one = of(plan, "8%")
    put_right(tx, one.commitment_id, "heading", 5)
    put_right(tx, one.section.section_id, "heading", 4, "section")
    assert cell(corrected(View(tx)).export, "commitments", "heading", "8%") == 5


def test_items_put_right_have_the_form_of_the_export(tx: Connection, plan: Analysis) -> None:
    section = of(plan, "8%").section.section_id
    put_right(tx, section, "items", [12, "3"], "section")
    found = corrected(View(tx)).export
    (items,) = found.sections.loc[found.sections["section_id"] == section, "items"]
    assert [(each["item"], each["score"]) for each in items] == [("12", 1), ("3", 1)]
    assert tables.comparable(found)["items"].map(set).map({"12", "3"}.issubset).any()


def test_the_rows_tell_what_the_pipeline_says_by_itself(tx: Connection, plan: Analysis) -> None:
    one = of(plan, "8%")
    id = put_right(tx, one.commitment_id, "indicators", [])
    put_right(tx, plan.document.doc_id, "published", "2024-03-09", "document")
    rows = corrected(View(tx)).rows
    first = rows.iloc[0]
    assert (first["correction_id"], first["record_id"], first["doc_id"]) == (
        id,
        one.commitment_id,
        plan.document.doc_id,
    )
    assert first["own"]["indicators"] == list(one.indicators)
    assert first["own"]["confidence"] == one.confidence
    assert (first["quote"], first["corrected_by"], first["why"]) == (one.quote, "王", "原文如此")
    assert rows["own"].iloc[1] == {"published": None}


def test_corrections_are_kept_the_same_way_in_every_database(workspace: Workspace) -> None:
    analysis = read()
    one = of(analysis, "8%")
    with workspace.writing() as connection:
        derive(connection, {"a": [analysis]})
        put_right(connection, one.commitment_id, "lead", ["县司法局"])
        put_right(connection, one.commitment_id, "value", None)
        put_right(connection, one.section.section_id, "items", ["12"], "section")
        put_right(connection, "plan.txt", "published", "2024-03-09", "document")
        derive(connection, {"a": [read(FOOTED)]})
        put_right(connection, "plan.txt", "year", 2022, "document")
        note_stale(connection, derive(connection, {"a": [read(FOOTED.replace("8%", "6%"))]}), NOW, "2026-W47")
    with workspace.engine.connect() as connection, connection.begin():
        assert [found.value for found in list_corrections(connection)] == [
            ["县司法局"],
            None,
            ["12"],
            "2024-03-09",
            2022,
        ]
        then, now = (corrected(View(connection, cut)) for cut in (2, None))
        assert told(connection) == [(1, "2026-W47"), (2, "2026-W47"), (3, "2026-W47")]
    assert then.rows["correction_id"].tolist() == []  # they were made later than that derivation was
    assert now.rows["state"].tolist() == ["stale"] * 3 + ["applied"] * 2
    assert cell(now.export, "documents", "year") == 2022


# --- refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "field", "given", "message"),
    [
        pytest.param("commitment", "vlaue", 1, "no field 'vlaue' of a commitment to put right; there are type, stance", id="field"),
        pytest.param("commitment", "quote", "x", "no field 'quote' of a commitment", id="evidence is not put right"),
        pytest.param("commitment", "stance", "promise", "no stance 'promise'; there are target (目标), result", id="label"),
        pytest.param("commitment", "stance", None, "stance of a commitment cannot be empty, but got null", id="null"),
        pytest.param("commitment", "value", "many", "value of a commitment: expected a number, got 'many'", id="number"),
        pytest.param("commitment", "value", True, "expected a number, got True", id="a flag is no number"),
        pytest.param("commitment", "value", float("nan"), "expected a number, got nan", id="not a number"),
        pytest.param("commitment", "every", 1.5, "expected a whole number, got 1.5", id="half a number"),
        pytest.param("commitment", "every", 0, "expected a whole number from 1 to 100, got 0", id="out of range"),
        pytest.param("commitment", "deadline", "2024-13-01", "expected a date such as 2026-11-22, got '2024-13-01'", id="date"),
        pytest.param("commitment", "lead", "县司法局", "expected a list, got '县司法局'", id="a list"),
        pytest.param("commitment", "lead", [""], "expected a text, got ''", id="a name without letters"),
        pytest.param("commitment", "lead_ids", ["justice"], "no body 'justice'; there are", id="an unknown body"),
        pytest.param("commitment", "indicators", ["行政诉讼败诉"], "litigation_loss_rate (行政诉讼败诉率)", id="an indicator"),
        pytest.param("commitment", "heading", 11, "no heading 11; there are 1 (总体要求)", id="a heading"),
        pytest.param("commitment", "rejected", False, "expected true (undo a correction", id="not rejected"),
        pytest.param("section", "items", ["36"], "no outline item '36'", id="an item"),
        pytest.param("section", "title", "x", "no field 'title' of a section to put right; there are heading, items", id="title"),
        pytest.param("document", "kind", "letter", "no kind 'letter'; there are plan (计划)", id="a kind"),
        pytest.param("document", "year", 24, "expected a whole number from 1949 to 2100, got 24", id="a short year"),
        pytest.param("document", "jurisdiction_code", "3301", "of six digits, got '3301'", id="a short code"),
        pytest.param("document", "jurisdiction", "999999", "no place with the code 999999", id="an unknown code"),
        pytest.param("paragraph", "title", "x", "no record 'paragraph' to put right; there are document, section", id="record"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_a_sentence(
    tx: Connection, plan: Analysis, record: str, field: str, given: Any, message: str
) -> None:
    one = of(plan, "8%")
    ids = {"commitment": one.commitment_id, "section": one.section.section_id}
    with pytest.raises(PipelineError) as refused:
        put_right(tx, ids.get(record, plan.document.doc_id), field, given, record)
    assert message in str(refused.value)
    assert list_corrections(tx) == []


def test_a_record_that_is_not_there_is_refused(tx: Connection, plan: Analysis) -> None:
    with pytest.raises(NotFoundError, match="no commitment 'abc'; commitment_id of an export"):
        put_right(tx, "abc", "value", 1)
    with pytest.raises(NotFoundError, match=r"no document 'other'; there are plan\.txt"):
        put_right(tx, "other", "year", 2024, "document")


def test_a_record_of_an_older_version_is_refused(tx: Connection, plan: Analysis) -> None:
    derive(tx, {"a": [read(PLAN.replace("8%", "9%"))]})
    with pytest.raises(NotFoundError, match="which a newer version of its document no longer has"):
        put_right(tx, of(plan, "8%").commitment_id, "value", 1)


def test_a_record_of_another_document_than_the_one_named_is_refused(tx: Connection, plan: Analysis) -> None:
    derive(tx, {"b": [read(PLAN.replace("青榆", "云岚"), "other.txt")]})
    with pytest.raises(NotFoundError, match=r"in other\.txt; it is in plan\.txt"):
        put_right(tx, of(plan, "8%").commitment_id, "value", 1, document="other.txt")


# --- again, replaced, undone -----------------------------------------------------------------------------------------


def test_the_same_correction_made_again_is_the_one_that_is_there(tx: Connection, plan: Analysis) -> None:
    first = put_right(tx, of(plan, "8%").commitment_id, "value", 10)
    assert put_right(tx, of(plan, "8%").commitment_id, "value", 10.0) == first
    assert len(list_corrections(tx)) == 1


def test_a_later_correction_of_a_field_takes_the_place_of_an_earlier(tx: Connection, plan: Analysis) -> None:
    put_right(tx, of(plan, "8%").commitment_id, "value", 10)
    put_right(tx, of(plan, "8%").commitment_id, "unit", "件")
    put_right(tx, of(plan, "8%").commitment_id, "value", 12)
    assert [(one.field, one.value) for one in list_corrections(tx)] == [("unit", "件"), ("value", 12.0)]
    found = corrected(View(tx)).export
    assert cell(found, "commitments", "rule", "8%") == "amount; corrected: unit, value"


def test_what_is_undone_holds_no_longer_and_cannot_be_undone_twice(tx: Connection, plan: Analysis) -> None:
    id = put_right(tx, of(plan, "8%").commitment_id, "value", 10)
    undo_correction(tx, id, now=clock)
    assert cell(corrected(View(tx)).export, "commitments", "value", "8%") == 8
    with pytest.raises(NotFoundError, match=rf"no correction {id} that holds: it was undone or replaced at 2026-11-22"):
        undo_correction(tx, id)


def test_a_publication_that_is_put_right_is_compared_again_and_that_is_no_news(tx: Connection, plan: Analysis) -> None:
    def to_compare() -> str:
        return str(tx.execute(select(derived.publications.c.to_compare)).scalar())

    id = put_right(tx, of(plan, "8%").commitment_id, "value", 10)
    assert to_compare() == "rules"
    store.change(tx, derived.publications, {"id": "a"}, to_compare="")
    undo_correction(tx, id)
    assert to_compare() == "rules"
    store.change(tx, derived.publications, {"id": "a"}, to_compare="source")
    put_right(tx, of(plan, "8%").commitment_id, "value", 11)
    assert to_compare() == "source"  # what changed at the source stays news


# --- through the years -----------------------------------------------------------------------------------------------

FOOTED = PLAN + "\n附件：略\n"
HEADED = PLAN.replace("一、重点任务\n", "一、重点任务\n各部门要抓好落实。\n")
MOVED = paper("青榆县", 2024, "办结案件5件。", "行政诉讼败诉率控制在8%以内。", "培训3次。", head="其他工作安排")
TWICE = PLAN.replace("青榆县人民政府\n2024年3月6日", PLAN.partition("\n")[2])


def renamed(analysis: Analysis) -> Analysis:
    """The same document as new rules would have it: every record has another id, as where its value was read anew."""
    commitments = tuple(replace(one, commitment_id=f"new{one.commitment_id}"[:12]) for one in analysis.commitments)
    return replace(analysis, commitments=commitments)


@pytest.mark.parametrize(
    ("after", "state", "why"),
    [
        pytest.param(lambda: read(), "applied", "", id="nothing changed"),
        pytest.param(lambda: renamed(read()), "applied", "", id="new ids by new rules"),
        pytest.param(lambda: read(FOOTED), "applied", "", id="new bytes, the text longer"),
        pytest.param(lambda: read(HEADED), "applied", "", id="a sentence before it"),
        pytest.param(lambda: read(PLAN, "moved.txt"), "applied", "", id="at another address"),
        pytest.param(lambda: read(PLAN.replace("控制在8%", "控制在 8 ％")), "applied", "", id="other blanks and widths"),
        pytest.param(lambda: read(PLAN.replace("案卷评查2次", "案卷评查3次")), "applied", "", id="the next task changed"),
        pytest.param(lambda: read(PLAN.replace("8%", "6%")), "stale", "已没有这段话", id="its own words changed"),
        pytest.param(lambda: read(MOVED), "applied", "", id="the same words, said once as before, among others"),
        pytest.param(lambda: read(TWICE), "stale", "有2处", id="the same words twice, in the same place each"),
        pytest.param(lambda: read(PLAN.replace("2024", "2025")), "stale", "现在是2025年的文件", id="next year's plan"),
    ],
)  # fmt: skip
def test_a_correction_lives_as_long_as_the_words_stand(
    tx: Connection, plan: Analysis, after: Callable[[], Analysis], state: str, why: str
) -> None:
    put_right(tx, of(plan, "8%").commitment_id, "value", 10)
    derive(tx, {"a": [after()]})
    found = corrected(View(tx))
    (row,) = found.rows.to_dict("records")
    assert row["state"] == state, row
    assert why in (row["why_stale"] if state == "stale" else "")
    values = found.export.commitments["value"].tolist()
    assert (10.0 in values) == (state == "applied")
    assert found.touched == (set(found.export.documents["doc_id"]) if state == "applied" else set())


def test_of_two_sentences_that_are_the_same_the_one_that_was_meant_must_be_told_by_what_stands_around(
    tx: Connection,
) -> None:
    def said(*tasks: str) -> Analysis:
        return read(paper("青榆县", 2024, *tasks))

    same = "县政府办公室组织专题培训2次。"
    first = said(
        "优化营商环境，清理各类证明事项。",
        same,
        "健全行政复议工作机制。",
        "推进政务公开标准化建设。",
        same,
        "落实执法责任。",
    )
    derive(tx, {"a": [first]})
    wanted = [one for one in first.commitments if one.value_text == "2次"][1]
    put_right(tx, wanted.commitment_id, "value", 5)
    derive(
        tx, {"a": [said("健全行政复议工作机制。", "推进政务公开标准化建设。", same, "开展法治宣传。")]}
    )  # the second stays
    assert [value for value in corrected(View(tx)).export.commitments["value"].tolist() if value == value] == [5]
    derive(tx, {"a": [said("优化营商环境，清理各类证明事项。", same, "开展法治宣传。")]})  # the first stays
    (row,) = corrected(View(tx)).rows.to_dict("records")
    assert (row["state"], row["why_stale"]) == ("stale", "同样的话还在，但前后文都变了")


def test_of_two_values_of_a_sentence_the_right_one_is_put_right(tx: Connection) -> None:
    text = paper("青榆县", 2024, "案卷评查合格率达到100%，负责人出庭应诉率达到100%，培训完成率达到100%。")
    analysis = read(text)
    derive(tx, {"a": [analysis]})
    wanted = sorted(analysis.commitments, key=lambda one: one.value_start)[1]
    put_right(tx, wanted.commitment_id, "value", 95)
    derive(tx, {"a": [renamed(read(text.replace("一、", "各部门：\n一、")))]})
    assert sorted(corrected(View(tx)).export.commitments["value"].tolist()) == [95, 100, 100]
    ordered = corrected(View(tx)).export.commitments.sort_values("value_start")
    assert ordered["value"].tolist() == [100, 95, 100]


def test_a_rejected_commitment_that_the_rules_no_longer_find_is_no_trouble(tx: Connection, plan: Analysis) -> None:
    wrong = of(plan, "2次")
    put_right(tx, wrong.commitment_id, "rejected", True)
    better = read()
    derive(
        tx,
        {"a": [replace(better, commitments=tuple(one for one in better.commitments if "2次" not in one.value_text))]},
    )
    found = corrected(View(tx))
    assert (states(tx), found.touched) == (["applied"], frozenset())
    assert len(found.export.commitments) == len(better.commitments) - 1


def test_a_value_that_the_rules_no_longer_find_is_stale(tx: Connection, plan: Analysis) -> None:
    put_right(tx, of(plan, "2次").commitment_id, "value", 3)
    worse = read()
    derive(
        tx, {"a": [replace(worse, commitments=tuple(one for one in worse.commitments if "2次" not in one.value_text))]}
    )
    assert states(tx) == ["stale"]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        pytest.param(FOOTED, "applied", id="the year stands as it stood"),
        pytest.param(PLAN.replace("2024年法治", "2025年法治"), "applied", id="the document now says so itself"),
        pytest.param(PLAN.replace("2024年法治", "2022年法治"), "stale", id="the document now says a third thing"),
    ],
)
def test_a_field_of_a_document_survives_new_bytes_that_say_the_same_of_it(
    tx: Connection, plan: Analysis, text: str, state: str
) -> None:
    put_right(tx, plan.document.doc_id, "year", 2025, "document")
    derive(tx, {"a": [read(text)]})
    assert states(tx) == [state]
    if state == "applied":
        assert cell(corrected(View(tx)).export, "documents", "year") == 2025
    else:
        assert "文件现在写明的是2022" in corrected(View(tx)).rows["why_stale"].iloc[0]


def member(number: int, text: str = PLAN) -> Analysis:
    return read(text.replace("青榆", "云岚" if number > 1 else "青榆"), f"a.zip/{number}.txt")


def test_of_the_members_of_an_archive_the_one_of_that_name_is_meant(tx: Connection) -> None:
    derive(tx, {"a": [member(1), member(2)]})
    put_right(tx, "2.txt", "year", 2020, "document")
    derive(tx, {"a": [member(1, FOOTED), member(2, FOOTED)]})
    assert corrected(View(tx)).export.documents["year"].tolist() == [2024, 2020]
    derive(tx, {"a": [member(1), member(3, HEADED)]})
    assert states(tx) == ["stale"]


def test_a_section_is_known_by_its_opening(tx: Connection, plan: Analysis) -> None:
    section = of(plan, "2次").section
    put_right(tx, section.section_id, "heading", 9, "section")
    derive(tx, {"a": [read(HEADED)]})
    found = corrected(View(tx)).export.sections
    assert found.loc[found["heading"] == 9, "level"].tolist() == [section.level]
    derive(tx, {"a": [read(HEADED.replace("案卷评查", "案卷抽查"))]})
    assert states(tx) == ["stale"]


def test_a_view_of_the_past_has_the_corrections_of_its_time(tx: Connection, plan: Analysis) -> None:
    def on(week: int) -> Callable[[], datetime]:
        return lambda: datetime(2026, 11, 4, tzinfo=UTC) + timedelta(weeks=week)  # derivation n is on Monday of week n

    first = add_correction(tx, record="commitment", id=of(plan, "8%").commitment_id, field="value", value=10, now=on(1))
    second = derive(tx, {})
    undo_correction(tx, first, now=on(2))
    third = derive(tx, {})
    values = [cell(corrected(View(tx, cut)).export, "commitments", "value", "8%") for cut in (1, second, third, None)]
    assert values == [8, 10, 8, 8]
    assert corrected(View(tx, 0)).export.documents.empty  # before anything was derived


# --- told when stale -------------------------------------------------------------------------------------------------


def told(tx: Connection) -> list[tuple[int, str]]:
    events = derived.events.c
    rows = tx.execute(select(events.data, events.week).where(events.kind == "correction_stale").order_by(events.id))
    return [(data["correction"], week) for data, week in rows]


def test_a_correction_that_turns_stale_is_told_once(tx: Connection, plan: Analysis) -> None:
    id = put_right(tx, of(plan, "8%").commitment_id, "value", 10)
    other = put_right(tx, of(plan, "2次").commitment_id, "value", 3)
    assert note_stale(tx, derive(tx, {}, is_ended=False), NOW, "2026-W47") == 0
    number = derive(tx, {"a": [read(PLAN.replace("8%", "6%"))]})
    assert [(one.id, why) for one, why in find_stale(tx)] == [(id, "现行文本中已没有这段话")]
    assert note_stale(tx, number, NOW, "2026-W47") == 1
    assert note_stale(tx, derive(tx, {}), NOW, "2026-W48") == 0
    assert told(tx) == [(id, "2026-W47")]
    assert other not in {one.id for one, _ in find_stale(tx)}


def test_one_that_fitted_again_in_between_is_told_again(tx: Connection, plan: Analysis) -> None:
    id = put_right(tx, of(plan, "8%").commitment_id, "value", 10)
    for week, text in (
        ("2026-W46", PLAN.replace("8%", "6%")),
        ("2026-W47", PLAN),
        ("2026-W48", PLAN.replace("8%", "5%")),
    ):
        note_stale(tx, derive(tx, {"a": [read(text)]}), NOW, week)
    assert told(tx) == [(id, "2026-W46"), (id, "2026-W48")]


def test_one_that_turned_stale_in_a_run_that_was_killed_is_told_by_the_next(tx: Connection, plan: Analysis) -> None:
    id = put_right(tx, of(plan, "8%").commitment_id, "value", 10)
    derive(tx, {"a": [read(PLAN.replace("8%", "6%"))]}, is_ended=False)
    note_stale(tx, derive(tx, {}, is_ended=False), NOW, "2026-W47")
    assert told(tx) == [(id, "2026-W47")]


def test_stale_corrections_are_those_of_the_cut(tx: Connection, plan: Analysis) -> None:
    put_right(tx, of(plan, "8%").commitment_id, "value", 10)
    store.change(tx, derived.corrections, {"field": "value"}, at="2026-11-01T00:00:00.000000Z")
    derive(tx, {"a": [read(PLAN.replace("8%", "6%"))]})
    assert [len(find_stale(tx, cut)) for cut in (1, 2, None)] == [0, 1, 1]


def test_a_part_of_an_export_has_the_corrections_of_that_part(tx: Connection, plan: Analysis) -> None:
    other = read(PLAN.replace("青榆", "云岚"), "other.txt")
    derive(tx, {"b": [other]})
    put_right(tx, of(plan, "8%").commitment_id, "value", 10)
    put_right(tx, of(other, "8%").commitment_id, "value", 11)
    found: Corrected = corrected(View(tx), doc_ids=[other.document.doc_id])
    assert (found.rows["value"].tolist(), found.rows["state"].tolist()) == ([11.0], ["applied"])
    assert cell(found.export, "commitments", "value", "8%") == 11


def test_a_part_of_an_archive_has_only_its_own(tx: Connection) -> None:
    members = [member(1), member(2)]
    derive(tx, {"a": members})
    for number, one in enumerate(members):
        put_right(tx, of(one, "8%").commitment_id, "value", number)
    found = corrected(View(tx), doc_ids=[members[1].document.doc_id])
    assert found.export.documents["name"].tolist() == ["a.zip/2.txt"]
    assert (found.rows["value"].tolist(), found.rows["state"].tolist()) == ([1.0], ["applied"])


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[tuple[Workspace, Analysis]]:
    with opened(tmp_path / "w") as made:
        analysis = read()
        with made.writing() as connection:
            derive(connection, {"a": [analysis]})
        yield made, analysis


def written(path: Path, *rows: object) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_file_of_corrections_is_taken_and_listed(shelf: tuple[Workspace, Analysis], tmp_path: Path) -> None:
    made, plan = shelf
    one = of(plan, "8%")
    path = written(
        tmp_path / "right.jsonl",
        "\ufeff"
        + json.dumps(
            {"commitment_id": one.commitment_id, "field": "value", "value": 10, "by": "王", "why": "原文为10%"}
        ),
        "",
        {"name": "plan.txt", "field": "year", "value": 2025, "by": "李"},
        {"doc_id": plan.document.doc_id, "section_id": one.section.section_id, "heading": 4},
    )
    lines = correct(made, path, now=clock)
    assert lines[0] == "更正3处。各表、导出和周报自下次生成起按更正后的内容。"
    assert lines[1] == (
        "  #1　《青榆县2024年法治政府建设工作计划》承诺“行政诉讼败诉率控制在8%以内”　数值：8 → 10（王，2026-11-22，原文为10%）"
    )
    assert lines[2] == "  #2　《青榆县2024年法治政府建设工作计划》　年份：2024 → 2025（李，2026-11-22）"
    assert list_lines(made)[0] == "更正3处："
    assert correct(made, path, now=clock)[0].startswith("更正0处，另有3处与已有的更正相同")
    assert undo(made, 2, now=clock)[1] == lines[2]
    assert [line[:5] for line in list_lines(made)[1:]] == ["  #1　", "  #3　"]
    with made.writing() as connection:
        derive(connection, {"a": [read(PLAN.replace("8%", "6%"))]})
    lines = list_lines(made)
    assert lines[0] == "更正2处，其中2处已失效，没有采用，请重新核对："
    assert lines[1].endswith("　※现行文本中已没有这段话")
    assert len(read_workspace(made.folder).commitments) == 3


def test_a_workspace_without_corrections_says_so(shelf: tuple[Workspace, Analysis]) -> None:
    assert list_lines(shelf[0]) == ("没有更正。",)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        pytest.param("{", "line 2: expected a JSON object", id="no JSON"),
        pytest.param("[]", "line 2: expected a JSON object", id="no object"),
        pytest.param({"field": "year", "value": 1}, "line 2: expected commitment_id, section_id, doc_id or name", id="of what"),
        pytest.param({"name": "plan.txt", "field": "year"}, "line 2: expected a value for year, got none", id="no value"),
        pytest.param({"name": "plan.txt", "value": 2024}, "line 2: expected field and value, got name, value", id="no field"),
        pytest.param({"name": "plan.txt", "field": "year", "value": 1}, "line 2: year of a document: expected a whole", id="value"),
        pytest.param({"name": "plan.txt", "feild": "year", "value": 1}, "line 2: expected the keys doc_id, name", id="a key"),
        pytest.param({"name": 7, "field": "year", "value": 2024}, "line 2: expected a text for name, got 7", id="no text"),
        pytest.param({"name": "b.txt", "field": "year", "value": 2024}, "line 2: no document 'b.txt'", id="no document"),
        pytest.param(
            {"section_id": "a", "commitment_id": "b", "field": "heading", "value": 1}, "line 2: expected a section_id or a",
            id="two records",
        ),
    ],
)  # fmt: skip
def test_a_line_that_is_no_correction_is_named_and_none_is_stored(
    shelf: tuple[Workspace, Analysis], tmp_path: Path, row: object, message: str
) -> None:
    made, _ = shelf
    path = written(tmp_path / "right.jsonl", {"name": "plan.txt", "field": "year", "value": 2025}, row)
    with pytest.raises(PipelineError) as refused:
        correct(made, path)
    assert message in str(refused.value)
    assert list_lines(made) == ("没有更正。",)


def test_an_empty_file_and_one_that_is_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="got an empty file"):
        read_corrections(written(tmp_path / "empty.jsonl", ""))
    with pytest.raises(NotFoundError, match="no file"):
        read_corrections(tmp_path / "nowhere.jsonl")


def test_what_training_learns_from_is_taken(tmp_path: Path) -> None:
    rows = ({"doc_id": "d", "section_id": "s", "heading": 5, "items": ["12"], "alt": [2]},)
    found = read_corrections(written(tmp_path / "right.jsonl", *rows))
    assert [(one.record, one.id, one.document, one.field, one.value) for one in found] == [
        ("section", "s", "d", "heading", 5),
        ("section", "s", "d", "items", ["12"]),
    ]
