"""What can become of a request, of a list, of a source: a closed set of names, each with the words users read."""

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """How something ended. The first group is good; every other name asks for somebody's look."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"  # 304, or the same bytes as last time
    REDIRECTED = "redirected"  # followed as a request of its own
    SKIPPED = "skipped"  # not wanted: by --since, --limit, or known already
    GONE = "gone"  # 404 or 410 for a document: the site says it plainly
    WRONG_TOTAL = "wrong_total"  # the site counts other rows than it shows, though all pages were read

    NO_ROWS = "no_rows"  # a list without a row
    FEWER_ROWS = "fewer_rows"  # a list that collapsed against last time
    CHANGED_LAYOUT = "changed_layout"  # another family than last time, or none where there was one
    UNKNOWN_LAYOUT = "unknown_layout"  # no family recognises the page
    REPEATED_PAGE = "repeated_page"  # page 2 is page 1 again
    PAGE_CAP = "page_cap"  # the site promises more pages than it serves
    OUT_OF_RANGE = "out_of_range"  # more or fewer documents than the source expects
    LIST_GONE = "list_gone"  # 404 or 410 for a list

    SOFT_404 = "soft_404"  # a page that says in words, with status 200, that it is gone
    STUB = "stub"  # a page too small to be one
    LOGIN_PAGE = "login_page"
    EMPTY_SHELL = "empty_shell"  # a page that only scripts fill
    RESTING = "resting"  # left alone for a while, since it challenged us in an earlier crawl, or a moment ago
    CHALLENGE = "challenge"  # a check that wants a browser; recorded, left alone, never solved
    CLONE_HOST = "clone_host"  # a copy of a government page on somebody else's domain
    FOREIGN_HOST = "foreign_host"  # leads to a host that the source does not name
    PRIVATE_ADDRESS = "private_address"  # a host that resolves into a private network
    BLOCKED = "blocked"  # 401, 403 and their like
    ROBOTS = "robots"  # robots.txt asks us not to

    UNREACHABLE = "unreachable"  # no address, no connection, no answer in time
    TLS = "tls"  # the certificate does not hold
    SERVER_ERROR = "server_error"  # 5xx, again and again
    BROKEN_RESPONSE = "broken_response"  # cut short, or not what its headers say
    TOO_LARGE = "too_large"
    REDIRECT_LOOP = "redirect_loop"
    NOT_A_FILE = "not_a_file"  # an error page in place of a file
    BUDGET = "budget"  # the week's requests to this host are spent
    INTERRUPTED = "interrupted"  # stopped before the end; the next run goes on
    INTERNAL = "internal"  # a mistake of ours

    @property
    def is_good(self) -> bool:
        """Whether nobody needs to look."""
        return self in GOOD

    @property
    def words(self) -> str:
        """What the city office reads."""
        return WORDS[self]


GOOD = frozenset(
    {
        Outcome.OK,
        Outcome.NOT_MODIFIED,
        Outcome.REDIRECTED,
        Outcome.SKIPPED,
        Outcome.GONE,
        Outcome.WRONG_TOTAL,
    }
)
WORDS = {
    Outcome.OK: "正常",
    Outcome.NOT_MODIFIED: "未变化",
    Outcome.REDIRECTED: "已跳转",
    Outcome.SKIPPED: "未采集（不在范围内）",
    Outcome.GONE: "页面已不存在",
    Outcome.WRONG_TOTAL: "栏目总数与实际条数不符",
    Outcome.NO_ROWS: "栏目没有条目",
    Outcome.FEWER_ROWS: "栏目条目骤减",
    Outcome.CHANGED_LAYOUT: "网站改版",
    Outcome.UNKNOWN_LAYOUT: "无法识别的网站类型",
    Outcome.REPEATED_PAGE: "翻页重复",
    Outcome.PAGE_CAP: "翻页不全（网站只提供部分页）",
    Outcome.OUT_OF_RANGE: "文件数超出预期范围",
    Outcome.LIST_GONE: "栏目页已不存在",
    Outcome.SOFT_404: "提示页面不存在（状态码为200）",
    Outcome.STUB: "空白残页",
    Outcome.LOGIN_PAGE: "需要登录",
    Outcome.EMPTY_SHELL: "空壳页面（内容由脚本生成）",
    Outcome.CHALLENGE: "被防护系统拦截",
    Outcome.CLONE_HOST: "仿冒网站",
    Outcome.FOREIGN_HOST: "链接到其他网站",
    Outcome.PRIVATE_ADDRESS: "地址在内部网络",
    Outcome.BLOCKED: "网站拒绝访问",
    Outcome.ROBOTS: "robots.txt 不允许",
    Outcome.RESTING: "暂停访问中",
    Outcome.UNREACHABLE: "无法连接",
    Outcome.TLS: "证书无效",
    Outcome.SERVER_ERROR: "服务器错误",
    Outcome.BROKEN_RESPONSE: "响应残缺",
    Outcome.TOO_LARGE: "文件过大",
    Outcome.REDIRECT_LOOP: "循环跳转",
    Outcome.NOT_A_FILE: "附件地址返回的不是文件",
    Outcome.BUDGET: "本周访问额度已用完",
    Outcome.INTERRUPTED: "中途停止，下次继续",
    Outcome.INTERNAL: "程序内部错误",
}


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcome that asks most for a look, by the order of their list; OK of none."""
    order = list(Outcome)
    bad = [outcome for outcome in outcomes if not outcome.is_good]
    return max(bad, key=order.index, default=Outcome.OK)
