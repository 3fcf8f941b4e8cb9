"""The page of a digest: what stands in it, that everything links, and that it fits a telephone, read by a browser."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import fields, replace
from functools import partial
from hashlib import sha256
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pipeline.digest import layout, marking, words
from pipeline.digest.markdown import render_markdown
from pipeline.digest.page import CAP, render_html
from pipeline.digest.plain import render_json
from pipeline.digest.records import NEWS, Counts, Digest, Part
from pipeline.digest.sheets import render_xlsx
from pipeline.errors import InputError
from tests import digests

SAMPLES = [pytest.param(made, id=name) for name, made in digests.SAMPLES.items()]


def page_of(digest: Digest) -> Any:
    return html.document_fromstring(render_html(digest).decode())


def text_of(found: Any) -> str:
    return " ".join("".join(found.itertext()).split())


def section(page: Any, part: str) -> Any:
    return page.get_element_by_id(f"p-{part}")


def rows(page: Any, part: str) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in section(page, part).xpath(".//tbody/tr")]


# --- what stands in it ---------------------------------------------------------------------------------------------


def test_the_head_names_week_reader_and_headline() -> None:
    page = page_of(replace(digests.rich(), reader="a", reader_name="云岭县司法局"))
    assert text_of(page.find("head/title")) == "2026年第47周（11月16日至22日） 法治政府建设监测周报 云岭县司法局"
    assert text_of(page.find("body/header")) == "法治政府建设监测周报 2026年第47周（11月16日至22日） 读者：云岭县司法局"
    assert [text_of(one) for one in page.xpath("//section[@class='headline']/p")] == list(digests.rich().headline)


@pytest.mark.parametrize(
    ("year", "number", "expected"),
    [
        pytest.param(2026, 47, "2026年第47周（11月16日至22日）", id="within a month"),
        pytest.param(2026, 49, "2026年第49周（11月30日至12月6日）", id="over the end of a month"),
        pytest.param(2026, 53, "2026年第53周（2026年12月28日至2027年1月3日）", id="over the end of a year"),
        pytest.param(2026, 5, "2026年第5周（1月26日至2月1日）", id="no zero before the number"),
    ],
)
def test_a_week_in_words(year: int, number: int, expected: str) -> None:
    assert words.week_words(digests.digest(week=digests.Week(year, number))) == expected


def test_each_figure_counts_its_part_and_leads_to_it() -> None:
    page, digest = page_of(digests.rich()), digests.rich()
    figures = page.xpath("//nav[@class='figures']//a")
    assert [one.get("href") for one in figures] == [f"#p-{part}" for part in words.PARTS]
    counts = {part: len(digest.part(part)) for part in words.PARTS} | {"sources": 2}  # the third is as it was
    assert [text_of(one) for one in figures] == [f"{count} {words.PARTS[part].short}" for part, count in counts.items()]
    assert text_of(section(page, "sources").find("h2")) == "信息来源状况 3条，其中本期新情况2条"


def test_the_first_ten_stand_in_full_in_their_order() -> None:
    page, digest = page_of(digests.rich()), digests.rich()
    found = page.xpath("//ol[@class='first']/li")
    assert [text_of(one.find("span")) for one in found] == [str(number) for number in range(1, 11)]
    assert [text_of(one.xpath(".//p[@class='words']")[0]) for one in found] == [one.words for one in digest.lines[:10]]
    assert f"共{len(digest.lines)}条，按重要程度列出前10条" in text_of(page.get_element_by_id("first"))


def test_before_and_after_stand_side_by_side_with_what_differs_marked() -> None:
    page = page_of(digests.rich())
    first = page.xpath("//ol[@class='first']/li")[0]
    assert [(text_of(side.find("dt")), [text_of(mark) for mark in side.iter("mark")]) for side in first.iter("div")
            if side.find("dt") is not None] == [("变化前", ["90%"]), ("变化后", ["95%"])]  # fmt: skip
    told = rows(page, "changes")
    assert told[2][5:7] == ["（原来没有）", "行政执法人员每年参加培训不少于60学时。"]
    assert told[3][5:7] == ["每季度组织一次行政复议案例研讨。", "（现已没有）"]


def test_the_room_of_a_table_is_shared_by_what_stands_in_its_columns() -> None:
    cells = {
        "年份": "2026",
        "对照": "纲要",
        "缺少": "健全行政决策制度；" * 40,
        "文件": "青禾县2026年法治政府建设工作要点",
    }
    lines = [digests.line("missing", f"第{at}条。", cells={**cells, "年份": str(2000 + at)}) for at in range(12)]
    long = digests.line("missing", "又一条。", cells={**cells, "对照": "云岭县贯彻落实纲要的实施方案" * 3})
    page = page_of(digests.digest(*lines, long))
    widths = [
        float(one.get("style").removeprefix("width:").rstrip("%")) for one in section(page, "missing").iter("col")
    ]
    _, year, against, lacking, paper, _ = widths
    assert sum(widths) == pytest.approx(100, abs=0.1)
    assert year == against < paper < lacking  # one long cell in thirteen does not widen its column
    assert paper > 2 * year


def test_a_quote_stands_with_a_first_line_that_does_not_say_it() -> None:
    quote = "乡镇（街道）法治建设第一责任人述法实现全覆盖。" * 20
    long = digests.line("documents", "青禾县公布计划。", digests.evidence("计划", quote=quote), weight=2)
    said = digests.line("overdue", "修订目录，逾期。", digests.evidence("目录", quote="修订目录"))
    found = page_of(digests.digest(long, said)).xpath("//ol[@class='first']/li")
    assert [[text_of(one) for one in line.iter("blockquote")] for line in found] == [[quote[:160] + "……"], []]


def test_a_part_has_all_its_lines_in_a_table_with_its_columns() -> None:
    page = page_of(digests.rich())
    heads = section(page, "documents").xpath(".//thead//th")
    assert [text_of(one) for one in heads] == [
        "序号",
        "地区",
        "文件",
        "类型",
        "年份",
        "公布日期",
        "目标",
        "结果",
        "来源",
        "依据",
    ]
    title, source = "青禾县2027年法治政府建设工作要点", "青禾县政府网“政策文件”栏目"
    assert rows(page, "documents")[1] == ["2", "青禾县", title, "计划", "2027", "2026-11-17", "38", "", source, "[4]"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({}, [["1", "青禾县", "一句话。", "—"]], id="a line without cells tells its sentence"),
        pytest.param({"文件": "计划"}, [["1", "青禾县", "计划", "—"]], id="the place stands before the cells"),
        pytest.param({"地区": "青禾", "文件": "计划"}, [["1", "青禾", "计划", "—"]], id="the place is a cell"),
        pytest.param({"文件": "计划", "备注": ""}, [["1", "青禾县", "计划", "—"]], id="a column that no line fills is left out"),
    ],
)  # fmt: skip
def test_the_columns_of_a_table(cells: dict[str, str], expected: list[list[str]]) -> None:
    page = page_of(digests.digest(digests.line("documents", "一句话。", place="青禾县", cells=cells)))
    assert rows(page, "documents") == expected


def test_a_late_line_says_so_with_its_day() -> None:
    page = page_of(digests.rich())
    assert [text_of(one) for one in page.find_class("late")] == [
        "补报（11月13日）"
    ] * 2  # among the first, in its table
    assert rows(page, "changes")[3][2] == "补报（11月13日）青禾县2026年法治政府建设工作要点"


def test_what_did_not_happen_is_said_in_words() -> None:
    page = page_of(replace(digests.empty(), counts=Counts(312, 4, 50, 50)))
    told = {part: text_of(section(page, part)) for part in NEWS}
    assert told == {
        "documents": "新增文件 本期无新增文件。",
        "changes": "内容变化 本期无内容变化。",
        "gone": "撤下、迁移和恢复 本期无文件撤下、迁移或者恢复。",
        "sources": "信息来源状况 本期无信息来源失联、受阻、改版或者恢复。",
    }
    assert text_of(page.get_element_by_id("first")) == "重点情况 本期没有需要列出的情况。"
    assert "即将到期、已过期限、缺少的任务" in text_of(page.get_element_by_id("none"))
    assert page.xpath("//*[@id='evidence']") == []


def test_nothing_is_claimed_of_sources_that_could_not_be_read() -> None:
    page = page_of(digests.empty())  # three of 50
    assert text_of(section(page, "changes")) == "内容变化 在正常采集的来源中，本期无内容变化。"
    assert text_of(section(page, "sources")) == "信息来源状况 本期无信息来源失联、受阻、改版或者恢复。"


def test_nothing_is_claimed_of_a_week_without_a_crawl() -> None:
    page = page_of(replace(digests.empty(), is_checked=False))
    told = {text_of(section(page, part)).removeprefix(words.PARTS[part].title) for part in NEWS}
    assert told == {" 本期没有采集，有无新情况不得而知。"}


def test_an_address_in_a_cell_is_short_and_leads_there() -> None:
    link = section(page_of(digests.rich()), "gone").xpath(".//td[@data-title='原网址']/a")[0]
    address = "http://www.binwang.test/zwgk/fzzf/7gj1jw8mh7w6.html"
    assert (text_of(link), link.get("href")) == ("www.binwang.test/…/7gj1jw8mh7w6.html", address)


def test_missing_tasks_say_what_they_are_held_against() -> None:
    told = text_of(section(page_of(digests.rich()), "missing"))
    assert "对照《法治政府建设实施纲要（2021—2025年）》，在文件全文中未见的任务" in told


def test_the_foot_says_how_it_was_made_and_what_not_seen_means() -> None:
    told = text_of(page_of(digests.empty()).find("body/footer"))
    assert "自动汇编，未经人工核对" in told
    assert "“未见”“缺少”指在已经取得的文件全文中没有找到" in told


def test_evidence_tells_words_place_address_and_archive() -> None:
    page = page_of(digests.rich())
    proof = page.xpath("//ol[@class='proofs']/li")[0]
    assert text_of(proof.find("div")).startswith(
        "云岭县云岭县2026年法治政府建设工作计划 二、重点任务 › （二）规范行政执法 行政执法案卷评查合格率达到95%以上"
    )
    assert [text_of(one) for one in proof.xpath(".//ul/li")] == [
        "原始网页", "采集 2026-11-18", "全文第 120—158 字", "存档 crawl-20261118-yunling.warc.gz@48213", "校验值 3f3f3f3f3f3f",
        "用于 重点情况 1、内容变化 1",
    ]  # fmt: skip


def test_evidence_of_many_lines_leads_back_to_the_first_and_tells_how_many_there_are() -> None:
    proof = digests.evidence("计划")
    several = [digests.line("missing", f"缺少任务{number}。", proof) for number in range(40)]
    told = text_of(page_of(digests.digest(*several)).xpath("//li[@class='back']")[0])
    assert told == "用于 重点情况 1、重点情况 2、重点情况 3、重点情况 4、重点情况 5、重点情况 6 等50处"


def test_every_part_and_every_count_has_words() -> None:
    assert set(words.PARTS) == set(get_args(Part))
    assert set(words.COUNTS) == {field.name for field in fields(Counts)}
    assert all(words.PARTS[part].nothing for part in NEWS)


# --- long digests --------------------------------------------------------------------------------------------------


def test_a_long_part_is_folded_beyond_the_cap_and_says_so_and_loses_nothing() -> None:
    page = page_of(digests.first_week(60, 2))
    part = section(page, "overdue")
    assert "先列前30条，其余90条折叠在后" in text_of(part.find_class("about")[0])
    assert [text_of(one) for one in part.iter("summary")] == ["其余90条（第31—120条）"]
    assert len(part.xpath("./table/tbody/tr")) == CAP
    assert [row[0] for row in rows(page, "overdue")] == [str(number) for number in range(1, 121)]


def test_the_evidence_of_folded_lines_is_folded_and_says_so_and_loses_nothing() -> None:
    digest = digests.first_week(60, 2)
    page = page_of(digest)
    evidence = page.get_element_by_id("evidence")
    assert f"各部分第{CAP}条以后的依据折叠在后" in text_of(evidence.find_class("about")[0])
    assert [text_of(one) for one in evidence.iter("summary")] == [
        "其余30项依据（[31]—[60]）",
        "其余90项依据（[91]—[180]）",
    ]
    numbers = [text_of(one.find("span")) for one in evidence.xpath(".//ol[@class='proofs']/li")]
    assert numbers == [f"[{number}]" for number in range(1, len(digest.evidence) + 1)]
    folded = evidence.xpath(".//details//ol[@class='proofs']/li")
    assert len(folded) == 120


def test_nothing_is_folded_at_the_cap() -> None:
    page = page_of(digests.first_week(CAP, 1))
    assert list(page.iter("details")) == []
    assert "折叠" not in text_of(page)


def test_evidence_that_no_line_names_is_listed_last() -> None:
    spare = digests.evidence("没有人用的")
    made = digests.rich()
    page = page_of(replace(made, evidence={spare.id: spare, **made.evidence}))
    last = page.xpath("//ol[@class='proofs']/li")[-1]
    assert "没有人用的" in text_of(last)
    assert last.find_class("back") == []


# --- links and safety ----------------------------------------------------------------------------------------------


def check_page(digest: Digest) -> None:
    """Hold a page against what must be true of every page."""
    page = page_of(digest)
    ids = Counter(page.xpath("//@id"))
    assert [one for one, times in ids.items() if times > 1] == []
    links = page.xpath("//a/@href")
    assert [link for link in links if link[0] == "#" and link[1:] not in ids] == []
    assert [link for link in links if link[0] != "#" and not re.match("https?://", link, re.IGNORECASE)] == []
    assert (
        page.xpath("//script | //img | //link | //iframe | //object | //form | //@src | //@onclick | //@onerror") == []
    )
    assert "url(" not in text_of(page.find("head/style"))
    assert "@import" not in text_of(page.find("head/style"))
    levels = [int(one.tag[1]) for one in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    check_evidence(page, digest)


def check_evidence(page: Any, digest: Digest) -> None:
    """Every line stands in its table and leads to each piece of its evidence; all evidence is there once."""
    shown, by_id = layout.lay_out(digest), {one.get("id"): one for one in page.xpath("//*[@id]")}
    assert len(shown.references) == len(digest.evidence)
    told = sum(len(table.entries) for table in shown.tables)
    assert told == len(digest.lines) == len(page.xpath("//section/table/tbody/tr | //details/table/tbody/tr"))
    for entry in (entry for table in shown.tables for entry in table.entries):
        row = by_id[entry.anchor]
        found = [link[1:] for link in row.xpath(".//a[@class='cite']/@href")]
        assert found == [reference.anchor for reference in entry.references]
        wanted = [digest.evidence[one].id for one in dict.fromkeys(entry.line.evidence)]
        assert [reference.evidence.id for reference in entry.references] == wanted
    for reference in shown.references:
        proof = by_id[reference.anchor]
        assert text_of(proof.find("span")) == f"[{reference.number}]"
        back = [link[1:] for link in proof.xpath(".//li[@class='back']/a/@href")]
        assert back == [use.anchor for use in reference.uses]
        assert proof.xpath(".//a[@class='out']/@href") == ([reference.url] if reference.url else [])


@pytest.mark.parametrize("made", SAMPLES)
def test_everything_links_and_nothing_is_loaded(made: Any) -> None:
    check_page(made())


@settings(max_examples=60, deadline=None)
@given(digests.digests())
def test_any_digest_links_and_loads_nothing(digest: Digest) -> None:
    check_page(digest)


def test_what_pages_say_is_text() -> None:
    content = render_html(digests.nasty()).decode()
    assert "<script" not in content
    assert "<img" not in content
    told = text_of(html.document_fromstring(content))
    for text in digests.NASTY:
        assert " ".join(layout.shown(text).split()) in told
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", content)


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        pytest.param("http://www.qinghe.test/a.html?x=1&y=2#z", True, id="plain"),
        pytest.param("HTTPS://www.qinghe.test/", True, id="upper case"),
        pytest.param("http://www.qinghe.test/法治/计划.html", True, id="Chinese in the path"),
        pytest.param("http://[2001:db8::1]/a", True, id="an address of IPv6"),
        pytest.param("javascript:alert(1)", False, id="a script"),
        pytest.param("data:text/html,<script>", False, id="data"),
        pytest.param("ftp://www.qinghe.test/", False, id="another scheme"),
        pytest.param("//www.qinghe.test/", False, id="no scheme"),
        pytest.param("file:计划.html", False, id="a file"),
        pytest.param("http://[bad", False, id="a bracket that does not close"),
        pytest.param("http://a.test/ onclick=x", False, id="a blank"),
        pytest.param('http://a.test/"onclick="x', False, id="a quotation mark"),
        pytest.param(" http://a.test/", False, id="a blank before"),
        pytest.param("http://", False, id="no host"),
        pytest.param("", False, id="none"),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str, is_link: bool) -> None:
    proof = digests.evidence("计划", url=address)
    page = page_of(digests.digest(digests.line("documents", "一句话。", proof)))
    assert page.xpath("//a[@class='out']/@href") == ([address] * 2 if is_link else [])
    if address and not is_link:
        assert f"网址 {' '.join(address.split())}" in text_of(page)


def test_table_heads_say_what_they_head() -> None:
    page = page_of(digests.rich())
    assert {one.get("scope") for one in page.xpath("//thead//th")} == {"col"}
    assert {one.get("scope") for one in page.xpath("//tbody//th")} == {"row"}
    assert len(page.xpath("//tbody//th")) == len(page.xpath("//tbody/tr"))
    assert page.get("lang") == "zh-CN"
    assert [one.tag for one in page.find("body")] == ["header", "main", "footer"]


def test_two_lines_of_one_id_have_an_anchor_each() -> None:
    page = page_of(digests.digest(digests.line("doubtful", "同一条"), digests.line("doubtful", "同一条")))
    assert len(set(section(page, "doubtful").xpath(".//tr/@id"))) == 2


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        pytest.param({"evidence": ("nowhere",)}, "expected the evidence 'nowhere' that line", id="evidence that is not there"),
        pytest.param({"part": "rumours"}, "expected a part of documents, changes", id="a part of no name"),
    ],
)  # fmt: skip
def test_a_broken_digest_is_refused(changed: dict[str, Any], message: str) -> None:
    made = digests.rich()
    broken = replace(made, lines=(replace(made.lines[0], **changed), *made.lines[1:]))
    with pytest.raises(InputError, match=message):
        render_html(broken)


def test_evidence_under_a_foreign_id_is_refused() -> None:
    made = digests.rich()
    first = next(iter(made.evidence.values()))
    with pytest.raises(InputError, match="under its own id"):
        render_html(replace(made, evidence={**made.evidence, "other": first}))


def form_hashes() -> list[str]:
    forms = (render_html, render_markdown, render_json, render_xlsx)
    return [sha256(render(made())).hexdigest() for made in (digests.rich, digests.nasty) for render in forms]


def test_every_form_has_the_same_bytes_in_another_process_with_other_hashes_and_another_clock() -> None:
    code = "from tests.test_digest_page import form_hashes; print(*form_hashes())"
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "America/Lima"}
    root = Path(__file__).parent.parent
    made = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    assert made.stdout.split() == form_hashes()


# --- which words differ --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("达到90%以上", "达到95%以上", (["90%"], ["95%"]), id="a number as a whole"),
        pytest.param("不少于1,200人次", "不少于1,250人次", (["1,200"], ["1,250"]), id="a number with a comma"),
        pytest.param("2026年9月底前完成", "2026年12月底前完成", (["9"], ["12"]), id="a month of a date"),
        pytest.param("由县司法局牵头负责", "由县司法局、县财政局牵头负责", ([], ["、县财政局"]), id="only added"),
        pytest.param("每年参加培训，不少于60学时", "参加培训，不少于60学时", (["每年"], []), id="only dropped"),
        pytest.param("县甲乙局牵头办理", "县丙乙丁牵头办理", (["甲乙局"], ["丙乙丁"]), id="one left between two is marked with them"),
        pytest.param("开展行政复议案例研讨", "建成综合管理信息系统", ([], []), id="two sentences that share nothing"),
        pytest.param("同样的话", "同样的话", ([], []), id="nothing differs"),
        pytest.param("", "新增的话", ([], []), id="nothing before"),
    ],
)  # fmt: skip
def test_what_differs_is_marked(before: str, after: str, expected: tuple[list[str], list[str]]) -> None:
    found = marking.mark_differences(before, after)
    assert tuple([piece.text for piece in side if piece.is_marked] for side in found) == expected


@given(st.text("青禾县0123456789%，。 \n", max_size=60), st.text("青禾县0123456789%，。 \n", max_size=60))
def test_pieces_joined_are_the_text(before: str, after: str) -> None:
    for text, pieces in zip((before, after), marking.mark_differences(before, after), strict=True):
        assert "".join(piece.text for piece in pieces) == text


def test_long_texts_are_compared_as_a_whole_in_their_middle() -> None:
    before, after = "头" * 900 + "中间" * 400 + "尾", "头" * 900 + "其他" * 400 + "尾"
    marked = [[piece.text for piece in side if piece.is_marked] for side in marking.mark_differences(before, after)]
    assert marked == [["中间" * 400], ["其他" * 400]]


# --- read by a browser ---------------------------------------------------------------------------------------------

LOOK = """
const lit = text => text.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
  .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
