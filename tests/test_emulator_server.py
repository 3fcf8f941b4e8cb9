"""The server of the emulated sites: hosts, clock, validators, walls, faults, and its log."""

import contextlib
import gzip
import http.client
import io
import json
import socket
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from pipeline.emulator.faults import ALL, CHALLENGES, IN_A_ROW, PASSING, Fault, Faults
from pipeline.emulator.log import Log, Record
from pipeline.emulator.server import Emulator
from pipeline.emulator.shells import WALLS
from pipeline.emulator.site import NOT_FOUND, Answer, Article, Asked, Kind, Site, SiteColumn

HOST = "www.yunling.test"
ENTRY = "/list.html"


def respond(site: Site, asked: Asked) -> Answer:
    if asked.path == ENTRY:
        return Answer("".join(f"<p>{one.title}</p>" for one in site.articles).encode())
    if asked.path == "/form":
        return Answer(json.dumps(asked.form).encode(), "application/json")
    article = next((one for one in site.articles if asked.path == f"/{one.number}.html"), None)
    return Answer((article.title * 60).encode()) if article else NOT_FOUND


KINDS = {
    "tiny": Kind(
        name="tiny",
        respond=respond,
        entry=lambda site: ENTRY,
        address=lambda site, article: f"/{article.number}.html",
        files=lambda site, article: (),
    )
}
ARTICLES = (
    Article(2, "云岭县2024年法治政府建设工作要点", date(2024, 3, 1)),
    Article(1, "云岭县2023年度法治政府建设情况报告", date(2024, 2, 1)),
)


def a_site(*quirks: str, host: str = HOST, robots: str = "User-agent: *\nAllow: /\n") -> Site:
    columns = (SiteColumn("fzzfjs", "法治政府建设"),)
    return Site(host, "云岭县人民政府", "云岭县", "tiny", columns, ARTICLES, quirks=frozenset(quirks), robots=robots)


def serve(*sites: Site, faults: Faults | None = None, ports: bool = False, log: Log | None = None) -> Emulator:
    by_host = {site.host: site for site in sites}
    return Emulator(lambda week: by_host, kinds=KINDS, faults=faults, ports=ports, log=log)


class Reply:
    def __init__(self, answer: http.client.HTTPResponse, body: bytes) -> None:
        self.status, self.headers, self.body = answer.status, answer.headers, body


def ask(
    emulator: Emulator,
    target: str,
    *,
    host: str = HOST,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: str | None = None,
    port: int = 0,
    timeout: float = 5,
) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", port or emulator.port, timeout=timeout)
    try:
        connection.request(method, target, body=body, headers={"Host": host, "User-Agent": "fazhi", **(headers or {})})
        answer = connection.getresponse()
        return Reply(answer, answer.read())
    finally:
        connection.close()


def wait_for_a_record(emulator: Emulator) -> None:
    for _ in range(1000):
        if emulator.log.records:
            return
        time.sleep(0.01)
    raise AssertionError("nothing was logged")


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with serve(a_site(), a_site(host="www.qinghe.test")) as running:
        yield running


# -- hosts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        pytest.param(HOST, 200, id="as it is called"),
        pytest.param("yunling.test", 200, id="without www"),
        pytest.param("WWW.Yunling.TEST:8000", 200, id="case and port do not count"),
        pytest.param("www.nowhere.test", 404, id="nobody's"),
        pytest.param("127.0.0.1", 404, id="loopback, where several sites could be meant"),
    ],
)
def test_the_host_header_says_which_site_is_meant(emulator: Emulator, host: str, status: int) -> None:
    assert ask(emulator, ENTRY, host=host).status == status


def test_plain_loopback_leads_to_the_only_site() -> None:
    with serve(a_site()) as running:
        assert ask(running, ENTRY, host=running.connect).status == 200
        assert running.log.hosts == (HOST,)


