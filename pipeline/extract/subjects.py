"""What a value measures: the shortest exact words of its clause, parts that do not touch joined with ….

Three shapes carry nearly all values: the noun stands before (败诉率低于15%), behind (召开1次府院联动会议), or on both
sides (重大行政决策全部经合法性审查).
"""

import re

JOIN = "…"
LONGEST = 40  # a subject of more characters is a sentence; its last part is kept

# What opens a clause without being measured.
OPENING = re.compile(
    r"^(?:其中|同时|并且?|且|以及|以|其(?![他余它])|和(?!解)|及(?!时)|与|确保|保证|保障|力争|争取|努力|做到|保持|要求|严格|切实|坚持|继续(?!有效)|进一步|全面|基本|稳步|大力|积极|有序|持续|逐步"
    r"|深入|加快|着力|推进|推动|实现|达到|目前|截至目前|截止目前|截至|近年来|一年来|全年|累计|共计?|总计|合计(?=.)|已经?|先后|均|各级?|我[县区市省镇乡街]|全[县区市省州镇乡旗]"
    r"|本[县区市省]|将|要|须|应当|必须|每年|年内|年度(?=[^培报目])|于|在|对|按照[^,]{0,12}要求)+"
)
CLOSING = re.compile(
    r"(?:(?:[增降减升压缩扩提延]|调[增减]|[上下]调|扩大|提[升高]|增[加长]|缩短|压[缩减]|下降|降低|延长)(?:至|到|为)|在[^,;。]{1,14}基础上|可|达到|达|为|是|均|都|约|共计?|累计|各|分别|控制在|不得?|至少|最少|最多|最长|一般|原则上|全部|已|实现|保持|稳定|平均|同比|环比|年均|月均|的|了|有|由|从"
    r"|将|要|力争|争取|确保|应当|须|也|再|又|近|超|在|到|内|每年|每月|每季度|每周|每半年|继续|持续|完成(?=$))+$"
)
# A verb of doing before the number: what is counted comes after it.
DOING = re.compile(
    r"(?:开展|组织|召开|举办|举行|进行|提交|接受|通报|安排|发布|完成|打造|培育|培养|新培养|创建|创成|选取|选择|推出|新增|成立|组建|办理|受理|收到|制定|修订|出台|印发"
    r"|设立?|建成|新建|建立|配备|聘请|实现|为|对|将|选聘|审核办理|只|至少|不少于|每年|内|个|组织开展|主持召开|部署开展|深入开展|集中开展|再|共|约|近|全镇|全县|全区|全市|全省|上|下|专题)$"
)
MEASURED = re.compile(
    r"(?:率|度|比例|占比|比重|比|数|量|时间|时限|期限|金额|用时|天数|次数|人数|成绩|分值|权重|得分|总量|标的额|经费|款|额|时长|工作日)$"
)


# What is left of a clause when a change has lost its number measures nothing.
CHANGE_ONLY = re.compile(
    r"^(?:和|及|与|再|又|基础上?|提[高升速]|增[长加]|上升|下降|减少|降低|压[减缩降]|缩[短减]|精简|提升至|缩短至|压缩到|到|至|为|分别|[降增]幅|较|比)*$"
)


def tidy(words: str) -> str:
    """Strip punctuation, openings and closings that measure nothing."""
    previous = None
    while words and words != previous:
        previous = words
        words = balance(words.strip(" ,;:。、[]\t"))
        words = CLOSING.sub("", OPENING.sub("", words))
    return "" if CHANGE_ONLY.match(words) else words


def balance(words: str) -> str:
    """Strip brackets at the ends that have no partner inside."""
    while words[-1:] == ")" and words.count("(") < words.count(")"):
        words = words[:-1]
    while words[-1:] == "(":
        words = words[:-1]
    while words[:1] == "(" and words.count("(") > words.count(")"):
        words = words[1:]
    return words[1:] if words[:1] == ")" else words


def shorten(words: str) -> str:
    """Keep the end of an overlong subject, from its last comma or 的 on."""
    if len(words) <= LONGEST:
        return words
    for mark in (",", "的", "、"):
        tail = words[-LONGEST:].partition(mark)[2]
        if len(tail) >= 4:
            return tail
    return words[-LONGEST:]


def subject_of_amount(before: str, after: str) -> str:
    """Return what an amount measures.

    Args:
        before: the clause up to the number, without dates and frequencies, from the amount before it on.
        after: what follows the number in its clause, up to the next amount.

    """
    head, tail = tidy(before), tidy(after)
    if after[:1] in ("", ",", ";", "。", "、", ")", "(") or not tail:
        return shorten(head)
    if MEASURED.search(head):
        return shorten(head)
    if not head or DOING.search(before.rstrip()) or DOING.search(head):
        return shorten(tail)
    if len(head) <= 12:
        return shorten(head) + JOIN + shorten(tail)
    return shorten(tail) if len(tail) >= 4 else shorten(head)


def subject_of_universal(before: str, after: str, word: str) -> str:
    """Return what 全覆盖, 全部, 一律, 所有 or 零… holds for."""
    head, tail = tidy(before), tidy(after)
    if word == "全覆盖" and after.startswith("的"):
        return shorten(tail or head)
    if word in ("全覆盖",) or word.startswith("零"):
        return shorten(head or tail)
    if word == "所有":
        return shorten(re.sub(r"(?:都|均|必须|须|应当|应)", JOIN, tail, count=1))
    if not head:
        return shorten(tail)
    return shorten(head) + JOIN + shorten(tail) if tail else shorten(head)


def subject_of_task(before: str, after: str) -> str:
    """Return the task that a date or a frequency binds: what follows it, with what precedes it where that is a noun."""
    head, tail = tidy(before), tidy(after)
    if not tail:
        return shorten(head or balance(before.strip(" ,;:。、\t")))  # 全面推进 as the name of a stage
    if head and len(head) <= 14 and not re.search(r"(?:于|在|前|后|将)$", before):
        return head + JOIN + shorten(tail)
    return shorten(tail)
