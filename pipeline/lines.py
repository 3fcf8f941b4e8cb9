"""The lines of a document: which are plain text, which are tables, footnotes, stages, titles, signatures or annexes.

Source: GB/T 9704-2012, 7.3 and 7.4, for the parts of an official document and their order.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.numbering import Marker

Kind = Literal["text", "row", "footnote", "list", "annex", "closing", "signature", "stage", "title"]

# ── lines that are no plain text ─────────────────────────────────────────────────────────────────────────────────────

HAN = "一二三四五六七八九十"
_FOOTNOTE = re.compile(
    r"\[\d{1,2}\] ?[^\s,。;、)]|[①-⑳] ?(?:注|见|含|系|指|参见|详见|数据|统计|资料|来源|该数|此处|不含|包括|引自)"
)
_STAGE = re.compile(
    rf"第[{HAN}\d][阶階]段(?=[ :(,]|$)|(?![现新本在当处进到从])[\u4e00-\u9fff、]{{2,8}}[阶階]段(?=[:(]|$)"
)
_ANNEX = re.compile(rf"附(?:件|表|录)? ?[\d{HAN}]{{0,2}} ?:?$")
_ATTACHED = re.compile(rf"附(?:件|表)? ?[\d{HAN}]{{0,2}} ?[:.、]")
_ATTACHED_NEXT = re.compile(r"(?:附件 ?)?\d{1,2} ?[.、:]")
_FILE = re.compile(r"[^。;]{2,80}\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar|jpg|png)$", re.IGNORECASE)
_CLOSING = re.compile(
    r"特此(?:报告|通知|函告|函复|公告|说明|请示|汇报|上报|报送)|\((?:此件|此文|联系人)[^)]*\)$|抄[送报]:|主送:|联系(?:人|电话|方式|单位)"
    r"|(?:妥否|当否|以上报告)[,,].{0,12}$|专此|[^。]{2,40}日印发$"
)
_YEAR = r"(?:(?:(?:19|20)[\d*×X]|[\d*×X])[\d*×X]|[一二][〇○零Oo0一二三四五六七八九]{3})年"
_MONTH = rf"{_YEAR} ?[\d*×X{HAN}]{{1,3}}月"
_DAY = rf"{_MONTH} ?[\d*×X{HAN}]{{1,3}}日"
_DATE = re.compile(rf"\(?{_DAY}\)?$")
_LAST_DATE = re.compile(rf"{_MONTH}$")  # without a day: a date in a table too, so believed at the very end only
_ORGAN = r"(?:政府|委员?会?|局|厅|办公室|办|司|处|中心|院|队|站|所|街道|署|海关|党组|小组|会议)"
_ISSUER = re.compile(rf"[^。;:,、!?\d]{{1,40}}{_ORGAN}(?:\([^)]*\))?$")
_SIGNED = re.compile(rf"[^。;:,、!?]{{1,40}}{_ORGAN} ?{_DAY}$")
ENDED = re.compile(r"[。;:!?…)”’》.]$")
_ROW_LENGTH = 3000  # characters; a longer line with tabs is a whole document that lost its line ends
LONG_LINE = 40  # characters; a shorter line is a title, a cell, a signature or a broken line


@dataclass(slots=True)
class Line:
    """A line that holds something; start and end are offsets into the text, the line end left out."""

    start: int
    end: int
    text: str  # folded, without blanks around
    kind: Kind = "text"
    opener: Marker | None = None  # the number that opens the line


def read_lines(folded: str) -> list[Line]:
    """Split *folded* into lines that hold something, and name those that are no plain text."""
    lines: list[Line] = []
    at = 0
    for raw in folded.split("\n"):
        if text := raw.strip():
            kind = _kind(text)
            blanks = 0 if kind == "row" else len(raw) - len(raw.lstrip())  # an empty first cell is a cell
            lines.append(Line(at + blanks, at + len(raw), text, kind))
        at += len(raw) + 1
    _mark_attachments(lines)
    _mark_signatures(lines)
    return lines


def _kind(text: str) -> Kind:
    if "\t" in text and len(text) <= _ROW_LENGTH:
        return "row"
    if _FOOTNOTE.match(text):
        return "footnote"
    if _ANNEX.match(text):
        return "annex"
    if _ATTACHED.match(text) or _FILE.match(text):
        return "list"
    if _CLOSING.match(text):
        return "closing"
    return "stage" if _STAGE.match(text) else "text"


def _mark_attachments(lines: Sequence[Line]) -> None:
    """Mark the lines 2.…, 3.… of an attachments list, which are not items of the document."""
    expected = 0
    for line in lines:
        if line.kind in ("list", "annex"):
            numbers = re.findall(r"\d{1,2}(?=[.、:])", line.text)
            expected = int(numbers[-1]) + 1 if numbers else 1
            if line.kind == "annex" and line.text[-1] not in "件表录:附":
                expected = 0  # 附件1 stands over the annex itself
        elif expected and line.kind == "text":
            number = _ATTACHED_NEXT.match(line.text)
            listed = number and f"{expected}" in number[0] and "。" not in line.text and len(line.text) <= 2 * LONG_LINE
            expected = expected + 1 if listed else 0
            if listed:
                line.kind = "list"


def _mark_signatures(lines: Sequence[Line]) -> None:
    """Mark signature and date, wherever the document is signed.

    A date in a table of one cell a line has no finished sentence before it; the last line of all needs none.
    """
    for place, line in enumerate(lines):
        if line.kind != "text":
            continue
        first = place
        last = place == len(lines) - 1
        if _DATE.match(line.text) or (last and _LAST_DATE.match(line.text)):
            while first > 0 and place - first < 6 and _is_issuer(lines[first - 1]):
                first -= 1
        elif not _SIGNED.match(line.text) and not (last and _closes(lines, place)):
            continue
        before = lines[first - 1] if first and not last else None
        if before is None or before.kind != "text" or ENDED.search(before.text) or len(before.text) > LONG_LINE:
            for signed in lines[first : place + 1]:
                signed.kind = "signature"


def _closes(lines: Sequence[Line], place: int) -> bool:
    """Say whether a body without a date closes the document: a finished sentence stands before it."""
    return place > 0 and _is_issuer(lines[place]) and ENDED.search(lines[place - 1].text) is not None


def _is_issuer(line: Line) -> bool:
    return line.kind == "text" and len(line.text) <= LONG_LINE and _ISSUER.match(line.text) is not None


def find_closing(lines: Sequence[Line]) -> set[int]:
    """Return the 特此报告 and attachments lines after which no item of the same document follows.

    What follows must be nothing, or an annex that begins its numbering again at the outermost style.
    """
    ending: set[int] = set()
    following: Marker | None = None
    outermost = [99] * (len(lines) + 1)
    signed = len(lines)
    for place, line in enumerate(lines):
        signed = min(signed, place) if line.kind in ("signature", "annex") else signed
        rank = line.opener.rank if line.opener and line.opener.level < 4 else 99
        outermost[place + 1] = min(outermost[place], rank)
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.opener and line.opener.level < 4:
            following = line.opener
        elif line.kind in ("signature", "annex"):
            following = None
        elif line.kind in ("closing", "list") and (
            following is None or (following.value == 1 and (following.rank <= outermost[place] or signed < place))
        ):
            ending.add(place)
    return ending


# ── chapter titles without a number ──────────────────────────────────────────────────────────────────────────────────

_TITLE_LENGTH = range(4, 33)
_SHORT_NAME = 8  # characters; 总体要求 may open a document or an annex, a longer line there is its own title
_LOOK_BACK = 200  # numbered lines; bounds the cost of looking for the number before
_NO_TITLE = re.compile(
    rf"[(\[*·\-—<]|“[^”]*”$|《[^》]*》$|注[: ]|(?:附|图|表) ?[\d件表{HAN}]|.*[。;!?\t]|.*[:,、]$|.+:.|第.+[次届]"
)
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?!\d|\.|年)")
# What the chapters of plans and reports are called where they have a name of their own.
_CHAPTER = re.compile(
    r"(?:总则|附则|前言|序言|结语)$"
    r"|.{0,18}(?:思想|目标|原则|任务|要求|措施|保障|步骤|安排|打算|计划|规划|问题|不足|短板|成效|成果|做法|情况|领导|分工|思路|方向|重点|进度|举措|差距"
    r"|建议|亮点|特色|经验|机制)$"
)
# How a title of the parallel kind begins: 加强…, 压实….
_VERB = re.compile(
    "加强|加快|加大|推进|推动|深化|深入|完善|健全|规范|严格|强化|提升|提高|落实|坚持|优化|转变|自觉|妥善|依法|依规|全面|创新|扎实|持续|统筹|聚焦|突出|着力|"
    "切实|认真|积极|大力|努力|有效|有力|科学|构建|建立|建设|营造|打造|夯实|压实|抓好|抓实|做好|做实|筑牢|注重|围绕|紧盯|紧扣|化解|防范|维护|保障|发挥|履行|"
    "广泛|普及|弘扬|拓展|完成|实施|开展|组织|监督|党建|法治|简政|放管|多元|数字|高位|从严|精准|协同|公正|公开|领导|存在|下一|主要|重点|工作|基本|总体|指导"
)


def mark_titles(lines: Sequence[Line]) -> None:
    """Mark the lines that are titles of unnumbered chapters.

    Without numbered items, several short lines over long paragraphs are enough. Under numbers, a title must stand where
    they start again. Where chapters have numbers, only a chapter's usual name in such a place is one without.
    """
    openers = [place for place, line in enumerate(lines) if line.opener and line.opener.level in (1, 2, 3)]
    found = [place for place in range(len(lines)) if _looks_like_title(lines, place)]
    if not openers:
        _accept_plain(lines, found)
        return
    chapters = any((opener := lines[place].opener) and opener.level == 1 for place in openers)
    again: list[int] = []
    likely: list[int] = []
    unsure: list[int] = []
    for index, place in enumerate(found):
        limit = found[index + 1] if index + 1 < len(found) else len(lines)
        at = bisect_left(openers, place)
        after = lines[openers[at]].opener if at < len(openers) and openers[at] < limit else None
        before = lines[openers[at - 1]].opener if at else None
        named = _CHAPTER.match(lines[place].text) is not None
        restarted = after is not None and _starts_again(lines, openers[:at], after)
        if restarted and (named or (after and after.level == 1)):
            again.append(place)
        elif chapters:
            continue
        elif after is None:
            (likely if named or _VERB.match(lines[place].text) else unsure).append(place)
        elif after.value == 1 or (named and before and (before.style, before.value + 1) == (after.style, after.value)):
            likely.append(place)
    several = len(again) + len(likely) > 1
    for place in again + (likely if several else []) + (unsure if several and not chapters else []):
        lines[place].kind = "title"


def _starts_again(lines: Sequence[Line], earlier: Sequence[int], after: Marker) -> bool:
    """Say whether the numbers go back to 1 at *after*, in the chapter that is open before it."""
    if after.value != 1:
        return False
    for place in reversed(earlier[-_LOOK_BACK:]):
        opener = lines[place].opener
        if opener and opener.style == after.style:
            return opener.value > 1
        if opener and opener.level == 1:
            return False
    return False


def _accept_plain(lines: Sequence[Line], found: Sequence[int]) -> None:
    named = [place for place in found if _VERB.match(lines[place].text) or _CHAPTER.match(lines[place].text)]
    if len(found) < 2 or len(named) * (2 if len(found) == 2 else 3) < len(found):
        return
    for place in found:
        lines[place].kind = "title"


def _looks_like_title(lines: Sequence[Line], place: int) -> bool:
    line = lines[place]
    text = line.text.removesuffix(":")
    if line.kind != "text" or line.opener or len(text) not in _TITLE_LENGTH or _NO_TITLE.match(text):
        return False
    named = _CHAPTER.match(text)
    if (text != line.text and not named) or _ISSUER.match(text) or _DATE.match(text):
        return False
    if _FIGURE.search(_QUOTED.sub("", text)):
        return False
    before = lines[place - 1] if place else None
    opens = before is None or before.kind in ("annex", "signature", "list", "closing")
    if opens and not (named and len(text) <= _SHORT_NAME):
        return False  # the title of a document
    ended = before is None or before.kind != "text" or before.opener or len(before.text) >= LONG_LINE
    if not ended and not ENDED.search(before.text if before else "") and not (named or _VERB.match(text)):
        return False  # the last cell of a table of one cell a line
    after = next((other for other in lines[place + 1 : place + 4] if other.kind != "footnote"), None)
    if after is None or after.kind not in ("text", "stage"):
        return False
    if after.text[-1] in "。;:" and (named or _VERB.match(text)):
        return len(after.text) > len(text)
    return bool(after.opener) or len(after.text) >= max(LONG_LINE, len(text) + 10)
