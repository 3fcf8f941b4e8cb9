"""Secrets where they are kept: in the environment or in a file, read when they are used and held by nobody."""

import base64
import os
import re
import stat
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from pipeline.config import Secret
from pipeline.errors import InputError

HIDDEN = "•••"
SHORTEST = 4  # characters of a part of an address that could be a token; shorter ones are such as v1
ONLY_WORD = re.compile(r"[a-z]{1,12}(?:[-_][a-z]{1,12})*")  # of a path: cgi-bin, webhook, send
OPEN = stat.S_IROTH  # others may read it


class SecretError(InputError):
    """A secret is not where it should be; `words` says so in Chinese, without what was found."""

    def __init__(self, message: str, words: str) -> None:
        super().__init__(message)
        self.words = words


def is_given(secret: Secret) -> bool:
    """Whether the configuration says where a secret is."""
    return bool(secret.env or secret.file)


def reveal(secret: Secret) -> str:
    """Return a secret.

    Raises:
        SecretError: it is not there, is empty, or is no text; the message names where it should be, never what is.
    """
    if secret.env:
        if found := os.environ.get(secret.env, "").strip():
            return found
        raise SecretError(
            f"expected a secret in the environment variable {secret.env}, but it is not set",
            f"环境变量 {secret.env} 未设置",
        )
    if secret.file is None:
        raise SecretError(
            "expected the name of an environment variable or of a file with a secret, got neither", "未设置密钥的出处"
        )
    try:
        found = secret.file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SecretError(
            f"expected a secret in the file {secret.file}, but {error.strerror or 'it cannot be read'}",
            f"密钥文件 {secret.file} 读不到",
        ) from None
    except UnicodeDecodeError:
        raise SecretError(
            f"expected a secret in UTF-8 in the file {secret.file}, got other bytes", f"密钥文件 {secret.file} 不是文本"
        ) from None
    if not found:
        raise SecretError(
            f"expected a secret in the file {secret.file}, but it is empty", f"密钥文件 {secret.file} 是空的"
        )
    return found


def exposure(secret: Secret) -> str:
    """Return a sentence where everybody on this machine can read a secret, else ""."""
    if secret.env or secret.file is None:
        return ""
    try:
        mode = secret.file.stat().st_mode
    except OSError:
        return ""  # whoever needs it is told that it is not there
    return f"密钥文件 {secret.file} 本机所有用户都能读，建议执行 chmod 600" if mode & OPEN else ""


def parts_of(url: str) -> tuple[str, ...]:
    """Return what of an address may be a token, as written and as read: its path, its query, its user."""
    try:
        split = urlsplit(url)
        pieces = [each for each in split.path.split("/") if not ONLY_WORD.fullmatch(each)]
        pieces += [split.fragment, split.username or "", split.password or ""]
        pieces += [value for _, value in parse_qsl(split.query, keep_blank_values=True)]
        pieces += [f"{split.path}?{split.query}", split.query]
    except ValueError:  # no address at all, and all the more a secret
        pieces = []
    found = {form for piece in pieces for form in (piece, unquote(piece), quote(piece, safe=""), quote_plus(piece))}
    return (url, *(each for each in found if len(each) >= SHORTEST))


def scrub(told: str, secrets: Iterable[str]) -> str:
    """Return what somebody said without the secrets, written plainly or in Base64."""
    forms = {secret for secret in secrets if secret}
    forms |= {base64.b64encode(secret.encode()).decode() for secret in forms}
    for form in sorted(forms, key=lambda each: (-len(each), each)):
        told = told.replace(form, HIDDEN)
    return told
