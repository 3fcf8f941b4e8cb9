"""Files of every type that government sites serve, to characters in reading order."""

from collections.abc import Callable
from functools import partial

from pipeline.errors import InputError
from pipeline.files.record import FileText, FileType, Limits
from pipeline.files.types import file_type

__all__ = ["FileText", "FileType", "Limits", "check_size", "file_type", "read_file"]

LIMITS = Limits()


def read_file(content: bytes, name: str, kind: FileType, limits: Limits = LIMITS) -> FileText:
    """Return the text of a file of type *kind*, as `file_type` told it; archives and pages are not for this.

    Raises:
        InputError: the file is broken, locked, too large, or has no text; the message says which and where.
    """
    check_size(content, name, limits)
    found = _reader(kind)(content, name, limits)
    if len(found.text) > limits.characters:
        raise InputError(f"{name}: expected at most {limits.characters} characters, got {len(found.text)}")
    return found


def check_size(content: bytes, name: str, limits: Limits = LIMITS) -> None:
    """Refuse a file that is longer than *limits* allow."""
    if len(content) > limits.file_bytes:
        size, most = len(content) / 1e6, limits.file_bytes / 1e6
        raise InputError(f"{name}: expected a document of at most {most:.0f} MB, got {size:.1f} MB")


def _reader(kind: FileType) -> Callable[[bytes, str, Limits], FileText]:
    """Return the reader of a type; each brings its library only now."""
    from pipeline.files.ocr import picture_reader

    if kind == "docx":
        from pipeline.files.word import read_docx

        return partial(read_docx, read_picture=picture_reader())
    if kind in ("doc", "wps"):
        from pipeline.files.word97 import read_doc

        return partial(read_doc, file_type=kind)
    if kind == "rtf":
        from pipeline.files.rich import read_rtf

        return read_rtf
    if kind in ("xlsx", "xls"):
        from pipeline.files.sheets import read_sheets

        return partial(read_sheets, file_type=kind)
    if kind == "pdf":
        from pipeline.files.pdf import read_pdf

        return partial(read_pdf, read_picture=picture_reader())
    if kind == "ofd":
        from pipeline.files.ofd import read_ofd

        return partial(read_ofd, read_picture=picture_reader())
    if kind == "image":
        from pipeline.files.ocr import read_image

        return partial(read_image, read_picture=picture_reader())
    raise ValueError(f"expected a file that is read by itself, got {kind}")
