"""One request to one server, honestly named, checked and bounded; what came, or in one sentence why nothing did.

Nothing is tried again and no redirect followed here: both are decisions of the crawl, which sees every request. The
environment is not asked for proxies or passwords: a proxy would look names up itself, and the check of addresses before
connecting would check nothing.
"""

import http.client
import re
import ssl
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.cookies import RequestsCookieJar
from requests.utils import requote_uri
from urllib3.exceptions import HTTPError, InvalidHeader

from pipeline.moments import utc_now
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.records import Request, View
from pipeline.scrape.wire import CheckedAdapter, Clock, FetchError, PlainSession, Route, local_address, trust

__all__ = ["Client", "FetchError", "Response", "Validators", "unpack"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
BODILESS = frozenset({204, 304})
PIECE = 64 * 1024  # bytes read at a time
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
GZIP = b"\x1f\x8b"
# In Content-Encoding, yet none: some servers put the charset there.
NO_CODING = frozenset({"", "identity", "none", "binary", "utf-8", "utf8", "gbk", "gb2312", "chunked"})
CODINGS = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
# What OpenSSL says about a handshake that broke off because the line did, not because of what the server showed.
CUT_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said about the version that we have, by which it can tell us that there is no newer one."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What came, as it came."""

    request: Request
    url: str  # as it went over the wire
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]  # as served, bytes as Latin 1
    body: bytes  # content-encoding kept, transfer-encoding undone
    content: bytes  # content-encoding undone
    started: datetime  # UTC
    request_headers: tuple[tuple[str, str], ...]
    http: str  # such as HTTP/1.1

    def header(self, name: str) -> str:
        """Return the first header of that name, in any case; "" for none."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), "")

    @property
    def media(self) -> str:
        """The Content-Type, whole."""
        return self.header("Content-Type")

    @property
    def etag(self) -> str:
        """The ETag, to be sent back as it is."""
        return self.header("ETag")

    @property
    def last_modified(self) -> str:
        """The Last-Modified date, to be sent back as it is."""
        return self.header("Last-Modified")

    @property
    def location(self) -> str:
        """The absolute http address that a Location header leads to; "" for none, or one that leads nowhere."""
        raw = self.header("Location").encode("latin-1", "replace")
        try:
            told = raw.decode("utf-8")
        except UnicodeDecodeError:
            told = raw.decode("gb18030", "replace")
        found = View.join_to(self.url, told)
        return requote_uri(found) if found else ""

    @property
    def retry_after_s(self) -> float | None:
        """Seconds after which the server wants to be asked again; None where it does not say."""
        told = self.header("Retry-After").strip()
        if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", told):
            return float(told)
        try:
            moment = parsedate_to_datetime(told)
        except ValueError:
            return None
        return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - self.started).total_seconds())

    @property
    def is_redirect(self) -> bool:
        """Whether the answer is that the page is elsewhere."""
        return self.status in REDIRECTS and bool(self.location)

    @property
    def view(self) -> View:
        """The answer as a page, not yet decoded; ask once and keep it."""
        return View(self.request, self.content, url=self.url, media=self.media, status=self.status)


class Client:
    """The requests of one crawl to one host: one connection at a time, cookies kept as long as the client.

    Args:
        contact: an address, such as of mail, where a site's administrator can reach us; part of the User-Agent.
        allow_loopback: for servers on this machine, which are refused otherwise.
        connect: where every host is reached instead of by DNS, such as 127.0.0.1:8001; this machine only.
        timeout_s: for the connection to be made, and for the next byte to come.
        total_s: for the whole answer.
        limit_bytes: of the body, as sent and as unpacked.
        verify: whose certificates are believed: those of certifi, or a file with others.
        now: the clock that a response is dated by; how long one takes is measured by another.

    Raises:
        ValueError: a contact that no header can hold, *connect* where it is not allowed or not on this machine, or
            no certificates.
    """

    def __init__(
        self,
        *,
        contact: str,
        allow_loopback: bool = False,
        connect: str = "",
        timeout_s: tuple[float, float] = (10, 30),
        total_s: float = 120,
        limit_bytes: int = 50_000_000,
        verify: bool | str = True,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        if not re.fullmatch(r"[\x20-\x7e]+", contact) or not contact.strip():
            raise ValueError(f"Expected a contact in ASCII, such as an address of mail, got {contact!r}.")
        if not verify or (isinstance(verify, str) and not Path(verify).is_file()):
            raise ValueError(f"Expected certificates to be checked, by those of certifi or of a file, got {verify!r}.")
        route = Route(allow_loopback, local_address(connect, allow_loopback) if connect else None)
        self._timeout_s, self._total_s, self._limit_bytes = timeout_s, total_s, limit_bytes
        self._now = now
        self._session = PlainSession()
        self._session.trust_env = False
        self._session.headers.clear()
        self._session.headers.update(
            {
                "User-Agent": f"fazhi/{version('fazhi')} (+{contact.strip()})",
                "Accept": ACCEPT,
                "Accept-Language": "zh-CN,zh;q=0.9",
                "Accept-Encoding": "gzip, deflate",
            }
        )
        self._clock = Clock(timeout_s[1])
        adapter = CheckedAdapter(route, self._clock, trust(verify if isinstance(verify, str) else ""))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, adapter)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection and forget the cookies."""
        self._session.close()
        self._session.cookies = RequestsCookieJar()

    def fetch(self, request: Request, *, validators: Validators = Validators(), referer: str = "") -> Response:
        """Send one request and return the answer, whatever its status.

        Raises:
            FetchError: no answer came, or one that is cut short, too large or not what its headers say.
        """
        if urlsplit(request.url).scheme.lower() not in ("http", "https"):
            raise FetchError(Outcome.UNREACHABLE, f"Expected an address of http or https, got {request.url}.")
        started, is_reading = self._now(), False
        self._clock.start(self._total_s)
        try:
            prepared = self._prepare(request, validators, referer)
            with self._session.send(
                prepared, stream=True, timeout=self._timeout_s, verify=True, allow_redirects=False
            ) as answer:
                is_reading = True
                return self._read(request, prepared, answer, started)
        except (requests.RequestException, HTTPError, OSError, http.client.HTTPException) as error:
            raise self._explain(error, request.url, is_reading) from error

    def _prepare(self, request: Request, validators: Validators, referer: str) -> requests.PreparedRequest:
        told = {
            "If-None-Match": validators.etag,
            "If-Modified-Since": validators.last_modified,
            "Referer": requote_uri(referer),
        }
        headers = {name: value for name, value in told.items() if value}
        body = list(request.form) if request.method == "POST" else None
        return self._session.prepare_request(requests.Request(request.method, request.url, headers=headers, data=body))

    def _read(
        self, request: Request, prepared: requests.PreparedRequest, answer: requests.Response, started: datetime
    ) -> Response:
        url, served = str(prepared.url), answer.raw._original_response
        headers = tuple((name, " ".join(value.splitlines())) for name, value in served.getheaders())
        body = self._read_body(answer, url)
        if served.surplus.strip():
            self._session.close()  # what else is on its way must not be taken for the next answer
            if answer.status_code not in BODILESS:
                raise _broken(url, "sent more bytes than its headers announce")
        else:
            answer.raw.release_conn()  # not done by itself where there is no body to read
        codings = ",".join(value for name, value in headers if name.lower() == "content-encoding")
        return Response(
            request=request,
            url=url,
            status=answer.status_code,
            reason=answer.reason or "",
            headers=headers,
            body=body,
            content=unpack(body, codings, url, self._limit_bytes),
            started=started,
            request_headers=(("Host", urlsplit(url).netloc.rpartition("@")[2]), *_texts(prepared.headers)),
            http="HTTP/1.0" if served.version == 10 else "HTTP/1.1",
        )

    def _read_body(self, answer: requests.Response, url: str) -> bytes:
        announced = answer.headers.get("Content-Length", "").strip()
        size = int(announced) if re.fullmatch(r"\d{1,18}", announced) else 0
        body = bytearray()
        if size <= self._limit_bytes:
            for piece in answer.raw.stream(PIECE, decode_content=False):
                body += piece
                size = len(body)
                if size > self._limit_bytes:
                    break
        if size > self._limit_bytes:
            raise FetchError(
                Outcome.TOO_LARGE,
                f"Expected at most {self._limit_bytes} bytes from {url}, but there are {size} or more.",
            )
        return bytes(body)

    def _explain(self, error: BaseException, url: str, is_reading: bool) -> FetchError:
        """Return the failure in our words, by its deepest cause that says something."""
        causes = list(_causes(error))
        if told := next((cause for cause in causes if isinstance(cause, FetchError)), None):
            return told
        if any(isinstance(cause, TimeoutError) for cause in causes):
            if self._clock.left_s <= 0:
                return _unreachable(url, f"did not finish within {self._total_s:g} seconds")
            return _unreachable(url, f"was silent for longer than {self._timeout_s[1]:g} seconds")
        for cause in causes:
            if isinstance(cause, ssl.SSLError):
                return _of_tls(cause, url, is_reading)
            if isinstance(cause, http.client.RemoteDisconnected):
                return _unreachable(url, "closed the connection without an answer")
            if isinstance(cause, (http.client.HTTPException, InvalidHeader, requests.exceptions.InvalidHeader)):
                return _broken(url, f"breaks off or is no valid HTTP ({type(cause).__name__}: {str(cause)[:80]})")
        if any(isinstance(cause, OSError) and cause.errno for cause in causes):
            return _unreachable(url, "reset the connection")
        if is_reading:
            return _broken(url, f"breaks off ({error})")
        return FetchError(Outcome.UNREACHABLE, f"Expected to reach {url}, but: {error}.")


