"""Answers of list services: JSON as servers really send it, the calls that pages make for it, and its entries as rows.

Servers wrap JSON in a callback, send a BOM and blank lines before it, break lines inside its strings and leave commas
at its ends; pages hold settings in the same notation with single quotes and bare names.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, unquote_plus, urlencode

from pipeline.scrape.records import ListError, Listing, Request, Row, View, is_cut, plain
from pipeline.scrape.rows import find_columns, find_next, find_rows, parse_date

AROUND = " \t\r\n\v\f\u00a0\u3000\ufeff\u200b\0"  # blanks, marks and padding that servers put around an answer
CALLBACK = re.compile(r"^(?:/\*[^*]{0,200}\*/\s*)?(?:typeof [\w$.]+ *={2,3} *'function' *&& *)?[\w$.\[\]'\"]*\s*\(")
SHOWN = 60  # characters of an answer that an error repeats
DEEPEST = 60  # levels of brackets; what nests deeper is no list

# Notation of scripts: blanks and comments, a string, and what ends a bare expression.
GAP = re.compile(r"(?:\s|/\*.*?\*/|//[^\n]*)*", re.DOTALL)
STRING = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`""", re.DOTALL)
KEY = re.compile(r"[\w$.\-]+")
ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "\n": "", "\r\n": ""}
NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?")
WORDS = {"true": True, "false": False, "null": None, "undefined": None}

# Parts of a script's `'…' + name + '…'`, and the parameters that count pages, for which page 1 is asked.
PLUS = re.compile(r"\s*\+\s*")
NAME = re.compile(r"[\w$.]+(?:\(\s*[\w$.]*\s*\))?")
PAGE_NAMES = ("page", "pageno", "pagenum", "pagenumber", "pageindex", "currpage", "curpage", "currentpage", "p")
UNSURE = re.compile(r"[{}<>\s]|\$\(")  # a template still to be filled in
ON_A_LINE = re.compile(r"""'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*\"""")  # apostrophes of comments close there
DATA = re.compile(r"""(?:\b(?:data|params)["']?\s*:|^\s*,)\s*(?=\{)""")  # of $.ajax({url, data}) and $.get(url, {…})
POST = re.compile(r"""\b(?:type|method)["']?\s*:\s*["']post\b""", re.IGNORECASE)
DATA_WITHIN = 300  # characters around the address in which a call names its method and parameters
OWN_PAGES = re.compile(r"\bcreatePage(?:HTML)?\(")  # of a static list, whose search box may call a service as well
# How a page says that it is an empty list, rather than an error.
NO_RESULTS = re.compile(
    r"(?:暂无|没有|未找到|未检索到|未查询到|查询不到|无相关|无符合)[^<>。]{0,8}(?:信息|结果|记录|数据|内容|文件|资料)|共\s*0\s*[条篇项]"
)
LONGEST_CALL = 4000  # characters
KEPT = "/?&=:%+;,@!*'()[]~#$.-_"  # of an address as a script spells it; Chinese and blanks are encoded

CHINA = timezone(timedelta(hours=8))


class Bare(str):
    """An expression of a script that is no literal, such as a variable's name."""

    __slots__ = ()


def read_json(view: View) -> Any:
    """Return the data of an answer in JSON; BOM, blank lines, a callback and the notation of scripts are allowed.

    Raises:
        ListError: the answer is anything else, such as an error page.
    """
    return parse_json(view.text, view.url)


def read_object(view: View) -> dict[str, Any]:
    """Return the data of an answer that is a JSON object; raises ListError for anything else."""
    data = read_json(view)
    if not isinstance(data, dict):
        raise ListError(f"Expected a JSON object from {view.url}, but the answer is {shown(view.text)}.")
    return data


def parse_json(text: str, url: str) -> Any:
    """Return the data of *text*, as `read_json` does; *url* says in an error where it came from."""
    bare = text.strip(AROUND)
    if call := CALLBACK.match(bare):
        inside, bracket, behind = bare[call.end() :].rpartition(")")
        bare = inside.strip(AROUND) if bracket and not behind.strip(AROUND + ";") else ""
    try:
        return json.loads(bare, strict=False)  # CR, LF and tabs stand raw inside strings
    except (ValueError, RecursionError):
        pass
    if bare.startswith(("{", "[")):
        try:
            data, end = read_literal(bare)
        except ListError:
            end = -1
        if end >= 0 and not bare[end:].strip(AROUND + ";"):
            return data
    raise ListError(f"Expected JSON from {url}, but the answer is {shown(text)}.")


