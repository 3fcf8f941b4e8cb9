"""The worlds of the emulated sites: who publishes what, what changes in week 2, what a crawler should find."""

import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import pipeline
from pipeline.emulator.battery import COLUMNS
from pipeline.emulator.families import NAMES, kinds
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import NOT_FOUND, Answer, Article, Asked, Kind, Site
from pipeline.emulator.texts import fill, friend_titles, word_file, words
from pipeline.emulator.world import battery_site, battery_world, demo_world, gold, gold_of, level_of, sources_toml
from pipeline.places import find_candidates
from tests.test_emulator_server import ask

DEMO = Path(__file__).resolve().parent.parent / "corpora" / "demo"
WEEK_1, WEEK_2 = demo_world(1), demo_world(2)
CHANGED = {
    "www.fengyuan.test",
    "www.zhanpu.test",
    "www.yuwu.test",
    "www.huayan.test",
    "www.binwang.test",
    "www.luxi.test",
}


def path(site: Site, article: Article) -> str:
    return f"/{article.column or site.columns[0].key}/{article.number}.html"


def files(site: Site, article: Article) -> tuple[str, ...]:
    return tuple(f"/{article.number}/{place}.{one.ending}" for place, one in enumerate(article.attachments))


def respond(site: Site, asked: Asked) -> Answer:
    for article in site.articles:
        keys = (article.column or site.columns[0].key, *article.also_in)
        if asked.target in [f"/{key}/{article.number}.html" for key in keys]:
            return Answer(article.page or article.body.encode())
    return NOT_FOUND


TINY = Kind("tiny", respond, entry=lambda site: "/", address=path, files=files)


def documents(site: Site) -> dict[int, Article]:
    return {article.number: article for article in site.articles}


# -- the demo world ---------------------------------------------------------------------------------------------------


def test_every_family_is_played() -> None:
    assert {site.family for site in WEEK_1.values()} == set(NAMES)


def test_all_documents_of_the_demo_are_published_as_they_are() -> None:
    published = {article.page for site in WEEK_1.values() for article in site.articles if article.page}
    missing = [
        file.name for file in DEMO.iterdir() if file.suffix in (".txt", ".html") and file.read_bytes() not in published
    ]
    assert missing == []


@pytest.mark.parametrize("site", WEEK_1.values(), ids=lambda site: site.host)
def test_a_site_lists_few_documents_among_many_false_friends(site: Site) -> None:
    relevant = [article for article in site.articles if article.is_relevant]
    assert 1 <= len(relevant) <= 3
    assert len(site.listed(site.columns[0])) > 2 * site.per_page or site.family == "gkmlpt"
    assert len({article.number for article in site.articles}) == len(site.articles)
    assert len({article.title for article in site.articles}) == len(site.articles)
    assert {article.column for article in site.articles} <= {"", *(column.key for column in site.columns)}
    assert site.host.endswith(".test")


@pytest.mark.parametrize("site", WEEK_1.values(), ids=lambda site: site.host)
def test_quirks_are_known_to_the_family_or_to_all(site: Site) -> None:
    common = {"cut_titles", "duplicated_rows", "frozen_today", "gb18030", "no_charset", "www_redirect"}
    assert site.quirks <= common | kinds()[site.family].quirks


def test_no_place_of_the_worlds_exists() -> None:
    places = {site.place for site in WEEK_1.values()} | set(words().places)
    assert {place: find_candidates(place) for place in places if find_candidates(place)} == {}


def test_the_plan_of_the_city_has_two_places_on_two_hosts() -> None:
    everything = gold_of(WEEK_1, kinds())
    several = [group for group in everything.documents if len({address.split("/")[2] for address in group}) > 1]
    assert [{address.split("/")[2] for address in group} for group in several] == [
        {"www.lanlingshi.test", "sfj.lanlingshi.test"}
    ]


def test_what_is_wanted_is_served() -> None:
    with Emulator(demo_world) as running:
        for host, site in WEEK_1.items():
            assert ask(running, kinds()[site.family].entry(site), host=host).status == 200
            for address in gold(site, kinds()[site.family]).addresses:
                assert ask(running, address.removeprefix(f"http://{host}"), host=host).status == 200, address


# -- week 2 -----------------------------------------------------------------------------------------------------------


def test_six_sites_change_and_no_other() -> None:
    assert {host for host in WEEK_1 if WEEK_1[host] != WEEK_2[host]} == CHANGED
    assert demo_world(9) == WEEK_2