def _of_tls(error: ssl.SSLError, url: str, is_reading: bool) -> FetchError:
    """Return what a failure of TLS means: the line broke, or the server showed what we do not believe."""
    if is_reading:
        return _broken(url, f"breaks off inside TLS ({error.reason or error})")
    if isinstance(error, CUT_OFF):
        return _unreachable(url, "broke off the TLS handshake")
    why = getattr(error, "verify_message", "") or error.reason or str(error)
    return FetchError(Outcome.TLS, f"Expected a certificate that holds for {url}, but: {why}.")


def unpack(body: bytes, codings: str, url: str, limit_bytes: int) -> bytes:
    """Return *body* without the content codings that its header names, the last of which was put on last.

    Raises:
        FetchError: cut short, damaged, too large when unpacked, or coded in a way that we did not ask for.
    """
    names = [name.strip().lower() for name in codings.split(",")]
    for name in reversed([name for name in names if name not in NO_CODING]):
        if name not in CODINGS:
            raise _broken(url, f"is coded as {name!r}, for which we did not ask")
        pieces, size = [], 0
        try:
            for piece in _inflate(body, CODINGS[name]) if body else ():
                pieces.append(piece)
                size += len(piece)
                if size > limit_bytes:
                    raise FetchError(
                        Outcome.TOO_LARGE, f"Expected at most {limit_bytes} bytes from {url}, but it unpacks to more."
                    )
        except (zlib.error, EOFError) as error:
            raise _broken(url, f"is damaged or cut short as {name} ({error})") from error
        body = b"".join(pieces)
    return body


