"""What a page says about its document outside the body: title, number, dates, issuer, place, kind and year."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.parse.jurisdiction import (
    Evidence,
    Jurisdiction,
    name_owner,
    place_of_title,
    read_jurisdiction,
    site_places,
)
from pipeline.parse.kinds import read_kind
from pipeline.parse.signing import NOT_ISSUERS, Signature, find_signatures, leading_body, read_date
from pipeline.parse.titles import TitleBlock, clean_title, is_cut_off, read_doc_number, read_title_block
from pipeline.parse.years import read_year_of
from pipeline.records import Kind, Level, Listed
from pipeline.text import fold, squeeze


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label with its value, as a metadata table, a meta tag or an info line has it."""

    label: str  # without blanks inside and without the colon: 索引号, 发文机关, 成文日期, PubDate
    value: str
    source: str  # where it stood: 'meta tag', 'header table', 'info line'


@dataclass(frozen=True, slots=True)
class Clues:
    """Everything about a page that is not the body of its document, and the body itself."""

    labelled: tuple[Labelled, ...] = ()
    title_lines: tuple[str, ...] = ()  # the title block in order, with a centred document number and a second title
    site_lines: tuple[str, ...] = ()  # site name, breadcrumb and footer lines that were cut
    tail_lines: tuple[str, ...] = ()  # lines cut after the body: 抄送, 印发, contact, neighbours, editor
    body: str = ""  # the canonical text: addressee, body, signature
    name: str = ""  # file name or URL; evidence of last resort
    url: str | None = None
    links: tuple[str, ...] = ()  # texts of the links to its parts; evidence of last resort
    listed: Listed = field(default_factory=Listed)  # what a list said of the page, for what the page itself does not


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata fields of a Document, and where each was read."""

    title: str | None = None
    kind: Kind = "other"
    year: int | None = None
    jurisdiction: str | None = None
    jurisdiction_code: str | None = None
    level: Level = "other"
    body: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    index_number: str | None = None
    written: date | None = None
    issued: date | None = None
    published: date | None = None
    sources: Mapping[str, str] = field(default_factory=dict)  # field -> where it was read
    notes: tuple[str, ...] = ()  # conflicts and doubts, in Chinese
    conflicts: tuple[str, ...] = ()  # fields for which two places disagree
    place: Jurisdiction = field(default_factory=Jurisdiction)


# --- labels ----------------------------------------------------------------------------------------------------------

# Field -> its labels on the sites of governments, best first. A weak label gives way to what the document itself says:
# a CMS fills 发布机构 with the office that uploaded the page, and 生成日期 with the day on which it did.
_LABELS: Mapping[str, str] = {
    "title": "标题 文件标题 信息标题 名称 信息名称 文件名称 题名",
    "page title": "ArticleTitle title",
    "doc_number": "发文字号 文号 发文文号 文件编号 文件字号 公文字号 文件号 文书号 refno fileNum",
    "index_number": "索引号 信息索引号 索引编号 信息索引 公开索引号 indexnumber",
    "issuer": "发文机关 发文机构 制发机关 制发机构 发文单位 制发单位 发文部门 成文单位",
    "publisher": "发布机构 发布机关 发布单位 公开机构 信息发布机构 公开责任部门 责任部门 公开单位 发布部门 "
    "publisher publishunit",
    "origin": "来源 信息来源 文章来源 稿件来源 内容来源 ContentSource Source",
    "written": "成文日期 成文时间 签发日期 签署日期 writedate",
    "generated": "发文日期 发文时间 生成日期 生成时间 制发日期",
    "issued": "印发日期 印发时间",
    "published": "发布日期 发布时间 公开日期 公开时间 发表时间 信息发布日期 上网日期 PubDate publishdate PUBLISHTIME "
    "publishedtime firstpublishedtime 发表日期 日期 时间 上传时间 上传日期 添加时间 添加日期 录入时间 录入日期 "
    "更新日期 更新时间",
    "site": "SiteName 网站名称",
    "site code": "SiteIDCode 网站标识码",
}
_FIELD_OF = {
    label.lower(): (name, rank) for name, labels in _LABELS.items() for rank, label in enumerate(labels.split())
}
_SOURCE_RANK = ("header table", "content tag", "meta tag", "info line", "title tag")  # most carefully filled first
_EMPTY = re.compile(r"[\s无空暂/\\—_*.-]*|null|undefined|未知|不详|暂无", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Value:
    """A labelled value and where it stood, such as 'header table: 成文日期'."""

    text: str
    source: str


def _values(clues: Clues, name: str) -> list[_Value]:
    """Return the values of a field that say something, the best first."""
    found: list[tuple[int, int, _Value]] = []
    for item in clues.labelled:
        label = "".join(fold(item.label).split()).rstrip(":")
        field_name, rank = _field_of(item.label)
        if field_name == name and not _EMPTY.fullmatch(fold(item.value)):
            source = _SOURCE_RANK.index(item.source) if item.source in _SOURCE_RANK else len(_SOURCE_RANK)
            value = _Value(" ".join(item.value.split()), f"{item.source}: {label}")
            found.append((source, rank, value))
    return [value for _, _, value in sorted(found, key=lambda row: row[:2])]


@dataclass(frozen=True, slots=True)
class _Draft:
    """The page, what its title block and signature say, and what has been noted about it so far."""

    clues: Clues
    block: TitleBlock
    titles: tuple[_Value, ...]
    signature: Signature | None
    sources: dict[str, str]
    notes: list[str]
    foreign: bool  # the meta tags are those of another place's site
    conflicts: list[str] = field(default_factory=list)


_HOST = re.compile(r"主办|承办|版权|网站标识码|备案|运维|维护")


def _host_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines by which a site says whose it is."""
    return [line for line in lines if _HOST.search(line)]


