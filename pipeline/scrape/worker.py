"""One host at a time: asks, waits, tries again, and hands what came to the filing. A thread a host.

Nothing here decides what a page means; it decides when the next request may go out, and when to let go.
"""

import random
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from pipeline.errors import InputError
from pipeline.moments import stamp, week_of
from pipeline.scrape.addresses import host_of, is_allowed, key_of, variants
from pipeline.scrape.admission import Failed, admit
from pipeline.scrape.charsets import decode
from pipeline.scrape.client import Client, FetchError, Response, Validators
from pipeline.scrape.filing import Filed, LoopError, foreign
from pipeline.scrape.ledger import Known, Visit
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.patience import (
    FAILURES_IN_A_ROW,
    LONGEST_WAIT_S,
    MOST_HOPS,
    PASSING,
    THRICE,
    challenge_pause_s,
    pause_s,
    rest,
)
from pipeline.scrape.reading import (
    ArticleRead,
    ListRead,
    is_hollow,
    read_article,
    read_list_page,
)
from pipeline.scrape.records import ListError, Request, View
from pipeline.scrape.robots import LARGEST as LARGEST_ROBOTS
from pipeline.scrape.robots import Robots, ask_for_robots
from pipeline.scrape.shells import find_shell
from pipeline.scrape.sources import Source
from pipeline.scrape.wording import left_alone
from pipeline.scrape.work import Kind, Step, unit_of

if TYPE_CHECKING:
    from pipeline.scrape.crawl import Crawl

JITTER = 0.05  # of the delay, added to it: many sources of one maker must not be asked in step
LONGEST_SLEEP_S = 3600.0  # at once; what is longer is looked at again
ROBOTS_FOR = timedelta(days=1)  # RFC 9309, 2.4: not to be used for longer
SLOWER_AFTER, SLOWEST = 3, 16  # failures in a row from which the delay doubles, and how many times it grows at most
UNHEARD = frozenset({Outcome.UNREACHABLE, Outcome.TLS})
# What a page behind the last one that is served looks like, where the site promises more.
NO_PAGE = frozenset(
    {Outcome.STUB, Outcome.SOFT_404, Outcome.LIST_GONE, Outcome.NO_ROWS, Outcome.UNKNOWN_LAYOUT, Outcome.BLOCKED}
)


class Stopped(Exception):
    """The crawl is to end."""


