"""Values of cells as their number format shows them: dates, times, and numbers with what stands around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from pipeline.files.word_numbering import format_number

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<gap>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<noon>上午/下午|AM/PM|A/P)'
    r"|(?P<name>General|@)|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e(?![+-]))|(?P<number>[0#?][0#?.,]*|\.[0#?]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
SYSTEM_DATES = {"$-F800": 'yyyy"年"m"月"d"日"', "$-F400": "h:mm:ss"}  # shown as the language of the machine has them
PLAIN_DATE = 'yyyy"年"m"月"d"日"'
ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)  # in brackets: hours beyond a day
BEYOND = re.compile(r"/|E[+-]", re.IGNORECASE)  # fractions and powers of ten
SPELLED = "dbnum1"  # numbers in Chinese characters
ORIGIN = datetime(1899, 12, 30)  # day 0 of dates after February 1900, which has a 29th in sheets
MOST_DAYS = 2_958_465  # 31 December 9999
DATE_PARTS = ('yyyy"年"', 'm"月"', 'd"日"')
WEEKDAYS = "一二三四五六日"
MOST_EXACT = 10**15  # digits of a number in a sheet


@dataclass(frozen=True, slots=True)
class Section:
    """One of the parts of a format, parted by semicolons."""

    tokens: tuple[tuple[str, str], ...]  # kind and text
    letters: tuple[str, ...]  # first letters of the parts of a date
    patterns: tuple[str, ...]  # of digits
    literals: str
    is_date: bool
    is_number: bool  # one that is shown in digits and literals alone
    is_percent: bool
    is_spelled: bool

    @classmethod
    def of(cls, tokens: Sequence[tuple[str, str]], *, conditional: bool, spelled: bool) -> "Section":
        """Return the section that has *tokens*; one that is *conditional* is neither a date nor a number to us."""
        kinds = {kind for kind, _ in tokens}
        patterns = tuple(text for kind, text in tokens if kind == "number")
        literals = "".join(text for kind, text in tokens if kind == "literal")
        is_plain = not conditional and not spelled and kinds <= {"number", "literal", "percent"} and len(patterns) < 2
        in_parts = all(set(text) <= {"0", "."} for text in patterns)  # of a second
        return cls(
            tokens=tuple(tokens),
            letters=tuple(text[0].lower() for kind, text in tokens if kind == "date"),
            patterns=patterns,
            literals=literals,
            is_date="date" in kinds and "name" not in kinds and not conditional and in_parts,
            is_number=is_plain and not BEYOND.search(literals),
            is_percent="percent" in kinds,
            is_spelled=spelled,
        )


def shown(value: Any, code: str = "") -> str:
    """Return the value of a cell as a person sees it; *code* is its number format, "" where that tells nothing.

    >>> shown(95.0), shown(0.955, "0.0%"), shown(date(2024, 3, 1), "yyyy-mm-dd"), shown(3.0, '0"件"')
    ('95', '95.5%', '2024-03-01', '3件')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        sections = _sections(code)
        if not (sections and sections[0].is_date and 0 < value <= MOST_DAYS):
            return _number(value, sections)
        value = ORIGIN + timedelta(days=float(value))  # in a format that the reader of workbooks takes for no date
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, time):
        return _date(datetime.combine(ORIGIN, value), code) or f"{value:%H:%M}"
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        return _date(moment, code) or _date(moment, PLAIN_DATE if moment.time() == time() else PLAIN_DATE + " hh:mm")
    return str(value).replace("_x000D_", "")


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[Section, ...]:
    sections: list[Section] = []
    tokens: list[tuple[str, str]] = []
    conditional = spelled = False
    for match in TOKEN.finditer(code + ";"):
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "other" and text == ";":
            sections.append(Section.of(tokens, conditional=conditional, spelled=spelled))
            tokens, conditional, spelled = [], False, False
        elif kind == "bracket" and text.upper() in SYSTEM_DATES:
            return _sections(SYSTEM_DATES[text.upper()])
        elif kind == "bracket" and text.startswith("$"):
            tokens.append(("literal", text[1:].partition("-")[0]))  # a currency, and the language
        elif kind == "bracket":
            conditional = conditional or text[:1] in ("<", ">", "=") or ELAPSED.fullmatch(text) is not None
            spelled = spelled or text.lower() == SPELLED
        elif kind == "other" and text == "%":
            tokens.append(("percent", text))  # of a hundred; a quoted one is only a sign
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(("literal", text))
        elif kind != "gap":
            tokens.append((kind, text))
    return tuple(sections) if code else ()


