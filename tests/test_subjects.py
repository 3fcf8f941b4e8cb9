"""What each value measures: the shortest exact words of its sentence, parts that do not touch joined with …."""

import pytest

from pipeline.extract import find_commitments
from pipeline.records import Document, Kind
from pipeline.segment import find_sections


def subjects(text: str, kind: Kind) -> list[str | None]:
    document = Document(doc_id="d", name="d", text=text + "\n", kind=kind, year=2024)
    return [one.subject for one in find_commitments(document, find_sections(document))]


AMOUNTS = [
    pytest.param("一审行政案件败诉率为6.4%。", ["一审行政案件败诉率"], id="a rate with its noun"),
    pytest.param(
        "全年召开法治建设专题会议6次，研究议题23项。",
        ["法治建设专题会议", "研究议题"],
        id="a verb of holding says nothing, one of content does",
    ),
    pytest.param("区司法局办理行政复议案件214件。", ["行政复议案件"], id="a body that acts is not measured"),
    pytest.param(
        "县委常委会会议听取法治建设情况汇报3次。", ["听取法治建设情况汇报"], id="a body and a verb of content"
    ),
    pytest.param("各级人民法院、检察院发出司法建议47份。", ["发出司法建议"], id="two bodies that act"),
    pytest.param("县委书记、县长讲授法治专题课4堂。", ["讲授法治专题课"], id="two people who act"),
    pytest.param("镇综合执法队先后开展巡查210次。", ["巡查"], id="words of order before the verb"),
    pytest.param("取消行政许可12项。", ["取消行政许可"], id="许可 is a noun to its last character"),
    pytest.param("查处无证经营等违法行为33起。", ["查处无证经营等违法行为"], id="行为 is a noun to its last character"),
    pytest.param("涉及标的610万元。", ["涉及标的"], id="标的 is a noun to its last character"),
    pytest.param("公开常务会议纪要18份。", ["公开常务会议纪要"], id="纪要 is a noun to its last character"),
    pytest.param("累计配备法制审核人员42名。", ["法制审核人员"], id="a total of people equipped"),
    pytest.param("聘请特邀行政执法监督员28名。", ["聘请特邀行政执法监督员"], id="people engaged"),
    pytest.param("下发《行政执法监督通知书》9份。", ["下发《行政执法监督通知书》"], id="a document in title marks"),
    pytest.param("开展“送法下乡”活动31场次。", ["“送法下乡”活动"], id="a name in quotation marks"),
    pytest.param("排查整治风险隐患96处。", ["排查整治风险隐患"], id="two verbs in a row"),
    pytest.param("人均参加线上培训48学时。", ["人均参加线上培训"], id="an average keeps its 人均"),
    pytest.param("为企业提供法律体检260次。", ["法律体检"], id="for whom something is provided is left out"),
    pytest.param(
        "为困难群众办理法律援助案件1200余件，挽回经济损失860万元。",
        ["法律援助案件", "挽回经济损失"],
        id="for whom something is handled is left out",
    ),
    pytest.param(
        "向人大常委会报备规范性文件6件。",
        ["报备规范性文件"],
        id="to whom something is reported is left out before an object",
    ),
    pytest.param("在人流密集处设置普法宣传点15个。", ["设置普法宣传点"], id="where something is done is left out"),
    pytest.param("通过微信公众号推送普法信息340条。", ["推送普法信息"], id="by what means is left out"),
    pytest.param("围绕优化营商环境开展专项监督3次。", ["专项监督"], id="around what is left out"),
    pytest.param("依托党校举办专题研讨班2期。", ["专题研讨班"], id="with whose help is left out"),
    pytest.param("以“宪法宣传周”为契机开展主题宣传26场。", ["主题宣传"], id="on what occasion is left out"),
    pytest.param("安排专项工作经费35万元。", ["专项工作经费"], id="money set aside"),
    pytest.param("县财政列支执法装备经费120万元。", ["执法装备经费"], id="money and who gives it"),
    pytest.param("按照“一案一评”要求评查案卷75卷。", ["评查案卷"], id="by what rule is left out"),
    pytest.param("新增执法记录仪60台、执法车辆4辆。", ["新增执法记录仪", "执法车辆"], id="a second object of the verb"),
    pytest.param(
        "制发监督意见书6份、建议书11份。", ["制发监督意见书", "建议书"], id="a second object without its verb"
    ),
    pytest.param("政务服务中心设置综合窗口48个。", ["政务服务中心设置综合窗口"], id="a place narrows what is counted"),
    pytest.param(
        "行政调解成功312件，人民调解成功1904件。",
        ["行政调解成功", "人民调解成功"],
        id="a noun that holds a verb is not cut",
    ),
    pytest.param("公安机关立案17件。", ["公安机关立案"], id="a bare verb keeps who acts"),
    pytest.param("排查纠纷720件，成功调处698件。", ["排查纠纷", "成功调处"], id="a bare verb keeps its 成功"),
    pytest.param(
        "开展普法宣传活动35场次、参与群众1.6万人次。", ["普法宣传活动", "参与群众"], id="events and those who took part"
    ),
    pytest.param("组织旁听庭审5次240人次。", ["旁听庭审", "旁听庭审"], id="two amounts in a row"),
    pytest.param("建立由律师、社工组成的调解员队伍23支。", ["调解员队伍"], id="what a team is made of is left out"),
    pytest.param(
        "审查以区政府名义印发的规范性文件19件。", ["审查…规范性文件"], id="a clause with 的 before the noun is left out"
    ),
    pytest.param("划转市场监管、农业农村等领域执法人员37名。", ["划转…执法人员"], id="a list of fields is left out"),
    pytest.param(
        "修订完善防汛抗旱、森林防火、地质灾害等专项预案17部。",
        ["修订完善…专项预案"],
        id="a list of examples is left out",
    ),
    pytest.param(
        "立案查处食品、药品、特种设备三类案件77起。", ["立案查处…案件"], id="a list of three classes is left out"
    ),
    pytest.param(
        "学习《中华人民共和国立法法》《信访工作条例》等法律法规14次。",
        ["学习…法律法规"],
        id="a list of laws is left out",
    ),
    pytest.param("办理人大代表建议66件、政协提案81件。", ["人大代表建议", "政协提案"], id="proposals handled"),
    pytest.param("法治宣传教育覆盖面达到90%以上。", ["法治宣传教育覆盖面"], id="a measure that is no rate"),
    pytest.param("执法辅助人员占比高达40%。", ["执法辅助人员占比"], id="高达 is how much"),
    pytest.param("持证人员仅有21名，专职人员只有3名。", ["持证人员", "专职人员"], id="仅有 and 只有 are how many"),
    pytest.param("公职律师达到35名，法律顾问增至62名。", ["公职律师", "法律顾问"], id="增至 is how many"),
    pytest.param(
        "平台注册用户突破30万户，访问量超过200万人次。", ["平台注册用户", "访问量"], id="突破 and 超过 are how many"
    ),
]

