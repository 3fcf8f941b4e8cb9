"""Comparisons as rows that are valid for a time: what came out as before stays, and only what is out of date is done."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from pipeline import derived
from pipeline.compare.coverage import find_coverage
from pipeline.compare.tracking import track_targets
from pipeline.workspace import comparing
from pipeline.workspace.place import Workspace
from pipeline.workspace.places import find_circles
from pipeline.workspace.run import Ran
from pipeline.workspace.view import Shelved, View
from tests.test_workspace_run import EIGHT, OTHER, PLAN, REPORT, TEN
from tests.visits import World, page

OUTLINE = ("outline",)
NEXT = REPORT.replace("2023", "2024")
ANSWER = "三、2024年全县行政诉讼败诉率为9%。"


@pytest.fixture
def world(workspace: Workspace, database: tuple[Path, str]) -> World:
    made = World(workspace, database[1])
    for source, place in (("yunling", "云岭县"), ("qinghe", "青禾县")):
        plan = PLAN.replace("云岭县", place)
        made.web.put(source, "plan", page(plan, EIGHT), title=plan)
    made.web.listed["bureau"] = []
    return made


def valid(world: World, table: Any) -> list[dict[str, Any]]:
    """The rows that are valid now, without their ids."""
    return [{k: v for k, v in row.items() if k != "id"} for row in world.rows(table) if row["until_id"] is None]


def of_run(world: World, ran: Ran, table: Any) -> list[Any]:
    return [row for row in world.rows(table) if row["since_id"] == ran.derivation]


def doc_id(world: World, title: str) -> str:
    with world.ws.engine.connect() as tx:
        documents = View(tx).export().documents
    return str(documents.loc[documents["title"] == title, "doc_id"].iloc[0])


def test_the_rows_are_those_of_comparing_everything_at_once(world: World) -> None:
    world.web.put("yunling", "report", page(NEXT, ANSWER), title=NEXT)
    world.week(references=("outline", PLAN))
    with world.ws.engine.connect() as tx:
        view = View(tx)
        export, coverage, tracking = view.export(), view.coverage(), view.tracking()
    expected = [find_coverage(export, each) for each in ("outline", doc_id(world, PLAN))]
    rows = [row for table in expected for row in table.to_dict("records")]
    assert sorted(map(repr, coverage.to_dict("records"))) == sorted(map(repr, rows))
    assert sorted(map(repr, tracking.to_dict("records"))) == sorted(map(repr, track_targets(export).to_dict("records")))


def test_a_new_report_touches_the_rows_of_its_place_alone(world: World) -> None:
    world.week(references=OUTLINE)
    others = [row for row in valid(world, derived.trackings) if row["place"] == "青禾县"]
    world.web.put("yunling", "report", page(NEXT, ANSWER), title=NEXT)
    world.now += timedelta(days=7)
    ran = world.week(references=OUTLINE)
    assert [row for row in valid(world, derived.trackings) if row["place"] == "青禾县"] == others != []
    fresh = of_run(world, ran, derived.trackings)
    assert {row["place"] for row in fresh} == {"云岭县"}
    assert {row["cause"] for row in fresh} == {"source"}
    assert "not_met" in {row["status"] for row in fresh}
    assert {row["doc_id"] for row in of_run(world, ran, derived.coverages)} == {doc_id(world, NEXT)}


def test_a_changed_plan_ends_the_rows_of_its_former_text(world: World) -> None:
    world.week(references=OUTLINE)
    before = doc_id(world, PLAN)
    world.web.put("yunling", "plan", page(PLAN, TEN), title=PLAN)
    world.now += timedelta(days=7)
    ran = world.week(references=OUTLINE)
    for table in (derived.coverages, derived.trackings):
        old = [row for row in world.rows(table) if before in (row.get("doc_id"), row.get("plan"))]
        assert {row["until_id"] for row in old} == {ran.derivation}
    assert len([row for row in valid(world, derived.coverages) if row["doc_id"] == doc_id(world, PLAN)]) == 35


def test_furniture_and_what_is_withdrawn_leave_all_rows_as_they_are(world: World) -> None:
    world.week(references=OUTLINE)
    before = [valid(world, table) for table in (derived.coverages, derived.trackings)]
    world.web.put("yunling", "plan", page(PLAN, EIGHT, footer="新的页脚"), title=PLAN)
    world.web.drop("qinghe", "plan")
    assert sorted(world.next_week(references=OUTLINE)) == ["furniture", "withdrawn"]
    assert [valid(world, table) for table in (derived.coverages, derived.trackings)] == before


def test_a_reference_that_is_asked_for_later_is_held_against_all_documents(world: World) -> None:
    world.week(references=OUTLINE)
    ran = world.run(references=("outline", PLAN))
    rows = of_run(world, ran, derived.coverages)
    assert {row["reference"] for row in rows} == {doc_id(world, PLAN)}
    assert {row["doc_id"] for row in rows} == {doc_id(world, PLAN.replace("云岭县", "青禾县"))}
    assert world.run(references=("outline", PLAN)).is_nothing


def test_a_reference_that_changes_is_held_against_all_documents_anew(world: World) -> None:
    world.week(references=(PLAN,))
    before = doc_id(world, PLAN)
    world.web.put("yunling", "plan", page(PLAN, TEN), title=PLAN)
    world.now += timedelta(days=7)
    ran = world.week(references=(PLAN,))
    old = [row for row in world.rows(derived.coverages) if row["reference"] == before]
    assert {row["until_id"] for row in old} == {ran.derivation}
    assert {row["reference"] for row in valid(world, derived.coverages)} == {doc_id(world, PLAN)}


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        pytest.param("云汀县2024年法治政府建设工作计划", "no document", id="nobody has published it"),
        pytest.param(REPORT, "a report", id="a report hands out no tasks"),
        pytest.param("2024年法治政府建设工作计划", "names 2 documents", id="two are called so"),
    ],
)
def test_a_reference_that_is_none_is_told_and_stops_nothing(world: World, reference: str, words: str) -> None:
    world.web.put("yunling", "report", page(REPORT, OTHER), title=REPORT)
    ran = world.week(references=(reference, "outline"))
    (note,) = ran.notes
    assert words in note
    assert len(valid(world, derived.coverages)) == 3 * 35


def test_a_document_whose_place_turns_out_to_be_another_is_tracked_there(world: World) -> None:
    """A report without a place in its title is taken for one of the place whose site it is on."""
    world.week(references=OUTLINE)
    with world.ws.writing() as tx:  # as if somebody had read it so at first
        of = derived.papers.c
        tx.execute(update(derived.papers).where(of.title == PLAN).values(jurisdiction="青禾县"))
        tx.execute(update(derived.publications).values(to_compare="source"))
    world.run(references=OUTLINE)
    assert {row["place"] for row in valid(world, derived.trackings)} == {"青禾县"}


def test_what_people_asked_to_compare_again_is_no_news(world: World) -> None:
    world.week(references=OUTLINE)
    with world.ws.writing() as tx:
        of = derived.commitments
        tx.execute(update(of).where(of.c.value == 8.0).values(value_text="6%以内"))
        tx.execute(update(derived.publications).values(to_compare="rules"))
    ran = world.run(references=OUTLINE)
    rows = of_run(world, ran, derived.trackings)
    assert {row["cause"] for row in rows} == {"rules"}
    assert world.events(ran) == []


def test_a_row_that_came_out_twice_in_one_run_is_there_once(world: World) -> None:
    world.week(references=OUTLINE)
    assert len({repr(sorted(row.items(), key=str)) for row in valid(world, derived.coverages)}) == 2 * 35
    ran = world.run(references=OUTLINE)
    assert of_run(world, ran, derived.coverages) == []


# -- which papers belong together -------------------------------------------------------------------------------------


def shelf(*rows: tuple[str, str | None, str | None]) -> list[Shelved]:
    """Documents of publications in places with codes."""
    return [
        Shelved(number, number, publication, f"d{number}", "", "", place, code)
        for number, (publication, place, code) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([("a", "云岭县", None), ("b", "云岭县", None)], ["ab"], id="one name"),
        pytest.param([("a", "云岭县", None), ("b", "青禾县", None)], ["a", "b"], id="two names"),
        pytest.param([("a", "云岭县", "990122"), ("b", "云岭乡", "990122")], ["ab"], id="one code"),
        pytest.param([("a", "鼓楼区", "990102"), ("b", "鼓楼区", "980102")], ["a", "b"], id="one name and two codes"),
        pytest.param([("a", "云岭县", None), ("b", "云岚市云岭县", "990122")], ["ab"], id="a name that ends with the other"),
        pytest.param([("a", "云岚市云岭县", None), ("b", "云岭县", None)], ["ab"], id="the other way round"),
        pytest.param(
            [("a", "鼓楼区", None), ("b", "鼓楼区", "990102"), ("c", "鼓楼区", "980102")], ["abc"],
            id="a name without a code may be that of either",
        ),
        pytest.param([("a", None, None), ("b", None, None)], ["a", "b"], id="no place is not a place"),
        pytest.param(
            [("a", "云岭县", None), ("a", "青禾县", None), ("b", "青禾县", None)], ["ab"], id="a bundle of two places"
        ),
    ],
)  # fmt: skip
def test_papers_that_may_be_of_one_place_are_compared_together(
    workspace: Workspace, rows: list[tuple[str, str | None, str | None]], expected: list[str]
) -> None:
    with workspace.engine.connect() as tx:
        circles = find_circles(tx, shelf(*rows), ())
        assert sorted("".join(sorted(each.publications)) for each in circles) == expected


def test_nothing_is_loaded_where_nothing_is_to_be_compared(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.week(references=OUTLINE)
    monkeypatch.setattr(comparing, "find_circles", lambda *given: pytest.fail("it looked at all documents"))
    assert world.run(references=OUTLINE).is_nothing
