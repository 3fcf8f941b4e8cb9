"""The lines of an element of a page, and where among them the article begins and ends: the quick half of `body`.

Lines are made by marks that are put into the tree and found again in its text, since the text of a tree costs far less
than a walk over it. The edges are told by the words of `words`, one line at a time.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.parse import words
from pipeline.parse.blanks import tidy
from pipeline.parse.flow import INVISIBLE, SOFT, Line
from pipeline.parse.flow import bare as fold_line
from pipeline.parse.furniture import contents_list, is_navigation, reads_as_body, second_title
from pipeline.parse.grids import COUNTED, FILLED, FILLED_HEAD, MAX_HEAD, MAX_LABEL
from pipeline.parse.html import MAX_SPAN
from pipeline.parse.labels import MAX_LINE, read_labels
from pipeline.parse.markup import BLOCK, CELLS, LINE_BREAKS, RAW, TABLE_PARTS, UNSEEN
from pipeline.parse.spam import HOUSE_NAME, SOLD, find_spam, is_mostly_spam
from pipeline.records import Cut

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_ROW = 800  # characters; a longer row holds an article, and its table only places it
MAX_COLUMNS = 60  # of a table with merged cells; what lies beyond is not filled
LINK_LINE = 80  # characters of a line that is nothing but a link
HEAD = 60  # lines in which the article begins, where its container is known
LOOK_BACK = 15  # lines after its first sentence in which an info line shows that the head goes on
OPENING = 5  # lines in which a notice says that it issues something
COVER = 12  # lines in which a notice ends that issues a plan
FOOT = 8  # lines after the day of the signature in which only the page may speak
CLOCK_LINE = 40  # characters of a line with a clock time, as of a player or an info line
TITLE_LINE = 90  # characters
NAVIGATION_LINE = 160  # characters
FOOT_LINE = 200  # characters of a line that the words of a footer may tell
FOLLOWING = 60  # characters of a line around a signature
SENTENCE = 40  # characters
COMMENTS_LINE = 12  # characters
CLAUSE = 25  # characters from which a line with a comma is a sentence that lost its end

# What is put into the tree, to be found again in its text. Source: Unicode noncharacters, which no page has.
BREAK, OPEN_LINK, CLOSE_LINK, ROW, CELL, TABLE_END = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"
_UNSAID = f"(?:[^{OPEN_LINK}{CLOSE_LINK}A-Za-z\u4e00-\u9fff]|[年月日])*+"  # a day, a number, a bullet
LINKED_LINE = re.compile(f"{_UNSAID}(?:{OPEN_LINK}[^{OPEN_LINK}{CLOSE_LINK}]*+{CLOSE_LINK}?+{_UNSAID})++")
LINK_MARKS = re.compile(f"[{OPEN_LINK}{CLOSE_LINK}]")
UNSHOWN = re.compile(f"{INVISIBLE.pattern[:-2]}\ue000-\uf8ff]+")  # the glyphs of a private font show a reader nothing
UNUSUAL_QUERY = ":not(span,font,a,b,strong,td,tr)"  # without the inline elements that fill an article from Word
UNSEEN_TAGS = UNSEEN | (RAW - {"title"})
BREAKS = (BLOCK | LINE_BREAKS | {"form"}) - CELLS - TABLE_PARTS - {"html", "body"} | {"table"}

ADORNING = 6  # characters
ADORNS = re.compile(r"0\d|[↑▲△]?\s*返回(?:目录|顶部|首页|列表|上页)")  # the number above a chapter, a jump below it
EDITED = re.compile(r"[（(]\s*(?:责任)?编辑\s*[：:][^（）()]{1,12}[）)]\s*$")  # at the end of the last line
COMMENTS = re.compile(
    r"(?:我要|我来|网友|发表|最新|全部|热门|精彩|参与)?评论(?:区|列表|专区)?\s*(?:[(（\d].{0,6})?[:：]?"
)
DAY_ALONE = re.compile(r"20\d\d[-./]\d{1,2}[-./]\d{1,2}")  # below the name of a body it is its signature
MONTH = re.compile(r"[〇○零一二三四五六七八九\d]{4}\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月")  # of a signature
FOOTNOTE = re.compile(r"(?:注释?|备注|附注|说明)\s*:|\[\d{1,2}\]|[①-⑳]")
CLOCK = re.compile(r"\d{1,2}:\d\d")
FILE_END = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|rar|zip|pptx?|ceb)\b", re.IGNORECASE)
LABEL_END = re.compile("[:：|｜\t]")
LETTER = re.compile("[A-Za-z_]")
BRAND = re.compile("_|[A-Za-z][0-9]|[0-9][A-Za-z]|[A-Za-z]{4}")  # in nearly all that sellers write
TAIL = (
    words.NEIGHBOUR,
    words.ATTACHMENTS,
    words.RELATED,
    words.SENT_TO,
    words.EDITOR,
    words.CONTACT,
    words.NAVIGATION_START,
)


bare = lru_cache(maxsize=64)(fold_line)  # the lines at the edges are looked at several times
Shown = tuple[str, bool]  # the text of a line, and whether it is nothing but a link


def lines_of(node: "LexborNode") -> list[Shown]:
    """Return the lines of *node* that show something, a table row as one line. The tree is changed."""
    for link in node.css("a[href]"):
        link.insert_before(OPEN_LINK)
        link.insert_after(CLOSE_LINK)
    for each in node.css(UNUSUAL_QUERY):
        tag = each.tag
        if tag in BREAKS:
            each.insert_before(BREAK)
            if tag == "pre":
                _break_lines(each)
            if tag == "table":
                each.insert_after(TABLE_END)
            elif tag not in LINE_BREAKS and _text_follows(each):
                each.insert_after(BREAK)
        elif tag in UNSEEN_TAGS:
            each.decompose(recursive=False)
    rows = node.css("tr")
    if rows and node.css_first("[rowspan],[colspan]"):
        _fill_merged(rows)
    for row in rows:
        row.insert_before(ROW)
        for cell in row.iter():
            cell.insert_child(CELL)
    text = UNSHOWN.sub("", node.text().replace("\n", SOFT))
    if rows:
        text = "".join(map(_row, text.split(ROW)))
    lines = []
    for raw in text.split(BREAK):
        linked = False
        if OPEN_LINK in raw or CLOSE_LINK in raw:
            linked = len(raw) <= LINK_LINE and "。" not in raw and LINKED_LINE.fullmatch(raw) is not None
            raw = LINK_MARKS.sub("", raw)
        words_shown = raw.split(None, 1)
        if not words_shown:
            continue
        shown = words_shown[0] if len(words_shown) == 1 and "\t" not in raw else tidy(raw)
        if shown.strip():
            lines.append((shown, linked))
    return lines


def _text_follows(node: "LexborNode") -> bool:
    """Say whether what follows a block could run on with it: no end of its parent, and no other block."""
    follows = node.next
    while follows is not None and follows.is_empty_text_node:
        follows = follows.next
    return follows is not None and follows.tag not in BREAKS


def _break_lines(pre: "LexborNode") -> None:
    for node in list(pre.traverse(include_text=True)):
        if node.tag == "-text" and "\n" in (text := node.text()):
            node.replace_with(text.replace("\n", BREAK))


def _row(part: str) -> str:
    """Return what follows the start of a row: its cells as one line, where it is no part of the page's layout."""
    row, _, rest = part.partition(TABLE_END)
    cells = row.split(CELL)
    rest = BREAK + rest.replace(CELL, BREAK).replace(TABLE_END, BREAK)
    if len(cells) > 2 and len(row) <= MAX_ROW:
        return BREAK + "\t".join(cell.replace(BREAK, SOFT).strip() for cell in cells[:-1]) + rest
    return BREAK + BREAK.join(cells) + rest


