"""The emulated sites whose lists come from proxies, APIs and fragments, walked by hand as the reference says."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from importlib import import_module
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

HOST = "www.yunling.test"
NAMES = ("hanweb", "hanweb_xxgk", "jpaas", "gkmlpt", "govcn", "ucap", "label8888", "hebei")
ARTICLES = 52  # four pages: one more than a group of Hanweb's
OWN_PAGE = "<html><head><title>云岭县2016年依法行政工作总结</title></head><body>二〇一六年，镕县……</body></html>"


def kind_of(name: str) -> Kind:
    return import_module(f"pipeline.emulator.families.{name}").KIND


def article(number: int) -> Article:
    """The articles of the test site: most are plain, some are what a crawler trips over."""
    plain = Article(
        number=number,
        title=f"云岭县{1980 + number}年度法治政府建设工作情况年度报告（第{number}号）",
        published=date(2025, 3, 9) - timedelta(days=37 * number),
        body=f"<p>{1980 + number}年，我县落实“各项”任务 &amp; 要求。</p>",
        publisher="云岭县司法局" if number % 2 else "",
    )
    if number == 3:
        return replace(plain, document_number="云政办发〔2024〕3号", index_number="11539999MB0000001X/2024-00003")
    if number == 5:
        return replace(plain, is_file=True, page=b"%PDF-1.7 report")
    if number == 6:
        return replace(plain, page=OWN_PAGE.encode("gb18030"))
    if number in (7, 8, 9):
        same_name = (Attachment("任务 分解表.pdf", b"%PDF-1.4"), Attachment("任务 分解表.pdf", b"%PDF-1.5"))
        return replace(plain, attachments=(*same_name, Attachment("责任清单.ofd", b"PK OFD.xml")), also_in=("ndbg",))
    if number == 10:
        return replace(plain, title="云岭县关于“放管服”的'意见' <试行> & 说明")
    if number == 11:
        return replace(plain, column="ndbg")
    return plain


def site(family: str, *quirks: str, **changes: object) -> Site:
    made = Site(
        host=HOST,
        name="云岭县人民政府",
        place="云岭县",
        family=family,
        columns=(SiteColumn("fzzfjs", "法治政府建设"), SiteColumn("ndbg", "年度报告"), SiteColumn("empty", "规划计划")),
        articles=tuple(article(number) for number in range(1, ARTICLES + 1)),
        quirks=frozenset(quirks),
    )
    return replace(made, **changes)


def get(where: Site, target: str, *, form: dict[str, str] | None = None, referer: str = f"http://{HOST}/") -> Answer:
    asked = Asked("POST" if form else "GET", target, {"host": HOST, "referer": referer}, urlencode(form or {}).encode())
    return kind_of(where.family).respond(where, asked)


def text(answer: Answer) -> str:
    assert answer.status == 200
    try:
        return answer.body.decode("utf-8")
    except UnicodeDecodeError:
        return answer.body.decode("gb18030")


def target_of(base: str, href: str) -> str:
    """The target on the host that a link means, "" for a link that leads off it."""
    parts = urlsplit(urljoin(f"http://{HOST}{base}", unescape(href)))
    if parts.scheme != "http" or parts.hostname != HOST:
        return ""
    return quote(parts.path, safe="/%") + (f"?{parts.query}" if parts.query else "")


HREF = re.compile(r"""<a\b[^>]*?\bhref=(?:"([^"]*)"|'([^']*)'|([^\s>]+))[^>]*>(.*?)</a>""", re.I | re.S)


def links(html: str) -> list[tuple[str, str]]:
    return [(one or two or three, shown) for one, two, three, shown in HREF.findall(html)]


def rows(base: str, html: str) -> list[str]:
    """The targets of the links of a list: those between the heading of the page and its pager."""
    listed = html.split("</h2>")[-1].split('<div class="page')[0]
    return [target_of(base, href) for href, _ in links(listed)]


# -- walking a column as the reference describes it ------------------------------------------------------------------


def walk_hanweb(where: Site, start: str) -> Iterator[list[str]]:
    html = text(get(where, start))
    if where.has("direct_rows"):
        yield rows(start, html)
        return
    for script in re.findall(r'<script type="text/xml">(.*?)</script>', html, re.S):
        yield from walk_groups(where, start, script)
    for settings in re.findall(r"\.jpage\((.*?)\)</script>", html):
        size, total = (int(re.search(rf"{name}:(\d+)", settings)[1]) for name in ("perPage", "totalRecord"))
        proxy = re.search(r"proxyUrl:'([^']+)'", settings)[1]
        data = dict(re.findall(r"(\w+):'?([^',}]*)'?", re.search(r"dataParam:\{(.*?)\}", settings)[1]))
        for first in range(3 * size + 1, total + 1, 3 * size):
            target = f"{proxy}?startrecord={first}&endrecord={min(first + 3 * size - 1, total)}&perpage={size}"
            answer = text(get(where, target, form=data))
            assert f"otal{'R' if where.has('old_proxy') else 'r'}ecord" in answer
            yield records(start, answer)


