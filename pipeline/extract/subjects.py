"""What a value measures: the shortest exact words of its clause, parts that do not touch joined with ….

Three shapes carry nearly all values: the noun stands before (败诉率低于15%), behind (召开1次府院联动会议), or on both
sides (重大行政决策全部经合法性审查).
"""

import re
from collections.abc import Sequence

from pipeline.extract.lexicon import (
    ACTOR,
    AIMED,
    JOIN,
    LEVEL_ACTS,
    LIGHT,
    MEASURED,
    OBJECT_MARK,
    ONLY_WHO,
    VERB,
    any_of,
)
from pipeline.extract.phrases import (
    act_and_object,
    balance,
    bare_noun,
    is_bare_verb,
    last_verb,
    tidy,
    without_actor,
    without_circumstance,
    without_kind,
    without_light_verb,
)

LONGEST_LIST = 120  # one of more characters keeps its first and last part
LONGEST = 40  # a subject of more characters is a sentence; its last part is kept

PAUSES = ("", ",", ";", "。", "、", ")", "(", "[", "/", "|")
# A verb right before the number: what is counted comes after it. 参加 and 接受 count what those who do so take part in.
LIGHT_END = re.compile(rf"(?:{LIGHT}|选择|对|为|与|将|个|[上下])(?:了|全[镇县区市省州])?$")
VERB_END = re.compile(rf"(?:主动|修订完善)?(?:办理)?{VERB}(?:{VERB}|办理)*了?$")
# 对现行规章至少清理: the noun and what is done to it.
DONE_TO = re.compile(
    rf"^对(?P<noun>[^,;。{JOIN}]{{2,24}}?)(?:{JOIN}|至少|进行|开展|实施)+(?P<act>[^,;。{JOIN}]{{2,8}})$"
)
REVIEWED = re.compile(
    rf"^对(?P<noun>[^,;。{JOIN}]{{2,24}}?(?:人员|单位|企业|部门|机关|文件|规章|预案|案卷|项目))(?P<act>{AIMED}{VERB}|复核)$"
)
DONE = re.compile(rf"^(?P<noun>[^,;。{JOIN}]{{2,24}}?)(?:已经?|已全部|全部已)(?P<act>{VERB}|完成|整改)$")
PER = re.compile(rf"^(?P<noun>[^,;。{JOIN}]{{4,}}?)(?:达到|实现)?(?P<each>每个?[^,;。{JOIN}每]{{1,3}})$")
TAKING_PART = re.compile(r"(?P<who>.*?)(?:参加|接受|安排)$")
# 在岗执法人员每五年进行一次轮训: those who do it are what is counted among.
WHO_TAKES_PART = re.compile(
    rf"^(?P<who>每个?[^,;。…]{{1,6}}?|.*(?:人员|干部|领导班子|职工|学生|群众|居民|顾问|律师|专家|员))(?:{JOIN}|应当?|须|要|至少)*{LIGHT}$"
)
# What happens to what is counted says no more than that: 对11个部门开展督察, 文件进行清理.
TREATED = re.compile(r"(?<=..)(?:开展|进行)了?(?:全面|集中|逐一|一轮)?(?=..)")
# A task that is done, built or brought about is named by its object.
TASK_LIGHT = r"(?:组织|开展|完成|建成|实现|形成|进行|召开|举办|举行|启动|编制完成)"
# To whom something is sent is part of the task (向区政府报告情况), but not with its title in full.
ADDRESSEE = re.compile(rf"^向[^,;。]{{12,}}?(?:{ACTOR}|\))(?={VERB}(?!的)[^,;。]{{2,}})")
# Behind X于9月25日前, a verb whose object is X.
SENT = re.compile(r"(?:上?报|送|提交|公布|印发|结束|完成|完毕|到位|办结|实施|施行|反馈|移交|运行|启用)")
BUILT = re.compile(r"^(?:建成|形成|健全|建立|完善|构建|打造)")
SYSTEM = re.compile(r"(?:体系|体制|机制|格局|制度|政府|环境|模式|平台)$")
# 市、县(区)司法局人员, 代表、委员满意率: how a list begins or ends that shares the rest of its last part.
LEVEL = re.compile(r"(?:省|市|县|区|旗|州|盟|乡镇|乡|镇|街道|村|社区)(?:\([^()]*\))?级?")
RATE_END = re.compile(
    r"(?:按期|按时|及时|群众)?(?:出庭应诉|持证上岗|规范化|[\u4e00-\u9fff]{2})率$"
    r"|(?:案件|事项|人员|干部|经费|文件|次数|人数|数量|面积)$"
)
OF_BODIES = re.compile(
    r"(?:人民)?[\u4e00-\u9fff]{2}(?:组织|队伍|机构|人员|案件|文件|事项|单位|企业)[^、]{0,4}[\u4e00-\u9fff]率$"
)
# How a clause without a value names its topic: 把X纳入…, X列入…, 推广X, 做好X的落实和反馈工作.
MADE_PART = re.compile(
    r"^(?:将|把)?(?P<topic>[^,;。]{2,16}?)(?:全部|统一)?(?:纳入|列入|下沉|下放到|作为|融入|写进|实行(?=统一|动态|全))"
)
ADOPTED = re.compile(
    r"^[^,;。]{0,10}?(?:推行|推广|启用|上线|应用|重视|做好|加强|规范(?![性化])|完善|提高|强化|提升)(?P<topic>[^,;。]{2,24})$"
)
# What is done with a topic, or how well, is not the topic: 司法建议的落实和反馈工作.
TOPIC_END = re.compile(
    r"(?:的|及时)?"
    + any_of("""
        落实 反馈 办理 采纳 管理 执行 督促 回复 答复 审查 审核 应用 推广 质量 水平 力度 情况 目录 制度 机制 建设 工作
        [和与及、]
    """)
    + "+$"
)
# 完成首批58项, 细化9个方面42项: which of them or how they are ordered, right before the number.
WHICH = re.compile(
    r"(?:首|第[一二三四五六七八九十\d]+|新一)[批轮]$|[一二两三四五六七八九十\d]+大?个?(?:方面|领域|板块|层面|环节|部分)$"
)
# 松山市217家单位: where they are; 重点镇 and 小区 are what they are.
PLACE = re.compile(
    rf"(?!{VERB}|{LIGHT}|[每各])[\u4e00-\u9fff]{{1,6}}(?<!重点)(?<!示范)(?<!试点)(?<!先进)(?<!中心)"
    r"(?:省|市|县|旗|州|镇|乡|街道|(?<![小社园校景山林灾库厂])区)"
)
# 在辖区内所有社区 is where it is done, 在册 and 在岗 are who they are.
WITHIN = re.compile(r"在(?![册岗职编库校建办矫读场])[^,;。…]{3,30}")
# 严格执行听证公告期限; 执行标的额 and 执行到位率 are measures of carrying out.
# 配备比例达到执法人员总数的5%: of what a share is one is no part of what it measures.
BASE = re.compile(
    r"(?:原则上|一般)?(?:应当?|须|要|力争|确保)?"
    + any_of("""
        不得?低于 不得?少于 不得?超过 不得?高于 不小于 不大于 不足 不到 至少 最多 最高 低于 少于 高于 多于 超过 超出
        (?<!传)达到
        (?:控制|保持|稳定|压减|压缩|精简|减少|降低)[在到至] 相当于 等于
    """)
    + r"(?:本|全)?[^,;。…]{2,24}?(?:的|(?<=同期)|(?<=去年)|(?<=上年)|(?<=上年度))$"
)
# 为每个司法所至少再增配1名, 区原则上只设1个: how strictly, between the noun and its verb.
STRICTLY = re.compile(rf"(?<=[^{JOIN}])(?:至少|最少|最多|原则上)(?:应当?|须|要|再|还|只|仅)*(?=[^{JOIN}])")
ONLY_SET_UP = re.compile(rf"{JOIN}?(?:只|仅)?能?设[立置]?$")
# 证明事项清单等: the end of a list that names no more; 平等 and 中等 are words.
ETC = re.compile(r"(?<=..)(?<![平高初中上下优同特头均对相])等$")
KEPT_TO = re.compile(r"^(?:执行|遵守)(?!期限|时限|案件|标的|到位)(?=..+(?:期限?|时限|标准|比例|限额)$)")
HELD = re.compile(r"^(?:高频[率次]|常态化)?(?:开展|举办|举行|召开|组织)(?=..)")
# What came before a duty: 收到司法建议书后, 收到申请之日起.
RECEIVED = re.compile(r"(?:收到|接到)(?P<what>[^,;。…]{2,14}?)(?:后|之日起?|之时起?)")
# 向市政府上报上一年度本地区制定的文件目录: when and by whom it was made is left out.
MADE_BEFORE = re.compile(
    rf"(?P<lead>(?:向[^,;。…]{{1,14}}?{ACTOR})?(?:上报|报送|提交|报备|报告|通报|公布|{VERB})+)[^,;。的…]{{4,30}}?(?:制定|印发|出台|制发)的(?P<rest>[^,;。…的]{{4,}})"
)
GOAL = re.compile(
    r"(?P<act>(?:基本|全面|初步)?(?:建成|形成|实现|完成|建立).+?)的(?:奋斗|总体|既定|预期)?目标(?:任务|要求)?"
)
LONGEST_TOPIC = 14  # a longer one is a sentence of its own


