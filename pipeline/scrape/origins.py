"""Whose document a title is: the source's own, or a repost of what another government wrote.

A parent's document is 转载上级文件, a stranger's 外地文件, one of the centre 国家文件. The places of the source decide,
itself first and its parents behind; where the title names none, its document number and publisher do.
Unsure are papers that nobody named passes on, a town without its county, a city that may lie below the source's.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.scrape.cues import YEAR, load_cues

_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,10}?)(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|省|市|州|县|区|旗|盟)"
    r"(?!镇|乡|街道|街|村|社区|路|苏木|场|域|块|划|间|容|民(?!政|族|防|宗)|管理|级)"
)
# 高新区, 城区: parts of the source's own place, as are its towns.
_ZONE = re.compile(
    r"(?:开发|高新|经开|新|园|工业|经济|示范|管理|度假|保护|景|旅游|功能|合作|保税|综合|试验|实验|产业|库|矿|社|片|校|灌|垦|辖|港|聚|物流|自贸|先行|街|老城|主城|..城)$"
)
_NO_PLACE = re.compile(
    r"^(?:[县区省州各我]|市(?![中北南])|全[市县省区州]|本[市县省区州])|[的局委厅级办]|[镇乡](?=.*[街道园工])|住房|城市|管理|行政|依法|法[治制]|全面|推进"
)
LEADING = re.compile(r'^(?:[《"“(\[)\]》]|中共|关于|印发|转发|批转|公布|发布|[-—]|(?:19|20)\d\d年?度?|年度)+')
_ABOVE = re.compile(
    r"(?:中共)?(?P<level>省|市|州)(?:委|人民政府|政府|府办|司法|法制|依法|全面|直|(?!场|容|民|管|政)[\u4e00-\u9fff]{2,10}(?:局|厅|办|委员会))"
)
_WHOLE = re.compile(r"[全我](省|市|州|自治区)")
_RANKS = {"省": 1, "自治区": 1, "特别行政区": 1, "市": 2, "州": 2, "自治州": 2, "盟": 2, "地区": 2}
_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
_SHORT = re.compile(
    r"^(.{2,}?)(?:[\u4e00-\u9fff]{1,3}族|各族|维吾尔)*(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|省|市|县|区|旗|州|盟)$"
)
_PASSES_ON = re.compile(r'.{0,40}?(?<!批)转发[《"“]*')
_ISSUES = re.compile("印发|公布|发布")
_OWN_BUREAU = re.compile(r"(?:本|我)?[县区旗镇局市](?:司法|法制|依法|全面|政府|[\u4e00-\u9fff]{1,8}(?:局|办|委))")
# What `_relation` found, as the user reads it; "unsure" only lowers the score.
_REPOSTS: dict[str, str] = {"above": "转载上级文件", "other": "外地文件", "unsure": "unsure"}
_SIGNED = re.compile(r"[(|—-]([^()|—-]{3,})\)?$")  # …情况的报告(云岭县水利局)
_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,12})[\[(](?:19|20)\d\d[\])]")
_OFFICIAL = frozenset("政府发办法委司字函县市区")  # in every document number, so of no government in particular


def origin(text: str, owners: Sequence[str], number: str, publisher: str) -> tuple[str, str]:
    """Return the kind of repost that a title is, with who wrote it; ("", "") for a document of the source's own."""
    nation = load_cues().nation
    text = nation.label.sub("", text)
    centre = nation.passed_on.search(text) or nation.issuer.match(text)
    is_branch = centre and nation.branch.search(text[centre.start("name") :])
    if centre and not is_branch and not nation.carried_out.search(text[centre.end() :]):
        return "国家文件", centre["name"]
    if nation.bare.match(text) and not _NUMBER.search(number):
        return "国家文件", "标题无地名"
    if (found := _PASSES_ON.match(text)) and (repost := _passed_on(text[found.end() :], owners))[0]:
        return repost
    if not owners:
        return _origin_beside(text, owners, number, publisher)
    for parent in owners[1:]:
        if f"法治{short(parent)}" in text and _relation(text, owners)[0] != "own":
            return _REPOSTS["above"], f"法治{short(parent)}"
    issuer, about = _parts(text)
    kind, name = relation = _relation(issuer or about, owners)
    if issuer and (kind == "none" or (_ISSUES.match(about) and not nation.own.search(about))):
        inner = _relation(about, owners)
        kind, name = inner if kind == "none" or inner[0] in ("above", "other") else relation
    if kind == "none" and (signed := _SIGNED.search(text)):
        kind, name = _relation(signed[1], owners)
    return (_REPOSTS.get(kind, ""), name) if kind != "none" else _origin_beside(text, owners, number, publisher)


