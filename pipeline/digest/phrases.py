"""How things are called in the sentences of a digest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pipeline.digest.known import Known
from pipeline.digest.papers import Paper
from pipeline.report.words import DIFFERENCE_SIGNS, TRACKING_SIGNS
from pipeline.scrape.outcomes import Outcome
from pipeline.weeks import Week
from pipeline.workbook import KIND_LABELS

LONGEST_TITLE = 60  # characters
LONGEST_BRIEF = 30
GONE_MARKS = {"unlisted": "（栏目中已不再列出）", "removed": "（原网址上已是别的内容）"}
ENCLOSED = re.compile(r"^.{0,60}?(?:印发|转发|公布|发布)\s*[《〈]?(?P<inner>.{6,}?)[》〉]?的(?:通知|公告|通告|公示)$")
KIND_NAMES = {**KIND_LABELS, "report": "年度报告", "outline": "纲要（规划）", "other": "文件"}


# The labels of the report, for rows of the database, whose kinds are texts.
DIFFERENCES: Mapping[str, str] = {str(kind): sign.label for kind, sign in DIFFERENCE_SIGNS.items()}
TRACKINGS: Mapping[str, str] = {str(status): sign.label for status, sign in TRACKING_SIGNS.items()}

# How a source is said to fare. A site that answers is not silent, and a guess of ours accuses nobody.
GROUP_LABELS: Mapping[str, str] = {
    "source_silent": "栏目异常",
    "source_blocked": "受阻",
    "source_layout": "栏目异常",
    "source_trouble": "异常",
    "source_good": "恢复正常",
}
OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.UNREACHABLE: "失联",
    Outcome.TLS: "无法访问",
    Outcome.SERVER_ERROR: "无法访问",
    Outcome.LIST_GONE: "栏目失效",
    Outcome.SOFT_404: "栏目失效",
    Outcome.CHANGED_LAYOUT: "疑似改版",
    Outcome.UNKNOWN_LAYOUT: "无法识别",
    Outcome.PAGE_CAP: "采集不全",
    Outcome.REPEATED_PAGE: "采集不全",
    Outcome.ROBOTS: "未予采集",
    Outcome.CLONE_HOST: "待核实",
}
OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.NO_ROWS: "栏目中没有条目",
    Outcome.CHANGED_LAYOUT: "栏目页面与原来不同",
    Outcome.UNKNOWN_LAYOUT: "网站类型未知",
    Outcome.CLONE_HOST: "疑似非政府域名的镜像页面，请核实",
    Outcome.ROBOTS: "网站（robots.txt）不允许程序访问",
    Outcome.FOREIGN_HOST: "栏目转到其他网站",
}


def fared(outcome: str, told: str = "") -> str:
    """Return what came of a source in words; *told* where this version does not know the outcome."""
    if outcome not in set(Outcome):
        return told
    known = Outcome(outcome)
    return OUTCOME_WORDS.get(known, known.words)


def fared_label(kind: str, outcome: str) -> str:
    """Return the few characters that stand before the words of what came of a source."""
    group = GROUP_LABELS.get(kind, "异常")
    if kind == "source_good" or outcome not in set(Outcome):
        return group
    return OUTCOME_LABELS.get(Outcome(outcome), group)


def short_title(paper: Paper) -> str:
    """Return the title of a document without the office that sends it out.

    关于印发青禾县2026年法治政府建设工作计划的通知 is called by what it sends out.
    """
    title = re.sub(r"\s+", "", paper.title or "") or paper.name
    if found := ENCLOSED.match(title):
        title = found["inner"]
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def called(paper: Paper) -> str:
    """Return the short title of a document in book-title marks, those inside it as single ones."""
    return marked(short_title(paper))


def marked(title: str) -> str:
    """Return a title in book-title marks.

    >>> marked("关于印发《青禾县计划》的通知")
    '《关于印发〈青禾县计划〉的通知》'
    """
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def who(known: Known, paper: Paper) -> str:
    """Return whose document it is: 青禾县, 青禾县司法局."""
    place = known.spot(paper).name or "未识别地区"
    if paper.is_of_government:
        return place
    own = paper.body or ""
    return own if own.startswith(place) else place + own


def named(known: Known, paper: Paper) -> str:
    """Return the short title, with whose document it is before it where the title does not begin so."""
    owner = who(known, paper)
    title = short_title(paper)
    return called(paper) if title.startswith((owner, known.spot(paper).name or owner)) else owner + called(paper)


def gone_mark(known: Known, paper: Paper) -> str:
    """Return what stands behind the title of a document that is no longer where it was; "" for one that is."""
    reason = known.gone_for.get(paper.publication_id)
    return "" if reason is None else GONE_MARKS.get(reason, "（已撤下）")


def kind_name(paper: Paper) -> str:
    """Return year and kind: 2026年计划, 2025年度报告."""
    name = KIND_NAMES.get(paper.kind, KIND_NAMES["other"])
    if not paper.year:
        return name
    return f"{paper.year}{name}" if paper.kind == "report" else f"{paper.year}年{name}"


def day_words(day: date, sunday: date) -> str:
    """Return a day in words, with its year where it is not that of the digest.

    >>> day_words(date(2026, 3, 5), date(2026, 4, 5)), day_words(date(2025, 12, 31), date(2026, 4, 5))
    ('3月5日', '2025年12月31日')
    """
    return f"{'' if day.year == sunday.year else f'{day.year}年'}{day.month}月{day.day}日"


def told_day(day: str, sunday: date) -> str:
    """Return a day that is told as 2026-11-12 in words, "" for none."""
    return day_words(date.fromisoformat(day), sunday) if day else ""


def week_name(week: Week) -> str:
    """Return a week in words: 第46周（11月9日至15日）."""
    first, last = week.monday, week.sunday
    end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    return f"{week.year}年第{week.number}周（{first.month}月{first.day}日至{end}）"


def brief(text: str, most: int = LONGEST_BRIEF) -> str:
    """Return a text on one line, short enough to stand among others."""
    line = re.sub(r"\s+", " ", text).strip(" ，。；;、,")
    return line if len(line) <= most else line[: most - 1] + "…"


def listed(names: Sequence[str], most: int = 3, mark: str = "、", unit: str = "") -> str:
    """Return the first of some names, and that there are more.

    >>> listed(["云岭县", "青禾县", "滨望区", "云岚县"], unit="个地区")
    '云岭县、青禾县、滨望区等4个地区'
    """
    told = mark.join(names[:most])
    return told if len(names) <= most else f"{told}等{len(names)}{unit}"


def distinct(names: Iterable[str]) -> list[str]:
    """Return names each once, in their order, without empty ones."""
    return [one for one in dict.fromkeys(names) if one]


def sentence(*clauses: str) -> str:
    """Return clauses as one sentence.

    >>> sentence("青禾县公布报告", "", "含结果3条")
    '青禾县公布报告，含结果3条。'
    """
    return "，".join(clause for clause in clauses if clause).rstrip("。") + "。"
