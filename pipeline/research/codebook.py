"""What each column of each table of a data package means: type, unit, words in Chinese and English, values, source.

A column without words here cannot be written, so that the codebook is never behind the tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from pipeline import workbook
from pipeline.compare.columns import COVERAGE, TRACKING
from pipeline.compare.indicators import LONG, PAIR
from pipeline.errors import NotFoundError, ReferenceDataError
from pipeline.signs import COVERAGE_SIGNS, TRACKING_SIGNS
from pipeline.tables import COMMITMENT, COMPARABLE, CORRECTION, DOCUMENT, NUMBER, SECTION

Type = Literal["text", "list", "json", "integer", "number", "date", "boolean", "category"]
Source = Literal["printed", "rules", "model", "file", "id", "compared", "people"]
SOURCES: Mapping[Source, str] = {
    "printed": "read from the document as printed; 照录原文",
    "rules": "found or converted by rules; 由规则识别、换算",
    "model": "given by a model, see its card; 由模型判定",
    "file": "about the source file; 来源文件的情况",
    "id": "computed from the content; 由内容算出的编号",
    "compared": "computed by comparing records; 由记录比较得出",
    "people": "said by a person; 人工填写",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a closed set, with the number that stands for it in Stata and SPSS."""

    code: int
    value: str  # as in the CSV file
    zh: str
    en: str
    is_missing: bool = False  # declared missing in SPSS


@dataclass(frozen=True, slots=True)
class Variable:
    """A column and its meaning."""

    name: str
    type: Type
    zh: str
    en: str
    source: Source
    unit: str = ""
    values: tuple[Value, ...] = ()


def _closed(labels: Mapping[str, str], english: Mapping[str, str] | None = None) -> tuple[Value, ...]:
    return tuple(
        Value(code, value, zh, (english or {}).get(value, value.replace("_", " ")))
        for code, (value, zh) in enumerate(labels.items(), 1)
    )


def _headings() -> tuple[Value, ...]:
    english = (
        "overall aims", "government functions", "administrative rule-making", "decision-making", "enforcement",
        "emergencies", "disputes", "supervision of power", "digital government", "Party leadership and delivery",
    )  # fmt: skip
    named = [Value(n, str(n), workbook.HEADING_LABELS[n], english[n - 1]) for n in range(1, 11)]
    return (Value(0, "0", workbook.HEADING_LABELS[0], "none"), *named)


REASONS: Mapping[str, str] = {  # of records.Reason
    "document_number": "发文字号", "law_or_programme_name": "法规、规划名称", "publication_date": "发布日期",
    "meeting": "届次、会议", "event_date": "事件日期", "ordinal": "序数", "list_number": "条目编号",
    "slogan": "固定提法", "service_name": "服务名称", "name_count": "名称中的数", "year_in_title": "标题中的年份",
    "planning_span": "规划期间", "clock": "时刻", "phone": "电话", "licence": "证照号", "address": "地址",
    "masked": "隐去的数", "condition": "条件",
    "other_text": "引自别的文件或者插入的文字",
}  # fmt: skip
COMPARATORS = _closed(
    workbook.COMPARATOR_LABELS,
    {"=": "=", ">=": ">= at least", "<=": "<= at most", "<": "< below", ">": "> above", "~": "about"},
)
KINDS = _closed(workbook.KIND_LABELS)
LEVELS = _closed(workbook.LEVEL_LABELS)
STANCES = _closed(workbook.STANCE_LABELS)
TYPES = _closed(workbook.TYPE_LABELS)
PERIODS = _closed(workbook.PERIOD_LABELS)
HEADINGS = _headings()
SECTION_LEVELS = (
    Value(0, "0", "段落、表格的行", "paragraph or row of a table"), Value(1, "1", "章：一、", "chapter"),
    Value(2, "2", "(一)、第一条", "second level"), Value(3, "3", "1.", "third level"),
    Value(4, "4", "(1)、一是", "fourth level"),
)  # fmt: skip
COVERED = (
    *_closed({status: sign.label for status, sign in COVERAGE_SIGNS.items() if status != "unknown"}),
    Value(9, "unknown", COVERAGE_SIGNS["unknown"].label, "unknown", is_missing=True),
)
TRACKED = _closed({status: sign.label for status, sign in TRACKING_SIGNS.items()})
RECORDS = _closed({"document": "文件", "section": "章节", "commitment": "承诺"})
CORRECTED = _closed({"applied": "已采用", "stale": "已失效"})

