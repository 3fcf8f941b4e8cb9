"""Text of gambling, drug and link sellers that was injected into official pages.

A hacked page has strings such as a brand of letters and digits, glued by underscores to search words (官网, 网页登录),
in the middle of a title or at the end of a paragraph. No single sign decides: officials write of lotteries, live
streaming and apps too. A run of such pieces is weighed, and cut only where it carries a brand or underscores, which no
sentence has. What stands around it stays.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.records import Cut
from pipeline.text import is_chinese

# Words of the trade. Officials use most of them as well, so they count only inside a run.
STRONG = (
    "博彩|赌场|赌城|赌球|投注|娱乐城|娱乐场|真人|棋牌|彩票|百家乐|老虎机|六合彩|时时彩|轮盘|牛牛|斗地主|捕鱼|买球|押注|外围|赔率|盘口"
    "|返水|彩金|体验金|开户|葡京|威尼斯人|永利|金沙|太阳城|皇冠|凯发|亚博|必发|伟德|万博|澳门|新濠|世界杯|欧洲杯|足球|电竞|电子游戏|特码|开奖"
    "|伟哥|催情|迷药|壮阳|春药|一夜情|成人|无码|裸聊|约炮|代孕|代开发票"
)
WEAK = (
    "官方网站|官方入口|官方版|官网|网页登录|网页版|网页|手机版|客户端|登录|登陆|不上去|注册|入口|下载|安装|平台|体育|在线|娱乐|直播吧|直播"
    "|是什么|怎么样|怎么玩|打不开|靠谱吗|最新|网址|网站|备用|线路|导航|中文版|中文|国际|集团|亚洲|英国|菲律宾|缅甸|柬埔寨|比分|比赛|优惠|充值|提现|即送|赠送|领取|首页|安卓|苹果"
    "|免费|正版"
)
# Names that mean nothing but a house of the trade: with a search word glued to them they need no brand.
HOUSE = "葡京|威尼斯人|金沙|太阳城|百家乐|时时彩|六合彩|老虎机|永利|新濠|凯发|亚博|皇冠|博彩|娱乐城"
SEARCH = (
    "开奖结果|开奖直播|开奖记录|走势图|官网|官方网站|网址|网页版|注册|登录|登陆|入口|app下载|APP下载|下载|app|APP"
    "|开户|投注|客户端|手机版"
)

ALNUM = re.compile(r"[A-Za-z0-9.]{2,}")
TOKEN = re.compile(rf"[A-Za-z0-9.]{{2,}}|{STRONG}|{WEAK}")
STRONG_WORD, WEAK_WORD = re.compile(STRONG), re.compile(WEAK)
HOUSE_NAME = re.compile(HOUSE)
HOUSE_RUN = re.compile(
    rf"(?:澳门|亚洲)?(?:新)?(?:{HOUSE})(?:{STRONG}|{WEAK}){{0,4}}?(?:{SEARCH})(?:{STRONG}|{WEAK}){{0,6}}"
)
# What sellers promise; beside a hit these belong to it, alone they say nothing.
PROMISE = "注册送|下载地址|送彩金|送体验金|送|线上|网上|地址|大全|技巧|真钱|现金|信誉|首存|存款|代理|全额|到账"
_ANY = f"{STRONG}|{PROMISE}|{WEAK}|银河"
# A house beside its number and its trade (888真人娱乐城), a casino that is online (澳门银河线上娱乐), or a brand that a
# number tells from the common word, with what to do there (必赢56net下载地址).
TRADE = "真人|棋牌|电子|国际|线上|网上|在线"
NUMBERED = re.compile(rf"(?<![A-Za-z0-9.])[A-Za-z0-9.]{{2,20}}(?:{TRADE})+(?:{HOUSE}|娱乐场|赌场)")
ONLINE = re.compile(rf"(?:澳门|亚洲)(?:新)?(?:{HOUSE}|银河)(?:国际)?(?:线上|网上|在线|真人)(?:{STRONG}|娱乐)+")
BRAND = re.compile(
    rf"(?:必赢|必发|凯发|亚博|万博|伟德|乐鱼|米乐|华体会|永利|皇冠|新濠)[A-Za-z0-9.]{{2,20}}(?:{TRADE}|体育|娱乐|平台)*(?:{SEARCH}|{HOUSE})"
    "(?:地址)?"
)
# Grown over on the left of a hit: numbers, letters and words of the trade; the words that officials use as well only
# between these. On the right a number belongs to the sentence unless more of the trade follows.
LEFT = re.compile(rf"(?:[A-Za-z0-9.]|{STRONG})(?:[A-Za-z0-9.]|{_ANY})*\Z")
RIGHT = re.compile(rf"(?:(?:[A-Za-z0-9.]+|{_ANY})*(?:{STRONG}|{SEARCH}|下载地址|送彩金|到账))?")
UNIT = re.compile("[%％‰个件次人名万亿元家起条项份场期年月日]")  # after the hit: the number before it counts these
# A promise in brackets, with the words before it: 在线试玩【注册送88元】.
PROMISED = re.compile(
    rf"(?:{STRONG}|{WEAK}|试玩)*[【\[](?:{STRONG}|{WEAK})*(?:注册|首存|充值|开户|下载|首充)(?:就|即|立)?[送领返](?!达)[^】\]]{{0,16}}[】\]]"
)
DRUG_WORDS = ("viagra", "cialis", "levitra", "casino", "poker", "porn", "xxx", "escort", "payday", "jackpot")
DRUG = re.compile(rf"\b(?:{'|'.join(DRUG_WORDS)})s?\b", re.IGNORECASE)
LATIN_TEXT = re.compile(r"[A-Za-z0-9 .,'&:/-]*")
ROOT = re.compile(r"bet|casino|poker|slot|lotto|vip|game|sport|88|365|666|777|999", re.IGNORECASE)
# Letters with digits that are standards, programs, sizes and shares of time: ISO9001, IPv6, PM2.5, 5G, office365.
PLAIN = re.compile(
    r"(?:iso|gb|gbt|dz|db|nb|ipv|pm|covid|sars|http|https|utf|usb|mp|windows|office|word|excel|web|ver|no|ct)[-./t]?\d[\d.]*|win(?:\d\d?|20\d\d)|\d+app"
    r"|\d+(?:\.\d+)?[a-z]{1,3}|[a-z]\d[a-z]\d?|[a-z]\d[\d.]*|[a-z0-9.]*gov\.cn",
    re.IGNORECASE,
)
# Names that officials write of only to forbid; and brands.
SOLD = re.compile(
    r"百家乐|时时彩|六合彩|老虎机|太阳城|威尼斯人|分快三|北京赛车|娱乐城|葡京|送彩金|必赢|必发|凯发|亚博|万博|伟德|乐鱼|米乐|华体会|永利|新濠|澳门银河"
)
FORBIDS = re.compile("打击|查处|整治|禁止|严禁|防范|取缔|治理|宣传|警示")
MAX_BRAND = 40  # characters; longer ones are codes
BREAK = re.compile("[\\s，。；：、！？“”‘’《》〈〉（）()【】,;:!?<>\\[\\]\"']")
MAX_SEEDS = 20_000  # a text with more is a dump of codes; it would take minutes and is no document
REACH = 120  # characters on each side of a seed within which a run is looked for
ENOUGH = 5  # points; the weights below were set on invented rows of both kinds, which the tests hold
SAME = 8  # characters in which two occurrences must agree to count as one string


def find_spam(text: str, names: Sequence[str] = ()) -> list[Cut]:
    """Return the stretches of *text* that were injected, in order and without overlap.

    *names* are what the links and hidden blocks of the page sell; where they stand in its sentences, they are injected.
    """
    weighed = [(run, _weigh(text[slice(*run)]) + _opens_title(text, run[0])) for run in _runs(text)]
    found = [run for run, points in weighed if points >= ENOUGH or (points == ENOUGH - 1 and _is_repeated(text, *run))]
    settled = _settle_ends(text, found)
    patterns = (HOUSE_RUN, NUMBERED, ONLINE, BRAND) if HOUSE_NAME.search(text) or SOLD.search(text) else ()
    sure = {match.span() for pattern in patterns for match in pattern.finditer(text)}
    settled |= {_grown(text, *hit) for hit in sure}
    settled |= {match.span() for match in PROMISED.finditer(text)}
    settled |= set(_latin(text))
    settled |= {match.span() for name in _telling(names) for match in re.finditer(re.escape(name), text)}
    cuts: list[Cut] = []
    for start, end in sorted(settled):
        if not cuts or start >= cuts[-1].end:
            cuts.append(Cut(start, end, "spam"))
        elif end > cuts[-1].end:
            cuts[-1] = Cut(cuts[-1].start, end, "spam")
    return [_with_marks(text, cut) for cut in cuts]


def _telling(names: Sequence[str]) -> set[str]:
    """Return the names that are long enough to mean nothing else, and no sentences."""
    return {name for name in names if NAME_SIZE[0] <= len(name) <= NAME_SIZE[1] and not BREAK.search(name)}


def _with_marks(text: str, cut: Cut) -> Cut:
    """Return *cut* with the underscores around it, and one of two commas that would be left side by side."""
    start, end = cut.start, cut.end
    if abroad := ABROAD.search(text, max(0, start - REACH), start):
        start = abroad.start()
    while start and text[start - 1] in GLUE and (start < 2 or text[start - 2] not in GLUE):
        start -= 1
    while end < len(text) and text[end] in GLUE and text[end + 1 : end + 2] not in tuple(GLUE):
        end += 1
    if text[start - 1 : start] in tuple(COMMAS) and text[end : end + 1] in tuple(COMMAS):
        end += 1
    return Cut(start, end, cut.reason)


MOSTLY = 0.4  # of what a page shows; or words of the trade beside each other in every line of it
TRADE_SHARE = 0.12  # of the Chinese characters
TRADE_WORDS = 8  # different ones; a police report on gambling has three or four
STRONG_WORDS = re.compile(f"{STRONG}|{HOUSE}")


def is_mostly_spam(text: str, spam: Sequence[Cut]) -> bool:
    """Say whether a page is one of the trade: what was injected outweighs the rest, or nearly all its words sell."""
    shown = len("".join(text.split()))
    if sum(cut.end - cut.start for cut in spam) > MOSTLY * shown:
        return True
    found = STRONG_WORDS.findall(text)
    chinese = sum(map(is_chinese, text))
    return len(set(found)) >= TRADE_WORDS and sum(map(len, found)) > TRADE_SHARE * chinese


def sells(text: str) -> bool:
    """Say whether the text of a link to another site is of the trade.

    Words that officials use as well are not enough: a link may name a lottery, a football ground or Macao.

    >>> sells("888真人娱乐城注册送彩金"), sells("澳门特别行政区政府"), sells("体育彩票管理中心")
    (True, False, False)
    """
    if FORBIDS.search(text):
        return False
    return SOLD.search(text) is not None or bool(find_spam(text))


ABROAD = re.compile(r"(?:菲律宾|缅甸|柬埔寨|澳门|亚洲)\Z")  # where the houses are, before their names
GLUE, COMMAS = "_", "，、；"  # more than one underscore in a row is a blank to fill in
NAME_SIZE = (5, 14)  # characters


def _grown(text: str, start: int, end: int) -> tuple[int, int]:
    """A hit with the pieces of the trade that touch it, up to the nearest break on each side."""
    right = RIGHT.match(text, end, end + REACH)
    end = right.end() if right else end
    left = LEFT.search(text, max(0, start - REACH), start)
    begin = left.start() if left else start
    if UNIT.match(text, end):
        while begin < start and text[begin] in "0123456789.":
            begin += 1
    return begin, end


def _is_brand(word: str) -> bool:
    mixed = any(char.isdigit() for char in word) and any(char.isalpha() for char in word)
    return mixed and 4 <= len(word) <= MAX_BRAND and not PLAIN.fullmatch(word)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of pieces around each brand and each underscore."""
    seeds = [match.start() for match in ALNUM.finditer(text) if _is_brand(match.group())]
    seeds += [match.start() for match in re.finditer("_+", text)]
    done = 0
    for seed in sorted(seeds)[:MAX_SEEDS]:
        if seed < done:
            continue
        run = _run_around(text, seed)
        if run:
            done = run[1]
            yield run


