import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from pipeline.scrape.client import Client, FetchError, Response, Validators, unpack
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.records import Request
from pipeline.scrape.wire import Route

CONTACT = "mailto:office@yunling.test"
URL = "http://www.yunling.test/zwgk/fzzfjs/"
PAGE = "<html><p>云岭县2023年度法治政府建设情况报告</p></html>".encode()
Handler = Callable[[socket.socket, bytes], None]


class Server:
    """A server that says exactly what it is told to, one connection after the other."""

    def __init__(self, handler: Handler, context: ssl.SSLContext | None = None) -> None:
        self.handler, self.context = handler, context
        self.asked: list[bytes] = []
        self.connections = 0
        self.closed = threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.at = f"127.0.0.1:{self.listening.getsockname()[1]}"
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self) -> "Server":
        self.thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join(5)

    def run(self) -> None:
        while True:
            try:
                conn, _ = self.listening.accept()
            except OSError:
                return
            self.connections += 1
            with conn, suppress(OSError):  # the client has gone, as some tests want it to
                self.talk(conn)
            self.closed.set()

    def talk(self, conn: socket.socket) -> None:
        if self.context:
            conn = self.context.wrap_socket(conn, server_side=True)
        with conn:
            while heard := receive(conn):
                self.asked.append(heard)
                self.handler(conn, heard)


def receive(conn: socket.socket) -> bytes:
    heard = b""
    while b"\r\n\r\n" not in heard:
        piece = conn.recv(4096)
        if not piece:
            return b""
        heard += piece
    head, _, body = heard.partition(b"\r\n\r\n")
    size = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < size:
        body += conn.recv(4096)
    return head + b"\r\n\r\n" + body


