"""Reads the arrays of a skops archive with numpy alone, so that labelling never waits for scikit-learn to load.

A skops archive is a zip file: `schema.json` says of each object its class and its parts, and each array is a .npy file.
Whoever wants the estimators themselves opens the same file with `skops.io.load`.
Source: skops 0.16, skops/io/_numpy.py, _general.py and _sklearn.py, for the kinds of nodes read here.
"""

import json
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import NotFoundError, ReferenceDataError

SCHEMA = "schema.json"
# Where an object lay in the memory of who saved it, and by which versions it was saved.
FLEETING = ("__id__", "_skops_version", "_sklearn_version")


def read_archive(path: Path) -> Any:
    """Return what a skops archive holds: dicts, lists, arrays and scalars; an estimator as the dict of its parts.

    Raises:
        NotFoundError: there is no such file.
        ReferenceDataError: the file is no archive, or holds an object of a kind that is not read here.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _value(json.loads(archive.read(SCHEMA)), archive)
    except FileNotFoundError as error:
        raise NotFoundError(f"{path}: there is no such model") from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        raise ReferenceDataError(f"{path}: expected a skops archive of a headings model, but {error!r}") from error


def _value(node: Mapping[str, Any], archive: zipfile.ZipFile) -> Any:
    match node["__loader__"]:
        case "JsonNode":
            return json.loads(node["content"])
        case "NdArrayNode" if node["type"] == "numpy":
            return np.load(BytesIO(archive.read(node["file"])), allow_pickle=False)
        case "DictNode":
            return {key: _value(part, archive) for key, part in node["content"].items()}
        case "ListNode" | "TupleNode":
            return [_value(part, archive) for part in node["content"]]
        case "ObjectNode":
            return _value(node["content"], archive) if node["content"] else {}
    raise ValueError(f"a node {node['__loader__']} of {node['__class__']}")


def content_hash(path: Path) -> str:
    """Return the sha256 of what an archive holds, whenever and wherever it was saved.

    Two archives of the same estimators have other bytes: each file in the zip bears a time and a random name.
    """
    with zipfile.ZipFile(path) as archive:
        digest = sha256()
        _feed(json.loads(archive.read(SCHEMA)), archive, digest)
        return digest.hexdigest()


def _feed(node: Any, archive: zipfile.ZipFile, digest: Any) -> None:
    if isinstance(node, Mapping):
        for key in sorted(node):
            if key in FLEETING:
                continue
            digest.update(f"{key}=".encode())
            if key == "file":
                digest.update(sha256(archive.read(node[key])).digest())
            else:
                _feed(node[key], archive, digest)
    elif isinstance(node, list):
        digest.update(f"[{len(node)}".encode())
        for part in node:
            _feed(part, archive, digest)
    else:
        digest.update(f"{type(node).__name__}:{node};".encode())
