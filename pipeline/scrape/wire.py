"""Connections: to checked addresses only, each answer whole in time, and whatever comes behind its end noticed.

The name of a host is looked up once, and the connection goes to the very address that was checked. urllib3 and
http.client offer the places where this is put in; the rest of HTTP and TLS is theirs.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import connection as sockets
from urllib3.util.ssl_ import create_urllib3_context

from pipeline.errors import PipelineError
from pipeline.scrape.addresses import check_address
from pipeline.scrape.outcomes import Outcome

Address = tuple[str, int]


class FetchError(PipelineError):
    """A request that brought no answer, or none that can be used."""

    def __init__(self, outcome: Outcome, detail: str, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class Route:
    """Where a host is: by DNS, or at one address of this machine."""

    allow_loopback: bool = False
    local: Address | None = None
    lookup: Callable[..., Sequence[tuple[Any, ...]]] = socket.getaddrinfo

    def find(self, host: str, port: int) -> tuple[Address, ...]:
        """Return the addresses that may be connected to.

        Raises:
            FetchError: there is none, or only such as lie in private networks.
        """
        if self.local:
            return (self.local,)
        try:
            found = self.lookup(host.strip("[]"), port, 0, socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(Outcome.UNREACHABLE, f"Expected DNS to know {host}, but: {error}.") from error
        known = tuple(dict.fromkeys((str(place[0]), int(place[1])) for *_, place in found))
        allowed = tuple(place for place in known if check_address(place[0], allow_loopback=self.allow_loopback))
        if known and not allowed:
            where = ", ".join(ip for ip, _ in known)
            raise FetchError(
                Outcome.PRIVATE_ADDRESS, f"Expected {host} to be on the internet, but its address is {where}."
            )
        return allowed


@dataclass(slots=True)
class Clock:
    """How long the answer under way may still take."""

    read_s: float
    ends: float = field(default=0.0)

    def start(self, total_s: float) -> None:
        """Begin an answer that may take *total_s* in all."""
        self.ends = time.monotonic() + total_s

    @property
    def left_s(self) -> float:
        """Seconds until the answer must be whole."""
        return self.ends - time.monotonic()

    def next_s(self, most_s: float) -> float:
        """Return the seconds that the next step may take; raises TimeoutError when none are left."""
        if self.left_s <= 0:
            raise TimeoutError("the time for the whole answer is over")
        return min(most_s, self.left_s)


@cache
def trust(file: str = "") -> ssl.SSLContext:
    """Return the check of certificates by those in *file*, or of certifi; shared, as they take long to read."""
    context = create_urllib3_context()
    context.load_verify_locations(file or DEFAULT_CA_BUNDLE_PATH)
    return context


class PlainSession(requests.Session):
    """A session that never looks where a redirect leads: that would read its body without our limits."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Return None."""
        return None


class CheckedAdapter(HTTPAdapter):
    """Connections of our own kind, one at a time."""

    def __init__(self, route: Route, clock: Clock, context: ssl.SSLContext) -> None:
        self._route, self._clock, self._context = route, clock, context
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0, pool_block=True)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        """Make the pool of one connection."""
        kwargs |= {"num_pools": connections, "maxsize": maxsize, "block": block, "ssl_context": self._context}
        self.poolmanager = _Manager(self._route, self._clock, **kwargs)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave the certificates to the context, which has them already; they would be read for every connection."""


class _Manager(PoolManager):
    """Hands route and clock to the connections."""

    def __init__(self, route: Route, clock: Clock, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._ours = {"route": route, "clock": clock}
        self.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def _new_pool(
        self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None
    ) -> HTTPConnectionPool:
        context = self.connection_pool_kw if request_context is None else request_context
        return super()._new_pool(scheme, host, port, {**context, **self._ours})


class _Checked(HTTPConnection):
    """A connection to an address that was checked: the name is not looked up again between check and use."""

    def __init__(self, *args: Any, route: Route, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._route, self._clock = route, clock
        self.response_class = partial(_Answer, clock=clock)  # type: ignore[assignment]  # called as the class is, which is all that http.client does

    def _new_conn(self) -> socket.socket:
        failure: OSError = OSError("DNS names no address")
        for address in self._route.find(self._dns_host, self.port or self.default_port):
            wait_s = self._clock.next_s(self.timeout if isinstance(self.timeout, int | float) else self._clock.read_s)
            try:
                return sockets.create_connection(address, wait_s, socket_options=self.socket_options)
            except OSError as error:
                failure = error
        why = (
            "did not answer"
            if isinstance(failure, TimeoutError)
            else f"could not be reached: {failure.strerror or failure}"
        )
        if isinstance(failure, ConnectionRefusedError):
            why = "refused the connection"
        raise FetchError(Outcome.UNREACHABLE, f"Expected a connection to {self.host}, but it {why}.")


class _SecurelyChecked(_Checked, HTTPSConnection):
    """The same under TLS; SNI and the name in the certificate remain those of the address asked for."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Checked


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecurelyChecked


class _Answer(http.client.HTTPResponse):
    """An answer that must be whole in time, and that notices bytes behind its end."""

    def __init__(self, sock: socket.socket, *args: Any, clock: Clock, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._source = _Timed(self.fp.detach(), sock, clock)
        self.fp = self._reader = _Reader(self._source)

    @property
    def surplus(self) -> bytes:
        """What came behind the end that the headers announce."""
        return self._reader.surplus


class _Timed(io.RawIOBase):
    """The bytes of a socket, as long as there is time."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, clock: Clock) -> None:
        self._raw, self._sock, self._clock = raw, sock, clock
        self.is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self.is_over:
            return 0
        self._sock.settimeout(self._clock.next_s(self._clock.read_s))
        return self._raw.readinto(buffer)

    def waiting(self) -> bytes:
        """Return a byte that has come already; nothing is waited for."""
        try:
            self._sock.settimeout(0)
            try:
                return self._sock.recv(1)
            finally:
                self._sock.settimeout(self._clock.read_s)
        except OSError:  # among them: nothing there
            return b""

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Reader(io.BufferedReader):
    """Keeps what is left over when it is closed."""

    surplus = b""

    def close(self) -> None:
        source = self.raw
        if not self.closed and isinstance(source, _Timed) and not source.is_over:
            source.is_over = True
            self.surplus = self.peek(1) or source.waiting()
        super().close()


def local_address(connect: str, allow_loopback: bool) -> Address:
    """Return the address of this machine that *connect* names."""
    host, _, port = connect.rpartition(":")
    ip = "127.0.0.1" if host == "localhost" else host.strip("[]")
    try:
        is_local = ipaddress.ip_address(ip).is_loopback
    except ValueError:
        is_local = False
    if not (allow_loopback and is_local and port.isdecimal() and 0 < int(port) < 65536):
        raise ValueError(f"Expected connect to be an address of this machine, with allow_loopback, got {connect!r}.")
    return ip, int(port)
