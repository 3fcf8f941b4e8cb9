"""What a crawl writes to the archive: WARC files that others read too, of which nothing that counts is ever lost."""

import gzip
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from pipeline.errors import InputError
from pipeline.scrape.client import Response
from pipeline.scrape.evidence import (
    LARGEST,
    Evidence,
    Spot,
    about_record,
    response_record,
    revisit_record,
    warcinfo,
)
from pipeline.scrape.records import Request
from pipeline.warc import Held, Place, read_held, scan

URL = "http://www.yunling.test/zwgk/fzzfjs/202601/t20260120_880001.html"
PAGE = "<html><h1>云岭县2025年度法治政府建设情况报告</h1></html>".encode()
WHEN = datetime(2026, 11, 22, 8, 30, 15, 123456, tzinfo=UTC)
FIRST, SECOND = "crawl-0001.warc.gz", "crawl-0002.warc.gz"
HTML = ("Content-Type", "text/html; charset=utf-8")


def answer(
    body: bytes = PAGE,
    *headers: tuple[str, str],
    url: str = URL,
    status: int = 200,
    content: bytes | None = None,
    started: datetime = WHEN,
    reason: str = "OK",
    http: str = "HTTP/1.1",
) -> Response:
    content = body if content is None else content
    return Response(Request(url), url, status, reason, headers or (HTML,), body, content, started, (), http)


def records(path: Path) -> list[tuple[str, Mapping[str, str], bytes]]:
    """Type, headers and content of every record, as another program reads them."""
    with path.open("rb") as file:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def is_valid(*paths: Path) -> bool:
    """What `warcio check` says."""
    return not Checker(SimpleNamespace(inputs=list(map(str, paths)), verbose=False)).process_all()


def store(folder: Path, *written: bytes) -> tuple[dict[str, int], list[Spot]]:
    """An archive with records, and what its database would know of it."""
    evidence = Evidence(folder, {})
    spots = [evidence.append(record) for record in written]
    told = evidence.flush()
    evidence.close()
    return dict([told]), spots


def page(number: int) -> bytes:
    return response_record(answer(f"<p>第{number}页</p>".encode() * 20, url=f"http://www.yunling.test/{number}.html"))


# Records


