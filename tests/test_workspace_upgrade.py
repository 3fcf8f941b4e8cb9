"""An upgrade between two weeks: what it moves is counted and never taken for news, and news are told by one set of rules."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline import derived
from pipeline.analyze import analyze_file, analyze_page
from pipeline.compare import tracking
from pipeline.compare.tracking import track_targets
from pipeline.inputs import Failure
from pipeline.records import Analysis, Page
from pipeline.warc import read_held
from pipeline.workspace import derive, run
from pipeline.workspace.place import Workspace
from pipeline.workspace.view import View
from tests.test_workspace_run import BROKEN, EIGHT, OTHER, PLAN, REPORT, TEN
from tests.visits import World, page

OWN = """
indicators:
  - id: night_markets
    name: 夜市检查次数
    item: "14"
    kind: count
    unit: 次
    synonyms: [夜市检查]
"""
NIGHT = "四、全年开展夜市检查40次。"


@pytest.fixture
def world(workspace: Workspace, database: tuple[Path, str]) -> World:
    made = World(workspace, database[1])
    made.web.put("yunling", "plan", page(PLAN, EIGHT, NIGHT), title=PLAN)
    made.web.put("yunling", "report", page(REPORT, OTHER), title=REPORT)
    return made


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[bool], None]:
    """Have other rules from now on: the same under another name, or some that know one indicator more."""
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")

    def install(is_real: bool) -> None:
        monkeypatch.setattr(run, "rules_stamp", lambda: "f" * 64)
        if is_real:
            monkeypatch.setattr(derive, "analyze_file", partial(analyze_file, indicators=(file,)))

    return install


def kinds(world: World, ran: run.Ran) -> list[str]:
    return [each.kind for each in world.events(ran)]


def test_other_rules_that_make_the_same_are_stamped_and_told_of_by_nothing(
    world: World, upgrade: Callable[[bool], None]
) -> None:
    world.week()
    before = world.rows(derived.versions)
    upgrade(False)
    ran = world.run()
    assert (ran.rechecked, ran.reextracted, kinds(world, ran)) == (2, 0, [])
    assert world.rows(derived.versions) == [{**row, "checked": "f" * 64} for row in before]
    assert world.run().is_nothing


def test_records_that_move_are_one_event_a_publication_with_counts(
    world: World, upgrade: Callable[[bool], None]
) -> None:
    world.week(references=("outline",))
    upgrade(True)
    ran = world.run(references=("outline",))
    assert kinds(world, ran) == ["reextracted"]
    assert (ran.rechecked, ran.reextracted) == (1, 1)
    (event,) = world.events(ran)
    assert event.data["commitments"] == {"added": 0, "dropped": 0, "changed": 1}
    assert event.data["fields"] == []
    old, new = world.rows(derived.versions, publication_id=event.publication_id)
    assert (new["cause"], new["fingerprint"], new["held"]) == ("rules", old["fingerprint"], old["held"])
    assert old["until_id"] == new["since_id"] == ran.derivation
    assert event.at == world.rows(derived.derivations)[-1]["observed"]


def test_what_comparing_finds_otherwise_by_other_rules_is_caused_by_these(
    world: World, upgrade: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.week(references=("outline",))
    before = len(world.rows(derived.trackings))
    upgrade(False)

    def other(*given: Any) -> Any:  # other words for what became of a target
        table = track_targets(*given)
        return table.assign(why=table["why"] + "。")

    monkeypatch.setattr(tracking, "track_targets", other)
    ran = world.run(references=("outline",))
    assert kinds(world, ran) == []
    rows = world.rows(derived.trackings)
    assert len(rows) == 2 * before > 0
    assert {row["cause"] for row in rows if row["since_id"] == ran.derivation} == {"rules"}
    assert {row["until_id"] for row in rows if row["since_id"] != ran.derivation} == {ran.derivation}
    assert {row["until_id"] for row in world.rows(derived.coverages)} == {None}
    assert {row["to_compare"] for row in world.rows(derived.publications)} == {""}


def test_an_upgrade_and_news_in_one_run_are_kept_apart(world: World, upgrade: Callable[[bool], None]) -> None:
    world.week(references=("outline",))
    upgrade(True)
    world.web.put("yunling", "plan", page(PLAN, TEN, NIGHT), title=PLAN)
    assert world.next_week(references=("outline",)) == ["reextracted", "changed"]
    (changed,) = world.events(None, "changed")
    assert [each["kind"] for each in changed.data["differences"]] == ["lowered"]
    versions = world.rows(derived.versions, publication_id=changed.publication_id)
    assert [row["cause"] for row in versions] == ["source", "rules", "source"]
    assert changed.before_id == versions[1]["id"]
    with world.ws.engine.connect() as tx:
        found = View(tx).export().commitments
    assert found["indicators"].explode().eq("night_markets").any()


def test_the_newest_bytes_count_where_old_rules_overlooked_a_difference(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attachment that nobody could read was replaced; once it can be read, what stands there now is told."""
    sentences = {"8%": EIGHT, "10%": TEN}

    def read(given: Any, *, sees_all: bool) -> Any:
        (found,) = analyze_file(given)
        assert isinstance(found, Analysis)
        share = next(each for each in sentences if f"data-annex='{each}'".encode() in bytes_of(given))
        text = found.document.text + (sentences[share] + "\n" if sees_all else "")
        return (Analysis(replace(found.document, text=text), found.sections, ()),)

    monkeypatch.setattr(derive, "analyze_file", partial(read, sees_all=False))
    for share in sentences:
        world.web.put("yunling", "plan", with_annex(share), title=PLAN)
        world.web.put("yunling", "report", with_annex("8%", REPORT), title=REPORT)
        found = world.next_week()
    assert found == ["furniture"]
    monkeypatch.setattr(run, "rules_stamp", lambda: "f" * 64)
    monkeypatch.setattr(derive, "analyze_file", partial(read, sees_all=True))
    ran = world.run()
    assert set(kinds(world, ran)) == {"reextracted"}
    with world.ws.engine.connect() as tx:
        texts = View(tx).export().documents.set_index("title")["text"]
    assert "10%" in texts[PLAN]
    assert "8%" in texts[REPORT]
    assert world.run().is_nothing


