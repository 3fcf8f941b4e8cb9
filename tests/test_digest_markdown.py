"""A digest as Markdown: read by a parser of CommonMark with tables, it says what the page says and links no more."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.digest.layout import Entry, lay_out, shown, web_address
from pipeline.digest.markdown import escape, render_markdown
from pipeline.digest.records import Counts, Digest
from pipeline.digest.words import ABOUT, late_words
from tests import digests

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def told(digest: Digest) -> str:
    return render_markdown(digest).decode()


def inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


def text_of(token: Token) -> str:
    return "".join("\n" if one.type in ("softbreak", "hardbreak") else one.content for one in token.children or ())


def plain(text: str) -> str:
    return " ".join(shown(text).split())


def tables(tokens: list[Token]) -> list[list[list[str]]]:
    """Return the cells of each row of each table."""
    found: list[list[list[str]]] = []
    is_inside = False
    for token in tokens:
        if token.type in ("table_open", "table_close"):
            is_inside = token.type == "table_open"
            found += [[]] if is_inside else []
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and is_inside:
            found[-1][-1].append(text_of(token))
    return found


def proofs(tokens: list[Token]) -> list[str]:
    """Return the paragraphs of the list of evidence."""
    texts = [text_of(token) if token.type == "inline" else token.type for token in tokens]
    if "依据" not in texts or "hr" not in texts:
        return []
    last = len(texts) - texts[::-1].index("hr")
    start = last - texts[:last][::-1].index("依据")
    return [text for text, token in zip(texts[start:last], tokens[start:last], strict=True) if token.type == "inline"]


def test_a_week_reads_as_plain_text() -> None:
    first = told(digests.rich()).split("\n## 新增文件")[0]
    assert (
        first
        == """# 法治政府建设监测周报

2026年第47周（11月16日至22日）

本期新增文件2份，内容变化4处，1份文件被撤下，2个信息来源状态异常。

30日内到期的承诺3项，已过期限而未见结果的2项；云岚县、滨望区未见上一年度报告。

另有1份文件只换了网页样式，不列入新情况。

新增文件 2　内容变化 4　撤下迁移 1　来源变化 2　结果对照 1　即将到期 3　已过期限 2　缺少任务 1　未见报告 2　待核对 1

## 重点情况

共20条，按重要程度列出前10条；全部见以下各部分。

1. 内容变化：云岭县把行政执法案卷评查合格率的目标由90%以上提高到95%以上。 [1] [2]

   变化前：行政执法案卷评查合格率达到90%以上，行政机关负责人出庭应诉率不低于90%。

   变化后：行政执法案卷评查合格率达到95%以上，行政机关负责人出庭应诉率不低于90%。

2. 新增文件：云岭县新公布2025年度报告（11月16日），比2026年4月1日的规定期限晚229天，读出结果46条。 [3]

3. 新增文件：青禾县新公布2027年计划（11月17日），读出目标38条。 [4]

4. 撤下、迁移和恢复：滨望区2025年法治政府建设工作总结已撤下，网址返回404，本系统存有11月3日采集的全文。 [5]

5. 内容变化：云岭县把行政规范性文件清理的期限由2026年9月底推迟到2026年12月底。 [6]

   变化前：2026年9月底前，完成行政规范性文件全面清理。

   变化后：2026年12月底前，完成行政规范性文件全面清理。

6. 内容变化：青禾县新增承诺：行政执法人员每年参加培训不少于60学时。 [7]

   变化前：（原来没有）

   变化后：行政执法人员每年参加培训不少于60学时。

7. 信息来源状况：来源“云岚县政府网‘法治政府建设’栏目”失联：连续两次无法连接，上次正常为11月8日。 [8]

8. 信息来源状况：来源“滨望区司法局‘通知公告’栏目”受阻：要求人机验证，上次正常为11月15日。 [9]

9. 内容变化，补报（11月13日）：青禾县删去承诺：每季度组织一次行政复议案例研讨。 [10]

   变化前：每季度组织一次行政复议案例研讨。

   变化后：（现已没有）

