"""A digest in short by POST: as JSON for whatever takes it, or to the robot of a chat.

The address of a robot holds its token, so that nothing here says it: a webhook is told by its name. Robots answer with
status 200 whatever they think; `errcode` says it. 企业微信 takes 4096 bytes of Markdown, 钉钉 20,000 bytes of JSON and,
where its robot has a secret, a signature of the time, which is made anew for each attempt. Both take 20 messages a
minute. Until the body is asked for nothing has been taken; the outbox is told at that moment.
"""

import base64
import hmac
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlsplit

from pipeline.config import Robot, Webhook
from pipeline.deliver.brief import Brief, BriefLine, brief_of, cut, plain
from pipeline.deliver.records import PATIENCE, Mark, Patience, RefusedError, UnansweredError
from pipeline.deliver.secrets import SecretError, is_given, parts_of, reveal, scrub
from pipeline.digest.records import Digest
from pipeline.digest.words import PARTS

if TYPE_CHECKING:
    import requests

MOST_BYTES = {"wecom": 4096, "dingtalk": 16_000}  # of the text; 钉钉 counts the JSON around it, and quotes cost twice
LONGEST_LINE = 300  # characters of a line in a chat
LONGEST_ANSWER = 65_536  # bytes that are read
LONGEST_REASON = 200  # characters of it that are told
# The gateway lost sight of what stands behind it, which may have taken the message.
UNKNOWN_STATUS = (502, 504)
# What would make a link, a mention or bold type of words that somebody else wrote.
TAMED = str.maketrans("<>[]*`~", "＜＞［］＊｀～")


# --- the message ---------------------------------------------------------------------------------------------------


def compose(digest: Digest, robot: Robot, *, message_id: str, link: str = "") -> bytes:
    """Return the body of a request.

    Args:
        digest: as its reader gets it.
        robot: who reads it.
        message_id: the same in each attempt.
        link: of the page, "" if it is nowhere in the web.
    """
    brief = brief_of(digest)
    if robot == "wecom":
        return _json({"msgtype": "markdown", "markdown": {"content": _fit(brief, link, MOST_BYTES[robot], "\n")}})
    if robot == "dingtalk":
        text = _fit(brief, link, MOST_BYTES[robot], "\n\n")  # it joins lines that no empty one parts
        return _json({"msgtype": "markdown", "markdown": {"title": brief.title, "text": text}})
    lines = [asdict(each) | {"part_title": PARTS[each.part].title} for each in brief.lines]
    return _json(
        {
            "id": message_id,
            "week": digest.week,
            "reader": digest.reader,
            "reader_name": digest.reader_name,
            "title": brief.title,
            "headline": brief.headline,
            "counts": asdict(digest.counts),
            "lines": lines,
            "more": brief.more,
            "link": link or None,
        }
    )


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def _fit(brief: Brief, link: str, most: int, parted: str) -> str:
    """Return Markdown of at most *most* bytes: as many whole lines as have room, and how many more there are."""
    lines = [_line(number, line) for number, line in enumerate(brief.lines, 1)]
    head = parted.join(_head(brief))
    for shown in range(len(lines), -1, -1):
        tail = parted.join((*lines[:shown], *_tail(brief.more + len(lines) - shown, link)))
        text = f"{head}\n\n{tail}".rstrip()  # else the lines would belong to what is quoted
        if len(text.encode()) <= most:
            return text
    tail = f"…\n\n{tail}".rstrip()
    return head.encode()[: most - len(tail.encode())].decode("utf-8", "ignore") + tail


def _head(brief: Brief) -> Iterator[str]:
    yield f"## {_tame(brief.title)}"
    for sentence in brief.headline:
        yield f"> {_tame(sentence)}"


def _tail(more: int, link: str) -> Iterator[str]:
    if more:
        yield f"另有{more}条"
    if link:
        yield f"[查看全文]({link})"


def _line(number: int, line: BriefLine) -> str:
    url = line.url.replace("(", "%28").replace(")", "%29")
    source = f" [原文]({url})" if url else ""
    return f"{number}. {_tame(cut(line.words, LONGEST_LINE))}{source}"


def _tame(text: str) -> str:
    return plain(text).translate(TAMED)


# --- the request ---------------------------------------------------------------------------------------------------


class _Body:
    """Bytes that tell when they are asked for: a server cannot take what it has not got."""

    def __init__(self, payload: bytes, mark: Mark) -> None:
        self.payload, self.mark, self.is_begun = payload, mark, False

    def __len__(self) -> int:
        return len(self.payload)

    def __iter__(self) -> Iterator[bytes]:
        self.mark()
        self.is_begun = True
        yield self.payload