SETS: Mapping[str, tuple[Value, ...]] = {
    "kinds": KINDS, "levels": LEVELS, "stances": STANCES, "types": TYPES, "periods": PERIODS,
    "comparators": COMPARATORS, "headings": HEADINGS, "section_levels": SECTION_LEVELS, "covered": COVERED,
    "tracked": TRACKED, "records": RECORDS, "corrected": CORRECTED, "reasons": _closed(REASONS),
}  # fmt: skip
WORDS_FILE = "codebook.yaml"

TITLES: Mapping[str, tuple[str, str]] = {
    "documents": ("文件", "Documents"),
    "texts": ("规范文本", "Canonical texts"),
    "sections": ("章节", "Sections"),
    "commitments": ("承诺和结果", "Commitments and results"),
    "comparable": ("可比表：承诺、文件、章节合为一行", "Tidy table: commitment, document and section in one row"),
    "numbers": ("文本中的每一个数", "Every number of the texts"),
    "coverage": ("任务落实情况", "Coverage of reference tasks"),
    "tracking": ("目标与结果对照", "Targets held against results"),
    "comparison": ("指标比较：一格一行", "Indicators over places and years, a row a cell"),
    "comparison_pairs": ("指标比较：一对一行", "Indicators over places and years, a row a pair"),
    "corrections": ("人工更正", "What people put right"),
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "documents": tuple(name for name in DOCUMENT if name != "text"),
    "texts": ("doc_id", "text"),
    "sections": (*SECTION, "items_scores"),
    "commitments": COMMITMENT,
    "comparable": COMPARABLE,
    "numbers": NUMBER,
    "coverage": COVERAGE,
    "tracking": TRACKING,
    "comparison": LONG,
    "comparison_pairs": PAIR,
    "corrections": CORRECTION,
}
KEYS: Mapping[str, tuple[str, ...]] = {
    "documents": ("doc_id",),
    "texts": ("doc_id",),
    "sections": ("doc_id", "section_id"),
    "commitments": ("commitment_id",),
    "comparable": ("commitment_id",),
    "coverage": ("reference", "item", "doc_id"),
    "corrections": ("correction_id",),
}


def variables(table: str, columns: tuple[str, ...] | None = None) -> tuple[Variable, ...]:
    """Return the variables of a table in the order of its columns, or of the *columns* named.

    Raises:
        NotFoundError: no such table, or a column that has no words yet.
    """
    if table not in COLUMNS:
        raise NotFoundError(f"no table {table!r}; there are {', '.join(COLUMNS)}")
    shared, own = _words()
    found = []
    for name in columns or COLUMNS[table]:
        one = own.get((table, name)) or shared.get(name)
        if one is None:
            raise NotFoundError(f"the column {name} of {table} has no words in the codebook; add them to {WORDS_FILE}")
        found.append(one)
    return tuple(found)


@cache
def _words() -> tuple[Mapping[str, Variable], Mapping[tuple[str, str], Variable]]:
    """Return what columns mean anywhere, by name, and what they mean in one table, by table and name."""
    text = files(__package__).joinpath(WORDS_FILE).read_text(encoding="utf-8")
    read = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    shared = {row["name"]: _variable(row) for row in read["shared"]}
    own = {(table, row["name"]): _variable(row) for table, rows in read["tables"].items() for row in rows}
    return shared, own


def _variable(row: Mapping[str, str]) -> Variable:
    values = SETS[row["values"]] if row["type"] == "category" else ()
    if row["source"] not in SOURCES:
        raise ReferenceDataError(f"{WORDS_FILE}: the column {row['name']} has the source {row['source']!r}")
    return Variable(**{**row, "values": values})  # type: ignore[arg-type]  # checked by the file's own test
