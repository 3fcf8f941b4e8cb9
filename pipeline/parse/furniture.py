"""What stands around the body of a document on a page, told from the body line by line.

A line is never judged by its words alone. `split_top` looks only at what comes before the first line that reads like
body text, `split_tail` only at what comes after the last one, and a line that neither knows stays in the body.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.parse import words
from pipeline.parse.flow import Line, bare
from pipeline.parse.labels import MAX_INFO, MAX_LINE, label_name, label_source, read_labels, unmarked
from pipeline.parse.metadata import Labelled
from pipeline.parse.signing import DATE
from pipeline.text import fold, squeeze

LOOK_BACK = 15  # lines after the first sentence in which an info line still shows that the page's head goes on
WINDOW = 30  # lines at the end of a page in which its foot is looked for first
MAX_ENTRY = 80  # characters of a line of a table of contents
MAX_TITLE_LINE = 45  # characters of a line that goes on with a title
MAX_TITLE = 90  # characters
MAX_RECIPIENTS = 4  # lines of one 抄送
HEAD = 60  # lines in which a title may have its info line glued to it
EDITED = 6  # lines at the end of a page in which its editor may be glued to one
COVER = 40  # lines in which the notice ends that issues a plan


@dataclass(frozen=True, slots=True)
class Split:
    """Lines of a page by what they are: (line, reason) for what is cut, and what stays."""

    cut: tuple[tuple[Line, str], ...]
    kept: tuple[Line, ...] = ()
    titles: tuple[str, ...] = ()  # the lines of the title block, in order


def reads_as_body(text: str) -> bool:
    """Say whether *text* (bare) reads like a paragraph, an addressee or a numbered item."""
    if len(text) > MAX_LINE or words.MARKER.match(text):
        return True
    if words.NAVIGATION_START.match(text) or words.DOC_NUMBER.fullmatch(text):
        return False
    if words.CRUMBS.search(text) and not words.SENTENCE_END.search(text):
        return False
    if words.SENTENCE_END.search(text) and len(text) > 7:
        return not words.FOOTER.search(text) or len(text) > 60
    if text.endswith(":"):
        return len(text) > 2 and (words.ADDRESSED.search(text) is not None or words.COMMA.search(text) is not None)
    if words.TITLE_END.search(text) or words.BODY_NAME.search(text) or words.NAVIGATION.search(text):
        return False
    return (len(text) >= 18 and words.COMMA.search(text) is not None) or len(text) >= 60


def _head_kind(line: Line, text: str) -> str | None:
    """The reason to cut a line before the body, None for one that says nothing by itself."""
    pairs = read_labels(line.text)
    if pairs:
        return "info line" if label_source(pairs) == "info line" else "metadata"
    dated = words.DATE_LINE.fullmatch(text) or words.YEAR_MONTH.fullmatch(text)
    if dated or words.DOC_NUMBER.fullmatch(text) or words.ADOPTED.fullmatch(text):
        return "title"
    if words.SHARE.search(text) and len(text) <= 80:
        return "share bar"
    # A menu may have 法治政府建设年度报告 too.
    titled = line.heading and words.TITLE_END.search(text) is not None and words.TOPIC.search(text) is not None
    if (is_navigation(text) and not titled) or (line.linked and not line.heading):
        return "navigation"
    return None


def is_navigation(text: str) -> bool:
    """Say whether *text* (bare) is a menu, a breadcrumb, a site's name, a clock or a footer."""
    if len(text) > 160:
        return False
    if words.NAVIGATION_START.match(text) or words.MENU.fullmatch(text):
        return True
    if words.CRUMBS.search(text) and not words.SENTENCE_END.search(text):
        return True
    parts = [part for part in words.PARTS.split(text) if part]
    menu = sum(words.MENU.fullmatch(part) is not None for part in parts)
    if len(parts) >= 3 and menu >= 2 and max(map(len, parts)) <= 12:
        return True
    if words.SENTENCE_END.search(text):
        return False
    named = words.SITE_NAME.search(text) and len(text) <= 40
    return bool(named or words.NAVIGATION.search(text) or words.FOOTER.search(text) or words.LICENCE.search(text))


