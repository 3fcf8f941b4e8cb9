"""Which of several places of one name is meant: 鼓楼区 of 南京, 徐州, 福州 or 开封.

Clues are weighed in three tiers. What the document says of itself in its title and signature decides alone; then what
names the owner of the number or of the web site: addresses, the codes of the site's filings; last, what is only
mentioned. Within a tier all clues must agree. Where they do not, or where they leave two places, the name stays open.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.places import Place, list_places, load_places


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around an ambiguous name, folded."""

    own: str  # titles and bodies that issue
    body: str
    sites: str  # name, path and footer of the web site
    others: str  # lines behind the body, values of the table
    doc_number: str
    owners: Collection[str]  # names of the places whose web site it is


@dataclass(frozen=True, slots=True)
class Choice:
    """The place that the clues agree on, or those that they leave."""

    place: Place | None
    candidates: tuple[Place, ...] = ()
    source: str = ""  # the clue that decided
    reason: str = ""  # in Chinese; empty where the place was found


@dataclass(frozen=True, slots=True)
class _Clue:
    source: str
    label: str  # in a Chinese note
    fitting: tuple[Place, ...]


def tell_apart(name: str, candidates: tuple[Place, ...], around: Surroundings) -> Choice:
    """Return the one of *candidates*, all called *name*, that everything around the name points to."""
    left = candidates
    for tier in (_own_clues, _firm_clues, _faint_clues):
        # A clue that fits none of them is about another place: the site of a county that reposts.
        clues = [clue for clue in tier(name, candidates, around) if clue.fitting]
        agreed = tuple(place for place in left if all(place in clue.fitting for clue in clues))
        if not agreed:
            pointed = tuple(place for place in left if any(place in clue.fitting for clue in clues))
            said = "，".join(f"{clue.label}指向{list_places(clue.fitting)}" for clue in clues)
            return Choice(None, pointed or left, "", f"{name}有{len(candidates)}处同名，线索不一致：{said}")
        if len(agreed) == 1:
            chosen = agreed[0]
            source = min(clues, key=lambda clue: len(clue.fitting)).source
            return Choice(chosen, (), source)
        left = agreed
    if len(left) == len(candidates):
        return Choice(None, left, "", f"{name}有{len(left)}处同名：{list_places(left)}")
    return Choice(None, left, "", f"{name}有{len(candidates)}处同名，线索只能缩小到：{list_places(left)}")


# --- clues -----------------------------------------------------------------------------------------------------------


def _own_clues(name: str, candidates: Sequence[Place], around: Surroundings) -> Iterator[_Clue]:
    addressed = _addressed(around.own, name, candidates)
    yield _Clue("title or issuer", "标题或发文机关", addressed or _mentioned(around.own, candidates))


def _firm_clues(name: str, candidates: Sequence[Place], around: Surroundings) -> Iterator[_Clue]:
    yield _Clue("document number", "文号", _numbered(around.doc_number, name, candidates))
    filed = f"{around.sites}\n{around.others}"
    foreign = not _owns(around.owners, name, candidates)
    for source, label, pattern in _CODES:
        found = [_near(code, candidates) for code in set(pattern.findall(filed))]
        foreign = foreign or bool(found and not any(found))
        yield _Clue(source, label, tuple(place for place in candidates if any(place in fitting for fitting in found)))
    yield _Clue("body", "正文", _addressed(around.body, name, candidates))
    yield _Clue("tail", "文末或信息表", _addressed(around.others, name, candidates))
    if not foreign:
        yield _Clue("site", "网站", _addressed(around.sites, name, candidates))
        provinces = {_PROVINCE_OF[char] for char in _FILING.findall(filed)}
        yield _Clue("ICP filing", "ICP备案", tuple(place for place in candidates if place.code[:2] in provinces))


def _faint_clues(name: str, candidates: Sequence[Place], around: Surroundings) -> Iterator[_Clue]:
    if _owns(around.owners, name, candidates) and not _is_directory(around.sites):
        yield _Clue("site", "网站", _mentioned(around.sites, candidates))
    yield _Clue("tail", "文末或信息表", _mentioned(around.others, candidates))
    yield _Clue("body", "正文", _governed(around.body, candidates))


# --- names of the places above ---------------------------------------------------------------------------------------


