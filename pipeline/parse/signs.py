"""How well a text was read, measured on the text itself: what is garbled, lost or dropped in it."""

import re
from collections.abc import Sequence

from pipeline.parse import words
from pipeline.parse.piece import Piece
from pipeline.records import Signs
from pipeline.text import fold

# Characters that no official text has: the sign for an unreadable byte, private use, controls, and what UTF-8 read as
# GBK or Latin-1 turns into most often.
GARBLED = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1b\x7f-\x9f]|[\u00a1-\u00ff]{3,}|锟斤拷|烫烫|屯屯|[锛銆鐨]")
LOST_DASH = re.compile(r"(?<!\d)(?:19|20)\d\d(?:19|20)\d\d(?=\s*年)")
# Places that lost the figure or name that they are there for.
DROPPED = re.compile(
    r"(?:达到?|占|为|超过|提高|下降|不低于|控制在|以上)\s*[%％]|(?<![\d第])第\s*[条章号次批届](?!第)|《\s*》|[〔\[]\s*[〕\]]\s*号|共\s*[、,，。]?\s*件(?=[,，。])"
    r"|(?<=[，、：])\s*(?:个|件|次|名|人|项)(?=[，。；、])|(?:办理|办结|受理|审查|召开|开展|培训|查处|组织|建成|新增)(?:案件|会议|活动)?(?:件|次|场|人|起|个|期)(?=[，。；、])"
    r"|，，|、、|。，|，。|年\s*月\s*日"
)
SCRATCHED, GUESSED, UNREAD = 0.8, 0.9, 0.7  # quality of unreadable bytes, of no known container, of a part not read
SOFT = 0.3  # most for a page that only points to its annex
WORST_GARBLED = 0.05  # share at which a text is no text any more
SURE = 0.95  # mean confidence from which what was read from a picture counts as read
LEAST_DROPPED, EACH_DROPPED, EACH_DASH = 0.6, 0.05, 0.02  # the dropped ones per thousand characters
UNPARTED, LONG = 0.8, 1500  # of a long text without one numbered line or title: its structure was lost
LONGEST_TITLE = 30  # characters
AGREED, DISAGREED = 0.7, 0.8  # share that two ways to find the article have in common, and what less than that costs


def signs_of(text: str, pieces: Sequence[Piece]) -> Signs:
    """Return what can be counted in *text*, which was read from *pieces*."""
    folded = fold(text)
    read = [(piece.confidence, len(piece.text)) for piece in pieces if piece.confidence is not None]
    size = sum(length for _, length in read)
    return Signs(
        garbled=sum(len(match[0]) for match in GARBLED.finditer(text)) / max(1, len(text)),
        confidence=sum(confidence * length for confidence, length in read) / size if size else None,
        lost_dashes=len(LOST_DASH.findall(folded)),
        dropped=len(DROPPED.findall(text)),
        agreement=min((piece.agreement for piece in pieces if piece.agreement is not None), default=None),
        sections=sum(map(_parts_text, folded.splitlines())),
    )


def _parts_text(line: str) -> bool:
    """Say whether a line is numbered, a row of a table, or as short as the title of a section."""
    if words.MARKER.match(line) or "\t" in line:
        return True
    return len(line) <= LONGEST_TITLE and not words.SENTENCE_END.search(line) and not words.DATE_AT_END.search(line)


def quality_of(signs: Signs, pieces: Sequence[Piece], is_partly_read: bool) -> float:
    """Return how far the text can be trusted, 0 to 1; below `records.READABLE` nothing counts as missing from it."""
    quality = SCRATCHED if any(piece.broken for piece in pieces) else 1.0
    quality *= GUESSED if any(piece.guessed for piece in pieces) else 1.0
    quality *= UNREAD if is_partly_read else 1.0
    quality *= max(0.0, 1 - signs.garbled / WORST_GARBLED)
    if signs.confidence is not None:
        quality *= min(1.0, signs.confidence / SURE)
    size = sum(len(piece.text) for piece in pieces)
    quality *= max(LEAST_DROPPED, 1 - EACH_DROPPED * signs.dropped * 1000 / max(1000, size))
    quality *= max(LEAST_DROPPED, 1 - EACH_DASH * signs.lost_dashes)
    quality *= UNPARTED if size > LONG and not signs.sections else 1.0
    quality *= DISAGREED if signs.agreement is not None and signs.agreement < AGREED else 1.0
    quality = min(quality, SOFT) if pieces and all(piece.soft for piece in pieces) else quality
    return round(quality, 3)
