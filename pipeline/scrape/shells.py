"""Answers that are none: checks for browsers, empty shells, error pages with status 200, logins, clones, stubs.

A page is suspected only where it shows next to nothing of its own: the same words and scripts stand on real pages too
(protected sites leave the script of the check on every page, and a report may speak of pages that do not exist).
So what a page shows is measured first, by what stands outside its links, and the signs are looked for afterwards.
"""

import ipaddress
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Literal
from urllib.parse import urlsplit

from pipeline.parse.spam import find_spam, is_mostly_spam, sells
from pipeline.scrape.addresses import is_allowed, is_government
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.records import View
from pipeline.scrape.shown import SCANT, Kind, Shown, is_office, kind_of, measure

Wanted = Literal["list", "article", "file"]
Found = tuple[Outcome, str]

PAGE_PATH = re.compile(r"/(?:[^/]*\.(?:s?html?|jhtml))?$", re.IGNORECASE)
TEXT_PATH = re.compile(r"\.(?:txt|xml|csv|json|mht)$", re.IGNORECASE)

# How much a page shows; see `shown` for what is counted.
LARGEST = 300_000  # bytes; no shell is as large
SMALL = 500  # characters of an error page with the foot of its site; shorter articles have a file or their meta tags
BARE = 30  # characters of a stub, which has a few words such as 返回首页
EMPTY = 2  # characters
TINY = 1000  # bytes of a stub; those seen had 54 to 400
LOGIN_LINKS = 15  # of a login page with its foot; a home page with a login in a corner has more

IN_SCRIPTS = 100  # Chinese characters in inline scripts that are more than their messages: data
CHINESE = re.compile(r"[\u4e00-\u9fff]|\\u[0-9a-fA-F]{4}")
# Scripts and attributes from which a family reads its list or article, though the page shows nothing.
READABLE = re.compile(
    r"<datastore|dataproxy|_CONFIG\b|querydata|tplSetId|channelId|labelName|createPage|document\.write|publicInfoList"
    r"|/was5/|/igs/|infogate|jpage\(|totalRecord|NFCMS_|blocks/[0-9a-f-]{36}|var\s+(?:data|list)\w*\s*=",
    re.IGNORECASE,
)
# A list without rows that says so is a list.
NONE_YET = re.compile(
    r"暂无|(?:没有|未)(?:(?:找|查|查询|检索|搜索)到)?(?:任何)?(?:相关|符合|匹配|更多|数据|记录)|无(?:相关|匹配|数据|记录|内容)"
    r"|no\s+(?:data|record|result)s?",
    re.IGNORECASE,
)
ROOT = re.compile(r"^(?:app|root|__next|__nuxt|main-?app|q-app)$", re.IGNORECASE)  # ids of what scripts fill