COUNTED = [
    pytest.param("45名执法人员通过资格考试。", ["执法人员通过资格考试"], id="who did what"),
    pytest.param("320余名村干部参加了培训。", ["村干部参加了培训"], id="who took part"),
    pytest.param(
        "全县18个乡镇全部设立公共法律服务站。",
        ["乡镇…设立公共法律服务站", "乡镇…设立公共法律服务站"],
        id="the count and the universal share their predicate",
    ),
    pytest.param(
        "26个镇街和31个区直部门全部完成年度述法。",
        ["镇街…完成年度述法", "区直部门…完成年度述法", "镇街…区直部门…完成年度述法"],
        id="two counts share a predicate",
    ),
    pytest.param(
        "全区9个街道实现行政调解室全覆盖。", ["街道…行政调解室", "街道…行政调解室"], id="what covers the counted"
    ),
    pytest.param("选派28名业务骨干。", ["选派…业务骨干"], id="the verb before and the noun behind"),
    pytest.param("打造7个基层法治品牌。", ["基层法治品牌"], id="a verb of making before, the noun behind"),
    pytest.param(
        "对11个部门开展专项督察，发现问题52个。", ["部门…专项督察", "发现问题"], id="what is done to the counted"
    ),
    pytest.param("对85件规范性文件进行清理，废止9件。", ["规范性文件…清理", "废止"], id="进行 says nothing"),
    pytest.param(
        "600个人民调解组织化解纠纷1.1万件。", ["人民调解组织", "化解纠纷"], id="the counted act on something counted"
    ),
    pytest.param("73%的行政争议在诉前化解。", ["行政争议在诉前化解"], id="a share at the head with 的"),
    pytest.param("超八成事项实现“一次办成”。", ["事项实现“一次办成”"], id="a share at the head without 的"),
    pytest.param("92%的一审案件由行政机关负责人出庭。", ["一审案件由行政机关负责人出庭"], id="a share and who acts"),
    pytest.param("3个乡镇没有专职法制审核员。", ["乡镇没有专职法制审核员"], id="the counted lack something"),
    pytest.param(
        "政务服务事项1860项纳入“一网通办”。",
        ["政务服务事项…纳入“一网通办”"],
        id="the noun before, the predicate behind",
    ),
    pytest.param(
        "年度38项任务完成36项，其余2项将于2025年3月底前完成。",
        ["任务", "任务完成", "任务…其余…完成"],
        id="tasks done and the rest",
    ),
    pytest.param(
        "发现问题20个，已整改18个，余下2个正在推进。", ["发现问题", "整改", "问题…余下"], id="the rest of the problems"
    ),
]

TOPICS = [
    pytest.param(
        "认真办理检察建议，按期回复率100%。", ["检察建议…按期回复率"], id="a rate of what the clause before names"
    ),
    pytest.param(
        "高度重视司法建议工作，办复率达到100%。", ["司法建议…办复率"], id="a rate of what the clause before is about"
    ),
    pytest.param("加强政府合同管理，审查率达到100%。", ["政府合同…审查率"], id="管理 is not what is checked"),
    pytest.param(
        "把法治建设纳入绩效考核，分值占5%。", ["法治建设…分值"], id="points of what was made part of something"
    ),
    pytest.param(
        "推广电子营业执照，累计发放3.4万张。", ["电子营业执照…发放"], id="a bare verb whose object stands before"
    ),
    pytest.param(
        "公布重大行政决策事项目录，纳入目录管理8项。",
        ["重大行政决策事项…纳入目录管理"],
        id="what entered the list just named",
    ),
    pytest.param(
        "办理人大代表建议66件，办复率100%。",
        ["人大代表建议", "人大代表建议…办复率"],
        id="a rate of answers says what was answered",
    ),
    pytest.param(
        "受理行政复议申请96件，审结88件，同比分别增长12%、9%。",
        ["受理行政复议申请", "审结", "受理行政复议申请", "审结"],
        id="two changes dealt out",
    ),
    pytest.param(
        "行政复议案件214件，其中撤销12件，占5.6%。",
        ["行政复议案件", "撤销", "撤销…占"],
        id="a share of the total repeats its part",
    ),
    pytest.param(
        "审结案件180件，其中调解结案63件，占审结总数的35%。",
        ["审结案件", "调解结案", "调解结案…占审结总数"],
        id="a share of a named total",
    ),
    pytest.param("投诉举报1200件，占受理总量的六成。", ["投诉举报", "投诉举报…占受理总量"], id="a share in tenths"),
    pytest.param(
        "聘请法治副校长16名，每人每学期授课不少于1次。",
        ["聘请法治副校长", "法治副校长…每人…授课"],
        id="each of those just counted",
    ),
    pytest.param(
        "培育学法用法示范户88户，每村不少于4户。", ["学法用法示范户", "学法用法示范户…每村"], id="how many a village"
    ),
    pytest.param(
        "行政复议案件86件，同比增长7.5%，低于全市平均水平。",
        ["行政复议案件", "行政复议案件", "行政复议案件"],
        id="a change and a comparison repeat the subject",
    ),
    pytest.param(
        "行政诉讼败诉率5.1%，同比下降2.2个百分点，连续三年下降。",
        ["行政诉讼败诉率", "行政诉讼败诉率"],
        id="a change repeats the rate",
    ),
    pytest.param("开展专项检查，较上年减少40次。", ["专项检查"], id="a change of what the clause before names"),
    pytest.param(
        "行政复议方面：收到申请96件，受理88件。", ["行政复议…收到申请", "行政复议…受理"], id="a topic before a colon"
    ),
    pytest.param(
        "行政诉讼方面，一审案件61件，败诉5件。", ["行政诉讼…一审案件", "行政诉讼…败诉"], id="a topic before a comma"
    ),
    pytest.param(
        "信访工作：受理来信210件，办结率99%。", ["信访…受理来信", "信访…办结率"], id="a line of work before a colon"
    ),
    pytest.param("应诉案件52件，其中被纠错3件。", ["应诉案件", "被纠错"], id="what was done to a part"),
    pytest.param(
        "规范性文件全部实行统一登记，报备率达100%。",
        ["规范性文件…统一登记", "报备率"],
        id="a rate behind a universal stands alone",
    ),
    pytest.param(
        "推动执法重心下移，人员编制下沉基层，占比不低于60%。",
        ["人员编制…占比"],
        id="a share of what the clause before names",
    ),
    pytest.param(
        "审计查出问题31个，全部整改到位。", ["审计查出问题", "问题…整改到位"], id="all of what was just counted"
    ),
    pytest.param(
        "受理投诉410件、举报96件，全部按期办结。",
        ["受理投诉", "举报", "投诉…举报…按期办结"],
        id="all of two things just counted",
    ),
    pytest.param(
        "12个单位现场述法，40个单位书面述法。", ["单位现场述法", "单位书面述法"], id="two counts of the same noun"
    ),
    pytest.param(
        "28家单位书面述法，6家现场述法。", ["单位书面述法", "单位…现场述法"], id="a count whose noun stands before"
    ),
    pytest.param(
        "群众诉求24小时内响应、5个工作日内办结。", ["群众诉求…响应", "群众诉求…办结"], id="two limits of one thing"
    ),
    pytest.param(
        "简单案件10日内办结，复杂案件30日内办结。", ["简单案件…办结", "复杂案件…办结"], id="two limits of two things"
    ),
]