def post(
    payload: bytes,
    webhook: Webhook,
    *,
    message_id: str,
    mark: Mark,
    now: Callable[[], datetime],
    patience: Patience = PATIENCE,
) -> None:
    """Post a message.

    Raises:
        RefusedError: it was not taken, or the answer says no.
        UnansweredError: it was sent, and no answer came.
    """
    try:
        url = reveal(webhook.url)
        sign = reveal(webhook.sign) if webhook.robot == "dingtalk" and is_given(webhook.sign) else ""
    except SecretError as error:
        raise RefusedError(f"推送地址或加签密钥读不到：{error.words}") from None
    is_local = _check_address(url, webhook)
    hidden = (*parts_of(url), sign)
    body = _Body(payload, mark)
    with _silenced():
        status, answer = _ask(_signed(url, sign, now()) if sign else url, body, message_id, patience, is_local)
    _judge(webhook.robot, status, answer, hidden)


def _check_address(url: str, webhook: Webhook) -> bool:
    """Return whether an address is on this machine; refuse what would go through a network in the open."""
    try:
        split = urlsplit(url)
        host = split.hostname or ""
    except ValueError:
        split, host = urlsplit(""), ""
    try:
        is_local = ip_address(host).is_loopback
    except ValueError:
        is_local = host.rstrip(".") == "localhost"
    if is_local and webhook.allow_loopback and split.scheme in ("http", "https"):
        return True
    if split.scheme != "https" or not host or is_local:
        raise RefusedError("推送地址应以 https:// 开头，不能指向本机")
    return False


def _signed(url: str, secret: str, moment: datetime) -> str:
    """Return the address of a 钉钉 robot with the time and its signature."""
    told = str(int(moment.timestamp() * 1000))
    made = hmac.digest(secret.encode(), f"{told}\n{secret}".encode(), "sha256")
    return f"{url}{'&' if '?' in url else '?'}timestamp={told}&sign={quote_plus(base64.b64encode(made))}"


def _ask(url: str, body: _Body, message_id: str, patience: Patience, is_local: bool) -> tuple[int, bytes]:
    """Return the status and the beginning of the answer; nothing that is raised names the address."""
    import requests

    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": message_id,
        "User-Agent": "fazhi",
        "Accept-Encoding": "identity",
    }
    timeout = (patience.connect_s, patience.request_s)
    try:
        with requests.Session() as session:
            session.trust_env = not is_local  # a proxy is not for this machine
            session.auth = _no_login
            with session.post(
                url, data=body, headers=headers, timeout=timeout, allow_redirects=False, stream=True
            ) as answer:
                return answer.status_code, next(answer.iter_content(LONGEST_ANSWER), b"")
    except (requests.RequestException, OSError, UnicodeError) as error:
        if body.is_begun:
            raise UnansweredError("消息已发出，对方没有答复") from None
        raise RefusedError(f"推送地址连接不上（{_words(error)}）") from None


def _no_login(request: "requests.PreparedRequest") -> "requests.PreparedRequest":
    return request  # else the library looks for one in the user's .netrc


def _words(error: Exception) -> str:
    """Return what went wrong by kind: what such an error says names the address."""
    import requests

    match error:
        case requests.exceptions.SSLError():
            return "证书不可信或加密连接未能建立"
        case requests.exceptions.ProxyError():
            return "代理服务器不通"
        case requests.Timeout():
            return "等候超时"
        case requests.exceptions.InvalidURL() | requests.exceptions.InvalidSchema() | UnicodeError():
            return "地址写法有误"
    return "网络不通"


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep a library from logging the address of each request, which it does at the level of debugging."""
    log = logging.getLogger("urllib3.connectionpool")
    was, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = was


def _judge(robot: Robot, status: int, answer: bytes, hidden: tuple[str, ...]) -> None:
    """Accept an answer, or say what it refuses."""
    if status in UNKNOWN_STATUS:
        raise UnansweredError(f"消息已发出，对方的网关没有等到结果（{status}）")
    if 300 <= status < 400:
        raise RefusedError(f"对方要求转到别的地址（{status}），没有跟随")
    if not 200 <= status < 300:
        raise RefusedError(f"对方答复 {status}{_said(answer, hidden)}")
    if robot == "generic":
        return
    try:
        told: Any = json.loads(answer)
        code = told["errcode"]
    except (ValueError, TypeError, KeyError):
        if answer.lstrip()[:1] in (b"", b"{"):
            raise UnansweredError("消息已发出，对方的答复不完整") from None
        raise RefusedError(f"对方的答复不是机器人的答复{_said(answer, hidden)}") from None
    if str(code) != "0":
        reason = scrub(plain(f"{code} {told.get('errmsg', '')}"), hidden)[:LONGEST_REASON]
        raise RefusedError(f"机器人答复 errcode {reason}".rstrip())


def _said(answer: bytes, hidden: tuple[str, ...]) -> str:
    told = scrub(plain(answer.decode("utf-8", "replace")), hidden)[:LONGEST_REASON]
    return f"（{told}）" if told else ""