def shorten(words: str) -> str:
    """Keep the end of an overlong subject, from its last comma or 的 on, but the whole of a list of one noun."""
    words = ETC.sub("", words)
    if len(words) <= LONGEST:
        return words
    listed = split_list(words)
    if len(listed) > 2 and len({part[-2:] for part in listed}) == 1 and len(max(listed, key=len)) <= LONGEST // 2:
        return words if len(words) <= LONGEST_LIST else listed[0] + JOIN + listed[-1]
    for mark in (",", "的", "、"):
        tail = words[-LONGEST:].partition(mark)[2]
        if len(tail) >= 4:
            return tail
    return words[-LONGEST:]


def join(*parts: str) -> str:
    """Join the parts of a subject that do not touch."""
    return JOIN.join(shorten(part) for part in parts if part)


def measured(words: str) -> str:
    """Return what the words before a value measure, without circumstance, actor and empty verb."""
    parts = [part for part in map(tidy, tidy(words).split(JOIN)) if part]
    words = JOIN.join(part for place, part in enumerate(parts) if not (place and re.fullmatch(LIGHT, part)))
    words = STRICTLY.sub(JOIN, re.sub(r"(?<=..)截[至止]目前(?=..)", JOIN, words))
    for pattern in (DONE_TO, REVIEWED, DONE, PER):
        if match := pattern.match(words):
            return join(*match.groups())
    if MEASURED.search(words):
        return OBJECT_MARK.sub("", KEPT_TO.sub("", re.sub(r"^.*?(?:安排|列支|落实)了?(?=..)", "", words)))
    return without_kind(act_and_object(words))