JOINT = [
    pytest.param("报备率、及时率和规范率均为100%。", ["报备率、及时率和规范率"], id="one value of three rates"),
    pytest.param(
        "行政机关负责人出庭率、出声率达到100%。", ["行政机关负责人出庭率、出声率"], id="one value of two rates"
    ),
    pytest.param(
        "评查案卷150卷，优秀率、合格率分别为62%、99%。", ["评查案卷", "优秀率", "合格率"], id="two rates dealt out"
    ),
    pytest.param(
        "按期办结率和群众满意率分别达到100%和98.2%。", ["按期办结率", "群众满意率"], id="two rates joined with 和"
    ),
    pytest.param(
        "市、县执法人员持证率分别达到98%和92%。", ["市…执法人员持证率", "县执法人员持证率"], id="two levels of one rate"
    ),
    pytest.param(
        "人大代表、政协委员满意率分别为99%、97%。", ["人大代表…满意率", "政协委员满意率"], id="two groups of one rate"
    ),
    pytest.param(
        "市、县（区）司法局专职人员分别不少于12名和4名。",
        ["市…司法局专职人员", "县（区）司法局专职人员"],
        id="two bodies with a bracket",
    ),
    pytest.param("维持、驳回各3件。", ["维持、驳回"], id="各 gives each the same"),
    pytest.param(
        "受理信访事项310件，办结305件，群众满意率97.5%，分别增长4%、5%和1.2个百分点。",
        ["受理信访事项", "办结", "群众满意率", "受理信访事项", "办结", "群众满意率"],
        id="three changes dealt out",
    ),
    pytest.param(
        "办理建议41件、提案58件，满意率分别为98%、99%。",
        ["办理建议", "提案", "建议…满意率", "提案…满意率"],
        id="one rate dealt out to two things counted",
    ),
    pytest.param(
        "司法建议、检察建议共12份，办复率、采纳率均为100%。",
        ["司法建议、检察建议", "办复率、采纳率"],
        id="共 sums up two things",
    ),
    pytest.param(
        "不予处罚120件、减轻处罚33件、从轻处罚91件。", ["不予处罚", "减轻处罚", "从轻处罚"], id="three of a kind"
    ),
    pytest.param(
        "其中维持58件、责令履行4件、确认违法（无效）2件。",
        ["维持", "责令履行", "确认违法（无效）"],
        id="a bracket belongs to its noun",
    ),
    pytest.param(
        "出动执法人员860人次、车辆210台次，检查门店1300家次。",
        ["出动执法人员", "车辆", "检查门店"],
        id="one verb, two objects, another verb",
    ),
    pytest.param(
        "排查出重点问题40个（食品类25个、药品类15个）。", ["重点问题", "食品类", "药品类"], id="parts in brackets"
    ),
]

CHANGES = [
    pytest.param("案件平均办理时长由28天压缩至19天。", ["案件平均办理时长", "案件平均办理时长"], id="from and to"),
    pytest.param("将办理环节从6个精简为3个。", ["办理环节", "办理环节"], id="the object marker 将 is left out"),
    pytest.param("使不动产登记时限压缩至2个工作日。", ["不动产登记时限"], id="the causing 使 is left out"),
    pytest.param("行政审批事项再精简15项。", ["行政审批事项"], id="fewer items"),
    pytest.param("重复检查次数较上年减少三成。", ["重复检查次数"], id="fewer than the year before"),
    pytest.param("与去年同期相比，信访总量下降12%。", ["信访总量"], id="the comparison stands in a clause before"),
    pytest.param("申请材料平均压减45%以上。", ["申请材料"], id="平均 is how, not what"),
    pytest.param("压缩审批时限50%以上。", ["压缩审批时限"], id="the verb stands before what shrinks"),
    pytest.param("即办件占比在30%基础上再提升10%。", ["即办件占比", "即办件占比"], id="on the base of"),
    pytest.param("“跨省通办”事项数量比2020年翻一番。", ["“跨省通办”事项数量"], id="doubled"),
    pytest.param("县级许可事项压减至226项。", ["县级许可事项"], id="down to"),
    pytest.param("自助终端可办事项扩充至180项。", ["自助终端可办事项"], id="扩充至 is how many"),
    pytest.param(
        "行政应诉案件数较上一年度下降8件，降幅11%。", ["行政应诉案件数", "行政应诉案件数"], id="the size of a fall"
    ),
    pytest.param("负责人出庭应诉率连续三年保持100%。", ["负责人出庭应诉率"], id="for how long is left out"),
    pytest.param("群众安全感满意度高于全省平均水平2个百分点。", ["群众安全感满意度"], id="against an average"),
]