def walk_groups(where: Site, start: str, answer: str) -> Iterator[list[str]]:
    yield records(start, answer)
    group = re.search(r"<nextgroup>.*?</nextgroup>", answer, re.S)
    if group:
        yield from walk_groups(where, start, text(get(where, target_of(start, links(group[0])[0][0]))))


def records(start: str, answer: str) -> list[str]:
    if "dataStore" in answer:
        held = re.findall(r"'((?:[^'\\]|\\.)*)'", answer.split("dataStore = ")[1])
        return [target_of(start, href) for row in held for href, _ in links(row.replace("\\'", "'"))]
    store = ElementTree.fromstring(re.sub(r"<\?xml.*?\?>", "", answer).strip())
    return [target_of(start, href) for record in store.iter("record") for href, _ in links(record.text or "")]


def walk_xxgk(where: Site, start: str) -> Iterator[list[str]]:
    frame = target_of(start, re.search(r'<iframe[^>]* src="([^"]+)"', text(get(where, start)))[1])
    path, query = frame.split("?")
    count = 1
    for page in range(1, 20):
        form = dict(parse_qsl(query, keep_blank_values=True)) | {"currpage": str(page)}
        html = text(get(where, path, form=form) if page % 2 else get(where, f"{path}?{urlencode(form)}"))
        yield rows(frame, html)
        count = int(re.search(r"共(\d+)页", html)[1])
        if page >= count:
            return


def jpaas_api(where: Site, start: str, **changes: str) -> str:
    """The address of the API with what the pager of a column says, paramJson not included."""
    html = text(get(where, start))
    data = json.loads(re.search(r'queryData="([^"]+)"', html)[1].replace("'", '"'))
    path = re.search(r'unitUrl="([^"]+)"', html)[1]
    return f"{path}?{urlencode(data | changes)}"


def jpaas_rows(where: Site, target: str) -> list[str]:
    return rows("/", json.loads(text(get(where, target)))["data"]["html"])


def walk_jpaas(where: Site, start: str) -> Iterator[list[str]]:
    html, api = text(get(where, start)), jpaas_api(where, start)
    found = rows(start, html)
    assert bool(found) is not where.has("script_rows") or '" count="0"' in html
    size = int(re.search(r'rows="(\d+)"', html)[1])
    for page in range(1 if where.has("script_rows") else 2, 20):
        yield found
        told = json.dumps({"pageNo": page, "pageSize": size})
        found = jpaas_rows(where, f"{api}&{urlencode({'paramJson': told})}")
        if not found:
            return


def walk_gkmlpt(where: Site, start: str, category: str = "") -> Iterator[list[str]]:
    html = text(get(where, start))
    sid = re.search(r"SID: '(\d+)'", html)[1]
    tree = json.loads(re.search(r"TREE: (\[.*\]), SERVICE_AREA_ID", html)[1])
    waiting = [node for node in tree if not category or str(node["id"]) == category]
    while waiting:
        node = waiting.pop()
        waiting += node["children"]
        for page in range(1, 20 if not node["jump_url"] else 1):
            target = f"{start.removesuffix('index')}api/all/{node['id']}?page={page}&sid={sid}"
            answer = json.loads(text(get(where, target)))
            assert answer["total"] == node["post_count"] == answer["classify"]["post_count"]
            if not answer["articles"]:
                break
            yield [target_of("/", one["url"]) for one in answer["articles"]]


def walk_govcn(where: Site, start: str) -> Iterator[list[str]]:
    if start.endswith(".json"):
        yield [target_of(start, one["URL"]) for one in json.loads(text(get(where, start)))]
        return
    library = dict(parse_qsl(urlsplit(start).query))["t"]
    libraries = [library] if library == "zhengcelibrary" else ["zhengcelibrary_gw", "zhengcelibrary_bm"]
    for each in libraries:
        for page in range(1, 20):
            target = start.replace(f"t={library}&", f"t={each}&").replace("&p=1&", f"&p={page}&")
            found = json.loads(text(get(where, target)))["searchVO"]
            lists = [one["listVO"] or [] for one in found.get("catMap", {"all": found}).values()]
            yield [target_of(start, one["url"]) for held in lists for one in held]
            if page >= found["totalpage"]:
                break


