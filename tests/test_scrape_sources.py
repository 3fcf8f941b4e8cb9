import re
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import InputError, NotFoundError
from pipeline.places import find_candidates, last_year, load_places
from pipeline.scrape.addresses import host_of, is_government, key_of
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.sources import Source, Sources, find_problems, read_sources, source_of

SHIPPED = Path(__file__).parents[1] / "corpora" / "sources.toml"
ENTRY = "http://www.yunling.gov.cn/fzzf/"
PLAIN = {"id": "yunling", "name": "云岭县 法治政府建设", "entry": ENTRY}

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "sources.toml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture(scope="module")
def shipped() -> Sources:
    return read_sources(SHIPPED)


def table(fields: str = "", *, name: str = "yunling") -> str:
    return f'[[source]]\nid = "{name}"\nname = "云岭县 法治政府建设"\nentry = "{ENTRY}"\n{fields}\n'


# --- what is read ----------------------------------------------------------------------------------------------------


def test_a_source_needs_an_id_a_name_and_an_entry_only(write: Write) -> None:
    read = read_sources(write(table()))
    assert read.contact == ""
    assert read.sources == (Source("yunling", "云岭县 法治政府建设", ENTRY),)
    source = read.sources[0]
    assert (source.level, source.family, source.kind, source.expect) == ("county", "auto", "list", (0, 500))
    assert (source.delay_s, source.weekly_requests, source.visited) == (3.0, 2000, False)
    assert source.owners == ()


def test_every_field_is_read(write: Write) -> None:
    fields = """place = "120118"
place_name = "青禾镇"
level = "township"
family = "trs"
kind = "article"
expect = [1, 1]
hosts = ["files.yunling.cn", "10.example.cn:8080"]
delay_s = 5
weekly_requests = 40
accept = ["page_cap", "soft_404"]
visited = true
allow_loopback = true
connect = "127.0.0.1:8001"
note = "第一页没有日期"
"""
    read = read_sources(write('contact = "me@example.org"\n' + table(fields)))
    assert read.contact == "me@example.org"
    assert read.sources == (
        Source(
            "yunling",
            "云岭县 法治政府建设",
            ENTRY,
            place="120118",
            place_name="青禾镇",
            level="township",
            family="trs",
            kind="article",
            expect=(1, 1),
            hosts=("files.yunling.cn", "10.example.cn:8080"),
            delay_s=5,
            weekly_requests=40,
            accept=(Outcome.PAGE_CAP, Outcome.SOFT_404),
            visited=True,
            allow_loopback=True,
            connect="127.0.0.1:8001",
            note="第一页没有日期",
        ),
    )
    assert read.sources[0].allowed == ("www.yunling.gov.cn", "files.yunling.cn", "10.example.cn:8080")


def test_a_byte_order_mark_is_no_slip(write: Write) -> None:
    assert len(read_sources(write(b"\xef\xbb\xbf" + table().encode())).sources) == 1


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"delay_s": 1}, id="one second, as an integer"),
        pytest.param({"delay_s": 0.05, "allow_loopback": True}, id="a short delay on this machine"),
        pytest.param({"delay_s": 3600}, id="an hour"),
        pytest.param({"expect": [0, 0]}, id="no document at all"),
        pytest.param({"expect": [7, 7]}, id="exactly so many"),
        pytest.param({"place": ""}, id="no code"),
        pytest.param({"hosts": []}, id="no other hosts"),
        pytest.param({"accept": []}, id="nothing accepted"),
        pytest.param({"level": "national"}, id="the state"),
        pytest.param({"family": "generic"}, id="the plainest family"),
        pytest.param({"entry": "https://sfj.yunling.gov.cn:8443/x?id=1#top"}, id="port, query and fragment"),
        pytest.param({"entry": "http://WWW.Yunling.GOV.CN"}, id="capitals, and no path"),
        pytest.param({"entry": "http://www.yunling.cn/", "hosts": ["www.yunling.cn"]}, id="another host, named"),
        pytest.param({"entry": "http://www.yunling.test/", "allow_loopback": True}, id="an invented host"),
        pytest.param({"id": "7-a.b"}, id="an id that begins with a digit"),
    ],
)
def test_odd_but_right_tables_have_no_problems(fields: dict[str, object]) -> None:
    assert find_problems([PLAIN | fields]) == []


