"""What there is to derive from: what crawls and imports left, in whatever state."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, insert, update

from pipeline import derived, store, warc
from pipeline.archive import import_paths
from pipeline.moments import stamp
from pipeline.scrape.outcomes import Outcome
from pipeline.weeks import CHINA, Week
from pipeline.workspace.marks import UNKNOWN, UNREAD, UNREADABLE, mark_of, read_mark
from pipeline.workspace.place import Workspace
from pipeline.workspace.source_states import group_of
from pipeline.workspace.view import View
from tests.test_archive_store import HTML, OK, crawled
from tests.test_workspace_run import EIGHT, OTHER, PLAN, REPORT, TEN, bring, titles, words_of
from tests.visits import SUNDAY, Web, World, page


@pytest.fixture
def world(workspace: Workspace, database: tuple[Path, str]) -> World:
    """Two sites, one of which has a plan and a report."""
    made = World(workspace, database[1])
    made.web.put("yunling", "plan", page(PLAN, EIGHT), title=PLAN)
    made.web.put("yunling", "report", page(REPORT, OTHER), title=REPORT)
    for name in ("bureau", "qinghe"):
        made.web.listed[name] = []
    return made


# -- crawls -----------------------------------------------------------------------------------------------------------


def test_what_came_and_went_between_two_runs_is_told_as_both(world: World) -> None:
    world.crawl()
    world.web.drop("yunling", "plan")
    world.now += timedelta(days=7)
    ran = world.week()
    assert [each.kind for each in world.events(ran)] == ["new", "new", "withdrawn"]
    assert titles(world) == {PLAN: "withdrawn", REPORT: "standing"}


def test_of_several_texts_between_two_runs_the_last_one_counts(world: World) -> None:
    for text in (EIGHT, TEN):
        world.web.put("yunling", "plan", page(PLAN, text), title=PLAN)
        world.crawl()
        world.now += timedelta(days=7)
    assert world.run().new == 2
    assert "10%" in words_of(world, PLAN)


def test_the_place_of_a_site_is_known_from_the_archive_where_an_older_version_did_not_store_it(world: World) -> None:
    world.crawl()
    with world.ws.writing() as tx:
        tx.execute(update(store.sources).values(entry="", place="", place_name=""))
    world.run()
    assert {row["held"]["listed"]["place_name"] for row in world.rows(derived.versions)} == {"云岭县"}


def test_bytes_that_a_failing_machine_lost_are_waited_for(world: World) -> None:
    world.crawl()
    lost = store.snapshots.c.url == Web.url("yunling", "plan")
    with world.ws.writing() as tx:
        tx.execute(update(store.snapshots).where(lost).values(file=""))
    assert world.run().new == 1
    assert world.run().is_nothing
    assert world.next_week() == ["new"]  # the crawl asked for them anew
    with world.ws.writing() as tx:
        tx.execute(update(store.snapshots).where(lost).values(file=""))
    assert world.run().is_nothing
    assert world.next_week() == []


def test_the_newest_thing_that_a_run_takes_in_is_the_beginning_of_the_last_crawl(world: World) -> None:
    world.week()
    world.now += timedelta(days=3)
    world.run()
    first, second = world.rows(derived.derivations)
    assert first["observed"] == second["observed"] == stamp(SUNDAY)


def test_a_crawl_that_lasts_past_the_week_is_of_the_week_in_which_it_began(world: World) -> None:
    world.crawl()
    begun = datetime(2026, 11, 22, 20, tzinfo=CHINA)
    ended = datetime(2026, 11, 23, 0, 10, tzinfo=CHINA)
    with world.ws.writing() as tx:
        tx.execute(update(store.runs).values(started=stamp(begun), ended=stamp(ended)))
        tx.execute(update(store.sources).values(checked=stamp(ended)))
        tx.execute(update(store.places).values(first_seen=stamp(ended), last_seen=stamp(ended)))
        tx.execute(update(store.snapshots).values(fetched=stamp(ended)))
    world.now = ended + timedelta(minutes=20)
    world.run()
    assert {(each.week, each.at) for each in world.events()} == {("2026-W47", stamp(ended))}
    assert world.rows(derived.derivations)[0]["observed"] == stamp(begun)
    with world.ws.engine.begin() as tx:
        assert View(tx).newest_cut(Week(2026, 47)) == 1


def test_a_run_notes_which_crawl_it_took_in(world: World) -> None:
    world.crawl()
    world.run()
    (crawl,) = world.rows(store.runs)
    counts = world.rows(derived.derivations)[0]["counts"]
    assert (counts["crawl"], counts["crawl_ended"]) == (crawl["id"], crawl["ended"])
    assert world.run().is_nothing


def test_a_crawl_that_lasts_beyond_midnight_is_of_the_week_in_which_it_began(world: World) -> None:
    world.week()
    world.web.put("yunling", "plan", page(PLAN, TEN), title=PLAN)
    world.web.drop("yunling", "report")
    world.web.silent.add("bureau")
    begun = datetime(2026, 11, 29, 15, 50, tzinfo=UTC)  # ten minutes before Monday in China
    minutes = iter(range(10_000))
    world.crawl(clock=lambda: begun + timedelta(minutes=next(minutes)))
    world.now = begun + timedelta(days=1)
    ran = world.run()
    events = world.events(ran)
    assert [each.kind for each in events] == ["changed", "withdrawn", "source_silent"]
    assert {each.week for each in events} == {"2026-W48"}
    assert max(each.at for each in events) > stamp(begun + timedelta(minutes=10))
    observed = world.rows(derived.derivations)[-1]["observed"]
    assert stamp(begun) <= observed < stamp(begun + timedelta(minutes=10))


# -- imports ----------------------------------------------------------------------------------------------------------


def test_nobody_looks_into_imports_that_are_as_they_were(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(world, tmp_path / "files", plan=page(PLAN, EIGHT))
    world.run()
    monkeypatch.setattr(warc, "find_held", lambda *given: pytest.fail("it scanned the archive"))
    assert world.run().is_nothing


def test_a_broken_import_is_told_and_stops_nothing(world: World, tmp_path: Path) -> None:
    bring(world, tmp_path / "files", plan=page(PLAN, EIGHT))
    (world.ws.archive / "import-0007.warc.gz").write_bytes(b"no archive at all")
    ran = world.run()
    assert ran.new == 1
    assert [str(each.path) for each in ran.failures] == ["archive/import-0007.warc.gz"]


def test_an_import_is_of_the_day_on_which_it_was_made_and_never_of_the_future(world: World, tmp_path: Path) -> None:
    bring(world, tmp_path / "files", plan=page(PLAN, EIGHT))
    (file,) = world.ws.archive.glob("import-*")
    when = SUNDAY - timedelta(days=2)
    os.utime(file, (when.timestamp(), when.timestamp()))
    world.run()
    assert world.events()[0].at == stamp(when)
    later = datetime.fromtimestamp(SUNDAY.timestamp() + 1e8)
    bring(world, tmp_path / "files", plan=page(PLAN, TEN))
    newest = max(world.ws.archive.glob("import-*"))
    os.utime(newest, (later.timestamp(), later.timestamp()))
    world.run()
    assert world.events()[-1].at == stamp(SUNDAY)
    assert world.rows(derived.derivations)[-1]["observed"] == stamp(SUNDAY)


def capture(folder: Path, name: str, text: str, when: str) -> Path:
    """What somebody crawled elsewhere."""
    return crawled(folder / f"{name}.warc.gz", ("/plan.html", OK, HTML, page(PLAN, text)), when=when)


def test_an_older_capture_of_a_page_that_comes_later_is_no_news(world: World, tmp_path: Path) -> None:
    import_paths([capture(tmp_path, "new", TEN, "2024-06-01T00:00:00Z")], world.ws.folder)
    assert world.run().new == 1
    import_paths([capture(tmp_path, "old", EIGHT, "2024-05-01T00:00:00Z")], world.ws.folder)
    assert world.run().documents == 1
    assert [each.kind for each in world.events()] == ["new"]
    assert "10%" in words_of(world, PLAN)
    import_paths([capture(tmp_path, "newer", EIGHT + OTHER, "2024-07-01T00:00:00Z")], world.ws.folder)
    assert world.run().changed == 1


def test_a_page_that_somebody_else_crawled_and_we_find_changed_is_a_change(world: World, tmp_path: Path) -> None:
    archive = crawled(
        tmp_path / "theirs.warc.gz",
        (Web.url("yunling", "plan"), OK, HTML, page(PLAN, TEN)),
        when="2024-06-01T00:00:00Z",
    )
    import_paths([archive], world.ws.folder)
    world.run()
    ran = world.week()
    assert sorted(each.kind for each in world.events(ran)) == ["changed", "new"]
    assert len(world.rows(derived.publications)) == 2


# -- marks and groups -------------------------------------------------------------------------------------------------


def test_a_mark_knows_bytes_and_text_apart() -> None:
    mark = read_mark(str(mark_of("a" * 64, "b" * 64)))
    assert len(str(mark)) == 64
    assert (mark.has_bytes("a" * 64), mark.has_bytes("c" * 64)) == (True, False)
    assert (mark.has_text("b" * 64), mark.has_text("c" * 64)) == (True, False)
    assert read_mark(str(mark_of(UNREAD, UNREADABLE))).is_unreadable
    assert read_mark(str(mark_of("a" * 64, UNKNOWN))).is_unknown


@pytest.mark.parametrize("outcome", list(Outcome), ids=str)
def test_every_outcome_of_a_source_is_of_a_group(outcome: Outcome) -> None:
    group = group_of(outcome)
    assert (group == "source_good") is outcome.is_good
    expected = {
        Outcome.UNREACHABLE: "source_silent", Outcome.SOFT_404: "source_silent", Outcome.RESTING: "source_blocked",
        Outcome.ROBOTS: "source_blocked", Outcome.PAGE_CAP: "source_layout", Outcome.OUT_OF_RANGE: "source_trouble",
        Outcome.INTERNAL: "source_trouble",
    }  # fmt: skip
    assert group == expected.get(outcome, group)


@pytest.mark.parametrize("outcome", ["", Outcome.INTERRUPTED, Outcome.BUDGET], ids=["none", "interrupted", "budget"])
def test_a_crawl_that_did_not_end_says_nothing_about_a_source(world: World, outcome: str) -> None:
    world.week()
    with world.ws.writing() as tx:
        tx.execute(update(store.sources).values(outcome=outcome))
    assert world.run().is_nothing
    assert {row["outcome"] for row in world.rows(derived.source_states)} == {"ok"}


# -- what does not change costs next to nothing -----------------------------------------------------------------------


def multiply(world: World, times: int) -> None:
    """Have so many copies of each document as if they stood on so many sites."""
    with world.ws.writing() as tx:
        for table in (
            store.sources, store.snapshots, store.rows, store.documents, store.places, derived.publications,
            derived.standings, derived.versions, derived.papers, derived.source_states,
        ):  # fmt: skip
            rows = tx.execute(table.select()).mappings().all()
            copies = [_copy(dict(row), number) for number in range(1, times) for row in rows]
            if copies:
                tx.execute(insert(table), copies)


def _copy(row: dict[str, object], number: int) -> dict[str, object]:
    for name, value in row.items():
        if (name == "id" and isinstance(value, int)) or name in ("snapshot_id", "row_id", "place_id", "version_id"):
            row[name] = int(str(value)) + number * 1000
        elif name in ("id", "document_id", "publication_id", "source_id", "doc_id"):
            row[name] = f"{str(value)[:8]}-{number}"
        elif name == "held":
            assert isinstance(value, dict)
            row[name] = {**value, "source": f"{value['source'][:8]}-{number}"}
    return row


def test_five_hundred_documents_that_did_not_change_are_asked_about_at_once(world: World) -> None:
    world.week()
    statements: list[str] = []
    event.listen(world.ws.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    counted = []
    for times in (1, 250):
        multiply(world, times)
        before = len(statements)
        assert world.run().is_nothing
        counted.append(len(statements) - before)
    assert len(world.rows(derived.publications)) == 500
    assert counted[1] == counted[0] < 60