TASKS = [
    pytest.param("6月底前完成村级调解组织换届。", ["村级调解组织换届"], id="完成 says nothing"),
    pytest.param("12月底前报送年度工作总结。", ["报送年度工作总结"], id="报送 is the task"),
    pytest.param("各部门于9月底前公布行政裁量权基准。", ["公布行政裁量权基准"], id="who acts is left out"),
    pytest.param("县司法局牵头于10月15日前完成案卷评查。", ["案卷评查"], id="who leads is left out"),
    pytest.param(
        "重大行政决策事项目录于3月底前公布。", ["重大行政决策事项目录…公布"], id="the object stands before the date"
    ),
    pytest.param(
        "到2025年，基本建成职责清楚、衔接有序、反应灵敏、服务周到的政府治理体系。",
        ["政府治理体系"],
        id="what kind of system is left out where it is long",
    ),
    pytest.param("2024年11月底前实现市县两级数据互联互通。", ["市县两级数据互联互通"], id="实现 says nothing"),
    pytest.param(
        "年底前将整改情况报市委依法治市办。", ["整改情况报市委依法治市办"], id="the object marker 将 in a task"
    ),
    pytest.param("5月底前制定实施方案并报市政府备案。", ["制定实施方案并报市政府备案"], id="two verbs, one date"),
    pytest.param(
        "每年3月底前，各单位报送上一年度述法报告。", ["报送上一年度述法报告"], id="a date at the head, then who acts"
    ),
    pytest.param(
        "每季度首月5日前向领导小组办公室报送进展情况。",
        ["向领导小组办公室报送进展情况"],
        id="to whom something is sent is kept without more",
    ),
    pytest.param("7月底前基本形成协调联动的执法机制。", ["协调联动的执法机制"], id="a mechanism takes shape"),
    pytest.param("第三季度组织开展法治督察。", ["法治督察"], id="two verbs of doing say nothing"),
    pytest.param("准备阶段（2024年3月1日至4月30日）。", ["准备阶段"], id="a stage"),
    pytest.param("2024年3月至5月为宣传发动阶段。", ["宣传发动阶段"], id="为 before a stage"),
    pytest.param("6月底前出台办法，12月底前开展评估。", ["出台办法", "评估"], id="two dates, two tasks"),
    pytest.param("每季度向县政府专题汇报一次。", ["向县政府专题汇报"], id="a frequency with a number and no object"),
    pytest.param(
        "行政执法数据按月汇总、按季通报。",
        ["行政执法数据…汇总", "行政执法数据…通报"],
        id="two frequencies of one thing",
    ),
    pytest.param("权责清单每年动态调整。", ["权责清单…动态调整"], id="a frequency between noun and verb"),
    pytest.param("建立村每周排查、镇每月研判制度。", ["村…排查", "镇…研判"], id="two frequencies, two actors"),
    pytest.param(
        "编制便民事项清单，并按年度更新。", ["便民事项清单…更新"], id="a frequency whose object stands before"
    ),
    pytest.param("每半年至少开展一次应急演练。", ["应急演练"], id="a frequency and a number"),
    pytest.param(
        "应急预案每三年至少修订一次。", ["应急预案…修订"], id="a frequency between noun and verb with a number"
    ),
    pytest.param("执法人员每年参加培训不少于60学时。", ["执法人员…参加培训"], id="a frequency between who and what"),
    pytest.param("对重点企业每半年回访一次。", ["重点企业…回访"], id="to whom something is done"),
    pytest.param("每年组织不少于2次的专题培训。", ["专题培训"], id="的 behind the number"),
    pytest.param(
        "每季度通报一次案件办理情况。",
        ["通报…案件办理情况"],
        id="a verb of content before the number, its object behind",
    ),
    pytest.param("法律顾问每月到村服务不少于2天。", ["法律顾问…到村服务"], id="who serves"),
    pytest.param(
        "行政处罚决定自作出之日起7个工作日内公示。", ["行政处罚决定…公示"], id="from when a limit runs is left out"
    ),
    pytest.param("收到申请后5个工作日内答复。", ["申请…答复"], id="a bare verb is about what was received"),
    pytest.param("企业诉求应当在3个工作日内办理完毕。", ["企业诉求…办理完毕"], id="a duty within a limit"),
    pytest.param("公开征求意见的期限一般不少于30日。", ["公开征求意见的期限"], id="the limit itself is measured"),
]

UNIVERSALS = [
    pytest.param("实现村（居）法律顾问全覆盖。", ["村（居）法律顾问"], id="coverage"),
    pytest.param("对乡镇政府依法行政督察全覆盖。", ["对乡镇政府依法行政督察"], id="对 belongs to what covers"),
    pytest.param(
        "行政规范性文件全部经过合法性审核。", ["行政规范性文件…经过合法性审核"], id="noun, universal, predicate"
    ),
    pytest.param("没有法定依据的证明一律取消。", ["没有法定依据的证明…取消"], id="一律"),
    pytest.param(
        "凡无法定依据的一律不得实施。", ["无法定依据的…不得实施"], id="凡 is left out, 的 stands for the noun"
    ),
    pytest.param("所有执法单位都建立了台账。", ["执法单位…建立了台账"], id="所有 and 都"),
    pytest.param(
        "出台涉企政策，一律听取企业意见。", ["出台涉企政策…听取企业意见"], id="the topic stands before the comma"
    ),
    pytest.param(
        "作出较大数额罚款的，一律进行法制审核。", ["作出较大数额罚款的…法制审核"], id="a case with 的 before the comma"
    ),
    pytest.param("全年行政复议零撤销。", ["行政复议"], id="none of something"),
    pytest.param("建立覆盖市县乡三级、全覆盖的监督网络。", ["监督网络"], id="全覆盖 before its noun"),
    pytest.param("全部审批事项纳入清单管理。", ["审批事项纳入清单管理"], id="全部 at the head"),
    pytest.param("班子成员9人全部述法。", ["班子成员…述法", "班子成员…述法"], id="the noun before the count"),
    pytest.param("法定公开内容全部公开到位。", ["法定公开内容…公开到位"], id="a verb with its result"),
    pytest.param("接入全部执法单位。", ["接入…执法单位"], id="全部 between verb and noun"),
    pytest.param("败诉率低于全市平均水平。", ["败诉率"], id="a benchmark"),
    pytest.param("个别部门案卷合格率低于上年。", ["案卷合格率"], id="whose is left out"),
]