def test_each_site_may_have_a_port_of_its_own() -> None:
    sites = a_site(), replace(a_site(host="www.qinghe.test"), articles=ARTICLES[1:])
    with serve(*sites, ports=True) as running:
        told = running.origins["www.qinghe.test"]
        port = int(told.rsplit(":", 1)[1])
        assert running.url("www.qinghe.test", ENTRY) == f"http://127.0.0.1:{port}{ENTRY}"
        reply = ask(running, ENTRY, host=f"127.0.0.1:{port}", port=port)
        assert (reply.status, "要点" in reply.body.decode()) == (200, False)


def test_the_bare_host_redirects_where_the_site_does_so() -> None:
    with serve(a_site("www_redirect")) as running:
        reply = ask(running, "/1.html?a=b", host="yunling.test")
        assert (reply.status, reply.headers["Location"]) == (301, f"http://{HOST}/1.html?a=b")
        assert ask(running, "/1.html").status == 200


def test_a_proxys_target_names_its_host(emulator: Emulator) -> None:
    reply = ask(emulator, f"http://{HOST}{ENTRY}", host="other.test")
    assert reply.status == 200
    assert emulator.log.records[-1].target == ENTRY


def test_a_connection_is_kept(emulator: Emulator) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", emulator.port, timeout=5)
    for target in (ENTRY, "/1.html", "/gone.html"):
        connection.request("GET", target, headers={"Host": HOST})
        connection.getresponse().read()
        used = connection.sock
    assert used is connection.sock
    connection.close()


def test_two_hundred_hosts_are_played_at_once() -> None:
    sites = [a_site(host=f"www.h{number}.test") for number in range(200)]
    with serve(*sites) as running:
        open_ones = [socket.create_connection(("127.0.0.1", running.port), timeout=5) for _ in sites]
        with ThreadPoolExecutor(20) as pool:
            statuses = list(pool.map(lambda site: ask(running, ENTRY, host=site.host).status, sites))
        for connection in open_ones:
            connection.close()
        assert statuses == [200] * 200
        assert len(running.log.hosts) == 200


def test_a_post_brings_its_form(emulator: Emulator) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    reply = ask(emulator, "/form", method="POST", body="page=2&key=%E6%B3%95", headers=form)
    assert json.loads(reply.body) == {"page": "2", "key": "法"}
    assert emulator.log.records[-1].form == "page=2&key=%E6%B3%95"
    assert "ETag" not in reply.headers


# -- validators, gzip -------------------------------------------------------------------------------------------------


def test_what_a_client_has_is_not_sent_again(emulator: Emulator) -> None:
    first = ask(emulator, "/1.html")
    for name, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        again = ask(emulator, "/1.html", headers={name: value})
        assert (again.status, again.body) == (304, b"")
        assert emulator.log.records[-1].is_conditional
    assert ask(emulator, "/1.html", headers={"If-None-Match": '"other"'}).status == 200
    assert ask(emulator, "/1.html", headers={"If-Modified-Since": "once upon a time"}).status == 200


def test_a_tag_counts_before_a_date(emulator: Emulator) -> None:
    told = ask(emulator, "/1.html").headers["Last-Modified"]
    assert ask(emulator, "/1.html", headers={"If-None-Match": '"other"', "If-Modified-Since": told}).status == 200


def test_a_site_may_have_no_validators() -> None:
    with serve(a_site("no_validators")) as running:
        reply = ask(running, "/1.html", headers={"If-Modified-Since": "Mon, 07 Apr 2035 00:00:00 GMT"})
        assert (reply.status, reply.headers["ETag"], reply.headers["Last-Modified"]) == (200, None, None)


