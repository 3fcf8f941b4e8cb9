"""A document of an export beside its gold, and where the strings of the one stand in the other."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import InputError, NotFoundError
from pipeline.evaluate.results import FIELDS, Error

Row = Mapping[str, Any]
Keys = Mapping[str, type]

NOWHERE = -1  # what str.find answers for a string that is not there
NOT_IN_TEXT = "gold string not in the text"
EXCERPT = 40  # characters of a passage in an error, enough to find it by search

# The keys that scoring cannot do without, and what their values must be; any other may be absent.
EXPORT_KEYS: Mapping[str, Keys] = {
    "documents": {"doc_id": str, "name": str, "text": str},
    "sections": {"doc_id": str, "section_id": str, "start": int, "end": int},
    "commitments": {"doc_id": str, "start": int},
    "coverage": {"doc_id": str, "reference": str, "item": object, "status": str},
}
GOLD_KEYS: Mapping[str, Keys] = {
    "commitments": {"quote": str, "value_text": str, **dict.fromkeys(FIELDS, object)},
    "sections": {"starts_with": str, "level": int, "parent": object},
    "headings": {"starts_with": str, "heading": int},
    "indicators": {"anchor": str, "value_text": str, "indicators": list},
    "coverage": {"item": str, "status": str, "alt": list},
}


class Span(NamedTuple):
    """A stretch of squeezed text, half-open."""

    start: int
    end: int

    def shared_with(self, other: "Span") -> int:
        """Return how many characters both have; negative where they lie apart."""
        return min(self.end, other.end) - max(self.start, other.start)

    def hull_with(self, other: "Span") -> int:
        """Return how many characters lie between the outermost ends of both."""
        return max(self.end, other.end) - min(self.start, other.start)


@dataclass(frozen=True, slots=True)
class Case:
    """One document of the export beside its gold."""

    name: str
    document: Row
    text: str  # squeezed
    places: Sequence[int]  # in the squeezed text, of each offset of the document's text
    export: Mapping[str, Sequence[Row]]  # the document's own rows, in reading order
    gold: Mapping[str, Sequence[Row]]  # a layer that is not annotated has no key
    about: Row  # metadata; empty where the gold has none

    def span(self, row: Row, start_key: str = "start", end_key: str = "end") -> Span:
        """Return where the stretch that *row* names stands in the squeezed text."""
        start, end = row.get(start_key), row.get(end_key)
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end < len(self.places)):
            raise InputError(
                f"{self.document['name']}: {start_key} and {end_key} should lie within the text of "
                f"{len(self.places) - 1} characters, but are {start} and {end}"
            )
        return Span(self.places[start], self.places[end])

    def error(self, layer: str, what: str, where: object = "") -> Error:
        """Return a disagreement about this document, its passage cut short."""
        return Error(self.name, layer, what, " ".join(str(where or "").split())[:EXCERPT])


def read_rows(path: Path, keys: Keys, *, optional: bool = False) -> list[Row]:
    """Return the objects of a JSON Lines file, each of which must have *keys*."""
    if optional and not path.exists():
        return []
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFoundError(f"expected a file {path}, but there is none") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: expected UTF-8, but {error}") from error
    # Not splitlines: it also breaks at U+2028, which may stand inside a JSON string.
    numbered = enumerate(content.split("\n"), start=1)
    return [_read_row(line, keys, f"{path}, line {number}") for number, line in numbered if line.strip()]


def _read_row(line: str, keys: Keys, where: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where}: expected JSON, but {error}") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: expected a JSON object, but found {line.strip()[:EXCERPT]}")
    if lacking := [key for key in keys if key not in row]:
        raise InputError(f"{where}: expected the keys {', '.join(lacking)}, but found {', '.join(row)}")
    for key, kind in keys.items():
        if not isinstance(row[key], kind):
            raise InputError(f"{where}: expected a value of type {kind.__name__} for {key}, but found {row[key]!r}")
    return row


def read_export(folder: Path) -> dict[str, list[Row]]:
    """Return the tables that are scored; coverage alone may be absent."""
    return {
        table: read_rows(folder / f"{table}.jsonl", keys, optional=table == "coverage")
        for table, keys in EXPORT_KEYS.items()
    }


def gold_names(folder: Path, wanted: Sequence[str] | None) -> list[str]:
    """Return the annotated documents' names, sorted, or of them the ones wanted."""
    endings = [f".{layer}.jsonl" for layer in GOLD_KEYS]
    names = sorted({path.name.removesuffix(end) for end in endings for path in folder.glob(f"*{end}")})
    if not names:
        layers = ", ".join(GOLD_KEYS)
        raise NotFoundError(
            f"expected annotated documents, NAME.LAYER.jsonl with a layer out of {layers}, in {folder}, "
            "but there are none"
        )
    if unknown := sorted(set(wanted or ()) - set(names)):
        raise NotFoundError(f"no gold for {', '.join(unknown)} in {folder}; there is gold for {', '.join(names)}")
    return [name for name in names if not wanted or name in wanted]


def read_gold(folder: Path, name: str) -> dict[str, list[Row]]:
    """Return the layers annotated for one document."""
    paths = {layer: folder / f"{name}.{layer}.jsonl" for layer in GOLD_KEYS}
    return {layer: read_rows(path, GOLD_KEYS[layer]) for layer, path in paths.items() if path.exists()}


def open_case(
    name: str, document: Row, export: Mapping[str, Sequence[Row]], gold: Mapping[str, Sequence[Row]], about: Row
) -> Case:
    """Put a document, its own rows and its gold side by side."""
    text, places = squeezed_places(document["text"])
    mine = {table: [row for row in rows if row["doc_id"] == document["doc_id"]] for table, rows in export.items()}
    for table in ("sections", "commitments"):
        mine[table].sort(key=lambda row: row["start"])
    # Without a coverage table the layer is left out; with one, an item that it lacks is a wrong answer.
    asked = {layer: rows for layer, rows in gold.items() if layer != "coverage" or export["coverage"]}
    return Case(name, document, text, places, mine, asked, about)


def squeezed_places(text: str) -> tuple[str, tuple[int, ...]]:
    """Return *text* squeezed, and where in it each of its offsets is, that of its end included."""
    pieces = [_plain(char) for char in text]
    return "".join(pieces), tuple(accumulate(map(len, pieces), initial=0))


@cache
def _plain(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKC", char) if not part.isspace())


def squeeze(string: str) -> str:
    """Return *string* after NFKC and without white space."""
    # One character at a time, unlike text.squeeze: a sign and its accent must not merge, or offsets would lose them.
    return "".join(map(_plain, string))


def locate(text: str, strings: Iterable[str]) -> list[int]:
    """Return where each squeezed string starts, read on from the one before it, or else from the top."""
    starts, last = [], 0
    for string in strings:
        start = text.find(string, last)
        if start == NOWHERE:
            start = text.find(string)
        if start != NOWHERE:
            last = start
        starts.append(start)
    return starts


def occurrences(text: str, string: str) -> Iterator[int]:
    """Yield where *string* starts in *text*, overlapping ones too."""
    start = text.find(string)
    while start != NOWHERE:
        yield start
        start = text.find(string, start + 1)


def told(want: object, got: object) -> str:
    """Return the words for a wrong answer."""
    return f"expected {want!r}, got {got!r}"