# Written when the rules stood, in other fields of work, to see whether they hold there.
OTHER_RESULTS = [
    pytest.param(
        "县自然资源局立案查处违法占地案件26宗，收缴罚款318万元，拆除违法建筑1.4万平方米。",
        ["立案查处违法占地案件", "收缴罚款", "拆除违法建筑"],
        id="land: a bureau acts three times",
    ),
    pytest.param(
        "对全县62所学校食堂开展拉网式检查，责令整改问题41个。",
        ["学校食堂…拉网式检查", "责令整改问题"],
        id="food: what is done to canteens",
    ),
    pytest.param(
        "建成社区矫正中心1个，在册社区矫正对象214名，无脱管漏管。",
        ["社区矫正中心", "在册社区矫正对象"],
        id="correction: 在册 is who they are",
    ),
    pytest.param(
        "县公证处办理公证事项1863件，其中涉外公证212件。", ["公证事项", "涉外公证"], id="notary: an office that acts"
    ),
    pytest.param(
        "全市共有专兼职行政复议人员58人，其中具有法律职业资格的41人，占70.7%。",
        ["专兼职行政复议人员", "具有法律职业资格", "具有法律职业资格…占"],
        id="staff: a share of the part",
    ),
    pytest.param(
        "发放宣传手册、海报等资料3万余份，制作短视频14条，点击量突破50万次。",
        ["发放…资料", "制作短视频", "点击量"],
        id="publicity: a list of materials",
    ),
    pytest.param(
        "受理行政裁决申请19件，办结17件，当事人自动履行15件。",
        ["受理行政裁决申请", "办结", "当事人自动履行"],
        id="adjudication: who complied",
    ),
    pytest.param(
        "县委依法治县办对4个乡镇、6个部门开展实地督察，反馈问题37个。",
        ["乡镇…实地督察", "部门…实地督察", "反馈问题"],
        id="inspection: two kinds of bodies share what is done to them",
    ),
    pytest.param("全县所有乡镇均设立了法治审核机构。", ["乡镇…设立了法治审核机构"], id="organisation: 所有 and 均"),
    pytest.param(
        "规范性文件报备12件，报备及时率和规范率分别为100%、91.7%。",
        ["规范性文件报备", "报备及时率", "规范率"],
        id="filing: a noun before its verb",
    ),
    pytest.param(
        "司法所调处各类民间纠纷96件，涉及当事人210人，防止民转刑案件2件。",
        ["调处各类民间纠纷", "涉及当事人", "防止民转刑案件"],
        id="mediation: an office of justice acts",
    ),
    pytest.param(
        "我局承办人大建议13件、政协提案9件，均按时办结，代表委员满意率100%。",
        ["承办人大建议", "政协提案", "代表委员满意率"],
        id="proposals: 我局 is who speaks",
    ),
    pytest.param(
        "出动卫生监督员460人次，监督检查医疗机构218户次，下达监督意见书174份。",
        ["出动卫生监督员", "监督检查医疗机构", "下达监督意见书"],
        id="health: two verbs in a row before 机构",
    ),
    pytest.param(
        "执法全过程音像记录归档率由82%提高到97%，较全省平均水平高出6个百分点。",
        ["执法全过程音像记录归档率", "执法全过程音像记录归档率", "执法全过程音像记录归档率"],
        id="records: a pair and a comparison",
    ),
    pytest.param(
        "依托12345平台交办执法类投诉2130件，回访满意率94.8%。",
        ["交办执法类投诉", "回访满意率"],
        id="hotline: by whose help is left out",
    ),
    pytest.param(
        "持续开展“减证便民”行动，全县保留证明事项由46项减少到19项。",
        ["保留证明事项", "保留证明事项"],
        id="certificates: 保留 is part of what is counted",
    ),
    pytest.param(
        "县法院受理一审行政案件70件，审结66件，其中判决驳回38件、撤诉21件，行政机关败诉7件。",
        ["受理一审行政案件", "审结", "判决驳回", "撤诉", "行政机关败诉"],
        id="court: parts and who lost",
    ),
    pytest.param(
        "培训行政执法骨干2期160人，覆盖率达92%。",
        ["培训行政执法骨干", "培训行政执法骨干", "覆盖率"],
        id="training: two amounts in a row",
    ),
    pytest.param(
        "政府购买法律服务支出48万元，同比增加9万元，增长23%。",
        ["政府购买法律服务支出", "政府购买法律服务支出", "政府购买法律服务支出"],
        id="money: two changes in a row",
    ),
    pytest.param(
        "全县85%的行政村建成公共法律服务室。", ["行政村建成公共法律服务室"], id="coverage: a share behind a region"
    ),
    pytest.param(
        "行政许可平均跑动次数降至0.1次，办理环节压减42%。",
        ["行政许可平均跑动次数", "办理环节"],
        id="service: 办理环节 is a noun",
    ),
    pytest.param("为1200名劳动者追回工资2860万元。", ["劳动者追回工资", "追回工资"], id="labour: for whom, then what"),
    pytest.param(
        "受理仲裁申请312件（上年为268件）。",
        ["受理仲裁申请", "受理仲裁申请"],
        id="arbitration: last year's figure in brackets",
    ),
    pytest.param("复议、应诉案件分别为45件和18件。", ["复议…案件", "应诉案件"], id="cases: two adjectives of one noun"),
]
OTHER_UNDERTAKINGS = [
    pytest.param(
        "县司法局要在5月底前完成全县执法主体名录公布工作。",
        ["执法主体名录公布工作"],
        id="a body with 要在 before the date",
    ),
    pytest.param(
        "力争到2025年，全市公共法律服务满意率提升到97%以上，万人拥有律师数达到3.2名。",
        ["公共法律服务满意率", "万人拥有律师数"],
        id="a measure for every ten thousand",
    ),
    pytest.param(
        "每名行政复议人员每年参加业务培训不得少于36学时。", ["每名行政复议人员…参加业务培训"], id="everyone a year"
    ),
    pytest.param(
        "各部门每年向本级政府报告法治建设情况不少于1次。", ["报告法治建设情况"], id="who reports to whom is left out"
    ),
    pytest.param(
        "实现行政执法监督机构、人员、制度全覆盖。", ["行政执法监督机构、人员、制度"], id="three things covered"
    ),
    pytest.param(
        "7月底前完成行政执法证件换发，12月底前组织一次执法技能比武。",
        ["行政执法证件换发", "执法技能比武"],
        id="a task, then a count with a date",
    ),
    pytest.param(
        "行政机关收到司法建议后应当在60日内书面反馈。",
        ["司法建议…书面反馈"],
        id="a bare duty is about what was received",
    ),
    pytest.param(
        "从2024年起，每两年对法治示范单位复核一次。", ["法治示范单位…复核"], id="what is done to them every two years"
    ),
    pytest.param(
        "村级法律顾问每季度至少提供4小时现场服务。", ["村级法律顾问…现场服务"], id="hours of service are no limit"
    ),
    pytest.param(
        "各单位务必于3月20日前将年度普法责任清单报送县普法办。", ["年度普法责任清单报送县普法办"], id="务必于 and 将"
    ),
    pytest.param(
        "镇政府每年听取司法所工作汇报不少于2次，解决实际问题不少于3个。",
        ["听取司法所工作汇报", "解决实际问题"],
        id="two counts a year",
    ),
    pytest.param(
        "4月底前，全面完成行政执法主体资格清理并向社会公告。",
        ["行政执法主体资格清理并向社会公告"],
        id="two verbs behind a date at the head",
    ),
    pytest.param("行政机关负责人应当每年至少旁听1次庭审。", ["旁听…庭审"], id="who must attend is left out"),
    pytest.param(
        "第一季度制定学法计划，第四季度开展述法评议。", ["制定学法计划", "述法评议"], id="two quarters, two tasks"
    ),
    pytest.param(
        "行政处罚信息自决定作出之日起7个工作日内在网站公示，公示率达到100%。",
        ["行政处罚信息…在网站公示", "公示率"],
        id="where it is published",
    ),
    pytest.param("第一阶段（4月1日至4月30日）：自查阶段。", ["自查阶段"], id="the name of a stage behind its dates"),
    pytest.param(
        "整改情况于9月25日前报市领导小组办公室。",
        ["整改情况…报市领导小组办公室"],
        id="what is sent stands before the date",
    ),
    pytest.param("执法人员每四年参加一次业务能力轮训。", ["执法人员…业务能力轮训"], id="who is trained"),
    pytest.param("每个街道培育2个基层法治示范点。", ["每个街道…基层法治示范点"], id="how many a street"),
    pytest.param(
        "对群众反映的执法问题，一律在3个工作日内核查回复。",
        ["群众反映的执法问题…核查回复", "群众反映的执法问题…核查回复"],
        id="a universal and a limit on one duty",
    ),
]

