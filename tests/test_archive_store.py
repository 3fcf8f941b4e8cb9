"""The archive of a workspace: what is imported comes back as it was, once, whatever happens in between."""

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import pipeline.archive
from pipeline.analyze import analyze_files
from pipeline.archive import add_pages, import_paths
from pipeline.cli import app
from pipeline.errors import InputError
from pipeline.files import Limits
from pipeline.inputs import Failure, Input, find_inputs, load, load_page
from pipeline.parse import read_document
from pipeline.records import Analysis, Document, Page
from pipeline.warc import scan

TITLE = "云岚县2023年度法治政府建设情况报告"
ONE = "全县各级行政机关坚持依法行政，全年办结行政复议案件23件，办结率达到100%。"
TWO = "组织行政执法人员培训4期，参训人员达到860人次，持证上岗率达到98.5%。"
THREE = "审查行政规范性文件31件，提出法律意见57条，废止12件，修改8件。"
HOST = "http://www.yunlan.test"


def html(*lines: str, links: str = "") -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLE}</title></head>"
    return f'{head}<body><h1>{TITLE}</h1><div class="TRS_Editor">{body}</div><div>{links}</div></body></html>'.encode()


def packed(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


STUB = html("详见附件。", links='<a href="files/情况报告.txt">附件：情况报告.txt</a>')
FILES = {
    "stub.html": STUB,
    "files/情况报告.txt": f"{TITLE}\n{ONE}\n{TWO}".encode(),
    "long.html": html(ONE, links='<script>createPageHTML(2, 0, "long", "html");</script>'),
    "long_1.html": html(TWO),
    "2022/a b#1%.txt": f"{TITLE}\n{THREE}".encode("gb18030"),
    "all.zip": packed({"甲乡/报告.txt": ONE.encode(), "more.zip": packed({"乙乡.txt": TWO.encode()})}),
}
NAMES = ["甲乡/报告.txt", "more.zip/乙乡.txt"]


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def pages(*paths: Path) -> list[Page]:
    found, failures = find_inputs(paths)
    assert failures == []
    return [page for given in found for page in load(given, Limits())]


def documents(*paths: Path) -> dict[str, Document]:
    return {page.name: read_document(page).document for page in pages(*paths)}


def bare(document: Document) -> Document:
    return replace(document, snapshot=None, fetched=None)


def records(path: Path) -> list[tuple[str, str]]:
    """Type and address of each record, their digests checked as `warcio check` does."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI")))
            assert record.rec_type == "warcinfo" or record.digest_checker.passed
            assert record.rec_headers.protocol == "WARC/1.1"
    return found


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def warcs(workspace: Path) -> list[Path]:
    return sorted((workspace / "archive").glob("*.warc.gz"))


def test_what_is_read_back_is_what_a_direct_analysis_reads(tmp_path: Path) -> None:
    source, workspace = put(tmp_path / "in", FILES), tmp_path / "w"
    stored = import_paths([source], workspace)
    assert (stored.documents, stored.files, stored.repeated, stored.failures) == (5, 6, 0, ())
    direct, back = documents(source), documents(workspace)
    assert {name: bare(one) for name, one in back.items()} == direct
    assert list(direct) == ["a b#1%.txt", *(f"all.zip/{name}" for name in NAMES), "long.html", "stub.html"]
    assert direct["stub.html"].text == f"{ONE}\n{TWO}\n"
    assert {type(one.fetched) for one in back.values()} == {date}
    assert documents(workspace / "archive") == documents(*warcs(workspace)) == back


def test_the_archive_is_warc_that_others_can_check_and_names_no_machine_path(tmp_path: Path) -> None:
    import_paths([put(tmp_path / "in", FILES)], tmp_path / "w")
    (path,) = warcs(tmp_path / "w")
    assert path.name == "import-0001.warc.gz"
    assert records(path) == [
        ("warcinfo", None),
        ("resource", "file:in/2022/a%20b%231%25.txt"),
        ("resource", "file:in/all.zip"),
        ("resource", "file:in/long.html"),
        ("resource", "file:in/long_1.html"),
        ("metadata", "file:in/long.html"),
        ("resource", "file:in/stub.html"),
        ("resource", "file:in/files/%E6%83%85%E5%86%B5%E6%8A%A5%E5%91%8A.txt"),
        ("metadata", "file:in/stub.html"),
    ]
    assert str(tmp_path).encode() not in gzip.decompress(path.read_bytes())


def test_a_snapshot_is_the_file_and_the_offset_of_the_bytes(tmp_path: Path) -> None:
    import_paths([put(tmp_path / "in", FILES)], tmp_path / "w")
    for page in pages(tmp_path / "w"):
        for one in (page, *page.parts):
            assert one.snapshot is not None
            name, offset = one.snapshot.split(":")
            with (tmp_path / "w" / "archive" / name).open("rb") as file:
                file.seek(int(offset))
                record = next(iter(ArchiveIterator(file)))
                content = record.content_stream().read()
            assert content == one.content or ".zip/" in one.name
            assert record.rec_headers.get_header("WARC-Payload-Digest") == f"sha256:{one.sha256}" or ".zip/" in one.name


def test_the_same_again_writes_nothing_and_says_so(tmp_path: Path) -> None:
    source = put(tmp_path / "in", FILES)
    import_paths([source], tmp_path / "w")
    before = {path.name: path.read_bytes() for path in warcs(tmp_path / "w")}
    again = import_paths([source], tmp_path / "w")
    assert (again.documents, again.files, again.repeated) == (0, 0, 5)
    (tmp_path / "w" / "archive" / "index.jsonl").write_text("{broken", encoding="utf-8")
    assert import_paths([source], tmp_path / "w").files == 0
    (tmp_path / "w" / "archive" / "index.jsonl").unlink()
    assert import_paths([source], tmp_path / "w").files == 0
    assert {path.name: path.read_bytes() for path in warcs(tmp_path / "w")} == before


def test_a_changed_file_is_a_new_snapshot_and_the_old_one_stays(tmp_path: Path) -> None:
    source, workspace = put(tmp_path / "in", {"a.txt": ONE.encode(), "b.txt": TWO.encode()}), tmp_path / "w"
    import_paths([source], workspace)
    put(source, {"a.txt": THREE.encode()})
    stored = import_paths([source], workspace)
    assert (stored.documents, stored.files, stored.repeated) == (1, 1, 1)
    assert [(page.name, page.content.decode()) for page in pages(workspace)] == [
        ("a.txt", ONE),
        ("b.txt", TWO),
        ("a.txt", THREE),
    ]
    assert [page.snapshot.split(":")[0] for page in pages(workspace) if page.snapshot] == [
        "import-0001.warc.gz",
        "import-0001.warc.gz",
        "import-0002.warc.gz",
    ]


def test_a_changed_attachment_makes_a_new_document_of_the_page_that_is_there(tmp_path: Path) -> None:
    source, workspace = put(tmp_path / "in", {name: FILES[name] for name in ("stub.html", "files/情况报告.txt")}), tmp_path / "w"  # fmt: skip
    import_paths([source], workspace)
    put(source, {"files/情况报告.txt": THREE.encode()})
    assert import_paths([source], workspace).files == 1
    found = pages(workspace)
    assert [(page.name, page.snapshot, page.parts[0].content) for page in found] == [
        ("stub.html", found[0].snapshot, FILES["files/情况报告.txt"]),
        ("stub.html", found[0].snapshot, THREE.encode()),
    ]
    # The second file alone leads to the first, and without it says what it lacks.
    (given,), _ = find_inputs([warcs(workspace)[1]])
    assert load(given, Limits()) == [found[1]]
    warcs(workspace)[0].unlink()
    with pytest.raises(InputError, match=r"import-0001\.warc\.gz:\d+: expected this record .*no such file"):
        load(given, Limits())


def test_an_attachment_that_came_first_is_no_document_once_its_page_is_there(tmp_path: Path) -> None:
    source = put(tmp_path / "in", {"报告.txt": ONE.encode()})
    import_paths([source], tmp_path / "w")
    put(source, {"page.html": html("详见附件。", links='<a href="报告.txt">附件</a>')})
    assert import_paths([source], tmp_path / "w").files == 1
    assert [(page.name, [part.name for part in page.parts]) for page in pages(tmp_path / "w")] == [
        ("page.html", ["报告.txt"])
    ]


def test_what_cannot_be_read_is_stored_all_the_same_and_told(tmp_path: Path) -> None:
    source = put(tmp_path / "in", {"good.txt": ONE.encode(), "bad.pdf": b"%PDF-1.4 broken", "empty.txt": b""})
    result = run("import", source, "--workspace", tmp_path / "w")
    assert result.exit_code == 1
    assert f"1 documents (3 files) stored, 0 were there already -> {tmp_path / 'w' / 'archive'}" in result.output
    told = [line for line in result.output.splitlines() if line.startswith("fazhi: ")]
    assert [line.split(": ")[1] for line in told] == [str(source / "bad.pdf"), str(source / "empty.txt")]
    assert all(line.endswith("; the archive keeps its bytes all the same") for line in told)
    back = [load_page(given, Limits()).content for given in find_inputs([tmp_path / "w"])[0]]
    assert back == [b"%PDF-1.4 broken", b"", ONE.encode()]


def test_what_is_larger_than_the_limit_is_not_stored(tmp_path: Path) -> None:
    source = put(tmp_path / "in", {**FILES, "large.txt": ONE.encode() * 100})
    put(source, {"files/情况报告.txt": TWO.encode() * 100})
    stored = add_pages(tmp_path / "w", find_inputs([source])[0], limits=Limits(file_bytes=4000))
    assert {failure.path.name: failure.reason for failure in stored.failures} == {
        "large.txt": "expected a document of at most 0 MB, got 0.0 MB",
        "情况报告.txt": "expected a file of at most 0 MB to store, got one of 0.0 MB",
    }
    assert stored.files == len(FILES) - 1


def test_an_import_that_was_killed_leaves_an_archive_that_is_whole(tmp_path: Path) -> None:
    source, workspace = put(tmp_path / "in", FILES), tmp_path / "w"
    import_paths([source], workspace)
    before = documents(workspace)
    half = warcs(workspace)[0].read_bytes()[:1500]
    (workspace / "archive" / ".unfinished.warc.gz").write_bytes(half)
    assert documents(workspace) == documents(workspace / "archive") == before
    put(source, {"new.txt": THREE.encode()})
    assert import_paths([source], workspace).files == 1
    assert records(warcs(workspace)[1]) == [("warcinfo", None), ("resource", "file:in/new.txt")]
    assert sorted(path.name for path in (workspace / "archive").iterdir()) == [
        ".lock",
        "import-0001.warc.gz",
        "import-0002.warc.gz",
        "index.jsonl",
    ]


def test_an_import_that_is_interrupted_keeps_the_documents_that_were_whole(tmp_path: Path) -> None:
    source = put(tmp_path / "in", {f"{number}.txt": f"{ONE}{number}".encode() for number in range(9)})
    inputs, _ = find_inputs([source])

    def interrupt(done: int, total: int, name: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_pages(tmp_path / "w", inputs, progress=interrupt)
    assert [page.name for page in pages(tmp_path / "w")] == ["0.txt", "1.txt", "2.txt"]
    records(warcs(tmp_path / "w")[0])
    assert add_pages(tmp_path / "w", inputs).documents == 6
    assert [page.name for page in pages(tmp_path / "w")] == [f"{number}.txt" for number in range(9)]


def test_a_file_that_is_full_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.archive, "LARGEST", 1000)
    source = put(tmp_path / "in", {f"{number}.txt": f"{ONE}{number}".encode() for number in range(3)})
    assert import_paths([source], tmp_path / "w").files == 3
    assert len(warcs(tmp_path / "w")) == 2
    assert len(pages(tmp_path / "w")) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="no such locks")
def test_two_imports_at_once_do_not_meet(tmp_path: Path) -> None:
    import fcntl

    source = put(tmp_path / "in", {"a.txt": ONE.encode()})
    (tmp_path / "w" / "archive").mkdir(parents=True)
    with (tmp_path / "w" / "archive" / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(InputError, match="expected to be the only import"):
            import_paths([source], tmp_path / "w")
    assert import_paths([source], tmp_path / "w").files == 1


def test_names_that_are_no_text_come_back(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    name = os.fsdecode("云岚".encode("gb18030") + b".txt")
    (source / name).write_text(ONE, encoding="utf-8")
    import_paths([source], tmp_path / "w")
    assert [page.name for page in pages(tmp_path / "w")] == [name]


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_a_file_that_breaks_off_anywhere_in_a_record_is_told(name: str, tmp_path: Path) -> None:
    path = crawled(tmp_path / name, ("/1.html", OK, HTML, PAGE))
    content = path.read_bytes()
    with path.open("rb") as file:
        reader = ArchiveIterator(file)
        starts = [reader.get_record_offset() for _ in reader]
    for length in range(1, len(content), 7):
        (tmp_path / f"cut-{name}").write_bytes(content[:length])
        problem = scan(tmp_path / f"cut-{name}")[1]
        ends = length in starts or content[length:].startswith((b"\r\n", b"\n"))  # the blank lines behind a record
        assert problem or ends, length


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[:-100], id="cut short"),
        pytest.param(lambda content: content[:-140] + b"\xff" * 40 + content[-100:], id="overwritten"),
    ],
)
def test_a_damaged_archive_is_told_and_what_stands_before_is_read(damage, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    source = put(tmp_path / "in", {f"{number}.txt": f"{ONE}{number}".encode() for number in range(4)})
    import_paths([source], tmp_path / "w")
    (path,) = warcs(tmp_path / "w")
    path.write_bytes(damage(path.read_bytes()))
    found, failures = find_inputs([path])
    assert [load(given, Limits())[0].name for given in found] == ["0.txt", "1.txt", "2.txt"]
    assert [failure.path for failure in failures] == [path]
    for _ in range(2):  # told each time, and the lost file comes back once
        stored = import_paths([source], tmp_path / "w")
        assert [failure.path for failure in stored.failures] == [path]
    assert [load(given, Limits())[0].name for given in find_inputs([tmp_path / "w"])[0]] == [
        "0.txt",
        "1.txt",
        "2.txt",
        "3.txt",
    ]


def test_bytes_other_than_those_that_were_stored_are_refused(tmp_path: Path) -> None:
    import_paths([put(tmp_path / "in", {"a.txt": ONE.encode()})], tmp_path / "w")
    (path,) = warcs(tmp_path / "w")
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace("23件".encode(), "32件".encode())))
    plain = path.with_suffix("")  # one gzip member for all is no WARC
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    (given,), failures = find_inputs([plain])
    assert failures == []
    with pytest.raises(InputError, match="expected the bytes that were stored"):
        load(given, Limits())
    failures = find_inputs([path])[1]
    assert [failure.reason for failure in failures if "warcio recompress" in failure.reason] != []


def test_of_another_workspace_the_archive_is_imported_and_nothing_else(tmp_path: Path) -> None:
    source = put(tmp_path / "in", {"a.txt": ONE.encode()})
    import_paths([source], tmp_path / "w")
    put(tmp_path / "w", {"exports/b.txt": TWO.encode()})
    result = run("import", tmp_path / "w", source, "--workspace", tmp_path / "v")
    assert "1 documents (1 files) stored, 1 were there already" in result.output
    assert result.exit_code == 0
    assert [page.name for page in pages(tmp_path / "v")] == ["a.txt"]
    result = run("analyze", tmp_path / "v", "-o", tmp_path / "out")
    assert (result.exit_code, "1 documents" in result.output) == (0, True)
    (row,) = map(json.loads, (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines())
    assert row["snapshot"].startswith("import-0001.warc.gz:")
    assert row["fetched"]


@pytest.mark.parametrize("workspace", ["in/workspace", "in"])
def test_a_workspace_within_the_folder_is_not_imported_into_itself(workspace: str, tmp_path: Path) -> None:
    source = put(tmp_path / "in", {"a.txt": ONE.encode()})
    import_paths([source], tmp_path / workspace)
    put(source, {"b.txt": TWO.encode()})
    stored = import_paths([source], tmp_path / workspace)
    assert (stored.files, stored.repeated, stored.failures) == (1, 1, ())


def test_the_address_of_a_file_begins_with_the_folder_however_that_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = put(tmp_path / "in", {"a.txt": ONE.encode(), "below/b.txt": TWO.encode()})
    import_paths([source], tmp_path / "w")
    monkeypatch.chdir(source / "below")
    for path in ("..", "../a.txt"):
        assert import_paths([Path(path)], tmp_path / "w").files == 0


def test_nothing_but_the_archive_is_read_of_a_workspace(tmp_path: Path) -> None:
    import_paths([put(tmp_path / "in", {"a.txt": ONE.encode()})], tmp_path / "w")
    put(tmp_path / "w", {"exports/b.txt": TWO.encode(), "digests/c.html": html(THREE)})
    assert [page.name for page in pages(tmp_path / "w")] == ["a.txt"]


# What crawlers write.


def crawled(path: Path, *served: tuple[str, str, dict[str, str], bytes], when: str = "2024-03-28T17:30:00Z") -> Path:
    """Write responses as (path on the host, status, headers, body as sent), between records that crawlers add."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a crawler"}))
        for address, status, headers, body in served:
            about = {"WARC-Date": when}
            if "WARC-Truncated" in headers:
                about["WARC-Truncated"] = headers.pop("WARC-Truncated")
            http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
            url = address if "://" in address else HOST + address
            request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "www.yunlan.test")], is_http_request=True)
            writer.write_record(writer.create_warc_record(url, "request", http_headers=request))
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=about
            )
            writer.write_record(record)
        log = b"a log"
        writer.write_record(
            writer.create_warc_record("metadata://crawler/log", "resource", payload=io.BytesIO(log), length=len(log))
        )
    return path


