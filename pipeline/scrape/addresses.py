"""Addresses of pages and of machines: when two are the same page, whose host it is, and what we may connect to.

Two keys for one page cost a request, and the bytes are recognised later; one key for two pages loses a document. So a
part of a query is dropped only where it cannot say which page is meant.
"""

import ipaddress
import re
from collections.abc import Collection
from functools import lru_cache
from hashlib import sha256
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from pipeline.errors import InputError

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
PORTS = {"http": 80, "https": 443}
GOVERNMENT = "gov.cn"

ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
KEPT = "%/:@!$&'()*+,;=?[]~"  # neither of these is encoded; all else that is not unreserved is, as UTF-8
SLASHES = re.compile("/{2,}")
SESSION = re.compile(r";jsessionid=[^/;?]*", re.IGNORECASE)
# What a server sends for the folder itself. Others, such as list.html or main.htm, are pages of their own.
INDEX = re.compile(r"(?<=/)(?:index|default)\.(?:s?html?|jhtml|aspx?|jsp|php)$", re.IGNORECASE)

# Parts of a query that never say which page: how it looks, who sent the reader, whose session it is.
NEVER = frozenset(
    {
        "xxgkhide",
        "jsessionid",
        "phpsessid",
        "aspsessionid",
        "sessionid",
        "session_id",
        "spm",
        "scm",
        "gclid",
        "fbclid",
        "bd_vid",
        "isappinstalled",
        "nsukey",
        "tdsourcetag",
        "hmsr",
        "hmpl",
        "hmcu",
        "hmkw",
        "hmci",
        "wechat_redirect",
        "share_token",
        "share_from",
    }
)
NEVER_BEGINS = ("utm_", "wt.mc_", "mtm_", "pk_")
# Counted up or drawn by scripts so that no cache answers; numbers only, since `random` may also be a word of a form.
CACHE_KEYS = frozenset(
    {"_", "_dc", "nocache", "no_cache", "timestamp", "rand", "random", "rnd", "math.random", "cachebuster"}
)
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")
# These are also names of real keys (t=zhengcelibrary, v=3, r=12): dropped only where the value is a moment in seconds
# or milliseconds of this century, or a fraction such as Math.random() gives. `id`, `p`, `page`, `sid`, `uid` never are.
MOMENT_KEYS = frozenset({"t", "_t", "ts", "time", "v", "ver", "version", "r"})
MOMENT = re.compile(r"1\d{9}(?:\d{3})?|0?\.\d{6,}")
# `from` may be the first day of a search; where a page was shared is told by these words.
SHARED = frozenset(
    {"singlemessage", "groupmessage", "timeline", "message", "weixin", "wechat", "weibo", "qq", "qzone", "app"}
)

LONGEST_KEY = 1000  # bytes: an index of PostgreSQL takes 2,704, and a key stands in one beside a source and another key
READABLE = 900  # bytes of a longer one that are kept as they are
LONGEST_HOST = 253  # characters, as DNS has it
MOST_KEPT = 8192  # addresses whose keys are kept: those of a page are asked for half a dozen times
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
COMPATIBLE = ipaddress.IPv6Network("::/96")  # ::10.0.0.1, the first way to write IPv4 as IPv6
LOOPBACK = ipaddress.IPv6Address("::1")
UNICAST = ipaddress.IPv6Network("2000::/3")  # all that is routed on the internet so far


@lru_cache(maxsize=MOST_KEPT)
def key_of(url: str) -> str:
    """Return the key under which a page is known: the same for http and https, with and without www.

    The rest of a query is sorted by its names, the order of values under one name kept. A very long key is shortened.

    Raises:
        InputError: no address, such as one with half a bracket or a port that is none.

    >>> key_of("HTTP://www.Yunling.gov.cn:80/zwgk//fzzf/../fz/index.html?utm_source=x&b=2&a=%e6#top")
    'yunling.gov.cn/zwgk/fz/?a=%E6&b=2'
    """
    parts = _split(url)
    host = _host(parts).removesuffix(":80").removesuffix(":443")
    path = SESSION.sub("", parts.path)
    path = INDEX.sub("", _without_dots(SLASHES.sub("/", _escaped(path) or "/")))
    asked = filter(_is_telling, _escaped(parts.query.replace("+", "%20")).split("&"))
    query = "&".join(sorted(asked, key=lambda part: part.partition("=")[0]))
    return short_key(_without_www(host) + path + ("?" + query if query else ""))


def short_key(key: str) -> str:
    """Return a key as an index can hold it: of a very long one the beginning, and a digest of all of it.

    >>> len(short_key("yunling.test/?title=" + "%E6" * 5000))
    965
    """
    told = key.encode(errors="surrogatepass")
    if len(told) <= LONGEST_KEY:
        return key
    return f"{told[:READABLE].decode(errors='ignore')}~{sha256(told).hexdigest()}"


@lru_cache(maxsize=MOST_KEPT)
def host_of(url: str) -> str:
    """Return the host of an address in lower case and ASCII, with its port unless that is the scheme's own.

    Raises:
        InputError: no address.
    """
    parts = _split(url)
    host = _host(parts)
    own = PORTS.get(parts.scheme.lower())
    return host.removesuffix(f":{own}") if own else host


