"""Numerals as officials write them: 二十三 is 23, 1.2万 is 12000, 十几 is 11 to 19.

All functions take folded text (`text.fold`), in which full-width digits are plain ones.
"""

import re
from dataclasses import dataclass

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
SCALE_OF = {**SCALES, **MYRIADS, "万亿": 1_000_000_000_000}

CHINESE_DIGIT = "[零〇○一二两三四五六七八九]"
CHINESE = "[零〇○一二两三四五六七八九十百千万亿]"

# 13,560 · 1 386 (a blank as separator, three digits a group) · 2436.8
ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:\.\d+)?"
# 1万3千, 2亿3千万: digits with more than one scale.
MIXED = r"\d{1,4}[百千万亿](?:\d{1,4}[十百千]?万?){1,3}"
# 2 0件: a layout program set the digits apart.
SPACED = r"(?:(?<=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff] ))\d(?: \d){1,5}(?![\d.,])(?!\s[\d.])"
# 余, 多 and 来 stand before or after the scale: 4700余万元, 1.9万余次, 三百多人.
LOOSE = "[余多来]"
TIMES = "(?:万亿|亿|万|千|百(?!分[点之]))"  # 5.94百分点 is no 594

# Numbers that name no figure but have a customary reading (codebook, Commitments, value).
VAGUE = {
    "十几": (11, 19),
    "几十": (20, 99),
    "数十": (20, 99),
    "几百": (200, 999),
    "数百": (200, 999),
    "几千": (2000, 9999),
    "数千": (2000, 9999),
    "几万": (20_000, 99_999),
    "数万": (20_000, 99_999),
}
AT_LEAST = {"上百": 100, "上千": 1000, "上万": 10_000, "成百上千": 100}
# 壹佰贰拾万元: the numerals of accounts, before money only, since 伍 and 陆 are part of other words.
FORMAL = re.compile(r"[壹贰叁肆伍陆柒捌玖][零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿]{0,15}(?=[元圆万亿])")
PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
# 二十几场: the tens are said, the ones left open.
TENS_OPEN = re.compile(f"(?P<tens>{CHINESE_DIGIT}?)十几")
# 七八百, 两千七八百, 三四十, 两三: two neighbouring digits share a scale.
PAIR = re.compile(
    r"(?P<head>(?:[一二两三四五六七八九][千百十])*)"
    r"(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<scale>[十百千万]?)"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral's value; `value_max` where it is a range, `loose` where it says 余, 多, 来 or 把, `least` for 上百."""

    value: float
    value_max: float | None = None
    loose: bool = False
    least: bool = False


def read_chinese(text: str) -> float | None:
    """Return the value of a Chinese numeral, or None if *text* is none.

    >>> read_chinese("一千二百"), read_chinese("二〇二五"), read_chinese("二十三"), read_chinese("九十五点六")
    (1200, 2025, 23, 95.6)
    """
    whole, dot, decimals = text.partition("点")
    if dot:
        head, tail = read_chinese(whole), [DIGITS.get(char) for char in decimals]
        if head is None or not tail or None in tail:
            return None
        return float(f"{int(head)}.{''.join(str(digit) for digit in tail)}")
    if not whole or any(char not in DIGITS and char not in SCALES and char not in MYRIADS for char in whole):
        return None
    if not set(whole) & (SCALES.keys() | MYRIADS.keys()):
        return int("".join(str(DIGITS[char]) for char in whole))
    total = section = digit = 0
    last = 1
    for char in whole:
        if char in DIGITS:
            digit = DIGITS[char]
            last = 1 if digit == 0 else last
        elif char in SCALES:
            section += (digit or 1) * SCALES[char]
            digit, last = 0, SCALES[char]
        else:
            section = (section + digit) or 1
            total = (total + section) * MYRIADS[char] if char == "亿" else total + section * MYRIADS[char]
            section, digit, last = 0, 0, MYRIADS[char]
    if digit and last >= 100:  # 一百二 is 120, 三万五 is 35000; 一百零二 is not
        digit *= last // 10
    return total + section + digit


def read_arabic(text: str) -> float:
    """Return the value of Arabic digits with thousands separators (commas or blanks) and a decimal point."""
    return float(text.replace(",", "").replace(" ", ""))


def read_mixed(text: str) -> float:
    """Return the value of Arabic digits that each have a scale: 1万3千 is 13000, 2亿3千万 is 230000000."""
    total = section = 0.0
    for digits, small, large in re.findall(r"(\d+)([十百千]?)([万亿]?)", text):
        section += int(digits) * SCALES.get(small, 1)
        if large:
            total, section = total + section * MYRIADS[large], 0.0
    return total + section


def read_numeral(text: str) -> Numeral | None:
    """Return the value of a numeral in any notation, scale and looseness included, or None if *text* is none.

    >>> read_numeral("4700余万")
    Numeral(value=47000000.0, value_max=None, loose=True, least=False)
    >>> read_numeral("两千七八百")
    Numeral(value=2700, value_max=2800, loose=False, least=False)
    """
    vague = text.rstrip("余多")  # 数百余场 says no more than 数百场
    if vague in VAGUE:
        low, high = VAGUE[vague]
        return Numeral(low, high)
    if vague in AT_LEAST:
        return Numeral(AT_LEAST[vague], least=True)
    if match := TENS_OPEN.fullmatch(text):
        tens = DIGITS.get(match["tens"], 1) * 10
        return Numeral(tens + 1, tens + 9)
    if match := PAIR.fullmatch(text):
        low, high = DIGITS[match["low"]], DIGITS[match["high"]]
        if high == low + 1 or (low, high) == (3, 5):  # 三五次 is said too; 二五 is not
            scale = SCALE_OF.get(match["scale"], 1)
            head = read_chinese(match["head"]) or 0
            return Numeral(head + low * scale, head + high * scale)
    if match := re.fullmatch(rf"({ARABIC}|\d(?: \d)+|{MIXED})({LOOSE}?)({TIMES}?)({LOOSE}?)", text):
        read = read_mixed if re.search("[百千万亿]", match[1]) else read_arabic
        value = read(match[1]) * SCALE_OF.get(match[3], 1)
        return Numeral(round(value, 6), loose=bool(match[2] or match[4]))
    if match := re.fullmatch(f"({CHINESE}+(?:点{CHINESE_DIGIT}+)?)({LOOSE}|把)?({TIMES}?)({LOOSE}?)", text):
        found = read_chinese(match[1])
        if found is not None:
            return Numeral(found * SCALE_OF.get(match[3], 1), loose=bool(match[2] or match[4]))
    return None
