"""Servers on this machine that take mail and webhooks: each keeps what came, and fails where it is told to.

A plan says what happens at a step, once for each time that it is made: a reply of the server, `DROP` the connection,
or `HOLD` the answer until somebody kills the client or calls `release`.
"""

import asyncio
import queue
import ssl
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

DROP, HOLD = "DROP", "HOLD"
PATIENCE_S = 20.0  # until something that must happen is taken not to
# The steps of taking mail, in their order. At `dot` all of a message is there and nothing is taken; at `taken` it is
# kept, and the client has not been told.
STEPS = ("EHLO", "AUTH", "MAIL", "RCPT", "DATA", "dot", "taken")


@dataclass(slots=True)
class Plan:
    """What is to go wrong: at a step, for whom, how often."""

    step: str
    action: str
    target: str = ""  # a recipient, or the path of a request; "" for any
    times: int = 1


@dataclass(slots=True)
class _Planned:
    """Somebody who has plans."""

    plans: list[Plan] = field(default_factory=list)
    held: "queue.Queue[str]" = field(default_factory=queue.Queue)  # steps at which a client is held

    def plan(self, step: str, action: str, *, target: str = "", times: int = 1) -> None:
        """Have something go wrong."""
        self.plans.append(Plan(step, action, target, times))

    def due(self, step: str, targets: Iterable[str] = ()) -> str:
        """What happens at a step, "" for nothing."""
        for plan in self.plans:
            if plan.step == step and plan.times and (not plan.target or plan.target in targets):
                plan.times -= 1
                return plan.action
        return ""

    def until_held(self) -> str:
        """Wait for a client to be held; return the step."""
        return self.held.get(timeout=PATIENCE_S)


# --- mail ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that was taken."""

    sender: str
    recipient: str
    data: bytes

    @property
    def message(self) -> EmailMessage:
        """It as a mail program reads it."""
        read = message_from_bytes(self.data, policy=default)
        assert isinstance(read, EmailMessage)
        return read

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


class MailHost(_Planned):
    """A server for mail at 127.0.0.1 that keeps what it takes.

    Args:
        tls: starttls, implicit or none.
        certificate: what it shows; see `certificate`.
        users: who may log in, with which password; whoever may where there are none.
        pause_s: how long it takes before and after it takes a message.
    """

    def __init__(
        self,
        *,
        tls: str = "none",
        certificate: trustme.LeafCert | None = None,
        users: dict[str, str] | None = None,
        pause_s: float = 0.0,
    ) -> None:
        super().__init__()
        self.tls, self.users, self.pause_s = tls, users or {}, pause_s
        self.letters: list[Letter] = []
        self.port = 0
        self._context = _server_context(certificate) if certificate else None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._released: asyncio.Event = asyncio.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(PATIENCE_S)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def release(self) -> None:
        """Answer whoever is held."""
        self._loop.call_soon_threadsafe(self._released.set)

    def copies(self) -> Counter[tuple[str, str]]:
        """How often each recipient got each message."""
        return Counter((letter.recipient, letter.message_id) for letter in self.letters)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        implicit = self._context if self.tls == "implicit" else None
        server = self._loop.run_until_complete(
            self._loop.create_server(self._conversation, "127.0.0.1", 0, ssl=implicit)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._loop.call_soon(self._ready.set)
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0.01))  # transports that are closed say so to the loop
        self._loop.close()

    def _conversation(self) -> SMTP:
        return _Conversation(
            self,
            hostname="mail.test",
            loop=self._loop,
            tls_context=self._context if self.tls == "starttls" else None,
            require_starttls=self.tls == "starttls",
            auth_require_tls=self.tls == "starttls",
            authenticator=self._check if self.users else None,
        )

    def _check(self, _: SMTP, __: Session, ___: Envelope, ____: str, login: LoginPassword) -> AuthResult:
        known = self.users.get(login.login.decode())
        if self.due("AUTH"):
            return AuthResult(success=False, handled=False, message="454 4.7.0 Temporary authentication failure")
        return AuthResult(success=known is not None and known == login.password.decode(), handled=False)

    async def _at(self, step: str, server: SMTP, recipients: Iterable[str] = ()) -> str:
        """The reply of the plan for a step, "" for none; drop or hold the client if it says so."""
        match self.due(step, recipients):
            case "DROP":
                assert isinstance(server.transport, asyncio.Transport)
                server.transport.abort()
                await asyncio.sleep(PATIENCE_S)  # until the loop ends the conversation
            case "HOLD":
                self._released.clear()
                self.held.put(step)
                await self._released.wait()
            case reply:
                return reply
        return ""

    async def handle_EHLO(self, server: SMTP, session: Session, _: Envelope, name: str, replies: list[str]) -> Any:
        session.host_name = name
        reply = await self._at("EHLO", server)
        return [reply] if reply else replies

    async def handle_MAIL(self, server: SMTP, _: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if reply := await self._at("MAIL", server):
            return reply
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, _: Session, envelope: Envelope, address: str, __: list[str]) -> str:
        if reply := await self._at("RCPT", server, (address,)):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.pause_s)
        if reply := await self._at("dot", server, envelope.rcpt_tos):
            return reply
        assert isinstance(envelope.content, bytes)
        for recipient in envelope.rcpt_tos:
            self.letters.append(Letter(envelope.mail_from or "", recipient, envelope.content))
        await asyncio.sleep(self.pause_s)
        return await self._at("taken", server, envelope.rcpt_tos) or "250 2.0.0 taken"


