"""What crawls brought home and what others crawled, imported and read back: each document once, as it stands now."""

import gzip
import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from rich.console import Console
from sqlalchemy import select
from typer.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator

from pipeline import store
from pipeline.archive import import_paths
from pipeline.cli import app
from pipeline.emulator.battery import battery_site
from pipeline.emulator.families import kinds
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import NOT_FOUND, Answer, Article, Asked, Kind, Site
from pipeline.files import Limits
from pipeline.inputs import find_inputs, load
from pipeline.parse import read_document
from pipeline.records import Document, Page
from pipeline.scrape.url_list import Address, import_addresses, read_addresses
from tests.crawls import run as crawl
from tests.crawls import sources_of
from tests.test_archive_store import HTML, OK, ONE, THREE, TITLE, TWO, crawled, html, pages, put

HOST = "http://www.yunlan.test"
REPORT = html(*[f"{ONE}{TWO}第{number}项工作已经完成。" for number in range(9)])
CHANGED = html(*[f"{TWO}第{number}项工作已经完成。" for number in range(9)])
ANNEX = f"{TITLE}附表\n{TWO}\n".encode() * 9
TEXT = "text/plain; charset=utf-8"

Pages = Mapping[str, Answer]


def answer(body: bytes, media: str = "text/html; charset=utf-8") -> Answer:
    return Answer(body, media)


def moved(to: str) -> Answer:
    return Answer(b"", status=302, headers={"Location": to})


def with_link(page: bytes, href: str, name: str = "附件：任务表.txt") -> bytes:
    return page.replace(b"<div></div>", f'<div><a href="{href}">{name}</a></div>'.encode())


def emulated(*weeks: Pages, quirks: frozenset[str] = frozenset()) -> Emulator:
    """A site with these pages in each week."""

    def respond(site: Site, asked: Asked) -> Answer:
        return weeks[int(site.name) - 1].get(asked.target, NOT_FOUND)

    kind = Kind("pages", respond, lambda site: "/", lambda site, article: "", lambda site, article: ())

    def world(week: int) -> Mapping[str, Site]:
        site = Site("www.yunlan.test", str(week), "云岚县", "pages", (), (), quirks=quirks, robots="")
        return {site.host: site}

    return Emulator(world, kinds={"pages": kind})


def fetch(emulator: Emulator, workspace: Path, *paths: str) -> tuple[int, list[str], list[str]]:
    """Import addresses on the emulated site; returns the exit code, what was told, and what went wrong."""
    told: list[str] = []
    complaints: list[str] = []
    code = import_addresses(
        [Address(path if "://" in path else HOST + path) for path in paths],
        workspace,
        contact="",
        any_host=True,
        delay_s=0.01,
        allow_loopback=True,
        connect=emulator.connect,
        tell=told.append,
        complain=complaints.append,
        console=Console(quiet=True),
    )
    return code, told, complaints


def documents(*paths: Path) -> list[Document]:
    return [read_document(page).document for page in pages(*paths)]


def fetched_of(workspace: Path) -> dict[tuple[str, int], str]:
    """Date of each record by file and offset."""
    found = {}
    for path in (workspace / "archive").glob("*.warc.gz"):
        with path.open("rb") as file:
            reader = ArchiveIterator(file)
            for record in reader:
                found[path.name, reader.get_record_offset()] = record.rec_headers.get_header("WARC-Date")
    return found


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"FAZHI_CONTACT": ""})


def article_of(page: Page, site: Site) -> Article:
    kind = kinds()[site.family]
    places = kind.places or (lambda site, one: (kind.address(site, one),))
    path = (page.url or "").removeprefix(f"http://{site.host}")
    return next(one for one in site.articles if path in places(site, one))


# --- crawls of ours --------------------------------------------------------------------------------------------------


