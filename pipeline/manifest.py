"""What an export was made from: hashes of the documents, of our rules and of our models.

Equal manifests mean equal exports, on whatever machine: nothing here tells of a machine or of a day. What does differ
by machine, and should not matter, is kept apart in `environment`.
"""

import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.classify.archive import content_hash
from pipeline.errors import InputError, NotFoundError
from pipeline.resources import PACKAGE, bundled

if TYPE_CHECKING:
    from pipeline.tables import Export

MANIFEST = "manifest.json"
VERSION = 1  # of the manifest's own form

# Parts of the package that fetch, store, show or train, and decide nothing about a record. A part that is not
# named here counts as a rule, so that a new one is never forgotten.
NOT_RULES = frozenset(
    (
        "__main__.py", "_data", "answers", "backup.py", "cli.py", "cli_workspace.py", "config.py", "crawled.py",
        "cron.py", "databases.py", "deliver", "demo.py", "derived.py", "digest", "doctor.py", "emulator", "manifest.py",
        "migrations", "moments.py", "pictures", "report", "research", "schema.py", "scrape", "signs.py", "store.py",
        "templates", "terminal.py", "toml_tables.py", "train", "watch", "weekly.py", "weeks.py", "workspace",
    )
)  # fmt: skip
RULE_FILES = frozenset((".py", ".jsonl", ".json", ".yaml", ".toml"))
REFERENCE = "reference"
WEIGHTS = frozenset((".skops", ".npz", ".json"))  # what of a model's folder is the model; the rest is its card