# --- slips -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        pytest.param({"famly": "trs"}, "got famly", id="a field of no name"),
        pytest.param({"Family": "trs"}, "got Family", id="a field in capitals"),
        pytest.param({"name": 5}, "name: expected str, got 5", id="name: number"),
        pytest.param({"entry": ["http://a.gov.cn/"]}, "entry: expected str", id="entry: list"),
        pytest.param({"place": 120118}, "place: expected str, got 120118", id="place: number"),
        pytest.param({"expect": "1-30"}, "expect: expected list", id="expect: text"),
        pytest.param({"hosts": "a.gov.cn"}, "hosts: expected list", id="hosts: text"),
        pytest.param({"accept": "page_cap"}, "accept: expected list", id="accept: text"),
        pytest.param({"delay_s": "3"}, "delay_s: expected int or float", id="delay: text"),
        pytest.param({"delay_s": True}, "delay_s: expected int or float, got True", id="delay: true is no number"),
        pytest.param({"weekly_requests": 10.5}, "weekly_requests: expected int", id="requests: half of one"),
        pytest.param({"weekly_requests": True}, "weekly_requests: expected int, got True", id="requests: true"),
        pytest.param({"visited": "yes"}, "visited: expected bool", id="visited: word"),
        pytest.param({"visited": 1}, "visited: expected bool, got 1", id="visited: one is not true"),
        pytest.param({"place": "12011"}, "place: expected a GB/T 2260 code of six digits, got 12011", id="five digits"),
        pytest.param({"place": "1201180"}, "place: expected a GB/T 2260 code", id="seven digits"),
        pytest.param({"place": "静海区"}, "place: expected a GB/T 2260 code", id="place: name in place of its code"),
        pytest.param({"delay_s": 0.5}, "delay_s: expected at least 1 second", id="delay below a second"),
        pytest.param({"delay_s": 0}, "delay_s: expected at least 1 second", id="no delay"),
        pytest.param(
            {"delay_s": -1, "allow_loopback": True}, "delay_s: expected seconds from 0", id="delay below zero"
        ),
        pytest.param({"delay_s": float("nan")}, "delay_s: expected seconds from 0", id="delay that is no number"),
        pytest.param({"delay_s": float("inf")}, "delay_s: expected seconds from 0", id="delay without end"),
        pytest.param({"weekly_requests": 0}, "weekly_requests: expected a number from 1", id="no requests"),
        pytest.param({"connect": "127.0.0.1:80"}, "connect: expected only where allow_loopback", id="connect alone"),
        pytest.param(
            {"connect": "127.0.0.1:80", "allow_loopback": False},
            "connect: expected only where allow_loopback",
            id="connect, loopback refused",
        ),
        pytest.param({"entry": "http://www.yunling.cn/"}, "entry: expected a host under gov.cn", id="not under gov.cn"),
        pytest.param(
            {"entry": "http://www.yunling.gov.cn.example.com/"},
            "entry: expected a host under gov.cn",
            id="gov.cn inside",
        ),
        pytest.param(
            {"entry": "http://yunlinggov.cn/"}, "entry: expected a host under gov.cn", id="gov.cn without a dot"
        ),
        pytest.param({"entry": "www.yunling.gov.cn/"}, "entry: expected an address that begins with", id="no scheme"),
        pytest.param({"entry": "ftp://www.yunling.gov.cn/"}, "entry: expected an address that begins", id="ftp"),
        pytest.param({"entry": "http:///fzzf/"}, "entry: expected an address that begins", id="no host"),
        pytest.param({"entry": "http://[::1/"}, "entry: expected an address", id="half a bracket"),
        pytest.param({"expect": [3]}, "expect: expected the fewest and the most", id="expect: one number"),
        pytest.param({"expect": [1, 2, 3]}, "expect: expected the fewest and the most", id="expect: three numbers"),
        pytest.param({"expect": [9, 2]}, "expect: expected the fewest and the most", id="expect: most first"),
        pytest.param({"expect": [-1, 2]}, "expect: expected the fewest and the most", id="expect: below zero"),
        pytest.param({"expect": [1, 2.5]}, "expect: expected the fewest and the most", id="expect: half a document"),
        pytest.param({"expect": [False, 2]}, "expect: expected the fewest and the most", id="expect: false"),
        pytest.param({"hosts": ["http://a.cn/"]}, "hosts: expected host names", id="hosts: an address"),
        pytest.param({"hosts": [80]}, "hosts: expected host names", id="hosts: a number"),
        pytest.param({"family": "TRS"}, "family: expected one of auto, ", id="family: capitals"),
        pytest.param({"family": "wordpress"}, "got 'wordpress'", id="family: unknown"),
        pytest.param({"accept": ["fine"]}, "accept: expected one of ok, ", id="outcome: unknown"),
        pytest.param({"accept": ["ok", "PAGE_CAP"]}, "got 'PAGE_CAP'", id="outcome: capitals"),
        pytest.param({"accept": [["ok"]]}, "accept: expected one of ok, ", id="outcome: list in a list"),
        pytest.param({"level": "city"}, "level: expected one of national, ", id="level: unknown"),
        pytest.param({"kind": "site"}, "kind: expected one of list, article", id="kind: unknown"),
    ],
)
def test_a_slip_is_told_with_its_table_and_field(fields: dict[str, object], told: str) -> None:
    problems = find_problems([PLAIN | fields])
    assert len(problems) == 1
    assert problems[0].startswith("source yunling: ")
    assert told in problems[0]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        pytest.param("Yunling", "got Yunling", id="capital"),
        pytest.param("-yunling", "got -yunling", id="begins with a dash"),
        pytest.param("yun ling", "got yun ling", id="blank"),
        pytest.param("云岭", "got 云岭", id="Chinese"),
        pytest.param("y" * 81, "id: expected lower-case letters", id="too long"),
        pytest.param(5, "id: expected str, got 5", id="number"),
    ],
)
def test_an_id_that_is_none_is_told(wrong: object, told: str) -> None:
    problems = find_problems([PLAIN | {"id": wrong}])
    assert len(problems) == 1
    assert told in problems[0]