def _begin(lines: Sequence[Line], texts: Sequence[str]) -> int:
    """The first line that reads like the body, behind a head that goes on after a first sentence."""
    begin = next((i for i in range(len(lines)) if _opens_body(lines, texts, i)), len(lines))
    for index in range(begin, min(begin + LOOK_BACK, len(lines))):
        pairs = read_labels(lines[index].text) if len(lines[index].text) <= MAX_LINE else []
        if words.MARKER.match(texts[index]):
            break
        if len(pairs) > 1 and sum(label in words.TABLE_LABEL or label in words.INFO_ONLY for label, _ in pairs) > 1:
            after = range(index + 1, len(lines))
            return next((i for i in after if _opens_body(lines, texts, i)), begin)
    return begin


def _opens_body(lines: Sequence[Line], texts: Sequence[str], index: int) -> bool:
    text = texts[index]
    if lines[index].heading or lines[index].linked or (len(text) <= MAX_LINE and read_labels(lines[index].text)):
        return False
    if (
        "\t" in lines[index].text
        and sum(cell.strip() in words.TABLE_WORDS for cell in lines[index].text.split("\t")) > 1
    ):
        return True
    if not reads_as_body(text):
        return False
    if words.SENTENCE_END.search(text) or words.MARKER.match(text) or text.endswith(":"):
        return True
    # A long line with a comma may also be the first half of a title that two bodies issue together.
    title = "".join(texts[index : index + 3])
    ahead = any(
        words.TITLE_END.search(follows) and not reads_as_body(follows) for follows in texts[index + 1 : index + 3]
    )
    return not (ahead and "关于" in title)


def split_top(lines: Sequence[Line], known: Sequence[str] = ()) -> Split:
    """Part the head from *lines*; *known* are titles that stood elsewhere on the page."""
    lines = [part for line in lines[:HEAD] for part in _part_info(line)] + list(lines[HEAD:])
    texts = _bare_lines(lines)
    begin = _begin(lines, texts)
    kinds = _head_kinds(lines[:begin], texts, known)
    places = [index for index, kind in enumerate(kinds) if kind]
    end = places[-1] + 1 if places else 0
    return _head(lines[:end], kinds, lines[end:])


def _part_info(line: Line) -> list[Line]:
    """Part a title from the info line that was glued to it, wherever its labels begin."""
    if len(line.text) != line.end - line.start:
        return [line]
    folded = fold(line.text[:MAX_LINE])
    hits = [hit for hit in words.LABEL.finditer(folded) if hit.start()]
    at = hits[0].start() if len(hits) > 1 else 0
    title = line.text[:at].rstrip()
    if not title or line.text[at - 1] == title[-1] or not words.TITLE_END.search(bare(title)):
        return [line]
    stop = _info_end(folded, at) if len(line.text) > MAX_INFO else len(line.text)
    if len(line.text) > MAX_LINE and (stop == at or len(title) > MAX_TITLE):
        return [line]
    stretches = [(0, len(title)), (at, stop), (stop, len(line.text))]
    return [_stretch(line, start, end) for start, end in stretches if line.text[start:end].strip()]


def _info_end(folded: str, at: int) -> int:
    """Where the info line ends that begins at *at*, when the whole document was run together behind it."""
    end, waiting = at, False
    for token in re.finditer(r"\S+", folded[at:]):
        labels = list(words.LABEL.finditer(token[0]))
        if not (waiting or labels or words.INFO_TOKEN.fullmatch(token[0]) or DATE.fullmatch(token[0])):
            break
        if len(token[0]) > MAX_TITLE_LINE:
            break
        waiting = bool(labels) and labels[-1].end() == len(token[0])
        end = at + token.end()
    return end


def _stretch(line: Line, start: int, end: int) -> Line:
    """The line that *line* holds from *start* to *end*, without the blanks around it."""
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if not start:
        return replace(line, end=line.start + len(text), text=text, bare=bare(text))
    begin = line.start + start
    return replace(line, start=begin, end=begin + len(text), text=text, bare=bare(text), gap=0, breaks_page=False)