def manifest(
    source: "Path | Export",
    *,
    added: Iterable[Path] = (),
    options: Mapping[str, Any] | None = None,
    origin: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the manifest of an export: the version, and the hashes of inputs, rules and models.

    Args:
        source: a folder with documents.jsonl, of which only three fields a document are kept in memory, or an export
            that was read.
        added: files of the user's own that took part, such as indicators or a headings model. Of several that have one
            name and not one content, the second and later ones are named `name (2)` and so on, in the order of hashes.
        options: what the user chose that the records depend on.
        origin: of what is made from an export, the manifest of that export: its rules may be older.

    Raises:
        NotFoundError: the folder has no documents.jsonl, or a file of *added* is not there.
        InputError: a line of documents.jsonl is no document.
    """
    inputs = sorted(_inputs_of_folder(source) if isinstance(source, Path) else _inputs_of_export(source))
    return {
        "manifest": VERSION,
        "fazhi": version("fazhi"),
        "inputs": {
            "sha256": _digest((digest or "").encode() for _, _, digest in inputs),
            "documents": [{"doc_id": doc_id, "name": name, "sha256": digest} for doc_id, name, digest in inputs],
        },
        "rules": dict(rules()),
        "models": dict(models()),
        "added": _added(added),
        "options": dict(options or {}),
        **({"origin": dict(origin)} if origin else {}),
    }


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest that lies in *folder*, None where there is none.

    Raises:
        InputError: what is there is no manifest.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_bytes())
    except ValueError as error:
        raise InputError(f"{path}: expected a manifest in JSON, got something else ({error})") from error
    if not isinstance(content, dict):
        raise InputError(f"{path}: expected a JSON object, got {type(content).__name__}")
    return content


def weights_of(folder: Path) -> list[Path]:
    """Return the files of a model's folder that are the model; the rest is its card."""
    return sorted(path for path in folder.iterdir() if path.suffix in WEIGHTS)


def write_manifest(
    source: "Path | Export",
    folder: Path,
    *,
    added: Iterable[Path] = (),
    options: Mapping[str, Any] | None = None,
) -> Path:
    """Write `manifest` of *source* to *folder* as manifest.json, keys sorted, and return its path."""
    path = folder / MANIFEST
    path.write_bytes(manifest_bytes(manifest(source, added=added, options=options)))
    return path


def manifest_bytes(content: Mapping[str, Any]) -> bytes:
    """Return *content* as the file holds it; equal contents give equal bytes."""
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode(errors="backslashreplace")


def environment() -> dict[str, Any]:
    """Return the versions of Python and of the libraries installed: for a bug report, not for a manifest."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
        "libraries": dict(sorted(_libraries())),
    }


@cache
def rules() -> Mapping[str, Any]:
    """Return the hash over all source and reference files that decide about records, and that of each reference file.

    Line ends do not count: a checkout on Windows has others.
    """
    files = {path.relative_to(PACKAGE).as_posix(): _text_hash(path) for path in _rule_files()}
    whole = _digest(part.encode() for item in sorted(files.items()) for part in item)
    reference = {name: digest for name, digest in files.items() if name.startswith(f"{REFERENCE}/")}
    return {"sha256": whole, "files": len(files), "reference": {k: v for k, v in reference.items() if k[-3:] != ".py"}}


@cache
def models() -> Mapping[str, Mapping[str, str]]:
    """Return the hashes of what the bundled models hold, by folder and file, whenever and wherever they were saved."""
    folders = sorted(path for path in bundled("models").iterdir() if path.is_dir())
    return {
        folder.name: {
            path.name: _model_hash(path) for path in weights_of(folder)
        }
        for folder in folders
    }  # fmt: skip


def _added(paths: Iterable[Path]) -> dict[str, str]:
    named: dict[str, str] = {}
    last = count = None
    for name, digest in sorted({(path.name, _hash_of(path)) for path in paths}):
        count = count + 1 if count and name == last else 1
        named[f"{name} ({count})" if count > 1 else name] = digest
        last = name
    return named


def _rule_files() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        parts = path.relative_to(PACKAGE).parts
        if path.suffix in RULE_FILES and parts[0] not in NOT_RULES and "__pycache__" not in parts:
            yield path


def _inputs_of_export(export: "Export") -> Iterator[tuple[str, str, str | None]]:
    columns = (export.documents[name].tolist() for name in ("doc_id", "name", "sha256"))
    for doc_id, name, digest in zip(*columns, strict=True):
        yield doc_id, name, digest if isinstance(digest, str) else None


def _inputs_of_folder(folder: Path) -> Iterator[tuple[str, str, str | None]]:
    path = folder / "documents.jsonl"
    if not path.is_file():
        raise NotFoundError(f"no documents.jsonl in {folder}; a manifest is of an export")
    with path.open("rb") as lines:
        for place, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line.decode("utf-8-sig"))
                yield row["doc_id"], row["name"], row["sha256"]
            except (ValueError, TypeError, KeyError) as error:
                raise InputError(f"{path} line {place}: expected a document, got {line[:60]!r} ({error!r})") from error


def _model_hash(path: Path) -> str:
    if path.suffix == ".skops":
        return content_hash(path)
    return _arrays_hash(path) if path.suffix == ".npz" else _text_hash(path)


def _arrays_hash(path: Path) -> str:
    """Return the hash of the arrays of an .npz, whose zip file bears times."""
    import numpy as np

    from pipeline.compare.similarity import content_hash as hash_of_arrays

    with np.load(path, allow_pickle=False) as arrays:
        return hash_of_arrays({name: arrays[name] for name in arrays.files})


def _hash_of(path: Path) -> str:
    if not path.is_file():
        raise NotFoundError(f"{path}: there is no such file to name in the manifest")
    return _model_hash(path) if path.suffix in WEIGHTS else _text_hash(path)


def _text_hash(path: Path) -> str:
    return sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _digest(parts: Iterable[bytes]) -> str:
    """Return a hash over *parts* in their order; where one ends and the next begins counts."""
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _libraries() -> Iterator[tuple[str, str]]:
    for requirement in requires("fazhi") or ():
        if ";" in requirement:
            continue  # of an extra
        name = requirement
        for mark in "<>=!~[ ":
            name = name.split(mark, 1)[0]
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "missing"