@pytest.mark.parametrize(
    ("quirk", "accepts", "is_packed"),
    [
        pytest.param("", "gzip, deflate", True, id="asked for"),
        pytest.param("", "", False, id="not asked for"),
        pytest.param("forced_gzip", "identity", True, id="forced"),
    ],
)
def test_gzip(quirk: str, accepts: str, is_packed: bool) -> None:
    with serve(a_site(*filter(None, [quirk]))) as running:
        one, two = (ask(running, "/1.html", headers={"Accept-Encoding": accepts}) for _ in range(2))
        assert one.body == two.body
        assert int(one.headers["Content-Length"]) == len(one.body)
        assert (one.headers["Content-Encoding"] == "gzip") == is_packed
        assert (gzip.decompress(one.body) if is_packed else one.body).decode().startswith("云岭县2023年度")
        assert ask(running, "/1.html", headers={"If-None-Match": one.headers["ETag"]}).status == 304


def test_a_short_answer_is_not_packed(emulator: Emulator) -> None:
    assert ask(emulator, "/gone.html", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] is None


def test_head_has_the_headers_and_no_body(emulator: Emulator) -> None:
    whole, head = ask(emulator, "/1.html"), ask(emulator, "/1.html", method="HEAD")
    assert head.body == b""
    assert head.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(whole.body))


def test_length_may_be_untold() -> None:
    with serve(a_site("no_length")) as running:
        reply = ask(running, "/1.html")
        assert reply.headers["Transfer-Encoding"] == "chunked"
        assert reply.body.decode().startswith("云岭县2023年度")


# -- the clock --------------------------------------------------------------------------------------------------------


def two_weeks(week: int) -> Mapping[str, Site]:
    changed = (ARTICLES[0], replace(ARTICLES[1], title="云岭县2023年度法治政府建设情况报告（更正）"))
    return {HOST: a_site() if week == 1 else replace(a_site(), articles=changed)}


def test_the_clock_moves_the_site_and_only_what_changed_is_newer() -> None:
    with Emulator(two_weeks, kinds=KINDS) as running:
        first = {target: ask(running, target).headers for target in ("/1.html", "/2.html")}
        running.set_week(2)
        second = {target: ask(running, target).headers for target in ("/1.html", "/2.html")}
    assert first["/2.html"]["ETag"] == second["/2.html"]["ETag"]
    assert first["/2.html"]["Last-Modified"] == second["/2.html"]["Last-Modified"]
    assert first["/1.html"]["ETag"] != second["/1.html"]["ETag"]
    assert second["/1.html"]["Last-Modified"] == "Mon, 14 Apr 2025 00:00:00 GMT"


def test_the_clock_is_set_over_loopback_only() -> None:
    with Emulator(two_weeks, kinds=KINDS) as running:
        assert ask(running, "/__week__?n=2").status == 404
        assert running.week == 1
        assert ask(running, "/__week__?n=2", host=running.connect).body == b"week 2\n"
        assert running.week == 2
        ask(running, "/__week__?n=none", host=running.connect)
        assert running.week == 2


# -- robots.txt, walls ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "status", "text"),
    [
        pytest.param(a_site(), 200, "Allow: /", id="its own"),
        pytest.param(a_site(robots=""), 404, "404", id="none"),
        pytest.param(a_site("robots_disallow"), 200, "Disallow: /\n", id="forbids all"),
        pytest.param(a_site("robots_delay"), 200, "Crawl-delay: 1", id="asks for a pause"),
        pytest.param(a_site("robots_403"), 403, "403", id="forbidden itself"),
        pytest.param(a_site("robots_500"), 500, "500", id="broken"),
        pytest.param(a_site("robots_html"), 200, "<html>", id="a page in its place"),
        pytest.param(a_site("challenge_412"), 200, "Allow: /", id="before the wall"),
        pytest.param(a_site("challenge_412", "wall_robots"), 412, "$_ts", id="behind the wall"),
    ],
)
def test_robots(site: Site, status: int, text: str) -> None:
    with serve(site) as running:
        reply = ask(running, "/robots.txt")
        assert reply.status == status
        assert text in reply.body.decode()