def counted(words: str) -> str:
    """Return the noun and its predicate that follow a count."""
    parts = [tidy(re.sub(r"^的|(?<=..)中$", "", part.strip())) for part in words.split(JOIN)]
    return JOIN.join(part for part in parts if part)


def subject_of_amount(before: str, after: str, *, limit: bool = False) -> str:
    """Return what an amount measures.

    Args:
        before: the clause up to the number, without dates and frequencies, from the amount before it on.
        after: what follows the number in its clause, up to the next amount.
        limit: whether the amount is a time within which something is to be done.

    """
    after = re.sub(r"^\[\d{1,2}\]", "", after)
    tail = HELD.sub("", counted(after))
    before = STRICTLY.sub(JOIN, WHICH.sub("", before.rstrip()))
    before = ONLY_SET_UP.sub("", before) if tail else before
    bare = tidy(before)
    if after.strip(" …")[:1] in PAUSES or not tail or (MEASURED.search(bare) and not limit):
        return shorten(measured(before))
    if limit:
        return join(topic_of_limit(before, tail), tail)
    if before.rstrip().endswith("的"):  # 以县政府名义制发的113件文件: by whom they are made is not what is counted
        return join(*split_treated(tail, before))
    if bare.endswith("等"):
        verb = re.match(rf"(?:{VERB})*", bare)
        return join(verb[0] if verb else "", tail)
    if (match := VERB_END.search(bare)) and not TAKING_PART.search(bare):
        return join(last_verb(bare), tail)
    if match := TAKING_PART.search(bare):
        who = tidy(match["who"])
        return join("" if ONLY_WHO.fullmatch(who) and "负责人" not in who else who, tail)
    if match := WHO_TAKES_PART.match(bare):
        return join(match["who"], tail)
    if not bare or LIGHT_END.search(before.rstrip(" …")) or LIGHT_END.search(bare):
        return join(*split_treated(tail, before))
    if ONLY_WHO.fullmatch(bare) or PLACE.fullmatch(bare) or WITHIN.fullmatch(bare):
        return join(tail)
    head = measured(before)
    return join(head, tail) if len(head) <= 14 else join(tail if len(tail) >= 4 else head)


