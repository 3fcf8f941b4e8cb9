"""A value finds the indicator that its words and its unit say, its look-alikes do not, and what fits none has none."""

from typing import Any

import pytest

from pipeline.extract.link import Linker, Measured, linker_of
from pipeline.reference import indicators


@pytest.fixture(scope="module")
def linker() -> Linker:
    return linker_of(indicators())


def row(expected: str | None, subject: str, unit: str | None = "件", before: str = "", **more: Any) -> Any:
    """A value by what it measures and its unit; *before* is what its sentence says up to it, the subject included."""
    wanted = tuple(expected.split()) if expected else ()
    said = before or subject
    return pytest.param(Measured(subject, unit, before=said, **more), wanted, id=f"{said[-24:]}|{unit or 'date'}")


def date_row(expected: str | None, subject: str, before: str = "", **more: Any) -> Any:
    """A task bound by a date, which stands before it."""
    return row(expected, subject, None, before or "年底前", type="deadline", after=subject, **more)


def bare_row(expected: str | None, subject: str, **more: Any) -> Any:
    """A bare frequency, such as 每月."""
    return row(expected, subject, None, subject, period="month", bare=True, **more)


PLAIN = [
    row("online_available_rate", "依申请事项网上可办率", "%"),
    row("online_full_process_rate", "依申请政务服务事项全程网办率", "%"),
    row("service_on_time_rate", "窗口事项按时办结率", "%", heading=2),
    row("business_start_days", "企业开办全流程时间", "个工作日"),
    row("business_start_days", "开办企业平均用时", "小时"),
    row("project_approval_days", "一般工业项目审批时限", "工作日"),
    row("normative_docs_issued", "县政府制定行政规范性文件", "件"),
    row("normative_docs_issued", "共印发行政规范性文件", "份"),
    row("normative_docs_reviewed_count", "审核各乡镇各部门送审的规范性文件", "件"),
    row("normative_doc_legality_review_rate", "规范性文件合法性审核率", "%"),
    row("contracts_reviewed_count", "审查政府合同协议", "份"),
    row("legal_counsel_count", "续聘政府法律顾问", "名"),
    row("public_lawyers_count", "全市现有公职律师", "人"),
    row("major_decision_items", "列入年度目录的重大行政决策事项", "项"),
    row("social_risk_assessments", "对重大事项开展社会稳定风险评估", "件"),
    row("penalty_cases", "全年作出行政处罚决定", "件"),
    row("fines_amount", "罚没金额合计", "万元"),
    row("enterprise_inspections", "开展入企检查", "家次"),
    row("double_random_checks", "双随机一公开抽查", "次"),
    row("case_file_reviews", "评查行政处罚案卷", "卷"),
    row("certified_enforcement_rate", "一线执法人员持证率", "%"),
    row("major_enforcement_legal_review_rate", "重大行政执法决定法制审核率", "%"),
    row("full_process_record_rate", "执法全过程记录率", "%"),
    row("enforcement_training_hours", "每名执法人员参加培训", "学时"),
    row("emergency_plans", "修订专项应急预案", "部"),
    row("emergency_drills", "组织防汛应急演练", "场次"),
    row("disputes_screened", "共排查各类矛盾纠纷", "起"),
    row("mediation_success_rate", "人民调解成功率", "%"),
    row("mediation_cases", "各级调委会受理调解案件", "件"),
    row("reconsideration_applications", "新收行政复议申请", "件"),
    row("reconsideration_mediation_rate", "行政复议调解和解率", "%"),
    row("litigation_cases", "办理行政应诉案件", "件"),
    row("litigation_loss_rate", "一审行政诉讼败诉率", "%"),
    row("head_court_appearance_rate", "被诉行政机关负责人出庭应诉率", "%"),
    row("judgment_performance_rate", "生效裁判履行率", "%"),
    row("judicial_suggestion_reply_rate", "司法建议回复率", "%"),
    row("npc_suggestions_handled", "承办县人大代表建议", "件"),
    row("cppcc_proposals_handled", "承办县政协提案", "件"),
    row("proactive_disclosure_items", "通过门户网站主动公开政府信息", "条"),
    row("disclosure_requests_received", "收到政府信息公开申请", "件"),
    row("policy_interpretations", "发布政策解读材料", "篇"),
    row("hotline_cases", "12345热线受理群众诉求", "件"),
    row("hotline_satisfaction_rate", "12345热线群众满意率", "%"),
    row("data_shared_items", "归集各类政务数据", "条"),
    row("law_study_sessions", "县政府常务会议会前学法", "次"),
    row("rule_of_law_lectures", "举办领导干部法治专题讲座", "期"),
    row("court_hearing_observations", "组织干部旁听庭审", "次"),
    row("rule_of_law_inspections", "对乡镇开展法治督察", "轮"),
    row("assessment_weight", "依法行政在绩效考核中的权重", "%"),
    row("law_popularization_events", "开展法治宣传活动", "场"),
    row("law_popularization_materials", "发放法治宣传资料", "份"),
    row("law_literate_persons", "培育法律明白人", "名"),
    row("legal_aid_cases", "办理法律援助案件", "件"),
    row("notarization_cases", "办理公证事项", "件"),
    # indicators that the first catalogue did not have
    row("excellent_case_file_rate", "行政处罚案卷优秀率", "%"),
    row("community_correction_persons", "在册社区矫正对象", "人"),
    row("enforcement_recorders", "为基层执法队配备执法记录仪", "台"),
    row("joint_enforcement_actions", "牵头开展跨部门联合执法", "次"),
    row("food_samples", "完成食品安全监督抽检", "批次"),
    row("wage_arrears_recovered", "为农民工追回工资", "万元"),
    row("rule_of_law_funds", "县财政安排法治建设专项经费", "万元"),
    row("judicial_confirmations", "申请司法确认", "件"),
    row("credit_repairs", "为企业办理信用修复", "件"),
    row("law_culture_sites", "新建法治文化广场", "个"),
    row("leader_law_lectures", "镇党委书记讲授法治课", "次"),
    row("people_evacuated", "提前转移受威胁群众", "人"),
    row("audit_problem_amount", "审计查出违规资金问题金额", "万元"),
    row("repeat_petition_rate", "重复信访率", "%"),
    row("mitigated_penalty_cases", "依法减轻处罚", "件"),
    row("arrears_cleared_rate", "无分歧账款清偿率", "%"),
]

