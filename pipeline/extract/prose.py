"""Commitments out of running text: which number goes with which date, frequency, comparator and subject."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from pipeline.extract.changes import STRIVE, base_of, distant_comparator, starts_change
from pipeline.extract.clauses import Clause, split_clauses
from pipeline.extract.context import Context, demands, promises, tells
from pipeline.extract.drafts import Draft
from pipeline.extract.lexicon import LIGHT, VERB
from pipeline.extract.limits import BEGUN, FREQUENT, FUTURE, LIMIT_KINDS, binds
from pipeline.extract.phrases import tidy
from pipeline.extract.topics import SubjectReader
from pipeline.mentions import Mention, MentionKind
from pipeline.records import Comparator, Reason, Stance, ValueType

VALUE_TYPES: dict[MentionKind, ValueType] = {
    "quantity": "quantity",
    "universal": "universal",
    "benchmark": "benchmark",
}
REACH = 40  # characters behind a value in which the other end of its change stands
REPEATED = ("次", "期", "场", "轮", "堂", "场次")
# 每年要开展自查,于11月底前报告: what makes a duty of 每年, and a due date that has its own year.
WITH_YEAR = re.compile(r"(?:19|20)\d\d年|[今明本来]年")
RATE = re.compile(r"的?(?:频次|频率)")
DUTY = re.compile(r"都?(?:要|应当?|须|必须|得)")
YEAR_OF = re.compile(
    r"(?<![至-])(?P<year>(?:19|20)\d\d)年(?:度)?(?:同期)?(?:的|为|是|约)+$"
)  # 2023年为98件 beside this year's
UNFINISHED = re.compile(
    r"(?:有序|稳步|加快|深入|积极|全力|逐步|持续|扎实|大力)?(?:推进|推动|努力实现|争取|力争|探索)[^,;。]*$"
)
# 已选聘法律顾问132名 is done; what 已公布的清单 names is not said to be.
DONE_COUNT = re.compile(
    rf"(?<![而早业])已(?:经)?(?:{VERB}|{LIGHT}|拥有|建|整改)[^,;。的]*$|(?:现有|现已|目前共?有)[^,;。的]*$"
)
DONE = re.compile(
    r"(?<![而早业])已(?:经)?(?:建成|完成|实现|达|办|有|成立|制定|出台|建立|覆盖|开展|全部|累计)|截至目前|去年以来|上年度?共|去年共"
)
JUST_DONE = re.compile(r"[\u4e00-\u9fff](?<![除为达到])了(?:约|近|超过)?$")  # 制定了26条
WORK_DONE = re.compile(r"(?<![除为达到])了|(?<![而早业])已|累计|先后|截至|共|上升|下降|提高到|实现")
TASK_START = re.compile(r"^(?:全面|基本|初步|实现|完成|建成|形成|建立|达到|做到|取得|确保|健全|力争|制定|编制|出台)")
# A clause behind a head date that is a task of its own; 推动更多争议化解在诉前 is the aim of the one before it.
OWN_TASK = re.compile(
    r"^(?:并|同时)?(?:全面|基本|初步|如期)*(?:完成|建成|建立|形成|实现|制定|出台|编制|公布|印发|启动|构建|健全|打造|修订|组建)"
    r"|(?:明显|显著|大幅|更加|基本|全面|进一步)(?:提升|提高|增强|改善|健全|完善|形成|建成|优化|规范)$"
)
SINCE_NOW = re.compile(r"(?:[自从]?(?:即日|现在|(?:本)?(?:通知|方案|文件)?(?:印发|下发|公布)之日)起[至到]?|[自从])?")
NEXT_YEAR = re.compile(r"明年|来年|下一年|下年度")
# 去年调解率为31%,今年要提高到38%: a figure of last year beside this year's.
LAST_SAID = re.compile(r"^\s*(?:去年|上一?年度?)(?![底末])[^。;]*$")
THIS_YEAR = re.compile(r"^[^。;\d]*[,;](?:今年|本年)")
SERIES = re.compile(r"(?P<first>(?:19|20)\d\d)年?\s*(?:-|至|到)\s*(?P<second>(?:19|20)\d\d)年[^。;]*分别")
# 2023年度处罚案件共92件 counts for the year; 2023年度工作报告 is named after it.
NAMED_YEAR = re.compile(r"[^,;。]{0,12}?(?:报告|考核|计划|要点|总结|预算|工作|目标|任务|测评|评查|评估)")
OUGHT = re.compile(r"(?:应当|必须|须)[^的。;]*$")  # in an article that tells, what is asked for
EACH_TIME = re.compile(r"(?:其中)?每[次场期堂]")  # each of them, whatever the year
PARALLEL = re.compile(r"^(?:并|且|同时)?(?!每[次人名个村所])[^,;。]{0,8}(?:至少|不少于|不低于)")


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
        return binds(self.context, self.text, (clause.start, clause.end), self.mentions[place])

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
            mention = self.mentions[place]
            of_year = self.word(mention).endswith("年度") and mention.start == clause.start
            counted = self.context.outlook == "result" and of_year and not NAMED_YEAR.match(self.text, mention.end)
            if mention.date_kind == "whole" or (mention.date_kind == "year" and counted):
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
        opens = self.opens_change(clause, mention)
        draft = Draft(
            type=VALUE_TYPES[mention.kind],
            stance="target",
            start=clause.start,
            end=clause.end,
            value_start=mention.start,
            value_end=mention.end,
            core=mention.core,
            subject=self.subjects.of_value(clause, place, moves=mention.to or opens),
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
            draft = replace(
                draft, period="year" if source.date_kind in ("whole", "year") else source.period, every=source.every
            )
            draft = replace(draft, marks=(*draft.marks, frequency))
        if limit is not None:
            source = self.mentions[limit]
            self.head_spent = self.head_spent or limit == self.head
            draft = replace(draft, begins=source.begins if source.date_kind in ("span", "start") else None)
            draft = replace(draft, deadline=source.deadline, marks=(*draft.marks, limit))
        draft = replace(draft, stance=self.stance_for(clause, place, draft, opens=opens))
        if draft.stance == "baseline":
            draft = replace(draft, comparator=mention.comparator, period=None, every=None, begins=None, deadline=None)
        self.drafts.append(self.widen(draft))

    def frequency_for(self, clause: Clause, place: int, binding: Sequence[int]) -> int | None:
        """Return the mention that gives a value its period: 每年 before it, 每季度 of its clause, or 全年."""
        mention = self.mentions[place]
        if EACH_TIME.match(self.text[clause.start : clause.end]):
            return None
        near = [other for other in binding if self.mentions[other].date_kind in FREQUENT]
        before = [
            other for other in near if self.mentions[other].start < mention.start and not self.taken_up(other, place)
        ]
        if self.whole is not None and clause.start <= self.mentions[self.whole].start < min(mention.start, clause.end):
            touching = before and self.mentions[before[-1]].end == mention.start  # 全年12次(每月1次)
            return before[-1] if touching else self.whole
        if before:
            self.carried, self.carried_sentence = before[-1], clause.sentence
            return before[-1]
        if near and len([p for p in clause.marks if self.mentions[p].kind == "quantity"]) == 1:
            return near[0]
        words = self.text[clause.start : clause.end]
        if self.carried is not None and clause.number == self.carried_to:
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
        if self.whole is not None and not NEXT_YEAR.search(words):
            follows = clause.sentence == self.whole_sentence + 1 and self.is_part(clause)
            if (clause.sentence == self.whole_sentence and self.mentions[self.whole].start < mention.start) or follows:
                return self.whole
        return None

    def taken_up(self, frequency: int, place: int) -> bool:
        """Say whether a frequency belongs to the amount that touches it: 以每月1次的频次开展学习5次."""
        end = self.mentions[frequency].end
        return any(
            one.start == end and one.kind == "quantity" and RATE.match(self.text, one.end)
            for one in self.mentions
            if one is not self.mentions[place]
        )

    def coordinated(self, clause: Clause, place: int) -> bool:
        """Say whether 每年 at the head of the clause before goes on: 每年开展培训2期,组织旁听1次."""
        at = clause.number - 1
        if self.carried is None or at < 0 or self.context.outlook != "target":
            return False
        source, before = self.mentions[self.carried], self.clauses[at]
        headed = source.period == "year" and source.start == before.start and before.sentence == clause.sentence
        verb = re.match(
            r"(?:并|同时)?(?:组织|开展|举办|召开|进行|安排|参加|集中)", self.text[clause.start : clause.end]
        )
        alone = all(self.mentions[other].kind != "date" for other in clause.marks)
        return bool(headed and verb and alone and self.mentions[place].unit in REPEATED)

    def is_part(self, clause: Clause) -> bool:
        """Say whether the sentence of a clause opens with 其中."""
        first = next(other for other in self.clauses if other.sentence == clause.sentence)
        return self.text[first.start : first.start + 3].lstrip().startswith("其中")

    def nearest_limit(self, clause: Clause, place: int, binding: Sequence[int]) -> int | None:
        """Return the last date before the value in its clause, or the clause's only one; else the sentence's head."""
        mention = self.mentions[place]
        if (dealt := self.dealt_out(clause, place)) is not None:
            return dealt
        own = [other for other in binding if self.mentions[other].date_kind in LIMIT_KINDS]
        before = [other for other in own if self.mentions[other].start < mention.start]
        if before:
            return before[-1]
        if own:
            return own[0] if len(own) == 1 else None
        head = self.head_of(clause)
        return self.planned_year(clause, place) if head is None else head

    def dealt_out(self, clause: Clause, place: int) -> int | None:
        """Return the date that 分别 deals to a value: 到2023年、2025年,办理率分别达到60%、90%."""
        amounts = [other for other in clause.marks if self.mentions[other].kind == "quantity"]
        if place not in amounts or "分别" not in self.text[clause.start : self.mentions[amounts[0]].start]:
            return None
        at = clause.number
        for other in self.clauses[max(0, at - 1) : at + 1]:
            dates = self.joined_dates(other)
            if len(dates) == len(amounts) and other.sentence == clause.sentence:
                return dates[amounts.index(place)]
        return None

    def joined_dates(self, clause: Clause) -> list[int]:
        """Return two or more limits of a clause that 、 or 和 joins."""
        limits = [place for place in clause.marks if self.mentions[place].date_kind in LIMIT_KINDS]
        between = (self.text[self.mentions[one].end : self.mentions[two].start] for one, two in pairwise(limits))
        return limits if len(limits) > 1 and all(re.fullmatch(r"[、和及与]", words) for words in between) else []

    def deals(self, clause: Clause) -> bool:
        """Say whether the dates of a clause wait for the values of the next one, which 分别 deals them to."""
        behind = clause.number + 1
        amounts = [] if behind == len(self.clauses) else self.clauses[behind].marks
        return bool(self.joined_dates(clause)) and any(
            self.dealt_out(self.clauses[behind], place) is not None for place in amounts
        )

    def planned_year(self, clause: Clause, place: int) -> int | None:
        """Return the later year in which a clause promises a value: 2025年将新建10个, 2025年达标率达到100%."""
        year = self.context.calendar.year
        if year is None:
            return None
        planned = self.context.outlook == "target" or promises(self.said_before(place), year)
        for other in clause.marks:
            mention = self.mentions[other]
            later = mention.date_kind == "year" and mention.deadline is not None and mention.deadline.year > year
            if later and planned and mention.start < self.mentions[place].start:
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
        head = self.head_of(clause)
        strives = head is not None and bool(STRIVE.search(self.text[: self.mentions[head].start][-12:]))
        return distant_comparator(self.text[since : mention.core], mention, strives=strives)

    def reference_for(self, clause: Clause, mention: Mention, comparator: Comparator | None) -> str | None:
        """Return the base of a change: 比上年, 较2020年, 比法定时限; a second change in a row keeps the first one's."""
        if comparator not in ("increase", "decrease") or mention.kind != "quantity":
            return None
        named, base = base_of(self.text[clause.start : mention.core])
        if named:
            return base
        last = self.drafts[-1] if self.drafts else None
        if last and last.reference and last.comparator == mention.comparator and last.end >= clause.start - 1:
            return last.reference
        return None

    def stance_for(self, clause: Clause, place: int, draft: Draft, *, opens: bool) -> Stance:
        """Say whether a value is promised, reported, or where a change starts from."""
        mention = self.mentions[place]
        before = self.text[clause.start : mention.start]
        after = self.text[mention.end : clause.end]
        if mention.kind == "quantity" and opens:
            return "baseline"
        said = self.said_before(place)
        if LAST_SAID.search(said) and THIS_YEAR.search(self.text[mention.end :].partition("。")[0]):
            return "baseline"
        if self.context.outlook == "problem":
            return "baseline"
        if self.context.outlook == "result":
            year = self.context.calendar.year
            if self.is_of_series(clause, place, said):
                return "baseline"
            if (of := YEAR_OF.search(before)) and year is not None and int(of["year"]) < year:
                return "baseline"
            later = draft.deadline is not None and year is not None and draft.deadline.year > year
            unfinished = mention.kind == "universal" and UNFINISHED.search(before) and "实现" not in before[-12:]
            asked = mention.comparator in (">=", "<=", "<", ">") and (demands(before, after) or self.urges(said))
            asked = asked or (self.context.kind == "other" and bool(OUGHT.search(said)))
            ahead = later or unfinished or asked or promises(said, year)
            return "target" if ahead or FUTURE.search(before) else "result"
        if JUST_DONE.search(before):
            return "result"
        counted = draft.comparator in ("=", "~") and mention.unit != "%" and DONE_COUNT.search(before)
        told = draft.deadline is None and tells(said, self.context.calendar.year)
        return "result" if counted or told or DONE.search(before) else "target"

    def is_of_series(self, clause: Clause, place: int, said: str) -> bool:
        """Say whether a value is one of the earlier years': 2021年至2023年分别为70%、80%、90%."""
        span = SERIES.search(said)
        amounts = [other for other in clause.marks if self.mentions[other].kind == "quantity"]
        years = int(span["second"]) - int(span["first"]) + 1 if span else 0
        return len(amounts) == years > 1 and place != amounts[-1]

    def urges(self, said: str) -> bool:
        """Say whether a level named in an article, which is neither plan nor report, is what is asked for."""
        return self.context.kind == "other" and not WORK_DONE.search(said)

    def opens_change(self, clause: Clause, mention: Mention) -> bool:
        """Say whether a value is where a change starts: 由A of 由A提高到B."""
        before, after = self.text[clause.start : mention.start], self.text[mention.end : clause.end]
        return starts_change(before, after, self.text[mention.end : mention.end + REACH], mention)

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
            if mention.date_kind == "frequency" and mention.period is None:
                continue  # 每半月 is no period of the codebook
            if self.is_head(clause, place, values) or self.carries_on(clause, place) or self.deals(clause):
                continue
            self.drafts.append(self.yearly(clause, self.task_draft(clause, place)))
        head, words = self.head_of(clause), self.text[clause.start : clause.end].strip()
        if head is None or values or binding or not words or self.head_tasked:
            return
        if ";" in self.text[self.mentions[head].end : clause.start]:
            return
        begun = self.mentions[head].date_kind == "start"
        if (begun and not BEGUN.match(words)) or (self.head_spent and not OWN_TASK.search(words)):
            return
        self.head_spent = self.head_tasked = True
        self.drafts.append(self.widen(self.task_draft(clause, head)))

    def yearly(self, clause: Clause, draft: Draft) -> Draft:
        """Let a due date without a year take the 每年 at the head of its sentence: 每年要开展自查,于11月底前报告."""
        last = self.drafts[-1] if self.drafts else None
        said = self.text[draft.value_start : draft.value_end]
        if draft.type != "deadline" or last is None or last.rule != "frequency" or WITH_YEAR.search(said):
            return draft
        (place,) = last.marks
        same = next(one.sentence for one in self.clauses if one.start <= last.core <= one.end) == clause.sentence
        if not same or last.period != "year" or last.every or not DUTY.match(self.text, self.mentions[place].end):
            return draft
        self.drafts.pop()
        return self.widen(replace(draft, period="year", deadline=None, marks=(*draft.marks, place)))

    def carries_on(self, clause: Clause, place: int) -> bool:
        """Carry 每年4月底前, alone before a comma, on to the amount behind it, and say whether there is one."""
        following = clause.number + 1
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
            following = clause.number + 1
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
            begins=mention.begins if stage else self.take_start_at_head(clause),
            deadline=mention.deadline,
        )

    def take_start_at_head(self, clause: Clause) -> date | None:
        """Take the start date at the head of the sentence, if any and not yet taken: 8月开始,实行每月调度."""
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
