"""A digest by e-mail: the page with a plain text beside it and the workbook attached, handed to the office's server.

A message is made once and sent in the same bytes as often as it must be: its date is that of the digest, its
boundaries are made of what they part. Until the dot that ends its data a server has taken nothing; the outbox is told
at that moment, and what goes wrong after it leaves a doubt.
"""

import re
import smtplib
import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from ipaddress import ip_address

from pipeline.config import MailServer
from pipeline.deliver.brief import brief_of, cut, plain
from pipeline.deliver.records import (
    PATIENCE,
    Mark,
    Patience,
    RefusedError,
    RejectedError,
    UnansweredError,
    UnreachableError,
)
from pipeline.deliver.secrets import SecretError, reveal, scrub
from pipeline.digest.records import Digest
from pipeline.errors import InputError
from pipeline.weeks import CHINA

LONGEST_SUBJECT = 40  # characters of the sentence; a telephone shows about as many
LONGEST_REPLY = 200  # characters of what a server says
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
# Words parted by single dots on both sides of one @, in ASCII: other mailboxes need a server that speaks SMTPUTF8.
WORD, LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = re.compile(rf"{WORD}(?:\.{WORD})*@{LABEL}(?:\.{LABEL})*")
# That a mailbox does not exist, moved, or may not be written to by us. 552 is a full one, and what is below 550 is
# about the conversation (RFC 5321, 4.2.3 and 4.5.3.1.10).
NO_MAILBOX = frozenset((550, 551, 553, 554, 555, 556))
START_DATA, LINE_START = 354, re.compile(rb"^\.", re.MULTILINE)


def check_server(server: MailServer) -> None:
    """Refuse a server that mail must not be given to.

    Raises:
        InputError: its sender is no address, or mail would go through a network in the open.
    """
    if not ADDRESS.fullmatch(sender_of(server)):
        raise InputError(f"expected an address such as 周报 <digest@example.org> as sender, got {server.sender!r}")
    if server.tls == "none" and not _is_loopback(server.host):
        raise InputError(f"{server.host}: expected tls starttls or implicit; none is for this machine itself")


def sender_of(server: MailServer) -> str:
    """Return the bare address of a server's sender."""
    return parseaddr(server.sender)[1]


def domain_of(server: MailServer) -> str:
    """Return the domain of a server's sender."""
    return sender_of(server).rpartition("@")[2].lower()


def check_recipient(address: str) -> str:
    """Return what is wrong with an address, "" for one that mail can be sent to."""
    return "" if ADDRESS.fullmatch(address) else "不是可用的邮件地址"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


# --- the message ---------------------------------------------------------------------------------------------------