LOOK_ALIKES = [
    row("info_disclosure_litigation_loss_rate", "政府信息公开案件败诉率", "%"),
    row("chief_court_appearance_rate", "主要负责人出庭应诉率", "%"),
    row("petition_satisfaction_rate", "群众满意率", "%", "受理信访事项210件,群众满意率"),
    row("service_satisfaction_rate", "群众满意率", "%", "政务服务大厅办件3.1万件,群众满意率"),
    row("npc_cppcc_satisfaction_rate", "满意率", "%", "办理代表建议30件、委员提案41件,满意率"),
    row("petition_on_time_rate", "按期办结率", "%", "受理信访事项210件,按期办结率"),
    row("reconsideration_conclusion_rate", "按期办结率", "%", "审理行政复议案件33件,按期办结率"),
    row("hotline_completion_rate", "按期办结率", "%", "办理12345热线工单5000件,按期办结率"),
    row("disclosure_request_reply_rate", "按期答复率", "%", "收到依申请公开12件,按期答复率"),
    row("npc_cppcc_reply_rate", "办复率", "%", "办理人大代表建议30件,办复率"),
    row("procuratorial_suggestion_reply_rate", "办复率", "%", "收到检察建议9件,办复率"),
    row("judicial_suggestion_reply_rate procuratorial_suggestion_reply_rate", "司法建议、检察建议…办复率", "%"),
    row("normative_docs_retained", "继续有效", "件", "清理规范性文件80件,其中继续有效"),
    row("normative_docs_amended", "需要修改", "件", "清理规范性文件80件,其中继续有效61件、需要修改"),
    row("normative_docs_repealed", "废止", "件", "清理规范性文件80件,其中继续有效61件、废止"),
    row("reconsideration_upheld", "维持", "件", "审结行政复议案件41件,其中维持"),
    row("reconsideration_dismissed", "驳回", "件", "审结行政复议案件41件,其中维持20件、驳回"),
    row("reconsideration_corrections", "撤销", "件", "审结行政复议案件41件,其中维持20件、撤销"),
    row("litigation_loss_cases", "败诉", "件", "行政诉讼案件审结18件,败诉"),
    row("mediation_success_cases", "成功化解", "件", "排查矛盾纠纷310件,成功化解"),
    row("inspection_issues_found", "发现问题", "个", "开展法治督察2轮,发现问题"),
    row("audit_problems_rectified", "整改到位", "个", "审计发现问题25个,整改到位"),
    row("inspection_issues_rectified", "整改到位", "个", "开展督察1次,反馈问题25个,整改到位"),
    row("excellent_case_file_rate", "优秀率", "%", "评查案卷120卷,优秀率"),
    row("case_file_pass_rate", "合格率", "%", "评查案卷120卷,合格率"),
    row("law_exam_pass_rate", "合格率", "%", "组织干部参加网上学法考试,合格率"),
    row("food_sample_pass_rate", "合格率", "%", "抽检食品400批次,合格率"),
    row("minor_violation_exempt_items", "轻微违法免罚清单", "项"),
    row("exempted_penalty_cases", "轻微违法免罚", "件"),
    row("exempted_penalty_amount", "减免金额", "万元", "不予处罚35件,减免金额"),
    row("enforcement_publicity_rate", "公示率", "%", "公示执法信息300条,公示率"),
    row("enforcement_recorder_rate", "执法记录仪配备率", "%"),
    row("social_risk_assessments", "社会稳定风险评估", "项"),
    row("major_decision_risk_assessment_rate", "重大决策社会稳定风险评估率", "%"),
    row("mediation_org_coverage_rate", "人民调解组织", "%", "村级人民调解组织", type="universal", after="全覆盖"),
    row("mediation_orgs", "各类调解组织", "个"),
    row("mediators", "专兼职调解员", "名"),
    row("mediators_trained", "培训调解员", "人次"),
    row("enforcement_officers_trained", "培训执法人员", "人次"),
    row("enforcement_training_sessions", "举办执法人员培训班", "期"),
    row("enforcement_training_days", "执法人员每年参加法律知识培训时间", "天"),
    row("normative_doc_review_days_min", "合法性审核时间", "工作日", comparator=">="),
    row("normative_doc_review_days_max", "合法性审核时间", "工作日", comparator="<="),
    row("normative_doc_comment_days", "期限", "工作日", "规范性文件向社会公开征求意见,期限", heading=3),
    row("major_decision_comment_days", "期限", "日", "重大行政决策草案公开征求意见,期限", heading=4),
    row("major_decision_filing_days", "备案", "日", "重大行政决策自公布之日起30日内…备案", heading=4),
    row("criminal_referrals", "移送公安机关案件", "件"),
    row("penalty_cases_simple", "简易程序案件", "件", "办理行政处罚案件90件,其中普通程序案件30件、简易程序案件"),
    row("penalty_cases_ordinary", "普通程序案件", "件", "办理行政处罚案件90件,其中普通程序案件"),
    row("enterprise_inspection_reduction_rate", "涉企行政检查次数", "%", comparator="decrease", after="减少15%"),
    row("normative_docs_issued", "行政规范性文件", "件", "印发行政规范性文件"),
    row("normative_docs_reviewed_count", "行政规范性文件", "件", "依法审查各部门报送的行政规范性文件"),
    row("normative_docs_repealed", "涉农文件专项清理…废止", "件", "开展涉农文件专项清理,废止"),
    row("mediation_cases", "乡镇调解组织调解纠纷", "件"),
    row("law_exam_pass_rate", "通过率", "%", "干部参加网上学法考试,通过率"),
    row("cert_exam_pass_rate", "通过率", "%", "组织新进人员参加执法资格考试,通过率"),
    row("npc_cppcc_reply_rate", "县人大代表议案和政协委员提案办结率", "%"),
    row(
        "normative_doc_filing_rate normative_doc_filing_timeliness_rate normative_doc_filing_compliance_rate",
        "报备率、报备及时率和规范率",
        "%",
    ),
    row("inspected_units", "乡镇…督察", "个"),
    row("disaster_casualties", "人员…伤亡", "人", type="universal"),
    row("petition_cases", "信访总量", None, "信访总量", type="benchmark", after="低于全市平均水平"),
]

