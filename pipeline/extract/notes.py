"""Responsibility notes: who leads, who supports and by when, in the notations that officials use.

(县司法局牵头,县直各有关部门配合) · (牵头单位:A、B;责任单位:C) · [责任单位:A;完成时限:6月底前] · a line 责任单位:A.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.bodies import normal_bodies
from pipeline.extract.runs import Run
from pipeline.records import Section

ENCLOSED = re.compile(r"\((?:[^()\n]|\([^()\n]*\)){2,200}\)|\[(?:[^\[\]\n]){2,200}\]")
LEAD_LABELS = (
    r"牵头(?:\(责任\))?单位|牵头部门|主责单位|主要负责单位|主办单位|主管单位|主管部门|总牵头单位|牵头[科处股]室|牵头"
)
DUTY_LABELS = "责任单位|责任部门|负责单位|负责部门|实施单位|落实单位|责任主体|责任[科处股]室"
SUPPORT_LABELS = (
    "(?:协同|配合|协办|参与)责任单位|配合单位|配合[科处股]室|配合部门"
    "|协办单位|参与单位|参加单位|协同单位|协助单位|承办单位|承办部门|配合"
)
OTHER_LABELS = "责任领导|牵头领导|分管领导|责任人|联系人|负责人"
LIMIT_LABELS = "完成时限|完成时间|时限要求|办结时限|时间要求|进度要求|完成期限|时限|时间"
LABEL = re.compile(  # 县级责任单位:, 责任部门(单位):, 牵头单位 with a blank for the colon
    rf"(?:(?P<lead>{LEAD_LABELS})|(?:主要|第一|主体|具体|共同|[省市州县区旗镇]级)?(?P<duty>{DUTY_LABELS})"
    rf"|(?P<support>{SUPPORT_LABELS})|(?P<other>{OTHER_LABELS})|(?P<limit>{LIMIT_LABELS}))"
    r"(?:\((?:单位|部门)\))?(?:\s*[::]\s*|(?<=单位|部门|时限) +(?=[\u4e00-\u9fff\d]))"
)
# 县司法局为牵头单位: the label behind the names.
LABELLED_AFTER = re.compile(r"(?P<names>[^,;。:]+?)为(?P<label>牵头单位|责任单位|配合单位)")
ROLE = re.compile(
    r"^(?P<names>.*?)(?:(?P<lead>统筹(?:协调)?|(?:共同)?牵头(?:负责|落实|抓总|实施|组织实施|推进)?)"
    r"|(?P<share>(?:等)?(?:按照?|依)(?:各自)?职责(?:分工)?(?:分别|抓好|做好)?(?:负责|落实|配合|推进)?)"
    r"|(?P<duty>(?:具体|分别|分工|共同|主要|直接)?负责(?:落实|实施|组织实施)?|落实|组织实施|实施|主办|主责)"
    r"|(?P<support>(?:积极|协同|共同|参与)?(?:配合|协助|协同|参与|参加|承办|协办)(?:落实|实施|配合)?|指导|督导))$"
)
# 2024年6月底前完成, 年底前: a limit among the bodies, without a label.
LIMIT_PART = re.compile(
    r"(?:于|在)?[\d一二三四五六七八九十〇年月日底末前内上下半第季度旬初中每\s“”]{2,}(?:完成|办结|落实|到位|实施)?"
    r"|(?:长期|持续|常态化?|全年)(?:坚持|推进|实施|开展|落实|推动)"
)
NAME_END = "局办委部室院会队心府处厅所社校团联位门事关站司构台区处盟军库馆行矿场园村镇乡"
JOINS = re.compile(rf"(?P<first>.*?)(?:会同|(?<=[{NAME_END}])商(?![务业会标贸]))(?P<second>.+)")
# A blank parts two bodies where the first one is complete: 县司法局 县大数据局, but not 东山区 司法局.
GAP = re.compile(r"(?<=[局办委部院队会室厅所校心])[ \t]+(?=[\u4e00-\u9fff]{3})")
LISTED = re.compile(r"[、,;](?![^()]*\))")  # the 、 in 各县(市、区)人民政府 parts nothing
BODY = re.compile(rf"[\u4e00-\u9fff()]{{1,20}}[{NAME_END}](?:等(?:有关|相关)?(?:部门|单位))?")
AND = re.compile(rf"(?<=[{NAME_END})])(?:和|及|与|以及)(?=[\u4e00-\u9fff]{{2,}})")
ET_CETERA = re.compile(r"等(?:相关|有关|各)?(?:部门|单位|职能部门|责任单位|行政执法部门)?$")
ABOVE = re.compile(r"(?:以上|上述)(?:各项)?(?:任务|工作|事项)?")  # holds for the chapter up to here
OPENER = re.compile(r"^(?:(?:以上|上述)?(?:各项)?(?:任务|工作|事项)?均?由|责任分工[::]?|分工[::]?)")


@dataclass(frozen=True, slots=True)
class Note:
    """What one note says, and where it stands in the document."""

    start: int
    end: int
    lead: tuple[str, ...]
    support: tuple[str, ...]
    limit: str | None  # the words of a time limit
    words: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """The stretch of the document for which a note holds, and the item that it stands in."""

    start: int
    end: int
    note: Note
    item: Section | None = None


def split_names(words: str) -> tuple[str, ...]:
    """Split the names of bodies; 和 and 及 separate only where a body ends before them."""
    names = []
    for piece in LISTED.split(words):
        for name in AND.split(GAP.sub("和", piece)):
            name = ET_CETERA.sub("", OPENER.sub("", name.strip())).strip("。 :等")
            if name.count(")") > name.count("("):  # of a bracket that was opened on the line before
                name = name.rstrip(")")
            if re.search(r"[\u4e00-\u9fff]", name) and name != "无":  # an empty cell may print a dash or 无
                names.append(name)
    return tuple(dict.fromkeys(names))


def parse_note(words: str) -> tuple[tuple[str, ...], tuple[str, ...], str | None] | None:
    """Return lead, support and time limit of a note, or None where *words* are none."""
    words = LABELLED_AFTER.sub(lambda match: f"{match['label']}:{match['names']}", words)
    if LABEL.search(words):
        return parse_labels(words)
    return parse_verbs(words)


def parse_labels(words: str) -> tuple[tuple[str, ...], tuple[str, ...], str | None] | None:
    """Read the labelled notation; 责任单位 supports where a lead is named and leads where none is."""
    said: dict[str, tuple[str, ...]] = {"lead": (), "duty": (), "support": ()}
    limit = None
    matches = list(LABEL.finditer(words))
    if opening := parse_verbs(words[: matches[0].start()]):  # 县司法局负责 完成时限:6月底
        said["lead"], said["support"], limit = opening
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        value = words[match.end() : following.start() if following else len(words)].strip(" ;,。")
        kind = str(match.lastgroup)
        if kind == "limit":
            limit = value or limit
        elif kind in said:
            said[kind] += split_names(value)
    if said["lead"]:
        return said["lead"], said["duty"] + said["support"], limit
    if said["duty"] or said["support"] or limit:
        return said["duty"], said["support"], limit
    return None


def parse_verbs(words: str) -> tuple[tuple[str, ...], tuple[str, ...], str | None] | None:
    """Read the notation with verbs: A牵头,B、C配合. Names before a comma wait for the verb that follows."""
    said: dict[str, list[str]] = {"lead": [], "duty": [], "support": [], "share": []}
    waiting, limit = "", None
    for part in re.split(r"[,;。]", words.strip("()[] 。")):
        part = part.strip()
        match = ROLE.match(part)
        if LIMIT_PART.fullmatch(part):
            limit = part
            continue
        if not match:
            waiting += part + "、"
            continue
        names = waiting + match["names"]
        waiting = ""
        role = next(name for name in said if match[name])
        if joined := JOINS.fullmatch(names):
            said["lead"].extend(split_names(joined["first"]))
            said["support"].extend(split_names(joined["second"]))
            continue
        # A牵头B配合 without a comma between
        if inner := re.fullmatch(r"(.+?)牵头(.+)", names):
            said["lead"].extend(split_names(inner[1]))
            names = inner[2]
        said[role].extend(split_names(names))
    together = JOINS.fullmatch(waiting.strip("、"))
    if together and not any(said.values()) and all(BODY.fullmatch(name) for name in together.groups()):
        return split_names(together["first"]), split_names(together["second"]), limit
    if waiting or not any(said.values()) or any("的" in name for names in said.values() for name in names):
        return None  # (两个以上部门起草的由牵头部门负责) is a rule, not a note
    if said["lead"]:
        lead = said["lead"] + said["duty"]
        return tuple(lead), tuple(said["share"] + said["support"]), limit
    return tuple(said["duty"] + said["share"]), tuple(said["support"]), limit


def parse_list(words: str, before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...], str | None] | None:
    """Read a bracket of known bodies and nothing else behind the last stop of a paragraph: 。(县司法局、县财政局)."""
    names = split_names(words)
    closes = before.rstrip().endswith(("。", ";")) and not after.strip(" 。")
    if not closes or not names or not all(normal_bodies(name) for name in names):
        return None
    return names, (), None


# 责任单位:A、B。完成时限:6月底前。 as the last sentences of a paragraph.
TRAILING = re.compile(rf"(?<=[。;!\s(\[])(?:{LABEL.pattern})[^\n]*$".replace("?P<", "?P<t_"))


def find_notes(run: Run) -> Iterator[Note]:
    """Yield the notes of one run: in brackets, as its last sentences, or the whole line where it is labelled."""
    line = run.text.strip()
    spans = [(match.start(), match.end()) for match in ENCLOSED.finditer(run.text)]
    if LABEL.match(line) or is_bare_note(line):
        spans = [(0, len(run.text))]
    elif trailing := TRAILING.search(ENCLOSED.sub(lambda match: "-" * len(match[0]), run.text)):
        spans = [span for span in spans if span[1] <= trailing.start()] + [trailing.span()]
    for start, end in spans:
        words = run.text[start:end].strip("()[] ") if run.text[start] in "([" else run.text[start:end]
        parsed = parse_note(words) or parse_list(words, run.text[:start], run.text[end:])
        if parsed:
            first, last = run.span(start, end, start)
            yield Note(first, last, *parsed, words=words)


def is_bare_note(line: str) -> bool:
    """Say whether a line without brackets or labels names who is charged and nothing else: 县司法局牵头,各乡镇配合."""
    parsed = parse_verbs(line) if len(line) <= 80 and not re.search(r"\d|完成|达到|\([^)]*牵头", line) else None
    return parsed is not None and all(len(name) <= 16 and normal_bodies(name) for name in (*parsed[0], *parsed[1]))


def join_notes(notes: Sequence[Note], text: str) -> list[Note]:
    """Join notes that nothing but white space parts: 牵头单位 on one line and 责任单位 on the next are one note."""
    joined: list[Note] = []
    for note in notes:
        if joined and not text[joined[-1].end : note.start].strip():
            words = f"{joined[-1].words};{note.words}"
            parsed = parse_note(words)
            if parsed:
                joined[-1] = Note(joined[-1].start, note.end, *parsed, words=words)
                continue
        joined.append(note)
    return joined


def is_inline(section: Section) -> bool:
    """Say whether a section is one of a run such as 一是, 二是 or a paragraph: its note may be its parent's."""
    return section.level == 0 or (section.level == 4 and not section.title)


