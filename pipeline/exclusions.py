"""What looks like a number and is none: document numbers, meetings, ordinals, slogans, telephones (codebook's reasons).

Data, in the order in which they are tried on folded text; the first pattern that claims a character keeps it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.records import Reason

_CN = "[一二两三四五六七八九十百千零〇]"
# Bounded, here and below: a run of digits of any length would be tried again from each of its digits.
_COUNT = rf"(?:{_CN}{{1,12}}|\d{{1,9}})"
# A hotline is its number only where no unit makes it an amount: 12345件 is one. The short ones need a word beside them.
_NO_UNIT = r"(?!\d|\s*(?:[件起人名次项条个万元%家份余户期场部亿多卷天日亩台辆套]|学时|公里|余|多))"
_HOTLINES = r"123\d\d"
_SHORT_HOTLINES = "11[0249]|12[02]"

# Where nothing is a value, whatever it looks like: the whole stretch is set aside before dates and amounts are read.
ZONE_PARTS: tuple[tuple[Reason, str], ...] = (
    ("document_number", r"\[(?:19|20)\d{2}\]\s*(?:第\s*)?\d+(?:\s*-\s*\d+)?\s*号?"),
    ("document_number", r"\((?:19|20)\d{2}\)\s*(?:第\s*)?\d+\s*号"),
    # (2022)某行终18号: a court's case.
    ("document_number", r"\((?:19|20)\d{2}\)[\u4e00-\u9fff]{1,3}\d{0,4}[\u4e00-\u9fff]{1,4}\d{1,6}号"),
    ("document_number", rf"(?:令\s*)?第\s*{_COUNT}\s*号令?|(?<=[\u4e00-\u9fff])\d{{1,4}}号(?:文件|令|文)"),
    # A title in book marks, one nested title inside it, and the years that may follow in brackets.
    ("law_or_programme_name", r"《[^《》]{1,80}(?:《[^《》]*》[^《》]*)?》"
                              r"(?:\(\s*(?:19|20)\d{2}\s*-*\s*(?:19|20)?\d{0,2}年?\))?"),
    ("law_or_programme_name", r"[“\"]?[一二三四五六七八九]五[”\"]?普法"),
    ("law_or_programme_name", r"[百千]日(?=攻坚|行动|会战|整治|专项|清零|清理|大战|安全|竞赛|提升)"),
    ("planning_span", r"(?<=[划要案见])\s*\((?:19|20)\d{2}\s*年?\s*-*\s*(?:19|20)\d{2}\s*年?\)"),
    ("planning_span", r"[“\"]?十[一二三四五六]?五[”\"]?(?:规划(?!期)|纲要)"),
    ("publication_date", r"(?:成文|发布|发文|印发|公开|生成|形成|更新)(?:日期|时间)[\]\s|:]{0,6}"
                         r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?"),
    ("phone", r"联系人\s*:\s*[\u4e00-\u9fff]{2,4}[\s,、;:]{0,3}[\d-]{7,13}"),
    ("phone", r"(?:电话|传真|手机|邮编|邮政编码|联系方式)\s*[::]?\s*(?:[\dXx*]{3,4}-)?[\dXx*][\dXx* -]{4,}"),
    ("phone", r"(?<!\d)(?:0[\dXx]{2,3}-\d{7,8}|1[3-9]\d{9})(?!\d)"),
    ("licence", r"ICP备\s*\d+号(?:-\d+)?|公网安备\s*\d+号?|(?:标识码|信用代码)\s*[::]?\s*[\dA-Za-z]+"),
    ("clock", r"(?<!\d)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d)"),
    ("clock", r"(?:上午|下午|早上|晚上|中午)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})[时点](?:\d{1,2}分|半|整)?"),
    ("address", r"(?<=[路街道巷弄])\s*\d+\s*号(?:楼|院|-\d+)?"),
    ("address", r"(?<=[楼层])\s*\d{3,4}(?:室|房间?|办公室)|\d{1,2}号楼|(?<=中心)\d{1,2}[楼层]"),
    ("list_number", r"\[\d{1,2}\]|(?:附件|附表|附图|专栏|附录)\s*\d{1,2}(?!\d|[件个项份张%]|\.\d)[.、::]?"),
    ("list_number", r"(?:(?<=[见如及和、(])|(?<=^)|(?<=\n))[表图]\s*\d{1,2}(?!\d|[件个项份张%]|\.\d)[.、::]?"),
    # 前3名, 后三位: a place in a ranking.
    ("ordinal", rf"(?:[前后]|末|倒数)(?:第)?{_COUNT}(?:名|位)(?!以)"),
    ("service_name", r"(?<!\d)\d{1,9}\s*[×xX*+]\s*[\dNnXx]+(?:\s*[×xX*+]\s*[\dNnXx]+)*(?:小时)?"),
    ("service_name", rf"(?<!\d)(?:{_HOTLINES}){_NO_UNIT}"),
    ("service_name", rf"(?<!\d)(?:{_SHORT_HOTLINES})(?=\s*(?:热线|报警|指挥|平台|联动|接处?警|急救|服务台|与|和|、1))"),
    ("service_name", r"(?<=拨打)1\d\d(?!\d)"),
    ("service_name", r"[A-Za-z]\d+(?:\.\d+)?|\d(?:\.\d)?[A-Z](?![\dB])"),
    ("service_name", r"(?<=[版统台级])\d\.0|\d\.0(?=版|系统|平台|升级|时代)"),
    ("service_name", r"(?<!\d)\d{1,4}分钟[^,。;、]{0,6}圈"),
    ("service_name", r"365天(?=[^,;。]{0,6}(?:不打烊|不间断|服务|在线|值守|开放))"),
    ("service_name", r"(?:365天)?(?<!在)(?<!于)(?<!过)24小时(?![之以]?内|以后|之后|后|前|[,;。])[\u4e00-\u9fff]"),
    ("service_name", r"[一二三四五六七\d]星级|一[站体揽条]式"
                     r"|[一二三四五六\d]级(?=联动|网络|平台|网格|体系|架构|贯通|同权|书记|河长)"),
    # 人社部等4部门联合表扬: the count closes a list; 是10个达标县之一: it is the size of a group.
    ("name_count", rf"(?<=等){_COUNT}[个家]?(?:部门|部委|单位|机关|厅局)"
                   r"(?=联合|表彰|表扬|命名|授予|印发|出台|共同|组成|会商|会签)"),
    ("name_count", rf"{_COUNT}[个家名](?=[^,。;\d]{{1,20}}之一)"),
    # 副部长27日表示: a day of the month that is told by its sentence.
    ("event_date", r"(?<![\d月.])(?:3[01]|[12]\d|[1-9])日"
                   r"(?=表示|说[,:]|介绍|[在从][^,。;]{1,12}(?:召开|举行|举办|获悉)|[电讯](?![子话视力])|召开|举行)"),
    ("meeting", rf"(?:第{_COUNT}届|{_COUNT}届(?=第?{_COUNT}次|人大|政协|党委|政府|县委|区委|市委))"
                rf"(?:政府|人大|政协|党委|县委|区委|市委|常委会)?(?:第?{_COUNT}次)?"
                r"(?:常务会议|全体会议|常委会|会议|全会|党代会|人代会)?"),
    # 第六、七、八次会议: the ordinal holds for the whole list.
    ("meeting", rf"第{_COUNT}(?:[、和至-]第?{_COUNT})+次[^,。;]{{0,8}}会议?"),
    ("ordinal", rf"第{_COUNT}(?:[、和至-]{_COUNT})+(?:批次|批|名|位|轮|期|次|届|条|章|节|款|类)"),
    ("meeting", rf"第{_COUNT}次(?:常务会议|全体会议|常委会|党组会|[\u4e00-\u9fff]{{0,6}}会议?)"),
    ("meeting", r"(?:党的|中共)?(?:十[六七八九]|二十|二十一)(?:大(?!类|项|力)|届)"
                r"(?:[一二三四五六七八]中(?:、[一二三四五六七八]中)*全会)?"),
    ("meeting", r"[一二三四五六七八]中(?:、[一二三四五六七八]中)*全会"),
    ("name_count", r"(?<=红)十字"),  # 红十字会 is nobody's ten
    # 12.4国家宪法日, 6·17强降雨事件: month and day, not a decimal.
    ("event_date", r"(?<![\d.·])(?:1[0-2]|[1-9])[.·](?:3[01]|[12]\d|[1-9])(?![\d.%])"
                   r"(?=[”\"]|[^,。;、\d个万亿元倍]{0,6}(?:宪法日|宣传日|纪念日|权益日|禁毒日|安全日|法制日|环境日|国际日|日活动"
                   r"|宣传周|宣传月|节日|案件|事故|事件))"),
    # 平台二期, 一期工程: which part of a project, not how many classes.
    ("ordinal", r"(?:(?<=平台)|(?<=项目)|(?<=工程)|(?<=系统))[一二三四五\d]期"),
    ("ordinal", r"[一二三四五]期(?=工程|项目|建设|平台|系统|验收)"),
    ("ordinal", rf"第\s*{_COUNT}(?!\s*季度|[一二三四五六七八九十百千\d])"
                r"(?:批次|批|名|位|轮|期|次|届|家|例|项|类|条|款|章|节|编|责任人|站|线|阶段|步|道|任|级|书记)?"),
    ("masked", r"(?<!\d)(?:19|20|2)[*×xX]{1,3}\d?(?!\s*年|[*×xX\d])|[*×Xx]{2,9}(?=[年月日件个元%])"),
)  # fmt: skip
ZONES = tuple((reason, re.compile(part)) for reason, part in ZONE_PARTS)

# Quoted words name things: “两个确立”, “最多跑一次”, “3·15”. A long quotation is a sentence of its own.
QUOTES = re.compile(r"“[^“”\n]{1,40}”|‘[^‘’\n]{1,40}’|「[^「」\n]{1,40}」|\"[^\"\n]{1,24}\"")
# 《办法》第九条规定“…”: what another document says.
QUOTED_FROM = re.compile(r"》[^,;。]{0,12}(?:规定|明确|要求|指出|载明|提出)(?:了|的)?[,:]?$")
# 由“15个工作日”压缩为“5个工作日”: plain amounts for all their marks.
AMOUNT_IN_QUOTES = re.compile(r"\d[\d,.]{0,9}(?:个工作日|工作日|个小时|小时|分钟|天|日|%|个|次|份|项|件|步)$")
# “100%网上受理”: a share, unlike “两个100%”
SHARE_IN_QUOTES = re.compile(r"\d{1,3}(?:\.\d+)?%[\u4e00-\u9fff]{2}")
# 按照“抽查不少于5%”的要求: an amount with its comparator is no slogan.
COMPARED_IN_QUOTES = re.compile(
    r"(?:不少于|不低于|不超过|不高于|不得低于|不得少于|至少|控制在)[^,;。”\d]{0,4}\d|\d[\d.]{0,9}(?:%|[次件个名天日期场项份])?(?:以上|以内|以下)"
)
END_OF_CHANGE = re.compile(r"(?:由|从|到|至|为|由原来的|从原来的)$")
DAY_IN_QUOTES = re.compile(r"^(?:1[0-2]|[1-9])[.·-](?:3[01]|[12]\d|0?[1-9])$")
SERVICE_IN_QUOTES = re.compile(r"分钟|小时|热线|平台|圈|[×xX+]|[A-Za-z]|服务|窗|网")

# A length of time that names a programme: 三年行动, 5年规划, 两年来.
YEARS_NAMED = re.compile(
    rf"(?<!第)(?P<n>{_COUNT})个?(?:年|月|天)(?:多|余)?"
    r"(?:以?来|攻坚|行动|计划|规划|活动|时间|的?提升|的?整治|的?创建|任期|工程|滚动|强|见|创|的法治|的努力|实践|间|前)"
)
LIST_MARKER = re.compile(
    r"^[ \t]*(?:\d{1,2}(?:[.、](?!\d)|\.(?=(?:1[0-2]|[1-9])月)|(?=\t))|\(\d{1,2}\)|\d{1,2}\)"
    r"|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|[①-⑳⑴-⒇]|第[一二三四五六七八九十百\d]+[章节条编](?=\s))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of text in which no number is a value, and why."""

    start: int
    end: int
    reason: Reason


def find_zones(text: str) -> Iterator[Zone]:
    """Yield the stretches of folded *text* whose numbers are none; two may overlap, the earlier pattern first."""
    for reason, pattern in ZONES:
        for match in pattern.finditer(text):
            yield Zone(*match.span(), reason)
    for match in QUOTES.finditer(text):
        if SHARE_IN_QUOTES.match(match[0][1:-1]):
            continue
        if AMOUNT_IN_QUOTES.match(match[0][1:-1]) and END_OF_CHANGE.search(
            text, max(0, match.start() - 8), match.start()
        ):
            continue
        quoted = len(match[0]) > 10 and QUOTED_FROM.search(text, max(0, match.start() - 60), match.start())
        if not quoted and COMPARED_IN_QUOTES.search(match[0]):
            continue
        yield Zone(*match.span(), "other_text" if quoted else quoted_reason(match[0][1:-1]))


def quoted_reason(words: str) -> Reason:
    """Say why a number between quotation marks is none."""
    if DAY_IN_QUOTES.match(words):
        return "event_date"
    if SERVICE_IN_QUOTES.search(words):
        return "service_name"
    return "slogan"
