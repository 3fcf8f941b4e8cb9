"""Paragraphs and table rows as the lines of a `FileText`, for readers that know both."""

import re
from collections.abc import Iterable, Sequence

from pipeline.files.record import FileText, FileType
from pipeline.files.word_numbering import is_wide

# Marks that Chinese text has in its own width, though Unicode calls them narrow, and numbers in circles.
_MARKS = frozenset("—‘’“”…·") | {chr(code) for code in range(0x2460, 0x2500)}
_BREAK = re.compile(r"[ \t]*[\r\n\v\f\t\u0085\u2028\u2029]\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[ \t\u00a0]{2,}")


def cell_text(text: str) -> str:
    r"""Return the text of a cell on one line: a line end in it is nothing beside a Chinese character, else a blank.

    >>> cell_text("县司法局\n县财政局"), cell_text("Word\n97 ")
    ('县司法局县财政局', 'Word 97')
    """

    def joined(match: re.Match[str]) -> str:
        around = text[match.start() - 1], text[match.end()]
        return "" if any(is_wide(char) or char in _MARKS for char in around) else " "

    text = _CONTROL.sub("", text).strip()
    return _SPACES.sub(" ", _BREAK.sub(joined, text))


class Lines:
    """Lines in the making; `finish` makes the record."""

    def __init__(self) -> None:
        """Begin with no line."""
        self._parts: list[str] = []
        self._rows: dict[int, frozenset[int]] = {}
        self._titles: list[tuple[int, int]] = []
        self.size = 0  # characters so far

    def add(self, text: str, *, title: bool = False) -> None:
        """Add a paragraph; a tab in it is a blank, since tabs part cells, and it may hold several lines and pages."""
        for line in re.split(r"[\r\n\v\u2028\u2029\u0085]|(?!\A)(?=\f)", text):
            if line.startswith("\f"):
                self.end_page()
            shown = _CONTROL.sub("", line.replace("\f", "").replace("\t", " ")).rstrip()
            if title and shown.strip():
                self._titles.append((self.size, self.size + len(shown)))
            self._append(shown + "\n")

    def add_row(self, cells: Sequence[str], covered: Iterable[int] = ()) -> None:
        """Add a row of a table; *covered* are the columns that a merged cell covers from above."""
        self._rows[self.size] = frozenset(covered)
        self._append("\t".join(cell_text(cell) for cell in cells) + "\n")

    def end_page(self) -> None:
        """End a printed page, or a sheet; before the first line there is none."""
        if self.size:
            self._append("\f")

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self.size += len(text)

    def finish(self, file_type: FileType, rule: str, notes: Sequence[str] = ()) -> FileText:
        """Return the record of what was added."""
        return FileText(
            text="".join(self._parts),
            file_type=file_type,
            rows=self._rows,
            titles=tuple(self._titles),
            notes=tuple(notes),
            rule=rule,
        )
