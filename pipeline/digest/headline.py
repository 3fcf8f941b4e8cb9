"""The three sentences at the head of a digest, and the notes at its foot; both are made from what the reader gets.

The first says what is new, the second what changed, went, is late or missing, the third how the sources fare. Nothing
new is said in so many words; that all is well only where every source was read.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from pipeline.digest.phrases import distinct, listed, week_name
from pipeline.digest.records import NEWS, Counts, Digest, Line, Part
from pipeline.weeks import Week, of_day

NAMED = 3  # places or sources by name
TARGETS = ("降低", "删去", "改期", "提高", "新增")  # what became of targets, the worst first
BEHIND = "最近一次采集的结果尚未处理（fazhi run）"
LATE_REPORTS = ("未见公布", "曾经公布，现已撤下", "曾经公布，原网址上已是别的内容")
GONE = {  # what became of documents, and of many of one source at once
    "撤下": "撤下{}份",
    "多份打不开": "{}个来源有多份文件同时打不开（可能是网站改版或故障）",
    "不再列出": "{}份不再列出（仍可打开）",
    "多份不再列出": "{}个来源有多份文件不再列出（仍可打开）",
    "改登其他文件": "{}份的网址改登其他文件",
    "多份改登其他文件": "{}个来源有多份文件的网址改登其他文件",
    "换了网址": "换了网址{}份",
    "多份换了网址": "{}个来源有多份文件换了网址",
    "恢复": "恢复公布{}份",
    "多份恢复": "{}个来源有多份文件恢复",
}
KINDS = ("计划", "报告", "纲要", "通知", "其他")


def headline(digest: Digest, *, is_known: bool, is_behind: bool = False) -> tuple[str, str, str]:
    """Return the three sentences of a digest that has its lines and counts.

    Args:
        digest: complete but for its headline and notes.
        is_known: whether anything had been read by the end of the week.
        is_behind: whether the last crawl has not been taken in, so that all is told as it was before.
    """
    news = _news(digest, is_known=is_known, is_behind=is_behind)
    return news, _changes(digest), _sources(digest, is_behind=is_behind)


# --- what is new -----------------------------------------------------------------------------------------------------


def _news(digest: Digest, *, is_known: bool, is_behind: bool) -> str:
    span = _span(digest)
    counts, found = digest.counts, _fresh(digest, "documents")
    new = [line for line in found if not _joined(line)]
    added = _added(found)
    behind = f"；{BEHIND}" if is_behind else ""
    if is_behind and not counts.news and not (digest.is_first and is_known):
        return f"{span}，{BEHIND}，有无新情况不详。"
    if not is_known and not new:
        return f"{span}，工作区还没有采集或者导入任何文件。"
    if digest.is_first:
        if digest.reader and not (new or counts.publications):
            return "首次采集，所订阅的范围内没有收录文件。"
        kinds = f"（{_kinds(new)}）" if new else ""
        whence = f"，来自{counts.places}个地区" if counts.places else ""
        return f"首次采集，共收录{counts.publications or len(new)}份文件{kinds}{whence}{behind}。"
    if not counts.news:
        return _nothing(digest, span)
    if not new and added:
        return f"{span}没有新增文件，{added}{behind}。"
    if not new:
        return f"{span}没有新增文件，已收录的文件和来源共有{counts.news}条新情况{behind}。"
    places = distinct(line.place for line in new)
    where = f"，涉及{listed(places, NAMED, unit='个地区')}" if places else ""
    more = f"；另{added}" if added else ""
    return f"{span}新增文件{len(new)}份（{_kinds(new)}）{where}{more}{behind}。"


def _added(lines: Sequence[Line]) -> str:
    """Return what sources that were added brought with their first crawl; "" for none."""
    joint = [line for line in lines if _joined(line)]
    return f"有新增来源{len(joint)}个，首次采集收录{sum(map(_joined, joint))}份文件" if joint else ""


def _joined(line: Line) -> int:
    """Return how many documents of one source a line tells of together; 0 for a line about one."""
    number, mark, _ = line.cells.get("文件", "").partition("份：")
    return int(number) if mark and number.isdecimal() else 0


def _nothing(digest: Digest, span: str) -> str:
    counts = digest.counts
    if not digest.is_checked:
        return f"{span}没有进行采集，有无新情况不详。"
    if not counts.sources:
        return "本周无新情况：没有导入新的文件，已收录的文件没有改动。"
    bad = counts.sources - counts.sources_good
    if bad or _unchecked(digest):
        number = max(bad, len(_not_good(digest)))
        if _unchecked(digest) >= counts.sources:
            return f"本周的采集没有完成，{counts.sources}个来源都没有检查完，有无新情况不详。"
        return f"本周未发现新文件、改动或撤下，但有{number}个来源没有正常检查，不能排除遗漏。"
    return f"本周无新情况：{counts.sources}个来源均已检查，未发现新文件、改动或撤下。"


def _span(digest: Digest) -> str:
    first, last = digest.monday, digest.sunday
    end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    return f"本周（{first.month}月{first.day}日至{end}）"


def _kinds(lines: Sequence[Line]) -> str:
    found = Counter(line.cells.get("类型") or "其他" for line in lines)
    return "、".join(f"{kind}{found[kind]}份" for kind in KINDS if found[kind])


def _fresh(digest: Digest, part: Part) -> list[Line]:
    return [line for line in digest.part(part) if line.is_news]


# --- what changed, went, is late or missing --------------------------------------------------------------------------


def _changes(digest: Digest) -> str:
    told = [*_changed(digest), *_gone(digest)]
    late = [*_late(digest)]
    if not told and not late:
        return "没有内容变化、撤下，也没有30天内到期、已过期限或者缺少的任务。"
    opening = "、".join(told) if told else "" if digest.is_first else "没有内容变化和撤下的文件"
    return "；".join(filter(None, (opening, "，".join(late)))) + "。"


def _changed(digest: Digest) -> Iterator[str]:
    lines = _fresh(digest, "changes")
    documents = len({line.event for line in lines})
    if not documents:
        return
    found = Counter(line.cells.get("变化", "") for line in lines)
    kinds = [f"{label}{found[label]}项" for label in TARGETS if found[label]]
    yield f"{documents}份文件内容有改动" + (f"（目标{'、'.join(kinds)}）" if kinds else "")


def _gone(digest: Digest) -> Iterator[str]:
    found = Counter(line.cells.get("情况", "") for line in _fresh(digest, "gone"))
    for label, words in GONE.items():
        if found[label]:
            yield words.format(found[label])


def _late(digest: Digest) -> Iterator[str]:
    not_met = sum(line.cells.get("结论") == "未达到" for line in digest.part("tracked"))
    if not_met:
        yield f"{not_met}项目标没有达到"
    if due := _tasks(digest.part("deadlines")):
        yield f"30天内有{due}项任务到期"
    if overdue := _tasks(digest.part("overdue")):
        yield f"{overdue}项任务已过期限、未见公开结果（不等于没有完成）"
    unpublished = [line for line in digest.part("unpublished") if line.cells.get("情况") in LATE_REPORTS]
    if unpublished:
        places = listed([line.place for line in unpublished], NAMED, unit="个地区")
        yield f"{places}未见公布{unpublished[0].cells['年度']}年度报告"
    missing = [line for line in digest.part("missing") if digest.is_first or line.cells.get("本期新出现")]
    if missing:
        yield f"{len({line.cells.get('文件') for line in missing})}份文件缺少对照要求的任务"


def _tasks(lines: Sequence[Line]) -> int:
    """Return how many tasks lines tell of; a joint one says it at the head of its cell."""
    total = 0
    for line in lines:
        number, mark, _ = line.cells.get("任务", "").partition("项：")
        total += int(number) if mark and number.isdecimal() else 1
    return total


# --- how the sources fare --------------------------------------------------------------------------------------------


def _sources(digest: Digest, *, is_behind: bool) -> str:
    counts = digest.counts
    if not counts.sources:
        return "没有需要采集的来源，文件都是导入的。" if counts.publications else "还没有来源。"
    opening = "" if digest.is_checked else "本周没有进行采集，以下为此前的状态："
    if is_behind:
        opening = f"{BEHIND}，以下为此前的状态："
    bad, left = counts.sources - counts.sources_good, _unchecked(digest)
    unchecked = f"，其中{left}个本周没有完成检查，为此前的状态" if left else ""
    if not bad and left >= counts.sources:
        return f"{opening}{counts.sources}个来源本周都没有完成检查，此前均为正常。"
    if not bad:
        return f"{opening}{counts.sources}个来源{'均' if counts.sources > 1 else ''}正常{unchecked}。"
    named = [f"“{line.cells.get('来源', '')}”{line.cells.get('状态', '')}" for line in _not_good(digest)]
    told = f"：{listed(named, NAMED, unit='个')}" if named else ""
    return f"{opening}{counts.sources}个来源中{counts.sources_good}个正常、{bad}个异常{unchecked}{told}。"


def _not_good(digest: Digest) -> list[Line]:
    """Return a line for each source that is not good, the newest first."""
    found: dict[str, Line] = {}
    for line in digest.part("sources"):
        if not line.cells.get("状态", "").startswith("恢复正常"):
            found.setdefault(line.cells.get("来源", "") + line.cells.get("网址", ""), line)
    return list(found.values())


def _unchecked(digest: Digest) -> int:
    return sum(line.cells.get("状态") == "本周没有完成检查" for line in digest.part("sources"))


# --- notes -----------------------------------------------------------------------------------------------------------


def notes(digest: Digest, *, last_week: str, rederived_elsewhere: int = 0) -> tuple[str, ...]:
    """Return what is counted and not told one by one, a sentence each.

    Args:
        digest: with its lines and counts.
        last_week: of the digest before, "" for none.
        rederived_elsewhere: documents of all places that were read anew, where the reader's own counts tell of none.
    """
    return tuple(_notes(digest, last_week, rederived_elsewhere))


def _notes(digest: Digest, last_week: str, elsewhere: int) -> Iterator[str]:
    counts = digest.counts
    yield from _late_notes(digest, last_week)
    if counts.furniture:
        yield f"{counts.furniture}个页面只有页眉页脚等周边内容变化，正文未变，未计入上述动态。"
    if counts.copies:
        yield f"{counts.copies}份文件在另一网址重复出现，内容相同，未计入上述动态。"
    if counts.rederived or elsewhere:
        yield _rederived(counts, elsewhere)
    if counts.long_overdue:
        yield f"另有{counts.long_overdue}项任务的期限已过去400天以上、未见结果，未逐项列出。"


def _rederived(counts: Counts, elsewhere: int) -> str:
    if not counts.rederived:
        return f"本系统规则升级，重新提取{elsewhere}份文件，其中所订阅地区的记录没有变化。"
    opening = f"本系统规则升级，重新提取{counts.rederived}份文件"
    if not counts.rederived_otherwise:
        return f"{opening}，记录没有变化。"
    moved = (
        f"新增{counts.records_added}条、减少{counts.records_dropped}条、变动{counts.records_changed}条记录"
        if counts.records_added or counts.records_dropped or counts.records_changed
        else f"{counts.rederived_otherwise}份的文件信息有变动"
    )
    return f"{opening}：{moved}，未计入上述动态。"


def _late_notes(digest: Digest, last_week: str) -> Iterator[str]:
    """Yield what is told late since it was found late, and what is told late since there was no digest."""
    if digest.is_first:
        return
    late: dict[Week, set[int | None]] = {}
    skipped: dict[Week, set[int | None]] = {}
    for line in digest.lines:
        week = of_day(date.fromisoformat(line.seen)) if line.seen else None
        if line.is_late and week:
            late.setdefault(week, set()).add(line.event)
        elif week and str(week) < digest.week and line.event is not None:
            skipped.setdefault(week, set()).add(line.event)
    if late:
        yield f"其中{_number(late.values())}条发生在{_weeks(late)}，上期周报发出后才整理，补列于此。"
    if skipped:
        yield f"其中{_number(skipped.values())}条发生在{_weeks(skipped)}，这{_times(skipped)}没有周报，一并列入本期。"


def _number(events: Collection[set[int | None]]) -> int:
    return sum(map(len, events))


def _weeks(found: Collection[Week]) -> str:
    return listed([week_name(week) for week in sorted(found)], NAMED, unit="周")


def _times(found: Collection[Week]) -> str:
    return f"{len(found)}周" if len(found) > 1 else "一周"


def is_news(line: Line) -> bool:
    """Say whether a line tells of news: what happened in the world, in a part of what happened."""
    return line.is_news and line.part in NEWS
