"""Which titles and columns are the right ones: plans, work points and reports of a law-based government.

A title is scored by the words in it: the strongest topic, the strongest genre behind it, and each cue against it, as
`cues.toml` lists them. A title without a topic borrows the one of its column, or of the committee that wrote it, where
it names no subject of its own: 2023年度报告. Documents of governments that are not the source's own are reposts.

Wanted besides the plans and reports of 法治政府建设 and 依法行政 proper: those of the rule of law at large
(法治云岭建设规划, 依法治县工作要点), since the government's part is the main one in them, and the reports of its
departments and townships.
Doubtful: plans for becoming a model (示范创建实施方案), reports on the leaders' duties (第一责任人职责),
a quarter's summary.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.scrape.cues import YEAR, Hit, load_cues
from pipeline.scrape.origins import LEADING, origin, short, without_parents
from pipeline.scrape.records import is_cut as looks_cut
from pipeline.text import fold

Verdict = Literal["kept", "doubtful", "dropped"]
KEPT = 7.0  # a topic and a weaker genre, without a year
DOUBTFUL = 4.0
LIMIT = 10.0

_BLANK = re.compile(r"[\s\u200b\ufeff]+")
# Second forms that `fold` leaves alone, and the commonest misprint: 法冶.
_LETTERS = str.maketrans("於冶吿〈〉「」『』", "于治告《》《》《》")
_END = re.compile(
    r"(?:\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar)|[(\[]?(?:19|20)\d\d-\d\d?-\d\d?[)\]]?|\(?下载\)?)+$", re.IGNORECASE
)
_DOTS = re.compile(r"[….⋯]+$")
# By the look or the sound of a character, and one lost: 依法行攻, 法治证府, 法治府建设.
_MISPRINT = re.compile(
    r"(?P<依法行政>[依以衣]法[行形刑型][攻正证](?!义|件|照)|以法行政|依法[形刑型]政)"
    r"|(?P<法治政府>法[治制洽怡智](?:[攻正改证]府|政[付俯腑符])|法[洽怡智]政府)"
    r"|(?P<法治政府建设>(?<![立执司])法(?:政府|治府)建设)"
)
_ON_OCCASION = re.compile(
    r"[-—(]{1,3}.{0,4}(?:\d{4}年.{0,8})?在.{2,44}(?:会议|大会|全会)上?\)?|\([^()]*(?:通过|批准|审定)\)"
)
# …的报告——在…会议上, (县政府常务会议通过)
_SAID = re.compile(r"报告|通报|汇报|(?:通过|批准|审定)\)")
# Committees and offices whose names hold the topic; what they write need not be about it.
_CHARGED = re.compile(
    r"(?:推进|深化)?(?:全面)?(?:推进)?(?:依法治[省市县区州盟旗镇乡]|依法行政|法治政府建设|法治建设|法治[\u4e00-\u9fff]{2,4}建设)(?:和?依法治理)?(?:工作)?"
    r"(?:委员会|领导小组|委|办公室|办)(?:办公室|办)?(?!法)"
)
_OFFICE = re.compile(
    r"(?:和|与|管理|监督|综合|服务|数据|信息|事务|保障|招标|投标|交易|资源)*(?:中心|办公室|科|股|处|室|所|院|局|队|大队|支队|协会|学会|街道)"
)  # behind a cue: 法治宣传科 is an office
_AFTER_GENRE = re.compile(
    r'(?:[》"”\'’>]|\([^()]*\)|\[[^\[\]]*\]|(?:的|工作的)?(?:通知|公告|函|报告|请示|通报|公示|决定|意见)|[及和与暨并、,;+/].*|以及.*'
    r"|全文|正文|内容|文件|材料|汇编|汇总|一览|扫描|原件|定稿|终稿|盖章|表|册|附件.*|\d.*|[一二三四]|年|度|稿|版|情况|公开|公布|发布|第.{1,3}号|[-—:|].*|件|书|工作|任务|目标)*"
)
# What a title may consist of and still name no subject: dates, glue, and an organ at its head.
_GLUE = re.compile(
    r"(?:19|20)\d\d(?:[-—~至]+(?:19|20)?\d\d)?年?度?|二[〇○零0][一二][〇○零一二三四五六七八九0]年?|年度|上半年|下半年|十[二三四五六]五"
    r"|关于|印发|报送|下发|上报|公布|发布|公开|通知|公告|推进|开展|落实|年|的|和|及|与|暨|工作|建设|主要|重点|情况|全[县市区省州镇乡局]|本[县市区局镇乡]|我[县市区局镇乡]"
    r"|[^\u4e00-\u9fff]|第.号"
)
_ORGAN = re.compile(
    r"^(?:[\u4e00-\u9fff、]{0,30}?(?:人民政府|政府|办公室|办事处|管委会|管理委员会|委员会|委|局|厅|分局|大队|支队|中心|所|站|院|公司|社|处|会|街道|镇|乡|苏木"
    r"|县|区|市|旗|州|省|盟|园区|办))+"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_CRUMB = re.compile(r"[>/|»›→]+|(?<!-)-(?!-)")
_COUNT = re.compile(r"(?:[(\[]?\d+(?:条|篇)?[)\]]?|更多|more|[>»+.])+$", re.IGNORECASE)
_LEAF = re.compile(r"(?:19|20)\d\d年?度?|列表|正文|详情|")  # the column's name stands before these
_KIND = re.compile("报告|总结|年报|要点|计划|规划|方案")
_PASSING_ON = re.compile("关于|印发|公开|公布|报送|上报|转发|《")  # behind which another name may follow
_LONGEST_BEGUN = 8  # characters of a word that the end of a title leaves unfinished
_LONG_COLUMN = 16  # characters; a longer link with a year in it is a document
_OPENING = 800  # characters of an article in which it shows what it is


# A row that leads straight to a file is often called by the file's name.
FILE_NAME = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|txt|rtf|zip|rar)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was decided about a title or a column, and by which words."""

    verdict: Verdict
    score: float  # from -10 to 10
    words: tuple[str, ...]  # shown to the user: "+法治政府建设", "−解读"


