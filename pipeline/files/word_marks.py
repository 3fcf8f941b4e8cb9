"""What Word shows by other means than characters: symbols of picture fonts, fields that are drawn, equations."""

import re
from collections.abc import Mapping

from pipeline.files.word_package import Element, M, W, child, switched

CHECKED, UNCHECKED = "☑", "□"
# Fonts whose characters are pictures: code -> the character that looks the same.
WINGDINGS: Mapping[int, str] = {
    0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x6C: "●", 0x6E: "■", 0x6F: UNCHECKED, 0x70: UNCHECKED, 0x71: UNCHECKED,
    0x72: UNCHECKED, 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x80: "⓪", 0x8B: "⓿", 0x9F: "•", 0xA1: "○", 0xA4: "◉",
    0xA7: "▪", 0xA8: UNCHECKED, 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: CHECKED,
    **{0x81 + i: chr(0x2460 + i) for i in range(10)}, **{0x8C + i: chr(0x2776 + i) for i in range(10)},
}  # fmt: skip
WINGDINGS_2: Mapping[int, str] = {
    0x30: UNCHECKED, 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: CHECKED, 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA2: "■",
    0xA3: UNCHECKED,
    **{0x6A + i: chr(0x2460 + i) for i in range(10)}, **{0x75 + i: chr(0x2776 + i) for i in range(10)},
}  # fmt: skip
SYMBOL: Mapping[int, str] = {
    0x2D: "−", 0x44: "Δ", 0x57: "Ω", 0x61: "α", 0x62: "β", 0x67: "γ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x71: "θ",
    0x73: "σ", 0x7E: "∼", 0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB7: "·", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD7: "·", 0xE5: "∑",
}  # fmt: skip
FONTS = {"wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2, "wingdings 3": {}, "webdings": {}, "symbol": SYMBOL}
PRIVATE = range(0xE000, 0xF900)  # characters that only a font gives a shape
HAS_PRIVATE = re.compile("[\ue000-\uf8ff]")
SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")

# Fields that draw characters over each other: a number in a ring, characters with their reading, a fraction.
RINGED = re.compile(r"\\o\s*\\ac\s*\(\s*[○〇◯]\s*[,;，]\s*(?P<inside>[^(),;]+?)\s*\)", re.IGNORECASE)
WITH_READING = re.compile(r"\\o\s*\\a[dcl]?\s*\(\s*\\s\s*\\up\s*\d+\s*\([^()]*\)\s*[,;]\s*(?P<base>[^()]+?)\s*\)", re.I)
FRACTION = re.compile(r"\\f\s*\(\s*(?P<top>[^(),;]+?)\s*[,;]\s*(?P<bottom>[^(),;]+?)\s*\)", re.IGNORECASE)
SYMBOL_FIELD = re.compile(r"\s*SYMBOL\s+(?P<code>\d{1,3})\b(?:.*\\f\s*\"?(?P<font>[\w ]*\w))?", re.IGNORECASE)


def symbol(code: int, font: str | None) -> str | None:
    """Return the character that *code* of a picture font looks like, None for one that no character looks like."""
    shapes = FONTS.get((font or "").strip().lower())
    if shapes is None and code not in PRIVATE:
        return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code <= 0x10FFFF else None
    return (WINGDINGS if shapes is None else shapes).get(code & 0xFF)


def in_picture_font(text: str, font: str | None) -> tuple[str, int]:
    """Return *text* as it looks in *font*, and how many characters of it look like no character."""
    is_picture = (font or "").strip().lower() in FONTS
    if not is_picture and not HAS_PRIVATE.search(text):
        return text, 0
    shown: list[str] = []
    lost = 0
    for char in text:
        if ord(char) in PRIVATE or (is_picture and 0x20 < ord(char) < 0x100):
            found = symbol(ord(char), font)
            lost += found is None
            shown.append(found or "")
        else:
            shown.append(char)
    return "".join(shown), lost


def field_text(instruction: str) -> str:
    """Return what a field shows that keeps no result of its own: a drawn character or a symbol; "" for any other."""
    if match := SYMBOL_FIELD.match(instruction):
        return symbol(int(match["code"]), match["font"]) or ""
    if not re.match(r"\s*EQ\b", instruction, re.IGNORECASE):
        return ""
    if match := RINGED.search(instruction):
        inside = match["inside"]
        is_small = inside.isdecimal() and len(inside) < 3 and 1 <= int(inside) <= 20
        return chr(0x245F + int(inside)) if is_small else inside
    if match := WITH_READING.search(instruction):
        return match["base"]
    if match := FRACTION.search(instruction):
        return f"{match['top']}/{match['bottom']}"
    return ""


def check_box(field_start: Element) -> str:
    """Return the mark of a form's check box, "" if the field is none."""
    box = child(field_start, "ffData", "checkBox")
    if box is None:
        return ""
    checked = switched(box, "checked")
    return CHECKED if (switched(box, "default") if checked is None else checked) else UNCHECKED


def equation(element: Element) -> str:
    """Return an equation on one line: a fraction with a slash, a small number raised."""
    name = str(element.tag)
    if name in (M + "t", W + "t"):
        return element.text or ""
    if name in (M + "rPr", W + "rPr", W + "del", W + "moveFrom") or name.endswith("Pr"):
        return ""
    if name == M + "f":
        top, bottom = (_grouped(_part(element, part)) for part in ("num", "den"))
        return f"{top}/{bottom}"
    if name == M + "sSup":
        raised = _part(element, "sup")
        plain = raised.translate(SUPERSCRIPTS)
        return _part(element, "e") + (plain if not set(plain) & set(raised) else "^" + _grouped(raised))
    if name == M + "rad":
        return "√" + _grouped(_part(element, "e"))
    if name == M + "d":
        return "(" + "".join(map(equation, element.iterchildren(M + "e"))) + ")"
    return "".join(map(equation, element))


def _part(element: Element, name: str) -> str:
    part = element.find(M + name)
    return "" if part is None else equation(part)


def _grouped(text: str) -> str:
    return f"({text})" if re.search(r"[-+−×÷=/]", text[1:]) else text
