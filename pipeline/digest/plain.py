"""A digest as JSON, for programs, and back: what is written is read as the same digest, and nothing else is read.

The reader follows the annotations of the records, so that a field added there is written and asked for here.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pipeline.digest.records import Digest
from pipeline.errors import InputError

FORMAT = "fazhi-digest"
SCHEMA = 1  # raised when a program that read the last one could misread this one

HALF = re.compile("[\ud800-\udfff]")  # of a surrogate pair: no UTF-8 has it, so it is written by its number


def render_json(digest: Digest) -> bytes:
    """Return a digest as JSON (UTF-8, a value a line); equal digests whose mappings have one order give equal bytes."""
    written = {"format": FORMAT, "schema": SCHEMA} | _plain(digest)
    text = json.dumps(written, ensure_ascii=False, indent=1, allow_nan=False)
    return (HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text) + "\n").encode()


def read_json(content: bytes) -> Digest:
    """Return the digest that `render_json` wrote.

    Raises:
        InputError: it is no such digest; the message names the first thing that is otherwise, and where it stands.
    """
    try:
        told = json.loads(content.decode(), object_pairs_hook=_object, parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise InputError(f"expected a digest in UTF-8, got other bytes at {error.start}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"expected a digest in JSON, got {error.msg} at character {error.pos}") from error
    except InputError:
        raise
    except ValueError as error:
        raise InputError("expected a digest in JSON, got a number of thousands of digits") from error
    except RecursionError as error:
        raise InputError("expected a digest in JSON, got values nested too deep") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise InputError(f"expected an object with the format {FORMAT!r}, got {_brief(told)}")
    if type(told.get("schema")) is not int or told["schema"] != SCHEMA:
        raise InputError(f"expected schema {SCHEMA} of {FORMAT}, got {_brief(told.get('schema'))}")
    digest: Digest = _record({key: told[key] for key in told if key not in ("format", "schema")}, Digest, "digest")
    for key, evidence in digest.evidence.items():
        if key != evidence.id:
            raise InputError(f"expected the id {key!r} at digest.evidence.{key}, got {evidence.id!r}")
    return digest


@cache
def _written(record: type[Any]) -> tuple[str, ...]:
    """Return the fields that are written: those that make two records equal or different."""
    return tuple(field.name for field in fields(record) if field.compare)


@cache
def _kinds(record: type[Any]) -> dict[str, Any]:
    return get_type_hints(record)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kinds = _kinds(type(value))
        told = {name: _plain(getattr(value, name)) for name in _written(type(value))}
        return {name: float(one) if kinds[name] is float else one for name, one in told.items()}  # 3 and 3.0 are equal
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise InputError(f"expected each name once in an object, got {max(names, key=names.count)!r} twice")
    return made


def _constant(name: str) -> float:
    raise InputError(f"expected numbers, got {name}")


def _brief(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


# --- values by their annotation ------------------------------------------------------------------------------------


def _read(value: Any, kind: Any, where: str) -> Any:
    """Return *value* as the record holds it, if it is of *kind*."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(value, kind, where)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if value is None else _read(value, next(one for one in inner if one is not NoneType), where)
    if origin is Literal:
        if value in inner and isinstance(value, str):
            return value
        raise InputError(f"expected one of {', '.join(inner)} at {where}, got {_brief(value)}")
    if origin is tuple:
        if not isinstance(value, list):
            raise InputError(f"expected a list at {where}, got {_brief(value)}")
        return tuple(_read(one, inner[0], f"{where}[{at}]") for at, one in enumerate(value))
    if origin is Mapping:
        if not isinstance(value, dict):
            raise InputError(f"expected an object at {where}, got {_brief(value)}")
        return {key: _read(one, inner[1], f"{where}.{key}") for key, one in value.items()}
    return SCALARS[kind](value, where)


def _record(value: Any, kind: Any, where: str) -> Any:
    known = _written(kind)
    if not isinstance(value, dict):
        raise InputError(f"expected an object at {where}, got {_brief(value)}")
    if unknown := [name for name in value if name not in known]:
        raise InputError(f"expected the fields {', '.join(known)} at {where}, got {unknown[0]!r}")
    if absent := [name for name in known if name not in value]:
        raise InputError(f"expected the field {absent[0]!r} at {where}, got only {', '.join(value) or 'none'}")
    kinds = _kinds(kind)
    return kind(**{name: _read(value[name], kinds[name], f"{where}.{name}") for name in known})


def _text(value: Any, where: str) -> str:
    if isinstance(value, str):
        return value
    raise InputError(f"expected a text at {where}, got {_brief(value)}")


def _whole(value: Any, where: str) -> int:
    if type(value) is int:  # True is no number
        return value
    raise InputError(f"expected a whole number at {where}, got {_brief(value)}")


def _number(value: Any, where: str) -> float:
    try:
        if type(value) in (int, float) and isfinite(value):
            return float(value)
    except OverflowError:  # a whole number beyond all floats
        pass
    raise InputError(f"expected a number at {where}, got {_brief(value)}")


def _flag(value: Any, where: str) -> bool:
    if isinstance(value, bool):
        return value
    raise InputError(f"expected true or false at {where}, got {_brief(value)}")


def _day(value: Any, where: str) -> date:
    try:
        if isinstance(value, str) and (day := date.fromisoformat(value)).isoformat() == value:
            return day
    except ValueError:
        pass
    raise InputError(f"expected a day such as 2026-11-16 at {where}, got {_brief(value)}")


SCALARS: Mapping[Any, Callable[[Any, str], Any]] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _flag,
    date: _day,
}