def http(body: bytes = PAGE, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    told = [f"Content-Length: {len(body) if length is None else length}", *headers]
    return f"HTTP/1.1 {status}\r\n".encode() + "\r\n".join(told).encode("latin-1") + b"\r\n\r\n" + body


def saying(answer: bytes) -> Handler:
    """Answer and keep the connection."""
    return lambda conn, heard: conn.sendall(answer)


def hanging_up(answer: bytes) -> Handler:
    """Answer and close the connection."""

    def say(conn: socket.socket, heard: bytes) -> None:
        conn.sendall(answer)
        conn.shutdown(socket.SHUT_RDWR)

    return say


def resetting(answer: bytes) -> Handler:
    def say(conn: socket.socket, heard: bytes) -> None:
        conn.sendall(answer)
        conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        conn.close()

    return say


def dripping(head: bytes) -> Handler:
    def say(conn: socket.socket, heard: bytes) -> None:
        conn.sendall(head)
        while True:
            conn.sendall(b"x")
            time.sleep(0.05)

    return say


def silent(conn: socket.socket, heard: bytes) -> None:
    conn.recv(1)


@contextmanager
def client_of(server: Server, **settings: object) -> Iterator[Client]:
    with Client(contact=CONTACT, allow_loopback=True, connect=server.at, **settings) as client:  # type: ignore[arg-type]
        yield client


def fetch(handler: Handler, **settings: object) -> Response:
    with Server(handler) as server, client_of(server, **settings) as client:
        return client.fetch(Request(URL))


def fail(handler: Handler, **settings: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(handler, **settings)
    assert caught.value.detail.endswith(".")
    return caught.value


def test_an_answer_is_kept_as_it_came() -> None:
    answer = fetch(
        saying(
            http(
                PAGE,
                "Content-Type: text/html",
                'ETag: W/"a"',
                "Last-Modified: Thu, 28 Mar 2024 02:12:00 GMT",
                "X-Two: 1",
                "x-two: 2",
            )
        )
    )
    assert (answer.status, answer.reason, answer.http, answer.url) == (200, "OK", "HTTP/1.1", URL)
    assert answer.body == answer.content == PAGE
    assert answer.headers[-2:] == (("X-Two", "1"), ("x-two", "2"))
    assert (answer.media, answer.etag, answer.header("X-TWO"), answer.header("no")) == ("text/html", 'W/"a"', "1", "")
    assert answer.last_modified == "Thu, 28 Mar 2024 02:12:00 GMT"
    assert answer.started.tzinfo is UTC
    assert (answer.location, answer.retry_after_s, answer.is_redirect) == ("", None, False)
    assert "法治政府" in answer.view.text
    assert answer.view.url == URL


def test_a_request_says_who_asks() -> None:
    with Server(saying(http())) as server, client_of(server) as client:
        answer = client.fetch(
            Request(URL),
            validators=Validators('"a"', "Thu, 28 Mar 2024 02:12:00 GMT"),
            referer="http://www.yunling.test/法治/",
        )
        heard = server.asked[0].decode()
    assert heard.startswith("GET /zwgk/fzzfjs/ HTTP/1.1\r\nHost: www.yunling.test\r\n")
    for name, value in answer.request_headers:
        assert f"{name}: {value}\r\n" in heard
    sent = dict(answer.request_headers)
    assert sent["User-Agent"].startswith("fazhi/")
    assert sent["User-Agent"].endswith(f"(+{CONTACT})")
    assert sent["Accept-Language"].startswith("zh-CN")
    assert sent["Accept-Encoding"] == "gzip, deflate"
    assert sent["If-None-Match"] == '"a"'
    assert sent["If-Modified-Since"] == "Thu, 28 Mar 2024 02:12:00 GMT"
    assert sent["Referer"] == "http://www.yunling.test/%E6%B3%95%E6%B2%BB/"


def test_a_form_is_sent_as_one() -> None:
    with Server(saying(http(b"{}"))) as server, client_of(server) as client:
        client.fetch(Request(URL + "search", "POST", (("page", "2"), ("word", "法治"), ("word", "b"))))
        client.fetch(Request(URL + "empty", "POST"))
    assert server.asked[0].startswith(b"POST /zwgk/fzzfjs/search HTTP/1.1\r\n")
    assert b"Content-Type: application/x-www-form-urlencoded\r\n" in server.asked[0]
    assert server.asked[0].endswith(b"page=2&word=%E6%B3%95%E6%B2%BB&word=b")
    assert b"Content-Length: 0\r\n" in server.asked[1]


def test_proxies_and_passwords_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert fetch(saying(http())).body == PAGE


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(http(), id="plain"),
        pytest.param(http(b"", status="304 Not Modified"), id="without a body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", id="chunked"),
        pytest.param(http(b"x" * 200_000), id="in many pieces"),
    ],
)
def test_one_connection_serves_all_requests(answer: bytes) -> None:
    with Server(saying(answer)) as server, client_of(server) as client:
        for _ in range(3):
            client.fetch(Request(URL))
    assert len(server.asked) == 3
    assert server.connections == 1


def test_a_connection_that_the_server_closed_is_opened_anew() -> None:
    with Server(hanging_up(http())) as server, client_of(server) as client:
        assert client.fetch(Request(URL)).body == PAGE
        assert server.closed.wait(5)
        assert client.fetch(Request(URL)).body == PAGE
    assert server.connections == 2