@pytest.mark.parametrize(
    ("quirk", "status", "sign"),
    [
        pytest.param("challenge_412", 412, "$_ts", id="Ruishu"),
        pytest.param("challenge_521", 521, "__jsl_clearance", id="Jiasule"),
        pytest.param("challenge_c3vk", 200, "C3VK=", id="C3VK"),
        pytest.param("challenge_468", 468, "<script>", id="a city's wall"),
        pytest.param("spa_shell", 200, '<div id="app"></div>', id="only scripts fill it"),
        pytest.param("login", 200, 'type="password"', id="asks who one is"),
        pytest.param("always_500", 500, "500", id="broken"),
        pytest.param("always_503", 503, "繁忙", id="busy"),
        pytest.param("blocked_403", 403, "WZWS", id="refused"),
    ],
)
def test_a_wall_stands_before_every_page(quirk: str, status: int, sign: str) -> None:
    with serve(a_site(quirk)) as running:
        for target in (ENTRY, "/1.html"):
            reply = ask(running, target)
            assert reply.status == status
            assert sign in reply.body.decode()


def test_every_wall_is_named_where_quirks_are_listed() -> None:
    from pipeline.emulator import faults

    assert [quirk for quirk in WALLS if quirk not in (faults.__doc__ or "")] == []


def test_a_cookie_passes_the_echo() -> None:
    with serve(a_site("cookie_echo")) as running:
        first = ask(running, ENTRY)
        assert (first.status, first.headers["Location"]) == (302, ENTRY)
        cookie = first.headers["Set-Cookie"].split(";")[0]
        assert ask(running, ENTRY, headers={"Cookie": cookie}).status == 200


def test_a_default_name_is_refused_and_an_honest_one_let_in() -> None:
    with serve(a_site("agent_403")) as running:
        assert ask(running, ENTRY, headers={"User-Agent": "python-requests/2.32"}).status == 403
        assert ask(running, ENTRY, headers={"User-Agent": "fazhi (+mailto:office@yunling.test)"}).status == 200


def test_what_is_not_there_may_be_said_with_200() -> None:
    with serve(a_site("soft_404"), a_site("soft_404_home", host="www.qinghe.test")) as running:
        assert "不存在" in ask(running, "/gone.html").body.decode()
        home = ask(running, "/gone.html", host="www.qinghe.test")
        assert (home.status, home.body) == (200, ask(running, ENTRY, host="www.qinghe.test").body)
        assert ask(running, "/1.html").body.decode().startswith("云岭县2023年度")


def test_a_silent_site_takes_the_request_and_never_answers() -> None:
    with serve(a_site("silent")) as running:
        with pytest.raises(TimeoutError):
            ask(running, ENTRY, timeout=0.3)
        wait_for_a_record(running)
        assert running.log.records[0].fault == "silent"
        assert running.log.records[0].status == 0


