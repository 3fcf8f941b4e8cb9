"""Digests to draw: built by hand with honest defaults, four whole samples, and a strategy for any digest at all.

>>> [line.words for line in digest(line("documents", "青禾县公布2026年计划。")).lines]
['青禾县公布2026年计划。']
"""

from datetime import date, timedelta
from typing import Any, get_args

from hypothesis import strategies as st

from pipeline.digest.records import NEWS, Counts, Digest, Evidence, Line, Part
from pipeline.records import content_id
from pipeline.weeks import Week

WEEK = Week(2026, 47)
HOSTS = {"青禾县": "qinghe", "云岭县": "yunling", "云岚县": "yunlan", "滨望区": "binwang"}
CODES = {"青禾县": "990121", "云岭县": "990122", "云岚县": "990123", "滨望区": "990104"}
SHA256 = "3f" * 32


def evidence(title: str, place: str = "青禾县", quote: str = "", **fields: Any) -> Evidence:
    """Return evidence of a document of *place*, in an archive."""
    host = HOSTS.get(place, "www")
    known: dict[str, Any] = {
        "context": "二、重点任务 › （二）规范行政执法" if quote else "",
        "doc_id": content_id("document", title),
        "start": 120 if quote else None,
        "end": 120 + len(quote) if quote else None,
        "url": f"http://www.{host}.test/zwgk/fzzf/{content_id(title)}.html",
        "snapshot": f"crawl-20261118-{host}.warc.gz@48213",
        "sha256": SHA256,
        "fetched": "2026-11-18",
    }
    return Evidence(content_id(title, place, quote), title, place, quote, **{**known, **fields})


def line(part: Part, words: str, *found: Evidence, **fields: Any) -> tuple[Line, tuple[Evidence, ...]]:
    """Return a line with the evidence that it stands on."""
    place = fields.get("place", "")
    known: dict[str, Any] = {
        "weight": 1.0,
        "place_code": CODES.get(place, ""),
        "level": "county" if place else "",
        "is_news": part in NEWS,
    }
    ids = tuple(one.id for one in found)
    named = content_id(part, words, *ids, *fields.get("cells", {}).values())
    return Line(named, part, words=words, evidence=ids, **{**known, **fields}), found


def digest(*lines: tuple[Line, tuple[Evidence, ...]], week: Week = WEEK, **fields: Any) -> Digest:
    """Return the digest of *lines*, the heaviest first."""
    order = sorted((one for one, _ in lines), key=lambda one: -one.weight)
    known: dict[str, Any] = {
        "headline": ("本期共有新情况若干。", "另有到期事项若干。", "信息来源总体正常。"),
        "counts": Counts(publications=312, places=4, sources=50, sources_good=47),
    }
    found = {one.id: one for _, several in lines for one in several}
    return Digest(str(week), week.monday, week.sunday, lines=tuple(order), evidence=found, **{**known, **fields})


# --- whole samples -------------------------------------------------------------------------------------------------


def rich() -> Digest:
    """Return a week in which something of every part happened."""
    return digest(
        *_news(),
        *_states(),
        headline=(
            "本期新增文件2份，内容变化4处，1份文件被撤下，2个信息来源状态异常。",
            "30日内到期的承诺3项，已过期限而未见结果的2项；云岚县、滨望区未见上一年度报告。",
            "另有1份文件只换了网页样式，不列入新情况。",
        ),
        counts=Counts(312, 4, 50, 47, news=9, furniture=1, copies=2, late=1),
        notes=("1个页面只换了页脚，正文没有变化。", "有1条情况发生在第46周，该期发出之后才采集到，本期补报。"),
        references=("《法治政府建设实施纲要（2021—2025年）》",),
    )


