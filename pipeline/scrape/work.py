"""What is still to be done in a crawl: steps, each one request with a purpose, stored before it is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from pipeline.scrape.addresses import host_of, key_of
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.records import Request

Kind = Literal["list", "article", "file"]
# Documents are made whole before further ones are looked for, so that a crawl that ends early has whole ones; what we
# have already is looked at last, so that a small budget is not spent on it.
RANKS: Mapping[Kind, int] = {"file": 0, "article": 1, "list": 2}
LAST = 3


def unit_of(url: str) -> str:
    """Return what one delay and one connection are kept for: the host, www. or not, http or https.

    >>> unit_of("https://www.yunling.test/zwgk/")
    'yunling.test'
    """
    return host_of(url).removeprefix("www.")


def request_key(request: Request) -> str:
    """Return the key under which the answer to a request is known; a form is part of it."""
    key = key_of(request.url)
    if request.method == "GET":
        return key
    form = "&".join(f"{name}={value}" for name, value in request.form)
    return f"{key}#{request.method}:{sha256(form.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Task:
    """A step that is not stored yet."""

    source: str
    kind: Kind
    request: Request
    referer: str = ""
    # Of a list: column, depth, chain and page. Of an article: row. Of a file: role, name, position.
    about: Mapping[str, Any] = field(default_factory=dict)
    parent: int | None = None  # of a file: the step of its article
    is_held: bool = False  # stored, and only done if somebody asks for it
    is_known: bool = False  # an article that we have

    @property
    def key(self) -> str:
        """What its answer is known by."""
        return request_key(self.request)

    @property
    def host(self) -> str:
        """Whose worker does it."""
        return unit_of(self.request.url)

    @property
    def rank(self) -> int:
        """Which of two waiting tasks is done first: the lower."""
        return LAST if self.is_known else RANKS[self.kind]

    @property
    def slot(self) -> str:
        """What there is one of in a run."""
        return f"{self.source} {self.kind} {self.parent or ''} {self.key}"


@dataclass(frozen=True, slots=True)
class Step:
    """A stored task."""

    id: int
    task: Task
    seen: tuple[Outcome, ...] = ()  # what came of the attempts so far
    not_before: datetime | None = None
