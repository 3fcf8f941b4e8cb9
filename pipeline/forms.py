"""Chapters and paragraphs of a plan or report that are known by their form alone, whatever their subject.

A chapter called 保障措施 delivers, whatever its parts speak of; a paragraph that ends in 现将有关情况报告如下 opens.
All patterns run on folded text without blanks and quotation marks.
"""

import re
from typing import Literal

Frame = Literal["aims", "problems", "next", "mixed", "delivery"]
# aims: ideas, principles and goals. problems: what is still wanting. next: what a report promises for the year to come.
# mixed: problems and next steps under one title.
# delivery: leadership, timetable, assessment and publicity for the work itself.

SENTENCE_END = re.compile(r"[。;:!?\n]")
CLAUSE_END = re.compile(r"[,;。:!?\n]")

# Years, places and verbs of emphasis before the words that name a chapter: 2023年全县主要工作目标, 切实加强组织保障.
_PLACE = r"(?:全|我|本|各)[省市州盟县区旗镇乡局委厅街]"
_YEAR = r"(?:(?:20\d\d|20[*xX×]+)年?(?:度|及|和)?|[一二两三五]年来|[今本全]年(?:度|来|以来)?)"
_VERB = (
    r"切实|进一步|持续|不断|全面|着力|加强|强化|严格|注重|做好|抓好|落实|完善|健全|突出|狠抓|明确|推进|优化|重视|实行"
)
_BEFORE = re.compile(rf"^(?:{_YEAR}|{_PLACE}|{_VERB}|主要的?|(?:依法行政|法治政府建设|法治建设)的?)+")

_AIM = (
    r"(?:指导思想|总则|(?:总体|基本)要求|(?:总体|基本|工作)思路|(?:总体|工作|创建|奋斗|发展|建设|年度)?目标"
    r"|(?:基本|工作|推进|总体)?原则|重[要大]意义|(?:重要|紧迫|必要)性)"
)
_STEP = (
    r"(?:(?:组织|工作|制度|实施|机制|条件)?保障|(?:保障|组织)措施|(?:保障|落实)机制|(?:实施|工作|方法|推进|具体|活动)?步骤"
    r"|(?:组织|精心组织|推进|具体)?实施|组织领导|(?:时间|进度|步骤|实施|阶段|方法)(?:安排|步骤|阶段|计划|要求)"
    r"|(?:工作|几点|有关|相关|具体|活动)(?:工作)?要求|(?:宣传|舆论)引导|(?:督导|督促|督查|督察)(?:检查|考核|指导|落实)|监督考核"
    r"|考核(?:评价|监督|评估|问责)|检查考核|总结评估)"
)
_AND = r"(?:[和与及、]|以及)"
_AIMS = re.compile(rf"{_AIM}(?:{_AND}{_AIM})*")
_DELIVERY = re.compile(rf"{_STEP}(?:{_AND}{_STEP})*")
# Leadership alone opens many reports as a chapter whose parts are of several headings; its words decide, not its form.
_LEADERSHIP = re.compile(r"组织领导")

_PROBLEM = r"(?:问题|不足|短板弱项|短板|差距|困难|薄弱环节|弱项|挑战|原因|原因分析|制约因素)"
_STILL = r"(?:目前|当前|工作中?|仍然?|还|依然|主要|突出|存在|面临|的|着|一些|法治政府建设|法治建设|依法行政|中)*"
_PROBLEMS = re.compile(rf"^{_STILL}{_PROBLEM}(?:{_AND}?{_STILL}{_PROBLEM})*$")