def _news() -> list[tuple[Line, tuple[Evidence, ...]]]:
    plan, town = "云岭县2026年法治政府建设工作计划", "青禾县2026年法治政府建设工作要点"
    new = "行政执法案卷评查合格率达到95%以上，行政机关负责人出庭应诉率不低于90%。"
    old = new.replace("95%", "90%")
    after, before = evidence(plan, "云岭县", new), evidence(plan, "云岭县", old, fetched="2026-03-02")
    late = evidence(plan, "云岭县", "2026年12月底前，完成行政规范性文件全面清理。")
    trained = evidence(town, "青禾县", "行政执法人员每年参加培训不少于60学时。")
    dropped = evidence(town, "青禾县", "每季度组织一次行政复议案例研讨。")
    report = evidence("云岭县人民政府关于2025年度法治政府建设情况的报告", "云岭县", fetched="2026-11-17")
    points = evidence("青禾县2027年法治政府建设工作要点", "青禾县")
    gone = evidence("滨望区2025年法治政府建设工作总结", "滨望区", fetched="2026-11-20")
    silent = evidence("云岚县政府网“法治政府建设”栏目", "云岚县", doc_id="", sha256="", snapshot="")
    blocked = evidence("滨望区司法局“通知公告”栏目", "滨望区", doc_id="", sha256="", snapshot="")
    return [
        line("changes", "云岭县把行政执法案卷评查合格率的目标由90%以上提高到95%以上。", after, before, weight=9.5, place="云岭县", before=old,
             after=new, headings=(5,), cells={"文件": plan, "变化": "提高", "事项": "行政执法案卷评查合格率"}),
        line("documents", "云岭县新公布2025年度报告（11月16日），比2026年4月1日的规定期限晚229天，读出结果46条。", report, weight=9.2, place="云岭县",
             cells=_new(report.title, "报告", "2025", "2026-11-16", "", "46", "云岭县政府网“法治政府建设”栏目")),
        line("documents", "青禾县新公布2027年计划（11月17日），读出目标38条。", points, weight=9.0, place="青禾县",
             cells=_new(points.title, "计划", "2027", "2026-11-17", "38", "", "青禾县政府网“政策文件”栏目")),
        line("gone", "滨望区2025年法治政府建设工作总结已撤下，网址返回404，本系统存有11月3日采集的全文。", gone, weight=8.7, place="滨望区",
             cells={"文件": gone.title, "情况": "撤下", "说明": "网址返回404", "原网址": gone.url, "新网址": ""}),
        line("changes", "云岭县把行政规范性文件清理的期限由2026年9月底推迟到2026年12月底。", late, weight=8.1, place="云岭县",
             before="2026年9月底前，完成行政规范性文件全面清理。", after="2026年12月底前，完成行政规范性文件全面清理。",
             cells={"文件": plan, "变化": "改期", "事项": "行政规范性文件清理"}),
        line("changes", "青禾县新增承诺：行政执法人员每年参加培训不少于60学时。", trained, weight=7.4, place="青禾县",
             after="行政执法人员每年参加培训不少于60学时。", cells={"文件": town, "变化": "新增", "事项": "行政执法人员培训"}),
        line("sources", "来源“云岚县政府网‘法治政府建设’栏目”失联：连续两次无法连接，上次正常为11月8日。", silent, weight=7.0, place="云岚县",
             cells=_source(silent, "失联：无法连接", "2026-11-20", "2026-11-08", "下次采集自动重试")),
        line("sources", "来源“滨望区司法局‘通知公告’栏目”受阻：要求人机验证，上次正常为11月15日。", blocked, weight=6.6, place="滨望区",
             cells=_source(blocked, "受阻：人机验证", "2026-11-20", "2026-11-15", "用浏览器打开，下载后导入")),
        line("changes", "青禾县删去承诺：每季度组织一次行政复议案例研讨。", dropped, weight=6.0, place="青禾县", is_late=True, seen="2026-11-13",
             before="每季度组织一次行政复议案例研讨。", cells={"文件": town, "变化": "删去", "事项": "行政复议案例研讨"}),
    ]  # fmt: skip


