"""What is on its way: a message as it is written, a delivery as it stands, and the ways in which sending one fails.

DeliveryError
├── RefusedError      nothing was taken; it is tried again later
│   ├── RejectedError    and nothing would be at any later time
│   └── UnreachableError nor would anything for others by the same way
└── UnansweredError   everything was sent, and no answer came: nobody knows whether it was taken
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.errors import PipelineError
from pipeline.weeks import CHINA

Channel = Literal["folder", "atom", "mail", "webhook"]
State = Literal["waiting", "sending", "sent", "failed"]
CHANNELS: Mapping[Channel, str] = {"folder": "文件夹", "atom": "订阅源", "mail": "邮件", "webhook": "消息推送"}
# To do these again changes nothing, so that nobody is in doubt about one that was cut short.
REPEATABLE: tuple[Channel, ...] = ("folder", "atom")
DROPPED = "已不在配置中，不再发送"  # the note of what nobody waits for any more

Mark = Callable[[], None]  # called at the last moment at which nothing has been taken yet


class DeliveryError(PipelineError):
    """A message was not delivered; the text is for the reader of a terminal, in Chinese, and holds no secret."""


class RefusedError(DeliveryError):
    """Nothing was taken; a later attempt may do."""


class RejectedError(RefusedError):
    """Nothing was taken, and no later attempt would do."""


class UnreachableError(RefusedError):
    """Nothing was taken, and nothing will be for the moment, whoever it is for."""


class UnansweredError(DeliveryError):
    """Everything was sent and no answer came."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each answer is waited for, in seconds."""

    connect_s: float = 60.0  # to connect, for a greeting, and for encryption
    command_s: float = 120.0
    # RFC 5321, 4.5.3.2.6: who gives up sooner makes the doubt, and the second copy.
    taken_s: float = 600.0
    request_s: float = 60.0  # of a webhook


PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Message:
    """What one target of a reader gets, as it is sent."""

    reader: str
    channel: Channel
    target: str  # path, address or name
    message_id: str
    payload: bytes
    problem: str = ""  # why it can never be sent


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message of the outbox, as it stands."""

    id: int
    week: str
    reader: str
    channel: Channel
    target: str
    message_id: str
    state: State
    attempts: int = 0
    doubtful: int = 0  # times that it was sent again since nobody knew
    begun: datetime | None = None
    not_before: datetime | None = None
    note: str = ""

    @property
    def is_dropped(self) -> bool:
        """Whether it was given up since its reader or its target is gone from the configuration."""
        return self.state == "failed" and self.note.startswith(DROPPED)

    @property
    def line(self) -> str:
        """Return in a line of a terminal what became of it."""
        return f"{self.week}  {self.reader}  {CHANNELS[self.channel]} {self.target}：{self._words}"

    @property
    def _words(self) -> str:
        match self.state:
            case "sent":
                done = "已写入" if self.channel in REPEATABLE else "已发出"
                return f"{done}（{self.note}）" if self.note else done
            case "failed":
                return self.note if self.is_dropped else f"发送失败：{self.note}"
            case "sending":
                return f"是否送达不明：{self.note or '上次发送中断'}{_when(self.not_before)}"
        return f"等待发送{f'：{self.note}' if self.note else ''}{_when(self.not_before)}"


def _when(moment: datetime | None) -> str:
    if moment is None:
        return ""
    there = moment.astimezone(CHINA)
    return f"；{there.month}月{there.day}日{there:%H:%M}后再发"


@dataclass(frozen=True, slots=True)
class Enqueued:
    """What a digest put into the outbox."""

    week: str
    added: int = 0
    dropped: int = 0  # that waited for readers or targets that are no longer configured
    quiet: tuple[str, ...] = ()  # readers who get nothing, since the week has no news for them

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what a terminal shows."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.week}  待发{self.added}份" if self.added else f"{self.week}  没有新的待发"
        if self.dropped:
            yield f"{self.week}  {self.dropped}份{DROPPED}"
        for reader in self.quiet:
            yield f"{self.week}  {reader}：本周没有新情况，按设置不发"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the outbox: each delivery stands in one list, and those that were in doubt in another, too."""

    sent: tuple[Delivery, ...] = ()
    waiting: tuple[Delivery, ...] = ()
    failed: tuple[Delivery, ...] = ()
    doubtful: tuple[Delivery, ...] = ()  # sent again since nobody knew, or without an answer now
    warnings: tuple[str, ...] = ()  # of secrets that others can read

    @property
    def is_good(self) -> bool:
        """Whether nothing failed and nothing is left in doubt; what waits is tried again."""
        lost = any(not each.is_dropped for each in self.failed)
        return not lost and not any(each.state == "sending" for each in self.doubtful)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what a terminal shows."""
        unknown = (each for each in self.doubtful if each.state == "sending")
        told = (*self.sent, *unknown, *self.waiting, *self.failed)
        return (*self.warnings, *(each.line for each in told)) or ("没有待发的周报",)
