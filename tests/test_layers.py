"""The stages know the records and leaf helpers, never each other; nothing loads a heavy package at import."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "pipeline"

# Who stands on whom: a module may import from its own layer's helpers and from any layer below.
LAYERS = (
    ("records", "errors", "text", "script", "guard", "moments"),
    ("numerals", "reference", "resources", "places", "corps", "forms", "voice", "colours", "signs", "weeks"),
    ("dates", "units", "exclusions", "bodies", "numbering", "lines"),
    ("mentions", "judging", "standards", "amounts", "numbers"),
    ("files",),
    ("parse", "segment", "classify", "extract", "workbook", "summary", "evaluate"),
    ("tables", "html_files", "html_page", "accounts", "inputs", "warc", "archive", "emulator"),
    ("schema",),
    ("crawled", "derived", "databases"),
    ("store", "migrations"),
    ("compare", "manifest"),
    ("report", "pictures", "research"),
    ("analyze", "nlp", "scrape"),
    ("cron", "toml_tables"),
    ("config",),
    ("workspace",),
    ("digest",),
    ("deliver",),
    ("backup",),
    ("weekly",),
    ("doctor",),
    ("watch",),
    ("train", "answers"),
    ("demo",),
    ("terminal",),
    ("cli_workspace",),
    ("cli",),
    ("__main__", "__init__"),
)
STAGES = ("parse", "segment", "classify", "extract", "evaluate")
HEAVY = (
    "pandas",
    "pyarrow",
    "xlsxwriter",
    "cnloc",
    "sklearn",
    "scipy",
    "skops",
    "spacy",
    "jieba",
    "rjieba",
    "lxml",
    "olefile",
    "pypdfium2",
    "PIL",
    "python_calamine",
    "pebble",
    "selectolax",
    "warcio",
    "cv2",
    "rapidocr",
    "bs4",
    "requests",
    "protego",
    "sqlalchemy",
    "apscheduler",
    "psycopg",
    "alembic",
    "matplotlib",
    "docx",
    "pyreadstat",
)


def layer_of(module: str) -> int:
    return next(place for place, names in enumerate(LAYERS) if module in names)


def imports(path: Path) -> set[str]:
    """The top-level modules of ours that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "pipeline" else [f"pipeline.{name.name}" for name in node.names]
        elif isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        found.update(name.split(".")[1] for name in names if name.startswith("pipeline."))
    return found


def sources() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    module = module_of(path)
    upward = {name for name in imports(path) - {module} if layer_of(name) > layer_of(module)}
    assert upward == set()


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_stage_imports_another(path: Path) -> None:
    module = module_of(path)
    if module in STAGES:
        assert imports(path) & (set(STAGES) - {module}) == set()


def test_the_package_and_its_command_load_nothing_heavy() -> None:
    code = f"import sys, pipeline, pipeline.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_a_worker_loads_no_table_library() -> None:
    code = f"import sys, pipeline.analyze; print([name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
