"""What stands between a family's answer and the wire: walls, robots.txt, soft 404s, validators, gzip."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from pipeline.emulator.shells import WALLS, page, soft_404
from pipeline.emulator.site import Answer, Asked, Kind, Site

ROBOTS = "/robots.txt"
FIRST_WEEK = datetime(2025, 4, 7, tzinfo=UTC)  # a Monday after the last document of the demo world
SHORTEST_GZIP = 256
TEXT_MEDIA = ("text/", "application/json", "application/javascript", "application/xml", "application/rss")


@dataclass(frozen=True, slots=True)
class Wire:
    """A response as it goes over the wire, but for the Date."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def wall(site: Site, asked: Asked) -> Answer | None:
    """Return what a site answers instead of any page of its own, None where it lets the request through."""
    if asked.path == ROBOTS and not site.has("wall_robots"):
        return None
    answers = (WALLS[quirk](site, asked) for quirk in sorted(site.quirks & WALLS.keys()))
    return next((answer for answer in answers if answer is not None), None)


def respond(site: Site, kind: Kind, asked: Asked) -> Answer:
    """Return what a site answers behind its wall."""
    if asked.path == ROBOTS:
        return robots(site)
    asked = replace(asked, method="GET") if asked.method == "HEAD" else asked
    answer = kind.respond(site, asked)
    if answer.status != 404:
        return answer
    if site.has("soft_404"):
        return soft_404(site, asked)
    if site.has("soft_404_home"):
        return kind.respond(site, Asked("GET", kind.entry(site)))
    return answer


def robots(site: Site) -> Answer:
    """Return the robots.txt of a site."""
    for status in (403, 500):
        if site.has(f"robots_{status}"):
            return page(site, f"<h1>{status}</h1>", status=status)
    if site.has("robots_html"):
        return page(site, f"<h1>{site.name}</h1><a href='/'>首页</a>")
    text = site.robots
    if site.has("robots_disallow"):
        text = "User-agent: *\nDisallow: /\n"
    elif site.has("robots_delay"):
        text = "User-agent: *\nCrawl-delay: 1\nDisallow: /admin/\n"
    if not text:
        return page(site, "<h1>404 Not Found</h1>", status=404)
    return Answer(text.encode(), "text/plain")


def modified(week: int) -> datetime:
    """Return the date that what appeared in a week has as its Last-Modified."""
    return FIRST_WEEK + timedelta(weeks=week - 1)


def bare(answer: Answer) -> Wire:
    """Return an answer with its media type and length and nothing else."""
    headers = {"Content-Type": answer.media, "Content-Length": str(len(answer.body)), **answer.headers}
    return Wire(answer.status, headers, answer.body)


def dress(answer: Answer, site: Site, asked: Asked, since: datetime) -> Wire:
    """Return an answer with validators and encoding, or 304 where the client has it.

    Args:
        answer: of the family.
        site: whose quirks count.
        asked: the request, whose headers say what the client has and takes.
        since: when it came to be what it is.
    """
    wire = bare(answer)
    headers, body = dict(wire.headers), wire.body
    is_packed = bool(body) and (site.has("forced_gzip") or takes_gzip(asked, answer))
    if answer.status == 200 and asked.method != "POST" and not site.has("no_validators"):
        tag = f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
        validators = {
            "ETag": f"W/{tag}" if is_packed else tag,  # other bytes than those of the tag
            "Last-Modified": format_datetime(since, usegmt=True),
        }
        if has_it(asked, tag, since):
            return Wire(304, validators)
        headers |= validators
    if is_packed:
        body = gzip.compress(body, mtime=0)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    headers["Content-Length"] = str(len(body))
    if site.has("no_length") and body and asked.method != "HEAD":
        del headers["Content-Length"]
        headers["Transfer-Encoding"] = "chunked"
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    return Wire(answer.status, headers, body)


def takes_gzip(asked: Asked, answer: Answer) -> bool:
    """Say whether to pack: the client takes it, and the body is text and long enough."""
    is_asked = "gzip" in asked.headers.get("accept-encoding", "")
    return is_asked and len(answer.body) >= SHORTEST_GZIP and answer.media.lower().startswith(TEXT_MEDIA)


def has_it(asked: Asked, tag: str, since: datetime) -> bool:
    """Say whether the client has what is there: by the tag if it sends one, else by the date."""
    told = asked.headers.get("if-none-match")
    if told is not None:
        return tag in (one.strip().removeprefix("W/") for one in told.split(",")) or told.strip() == "*"
    try:
        return parsedate_to_datetime(asked.headers["if-modified-since"]) >= since
    except (KeyError, ValueError, TypeError):  # not asked, no date, a date without a zone
        return False
