"""The page of a document: its text unchanged, each value marked once, each record listed once, nothing loaded."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from typer.testing import CliRunner

from pipeline import Page, analyze_page
from pipeline.cli import app
from pipeline.colours import HEADING_COLOURS, STANCE_COLOURS
from pipeline.html_files import is_page, page_name, write_pages
from pipeline.html_page import MOST_TOPICS, REASON_LABELS, figure, percent, render_page
from pipeline.inputs import find_inputs
from pipeline.records import Analysis, ItemMatch, Reason
from pipeline.reference import indicators
from tests import factories

HOSTILE = '<script>alert("法")</script>&amp;</style>\'{text}'


def parsed(analysis: Analysis) -> LexborHTMLParser:
    return LexborHTMLParser(render_page(analysis))


def one(page: LexborHTMLParser, selector: str) -> LexborNode:
    (node,) = page.css(selector)
    return node


def said(mark: LexborNode) -> dict[str, str]:
    """What is shown on hover, by the name of the field."""
    lines = (mark.attributes["data-said"] or "").split("\n")
    return dict(line.split("　", 1) for line in lines if "　" in line)


def chips(page: LexborHTMLParser) -> list[tuple[str, str | None]]:
    """How each line begins that says its heading, and what it says."""
    lines = [(line, line.css(".chip")) for line in page.css("article > .block:not(.wide), article tr")]
    return [(line.text()[:3], chip.attributes["data-heading"]) for line, found in lines for chip in found]


def relabelled(*labels: dict[str, Any], of: Analysis | None = None) -> Analysis:
    """The analysis *of* a document, as the factory has it, whose first sections have other labels."""
    made = of or factories.analysis()
    known: dict[str, Any] = {}
    for place, section in enumerate(made.sections):
        fields = labels[place] if place < len(labels) else {}
        parent = known[section.parent.section_id] if section.parent else None
        known[section.section_id] = replace(section, parent=parent, **fields)
    values = tuple(replace(item, section=known[item.section.section_id]) for item in made.commitments)
    return replace(made, sections=tuple(known.values()), commitments=values)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def demo(demo_corpus: Path) -> list[Analysis]:
    files = sorted(path for path in demo_corpus.iterdir() if path.suffix in (".txt", ".html"))
    return [analyze_page(Page(path.name, path.read_bytes()), explain=True) for path in files]


@pytest.fixture(scope="module")
def pages(demo: list[Analysis]) -> list[LexborHTMLParser]:
    return [parsed(analysis) for analysis in demo]


@pytest.fixture(scope="module")
def page() -> LexborHTMLParser:
    return parsed(factories.analysis())


# --- the text ------------------------------------------------------------------------------------------------------


def test_the_text_of_the_page_is_that_of_the_document(demo: list[Analysis], pages: list[LexborHTMLParser]) -> None:
    for analysis, page in zip(demo, pages, strict=True):
        assert squeezed(one(page, "article").text()) == squeezed(analysis.document.text)


def test_each_line_of_a_text_is_a_block(page: LexborHTMLParser) -> None:
    blocks = [block.text().strip() for block in page.css("article > *")]
    assert blocks == factories.TEXT.strip().split("\n")


def test_titles_are_headings_or_bold(page: LexborHTMLParser) -> None:
    assert [node.text() for node in page.css("article h2")] == ["一、总体要求", "二、重点任务"]
    assert [node.text() for node in page.css("article strong")] == ["(一)规范行政执法", "(二)化解矛盾纠纷"]


def test_blocks_have_the_colour_of_their_heading_and_say_it_where_it_changes(page: LexborHTMLParser) -> None:
    assert chips(page) == [("一、总", "1 总体要求"), ("(一)", "5 行政执法"), ("(二)", "7 纠纷化解")]
    assert "h5" in (page.css("article > *")[4].attributes["class"] or "").split()


def test_rows_with_tabs_are_a_table() -> None:
    plan = factories.document(
        "一、任务\n序号\t任务\t时限\n1\t案卷评查合格率95%\t年底前\n\t抽查2次\t\n以上各项抓好落实。\n"
    )
    part = factories.section(plan, "一", "任务")
    values = (
        factories.commitment(plan, part, "案卷评查合格率95%", "95%"),
        factories.commitment(plan, part, "抽查2次", "2次"),
    )
    page = parsed(Analysis(plan, (part,), values))
    cells = [[cell.text() for cell in row.css("td")] for row in page.css("article table tr")]
    assert cells == [["序号", "任务", "时限"], ["1", "案卷评查合格率95%", "年底前"], ["", "抽查2次", ""]]
    assert [mark.text() for mark in page.css("article td a.v")] == ["95%", "2次"]


# --- values and records --------------------------------------------------------------------------------------------


def test_each_commitment_is_marked_once_and_listed_once(demo: list[Analysis], pages: list[LexborHTMLParser]) -> None:
    for analysis, page in zip(demo, pages, strict=True):
        wanted = list(range(1, len(analysis.commitments) + 1))
        assert [record.attributes["id"] for record in page.css(".records ol > li")] == [f"r{place}" for place in wanted]
        feet = [int(part) for foot in page.css("article i[data-n]") for part in foot.attributes["data-n"].split("·")]
        assert feet == wanted
        marks = [(mark.text(), mark.attributes["href"]) for mark in page.css("article a.v[id]")]
        assert marks == [(item.value_text, f"#r{place}") for place, item in enumerate(analysis.commitments, 1)]


def test_a_value_tells_its_fields_on_hover(page: LexborHTMLParser) -> None:
    first = said(page.css("article a.v")[0])
    expected = {
        "数值": "每年≥60学时", "对象": "行政执法人员…培训", "性质": "目标", "类型": "数量", "牵头": "县司法局", "配合": "县财政局",
        "纲要标题": "5 行政执法", "置信度": "1.00", "规则": "factory",
    }  # fmt: skip
    assert first == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(None, "行政处罚案件数、night_market", id="the bundled ones"),
        pytest.param({}, "行政处罚案件数、night_market", id="none of one's own"),
        pytest.param(
            {"night_market": "夜市检查次数"}, "行政处罚案件数、夜市检查次数", id="one's own beside the bundled"
        ),
        pytest.param({"penalty_cases": "罚案"}, "罚案、night_market", id="one's own in place of a bundled one"),
    ],
)
def test_indicators_are_named_by_ones_own_names_and_the_bundled_ones(
    names: dict[str, str] | None, expected: str
) -> None:
    plan = factories.analysis()
    linked = tuple(replace(item, indicators=("penalty_cases", "night_market")) for item in plan.commitments)
    page = LexborHTMLParser(render_page(replace(plan, commitments=linked), indicator_names=names))
    bundled = next(one.name for one in indicators() if one.id == "penalty_cases")
    assert said(page.css("article a.v")[0])["指标"] == expected.replace("行政处罚案件数", bundled)


def test_the_record_below_has_the_same_fields_for_whoever_cannot_hover(pages: list[LexborHTMLParser]) -> None:
    for page in pages:
        for mark in page.css("article a.v[id]"):
            record = one(page, f"#{mark.attributes['aria-describedby']}")
            names = [node.text() for node in record.css("dt")]
            listed = dict(zip(names, [node.text() for node in record.css("dd")], strict=True))
            listed["数值"], listed["对象"] = one_text(record, ".figure"), one_text(record, ".subject")
            assert said(mark).items() <= listed.items()
            assert listed["原文"] == mark.text()
            assert one_link(record) == f"#{mark.attributes['id']}"


def one_text(node: LexborNode, selector: str) -> str:
    (found,) = node.css(selector)
    return str(found.text())


def one_link(record: LexborNode) -> str | None:
    (link,) = record.css("a.back")
    return link.attributes["href"]


def test_stance_and_type_are_classes_of_the_mark() -> None:
    plan = factories.analysis()
    report = replace(
        plan, commitments=tuple(replace(item, stance="result", type="universal") for item in plan.commitments)
    )
    assert {mark.attributes["class"] for mark in parsed(report).css("article a.v")} == {"v result universal"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"comparator": ">=", "value": 95.0, "unit": "%"}, "≥95%", id="a bound"),
        pytest.param({"comparator": "=", "value": 12000.0, "unit": "件"}, "12,000件", id="a plain number has no sign"),
        pytest.param({"comparator": "range", "value": 1.0, "value_max": 2.0, "unit": "件", "period": "year"}, "每年1—2件", id="a range a year"),
        pytest.param({"comparator": "increase", "bound": ">=", "value": 5.0, "unit": "个百分点"}, "增加≥5个百分点", id="a change"),
        pytest.param({"period": "month", "unit": "次"}, "每月", id="a bare frequency has no unit"),
        pytest.param({"period": "year", "every": 2, "comparator": "=", "value": 1.0, "unit": "次"}, "每2年1次", id="every other year"),
        pytest.param({"type": "deadline", "deadline": date(2024, 12, 31)}, "至2024-12-31", id="a date"),
        pytest.param({"type": "deadline"}, "95%", id="what is not known is shown as printed"),
        pytest.param({"type": "benchmark", "comparator": "<", "reference": "全省平均值"}, "<全省平均值", id="a benchmark"),
    ],
)  # fmt: skip
def test_a_figure_says_the_most_in_the_fewest_signs(fields: dict[str, Any], expected: str) -> None:
    plan = factories.document("一、任务\n合格率95%。\n")
    item = factories.commitment(plan, factories.section(plan, "一", "任务"), "合格率95%", "95%", **fields)
    assert figure(item) == expected


def test_values_that_share_words_share_a_mark_and_have_a_record_each() -> None:
    plan = factories.document("一、任务\n合格率由80%提高到95%以上。\n")
    part = factories.section(plan, "一", "任务")
    values = tuple(
        factories.commitment(plan, part, "合格率由80%提高到95%以上", text) for text in ("80%提高到95%", "95%以上")
    )
    page = parsed(Analysis(plan, (part,), values))
    assert [mark.text() for mark in page.css("article a.v")] == ["80%提高到95%以上"]
    assert one(page, "article i").attributes["data-n"] == "1·2"
    assert [one_link(record) for record in page.css(".records li")] == ["#v1", "#v1"]


def test_a_value_that_runs_over_lines_is_marked_in_both_and_numbered_once() -> None:
    plan = factories.document("一、任务\n合格率95%\n以上。\n")
    part = factories.section(plan, "一", "任务")
    page = parsed(Analysis(plan, (part,), (factories.commitment(plan, part, "合格率95%\n以上", "95%\n以上"),)))
    assert [mark.text() for mark in page.css("article a.v")] == ["95%", "以上"]
    assert len(page.css("#v1")) == len(page.css("article i")) == 1


# --- numbers that are none -----------------------------------------------------------------------------------------


def test_every_number_that_is_none_tells_why(demo: list[Analysis], pages: list[LexborHTMLParser]) -> None:
    for analysis, page in zip(demo, pages, strict=True):
        told = [mark.attributes["data-said"] for mark in page.css("article span.n[id]")]
        assert told == [REASON_LABELS[number.reason] for number in analysis.numbers if number.reason]
        assert len(page.css(".records details a")) == len(told)


def test_a_date_beside_its_value_leads_to_the_record() -> None:
    plan = factories.document("一、任务\n年底前，合格率达到95%。\n")
    part = factories.section(plan, "一", "任务")
    item = factories.commitment(plan, part, "合格率达到95%", "95%")
    numbers = tuple(factories.number(plan, text, commitment_id=item.commitment_id) for text in ("年底前", "95%"))
    page = parsed(Analysis(plan, (part,), (item,), numbers))
    mark = one(page, "article a.p")
    assert (mark.text(), mark.attributes["href"]) == ("年底前", "#r1")
    assert (mark.attributes["data-said"] or "").startswith("属于第 1 条\n")


def test_a_number_whose_commitment_was_left_out_says_so() -> None:
    full = factories.analysis()
    page = parsed(replace(full, commitments=full.commitments[1:]))
    assert "置信度不足，没有列入" in [mark.attributes["data-said"] for mark in page.css("article .n")]


def test_every_reason_has_words_for_the_reader() -> None:
    assert set(REASON_LABELS) == set(get_args(Reason))


# --- the tree and the head -----------------------------------------------------------------------------------------


def test_the_tree_holds_the_titled_sections_with_their_counts(page: LexborHTMLParser) -> None:
    told = [(link.attributes["class"], [part.text() for part in link.css("span")]) for link in page.css("nav.tree a")]
    assert told == [
        ("h1", ["一", "总体要求"]), ("h0", ["二", "重点任务", "3"]), ("h5", ["(一)", "规范行政执法", "2"]), ("h7", ["(二)", "化解矛盾纠纷", "1"]),
    ]  # fmt: skip
    assert len(page.css("nav.tree > ol > li > ol > li")) == 2


def test_the_head_says_what_the_document_is_and_which_headings_it_leaves_out(page: LexborHTMLParser) -> None:
    assert one(page, "h1").text() == "青榆县2023年法治政府建设工作计划"
    assert "青榆县人民政府" in one(page, ".facts").text()
    absent = [node.text() for node in page.css(".headings .absent")]
    assert len(absent) == 7
    assert absent[0] == "2政府职能 无"


def test_a_document_without_sections_values_or_metadata_has_a_page() -> None:
    page = parsed(Analysis(factories.document("通知如下。\n", title=None, year=None, kind="other"), (), ()))
    assert one(page, "h1").text() == "qingyu-2023-plan.txt"
    assert page.css("nav") == []
    assert "没有读出承诺或者结果。" in one(page, ".records").text()


# --- what the labelling says ---------------------------------------------------------------------------------------

SURE: dict[str, Any] = {"heading_score": 0.9234, "heading_runner_up": 8}
DOUBTFUL: dict[str, Any] = {"heading_score": 0.1, "heading_runner_up": 2, "is_unsure": True}


def branches(page: LexborHTMLParser) -> dict[str, LexborNode]:
    """The branches of the tree by title."""
    return {one_text(link, ".name"): link.parent for link in page.css("nav.tree a") if link.parent}


def topics(branch: LexborNode) -> list[str]:
    """The lines below the title of a branch, not those of the branches within."""
    lists = [node for node in branch.css("ul") if node.parent and node.parent.mem_id == branch.mem_id]
    return [
        " ".join(part.text() for part in line.css("span")) or line.text() for one in lists for line in one.css("li")
    ]


def test_a_heading_is_said_with_its_probability_and_the_next_one_in_tree_text_and_list() -> None:
    page = parsed(relabelled({}, {}, SURE))
    said_of_it = "5 行政执法 92%，其次 8 权力监督"
    assert branches(page)["规范行政执法"].css_first("a").attributes["data-said"] == said_of_it
    chip = page.css("article .chip")[1]
    assert (chip.attributes["data-said"], chip.attributes["href"]) == (said_of_it, "#c3")
    assert squeezed(one(page, "#c3").text()) == squeezed(f"(一)规范行政执法{said_of_it}")
    assert page.css(".doubt, .unsure") == []


def test_no_heading_is_said_to_be_certain_or_surer_than_it_is() -> None:
    assert [percent(score) for score in (1.0, 0.99996, 0.4799, 0.29, 0.0)] == ["99%", "99%", "47%", "29%", "0%"]


def test_a_section_that_was_not_labelled_says_nothing() -> None:
    bare = {"heading": None, "heading_score": None}
    page = parsed(relabelled(bare, bare, bare, bare))
    assert page.css("nav.tree [data-said], .chip, .labels, .doubt") == []


def test_doubt_is_shown_in_the_tree_in_the_text_in_the_list_and_at_each_value() -> None:
    page = parsed(relabelled({}, {}, DOUBTFUL))
    marked = [name for name, branch in branches(page).items() if branch.css_first("a").css(".doubt")]
    assert marked == ["规范行政执法"]
    assert chips(page)[1] == ("(一)", "5 行政执法 存疑")
    assert "存疑" in (page.css("article .chip")[1].attributes["data-said"] or "")
    assert [block.attributes["id"] for block in page.css("article .unsure")] == ["s3"]
    assert [row.attributes["id"] for row in page.css(".labels li") if row.css(".doubt")] == ["c3"]
    assert one_text(page.css_first(".labels"), "summary") == "各章节的归类和纲要条目（4 个，存疑 1 个）"
    told = [said(mark)["纲要标题"] for mark in page.css("article a.v")]
    assert told == ["5 行政执法（存疑）", "5 行政执法（存疑）", "7 纠纷化解"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        pytest.param([{}, {}, {}, {"heading": 5}], [("一、总", "1 总体要求"), ("(一)", "5 行政执法")], id="the same heading as above, and sure: not said again"),
        pytest.param([{}, {}, {}, {"heading": 5, **DOUBTFUL}], [("一、总", "1 总体要求"), ("(一)", "5 行政执法"), ("(二)", "5 行政执法 存疑")], id="the same heading as above: said for the doubt"),
        pytest.param([{}, DOUBTFUL, SURE, {"heading": 5}], [("一、总", "1 总体要求"), ("二、重", "未归类 存疑"), ("(一)", "5 行政执法")], id="no heading, in doubt"),
        pytest.param([DOUBTFUL], [("一、总", "1 总体要求 存疑"), ("(一)", "5 行政执法"), ("(二)", "7 纠纷化解")], id="once, not in each paragraph of the section"),
    ],
)  # fmt: skip
def test_a_doubtful_section_says_its_heading_once(
    labels: list[dict[str, Any]], expected: list[tuple[str, str]]
) -> None:
    assert chips(parsed(relabelled(*labels))) == expected


def test_items_stand_below_their_section_in_the_tree_and_tell_on_hover_what_decided() -> None:
    found = (ItemMatch("26", 0.981, ("执法监督", "近似：甲")), ItemMatch("19", 0.4, ()))
    page = parsed(relabelled({}, {}, {"items": found}))
    shown = branches(page)
    assert topics(shown["规范行政执法"]) == [
        "26 加强对行政执法制约和监督",
        "19 引导、规范基层组织和社会力量参与突发事件应对",
    ]
    lines = shown["规范行政执法"].css("ul li")
    assert [line.attributes["data-said"] for line in lines] == [
        "26 加强对行政执法制约和监督 98%\n依据　执法监督；近似：甲",
        "19 引导、规范基层组织和社会力量参与突发事件应对 40%",
    ]
    assert [line.attributes["class"] for line in lines] == ["h8", "h6"], "the colour is that of the item's own heading"
    listed = [line.text() for line in one(page, "#c3").css("p")]
    assert listed[0] == "26 加强对行政执法制约和监督 98%：执法监督；近似：甲"
    assert topics(shown["化解矛盾纠纷"]) == topics(shown["重点任务"]) == []


def of_paragraphs(*items: ItemMatch) -> Analysis:
    """A chapter of a paragraph an item, none of which has a branch of its own, and one that has."""
    lines = [f"第{place}段说的事。" for place in range(len(items))]
    report = factories.document("一、主要工作\n" + "\n".join(lines) + "\n(一)规范行政执法。\n")
    chapter = factories.section(report, "一", "主要工作", heading=0)
    starts = [report.text.index(line) for line in lines]
    parts = [
        replace(factories.section(report, "", line, chapter, 0, end=start + len(line) + 1), title="", items=(match,))
        for line, start, match in zip(lines, starts, items, strict=True)
    ]
    other = factories.section(report, "(一)", "规范行政执法", chapter, 2, items=(ItemMatch("13", 0.99, ()),))
    return Analysis(report, (chapter, *parts, other), ())


def test_a_chapter_of_paragraphs_shows_their_items_each_once_the_surest_first() -> None:
    told = of_paragraphs(ItemMatch("15", 0.5, ("甲",)), ItemMatch("26", 0.8, ()), ItemMatch("15", 0.9, ("乙",)))
    shown = branches(parsed(told))["主要工作"]
    assert topics(shown) == ["15 完善行政执法程序", "26 加强对行政执法制约和监督"]
    assert "乙" in (shown.css("ul li")[0].attributes["data-said"] or "")


def test_a_chapter_with_items_of_its_own_shows_no_others() -> None:
    told = of_paragraphs(ItemMatch("15", 0.5, ()))
    assert topics(branches(parsed(relabelled({"items": (ItemMatch("33", 0.6, ()),)}, of=told)))["主要工作"]) == [
        "33 完善法治政府建设推进机制"
    ]


def test_the_tree_leaves_out_what_would_crowd_it_and_says_how_much() -> None:
    many = [ItemMatch(str(number), 0.9, ()) for number in range(1, MOST_TOPICS + 4)]
    page = parsed(of_paragraphs(*many))
    assert topics(branches(page)["主要工作"])[MOST_TOPICS:] == ["另有 3 条"]
    assert len(page.css(".labels p")) == len(many) + 1


def test_every_item_of_a_document_is_listed_and_the_tree_has_none_but_these(
    demo: list[Analysis], pages: list[LexborHTMLParser]
) -> None:
    for analysis, page in zip(demo, pages, strict=True):
        found = [match.item for part in analysis.sections for match in part.items]
        assert [line.text().split(" ")[0] for line in page.css(".labels p")] == found
        in_tree = {line.text().split(" ")[0] for line in page.css("nav.tree ul .num")}
        assert in_tree <= set(found)


def test_each_row_of_a_table_has_the_heading_of_its_own_task() -> None:
    plan = factories.document("一、任务\n序号\t任务\n1\t修订应急预案\n2\t开展应急演练\n\t评查案卷\n")
    whole = factories.section(plan, "一", "任务", heading=0)
    parts = []
    for task, heading, score in (("修订应急预案", 6, 0.9), ("开展应急演练", 6, 0.1), ("评查案卷", 8, 0.9)):
        line = plan.text.rindex("\n", 0, plan.text.index(task)) + 1
        made = factories.section(plan, "", task, whole, 0, heading=heading, heading_score=score, is_unsure=score < 0.5)
        parts.append(replace(made, start=line, end=plan.text.index("\n", line) + 1))
    page = parsed(Analysis(plan, (whole, *parts), ()))
    rows = [(row.attributes["class"], row.attributes.get("id")) for row in page.css("article tr")]
    assert rows == [("h0", None), ("h6", "s2"), ("h6 unsure", "s3"), ("h8", "s4")]
    assert chips(page) == [("1修订", "6 突发事件"), ("2开展", "6 突发事件 存疑"), ("评查案", "8 权力监督")]


# --- what a page must never be -------------------------------------------------------------------------------------


def test_every_link_leads_to_a_place_of_the_page_and_every_place_is_there_once(pages: list[LexborHTMLParser]) -> None:
    for page in pages:
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids))
        links = {node.attributes["href"] for node in page.css("a")}
        assert links <= {f"#{anchor}" for anchor in ids}


def test_nothing_is_loaded_and_nothing_runs(demo: list[Analysis], pages: list[LexborHTMLParser]) -> None:
    for analysis, page in zip(demo, pages, strict=True):
        assert page.css("script, link, img, iframe, object, [src], [onclick], [onload]") == []
        source = render_page(analysis)
        assert re.search(r"https?://|@import|url\(|javascript:", source) is None
        assert "default-src 'none'" in source


def test_markup_in_a_document_is_shown_as_text() -> None:
    text = f"一、{HOSTILE}\n合格率达到95%。{HOSTILE}\n"
    plan = factories.document(text, title=HOSTILE, name=HOSTILE, issuer=HOSTILE, notes=(HOSTILE,))
    match = ItemMatch("15", 0.9, (HOSTILE,))
    part = factories.section(plan, "一", HOSTILE, items=(match,))
    fields = {"subject": HOSTILE, "lead": (HOSTILE,), "reference": HOSTILE, "rule": HOSTILE, "indicators": (HOSTILE,)}
    item = factories.commitment(plan, part, "合格率达到95%", "95%", **fields)
    page = parsed(Analysis(plan, (part,), (item,), (factories.number(plan, "一"),)))
    assert page.css("script") == []
    assert len(page.css("style")) == 1
    assert squeezed(one(page, "article").text()) == squeezed(text)
    assert one(page, "h1").text() == HOSTILE
    assert said(one(page, "article a.v"))["对象"] == HOSTILE
    assert said(one(page, "nav.tree ul li"))["依据"] == HOSTILE
    assert one(page, ".labels p").text() == f"15 完善行政执法程序 90%：{HOSTILE}"


def test_characters_that_html_has_not_are_shown_as_unreadable() -> None:
    plan = factories.document("一、任务\n合格率\x00\x1b95%\ud800。\n", name="a\udcff.txt")
    source = render_page(Analysis(plan, (factories.section(plan, "一", "任务"),), ()))
    assert "合格率\ufffd\ufffd95%\ufffd。" in source
    source.encode("utf-8")


def test_the_same_analysis_gives_the_same_page(demo: list[Analysis]) -> None:
    assert [render_page(analysis) for analysis in demo] == [render_page(analysis) for analysis in demo]


def test_every_class_of_the_page_has_a_style(pages: list[LexborHTMLParser]) -> None:
    style = one(pages[0], "style").text()
    used = {name for page in pages for node in page.css("[class]") for name in (node.attributes["class"] or "").split()}
    assert {name for name in used if not re.search(rf"\.{name}\b", style)} <= {"quantity", "name"}


def contrast_on_white(colour: str) -> float:
    """Source: WCAG 2.1, relative luminance and contrast ratio."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05)


