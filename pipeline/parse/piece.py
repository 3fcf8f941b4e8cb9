"""One file of a document: its characters, its lines, and which of them are head, body and foot."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from pipeline.errors import EmptyBodyError, InputError
from pipeline.files import FileText, Limits, check_size, file_type, read_file
from pipeline.files.record import FileType
from pipeline.parse import words
from pipeline.parse.body import read_body
from pipeline.parse.compose import compose, settle_tabs
from pipeline.parse.decode import Decoded, decode, is_html
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
from pipeline.parse.grids import fill_merged
from pipeline.parse.html import read_html
from pipeline.parse.metadata import Labelled
from pipeline.parse.pages import Pages, strip_pages
from pipeline.parse.repeats import agreement
from pipeline.parse.spam import find_spam, is_mostly_spam, sells
from pipeline.records import Cut, Page
from pipeline.text import fold, is_chinese, squeeze

LEAST = 10  # Chinese characters of a body; 详见附件 is none
BLANK_LINES = 5  # for each line that shows something, in a page with much markup
SHORT = 150  # characters; a body as short that says the page is gone is no document
TITLE_LABELS = words.TITLE_LABELS | {"articletitle", "title"}
SITE_REASONS = frozenset({"navigation", "footer", "licence", "share bar"})
SEE_ANNEX_ONLY = "points to the annex"  # the reason to cut a body that says no more than that


@dataclass(slots=True)
class Lines:
    """What the lines of a file turned out to be."""

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


@dataclass(frozen=True, slots=True)
class Piece:
    """One file, taken apart; offsets of its cuts are in its own source."""

    page: Page
    file_type: FileType
    source: str
    text: str  # canonical; "" where the body only points to an annex
    cuts: tuple[Cut, ...]
    lines: Lines
    rule: str
    spam: int = 0  # places
    spam_size: int = 0  # characters
    broken: int = 0  # characters that stand for unreadable bytes
    guessed: bool = False  # a page on which no known container holds the article
    soft: str = ""  # a body that only points to an annex, else ""
    notes: tuple[str, ...] = ()
    confidence: float | None = None
    pages: int | None = None
    agreement: float | None = None  # of two ways to find the article on a page, 0 to 1


@dataclass(frozen=True, slots=True)
class _Characters:
    """The characters of a file before its lines are judged."""

    source: str
    flow: Flow
    file_type: FileType
    rule: str
    labelled: tuple[Labelled, ...] = ()
    broken: int = 0
    guessed: bool = False
    read: FileText | None = None


def read_piece(
    page: Page, limits: Limits, *, annex: bool = False, issued: str | None = None, stub: bool = False
) -> Piece:
    """Return the file *page* taken apart; its parts are not looked at.

    Args:
        page: the bytes and their name.
        limits: how much the file may ask for.
        annex: it stands behind a text, so it need not have a sentence, and nothing in it points elsewhere.
        issued: of an annex that stands behind this text, keep the title as its first lines, unless it is named there.
        stub: its text may be in its parts alone, so that it need not have any.
    Raises:
        InputError: the bytes are no document, or mostly spam.
        EmptyBodyError: nothing but furniture is in it.
    """
    characters = _characters(page, limits)
    flow, source = characters.flow, characters.source
    if flow.text.count("\n") > BLANK_LINES * limits.lines:  # told before any work on them
        raise InputError(f"{page.name}: expected at most {limits.lines} lines, got many times as many")
    sold = _sold_names(flow, source)
    spam = find_spam(flow.text, sold)
    _refuse_spam(flow.text, spam, page.name)
    removed = sorted([*spam, *invisible(flow.text), *flow.furniture], key=lambda cut: (cut.start, cut.end))
    lines = split_lines(flow, removed)
    if len(lines) > limits.lines:
        raise InputError(f"{page.name}: expected at most {limits.lines} lines, got {len(lines)}")
    if not flow.body and characters.read is None:
        lines = settle_tabs(lines, source)
    pages = Pages(tuple(lines)) if flow.whole_lines else strip_pages(lines)
    parts = _take_apart(pages.lines, flow, characters.labelled, issued)
    parts.body = fill_merged(parts.body)
    text = compose(parts.body, pages.notes, pages.breaks, whole=flow.whole_lines)
    empty = stub and sum(map(is_chinese, text.text)) < LEAST
    if not empty:
        _refuse_empty(text.text, page.name, annex)
    soft = text.text or "\n" if empty or (not annex and _only_points_elsewhere(text.text)) else ""
    lines_cut = [Cut(line.start, line.end, reason) for line, reason in [*pages.cut, *parts.cut]]
    read = characters.read
    return Piece(
        page,
        characters.file_type,
        source,
        text.text,
        flow.cuts_of([*removed, *lines_cut, *text.moved], source),
        parts,
        characters.rule,
        spam=len(spam) + len(sold),
        spam_size=sum(cut.end - cut.start for cut in spam) + sum(map(len, sold)),
        broken=characters.broken,
        guessed=characters.guessed,
        soft=soft,
        notes=read.notes if read else (),
        confidence=read.confidence if read else None,
        pages=read.pages if read else None,
        agreement=agreement(text.text, read_body(source).text) if characters.file_type == "html" else None,
    )


def _characters(page: Page, limits: Limits) -> _Characters:
    check_size(page.content, page.name, limits)
    kind = file_type(page.content, page.name)
    if kind in ("zip", "rar"):
        raise InputError(f"{page.name}: expected one document, got an archive of several")
    if kind not in ("text", "mht"):
        read = read_file(page.content, page.name, kind, limits)
        if not any(map(is_chinese, read.text)):
            raise InputError(f"{page.name}: expected a Chinese document, got none of its characters in this {kind}")
        return _Characters(read.text, Flow.of_file(read), kind, read.rule or f"{kind} file", read=read)
    if kind == "mht":
        from pipeline.files.rich import html_of_mht

        decoded = Decoded(html_of_mht(page.content, page.name), "mht")
    else:
        decoded = decode(page.content, page.name)
    if not is_html(decoded.text):
        rule = f"plain text ({decoded.encoding})"
        return _Characters(decoded.text, Flow.of_plain(decoded.text), "text", rule, broken=decoded.broken)
    html = read_html(decoded.text)
    return _Characters(
        decoded.text,
        html.flow,
        "mht" if kind == "mht" else "html",
        html.rule,
        html.labelled,
        decoded.broken,
        not html.container_known,
    )


def _sold_names(flow: Flow, source: str) -> list[str]:
    """Return what links and hidden blocks of a page sell: a name of the trade there is one in its sentences too."""
    hidden = (unescape(source[cut.start : cut.end]).strip() for cut in flow.hidden)
    return [text for text in hidden if sells(text)]


def _take_apart(lines: Sequence[Line], flow: Flow, labelled: Sequence[Labelled], issued: str | None) -> Lines:
    """Part the lines of a file into head, body and foot."""
    parts = Lines(labelled=list(labelled))
    inside = list(lines)
    if flow.body:
        within = [any(start <= line.start < end for start, end in flow.body) for line in lines]
        first = next((place for place, held in enumerate(within) if held), len(lines))
        inside = [line for line, held in zip(lines, within, strict=True) if held]
        parts.add_head(cut_head(lines[:first], _told_titles(parts)))
        parts.add_foot(cut_foot([line for line, held in zip(lines[first:], within[first:], strict=True) if not held]))
    known = [*parts.titles, *_told_titles(parts)]
    top = split_top(inside, known)
    head = _annex_title(top, issued) if issued is not None else []
    parts.add_head(replace_cut(top, head))
    foot = split_tail(top.kept)
    parts.add_foot(foot)
    kept = [*head, *foot.kept]  # in order: the head stands before all that is kept
    if issued is None:
        places = second_title(kept, parts.titles)
        parts.titles += [kept[place].text for place in places if not is_annex_head(kept[place])]
        kept = _without(kept, places, "title", parts)
    contents = contents_list(kept)
    kept = _without(kept, contents, "contents list", parts)
    if contents and not contents[0]:  # a cover stood before the contents, and the title block comes after
        again = split_top(kept, parts.titles)
        parts.add_head(again)
        kept = list(again.kept)
    back = [place for place, line in enumerate(kept) if line.linked and words.BACK.fullmatch(line.bare)]
    kept = _without(kept, back, "navigation", parts)
    stamps = [place for place, line in enumerate(kept) if words.DOWNLOADED.fullmatch(line.bare)]
    kept = _without(kept, stamps, "stamp", parts)
    captions = [place for place, line in enumerate(kept) if words.CAPTION.fullmatch(line.bare)]
    parts.body = _without(kept, captions, "caption", parts)
    return parts


def _told_titles(parts: Lines) -> list[str]:
    return [each.value for each in parts.labelled if each.label.lower() in TITLE_LABELS]


def _annex_title(top: Split, issued: str) -> list[Line]:
    """Return the mark and the title of an annex, which stay unless the text before it issues just that plan."""
    head = [line for line, reason in top.cut if reason == "title" or is_annex_head(line)]
    title = squeeze("".join(line.bare for line in head if not is_annex_head(line)))
    return [] if title and title in squeeze(fold(issued)) and words.GIVES_OUT.search(fold(issued)) else head


def replace_cut(split: Split, kept: Sequence[Line]) -> Split:
    """Return *split* without the lines of its cut that stay after all."""
    return Split(tuple(each for each in split.cut if each[0] not in kept), split.kept, split.titles)


def _without(lines: Sequence[Line], places: Sequence[int], reason: str, parts: Lines) -> list[Line]:
    """Cut the lines at *places*, and return the others."""
    parts.cut += [(lines[place], reason) for place in places]
    return [line for place, line in enumerate(lines) if place not in set(places)]


def _refuse_spam(text: str, spam: Sequence[Cut], name: str) -> None:
    if is_mostly_spam(text, spam):
        raise InputError(
            f"{name}: expected a document, got a page that is mostly spam (gambling, drugs or link sellers)"
        )


def _refuse_empty(text: str, name: str, annex: bool) -> None:
    if is_notice_of_absence(text):
        words_shown = " ".join(text.split())[:60]
        raise EmptyBodyError(f"{name}: expected a document, got a page that says it is gone: {words_shown}")
    chinese = sum(map(is_chinese, text[:1000]))
    if chinese < (1 if annex else LEAST):
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
