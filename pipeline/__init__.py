"""fazhi: comparable evidence from what Chinese governments publish about building a law-based government.

The public names load on first use, so that a command pays only for the stages that it runs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.analyze import analyze_page, analyze_paths
    from pipeline.classify import label_sections
    from pipeline.compare.coverage import find_coverage
    from pipeline.compare.differences import find_differences
    from pipeline.compare.indicators import compare_indicators
    from pipeline.compare.origins import find_origins
    from pipeline.compare.tracking import track_targets
    from pipeline.extract import explain_numbers, find_commitments
    from pipeline.numbers import find_numbers
    from pipeline.parse import parse_page
    from pipeline.records import Analysis, Commitment, Document, Number, Page, Section
    from pipeline.reference import Indicator
    from pipeline.reference.custom import read_indicators
    from pipeline.segment import find_sections
    from pipeline.tables import Export, read_export

_HOMES = {
    "Analysis": "records",
    "Commitment": "records",
    "Document": "records",
    "Export": "tables",
    "Indicator": "reference",
    "Number": "records",
    "Page": "records",
    "Section": "records",
    "analyze_page": "analyze",
    "analyze_paths": "analyze",
    "compare_indicators": "compare.indicators",
    "explain_numbers": "extract",
    "find_commitments": "extract",
    "find_coverage": "compare.coverage",
    "find_differences": "compare.differences",
    "find_numbers": "numbers",
    "find_origins": "compare.origins",
    "find_sections": "segment",
    "label_sections": "classify",
    "parse_page": "parse",
    "read_export": "tables",
    "read_indicators": "reference.custom",
    "track_targets": "compare.tracking",
}

__all__ = [
    "Analysis",
    "Commitment",
    "Document",
    "Export",
    "Indicator",
    "Number",
    "Page",
    "Section",
    "analyze_page",
    "analyze_paths",
    "compare_indicators",
    "explain_numbers",
    "find_commitments",
    "find_coverage",
    "find_differences",
    "find_numbers",
    "find_origins",
    "find_sections",
    "label_sections",
    "parse_page",
    "read_export",
    "read_indicators",
    "track_targets",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