def test_a_crawled_workspace_is_analysed_as_exactly_what_was_crawled(tmp_path: Path) -> None:
    site = battery_site("trs", host="www.yunlan.test", count=14, relevant=7)
    kind = kinds()["trs"]
    with Emulator(lambda week: {site.host: site}) as emulator:
        crawl(sources_of(emulator, {site.host: site}, tmp_path), tmp_path / "w")
    found = pages(tmp_path / "w")
    assert found == pages(tmp_path / "w")
    with store.reading(tmp_path / "w") as tx:
        assert len(found) == len(tx.execute(select(store.documents)).all()) > 1

    for page in found:  # the same bytes, without a crawl
        parts = tuple(
            Page(part.name, kind.respond(site, Asked("GET", urlsplit(part.name).path)).body, link=file.name)
            for part, file in zip(page.parts, article_of(page, site).attachments, strict=True)
        )
        content = kind.respond(site, Asked("GET", urlsplit(page.name).path)).body
        served = read_document(Page(page.url or "", content, page.url, parts=parts)).document
        back = read_document(page).document
        assert (back.doc_id, back.text, back.sha256) == (served.doc_id, served.text, served.sha256)
    assert any(page.parts for page in found)

    dates = fetched_of(tmp_path / "w")
    for page in found:
        assert page.snapshot is not None
        name, offset = page.snapshot.split(":")
        when = dates[name, int(offset)]
        assert str(page.fetched) >= when[:10]  # the day in China is that of Greenwich or the next
        assert page.listed is not None
        article = article_of(page, site)
        assert (page.listed.title, page.listed.published) == (article.title, article.published)
        assert page.listed.url.startswith(f"http://{site.host}/")


@pytest.mark.parametrize("quirks", [frozenset(), frozenset({"forced_gzip"}), frozenset({"no_length"})], ids=str)
def test_bytes_come_back_however_they_were_sent(quirks: frozenset[str], tmp_path: Path) -> None:
    with emulated({"/1.html": answer(REPORT)}, quirks=quirks) as emulator:
        assert fetch(emulator, tmp_path / "w", "/1.html")[0] == 0
    assert [page.content for page in pages(tmp_path / "w")] == [REPORT]


def test_of_a_page_that_changed_the_newest_version_is_read(tmp_path: Path) -> None:
    first, second = {"/1.html": answer(REPORT)}, {"/1.html": answer(CHANGED)}
    with emulated(first, second) as emulator:
        fetch(emulator, tmp_path / "w", "/1.html")
        assert [page.content for page in pages(tmp_path / "w")] == [REPORT]
        emulator.week = 2
        fetch(emulator, tmp_path / "w", "/1.html")
    assert [page.content for page in pages(tmp_path / "w")] == [CHANGED]


def test_a_page_whose_furniture_changed_is_the_document_that_it_was(tmp_path: Path) -> None:
    footer = REPORT.replace(b"</body>", "<div>浏览次数：</div></body>".encode())
    with emulated({"/1.html": answer(REPORT)}, {"/1.html": answer(footer)}) as emulator:
        for week in (1, 2):
            emulator.week = week
            fetch(emulator, tmp_path / "w", "/1.html")
    assert [page.content for page in pages(tmp_path / "w")] == [REPORT]


def test_the_same_text_at_two_addresses_is_one_document(tmp_path: Path) -> None:
    other = REPORT.replace(b"<head>", b"<head><meta name='channel' content='2'>")
    with emulated({"/1.html": answer(REPORT), "/2.html": answer(other)}) as emulator:
        assert fetch(emulator, tmp_path / "w", "/1.html", "/2.html")[0] == 0
    assert [page.url for page in pages(tmp_path / "w")] == [f"{HOST}/1.html"]


def test_a_text_that_stands_at_its_second_address_only_is_read_from_there(tmp_path: Path) -> None:
    other = REPORT.replace(b"<head>", b"<head><meta name='channel' content='2'>")
    week_1 = {"/1.html": answer(REPORT), "/2.html": answer(other)}
    with emulated(week_1, {**week_1, "/1.html": answer(CHANGED)}) as emulator:
        for week in (1, 2):
            emulator.week = week
            fetch(emulator, tmp_path / "w", "/1.html", "/2.html")
    assert [(page.url, page.content) for page in pages(tmp_path / "w")] == [
        (f"{HOST}/2.html", other),
        (f"{HOST}/1.html", CHANGED),
    ]