def _new(title: str, kind: str, year: str, published: str, targets: str, results: str, source: str) -> dict[str, str]:
    return {
        "文件": title,
        "类型": kind,
        "年份": year,
        "公布日期": published,
        "目标": targets,
        "结果": results,
        "来源": source,
    }


def _source(of: Evidence, state: str, since: str, good: str, advice: str) -> dict[str, str]:
    return {"来源": of.title, "状态": state, "自": since, "上次正常": good, "处理办法": advice, "网址": of.url}


def _states() -> list[tuple[Line, tuple[Evidence, ...]]]:
    report = evidence("云岭县人民政府关于2025年度法治政府建设情况的报告", "云岭县", "行政机关负责人出庭应诉率为88.5%。")
    target = evidence("云岭县2025年法治政府建设工作计划", "云岭县", "行政机关负责人出庭应诉率达到90%以上。")
    standing = evidence("青禾县政府网“规划计划”栏目", "青禾县", doc_id="", sha256="", snapshot="")
    near = evidence("青禾县2027年法治政府建设工作要点", "青禾县", "加强行政执法协调。")
    doubt = evidence("青禾县2027年法治政府建设工作要点", "青禾县", "力争实现“三个90%”。")
    made = [
        line("tracked", "云岭县“行政机关负责人出庭应诉率”未达到，目标不低于90%，报告为88.5%，差1.5个百分点。", report, target, weight=5.5,
             place="云岭县", cells={"结论": "未达到", "事项": "行政机关负责人出庭应诉率", "目标": target.quote, "结果": report.quote,
                    "算式和理由": "目标不低于90%，报告为88.5%，差1.5个百分点", "计划": target.title, "报告": report.title}),
        line("sources", "来源“青禾县政府网‘规划计划’栏目”自10月26日起改版。", standing, weight=4.0, place="青禾县", is_news=False,
             cells=_source(standing, "改版", "2026-10-26", "2026-10-19", "更新来源表")),
        line("missing", "青禾县2027年计划对照纲要，未见“健全行政决策制度”。", near, weight=2.0, place="青禾县",
             cells={"文件": near.title, "对照": "纲要", "缺少": "11 健全行政决策制度", "本期新出现": "是"}),
        line("doubtful", "青禾县2027年计划需要核对，有1条识别结果把握不大。", doubt, weight=0.5, place="青禾县",
             cells={"文件": doubt.title, "问题": "有1条识别结果把握不大", "办法": "对照原文核对"}),
    ]  # fmt: skip
    for place, task, day, left, lead in (
        ("青禾县", "建成行政执法综合管理监督信息系统并与省平台对接", "2026-12-15", "23天", "县司法局、县数据局"),
        ("青禾县", "乡镇（街道）法治建设第一责任人述法全覆盖", "2026-12-20", "28天", "县委依法治县办"),
        ("云岭县", "完成行政规范性文件全面清理", "2026-12-22", "30天", "县司法局"),
    ):
        found = evidence(f"{place}2026年法治政府建设工作计划", place, f"{day[:4]}年12月底前，{task}。")
        cells = {"任务": task, "期限": day, "还有": left, "牵头": lead, "文件": found.title}
        made.append(
            line(
                "deadlines",
                f"{place}2026年计划：“{task}”，{day}到期，还有{left}。",
                found,
                weight=3.0,
                place=place,
                cells=cells,
            )
        )
    for place, task, day, past in (
        ("滨望区", "修订重大行政决策事项目录", "2026-06-30", "145天"), ("云岚县", "行政复议场所规范化建设", "2026-09-30", "53天"),
    ):  # fmt: skip
        found = evidence(f"{place}2026年法治政府建设工作计划", place, f"{task}，{day}前完成。")
        cells = {"任务": task, "期限": day, "已过": past, "情况": "未见公开结果", "牵头": "", "文件": found.title}
        made.append(
            line(
                "overdue",
                f"{place}2026年计划：“{task}”，{day}到期，未见公开结果。",
                found,
                weight=2.8,
                place=place,
                cells=cells,
            )
        )
    for place in ("云岚县", "滨望区"):
        cells = {
            "年度": "2025",
            "情况": "未见公布",
            "已超过": "235天",
            "最近一份报告": f"{place}2024年度报告",
            "来源": f"{place}政府网",
        }
        made.append(
            line(
                "unpublished", f"{place}：未见公布2025年度法治政府建设年度报告。", weight=1.5, place=place, cells=cells
            )
        )
    return made