# --- dates -----------------------------------------------------------------------------------------------------------


def _dated(code: str) -> Section | None:
    """The section that shows a date, with the months in digits: in a Chinese table their English names say nothing."""
    section = next(iter(_sections(code)), None)
    if section is None or not section.is_date:
        return None
    if any(kind == "date" and text.lower().startswith("mmm") for kind, text in section.tokens):
        shown_parts = set(section.letters)
        return _sections("".join(part for part in DATE_PARTS if part[:1] in shown_parts))[0]
    return section


def _date(value: datetime, code: str) -> str:
    """A date as its format shows it, "" if that shows none."""
    section = _dated(code)
    if section is None:
        return ""
    letters = ["", *section.letters, ""]
    at = 0
    parts = []
    half_days = any(kind == "noon" for kind, _ in section.tokens)
    for kind, text in section.tokens:
        if kind == "date":
            at += 1
            is_minute = letters[at] == "m" and (letters[at - 1] == "h" or letters[at + 1] == "s")
            parts.append(_part(value, "n" * len(text) if is_minute else text.lower(), section.is_spelled, half_days))
        elif kind == "noon":
            parts.append("上午" if value.hour < 12 else "下午")
        elif kind == "literal":
            parts.append(text)
    return "".join(parts).strip()


def _part(value: datetime, token: str, spelled: bool, half_days: bool) -> str:
    if token[0] in "ye":
        year = f"{value.year}" if token[0] == "e" or len(token) > 2 else f"{value.year % 100:02}"
        return (format_number(int(year), "ideographDigital") or year) if spelled else year
    if token[0] == "a" or (token[0] == "d" and len(token) > 2):
        return ("" if token == "aaa" else "星期") + WEEKDAYS[value.weekday()]
    hour = (value.hour + 11) % 12 + 1 if half_days else value.hour
    number = {"m": value.month, "d": value.day, "h": hour, "n": value.minute, "s": value.second}[token[0]]
    if spelled:
        return format_number(number, "chineseCountingThousand") or str(number)
    return f"{number:02}" if len(token) > 1 else str(number)


# --- numbers ---------------------------------------------------------------------------------------------------------


def _number(value: float, sections: Sequence[Section]) -> str:
    """A number as its format shows it; where that is beyond us, in the digits that a sheet shows at most."""
    exact = Decimal(repr(value)) if value == value and abs(value) != float("inf") else Decimal(0)
    if not sections or not all(each.is_number for each in sections[:3]) or abs(exact) >= MOST_EXACT:
        return _plain(exact)
    place = 0 if exact > 0 or len(sections) == 1 else 1 if exact < 0 else 2 if len(sections) > 2 else 0
    section = sections[place]
    if not section.patterns:
        return section.literals.strip() or _plain(exact)
    digits = _digits(abs(exact) * (100 if section.is_percent else 1), section.patterns[0])
    sign = "-" if exact < 0 and place == 0 and re.search("[1-9]", digits) else ""
    return sign + "".join(digits if kind == "number" else text for kind, text in section.tokens).strip()


def _plain(exact: Decimal) -> str:
    text = f"{exact.quantize(Decimal('1e-10'), ROUND_HALF_UP):f}" if abs(exact) < MOST_EXACT else f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(size: Decimal, pattern: str) -> str:
    """The digits of a number without sign: 0 is always shown, # and ? only where there is something to show."""
    whole, _, fraction = pattern.partition(".")
    bare = whole.rstrip(",")
    size = size.scaleb(-3 * (len(whole) - len(bare)))
    fraction = fraction.rstrip(",")
    places = min(len(fraction), 15)
    text = f"{size.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    before, _, after = text.partition(".")
    least = bare.count("0")
    before = before.lstrip("0").zfill(least) if before.strip("0") or least else ""
    while after and len(after) > fraction.count("0") and after[-1] == "0":
        after = after[:-1]
    if "," in bare and before:
        head = len(before) % 3
        before = ",".join([before[:head]] * bool(head) + [before[i : i + 3] for i in range(head, len(before), 3)])
    return f"{before}.{after}" if after else before
