"""The words of a digest that are the same every week: its name, its parts, and what their terms mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.digest.records import NEWS, Digest, Line, Part
from pipeline.weeks import read_week

TITLE = "法治政府建设监测周报"
FIRST_LINES, FIRST_TITLE = 10, "重点情况"  # told in full, whatever their part
EVIDENCE_TITLE, NOTES_TITLE = "依据", "说明"
BEFORE, AFTER = "变化前", "变化后"
NOT_BEFORE, NOT_AFTER = "（原来没有）", "（现已没有）"
LATE = "补报"


@dataclass(frozen=True, slots=True)
class PartWords:
    """How a part is called, and what stands where it is empty."""

    title: str
    short: str  # under its figure: four characters or five
    about: str
    nothing: str = ""  # where a reader would wonder; an empty part without it is only named


PARTS: Mapping[Part, PartWords] = {
    "documents": PartWords(
        "新增文件", "新增文件", "本期首次采集到的计划、报告等文件。", "本期无新增文件。"
    ),
    "changes": PartWords(
        "内容变化",
        "内容变化",
        "已在库的文件正文有改动，前后对照列出；只换了网页样式的不在此列。",
        "本期无内容变化。",
    ),
    "gone": PartWords(
        "撤下、迁移和恢复",
        "撤下迁移",
        "从网站上撤下、不再列出、换了网址或者重新出现的文件；撤下的文件，存档长期保留。",
        "本期无文件撤下、迁移或者恢复。",
    ),
    "sources": PartWords(
        "信息来源状况",
        "来源变化",
        "本期出现异常或者恢复正常的信息来源，以及其余仍不正常的。",
        "本期无信息来源失联、受阻、改版或者恢复。",
    ),
    "tracked": PartWords(
        "目标与结果对照", "结果对照", "新公布的报告怎样回应计划的目标：达到、未达到或者未见结果。"
    ),
    "deadlines": PartWords("即将到期", "即将到期", "完成期限在本期结束后30日以内。"),
    "overdue": PartWords("已过期限", "已过期限", "完成期限已过，尚未见到结果；未见不等于没有完成。"),
    "missing": PartWords("缺少的任务", "缺少任务", "在文件全文中未见的任务；未见不等于没有开展。"),
    "unpublished": PartWords(
        "未见公布的年度报告",
        "未见报告",
        "年度报告应当在每年4月1日前公布。列出在监测的来源中未见的地区，以及来源采集不到、无法判断的地区。",
    ),
    "doubtful": PartWords(
        "待人工核对", "待核对", "程序没有把握的识别结果，以及与新文本不再相符的人工更正。"
    ),
}  # fmt: skip

NOT_CHECKED = "本期没有采集，有无新情况不得而知。"
WHERE_CHECKED = "在正常采集的来源中，"

COUNTS: Mapping[str, str] = {
    "sources": "监测的来源",
    "sources_good": "其中正常",
    "places": "涉及地区",
    "publications": "在库文件",
    "news": "本期新情况",
    "late": f"其中{LATE}",
    "furniture": "只换了网页样式的页面",
    "copies": "在另一网址重复出现的文件",
    "rederived": "因程序升级重新识别的文件",
    "rederived_otherwise": "其中结果有变化的",
    "records_added": "由此增加的记录",
    "records_dropped": "由此减少的记录",
    "records_changed": "由此改变的记录",
    "long_overdue": "过期已久、不再列出的任务",
    "reports_expected": "应当公布上一年度报告的地区",
    "reports_published": "其中已见公布",
    "reports_unknown": "其中网页读不到、无法判断",
}

DAY = re.compile(r"[0-9]{4}-([0-9]{2})-([0-9]{2})")

ABOUT = (
    "本报由 fazhi 根据各来源公开的网页和文件自动汇编，未经人工核对；引用之前请对照原文。",
    "“未见”“缺少”指在已经取得的文件全文中没有找到；“未见公布”指在监测的来源中没有找到。"
    "两者都不等于没有开展工作或者没有公布。",
    "每条都列有依据：原文、网址、采集日期和存档位置。存档是采集时的原始响应，校验值（SHA-256）用来确认存档没有变过。",
    f"各期从星期一到星期日，按北京时间计。“{LATE}”指事情发生在以前各周，那一期发出之后才整理出来。",
)


def week_words(digest: Digest) -> str:
    """Return the week in words, without naming the month or the year a second time.

    Raises:
        InputError: the digest names no ISO week.
    """
    week, first, last = read_week(digest.week), digest.monday, digest.sunday
    begins = f"{first.month}月{first.day}日"
    ends = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    if first.year != last.year:
        begins, ends = f"{first.year}年{begins}", f"{last.year}年{ends}"
    return f"{week.year}年第{week.number}周（{begins}至{ends}）"


def about_of(part: Part, digest: Digest) -> str:
    """Return what a part is; of missing tasks also what they are held against."""
    about = PARTS[part].about
    if part == "missing" and digest.references:
        return f"对照{'、'.join(digest.references)}，{about}"
    return about


def nothing_in(part: Part, digest: Digest) -> str:
    """Return what stands in place of the lines of an empty part, "" where it is only named among the empty ones.

    Nothing is claimed of sources that could not be read.
    """
    nothing = PARTS[part].nothing
    if not nothing:
        return ""
    if not digest.is_checked:
        return NOT_CHECKED
    has_unread = digest.counts.sources_good < digest.counts.sources
    return f"{WHERE_CHECKED}{nothing}" if has_unread and part != "sources" else nothing


def number_of(part: Part, digest: Digest) -> str:
    """Return how many lines a part has and, of a part of news, how many of them are none."""
    lines = digest.part(part)
    old = sum(not line.is_news for line in lines) if part in NEWS else 0
    return f"{len(lines)}条" + (f"，其中本期新情况{len(lines) - old}条" if old else "")


def figure_of(part: Part, digest: Digest) -> int:
    """Return the figure of a part at the head of a digest: of a part of news, what is news."""
    return sum(line.is_news or part not in NEWS for line in digest.part(part))


def late_words(line: Line) -> str:
    """Return the mark of a line of an earlier week, with the day on which it was seen.

    >>> late_words(Line("a", "gone", 1.0, "", seen="2026-11-09", is_late=True))
    '补报（11月9日）'
    """
    if not line.is_late:
        return ""
    day = DAY.fullmatch(line.seen)
    return f"{LATE}（{int(day[1])}月{int(day[2])}日）" if day else LATE


def counted(digest: Digest) -> list[tuple[str, int]]:
    """Return what was counted, with its name; what belongs together stands together."""
    return [(name, getattr(digest.counts, field)) for field, name in COUNTS.items()]
