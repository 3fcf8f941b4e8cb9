"""The Chinese words of the report: what its sheets are called, and what stands beside their signs."""

from collections.abc import Iterable

from pipeline.signs import (
    COVERAGE_SIGNS,
    DIFFERENCE_SIGNS,
    ORIGIN_SIGNS,
    REMARK_LABELS,
    TRACKING_SIGNS,
    Sign,
)

# The signs are those of the whole package; they stand here as well, since a report is made of words and signs.
__all__ = ["COVERAGE_SIGNS", "DIFFERENCE_SIGNS", "ORIGIN_SIGNS", "REMARK_LABELS", "TRACKING_SIGNS", "Sign"]

REMARK_MARK = "※"
REMARK_MEANING = f"{REMARK_MARK} 另有备注：指标低于要求、期限晚于要求，或者没有写明牵头单位"
UNEQUAL = "≠"

OUTLINE = "outline"  # the reference of a judgement that is held against the national outline
OUTLINE_NAME = "《法治政府建设实施纲要（2021—2025年）》"
OUTLINE_SHORT = "纲要"
NOWHERE = "未识别地区"

COVER, OVERVIEW, MATRIX, GAPS, EVIDENCE = "封面", "总览", "缺口矩阵", "缺口明细", "落实依据"
TRACKING, COMPARED, COMPARED_ROWS = "跟踪", "指标比较", "指标比较明细"
CHANGES, ORIGINS = "变化", "任务来源"
LEDGER, LEDGER_INDEX, SOURCES, NOTES = "责任单位台账", "责任单位目录", "来源", "说明"


def legend(signs: Iterable[Sign]) -> str:
    """Return the signs of a table with their labels in one line."""
    return "　".join(sign.shown for sign in signs)