_COMING = re.compile(r"下一?步|下一?(?:阶段|年度?)|今后|来年|明年|未来")
_MIXED = re.compile(rf"{_PROBLEM}.{{0,8}}(?:打算|安排|计划|举措|措施|建议|对策|思路|努力方向)")
_WANTING = re.compile(
    r"[不未](?:足|强|高|够|深|到位|完善|健全|均衡|平衡|规范|扎实|严格|相匹配|适应)|薄弱|滞后|欠缺|有待|短缺|缺乏|老化|偏[低弱少]|差距|堵点"
)
_PLANNED = re.compile(r"打算|安排|计划|思路|措施|举措|重点|工作|设想|方向|任务|目标|努力|谋划|改进")
# 2024年工作安排 closes a report on 2023; 2024年主要任务 is the middle of a plan, and neither has a subject of its own.
_YEAR_PLAN = re.compile(
    r"^20(?:\d\d|[*xX×]+)年度?(?:推进|的)?(?:法治政府建设|依法行政|法治建设)?的?(?:主要|重点)?(?:工作)?"
    r"(?:打算|安排|思路|计划|谋划|设想|举措|重点|任务|要点)$"
)

# 主要举措和成效, 2024年推进法治政府建设工作情况, 重点任务及分工: whatever stands below, the title names none of it.
_WORK = r"(?:推进|推动|加强|深化|落实|开展|实施|建设|全面|总体|本)"
_OF_LAW = r"(?:依法行政|法治政府建设?|法治建设|依法治[省市州县区镇]|普法)"
_BARE = (
    r"(?:目标|主要|重点|具体|基本|总体|突出|特色|各项|年度|当前|开展|进展|完成|落实|推进|建设|取得)*的?"
    r"(?:工作|任务|举措|措施|做法|成效|成绩|成果|亮点|情况|进展|回顾|总结|内容|分工|重点|效果|经验|概况|事项)"
)
_CONTAINER = re.compile(
    rf"(?:{_YEAR}|{_PLACE}|{_WORK}|{_OF_LAW}|{_VERB}|的|主要|重点|工作)*{_BARE}(?:(?:{_AND}|以及其)?的?{_BARE})*"
)

_STAGE_NAME = r"动员|部署|启动|准备|宣传|实施|推进|落实|自查|督查|检查|总结|验收|评估|巩固|提升|提高|深化|攻坚|推广"
_STAGE = re.compile(rf"^[^,。;]{{0,6}}(?:第[一二三四五六]阶段|(?:{_STAGE_NAME})阶段)")

_OPENS = re.compile(
    r"现[将就把].{0,60}如下|(?:报告|总结|汇报|通报|公布|公示)如下"
    r"|(?:制定|制订|提出|拟定|印发)(?:本|如下|以下|此)(?:[^。]{0,14}(?:方案|计划|意见|要点|安排|措施|办法|规划|纲要|细则|规定))?[。:]?$"
    r"|现(?:予)?印发|印发给你们"
)
_GUIDES = re.compile(r"为指导|指导思想|总目标|总体目标|奋斗目标|目标是|总体要求")
_CLOSES = re.compile(r"^(?:特此|此复|妥否|以上报告|专此|附件?[:0-9一]|联系人|联系电话|抄送|主题词|序号|\(此件|\(联系)")
_ANNOUNCES = re.compile(
    r"(?:(?:以下|如下|下列|下面)[^。;:]{0,14}|这[几些][^。;:]{0,10})[。:]$|(?:将|要|主要|重点|着力|切实|持续|认真)(?:抓好|做好|推进|开展):$"
)
_DAY = r"[\d一二三四五六七八九十*]{1,3}"
_DATED = re.compile(rf"^[^。;]{{0,40}}(?:20[\d*]{{2}}|20\*|[二〇○零一]{{4}})年{_DAY}月{_DAY}日$")
_ADMITS = re.compile(
    r"虽然?[^。]{0,40}(?:成效|成绩|进展|进步)[^。]{0,30}但"
    r"|(?:成效|成绩|进展|进步|肯定)[^。]{0,6}(?:的同时|之余)[^。]{0,14}(?:看到|认识到|存在|问题|不足)"
    r"|(?:存在|还有|面临)着?(?:一些|一定|不少|以下|如下|诸多|许多|不容忽视|一定程度)[^。,]{0,14}(?:问题|不足|差距|短板|薄弱环节)"
    r"|(?:与|同|对照|对标)[^。]{0,40}(?:还|仍|尚)有?(?:存在)?(?:一些|一定|不小|较大)?的?(?:差距|不足)"
)
_AHEAD = re.compile(
    r"(?:下一?步|下一?阶段|今后|来年|明年|新的一年)[^。;]{0,12}(?:我[省市州县区旗镇乡局委厅]|将|要)|20\d\d年[^。;]{0,12}将"
)
_HEAD = 100  # characters of a paragraph in which its form shows
_SHORT = 60  # an addressee or a signature is no longer