def walk_ucap(where: Site, start: str) -> Iterator[list[str]]:
    html = text(get(where, start))
    if not where.has("json"):
        count = int(re.search(r"createPageHTML\('page_div',(\d+), 1,'common_list','shtml',\d+\)", html)[1])
        for page in range(1, count + 1):
            path = start if page == 1 else start.replace(".shtml", f"_{page}.shtml")
            yield rows(path, text(get(where, path)))
        return
    assert rows(start, html) == []
    channel = re.search(r'<meta name="channelId" content="([0-9a-f]{32})">', html)[1]
    search = re.search(r"'(/\S*/)' \+ channelId", html)[1]
    for page in range(1, 20):
        given = f"_isAgg=true&_isJson=true&_pageSize={where.per_page}&_template=index&_channelName=&page={page}"
        data = json.loads(text(get(where, f"{search}{channel}?{given}")))["data"]
        assert (data["channelId"], data["page"], data["rows"]) == (channel, page, len(data["results"]))
        if not data["results"]:
            return
        yield [target_of(start, one["url"]) for one in data["results"]]


def label_target(where: Site, start: str) -> tuple[str, dict[str, str]]:
    script = re.findall(r"<script>(.*?)</script>", text(get(where, start)))[-1]
    if where.has("object_params"):
        return re.search(r"url: '([^']+)'", script)[1], dict(re.findall(r"(\w+): '([^']*)'", script.split("data: ")[1]))
    path, query = re.search(r'load\("([^"]+)"\)', script)[1].split("?")
    return path, dict(parse_qsl(query, keep_blank_values=True))


def walk_label(where: Site, start: str) -> Iterator[list[str]]:
    path, given = label_target(where, start)
    count = 0
    for page in range(1, 20):
        told = given | {"pageIndex": str(page)}
        html = text(get(where, path, form=told) if page % 2 else get(where, f"{path}?{urlencode(told)}"))
        if "暂无相关信息" in html:
            assert page > count or where.has("page_cap")
            return
        yield rows(start, html)
        count = int(re.search(r"Ls\.pagination\(\{pageCount:(\d+)", html)[1]) - where.has("wrong_total")


def walk_hebei(where: Site, start: str) -> Iterator[list[str]]:
    path = start
    if not where.has("eportal"):
        html = text(get(where, start))
        assert rows(start, html) == []
        path = re.search(r'load\("([^"]+)"\)', html)[1]
        assert re.fullmatch(r"/columns/[^/]{36}/templates/[^/]{36}/blocks/[^/]{36}\?page=1&fix=0", path)
    while path:
        html = text(get(where, path))
        yield rows(path, html)
        path = next((target_of(path, href) for href, shown in links(html) if shown == "下一页"), "")


WALKS = {
    "hanweb": walk_hanweb,
    "hanweb_xxgk": walk_xxgk,
    "jpaas": walk_jpaas,
    "gkmlpt": walk_gkmlpt,
    "govcn": walk_govcn,
    "ucap": walk_ucap,
    "label8888": walk_label,
    "hebei": walk_hebei,
}


def columns(where: Site) -> dict[str, str]:
    """Name and target of what the home page shows as its columns."""
    html = text(get(where, "/")).split("专题专栏")[1]
    return {shown: target_of("/", href) for href, shown in links(html.split("</ul>")[0])}


def walk(where: Site, start: str = "") -> list[str]:
    """The targets of every row, from an address or from each column of the home page."""
    way = WALKS[where.family]
    starts = [start] if start else list(dict.fromkeys([kind_of(where.family).entry(where), *columns(where).values()]))
    return [target for each in starts for page in way(where, each) for target in page]