def cut_head(lines: Sequence[Line], known: Sequence[str] = ()) -> Split:
    """Cut all of *lines*, which stand before the container of the article; *known* as in `split_top`."""
    texts = _bare_lines(lines)
    kinds = _head_kinds(lines, texts, ())
    told = {squeeze(title) for title in known}
    named = [place for place, kind in enumerate(kinds) if kind == "title"]
    if named and not any(squeeze(texts[place]) in title for place in named for title in told):
        # A menu item looked like a title; the line that the page's own tags have as its title is the one.
        own = [place for place, text in enumerate(texts) if squeeze(text) in told and words.TITLE_END.search(text)]
        for place in named if own else ():
            kinds[place] = "navigation"
        for place in own:
            kinds[place] = "title"
    return _head(lines, kinds, ())


def cut_foot(lines: Sequence[Line]) -> Split:
    """Cut all of *lines*, which stand beside or after the container of the article."""
    return Split(
        tuple(
            (line, _tail_kind(line, text) or "navigation") for line, text in zip(lines, _bare_lines(lines), strict=True)
        )
    )


def _bare_lines(lines: Sequence[Line]) -> list[str]:
    return [line.bare for line in lines]


def _head(lines: Sequence[Line], kinds: Sequence[str | None], kept: Sequence[Line]) -> Split:
    cut = tuple((line, kind or "navigation") for line, kind in zip(lines, kinds, strict=False))
    last_menu = max((place for place, (_, kind) in enumerate(cut) if kind == "navigation"), default=-1)
    named = [place for place, (_, kind) in enumerate(cut) if kind == "title"]
    # A menu item may look like a title; the document's own stands below the menus.
    below = [place for place in named if place > last_menu] or named
    return Split(cut, tuple(kept), tuple(cut[place][0].text for place in below))


def _head_kinds(lines: Sequence[Line], texts: Sequence[str], known: Sequence[str]) -> list[str | None]:
    kinds = [_head_kind(line, text) for line, text in zip(lines, texts, strict=False)]
    _fill_values(lines, kinds)
    values = [
        pair[1]
        for line in lines
        if len(line.text) <= MAX_LINE
        for pair in read_labels(line.text)
        if pair[0] in words.TITLE_LABELS
    ]
    _find_titles(lines, texts, kinds, "".join(_plain(title) for title in [*known, *values]))
    return kinds


_TYPED_NOUGHT = re.compile(r"(?<=\d)[Oo〇○]+(?=\d)")


def _plain(text: str) -> str:
    """Return *text* squeezed, a letter O between digits as the nought that it stands for."""
    return _TYPED_NOUGHT.sub(lambda match: "0" * len(match[0]), squeeze(text))


def _fill_values(lines: Sequence[Line], kinds: list[str | None]) -> None:
    """Mark labels that stand alone on their lines, and the values on the lines after them."""
    for label_place, value_place in _grid_pairs(lines[: len(kinds)]).items():
        kinds[label_place] = kinds[value_place] = "metadata"
    for index, line in enumerate(lines[: len(kinds)]):
        label = _lone_label(line)
        dated = label.endswith(("日期", "时间")) and index + 1 < len(kinds) and _is_value(label, lines[index + 1])
        if not label or not (kinds[index] or label in words.TABLE_LABEL or dated):
            continue
        kinds[index] = kinds[index] or "metadata"
        if index + 1 < len(kinds) and _is_value(label, lines[index + 1]) and kinds[index + 1] in (None, "title"):
            kinds[index + 1] = "metadata"


def _grid_pairs(lines: Sequence[Line]) -> dict[int, int]:
    """Return the places of labels and of their values where a column of labels stands before one of values."""
    labels = [_lone_label(line) for line in lines]
    pairs: dict[int, int] = {}
    at = 0
    while at < len(lines):
        size = next((step for step, label in enumerate(labels[at:]) if not label), len(labels) - at)
        values = range(at + size, min(at + 2 * size, len(lines)))
        if size > 1 and len(values) == size and all(_is_value(labels[place - size], lines[place]) for place in values):
            pairs.update((place - size, place) for place in values)
            at += size
        at += max(1, size)
    return pairs


