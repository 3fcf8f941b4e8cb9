"""One page after the other, asked for as a crawl asks: robots.txt first, the delay kept, each hop checked, and told.

Nothing is tried again but the other ways to write a host that does not answer, since somebody waits for what is told.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.scrape.addresses import host_of, is_allowed, variants
from pipeline.scrape.admission import Failed, admit
from pipeline.scrape.charsets import CHARSET, DECLARED_WITHIN
from pipeline.scrape.client import Client, FetchError, Response
from pipeline.scrape.filing import foreign
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.patience import MOST_HOPS
from pipeline.scrape.records import Request, View
from pipeline.scrape.robots import Robots, ask_for_robots
from pipeline.scrape.shells import Wanted
from pipeline.scrape.shown import kind_of
from pipeline.scrape.sources import Source
from pipeline.scrape.wording import line
from pipeline.scrape.work import unit_of

Tell = Callable[[str], None]


class Asker:
    """Asks politely, and tells of each answer.

    Args:
        client: that sends the requests.
        source: whose delay is kept, and whose hosts may be asked.
        tell: takes each line.
        named: hosts that a file of sources vouches for.
    """

    def __init__(self, client: Client, source: Source, tell: Tell, named: Sequence[str]) -> None:
        self._client, self._source, self._tell, self._named = client, source, tell, named
        self._robots: dict[str, Robots] = {}
        self._asked = float("-inf")

    def reach(self, url: str) -> View:
        """Return the page at an address, or at its twin by https or http, with or without www, where that answers.

        Raises:
            FetchError: none answers.
            Failed: what answers is no page to read.
        """
        failure: FetchError | None = None
        for variant in variants(url):
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
                is_same = response.status in (307, 308)
                request = self._hop(request, response.location, f"状态码{response.status}，", keeps_form=is_same)
                continue
            view = response.view
            self._tell(line("访问", _answer(response, view)))
            target = admit(view, response, wanted, self._named)
            if not target:
                return view
            request = self._hop(request, target, "网页自动")
        raise Failed(Outcome.REDIRECT_LOOP, f"跳转超过{MOST_HOPS}次：{request.url}")

    def _hop(self, request: Request, target: str, how: str, *, keeps_form: bool = False) -> Request:
        self._tell(line("跳转", f"{how}跳转到 {target}"))
        if not is_allowed(host_of(target), self._source.allowed):
            raise Failed(foreign(target), f"跳转到 {target}，与 {host_of(self._source.entry)} 不是同一网站")
        return replace(request, url=target) if keeps_form else Request(target, family=request.family, memo=request.memo)

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
        *_, response = ask_for_robots(url, self._send)
        robots = Robots.read(response.content, response.status)
        if robots.is_closed:
            raise Failed(Outcome.SERVER_ERROR, f"robots.txt 返回状态码{response.status}，因此暂不访问该网站")
        self._robots[unit] = robots
        told = ("允许访问" if robots.allows(url) else "不允许访问") if robots.rules else "没有规则，不限制访问"
        told += f"，要求每次间隔{robots.delay_s:g}秒" if robots.delay_s else ""
        told += "".join(f"，站点地图 {each}" for each in robots.sitemaps[:1])
        self._tell(line("robots", f"{told}（{response.request.url}，状态码{response.status}）"))
        return robots


def _answer(response: Response, view: View) -> str:
    """Say what came."""
    size = f"{len(view.content) / 1024:.1f} KB"
    meta = CHARSET.search(view.content[:DECLARED_WITHIN])
    told = [f"状态码{view.status}", view.media or "没有说明类型", size]
    if meta and meta[1].decode().lower() not in view.media.lower():
        told.append(f"网页声明编码 {meta[1].decode()}")
    strange = view.text.count("\ufffd") if kind_of(view) not in ("file", "nothing") else 0
    return "，".join([*told, *([f"有{strange}个乱码字符"] if strange else [])]) + f"  {view.url}"
