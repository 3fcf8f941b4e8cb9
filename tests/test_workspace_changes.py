"""What is otherwise between two readings, told at the level at which people think of it."""

from datetime import date
from typing import Any

import pytest

from pipeline.analyze import analyze_page
from pipeline.records import Page
from pipeline.workspace import changes
from pipeline.workspace.versions import Paper, paper_of, text_digest
from tests import factories

LONG = (
    "为深入推进全县法治政府建设，各镇各部门要把法治政府建设摆在全局工作的突出位置，主要负责人切实履行第一责任人职责，"
)


def paper(text: str = "一、总体要求。\n", name: str = "http://www.yunling.test/plan.html", **about: Any) -> Paper:
    """A paper that says *text*."""
    made = paper_of(analyze_page(Page("a.txt", factories.TEXT.encode())))
    return Paper({**made.about, "name": name, **about}, text, [], [])


def test_a_paper_is_what_comes_back_from_the_database() -> None:
    made = paper_of(analyze_page(Page("plan.txt", ("青榆县2023年工作计划\n" + factories.TEXT).encode())))
    assert type(made.about["notes"]) is list
    assert {type(row["items"]) for row in made.sections} == {list}
    assert {row["section_id"] for row in made.commitments} <= {row["section_id"] for row in made.sections}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        pytest.param("败诉率控制在8%以内。", "败诉率控制在8%以内。", True, id="the same"),
        pytest.param("败诉率控制在8%以内。", "败诉率控制\n在8%以内。\n", True, id="a line break"),
        pytest.param("败诉率控制在8%以内（全年）。", "败诉率控制在８％以内(全年)。", True, id="full-width forms"),
        pytest.param(
            "甲。\n打印时间：2026-11-17 10:22:11\n", "甲。\n打印时间：2026-11-18 09:00:00\n", True, id="a moment"
        ),
        pytest.param(
            "甲。\n2026年11月17日 10:22\n", "甲。\n2026年11月18日 09:01\n", True, id="a moment without a word"
        ),
        *(
            pytest.param(f"甲。\n{one}", f"甲。\n{other}", True, id=one)
            for one, other in (
                ("本文已被阅读71次", "本文已被阅读72次"),
                ("（阅读73次）", "（阅读1,074次）"),
                ("已阅：75人", "已阅：76人"),
                ("本页面已被访问81次", "本页面已被访问82次"),
                ("阅读人数：82", "阅读人数：83"),
                ("浏览数：83 人", "浏览数：84 人"),
                ("分享次数：86", "分享次数：87"),
                ("已有92人浏览", "已有93人浏览"),
                ("距今已发布78天", "距今已发布85天"),
                ("有效状态：有效（还有88天）", "有效状态：有效（还有81天）"),
                ("打印时间：2026年11月22日", "打印时间：2026年11月29日"),
            )
        ),
        pytest.param(
            "甲。\n访问量达到10万次以上。", "甲。\n访问量达到20万次以上。", False, id="a counter that is promised"
        ),
        pytest.param("全年培训4次", "全年培训6次", False, id="a row of a table"),
        pytest.param("甲。\n2026年3月6日\n", "甲。\n2026年3月9日\n", False, id="a day is that of a signature"),
        pytest.param(
            "自2026年3月6日 8:00起施行。", "自2026年3月9日 8:00起施行。", False, id="a moment within a sentence"
        ),
        pytest.param("败诉率控制在8%以内。", "败诉率控制在10%以内。", False, id="a figure"),
        pytest.param("达到9.5%。", "达到95%。", False, id="a decimal point"),
        pytest.param("不高于8%。", "不低于8%。", False, id="a word"),
    ],
)
def test_texts_are_told_apart_by_what_they_say(one: str, other: str, is_same: bool) -> None:
    assert (text_digest([paper(one)]) == text_digest([paper(other)])) is is_same


