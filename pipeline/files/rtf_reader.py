"""The words of a Rich Text Format file: code pages, groups, tables, footnotes and text boxes.

It is read here and not by a library: what is free for it keeps deleted and hidden text, leaves out footnotes and text
boxes, and loses the rows of tables whose cells have several paragraphs.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pipeline.errors import InputError
from pipeline.files.blocks import Block, Mark, build_blocks
from pipeline.files.word97_binary import join_surrogates
from pipeline.files.word_marks import FONTS, field_text, in_picture_font
from pipeline.files.word_numbering import with_label
from pipeline.text import is_chinese

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([\r\n]+)|([^\\{}\r\n]+)|\\",
    re.DOTALL,
)
MOST_TOKENS = 1_200_000  # some 15 seconds at worst; a Chinese character takes one or two, a picture one
DEEPEST = 2000  # groups in groups; Word writes some 20
# Code pages by the character set of a font; the others are those of the file.
CHARSETS = {134: "gb18030", 136: "big5hkscs", 128: "cp932", 129: "cp949", 161: "cp1253", 162: "cp1254", 204: "cp1251",
            238: "cp1250"}  # fmt: skip
MOST_STORIES = 4  # a footnote in a text box in a footnote
DEFAULT_CODE_PAGE = "cp1252"
SIGNS = {
    "tab": "\t", "line": "\n", "page": "\f", "column": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
ESCAPES = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
# Groups whose text is not that of the document; a group that begins with \* and is not known is one more.
SKIPPED = frozenset({
    "annotation", "atnauthor", "atnid", "author", "background", "bkmkend", "bkmkstart", "buptim", "category",
    "colortbl", "comment", "company", "creatim", "datafield", "doccomm", "docvar", "falt", "filetbl",
    "footer", "footerf", "footerl", "footerr", "ftncn", "ftnsep", "ftnsepc", "aftncn", "aftnsep", "aftnsepc",
    "generator", "header", "headerf", "headerl", "headerr", "hlinkbase", "info", "keywords", "latentstyles",
    "listoverridetable", "listtable", "manager", "mmathPr", "nextfile", "nonesttables", "nonshppict", "objdata",
    "operator", "pict", "printim", "private", "revtbl", "revtim", "rsidtbl", "rxe", "shprslt", "sn", "sp",
    "subject", "sv", "tc", "tcn", "template", "themedata", "title", "txe", "ud", "userprops", "wgrffmtfilter",
    "xe", "xmlnstbl",
})  # fmt: skip
STARRED = frozenset({"shpinst", "shptxt", "nesttableprops", "fldinst", "fldrslt", "listtext", "pntext", "footnote"})
DRAWING = re.compile(r"\s*EQ\b", re.IGNORECASE)  # a field that draws characters and keeps no result
MOST_INSTRUCTION = 1000  # characters of one
ASIDES = frozenset({"footnote", "shptxt"})
LABELS = frozenset({"listtext", "pntext"})
TITLES = frozenset({"title", "标题"})  # the style; 标题 1 is a heading


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces."""

    kind: str = ""  # "skip", "fonts", "styles", "label", "instruction", or "" for text
    owns: str = ""  # the story that ends with this group
    code_page: str = DEFAULT_CODE_PAGE
    font: str = ""  # the name of one whose characters are pictures
    fallback: int = 1  # characters after a Unicode one that stand in for it
    is_deleted: bool = False
    is_hidden: bool = False
    is_inner: bool = False  # tells the row of a table in a cell


@dataclass(slots=True)
class _Shape:
    """The cells of a row before it is written."""

    edges: list[int] = field(default_factory=lambda: [0])
    covered: set[int] = field(default_factory=set)
    is_covered: bool = False  # the cell whose bound comes next


@dataclass(slots=True)
class _Story:
    """The main text, a footnote or a text box in the making."""

    marks: list[Mark] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    asides: list[list[Block]] = field(default_factory=list)
    label: str = ""
    style: int = 0
    in_table: bool = False
    depth: int = 0
    is_initial: bool = False  # a drop cap, which Word keeps as a paragraph of its own
    row: _Shape = field(default_factory=_Shape)
    inner_row: _Shape = field(default_factory=_Shape)  # of a table in a cell