def test_a_file_that_two_pages_link_to_at_two_addresses_is_part_of_each_under_its_own(tmp_path: Path) -> None:
    site = {
        "/a/1.html": answer(with_link(REPORT, "x.txt")),
        "/b/1.html": answer(with_link(CHANGED, "y.txt")),
        "/a/x.txt": answer(ANNEX, TEXT),
        "/b/y.txt": answer(ANNEX, TEXT),
    }
    with emulated(site) as emulator:
        assert fetch(emulator, tmp_path / "w", "/a/1.html", "/b/1.html")[0] == 0
    one, two = pages(tmp_path / "w")
    assert [(part.url, part.content) for part in (*one.parts, *two.parts)] == [
        (f"{HOST}/a/x.txt", ANNEX),
        (f"{HOST}/b/y.txt", ANNEX),
    ]
    assert one.parts[0].snapshot == two.parts[0].snapshot  # the bytes are there once
    assert one.parts[0].link == "附件：任务表.txt"


def test_the_same_page_beside_other_files_is_another_document_at_its_own_address(tmp_path: Path) -> None:
    page = with_link(html("详见附件。"), "x.txt").replace(b"</body>", b"<!-- " + b"." * 600 + b"--></body>")
    site = {
        "/a/1.html": answer(page),
        "/b/1.html": answer(page),
        "/a/x.txt": answer(ANNEX, TEXT),
        "/b/x.txt": answer(ANNEX * 2, TEXT),
    }
    with emulated(site) as emulator:
        assert fetch(emulator, tmp_path / "w", "/a/1.html", "/b/1.html")[0] == 0
    found = pages(tmp_path / "w")
    assert [(page.url, page.parts[0].url, len(page.parts[0].content)) for page in found] == [
        (f"{HOST}/a/1.html", f"{HOST}/a/x.txt", len(ANNEX)),
        (f"{HOST}/b/1.html", f"{HOST}/b/x.txt", 2 * len(ANNEX)),
    ]


def test_a_page_behind_redirects_is_the_page_that_they_lead_to(tmp_path: Path) -> None:
    site = {"/old": moved("/newer"), "/newer": moved("/1.html"), "/1.html": answer(REPORT)}
    with emulated(site) as emulator:
        assert fetch(emulator, tmp_path / "w", "/old")[0] == 0
    assert [(page.url, page.content) for page in pages(tmp_path / "w")] == [(f"{HOST}/1.html", REPORT)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("/1.html", "/1_2.html", id="a file each"),
        pytest.param("/show.do?id=1", "/show.do?id=1&page=2", id="by the query"),
    ],
)
def test_pages_of_an_article_are_one_document(first: str, second: str, tmp_path: Path) -> None:
    link = second.lstrip("/").replace("&", "&amp;")
    site = {first: answer(with_link(REPORT, link, "下一页")), second: answer(html(THREE * 9))}
    with emulated(site) as emulator:
        assert fetch(emulator, tmp_path / "w", first)[0] == 0
    (document,) = documents(tmp_path / "w")
    assert document.text.index(ONE) < document.text.index(THREE)
    assert not any("附件" in note for note in document.notes)


def test_lists_and_pages_that_are_no_documents_are_not_read(tmp_path: Path) -> None:
    with emulated({"/1.html": answer(REPORT)}) as emulator:
        code, _, complaints = fetch(emulator, tmp_path / "w", "/1.html", "/2.html")
    assert code == 1
    assert any("expected a document at" in line and "2.html" in line for line in complaints)
    assert [page.url for page in pages(tmp_path / "w")] == [f"{HOST}/1.html"]


