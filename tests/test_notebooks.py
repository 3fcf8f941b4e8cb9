"""The notebooks: nothing defined, no outputs stored, and each runs, on the bundled corpus and on whatever a reader has."""

import ast
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from pipeline.analyze import analyze_paths
from tests.conftest import ROOT
from tests.exports import paper

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
EACH = pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in NOTEBOOKS])
LONGEST_CELL = 24  # lines: a cell is read at a glance
TIME_LIMIT = 300  # seconds for one cell, on a machine that has other things to do

# Run before the first cell: warnings are errors there, too, but for those of the kernel's own machinery.
STRICT = f"""
import sys, warnings
assert sys.prefix == {sys.prefix!r}, sys.prefix
warnings.simplefilter("error")
for name in ("IPython", "asyncio", "ipykernel", "jupyter_client", "matplotlib_inline", "tornado", "traitlets", "zmq"):
    warnings.filterwarnings("ignore", module=rf"{{name}}(\\.|$)")
"""

# What a run on the bundled corpus must show: what was planted there, as corpora/README.md promises it.
SHOWN = {
    "01-first-look": ["16 documents", "SHA-256 as in the export: True", "县司法局"],
    "02-comparing-counties": ["10 pairs of places in one year, 0 of them clearly different", "9.6%", "单位不同"],
    "03-missing-tasks": ["target_lower", "deadline_later", "lead_absent", "行政裁决", "关于", "缺口矩阵"],
    "04-plan-against-report": ["湛浦区2024 plan", "not_met", "9.6%", "单位不同（学时与天）", "loosened"],
    "05-how-good-is-it": ["Cohen's kappa 0.9", "judgements", "missing"],
    "06-adding-your-own": [
        "night_market_inspections",
        "a percent is not given in '次'",
        "1 corrections fit a section, 0 do not",
    ],
}
PICTURES = {"02-comparing-counties": 2, "03-missing-tasks": 2, "04-plan-against-report": 1, "05-how-good-is-it": 2}

PLAN = paper(
    "云岭县", 2024, "行政诉讼败诉率控制在8%以内（县司法局牵头）。", "6月底前公布行政裁量权基准（县司法局牵头）。"
)
REPORT = paper("云岭县", 2024, "审结行政诉讼案件50件，败诉5件，行政诉讼败诉率10%。", kind="工作报告", head="主要工作")
BARE = "工作情况\n一、概况\n今年以来，各项工作有序推进。\n"  # no place, no year, no commitment


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the kernels of this machine's user, and what they leave behind, out of it."""
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
        (tmp_path / name.lower()).mkdir()
    for name in ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "PYTHONWARNINGS"):
        monkeypatch.delenv(name, raising=False)


def code_of(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def run(path: Path, folder: Path, export: Path | None = None) -> NotebookNode:
    """Run a notebook in *folder*; the line that names the reader's own documents is changed as a reader would."""
    notebook = nbformat.read(path, as_version=4)
    if export is not None:
        code_of(notebook)[0].source = f"EXPORT = {str(export)!r}"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(STRICT))
    work = folder / "work"
    work.mkdir()
    NotebookClient(
        notebook, timeout=TIME_LIMIT, kernel_name="python3", resources={"metadata": {"path": str(work)}}
    ).execute()
    assert list(work.iterdir()) == []  # a notebook leaves nothing where it stands
    return notebook


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in code_of(notebook) for output in cell.outputs]


def text_of(output: NotebookNode) -> str:
    data = output.get("data", {})
    return str(output.get("text", "") or data.get("text/html", "") or data.get("text/plain", ""))


def complaints(notebook: NotebookNode) -> list[str]:
    return [text_of(output) for output in outputs(notebook) if output.get("name") == "stderr"]


def lacking(notebook: NotebookNode, words: Sequence[str]) -> list[str]:
    everything = "\n".join(map(text_of, outputs(notebook)))
    return [each for each in words if each not in everything]


def test_there_are_six_notebooks() -> None:
    assert [path.stem[:3] for path in NOTEBOOKS] == ["01-", "02-", "03-", "04-", "05-", "06-"]


@EACH
def test_outputs_are_stripped(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    stored = [
        cell.id for cell in code_of(notebook) if cell.outputs or cell.execution_count is not None or cell.metadata
    ]
    assert stored == []


@EACH
def test_format_is_4_5_with_ids_that_name_their_cells(path: Path) -> None:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert [each for each in ids if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", each)] == []  # said by a person, not drawn
    assert notebook.metadata.kernelspec.name == "python3"


@EACH
def test_nothing_is_defined(path: Path) -> None:
    code = "\n".join(cell.source for cell in code_of(nbformat.read(path, as_version=4)))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    assert [node.name for node in ast.walk(ast.parse(code)) if isinstance(node, kinds)] == []


@EACH
def test_the_first_cell_is_the_one_variable_of_the_reader(path: Path) -> None:
    first, *others = code_of(nbformat.read(path, as_version=4))
    assert re.fullmatch(r"EXPORT = None  # or the folder that fazhi analyze wrote, .+", first.source)
    assert [cell.id for cell in others if re.search(r"^EXPORT\s*=", cell.source, re.MULTILINE)] == []


@EACH
def test_cells_are_short(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.id for cell in cells if len(cell.source.splitlines()) > LONGEST_CELL] == []


def test_links_lead_to_notebooks_that_are_there() -> None:
    texts = [cell.source for path in NOTEBOOKS for cell in nbformat.read(path, as_version=4).cells]
    named = {
        name
        for text in [*texts, (FOLDER / "README.md").read_text("utf-8")]
        for name in re.findall(r"\]\(([^)]+)\)", text)
    }
    assert named == {path.name for path in NOTEBOOKS}


@pytest.mark.slow
@EACH
def test_it_runs_on_the_bundled_corpus_and_shows_what_was_planted(path: Path, tmp_path: Path) -> None:
    notebook = run(path, tmp_path)
    assert complaints(notebook) == []
    assert lacking(notebook, SHOWN[path.stem]) == []
    pictures = [output for output in outputs(notebook) if "image/png" in output.get("data", {})]
    assert len(pictures) == PICTURES.get(path.stem, 0)


@pytest.mark.slow
@EACH
def test_it_runs_on_one_document_that_says_nothing(path: Path, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "bare.txt").write_text(BARE, encoding="utf-8")
    assert complaints(run(path, tmp_path, documents)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("02-comparing-counties", ["1 rates with both counts", "云岭县"], id="one place, one year"),
        pytest.param("04-plan-against-report", ["not_met", "超出2个百分点"], id="a target missed"),
    ],
)
def test_it_runs_on_an_export_of_the_reader(name: str, shown: list[str], tmp_path: Path) -> None:
    for stem, text in (("plan", PLAN), ("report", REPORT)):
        (tmp_path / f"{stem}.txt").write_text(text, encoding="utf-8")
    analyze_paths([tmp_path / "plan.txt", tmp_path / "report.txt"], tmp_path / "out")
    notebook = run(FOLDER / f"{name}.ipynb", tmp_path, tmp_path / "out")
    assert complaints(notebook) == []
    assert lacking(notebook, ["云岭县", *shown]) == []


@pytest.mark.slow
def test_a_warning_in_a_cell_is_an_error(tmp_path: Path) -> None:
    cells = [
        nbformat.v4.new_code_cell(source)
        for source in ("EXPORT = None", "import warnings\nwarnings.warn('old', DeprecationWarning)")
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "old.ipynb")
    with pytest.raises(CellExecutionError, match="DeprecationWarning"):
        run(tmp_path / "old.ipynb", tmp_path)
