"""A researcher's own indicators: YAML files that add to the bundled catalogue, or change entries of it.

```yaml
indicators:
  - id: night_market_inspections     # small letters, digits and _; an id of the catalogue changes that entry
    name: 夜市检查次数
    item: "14"                       # of the national outline, 1 to 35; the heading follows from it
    kind: count                      # count, percent, duration, deadline, frequency, money or ratio
    unit: 次
    synonyms: [夜市检查, 检查夜市摊点]  # what is measured, without the value; … joins parts that do not touch
    near_misses: [夜市摊位数]         # looks alike and is not it
    near_miss_ids: [administrative_inspections]
```

All fields are those of `Indicator`. An entry with an id of the catalogue needs only the fields that it changes; null
clears one that an indicator may do without (`period: null`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import NotFoundError, ReferenceDataError
from pipeline.reference import Indicator, indicator_problems, indicators, outline

ID = re.compile(r"[a-z][a-z0-9_]*")
FIELDS = tuple(part.name for part in fields(Indicator))
LISTS = tuple(part.name for part in fields(Indicator) if str(part.type).startswith("tuple"))
NUMBERS = ("heading", "every", "alt_headings")
SWITCHES = ("nearest", "extended", "fallback")
CLEARED = tuple(part.name for part in fields(Indicator) if part.default is None)  # what null may stand for
# What an entry may leave out though an indicator must have it.
OPTIONAL: Mapping[str, Any] = {"direction": "neutral", "near_misses": (), "near_miss_ids": ()}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file of indicators: which entry, and what was expected and came."""

    file: Path
    entry: str
    sentence: str

    def __str__(self) -> str:
        """Return one line for the person at the keyboard."""
        return f"{self.file}, {self.entry}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Custom:
    """The catalogue with the entries of some files, and what is wrong with them."""

    catalogue: tuple[Indicator, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    homes: Mapping[str, Path]  # the last file that each of these came from
    problems: tuple[Problem, ...]


class _StrictLoader(yaml.SafeLoader):
    """Reads YAML in which a key stands once in a mapping, as the format demands and its parser does not."""

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        """Return a mapping as it is written, before keys are merged into it, which may rightly stand twice."""
        node: yaml.MappingNode = super().compose_mapping_node(anchor)
        seen = set()
        for key, _ in node.value:
            name = str(key.value)
            if (key.tag, name) in seen:
                said = f"the key {name} stands in its entry a second time"
                raise yaml.MarkedYAMLError(problem=said, problem_mark=key.start_mark)
            seen.add((key.tag, name))
        return node


def read_indicators(files: str | Path | Iterable[str | Path]) -> tuple[Indicator, ...]:
    """Return the bundled catalogue with what *files* add or change; a later file wins.

    Args:
        files: one YAML file or several; none gives the bundled catalogue.
    Raises:
        NotFoundError: a file is not there.
        ReferenceDataError: an entry is not as it should be; the message names the first problem and counts the rest.
        OSError: a file cannot be read.
    """
    stamps = tuple((file, _time_of(file)) for file in _paths(files))
    return _read_checked(stamps) if stamps else indicators()


def _paths(files: str | Path | Iterable[str | Path]) -> list[Path]:
    return [Path(files)] if isinstance(files, str | Path) else [Path(file) for file in files]


def _time_of(file: Path) -> int:
    """Return when a file was written, in nanoseconds."""
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        raise NotFoundError(f"expected a file of indicators {file}, but there is none") from None


@lru_cache(maxsize=8)  # a worker asks for each of its documents; a file that changed has another time
def _read_checked(stamps: tuple[tuple[Path, int], ...]) -> tuple[Indicator, ...]:
    custom = check_files([file for file, _ in stamps])
    if custom.problems:
        more = len(custom.problems) - 1
        rest = f" (and {more} more: fazhi doctor lists them)" if more else ""
        raise ReferenceDataError(f"{custom.problems[0]}{rest}")
    return custom.catalogue


def check_files(files: str | Path | Iterable[str | Path]) -> Custom:
    """Return the bundled catalogue with what *files* add or change, and everything that is wrong with them.

    Raises:
        NotFoundError: a file is not there.
        OSError: a file cannot be read.
    """
    known = {indicator.id: indicator for indicator in indicators()}
    homes: dict[str, Path] = {}
    problems: list[Problem] = []
    for file in _paths(files):
        for entry, row in _entries(file, problems):
            name = str(row.get("id", entry))
            if homes.get(name) == file:
                problems.append(Problem(file, name, "expected an id once in a file, but it occurs twice"))
            wrong = [Problem(file, name, sentence) for sentence in _row_problems(row, known.get(name))]
            problems.extend(wrong)
            if not wrong:
                known[name] = _made(row, known.get(name))
                homes[name] = file
    catalogue = tuple(known.values())
    problems.extend(
        Problem(homes[name], name, sentence) for name, sentence in indicator_problems(catalogue) if name in homes
    )
    bundled = {indicator.id for indicator in indicators()}
    added = tuple(name for name in homes if name not in bundled)
    return Custom(catalogue, added, tuple(name for name in homes if name in bundled), homes, tuple(problems))


def _entries(file: Path, problems: list[Problem]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the entries of a file with a name to call them by; what is no entry goes to *problems*."""
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), _StrictLoader)
    except FileNotFoundError:
        raise NotFoundError(f"expected a file of indicators {file}, but there is none") from None
    except yaml.YAMLError as error:
        problems.append(Problem(file, "the file", f"expected YAML, but it cannot be read: {_place(error)}"))
        return
    except UnicodeDecodeError as error:
        problems.append(Problem(file, "the file", f"expected UTF-8, but byte {error.start} is none"))
        return
    except ValueError as error:  # what looks like a date and is none
        problems.append(Problem(file, "the file", f"expected YAML, but it cannot be read: {error}"))
        return
    rows = content.get("indicators") if isinstance(content, dict) else None
    if not isinstance(rows, list) or list(content) != ["indicators"]:
        came = ", ".join(map(str, content)) if isinstance(content, dict) else type(content).__name__
        problems.append(Problem(file, "the file", f"expected a list under the one key indicators, but got {came}"))
        return
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            yield f"entry {number}", row
        else:
            came = type(row).__name__
            problems.append(Problem(file, f"entry {number}", f"expected fields with values, but got {came}"))


def _place(error: yaml.YAMLError) -> str:
    """Return what a YAML parser complains of, in one line."""
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or "it is no YAML"
    return f"line {mark.line + 1}: {said}" if mark else str(said)


def _row_problems(row: Mapping[str, Any], before: Indicator | None) -> Iterator[str]:
    """Yield what keeps an entry from being made into an indicator, or from changing the one *before*."""
    name = row.get("id")
    if not (isinstance(name, str) and ID.fullmatch(name)):
        yield f"expected an id of small letters, digits and _, but got {name!r}"
    unknown = [str(key) for key in row if key not in FIELDS]
    if unknown:
        yield f"expected fields out of {', '.join(FIELDS)}, but got {', '.join(unknown)}"
    if before is None:
        free = {"id", "name_en", "heading", *OPTIONAL}
        needed = [part.name for part in fields(Indicator) if part.default is MISSING and part.name not in free]
        missing = [field for field in needed if field not in row]
        if missing:
            yield f"expected {', '.join(missing)} too, since no indicator of the catalogue has this id"
    for field, value in row.items():
        if field in FIELDS and field != "id" and not _is_right(field, value):
            yield f"expected {_said(field)} as {field}, but got {value!r}"


def _is_right(field: str, value: Any) -> bool:
    """Say whether a field's value is of its type; an item may be written as a number."""
    if value is None:
        return field in CLEARED
    if field in LISTS:
        return isinstance(value, list) and all(
            _is_right("heading" if field in NUMBERS else "name", one) for one in value
        )
    if field in SWITCHES:
        return isinstance(value, bool)
    if field in NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool)
    return (isinstance(value, str) and bool(value.strip())) or (field == "item" and isinstance(value, int))


def _said(field: str) -> str:
    """Return in words what a field takes."""
    one = "a number" if field in NUMBERS else "true or false" if field in SWITCHES else "text"
    return f"a list, each {one}," if field in LISTS else one


def _made(row: Mapping[str, Any], before: Indicator | None) -> Indicator:
    """Return the indicator of an entry without problems."""
    given: dict[str, Any] = {field: tuple(value) if isinstance(value, list) else value for field, value in row.items()}
    if "item" in given:
        given["item"] = str(given["item"])
        places = {item.id: item.heading for item in outline().items}
        given.setdefault("heading", places.get(given["item"], 0))
    if before is not None:
        return replace(before, **given)
    return Indicator(**{"name_en": given["name"], "extended": True, **OPTIONAL, **given})
