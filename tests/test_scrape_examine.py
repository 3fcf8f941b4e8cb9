"""`fazhi doctor URL` says of any page what it is, by which sign, what it would bring, and how to list it as a source."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.emulator.battery import battery_site
from pipeline.emulator.families import kinds
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import Answer, Asked, Kind, Site
from pipeline.emulator.world import CALLED, sources_toml
from pipeline.scrape.addresses import key_of
from pipeline.scrape.examine import Address, examine
from pipeline.scrape.families import NAMES
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.proposal import expect_of, table_of
from pipeline.scrape.records import Listing, Request, Row, View
from pipeline.scrape.relevance import Judgement
from pipeline.scrape.sources import Source, find_problems
from pipeline.scrape.wording import ADVICE, FAMILIES, line, told_rule


class Played:
    """Sites on loopback with the file in which they are listed."""

    def __init__(self, emulator: Emulator, sites: Mapping[str, Site], known: Mapping[str, Kind], folder: Path) -> None:
        self.emulator, self.sites, self.kinds = emulator, sites, known
        self.file = folder / "sources.toml"
        self.file.write_text(sources_toml(sites, known, connect=emulator.connect, delay_s=0.01), encoding="utf-8")

    def look(self, host: str, path: str) -> tuple[list[str], str]:
        """The lines told of a page, and the problem."""
        told: list[str] = []
        problem = examine(Address(f"http://{host}{path}", sources=self.file), told.append)
        return told, problem


def host_of(family: str) -> str:
    return f"www.{family.replace('_', '-')}.test"


def table_in(told: Sequence[str]) -> Mapping[str, object]:
    (tables,) = [tomllib.loads(each)["source"] for each in told if each.startswith("[[source]]")]
    assert find_problems(tables) == []
    (table,) = tables
    return dict(table)


def starting(told: Sequence[str], label: str) -> list[str]:
    return [each.removeprefix(label).strip() for each in told if each.startswith(label)]


@pytest.fixture(scope="module")
def families(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    sites = {host_of(name): battery_site(name, host=host_of(name)) for name in kinds()}
    with Emulator(lambda week: sites) as emulator:
        yield Played(emulator, sites, kinds(), tmp_path_factory.mktemp("families"))


@pytest.mark.parametrize("name", list(kinds()))
def test_a_list_of_any_family_is_told_with_its_rows_its_second_page_and_an_article(families: Played, name: str) -> None:
    host = host_of(name)
    families.emulator.log.clear()
    told, problem = families.look(host, kinds()[name].entry(families.sites[host]))
    assert problem == ""
    assert starting(told, "类型")[0].startswith(f"{CALLED.get(name, name)}（")
    assert "条：采集" in starting(told, "条目")[0]
    assert any("  采集" in each or "不采集" in each for each in told)
    assert starting(told, "翻页")[0].endswith("没有下一页") or not starting(told, "第2页")[0].startswith("0条")
    assert starting(told, "正文")[0].split("字")[0].isdigit()
    table = table_in(told)
    assert (table["family"], table["visited"]) == (CALLED.get(name, name), True)
    log = families.emulator.log
    assert log.overlaps(host) == ()
    assert min(log.gaps(host)) >= 0.01  # the delay of the source
    assert [repeat for repeat in log.repeats() if repeat[0] == host] == []
    assert len(log.of(host)) <= 6  # robots, page, block, page 2, article


@pytest.mark.parametrize("name", ["trs", "hanweb", "gkmlpt", "label8888", "vsb"])
def test_an_article_of_its_own_is_told_with_its_text_and_listed_as_one(families: Played, name: str) -> None:
    host = host_of(name)
    site = families.sites[host]
    article = next(each for each in site.articles if each.is_relevant and each.attachments)
    told, problem = families.look(host, kinds()[name].address(site, article))
    assert problem == ""
    assert starting(told, "标题") == [article.title]
    assert starting(told, "判断")[0].startswith("采集")
    assert starting(told, "附件")[0].startswith(article.attachments[0].name)
    table = table_in(told)
    assert (table["kind"], table["expect"]) == ("article", [1, 1])


@pytest.mark.parametrize("name", ["trs", "hanweb", "gkmlpt"])
def test_a_home_page_leads_into_its_columns(families: Played, name: str) -> None:
    told, problem = families.look(host_of(name), "/")
    assert problem == ""
    assert any("法治政府建设" in each for each in starting(told, "进入"))
    assert "条：采集" in starting(told, "条目")[0]
    assert any("首页或目录页" in each for each in starting(told, "注意"))
    table = table_in(told)
    assert table["entry"] == f"http://{host_of(name)}/"
    assert table["expect"] == [0, 500] or table["expect"][1] == 500  # type: ignore[index]


def test_what_the_file_of_sources_knows_of_the_page_stays_and_another_column_takes_what_is_true_of_the_site(
    families: Played,
) -> None:
    site = families.sites["www.trs.test"]
    listed = table_in(families.look("www.trs.test", kinds()["trs"].entry(site))[0])
    assert (listed["id"], listed["name"], listed["place_name"]) == ("trs-test", site.name, site.place)
    other = table_in(families.look("www.trs.test", "/zwgk/fzzfjsndbg/")[0])
    assert (other["id"], other["place_name"], other["connect"]) == (
        "trs-test-fzzfjsndbg",
        site.place,
        families.emulator.connect,
    )
    assert other["name"] == f"{site.name} 法治政府建设年度报告"


def test_a_host_without_www_is_followed_to_the_one_that_answers(tmp_path: Path) -> None:
    told, problem = look_at("trs", ["www_redirect"], tmp_path, host="trs.test")
    assert problem == ""
    assert starting(told, "跳转") == ["状态码301，跳转到 http://www.trs.test/zwgk/fzzfjs/"]
    assert str(table_in(told)["entry"]).startswith("http://www.trs.test/")


def look_at(name: str, quirks: Sequence[str], folder: Path, *, host: str = "", path: str = "") -> tuple[list[str], str]:
    """What is told of the list of a site with quirks."""
    site = battery_site(name, host=host_of(name), quirks=quirks)
    with Emulator(lambda week: {site.host: site}) as emulator:
        played = Played(emulator, {site.host: site}, kinds(), folder)
        return played.look(host or site.host, path or kinds()[name].entry(site))


@pytest.mark.parametrize(
    ("quirks", "outcome", "sign"),
    [
        pytest.param(["challenge_412"], "challenge", "瑞数", id="a check by status"),
        pytest.param(["challenge_c3vk"], "challenge", "C3VK", id="a check with status 200"),
        pytest.param(["spa_shell"], "empty_shell", "id=app", id="an empty shell"),
        pytest.param(["login"], "login_page", "密码输入框", id="a login"),
        pytest.param(["always_503"], "server_error", "1秒后再试", id="busy, with a time"),
        pytest.param(["robots_disallow"], "robots", "不允许访问", id="forbidden"),
        pytest.param(["robots_500"], "server_error", "robots.txt 返回状态码500", id="rules that nobody can read"),
    ],
)
def test_what_is_no_list_is_named_with_its_sign_and_what_can_be_done(
    tmp_path: Path, quirks: Sequence[str], outcome: str, sign: str
) -> None:
    told, problem = look_at("trs", quirks, tmp_path)
    assert problem.startswith(f"{outcome} {Outcome(outcome).words}：")
    assert sign in problem
    assert problem.endswith(ADVICE[Outcome(outcome)])
    assert not any(each.startswith("[[source]]") for each in told)


@pytest.mark.parametrize(
    ("path", "quirks", "outcome"),
    [
        pytest.param("/zwgk/nothing/", [], "list_gone", id="404"),
        pytest.param("/zwgk/nothing/", ["soft_404"], "soft_404", id="200 with words"),
    ],
)
def test_a_column_that_is_gone_is_told(tmp_path: Path, path: str, quirks: Sequence[str], outcome: str) -> None:
    assert look_at("trs", quirks, tmp_path, path=path)[1].startswith(outcome)


@pytest.mark.parametrize(
    ("quirks", "doubt"),
    [
        pytest.param(["repeated_pages"], "第2页与第1页相同，翻页无效", id="page 2 is page 1"),
        pytest.param([], "", id="nothing"),
    ],
)
def test_what_is_doubtful_about_a_list_is_told_though_it_is_one(
    tmp_path: Path, quirks: Sequence[str], doubt: str
) -> None:
    told, problem = look_at("trs", quirks, tmp_path)
    assert problem == ""
    assert starting(told, "注意") == ([doubt] if doubt else [])


def test_cut_titles_are_counted_and_the_article_shows_the_whole_one(tmp_path: Path) -> None:
    told, _ = look_at("trs", ["cut_titles", "no_title_attribute"], tmp_path)
    assert "标题不全5条" in starting(told, "条目")[0]
    assert any("（标题不全）" in each for each in told)
    assert not starting(told, "标题")[0].endswith("…")


def test_the_delay_of_robots_is_told(tmp_path: Path) -> None:
    told, _ = look_at("trs", ["robots_delay", "challenge_412"], tmp_path)
    assert "要求每次间隔1秒" in starting(told, "robots")[0]


# --- pages that no family makes ---------------------------------------------------------------------------------------

LIST = "".join(
    f'<li><a href="/{day}.html">云岭县{year}年法治政府建设工作报告</a><span>{year + 1}-01-{day:02}</span></li>'
    for day, year in enumerate(range(2016, 2024), 10)
)
TEXT = "".join(
    f"<p>{number}、本机关依法公开政府信息，接受社会监督，并按年度公布工作情况和主要数据。</p>" for number in range(12)
)
ODD: Mapping[str, Answer] = {
    "/": Answer(f"<title>云岭县人民政府</title><ul>{LIST}</ul>".encode()),
    "/list/": Answer(f"<title>法治政府建设_云岭县人民政府门户网站</title><ul>{LIST}</ul>".encode()),
    "/plan.pdf": Answer(b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n", "application/pdf"),
    "/old.7z": Answer(b"7z\xbc\xaf\x27\x1c\x00\x04", "application/x-7z-compressed"),
    "/away/": Answer(b"", status=302, headers={"Location": "http://www.yunfeng.gov.cn/"}),
    "/sold/": Answer(b"", status=302, headers={"Location": "http://www.yunling-news.com/zwgk/fzzfjs/"}),
    "/moved/": Answer(b"", status=302, headers={"Location": "/"}),
    "/jump/": Answer(b'<meta http-equiv="refresh" content="0; url=/list/">'),
    "/frame/": Answer(f'<title>法治政府建设</title><p>{"栏目说明" * 10}</p><iframe src="/list/"></iframe>'.encode()),
    "/text.html": Answer(f"<title>云岭县政府信息公开指南</title><div id=zoom>{TEXT}</div>".encode()),
    "/words/": Answer(f"<title>联系我们</title><p>{'地址电话' * 60}</p>".encode()),
    "/zero.xml": Answer(b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>', "text/xml"),
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    def respond(site: Site, asked: Asked) -> Answer:
        return ODD.get(asked.path, Answer(b"", status=404))

    known = {"plain": replace(kinds()["plain"], respond=respond, entry=lambda site: "/list/")}
    site = replace(battery_site("plain", host="www.odd.test"), name="云岭县人民政府", place="云岭县")
    with Emulator(lambda week: {site.host: site}, kinds=known) as emulator:
        yield Played(emulator, {site.host: site}, known, tmp_path_factory.mktemp("odd"))


@pytest.mark.parametrize(
    ("path", "label", "words"),
    [
        pytest.param("/list/", "条目", "8条：采集8条", id="a plain list"),
        pytest.param("/plan.pdf", "类型", "单个文件（pdf）", id="a file"),
        pytest.param("/old.7z", "注意", "a 7-Zip archive", id="a file of a kind that is not read"),
        pytest.param("/moved/", "注意", "却到了网站首页", id="a column that leads home"),
        pytest.param("/jump/", "跳转", "网页自动跳转到 http://www.odd.test/list/", id="a page that leads on"),
        pytest.param("/frame/", "条目", "8条：采集8条", id="a list in a frame"),
        pytest.param("/text.html", "正文", "字，按容器 #zoom 定位", id="an article without its meta tags"),
    ],
)
def test_an_odd_page_is_told(odd: Played, path: str, label: str, words: str) -> None:
    told, problem = odd.look("www.odd.test", path)
    assert problem == ""
    assert any(words in each for each in starting(told, label))
    table_in(told)


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        pytest.param("/away/", "foreign_host", id="another government's site"),
        pytest.param("/sold/", "clone_host", id="a path of a government on somebody's domain"),
        pytest.param("/words/", "unknown_layout", id="neither list nor article"),
        pytest.param("/zero.xml", "no_rows", id="a feed without entries"),
        pytest.param("/none/", "list_gone", id="nothing"),
    ],
)
def test_an_odd_page_that_brings_nothing_is_a_problem(odd: Played, path: str, outcome: str) -> None:
    _, problem = odd.look("www.odd.test", path)
    assert problem.startswith(f"{outcome} ")
    assert problem.endswith(ADVICE[Outcome(outcome)])


def test_a_redirect_elsewhere_is_not_followed(odd: Played) -> None:
    odd.emulator.log.clear()
    _, problem = odd.look("www.odd.test", "/away/")
    assert "跳转到 http://www.yunfeng.gov.cn/" in problem
    assert [record.target for record in odd.emulator.log.records] == ["/robots.txt", "/away/"]


# --- whom we may ask --------------------------------------------------------------------------------------------------


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["doctor", *map(str, arguments)], env={"FAZHI_CONTACT": ""})


def test_this_machine_is_asked_only_where_that_is_allowed() -> None:
    site = battery_site("trs", host="www.trs.test")
    with Emulator(lambda week: {site.host: site}, ports=True) as emulator:
        url = emulator.url(site.host, kinds()["trs"].entry(site))
        refused = run(url, "--contact", "me@example.test")
        assert refused.exit_code == 1
        assert "--allow-loopback" in refused.output
        assert emulator.log.records == ()
        allowed = run(url, "--allow-loopback")
    assert allowed.exit_code == 0
    assert "[[source]]" in allowed.output
    assert "allow_loopback = true" in allowed.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["https://www.yunling.test/"], "expected a contact", id="nobody to answer for it"),
        pytest.param(["https://www.yunling.test/", "--contact", "云岭县"], "contact in ASCII", id="a contact no header holds"),
        pytest.param(["ftp://www.yunling.test/", "--contact", "me@example.test"], "http or https", id="not the web"),
        pytest.param(["https://[yunling/", "--contact", "me@example.test"], "address", id="no address"),
        pytest.param(["https://www.yunling.test/", "--workspace", "w"], "ADDRESS with --sources", id="two things at once"),
        pytest.param(["http://10.0.0.1/", "--contact", "me@example.test"], "private_address", id="a private network"),
        pytest.param(["http://localhost:1/", "--contact", "me@example.test"], "this machine", id="this machine by name"),
        pytest.param(["http://[::1]:1/", "--contact", "me@example.test"], "this machine", id="this machine by IPv6"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_one_sentence(arguments: Sequence[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_host_that_is_silent_is_tried_by_its_other_names_before_it_is_given_up(tmp_path: Path) -> None:
    site = battery_site("trs", host="www.silent.test")
    with Emulator(lambda week: {site.host: site}) as emulator:
        played = Played(emulator, {site.host: site}, kinds(), tmp_path)
    told, problem = played.look(site.host, "/zwgk/")  # nobody listens any more
    assert problem.startswith("unreachable 无法连接：")
    assert starting(told, "改试") == [
        "https://www.silent.test/zwgk/",
        "http://silent.test/zwgk/",
        "https://silent.test/zwgk/",
    ]


# --- the table --------------------------------------------------------------------------------------------------------


def judged(kept: int, doubtful: int = 0, dropped: int = 0) -> list[Judgement]:
    verdicts = ["kept"] * kept + ["doubtful"] * doubtful + ["dropped"] * dropped
    return [Judgement(verdict, 0.0, ()) for verdict in verdicts]  # type: ignore[arg-type]


ROWS = tuple(Row(f"http://www.yunling.test/{number}", "t", date(2024, 1, 1)) for number in range(10))
NEXT = Request("http://www.yunling.test/2")


@pytest.mark.parametrize(
    ("listing", "seen", "leads_on", "expected"),
    [
        pytest.param(Listing(ROWS), judged(6, 0, 4), False, (3, 17), id="all rows seen"),
        pytest.param(Listing(ROWS, NEXT, total=100), judged(10, 0, 10), False, (5, 105), id="a fifth seen"),
        pytest.param(Listing(ROWS, NEXT, pages=5), judged(2, 2, 16), False, (1, 25), id="pages instead of rows"),
        pytest.param(Listing(ROWS, NEXT), judged(6, 0, 14), False, (3, 500), id="nobody knows how many"),
        pytest.param(Listing(ROWS), judged(4), True, (2, 500), id="other lists behind"),
        pytest.param(Listing(ROWS), judged(0, 0, 10), False, (0, 5), id="none wanted"),
        pytest.param(Listing((), total=0), [], False, (0, 500), id="an empty list"),
        pytest.param(Listing(ROWS, total=3), judged(10), False, (5, 25), id="a total that is too small"),
    ],
)
def test_a_range_is_guessed_from_the_rows_seen(
    listing: Listing, seen: list[Judgement], leads_on: bool, expected: tuple[int, int]
) -> None:
    assert expect_of(listing, seen, leads_on=leads_on) == expected


def page(html: str, url: str = "https://www.yunling.gov.cn/zwgk/fzzfjs/") -> View:
    return View(Request(url), html.encode(), media="text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("entry", "html", "fields"),
    [
        pytest.param(
            "https://www.nanjing.gov.cn/zwgk/fzzfjs/index.html",
            "<title>法治政府建设_南京市人民政府</title>",
            {"id": "nanjing-gov-fzzfjs", "name": "南京市人民政府 法治政府建设", "place": "320100", "level": "prefecture"},
            id="a place of the list",
        ),
        pytest.param(
            "https://www.yunling.gov.cn/",
            '<meta name="SiteName" content="云岭县人民政府门户网站"><title>首页</title>',
            {"id": "yunling-gov", "place_name": "云岭县", "level": "county"},
            id="a place that no list has",
        ),
        pytest.param("https://www.yunling.gov.cn/a/", "<p>x", {"id": "yunling-gov-a", "name": "www.yunling.gov.cn"}, id="no title"),
        pytest.param("https://fz.yunling.com/a/", "<p>x", {"hosts": ["fz.yunling.com"]}, id="a host that must be vouched for"),
        pytest.param("https://www.yunling.gov.cn/法治/", "<title>“引号”\\与 \"双引号\"</title>", {"id": "yunling-gov"}, id="signs to be escaped"),
        pytest.param("https://www.yunling.gov.cn/a/", "<title>朝阳区人民政府</title>", {"place_name": "朝阳区", "level": "county"}, id="an ambiguous name is not guessed"),
    ],
)  # fmt: skip
def test_a_table_is_filled_in_from_the_page(entry: str, html: str, fields: Mapping[str, object]) -> None:
    (table,) = tomllib.loads(table_of(Source("", "", entry), page(html, entry)))["source"]
    assert find_problems([table]) == []
    assert {name: table.get(name) for name in fields} == fields
    assert key_of(table["entry"]) == key_of(entry)


# --- words ------------------------------------------------------------------------------------------------------------


def test_every_family_and_every_outcome_that_asks_for_a_look_has_its_words() -> None:
    assert set(FAMILIES) == set(NAMES)
    assert {outcome for outcome in Outcome if not outcome.is_good} <= set(ADVICE)


def test_lines_stand_below_one_another() -> None:
    assert [line("网址", "x"), line("robots", "x"), line("", "x")] == ["网址    x", "robots  x", "        x"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        pytest.param("container #zoom", "按容器 #zoom 定位", id="a container"),
        pytest.param("density", "按文字疏密推断", id="nothing to name"),
        pytest.param("a new rule", "a new rule", id="one that has no words yet"),
    ],
)
def test_what_told_the_text_is_said_in_chinese(rule: str, words: str) -> None:
    assert told_rule(rule) == words


def test_json_escapes_are_those_of_toml() -> None:
    text = '"\\\t\u0001云\U00020000'
    assert tomllib.loads(f"x = {json.dumps(text, ensure_ascii=False)}")["x"] == text