def judge_title(
    title: str,
    *,
    column: str = "",
    owners: Sequence[str] = (),
    is_cut: bool = False,
    number: str = "",
    publisher: str = "",
) -> Judgement:
    """Say whether the document called *title* is a plan, work-point list or report of the source's own government.

    Args:
        title: as the list prints it.
        column: name or path of the column it stands in.
        owners: names of the source's own place and of its parents, itself first; no places are told apart without.
        is_cut: the title breaks off, and stands whole nowhere on the list.
        number: 文号, where the list prints it.
        publisher: of the row.

    >>> judge_title("云岭县2023年度法治政府建设情况报告").words
    ('+法治政府建设', '+情况报告', '+2023年')
    """
    text, cut = FILE_NAME.sub("", _line(title)), is_cut or looks_cut(title)
    if not text:  # as in a sitemap: only its article can tell
        return Judgement("doubtful", DOUBTFUL, ("−没有标题",))
    score, words = _subject(text, column, owners, cut)
    if score >= DOUBTFUL:
        score, words = _against_repost(text, score, words, owners, number, publisher)
    return _judgement(score, words)


def judge_article(
    title: str, text: str, *, column: str = "", owners: Sequence[str] = (), number: str = "", publisher: str = ""
) -> Judgement:
    """Judge a doubtful row again, by its whole title and the opening of its *text*.

    A title that decides by itself is believed. An article without text, such as a scan, stays as doubtful as its title.
    """
    told = judge_title(title, column=column, owners=owners, number=number, publisher=publisher)
    opening = _line(text[: 2 * _OPENING])[:_OPENING]
    if told.verdict != "doubtful" or not opening:
        return told
    score, words = told.score, list(told.words)
    for cue in load_cues().openings:
        assert cue.pattern is not None
        if match := cue.pattern.search(opening):
            score += cue.weight
            words.append(_signed(cue.weight, f"正文：{match[0][:24]}"))
    if owners and any(word.startswith("−疑为") for word in words):
        mine = short(owners[0]) in without_parents(opening, owners[1:])
        score += 4 if mine else -6
        words.append(f"+正文：{owners[0]}" if mine else f"−正文不提{owners[0]}")
    return _judgement(score, words)


