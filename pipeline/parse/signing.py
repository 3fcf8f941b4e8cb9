"""Who signed a document and when: full dates as they are written, bodies that issue, signatures in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.places import read_chain
from pipeline.text import fold, is_chinese

DIGITS = str.maketrans("〇○零Oo一二三四五六七八九元", "00000" + "1234567891")
# An O or a 〇 typed for a nought counts as one: 2O23年, 二00九年.
_DIGIT = r"[0-9Oo〇○零一二三四五六七八九]"
# A blank inside a day or month counts only before its word: in 2023-1-5 9:15 the hour follows.
_DAY = r"(?:[0-9Oo]{1,2}|[〇○零一二三四五六七八九]?[十廿卅][一二三四五六七八九]?|[一二三四五六七八九元])"
_SPLIT_DAY = r"[0-3Oo]\s[0-9Oo]"
DATE = re.compile(
    rf"(?<![0-9])(?P<year>[12一二]{_DIGIT}{{3}})\s*(?:年|[-./])\s*(?P<month>{_SPLIT_DAY}(?=\s*月)|{_DAY})\s*"
    rf"(?:月|[-./])\s*(?P<day>{_SPLIT_DAY}(?=\s*[日号])|{_DAY})(?:(?![0-9])|(?=[0-9]{{2}}:[0-9]{{2}}))\s*(?:日|号)?"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
FIRST_YEAR, LAST_YEAR = 1949, 2060  # what a document of this kind can be dated or plan for


def read_year(text: str) -> int | None:
    """Return the year that four digits mean, Arabic or Chinese: 2O21, 二〇二三; None where it cannot be one."""
    digits = text.translate(DIGITS)
    year = int(digits) if digits.isdigit() else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _read_day(text: str) -> int:
    """Return the number that a day or month is written with: 07, 十三, 廿一."""
    text = "".join(text.split()).replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(text.translate(DIGITS))
    return (int(tens.translate(DIGITS)) if tens else 1) * 10 + (int(ones.translate(DIGITS)) if ones else 0)


def _date_of(match: re.Match[str]) -> date | None:
    year = read_year(match["year"])
    try:
        return date(year, _read_day(match["month"]), _read_day(match["day"])) if year else None
    except ValueError:
        return None


def read_date(text: str) -> date | None:
    """Return the first full date in *text*, or None: 2023年07月13日, 2023-7-13 09:42, 二〇二三年七月十三日."""
    folded = fold(text)
    for match in DATE.finditer(folded):
        if found := _date_of(match):
            return found
    compact = _COMPACT.search(folded)
    try:
        return date(*map(int, compact.groups())) if compact else None
    except ValueError:
        return None


# --- bodies ----------------------------------------------------------------------------------------------------------

# Ends of the names of bodies that issue documents, longest first.
_ENDS = (
    "人民政府办公厅|人民政府办公室|政府办公厅|政府办公室|行政公署|人民政府|委员会办公室|工作领导小组办公室|领导小组办公室|"
    "领导小组|工作委员会|管理委员会|委员会|街道办事处|办事处|人民法院|人民检察院|办公厅|办公室|管委会|党工委|党组|党委|政府|"
    "行署|分局|总局|公司|中心|支队|大队|总队|研究院|学院|医院|学校|联合会|总工会|协会|厅|局|委|办|署|院|部|站|所|处|社"
)
# A division or regiment of the Corps in Xinjiang: 第一师阿拉尔市, 第九师一六一团.
_CORPS = (
    r"(?:新疆生产建设兵团)?第[一二三四五六七八九十]{1,3}师(?:[\u4e00-\u9fff]{2,5}市)?"
    r"(?:[〇零一二三四五六七八九十]{1,4}团)?(?![\u4e00-\u9fff])"
)
BODY_NAME = re.compile(rf"(?:[\u4e00-\u9fff〇]{{1,38}}?(?:{_ENDS})(?:[(（][\u4e00-\u9fff]+[)）])?|{_CORPS})")
LONGEST_BODY = 40
_JOINT_BODIES = re.compile(rf"{BODY_NAME.pattern}(?:[\s、和]{{1,3}}{BODY_NAME.pattern})*")
_NO_BODY = re.compile(r"关于|印发|工作(?!委员会)|报告|[,。、;:]")  # words of a title, not of a name
# What follows the name of a body at the head of a title: 关于, a year, the business itself.
_TITLE_REST = re.compile(
    r"\s*(?:关于|印发|转发|批转|[12]\d{3}|[一二][〇○零九]|年度|法治|依法|推进|贯彻|落实|全面(?!依法治)|深入|加强|[“《\"\[]|十[二三四五六]五)"
)
_PARTY = re.compile(r"(?:中共|中国共产党)")
# Sites and desks that a CMS puts into 发文机关 although they issue nothing.
NOT_ISSUERS = re.compile(r"网站?$|网$|平台$|编辑部?$|融媒体|记者|管理员|admin|本站|未知|其他|^无$", re.IGNORECASE)
# Bodies that speak for the whole place, not for themselves.
_SPEAKS_FOR_PLACE = re.compile(
    r"政府(?:办公[室厅])?$|政府办$|行政公署|行署(?:办公[室厅])?$|依法治|领导小组|[省市县区州旗盟镇乡]委(?:办公[室厅]|办)?$|(?:党委|党工委)$|街道办事处$|办事处$"
    r"|国共产党[\u4e00-\u9fff]+委员会|中共[\u4e00-\u9fff]+委员会|管委会$|管理委员会$|常务委员会|国务院(?:办公厅)?$|中央(?:办公厅)?$"
)
_LEVEL_WORD = re.compile(r"(?:自治区|省|市|县|区|州|盟|旗|镇|乡|街道)")


def is_bureau(body: str) -> bool:
    """Say whether *body* is one department of a place: not its government, Party committee, or an office of either."""
    return bool(BODY_NAME.fullmatch(body)) and not _SPEAKS_FOR_PLACE.search(body)


def leading_body(title: str) -> str | None:
    """Return the name of the body that a title opens with, or None: 云岚县司法局 of 云岚县司法局2022年度…报告."""
    folded = fold(title)
    head, about, _ = folded.partition("关于")
    if about and (match := _JOINT_BODIES.fullmatch(head.strip())):
        return title[: match.end()].strip()
    party = _PARTY.match(folded)
    named = read_chain(folded, party.end() if party else 0).end
    level = _LEVEL_WORD.match(folded)
    after_place = named or (level.end() if level else 0)
    for match in re.finditer(_ENDS, folded[: after_place + LONGEST_BODY]):
        if match.end() > after_place and _TITLE_REST.match(folded, match.end()):
            own_name = folded[after_place : match.end()]
            return None if _NO_BODY.search(own_name) else title[: match.end()].strip()
    return None


# --- signatures ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signature:
    """The bodies and the date at the end of a text, or of a notice before the plan that it issues."""

    bodies: tuple[str, ...]
    date: date | None


_SEAL = re.compile(r"\((?:盖章|印章|公章|章|代章)\)$")
_REMARK = re.compile(r"^\(.*\)$|^附件|^附:|^抄送|^(?:联系|咨询)|^信息来源|^来源|^责任编辑")


_GLUED = re.compile(r"[。;!](?P<body>[^。;!,、:]{4,40}?)(?P<day>[12一二][^。;!,、:]{6,16}日)。?$")
_ACTS = re.compile(
    r"[由经自在于向报]|[\u4e00-\u9fff]+(?:印发|审议|批准|通过|公布)"
)  # the clause of a sentence, not a name


def _glued_signature(line: str) -> Signature | None:
    """Return the signature that lost its line break: …达到90%。云岚县人民政府2021年3月19日."""
    match = _GLUED.search(_squeezed(line[-LONGEST_SIGNATURE:]))
    if not match or not BODY_NAME.fullmatch(match["body"]) or _ACTS.match(match["body"]):
        return None
    day = DATE.fullmatch(match["day"])
    return Signature((match["body"],), _date_of(day)) if day else None


LONGEST_SIGNATURE = 120  # characters of a line, with the blanks that push it to the right


def _squeezed(line: str) -> str:
    """Return *line* folded, with no blanks between Chinese characters and none at its ends."""
    folded = fold(line).strip()
    chars = [
        char
        for at, char in enumerate(folded)
        if not (char.isspace() and (is_chinese(folded[at - 1]) or is_chinese(folded[at + 1])))
    ]
    return _SEAL.sub("", "".join(chars))


def _body_lines(lines: list[str], at: int) -> tuple[str, ...]:
    """Return the bodies named on the lines before line *at*, in reading order; two blank lines end the search."""
    found: list[str] = []
    while at > 0 and len(found) < 4:
        at -= 1
        spaced = [part for part in re.split(r"\s{2,}|\t|(?<=[府委局室会])\s(?=\S{4})", fold(lines[at]).strip()) if part]
        parts = [_squeezed(part) for part in spaced]
        if not parts or not all(BODY_NAME.fullmatch(part) for part in parts):
            parts = [_squeezed(lines[at])]
        if not all(BODY_NAME.fullmatch(part) for part in parts):
            break
        found[:0] = parts
    return tuple(found)


_MONTH_ALONE = re.compile(rf"[12一二]{_DIGIT}{{3}}年(?:{_DAY})月")


def find_signatures(text: str) -> Iterator[Signature]:
    """Yield the signatures of *text* from the top: a date alone on its line, the bodies above it or before it.

    A last line that names a body without a date is a signature too.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    dated = last_dated = False
    for at, line in enumerate(lines):
        last_dated = False
        if len(line) > LONGEST_SIGNATURE:
            continue
        squeezed = _squeezed(line)
        match = DATE.search(squeezed)
        if match is None or squeezed[match.end() :].strip(" 。"):
            continue
        before = _SEAL.sub("", squeezed[: match.start()].strip(" :,"))
        if before and not BODY_NAME.fullmatch(before):
            continue
        dated = last_dated = True
        yield Signature((before,) if before else _body_lines(lines, at), _date_of(match))
    if (
        lines
        and not dated
        and _MONTH_ALONE.fullmatch(_squeezed(lines[-1]))
        and (bodies := _body_lines(lines, len(lines) - 1))
    ):
        yield Signature(bodies, None)
        return
    while lines and _REMARK.match(fold(lines[-1]).strip()):
        lines.pop()
    if lines and not last_dated and (glued := _glued_signature(lines[-1])):
        yield glued
    elif not dated and len(lines) > 1 and (bodies := _body_lines(lines, len(lines))):
        yield Signature(bodies, None)
