"""A digest is settled once: what it tells, and the bytes in which it tells it."""

import threading
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select, update

from pipeline import derived, store
from pipeline.config import Config, Reader
from pipeline.digest.build import Built, build_digest, seal
from pipeline.digest.plain import read_json
from pipeline.errors import InputError
from pipeline.moments import stamp
from pipeline.scrape.ledger import LISTED
from pipeline.scrape.outcomes import Outcome
from pipeline.weeks import Week
from pipeline.workspace.alone import only_run
from pipeline.workspace.place import Workspace
from tests.chronicle import Chronicle, on, plan, report

W45, W46, W47, W48 = (Week(2026, number) for number in (45, 46, 47, 48))
RATE, LESS, HEADS = (
    "行政执法案卷评查合格率达到95%以上。（县司法局牵头）",
    "行政执法案卷评查合格率达到90%以上。（县司法局牵头）",
    "行政机关负责人出庭应诉率达到90%以上。",
)
FILES = ["digest.html", "digest.json", "digest.md", "digest.xlsx"]
READER = Reader("justice", name="云岭县司法局", places=("云岭县",), bodies=("县司法局",))


@pytest.fixture
def chronicle(workspace: Workspace) -> Chronicle:
    made = Chronicle(workspace)
    made.source()
    made.crawl(W46, "yunling")
    with made.derivation(W46):
        made.fare("yunling", Outcome.OK)
        made.publish("plan", plan(RATE, HEADS))
        made.compare()
    return made


def more(chronicle: Chronicle, week: Week = W47) -> None:
    """A week in which the plan is watered down."""
    chronicle.crawl(week, "yunling")
    with chronicle.derivation(week):
        chronicle.publish("plan", plan(LESS, HEADS))
        chronicle.compare()


def config(ws: Workspace, *readers: Reader) -> Config:
    return Config(ws.folder, readers=readers)


def build(ws: Workspace, week: Week, *readers: Reader) -> Built:
    return build_digest(ws, week, config(ws, *readers), now=lambda: week.end + timedelta(hours=7))


def taken(ws: Workspace) -> dict[int, str | None]:
    with ws.engine.begin() as tx:
        return {row.id: row.digest_week for row in tx.execute(select(derived.events).order_by(derived.events.c.id))}


def on_disk(built: Built) -> dict[str, bytes]:
    return {
        path.relative_to(built.folder).as_posix(): path.read_bytes()
        for path in sorted(built.folder.rglob("*"))
        if path.is_file()
    }


# --- sealing ---------------------------------------------------------------------------------------------------------


def test_a_week_that_is_not_over_is_refused_and_nothing_is_taken(chronicle: Chronicle) -> None:
    with pytest.raises(InputError, match=r"^expected a week that is over, but 2026-W46 lasts until 2026-11-16 00:00"):
        seal(chronicle.ws, W46, now=lambda: W46.end - timedelta(seconds=1))
    assert set(taken(chronicle.ws).values()) == {None}
    seal(chronicle.ws, W46, now=lambda: W46.end)
    assert set(taken(chronicle.ws).values()) == {"2026-W46"}


def test_sealing_again_gives_what_was_sealed_and_takes_nothing_more(chronicle: Chronicle) -> None:
    first = seal(chronicle.ws, W46, now=lambda: W46.end)
    with chronicle.derivation(W47):
        chronicle.publish("late", plan(HEADS, place="青禾县"), week=W46)
    again = seal(chronicle.ws, W46, now=lambda: W48.end)
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.cut, again.facts) == (first.cut, first.facts)
    assert list(taken(chronicle.ws).values()).count(None) == 1


def test_each_event_is_taken_by_one_digest(chronicle: Chronicle) -> None:
    seal(chronicle.ws, W46, now=lambda: W46.end)
    more(chronicle)
    with chronicle.derivation(W48):
        chronicle.publish("late", plan(HEADS, place="青禾县"), week=W46)
        chronicle.publish("new", plan(HEADS, place="滨望区"))
    seal(chronicle.ws, W47, now=lambda: W47.end)
    seal(chronicle.ws, W48, now=lambda: W48.end)
    assert sorted(map(str, taken(chronicle.ws).values())) == ["2026-W46", "2026-W47", "2026-W47", "2026-W48"]


