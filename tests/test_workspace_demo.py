"""The emulated sites over two weeks, and what a run tells of them: the planted news, each once, and nothing else."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import select

from pipeline import derived
from pipeline.analyze import analyze_paths
from pipeline.emulator.server import Emulator
from pipeline.emulator.world import demo_world
from pipeline.tables import read_export
from pipeline.workspace.place import open_workspace
from pipeline.workspace.run import Ran, run_workspace
from pipeline.workspace.view import read_workspace
from tests.crawls import run as crawl
from tests.crawls import sources_of

IMPATIENT = (1.0, 0.3)  # seconds to connect and to the next byte: one site falls silent


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Ran]]:
    """A workspace after two weeks, and what each run came to; each is run twice."""
    folder = tmp_path_factory.mktemp("weeks")
    ran = []
    with Emulator(demo_world) as emulator:
        sources = sources_of(emulator, demo_world(1), folder)
        for week in (1, 2):
            emulator.set_week(week)
            crawl(sources, folder / "workspace", timeout_s=IMPATIENT)
            with open_workspace(folder / "workspace") as ws:
                ran += [run_workspace(ws, time_limit=None) for _ in range(2)]
    analyze_paths([folder / "workspace"], folder / "export")
    return folder, ran


def events(folder: Path, ran: Ran) -> list[Any]:
    with open_workspace(folder / "workspace") as ws, ws.engine.connect() as tx:
        of = derived.events.c
        return list(tx.execute(select(derived.events).where(of.derivation_id == ran.derivation).order_by(of.id)))


@pytest.mark.slow
def test_the_first_week_is_all_new(weeks: tuple[Path, list[Ran]]) -> None:
    folder, ran = weeks
    assert Counter(each.kind for each in events(folder, ran[0])) == {"new": ran[0].new, "copy": ran[0].copies}
    assert ran[0].new > 20
    assert (ran[1].is_nothing, ran[3].is_nothing) == (True, True)


@pytest.mark.slow
def test_the_second_week_tells_the_planted_news_and_nothing_else(weeks: tuple[Path, list[Ran]]) -> None:
    folder, ran = weeks
    told = events(folder, ran[2])
    assert sorted((each.kind, each.source_id) for each in told) == [
        ("changed", "zhanpu"),
        ("furniture", "huayan"),
        ("new", "fengyuan"),
        ("source_blocked", "luxi"),
        ("source_silent", "binwang"),
        ("withdrawn", "yuwu"),
    ]
    about = {each.kind: each.data for each in told}
    (difference,) = about["changed"]["differences"]
    assert difference["kind"] == "lowered"
    assert about["changed"]["fields"] == {}
    assert about["new"]["title"] == "枫垣县2024年度法治政府建设情况报告"
    assert about["withdrawn"]["reason"] == "gone"
    assert (about["source_silent"]["outcome"], about["source_blocked"]["outcome"]) == ("unreachable", "challenge")


@pytest.mark.slow
def test_the_export_is_that_of_analysing_the_archive(weeks: tuple[Path, list[Ran]]) -> None:
    """But for documents that are withdrawn, which the archive does not tell from those that stand."""
    folder, _ = weeks
    found, expected = read_workspace(folder / "workspace", corrected=False), read_export(folder / "export")
    for name in ("documents", "sections", "commitments"):
        keys = ["doc_id"] if name == "documents" else ["doc_id", "start", "end", f"{name[:-1]}_id"]
        ours, theirs = (
            getattr(each, name).sort_values(keys, ignore_index=True) for each in (found, expected)
        )  # fmt: skip
        assert_frame_equal(ours, theirs, obj=name)
