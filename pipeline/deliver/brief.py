"""A digest in short, for a subject, a feed and a chat: its title, its headline, the first ten lines, how many more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.digest.layout import shown, web_address
from pipeline.digest.records import Digest, Part
from pipeline.digest.words import FIRST_LINES, LATE, TITLE, week_words
from pipeline.weeks import read_week

BLANKS = re.compile(r"\s+")
STOPS = "，；：、。！？,;:!? "  # where a sentence may be cut
ENDS = "。！？!?"
LEAST = 0.5  # of the room that a cut at a stop must fill


@dataclass(frozen=True, slots=True)
class BriefLine:
    """A line, and the page that it stands on."""

    words: str
    place: str
    part: Part
    url: str  # "" where there is none that could be opened


@dataclass(frozen=True, slots=True)
class Brief:
    """What is told of a digest where there is little room."""

    title: str  # 法治政府建设监测周报 2026年第47周
    week: str  # with its days
    headline: tuple[str, ...]
    lines: tuple[BriefLine, ...]
    more: int  # lines that are not told


def brief_of(digest: Digest) -> Brief:
    """Return a digest in short."""
    lines = tuple(_lines(digest))
    return Brief(title_of(digest), week_words(digest), tuple(map(plain, digest.headline)), lines, _rest(digest, lines))


def title_of(digest: Digest) -> str:
    """Return the title of a digest, with its week."""
    week = read_week(digest.week)
    return f"{TITLE} {week.year}年第{week.number}周"


def plain(text: str) -> str:
    """Return a text in one line, without what is no character of a page."""
    return BLANKS.sub(" ", shown(text)).strip()


def cut(sentence: str, longest: int) -> str:
    """Return the beginning of a sentence, up to a stop where one is near.

    >>> cut("本周新增3份文件，其中云岭县2份、青禾县1份。", 16)
    '本周新增3份文件…'
    """
    sentence = sentence.rstrip(ENDS)
    if len(sentence) <= longest:
        return sentence
    held = sentence[: longest - 1]
    stop = max(held.rfind(each) for each in STOPS)
    return f"{held[:stop] if stop >= LEAST * longest else held}…"


def _lines(digest: Digest) -> Iterator[BriefLine]:
    for line in digest.lines[:FIRST_LINES]:
        found = (web_address(digest.evidence[one].url) for one in line.evidence if one in digest.evidence)
        words = plain(line.words)
        told = f"{LATE}：{words}" if line.is_late else words
        yield BriefLine(told, plain(line.place), line.part, next(filter(None, found), ""))


def _rest(digest: Digest, lines: tuple[BriefLine, ...]) -> int:
    return len(digest.lines) - len(lines)