class _Conversation(SMTP):
    """A conversation that may end before the data of a message is asked for."""

    async def smtp_DATA(self, arg: str) -> None:
        host: MailHost = self.event_handler
        assert self.envelope is not None
        if reply := await host._at("DATA", self, self.envelope.rcpt_tos):
            await self.push(reply)
        else:
            await super().smtp_DATA(arg)


# --- webhooks ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was read."""

    path: str
    headers: dict[str, str]
    body: bytes


class HookHost(_Planned):
    """A server for webhooks at 127.0.0.1 that keeps what it reads; the step of its plans is `POST`.

    An action is a status and a text, as in `200 {"errcode": 93000}`; `DROP` and `HOLD` come after the request was kept.
    """

    def __init__(self, *, answer: str = '200 {"errcode": 0, "errmsg": "ok"}', certificate: Any = None) -> None:
        super().__init__()
        self.answer = answer
        self.calls: list[Call] = []
        self._released = threading.Event()
        self._server = _HookServer(("127.0.0.1", 0), _Hook)
        self._server.host = self
        self._server.daemon_threads = True
        self.scheme = "http"
        if certificate:
            self.scheme = "https"
            self._server.socket = _server_context(certificate).wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.release()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def base(self) -> str:
        """Its address, to which a path is added."""
        return f"{self.scheme}://127.0.0.1:{self._server.server_address[1]}"

    def release(self) -> None:
        """Answer whoever is held."""
        self._released.set()


class _HookServer(ThreadingHTTPServer):
    host: HookHost

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that go away."""


class _Hook(BaseHTTPRequestHandler):
    server: _HookServer

    def do_POST(self) -> None:
        host = self.server.host
        body = self.rfile.read(length := int(self.headers["Content-Length"]))
        if len(body) < length:  # the client went away
            return
        host.calls.append(Call(self.path, dict(self.headers.items()), body))
        match host.due("POST", (self.path.partition("?")[0],)):
            case "DROP":
                self.close_connection = True
                return
            case "HOLD":
                host._released.clear()
                host.held.put("POST")
                host._released.wait(PATIENCE_S)
                planned = ""
            case planned:
                pass
        status, _, text = (planned or host.answer).partition(" ")
        self.send_response(int(status))
        if 300 <= int(status) < 400:
            self.send_header("Location", f"{host.base}/elsewhere")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


# --- certificates --------------------------------------------------------------------------------------------------


def _server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def authority(folder: Path) -> tuple[trustme.CA, Path]:
    """Return an authority that signs certificates, and the file by which others know it."""
    made, path = trustme.CA(), folder / "authority.pem"
    made.cert_pem.write_to_path(path)
    return made, path