def test_two_papers_are_not_one_of_both_texts() -> None:
    assert text_digest([paper("甲"), paper("乙")]) != text_digest([paper("甲乙")])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param({}, {}, {}, id="nothing"),
        pytest.param({"title": "工作计划"}, {"title": "工作要点"}, {"title": ["工作计划", "工作要点"]}, id="a title"),
        pytest.param({"title": "工作 计划"}, {"title": "工作计划"}, {}, id="a blank in a title"),
        pytest.param({"published": date(2024, 3, 6)}, {"published": None}, {"published": ["2024-03-06", None]}, id="a date"),
        pytest.param({"year": 2023}, {"year": 2024}, {"year": [2023, 2024]}, id="a year"),
        pytest.param({"quality": 0.5, "notes": []}, {"quality": 0.9, "notes": ["甲"]}, {}, id="how well it was read"),
        pytest.param({"url": "http://a.test/1"}, {"url": "http://a.test/2"}, {}, id="where it was read"),
    ],
)  # fmt: skip
def test_metadata_that_are_otherwise_are_named_with_both_values(
    before: dict[str, Any], after: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert changes.fields_between([paper(**before)], [paper(**after)]) == expected


@pytest.mark.parametrize(
    ("old", "new", "dropped", "added"),
    [
        pytest.param("甲。乙。\n丙。", "甲。乙。\n丙。", [], [], id="nothing"),
        pytest.param("甲。乙。", "甲。丁。", ["乙。"], ["丁。"], id="one for another"),
        pytest.param("甲。\n乙。\n", "乙。\n甲。\n", [], [], id="another order"),
        pytest.param("甲。甲。乙。", "甲。乙。", ["甲。"], [], id="one of two alike"),
        pytest.param("（一）甲；（二）乙。", "(一)甲；(二)丙。", ["（二）乙。"], ["(二)丙。"], id="full-width forms aside"),
        pytest.param("".join(f"第{n}项。" for n in range(30)), "", [f"第{n}项。" for n in range(20)], [], id="twenty at most"),
    ],
)  # fmt: skip
def test_sentences_that_one_side_has_alone_are_shown(old: str, new: str, dropped: list[str], added: list[str]) -> None:
    assert changes.sentences_between([paper(old)], [paper(new)]) == {"dropped": dropped, "added": added}


def test_of_a_long_sentence_the_place_is_shown_where_it_differs() -> None:
    old, new = (f"{LONG * 3}败诉率控制在{share}%以内，{LONG}。" for share in (8, 10))
    told = changes.sentences_between([paper(old)], [paper(new)])
    (dropped,), (added,) = told["dropped"], told["added"]
    assert "8%" in dropped
    assert "10%" in added
    assert max(len(dropped), len(added)) <= changes.LONGEST_SENTENCE
    assert (dropped[0], dropped[-1]) == ("…", "…")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param({}, {"year": 2024}, False, id="another year under one title"),
        pytest.param({}, {"title": "青榆县2023年法治政府建设要点"}, False, id="another title, and nothing else"),
        pytest.param({}, {"title": "青榆县2024年工作计划", "year": 2024}, True, id="title and year"),
        pytest.param({}, {"title": "青榆县2023年报告", "kind": "report"}, True, id="title and kind"),
        pytest.param({}, {"title": "云岭县2023年计划", "jurisdiction": "云岭县"}, True, id="title and place"),
        pytest.param({}, {"title": "要点", "year": None}, False, id="title, and a year that nobody knows"),
    ],
)
def test_another_document_at_an_address_is_told_by_title_and_what_it_is_about(
    before: dict[str, Any], after: dict[str, Any], expected: bool
) -> None:
    known = {"title": "青榆县2023年工作计划", "year": 2023, "kind": "plan", "jurisdiction": "青榆县"}
    one, other = paper("甲事。乙事。", **known | before), paper("丙事。丁事。", **known | after)
    assert changes.is_other_work([one], [other]) is expected
    assert not changes.is_other_work([one], [Paper(other.about, one.text, [], [])])  # most of the text is the same


@pytest.mark.parametrize(
    ("text", "other", "files", "expected"),
    [
        pytest.param("甲" * 300, {}, ["b"], True, id="a long text is one document, whatever is attached"),
        pytest.param("甲" * 300, {"title": "工作要点"}, ["a"], True, id="a long text under another title"),
        pytest.param("甲" * 300, {"title": "2024年要点", "year": 2024}, ["a"], False, id="a wrong text under next year's title"),
        pytest.param("见附件。", {}, ["a"], True, id="few words above the same file"),
        pytest.param("见附件。", {}, ["b"], False, id="few words above another file"),
        pytest.param("见附件。", {"title": "工作要点"}, ["a"], False, id="few words under another title"),
        pytest.param("见附件。", {"jurisdiction": "云岭县"}, ["a"], False, id="few words of another place"),
    ],
)  # fmt: skip
def test_one_text_at_two_addresses_is_one_document_where_it_says_enough(
    text: str, other: dict[str, Any], files: list[str], expected: bool
) -> None:
    known = {"title": "2023年工作计划", "year": 2023, "jurisdiction": "青榆县"}
    one, two = paper(text, **known), paper(text, **known | other)
    assert changes.is_same_work([one], ["a"], [two], files) is expected


def test_papers_of_a_bundle_are_paired_by_name_then_by_title_then_what_is_left() -> None:
    one = [paper(name="a", title="甲"), paper(name="b", title="乙"), paper(name="c", title="丙")]
    other = [paper(name="d", title="乙"), paper(name="e", title="丁"), paper(name="a", title="戊")]
    pairs = [(a.name, b.name) for a, b in changes.pair_papers(one, other)]
    assert pairs == [("a", "a"), ("b", "d"), ("c", "e")]
    assert changes.pair_papers(one, other[:1]) == [(one[1], other[0])]
    assert changes.pair_papers([], other) == []


def rows(*quotes: str, shift: int = 0) -> list[dict[str, Any]]:
    return [
        {"commitment_id": f"{place + shift} {quote}", "start": place + shift, "quote": quote, "value_text": "8%",
         "type": "quantity", "value": 8.0}
        for place, quote in enumerate(quotes)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(rows("甲", "乙"), rows("甲", "乙"), (0, 0, 0), id="nothing"),
        pytest.param(rows("甲", "乙"), rows("甲"), (0, 1, 0), id="one is gone"),
        pytest.param(rows("甲"), rows("甲", "乙"), (1, 0, 0), id="one came"),
        pytest.param(rows("甲"), [{**rows("甲")[0], "value": 9.0}], (0, 0, 1), id="another value"),
        pytest.param(rows("甲", "乙"), rows("甲", "乙", shift=1), (0, 0, 2), id="all moved by a character"),
        pytest.param(rows("甲", "甲"), rows("甲", shift=5), (0, 1, 1), id="one of two alike is gone, the other moved"),
    ],
)
def test_records_that_moved_under_other_rules_are_counted(
    old: list[dict[str, Any]], new: list[dict[str, Any]], expected: tuple[int, int, int]
) -> None:
    one, other = (Paper(paper().about, "甲", [], side) for side in (old, new))
    told = changes.counts_between([one], [other])
    assert told["commitments"] == dict(zip(("added", "dropped", "changed"), expected, strict=True))
    assert told["sections"] == {"added": 0, "dropped": 0, "changed": 0}
    assert told["fields"] == []


def test_fields_and_text_that_moved_are_named() -> None:
    one, other = paper("甲", title="甲", notes=[]), paper("乙", title="乙", notes=["丙"])
    assert changes.counts_between([one], [other])["fields"] == ["notes", "text", "title"]
