"""The page behind this one, by the pager that the page prints: links, handlers, numbers, selects, forms."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from pipeline.scrape.cells import find_pieces
from pipeline.scrape.inline import PLUS, STRING, address_of, is_address, scripts, tree_of, unescape
from pipeline.scrape.records import Request, View, once, plain
from pipeline.scrape.trees import tags_in
from pipeline.text import fold

if TYPE_CHECKING:
    from bs4 import Tag

NEXT = re.compile(r"[\[(]?(?:下一?页|下1页|下一[頁面]|后一?页|向后|next(?: ?page)?)[\])]?", re.IGNORECASE)
ARROW = re.compile(r"[>»›→]+|&gt;")
AROUND = " >»›→|·.-"
NEXT_CLASS = re.compile(r"^(?:page[-_]?)?next(?:[-_]?page)?$|^xiayiye$|^page-?down$", re.IGNORECASE)
OFF = re.compile(r"^(?:is-)?(?:disabled?|dis|no|off|gray|grey|unable|nopage|no-next)$", re.IGNORECASE)
HERE = re.compile(
    r"^(?:is-)?(?:current|cur|active|on|now|selected|thisclass|curr|hover|cpb|page-?now|pagecurr)$", re.IGNORECASE
)
NUMBERED = re.compile(r"[\[(第\s]*(\d{1,4})[\])页\s]*")
POSTBACK = re.compile(r"__doPostBack\(\s*(['\"])(?P<target>[^'\"]+)\1\s*,\s*(['\"])(?P<argument>[^'\"]*)\3")
CALL = re.compile(r"(?<![\w$.])(?P<name>[A-Za-z_$][\w$]*)\s*\(\s*['\"]?(?P<number>\d{1,4})['\"]?\s*\)")
# Parameters and fields that count pages; `p` of ?p=D0104X counts none, so the value must be a number too.
COUNTERS = (
    "page",
    "pageno",
    "pageindex",
    "pagenum",
    "pagenumber",
    "currpage",
    "currentpage",
    "curpage",
    "p",
    "pn",
    "pg",
)
BUTTONS = ("submit", "button", "image", "reset", "file", "checkbox", "radio")
PAGES = re.compile(
    r"(?:共|分|总)\s*(?:计|有|页数\s*:)?\s*(\d{1,5})\s*页|页(?:次|码|数)?\s*:\s*\d{1,5}\s*/\s*(\d{1,5})"
    r"|\d\s*/\s*(?:共\s*)?(\d{1,5})\s*页"
)
PAGE = re.compile(
    r"(?:当前|第)\s*(?:页\s*)?:?\s*(?:第\s*)?(\d{1,5})\s*(?:/\s*(?:共\s*)?\d{1,5}\s*)?页"
    r"|(?<![\d/])(\d{1,5})\s*/\s*(?:共\s*)?\d{1,5}\s*页|页(?:次|码)?\s*:\s*(\d{1,5})\s*/"
)
# 共12项 and 8个 are what titles and summaries count.
TOTAL = re.compile(
    r"(?:共|合)\s*(?:计|有|找到|检索到)?\s*(\d{1,7})\s*(?:条|篇|(?:项|个|件)(?:记录|信息|数据|结果|文件))"
    r"|(?:总数|总条数|总记录数|记录总数|记录数)\s*:\s*(\d{1,7})"
)


def find_next(view: View) -> Request | None:
    """Return the request that brings the page behind this one, as the page itself offers it; None on the last.

    In this order: 下一页 or its arrow, as a link, a handler, a call of the page's own function or a post back of its
    form; else the number behind the present one in the pager.
    """
    page, pages, _ = find_counts(view)
    if page and pages and page >= pages:
        return None
    found, is_last = _by_words(view)
    return found if found or is_last else _by_number(view)


@once
def find_counts(view: View) -> tuple[int | None, int | None, int | None]:
    """Return which page this is, how many there are, and of how many rows, as far as the page says so in words."""
    pieces = find_pieces(view.soup) if "页" in view.text or "条" in view.text or "共" in view.text else ()
    text = " ".join(piece.text for piece in pieces if piece.link is None)  # numbers that are links count other pages
    page, pages, total = PAGE.search(text), PAGES.search(text), TOTAL.search(text)
    return _number(page), _number(pages), _number(total)


def page_in(request: Request) -> int | None:
    """Return the number of a page that a request asks for by a parameter, such as ?page=2; None without one."""
    for name, value in (*parse_qsl(urlsplit(request.url).query), *request.form):
        if name.lower() in COUNTERS and value.isdigit():
            return int(value) or 1
        if name == "__EVENTARGUMENT" and value.isdigit():
            return int(value)
    return None


def _number(match: re.Match[str] | None) -> int | None:
    return next((int(group) for group in match.groups() if group), None) if match else None


def _by_words(view: View) -> tuple[Request | None, bool]:
    """Return the request of 下一页, and whether the page shows it switched off, as the last one does."""
    tree = tree_of(view, True)
    offered = [
        tag for tag in tags_in(tree, "a", "area", "button", "input", "span", "li", "link", "div") if _is_next(tag)
    ]
    is_last = False
    for tag in sorted(offered, key=lambda tag: not _says_next(tag)):  # an arrow may belong to a show of pictures
        if _is_off(tag):
            is_last = is_last or _says_next(tag)
            continue
        request = _led_to(tag, view)
        if request and (request.method == "POST" or request.url != view.url):
            return request, False
        is_last = is_last or (_says_next(tag) and bool(tag.get("href") or tag.name == "span"))
    return None, is_last


def _is_next(tag: "Tag") -> bool:
    if tag.name == "link":
        return "next" in (tag.get("rel") or [])
    if tag.name in ("span", "li", "div", "button") and not tag.has_attr("onclick") and not _says_next(tag):
        return False
    if tag.name in ("span", "li", "div") and tags_in(tag, "a", "span", "li", "div"):
        return False
    words = _words(tag)
    arrow = ARROW.fullmatch(words) is not None and tag.name in ("a", "button", "input")
    classed = any(NEXT_CLASS.match(each) for each in tag.get("class") or []) or "next" in (tag.get("rel") or [])
    return _says_next(tag) or arrow or (classed and not words and tag.name in ("a", "area"))


def _words(tag: "Tag") -> str:
    return fold(plain(tag.get_text(" ")) or str(tag.get("value") or "")).strip()


def _says_next(tag: "Tag") -> bool:
    if tag.name == "link":
        return True
    pictures = tags_in(tag, "img") if tag.name in ("a", "button", "area") else []
    picture = next((each for each in pictures if each.has_attr("alt")), None)
    told = [
        _words(tag),
        str(tag.get("title") or ""),
        str(tag.get("aria-label") or ""),
        str(picture["alt"]) if picture else "",
    ]
    words = (re.sub(r"\s+|\(\d+/\d+\)$", "", fold(each)).strip(AROUND) for each in told)
    return any(NEXT.fullmatch(each) for each in words)


def _is_off(tag: "Tag") -> bool:
    for each in (tag, tag.parent):
        if each is None or each.name in ("body", "[document]"):
            continue
        if any(OFF.match(name) for name in each.get("class") or []) or each.get("aria-disabled") == "true":
            return True
    return tag.has_attr("disabled")


def _led_to(tag: "Tag", view: View) -> Request | None:
    """Return what a click on a part of the pager asks for."""
    for each in (tag, tag.parent):
        if each is None or (each is not tag and each.name not in ("a", "li", "span", "button")):
            continue
        if url := address_of(each, view):
            return Request(url)
        handlers = " ".join(str(each.get(name) or "") for name in ("onclick", "href"))
        if request := _called(handlers, each, view):
            return request
    if tag.name == "input" and str(tag.get("type") or "").lower() == "submit" and tag.get("name"):
        return submit(tag.find_parent("form"), {str(tag["name"]): str(tag.get("value") or "")}, view)
    return None


def _called(handler: str, tag: "Tag", view: View) -> Request | None:
    """Return what a handler asks for by a call: ASP.NET's post back, or a function of the page with a page's number."""
    if post := POSTBACK.search(handler):
        fields = {"__EVENTTARGET": post["target"], "__EVENTARGUMENT": post["argument"]}
        return submit(tag.find_parent("form") or view.soup.find("form"), fields, view)
    for call in CALL.finditer(handler):
        body = next((found for script in scripts(view) if (found := _function(script, call["name"]))), None)
        if body is None:
            continue
        parameter, code = body
        if (url := _spelt(code, parameter, call["number"])) and is_address(url):
            return Request(view.join(url)) if view.join(url) else None
        field = re.search(
            rf"""(?:\.|\[['"]|\(['"]#?)([\w.]+)(?:['"][\])])?(?:\.value\s*=|\.val\()\s*{re.escape(parameter)}\b""", code
        )
        if field and "submit" in code:
            return submit(_form_with(field[1], view), {field[1]: call["number"]}, view)
    return None


def _function(script: str, name: str) -> tuple[str, str] | None:
    """Return the parameter and the body of a function of one parameter."""
    found = re.search(rf"function\s+{re.escape(name)}\s*\(\s*([\w$]+)\s*\)\s*\{{(.{{0,1500}})", script, re.DOTALL)
    return (found[1], found[2].split("function ")[0]) if found else None


def _spelt(code: str, parameter: str, number: str) -> str:
    """Return the address that a function goes to, put together from strings and its parameter."""
    goes = re.search(r"location(?:\s*\.\s*href)?\s*=(?!=)\s*", code)
    if goes is None:
        return ""
    at, parts = goes.end(), []
    while True:
        if found := STRING.match(code, at):
            parts.append(unescape(next(group for group in found.groups() if group is not None)))
        elif found := re.compile(rf"{re.escape(parameter)}(?![\w$])").match(code, at):
            parts.append(number)
        else:
            return ""
        plus = PLUS.match(code, found.end())
        if plus is None:
            return "".join(parts)
        at = plus.end()


def _form_with(field: str, view: View) -> "Tag | None":
    inside = view.soup.find(["input", "select"], attrs={"name": field}) or view.soup.find(["input", "select"], id=field)
    return inside.find_parent("form") if inside is not None else None


def submit(form: "Tag | None", fields: dict[str, str], view: View) -> Request | None:
    """Return the request that a form makes when *fields* are set and it is sent; None without a form."""
    if form is None:
        return None
    values: dict[str, str] = {}
    for control in tags_in(form, "input", "select", "textarea"):
        name, kind = str(control.get("name") or ""), str(control.get("type") or "text").lower()
        if not name or control.has_attr("disabled") or (control.name == "input" and kind in BUTTONS):
            continue
        if control.name == "select":
            chosen = control.find("option", selected=True) or control.find("option")
            values[name] = str(chosen.get("value", chosen.get_text())) if chosen is not None else ""
        else:
            values[name] = str(control.get("value") or "")
    values.update(fields)
    url = view.join(str(form.get("action") or "")) or view.url
    if str(form.get("method") or "get").lower() == "post":
        return Request(url, "POST", tuple(values.items()), family=view.request.family)
    return Request(f"{url.partition('?')[0]}?{urlencode(values)}")


def _by_number(view: View) -> Request | None:
    """Return the request of the number behind the present one, among the numbers of one pager."""
    pagers: dict[int, list[Tag]] = {}
    tree = tree_of(view, True)
    for tag in tags_in(tree, "a", "option"):
        if NUMBERED.fullmatch(_words(tag)):
            holder = (
                tag.parent.parent if tag.parent is not None and tag.parent.name in ("li", "span", "td") else tag.parent
            )
            pagers.setdefault(id(holder), []).append(tag)
    for tags in pagers.values():
        offered = {int(number): request for number, request in _offered(tags, view)}
        present = _present(tags, offered, view)
        if present is not None and (following := offered.get(present + 1)):
            return following
    return None


def _offered(tags: "list[Tag]", view: View) -> Iterator[tuple[str, Request]]:
    """Yield the numbers of a pager with what they ask for: pages of this list, as their addresses show."""
    for tag in tags:
        found = NUMBERED.fullmatch(_words(tag))
        assert found is not None  # that is how the pager was found
        if tag.name == "option":
            value = str(tag.get("value") or "")
            url = view.join(value) if is_address(value) and not value.isdigit() else ""
            request = Request(url) if url else None
        else:
            request = _led_to(tag, view)
        if request and (request.method == "POST" or _is_sibling(request.url, view.url)):
            yield found[1], request


def _is_sibling(url: str, own: str) -> bool:
    """Say whether two addresses are pages of one list: one path, or files of one folder with the same stem."""
    ours, theirs = urlsplit(own), urlsplit(url)
    if ours.path == theirs.path:
        return True
    stems = [re.sub(r"[-_]?\d+(?=\.|$)", "", parts.path.rsplit("/", 1)[-1]) for parts in (ours, theirs)]
    folders = [parts.path.rsplit("/", 1)[0] for parts in (ours, theirs)]
    return folders[0] == folders[1] and (stems[0] == stems[1] or "" in stems or stems[0].split(".")[0] == "")


def _present(tags: "list[Tag]", offered: dict[int, Request], view: View) -> int | None:
    """Return the number of this page, by the mark on it, its address, or the number that is no link."""
    for tag in tags:
        found = NUMBERED.fullmatch(_words(tag))
        marks = [*(tag.get("class") or []), *((tag.parent.get("class") or []) if tag.parent is not None else [])]
        if found and (any(HERE.match(each) for each in marks) or tag.has_attr("selected")):
            return int(found[1])
    for number, request in offered.items():
        if request.url == view.url and request.method == view.request.method == "GET":
            return number
    if told := page_in(view.request):
        return told
    holder = tags[0].parent
    holder = holder.parent if holder is not None and holder.name in ("li", "span", "td") else holder
    bare = [
        int(found[1])
        for each in (tags_in(holder, "span", "b", "strong", "em", "font", "li", "i") if holder is not None else [])
        if not each.find(True) and not each.find_parent("a") and (found := NUMBERED.fullmatch(_words(each)))
    ]
    if len(bare) == 1:
        return bare[0]
    missing = [number for number in range(1, max(offered, default=0)) if number not in offered]
    return missing[0] if len(missing) == 1 else None
