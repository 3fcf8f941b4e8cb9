"""Blanks: which ones part something, and which only stand inside a word, a number or a broken line.

White space is the only thing that the canonical text changes. A blank stays, as one blank, where it parts the halves
of a title, the names of a list, Latin words, or a number that has no point from the title after it.
"""

import re
from itertools import pairwise

from pipeline.parse.flow import BLANKS, SOFT
from pipeline.text import fold, is_chinese

BLANK = re.compile(f"[{BLANKS}]+")
_B = f"[{BLANKS}]"
SOFT_RUN = re.compile(f"[ {SOFT}]*{SOFT}[ {SOFT}]*")
SENTENCE = re.compile("[，。；！？,;!?]")
# A number that is typed in groups of three: 1 386, 1 260 000. More than three digits before a blank are no group.
THOUSANDS = re.compile(rf"(?<![\d.,])(\d{{1,3}}(?:{_B}\d{{3}})+)(?!\d)")
# A number of a date that was typed with a blank: 12月2 6日.
DAY = re.compile(rf"(?<=[年月])({_B}*[0-3Oo]){_B}+([\dOo])(?={_B}*[月日号])")
UNITS = (
    "年月日时分秒号%％‰个件起次条项名人户家所处部期场届份宗卷册辆台套座公亩吨元万亿千百余多几天周岁页章节款级类批"
    "种位支队组间栋层门座届轮"
)
# What a blank after keeps apart from the title: 表1 主要指标, 第一章 总则, 1 健全机制, 一 加强领导; and 1. 2022年底前,
# which without it would be a decimal.
HEAD = re.compile(
    rf"(?:(?:附?表|附?图|附件|专栏)\s*[\d一二三四五六七八九十]+[:：]?|第[一二三四五六七八九十百零〇\d]+[章节条编篇部]分?"
    rf"|[一二三四五六七八九十]{{1,3}}|\d{{1,2}}\.(?={_B}+\d)|\d{{1,2}}(?={_B}+(?![{UNITS}])[^\W\d]))(?={_B})"
)
MARKER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\(.{1,3}\)|\d{1,2}[、.](?!\d)|[①-⑳]|第[^\s章条节]{1,4}[章条节])\s*"
)
DATE = re.compile(r"(?:19|20|二[〇○零O])[\d一二三四五六七八九〇○零O]{2}\s*年.{1,12}日$")
NAME_END = re.compile(f"[:：{BLANKS}]")
HALF = (4, 24)  # characters of each half of a title; what is shorter are the letters of a spaced-out word
NAMES = 4  # a Chinese name has at most four characters


def tidy(text: str) -> str:
    """Return *text*, one paragraph, with each run of blanks gone or as one blank; tabs part cells and stay.

    >>> tidy("实际参加 1 386 人，占 95 %")
    '实际参加1386人，占95%'
    >>> tidy("一、加强组织领导　夯实法治基础")
    '一、加强组织领导 夯实法治基础'
    """
    if "\t" in text:
        return "\t".join(tidy(cell) for cell in text.split("\t"))
    text = text.strip()
    if SOFT in text:
        text = SOFT_RUN.sub(_soften, text)
    if not BLANK.search(text):
        return text
    if THOUSANDS.search(text):
        text = THOUSANDS.sub(lambda match: BLANK.sub("", match.group()), text)
    text = DAY.sub(r"\1\2", text)
    kept = _kept(text)
    parts: list[str] = []
    at = 0
    for match in BLANK.finditer(text):
        parts.append(text[at : match.start()])
        if match.start() in kept:
            parts.append(" ")
        at = match.end()
    return "".join([*parts, text[at:]])


def _soften(match: re.Match[str]) -> str:
    """A line end of the markup is a blank between Latin words and nothing beside a Chinese character."""
    text = match.string
    around = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    return " " if around.isascii() else ""


def _kept(text: str) -> set[int]:
    """Where in *text* a run of blanks begins that stays."""
    folded = fold(text)
    head = HEAD.match(folded)
    kept = {head.end()} if head else set()
    between_chinese = []
    sentence = SENTENCE.search(text) is not None
    for match in BLANK.finditer(text):
        left, right = text[match.start() - 1], text[match.end()]
        if left.isascii() and right.isascii():
            letters = left.isalpha() or right.isalpha()
            if letters or (left.isdigit() and right.isdigit() and not sentence):
                kept.add(match.start())
        elif _is_word(left) and _is_word(right) and match.start() not in kept:
            if is_chinese(left) and DATE.match(text, match.end()) and not sentence:
                kept.add(match.start())
            elif not (left.isascii() or right.isascii()):
                between_chinese.append(match.start())
    return kept | (_run_in(text, folded, between_chinese) if sentence else _halves(text, folded, between_chinese))


def _is_word(char: str) -> bool:
    return char.isalnum() or char in "“”》《）（"


def _halves(text: str, folded: str, places: list[int]) -> set[int]:
    """Blanks of a line without a sentence mark: a title in halves, a list of names, or a name and its post."""
    if not places:
        return set()
    marker = MARKER.match(folded)
    bounds = [marker.end() if marker else 0, *places, len(text)]
    sizes = [len(BLANK.sub("", text[start:end])) for start, end in pairwise(bounds)]
    if min(sizes) >= HALF[0] or (len(sizes) > 2 and 2 <= min(sizes) <= max(sizes) <= NAMES):
        return set(places)
    return {place for place in places if ":" in folded[:place] and _parts_name(text, place)}


def _parts_name(text: str, place: int) -> bool:
    """Say whether the blank at *place* of a line with a colon stands between a name and a post."""
    left, right = NAME_END.split(text[:place])[-1], BLANK.split(text[place:])[1]
    return len(right) >= HALF[0] or (len(left) > 1 and len(right) > 1)


def _run_in(text: str, folded: str, places: list[int]) -> set[int]:
    """The blank after a title that runs into its paragraph: 1、健全机制 成立领导小组，……."""
    marker = MARKER.match(folded)
    if not marker or not places:
        return set()
    first = places[0]
    title = text[marker.end() : first]
    fits = HALF[0] <= len(title) <= HALF[1] and not SENTENCE.search(title) and not BLANK.search(title)
    return {first} if fits and len(places) <= HALF[0] else set()