@pytest.mark.parametrize("colour", [*(HEADING_COLOURS[number] for number in range(1, 11)), *STANCE_COLOURS.values()])
def test_small_letters_in_our_colours_can_be_read(colour: str) -> None:
    assert contrast_on_white(colour) >= 4.5


# --- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("plan.txt", "plan.html", id="the suffix changes"),
        pytest.param("青榆县.2023年计划.html", "青榆县.2023年计划.html", id="only the last point ends the name"),
        pytest.param("https://www.qingyu.test/art/2023/3/6/art_12.html", "art_12.html", id="an address"),
        pytest.param("https://www.qingyu.test/zwgk/", "zwgk.html", id="an address that ends in a slash"),
        pytest.param('a<b>:"c|d?*.txt', "a_b___c_d__.html", id="characters that some system refuses"),
        pytest.param("..txt", "0123456789ab.html", id="nothing is left"),
        pytest.param("青" * 200 + ".txt", "青" * 70 + ".html", id="longer than a file system takes"),
        pytest.param("a\udcff.txt", "a_.html", id="a name that is no UTF-8"),
    ],
)
def test_a_page_is_called_after_its_document(name: str, expected: str) -> None:
    assert page_name(replace(factories.document(), name=name, doc_id="0123456789ab")) == expected


