"""Names of responsible bodies: where one ends and the next begins, and which body of the catalogue each one is.

县司法局, 云岚县司法局 and 司法局 in a county's plan are one body. A list is split at its commas; 和, 及 and 与 part two
bodies only where both sides are known, since they stand inside many a name: 发展和改革局.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.records import Level
from pipeline.reference import Body, bodies
from pipeline.text import fold

# 市 is read by who issues the document: see _level_of.
LEVEL_WORDS = ("自治区", "自治州", "自治县", "自治旗", "地区", "省", "州", "盟", "市", "县", "区", "旗", "镇", "乡")
_LEVELS: dict[str, Level] = {
    **dict.fromkeys(("县", "区", "旗", "自治县", "自治旗"), "county"),
    **dict.fromkeys(("市", "州", "盟", "地区", "自治州"), "prefecture"),
    **dict.fromkeys(("省", "自治区"), "province"),
    **dict.fromkeys(("镇", "乡"), "township"),
}
_CENTRAL = re.compile(r"^(?:国家|中央|国务院|全国|最高人民|中国)")
# What may stand between a level word and the name proper, or before both: 县直各有关部门, 区政府相关部门, 原县经贸局.
_LINKS = "级|直|属|直属|政府|人民政府|本级|区域内"
_SMALL = "各|各级|原|本|所属|驻|其|其他|其它|及其|中共|全体"
_PREFIX_END = re.compile(rf"(?:{'|'.join(LEVEL_WORDS)}|{_LINKS}|{_SMALL})$")
_SUFFIX = re.compile(r"等(?:有关|相关)?(?:部门|单位)?$")
_REMARK = re.compile(r"\([^()]*\)$")
# 市公安局东湖分局, 市生态环境局云岚县分局: a branch keeps the district as its level.
_BRANCH = re.compile(r"(.+局).{0,6}分局")
_BLANK = re.compile(r"[\s“”\"‘’「」]+")
_COMMA = re.compile(r"[、,;/\n](?![^()\n]*\))")  # the one in 各县(市、区)政府 parts nothing
# 县(区)政府, 各县(市、区)人民政府: one kind of body at several levels.
_LEVELS_IN_BRACKETS = re.compile(r"(?<=[市县区旗])\([省市县区旗、]{1,7}\)")
_AND = re.compile(r"以及|[和及与]|[ \t]+")  # a blank parts names too, and also stands inside a word by mistake
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body as printed, its id in the catalogue where it is known, and the level its name places it at."""

    name: str
    body_id: str | None
    level: Level


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a body: its id and the level word that is part of the writing, "" for none."""

    body_id: str
    level_word: str


def read_bodies(text: str, *, level: Level = "county") -> tuple[NamedBody, ...]:
    """Return the bodies that a list such as 县委宣传部、县司法局和县财政局等 names, in order.

    Args:
        text: the list alone, without 牵头 or 责任单位.
        level: of the document's issuer, which a bare name belongs to.
    """
    found = []
    for piece in _split(text):
        form = _resolve(piece)
        found.append(NamedBody(piece, form.body_id if form else None, _level_of(piece, form, level)))
    return tuple(found)


def normal_bodies(name: str, *, level: Level = "county") -> tuple[str, ...]:
    """Return the ids in the catalogue of the bodies that *name* prints, without those that are not known.

    >>> normal_bodies("县委宣传部、云岚县司法局和县财政局等")
    ('publicity_dept', 'justice_bureau', 'finance_bureau')
    """
    known = (body.body_id for body in read_bodies(name, level=level))
    return tuple(dict.fromkeys(body_id for body_id in known if body_id is not None))


def known_body_at(text: str, start: int) -> tuple[int, str] | None:
    """Return where the longest known body that begins at *start* ends, and its id; None where none begins.

    A place name before the body is not skipped.
    """
    automaton, names, forms = _automaton()
    for index, first, last in automaton.find_matches_as_indexes(fold(text[start : start + _LONGEST_NAME])):
        return (start + last, forms[names[index]].body_id) if first == 0 else None
    return None


def _split(text: str) -> Iterator[str]:
    """Yield the names in a list, as printed but without white space."""
    folded = fold(text)
    kept = _joined_names(folded)
    pieces = []
    last = 0
    for comma in _COMMA.finditer(folded):
        if not any(first < comma.end() and comma.start() < end for first, end in kept):
            pieces.append((last, comma.start()))
            last = comma.end()
    for first, end in (*pieces, (last, len(text))):
        for name in _split_at_and(text[first:end]):
            bare = _SUFFIX.sub("", _BLANK.sub("", name)).rstrip("。.:：")
            if bare:
                yield bare


def _split_at_and(piece: str) -> list[str]:
    """Part *piece* at each 和, 及 or 与 that stands between two known bodies."""
    folded = fold(piece)
    kept = _joined_names(folded)
    cuts = [m for m in _AND.finditer(folded) if not any(first < m.end() and m.start() < end for first, end in kept)]
    names, last = [], 0
    for place, cut in enumerate(cuts):
        following = cuts[place + 1].start() if place + 1 < len(cuts) else len(piece)
        if _resolve(piece[last : cut.start()]) and _resolve(piece[cut.end() : following]):
            names.append(piece[last : cut.start()])
            last = cut.end()
    return [*names, piece[last:]]


def _joined_names(folded: str) -> list[tuple[int, int]]:
    """Return where names with a comma or an "and" inside stand, such as 各委、办、局 or 发展和改革局."""
    automaton, names, _ = _automaton()
    hits = automaton.find_matches_as_indexes(folded)
    return [(first, end) for index, first, end in hits if _AND.search(names[index]) or "、" in names[index]]


def _resolve(name: str) -> _Form | None:
    """Return the form that *name* is, after a place, a level and small words before it are taken off."""
    bare = _SUFFIX.sub("", _BLANK.sub("", fold(name)))
    table = _forms()
    for text in dict.fromkeys((bare, _REMARK.sub("", bare), _LEVELS_IN_BRACKETS.sub("", bare))):
        if form := table.get(text):
            return form
        for cut in range(1, len(text) - 1):
            rest = text[cut:]
            form = table.get(rest)
            if form is None:
                continue
            before = _PREFIX_END.search(text[:cut])
            if before:
                word = form.level_word or _last_level_word(text[:cut])
                return _Form(form.body_id, word)
            if form.level_word:
                return form
    branch = _BRANCH.fullmatch(bare)
    return _resolve(branch[1]) if branch else None


def _last_level_word(prefix: str) -> str:
    places = [(prefix.rfind(word) + len(word), len(word), word) for word in LEVEL_WORDS if word in prefix]
    return max(places)[2] if places else ""


def _level_of(name: str, form: _Form | None, issuer: Level) -> Level:
    """Return the level of a body by the level word in its name; a bare name has that of the issuer."""
    bare = _BLANK.sub("", fold(name))
    if _BRANCH.fullmatch(bare) and issuer == "county":
        return "county"
    if form is not None and form.level_word:
        return _LEVELS[form.level_word]
    return "national" if _CENTRAL.match(bare) else issuer


@cache
def _forms() -> dict[str, _Form]:
    """Return every known way to write a body; a current name wins over a predecessor's."""
    table: dict[str, _Form] = {}
    for body in bodies():
        for name in (body.name, *body.synonyms):
            _enter(table, body, name)
    for body in bodies():
        for name in body.by_level.values():
            _enter(table, body, name)
    for body in bodies():
        for old in body.predecessors:
            for name in old.names:
                _enter(table, body, name)
    return table


def _enter(table: dict[str, _Form], body: Body, name: str) -> None:
    """Add *name* as printed, and with and without each level word."""
    pattern = fold(name).replace("“", "").replace("”", "")
    pattern = pattern.replace("{P}", "")
    if "{L}" not in pattern:
        word = next((w for w in ("县", "区", "旗", "省", "镇", "乡") if pattern.startswith(w)), "")  # 市 may open 市场
        table.setdefault(pattern, _Form(body.id, word))
        if word in ("", "镇", "乡") or len(pattern) < 4:
            return
        pattern = "{L}" + pattern[1:]
    for word in LEVEL_WORDS[:-2]:  # 镇政府 and 乡政府 are bodies of their own
        table.setdefault(pattern.replace("{L}", word), _Form(body.id, word))
        for opening, least in (("{L}", 2), ("{L}委", 4)):  # 办公室 alone may be anybody's
            rest = pattern.removeprefix(opening).replace("{L}", word)
            if pattern.startswith(opening) and len(rest) >= least:
                table.setdefault(rest, _Form(body.id, ""))


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...], dict[str, _Form]]:
    forms = _forms()
    names = tuple(forms)
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names, forms