def _fill_merged(rows: "Sequence[LexborNode]") -> None:
    """Put the cells that merged cells cover into the tree: with the text that holds for each row, as `grids` has it."""
    table = 0
    columns: set[int] = set()  # those that say who and when
    falling: dict[int, tuple[int, str]] = {}  # column -> rows that a cell from above still covers, its text
    for row in rows:
        cells, body = list(row.iter()), row.parent
        place = body.parent.mem_id if body and body.parent else 0
        if place != table:
            table, falling, columns = place, {}, set()
        if len(cells) < 2 and not falling:  # the title of a part
            continue
        column = 0
        for cell in cells:
            texts, column = _covered(column, falling)
            if texts:
                cell.insert_before(texts)
            attributes = cell.attributes
            wide, high = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
            text = cell.text().replace(BREAK, "").strip()
            if len(text) <= MAX_HEAD and FILLED.search(text):
                columns.add(column)
            if high > 1:
                text = text if _holds_for_rows(text, column in columns) else ""
                falling.update(dict.fromkeys(range(column, min(column + wide, MAX_COLUMNS)), (high - 1, text)))
            if wide > 1:
                cell.insert_after(CELL * (wide - 1))
            column += wide
        texts, _ = _covered(column, falling)
        if texts and row.last_child:
            row.last_child.insert_after(texts)