@pytest.mark.parametrize("field", ["id", "name", "entry"])
@pytest.mark.parametrize("given", [pytest.param({}, id="left out"), pytest.param({"value": ""}, id="empty")])
def test_a_missing_field_is_told(field: str, given: dict[str, str]) -> None:
    without = {name: value for name, value in PLAIN.items() if name != field}
    problems = find_problems([without | ({field: given["value"]} if given else {})])
    name = "number 1" if field == "id" else "yunling"
    assert problems == [f"source {name}: expected {field}, but it is missing"]


def test_a_table_without_an_id_is_told_by_its_number() -> None:
    problems = find_problems([PLAIN, {"name": "云岭县", "entry": ENTRY, "kind": "site"}])
    assert [problem.partition(":")[0] for problem in problems] == ["source number 2"] * 2


def test_an_id_of_two_sources_is_told_once_for_each_that_follows() -> None:
    other = PLAIN | {"id": "qinghe"}
    problems = find_problems([PLAIN, other, PLAIN, PLAIN])
    assert problems == ["source yunling: expected an id of its own, but number 1 has it too"] * 2


def test_all_problems_are_told_at_once(write: Write) -> None:
    path = write(
        "region = 1\ncontact = 5\n" + table('kind = "site"\nplace = "1"') + table('level = "x"', name="qinghe")
    )
    with pytest.raises(InputError) as caught:
        read_sources(path)
    told = str(caught.value)
    assert told.startswith(f"{path}: ")
    for part in ("got region", "contact: ", "yunling: kind: ", "yunling: place: ", "qinghe: level: "):
        assert part in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("", "expected [[source]] tables, got none", id="empty"),
        pytest.param('contact = "me@example.org"\n', "expected [[source]] tables, got none", id="a contact only"),
        pytest.param("source = []\n", "expected [[source]] tables, got none", id="an empty list"),
        pytest.param('[source]\nid = "yunling"\n', "expected [[source]] tables", id="single brackets"),
        pytest.param('source = ["yunling"]\n', "source 1: expected a table, got 'yunling'", id="texts"),
        pytest.param('[[sources]]\nid = "yunling"\n', "expected [[source]] tables", id="another name"),
        pytest.param("[[source]\n", "expected a TOML file in UTF-8", id="half a bracket"),
        pytest.param(table('name = "again"'), "expected a TOML file in UTF-8", id="a field twice"),
        pytest.param("# 来源\n".encode("gb18030"), "expected a TOML file in UTF-8", id="saved in GB18030"),
        pytest.param(table().encode("utf-16"), "expected a TOML file in UTF-8", id="saved in UTF-16"),
    ],
)
def test_a_file_that_is_no_list_of_sources_is_refused(write: Write, content: str | bytes, told: str) -> None:
    path = write(content)
    with pytest.raises(InputError, match=re.escape(told)) as caught:
        read_sources(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no such file of sources"):
        read_sources(tmp_path / "sources.toml")


# --- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "owners"),
    [
        pytest.param("120118", ("静海区", "天津市"), id="a district of a municipality"),
        pytest.param("120000", ("天津市",), id="a municipality"),
        pytest.param("430000", ("湖南省",), id="a province"),
        pytest.param("420100", ("武汉市", "湖北省"), id="a prefecture"),
        pytest.param("430626", ("平江县", "岳阳市", "湖南省"), id="a county: its prefecture, then its province"),
        pytest.param("152525", ("东乌珠穆沁旗", "锡林郭勒盟", "内蒙古自治区"), id="a banner"),
        pytest.param("469021", ("定安县", "海南省"), id="a county right under its province"),
        pytest.param("999999", (), id="a code of no place"),
        pytest.param("", (), id="no code"),
    ],
)
def test_owners_are_the_place_and_those_above_it(code: str, owners: tuple[str, ...]) -> None:
    assert source_of(PLAIN | {"place": code}).owners == owners


