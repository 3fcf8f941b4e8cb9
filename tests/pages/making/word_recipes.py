"""How the Word documents of the cases ``c-*`` are made from their expected texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.pages.making.numbering import ARTICLES, CLASSIC, JAPANESE, RUN_ON, RUN_ON_DIGITS, TOWN, Level
from tests.pages.making.word import Lines

HERE = Path(__file__).parent.parent
Edits = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a Word document is made from its expected text.

    Attributes:
        head, tail: marked lines before and after the text.
        edits: replacements in the expected text; the first string of each stands there exactly once.
    """

    target: str
    head: Lines
    edits: Edits
    scheme: tuple[Level, ...] = ()
    mode: str = "direct"
    tail: Lines = ()
    options: dict[str, Any] = field(default_factory=dict)


def marked(case: str, edits: Edits) -> list[str]:
    """Return the expected text of a case with its marks."""
    text = expected(case)
    for old, new in edits:
        if text.count(old) != 1:
            raise ValueError(f"{case}: expected one place that reads {old!r}, got {text.count(old)}")
        text = text.replace(old, new)
    return text.splitlines()


def expected(case: str) -> str:
    """Return the canonical text of a case."""
    return (HERE / case / "body.txt").read_text(encoding="utf-8")


WORD: dict[str, Recipe] = {
    "c-docx-letterhead-annexes": Recipe(
        "yzbf-12.docx",
        [
            "@head 云岚县人民政府办公室文件",
            "@box 云政办发〔2024〕12号",
            "@title 云岚县人民政府办公室|关于印发《云岚县2024年法治政府建设工作计划》的通知",
        ],
        [
            ("\n2.云岚县2024年法治政府建设任务分解表", "\n@plain 　　　　2.云岚县2024年法治政府建设任务分解表"),
            (
                "\n云岚县人民政府办公室\n2024年3月18日\n",
                "\n@right 云岚县人民政府办公室\n@right 2024年3月18日\n@page\n附件1\n@center 云岚县2024年法治政府建设工作计划\n",
            ),
            ("\n附件2\n云岚", "\n@page\n附件2\n@center 云岚"),
        ],
        CLASSIC,
        "styles",
        [
            "@print 抄送：县委各部门，县人大常委会办公室，县政协办公室，县法院，县检察院，县人武部。|云岚县人民政府办公室　　　　　　　　2024年3月20日印发"
        ],
        {"furniture": ("", "— ", " —"), "both_sides": True, "fill": (1, 3, 4, 5), "blank": (0,)},
    ),
    "c-docx-tracked-report": Recipe(
        "report.docx",
        [
            "@head 青禾县人民政府文件",
            "@center 青政〔2024〕9号　　　　　　　　签发人：许望舒",
            "@title 青禾县人民政府|关于2023年度法治政府建设情况的报告",
        ],
        [
            ("承接下放行政许可事项23项", "承接{-上级-}下放行政许可事项{-21-}{+23+}项"),
            ("为企业和群众减免各类费用1260万元。", "{+为企业和群众减免各类费用+}{-1206万元-}{+1260万元。+}"),
            (
                "均为100%。\n上述文件均在公布前征求意见不少于30日。",
                "均为100%{^上述文件均在公布前征求意见不少于30日。^}。",
            ),
            ("抽查评议案卷210卷", "抽查评议{#案卷210卷|请核对，司法局报的是208卷#}"),
            (
                "个百分点。对轻微违法行为免予处罚146起。",
                "个百分点。{p-}对轻微违法行为免予处罚146起。{<行政机关负责人出庭应诉率达到100%。<}",
            ),
            ("87件，审结82件", "87件{-、行政裁决案件5件-}，审结82件"),
            (
                "调解和解29件。行政机关负责人出庭应诉率达到100%。\n出庭应诉率按实际出庭人次占应当出庭人次的比例计算。",
                "调解和解29件{~（内部掌握：其中县直部门17件）~}。{>行政机关负责人出庭应诉率达到100%。>}{^出庭应诉率按实际出庭人次占应当出庭人次的比例计算。^}",
            ),
            ("\n公共法律服务满意度", "\n{row-}执法车辆保有量\t辆\t41\t43\t45\n公共法律服务满意度"),
            (
                "特此报告。\n青禾县人民政府\n2024",
                "{-以上为初稿，妥否请批示。-}{p-}特此报告。\n@right 青禾县人民政府\n@right 2024",
            ),
        ],
        JAPANESE,
        options={"furniture": ("（初稿）", "第", "页")},
    ),
    "c-docx-outline-toc-textbox": Recipe(
        "gangyao.docx",
        [
            "@title 霁川区法治政府建设实施纲要|（2021—2025年）",
            "@center （霁政发〔2021〕15号）",
            "@center 霁川区人民政府",
            "@center 2021年9月",
            "@page",
            "@toc",
            "@page",
            "@title 霁川区法治政府建设实施纲要|（2021—2025年）",
        ],
        [("专栏：营商环境提升工程\n2023", "@box 专栏：营商环境提升工程|2023")],
        RUN_ON,
        "styles",
        options={"furniture": ("", "第 ", " 页")},
    ),
    "c-docx-town-soft-breaks": Recipe(
        "tangwan2023.docx",
        ["@image 徽标图片", "@title 棠湾镇人民政府2023年|法治政府建设工作总结", "@indent"],
        [
            ("“1-3-5”", "“1{nbh}3{nbh}5”"),
            (
                "\n1、6月底前建成镇级公共法律服务站1个",
                "\n@plain 1、6月底前建成{@镇级公共法律服务站|http://www.tangwan.test/ggfl/index.html@}1个",
            ),
            ("覆盖。\n2、全年", "覆盖。{/}2、全年"),
            ("20卷。\n3、每月", "20卷。{/}3、每月"),
            (
                "\n棠湾镇人民政府\n2023年12月28日",
                '\n@right {=棠湾镇人民政府=}\n@right {@2023年12月28日|SAVEDATE \\@ "yyyy年M月d日"@}',
            ),
        ],
        TOWN,
        "single",
        options={"furniture": ("棠湾镇党政办公室编印", "- ", " -")},
    ),
    "c-doc-numbered-plan": Recipe(
        "shanping8.doc",
        [
            "@head 杉坪县人民政府办公室文件",
            "@center 杉政办发〔2023〕8号",
            "@title 杉坪县人民政府办公室关于印发|《杉坪县2023年法治政府建设工作要点》的通知",
        ],
        [
            (
                "\n杉坪县人民政府办公室\n2023年4月6日\n",
                "\n@right 杉坪县人民政府办公室\n@right 2023年4月6日\n@page\n@plain 附件\n@center 杉坪县2023年法治政府建设工作要点\n",
            )
        ],
        CLASSIC,
        "styles",
        [
            "@print 抄送：县委办公室，县人大常委会办公室，县纪委监委办公室。|杉坪县人民政府办公室　　　　　　　　2023年4月7日印发"
        ],
        {"furniture": ("", "- ", " -"), "both_sides": True},
    ),
    "c-doc-task-table": Recipe(
        "fenjie.doc",
        ["@title 砚溪区2024年法治政府建设重点任务分解表"],
        [
            ("30项，公布告知", "30项，{n}公布告知"),
            ("“无证明城区”创建，免", "“无证明城区”创建，{n}免"),
            ("\n砚溪区全面依法治区委员会办公室\n", "\n@right 砚溪区全面依法治区委员会办公室\n@right "),
        ],
        options={
            "landscape": True,
            "fill": (1, 3, 4, 5),
            "blank": (0,),
            "furniture": ("砚溪区司法局制表", "共 2 页 第 ", " 页"),
        },
    ),
    "c-doc-tracked-footnotes": Recipe(
        "yanquan2022.doc",
        ["@title 岩泉县2022年法治政府建设年度报告"],
        [
            ("纳入县级事项286项", "纳入县级事项{-279-}{+286+}项"),
            ("全部经过合法性审查。", "全部经过合法性审查{~（此段不对外：其中2件未附审查意见）~}。"),
            (
                "1742件、行政强制案件63件，无一被撤销。\n行政强制案件不含法院裁定执行的案件。",
                "1742件、行政强制案件63件{^行政强制案件不含法院裁定执行的案件。^}{-、行政裁决9件-}，无一被撤销。",
            ),
            (
                "审结51件，纠错率13.7%。\n行政强制案件不含法院裁定执行的案件。",
                "审结{#51件|数据待核#}，纠错率13.7%{^纠错率按撤销、变更、确认违法和责令履行的案件占审结案件的比例计算。^}。",
            ),
            ("46场，培育", "46场，{p-}培育"),
            ("\n二、存在的不足", "\n{-（六）机构设置更加合理。撤并重组临时机构11个。-}{p-}二、存在的不足"),
            ("，年内实现执法记录仪", "{+，年内实现+}执法记录仪"),
            ("\n岩泉县人民政府\n2023年3月15日", "\n@right 岩泉县人民政府\n@right 2023年3月15日"),
        ],
        CLASSIC,
        options={"furniture": ("征求意见稿", "第 ", " 页")},
    ),
    "c-doc-bureau-toc-textbox": Recipe(
        "jtj2023.doc",
        ["@title 云岚县交通运输局|2023年度法治政府建设工作报告", "@toc", "@page"],
        [
            ("典型做法：推行说理式执法文书\n对罚款", "@box 典型做法：推行说理式执法文书|对罚款"),
            ("\n云岚县交通运输局\n2024", "\n@right 云岚县交通运输局\n@right 2024"),
        ],
        CLASSIC,
        "styles",
        options={"furniture": ("法治交通建设简报　内部资料", "", ""), "fill": (0,)},
    ),
    "c-wps-town-fullwidth": Recipe(
        "shushi2022.wps",
        ["@title 漱石镇人民政府关于２０２２年度|法治政府建设工作情况的报告", "@center 漱政〔２０２２〕５１号"],
        [
            ("县人民政府：\n", "县人民政府：\n@indent\n"),
            ("\n漱石镇人民政府\n２０２２", "\n@right 漱石镇人民政府　　　\n@right ２０２２"),
        ],
        options={"furniture": ("", "—", "—")},
    ),
    "c-wps-zone-plan-annex": Recipe(
        "kfq-2024.wps",
        [
            "@head 望澜经济技术开发区管理委员会文件",
            "@center 望开管发〔2024〕17号",
            "@title 望澜经济技术开发区|2024年法治政府建设工作计划",
        ],
        [
            (
                "\n望澜经济技术开发区管理委员会\n2024年3月28日\n附件\n2024",
                "\n@right 望澜经济技术开发区管理委员会\n@right 2024年3月28日\n@page\n附件\n@center 2024",
            )
        ],
        CLASSIC,
        tail=["@print 抄送：市政府办公室，市司法局。|望澜经济技术开发区党政办公室　　　　　　2024年3月29日印发"],
        options={"furniture": ("", "第", "页"), "fill": (2, 3, 4), "serial": True},
    ),
    "c-wps-outline-articles": Recipe(
        "guihua.wps",
        [
            "@head 澜泊市滨望区人民政府文件",
            "@center 滨政发〔2021〕19号",
            "@title 滨望区法治政府建设规划|（2021—2025年）",
        ],
        [
            (
                "1200万条，失信主体信用修复办理时限压缩至3个工作日。\n公共信用信息以滨望区信用平台归集的法人和非法人组织信息为准。",
                "1200万条{^公共信用信息以滨望区信用平台归集的法人和非法人组织信息为准。^}，失信主体信用修复办理时限压缩至3个工作日。",
            )
        ],
        ARTICLES,
        "single",
        options={"furniture": ("页码", "第 ", " 页")},
    ),
    "c-wps-bureau-work-points": Recipe(
        "scjg2024.wps",
        [
            "@box 市监工作动态",
            "@title 青禾县市场监督管理局|关于印发2024年法治政府建设工作要点的通知",
            "@center 青市监发〔2024〕6号",
        ],
        [
            ("\n青禾县市场监督管理局\n2024年2月29日", "\n@right 青禾县市场监督管理局\n@right 2024年2月29日"),
            ("不少于260户。", "不少于260户{-，兑现奖励标准每户2000元-}。"),
            ("抽检合格率保持在98%以上。", "抽检合格率保持在98%以上{~（县局党组尚未研究，暂定）~}。"),
        ],
        RUN_ON_DIGITS,
        "single",
    ),
    "c-rtf-county-report": Recipe(
        "jichuan2024.rtf",
        ["@title 霁川区2024年度法治政府建设情况报告"],
        [
            (
                "网上办件占比达到86%。\n网上办件占比不含自助终端办件。",
                "网上办件占比达到86%{^网上办件占比不含自助终端办件。^}。",
            ),
            ("行政处罚案件4206件，", "行政处罚案件4206件{-，其中简易程序案件1200件-}，"),
            ("成功率98.7%，", "成功率98.7%{~（此处数据不公开：信访件311件）~}，"),
            ("\n霁川区人民政府\n2025", "\n@right 霁川区人民政府\n@right 2025"),
        ],
        JAPANESE,
        options={"furniture": ("", "第", "页"), "fill": (0,)},
    ),
    "c-rtf-named-doc": Recipe(
        "yfxz2010.doc",
        ["@head 芦汀县人民政府办公室文件", "@center 芦政办发〔2010〕22号", "@title 芦汀县2010年依法行政工作要点"],
        [("\n芦汀县人民政府办公室\n二○", "\n@right 芦汀县人民政府办公室\n@right 二○")],
        tail=[
            "@plain 主题词：行政　依法　工作　要点",
            "@print 抄送：县委办公室，县人大常委会办公室，县法院，县检察院。|芦汀县人民政府办公室　　　　　　2010年3月26日印发|（共印150份）",
        ],
        options={"furniture": ("", "-", "-")},
    ),
}
