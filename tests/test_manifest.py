"""The manifest names what an export was made from, and nothing of the machine that made it."""

import ast
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline import manifest as manifests
from pipeline import tables
from pipeline.errors import InputError, NotFoundError
from tests import factories

PACKAGE = Path(manifests.__file__).parent
ROOT = PACKAGE.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = [
        factories.document(name=f"{name}.txt", sha256=digest * 64) for name, digest in (("甲", "a"), ("乙", "b"))
    ]
    analyses = [factories.analysis(replace(one, doc_id=f"d{at}")) for at, one in enumerate(documents)]
    tables.write_export(analyses, tmp_path / "export")
    return tmp_path / "export"


def test_an_export_on_disk_and_one_read_have_the_same_manifest(folder: Path) -> None:
    made = manifests.manifest(folder)
    assert made == manifests.manifest(tables.read_export(folder))
    assert [one["sha256"] for one in made["inputs"]["documents"]] == ["a" * 64, "b" * 64]
    assert made["models"].keys() >= {"confidence", "headings"}
    assert "reference/outline.yaml" in made["rules"]["reference"]


def test_the_order_of_documents_does_not_count(folder: Path) -> None:
    before = manifests.manifest(folder)
    lines = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "documents.jsonl").write_text("".join(reversed(lines)), encoding="utf-8")
    assert manifests.manifest(folder) == before


def test_another_byte_of_a_source_is_another_manifest(folder: Path) -> None:
    before = manifests.manifest(folder)["inputs"]["sha256"]
    path = folder / "documents.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("a" * 64, "c" * 64), encoding="utf-8")
    assert manifests.manifest(folder)["inputs"]["sha256"] != before


def test_it_is_written_with_sorted_keys_and_the_same_bytes_each_time(folder: Path) -> None:
    path = manifests.write_manifest(folder, folder)
    first = path.read_bytes()
    manifests.write_manifest(folder, folder)
    assert path.read_bytes() == first
    assert list(json.loads(first)) == sorted(json.loads(first))


def test_nothing_in_it_tells_of_the_machine(folder: Path) -> None:
    told = manifests.environment()
    text = manifests.manifest_bytes(manifests.manifest(folder)).decode()
    assert told["libraries"]["pandas"]
    assert not any(word in text for word in (str(ROOT), told["python"], told["libraries"]["pandas"]))


def test_a_file_of_the_users_own_is_named_by_its_content(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "mine.jsonl"
    own.write_bytes(b'{"id": 1}\n')
    first = manifests.manifest(folder, added=[own])["added"]
    own.write_bytes(b'{"id": 1}\r\n')
    assert manifests.manifest(folder, added=[own])["added"] == first
    own.write_bytes(b'{"id": 2}\n')
    assert manifests.manifest(folder, added=[own])["added"] != first


def test_files_of_one_name_are_all_named(folder: Path, tmp_path: Path) -> None:
    paths = []
    for part, content in (("a", "1"), ("b", "2"), ("c", "1")):
        (tmp_path / part).mkdir()
        paths.append(tmp_path / part / "mine.jsonl")
        paths[-1].write_text(content)
    added = manifests.manifest(folder, added=paths)["added"]
    assert list(added) == ["mine.jsonl", "mine.jsonl (2)"]
    assert len(set(added.values())) == 2
    assert manifests.manifest(folder, added=paths[::-1])["added"] == added


def test_a_card_states_the_hash_that_the_manifest_has() -> None:
    stated = 0
    for name, files in manifests.models().items():
        hashes = re.findall(r"\b[0-9a-f]{64}\b", (ROOT / "models" / name / "README.md").read_text(encoding="utf-8"))
        stated += len(hashes)
        assert set(hashes) <= set(files.values()), name
    assert stated >= 3


def test_arrays_are_named_by_what_they_hold_and_not_by_when_they_were_saved(tmp_path: Path) -> None:
    hashes = []
    for name, stop in (("a.npz", 3), ("b.npz", 3), ("c.npz", 4)):
        np.savez(tmp_path / name, x=np.arange(stop), y=np.zeros(2))
        hashes.append(manifests._model_hash(tmp_path / name))
    data = (tmp_path / "a.npz").read_bytes()
    (tmp_path / "d.npz").write_bytes(data)
    assert hashes[0] == hashes[1] != hashes[2]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        pytest.param("[]", InputError, id="no object"),
        pytest.param('{"doc_id": "x"}', InputError, id="no hash"),
        pytest.param("{", InputError, id="no JSON"),
        pytest.param(None, NotFoundError, id="no file"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, line: str | None, error: type[Exception]) -> None:
    if line is not None:
        (tmp_path / "documents.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(error, match=r"documents\.jsonl"):
        manifests.manifest(tmp_path)


def test_parts_that_are_no_rules_are_there() -> None:
    assert {name for name in manifests.NOT_RULES - {"_data"} if not (PACKAGE / name).exists()} == set()


def test_no_rule_stands_on_a_part_that_is_left_out_of_the_hash() -> None:
    """Whatever decides about a record counts: what analyze, compare and tables import, and what that imports."""
    seen: set[str] = set()
    queue = ["analyze", "compare", "tables"]
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        folder = PACKAGE / name
        for path in folder.rglob("*.py") if folder.is_dir() else [PACKAGE / f"{name}.py"]:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pipeline"):
                    parts = node.module.split(".")
                    queue += [parts[1]] if len(parts) > 1 else [one.name for one in node.names]
    left_out = {name.removesuffix(".py") for name in manifests.NOT_RULES} - {
        "manifest"
    }  # it tells, and decides nothing
    assert seen & left_out == set()


def test_rules_have_one_hash_whatever_the_line_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(PACKAGE / "reference", tmp_path / "reference", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(manifests, "PACKAGE", tmp_path)
    manifests.rules.cache_clear()
    unix = manifests.rules()
    for path in (tmp_path / "reference").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    manifests.rules.cache_clear()
    assert manifests.rules() == unix
    (tmp_path / "reference" / "outline.yaml").write_bytes(b"changed")
    manifests.rules.cache_clear()
    assert manifests.rules()["sha256"] != unix["sha256"]
    manifests.rules.cache_clear()
