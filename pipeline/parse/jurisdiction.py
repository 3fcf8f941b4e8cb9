"""Whose plan or report it is: the place, its code and level, and the bureau where a department speaks for itself.

The issuer decides, not the site: titles are read first, then the bodies that issue, then how the text speaks of itself;
the site counts only where it agrees with that. Levels beside those of the place list: a development zone, the Xinjiang
Corps and its divisions and regiments are `other`; a town, township, sumu and subdistrict are `township`, straight
below the city where that has no districts (东莞市). A department has the level of its place, and is named in `body`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.corps import REGION, city_of, is_corps, is_regiment, official_names
from pipeline.parse.namesakes import Surroundings, tell_apart
from pipeline.parse.signing import is_bureau, leading_body
from pipeline.places import (
    LONGEST_NAME,
    RANKS,
    WORD_LEVELS,
    ZONE_RANK,
    Chain,
    Place,
    find_place,
    is_generic_zone,
    load_places,
    look_up,
    places_by_code,
    read_chain,
)
from pipeline.records import Level, Listed
from pipeline.text import fold

SCANNED = 200_000  # characters of the body that are searched for the place
TOWN_WORDS = ("镇", "乡", "街道")
TWICE = 2  # a slip of the reading seldom comes again
LEVEL_WORDS = ("省", "自治区", "市", "自治州", "州", "盟", "地区", "县", "区", "旗", "镇", "乡", "街道")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a place is read from, each the best first."""

    titles: Sequence[str]
    issuers: Sequence[tuple[str, str]]  # (where it was read, name)
    body: str
    sites: Sequence[str] = ()  # names of the web site that shows the page, its footer and the path to the page
    others: Sequence[str] = ()  # tail lines, values of the table: only to tell places of one name apart
    doc_number: str | None = None
    year: int | None = None
    owner: str = ""  # full name of the government whose site it is, as whoever crawled it knew

    @property
    def owners(self) -> tuple[str, ...]:
        """What tells whose site it is."""
        return (*self.sites, self.owner) if self.owner else tuple(self.sites)


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The place that plans or reports; sources and notes as in `metadata.Metadata`."""

    name: str | None = None
    code: str | None = None
    level: Level = "other"
    body: str | None = None
    sources: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()  # province first; full names where they are in the list, else as written
    place_id: str | None = None  # the same before and after a change of name, code or parent
    candidates: tuple[str, ...] = ()  # codes of the places that an ambiguous name may mean; empty where it is decided


# --- where a name may stand ------------------------------------------------------------------------------------------

_PREFIX = re.compile(
    r"中共|中国共产党|国家[\u4e00-\u9fff]{2,6}?局(?=[\u4e00-\u9fff])"
)  # before the place: 国家税务总局云岚县税务局
_CENTRE = re.compile(r"(?:中共中央|国务院|全国人民代表大会|中央全面依法治国|中华人民共和国)")
_MINISTRY = re.compile(
    r"(?:司法|水利|教育|公安|民政|财政|商务|自然资源|生态环境|农业农村|交通运输|住房和城乡建设|人力资源和?社会保障|文化和旅游|"
    r"应急管理|工业和信息化|科学技术|退役军人事务|国家安全)部|国家[\u4e00-\u9fff]{2,10}?(?:局|委员会|委|总局|署)"
)
# A place may open a title or stand behind these; behind 贯彻落实《 stands the plan of somebody else.
_BEFORE_PLACE = re.compile(
    r"(?:关于(?:同意|批准)?|印发|转发|批转|下发|发布|公布)[《“]?|[12]\d{3}年度?|[〇○零一二三四五六七八九]{4}年度?|^[《“(]|中共|--|^法治"
)


# 老城办事处, the subdistrict without the word; 驻京办事处 is none.
_OFFICE = re.compile(
    r"(?:(?![驻镇乡区县市]|街道|政府|联络|联合)[\u4e00-\u9fff]){2,4}办事处(?=[12]\d{3}|关于|党工委|法治|依法|$)"
)


def _chain_at(text: str, start: int = 0) -> Chain:
    prefix = _PREFIX.match(text, start)
    chain = read_chain(text, prefix.end() if prefix else start)
    at = chain.end if chain.names else start
    office = _OFFICE.match(text, at) if not chain.names or chain.ranks[-1] <= ZONE_RANK else None
    if office is None:
        return chain
    return Chain((*chain.names, office[0]), (*chain.ranks, RANKS["街道"]), office.end())


# What is done to or for the place, between 关于 and its name: 关于编制云岚县…, 关于进一步做好云岚县….
_UNDERTAKEN = re.compile(
    r"(?:进一步|认真|切实|全面|继续|深入|扎实|统筹|编制|制定|修订|修改|做好|开展|加强|强化|推进|推动|落实|实施|完善|规范|建立|"
    r"健全|深化|调整|成立|组织|启动|清理|废止|公开|公示|征求|征集|报送|上报|表彰|命名|支持|同意|批准|取消|下放|承接)+"
)
_FEWEST_BEHIND_VERB = 3  # characters; 矿区 and 城区 behind a verb are common nouns


def _chain_behind_verb(folded: str, start: int) -> Chain:
    """Return the place that stands behind a verb at *start*; of zones and common nouns none."""
    verbs = _UNDERTAKEN.match(folded, start)
    chain = _chain_at(folded, verbs.end()) if verbs else Chain()
    if not chain.names or chain.ranks[0] == ZONE_RANK or len(chain.names[0]) < _FEWEST_BEHIND_VERB:
        return Chain()
    listed = chain.names[0] in load_places()
    return chain if listed or not _NO_NAME.search(_WORD_AT_END.sub("", chain.names[0])) else Chain()


def place_of_title(title: str) -> Chain:
    """Return the place that a title names as its own, at its head or behind 关于印发."""
    folded = fold(title)
    for start in (0, *(match.end() for match in _BEFORE_PLACE.finditer(folded))):
        chain = _chain_behind_verb(folded, start)
        chain = chain if chain.names else _chain_at(folded, start)
        if chain.names:
            return chain
    return Chain()


_SITE_WORDS = re.compile(
    r"(?:欢迎(?:访问|来到|您访问)|主办(?:单位)?|承办(?:单位)?|版权所有|中共|(?:网站)?首页|当前位置|您的位置)+"
)
_NO_PLACE = re.compile(r"首页|网站|门户|导航|返回")  # words of a menu that ran into the next item
_SITE_REST = re.compile(r"人民政府|政府|门户|网|政务|党政|信息公开|公众|行政公署|委员会|司法局|$")


def site_places(sites: Sequence[str]) -> Iterator[Chain]:
    """Yield the places whose government, by name, shows the page: 云岚县 of 云岚县人民政府门户网站."""
    for line in sites:
        for token in re.findall(r"[\u4e00-\u9fff〇]{3,}", fold(line)):
            words = _SITE_WORDS.match(token)
            chain = read_chain(token, words.end() if words else 0)
            rest = _SITE_REST.match(token, chain.end) if chain.names else None
            if rest and rest[0] and not _NO_PLACE.search("".join(chain.names)):
                yield chain


def name_owner(listed: Listed) -> str:
    """Return the full name of the government whose site a list is of; "" where nobody said.

    >>> name_owner(Listed(place_name="云岚县"))
    '云岚县人民政府'
    """
    place = places_by_code().get(listed.place) if listed.place else None
    full = place.path if place else ""
    name = full if listed.place_name and full.endswith(listed.place_name) else full + listed.place_name
    return f"{name}人民政府" if name else ""


# --- the text about itself -------------------------------------------------------------------------------------------

_SELF = re.compile(r"(?:全|我|本)(?P<word>省|自治区|市|州|盟|县|区|旗|镇|乡|街道)(?!域|级|县|局|直|间)")
_OFFICES = re.compile(
    r"(?P<word>省|自治区|市|州|盟|县|区|旗|镇|乡|街道)(?:委(?!员)|政府|司法局|直各|级各|党委|党工委|办事处)"
    r"|(?:结合|符合|立足)(?P<own>省|自治区|市|州|盟|县|区|旗|镇|乡|街道)(?:域)?(?:实际|实情)"
)
# Stems that 法治X and 结合X实际 have when X is no place.
_NO_STEM = re.compile(
    r"[的和与及在对为了以]|政府|思想|安邦|民族|社会|国家|中国|工作|实际|自身|本|我|各|全|当前|部门|单位|地方|思维|意识|文化|环境|乡村|机关|企业|建设|轨道|保障|宣传|督察|教育|队伍|体系|经济|方式|素养|信仰|精神|理念|副校长|化|治"
)
# Words that run into a level word at the head of a clause: 8月底前县…, 包括驻县单位, 先选择市…; and zones, no places.
_NO_NAME = re.compile(
    rf"{_NO_STEM.pattern}|[前后内外驻先再由向把将要应须等到至从于其该此每两三]|包括|选择|接受|通过|结果|清理|推荐|实现|成立|编制|公布|公示|指导|配合|帮助|督促|协助|负责|依托|提请|报请|呈请|提交|报经|邀请|选派|动员|委托|授权|"
    rf"下放|发布|上报|报送|^(?:高新|开发|经开|新|示范|保税|工业园)$"
)
_WORD_AT_END = re.compile(rf"(?:{'|'.join(sorted(LEVEL_WORDS, key=len, reverse=True))})$")
_HEAD_OF_PLACE = re.compile("长(?!期|年|效|远)")  # 以镇长为组长 names no town
_STEMS = (
    re.compile(r"法治(?P<stem>[\u4e00-\u9fff]{2,4}?)(?=[、,。;“”]|建设|和法治|、法治|一规划)"),
    re.compile(r"(?:结合|立足|符合)(?P<stem>[\u4e00-\u9fff]{2,5}?)(?=法治|实际|实情|区情|县情|市情|发展)"),
)


def self_word(body: str) -> str | None:
    """Return the level word by which a text speaks of its own place: 县 where it says 全县, 我县, 县委."""
    folded = fold(body[:SCANNED])
    own = Counter(match["word"] for match in _SELF.finditer(folded))
    offices = Counter(match["word"] or match["own"] for match in _OFFICES.finditer(folded))
    if not own:
        own = Counter({word: count for word, count in offices.items() if count >= 2})
    if not own:
        return None
    word = max(own, key=lambda word: (own[word] * 3 + offices[word], LEVEL_WORDS.index(word)))
    # An autonomous region calls itself 全区 too; its offices have the whole word.
    return "自治区" if word == "区" and offices["自治区"] > offices["区"] else word


def _named_in(folded: str, word: str) -> Counter[str]:
    """Count the full names ending in *word*: listed ones anywhere, others where a clause begins."""
    places = load_places()
    named: Counter[str] = Counter()
    for match in re.finditer(word, folded):
        run = re.search(r"[\u4e00-\u9fff]*$", folded[max(0, match.end() - LONGEST_NAME) : match.end()])
        text = run[0] if run else ""
        at = next((at for at in range(len(text) - len(word)) if text[at:] in places), None)
        if at is None:
            continue
        name, before = text[at:], text[max(0, at - 1) : at]
        # A name of two characters may be the end of a longer one that is in no list.
        if len(name) > 2 or not before or before in "省市州盟":
            named[name] += 1
    # A county in no list counts where it stands twice: verbs run into level words too (配合县直各部门). Few towns are
    # in the list, and verbs seldom run into theirs.
    unlisted: Counter[str] = Counter()
    for match in re.finditer(rf"(?<![\u4e00-\u9fff])(?=[\u4e00-\u9fff]{{2,12}}?{word})", folded):
        chain = read_chain(folded, match.end())
        name = chain.names[-1] if chain.names else ""
        if name.endswith(word) and _HEAD_OF_PLACE.match(folded, chain.end):
            continue
        if name.endswith(word) and name not in places and not _NO_NAME.search(name.removesuffix(word)):
            unlisted[name] += 1
    return named + Counter({name: count for name, count in unlisted.items() if count >= TWICE or word in TOWN_WORDS})


def _has_other_level(folded: str, stem: str, word: str) -> bool:
    """Say whether the text names *stem* with a level word other than *word*."""
    return any(folded.count(stem + other) > folded.count(stem + word) for other in LEVEL_WORDS if other != word)


def _place_of_body(text: str, word: str) -> Chain:
    """Return the one place ending in *word* that *text* names as its own, by full name or by stem (法治云岚)."""
    folded = fold(text[:SCANNED])
    places = load_places()
    named = _named_in(folded, word)
    stems = Counter(
        match["stem"] for pattern in _STEMS for match in pattern.finditer(folded) if not _NO_STEM.search(match["stem"])
    )
    for stem, count in stems.items():
        if stem + word not in places and (word in ("省", "自治区") or _has_other_level(folded, stem, word)):
            continue  # every province is in the list; 法治云岚 in a text on 云岚县 is no town or city
        if stem + word in places or count >= 2:
            named[stem + word] += count
    ranked = named.most_common(2)
    # Two districts named equally often are neighbours as likely as one and its model.
    if not ranked or (len(ranked) == 2 and ranked[1][1] * 2 > ranked[0][1]):
        return Chain()
    return read_chain(ranked[0][0])


# --- prefecture or county-level city ---------------------------------------------------------------------------------

_HAS_COUNTIES = re.compile(
    r"(?:各|所辖)?[县区]\(?[市区、,县旗)]{1,6}(?:人民政府|政府|区|\))|县区|区县|各县|县级以上|市县两级|县(?:市、区)|市县乡"
)
_HAS_TOWNS = re.compile(r"各乡镇|各镇|各街道|镇\(?街|乡镇\(?街道|各乡\(镇|镇乡")


def _city_level(body: str, parents: Sequence[str]) -> Level:
    """Tell a prefecture from a county-level city that is in no list, by whom its text speaks to."""
    if any(parent.endswith(("市", "州", "盟", "地区")) for parent in parents):
        return "county"
    folded = fold(body[:SCANNED])
    counties, towns = len(_HAS_COUNTIES.findall(folded)), len(_HAS_TOWNS.findall(folded))
    return "county" if towns > counties else "prefecture"


# --- together --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Located:
    """Where a name lies: its place in the list, or the parents and what else is known."""

    name: str
    level: Level
    place: Place | None = None
    parents: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    reason: str = ""  # in Chinese; why no place was found
    source: str = "place list"  # and the clue that decided between places of one name


def _surroundings(evidence: Evidence) -> Surroundings:
    return Surroundings(
        own=fold("\n".join([*evidence.titles, *(name for _, name in evidence.issuers)])),
        body=fold(evidence.body[:SCANNED]),
        sites=fold("\n".join(evidence.owners)),
        others=fold("\n".join(evidence.others)),
        doc_number=fold(evidence.doc_number or ""),
        owners=[chain.names[-1] for chain in site_places(evidence.owners)],
    )


def _locate(chain: Chain, evidence: Evidence) -> _Located:
    """Return where the place that *chain* ends in lies."""
    name, level = chain.names[-1], chain.level
    if is_corps(chain.names[0]):
        return _locate_in_corps(chain, evidence)
    if chain.ranks[-1] >= ZONE_RANK:
        return _locate_below(chain, evidence)
    found = look_up(name, year=evidence.year, parents=chain.names[:-1])
    place, reason, candidates, source = found.place, found.reason, found.candidates, ""
    if place is None and candidates:
        choice = tell_apart(name, candidates, _surroundings(evidence))
        place, reason, candidates, source = choice.place, choice.reason, choice.candidates, choice.source
    if place:
        listed = f"place list: {source}" if source else "place list"
        return _Located(name, place.level, place, place.parents, source=listed)
    if name.endswith("市") and chain.ranks[-1] in (2, 3):
        level = _city_level(evidence.body, chain.names[:-1])
    codes = tuple(place.code for place in candidates)
    return _Located(name, level, None, _path(_up(chain), evidence)[0], codes, reason)


def _up(chain: Chain) -> Chain:
    return Chain(chain.names[:-1], chain.ranks[:-1])


def _path(chain: Chain, evidence: Evidence) -> tuple[tuple[str, ...], str]:
    """Return the names of *chain* with those above them, as the list has them, and why they are not in it.

    湖南省, 湘西土家族苗族自治州, 凤凰县 for 湘西州凤凰县.
    """
    if not chain.names:
        return (), ""
    located = _locate(chain, evidence)
    return (*located.parents, located.place.name if located.place else located.name), located.reason


def _locate_below(chain: Chain, evidence: Evidence) -> _Located:
    """Return where a town or a zone lies; one named without its county lies in that whose site it is."""
    above = _up(chain)
    name = chain.names[-1]
    if not above.names:
        above = _owner(evidence)
    if chain.level == "other" and above.names and (len(chain.names) > 1 or is_generic_zone(name)):
        name = above.names[-1] + name  # 工业园区 alone names nothing
    parents, reason = _path(above, evidence)
    return _Located(name, chain.level, None, parents, reason=reason)


def _owner(evidence: Evidence) -> Chain:
    """Return the lowest county, city or province that issues or whose site it is; none where there are two."""
    owners = [*(_chain_at(fold(name)) for _, name in evidence.issuers), *site_places(evidence.owners)]
    found = {chain.names[-1]: chain for chain in owners if chain.names and chain.ranks[-1] < ZONE_RANK}
    nearest = max((chain.ranks[-1] for chain in found.values()), default=0)
    chains = [chain for chain in found.values() if chain.ranks[-1] == nearest]
    return chains[0] if len(chains) == 1 else Chain()


def _locate_in_corps(chain: Chain, evidence: Evidence) -> _Located:
    """Return where the Corps, its division or its regiment lies; a division has the code of the city in its name."""
    if len(chain.names) == 1 and is_regiment(chain.names[0]):
        owner = next(
            (c for c in site_places(evidence.sites) if is_corps(c.names[0]) and not is_regiment(c.names[-1])), None
        )
        chain = Chain((*(owner.names if owner else ()), *chain.names), (*(owner.ranks if owner else ()), *chain.ranks))
    names = official_names(chain.names)
    city = city_of(names[-1])
    place = find_place(city, year=evidence.year, parents=[REGION]) if city else None
    return _Located(names[-1], chain.level, place, (REGION, *names[:-1]))


def _own_place(evidence: Evidence) -> tuple[Chain, str]:
    """Return the place whose document it is, and where that was read."""
    from_titles = next(((c, "title") for title in evidence.titles if (c := place_of_title(title)).names), None)
    from_issuers = next(((c, source) for source, name in evidence.issuers if (c := _chain_at(fold(name))).names), None)
    if from_titles and from_issuers:
        # The full address of one place: 望岳区 in the title, 滨河市望岳区 in the signature.
        title_chain, issuer_chain = from_titles[0], from_issuers[0]
        if issuer_chain.names[-1] == title_chain.names[-1] and len(issuer_chain.names) > len(title_chain.names):
            return from_issuers
        # A town that hands the county's plan on speaks for the town.
        if not leading_body(evidence.titles[0]) and any(re.search("转发|批转", title) for title in evidence.titles):
            return from_issuers
        return from_titles
    if found := from_titles or from_issuers:
        return found
    word = self_word(evidence.body)
    if word is None:
        return Chain(), ""
    chain = _place_of_body("\n".join([*evidence.titles, evidence.body]), word)
    if chain.names and chain.names[-1].endswith(word):
        return chain, "body"
    for site in site_places(evidence.sites):
        if site.names[-1].endswith(word):
            return site, "site"
    owner = read_chain(fold(evidence.owner))
    if owner.names and owner.names[-1].endswith(word):
        return owner, "file of sources"
    return Chain(), ""


_OWN_BUREAU = re.compile(
    r"我局|全局(?![性观意])|本局|局党组|局机关|我厅|全厅|厅党组|厅机关|我委(?!员)|委党组|委机关|我院|院党组|我中心|全系统"
)


def _names_place(titles: Sequence[str]) -> bool:
    return any(place_of_title(title).names for title in titles)


def _bureau(evidence: Evidence) -> tuple[str, str] | None:
    """Return the department that speaks for itself, and where it is named.

    One that only issues the plan of its county speaks for the county: its title goes on to name the place, or its
    text says 全县 and never 我局.
    """
    own = len(_OWN_BUREAU.findall(evidence.body[:SCANNED]))
    for title in evidence.titles:
        body = leading_body(title)
        if body is None:
            continue
        rest = fold(title[len(body) :])
        issues = "印发" in rest
        if is_bureau(body) and fold(body) in rest:  # it issues what bears its own name
            return body, "title"
        if not is_bureau(body) or _names_place([rest]) or (issues and not own and self_word(evidence.body)):
            return None
        return body, "title"
    for source, name in evidence.issuers:
        if is_bureau(name):
            return (name, source) if own >= 2 and not _names_place(evidence.titles) else None
    return None


def read_jurisdiction(evidence: Evidence) -> Jurisdiction:
    """Return whose document it is; what cannot be told is None, with a note where a name was ambiguous."""
    bureau = _bureau(evidence)
    sources = [("body", bureau[1])] if bureau else []
    chain, source = _own_place(evidence)
    heads = [*evidence.titles, *(name for _, name in evidence.issuers)]
    if not chain.names and any(_CENTRE.match(fold(head)) or _MINISTRY.match(fold(head)) for head in heads):
        return Jurisdiction(
            level="national", body=bureau[0] if bureau else None, sources=(*sources, ("level", "title"))
        )
    if not chain.names:
        word = self_word(evidence.body)
        level: Level = "other"
        if word:
            level = _city_level(evidence.body, ()) if word == "市" else WORD_LEVELS[RANKS[word]]
            sources.append(("level", f"body: 全{word}"))
        return Jurisdiction(level=level, body=bureau[0] if bureau else None, sources=tuple(sources))
    located = _locate(chain, evidence)
    place = located.place
    if place:
        sources.append(("jurisdiction_code", located.source))
    sources += [("jurisdiction", source), ("level", "place list" if place else source)]
    return Jurisdiction(
        name=located.name,
        code=place.code if place else None,
        level=located.level,
        body=bureau[0] if bureau else None,
        sources=tuple(sources),
        notes=(f"行政区划代码未定：{located.reason}",) if located.reason else (),
        parents=located.parents,
        place_id=place.place_id if place else None,
        candidates=located.candidates,
    )