def _own_table(clues: Clues) -> Clues:
    """Return *clues* without the metadata tables of other documents: a list beside the article has one for each.

    The table whose title is that of the page is its own; where none is, no table with a title counts.
    """
    tables: list[list[Labelled]] = [[]]
    for item in clues.labelled:
        if item.source == "header table" and _field_of(item.label)[0] == "title" and any(map(_is_titled, tables[-1])):
            tables.append([])
        tables[-1].append(item)
    if len(tables) == 1:
        return clues
    page = [squeeze(title) for title in clues.title_lines]
    page += [squeeze(item.value) for item in clues.labelled if _field_of(item.label)[0] == "page title"]
    own: list[Labelled] = []
    for table in tables:
        title = next(squeeze(item.value) for item in table if _is_titled(item))
        is_own = any(title in other or other in title for other in page if len(other) > SHORT_TITLE)
        own += [item for item in table if is_own or item.source != "header table"]
    return replace(clues, labelled=tuple(own))


SHORT_TITLE = 6  # characters; 通知 alone tells no two documents apart


def _is_titled(item: Labelled) -> bool:
    return item.source == "header table" and _field_of(item.label)[0] == "title"


def _field_of(label: str) -> tuple[str, int]:
    return _FIELD_OF.get("".join(fold(label).split()).rstrip(":").lower(), ("", 0))


def _is_foreign(clues: Clues, titles: Sequence[_Value]) -> bool:
    """Say whether the meta tags name the site of another place, which is none above the document's own.

    A site that its own footer names as well only shows the document of a place above it.
    """
    owners = list(site_places([value.text for value in _values(clues, "site")]))
    shown = {chain.names[-1] for chain in site_places(_host_lines(clues.site_lines))}
    if any(owner.names[-1] in shown for owner in owners):
        return False
    own = next((chain for title in titles if (chain := place_of_title(title.text)).names), None)
    if not owners or own is None:
        return False
    stems = {name[:2] for owner in owners for name in owner.names}  # a county that became a city keeps its stem
    return not stems & {name[:2] for name in own.names} and own.ranks[-1] <= min(owner.ranks[-1] for owner in owners)


# --- title and number ------------------------------------------------------------------------------------------------

_DOCUMENT_WORDS = re.compile(r"法治|依法|普法|方案|报告|总结|要点|计划|纲要|规划|通知|意见|安排|汇报")


LIST_ROW = "list row"
_FILE_END = re.compile(r"\.[A-Za-z]{2,5}\s*$")


