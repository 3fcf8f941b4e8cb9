"""What a sentence is about in time: promised, done or missing, and the year that its dates belong to."""

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.dates import FIVE_YEAR_PLANS, Calendar
from pipeline.records import Document, Section
from pipeline.text import fold

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
YEAR_SAID = re.compile(r"(20\d\d)年")
SPAN_SAID = re.compile(r"(20\d\d)年?\s*[-—~至]{1,2}\s*(20\d\d)")


@dataclass(frozen=True, slots=True)
class Context:
    """How the sentences of a section are to be read."""

    outlook: Outlook
    calendar: Calendar
    kind: str


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
    if kind != "report":
        return Context("target", Calendar(year, last_year(document)), kind)
    titles = [fold(title) for title in path_titles(section)]
    ahead = next((title for title in titles if looks_ahead(title, year)), None)
    if ahead is not None:
        return Context("target", Calendar(year_ahead(ahead, year)), kind)
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
    return Context("target", Calendar(year_ahead(words[:12], year)), context.kind)
