"""Units and classifiers that follow a number, and the words before and after it that compare or change."""

import re

from pipeline.records import Comparator

# Longest first when joined. "as printed" is what a record gives; only these spellings are told apart here.
# Events and people: a small Chinese numeral before them is an amount of work (两期, 三次), not a name.
ACTIVITY = (
    "人次", "件次", "场次", "轮次", "家次", "户次", "批次", "车次", "台次", "辆次", "班次",
    "条次", "份次", "人场次", "点次", "站次", "店次", "项次", "篇次", "家(次)", "人(次)",
    "场(次)", "件(次)", "人/次", "家/次", "件/次", "场/次", "户/次",
    "次", "期", "场", "轮", "份", "篇", "堂", "节课", "遍", "课时", "学时", "名", "人", "位",
)  # fmt: skip
# Things counted one by one: a small Chinese numeral needs a verb of doing before it (审查三件, but 三件大事).
THING = (
    "件", "起", "宗", "条", "家", "户", "部", "台", "套", "辆", "支", "处", "所", "座", "间", "卷", "例", "笔", "单",
    "票", "本", "册", "张", "块", "幅", "面", "枚", "艘", "架", "栋", "幢", "头", "只", "株", "页", "则", "封", "款",
    "件套", "点位", "宗地", "通电话", "人日", "人天", "工时", "案次",
    "村次", "校次", "企次", "所次", "处次", "艘次", "船次",
    "站", "岗", "班", "对", "队", "组", "届", "台套", "台(套)", "版", "桩", "道", "片", "车", "盒", "箱", "袋", "瓶",
)  # fmt: skip
# Generic classifiers, most often part of a name (三项制度, 四个意识, 两类案件).
GENERIC = ("个", "项", "类", "种", "大类", "大项", "方面", "个方面")
MEASURE = (
    "平方公里", "平方千米", "平方米", "立方米", "公里", "千米", "公顷", "公斤", "千克", "元", "亩",
    "吨", "米", "斤", "千瓦时", "千瓦", "度", "美元", "户", "GB", "TB", "MB", "km", "兆", "字", "分", "星", "㎡", "m2",
    "海里", "厘米", "毫米", "毫升", "立方", "毫克", "毫克/升",
)  # fmt: skip
TIME = ("个工作日", "工作日", "个自然日", "自然日", "个小时", "小时", "分钟", "秒", "个月", "日", "天", "周", "年")
# Names that stand where a classifier would, and batches (一批 is no number): 3村, 26批. Only after Arabic digits.
BARE_NOUN = ("批", "乡镇", "村", "镇", "乡", "县", "市", "区", "社区", "街道", "部门", "单位", "企业")

# Rare ones, each the beginning of a commoner word (集中, 根据, 首次; 市场 too). Only after Arabic digits.
RARE = ("节", "集", "讲", "门", "首", "席", "桌", "粒", "棵", "口", "眼", "根", "盏", "尾", "羽")
_WORD_BEGUN = (
    "节[点约能省假日庆水]|集[中聚体成团合]|讲[话述解座]|门[户口类槛前]|首[次问违席要先批]|口[岸径头述]|眼[前下]"
    "|根[据本治]|粒度|席位|市[场民级直属]|区[域级直]|县[级直城]|村[民级居庄]|镇[级区]|乡[村级贤]|批[准复示评]"
)

POINTS = ("个百分点", "百分点")
SHARE = ("%", "‰", *POINTS)


