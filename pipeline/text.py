"""Characters: folding one for one before matching, and squeezing before comparing.

Matching runs on `fold(text)`, which has the length of *text*, so that both share their offsets. Comparison runs on
`squeeze(text)`, which drops white space and may change the length.
"""

import re
import unicodedata

from pipeline.script import SIMPLIFIED, TRADITIONAL

# Full-width forms that have one ASCII counterpart: （ ％ ５ Ａ ：, and the ideographic space.
# Circled and parenthesised numbers are left alone: NFKC makes ① a plain 1, which means something else.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D), ord("-"))
_TILDES = dict.fromkeys((0x301C, 0x223C, 0xFF5E), ord("~"))
_BLANKS = dict.fromkeys((0x00A0, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F, 0x205F, 0x200B, 0xFEFF), ord(" "))
_MARKS = {ord("【"): ord("["), ord("】"): ord("]"), ord("〔"): ord("["), ord("〕"): ord("]"), ord("﹝"): ord("["),
          ord("﹞"): ord("]"), ord("［"): ord("["), ord("］"): ord("]"), ord("•"): ord("·"), ord("・"): ord("·"),
          ord("．"): ord("."), ord("﹒"): ord("."), ord("﹪"): ord("%")}  # fmt: skip
_SCRIPT = dict(zip(map(ord, TRADITIONAL), map(ord, SIMPLIFIED), strict=True))
_FOLD = {
    chr(char): chr(plain) for char, plain in {**_WIDE, **_DASHES, **_TILDES, **_BLANKS, **_MARKS, **_SCRIPT}.items()
}
# Few characters of a text have a plain form, so that finding them costs a tenth of translating all.
_FOLDABLE = re.compile(f"[{re.escape(''.join(_FOLD))}]")


def fold(text: str) -> str:
    """Return *text* with each full-width, variant or traditional character as its plain one, of the same length.

    >>> fold("（１）达９５％，见〔２０２２〕１２号")
    '(1)达95%,见[2022]12号'
    """
    return _FOLDABLE.sub(lambda match: _FOLD[match[0]], text)


def squeeze(text: str) -> str:
    """Return *text* after NFKC and without white space: what two spellings of one passage have in common.

    >>> squeeze("１ 386 人")
    '1386人'
    """
    return "".join(char for char in unicodedata.normalize("NFKC", text) if not char.isspace())


def is_chinese(char: str) -> bool:
    """Say whether *char* is a Chinese character (CJK unified ideographs, extension A and 〇)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇"