@lru_cache(maxsize=4096)
def judge_column(title: str, *, owners: tuple[str, ...] = ()) -> Judgement:
    """Say whether a link with this text leads to the documents: kept for their column, doubtful for a general one.

    Args:
        title: text of the link.
        owners: as in `judge_title`; a province's own 省政府文件 is no column of papers from above.

    >>> judge_column("法治政府建设年度报告").verdict, judge_column("规划计划").verdict, judge_column("政策解读").verdict
    ('kept', 'doubtful', 'dropped')
    """
    text = _COUNT.sub("", _line(title)) or _line(title)
    cues = load_cues()
    patterns = cues.column
    good, other, bad = (patterns[name].search(text) for name in ("kept", "doubtful", "against"))
    named = cues.named.search(text)
    if named and not cues.is_place(named[1]):
        named = None
    if not bad and not good:
        good, bad = (named if named and named[0].endswith("建设") else None), patterns["beside"].search(text)
    if not bad and not (len(owners) == 1 and owners[0].endswith(("省", "自治区"))):
        bad = patterns["above"].search(text)
    words = [f"+{match[0]}" for match in (good or other or named,) if match] + ([f"−{bad[0]}"] if bad else [])
    if bad:
        return Judgement("dropped", -3.0, tuple(words))
    if good and len(text) > _LONG_COLUMN and YEAR.search(text):
        return Judgement("doubtful", 5.0, (*words, "−像是一篇文件"))
    if good:
        return Judgement("kept", 9.0, tuple(words))
    if len(text) <= _LONG_COLUMN and (other or named):
        return Judgement("doubtful", 5.0, tuple(words))
    return Judgement("dropped", 0.0, tuple(words) or ("−与法治政府建设栏目无关",))


def _line(title: str) -> str:
    """Return a title folded, without blanks, dots of a cut, file name endings and dates behind it."""
    text = _BLANK.sub("", fold(title)).translate(_LETTERS).replace("计画", "计划").replace("规画", "规划")
    text = _END.sub("", _DOTS.sub("", text))
    return _MISPRINT.sub(lambda match: match.lastgroup or "", text) if "法" in text else text


def _subject(text: str, column: str, owners: Sequence[str], cut: bool) -> tuple[float, list[str]]:
    """Return the score of a title by its subject and genre, and the words that made it."""
    cues = load_cues()
    plain = _ON_OCCASION.sub("", text) if _SAID.search(text) else text
    body = _CHARGED.sub("委办", plain)
    hits = list(cues.find_words(body))
    topic = _topic(hits, body, owners)
    borrowed = False
    if topic is None:
        writer = _CHARGED.search(plain)
        lent = _borrow(body, column, writer[0] if writer else "", hits, cut)
        if cut and not _genre(hits, 0) and (rest := _breaks_off(body, hits, owners)):
            return DOUBTFUL + 1, [f"+{rest}……"]
        if lent is None:
            return _nothing(hits)
        weight, word, start = lent
        topic, borrowed = (weight, word, start, start), True
    hits.extend(cues.find_patterns(f"{body}…" if cut else body))  # 印发… is not 印发 at the end
    weight, word, start, end = topic
    score, words = weight, [f"+{word}"]
    genre = _genre(hits, start)
    if genre:
        score, words = score + genre.cue.weight, [*words, f"+{genre.word}"]
    if year := YEAR.search(body):
        score, words = score + 1, [*words, f"+{year[0]}" + ("年" if year[0].isdigit() else "")]
    if genre is None:
        more, told = _without_genre(body, end, column, cut, borrowed)
        score, words = score + more, [*words, told]
    elif not cut and (rest := _left_over(body, genre)):
        score, words = score - 4, [*words, f"−其后另有“{rest[:8]}”"]
    for hit in _objections(hits, body):
        score, words = score + hit.cue.weight, [*words, f"−{hit.word[:12]}"]
    return score, words