def alternatives(words: tuple[str, ...]) -> str:
    """Return a regular expression that matches any of *words*, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


_AFTER_ARABIC = (
    *POINTS,
    *ACTIVITY,
    *THING,
    *GENERIC,
    *MEASURE,
    *TIME,
    *BARE_NOUN,
    *RARE,
    "倍",
    "成",
    "级",
    "周岁",
    "岁",
)
ARABIC_UNIT = f"(?!{_WORD_BEGUN})(?:{alternatives(_AFTER_ARABIC)})"
CHINESE_UNIT = alternatives((*POINTS, *ACTIVITY, *THING, *GENERIC, *MEASURE, *TIME, "批", "倍", "级"))
TIME_UNITS = frozenset(TIME)

BEFORE: tuple[tuple[Comparator, str], ...] = (
    (">=", "不得少于|不得低于|不应低于|不能少于|不少于|不低于|不小于|不下于|不得小于|至少|最少|最低|起码"
     "|达到或超过|等于或大于|大于或?等于|高于或等于|超过或等于|>=|≥|≧|⩾|下限:?"),
    ("<=", "不得超过|不得高于|不得多于|不应超过|不能超过|不超过|不高于|不多于|不大于|不超|"
     "控制到|控制在|压缩在|限定在|限期|最多|最长|最迟|至多|最高"
     "|等于或小于|小于或?等于|低于或等于|<=|≤|≦|⩽|上限:?"),
    ("<", "低于|少于|小于|不到|不足|未到|未达到|未满|不满|<"),
    (">", "高于|超过|多于|大于|突破|超出|超|逾|>"),
    ("~", "大约|将近|接近|约为|约有|约占|(?<![公民合契条预违履签节制誓邀赴相])约|(?<![附就邻临最靠远亲])近|≈"),
)  # fmt: skip
BEFORE_WORD = re.compile(
    "(?:"
    + "|".join(f"(?P<w{place}>{words})" for place, (_, words) in enumerate(BEFORE))
    + r")(?:达到|达|为|在|有|的)?\s*$"
)
# 新增 counts what is new and is no change of something counted before.
INCREASE = (
    "提高|提升|增长|(?<!新)增加|上升|上涨|升高|高出|扩大|多了|提速|上浮|上调|调增|净增|递增|(?<=[同环]比)多出?"
    "|(?<!新)增|升"
)
DECREASE = (
    "下降|减少|降低|压减|压缩|压降|缩减|缩短|精简|下滑|少了|回落|下浮|下跌|核减|削减|缩小|下调|调减|递减|(?<=[同环]比)少出?"
    "|减|降|缩"
)
# The change word touches the number, with nothing but these between. A noun may have 为 too; a verb with 为 says "to".
HEDGE = r"(?:了|约|近|将近|超过|超|逾|达到|达|至少|不少于|不低于|不超过|最多|仅)*\s*"
CHANGE_WORD = re.compile(
    r"(?:同比|环比)?(?:再|又|累计|平均|分别)?"
    rf"(?:(?P<up>{INCREASE})|(?P<down>{DECREASE})|(?P<up_by>增幅|涨幅|增速|增长率)(?:为|是)?"
    rf"|(?P<down_by>降幅|减幅|下降率|下降幅度)(?:为|是)?){HEDGE}$"
)
# 比去年同期多1200件: 多 and 少 count as changes only in a comparison.
MORE = re.compile(rf"(?:比|较)[^,;。]{{1,12}}(?:(?P<up>多出?|高|快)|(?P<down>少出?|低|短)){HEDGE}$")
# 提高到, 压减至, 降为, 提速为: the number is where the change ends.
TO_WORD = re.compile(
    rf"(?:{INCREASE}|{DECREASE}|提速|稳定|保持|维持|控制|变|调整|优化|改|降|压|扩)"
    r"(?:到|至|为|成|在)(?:现在的|目前的)?\s*[“\"]?$"
)
AFTER: tuple[tuple[Comparator, str], ...] = (
    (">=", r"\(?含?\)?(?:及以上|及其以上|以上|之上)"),
    ("<=", r"\(?含?\)?(?:及以下|以下|之下|以内|之内)"),
    ("~", r"左右|上下|不等|许"),
    (">", r"开外|之多"),
)
AFTER_WORD = re.compile("|".join(f"(?P<w{place}>{words})" for place, (_, words) in enumerate(AFTER)))
WITHIN = re.compile(r"内(?!容(?!缺)|涵|外|部(?![署门]))")  # 3日内设立, 10日内审查, 7日内在网站公示


def comparator_before(text: str) -> tuple[Comparator, int] | None:
    """Return the comparator that folded *text* ends with, and where its words begin."""
    if match := BEFORE_WORD.search(text[-12:]):
        place = next(place for place, _ in enumerate(BEFORE) if match[f"w{place}"])
        return BEFORE[place][0], max(0, len(text) - 12) + match.start()
    return None


def change_before(text: str) -> tuple[Comparator, int] | None:
    """Return increase or decrease where folded *text* ends with a change by some amount, and where its words begin."""
    if match := CHANGE_WORD.search(text[-14:]):
        rises = match["up"] or match["up_by"]
        return ("increase" if rises else "decrease"), max(0, len(text) - 14) + match.start()
    if match := MORE.search(text):
        return ("increase", match.start("up")) if match["up"] else ("decrease", match.start("down"))
    return None


def comparator_after(text: str, at: int, *, time: bool) -> tuple[Comparator, int] | None:
    """Return the comparator that starts at text[at], and where its words end; 内 counts behind a length of time."""
    at += len(text[at : at + 2]) - len(text[at : at + 2].lstrip(" "))  # 95 % 以上
    if match := AFTER_WORD.match(text, at):
        place = next(place for place, _ in enumerate(AFTER) if match[f"w{place}"])
        return AFTER[place][0], match.end()
    if time and (match := WITHIN.match(text, at)):
        return "<=", match.end()
    return None