def _holds_for_rows(text: str, says_who: bool) -> bool:
    if says_who:
        return not FILLED_HEAD.fullmatch(text)
    return len(text) <= MAX_LABEL and not COUNTED.search(text) and text not in words.TABLE_WORDS


def _covered(column: int, falling: dict[int, tuple[int, str]]) -> tuple[str, int]:
    """Return the texts of the covered cells from *column* on, and the column after them."""
    texts = ""
    while column in falling:
        left, text = falling.pop(column)
        if left > 1:
            falling[column] = (left - 1, text)
        texts += text + CELL
        column += 1
    return texts, column


def _span(value: str | None) -> int:
    return min(int(value), MAX_SPAN) if value and re.fullmatch("[1-9][0-9]{0,2}", value.strip()) else 1


def trim(lines: Sequence[Shown], titles: str, wide: bool) -> list[str]:
    """Return the texts of *lines* without furniture, spam and the title of a plan under its notice.

    Args:
        lines: as `lines_of` gives them.
        titles: what the page says elsewhere that its title is, without blanks.
        wide: no known container holds the lines, so that menus may stand among them.
    """
    start = _first(lines, titles, wide)
    kept = [
        text
        for text, linked in lines[start : _last(lines, start)]
        if not (linked and (FILE_END.search(text) or SOLD.search(text)))
        and not (len(text) <= ADORNING and ADORNS.fullmatch(text))
    ]
    if kept:
        kept[-1] = EDITED.sub("", kept[-1])
    return _without_spam(_without_inner_heads(kept, titles))


def _first(lines: Sequence[Shown], titles: str, wide: bool) -> int:
    """Where the article begins: behind the last line of a head that stands before the first sentence."""
    begin = limit = len(lines) if wide else min(len(lines), HEAD)
    head = -1
    for place, (line, linked) in enumerate(lines[:limit]):
        if linked:
            head = place
            continue
        if _is_sentence(line):
            begin = place
            break
        text = bare(line)
        if _is_head(line, text, titles):
            head = place
        elif reads_as_body(text):
            begin = place
            break
    for place in range(begin, min(begin + LOOK_BACK, len(lines)) if wide else begin):
        line = lines[place][0]
        if words.MARKER.match(line):
            break
        if len(line) <= MAX_LINE and LABEL_END.search(line) and len(read_labels(line)) > 1:
            head = place
    return head + 1


def _is_sentence(line: str) -> bool:
    """Say at little cost whether *line* is a whole sentence, as the first line of most articles is."""
    if len(line) < SENTENCE or "。" not in line:
        return False
    opening = bare(line[:SENTENCE])
    return not (words.LABEL.match(opening) or words.NAVIGATION_START.match(opening))


def _is_head(line: str, text: str, titles: str) -> bool:
    """Say whether a line (and *text*, the same bare) can only stand before an article: title, info, menu."""
    if words.MARKER.match(text) or len(text) > MAX_LINE:
        return False
    if read_labels(line):
        return True
    if len(text) > NAVIGATION_LINE:
        return False
    if words.DOC_NUMBER.fullmatch(text) or words.DATE_LINE.fullmatch(text) or words.ADOPTED.fullmatch(text):
        return True
    if words.SENTENCE_END.search(text):
        return False
    if len(text) <= CLOCK_LINE and CLOCK.search(text):
        return True
    if len(text) <= TITLE_LINE and _is_title(text, titles):
        return True
    return (words.SHARE.search(text) is not None and len(text) <= LINK_LINE) or is_navigation(text)


