"""Names of the Xinjiang Production and Construction Corps (兵团), its divisions (师) and their regiments (团).

The Corps answers to the centre and to its region, and its divisions lie scattered over the prefectures; GB/T 2260 has
no codes for any of them. Decided here: Corps, division and regiment are of level `other`. A division is called
第八师石河子市 where the text names the city that it shares its offices with, and has that city's code; otherwise it is
called 第八师 and has none. The city alone (石河子市) is the county-level city of the place list; a town below either is
a township. Parents run from the region over the Corps to the division.
"""

import re
from collections.abc import Sequence

REGION = "新疆维吾尔自治区"
CORPS = "新疆生产建设兵团"
_CORPS = re.compile(r"新疆生产建设兵团|新疆兵团|(?:生产)?建设兵团|兵团")
_ONES = "一二三四五六七八九"
_DIVISION = re.compile(
    rf"(?P<ordinal>第?)(?P<number>十[一二三四]|[{_ONES}十]|1[0-4]|[1-9])师(?![范生傅资德徒院门父友团])"
    r"(?P<city>[\u4e00-\u9fff]{2,4}?市(?![场民级直域容辖]|政(?!府|务|协|法)))?"
)
_REGIMENT = re.compile(rf"第?(?:[{_ONES}十百〇○零]{{1,5}}|\d{{1,3}})团场?(?![队体员结伙购圆组长])")
# A regiment alone must go on like the name of a body: 三团 may be anything.
_OWN_NAME_ENDS = re.compile(r"[12]\d{3}年|关于|法治|依法|党委|机关|人民政府|镇|$")


def match_corps(text: str, start: int) -> tuple[str, ...]:
    """Return the names of Corps, division and regiment that stand at *start*, as printed, or none."""
    names: list[str] = []
    at = start
    if corps := _CORPS.match(text, at):
        names.append(corps[0])
        at = corps.end()
    division = _DIVISION.match(text, at)
    if division and (corps or division["ordinal"] or division["city"] or match_regiment(text, division.end())):
        names.append(division[0])
        at = division.end()
    if names:
        names += filter(None, [match_regiment(text, at)])
    elif (regiment := match_regiment(text, at)) and _OWN_NAME_ENDS.match(text, at + len(regiment)):
        names.append(regiment)
    return tuple(names)


def match_regiment(text: str, start: int) -> str:
    """Return the name of the regiment that stands at *start*, or an empty string."""
    match = _REGIMENT.match(text, start)
    return match[0] if match else ""


def is_corps(name: str) -> bool:
    """Say whether *name* is one of the Corps, its divisions or its regiments."""
    return any(pattern.fullmatch(name) for pattern in (_CORPS, _DIVISION, _REGIMENT))


def is_corps_itself(name: str) -> bool:
    """Say whether *name* is that of the whole Corps."""
    return bool(_CORPS.fullmatch(name))


def is_regiment(name: str) -> bool:
    """Say whether *name* is that of a regiment."""
    return bool(_REGIMENT.fullmatch(name))


def official_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return names as the Corps writes them, itself first: 新疆生产建设兵团, 第八师石河子市 for 八师石河子市."""
    found = [CORPS]
    for name in names:
        if _CORPS.fullmatch(name):
            continue
        division = _DIVISION.fullmatch(name)
        found.append(f"第{_numeral(division['number'])}师{division['city'] or ''}" if division else name)
    return tuple(found)


def city_of(name: str) -> str | None:
    """Return the city in the name of a division, or None: 石河子市 of 第八师石河子市."""
    division = _DIVISION.fullmatch(name)
    return division["city"] if division else None


def _numeral(number: str) -> str:
    if not number.isdigit():
        return number
    tens, ones = divmod(int(number), 10)
    return "十" * tens + (_ONES[ones - 1] if ones else "")