def test_closing_hangs_up_on_who_waits() -> None:
    with serve(a_site("silent")) as running:
        connection = socket.create_connection(("127.0.0.1", running.port), timeout=10)
        connection.sendall(f"GET {ENTRY} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    with connection, contextlib.suppress(ConnectionResetError):
        assert connection.recv(100) == b""


# -- faults -----------------------------------------------------------------------------------------------------------


def only(fault: Fault, hold_s: float = 0.3) -> Faults:
    return Faults(1.0, frozenset({fault}), hold_s=hold_s)


@pytest.mark.parametrize(
    ("fault", "status", "sign"),
    [
        pytest.param(Fault.ERROR_500, 500, b"500", id="500"),
        pytest.param(Fault.ERROR_502, 502, b"502", id="502"),
        pytest.param(Fault.BUSY_503, 503, b"", id="503"),
        pytest.param(Fault.CHALLENGE_412, 412, b"$_ts", id="412"),
        pytest.param(Fault.CHALLENGE_521, 521, b"__jsl_clearance", id="521"),
        pytest.param(Fault.CHALLENGE_C3VK, 200, b"C3VK", id="C3VK"),
        pytest.param(Fault.CHALLENGE_468, 468, b"script", id="468"),
        pytest.param(Fault.SOFT_404, 200, "不存在".encode(), id="soft 404"),
        pytest.param(Fault.EMPTY, 200, b"", id="empty"),
    ],
)
def test_a_fault_that_is_an_answer(fault: Fault, status: int, sign: bytes) -> None:
    with serve(a_site(), faults=only(fault)) as running:
        replies = [ask(running, "/1.html") for _ in range(3)]
        assert [reply.status for reply in replies] == [status, status, 200]
        assert sign in replies[0].body
        assert replies[2].body.decode().startswith("云岭县2023年度")
        assert [record.fault for record in running.log.records] == [fault, fault, ""]


def test_busy_says_when_to_come_again() -> None:
    with serve(a_site(), faults=only(Fault.BUSY_503)) as running:
        assert ask(running, "/1.html").headers["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(Fault.TIMEOUT, http.client.RemoteDisconnected, id="the connection ends without an answer"),
        pytest.param(Fault.RESET, (ConnectionResetError, http.client.IncompleteRead), id="in mid-answer"),
        pytest.param(Fault.WRONG_LENGTH, http.client.IncompleteRead, id="more is promised than comes"),
        pytest.param(Fault.DRIP, http.client.IncompleteRead, id="a byte now and then"),
    ],
)
def test_a_fault_on_the_wire(fault: Fault, error: type[Exception] | tuple[type[Exception], ...]) -> None:
    with serve(a_site(), faults=only(fault)) as running:
        for _ in range(IN_A_ROW):
            with pytest.raises(error):
                ask(running, "/1.html")
        assert ask(running, "/1.html").status == 200
        assert [record.fault for record in running.log.records] == [fault, fault, ""]
        assert running.log.repeats() == ()


def test_a_client_with_less_patience_than_the_server_gives_up_first() -> None:
    with serve(a_site(), faults=only(Fault.TIMEOUT, hold_s=60)) as running:
        with pytest.raises(TimeoutError):
            ask(running, "/1.html", timeout=0.2)
        wait_for_a_record(running)
        record = running.log.records[0]
        assert record.end - record.start < 30


def test_gzip_cut_short_is_complete_by_its_length() -> None:
    with serve(a_site(), faults=only(Fault.TRUNCATED_GZIP)) as running:
        reply = ask(running, "/1.html", headers={"Accept-Encoding": "gzip"})
        assert int(reply.headers["Content-Length"]) == len(reply.body)
        with pytest.raises(EOFError):
            gzip.decompress(reply.body)


def test_a_redirect_loop_has_no_way_out_but_the_first_address_recovers() -> None:
    with serve(a_site(), faults=only(Fault.REDIRECT_LOOP)) as running:
        target = "/1.html"
        for _ in range(5):
            reply = ask(running, target)
            assert reply.status == 302
            target = reply.headers["Location"]
        assert target == "/1.html?loop=1"
        assert [ask(running, "/1.html").status for _ in range(2)] == [302, 200]


def test_a_huge_page_comes_without_a_length() -> None:
    with serve(a_site(), faults=only(Fault.HUGE)) as running:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=5)
        connection.request("GET", "/1.html", headers={"Host": HOST})
        answer = connection.getresponse()
        assert answer.headers["Content-Length"] is None
        assert len(answer.read(1_000_000)) == 1_000_000
        answer.close()
        connection.close()
        wait_for_a_record(running)
        assert running.log.records[0].fault == Fault.HUGE


def test_the_dial_spoils_its_share_and_never_three_in_a_row() -> None:
    dial = Faults(0.3, seed=7)
    targets = [f"/{number}.html" for number in range(400)]
    drawn = {target: [dial.choose(HOST, target, attempt) for attempt in range(1, 9)] for target in targets}
    first = [faults[0] for faults in drawn.values() if faults[0]]
    assert 0.24 < len(first) / len(targets) < 0.36
    assert set(first) == ALL
    for faults in drawn.values():
        assert all(None in faults[start : start + IN_A_ROW + 1] for start in range(6))


