"""What the scripts and handlers inside a page print, and where they lead; nothing is run, only spelt out."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.scrape.records import View, once
from pipeline.scrape.trees import tags_in

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
COMMENT = re.compile(r"""/\*.*?\*/|(?<![:"'\w/\\])//[^\n]*""", re.DOTALL)
STRING = re.compile(r"""'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.)*)`""", re.DOTALL)
NUMBER = re.compile(r"\d{1,9}(?![\w.])")
NAME = re.compile(r"[A-Za-z_$][\w$]*(?![\w$.(\[])")
PLUS = re.compile(r"\s*\+(?![+=])\s*")
STEP = re.compile(
    r"document\s*\.\s*write(?:ln)?\s*(?P<write>\()\s*|(?<![\w$.])(?P<name>[A-Za-z_$][\w$]*)\s*=(?!=)\s*(?=[\"'`\d])"
)
ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "\n": "", "\r\n": ""}
# A script that decides prints one of several things, and which one only a browser knows.
DECIDES = re.compile(r"\b(?:if|for|while|switch|function)\b|\?[^:\n]{1,80}:")
LINK = re.compile(r"<a\s", re.IGNORECASE)

# location.href='x', window.location = "x", location.replace('x'), window.open('x'), encodeURI('x') around any of them.
GOES = re.compile(
    r"(?:\blocation(?:\s*\.\s*href)?\s*=(?!=)|\blocation\s*\.\s*(?:replace|assign)\s*\(|\bopen\s*\()\s*"
    r"(?:encodeURI\s*\(\s*)?(?P<quote>[\"'])(?P<address>[^\"'<>\s]{1,500})(?P=quote)(?!\s*\+)"
)
SMALL = 1500  # characters; a page that only leads on is smaller, even with its comments
REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]?\s*url\s*=\s*[\"']?\s*(.+?)[\"'\s]*$", re.IGNORECASE | re.DOTALL)
# A script that looks at the browser, or at a cookie, before it leads on: a version for telephones, or a challenge.
BROWSER = re.compile(r"document\s*\.\s*cookie|userAgent|navigator\.|screen\.|\$_ts")


def scripts(view: View) -> Iterator[str]:
    """Yield what each script of a page says, without its comments; those inside HTML comments are none."""
    yield from _scripts(view)


@once
def _scripts(view: View) -> tuple[str, ...]:
    found = (script for script in tags_in(view.soup, "script") if not script.has_attr("src"))
    return tuple(COMMENT.sub("", each.get_text()) for each in found if is_code(str(each.get("type") or "")))


def is_code(media: str) -> bool:
    """Say whether a script of this type is run; a template, as of text/html, is not."""
    return not media or "javascript" in media.lower() or "ecmascript" in media.lower() or media.lower() == "module"


def unescape(text: str) -> str:
    r"""Return the characters that the inside of a string literal stands for.

    >>> unescape(r"<a href=\"x\">\u6cd5<\/a>")
    '<a href="x">法</a>'
    """
    return ESCAPE.sub(
        lambda match: chr(int(match[1][1:], 16)) if len(match[1]) in (3, 5) else ESCAPED.get(match[1], match[1]), text
    )


def evaluate(script: str, at: int, names: Mapping[str, str]) -> tuple[str | None, int]:
    """Return the text that `'…' + name + '…'` at a place makes, and where it ends; None if it is anything else."""
    parts: list[str] = []
    while True:
        if found := STRING.match(script, at):
            parts.append(unescape(next(group for group in found.groups() if group is not None)))
        elif found := NUMBER.match(script, at):
            parts.append(found[0])
        elif (found := NAME.match(script, at)) and found[0] in names:
            parts.append(names[found[0]])
        else:
            return None, at
        at = found.end()
        plus = PLUS.match(script, at)
        if plus is None:
            return "".join(parts), at
        at = plus.end()


def printed(script: str, names: dict[str, str]) -> str:
    """Return the markup that a script writes by calls that can be spelt out; its variables are added to *names*."""
    pieces: list[str] = []
    for step in STEP.finditer(script):
        value, end = evaluate(script, step.end(), names)
        if step["name"] is not None:
            # `var title = '…'.substring(0, 20)` is no longer what it was
            if value is not None and re.match(r"\s*(?:[;,\n}]|$)", script[end:]):
                names.setdefault(step["name"], value) if DECIDES.search(script) else names.update({step["name"]: value})
        elif value is not None and script[end:].lstrip().startswith(")"):
            pieces.append(value)
    return "".join(pieces)


@once
def tree_of(view: View, decided: bool = False) -> "BeautifulSoup":
    """Return the tree of a page with the links that its scripts write in place.

    Args:
        view: the page.
        decided: leave out scripts that choose what to write.
    """
    from bs4 import BeautifulSoup

    names: dict[str, str] = {}

    def write_out(match: re.Match[str]) -> str:
        media = TYPE.search(match["attributes"])
        body = COMMENT.sub("", match["body"])
        if not is_code(media[1] if media else ""):
            return match[0]
        markup = printed(body, names)
        if not LINK.search(markup) or (decided and DECIDES.search(STRING.sub("''", body))):
            return match[0]
        return match[0] + markup

    if "document" not in view.text:
        return view.soup
    text = SCRIPT.sub(write_out, view.text)
    return view.soup if text == view.text else BeautifulSoup(text, "lxml")


def address_of(tag: "Tag", view: View) -> str:
    """Return where a click on an element leads, by its link or its handler; "" for nowhere."""
    href = str(tag.get("href") or "").strip()
    if href and not href.lower().startswith("javascript:"):
        address = view.join(href) if is_address(href) else ""
        if address and href != "#":
            return address
    for script in (str(tag.get("onclick") or ""), href):
        if (goes := GOES.search(script)) and is_address(goes["address"]):
            return view.join(goes["address"])
    return ""


def own_link(view: View, link: re.Pattern[str], form: re.Pattern[str]) -> str:
    """Return the first address on the page's own host of that *form*, "" for none; *link* finds them in its text."""
    home = view.join_to(view.url, "/")
    found = (view.join_to(view.url, each[1]) for each in link.finditer(view.text))
    return next((url for url in found if url.startswith(home) and form.search(url)), "")


def is_address(href: str) -> bool:
    """Say whether an address is filled in; one of a template, such as {{url}}, <%=url%> or [url], is not."""
    return not re.search(r"[{}<>]|%7B%7B|\[\w+\]|^\s*(?:void|#)", href)


def find_redirect(view: View) -> str:
    """Return where a page leads that has nothing but a redirect, "" for any other.

    A script that first looks at the browser or a cookie is a challenge or a version for telephones, not a redirect.
    """
    if len(view.text.strip()) > SMALL or not re.search(r"refresh|location", view.text, re.IGNORECASE):
        return ""
    addresses = []
    for meta in view.soup.find_all("meta", attrs={"http-equiv": re.compile("^refresh$", re.IGNORECASE)}):
        if told := REFRESH.match(str(meta.get("content") or "")):
            addresses.append(told[1])
    if not BROWSER.search(view.text):
        for script in scripts(view):
            addresses += [goes["address"] for goes in GOES.finditer(script)]
        body = view.soup.find("body")
        if body and (goes := GOES.search(str(body.get("onload") or ""))):
            addresses.append(goes["address"])
    found = (view.join(address) for address in addresses if is_address(address))
    return next((url for url in found if url and url != view.url), "")