def difference(host: str) -> tuple[list[str], list[str], list[tuple[Article, Article]]]:
    """Titles that came, titles that went, articles that differ."""
    one, two = documents(WEEK_1[host]), documents(WEEK_2[host])
    came = [two[number].title for number in two.keys() - one.keys()]
    went = [one[number].title for number in one.keys() - two.keys()]
    return came, went, [(one[number], two[number]) for number in one.keys() & two.keys() if one[number] != two[number]]


def test_a_report_is_new() -> None:
    assert difference("www.fengyuan.test") == (["枫垣县2024年度法治政府建设情况报告"], [], [])


def test_a_page_vanishes() -> None:
    assert difference("www.yuwu.test") == ([], ["榆坞县2023年度法治政府建设年度报告"], [])
    kind, site = kinds()["hanweb_xxgk"], WEEK_1["www.yuwu.test"]
    gone = next(article for article in site.articles if article.title == "榆坞县2023年度法治政府建设年度报告")
    with Emulator(demo_world) as running:
        target = kind.address(site, gone)
        assert ask(running, target, host=site.host).status == 200
        running.set_week(2)
        assert ask(running, target, host=site.host).status == 404


def test_a_plan_has_another_target() -> None:
    came, went, [(before, after)] = difference("www.zhanpu.test")
    assert (came, went) == ([], [])
    assert replace(after, page=before.page) == before
    found = [pipeline.parse_page(pipeline.Page(name="a.html", content=one.page)).text for one in (before, after)]
    assert found[0].replace("败诉率控制在8%以内", "败诉率控制在10%以内") == found[1] != found[0]


def test_a_page_has_another_footer_and_the_same_text() -> None:
    came, went, [(before, after)] = difference("www.huayan.test")
    assert (came, went) == ([], [])
    assert before.page != after.page
    found = [pipeline.parse_page(pipeline.Page(name="a.html", content=one.page)) for one in (before, after)]
    assert found[0].text == found[1].text


@pytest.mark.parametrize(("host", "quirk"), [("www.binwang.test", "silent"), ("www.luxi.test", "challenge_412")])
def test_a_site_cannot_be_read_any_more(host: str, quirk: str) -> None:
    one, two = WEEK_1[host], WEEK_2[host]
    assert two == replace(one, quirks=one.quirks | {quirk})


# -- titles -----------------------------------------------------------------------------------------------------------


def test_there_are_many_false_friends_each_with_a_slot() -> None:
    assert len(words().friends) >= 60
    assert len(set(words().friends)) == len(words().friends)


@pytest.mark.parametrize("place", ["苍榆县", "澜陵市", "瀚东省"])
def test_no_false_friend_is_a_document_of_the_place(place: str) -> None:
    from random import Random

    titles = [title for title, _ in friend_titles(place, 100, Random(1))]
    assert len(set(titles)) == 100
    own = {
        fill(form, place, year, Random(0))
        for forms in words().relevant.values()
        for form in forms
        for year in range(2010, 2026)
    }
    assert not own & set(titles)


# -- generated sites --------------------------------------------------------------------------------------------------


def test_a_generated_site_is_the_same_each_time_and_another_by_seed() -> None:
    one = battery_site("tiny", host="www.a.test")
    assert one == battery_site("tiny", host="www.a.test")
    assert one.articles != battery_site("tiny", host="www.a.test", seed=1).articles


def test_a_generated_site_has_what_makes_recall_hard() -> None:
    site = battery_site("tiny", host="www.a.test", count=60, relevant=20, quirks={"cut_titles"})
    relevant = [article for article in site.articles if article.is_relevant]
    assert (len(site.articles), len(relevant)) == (60, 20)
    assert site.quirks == {"cut_titles"}
    assert any(article.also_in for article in relevant)
    assert any(article.attachments for article in relevant)
    assert any(article.document_number for article in relevant)
    assert any("依法行政" in article.title for article in relevant)
    publishers = {article.publisher for article in relevant}
    assert any(name.startswith(site.place) and name.endswith("局") for name in publishers)
    assert any(name.endswith("人民政府") and not name.startswith(site.place) for name in publishers)
    assert len({article.title for article in site.articles}) == 60
    assert not any(article.is_relevant for article in site.listed(COLUMNS[2]))


def test_more_relevant_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 5"):
        battery_site("tiny", host="www.a.test", count=5, relevant=6)
    with pytest.raises(ValueError, match="the titles for"):
        battery_site("tiny", host="www.a.test", count=900, relevant=900)


