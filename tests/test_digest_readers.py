"""What a reader is told: the places and topics that are followed, counted, bound and worded anew."""

from dataclasses import replace
from typing import Any

import pytest

from pipeline.config import Reader
from pipeline.digest.material import Atom, Material, Sheaf, Tally
from pipeline.digest.readers import for_reader
from pipeline.digest.records import Counts, Digest, Evidence, Line
from pipeline.places import places_by_code
from pipeline.weeks import Week

WEEK = Week(2026, 47)
PARENTS = ("澜陵市", "瀚东省")
EVIDENCE = Evidence("proof", "云岭县计划", "云岭县")
# A county of the list and its city, whichever they are.
COUNTY = next(one for one in places_by_code().values() if one.level == "county" and len(one.parents) == 2)


def line(name: str, place: str = "云岭县", **fields: Any) -> Line:
    known: dict[str, Any] = {
        "part": "deadlines",
        "weight": 10.0,
        "parents": PARENTS if place else (),
        "evidence": ("proof",),
    }
    return Line(name, words=f"{name}。", place=place, **{**known, **fields})


def material(*lines: Line, **fields: Any) -> Material:
    return Material(WEEK, tuple(Atom(one) for one in lines), {"proof": EVIDENCE}, **{"tallies": (), **fields})


def names(digest: Digest) -> list[str]:
    return [one.id for one in digest.lines]


def real(**fields: Any) -> Line:
    parents = tuple(reversed(COUNTY.parents))
    return line("county", COUNTY.name, place_code=COUNTY.code, **{"parents": parents, **fields})


@pytest.mark.parametrize(
    ("places", "is_told"),
    [
        pytest.param((), True, id="no filter"),
        pytest.param((COUNTY.name,), True, id="its name"),
        pytest.param((COUNTY.code,), True, id="its code"),
        pytest.param((COUNTY.parents[1],), True, id="the name of its city"),
        pytest.param((COUNTY.parents[0],), True, id="the name of its province"),
        pytest.param((COUNTY.code[:4] + "00",), True, id="the code of its city"),
        pytest.param((COUNTY.code[:2] + "0000",), True, id="the code of its province"),
        pytest.param((COUNTY.code[:4],), True, id="the code of its city, short"),
        pytest.param((f"{COUNTY.parents[1]} {COUNTY.name}",), True, id="told with its city"),
        pytest.param(("99", COUNTY.name), True, id="one of several"),
        pytest.param((COUNTY.code[:5] + str((int(COUNTY.code[5]) + 1) % 10),), False, id="its neighbour"),
        pytest.param(("云岭县",), False, id="another name"),
        pytest.param((f"云岚市 {COUNTY.name}",), False, id="its namesake elsewhere"),
    ],
)
def test_a_place_of_the_list_is_followed_by_name_or_code(places: tuple[str, ...], is_told: bool) -> None:
    found = for_reader(material(real()), Reader("r", places=places))
    assert bool(found.lines) is is_told


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param(("云岭县",), ["yunling"], id="a county"),
        pytest.param(("澜陵市",), ["city", "qinghe", "yunling"], id="a city stands for its counties"),
        pytest.param(("瀚东省",), ["city", "other", "qinghe", "yunling"], id="a province for all of them"),
        pytest.param(("云岭县", "青禾县"), ["qinghe", "yunling"], id="two"),
        pytest.param(("瀚东省 云岭县",), ["yunling"], id="told with its province"),
        pytest.param(("云岭",), [], id="not by a part of its name"),
        pytest.param(("990121",), [], id="a code that nothing has"),
        pytest.param(("没有的地方",), [], id="a place that nobody knows"),
    ],
)
def test_an_invented_place_is_followed_by_its_name_and_those_above_it(
    places: tuple[str, ...], expected: list[str]
) -> None:
    lines = (
        line("yunling"),
        line("qinghe", "青禾县"),
        line("city", "澜陵市", parents=("瀚东省",)),
        line("other", "云岚县", parents=("溪州市", "瀚东省")),
        line("nowhere", ""),
    )
    assert sorted(names(for_reader(material(*lines), Reader("r", places=places)))) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({"headings": (5,)}, ["both", "five", "plain"], id="a heading"),
        pytest.param({"headings": (5, 7)}, ["both", "five", "plain", "seven"], id="two headings are alternatives"),
        pytest.param({"indicators": ("case_file_pass_rate",)}, ["both", "plain"], id="an indicator"),
        pytest.param({"bodies": ("县司法局",)}, ["both", "plain", "seven"], id="a body as it is printed"),
        pytest.param({"bodies": ("justice_bureau",)}, ["both", "plain", "seven"], id="a body by its id"),
        pytest.param({"bodies": ("司法局",)}, ["both", "plain", "seven"], id="a body without its level"),
        pytest.param({"headings": (5,), "bodies": ("县司法局",)}, ["both", "plain"], id="kinds must all fit"),
        pytest.param({"headings": (9,)}, ["plain"], id="what has no topic is told to all"),
    ],
)  # fmt: skip
def test_topics_concern_what_has_topics(filters: dict[str, Any], expected: list[str]) -> None:
    lines = (
        line("plain"),
        line("five", headings=(5,)),
        line("seven", headings=(7,), bodies=("云岭县司法局",)),
        line("both", headings=(5,), bodies=("县司法局",), indicators=("case_file_pass_rate",)),
    )
    assert sorted(names(for_reader(material(*lines), Reader("r", **filters)))) == expected


