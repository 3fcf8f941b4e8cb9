"""The words that fill the places of an official clause, as data; `phrases` takes them off one by one.

Clauses are built alike: 依托党校 (circumstance) 区司法局 (actor) 先后 (manner) 举办 (verb) 专题研讨班 (object) 3期.
What is counted is the object, with its verb where that says more than that something took place.
"""

import re


def any_of(words: str) -> str:
    """Return a regular expression for one of the words or patterns in a text, the longest first."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


JOIN = "…"
OBJECT = "〇〇"  # stands for the object that a verb still lacks

# Verbs that only say that something took place; what is counted is their object.
LIGHT = any_of("""
    开展 组织 召开 举办 举行 进行 实施 推行 完成 建成 成立 组建 建立 打造 培育 培养 创建 创成 推出 新推出
    安排 列支 落实 配备 配齐 收到 公布 编制 编发 办理 发生 提供 形成 作出 做出 选取 实现 达成 出台 排查出
    确定
""")
# Verbs that say what was done; they belong to what is counted.
_VERB = any_of("""
    审核 审查 审理 审结 审议 审计 受理 处理 查处 查办 查出 排查 化解 调解 调处 检查 抽查 评查 巡查 督查
    督察 监督 整改 整治 纠正 出具 出动 发出 发放 发布 印发 下发 制发 悬挂 张贴 推送 播放 报送 报告 汇报
    报备 通报 备案 听取 研究 讨论 讲授 学习 旁听 参加 参与 接受 接待 接听 解答 回应 回复 答复 反馈 办结
    归集 采集 征集 采纳 收集 公开 公示 修订 修改 制定 废止 清理 清偿 取消 下放 承接 精简 优化 梳理 划转
    选派 选聘 招聘 招录 聘请 聘任 新增 新建 新设 新配 购置 添置 设置 设立 配置 投入 拨付 减免 追回 挽回
    促进 避免 节约 转移 疏散 安置 帮扶 救助 走访 慰问 回访 培训 轮训 宣传 立案 移送 处罚 罚款 没收 责令
    约谈 曝光 撤销 维持 驳回 终止 送达 签订 签署 评选 评定 命名 表彰 获得 荣获 提出 提请 提交 撰写 编写
    刊发 制作 调阅 录入 上传 登记 核查 核实 核发 颁发 注销 吊销 认定 确认 查封 扣押 拆除 收缴 查扣 销毁
    抽检 检测 监测 协调 督办 交办 转办 代办 帮办 代理 更新 评估 调度 研判 发现 启动 处置 解决 会商 上报
    介入 响应 录用 惠及 保留 减少 追讨 讨回 提醒 指导 推广 开通 接入 承办 细化 上门服务 上门办事 收回 清退
    退还 补充 申领 认领 发表 刊登
""")
# 人民调解, 行政处罚 and 案卷评查 are names of things done, not the doing.
VERB = rf"(?<!行政)(?<!人民)(?<!司法)(?<!案卷)(?<!诉前)(?:[上讲](?=[^,;。]{{0,6}}课)|{_VERB})"
# 办理时限 and 完成率 are nouns, though they begin with a verb.
NOUN_OF_VERB = any_of("""
    率 度 情况 时限 时间 时长 环节 进度 次数 频次 数量 方案 细则 条例 周期 天数 流程 机构 领导(?!干部|班子) 部门
    过程 质量 结果 标准 成本 期限
""")
# How something was done, between the actor and the verb.
MANNER = any_of("""
    共 累计 总共 先后 分别 已 已经 均 也 还 又 再 应 应当 要 须 必须 将 按时 及时 按期 定期 认真 严格 切实 积极 成功
    提前 集中 深入 广泛 持续 逐级 扎实 全面 主持 牵头 负责 至少 安全 各