def test_analyze_reads_a_crawled_workspace(tmp_path: Path) -> None:
    with emulated({"/1.html": answer(REPORT)}) as emulator:
        fetch(emulator, tmp_path / "w", "/1.html")
    result = run("analyze", tmp_path / "w", "-o", tmp_path / "out")
    assert (result.exit_code, "1 documents" in result.output) == (0, True), result.output
    (row,) = map(json.loads, (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines())
    assert row["url"] == f"{HOST}/1.html"
    assert row["snapshot"].startswith("crawl-0001.warc.gz:")


# --- WARC files ------------------------------------------------------------------------------------------------------


def archive(workspace: Path) -> list[str]:
    return sorted(path.name for path in (workspace / "archive").iterdir() if path.name.endswith((".warc", ".gz")))


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        pytest.param("crawl.warc.gz", "import-0001.warc.gz", id="packed"),
        pytest.param("crawl.warc", "import-0001.warc", id="plain"),
    ],
)
def test_a_warc_file_of_others_is_copied_as_it_is_and_its_documents_are_read(
    name: str, stored: str, tmp_path: Path
) -> None:
    path = crawled(tmp_path / name, ("/1.html", OK, HTML, REPORT), ("/2.html", OK, HTML, CHANGED))
    found = import_paths([path], tmp_path / "w")
    assert (found.documents, found.files, found.repeated, found.failures) == (2, 1, 0, ())
    assert archive(tmp_path / "w") == [stored]
    assert (tmp_path / "w" / "archive" / stored).read_bytes() == path.read_bytes()
    assert [page.content for page in pages(tmp_path / "w")] == [REPORT, CHANGED]
    assert [page.snapshot for page in pages(tmp_path / "w")] == [
        (page.snapshot or "").replace(name, stored) for page in pages(path)
    ]

    again = import_paths([path], tmp_path / "w")
    assert (again.documents, again.files, again.repeated, again.failures) == (0, 0, 2, ())
    assert archive(tmp_path / "w") == [stored]


def test_warc_files_in_a_folder_are_imported_beside_its_other_documents(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", {"a.txt": ONE.encode() * 9})
    crawled(folder / "crawl-1.warc.gz", ("/1.html", OK, HTML, with_link(REPORT, "/x.txt")))
    (folder / "below").mkdir()
    crawled(folder / "below" / "crawl-2.warc", ("/x.txt", OK, {"Content-Type": "text/plain"}, ANNEX))
    shutil.copy(folder / "crawl-1.warc.gz", folder / "copy.warc.gz")
    found = import_paths([folder], tmp_path / "w")
    assert (found.documents, found.files, found.failures) == (2, 3, ())
    assert archive(tmp_path / "w") == ["import-0001.warc", "import-0002.warc.gz", "import-0003.warc.gz"]
    assert [(page.name, len(page.parts)) for page in pages(tmp_path / "w")] == [(f"{HOST}/1.html", 1), ("a.txt", 0)]


def test_a_folder_of_warc_files_alone_is_no_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    crawled(tmp_path / "in" / "x.warc.gz", ("/1.html", OK, HTML, REPORT))
    found = import_paths([tmp_path / "in"], tmp_path / "w")
    assert (found.documents, found.files, found.failures) == (1, 1, ())


def test_names_that_say_packed_of_a_plain_file_are_put_right(tmp_path: Path) -> None:
    plain = crawled(tmp_path / "x.warc", ("/1.html", OK, HTML, REPORT))
    wrong = plain.rename(tmp_path / "x.warc.gz")
    assert import_paths([wrong], tmp_path / "w").documents == 1
    assert archive(tmp_path / "w") == ["import-0001.warc"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "one without a record", id="empty"),
        pytest.param(ONE.encode(), "one that begins with", id="a text"),
        pytest.param(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nH", "at byte 0", id="half a record"),
    ],
)
def test_what_is_no_warc_file_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    path = put(tmp_path, {"x.warc.gz": content}) / "x.warc.gz"
    result = run("import", path, "--workspace", tmp_path / "w")
    assert result.exit_code == 1
    assert reason in result.output
    assert "keeps its bytes" not in result.output
    assert archive(tmp_path / "w") == []


def test_a_warc_file_that_is_one_gzip_member_is_refused_with_what_mends_it(tmp_path: Path) -> None:
    plain = crawled(tmp_path / "x.warc", ("/1.html", OK, HTML, REPORT), ("/2.html", OK, HTML, CHANGED))
    path = put(tmp_path, {"y.warc.gz": gzip.compress(plain.read_bytes())}) / "y.warc.gz"
    (failure,) = import_paths([path], tmp_path / "w").failures
    assert "warcio recompress" in failure.reason
    assert archive(tmp_path / "w") == []


