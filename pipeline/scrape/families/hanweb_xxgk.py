"""Hanweb JCMS disclosure lists: the search of 政府信息公开, an HTML table behind a form.

`/module/xxgk/search.jsp` (Zhejiang), `subjectinfo.jsp` (Jiangxi), `search_custom.jsp?fieldConfigId=` (Shandong), by GET
or POST, with `infotypeId` (the part of the directory), `area` (the office's code), `jdid`, `divid`; page k is
`currpage=k`, and a request may name it twice. How many pages there are stands in the pager: 共12页, 第1/12页,
`totalPage=12`; where it does not, its links say whether there is a further one.
Zhejiang's links carry the row in attributes: `mc` the title, `wh` the number, `rq` the date; elsewhere rows are those
of a table. A column page `/col/colN/index.html` shows such a list in a frame, by a form, or by a script.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pipeline.scrape.answers import NO_RESULTS, asked_number, find_calls, shown, turned
from pipeline.scrape.records import Family, ListError, Listing, Request, Row, View, is_cut, plain
from pipeline.scrape.rows import find_columns, find_next, find_rows, parse_date

if TYPE_CHECKING:
    from bs4 import Tag

MODULE = "/module/xxgk/"
SEARCH = re.compile(r"/module/xxgk/(?:search|subjectinfo|search_custom|sublist|zdgkinfo)\w*\.jsp", re.IGNORECASE)
PAGES = (
    re.compile(
        r"(?:共有?|总页数[:：])\s*(?:<[^<>]{0,99}>\s*){0,3}(\d{1,5}+)\s*+(?:<[^<>]{0,99}>\s*+){0,3}+(?:页|(?![条篇个]))"
    ),
    re.compile(r"""\btotal_?pages?["']?\s*(?:value\s*)?[=:]\s*["']?(\d{1,5})""", re.IGNORECASE),
    re.compile(r"(?:第\s*\d{1,5}\s*/\s*(\d{1,5})(?![\d/])|(?<![\d/])\d{1,5}\s*/\s*(\d{1,5})\s*页)"),
)
TOTAL = re.compile(r"共有?\s*(?:<[^<>]{0,99}>\s*){0,3}(\d{1,7})\s*(?:<[^<>]{0,99}>\s*){0,3}(?:条|篇|个文件)")
JUMP = re.compile(r"(?:currpage=|\b\w*page\w*\(\s*['\"]?)(\d{1,5})", re.IGNORECASE)  # of a link in the pager
FORWARD = re.compile(r"^\W*下一?页\W*$")


def recognise(view: View) -> str:
    """Return the sign of a disclosure list, or of a page that calls one."""
    if found := SEARCH.search(view.path):
        return f"地址 {found[0]}"
    if MODULE in view.text and (found := SEARCH.search(view.text)):
        return f"页面调用 {found[0]}"
    return ""


def read(view: View) -> Listing:
    """Read a page of a list, or the calls of a page for lists."""
    if not SEARCH.search(view.path) and not SEARCH.search(view.request.url):
        return Listing(find_rows(view), find_next(view), find_searches(view), find_columns(view))
    rows = read_rows(view)
    if not rows and "<table" not in view.text.lower() and not NO_RESULTS.search(view.text):
        raise ListError(f"Expected a table of documents from {view.url}, but the answer is {shown(view.text)}.")
    page = asked_number(view.request, "currpage") or 1
    pages = find_pages(view)
    goes_on = page < pages if pages is not None else _leads_on(view, page)
    following = turned(view.request, {"currpage": str(page + 1)}) if rows and goes_on else None
    total = TOTAL.search(view.text)
    return Listing(rows, following, page=page, pages=pages, total=int(total[1]) if total else None)


def read_rows(view: View) -> tuple[Row, ...]:
    """Return the rows of the table, those in attributes of links before what is printed."""
    rows = {row.url: row for row in find_rows(view)}
    for link in view.soup.find_all("a", attrs={"mc": True}, href=True):
        url, title = view.join(str(link["href"])), plain(str(link["mc"])) or plain(link.get_text(" "))
        if url and title:
            printed = rows.get(url, Row(url, title))
            published = parse_date(str(link.get("rq") or "")) or printed.published
            number = " ".join(str(link.get("wh") or "").split()) or printed.number
            rows[url] = replace(printed, title=title, published=published, number=number, is_cut=is_cut(title))
    return tuple(rows.values())


def find_pages(view: View) -> int | None:
    """Return how many pages the pager says there are; None where it only links some of them."""
    matches = (pattern.search(view.text) for pattern in PAGES)
    return next((int(next(filter(None, match.groups()))) for match in matches if match), None)


def _leads_on(view: View, page: int) -> bool:
    """Say whether the pager links a page behind *page*, by its number or as 下一页."""
    for link in view.soup.find_all("a"):
        leads = f"{link.get('href') or ''} {link.get('onclick') or ''}"
        if any(int(number) > page for number in JUMP.findall(leads)):
            return True
        if FORWARD.match(link.get_text()) and leads.strip() and "disabled" not in str(link.get("class") or ""):
            return True
    return False


def find_searches(view: View) -> tuple[Request, ...]:
    """Return the first pages of the lists that a column page shows in a frame, by a form or by a script."""
    if MODULE not in view.text:
        return ()
    calls = [call for call in find_calls(view, MODULE) if SEARCH.search(call.url)]
    forms = [form for form in view.soup.find_all("form", action=True) if SEARCH.search(str(form["action"]))]
    named = (replace(call, family="hanweb_xxgk") for call in calls)
    return (*named, *_submitted(forms, view))


def _submitted(forms: "list[Tag]", view: View) -> Iterator[Request]:
    """Yield what each form sends when nobody has filled it in."""
    for form in forms:
        inputs = [each for each in form.find_all("input", attrs={"name": True}) if _is_sent(each)]
        pairs = tuple((str(each["name"]), str(each.get("value") or "")) for each in inputs)
        url = view.join(str(form["action"]))
        if url and pairs and str(form.get("method") or "").lower() == "post":
            yield Request(url, "POST", form=pairs, family="hanweb_xxgk")
        elif url and pairs:
            yield Request(f"{url}{'&' if '?' in url else '?'}{urlencode(pairs)}", family="hanweb_xxgk")


def _is_sent(field: "Tag") -> bool:
    return str(field.get("type") or "text").lower() in ("hidden", "text")


FAMILY = Family("hanweb_xxgk", recognise, read)
