"""One server on loopback that plays many sites: virtual hosts, a clock, faults, and a log.

It knows nothing about families: `Kind.respond` says what a site answers. Quirks of whole sites are listed in
`pipeline.emulator.faults`.
"""

import select
import socket
import ssl
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event, Lock, Thread
from types import TracebackType

from pipeline.emulator.answers import Wire, dress, modified, respond
from pipeline.emulator.faults import Fault, Faults
from pipeline.emulator.handler import LOOPBACK, Handler, Server, bare_name
from pipeline.emulator.log import Log
from pipeline.emulator.site import Asked, Kind, Site

World = Callable[[int], Mapping[str, Site]]


class Emulator:
    """Serves the sites of a world until closed; a context manager.

    Args:
        world: the sites of a week, by host.
        kinds: how families answer; all of `pipeline.emulator.families` if None.
        faults: the dial; none by default.
        week: that the clock shows first.
        port: to listen on; a free one if 0.
        ports: give each site of week 1 a port of its own as well, where plain loopback addresses lead to it.
        tls: speak TLS with this context.
        log: of requests; a new one if None.

    Raises:
        OSError: the port is taken.
    """

    def __init__(
        self,
        world: World,
        *,
        kinds: Mapping[str, Kind] | None = None,
        faults: Faults | None = None,
        week: int = 1,
        port: int = 0,
        ports: bool = False,
        tls: ssl.SSLContext | None = None,
        log: Log | None = None,
    ) -> None:
        self.world = world
        self.faults = faults or Faults()
        self.week = week
        self.tls = tls
        self.log = log or Log()
        self.closing = Event()
        self._kinds = kinds
        self._attempts: Counter[tuple[str, str, str, bytes]] = Counter()
        self._connections: set[socket.socket] = set()
        self._lock = Lock()
        self._servers = [self._listen(port)]
        self._own: dict[str, int] = {}  # port of each site that has one
        for host in world(1) if ports else ():
            self._servers.append(self._listen(0))
            self._own[host] = self._servers[-1].server_port
        self._by_port = {number: host for host, number in self._own.items()}
        self._wake, self._sleeper = socket.socketpair()
        self._thread = Thread(target=self._accept, name="emulator", daemon=True)

    def _listen(self, port: int) -> Server:
        server = Server(("127.0.0.1", port), Handler)
        server.emulator = self
        return server

    def __enter__(self) -> "Emulator":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening, and hang up on whoever is still connected."""
        self.closing.set()
        self._wake.send(b".")
        self._thread.join()
        for server in self._servers:
            server.server_close()
        with self._lock:
            for connection in self._connections:
                hang_up(connection)
        self._wake.close()
        self._sleeper.close()

    def _accept(self) -> None:
        poll = select.poll()
        listening = {server.fileno(): server for server in self._servers}
        for number in (*listening, self._sleeper.fileno()):
            poll.register(number, select.POLLIN)
        while not self.closing.is_set():
            for number, _ in poll.poll():
                if number in listening:
                    listening[number].handle_request()

    @property
    def port(self) -> int:
        """The port at which all sites are reached by their Host header."""
        return self._servers[0].server_port

    @property
    def connect(self) -> str:
        """Where to connect for any of the hosts: 127.0.0.1:PORT."""
        return f"127.0.0.1:{self.port}"

    @property
    def sites(self) -> Mapping[str, Site]:
        """The sites as they stand this week, by host."""
        return self.world(self.week)

    @property
    def origins(self) -> Mapping[str, str]:
        """Scheme, 127.0.0.1 and port of each host that has a port of its own."""
        scheme = "https" if self.tls else "http"
        return {host: f"{scheme}://127.0.0.1:{port}" for host, port in self._own.items()}

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """How each family answers."""
        if self._kinds is None:
            from pipeline.emulator.families import kinds

            self._kinds = kinds()
        return self._kinds

    def set_week(self, week: int) -> None:
        """Move the clock."""
        self.week = week

    def url(self, host: str, path: str = "/") -> str:
        """Return the plain loopback address of a path on a site that has a port of its own."""
        return self.origins[host] + path

    def find(self, asked_host: str, port: int, week: int) -> Site | None:
        """Return the site that a Host header means on a listening port, None for none."""
        sites = self.world(week)
        bare = bare_name(asked_host)
        if port in self._by_port:
            return sites.get(self._by_port[port])
        if bare in LOOPBACK:
            return next(iter(sites.values())) if len(sites) == 1 else None
        return sites.get(bare) or sites.get(twin(bare))

    def draw(self, site: Site, asked: Asked) -> Fault | None:
        """Return the fault of this attempt, None for none; each call counts as an attempt."""
        if asked.query.get("loop") == "1" and self.faults.rate and Fault.REDIRECT_LOOP in self.faults.kinds:
            return Fault.REDIRECT_LOOP  # once in it, there is no way out
        with self._lock:
            key = (site.host, asked.method, asked.target, asked.body)
            self._attempts[key] += 1
            attempt = self._attempts[key]
        target = f"{asked.target} {asked.body!r}" if asked.body else asked.target
        return self.faults.choose(site.host, target, attempt)

    def answer(self, site: Site, asked: Asked, host: str, port: int, week: int) -> Wire:
        """Return the right answer to a request, with validators that tell since which week it is what it is."""
        answer = respond(site, self.kinds[site.family], asked)
        since, seen = week, site
        while since > 1 and answer.status == 200:
            before = self.find(host, port, since - 1)
            if before is None or (before != seen and respond(before, self.kinds[before.family], asked) != answer):
                break
            since, seen = since - 1, before
        return dress(answer, site, asked, modified(since))

    def opened(self, connection: socket.socket) -> None:
        """Know of a connection, to end it on closing."""
        with self._lock:
            self._connections.add(connection)
            if self.closing.is_set():
                hang_up(connection)

    def closed(self, connection: socket.socket) -> None:
        """Forget a connection."""
        with self._lock:
            self._connections.discard(connection)


def hang_up(connection: socket.socket) -> None:
    """End a connection that a thread may be waiting on."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def twin(host: str) -> str:
    """Return a host with www. for one without, and the other way round."""
    return host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
