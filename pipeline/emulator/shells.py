"""Pages that stand where an article should: checks that want a browser, empty shells, logins, soft 404s.

Each looks like its kind by the signs that a crawler can see (status, cookie, script), and solves to nothing.
"""

from collections.abc import Callable, Mapping

from pipeline.emulator.site import Answer, Asked, Site

HTML = "text/html; charset=utf-8"


def page(
    site: Site, inner: str, *, status: int = 200, headers: Mapping[str, str] | None = None, title: str = ""
) -> Answer:
    """Return a small page of a site."""
    head = f"<title>{title or site.name}</title>"
    text = f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{inner}</body></html>'
    return Answer(text.encode(), HTML, status, headers or {})


def ruishu(site: Site, asked: Asked) -> Answer:
    """Return 412 with a script that computes cookies."""
    text = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><meta id='9DhefwqGPrzG' content='q4xVbT0' r='m'>"
        "<script r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=61233;$_ts.cd=\"qEyjrrVlqalVDGc\";</script>"
        "<script src='/J7mKxFnqQ2hM/yD8rUvWz.4c1f2ab.js' r='m'></script></head><body></body></html>"
    )
    cookie = {"Set-Cookie": "FSSBBIl1UgzbN7N80S=8Qm3kVZ0; Path=/; HttpOnly"}
    return Answer(text.encode(), HTML, 412, cookie)


def jiasule(site: Site, asked: Asked) -> Answer:
    """Return 521 with a script that sets a cookie and comes again."""
    text = (
        "<script>document.cookie='__jsl_clearance_s=1763800000.113|-1|aHk%2BTd;max-age=3600;path=/';"
        "location.href=location.pathname+location.search</script>"
    )
    return Answer(text.encode(), "text/html", 521, {"Set-Cookie": "__jsluid_s=5b0c6a1d9e; max-age=31536000; path=/"})


def c3vk(site: Site, asked: Asked) -> Answer:
    """Return 200 with a script that sets C3VK and loads again."""
    text = (
        '<html><head><meta charset="utf-8"><script>document.cookie="C3VK=4be90a; path=/; max-age=300;";'
        f'window.location.href="{asked.path}";</script></head><body></body></html>'
    )
    return Answer(text.encode(), HTML)


def city_wall(site: Site, asked: Asked) -> Answer:
    """Return 468, as some city firewalls do."""
    return Answer(b"<html><body><script>var v=1;</script></body></html>", "text/html", 468)


def spa(site: Site, asked: Asked) -> Answer:
    """Return a page that only scripts fill."""
    text = (
        f'<!DOCTYPE html><html lang="zh-cn"><head><meta charset="utf-8"><title>{site.name}</title>'
        '<script defer="defer" src="/static/js/app.8e21f0.js"></script></head>'
        '<body><noscript>请开启 JavaScript</noscript><div id="app"></div></body></html>'
    )
    return Answer(text.encode(), HTML)


def login(site: Site, asked: Asked) -> Answer:
    """Return a page that asks for a name and a password."""
    inner = (
        '<h1>统一身份认证平台</h1><form action="/sso/login" method="post"><label>用户名<input name="username"></label>'
        '<label>密码<input type="password" name="password"></label><button>登录</button></form>'
    )
    return page(site, inner, title="用户登录")


def soft_404(site: Site, asked: Asked) -> Answer:
    """Return 200 with the words that the page is gone."""
    return page(site, "<div class='error'><p>您访问的页面不存在或已被删除</p><a href='/'>返回首页</a></div>")


def stub(site: Site, asked: Asked) -> Answer:
    """Return 200 without a byte."""
    return Answer(b"", HTML)


def failed(site: Site, asked: Asked) -> Answer:
    """Return 500."""
    return page(site, "<h1>HTTP Status 500</h1><p>java.lang.NullPointerException</p>", status=500)


def gateway(site: Site, asked: Asked) -> Answer:
    """Return 502."""
    return page(site, "<center><h1>502 Bad Gateway</h1></center><hr>", status=502, title="502 Bad Gateway")


def busy(site: Site, asked: Asked) -> Answer:
    """Return 503 with Retry-After of a second."""
    return page(site, "<p>系统繁忙，请稍后再试</p>", status=503, headers={"Retry-After": "1"})


def blocked(site: Site, asked: Asked) -> Answer:
    """Return 403 with the words of a firewall that looks at where one comes from."""
    return page(site, "<p>您的访问被拦截，事件编号 WZWS-000317。</p>", status=403, title="403")


def to_itself(site: Site, asked: Asked) -> Answer:
    """Return a redirect to the same path with ?loop=1, which redirects to itself."""
    if asked.query.get("loop") == "1":
        return Answer(b"", HTML, 302, {"Location": asked.target})
    joint = "&" if "?" in asked.target else "?"
    return Answer(b"", HTML, 302, {"Location": f"{asked.target}{joint}loop=1"})


def cookie_echo(site: Site, asked: Asked) -> Answer | None:
    """Return a redirect to the same address that sets a cookie, None for a client that brings it."""
    if "CT6T=" in asked.headers.get("cookie", ""):
        return None
    return Answer(b"", HTML, 302, {"Location": asked.target, "Set-Cookie": "CT6T=600000; path=/"})


def only_with_agent(site: Site, asked: Asked) -> Answer | None:
    """Return 403 for the default names of libraries, None for a client that says who it is."""
    agent = asked.headers.get("user-agent", "").lower()
    is_library = not agent or agent.startswith(("python-", "curl/", "wget/", "go-http", "scrapy"))
    return blocked(site, asked) if is_library else None


# What stands before every page of a site that has the quirk; None lets the request through.
WALLS: Mapping[str, Callable[[Site, Asked], Answer | None]] = {
    "challenge_412": ruishu,
    "challenge_521": jiasule,
    "challenge_c3vk": c3vk,
    "challenge_468": city_wall,
    "spa_shell": spa,
    "login": login,
    "always_500": failed,
    "always_503": busy,
    "blocked_403": blocked,
    "cookie_echo": cookie_echo,
    "agent_403": only_with_agent,
}