def chunks(body: bytes, size: int = 100) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


OK, HTML = "200 OK", {"Content-Type": "text/html; charset=utf-8"}
PAGE = html(ONE, TWO)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        pytest.param({}, PAGE, id="as it is"),
        pytest.param({"Content-Encoding": "gzip"}, gzip.compress(PAGE), id="gzip"),
        pytest.param({"Content-Encoding": "x-gzip"}, gzip.compress(PAGE), id="gzip by its old name"),
        pytest.param(
            {"Content-Encoding": "gzip"}, gzip.compress(PAGE[:900]) + gzip.compress(PAGE[900:]), id="gzip in two pieces"
        ),
        pytest.param({"Content-Encoding": "gzip"}, gzip.compress(PAGE) + b"\0\0", id="gzip and more behind it"),
        pytest.param({"Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(PAGE)), id="gzip twice"),
        pytest.param({"Content-Encoding": "utf-8"}, PAGE, id="a charset in the wrong header"),
        pytest.param({"Content-Encoding": "deflate"}, zlib.compress(PAGE), id="deflate"),
        pytest.param({"Transfer-Encoding": "chunked"}, chunks(PAGE), id="chunked"),
        pytest.param(
            {"Transfer-Encoding": "Chunked", "Content-Encoding": "gzip"}, chunks(gzip.compress(PAGE)), id="both"
        ),
        pytest.param({"Transfer-Encoding": "chunked"}, PAGE, id="said to be chunked, and joined by the crawler"),
        pytest.param({"Content-Encoding": "gzip"}, PAGE, id="said to be gzip, and unpacked by the crawler"),
        pytest.param(
            {"Transfer-Encoding": "chunked"}, chunks(PAGE)[:-2] + b"X-Sum: 1\r\n\r\n", id="a header at the end"
        ),
    ],
)
@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_a_page_of_a_crawl_is_the_page_before_it_was_encoded(
    headers: dict[str, str], body: bytes, name: str, tmp_path: Path
) -> None:
    path = crawled(tmp_path / name, ("/art/1.html", OK, {**HTML, **headers}, body))
    (page,) = pages(path)
    assert page.content == PAGE
    assert (page.name, page.url) == (f"{HOST}/art/1.html", f"{HOST}/art/1.html")
    assert page.fetched == date(2024, 3, 29)  # it was the next day in China
    assert page.snapshot is not None
    assert page.snapshot.startswith(f"{name}:")


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        pytest.param(
            {"Content-Encoding": "gzip"}, gzip.compress(os.urandom(40000) + PAGE)[:-900], "cut short", id="gzip"
        ),
        pytest.param({"Transfer-Encoding": "chunked"}, chunks(PAGE)[:-40], "chunks that break off", id="in a chunk"),
        pytest.param({"Transfer-Encoding": "chunked"}, chunks(PAGE)[:-5], "chunks that break off", id="between chunks"),
        pytest.param(
            {"Content-Encoding": "br"}, b"\x0b\x02\x80", "content-encoding gzip or deflate, got br", id="brotli"
        ),
        pytest.param({"WARC-Truncated": "length"}, PAGE, "the crawler cut short", id="by the crawler"),
    ],
)
def test_a_page_that_did_not_arrive_whole_is_a_failure(
    headers: dict[str, str], body: bytes, reason: str, tmp_path: Path
) -> None:
    path = crawled(tmp_path / "crawl.warc.gz", ("/a.html", OK, {**HTML, **headers}, body), ("/b.html", OK, HTML, PAGE))
    broken, good = analyze_files(find_inputs([path])[0])
    (told,) = broken
    assert isinstance(told, Failure)
    assert str(told.path).startswith(f"{path}:")
    assert told.reason.startswith(f"{HOST}/a.html: expected")
    assert reason in told.reason
    assert isinstance(good[0], Analysis)