AVERAGES = [
    pytest.param(
        "培养“法律明白人”3120名，村均不少于6名。", ["“法律明白人”", "“法律明白人”…村均"], id="an average a village"
    ),
    pytest.param("示范户240户，平均每村5户。", ["示范户", "示范户…平均每村"], id="an average said in full"),
    pytest.param(
        "行政执法人员每年接受集中轮训，人均不少于40学时。",
        ["行政执法人员…接受集中轮训", "行政执法人员…集中轮训…人均"],
        id="an average of a frequency",
    ),
    pytest.param(
        "组织行政执法人员集中轮训，人均不少于40学时。",
        ["行政执法人员集中轮训…人均"],
        id="an average of a clause without a value",
    ),
    pytest.param("法律顾问充实一线，所均达到5人以上。", ["法律顾问…所均"], id="an average of people who do something"),
    pytest.param(
        "行政执法人员320名，人均办案12件。",
        ["行政执法人员", "人均办案"],
        id="an average with its own verb stands alone",
    ),
    pytest.param("覆盖率100%，村均不少于6名。", ["覆盖率", "村均"], id="there is no average of a rate"),
]

# What opens or ends a clause, and what only looks like it.
EDGES = [
    pytest.param("连续三年保持安全生产零事故。", ["安全生产"], id="for how many years"),
    pytest.param("五年累计召开专题会议26次。", ["专题会议"], id="in how many years"),
    pytest.param("三年行动任务完成26项。", ["三年行动任务完成"], id="years in a name stay"),
    pytest.param("今年来共开展送法进校园活动26场。", ["送法进校园活动"], id="来 behind a year"),
    pytest.param("2024年来访群众38批。", ["来访群众"], id="来访 is a word"),
    pytest.param("基本建成法治广场26个。", ["法治广场"], id="基本 before a verb"),
    pytest.param("基本养老保险参保率98%。", ["基本养老保险参保率"], id="基本 in a name"),
    pytest.param("全面依法治国专题讲座12场。", ["全面依法治国专题讲座"], id="全面 in a name"),
    pytest.param("与区交巡警大队联合执法12次。", ["联合执法"], id="together with whom is left out"),
    pytest.param("和解案件共12件。", ["和解案件"], id="和解 is a word"),
    pytest.param("共建法治示范点3个。", ["共建法治示范点"], id="共建 is a word"),
    pytest.param("共计立案查处39件。", ["立案查处"], id="共计 goes as a whole"),
    pytest.param("现区级保留的许可事项212项。", ["区级保留的许可事项"], id="现 before a level"),
    pytest.param("现场述法12人。", ["现场述法"], id="现场 is a word"),
    pytest.param("我局政法专项编制42名。", ["政法专项编制"], id="whose bureau it is"),
    pytest.param("热线响应360次。", ["热线响应"], id="响应 is no 应"),
    pytest.param("法律援助申请360件。", ["法律援助申请"], id="申请 is no 请"),
    pytest.param("指标差距缩小至3个百分点。", ["指标差距"], id="缩小至 is how much"),
    pytest.param("各村（社区）调解纠纷60件。", ["调解纠纷"], id="every village with a bracket"),
    pytest.param("各村调解委员会60个。", ["村调解委员会"], id="a verb in a body's name is no act"),
    pytest.param("企业诉求截至目前办结98件。", ["企业诉求…办结"], id="until now in the middle"),
    pytest.param("在市级刊物《法治研究》上发表论文9篇。", ["发表论文"], id="where something was published"),
    pytest.param("在册社区矫正对象12人。", ["在册社区矫正对象"], id="在册 is who they are"),
    pytest.param("计划完成率96%。", ["计划完成率"], id="计划 before a noun stays"),
    pytest.param("松山市217家事业单位聘任法律顾问。", ["事业单位聘任法律顾问"], id="where they are is left out"),
    pytest.param("重点镇3个项目建成。", ["重点镇…项目建成"], id="what kind of place stays"),
    pytest.param("新建小区12个充电桩通过验收。", ["新建小区…充电桩通过验收"], id="小区 is no district"),
    pytest.param("完成首批58项赋权事项承接评估。", ["赋权事项承接评估"], id="which batch is left out"),
    pytest.param("细化9个方面42项具体任务。", ["细化…具体任务"], id="in how many fields is left out"),
    pytest.param("36项任务已完成34项。", ["任务", "任务…完成"], id="已 is no part of the task"),
    pytest.param(
        "3个单位、5名个人受到市委表彰。", ["单位…受到市委表彰", "个人受到市委表彰"], id="受到 is a shared predicate"
    ),
    pytest.param("6个市、3个区获评全省先进。", ["市…获评全省先进", "区获评全省先进"], id="a noun of one character"),
    pytest.param(
        "9个市88个县党委均开展了现场述法。", ["市…开展了现场述法", "县党委均开展了现场述法"], id="two counts in a row"
    ),
    pytest.param(
        "6980项服务事项100%可网上办理。",
        ["服务事项…可网上办理", "服务事项…可网上办理"],
        id="a share of the count before",
    ),
    pytest.param("对上报的名单又核减了16家企业。", ["企业"], id="out of what they were taken"),
    pytest.param(
        "共厘清事项98项，其中，县级部门收回事项60项，镇级承接事项38项。",
        ["厘清事项", "县级部门收回事项", "镇级承接事项"],
        id="the parts of a total keep whose they are",
    ),
    pytest.param("县级部门收回事项60项。", ["收回事项"], id="without a total the doer is left out"),
    pytest.param(
        "区域性、综合性和派出人民调解组织达标率分别达到55%、70%、85%。",
        ["区域性…人民调解组织达标率", "综合性…人民调解组织达标率", "派出人民调解组织达标率"],
        id="adjectives share the bodies and the rate",
    ),
]

