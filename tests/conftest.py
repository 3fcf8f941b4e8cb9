"""Fixtures that more than one test module needs."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


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