def _passed_on(text: str, owners: Sequence[str]) -> tuple[str, str]:
    """Return the kind of repost of what stands behind 转发; ("", "") for the work of an own bureau."""
    kind, name = _relation(text, owners)
    if kind == "above":
        return _REPOSTS[kind], name
    if kind in ("own", "below") or _OWN_BUREAU.match(text):
        return "", ""
    return "unsure", name or "转发"


def _origin_beside(text: str, owners: Sequence[str], number: str, publisher: str) -> tuple[str, str]:
    """Return the kind of repost by document number and publisher, for a title that names no place."""
    found = _NUMBER.search(number) or _NUMBER.search(text)
    if found and load_cues().nation.number.match(found[1]):
        return "国家文件", found[0]
    mine = bool(owners and found and (set(short(owners[0])) - _OFFICIAL) & set(found[1][:3]))
    if found and owners and not mine:
        for parent in owners[1:]:
            letters = set(short(parent)) | set(load_cues().nation.abbreviations.get(parent, ""))
            if letters & set(found[1][:2]):
                return _REPOSTS["above"], found[0]
    if (
        publisher
        and not mine
        and load_cues().nation.publisher.search(publisher)
        and _relation(publisher, owners)[0] != "own"
    ):
        return "国家文件", publisher
    if publisher and owners and not mine:
        kind, name = _relation(publisher, owners)
        return _REPOSTS.get(kind, ""), name
    return "", ""


def _parts(text: str) -> tuple[str, str]:
    """Return who writes and about what, parted at 关于; ("", text) for a title without it."""
    head, found, about = text.partition("关于")
    return (head, about) if found and head and not YEAR.fullmatch(head) else ("", about if found else text)


def _relation(text: str, owners: Sequence[str]) -> tuple[str, str]:
    """Return how the place at the head of *text* stands to the source: own, below, above, other, unsure or none."""
    if not owners:
        return "none", ""
    me, parents = owners[0], owners[1:]
    rest = without_parents(text, parents)
    if me in rest or short(me) in rest:
        return "own", me
    head = LEADING.sub("", text)
    for parent in parents:
        if head.startswith(parent):
            behind = head[len(parent) :]
            kind, name = _relation(behind, owners) if behind else ("none", "")
            town = re.match(r"[\u4e00-\u9fff]{2,5}?(?:镇|乡|街道)", behind)
            return (kind, name) if kind in ("other", "below") else ("unsure" if town else "above", parent)
        if re.match(rf"{re.escape(short(parent))}(?:\d{{4}}年|司法)", head):
            return "unsure", short(parent)
    rank = _rank(me, parents)
    above = _ABOVE.match(head) or _WHOLE.search(text)
    if above and 0 < _RANKS[above[1]] < rank and not (above[1] == "市" and me.endswith("市")):
        return "above", above[0]
    return _stranger(head, rank)


def _stranger(head: str, rank: int) -> tuple[str, str]:
    """Return how a place that is neither the source's own nor its parent stands to a source of this rank."""
    match = _PLACE.match(head)
    if not match or _NO_PLACE.search(match[1]) or (match[2] == "区" and _ZONE.search(match[1])):
        return "none", ""
    if len(match[1]) > 4 and len(match[2]) == 1 and match[2] != "旗":
        return "none", ""
    its = _RANKS.get(match[2], 3)
    if match[0] in _MUNICIPALITIES:
        its = 1
    if its > rank:
        return "below", match[0]
    return ("unsure" if match[2] == "市" and rank == 2 else "other"), match[0]


def _rank(me: str, parents: Sequence[str]) -> int:
    """Return 1 for a province, 2 for a prefecture, 3 for a county, 4 for what lies below."""
    if me in _MUNICIPALITIES:
        return 1
    level = next((level for level in sorted(_RANKS, key=len, reverse=True) if me.endswith(level)), "")
    over = [
        parent for parent in parents if parent not in _MUNICIPALITIES and parent.endswith(("市", "州", "盟", "地区"))
    ]
    if level:
        return max(_RANKS[level], 3 if level == "市" and over else 0)
    return 3 if me.endswith(("县", "区", "旗")) else 4


@lru_cache(maxsize=4096)
def short(place: str) -> str:
    """Return a place's name without its level, whole where nothing would remain.

    >>> short("融川苗族自治县"), short("和县")
    ('融川', '和县')
    """
    match = _SHORT.match(place)
    return match[1] if match else place


def without_parents(text: str, parents: Sequence[str]) -> str:
    """Return *text* without the parents' whole names: 澜陵市 is no mention of 澜陵县."""
    for parent in parents:
        text = text.replace(parent, "")
    return text
