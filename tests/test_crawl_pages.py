"""Pages of a list whose files are counted from 1, which nothing on the page tells; and files that a page shows inside."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.emulator.server import Emulator
from pipeline.emulator.site import NOT_FOUND, Answer, Article, Asked, Kind, Site, SiteColumn
from pipeline.parse.links import find_links
from pipeline.records import Page
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.relevance import judge_title
from pipeline.scrape.sources import Source
from tests.crawls import run

ROW = '<li><a href="./202403/t2024032{n}_88000{n}.html" title="云岭县202{n}年法治政府建设情况报告">报告</a><span>2024-03-2{n}</span></li>'
CALL = '<script>createPageHTML(2, {current}, "index", "html");</script>'
TEXT = (
    "<html><head><title>云岭县</title></head><body><div class='TRS_Editor'>"
    + "".join(f"<p>第{n}项：全年办理行政复议案件{n}件，化解争议。</p>" for n in range(40))
    + "{n}</div></body></html>"
)


def counted(shows_first: bool) -> Kind:
    """A TRS list whose second page is index_2.html; index_1.html is page 1 again, or nothing."""

    def page(current: int) -> Answer:
        rows = "".join(ROW.format(n=n) for n in ((1, 2), (3, 4))[current])
        return Answer(f"<html><body><ul>{rows}</ul>{CALL.format(current=current)}</body></html>".encode())

    def respond(site: Site, asked: Asked) -> Answer:
        if "/t2024" in asked.path:
            return Answer(TEXT.replace("办理行政复议", f"{asked.path[-6:-5]}次办理行政复议").encode())
        pages = {"/zwgk/fzzfjs/": page(0), "/zwgk/fzzfjs/index_2.html": page(1)}
        if shows_first:
            pages["/zwgk/fzzfjs/index_1.html"] = page(0)
        return pages.get(asked.path, NOT_FOUND)

    return Kind("counted", respond, lambda site: "/zwgk/fzzfjs/", lambda site, article: "/", lambda site, article: ())


@pytest.mark.parametrize("shows_first", [True, False], ids=["index_1 is page 1 again", "index_1 is not there"])
def test_files_counted_from_the_page_itself_are_found_by_trying(shows_first: bool, tmp_path: Path) -> None:
    site = Site(
        "www.counted.test",
        "云岭县人民政府",
        "云岭县",
        "counted",
        (SiteColumn("fzzfjs", "法治政府建设"),),
        (Article(1, "", date(2024, 3, 1)),),
    )
    with Emulator(lambda week: {site.host: site}, kinds={"counted": counted(shows_first)}) as emulator:
        source = Source(
            "counted", "云岭县", "http://www.counted.test/zwgk/fzzfjs/", place_name="云岭县", expect=(4, 4), delay_s=0.01,
            allow_loopback=True, connect=emulator.connect,
        )  # fmt: skip
        (result,) = run((source,), tmp_path).results
    assert (result.outcome, result.documents) == (Outcome.OK, 4)


@pytest.mark.parametrize(
    ("html", "href"),
    [
        pytest.param('<iframe src="./e.pdf"></iframe>', "http://a.gov.cn/x/e.pdf", id="a frame"),
        pytest.param('<embed src="/f/e.pdf">', "http://a.gov.cn/f/e.pdf", id="embedded"),
        pytest.param('<object data="e.pdf"></object>', "http://a.gov.cn/x/e.pdf", id="an object"),
        pytest.param(
            '<iframe src="/pdfjs/web/viewer.html?file=/f/v.pdf"></iframe>', "http://a.gov.cn/f/v.pdf", id="a viewer"
        ),
        pytest.param(
            """<a href="javascript:;" onclick="window.open('/f/o.docx')">附件：任务表.docx</a>""",
            "http://a.gov.cn/f/o.docx",
            id="opened by a script",
        ),
    ],
)
def test_a_file_that_a_page_shows_inside_is_its_attachment(html: str, href: str) -> None:
    url = "http://a.gov.cn/x/t.html"
    content = f"<html><body><p>云岭县法治政府建设工作要点见附件。全年工作如下。</p>{html}</body></html>".encode()
    links = find_links(Page(url, content, url))
    assert [(link.href, link.role) for link in links] == [(href, "attachment")]


@pytest.mark.parametrize("inside", ['<iframe src="/map.html"></iframe>', """<a onclick="go('x')" href="#">返回</a>"""])
def test_other_frames_and_scripts_are_no_attachments(inside: str) -> None:
    content = f"<html><body><p>一、完成。二、完成。三、完成。</p>{inside}</body></html>".encode()
    assert find_links(Page("http://a.gov.cn/x/t.html", content, "http://a.gov.cn/x/t.html")) == ()


@pytest.mark.parametrize("kind", ["通知", "函"])
def test_a_call_for_comments_is_no_plan(kind: str) -> None:
    title = f"关于征求《云岭县法治政府建设实施方案》意见的{kind}"
    assert judge_title(title, column="法治政府建设", owners=("云岭县",)).verdict == "dropped"