def test_a_source_is_told_to_who_follows_its_place_whatever_the_topics() -> None:
    silent = line("silent", part="sources", event=3, is_news=True, cells={"来源": "栏目", "状态": "失联：无法连接"})
    elsewhere = line("elsewhere", "云岚县", part="sources", parents=("溪州市",))
    found = for_reader(material(silent, elsewhere), Reader("r", places=("澜陵市",), headings=(5,)))
    assert names(found) == ["silent"]


def test_headline_counts_and_notes_are_those_of_the_reader() -> None:
    tallies = (
        Tally("云岭县", "", PARENTS, Counts(publications=3, places=1, sources=1, sources_good=1, furniture=1)),
        Tally("云岚县", "", ("溪州市",), Counts(publications=9, places=1, sources=2, sources_good=1, furniture=4)),
    )
    news = line("new", part="documents", event=1, is_news=True, cells={"类型": "计划"})
    other = line("other", "云岚县", part="gone", parents=("溪州市",), event=2, is_news=True, cells={"情况": "撤下"})
    told = material(news, other, tallies=tallies)
    everyone, reader = for_reader(told), for_reader(told, Reader("r", name="云岭县司法局", places=("云岭县",)))
    assert (everyone.counts.news, everyone.counts.publications, everyone.counts.sources_good) == (2, 12, 2)
    assert (reader.counts.news, reader.counts.publications, reader.counts.sources_good) == (1, 3, 1)
    assert everyone.headline[2].startswith("3个来源中2个正常、1个异常")
    assert reader.headline == (
        "本周（11月16日至22日）新增文件1份（计划1份），涉及云岭县。",
        "没有内容变化、撤下，也没有30天内到期、已过期限或者缺少的任务。",
        "1个来源正常。",
    )
    assert (reader.notes[0][0], everyone.notes[0][0]) == ("1", "5")
    assert (reader.reader, reader.reader_name, everyone.reader) == ("r", "云岭县司法局", "")


def test_a_reader_without_news_is_told_so_though_others_have_some() -> None:
    tally = Tally("云岭县", "", PARENTS, Counts(publications=3, places=1, sources=1, sources_good=1))
    other = line("other", "云岚县", part="gone", parents=("溪州市",), event=2, is_news=True)
    found = for_reader(material(other, tallies=(tally,)), Reader("r", places=("云岭县",)))
    assert found.headline[0] == "本周无新情况：1个来源均已检查，未发现新文件、改动或撤下。"
    assert found.counts.news == 0


def bound(name: str, *bodies: str, rank: int = 0) -> Atom:
    sheaf = Sheaf(("due", "plan"), "《计划》有", "项任务到期，如：", 1, {"期限": "2026-12-31"}, "任务")
    cells = {"任务": name, "期限": "2026-12-31", "牵头单位": "、".join(bodies)}
    return Atom(line(name, bodies=bodies, cells=cells), name, sheaf, rank=(rank,))


def test_what_is_bound_for_all_is_bound_anew_for_each_reader() -> None:
    atoms = (
        bound("清理文件", "县司法局"),
        bound("修订预案", "县应急局", rank=1),
        bound("公布基准", "县司法局", rank=2),
    )
    told = replace(material(), atoms=atoms)
    assert [one.words for one in for_reader(told).lines] == [
        "《计划》有3项任务到期，如：清理文件；修订预案；公布基准。"
    ]
    mine = for_reader(told, Reader("r", bodies=("县司法局",)))
    assert [one.words for one in mine.lines] == ["《计划》有2项任务到期，如：清理文件；公布基准。"]
    assert mine.lines[0].cells == {"任务": "2项：清理文件；公布基准", "期限": "2026-12-31", "牵头单位": "县司法局"}
    alone = for_reader(told, Reader("r", bodies=("县应急局",)))
    assert names(alone) == ["修订预案"]


def test_how_many_reports_are_to_come_is_counted_for_the_readers_places() -> None:
    tallies = (
        Tally("云岭县", "", PARENTS, Counts(reports_expected=1)),
        Tally("云岚县", "", ("溪州市",), Counts(reports_expected=1, reports_published=1)),
    )
    told = replace(material(tallies=tallies), week=Week(2026, 12))
    assert for_reader(told).lines[0].words == "2个地区中，1个已经公布2025年度报告，其余1个应在4月1日前公布，还有10天。"
    assert for_reader(told, Reader("r", places=("溪州市",))).lines[0].words == "1个地区中，1个已经公布2025年度报告。"
    assert for_reader(told, Reader("r", places=("没有的地方",))).lines == ()


def test_an_upgrade_that_moved_nothing_of_the_reader_says_so() -> None:
    tally = Tally("云岚县", "", ("溪州市",), Counts(rederived=1, rederived_otherwise=1, records_added=2))
    told = material(tallies=(tally,), rederived=7)
    note = "本系统规则升级，重新提取7份文件：新增2条、减少0条、变动0条记录，未计入上述动态。"
    assert for_reader(told).notes == (note,)
    mine = for_reader(told, Reader("r", places=("云岭县",)))
    assert mine.notes == ("本系统规则升级，重新提取7份文件，其中所订阅地区的记录没有变化。",)


def test_evidence_of_others_is_not_handed_on() -> None:
    told = material(line("mine"), line("other", "云岚县", parents=("溪州市",), evidence=("secret",)))
    told = replace(told, evidence={**told.evidence, "secret": replace(EVIDENCE, id="secret")})
    assert set(for_reader(told, Reader("r", places=("云岭县",))).evidence) == {"proof"}


def test_equal_weights_stand_by_place_document_and_id() -> None:
    lines = (line("b"), line("a"), line("c", "青禾县"), real(weight=10.0))
    assert names(for_reader(material(*lines))) == ["county", "a", "b", "c"]
    assert names(for_reader(material(*reversed(lines)))) == ["county", "a", "b", "c"]
