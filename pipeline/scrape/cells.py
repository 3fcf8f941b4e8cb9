"""What stands in one row of a list: words by their place, labelled fields, and the day it was published."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from pipeline.scrape.inline import STRING, unescape
from pipeline.scrape.trees import tags_in
from pipeline.text import fold

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

Field = Literal["title", "number", "index", "publisher", "published", "written", "other"]

DAY = r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)"
DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
CLOCK = r"\s*[T日号]?\s*(?:\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?"
ONLY_DATE = re.compile(rf"[\s\[(<|·,:-]*{DAY}{CLOCK}[\s\])>|/]*")
EIGHT_DIGITS = re.compile(r"[\[(]?((?:19|20)\d{2})([01]\d)([0-3]\d)[\])]?")
# A date that stands at an end of a link's own text; 2023年3月17日 there is the subject of a piece of news.
AT_END = re.compile(rf"^[\[(]?{DAY.replace('年', '').replace('月', '')}[\])]?\s+|\s*[\[(]?{DAY}{CLOCK}\s*[\])]?$")
# The parts of a date set apart: a big 17 over 2023-03, or 03-17 over 2023.
YEAR_MONTH = re.compile(r"[\[(]?((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[月]?[\])]?")
MONTH_DAY = re.compile(r"[\[(]?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[\])]?")
YEAR = re.compile(r"((?:19|20)\d{2})\s*年?")
DAY_ALONE = re.compile(r"(\d{1,2})\s*日?")
URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/]?(\d{1,2})[-/]?(\d{1,2})(?!\d)")
FROZEN = re.compile(r"今天|今日|现在|当前(?:时间|日期)|星期|农历")  # a clock of the site, often stopped for years
LONG = 40  # characters of a text in which a date is part of a sentence, and of its subject
DATE_ATTRIBUTES = ("rq", "datetime", "data-date", "data-time", "date", "pubdate", "data-pubdate", "time")

# How lists and hover cards name their fields; `other` ends the value before it.
NAMED: Mapping[Field, str] = {
    "title": "标题 名称 文件名称 信息名称 文件标题 信息标题 文章标题 公文标题 题名 题目 文件名 公文名称 名称及内容",
    "number": "文号 发文字号 文件编号 发文文号 文件号 发文号 公文文号 公文号 文件字号 文件文号 发布文号 字号",
    "index": "索引号 信息索引 索引 信息索引号 索引码 索取号",
    "publisher": "发布机构 发文机关 发文机构 发文单位 发布单位 制发机构 制发机关 信息来源 来源 公开责任部门"
    " 公开部门 责任部门 发布部门 发布机关 印发机关 公开主体 公开单位 供稿单位 发文部门 制定机关"
    " 制发单位 发布者 信息提供单位",
    "published": "发布日期 发布时间 公开日期 公开时间 公布日期 公布时间 日期 时间 信息发布日期 上网日期"
    " 上传时间 上传日期 更新日期 更新时间 公示日期 录入时间 发布于",
    "written": "成文日期 成文时间 生成日期 生成时间 发文日期 发文时间 签发日期 印发日期 制发日期 形成日期 产生日期",
    "other": "序号 主题分类 信息分类 分类 体裁 体裁分类 有效性 效力状态 效力 状态 时效性 主题词 关键词"
    " 浏览次数 浏览量 点击 点击量 点击数 操作 附件 实施日期 施行日期 生效日期 生效时间 失效日期"
    " 失效时间 废止日期 有效期 公开方式 公开形式 公开范围 公开程序 公开时限 栏目 所属栏目 下载"
    " 查看 备注 内容概述 摘要 服务对象 组配分类 类别 编号 作者",
}
LABELS: Mapping[str, Field] = {label: field for field, labels in NAMED.items() for label in labels.split()}
SPACED = "|".join(r"\s*".join(label) for label in sorted(LABELS, key=len, reverse=True))
LABEL = re.compile(rf"(?:^|(?<=[\s|,;(\[]))({SPACED})\s*:")  # of folded text
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,25}(?:字|规)?\s*[\[(<【]\s*(?:19|20)\d{2}\s*年?\s*[\])>】]\s*(?:第\s*)?\d{1,4}\s*号"
)
INDEX = re.compile(r"[0-9A-Za-z]{6,25}[/-](?:\d{2,4}-)?(?:19|20)\d{2}(?:\d{2})?-\d{3,8}|(?:19|20)\d{2}-\d{2}-\d{5}")
OF_NUMBER = re.compile(r"wh|wenhao|fwzh|fwwh|filenum\w*|fileno|docno|refno|zihao", re.IGNORECASE)
OF_INDEX = re.compile(r"syh|suoyin\w*|idxid|indexno|indexnum\w*", re.IGNORECASE)
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:\.\d+)?(?:px|pt|em)?\s*(?:;|!|$)"
    r"|(?:left|top)\s*:\s*-\d{3,}|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
UNREAD = ("textarea", "template", "select", "option", "button")  # whose words are not of the row


@dataclass(frozen=True, slots=True)
class Piece:
    """A text node of a row that is not blank."""

    text: str  # folded, blanks as one
    node: "PageElement"
    is_hidden: bool  # as the words of a hover card are
    link: "Tag | None"  # that it stands in

    @property
    def raw(self) -> str:
        """The text as printed, its blanks as one."""
        return " ".join(str(self.node).split())


def is_hidden(tag: "Tag") -> bool:
    """Say whether an element by itself is not shown."""
    style = tag.attrs.get("style")
    return bool(style and HIDDEN.search(str(style))) or "hidden" in tag.attrs


def find_pieces(element: "Tag") -> tuple[Piece, ...]:
    """Return the texts of an element in their order, those of scripts and comments left out."""
    from bs4 import Tag
    from bs4.element import NavigableString

    found: list[Piece] = []
    open_ = [(iter(element.contents), False, element if element.name == "a" else None)]
    while open_ and element.name not in UNREAD:
        nodes, hidden, link = open_[-1]
        for node in nodes:
            if type(node) is NavigableString:  # comments and scripts are classes of their own below this one
                if not node.isspace() and (text := " ".join(fold(str(node)).split())):
                    found.append(Piece(text, node, hidden, link))
            elif isinstance(node, Tag) and node.name not in UNREAD:
                open_.append((iter(node.contents), hidden or is_hidden(node), node if node.name == "a" else link))
                break
        else:
            open_.pop()
    return tuple(found)


def parse_date(text: str) -> date | None:
    """Return the first whole date of a text; None where there is none, or none that exists."""
    for match in DATE.finditer(fold(text)):
        if found := day_of(match[1], match[2], match[3]):
            return found
    return None


def day_of(year: str, month: str, day: str) -> date | None:
    """Return a day, None for one that no calendar has."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def is_date(text: str) -> bool:
    """Say whether a folded text is a date and nothing else, with its brackets and its hour."""
    return ONLY_DATE.fullmatch(text) is not None and parse_date(text) is not None