def _find_titles(clues: Clues, block: TitleBlock) -> tuple[_Value, ...]:
    """Return the titles of the page, the best first: its table, block, meta tags, file name; else that on its list."""
    table = [value for value in _values(clues, "title") if not is_cut_off(value.text)]
    page = [value for value in _values(clues, "page title") if not is_cut_off(value.text)]
    found = [_Value(clean_title(value.text), value.source) for value in table]
    found += [_Value(title, "title block") for title in block.titles]
    for value in page:
        title = clean_title(value.text)
        if _DOCUMENT_WORDS.search(title):  # a title tag may hold the name of the site alone
            found.append(_Value(title, value.source))
    stem = clues.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if not found and _DOCUMENT_WORDS.search(stem) and "//" not in clues.name:
        found.append(_Value(clean_title(stem), "file name"))
    if not found and not is_cut_off(clues.listed.title):
        found.append(_Value(clean_title(clues.listed.title), LIST_ROW))
        found = [value for value in found if value.text]
    for link in () if found else clues.links:
        name = _FILE_END.sub("", link.rsplit("/", 1)[-1])
        if _DOCUMENT_WORDS.search(name) and not is_cut_off(name):
            found.append(_Value(clean_title(name), "link text"))
    found = [value for value in found if value.text]
    for value in found[1:]:  # the block has the issuer before the words that the table has
        if found[0].source != "title block" and value.source == "title block":
            whole, part = squeeze(value.text), squeeze(found[0].text)
            if whole.endswith(part) and whole != part:
                found.insert(0, value)
                break
    first: dict[str, _Value] = {}
    for value in found:
        first.setdefault(squeeze(value.text), value)
    return tuple(first.values())


def _read_number(draft: _Draft) -> str | None:
    """Return the document's own number; one that the body cites is never read."""
    first_line = next((line for line in draft.clues.body.splitlines() if line.strip()), "")
    found = [_Value(number, "title block") for number in (draft.block.doc_number,) if number]
    for value in _values(draft.clues, "doc_number"):
        if number := _number_in(value.text):
            found.append(_Value(number, value.source))
        else:
            draft.notes.append(f"文号未能识别：{value.text[:40]}")
    if number := read_doc_number(first_line):
        found.append(_Value(number, "body"))
    if not found and (number := _number_in(draft.clues.listed.number)):
        found.append(_Value(number, LIST_ROW))
    _note_conflict(draft, "doc_number", "发文字号", [(value.source, value.text) for value in found])
    if not found:
        return None
    draft.sources["doc_number"] = found[0].source
    return found[0].text


def _number_in(cell: str) -> str | None:
    """Return the number that a cell holds, with or without 号, alone or among other words."""
    return next(filter(None, map(read_doc_number, (cell, f"{cell}号", *cell.split()))), None)


def _note_conflict(draft: _Draft, name: str, what: str, found: Sequence[tuple[str, str]]) -> None:
    """Note where two places on the page disagree about one field."""
    values = {squeeze(value): (source, value) for source, value in reversed(found)}
    if len(values) > 1:
        said = "，".join(f"{_PLACES.get(source.split(':')[0], source)}{value}" for source, value in found)
        draft.notes.append(f"{what}两处不一致：{said}")
        draft.conflicts.append(name)


_PLACES = {
    "header table": "表头",
    "meta tag": "网页标记",
    "content tag": "网页标记",
    "info line": "信息栏",
    "signature": "落款",
    "title block": "标题下",
    "title": "标题",
    "body": "正文",
}


# --- issuer ----------------------------------------------------------------------------------------------------------


def _choose_signature(clues: Clues, titles: Sequence[_Value]) -> Signature | None:
    """Return the signature that counts: of a notice the first, before the plan that it issues; else the last."""
    found = list(find_signatures(clues.body)) or list(find_signatures("\n".join(clues.tail_lines)))
    signed = [signature for signature in found if signature.bodies] or found
    if not signed:
        return None
    is_notice = any(fold(title.text).rstrip(")》 ").endswith("通知") for title in titles)
    return signed[0] if is_notice else signed[-1]


_GOVERNMENT = "人民政府"


def _own_name(name: str) -> str:
    """Return *name* without what a page ran into it: 云岚县人民政府政策文件云岚县人民政府办公室 ends in the issuer.

    Bodies that issue together stand apart, by a blank.
    """
    parts = []
    name = name.rsplit("文件", 1)[-1].strip() or name  # the column of the site: 省政府文件, 政策文件
    for part in name.split(" "):
        first, named, _ = part.partition(_GOVERNMENT)
        again = part.rfind(first + _GOVERNMENT) if named and first else 0
        parts.append(part[again:] if again > 0 else part)
    return " ".join(parts)


def _fullest(value: _Value, others: Sequence[_Value]) -> _Value:
    """Return the fullest form of a name: 云岚县司法局 for the 县司法局 that the table has."""
    longer = [other for other in others if squeeze(other.text).endswith(squeeze(value.text))]
    return max([value, *longer], key=lambda item: len(squeeze(item.text)))