""")
# What belongs to the verb itself: 专题研究, 主动公开.
AIMED = any_of("专题 带头 主动 依法 联合 统筹 集体 巡回 跟踪 人均 动态") + "?"
# Who acts: a public body, its head or its counsel. A place (中心, 窗口, 平台) narrows what is counted and stays.
# 法治政府 is a goal, 增长 and 时长 are measures, 督办 and 代办 are verbs.
ACTOR = any_of(r"""
    局 厅 财政 法院 检察院 (?<!法治)(?<!数字)(?<!服务型)政府 机关 机构 部门 单位 党组 党委 党工委 工委 县委 市委 区委
    省委 州委 旗委 街道 人大 政协 会议 办公会 务会 常委会 委员会 村委会 居委会 管委会 领导小组 负责人 负责同志 领导 书记
    首长 律师 顾问 (?<![增成生延专特时])长 (?<!中心)组织 综合执法队 大队 支队 中队 办公室 公证处 仲裁院 事务所
    (?:派出|司法|监管|管理|税务|股室)所 股室 [市县乡村]两级 (?<![经承督交转代帮主协举开创查快通即网])办 工作站 服务站
    中心组 领域
""")

_OBJECT = r"[^,;。…]{2,}"
_STEP = r"(?:《[^》]*》|“[^”]*”|[^,;。…《》“”])"  # no verb is looked for inside a title or a name
_ACT = rf"{AIMED}(?:{VERB}|{LIGHT})"
# The actor and its manner before a verb with an object. 审计机关 acts although it begins with a verb; 向…, 为… and
# 每个部门 are no actors. A region alone acts with an empty verb (全县开展) or with manner (松镇共受理).
WHO = re.compile(
    rf"^(?!{_ACT}(?!机关|机构|部门|单位|局|厅)|[向对为给与同在以按就从每])(?:{_STEP}|{JOIN}){{0,36}}?{ACTOR}"
    rf"(?:上|中|\([^()]*\))?(?:{JOIN}|{MANNER})*(?:在[^,;。]{{2,12}}?|对外|面?向社会)?(?={_ACT}了?(?!的){_OBJECT})"
    rf"|^(?![向对为在以从])[^,;。…每]{{0,4}}[省市县区州盟旗镇乡](?:本?级)?{JOIN}?"
    rf"(?:{MANNER}*(?={LIGHT}{_OBJECT})|{MANNER}+(?={VERB}{_OBJECT}))"
)
ONLY_WHO = re.compile(
    rf"(?:各|每个)?[^,;。…]{{0,36}}(?:{ACTOR}|[县市区镇乡](?:直)?各?(?:部门|单位))"
    rf"(?:牵头|负责|会同[^,;。]+)?(?:应当?|要|须|请|于|在)*"
    r"|(?:各(?:地[区方]?|[省市县区州盟旗镇乡村]))(?:\([^()]*\))?(?:应当?|要|须|请|于|在)*"
)
LEVEL_ACTS = re.compile(r"[省市县区州盟旗镇乡村]本?级")  # 市级每年开展法治督察

# --- circumstance --------------------------------------------------------------------------------------------------

_RULE = any_of("要求 规定 标准 原则 规范 精神 部署 安排 计划 规程")
_OCCASION = any_of("""
    契机 载体 抓手 重点 主题 主线 突破口 依托 节点 平台 基础 目标 牵引 导向 核心 统领 主要内容 内容 题 支撑 单位
""")
_BY = any_of("""
    依托 借助 利用 通过 结合 围绕 聚焦 针对 立足 采取 采用 运用 对照 以 在 为 向 给 与 同 会同 联合 面向 就
