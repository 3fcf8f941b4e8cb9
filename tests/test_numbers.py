import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.numbers import find_numbers
from pipeline.records import Number


def values(text: str, year: int | None = 2024) -> list[Number]:
    return [number for number in find_numbers(text, year) if number.reason is None]


def only(text: str) -> Number:
    (number,) = values(text)
    return number


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        pytest.param("办理案件4312件", "=", 4312, "件", id="a bare number"),
        pytest.param("达到100％", "=", 100, "%", id="full-width percent"),
        pytest.param("受理1 386人", "=", 1386, "人", id="a blank inside the number"),
        pytest.param("检查1,742家次", "=", 1742, "家次", id="a separator and a compound unit"),
        pytest.param("2.17万张", "=", 21_700, "张", id="wan is multiplied out"),
        pytest.param("专项经费8.5万元", "=", 85_000, "元", id="money in wan"),
        pytest.param("查出问题金额2.3亿元", "=", 230_000_000, "元", id="money in yi"),
        pytest.param("20个工作日", "=", 20, "工作日", id="the classifier of workdays goes"),
        pytest.param("不少于60学时", ">=", 60, "学时", id="not less than"),
        pytest.param("不得低于30日", ">=", 30, "日", id="may not be below"),
        pytest.param("95%以上", ">=", 95, "%", id="and above"),
        pytest.param("不低于95%以上", ">=", 95, "%", id="said on both sides"),
        pytest.param("至少一次", ">=", 1, "次", id="at least"),
        pytest.param("控制在5%以下", "<=", 5, "%", id="kept below"),
        pytest.param("控制在15个工作日以内", "<=", 15, "工作日", id="kept within"),
        pytest.param("15日内", "<=", 15, "日", id="within days"),
        pytest.param("最长不超过15个工作日", "<=", 15, "工作日", id="at the longest not over"),
        pytest.param("限期20日", "<=", 20, "日", id="a set term"),
        pytest.param("低于15%", "<", 15, "%", id="below"),
        pytest.param("不足三分之一", "<", 33.33, "%", id="short of a third"),
        pytest.param("超过85％", ">", 85, "%", id="over"),
        pytest.param("四十件开外", ">", 40, "件", id="spoken over"),
        pytest.param("约40万元", "~", 400_000, "元", id="about"),
        pytest.param("近9万条", "~", 90_000, "条", id="nearly"),
        pytest.param("10余件", "~", 10, "件", id="odd"),
        pytest.param("1.9万余次", "~", 19_000, "次", id="odd after wan"),
        pytest.param("三百人上下", "~", 300, "人", id="spoken about"),
        pytest.param("百把人", "~", 100, "人", id="spoken a hundred or so"),
        pytest.param("上百人次", ">=", 100, "人次", id="hundreds at least"),
        pytest.param("提高2.3个百分点", "increase", 2.3, "个百分点", id="points are not percent"),
        pytest.param("平均提高70%以上", "increase", 70, "%", id="a change word wins over above"),
        pytest.param("再压降三成以上", "decrease", 30, "%", id="tenths of a change"),
        pytest.param("减少近3000次", "decrease", 3000, "次", id="a hedge between"),
        pytest.param("降幅26.2%", "decrease", 26.2, "%", id="the noun of a change"),
        pytest.param("多了两成", "increase", 20, "%", id="spoken increase"),
        pytest.param("翻一番", "increase", 100, "%", id="doubled"),
        pytest.param("实现翻番", "increase", 100, "%", id="doubled, without its one"),
        pytest.param("提速60%", "increase", 60, "%", id="faster by"),
        pytest.param("收费下浮30%", "decrease", 30, "%", id="floated down"),
        pytest.param("同比-8.3%", "decrease", 8.3, "%", id="a sign for the change"),
        pytest.param("时限压缩率达到75%以上", ">=", 75, "%", id="a rate named by a change is none"),
        pytest.param("办理2 0件", "=", 20, "件", id="digits set apart"),
        pytest.param("达到 95 % 以上", ">=", 95, "%", id="blanks on all sides"),
        pytest.param("印发1万3千余份", "~", 13_000, "份", id="two scales"),
        pytest.param("罚款伍拾万元", "=", 500_000, "元", id="the numerals of accounts"),
        pytest.param("压缩到半个工作日", "=", 0.5, "工作日", id="half a day"),
        pytest.param("两个半小时", "=", 2.5, "小时", id="two and a half hours"),
        pytest.param("不少于三（3）次", ">=", 3, "次", id="said twice, as in a contract"),
        pytest.param("90分以上（含90分）", ">=", 90, "分", id="its bound said again"),
        pytest.param("百分之百（100%）", "=", 100, "%", id="its digits said again"),
        pytest.param("覆盖率≥95%", ">=", 95, "%", id="a sign for not below"),
        pytest.param("差评率＜0.5%", "<", 0.5, "%", id="a full-width sign for below"),
        pytest.param("达到或超过99%", ">=", 99, "%", id="reach or exceed"),
        pytest.param("差评不足百件", "<", 100, "件", id="fewer than a hundred"),
        pytest.param("10日内审查完毕", "<=", 10, "日", id="within, before a verb"),
        pytest.param("培育文化阵地六个", "=", 6, "个", id="a numeral that closes its noun"),
        pytest.param("聘请专职顾问一名", "=", 1, "名", id="one that closes its noun after a verb"),
        pytest.param("行政强制860", "=", 860, None, id="a count without its classifier"),
        pytest.param("时限压缩为“5个工作日”", "=", 5, "工作日", id="a limit between quotation marks"),
        pytest.param("配备3名以上的审核人员,依法审核", ">=", 3, "名", id="above, after a verb of doing"),
        pytest.param("对30%以上的行政村体检", ">=", 30, "%", id="a share of the places"),
        pytest.param("高于全省平均水平5个百分点", ">", 5, "个百分点", id="counted from a benchmark"),
        pytest.param("提高到95%", "=", 95, "%", id="to is not by"),
        pytest.param("压减至1个工作日以内", "<=", 1, "工作日", id="to within"),
        pytest.param("百分之九十五", "=", 95, "%", id="percent in words"),
        pytest.param("三分之二以上", ">=", 66.67, "%", id="a fraction in words"),
        pytest.param("1/3", "=", 33.33, "%", id="a fraction with a stroke"),
        pytest.param("八成以上", ">=", 80, "%", id="tenths"),
        pytest.param("百分之百", "=", 100, "%", id="all of it"),
        pytest.param("悬挂横幅四十余条", "~", 40, "条", id="Chinese after an object"),
        pytest.param("只设一个执法层级", "=", 1, "个", id="one, set on purpose"),
        pytest.param("实现零投诉", "=", 0, "件", id="zero as the point"),
        pytest.param("受理来信26批", "=", 26, "批", id="batches behind digits"),
        pytest.param("编制流程图6张", "=", 6, "张", id="a chart that is counted is no caption"),
        pytest.param("撰写体会8O余篇", "~", 80, "篇", id="the letter O for a zero"),
        pytest.param("面积4,68O平方米", "=", 4680, "平方米", id="the letter O behind a separator"),
        pytest.param("较上年翻了一番", "increase", 100, "%", id="doubled, with le"),
        pytest.param("九成五", "=", 95, "%", id="tenths and a half tenth"),
        pytest.param("材料精简一半以上", "decrease", 50, "%", id="a half"),
        pytest.param("投入资金2.3亿", "=", 230_000_000, "元", id="money without its unit"),
        pytest.param("公告期压缩为20日", "=", 20, "日", id="a verb with wei says to"),
        pytest.param("降幅为5%", "decrease", 5, "%", id="a noun with wei says by"),
        pytest.param("高于全省平均增速6个百分点", ">", 6, "个百分点", id="the word speed in a benchmark is no change"),
    ],
)
def test_an_amount_is_normalised(text: str, comparator: str, value: float, unit: str) -> None:
    number = only(text)
    assert (number.comparator, number.value, number.unit) == (comparator, value, unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        pytest.param("1—2件", 1, 2, "件", id="dash"),
        pytest.param("3-5家", 3, 5, "家", id="hyphen"),
        pytest.param("1~2次", 1, 2, "次", id="tilde"),
        pytest.param("1至2次", 1, 2, "次", id="word"),
        pytest.param("一至两次", 1, 2, "次", id="Chinese"),
        pytest.param("70%—80%", 70, 80, "%", id="the unit twice"),
        pytest.param("控制在95%—97%", 95, 97, "%", id="a range keeps its range"),
        pytest.param("十几场", 11, 19, "场", id="a vague range"),
        pytest.param("数十场", 20, 99, "场", id="tens"),
        pytest.param("两千七八百个", 2700, 2800, "个", id="neighbours"),
    ],
)
def test_a_range_has_both_ends(text: str, low: float, high: float, unit: str) -> None:
    number = only(text)
    assert (number.comparator, number.value, number.value_max, number.unit) == ("range", low, high, unit)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("由3%提高到5%", [3, 5], id="from and to are two values"),
        pytest.param("立案与不立案监督4件4人", [4, 4], id="two units side by side"),
        pytest.param("完成10个村56个村民小组", [10, 56], id="two counts side by side"),
        pytest.param("分别提高0.4个和1.1个百分点", [0.4, 1.1], id="a unit said once"),
        pytest.param("信访26批43人次", [26, 43], id="batches and heads"),
        pytest.param("满意率分别为95、96和98%", [95, 96, 98], id="a unit said at the end"),
        pytest.param("3120项服务事项100%可在线申请", [3120, 100], id="a count and a share"),
    ],
)
def test_several_values_stay_apart(text: str, found: list[float]) -> None:
    assert [number.value for number in values(text)] == found


