"""Whether a text tells what was done or asks for what is to be done, by the words of its running sentences.

It speaks where neither a title nor the form of the chapters says what a document is.
"""

import re
from functools import lru_cache
from typing import Literal

from pipeline.text import fold

Voice = Literal["told", "asked"]

ENOUGH = 2  # marks of a voice, below which a text is silent about it
CLEAR = 1.4  # how many times as many marks one voice must have as the other

_WORK = (
    "受理|办理|办结|审结|审理|审查|审核|备案|开展|组织|举办|召开|培训|化解|调解|调处|查处|查办|处罚|检查|评查|发放|解答|接待|清理|废止"
    "|修订|出台|制定|印发|移送|立案|走访|排查|整改|公开|公示|回复|归集|取消|下放|精简|减免|聘请|配备|命名|创建|建成|新增|出庭|应诉|提供|收到|援助"
)
_COUNTED = "件|次|场|起|人|名|份|期|项|个|家|条|篇|处|所|万|亿|余|多|部|宗|批|辆|台|户|卷"
_DONE = re.compile(
    rf"(?<![除为达到])了(?![解结])|(?<![而早业])已经?(?=[\u4e00-\u9fff])|累计|先后|截至|圆满|荣获|获评|获批|被评为|被授予|同比|环比|较上年|比上年"
    rf"|(?:取得|获得)[^,。;]{{0,14}}(?:成效|成绩|成果|进展|突破|称号|荣誉|肯定)|迈上[^,。]{{0,6}}台阶|[作做]出[^,。]{{0,12}}贡献"
    rf"|(?:{_WORK})[^,。;:不每少低至\d]{{0,14}}\d[\d.,]*(?:{_COUNTED})(?!次?[以及之][上内下])|共(?:计|有)?(?:{_WORK}|\d)|顺利|基本完成|成功|有效提升|明显|显著"
)
_ASKED = re.compile(
    r"(?<![主重需纲摘概简必首])要(?![求点素件害闻领义目])|应当|必须|不得(?!不)|力争|确保|争取(?!到)|不[得应]?(?:少|低|高|超过|多)于?\d|(?:底|末|旬|日|月|季度|年)前"
    r"|到20\d\d年|牵头单位|责任单位|牵头部门|责任部门|完成时限|时间要求|(?:负责|配合|牵头|落实)\)|将(?:于|在|继续|进一步)|拟(?:于|在|定)|计划于|每[年月周]|每半年|每季度"
    r"|(?:配备|达到?|占比?|率)[^,。;\d]{0,4}\d[\d.]*[%名人个件次]?(?:以上|以内|以下)|各(?:县|乡镇|街道|部门|单位|地|级)[^,。;]{0,14}(?:要|应)|请(?:各|认真|遵照|结合)|遵照执行"
)


@lru_cache(maxsize=8)  # every run of a document asks for the same
def marks(text: str) -> tuple[int, int]:
    """Return how often a text tells of work done, and how often it asks for work."""
    folded = fold(text)
    return len(_DONE.findall(folded)), len(_ASKED.findall(folded))


def voice_of(text: str) -> Voice | None:
    """Return the voice of a text, None where neither is clear."""
    told, asked = marks(text)
    if told >= ENOUGH and told >= CLEAR * asked:
        return "told"
    if asked >= ENOUGH and asked >= CLEAR * told:
        return "asked"
    return None