def topic_of_limit(before: str, act: str) -> str:
    """Return what is to be done within a limit: 行政处罚决定自作出之日起 is about 行政处罚决定.

    A bare verb is about what was received: 收到司法建议书后 … 书面回复.
    """
    words = re.sub(r"(?:自|从)[^,;。、]{1,14}$", "", before.strip())
    words = re.sub(r"(?:最迟)?在[^,;。]{1,12}(?:后|时|起)$", "", words)
    topic = re.sub(r"^对|^.*(?:后|之日起?|之时起?)$", "", tidy(words))
    if topic and not ONLY_WHO.fullmatch(topic):
        return topic
    received = RECEIVED.search(before)
    if not is_bare_verb(re.sub(r"^(?:书面|当场|当面|如实|予以|完毕)+|(?:完毕|到位)$", "", act)):
        return ""
    return tidy(received["what"]) if received else topic


def split_treated(tail: str, before: str) -> tuple[str, ...]:
    """Split 部门开展督察, behind 对11个, into those who are treated and the treatment."""
    if not re.search(r"(?:对|为|给|向)[^,;。]{0,30}$", before):
        return (tail,)
    first, *rest = TREATED.split(tail, maxsplit=1)
    return (first, *rest) if len(first) + len("".join(rest)) >= 6 else (tail,)


def subject_of_universal(before: str, after: str, word: str) -> str:
    """Return what 全覆盖, 全部, 一律, 所有 or 零… holds for."""
    head, tail = tidy(before), counted(after)
    if word == "全覆盖":
        return shorten(tail) if after.startswith("的") and tail else covered(before, after)
    if word.startswith("零"):
        return shorten(measured(head) or tail)
    if word == "所有":
        parts = re.split(r"(?:都|均|必须|须|应当|应)要?(?:严格|按程序)?", tail, maxsplit=1)
        return join(*(tidy(part) for part in parts))
    head = without_circumstance(head) if re.match(r"除|将|把", head) else head
    if head and before.rstrip(" …").endswith(head + "的"):
        head += "的"  # 无法定依据的一律取消: 的 stands for the noun
    return join(head, re.sub(r"^进行", "", tail))


def covered(before: str, after: str) -> str:
    """Return what covers all: 对乡镇政府督察 keeps its 对, 街道实现调解室 has two parts."""
    head = tidy(re.sub(r"(?<=..)(?:实现|做到)了?", JOIN, re.sub(r"^对", "", before), count=1))
    if re.match(r"(?:.*[,内])?(?:实现|做到|确保)?对", before.strip()) and "对" + head in before:
        return shorten("对" + head)
    return shorten(without_light_verb(head) or counted(after))


