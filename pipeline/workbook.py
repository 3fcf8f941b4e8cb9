"""The workbook that an office opens: Chinese columns, a sheet a heading, each row with its quote and its source.

It takes plain columns (a mapping of column name to list of equal length) and leaves data frames to `tables`. Every
text goes in as a string cell, so that nothing a web page printed can run as a formula.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from unicodedata import east_asian_width

# XlsxWriter carries annotations but does not declare them.
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.format import Format  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # ships no types

from pipeline.classify import is_unsure
from pipeline.reference import outline

Columns = Mapping[str, Sequence[Any]]
Style = Literal["text", "code", "label", "whole", "number", "score", "date", "link"]

# The closed sets of the codebook in the reader's language.
KIND_LABELS = {"plan": "计划", "report": "报告", "outline": "纲要", "notice": "通知", "other": "其他"}
LEVEL_LABELS = {
    "national": "国家",
    "province": "省级",
    "prefecture": "市级",
    "county": "县级",
    "township": "乡镇级",
    "other": "其他",
}
TYPE_LABELS = {"quantity": "数量", "deadline": "期限", "benchmark": "参照", "universal": "全覆盖"}
STANCE_LABELS = {"target": "目标", "result": "结果", "baseline": "基数"}
COMPARATOR_LABELS = {
    "=": "=",
    ">=": "≥",
    "<=": "≤",
    "<": "<",
    ">": ">",
    "~": "约",
    "range": "区间",
    "increase": "增加",
    "decrease": "减少",
}
PERIOD_LABELS = {
    "year": "每年",
    "half-year": "每半年",
    "quarter": "每季度",
    "month": "每月",
    "week": "每周",
    "day": "每日",
    "term": "每届任期",
}
HEADING_LABELS = {
    1: "总体要求",
    2: "政府职能",
    3: "制度体系",
    4: "行政决策",
    5: "行政执法",
    6: "突发事件",
    7: "纠纷化解",
    8: "权力监督",
    9: "数字政府",
    10: "党的领导与推进机制",
    0: "未归类",
}

ALL_SHEET, DOCUMENT_SHEET, NOTES_SHEET = "全部承诺", "文件清单", "说明"

MAX_TEXT, MAX_HEIGHT = 32_767, 409  # what Excel takes: UTF-16 units in a cell, points of row height
CUT_MARK = "…（原文过长，此处截断）"
LINE_HEIGHT = 15  # points for a line of 11-point type
FONT = {"font_name": "宋体", "font_size": 11}  # on every Chinese Windows and in WPS
CREATED = datetime(2000, 1, 1)  # fixed: the same input must give the same bytes

LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # by XML 1.0, and the delete mark
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # the wide forms too: a Chinese Excel takes a typed ＝ for =
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,1000}", re.IGNORECASE)  # Excel itself stops at 2,079

FORMATS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bg_color": "#DDE7F3", "bottom": 1, "align": "center", "valign": "vcenter"},
    "text": {"text_wrap": True},
    "code": {},  # on one line, hidden where it is too long: nobody reads it, and it must not make the row taller
    "label": {"text_wrap": True, "align": "center"},
    "guarded": {"text_wrap": True, "quote_prefix": True},  # still text after the cell was opened and left by Enter
    "link": {"font_color": "#0563C1", "underline": 1},
    "whole": {"num_format": "0", "align": "center"},
    "score": {"num_format": "0.00", "align": "center"},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "number": {"num_format": "#,##0"},
    "decimal": {"num_format": "#,##0.######"},  # a whole number in it would be shown as "95."
}


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet could take *text* for something to compute; a sign alone computes nothing."""
    return len(text) > 1 and text.startswith(FORMULA_STARTS)


def comparator_symbol(comparator: str | None, bound: str | None = None) -> str | None:
    """Return a comparator as it is shown, with the bound of a change behind it.

    >>> comparator_symbol("increase", ">=")
    '增加≥'
    """
    if comparator is None:
        return None
    return COMPARATOR_LABELS.get(comparator, comparator) + (COMPARATOR_LABELS.get(bound, bound) if bound else "")


def _same(value: Any) -> Any:
    return value


def _joined(names: Sequence[str]) -> str | None:
    return "、".join(names) or None


def _span(start: int, end: int) -> str:
    return f"{start}-{end}"


def _source(url: str | None, name: str) -> str:
    return url if url and WEB_ADDRESS.fullmatch(url) else name


def _labelled(labels: Mapping[Any, str]) -> Callable[[Any], str | None]:
    return lambda value: None if value is None else labels.get(value, str(value))


