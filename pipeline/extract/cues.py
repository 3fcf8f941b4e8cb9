"""The words by which a clause shows that it says only in part what its value measures, as data for `topics`.

占5.6%, 每人不少于1次, 其余2项 and 县级40个 lack a noun; 行政复议方面 and 对群众投诉 hand one on.
"""

import re

from pipeline.extract.lexicon import ACTOR, AIMED, JOIN, LIGHT, VERB, any_of

# 将由20天缩短: where a pair begins. 自助, 自行 and 自动 are words of their own.
FROM = re.compile(r"(?:由|从|自(?![助行动然主愿贸查治]))[^,;。]{0,20}$")
# With what a change is compared; 百分比, 占比 and 对比 hold no comparison of their own.
AGAINST = re.compile(
    r"(?:同比|环比|对比(?=法定|上年|去年|同期)|(?<![同环占对百])[比较](?![例赛重率])(?=.)|[与同和][^,;。]{1,14}?相比"
    r"|在[^,;。]{1,16}?基础上)[^,;。]*$"
)
SHARE = re.compile(r"^(?:约|大约|仅)?占(?![比地])")
# 每村, 每个社区, 每次 alone; 每人授课: how many there are for each of what was just counted.
EACH = re.compile(r"^每(?:次|(?![次半])个?[^,;。…每]{1,3})$")
# 村均, 平均每村, 人均: how many of what was just counted.
AVERAGE = re.compile(
    r"^(?P<each>平均每个?[^,;。…每]{1,3}?|[人村户县镇乡校班组所案件院园]均)(?:达到?|为|不少于|超过|约|配备|拥有)?$"
)
RATE = re.compile(r"(?:率|比|比例|占比|比重|度|面)$")
# 省级58个, 其中国家级8个: of which level are those counted before.
OF_LEVEL = re.compile(r"(?:国家|全国|部|自治区|省|市|州|盟|县|区|旗|乡镇|镇|街道|村|社区)(?:本?级|一级)")
# 较去年多办案20件: what was done more of stands behind the comparison.
DONE_MORE = re.compile(
    rf"^(?:[比较]|同比|环比)[^,;。…多少]{{0,10}}[多少](?=(?:{VERB}|{LIGHT}|[办收立结发查受审])[^,;。…]*$)"
)
# 累计培养2900人: an empty verb that lacks its object.
EMPTY_VERB = re.compile(r"培养|培育|配备|选树|打造|建成|创建|组建|建立|成立|出台|完成")
EACH_ONE = re.compile(
    rf"^每[人名位]{JOIN}?(?:每(?:学期|季度|半年|[年月周人]))?{JOIN}?"
    rf"(?P<act>{AIMED}(?:{VERB}|授课|服务|述法|学法|参训|到岗|值班)+)$"
)
REST = re.compile(r"^(?:其余|余下|剩余|剩下|另外)的?$")
NOUN = re.compile(
    r"[^,;。…]{0,12}"
    + any_of("单位 部门 乡镇 街道 企业 社区 村 人员 干部 负责人 机关 学校 案件 事项 项目 文件 组织 机构")
)
BOTH = re.compile(r"(?<=..)(?<![人户年月平])[均都](?=..).+")
PERSON_IN_CHARGE = re.compile(r"(?:主要)?(?:负责人|负责同志|领导)$|党政正职$")
LISTED = r"(?:[、和与及]|以及)"
SIDE_BY_SIDE = re.compile(rf"[^,;。、]{{1,14}}?{LISTED}")
WHOLE = ("全部", "一律")
PROMOTED = re.compile(r"^(?:加强|强化|深化|抓好|做好|加大)(?:对(?=.*的))?")
PREDICATE = re.compile(
    rf"(?<=..)(?:开展|进行)了?(?P<act>..+)"
    rf"|(?:(?<=..)|(?<=^[省市县区镇乡村]))"
    rf"(?P<verb>(?:{VERB}|{LIGHT}|受到|得到|获评|入选|入围|被).+|(?:现场|书面)?(?:法治)?述[法职])"
)
# A rate, a measure or a level that does not say of what.
BARE_MEASURE = re.compile(
    r"(?:按期|按时|及时|总体|平均)?(?:[\u4e00-\u9fff]{2}率|占比|分值|权重|比例|期限|时限|份额)"
    r"|(?:国家|省|市|县|区|乡镇|镇|街道|村|市县|区县)(?:本?级|一级)"
)
ANSWER_RATE = re.compile(r"(?:按期|按时|及时)?[办答回]复率$")
TOPIC = re.compile(r"^在?(?P<topic>[^,:;。]{2,10}?)(?:工作|方面|领域|情况)+$")
LIGHT_BEFORE = re.compile(rf"{LIGHT}了?$")
STAGE = re.compile(r"第[一二三四五六]阶段\(?")
# 第二阶段为组织实施阶段,从4月开始至年底结束: the stage is what ends.
STAGE_NAME = re.compile(r"(?:.*[为是:.)])?(?P<name>[^,;。…:()]{2,14}阶段)$")
BEGUN_OR_ENDED = re.compile(r"(?:全面|基本|全部)?(?:开始|启动|结束|完成|完毕)+")
BINDING = ("frequency", "recurring", "limit", "span", "day", "start")
# Clauses that name the case of the next one: 对群众投诉,…; 作出较大数额罚款的,…; 报告经常务会议审议后,….
CASE = re.compile(r"^(?:对于?|针对)(?:涉及)?(?P<case>[^,;。]{2,24})$|^(?:作出|发生|出现)?(?P<rest>[^,;。]{2,20}的)$")
CASE_END = re.compile(any_of("的 事项 案件 项目 文件 人员 单位 行为 决策 合同 企业 证明 收费") + "$")
DECIDED = re.compile(r"^(?P<what>[^,;。]{2,14}?)(?:经|报)[^,;。]{2,24}后$")
HANDED_IN = re.compile(rf"(?:上?报|报送|送|提交)[^,;。]*?{ACTOR}(?:备案|审[核定查批议]|汇总|后|[予以统一]|确定|存档)*$")
PEOPLE_FIRST = re.compile(rf"(?:{VERB}|{LIGHT})*(?P<who>[^,;。…]{{2,10}}?(?:员|员队伍|明白人|顾问))(?=..)")
# 《条例》(学习时间3月至4月): a label for when something is done.
WHEN = re.compile(r"(?P<act>学习|培训|检查|宣传|报送|申报|整改|实施)(?:时间|时限|期限)(?:安排)?")
# Of a part the class says who or what, its noun alone nothing: 其中上级部门收回事项60项.
OF_A_CLASS = re.compile(rf"[^,;。…]{{2,16}}?{ACTOR}{VERB}(?:事项|案件|问题|任务|项目|文件)")
HELPED = re.compile(r"(?:为|帮助|向|给)$")
SINCE = re.compile(r"来(?![信访电函])")  # 今年来
# What precedes a value's own words in a list: the end of the item before it, a joining word.
LIST_BEFORE = re.compile(r"^(?:(?:“[^”]*”|《[^》]*》|[^、()“《])*、|[^、]{0,30}(?:和|及|与|以及)$|和|及|与|以及)")
