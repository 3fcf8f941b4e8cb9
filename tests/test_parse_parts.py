"""A page and its files as one document: whose text counts, in which order, and what is said about the rest."""

import io
import zipfile

import pytest

from pipeline.errors import EmptyBodyError
from pipeline.parse import parse_page, read_document
from pipeline.records import Page
from pipeline.text import squeeze

TITLE = "青榆县2023年度法治政府建设情况报告"
ONE = "全县各级行政机关坚持依法行政，全年办结行政复议案件23件，办结率达到100%。"
TWO = "组织行政执法人员培训4期，参训人员达到860人次，持证上岗率达到98.5%。"
THREE = "审查行政规范性文件31件，提出法律意见57条，废止12件，修改8件。"
FOUR = "推进公共法律服务站点建设，全县建成司法所14个，受理法律援助案件206件。"
REPORT = "\n".join([ONE, TWO, THREE])


def page(body: str, *parts: Page, head: str = "") -> Page:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    html = f'<html><head><title>{TITLE}</title></head><body>{head}<h1>{TITLE}</h1><div class="TRS_Editor">{paragraphs}</div></body></html>'
    return Page("page.html", html.encode(), parts=parts)


def text_file(name: str, *lines: str, link: str = "") -> Page:
    return Page(name, "\n".join(lines).encode(), link=link)


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_page_that_only_points_to_its_annex_has_the_text_of_the_annex() -> None:
    table = (
        "<table><tr><td>索引号：</td><td>11539999/2024-00031</td><td>发布日期：</td><td>2024-03-28</td></tr></table>"
    )
    document = parse_page(page("详见附件。", text_file("a.txt", TITLE, ONE, TWO, link="报告.txt"), head=table))
    assert document.text == f"{ONE}\n{TWO}\n"
    assert (document.title, document.index_number) == (TITLE, "11539999/2024-00031")
    assert "正文含报告.txt" in document.notes
    assert document.is_readable


def test_an_annex_follows_the_text_of_its_page_with_its_own_title() -> None:
    document = parse_page(
        page(REPORT, text_file("附件1.txt", "附件1", "青榆县法治政府建设任务分解表", FOUR, link="附件1"))
    )
    assert document.text.splitlines() == [ONE, TWO, THREE, "附件1", "青榆县法治政府建设任务分解表", FOUR]
    assert document.title == TITLE


def test_the_same_text_as_a_file_for_download_stands_once() -> None:
    parsed = read_document(page(REPORT, text_file("报告.txt", TITLE, *REPORT.split("\n"))))
    assert parsed.document.text == f"{REPORT}\n"
    assert [part.fate for part in parsed.account.parts] == ["text", "the same text as page.html"]


def test_a_summary_on_the_page_gives_way_to_the_whole_text_in_the_file() -> None:
    parsed = read_document(page("\n".join([ONE, TWO]), text_file("报告.txt", TITLE, ONE, TWO, THREE, FOUR)))
    assert squeeze(FOUR) in squeeze(parsed.document.text)
    assert parsed.document.text.count(ONE) == 1
    assert parsed.account.parts[0].fate == "its text is part of 报告.txt"


def test_further_pages_of_an_article_are_joined_in_their_order() -> None:
    second = Page("page_1.html", page(THREE).content)
    document = parse_page(page("\n".join([ONE, TWO]), second))
    assert document.text.splitlines() == [ONE, TWO, THREE]


def test_an_attached_archive_is_opened() -> None:
    content = packed(**{"附件2.txt": FOUR.encode(), "__MACOSX/._附件2.txt": b"x"})
    document = parse_page(page(REPORT, Page("附件.zip", content, link="附件.zip")))
    assert document.text.splitlines()[-1] == FOUR


def test_an_attachment_that_cannot_be_read_is_told_and_lowers_the_quality() -> None:
    whole, lacking = (
        parse_page(page(REPORT)),
        parse_page(page(REPORT, Page("表.docx", b"PK\x03\x04broken", link="表.docx"))),
    )
    assert lacking.text == whole.text
    assert any(note.startswith("附件未能读取：表.docx（expected ") for note in lacking.notes)
    assert lacking.quality < whole.quality


def test_a_stub_none_of_whose_attachments_can_be_read_says_why() -> None:
    with pytest.raises(EmptyBodyError, match=r"got neither \(表.docx: expected .* broken one"):
        parse_page(
            Page(
                "page.html",
                b"<html><body><p>\xe9\x99\x84\xe4\xbb\xb6</p></body></html>",
                parts=(Page("表.docx", b"PK\x03\x04"),),
            )
        )


def test_every_offset_of_the_account_leads_into_the_joined_source() -> None:
    parsed = read_document(page("详见附件。", text_file("a.txt", TITLE, ONE), text_file("b.txt", FOUR)))
    source = parsed.account.source
    assert [source[part.start : part.end].splitlines()[-1] for part in parsed.account.parts[1:]] == [ONE, FOUR]
    kept = []
    at = 0
    for cut in parsed.document.cuts:
        kept.append(source[at : cut.start])
        at = cut.end
    assert squeeze("".join([*kept, source[at:]])) == squeeze(parsed.document.text)


def test_a_document_of_other_files_has_another_id() -> None:
    alone, with_annex = parse_page(page(REPORT)), parse_page(page(REPORT, text_file("b.txt", FOUR)))
    assert alone.doc_id != with_annex.doc_id
    assert alone.sha256 == with_annex.sha256
