"""Whether an amount is a value or only a name, a span or a condition: what its context says."""

import re
from dataclasses import replace

from pipeline.mentions import Mention, clause_start
from pipeline.records import Comparator, Reason
from pipeline.units import ACTIVITY, GENERIC, SHARE, TIME_UNITS

# --- evidence that a small Chinese numeral is an amount ------------------------------------------------------------

DOING = re.compile(
    r"(?:开展|组织|召开|举办|举行|进行|提交|报送|报告|接受|通报|安排|发布|印发|出台|制定|修订|聘请|配备|配强|设立|设|建成|完成|打造|培育|培养"
    r"|创建|新建|选取|选择|选树|选聘|推出|新增|成立|组建|确定|办理|办结|受理|收到|收|审查|审核|废止|清理|举报|听取|研究|讲授|讲|授课|上|参加"
    r"|汇报|调研|督查|督察|检查|评查|抽查|巡查|排查|化解|调解|查处|查办|立案|处罚|移送|责令|撤销|维持|驳回|悬挂|发放|张贴|播放|推送|制作"
    r"|学习|旁听|培训|轮训|演练|宣讲|走访|接待|帮助|挽回|追回|落实|达|共|为|有|约|近|等|计|获|获得|荣获|命名|曝光|约谈|出动|增|增加|减少"
    r"|评选|评出|公布|征集|采纳|解答|提供|出具|签订|签约|引进|投入|列支|扩充|补充|招录|招聘|调整|下放|承接|取消|梳理|压减|保留|发出|下达|收集"
    r"|反馈|建议|提案|议案|案件|合同|文件|会议|活动|学法|讲座|课)(?:了|过|到|约|近|超)?$"
)
DOING_SAID = re.compile(DOING.pattern.removesuffix("$"))
# 一次性, 一次办, 一个窗口: names of services and manners, not amounts.
ONE_NAMED = re.compile(r"(?:性|办|告知|跑|申报|受理|审批|办结|办好|办成|到位|提交|采集|评价机制|进门|上|都|就)")
NAMED_AFTER = re.compile(
    r"(?:制度|意识|自信|维护|确立|机制|体系|行动|工程|原则|方针|阶段|步骤|环节|方面|方向|主体|维度|层面|领域|关系|责任人|抓手|平台|窗口|战略|路径|途径|任务|重点|统一|清单|规划|法|文明|务|公开|严|不|到位|同步|结合|坚持|进一步)"
)

BARE_SCALE = re.compile(r"[百千万亿](?![一二两三四五六七八九百千万亿余多把])")


PER_STEP = re.compile(r"每(?:提高|降低|增加|减少|高于|低于|超过|高|低|增|减|少|多|超|差)$")
POINTS_GIVEN = re.compile(r"(?:扣|加)$")


def gives_points(text: str, mention: Mention) -> bool:
    """Say whether a value belongs to the rule by which points are given: 每降低1个百分点扣2分."""
    start = max(0, mention.core - 8)
    return bool(
        PER_STEP.search(text, start, mention.core)
        or (mention.unit == "分" and POINTS_GIVEN.search(text, start, mention.core))
    )


def judge(text: str, mention: Mention, *, chinese: bool) -> Mention:
    """Return the mention with a reason where its context says that it is no value; sums without a unit are in 元."""
    if mention.unit is None and re.search(
        r"(?:资金|金额|经费|投资|款|产值|损失)(?:约|近|达|超过?)?$", text[max(0, mention.start - 8) : mention.start]
    ):
        mention = replace(mention, unit="元")  # 投入资金2.3亿
    reason = (
        ("name_count" if text[mention.core - 1 : mention.core] == "每" else None)
        or ("name_count" if mention.unit in ("方面", "个方面", "大类", "大项") else None)
        or ("name_count" if MEMBERS.match(text, mention.core_end) else None)
        or ("condition" if gives_points(text, mention) else None)
        or length_reason(text, mention)
        or kind_reason(text, mention)
        or (chinese_reason(text, mention) if chinese else arabic_reason(text, mention))
        or ("condition" if is_condition(text, mention.start, mention.end, comparator=mention.comparator) else None)
    )
    return replace(mention, reason=reason) if reason else mention