def test_a_place_without_a_code_owns_by_its_name() -> None:
    assert source_of(PLAIN | {"place_name": "青禾镇"}).owners == ("青禾镇",)


# --- selection -------------------------------------------------------------------------------------------------------


@pytest.fixture
def some(write: Write) -> Sources:
    return read_sources(
        write(
            """
[[source]]
id = "jinghai-gzbg"
name = "工作报告"
entry = "http://www.jinghai.gov.cn/a/"
place = "120118"
family = "trs"
[[source]]
id = "jinghai-fzzf"
name = "静海区 法治政府"
entry = "http://www.jinghai.gov.cn/b/"
place = "120118"
[[source]]
id = "tianjin"
name = "天津市 规划计划"
entry = "http://www.tianjin.gov.cn/"
place = "120000"
[[source]]
id = "yunling"
name = "云岭县 法治政府建设"
entry = "http://www.yunling.gov.cn/"
place_name = "云岭县"
family = "trs"
"""
        )
    )


@pytest.mark.parametrize(
    ("patterns", "ids"),
    [
        pytest.param([], ["jinghai-gzbg", "jinghai-fzzf", "tianjin", "yunling"], id="all without a pattern"),
        pytest.param(["tianjin"], ["tianjin"], id="an id"),
        pytest.param(["jinghai-*"], ["jinghai-gzbg", "jinghai-fzzf"], id="a star"),
        pytest.param(["jinghai-????"], ["jinghai-gzbg", "jinghai-fzzf"], id="question marks"),
        pytest.param(["120118"], ["jinghai-gzbg", "jinghai-fzzf"], id="a code"),
        pytest.param(["静海"], ["jinghai-gzbg", "jinghai-fzzf"], id="part of the place's name"),
        pytest.param(["法治政府"], ["jinghai-fzzf", "yunling"], id="part of the source's name"),
        pytest.param(["天津市"], ["tianjin"], id="a city itself, not what is below it"),
        pytest.param(["云岭县"], ["yunling"], id="a place without a code"),
        pytest.param(["trs"], ["jinghai-gzbg", "yunling"], id="a family"),
        pytest.param(
            ["yunling", "静海", "jinghai-gzbg"], ["jinghai-gzbg", "jinghai-fzzf", "yunling"], id="in file order"
        ),
    ],
)
def test_select(some: Sources, patterns: list[str], ids: list[str]) -> None:
    assert [source.id for source in some.select(patterns)] == ids


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("jinghai", id="the beginning of an id"),
        pytest.param("Tianjin", id="capitals"),
        pytest.param("1201", id="the beginning of a code"),
        pytest.param("青禾县", id="a name that none has"),
    ],
)
def test_a_pattern_that_fits_none_is_told_even_among_others(some: Sources, pattern: str) -> None:
    with pytest.raises(NotFoundError, match=r"expected a source like .*there are jinghai-gzbg"):
        some.select(["yunling", pattern])


