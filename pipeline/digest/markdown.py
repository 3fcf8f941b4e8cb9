"""A digest as CommonMark with tables: the text part of an e-mail, made to be read as it stands.

Only what would change how it is drawn is escaped, so that a date and a percentage look as they do on paper.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.digest.layout import Layout, Reference, Table, lay_out, sides_of, web_address
from pipeline.digest.records import Digest
from pipeline.digest.words import (
    ABOUT,
    AFTER,
    BEFORE,
    EVIDENCE_TITLE,
    FIRST_TITLE,
    NOT_AFTER,
    NOT_BEFORE,
    NOTES_TITLE,
    PARTS,
    TITLE,
    about_of,
    figure_of,
    late_words,
    nothing_in,
    number_of,
    week_words,
)

# Emphasis, code, links, images, tags, strike-through and tables; & only where it could begin an entity.
INLINE = re.compile(r"[\\`*_\[\]<~|]|&(?=[#A-Za-z])")
# What makes a block of a line: a heading, a quotation, a list, a rule.
OPENING = re.compile(r"#{1,6}(?= |$)|>|[-+](?= |$)|[-=](?=[-= ]*$)|[0-9]{1,9}(?=[.)](?: |$))")
BLANKS = re.compile(r"\s+")


def render_markdown(digest: Digest) -> bytes:
    """Return a digest as Markdown in UTF-8; equal digests give equal bytes.

    Raises:
        InputError: a line is of no known part, or names evidence that the digest does not have.
    """
    layout = lay_out(digest)
    blocks = [*_top(layout), *_first(layout), *_parts(layout), *_notes(layout), *_evidence(layout.references)]
    blocks += ["---", *ABOUT]
    return ("\n\n".join(blocks) + "\n").encode()


def escape(text: str) -> str:
    r"""Return *text* on one line, so that Markdown shows it as it is.

    >>> print(escape("1. 合格率*达到* 95%"))
    1\. 合格率\*达到\* 95%
    """
    line = INLINE.sub(lambda found: "\\" + found[0], BLANKS.sub(" ", text).strip())
    opening = OPENING.match(line)
    if not opening:
        return line
    at = opening.end() if opening[0].isdigit() else 0
    return line[:at] + "\\" + line[at:]


def _top(layout: Layout) -> Iterator[str]:
    digest = layout.digest
    yield f"# {TITLE}"
    reader = f"　读者：{escape(digest.reader_name)}" if digest.reader_name else ""
    yield week_words(digest) + reader
    yield from map(escape, digest.headline)
    figures = [(words.short, figure_of(part, digest)) for part, words in PARTS.items()]
    if told := "　".join(f"{name} {figure}" for name, figure in figures if figure):
        yield told


def _first(layout: Layout) -> Iterator[str]:
    yield f"## {FIRST_TITLE}"
    if not layout.first:
        yield "本期没有需要列出的情况。"
    if len(layout.digest.lines) > len(layout.first):
        yield f"共{len(layout.digest.lines)}条，按重要程度列出前{len(layout.first)}条；全部见以下各部分。"
    for entry in layout.first:
        line = entry.line
        marks = [PARTS[line.part].title, late_words(line)]
        told = [f"{'，'.join(filter(None, marks))}：{escape(line.words)} {_cites(entry.references)}".rstrip()]
        before, after = sides_of(line)
        if before or after:
            told += [f"{BEFORE}：{escape(before) or NOT_BEFORE}", f"{AFTER}：{escape(after) or NOT_AFTER}"]
        number = f"{entry.number}. "
        yield number + f"\n\n{' ' * len(number)}".join(told)


def _parts(layout: Layout) -> Iterator[str]:
    tables = {table.part: table for table in layout.tables}
    empty = []
    for part, words in PARTS.items():
        nothing = nothing_in(part, layout.digest)
        if part in tables:
            yield f"## {words.title}（{number_of(part, layout.digest)}）"
            yield escape(about_of(part, layout.digest))
            yield "\n".join(_table(tables[part]))
        elif nothing:
            yield f"## {words.title}"
            yield nothing
        else:
            empty.append(words.title)
    if empty:
        yield f"本期没有内容的部分：{'、'.join(empty)}。"


def _table(table: Table) -> Iterator[str]:
    titles = ["序号", *(escape(column.title) or "　" for column in table.columns), EVIDENCE_TITLE]
    yield _row(titles)
    yield _row(["---"] * len(titles))
    for entry in table.entries:
        cells = [f"<{cell}>" if web_address(cell) else escape(cell) for cell in entry.cells]
        if late := late_words(entry.line):
            cells[0] = f"{cells[0]}，{late}" if cells[0] else late
        yield _row([str(entry.number), *cells, _cites(entry.references)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cites(references: Iterable[Reference]) -> str:
    return " ".join(f"[{reference.number}]" for reference in references)


def _notes(layout: Layout) -> Iterator[str]:
    if layout.digest.notes:
        yield f"## {NOTES_TITLE}"
        yield "\n".join(f"- {escape(note)}" for note in layout.digest.notes)


def _evidence(references: Sequence[Reference]) -> Iterator[str]:
    if not references:
        return
    yield f"## {EVIDENCE_TITLE}"
    for reference in references:
        yield "  \n".join(_proof(reference))


def _proof(reference: Reference) -> Iterator[str]:
    """Yield the lines of a piece of evidence; two blanks at the end of a line keep it a line of its own."""
    proof = reference.evidence
    place = f"{escape(proof.place)}，" if proof.place else ""
    context = f"，{escape(proof.context)}" if proof.context else ""
    yield f"[{reference.number}] {place}{escape(proof.title) or '（无标题）'}{context}"
    if proof.quote:
        yield f"原文：{escape(proof.quote)}"
    if reference.url:
        yield f"<{reference.url}>"
    elif proof.url:
        yield f"网址：{escape(proof.url)}"
    held = [
        f"采集 {proof.fetched}" if proof.fetched else "",
        f"全文第 {proof.start}—{proof.end} 字" if proof.start is not None and proof.end is not None else "",
        f"存档 {escape(proof.snapshot)}" if proof.snapshot else "",
        f"校验值 {proof.sha256[:12]}" if proof.sha256 else "",
    ]
    if told := "，".join(filter(None, held)):
        yield told
    if reference.uses:
        more = f" 等{len(reference.uses) + reference.more}处" if reference.more else ""
        yield f"用于{'、'.join(use.words for use in reference.uses)}{more}"