def _run_around(text: str, seed: int) -> tuple[int, int] | None:
    """The stretch of pieces that touch each other around *seed*, between two breaks of the text."""
    low, high = max(0, seed - REACH), min(len(text), seed + REACH)
    for match in BREAK.finditer(text, low, seed):
        low = match.end()
    stop = BREAK.search(text, seed, high)
    high = stop.start() if stop else high
    segment = text[low:high]
    pieces = [match.span() for match in TOKEN.finditer(segment)]
    first, last = segment.find("_"), segment.rfind("_")
    if first >= 0:  # whatever stands between two underscores belongs to the run
        after = [piece for piece in pieces if piece[0] > last]
        covered, rest = sum(end - start for start, end in after), len(segment) - last - 1
        close = len(segment) if rest and 2 * covered >= rest else last + 1
        pieces = [*[p for p in pieces if p[1] <= first], (first, close), *[p for p in after if p[0] >= close]]
    groups: list[list[tuple[int, int]]] = []
    for piece in pieces:
        if groups and not segment[groups[-1][-1][1] : piece[0]].strip("|·-+"):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for group in groups:
        if group[0][0] <= seed - low < group[-1][1]:
            # Before the brand, a word such as 平台 may be the end of the sentence that the run was glued to.
            while len(group) > 1 and group[0][0] > 0 and WEAK_WORD.fullmatch(segment, *group[0]):
                group = group[1:]
            return low + group[0][0], low + group[-1][1]
    return None


