"""Runs in processes that may be killed, and all that a run leaves in a workspace but for ids and the time of day."""

import multiprocessing
import random
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

from pipeline import derived
from pipeline.analyze import analyze_page
from pipeline.records import Page
from pipeline.workspace import run
from pipeline.workspace.place import Workspace, open_workspace
from tests.visits import FILLING, SUNDAY

# A child begins where its server stands: with all models in memory, so that it comes to work before it is killed.
APART = multiprocessing.get_context("forkserver")
APART.set_forkserver_preload(["tests.killing", "tests.warmth"])
MOST_STORED, LONGEST_S = 3, 0.3  # things that one stores, and seconds until it is killed then
TABLES = ("publication", "standing", "version", "paper", "section", "commitment", "coverage", "tracking",
          "source_state", "event", "text", "derivation")  # fmt: skip
TIMES = {"derivation": ("started", "ended")}


def warm() -> None:
    """Load what reading and comparing documents needs."""
    analyze_page(Page("a.txt", "\n".join(("云岭县2024年法治政府建设工作计划", *FILLING)).encode()))


def derive(folder: str, db: str, rules: str, references: Sequence[str], progress: Any = None) -> None:
    """Derive by some rules what is new in a workspace."""
    with patch.object(run, "rules_stamp", lambda: rules), open_workspace(Path(folder), db) as ws:
        run.run_workspace(ws, references=references, time_limit=None, now=lambda: SUNDAY, progress=progress)


def _derive_aloud(folder: str, db: str, rules: str, references: Sequence[str], told: Any) -> None:
    told.send(0)
    derive(folder, db, rules, references, lambda done, total, name: told.send(done))
    told.send(None)


def kill_amid(folder: Path, rules: str, references: Sequence[str], chance: random.Random, *, db: str = "") -> bool:
    """Derive in a process of its own, and kill it at some moment; says whether it was killed before its end."""
    hears, told = APART.Pipe(duplex=False)
    process = APART.Process(target=_derive_aloud, args=(str(folder), db, rules, references, told), daemon=True)
    process.start()
    told.close()
    for _ in range(chance.randint(1, MOST_STORED)):
        if hears.recv() is None:
            process.join()
            return False
    process.join(chance.uniform(0, LONGEST_S))
    is_alive = process.exitcode is None
    process.kill()
    process.join()
    return is_alive


def left_in(ws: Workspace) -> dict[str, list[str]]:
    """All rows that a run made; a row is known by what it says."""
    with ws.engine.connect() as tx:
        rows = {
            name: list(tx.execute(select(table).order_by(*table.primary_key.columns)).mappings())
            for name, table in ((name, derived.schema.tables[name]) for name in TABLES)
        }
    version = {row["id"]: f"{row['publication_id']} {row['number']}" for row in rows["version"]}
    paper = {row["id"]: f"{version[row['version_id']]} {row['position']}" for row in rows["paper"]}
    named = {"version_id": version, "before_id": version, "paper_id": paper}
    found: dict[str, list[str]] = {}
    for name, own in rows.items():
        told = [
            repr({
                key: named[key].get(value) if key in named else value
                for key, value in row.items()
                if key not in ("id", *TIMES.get(name, ())) or (key, name) == ("id", "publication")
            })
            for row in own
        ]  # fmt: skip
        found[name] = told if name == "event" else sorted(told)
    return found


def stop_after(number: int) -> Callable[[int, int, str], None]:
    """A watcher that ends a run when so many things are stored."""

    def watch(done: int, total: int, name: str) -> None:
        if done == number:
            raise InterruptedError(name)

    return watch


def clock() -> datetime:
    """The time of all these runs."""
    return SUNDAY
