"""Comparators that stand away from their number, and the two ends of a change: what 由A提高到B and 比上年 say."""

import re

from pipeline.extract.lexicon import LIGHT, VERB, any_of
from pipeline.mentions import Mention
from pipeline.records import Comparator

AT_LEAST = re.compile(r"(?:至少|不少于|不低于|最少|起码|力争|不得少于)[^,;。\d”]*$")
AT_MOST = re.compile(r"(?:最多(?!跑)|最长|最迟|不超过|不得超过|不多于|至多)[^,;。\d”]*$")
STRIVE = re.compile(r"力争[^,;。]*$")
# 减少材料四成以上, 压缩审批时限50%: the verb stands before what shrinks.
LESS_OF = re.compile(
    r"(?:减少|压减|压缩|精简|缩短|降低|减|缩减)[^,;。至到为后]{0,8}"
    + any_of("""
        材料 时限 时间 环节 要件 证明 成本 次数 频次 用时 数量 跑动 事项 表单 证照 周期 检查 流程 手续 负担 支出 收费
        表格 天数 期限 轮候期 人次 件数 文件 会议 经费 费用
    """)
    + "$"
)
# 比2019年多办理案件214件: the verb of doing stands between the change and its number.
MORE_DONE = re.compile(
    rf"(?:同比|环比|(?:比|较)(?P<base>[^,;。]{{1,10}}?))(?P<way>多|少)(?:{VERB}|{LIGHT}|投诉|举报|申请|发案|办案|立|罚)[^,;。\d]{{0,12}}$"
)
# 较上年1050万元增长14.3%: the base is the year, its figure a value of its own.
BASE_WITH_VALUE = re.compile(
    r"^((?:法定[时期]限|法定时间|去年|上年度?|上一年度?|(?:19|20)\d\d年度?)(?:同期|底|末)?)的?\d.*$"
)
ON_BASE = re.compile(r"在(?P<base>[^,;。]{1,16}?)的?基础上[^,;。]{0,6}$")
REFERENCE = re.compile(
    r"(?:对比|(?<![同环占对百])比|较|与|相比)(?P<base>[^,;。]{1,16}?)(?:相比|同期相比|相较)?(?:至少|最少|不少于|再|又|累计|平均|分别|净|共|大幅|明显|显著|小幅|略)*(?:提高|提升|增长|增加|上升|上涨|升高|下降|减少|降低|压减|压缩|缩短|下滑|多|少|高|低|净增|翻|升|降|增|减|精简|缩减|回落)[^,;。]{0,6}$"
)
FROM = re.compile(r"(?:由|从|自)[^,;。]{0,20}$")
TO = re.compile(
    r"(?:提高|提升|增长|增加|上升|下降|减少|降低|压减|压缩|缩减|缩短|精简|提速|调整|扩大|优化|变更|升|降|减|压|改|增|变|扩)?(?:到|至|为|成)"
)
# The other end of 由A…: a number, or a time that has none; 由24个部门为成员 has no end.
TO_VALUE = re.compile(
    rf"[^,;。]{{0,10}}?{TO.pattern}[^,;。]{{0,8}}?(?:[\d一二两三四五六七八九十百千万零半]|即时|即办|当[场天日]|立等|现场)"
)
ON_TOP = re.compile(r"^的?基础(?:上|之上)")
# 由原来7个环节15个工作日,压缩到2个环节: the old values end with a comma.
OLD_ONE = re.compile(r"[由从](?:原来|过去|原先|原有|以往|此前)[^,;。]{0,20}$")
NEW_ONE = re.compile(rf"[^,;。]{{0,10}},{TO.pattern}")
MERGED = re.compile(r"[^,;。\d]{0,12}?(?:精简|优化|整合|合并|压减|压缩|减少|缩减|归并|调整)+(?:为|至|到|成)\d")
LAST_YEAR = re.compile(
    r"(?:去年|上年|上一年度?|同期|此前|(?<![草平高太中复])原来?|原先|法定)(?:同期|水平|度)?(?:的|为|是|约)*$"
)
# 为上年的六成, 减少到原来的三分之一: this year's figure, told as a share of last year's.
SHARE_OF_LAST = re.compile(
    r"(?:为|是|占|相当于|到|至|达|仅|不足)(?:去年|上年|上一年度?|原来|原先|同期|法定)(?:同期|水平)?的$"
)
# 不超过上年度的80%, 控制在上年的90%以内: a share of last year's figure is what is aimed at.
SHARE_OF_BASE = re.compile(r"(?:不低于|不少于|不超过|不高于|控制在|低于|高于|超过|达到|占)[^,;。\d]{0,10}的$")


def distant_comparator(words: str, mention: Mention, *, strives: bool) -> Comparator | None:
    """Return the comparator of an amount, with that of a verb or a word away from it: 至少组织1次, 压缩审批时限50%.

    Args:
        words: the clause from the value before on, up to the number.
        mention: the amount.
        strives: whether 力争 stands at the head of the sentence.
    """
    if LESS_OF.search(words):
        return "decrease"
    if mention.comparator != "=":
        return mention.comparator
    if more := MORE_DONE.search(words):
        return "increase" if more["way"] == "多" else "decrease"
    if AT_MOST.search(words):
        return "<="
    if strives:
        words = "力争" + words
    if STRIVE.search(words):
        return mention.comparator if re.search(r"(?:控制|压|降|缩|减)", words) else ">="
    return ">=" if AT_LEAST.search(words) else mention.comparator


def base_of(words: str) -> tuple[bool, str | None]:
    """Say whether the words before a change name what it is compared with, and return it: 比上年, 较2020年, 比法定时限.

    A base that is a figure, 在31.94%基础上, is a value of its own and no reference.
    """
    match = REFERENCE.search(words) or ON_BASE.search(words) or MORE_DONE.search(words)
    if match is None:
        return False, None
    base = BASE_WITH_VALUE.sub(r"\1", (match["base"] or "").strip()) or None
    return True, None if base and re.search(r"\d%?$", base) else base


def starts_change(before: str, after: str, following: str, mention: Mention) -> bool:
    """Say whether a value is the first of a pair: 由A提高到B, 在A基础上, 上年的A.

    Args:
        before: its clause up to the value.
        after: its clause behind the value.
        following: the text behind the value, over the end of the clause.
        mention: the value.
    """
    if mention.comparator in ("increase", "decrease"):
        return False
    if ON_TOP.match(after):
        return True
    if FROM.search(before) and TO_VALUE.match(after):
        return True
    if re.search(r"[把将][^,;。]{0,12}$", before) and MERGED.match(after):
        return True
    if OLD_ONE.search(before) and NEW_ONE.match(following):
        return True
    if re.search(r"(?:比|较)法定(?:时限|期限|时间)的?$", before):
        return True
    if SHARE_OF_BASE.search(before):
        return False
    return mention.unit != "倍" and not SHARE_OF_LAST.search(before) and bool(LAST_YEAR.search(before))