# --- checks for browsers; recognised, never solved ------------------------------------------------------------------
# No server sends these by itself.
CHALLENGES = {
    412: "瑞数一类动态防护",
    468: "网站防护系统",
    512: "加速乐防护",
    521: "加速乐防护",
    566: "边缘防护",
    567: "边缘防护",
}
REFUSALS = frozenset({401, 403, 405, 406, 407, 418, 451})
TURNED_AWAY = frozenset({202, 403, 405, 406, 418})  # by a proxy in front, where its own headers name it
MARKS = (
    (r"\$_ts\b|FSSBBIl1UgzbN7N|MmEwMD=|9DhefwqGPrzGxEp9hPaoag", "瑞数动态防护"),
    (r"__jsl_clearance|__jsluid|jsl_clearance", "加速乐防护"),
    (r"\bC3VK\b", "CC防护（C3VK）"),
    (r"\bWZWS\b|wzws[-_]|WZWS-RAY", "网宿防护（WZWS）"),
    (r"PS-ATL|PSATL", "网宿防护"),
    (r"GeoBL|Geo-?Block|地域(?:限制|封禁|访问控制)", "按地区限制访问"),
    (r"云堤", "电信云堤防护"),
    (r"EdgeOne|EO[-_]Bot|__tst_status|eo[-_]clearance", "EdgeOne防护"),
    (r"acw_sc__v[23]|aliyun_waf|aliyunwaf|awsc\.js", "阿里云防护"),
    (r"_cf_chl|challenge-platform|cf-browser-verification|cf-mitigated", "Cloudflare防护"),
    (r"yunsuo_session|security_session_verify", "云锁防护"),
    (r"safedog|安全狗", "安全狗防护"),
    (r"知道创宇|创宇盾|yunaq\.com", "创宇盾防护"),
    (r"SafeLine|雷池", "雷池防护"),
    (r"x-amzn-waf|awswaf", "AWS防护"),
    (r"waf[-_]?(?:captcha|slider|challenge)|_guard/|antibot|anti-?ddos", "网站防护系统"),
)
CHALLENGE_MARKS = tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in MARKS)
CHECKING = re.compile(
    "人机(?:验证|识别)|滑动(?:滑块|验证)|拖动(?:下方)?滑块|(?:正在|进行)(?:浏览器)?安全(?:检查|检测|验证)|浏览器安全检查"
    "|正在(?:验证|检查|检测)您的(?:浏览器|访问)"
    "|checking your browser|just a moment|verify(?:ing)? (?:that )?you are (?:a )?human",
    re.IGNORECASE,
)
SETS_COOKIE = re.compile(r"document\s*(?:\.\s*cookie|\[\s*['\"]cookie['\"]\s*\])\s*=", re.IGNORECASE)
LEADS_ON = re.compile(
    r"location(?:\s*\.\s*(?:href|pathname))?\s*=(?!=)|location\s*\.\s*(?:reload|replace|assign)\s*\(|http-equiv=[\"']?refresh",
    re.IGNORECASE,
)
JUMP = re.compile(
    r"location(?:\s*\.\s*href)?\s*=\s*([\"'])([^\"']+)\1|location\s*\.\s*(?:replace|assign)\s*\(\s*([\"'])([^\"']+)\3"
)
VIEWER = re.compile(r"\.pdf|viewer|[?&]file=", re.IGNORECASE)  # shows a file of the page itself
BLOCKS = re.compile(
    r"(?:您|你)的?(?:请求|访问|IP|地址)[^。]{0,20}(?:被?(?:拦截|拒绝|禁止|阻断|屏蔽|封禁))|(?:访问|请求)(?:已)?被(?:拒绝|拦截|阻断|禁止)|禁止访问"
    r"|access (?:is )?denied|request (?:was |has been )?blocked|403 forbidden",
    re.IGNORECASE,
)

# --- pages that say they are gone -----------------------------------------------------------------------------------
# What ends the clause must follow the verb: 信息不存在收费情形 is a sentence of a report. 文件已失效 says that a
# document is repealed, and stands on pages of documents; only pages and links expire.
_ENDS = r"(?=$|[\s。，,！!；;.、?？~…）)】]|了|或|啦|哦|以及|和)"
_BETWEEN = r"(?:已经|已|被|可能|暂时|目前|并|似乎|也许|都|或者?|您|所|要|访问|的|此|,|，|\s){0,5}"
_PLACE = "页面?|网页|网址|链接|地址"
_PAGE = rf"(?:{_PLACE}|站点|路径|内容|信息|文章|文档|文件|栏目|资源|url)"
_IS_GONE = (
    "(?:不存在|找不到|未找到|没有找到|无法(?:找到|访问)"
    "|(?:已经?|被)(?:删除|移除|移动|下线|下架|屏蔽)|丢失|走丢|丢|飞走|迷路)"
)
_ASKED = r"(?:您|你|该|此|这个|指定|要|所|请求|想要?|需要|访问|查看|浏览|查找|打开|的|到|\s){0,8}"
GONE = re.compile(
    rf"{_PAGE}{_BETWEEN}{_IS_GONE}{_ENDS}|(?:{_PLACE}){_BETWEEN}(?:失效|过期){_ENDS}"
    rf"|(?:找不到|未找到|没有找到|无法找到|不存在){_ASKED}{_PAGE}(?!公开)"
    r"|(?:page|file|resource|url)[^.。]{0,40}(?:not (?:be )?found|not exist|cannot be found|no longer)|not found"
    r"|(?<!\d)404\s*[-—:：|]*\s*(?:error|错误|页面|页)|(?:error|错误|http|status|状态码?|代码)\s*[:：]?\s*404(?!\d)",
    re.IGNORECASE,
)
TITLE_404 = re.compile(
    r"^\W*404\W*$|(?<!\d)404\s*(?:[-_—|:：]|页面|错误|error|not)|(?:[-_—|:：]|错误|error)\s*404(?!\d)", re.IGNORECASE
)