def subject_of_task(before: str, after: str) -> str:
    """Return the task that a date or a frequency binds: what follows it, with what precedes it where that is a noun."""
    head, tail = topic_of_task(before), task(after)
    if LEVEL_ACTS.fullmatch(head) and not is_bare_verb(tail):
        head = ""
    if not tail:
        return shorten(head or tidy_name(before))
    if tail.endswith("阶段"):
        return shorten(tail)
    if is_bare_verb(tail) or (head and SENT.match(tail)):
        return join(head, tail)
    if head and len(head) <= 20 and not re.search(r"(?:于|在|前|后|将)$", before):
        return join(head, tail)
    return shorten(tail)


def tidy_name(words: str) -> str:
    """Strip the punctuation of a name and nothing else: 全面推进 as the name of a stage."""
    return balance(words.strip(" ,;:。、\t"))


def topic_of_task(before: str) -> str:
    """Return the noun before a date, unless it is the body that has to act."""
    if re.fullmatch(r"[^,;。]{2,10}阶段\(?", before.strip()):
        return tidy_name(before)
    head = tidy(before)
    if ONLY_WHO.fullmatch(head) or ONLY_WHO.fullmatch(before.strip()):
        return ""
    return re.sub(r"^对", "", head)


def task(after: str) -> str:
    """Return the words of a task, without who acts and without verbs that say that it is done."""
    words = re.sub(r"\([^()]*\d[^()]*\)$", "", tidy(after))  # 报送情况(8月5日报送…): what the bracket says is its own
    words = re.sub(r"(?<=..)\((?:联系人|联系电话|电话|邮箱|电子邮箱|传真|地址|附)[^()]*$", "", words)
    words = re.sub(r"^(?:(?:将|把)(?=..)|为(?=.*阶段$))", "", without_actor(words))
    words = GOAL.sub(r"\g<act>", words) if GOAL.fullmatch(words) else words
    words = ADDRESSEE.sub("", words)
    if match := MADE_BEFORE.fullmatch(words):
        words = join(match["lead"], match["rest"])
    if words.endswith("阶段"):
        return words
    built = BUILT.match(re.sub(r"^(?:基本|全面|初步)+", "", words)) and SYSTEM.search(words)
    previous = None
    while words != previous:
        previous, words = words, tidy(without_light_verb(words, TASK_LIGHT))
    kind, _, system = words.rpartition("的")
    # 职责明确、依法行政的政府治理体系: what kind of system is left out where it says much more than the system's name.
    return system if built and (len(words) > 3 * len(system) + 6 or re.match(r"比?较|更加", kind)) else words


def split_list(words: str) -> list[str]:
    """Split 优秀率、合格率 into its parts; brackets and quotation marks are not looked into."""
    return [
        part for part in re.split(r"[、](?![^(]*\))|(?<=”)(?=“)|(?<!调)和(?!解)|(?<!参)与|及(?!时)|以及", words) if part
    ]


def share_of(parts: Sequence[str], rank: int) -> str:
    """Return one part of a list; 代表 of 代表、委员满意率 lacks the end of the last part."""
    part, last = parts[rank], parts[-1]
    if rank == len(parts) - 1 or MEASURED.search(part):
        return part
    if LEVEL.fullmatch(part) and (match := LEVEL.match(last)):
        return join(part, last[match.end() :])
    if (kind := re.fullmatch(r".{1,4}(?P<end>[性型类级])", part)) and (
        match := re.match(f".{{1,4}}?{kind['end']}", last)
    ):
        return join(part, last[match.end() :])  # 行业性、专业性调解组织规范化率
    if part.endswith("”") and "”" in last:
        return join(part, last.rpartition("”")[2])
    end = RATE_END.search(last)
    end = (OF_BODIES.search(last) if part.endswith("性") else None) or end
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
