"""The whole title of a row: of its link, its attributes, or the hover card that repeats it."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.scrape.cells import AT_END, LABEL, NUMBER, Field, Piece, find_pieces, is_date, labelled
from pipeline.scrape.entries import ACTION
from pipeline.scrape.inline import address_of
from pipeline.scrape.records import View, is_cut, plain
from pipeline.scrape.trees import links_in, tags_in
from pipeline.text import fold, squeeze

if TYPE_CHECKING:
    from bs4 import Tag

TOLD_BY = ("title", "mc", "data-title", "tit", "alt")  # attributes of a link that hold its whole title
NOISE = re.compile(r"点击|查看|打开|新窗口|进入|跳转")  # of a title attribute that says what a click does
SITE_NAME = ("_", "|", "-")  # what follows names the site, as in the title of a page
STEM_END = re.compile(r"[\s.。…⋯]+$")
TITLE_CLASS = re.compile(r"^(?:tit(?:le)?|bt|biaoti|mc|name|subject|txt|text)\d?$", re.IGNORECASE)
SUMMARY = 120  # characters of a link that holds a summary beside its title


def title_of(link: "Tag", element: "Tag", pieces: Sequence[Piece], fields: Mapping[Field, str], view: View) -> str:
    """Return the title of a row, whole wherever the row has it whole."""
    own = address_of(link, view)
    twins = [link, *(each for each in links_in(element) if address_of(each, view) == own)]
    told = ""
    for twin in twins:
        told = told or next((value for name in TOLD_BY if (value := str(twin.get(name) or "").strip())), "")
    mark = LABEL.search(fold(told))
    told = labelled([told]).get("title") or _without_date(plain(told[: mark.start()] if mark else told))
    shown = (text for twin in twins if (text := printed_title(twin)) and not ACTION.fullmatch(fold(text)))
    title = better_title(next((text for text in shown if not NUMBER.fullmatch(fold(text))), ""), told)
    if not title or link.name != "a":
        words = (piece.raw for piece in pieces if not is_date(piece.text) and not ACTION.fullmatch(piece.text))
        title = fields.get("title") or max((plain(word) for word in words), key=len, default="")
    return _whole(title, element, pieces, fields) if is_cut(title) else title


def printed_title(link: "Tag") -> str:
    """Return the title that a link shows, without a date or a summary inside it."""
    inside = [piece for piece in find_pieces(link) if not piece.is_hidden and not is_date(piece.text)]
    text = plain(" ".join(piece.raw for piece in inside))
    if len(inside) > 1:
        heads = [tag for tag in tags_in(link) if _is_title(tag)]
        if heads and (head := plain(heads[0].get_text(" "))):
            return head
        if len(text) > SUMMARY:
            text = plain(inside[0].raw)
    return _without_date(text)


def _without_date(title: str) -> str:
    """Return a title without the date at its end, unless it is nothing else."""
    ends = AT_END.search(fold(title))
    return plain(title[: ends.start()] + title[ends.end() :]) or title if ends else title


def _is_title(tag: "Tag") -> bool:
    return tag.name in ("h1", "h2", "h3", "h4", "h5", "h6") or any(
        TITLE_CLASS.match(name) for name in tag.get("class") or []
    )


def better_title(printed: str, told: str) -> str:
    """Return the better of what a link shows and what its attribute tells."""
    if not told or not printed:
        return printed or told
    stem, whole = squeeze(STEM_END.sub("", printed)), squeeze(told)
    if is_cut(printed):
        near = whole.startswith(stem) or any(stem[at : at + 6] in whole for at in range(max(1, len(stem) - 5)))
        return told if near and stem and len(whole) >= len(stem) else printed
    before, _, after = whole.partition(stem)
    is_more = stem in whole and not NOISE.search(before) and not after.startswith(SITE_NAME)
    return told if is_more else printed


def _whole(title: str, element: "Tag", pieces: Sequence[Piece], fields: Mapping[Field, str]) -> str:
    """Return the longest text of a row that goes on where a cut title breaks off."""
    stem = squeeze(STEM_END.sub("", title))
    values = (value for tag in tags_in(element) for value in tag.attrs.values() if isinstance(value, str))
    told = (*(piece.raw for piece in pieces), fields.get("title", ""), *values)
    longer = [plain(text) for text in told if len(text) < 300 and squeeze(text).startswith(stem) and not is_cut(text)]
    return max(longer, key=len) if stem and longer else title