def test_a_warc_file_that_is_cut_short_is_kept_and_told(tmp_path: Path) -> None:
    whole = crawled(tmp_path / "x.warc.gz", ("/1.html", OK, HTML, REPORT), ("/2.html", OK, HTML, CHANGED))
    path = put(tmp_path, {"y.warc.gz": whole.read_bytes()[:-600]}) / "y.warc.gz"
    found = import_paths([path], tmp_path / "w")
    (failure,) = found.failures
    assert (found.documents, failure.path) == (1, path)
    assert failure.reason.endswith("; the archive keeps its bytes all the same")
    given, failures = find_inputs([tmp_path / "w"])
    assert [load(one, Limits())[0].content for one in given] == [REPORT]
    assert [failure.path.name for failure in failures] == ["import-0001.warc.gz"]


def test_a_document_in_a_warc_file_that_cannot_be_read_is_told_by_its_place_in_the_file(tmp_path: Path) -> None:
    path = crawled(tmp_path / "x.warc.gz", ("/1.pdf", OK, {"Content-Type": "application/pdf"}, b"%PDF-1.4 broken"))
    (failure,) = import_paths([path], tmp_path / "w").failures
    assert str(failure.path).startswith(f"{path}:")
    assert archive(tmp_path / "w") == ["import-0001.warc.gz"]


def test_a_workspace_is_imported_into_another_whatever_its_files_are_called_there(tmp_path: Path) -> None:
    site = {
        "/a/1.html": answer(with_link(REPORT, "x.txt")),
        "/b/1.html": answer(with_link(CHANGED, "y.txt")),
        "/a/x.txt": answer(ANNEX, TEXT),
        "/b/y.txt": answer(ANNEX, TEXT),
    }
    own = {"/c.html": answer(html(*[f"第{number}项：{ONE}" for number in range(9)]))}
    folder = put(tmp_path / "in", {"page.html": with_link(html(TWO), "f.txt"), "f.txt": ANNEX})
    with emulated(site) as one, emulated(own) as two:
        fetch(one, tmp_path / "v", "/a/1.html", "/b/1.html")
        fetch(two, tmp_path / "w", "/c.html")
    import_paths([folder], tmp_path / "v")
    put(folder, {"f.txt": ANNEX * 2})  # its second record names a page in the first file
    import_paths([folder], tmp_path / "v")
    before, here = documents(tmp_path / "v"), documents(tmp_path / "w")
    found = import_paths([tmp_path / "v"], tmp_path / "w")
    assert (found.documents, found.files, found.failures) == (4, 3, ())
    assert archive(tmp_path / "w") == ["crawl-0001.warc.gz", *(f"import-000{n}.warc.gz" for n in (1, 2, 3))]
    ids = sorted(document.doc_id for document in documents(tmp_path / "w"))
    assert ids == sorted(document.doc_id for document in (*before, *here))
    assert sorted(document.url or "" for document in documents(tmp_path / "w")) == sorted(
        document.url or "" for document in (*before, *here)
    )


def test_an_older_crawl_that_is_imported_later_does_not_replace_what_stands_now(tmp_path: Path) -> None:
    with emulated({"/1.html": answer(REPORT)}, {"/1.html": answer(CHANGED)}) as emulator:
        fetch(emulator, tmp_path / "old", "/1.html")
        path = tmp_path / "old" / "archive" / "crawl-0001.warc.gz"
        earlier(path)
        emulator.week = 2
        fetch(emulator, tmp_path / "w", "/1.html")
    import_paths([tmp_path / "old"], tmp_path / "w")
    assert [page.content for page in pages(tmp_path / "w")] == [CHANGED]


def earlier(path: Path) -> None:
    """Let the records of a file be some years older."""
    members = []
    content = path.read_bytes()
    with path.open("rb") as file:
        reader = ArchiveIterator(file)
        starts = [reader.get_record_offset() for _ in reader]
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        plain = gzip.decompress(content[start:end])
        year = str(date.today().year).encode()
        members.append(gzip.compress(plain.replace(b"WARC-Date: " + year, b"WARC-Date: 2020"), mtime=0))
    offset, moved_to = 0, {}
    for start, member in zip(starts, members, strict=True):
        moved_to[start] = offset
        offset += len(member)
    if any(start != to for start, to in moved_to.items()):
        raise_offsets(members, moved_to)
    path.write_bytes(b"".join(members))