const contrast = (a, b) => (Math.max(light(a), light(b)) + .05) / (Math.min(light(a), light(b)) + .05);
const ground = element => { for (; element; element = element.parentElement) {
  const colour = lit(getComputedStyle(element).backgroundColor); if (colour[3] !== 0) return colour; } return [255, 255, 255]; };
const cards = getComputedStyle(document.querySelector("table") || document.body).display == "block" &&
  document.querySelector("table") != null;
const boxes = [], faint = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; node = walk.nextNode();) {
  const holder = node.parentElement;
  if (!node.data.trim() || holder.closest("script") || cards && holder.closest("thead")) continue;
  const range = document.createRange(); range.selectNodeContents(node);
  const found = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
  if (found.length && contrast(lit(getComputedStyle(holder).color), ground(holder)) < 4.5) faint.add(holder.className || holder.tagName);
  boxes.push(...found.map(box => [box.left, box.top + 2, box.right, box.bottom - 2, node.data.trim().slice(0, 20)]));
}
boxes.sort((a, b) => a[1] - b[1]);
const overlaps = [], outside = [];
boxes.forEach((a, at) => {
  if (a[0] < -1 || a[2] > innerWidth + 1) outside.push(a[4]);
  for (let next = at + 1; next < boxes.length && boxes[next][1] < a[3]; next++) {
    const b = boxes[next];
    if (a[0] + 2 < b[2] && b[0] + 2 < a[2] && a[1] + 2 < b[3] && b[1] + 2 < a[3]) overlaps.push([a[4], b[4]]);
  }
});
const wide = document.documentElement;
parent.document.body.append(JSON.stringify({ inner: innerWidth, scroll: wide.scrollWidth, overlaps: overlaps.slice(0, 5),
  outside: outside.slice(0, 5), faint: [...faint], boxes: boxes.length, ground: getComputedStyle(document.body).backgroundColor,
   cards }) + "\\n");
