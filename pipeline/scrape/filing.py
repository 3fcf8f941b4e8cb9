"""What an answer leads to, stored in one transaction: rows and pages of a list, parts of an article, documents."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from pipeline import store
from pipeline.errors import PipelineError
from pipeline.parse.links import Link
from pipeline.records import content_id
from pipeline.scrape.addresses import check_address, host_of, is_allowed, is_government, key_of
from pipeline.scrape.holdings import Holdings, StoredRow
from pipeline.scrape.ledger import Ledger, Visit
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.patience import COLLAPSE, FEW_ROWS
from pipeline.scrape.queries import STANDING
from pipeline.scrape.reading import ArticleRead, ListRead, document_digest
from pipeline.scrape.records import Listing, Request, Row
from pipeline.scrape.relevance import Judgement, judge_column
from pipeline.scrape.shells import GOVERNMENT_PATH
from pipeline.scrape.sources import Source
from pipeline.scrape.work import Step, Task, request_key

DEEPEST = 3  # links from the entry to a column
# What a link that might have led to a list may turn out to be, without harm.
NO_LIST = frozenset(
    {
        Outcome.UNKNOWN_LAYOUT,
        Outcome.LIST_GONE,
        Outcome.SOFT_404,
        Outcome.STUB,
        Outcome.LOGIN_PAGE,
        Outcome.EMPTY_SHELL,
        Outcome.FOREIGN_HOST,
        Outcome.CLONE_HOST,
        Outcome.BLOCKED,
        Outcome.ROBOTS,
    }
)
LOST_ROWS = frozenset({Outcome.NO_ROWS, Outcome.FEWER_ROWS, Outcome.UNKNOWN_LAYOUT})
ADDRESS = re.compile(r"[0-9.]+|\[?[0-9a-f:.]*:[0-9a-f:.]*\]?", re.IGNORECASE)  # a number in place of a name
NOT_BEGUN = frozenset({"", Outcome.SKIPPED})
MOST_HOSTS = 6  # that redirects lead a step over
MOST_UNTITLED = 200  # articles of a source that a sitemap names without a title, in one run
HAD = frozenset({Outcome.OK, Outcome.GONE, Outcome.FOREIGN_HOST, Outcome.CLONE_HOST})  # nothing more to be got from it


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run wants."""

    since: date | None = None  # rows with an earlier date are left
    limit: int | None = None  # documents a source
    is_rehearsal: bool = False  # lists only, in a workspace that nobody keeps


@dataclass(slots=True)
class Filed:
    """What filing an answer came to."""

    outcome: Outcome = Outcome.OK
    detail: str = ""
    hosts: set[str] = field(default_factory=set)  # that have something to do by it
    documents: int = 0  # that are new


def list_task(
    source: Source,
    request: Request,
    *,
    column: str = "",
    depth: int = 0,
    referer: str = "",
    is_guess: bool = False,
    is_sure: bool = False,
) -> Task:
    """Return the task to read the first page of a list.

    Args:
        source: that it belongs to.
        request: for the page.
        column: its title.
        depth: links from the entry.
        referer: the page that names it.
        is_guess: further pages are read while they bring what we look for.
        is_sure: a list that a column about the subject names; that there is none would be a failure.
    """
    chain = content_id(source.id, request_key(request))
    about: dict[str, Any] = {"column": column, "depth": depth, "chain": chain, "page": 1}
    about |= {"guess": is_guess, "sure": is_sure}
    return Task(source.id, "list", request, referer, about)


def foreign(url: str) -> Outcome:
    """Return what an address on a host that a source does not name is: another site, or a copy of a government's."""
    host = urlsplit(url).hostname or ""
    if ADDRESS.fullmatch(host) and not check_address(host.strip("[]"), allow_loopback=False):
        return Outcome.PRIVATE_ADDRESS
    is_copy = not is_government(host_of(url)) and GOVERNMENT_PATH.search(urlsplit(url).path)
    return Outcome.CLONE_HOST if is_copy else Outcome.FOREIGN_HOST


class LoopError(PipelineError):
    """Redirects between hosts lead back to where they came from."""