# Rows that look alike in words and differ in direction, unit or kind of case; each has a neighbour that must link.
APART = [
    # what was not done is another rate than what was
    row("failed_case_file_rate", "案卷不合格率", "%"),
    row("case_file_pass_rate", "案卷合格率", "%"),
    row(None, "不合格率", "%", "抽检食品400批次,不合格率"),
    row("food_sample_pass_rate", "合格率", "%", "抽检食品400批次,合格率"),
    row(None, "窗口事项未按时办结率", "%", heading=2),
    row(None, "群众不满意率", "%", "政务服务大厅办件3.1万件,群众不满意率"),
    # persons in post, persons taught or examined, and how often persons went out
    row(None, "出动执法人员", "人次"),
    row(None, "执法人员", "人次", "全年出动执法人员"),
    row("enforcement_officers_trained", "轮训执法人员", "名"),
    row("enforcement_officers_trained", "培训执法人员", "名"),
    row("cert_exam_participants", "执法人员考试", "人"),
    row(None, "执法人员", "人", comparator="<"),
    row(None, "现场检查时执法人员", "人", comparator=">="),
    row("enforcement_officers_total", "现有行政执法人员", "名"),
    row("enforcement_officers_total", "持证执法人员", "人", comparator=">="),
    row("work_safety_deaths", "事故死亡人数", "人", comparator="<"),
    row("law_popularization_persons", "普法受众", "人"),
    row("people_evacuated", "转移避险群众", "人次"),
    # so many in each place are no total
    row(None, "每个乡镇…调解员", "名"),
    row(None, "调解员", "名", "每个司法所聘请调解员"),
    row("mediators", "调解员", "名", "每年全市新聘调解员"),
    row("law_literate_per_village", "每个村培养法律明白人", "名"),
    # days by the kind of case
    row("penalty_average_days", "处罚案件平均办理周期", "天"),
    row("mediation_average_days", "调解案件平均办理时间", "天"),
    row("reconsideration_review_days", "复议案件平均办理周期", "天"),
    row(None, "仲裁案件平均办理周期", "天"),
    # rates by what was found or handled
    row("hazard_rectification_rate", "整改率", "%", "排查隐患300处,整改率"),
    row("inspection_rectification_rate", "整改率", "%", "督察反馈问题31个,整改率"),
    row(None, "执法监督整改完成率", "%"),
    row(None, "普法问题整改率", "%"),
    row(None, "结案率", "%", "受理劳动争议仲裁案件300件,结案率"),
    row(None, "结案率", "%"),
    row("penalty_closure_rate", "结案率", "%", "查处违法案件210件,结案率"),
    row("penalty_closure_rate", "结案率", "%", titles=("规范行政执法",)),
    row("reconsideration_conclusion_rate", "结案率", "%", "受理行政复议案件80件,结案率"),
    row("reconsideration_concluded", "审结", "件", "受理行政复议案件80件,审结"),
    row(None, "审结", "件", "法院受理一审案件210件,审结"),
    row(None, "办结", "件", "劳动争议仲裁机构立案90件,办结"),
    row("counsel_opinion_adoption_rate", "采纳率", "%", "出具法律意见书120份,采纳率"),
    row("public_comment_adoption_rate", "采纳率", "%", "公开征求意见收到建议30条,采纳率"),
    row(None, "采纳率", "%"),
    row("normative_doc_filing_rate", "始终保持规范性文件备案率", "%"),
    row("filing_review_rate", "规范性文件备案审查率", "%"),
    # examinations
    row("cert_exam_pass_rate", "合格率", "%", "组织执法人员考试1200人次,合格率"),
    row("cert_exam_pass_rate", "执法人员考试合格率", "%"),
    row("law_exam_pass_rate", "领导干部学法考试合格率", "%"),
    row(None, "应参加网上学法考试", "人"),
    row(None, "应参加", "人", "组织学法考试,应参加"),
    row("law_exam_participants", "实际参加", "人", "组织学法考试,应参加1400人,实际参加"),
    # training in hours and in days
    row("enforcement_training_days", "执法人员人均培训", "天"),
    row("enforcement_training_hours", "执法人员人均培训", "学时"),
    row("enforcement_training_hours", "执法人员参加集中培训的时间", "小时"),
    row("training_class_hours", "集中面授", "天"),
    row("training_class_hours", "集中培训", "学时", "执法人员人均培训60学时,其中集中培训"),
    # decisions, contracts, topics
    row("major_decision_items", "重大行政决策履行公众参与、专家论证和风险评估程序", "项"),
    row("social_risk_assessments", "决策事项完成风险评估", "项"),
    row("contract_review_rate", "合同…合法性审查", "%", type="universal"),
    row(None, "议题未经合法性审查…不予上会", "%", type="universal"),
    row("normative_doc_legality_review_rate", "规范性文件…合法性审核", "%", type="universal"),
    # who is covered
    row("village_legal_counsel_rate", "村(社区)…法律顾问", "%", type="universal", after="全覆盖"),
    row("legal_counsel_coverage_rate", "政府法律顾问", "%", type="universal", after="全覆盖"),
    row("public_legal_service_coverage_rate", "公共法律服务工作站", "%", type="universal", after="全覆盖"),
    row("rule_of_law_reporting_coverage_rate", "年度述法", "%", type="universal", after="全覆盖"),
    row("rule_of_law_reporting_coverage_rate", "主要负责人年度述法", "%", type="universal", after="全覆盖"),
    row("community_correction_escapes", "社区矫正对象…漏管", "人", type="universal"),
    row("community_correction_persons", "在册社区矫正对象", "人"),
    # 个 of units are no files; 项 of a list are no cases, and 件 no entries of a list
    row(None, "抽取…单位开展案卷评查", "个", "抽取", after="24个单位开展案卷评查"),
    row("inspected_units", "部门…督察", "个", "对", after="24个部门开展督察"),
    row("case_file_reviews", "评查…案卷", "宗"),
    row("case_files_per_round", "每次评查抽取案卷", "卷"),
    row("public_service_list_items", "公共服务事项清单", "项"),
    row("service_cases_handled", "受理行政审批和服务事项", "件", heading=2),
    row(None, "行政处罚“一案三书”清单", "项"),
    row("minor_violation_exempt_items", "首违不罚事项", "项"),
    row("administrative_permits", "行政许可", "件"),
    row("approval_items_total", "行政许可事项", "项"),
    row("approvals_cancelled_delegated", "下放", "项", "取消行政许可事项12项、下放"),
    row(None, "收回行政职权", "项"),
    row("enforcement_certs_cancelled", "收回行政执法证", "张"),
    row(None, "执法监督…督促整改问题", "个"),
    row("enforcement_supervision_notices", "制发执法监督意见书", "份"),
    # meetings, notes by leaders, inspections
    row(None, "召开领导小组会议", "次"),
    row(None, "召开工作推进会", "次"),
    row("chief_instructions", "主要领导作出批示", "次"),
    row("chief_instructions", "批示法治建设工作", "次"),
    row("rule_of_law_inspections", "组织法治督察", "次"),
    row("government_hearings", "专题研究法治政府建设", "次"),
    row("law_popularization_events", "国家宪法日活动", "场"),
    row("legal_reviewer_ratio", "法制审核人员配备比例", "%"),
]


