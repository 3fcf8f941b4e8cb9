"""One address looked at: what its server answers, what we read there and by which sign, and a table for the sources.

Nothing is stored. At most robots.txt, the page, some lists that it leads to, page 2 and one article are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from rich.cells import cell_len

from pipeline.errors import InputError
from pipeline.files import file_type
from pipeline.parse.body import read_body
from pipeline.scrape.addresses import SCHEME, host_of, is_allowed, is_government, key_of
from pipeline.scrape.admission import Failed
from pipeline.scrape.asking import Asker, Tell
from pipeline.scrape.client import Client, FetchError
from pipeline.scrape.command import contact_of
from pipeline.scrape.families import families
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.proposal import expect_of, table_of
from pipeline.scrape.reading import ENOUGH_TEXT, ListRead, read_article, read_list_page
from pipeline.scrape.records import Column, ListError, Request, Row, View
from pipeline.scrape.relevance import Judgement
from pipeline.scrape.shown import kind_of, measure
from pipeline.scrape.sources import AUTO, DELAY_S, Source, read_sources
from pipeline.scrape.wording import ADVICE, FAMILIES, LABEL, VERDICTS, line, told_rule
from pipeline.scrape.work import request_key

FIRST_ROWS, MOST_ROWS = 5, 12  # rows shown: the first ones, and others that are wanted
MOST_STEPS = 6  # lists that a page without rows leads to, asked for until one has some
TIMEOUT_S = (10.0, 20.0)
MOST_SHOWN = 6  # blocks and columns
SENTENCES = 3  # of a text that is no list of titles
BESIDE = 10  # rows that may stand beside an article
ON_LOOPBACK_S = 0.05  # the delay where nobody else is asked


@dataclass(frozen=True, slots=True)
class Address:
    """What is to be looked at, and what is known before."""

    url: str
    contact: str = ""
    sources: Path | None = None  # where the site may be listed, with its delay and its place
    allow_loopback: bool = False


def examine(asked: Address, tell: Tell) -> str:
    """Look at an address, and tell what is found line by line, in Chinese.

    Returns:
        Why it is neither a list nor an article, with what can be done; "" where it is one.

    Raises:
        InputError: no address, no contact, an address on this machine that nothing allows, or wrong sources.
    """
    source, listed, contact = _source_of(asked)
    try:
        client = Client(
            contact=contact, allow_loopback=source.allow_loopback, connect=source.connect, timeout_s=TIMEOUT_S
        )
    except ValueError as error:
        raise InputError(str(error)) from error
    with client:
        look = _Look(source, listed, Asker(client, source, tell, source.allowed if listed else ()), tell)
        try:
            look.run()
        except (FetchError, Failed) as failure:
            outcome, detail = failure.outcome, failure.detail.rstrip(".。")
            return f"{outcome} {outcome.words}：{detail}。{ADVICE.get(outcome, '')}"
    return ""


def _source_of(asked: Address) -> tuple[Source, Source | None, str]:
    """Return what is known of an address as a source, the listed source of its site, and the contact to tell."""
    url = asked.url.strip()
    url = url if SCHEME.match(url) else f"https://{url}"
    host = host_of(url)
    if urlsplit(url).scheme.lower() not in ("http", "https"):
        raise InputError(f"expected an address of http or https, got {asked.url}")
    file = read_sources(asked.sources) if asked.sources else None
    own = [source for source in file.sources if is_allowed(host, source.allowed)] if file else []
    own.sort(key=lambda source: (key_of(source.entry) != key_of(url), host_of(source.entry) != host))
    listed = own[0] if own else None
    delay_s = ON_LOOPBACK_S if _is_local(host) else DELAY_S
    source = Source("", "", url, delay_s=delay_s)
    if listed and key_of(listed.entry) == key_of(url):
        source = replace(listed, entry=url)
    elif listed:  # another column of the same site
        of_site = ("place", "place_name", "level", "hosts", "delay_s", "weekly_requests", "allow_loopback", "connect")
        source = replace(source, **{name: getattr(listed, name) for name in of_site})
    if _is_local(host) and not (source.allow_loopback or asked.allow_loopback):
        raise InputError(
            f"expected a site on the internet, but {host} is this machine: pass --allow-loopback, or --sources with a "
            "file in which a source of this host says allow_loopback = true"
        )
    source = replace(source, allow_loopback=source.allow_loopback or asked.allow_loopback)
    return source, listed, contact_of(asked.contact or (file.contact if file else ""), [source])


def _is_local(host: str) -> bool:
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return name in ("localhost", "[::1]") or name.endswith(".localhost") or name.startswith("127.")


class _Look:
    """A look at one address; tells what it finds."""

    def __init__(self, source: Source, listed: Source | None, asker: Asker, tell: Tell) -> None:
        self._source, self._listed, self._asker, self._tell = source, listed, asker, tell
        self._doubts: list[str] = []

    def run(self) -> None:
        """Ask, read and tell.

        Raises:
            FetchError: no answer came.
            Failed: it is neither a list nor an article.
        """
        source = self._source
        self._say("网址", source.entry)
        if listed := self._listed:
            told = "" if source.id else "的另一个栏目，沿用其地区和间隔"
            self._say("来源", f"{listed.id} {listed.name}{told}，每次间隔{listed.delay_s:g}秒")
        view = self._asker.reach(source.entry)
        if urlsplit(source.entry).path.strip("/") and not urlsplit(view.url).path.strip("/"):
            self._doubts.append("给出的是栏目地址，却到了网站首页，原栏目可能已撤销或迁移")
        if kind_of(view) == "file":
            self._say("类型", f"单个文件（{self._type_of(view)}）")
            self._propose_article(view)
            return
        read = self._read(view, "")
        if read is None or _is_article(view, read):
            self._tell_article(view, Row(view.url, ""), is_open=True)
            self._propose_article(view)
            return
        self._tell_family(view, read)
        self._tell_list(view, read)

    def _say(self, label: str, words: str) -> None:
        self._tell(line(label, words))

    def _read(self, view: View, column: str) -> ListRead | None:
        """Read a page as a list; None for one without the signs of any that has an article.

        Raises:
            Failed: neither.
        """
        try:
            return read_list_page(view, self._source, column)
        except ListError as error:
            if kind_of(view) == "page" and _has_text(view):
                return None
            raise Failed(Outcome.UNKNOWN_LAYOUT, f"{error}{_seen(view)}") from error
        except InputError as error:
            raise Failed(Outcome.BROKEN_RESPONSE, str(error)) from error

    def _tell_family(self, view: View, read: ListRead) -> None:
        self._say("类型", f"{read.family}（{FAMILIES[read.family]}）：{read.sign or '没有其他特征'}")
        for name, family in families().items():
            if name not in (read.family, "generic") and (sign := family.recognise(view)):
                self._say("", f"另有 {name} 的特征：{sign}")
        if read.sign and self._source.family not in (AUTO, read.family):
            self._doubts.append(f"来源表写的类型是 {self._source.family}，与页面不符")

    def _tell_list(self, view: View, read: ListRead) -> None:
        """Tell of a list, of the page behind it and of one of its articles."""
        page, listing, columns = view, read.listing, read.columns
        family = read.family if read.sign else self._source.family
        is_split = bool(listing.blocks)
        if is_split:
            self._say("分块", f"本页另外指向{len(listing.blocks)}个列表，内容要单独请求")
            self._items([f"{_shown(each)}" for each in listing.blocks])
        if columns:
            self._say("栏目", f"本页{len(listing.columns)}个链接像栏目，可能有用的{len(columns)}个")
            self._items([_column(each, found) for each, found in columns])
        view, read = self._step_in(view, read) if not listing.rows else (view, read)
        listing = read.listing
        if not listing.rows and listing.total != 0:
            raise Failed(Outcome.NO_ROWS, f"按 {read.family} 读取，没有条目{_seen(view)}")
        self._tell_rows(read)
        judged = list(zip(listing.rows, read.judged, strict=True))
        self._tell_pages(read)
        if listing.next:
            judged += self._turn(view, read, listing.next)
        self._visit_article(view, judged)
        leads_on = any(judgement.verdict == "kept" for _, judgement in columns) or (view is not page and not is_split)
        if judged and all(judgement.verdict == "dropped" for _, judgement in judged):
            what = "采集时会进入上面标为“进入”的栏目" if leads_on else "请确认栏目是否合适"
            self._doubts.append(f"看过的{len(judged)}条都不应采集，{what}")
        expect = expect_of(read.listing, [judgement for _, judgement in judged], leads_on=leads_on)
        expect = self._source.expect if self._source.id else expect
        self._propose(replace(self._source, entry=page.url, family=family, expect=expect), page)

    def _step_in(self, view: View, read: ListRead) -> tuple[View, ListRead]:
        """Return the first list with rows that a page without rows leads to, the page itself where none has.

        As in a crawl, lists that a page names come first, then columns about the subject, then those that may be.
        """
        if read.columns and not read.listing.blocks:
            self._doubts.append("这是首页或目录页，采集时会进入其中的栏目；也可用上面一个栏目的网址作来源")
        todo, seen = _leads(view, read), {request_key(view.request)}
        for _ in range(MOST_STEPS):
            lead = next((lead for lead in todo if request_key(lead.request) not in seen), None)
            if lead is None:
                break
            seen.add(request_key(lead.request))
            self._say("进入", f"{lead.title or '列表'}  {_shown(lead.request)}")
            try:
                page = self._asker.open(lead.request, "list", lead.referer)
                found = self._read(page, lead.title)
            except (FetchError, Failed) as failure:
                self._say("", f"无法读取：{failure.outcome.words}，{failure.detail}")
                continue
            if found and (found.listing.rows or (found.listing.total == 0 and not lead.rank)):
                if found.family != read.family and found.sign:
                    self._tell_family(page, found)
                return page, found
            todo = sorted([*(_leads(page, found) if found else ()), *todo], key=lambda each: each.rank)
        return view, read

    def _tell_rows(self, read: ListRead) -> None:
        rows, judged = read.listing.rows, read.judged
        if not rows:
            self._say("条目", "本页没有条目" + ("，网站也说共0条" if read.listing.total == 0 else ""))
            return
        counts = "，".join(f"{word}{sum(one.verdict == name for one in judged)}条" for name, word in VERDICTS.items())
        cut, undated = sum(row.is_cut for row in rows), sum(row.published is None for row in rows)
        self._say("条目", f"{len(rows)}条：{counts}；标题不全{cut}条，日期不明{undated}条")
        pairs = list(zip(rows, judged, strict=True))
        others = [pair for pair in pairs[FIRST_ROWS:] if pair[1].verdict != "dropped"]
        shown = [*pairs[:FIRST_ROWS], *others][:MOST_ROWS]
        for row, judgement in shown:
            self._tell(_row(row, judgement))
        if len(rows) > len(shown):
            self._tell(f"  …… 另有{len(rows) - len(shown)}条")
        if undated == len(rows):
            self._doubts.append("所有条目都没有日期")

    def _tell_pages(self, read: ListRead) -> None:
        listing = read.listing
        said = "，".join(
            [
                *([f"共{listing.pages}页"] if listing.pages else []),
                *([f"共{listing.total}条"] if listing.total is not None else []),
            ]
        )
        following = f"下一页 {_shown(listing.next)}" if listing.next else "没有下一页"
        self._say("翻页", f"第{listing.page}页，{f'网站称{said}' if said else '网站未说明总数'}；{following}")
        if not listing.next and (listing.pages or 0) > listing.page:
            self._doubts.append(f"网站称共{listing.pages}页，却找不到第{listing.page + 1}页的地址")

    def _turn(self, view: View, read: ListRead, following: Request) -> list[tuple[Row, Judgement]]:
        """Ask for the page behind a list, and return the rows that are new on it."""
        number = read.listing.page + 1
        try:
            behind = self._read(self._asker.open(following, "list", view.url), "")
        except (FetchError, Failed) as failure:
            self._doubts.append(f"第{number}页无法读取：{failure.outcome.words}，{failure.detail}")
            return []
        found = list(zip(behind.listing.rows, behind.judged, strict=True)) if behind else []
        before = {key_of(row.url) for row in read.listing.rows}
        new = [pair for pair in found if key_of(pair[0].url) not in before]
        self._say(f"第{number}页", f"{len(found)}条，其中{len(new)}条第{number - 1}页没有")
        for row, judgement in new[:1]:
            self._tell(_row(row, judgement))
        if not new:
            why = f"与第{number - 1}页相同，翻页无效" if found else "没有条目"
            self._doubts.append(f"第{number}页{why}")
        return new

    def _visit_article(self, view: View, judged: Sequence[tuple[Row, Judgement]]) -> None:
        """Open one article, a wanted one where there is one."""
        order = list(VERDICTS)
        at_home = [pair for pair in judged if is_allowed(host_of(pair[0].url), self._source.allowed)]
        chosen = min(at_home, key=lambda pair: order.index(pair[1].verdict), default=None)
        if away := len(judged) - len(at_home):
            self._doubts.append(f"{away}条链接到其他网站，不采集（如确属该单位，在 hosts 中写明）")
        if chosen is None:
            return
        row, judgement = chosen
        kind = "" if judgement.verdict != "dropped" else "（没有应采集的条目，以第一条为例）"
        self._say("文章", f"{row.title or row.url}{kind}")
        try:
            article = self._asker.open(Request(row.url), "article", view.url)
            self._tell_article(article, row, is_open=judgement.verdict == "doubtful")
        except (FetchError, Failed) as failure:
            self._doubts.append(f"文章 {row.url} 无法读取：{failure.outcome.words}，{failure.detail}")

    def _tell_article(self, view: View, row: Row, *, is_open: bool) -> None:
        """Tell what is read in an article."""
        if kind_of(view) == "file":
            self._say("", f"条目直接指向文件（{self._type_of(view)}）")
            return
        try:
            article = read_article(view, row, self._source, "", is_open=is_open)
        except InputError as error:
            raise Failed(Outcome.BROKEN_RESPONSE, str(error)) from error
        body = read_body(view.text)
        if not article.title or article.title != row.title:
            self._say("标题", article.title or "没有找到")
        if judgement := article.judgement:
            self._say("判断", f"{VERDICTS[judgement.verdict]}  [{' '.join(judgement.words)}]")
            if not row.title and judgement.verdict != "kept":
                self._doubts.append("按题目和正文不像法治政府建设文件；列为单篇来源后仍会采集")
        self._say("正文", f"{len(body.text)}字，{told_rule(body.rule)}" if body.text else "没有正文文字")
        names = {"further page": "续页", "attachment": "附件", "picture": "图片"}
        for link in article.links[:MOST_SHOWN]:
            self._say(names[link.role], f"{link.text}  {link.href}")
        if not article.links:
            self._say("附件", "没有")
        if not body.text and not article.links:
            self._doubts.append(f"{view.url} 既没有正文也没有附件")

    def _type_of(self, view: View) -> str:
        try:
            return file_type(view.content, view.url)
        except InputError as error:
            self._doubts.append(f"这种文件采集后也不能读取：{error}")
            return "不能读取"

    def _items(self, told: Sequence[str]) -> None:
        for each in told[:MOST_SHOWN]:
            self._say("", each)
        if len(told) > MOST_SHOWN:
            self._say("", f"…… 另有{len(told) - MOST_SHOWN}个")

    def _propose_article(self, view: View) -> None:
        self._propose(replace(self._source, entry=view.url, kind="article", expect=(1, 1)), view)

    def _propose(self, source: Source, view: View) -> None:
        """Tell the doubts, and the table."""
        for doubt in self._doubts:
            self._say("注意", doubt)
        if not is_government(host_of(source.entry)) and not source.allow_loopback:
            self._say("注意", f"{host_of(source.entry)} 不是 gov.cn 域名，须核实是否官方网站")
        what = "单篇文件" if source.kind == "article" else "栏目"
        self._say("结论", f"这是可以读取的{what}。核对后把下表粘贴到来源文件：")
        self._tell("")
        self._tell(table_of(replace(source, visited=True), view))


@dataclass(frozen=True, slots=True)
class _Lead:
    """A list that a page leads to."""

    rank: int  # 0 named by the page as a list of its own, 1 about the subject, 2 perhaps
    title: str
    request: Request
    referer: str


def _leads(view: View, read: ListRead) -> list[_Lead]:
    frames = [column.request for column in read.listing.columns if not column.title]
    named = [_Lead(0, "", request, view.url) for request in (*read.listing.blocks, *frames)]
    ranked = [(1 if judgement.verdict == "kept" else 2, column) for column, judgement in read.columns if column.title]
    return [*named, *(_Lead(rank, column.title, column.request, view.url) for rank, column in ranked)]


def _row(row: Row, judgement: Judgement) -> str:
    verdict = VERDICTS[judgement.verdict]
    day = row.published.isoformat() if row.published else "日期不明  "
    cut = "（标题不全）" if row.is_cut else ""
    blank = " " * (LABEL - cell_len(verdict))
    return f"  {verdict}{blank}{day}  {row.title or row.url}{cut}  [{' '.join(judgement.words)}]"


def _column(column: Column, judgement: Judgement) -> str:
    deed = "进入" if judgement.verdict == "kept" else "备选"
    return f"{deed}  {column.title}  [{' '.join(judgement.words)}]  {_shown(column.request)}"


def _shown(request: Request) -> str:
    form = "&".join(f"{name}={value}" for name, value in request.form)
    return f"{request.url}{f'（POST {form}）' if request.method == 'POST' else ''}"


def _has_text(view: View) -> bool:
    """Say whether a page has an article: by the official meta tags, or sentences in a known place."""
    if measure(view).is_article:
        return True
    body = read_body(view.text)
    return body.rule != "no text" and len(body.text) >= ENOUGH_TEXT and body.text.count("。") >= SENTENCES


def _is_article(view: View, read: ListRead) -> bool:
    """Say whether a page is an article, though rows may stand beside it."""
    listing = read.listing
    if listing.next or listing.blocks or listing.pages or kind_of(view) != "page":
        return False
    if measure(view).is_article:
        return True
    return len(listing.rows) <= BESIDE and not read_body(view.text).rule.startswith("density") and _has_text(view)


def _seen(view: View) -> str:
    """Say what a page that is no list shows instead."""
    if kind_of(view) != "page":
        return f"；返回的内容以“{' '.join(view.text[:60].split())}”开头"
    shown = measure(view)
    hints = "，地址中 # 之后的部分只有浏览器能看到" if "#/" in view.request.url else ""
    return f"；页面标题“{shown.title}”，{len(shown.links)}个链接，{shown.size}个字{hints}"
