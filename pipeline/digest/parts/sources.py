"""How the sources fare: what happened to them this week is news, and what is still not good stands behind it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.digest import weights
from pipeline.digest.facts import SourceFact
from pipeline.digest.material import Atom
from pipeline.digest.papers import day_of
from pipeline.digest.phrases import GROUP_LABELS, fared, fared_label, sentence, told_day
from pipeline.digest.scene import Event, Scene
from pipeline.digest.spots import NOWHERE
from pipeline.digest.states import UNKNOWN, State, outcome_of
from pipeline.scrape.wording import ADVICE, answered

UNKNOWN_ADVICE = "运行 fazhi crawl 采集；中断的，再次运行即从断点继续"
UNCHECKED = "本周没有完成检查"
PROSE = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){2}")  # a message of a library


def find(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each thing that happened to a source, and for each other source that is not good."""
    told: set[str] = set()
    for event in scene.told(*GROUP_LABELS):
        if event.kind != "source_good":
            told.add(event.source_id)
        yield _happened(scene, event)
    for source_id, state in scene.known.states.items():
        if not state.is_good and source_id not in told:
            yield _stands(scene, scene.known.sources[source_id], state)
        elif source_id in scene.facts.unchecked and scene.facts.is_crawled and source_id not in told:
            yield _unchecked(scene, scene.known.sources[source_id], state)


def _happened(scene: Scene, event: Event) -> Atom:
    source = scene.known.sources.get(event.source_id) or SourceFact(event.source_id, event.source_id, "", "", "", "")
    outcome = str(event.data.get("outcome") or "")
    words = fared(outcome, str(event.data.get("words") or ""))
    label = fared_label(event.kind, outcome)
    since = day_of(str(event.data.get("since") or "") or None)
    details = tuple(event.data.get("details") or ())
    is_good = event.kind == "source_good"
    advice = "" if is_good else _advice(outcome)
    clauses = [f"来源“{source.name}”{label}{'' if is_good or not words else f'：{words}'}"]
    if is_good:
        before = str(event.data.get("before") or "")
        clauses.append(f"此前为“{fared(before, before)}”" if before else "")
    else:
        clauses += [
            _detail(details, words),
            f"上次正常为{told_day(since, scene.sunday)}" if since else "此前没有正常采集过",
        ]
    line = scene.line(
        "sources", weights.SOURCES[event.kind], sentence(*clauses) + (f"{advice}。" if advice else ""),
        event.kind, event.source_id, event.at,
        spot=scene.known.spots.of_sources.get(event.source_id, NOWHERE),
        cells=_cells(source, label + ("" if is_good or not words else f"：{words}"), day_of(event.at), since, advice),
        evidence=[scene.ledger.of_source(source, _answer(source, words, details), day_of(event.at))],
        event=event, is_news=True,
    )  # fmt: skip
    return Atom(line)


def _stands(scene: Scene, source: SourceFact, state: State) -> Atom:
    since, good = day_of(state.at or None), day_of(state.good_at or None)
    advice = _advice(state.outcome) if state.outcome else UNKNOWN_ADVICE
    words = state_words(state)
    clauses = [
        f"来源“{source.name}”{'自' + told_day(since, scene.sunday) + '起' if since else ''}{words}",
        _detail(state.details, words),
        f"上次正常为{told_day(good, scene.sunday)}" if good else "",
    ]
    line = scene.line(
        "sources", weights.SOURCE_STILL, sentence(*clauses) + f"{advice}。", "state", source.id,
        spot=scene.known.spots.of_sources.get(source.id, NOWHERE),
        cells=_cells(source, words, since, good, advice),
        evidence=[scene.ledger.of_source(source, _answer(source, words, state.details), since)],
    )  # fmt: skip
    return Atom(line)


def _unchecked(scene: Scene, source: SourceFact, state: State) -> Atom:
    good = day_of(state.good_at or state.at or None)
    told = f"此前状态为{state_words(state)}"
    line = scene.line(
        "sources", weights.SOURCE_UNCHECKED, sentence(f"来源“{source.name}”{UNCHECKED}", told), "unchecked", source.id,
        spot=scene.known.spots.of_sources.get(source.id, NOWHERE),
        cells=_cells(source, UNCHECKED, "", good, UNKNOWN_ADVICE),
        evidence=[scene.ledger.of_source(source, told, good)],
    )  # fmt: skip
    return Atom(line)


def state_words(state: State) -> str:
    """Return how a source stands."""
    return fared(state.outcome, state.words) if state.outcome else UNKNOWN


def _cells(source: SourceFact, state: str, since: str, good: str, advice: str) -> dict[str, str]:
    return {
        "来源": source.name,
        "状态": state,
        "自": since,
        "上次正常": good,
        "处理办法": advice,
        "网址": source.entry,
    }


def _advice(outcome: str) -> str:
    return ADVICE.get(outcome_of(outcome), "") if outcome else ""


def _detail(details: Sequence[Mapping[str, Any]], words: str) -> str:
    """Return what is known beside the words of an outcome, if it is in words that an office reads."""
    told, _ = _first(details, words)
    return "" if PROSE.search(told) else told


def _answer(source: SourceFact, words: str, details: Sequence[Mapping[str, Any]]) -> str:
    """Return all that a source answered, and where, for those who look into it."""
    told, url = _first(details, words)
    where = f"（{url}）" if url and url != source.entry else ""
    return f"{words}{f'：{told}' if told else ''}{where}"


def _first(details: Sequence[Mapping[str, Any]], words: str) -> tuple[str, str]:
    """Return the first thing that is known beside the words of an outcome, and of which address; "" for nothing."""
    first = next((one for one in details if one.get("detail")), {})
    return answered(str(first.get("detail") or "")).removeprefix(words).lstrip("，："), str(first.get("url") or "")