def test_documents_of_one_name_have_a_page_each_and_the_same_document_has_one(tmp_path: Path) -> None:
    first = factories.analysis(factories.document(name="plan.txt"))
    other = replace(first, document=replace(first.document, name="PLAN.html", doc_id="other0000000"))
    passed = list(write_pages([first, other, first], tmp_path / "html"))
    assert passed == [first, other, first]
    assert sorted(path.name for path in (tmp_path / "html").iterdir()) == ["PLAN-other0000000.html", "plan.html"]


def test_a_run_that_fails_on_the_way_leaves_no_page(tmp_path: Path) -> None:
    def analyses() -> Iterator[Analysis]:
        yield factories.analysis()
        raise ValueError("on the way")

    with pytest.raises(ValueError, match="on the way"):
        list(write_pages(analyses(), tmp_path / "html"))
    assert list(tmp_path.iterdir()) == []


def test_pages_are_no_documents(tmp_path: Path) -> None:
    list(write_pages([factories.analysis()], tmp_path / "html"))
    (page,) = (tmp_path / "html").iterdir()
    assert is_page(page)
    (tmp_path / "plan.html").write_text("<html><body>正文</body></html>", encoding="utf-8")
    files, failures = find_inputs([tmp_path, page])
    assert [file.path for file in files] == [tmp_path / "plan.html"]
    assert "a page that fazhi wrote" in failures[0].reason


