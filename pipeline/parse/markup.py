"""One pass over HTML: its texts, breaks and elements, each with its place in the source.

A parser that builds a tree forgets where a character stood, so the source is read by a tokenizer of our own. Of the
rules of the HTML standard it has those that decide where a line ends and which element a text belongs to. It takes
time linear in the length of the source, whatever is nested or left open.
"""

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.parse.metadata import Labelled


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = _names("area base basefont bgsound col embed frame img input keygen link meta param source track wbr")
LINE_BREAKS = frozenset({"br", "hr"})
RAW = _names("script style title textarea noscript noembed noframes")  # no tags inside
UNSEEN = _names("del select button iframe object svg math template audio video canvas datalist map")
# Elements that begin and end a line. Word's o:p and st1:date are none of them, the article tags of one CMS are.
BLOCK = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 head header hgroup html legend li main menu nav ol p pre section summary table tbody "
    "tfoot thead tr td th ul ucapcontent ucaptitle publishtime xmp"
)
CLOSES_P = BLOCK - _names("td th tr tbody thead tfoot caption html head body")
CELLS = frozenset({"td", "th"})
SCOPES = _names("table td th caption html template object")  # an end tag does not reach out of these
TABLE_PARTS = _names("table tbody thead tfoot tr td th caption")  # these may, up to their table
# Start tag -> the open elements that it ends, and the elements that shelter them.
_PARTS = (("tbody", "thead", "tfoot"), ("table",))
IMPLIED = {
    "li": (("li",), ("ul", "ol", "menu", "dir")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "td": (("td", "th"), ("table", "tr")),
    "th": (("td", "th"), ("table", "tr")),
    "tr": (("tr",), ("table",)),
    "tbody": _PARTS,
    "thead": _PARTS,
    "tfoot": _PARTS,
}
PAGE_PARTS = frozenset({"html", "body"})  # their end tags end nothing: more of the page may follow
CONTENT_TAGS = {"ucaptitle": "ArticleTitle", "publishtime": "PubDate"}  # one CMS has its meta tags as elements

NAME = re.compile(r"/?[A-Za-z][^\s/>]*")
ATTRIBUTES = re.compile(r"""([a-zA-Z][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
QUOTED_TAG = re.compile(r"""(?:[^"'>]|"[^"]*"|'[^']*')*+>""")
RAW_END = {name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE) for name in RAW}
QUOTED_REACH = 2_000  # a ">" inside an attribute is stepped over this far; beyond, a tag ends at its first ">"
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:text-indent|[^-]left|[^-]top)\s*:\s*-(?:999|\d{4,})",
    re.IGNORECASE,
)
# What Word keeps in a page that it saves: comments and their marks, and the marks of footnotes.
OF_WORD = re.compile(r"mso-element\s*:\s*comment|msocomanchor|MsoCommentReference|MsoFootnoteReference", re.IGNORECASE)
TINY = re.compile(r"font-size\s*:\s*[01](?:px|pt|em)?\s*(?:[;!\"']|$)|opacity\s*:\s*0\s*(?:[;\"']|$)", re.IGNORECASE)
FAINT = re.compile(
    r"font-size\s*:\s*1(?:px|pt)\s*(?:[;!\"']|$)|opacity\s*:\s*0\s*(?:[;\"']|$)"
    r"|(?:[\s;\"']|^)(?:height|width)\s*:\s*[01](?:px)?\s*;.*overflow\s*:\s*hidden",
    re.IGNORECASE,
)
QUOTED = re.compile(r"""\"[^\"]*\"|'[^']*'""")
HIDDEN_WORD = re.compile(r"(?:^|\s)hidden(?=[\s=/]|$)", re.IGNORECASE)
BEGINS = re.compile(r"content\s*_?start|\]>begin|正文\s*开始|正文begin|<enpcontent>|^enpcontent", re.IGNORECASE)
ENDS = re.compile(r"content\s*_?end|\]>end|正文\s*结束|正文end|</enpcontent>|^/enpcontent", re.IGNORECASE)
FIELD_MARK = re.compile(r"\[(?!信息内容)[^\]]*\]>")  # the marks of one CMS around other fields than the article
STOPS = re.compile("[，。；、,]")  # an article has them, menus and labels have not

TEXT, LINKED, BREAK, CELL, ROW, HIDDEN = range(6)  # LINKED is text inside a link


@dataclass(slots=True)
class Tree:
    """The elements of a page in the order of their start tags; element 0 is the page."""

    name: list[str] = field(default_factory=lambda: ["#page"])
    attributes: list[str] = field(default_factory=lambda: [""])
    parent: list[int] = field(default_factory=lambda: [-1])
    start: list[int] = field(default_factory=lambda: [0])
    end: list[int] = field(default_factory=lambda: [0])
    hidden: list[bool] = field(default_factory=lambda: [False])
    cell: list[int] = field(default_factory=lambda: [-1])  # the innermost td or th
    table: list[int] = field(default_factory=lambda: [-1])  # the innermost table
    preformatted: list[bool] = field(default_factory=lambda: [False])
    heading: list[bool] = field(default_factory=lambda: [False])

    def add(self, name: str, raw: str, parent: int, start: int) -> int:
        """Add an element under *parent* and return its index."""
        index = len(self.name)
        self.name.append(name)
        self.attributes.append(raw)
        self.parent.append(parent)
        self.start.append(start)
        self.end.append(start)
        self.hidden.append(self.hidden[parent] or name in UNSEEN or _hides(name, raw))
        self.cell.append(index if name in CELLS else self.cell[parent])
        self.table.append(index if name == "table" else self.table[parent])
        self.preformatted.append(self.preformatted[parent] or name == "pre")
        self.heading.append(self.heading[parent] or name in ("h1", "h2", "ucaptitle") or "MsoTitle" in raw)
        return index


@dataclass(slots=True)
class Reading:
    """What one pass over a source finds."""

    tree: Tree = field(default_factory=Tree)
    events: list[tuple[int, int, int, int]] = field(default_factory=list)  # what, start, end, element
    stops: list[tuple[int, int]] = field(default_factory=list)  # place and number of sentence marks outside links
    labelled: list[Labelled] = field(default_factory=list)
    scripts: list[tuple[int, int]] = field(default_factory=list)  # stretches of source
    marks: list[tuple[int, bool]] = field(default_factory=list)  # place; whether the article begins or ends there


@lru_cache(maxsize=1024)  # one page has a handful of styles, repeated a thousand times
def _hides(name: str, raw: str) -> bool:
    """Say whether the inside of a tag keeps its text from the reader."""
    if not raw:
        return False
    if "hidden" in raw and HIDDEN_WORD.search(QUOTED.sub("", raw)):
        return True
    if "mso" in raw.lower() and OF_WORD.search(raw):
        return True
    if ":" not in raw:
        return False
    if HIDING.search(raw):
        return True
    # On a block, a font size of 0 only takes the gaps out between its children, which set their own.
    return (TINY if name not in BLOCK else FAINT).search(raw) is not None


def attribute(raw: str, name: str) -> str:
    """Return the value of attribute *name* (lower case) in the inside of a tag, "" where it has none.

    >>> attribute('class="TRS_Editor" id=zoom', "id")
    'zoom'
    """
    for match in ATTRIBUTES.finditer(raw):
        if match.group(1).lower() == name:
            return html.unescape(match.group(2) or match.group(3) or match.group(4) or "")
    return ""


STYLE = re.compile(r"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PRINTED_ONLY = re.compile(r"@media[^{]*(?:print|max-width)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
SELECTOR = re.compile(r"\s*[a-z0-9]*([.#][\w-]+)\s*")  # one class or id; a state or a descendant may be another thing
# Not display:none, with which menus and tabs begin; these are what a reader never gets to see.
OUT_OF_SIGHT = re.compile(
    rf"(?:text-indent|(?:^|[;\s])left|(?:^|[;\s])top)\s*:\s*-(?:999|\d{{4,}})|{TINY.pattern}", re.IGNORECASE
)


def hiding_names(source: str) -> frozenset[str]:
    """Return the classes (.x) and ids (#x), in lower case, that a style sheet of the page moves out of sight."""
    found: set[str] = set()
    for sheet in STYLE.findall(source):
        rules = PRINTED_ONLY.sub("", CSS_COMMENT.sub("", sheet))
        for selectors, body in RULE.findall(rules):
            if OUT_OF_SIGHT.search(body):
                matches = map(SELECTOR.fullmatch, selectors.split(","))
                found |= {match.group(1).lower() for match in matches if match}
    return frozenset(found)


def read_markup(source: str, hiding: frozenset[str] = frozenset()) -> Reading:
    """Return the texts, breaks and elements of *source* in order; elements named in *hiding* are not seen."""
    return _Tokenizer(source, hiding).read()


ID_OR_CLASS = re.compile(r"""(?:^|\s)(id|class)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def names_of(raw: str) -> list[str]:
    """Return the id (#x) and the classes (.x) in the inside of a tag, in lower case."""
    names = []
    for match in ID_OR_CLASS.finditer(raw):
        values = (match.group(2) or match.group(3) or match.group(4) or "").lower().split()
        prefix = "#" if match.group(1).lower() == "id" else "."
        names += [prefix + value for value in values]
    return names


class _Tokenizer:
    """Reads a source tag by tag and keeps the open elements on a stack."""

    def __init__(self, source: str, hiding: frozenset[str]) -> None:
        self.source, self.hiding, self.reading = source, hiding, Reading()
        self.tree = self.reading.tree
        self.tree.end[0] = len(source)
        self.stack: list[tuple[str, int, bool]] = [("#page", 0, False)]  # name, element, whether the name opened it
        self.places: dict[str, list[int]] = {}  # name -> places on the stack
        self.scopes = [0]  # places of the elements that an end tag does not reach out of
        self.blocks = [0]
        self.absent: set[str] = set()  # what is known not to occur further on

    def read(self) -> Reading:
        source, at = self.source, 0
        while (tag := source.find("<", at)) >= 0:
            end = self._tag(tag, at)
            if end < 0:  # a bare "<" is text
                end = tag + 1
                self._text(at, end)
            at = end
        self._text(at, len(source))
        self._pop_to(1, len(source))
        return self.reading

    def _find(self, what: str, start: int) -> int:
        """Find *what*; once it is known to be absent, do not look again."""
        if what in self.absent:
            return -1
        at = self.source.find(what, start)
        if at < 0:
            self.absent.add(what)
        return at

    def _text(self, start: int, end: int) -> None:
        if end <= start:
            return
        element = self.stack[-1][1]
        if self.tree.hidden[element]:
            self.reading.events.append((HIDDEN, start, end, element))
            return
        linked = self._place("a") > self.blocks[-1]
        self.reading.events.append((LINKED if linked else TEXT, start, end, element))
        if not linked:
            number = len(STOPS.findall(self.source, start, end))
            if number:
                self.reading.stops.append((start, number))

    def _tag(self, tag: int, text_start: int) -> int:
        """Read the tag at *tag* after the text before it; return where it ends, or -1 if it is none."""
        follows = self.source[tag + 1 : tag + 2]
        if follows in ("!", "?"):
            end = self._comment_end(tag)
            if end > 0:
                self._text(text_start, tag)
                self._mark(self.source[tag + 2 : min(end, tag + 80)].strip("-! "), tag, end)
            return end
        match = NAME.match(self.source, tag + 1)
        if not match:
            return -1
        end = self._tag_end(match.end())
        if end < 0:
            return -1
        self._text(text_start, tag)
        name = match.group().lower()
        if name.startswith("/"):
            self._end_tag(name[1:], tag, end)
            return end
        raw = self.source[match.end() : end - 1]
        if name in RAW:
            return self._raw_element(name, end)
        self._start_tag(name, raw, tag, end)
        return end

    def _comment_end(self, tag: int) -> int:
        if self.source.startswith("<!--", tag):
            if self.source.startswith(("<!-->", "<!--->"), tag):
                return self.source.index(">", tag) + 1
            close = self._find("-->", tag + 4)
            if close >= 0:
                return close + 3
        close = self._find(">", tag)
        return close + 1 if close >= 0 else -1

    def _tag_end(self, at: int) -> int:
        close = self._find(">", at)
        if close < 0:
            return -1
        inside = self.source[at:close]
        if inside.count('"') % 2 or inside.count("'") % 2:
            match = QUOTED_TAG.match(self.source, at, at + QUOTED_REACH)
            if match:
                return match.end()
        return close + 1

    def _mark(self, words: str, start: int, end: int) -> None:
        """Note where a comment or a meta tag says that the article begins or ends."""
        if FIELD_MARK.search(words):
            return
        if BEGINS.search(words):
            self.reading.marks.append((end, True))
        elif ENDS.search(words):
            self.reading.marks.append((start, False))

    def _raw_element(self, name: str, end: int) -> int:
        """Step over an element without tags inside; return where it ends."""
        if name in self.absent:
            return end
        match = RAW_END[name].search(self.source, end)
        if not match:  # left open: what follows is read as if the tag were not there
            self.absent.add(name)
            return end
        if name == "script":
            self.reading.scripts.append((end, match.start()))
        if name == "title":
            title = html.unescape(self.source[end : match.start()]).strip()
            if title:
                self.reading.labelled.append(Labelled("title", " ".join(title.split()), "title tag"))
        close = self.source.find(">", match.end() - 1)
        return close + 1 if close >= 0 else len(self.source)

    def _meta(self, raw: str, start: int, end: int) -> None:
        name, content = attribute(raw, "name"), attribute(raw, "content").strip()
        self._mark(name, start, end)
        if name and content:
            self.reading.labelled.append(Labelled("".join(name.split()), content, "meta tag"))

    def _start_tag(self, name: str, raw: str, start: int, end: int) -> None:
        if name in LINE_BREAKS or name == "form":  # forms overlap with tables in old pages; only the break matters
            self.reading.events.append((BREAK, start, start, self.stack[-1][1]))
            return
        if name in VOID:
            if name == "meta":
                self._meta(raw, start, end)
            return
        if name in CONTENT_TAGS:
            value = html.unescape(self.source[end : max(end, self.source.find("<", end))]).strip()
            if value:
                self.reading.labelled.append(Labelled(CONTENT_TAGS[name], value, "content tag"))
        if name in PAGE_PARTS and self._place(name):  # a page pasted into a page
            return
        block = name in BLOCK
        if block:
            self._imply_ends(name, start)
        parent = self.stack[-1][1]
        owns = block or "=" in raw or "hidden" in raw or name in UNSEEN
        element = self.tree.add(name, raw, parent, start) if owns else parent
        if self.hiding and owns and not self.hiding.isdisjoint(names_of(raw)):
            self.tree.hidden[element] = True
        self.places.setdefault(name, []).append(len(self.stack))
        if name in SCOPES:
            self.scopes.append(len(self.stack))
        if block:
            self.blocks.append(len(self.stack))
            self.reading.events.append((_EVENT.get(name, BREAK), start, start, element))
        self.stack.append((name, element, owns))

    def _imply_ends(self, name: str, at: int) -> None:
        if name in CLOSES_P and self._place("p") > self.scopes[-1]:
            self._pop_to(self._place("p"), at)
        if name in IMPLIED:
            ended, shelters = IMPLIED[name]
            shelter = max(map(self._place, shelters))
            places = [place for place in map(self._place, ended) if place > shelter]
            if places:
                self._pop_to(min(places), at)

    def _place(self, name: str) -> int:
        places = self.places.get(name)
        return places[-1] if places else 0

    def _end_tag(self, name: str, start: int, end: int) -> None:
        if name in ("br", "p") and not self._place(name):  # the standard reads </br> as <br>, a lone </p> as empty
            self.reading.events.append((BREAK, start, start, self.stack[-1][1]))
            return
        if name in PAGE_PARTS or name == "form":
            self.reading.events.append((BREAK, start, start, self.stack[-1][1]))
            return
        place = self._place(name)
        if not place:  # nothing of the kind is open
            return
        if name in TABLE_PARTS:
            limit = self._place("table") - (name == "table")
        elif name in BLOCK:
            limit = self.scopes[-1]
        else:  # an inline element ends inside its block
            limit = self.blocks[-1]
        if place > limit:
            self._pop_to(place, end)

    def _pop_to(self, place: int, at: int) -> None:
        """Close the elements from *place* on the stack upwards."""
        while len(self.stack) > place:
            name, element, owns = self.stack.pop()
            self.places[name].pop()
            if name in SCOPES:
                self.scopes.pop()
            if owns:
                self.tree.end[element] = at
            if name in BLOCK:
                self.blocks.pop()
                if name not in CELLS and name != "tr":
                    self.reading.events.append((BREAK, at, at, self.stack[-1][1]))


_EVENT = {"td": CELL, "th": CELL, "tr": ROW}