def test_a_change_by_a_range_is_a_change_bound_by_a_range() -> None:
    number = only("再降2—3个百分点")
    assert (number.comparator, number.value, number.value_max) == ("decrease", 2, 3)


def test_a_comparison_with_more_is_an_increase() -> None:
    assert [(number.comparator, number.value) for number in values("比去年同期多1200余件")] == [("increase", 1200)]


def test_what_is_new_is_no_change() -> None:
    assert only("新增2-3家").comparator == "range"


def test_an_ideograph_typed_for_a_dash_joins_a_range() -> None:
    number = only("招聘协管员2一4名")
    assert (number.value, number.value_max) == (2, 4)


def test_a_comparator_is_handed_on_to_a_joined_amount() -> None:
    assert [number.comparator for number in values("分别不少于15名和5名")] == [">=", ">="]


def test_a_standard_to_stay_under_is_a_benchmark() -> None:
    number = only("控制在全省平均水平以下")
    assert (number.value, number.comparator) == (None, "<=")


def test_a_shared_unit_and_change_reach_both_amounts() -> None:
    units = [(number.unit, number.comparator) for number in values("分别提高0.4个和1.1个百分点")]
    assert units == [("个百分点", "increase")] * 2


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        pytest.param("落实国发〔2020〕9号文件", {"document_number"}, id="document number"),
        pytest.param("国务院令第713号", {"document_number"}, id="decree"),
        pytest.param("《2024年工作要点》要求", {"law_or_programme_name"}, id="a year in book marks"),
        pytest.param("“八五”普法规划", {"law_or_programme_name"}, id="a programme's name"),
        pytest.param("八五普法工作", {"law_or_programme_name"}, id="a programme's name without marks"),
        pytest.param("公布第二批清单", {"ordinal"}, id="ordinal"),
        pytest.param("全市排名第2位", {"ordinal"}, id="rank"),
        pytest.param("区政府第三届68次常务会议", {"meeting"}, id="meeting"),
        pytest.param("党的二十大精神", {"meeting"}, id="party congress"),
        pytest.param("十九届四中、五中全会", {"meeting"}, id="plenary sessions"),
        pytest.param("深刻领悟“两个确立”", {"slogan"}, id="slogan"),
        pytest.param("“双随机、一公开”监管", {"slogan"}, id="slogan in the trade"),
        pytest.param("一次性告知", {"slogan"}, id="a manner, not a count"),
        pytest.param("述法内容千篇一律", {"slogan"}, id="an idiom with a numeral"),
        pytest.param("万人成讼率", {"slogan"}, id="a bare scale"),
        pytest.param("落实三项制度", {"slogan"}, id="named by their number"),
        pytest.param("提供7×24小时服务", {"service_name"}, id="round the clock"),
        pytest.param("畅通12345热线", {"service_name"}, id="hotline"),
        pytest.param("拨打110报警", {"service_name"}, id="short hotline"),
        pytest.param("建设5G基站", {"service_name"}, id="a technology"),
        pytest.param("打造“15分钟”服务圈", {"service_name"}, id="a circle of minutes"),
        pytest.param("12.4国家宪法日活动", {"event_date"}, id="a day with a point"),
        pytest.param("“3·15”前后", {"event_date"}, id="a day with a dot"),
        pytest.param("妥善处置四类案件", {"name_count"}, id="kinds that name"),
        pytest.param("涵盖5方面内容", {"name_count"}, id="aspects"),
        pytest.param("东溪、西岭2个街道办事处区划调整", {"name_count"}, id="a count of the names before it"),
        pytest.param("开展三年攻坚行动", {"planning_span"}, id="a length that names"),
        pytest.param("施行满5年的文件", {"planning_span"}, id="years without a comparator"),
        pytest.param("联系电话:0555-7712345", {"phone"}, id="telephone"),
        pytest.param("幸福路88号", {"address"}, id="address"),
        pytest.param("上午9点召开", {"clock"}, id="time of day"),
        pytest.param("8:30前", {"clock"}, id="clock"),
        pytest.param("见附件2", {"list_number"}, id="annex"),
        pytest.param("[1]含上年结转", {"list_number", "event_date"}, id="footnote"),
        pytest.param("涉及两个以上部门的事项", {"condition"}, id="a condition"),
        pytest.param("对败诉率超过20%的进行约谈", {"condition"}, id="what triggers a duty"),
        pytest.param("平台二期上线", {"ordinal"}, id="a phase of a project"),
        pytest.param("考核前3名", {"ordinal"}, id="the first three"),
        pytest.param("对败诉率超过15%的单位约谈", {"condition"}, id="units of which something is true"),
        pytest.param("作出5万元以上罚款的,应当审核", {"condition"}, id="a case in which something is due"),
        pytest.param("见图2和表3", {"list_number"}, id="captions"),
        pytest.param("2022年前10个月", {"event_date", "planning_span"}, id="months so far"),
        pytest.param("标的额100万元以上的合同应当审查", {"condition"}, id="a threshold without a comma"),
        pytest.param("面积超过300平方米的工程,依法办证", {"condition"}, id="a threshold with the duty after a comma"),
        pytest.param("超过半数委员反对的,不得审议", {"condition"}, id="a half that triggers"),
        pytest.param("对未满18周岁的当事人从轻处理", {"condition"}, id="an age in full years"),
        pytest.param("连续两年不合格的,调整岗位", {"condition"}, id="years in a row"),
        pytest.param("聘请有3年以上执业经历的律师", {"condition"}, id="years of practice"),
        pytest.param("在全市31个部门中排名第1", {"name_count", "ordinal"}, id="the number ranked among"),
        pytest.param("结合2个街道办事处行政区划调整", {"name_count"}, id="a reform that goes with it"),
        pytest.param("推动三年内建成", {"planning_span"}, id="a span to do it in"),
        pytest.param("报5楼512室", {"address", "name_count"}, id="a room"),
        pytest.param("（2022）沧行终18号判决", {"document_number"}, id="a court's case"),
        pytest.param("开展百日攻坚行动", {"law_or_programme_name"}, id="a hundred days"),
        pytest.param(
            "《办法》第九条规定“抽查比例不得低于总数的3%”",
            {"ordinal", "other_text"},
            id="what a law says",
        ),
        pytest.param("健全县乡村三级执法监督", {"name_count"}, id="levels"),
    ],
)
def test_what_is_no_value_has_its_reason(text: str, reasons: set[str]) -> None:
    numbers = find_numbers(text, 2024)
    assert {number.reason for number in numbers} == reasons


