"""Deliveries as the database holds them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pipeline.deliver.messages import Target
from pipeline.deliver.records import DROPPED, REPEATABLE, Delivery, Message, State
from pipeline.moments import moment, stamp

if TYPE_CHECKING:
    from sqlalchemy import Connection

OPEN: tuple[State, ...] = ("waiting", "sending")
LEFT = "可能已经送达"
NAMES = (
    "id",
    "week",
    "reader",
    "channel",
    "target",
    "message_id",
    "state",
    "attempts",
    "doubtful",
    "begun",
    "not_before",
    "note",
)


def write(tx: "Connection", week: str, message: Message) -> None:
    """Add a delivery that waits, or one that has failed where its message can never be sent."""
    from pipeline.derived import deliveries
    from pipeline.store import add

    add(
        tx,
        deliveries,
        week=week,
        reader=message.reader,
        channel=message.channel,
        target=message.target,
        message_id=message.message_id,
        payload=None if message.problem else message.payload,
        sha256=sha256(message.payload).hexdigest(),
        state="failed" if message.problem else "waiting",
        attempts=0,
        doubtful=0,
        note=message.problem,
    )


def read(tx: "Connection", states: Iterable[State]) -> list[Delivery]:
    """Return deliveries in the order in which they were enqueued, without what they send."""
    from sqlalchemy import select

    from pipeline.derived import deliveries

    columns = [deliveries.c[name] for name in NAMES]
    query = select(*columns).where(deliveries.c.state.in_(tuple(states))).order_by(deliveries.c.id)
    return [_delivery(row) for row in tx.execute(query)]


def _delivery(row: Any) -> Delivery:
    held = {name: getattr(row, name) for name in NAMES}
    return Delivery(**held | {"begun": moment(row.begun), "not_before": moment(row.not_before)})


def look_at(tx: "Connection", delivery: Delivery) -> tuple[Delivery, bytes | None]:
    """Return a delivery as it stands by now, and what it sends if that is still to be sent."""
    from pipeline.derived import deliveries
    from pipeline.store import get

    row = get(tx, deliveries, id=delivery.id)
    payload = row.payload if row.state in OPEN else None
    return _delivery(row), None if payload is None else bytes(payload)


def is_sendable(tx: "Connection", delivery: Delivery) -> bool:
    """Whether it is still known what a delivery sends."""
    from pipeline.derived import deliveries
    from pipeline.store import get

    return get(tx, deliveries, id=delivery.id).payload is not None


def store(tx: "Connection", delivery: Delivery, **more: Any) -> None:
    """Write down how a delivery stands."""
    from pipeline.derived import deliveries
    from pipeline.store import change

    values = {
        "state": delivery.state,
        "attempts": delivery.attempts,
        "doubtful": delivery.doubtful,
        "begun": stamp(delivery.begun) if delivery.begun else None,
        "not_before": stamp(delivery.not_before) if delivery.not_before else None,
        "note": delivery.note,
    }
    change(tx, deliveries, {"id": delivery.id}, **values | more)


def drop(tx: "Connection", wanted: frozenset[Target], at: datetime) -> list[Delivery]:
    """Give up what is still to be sent to others than *wanted*; return it."""
    dropped = []
    for each in read(tx, OPEN):
        if (each.reader, each.channel, each.target) in wanted:
            continue
        doubt = f"（{LEFT}）" if each.state == "sending" and each.channel not in REPEATABLE else ""
        given_up = replace(each, state="failed", note=f"{DROPPED}{doubt}", not_before=None)
        store(tx, given_up, payload=None, ended=stamp(at))
        dropped.append(given_up)
    return dropped


def entries_of(tx: "Connection", target: str) -> list[Any]:
    """Return the entries of a feed (id, week, message_id, state, payload), whether their text is still kept or not."""
    from sqlalchemy import select

    from pipeline.derived import deliveries as table

    columns = (table.c.id, table.c.week, table.c.message_id, table.c.state, table.c.payload)
    return list(tx.execute(select(*columns).where(table.c.channel == "atom", table.c.target == target)))


def forget(tx: "Connection", ids: Iterable[int]) -> None:
    """Leave off what was sent."""
    from sqlalchemy import update

    from pipeline.derived import deliveries

    tx.execute(update(deliveries).where(deliveries.c.id.in_(tuple(ids))).values(payload=None))