def test_cookies_are_echoed_as_long_as_the_client_lives() -> None:
    answer = http(b"", "Set-Cookie: CT6T=abc; path=/", "Location: /zwgk/fzzfjs/", status="302 Found")
    with Server(saying(answer)) as server:
        with client_of(server) as client:
            assert client.fetch(Request(URL)).is_redirect
            assert dict(client.fetch(Request(URL)).request_headers)["Cookie"] == "CT6T=abc"
        with client_of(server) as client:
            client.fetch(Request(URL))
    assert b"Cookie: CT6T=abc\r\n" not in server.asked[0]
    assert b"Cookie: CT6T=abc\r\n" in server.asked[1]
    assert b"Cookie" not in server.asked[2]


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        pytest.param("/a/index.html", "http://www.yunling.test/a/index.html", id="path"),
        pytest.param("../b/", "http://www.yunling.test/zwgk/b/", id="relative"),
        pytest.param("//sfj.yunling.test/x#top", "http://sfj.yunling.test/x", id="protocol-relative with a fragment"),
        pytest.param(
            "https://www.yunling.test/zwgk/fzzfjs/", "https://www.yunling.test/zwgk/fzzfjs/", id="the other scheme"
        ),
        pytest.param(
            "/法治/ a".encode().decode("latin-1"), "http://www.yunling.test/%E6%B3%95%E6%B2%BB/%20a", id="raw UTF-8"
        ),
        pytest.param(
            "/法治/".encode("gbk").decode("latin-1"), "http://www.yunling.test/%E6%B3%95%E6%B2%BB/", id="raw GBK"
        ),
        pytest.param("javascript:void(0)", "", id="nowhere"),
        pytest.param("ftp://www.yunling.test/x", "", id="another scheme"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_redirect_is_shown_and_not_followed(location: str, expected: str) -> None:
    with (
        Server(saying(http(b"moved", f"Location: {location}", status="302 Found"))) as server,
        client_of(server) as client,
    ):
        answer = client.fetch(Request(URL))
    assert (answer.status, answer.location, answer.is_redirect) == (302, expected, bool(expected))
    assert answer.body == b"moved"
    assert len(server.asked) == 1


def test_a_page_that_is_no_redirect_is_none_for_all_its_location() -> None:
    assert not fetch(saying(http(PAGE, "Location: /x", status="201 Created"))).is_redirect


STARTED = datetime(2024, 3, 28, 2, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        pytest.param("120", 120.0, id="seconds"),
        pytest.param("0", 0.0, id="at once"),
        pytest.param("1.5", 1.5, id="a fraction, as some send it"),
        pytest.param("Thu, 28 Mar 2024 02:01:30 GMT", 90.0, id="a moment"),
        pytest.param("Thu, 28 Mar 2024 01:00:00 GMT", 0.0, id="a moment that is over"),
        pytest.param("Thu, 28 Mar 2024 02:01:30 -0000", 90.0, id="a moment of no zone"),
        pytest.param("soon", None, id="words"),
        pytest.param("-5", None, id="negative"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_server_may_say_when_to_come_again(told: str, seconds: float | None) -> None:
    plain = Response(Request(URL), URL, 503, "", (("retry-after", told),), b"", b"", STARTED, (), "HTTP/1.1")
    assert plain.retry_after_s == seconds
    assert replace(plain, headers=()).retry_after_s is None


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


LONG = PAGE * 2000


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        pytest.param(gzip.compress(LONG), "gzip", id="gzip"),
        pytest.param(gzip.compress(LONG), "X-GZip", id="its old name"),
        pytest.param(gzip.compress(LONG[:999]) + gzip.compress(LONG[999:]), "gzip", id="two members"),
        pytest.param(gzip.compress(LONG) + b"\0" * 20, "gzip", id="padded"),
        pytest.param(zlib.compress(LONG), "deflate", id="deflate by the standard"),
        pytest.param(raw_deflate(LONG), "deflate", id="deflate as others understood it"),
        pytest.param(gzip.compress(zlib.compress(LONG)), "deflate, gzip", id="twice"),
        pytest.param(LONG, "identity", id="none"),
        pytest.param(LONG, "utf-8", id="a charset in the wrong place"),
        pytest.param(LONG, "", id="empty header"),
    ],
)
def test_codings_are_undone_and_the_wire_is_kept(body: bytes, coding: str) -> None:
    answer = fetch(saying(http(body, f"Content-Encoding: {coding}")))
    assert answer.body == body
    assert answer.content == LONG
    assert answer.header("Content-Encoding") == coding


def test_no_body_needs_no_coding() -> None:
    assert fetch(saying(http(b"", "Content-Encoding: gzip", status="304 Not Modified"))).content == b""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(http(PAGE, length=len(PAGE) + 10), "IncompleteRead", id="shorter than Content-Length"),
        pytest.param(http(PAGE, length=len(PAGE) - 10), "more bytes", id="longer than Content-Length"),
        pytest.param(http(PAGE * 2000, length=len(PAGE)), "more bytes", id="much longer than Content-Length"),
        pytest.param(http(PAGE, f"Content-Length: {len(PAGE) + 1}"), "InvalidHeader", id="two lengths"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nabc", "", id="chunk breaks off"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "", id="last chunk is missing"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
            "",
            id="no number of a chunk",
        ),
        pytest.param(http(gzip.compress(PAGE)[:-12], "Content-Encoding: gzip"), "cut short as gzip", id="gzip cut"),
        pytest.param(
            http(gzip.compress(PAGE)[:4], "Content-Encoding: gzip"), "cut short as gzip", id="gzip cut in its header"
        ),
        pytest.param(
            http(gzip.compress(PAGE)[:-8] + b"\0" * 8, "Content-Encoding: gzip"), "damaged", id="gzip with a wrong sum"
        ),
        pytest.param(http(PAGE, "Content-Encoding: gzip"), "damaged", id="no gzip at all"),
        pytest.param(
            http(zlib.compress(PAGE)[:-6], "Content-Encoding: deflate"), "cut short as deflate", id="deflate cut"
        ),
        pytest.param(http(PAGE, "Content-Encoding: br"), "did not ask", id="a coding that we did not ask for"),
        pytest.param(b"<html>no HTTP here</html>\r\n\r\n", "no valid HTTP", id="no HTTP"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "no valid HTTP", id="too many headers"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", "no valid HTTP", id="a header without end"
        ),
    ],
)
def test_an_answer_that_is_not_whole_is_no_answer(answer: bytes, words: str) -> None:
    error = fail(hanging_up(answer))
    assert error.outcome is Outcome.BROKEN_RESPONSE
    assert words in error.detail