VARIANTS = [
    *(pytest.param(name, (), id=name) for name in NAMES),
    pytest.param("hanweb", ("nextgroup",), id="hanweb by links of groups"),
    pytest.param("hanweb", ("old_proxy",), id="hanweb in JS text"),
    pytest.param("hanweb", ("old_proxy", "single_quotes"), id="hanweb in JS text with quotes in it"),
    pytest.param("hanweb", ("two_blocks",), id="hanweb with two lists on a page"),
    pytest.param("hanweb", ("two_blocks", "nextgroup"), id="hanweb with two lists that link their groups"),
    pytest.param("hanweb", ("direct_rows",), id="hanweb without a use for its proxy"),
    pytest.param("hanweb", ("gb18030", "single_quotes", "duplicated_rows", "wrong_total"), id="hanweb with several"),
    pytest.param("hanweb_xxgk", ("subjectinfo",), id="disclosure of Jiangxi"),
    pytest.param("hanweb_xxgk", ("search_custom", "single_quotes"), id="disclosure of Shandong"),
    pytest.param("jpaas", ("script_rows",), id="jpaas with rows by script alone"),
    pytest.param("jpaas", ("bulidstatic",), id="jpaas misspelled"),
    pytest.param("jpaas", ("named_paths", "cut_titles"), id="jpaas under names"),
    pytest.param("gkmlpt", ("detail_json",), id="gkmlpt with the text in its script"),
    pytest.param("gkmlpt", ("department", "duplicated_rows"), id="gkmlpt of a department"),
    pytest.param("govcn", ("cat_map",), id="govcn with lists side by side"),
    pytest.param("govcn", ("feed",), id="govcn's feed"),
    pytest.param("ucap", ("json",), id="ucap by script"),
    pytest.param("ucap", ("json", "search_path"), id="ucap by script, other path"),
    pytest.param("ucap", ("json", "search_list"), id="ucap by script, third path"),
    pytest.param("ucap", ("single_quotes", "duplicated_rows"), id="ucap with several"),
    pytest.param("label8888", ("object_params",), id="label from an object"),
    pytest.param("label8888", ("cat_ids", "wrong_total"), id="label by catIds"),
    pytest.param("hebei", ("eportal",), id="hebei, older system"),
]


@pytest.mark.parametrize(("family", "quirks"), VARIANTS)
def test_a_client_that_follows_the_protocol_gets_every_article_with_its_files(family, quirks):
    where, kind = site(family, *quirks), kind_of(family)
    found = set(walk(where))
    for one in where.articles:
        address = kind.address(where, one)
        assert address in found, one.number
        answer = get(where, address)
        assert answer.status == 200
        if one.page:
            assert answer.body == one.page
            continue
        html = text(answer).replace("\\u003C", "<").replace("\\u003E", ">").replace('\\"', '"')
        assert one.title in unescape(html)
        assert one.body in html
        assert {unquoted(target_of(address, href)) for href, _ in links(html)} >= set(
            map(unquoted, kind.files(where, one))
        )
        for path, attachment in zip(kind.files(where, one), one.attachments, strict=True):
            assert get(where, path).body == attachment.content


def unquoted(target: str) -> str:
    """A target with one form of its escapes."""
    return quote(target, safe="/?&=%")


@pytest.mark.parametrize(("family", "quirks"), VARIANTS)
def test_rows_of_one_site_lead_to_articles_alone_and_to_none_that_is_dead(family, quirks):
    where = site(family, *quirks)
    found = set(walk(where))
    assert all(get(where, target).status == 200 for target in found)
    several = 0 if where.has("feed") else 3
    assert len(found) == ARTICLES + several


@pytest.mark.parametrize(("family", "quirks"), VARIANTS)
def test_no_link_of_the_site_is_dead(family, quirks):
    where = site(family, *quirks)
    seen, waiting = set(), ["/", kind_of(family).entry(where), *walk(where)]
    while waiting:
        target = waiting.pop()
        if target in seen:
            continue
        seen.add(target)
        answer = get(where, target)
        assert answer.status == 200, target
        if answer.media.startswith("text/html"):
            waiting += [link for href, _ in links(text(answer)) if (link := target_of(target, href))]
    assert len(seen) > ARTICLES


@pytest.mark.parametrize("family", [name for name in NAMES if name not in ("gkmlpt", "govcn")])
def test_a_text_in_two_columns_has_two_addresses(family):
    where, kind = site(family), kind_of(family)
    listed = walk(where, columns(where)["年度报告"])
    own = [kind.address(where, one) for one in where.articles if one.also_in]
    assert len(listed) == 4
    assert not set(listed) & set(own)
    bodies = {one.body for one in where.articles if one.also_in}
    shown = [text(get(where, target)) for target in listed]
    assert {body for body in bodies if any(body in html for html in shown)} == bodies


@pytest.mark.parametrize("family", [name for name in NAMES if name not in ("gkmlpt", "govcn")])
def test_an_empty_column_answers_without_rows(family):
    where = site(family)
    assert walk(where, columns(where)["规划计划"]) == []


@pytest.mark.parametrize("family", NAMES)
@pytest.mark.parametrize(
    "path", ["/nothing", "/columns/", "/col/col1/index.html", "/art/2024/1/1/art_1_1.html", "/%E4%B8"]
)
def test_what_is_not_there_is_not_found(family, path):
    assert get(site(family), path).status == 404


