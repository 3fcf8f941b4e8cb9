"""Title blocks: broken lines joined, the document number and a date taken out, site names and spam cut off."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.parse.signing import BODY_NAME, DATE, read_date, read_year
from pipeline.text import fold, is_chinese

# --- document numbers ------------------------------------------------------------------------------------------------

# 〔〕 ［］ 【】 and full-width forms fold to [ ]; the rest is what typists put in their place.
_OPEN, _CLOSE = r"[\[({<〈「《]", r"[\])}>〉」》]"
_NUMBER = re.compile(
    rf"(?P<stem>(?!关于|转发|根据|按照|参?见|附)[\u4e00-\u9fff]{{2,14}}?(?:\([\u4e00-\u9fff]+\))?)\s*(?:{_OPEN}\s*(?P<year>[12][0-9Oo〇○]{{3}})\s*年?\s*"
    rf"{_CLOSE}|(?P<bare>[12][0-9Oo〇○]{{3}})\s*年)\s*第?\s*(?P<no>\d{{1,5}}(?:-\d{{1,3}})?)\s*号"
)
_ORDER = re.compile(r"[\u4e00-\u9fff]{2,20}令\s*\(?第?\s*(?:\d{1,4}|[一二三四五六七八九十百〇零]{1,6})\s*号\)?")
_NUMBER_LABEL = re.compile(r"^(?:发文字号|发文文号|文件编号|文号|字号)\s*:?\s*")
# A number glued to a title stands behind the title's last word, a bracket or a blank: …的通知(云政发[2022]3号)
_TITLE_WITH_NUMBER = re.compile(
    rf"(?P<head>.*(?:通知|报告|方案|计划|要点|总结|纲要|意见|公告|决定|[》\")(\s]))[\s(]*(?P<number>{_NUMBER.pattern})\s*\)?\s*"
)
# A list of results prints the number before the title: 云政发[2022]3号《…实施意见》; 文件精神 behind it cites it.
_NUMBER_AT_HEAD = re.compile(
    rf"(?P<number>(?!\S*?(?:关于|转发|贯彻|落实|根据|按照|执行|印发)\S*?号){_NUMBER.pattern})\s*[:,]?\s*"
    r"(?=《|关于|[\u4e00-\u9fff])(?!文件|文(?!明|化|旅|山|昌|成|水|登|安)|精神|通知|规定|要求|解读|政策|答复|[的、和及与等])"
)


def _blankless(text: str) -> str:
    return "".join(fold(text).split())


def read_doc_number(text: str) -> str | None:
    """Return *text* as a document number in its normal form, 云政办发〔2022〕12号; None if it is anything more.

    Brackets of any form, full-width digits, blanks and a letter O for a nought are put right; an order such as
    云岚县人民政府令第3号 keeps its words.
    """
    bare = _NUMBER_LABEL.sub("", _blankless(text)).strip(":;。")
    bare = bare[1:-1] if bare[:1] + bare[-1:] == "()" else bare
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return bare if _ORDER.fullmatch(bare) else None
    year = read_year(match["year"] or match["bare"])
    return f"{match['stem']}〔{year}〕{match['no']}号" if year else None


# --- cleaning --------------------------------------------------------------------------------------------------------

_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
# Pieces that a page adds to the title of its document, behind a dash, a bar or an underscore.
_SEPARATOR = re.compile(r"\s*(?:[_|]+|-+|·|>+|\s{2,})\s*")
_SITE_PIECE = re.compile(
    r"(?:网站?|门户|平台|专栏|频道|人民政府|公开|公开目录|政务公开|首页|正文|文章中心|(?<!新闻)发布|司法[局厅])(?:\([\u4e00-\u9fff]*\))?$"
)
_SPAM_PIECE = re.compile(
    r"bet\d|365|www\.|https?:|\.(?:com|net|cc|vip)\b|体育|彩票|博彩|棋牌|娱乐城|百家乐|官网(?:登录|下载)|app下载|casino",
    re.IGNORECASE,
)
_MEDIUM = re.compile(r"^\[(?:图文|图解|转载|原文|原创|置顶|推荐)\]\s*")
# Two names of sites joined by a dash, with the title behind them or alone on their line; one name alone on its line.
_NO_SITE = r"(?![^网\s]*(?:关于|印发|建设|推进|加强|打造|完善|一张)[^网\s]*网)"
_SITES = (
    rf"{_NO_SITE}[\u4e00-\u9fff]{{2,12}}网站?\s*[-_|·]+\s*{_NO_SITE}[\u4e00-\u9fff]{{2,14}}?网站?"
    r"(?![格络上点民约站]|建设|管理|改版|整合|普查|工作|运行)"
)
_SITES_AT_HEAD = re.compile(rf"{_SITES}\s*(?=[\u4e00-\u9fff《\d]{{4}})")
_SITE_LINE = re.compile(
    rf"{_SITES}|{_NO_SITE}[\u4e00-\u9fff]{{2,12}}"
    r"(?:政府|政务|门户|新闻|日报|法治|法制|法律|普法|法规|信息|搜索|公开|人民)网站?"
)
_EMPTY_PAGE = re.compile(r"\((?:此|本)页(?:以下)?(?:无正文|无内容|空白)\)|(?:此|本)页无(?:正文|内容)")
_SUBTITLE_DASH = re.compile(r"^[-_—―─\s]{2,}(?=[\u4e00-\u9fff《“])")
_CUT_OFF = re.compile(r"(?:\.{2,}|…+)$")


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count("《") == text.count("》")


def _without_pieces(title: str) -> str:
    """Drop what a page put before or behind the title: its site's name, its column, injected words."""
    while True:
        folded = fold(title)
        cuts = [match for match in _SEPARATOR.finditer(folded) if match.start() and match.end() < len(folded)]
        for match in reversed(cuts):
            head, piece = folded[: match.start()], folded[match.end() :]
            if _balanced(head) and (_SITE_PIECE.search(piece) or _SPAM_PIECE.search(piece)):
                title = title[: match.start()]
                break
        else:
            for match in cuts:
                if _SPAM_PIECE.search(folded[: match.start()]):
                    title = title[match.end() :]
                    break
            else:
                return title