# --- logins and copies ----------------------------------------------------------------------------------------------
LOGIN = re.compile(
    "统一身份(?:认证|验证)|统一(?:登录|认证)(?:平台|系统|中心|门户)|(?:用户|会员|后台|单点)登[录陆]"
    "|登[录陆](?:系统|平台|页面|界面)|请先?登[录陆]|sign in|log ?in",
    re.IGNORECASE,
)
# Where the systems of governments put pages; nobody else names them so.
GOVERNMENT_PATH = re.compile(
    r"/t\d{8}_\d{4,}\.s?html?$|/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$|/art/\d{4}/art_[0-9a-f]{32}\.html$"
    r"|/c1?\d{5}/(?:\d{6}|\d{4}-\d\d/\d\d)/\w+\.s?html$|/\d{6}/[0-9a-f]{32}\.s?html$|/gkmlpt/|/content/post_\d+\.html$|/zwgk/|/zfxxgk|/xxgk/"
    r"|/(?:fzzf|fzzfjs|fzzfgz|fzzfgzbg|fzzfjsndbg|fzzfndbg|yfxz)/",
    re.IGNORECASE,
)
ENOUGH = 20_000  # characters that show what a page sells
# Kept for tests and examples (RFC 2606, RFC 6761): nobody's copy can be there.
RESERVED = re.compile(r"(?:^|\.)(?:test|example|invalid|localhost|example\.(?:com|net|org))$")


def find_shell(view: View, headers: Mapping[str, str], *, wanted: Wanted, named: Collection[str] = ()) -> Found | None:
    """Return why an answer is not what was *wanted*, and the sign that told; None where nothing speaks against it.

    Says nothing of redirects, of 404 and 410, nor of other errors that their status tells unless a check for browsers
    stands behind them. Whether a list has rows or an article a text is for their readers to say.

    Args:
        view: the answer.
        headers: of the answer, names in any case.
        wanted: what was asked for.
        named: hosts that the source names, which are no clones though they are not under gov.cn.
    """
    if 300 <= view.status < 400 or view.status in (404, 410):
        return None
    kind = kind_of(view)
    shown = measure(view) if kind == "page" and len(view.content) <= LARGEST else None
    if found := _find_challenge(view, headers, shown):
        return found
    if view.status in REFUSALS:
        return Outcome.BLOCKED, f"状态码{view.status}"
    if view.status >= 400:
        return None
    if kind == "nothing":
        return Outcome.STUB, "响应为空"
    if kind == "file" or (wanted == "file" and is_office(view.content)):
        return None
    if wanted == "file" and not PAGE_PATH.search(view.path):
        return _not_a_file(view, kind, shown)
    if kind == "data":
        return None
    if shown is None:
        return _find_in_text(view)
    return (
        _find_clone(view, shown, named)
        or _find_block(shown)
        or _find_gone(shown)
        or _find_login(shown)
        or _find_empty(view, shown, wanted)
    )