def _read_issuer(draft: _Draft) -> tuple[str | None, list[tuple[str, str]]]:
    """Return the issuer, and every body named as one with its source, the best first."""
    table = [value for value in _values(draft.clues, "issuer") if _can_issue(value.text)]
    own = [_Value(" ".join(draft.signature.bodies), "signature")] if draft.signature and draft.signature.bodies else []
    named = [body for title in draft.titles if (body := leading_body(title.text)) and not _SITE_IN_NAME.search(body)]
    own += [_Value(_own_name(body), "title") for body in named]
    own += [_Value(body, "title block") for body in (*draft.block.mastheads, *draft.block.bodies)]
    publisher = [value for value in _values(draft.clues, "publisher") if _can_issue(value.text)]
    origin = [value for value in _values(draft.clues, "origin") if _is_government(value.text)]
    found = [*table, *own, *publisher, *origin]
    listed = " ".join(draft.clues.listed.publisher.split())
    if not found and listed and not _EMPTY.fullmatch(fold(listed)) and _can_issue(listed):
        found = [_Value(listed, LIST_ROW)]
    if not found:
        return None, []
    chosen = _fullest(found[0], found[1:])
    if table and own:
        signed = _fullest(own[0], found)
        _note_conflict(draft, "issuer", "发文机关", [(chosen.source, chosen.text), (signed.source, signed.text)])
    draft.sources["issuer"] = chosen.source
    return chosen.text, [(value.source, value.text) for value in [chosen, *found]]


_SITE_IN_NAME = re.compile(r"网|[-_|>]")  # a title tag that begins with the site
_NO_BODY = re.compile(r"[\d*×]|报告|通知|方案|总结|要点")  # the next line of the page, taken for an empty value
_LONGEST_ISSUER = 60  # characters; several bodies may issue together


def _can_issue(value: str) -> bool:
    return len(value) <= _LONGEST_ISSUER and not NOT_ISSUERS.search(value) and not _NO_BODY.search(fold(value))


_GOVERNMENT_ENDS = ("人民政府", "管委会", "管理委员会", "街道办事处")


def _is_government(body: str) -> bool:
    """Say whether the origin of a page can have issued its document: a bureau mostly has just sent it in."""
    return fold(body).strip().endswith(_GOVERNMENT_ENDS)


# --- dates -----------------------------------------------------------------------------------------------------------

_URL_DATE = re.compile(
    r"/t?(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?:[_/.]|\d{6}_)"
    r"|/(?P<year2>(?:19|20)\d\d)[-/]?(?P<month2>1[0-2]|0?[1-9])[-/](?P<day2>[0-3]?\d)/"
)
_ISSUED = re.compile(r"印\s*发\s*$")


def _dates(draft: _Draft, name: str) -> list[tuple[str, date]]:
    values = [value for value in _values(draft.clues, name) if not (draft.foreign and value.source.startswith("meta "))]
    return [(value.source, day) for value in values if (day := read_date(value.text))]


def _take_date(draft: _Draft, name: str, what: str, found: Sequence[tuple[str, date]]) -> date | None:
    """Return the first of the dates found for a field, and note where others differ."""
    if not found:
        return None
    _note_conflict(draft, name, what, [(source, day.isoformat()) for source, day in found])
    draft.sources[name] = found[0][0]
    return found[0][1]


def _read_written(draft: _Draft) -> date | None:
    found = _dates(draft, "written")
    if draft.signature and draft.signature.date:
        found.append(("signature", draft.signature.date))
    if draft.block.written:
        found.append(("title block", draft.block.written))
    return _take_date(draft, "written", "成文日期", found or _dates(draft, "generated")[:1])


def _read_issued(draft: _Draft) -> date | None:
    found = _dates(draft, "issued")
    lines = [*draft.clues.tail_lines, *draft.clues.body.splitlines()[-5:]]
    found += [("tail", day) for line in lines if _ISSUED.search(fold(line)) and (day := read_date(line))]
    return _take_date(draft, "issued", "印发日期", found)


def _read_published(draft: _Draft, written: date | None) -> date | None:
    """Return the day on which the page went up: as it says, else as its list says, and last the date in its address.

    Source: the order in which these hold on sites that have moved, where the address has the day of the move.
    """
    found = _dates(draft, "published")
    if draft.block.published:
        found.append(("title block", draft.block.published))
    if found:
        if written and found[0][0].startswith("meta tag"):
            # A site that moves stamps its pages anew, so the day nearer behind the writing is the first one.
            found.sort(key=lambda row: (row[1] < written, abs(row[1] - written)))
        return _take_date(draft, "published", "发布日期", found)
    if draft.clues.listed.published:
        return _take_date(draft, "published", "发布日期", [(LIST_ROW, draft.clues.listed.published)])
    match = _URL_DATE.search(draft.clues.url or "")
    day = read_date("-".join(part for part in match.groups() if part)) if match else None
    if day:
        draft.notes.append("发布日期取自网址，网站迁移时可能改变")
    return _take_date(draft, "published", "发布日期", [("url", day)] if day else [])


