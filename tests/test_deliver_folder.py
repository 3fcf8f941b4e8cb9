"""A digest as files in a folder: whole, once, and never over somebody's file."""

import os
from pathlib import Path

import pytest

from pipeline.config import Reader
from pipeline.deliver.folder import copy_files, pack, place_file, unpack
from pipeline.deliver.outbox import next_due, send_waiting
from pipeline.deliver.records import RefusedError, RejectedError
from pipeline.errors import InputError
from pipeline.workspace.place import Workspace
from tests.deliveries import Clock, config, forms, outcome, ready
from tests.digests import WEEK, rich

FILES = forms(rich())
NAMES = sorted(FILES)


def copied(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def copy(folder: Path) -> None:
    copy_files(pack(FILES), folder, str(WEEK), mark=lambda: None)


def test_the_four_forms_lie_in_the_folder_of_the_week(tmp_path: Path) -> None:
    copy(tmp_path / "share" / "weekly")
    assert copied(tmp_path / "share" / "weekly" / "2026-W47") == FILES


def test_copied_again_nothing_is_written(tmp_path: Path) -> None:
    copy(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    copy(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_what_was_cut_off_is_completed(tmp_path: Path) -> None:
    place = tmp_path / "2026-W47"
    place.mkdir()
    (place / NAMES[0]).write_bytes(FILES[NAMES[0]])
    (place / f".{NAMES[1]}.new").write_bytes(b"half")
    copy(tmp_path)
    assert copied(tmp_path) == FILES


def test_a_file_with_other_bytes_is_left_alone_and_told(tmp_path: Path) -> None:
    place = tmp_path / "2026-W47"
    place.mkdir()
    (place / "digest.md").write_bytes(b"somebody's own")
    with pytest.raises(RejectedError, match=r"digest\.md 已经存在，内容不同"):
        copy(tmp_path)
    assert (place / "digest.md").read_bytes() == b"somebody's own"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(RefusedError, match="Permission denied"):
        copy(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "2026-W47").write_bytes(b"")
    with pytest.raises(RefusedError, match=r"写不进去（(File exists|Not a directory)"):
        copy(tmp_path)


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(RefusedError, match="Is a directory"):
        place_file(tmp_path / "x", b"1")


@pytest.mark.parametrize("name", ["../evil", "a/b", "..", ".hidden", "", "/etc/x"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="expected the name of a file"):
        pack({name: b"1"})


def test_packed_files_come_out_as_they_went_in() -> None:
    assert unpack(pack(FILES)) == FILES


def test_a_folder_that_is_in_the_way_is_tried_again_and_a_file_is_not(workspace: Workspace, tmp_path: Path) -> None:
    told = config(tmp_path, Reader("a", folder=tmp_path / "a"), Reader("b", folder=tmp_path / "b"))
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "b" / "2026-W47").mkdir(parents=True)
    (tmp_path / "b" / "2026-W47" / "digest.html").write_bytes(b"other")
    ready(workspace, told)
    clock = Clock()
    result = send_waiting(workspace, told, now=clock)
    assert outcome(result) == {"waiting": [str(tmp_path / "a")], "failed": [str(tmp_path / "b")]}
    (tmp_path / "a").unlink()
    clock.at = next_due(workspace, now=clock) or clock()
    assert outcome(send_waiting(workspace, told, now=clock)) == {"sent": [str(tmp_path / "a")]}
    assert copied(tmp_path / "a") == FILES