class Filing:
    """Stores what answers say.

    Args:
        ledger: of the crawl.
        sources: by id.
        scope: what the run wants.
        full: sources all of whose pages are read in this run.
    """

    def __init__(self, ledger: Ledger, sources: Mapping[str, Source], scope: Scope, full: Collection[str]) -> None:
        self._ledger = ledger
        self.held = Holdings(ledger)
        self.scope = scope
        self.full = set(full)
        self._sources = sources
        self._begun = Counter[str]()  # new articles by source
        self._untitled = Counter[str]()

    def seed(self, source: Source) -> set[str]:
        """Store the first steps of a source: its entry, and the documents that it had; return their hosts."""
        with self._ledger.transaction() as tx:
            tasks = [] if self.scope.is_rehearsal else self._known_articles(tx, source)
            if source.kind == "article":
                judgement = Judgement("kept", 0.0, ("来源表指定",))
                row = self._put_row(tx, source, Row(source.entry, ""), judgement, "", source.entry)
                tasks.append(self._article_task(source, source.entry, row, ""))
            else:
                tasks.append(list_task(source, Request(source.entry)))
            hosts = self._ledger.add(tx, tasks)
            if self.held.lost_place(tx, source.id):  # as `file_failure` found before this run was interrupted
                self.full.add(source.id)
            if source.id in self.full:
                hosts |= self._ledger.release(tx, source.id)
            self._begun[source.id] = self.held.count_begun(tx, source.id)
            return hosts

    def _known_articles(self, tx: Connection, source: Source) -> list[Task]:
        """Return the articles that we have, to see whether they changed, and those that could not be had before."""
        of = store.rows.c
        standing = select(store.places.c.row_id).where(
            store.places.c.source_id == source.id, store.places.c.state.in_(STANDING)
        )
        missed = of.verdict.in_(("kept", "doubtful")) & of.outcome.not_in([*HAD, *NOT_BEGUN])
        chosen = select(of.id, of.url, of.list_url, of.outcome).where(
            of.source_id == source.id, of.id.in_(standing) | missed
        )
        return [
            Task(
                source.id,
                "article",
                Request(row.url),
                row.list_url,
                {"row": row.id},
                is_known=row.outcome == Outcome.OK,
            )
            for row in tx.execute(chosen.order_by(of.id))
        ]

    # Lists

    def file_list(self, step: Step, visit: Visit, url: str, read: ListRead) -> Filed:
        """Store what a page of a list says; the outcome names what is wrong with it."""
        source, listing, about = self._sources[step.task.source], read.listing, step.task.about
        chain, page = str(about["chain"]), int(about["page"])
        ledger = self._ledger
        with ledger.transaction() as tx:
            snapshot = ledger.keep(tx, visit, Outcome.OK)
            keys = list(dict.fromkeys(key_of(row.url) for row in listing.rows))
            earlier = self.held.sighted(tx, chain)
            filed = Filed(*self._look(tx, step, source, read, keys, earlier))
            self.held.see(tx, chain, page, [key for key in keys if key not in earlier])
            is_known = self._file_rows(tx, source, step, url, read, filed)
            is_end = filed.outcome in (Outcome.REPEATED_PAGE, Outcome.PAGE_CAP)
            if filed.outcome is Outcome.REPEATED_PAGE and (task := self._otherwise(step, filed)):
                filed = Filed(Outcome.SKIPPED, f"{filed.detail}，改试 {task.request.url}", ledger.add(tx, [task]))
            is_end |= bool(about.get("guess")) and not any(each.verdict == "kept" for each in read.judged)
            if listing.next and not is_end:
                following = {**about, "page": page + 1, "pages": listing.pages, "total": listing.total, "instead": ""}
                is_held = is_known and source.id not in self.full
                task = Task(source.id, "list", listing.next, url, following, is_held=is_held)
                filed.hosts |= ledger.add(tx, [task])
            filed.hosts |= ledger.add(tx, self._further_lists(source, step, url, read))
            is_lost = filed.outcome in LOST_ROWS and filed.outcome not in source.accept
            if not is_lost:  # what was there before stays the measure, so that a loss is told until somebody accepts it
                self.held.note_list(tx, step, len(keys))
            if page == 1 and not about["depth"] and not is_lost:
                self.held.note_source(tx, source.id, family=read.family, sign=read.sign)
            ledger.close_step(tx, step, filed.outcome, filed.detail, snapshot)
            if not filed.outcome.is_good:
                ledger.note_trouble(tx, step, filed.outcome, filed.detail, visit.ended, is_passing=False)
        return filed

    def _look(
        self, tx: Connection, step: Step, source: Source, read: ListRead, keys: Sequence[str], earlier: set[str]
    ) -> tuple[Outcome, str]:
        """Return what is wrong with a page of a list, and where it shows."""
        about, listing = step.task.about, read.listing
        page, pages = int(about["page"]), listing.pages or about.get("pages")
        if page > 1:
            return self._look_behind(tx, step, read, keys, earlier)
        rows = self.held.rows_before(tx, step)
        if rows is not None and rows >= FEW_ROWS and len(keys) < rows * COLLAPSE:
            return Outcome.FEWER_ROWS if keys else Outcome.NO_ROWS, f"上次{rows}条，这次{len(keys)}条"
        before = self.held.family_before(tx, source.id)
        if not about["depth"] and before and read.family != before:
            return Outcome.CHANGED_LAYOUT, f"上次是{before}，这次是{read.family}"
        leads_on = listing.blocks or read.columns or any(not column.title for column in listing.columns)
        if not keys and not leads_on and listing.total != 0:
            if about["depth"] and not about.get("sure"):  # a column that we guessed owes us nothing
                return Outcome.SKIPPED, "不是栏目"
            return (Outcome.NO_ROWS if read.sign else Outcome.UNKNOWN_LAYOUT), f"按{read.family}读取，没有条目"
        if not (listing.next or listing.blocks) and pages and pages > 1:
            return Outcome.PAGE_CAP, f"网站称共{pages}页，找不到第2页"
        return self._count(listing, page, len(set(keys)), len(keys))

    def _look_behind(
        self, tx: Connection, step: Step, read: ListRead, keys: Sequence[str], earlier: set[str]
    ) -> tuple[Outcome, str]:
        about, listing = step.task.about, read.listing
        page, pages = int(about["page"]), listing.pages or about.get("pages")
        first = self.held.sighted(tx, str(about["chain"]), page=1)
        if not first:  # read in an earlier run, which left this page
            return Outcome.OK, ""
        if keys and not set(keys) - earlier:
            if set(keys) == first and page == 2:
                return Outcome.REPEATED_PAGE, "第2页与第1页相同"
            return Outcome.PAGE_CAP, f"第{page}页没有新条目，网站称共{pages or '?'}页"
        if not keys and len(earlier) == (listing.total or about.get("total")):  # the pager has a page too many
            return Outcome.OK, ""
        if not keys and (listing.next or (pages or 0) >= page):
            return Outcome.PAGE_CAP, f"第{page}页没有条目，网站称共{pages or '?'}页"
        return self._count(listing, page, len(earlier | set(keys)), len(first))

    @staticmethod
    def _count(listing: Listing, page: int, seen: int, per_page: int) -> tuple[Outcome, str]:
        """Hold the rows of all pages against what the site says, once its last page was read.

        A last page that is as full as the first one may have others behind it that are not served.
        """
        if listing.next or listing.total is None or seen == listing.total or listing.blocks:
            return Outcome.OK, ""
        told = f"网站称共{listing.total}条，翻完{page}页得{seen}条"
        missing = listing.total - seen
        is_full = page > 1 and len(listing.rows) >= per_page and missing > 0
        is_capped = is_full or missing >= max(per_page, FEW_ROWS)
        return Outcome.PAGE_CAP if is_capped else Outcome.WRONG_TOTAL, told

    def _file_rows(self, tx: Connection, source: Source, step: Step, url: str, read: ListRead, filed: Filed) -> bool:
        """Store the rows of a page and the steps to their articles; says whether there was nothing new on it."""
        is_known = bool(read.listing.rows)
        column = str(step.task.about["column"])
        for row, judgement in zip(read.listing.rows, read.judged, strict=True):
            stored = self._put_row(tx, source, row, judgement, column, url)
            if stored.verdict == "dropped":
                is_known &= not stored.is_fresh
                continue
            if refusal := self._refusal(source, row, stored):
                self.held.set_row(tx, stored.id, outcome=refusal)
                is_known &= not stored.is_fresh or refusal is Outcome.SKIPPED
                if not refusal.is_good and stored.verdict == "kept":
                    task = self._article_task(source, row.url, stored, url)
                    self._ledger.add_done(tx, task, refusal, row.title)
                continue
            is_wanted = stored.is_fresh or stored.outcome not in HAD or source.id in self.full
            is_known &= not is_wanted
            if is_wanted and not self.scope.is_rehearsal:
                hosts = self._ledger.add(tx, [self._article_task(source, row.url, stored, url)])
                self._begun[source.id] += bool(hosts) and stored.outcome in NOT_BEGUN
                self._untitled[source.id] += not row.title
                filed.hosts |= hosts
        return is_known

    def _refusal(self, source: Source, row: Row, stored: StoredRow) -> Outcome | None:
        """Say why the article of a row is not asked for; None where it is."""
        if not is_allowed(host_of(row.url), source.allowed):
            return foreign(row.url)
        scope = self.scope
        is_old = scope.since and row.published and row.published < scope.since
        is_over = scope.limit is not None and stored.outcome in NOT_BEGUN and self._begun[source.id] >= scope.limit
        is_untold = not row.title and self._untitled[source.id] >= MOST_UNTITLED
        return Outcome.SKIPPED if is_old or is_over or is_untold else None

    def _article_task(self, source: Source, url: str, row: StoredRow, referer: str) -> Task:
        return Task(source.id, "article", Request(url), referer, {"row": row.id})

    def _further_lists(self, source: Source, step: Step, url: str, read: ListRead) -> list[Task]:
        """Return the lists that a page names: blocks of its own, and columns that are worth a visit."""
        about = step.task.about
        column, depth, is_guess = str(about["column"]), int(about["depth"]), bool(about.get("guess"))
        is_about = depth == 0 or judge_column(column, owners=source.owners).verdict == "kept"
        tasks = [
            list_task(source, each, column=column, depth=depth, referer=url, is_guess=is_guess, is_sure=is_about)
            for each in read.listing.blocks
        ]
        if depth >= DEEPEST or int(about["page"]) > 1:
            return tasks
        is_found = any(judgement.verdict == "kept" for judgement in read.judged)
        for each, judgement in read.columns:
            # A column that has what we look for may have it alone: others of the site are tried, not read through.
            is_sure = judgement.verdict == "kept"
            is_likely = is_sure or depth == 0
            if is_likely and is_allowed(host_of(each.request.url), source.allowed):
                guess = not is_sure and (is_guess or is_found)
                tasks.append(
                    list_task(source, each.request, column=each.title, depth=depth + 1, referer=url, is_guess=guess)
                )
        if not read.listing.rows:
            frames = [each for each in read.listing.columns if not each.title]
            tasks += [
                list_task(source, each.request, column=column, depth=depth + 1, referer=url)
                for each in frames
                if is_allowed(host_of(each.request.url), source.allowed)
            ]
        return tasks

    def _put_row(
        self, tx: Connection, source: Source, row: Row, judgement: Judgement, column: str, list_url: str
    ) -> StoredRow:
        return self.held.put_row(tx, source.id, key_of(row.url), row, judgement, column, list_url)

    # Articles and their parts

    def file_article(self, step: Step, visit: Visit, url: str, read: ArticleRead) -> Filed:
        """Store the page of an article and the steps to its parts; without parts it is a document already."""
        ledger, source = self._ledger, self._sources[step.task.source]
        row_id = int(step.task.about["row"])
        filed = Filed()
        with ledger.transaction() as tx:
            snapshot = ledger.keep(tx, visit, Outcome.OK)
            values: dict[str, Any] = {"outcome": Outcome.OK, "title": read.title}
            if read.judgement:
                values |= {"verdict": read.judgement.verdict, "score": read.judgement.score}
                values["words"] = list(read.judgement.words)
            self.held.set_row(tx, row_id, **values)
            about = {"row": row_id, "url": url, "title": read.title, "digest": read.digest, "size": read.size}
            ledger.close_step(tx, step, Outcome.OK, "", snapshot, about=about)
            if self.held.verdict_of(tx, row_id) == "kept":
                filed.hosts |= self._add_parts(tx, step, source, url, read.links)
                filed.documents += self._assemble(tx, step.id, visit.ended)
        return filed

    def _add_parts(self, tx: Connection, step: Step, source: Source, url: str, links: Sequence[Link]) -> set[str]:
        parent = step.task.parent or step.id
        known = self.held.count_parts(tx, parent)
        tasks: list[Task] = []
        for link in links:
            if not link.href.startswith(("http://", "https://")) or key_of(link.href) == key_of(url):
                continue
            about = {"row": step.task.about["row"], "role": link.role, "name": link.text}
            about["position"] = known + len(tasks)
            task = Task(source.id, "file", Request(link.href), url, about, parent)
            if is_allowed(host_of(link.href), source.allowed):
                tasks.append(task)
            else:
                known += self._ledger.add_done(tx, task, foreign(link.href), link.text)
        return self._ledger.add(tx, tasks)

    def file_part(self, step: Step, visit: Visit, url: str, read: ArticleRead | None) -> Filed:
        """Store a part of an article; of a further page *read* has the links. The last part makes the document."""
        ledger, source = self._ledger, self._sources[step.task.source]
        filed = Filed()
        with ledger.transaction() as tx:
            snapshot = ledger.keep(tx, visit, Outcome.OK)
            about = {**step.task.about, "url": url, "digest": read.digest if read else ""}
            ledger.close_step(tx, step, Outcome.OK, "", snapshot, about=about)
            if read:
                filed.hosts |= self._add_parts(tx, step, source, url, read.links)
            assert step.task.parent is not None  # add_parts gave it one
            filed.documents += self._assemble(tx, step.task.parent, visit.ended)
        return filed

    def file_redirect(self, step: Step, visit: Visit, url: str) -> Filed:
        """Store that a step goes on at another host, where a redirect leads.

        Raises:
            LoopError: it was there already.
        """
        task = step.task
        trail = [*task.about.get("trail", ()), task.key]
        if key_of(url) in trail or len(trail) > MOST_HOSTS:
            raise LoopError(f"在网站之间循环跳转：{url}")
        request = Request(url, family=task.request.family, memo=task.request.memo)
        following = Task(task.source, task.kind, request, task.referer, {**task.about, "trail": trail}, task.parent)
        filed = Filed(Outcome.REDIRECTED, url)
        with self._ledger.transaction() as tx:
            self._ledger.keep(tx, visit, Outcome.REDIRECTED)
            self._ledger.close_step(tx, step, Outcome.REDIRECTED, url)
            filed.hosts |= self._ledger.add(tx, [following])
            if task.kind == "file" and task.parent is not None:  # where it leads to may have been fetched already
                filed.documents += self._assemble(tx, task.parent, visit.ended)
        return filed

    def file_failure(self, step: Step, visit: Visit, outcome: Outcome, detail: str) -> Filed:
        """Store that nothing came of a step in this run, and under which name."""
        ledger = self._ledger
        with ledger.transaction() as tx:
            snapshot = ledger.keep(tx, visit, outcome)
            if outcome in NO_LIST and self._is_guess(tx, step):
                outcome, detail = Outcome.SKIPPED, f"{outcome.words}：{detail}"
            # What the page was where it was first asked for.
            if outcome is Outcome.PAGE_CAP and step.task.about.get("instead"):
                outcome, detail = Outcome(step.task.about["instead"]), f"{step.task.about['told']}；{detail}"
            filed = Filed(outcome, detail)
            if outcome is Outcome.PAGE_CAP and (task := self._otherwise(step, filed)):
                outcome, detail = Outcome.SKIPPED, f"{detail}，改试 {task.request.url}"
                filed = Filed(outcome, detail, ledger.add(tx, [task]))
            ledger.close_step(tx, step, outcome, detail, snapshot)
            ledger.note_trouble(tx, step, outcome, detail, visit.ended, is_passing=False)
            if step.task.kind == "article":
                self.held.set_row(tx, int(step.task.about["row"]), outcome=outcome)
                if outcome is Outcome.GONE and self.held.has_place(tx, step.task.source, int(step.task.about["row"])):
                    self.full.add(step.task.source)  # before anything is called withdrawn, its list is read whole
                    filed.hosts |= ledger.release(tx, step.task.source)
            elif step.task.kind == "file" and step.task.parent is not None:
                filed.documents += self._assemble(tx, step.task.parent, visit.ended)
        return filed

    @staticmethod
    def _otherwise(step: Step, filed: Filed) -> Task | None:
        """Return the task to read a page of a list where its family says that it may be instead, None for nowhere.

        It remembers what came of the first try: that is what became of the page where the second finds nothing either.
        """
        task, memo = step.task, step.task.request.memo
        if task.kind != "list" or "else" not in memo:
            return None
        request = Request(memo["else"], family=task.request.family, memo={"first": "2"})
        about = {**task.about, "instead": filed.outcome.value, "told": filed.detail}
        return Task(task.source, "list", request, task.referer, about)

    def _is_guess(self, tx: Connection, step: Step) -> bool:
        """Say whether a step is a link that might have led to a list, and never did."""
        about = step.task.about
        is_first = (
            step.task.kind == "list" and int(about["page"]) == 1 and int(about["depth"]) > 0 and not about.get("sure")
        )
        return is_first and self.held.rows_before(tx, step) is None

    def _assemble(self, tx: Connection, article: int, now: datetime) -> int:
        """Make the document of an article all of whose parts came to an end; returns how many are new."""
        done = self.held.whole_article(tx, article)
        if done is None:
            return 0
        files = [part.about.get("digest") or part.sha256 for part in done.parts if part.outcome == Outcome.OK]
        about = done.page.about
        digest = document_digest(about["digest"], about["size"], files)
        document = content_id(digest)
        is_new = self.held.put_document(tx, document, about["title"], now)
        self.held.put_place(tx, document, done, self._sources[done.source], now)
        return int(is_new)