def find_jump(view: View) -> str:
    """Return where a page without content leads by itself: by meta refresh, a script, or one frame; "" for nowhere.

    A script that sets a cookie first is a check, and leads nowhere. An error page says more than that it goes home.
    """
    if view.status != 200 or len(view.content) > LARGEST or kind_of(view) != "page" or SETS_COOKIE.search(view.text):
        return ""
    shown = measure(view)
    says_more = _find_gone(shown) or _find_block(shown) or shown.has_password or NONE_YET.search(shown.own)
    if says_more or not shown.is_scant or shown.size >= 2 * BARE or view.soup.find(id=ROOT):
        return ""
    target = next(filter(None, map(view.join, _targets(view, shown))), "")
    return target if target != view.url else ""


def _targets(view: View, shown: Shown) -> Iterator[str]:
    for meta in view.soup.find_all("meta", attrs={"http-equiv": re.compile("^refresh$", re.IGNORECASE)}):
        if told := re.search(r"url\s*=\s*[\"']?([^\"'>]+)", str(meta.get("content", "")), re.IGNORECASE):
            yield told[1].strip()
    if told := JUMP.search(shown.inline):
        yield told[2] or told[4]
    frames = view.soup.find_all(["iframe", "frame"], src=True)
    if len(frames) == 1 and shown.size < BARE and not VIEWER.search(str(frames[0]["src"])):
        yield str(frames[0]["src"])


def _find_challenge(view: View, headers: Mapping[str, str], shown: Shown | None) -> Found | None:
    """Find a check that wants a browser, on a page that shows nothing else."""
    if view.status in CHALLENGES:
        mark = _mark(view.text)
        return Outcome.CHALLENGE, f"状态码{view.status}（{mark or CHALLENGES[view.status]}）"
    if shown is None and (view.status == 200 or len(view.content) > TINY):
        return None
    if shown and (not shown.is_scant or shown.has_rows or NONE_YET.search(shown.own) or GONE.search(shown.own)):
        return None  # protected sites leave the script on real pages too, however short
    mark = _mark(view.text)
    if not mark and view.status in TURNED_AWAY:
        mark = _mark("\n".join(f"{name}: {value}" for name, value in headers.items() if name.lower() != "set-cookie"))
    if mark:
        return Outcome.CHALLENGE, f"状态码{view.status}，{mark}"
    if shown is None:
        return None
    if SETS_COOKIE.search(shown.inline) and LEADS_ON.search(view.text):
        return Outcome.CHALLENGE, f"状态码{view.status}，脚本写入Cookie后刷新"
    if told := CHECKING.search(shown.own) or CHECKING.search(shown.title):
        return Outcome.CHALLENGE, f"状态码{view.status}，页面提示“{told[0]}”"
    if view.status == 202 and shown.size < EMPTY and (shown.scripts or shown.inline):
        return Outcome.CHALLENGE, "状态码202，页面只有脚本"
    return None


def _mark(text: str) -> str:
    """Return the name of a protection that a text bears, with the mark; "" for none."""
    for pattern, name in CHALLENGE_MARKS:
        if told := pattern.search(text):
            return name if told[0] in name else f"{name}，标志{told[0]}"
    return ""


def _not_a_file(view: View, kind: Kind, shown: Shown | None) -> Found | None:
    """Say what came in place of a file; a text may be one if that was asked for, or if it is long."""
    if kind in ("text", "data") and (TEXT_PATH.search(view.path) or (kind == "text" and len(view.text) > SMALL)):
        return None
    if kind == "data":
        return Outcome.NOT_A_FILE, "返回的是数据（JSON或XML），不是文件"
    said = shown.title or shown.own if shown else " ".join(view.text.split())
    return Outcome.NOT_A_FILE, f"返回的是网页：“{said[:BARE]}”" if said else "返回的是空网页"