# 力争三年内实现; 自施行起三年内 is a limit, and 一年内 is nearly 每年.
WITHIN_YEARS = re.compile(r"[^起后每](?:[二两三四五六七八九十]|[2-9]|10)年(?:之内|以内|内)")
# 一年内被约谈2次以上的单位,不得评优
WITHIN_WHICH = re.compile(r"(?:被|连续|累计|发生|出现|受到)[^,;。]{2,24}的[^,;。]{0,10},")


def length_reason(text: str, mention: Mention) -> Reason | None:
    """A length of time without a comparator names a span; an age or a grade states a condition."""
    if mention.unit in ("岁", "周岁"):
        return "condition"
    if mention.unit == "级":
        return "name_count"
    if mention.unit == "个月" and re.search(r"(?:届满|到期|期满|提)前$", text[max(0, mention.core - 3) : mention.core]):
        return None  # 在有效期届满前6个月提出申请
    if mention.unit in ("年", "个月") and mention.comparator in ("=", "~", None):
        follows = text[clause_start(text, mention.core) : mention.core].endswith("连续")
        return "condition" if follows and is_condition(text, mention.start, mention.end) else "planning_span"
    if mention.unit == "年" and WITHIN_YEARS.match(text, mention.core - 1):
        return "planning_span"
    if mention.unit in ("年", "个月") and WITHIN_WHICH.match(text, mention.end):
        return "condition"
    if mention.unit == "周" and mention.comparator == "=":
        return "planning_span"
    return None


# 5人以上群体访12批, 10万元以下罚款案件占68%: which cases are meant, before how many they are.
OF_KIND = re.compile(r"(?!的?(?:占|为|达|的|其中|包括|含|并|且|同时|共))[\u4e00-\u9fff]{2,14}?(?:\d|占)")
YEARS_OF = re.compile(r"(?:的?)(?:信访|积案|未结|未执行|历史|陈年|执业|工作|从业|从事|法律|基层|驻村|行政|任职)")
RATE_OF_LIMIT = re.compile(r"[\u4e00-\u9fff]{1,6}率")


def kind_reason(text: str, mention: Mention) -> Reason | None:
    """Return why a threshold or a limit is none where it is part of a name: 5人以上群体访, 5分钟到场率."""
    after = text[mention.core_end : mention.end]
    opens = mention.start == mention.core
    if opens and after.endswith(("以上", "以下")):
        if mention.unit == "年" and YEARS_OF.match(text, mention.end):
            return "condition"
        if mention.unit not in SHARE and mention.unit != "年" and OF_KIND.match(text, mention.end):
            return "condition"
    if opens and mention.unit in TIME_UNITS and RATE_OF_LIMIT.match(text, mention.end):
        return "name_count"
    return None


def arabic_reason(text: str, mention: Mention) -> Reason | None:
    """Arabic digits with a unit are a value, unless they count the names that stand just before them."""
    if mention.unit is None:
        measured = re.search(
            r"(?:率|度|分|值|指数|占比|比例|数|量|得分|评分|成绩)(?:为|达|达到|:)?$",
            text[max(0, mention.core - 8) : mention.core],
        )
        counted = counts_bare(text, mention) or SCALED.match(text, mention.core)
        return None if measured or mention.rule == "signed" or counted else "name_count"
    if mention.value == 1 and NOT_ONE.search(text, max(0, mention.core - 5), mention.core):
        return "name_count"
    if mention.unit in ("类", "种") and text[: mention.core].endswith("等"):
        return "name_count"  # 随意检查、重复检查等10类情形
    if names_reform(text, mention) or ranks_among(text, mention) or names_yardstick(text, mention):
        return "name_count"
    if mention.unit in GENERIC and mention.comparator == "=" and counts_names(text, mention):
        return "name_count"
    changes = mention.to or re.search(r"(?:[由从]|原来的?|原有|减少|压缩|精简|压减)$", text[: mention.core][-3:])
    if mention.unit == "个" and not changes and PART_NAMED.match(text, mention.core_end):
        return "name_count"
    return None