def test_weeks_without_a_digest_go_to_the_next_one(chronicle: Chronicle) -> None:
    more(chronicle)
    seal(chronicle.ws, W48, now=lambda: W48.end)
    assert set(taken(chronicle.ws).values()) == {"2026-W48"}
    late = seal(chronicle.ws, W47, now=lambda: W48.end)
    assert late.is_new
    assert late.facts.after == seal(chronicle.ws, W48, now=lambda: W48.end).cut


def test_a_week_before_anything_was_known_has_no_cut(chronicle: Chronicle) -> None:
    early = seal(chronicle.ws, W45, now=lambda: W45.end)
    assert (early.cut, early.facts.sources, early.facts.is_first) == (None, (), True)
    assert seal(chronicle.ws, W46, now=lambda: W46.end).facts.is_first


def taken_in(chronicle: Chronicle, crawl: int) -> None:
    """What the derivation at work notes of the crawl that it took in."""
    chronicle.now.counts |= {"crawl": crawl, "crawl_ended": stamp(on(chronicle.week, 3, 12))}


def test_a_crawl_that_was_not_taken_in_is_said_to_be_so(chronicle: Chronicle) -> None:
    seal(chronicle.ws, W46, now=lambda: W46.end)
    first = chronicle.crawl(W47, "yunling")
    with chronicle.derivation(W47):
        taken_in(chronicle, first)
    behind = "最近一次采集的结果尚未处理（fazhi run）"
    assert behind not in "".join(build(chronicle.ws, W47).digests[""].headline)
    chronicle.crawl(W48, "yunling")
    before = build(chronicle.ws, W48)
    assert before.digests[""].headline[0] == f"本周（11月23日至29日），{behind}，有无新情况不详。"
    assert before.digests[""].headline[2] == f"{behind}，以下为此前的状态：1个来源正常。"
    with chronicle.derivation(W48):
        taken_in(chronicle, first + 1)
    assert build(chronicle.ws, W48).files == before.files


def test_a_crawl_that_went_on_after_it_was_taken_in_is_to_be_taken_in_again(chronicle: Chronicle) -> None:
    crawl = chronicle.crawl(W47, "yunling")
    with chronicle.derivation(W47):
        chronicle.now.counts |= {"crawl": crawl, "crawl_ended": ""}
    assert seal(chronicle.ws, W47, now=lambda: W47.end).facts.is_behind


@pytest.mark.parametrize("outcome", [Outcome.INTERRUPTED, Outcome.BUDGET])
def test_a_source_that_a_crawl_was_not_done_with_is_unchecked(chronicle: Chronicle, outcome: Outcome) -> None:
    seal(chronicle.ws, W46, now=lambda: W46.end)
    chronicle.crawl(W47, "yunling")
    with chronicle.ws.writing() as tx:
        store.change(tx, store.sources, {"id": "yunling"}, outcome=outcome)
    head = build(chronicle.ws, W47).digests[""].headline
    assert head[0] == "本周的采集没有完成，1个来源都没有检查完，有无新情况不详。"
    assert head[2] == "1个来源本周都没有完成检查，此前均为正常。"


def test_a_crawl_that_was_killed_is_none_of_later_weeks(chronicle: Chronicle) -> None:
    with chronicle.ws.writing() as tx:
        tx.execute(update(store.runs).values(state="stopped", ended=None))
    assert seal(chronicle.ws, W46, now=lambda: W46.end).facts.is_crawled
    assert not seal(chronicle.ws, W47, now=lambda: W47.end).facts.is_crawled


def test_a_source_that_is_no_longer_in_the_file_is_neither_counted_nor_missed(chronicle: Chronicle) -> None:
    chronicle.source("qinghe", "青禾县 澜陵市 瀚东省")
    chronicle.crawl(W46, "yunling", "qinghe")
    with chronicle.derivation(W46):
        chronicle.fare("qinghe", Outcome.CHALLENGE, kind="source_blocked")
        chronicle.publish("other", plan(HEADS, place="青禾县"), source="qinghe")
    assert build(chronicle.ws, W46).digests[""].counts.sources == 2
    run = chronicle.crawl(W47, "yunling")
    with chronicle.ws.writing() as tx:
        store.change(tx, store.runs, {"id": run}, options={LISTED: ["yunling"]})
    found = build(chronicle.ws, W47)
    assert seal(chronicle.ws, W47, now=lambda: W47.end).facts.retired == ("qinghe",)
    assert found.digests[""].counts.sources == 1
    assert found.digests[""].headline[0].startswith("本周无新情况：1个来源均已检查")
    assert not found.digests[""].part("sources")
    chronicle.crawl(W48, "qinghe")
    assert seal(chronicle.ws, W48, now=lambda: W48.end).facts.retired == ()