def test_only_documents_of_a_crawl_become_documents(tmp_path: Path) -> None:
    path = crawled(
        tmp_path / "crawl.warc.gz",
        ("/robots.txt", OK, {"Content-Type": "text/plain"}, b"User-agent: *"),
        ("/gone.html", "404 Not Found", HTML, html("页面不存在。")),
        ("/old.html", "302 Found", {**HTML, "Location": "/new.html"}, html("请稍候。")),
        ("/new.html", OK, HTML, PAGE),
        ("/style.css", OK, {"Content-Type": "text/css"}, b"p { color: red }"),
        ("/rows.json", OK, {"Content-Type": "application/json"}, b"[]"),
        ("/feed.xml", OK, {"Content-Type": "application/rss+xml"}, b"<rss/>"),
        ("/logo.png", OK, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n"),
        ("/plan.txt", OK, {"Content-Type": "text/plain"}, THREE.encode()),
        ("/down.do?id=7", OK, {"Content-Type": "application/octet-stream"}, packed({"甲.txt": ONE.encode()})),
        ("/font.woff", OK, {"Content-Type": "application/octet-stream"}, b"wOFF\x00\x01"),
        ("/no-type", OK, {}, html(THREE)),
    )
    assert [page.name.removeprefix(HOST) for page in pages(path)] == [
        "/new.html",
        "/plan.txt",
        "/down.do?id=7/甲.txt",
        "/no-type",
    ]


LINKS = (
    '<a href="/files/报告.txt">附件1.txt</a><a href="down.jsp?filename=a.txt">附件2.txt</a>'
    '<a href="https://www.yunlan.test/gone.txt">附件3.txt</a>'
)


def test_attachments_of_a_crawl_are_found_by_their_addresses_in_any_of_its_files(tmp_path: Path) -> None:
    text = {"Content-Type": "text/plain"}
    first = crawled(
        tmp_path / "crawl-1.warc.gz",
        ("/art/1.html", OK, HTML, html("详见附件。", links=LINKS + '<a href="1_2.html">下一页</a>')),
        ("/art/down.jsp?filename=a.txt", "302 Found", {"Location": "/store/9.txt"}, b""),
        ("/gone.txt", OK, HTML, html("您访问的页面不存在或已删除，请核对网址后再试一次，或者返回网站首页。")),
    )
    second = crawled(
        tmp_path / "crawl-2.warc",
        ("/store/9.txt", OK, text, TWO.encode()),
        (HOST.replace("http", "https") + "/files/%E6%8A%A5%e5%91%8a.txt", OK, text, ONE.encode()),
        ("/art/1_2.html", OK, HTML, html(THREE)),
    )
    page, gone = pages(first, second)
    assert [(part.content, part.link) for part in page.parts] == [
        (html(THREE), "下一页"),
        (ONE.encode(), "附件1.txt"),
        (TWO.encode(), "附件2.txt"),
    ]
    assert gone.url == f"{HOST}/gone.txt"  # a page in place of a file is none of its parts, and stands for itself
    assert {ONE, TWO, THREE} <= set(read_document(page).document.text.splitlines())


def test_a_page_that_was_fetched_twice_is_there_twice_each_with_the_files_of_its_time(tmp_path: Path) -> None:
    page = html("详见附件。", links='<a href="a.txt">附件</a>')
    files = [
        crawled(
            tmp_path / f"crawl-{year}.warc.gz",
            ("/1.html", OK, HTML, page),
            ("/a.txt", OK, {"Content-Type": "text/plain"}, sentence.encode()),
            when=f"{year}-01-01T00:00:00Z",
        )
        for year, sentence in ((2023, ONE), (2024, TWO))
    ]
    assert [(one.fetched, one.parts[0].content.decode()) for one in pages(*files) if one.fetched] == [
        (date(2023, 1, 1), ONE),
        (date(2024, 1, 1), TWO),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "one without a record", id="empty"),
        pytest.param(ONE.encode(), "one that begins with", id="a text"),
        pytest.param(gzip.compress(b"\x00" * 50_000_000), "one that begins with", id="a bomb"),
        pytest.param(gzip.compress(b"WARC/1.0\r\n")[:12], "broken gzip data", id="half a gzip header"),
        pytest.param(
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999\r\n\r\nHTTP/1.1", "at byte 0", id="half a record"
        ),
        pytest.param(b"WARC/1.0\r\nWARC-Type: resp", "at byte 0", id="half a header"),
        pytest.param(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: ", "at byte 0", id="a length without number"),
    ],
)
def test_a_file_that_is_no_archive_is_a_failure(content: bytes, reason: str, tmp_path: Path) -> None:
    path = put(tmp_path, {"x.warc.gz": content}) / "x.warc.gz"
    found, failures = find_inputs([path])
    assert found == []
    (failure,) = failures
    assert reason in failure.reason
    assert "\n" not in failure.reason


def test_an_archive_without_documents_is_a_failure(tmp_path: Path) -> None:
    path = crawled(tmp_path / "x.warc.gz", ("/gone.html", "404 Not Found", HTML, PAGE))
    assert find_inputs([path])[0] == []
    assert "got one without" in find_inputs([tmp_path])[1][0].reason


def test_finding_the_documents_of_an_archive_keeps_none_of_their_bytes(tmp_path: Path) -> None:
    served = [(f"/{number}.html", OK, HTML, html(ONE * 10000, str(number))) for number in range(100)]
    path = crawled(tmp_path / "large.warc.gz", *served)  # 110 MB of pages
    code = (
        "import resource, sys, pathlib; from pipeline.inputs import find_inputs; find_inputs([]);"
        "import selectolax.lexbor; before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "print(len(find_inputs([pathlib.Path(sys.argv[1])])[0]),"
        "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    found, more = map(int, done.stdout.split())
    assert found == 100
    assert more < 60_000  # KB


def test_an_input_of_a_folder_is_as_it_was(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": ONE.encode()})
    assert find_inputs([tmp_path])[0] == [Input(tmp_path / "a.txt", tmp_path)]
