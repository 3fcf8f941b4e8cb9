"""Killed at any moment and started again, a run loses nothing, doubles nothing, and ends as if nobody had killed it."""

import random
import shutil
from pathlib import Path

import pytest

from pipeline import derived
from pipeline.workspace.place import Workspace, open_workspace
from tests.killing import derive, kill_amid, left_in, stop_after
from tests.test_workspace_run import BROKEN, EIGHT, OTHER, PLAN, REPORT, TEN
from tests.visits import World, page

YEARS = range(2019, 2023)
REFERENCES = ("outline", PLAN)
RULES = ("a" * 64, "b" * 64)
KILLS = 10  # of each week


def first_week(world: World) -> None:
    """Plans and reports of some years, one of which a second site has too."""
    for year in YEARS:
        plan, report = PLAN.replace("2024", str(year)), REPORT.replace("2023", str(year))
        world.web.put("yunling", f"plan{year}", page(plan, f"三、{year}年败诉率控制在{year - 2010}%以内。"), title=plan)
        world.web.put(
            "yunling", f"report{year}", page(report, f"三、{year}年出庭应诉率为9{year - 2015}%。"), title=report
        )
    world.web.put("yunling", "plan", page(PLAN, EIGHT), title=PLAN)
    world.web.put("bureau", "copy", page(PLAN, EIGHT), title=PLAN)
    world.web.put("bureau", "riddle.docx", BROKEN, title=PLAN.replace("2024", "2016"), media="application/msword")
    world.crawl()


def second_week(world: World) -> None:
    """Everything that can happen."""
    web = world.web
    web.put("yunling", "plan", page(PLAN, TEN), title=PLAN)
    web.put("bureau", "copy", page(PLAN, TEN), title=PLAN)
    web.put("yunling", "new", page(REPORT.replace("2023", "2024"), OTHER), title=REPORT.replace("2023", "2024"))
    web.put("yunling", "plan2020", page(PLAN.replace("2024", "2020"), "三、2020年败诉率控制在10%以内。", footer="新"),
            title=PLAN.replace("2024", "2020"))  # fmt: skip
    moving = web.pages[web.url("yunling", "plan2021")].body
    web.drop("yunling", "plan2021")
    web.put("bureau", "plan2021", moving, title=PLAN.replace("2024", "2021"))
    web.drop("yunling", "report2019")
    web.drop("yunling", "report2022", is_gone=False)
    one, other = (web.url("yunling", name) for name in ("report2020", "report2021"))
    web.pages[one], web.pages[other] = web.pages[other], web.pages[one]
    web.blocked.add("qinghe")
    world.crawl()


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A workspace after the first crawl, and one that was derived from then and crawled again."""
    folder = tmp_path_factory.mktemp("weeks")
    with open_workspace(folder / "one") as ws:
        world = World(ws, "")
        for name in world.sources:
            world.web.listed[name.id] = []
        first_week(world)
    shutil.copytree(folder / "one", folder / "two")
    derive(str(folder / "two"), "", RULES[0], REFERENCES)
    with open_workspace(folder / "two") as ws:
        world.ws = ws
        second_week(world)
    return folder / "one", folder / "two"


@pytest.fixture(params=[0, 1], ids=["first week", "second week, by other rules"])
def week(request: pytest.FixtureRequest, weeks: tuple[Path, Path]) -> tuple[Path, str]:
    """A workspace in which something is to be derived, and by which rules."""
    return weeks[request.param], RULES[request.param]


def copy_of(before: Path, folder: Path) -> Path:
    shutil.copytree(before, folder)
    return folder


def undisturbed(before: Path, rules: str, folder: Path) -> tuple[dict[str, list[str]], int]:
    """What a run leaves that nobody disturbs, and how many things it stores."""
    done = []
    derive(str(copy_of(before, folder)), "", rules, REFERENCES, lambda *told: done.append(told))
    return left(folder), len(done)


def left(folder: Path) -> dict[str, list[str]]:
    with open_workspace(folder) as ws:
        return left_in(ws)


@pytest.mark.slow
def test_a_run_that_is_cut_off_after_any_transaction_ends_as_an_undisturbed_one(
    week: tuple[Path, str], tmp_path: Path
) -> None:
    before, rules = week
    expected, steps = undisturbed(before, rules, tmp_path / "undisturbed")
    assert steps > 9
    for number in range(1, steps + 1):
        folder = copy_of(before, tmp_path / f"cut{number}")
        with pytest.raises(InterruptedError):
            derive(str(folder), "", rules, REFERENCES, stop_after(number))
        derive(str(folder), "", rules, REFERENCES)
        assert left(folder) == expected, number
        shutil.rmtree(folder)


@pytest.mark.slow
def test_a_run_killed_many_times_ends_as_an_undisturbed_one(week: tuple[Path, str], tmp_path: Path) -> None:
    before, rules = week
    expected, _ = undisturbed(before, rules, tmp_path / "undisturbed")
    folder = copy_of(before, tmp_path / "killed")
    chance = random.Random(20261122)
    kills, stages = 0, set[str]()
    while kills < KILLS:
        is_killed = kill_amid(folder, rules, REFERENCES, chance)
        told = left(folder)["derivation"]
        if is_killed and not any("'ended'" in each and rules in each for each in told):
            kills += 1
            stages.add(str(told))
        else:  # it had come to its end
            shutil.rmtree(folder)
            copy_of(before, folder)
    assert len(stages) > KILLS // 3  # it was killed in the midst of things
    derive(str(folder), "", rules, REFERENCES)
    assert left(folder) == expected


@pytest.fixture
def cut_off(workspace: Workspace, database: tuple[Path, str]) -> World:
    """A workspace on each database."""
    world = World(workspace, database[1])
    for name in world.sources:
        world.web.listed[name.id] = []
    world.web.put("yunling", "plan", page(PLAN, EIGHT), title=PLAN)
    world.web.put("yunling", "report", page(REPORT, OTHER), title=REPORT)
    return world


def test_a_run_goes_on_under_its_own_number(cut_off: World) -> None:
    cut_off.crawl()
    with pytest.raises(InterruptedError):
        cut_off.run(progress=stop_after(1))
    assert [row["state"] for row in cut_off.rows(derived.derivations)] == ["running"]
    ran = cut_off.run()
    assert [row["state"] for row in cut_off.rows(derived.derivations)] == ["ended"]
    assert (ran.new, ran.documents) == (2, 2)  # of both its lives
    assert {row["since_id"] for row in cut_off.rows(derived.versions)} == {ran.derivation}
