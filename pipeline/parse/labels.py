"""Labels and their values on the lines around a body: a metadata table, or the info line under a title."""

import re
from collections.abc import Sequence

from pipeline.parse import words
from pipeline.parse.signing import BODY_NAME, DATE
from pipeline.text import fold

MAX_LINE = 400  # characters; a longer line is body text, and no pattern is tried on it
ACCOUNT = re.compile(r"[\u4e00-\u9fff]{2,8}(?:发布|融媒体?|日报|新闻|在线|资讯)")  # of a place on the networks
MAX_INFO = 200  # characters of a line under a title
BLANKS_AND_BARS = "\x1f \t\u00a0\u3000|｜;；"


def read_labels(text: str, loose: bool = True) -> list[tuple[str, str]]:
    """Return the label and value pairs of a line that begins with a label; an empty list for any other line.

    A *loose* reading also takes the line under a title that begins with a day or the name of a site. After the body it
    would take a signature for one.

    >>> read_labels("发布机构：青石县人民政府　成文日期：2023年1月6日")
    [('发布机构', '青石县人民政府'), ('成文日期', '2023年1月6日')]
    """
    if "\t" in text:
        return _cell_labels([cell.strip() for cell in text.split("\t")])
    if len(text) > MAX_LINE:
        return []
    folded = fold(text)
    if "|" in folded:
        cells = [cell.strip() for cell in text.replace("｜", "|").strip().strip("|").split("|")]
        if any(len(cell) < 30 and words.BARE_LABEL.fullmatch(unmarked(fold(cell))) for cell in cells):
            return _cell_labels(cells)
    if words.LABEL.match(unmarked(folded)):
        return _info_days(_pairs(text, folded))
    return (_glued(text, folded) or _after_number(text, folded) or _loose_info(text, folded)) if loose else []


def _glued(text: str, folded: str) -> list[tuple[str, str]]:
    """Read a label that stands beside its value without a colon: 索 引 号11330099/2024-00012, 成文日期2024-01-08.

    What follows must be a value of its label, since a title too may begin with such words.
    """
    label = words.TABLE_LABEL_START.match(folded) if len(text) <= MAX_INFO else None
    if not label:
        return []
    name, value = label_name(label.group(1)), text[label.end() :].strip(BLANKS_AND_BARS)
    plain = fold(value)
    if name in words.TITLE_LABELS - {"标题", "名称"}:  # these two may begin a title
        fits = words.TITLE_END.search(plain) is not None
    elif name.endswith(("日期", "时间")):
        fits = words.DATE_LINE.fullmatch(plain) is not None
    elif "索" in name or "编号" in name:
        fits = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9/_.-]{5,}", plain) is not None
    elif "号" in name:
        fits = words.DOC_NUMBER.fullmatch(plain) is not None
    else:
        fits = name.endswith(("机关", "机构", "单位", "部门", "主体")) and BODY_NAME.fullmatch(plain) is not None
    return [(name, value)] if fits else []


def _after_number(text: str, folded: str) -> list[tuple[str, str]]:
    """Read an info line that begins with the number of the document: 云政发〔2024〕3号　来源：…　时间：…."""
    if len(text) > MAX_INFO or not (number := words.DOC_NUMBER.match(folded)):
        return []
    rest = folded[number.end() :]
    label, day = words.LABEL.search(rest), DATE.match(rest.lstrip(BLANKS_AND_BARS))
    if label and label_name(label.group(1) or label.group(2)).startswith("签发"):
        return []  # a letterhead: 云政发〔2024〕3号　　签发人：…
    if not day and not (label and not rest[: label.start()].strip(BLANKS_AND_BARS)):
        return []
    dated = [("发布时间", day.group())] if day else []
    return [("文号", text[: number.end()].strip()), *dated, *_info_days(_pairs(text, folded))]


def unmarked(folded: str) -> str:
    """Return *folded* without the bullet of a list."""
    return folded[mark.end() :] if (mark := words.BULLET.match(folded)) else folded


def _pairs(text: str, folded: str) -> list[tuple[str, str]]:
    """Return every label of a line with what stands up to the next one."""
    hits = list(words.LABEL.finditer(folded))
    ends = [hit.start() for hit in hits[1:]] + [len(text)] * bool(hits)
    return [
        (label_name(hit.group(1) or hit.group(2)), text[hit.end() : end].strip(BLANKS_AND_BARS))
        for hit, end in zip(hits, ends, strict=True)
    ]


def _info_days(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Part a day that has no label of its own from the value before it: 来源：县司法局　2024-02-02 16:45."""
    found = []
    for label, value in pairs:
        day = DATE.search(fold(value)) if label in words.INFO_ONLY else None
        before = value[: day.start()] if day else ""
        apart = before[-1:].isspace() or BODY_NAME.fullmatch(before) is not None
        if day and before and apart and not label.endswith(("日期", "时间")):
            found += [(label, before.strip()), ("发布时间", value[day.start() :])]
        else:
            found.append((label, value))
    return found


def _loose_info(text: str, folded: str) -> list[tuple[str, str]]:
    """Read an info line that begins with a day or with the name of the site: 云岚县政府网　2023-3-12　阅读：12."""
    if len(text) > MAX_INFO or "," in folded or words.SENTENCE_END.search(folded) or words.CLOCK.search(folded):
        return []
    days = list(DATE.finditer(folded))
    if len(days) != 1 or not words.INFO_WORD.search(folded[: days[0].start()] + " " + folded[days[0].end() :]):
        dated = words.DATED_LABEL.search(folded)
        site = folded[: dated.start()].strip(BLANKS_AND_BARS) if dated and len(days) == 1 else ""
        if not (words.SITE_NAME.search(site) or words.BODY_NAME.search(site)):
            return []
    before = folded[: days[0].start()].strip(" \x1f[(|")
    named = next((hit for hit in words.LABEL.finditer(folded) if hit.end() <= days[0].start()), None)
    sited = words.SITE_NAME.search(before) or words.BODY_NAME.search(before) or ACCOUNT.fullmatch(before)
    if before and not named and not sited:
        return []
    pairs = _pairs(text, folded)
    if before and not named and BODY_NAME.fullmatch(before):
        pairs.insert(0, ("来源", before))
    return (
        pairs if any(DATE.match(fold(value)) for _, value in pairs) else [("发布时间", text[days[0].start() :]), *pairs]
    )


def label_name(printed: str) -> str:
    """Return a label without the blanks that it is printed with: 索 引 号."""
    return "".join(char for char in printed if not char.isspace())


def _cell_labels(cells: list[str]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    waiting = None
    for cell in cells:
        name = words.BARE_LABEL.fullmatch(unmarked(fold(cell))) if len(cell) < 30 else None
        if name:
            if waiting:
                pairs.append((waiting, ""))
            waiting = label_name(name.group(1))
        elif waiting:
            pairs.append((waiting, cell))
            waiting = None
        elif cell:
            inside = read_labels(cell)
            if not inside and not pairs:
                return []
            pairs += inside
    return [*pairs, (waiting, "")] if waiting and pairs else pairs


def label_source(pairs: Sequence[tuple[str, str]]) -> str:
    """Say which kind of line *pairs* come from: a metadata table, or the line under a title."""
    return "info line" if any(label in words.INFO_ONLY for label, _ in pairs) else "header table"
