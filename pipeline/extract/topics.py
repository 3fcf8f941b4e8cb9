"""What a value measures where its clause says it only in part: what goes on from the clauses and values before it.

A clause hands on its topic (办理检察建议,办复率100%), a value its noun (撤销12件,占5.6%; 每人不少于1次), 分别 deals
out what was listed, and things counted side by side share a predicate (26个镇街和31个部门全部完成述法).
"""

import re
from collections.abc import Sequence
from typing import Protocol

from pipeline.extract.clauses import Clause
from pipeline.extract.phrases import (
    AIMED,
    JOIN,
    LIGHT,
    MEASURED,
    ONLY_WHO,
    VERB,
    act_and_object,
    bare_noun,
    is_bare_verb,
    tidy,
    without_actor,
)
from pipeline.extract.subjects import (
    LIGHT_END,
    join,
    measured,
    subject_of_amount,
    subject_of_task,
    subject_of_universal,
    tidy_name,
    topic_of_task,
)
from pipeline.mentions import Mention
from pipeline.records import Comparator, ValueType
from pipeline.units import TIME_UNITS

FROM = re.compile(r"(?:由|从|自(?![助行动然主愿贸查治]))[^,;。]{0,20}$")
AGAINST = re.compile(
    r"(?:同比|环比|对比(?=法定|上年|去年|同期)|(?<![同环占对百])[比较](?![例赛重率])(?=.)|[与同和][^,;。]{1,14}?相比|在[^,;。]{1,16}?基础上)[^,;。]*$"
)
SHARE = re.compile(r"^(?:约|大约|仅)?占(?!比|地)")
EACH = re.compile(r"^每(?:次|(?![次半])个?[^,;。…每]{1,3})$")
EACH_ONE = re.compile(
    rf"^每[人名位]{JOIN}?(?:每(?:学期|季度|半年|[年月周人]))?{JOIN}?(?P<act>{AIMED}(?:{VERB}|授课|服务|述法|学法|参训|到岗|值班)+)$"
)
REST = re.compile(r"^(?:其余|余下|剩余|剩下|另外)的?$")
NOUN = re.compile(
    r"[^,;。…]{0,12}(?:单位|部门|乡镇|街道|企业|社区|村|人员|干部|负责人|机关|学校|案件|事项|项目|文件|组织|机构)"
)
BOTH = re.compile(r"(?<=..)(?<![人户年月平])(?:均|都)(?=..).+")
PERSON_IN_CHARGE = re.compile(r"(?:主要)?(?:负责人|负责同志|领导)$|党政正职$")
LISTED = re.compile(r"[、和与及]|以及")
WHOLE = ("全部", "一律")
# A rate or a measure that does not say of what.
BARE_MEASURE = re.compile(r"(?:按期|按时|及时|总体|平均)?(?:[\u4e00-\u9fff]{2}率|占比|分值|权重|比例|期限|时限|份额)")
ANSWER_RATE = re.compile(r"(?:按期|按时|及时)?[办答回]复率$")
BARE_LEVEL = re.compile(r"(?:省|市|县|区|乡镇|镇|街道|村|市县|区县)(?:本?级|一级)")
LEVEL = re.compile(r"(?:省|市|县|区|旗|州|盟|乡镇|乡|镇|街道|村|社区)(?:\([^()]*\))?级?")
RATE_END = re.compile(
    r"(?:按期|按时|及时|群众)?(?:出庭应诉|持证上岗|规范化|[\u4e00-\u9fff]{2})率$|(?:案件|事项|人员|干部|经费|文件|次数|人数|数量|面积)$"
)
TOPIC = re.compile(r"^在?(?P<topic>[^,:;。]{2,10}?)(?:工作|方面|领域|情况)+$")
# How a clause without a value names its topic: 把X纳入…, X列入…, 推广X, 做好X的落实和反馈工作.
MADE_PART = re.compile(
    r"^(?:将|把)?(?P<topic>[^,;。]{2,16}?)(?:全部|统一)?(?:纳入|列入|下沉|下放到|作为|融入|写进|实行(?=统一|动态|全))"
)
ADOPTED = re.compile(
    r"^[^,;。]{0,10}?(?:推行|推广|启用|上线|应用|重视|做好|加强|规范(?![性化])|完善|提高|强化|提升)(?P<topic>[^,;。]{2,24})$"
)
TOPIC_END = re.compile(
    r"(?:(?:的|及时)?(?:落实|反馈|办理|采纳|管理|执行|督促|回复|答复|审查|审核|应用|推广|质量|水平|力度|权重|情况|目录|制度|机制|建设|工作|[和与及、])+)$"
)
STAGE = re.compile(r"第[一二三四五六]阶段\(?")
BINDING = ("frequency", "recurring", "limit", "span", "day", "start")
CASE_END = re.compile(r"(?:的|事项|案件|项目|文件|人员|单位|行为|决策|合同|企业|证明|收费)$")
DECIDED = re.compile(r"^(?P<what>[^,;。]{2,14}?)(?:经|报)[^,;。]{2,24}后$")
CASE = re.compile(r"^(?:对于?|针对)(?:涉及)?(?P<case>[^,;。]{2,24})$|^(?:作出|发生|出现)?(?P<rest>[^,;。]{2,20}的)$")
LONGEST_TOPIC = 14  # a longer one is a sentence of its own