def empty() -> Digest:
    """Return a week in which nothing happened and nothing is due."""
    return digest(
        headline=("本期没有新情况。", "50个信息来源中47个正常，与上期相同。", "没有30日内到期或者逾期的承诺。"),
        notes=("12个页面只换了网页样式，正文没有变化。",),
        counts=Counts(312, 4, 50, 47, furniture=12),
    )


def first_week(documents: int = 300, quotes: int = 6) -> Digest:
    """Return the first week of a workspace: *documents* new ones, and *quotes* overdue commitments of each."""
    places, made = list(HOSTS), []
    for number in range(documents):
        place, year = places[number % 4], 2016 + number % 11
        title = f"{place}{year}年法治政府建设工作{'计划' if number % 2 else '总结'}（第{number // 4 + 1}号）"
        kind, day = "计划" if number % 2 else "报告", date(year, 3, 1) + timedelta(number % 28)
        cells = _new(title, kind, str(year), str(day), str(7 * number % 61), "", f"{place}政府网“法治政府建设”栏目")
        made.append(line("documents", f"{place}：{title}首次入库。", evidence(title, place), weight=500 - number,
                         place=place, cells=cells))  # fmt: skip
        for at in range(quotes):
            quote = f"{year}年底前，第{at + 1}项任务的完成率达到{80 + at}%以上。"
            cells = {
                "地区": place,
                "期限": f"{year}-12-31",
                "逾期": f"{2026 - year}年",
                "事项": f"第{at + 1}项任务",
                "牵头": "县司法局",
            }
            made.append(line("overdue", f"{place}：第{at + 1}项任务逾期。", evidence(title, place, quote), weight=1.0,
                             place=place, cells=cells))  # fmt: skip
    return digest(
        *made,
        headline=(
            f"首期：共采集到文件{documents}份，均作为新增列出。",
            "以后各期只列与上期的不同。",
            "信息来源全部正常。",
        ),
        counts=Counts(documents, 4, 50, 50, news=documents),
        is_first=True,
    )


NASTY = (
    "<script>alert(1)</script>",
    "</style><img src=http://evil.test/x.png onerror=alert(1)>",
    "[点此](javascript:alert(1)) ![图](http://evil.test/a.png) `a` *b* _c_ ~d~ | e",
    "=HYPERLINK(\"http://evil.test\",\"点此\")",
    "合格率\u202e%59\u202c以上\u2067",
    "مەھكىمە %95",
    "第一行\n# 第二行\r\n- 第三行\x00\x0b完",
    "{{ 7 * 7 }} {% raw %} &lt;b&gt; &#x41; \\",
    "没有空格的长网址http://www.yunling.test/" + "abcdefghij" * 30,
)  # fmt: skip


