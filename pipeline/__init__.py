"""fazhi: comparable evidence from what Chinese governments publish about building a law-based government.

The public names load on first use, so that a command pays only for the stages that it runs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.analyze import analyze_page, analyze_paths
    from pipeline.classify import label_sections
    from pipeline.extract import explain_numbers, find_commitments
    from pipeline.numbers import find_numbers
    from pipeline.parse import parse_page
    from pipeline.records import Analysis, Commitment, Document, Number, Page, Section
    from pipeline.reference import Indicator
    from pipeline.reference.custom import read_indicators
    from pipeline.segment import find_sections

_HOMES = {
    "Analysis": "records",
    "Commitment": "records",
    "Document": "records",
    "Indicator": "reference",
    "Number": "records",
    "Page": "records",
    "Section": "records",
    "analyze_page": "analyze",
    "analyze_paths": "analyze",
    "explain_numbers": "extract",
    "find_commitments": "extract",
    "find_numbers": "numbers",
    "find_sections": "segment",
    "label_sections": "classify",
    "parse_page": "parse",
    "read_indicators": "reference.custom",
}

__all__ = [
    "Analysis",
    "Commitment",
    "Document",
    "Indicator",
    "Number",
    "Page",
    "Section",
    "analyze_page",
    "analyze_paths",
    "explain_numbers",
    "find_commitments",
    "find_numbers",
    "find_sections",
    "label_sections",
    "parse_page",
    "read_indicators",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
