"""What holds for every page: nothing is rewritten, no line of a body is lost, and the cuts lead to the source."""

import html
import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.parse import parse_page
from pipeline.parse.decode import decode, is_html
from pipeline.records import Document, Page
from pipeline.text import squeeze
from tests.pages import INFO, SITE_FOOT, SITE_HEAD, TABLE_HEAD, TITLE, paragraphs, without
from tests.pages import page as html_page

CLAUSES = st.sampled_from(
    [
        "坚持依法行政",
        "全年办结案件1386件",
        "办结率达到98.5%",
        "县司法局牵头落实",
        "6月底前公布清单",
        "群众满意度提升2.3个百分点",
        "推行APP执法",
        "见《青石县办法》",
    ]
)
SENTENCES = st.lists(CLAUSES, min_size=4, max_size=6).map(lambda clauses: "，".join(clauses) + "。")
MARKS = st.sampled_from(["一、", "（二）", "3.", "（4）", "①", "第五条 ", ""])
PARAGRAPHS = st.lists(
    st.builds(lambda mark, body: mark + "".join(body), MARKS, st.lists(SENTENCES, min_size=1, max_size=6)),
    min_size=1,
    max_size=8,
)
BLANKS = st.sampled_from(["", "　　", "    ", "\u00a0\u00a0"])
ENDS = st.sampled_from(["\n", "\r\n", "\n\n", "\n \n"])


def check(document: Document, source: str) -> None:
    left = without(source, document.cuts)
    assert squeeze(html.unescape(left) if is_html(source) else left) == squeeze(document.text)
    ends = [0, *[end for cut in document.cuts for end in (cut.start, cut.end) if cut.reason != "footnote moved"]]
    assert ends == sorted(ends)
    assert document.text.endswith("\n")
    for line in document.text.split("\n")[:-1]:
        assert line.strip()
        assert line == line.rstrip(" ")  # a row may end in the tab of a merged cell
        assert line.lstrip("\t") == line.lstrip()  # a leading tab is an empty first cell


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS, BLANKS, ENDS, st.booleans(), st.booleans())
def test_text_around_a_body_changes_nothing_in_it(
    body: list[str], indent: str, end: str, head: bool, foot: bool
) -> None:
    source = end.join(indent + line for line in body)
    source = (
        (SITE_HEAD + TABLE_HEAD + f"{TITLE}\n{INFO}" if head else "") + source + ("\n" + SITE_FOOT if foot else "\n")
    )
    document = parse_page(Page("p", source.encode()))
    assert document.text.splitlines() == [line.replace("　", " ") for line in body]
    check(document, source)


@settings(max_examples=40, deadline=None)
@given(PARAGRAPHS, st.sampled_from(["p", "div", "li"]), st.sampled_from(["TRS_Editor", "content", "x"]))
def test_markup_around_a_body_changes_nothing_in_it(body: list[str], tag: str, name: str) -> None:
    source = html_page(f'<h1>{TITLE}</h1><div class="{name}">{paragraphs(tag, lines=body)}</div>')
    document = parse_page(Page("p", source.encode()))
    assert document.text.splitlines() == body
    check(document, source)


def parsed(content: bytes) -> tuple[Document | None, str]:
    """The document of *content*, or why it is none."""
    try:
        return parse_page(Page("p", content)), ""
    except InputError as error:
        return None, str(error)


WILD = st.text(alphabet="法治政府一、（1）.。，：:\n\r\t 　<>/&;ap=\"'-_[]0123附件主办ICP备\u200b", max_size=300)


@settings(max_examples=150, deadline=None)
@given(WILD)
def test_whatever_comes_is_a_sound_document_or_a_clear_error(source: str) -> None:
    document, message = parsed(source.encode())
    if document:
        check(document, source)
    else:
        assert message.startswith("p: expected ")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_a_clear_error(content: bytes) -> None:
    document, message = parsed(content)
    assert document or message.startswith("p: expected ")


def sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".html"))


def test_bundled_documents_keep_the_invariants(demo_corpus: Path) -> None:
    for path in sources(demo_corpus):
        check(parse_page(Page(path.name, path.read_bytes())), decode(path.read_bytes(), path.name).text)


def test_shared_documents_keep_the_invariants_and_hold_every_gold_passage(shared: Path) -> None:
    for path in sources(shared / "corpus"):
        document = parse_page(Page(path.name, path.read_bytes()))
        check(document, decode(path.read_bytes(), path.name).text)
        text = squeeze(document.text)
        for kind, key in (("sections", "starts_with"), ("headings", "starts_with"), ("commitments", "quote")):
            gold = shared / "gold" / f"{path.name[:3]}.{kind}.jsonl"
            rows = gold.read_text(encoding="utf-8").splitlines() if gold.exists() else []
            missing = [row for row in rows if squeeze(json.loads(row)[key]) not in text]
            assert not missing, (path.name, missing[:2])
        assert not [word for word in ("ICP备", "网站标识码", "公网安备", "上一篇", "浏览次数") if word in text]


def test_the_same_bytes_give_the_same_document() -> None:
    page = Page("p", (SITE_HEAD + f"{TITLE}\n一、要求\n坚持依法行政，补齐短板。\n" + SITE_FOOT).encode())
    assert parse_page(page) == parse_page(page)
