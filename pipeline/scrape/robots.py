"""What a site asks of robots, as RFC 9309 has it: which pages to leave alone, and how slowly to come."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.scrape.charsets import decode
from pipeline.scrape.patience import MOST_HOPS
from pipeline.scrape.records import Request
from pipeline.scrape.work import unit_of

if TYPE_CHECKING:
    from protego import Protego

    from pipeline.scrape.client import Response

AGENT = "fazhi"  # the product token of our User-Agent
LARGEST = 500 * 1024  # bytes; RFC 9309, 2.5: at least this much is read, and the rest may be left
TOO_MANY_REQUESTS = 429  # a 4xx by number, but by meaning a server that cannot answer now


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for us."""

    rules: "Protego | None" = None  # None where there are none
    is_closed: bool = False  # the server could not say; nothing is asked of it until it can

    @classmethod
    def read(cls, content: bytes, status: int) -> "Robots":
        """Return the rules in the answer to /robots.txt.

        A file that is not there (any 4xx, 403 too) or a page in its place allows everything; a server in trouble (5xx,
        429, or no status at all) allows nothing for now: RFC 9309, 2.3.1.
        """
        if status >= 500 or status < 200 or status == TOO_MANY_REQUESTS:
            return cls(is_closed=True)
        if status >= 300:
            return cls()
        from protego import Protego

        text = decode(_cut(content)).lstrip("\ufeff \t\r\n\0")
        return cls() if text.startswith("<") else cls(Protego.parse(text))

    def allows(self, url: str) -> bool:
        """Say whether we may ask for *url*."""
        if self.is_closed:
            return False
        return self.rules is None or self.rules.can_fetch(url, AGENT)

    @property
    def delay_s(self) -> float | None:
        """Seconds between requests, the longer of what Crawl-delay and Request-rate ask for; None for neither."""
        if self.rules is None:
            return None
        rate = self.rules.request_rate(AGENT)
        asked = (self.rules.crawl_delay(AGENT), rate.seconds / rate.requests if rate else None)
        return max((delay for delay in asked if delay is not None), default=None)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The site maps that the file names, each once."""
        told = self.rules.sitemaps if self.rules else ()
        return tuple(dict.fromkeys(url for url in told if url.lower().startswith(("http://", "https://"))))


def ask_for_robots(url: str, send: "Callable[[Request], Response]") -> "tuple[Response, ...]":
    """Return what came for the robots.txt of a host, the last answer of which counts; no redirect leads to another."""
    answers: list[Response] = []
    parts = urlsplit(url)
    request = Request(f"{parts.scheme}://{parts.netloc}/robots.txt")
    while len(answers) < MOST_HOPS:
        answers.append(response := send(request))
        if not response.is_redirect or unit_of(response.location) != unit_of(url):
            break
        request = Request(response.location)
    return tuple(answers)


def _cut(content: bytes) -> bytes:
    """Return the first whole lines of a file that is too large: half a rule would forbid more than the site meant."""
    if len(content) <= LARGEST:
        return content
    return content[: content.rfind(b"\n", 0, LARGEST) + 1] or content[:LARGEST]