def frame_of(title: str) -> Frame | None:
    """Return what the chapter called *title* is for, None where the title names a subject.

    >>> frame_of("切实加强工作保障,确保任务落实")
    'delivery'
    """
    first = CLAUSE_END.split(title.strip("。.:、"), maxsplit=1)[0]
    if _PROBLEMS.match(_BEFORE.sub("", first) or first):
        return "problems"
    if _MIXED.search(first):
        return "mixed"
    if _YEAR_PLAN.match(first) or (_COMING.search(first) and _PLANNED.search(first)):
        return "next"
    bare = _BEFORE.sub("", first) or first
    if _AIMS.fullmatch(bare):
        return "aims"
    if _DELIVERY.fullmatch(bare) and not _LEADERSHIP.fullmatch(bare):
        return "delivery"
    return None


def is_stage(opening: str) -> bool:
    """Say whether a section that opens with these words is a stage of a timetable, such as 第一阶段:动员部署."""
    return _STAGE.match(opening) is not None


def is_container(title: str) -> bool:
    """Say whether a title names no subject of its own: 主要举措和成效, 重点任务.

    >>> is_container("2024年推进法治政府建设的主要举措和成效"), is_container("规范性文件管理工作")
    (True, False)
    """
    return _CONTAINER.fullmatch(CLAUSE_END.split(title.strip("。.:、"), maxsplit=1)[0]) is not None


def is_furniture(paragraph: str) -> bool:
    """Say whether a paragraph is an addressee, a signature, a date or a closing formula."""
    if len(paragraph) > _SHORT:
        return False
    return paragraph.endswith(":") or bool(_CLOSES.match(paragraph) or _DATED.match(paragraph))


def is_name(paragraph: str) -> bool:
    """Say whether a paragraph is no sentence: the name of who signs, or a title that was repeated."""
    return len(paragraph) <= _SHORT and not paragraph.endswith(("。", ";"))


def admits_problems(paragraph: str) -> bool:
    """Say whether a paragraph turns from what was done to what is wanting."""
    return _ADMITS.search(paragraph[:_HEAD]) is not None


def complains(opening: str) -> bool:
    """Say whether a part of a mixed chapter tells of something wanting, where the others promise to mend it."""
    return _WANTING.search(opening[:_HEAD]) is not None


def looks_ahead(paragraph: str) -> bool:
    """Say whether a paragraph turns to what comes next: 下一步,我局将, 新的一年."""
    return _AHEAD.match(paragraph) is not None


def opens_document(paragraph: str) -> bool:
    """Say whether a paragraph announces what follows: 现将有关情况报告如下, 制定本方案, 现印发给你们."""
    return _OPENS.search(paragraph) is not None


def announces(paragraph: str) -> bool:
    """Say whether a short paragraph only announces what follows, such as 新的一年,我县将抓好以下工作."""
    return len(paragraph) <= _HEAD and _ANNOUNCES.search(paragraph) is not None


def states_aims(paragraph: str) -> bool:
    """Say whether an opening paragraph goes beyond announcing, to guiding ideas or aims."""
    return _GUIDES.search(paragraph) is not None