""")
_HOLDING = any_of("开展 组织 召开 举办 举行 提供")
# 按照…要求, 以…为契机, 除…外; 依托党校 before a verb, the last one of holding or else the first of any; 对X needs a
# longer object behind its verb (对人员培训教育 stays). 为每个村 says how much, not under what circumstance.
CIRCUMSTANCE = re.compile(
    rf"^(?![为对]每)(?:(?:按照|根据|依据|依照|遵照|按)[^,;。]{{1,40}}?{_RULE}"
    rf"|以[^,;。]{{1,60}}?为{_OCCASION}"
    r"|除[^,;。]{2,30}?外"
    rf"|(?:对|{_BY}){_STEP}{{1,60}}{MANNER}*(?={_HOLDING}{_OBJECT})"
    rf"|{_BY}{_STEP}{{1,60}}?(?={_ACT}(?!的){_OBJECT})"
    rf"|对{_STEP}{{1,60}}?(?={_ACT}(?!的)[^,;。…]{{4,}})"
    r"|(?:将|把|使|让|令)(?=..))"
)
# A clause that only says on what ground: 各部门要根据国家标准,结合实际,明确要点.
GROUND = re.compile(
    rf"^(?:[^,;。]*?{ACTOR})?(?:应当?|要|须)?(?:会同[^,;。]{0, 40}?)?(?:应当?|要|须)?(?=根据|按照|依据|遵照|结合|围绕|对照|聚焦|针对|本着|经过)"
)
OBJECT_MARK = re.compile(r"^(?:除[^,;。]{2,30}?外|(?:将|把|使|让|令)(?=..))")

# --- the object ----------------------------------------------------------------------------------------------------

# What kind: 由律师组成的, 以区政府名义印发的.
_MADE = any_of("制定 制发 印发 出台 组成 构成 签订 提出 发布 发出 交办 转办 起草")
KIND = re.compile(rf"(?:(?:由|以|经|按|具有|符合|从事)[^,;。的…]{{2,40}}|[^,;。的…]{{4,30}}?{_MADE})的")
PEOPLE = re.compile(r"[^,;。、…]{0,8}?(?:人员|干部|群众|企业|工作者|队员|职工|居民|学生)")
# A list of examples or of classes before its noun: 防汛、防火等预案, 食品、药品两类案件.
LIST = re.compile(
    r"[^,;。、…]{2,30}?(?:、|(?<=[》”])(?=[《“]))[^,;。…]{2,90}?"
    r"(?:等(?:[两三四五六七八九十\d]+(?:个|大|类|种|项)+)?|[两三四五六七八九十]+(?:大?类|个?领域|种|个方面|大领域))"
    r"(?:领域|方面|行业|类)?的?(?=[\u4e00-\u9fff“《])"
)
GENERIC = ("业务", "事项", "工作", "活动", "问题", "服务", "情况", "内容", "隐患")  # too little without their examples
# Ends of a noun that is itself a measure: no verb is looked for in it. 少数 and 多数 are not.
MEASURED = re.compile(
    any_of(r"""
        率 度 比 比例 占比 比重 (?<!少|多|计|无)数 量 时间 时限 期限 金额 用时 天数 次数 人数 成绩 分值 权重 得分 分数
        均分 标的额 经费 款 额 时长 频次 频率 工作日 周期 (?:覆盖|受益|教育|参与|惠及)面 面积 总值 审理期 公告期 有效期
    """)
    + "$"
)

# --- what opens and ends a clause without being measured; the nouns that look alike are spared ----------------------

_HOUSE = any_of("委员会 中心 组织 平台 站 室 所 人?员 队伍")  # 各村调解室 is a thing, 各村调解纠纷 an act
_YEARS = r"(?:[一二两三四五六七八九十]+|\d{1,2})年"
OPENING = re.compile(
    "^"
    + any_of(rf"""
        (?:19|20)\d\d年度?(?:以来)? \d{{1,2}}月(?:份|\d{{1,2}}日)? 目前 截至目前 截止目前 截至 近年来
        连续{_YEARS} (?:近|过去|今后)?{_YEARS}(?:以?来(?![信访电函])|间|后|内|(?=共|累计|总计|{LIGHT})) 此后 随后 届时
        今年以?来 至今 全年 每年 年内 年度(?=$) [会务]?后,
        其中 同时 并 并且 且 以及 以(?=[及上下]) 其(?![中他余它]) 和(?!解) 及(?![时格]) 与(?!会) 一是 二是 三是 凡 凡是
        确保 保证 保障(?=[^力经]) 力争 争取 努力 做到 保持 要求 严格 切实 坚持 继续(?!有效|教育) 进一步 初步 如期
        全面(?!依法治|深化改革|从严治|建成小康) 基本(?!履[行职]|养老|医疗|公共|农田|法律|药物|生活|民生|职责|权利)
        稳步 大力 积极 有序 持续 逐步 深入(?=[^基一村社]) 加快 着力 推进 推动 实现 达到 实行(?=.{{4}})
        (?:计划|拟|预计)(?={LIGHT}(?!{NOUN_OF_VERB})) (?:与|和(?!解)|会同)[^,;。、]{{2,30}}?(?=联合执法|共同|合作)
        累计 共(?![同建享治计]|处罚) 共计 总计 合计(?=.) 已 已经 先后 均 至少 最少 仍 还(?!款) 另(?!外) 了(?![解结])
        共处(?=罚) 尚有 还有 [共现]?有(?=[^,;。]{{3}})(?![效关序力偿])
        现(?=[省市县区]级|保留)
        将 要(?=[^点件素闻]) 须 应当 必须 于 按照[^,]{{0,12}}要求
        各(?:地[区方]?|[省市县区州盟旗镇乡村])(?:\([^()]*\))?(?={MANNER}*(?:{VERB}|{LIGHT})(?!{NOUN_OF_VERB}|{_HOUSE}))
        各级?(?![自类]|地(?!市|州|级)) 各类(?=.{{3}}) 我[县区市省镇乡街州旗局厅]
        全[县区市省州镇乡旗盟局](?![域面长部]) 本[县区市省](?=[^级])
        辖区 [省市县区]级层面 个别[^,;。]{{0,4}}?(?:部门|单位|乡镇|地方) 少数(?:部门|单位|乡镇|地方)?
    """)
    + "+"
)
_TO = any_of("""
    [增降减升压缩扩提延] [增新]加 调[增减] [上下]调 扩[大充展容] 拓展 提[升高] 增[加长] 缩短 压[缩减降] 下降 降低 延长
    精简 稳定 控制 保持 缩小 收窄 回落