@pytest.mark.parametrize("text", ["", "依法行政", "统一规范", "进一步完善", "唯一主体", "一些单位", "万众一心", "百姓"])
def test_words_without_numbers_yield_none(text: str) -> None:
    assert find_numbers(text, 2024) == []


def test_phrases_of_the_shared_list_are_read_exactly(shared: Path) -> None:
    wrong = []
    for line in (shared / "gold" / "phrases.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = find_numbers(row.pop("phrase"), row.pop("plan_year", None))
        good = [number for number in found if number.reason is None]
        if row.pop("nothing", False):
            if good or not found:
                wrong.append((line, found))
            continue
        as_text = [
            {key: str(value) if key in ("deadline", "begins") and value else value for key, value in pairs.items()}
            for pairs in ({key: getattr(number, key) for key in row} for number in good)
        ]
        if as_text != [row]:
            wrong.append((line, found))
    assert wrong == []


@given(
    st.floats(0.1, 99.9).map(lambda share: round(share, 1)),
    st.sampled_from([("不低于", ">="), ("超过", ">"), ("约", "~"), ("低于", "<"), ("不超过", "<="), ("", "=")]),
)
def test_every_percentage_reads_back(share: float, comparator: tuple[str, str]) -> None:
    number = only(f"覆盖率{comparator[0]}{share}%")
    assert (number.value, number.comparator, number.unit) == (share, comparator[1], "%")


@given(st.integers(1, 10**7), st.sampled_from(["件", "人次", "场次", "学时", "个", "户", "公里"]))
def test_every_count_reads_back_with_its_unit(count: int, unit: str) -> None:
    number = only(f"办理{count}{unit}")
    assert (number.value, number.unit, number.text) == (count, unit, f"{count}{unit}")


@settings(max_examples=300)
@given(
    st.text(
        alphabet="0123456789.,%一二两三十百千万亿余多个件次年月日底前至-到不低于超过约第“”《》()、,。每 ", max_size=30
    )
)
def test_every_digit_of_any_string_is_accounted_for(text: str) -> None:
    numbers = find_numbers(text, 2024)
    covered = {place for number in numbers for place in range(number.start, number.end)}
    assert [match[0] for match in re.finditer(r"\d", text) if match.start() not in covered] == []
    for number in numbers:
        assert text[number.start : number.end] == number.text


@pytest.mark.parametrize("piece", ["1", "一", "十", "1,", "1-", " ", "2024年6"], ids=repr)
def test_a_long_run_of_number_characters_is_read_to_its_end(piece: str) -> None:
    text = piece * (12_000 // len(piece))
    assert all(text[number.start : number.end] == number.text for number in find_numbers(text, 2024))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("1.6月底前完成清理。", ["1.", "6月底前"], id="the first item of a text, in June"),
        pytest.param("任务\n10.12月31日前报送。", ["10.", "12月31日前"], id="an item of two digits"),
        pytest.param("同比增长1.6月度考核", ["同比增长1.6"], id="a figure inside a line is no item"),
        pytest.param("1.5%以上", ["1.5%以上"], id="a decimal at the start of a line"),
    ],
)
def test_the_number_of_an_item_does_not_swallow_the_month_behind_it(text: str, found: list[str]) -> None:
    assert [number.text for number in find_numbers(text, year=2024)] == found