def period_label(period: str | None, stance: str | None, value: float | None) -> str | None:
    """Return a period as it is said: what was done 全年, what is to be done or is done 每年.

    >>> period_label("year", "result", 12.0), period_label("year", "target", 12.0), period_label("year", "result", None)
    ('全年', '每年', '每年')
    """
    if period == "year" and stance == "result" and value is not None:
        return "全年"
    return None if period is None else PERIOD_LABELS.get(period, period)


def _heading(value: int | None) -> str:
    return HEADING_LABELS[0] if value is None else HEADING_LABELS.get(value, str(value))


def _doubt(score: float | None, second: int | None) -> str | None:
    """Return a doubt about the heading with the one that is next, None where there is no doubt."""
    if not is_unsure(score):
        return None
    return f"是，次选{_heading(int(second))}" if second else "是"


def _item_name(item_id: str) -> str:
    """Return the number and title of an outline item; a number that the outline does not have stands alone.

    >>> _item_name("15"), _item_name("36")
    ('15 完善行政执法程序', '36')
    """
    title = _item_titles().get(item_id)
    return f"{item_id} {title}" if title else item_id


@lru_cache(maxsize=1)
def _item_titles() -> dict[str, str]:
    return {item.id: item.title for item in outline().items}


def _items(item_ids: Sequence[str]) -> str | None:
    return "；".join(map(_item_name, item_ids)) or None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: where its cells come from, what it means, and how wide it may grow."""

    title: str
    fields: tuple[str, ...]
    meaning: str
    width: int = 16  # at most, in half-width characters; a longer text is wrapped
    style: Style = "text"
    make: Callable[..., Any] = _same


# What is read first stands first: where, when, what, how much, in which words, by whom. The columns up to PRINTED are
# printed; all of them on one sheet of A4 would be too small to read.
COMMITMENT_COLUMNS = (
    Column("地区", ("jurisdiction",), "文件所说的行政区（识别不出时为空）", 16),
    Column("年份", ("year",), "计划或者报告所针对的年份；跨年规划取起始年", 8, "whole"),
    Column("文件类型", ("kind",), "计划、报告、纲要、通知或者其他", 10, style="label", make=_labelled(KIND_LABELS)),
    Column("性质", ("stance",), "目标：承诺或者要求做到；结果：报告已经做到；基数：变化的起点", 8,
           style="label", make=_labelled(STANCE_LABELS)),
    Column("指标对象", ("subject",), "数值说的是什么，照抄原文中最短的说法；“…”连接原文中不相连的两段", 28),
    Column("比较", ("comparator", "bound"), "数值的比较符号，见下文；变化另有上下限时写在后面，如“增加≥”", 8,
           style="label", make=comparator_symbol),
    Column("数值", ("value",), "换算后的数：九成五记 95，1.2万记 12000；百分数记 95，单位为 %", 16, "number"),
    Column("上限", ("value_max",), "只用于区间：区间的上端", 12, "number"),
    Column("单位", ("unit",), "照原文；% 与“个百分点”不同", 12, "label"),
    Column("周期", ("period", "stance", "value"), "原文写明每年、全年等才填", 10, style="label", make=period_label),
    Column("期限", ("deadline",), "完成的最后一日；只写年月的取当月最后一日", 12, "date"),
    Column("原文", ("quote",), "数值所在的分句，一字不改；全句按起止位置到规范文本中查", 52),
    Column("牵头", ("lead",), "牵头或者负责的单位，照原文", 22, make=_joined),
    Column("配合", ("support",), "配合、承办或者协助的单位，照原文", 22, make=_joined),
    Column("纲要标题", ("heading",), "按法治政府建设实施纲要十个部分的归类", 20, make=_heading),
    Column("标题存疑", ("heading_score", "heading_runner_up"),
           "“是”：归类的概率低于模型的下限，要先看原文，后面是其次可能的标题；空白：没有疑问", 18,
           style="label", make=_doubt),
    Column("纲要条目", ("items",), "所在章节讲到的纲要条目（全文三十五条），最有把握的在前", 60, make=_items),
    Column("章节", ("path",), "从一级标题到所在条目", 48),
    Column("指标", ("indicators",), "可以跨地区比较的指标；空白表示指标目录里没有对应的", 24, make=_joined),
    Column("类型", ("type",), "数量、期限、参照或者全覆盖，见下文", 10, style="label", make=_labelled(TYPE_LABELS)),
    Column("值原文", ("value_text",), "数值在原文中的写法", 22),
    Column("每隔", ("every",), "与周期连用：2 表示每 2 年（月）一次", 8, "whole"),
    Column("起始", ("begins",), "分阶段任务的开始日期", 12, "date"),
    Column("参照", ("reference",), "与什么相比：上年、全省平均水平等", 24),
    Column("文件标题", ("title",), "文件的标题", 56),
    Column("发文字号", ("doc_number",), "如 ×政发〔2023〕1号", 20),
    Column("发文机关", ("issuer",), "印发文件的机关", 24),
    Column("部门", ("body",), "部门自己的文件才填", 20),
    Column("发布日期", ("published",), "网站上公布的日期", 12, "date"),
    Column("行政区划代码", ("jurisdiction_code",), "GB/T 2260，六位", 15, "label"),
    Column("层级", ("level",), "国家、省级、市级、县级、乡镇级", 10, style="label", make=_labelled(LEVEL_LABELS)),
    Column("来源", ("url", "name"), "网址（可点开），没有网址的为文件名", 44, "link", _source),
    Column("起止位置", ("start", "end"), "原文在规范文本中的起止字符（从 0 起，含起不含止）", 16, "label", _span),
    Column("置信度", ("confidence",), "0 到 1，越低越应当人工核对", 10, "score"),
    Column("规则", ("rule",), "由哪一条规则识别", 20, "code"),
    Column("文件编号", ("doc_id",), "由内容算出，与导出文件一致", 16, "code"),
    Column("章节编号", ("section_id",), "由内容算出，与导出文件一致", 16, "code"),
    Column("承诺编号", ("commitment_id",), "由内容算出，与导出文件一致", 16, "code"),
)  # fmt: skip
PRINTED = 13

DOCUMENT_COLUMNS = (
    Column("地区", ("jurisdiction",), "", 16),
    Column("年份", ("year",), "", 8, "whole"),
    Column("文件类型", ("kind",), "", 10, style="label", make=_labelled(KIND_LABELS)),
    Column("文件标题", ("title",), "", 44),
    Column("章节数", ("sections",), "带编号或者标题的章节个数", 10, "whole"),
    Column("承诺数", ("commitments",), "列入本工作簿的条数；0 表示一条也没有，应当查看原文", 10, "whole"),
    Column("其中目标", ("targets",), "", 10, "whole"),
    Column("其中结果", ("results",), "", 10, "whole"),
    Column("文本质量", ("quality",), "0 到 1，低于 1 的可能有缺漏", 10, "score"),
    Column("备注", ("notes",), "读取时的处理：去掉的广告、互相矛盾的日期等", 36, make=_joined),
    Column("行政区划代码", ("jurisdiction_code",), "", 15, "label"),
    Column("层级", ("level",), "", 10, style="label", make=_labelled(LEVEL_LABELS)),
    Column("部门", ("body",), "", 20),
    Column("发文机关", ("issuer",), "", 24),
    Column("发文字号", ("doc_number",), "", 20),
    Column("索引号", ("index_number",), "政府信息公开的索引号", 24),
    Column("成文日期", ("written",), "", 12, "date"),
    Column("印发日期", ("issued",), "", 12, "date"),
    Column("发布日期", ("published",), "", 12, "date"),
    Column("采集日期", ("fetched",), "从网站取得的日期", 12, "date"),
    Column("来源", ("url", "name"), "", 44, "link", _source),
    Column("文件名", ("name",), "", 36, "code"),
    Column("文件编号", ("doc_id",), "", 16, "code"),
    Column("校验值", ("sha256",), "源文件的 SHA-256，用来确认文件没有变过", 66, "code"),
)
DOCUMENTS_PRINTED = 10

NOTE_COLUMNS = (
    Column("项目", ("subject",), "", 24),
    Column("说明", ("text",), "", 96),
)
ABOUT_NOTES = (
    ("本工作簿", "政府公开的法治政府建设计划、报告、纲要中可以核对的承诺和结果，一个数值一行，每行都有原文和来源。"),
    ("工作表", f"“{ALL_SHEET}”列出全部；其后按纲要的十个部分分表，行与全部表相同；“{DOCUMENT_SHEET}”列出文件。"),
    ("资料来源", "内容来自文件本身，没有补写、推算。由程序识别，会有错漏：引用之前请对照原文。"),
    ("空白", "原文没有写，或者没有识别出来；空白不等于 0。"),
    ("打印", "打印时只印到“牵头”一列，其余各列在屏幕上查看。"),
    ("筛选", "每张表的首行已经打开筛选。"),
)
VALUE_NOTES = (
    ("比较：=", "达到、实现、为，或者没有比较词的数"),
    ("比较：≥", "以上、不少于、不低于、至少、力争"),
    ("比较：≤", "以下、以内、不超过、控制在、最迟"),
    ("比较：>", "高于、超过、多于（不含本数）"),
    ("比较：<", "低于、少于、不到、不足（不含本数）"),
    ("比较：约", "约、余、多、近、左右"),
    ("比较：区间", "从“数值”到“上限”"),
    ("比较：增加", "比原来增加或者提高这么多，不是提高到；与什么相比见“参照”"),
    ("比较：减少", "比原来减少或者下降这么多，不是降到"),
    ("类型：数量", "有数有单位；只写频次的（每月调度）数值为空，周期有值"),
    ("类型：期限", "任务有完成日期，没有另外的数"),
    ("类型：参照", "与不是数的东西相比，如低于全省平均值"),
    ("类型：全覆盖", "全部、全覆盖、一律记 100 %；零案件一类记 0"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one sheet holds, rows without the header; the defaults are Excel's."""

    rows: int = 1_048_575
    links: int = 65_530


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cells of a sheet by column, with the measures that its text needs."""

    columns: tuple[Column, ...]
    cells: list[list[Any]]
    widths: list[int]
    heights: list[int]  # points, one a row


def write_workbook(
    path: Path,
    table: Columns,
    documents: Columns,
    *,
    indicator_names: Mapping[str, str] | None = None,
    remark: str = "",
    limits: Limits = Limits(),
) -> None:
    """Write the comparable table to *path* as a workbook; equal arguments give equal bytes.

    Args:
        path: the file to write, in a folder that exists.
        table: the fields of COMMITMENT_COLUMNS, one row a commitment, in the order to show.
        documents: the fields of DOCUMENT_COLUMNS, one row a document.
        indicator_names: Chinese names of indicator ids; an id without one is shown as it is.
        remark: what the reader should know about this selection, shown on the last sheet.
        limits: a table of more rows goes on in a second sheet, 全部承诺(2); later addresses are plain text.
    """
    names = indicator_names or {}
    shown = {**table, "indicators": [[names.get(one, one) for one in ids] for ids in table["indicators"]]}
    rows = _grid(COMMITMENT_COLUMNS, shown)
    headings = [0 if heading is None else heading for heading in table["heading"]]
    options = {"constant_memory": True, "default_format_properties": dict(FONT)}  # XlsxWriter adds to the one it gets
    with Workbook(str(path), options) as book:
        book.set_properties({"title": "法治政府建设承诺与结果", "created": CREATED})
        pen = _Pen(book, limits)
        pen.add(ALL_SHEET, rows, range(len(headings)), PRINTED)
        for heading, title in HEADING_LABELS.items():
            if chosen := [row for row, found in enumerate(headings) if found == heading]:
                pen.add(title, rows, chosen, PRINTED)
        files = _grid(DOCUMENT_COLUMNS, documents)
        pen.add(DOCUMENT_SHEET, files, range(len(files.heights)), DOCUMENTS_PRINTED)
        notes = _grid(NOTE_COLUMNS, _notes(len(headings), len(files.heights), remark))
        pen.add(NOTES_SHEET, notes, range(len(notes.heights)), len(NOTE_COLUMNS), with_filter=False)


def clean_text(text: str) -> str:
    """Return *text* without what a workbook refuses: control characters, halves of surrogate pairs, odd line ends.

    Tabs and line feeds stay; a vertical tab or form feed becomes a line feed, so that two lines do not run together.
    """
    return REFUSED.sub("", LINE_BREAKS.sub("\n", text))


def _fitting(text: str) -> str:
    """Return *text* cut to what a cell holds; Excel counts a character beyond the basic plane as two."""
    if 2 * len(text) <= MAX_TEXT or len(text.encode("utf-16-le")) // 2 <= MAX_TEXT:
        return text
    units = text.encode("utf-16-le")[: 2 * (MAX_TEXT - len(CUT_MARK))]
    return units.decode("utf-16-le", "ignore") + CUT_MARK


def _notes(commitments: int, documents: int, remark: str) -> Columns:
    rows = [*ABOUT_NOTES, ("范围", f"{documents} 份文件，{commitments} 条承诺和结果。{remark}"), *VALUE_NOTES]
    rows += [(f"列：{column.title}", column.meaning) for column in COMMITMENT_COLUMNS]
    rows += [(f"{DOCUMENT_SHEET}：{column.title}", column.meaning) for column in DOCUMENT_COLUMNS if column.meaning]
    return {"subject": [row[0] for row in rows], "text": [row[1] for row in rows]}


@lru_cache(maxsize=1 << 16)
def _width(text: str) -> int:
    """Return the width of a line in half-width characters; “…” and the like are drawn wide in a Chinese font."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def _shown_width(cell: Any) -> int:
    if isinstance(cell, str):
        return max(map(_width, cell[:4_000].split("\n")))  # enough to reach the greatest width and height
    return 0 if cell is None else 10 if isinstance(cell, date) else len(f"{cell:,.6f}".rstrip("0").rstrip("."))