def _topic(hits: list[Hit], text: str, owners: Sequence[str]) -> tuple[float, str, int, int] | None:
    """Return weight, word, start and end of the strongest topic of a title."""
    cues = load_cues()
    found = [(hit.cue.weight, hit.word, hit.start, hit.end) for hit in hits if hit.cue.group == "topic"]
    for match in cues.named.finditer(text):
        name = match[1]
        if cues.is_place(name):
            known = not owners or any(short(place).startswith(name[:2]) for place in owners)
            found.append(
                (cues.named_weight if known else cues.stranger_weight, f"法治{name}", match.start(), match.end(1))
            )
    return max(found, key=lambda one: (one[0], -one[2]), default=None)


def _borrow(text: str, column: str, writer: str, hits: list[Hit], cut: bool) -> tuple[float, str, int] | None:
    """Return weight, word and place of the topic that a title without one takes from its writer or its column."""
    lender = writer or _topical(column)
    if not lender:
        return None
    genre, whole = _genre(hits, 0), text.removesuffix(_begun_genre(text)) if cut else text
    about = LEADING.sub("", _BRACKETS.sub("", whole.partition("关于")[2] or whole))
    bare = not _GLUE.sub("", load_cues().genre.sub("", _ORGAN.sub("", about)))
    told = f"{'机构' if writer else '栏目'}：{lender}"
    is_report = bool(re.search("报告|总结|年报", lender))
    if bare and (genre or cut):
        is_general = not writer and genre is not None and load_cues().general.search(text)
        is_sure = is_report and "情况报告" in text  # nobody calls so the report on all its work
        return (1.5 if is_general and not is_sure and _ORGAN.match(about) else 4.0), told, 0
    if bare and YEAR.search(text):
        return 4.0, told, 0
    if genre and is_report and re.search("报告|总结|情况", text):
        return 1.0, told, 0
    return None


def _topical(column: str) -> str:
    """Return the name of a column that is about the topic, "" for any other; the last step of a path counts."""
    steps = [step for step in _CRUMB.split(_line(column)) if not _LEAF.fullmatch(step)]
    return steps[-1] if steps and judge_column(steps[-1]).verdict == "kept" else ""


def _genre(hits: list[Hit], start: int) -> Hit | None:
    """Return the genre that decides: the last of the strongest behind the topic."""
    found = [hit for hit in hits if hit.cue.group == "genre" and hit.end > start]
    # 要点 inside 工作要点 ends at the same place: the longer word is shown.
    return max(found, key=lambda hit: (hit.cue.weight, hit.end, -hit.start), default=None)


def _without_genre(text: str, end: int, column: str, cut: bool, borrowed: bool) -> tuple[float, str]:
    """Return what a title loses for naming no kind of document, and the words for it."""
    rest, dated = text[end:].removeprefix("的"), bool(YEAR.search(text))
    if cut and borrowed and (begun := _begun_genre(text)):
        return 3.0, f"+{begun}……"
    if cut and not borrowed:
        tail = rest.removeprefix("工作")
        if tail in ("", "工"):
            return (1.0 if dated and _KIND.search(_topical(column)) else 0.5 if dated else 0.0), "−标题未完"
        cues = load_cues()
        if any(genre.startswith(tail) for genre in cues.genres) and not cues.either.match(tail):
            return 3.0, f"+{tail}……"
        return (-4.0 if cues.other.match(tail) else -0.5), "−标题未完"
    rest = _GLUE.sub("", rest)
    if dated and (borrowed or not rest):
        return 0.0 if borrowed else -1.0, "−未写文种"
    return -4.0, "−未写文种"