def test_the_dial_is_the_same_each_time_and_another_by_seed_and_host() -> None:
    asked = [("/a", attempt) for attempt in range(1, 4)] + [(f"/{number}", 1) for number in range(100)]

    def drawn(dial: Faults, host: str) -> list[Fault | None]:
        return [dial.choose(host, target, attempt) for target, attempt in asked]

    dial = Faults(0.5, PASSING, seed=1)
    assert drawn(dial, HOST) == drawn(Faults(0.5, PASSING, seed=1), HOST)
    assert drawn(dial, HOST) != drawn(Faults(0.5, PASSING, seed=2), HOST)
    assert drawn(dial, HOST) != drawn(dial, "www.qinghe.test")
    assert not CHALLENGES & set(drawn(dial, HOST))
    assert set(drawn(Faults(0.0), HOST)) == set(drawn(Faults(1.0, frozenset()), HOST)) == {None}


# -- the log ----------------------------------------------------------------------------------------------------------


def a_record(
    start: float, end: float, *, host: str = HOST, target: str = "/", status: int = 200, fault: str = "", form: str = ""
) -> Record:
    return Record(host, "GET", target, start, end, start, end, status, 10, fault=fault, form=form)


def logged(*records: Record) -> Log:
    log = Log()
    for record in records:
        log.add(record)
    return log


def test_gaps_and_overlaps_of_a_host() -> None:
    apart = logged(a_record(0, 1), a_record(4, 5), a_record(1.5, 2, host="www.qinghe.test"), a_record(9, 10))
    assert apart.gaps(HOST) == (3, 4)
    assert apart.overlaps(HOST) == ()
    long = a_record(0, 10)
    at_once = logged(a_record(2, 3), a_record(5, 6), long)
    assert at_once.gaps(HOST) == (-8, -5)
    assert [pair[0] for pair in at_once.overlaps(HOST)] == [long, long]
    assert at_once.gaps("www.nowhere.test") == ()


@pytest.mark.parametrize(
    ("records", "repeats"),
    [
        pytest.param([a_record(0, 1), a_record(2, 3)], [(HOST, "GET", "/", 2)], id="the same twice"),
        pytest.param([a_record(0, 1), a_record(2, 3, target="/2")], [], id="two pages"),
        pytest.param([a_record(0, 1), a_record(2, 3, host="x.test")], [], id="two hosts"),
        pytest.param([a_record(0, 1, form="page=1"), a_record(2, 3, form="page=2")], [], id="two forms"),
        pytest.param([a_record(0, 1, status=500), a_record(2, 3)], [], id="again after a failure"),
        pytest.param([a_record(0, 1, fault="drip"), a_record(2, 3)], [], id="again after a spoiled 200"),
        pytest.param([a_record(0, 1), a_record(2, 3, status=304)], [], id="asked whether it changed"),
    ],
)
def test_repeats(records: list[Record], repeats: list[tuple[str, str, str, int]]) -> None:
    assert list(logged(*records).repeats()) == repeats


def test_the_log_knows_a_request_before_the_client_has_its_last_byte() -> None:
    stream = io.StringIO()
    with serve(a_site(), log=Log(stream)) as running:
        for number in range(1, 21):
            ask(running, f"/{number}.html", headers={"User-Agent": "fazhi 0.1"})
            assert len(running.log.records) == number
        assert running.log.overlaps(HOST) == ()
        told = [json.loads(line) for line in stream.getvalue().splitlines()]
        assert [json.loads(line) for line in running.log.lines()] == told
        assert told[0]["agent"] == "fazhi 0.1"
        assert running.log.statuses()[HOST] == {200: 2, 404: 18}
        running.log.clear()
        assert running.log.records == ()