DATES = [
    date_row("stage_deadline", "动员部署阶段"),
    date_row("stage_deadline", "全面推进阶段"),
    date_row("list_compilation_deadline", "编制完成公共服务事项清单"),
    date_row("certificate_cleanup_deadline", "完成证明事项清理"),
    date_row("normative_doc_cleanup_deadline", "完成现行规范性文件清理工作"),
    date_row("decision_list_deadline", "向社会公布重大行政决策事项目录"),
    date_row("emergency_plan_deadline", "完成防汛等专项应急预案修订"),
    date_row("annual_report_deadline", "向社会公开上一年度法治政府建设年度报告", period="year"),
    date_row("progress_report_frequency", "向领导小组办公室报送工作进展情况", period="month"),
    date_row("self_inspection_report_deadline", "各部门报送全年工作总结"),
    date_row("plan_filing_deadline", "各乡镇上报实施方案"),
    date_row("goal_attainment_deadline", "法治政府建设总体水平迈上新台阶", heading=1),
    bare_row("progress_report_frequency", "调度工作进展"),
    bare_row("government_hearings", "专题研究法治政府建设"),
    bare_row("catalogue_update_frequency", "主动公开目录…更新"),
    row("court_government_meetings", "召开府院联席会议", "次", period="half-year"),
    row("case_file_review_rounds", "开展行政执法案卷评查", "次", period="half-year"),
    row("dispute_screening_frequency", "矛盾纠纷大排查", "次", period="quarter"),
]

