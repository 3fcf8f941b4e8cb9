"""What jobs were done, in the database of the workspace: a time is taken up when its job ended, and not before."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from pipeline import store
from pipeline.derived import jobs
from pipeline.moments import moment, stamp
from pipeline.watch.due import Done, Due
from pipeline.workspace.place import Workspace


def read_done(ws: Workspace) -> dict[str, Done]:
    """Return what is known of each job."""
    with ws.engine.connect() as tx:
        rows = tx.execute(select(jobs)).all()
    return {
        row.name: Done(due, moment(row.started), moment(row.ended), row.code, row.note)
        for row in rows
        if (due := moment(row.due))
    }


def take_note(ws: Workspace, names: Iterable[str], now: datetime) -> None:
    """Promise the times of jobs from now on, where nothing is known of them yet."""
    with ws.writing() as tx:
        for name in names:
            if store.get(tx, jobs, name=name) is None:
                store.add(tx, jobs, name=name, due=stamp(now), note="")


def begin(ws: Workspace, due: Due, now: datetime) -> datetime:
    """Note that a job begins, and return when it first did: one that was cut off goes on."""
    with ws.writing() as tx:
        row = store.get(tx, jobs, name=due.name)
        begun = moment(row.started) if row is not None and row.ended is None else None
        values = {"due": stamp(due.at), "started": stamp(begun or now), "ended": None, "code": None, "note": ""}
        store.put(tx, jobs, {"name": due.name}, values)
    return begun or now


def end(ws: Workspace, name: str, code: int, note: str, now: datetime) -> None:
    """Note that a job ended."""
    with ws.writing() as tx:
        store.change(tx, jobs, {"name": name}, ended=stamp(now), code=code, note=note)


def crawled_since(ws: Workspace, since: datetime) -> bool:
    """Say whether a crawl ended since a moment, whatever it found."""
    run = store.runs.c
    with ws.engine.connect() as tx:
        return (
            tx.execute(select(run.id).where(run.state == "ended", run.ended >= stamp(since)).limit(1)).first()
            is not None
        )
