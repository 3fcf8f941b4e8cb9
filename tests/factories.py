"""Builders of records with honest defaults: offsets come from the text, ids from the content, every place is invented.

>>> plan = document("一、总体要求\\n行政诉讼败诉率低于10%。\\n", jurisdiction="青榆县")
>>> part = section(plan, "一", "总体要求")
>>> promise = commitment(plan, part, "行政诉讼败诉率低于10%", "低于10%", comparator="<", value=10.0, unit="%")
>>> plan.text[promise.value_start : promise.value_end]
'低于10%'
"""

from hashlib import sha256
from typing import Any

from pipeline.records import Analysis, Commitment, Document, Number, Section, content_id

TEXT = """县直各部门:
一、总体要求
到2024年底,法治政府建设取得明显进展。
二、重点任务
(一)规范行政执法。行政执法人员每年参加培训不少于60学时,行政执法案卷评查合格率达到95%以上。(县司法局牵头,县财政局配合)
(二)化解矛盾纠纷。行政机关负责人出庭应诉率达到100%。
青榆县人民政府
2023年3月6日
"""


def document(text: str = TEXT, **fields: Any) -> Document:
    """Return a county plan for 2023; *fields* replaces what should differ."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    name = fields.pop("name", "qingyu-2023-plan.txt")
    known: dict[str, Any] = {
        "title": "青榆县2023年法治政府建设工作计划",
        "kind": "plan",
        "year": 2023,
        "jurisdiction": "青榆县",
        "level": "county",
        "issuer": "青榆县人民政府",
        "sources": {"title": "first line", "year": "title"},
        "sha256": digest,
    }
    return Document(**{"doc_id": content_id(name, digest), "name": name, "text": text, **known, **fields})


def section(
    of: Document, number: str, title: str, parent: Section | None = None, level: int = 1, **fields: Any
) -> Section:
    """Return the section of *of* that *number* and *title* open; it runs to the end of its parent or of the text."""
    openings = [number + mark + title for mark in ("、", ".", " ", "")]
    start = next(of.text.index(opening) for opening in openings if opening in of.text)
    end = fields.pop("end", parent.end if parent else len(of.text))
    known = {"heading": 1, "heading_score": 0.9}
    section_id = content_id(of.doc_id, start, number, title)
    return Section(section_id, parent, number, level, title, start, end, **{**known, **fields})


def commitment(of: Document, within: Section, quote: str, value_text: str, **fields: Any) -> Commitment:
    """Return a target quantity whose quote is found in the text of *of* from the start of *within*."""
    start = of.text.index(quote, within.start)
    value_start = start + quote.index(value_text)
    known: dict[str, Any] = {
        "type": "quantity",
        "stance": "target",
        "subject": quote.removesuffix(value_text) or None,
        "heading": within.heading,
        "rule": "factory",
    }
    return Commitment(
        commitment_id=content_id(of.doc_id, value_start, value_text),
        section=within,
        start=start,
        end=start + len(quote),
        quote=quote,
        value_start=value_start,
        value_end=value_start + len(value_text),
        value_text=value_text,
        **{**known, **fields},
    )


def number(of: Document, text: str, **fields: Any) -> Number:
    """Return the first stretch of *of* that reads *text*, as a list number unless *fields* say otherwise."""
    start = of.text.index(text)
    known: dict[str, Any] = {} if "commitment_id" in fields else {"reason": "list_number"}
    return Number(start, start + len(text), text, **{**known, **fields})


def analysis(of: Document | None = None) -> Analysis:
    """Return the analysis of the default text, or of one that holds the same sentences."""
    plan = of or document()
    opening = section(plan, "一", "总体要求", end=plan.text.index("二、"))
    tasks = section(plan, "二", "重点任务", heading=0)
    enforcement = section(plan, "(一)", "规范行政执法", tasks, 2, heading=5, end=plan.text.index("(二)"))
    disputes = section(plan, "(二)", "化解矛盾纠纷", tasks, 2, heading=7)
    noted = {"lead": ("县司法局",), "support": ("县财政局",), "lead_ids": ("justice_bureau",)}
    promises = (
        commitment(plan, enforcement, "行政执法人员每年参加培训不少于60学时", "不少于60学时",
                   subject="行政执法人员…培训", comparator=">=", value=60.0, unit="学时", period="year", **noted),
        commitment(plan, enforcement, "行政执法案卷评查合格率达到95%以上", "95%以上", subject="行政执法案卷评查合格率",
                   indicators=("case_file_pass_rate",), indicator_score=1.0, comparator=">=", value=95.0, unit="%",
                   **noted),
        commitment(plan, disputes, "行政机关负责人出庭应诉率达到100%", "100%", subject="行政机关负责人出庭应诉率",
                   indicators=("head_appearance_rate",), comparator="=", value=100.0, unit="%"),
    )  # fmt: skip
    values = (
        number(plan, "二", reason="list_number"),
        number(plan, "不少于60学时", value=60.0, unit="学时", comparator=">=", period="year",
               commitment_id=promises[0].commitment_id),
    )  # fmt: skip
    return Analysis(plan, (opening, tasks, enforcement, disputes), promises, values)
