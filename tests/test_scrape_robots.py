import pytest

from pipeline.scrape.robots import Robots

SITE = "http://www.yunling.test"
RULES = b"""# robots
User-agent: *
Disallow: /admin/
Disallow: /*.bak$
Allow: /admin/open/
Crawl-delay: 2

User-agent: fazhi
Disallow: /secret/
Crawl-delay: 7.5
Request-rate: 1/10

Sitemap: http://www.yunling.test/sitemap.xml
Sitemap: /relative.xml
"""
FOR_ALL = b"User-agent: *\nDisallow: /admin/\n"


@pytest.mark.parametrize(
    ("content", "status", "path", "verdict"),
    [
        pytest.param(FOR_ALL, 200, "/zwgk/", True, id="not named"),
        pytest.param(FOR_ALL, 200, "/admin/x.html", False, id="forbidden"),
        pytest.param(RULES, 200, "/secret/x", False, id="our own group"),
        pytest.param(RULES, 200, "/admin/x", True, id="our own group stands in place of the one for all"),
        pytest.param(RULES.replace(b"fazhi", b"FaZhi"), 200, "/secret/x", False, id="our name in capitals"),
        pytest.param(
            RULES.replace(b"fazhi", b"fazhibao"), 200, "/secret/x", True, id="another robot that begins alike"
        ),
        pytest.param(RULES.replace(b"fazhi", b"other"), 200, "/admin/open/x", True, id="the longer rule wins"),
        pytest.param(RULES.replace(b"fazhi", b"other"), 200, "/a.bak", False, id="star and end"),
        pytest.param(b"User-agent: *\nDisallow: /\n", 200, "/", False, id="all forbidden"),
        pytest.param(b"User-agent: *\nDisallow:\n", 200, "/x", True, id="nothing forbidden"),
        pytest.param(FOR_ALL.replace(b"\n", b"\r"), 200, "/admin/x", False, id="line ends of old Macs"),
        pytest.param(b"\xef\xbb\xbf" + FOR_ALL, 200, "/admin/x", False, id="BOM"),
        pytest.param(FOR_ALL.decode().encode("utf-16"), 200, "/admin/x", False, id="UTF-16 of Notepad"),
        pytest.param("# 云岭县人民政府\n".encode("gbk") + FOR_ALL, 200, "/admin/x", False, id="remark in GBK"),
        pytest.param(
            "User-agent: *\nDisallow: /管理/\n".encode(), 200, "/%E7%AE%A1%E7%90%86/x", False, id="Chinese path"
        ),
        pytest.param(
            FOR_ALL + b"#" * 600_000 + b"\nDisallow: /zwgk/\n", 200, "/admin/x", False, id="too large: its head counts"
        ),
        pytest.param(
            FOR_ALL + b"#\n" * 260_000 + b"Disallow: /zwgk/\n", 200, "/zwgk/", True, id="too large: its tail does not"
        ),
        pytest.param(
            b"User-agent: *\n" + b"Disallow: /zwgk/gzbg/nianbao/\n" * 20_000,
            200,
            "/zwgk/",
            True,
            id="too large: no half a rule",
        ),
        pytest.param(b"", 200, "/x", True, id="empty"),
        pytest.param(b"<!DOCTYPE html><html><body>Disallow: /</body></html>", 200, "/x", True, id="soft 404"),
        pytest.param(
            b"\n\n <html>\nUser-agent: *\nDisallow: /\n</html>", 200, "/x", True, id="a page that speaks of robots"
        ),
        pytest.param(b"PNG\x00\xff\xfe\x80", 200, "/x", True, id="rubbish"),
        pytest.param(b'{"code":404,"msg":"not found"}', 200, "/x", True, id="an error in JSON"),
        pytest.param(FOR_ALL, 404, "/admin/x", True, id="gone"),
        pytest.param(FOR_ALL, 403, "/admin/x", True, id="even 403: there are no rules then"),
        pytest.param(FOR_ALL, 412, "/admin/x", True, id="a check in its place: the next page will tell"),
        pytest.param(b"", 302, "/admin/x", True, id="a redirect that led nowhere"),
        pytest.param(b"", 500, "/x", False, id="a server in trouble: nothing for now"),
        pytest.param(FOR_ALL, 503, "/x", False, id="a server in trouble, whatever it sends"),
        pytest.param(b"", 429, "/x", False, id="too many requests"),
        pytest.param(b"", 0, "/x", False, id="no answer"),
    ],
)
def test_robots_are_obeyed(content: bytes, status: int, path: str, verdict: bool) -> None:
    assert Robots.read(content, status).allows(SITE + path) is verdict


@pytest.mark.parametrize(
    ("content", "delay_s"),
    [
        pytest.param(b"User-agent: *\nCrawl-delay: 5\n", 5.0, id="for all"),
        pytest.param(RULES, 10.0, id="our group; the rate asks for more than the delay"),
        pytest.param(b"User-agent: *\nRequest-rate: 2/1m\n", 30.0, id="rate in minutes"),
        pytest.param(b"User-agent: *\nCrawl-delay: 0\n", 0.0, id="none asked for in so many words"),
        pytest.param(b"User-agent: other\nCrawl-delay: 5\n", None, id="for others"),
        pytest.param(b"User-agent: *\nCrawl-delay: -3\n", None, id="negative"),
        pytest.param(b"User-agent: *\nCrawl-delay: inf\n", None, id="endless"),
        pytest.param("User-agent: *\nCrawl-delay: 三秒\n".encode(), None, id="in words"),
        pytest.param(b"User-agent: *\nDisallow: /x\n", None, id="none"),
    ],
)
def test_the_delay_asked_for_is_read(content: bytes, delay_s: float | None) -> None:
    assert Robots.read(content, 200).delay_s == delay_s


def test_site_maps_are_named_with_whole_addresses() -> None:
    assert Robots.read(RULES, 200).sitemaps == ("http://www.yunling.test/sitemap.xml",)
    assert Robots.read(RULES, 404).sitemaps == ()
    assert Robots.read(RULES, 404).delay_s is None