def _inflate(body: bytes, coding: str) -> Iterator[bytes]:
    """Yield what *body* unpacks to; raises EOFError where it ends too early."""
    if coding == "gzip":
        bits = 16 + zlib.MAX_WBITS
    else:  # zlib as the standard says, or raw as some servers understood it
        bits = zlib.MAX_WBITS if body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0 else -zlib.MAX_WBITS
    while body:
        stream = zlib.decompressobj(bits)
        rest = body
        while rest and not stream.eof:
            yield stream.decompress(rest, PIECE)
            rest = stream.unconsumed_tail
        while not stream.eof and (piece := stream.decompress(b"", PIECE)):
            yield piece
        if not stream.eof:
            raise EOFError("the end is missing")
        body = stream.unused_data if stream.unused_data.startswith(GZIP) else b""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the errors that an error holds, is about and comes from, the deepest first."""
    seen: dict[int, BaseException] = {}
    todo: list[object] = [error]
    while todo:
        each = todo.pop()
        if isinstance(each, BaseException) and id(each) not in seen:
            seen[id(each)] = each
            todo += [*each.args, getattr(each, "reason", None), each.__cause__, each.__context__]
    yield from reversed(seen.values())


def _texts(headers: Any) -> Iterator[tuple[str, str]]:
    for name, value in headers.items():
        yield name, value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _broken(url: str, why: str) -> FetchError:
    return FetchError(Outcome.BROKEN_RESPONSE, f"Expected a whole answer from {url}, but it {why}.")


def _unreachable(url: str, why: str) -> FetchError:
    return FetchError(Outcome.UNREACHABLE, f"Expected an answer from {url}, but the server {why}.")