class RtfReader:
    """Walks the tokens of a file once."""

    def __init__(self, name: str, most: int) -> None:
        """Begin a file that may have *most* characters."""
        self._name = name
        self._most = most
        self._stack: list[_Group] = [_Group()]
        self._stories: list[_Story] = [_Story()]
        self._fonts: dict[int, str] = {}
        self._font = 0  # whose character set is being told
        self._font_name = ""
        self._picture_fonts: dict[int, str] = {}
        self._instruction = ""
        self._styles: set[int] = set()  # that are called Title
        self._style_name = ""
        self._style = 0
        self._code_page = DEFAULT_CODE_PAGE
        self._pending = bytearray()
        self._waiting = 0  # characters to pass over after a Unicode one
        self._is_starred = False
        self._label = ""
        self._size = 0
        self._tokens = MOST_TOKENS
        self._deleted = self._hidden = 0
        self._pictures = 0
        self._is_open = False  # until the braces of the file have closed

    # tokens

    def read(self, content: bytes) -> None:
        """Read all tokens up to the end of the outermost group."""
        at, end = content.index(b"{"), len(content)
        while at < end:
            match = TOKEN.match(content, at)
            if match is None:  # the pattern takes any byte
                break
            at = match.end()
            self._tokens -= 1
            if self._tokens < 0:
                raise InputError(f"{self._name}: expected an RTF file of at most {MOST_TOKENS} words, got more")
            word, argument, code, escaped, brace, _, run = match.groups()
            if code is not None:
                self._bytes(bytes([int(code, 16)]), one=True)
            elif run is not None:
                self._bytes(run)
            elif word is not None:
                self._flush()
                if word == b"bin":
                    at += max(0, int(argument or 0))
                else:
                    self._word(word.decode("ascii"), None if argument is None else int(argument))
            elif brace is not None:
                self._flush()
                self._brace(brace)
                if not self._is_open:
                    break
            elif escaped is not None:
                self._flush()
                self._escape(escaped)
        self._flush()

    def _bytes(self, raw: bytes, *, one: bool = False) -> None:
        if self._waiting:
            passed = 1 if one else min(self._waiting, len(raw))
            self._waiting -= passed
            raw = raw[passed:]
        if self._stack[-1].kind != "skip":
            self._pending += raw

    def _flush(self) -> None:
        if self._pending:
            text = _decoded(bytes(self._pending), self._stack[-1].code_page)
            self._pending.clear()
            self._add(text)

    def _add(self, text: str) -> None:
        group = self._stack[-1]
        if group.kind == "styles":
            self._style_name += text
        elif group.kind == "fonts":
            self._name_font(text)
        elif group.kind == "instruction":
            self._instruction = (self._instruction + text)[:MOST_INSTRUCTION]
        elif group.kind == "label":
            self._label += self._in_font(text)
        elif group.kind == "":
            if group.is_deleted:
                self._deleted += len(text)
            elif group.is_hidden:
                self._hidden += len(text)
            else:
                self._size += len(text)
                self._stories[-1].parts.append(self._in_font(text))
                if self._size > self._most:
                    raise InputError(f"{self._name}: expected at most {self._most} characters, got more")

    def _in_font(self, text: str) -> str:
        """Return *text* as it looks in the font of the group."""
        font = self._stack[-1].font
        return in_picture_font(text, font)[0] if font else text

    def _name_font(self, text: str) -> None:
        self._font_name = (self._font_name + text)[:80]
        name, ended, _ = self._font_name.partition(";")
        if ended:
            if name.strip().lower() in FONTS and len(self._picture_fonts) < 100:
                self._picture_fonts[self._font] = name.strip()
            self._font_name = ""

    def _escape(self, sign: bytes) -> None:
        if sign == b"*":
            self._is_starred = True
        elif sign in b"\r\n":
            self._end_paragraph("paragraph")
        elif sign in ESCAPES:
            self._add(ESCAPES[sign])

    def _brace(self, brace: bytes) -> None:
        self._waiting = 0
        self._is_starred = False
        if brace == b"{":
            if len(self._stack) > DEEPEST:
                raise InputError(
                    f"{self._name}: expected an RTF file, got one with more than {DEEPEST} groups in groups"
                )
            self._is_open = True
            self._stack.append(replace(self._stack[-1], owns=""))
            return
        group = self._stack.pop() if len(self._stack) > 1 else self._stack[0]
        self._is_open = len(self._stack) > 1
        if group.owns in ASIDES and len(self._stories) > 1:
            blocks = build_blocks(self._close_story())
            self._stories[-1].asides.append(blocks)
        elif group.owns in LABELS:
            self._stories[-1].label = self._label
        elif group.owns == "fldinst" and DRAWING.match(self._instruction):
            self._add(field_text(self._instruction))
        elif group.kind == "styles":
            if self._style_name.strip(" ;").lower() in TITLES:
                self._styles.add(self._style)
            self._style_name = ""

    # control words

    def _word(self, word: str, value: int | None) -> None:
        starred, self._is_starred = self._is_starred, False
        self._waiting = 0
        group = self._stack[-1]
        if group.kind == "skip":
            return
        if word in SKIPPED or (starred and word not in STARRED):
            self._pictures += word == "pict"
            group.kind = "skip"
        elif group.kind == "instruction" and word not in ("u", "uc", "f"):
            return
        elif word in ("fonttbl", "stylesheet"):
            group.kind = "fonts" if word == "fonttbl" else "styles"
        elif word == "fldinst" and group.kind == "":
            group.kind, group.owns, self._instruction = "instruction", word, ""
        elif word in LABELS or (word in ASIDES and len(self._stories) < MOST_STORIES):
            self._open_story(word)
        elif word == "nesttableprops":
            group.is_inner = True
        elif word in SIGNS:
            self._add(SIGNS[word])
        elif word == "u":
            self._add(chr((value or 0) % 0x10000))
            self._waiting = group.fallback
        else:
            _ACTIONS.get(word, _pass)(self, 1 if value is None else value)

    def _open_story(self, word: str) -> None:
        group = self._stack[-1]
        group.owns = word
        if word in LABELS:
            group.kind, self._label = "label", ""
        else:
            self._stories.append(_Story())

    def _close_story(self) -> list[Mark]:
        story = self._stories.pop()
        text = join_surrogates("".join(story.parts))
        if text.strip():
            story.marks.append(Mark(text, asides=story.asides))
        elif story.asides:
            story.marks.append(Mark("", asides=story.asides))
        first = next((i for i, mark in enumerate(story.marks) if mark.text.strip()), None)
        if first is not None and not story.marks[first].depth:
            story.marks[first] = replace(story.marks[first], text=story.marks[first].text.lstrip())
        return story.marks

    def _set_code_page(self, value: int) -> None:
        self._code_page = _known(f"cp{value}") if value != 65001 else "utf-8"
        self._stack[-1].code_page = self._code_page

    def _set_font(self, value: int) -> None:
        self._font = value
        font = self._picture_fonts.get(value, "")
        self._stack[-1].font = font
        self._stack[-1].code_page = "latin-1" if font else self._fonts.get(value, self._code_page)

    def _set_charset(self, value: int) -> None:
        if self._stack[-1].kind == "fonts" and value in CHARSETS and len(self._fonts) < 10_000:
            self._fonts[self._font] = CHARSETS[value]

    def _set_style(self, value: int) -> None:
        if self._stack[-1].kind == "styles":
            self._style = value
        else:
            self._stories[-1].style = value

    def _set_fallback(self, value: int) -> None:
        self._stack[-1].fallback = max(0, min(value, 16))

    def _set_deleted(self, value: int) -> None:
        self._stack[-1].is_deleted = value != 0

    def _set_hidden(self, value: int) -> None:
        self._stack[-1].is_hidden = value != 0

    def _make_plain(self, _: int) -> None:
        self._stack[-1].is_hidden = False
        self._stack[-1].font = ""

    def _begin_paragraph(self, _: int) -> None:
        if self._stack[-1].kind == "":
            story = self._stories[-1]
            story.in_table, story.depth, story.style, story.is_initial = False, 0, 0, False

    def _set_in_table(self, value: int) -> None:
        self._stories[-1].in_table = value != 0

    def _set_initial(self, value: int) -> None:
        self._stories[-1].is_initial = value != 0

    def _set_depth(self, value: int) -> None:
        self._stories[-1].depth = value

    def _begin_row(self, _: int) -> None:
        if self._stack[-1].is_inner:
            self._stories[-1].inner_row = _Shape()
        else:
            self._stories[-1].row = _Shape()

    def _shape(self) -> _Shape:
        story = self._stories[-1]
        return story.inner_row if self._stack[-1].is_inner else story.row

    def _set_row_start(self, value: int) -> None:
        self._shape().edges[:1] = [value]

    def _cover_cell(self, _: int) -> None:
        self._shape().is_covered = True

    def _end_cell_shape(self, value: int) -> None:
        shape = self._shape()
        if shape.is_covered:
            shape.covered.add(len(shape.edges) - 1)
        shape.edges.append(value)
        shape.is_covered = False

    def _end_text(self, _: int) -> None:
        if self._stack[-1].kind == "" and not self._stack[-1].is_deleted:
            self._end_paragraph("paragraph")

    def _end_cell(self, _: int) -> None:
        self._end_paragraph("cell")

    def _end_row(self, _: int) -> None:
        self._end_paragraph("row")

    def _end_paragraph(self, ends: str) -> None:
        story = self._stories[-1]
        if story.is_initial and ends == "paragraph":
            return
        text = join_surrogates("".join(story.parts))
        story.parts.clear()
        depth = story.depth or int(story.in_table or ends != "paragraph")
        label, story.label = story.label, ""
        if ends == "row":
            shape = self._shape()
            edges, covered = tuple(shape.edges), frozenset(shape.covered)
            story.marks.append(Mark("", depth, "row", edges=edges, covered=covered, asides=story.asides))
        else:
            if any(char.isalnum() for char in label) and (text.strip() or ends == "cell"):
                text = with_label((label, "tab" if label != label.rstrip() else "nothing"), text)
            is_title = story.style in self._styles
            how = "cell" if ends == "cell" else "paragraph"
            story.marks.append(Mark(text, depth, how, is_title, asides=story.asides))  # type: ignore[arg-type]
        story.asides = []

    # the end

    def finish(self) -> list[Mark]:
        """Return the paragraphs of the main text; a file that stops in the middle has those up to there."""
        while len(self._stories) > 1:
            blocks = build_blocks(self._close_story())
            self._stories[-1].asides.append(blocks)
        return self._close_story()

    def notes(self) -> list[str]:
        """Return what was left out."""
        found = []
        if self._is_open:
            found.append("文件不完整：RTF 没有结尾")
        if self._deleted:
            found.append(f"修订按接受处理：去掉已删除的 {self._deleted} 字")
        if self._hidden:
            found.append(f"去掉隐藏文字 {self._hidden} 字")
        if self._pictures:
            found.append(f"图片 {self._pictures} 张，其中文字未读")
        return found