"""
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
DARK = "--blink-settings=preferredColorScheme=0"
WIDTHS = (360, 390, 800, 1280)


def seen(digest: Digest, folder: Path, *options: str) -> dict[int, dict[str, Any]]:
    """Return what a browser makes of a page, by width: a window of its own for each, all that is folded opened."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("needs Chromium to lay the page out")
    page = POLICY.sub("", render_html(digest).decode()).replace("<details>", "<details open>")
    page = escape(page.replace("</body>", f"<script>{LOOK}</script></body>"))
    windows = "".join(
        f'<iframe style="width:{width}px;height:1000px;border:0" srcdoc="{page}"></iframe>' for width in WIDTHS
    )
    (folder / "windows.html").write_text(f"<!DOCTYPE html><body>{windows}</body>", encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--dump-dom",
               "--virtual-time-budget=60000", f"--user-data-dir={folder}/profile", *options]  # fmt: skip
    made = subprocess.run([*command, (folder / "windows.html").as_uri()], capture_output=True, timeout=120, check=True)
    told = html.document_fromstring(made.stdout.decode()).find("body").xpath("./text()")
    found = [json.loads(line) for text in told for line in text.split("\n") if line.strip()]
    return {one["inner"]: one for one in found}


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(digests.rich, id="rich"),
        pytest.param(digests.empty, id="empty"),
        pytest.param(partial(digests.first_week, 40, 1), id="first week"),
        pytest.param(digests.nasty, id="nasty"),
    ],
)
def test_a_browser_has_nothing_to_scroll_sideways_and_nothing_overlaps(made: Any, tmp_path: Path) -> None:
    found = seen(made(), tmp_path)
    assert {width: one["scroll"] for width, one in found.items()} == {width: width for width in WIDTHS}
    assert [
        one for one in found.values() if one["overlaps"] or one["outside"] or one["faint"] or one["boxes"] < 20
    ] == []
    assert {one["ground"] for one in found.values()} == {"rgb(255, 255, 255)"}


def test_in_the_dark_letters_stand_out_and_where_it_is_narrow_tables_are_cards(tmp_path: Path) -> None:
    found = seen(digests.rich(), tmp_path, DARK)
    assert {one["ground"] for one in found.values()} == {"rgb(23, 25, 28)"}
    assert [one["faint"] for one in found.values()] == [[], [], [], []]
    assert {width: one["cards"] for width, one in found.items()} == {360: True, 390: True, 800: True, 1280: False}