def test_what_comes_too_much_is_not_taken_for_the_next_answer() -> None:
    answers = iter([http(PAGE, length=5), http()])
    with Server(lambda conn, heard: conn.sendall(next(answers))) as server, client_of(server) as client:
        with pytest.raises(FetchError, match="more bytes"):
            client.fetch(Request(URL))
        assert client.fetch(Request(URL)).body == PAGE


def test_line_ends_behind_an_answer_do_no_harm() -> None:
    assert fetch(saying(http() + b"\r\n")).body == PAGE


def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    answer = fetch(hanging_up(b"HTTP/1.0 200 OK\r\n\r\n" + PAGE))
    assert answer.body == PAGE
    assert answer.http == "HTTP/1.0"


def test_raw_bytes_of_a_header_survive() -> None:
    raw = "attachment; filename=云岭县报告.doc".encode("gbk").decode("latin-1")
    answer = fetch(saying(http(PAGE, f"Content-Disposition: {raw}", "X-Folded: a\r\n b")))
    assert answer.header("Content-Disposition").encode("latin-1").decode("gbk") == "attachment; filename=云岭县报告.doc"
    assert "\n" not in answer.header("X-Folded")


@pytest.mark.parametrize(
    ("handler", "words"),
    [
        pytest.param(hanging_up(b""), "closed the connection", id="hangs up"),
        pytest.param(resetting(b""), "reset", id="resets at once"),
        pytest.param(resetting(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc"), "", id="resets within the body"),
        pytest.param(silent, "silent", id="says nothing"),
        pytest.param(
            lambda conn, heard: (conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), silent(conn, heard)),
            "silent",
            id="stops within the body",
        ),
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"), "did not finish", id="body drips"),
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\nX: "), "did not finish", id="header drips"),
        pytest.param(dripping(b""), "did not finish", id="status drips"),
    ],
)
def test_a_server_that_does_not_answer_in_time_is_left(handler: Handler, words: str) -> None:
    error = fail(handler, timeout_s=(1, 0.3), total_s=0.6)
    assert error.outcome in (Outcome.UNREACHABLE, Outcome.BROKEN_RESPONSE)
    assert words in error.detail
    if words:
        assert error.outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(http(b"x" * 2000), id="announced"),
        pytest.param(http(b"", length=10**12), id="announced, and never sent"),
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 2000, id="not announced"),
        pytest.param(http(gzip.compress(b"x" * 10**6), "Content-Encoding: gzip"), id="a bomb of gzip"),
        pytest.param(http(zlib.compress(b"x" * 10**6), "Content-Encoding: deflate"), id="a bomb of deflate"),
        pytest.param(
            http(gzip.compress(b"") + gzip.compress(b"x" * 900) * 3, "Content-Encoding: gzip"), id="a bomb in parts"
        ),
    ],
)
def test_an_answer_that_is_too_large_is_not_read_on(answer: bytes) -> None:
    assert fail(hanging_up(answer), limit_bytes=1500).outcome is Outcome.TOO_LARGE