def _lines(cell: Any, width: int) -> int:
    """Return how many lines *cell* takes in a column of *width*; a wide character does not straddle two lines."""
    if not isinstance(cell, str):
        return 1
    return sum(-(-_width(line) // (width - 1)) or 1 for line in cell[:4_000].split("\n"))


def _grid(columns: tuple[Column, ...], data: Columns) -> _Grid:
    cells = [
        [_ready(cell) for cell in map(column.make, *(data[field] for field in column.fields))] for column in columns
    ]
    widths = []
    for column, values in zip(columns, cells, strict=True):
        title = _width(column.title) + 3  # the button of the filter
        widths.append(max(title, min(column.width, 2 + max(map(_shown_width, values), default=0))))
    count = len(cells[0])
    lines = [1] * count
    for column, width, values in zip(columns, widths, cells, strict=True):
        if not FORMATS[column.style].get("text_wrap"):
            continue
        lines = [max(most, _lines(cell, width)) for most, cell in zip(lines, values, strict=True)]
    return _Grid(columns, cells, widths, [min(LINE_HEIGHT * most, MAX_HEIGHT) for most in lines])


def _ready(cell: Any) -> Any:
    """Return *cell* as the sheet holds it: Excel has no day before 1900, so such a date is shown as text."""
    if isinstance(cell, str):
        return _fitting(clean_text(cell)) or None
    return cell.isoformat() if isinstance(cell, date) and cell.year < 1900 else cell


class _Pen:
    """Writes grids to the sheets of one book in one set of formats."""

    def __init__(self, book: Workbook, limits: Limits) -> None:
        self.book = book
        self.limits = limits
        self.formats: dict[str, Format] = {
            name: book.add_format({"valign": "top", **properties}) for name, properties in FORMATS.items()
        }

    def add(self, name: str, grid: _Grid, rows: Sequence[int], printed: int, *, with_filter: bool = True) -> None:
        """Add *rows* of *grid* as sheet *name*, and as name(2), name(3) … where one sheet does not hold them."""
        for part, first in enumerate(range(0, max(len(rows), 1), self.limits.rows), 1):
            sheet = self.book.add_worksheet(name if part == 1 else f"{name}({part})")
            chosen = rows[first : first + self.limits.rows]
            self._set_up(sheet, grid, len(chosen), printed, with_filter)
            for place, row in enumerate(chosen, 1):
                sheet.set_row(place, grid.heights[row])
                for at, column in enumerate(grid.columns):
                    self._write(sheet, place, at, grid.cells[at][row], column.style)

    def _set_up(self, sheet: Worksheet, grid: _Grid, rows: int, printed: int, with_filter: bool) -> None:
        for at, width in enumerate(grid.widths):
            sheet.set_column(at, at, width)
        sheet.freeze_panes(1, 1)
        if with_filter:
            sheet.autofilter(0, 0, rows, len(grid.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)  # one page wide, as many long as it takes
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, rows, printed - 1)
        sheet.hide_gridlines(0)  # print them too
        sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
        sheet.set_row(0, 1.5 * LINE_HEIGHT)
        for at, column in enumerate(grid.columns):
            sheet.write_string(0, at, column.title, self.formats["head"])

    def _write(self, sheet: Worksheet, row: int, at: int, cell: Any, style: Style) -> None:
        if cell is None:
            return
        if isinstance(cell, str):
            self._write_text(sheet, row, at, cell, style)
        elif isinstance(cell, date):
            sheet.write_datetime(row, at, cell, self.formats["date"])
        else:
            name = "decimal" if style == "number" and cell != int(cell) else style
            sheet.write_number(row, at, cell, self.formats[name])

    def _write_text(self, sheet: Worksheet, row: int, at: int, text: str, style: Style) -> None:
        if style == "link" and WEB_ADDRESS.fullmatch(text) and row <= self.limits.links:
            sheet.write_url(row, at, text, self.formats["link"], text)
            return
        if text.startswith("<r>") and text.endswith("</r>"):
            text += " "  # XlsxWriter would take the whole for its own rich text and write it as markup
        sheet.write_string(row, at, text, self._text_format(text, style))

    def _text_format(self, text: str, style: Style) -> Format:
        return self.formats["guarded" if is_formula(text) else style if style in ("label", "code") else "text"]
