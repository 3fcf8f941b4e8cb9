"""The signs, colours and Chinese words of closed sets that readers see; a sign tells what a colour tells."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.records import CoverageStatus, DifferenceKind, OriginStatus, RemarkKind, TrackingStatus


@dataclass(frozen=True, slots=True)
class Sign:
    """How a state is shown: read in colour, in black and white, and aloud."""

    mark: str
    label: str
    meaning: str
    fill: str  # light enough for black letters, and no two alike in grey

    @property
    def shown(self) -> str:
        """Mark and label as they stand in a cell."""
        return f"{self.mark}{self.label}"


COVERAGE_SIGNS: Mapping[CoverageStatus, Sign] = {
    "covered": Sign("●", "已落实", "文件就该项要求的核心内容作了具体安排，或者报告了具体工作", "#CFE8D5"),
    "partial": Sign("◐", "部分", "只是顺带提到，或者只涉及该项要求的一个侧面", "#FFF0C2"),
    "missing": Sign("○", "缺失", "在文件全文中没有找到可以认作该项工作的内容", "#F4B8A8"),
    "unknown": Sign("？", "未知", "文件没有取得，或者文本读取质量过低，不能判断", "#D9D9D9"),
}
TRACKING_SIGNS: Mapping[TrackingStatus, Sign] = {
    "met": Sign("√", "达到", "报告的结果达到计划的目标", "#CFE8D5"),
    "not_met": Sign("×", "未达到", "报告的结果没有达到计划的目标", "#F4B8A8"),
    "partly": Sign("△", "部分达到", "只达到目标的一部分，或者达到了但晚于期限，或者期限未到尚在推进", "#FFF0C2"),
    "no_result": Sign("—", "无结果", "报告没有给出与该目标对应的结果；不等于没有完成", "#E4E4EE"),
    "no_target": Sign("＋", "无目标", "报告给出的结果在计划中没有对应的目标", "#EEF3FA"),
    "not_comparable": Sign("≠", "不可比", "目标与结果的口径不同，不能直接比较，原因见“算式和理由”", "#D9D9D9"),
}
DIFFERENCE_SIGNS: Mapping[DifferenceKind, Sign] = {
    "added": Sign("＋", "新增", "只在后一份文件中有", "#EEF3FA"),
    "dropped": Sign("－", "删去", "只在前一份文件中有", "#F4B8A8"),
    "raised": Sign("↑", "提高", "后一份文件的要求更高", "#CFE8D5"),
    "lowered": Sign("↓", "降低", "后一份文件的要求更低", "#FFD9B8"),
    "changed": Sign("↔", "改变", "数值改变：结果的变化，或者没有高低好坏之分的指标", "#FFF0C2"),
    "deadline_moved": Sign("→", "改期", "完成期限改变", "#FFF0C2"),
    "bodies_changed": Sign("◇", "换单位", "牵头或者配合单位改变", "#E4E4EE"),
}
ORIGIN_SIGNS: Mapping[OriginStatus, Sign] = {
    "verbatim": Sign("＝", "照抄", "与上级计划的任务文字相同或者几乎相同", "#D9D9D9"),
    "reworded": Sign("≈", "改写", "内容与上级计划的任务相同，文字不同", "#EEF3FA"),
    "tightened": Sign("↑", "加严", "比上级计划的任务要求更高、期限更早", "#CFE8D5"),
    "loosened": Sign("↓", "放宽", "比上级计划的任务要求更低、期限更晚", "#FFD9B8"),
    "own": Sign("☆", "自有", "上级计划中没有相应的任务", "#FFF0C2"),
}
REMARK_LABELS: Mapping[RemarkKind, str] = {
    "target_lower": "指标低于要求",
    "deadline_later": "期限晚于要求",
    "lead_absent": "没有写明牵头单位",
}