def nasty() -> Digest:
    """Return what the pages of strangers may bring about."""
    made = []
    for number, text in enumerate(NASTY):
        address = ("javascript:alert(1)", "http://[bad", "ftp://a.test/", 'http://a.test/"onclick="x', "")[number % 5]
        found = evidence(text, text, (text + "，") * 6, url=address, snapshot=text, context=text, fetched="")
        made.append(
            line(
                "changes",
                text,
                found,
                weight=9.0,
                before=text,
                after=text + "改",
                place=text,
                cells={"文件": text, "地区": text},
            )
        )
        made.append(line("documents", text * 2, found, weight=8.0))  # neither place nor cells
        made.append(line("sources", text, weight=7.0, cells={"情况": "" if number else text}))  # no evidence
    title = "关于印发" + "云岭县贯彻落实法治政府建设实施纲要" * 12 + "的通知"
    long = evidence(title, "云岭县", "坚持依法行政，" * 28 + "完成率达到100%。", context=" › ".join([title] * 4))
    many = [evidence(f"文件{number}", "云岭县") for number in range(40)]
    wide = {f"第{number}列": "很长的一格文字，" * (number % 3 * 6 + 1) for number in range(14)}
    made += [
        line(
            "documents",
            title,
            long,
            weight=10.0,
            place="云岭县苗族侗族土家族自治县" * 3,
            cells={"文件": title},
            is_late=True,
        ),
        line("missing", "一条有四十项依据", *many, weight=1.0, cells=wide),
        line("doubtful", "同一条两次", long, weight=1.0),
        line("doubtful", "同一条两次", long, weight=1.0),
    ]
    return digest(
        *made, headline=NASTY[:3], notes=NASTY, references=NASTY[:2], reader="a", reader_name=NASTY[0] + "读者" * 40
    )


SAMPLES = {"rich": rich, "empty": empty, "first week": first_week, "nasty": nasty}

# --- any digest ----------------------------------------------------------------------------------------------------

TEXTS = st.one_of(
    st.sampled_from(("", *NASTY)),
    st.text(max_size=20),
    st.text("青禾县云岭0123456789%—，。<>&|[]*_#\n=+-", max_size=40),
)
NAMES = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=1, max_size=12)
WHOLE = st.integers(0, 10**6)


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    """Draw any digest that keeps its promises: evidence under its own id, and none named that is not there."""
    found = draw(st.dictionaries(NAMES, st.builds(
        Evidence, id=st.just(""), title=TEXTS, place=TEXTS, quote=TEXTS, context=TEXTS, doc_id=NAMES,
        start=st.none() | WHOLE, end=st.none() | WHOLE, url=TEXTS | st.just("https://www.yunling.test/a?b=1&c=2"),
        snapshot=TEXTS, sha256=st.sampled_from(("", SHA256)), fetched=st.sampled_from(("", "2026-11-18")),
    ), max_size=4))  # fmt: skip
    kept = {key: Evidence(key, *(getattr(one, name) for name in Evidence.__slots__[1:])) for key, one in found.items()}
    lines = st.builds(
        Line, id=NAMES, part=st.sampled_from(get_args(Part)), weight=st.floats(0, 100), words=TEXTS, place=TEXTS,
        place_code=TEXTS, level=TEXTS, before=TEXTS, after=TEXTS, cells=st.dictionaries(TEXTS, TEXTS, max_size=3),
        headings=st.lists(st.integers(0, 10), max_size=2).map(tuple), indicators=st.lists(NAMES, max_size=2).map(tuple),
        bodies=st.lists(TEXTS, max_size=2).map(tuple),
        evidence=st.lists(st.sampled_from(sorted(kept)), max_size=3).map(tuple) if kept else st.just(()),
        event=st.none() | WHOLE, is_news=st.booleans(), is_late=st.booleans(),
    )  # fmt: skip
    week = Week(draw(st.integers(2000, 2100)), draw(st.integers(1, 52)))
    texts = st.lists(TEXTS, max_size=3).map(tuple)
    return Digest(
        str(week), week.monday, week.sunday, draw(texts), draw(st.lists(lines, max_size=12).map(tuple)), kept,
        draw(st.builds(Counts, *[WHOLE] * len(Counts.__slots__))), draw(texts), draw(NAMES), draw(TEXTS),
        draw(st.booleans()), draw(texts),
    )  # fmt: skip
