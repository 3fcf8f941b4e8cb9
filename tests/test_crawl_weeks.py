"""What a second week changes on the emulated sites, and nothing else, is what a second crawl changes in the workspace."""

from collections import Counter
from typing import Any

import pytest

from pipeline.emulator.server import Emulator
from pipeline.emulator.world import demo_world
from pipeline.scrape.crawl import Crawled
from pipeline.scrape.outcomes import Outcome
from tests.crawls import holdings, run, sources_of

IMPATIENT = (1.0, 0.3)  # seconds to connect and to the next byte: one site falls silent
REPORT, PLAN = "枫垣县2024年度法治政府建设情况报告", "湛浦区2024年法治政府建设工作计划"
Weeks = tuple[dict[str, Any], dict[str, Any], dict[str, Any], Crawled]


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Weeks:
    """What the workspace holds after the first crawl, after another in the same week, and in week 2."""
    folder = tmp_path_factory.mktemp("weeks")
    workspace = folder / "workspace"
    with Emulator(demo_world) as emulator:
        sources = sources_of(emulator, demo_world(1), folder)
        held = []
        for week in (1, 1, 2):
            emulator.set_week(week)
            result = run(sources, workspace, timeout_s=IMPATIENT)
            held.append(holdings(workspace))
    return held[0], held[1], held[2], result


def changes(before: dict[str, Any], after: dict[str, Any], table: str) -> tuple[list[str], list[str]]:
    """The rows of a table that are gone, and those that came."""
    old, new = Counter(before[table]), Counter(after[table])
    return sorted((old - new).elements()), sorted((new - old).elements())


def outcomes(weeks: Weeks) -> dict[str, Outcome]:
    return {result.source.id: result.outcome for result in weeks[3].results}


def test_a_second_crawl_of_unchanged_sites_stores_nothing(weeks: Weeks) -> None:
    assert weeks[1] == weeks[0]


def test_the_new_report_and_the_changed_plan_are_the_only_new_documents(weeks: Weeks) -> None:
    gone, came = changes(weeks[0], weeks[2], "documents")
    assert gone == []
    assert len(came) == 2
    assert all(any(title in row for row in came) for title in (REPORT, PLAN))
    assert {result.source.id: result.new for result in weeks[3].results if result.new} == {"fengyuan": 1, "zhanpu": 1}


def test_a_changed_plan_replaces_what_stood_at_its_address_and_both_are_kept(weeks: Weeks) -> None:
    rows = [row for row in weeks[2]["places"] if "zhanpu" in row and "739b6c2a9b031533f6cfa77ab20b6b6e" in row]
    assert sorted(row.rsplit("'", 2)[1] for row in rows) == ["current", "replaced"]
    snapshots = [row for row in weeks[2]["snapshots"] if "739b6c2a9b031533f6cfa77ab20b6b6e" in row]
    assert len(snapshots) == 2


def test_a_vanished_report_is_withdrawn_and_kept(weeks: Weeks) -> None:
    gone, came = changes(weeks[0], weeks[2], "places")
    (before,) = (row for row in gone if "yuwu" in row)
    assert before.replace("'current'", "'withdrawn'") in came
    assert outcomes(weeks)["yuwu"].is_good


def test_another_footer_is_another_snapshot_of_the_same_document(weeks: Weeks) -> None:
    key = "huayan.test/huayan/c109001/202502"
    assert (
        len([row for row in weeks[2]["snapshots"] if key in row])
        == len([row for row in weeks[0]["snapshots"] if key in row]) + 1
    )
    assert [row for row in weeks[2]["places"] if "huayan" in row] == [
        row for row in weeks[0]["places"] if "huayan" in row
    ]


def test_a_silent_site_and_one_behind_a_challenge_are_named_and_keep_their_documents(weeks: Weeks) -> None:
    assert outcomes(weeks)["binwang"] is Outcome.UNREACHABLE
    assert outcomes(weeks)["luxi"] is Outcome.CHALLENGE
    for source in ("binwang", "luxi"):
        assert [row for row in weeks[2]["places"] if source in row] == [
            row for row in weeks[0]["places"] if source in row
        ]


def test_all_other_sites_are_as_they_were(weeks: Weeks) -> None:
    changed = {"fengyuan", "zhanpu", "yuwu", "huayan", "binwang", "luxi"}
    _, came = changes(weeks[0], weeks[2], "snapshots")
    assert [row for row in came if not any(name in row for name in changed)] == []
    assert {name for name, outcome in outcomes(weeks).items() if not outcome.is_good} == {"binwang", "luxi"}
