"""One delivery after the other: handed to its channel, and each step written down before or as it is taken."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.config import Config
from pipeline.deliver import feed, folder, mail, rows, webhook
from pipeline.deliver.records import (
    REPEATABLE,
    Delivery,
    Mark,
    Patience,
    RefusedError,
    RejectedError,
    State,
    UnansweredError,
    UnreachableError,
)
from pipeline.deliver.rows import LEFT
from pipeline.moments import stamp

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)  # doubled in between
LONGEST_TRY = timedelta(days=7)  # then the next digest is there
MOST_ATTEMPTS = 40  # more than seven days have room for at these waits
MOST_DOUBTS = 3  # further copies of a message that are made on a machine which dies each time
AGAIN = "上次发出后不知是否送达，已用同一编号再次发送"


@contextmanager
def lasting(engine: "Engine") -> Iterator["Connection"]:
    """Yield a connection for transactions that are there after a power cut, too: a message cannot be called back."""
    from pipeline.store import writer

    with writer(engine) as connection:
        if engine.dialect.name != "sqlite":  # others store what is committed
            yield connection
            return
        _set_pragma(connection, "synchronous=FULL")
        try:
            yield connection
        finally:
            _set_pragma(connection, "synchronous=NORMAL")


def _set_pragma(connection: "Connection", pragma: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@dataclass(slots=True)
class Sender:
    """Sends what is due."""

    connection: "Connection"
    config: Config
    now: Callable[[], datetime]
    patience: Patience
    repeated: set[int] = field(default_factory=set)  # ids of what was sent again since nobody knew
    unreachable: str = ""  # why the mail server is left alone for now

    def send(self, found: Delivery) -> Delivery:
        """Send a delivery that is due; return how it stands then."""
        with self.connection.begin():
            found, payload = rows.look_at(self.connection, found)
        if payload is None:  # somebody gave it up meanwhile
            return found
        in_doubt = found.state == "sending" and found.channel not in REPEATABLE
        if in_doubt and found.doubtful >= MOST_DOUBTS:
            return self._end(found, "failed", f"发送{found.doubtful + 1}次都中断，{LEFT}，不再发送")
        tried = self._counted(found)

        def mark() -> None:
            nonlocal tried
            tried = self._begin(found, in_doubt=in_doubt)

        try:
            self._hand_over(found, payload, mark)
        except UnansweredError as error:
            if in_doubt:
                return self._end(tried, "failed", f"两次发出都没有得到答复，{LEFT}，不再发送（{error}）")
            return self._put_off(tried, "sending", str(error))
        except RejectedError as error:
            return self._end(tried, "failed", f"{error}；上次发出的{LEFT}" if in_doubt else str(error))
        except RefusedError as error:
            return self._put_off(tried, "sending" if in_doubt else "waiting", str(error))
        return self._finish(tried, payload)

    def _hand_over(self, found: Delivery, payload: bytes, mark: Mark) -> None:
        """Give a message to its channel."""
        match found.channel:
            case "folder":
                folder.copy_files(payload, Path(found.target), found.week, mark=mark)
            case "atom":
                self._publish(found, payload, mark)
            case "mail":
                self._mail(found, payload, mark)
            case "webhook":
                hook = next(each for each in self.config.webhooks if each.name == found.target)
                webhook.post(
                    payload, hook, message_id=found.message_id, mark=mark, now=self.now, patience=self.patience
                )

    def _mail(self, found: Delivery, payload: bytes, mark: Mark) -> None:
        """Hand a message to the mail server; one that was out of reach a moment ago is not waited for again."""
        assert self.config.mail is not None  # else the delivery was dropped
        if self.unreachable:
            raise UnreachableError(self.unreachable)
        try:
            mail.send_mail(payload, found.target, self.config.mail, mark=mark, patience=self.patience)
        except UnreachableError as error:
            self.unreachable = str(error)
            raise

    def _publish(self, found: Delivery, payload: bytes, mark: Mark) -> None:
        """Write a feed of this entry and those that are recorded."""
        with self.connection.begin():
            entries = rows.entries_of(self.connection, found.target)
        recorded = [(each.week, each.id, bytes(each.payload)) for each in entries if _is_kept(each)]
        newest = sorted([*recorded, (found.week, found.id, payload)], reverse=True)[: feed.MOST_ENTRIES]
        first = min(entries, key=lambda each: int(each.id))
        feed.publish(
            payload,
            [entry for _, _, entry in newest],
            Path(found.target),
            feed_id=first.message_id.rpartition("/")[0],
            name=next((each.name for each in self.config.readers if each.id == found.reader), ""),
            feed_url=self.config.feed_url,
            mark=mark,
        )

    def _finish(self, tried: Delivery, payload: bytes) -> Delivery:
        """Write down that a delivery was made, and leave off what need not be sent again."""
        sent = replace(tried, state="sent")
        kept = feed.kept(payload) if sent.channel == "atom" else None
        with self.connection.begin():
            rows.store(self.connection, sent, payload=kept, ended=stamp(self.now()))
            if kept:
                entries = filter(_is_kept, rows.entries_of(self.connection, sent.target))
                oldest = sorted(entries, key=lambda each: (each.week, each.id), reverse=True)[feed.MOST_ENTRIES :]
                rows.forget(self.connection, [each.id for each in oldest])
        return sent

    def _counted(self, found: Delivery) -> Delivery:
        """Return a delivery with one attempt more, of which nothing has been taken yet."""
        return replace(found, attempts=found.attempts + 1, begun=found.begun or self.now(), not_before=None)

    def _begin(self, found: Delivery, *, in_doubt: bool) -> Delivery:
        """Write down that from now on nobody knows."""
        doubtful = found.doubtful + in_doubt
        tried = replace(self._counted(found), state="sending", doubtful=doubtful, note=AGAIN if doubtful else "")
        with self.connection.begin():
            rows.store(self.connection, tried)
        if in_doubt:
            self.repeated.add(found.id)
        return tried

    def _put_off(self, tried: Delivery, state: State, why: str) -> Delivery:
        """Have a delivery wait, the longer the more often it was tried; or give it up."""
        at = self.now()
        if tried.attempts >= MOST_ATTEMPTS or (tried.begun and at - tried.begun > LONGEST_TRY):
            doubt = f"；上次发出的{LEFT}" if state == "sending" else ""
            return self._end(tried, "failed", f"试了{tried.attempts}次，不再发送：{why}{doubt}")
        wait = min(FIRST_WAIT * 2 ** min(tried.attempts - 1, 16), LONGEST_WAIT)
        put_off = replace(tried, state=state, not_before=at + wait, note=why)
        with self.connection.begin():
            rows.store(self.connection, put_off)
        return put_off

    def _end(self, tried: Delivery, state: State, note: str) -> Delivery:
        """Give a delivery up; it keeps what it would have sent."""
        ended = replace(tried, state=state, note=note, not_before=None)
        with self.connection.begin():
            rows.store(self.connection, ended, ended=stamp(self.now()))
        return ended


def _is_kept(row: Any) -> bool:
    return bool(row.state == "sent" and row.payload is not None)
