"""One connection to the emulated sites: reads requests, sends what the sites answer, plays the faults on the wire."""

import gzip
import select
import socket
import struct
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from pipeline.emulator.answers import Wire, bare, wall
from pipeline.emulator.faults import ANSWERS, HUGE_BYTES, Fault
from pipeline.emulator.log import Record
from pipeline.emulator.site import Answer, Asked, Site

if TYPE_CHECKING:
    from pipeline.emulator.server import Emulator

CLOCK = "/__week__"
PIECE = 65_536
DRIP_S = 0.1
FILLER = b"<!-- " + b"." * (PIECE - 10) + b" -->\n"
LOOPBACK = ("127.0.0.1", "localhost")


class Server(ThreadingHTTPServer):
    """A listening socket; a thread a connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024
    timeout = 0  # `handle_request` is called when a connection waits
    emulator: "Emulator"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay calm when a client hangs up; tell anything else as usual."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """A connection, kept for as many requests as the client likes."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def emulator(self) -> "Emulator":
        """Whose sites are played."""
        return cast(Server, self.server).emulator

    def setup(self) -> None:
        """Begin TLS where it is spoken."""
        if self.emulator.tls is not None:
            self.request = self.emulator.tls.wrap_socket(self.request, server_side=True)
        super().setup()
        self.emulator.opened(self.connection)

    def finish(self) -> None:
        """Give the connection up."""
        self.emulator.closed(self.connection)
        super().finish()
        if self.emulator.tls is not None:
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: `Emulator.log` has it."""

    def do_GET(self) -> None:
        """Answer a request."""
        self._start, self._began = time.monotonic(), time.time()
        asked, host = self._read()
        week = self.emulator.week
        site = self.emulator.find(host, self._port, week)
        self._asked, self._host = asked, site.host if site else host
        if asked.path == CLOCK and bare_name(host) in LOOPBACK:
            self._send(self._clock(asked))
        elif site is None:
            known = "\n".join(self.emulator.sites)
            self._send(bare(Answer(f"no site is called {host}; there are\n{known}\n".encode(), "text/plain", 404)))
        elif site.has("silent"):
            self._hold(None)
            self._leave("silent")
        else:
            self._answer(site, asked, host, week)

    do_HEAD = do_POST = do_GET

    @property
    def _port(self) -> int:
        return cast(Server, self.server).server_port

    def _read(self) -> tuple[Asked, str]:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        target, host = self.path, headers.get("host", "")
        if target.startswith(("http://", "https://")):  # as to a proxy
            parts = urlsplit(target)
            target, host = (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), parts.netloc
        return Asked(self.command, target, headers, body), host.lower()

    def _clock(self, asked: Asked) -> Wire:
        told = asked.query.get("n", "")
        if told.isdecimal() and int(told) > 0:
            self.emulator.set_week(int(told))
        return bare(Answer(f"week {self.emulator.week}\n".encode(), "text/plain"))

    def _answer(self, site: Site, asked: Asked, host: str, week: int) -> None:
        if site.has("www_redirect") and site.host == f"www.{bare_name(host)}":
            return self._send(bare(Answer(b"", status=301, headers={"Location": f"http://www.{host}{asked.target}"})))
        walled = wall(site, asked)
        if walled is not None:
            return self._send(bare(walled))
        fault = self.emulator.draw(site, asked)
        if fault is None:
            return self._send(self.emulator.answer(site, asked, host, self._port, week))
        if fault in ANSWERS:
            return self._send(bare(ANSWERS[fault](site, asked)), fault)
        plain = replace(asked, headers={})  # neither packed nor 304: there must be something to spoil
        return self._spoil(fault, self.emulator.answer(site, plain, host, self._port, week))

    def _send(self, wire: Wire, fault: str = "") -> None:
        """Send a response; it is in the log before the client has its last byte."""
        is_bare = self.command == "HEAD" or wire.status == HTTPStatus.NOT_MODIFIED
        body = b"" if is_bare else wire.body
        data = self._head(wire.status, wire.headers) + body
        last = (len(data) - 1) // PIECE * PIECE
        for start in range(0, last, PIECE):
            self.wfile.write(data[start : start + PIECE])
        self._log(wire.status, len(body), fault)
        self.wfile.write(data[last:])

    def _head(self, status: int, headers: Mapping[str, str]) -> bytes:
        known = {one.value for one in HTTPStatus}
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase if status in known else 'Unknown'}"]
        lines += [f"Date: {self.date_time_string()}", "Server: nginx"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if self.close_connection:
            lines.append("Connection: close")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")  # names of files may stand in a header as raw bytes

    def _spoil(self, fault: Fault, wire: Wire) -> None:
        seconds = self.emulator.faults.hold_s
        half = wire.body[: len(wire.body) // 2]
        if fault is Fault.TIMEOUT:
            self._hold(seconds)
            self._leave(fault)
        elif fault is Fault.TRUNCATED_GZIP:
            packed = gzip.compress(wire.body, mtime=0)
            cut = packed[: len(packed) // 2]
            headers = {**wire.headers, "Content-Encoding": "gzip", "Content-Length": str(len(cut))}
            self._send(Wire(wire.status, headers, cut), fault)
        elif fault is Fault.RESET:
            self.wfile.write(self._head(wire.status, wire.headers) + half)
            self._leave(fault, wire.status, len(half))
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif fault is Fault.WRONG_LENGTH:
            self.close_connection = True
            headers = {**wire.headers, "Content-Length": str(len(wire.body) + 1000)}
            self._send(Wire(wire.status, headers, wire.body), fault)
        elif fault is Fault.DRIP:
            self._drip(fault, wire, half, seconds)
        else:
            self._huge(fault, wire)

    def _drip(self, fault: Fault, wire: Wire, half: bytes, seconds: float) -> None:
        self.wfile.write(self._head(wire.status, wire.headers))
        until = time.monotonic() + seconds
        sent = 0
        while sent < len(half) and time.monotonic() < until and not self._hold(DRIP_S):
            self.wfile.write(half[sent : sent + 1])
            sent += 1
        self._hold(until - time.monotonic())
        self._leave(fault, wire.status, sent)

    def _huge(self, fault: Fault, wire: Wire) -> None:
        headers = {"Content-Type": wire.headers["Content-Type"], "Transfer-Encoding": "chunked"}
        sent = 0
        try:
            self.wfile.write(self._head(200, headers))
            while sent < HUGE_BYTES:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(FILLER), FILLER))
                sent += len(FILLER)
            self._log(200, sent, fault)
            self.wfile.write(b"0\r\n\r\n")
        except OSError:  # the client has had enough
            self._leave(fault, 200, sent)

    def _hold(self, seconds: float | None) -> bool:
        """Wait, for ever if None; say whether the client went away or the emulator closed before."""
        poll = select.poll()
        poll.register(self.connection, select.POLLIN | select.POLLRDHUP)
        until = None if seconds is None else time.monotonic() + seconds
        while not self.emulator.closing.is_set():
            left = 1.0 if until is None else until - time.monotonic()
            if left <= 0:
                return False
            if poll.poll(min(left, 1.0) * 1000):
                return True
        return True

    def _leave(self, fault: str, status: int = 0, size: int = 0) -> None:
        self.close_connection = True
        self._log(status, size, fault)

    def _log(self, status: int, size: int, fault: str) -> None:
        asked = self._asked
        conditional = {"if-none-match", "if-modified-since"} & asked.headers.keys()
        self.emulator.log.add(
            Record(
                host=self._host,
                method=asked.method,
                target=asked.target,
                start=self._start,
                end=time.monotonic(),
                began=self._began,
                ended=time.time(),
                status=status,
                size=size,
                agent=asked.headers.get("user-agent", ""),
                is_conditional=bool(conditional),
                fault=fault,
                form=asked.body.decode("utf-8", "replace"),
            )
        )


def bare_name(host: str) -> str:
    """Return a Host header without its port."""
    return host.split(":")[0]
