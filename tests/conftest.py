"""Fixtures that more than one test module needs."""

import os
from pathlib import Path

import pytest

from tests.databases import database, postgres, workspace

__all__ = ["database", "postgres", "workspace"]

os.environ.pop("FAZHI_DB", None)  # tests have databases of their own

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have modules with slow tests go first, so that no worker is left with one when the others are done."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the shared documents and their gold, which lies beside the checkout where there is one."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("no shared documents beside this checkout")
    return folder


@pytest.fixture(scope="session")
def demo_corpus() -> Path:
    """The bundled corpus."""
    return ROOT / "corpora" / "demo"
