"""TRS WAS5 search: `/was5/web/search?channelid=N&page=K&prepage=SIZE…` in front of the articles of a TRS site.

The answer is JSON without a total, its text broken by carriage returns and newlines even inside strings, so that the
first empty page is the end. The page of a column, `/zwgk/KEY/`, has no rows: its script names the search.

Quirks: xml (RECORDCOUNT and a REC a row, its fields in CDATA), and those of the articles of trs.
"""

import json
from dataclasses import replace
from urllib.parse import urlencode

from pipeline.emulator import pages
from pipeline.emulator.families import trs
from pipeline.emulator.site import Answer, Article, Asked, Kind, Site, SiteColumn

FIRST_CHANNEL = 228_001
MOST_ROWS = 200  # that one request gets
BREAK = 6  # characters of a title in front of the stray newline
END = "\x00"  # stands for it until the string is written: JSON would escape a newline


def channel(site: Site, column: SiteColumn) -> str:
    """Return the channel of a column."""
    return f"{FIRST_CHANNEL + site.columns.index(column)}"


def search_path(site: Site, column: SiteColumn) -> str:
    """Return the target of the first page of a search."""
    query = {
        "channelid": channel(site, column),
        "page": "1",
        "prepage": f"{site.per_page}",
        "searchword": "",
        "templet": "docs_xml.jsp" if site.has("xml") else "docs.jsp",
        "sortfield": "-pubdate",
        "classsql": "",
    }
    return f"/was5/web/search?{urlencode(query)}"


def as_json(site: Site, asked: Asked, column: SiteColumn, rows: list[Article]) -> Answer:
    """Return rows as the template docs.jsp prints them."""
    docs = []
    for article in rows:
        broken = BREAK if article.number % 3 == 0 else len(article.title)
        fields = {
            "url": pages.origin(site, asked) + trs.in_column(site, article, column.key),
            "title": f"{article.title[:broken]}{END}{article.title[broken:]}",
            "fileno": article.document_number,
            "time": f"{article.published}",
        }
        docs.append(json.dumps(fields, ensure_ascii=False).replace("\\u0000", "\r\n"))
    text = '\r\n\r\n{"docs":[\r\n' + ",\r\n".join(docs) + "\r\n]}\r\n"
    return pages.encode(site, text)


def as_xml(site: Site, asked: Asked, column: SiteColumn, rows: list[Article]) -> Answer:
    """Return rows as records of XML."""
    records = []
    for article in rows:
        fields = {
            "TITLE": article.title,
            "URL": pages.origin(site, asked) + trs.in_column(site, article, column.key),
            "WH": article.document_number,
            "DOCRELTIME": f"{article.published:%Y.%m.%d} 10:12:00",
            "FWDW": article.publisher,
        }
        records.append("".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items()))
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<RESULT><RECORDCOUNT>{pages.total_of(site, column)}</RECORDCOUNT>\n'
        + "\n".join(f"<REC>{record}</REC>" for record in records)
        + "\n</RESULT>"
    )
    return pages.encode(site, text, media="text/xml")


def search_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page of a search that is asked for, None if it is none."""
    query = asked.query
    column = next((column for column in site.columns if channel(site, column) == query.get("channelid")), None)
    if asked.path != "/was5/web/search" or column is None:
        return None
    page = pages.page_number(query.get("page"))
    if pages.is_capped(site, page):
        return pages.STUB
    size = pages.page_number(query.get("prepage") or f"{site.per_page}")
    rows = pages.paged(replace(site, per_page=max(1, min(size, MOST_ROWS))), column, page)
    return (as_xml if site.has("xml") else as_json)(site, asked, column, rows)


def script(site: Site, column: SiteColumn) -> str:
    """Return the script on the page of a column that loads its rows."""
    return f'<script>var docsUrl = "{search_path(site, column)}"; loadDocs(docsUrl, "#docs");</script>'


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    found = search_answer(site, asked)
    return found or trs.behind_search(site, asked, lambda column: script(site, column), element="docs")


KIND = Kind(
    name="was5",
    respond=respond,
    entry=lambda site: search_path(site, site.columns[0]),
    address=trs.address,
    places=trs.places,
    files=trs.files,
    quirks=frozenset({"xml"}),
)
