"""What a sentence is about in time: promised, done or missing, and the year that its dates belong to."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.dates import FIVE_YEAR_PLANS, Calendar
from pipeline.records import Document, Section
from pipeline.text import fold
from pipeline.voice import voice_of

Outlook = Literal["target", "result", "problem"]

NEXT = re.compile(
    r"下一?步|下一?阶段|下一?年|打算|工作思路|今后|明年|来年|新的一年|努力方向|改进措施|整改措施|(?:工作|重点)(?:安排|计划)"
)
# 2024年主要任务 closes a report on 2023; 2023年主要举措和成效 is what it reports.
YEAR_AHEAD = re.compile(r"(?P<year>20\d\d)年[^。]{0,12}(?:安排|计划|打算|思路|目标|重点|任务|举措|展望|工作)")
TOLD = re.compile(r"成效|成果|成绩|情况|做法|进展|总结|完成|回顾|取得|亮点")
PROBLEM = re.compile(
    r"存在(?:的)?(?:主要|突出)?(?:问题|不足|困难|差距|短板)|问题(?:和|与|及)?(?:不足|差距|短板)|不足(?:之处|和|与)"
    r"|薄弱环节|短板|^不足$|主要问题|困难和问题"
)
# A paragraph that turns to the future in a report without a chapter of its own.
TURN = re.compile(
    r"^(?:(?:下一?步|下一?阶段|今后|明年|来年|新的一年|针对(?:以上|上述))|(?P<year>20\d\d)年[,是])"
    r"[^。]{0,60}?(?:将|(?<![主重需纲])要|力争|拟|继续|打算|计划)"
)
# A plan's look back on the year before it.
LOOK_BACK = re.compile(
    r"(?:工作|情况)回顾$|^(?:20\d\d年|去年|上一?年度?|过去).{0,16}(?:情况|成效|成绩|总结|进展)$|^(?:主要|工作|取得的?)+成[效绩]$"
)
# What opens a sentence of a report and makes the rest of it a promise.
AHEAD = re.compile(r"^\s*(?:下一?步|下一?阶段|今后|明年|来年|下一?年度?)")
PLANNED = re.compile(
    r"(?P<year>20\d\d)年(?!\d)[^,;。]{0,8}?(?:将|计划|拟|力争|争取|预计|(?<![重主需纲必])要(?!求))"
    r"|(?:计划|拟|力争|争取|预计|确保|将[于在])[^,;。\d]{0,4}(?P<later>20\d\d)年"
)
# What opens a sentence of a plan and makes the rest of it a report.
TOLD_BEFORE = re.compile(
    r"^\s*(?:(?:到|至)?(?P<year>20\d\d)年(?:度|底|末)?(?=,|全[国省市县区州盟旗镇乡]|我[国省市县区州盟旗镇乡]|各|共|累计)"
    r"|(?:去年|上一?年度?)(?=,|全|我|各|共|累计|的工作)|截[至止]|目前|现已|[“\"]?(?P<plan>十[一二三四五六]?五)[”\"]?(?:时期|期间|以来))"
)
OBLIGES = re.compile(r"力争|确保|应当|必须|须|将|拟|要(?!求)|今年|本年|明年|争取")
# 按照…不低于90%的要求: what was demanded, beside what was done.
DEMANDED = re.compile(r"^的?(?:总体|年度|工作|预定|既定)?(?:要求|目标|任务|标准|规定)")
DEMANDS = re.compile(r"^(?:[^,;。]{0,8}(?<![按遵据])(?<!按照)(?:明确|严格)?(?:要求|规定)|明确)")
YEAR_SAID = re.compile(r"(20\d\d)年")
SPAN_SAID = re.compile(r"(20\d\d)年?\s*[-—~至]{1,2}\s*(20\d\d)")


@dataclass(frozen=True, slots=True)
class Context:
    """How the sentences of a section are to be read."""

    outlook: Outlook
    calendar: Calendar
    kind: str
    written: date | None = None  # the day of the document: a plan sets no date before it


def last_year(document: Document) -> int | None:
    """Return the last year of a plan over several years, from its title or the five-year plan it belongs to."""
    title = fold(document.title or "")
    if match := SPAN_SAID.search(title):
        return int(match[2])
    for name, year in FIVE_YEAR_PLANS.items():
        if len(name) == 3 and name in title:
            return year
    if document.kind == "outline" and document.year:
        return document.year + 4  # outlines run for the five years of a plan
    return None


def read_context(document: Document, section: Section) -> Context:
    """Return the context of a section, from the titles above it and the kind of its document."""
    year, kind = document.year, document.kind
    titles = [fold(title) for title in path_titles(section)]
    if kind != "report" and not (kind == "other" and voice_of(document.text) == "told"):
        outlook: Outlook = "result" if any(LOOK_BACK.search(title) for title in titles) else "target"
        return Context(outlook, Calendar(year, last_year(document)), kind, document.written or document.issued)
    ahead = next((title for title in titles if looks_ahead(title, year)), None)
    if ahead is not None:
        return Context("target", Calendar(year_ahead(ahead, year), ahead=True), kind)
    if any(PROBLEM.search(title) for title in titles):
        return Context("problem", Calendar(year), kind)
    return Context("result", Calendar(year), kind)


def looks_ahead(title: str, year: int | None) -> bool:
    """Say whether a chapter of a report on *year* is about what is to come."""
    if match := YEAR_AHEAD.search(title):
        later = year is not None and int(match["year"]) > year
        return later or bool(re.search(r"打算|下一?步|今后", title))
    return bool(NEXT.search(title)) and not (
        TOLD.search(title) and not re.search(r"打算|下一?步|今后|明年|来年", title)
    )


def year_ahead(title: str, year: int | None) -> int | None:
    """Return the year that a chapter on next steps speaks of: the one it names, else the one after the report's."""
    if (match := YEAR_SAID.search(title)) and (year is None or int(match[1]) > year):
        return int(match[1])
    return year + 1 if year else None


