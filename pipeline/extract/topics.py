"""What a value measures where its clause says it only in part: what goes on from the clauses and values before it.

A clause hands on its topic (办理检察建议,办复率100%), a value its noun (撤销12件,占5.6%; 每人不少于1次), 分别 deals
out what was listed, and things counted side by side share a predicate (26个镇街和31个部门全部完成述法).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.clauses import Clause, Told, is_count
from pipeline.extract.cues import (
    AGAINST,
    ANSWER_RATE,
    AVERAGE,
    BARE_MEASURE,
    BEGUN_OR_ENDED,
    BINDING,
    BOTH,
    CASE,
    CASE_END,
    DECIDED,
    DONE_MORE,
    EACH,
    EACH_ONE,
    EMPTY_VERB,
    FROM,
    HANDED_IN,
    HELPED,
    LIGHT_BEFORE,
    LIST_BEFORE,
    LISTED,
    NOUN,
    OF_A_CLASS,
    OF_LEVEL,
    PEOPLE_FIRST,
    PERSON_IN_CHARGE,
    PREDICATE,
    PROMOTED,
    RATE,
    REST,
    SHARE,
    SIDE_BY_SIDE,
    SINCE,
    STAGE,
    STAGE_NAME,
    TOPIC,
    WHEN,
    WHOLE,
)
from pipeline.extract.lexicon import GROUND, JOIN, LIGHT, MEASURED, ONLY_WHO, VERB
from pipeline.extract.phrases import bare_noun, is_bare_verb, tidy, without_actor, without_circumstance
from pipeline.extract.subjects import (
    BASE,
    DONE_TO,
    LIGHT_END,
    LONGEST_TOPIC,
    join,
    measured,
    share_of,
    split_list,
    subject_of_amount,
    subject_of_task,
    subject_of_universal,
    tidy_name,
    topic_of,
    topic_of_task,
)
from pipeline.mentions import Mention
from pipeline.units import TIME_UNITS

REACH = 160  # characters on either side of a value that may say what it measures
NEIGHBOURS = 6  # things counted side by side whose predicate is looked for behind the last of them


class SubjectReader:
    """The subjects of one run of text, asked for in reading order."""

    def __init__(self, text: str, mentions: Sequence[Mention], clauses: Sequence[Clause], told: Sequence[Told]) -> None:
        self.text = text
        self.mentions = mentions
        self.clauses = clauses
        self.told = told  # grows while the run is read
        self.valued = [any(self.is_value(place) for place in clause.marks) for clause in clauses]
        self.earlier: dict[int, int] = {}  # from a value to the one before it in its clause
        self.later: dict[int, int] = {}
        for clause in clauses:
            for first, second in pairwise(place for place in clause.marks if self.is_value(place)):
                self.earlier[second], self.later[first] = first, second

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
        before = BASE.sub("", before) if mention.unit in ("%", "倍") else DONE_MORE.sub("", before.strip())
        if mention.kind == "universal":
            subject = self.of_universal(clause, place, before, after)
        elif mention.kind == "benchmark":
            subject = measured(before)
        elif dealt := self.dealt_out(clause, place):
            subject = dealt
        elif mention.comparator in ("increase", "decrease"):
            subject = self.of_change(before, after)
        elif moves and FROM.search(before):
            subject = self.of_amount(clause, place, FROM.sub("", before), "")
        else:
            subject = self.of_amount(clause, place, before, after)
        subject = subject or self.repeated(clause, place)
        if mention.unit in TIME_UNITS and JOIN not in subject and not MEASURED.search(subject):
            return join(self.case_before(clause), subject)
        return self.under_topic(clause, subject, acts=mention.kind == "quantity")

    def of_amount(self, clause: Clause, place: int, before: str, after: str) -> str:
        """Return what an amount measures, with the noun or the predicate that it shares with its neighbours."""
        head, mention = tidy(before), self.mentions[place]
        if carried := self.carried_noun(clause, place, head, after):
            return carried
        if not tidy(after) and (match := AVERAGE.match(before.strip(f" ,{JOIN}"))):
            return join(self.averaged(clause, match["each"]), match["each"])
        before = re.sub(r"的?占$", "", before)
        counts = mention.comparator == "=" and LIGHT_END.search(head)  # 每季度提供4小时现场服务
        limit = mention.unit in TIME_UNITS and mention.comparator in ("<=", "=", "<") and not counts
        shares = limit or (mention.unit == "%" and not after.startswith("的"))
        if shares and not head and tidy(after) and place in self.earlier:
            return join(self.last_subject().split(JOIN)[0], tidy(after))
        if self.is_part(clause, place) and OF_A_CLASS.fullmatch(head) and not tidy(after):
            return head
        if predicate := self.predicate(clause, place):
            noun = re.sub(rf"{LISTED}$", "", after.strip())
            return join(subject_of_amount(before, noun), predicate)
        if place in self.earlier:
            before = self.behind_neighbour(clause, place, before)
            verb, *noun_before = self.last_subject().split(JOIN)
            if noun_before == [head] and tidy(after):
                return join(verb, tidy(after))  # 审核20个部门107张证件: one verb, two objects
            if verb == head and tidy(after) and mention.unit != "%":
                before = ""  # 9个市88个县党委: 市 is the noun of the 9
        if not head and (noun := self.noun_of_next(place) or self.same_noun(clause, place, after)):
            return noun
        return subject_of_amount(before, after, limit=limit)

    def carried_noun(self, clause: Clause, place: int, head: str, after: str) -> str:
        """Return the subject of 占…, 每村…, 每人授课… and 其余…, which take the noun of a value before them."""
        noun = bare_noun(self.last_subject())
        if SHARE.match(head):
            return join(self.last_subject(), head.removesuffix("的"))
        if EACH.match(head) and not tidy(after):
            told = any(not RATE.search(one.subject) for one in self.told_since(self.sentence_start(clause)))
            return join(noun if told and head[1] not in "人名位" else self.averaged(clause, head) or noun, head)
        if OF_LEVEL.fullmatch(head) and not tidy(after):
            return join(head, self.noun_of_level(clause, place))
        if match := EACH_ONE.match(head):
            return join(noun, head[:2], match["act"])
        if not REST.match(head):
            return ""
        if named := re.match(r"\((?P<what>[^()\d]{2,20})\)", after.strip()):
            return join(head, named["what"])  # 余下1项(实施细则)
        act = re.sub(r"^(?:将于?|正在?).*", "", tidy(after).rpartition(JOIN)[2])
        return join(self.noun_of_total(clause, place), head, act)

    def noun_of_total(self, clause: Clause, place: int) -> str:
        """Return what there is a rest of: more of the same unit, a thing treated in a clause before, or the first."""
        mention, here = self.mentions[place], self.told_since(self.sentence_start(clause))
        for told in (here, self.told[::-1]):
            more = (one for one in told if one.unit == mention.unit and (one.value or 0) > (mention.value or 0))
            if (total := next(more, None)) is not None:
                return bare_noun(total.subject)
            treated = (DONE_TO.match(tidy(self.words(one))) for one in self.clauses_before(clause))
            if match := next(filter(None, treated), None):
                return match["noun"]
        return bare_noun(here[0].subject) if here else ""

    def noun_of_level(self, clause: Clause, place: int) -> str:
        """Return what there are so many of at a level: 民主法治示范村 of 国家级民主法治示范村8个,省级58个."""
        unit = self.mentions[place].unit
        told = [one.subject for one in self.told_since(self.sentence_start(clause)) if one.unit == unit]
        for subject in reversed(told):
            level, _, rest = subject.partition(JOIN)
            if OF_LEVEL.fullmatch(level) and rest:
                return rest
            noun = bare_noun(subject)
            if (match := OF_LEVEL.match(noun)) and match.end() < len(noun):
                return noun[match.end() :]
        nouns = [bare_noun(subject) for subject in told if not OF_LEVEL.fullmatch(subject)]
        if nouns:
            return re.sub(rf"{OF_LEVEL.pattern}$", "", nouns[0])
        previous = self.clause_before(clause)
        return topic_of(self.words(previous)) if previous and not self.has_value(previous) else ""

    def is_part(self, clause: Clause, place: int) -> bool:
        """Say whether a value is one of the parts behind 其中."""
        before = next((one for one in self.clauses_before(clause) if "其中" in self.text[one.start : one.end]), clause)
        listed = self.text[before.start : self.mentions[place].start]
        return "其中" in listed and not re.search(r"[;。]", listed)

    def averaged(self, clause: Clause, head: str) -> str:
        """Return what an average without a noun is of: what was last counted, or the topic of the clause before."""
        previous = self.clause_before(clause)
        told = [one for one in self.told_since(self.sentence_start(clause)) if not RATE.search(one.subject)]
        if previous and not self.has_value(previous) and not (told and told[-1].value_start >= previous.start):
            subject = measured(PROMOTED.sub("", self.words(previous)))
        else:
            subject = re.sub(rf"(?<={JOIN})(?:接受|参加)(?=..)", "", told[-1].subject) if told else ""
        if head.startswith("人") or (JOIN in subject and EACH.match(head) and head[1] in "人名位"):
            return subject
        people = PEOPLE_FIRST.match(bare_noun(subject))
        return people["who"] if people else bare_noun(subject)

    def of_change(self, before: str, after: str) -> str:
        """Return what rises or falls: the words before, without what it is compared with."""
        match = AGAINST.search(before)
        if re.match(r"(?:对|在|按)[^,;。…]+$", before.strip()) and tidy(after):  # 对上报的名单核减了16家企业
            return tidy(after)
        if tidy(before) and after.strip(" ,。") and not match:
            return subject_of_amount(before, after)
        return measured(before[: match.start()] if match else before)

    def of_universal(self, clause: Clause, place: int, before: str, after: str) -> str:
        """Return what a universal holds for; 全部 without a noun takes those of the values or the clause before."""
        word = self.said(place)
        if not tidy(after):  # 一律在3日内核查回复
            follows = self.mentions[self.later.get(place, place)].end
            after = self.text[follows : clause.end][:REACH]
        if word not in WHOLE:
            return subject_of_universal(before, after, word)
        nouns = self.side_by_side(place)
        if tidy(before):
            return join(*nouns, subject_of_universal(before, after, word))
        return join(*(nouns or self.nouns_before(clause, place)), subject_of_universal("", after, word))

    # --- neighbours --------------------------------------------------------------------------------------------------

    def said(self, place: int) -> str:
        """Return the words of a mention."""
        return self.text[self.mentions[place].start : self.mentions[place].end]

    def is_value(self, place: int) -> bool:
        """Say whether a mention can have a subject."""
        return self.mentions[place].kind not in ("date", "none") and self.mentions[place].reason is None

    def between(self, first: int, second: int) -> str:
        """Return the words between two values."""
        return self.text[self.mentions[first].end : self.mentions[second].start]

    def around(self, clause: Clause, place: int) -> tuple[str, str]:
        """Return the words before and after a value in its clause, to its neighbours; a date leaves a gap."""
        mention = self.mentions[place]
        previous, following = self.earlier.get(place), self.later.get(place)
        first = clause.start if previous is None else self.mentions[previous].end
        last = clause.end if following is None else self.mentions[following].start
        first, last = max(first, mention.start - REACH), min(last, mention.end + REACH)
        before = self.without_dates(clause, min(first, mention.start), mention.start)
        after = self.without_dates(clause, mention.end, max(last, mention.end))
        if previous is not None:
            before = LIST_BEFORE.sub("", before, count=1)
        before = re.sub(rf"^.*、(?={JOIN})", "", before)  # 按季调度、半年通报一次
        if before.count("(") > before.count(")"):  # 结案41件(其中警告27件): a bracket is a clause of its own
            before = before.rpartition("(")[2]
        if after.count(")") > after.count("("):
            after = after.partition(")")[0]
        if following is not None:
            after = re.sub(rf"^(?:以及|和(?!解)|及(?!时)|与).*|{LISTED}$", "", after.split("、")[0])
        return before, after

    def without_dates(self, clause: Clause, start: int, end: int) -> str:
        """Return text[start:end] with … for the dates and frequencies in it."""
        words, last = [], start
        marks = clause.marks[bisect_left(clause.marks, start, key=lambda place: self.mentions[place].start) :]
        for place in marks:
            mention = self.mentions[place]
            if mention.start >= end:
                break
            dated = mention.kind == "date" and mention.date_kind != "year" and mention.reason is None
            if dated and last <= mention.start and self.said(place) != "年度":
                words += [re.sub(r"(?:应|须)?[自从于在]$", "", self.text[last : mention.start]), JOIN]
                last = min(mention.end, end)
                last += bool(SINCE.match(self.text, last, end))
        return "".join([*words, self.text[last:end]])

    def predicate(self, clause: Clause, place: int, depth: int = NEIGHBOURS) -> str:
        """Return what is said of things counted side by side: 全部完成述法 behind the last of them."""
        following, own = self.later.get(place), self.mentions[place]
        if following is None or own.kind != "quantity" or own.unit == "%" or not depth:
            return ""
        mention, between = self.mentions[following], self.between(place, following)
        tail = self.around(clause, following)[1]
        every = self.said(following) in WHOLE or (mention.unit == "%" and mention.value == 100)
        if every and "、" not in between and not MEASURED.search(between):
            return tidy(tail)
        if own.unit == mention.unit and 0 < len(between) <= 12 and "、" not in between and (both := BOTH.search(tail)):
            return tidy(both[0])
        if mention.kind != "quantity" or not SIDE_BY_SIDE.fullmatch(between):
            return ""
        tail = tidy(tail)
        shared = self.predicate(clause, following, depth - 1)
        match = None if shared else PREDICATE.search(tail)
        if match and re.search(r"对[^,;。]{0,6}$", self.text[clause.start : own.start]):
            return match["act"] or match["verb"]
        if not shared and match is None:
            return ""
        people = PERSON_IN_CHARGE.search(tail[: match.start()] if match else tail)
        return join(people[0] if people else "", match[0] if match else shared)

    def side_by_side(self, place: int) -> list[str]:
        """Return the nouns of things counted before a universal, but the last: 26个镇街和31个部门全部."""
        nouns: list[str] = []
        last = self.earlier.get(place)
        while last is not None and (previous := self.earlier.get(last)) is not None and len(nouns) < NEIGHBOURS:
            between = self.between(previous, last)
            if not SIDE_BY_SIDE.fullmatch(between):
                break
            nouns.insert(0, tidy(re.sub(rf"{LISTED}$", "", between)))
            last = previous
        return nouns

    def behind_neighbour(self, clause: Clause, place: int, before: str) -> str:
        """Return the words before a value without the noun that is the neighbour's: 为9名劳动者追回工资28万元."""
        opening = self.text[clause.start : self.mentions[self.earlier[place]].start]
        helped = re.match(rf"^[^,;。…]{{2,8}}?(?={VERB}..)", before)
        if helped and "、" not in before and HELPED.search(opening):
            return before[helped.end() :]
        return "对" if not before and opening.endswith("对") else before  # 对4个乡镇、6个部门开展督察

    def noun_of_next(self, place: int) -> str:
        """Return the noun of a count that the next value says more of: 600个组织化解纠纷1.1万件, 38项任务完成36项."""
        following = self.later.get(place)
        between = "" if following is None else self.between(place, following)
        if following is None or "、" in between:
            return ""
        if self.said(following) == "全覆盖":
            return subject_of_universal(between, "", "全覆盖")
        if done := re.fullmatch(rf"(?P<noun>..+?)(?:已|共|累计)?(?:{VERB}|完成)", between):
            return tidy(done["noun"])
        rest = without_actor(between)
        noun = tidy(between[: len(between) - len(rest)])
        return noun if rest != between and len(noun) >= 4 else ""

    def same_noun(self, clause: Clause, place: int, after: str) -> str:
        """Return the noun of the count in the clause before, where this one only says what they did: 5家现场述法."""
        tail, previous = tidy(after), self.clause_before(clause)
        if not 2 <= len(tail) <= 6 or previous is None or not self.told or NOUN.match(tail):
            return ""
        before = [one for one in previous.marks if self.is_value(one)]
        if len(before) != 1 or self.mentions[before[0]].unit != self.mentions[place].unit:
            return ""
        noun = NOUN.match(self.last_subject())
        return join(noun[0], tail) if noun and self.last_subject()[-2:] == tail[-2:] else ""

    def dealt_out(self, clause: Clause, place: int) -> str:
        """Return what 分别 gives a value: its share of a list, or what the value of the same rank before measured."""
        at = self.text.rfind("分别", clause.start, self.mentions[place].core)
        if at < 0:
            return ""
        values = [one for one in clause.marks if self.is_value(one)]
        group = [one for one in values if self.mentions[one].core >= at]
        if len(group) < 2:
            return ""
        first = max((self.mentions[one].end for one in values if self.mentions[one].end <= at), default=clause.start)
        own = measured(AGAINST.sub("", self.without_dates(clause, max(first, at - REACH), at)))
        rank, parts = group.index(place), split_list(own)
        if len(parts) == len(group):
            return share_of(parts, rank)
        counts: list[Told] = []
        for one in reversed(self.told):
            if one.start < clause.start and is_count(one) and not (own and MEASURED.search(one.subject)):
                counts.insert(0, one)
            if len(counts) == len(group):
                return join(bare_noun(counts[rank].subject), own) if own else counts[rank].subject
        return ""

    # --- what goes on ------------------------------------------------------------------------------------------------

    def last_subject(self) -> str:
        """Return what the value before measured."""
        return self.told[-1].subject if self.told else ""

    def told_since(self, start: int) -> list[Told]:
        """Return the values read before whose words begin at or behind an offset."""
        found: list[Told] = []
        for one in reversed(self.told):
            if one.value_start < start:
                break
            found.insert(0, one)
        return found

    def clauses_before(self, clause: Clause) -> list[Clause]:
        """Return the clauses before another in its sentence, the nearest first."""
        found: list[Clause] = []
        for number in range(clause.number - 1, -1, -1):
            if self.clauses[number].sentence != clause.sentence or len(found) == NEIGHBOURS:
                break
            found.append(self.clauses[number])
        return found

    def clause_before(self, clause: Clause) -> Clause | None:
        """Return the clause before another in its sentence."""
        return next(iter(self.clauses_before(clause)), None)

    def sentence_start(self, clause: Clause) -> int:
        """Return where the sentence of a clause begins, or its sixth clause from there."""
        return next(reversed(self.clauses_before(clause)), clause).start

    def has_value(self, clause: Clause) -> bool:
        """Say whether a clause has an amount or a universal of its own."""
        return self.valued[clause.number]

    def words(self, clause: Clause) -> str:
        """Return the words of a clause, with … for its dates."""
        return self.without_dates(clause, max(clause.start, clause.end - REACH), clause.end).strip()

    def nouns_counted(self, clause: Clause) -> list[str]:
        """Return the nouns of what a clause counted; rates are no nouns."""
        just = [one for one in self.told_since(clause.start) if one.value_start < clause.end and is_count(one)]
        return [bare_noun(one.subject) for one in just if not MEASURED.search(one.subject)][-NEIGHBOURS:]

    def nouns_before(self, clause: Clause, place: int) -> list[str]:
        """Return the nouns that a universal without one holds for: those just counted, or the case just named."""
        if place in self.earlier:
            return [bare_noun(self.last_subject())]
        previous = self.clause_before(clause)
        if previous is None or self.has_value(previous):
            return self.nouns_counted(previous) if previous else []
        words = self.words(previous)
        case = re.sub(r"^(?:对于?|针对)|^拟?(?:作出)?(?=.*案件$)", "", tidy(words))
        case += "的" if words.endswith(case + "的") else ""
        return [case] if len(case) <= LONGEST_TOPIC or CASE_END.search(case) else []

    def repeated(self, clause: Clause, place: int) -> str:
        """Return what a value measures whose clause does not say: the task before it, or the value before it again."""
        mention, previous = self.mentions[place], self.clause_before(clause)
        is_change = mention.comparator in ("increase", "decrease") or mention.to
        fresh = mention.kind == "quantity" and place not in self.earlier and (not is_change or not self.told)
        words = measured(self.words(previous)) if fresh and previous and not self.has_value(previous) else ""
        return join(words) or self.last_subject()

    def case_before(self, clause: Clause) -> str:
        """Return the case that a limit is set for in an earlier clause: 对突发事件舆情,…5小时内; 作出处罚的,…10日内."""
        for other in self.clauses_before(clause):
            if not self.has_value(other) and (match := CASE.match(self.text[other.start : other.end].strip())):
                return match["case"] or match["rest"]
        return ""

    def under_topic(self, clause: Clause, subject: str, *, acts: bool = True) -> str:
        """Put before a subject that does not say of what the topic of its sentence or of the clause before it."""
        named = "" if JOIN in subject else self.topic_of_sentence(clause)
        if named and not set(named) <= set(subject):
            return join(named, subject)
        # 开展专题学习 lacks no object, 及时更新 does.
        words = self.text[clause.start : clause.end][-2 * REACH :]
        at = words.rfind(subject)
        done = at > 0 and LIGHT_BEFORE.search(words, 0, at)
        bare = BARE_MEASURE.fullmatch(subject) or (acts and not done and is_bare_verb(subject))
        previous = self.clause_before(clause)
        empty = acts and EMPTY_VERB.fullmatch(subject)
        if previous is None or not (bare or empty or subject.startswith("纳入")):
            return subject
        if self.has_value(previous):
            nouns = self.nouns_counted(previous) if ANSWER_RATE.match(subject) else []
            return join(*nouns, subject) if sum(map(len, nouns)) <= LONGEST_TOPIC else subject
        topic = topic_of(self.words(previous))
        topic = re.sub(rf"{subject}(?:工程|行动|计划|项目)?$", "", topic) if empty else topic
        return subject if topic in subject else join(topic, subject)

    def topic_of_sentence(self, clause: Clause) -> str:
        """Return the topic that opens a sentence: 行政复议方面,…; 信访工作:…."""
        for other in reversed(self.clauses_before(clause)):
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
            return subject_of_task("", self.behind_grounds(clause))
        before, after, topic = self.around_date(clause, place)
        if label := self.stage_name(clause, before, after):
            return label
        if not tidy(after) and (not tidy(before) or ONLY_WHO.fullmatch(before.strip())):
            number = clause.number + 1
            if number < len(self.clauses) and self.clauses[number].sentence == clause.sentence:
                after = self.behind_grounds(self.clauses[number])
        after = re.sub(r"^[之以]?前", "", after)
        if mention.date_kind == "frequency":
            after = re.sub(rf"^(?P<act>{VERB})制度$", r"\g<act>", after)
            before = re.sub(r"^(?:建立|实行|坚持|落实|健全)", "", before.strip())
        if (when := WHEN.fullmatch(tidy(before))) and not tidy(after) and (named := self.clause_before(clause)):
            papers = re.findall(r"《[^》]{2,40}》", self.words(named))
            return join(papers[-1] if papers else topic_of(self.words(named)), when["act"])
        subject = re.sub(rf"(?<=阶段){JOIN}(?:结束|完成)$", "", subject_of_task(before, after))
        if BEGUN_OR_ENDED.fullmatch(subject):
            return self.stage_before(clause) or subject
        decided = self.clause_before(clause)
        if decided and (match := DECIDED.match(self.text[decided.start : decided.end].strip())):
            topic = tidy(match["what"])
        handed_in = decided and not tidy(before) and not self.has_value(decided) and HANDED_IN.match(subject)
        if decided and handed_in and not topic:
            paper = re.search(r"《([^》]{2,24})》[^《》]*$", self.words(decided))
            topic = paper[1] if paper else topic_of(self.words(decided))
        if topic:
            return join(topic, subject)
        says_of_what = topic_of_task(before) or mention.date_kind != "frequency"
        return subject if says_of_what else self.under_topic(clause, subject)

    def stage_before(self, clause: Clause) -> str:
        """Return the name of the stage before a clause that only says when it begins or ends."""
        for other in reversed(self.clauses[: clause.number][-NEIGHBOURS:]):
            if match := STAGE_NAME.match(self.words(other)):
                return tidy_name(match["name"])
        return ""

    def behind_grounds(self, clause: Clause) -> str:
        """Return the words of the first clause from one on that says more than on what ground."""
        for other in self.clauses[clause.number :][:NEIGHBOURS]:
            words = self.text[other.start : other.end][:REACH].strip()
            ground = GROUND.match(words)
            rest = words[ground.end() :] if ground else ""
            if other.sentence != clause.sentence:
                break
            if not ground or re.search(rf"(?:{VERB}|{LIGHT})(?!的)..", without_circumstance(rest)):
                return words
        return self.text[clause.start : clause.end][:REACH]

    def around_date(self, clause: Clause, place: int) -> tuple[str, str, str]:
        """Return the words before and after a date, to its neighbours in a list, and the topic that it shares."""
        mention = self.mentions[place]
        before, after = self.text[clause.start : mention.start][-REACH:], self.text[mention.end : clause.end][:REACH]
        at = bisect_left(clause.marks, place)
        previous = next((one for one in reversed(clause.marks[:at]) if self.mentions[one].kind == "date"), None)
        later = [one for one in clause.marks[at + 1 : at + 1 + NEIGHBOURS] if self.mentions[one].kind == "date"]
        topic = ""
        if previous is not None:
            in_list = "、" in self.between(previous, place)
            before = self.between(previous, place).rpartition("、")[2] if in_list else ""
            if in_list and not tidy(before) and JOIN in self.last_subject():
                topic = self.last_subject().split(JOIN)[0]  # 执法数据按月汇总、按季通报
        following = next((one for one in later if self.mentions[one].date_kind in BINDING), None)
        if following is not None and "、" in self.between(place, following):
            after = self.between(place, following).partition("、")[0]
            after = after if tidy(after) else self.text[self.mentions[later[-1]].end : clause.end][:REACH]
        return before, after, topic

    def stage_name(self, clause: Clause, before: str, after: str) -> str:
        """Return the name of a stage: 第一阶段(7月1日至15日):自查阶段; 动员,准备(1月至2月); 实施阶段:1月至10月."""
        number = clause.number
        if tidy(after.strip(")")):
            return ""
        if STAGE.fullmatch(before.strip()) and self.text[clause.end : clause.end + 1] == ":":
            following = self.clauses[number + 1]
            return tidy_name(self.text[following.start : following.end])
        if not before.strip() and number and self.text[clause.start - 1] == ":":
            previous = self.clauses[number - 1]
            name = tidy_name(self.text[previous.start : previous.end])
            return name if name.endswith("阶段") else ""
        title = self.text[self.sentence_start(clause) : clause.start + len(before)].strip()
        return tidy_name(title) if before.strip().endswith("(") and "," in title and len(title) <= 22 else ""