def compose(
    digest: Digest,
    files: Mapping[str, bytes],
    *,
    recipient: str,
    server: MailServer,
    message_id: str,
    sealed: datetime,
) -> bytes:
    """Return a message as it goes over the wire.

    Args:
        digest: as its reader gets it.
        files: its forms by name: digest.md, digest.html, digest.xlsx.
        recipient: the one address.
        server: whose sender it comes from.
        message_id: in angle brackets.
        sealed: when the digest was built.

    Raises:
        InputError: a form is lacking.
    """
    lacking = [name for name in ("digest.md", "digest.html", "digest.xlsx") if name not in files]
    if lacking:
        raise InputError(f"expected digest.md, digest.html and digest.xlsx of {digest.week}, lacking {lacking}")
    brief = brief_of(digest)
    name, address = parseaddr(server.sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(addr_spec=recipient)
    told = cut(brief.headline[0], LONGEST_SUBJECT) if brief.headline else ""
    message["Subject"] = f"{brief.title}：{told}" if told else brief.title
    message["Date"] = format_datetime(sealed.astimezone(CHINA))
    message["Message-ID"] = message_id
    message["List-Id"] = f"<{_label(digest.reader)}.fazhi.{domain_of(server)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "zh-CN"
    message.set_content(files["digest.md"].decode("utf-8"), cte="base64")
    message.add_alternative(files["digest.html"].decode("utf-8"), subtype="html", cte="base64")
    message.add_attachment(
        files["digest.xlsx"], *XLSX, filename=f"{plain(brief.title).replace(' ', '')}.xlsx", cte="base64"
    )
    for depth, part in enumerate(each for each in message.walk() if each.is_multipart()):
        part.set_boundary(_boundary(depth, message_id, files))
    return message.as_bytes()


def _label(reader: str) -> str:
    """Return the id of a reader as a label of a List-Id (RFC 2919)."""
    label = re.sub(r"[^A-Za-z0-9-]+", "-", reader).strip("-")
    return label if label and label == reader else f"{label or 'reader'}-{sha256(reader.encode()).hexdigest()[:8]}"


def _boundary(depth: int, message_id: str, files: Mapping[str, bytes]) -> str:
    """Return what parts a message: an underscore after an equals sign stands in no Base64."""
    held = sha256(f"{depth} {message_id}".encode())
    for name in sorted(files):
        held.update(sha256(files[name]).digest())
    return f"=_{held.hexdigest()[:40]}"


# --- the conversation ----------------------------------------------------------------------------------------------


@contextmanager
def _before(stage: str, kind: type[RefusedError] = RefusedError, secrets: Iterable[str] = ()) -> Iterator[None]:
    """Say of whatever goes wrong that nothing was taken."""
    try:
        yield
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise kind(f"{stage}：{scrub(_words(error), secrets)}") from None


def _words(error: Exception) -> str:
    match error:
        case smtplib.SMTPResponseException():
            return _reply(error.smtp_code, error.smtp_error)
        case smtplib.SMTPServerDisconnected():
            return "等候答复超时" if isinstance(error.__context__, TimeoutError) else "连接中断"
        case smtplib.SMTPNotSupportedError():
            return "服务器不支持所需的功能（STARTTLS 或登录）"
        case ssl.SSLCertVerificationError():
            return f"服务器证书不可信（{error.verify_message}）"
        case ssl.SSLError():
            return f"加密连接未能建立（{error.reason or 'TLS'}）"
        case TimeoutError():
            return "等候答复超时"
        case UnicodeError():
            return "地址或密码含有不能发送的字符"
        case OSError():
            return f"连接不上（{error.strerror or type(error).__name__}）"
    return type(error).__name__


def _reply(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"服务器答复 {code} {plain(text)[:LONGEST_REPLY]}".rstrip()


def send_mail(payload: bytes, recipient: str, server: MailServer, *, mark: Mark, patience: Patience = PATIENCE) -> None:
    """Hand a message to a server; return as soon as it says that it has it.

    Raises:
        RefusedError: it did not take it.
        RejectedError: it knows no such mailbox.
        UnansweredError: it got all of it, and did not answer.
        InputError: mail must not be given to this server.
    """
    check_server(server)
    try:
        password = reveal(server.password) if server.user else ""
    except SecretError as error:
        raise UnreachableError(f"登录邮件服务器的密码读不到：{error.words}") from None
    named = f"邮件服务器 {server.host}:{server.port}"
    with _before(named, UnreachableError):
        client = _connect(server, patience)
    try:
        with _before(named, UnreachableError):
            if server.tls == "starttls":
                client.starttls(context=_context(server))
            client.ehlo_or_helo_if_needed()
            _wait_for(client, patience.command_s)
        if server.user:
            with _before("登录邮件服务器", UnreachableError, (password,)):
                client.login(server.user, password)
        _address(client, sender_of(server), recipient, len(payload))
        _hand_over(client, payload, mark, patience)
    finally:
        client.close()


def _connect(server: MailServer, patience: Patience) -> smtplib.SMTP:
    if server.tls == "implicit":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=patience.connect_s, context=_context(server))
    return smtplib.SMTP(server.host, server.port, timeout=patience.connect_s)


def _wait_for(client: smtplib.SMTP, seconds: float) -> None:
    if client.sock:
        client.sock.settimeout(seconds)


def _context(server: MailServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.ca_file:
        try:
            context.load_verify_locations(server.ca_file)
        except OSError as error:
            raise UnreachableError(f"证书文件 {server.ca_file} 读不到（{error.strerror or 'TLS'}）") from None
    return context


def _address(client: smtplib.SMTP, sender: str, recipient: str, size: int) -> None:
    with _before("发件地址未被接受"):
        code, said = client.mail(sender, [f"size={size}"] if client.has_extn("size") else [])
        if code != 250:
            raise smtplib.SMTPResponseException(code, said)
    with _before("收件地址未被接受"):
        code, said = client.rcpt(recipient)
        if code in NO_MAILBOX:
            raise RejectedError(f"收件地址无效：{_reply(code, said)}")
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, said)


def _hand_over(client: smtplib.SMTP, payload: bytes, mark: Mark, patience: Patience) -> None:
    """Send a message up to the dot that ends it, say so, and send the dot."""
    with _before("邮件正文未被接受"):
        code, said = client.docmd("DATA")
        if code != START_DATA:
            raise smtplib.SMTPResponseException(code, said)
        client.send(LINE_START.sub(b"..", payload))
        if not payload.endswith(b"\r\n"):
            client.send(b"\r\n")
    mark()
    try:
        _wait_for(client, patience.taken_s)
        client.send(b".\r\n")
        code, said = client.getreply()
    except (smtplib.SMTPException, OSError):
        raise UnansweredError("邮件已全部发出，服务器没有答复") from None
    if 400 <= code < 600:
        raise RefusedError(f"邮件未被接受：{_reply(code, said)}")
    if not 200 <= code < 300:
        raise UnansweredError(f"邮件已全部发出，服务器的答复看不懂（{_reply(code, said)}）")
    with suppress(smtplib.SMTPException, OSError):
        client.send("QUIT\r\n")  # its answer is not waited for: what was taken is taken
