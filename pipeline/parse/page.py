"""A page and its parts to a document: each file taken apart, their texts one after the other, their metadata as one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import EmptyBodyError, InputError
from pipeline.files import Limits, file_type
from pipeline.numerals import read_chinese
from pipeline.parse import words
from pipeline.parse.links import page_number
from pipeline.parse.metadata import Clues, Metadata, read_metadata
from pipeline.parse.piece import SEE_ANNEX_ONLY, Piece, read_piece
from pipeline.parse.repeats import holds
from pipeline.parse.signs import AGREED, quality_of, signs_of
from pipeline.records import Account, Cut, Document, Listed, Page, Part, content_id
from pipeline.text import fold

LIMITS = Limits()
BETWEEN = "\f"  # two sources of one document
ARCHIVES = ("zip", "rar")
LONGER, TITLE = 1.1, 80  # how much longer, and how many characters of a title, a copy of a text may be


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document, and how it was read."""

    document: Document
    account: Account


@dataclass(slots=True)
class _Chapter:
    """A file of a document, and whether its text is part of the text."""

    page: Page
    piece: Piece | None
    fate: str  # "text", or why not
    is_bare: bool = False  # a frame or a page of the article that has no text, which says nothing about the others


def parse_page(page: Page, limits: Limits = LIMITS) -> Document:
    """Return the document that *page* and its parts hold: canonical text, metadata, and what was cut from the source.

    The source is the decoded text of each file, one after the other, a form feed between them.

    Raises:
        InputError: the bytes are no Chinese document of a known type, locked, broken, mostly spam, or too many.
        EmptyBodyError: nothing but furniture is on the page.
    """
    return read_document(page, limits).document


def read_document(page: Page, limits: Limits = LIMITS) -> Parsed:
    """Return the document with its account; errors as in `parse_page`."""
    chapters = _read_chapters(page, limits)
    _drop_repeats(chapters)
    _drop_pointers(chapters)
    used = [chapter.piece for chapter in chapters if chapter.piece and chapter.fate == "text"]
    text = "".join(piece.text for piece in used)
    source, cuts, parts = _join(chapters)
    main = used[0]
    about = read_metadata(_clues(page, chapters, used, text))
    signs = signs_of(text, used)
    failed = [chapter for chapter in chapters if not (chapter.piece or chapter.is_bare)]
    document = _document(page, chapters, text, about, cuts, quality_of(signs, used, bool(failed)))
    document = replace(document, notes=(*_notes(used, chapters), *about.notes))
    account = Account(
        source,
        main.rule,
        parts,
        signs,
        about.conflicts,
        about.place.parents,
        about.place.place_id,
        about.place.candidates,
    )
    return Parsed(document, account)


def _read_chapters(page: Page, limits: Limits) -> list[_Chapter]:
    """Return the page and its parts, each read or with the reason why not; the first that can be read comes first."""
    main = read_piece(page, limits, stub=bool(page.parts))
    chapters = [_Chapter(page, main, "text")]
    issued = "".join([*main.lines.titles, main.text])
    for part, problem in _flatten(page.parts, limits):
        if problem:
            chapters.append(_Chapter(part, None, problem))
            continue
        first = bool(main.soft) and not any(chapter.piece for chapter in chapters[1:])
        try:
            piece = read_piece(
                part, limits, annex=True, issued=None if first or _is_further_page(page, part) else issued
            )
            chapters.append(_Chapter(part, piece, "text"))
        except InputError as error:
            bare = isinstance(error, EmptyBodyError) and _is_further_page(page, part)
            chapters.append(_Chapter(part, None, _reason(error, part), bare))
    if not main.text.strip() and not any(chapter.piece for chapter in chapters[1:]):
        failed = "; ".join(f"{each.page.name}: {each.fate}" for each in chapters[1:])
        raise EmptyBodyError(f"{page.name}: expected a body or an attachment that can be read, got neither ({failed})")
    return chapters


def _reason(error: InputError, page: Page) -> str:
    return str(error).removeprefix(f"{page.name}: ")


def _is_further_page(page: Page, part: Page) -> bool:
    """Say whether *part* is a page of the same article: HTML as well, and not an attachment by its link."""
    by_query = part.name.split("?")[0] == page.name.split("?")[0] and page_number(part.name)  # show.do?id=1&page=2
    is_alike = by_query or part.name.rsplit(".", 1)[-1] == page.name.rsplit(".", 1)[-1]
    return bool(is_alike) and not words.FILE_NAME.search(part.link)


def _flatten(parts: Sequence[Page], limits: Limits, depth: int = 1) -> Iterator[tuple[Page, str]]:
    """Yield *parts* with archives opened, and a reason beside what could not be."""
    from pipeline.files.archives import unpack

    for part in parts:
        try:
            if file_type(part.content, part.name) not in ARCHIVES:
                yield part, ""
                continue
            if depth > limits.depth:
                yield part, f"expected at most {limits.depth} archives inside each other"
                continue
            unpacked = unpack(part.content, part.name, limits)
        except InputError as error:
            yield part, _reason(error, part)
            continue
        members = sorted(unpacked.members, key=lambda each: _annex_number(each.name))
        inside = [Page(f"{part.name}/{each.name}", each.content, link=each.name) for each in members]
        yield from _flatten(inside, limits, depth + 1)
        yield from ((part, note) for note in unpacked.notes)