def _weigh(run: str) -> int:
    brands = {word.lower() for word in ALNUM.findall(run) if _is_brand(word)}
    strong, weak = set(STRONG_WORD.findall(run)), set(WEAK_WORD.findall(run))
    joined = "_" in (run if len(strong) > 1 else run.strip("_"))  # at the edge it may be a blank to fill in
    if not (brands or joined) or not (strong or weak):
        return 0
    points = 2 * min(len(brands), 2) + 2 * min(len(strong), 2) + min(len(weak), 2) + 2 * joined
    return points + any(ROOT.search(brand) is not None for brand in brands)


def _opens_title(text: str, start: int) -> bool:
    """Say whether a title begins with the run: 《 is followed by the name of a place or a law."""
    return text[start - 1 : start] == "《"


def _is_repeated(text: str, start: int, end: int) -> bool:
    return end - start >= SAME and text.count(text[start:end]) > 1


def _settle_ends(text: str, found: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Let the occurrences of one string agree on its end.

    The last piece of a run has no end of its own where the sentence goes on. An occurrence that a break ends shows how
    long the string is; the others are as long.
    """
    settled: set[tuple[int, int]] = set()
    alike: dict[str, list[tuple[int, int]]] = {}
    for run in found:
        alike.setdefault(text[run[0] : run[0] + SAME], []).append(run)
    for string, runs in alike.items():
        first, *others = runs
        lengths = {start: _common(text, first[0], start) for start, _ in others}
        length = min(lengths.values(), default=0)
        ends = [run[0] + length for run in runs]
        at_break = any(end == len(text) or BREAK.match(text, end) for end in ends)
        if length >= len(string) and (at_break or length < first[1] - first[0]):
            settled |= set(zip((run[0] for run in runs), ends, strict=True))
        else:
            settled |= set(runs)
    return settled


def _common(text: str, first: int, second: int) -> int:
    length = 0
    while second + length < len(text) and length < 2 * REACH and text[first + length] == text[second + length]:
        if BREAK.match(text, first + length):
            break
        length += 1
    return length


def _latin(text: str) -> Iterator[tuple[int, int]]:
    """English sentences of the drug and gambling trade, with the words around them."""
    lowered = text.lower()
    if not any(word in lowered for word in DRUG_WORDS):
        return
    for match in DRUG.finditer(text):
        start = match.start()
        while start > max(0, match.start() - REACH) and text[start - 1].isascii() and text[start - 1] not in "\n\t<>":
            start -= 1
        end = LATIN_TEXT.match(text, match.end())
        stretch = (start, end.end() if end else match.end())
        if len(text[slice(*stretch)].split()) > 1 or DRUG.fullmatch(text[slice(*stretch)].strip()):
            yield stretch