def read_counted(view: View, names: Sequence[str]) -> tuple[list[Any], dict[str, Any]]:
    """Return the entries of an answer, under one of *names* (in lower case) or by themselves, and what stands beside.

    Raises:
        ListError: it has none of them.
    """
    answer = read_json(view)
    if isinstance(answer, list):
        return answer, {}
    pairs = lowered(answer) if isinstance(answer, dict) else {}
    items = next((pairs[name] for name in names if isinstance(pairs.get(name), list)), None)
    if items is None:
        raise ListError(f"Expected {names[0]} in the answer from {view.url}, but it is {shown(view.text)}.")
    return items, pairs


def shown(text: str) -> str:
    """Return how an answer begins, and its length, as an error message says it."""
    bare = " ".join(text.split()).strip(AROUND)
    head = bare if len(bare) <= SHOWN else bare[:SHOWN] + "…"
    return f"{len(text)} characters beginning with {head!r}" if bare else "empty"


def read_literal(text: str, start: int = 0, depth: int = 0) -> tuple[Any, int]:
    """Return the literal of a script at *start*, and where it ends: an object, a list, a string, a number.

    What is none of these, such as a variable, is returned as `Bare`.

    Raises:
        ListError: the text ends within the literal, or is none.
    """
    at = _gap(text, start)
    if depth > DEEPEST or at >= len(text):
        raise ListError(f"Expected a value at character {at} of a script, but it ends or nests too deep.")
    if text[at] == "{":
        return _read_pairs(text, at + 1, depth)
    if text[at] == "[":
        return _read_values(text, at + 1, depth)
    if text[at] in "'\"`":
        return _read_string(text, at)
    end = _skip_expression(text, at)
    word = text[at:end].strip()
    if NUMBER.fullmatch(word):
        return (float(word) if "." in word else int(word)), end
    return (WORDS[word] if word in WORDS else Bare(word)), end


def _gap(text: str, at: int) -> int:
    found = GAP.match(text, at)
    return found.end() if found else at