def _begun_genre(text: str) -> str:
    """Return the kind of document that the end of a title leaves unfinished, "" for none: 工作要."""
    for start in range(max(0, len(text) - _LONGEST_BEGUN), len(text) - 1):
        end = text[start:]
        if _GLUE.sub("", end) and any(genre.startswith(end) for genre in load_cues().genres):
            return end
    return ""


def _left_over(text: str, genre: Hit) -> str:
    """Return what a title goes on to say behind its genre, where that is more than 的通知 or a bracket."""
    last = max((match.end() for match in load_cues().genre.finditer(text)), default=genre.end)
    match = _AFTER_GENRE.match(text, max(last, genre.end))
    rest = text[match.end() :] if match else ""
    return "" if rest == text[-2:-1] else rest  # 总结结 is a slip


def _objections(hits: list[Hit], text: str) -> Iterator[Hit]:
    """Yield one hit for each cue against a title; a word that is the name of an office does not count."""
    seen: set[int] = set()
    for hit in hits:
        office = _OFFICE.match(text, hit.end)
        if (
            hit.cue.group == "against"
            and id(hit.cue) not in seen
            and not (office and (office[0] == "街道" or not hit.word.endswith("院")))
        ):
            seen.add(id(hit.cue))
            yield hit


def _nothing(hits: list[Hit]) -> tuple[float, list[str]]:
    """Return the score of a title without a topic."""
    against = [hit for hit in hits if hit.cue.group == "against"]
    first = min(against, key=lambda hit: (hit.start, -hit.end), default=None)
    return (first.cue.weight if first else 0.0), [f"−{first.word[:12]}"] if first else ["−无法治政府建设主题"]


def _breaks_off(text: str, hits: list[Hit], owners: Sequence[str]) -> str:
    """Return the last words of a title that breaks off before it names a subject, "" for one that names another."""
    if any(_objections(hits, text)):
        return ""
    words = (*load_cues().begun, *owners, *map(short, owners))
    ends = (len(text) - size for size in range(_LONGEST_BEGUN + 1) if any(_ends_in(text, word, size) for word in words))
    return text[-8:] if any(_is_bare(text[:end]) for end in ends) else ""


def _ends_in(text: str, word: str, size: int) -> bool:
    """Say whether a title ends in the first *size* characters of a word."""
    return len(word) >= size and text.endswith(word[:size])


def _is_bare(text: str) -> bool:
    """Say whether a title names no subject: nothing but organs, dates, and words of passing something on."""
    parts = (_ORGAN.sub("", LEADING.sub("", part)) for part in _PASSING_ON.split(text))
    return not any(_GLUE.sub("", load_cues().glue.sub("", part)) for part in parts)


def _against_repost(
    text: str, score: float, words: list[str], owners: Sequence[str], number: str, publisher: str
) -> tuple[float, list[str]]:
    """Return score and words with what says that another government wrote the document."""
    kind, name = origin(text, owners, _line(number), _line(publisher))
    if kind == "unsure":
        return min(score - 3, KEPT - 1), [*words, f"−疑为转载：{name}"]
    return (score - 12, [*words, f"−{kind}：{name}"]) if kind else (score, words)


def _judgement(score: float, words: list[str]) -> Judgement:
    verdict: Verdict = "kept" if score >= KEPT else "doubtful" if score >= DOUBTFUL else "dropped"
    return Judgement(verdict, round(max(-LIMIT, min(LIMIT, score)), 1), tuple(dict.fromkeys(words)))


def _signed(weight: float, word: str) -> str:
    return f"{'+' if weight > 0 else '−'}{word}"
