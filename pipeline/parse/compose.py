"""Lines of the body to the paragraphs of the canonical text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.parse.blanks import tidy
from pipeline.parse.flow import Line
from pipeline.parse.grids import find_grids, spaced_rows
from pipeline.parse.wrapping import Setting, find_setting, glue, joins, rest_of_number
from pipeline.records import Cut

MARKER_CELL = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|第.{1,4}[章条节]"
)


@dataclass(frozen=True, slots=True)
class Text:
    """The canonical text, and the footnotes that could not stay where they stood."""

    text: str
    moved: tuple[Cut, ...]


@dataclass(slots=True)
class _Body:
    """The lines of the body apart from footnotes, and the footnotes after each."""

    lines: list[Line] = field(default_factory=list)
    opens_page: set[int] = field(default_factory=set)  # places in lines
    notes: dict[int, list[tuple[str, int, int]]] = field(default_factory=dict)  # place before -> text, start, end


def compose(lines: Sequence[Line], notes: frozenset[int], breaks: frozenset[int], *, whole: bool = False) -> Text:
    """Return the canonical text of the body's *lines*.

    Args:
        lines: the body, without furniture.
        notes: starts of the lines that begin a footnote; it runs to the next one or to the end of its page.
        breaks: starts of the lines that begin a page.
        whole: each line is a paragraph, so that none are joined and no table is looked for.
    """
    paragraphs: list[str] = []
    moved: list[Cut] = []
    for text, span in _lines(lines) if whole else _paragraphs(_set_aside(lines, notes, breaks)):
        paragraph = tidy(text)
        if paragraph:
            paragraphs.append(paragraph + "\n")
        if span:
            moved.append(Cut(*span, "footnote moved"))
    return Text("".join(paragraphs), tuple(moved))


def _lines(lines: Sequence[Line]) -> Iterator[tuple[str, None]]:
    for line in lines:
        yield line.text, None


def _set_aside(lines: Sequence[Line], notes: frozenset[int], breaks: frozenset[int]) -> _Body:
    body = _Body()
    inside = False
    for line in lines:
        opens_page = line.start in breaks
        inside = line.start in notes or (inside and not opens_page)
        if not inside:
            if opens_page:
                body.opens_page.add(len(body.lines))
            body.lines.append(line)
            continue
        group = body.notes.setdefault(len(body.lines) - 1, [])
        if line.start in notes or not group:
            group.append((line.text, line.start, line.end))
        else:
            text, start, _ = group[-1]
            group[-1] = (glue(text, line.text), start, line.end)
    # The first line of a page may follow footnotes: the break lies between it and the line before them.
    body.opens_page |= {place + 1 for place in body.notes if place + 1 < len(body.lines)}
    return body


def _paragraphs(body: _Body) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """Yield each paragraph, and for a footnote that was moved the stretch that it stood in."""
    grids, rows = find_grids(body.lines), spaced_rows(body.lines)
    setting = find_setting([line for place, line in enumerate(body.lines) if place not in rows])
    yield from _notes(body, -1, False)
    at = 0
    while at < len(body.lines):
        if at in grids:
            yield from _grid(body, grids[at])
            at = grids[at][-1][-1] + 1
            continue
        if at in rows:
            yield rows[at], None
            yield from _notes(body, at, False)
            at += 1
            continue
        text = body.lines[at].text
        while _goes_on(body, at, setting, grids, rows):
            follows = body.lines[at + 1].text
            if at in body.notes:
                rest = rest_of_number(text, follows)
                yield text + follows[:rest], None
                yield from _notes(body, at, rest > 0)
                text = follows[rest:]
            else:
                text = glue(text, follows)
            at += 1
        yield text, None
        yield from _notes(body, at, False)
        at += 1


def _goes_on(
    body: _Body, at: int, setting: Setting | None, grids: dict[int, list[list[int]]], rows: dict[int, str]
) -> bool:
    following = at + 1
    if following >= len(body.lines) or following in grids or following in rows:
        return False
    return joins(body.lines[at], body.lines[following], setting, following in body.opens_page)


def _notes(body: _Body, place: int, moved: bool) -> Iterator[tuple[str, tuple[int, int] | None]]:
    for text, start, end in body.notes.get(place, ()):
        yield text, (start, end) if moved else None


def _grid(body: _Body, rows: Sequence[Sequence[int]]) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """Yield the rows of a table; a footnote that fell between the cells of a row comes after it."""
    for row in rows:
        yield "\t".join(body.lines[place].text for place in row), None
        for place in row:
            yield from _notes(body, place, place != row[-1])


def settle_tabs(lines: Sequence[Line], source: str) -> list[Line]:
    """Tell in a plain text the tabs that part cells from those that stand for blanks, and join broken rows.

    Cells are parted in a line of three, or of two beside another row; a tab after a number only indents its title.
    """
    if not any("\t" in line.text for line in lines):
        return list(lines)
    counts = [len([cell for cell in line.text.split("\t") if cell.strip()]) for line in lines]
    settled = []
    for place, line in enumerate(lines):
        if "\t" in line.text:
            cells = line.text.split("\t")
            beside = max(counts[max(0, place - 1) : place] + counts[place + 1 : place + 2], default=0)
            numbered = counts[place] == 2 and MARKER_CELL.fullmatch(cells[0].strip()) is not None
            if numbered or not (counts[place] > 2 or (counts[place] == 2 and beside > 1)):
                line = replace(line, text=" ".join(cells))
            elif line.start and source[line.start - 1] == "\t" and beside == len(cells) + 1:
                line = replace(line, text="\t" + line.text)  # the first cell is empty
        settled.append(line)
    return _whole_rows(settled)


def _whole_rows(lines: Sequence[Line]) -> list[Line]:
    """Join a row that was broken inside a cell: two lines that together have the cells of the row above them."""
    whole: list[Line] = []
    for line in lines:
        if len(whole) > 1:
            size, above = whole[-1].text.count("\t"), whole[-2].text.count("\t")
            if 0 < size < above and size + line.text.count("\t") == above and not line.gap:
                last = whole.pop()
                line = replace(last, end=line.end, text=glue(last.text, line.text), bare=f"{last.bare} {line.bare}")
        whole.append(line)
    return whole
