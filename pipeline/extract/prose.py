"""Commitments out of running text: which number goes with which date, frequency, comparator and subject."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.extract.clauses import Clause, split_clauses
from pipeline.extract.context import Context, demands, promises, tells
from pipeline.extract.phrases import tidy
from pipeline.extract.topics import SubjectReader
from pipeline.mentions import Mention, MentionKind
from pipeline.records import Comparator, Period, Reason, Stance, ValueType

VALUE_TYPES: dict[MentionKind, ValueType] = {
    "quantity": "quantity",
    "universal": "universal",
    "benchmark": "benchmark",
}
REPEATED = ("次", "期", "场", "轮", "堂", "场次")
LIMIT_KINDS = ("limit", "span", "start", "window", "day", "year")
FREQUENT = ("frequency", "recurring", "term", "annual")
AT_LEAST = re.compile(r"(?:至少|不少于|不低于|最少|起码|力争|不得少于)[^,;。\d”]*$")
AT_MOST = re.compile(r"(?:最多(?!跑)|最长|最迟|不超过|不得超过|不多于|至多)[^,;。\d”]*$")
# 比2019年多办理案件214件: the verb of doing stands between the change and its number.
MORE_DONE = re.compile(
    r"(?:同比|环比|(?:比|较)(?P<base>[^,;。]{1,10}?))(?P<way>多|少)(?:办理|受理|审结|办结|开展|组织|举办|排查|化解|调解|检查|查处|立案|发放|公开|培训|接待|收到|审查|审核)"
    r"[^,;。\d]{0,12}$"
)
# 减少材料四成以上, 压缩审批时限50%: the verb stands before what shrinks.
LESS_OF = re.compile(
    r"(?:减少|压减|压缩|精简|缩短|降低|减|缩减)[^,;。至到为]{0,8}(?:材料|时限|时间|环节|要件|证明|成本|次数|频次|用时|数量|跑动|事项|表单|证照|周期)$"
)
STRIVE = re.compile(r"力争[^,;。]*$")
FROM = re.compile(r"(?:由|从|自)[^,;。]{0,20}$")
TO = re.compile(
    r"(?:提高|提升|增长|增加|上升|下降|减少|降低|压减|压缩|缩减|缩短|精简|提速|调整|扩大|优化|变更|升|降|减|压|改|增|变|扩)?(?:到|至|为|成)"
)
ON_TOP = re.compile(r"^的?基础(?:上|之上)")
LAST_YEAR = re.compile(
    r"(?:去年|上年|上一年度?|同期|此前|(?<![草平高太中复])原来?|原先|法定)(?:同期|水平|度)?(?:的|为|是|约)*$"
)
YEAR_OF = re.compile(
    r"(?<![至-])(?P<year>20\d\d)年(?:度)?(?:同期)?(?:的|为|是|约)+$"
)  # 2023年为98件 beside this year's
# 为上年的六成, 减少到原来的三分之一: this year's figure, told as a share of last year's.
SHARE_OF_LAST = re.compile(
    r"(?:为|是|占|相当于|到|至|达|仅|不足)(?:去年|上年|上一年度?|原来|原先|同期|法定)(?:同期|水平)?的$"
)
ON_BASE = re.compile(r"在(?P<base>[^,;。]{1,16}?)的?基础上[^,;。]{0,6}$")
REFERENCE = re.compile(
    r"(?:对比|(?<![同环占对百])比|较|与|相比)(?P<base>[^,;。]{1,16}?)(?:相比|同期相比|相较)?(?:再|又|累计|平均|分别|净|共|大幅|明显|显著|小幅|略)*(?:提高|提升|增长|增加|上升|上涨|升高|下降|减少|降低|压减|压缩|缩短|下滑|多|少|高|低|净增|翻|升|降|增|减|精简|缩减|回落)[^,;。]{0,6}$"
)
# 将 before a verb looks ahead; 将 at the head of a clause is the object marker (将分值由2分调增至4分).
FUTURE = re.compile(
    r"将(?=于|在|继续|进一步|持续|不断|力争|全力|坚持|全面|按照|完成|达到|实现)|(?<=[县区市省镇乡府局我还也均都步个])将"
    r"|(?<![模虚比])拟(?!定|废|制|合)|计划(?:于|在)|力争|争取(?![^,;。]{0,12}(?:资金|经费|项目|指标|名额|编制|补助|支持))|预计|下一步|下步|有望"
)
# A verb with 了 before any pause, 再 and 被: what a plan tells of work done before it.
TOLD = re.compile(
    r"[^,;。]{0,24}?[\u4e00-\u9fff](?<![除为达到])了(?![解结])|[^,;。]{0,12}(?:挂牌成立|揭牌|正式启用|正式上线)"
)
UNFINISHED = re.compile(
    r"(?:有序|稳步|加快|深入|积极|全力|逐步|持续|扎实|大力)?(?:推进|推动|努力实现|争取|力争|探索)[^,;。]*$"
)
# 已选聘法律顾问132名 is done; what 已公布的清单 names is not said to be.
DONE_COUNT = re.compile(
    r"(?<![而早业])已(?:经)?(?:选聘|聘请|聘任|配备|培训|办理|办结|发放|培养|培育|创建|设立|组建|签订|整改|化解|受理|开通|接入|取消|清理"
    r"|公布|形成|拥有|建|打造|查处|调解|评查)[^,;。的]*$"
)
DONE = re.compile(
    r"(?<![而早业])已(?:经)?(?:建成|完成|实现|达|办|有|成立|制定|出台|建立|覆盖|开展|全部|累计)|截至目前|去年以来|上年度?共|去年共"
)
TASK_START = re.compile(r"^(?:全面|基本|初步|实现|完成|建成|形成|建立|达到|做到|取得|确保|健全|力争|制定|编制|出台)")
# A clause behind a head date that is a task of its own; 推动更多争议化解在诉前 is the aim of the one before it.
OWN_TASK = re.compile(
    r"^(?:并|同时)?(?:全面|基本|初步|如期)*(?:完成|建成|建立|形成|实现|制定|出台|编制|公布|印发|启动|构建|健全|打造|修订|组建)"
    r"|(?:明显|显著|大幅|更加|基本|全面|进一步)(?:提升|提高|增强|改善|健全|完善|形成|建成|优化|规范)$"
)
# 自5月1日起,推行…: what is begun on a date.
BEGUN = re.compile(r"^[^,;。]{0,16}?(?:推行|启用|实行|启动|停止|停用|取消|开展|建立|实现|全面(?:实施|执行|推开))")
# 上半年工作总结, 三季度整改情况: the time that a paper is about.
PAPER = (
    r"(?:的|度)?(?:有关|相关|各项|重点|法治|执法|政府|建设|整改|落实|推进|任务|工作|完成)*"
    r"(?:情况|进展|总结|小结|报表|数据)(?=[,;。()、]|$|[和及与报])"
)
SINCE_NOW = re.compile(r"(?:[自从]?(?:即日|现在|(?:本)?(?:通知|方案|文件)?(?:印发|下发|公布)之日)起[至到]?|[自从])?")
EACH_TIME = re.compile(r"(?:其中)?每[次场期堂]")  # each of them, whatever the year
# 2020年底前制定的文件, 2023年底完成改革的基础上, 年末为重点时段: what a date tells about, not when a task is due.
BACKGROUND = re.compile(
    r"(?:制定|印发|出台|发布|立案|受理|办结|颁布|施行|实施|成立|召开|签订|形成){1,2}的"
    r"|[为是][^,;。]{0,10}(?:时段|时期|节点|关键|开局|收官|重要)"
)
HAPPENED = re.compile(
    r",?[^,;。]{0,12}?(?:批复|审议通过|召开了|获评|荣获|被(?:评|命名|授予|确定)|印发了|下发了|出台了|正式(?:施行|挂牌))"
)
YEARS_ONLY = re.compile(r"(?:19|20)\d{2}年?\s*(?:-{1,2}|~|至|到)\s*(?:19|20)\d{2}年")
PARALLEL = re.compile(r"^(?:并|且|同时)?(?!每[次人名个村所])[^,;。]{0,8}(?:至少|不少于|不低于)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A commitment in the making: offsets count in the run's text, `marks` are the mentions it is made of."""

    type: ValueType
    stance: Stance
    start: int  # of the quote
    end: int
    value_start: int
    value_end: int
    core: int
    subject: str
    rule: str
    marks: tuple[int, ...]  # places in the list of mentions
    comparator: Comparator | None = None
    bound: Comparator | None = None
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    period: Period | None = None
    every: int | None = None
    begins: date | None = None
    deadline: date | None = None
    reference: str | None = None


