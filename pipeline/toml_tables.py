"""TOML tables read strictly: each key by its kind, what is wrong told with table and key, all of it together."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(slots=True)
class TableReader:
    """A table of a TOML file; each of its methods reads one key, and notes what is wrong with it."""

    data: Mapping[str, Any]
    folder: Path  # paths are relative to it
    problems: list[str]  # of the file
    name: str = ""  # [mail]; "" for the keys before the first table
    _known: list[str] = field(default_factory=list)

    def tell(self, key: str, problem: str) -> None:
        """Note what is wrong with a key."""
        self.problems.append(f"{self.name} {key}: {problem}".lstrip())

    def text(
        self, key: str, default: str = "", *, must: bool = False, check: Callable[[str], str] | None = None
    ) -> str:
        """Read a text in one line; *check* says what is wrong with it, "" for nothing."""
        value = self._typed(key, str, 'a text such as "…"')
        if value is None:
            if must and key not in self.data:
                self.tell(key, "expected, but it is missing")
            return default
        value = value.strip()
        problem = ""
        if any(ord(each) < 32 or ord(each) == 127 for each in value):
            problem = "expected a text in one line, got line breaks or control characters"
        elif must and not value:
            problem = "expected a text, got an empty one"
        elif value and check:
            problem = check(value)
        if problem:
            self.tell(key, problem)
            return default
        return str(value)

    def texts(self, key: str, *, check: Callable[[str], str] | None = None) -> tuple[str, ...]:
        """Read a list of texts, each once."""
        found = []
        for value in self.values(key, str, 'a list of texts such as ["…"]'):
            value = value.strip()
            if problem := "expected a text, got an empty one" if not value else check(value) if check else "":
                self.tell(key, problem)
            else:
                found.append(value)
        return tuple(dict.fromkeys(found))

    def values(self, key: str, kind: type | tuple[type, ...], expected: str) -> list[Any]:
        """Read a list of values of certain types."""
        found = self._typed(key, list, expected)
        if found is None:
            return []
        for value in found:
            if not isinstance(value, kind) or isinstance(value, bool):
                self.tell(key, f"expected {expected}, got {value!r} in it")
                return []
        return list(found)

    def whole(self, key: str, default: int, *, least: int, most: int) -> int:
        """Read a whole number."""
        value = self._typed(key, int, f"a whole number from {least} to {most}")
        if value is None:
            return default
        if not least <= value <= most:
            self.tell(key, f"expected a whole number from {least} to {most}, got {value}")
            return default
        return int(value)

    def truth(self, key: str) -> bool:
        """Read true or false; false where the key is missing."""
        return bool(self._typed(key, bool, "true or false"))

    def choice(self, key: str, choices: Collection[str], default: str) -> str:
        """Read one of a closed set of words."""
        return self.text(
            key,
            default,
            check=lambda value: "" if value in choices else f"expected one of {', '.join(choices)}; got {value!r}",
        )

    def path(self, key: str, *, must: bool = False) -> Path | None:
        """Read a path, relative to the file."""
        value = self.text(key, must=must)
        if not value:
            return None
        try:
            return self.folder / Path(value).expanduser()
        except RuntimeError:  # no home
            self.tell(key, f"expected a path, got {value!r} where nobody has a home folder")
            return None

    def secret(self, key: str, *, must: bool = False) -> tuple[str, Path | None]:
        """Read where a secret is: the variable, or the file, that holds it."""
        self._known.append(key)
        value = self.data.get(key)
        if value is None:
            if must:
                self.tell(key, "expected, but it is missing")
            return "", None
        if isinstance(value, str):
            self.tell(
                key,
                'expected { env = "NAME" } or { file = "path" }, got a plain text: no secret stands in this file',
            )
            return "", None
        if not isinstance(value, dict) or len(value) != 1 or not value.keys() <= {"env", "file"}:
            got = f"the keys {', '.join(value) or 'none'}" if isinstance(value, dict) else type(value).__name__
            self.tell(key, f'expected {{ env = "NAME" }} or {{ file = "path" }}, got {got}')
            return "", None
        inner = TableReader(value, self.folder, self.problems, f"{self.name} {key}".lstrip())
        return inner.text("env", must="env" in value, check=_variable_problem), inner.path("file", must="file" in value)

    def table(self, key: str) -> "TableReader | None":
        """Read a table."""
        value = self._typed(key, dict, f"a table [{key}]")
        return None if value is None else TableReader(value, self.folder, self.problems, f"[{key}]")

    def tables(self, key: str, title: str) -> list["TableReader"]:
        """Read a list of tables, each called by the text that it has under *title*."""
        found = []
        for number, value in enumerate(self.values(key, dict, f"tables [[{key}]]"), start=1):
            named = value.get(title)
            called = named if isinstance(named, str) and named.strip() else f"number {number}"
            found.append(TableReader(value, self.folder, self.problems, f"[[{key}]] {called}"))
        return found

    def close(self) -> None:
        """Note the keys that nobody asked for, each with the one that may have been meant."""
        for key in self.data:
            if key not in self._known:
                near = get_close_matches(key.lower(), self._known, n=1, cutoff=0.6)
                meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(self._known)}"
                self.tell(key, f"there is no such key; {meant}")

    def _typed(self, key: str, kind: type, expected: str) -> Any:
        """Return the value of a key, None where it is missing or of another type."""
        self._known.append(key)
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.tell(key, f"expected {expected}, got {value!r}")
            return None
        return value


def _variable_problem(name: str) -> str:
    """Say that a text names no variable; not which, since it may be the secret itself."""
    return "" if VARIABLE.fullmatch(name) else "expected the name of a variable, of letters, digits and _"
