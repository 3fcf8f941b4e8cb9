"""Marks that a reader of pictures takes for their half-width forms."""

from pipeline.text import is_chinese

# Half-width marks that print never has between Chinese characters -> what it has. Figures keep theirs: 1,200 and 9:30.
WIDE_MARKS = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
BEFORE_MARK = "”’》）)】〕%％"  # besides a Chinese character, what such a mark follows


def mend_marks(text: str) -> str:
    """Return *text* with the marks full width that the reader makes half width in Chinese text; nothing else changes.

    >>> mend_marks("牵头单位:县司法局(2024年),办结1,200件"), mend_marks("云政办发(2024)12号 9:30")
    ('牵头单位：县司法局（2024年），办结1,200件', '云政办发(2024)12号 9:30')
    """
    chars = list(text)
    opened: list[int] = []
    for place, char in enumerate(chars):
        before, after = chars[place - 1] if place else "", text[place + 1 : place + 2]
        if char in ",:;?!":
            chinese = bool(before) and (is_chinese(before) or before in BEFORE_MARK)
            if chinese and not (after.isascii() and after.isalpha()) and after != "/":
                chars[place] = WIDE_MARKS[char]
        elif char in "(（":
            opened.append(place)
        elif char in ")）":
            if not opened:  # it opens on another line
                chars[place] = "）" if before and (is_chinese(before) or before in BEFORE_MARK) else char
                continue
            start = opened.pop()
            if "（" in chars[start] or char == "）" or any(map(is_chinese, text[start + 1 : place])):
                chars[start], chars[place] = "（", "）"
    for place in opened:  # it closes on another line
        if is_chinese(text[place + 1 : place + 2] or " "):
            chars[place] = "（"
    return "".join(chars)
