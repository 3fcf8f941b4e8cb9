"""Two thousand broken files: each is a document or has a reason, in time, in memory, and without a trace on the disk."""

import resource
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.files import Limits
from pipeline.guard import Late, run_each
from pipeline.inputs import Input, load
from pipeline.parse import parse_page
from tests.broken import broken_files

NUMBER = 2_000
SECONDS = 30.0
MEGABYTES = 1_000


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a broken file: a reason, or "" for a document."""

    reason: str
    seconds: float
    megabytes: float  # that reading it and those before it added to the process


def held() -> float:
    """Megabytes that this process has used at most: a fork begins with those of the process that made it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def read(path: Path, before: float) -> Fate:
    """Read a file as the command does, down to its document."""
    begun = time.monotonic()
    try:
        for page in load(Input(path, path.parent), Limits()):
            parse_page(page)
        reason = ""
    except InputError as error:
        reason = str(error)
    return Fate(reason, time.monotonic() - begun, held() - before)


@pytest.fixture(scope="module")
def fates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Fate | Late]:
    """Every broken file by its name with its fate; a traceback would end the run."""
    folder = tmp_path_factory.mktemp("broken")
    names = []
    for number, (name, content) in enumerate(broken_files(NUMBER)):
        (folder / f"{number:04}").write_bytes(content)
        names.append(name)
    paths = sorted(folder.iterdir())
    results = run_each(partial(read, before=held()), paths, jobs=2, time_limit=SECONDS)
    return {f"{path.name} {names[int(path.name)]}": fate for path, fate in results}


@pytest.mark.slow
def test_every_broken_file_is_a_document_or_has_its_reason(fates: dict[str, Fate | Late]) -> None:
    assert len(fates) == NUMBER
    assert {name: fate.reason for name, fate in fates.items() if isinstance(fate, Late)} == {}
    silent = [name for name, fate in fates.items() if fate.reason and ": expected " not in fate.reason]
    assert silent == []


@pytest.mark.slow
def test_reasons_are_one_sentence_each(fates: dict[str, Fate | Late]) -> None:
    assert [name for name, fate in fates.items() if "\n" in fate.reason or len(fate.reason) > 600] == []


@pytest.mark.slow
def test_no_broken_file_takes_a_gigabyte(fates: dict[str, Fate | Late]) -> None:
    sizes = {name: fate.megabytes for name, fate in fates.items() if isinstance(fate, Fate)}
    assert {name: size for name, size in sizes.items() if size > MEGABYTES} == {}


@pytest.mark.slow
def test_nothing_is_written_beside_the_files(
    fates: dict[str, Fate | Late], tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert fates
    assert not Path("/tmp/fazhi-escaped.txt").exists()
    assert not Path("/etc/fazhi-escaped").exists()
    assert {path.name for path in tmp_path_factory.getbasetemp().glob("broken*/*") if not path.name.isdigit()} == set()
