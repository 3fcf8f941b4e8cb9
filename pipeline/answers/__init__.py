"""What the commands answer: records read, a question asked of them, and the answer written or told.

Every question takes the folder that `fazhi analyze` wrote or a source that `open_source` gives, writes the whole answer
where it is asked to, and returns the lines that a reader at a terminal wants of it, most of them in Chinese.
"""

from pipeline.answers.changing import answer_diff
from pipeline.answers.comparing import answer_compare
from pipeline.answers.covering import answer_gaps
from pipeline.answers.exporting import answer_export, answer_records
from pipeline.answers.reporting import answer_report, newest_plans
from pipeline.answers.source import Answer, Source, as_source, open_source
from pipeline.answers.tabling import answer_table
from pipeline.answers.tracking import answer_track

__all__ = [
    "Answer",
    "Source",
    "answer_compare",
    "answer_diff",
    "answer_export",
    "answer_gaps",
    "answer_records",
    "answer_report",
    "answer_table",
    "answer_track",
    "as_source",
    "newest_plans",
    "open_source",
]