def test_a_word_file_is_read() -> None:
    content = word_file(["苍榆县2024年任务分解表", "案卷评查不少于2次，合格率不低于95%。"])
    assert content == word_file(["苍榆县2024年任务分解表", "案卷评查不少于2次，合格率不低于95%。"])
    document = pipeline.parse_page(pipeline.Page(name="fj.docx", content=content))
    assert "合格率不低于95%" in document.text


@pytest.mark.parametrize("family", NAMES)
def test_every_family_serves_a_generated_site(family: str) -> None:
    world = battery_world([family])
    ((host, site),) = world(1).items()
    wanted = gold(site, kinds()[family])
    assert len(wanted.documents) == 12
    with Emulator(world) as running:
        for address in wanted.addresses:
            assert ask(running, address.removeprefix(f"http://{host}"), host=host).status == 200, address


# -- what is wanted ---------------------------------------------------------------------------------------------------


def test_gold_has_each_document_once_with_all_its_addresses() -> None:
    site = battery_site("tiny", host="www.a.test")
    wanted = gold(site, TINY)
    relevant = [article for article in site.articles if article.is_relevant]
    assert len(wanted.documents) == len(relevant)
    assert Counter(map(len, wanted.documents)) == Counter(1 + len(article.also_in) for article in relevant)
    assert len(wanted.files) == sum(len(article.attachments) for article in relevant)
    assert all(address.startswith("http://www.a.test/") for address in wanted.addresses)


def test_one_address_of_each_is_enough_and_none_is_missed() -> None:
    wanted = gold(battery_site("tiny", host="www.a.test"), TINY)
    one_of_each = {min(group) for group in (*wanted.documents, *wanted.files)}
    assert wanted.missing(one_of_each) == ()
    assert wanted.missing(one_of_each - {min(wanted.documents[0])}) == (wanted.documents[0],)


def test_gold_begins_with_the_origin_that_is_told() -> None:
    wanted = gold(battery_site("tiny", host="www.a.test"), TINY, origin="http://127.0.0.1:8001")
    assert {address.split("/", 3)[2] for address in wanted.addresses} == {"127.0.0.1:8001"}


# -- sources ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("瀚东省", "province"),
        ("澜陵市", "prefecture"),
        ("砚渚区", "county"),
        ("桦岩县", "county"),
        ("柳浔镇", "township"),
    ],
)
def test_the_level_of_a_place(place: str, level: str) -> None:
    assert level_of(place) == level


def test_sources_are_toml_with_a_table_a_site() -> None:
    tables = tomllib.loads(sources_toml(WEEK_1, kinds(), connect="127.0.0.1:8000"))["source"]
    assert len(tables) == len(WEEK_1)
    assert len({table["id"] for table in tables}) == len(tables)
    zhanpu = next(table for table in tables if table["id"] == "zhanpu")
    assert zhanpu == {
        "id": "zhanpu",
        "name": "湛浦区人民政府",
        "place": "",
        "place_name": "湛浦区",
        "level": "county",
        "family": "jpaas",
        "entry": "http://www.zhanpu.test/",  # the entrance that sites.toml names
        "expect": [2, 8],
        "allow_loopback": True,
        "delay_s": 0.05,
        "connect": "127.0.0.1:8000",
    }
    huayan = next(table for table in tables if table["id"] == "huayan")
    assert huayan["entry"] == f"http://www.huayan.test{kinds()['ucap'].entry(WEEK_1['www.huayan.test'])}"


def test_sources_with_ports_of_their_own_need_no_connect() -> None:
    site = battery_site("tiny", host="www.a.test")
    text = sources_toml({site.host: site}, {"tiny": TINY}, connect="", origins={site.host: "http://127.0.0.1:9"})
    (table,) = tomllib.loads(text)["source"]
    assert table["entry"] == "http://127.0.0.1:9/"
    assert "connect" not in table


def test_the_command_serves_and_writes_the_sources(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pipeline.emulator",
        "--sources",
        str(tmp_path / "s.toml"),
        "--log",
        str(tmp_path / "l.jsonl"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as running:
        assert running.stdout is not None
        told = running.stdout.readline()
        running.terminate()
    assert told.startswith("17 sites at http://127.0.0.1:")
    tables = tomllib.loads((tmp_path / "s.toml").read_text(encoding="utf-8"))["source"]
    assert {table["connect"] for table in tables} == {told.split("/")[2]}