# --- together --------------------------------------------------------------------------------------------------------


def _read_place(
    draft: _Draft, issuers: Sequence[tuple[str, str]], doc_number: str | None, year: int | None
) -> Jurisdiction:
    clues = draft.clues
    sites = [value.text for value in _values(clues, "site")] + list(clues.site_lines)
    codes = [f"网站标识码:{value.text}" for value in _values(clues, "site code")]
    found = read_jurisdiction(
        Evidence(
            titles=[title.text for title in draft.titles],
            issuers=issuers,
            body=clues.body,
            sites=sites,
            others=[*clues.tail_lines, *codes, *(item.value for item in clues.labelled)],
            doc_number=doc_number,
            year=year,
            owner=name_owner(clues.listed),
        )
    )
    draft.sources.update(found.sources)
    draft.notes.extend(found.notes)
    return found


_LEVEL_RANKS: Mapping[Level, int] = {
    "national": 0,
    "province": 1,
    "prefecture": 2,
    "county": 3,
    "other": 4,
    "township": 5,
}


def _note_repost(draft: _Draft, place: Jurisdiction, issuer: str | None) -> None:
    """Note a page that shows the document of another place, unless that place lies under the site's own."""
    # What a site says of itself counts before its menus, which link to the governments above it.
    sites = [value.text for value in _values(draft.clues, "site")] + _host_lines(draft.clues.site_lines)
    chains = list(site_places(sites)) or list(site_places(draft.clues.site_lines))
    chains = chains or list(site_places([name_owner(draft.clues.listed)]))
    if not chains or not place.name:
        return
    owner = chains[0]
    if any(place.name in chain.names or chain.names[-1][:2] == place.name[:2] for chain in chains):
        return
    if _LEVEL_RANKS[place.level] <= owner.ranks[-1]:
        draft.notes.append(f"转载：发文机关为{issuer or place.name}，网站为{owner.names[-1]}")


def read_metadata(clues: Clues) -> Metadata:
    """Return what *clues* say about the document; a field without evidence stays None."""
    clues = _own_table(clues)
    block = read_title_block(clues.title_lines)
    titles = _find_titles(clues, block)
    foreign = _is_foreign(clues, titles)
    draft = _Draft(clues, block, titles, _choose_signature(clues, titles), {}, [], foreign)
    if foreign:
        draft.notes.append("网页标记属于其他地方的网站，其中的日期未采用")
    if titles:
        draft.sources["title"] = titles[0].source
    number = _read_number(draft)
    index = next((value for value in _values(clues, "index_number")), None)
    if not index and clues.listed.index_number.strip():
        index = _Value(clues.listed.index_number, LIST_ROW)
    if index:
        draft.sources["index_number"] = index.source
    issuer, issuers = _read_issuer(draft)
    written, issued = _read_written(draft), _read_issued(draft)
    published = _read_published(draft, written)
    names = [title.text for title in titles]
    kind, kind_why = read_kind(names, clues.body)
    numbered = re.search(r"〔(\d{4})〕", number or "")
    year, year_why = read_year_of(
        names,
        clues.body,
        kind,
        (
            ("written", written),
            ("issued", issued),
            ("doc_number", date(int(numbered[1]), 1, 1) if numbered else None),
            ("published", published if draft.sources.get("published") != "url" else None),
        ),
    )
    draft.sources.update({name: why for name, why in (("kind", kind_why), ("year", year_why)) if why})
    place = _read_place(draft, issuers, number, year)
    _note_repost(draft, place, issuer)
    return Metadata(
        title=names[0] if names else None,
        kind=kind,
        year=year,
        jurisdiction=place.name,
        jurisdiction_code=place.code,
        level=place.level,
        body=place.body,
        issuer=issuer,
        doc_number=number,
        index_number="".join(index.text.split()) if index else None,
        written=written,
        issued=issued,
        published=published,
        sources=dict(sorted(draft.sources.items())),
        notes=tuple(draft.notes),
        conflicts=tuple(draft.conflicts),
        place=place,
    )