# -- hanweb ----------------------------------------------------------------------------------------------------------


def proxy_form(where: Site) -> dict[str, str]:
    settings = text(get(where, kind_of("hanweb").entry(where)))
    return {name: re.search(rf"\b{name}:(\d+)", settings)[1] for name in ("webid", "columnid", "unitid")}


@pytest.mark.parametrize("name", ["webid", "columnid", "unitid"])
def test_hanweb_finds_nothing_for_who_hard_codes_an_id(name):
    where = site("hanweb")
    form = proxy_form(where) | {"startrecord": "1", "endrecord": "45", "perpage": "15"}
    assert len(records("/", text(get(where, "/module/web/jpage/dataproxy.jsp", form=form)))) == 45
    answer = text(get(where, "/module/web/jpage/dataproxy.jsp", form=form | {name: "1"}))
    assert records("/", answer) == []
    assert "<totalrecord>0</totalrecord>" in answer


def test_hanweb_sends_no_more_than_a_group_however_much_is_asked_for():
    where = site("hanweb")
    query = urlencode(proxy_form(where) | {"startrecord": "1", "endrecord": "9999", "perpage": "9999"})
    assert len(records("/", text(get(where, f"/module/web/jpage/dataproxy.jsp?{query}")))) == 45


def test_hanweb_has_its_rows_in_the_script_and_breaks_some_dates():
    html = text(get(site("hanweb"), kind_of("hanweb").entry(site("hanweb"))))
    assert html.count("<record><![CDATA[<li>") == 45
    assert "<li>" not in re.sub(r"<script.*?</script>|<ul.*?</ul>", "", html, flags=re.S)
    assert re.search(r'<span class="time">\s+\d{4}-\s+\d\d-\d\d</span>', html)
    assert re.search(r'<a href="[^"]+" target', html)
    assert re.search(r'<a title="[^"]+" href', html)
    assert re.search(r"/art/2025/1/31/art_\d+_1\.html", html)


def test_hanweb_by_groups_has_no_settings_and_others_no_groups():
    html = text(get(site("hanweb", "nextgroup"), kind_of("hanweb").entry(site("hanweb"))))
    assert "jpage(" not in html
    assert "dataproxy.jsp?page=1&webid=" in html
    assert "nextgroup" not in text(get(site("hanweb"), kind_of("hanweb").entry(site("hanweb"))))


def test_hanweb_with_ciphers_for_ids_sends_next_to_nothing_behind_the_first_group():
    where = site("hanweb", "encrypted")
    html = text(get(where, kind_of("hanweb").entry(where)))
    link = target_of("/", links(re.search(r"<nextgroup>.*?</nextgroup>", html)[0])[0][0])
    assert re.search(r"columnid=[0-9a-f]{32}&unitid=[0-9a-f]{32}", link)
    assert 50 < len(get(where, link).body) < 60


@pytest.mark.parametrize("quirk", ["direct_rows", "two_blocks"])
def test_hanweb_proxy_knows_each_list_by_its_own_unit(quirk):
    where = site("hanweb", quirk)
    html = text(get(where, kind_of("hanweb").entry(where)))
    units = re.findall(r"unitid:(\d+)", html)
    forms = [proxy_form(where) | {"unitid": unit, "startrecord": "1", "endrecord": "45"} for unit in units]
    held = [records("/", text(get(where, "/module/web/jpage/dataproxy.jsp", form=form))) for form in forms]
    assert sorted(map(len, held)) == ([0] if quirk == "direct_rows" else [25, 26])
    assert len(rows("/", html)) == 51


def test_hanweb_shows_an_icon_before_the_name_of_a_file():
    where = site("hanweb")
    html = text(get(where, kind_of("hanweb").address(where, article(7))))
    path = r"/module/download/downfile\.jsp\?classid=0&filename=[0-9a-f]{32}\.ofd"
    assert re.search(rf'<a href="{path}"><img src="/module/jslib/icons/ofd\.png">责任清单\.ofd</a>', html)


def test_only_the_proxy_that_the_page_names_is_there():
    old, new = "/module/jslib/jquery/jpage/dataproxy.jsp", "/module/web/jpage/dataproxy.jsp"
    assert get(site("hanweb"), old).status == get(site("hanweb", "old_proxy"), new).status == 404


