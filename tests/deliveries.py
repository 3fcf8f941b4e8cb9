"""A week that is sealed and built by hand, readers who get it by every way, and the servers that take it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from pipeline.config import Config, MailServer, Reader, Secret, Webhook
from pipeline.deliver.outbox import enqueue
from pipeline.deliver.records import Delivered, Patience
from pipeline.derived import deliveries, derivations
from pipeline.derived import digests as sealed
from pipeline.digest.build import Built
from pipeline.digest.records import Digest
from pipeline.moments import stamp
from pipeline.weeks import Week
from pipeline.workspace.place import Workspace
from tests.digests import WEEK, rich
from tests.servers import HookHost, MailHost

SEALED = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # Monday, seven in the morning, in China
QUICK = Patience(connect_s=5, command_s=5, taken_s=0.5, request_s=0.5)  # where an answer stays out
SENDER = "法治周报 <digest@sifaju.test>"


class Clock:
    """A clock that is driven."""

    def __init__(self, at: datetime = SEALED) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self.at += timedelta(**by)


def seal(ws: Workspace, week: Week = WEEK, at: datetime = SEALED) -> None:
    """Write down that a digest was built."""
    with ws.engine.begin() as tx:
        if tx.execute(select(derivations.c.id)).first() is None:
            row = {"started": stamp(SEALED), "state": "ended", "version": "1", "rules": "0" * 64, "counts": {}}
            tx.execute(insert(derivations).values(**row))
        tx.execute(insert(sealed).values(week=str(week), built=stamp(at), version="1", outputs={}))


def built(readers: Mapping[str, Digest], week: Week = WEEK, folder: Path = Path("digests")) -> Built:
    """Return a digest for readers, whose forms are as short as can be."""
    files = {name: forms(one) for name, one in readers.items()}
    return Built(week, folder, dict(readers), files, ())


def forms(digest: Digest) -> dict[str, bytes]:
    """Return the four forms of a digest."""
    words = "\n".join((*digest.headline, *(line.words for line in digest.lines)))
    return {
        "digest.html": f"<!doctype html><title>周报</title><p>{words}".encode("utf-8", "replace"),
        "digest.md": f"# 周报\n\n{words}\n".encode("utf-8", "replace"),
        "digest.json": b"{}\n",
        "digest.xlsx": b"PK\x03\x04" + bytes(range(256)) * 40,
    }


def ready(ws: Workspace, config: Config, week: Week = WEEK, digest: Digest | None = None) -> Built:
    """Seal a week, and enqueue it for every reader."""
    seal(ws, week)
    made = built({"": digest or rich(), **{reader.id: digest or rich() for reader in config.readers}}, week)
    enqueue(ws, made, config, now=Clock())
    return made


def config(folder: Path, *readers: Reader, **fields: Any) -> Config:
    """Return a configuration with these readers."""
    return Config(workspace=folder, readers=readers, **fields)


def mail_server(host: MailHost, **fields: Any) -> MailServer:
    """Return how a host for mail is reached."""
    return MailServer(host="127.0.0.1", sender=SENDER, port=host.port, **{"tls": host.tls, **fields})


def webhook(
    host: HookHost, folder: Path, name: str = "robot", path: str = "/hook?key=tok-1234-5678", **more: Any
) -> Webhook:
    """Return a webhook whose address is in a file."""
    file = folder / f"{name}.url"
    file.write_text(host.base + path, encoding="utf-8")
    file.chmod(0o600)
    return Webhook(name=name, url=Secret(file=file), allow_loopback=True, **more)


def rows(ws: Workspace) -> list[Any]:
    """Return every delivery, as it is in the database."""
    with ws.engine.begin() as tx:
        return list(tx.execute(select(deliveries).order_by(deliveries.c.id)))


def states(ws: Workspace) -> dict[str, str]:
    """Return the state of each delivery by its target."""
    return {row.target: row.state for row in rows(ws)}


def outcome(delivered: Delivered) -> dict[str, list[str]]:
    """Return the targets of each list of a result that is not empty."""
    lists = {name: getattr(delivered, name) for name in ("sent", "waiting", "failed", "doubtful")}
    return {name: [each.target for each in found] for name, found in lists.items() if found}
