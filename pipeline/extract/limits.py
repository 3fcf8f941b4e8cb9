"""Which dates bind: the day by which a task is due, and not the day of an event or the time that a paper is about."""

import re
from dataclasses import dataclass

from pipeline.extract.context import Context
from pipeline.extract.phrases import tidy
from pipeline.mentions import Mention

LIMIT_KINDS = ("limit", "span", "start", "window", "day", "year")
FREQUENT = ("frequency", "recurring", "term", "annual")
# 将 before a verb looks ahead; 将 at the head of a clause is the object marker (将分值由2分调增至4分).
FUTURE = re.compile(
    r"将(?=于|在|继续|进一步|持续|不断|力争|全力|坚持|全面|按照|完成|达到|实现)|(?<=[县区市省镇乡府局我还也均都步个])将"
    r"|(?<![模虚比])拟(?!定|废|制|合)|计划(?:于|在)|力争|争取(?![^,;。]{0,12}(?:资金|经费|项目|指标|名额|编制|补助|支持))"
    r"|预计|下一步|下步|有望"
)
# A verb with 了 before any pause, 再 and 被: what a plan tells of work done before it.
TOLD = re.compile(
    r"[^,;。]{0,24}?[\u4e00-\u9fff](?<![除为达到])了(?![解结])|[^,;。]{0,12}(?:挂牌成立|揭牌|正式启用|正式上线)"
)
HAPPENED = re.compile(
    r",?[^,;。]{0,16}?(?:(?:印发|下发|出台|公布)《|批复|审议通过|获评|荣获|被(?:评|命名|授予|确定)|正式(?:施行|挂牌))"
)
# 自5月1日起,推行…: what is begun on a date.
BEGUN = re.compile(r"^[^,;。]{0,16}?(?:推行|启用|实行|启动|停止|停用|取消|开展|建立|实现|全面(?:实施|执行|推开))")
# 上半年工作总结, 三季度整改情况: the time that a paper is about.
PAPER = re.compile(
    r"(?:的?有关|的?工作|的?相关)情况|[^,;。]{0,12}(?:要点|计划|方案|总结)(?:》|的通知)"
    r"|(?:的|度)?(?:有关|相关|各项|重点|法治|执法|政府|建设|整改|落实|推进|任务|工作|完成)*"
    r"(?:情况|进展|总结|小结|报表|数据)(?=[,;。()、]|$|[和及与报])"
)
# 2020年底前制定的文件, 年末为重点时段: what a date tells about, not when a task is due.
BACKGROUND = re.compile(
    r"(?:制定|印发|出台|发布|立案|受理|办结|颁布|施行|实施|成立|召开|签订|形成){1,2}的"
    r"|[为是][^,;。]{0,10}(?:时段|时期|节点|关键|开局|收官|重要)"
)
YEARS_ONLY = re.compile(r"(?:19|20)\d{2}年?\s*(?:-{1,2}|~|至|到)\s*(?:19|20)\d{2}年")
TITLE_OF_YEARS = re.compile(
    r"[^,;。]{2,24}(?:重点|要点|计划|规划|方案|安排|纲要)(?:任务|工作|分工)?$"
)  # 2012-2014年依法行政工作要点
OF_PROGRAMME = re.compile(r"(?:行动|工程|计划|活动)\($")  # 三年行动(2023-2025年)
OF_OTHERS = re.compile(r"(?:提出|确定|明确|规定|部署|要求)的$")  # 党的十八大提出的到2020年…的目标
AUTUMN = 9  # from this month on, plans of the next year are handed down
HANDED_IN = re.compile(r"[^,;。]{0,16}?(?:上?报|报?送|提交|完成|上交|反馈|印发|公布)")
IN_YEAR = re.compile(r"(?:全面|基本|初步|全部|力争)*(?:实现|完成|建成|达到|形成)")
IN_LATER_YEAR = re.compile(
    r"(?:全面|基本|初步|全部|力争)*(?:开展|实施|启动|推进|组织|建立|制定|出台|启用|推行|新建|编制|修订)"
)


def binds(context: Context, text: str, clause: tuple[int, int], mention: Mention) -> bool:
    """Say whether a date in the clause at text[clause[0]:clause[1]] is a limit and not the day of an event."""
    return Place(context, text, *clause, mention).binds()