def path_titles(section: Section | None) -> list[str]:
    """Return the titles from a section up to its chapter; a paragraph's first words are no title."""
    titles = []
    while section is not None:
        if section.level:
            titles.append(section.title[:40])
        section = section.parent
    return titles


def turns_ahead(words: str, context: Context) -> bool:
    """Say whether a paragraph of a report leaves what was done for what is to come."""
    match = TURN.match(words)
    if match is None or context.kind != "report" or context.outlook == "target":
        return False
    year = context.calendar.year
    return match["year"] is None or year is None or int(match["year"]) > year


def look_ahead(context: Context, words: str, year: int | None) -> Context:
    """Return the context after such a turn."""
    return Context("target", Calendar(year_ahead(words[:12], year), ahead=True), context.kind)


def promises(words: str, year: int | None) -> bool:
    """Say whether what a report's sentence says up to a value makes it a promise: 下一步,将…; 2025年将新建…."""
    if AHEAD.match(words):
        return True
    named = [int(match["year"] or match["later"]) for match in PLANNED.finditer(words)]
    return year is not None and any(one > year for one in named)


def tells(words: str, year: int | None) -> bool:
    """Say whether what a plan's sentence says up to a value makes it a report: 2023年,全县共办理…; 截至目前…."""
    match = TOLD_BEFORE.match(words)
    if match is None or OBLIGES.search(words):
        return False
    named = int(match["year"]) if match["year"] else FIVE_YEAR_PLANS[match["plan"]] if match["plan"] else None
    return named is None or (year is not None and named < year)


def demands(before: str, after: str) -> bool:
    """Say whether a value in a report is what was demanded: 按照…不低于90%的要求, 要求各部门…不少于4次."""
    return bool(DEMANDED.match(after) or DEMANDS.search(before))