def read_prose(text: str, mentions: Sequence[Mention], context: Context) -> tuple[list[Draft], dict[int, Reason]]:
    """Return the commitments of one run of text, and for mentions that are none the reason."""
    return ProseReader(text, mentions, context).read()


class ProseReader:
    """The reading of one run: clauses in order, with what a clause hands on to the next."""

    def __init__(self, text: str, mentions: Sequence[Mention], context: Context) -> None:
        self.text = text
        self.mentions = mentions
        self.context = context
        self.clauses = split_clauses(text, mentions)
        self.drafts: list[Draft] = []
        self.subjects = SubjectReader(text, mentions, self.clauses, self.drafts)
        self.reasons: dict[int, Reason] = {
            place: mention.reason for place, mention in enumerate(mentions) if mention.reason is not None
        }
        self.whole: int | None = None  # 全年: the mention whose period holds for the rest of the sentence
        self.whole_sentence = -1
        self.head: int | None = None  # a date with the clauses after its comma
        self.head_sentence = -1
        self.head_spent = False  # a value has taken it
        self.head_tasked = False  # a clause without a number has
        self.carried: int | None = None  # 每年 of an earlier clause, for 至少… that runs parallel to it
        self.carried_sentence = -1
        self.carried_to = -1  # the clause whose amounts wait for it

    def read(self) -> tuple[list[Draft], dict[int, Reason]]:
        """Read clause by clause."""
        for clause in self.clauses:
            self.read_clause(clause)
        used = {place for draft in self.drafts for place in draft.marks}
        for place, mention in enumerate(self.mentions):
            if place not in used and place not in self.reasons:
                self.reasons[place] = self.reason_of(mention)
        return self.drafts, {place: reason for place, reason in self.reasons.items() if place not in used}

    def reason_of(self, mention: Mention) -> Reason:
        """Say why a date or frequency that binds nothing is no commitment."""
        if mention.masked:
            return "masked"
        if mention.date_kind == "span":
            return "planning_span"
        if mention.date_kind == "year" and re.match(
            r"[^,;。]{0,20}?(?:要点|计划|报告|方案|安排|目录|清单|规划|总结)", self.text[mention.end : mention.end + 24]
        ):
            return "year_in_title"
        return "event_date" if mention.kind == "date" else "name_count"

    # --- one clause --------------------------------------------------------------------------------------------------

    def read_clause(self, clause: Clause) -> None:
        """Read the values of a clause; a date or a frequency left over becomes a commitment of its own."""
        live = [place for place in clause.marks if place not in self.reasons]
        values = [place for place in live if self.mentions[place].kind != "date"]
        dates = [place for place in live if self.mentions[place].kind == "date"]
        binding = [place for place in dates if self.binds(clause, place)]
        self.note_whole(clause, dates)
        for place in values:
            self.read_value(clause, place, live, binding)
        self.read_left_over(clause, values, binding)
        self.note_head(clause, binding, values)

    def binds(self, clause: Clause, place: int) -> bool:
        """Say whether a date is a limit here and not the day of an event."""
        mention = self.mentions[place]
        if mention.date_kind in FREQUENT:
            named = re.search(r"(?:列为|作为|纳入|成为|属于)$", self.text[clause.start : mention.start])
            return not named and not re.match(r"的(?!\d)", self.text[mention.end :])
        if mention.date_kind == "year":
            return self.year_binds(clause, mention)
        if mention.date_kind not in LIMIT_KINDS:
            return False
        before = self.text[clause.start : mention.start]
        after = self.text[mention.end : clause.end]
        if self.context.outlook == "target":
            if self.is_told(clause, mention):
                return False
            if mention.date_kind == "start":
                return self.start_binds(clause, before, mention)
            based = before.endswith("在") and "基础上" in after
            if based or self.is_past(mention) or BACKGROUND.match(after):
                return False
            if mention.date_kind == "day":
                return self.day_binds(before, after or self.text[clause.end : clause.end + 30], mention)
            if YEARS_ONLY.fullmatch(self.word(mention)) and re.search(r"(?:行动|工程|计划|活动)\($", before):
                return False
            if re.search(r"有效期(?:限)?(?:为)?$", before):
                return False
            if mention.date_kind == "window" and self.word(mention).startswith(("今", "本", "明", "来", "次")):
                return not tidy(before) and not re.match(r"(?:是|以来|我|的)", after)
            told = re.match(r"(?:的?有关|的?工作|的?相关)情况", after) or re.match(PAPER, after)
            return not told and not re.match(r"[^,;。]{0,12}(?:要点|计划|方案|总结)(?:》|的通知)", after)
        if mention.deadline and self.context.calendar.year and mention.deadline.year > self.context.calendar.year:
            return mention.date_kind in ("limit", "day", "window")
        return (
            mention.date_kind == "limit" and self.text[mention.end - 1] in "前内" and "年内" not in self.word(mention)
        )

    def is_told(self, clause: Clause, mention: Mention) -> bool:
        """Say whether a date is the day of something done: 4月21日下发了通知; 5月16日,举办了培训班; 去年5月挂牌成立."""
        if mention.date_kind not in ("day", "window") or FUTURE.search(self.text, clause.start, clause.end):
            return False
        if self.word(mention).startswith(("去年", "上年", "前年")):
            return True
        following = self.text[mention.end : clause.end].strip() or self.text[clause.end + 1 : clause.end + 60]
        return bool(TOLD.match(following))

    def start_binds(self, clause: Clause, before: str, mention: Mention) -> bool:
        """Say whether a start date opens a task, 8月开始,实行…, and is not the day a rule takes force."""
        following = self.text[mention.end : clause.end] or self.text[clause.end + 1 : clause.end + 40]
        if mention.begins is None or re.match(r"(?:正式)?(?:施行|实施|执行|生效)", following):
            return False
        year = self.context.calendar.year
        return not re.search(r"[自从]$", before) or bool(
            BEGUN.match(following) and year and mention.begins.year >= year
        )

    def is_past(self, mention: Mention) -> bool:
        """Say whether a stretch of time ended before the year planned: “十三五”时期 in a plan from 2021 on."""
        year = self.context.calendar.year
        return mention.deadline is not None and year is not None and mention.deadline.year < year

    def year_binds(self, clause: Clause, mention: Mention) -> bool:
        """A year alone is a limit where a task is to be done in it: 2025年实现, 力争在2024年建成."""
        year = self.context.calendar.year
        if self.context.outlook != "target" or mention.deadline is None or year is None or mention.deadline.year < year:
            return False
        return bool(
            re.match(r"(?:全面|基本|初步|全部|力争)*(?:实现|完成|建成|达到|形成)", self.text[mention.end : clause.end])
        )

    def day_binds(self, before: str, after: str, mention: Mention) -> bool:
        """A calendar day or month in a plan is a limit unless something happened on it or takes force from it."""
        if self.word(mention)[0] in "至到截":
            return self.word(mention)[0] != "截"
        written = self.context.written
        if written and mention.deadline and mention.deadline < written and not before.endswith("("):
            return False
        if before == "" and HAPPENED.match(after):
            return False
        if re.search(r"(?:经|自|从|根据|按照|截至|已于|印发于)$", before.strip()) or re.match(
            r"(?:起|施行|印发|审议|通过|第)", after
        ):
            return False
        if re.match(r"(?:的|在|召开的|区政府|县政府|市政府)", after) and "审议" in after:
            return False
        return not re.search(r"日$", self.word(mention)) or bool(after.strip(" )")) or not before.strip()

    def word(self, mention: Mention) -> str:
        """Return the words of a mention."""
        return self.text[mention.start : mention.end]

    def said_before(self, place: int) -> str:
        """Return the words of the sentence up to a value; a semicolon begins anew."""
        at = self.mentions[place].start
        return self.text[max(self.text.rfind(mark, 0, at) for mark in "。!?;\n") + 1 : at]

    def note_whole(self, clause: Clause, dates: Sequence[int]) -> None:
        """Remember 全年 and 年度: they hold for the rest of the sentence and the 其中 sentence after it."""
        for place in dates:
            if self.mentions[place].date_kind == "whole":
                self.whole, self.whole_sentence = place, clause.sentence

    def head_of(self, clause: Clause) -> int | None:
        """Return the date at the head of the clause's sentence, if there is one."""
        return self.head if self.head_sentence == clause.sentence else None

    def note_head(self, clause: Clause, binding: Sequence[int], values: Sequence[int]) -> None:
        """Remember a date that is all there is in its clause: it holds for the clauses after its comma."""
        for place in binding:
            if self.is_head(clause, place, values):
                self.head, self.head_sentence = place, clause.sentence
                self.head_spent = self.head_tasked = False

    # --- values ------------------------------------------------------------------------------------------------------

    def read_value(self, clause: Clause, place: int, live: Sequence[int], binding: Sequence[int]) -> None:
        """Turn one quantity, universal or benchmark into a draft."""
        mention = self.mentions[place]
        frequency = self.frequency_for(clause, place, binding)
        limit = self.nearest_limit(clause, place, binding)
        comparator = self.distant_comparator(clause, place, live)
        draft = Draft(
            type=VALUE_TYPES[mention.kind],
            stance="target",
            start=clause.start,
            end=clause.end,
            value_start=mention.start,
            value_end=mention.end,
            core=mention.core,
            subject=self.subject_for(clause, place),
            rule=mention.rule,
            marks=(place,),
            comparator=comparator,
            bound=mention.bound if comparator == mention.comparator else bound_beside(mention, comparator),
            value=mention.value,
            value_max=mention.value_max,
            unit=mention.unit,
            reference=mention.reference or self.reference_for(clause, mention, comparator),
        )
        if frequency is not None:
            source = self.mentions[frequency]
            draft = replace(draft, period=source.period, every=source.every, marks=(*draft.marks, frequency))
        if limit is not None:
            source = self.mentions[limit]
            self.head_spent = self.head_spent or limit == self.head
            draft = replace(draft, begins=source.begins if source.date_kind in ("span", "start") else None)
            draft = replace(draft, deadline=source.deadline, marks=(*draft.marks, limit))
        draft = replace(draft, stance=self.stance_for(clause, place, draft))
        if draft.stance == "baseline":
            draft = replace(draft, comparator=mention.comparator, period=None, every=None, begins=None, deadline=None)
        self.drafts.append(self.widen(draft))

    def frequency_for(self, clause: Clause, place: int, binding: Sequence[int]) -> int | None:
        """Return the mention that gives a value its period: 每年 before it, 每季度 of its clause, or 全年."""
        mention = self.mentions[place]
        if EACH_TIME.match(self.text[clause.start : clause.end]):
            return None
        near = [other for other in binding if self.mentions[other].date_kind in FREQUENT]
        before = [other for other in near if self.mentions[other].start < mention.start]
        if self.whole is not None and clause.start <= self.mentions[self.whole].start < min(mention.start, clause.end):
            touching = before and self.mentions[before[-1]].end == mention.start  # 全年12次(每月1次)
            return before[-1] if touching else self.whole
        if before:
            self.carried, self.carried_sentence = before[-1], clause.sentence
            return before[-1]
        if near and len([p for p in clause.marks if self.mentions[p].kind == "quantity"]) == 1:
            return near[0]
        words = self.text[clause.start : clause.end]
        if self.carried is not None and self.clauses.index(clause) == self.carried_to:
            return self.carried
        if self.coordinated(clause, place):
            return self.carried
        if (
            self.carried is not None
            and self.carried_sentence == clause.sentence
            and self.context.outlook == "target"
            and (words.startswith("其中") or (PARALLEL.match(words) and mention.unit in REPEATED))
        ):
            return self.carried
        if self.whole is not None and self.whole_reaches(clause):
            follows = clause.sentence == self.whole_sentence + 1 and self.is_part(clause)
            if (clause.sentence == self.whole_sentence and self.mentions[self.whole].start < mention.start) or follows:
                return self.whole
        return None

    def coordinated(self, clause: Clause, place: int) -> bool:
        """Say whether 每年 at the head of the clause before goes on: 每年开展培训2期,组织旁听1次."""
        at = self.clauses.index(clause) - 1
        if self.carried is None or at < 0 or self.context.outlook != "target":
            return False
        source, before = self.mentions[self.carried], self.clauses[at]
        headed = source.period == "year" and source.start == before.start and before.sentence == clause.sentence
        verb = re.match(
            r"(?:并|同时)?(?:组织|开展|举办|召开|进行|安排|参加|集中)", self.text[clause.start : clause.end]
        )
        alone = all(self.mentions[other].kind != "date" for other in clause.marks)
        return bool(headed and verb and alone and self.mentions[place].unit in REPEATED)

    def whole_reaches(self, clause: Clause) -> bool:
        """Say whether 全年 reaches a clause: one in mid-sentence ends at a semicolon, one at the head goes on."""
        assert self.whole is not None
        at = self.mentions[self.whole].start
        opening = max(self.text.rfind(mark, 0, at) for mark in "。!?;:\n")
        return "," not in self.text[opening + 1 : at] or ";" not in self.text[at : clause.start]

    def is_part(self, clause: Clause) -> bool:
        """Say whether the sentence of a clause opens with 其中."""
        first = next(other for other in self.clauses if other.sentence == clause.sentence)
        return self.text[first.start : first.start + 3].lstrip().startswith("其中")

    def nearest_limit(self, clause: Clause, place: int, binding: Sequence[int]) -> int | None:
        """Return the last date before the value in its clause, or the clause's only one; else the sentence's head."""
        mention = self.mentions[place]
        own = [other for other in binding if self.mentions[other].date_kind in LIMIT_KINDS]
        before = [other for other in own if self.mentions[other].start < mention.start]
        if before:
            return before[-1]
        if own:
            return own[0] if len(own) == 1 else None
        head = self.head_of(clause)
        return self.planned_year(clause, place) if head is None else head

    def planned_year(self, clause: Clause, place: int) -> int | None:
        """Return the later year in which a report's clause promises a value: 2025年将新建10个."""
        year = self.context.calendar.year
        if self.context.outlook != "result" or year is None:
            return None
        for other in clause.marks:
            mention = self.mentions[other]
            later = mention.date_kind == "year" and mention.deadline is not None and mention.deadline.year > year
            if later and mention.start < self.mentions[place].start and promises(self.said_before(place), year):
                return other
        return None

    def distant_comparator(self, clause: Clause, place: int, live: Sequence[int]) -> Comparator | None:
        """Let 至少 and 力争 reach over a verb to their number: 至少组织1次, 力争创成2个."""
        mention = self.mentions[place]
        if mention.kind != "quantity" or mention.to or mention.comparator not in ("=", ">=", "~"):
            return mention.comparator
        values = [
            self.mentions[other].end
            for other in live
            if self.mentions[other].end <= mention.start and self.mentions[other].kind != "date"
        ]
        since = max(values, default=clause.start)
        words = self.text[since : mention.core]
        if LESS_OF.search(words):
            return "decrease"
        if mention.comparator != "=":
            return mention.comparator
        if more := MORE_DONE.search(words):
            return "increase" if more["way"] == "多" else "decrease"
        if AT_MOST.search(words):
            return "<="
        head = self.head_of(clause)
        if head is not None and STRIVE.search(self.text[: self.mentions[head].start][-12:]):
            words = "力争" + words
        strives = STRIVE.search(words) and not re.search(r"(?:控制|压|降|缩|减)", words)
        if (AT_LEAST.search(words) and not STRIVE.search(words)) or strives:
            return ">="
        return mention.comparator

    def reference_for(self, clause: Clause, mention: Mention, comparator: Comparator | None) -> str | None:
        """Return the base of a change: 比上年, 较2020年, 比法定时限; a second change in a row keeps the first one's."""
        if comparator not in ("increase", "decrease") or mention.kind != "quantity":
            return None
        words = self.text[clause.start : mention.core]
        if match := REFERENCE.search(words) or ON_BASE.search(words) or MORE_DONE.search(words):
            base = (match["base"] or "").strip() or None
            return None if base and re.search(r"\d%?$", base) else base  # 在31.94%基础上: a baseline of its own
        last = self.drafts[-1] if self.drafts else None
        if last and last.reference and last.comparator == mention.comparator and last.end >= clause.start - 1:
            return last.reference
        return None

    def stance_for(self, clause: Clause, place: int, draft: Draft) -> Stance:
        """Say whether a value is promised, reported, or where a change starts from."""
        mention = self.mentions[place]
        before = self.text[clause.start : mention.start]
        after = self.text[mention.end : clause.end]
        if mention.kind == "quantity" and self.starts_change(before, after, mention):
            return "baseline"
        if self.context.outlook == "problem":
            return "baseline"
        if self.context.outlook == "result":
            year = self.context.calendar.year
            if (of := YEAR_OF.search(before)) and year is not None and int(of["year"]) < year:
                return "baseline"
            later = draft.deadline is not None and year is not None and draft.deadline.year > year
            unfinished = mention.kind == "universal" and UNFINISHED.search(before) and "实现" not in before[-12:]
            asked = mention.comparator in (">=", "<=", "<", ">") and demands(before, after)
            ahead = later or unfinished or asked or promises(self.said_before(place), year)
            return "target" if ahead or FUTURE.search(before) else "result"
        counted = draft.comparator in ("=", "~") and mention.unit != "%" and DONE_COUNT.search(before)
        told = draft.deadline is None and tells(self.said_before(place), self.context.calendar.year)
        return "result" if counted or told or DONE.search(before) else "target"

    def starts_change(self, before: str, after: str, mention: Mention) -> bool:
        """Say whether a value is the first of a pair: 由A提高到B, 在A基础上, 上年的A."""
        if mention.comparator in ("increase", "decrease"):
            return False
        if ON_TOP.match(after):
            return True
        if FROM.search(before) and re.match(rf"[^,;。]{{0,10}}?{TO.pattern}", after):
            return True
        return mention.unit != "倍" and not SHARE_OF_LAST.search(before) and bool(LAST_YEAR.search(before))

    def subject_for(self, clause: Clause, place: int) -> str:
        """Return the subject of a value; the two ends of 由A提高到B have the words before 由."""
        mention = self.mentions[place]
        before, after = self.text[clause.start : mention.start], self.text[mention.end : clause.end]
        moves = mention.to or self.starts_change(before, after, mention)
        return self.subjects.of_value(clause, place, moves=moves)

    def widen(self, draft: Draft) -> Draft:
        """Let the quote reach back to the clause of the date or frequency that the value takes."""
        first = min((self.mentions[place].start for place in draft.marks), default=draft.start)
        start = next(clause.start for clause in self.clauses if first <= clause.end)
        return replace(draft, start=min(draft.start, start))

    # --- dates and frequencies of their own --------------------------------------------------------------------------

    def read_left_over(self, clause: Clause, values: Sequence[int], binding: Sequence[int]) -> None:
        """Make commitments of limits and frequencies that no value took, and of a head date's first plain clause."""
        used = {place for draft in self.drafts for place in draft.marks}
        for place in binding:
            mention = self.mentions[place]
            if place in used or mention.date_kind in ("term", "annual") or self.only_names(clause, mention):
                continue
            if self.is_head(clause, place, values) or self.waits(clause, place):
                continue
            self.drafts.append(self.task_draft(clause, place))
        head, words = self.head_of(clause), self.text[clause.start : clause.end].strip()
        if head is None or values or binding or not words or self.head_tasked:
            return
        begun = self.mentions[head].date_kind == "start"
        if (begun and not BEGUN.match(words)) or (self.head_spent and not OWN_TASK.search(words)):
            return
        self.head_spent = self.head_tasked = True
        self.drafts.append(self.widen(self.task_draft(clause, head)))

    def waits(self, clause: Clause, place: int) -> bool:
        """Say whether 每年4月底前 alone before a comma waits for the amount behind it: …,组织一次考核."""
        following = self.clauses.index(clause) + 1
        if not self.is_alone(clause, self.mentions[place]) or following == len(self.clauses):
            return False
        behind = [self.mentions[other] for other in self.clauses[following].marks]
        counts = any(other.kind == "quantity" and other.unit != "%" and not other.reason for other in behind)
        if not counts or any(other.date_kind in FREQUENT for other in behind):
            return False
        self.carried, self.carried_to = place, following
        return True

    def only_names(self, clause: Clause, mention: Mention) -> bool:
        """Say whether 今年 or 本年度 only says which goals or tasks are meant: 本年度工作目标."""
        said = self.word(mention).startswith(("今", "本", "明", "来", "次")) and mention.date_kind == "window"
        return said and not TASK_START.match(self.text[mention.end : clause.end])

    def is_head(self, clause: Clause, place: int, values: Sequence[int]) -> bool:
        """Say whether a date stands alone before a comma, so that what it binds comes later."""
        mention = self.mentions[place]
        return not values and mention.date_kind in LIMIT_KINDS and self.is_alone(clause, mention)

    def is_alone(self, clause: Clause, mention: Mention) -> bool:
        """Say whether a date is all there is before a comma."""
        before = tidy(self.text[clause.start : mention.start])
        rest = self.text[mention.end : clause.end].strip()
        return not rest and bool(SINCE_NOW.fullmatch(before)) and self.text[clause.end : clause.end + 1] == ","

    def task_draft(self, clause: Clause, place: int) -> Draft:
        """Return the commitment of a date or frequency that binds a task without a number."""
        mention = self.mentions[place]
        inside = clause.start <= mention.start < clause.end
        before = self.text[clause.start : mention.start] if inside else ""
        after = self.text[mention.end : clause.end] if inside else self.text[clause.start : clause.end]
        periodic = mention.date_kind == "frequency"
        if not tidy(before) and not tidy(after):
            following = self.clauses.index(clause) + 1
            if following < len(self.clauses) and self.clauses[following].sentence == clause.sentence:
                after = self.text[self.clauses[following].start : self.clauses[following].end]
        stage = mention.date_kind in ("span", "start") or (
            mention.date_kind == "day" and (not after.strip(" )") or re.match(r"(?:为|是)[^,;。]{1,14}阶段", after))
        )
        result = self.context.outlook == "result" and not self.is_later(mention) and not FUTURE.search(before + after)
        return Draft(
            type="quantity" if periodic else "deadline",
            stance="result" if result else "target",
            start=clause.start,
            end=clause.end,
            value_start=mention.start,
            value_end=mention.end,
            core=mention.core,
            subject=self.subjects.of_task(clause, place),
            rule="frequency" if periodic else f"deadline:{mention.date_kind}",
            marks=(place,),
            period=mention.period,
            every=mention.every,
            begins=mention.begins if stage else self.begins_at_head(clause),
            deadline=mention.deadline,
        )

    def begins_at_head(self, clause: Clause) -> date | None:
        """Return the start date at the head of the sentence, if any: 8月开始,实行每月调度."""
        if self.head is None or self.head_sentence != clause.sentence:
            return None
        head = self.mentions[self.head]
        if head.date_kind != "start" or self.head_spent:
            return None
        self.head_spent = True  # 8月开始 opens the first frequency after it, not every later date
        return head.begins

    def is_later(self, mention: Mention) -> bool:
        """Say whether a date lies after the year reported."""
        year = self.context.calendar.year
        return bool(mention.deadline and year and mention.deadline.year > year)


def bound_beside(mention: Mention, comparator: Comparator | None) -> Comparator | None:
    """Return the bound of a change whose verb stands away from its number: 压缩审批时限60%以上."""
    changes = comparator in ("increase", "decrease")
    return mention.comparator if changes and mention.comparator != "=" else mention.bound