def _lone_label(line: Line) -> str:
    """The label that is all of *line*, "" for another line."""
    alone = words.BARE_LABEL.fullmatch(unmarked(line.bare)) if len(line.bare) < 30 else None
    return label_name(alone.group(1)) if alone else ""


def _is_value(label: str, line: Line) -> bool:
    """Say whether *line* can be the value of *label*, and not what stands below a label without a value."""
    if _lone_label(line) or len(line.bare) > 120:
        return False
    if "号" in label and "索" not in label:
        return words.DOC_NUMBER.fullmatch(line.bare) is not None
    if label.endswith(("日期", "时间")):
        return words.DATE_LINE.fullmatch(line.bare) is not None
    return not words.DATE_LINE.fullmatch(line.bare)


def _is_title(text: str, known: str) -> bool:
    """Say whether *text* is a title by itself, or one that is *known* from elsewhere on the page (squeezed)."""
    if not 6 <= len(text) <= 90 or words.SENTENCE_END.search(text) or "," in text:
        return False
    if _plain(text) in known:
        return True
    if not words.TITLE_END.search(text):
        return False
    # 2023年主要工作情况 is the title of a chapter: it names neither the topic nor a place or body.
    return (
        words.TOPIC.search(text) is not None or "关于" in text or (not known and words.PLACED.search(text) is not None)
    )


def _ends_title(texts: Sequence[str], kinds: Sequence[str | None], index: int) -> bool:
    """Say whether the line is the last word of a title alone on its line: 通知."""
    return index > 0 and texts[index] in words.KIND and not kinds[index - 1] and texts[index - 1].endswith("的")


def _find_titles(lines: Sequence[Line], texts: Sequence[str], kinds: list[str | None], known: str) -> None:
    """Mark the lines of the title block among those that say nothing by themselves."""
    named = [
        i
        for i, kind in enumerate(kinds)
        if not kind and (lines[i].heading or _is_title(texts[i], known) or _ends_title(texts, kinds, i))
    ]
    if not named:
        named = _broken_title(texts, kinds, known)
        known += "".join(_plain(texts[index]) for index in named)
    if not named:
        return
    first = next((i for i in named if lines[i].heading or _plain(texts[i]) in known), named[0])
    kinds[first] = "title"
    joined = _plain(texts[first])
    above = first - 1
    while above >= 0 and (kinds[above] == "title" or (not kinds[above] and _belongs_above(lines, texts, above))):
        if not kinds[above]:
            joined = _plain(texts[above]) + joined
        kinds[above] = "title"
        above -= 1
    for index in range(first + 1, _close_title(texts, kinds, first, joined)):
        kinds[index] = "title"
        joined += _plain(texts[index])
    for index in range(first + 1, len(kinds)):
        text = texts[index]
        if kinds[index]:
            continue
        part = _plain(text)
        repeated = part in joined + known or joined in part
        signed = words.BODY_NAME.search(text) is not None and len(text) <= 40 and kinds[index - 1] == "title"
        issued = words.ISSUES.search(joined) is not None and _is_title(text, known)
        if repeated or signed or issued or text.startswith("关于") or lines[index].heading:
            kinds[index] = "title"
            joined += part


def _broken_title(texts: Sequence[str], kinds: Sequence[str | None], known: str) -> list[int]:
    """Return the lines of a title that none of them is by itself: 关于印发2024年法治政府建设 / 工作要点的通知."""
    for start in range(len(kinds)):
        for end in range(start + 2, min(start + 4, len(kinds)) + 1):
            part = texts[start:end]
            if any(kinds[start:end]) or any(
                len(text) > MAX_TITLE_LINE or words.SENTENCE_END.search(text) for text in part
            ):
                break
            if "关于" in "".join(part) and _is_title("".join(part), known):
                return list(range(start, end))
    return []