def label_of(text: str) -> Field | None:
    """Return the field that a folded text names; None where it names none.

    >>> label_of("索 引 号："), label_of("发布日期(倒序)"), label_of("日期变更")
    ('index', 'published', None)
    """
    return LABELS.get(re.sub(r"\([^()]*\)|[^\u4e00-\u9fff]", "", fold(text)))


def labelled(texts: Iterable[str]) -> dict[Field, str]:
    """Return the fields that texts name, `标题：…` in one of them or its value in the one behind it.

    Line breaks inside a text end a value; the first value of a field counts.
    """
    found: dict[Field, str] = {}
    waiting: Field | None = None
    for text in texts:
        marks = list(LABEL.finditer(fold(text)))
        bare = None if marks else label_of(text) if len(text) <= 12 else None
        if bare:
            waiting = bare
            continue
        if waiting and (value := text[: marks[0].start()] if marks else text).strip():
            found.setdefault(waiting, value.strip(" :："))
        waiting = None
        for mark, following in zip_longest(marks, marks[1:]):
            field = LABELS["".join(mark[1].split())]
            value = text[mark.end() : following.start() if following else None].strip(" |,;，；\t\r\n")
            value = value.splitlines()[0].strip() if value else ""
            if value:
                found.setdefault(field, value)
            elif following is None:
                waiting = field
    return found


