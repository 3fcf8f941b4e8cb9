"""A page to a document: the stages of parsing in order."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.errors import EmptyBodyError
from pipeline.parse import words
from pipeline.parse.compose import compose, settle_tabs
from pipeline.parse.decode import decode, is_html
from pipeline.parse.flow import Flow, Line, bare, invisible, split_lines
from pipeline.parse.furniture import (
    Split,
    contents_list,
    cut_foot,
    cut_head,
    is_annex_head,
    is_notice_of_absence,
    labels_of,
    second_title,
    split_tail,
    split_top,
)
from pipeline.parse.html import read_html
from pipeline.parse.metadata import Clues, Labelled, read_metadata
from pipeline.parse.pages import strip_pages
from pipeline.parse.spam import find_spam
from pipeline.records import Cut, Document, Page, content_id
from pipeline.text import is_chinese

LEAST = 10  # Chinese characters of a body; 详见附件 is none
SHORT = 150  # characters; a body as short that says the page is gone is no document
GUESSED, SCRATCHED = 0.9, 0.8  # quality of a page without a known container, and of one with unreadable bytes
SOFT = 0.3  # most for a page that only points to its annex
TITLE_LABELS = words.TITLE_LABELS | {"articletitle", "title"}
SITE_REASONS = frozenset({"navigation", "footer", "licence", "share bar"})


@dataclass(slots=True)
class Parts:
    """What the lines of a page turned out to be."""

    body: list[Line] = field(default_factory=list)
    cut: list[tuple[Line, str]] = field(default_factory=list)
    labelled: list[Labelled] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    site: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)

    def add_head(self, split: Split) -> None:
        """Take over what stood before the body."""
        self.cut += split.cut
        self.titles += split.titles
        self.labelled += [each for each in labels_of(split.cut) if each not in self.labelled]
        self.site += [line.text for line, reason in split.cut if reason in SITE_REASONS]

    def add_foot(self, split: Split) -> None:
        """Take over what stood after the body."""
        self.cut += split.cut
        self.labelled += [each for each in labels_of(split.cut) if each.source == "header table"]
        for line, reason in split.cut:
            (self.site if reason in SITE_REASONS else self.tail).append(line.text)


def parse_page(page: Page) -> Document:
    """Return the document that *page* holds: canonical text, metadata, and what was cut from the decoded source.

    Raises:
        InputError: the bytes are no Chinese text or HTML, or too many.
        EmptyBodyError: nothing but furniture is on the page.
    """
    decoded = decode(page.content, page.name)
    source = decoded.text
    quality = SCRATCHED if decoded.broken else 1.0
    labelled: tuple[Labelled, ...] = ()
    if is_html(source):
        read = read_html(source)
        flow, labelled = read.flow, read.labelled
        quality *= 1.0 if read.container_known else GUESSED
    else:
        flow = Flow.of_plain(source)
    spam = find_spam(flow.text)
    removed = sorted([*spam, *invisible(flow.text)], key=lambda cut: cut.start)
    lines = split_lines(flow, removed)
    if not flow.body:
        lines = settle_tabs(lines, source)
    pages = strip_pages(lines)
    parts = _take_apart(pages.lines, flow, labelled)
    text = compose(parts.body, pages.notes, pages.breaks)
    _refuse_empty(text.text, page.name)
    lines_cut = [Cut(line.start, line.end, reason) for line, reason in [*pages.cut, *parts.cut]]
    cuts = flow.cuts_of([*removed, *lines_cut, *text.moved], source)
    soft = _only_points_elsewhere(text.text)
    quality = min(quality, SOFT) if soft else quality
    return _document(page, text.text, parts, cuts, _notes(spam, decoded.broken, soft), quality)


def _take_apart(lines: Sequence[Line], flow: Flow, labelled: Sequence[Labelled]) -> Parts:
    """Part the lines of a page into head, body and foot."""
    parts = Parts(labelled=list(labelled))
    inside = list(lines)
    if flow.body:
        within = [any(start <= line.start < end for start, end in flow.body) for line in lines]
        first = next((place for place, held in enumerate(within) if held), len(lines))
        inside = [line for line, held in zip(lines, within, strict=True) if held]
        parts.add_head(cut_head(lines[:first]))
        parts.add_foot(cut_foot([line for line, held in zip(lines[first:], within[first:], strict=True) if not held]))
    known = [*parts.titles, *(each.value for each in parts.labelled if each.label.lower() in TITLE_LABELS)]
    top = split_top(inside, known)
    parts.add_head(top)
    foot = split_tail(top.kept)
    parts.add_foot(foot)
    kept = list(foot.kept)
    for places, reason in ((second_title(kept, parts.titles), "title"), (contents_list(kept), "contents list")):
        if reason == "title":
            parts.titles += [kept[place].text for place in places if not is_annex_head(kept[place])]
        parts.cut += [(kept[place], reason) for place in places]
        kept = [line for place, line in enumerate(kept) if place not in set(places)]
    parts.body = kept
    return parts


def _refuse_empty(text: str, name: str) -> None:
    if is_notice_of_absence(text):
        raise EmptyBodyError(f"{name}: expected a document, got a page that says it is gone: {text.strip()[:60]}")
    chinese = sum(map(is_chinese, text[:1000]))
    if chinese < LEAST:
        raise EmptyBodyError(
            f"{name}: expected a body, got {chinese} Chinese characters "
            "once navigation, metadata and footer were taken away"
        )


def _only_points_elsewhere(text: str) -> bool:
    """Say whether *text* is a few words around 详见附件: the document itself was not on the page."""
    lines = [bare(line) for line in text.splitlines()]
    if not any(words.SEE_ANNEX.search(line) for line in lines) or any(map(words.MARKER.match, lines)):
        return False
    prose = [line for line in lines if not (line.endswith(":") or words.DATE_AT_END.search(line))]
    return sum(map(is_chinese, "".join(prose))) < SHORT


def _notes(spam: Sequence[Cut], broken: int, soft: bool) -> list[str]:
    notes = []
    if spam:
        notes.append(f"spam removed: {len(spam)} places, {sum(cut.end - cut.start for cut in spam)} characters")
    if soft:
        notes.append("正文只有附件指引")
    if broken:
        notes.append(f"unreadable bytes: {broken} characters shown as U+FFFD")
    return notes


def _document(
    page: Page, text: str, parts: Parts, cuts: tuple[Cut, ...], notes: Sequence[str], quality: float
) -> Document:
    about = read_metadata(
        Clues(
            tuple(parts.labelled), tuple(parts.titles), tuple(parts.site), tuple(parts.tail), text, page.name, page.url
        )
    )
    digest = hashlib.sha256(page.content).hexdigest()
    return Document(
        doc_id=content_id(digest),
        name=page.name,
        text=text,
        title=about.title,
        kind=about.kind,
        year=about.year,
        jurisdiction=about.jurisdiction,
        jurisdiction_code=about.jurisdiction_code,
        level=about.level,
        body=about.body,
        issuer=about.issuer,
        doc_number=about.doc_number,
        index_number=about.index_number,
        written=about.written,
        issued=about.issued,
        published=about.published,
        fetched=page.fetched,
        sources=about.sources,
        notes=(*notes, *about.notes),
        quality=quality,
        url=page.url,
        sha256=digest,
        snapshot=page.snapshot,
        cuts=cuts,
    )
