"""Responsible bodies: splitting printed lists and finding each name in the catalogue."""

import pytest

from pipeline.bodies import known_body_at, normal_bodies, read_bodies
from pipeline.records import Level
from pipeline.reference import bodies

NAMES = [
    pytest.param("县司法局", ("justice_bureau",), id="level word before the name"),
    pytest.param("司法局", ("justice_bureau",), id="bare name"),
    pytest.param("青岚县司法局", ("justice_bureau",), id="place before the level word"),
    pytest.param("中共青岚县委办公室", ("party_office",), id="Party office of a place"),
    pytest.param("旗司法局", ("justice_bureau",), id="a banner"),
    pytest.param("区委组织部", ("organization_dept",), id="Party department of a district"),
    pytest.param("县政数局", ("gov_services_digital_bureau",), id="short form of a merged bureau"),
    pytest.param("政府办公室", ("government_office",), id="office of the government"),
    pytest.param("县府办", ("government_office",), id="shortest form of it"),
    pytest.param("市监局", ("market_regulation_bureau",), id="市 is part of the name"),
    pytest.param("县市场监管局", ("market_regulation_bureau",), id="县 before 市场"),
    pytest.param("市公安局东湖分局", ("public_security_bureau",), id="branch in a district"),
    pytest.param("市生态环境局青岚县分局", ("ecology_bureau",), id="branch in a county"),
    pytest.param("国家税务总局青岚县税务局", ("tax_bureau",), id="vertical body"),
    pytest.param("县发改委", ("dev_reform_bureau",), id="委 kept beside 局"),
    pytest.param("原县法制办", ("gov_legal_office",), id="abolished office"),
    pytest.param("县环保局", ("ecology_bureau",), id="predecessor"),
    pytest.param("县委全面依法治县委员会办公室", ("rule_of_law_office",), id="level word inside the name"),
    pytest.param("全面依法治市委员会办公室", ("rule_of_law_office",), id="the same without its committee"),
    pytest.param("各有关部门", ("relevant_departments",), id="collective"),
    pytest.param("县直各有关部门", ("relevant_departments",), id="collective of the county"),
    pytest.param("区级有关部门", ("relevant_departments",), id="collective of the district"),
    pytest.param("县直各委、办、局", ("gov_departments_all",), id="commas inside one name"),
    pytest.param("各街道办事处", ("subdistrict_office",), id="subdistricts"),
    pytest.param("苇塘镇人民政府", ("township_government",), id="one township"),
    pytest.param("县　司法局", ("justice_bureau",), id="blank inside a name"),
    pytest.param("县司法局等", ("justice_bureau",), id="trailing 等"),
    pytest.param("县农业农村局等有关部门", ("agriculture_bureau",), id="trailing 等有关部门"),
    pytest.param(
        "县委宣传部、县司法局,县财政局;县审计局",
        ("publicity_dept", "justice_bureau", "finance_bureau", "audit_bureau"),
        id="three kinds of comma",
    ),
    pytest.param("县公安局和县司法局", ("public_security_bureau", "justice_bureau"), id="和 between bodies"),
    pytest.param(
        "市场监督管理局和知识产权局",
        ("market_regulation_bureau", "intellectual_property_bureau"),
        id="和 between bare bodies",
    ),
    pytest.param("县发展和改革局", ("dev_reform_bureau",), id="和 inside a name"),
    pytest.param(
        "县发展和改革局和财政局及商务局",
        ("dev_reform_bureau", "finance_bureau", "commerce_bureau"),
        id="和 inside and between",
    ),
    pytest.param("县工业和信息化局以及各乡镇(街道)", ("industry_it_bureau", "townships_subdistricts"), id="以及"),
    pytest.param("县司法局 县财政局", ("justice_bureau", "finance_bureau"), id="blank between bodies"),
    pytest.param("县司法局、司法局", ("justice_bureau",), id="one body under two names"),
    pytest.param("县委信访局", ("petition_bureau",), id="a government bureau under the Party since 2023"),
    pytest.param("市委全面依法治市办", ("rule_of_law_office",), id="short form with its level word twice"),
    pytest.param("省住房城乡建设厅", ("housing_construction_bureau",), id="厅 of a province, without 和"),
    pytest.param("各乡（镇、街道）", ("townships_subdistricts",), id="a comma inside brackets"),
    pytest.param("县（区）政府", ("people_government",), id="levels in brackets"),
    pytest.param("各县（市、区）人民政府", ("people_government",), id="levels in brackets with a comma"),
    pytest.param(
        "县司法局及各县（市、区）政府", ("justice_bureau", "people_government"), id="及 before levels in brackets"
    ),
    pytest.param("县（市、区）域", (), id="levels in brackets without a body"),
    pytest.param("局法规股", (), id="an office inside a bureau is not in the catalogue"),
    pytest.param("办公室", (), id="an office of nobody knows whom"),
    pytest.param("县", (), id="a level word alone"),
    pytest.param("", (), id="nothing"),
]


@pytest.mark.parametrize(("printed", "ids"), NAMES)
def test_a_printed_name_has_its_normal_ids(printed: str, ids: tuple[str, ...]) -> None:
    assert normal_bodies(printed) == ids


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        pytest.param("区司法局、区法院", ("区司法局", "区法院"), id="two"),
        pytest.param("县教育局和体育中心", ("县教育局和体育中心",), id="和 stays before an unknown body"),
        pytest.param("县科技和数字产业促进中心", ("县科技和数字产业促进中心",), id="和 stays in an unknown body"),
        pytest.param("县公安局、某某公司等", ("县公安局", "某某公司"), id="unknown names are kept"),
    ],
)
def test_names_are_kept_as_printed(printed: str, names: tuple[str, ...]) -> None:
    assert tuple(body.name for body in read_bodies(printed)) == names


@pytest.mark.parametrize(
    ("printed", "issuer", "level"),
    [
        pytest.param("司法局", "county", "county", id="a bare name has the level of the issuer"),
        pytest.param("司法局", "prefecture", "prefecture", id="a bare name in a city's plan"),
        pytest.param("市司法局", "county", "prefecture", id="市 in a county's plan is the city above"),
        pytest.param("省司法厅", "county", "province", id="province"),
        pytest.param("自治区司法厅", "county", "province", id="an autonomous region is no district"),
        pytest.param("最高人民法院", "county", "national", id="the centre"),
        pytest.param("苇塘镇党委", "county", "township", id="township"),
        pytest.param("市公安局东湖分局", "county", "county", id="a branch keeps the district"),
        pytest.param("国家税务总局青岚县税务局", "county", "county", id="a central name with a place"),
    ],
)
def test_the_level_word_decides_the_level(printed: str, issuer: Level, level: Level) -> None:
    (body,) = read_bodies(printed, level=issuer)
    assert body.level == level


def test_the_longest_known_body_at_a_place_wins() -> None:
    text = "由县发展和改革局牵头"
    assert known_body_at(text, 1) == (8, "dev_reform_bureau")
    assert known_body_at(text, 0) is None


def test_every_current_name_of_the_catalogue_is_found_again() -> None:
    for body in bodies():
        for name in (body.name, *body.synonyms):
            printed = name.replace("{L}", "县").replace("{P}", "")
            assert body.id in normal_bodies(printed) or "、" in printed, printed
