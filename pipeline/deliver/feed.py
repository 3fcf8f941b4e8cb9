"""An Atom feed of the newest digests (RFC 4287), and their pages beside it.

An entry is written once, when its digest is enqueued, and stands in the feed in these bytes for as long as it is among
the newest. The feed is made anew from the entries that are recorded, so that a file that was lost comes back.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from pipeline.deliver.brief import Brief, brief_of, plain
from pipeline.deliver.folder import pack, place_file, unpack, write_whole
from pipeline.deliver.records import Mark, RefusedError, RejectedError
from pipeline.digest.records import Digest
from pipeline.digest.words import TITLE
from pipeline.moments import moment, stamp
from pipeline.weeks import CHINA

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 52  # a year of weeks
HEAD = 4096  # bytes of a file in which a feed of ours has its id
NOBODY = "fazhi.invalid"  # names no host, ever (RFC 2606), where the configuration names none of the office
HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")  # what may stand in a tag (RFC 4151)


def entry_id(authority: str, sealed: datetime, workspace: str, reader: str, week: str) -> str:
    """Return the id that an entry keeps for good; up to the week it is that of its feed."""
    host = authority if HOST.fullmatch(authority) else NOBODY
    day = sealed.astimezone(CHINA).date()
    return f"tag:{host.lower()},{day}:fazhi/{workspace}/{quote(reader, safe='')}/{week}"


def page_name(feed: Path, week: str) -> str:
    """Return the name of a digest's page beside a feed."""
    return f"{feed.stem}-{week}.html"


def page_address(feed: Path, week: str, feed_url: str) -> str:
    """Return where readers find a page: relative to the feed where nobody told where that is."""
    return _address(feed, feed_url, page_name(feed, week))


def _address(feed: Path, feed_url: str, name: str) -> str:
    name = quote(name)
    if not feed_url:
        return name
    is_feed = urlsplit(feed_url).path.rpartition("/")[2] in (feed.name, quote(feed.name))
    return urljoin(feed_url if is_feed or feed_url.endswith("/") else f"{feed_url}/", name)


def compose(digest: Digest, page: bytes, *, entry: str, feed: Path, feed_url: str, sealed: datetime) -> bytes:
    """Return the entry of a digest and its page, as they are kept until the feed is written."""
    link = page_address(feed, digest.week, feed_url)
    updated = sealed.astimezone(CHINA).isoformat(timespec="seconds")
    written = _entry(brief_of(digest), entry=entry, updated=updated, link=link)
    return pack({page_name(feed, digest.week): page}, entry=written, updated=stamp(sealed))


def kept(payload: bytes) -> bytes:
    """Return what of a payload is kept when its page is written: the entry."""
    held = json.loads(payload)
    return json.dumps({"entry": held["entry"], "updated": held["updated"]}, ensure_ascii=False).encode()


def publish(
    payload: bytes,
    recorded: Iterable[bytes],
    feed: Path,
    *,
    feed_id: str,
    name: str = "",
    feed_url: str = "",
    mark: Mark,
) -> None:
    """Write a page, and the feed with its entry and those that are recorded, newest first.

    Args:
        payload: of the delivery, made by `compose`.
        recorded: what was `kept` of the others, the newest ones first.
        feed: the file.
        feed_id: of the feed, which never changes.
        name: of the reader.
        feed_url: where readers find it, "" if nobody told.
        mark: called before anything is written.

    Raises:
        RefusedError: a file cannot be written.
        RejectedError: something else is there in the place of the page or of the feed.
    """
    mark()
    for file, data in unpack(payload).items():
        place_file(feed.parent / file, data)
    entries = [json.loads(each) for each in recorded]
    newest = max(filter(None, (moment(each["updated"]) for each in entries)))
    text = _feed(
        (each["entry"] for each in entries),
        feed_id=feed_id,
        title=f"{TITLE}（{plain(name)}）" if name else TITLE,
        updated=newest.astimezone(CHINA).isoformat(timespec="seconds"),
        link=_address(feed, feed_url, feed.name) if feed_url else "",
    )
    try:
        if not _is_ours(feed, feed_id):
            raise RejectedError(f"{feed} 已经是另一个文件，没有覆盖")
        write_whole(feed, text.encode())
    except OSError as error:
        raise RefusedError(f"{feed} 写不进去（{error.strerror or type(error).__name__}）") from error


def _is_ours(feed: Path, feed_id: str) -> bool:
    if not feed.exists():
        return True
    with feed.open("rb") as file:
        head = file.read(HEAD)
    return not head.strip() or f"<id>{escape(feed_id)}</id>".encode() in head


def _feed(entries: Iterable[str], *, feed_id: str, title: str, updated: str, link: str) -> str:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{ATOM}" xml:lang="zh-CN">',
        f"<id>{escape(feed_id)}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{updated}</updated>",
        "<author><name>fazhi</name></author>",
        "<generator>fazhi</generator>",
    ]
    if link:
        lines.append(f'<link rel="self" type="application/atom+xml" href="{escape(link)}"/>')
    return "\n".join((*lines, *entries, "</feed>", ""))


def _entry(brief: Brief, *, entry: str, updated: str, link: str) -> str:
    return "\n".join(
        (
            "<entry>",
            f"<id>{escape(entry)}</id>",
            f"<title>{escape(brief.title)}</title>",
            f"<updated>{updated}</updated>",
            f"<published>{updated}</published>",
            f'<link rel="alternate" type="text/html" href="{escape(link)}"/>',
            f'<content type="html">{escape("".join(_content(brief, link)), quote=False)}</content>',
            "</entry>",
        )
    )


def _content(brief: Brief, link: str) -> Iterator[str]:
    yield f"<p>{escape(brief.week)}</p>"
    for sentence in brief.headline:
        yield f"<p>{escape(sentence)}</p>"
    if brief.lines:
        yield "<ol>"
        for line in brief.lines:
            source = f' <a href="{escape(line.url)}">原文</a>' if line.url else ""
            yield f"<li>{escape(line.words)}{source}</li>"
        yield "</ol>"
    rest = f"，另有{brief.more}条" if brief.more else ""
    yield f'<p><a href="{escape(link)}">查看全文</a>{rest}</p>'