def _is_title(text: str, titles: str) -> bool:
    if len(text) > 3 and "".join(text.split()) in titles:
        return True
    if len(text) <= SENTENCE and words.NOTICE_END.search(text):
        return True
    named = words.TOPIC.search(text) is not None or "关于" in text
    return named and "," not in text and words.TITLE_END.search(text) is not None


def _last(lines: Sequence[Shown], start: int) -> int:
    """Where the article ends: behind the last sentence, table row or signature."""
    end = next((place for place in range(start + 1, len(lines)) if _opens_comments(lines[place][0])), len(lines))
    while end > start and (lines[end - 1][1] or not _ends_article(lines[end - 1][0])):
        end -= 1
    if start < end < len(lines) and DAY_ALONE.fullmatch(lines[end][0]) and words.BODY_NAME.search(lines[end - 1][0]):
        return end + 1
    for place in range(end - 1, max(start, end - FOOT) - 1, -1):
        if _is_day(lines[place][0]):
            return place + 1
        if not _is_the_page_speaking(lines[place][0]):
            break
    return end


def _opens_comments(line: str) -> bool:
    return len(line) <= COMMENTS_LINE and "评论" in line and COMMENTS.fullmatch(line) is not None


def _is_day(line: str) -> bool:
    if len(line) > FOLLOWING or "。" in line:
        return False
    return words.DATE_AT_END.search(bare(line)) is not None or MONTH.fullmatch(line) is not None


def _is_the_page_speaking(line: str) -> bool:
    """Say whether a line below the day of a signature is none of the document's: a short one that begins no annex."""
    text = bare(line)
    if len(text) > FOLLOWING or "\t" in line or text.startswith("(") or FOOTNOTE.match(text):
        return False
    return not (words.ANNEX_HEAD.match(text) or words.MARKER.match(text) or words.TITLE_END.search(text))


def _ends_article(line: str) -> bool:
    """Say whether *line* can be the last of an article for all that it says itself."""
    text = bare(line)
    if len(text) > FOOT_LINE or words.MARKER.match(text) or words.DATE_AT_END.match(text):
        return True
    if any(pattern.match(text) for pattern in TAIL) or words.PRINTED.search(text) or words.FILE_NAME.search(text):
        return False
    if words.LICENCE.search(text) or words.FOOTER.search(text):
        return False
    if words.SENTENCE_END.search(text):
        return True
    if words.SHARE.search(text) or read_labels(line, loose=False):
        return False
    if words.DATE_AT_END.search(text) or words.BODY_NAME.search(text) or MONTH.fullmatch(text):
        return True
    if is_navigation(text):
        return False
    return "\t" in line or text.endswith((":", ")")) or (len(text) >= CLAUSE and words.COMMA.search(text) is not None)


def _without_inner_heads(lines: list[str], titles: str) -> list[str]:
    """Take out the title of a plan that follows the notice which issues it, and a table of contents."""
    opening = "".join(lines[:OPENING])
    issues = words.ISSUES.search(titles) or (words.ISSUES.search(opening) and words.HANDS_OUT.search(opening))
    lists = any(len(line) <= len("目 录") and words.CONTENTS.fullmatch(line) for line in lines[:COVER])
    if not issues and not lists:
        return lines
    records = [Line(0, 0, line, bare=bare(line)) for line in (lines if lists else lines[: COVER + FOOT])]
    places = {*(second_title(records, [titles]) if issues else ()), *(contents_list(records) if lists else ())}
    return [line for place, line in enumerate(lines) if place not in places]


def _without_spam(lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    brand = LETTER.search(text) and BRAND.search(text)
    cuts = find_spam(text) if brand or HOUSE_NAME.search(text) else []
    if not cuts:
        return lines
    for cut in reversed(cuts):
        start, end = text.rfind("\n", 0, cut.start) + 1, text.find("\n", cut.end)
        end = end if end >= 0 else len(text)
        whole = is_mostly_spam(text[start:end], [Cut(cut.start - start, cut.end - start, cut.reason)])
        text = text[:start] + text[end:] if whole else text[: cut.start] + text[cut.end :]
    return [line for line in text.split("\n") if line.strip()]