def columns_of(element: "Tag") -> dict[Field, "Tag"]:
    """Return the cells of a row by the names that the head of its table gives them."""
    cells = _cells(element)
    for head in _heads(element):
        names = [label_of(cell.get_text(" ")) if cell else None for cell in _cells(head)]
        if sum(name is not None for name in names) >= 2 and len(names) == len(cells):
            found: dict[Field, Tag] = {}
            for name, cell in zip(names, cells, strict=True):
                if name and cell is not None:
                    found.setdefault(name, cell)
            return found
    return {}


def is_head(element: "Tag") -> bool:
    """Say whether an element is the head of a table: two cells or more, most of them names of fields."""
    cells = _cells(element)
    return len(cells) >= 2 and sum(cell is not None and label_of(cell.get_text(" ")) is not None for cell in cells) >= 2


def _cells(element: "Tag") -> list["Tag | None"]:
    from bs4 import Tag

    found: list[Tag | None] = []
    for cell in element.children:
        if isinstance(cell, Tag) and cell.name not in ("script", "style"):
            span = str(cell.get("colspan") or "1")
            found += [cell, *[None] * (min(int(span), 20) - 1 if span.isdigit() else 0)]
    return found


def _heads(element: "Tag") -> Iterator["Tag"]:
    """Yield what may be the head of the table that a row is part of."""
    table = next((each for each in element.parents if each.name == "table"), None) if element.name == "tr" else None
    first = table.find("tr") if table else None
    if table is not None and first is not None:
        above = table.find_previous_sibling("table")  # a head that stays while the rows scroll
        yield from (
            each for each in (first, above.find("tr") if above else None) if each is not None and each is not element
        )
    parent = element.parent
    if parent is not None and element.name != "tr":
        first = parent.find(True, recursive=False)
        if first is not None and first is not element:
            yield first
        before = parent.find_previous_sibling()
        if before is not None:
            yield before
            yield from before.find_all(["ul", "li", "tr", "dl", "div"], limit=3)


def published_in(element: "Tag", pieces: Sequence[Piece], fields: Mapping[Field, str], url: str = "") -> date | None:
    """Return the day on which a row was published, by the surest of the signs in it; None where it shows none.

    Args:
        element: the row.
        pieces: its texts.
        fields: what it names by label or by the head of its table.
        url: where it leads; settles the year of 03-17 if month and day agree.
    """
    if told := parse_date(fields.get("published", "")):
        return told
    apart = [piece for piece in pieces if not FROZEN.search(piece.text)]
    outside = [piece.text for piece in apart if piece.link is None and not piece.is_hidden]
    other = {fold(fields[name]) for name in ("written", "other") if name in fields}
    only = [text for text in outside if is_date(text) and text not in other]
    if only:
        return parse_date(only[-1])
    return (
        next((found for text in outside if len(text) <= LONG and (found := _loose(text))), None)
        or parts_in(element, url)
        or _in_link(apart)
        or parse_date(fields.get("written", ""))
        or next((parse_date(piece.text) for piece in apart if piece.is_hidden and is_date(piece.text)), None)
        or next((parse_date(text) for text in script_strings(element) if is_date(fold(text))), None)
    )


def _loose(text: str) -> date | None:
    """Return the date of a short text such as 发布于 2023-03-17 · 浏览 20 次, or of the eight digits that a cell is."""
    marks = [mark for mark in LABEL.finditer(text) if LABELS["".join(mark[1].split())] in ("written", "other")]
    if any(text[mark.end() :].lstrip()[:4].isdigit() for mark in marks):
        return None
    if digits := EIGHT_DIGITS.fullmatch(text):
        return day_of(digits[1], digits[2], digits[3])
    return parse_date(text)