def test_while_a_run_is_at_work_nothing_is_sealed_and_what_a_killed_one_found_waits(chronicle: Chronicle) -> None:
    with chronicle.derivation(W46, ended=False):
        chronicle.publish("half", plan(HEADS, place="青禾县"))
    with only_run(chronicle.ws), pytest.raises(InputError, match=r"seal a digest after `fazhi run`, but that is still"):
        seal(chronicle.ws, W46, now=lambda: W46.end)
    assert set(taken(chronicle.ws).values()) == {None}
    seal(chronicle.ws, W46, now=lambda: W46.end)
    assert list(taken(chronicle.ws).values()) == ["2026-W46", None]
    with only_run(chronicle.ws):
        assert not seal(chronicle.ws, W46, now=lambda: W46.end).is_new
    with chronicle.ws.writing() as tx:
        tx.execute(update(derived.derivations).values(state="stopped"))
    seal(chronicle.ws, W47, now=lambda: W47.end)
    assert list(taken(chronicle.ws).values()) == ["2026-W46", "2026-W47"]


def test_two_that_seal_at_once_seal_once(chronicle: Chronicle) -> None:
    found = []

    def work() -> None:
        found.append(seal(chronicle.ws, W46, now=lambda: W46.end))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(one.is_new for one in found) == [False, False, False, True]
    assert len({one.facts.run for one in found}) == 1


# --- building --------------------------------------------------------------------------------------------------------


def test_the_files_lie_where_they_are_said_to_lie_and_their_hashes_are_recorded(chronicle: Chronicle) -> None:
    built = build(chronicle.ws, W46, READER)
    assert built.folder == chronicle.ws.folder / "digests" / "2026-W46"
    assert sorted(on_disk(built)) == [*FILES, *(f"readers/justice/{name}" for name in FILES)]
    assert {name: built.folder.joinpath(name).read_bytes() for name in FILES} == dict(built.files[""])
    with chronicle.ws.engine.begin() as tx:
        outputs = store.get(tx, derived.digests, week="2026-W46").outputs
    assert outputs["files"]["justice"]["digest.md"] == sha256(built.files["justice"]["digest.md"]).hexdigest()
    assert built.differs == ()


def test_built_again_it_has_the_same_bytes_whatever_came_since(chronicle: Chronicle) -> None:
    seal(chronicle.ws, W46, now=lambda: W46.end)
    more(chronicle)
    first = build(chronicle.ws, W47, READER)
    with chronicle.derivation(W48):
        chronicle.publish("plan", plan(HEADS))
        chronicle.publish("report", report("行政机关负责人出庭应诉率达到86%。"))
        chronicle.withdraw("plan")
        chronicle.fare("yunling", Outcome.CHALLENGE, kind="source_blocked", since=W46)
        chronicle.compare(coverage=True)
        store.change(chronicle.tx, store.sources, {"id": "yunling"}, name="另一个名字")
        chronicle.tx.execute(update(derived.standings).values(publication_id="report", source_id=""))
    build(chronicle.ws, W48, READER)
    again = build(chronicle.ws, W47, READER)
    assert again.files == first.files
    assert again.differs == ()


def test_what_is_written_is_what_is_told(chronicle: Chronicle) -> None:
    seal(chronicle.ws, W46, now=lambda: W46.end)
    more(chronicle)
    built = build(chronicle.ws, W47, READER)
    for reader in ("", "justice"):
        assert read_json(built.files[reader]["digest.json"]) == built.digests[reader]
    assert [line.part for line in built.digests["justice"].lines] == ["changes", "unpublished"]


def unrecorded(chronicle: Chronicle, built: Built) -> None:
    """Leave the workspace as if it had been killed before the hashes were recorded."""
    with chronicle.ws.writing() as tx:
        row = store.get(tx, derived.digests, week=str(built.week))
        store.change(tx, derived.digests, {"week": row.week}, outputs={"sealed": row.outputs["sealed"]})