def test_a_bomb_of_bombs_is_not_unpacked() -> None:
    bomb = gzip.compress(gzip.compress(b"x" * 10**7))
    with pytest.raises(FetchError, match="unpacks to more"):
        unpack(bomb, "gzip, gzip", URL, 10**6)


def test_a_client_goes_on_after_a_failure() -> None:
    answers = iter([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", http()])
    with Server(lambda conn, heard: hanging_up(next(answers))(conn, heard)) as server, client_of(server) as client:
        with pytest.raises(FetchError):
            client.fetch(Request(URL))
        assert client.fetch(Request(URL)).body == PAGE


def test_a_port_that_nobody_listens_on_refuses() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        at = f"127.0.0.1:{closed.getsockname()[1]}"
    with (
        Client(contact=CONTACT, allow_loopback=True, connect=at) as client,
        pytest.raises(FetchError, match="refused") as caught,
    ):
        client.fetch(Request(URL))
    assert caught.value.outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("ftp://www.yunling.test/x", id="ftp"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("www.yunling.test", id="no scheme"),
        pytest.param("http://", id="no host"),
        pytest.param("http://" + "a" * 70 + ".test/", id="a label too long"),
    ],
)
def test_what_is_no_address_of_http_is_refused(url: str) -> None:
    with Client(contact=CONTACT) as client, pytest.raises(FetchError) as caught:
        client.fetch(Request(url))
    assert caught.value.outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("localhost", id="loopback by name"),
        pytest.param("2130706433", id="loopback as one number"),
        pytest.param("0x7f.1", id="loopback in hexadecimal"),
        pytest.param("[::1]", id="loopback of IPv6"),
        pytest.param("[::ffff:127.0.0.1]", id="loopback mapped"),
        pytest.param("0.0.0.0", id="nowhere"),
        pytest.param("10.0.0.1", id="private"),
        pytest.param("169.254.169.254", id="link-local"),
    ],
)
def test_a_private_address_is_not_connected_to(host: str) -> None:
    with (
        Server(saying(http())) as server,
        Client(contact=CONTACT, timeout_s=(0.5, 0.5)) as client,
        pytest.raises(FetchError) as caught,
    ):
        client.fetch(Request(f"http://{host}:{server.at.rpartition(':')[2]}/"))
    assert caught.value.outcome is Outcome.PRIVATE_ADDRESS
    assert server.connections == 0


def test_loopback_is_connected_to_where_it_is_allowed() -> None:
    with Server(saying(http())) as server, Client(contact=CONTACT, allow_loopback=True) as client:
        answer = client.fetch(Request(f"http://{server.at}/x"))
    assert answer.body == PAGE
    assert dict(answer.request_headers)["Host"] == server.at
    assert f"Host: {server.at}\r\n".encode() in server.asked[0]


def knowing(*ips: str) -> Callable[..., list[tuple[object, ...]]]:
    return lambda host, port, *rest: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]


def test_only_the_addresses_that_were_checked_are_tried() -> None:
    assert Route(lookup=knowing("10.0.0.1", "61.135.169.121", "61.135.169.121")).find("www.yunling.test", 80) == (
        ("61.135.169.121", 80),
    )
    with pytest.raises(FetchError, match=r"10\.0\.0\.1, 127\.0\.0\.1") as caught:
        Route(lookup=knowing("10.0.0.1", "127.0.0.1")).find("www.yunling.test", 80)
    assert caught.value.outcome is Outcome.PRIVATE_ADDRESS


