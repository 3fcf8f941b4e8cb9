"""The whole way on the shared documents: scores above their floors, and an export that keeps its promises."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline.evaluate import Scores, render, score
from pipeline.evaluate.cases import NOT_IN_TEXT
from tests.conftest import ROOT
from tests.invariants import read_export, violations

LIMITS: dict[str, dict[str, float]] = tomllib.loads((ROOT / "tests" / "floors.toml").read_text(encoding="utf-8"))
FLOORS, CEILINGS = LIMITS["shared"], LIMITS["shared_ceilings"]


@pytest.fixture(scope="module")
def export(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shared documents, analysed by the command as a user would."""
    folder = tmp_path_factory.mktemp("quality") / "export"
    command = [sys.executable, "-m", "pipeline", "analyze", str(shared / "corpus"), "-o", str(folder), "--explain"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def scores(shared: Path, export: Path) -> Scores:
    return score(export, shared / "gold")


@pytest.mark.parametrize(("figure", "floor"), [pytest.param(*floor, id=floor[0]) for floor in FLOORS.items()])
def test_figure_is_not_below_its_floor(scores: Scores, figure: str, floor: float) -> None:
    assert scores.totals[figure] >= floor, render(scores)


@pytest.mark.parametrize(("figure", "ceiling"), [pytest.param(*one, id=one[0]) for one in CEILINGS.items()])
def test_figure_is_not_above_its_ceiling(scores: Scores, figure: str, ceiling: float) -> None:
    assert scores.totals[figure] <= ceiling, render(scores)


def test_all_annotated_documents_are_scored(scores: Scores) -> None:
    assert [error for error in scores.errors if error.layer == "document"] == []


def test_reference_gives_the_same_figures(shared: Path, export: Path, scores: Scores) -> None:
    command = [sys.executable, str(shared / "tools" / "score.py"), str(export), str(shared / "gold")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert {key: round(scores.totals[key], 4) for key in figures} == figures
    assert scores.totals.keys() - figures.keys() == {"heading_top2", "heading_ece", "heading_ece_alt"}  # ours alone


def test_every_annotated_line_is_in_the_text(scores: Scores) -> None:
    lost = [error for error in scores.errors if error.what == NOT_IN_TEXT and error.layer in ("sections", "headings")]
    assert lost == []


def test_export_keeps_its_promises(shared: Path, export: Path) -> None:
    assert violations(export, shared / "corpus") == []


def test_every_document_is_in_the_export(shared: Path, export: Path) -> None:
    names = [Path(exported.name).name for exported in read_export(export)]
    assert sorted(names) == sorted(path.name for path in (shared / "corpus").iterdir())