def _addressed(text: str, name: str, candidates: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places that *text* names with a parent straight before the name: 南京市鼓楼区, 南京鼓楼区."""
    if name not in text:
        return ()
    return tuple(
        place for place in candidates if any(parent + name in text for parent in (*place.parents, *place.parent_shorts))
    )


def _mentioned(text: str, candidates: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places whose prefecture is named in *text*, or whose province where no prefecture is."""
    for above in (-1, 0):
        found = tuple(place for place in candidates if place.parents and place.parents[above] in text)
        if found:
            return found
    return ()


_FEWEST_CITED = 2  # a text may cite another city's rules once


def _governed(text: str, candidates: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places whose prefecture or province *text* obeys: its rules, Party committee or government."""
    for above in (-1, 0):
        found = []
        for place in candidates:
            parent = re.escape(place.parents[above]) if place.parents else ""
            cited = len(re.findall(rf"《{parent}|{parent}(?:委|人民政府|政府|司法局)", text)) if parent else 0
            found += [(place, cited)] if cited else []
        if found:
            return tuple(place for place, _ in found) if max(count for _, count in found) >= _FEWEST_CITED else ()
    return ()


_MOST_PROVINCES = 3  # a page of one place seldom names more; a directory of links names all


def _is_directory(sites: str) -> bool:
    """Say whether the lines of a site list the governments of other provinces."""
    provinces = {name for name, found in load_places().items() if found[0].level == "province" and name in sites}
    return len(provinces) >= _MOST_PROVINCES


def _owns(owners: Collection[str], name: str, candidates: Sequence[Place]) -> bool:
    """Say whether a site of *owners* may be that of one of the places, or of one above it; an unknown owner may."""
    above = {parent for place in candidates for parent in (*place.parents, *place.parent_shorts)}
    return not owners or any(owner == name or owner in above for owner in owners)


# --- numbers, codes, filings -----------------------------------------------------------------------------------------

# The characters by which documents and filings call a province, by the first two digits of its code.
_PROVINCE_CHARS = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑", "31": "沪申",
    "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫", "42": "鄂", "43": "湘",
    "44": "粤", "45": "桂", "46": "琼", "50": "渝", "51": "川蜀", "52": "黔贵", "53": "滇云", "54": "藏",
    "61": "陕秦", "62": "甘陇", "63": "青", "64": "宁", "65": "新",
}  # fmt: skip
_PROVINCE_OF = {char: code for code, chars in _PROVINCE_CHARS.items() for char in chars}
# Cities whose numbers open with a character that is not in their name.
_CITY_CHARS = {
    "南京": "宁", "福州": "榕", "开封": "汴", "广州": "穗", "成都": "蓉", "宁波": "甬", "南昌": "洪", "太原": "并",
    "贵阳": "筑", "南宁": "邕", "温州": "瓯", "厦门": "鹭",
}  # fmt: skip
_SITE_CODE = re.compile(r"(?:网站标识码|标识码|SiteIDCode)\s*[:(]?\s*(\d{6})\d{4}(?!\d)", re.IGNORECASE)
_POLICE_CODE = re.compile(r"公网安备\s*(?:案号?)?\s*[:(]?\s*(\d{6})\d{4,8}(?!\d)")
_CODES = (("site code", "网站标识码", _SITE_CODE), ("police filing", "公安备案号", _POLICE_CODE))
_FILING = re.compile(rf"([{''.join(_PROVINCE_OF)}])\s*ICP\s*[备证]", re.IGNORECASE)


def _numbered(number: str, name: str, candidates: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places above which the first character of a number stands, the second being of the name: 宁鼓政发."""
    first, second = number[:1], number[1:2]
    if not second or first in name or second not in name:
        return ()
    return tuple(place for place in candidates if first in _chars_of(place))


def _chars_of(place: Place) -> str:
    cities = "".join(_CITY_CHARS.get(short, "") for short in place.parent_shorts)
    return "".join(place.parent_shorts[-1:]) + cities + _PROVINCE_CHARS.get(place.code[:2], "")


def _near(code: str, candidates: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places that had *code* in some year, else those in its prefecture or, for one that ends so, province.

    The code of another county in the province says nothing: its site may show what is not its own.
    """
    codes = {place: {p.code for p in load_places()[place.name] if p.place_id == place.place_id} for place in candidates}
    if exact := tuple(place for place in candidates if code in codes[place]):
        return exact
    width = 2 if code.endswith("0000") else 4
    return tuple(place for place in candidates if code[:width] in {own[:width] for own in codes[place]})