def variants(url: str) -> tuple[str, ...]:
    """Return an address as it is, by the other scheme, with www. or without it, and with both changed.

    One with a port of its own, or a number for a name, has no other.

    >>> variants("http://www.yunling.test/zwgk/")[1:3]
    ('https://www.yunling.test/zwgk/', 'http://yunling.test/zwgk/')
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.port or ":" in host or not host.strip("0123456789."):
        return (url,)
    scheme = "http" if parts.scheme == "https" else "https"
    netloc = parts.netloc.removeprefix("www.") if parts.netloc.startswith("www.") else f"www.{parts.netloc}"
    other, named = parts._replace(scheme=scheme), parts._replace(netloc=netloc)
    return (url, *map(urlunsplit, (other, named, named._replace(scheme=scheme))))


def is_government(host: str) -> bool:
    """Say whether a host, with or without port, is under gov.cn.

    >>> is_government("www.yunling.gov.cn:8080"), is_government("yunlinggov.cn"), is_government("gov.cn.example.com")
    (True, False, False)
    """
    name = _name(host)
    return name == GOVERNMENT or name.endswith("." + GOVERNMENT)


def registered(host: str) -> str:
    """Return the name under gov.cn that its owner registered; of any other host the host without www.

    Names below www.gov.cn belong to gov.cn itself, not to an owner called www.

    >>> registered("sfj.yunling.gov.cn"), registered("www.gov.cn"), registered("www.yunling.test:8001")
    ('yunling.gov.cn', 'gov.cn', 'yunling.test:8001')
    """
    if not is_government(host):
        return _without_www(host.lower().rstrip("."))
    labels = _name(host).split(".")
    return ".".join(labels[-2:] if labels[-3:-2] in ([], ["www"]) else labels[-3:])


def is_allowed(host: str, allowed: Collection[str]) -> bool:
    """Say whether *host* is one of *allowed* but for www., or under the same name below gov.cn as one of them."""
    return registered(host) in {registered(each) for each in allowed}


def check_address(ip: str, *, allow_loopback: bool) -> bool:
    """Say whether we may connect to an address: one that is reached over the internet, or this machine if allowed.

    An IPv6 address that only carries an IPv4 address (mapped, 6to4, NAT64, Teredo) is judged by that one.
    """
    try:
        address = ipaddress.ip_address(ip.strip("[]").partition("%")[0])
    except ValueError:
        return False
    if address == LOOPBACK:
        return allow_loopback
    if isinstance(address, ipaddress.IPv6Address):
        if carried := _carried(address):
            return all(check_address(str(each), allow_loopback=allow_loopback) for each in carried)
        return address in UNICAST and address.is_global
    if address.is_loopback:
        return allow_loopback
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    """Return the IPv4 addresses to which a packet for *address* would really go."""
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped or address in NAT64 or address in COMPATIBLE:
        return (low,)
    if address.teredo:
        return address.teredo
    return (address.sixtofour,) if address.sixtofour else ()


def _split(url: str) -> SplitResult:
    """Return the parts of an address; one without a scheme begins with its host, as people write it."""
    bare = url.strip()
    try:
        parts = urlsplit(bare if SCHEME.match(bare) else "//" + bare.lstrip("/"))
        if not parts.hostname or parts.port == 0:
            raise ValueError("it names no host, or port 0")
    except ValueError as error:
        raise InputError(f"Expected the address of a page, got {url!r}: {error}.") from error
    return parts


def _host(parts: SplitResult) -> str:
    """Return host and port, in lower case and ASCII."""
    name = (parts.hostname or "").rstrip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise InputError(f"Expected the name of a host, got {name!r}: {error}.") from error
    if len(name) > LONGEST_HOST:
        raise InputError(f"Expected the name of a host of at most {LONGEST_HOST} characters, got {len(name)}.")
    name = f"[{name}]" if ":" in name else name
    return f"{name}:{parts.port}" if parts.port else name


def _name(host: str) -> str:
    """Return a host without its port."""
    return re.sub(r":\d*$", "", host.strip().lower()).rstrip(".")


def _without_www(host: str) -> str:
    bare = host.removeprefix("www.")
    return bare if "." in bare else host


def _escaped(text: str) -> str:
    """Return a path or query with one spelling for every character."""

    def spell(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if char in UNRESERVED else f"%{match[1].upper()}"

    return ESCAPE.sub(spell, quote(re.sub("%(?![0-9A-Fa-f]{2})", "%25", text), safe=KEPT))


def _without_dots(path: str) -> str:
    """Return a path with its . and .. resolved; no .. leads out of the site."""
    parts: list[str] = []
    steps = path.split("/")
    for step in steps:
        if step == "..":
            del parts[max(1, len(parts) - 1) :]
        elif step != ".":
            parts.append(step)
    return "/".join(parts) + ("/" if steps[-1] in (".", "..") else "")


def _is_telling(part: str) -> bool:
    """Say whether a part of a query may say which page is meant."""
    name, _, value = part.partition("=")
    name, value = name.lower(), value.strip()
    if not part or name in NEVER or name.startswith(NEVER_BEGINS):
        return False
    if name in CACHE_KEYS:
        return bool(value) and not NUMBER.fullmatch(value)
    if name in MOMENT_KEYS:
        return not MOMENT.fullmatch(value)
    return not (name == "from" and value.lower() in SHARED)