@dataclass(frozen=True, slots=True)
class Place:
    """A date where it stands."""

    context: Context
    text: str
    clause_start: int
    clause_end: int
    mention: Mention

    @property
    def word(self) -> str:
        """The words of the date."""
        return self.text[self.mention.start : self.mention.end]

    @property
    def before(self) -> str:
        """The words of the clause before the date."""
        return self.text[self.clause_start : self.mention.start]

    @property
    def after(self) -> str:
        """The words of the clause behind the date."""
        return self.text[self.mention.end : self.clause_end]

    @property
    def following(self) -> str:
        """The words behind the date, of the next clause where its own has none."""
        return self.after.strip() or self.text[self.clause_end + 1 : self.clause_end + 60]

    def binds(self) -> bool:
        """Say whether the date is a limit or a period of something to be done."""
        kind = self.mention.date_kind
        if kind in FREQUENT:
            named = re.search(r"(?:列为|作为|纳入|成为|属于)$", self.before)
            return not named and not re.match(r"的(?!\d)", self.text[self.mention.end :])
        if kind not in LIMIT_KINDS:
            return False
        return self.binds_target() if self.context.outlook == "target" else self.binds_result()

    def binds_result(self) -> bool:
        """In what reports, a limit is one that lies ahead or that work was done by: 6月底前完成了清理."""
        year, deadline, kind = self.context.calendar.year, self.mention.deadline, self.mention.date_kind
        if deadline and year and deadline.year > year:
            names = "五" in self.word and not FUTURE.search(self.text, self.clause_start, self.clause_end)
            return kind in ("limit", "day") or (kind == "window" and not names)  # 出台“十四五”时期规划 names a paper
        return kind == "limit" and self.word[-1] in "前内" and "年内" not in self.word

    def binds_target(self) -> bool:
        """In what plans, a date is a limit unless it tells of something else."""
        kind = self.mention.date_kind
        if kind == "year":
            return self.year_binds()
        if self.is_told() or OF_OTHERS.search(self.before):
            return False
        if kind == "start":
            return self.start_binds()
        based = self.before.endswith("在") and "基础上" in self.after
        if based or self.is_past() or BACKGROUND.match(self.after):
            return False
        if kind == "day":
            return self.day_binds()
        if YEARS_ONLY.fullmatch(self.word) and (OF_PROGRAMME.search(self.before) or TITLE_OF_YEARS.match(self.after)):
            return False
        if re.search(r"有效期(?:限)?(?:为)?$", self.before):
            return False
        if kind == "window" and self.word.startswith(("今", "本", "明", "来", "次")):
            return not tidy(self.before) and not re.match(r"(?:是|以来|我|的)", self.after)
        return not PAPER.match(self.after)

    def year_binds(self) -> bool:
        """A year alone is a limit where a task is to be done in it: 2025年实现, 力争在2024年建成."""
        year, deadline = self.context.calendar.year, self.mention.deadline
        if year is None or deadline is None or deadline.year < year:
            return False
        later = deadline.year > year and IN_LATER_YEAR.match(self.after)
        return bool(IN_YEAR.match(self.after) or later)

    def is_told(self) -> bool:
        """Say whether the date is the day of something done: 4月21日下发了通知; 5月16日,举办了培训班; 去年5月挂牌."""
        ahead = FUTURE.search(self.text, self.clause_start, self.clause_end)
        if self.mention.date_kind not in ("day", "window") or ahead:
            return False
        return self.word.startswith(("去年", "上年", "前年")) or bool(TOLD.match(self.following))

    def is_past(self) -> bool:
        """Say whether the date lies before the year planned: “十三五”时期 in a plan from 2021 on.

        A plan of next year's work, handed down in autumn, may ask for something by the end of this one.
        """
        year, deadline = self.context.calendar.year, self.mention.deadline
        if deadline is None or year is None or deadline.year >= year:
            return False
        soon = deadline.year == year - 1 and deadline.month >= AUTUMN and self.word.endswith("前")
        return not (soon and HANDED_IN.match(self.after))

    def start_binds(self) -> bool:
        """Say whether a start date opens a task, 8月开始,实行…, and is not the day a rule takes force."""
        year, begins = self.context.calendar.year, self.mention.begins
        if begins is None or re.match(r"(?:正式)?(?:施行|实施|执行|生效)", self.following):
            return False
        opens = BEGUN.match(self.following) and year is not None and begins.year >= year
        return not re.search(r"[自从]$", self.before) or bool(opens)

    def day_binds(self) -> bool:
        """A calendar day or month is a limit unless something happened on it or takes force from it."""
        if self.word[0] in "至到截":
            return self.word[0] != "截"
        written, deadline, before = self.context.written, self.mention.deadline, self.before.strip()
        if written and deadline and deadline < written and not before.endswith("("):
            return False
        if not before and self.word.endswith(("日", "号")) and HAPPENED.match(self.following):
            return False
        if re.fullmatch(r"[\d./-]+", self.word) and not re.search(r"于|时间|时限", before):
            return False  # 2023-03-19 08:36
        if re.search(r"(?:经|自|从|根据|按照|截至|已于|印发于)$", before):
            return False
        if re.match(r"(?:起|施行|印发|审议|通过|第)", self.after):
            return False
        if re.match(r"(?:的|在|召开的|区政府|县政府|市政府)", self.after) and "审议" in self.after:
            return False
        return not self.word.endswith("日") or bool(self.after.strip(" )")) or not before