DUTIES = [
    pytest.param("自收到申请之日起20个工作日内答复。", ["申请…答复"], id="from the day of receipt"),
    pytest.param("接到举报后2小时内到场处置。", ["到场处置"], id="a duty that says what is done"),
    pytest.param(
        "有关单位自收到监督意见书之日起30日内反馈整改情况。", ["反馈整改情况"], id="who received it is left out"
    ),
    pytest.param("行政机关应当在60日内书面答复。", ["行政机关…书面答复"], id="nothing but who acts"),
    pytest.param("热线工单应在1个工作日内响应。", ["热线工单…响应"], id="应 before 在"),
    pytest.param("执法标准应于6月底前下发。", ["执法标准…下发"], id="应 before 于"),
    pytest.param("严格执行听证公告期限不少于30日。", ["听证公告期限"], id="keeping to a limit is not the limit"),
    pytest.param("执行到位率达到60%。", ["执行到位率"], id="执行 in a measure"),
    pytest.param("市级每年开展法治督察不少于1次。", ["法治督察"], id="a level that acts"),
    pytest.param("市级每年督察一次，县级每半年督察一次。", ["市级…督察", "县级…督察"], id="a level keeps a bare verb"),
    pytest.param(
        "权责清单6月底前公布，此后每年更新一次。", ["权责清单…公布", "权责清单…更新"], id="此后 is not what is renewed"
    ),
    pytest.param("各地请于5月20日前报送自查方案。", ["报送自查方案"], id="各地 and 请 before a date"),
    pytest.param(
        "各地、各部门请于5月20日前，将案卷评查方案报市司法局备案。",
        ["案卷评查方案报市司法局备案"],
        id="the task stands behind the comma",
    ),
    pytest.param("各地市领导小组于9月底前报告进展情况。", ["报告进展情况"], id="各地市 is not 各地"),
    pytest.param("如期实现到2025年基本建成法治县的奋斗目标。", ["法治县"], id="a goal is named by what is reached"),
    pytest.param("建设目标于2025年底前完成。", ["建设目标…完成"], id="目标 alone is a noun"),
    pytest.param(
        "每年2月底前，向备案审核部门上报上一年本镇、本办制发的规范性文件目录。",
        ["向备案审核部门上报…规范性文件目录"],
        id="when and by whom a thing sent was made",
    ),
    pytest.param(
        "第一讲：《行政处罚法》，学习时间3月至4月。", ["《行政处罚法》…学习"], id="a label for when something is done"
    ),
    pytest.param(
        "6月底前将立法建议送市司法局（联系人：周某）。", ["立法建议送市司法局"], id="whom to ask is no part of the task"
    ),
]

# What a second reading of real pages showed, and beside each what only looks alike.
FRONTS = [
    pytest.param("要求备案率达到100%。", ["备案率"], id="要求 goes as a whole"),
    pytest.param("要求职人员登记率达到90%。", ["求职人员登记率"], id="求职 is a word"),
    pytest.param("要案查结率达到90%。", ["要案查结率"], id="要案 is a word"),
    pytest.param("各方面监管数据归集率达到90%。", ["各方面监管数据归集率"], id="各方面 is a word"),
    pytest.param("各项任务完成率达到95%以上。", ["各项任务完成率"], id="各项 is a word"),
    pytest.param("各大队执法台账完备率达到90%。", ["大队执法台账完备率"], id="各 before a body is left out"),
    pytest.param("五年内行政复议纠错率年均下降2个百分点。", ["行政复议纠错率"], id="within how many years"),
    pytest.param("行政复议纠错率五年内年均下降2个百分点。", ["行政复议纠错率"], id="the same in the middle"),
    pytest.param("较去年多办案20件。", ["办案"], id="what is done more of"),
    pytest.param("比上年多发现问题20个。", ["发现问题"], id="a verb that is done more with its object"),
    pytest.param("少数民族村法律顾问16名。", ["少数民族村法律顾问"], id="少数 compares nothing"),
    pytest.param(
        "受理案件25件（不含移送公安机关的9件）。", ["受理案件", "移送公安机关"], id="what is not counted in is not 不含"
    ),
]

