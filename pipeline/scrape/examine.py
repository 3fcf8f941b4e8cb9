"""One address looked at: what its server answers, what we read there and by which sign, and a table for the sources.

Asks as a crawl does (robots.txt first, one request at a time, the delay kept, each hop of a redirect checked) and stores
nothing: robots.txt, the page, the lists that it only names, page 2 and one article are all that is asked for.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from rich.cells import cell_len

from pipeline.errors import InputError
from pipeline.files import file_type
from pipeline.parse.body import read_body
from pipeline.scrape.addresses import SCHEME, host_of, is_allowed, is_government, key_of
from pipeline.scrape.charsets import CHARSET, DECLARED_WITHIN
from pipeline.scrape.client import Client, FetchError, Response
from pipeline.scrape.command import contact_of
from pipeline.scrape.families import families
from pipeline.scrape.filing import foreign
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.proposal import guess_source, table_of
from pipeline.scrape.reading import ENOUGH_TEXT, ListRead, read_article, read_list_page, titles_of
from pipeline.scrape.records import ListError, Request, Row, View
from pipeline.scrape.relevance import Judgement, judge_article
from pipeline.scrape.robots import Robots
from pipeline.scrape.shells import Wanted, find_jump, find_shell
from pipeline.scrape.shown import kind_of, measure
from pipeline.scrape.sources import Source, read_sources
from pipeline.scrape.wording import ADVICE, FAMILIES, VERDICTS
from pipeline.scrape.work import unit_of
from pipeline.scrape.worker import ABSENT, MOST_HOPS, TOO_MANY, Failed

Tell = Callable[[str], None]

FIRST_ROWS, MOST_ROWS = 5, 12  # rows shown: the first ones, and others that are wanted
MOST_BLOCKS = 3  # lists that the page only names, asked for until one has rows
MOST_SHOWN = 6  # blocks and columns
SENTENCES = 3  # of a text that is no list of titles
BESIDE = 10  # rows that may stand beside an article
ON_LOOPBACK_S = 0.05  # the delay where nobody else is asked
LABEL = 8  # columns of the terminal


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
    source, contact = _source_of(asked)
    try:
        client = Client(contact=contact, allow_loopback=source.allow_loopback, connect=source.connect)
    except ValueError as error:
        raise InputError(str(error)) from error
    with client:
        look = _Look(source, _Asker(client, source, tell), tell)
        try:
            look.run()
        except (FetchError, Failed) as failure:
            return f"{failure.outcome.words}（{failure.outcome}）：{failure.detail}{_advised(failure.outcome)}"
    return ""


def _advised(outcome: Outcome) -> str:
    return f"。{ADVICE[outcome]}" if outcome in ADVICE else ""


def _source_of(asked: Address) -> tuple[Source, str]:
    """Return the source that an address belongs to, made up where the file lists none, and the contact to tell."""
    url = asked.url.strip()
    url = url if SCHEME.match(url) else f"https://{url}"
    host = host_of(url)
    if urlsplit(url).scheme.lower() not in ("http", "https"):
        raise InputError(f"expected an address of http or https, got {asked.url}")
    listed = read_sources(asked.sources) if asked.sources else None
    own = [source for source in listed.sources if is_allowed(host, source.allowed)] if listed else []
    own.sort(key=lambda source: (key_of(source.entry) != key_of(url), host_of(source.entry) != host))
    if own:
        source = replace(own[0], entry=url)
    elif asked.allow_loopback:
        source = Source("", "", url, allow_loopback=True, delay_s=ON_LOOPBACK_S if _is_local(host) else 1.0)
    else:
        source = Source("", "", url)
    if _is_local(host) and not (source.allow_loopback or asked.allow_loopback):
        raise InputError(
            f"expected a site on the internet, but {host} is this machine: pass --allow-loopback, or --sources with a "
            "file in which a source of this host says allow_loopback = true"
        )
    source = replace(source, allow_loopback=source.allow_loopback or asked.allow_loopback)
    return source, contact_of(asked.contact or (listed.contact if listed else ""), [source])


def _is_local(host: str) -> bool:
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return name in ("localhost", "[::1]") or name.endswith(".localhost") or name.startswith("127.")


class _Asker:
    """Asks politely for one page after the other, and tells of each answer."""

    def __init__(self, client: Client, source: Source, tell: Tell) -> None:
        self._client, self._source, self._tell = client, source, tell
        self._robots: dict[str, Robots] = {}
        self._asked = float("-inf")

    def reach(self, url: str) -> View:
        """Return the page at an address, or at its twin by https or http, with or without www, where that answers.

        Raises:
            FetchError: none answers.
            Failed: what answers is no page to read.
        """
        failure: FetchError | None = None
        for variant in _variants(url):
            if failure:
                self._tell(line("改试", variant))
            try:
                return self.open(Request(variant), "list")
            except FetchError as error:
                failure = failure or error
                if error.outcome not in (Outcome.UNREACHABLE, Outcome.TLS):
                    raise
                self._tell(line("", f"{error.outcome.words}：{error.detail}"))
        assert failure is not None
        raise failure

    def open(self, request: Request, wanted: Wanted, referer: str = "") -> View:
        """Return what a request leads to.

        Raises:
            FetchError: no answer came.
            Failed: robots.txt forbids it, it leads elsewhere, or it is no page to read.
        """
        for _ in range(MOST_HOPS):
            if not self._rules(request.url).allows(request.url):
                raise Failed(Outcome.ROBOTS, f"robots.txt 不允许访问 {request.url}")
            response = self._send(request, referer)
            if response.is_redirect:
                request = self._hop(request, response.location, f"状态码{response.status}")
                continue
            view = response.view
            self._tell(line("访问", _answer(response, view)))
            target = _judge(view, response, wanted, self._named)
            if not target:
                return view
            request = self._hop(request, target, "网页自动")
        raise Failed(Outcome.REDIRECT_LOOP, f"跳转超过{MOST_HOPS}次：{request.url}")

    @property
    def _named(self) -> Sequence[str]:
        """Hosts that the file of sources vouches for."""
        return self._source.allowed if self._source.id else ()

    def _hop(self, request: Request, target: str, how: str) -> Request:
        self._tell(line("跳转", f"{how}跳转到 {target}"))
        if not is_allowed(host_of(target), self._source.allowed):
            raise Failed(foreign(target), f"跳转到 {target}，与 {host_of(self._source.entry)} 不是同一网站")
        return replace(request, url=target) if request.method == "GET" else Request(target, family=request.family)

    def _send(self, request: Request, referer: str = "") -> Response:
        robots = self._robots.get(unit_of(request.url))
        delay = max(self._source.delay_s, (robots.delay_s if robots else None) or 0.0)
        time.sleep(max(0.0, self._asked + delay - time.monotonic()))
        try:
            return self._client.fetch(request, referer=referer)
        finally:
            self._asked = time.monotonic()

    def _rules(self, url: str) -> Robots:
        """Return the rules of a host, asked for once."""
        unit = unit_of(url)
        if unit in self._robots:
            return self._robots[unit]
        parts = urlsplit(url)
        request = Request(f"{parts.scheme}://{parts.netloc}/robots.txt")
        for _ in range(MOST_HOPS):
            response = self._send(request)
            if not response.is_redirect or unit_of(response.location) != unit:
                break
            request = Request(response.location)
        robots = Robots.read(response.content, response.status)
        if robots.is_closed:
            raise Failed(Outcome.SERVER_ERROR, f"robots.txt 返回状态码{response.status}，因此暂不访问该网站")
        self._robots[unit] = robots
        told = "有规则" if robots.rules else "没有，不限制"
        told += f"，要求每次间隔{robots.delay_s:g}秒" if robots.delay_s else ""
        told += "".join(f"，站点地图 {url}" for url in robots.sitemaps[:1])
        self._tell(line("robots", f"{request.url} {told}（状态码{response.status}）"))
        return robots


def _variants(url: str) -> Iterator[str]:
    """Yield an address and its twins; one with a port of its own or a number for a name has none."""
    yield url
    parts = urlsplit(url)
    if parts.port or not parts.netloc.strip("0123456789.[]:"):
        return
    scheme = "http" if parts.scheme == "https" else "https"
    netloc = parts.netloc.removeprefix("www.") if parts.netloc.startswith("www.") else f"www.{parts.netloc}"
    yield urlunsplit(parts._replace(scheme=scheme))
    yield urlunsplit(parts._replace(netloc=netloc))
    yield urlunsplit(parts._replace(scheme=scheme, netloc=netloc))


def _judge(view: View, response: Response, wanted: Wanted, named: Sequence[str]) -> str:
    """Return where a page sends on that is nothing else, "" for a page as it should be.

    Raises:
        Failed: it is none.
    """
    if view.status in ABSENT:
        raise Failed(Outcome.LIST_GONE if wanted == "list" else Outcome.GONE, f"状态码{view.status}")
    shell = find_shell(view, dict(response.headers), wanted=wanted, named=named)
    if shell and shell[0] is Outcome.CHALLENGE:
        raise Failed(*shell)
    if view.status == TOO_MANY or view.status >= 500:
        after = response.retry_after_s
        raise Failed(Outcome.SERVER_ERROR, f"状态码{view.status}" + (f"，请{after:.0f}秒后再试" if after else ""))
    if target := find_jump(view):
        return target
    if shell:
        raise Failed(*shell)
    if view.status >= 400:
        raise Failed(Outcome.BLOCKED, f"状态码{view.status}")
    if not view.content.strip():
        raise Failed(Outcome.STUB, f"状态码{view.status}，内容为空")
    return ""


def _answer(response: Response, view: View) -> str:
    """Say what came."""
    size = f"{len(view.content) / 1024:.1f} KB"
    meta = CHARSET.search(view.content[:DECLARED_WITHIN])
    told = [f"状态码{view.status}", view.media or "没有说明类型", size]
    if meta and meta[1].decode().lower() not in view.media.lower():
        told.append(f"网页声明编码 {meta[1].decode()}")
    strange = view.text.count("\ufffd") if kind_of(view) not in ("file", "nothing") else 0
    return "，".join([*told, *([f"有{strange}个乱码字符"] if strange else [])]) + f"  {view.url}"


class _Look:
    """A look at one address; tells what it finds."""

    def __init__(self, source: Source, asker: _Asker, tell: Tell) -> None:
        self._source, self._asker, self._tell = source, asker, tell
        self._doubts: list[str] = []

    def run(self) -> None:
        """Ask, read and tell.

        Raises:
            FetchError: no answer came.
            Failed: it is neither a list nor an article.
        """
        source = self._source
        self._say("网址", source.entry)
        if source.id:
            self._say("来源", f"{source.id} {source.name}，每次间隔{source.delay_s:g}秒")
        view = self._asker.reach(source.entry)
        if urlsplit(source.entry).path.strip("/") and not urlsplit(view.url).path.strip("/"):
            self._doubts.append("给出的是栏目地址，却到了网站首页，原栏目可能已撤销或迁移")
        if kind_of(view) == "file":
            self._say("类型", f"单个文件（{file_type(view.content, view.url)}）")
            self._propose(replace(source, entry=view.url, kind="article", expect=(1, 1)), view)
            return
        read = self._read(view, "")
        if read is None or _is_article(view, read):
            self._tell_article(view, Row(view.url, ""), "", is_open=True)
            self._propose(replace(source, entry=view.url, kind="article", expect=(1, 1)), view)
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
        self._say("类型", f"{read.family}（{FAMILIES[read.family]}）：{read.sign or '一般链接列表'}")
        for name, family in families().items():
            if name != read.family and (sign := family.recognise(view)):
                self._say("", f"另有 {name} 的特征：{sign}")
        if self._source.id and self._source.family not in ("auto", read.family):
            self._doubts.append(f"来源表写的类型是 {self._source.family}，与页面不符")

    def _tell_list(self, view: View, read: ListRead) -> None:
        """Tell of a list, of the page behind it and of one of its articles."""
        entry, family, columns = view.url, read.family, read.columns
        listing = read.listing
        if listing.blocks:
            self._say("分块", f"本页另外指向{len(listing.blocks)}个列表，内容要单独请求")
            self._items([f"{_shown(each)}" for each in listing.blocks])
        if columns:
            self._say("栏目", f"值得进入的有{len(columns)}个（本页共{len(listing.columns)}个链接像栏目）")
            self._items([f"{each.title}  [{' '.join(found.words)}]  {each.request.url}" for each, found in columns])
        if not listing.rows:
            view, read = self._step_in(view, read)
        listing = read.listing
        if not listing.rows and not columns and listing.total != 0:
            raise Failed(Outcome.NO_ROWS, f"按 {family} 读取，没有条目{_seen(view)}")
        self._tell_rows(read)
        judged = list(zip(listing.rows, read.judged, strict=True))
        self._tell_pages(read)
        if listing.next:
            judged += self._turn(view, read, listing.next)
        self._visit_article(view, judged)
        guessed = guess_source(self._source, entry, family, read, [judgement for _, judgement in judged])
        self._propose(guessed, view)

    def _step_in(self, view: View, read: ListRead) -> tuple[View, ListRead]:
        """Return the first list with rows out of those that a page without rows names; the page where none has."""
        frames = [each.request for each in read.listing.columns if not each.title]
        for request in (read.listing.blocks or tuple(frames))[:MOST_BLOCKS]:
            try:
                block = self._asker.open(request, "list", view.url)
                found = self._read(block, "")
            except (FetchError, Failed) as failure:
                self._doubts.append(f"列表 {_shown(request)} 无法读取：{failure.outcome.words}，{failure.detail}")
                continue
            if found and (found.listing.rows or found.listing.total == 0):
                return block, found
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
            self._tell_article(article, row, "", is_open=judgement.verdict == "doubtful")
        except (FetchError, Failed) as failure:
            self._doubts.append(f"文章 {row.url} 无法读取：{failure.outcome.words}，{failure.detail}")

    def _tell_article(self, view: View, row: Row, column: str, *, is_open: bool) -> None:
        """Tell what is read in an article."""
        if kind_of(view) == "file":
            self._say("", f"条目直接指向文件（{file_type(view.content, view.url)}）")
            return
        try:
            article = read_article(view, row, self._source, column, is_open=is_open)
        except InputError as error:
            raise Failed(Outcome.BROKEN_RESPONSE, str(error)) from error
        body = read_body(view.text)
        self._say("标题", article.title or "没有找到")
        if judgement := article.judgement:
            self._say("判断", f"{VERDICTS[judgement.verdict]}  [{' '.join(judgement.words)}]")
        self._say("正文", f"{len(body.text)}字，定位方式 {body.rule}" if body.text else "没有正文文字")
        names = {"further page": "续页", "attachment": "附件", "picture": "图片"}
        for link in article.links[:MOST_SHOWN]:
            self._say(names[link.role], f"{link.text}  {link.href}")
        if not article.links:
            self._say("附件", "没有")
        if not body.text and not article.links:
            self._doubts.append(f"{view.url} 既没有正文也没有附件")

    def _items(self, told: Sequence[str]) -> None:
        for each in told[:MOST_SHOWN]:
            self._say("", each)
        if len(told) > MOST_SHOWN:
            self._say("", f"…… 另有{len(told) - MOST_SHOWN}个")

    def _propose(self, source: Source, view: View) -> None:
        """Tell the doubts, and the table."""
        for doubt in self._doubts:
            self._say("注意", doubt)
        if not is_government(host_of(source.entry)) and not source.allow_loopback:
            self._say("注意", f"{host_of(source.entry)} 不是 gov.cn 域名，须核实是否官方网站")
        what = "单篇文件" if source.kind == "article" else "栏目"
        self._say("结论", f"这是可以读取的{what}。核对后把下表粘贴到来源文件：")
        self._tell("")
        self._tell(table_of(source, view))


def line(label: str, words: str) -> str:
    """Return a line of the report, its words in a column of their own."""
    return f"{label}{' ' * max(1, LABEL - cell_len(label))}{words}"


def _row(row: Row, judgement: Judgement) -> str:
    verdict = VERDICTS[judgement.verdict]
    day = row.published.isoformat() if row.published else "日期不明  "
    cut = "（标题不全）" if row.is_cut else ""
    return f"  {verdict}{' ' * (LABEL - cell_len(verdict))}{day}  {row.title or row.url}{cut}  [{' '.join(judgement.words)}]"


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
    title = next(iter(titles_of(view)), "")
    hints = "，地址中 # 之后的部分只有浏览器能看到" if "#/" in view.request.url else ""
    return f"；页面标题“{title}”，{len(shown.links)}个链接，{shown.size}个字{hints}"
