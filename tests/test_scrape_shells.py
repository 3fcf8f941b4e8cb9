import pytest

from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.records import Request, View
from pipeline.scrape.shells import Wanted, find_jump, find_shell

LIST = "http://www.yunling.gov.cn/zwgk/fzzfjs/"
ARTICLE = "http://www.yunling.gov.cn/zwgk/fzzfjs/202403/t20240328_880012.html"
FILE = "http://www.yunling.gov.cn/zwgk/fzzfjs/202403/P020240328365512345678.pdf"
FOOT = "<div class=foot>主办单位：云岭县人民政府办公室　网站标识码：5399990001　地址：云岭县人民路1号　电话：0999-1234567</div>"
NAV = (
    "<div class=nav>"
    + "".join(
        f'<a href="/{name}/">{title}</a>'
        for name, title in [
            ("zwgk", "政务公开"),
            ("xwzx", "新闻中心"),
            ("hdjl", "互动交流"),
            ("bsfw", "办事服务"),
            ("ylgk", "走进云岭"),
        ]
    )
    + "</div>"
)
ROW = '<li><a href="./202403/t20240328_880012.html" title="云岭县2023年度法治政府建设情况报告">云岭县2023年度法治政府建设情...</a><span>2024-03-28</span></li>'
RUISHU = '<html><head><meta content="x"><script>$_ts=window[\'$_ts\'];if(!$_ts)$_ts={};$_ts.cd="qEx";</script></head><body></body></html>'
JSL = (
    "<script>document.cookie='__jsl_clearance_s=1|-1|demo;max-age=3600;path=/';location.href=location.pathname</script>"
)
C3VK = '<script>document.cookie="C3VK=ab12cd; path=/; max-age=300;";window.location.href="/zwgk/"</script>'
SPA = '<!doctype html><html><head><meta charset="utf-8"><title>云岭县人民政府</title><link href=/css/app.css rel=stylesheet></head><body><noscript>Please enable JavaScript to continue.</noscript><div id=app></div><script src=/js/chunk.js></script></body></html>'
LOGIN = (
    "<html><head><title>统一身份认证平台</title></head><body><form><input name=user><input type=PASSWORD name=word><button>登录</button></form><a href='/help/pass.html'>忘记密码</a>"
    + FOOT
    + "</body></html>"
)