def _close_title(texts: Sequence[str], kinds: Sequence[str | None], first: int, joined: str) -> int:
    """The end of the short lines below a title without its last words that give it these: (2021-2025年)的通知."""
    if "关于" not in joined:
        return first
    hands_on = words.HANDS_ON.search(joined) is not None
    end = words.NOTICE_END if hands_on else words.CLOSES_TITLE
    if end.search(joined) or (not hands_on and words.TITLE_END.search(joined)):
        return first
    for index in range(first + 1, min(first + 4, len(kinds))):
        text = texts[index]
        if kinds[index] not in (None, "title") or words.DOC_NUMBER.fullmatch(text) or words.DATE_LINE.fullmatch(text):
            break
        if len(text) > MAX_TITLE_LINE or "," in text or words.SENTENCE_END.search(text):
            break
        if words.MARKER.match(text) and not text.startswith("("):
            break
        if end.search(text):
            return index + 1
    return first


def _belongs_above(lines: Sequence[Line], texts: Sequence[str], index: int) -> bool:
    """Say whether a line right above a title is its first part."""
    text, below = texts[index], lines[index + 1]
    if words.SENTENCE_END.search(text) or "," in text or words.LABELLED.match(unmarked(text)):
        return False
    if words.BODY_NAME.search(text) or "关于" in text or text.count("《") > text.count("》"):
        return True
    return below.gap == 0 and len(text) >= 8 and not words.TITLE_END.search(text)


def labels_of(cut: Sequence[tuple[Line, str]]) -> tuple[Labelled, ...]:
    """Return the label and value pairs of the lines that were cut before the body."""
    found: list[Labelled] = []
    grid = _grid_pairs([line for line, _ in cut])
    for index, (line, reason) in enumerate(cut):
        if reason not in ("metadata", "info line"):
            continue
        if index in grid:
            found.append(Labelled(_lone_label(line), cut[grid[index]][0].text, "header table"))
            continue
        pairs = read_labels(line.text)
        label = _lone_label(line)
        if (
            label
            and index + 1 < len(cut)
            and cut[index + 1][1] == "metadata"
            and not read_labels(cut[index + 1][0].text)
        ):
            pairs = [(label, cut[index + 1][0].text)]
        found += [Labelled(label, value, label_source(pairs)) for label, value in pairs if value]
    return tuple(dict.fromkeys(found))


def _tail_kind(line: Line, text: str) -> str | None:
    """The reason to cut a line after the body, None for one that says nothing by itself."""
    if len(text) > MAX_LINE:
        return None
    for reason, pattern in _TAIL_STARTS:
        if pattern.match(text):
            return reason
    if words.PRINTED.search(text) and len(text) <= 80:
        return "imprint"
    if words.FILE_NAME.search(text) and not words.SENTENCE_END.search(text):
        return "attachment list"
    if words.MARKER.match(text):
        return None
    if line.linked:
        return "navigation"
    if words.LICENCE.search(text) and len(text) <= 200:
        return "licence"
    if words.FOOTER.search(text) and len(text) <= 200:
        return "footer"
    if words.SHARE.search(text) and len(text) <= 60 and not words.SENTENCE_END.search(text):
        return "share bar"
    pairs = read_labels(line.text, loose=False)
    if pairs and not words.SENTENCE_END.search(text):
        return "info line" if label_source(pairs) == "info line" else "metadata"
    if is_navigation(text) and not words.BODY_NAME.search(text):
        return "navigation"
    return None


_TAIL_STARTS = (
    ("navigation", words.NEIGHBOUR),
    ("attachment list", words.ATTACHMENTS),
    ("navigation", words.RELATED),
    ("circulation", words.SENT_TO),
    ("info line", words.EDITOR),
    ("contact", words.CONTACT),
)


def _part_editor(lines: Sequence[Line]) -> list[Line]:
    """Part the editor in brackets from the paragraph at whose end he stands: …完成。（责任编辑：张某）."""
    parted = list(lines)
    for place in range(max(0, len(parted) - EDITED), len(parted)):
        line = parted[place]
        if len(line.text) != line.end - line.start or not line.text.endswith(("）", ")", "】", "]")):
            continue
        low = max(0, len(line.text) - MAX_TITLE_LINE)
        match = words.EDITOR_AT_END.search(fold(line.text), low)
        if match and match.start():
            at = match.start()
            parted[place : place + 1] = [_stretch(line, 0, at), _stretch(line, at, len(line.text))]
            break
    return parted