# --- the list that is shipped ----------------------------------------------------------------------------------------


def test_the_shipped_list_reads_and_covers_every_province(shipped: Sources) -> None:
    assert len(shipped.sources) == 597
    assert shipped.contact == ""
    provinces = {source.owners[-1] for source in shipped.sources if source.place}
    assert len(provinces) == 31


def test_the_shipped_list_has_each_id_name_and_address_once(shipped: Sources) -> None:
    for values in (
        [source.id for source in shipped.sources],
        [source.name for source in shipped.sources],
        [key_of(source.entry) for source in shipped.sources],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_the_shipped_list_asks_governments_only_and_waits(shipped: Sources) -> None:
    assert [source.id for source in shipped.sources if not is_government(host_of(source.entry))] == []
    assert all(source.delay_s == 3.0 and source.weekly_requests == 2000 for source in shipped.sources)
    assert not any(source.hosts or source.connect or source.allow_loopback for source in shipped.sources)


def test_nothing_in_the_shipped_list_claims_to_be_visited(shipped: Sources) -> None:
    assert not any(source.visited or source.accept for source in shipped.sources)


def test_levels_of_the_shipped_list_agree_with_the_codes(shipped: Sources) -> None:
    def level(code: str) -> str:
        if code.endswith("0000"):
            return "province"
        return "prefecture" if code.endswith("00") else "county"

    coded = [source for source in shipped.sources if source.place]
    assert [source.id for source in coded if source.level != level(source.place)] == []
    assert {source.id: (source.place_name, source.level) for source in shipped.sources if not source.place} == {
        "dpxq-gov-gkmlpt": ("大鹏新区", "other")
    }


def test_names_of_the_shipped_list_begin_with_the_place_of_the_code(shipped: Sources) -> None:
    now = last_year()
    places = {place.code: place for named in load_places().values() for place in named if place.last == now}
    for source in shipped.sources:
        if source.place:
            place = places[source.place]
            is_shared = len([other for other in find_candidates(place.name, now) if other.last == now]) > 1
            assert source.name.startswith((place.parents[-1] if is_shared else "") + place.name), source.id


def test_documents_are_expected_by_the_kind_of_the_source(shipped: Sources) -> None:
    for source in shipped.sources:
        assert (source.expect == (1, 1)) == (source.kind == "article"), source.id
        assert source.expect[1] <= 300


def test_families_of_the_shipped_list() -> None:
    tables = tomllib.loads(SHIPPED.read_text("utf-8"))["source"]
    assert Counter(table.get("family", "auto") for table in tables) == {
        "auto": 282,
        "trs": 167,
        "ucap": 37,
        "gkmlpt": 35,
        "label8888": 19,
        "hanweb": 17,
        "jpaas": 14,
        "vsb": 11,
        "nfcms": 10,
        "jeecms": 3,
        "hebei": 2,
    }


def test_the_shipped_list_stands_by_province_and_code(shipped: Sources) -> None:
    codes = [source.place for source in shipped.sources if source.place]
    assert codes == sorted(codes)


def test_the_shipped_list_is_tidy() -> None:
    text = SHIPPED.read_text("utf-8")
    order = ["id", "name", "entry", "place", "place_name", "level", "family", "kind", "expect", "note"]
    for table in tomllib.loads(text)["source"]:
        assert list(table) == [field for field in order if field in table]
    assert "\n\n\n" not in text
    assert len(re.findall(r"\n\n(?:# .*\n)?\[\[source\]\]", text)) == text.count("[[source]]")
    assert not re.search(r'^(level = "county"|family = "auto"|kind = "list"|visited = false)$', text, re.MULTILINE)


def test_every_field_is_explained_in_the_shipped_list() -> None:
    head = SHIPPED.read_text("utf-8").partition("[[source]]")[0]
    for field in Source.__dataclass_fields__:
        assert re.search(rf"^# {field} {{2,}}\S", head, re.MULTILINE), field