def _joined_blanks(text: str) -> str:
    """Drop blanks beside Chinese characters; one stays between two bodies that issue together."""
    parts = text.split()
    out = parts[0] if parts else ""
    for part in parts[1:]:
        two_bodies = (
            min(len(out), len(part)) >= 4
            and BODY_NAME.fullmatch(out.rpartition(" ")[2])
            and BODY_NAME.match(part)
            and not part.startswith(("关于", "印发", "转发"))
        )
        chinese = is_chinese(out[-1]) or is_chinese(part[0]) or part[0] in "《》“”（）()" or out[-1] in "《》“”（）()"
        out += part if chinese and not two_bodies else " " + part
    return out


def clean_title(title: str) -> str:
    """Return *title* without mark-up, site names, spam, a document number and blanks inside Chinese words."""
    title = _without_pieces(html.unescape(_TAG.sub("", title)).strip())
    for opening in (_EMPTY_PAGE, _SITES_AT_HEAD, _NUMBER_AT_HEAD, _SUBTITLE_DASH):
        if found := opening.match(fold(title)):
            title = title[found.end() :].strip()
    title = title[_medium.end() :] if (_medium := _MEDIUM.match(fold(title))) else title
    if match := _TITLE_WITH_NUMBER.fullmatch(fold(title)):
        title = title[: match.end("head")].rstrip(" (（")
    title = _joined_blanks(title)
    if title[:1] == "《" and title[-1:] == "》" and title.count("《") == 1:
        title = title[1:-1]
    return title


def is_cut_off(title: str) -> bool:
    """Say whether a list or table shortened *title*, as in 云岚县人民政府关于…印发…, by dots at its end."""
    return bool(_CUT_OFF.search(title.strip()))