@pytest.mark.parametrize("name", ["area", "infotypeId"])
def test_disclosure_is_searched_by_organ_and_kind(name):
    where = site("hanweb_xxgk")
    frame = re.search(r'src="([^"]+)"', text(get(where, kind_of("hanweb_xxgk").entry(where))).split("<iframe")[1])[1]
    path, query = unescape(frame).split("?")
    given = dict(parse_qsl(query, keep_blank_values=True))
    html = text(get(where, f"{path}?{urlencode(given)}"))
    assert len(rows("/", html)) == 15
    assert re.search(r'<a mc="[^"]+第3号）" wh="云政办发〔2024〕3号" rq="2024-11-18" href=', html)
    assert rows("/", text(get(where, path, form=given | {name: "B9"}))) == []


def test_disclosure_marks_the_texts_of_other_columns():
    where = site("hanweb_xxgk")
    assert sum(target.endswith("?xxgkhide=1") for target in walk(where, columns(where)["年度报告"])) == 3


# -- jpaas -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        pytest.param("", id="nothing"),
        pytest.param("&pageNo=3&rows=15", id="plain keys, which count for nothing"),
        pytest.param("&paramJson=pageNo", id="paramJson that is no JSON"),
        pytest.param("&paramJson=%5B3%5D", id="paramJson that is no object"),
    ],
)
def test_jpaas_sends_page_1_to_who_does_not_say_paramJson(more):
    where = site("jpaas")
    start = kind_of("jpaas").entry(where)
    assert jpaas_rows(where, jpaas_api(where, start) + more) == rows(start, text(get(where, start)))


def test_jpaas_obeys_paramJson_and_a_huge_size_too():
    where = site("jpaas")
    api = jpaas_api(where, kind_of("jpaas").entry(where))
    pages = [jpaas_rows(where, f"{api}&paramJson=%7B%22pageNo%22:{k},%22pageSize%22:15%7D") for k in (1, 2, 4, 5)]
    assert [len(page) for page in pages] == [15, 15, 6, 0]
    assert len(jpaas_rows(where, f"{api}&paramJson=%7B%22pageNo%22:1,%22pageSize%22:999%7D")) == 51


def test_jpaas_fails_for_ids_that_it_does_not_know():
    where = site("jpaas")
    answer = json.loads(text(get(where, jpaas_api(where, kind_of("jpaas").entry(where), pageId="1"))))
    assert (answer["success"], answer["code"], answer["data"]) == (False, "500", None)


@pytest.mark.parametrize(("quirks", "spelled"), [((), "buildstatic"), (("bulidstatic",), "bulidstatic")])
def test_jpaas_wants_parseType_as_its_page_spells_it(quirks, spelled):
    where = site("jpaas", *quirks)
    start = kind_of("jpaas").entry(where)
    assert f"'parseType':'{spelled}'" in text(get(where, start))
    other = {"buildstatic": "bulidstatic", "bulidstatic": "buildstatic"}[spelled]
    assert not json.loads(text(get(where, jpaas_api(where, start, parseType=other))))["success"]


# -- gkmlpt ----------------------------------------------------------------------------------------------------------


def gkmlpt_list(where: Site, target: str) -> dict:
    sid = re.search(r"SID: '(\d+)'", text(get(where, "/gkmlpt/index")))[1]
    return json.loads(text(get(where, f"/gkmlpt/api/all/{target.format(sid=sid)}")))


@pytest.mark.parametrize("target", ["4101?page=1&sid=1", "4101?page=1", "77?page=1&sid={sid}"])
def test_gkmlpt_answers_wrong_ids_with_an_error(target):
    answer = gkmlpt_list(site("gkmlpt"), target)
    assert "articles" not in answer
    assert answer["errcode"]


def test_gkmlpt_lists_everything_under_0_and_what_lies_below_a_node_under_the_node():
    where = site("gkmlpt", per_page=100)
    assert len(gkmlpt_list(where, "0?page=1&sid={sid}")["articles"]) == ARTICLES
    assert len(gkmlpt_list(where, "4101?page=1&sid={sid}")["articles"]) == 51
    assert len(gkmlpt_list(where, "4090?page=1&sid={sid}")["articles"]) == 4
    assert len(gkmlpt_list(where, "4102?page=1&sid={sid}")["articles"]) == 4


def test_gkmlpt_tells_times_in_seconds_and_files_beside():
    one = gkmlpt_list(site("gkmlpt", articles=(replace(article(7), published=date(2022, 3, 10)),)), "0?sid={sid}")[
        "articles"
    ][0]
    assert (one["date"], one["display_publish_time"]) == (1646841600, 1646899200)
    assert one["created_at"] == "2022-03-10 16:00:00"
    assert re.fullmatch(r"/attachment/\d+/\d+/\d+/\d+\.ofd", one["attachment"][2]["url"])
    assert re.fullmatch(rf"http://{HOST}/gkmlpt/content/6/6203/post_6203070\.html", one["url"])


