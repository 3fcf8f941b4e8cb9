"""The outbox: what a digest sends is written down whole before any of it goes, and each step before it is taken.

A delivery is `waiting` until the last moment at which its target has taken nothing, `sending` from then, `sent` when
the target says that it has it. Whoever finds one `sending` does not know: mail and webhooks are sent once more with the
same id and the same bytes, and that is recorded; a folder and a feed are looked at and completed. An answer that stays
out twice ends it. Nothing is ever given up without a word.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.deliver import rows
from pipeline.deliver.lock import only_sender
from pipeline.deliver.messages import Sealed, all_targets, messages_of
from pipeline.deliver.records import PATIENCE, Delivered, Delivery, Enqueued, Patience
from pipeline.deliver.secrets import exposure
from pipeline.deliver.sending import Sender, lasting
from pipeline.errors import InputError
from pipeline.moments import moment, stamp, utc_now

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.digest.build import Built
    from pipeline.workspace.place import Workspace

TOLD_WEEKS = 8  # failures of older digests are told no longer
BY_HAND = "按要求重新发送"


def enqueue(ws: "Workspace", built: "Built", config: Config, *, now: Callable[[], datetime] = utc_now) -> Enqueued:
    """Write down what a digest sends to whom, all of it or nothing; once for each digest.

    What was written stands, whatever the configuration or the version is when this is called again. Who is no longer
    configured gets nothing of what still waits.

    Raises:
        InputError: the digest is not sealed, or the configuration names a server or a webhook that it does not have.
    """
    from pipeline.derived import digests
    from pipeline.store import change, get

    week = str(built.week)
    with ws.writing() as tx:
        row = get(tx, digests, week=week)
        sealed_at = moment(row.built) if row else None
        if sealed_at is None:
            raise InputError(f"expected the digest of {week} to be sealed in {ws.folder}, but there is none")
        dropped = len(rows.drop(tx, all_targets(config), now()))
        if row.handed:
            return Enqueued(week, dropped=dropped)
        sealed = Sealed(week, sealed_at, _workspace_id(tx, otherwise=row.built))
        quiet = tuple(reader.id for reader in config.readers if reader.is_quiet and not _has_news(built, reader.id))
        readers = [reader for reader in config.readers if reader.id not in quiet]
        messages = [message for reader in readers for message in messages_of(built, reader, config, sealed)]
        for message in messages:
            rows.write(tx, week, message)
        change(tx, digests, {"week": week}, handed=stamp(now()))
    return Enqueued(week, len(messages), dropped, quiet)


def _has_news(built: "Built", reader: str) -> bool:
    """Whether a reader's digest has news; one that is lacking is told of where it is needed."""
    digest = built.digests.get(reader)
    return digest is None or any(line.is_news for line in digest.lines)


def _workspace_id(tx: "Connection", *, otherwise: str) -> str:
    """Return what tells a workspace from others, and is the same in a copy of it: when its work began."""
    from sqlalchemy import select

    from pipeline.crawled import runs
    from pipeline.derived import derivations
    from pipeline.records import content_id

    queries = (select(table.c.started).order_by(table.c.id).limit(1) for table in (runs, derivations))
    return content_id("workspace", next(filter(None, (tx.execute(each).scalar() for each in queries)), otherwise))


def send_waiting(
    ws: "Workspace",
    config: Config,
    *,
    now: Callable[[], datetime] = utc_now,
    tell: Callable[[str], None] | None = None,
    stop: Callable[[], bool] | None = None,
    patience: Patience = PATIENCE,
) -> Delivered:
    """Send what waits and is due, and what an earlier sender left in doubt.

    Args:
        ws: the workspace.
        config: who is to get what, by which server.
        now: the clock.
        tell: gets a line of Chinese for each delivery, as it ends.
        stop: asked before each delivery whether to leave the rest for later.
        patience: how long answers are waited for.

    Raises:
        InputError: another sender is at work in this workspace.
    """
    ended = []
    with only_sender(ws), lasting(ws.engine) as connection:
        sender = Sender(connection, config, now, patience)
        with connection.begin():
            dropped = rows.drop(connection, all_targets(config), now())
            found = rows.read(connection, rows.OPEN)
        for each in (*dropped, *found):
            if each.state != "failed" and not (stop and stop()) and _is_due(each, now()):
                each = sender.send(each)
            if tell:
                tell(each.line)
            ended.append(each)
    return Delivered(
        sent=tuple(each for each in ended if each.state == "sent"),
        waiting=tuple(each for each in ended if each.state == "waiting"),
        failed=tuple(each for each in ended if each.state == "failed"),
        doubtful=tuple(each for each in ended if each.state == "sending" or each.id in sender.repeated),
        warnings=tuple(dict.fromkeys(_warnings(config))),
    )


def _is_due(each: Delivery, at: datetime) -> bool:
    return each.not_before is None or each.not_before <= at


def _warnings(config: Config) -> Iterator[str]:
    secrets = [config.mail.password] if config.mail else []
    secrets += [secret for hook in config.webhooks for secret in (hook.url, hook.sign)]
    yield from filter(None, map(exposure, secrets))


def next_due(ws: "Workspace", *, now: Callable[[], datetime] = utc_now) -> datetime | None:
    """Return when there is something to send; None where nothing waits."""
    with ws.engine.begin() as tx:
        return min((each.not_before or now() for each in rows.read(tx, rows.OPEN)), default=None)


def tally(ws: "Workspace") -> tuple[int, int]:
    """Return how many deliveries are still to be made, and how many of the newest digests failed."""
    found = _standing(ws)
    failed = sum(each.state == "failed" for each in found)
    return len(found) - failed, failed


def troubles(ws: "Workspace") -> tuple[str, ...]:
    """Return in a line each what failed of the newest digests, what nobody knows about, and what was tried in vain."""
    return tuple(each.line for each in _standing(ws) if each.state != "waiting" or each.attempts)


def _standing(ws: "Workspace") -> list[Delivery]:
    """Return what is still to be sent, and what failed of the newest digests though somebody is to get it."""
    from sqlalchemy import select

    from pipeline.derived import digests

    with ws.engine.begin() as tx:
        newest = sorted(tx.execute(select(digests.c.week)).scalars())[-TOLD_WEEKS:]
        found = rows.read(tx, (*rows.OPEN, "failed"))
    return [each for each in found if each.state != "failed" or (each.week in newest and not each.is_dropped)]


def retry_failed(ws: "Workspace", week: str) -> int:
    """Have what failed of a digest wait again, since somebody asks for it; return how many there are.

    What was never a message, and what nobody is to get any more, stays as it is.
    """
    with ws.writing() as tx:
        failed = [each for each in rows.read(tx, ("failed",)) if each.week == week and rows.is_sendable(tx, each)]
        for each in failed:
            waiting = replace(each, state="waiting", attempts=0, begun=None, not_before=None, note=BY_HAND)
            rows.store(tx, waiting, ended=None)
    return len(failed)