# --- the block -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """What the lines above a body say."""

    titles: tuple[str, ...] = ()  # whole; a notice may be followed by the plan that it issues
    doc_number: str | None = None
    mastheads: tuple[str, ...] = ()  # bodies named in 云岚县人民政府文件
    written: date | None = None  # a date alone on its line, in words: (2023年1月16日)
    bodies: tuple[str, ...] = ()  # alone on a line below the title, as on a cover
    published: date | None = None  # the same in figures, as a CMS prints it: 2023-01-19


_MASTHEAD = re.compile(r"(?P<body>[\u4e00-\u9fff\s]{4,30}?)\s*文\s*件")
_SIGNER = re.compile(r"\s*签\s*发\s*人\s*:.*$")  # beside the number of a letterhead
_NOISE = re.compile(
    r"(?:19|20)\d\d年\d{1,2}月|特急|加急|平急|急件|机密|秘密|[省市县区州旗盟镇乡]?(?:人民)?政府(?:办公?室)?文件|(?:本级|部门|政策|上级)文件|内部(?:资料|文件)?|\d{1,8}|.{0,6}公开(?:方式|属性).*|[-—_*=·\s]+"
)
_END = re.compile(
    r"(?:通知|报告|报告书|方案|计划|要点|总结|纲要|规划|意见|通告|公告|公报|汇报|通报|清单|办法|决定|批复|年报|的函|台账|细则|安排)"
    r"[》”\"]?(?:\([^()]*\))?"
)
# A line that goes on with the title above it: 的通知, 和责任分工, (2021-2025年), a lone 工作报告.
_CONTINUES = re.compile(
    r"[的和与及暨之(》-]|(?:年度)?(?:工作|情况|实施|总结|法治政府建设|自查)*(?:报告|总结|方案|计划|要点|安排|汇报|通知)$"
)


def read_title_block(lines: Iterable[str]) -> TitleBlock:
    """Sort the lines of a title block into whole titles, a document number, mastheads and a date."""
    titles: list[str] = []
    mastheads: list[str] = []
    number: str | None = None
    days: dict[bool, date | None] = {}  # written in words -> date
    open_title = False
    for printed in filter(str.strip, lines):
        line = printed
        if signer := _SIGNER.search(fold(line)):
            line = line[: signer.start()]
        folded = fold(line).strip()
        bare = _blankless(line)
        found = read_doc_number(line)
        masthead = _MASTHEAD.fullmatch(folded)
        day = DATE.fullmatch(bare.strip("()"))
        noise = any(pattern.fullmatch(folded) for pattern in (_NOISE, _EMPTY_PAGE, _SITE_LINE))
        if found or masthead or day or noise:
            open_title = False
            number = number or found
            if day:
                days.setdefault("年" in bare, read_date(line))
            if masthead:
                mastheads.append("".join(masthead["body"].split()))
            continue
        if match := _TITLE_WITH_NUMBER.fullmatch(folded) or _NUMBER_AT_HEAD.match(folded):
            number = number or read_doc_number(match["number"])
        complete = bool(titles) and _is_complete(titles[-1])
        if open_title and not (complete and not _CONTINUES.match(bare)):
            titles[-1] = f"{titles[-1]} {line.strip()}"
        else:
            titles.append(line.strip())
        open_title = True
    cleaned = list(dict.fromkeys(filter(None, map(clean_title, titles))))
    bodies = [title for title in cleaned[1:] if BODY_NAME.fullmatch(fold(title))]
    return TitleBlock(
        tuple(title for title in cleaned if title not in bodies),
        number,
        tuple(mastheads),
        written=days.get(True),
        published=days.get(False),
        bodies=tuple(bodies),
    )


def _is_complete(title: str) -> bool:
    folded = _blankless(title)
    ends = [match.end() for match in _END.finditer(folded)]
    return bool(ends) and ends[-1] == len(folded) and _balanced(folded)
