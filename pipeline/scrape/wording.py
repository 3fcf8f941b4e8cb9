"""What users read about families, verdicts and outcomes, in Chinese."""

import re
from collections.abc import Mapping

from rich.cells import cell_len

from pipeline.scrape.outcomes import Outcome

LABEL = 8  # columns of the terminal
LEFT_ALONE = re.compile(r"（该网站连续\d+次请求失败）$")

FAMILIES: Mapping[str, str] = {
    "gkmlpt": "广东省政府信息公开目录平台",
    "jpaas": "大汉 JPaaS 发布平台",
    "hanweb": "大汉 JCMS",
    "hanweb_xxgk": "大汉信息公开检索",
    "ucap": "开普云 UCAP",
    "label8888": "信息公开目录 public/column，多见于安徽",
    "vsb": "博达建站 VSB",
    "hebei": "河北省栏目平台",
    "govcn": "国务院政策文件库检索接口",
    "was5": "TRS WAS 检索接口",
    "igs": "TRS IGS 检索接口",
    "jsonp": "JSONP 检索接口",
    "feeds": "RSS 订阅或站点地图",
    "nfcms": "广东 NFCMS",
    "jeecms": "JEECMS",
    "trs": "TRS 静态栏目",
    "generic": "一般链接列表，没有特定系统的标志",
}

# In the order in which an example is chosen.
VERDICTS: Mapping[str, str] = {"kept": "采集", "doubtful": "存疑", "dropped": "不采集"}

# What can be done by somebody who runs a crawl, or the site.
ADVICE: Mapping[Outcome, str] = {
    Outcome.NO_ROWS: "请在浏览器中打开核对：若有条目，可能由脚本生成或网站已改版；若确实没有，换用上级栏目",
    Outcome.FEWER_ROWS: "请在浏览器中核对栏目是否清理或迁移；属实则下次采集即以新数目为准",
    Outcome.CHANGED_LAYOUT: "用 fazhi doctor 重新检查该网址，按结果修改来源表中的 family",
    Outcome.UNKNOWN_LAYOUT: "请确认复制的是栏目列表页的网址；若是，请把网址反馈给开发者",
    Outcome.REPEATED_PAGE: "网站翻页失效，后面的文件取不到；请反馈网站，或换用其他栏目、站点地图",
    Outcome.PAGE_CAP: "网站只提供前若干页；请换用分年度的栏目或检索接口，确认无误后可在 accept 中写明 page_cap",
    Outcome.OUT_OF_RANGE: "请核对文件清单；属实则修改来源表中的 expect",
    Outcome.LIST_GONE: "栏目可能已迁移：请从网站首页重新找到栏目，用新网址检查",
    Outcome.SOFT_404: "栏目可能已迁移：请从网站首页重新找到栏目，用新网址检查",
    Outcome.STUB: "网站返回空白页；请稍后再试，仍如此则从网站首页重新找到栏目",
    Outcome.LOGIN_PAGE: "需要登录的内容不采集；请找公开栏目",
    Outcome.EMPTY_SHELL: "内容由浏览器脚本生成，服务器返回的网页里没有；请找同一内容的静态栏目、站点地图或数据接口",
    Outcome.CHALLENGE: "网站只放行浏览器，程序不破解；请人工下载后用 fazhi import 导入，或请网站管理者放行",
    Outcome.CLONE_HOST: "不是政府域名，请从官方渠道核实网址，勿采集",
    Outcome.FOREIGN_HOST: "如确属该单位，请直接检查新网址，或在来源表的 hosts 中写明",
    Outcome.PRIVATE_ADDRESS: "该域名指向内部网络地址，不会访问；请核对网址或域名解析",
    Outcome.BLOCKED: "网站拒绝访问，可能限制来访地区；请人工下载后用 fazhi import 导入，或请网站管理者放行",
    Outcome.ROBOTS: "网站要求程序不访问该地址，应当遵守；请找其他公开栏目",
    Outcome.RESTING: "到期后自动恢复访问，不必处理",
    Outcome.UNREACHABLE: "请核对网址，稍后再试；若浏览器能打开，可能是网站限制了来访网络",
    Outcome.TLS: "证书不受信任，程序不会跳过检查；请网站管理者更换证书",
    Outcome.SERVER_ERROR: "网站故障，请稍后再试",
    Outcome.BROKEN_RESPONSE: "网站返回的内容不完整，请稍后再试",
    Outcome.TOO_LARGE: "请人工下载后用 fazhi import 导入",
    Outcome.REDIRECT_LOOP: "网站配置有误，请反馈网站管理者，或从网站首页重新找到栏目",
    Outcome.NOT_A_FILE: "附件链接失效，请反馈网站管理者",
    Outcome.BUDGET: "下周自动继续；急需时提高来源表中的 weekly_requests",
    Outcome.INTERRUPTED: "再次运行 fazhi crawl 即继续",
    Outcome.INTERNAL: "请把上面的信息反馈给开发者",
}

# How `pipeline.parse.body.read_body` names what told the text of an article.
RULES: Mapping[str, str] = {
    "container": "按容器 {} 定位",
    "comment marks": "按注释标记 {} 定位",
    "script": "取自页面脚本",
    "density": "按文字疏密推断",
}


def told_rule(rule: str) -> str:
    """Return in Chinese what told the text of an article.

    >>> told_rule("container #zoom")
    '按容器 #zoom 定位'
    """
    name = next((name for name in RULES if rule.startswith(name)), "")
    return RULES[name].format(rule.removeprefix(name).strip()) if name else rule


def line(label: str, words: str) -> str:
    """Return a line of the report, its words in a column of their own."""
    return f"{label}{' ' * max(1, LABEL - cell_len(label))}{words}"


def left_alone(detail: str, failures: int) -> str:
    """Return why an address was not asked any more: what its host answered last, and how often in a row it failed.

    >>> left_alone("状态码500", 16)
    '状态码500（该网站连续16次请求失败）'
    """
    return f"{detail}（该网站连续{failures}次请求失败）"


def answered(detail: str) -> str:
    """Return what a host answered, without how often: a crawl that was interrupted begins to count anew.

    >>> answered(left_alone("状态码500", 16))
    '状态码500'
    """
    return LEFT_ALONE.sub("", detail)