# 由24个部门组成的联席会议, 16名负责同志为成员的领导小组: how many a body is made of.
MEMBERS = re.compile(r"[^,;。\d]{1,16}?(?:组成|为成员|任成员|为组员|为委员)的")
NOT_ONE = re.compile(r"(?:无|没有|[未不]发生|[未不]出现|未发现|杜绝)$")
# 办结应诉案件315,办结率88.2%: a count without its classifier, but no year, code or number of a road.
BARE_END = re.compile(r"[,;。、)]|$", re.MULTILINE)
CODED = re.compile(r"[号码编电话邮版型线道令第约至到和与及打拨牌证卡网址站,;。、:(]$|[A-Za-z\d\s“\"]$")


PART_NAMED = re.compile(r"大类|大项|方面|环节|层面|阶段|维度")  # 涵盖3个方面; 压缩到2个环节 counts
# 3亿多劳动者, 12万群众: a large number may stand before its noun.
SCALED = re.compile(r"\d[\d.,]{0,15}[万亿][余多]?(?![以内外左上下分元])[\u4e00-\u9fff]{2}")


def counts_bare(text: str, mention: Mention) -> bool:
    """Say whether digits without a unit count the noun that they close: 行政强制860,占21.7%."""
    value = mention.value or 0
    noun = text[max(0, mention.start - 2) : mention.start]
    if value < 100 or 1900 <= value < 2100 or len(noun) < 2 or CODED.search(noun):
        return False
    if text[mention.end : mention.end + 1] in ("", "\n") and text[mention.start : mention.start + 2] in ("19", "20"):
        return False  # a year that a line break cut off
    return bool(BARE_END.match(text, mention.end)) and all("\u4e00" <= char <= "\u9fff" for char in noun)


# 在全市31个执法部门中排名第1, 从312个事项中脱颖而出: how many there are to choose from.
RANKED = re.compile(
    r"[^,;。\d]{1,16}?中?(?:排名|排在|位列|列|位居|居|名列)(?:全[省市县区国]|前)?(?:第|前|首|末)"
    r"|[^,;。\d]{1,16}中(?:脱颖|胜出|排名|名列|位居|位列)"
)


def ranks_among(text: str, mention: Mention) -> bool:
    """Say whether a count only says among how many something has a rank."""
    clause = text[clause_start(text, mention.core) : mention.core]
    out_of = re.search(r"[在从][^,;。]{0,8}$", clause)
    return mention.comparator == "=" and bool(out_of and RANKED.match(text, mention.core_end))


# 对照考评体系的8大类42项指标查漏补缺: what is measured against.
YARDSTICK = re.compile(r"(?!的)[^,;。、\d]{0,4}(?:指标|标准|要求|条款|要素|要点)")


def names_yardstick(text: str, mention: Mention) -> bool:
    """Say whether a count only names the yardstick that work is held against."""
    clause = text[clause_start(text, mention.core) : mention.core]
    held = re.match(r"(?:严格)?(?:对照|对标|按照|依照|根据|参照)", clause)
    counted = mention.comparator == "=" and mention.unit in (*GENERIC, "条", "款")
    return bool(counted and held and YARDSTICK.match(text, mention.core_end))


REFORM = re.compile(r"[^,;。、]{1,12}(?:行政区划调整|机构改革|换届|撤并|撤乡设|撤镇设|更名)")
DONE_ABOUT = re.compile(r"完成|实施|推进|开展|审查|论证|办理|组织")