def _find_in_text(view: View) -> Found | None:
    """Judge an answer that is neither page nor data, such as one word."""
    text = " ".join(view.text.split())
    if len(text) > SCANT or NONE_YET.search(text):
        return None
    if told := GONE.search(text):
        return Outcome.SOFT_404, f"提示“{told[0]}”"
    return Outcome.STUB, f"只有“{text[:BARE]}”"


def _find_clone(view: View, shown: Shown, named: Collection[str]) -> Found | None:
    """Find a copy of a government page on somebody else's domain, or a page of the trade that took one over."""
    parts = urlsplit(view.url)
    host = (parts.hostname or "").lower()
    if is_government(host) or is_allowed(parts.netloc.lower(), named) or _is_address(host):
        return None
    text = f"{shown.title}\n{shown.own[:ENOUGH]}"
    if sells(shown.title) or is_mostly_spam(text, find_spam(text)):
        return Outcome.CLONE_HOST, f"{host} 不是政府域名，且有垃圾信息（博彩等）"
    if not RESERVED.search(host) and GOVERNMENT_PATH.search(parts.path):
        return Outcome.CLONE_HOST, f"{host} 不是政府域名，却有政府网站的路径 {parts.path}"
    return None


def _is_address(host: str) -> bool:
    """Say whether a host is this machine, or has no name that somebody could have bought."""
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _find_block(shown: Shown) -> Found | None:
    if shown.is_scant and (told := BLOCKS.search(shown.own) or BLOCKS.search(shown.title)):
        return Outcome.BLOCKED, f"页面提示“{told[0]}”"
    return None


def _find_gone(shown: Shown) -> Found | None:
    """Find a page that says it is none, perhaps amid the head and foot of its site."""
    if shown.is_article or shown.files or shown.size >= SMALL:
        return None
    if told := TITLE_404.search(shown.title) or GONE.search(shown.title):
        return Outcome.SOFT_404, f"标题为“{shown.title[:BARE]}”，含“{told[0]}”"
    for text in (shown.own, shown.own.replace("\n", "")):  # a sentence may be parted by the tags inside it
        if (told := GONE.search(text)) and not NONE_YET.search(told[0]):
            return Outcome.SOFT_404, f"页面提示“{told[0].replace(chr(10), '')}”"
    return (Outcome.SOFT_404, "页面只有“404”") if shown.own == "404" else None


def _find_login(shown: Shown) -> Found | None:
    if shown.is_article or shown.files or shown.has_rows:
        return None
    if shown.has_password and shown.size < SMALL and len(shown.links) < LOGIN_LINKS:
        return Outcome.LOGIN_PAGE, "有密码输入框，没有其他内容"
    if shown.is_scant and (told := LOGIN.search(shown.title)):
        return Outcome.LOGIN_PAGE, f"标题含“{told[0]}”，没有其他内容"
    return None


def _find_empty(view: View, shown: Shown, wanted: Wanted) -> Found | None:
    """Find a page that only scripts fill, or that is too small to be one."""
    if shown.links or shown.files or shown.is_article or shown.size >= BARE or NONE_YET.search(shown.own):
        return None
    if READABLE.search(view.text) or len(CHINESE.findall(shown.inline)) > IN_SCRIPTS:
        return None
    root = view.soup.find(id=ROOT)
    if root is not None and (shown.scripts or shown.inline):
        return Outcome.EMPTY_SHELL, f"只有空的容器（id={root['id']}）和脚本"
    if LEADS_ON.search(view.text):
        return Outcome.STUB, "页面只含跳转"
    if wanted != "list" and shown.pictures:  # a scan
        return None
    if shown.scripts and shown.size < EMPTY:
        return Outcome.EMPTY_SHELL, "没有链接和正文，只有脚本"
    if shown.size < EMPTY or len(view.content) < TINY:
        return Outcome.STUB, f"页面只有{len(view.content)}字节，没有链接和正文"
    return None