def test_a_name_that_dns_does_not_know_is_unreachable() -> None:
    def unknown(*asked: object) -> list[tuple[object, ...]]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchError, match="Expected DNS to know") as caught:
        Route(lookup=unknown).find("www.yunling.test", 80)
    assert caught.value.outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        pytest.param({"connect": "127.0.0.1:8001"}, "allow_loopback", id="not allowed"),
        pytest.param({"connect": "61.135.169.121:80", "allow_loopback": True}, "this machine", id="elsewhere"),
        pytest.param({"connect": "www.yunling.test:80", "allow_loopback": True}, "this machine", id="a name"),
        pytest.param({"connect": "127.0.0.1", "allow_loopback": True}, "this machine", id="no port"),
        pytest.param({"contact": "云岭"}, "ASCII", id="contact that no header holds"),
        pytest.param({"contact": "a\r\nX: b"}, "ASCII", id="contact with a line end"),
        pytest.param({"contact": ""}, "ASCII", id="no contact"),
        pytest.param({"verify": False}, "certificates", id="no checks"),
        pytest.param({"verify": "no/such/file.pem"}, "certificates", id="no such certificates"),
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Client(**{"contact": CONTACT, **settings})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def trusted(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("tls") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def secured(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


SECURE = URL.replace("http:", "https:")


def test_a_certificate_is_checked_against_the_name_asked_for(authority: trustme.CA, trusted: str) -> None:
    with (
        Server(saying(http()), secured(authority, "www.yunling.test")) as server,
        client_of(server, verify=trusted) as client,
    ):
        answers = [client.fetch(Request(SECURE)) for _ in range(2)]
    assert [answer.body for answer in answers] == [PAGE, PAGE]
    assert dict(answers[0].request_headers)["Host"] == "www.yunling.test"
    assert server.connections == 1


def test_a_certificate_of_another_name_is_not_believed(authority: trustme.CA, trusted: str) -> None:
    with (
        Server(saying(http()), secured(authority, "www.qinghe.test")) as server,
        client_of(server, verify=trusted) as client,
        pytest.raises(FetchError, match="mismatch") as caught,
    ):
        client.fetch(Request(SECURE))
    assert caught.value.outcome is Outcome.TLS
    assert server.asked == []


def test_a_certificate_of_an_unknown_authority_is_not_believed(authority: trustme.CA) -> None:
    with (
        Server(saying(http()), secured(authority, "www.yunling.test")) as server,
        client_of(server) as client,
        pytest.raises(FetchError, match="certificate") as caught,
    ):
        client.fetch(Request(SECURE))
    assert caught.value.outcome is Outcome.TLS


def test_a_server_that_speaks_no_tls_is_told_from_one_that_hangs_up() -> None:
    with Server(saying(http())) as server, client_of(server, timeout_s=(1, 1)) as client:
        server.talk = lambda conn: (conn.recv(4096), conn.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"))[1]  # type: ignore[method-assign]
        with pytest.raises(FetchError) as caught:
            client.fetch(Request(SECURE))
    assert caught.value.outcome is Outcome.TLS
    with Server(saying(http())) as server, client_of(server, timeout_s=(1, 1)) as client:
        server.talk = lambda conn: conn.recv(4096) and None  # type: ignore[method-assign, assignment]
        with pytest.raises(FetchError) as caught:
            client.fetch(Request(SECURE))
    assert caught.value.outcome is Outcome.UNREACHABLE


def test_too_much_under_tls_is_noticed(authority: trustme.CA, trusted: str) -> None:
    answer = http(LONG, length=len(LONG) - 100)
    with (
        Server(hanging_up(answer), secured(authority, "www.yunling.test")) as server,
        client_of(server, verify=trusted) as client,
        pytest.raises(FetchError, match="more bytes"),
    ):
        client.fetch(Request(SECURE))