class Told(Protocol):
    """What is known of a value that was read before."""

    @property
    def subject(self) -> str:
        """What it measures."""

    @property
    def start(self) -> int:
        """Where its clause begins."""

    @property
    def value_start(self) -> int:
        """Where its words begin."""

    @property
    def type(self) -> ValueType:
        """Its kind."""

    @property
    def comparator(self) -> Comparator | None:
        """How it compares or changes."""


class SubjectReader:
    """The subjects of one run of text, asked for in reading order."""

    def __init__(self, text: str, mentions: Sequence[Mention], clauses: Sequence[Clause], told: Sequence[Told]) -> None:
        self.text = text
        self.mentions = mentions
        self.clauses = clauses
        self.told = told  # grows while the run is read

    # --- values ------------------------------------------------------------------------------------------------------

    def of_value(self, clause: Clause, place: int, *, moves: bool) -> str:
        """Return the subject of a value: words of its clause, and where they do not suffice, of those before.

        Args:
            clause: the clause that the value begins in.
            place: the value's place among the mentions.
            moves: whether the value is one end of a pair, as in 由A提高到B.

        """
        mention = self.mentions[place]
        before, after = self.around(clause, place)
        if mention.kind == "universal":
            subject = self.of_universal(clause, place, before, after)
        elif mention.kind == "benchmark":
            subject = measured(before)
        elif dealt := self.dealt_out(clause, place):
            subject = dealt
        elif mention.comparator in ("increase", "decrease"):
            subject = self.of_change(before, after)
        else:
            if moves and FROM.search(before):
                before, after = FROM.sub("", before), ""
            subject = self.of_amount(clause, place, before, after)
        subject = subject or self.repeated(clause, place)
        if mention.unit in TIME_UNITS and JOIN not in subject and not MEASURED.search(subject):
            return join(self.case_before(clause), subject)
        return self.under_topic(clause, subject, acts=mention.kind == "quantity")

    def of_amount(self, clause: Clause, place: int, before: str, after: str) -> str:
        """Return what an amount measures, with the noun or the predicate that it shares with its neighbours."""
        head, mention = tidy(before), self.mentions[place]
        if SHARE.match(head):
            return join(self.last_subject(), head.removesuffix("的"))
        if EACH.match(head) and not tidy(after):
            return join(bare_noun(self.last_subject()), head)
        if match := EACH_ONE.match(head):
            return join(bare_noun(self.last_subject()), head[:2], match["act"])
        if REST.match(head):
            total = next((one.subject for one in self.told if one.start >= self.sentence_start(clause)), "")
            if named := re.match(r"\((?P<what>[^()\d]{2,20})\)", after.strip()):
                return join(head, named["what"])
            tail = re.sub(rf"(?:将|将于|正在?).*|{JOIN}", lambda found: JOIN if found[0] == JOIN else "", tidy(after))
            done = re.search(rf"(?:{JOIN}|^)(?P<act>[^{JOIN}]{{2,8}})$", tidy(after))
            act = done["act"] if done and "正在" not in done["act"] else tail.strip(JOIN)
            return join(bare_noun(total), head, act)
        before = re.sub(r"的?占$", "", before)
        counts = mention.comparator == "=" and LIGHT_END.search(head)  # 每季度提供4小时现场服务
        limit = mention.unit in TIME_UNITS and mention.comparator in ("<=", "=", "<") and not counts
        if limit and not head and tidy(after) and self.earlier_in(clause, place) is not None:
            return join(self.last_subject().split(JOIN)[0], tidy(after))
        if predicate := self.predicate(clause, place):
            noun = re.sub(rf"(?:{LISTED.pattern})$", "", after.strip())
            return join(subject_of_amount(before, noun), predicate)
        if (told := self.earlier_in(clause, place)) is not None and "、" not in before:
            opening = self.text[clause.start : self.mentions[told].start]
            helped = re.match(rf"^[^,;。…]{{2,8}}?(?={VERB}..)", before)
            if helped and re.search(r"(?:为|帮助|向|给)$", opening):
                before = before[helped.end() :]  # 为1890名劳动者追回工资2860万元
        elif told is not None and not before and re.search(r"对$", self.text[clause.start : self.mentions[told].start]):
            before = "对"  # 对4个乡镇、6个部门开展督察
        earlier = self.last_subject().split(JOIN)
        if self.earlier_in(clause, place) is not None and len(earlier) == 2 and head == earlier[1] and tidy(after):
            return join(earlier[0], tidy(after))  # 审核20个部门107张证件: one verb, two objects
        following = self.value_after(clause, place)
        if following is not None and not head and (noun := self.noun_of_next(clause, place, following)):
            return noun
        if same := self.same_noun(clause, place, head, after):
            return same
        return subject_of_amount(before, after, limit=limit)

    def of_change(self, before: str, after: str) -> str:
        """Return what rises or falls: the words before, without what it is compared with."""
        match = AGAINST.search(before)
        words = before[: match.start()] if match else before
        if tidy(before) and after.strip(" ,。") and not match:
            return subject_of_amount(before, after)
        return measured(words)

    def of_universal(self, clause: Clause, place: int, before: str, after: str) -> str:
        """Return what a universal holds for; 全部 without a noun takes those of the values or the clause before."""
        word = self.text[self.mentions[place].start : self.mentions[place].end]
        after = after or self.text[self.mentions[place].end : clause.end]
        if word not in WHOLE:
            return subject_of_universal(before, after, word)
        nouns = self.side_by_side(clause, place)
        if tidy(before):
            return join(*nouns, subject_of_universal(before, after, word))
        return join(*(nouns or self.nouns_before(clause, place)), subject_of_universal("", after, word))

    # --- neighbours --------------------------------------------------------------------------------------------------

    def is_value(self, place: int) -> bool:
        """Say whether a mention can have a subject."""
        return self.mentions[place].kind not in ("date", "none") and self.mentions[place].reason is None

    def earlier_in(self, clause: Clause, place: int) -> int | None:
        """Return the value before another in its clause."""
        return next((one for one in reversed(clause.marks) if one < place and self.is_value(one)), None)

    def value_after(self, clause: Clause, place: int) -> int | None:
        """Return the value behind another in its clause."""
        return next((one for one in clause.marks if one > place and self.is_value(one)), None)

    def around(self, clause: Clause, place: int) -> tuple[str, str]:
        """Return the words before and after a value in its clause, to its neighbours; a date leaves a gap."""
        mention = self.mentions[place]
        previous, following = self.earlier_in(clause, place), self.value_after(clause, place)
        first = self.mentions[previous].end if previous is not None else clause.start
        last = self.mentions[following].start if following is not None else clause.end
        before = self.without_dates(clause, min(first, mention.start), mention.start)
        after = self.without_dates(clause, mention.end, max(last, mention.end))
        if previous is not None:
            before = re.sub(
                r"^(?:(?:“[^”]*”|《[^》]*》|[^、()“《])*、|[^、()]{0,14}(?:和|及|与|以及)$|和|及|与|以及)",
                "",
                before,
                count=1,
            )
        before = re.sub(rf"^.*、(?={JOIN})", "", before)  # 按季调度、半年通报一次
        if following is not None:
            after = after.split("、")[0]
        return before, after

    def without_dates(self, clause: Clause, start: int, end: int) -> str:
        """Return text[start:end] with … for the dates and frequencies in it."""
        words, last = [], start
        for place in clause.marks:
            mention = self.mentions[place]
            said = self.text[mention.start : mention.end]
            inside = mention.kind == "date" and last <= mention.start < end
            if inside and mention.date_kind != "year" and said != "年度" and mention.reason is None:
                words += [re.sub(r"(?:应|须)?[自从于在]$", "", self.text[last : mention.start]), JOIN]
                last = min(mention.end, end)
        return "".join([*words, self.text[last:end]])

    def predicate(self, clause: Clause, place: int) -> str:
        """Return what is said of things counted side by side: 全部完成述法 behind the last of them."""
        following = self.value_after(clause, place)
        if following is None or self.mentions[place].kind != "quantity" or self.mentions[place].unit == "%":
            return ""
        mention = self.mentions[following]
        between = self.text[self.mentions[place].end : mention.start]
        every = self.text[mention.start : mention.end] in WHOLE or (mention.unit == "%" and mention.value == 100)
        if every and "、" not in between and not MEASURED.search(between):
            return tidy(self.around(clause, following)[1])
        if self.mentions[place].unit == mention.unit and (both := BOTH.search(self.around(clause, following)[1])):
            return tidy(both[0]) if 0 < len(between) <= 12 and "、" not in between else ""
        if mention.kind != "quantity" or not re.fullmatch(rf"[^,;。、]{{1,14}}?(?:{LISTED.pattern})", between):
            return ""
        tail = tidy(self.around(clause, following)[1])
        if shared := self.predicate(clause, following):
            people = PERSON_IN_CHARGE.search(tail)
            return join(people[0] if people else "", shared)
        opening = self.text[clause.start : self.mentions[place].start]
        match = re.search(
            rf"(?<=..)(?:开展|进行)了?(?P<act>..+)|(?<=..)(?P<verb>(?:{VERB}|{LIGHT}).+|(?:现场|书面)?(?:法治)?述[法职])",
            tail,
        )
        if match is None:
            return ""
        if re.search(r"对[^,;。]{0,6}$", opening):
            return match["act"] or match["verb"]
        people = PERSON_IN_CHARGE.search(tail[: match.start()])
        return join(people[0] if people else "", match[0])

    def side_by_side(self, clause: Clause, place: int) -> list[str]:
        """Return the nouns of things counted before a universal, but the last: 26个镇街和31个部门全部."""
        nouns: list[str] = []
        last = self.earlier_in(clause, place)
        while last is not None and (previous := self.earlier_in(clause, last)) is not None:
            between = self.text[self.mentions[previous].end : self.mentions[last].start]
            if not re.fullmatch(rf"[^,;。、]{{1,14}}?(?:{LISTED.pattern})", between):
                break
            nouns.insert(0, tidy(re.sub(rf"(?:{LISTED.pattern})$", "", between)))
            last = previous
        return nouns

    def noun_of_next(self, clause: Clause, place: int, following: int) -> str:
        """Return the noun of a count that the next value says more of: 600个组织化解纠纷1.1万件, 38项任务完成36项."""
        between = self.text[self.mentions[place].end : self.mentions[following].start]
        if "、" in between:
            return ""
        if self.text[self.mentions[following].start : self.mentions[following].end] == "全覆盖":
            return subject_of_universal(between, "", "全覆盖")
        helped = re.match(rf"^[^,;。…]{{2,8}}?(?={VERB}..)", between)
        if helped and re.search(r"(?:为|帮助|向|给)$", self.text[clause.start : self.mentions[place].start]):
            return tidy(helped[0])
        if done := re.fullmatch(rf"(?P<noun>..+?)(?:已|共|累计)?(?:{VERB}|完成)", between):
            return tidy(done["noun"])
        rest = without_actor(between)
        return tidy(between[: len(between) - len(rest)]) if rest != between else ""

    def same_noun(self, clause: Clause, place: int, head: str, after: str) -> str:
        """Return the noun of the count in the clause before, where this one only says what they did: 5家现场述法."""
        tail, previous = tidy(after), self.clause_before(clause)
        if head or not 2 <= len(tail) <= 6 or previous is None or not self.told or NOUN.match(tail):
            return ""
        before = [one for one in previous.marks if self.is_value(one)]
        if len(before) != 1 or self.mentions[before[0]].unit != self.mentions[place].unit:
            return ""
        noun = NOUN.match(self.last_subject())
        alike = self.last_subject()[-2:] == tail[-2:]
        return join(noun[0], tail) if noun and alike else ""

    def dealt_out(self, clause: Clause, place: int) -> str:
        """Return what 分别 gives a value: its share of a list, or what the value of the same rank before measured."""
        at = self.text.rfind("分别", clause.start, self.mentions[place].core)
        if at < 0:
            return ""
        group = [one for one in clause.marks if self.is_value(one) and self.mentions[one].core >= at]
        earlier = [one.start for one in self.told if one.start < clause.start]
        rank, first = group.index(place), max((self.mentions[one].end for one in clause.marks if
            self.is_value(one) and self.mentions[one].end <= at), default=clause.start)  # fmt: skip
        words = AGAINST.sub("", self.without_dates(clause, first, at))
        own = measured(words)
        if len(group) < 2:
            return ""
        parts = split_list(own)
        if len(parts) == len(group):
            return share_of(parts, rank)
        counted = [one for one in self.told[: len(earlier)] if one.comparator not in ("increase", "decrease")]
        counted = [one for one in counted if one.type == "quantity" and not (own and MEASURED.search(one.subject))]
        counted = counted[-len(group) :]
        if len(counted) < len(group):
            return ""
        return join(bare_noun(counted[rank].subject), own) if own else counted[rank].subject

    # --- what goes on ------------------------------------------------------------------------------------------------

    def last_subject(self) -> str:
        """Return what the value before measured."""
        return self.told[-1].subject if self.told else ""

    def sentence_start(self, clause: Clause) -> int:
        """Return where the sentence of a clause begins."""
        return next(other.start for other in self.clauses if other.sentence == clause.sentence)

    def clause_before(self, clause: Clause) -> Clause | None:
        """Return the clause before another in its sentence."""
        index = self.clauses.index(clause)
        previous = self.clauses[index - 1] if index else None
        return previous if previous and previous.sentence == clause.sentence else None

    def has_value(self, clause: Clause) -> bool:
        """Say whether a clause has an amount or a universal of its own."""
        return any(self.is_value(place) for place in clause.marks)

    def nouns_before(self, clause: Clause, place: int) -> list[str]:
        """Return the nouns that a universal without one holds for: those just counted, or the case just named."""
        if self.earlier_in(clause, place) is not None:
            return [bare_noun(self.last_subject())]
        previous = self.clause_before(clause)
        if previous is None:
            return []
        if self.has_value(previous):
            just = [one for one in self.told if previous.start <= one.value_start < previous.end]
            plain = [one for one in just if one.type == "quantity" and one.comparator not in ("increase", "decrease")]
            return [bare_noun(one.subject) for one in plain if not MEASURED.search(one.subject)]
        words = self.text[previous.start : previous.end].strip()
        case = re.sub(r"^(?:对于?|针对)|^拟?(?:作出)?(?=.*案件$)", "", tidy(words)) + ("的" if words.endswith("的") else "")
        return [case] if len(case) <= LONGEST_TOPIC or CASE_END.search(case) else []

    def repeated(self, clause: Clause, place: int) -> str:
        """Return what a value measures whose clause does not say: the task before it, or the value before it again."""
        mention = self.mentions[place]
        if self.earlier_in(clause, place) is not None:
            return self.last_subject()
        previous = self.clause_before(clause)
        is_change = mention.comparator in ("increase", "decrease") or mention.to
        fresh = mention.kind == "quantity" and (not is_change or not self.told)
        if fresh and previous and not self.has_value(previous):
            words = measured(self.without_dates(previous, previous.start, previous.end))
            if words:
                return join(words)
        return self.last_subject()

    def case_before(self, clause: Clause) -> str:
        """Return the case that a limit is set for in an earlier clause: 对突发事件舆情,…5小时内; 作出处罚的,…10日内."""
        for other in reversed(self.clauses[: self.clauses.index(clause)]):
            if other.sentence != clause.sentence:
                return ""
            words = self.text[other.start : other.end].strip()
            if not self.has_value(other) and (match := CASE.match(words)):
                return match["case"] or match["rest"]
        return ""

    def under_topic(self, clause: Clause, subject: str, *, acts: bool = True) -> str:
        """Put before a subject that does not say of what the topic of its sentence or of the clause before it."""
        if JOIN not in subject:
            named = self.topic_of_sentence(clause)
            if named and not set(named) <= set(subject):
                return join(named, subject)
        done = re.search(rf"{LIGHT}了?{re.escape(subject)}", self.text[clause.start : clause.end])
        acts = acts and done is None  # 开展专题学习 lacks no object
        bare = BARE_MEASURE.fullmatch(subject) or BARE_LEVEL.fullmatch(subject) or (acts and is_bare_verb(subject))
        if not bare and not subject.startswith("纳入"):
            return subject
        previous = self.clause_before(clause)
        if previous is None:
            return subject
        if self.has_value(previous):
            return join(*self.answered(previous), subject) if ANSWER_RATE.match(subject) else subject
        topic = topic_of(self.without_dates(previous, previous.start, previous.end))
        return subject if topic in subject else join(topic, subject)

    def answered(self, previous: Clause) -> list[str]:
        """Return the suggestions or requests counted in a clause, which a rate of answers is about."""
        just = [one for one in self.told if previous.start <= one.value_start < previous.end]
        nouns = [bare_noun(one.subject) for one in just if one.type == "quantity" and not MEASURED.search(one.subject)]
        return nouns if sum(map(len, nouns)) <= LONGEST_TOPIC else []

    def topic_of_sentence(self, clause: Clause) -> str:
        """Return the topic that opens a sentence: 行政复议方面,…; 信访工作:…."""
        for other in self.clauses:
            if other.sentence != clause.sentence or other.start >= clause.start:
                continue
            words = self.text[other.start : other.end].strip()
            match = TOPIC.match(words)
            if match and (self.text[other.end : other.end + 1] == ":" or words.endswith(("方面", "领域"))):
                return tidy(match["topic"])
        return ""

    # --- tasks -------------------------------------------------------------------------------------------------------

    def of_task(self, clause: Clause, place: int) -> str:
        """Return the task that a date or a frequency without a value binds."""
        mention = self.mentions[place]
        if not clause.start <= mention.start < clause.end:
            return subject_of_task("", self.text[clause.start : clause.end])
        dates = [one for one in clause.marks if self.mentions[one].kind == "date"]
        previous = next((one for one in reversed(dates) if one < place), None)
        following = next((one for one in dates if one > place and self.mentions[one].date_kind in BINDING), None)
        before, after = self.text[clause.start : mention.start], self.text[mention.end : clause.end]
        topic = ""
        if previous is not None:
            between = self.text[self.mentions[previous].end : mention.start]
            before = between.rpartition("、")[2] if "、" in between else before
            shared = "、" in between and not tidy(before) and self.told and JOIN in self.last_subject()
            topic = self.last_subject().split(JOIN)[0] if shared else ""
        if following is not None and "、" in self.text[mention.end : self.mentions[following].start]:
            after = self.text[mention.end : self.mentions[following].start].partition("、")[0]
            after = after if tidy(after) else self.text[self.mentions[dates[-1]].end : clause.end]
        if label := self.stage_name(clause, before, after):
            return label
        if not tidy(after) and (not tidy(before) or ONLY_WHO.fullmatch(before.strip())):
            following_clause = self.clauses.index(clause) + 1
            if following_clause < len(self.clauses) and self.clauses[following_clause].sentence == clause.sentence:
                after = self.text[self.clauses[following_clause].start : self.clauses[following_clause].end]
        if mention.date_kind == "frequency":
            after = re.sub(rf"^(?P<act>{VERB})制度$", r"\g<act>", after)
            before = re.sub(r"^(?:建立|实行|坚持|落实|健全)", "", before.strip())
        subject = subject_of_task(before, after)
        decided = self.clause_before(clause)
        if decided and (match := DECIDED.match(self.text[decided.start : decided.end].strip())):
            topic = tidy(match["what"])
        if topic:
            return join(topic, subject)
        own = topic_of_task(before)
        return subject if own or mention.date_kind != "frequency" else self.under_topic(clause, subject)

    def stage_name(self, clause: Clause, before: str, after: str) -> str:
        """Return the name of a stage: 第一阶段(7月1日至15日):自查阶段; 宣传动员,统一思想(1月至2月); 实施阶段:1月至10月."""
        index = self.clauses.index(clause)
        if tidy(after.strip(")")):
            return ""
        if STAGE.fullmatch(before.strip()) and self.text[clause.end : clause.end + 1] == ":":
            following = self.clauses[index + 1]
            return tidy_name(self.text[following.start : following.end])
        if not before.strip() and index and self.text[clause.start - 1] == ":":
            previous = self.clauses[index - 1]
            name = tidy_name(self.text[previous.start : previous.end])
            return name if name.endswith("阶段") else ""
        title = self.text[self.sentence_start(clause) : clause.start + len(before)].strip()
        return tidy_name(title) if before.strip().endswith("(") and "," in title and len(title) <= 22 else ""