def parts_in(element: "Tag", url: str = "") -> date | None:
    """Return the date of a row whose parts stand in several elements, or that an attribute tells; None for neither."""
    shown = [piece.text for piece in find_pieces(element) if not piece.is_hidden and not FROZEN.search(piece.text)]
    return _joined(element) or _apart(shown, url) or _told_by_attribute(element)


def _joined(element: "Tag") -> date | None:
    """Return the date whose parts are nested in an element of their own: 2021-<i>03</i>-<i>09</i>."""
    found = None
    for tag in tags_in(element):
        if tag.name == "a" or is_hidden(tag) or tags_in(tag, "a") or any(each.name == "a" for each in tag.parents):
            continue
        text = re.sub(r"\s+", "", fold(tag.get_text()))
        if len(text) <= 20 and is_date(text):
            found = parse_date(text)
    return found


def _apart(texts: Sequence[str], url: str) -> date | None:
    """Return the date whose year or day stands apart from the rest, in neighbouring texts."""
    for place, text in enumerate(texts):
        near = [*texts[max(0, place - 2) : place][::-1], *texts[place + 1 : place + 3]]
        if month := YEAR_MONTH.fullmatch(text):
            days = (DAY_ALONE.fullmatch(each) for each in near)
            if day := next((each for each in days if each), None):
                return day_of(month[1], month[2], day[1])
        elif day := MONTH_DAY.fullmatch(text):
            years = (YEAR.fullmatch(each) for each in near)
            if year := next((each for each in years if each), None):
                return day_of(year[1], day[1], day[2])
            for told in URL_DAY.finditer(url):
                if (int(told[2]), int(told[3])) == (int(day[1]), int(day[2])):
                    return day_of(told[1], told[2], told[3])
    return None


def _told_by_attribute(element: "Tag") -> date | None:
    for tag in [element, *tags_in(element)]:
        for name, value in tag.attrs.items():
            if not isinstance(value, str) or len(value) > LONG or not (text := fold(value).strip()):
                continue
            if is_date(text) or (name.lower() in DATE_ATTRIBUTES and parse_date(text)):
                return parse_date(text)
    return None


def _in_link(pieces: Sequence[Piece]) -> date | None:
    inside = [piece for piece in pieces if piece.link is not None and not piece.is_hidden]
    if only := [piece for piece in inside if is_date(piece.text)]:
        return parse_date(only[-1].text)
    for piece in inside:
        if end := AT_END.search(piece.text):
            return parse_date(end[0])
    return None


def script_strings(element: "Tag") -> Iterator[str]:
    """Yield the strings in the scripts of a row, such as var fileNum='云政发〔2023〕2号'."""
    for script in tags_in(element, "script"):
        for found in STRING.finditer(script.get_text()):
            yield unescape(next(group for group in found.groups() if group is not None))


def coded(element: "Tag", pieces: Sequence[Piece], named: re.Pattern[str], form: re.Pattern[str]) -> str:
    """Return the 文号 or 索引号 of a row by its form, or by the class or attribute that says so; "" for none."""
    for tag in [element, *tags_in(element)]:
        for name, value in tag.attrs.items():
            if isinstance(value, str) and named.fullmatch(name) and value.strip():
                return " ".join(value.split())
        classes = [str(each) for each in tag.get("class") or ()]
        if tag is not element and any(named.fullmatch(each) for each in classes) and tag.name != "a":
            value = " ".join(tag.get_text(" ").split())
            if 0 < len(value) <= LONG:
                return re.sub(r"^[^:：]{2,6}[:：]\s*", "", value)
    for piece in pieces:
        if piece.link is None and form.fullmatch(piece.text.strip("()")):
            return piece.raw.strip("()（）")
    return next((" ".join(text.split()) for text in script_strings(element) if form.fullmatch(fold(text).strip())), "")