def with_annex(share: str, title: str = PLAN) -> bytes:
    return page(title, "具体任务见附件。").replace(
        b'<div class="footer">', f"<div class='footer' data-annex='{share}'>".encode()
    )


def bytes_of(given: Any) -> bytes:
    return read_held(given.held).content


def test_what_could_not_be_read_is_tried_again_by_other_rules_and_not_before(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    title, tried = PLAN.replace("云岭", "青禾"), []
    world.web.put("qinghe", "riddle.docx", BROKEN, title=title, media="application/msword")

    def read(given: Any, *, is_able: bool) -> Any:
        tried.append(given)
        if bytes_of(given) != BROKEN or not is_able:
            return analyze_file(given)
        told = f"{title}\n" + "青禾县全年开展行政执法培训不少于6次，覆盖全部执法人员。\n" * 9
        return (analyze_page(Page("riddle.txt", told.encode())),)

    monkeypatch.setattr(derive, "analyze_file", partial(read, is_able=False))
    assert world.week().unreadable == 1
    tried.clear()
    assert world.run().is_nothing
    assert tried == []
    monkeypatch.setattr(run, "rules_stamp", lambda: "f" * 64)
    assert kinds(world, world.run()) == []
    assert len(tried) == 3  # two versions, and what could not be read
    monkeypatch.setattr(run, "rules_stamp", lambda: "e" * 64)
    monkeypatch.setattr(derive, "analyze_file", partial(read, is_able=True))
    assert kinds(world, world.run()) == ["new"]  # nobody was told of it as a document yet
    assert {row["problem"] for row in world.rows(derived.publications)} == {""}


def test_a_version_that_other_rules_cannot_read_stays_and_says_why(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.week()
    before = world.rows(derived.versions)
    monkeypatch.setattr(run, "rules_stamp", lambda: "f" * 64)
    monkeypatch.setattr(derive, "analyze_file", lambda given: (Failure(given.place, "expected a page, got a riddle"),))
    ran = world.run()
    assert kinds(world, ran) == ["unreadable", "unreadable"]
    assert world.rows(derived.versions) == [{**row, "checked": "f" * 64} for row in before]
    assert world.run().is_nothing
    monkeypatch.setattr(run, "rules_stamp", lambda: "e" * 64)
    monkeypatch.setattr(derive, "analyze_file", analyze_file)
    assert kinds(world, world.run()) == ["readable", "readable"]
    assert {row["problem"] for row in world.rows(derived.publications)} == {""}


def test_a_run_that_was_given_up_for_other_rules_is_closed_and_gone_on_with(
    world: World, upgrade: Callable[[bool], None]
) -> None:
    world.crawl()

    def stop(done: int, total: int, name: str) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        world.run(progress=stop)
    upgrade(False)
    ran = world.run()
    assert [row["state"] for row in world.rows(derived.derivations)] == ["stopped", "ended"]
    assert (ran.new, ran.rechecked) == (1, 1)
    assert [each.kind for each in world.events()] == ["new", "new"]
