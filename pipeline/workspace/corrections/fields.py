"""Which fields of which records may be put right, and what is accepted for each.

A value is kept in its normal form: the label for its Chinese name, the id for the name of an indicator or a body.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pipeline import workbook
from pipeline.bodies import normal_bodies
from pipeline.errors import InputError, NotFoundError
from pipeline.places import find_place, places_by_code
from pipeline.records import Level
from pipeline.reference import bodies, indicators, outline
from pipeline.tables import resolved
from pipeline.workspace.corrections.records import REJECTED, Record

CODE = re.compile("[1-9][0-9]{5}")
YEARS = range(1949, 2101)
Reader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field that may be put right."""

    label: str  # for people
    read: Reader  # returns the normal form of a value; raises InputError or NotFoundError
    can_be_empty: bool = True  # takes null
    words: Mapping[Any, str] | None = None  # of a closed set, for people


def _text(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise InputError(f"expected a text, got {value!r}")


def _whole(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise InputError(f"expected a whole number, got {value!r}")
    return int(number)


def _number(value: Any) -> float:
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise InputError(f"expected a number, got {value!r}")
    return number


def _within(numbers: range) -> Reader:
    def read(value: Any) -> int:
        if (number := _whole(value)) not in numbers:
            raise InputError(f"expected a whole number from {numbers[0]} to {numbers[-1]}, got {value!r}")
        return number

    return read


def _day(value: Any) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise InputError(f"expected a date such as 2026-11-22, got {value!r}") from None


def _flag(value: Any) -> bool:
    if value is True:
        return True
    raise InputError(f"expected true (undo a correction to take it back), got {value!r}")


def _place(value: Any) -> str:
    """Return the name of a place, which may be given by its code."""
    told = _text(value)
    if not CODE.fullmatch(told):
        return told
    if told not in places_by_code():
        raise NotFoundError(f"no place with the code {told}; name it instead")
    return places_by_code()[told].name


def _code(value: Any) -> str:
    told = str(value).strip() if isinstance(value, str | int) else ""
    if not CODE.fullmatch(told):
        raise InputError(f"expected a code of GB/T 2260 of six digits, got {value!r}")
    return told


def _several(read: Reader) -> Reader:
    def read_all(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise InputError(f"expected a list, got {value!r}")
        return list(dict.fromkeys(map(read, value)))

    return read_all


def _one_of(name: str, labels: Callable[[], Mapping[Any, str]]) -> Reader:
    return lambda value: resolved(value, labels(), name)


@cache
def indicator_names() -> Mapping[str, str]:
    """Return the names of the indicators of the catalogue by their ids."""
    return {one.id: one.name for one in indicators()}


@cache
def _body_names() -> Mapping[str, str]:
    return {one.id: one.name.replace("{L}", "").replace("{P}", "") for one in bodies()}


@cache
def _item_titles() -> Mapping[str, str]:
    return {item.id: item.title for item in outline().items}


def _closed(label: str, name: str, labels: Mapping[Any, str], *, can_be_empty: bool = False) -> Field:
    return Field(label, _one_of(name, lambda: labels), can_be_empty, labels)


_HEADING = _closed("纲要标题", "heading", workbook.HEADING_LABELS)
_IDS = Field("", _several(_one_of("body", _body_names)), can_be_empty=False)
_NAMES = Field("", _several(_text), can_be_empty=False)

FIELDS: Mapping[Record, Mapping[str, Field]] = {
    "document": {
        "title": Field("标题", _text),
        "kind": _closed("文件类型", "kind", workbook.KIND_LABELS),
        "year": Field("年份", _within(YEARS)),
        "jurisdiction": Field("地区", _place),
        "jurisdiction_code": Field("行政区划代码", _code),
        "level": _closed("层级", "level", workbook.LEVEL_LABELS),
        "body": Field("部门", _text),
        "issuer": Field("发文机关", _text),
        "doc_number": Field("发文字号", _text),
        "index_number": Field("索引号", _text),
        "written": Field("成文日期", _day),
        "issued": Field("印发日期", _day),
        "published": Field("发布日期", _day),
    },
    "section": {
        "heading": _HEADING,
        "items": Field("纲要条目", _several(_one_of("outline item", _item_titles)), can_be_empty=False),
    },
    "commitment": {
        "type": _closed("类型", "type", workbook.TYPE_LABELS),
        "stance": _closed("性质", "stance", workbook.STANCE_LABELS),
        "subject": Field("指标对象", _text),
        "indicators": Field("指标", _several(_one_of("indicator", indicator_names)), can_be_empty=False),
        "comparator": _closed("比较", "comparator", workbook.COMPARATOR_LABELS, can_be_empty=True),
        "bound": _closed("增减幅度的上下限", "bound", workbook.COMPARATOR_LABELS, can_be_empty=True),
        "value": Field("数值", _number),
        "value_max": Field("上限", _number),
        "unit": Field("单位", _text),
        "period": _closed("周期", "period", workbook.PERIOD_LABELS, can_be_empty=True),
        "every": Field("每隔", _within(range(1, 101))),
        "begins": Field("起始", _day),
        "deadline": Field("期限", _day),
        "reference": Field("参照", _text),
        "lead": Field("牵头", _NAMES.read, can_be_empty=False),
        "support": Field("配合", _NAMES.read, can_be_empty=False),
        "lead_ids": Field("牵头单位编号", _IDS.read, can_be_empty=False),
        "support_ids": Field("配合单位编号", _IDS.read, can_be_empty=False),
        "heading": _HEADING,
        REJECTED: Field("剔除", _flag, can_be_empty=False),
    },
}


def read_value(record: Record, field: str, value: Any) -> Any:
    """Return the normal form of what a field is to hold.

    Raises:
        NotFoundError: the field cannot be put right, or the value is not in its closed set; the message lists both.
        InputError: the value is of another type.
    """
    fields = FIELDS[record]
    if field not in fields:
        raise NotFoundError(f"no field {field!r} of a {record} to put right; there are {', '.join(fields)}")
    if value is None:
        if fields[field].can_be_empty:
            return None
        raise InputError(f"{field} of a {record} cannot be empty, but got null")
    try:
        return fields[field].read(value)
    except InputError as error:
        raise InputError(f"{field} of a {record}: {error}") from error


def implied_by(
    record: Record, field: str, value: Any, *, told: Any = None, year: int | None = None, level: Level = "other"
) -> dict[str, Any]:
    """Return the other cells of a record that follow from a value, as the lists know them today.

    Args:
        record: of which the field is.
        field: that is put right.
        value: in its normal form.
        told: as the person gave it; a code tells which of several places of one name is meant.
        year: of the document, since places change their codes.
        level: of the document, to which a bare name such as 司法局 belongs.
    """
    match record, field:
        case "document", "jurisdiction":
            place = places_by_code().get(str(told)) or (find_place(value, year=year) if value else None)
            # A code that belongs to another name is worse than none.
            return {"jurisdiction_code": place.code, "level": place.level} if place else {"jurisdiction_code": None}
        case "commitment", ("lead" | "support"):
            return {f"{field}_ids": _body_ids(value, level)}
        case "commitment", "indicators":
            return {"indicator_score": 1.0 if value else None}
    return {}


def _body_ids(names: Sequence[str], level: Level) -> list[str]:
    return list(dict.fromkeys(each for name in names for each in normal_bodies(name, level=level)))


def in_words(record: Record, field: str, value: Any) -> str:
    """Return a value as people read it.

    >>> in_words("document", "kind", "plan"), in_words("commitment", "value", 95.0), in_words("commitment", "lead", [])
    ('计划', '95', '（空）')
    """
    words = FIELDS[record][field].words or {}
    if value is None or value == []:
        return "（空）"
    if isinstance(value, list):
        return "、".join(str(each.get("item") if isinstance(each, dict) else each) for each in value)
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    return words.get(value, str(value))
