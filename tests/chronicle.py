"""Weeks of a workspace as `fazhi crawl` and `fazhi run` leave them, told step by step, for tests of digests.

>>> chronicle = Chronicle(workspace)  # doctest: +SKIP
>>> with chronicle.derivation(Week(2026, 47)):  # doctest: +SKIP
...     chronicle.publish("plan", PLAN)
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, select, update

from pipeline import derived, store
from pipeline.analyze import analyze_page
from pipeline.compare.coverage import find_coverage
from pipeline.compare.tracking import track_targets
from pipeline.moments import stamp
from pipeline.records import Analysis, EventKind, Page
from pipeline.scrape.outcomes import Outcome
from pipeline.weeks import Week
from pipeline.workspace.changes import differences_between, fields_between, sentences_between
from pipeline.workspace.events import Derivation, tell
from pipeline.workspace.place import Workspace
from pipeline.workspace.versions import add_version, paper_of, read_papers
from pipeline.workspace.view import View

RULES = "0" * 64
PLACE = "云岭县 澜陵市 瀚东省"


@cache
def analysed(name: str, text: str) -> Analysis:
    return analyze_page(Page(f"{name}.txt", text.encode(), url=f"https://www.yunling.test/{name}.html"))


def on(week: Week, day: int = 4, hour: int = 10) -> datetime:
    """A moment of a week; day 1 is its Monday."""
    return datetime.combine(week.monday + timedelta(days=day - 1), time(hour - 8 if hour >= 8 else 0), UTC)


class Chronicle:
    """Writes what happens into a workspace."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self.week = Week(2026, 47)
        self.tx: Connection
        self.now: Derivation

    # --- crawls ------------------------------------------------------------------------------------------------------

    def source(self, key: str = "yunling", place: str = PLACE, code: str = "", **fields: Any) -> str:
        known = {"name": f"{key}的栏目", "entry": f"https://www.{key}.test/fzzf/", "level": "county", "family": "trs"}
        with self.ws.writing() as tx:
            store.add(tx, store.sources, id=key, place=code, place_name=place, details=[], **{**known, **fields})
        return key

    def crawl(self, week: Week, *sources: str) -> int:
        """A crawl in the week that ended well at these sources."""
        with self.ws.writing() as tx:
            times = {"started": stamp(on(week, 3)), "ended": stamp(on(week, 3, 12))}
            run = store.add(tx, store.runs, state="ended", version="0", options={}, **times)
            for name in sources:
                at = stamp(on(week, 3, 11))
                store.change(tx, store.sources, {"id": name}, checked=at, good_at=at, full_at=at, run_id=run)
        return run

    def row(self, source: str, title: str, run: int) -> None:
        """A row of a list that nobody can place."""
        with self.ws.writing() as tx:
            store.add(
                tx, store.rows, source_id=source, key=title, url=f"https://www.{source}.test/{len(title)}.html",
                list_url="", list_title=title, title=title, verdict="doubtful", score=4.0, words=["法治"], files=[],
                first_run=run, last_run=run,
            )  # fmt: skip

    # --- derivations -------------------------------------------------------------------------------------------------

    @contextmanager
    def derivation(self, week: Week, *, rules: str = RULES, ended: bool = True) -> Iterator[Derivation]:
        self.week = week
        observed = stamp(on(week, 5))
        with self.ws.writing() as tx:
            number = store.add(
                tx, derived.derivations, started=observed, state="running", version="0", rules=rules,
                observed=observed, counts={},
            )  # fmt: skip
            self.tx, self.now = tx, Derivation(number, observed, rules)
            yield self.now
            self.now.save(tx)
            if ended:
                store.change(tx, derived.derivations, {"id": number}, state="ended", ended=stamp(on(week, 6)))

    def event(self, kind: EventKind, data: dict[str, Any] | None = None, *, day: int = 4, week: Week | None = None,
              **ids: Any) -> None:  # fmt: skip
        tell(self.tx, self.now, kind, stamp(on(week or self.week, day)), data or {}, **ids)

    def publish(self, name: str, text: str, *, source: str = "yunling", day: int = 4, week: Week | None = None,
                kind: EventKind = "new", **fields: Any) -> int:  # fmt: skip
        """A new document; a new version of one that is there already."""
        from dataclasses import replace

        analysis = analysed(f"{name}-{len(text)}", text)
        document = replace(analysis.document, name=f"{name}.txt", snapshot="crawl.warc.gz:120", **fields)
        paper = paper_of(replace(analysis, document=document))
        at = stamp(on(week or self.week, day))
        before = self.version(name)
        if before is None:
            title = document.title or ""
            about = {"title": title, "state": "standing", "first_seen": at, "last_seen": at}
            if store.get(self.tx, derived.publications, id=name) is None:
                store.add(self.tx, derived.publications, id=name, **about)
            store.add(
                self.tx, derived.standings, publication_id=name, source_id=source, key=name, url=document.url,
                fingerprint=RULES, is_live=True, first_seen=at, last_seen=at,
            )  # fmt: skip
        cause = "rules" if kind == "reextracted" else "source"
        made = add_version(
            self.tx, self.now, name, [paper], cause=cause, fingerprint=RULES, held={"source": source}, fetched=at
        )
        data: dict[str, Any] = {"title": document.title, "url": document.url, "source": ""}
        if before is not None:
            kind = "changed" if kind == "new" else kind
            old = read_papers(self.tx, before)
            data = {
                "differences": differences_between(self.tx, old, [paper], (before, made)),
                "fields": fields_between(old, [paper]),
                "sentences": sentences_between(old, [paper]),
            }
        if kind == "reextracted":
            data = {"sections": {"added": 1, "dropped": 0, "changed": 2},
                    "commitments": {"added": 2, "dropped": 1, "changed": 0}, "fields": []}  # fmt: skip
        self.event(kind, data, day=day, week=week, publication=name, source=source, version=made, before=before)
        return made

    def version(self, name: str) -> int | None:
        of = derived.versions.c
        asked = select(of.id).where(of.publication_id == name, of.until_id.is_(None))
        return self.tx.execute(asked).scalar()

    def withdraw(self, name: str, reason: str = "gone") -> None:
        store.change(self.tx, derived.publications, {"id": name}, state="withdrawn", reason=reason)
        data = {"reason": reason, "url": f"https://www.yunling.test/{name}.html"}
        self.event("withdrawn", data, publication=name, source="yunling", version=self.version(name))

    def fare(self, source: str, outcome: Outcome, *, kind: EventKind | None = None, since: Week | None = None,
             details: Sequence[dict[str, str]] = ()) -> None:  # fmt: skip
        """The state of a source from now on, with its event."""
        of = derived.source_states
        self.tx.execute(
            update(of).where(of.c.source_id == source, of.c.until_id.is_(None)).values(until_id=self.now.id)
        )
        good = stamp(on(since)) if since else None
        at = stamp(on(self.week, 3))
        store.add(
            self.tx, of, source_id=source, outcome=outcome, details=list(details), at=at, good_at=good,
            since_id=self.now.id,
        )  # fmt: skip
        if kind:
            data = {"outcome": outcome, "words": outcome.words, "before": "ok", "since": good or "",
                    "details": list(details)}  # fmt: skip
            self.event(kind, data, source=source)

    def compare(self, *, cause: str = "source", coverage: bool = False) -> None:
        """Track all targets anew, and where asked hold all documents against the outline."""
        export = View(self.tx).export()
        tracking = track_targets(export)
        self._replace(
            derived.trackings, tracking.astype(object).where(tracking.notna(), None).to_dict("records"), cause
        )
        if coverage:
            found = find_coverage(export)
            self._replace(derived.coverages, found.astype(object).where(found.notna(), None).to_dict("records"), cause)

    def _replace(self, table: Any, rows: list[dict[str, Any]], cause: str) -> None:
        names = [
            column.name for column in table.c if column.name not in ("id", "cause", "since_id", "until_id", "place")
        ]
        there = {
            tuple(map(str, (getattr(row, name) for name in names))): row.id
            for row in self.tx.execute(select(table).where(table.c.until_id.is_(None)))
        }
        for row in rows:
            key = tuple(str(row[name]) for name in names)
            if there.pop(key, None) is None:
                place = {"place": "云岭县"} if "place" in table.c else {}
                store.add(
                    self.tx, table, **{name: row[name] for name in names}, **place, cause=cause, since_id=self.now.id
                )
        for number in there.values():
            store.change(self.tx, table, {"id": number}, until_id=self.now.id)


# --- texts -----------------------------------------------------------------------------------------------------------


def plan(*tasks: str, place: str = "云岭县", year: int = 2026) -> str:
    """A plan with its tasks one below the other."""
    items = "\n".join(f"{number}.{task}" for number, task in enumerate(tasks, 1))
    return (
        f"{place}{year}年法治政府建设工作计划\n一、总体要求\n坚持依法行政，全面推进法治政府建设。\n二、重点任务\n{items}\n"
        f"{place}人民政府\n{year}年3月6日\n"
    )


def report(*results: str, place: str = "云岭县", year: int = 2025) -> str:
    """A report with its results one below the other."""
    items = "\n".join(f"{number}.{result}" for number, result in enumerate(results, 1))
    return (
        f"{place}{year}年度法治政府建设情况报告\n一、主要工作\n{items}\n"
        f"二、下一步工作\n继续推进法治政府建设。\n{place}人民政府\n{year + 1}年3月20日\n"
    )