def page(body: str, title: str = "云岭县人民政府", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>"


def found(
    text: str | bytes,
    status: int = 200,
    url: str = LIST,
    wanted: Wanted = "list",
    headers: dict[str, str] | None = None,
) -> tuple[Outcome, str] | None:
    content = text if isinstance(text, bytes) else text.encode()
    return find_shell(View(Request(url), content, media="text/html", status=status), headers or {}, wanted=wanted)


@pytest.mark.parametrize(
    ("text", "status", "sign"),
    [
        pytest.param(RUISHU, 412, "瑞数", id="412 with its script"),
        pytest.param(RUISHU, 202, "$_ts", id="202 with its script"),
        pytest.param(RUISHU, 200, "$_ts", id="its script with 200"),
        pytest.param("", 412, "412", id="412 without a word"),
        pytest.param(
            "<html><script src='/x.js?MmEwMD=abc'></script></html>", 200, "MmEwMD", id="the token in an address"
        ),
        pytest.param(
            "<script>if(document.cookie.indexOf('FSSBBIl1UgzbN7N80S')<0){}</script>",
            202,
            "FSSBBIl1UgzbN7N",
            id="the name of its cookie",
        ),
        pytest.param(JSL, 521, "加速乐", id="521"),
        pytest.param(JSL, 512, "加速乐", id="512"),
        pytest.param(JSL, 200, "__jsl_clearance", id="with 200"),
        pytest.param(JSL, 503, "__jsl_clearance", id="with 503"),
        pytest.param("<html>访问频繁</html>", 468, "468", id="468"),
        pytest.param(C3VK, 200, "C3VK", id="cookie and reload"),
        pytest.param(
            "<html><body><script>document['cookie']='x1=2';location.reload()</script></body></html>",
            200,
            "Cookie",
            id="cookie and reload of a name unknown",
        ),
        pytest.param(
            "<script>document.cookie='a=b';</script><meta http-equiv=refresh content=0>",
            200,
            "Cookie",
            id="cookie and refresh",
        ),
        pytest.param("<html><head><title>403</title></head><body>WZWS-RAY: 1</body></html>", 403, "WZWS", id="WZWS"),
        pytest.param("<h1>403 Forbidden</h1><p>GeoBL</p>", 403, "GeoBL", id="by country"),
        pytest.param(page("<h1>访问被拦截</h1><p>中国电信云堤为您防护</p>"), 403, "云堤", id="Yundi with 403"),
        pytest.param(page("<h1>访问被拦截</h1><p>中国电信云堤为您防护</p>"), 200, "云堤", id="Yundi with 200"),
        pytest.param(
            "<html><body><script>var a=1;document.cookie='__tst_status='+a;</script></body></html>",
            200,
            "EdgeOne",
            id="EdgeOne",
        ),
        pytest.param(page("<p>请完成人机验证后继续访问</p>", "安全验证"), 200, "人机验证", id="in words"),
        pytest.param(page("<p>Checking your browser before accessing</p>"), 503, "Checking", id="in English words"),
        pytest.param(
            "<html><head></head><body><script src=/a.js></script></body></html>",
            202,
            "202",
            id="202 and nothing but a script",
        ),
    ],
)
def test_a_check_for_browsers_is_recognised(text: str, status: int, sign: str) -> None:
    outcome, words = found(text, status) or (None, "")
    assert outcome is Outcome.CHALLENGE
    assert sign in words


def test_headers_tell_whose_check_turned_us_away() -> None:
    assert (found("", 403, headers={"Server": "WZWS"}) or ("",))[0] is Outcome.CHALLENGE
    assert (found("", 202, headers={"X-Amzn-Waf-Action": "challenge"}) or ("",))[0] is Outcome.CHALLENGE
    assert found("<h1>502 Bad Gateway</h1>", 502, headers={"WZWS-RAY": "1"}) is None
    assert found(page(ROW * 3), headers={"WZWS-RAY": "1"}) is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("<h1>403 Forbidden</h1><hr>nginx", 403, id="403"),
        pytest.param("", 403, id="403 without a word"),
        pytest.param('{"code":403}', 403, id="403 in JSON"),
        pytest.param("<h1>401</h1>", 401, id="401"),
        pytest.param("<h1>405 Not Allowed</h1>", 405, id="405, as firewalls answer"),
        pytest.param(page("<h2>您的访问请求已被拦截</h2><p>事件编号：20240328</p>"), 200, id="with 200, in words"),
        pytest.param(page("<h1>Access Denied</h1>"), 200, id="with 200, in English"),
    ],
)
def test_a_refusal_is_no_check(text: str, status: int) -> None:
    assert (found(text, status) or ("",))[0] is Outcome.BLOCKED


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        pytest.param("<title>云岭县人民政府</title><p>您访问的页面不存在或已被删除</p>", "页面不存在", id="small"),
        pytest.param(
            page(NAV + "<h2>抱歉，您要查看的信息已删除或不存在！</h2>" + FOOT), "信息已删除", id="amid head and foot"
        ),
        pytest.param(
            page(NAV + "<div class=err>对不起，找不到该页<br>请<a href='/'>返回首页</a></div>" + FOOT),
            "找不到该页",
            id="verb first",
        ),
        pytest.param(
            page("<p>您访问的<b>页面</b><span>不存在</span><a href='/'>返回首页</a></p>"),
            "页面不存在",
            id="parted by tags",
        ),
        pytest.param(
            page("<p>很抱歉，您要访问的网页</p><p>已经被删除了</p>"), "网页已经被删除", id="parted by paragraphs"
        ),
        pytest.param(page("<h1>404</h1>"), "404", id="a number alone"),
        pytest.param(page("<p>wait</p>", "404 Not Found"), "404", id="in the title"),
        pytest.param(page("", "页面找不到了-云岭县人民政府"), "页面找不到", id="in the title, in words"),
        pytest.param(page("<p>The page you requested was not found.</p>"), "not found", id="in English"),
        pytest.param(page("<p>HTTP Status 404 – /zwgk/x.html</p>"), "Status 404", id="of Tomcat"),
        pytest.param(page("<p>该文章已下架。</p>"), "文章已下架", id="taken down"),
        pytest.param(page("<p>哎呀，页面走丢了～</p>"), "页面走丢", id="gone astray"),
        pytest.param(page("<p>此链接已失效！</p>"), "链接已失效", id="expired link"),
        pytest.param("404 page not found\n", "page not found", id="no HTML at all"),
        pytest.param(
            page("<p>您访问的页面不存在或已被删除</p>").replace("utf-8", "gbk").encode("gbk"), "页面不存在", id="in GBK"
        ),
    ],
)
@pytest.mark.parametrize("wanted", ["list", "article"])
def test_a_page_that_says_it_is_gone_is_believed(text: str | bytes, sign: str, wanted: Wanted) -> None:
    outcome, words = found(text, wanted=wanted) or (None, "")
    assert outcome is Outcome.SOFT_404
    assert sign in words.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        pytest.param(SPA, Outcome.EMPTY_SHELL, id="empty div"),
        pytest.param(
            SPA.replace("<div id=app></div>", "<div id='root'><div class=loading>加载中...</div></div>"),
            Outcome.EMPTY_SHELL,
            id="with a word to wait",
        ),
        pytest.param(
            "<html><body><app-root></app-root><script src=main.js></script></body></html>",
            Outcome.EMPTY_SHELL,
            id="an element of its own",
        ),
        pytest.param("", Outcome.STUB, id="nothing"),
        pytest.param(b"\xef\xbb\xbf\r\n\r\n", Outcome.STUB, id="blank lines"),
        pytest.param(page("", head="<meta name='SiteName' content='云岭县人民政府'>"), Outcome.STUB, id="blank page"),
        pytest.param(page("<a href='/'>返回首页</a>"), Outcome.STUB, id="only the way home"),
        pytest.param(
            "<html><head><title></title></head><body><div class='list'><ul></ul></div></body></html>" + " " * 200,
            Outcome.STUB,
            id="a list without rows",
        ),
        pytest.param("<script>alert('参数错误')</script>", Outcome.STUB, id="a message box"),
        pytest.param("error", Outcome.STUB, id="one word"),
        pytest.param(
            "<html><head><meta http-equiv='refresh' content='0;url=./gzbg/'></head></html>", Outcome.STUB, id="leads on"
        ),
        pytest.param(LOGIN, Outcome.LOGIN_PAGE, id="password asked for"),
        pytest.param(
            page("<div id=box></div><p>请使用客户端扫码</p>", "统一身份认证平台"),
            Outcome.LOGIN_PAGE,
            id="login that a script makes",
        ),
    ],
)
def test_a_page_without_content_is_named(text: str | bytes, outcome: Outcome) -> None:
    assert (found(text) or ("",))[0] is outcome