def names_reform(text: str, mention: Mention) -> bool:
    """Say whether a count only names a reform that something else goes with: 结合2个街道办事处行政区划调整."""
    clause = text[clause_start(text, mention.core) : mention.core]
    return bool(REFORM.match(text, mention.core_end)) and not DONE_ABOUT.search(clause)


def counts_names(text: str, mention: Mention) -> bool:
    """Say whether a number only sums up the names listed before it: 甲、乙2个街道, but not 打造甲、乙2个品牌."""
    clause = text[clause_start(text, mention.core) : mention.core]
    number = int(mention.value or 0)
    names = re.split(r"[、和及与]|以及", clause)
    if not 2 <= number <= 9 or len(names) < number or clause.endswith("等"):
        return False
    return all(1 < len(name) <= 8 for name in names[1 - number :]) and not re.search(
        r"打造|建成|创建|培育|获评|获得|建立|设立|新增|成立|制定|出台|修订|开展|完成|审查|审核|受理|办理", clause
    )


def chinese_reason(text: str, mention: Mention) -> Reason | None:
    """A small Chinese numeral is an amount only where something says so: a comparator, a frequency, a verb of doing."""
    value, unit = mention.value or 0, mention.unit or ""
    if BARE_SCALE.match(text, mention.core) and text[mention.core - 1 : mention.core] not in tuple(
        "近上逾约超过数足到达破"
    ):
        return "slogan"  # 万人成讼率, 千家万户
    clause = text[clause_start(text, mention.core) : mention.core]
    following = text[mention.core_end : mention.core_end + 6]
    named = unit in GENERIC and bool(NAMED_AFTER.match(following))
    doing = bool(DOING.search(clause[-6:]))
    if named and value <= 10 and mention.comparator in ("=", "increase", "decrease"):
        return "slogan"  # 十项重点任务; 总结提高三个阶段 ends no change
    if unit in SHARE or value >= 10 or mention.comparator in (">=", "<=", "<", ">", "range", "increase", "decrease"):
        return None
    if unit == "批":
        return "name_count"  # 一批, 两批: no amount, unlike 六百八十余批
    if following.startswith("一律"):
        return "slogan"
    if value == 1 and re.search(r"(?:作为|当作|视为|列为|成为|属于|是)$", clause):
        return "name_count"  # 作为一项重要任务
    if value == 1 and ONE_NAMED.match(following) and not re.search("每|至少", clause):
        return "slogan"
    if re.search(r"(?:每|按|逐|半年|一年|一季度|任期内)[^,;。]*$", clause) and unit in ACTIVITY:
        return None
    if closes_list(text, mention, clause):
        return None
    if unit in ACTIVITY:
        return None if doing or value >= 2 or not clause else "name_count"
    if unit in GENERIC and not doing:
        return "name_count"
    return None if doing or unit in TIME_UNITS else "name_count"


COUNTED_AT_END = re.compile(r"[、,;。()]|$", re.MULTILINE)
POINTED_AT = "每某哪这那同任何另上下唯第首的是为成有以出分共其此在如"
ONE_COUNTED = frozenset("名人位处所部台套辆支件份篇期场间座册块个")


def closes_list(text: str, mention: Mention, clause: str) -> bool:
    """Say whether a numeral counts the noun before it: 培育法治文化阵地六个; 一 does after a verb: 聘请顾问一名."""
    counted = bool(COUNTED_AT_END.match(text, mention.core_end))
    named = len(clause) > 3 and clause[-1] not in POINTED_AT and "\u4e00" <= clause[-1] <= "\u9fff"
    if mention.value == 1 and not (mention.unit in ONE_COUNTED and DOING_SAID.search(clause)):
        return False
    return counted and named and mention.unit not in TIME_UNITS