# --- the command ---------------------------------------------------------------------------------------------------


def run(*arguments: str | Path) -> int:
    return CliRunner().invoke(app, [str(argument) for argument in arguments]).exit_code


def test_html_adds_a_page_a_document_and_changes_nothing_else(demo_corpus: Path, tmp_path: Path) -> None:
    assert run("analyze", demo_corpus, "-o", tmp_path / "plain") == 0
    assert run("analyze", demo_corpus, "-o", tmp_path / "pages", "--html") == 0
    assert run("analyze", demo_corpus, "-o", tmp_path / "two", "--html", "--jobs", "2") == 0
    for path in (tmp_path / "plain").iterdir():
        assert path.read_bytes() == (tmp_path / "pages" / path.name).read_bytes()
    assert not (tmp_path / "pages" / "numbers.jsonl").exists()
    pages = {path.name: path.read_bytes() for path in (tmp_path / "pages" / "html").iterdir()}
    assert pages == {path.name: path.read_bytes() for path in (tmp_path / "two" / "html").iterdir()}
    assert len(pages) == 16


def test_pages_of_an_earlier_run_go_and_other_files_stay(tmp_path: Path) -> None:
    source, output = tmp_path / "plan.txt", tmp_path / "out"
    source.write_text(factories.TEXT, encoding="utf-8")
    assert run("analyze", source, "-o", output, "--html") == 0
    (output / "html" / "mine.html").write_text("<p>notes</p>", encoding="utf-8")
    assert run("analyze", source, "-o", output) == 0
    assert [path.name for path in (output / "html").iterdir()] == ["mine.html"]


def test_a_page_leaves_out_what_the_confidence_left_out(tmp_path: Path) -> None:
    source, output = tmp_path / "plan.txt", tmp_path / "out"
    source.write_text(factories.TEXT, encoding="utf-8")
    assert run("analyze", source, "-o", output, "--html", "--min-confidence", "1") == 0
    listed = LexborHTMLParser((output / "html" / "plan.html").read_text(encoding="utf-8")).css(".records ol > li")
    exported = (output / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(listed) == len(exported)