ENDS = [
    pytest.param("普法经费由86万元追加到104万元。", ["普法经费", "普法经费"], id="追加到 is how much"),
    pytest.param("普法工作经费按每年3%递增。", ["普法工作经费"], id="递增 is how"),
    pytest.param("复议案件办理周期较长，平均达52天。", ["复议案件办理周期"], id="较长 is how long"),
    pytest.param("群众满意率稳步提升，达到98%。", ["群众满意率"], id="稳步提升 is how"),
    pytest.param("评查案卷质量较高的单位12家。", ["评查案卷质量较高的单位"], id="较高 before a noun is what kind"),
    pytest.param("审查率、备案率始终保持100%。", ["审查率、备案率"], id="始终 is how long"),
    pytest.param("法制审核人员配备比例达到执法人员总数的5%。", ["法制审核人员配备比例"], id="of what a share is one"),
    pytest.param("评查案卷数量不低于上年度办案总数的10%。", ["评查案卷数量"], id="of what it is at least a share"),
    pytest.param("涉企检查频次控制在上年的90%以内。", ["涉企检查频次"], id="of the year before"),
    pytest.param(
        "配备法制审核人员，原则上不少于执法人员总数的5%。", ["法制审核人员"], id="a share whose noun stands before"
    ),
    pytest.param("传达到位的单位达到80%。", ["传达到位的单位"], id="传达到位 compares nothing"),
    pytest.param("投诉举报1200件，占受理总量的六成。", ["投诉举报", "投诉举报…占受理总量"], id="占 keeps its total"),
    pytest.param(
        "为每个司法所至少再增配1名专职人员。", ["为每个司法所…增配…专职人员"], id="至少 between noun and verb"
    ),
    pytest.param("街道原则上只设1个执法层级。", ["执法层级"], id="只设 says that there is one"),
    pytest.param(
        "编制完成行政许可事项清单、公共服务事项清单、证明事项清单等共12份。",
        ["行政许可事项清单、公共服务事项清单、证明事项清单"],
        id="等 ends no list of nouns",
    ),
    pytest.param("评定结果优等12家。", ["评定结果优等"], id="优等 is a word"),
    pytest.param("6月底前编制完成收费清单等。", ["收费清单"], id="等 behind a task"),
    pytest.param(
        "县政府主要负责人对行政复议、行政应诉等事项作出批示11次。", ["作出批示"], id="等事项 goes with its examples"
    ),
]

HANDED_ON = [
    pytest.param(
        "对现行规章进行清理，提出修改意见25件，其余157件继续有效。",
        ["提出修改意见", "现行规章…其余…继续有效"],
        id="the rest of what was treated",
    ),
    pytest.param(
        "清理规章182件。经研究，提出修改意见25件，其余157件继续有效。",
        ["清理规章", "提出修改意见", "规章…其余…继续有效"],
        id="the rest of more of the same unit",
    ),
    pytest.param(
        "对执法人员开展轮训，每人每年不少于60学时。", ["执法人员…轮训…每人"], id="each of those who are trained"
    ),
    pytest.param(
        "每两年对执法人员轮训一遍，每人每年不少于60学时。",
        ["执法人员…轮训", "执法人员…轮训…每人"],
        id="each of those trained every two years",
    ),
    pytest.param(
        "聘请法治副校长16名，每人不少于2次。", ["聘请法治副校长", "法治副校长…每人"], id="each of people counted"
    ),
    pytest.param(
        "创建国家级民主法治示范村8个、省级58个。",
        ["国家级民主法治示范村", "省级…民主法治示范村"],
        id="a second level of one noun",
    ),
    pytest.param(
        "建成法治示范村66个，其中国家级8个、省级58个。",
        ["法治示范村", "国家级…法治示范村", "省级…法治示范村"],
        id="two levels of a total",
    ),
    pytest.param(
        "取消许可事项，市级45项、县级60项。",
        ["市级…许可事项", "县级…许可事项"],
        id="two levels of what the clause before names",
    ),
    pytest.param(
        "实施“法律明白人”培养工程，累计培养2900余人。", ["“法律明白人”…培养"], id="an empty verb without object"
    ),
    pytest.param("累计培养“法律明白人”2900余人。", ["“法律明白人”"], id="an empty verb with its object"),
    pytest.param(
        "第二阶段为组织实施阶段，从2024年4月初开始至2025年底结束。", ["组织实施阶段"], id="the stage is what ends"
    ),
    pytest.param(
        "2.创建阶段（从2024年4月初开始至2025年底结束）。", ["创建阶段"], id="a stage with its dates in brackets"
    ),
    pytest.param("试点工作从2024年4月初开始至2025年底结束。", ["试点工作…结束"], id="what ends stands before"),
]

REPORTS = [*AMOUNTS, *COUNTED, *TOPICS, *JOINT, *OTHER_RESULTS, *EDGES]
PLANS = [*CHANGES, *TASKS, *UNIVERSALS, *OTHER_UNDERTAKINGS, *AVERAGES, *DUTIES, *FRONTS, *ENDS, *HANDED_ON]


@pytest.mark.parametrize(("text", "expected"), REPORTS)
def test_a_result_says_what_it_measures(text: str, expected: list[str]) -> None:
    assert subjects(text, "report") == expected


@pytest.mark.parametrize(("text", "expected"), PLANS)
def test_an_undertaking_says_what_it_measures(text: str, expected: list[str]) -> None:
    assert subjects(text, "plan") == expected


@pytest.mark.parametrize(("text", "expected"), [*REPORTS, *PLANS])
def test_each_part_of_a_subject_stands_in_the_text(text: str, expected: list[str]) -> None:
    assert [part for subject in expected for part in subject.split("…") if part not in text] == []
    kinds: tuple[Kind, ...] = ("report", "plan")
    for kind in kinds:
        parts = [part for subject in subjects(text, kind) for part in (subject or "").split("…")]
        assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize(
    ("title", "line", "expected"),
    [
        pytest.param("三、坚持预防为先，依法化解风险", "修订应急预案11部。", "修订应急预案", id="a numbered title"),
        pytest.param("三、败诉率控制在", "8%以内。", "败诉率", id="a numbered line that breaks off"),
        pytest.param("三、办理行政处罚案件", "25件。", "行政处罚案件", id="a numbered line before its number"),
        pytest.param("全年办理行政处罚案件", "25件。", "行政处罚案件", id="a line without a number"),
    ],
)
def test_a_title_is_no_half_of_a_paragraph_that_a_footnote_interrupts(title: str, line: str, expected: str) -> None:
    assert subjects(f"{title}\n[1]不含移交的案件。\n{line}", "report")[-1] == expected


def test_the_words_of_a_value_lead_nowhere_when_they_are_many() -> None:
    counts = "".join(f"{count}个村、" for count in range(2, 200))
    assert len(subjects(f"{counts}全部完成述法。", "report")) == 199
    assert subjects(f"{'依托平台区司法局' * 300}开展巡查6次。", "report") != [None]