def raise_offsets(members: list[bytes], moved_to: dict[int, int]) -> None:
    """Put the offsets right in the records that name others."""
    for at, member in enumerate(members):
        plain = gzip.decompress(member)
        if b"vnd.fazhi" not in plain:
            continue
        head, _, body = plain.partition(b"\r\n\r\n")
        about = json.loads(body)
        for place in (about["page"], *about["parts"]):
            place["offset"] = moved_to[place["offset"]]
        told = json.dumps(about, ensure_ascii=False).encode()
        lines = [
            line
            for line in head.split(b"\r\n")
            if not line.startswith((b"Content-Length", b"WARC-Block", b"WARC-Payload"))
        ]
        head = b"\r\n".join([*lines, f"Content-Length: {len(told)}".encode()])
        members[at] = gzip.compress(head + b"\r\n\r\n" + told + b"\r\n\r\n", mtime=0)


def test_files_that_were_joined_are_each_read_as_what_they_are(tmp_path: Path) -> None:
    with emulated({"/1.html": answer(REPORT), "/robots.txt": answer(b"User-agent: *\nAllow: /\n", TEXT)}) as emulator:
        fetch(emulator, tmp_path / "v", "/1.html")
    ours = (tmp_path / "v" / "archive" / "crawl-0001.warc.gz").read_bytes()
    theirs = crawled(tmp_path / "x.warc.gz", ("/2.html", OK, HTML, CHANGED)).read_bytes()
    put(tmp_path, {"joined.warc.gz": ours + theirs})
    assert [page.content for page in pages(tmp_path / "joined.warc.gz")] == [REPORT, CHANGED]


def test_nothing_that_others_archived_takes_the_place_of_what_a_crawl_of_ours_found(tmp_path: Path) -> None:
    with emulated({"/1.html": answer(CHANGED)}) as emulator:
        fetch(emulator, tmp_path / "w", "/1.html")
    path = crawled(tmp_path / "x.warc.gz", ("/1.html", OK, HTML, REPORT))
    import_paths([path], tmp_path / "w")
    assert [(page.fetched == date(2024, 3, 29), page.content) for page in pages(tmp_path / "w")] == [
        (False, CHANGED),
        (True, REPORT),
    ]


def test_what_an_archive_of_the_workspace_itself_has_is_there_already(tmp_path: Path) -> None:
    path = crawled(tmp_path / "x.warc.gz", ("/1.html", OK, HTML, REPORT))
    import_paths([path], tmp_path / "w")
    found = import_paths([tmp_path / "w" / "archive" / "import-0001.warc.gz"], tmp_path / "w")
    assert (found.documents, found.files, found.repeated) == (0, 0, 1)


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("https://a.gov.cn/1.html\n", [("https://a.gov.cn/1.html", "")], id="one"),
        pytest.param(
            "\ufeff# 云岚县\r\n\r\nhttps://a.gov.cn/1.html\t云岚县 报告\r\nwww.a.gov.cn/2.html\r\n",
            [("https://a.gov.cn/1.html", "云岚县 报告"), ("http://www.a.gov.cn/2.html", "")],
            id="mark, comment, blank line, title, no scheme",
        ),
        pytest.param(
            "HTTP://A.gov.cn/1 云岚县报告", [("HTTP://A.gov.cn/1", "云岚县报告")], id="a blank before the title"
        ),
        pytest.param(
            "https://a.gov.cn/1\nhttps://a.gov.cn/2\nhtps://a.gov.cn/3\n",
            [("https://a.gov.cn/1", ""), ("https://a.gov.cn/2", ""), ("http://htps://a.gov.cn/3", "")],
            id="a slip in one line",
        ),
        pytest.param(
            "云岚县2023年度法治政府建设情况报告\nhttps://a.gov.cn/1\n见网站。", [], id="a text that names one"
        ),
        pytest.param("# nothing yet\n", [], id="comments only"),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_file_of_addresses_is_told_from_a_text(text: str, found: list[tuple[str, str]], tmp_path: Path) -> None:
    path = tmp_path / "urls.txt"
    for coding in ("utf-8", "gb18030"):
        path.write_bytes(text.encode(coding))
        assert [(address.url, address.title) for address in read_addresses(path)] == found