@pytest.mark.parametrize(
    ("lost", "is_recorded"),
    [
        pytest.param((), False, id="killed before recording"),
        pytest.param(("digest.md", "readers/justice/digest.html"), False, id="killed between two files"),
        pytest.param(FILES, False, id="killed after sealing"),
        pytest.param(("digest.html",), True, id="a file was deleted"),
    ],
)
def test_what_was_cut_off_is_done_again_the_same(
    chronicle: Chronicle, lost: tuple[str, ...], is_recorded: bool
) -> None:
    first = build(chronicle.ws, W46, READER)
    before = on_disk(first)
    if not is_recorded:
        unrecorded(chronicle, first)
    for name in lost:
        (first.folder / name).unlink()
    again = build(chronicle.ws, W46, READER)
    assert on_disk(again) == before
    assert again.differs == ()


def test_half_a_file_is_made_whole(chronicle: Chronicle) -> None:
    first = build(chronicle.ws, W46)
    path = first.folder / "digest.html"
    path.write_bytes(path.read_bytes()[:100])
    assert build(chronicle.ws, W46).files == first.files
    assert path.read_bytes() == first.files[""]["digest.html"]


def from_older_version(chronicle: Chronicle, content: bytes) -> Built:
    """Leave the workspace as if another version had written its page of week 46."""
    built = build(chronicle.ws, W46)
    (built.folder / "digest.html").write_bytes(content)
    with chronicle.ws.writing() as tx:
        outputs = dict(store.get(tx, derived.digests, week="2026-W46").outputs)
        outputs["files"] = {"": {**outputs["files"][""], "digest.html": sha256(content).hexdigest()}}
        store.change(tx, derived.digests, {"week": "2026-W46"}, outputs=outputs, version="0.0.9")
    return built


def test_a_page_of_an_older_version_is_kept_and_what_differs_is_told(chronicle: Chronicle) -> None:
    old = "旧版的页面".encode()
    from_older_version(chronicle, old)
    for _ in range(2):
        again = build(chronicle.ws, W46)
        assert again.differs == ("2026-W46/digest.html：与 0.0.9 版记录的内容不同，保留原有文件",)
        assert again.files[""]["digest.html"] == (again.folder / "digest.html").read_bytes() == old


def test_a_page_of_an_older_version_that_is_lost_is_made_anew_and_that_is_told(chronicle: Chronicle) -> None:
    first = from_older_version(chronicle, b"old")
    (first.folder / "digest.html").unlink()
    again = build(chronicle.ws, W46)
    assert "原有文件已不在" in again.differs[0]
    assert again.files == first.files
    assert build(chronicle.ws, W46).differs == ()


# --- readers and references ------------------------------------------------------------------------------------------


def test_a_reader_whose_filter_changed_keeps_the_digests_that_went_out(chronicle: Chronicle) -> None:
    first = build(chronicle.ws, W46, READER)
    again = build(chronicle.ws, W46, replace(READER, places=("青禾县",), name="别的名字"))
    assert again.files["justice"] == first.files["justice"]
    assert again.digests["justice"].reader_name == "云岭县司法局"


def test_a_reader_who_came_later_gets_the_digest_too(chronicle: Chronicle) -> None:
    first = build(chronicle.ws, W46, READER)
    later = build(chronicle.ws, W46, READER, Reader("qinghe", places=("青禾县",)))
    assert sorted(later.files) == ["", "justice", "qinghe"]
    assert later.files["justice"] == first.files["justice"]
    assert (later.folder / "readers" / "qinghe" / "digest.html").is_file()


def test_a_reader_who_left_is_written_no_more_and_keeps_the_files(chronicle: Chronicle) -> None:
    build(chronicle.ws, W46, READER)
    again = build(chronicle.ws, W46)
    assert list(again.files) == [""]
    assert (again.folder / "readers" / "justice" / "digest.html").is_file()


def test_references_that_change_do_not_change_what_went_out(chronicle: Chronicle) -> None:
    first = build(chronicle.ws, W46)
    again = build_digest(
        chronicle.ws, W46, replace(config(chronicle.ws), references=("outline", "没有的计划")), now=lambda: W48.end
    )
    assert again.files == first.files


def test_nothing_is_left_beside_the_files(chronicle: Chronicle, tmp_path: Path) -> None:
    built = build(chronicle.ws, W46, READER)
    assert [path.name for path in built.folder.rglob(".*")] == []