ANNEX = re.compile(r"附(?:件|表)\s*(\d{1,2}|[一二三四五六七八九十]{1,3})")


def _annex_number(name: str) -> int:
    """Return the number that a file name gives its annex, 0 for the document itself and 99 for another annex."""
    match = ANNEX.search(fold(name.rsplit("/", 1)[-1]))
    if match is None:
        return 99 if "附件" in name.rsplit("/", 1)[-1] else 0
    return int(match[1]) if match[1].isdigit() else int(read_chinese(match[1]) or 99)


def _drop_repeats(chapters: Sequence[_Chapter]) -> None:
    """Leave out a text that another one has: the same report as a Word file below the page that shows it."""
    for place, chapter in enumerate(chapters):
        for other in chapters[place + 1 :]:
            if not (chapter.piece and other.piece and chapter.fate == other.fate == "text"):
                continue
            own, others = chapter.piece.text, other.piece.text
            is_longer = len(others) > LONGER * len(own) + TITLE
            if holds(own, others) or (holds(others, own) and not is_longer):
                other.fate = f"the same text as {chapter.page.name}"
            elif holds(others, own):
                chapter.fate = f"its text is part of {other.page.name}"


def _drop_pointers(chapters: Sequence[_Chapter]) -> None:
    """Leave out the body of a page that only points to its annexes, once these are there."""
    main = chapters[0]
    hands_out = main.piece and words.GIVES_OUT.search(fold(main.piece.text))  # a notice is a text of its own
    if (
        main.piece
        and main.piece.soft
        and not hands_out
        and any(each.piece and each.fate == "text" for each in chapters[1:])
    ):
        main.fate = SEE_ANNEX_ONLY


def _join(chapters: Sequence[_Chapter]) -> tuple[str, tuple[Cut, ...], tuple[Part, ...]]:
    """Return the source of all files, the cuts in it, and where each file stands in it."""
    sources: list[str] = []
    cuts: list[Cut] = []
    parts: list[Part] = []
    at = 0
    for chapter in chapters:
        piece = chapter.piece
        source = piece.source if piece else ""
        if sources and piece:
            sources.append(BETWEEN)
            at += len(BETWEEN)
        if piece and chapter.fate == "text":
            cuts += [Cut(at + cut.start, at + cut.end, cut.reason) for cut in piece.cuts]
        elif piece:
            cuts.append(Cut(at, at + len(source), chapter.fate))
        parts.append(_part(chapter, at, at + len(source)))
        sources.append(source)
        at += len(source)
    return "".join(sources), tuple(cuts), tuple(parts)


def _part(chapter: _Chapter, start: int, end: int) -> Part:
    piece, page = chapter.piece, chapter.page
    return Part(
        page.name,
        piece.file_type if piece else "",
        page.sha256,
        start,
        end,
        piece.rule if piece else "",
        chapter.fate,
        page.url,
        piece.pages if piece else None,
        piece.confidence if piece else None,
    )


def _clues(page: Page, chapters: Sequence[_Chapter], used: Sequence[Piece], text: str) -> Clues:
    """Return what is known about the document: of the page whatever it says, of the others only what it lacks."""
    main = chapters[0].piece
    pieces = [main] if main else []
    pieces += [piece for piece in used[:1] if piece is not main]  # the annex that stands for a stub
    titles = [title for piece in pieces for title in piece.lines.titles]
    tail = [line for piece in [*pieces, *used] for line in piece.lines.tail]
    if main and chapters[0].fate != "text":
        tail += main.text.splitlines()  # the signature below 详见附件
    return Clues(
        tuple(dict.fromkeys(each for piece in pieces for each in piece.lines.labelled)),
        tuple(titles),
        tuple(line for piece in pieces for line in piece.lines.site),
        tuple(dict.fromkeys(tail)),
        text,
        page.name,
        page.url,
        tuple(each.page.link or each.page.name for each in chapters[1:]),
        page.listed or Listed(),
    )


def _notes(used: Sequence[Piece], chapters: Sequence[_Chapter]) -> Iterator[str]:
    """Yield what people must know about the text: what was taken out, put in, or not read."""
    pieces = [chapter.piece for chapter in chapters if chapter.piece]
    if spam := sum(piece.spam for piece in pieces):
        size = sum(piece.spam_size for piece in pieces)
        yield f"已清除垃圾信息（spam）{spam}处，共{size}字"
    if all(piece.soft for piece in used):
        yield "正文只有附件指引"
    if broken := sum(piece.broken for piece in used):
        yield f"有{broken}处字节无法识别，以U+FFFD显示"
    if any(piece.agreement is not None and piece.agreement < AGREED for piece in used):
        yield "正文的范围，两种方法找到的不一致，请核对"
    for piece in used:
        yield from piece.notes
    for chapter in chapters[1:]:
        name = chapter.page.link or chapter.page.name
        if not (chapter.piece or chapter.is_bare):
            yield f"附件未能读取：{name}（{chapter.fate}）"
        elif chapter.piece and chapter.fate == "text":
            yield f"正文含{name}"


def _document(
    page: Page, chapters: Sequence[_Chapter], text: str, about: Metadata, cuts: tuple[Cut, ...], quality: float
) -> Document:
    digests = [chapter.page.sha256 for chapter in chapters]
    return Document(
        doc_id=content_id(*digests),
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
        quality=quality,
        url=page.url,
        sha256=digests[0],
        snapshot=page.snapshot,
        cuts=cuts,
    )
