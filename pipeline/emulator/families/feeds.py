"""Sites that are read by their feeds: RSS 2.0 of each column at `/rss/KEY.xml`, or the sitemap at `/sitemap.xml`.

A feed holds its column whole. A sitemap with more addresses than a list page has rows is an index of several; it has
no titles, and its dates are those of the last change. Articles are `/content/YYYY/MM/ID.html`.

Quirks: sitemap, iso_dates (pubDate is written 2024-03-28 10:12:00 and not as RSS demands).
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta, timezone
from email.utils import format_datetime
from html import escape

from pipeline.emulator import pages
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

CHINA = timezone(timedelta(hours=8))
HOUR = time(10, 12, tzinfo=CHINA)
DECLARED = '<?xml version="1.0" encoding="utf-8"?>\n'
SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def feed_path(site: Site, column: SiteColumn) -> str:
    """Return where the feed of a column is, the sitemap being that of all."""
    return "/sitemap.xml" if site.has("sitemap") else f"/rss/{column.key}.xml"


def in_column(site: Site, article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    folder = f"/content/{article.published:%Y/%m}"
    if article.is_file:
        return f"{folder}/{article.number}.{pages.ending_of(article)}"
    is_own = key == pages.columns_of(site, article)[0]
    return f"{folder}/{article.number}.html" if is_own else f"/{key}{folder}/{article.number}.html"


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article."""
    return tuple(in_column(site, article, key) for key in pages.columns_of(site, article))


def files(site: Site, article: Article) -> tuple[str, ...]:
    """Return the paths of the attachments."""
    folder = f"/content/{article.published:%Y/%m}/files/{article.number}"
    return tuple(f"{folder}-{place}.{attachment.ending}" for place, attachment in enumerate(article.attachments, 1))


def file_places(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield the path of each attachment."""
    yield from zip(files(site, article), article.attachments, strict=True)


def article_page(site: Site, article: Article) -> str:
    """Return the page of an article."""
    shown = [(path, attachment.name) for path, attachment in file_places(site, article)]
    return pages.article_html(site, article, body_open='<div class="article_content">', files=shown)


def rss(site: Site, asked: Asked, column: SiteColumn) -> Answer:
    """Return the feed of a column."""
    origin = pages.origin(site, asked)
    items = []
    for article in site.listed(column):
        link = escape(origin + in_column(site, article, column.key))
        moment = datetime.combine(article.published, HOUR)
        dated = f"{moment:%Y-%m-%d %H:%M:%S}" if site.has("iso_dates") else format_datetime(moment)
        title = f"<![CDATA[{article.title}]]>" if article.number % 2 else escape(article.title)
        items.append(
            f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{dated}</pubDate></item>"
        )
    items = items[: site.has("duplicated_rows")] + items
    text = (
        f'{DECLARED}<rss version="2.0"><channel><title>{escape(column.title)} - {escape(site.name)}</title>'
        f"<link>{origin}/</link><description>{escape(site.name)}</description>\n{chr(10).join(items)}\n</channel></rss>"
    )
    return pages.encode(site, text, media="application/rss+xml")


def sitemap(site: Site, asked: Asked) -> Answer | None:
    """Return the sitemap, or one of those that it is an index of; None if something else is asked for."""
    origin = pages.origin(site, asked)
    locations = [
        f"<url><loc>{escape(origin + path)}</loc><lastmod>{article.published}</lastmod></url>"
        for article in site.articles
        for path in places(site, article)
    ]
    parts = [locations[start : start + site.per_page] for start in range(0, len(locations), site.per_page)]
    inside = f"<urlset {SCHEMA}>{{}}</urlset>"
    if asked.path == "/sitemap.xml" and len(parts) > 1:
        inside = f"<sitemapindex {SCHEMA}>{{}}</sitemapindex>"
        shown = [f"<sitemap><loc>{origin}/sitemap_{place}.xml</loc></sitemap>" for place, _ in enumerate(parts, 1)]
    elif asked.path == "/sitemap.xml":
        shown = locations
    else:
        named = {f"/sitemap_{place}.xml": part for place, part in enumerate(parts, 1)}
        if asked.path not in named:
            return None
        shown = named[asked.path]
    return pages.encode(site, DECLARED + inside.format("\n".join(shown)), media="application/xml")


def feed_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the feed that is asked for, None if it is none."""
    if site.has("sitemap"):
        return sitemap(site, asked)
    column = next((column for column in site.columns if asked.path == feed_path(site, column)), None)
    return rss(site, asked, column) if column else None


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    columns = [(column.title, feed_path(site, column)) for column in site.columns]
    named = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{escape(title)}" href="{path}">'
        for title, path in columns
        if not site.has("sitemap")
    )
    return (
        feed_answer(site, asked)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, columns, head_extra=named)
        or pages.missing(site)
    )


KIND = Kind(
    name="feeds",
    respond=respond,
    entry=lambda site: feed_path(site, site.columns[0]),
    address=lambda site, article: places(site, article)[0],
    places=places,
    files=files,
    quirks=frozenset({"sitemap", "iso_dates"}),
)