def _known(code_page: str) -> str:
    """The codec of a code page by the number that the file gives; that of Windows where there is none."""
    try:
        return {"cp936": "gb18030", "cp950": "big5hkscs"}.get(code_page) or codecs.lookup(code_page).name
    except LookupError:
        return DEFAULT_CODE_PAGE


def _decoded(raw: bytes, code_page: str) -> str:
    """Bytes as text; those of a Chinese file that is declared Western are Chinese if all of them read as Chinese."""
    if code_page == DEFAULT_CODE_PAGE and max(raw) > 0x7F:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode(code_page, "replace")
        wide = [char for char in text if char > "\x7f"]
        if sum(map(is_chinese, wide)) * 2 >= len(wide):
            return text
    return raw.decode(code_page, "replace")


def _pass(_: RtfReader, __: int) -> None:
    """Do nothing: most control words are about looks."""


_ACTIONS: dict[str, Callable[[RtfReader, int], None]] = {
    "ansicpg": RtfReader._set_code_page,
    "f": RtfReader._set_font,
    "fcharset": RtfReader._set_charset,
    "s": RtfReader._set_style,
    "uc": RtfReader._set_fallback,
    "deleted": RtfReader._set_deleted,
    "v": RtfReader._set_hidden,
    "plain": RtfReader._make_plain,
    "pard": RtfReader._begin_paragraph,
    "intbl": RtfReader._set_in_table,
    "itap": RtfReader._set_depth,
    "dropcapt": RtfReader._set_initial,
    "trowd": RtfReader._begin_row,
    "trleft": RtfReader._set_row_start,
    "clvmrg": RtfReader._cover_cell,
    "cellx": RtfReader._end_cell_shape,
    "par": RtfReader._end_text,
    "sect": RtfReader._end_text,
    "cell": RtfReader._end_cell,
    "nestcell": RtfReader._end_cell,
    "row": RtfReader._end_row,
    "nestrow": RtfReader._end_row,
}