""")
CLOSING = re.compile(
    any_of(rf"""
        {_TO}(?:至|到|为|在) (?:压缩|缩短|控制)(?:至|到|在)法定[^,;。]{{0,4}}时限 在[^,;。]{{1,14}}基础上 (?<=..)提速
        (?<=[率比重度例数量额次间限期])[高压低上下回提增缩] (?<=[率数量额])到
        (?<!许)可 (?<![通送到传抵])达 达到 (?<!行)(?<!作)为 是 (?<![人户年月平])均 (?<!首)都 各 分别 不 不得 一般
        原则上 全部 已 实现 保持 稳定 平均 同比 环比 年均 月均 (?<![目标])的 了 (?<![国所持拥享没])有
        (?<![理事自案缘])由 (?<!服)从 将 (?<![纪概摘提简需])要 力争 争取 确保 应当 须 也 再 又
       
        (?<![供响对反效感适相照顺呼接答])应 (?<![申邀聘提报吁延])请 (?<![存所潜现])在 (?<![关对])于 继续 持续 仍
        [仅只] 大约 (?<![合签履违节契])约 (?<![附就])近 超
        (?<!公)共计? 累计 至少 最少 最多 最长 最迟
        (?:不低于|不少于|不超过|不高于|低于|高于)(?:总[额数量]|人均)
        截至 截止 (?<=..)实际 每年 每月 每季度 每周 每半年
        连续[一二两三四五六七八九十\d]+年 (?:自|从|在)?[^,;。、…]{{0,10}}(?:之日|次日)起
    """)
    + "+$"
)
# What is left of a clause when a change or a baseline has lost its number measures nothing.
CHANGE_ONLY = re.compile(
    "^"
    + any_of("""
        和 及 与 再 又 [上下回缩扩增减] 的?基础上? 同比 环比 [+-] 上年 去年 上一年度? 同期 提[高升速] 增[长加] 上升 下降
        现在 目前 现有 减少 降低 压[减缩降] 缩[短减] 精简 提升至 缩短至 压缩到 到 至 为 分别 [降增]幅 较 比
    """)
    + "*$"
)