def test_each_address_is_fetched_politely_with_its_files_and_told(tmp_path: Path) -> None:
    site = {
        "/1.html": answer(with_link(REPORT, "x.txt")),
        "/x.txt": answer(ANNEX, TEXT),
        "/2.txt": answer(CHANGED.replace(b"<", b"["), TEXT),
    }
    with emulated(site) as emulator:
        code, told, complaints = fetch(emulator, tmp_path / "w", "/1.html", "/1.html#top", "/2.txt")
        asked = [record.target for record in emulator.log.records]
    assert (code, complaints, len(told)) == (0, [], 3)
    assert sorted(asked) == ["/1.html", "/2.txt", "/robots.txt", "/x.txt"]
    assert [(page.url, len(page.parts)) for page in pages(tmp_path / "w")] == [
        (f"{HOST}/1.html", 1),
        (f"{HOST}/2.txt", 0),
    ]
    with store.reading(tmp_path / "w") as tx:
        ids = [row.id for row in tx.execute(select(store.sources.c.id).order_by(store.sources.c.id))]
    assert all(name.startswith("yunlan.test-") for name in ids)


def test_addresses_asked_for_again_cost_a_question_and_store_nothing(tmp_path: Path) -> None:
    with emulated({"/1.html": answer(REPORT)}) as emulator:
        fetch(emulator, tmp_path / "w", "/1.html")
        size = (tmp_path / "w" / "archive" / "crawl-0001.warc.gz").stat().st_size
        assert fetch(emulator, tmp_path / "w", "/1.html")[0] == 0
    assert (tmp_path / "w" / "archive" / "crawl-0001.warc.gz").stat().st_size == size


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("https://www.yunlan.test/1.html", "expected a host under gov.cn", id="another host"),
        pytest.param("https://www.yunlangov.cn/1.html", "expected a host under gov.cn", id="a clone"),
        pytest.param("https:///1.html", "expected an address such as", id="no host"),
        pytest.param("https://[1.html", "expected an address such as", id="half a bracket"),
    ],
)
def test_an_address_that_is_not_visited_is_told_with_the_reason_and_its_line(
    line: str, reason: str, tmp_path: Path
) -> None:
    path = put(tmp_path, {"urls.txt": f"# list\n{line}\n".encode()}) / "urls.txt"
    result = run("import", path, "--workspace", tmp_path / "w", "--contact", "me@fazhi.test")
    assert result.exit_code == 1
    assert f"{path}, line 2: " in result.output
    assert reason in result.output
    result = run("import", line, "--workspace", tmp_path / "w", "--contact", "me@fazhi.test")
    assert (result.exit_code, reason in result.output) == (1, True)


def test_nothing_is_asked_without_a_contact(tmp_path: Path) -> None:
    result = run("import", "https://www.yunlan.gov.cn/1.html", "--workspace", tmp_path / "w")
    assert result.exit_code == 1
    assert "expected a contact" in result.output


# --- what the list said ----------------------------------------------------------------------------------------------


def test_what_the_list_says_stands_for_what_the_page_does_not(tmp_path: Path) -> None:
    """A file has no date of its own, and the row that links straight to it does."""
    site = battery_site("plain", host="www.yunlan.test", count=6, relevant=3)
    with Emulator(lambda week: {site.host: site}) as emulator:
        crawl(sources_of(emulator, {site.host: site}, tmp_path), tmp_path / "w")
    for page in pages(tmp_path / "w"):
        bare = Page("page", b"", listed=page.listed)
        assert bare.listed is not None
        text = f"{ONE}{TWO}\n".encode() * 9
        document = read_document(Page(page.name, text, page.url, listed=page.listed)).document
        assert (document.title, document.sources["title"]) == (bare.listed.title, "list row")
        assert (document.published, document.sources["published"]) == (bare.listed.published, "list row")


def test_an_attachment_that_the_site_serves_by_number_is_known_by_its_link(tmp_path: Path) -> None:
    site = {
        "/1.html": answer(with_link(REPORT, "/download.jsp?wbfileid=9")),
        "/download.jsp?wbfileid=9": answer(ANNEX, "application/octet-stream"),
    }
    with emulated(site) as emulator:
        fetch(emulator, tmp_path / "w", "/1.html")
    (page,) = pages(tmp_path / "w")
    assert [(part.link, part.content) for part in page.parts] == [("附件：任务表.txt", ANNEX)]
