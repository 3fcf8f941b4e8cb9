"""Word files (.docx, .docm, strict or not) to text: paragraphs and table rows as Word shows them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.files.lines import Lines, cell_text
from pipeline.files.record import FileText, Limits
from pipeline.files.word_body import Block, BodyReader, Cell, Chunk, Paragraph, Table
from pipeline.files.word_package import Package, W, child
from pipeline.records import Cut
from pipeline.text import squeeze

if TYPE_CHECKING:
    from pipeline.files.ocr import PictureReader, PictureText

DOCUMENT = "word/document.xml"
CONTENTS = "contents list"
CONTENTS_HEADINGS = frozenset({"目录", "目次", "CONTENTS", "Contents"})
PAGES = (".htm", ".html", ".xhtml")
FEW = 200  # characters; a document with fewer and a picture is likely to have its text in the picture
# Boundaries nearer than this (twentieths of a point) are one, drawn twice: a column has room for a character, 210.
NEAR = 120
KNOWN_WIDTH = 2000  # of a table whose grid can be trusted: 3.5 cm
# A cell that holds most of the document, in several paragraphs, is the page and not a cell.
MOST, SEVERAL, LONG = 0.5, 3, 40
FEW_ROWS = 3  # with more than one filled cell; a table with more of them is one
COUNTED = (  # what is said of the document, by what the reader counted
    ("hidden", "隐藏文字{}字，未计入正文"),
    ("prompts", "{}处未填写的提示语，已略去"),
    ("symbols", "{}个特殊符号没有对应的文字，已略去"),
    ("objects", "文档中有{}个嵌入对象（图表、表格或公式等），未读取其内容"),
    ("chunks", "文档嵌入了{}个其他格式的片段，未读取"),
)


def read_docx(content: bytes, name: str, limits: Limits, read_picture: "PictureReader | None" = None) -> FileText:
    """Return the text of a Word file, with its tracked changes accepted; headers and footers are no part of it.

    Args:
        content: of the file.
        name: of the file, for messages.
        limits: what its parts unpack to, and how many pictures are read.
        read_picture: reads the pictures of a document that has hardly any text beside them; None leaves them unread.

    Raises:
        InputError: no Word file, broken, without text, or asking for more than *limits*.
    """
    package = Package(content, name, limits)
    path = _main_part(package)
    root = package.tree(path)
    if root is None or root.tag != W + "document":
        got = "none" if root is None else f"root element {root.tag.rpartition('}')[2]}"
        raise InputError(f"{name}: expected a Word document in {path}, got {got}")
    body = child(root, "body")
    if body is None:
        raise InputError(f"{name}: expected a body in {path}, got none")
    reader = BodyReader(package, path)
    writer = _Writer(package, limits)
    writer.write(reader.read(body))
    reader.counts["chunks"] = writer.chunks_left_out
    shown = len(squeeze(writer.text()))
    pages: list[PictureText] = []
    if shown < FEW and read_picture is not None and reader.pictures:
        from pipeline.files.word_pictures import read_pictures, with_pictures

        pages = read_pictures(package, list(reader.pictures), limits, read_picture, is_alone=not shown)
    if not shown and not pages:
        raise InputError(_why_silent(name, reader, read_picture is not None))
    found = replace(writer.finish(_notes(reader, shown, len(pages))), furniture=writer.contents())
    return with_pictures(found, pages) if pages else found


def _why_silent(name: str, reader: BodyReader, can_read: bool) -> str:
    if reader.pictures and not can_read:
        return f"{name} is a scan in a Word file: install fazhi[ocr] to read its {len(reader.pictures)} pictures"
    if pictures := reader.counts["pictures"]:
        return f"{name}: expected a Word document with text, got {pictures} pictures in which none is recognised"
    if objects := reader.counts["objects"]:
        return f"{name}: expected a Word document with text, got {objects} embedded objects, which are not read"
    return f"{name}: expected a Word document with text, got one without any"


def _main_part(package: Package) -> str:
    """Return the path of the document: what the package calls so, else the usual place."""
    for relation in package.relations("").values():
        if relation.kind == "officeDocument" and relation.target in package:
            return relation.target
    if DOCUMENT in package:
        return DOCUMENT
    raise InputError(f"{package.name}: expected {DOCUMENT} in a Word file, got none")


def _notes(reader: BodyReader, shown: int, pictures_read: int) -> list[str]:
    notes = []
    counts = reader.counts
    if counts["inserted"] or counts["deleted"]:
        changes = f"插入{counts['inserted']}处、删除{counts['deleted']}处"
        notes.append(f"文档带有修订痕迹（{changes}），已按全部接受处理")
    if reader.comments:
        notes.append(f"文档有{len(reader.comments)}条批注，未计入正文")
    notes += [text.format(counts[what]) for what, text in COUNTED if counts[what]]
    if reader.numbering.unknown:
        notes.append(f"编号格式无法识别（{'、'.join(sorted(reader.numbering.unknown))}），按阿拉伯数字写出")
    if shown < FEW and (unread := counts["pictures"] - pictures_read) > 0:
        notes.append(f"文档中有{unread}幅图片，未识别文字")
    return notes


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    is_contents: bool


class _Writer:
    """Writes blocks as lines, and remembers which of them are table rows, titles and contents."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self._limits = limits
        self._lines = Lines()
        self._written: list[_Line] = []
        self._total = 0  # characters of the document
        self._ended = True  # nothing stands on the page so far
        self.chunks_left_out = 0

    def write(self, blocks: Iterable[Block]) -> None:
        """Write *blocks*, which are the whole document."""
        blocks = self._with_chunks(blocks)
        self._total = _length(blocks)
        self._write(blocks)

    def _with_chunks(self, blocks: Iterable[Block]) -> list[Block]:
        """Return *blocks* with the pages among their chunks as paragraphs and tables."""
        found: list[Block] = []
        for block in blocks:
            if isinstance(block, Chunk):
                page = _page_blocks(self._package, block.path)
                self.chunks_left_out += page is None
                found += page or []
                continue
            if isinstance(block, Table):
                for cell in (cell for row in block.rows for cell in row):
                    cell.blocks = self._with_chunks(cell.blocks)
            found.append(block)
        return found

    def _write(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self._write_table(block)
            elif isinstance(block, Paragraph):
                self._write_paragraph(block)

    def _write_paragraph(self, paragraph: Paragraph) -> None:
        for place, page in enumerate(paragraph.text.split("\f")):
            if place and not self._ended:
                self._lines.end_page()
                self._ended = True
            for line in page.split("\n"):
                if line.strip():
                    start = self._lines.size
                    self._lines.add(line, title=paragraph.is_title)
                    self._written.append(_Line(start, self._lines.size - 1, line, paragraph.is_contents))
                    self._check()
                    self._ended = False

    def _write_table(self, table: Table) -> None:
        starts = _columns(table)
        if _places_only(table, starts, self._total):
            for row in table.rows:
                for cell in row:
                    self._write(cell.blocks)
            return
        notes: list[Block] = []
        open_cells: set[int] = set()
        for row in table.rows:
            cells, covered, still_open = [""] * len(set(starts.values())), set[int](), set[int]()
            for cell in row:
                column = starts[cell.start]
                if cell.merged == "continue" and cell.start in open_cells:
                    covered |= {starts[at] for at in range(cell.start, cell.start + min(cell.span, 64)) if at in starts}
                else:
                    cells[column] = _flat(cell.blocks)
                if cell.merged is not None:
                    still_open.add(cell.start)
                notes += _notes_in(cell.blocks)
            open_cells = still_open
            start = self._lines.size
            self._lines.add_row(cells, covered)
            self._written.append(_Line(start, self._lines.size - 1, "", False))
            self._ended = False
            self._check()
        self._write(notes)

    def _check(self) -> None:
        if self._lines.size > self._limits.characters:
            raise InputError(f"{self._package.name}: expected at most {self._limits.characters} characters, got more")

    def text(self) -> str:
        """Return what has been written."""
        return self._lines.finish("docx", "").text

    def finish(self, notes: Sequence[str]) -> FileText:
        """Return the record of what has been written."""
        return self._lines.finish("docx", "Word paragraphs", notes)

    def contents(self) -> tuple[Cut, ...]:
        """Return the stretches that are tables of contents, their headings included."""
        found: list[Cut] = []
        follows = False  # the line below is of a table of contents
        for line in reversed(self._written):
            follows = line.is_contents or (follows and squeeze(line.text) in CONTENTS_HEADINGS)
            if not follows:
                continue
            is_next = bool(found) and found[-1].start - line.end <= 2  # a newline, and perhaps a form feed
            found.append(Cut(line.start, found.pop().end if is_next else line.end, CONTENTS))
        return tuple(reversed(found))


def _length(blocks: Iterable[Block]) -> int:
    total = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            total += len(block.text)
        elif isinstance(block, Table):
            total += sum(_length(cell.blocks) for row in block.rows for cell in row)
    return total


def _columns(table: Table) -> dict[int, int]:
    """Return the column that each place of the grid is in: only places where some cell starts are columns."""
    rows_of: dict[int, set[int]] = {}
    for number, row in enumerate(table.rows):
        for cell in row:
            rows_of.setdefault(cell.start, set()).add(number)
    edges = [0]
    for width in table.widths:
        edges.append(edges[-1] + width)
    columns: dict[int, int] = {}
    last = -1
    for start in sorted(rows_of):
        is_known = start < len(edges) and edges[-1] >= KNOWN_WIDTH and last >= 0
        if is_known and edges[start] - edges[last] < NEAR and rows_of[start].isdisjoint(rows_of[last]):
            columns[start] = columns[last]
            rows_of[last] |= rows_of[start]
            continue
        columns[start] = columns[last] + 1 if last >= 0 else 0
        last = start
    return columns


def _places_only(table: Table, starts: dict[int, int], total: int) -> bool:
    """Say whether the table only places text on the page: one column with text, or a cell that holds the document."""
    used = {starts[cell.start] for row in table.rows for cell in row if _length(cell.blocks)}
    if len(used) <= 1:
        return True
    filled = sum(sum(_length(cell.blocks) > 0 for cell in row) > 1 for row in table.rows)
    return filled <= FEW_ROWS and any(_is_page(cell, total) for row in table.rows for cell in row)


def _is_page(cell: Cell, total: int) -> bool:
    if len(cell.blocks) < SEVERAL or _length(cell.blocks) <= MOST * total:
        return False
    lengths = [len(block.text) for block in cell.blocks if isinstance(block, Paragraph)]
    return sum(map(bool, lengths)) >= SEVERAL and max(lengths) >= LONG


def _flat(blocks: Iterable[Block]) -> str:
    """Return the text of a cell on one line, tables in it included."""
    pieces: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            pieces += [_flat(cell.blocks) for row in block.rows for cell in row]
        elif isinstance(block, Paragraph) and not block.is_note:
            pieces.append(block.text)
    return cell_text("\n".join(piece for piece in pieces if piece.strip()))


def _notes_in(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _notes_in(cell.blocks)
        elif isinstance(block, Paragraph) and block.is_note:
            yield block


def _page_blocks(package: Package, path: str) -> list[Block] | None:
    """Return the paragraphs and tables of an HTML page that is a part of the file, None for a part of another kind."""
    from lxml import etree, html

    if path not in package or not path.lower().endswith(PAGES):
        return None
    try:
        data = package.read(path)
    except InputError:
        return None  # as good as one of another kind: its reader is told that it was left out
    package.count_nodes(data, path)
    try:
        page: Any = html.document_fromstring(_decoded(data))
    except (etree.LxmlError, ValueError):
        return None
    blocks: list[Block] = []
    for element in page.iter("p", "div", "h1", "h2", "h3", "li", "table"):
        if element.tag == "table" and not any(True for _ in element.iterancestors("table")):
            rows = [row.xpath("./td|./th") for row in element.iter("tr")]
            table = Table([], [])
            for row in rows:
                table.rows.append([Cell(i, 1, None, [Paragraph(_shown(cell))]) for i, cell in enumerate(row)])
            blocks.append(table)
        elif not any(True for _ in element.iterancestors("table")) and not element.xpath("./p|./div|./table|./ul|./ol"):
            blocks.append(Paragraph(_shown(element)))
    return blocks


def _decoded(content: bytes) -> bytes:
    """Return a page in UTF-8 with a mark that says so; what Word and WPS embed is that or GBK, whatever it declares."""
    try:
        return b"\xef\xbb\xbf" + content.decode("utf-8-sig").encode()
    except UnicodeDecodeError:
        return b"\xef\xbb\xbf" + content.decode("gb18030", "replace").encode()


def _shown(element: Any) -> str:
    return cell_text(str(element.text_content()))