def test_gkmlpt_hides_the_text_in_its_script():
    where = site("gkmlpt", "detail_json")
    html = text(get(where, kind_of("gkmlpt").address(where, article(1))))
    assert '<div class="article-content"></div>' in html
    assert '"content": "\\u003Cp\\u003E1981年' in html


# -- govcn -----------------------------------------------------------------------------------------------------------


def govcn_search(where: Site, query: str) -> dict:
    return json.loads(text(get(where, f"/search-gov/data?{query}")))["searchVO"]


def test_govcn_marks_titles_leaves_nulls_and_tells_milliseconds():
    held = govcn_search(site("govcn"), "t=zhengcelibrary_gw&q=&p=1&n=100")["listVO"]
    assert len(held) == 51
    assert sum("<em>法治政府</em>" in one["title"] for one in held) == 50
    assert any("<br>" in one["title"] for one in held)
    assert any(one["pubtime"] is None for one in held)
    assert any(one["pubtimeStr"] is None for one in held)
    assert all(one["pubtime"] or one["pubtimeStr"] for one in held)
    assert {one["source"] for one in held} == {None}
    first = next(one for one in held if one["id"] == "x:1")
    assert (first["pubtimeStr"], first["pubtime"]) == ("2025.01.31", 1738252800000)


def test_govcn_looks_for_words_in_titles():
    found = govcn_search(site("govcn"), f"t=zhengcelibrary_gw&p=1&n=5&q={quote('第1')}")
    assert (found["totalCount"], found["totalpage"], len(found["listVO"])) == (9, 2, 5)  # 第1号, 第12号 to 第19号
    assert "<em>第1</em>" in found["listVO"][0]["title"]


def test_govcn_puts_the_lists_of_all_libraries_side_by_side():
    found = govcn_search(site("govcn"), "t=zhengcelibrary&q=&p=4&n=15")
    assert found["listVO"] is None
    assert {name: one["totalCount"] for name, one in found["catMap"].items()} == {
        "gongwen": 51,
        "bumenfile": 4,
        "otherfile": 0,
        "gongbao": 0,
    }
    assert len(found["catMap"]["gongwen"]["listVO"]) == 6
    assert found["catMap"]["bumenfile"]["listVO"] is found["catMap"]["gongbao"]["listVO"] is None
    assert found["totalpage"] == 4


# -- ucap ------------------------------------------------------------------------------------------------------------


def test_ucap_has_no_page_for_the_directory_and_no_second_page_by_script():
    start = kind_of("ucap").entry(site("ucap"))
    assert get(site("ucap"), start.rsplit("/", 1)[0] + "/").status == 404
    assert get(site("ucap"), start.replace(".shtml", "_2.shtml")).status == 200
    assert get(site("ucap", "json"), start.replace(".shtml", "_2.shtml")).status == 404


def test_ucap_prints_a_page_for_people_to_who_does_not_ask_for_json():
    where = site("ucap", "json")
    channels = json.loads(text(get(where, "/common/getChannelList?channelCode=&websiteCodeName=")))["results"][
        "children"
    ]
    assert [one["displayName"] for one in channels] == ["法治政府建设", "年度报告", "规划计划"]
    path = f"/common/search/{channels[0]['channelId']}"
    assert get(where, path).media.startswith("text/html")
    first = json.loads(text(get(where, f"{path}?_isJson=true&_pageSize=3&page=1")))["data"]
    assert (first["total"], first["rows"]) == (51, 3)
    third = first["results"][2]
    assert third["publishedTimeStr"] == "2024-11-18 09:30:00"
    assert {"key": "refno", "value": "云政办发〔2024〕3号"} in third["domainMetaList"][0]["resultList"]


def test_ucap_puts_titles_and_texts_between_tags_of_its_own():
    where = site("ucap")
    html = text(get(where, kind_of("ucap").address(where, article(7))))
    assert "<UCAPTITLE>云岭县1987年度" in html
    assert re.search(r"<UCAPCONTENT><p>1987年.*</UCAPCONTENT>", html, re.S)
    assert re.search(r'href="[0-9a-f]{32}/files/责任清单\.ofd"', html)


