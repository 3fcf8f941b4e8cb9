"""What people put right, kept apart from what the pipeline says and laid over it whenever it is read.

A correction is made about a record of a current version: a field of a document, a section or a commitment, or the whole
of a commitment that is none. It remembers the words, so that it survives new bytes and new rules as long as they stand.
"""

from pipeline.workspace.corrections.files import correct, list_lines, read_corrections, undo
from pipeline.workspace.corrections.keeping import (
    add_correction,
    corrected,
    find_stale,
    list_corrections,
    note_stale,
    undo_correction,
)
from pipeline.workspace.corrections.overlay import apply_corrections
from pipeline.workspace.corrections.records import CORRECTION, Corrected, Correction

__all__ = [
    "CORRECTION",
    "Corrected",
    "Correction",
    "add_correction",
    "apply_corrections",
    "correct",
    "corrected",
    "find_stale",
    "list_corrections",
    "list_lines",
    "note_stale",
    "read_corrections",
    "undo",
    "undo_correction",
]