def split_list(words: str) -> list[str]:
    """Split 优秀率、合格率 into its parts; brackets and quotation marks are not looked into."""
    return [part for part in re.split(r"[、](?![^(]*\))|(?<=”)(?=“)|(?<!调)和(?!解)|(?<!参)与|及(?!时)|以及", words) if part]


def share_of(parts: Sequence[str], rank: int) -> str:
    """Return one part of a list; 代表 of 代表、委员满意率 lacks the end of the last part."""
    part, last = parts[rank], parts[-1]
    if rank == len(parts) - 1 or MEASURED.search(part):
        return part
    if LEVEL.fullmatch(part) and (match := LEVEL.match(last)):
        return join(part, last[match.end() :])
    if part.endswith("”") and "”" in last:
        return join(part, last.rpartition("”")[2])
    end = RATE_END.search(last)
    return join(part, end[0]) if end else part


def topic_of(words: str) -> str:
    """Return what a clause without a value is about: 检察建议 of 认真办理检察建议, 电子证照 of 取水许可推行电子证照."""
    words = tidy(words)
    found = MADE_PART.match(words) or ADOPTED.match(act_and_object(words))
    topic = found["topic"] if found else bare_noun(act_and_object(words))
    if found and found.re is MADE_PART:
        return bare_noun(tidy(topic))
    if topic.endswith("权重"):
        topic = topic.removesuffix("权重")
        return topic if len(topic) <= LONGEST_TOPIC else ""
    topic = re.sub(r"^.*(?:提出|作出|制发|发出)的", "", topic)
    previous = None
    while topic != previous:
        previous, topic = topic, TOPIC_END.sub("", topic)
    topic = bare_noun(tidy(topic)).removesuffix("等")
    topic = topic if len(topic) <= LONGEST_TOPIC else topic.rpartition("、")[2]
    return topic if 2 <= len(topic) <= LONGEST_TOPIC else ""