def _read_pairs(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    pairs: dict[str, Any] = {}
    while (at := _gap(text, at)) < len(text) and text[at] != "}":
        found = STRING.match(text, at) or KEY.match(text, at)
        colon = _gap(text, found.end()) if found else at
        if found is None or text[colon : colon + 1] != ":":
            break
        pairs[found[0].strip("'\"`")], at = read_literal(text, colon + 1, depth + 1)
        at = _comma(text, at, "}")
    if text[at : at + 1] != "}":
        raise ListError(f"Expected an object of a script to go on at character {at}, but it breaks off.")
    return pairs, at + 1


def _read_values(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    values: list[Any] = []
    while (at := _gap(text, at)) < len(text) and text[at] != "]":
        value, at = read_literal(text, at, depth + 1)
        values.append(value)
        at = _comma(text, at, "]")
    if text[at : at + 1] != "]":
        raise ListError(f"Expected a list of a script to go on at character {at}, but it breaks off.")
    return values, at + 1


def _comma(text: str, at: int, end: str) -> int:
    at = _gap(text, at)
    if text[at : at + 1] == ",":
        return at + 1
    if text[at : at + 1] != end:
        raise ListError(f"Expected a comma or {end} at character {at} of a script, but found {text[at : at + 10]!r}.")
    return at


def _read_string(text: str, at: int) -> tuple[str, int]:
    parts = []
    while found := STRING.match(text, at):
        inside = next(group for group in found.groups() if group is not None)
        parts.append(ESCAPE.sub(_unescape, inside))
        at = found.end()
        plus = PLUS.match(text, at)
        if plus is None or text[plus.end() : plus.end() + 1] not in ("'", '"', "`"):
            break
        at = plus.end()
    if not parts:
        raise ListError(f"Expected the string at character {at} of a script to be closed, but it is not.")
    return whole("".join(parts)), at


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) in (3, 5) else ESCAPED.get(code, code)


def _skip_expression(text: str, at: int) -> int:
    """Return where an expression ends: before the comma or bracket that is none of its own."""
    level, first = 0, at
    while at < len(text):
        if text[at] in "([{":
            level += 1
        elif text[at] in ")]}":
            if level == 0:
                break
            level -= 1
        elif text[at] in ",;" and level == 0:
            break
        elif text[at] in "'\"`" and (found := STRING.match(text, at)):
            at = found.end()
            continue
        at += 1
    if at == first:
        raise ListError(f"Expected a value at character {at} of a script, but found {text[at : at + 10]!r}.")
    return at


def lowered(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return *item* with its names in lower case."""
    return {str(name).lower(): value for name, value in item.items()}


def number_in(item: Mapping[str, Any], *names: str) -> int | None:
    """Return the first whole number among the values of *names* (in lower case), which may come as text."""
    for name in names:
        value = item.get(name)
        if isinstance(value, bool) or value is None:
            continue
        if re.fullmatch(r"\s*\d{1,9}(?:\.0+)?\s*", str(value)):
            return int(float(str(value)))
    return None


@dataclass(frozen=True, slots=True)
class Names:
    """What a service calls the fields of a row, in lower case, the preferred name first."""

    title: tuple[str, ...]
    url: tuple[str, ...]
    published: tuple[str, ...]
    number: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    index: tuple[str, ...] = ()


def read_items(items: Iterable[Any], names: Names, view: View) -> tuple[Row, ...]:
    """Return the rows that the entries of an answer are.

    Raises:
        ListError: there are entries, but none with a title and an address.
    """
    entries = [lowered(item) for item in items if isinstance(item, Mapping) and any(item.values())]
    rows = tuple(row for entry in entries if (row := _read_item(entry, names, view)))
    if entries and not rows:
        known = ", ".join(sorted(entries[0])[:12])
        raise ListError(f"Expected entries with a title and an address from {view.url}, but theirs are {known}.")
    return rows


def _read_item(item: Mapping[str, Any], names: Names, view: View) -> Row | None:
    url, title = view.join_to(view.url, _text(item, names.url)), plain(html.unescape(_text(item, names.title)))
    if not url or not title:
        return None
    return Row(
        url,
        title,
        next((told for name in names.published if (told := read_date(item.get(name)))), None),
        number=_text(item, names.number),
        publisher=_text(item, names.publisher),
        index=_text(item, names.index),
        is_cut=is_cut(title),
    )


def _text(item: Mapping[str, Any], names: Sequence[str]) -> str:
    values = (item.get(name) for name in names)
    told = (value for value in values if isinstance(value, str | int) and not isinstance(value, bool))
    found = (" ".join(whole(str(value)).split()) for value in told)
    return next((each for each in found if each and each.lower() not in ("null", "none", "undefined")), "")


def whole(text: str) -> str:
    """Return *text* with a question mark for each half of a character, which escapes can spell and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode()


def read_date(value: object) -> date | None:
    """Return the day in China of a date as services write it: printed, ISO 8601 with a zone, or seconds since 1970.

    >>> read_date("2022-03-09T16:00:00.000Z"), read_date("1646841600000"), read_date("20220310")
    (datetime.date(2022, 3, 10), datetime.date(2022, 3, 10), datetime.date(2022, 3, 10))
    """
    text = str(value or "").strip()
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return datetime.fromtimestamp(int(text[:10]), UTC).astimezone(CHINA).date()
    if re.fullmatch(r"(?:19|20)\d{6}(?:\d{6})?", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    if re.match(r"\d{4}-\d{2}-\d{2}T", text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return parse_date(text)
        return moment.astimezone(CHINA).date() if moment.tzinfo else moment.date()
    return parse_date(text)


def parameter(request: Request, names: Iterable[str]) -> str | None:
    """Return the value that a request gives to one of *names* (in lower case), in its query or its form."""
    wanted, query = set(names), request.url.partition("?")[2]
    pairs = [*parse_qsl(query, keep_blank_values=True), *request.form]
    return next((value for name, value in pairs if name.lower() in wanted), None)


def asked_number(request: Request, *names: str) -> int | None:
    """Return the whole number above 0 that a request gives to one of *names* (in lower case)."""
    values = (parameter(request, (name,)) or "" for name in names)
    return next((int(value) for value in values if re.fullmatch(r"\s*0*[1-9]\d{0,8}\s*", value)), None)


def turned(request: Request, values: Mapping[str, str]) -> Request:
    """Return *request* with the parameters *values* replaced wherever it has them, in whatever case it spells them.

    All else stays as it is, byte for byte; a parameter that it lacks is added to its query.
    """
    given = {name.lower(): value for name, value in values.items()}
    found, parts = set(), []
    address, mark, query = request.url.partition("?")
    for part in query.split("&") if mark else []:
        name = part.partition("=")[0]
        told = unquote_plus(name).lower()
        found.add(told)
        parts.append(f"{name}={quote_plus(given[told])}" if told in given else part)
    form = tuple((name, given.get(name.lower(), value)) for name, value in request.form)
    found |= {name.lower() for name, _ in form}
    parts += [f"{name}={quote_plus(value)}" for name, value in values.items() if name.lower() not in found]
    query = "&".join(filter(None, parts))
    return replace(request, url=f"{address}?{query}" if query else address, form=form)


def calls_list(view: View, mark: str) -> bool:
    """Say whether a page leaves its list to a service at *mark*, rather than print its own and its pages."""
    return mark in view.text and not OWN_PAGES.search(view.text) and bool(find_calls(view, mark))


def read_caller(view: View, mark: str, family: str) -> Listing:
    """Read a page that calls the service at *mark*: the calls, as *family* reads them, and its own rows."""
    calls = (replace(call, family=family) for call in find_calls(view, mark))
    return Listing(find_rows(view), find_next(view), tuple(calls), find_columns(view))


def find_calls(view: View, mark: str) -> tuple[Request, ...]:
    """Return the requests that a page makes to addresses with *mark* in them: its frames, its scripts' addresses.

    A call whose parameters a script computes is left out, page numbers excepted: it cannot be repeated honestly.
    """
    found = dict.fromkeys(
        url
        for tag in view.soup.find_all(["iframe", "frame", "script"], src=True)
        if mark in (src := str(tag["src"])) and "?" in src and (url := view.join(src))
    )
    calls = [Request(url) for url in found]
    for script in view.soup.find_all("script", src=False):
        text = script.get_text()
        if mark in text:
            calls += _called(text, mark, view)
    return tuple({(call.url, call.form): call for call in calls}.values())


def _called(script: str, mark: str, view: View) -> Iterator[Request]:
    """Yield the requests to addresses with *mark* that a script spells out."""
    end = 0
    for string in ON_A_LINE.finditer(script):
        if string.start() < end or mark not in string[0]:
            continue
        address, end = _spelt(script, string.start())
        url = view.join(quote(address, safe=KEPT)) if address and not UNSURE.search(address) else ""
        behind = script[end : end + LONGEST_CALL]
        pairs = _parameters(behind)
        if not url or pairs is None or not (pairs or "?" in url):
            continue
        before = script[max(0, string.start() - DATA_WITHIN) : string.start()].rstrip()
        if before.endswith(".post(") or POST.search(before.rpartition("(")[2] + behind.partition(");")[0]):
            yield Request(url, "POST", form=tuple(pairs))
        else:
            yield Request("".join((url, "&" if "?" in url else "?", urlencode(pairs))) if pairs else url)


def _spelt(script: str, at: int) -> tuple[str, int]:
    """Return the string that `'…' + page + '…'` makes, "" where another variable than a page's goes into it."""
    text, at = _read_string(script, at)
    while plus := PLUS.match(script, at):
        name = NAME.match(script, plus.end())
        if name:
            if text.rpartition("&")[2].rpartition("?")[2].rstrip("=").lower() not in PAGE_NAMES:
                return "", name.end()
            text, at = text + "1", name.end()
        else:
            try:
                more, at = _read_string(script, plus.end())
            except ListError:
                return "", plus.end()
            text += more
    return text, at


def _parameters(behind: str) -> list[tuple[str, str]] | None:
    """Return the parameters that a call names behind its address; None where a script computes one of them."""
    found = DATA.search(behind[:DATA_WITHIN])
    if found is None or "}" in behind[: found.start()]:
        return []
    try:
        data, _ = read_literal(behind, found.end())
    except ListError:
        return None
    pairs = []
    for name, value in data.items():
        if isinstance(value, Bare) and name.lower() in PAGE_NAMES:
            value = 1
        if isinstance(value, Bare | list | dict):
            return None
        pairs.append((name, "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)))
    return pairs