class Elsewhere(Exception):
    """A redirect leads to another host, whose worker goes on."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


@dataclass(slots=True)
class _Log:
    """What a step asked for so far."""

    hops: list[Response] = field(default_factory=list)
    answer: Response | None = None
    requests: int = 0


def wanted_of(step: Step) -> Kind:
    """Return as what the answer to a step is judged: a further page of an article is one like the first."""
    return "article" if step.task.about.get("role") == "further page" else step.task.kind


class Worker:
    """Does the steps of one host, one after the other.

    Args:
        host: without www.
        crawl: that it belongs to.
    """

    def __init__(self, host: str, crawl: "Crawl") -> None:
        self.host = host
        self._crawl = crawl
        self._ledger = crawl.ledger
        self._about = crawl.ledger.host(host)
        self._client: Client | None = None
        self._reached: tuple[bool, str] | None = None
        self._robots: Robots | None = None
        self._has_answered = False
        self._failures = self._challenges = 0
        self._asked = float("-inf")
        if self._about.asked_at:  # after now where somebody put the clock back: as if it had been a moment ago
            self._asked = time.monotonic() - max(0.0, (crawl.now() - self._about.asked_at).total_seconds())
        self._waited_for: datetime | None = None
        self._hold_until = float("-inf")
        self._week, self._count = self._about.week, self._about.requests

    def run(self) -> None:
        """Work until nothing is left to do on this host, or the crawl stops."""
        try:
            if self._about.resting_until and self._about.resting_until > self._crawl.now():
                until = self._about.resting_until.date()
                self._give_up(Outcome.RESTING, f"此前被防护系统拦截，{until}前不再访问")
            while not self._crawl.stopping.is_set():
                step = self._ledger.next_step(self.host, self._clock())
                if isinstance(step, datetime):
                    self._wait_for(step)
                elif step is not None:
                    self._do(step)
                else:
                    self._close()  # before another worker may come
                    if self._crawl.retire(self.host):
                        return
        except Stopped:
            return
        finally:
            self._close()

    def _clock(self) -> datetime:
        """Return the time, at least that which was waited for: the clock of a simulation may stand still."""
        now = self._crawl.now()
        return max(now, self._waited_for) if self._waited_for else now

    def _wait_for(self, due: datetime) -> None:
        left = (due - self._clock()).total_seconds()
        self._sleep(left)
        if left <= LONGEST_SLEEP_S:
            self._waited_for = due

    def _close(self) -> None:
        if self._client:
            self._client.close()
        self._client = None

    # One step

    def _do(self, step: Step) -> None:
        source = self._crawl.sources[step.task.source]
        log = _Log()
        filed: Filed | None
        try:
            self._hold_on()
            visit, view = self._answer(step, source, log)
            filed = self._file(step, visit, view.url, self._read(step, source, view))
        except Elsewhere as elsewhere:
            filed = self._hand_on(step, source, elsewhere.url, log)
        except FetchError as error:
            filed = self._fail(step, source, Failed(error.outcome, error.detail, error.retry_after_s), log)
        except Failed as failed:
            filed = self._fail(step, source, failed, log)
        except InputError as error:  # an address that is none, or an archive that cannot be read
            filed = self._fail(step, source, Failed(Outcome.BROKEN_RESPONSE, str(error)), log)
        except Stopped:
            self._ledger.keep_visit(self._visit(log), Outcome.INTERRUPTED)
            raise
        if filed is not None:
            self._crawl.tell(step, filed)

    def _answer(self, step: Step, source: Source, log: _Log) -> tuple[Visit, View]:
        """Return what a step's address says: as it came in this run already, or asked for now."""
        before = self._ledger.known(step.task.key)
        if fresh := self._fresh(before):
            view = View(step.task.request, self._read_again(fresh), url=fresh.url, media=fresh.media)
            return Visit(self.host, self._crawl.now(), reused=fresh.snapshot), view
        request = self._placed(step)
        for _ in range(MOST_HOPS):
            key = key_of(request.url) if request.method == "GET" else step.task.key
            known = before if key == step.task.key else self._ledger.known(key)
            log.answer = response = self._ask(request, step, source, known, log)
            if response.is_redirect:
                self._leave(log)
                request = self._next_hop(request, response.location, source, keeps_form=response.status in (307, 308))
                continue
            view = self._view(step, request, response, known)
            if target := self._admit(step, view, response, source):
                self._leave(log)
                request = self._next_hop(request, target, source, keeps_form=False)
                continue
            if not self._about.origin:
                self._settle(request.url)
            return self._visit(log), view
        raise Failed(Outcome.REDIRECT_LOOP, f"跳转超过{MOST_HOPS}次：{request.url}")

    @staticmethod
    def _leave(log: _Log) -> None:
        """Note that the last answer only sent us on."""
        if log.answer:
            log.hops.append(log.answer)
        log.answer = None

    def _fresh(self, known: Known) -> Known | None:
        """Return what another source of this run got from an address; None where nobody asked for it."""
        for _ in range(MOST_HOPS):
            if not (known.is_fresh and known.target):
                break
            known = self._ledger.known(key_of(known.target))
        return known if known.is_fresh and not known.target and known.spot else None

    def _placed(self, step: Step) -> Request:
        """Return the request of a step at the scheme and host that answer; other ones are tried while none has."""
        request = step.task.request
        if self._about.origin:
            parts, origin = urlsplit(request.url), urlsplit(self._about.origin)
            return replace(request, url=urlunsplit(parts._replace(scheme=origin.scheme, netloc=origin.netloc)))
        ways = self._ways(request.url)
        missed = sum(outcome in UNHEARD for outcome in step.seen)
        return replace(request, url=ways[missed % len(ways)])

    def _ways(self, url: str) -> tuple[str, ...]:
        """Return the addresses under which a page may answer: one, once the host has answered."""
        return (url,) if self._has_answered or self._about.origin else variants(url)

    def _next_hop(self, request: Request, target: str, source: Source, *, keeps_form: bool) -> Request:
        if not is_allowed(host_of(target), source.allowed):
            raise Failed(foreign(target), f"跳转到 {target}")
        if unit_of(target) != self.host:
            raise Elsewhere(target)
        before, after = urlsplit(request.url), urlsplit(target)
        if (before.path, before.query) == (after.path, after.query) and before[:2] != after[:2]:
            self._settle(target)
        return replace(request, url=target) if keeps_form else Request(target, family=request.family, memo=request.memo)

    def _settle(self, url: str) -> None:
        """Remember the scheme and host that answer."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin != self._about.origin:
            self._about = replace(self._about, origin=origin)
            self._ledger.note_host(self.host, origin=origin)

    # One request

    def _ask(self, request: Request, step: Step, source: Source, known: Known, log: _Log) -> Response:
        """Send a request once robots.txt, the week's budget and the delay allow it."""
        robots = self._rules(request.url, source, log)
        if (robots.delay_s or 0.0) > LONGEST_WAIT_S:
            raise Failed(Outcome.ROBOTS, f"robots.txt 要求每次间隔{robots.delay_s:.0f}秒")
        if not robots.allows(request.url):
            raise Failed(Outcome.ROBOTS, f"robots.txt 不允许访问 {request.url}")
        is_whole = (
            step.task.kind == "list" and source.id in self._crawl.filing.full
        )  # a 304 might hide a change for ever
        validators = Validators() if is_whole or self._crawl.scope.is_rehearsal else known.validators
        response = self._send(request, source, validators, step.task.referer, log)
        self._has_answered = True
        return response

    def _send(self, request: Request, source: Source, validators: Validators, referer: str, log: _Log) -> Response:
        self._spend(source)
        self._pace(max(source.delay_s, (self._robots.delay_s if self._robots else None) or 0.0))
        log.requests += 1
        try:
            return self._client_for(source).fetch(request, validators=validators, referer=referer)
        finally:
            self._asked = time.monotonic()

    def _client_for(self, source: Source) -> Client:
        reached = source.allow_loopback, source.connect
        if self._client is None or self._reached != reached:
            if self._client:
                self._client.close()
            self._client, self._reached = self._crawl.new_client(source), reached
        return self._client

    def _spend(self, source: Source) -> None:
        """Count a request against the week's budget of the host."""
        week = week_of(self._crawl.now())
        if week != self._week:
            self._week, self._count = week, 0
        if self._count >= source.weekly_requests:
            raise Failed(Outcome.BUDGET, f"本周已请求{self._count}次")
        self._count += 1

    def _pace(self, delay_s: float) -> None:
        slower = min(2 ** max(0, self._failures - SLOWER_AFTER + 1), SLOWEST)
        due = self._asked + delay_s * slower * (1 + random.uniform(0, JITTER))
        self._sleep(due - time.monotonic())

    def _hold_on(self) -> None:
        self._sleep(self._hold_until - time.monotonic())

    def _sleep(self, seconds: float) -> None:
        if self._crawl.stopping.wait(max(0.0, min(seconds, LONGEST_SLEEP_S))):
            raise Stopped

    def _rules(self, url: str, source: Source, log: _Log) -> Robots:
        """Return what robots.txt of this host says, not older than a day."""
        if self._robots is not None:
            return self._robots
        about = self._about
        if about.robots is not None and about.robots_at and self._crawl.now() - about.robots_at < ROBOTS_FOR:
            self._robots = Robots.read(about.robots.encode(), about.robots_status or 200)
            return self._robots
        *hops, response = ask_for_robots(url, lambda request: self._send(request, source, Validators(), "", log))
        own = _Log(hops, response)
        robots = Robots.read(response.content, response.status)
        shell = find_shell(response.view, dict(response.headers), wanted="article") if response.status >= 400 else None
        if shell and shell[0] is Outcome.CHALLENGE:
            self._ledger.keep_visit(self._visit(own), Outcome.CHALLENGE)
            raise Failed(*shell)
        if robots.is_closed:
            self._ledger.keep_visit(self._visit(own), Outcome.SERVER_ERROR)
            raise Failed(Outcome.SERVER_ERROR, f"robots.txt 返回状态码{response.status}", response.retry_after_s)
        self._ledger.note_robots(self._visit(own), decode(response.content[:LARGEST_ROBOTS]), response.status)
        self._robots = robots
        return robots

    # The answer

    def _view(self, step: Step, request: Request, response: Response, known: Known) -> View:
        asked = replace(step.task.request, url=request.url)
        if response.status == 304:
            return View(asked, self._read_again(known), url=known.url, media=known.media)
        return View(asked, response.content, url=response.url, media=response.media, status=response.status)

    def _admit(self, step: Step, view: View, response: Response, source: Source) -> str:
        """Return where a page only sends on, as `admit` does; a mistake of ours on one page must not end the crawl."""
        try:
            return admit(view, response, wanted_of(step), source.allowed)
        except Failed:
            raise
        except Exception as error:
            raise Failed(Outcome.INTERNAL, f"{type(error).__name__}: {error}") from error

    def _read_again(self, known: Known) -> bytes:
        """Return the bytes that an address served last.

        Raises:
            Failed: the archive has lost them; the next try asks for them anew.
        """
        if known.spot is None or known.snapshot is None:
            raise Failed(Outcome.BROKEN_RESPONSE, "状态码304，但此前没有存下内容")
        try:
            return self._ledger.read(known.spot)
        except InputError as error:
            self._ledger.forget(known.snapshot)
            raise Failed(Outcome.BROKEN_RESPONSE, f"存档中的内容已损坏，将重新采集：{error}") from error

    def _read(self, step: Step, source: Source, view: View) -> ListRead | ArticleRead | None:
        """Return what an answer says; None for a file, of which nobody asks that here.

        Raises:
            Failed: nobody can tell; a mistake of ours on one page must not cost the others, nor go unseen.
        """
        about, kind = step.task.about, step.task.kind
        try:
            if kind == "list":
                return read_list_page(view, source, str(about["column"]))
            if kind == "file" and about["role"] != "further page":
                if is_hollow(view):
                    raise Failed(Outcome.NOT_A_FILE, "返回的是没有正文的网页")
                return None
            row, column, verdict = self._crawl.filing.held.row(int(about["row"]))
            is_open = kind == "article" and (verdict == "doubtful" or row.is_cut)
            article = read_article(view, row, source, column, is_open=is_open)
            is_dropped = article.judgement is not None and article.judgement.verdict == "dropped"
            if not (article.digest or article.links or is_dropped):
                raise Failed(Outcome.STUB, "页面没有正文，也没有附件")
            return article
        except Failed:
            raise
        except ListError as error:
            raise Failed(Outcome.UNKNOWN_LAYOUT, str(error)) from error
        except InputError as error:
            raise Failed(Outcome.BROKEN_RESPONSE, str(error)) from error
        except Exception as error:
            raise Failed(Outcome.INTERNAL, f"{type(error).__name__}: {error}") from error

    def _file(self, step: Step, visit: Visit, url: str, read: ListRead | ArticleRead | None) -> Filed:
        """Store what an answer says."""
        filing = self._crawl.filing
        if isinstance(read, ListRead):
            filed = filing.file_list(step, visit, url, read)
        elif step.task.kind == "article" and read is not None:
            filed = filing.file_article(step, visit, url, read)
        else:
            filed = filing.file_part(step, visit, url, read)
        self._failures = self._challenges = 0
        if self._about.refusals:
            self._about = replace(self._about, refusals=0)
            self._ledger.note_host(self.host, refusals=0, resting_until=None)
        return filed

    def _hand_on(self, step: Step, source: Source, url: str, log: _Log) -> Filed | None:
        try:
            return self._crawl.filing.file_redirect(step, self._visit(log), url)
        except LoopError as error:
            return self._fail(step, source, Failed(Outcome.REDIRECT_LOOP, str(error)), log)

    # Failures

    def _fail(self, step: Step, source: Source, failed: Failed, log: _Log) -> Filed | None:
        """Store a failure: to be tried again, or as what came of the step; None where the whole host is left."""
        visit = self._visit(log)
        if failed.outcome is Outcome.BUDGET:
            self._ledger.keep_visit(visit, failed.outcome)
            self._ledger.leave_steps(self.host, source.id, failed.outcome, failed.detail)
            return Filed(failed.outcome, failed.detail)
        if failed.outcome is Outcome.CHALLENGE and not self._is_alone(step):
            return self._back_off(step, source, failed, visit)
        self._failures = self._failures + 1 if failed.outcome in PASSING else 0
        self._doubt_origin(step, failed)
        seen, ways = (*step.seen, failed.outcome), self._ways(step.task.request.url)
        if failed.outcome in UNHEARD and len(ways) > 1:
            failed = _as_written(step, failed)
            seen = (Outcome.UNREACHABLE,) * len(seen)  # a certificate that does not hold is no reason to try it again
            if failed.outcome is Outcome.TLS and len(seen) >= len(ways):
                return self._crawl.filing.file_failure(step, visit, failed.outcome, failed.detail)
        if self._failures >= FAILURES_IN_A_ROW:
            filed = self._crawl.filing.file_failure(step, visit, failed.outcome, failed.detail)
            self._give_up(failed.outcome, left_alone(failed.detail, self._failures))
            return filed
        pause = pause_s(seen, source.delay_s, failed.retry_after_s)
        if pause is not None:
            if failed.retry_after_s:
                self._hold_until = time.monotonic() + min(failed.retry_after_s, LONGEST_WAIT_S)
            return self._put_off(step, failed, visit, pause, f"{pause:.1f}秒后重试")
        return self._crawl.filing.file_failure(step, visit, *_named(step, failed))

    def _is_alone(self, step: Step) -> bool:
        """Say whether it is this page that a protection refuses, while others of the host come through."""
        return len(step.seen) >= THRICE and set(step.seen[-THRICE:]) == {Outcome.CHALLENGE} and not self._challenges

    def _doubt_origin(self, step: Step, failed: Failed) -> None:
        """Forget the scheme and host that answered in an earlier run, where they are silent now: a site may move."""
        if failed.outcome in UNHEARD and self._about.origin and not self._has_answered and step.seen:
            self._about = replace(self._about, origin="")
            self._ledger.note_host(self.host, origin="")

    def _put_off(self, step: Step, failed: Failed, visit: Visit, pause_s: float, told: str) -> Filed:
        until = self._clock() + timedelta(seconds=pause_s)
        self._ledger.put_off(step, failed.outcome, failed.detail, until, visit)
        return Filed(failed.outcome, f"{failed.detail}；{told}")

    def _back_off(self, step: Step, source: Source, failed: Failed, visit: Visit) -> Filed:
        """Leave a host alone that wants a browser: for a while, and then for days."""
        self._challenges += 1
        pause = challenge_pause_s(self._challenges, source.delay_s)
        if pause is not None:
            self._hold_until = time.monotonic() + pause
            return self._put_off(step, failed, visit, pause, f"{pause:.0f}秒内不再访问该网站")
        refusals = self._about.refusals + 1
        until = self._crawl.now() + rest(refusals)
        self._ledger.note_host(self.host, refusals=refusals, resting_until=stamp(until))
        self._about = replace(self._about, refusals=refusals, resting_until=until)
        filed = self._crawl.filing.file_failure(step, visit, failed.outcome, failed.detail)
        self._give_up(Outcome.RESTING, f"被防护系统拦截，{until.date()}前不再访问")
        return filed

    def _give_up(self, outcome: Outcome, detail: str) -> None:
        """End all that waits on this host."""
        for step in self._ledger.waiting(self.host):
            filed = self._crawl.filing.file_failure(step, self._visit(_Log()), outcome, detail)
            self._crawl.tell(step, filed)

    def _visit(self, log: _Log) -> Visit:
        return Visit(self.host, self._crawl.now(), tuple(log.hops), log.answer, log.requests)


def _as_written(step: Step, failed: Failed) -> Failed:
    """Return what became of an address as it was written first, where other ways to write it failed too."""
    if not (step.seen and step.seen[0] in UNHEARD):
        return failed
    return Failed(step.seen[0], f"{failed.detail}（已换用http/https、www等写法）", failed.retry_after_s)


def _named(step: Step, failed: Failed) -> tuple[Outcome, str]:
    """Return the name of a failure and its detail; behind the last page that a site serves, it is that limit."""
    about = step.task.about
    if step.task.kind != "list" or int(about["page"]) <= 1 or failed.outcome not in NO_PAGE:
        return failed.outcome, failed.detail
    return Outcome.PAGE_CAP, f"第{about['page']}页（网站称共{about.get('pages') or '?'}页）：{failed.detail}"
