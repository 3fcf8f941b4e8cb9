"""gkmlpt, the disclosure platform of Guangdong (政府信息公开目录): a tree of columns, and an API that lists each.

Index `/gkmlpt/index`, for a department `/<dept>/gkmlpt/index`, holding `window._CONFIG = {SID: …, TREE: […]}` in the
notation of scripts, not JSON. A node's list is `/gkmlpt/api/all/<id>?page=1&sid=<SID>` under the same folder, 100
articles a page, numbered from 1; id 0 is everything. Nodes with `jump_url` have no list, only that link.
Traps: `url` may be empty with the address in `post_url`, or lead to another host; times are seconds since 1970, `date`
being 成文日期 and not the day of publication; `post_count` and `total` are also wrong at times.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from pipeline.scrape.answers import (
    Names,
    lowered,
    number_in,
    parameter,
    parse_json,
    read_items,
    read_literal,
    read_object,
    turned,
)
from pipeline.scrape.counting import count
from pipeline.scrape.records import Column, Family, ListError, Listing, Request, View, plain
from pipeline.scrape.rows import find_columns

CONFIG = re.compile(r"\b_CONFIG\s*=\s*\{")
SID = re.compile(r"""\bSID["']?\s*:\s*["']?(\w+)""")
TREE = re.compile(r"""\bTREE["']?\s*:\s*""")
FOLDER = re.compile(r"^(.*?/gkmlpt)(?:/|$)")
API = re.compile(r"/gkmlpt/api/")
ANSWER = re.compile(r'^[\s\ufeff]*+\{(?=.*"articles"\s*:)(?=.*"(?:classify|display_publish_time)"\s*:)', re.DOTALL)
EVERYTHING = "0"
NAMES = Names(
    title=("title",),
    url=("url", "post_url"),
    published=("display_publish_time", "create_time", "created_at", "date"),
    number=("document_number",),
    publisher=("publisher",),
    index=("identifier",),
)


def recognise(view: View) -> str:
    """Return the sign of the platform: its settings in a script, or an answer of its API."""
    if API.search(view.path):
        return f"地址 {view.path}"
    if ANSWER.match(view.text):
        return "JSON 中有 articles 与 classify"
    config = CONFIG.search(view.text)
    if config and SID.search(view.text, config.end()) and (FOLDER.match(view.path) or TREE.search(view.text)):
        return "window._CONFIG 中有 SID"
    return ""


def read(view: View) -> Listing:
    """Read the tree on an index page, or a page of a list from the API."""
    if CONFIG.search(view.text) and not API.search(view.path) and not API.search(view.request.url):
        return read_index(view)
    return read_answer(view)


def read_index(view: View) -> Listing:
    """Read the tree of an index page: a column for each node."""
    config = CONFIG.search(view.text)
    sid = SID.search(view.text, config.end() if config else 0)
    found = TREE.search(view.text, config.end() if config else 0)
    if sid is None or found is None:
        raise ListError(f"Expected SID and TREE in window._CONFIG of {view.url}, but the page has no such tree.")
    tree, _ = read_literal(view.text, found.end())
    nodes = parse_json(tree, view.url) if isinstance(tree, str) else tree
    if not isinstance(nodes, list):
        raise ListError(f"Expected a list in TREE of {view.url}, but got {str(tree)[:60]!r}.")
    folder = FOLDER.match(view.path)
    api = view.join_to(view.url, f"{folder[1] if folder else '/gkmlpt'}/api/all/")
    columns = {column.request.url: column for column in read_nodes(nodes, api, sid[1], view)}
    # An address as people copy it, /gkmlpt/index#4101, means that node; a tree without nodes leaves only the whole.
    chosen = EVERYTHING if not columns else urlsplit(view.request.url).fragment
    first = request_of(chosen, api, sid[1])
    blocks = (first,) if first.url in columns or not columns else ()
    return Listing(blocks=blocks, columns=(*columns.values(), *find_columns(view)))


def read_nodes(nodes: list[Any], api: str, sid: str, view: View, above: str = "") -> Iterator[Column]:
    """Yield a column for each node of a tree, its name preceded by those of the nodes *above* it."""
    for node in nodes:
        if not isinstance(node, Mapping):
            continue
        title = f"{above}/{plain(str(node.get('name') or ''))}".strip("/")
        jump, known = node.get("jump_url"), str(node.get("id") or "")
        if jump:
            request = Request(url) if (url := view.join(str(jump))) else None
        else:
            request = request_of(known, api, sid) if known.isalnum() else None
        if request:
            yield Column(title, request, number_in(node, "post_count"))
        children = node.get("children")
        yield from read_nodes(children if isinstance(children, list) else [], api, sid, view, title)


def request_of(node: str, api: str, sid: str) -> Request:
    """Return the request for the first page of a node's list."""
    return Request(f"{api}{node}?page=1&sid={sid}", family="gkmlpt")


def read_answer(view: View) -> Listing:
    """Read a page of a list from the API."""
    answer = read_object(view)
    articles, total = answer.get("articles"), number_in(answer, "total")
    if not isinstance(articles, list) and not (articles is None and total == 0):
        known = ", ".join(sorted(answer)[:12])
        raise ListError(f"Expected a list of articles from {view.url}, but the answer has only {known}.")
    articles = articles or []
    files = {url: files for item in articles if isinstance(item, Mapping) for url, files in read_files(item, view)}
    rows = tuple(replace(row, files=files.get(row.url, ())) for row in read_items(articles, NAMES, view))
    page = int(told) if (told := parameter(view.request, ("page",)) or "").isdecimal() and int(told) else 1
    names = (str(item.get("id") or item.get("url")) for item in articles if isinstance(item, Mapping))
    counted = count(names, page, total, view.request.memo)
    following = None
    if counted.goes_on:
        following = replace(turned(view.request, {"page": str(page + 1)}), family="gkmlpt", memo=counted.memo)
    return Listing(rows, following, page=page, pages=counted.pages, total=total)


def read_files(item: Mapping[str, Any], view: View) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield the addresses that an article goes by, each with its attachments: address, and name."""
    attached = item.get("attachment")
    entries = [attached] if isinstance(attached, Mapping) else attached if isinstance(attached, list) else []
    named = [lowered(each) if isinstance(each, Mapping) else {"url": each} for each in entries]
    pairs = [(view.join_to(view.url, str(each.get("url") or "")), plain(str(each.get("name") or ""))) for each in named]
    files = tuple((url, name or url.rsplit("/", 1)[-1]) for url, name in pairs if url)
    for key in NAMES.url:
        yield view.join_to(view.url, str(item.get(key) or "")), files


FAMILY = Family("gkmlpt", recognise, read)