def split_tail(lines: Sequence[Line]) -> Split:
    """Part what stands after the body from *lines*."""
    lines = _part_editor(lines)
    size = WINDOW
    while True:  # nearly always the first window holds the end of the body
        first = max(0, len(lines) - size)
        end = _body_end(lines[first:], whole=not first)
        if end or not first:
            break
        size *= 4
    kinds = _tail_kinds(lines[first + end :])[0]
    cut = tuple((line, kind or "navigation") for line, kind in zip(lines[first + end :], kinds, strict=True))
    return Split(cut, tuple(lines[: first + end]))


def _tail_kinds(lines: Sequence[Line]) -> tuple[list[str | None], str]:
    """What each of *lines* would be after the body, and the words of the attachments that are listed."""
    texts = _bare_lines(lines)
    kinds = [_tail_kind(line, text) for line, text in zip(lines, texts, strict=True)]
    return kinds, _extend(lines, texts, kinds)


def _body_end(lines: Sequence[Line], whole: bool) -> int:
    """Where in *lines* the foot of the page begins; 0 if only foot is seen in a part of the page."""
    texts = _bare_lines(lines)
    kinds, listed = _tail_kinds(lines)
    end = len(lines)
    while end > 0 and (kinds[end - 1] or not _ends_body(lines, texts, end - 1, listed)):
        end -= 1
    if not end and not whole:
        return 0
    while end < len(lines) and (not kinds[end] or _is_open(texts[:end])):
        end += 1
    return end


def _is_open(texts: Sequence[str]) -> bool:
    """Say whether the last of *texts* stops inside a parenthesis or a clause, so that the next line belongs to it."""
    last = "".join(texts[-2:])
    return bool(texts) and (texts[-1].endswith((",", "、", "(", "《")) or last.count("(") > last.count(")"))


def _extend(lines: Sequence[Line], texts: Sequence[str], kinds: list[str | None]) -> str:
    """Let a list of attachments, recipients or articles run over its lines; return the words of the attachments."""
    listed, expected, recipients, beside = "", 0, 0, False
    for index, text in enumerate(texts):
        beside = _is_beside(text, beside)
        if beside and not kinds[index]:
            kinds[index] = "navigation"
        if kinds[index] == "attachment list":
            if words.ANNEX_HEAD.match(text) and not _lists_next(texts, kinds, index):
                kinds[index] = None
                expected = 0
                continue
            expected = _next_number(text)
        elif expected and not kinds[index] and text.startswith(f"{expected}") and words.LISTED.match(text):
            kinds[index] = None if words.SENTENCE_END.search(text) else "attachment list"
            expected += 1
        elif recipients and not kinds[index] and not words.MARKER.match(text) and not words.DATE_AT_END.search(text):
            kinds[index] = "circulation"
        else:
            expected = 0
        if kinds[index] == "attachment list":
            listed += squeeze(text)
        goes_on = kinds[index] == "circulation" and not text.endswith("。")
        recipients = (recipients or MAX_RECIPIENTS) - 1 if goes_on else 0
    return listed


def _is_beside(text: str, beside: bool) -> bool:
    """Say whether a line is the head of a list of other articles (推荐阅读), or after one a title in it."""
    if words.RELATED.fullmatch(text):
        return True
    ends = words.SENTENCE_END.search(text) or words.MARKER.match(text) or words.DATE_AT_END.search(text)
    return beside and not ends and len(text) <= MAX_TITLE_LINE


def _next_number(text: str) -> int:
    """The number that the line after *text* has in a list of attachments, 0 where there is no list."""
    if words.ANNEX_HEAD.match(text):
        return 1
    numbers = words.NUMBERED.findall(text)
    return int(numbers[-1]) + 1 if numbers else 0


def _lists_next(texts: Sequence[str], kinds: Sequence[str | None], index: int) -> bool:
    """Say whether 附件 alone on a line heads a list of files, and not an annex that follows in the text."""
    if index + 1 == len(texts):
        return True
    return bool(words.FILE_NAME.search(texts[index + 1]) or words.LISTED.match(texts[index + 1]) or kinds[index + 1])