def holder(section: Section) -> Section | None:
    """Return the numbered item that a paragraph or an inline 一是 belongs to; None outside all items."""
    found: Section | None = section
    while found is not None and is_inline(found):
        found = found.parent
    return found


def find_charges(text: str, runs: Sequence[Run]) -> list[Charge]:
    """Return for which stretch each note holds, the widest first.

    A single note in an item holds for the whole item. Of several, each holds for what stands since the one before it,
    or, where the first follows the item's title, for what stands up to the next one.
    """
    charges: list[Charge] = []
    by_item: dict[tuple[int, int], tuple[Section | None, list[Note], int]] = {}
    for run in runs:
        if "\t" in run.text:
            continue  # a table has columns for it
        item = holder(run.section)
        key = (item.start, item.end) if item else (run.start, run.pieces[-1][1])
        entry = by_item.setdefault(key, (item, [], run.start))
        for note in find_notes(run):
            if item and item.parent and ABOVE.match(note.words):
                charges.append(Charge(item.parent.start, note.end, note, item.parent))
            else:
                entry[1].append(note)
    for (start, end), (item, notes, _) in by_item.items():
        charges.extend(spread(start, end, item, join_notes(notes, text)))
    return sorted(charges, key=lambda charge: charge.start - charge.end)


def spread(start: int, end: int, item: Section | None, notes: Sequence[Note]) -> Iterable[Charge]:
    """Yield the charges of one item's notes."""
    if len(notes) == 1:
        yield Charge(start, end, notes[0], item)
        return
    leads_text = bool(notes) and item is not None and notes[0].start - start <= len(item.title) + len(item.number) + 4
    for place, note in enumerate(notes):
        if leads_text:
            yield Charge(note.start, notes[place + 1].start if place + 1 < len(notes) else end, note, item)
        else:
            yield Charge(notes[place - 1].end if place else start, note.end, note, item)


def charge_at(charges: Sequence[Charge], place: int) -> Charge | None:
    """Return the charge that holds at a document offset: the narrowest, since chapters may have one too."""
    found = None
    for charge in charges:
        if charge.start <= place < charge.end:
            found = charge
    return found