ANSWERS = [
    pytest.param(answer(), id="a page"),
    pytest.param(answer(gzip.compress(PAGE), HTML, ("Content-Encoding", "gzip"), content=PAGE), id="packed"),
    pytest.param(answer(PAGE, HTML, ("Transfer-Encoding", "chunked")), id="sent in chunks"),
    pytest.param(answer(PAGE, HTML, ("TRANSFER-ENCODING", "chunked")), id="sent in chunks, header in capitals"),
    pytest.param(answer(b""), id="without a byte"),
    pytest.param(answer(b"", ("Location", "/other.html"), status=302, reason="Found"), id="a redirect"),
    pytest.param(answer(PAGE, status=521, reason=""), id="a status without a name"),
    pytest.param(answer(PAGE, http="HTTP/1.0"), id="an old server"),
    pytest.param(answer(PAGE, HTML, ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")), id="a header twice"),
    pytest.param(
        answer(PAGE, HTML, ("Content-Disposition", "attachment; filename=\xe4\xba\x91.docx")),
        id="raw bytes in a header",
    ),
    pytest.param(answer(bytes(range(256)) * 4000), id="bytes of all kinds"),
    pytest.param(answer(b"HTTP/1.1 200 OK\r\n\r\nWARC/1.1\r\n\r\n"), id="a body that looks like a record"),
    pytest.param(answer(url="http://www.yunling.test/下载?文号=1"), id="an address in Chinese"),
]


@pytest.mark.parametrize("response", ANSWERS)
def test_a_response_comes_back_as_it_was(response: Response, tmp_path: Path) -> None:
    evidence = Evidence(tmp_path, {})
    spot = evidence.append(response_record(response))
    evidence.close()
    assert is_valid(tmp_path / FIRST)
    kind, headers, content = records(tmp_path / FIRST)[1]
    assert kind == "response"
    assert headers["WARC-Date"] == "2026-11-22T08:30:15.123456Z"
    assert headers["WARC-Payload-Digest"] == f"sha256:{sha256(response.body).hexdigest()}"
    assert content == response.content
    if response.content and response.status == 200:
        assert evidence.read(spot) == response.content
        assert read_held(Held(Place(tmp_path / FIRST, spot.offset))).content == response.content


@pytest.mark.parametrize("response", ANSWERS)
def test_the_status_line_and_the_headers_stand_as_they_came(response: Response, tmp_path: Path) -> None:
    store(tmp_path, response_record(response))
    with (tmp_path / FIRST).open("rb") as file:
        told = [record.http_headers for record in ArchiveIterator(file)][1]
    assert told.protocol == response.http
    assert told.statusline.split(" ") == [str(response.status), *response.reason.split()]
    kept = [(name.removeprefix("X-Archive-Orig-"), value) for name, value in told.headers]
    assert [name for name, _ in kept] == [name for name, _ in response.headers]


def test_the_header_of_chunks_is_renamed_since_the_chunks_are_gone(tmp_path: Path) -> None:
    store(tmp_path, response_record(answer(PAGE, HTML, ("Transfer-Encoding", "chunked"))))
    with (tmp_path / FIRST).open("rb") as file:
        told = [record.http_headers for record in ArchiveIterator(file, no_record_parse=False)][1]
    assert told.get_header("Transfer-Encoding") is None
    assert told.get_header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    assert records(tmp_path / FIRST)[1][2] == PAGE


def test_a_packed_body_is_kept_packed(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE)
    store(tmp_path, response_record(answer(packed, HTML, ("Content-Encoding", "gzip"), content=PAGE)))
    with (tmp_path / FIRST).open("rb") as file:
        assert [record.raw_stream.read() for record in ArchiveIterator(file)][1] == packed


def test_a_revisit_names_what_it_repeats(tmp_path: Path) -> None:
    again = answer(url="http://www.yunling.test/xxgk/880001.html", started=WHEN + timedelta(days=7))
    store(tmp_path, response_record(answer()), revisit_record(again, URL, "2026-11-22T08:30:15.123456Z"))
    assert is_valid(tmp_path / FIRST)
    kind, headers, content = records(tmp_path / FIRST)[2]
    assert (kind, content) == ("revisit", b"")
    assert headers["WARC-Target-URI"] == again.url
    assert headers["WARC-Refers-To-Target-URI"] == URL
    assert headers["WARC-Refers-To-Date"] == "2026-11-22T08:30:15.123456Z"
    assert headers["WARC-Date"] == "2026-11-29T08:30:15.123456Z"
    assert headers["WARC-Payload-Digest"] == f"sha256:{sha256(PAGE).hexdigest()}"
    assert "identical-payload-digest" in headers["WARC-Profile"]


def test_a_document_is_told_in_a_record_of_its_own(tmp_path: Path) -> None:
    digest = f"sha256:{sha256(PAGE).hexdigest()}"
    at = {"uri": URL, "digest": digest, "file": FIRST, "offset": len(warcinfo(FIRST))}
    about: dict[str, Any] = {"document": "abc", "page": at, "parts": [], "row": {"title": "年度报告"}}
    store(tmp_path, response_record(answer()), about_record(URL, about))
    assert is_valid(tmp_path / FIRST)
    told, problem = scan(tmp_path / FIRST)
    assert problem == ""
    assert [record.about for record in told if record.kind == "metadata"] == [about]


def test_a_changed_byte_does_not_pass_the_check(tmp_path: Path) -> None:
    changed = gzip.decompress(response_record(answer())).replace(b"2025", b"2024")
    (tmp_path / "spoiled.warc.gz").write_bytes(warcinfo(FIRST) + gzip.compress(changed))
    assert not is_valid(tmp_path / "spoiled.warc.gz")


def test_a_file_opens_with_what_made_it(tmp_path: Path) -> None:
    store(tmp_path, page(1))
    kind, headers, content = records(tmp_path / FIRST)[0]
    assert (kind, headers["WARC-Filename"]) == ("warcinfo", FIRST)
    assert b"software: fazhi/" in content
    assert (tmp_path / FIRST).read_bytes().count(b"\x1f\x8b\x08") >= 2  # a member a record


def test_every_record_is_found_by_its_offset_and_all_in_their_order(tmp_path: Path) -> None:
    ends, spots = store(tmp_path, *map(page, range(5)))
    assert ends == {FIRST: (tmp_path / FIRST).stat().st_size}
    evidence = Evidence(tmp_path, ends)
    assert [evidence.read(spot).decode()[:7] for spot in reversed(spots)] == [f"<p>第{n}页<" for n in (4, 3, 2, 1, 0)]
    assert [spot.offset for spot in spots] == sorted({spot.offset for spot in spots})


def test_a_record_is_read_before_it_reached_the_disk(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path, {})
    assert evidence.read(evidence.append(response_record(answer()))) == PAGE
    evidence.close()


@pytest.mark.parametrize(
    "spot",
    [
        pytest.param(Spot(FIRST, 7), id="in the middle of a record"),
        pytest.param(Spot(FIRST, 10**9), id="behind the end"),
        pytest.param(Spot(SECOND, 0), id="no such file"),
    ],
)
def test_what_is_not_there_is_not_read(spot: Spot, tmp_path: Path) -> None:
    ends, _ = store(tmp_path, page(1))
    with pytest.raises((InputError, OSError)):
        Evidence(tmp_path, ends).read(spot)


# Adding to what is there


def test_the_next_crawl_adds_to_the_last_file(tmp_path: Path) -> None:
    ends, _ = store(tmp_path, page(1))
    before = (tmp_path / FIRST).read_bytes()
    evidence = Evidence(tmp_path, ends)
    evidence.recover()
    evidence.append(page(2))
    evidence.close()
    assert (tmp_path / FIRST).read_bytes().startswith(before)
    assert [kind for kind, *_ in records(tmp_path / FIRST)] == ["warcinfo", "response", "response"]


def test_nothing_is_opened_before_there_is_something_to_write(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path / "archive", {})
    assert evidence.recover() == {}
    assert evidence.flush() == ("", 0)
    evidence.roll_back(("", 0))
    evidence.close()
    assert list((tmp_path / "archive").iterdir()) == []


def large(folder: Path, left: int) -> dict[str, int]:
    """A file that has *left* bytes to go to its limit; the bytes are holes, which take no room."""
    with (folder / FIRST).open("wb") as file:
        file.truncate(LARGEST - left)
    return {FIRST: LARGEST - left}


@pytest.mark.parametrize(
    ("left", "is_full"),
    [
        pytest.param(1, False, id="a byte left"),
        pytest.param(0, True, id="none left"),
        pytest.param(-500, True, id="the last record went beyond it"),
    ],
)
def test_a_file_is_full_when_it_came_to_its_limit(left: int, is_full: bool, tmp_path: Path) -> None:
    assert Evidence(tmp_path, large(tmp_path, left)).is_full is is_full


def test_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path, large(tmp_path, 0))
    name, end = evidence.begin()
    assert not evidence.is_full
    spot = evidence.append(page(1))
    evidence.close()
    assert (name, spot) == (SECOND, Spot(SECOND, end))
    assert end == len(opening(tmp_path / SECOND))
    assert (tmp_path / FIRST).stat().st_size == LARGEST
    assert is_valid(tmp_path / SECOND)


def opening(path: Path) -> bytes:
    """The bytes of the first record of a file."""
    with path.open("rb") as file:
        reader = ArchiveIterator(file)
        next(reader)
        reader.read_to_end()
        next(reader)
        return path.read_bytes()[: reader.offset]


def test_records_go_to_the_file_that_a_transaction_began_with(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path, large(tmp_path, 1))
    spots = [evidence.append(page(number)) for number in range(3)]
    assert {spot.file for spot in spots} == {FIRST}
    assert evidence.is_full, "and the next one begins with another"
    assert [evidence.read(spot).decode()[:7] for spot in spots] == [f"<p>第{n}页<" for n in range(3)]
    evidence.close()


def test_a_file_that_is_gone_is_not_begun_again(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path, {FIRST: 500})
    assert evidence.recover() == {FIRST: 0}
    assert evidence.is_full
    assert evidence.begin()[0] == SECOND
    assert evidence.append(page(1)).file == SECOND
    evidence.close()


@pytest.mark.parametrize(
    "name", [pytest.param("crawl-0007.warc.gz", id="of an old workspace"), pytest.param("crawl-2024.warc.gz", id="own")]
)
def test_a_file_is_numbered_behind_those_on_the_disk_too(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x" * 9000)
    evidence = Evidence(tmp_path, {})
    assert evidence.begin()[0] == name.replace("7", "8").replace("2024", "2025")
    assert (tmp_path / name).read_bytes() == b"x" * 9000


def test_the_last_number_is_the_last(tmp_path: Path) -> None:
    (tmp_path / "crawl-9999.warc.gz").touch()
    evidence = Evidence(tmp_path, {"crawl-9999.warc.gz": LARGEST})
    assert evidence.is_full
    with pytest.raises(InputError, match="expected at most 9999 archives"):
        evidence.begin()


# Taking back


def test_what_a_failed_transaction_wrote_is_taken_back(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path, {})
    evidence.append(page(1))
    before = evidence.flush()
    evidence.append(page(2))
    evidence.append(page(3))
    evidence.roll_back(before)
    spot = evidence.append(page(4))
    evidence.close()
    assert before == (FIRST, spot.offset)
    assert [content.decode()[:7] for _, _, content in records(tmp_path / FIRST)[1:]] == ["<p>第1页<", "<p>第4页<"]


def test_a_file_that_a_failed_transaction_was_the_first_to_write_to_keeps_its_opening(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path, {})
    begun = evidence.begin()
    evidence.append(page(1))
    evidence.roll_back(begun)
    spot = evidence.append(page(2))
    evidence.close()
    assert begun == (FIRST, spot.offset)
    assert [kind for kind, *_ in records(tmp_path / FIRST)] == ["warcinfo", "response"]


def test_the_first_failed_transaction_of_a_crawl_leaves_what_earlier_crawls_stored(tmp_path: Path) -> None:
    ends, _ = store(tmp_path, page(1))
    before = (tmp_path / FIRST).read_bytes()
    evidence = Evidence(tmp_path, ends)
    evidence.recover()
    at = evidence.flush()
    evidence.append(page(2))
    evidence.roll_back(at)
    evidence.close()
    assert (tmp_path / FIRST).read_bytes() == before


def test_a_failed_transaction_that_went_beyond_the_limit_is_taken_back(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path, large(tmp_path, 400))
    evidence.append(page(1))
    at = evidence.flush()
    for number in range(2, 5):
        evidence.append(page(number))
    assert evidence.is_full
    evidence.roll_back(at)
    evidence.close()
    assert [path.name for path in tmp_path.iterdir()] == [FIRST]
    assert (tmp_path / FIRST).stat().st_size == at[1]
    assert evidence.is_full is (at[1] >= LARGEST)


# After a kill, after a failing machine


@pytest.mark.parametrize(
    "left",
    [
        pytest.param(page(2), id="a whole record"),
        pytest.param(page(2)[:-30], id="half a record"),
        pytest.param(b"\0" * 4096, id="zeroes"),
    ],
)
def test_what_a_killed_process_left_is_cut_off(left: bytes, tmp_path: Path) -> None:
    ends, _ = store(tmp_path, page(1))
    with (tmp_path / FIRST).open("ab") as file:
        file.write(left)
    evidence = Evidence(tmp_path, ends)
    assert evidence.recover() == {}
    evidence.append(page(3))
    evidence.close()
    assert is_valid(tmp_path / FIRST)
    assert [content.decode()[:7] for _, _, content in records(tmp_path / FIRST)[1:]] == ["<p>第1页<", "<p>第3页<"]


@pytest.mark.parametrize(
    "left",
    [
        pytest.param(warcinfo(SECOND), id="its opening"),
        pytest.param(warcinfo(SECOND)[:-20], id="a part of its opening"),
        pytest.param(warcinfo(SECOND)[:5], id="five bytes of its opening"),
        pytest.param(b"", id="its name alone"),
    ],
)
def test_a_file_that_was_begun_when_the_kill_came_is_begun_again(left: bytes, tmp_path: Path) -> None:
    ends, _ = store(tmp_path, page(1))
    (tmp_path / SECOND).write_bytes(left)
    evidence = Evidence(tmp_path, ends)
    assert evidence.recover() == {}
    assert not (tmp_path / SECOND).exists()
    assert evidence.begin()[0] == SECOND
    evidence.append(page(3))
    evidence.close()
    assert [content.decode()[:7] for _, _, content in records(tmp_path / SECOND)[1:]] == ["<p>第3页<"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(warcinfo(SECOND) + page(2), id="a response"),
        pytest.param(warcinfo(SECOND) + page(2)[:-10], id="most of a response"),
        pytest.param(warcinfo(SECOND) + b"\0", id="a byte"),
        pytest.param(page(2), id="a response without an opening"),
        pytest.param(b"x", id="something else"),
        pytest.param(gzip.compress("云岭县".encode()), id="something else, packed"),
    ],
)
def test_a_file_that_the_database_does_not_know_is_left_where_it_holds_anything(content: bytes, tmp_path: Path) -> None:
    ends, _ = store(tmp_path, page(1))
    (tmp_path / SECOND).write_bytes(content)
    evidence = Evidence(tmp_path, ends)
    assert evidence.recover() == {}
    assert evidence.begin()[0] == "crawl-0003.warc.gz"
    assert (tmp_path / SECOND).read_bytes() == content


@pytest.mark.parametrize(
    "name", ["yunling.warc.gz", "crawl-0001.warc", "crawl.warc.gz", "crawl-old-0001.warc.gz", "notes.txt"]
)
def test_files_of_others_are_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert Evidence(tmp_path, {}).recover() == {}
    assert (tmp_path / name).read_bytes() == b"x"


@pytest.mark.parametrize("name", ["crawl-2024-yunling.warc.gz", "crawl-20240120.warc.gz", "crawl-1.warc.gz"])
def test_files_of_others_with_a_name_like_ours_are_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert Evidence(tmp_path, {}).recover() == {}
    assert (tmp_path / name).read_bytes() == b"x"


def test_an_archive_whose_database_is_gone_is_left_alone(tmp_path: Path) -> None:
    store(tmp_path, page(1))
    before = (tmp_path / FIRST).read_bytes()
    evidence = Evidence(tmp_path, {})
    evidence.recover()
    evidence.append(page(2))
    evidence.close()
    assert (tmp_path / FIRST).read_bytes() == before
    assert [kind for kind, *_ in records(tmp_path / SECOND)] == ["warcinfo", "response"]


def test_a_file_that_lost_its_end_is_told(tmp_path: Path) -> None:
    ends, spots = store(tmp_path, *map(page, range(3)))
    os.truncate(tmp_path / FIRST, spots[2].offset)
    evidence = Evidence(tmp_path, ends)
    assert evidence.recover() == {FIRST: spots[2].offset}
    assert evidence.append(page(7)) == spots[2]
    evidence.close()
    assert is_valid(tmp_path / FIRST)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda whole, at: whole[: at + 40], id="cut within it"),
        pytest.param(lambda whole, at: whole[:-1], id="but for its last byte"),
        pytest.param(lambda whole, at: whole[:-12], id="but for what its check sum says"),
        pytest.param(lambda whole, at: whole[: at + 1], id="but its first byte"),
        pytest.param(lambda whole, at: whole[: at + 40] + bytes(9), id="zeroes in place of some of it"),
    ],
)
def test_a_file_that_was_cut_within_a_record_can_be_added_to(
    spoil: Callable[[bytes, int], bytes], tmp_path: Path
) -> None:
    ends, spots = store(tmp_path, *map(page, range(3)))
    (tmp_path / FIRST).write_bytes(spoil((tmp_path / FIRST).read_bytes(), spots[2].offset))
    evidence = Evidence(tmp_path, ends)
    assert evidence.recover() == {FIRST: spots[2].offset}
    assert evidence.append(page(7)) == spots[2]
    evidence.close()
    assert is_valid(tmp_path / FIRST)
    assert [content.decode()[:7] for _, _, content in records(tmp_path / FIRST)[1:]] == [
        f"<p>第{number}页<" for number in (0, 1, 7)
    ]


def test_a_file_that_was_cut_within_its_opening_is_followed_by_another(tmp_path: Path) -> None:
    ends, _ = store(tmp_path, page(1))
    os.truncate(tmp_path / FIRST, 100)
    evidence = Evidence(tmp_path, ends)
    assert evidence.recover() == {FIRST: 0}
    assert evidence.is_full
    assert evidence.begin()[0] == SECOND