def _ends_body(lines: Sequence[Line], texts: Sequence[str], index: int, listed: str) -> bool:
    """Say whether the line is the last of the body for all that it says itself."""
    text = texts[index]
    if len(text) > MAX_LINE or words.SENTENCE_END.search(text) or words.MARKER.match(text) or "\t" in lines[index].text:
        return True
    if words.DATE_AT_END.search(text) or words.BODY_NAME.search(text) or words.ANNEX_HEAD.match(text):
        return True
    if text.endswith(":") or (len(text) >= 25 and words.COMMA.search(text)):
        return True
    return len(text) > 3 and squeeze(text) in listed


def second_title(lines: Sequence[Line], titles: Sequence[str]) -> list[int]:
    """Return the lines of the title of a plan whose issuing notice stands before it in the same body."""
    texts = _bare_lines(lines[: COVER + 8])
    hands_out = next((i for i, text in enumerate(texts[:COVER]) if words.HANDS_OUT.search(text)), None)
    if hands_out is None and not any(words.ISSUES.search(title) for title in titles):
        return []
    cover = "".join(squeeze(text) for text in [*titles, *texts[: (hands_out or 0) + 1]])
    starts = [i + 1 for i, text in enumerate(texts[:COVER]) if words.DATE_AT_END.search(text) and len(text) <= 60]
    if hands_out is not None:
        starts.insert(0, hands_out + 1)
    for start in starts:
        found = _title_at(texts, start, cover)
        if found:
            return found
    return []


def _title_at(texts: Sequence[str], start: int, cover: str) -> list[int]:
    """The lines from *start* that are the title of a plan, with the 附件 above and the note of adoption below."""
    index, found = start, []
    while index < len(texts) and (words.ANNEX_HEAD.match(texts[index]) or texts[index].startswith("(此件")):
        if words.ANNEX_HEAD.match(texts[index]):
            found.append(index)
        index += 1
    if index < len(texts) and words.BODY_NAME.search(texts[index]) and not found:
        index += 1  # a signature without a date
    if index < len(texts) and words.ATTACHMENTS.match(texts[index]):
        return []  # a list of annexes
    for length in (1, 2, 3):
        parts = texts[index : index + length]
        title = "".join(parts)
        if "," in title or title.count("《") != title.count("》"):  # a broken line of a paragraph
            continue
        if len(parts) < length or any(pattern.search(parts[-1]) for pattern in (words.SENTENCE_END, words.DATE_AT_END)):
            break
        if words.MARKER.match(parts[-1]):
            break
        if words.TITLE_END.search(parts[-1]) and 6 <= len(title) <= 90:
            if squeeze(title) not in cover and not (words.TOPIC.search(title) and len(title) >= 10):
                break
            end = index + length
            while end < len(texts) and (words.ADOPTED.fullmatch(texts[end]) or words.DATE_LINE.fullmatch(texts[end])):
                end += 1
            return [*found, *range(index, end)] if end < len(texts) else []
    return []


def is_annex_head(line: Line) -> bool:
    """Say whether *line* is the mark above an annex: 附件, 附件1."""
    return words.ANNEX_HEAD.match(line.bare) is not None


def is_notice_of_absence(text: str) -> bool:
    """Say whether *text* is all that a site serves for a page that is gone."""
    return len(text) <= 150 and words.GONE.search(bare(text)) is not None


def contents_list(lines: Sequence[Line]) -> list[int]:
    """Return the lines of a table of contents: short lines under 目录 that each stand again further down."""
    texts = _bare_lines(lines)
    start = next((i for i, text in enumerate(texts[:COVER]) if words.CONTENTS.fullmatch(text)), None)
    if start is None:
        return []
    later = [squeeze(text)[:MAX_ENTRY] for text in texts]
    end = start + 1
    while end < len(texts) and len(texts[end]) <= MAX_ENTRY:
        entry = squeeze(words.LEADER.sub("", texts[end]))
        if not entry or not any(text.startswith(entry) for text in later[end + 1 :]):
            break
        end += 1
    return list(range(start, end)) if end > start + 2 else []