REAL = [
    pytest.param(page(f"<ul>{ROW}</ul>"), "list", id="a list of one row"),
    pytest.param(
        f"<div><ul>{ROW}</ul></div><script>Ls.pagination({{pageCount:2,pageIndex:1}})</script>", "list", id="a fragment"
    ),
    pytest.param(ROW, "list", id="a row and no more"),
    pytest.param("<p>暂无相关信息</p>", "list", id="honestly empty fragment"),
    pytest.param(page("<div class=list>没有找到相关信息</div>"), "list", id="honestly empty list"),
    pytest.param("暂无数据", "list", id="honestly empty text"),
    pytest.param(
        page(NAV + f"<script>$_ts=window['$_ts'];</script><ul>{ROW * 2}</ul>" + FOOT),
        "list",
        id="a real page of a protected site",
    ),
    pytest.param(
        page(f"<script>$_ts=window['$_ts'];</script><ul>{ROW}</ul>"), "list", id="a short page of a protected site"
    ),
    pytest.param(
        page("<script>$_ts=window['$_ts'];</script><p>暂无信息</p>"), "list", id="an empty list of a protected site"
    ),
    pytest.param(
        page(
            "<script>window._CONFIG = { SID: '799001', TREE: [{\"id\":4101}] }</script><div id=app></div><script src=a.js></script>"
        ),
        "list",
        id="gkmlpt, whose page is empty but for its settings",
    ),
    pytest.param(
        page(
            "<div id='40817'><script type='text/xml'><datastore><recordset><record><![CDATA["
            + ROW
            + "]]></record></recordset></datastore></script></div>"
        ),
        "list",
        id="jpage, whose rows are in a script",
    ),
    pytest.param(
        page("<div class=pagination queryData=\"{'tplSetId':'a'}\" unitUrl='/api-gateway/x'></div>"),
        "list",
        id="JPaaS, whose rows come by its API",
    ),
    pytest.param(page("<script>document.writeln('<li>');</script>"), "list", id="rows that a script writes"),
    pytest.param(
        page('<div id=app></div><script>var state={"t":"' + "法治政府建设" * 30 + '"}</script>'),
        "article",
        id="text in a script",
    ),
    pytest.param(
        page("<form><input type=password></form>" + NAV + f"<ul>{ROW}</ul>"),
        "list",
        id="a list with a login in a corner",
    ),
    pytest.param(
        page("<form><input type=password></form>" + NAV * 4 + FOOT), "list", id="a home page with a login in a corner"
    ),
    pytest.param(
        page("<div style='display: none'>您访问的页面不存在</div>" + f"<ul>{ROW}</ul>"), "list", id="a hidden message"
    ),
    pytest.param(
        page(f"<ul>{ROW}</ul><div class=pop>您访问的链接即将离开“云岭县人民政府”门户网站，是否继续？</div>"),
        "list",
        id="the question before a link to elsewhere",
    ),
    pytest.param(
        page("<h1>关于公布年度报告的通知</h1><p>详见附件。</p><a href='./P020240328.pdf'>云岭县报告.pdf</a>"),
        "article",
        id="see attachment",
    ),
    pytest.param(
        page("<h1>年度报告</h1><p>附件：<a href='/system/_content/download.jsp?wbfileid=990011'>报告</a></p>"),
        "article",
        id="attachment without an ending",
    ),
    pytest.param(page("<p><img src='./W020240328.jpg'></p>"), "article", id="a scan"),
    pytest.param(
        page(
            "<p>文件已失效</p><p>云岭县人民政府关于印发依法行政工作要点的通知</p><p>各乡镇人民政府，县政府各部门：</p>"
        ),
        "article",
        id="a document that is repealed",
    ),
    pytest.param(
        page(
            "<h1>云岭县司法局政府信息公开工作年度报告</h1><p>本年度政府信息公开不存在收费及减免情况，依申请公开信息不存在被复议、诉讼的情形。</p>"
        ),
        "article",
        id="a sentence of a report",
    ),
    pytest.param(
        page(
            "<h1>云政发〔2023〕404号</h1><p>各乡镇人民政府，现将云岭县法治政府建设工作要点印发给你们，请认真贯彻执行。</p>"
        ),
        "article",
        id="document number 404",
    ),
    pytest.param(
        page(
            "<h1>云岭县网站检查通报</h1><p>"
            + "检查发现，部分单位页面不存在、链接已失效，统一身份认证平台无法登录，须限期整改。" * 20
            + "</p>"
        ),
        "article",
        id="a long text that speaks of such pages",
    ),
    pytest.param(
        page(
            "<h1>通报</h1><p>页面不存在的问题已整改。</p>",
            head="<meta content='云岭县网站检查通报' NAME=ArticleTitle><meta name='PubDate' content='2024-03-28 10:12'>",
        ),
        "article",
        id="a short text whose meta tags name it",
    ),
    pytest.param(
        page(
            "<p>"
            + "云岭县2023年度法治政府建设情况报告。" * 30
            + "</p><script>document.cookie='theme=1';if(0)location.href='/m/'</script>"
        ),
        "article",
        id="a cookie for the looks",
    ),
    pytest.param('{"success":true,"code":"200","data":{"html":""}}', "list", id="JSON"),
    pytest.param('\ufeff\r\n\r\nresult({"data":[]})', "list", id="JSONP behind blank lines"),
    pytest.param("totalRecord=2;totalPage = 1;dataStore = ['<li></li>']", "list", id="data as a script"),
    pytest.param("[]", "list", id="empty JSON"),
    pytest.param(
        '<?xml version="1.0" encoding="utf-8"?><datastore><totalrecord>0</totalrecord></datastore>',
        "list",
        id="XML without records",
    ),
    pytest.param("<datastore><totalrecord>0</totalrecord></datastore>", "list", id="XML without its first line"),
    pytest.param("<RECORDS><REC/></RECORDS>", "list", id="XML of another name"),
    pytest.param('<?xml version="1.0"?><rss><channel></channel></rss>', "list", id="a feed"),
    pytest.param("<urlset><url><loc>http://www.yunling.gov.cn/</loc></url></urlset>", "list", id="a site map"),
    pytest.param(
        '<?xml version="1.0"?><!DOCTYPE html><html><body><ul>' + ROW + "</ul></body></html>", "list", id="XHTML"
    ),
    pytest.param(b"%PDF-1.7 \x00\x01", "article", id="a file in place of an article"),
]