NOTHING = [
    row(None, "建成高标准农田", "亩"),
    row(None, "新建农村公路", "公里"),
    row(None, "植树造林", "亩"),
    row(None, "完成固定资产投资", "亿元"),
    row(None, "接种疫苗", "万剂"),
    row(None, "辖区常住人口", "万人"),
    row(None, "招商引资签约项目", "个"),
    row(None, "粮食产量", "吨"),
    row(None, "城镇新增就业", "人"),
    row(None, "党员干部结对帮扶困难家庭", "户"),
    row(None, "义务教育巩固率", "%"),
    row(None, "城镇登记失业率", "%"),
    row(None, "森林覆盖率", "%"),
    row(None, "生活垃圾无害化处理率", "%"),
    row(None, "村级集体经济收入", "万元"),
    row(None, "开展文明城市创建活动", "次"),
    row(None, "召开防汛工作部署会", "次"),
    row(None, "行政处罚案件", "%", comparator="decrease", after="下降8%"),
    row(None, "主动公开政府信息", "%", comparator="increase", after="增长12%"),
    row(None, "行政许可事项", "%", "行政许可事项办理", after="占全部事项的两成"),
    row(None, "行政复议案件", "小时"),
    row(None, "合同", "个", "引进外资合同", heading=2),
    row(None, "乡镇(街道)", "个", "全市12个乡镇(街道)"),
    row(None, "其他", "个"),
    row(None, "门前三包责任书签订率", "家"),  # a rate is a share: the number counts something else
    row(None, "结案率", "件"),
    row(None, "建议提案", "%", "建议提案", comparator="increase", after="增长一成"),
    row(None, "发现问题", "个"),
    row(None, "维持", "件"),
    row(None, "满意率", "%"),
    row(None, "合格率", "%"),
    row(None, "参训率", "%"),
    row(None, "面商率", "%"),
    row(None, "干部职工", "名"),
    row(None, "会议", "次"),
    row(None, "", "个"),
    row(None, "党内法规学习笔记抽查", "本"),
    row(None, "公安机关立案", "起"),
    row(None, "人大议案件数", "件"),
    date_row(None, "完成办公楼搬迁"),
    date_row(None, "启动新区建设"),
    date_row(None, "完成村级换届选举"),
    bare_row(None, "召开例会"),
    bare_row(None, "更换消防器材"),
]


@pytest.mark.parametrize(("value", "expected"), PLAIN)
def test_a_subject_finds_its_indicator(linker: Linker, value: Measured, expected: tuple[str, ...]) -> None:
    assert linker.find(value)[0] == expected


@pytest.mark.parametrize(("value", "expected"), LOOK_ALIKES)
def test_look_alikes_are_kept_apart(linker: Linker, value: Measured, expected: tuple[str, ...]) -> None:
    assert set(linker.find(value)[0]) == set(expected)


@pytest.mark.parametrize(("value", "expected"), APART)
def test_direction_unit_and_kind_of_case_decide_between_like_words(
    linker: Linker, value: Measured, expected: tuple[str, ...]
) -> None:
    assert linker.find(value)[0] == expected


@pytest.mark.parametrize(("value", "expected"), DATES)
def test_dates_and_frequencies_are_linked(linker: Linker, value: Measured, expected: tuple[str, ...]) -> None:
    assert linker.find(value)[0] == expected


@pytest.mark.parametrize(("value", "expected"), NOTHING)
def test_what_fits_none_has_none(linker: Linker, value: Measured, expected: tuple[str, ...]) -> None:
    assert linker.find(value) == (expected, None)