BOUNDS = (">=", ">", "<", "<=")
# 不少于, 不超过 and 至少 set what is to be done; 超过 and 以上 may say when it is. 配备3名以上 is to be done as well.
FLOOR = re.compile(r"不(?![足到满])|至少|最少|力争|控制")
SET_UP = re.compile(
    r"(?:配备|聘请|选聘|选派|组建|建立|开展|组织|举办|举行|召开|实现|确保|培育|培养|打造|建成|创建|完成|安排|设立|公布|发布|提供|投入|保持|保证)$"
)
_DUTY = "依法|应当?|须|必须|由|予以|给予|取消|不得|不予|可以?|责令|约谈|通报|启动|纳入|列入|及时|立即"
# 达到98%以上的目标 names what is aimed at.
_CASE = "的(?!目标|要求|标准|水平|比例|任务|指标|速度|幅度)"
# 建筑面积超过300平方米的工程,依法申领许可证; 被约谈2次以上或者败诉3件以上的单位,不得评优
TRIGGER = re.compile(rf"(?:(?:或者?|且|并且)[^,;。]{{1,16}})?{_CASE}[^,;。]{{0,10}},(?:{_DUTY})")
# 50万元以上的合同应当进行合法性审查; but 80%以上的案件应当公开 is a target.
DIRECT_TRIGGER = re.compile(r"的[^,;。]{1,10}(?:应当|必须|须|不得|一律)")
DEALT_WITH = re.compile(r"[^,;。]{0,14}的[^,;。]{1,10}(?:予以|进行|给予|实行|责令|约谈|通报|取消|不予)")
# 败诉率高于15%的,作出说明; 逾期3日仍未整改的,予以通报
PUT_AS_CASE = re.compile(
    r"的(?:[,;。]|为|评为|定为|确定为|认定|进行|予以|不予|不得|取消|视为|给予|应当?|由|实行|启动|责令|约谈|通报|作出|必须|须|要(?!求))"
)
STILL_NOT = re.compile(r"(?:仍?未|不予?|没有|无)[^,;。]{1,14}的[,;。]")


def is_condition(
    text: str, start: int, end: int, *, benchmark: bool = False, comparator: Comparator | None = None
) -> bool:
    """Say whether a value only triggers a duty: 败诉率高于全省平均值的,作出说明; 涉及两个以上部门的事项."""
    following = text[end : end + 36]
    clause = text[clause_start(text, start) : start]
    if PUT_AS_CASE.match(following) or STILL_NOT.match(following):
        return True
    if benchmark:
        return bool(re.match(r",(?:由|应|须|要|将|予以|给予|进行|向|责令)", following)) and "确保" not in clause
    if comparator in BOUNDS and bounds_cases(clause, text[start:end], following):
        return True
    if re.search(r"(?:涉及|连续|凡|逾期|满)$", clause) and re.match(r"[^,;。]{0,12}(?:的|部门)", following):
        return True
    return bool(re.search(r"(?:涉及|凡是?|数额|金额)[^,;。]{0,6}$", clause)) and following.startswith("的")


def bounds_cases(clause: str, words: str, following: str) -> bool:
    """Say whether a bound picks the cases to be dealt with: 对败诉率超过15%的单位, 3次以上未整改的窗口."""
    share = "%" in words
    if share and clause in ("对", "对于"):  # 对30%以上的行政村开展法治体检
        return False
    picks = not FLOOR.match(words) and not SET_UP.search(clause)
    if picks and (TRIGGER.match(following) or (DIRECT_TRIGGER.match(following) and not share)):
        return True
    if picks and clause.startswith("对") and DEALT_WITH.match(following):
        return True
    if re.match(r"(?:对于?|凡是?|如|若|因)", clause) and following.startswith("的"):
        return True
    stops = re.match(r"[^,;。]{0,14}的(?:[,;。]|由|应当?|须)", following)
    return bool(stops) and not re.search(r"占|率|比例", clause)
