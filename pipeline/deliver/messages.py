"""What a digest is for each target of its readers: the message as it is sent, made once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.config import Config, Reader
from pipeline.deliver import feed, folder, mail, webhook
from pipeline.deliver.records import Channel, Message
from pipeline.errors import InputError
from pipeline.records import content_id

if TYPE_CHECKING:
    from pipeline.digest.build import Built
    from pipeline.digest.records import Digest

Target = tuple[str, Channel, str]  # reader, channel, target


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the messages of a digest have in common, whenever they are made."""

    week: str
    moment: datetime  # at which the digest was built
    workspace: str  # an id


def targets_of(reader: Reader) -> Iterator[Target]:
    """Yield where a reader gets digests, each place once."""
    if reader.folder:
        yield reader.id, "folder", str(reader.folder)
    if reader.feed:
        yield reader.id, "atom", str(reader.feed)
    told: set[str] = set()
    for address in reader.mail:
        if address.casefold() not in told:
            yield reader.id, "mail", address
        told.add(address.casefold())
    for name in dict.fromkeys(reader.webhooks):
        yield reader.id, "webhook", name


def all_targets(config: Config) -> frozenset[Target]:
    """Return every target that is configured, and whose server or webhook is."""
    hooks = {hook.name for hook in config.webhooks}
    return frozenset(
        (reader, channel, target)
        for each in config.readers
        for reader, channel, target in targets_of(each)
        if (channel != "mail" or config.mail) and (channel != "webhook" or target in hooks)
    )


def authority_of(config: Config) -> str:
    """Return the name of the office in the net, by which its messages have ids of their own."""
    try:
        host = urlsplit(config.feed_url).hostname or ""
    except ValueError:
        host = ""
    return host or (mail.domain_of(config.mail) if config.mail else "") or feed.NOBODY


def messages_of(built: "Built", reader: Reader, config: Config, sealed: Sealed) -> Iterator[Message]:
    """Yield what a reader gets.

    Raises:
        InputError: the digest lacks the reader or one of its forms, or a target is not configured.
    """
    digest, files = built.digests.get(reader.id), built.files.get(reader.id)
    if digest is None or files is None:
        raise InputError(f"expected the digest of {sealed.week} for the reader {reader.id!r}, got none")
    for target in targets_of(reader):
        yield _message(target, digest, files, reader, config, sealed)


def _message(
    told: Target, digest: "Digest", files: Mapping[str, bytes], reader: Reader, config: Config, sealed: Sealed
) -> Message:
    _, channel, target = told
    name = f"{sealed.week}.{content_id(sealed.workspace, sealed.week, reader.id, channel, target)}"
    message_id = f"<fazhi.{name}@{authority_of(config)}>"
    problem = ""
    match channel:
        case "folder":
            payload = folder.pack(files)
        case "atom":
            path = reader.feed
            assert path is not None  # it is the target
            message_id = feed.entry_id(authority_of(config), sealed.moment, sealed.workspace, reader.id, sealed.week)
            page = files["digest.html"]
            payload = feed.compose(
                digest, page, entry=message_id, feed=path, feed_url=config.feed_url, sealed=sealed.moment
            )
        case "mail":
            if config.mail is None:
                raise InputError(f"expected a mail server in the configuration, since {reader.id!r} gets mail")
            mail.check_server(config.mail)
            message_id = f"<fazhi.{name}@{mail.domain_of(config.mail)}>"
            problem = mail.check_recipient(target)
            payload = (
                b""
                if problem
                else mail.compose(
                    digest, files, recipient=target, server=config.mail, message_id=message_id, sealed=sealed.moment
                )
            )
        case "webhook":
            hook = next((each for each in config.webhooks if each.name == target), None)
            if hook is None:
                raise InputError(f"expected a webhook {target!r} in the configuration, since {reader.id!r} names it")
            link = (
                feed.page_address(reader.feed, sealed.week, config.feed_url) if reader.feed and config.feed_url else ""
            )
            payload = webhook.compose(digest, hook.robot, message_id=message_id, link=link)
    return Message(reader.id, channel, target, message_id, payload, problem)