10. 目标与结果对照：云岭县“行政机关负责人出庭应诉率”未达到，目标不低于90%，报告为88.5%，差1.5个百分点。 [11] [12]
"""
    )


def test_evidence_stands_at_the_end_under_its_number() -> None:
    lines = (
        "[1] 云岭县，云岭县2026年法治政府建设工作计划，二、重点任务 › （二）规范行政执法",
        "原文：行政执法案卷评查合格率达到95%以上，行政机关负责人出庭应诉率不低于90%。",
        "<http://www.yunling.test/zwgk/fzzf/s1sndvgg8fws.html>",
        "采集 2026-11-18，全文第 120—158 字，存档 crawl-20261118-yunling.warc.gz@48213，校验值 3f3f3f3f3f3f",
        "用于重点情况 1、内容变化 1",
    )
    assert "\n\n" + "  \n".join(lines) + "\n\n[2] " in told(digests.rich())


def test_a_quiet_week_says_so_for_each_kind_of_news() -> None:
    found = told(replace(digests.empty(), counts=Counts(312, 4, 50, 50)))
    for sentence in ("本期没有需要列出的情况。", "本期无新增文件。", "本期无内容变化。", "本期无文件撤下、迁移或者恢复。",
                     "本期无信息来源失联、受阻、改版或者恢复。"):  # fmt: skip
        assert f"\n\n{sentence}\n\n" in found
    assert found.endswith("\n\n".join(ABOUT) + "\n")


@pytest.mark.parametrize(
    "made", [pytest.param(made, id=name) for name, made in digests.SAMPLES.items() if name != "first week"]
)
def test_what_pages_say_is_text_and_no_markup(made: object) -> None:
    digest = made()  # type: ignore[operator]
    check(digest)


@settings(max_examples=60, deadline=None)
@given(digests.digests())
def test_any_digest_reads_as_it_was_meant(digest: Digest) -> None:
    check(digest)


def check(digest: Digest) -> None:
    """Hold the Markdown against the layout: the same tables, cell for cell, and no link but those of the evidence."""
    layout, tokens = lay_out(digest), READER.parse(told(digest))
    pieces = inline(tokens)
    markup = ("html", "image", "code", "fence", "em_", "strong", "s_")
    assert [one for one in [*tokens, *pieces] if one.type.startswith(markup)] == []
    links = [str(one.attrs["href"]) for one in pieces if one.type == "link_open"]
    cells = [cell for table in layout.tables for entry in table.entries for cell in entry.cells]
    assert len(links) == len([one for one in layout.references if one.url]) + len(
        [cell for cell in cells if web_address(cell)]
    )
    assert all(re.match("https?://", link, re.IGNORECASE) for link in links)
    found = tables(tokens)
    assert len(found) == len(layout.tables)
    for rows, table in zip(found, layout.tables, strict=True):
        assert rows[1:] == [cells_of(entry) for entry in table.entries]
    numbers = [f"[{one.number}]" for one in layout.references]
    assert [proof.split(" ")[0] for proof in proofs(tokens)[: len(numbers)]] == numbers


def cells_of(entry: Entry) -> list[str]:
    first, *others = (plain(cell) for cell in entry.cells)
    first = "，".join(filter(None, (first, late_words(entry.line))))
    return [str(entry.number), first, *others, " ".join(f"[{one.number}]" for one in entry.references)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("合格率达到95%以上（2026-12-31）", "合格率达到95%以上（2026-12-31）", id="figures and dates stay"),
        pytest.param("提高88.5个百分点、3-5次", "提高88.5个百分点、3-5次", id="a number with a point is no list"),
        pytest.param("88.5%", "88.5%", id="nor is it at the beginning"),
        pytest.param("1. 项", "1\\. 项", id="a list of numbers"),
        pytest.param("2) 项", "2\\) 项", id="of numbers in brackets"),
        pytest.param("- 项", "\\- 项", id="of dashes"),
        pytest.param("-5度", "-5度", id="a negative number"),
        pytest.param("# 题", "\\# 题", id="a heading"),
        pytest.param("#题", "#题", id="a hash without a blank"),
        pytest.param("> 引", "\\> 引", id="a quotation"),
        pytest.param("---", "\\---", id="a rule"),
        pytest.param("===", "\\===", id="a line under a heading"),
        pytest.param("20*年*", "20\\*年\\*", id="emphasis"),
        pytest.param("3~5次、8~10次", "3\\~5次、8\\~10次", id="strike-through"),
        pytest.param("[1]: http://evil.test", "\\[1\\]: http://evil.test", id="the address of a reference"),
        pytest.param("a | b", "a \\| b", id="a cell"),
        pytest.param("&lt; A&B", "\\&lt; A\\&B", id="an entity, and what looks like one"),
        pytest.param("第一行\n\n　第二行\t完 ", "第一行 第二行 完", id="one line"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_is_escaped(text: str, expected: str) -> None:
    assert escape(text) == expected


@given(st.text() | digests.TEXTS)
def test_an_escaped_text_is_read_as_itself(text: str) -> None:
    text = shown(text)
    tokens = READER.parse(escape(text))
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    assert "".join(text_of(token) for token in tokens if token.type == "inline") == " ".join(text.split())