@pytest.mark.parametrize(("text", "wanted"), REAL)
def test_real_answers_are_left_alone(text: str | bytes, wanted: Wanted) -> None:
    assert found(text, wanted=wanted, url=ARTICLE if wanted == "article" else LIST) is None


@pytest.mark.parametrize("status", [301, 302, 304, 404, 410, 400, 429, 500, 502, 503])
def test_what_the_status_says_is_left_to_it(status: int) -> None:
    assert found(page("<h1>页面不存在</h1>"), status) is None
    assert found("", status, headers={"Set-Cookie": "CT6T=abc", "Location": LIST}) is None


@pytest.mark.parametrize(
    ("text", "url", "outcome"),
    [
        pytest.param(b"%PDF-1.7 \x00\x01", FILE, None, id="PDF"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", FILE, None, id="a broken file is one"),
        pytest.param(b"Founder CEB \x00", FILE, None, id="a file that we do not read"),
        pytest.param(b"\x01\x02\x00\x00unknown", FILE, None, id="unknown bytes"),
        pytest.param(
            "<html xmlns:o='urn:schemas-microsoft-com:office:office'><p>报告</p></html>",
            FILE,
            None,
            id="saved by Word as HTML",
        ),
        pytest.param(
            '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
            FILE,
            None,
            id="saved by Word as XML",
        ),
        pytest.param("云岭县" * 400, FILE, None, id="long text"),
        pytest.param("年份,件数\n2023,5", FILE.replace("pdf", "csv"), None, id="text that was asked for"),
        pytest.param(page(f"<ul>{ROW}</ul>"), LIST, None, id="a page that was asked for"),
        pytest.param(page("<h1>文件下载出错</h1>" + FOOT, "系统提示"), FILE, Outcome.NOT_A_FILE, id="error page"),
        pytest.param(page("<p>请输入验证码后下载</p><input name=code>"), FILE, Outcome.NOT_A_FILE, id="captcha"),
        pytest.param(page("<p>您访问的页面不存在</p>"), FILE, Outcome.NOT_A_FILE, id="soft 404"),
        pytest.param(
            LOGIN, "http://www.yunling.gov.cn/system/_content/download.jsp?wbfileid=9", Outcome.NOT_A_FILE, id="login"
        ),
        pytest.param('{"code":500,"msg":"无权限"}', FILE, Outcome.NOT_A_FILE, id="JSON"),
        pytest.param("file not exist", FILE, Outcome.NOT_A_FILE, id="a few words"),
        pytest.param("", FILE, Outcome.STUB, id="nothing"),
        pytest.param(RUISHU, FILE, Outcome.CHALLENGE, id="check for browsers"),
        pytest.param(
            page("<p>您访问的页面不存在</p>"), ARTICLE, Outcome.SOFT_404, id="a page that was asked for is gone"
        ),
    ],
)
def test_a_file_is_told_by_its_bytes(text: str | bytes, url: str, outcome: Outcome | None) -> None:
    said = found(text, url=url, wanted="file")
    assert (said[0] if said else None) is outcome


CLONED = page("<h1>云岭县法治政府建设报告</h1><p>" + "云岭县人民政府。" * 60 + "</p>")
SPAM = page(
    "<p>" + "澳门新葡京娱乐城官网注册送彩金，百家乐老虎机六合彩开奖结果投注平台。" * 8 + "</p>", "澳门新葡京娱乐城官网"
)


@pytest.mark.parametrize(
    ("text", "url", "is_clone"),
    [
        pytest.param(
            CLONED, "http://www.shangke-shop.com/zwgk/fzzfjs/202403/t20240328_880012.html", True, id="path of TRS"
        ),
        pytest.param(
            CLONED, "http://shangke-shop.com/art/2021/3/22/art_1229514496_59034024.html", True, id="path of Hanweb"
        ),
        pytest.param(
            CLONED,
            "http://www.yunlinggov.cn/ncx/fzzfgzbg/202109/0a1b2c3d4e5f60718293a4b5c6d7e8f9.shtml",
            True,
            id="path of UCAP, host that looks alike",
        ),
        pytest.param(SPAM, "http://www.yunling.gov.cn.shop.test/x/1.html", True, id="sells, whatever its path"),
        pytest.param(CLONED, ARTICLE, False, id="at home"),
        pytest.param(CLONED, "http://www.shangke-shop.com/news/12.html", False, id="another path"),
        pytest.param(
            CLONED,
            "http://www.yunling.test/zwgk/fzzfjs/202403/t20240328_880012.html",
            False,
            id="a name that is nobody's",
        ),
        pytest.param(
            CLONED, "http://127.0.0.1:8001/zwgk/fzzfjs/202403/t20240328_880012.html", False, id="this machine"
        ),
        pytest.param(CLONED, "http://localhost:8001/zwgk/fzzfjs/", False, id="this machine by name"),
        pytest.param(SPAM, ARTICLE, False, id="a government page that was broken into is no clone"),
    ],
)
def test_a_clone_is_told_by_its_host(text: str, url: str, is_clone: bool) -> None:
    said = found(text, url=url, wanted="article")
    assert (said is not None and said[0] is Outcome.CLONE_HOST) is is_clone


def test_a_host_that_the_source_names_is_no_clone() -> None:
    view = View(Request("http://www.yunling-zw.com/zwgk/1.html"), CLONED.encode())
    assert find_shell(view, {}, wanted="article", named=["yunling-zw.com"]) is None
    assert find_shell(view, {}, wanted="article") is not None


def test_a_large_page_is_no_shell() -> None:
    assert found(page("<!-- " + "x" * 400_000 + " -->")) is None


@pytest.mark.parametrize(
    ("text", "target"),
    [
        pytest.param(
            "<html><head><META content='0; URL=./gzbg/index.html' http-equiv=Refresh></head></html>",
            LIST + "gzbg/index.html",
            id="meta",
        ),
        pytest.param(
            "<script>window.location.href='/zwgk/gzbg/'</script>", "http://www.yunling.gov.cn/zwgk/gzbg/", id="script"
        ),
        pytest.param(
            '<script>location.replace("http://sfj.yunling.gov.cn/")</script>',
            "http://sfj.yunling.gov.cn/",
            id="another host",
        ),
        pytest.param(
            page("<iframe src='../list.html' width=100%></iframe>"),
            "http://www.yunling.gov.cn/zwgk/list.html",
            id="one frame",
        ),
        pytest.param(page("<iframe src='/pdfjs/viewer.html?file=a'></iframe>"), "", id="a frame that shows a file"),
        pytest.param(C3VK, "", id="a check sets a cookie first"),
        pytest.param(f"<meta http-equiv=refresh content='0;url={LIST}'>", "", id="to itself"),
        pytest.param("<meta http-equiv=refresh content=300>", "", id="only again"),
        pytest.param(page(f"<ul>{ROW * 3}</ul><script>if(0)location.href='/m/'</script>"), "", id="a real page"),
        pytest.param("{}", "", id="data"),
        pytest.param(
            page("<p>您访问的页面不存在，3秒后返回首页</p><script>location.href='/'</script>"),
            "",
            id="a page that is gone, and goes home",
        ),
        pytest.param(page("<p>暂无信息</p><script>if(0)location.href='/m/'</script>"), "", id="an empty list"),
        pytest.param(
            SPA.replace("<div", "<script>if(/Mobile/.test(navigator.userAgent))location.href='/m/'</script><div"),
            "",
            id="an empty shell with a way for telephones",
        ),
        pytest.param(
            page("<p>" + "法治政府建设情况报告。" * 8 + "</p><script>if(0)location.href='/m/'</script>"),
            "",
            id="a short text with a way for telephones",
        ),
        pytest.param(
            page(
                "<p>正在跳转，请稍候……如果没有跳转，请点<a href='/zwgk/gzbg/'>这里</a></p><script>location.href='/zwgk/gzbg/'</script>"
            ),
            "http://www.yunling.gov.cn/zwgk/gzbg/",
            id="with a word to wait",
        ),
    ],
)
def test_a_page_that_only_leads_on_says_where(text: str, target: str) -> None:
    assert find_jump(View(Request(LIST), text.encode(), media="text/html")) == target