# -- label8888 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["siteId", "organId", "catId", "labelName"])
def test_label_says_nothing_for_who_hard_codes_an_id(name):
    where = site("label8888")
    path, given = label_target(where, kind_of("label8888").entry(where))
    assert "xxgk_navli" in text(get(where, path, form=given))
    assert text(get(where, path, form=given | {name: "1"})) == "<p>暂无相关信息</p>"


def test_label_cuts_titles_at_the_length_that_is_asked_for():
    where = site("label8888")
    path, given = label_target(where, kind_of("label8888").entry(where))
    html = text(get(where, path, form=given | {"length": "21", "pageSize": "2"}))
    assert 'title="云岭县1981年度法治政府建设工作情况年度报告（第1号）"' in html
    assert ">云岭县1981年度法治政…</a>" in html
    assert html.count('<li class="mc">') == 2
    assert "pageCount:26,pageIndex:1" in html
    assert ">云岭县1981年度法治政府建设工作情况年度报告（第1号）</a>" in text(get(where, path, form=given))


def test_label_tells_index_numbers_and_breaks_the_labels_of_articles():
    where = site("label8888")
    path, given = label_target(where, kind_of("label8888").entry(where))
    html = text(get(where, path, form=given))
    assert '<span class="syh">11539999MB0000001X/2024-00003</span><span class="date"> 2024-11-18 </span>' in html
    page = text(get(where, kind_of("label8888").address(where, article(3))))
    assert "<th>索 引 号：</th><td>11539999MB0000001X/2024-00003</td>" in page


# -- quirks of all ---------------------------------------------------------------------------------------------------


IN_ONE_LIST = [param for param in VARIANTS if not {"feed", "direct_rows", "two_blocks"} & set(param.values[1])]


@pytest.mark.parametrize(("family", "quirks"), IN_ONE_LIST)
def test_every_page_is_the_first_again(family, quirks):
    where = site(family, *(set(quirks) - {"duplicated_rows"}), "repeated_pages")
    start = kind_of(family).entry(where)
    found = [*WALKS[family](where, start)] if family != "gkmlpt" else [*walk_gkmlpt(where, start, "4101")]
    assert len({row for page in found for row in page}) <= 15 + 4 * (family == "govcn")
    assert sum(map(len, found)) > 45


@pytest.mark.parametrize(
    ("family", "quirks", "category"),
    [
        pytest.param("jpaas", (), (), id="jpaas"),
        pytest.param("gkmlpt", (), ("4101",), id="gkmlpt"),
        pytest.param("govcn", (), (), id="govcn"),
        pytest.param("ucap", ("json",), (), id="ucap by script"),
        pytest.param("label8888", (), (), id="label8888"),
    ],
)
def test_behind_the_cap_an_api_has_no_rows_though_more_are_promised(family, quirks, category):
    where = site(family, "page_cap", *quirks)
    found = [*WALKS[family](where, kind_of(family).entry(where), *category)]
    own = {kind_of(family).address(where, one) for one in where.articles if not one.column}
    assert len(own & {row for page in found for row in page}) == 30
    assert len(own) == 51


@pytest.mark.parametrize(
    ("family", "quirks", "third"),
    [
        pytest.param("hanweb_xxgk", (), "/module/xxgk/search.jsp?currpage=3", id="disclosure"),
        pytest.param("ucap", (), "/yunling/c109001/common_list_3.shtml", id="ucap"),
        pytest.param("hebei", ("eportal",), "/eportal/ui?pageId=1966210&currentPage=3", id="hebei, older system"),
    ],
)
def test_behind_the_cap_there_is_a_stub(family, quirks, third):
    stub = get(site(family, "page_cap", *quirks), third)
    assert (stub.status, len(stub.body)) == (200, 320)
    assert get(site(family, *quirks), third).body != stub.body


def test_behind_the_cap_the_proxy_of_hanweb_sends_next_to_nothing():
    where = site("hanweb", "page_cap")
    form = proxy_form(where) | {"startrecord": "46", "endrecord": "51"}
    assert 50 < len(get(where, "/module/web/jpage/dataproxy.jsp", form=form).body) < 60


@pytest.mark.parametrize("family", NAMES)
def test_a_download_wants_to_be_asked_from_a_page_of_its_host(family):
    where = site(family, "referer")
    path = kind_of(family).files(where, article(8))[0]
    assert get(where, path).body == b"%PDF-1.4"
    assert "非法访问" in text(get(where, path, referer=""))


@pytest.mark.parametrize("family", NAMES)
def test_an_answer_is_the_same_each_time(family):
    where = site(family)
    for target in ("/", kind_of(family).entry(where), *walk(where)[:3]):
        assert get(where, target) == get(where, target)
