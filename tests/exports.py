"""Exports of small texts about invented places, made as the command makes them.

>>> export_of(plan="青榆县2024年法治政府建设工作计划\\n一、重点任务\\n行政诉讼败诉率控制在8%以内。").commitments["value"].tolist()
[8.0]
"""

from pipeline.analyze import analyze_page
from pipeline.records import Page
from pipeline.tables import Export, as_export


def export_of(**texts: str) -> Export:
    """Return the records of *texts*, each under its name with the ending .txt."""
    return as_export(analyze_page(Page(f"{name}.txt", text.encode()), explain=True) for name, text in texts.items())


def paper(place: str, year: int, *sentences: str, kind: str = "工作计划", head: str = "重点任务") -> str:
    """Return a paper of a place and year that says *sentences*, one a numbered item."""
    items = "\n".join(f"{number}.{sentence}" for number, sentence in enumerate(sentences, 1))
    signed = year if "计划" in kind else year + 1
    return f"{place}{year}年法治政府建设{kind}\n一、{head}\n{items}\n{place}人民政府\n{signed}年3月6日\n"
