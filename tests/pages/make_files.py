"""Make the PDF, scan, picture, OFD and archive files and the stub pages of the cases ``d-*`` beside this script.

Only what a site serves is written. ``body.txt`` and ``expected.json`` are kept by hand: they are written first, a recipe
takes the lines of the body, adds what must not come out (cover, letterhead, contents, running heads, page numbers, seals,
print lines, menus), puts back what the canonical text leaves out (the mark and the title of an issued text), merges the
cells of a table that one cell stands for, and has a real program turn them into a file: LibreOffice from a flat
OpenDocument text, a browser from HTML, Pillow from rendered pages. OFD is assembled after GB/T 33190, .rar by
``tests/rar_writer.py``. An expectation that changes while the file must stay needs its recipe to undo the change. The
files are committed as made: other versions of the programs write other bytes. To compare, make them elsewhere.

    python -m tests.pages.make_files [--to FOLDER] [CASE ...]

needs Pillow, numpy, openpyxl and python-docx, and on the path ``soffice``, ``chromium`` and ``pdftoppm``, with the
Noto CJK and WenQuanYi fonts. The same programs make the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from tests.pages.making import ofd, packed, pictures, printed
from tests.pages.making.cases import HERE, Case

RECIPES: dict[str, Callable[[Case], None]] = {
    "d-pdf-footnotes-page-breaks": printed.pdf_footnotes,
    "d-pdf-task-table-three-pages": printed.pdf_task_table,
    "d-pdf-gazette-two-columns": printed.pdf_gazette,
    "d-pdf-cover-contents-letterhead": printed.pdf_booklet,
    "d-pdf-landscape-ledger": printed.pdf_ledger,
    "d-scan-notice-seal": pictures.scan_notice,
    "d-scan-stamp-text-layer": pictures.scan_with_stamp_layer,
    "d-png-town-plan-page": pictures.picture_page,
    "d-jpg-photo-report": pictures.picture_photo,
    "d-png-phone-screenshot": pictures.picture_phone,
    "d-ofd-report-deltax": ofd.ofd_report,
    "d-ofd-outline-template-pages": ofd.ofd_outline,
    "d-ofd-task-table-ruled": ofd.ofd_table,
    "d-ofd-glyph-objects-ctm": ofd.ofd_letters,
    "d-zip-stub-gbk-folder": packed.zip_folder,
    "d-zip-notice-two-annexes": packed.zip_two_annexes,
    "d-zip-in-zip-letterhead": packed.zip_in_zip,
    "d-zip-same-report-twice": packed.zip_twice,
    "d-rar4-stub-doc": packed.rar_doc,
    "d-rar4-gbk-annexes": packed.rar_annexes,
    "d-rar5-plan-and-sheet": packed.rar_plan_and_sheet,
    "d-rar5-zip-inside-txt": packed.rar_zip_text,
    "d-stub-pdf-report": packed.stub_pdf,
    "d-notice-annex-plan-doc": packed.notice_doc,
    "d-page-and-same-docx": packed.page_and_docx,
    "d-page-plan-annex-xlsx": packed.page_xlsx,
}


def main() -> None:
    """Make the files of the named cases, or of all."""
    parser = argparse.ArgumentParser(
        description="Make the served files of the cases d-*; expectations stay as they are."
    )
    parser.add_argument("cases", nargs="*", metavar="CASE", help="all, unless some are named")
    parser.add_argument("--to", type=Path, default=HERE, metavar="FOLDER", help="write below another folder")
    asked = parser.parse_args()
    if unknown := sorted({*asked.cases} - {*RECIPES}):
        parser.error(f"expected cases that are made here, got {', '.join(unknown)}")
    for slug in asked.cases or RECIPES:
        RECIPES[slug](Case.load(slug, asked.to))
        print(slug)


if __name__ == "__main__":
    main()
