"""Files on disk: which are documents of their own, and which belong to a page that links to them."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pipeline.files import Limits
from pipeline.inputs import Input, find_archive, find_inputs, load, members_of
from pipeline.records import Listed, Page

SENTENCE = "全县各级行政机关坚持依法行政，全年办结行政复议案件23件，办结率达到100%。"
PAGE = """<html><head><title>青榆县2023年度法治政府建设情况报告</title></head><body><div class="TRS_Editor">
<p>{body}</p></div><div class="fj">{links}</div></body></html>"""


def page(links: str, body: str = "详见附件。") -> bytes:
    return PAGE.format(body=body, links=links).encode()


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def names(found: list[Input], folder: Path) -> list[str]:
    return [one.path.relative_to(folder).as_posix() for one in found]


def test_an_attachment_of_a_page_is_no_document_of_its_own(tmp_path: Path) -> None:
    link = '<a href="./P0202403281234567890.txt">附件：情况报告.txt</a>'
    put(
        tmp_path,
        {"page.html": page(link), "P0202403281234567890.txt": SENTENCE.encode(), "other.txt": SENTENCE.encode()},
    )
    found, failures = find_inputs([tmp_path])
    assert (names(found, tmp_path), failures) == (["other.txt", "page.html"], [])
    (one,) = load(found[1], Limits())
    assert [(part.name, part.link) for part in one.parts] == [("P0202403281234567890.txt", "附件：情况报告.txt")]


@pytest.mark.parametrize(
    ("link", "saved"),
    [
        pytest.param('<a href="files/a.txt">附件</a>', "files/a.txt", id="below the page"),
        pytest.param(
            '<a href="/attachment/0/88/1.txt">附件</a>', "attachment/0/88/1.txt", id="from the root of the site"
        ),
        pytest.param('<a href="%E6%8A%A5%E5%91%8A.txt">附件</a>', "报告.txt", id="percent-encoded name"),
        pytest.param(
            '<a href="/module/download/downfile.jsp?classid=0&filename=0f3c5a.txt">任务表.txt</a>',
            "0f3c5a.txt",
            id="script with the name in its query",
        ),
        pytest.param(
            '<a href="/system/_content/download.jsp?owner=14&wbfileid=99">报告.txt</a>',
            "报告.txt",
            id="name in the link text",
        ),
        pytest.param('<a href="http://www.qingyu.test/a/b.txt">附件</a>', "page_files/b.txt", id="saved by a browser"),
    ],
)
def test_the_file_of_a_link_is_found_where_it_was_saved(link: str, saved: str, tmp_path: Path) -> None:
    put(tmp_path, {"page.html": page(link), saved: SENTENCE.encode()})
    found, _ = find_inputs([tmp_path])
    assert names(found, tmp_path) == ["page.html"]
    assert [part.content for part in load(found[0], Limits())[0].parts] == [SENTENCE.encode()]


def test_a_link_never_leads_out_of_the_folder_that_was_named(tmp_path: Path) -> None:
    put(tmp_path, {"secret.txt": SENTENCE.encode(), "site/page.html": page('<a href="../secret.txt">附件.txt</a>')})
    found, _ = find_inputs([tmp_path / "site"])
    assert load(found[0], Limits())[0].parts == ()


@pytest.mark.parametrize(
    ("links", "parts"),
    [
        pytest.param(
            '<script>createPageHTML(3, 0, "page", "html");</script>', ["page_1.html", "page_2.html"], id="from 0"
        ),
        pytest.param(
            "<script>createPageHTML('page_div',2, 1,'page','html',30);</script>",
            ["page_2.html"],
            id="another system: from 1",
        ),
        pytest.param(
            '<a href="page_1.html">下一页</a><a href="page_2.html">[3]</a>', ["page_1.html", "page_2.html"], id="links"
        ),
        pytest.param('<script>createPageHTML(3, 0, "index", "html");</script>', [], id="the pager of a list"),
        pytest.param('<a href="other_1.html">下一页</a>', [], id="the next article"),
    ],
)
def test_further_pages_of_an_article_are_found_and_lists_are_not_followed(
    links: str, parts: list[str], tmp_path: Path
) -> None:
    others = {name: page("", SENTENCE) for name in ("page_1.html", "page_2.html", "index_1.html", "other_1.html")}
    put(tmp_path, {"page.html": page(links, SENTENCE), **others})
    (one,) = load(Input(tmp_path / "page.html", tmp_path), Limits())
    assert [part.name for part in one.parts] == parts


def test_files_of_related_articles_beside_the_page_are_no_parts(tmp_path: Path) -> None:
    links = '<div class="related-box"><ul><li><a href="a.txt">政策解读.txt</a></li></ul></div>'
    put(tmp_path, {"page.html": page(links, SENTENCE), "a.txt": SENTENCE.encode()})
    assert names(find_inputs([tmp_path])[0], tmp_path) == ["a.txt", "page.html"]


def test_each_member_of_an_archive_is_a_document_and_archives_in_it_are_opened(tmp_path: Path) -> None:
    def packed(files: dict[str, bytes]) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return buffer.getvalue()

    inner = packed({"丙县/报告.txt": SENTENCE.encode()})
    put(tmp_path, {"all.zip": packed({"甲县.txt": SENTENCE.encode(), "more.zip": inner})})
    (given,), _ = find_inputs([tmp_path])
    assert [one.name for one in load(given, Limits())] == ["all.zip/甲县.txt", "all.zip/more.zip/丙县/报告.txt"]


def test_pictures_count_only_where_no_page_shows_them(tmp_path: Path) -> None:
    put(tmp_path, {"scans/1.jpg": b"\xff\xd8\xff", "site/page.html": page("", SENTENCE), "site/logo.png": b"\x89PNG"})
    assert names(find_inputs([tmp_path / "scans"])[0], tmp_path) == ["scans/1.jpg"]
    assert names(find_inputs([tmp_path / "site"])[0], tmp_path) == ["site/page.html"]


def test_lock_files_of_office_programs_are_no_documents(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": SENTENCE.encode(), "~$a.docx": b"x", ".b.txt": b"x"})
    assert names(find_inputs([tmp_path])[0], tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "is_workspace"),
    [
        pytest.param("import-0001.warc.gz", True, id="an import"),
        pytest.param("import-0002.warc", True, id="somebody's plain file"),
        pytest.param("crawl-0001.warc.gz", True, id="a crawl"),
        pytest.param("import-12345.warc.gz", True, id="more than four digits"),
        pytest.param("site-20240101-0001.warc.gz", False, id="a crawler of others"),
        pytest.param(".unfinished.warc.gz", False, id="half an import"),
        pytest.param("index.jsonl", False, id="no archive"),
    ],
)
def test_a_folder_with_an_archive_of_ours_is_a_workspace(name: str, is_workspace: bool, tmp_path: Path) -> None:
    put(tmp_path, {f"archive/{name}": b"", "exports/a.txt": SENTENCE.encode()})
    assert [path.name for path in find_archive(tmp_path)] == [name] * is_workspace
    assert names(find_inputs([tmp_path])[0], tmp_path) == ["exports/a.txt"] * (not is_workspace)


@pytest.mark.parametrize(
    ("files", "titles"),
    [
        pytest.param(["报告.txt"], ["青榆县报告"], id="one: the row is about it"),
        pytest.param(["甲乡.txt", "乙乡.txt"], ["", ""], id="several: it names none of them"),
    ],
)
def test_members_of_an_archive_know_the_row_that_led_to_it(files: list[str], titles: list[str]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in files:
            archive.writestr(name, SENTENCE)
    row = Listed(title="青榆县报告", published=date(2024, 3, 28), number="青政发〔2024〕1号")
    found = list(members_of(Page("all.zip", buffer.getvalue(), listed=row), Limits()))
    assert [page.listed and page.listed.title for page in found] == titles
    assert {page.listed and page.listed.published for page in found} == {date(2024, 3, 28)}
