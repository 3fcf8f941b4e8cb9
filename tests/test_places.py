"""Places by name and year, and names in running text; real places stand here as bare names only."""

import csv

import pytest

from pipeline.parse.jurisdiction import Evidence, read_jurisdiction
from pipeline.places import _data_file, find_candidates, find_place, load_places, look_up, read_chain


@pytest.mark.parametrize(
    ("name", "year", "code", "level"),
    [
        pytest.param("四川省", 2020, "510000", "province", id="province"),
        pytest.param("内蒙古自治区", 2020, "150000", "province", id="autonomous region"),
        pytest.param("重庆市", 2020, "500000", "province", id="a municipality is a province"),
        pytest.param("苏州市", 2020, "320500", "prefecture", id="prefecture city"),
        pytest.param("凉山彝族自治州", 2020, "513400", "prefecture", id="autonomous prefecture"),
        pytest.param("凉山州", 2020, "513400", "prefecture", id="the name in daily use"),
        pytest.param("锡林郭勒盟", 2020, "152500", "prefecture", id="league"),
        pytest.param("阿里地区", 2020, "542500", "prefecture", id="district prefecture"),
        pytest.param("昆山市", 2020, "320583", "county", id="county-level city"),
        pytest.param("渝中区", 2020, "500103", "county", id="district of a municipality"),
        pytest.param("仙桃市", 2020, "429004", "county", id="governed by the province itself"),
        pytest.param("阿拉善左旗", 2020, "152921", "county", id="banner"),
        pytest.param("神农架林区", 2020, "429021", "county", id="forest district"),
        pytest.param("酉阳县", 2020, "500242", "county", id="autonomous county in daily use"),
        pytest.param("酉阳土家族苗族自治县", 2020, "500242", "county", id="autonomous county in full"),
        pytest.param("昆山市", 2035, "320583", "county", id="a year after the list ends is looked up in its last"),
        pytest.param("昆山市", None, "320583", "county", id="no year, one place"),
    ],
)
def test_a_name_that_one_place_bears_is_found(name, year, code, level):
    place = find_place(name, year=year)
    assert place is not None
    assert (place.code, place.level) == (code, level)


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        pytest.param("萧山市", 1999, "330181", id="county-level city before it became a district"),
        pytest.param("萧山区", 2005, "330109", id="district afterwards"),
        pytest.param("萧山市", 2001, "330181", id="one year of grace: the report on the last year"),
        pytest.param("萧山市", 2010, None, id="a name given up long ago"),
        pytest.param("萧山区", 1990, None, id="a name not yet given"),
        pytest.param("莱芜市", 2015, "371200", id="prefecture until it was merged"),
        pytest.param("莱芜区", 2021, "370116", id="district of the city that took it in"),
        pytest.param("莱芜市", 2022, None, id="merged away"),
    ],
)
def test_a_renamed_or_merged_place_has_the_code_of_the_year(name, year, code):
    place = find_place(name, year=year)
    assert (place.code if place else None) == code


def test_an_old_name_is_explained_with_its_years():
    found = look_up("萧山市", year=2010)
    assert found.place is None
    assert "2010年没有萧山市" in found.reason
    assert "1995—2000年浙江省杭州市萧山市" in found.reason


def test_renamed_county_keeps_its_id_and_is_one_candidate():
    assert len(find_candidates("萧山市")) == 1  # three codes since 1980, one place


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [
        pytest.param("朝阳区", {"parents": ["北京市"]}, "110105", id="municipality above"),
        pytest.param("朝阳区", {"parents": ["长春市"]}, "220104", id="prefecture above"),
        pytest.param("朝阳区", {"parents": ["吉林省", "长春市"]}, "220104", id="whole address"),
        pytest.param("朝阳区", {"parents": ["长春"]}, "220104", id="prefecture without its level word"),
        pytest.param("朝阳区", {}, None, id="nothing decides"),
        pytest.param("朝阳区", {"parents": ["滨河市"]}, None, id="an unknown parent: another place of that name"),
        pytest.param("城关区", {"parents": ["兰州市"]}, "620102", id="the name of two capitals' districts"),
        pytest.param("城关区", {}, None, id="the same without a parent"),
        pytest.param("鼓楼区", {}, None, id="four of them"),
        pytest.param("鼓楼区", {"parents": ["开封市"]}, "410204", id="four of them, one parent"),
        pytest.param("昆山市", {"parents": ["滨河市"]}, None, id="unique, but said to lie elsewhere"),
        pytest.param("鼓楼区", {"parents": ["江苏省"]}, None, id="two of the four in one province"),
        pytest.param("襄城县", {"parents": ["平顶山市"]}, None, id="a parent that it left long ago"),
    ],
)
def test_an_ambiguous_name_needs_its_parent(name, given, code):
    found = look_up(name, year=2020, **given)
    assert (found.place.code if found.place else None) == code
    assert bool(found.reason) == (code is None)


def test_the_reason_lists_the_candidates_with_their_codes():
    reason = look_up("朝阳区", year=2020).reason
    assert "北京市朝阳区110105" in reason
    assert "吉林省长春市朝阳区220104" in reason


@pytest.mark.parametrize("name", ["云岚县", "滨河市", "岱川省", "苇溪镇", "", "县", "市辖区"])
def test_a_name_in_no_list_has_no_place_and_no_reason(name):
    found = look_up(name, year=2020)
    assert (found.place, found.candidates, found.reason) == (None, (), "")


@pytest.mark.parametrize(
    ("text", "names", "level"),
    [
        pytest.param("云岚县人民政府", ("云岚县",), "county", id="invented county"),
        pytest.param("岱川省水利厅", ("岱川省",), "province", id="invented province and its bureau"),
        pytest.param("滨河市望岳区人民政府", ("滨河市", "望岳区"), "county", id="city and district"),
        pytest.param("延河州云岚县", ("延河州", "云岚县"), "county", id="prefecture and county"),
        pytest.param("云州县司法局", ("云州县",), "county", id="a level character inside a name"),
        pytest.param("云岭彝族自治县", ("云岭彝族自治县",), "county", id="autonomous county"),
        pytest.param("北原盟草甸旗人民政府", ("北原盟", "草甸旗"), "county", id="league and banner"),
        pytest.param("云岚县苇溪镇", ("云岚县", "苇溪镇"), "township", id="town of a county"),
        pytest.param("苇溪镇2021年度", ("苇溪镇",), "township", id="town before a year"),
        pytest.param("望岳区柳荫街道办事处", ("望岳区", "柳荫街道"), "township", id="subdistrict"),
        pytest.param("云岚县城关镇", ("云岚县", "城关镇"), "township", id="the county town as a town"),
        pytest.param("滨河经济技术开发区管委会", ("滨河经济技术开发区",), "other", id="development zone"),
        pytest.param("滨河市经开区2021年", ("滨河市", "经开区"), "other", id="a zone by its kind"),
        pytest.param(
            "滨河国家高新技术产业开发区管委会", ("滨河国家高新技术产业开发区",), "other", id="a national zone"
        ),
        pytest.param("滨河特别合作区管委会", ("滨河特别合作区",), "other", id="cooperation area"),
        pytest.param("苇港区人民政府", ("苇港区",), "county", id="a district named after a port"),
        pytest.param("滨河市生态保护区划定", ("滨河市",), "prefecture", id="a plain noun behind the city"),
        pytest.param("滨河市老城片区改造", ("滨河市",), "prefecture", id="an area of a town"),
        pytest.param("南京鼓楼区人民政府", ("南京", "鼓楼区"), "county", id="a city without its level word"),
        pytest.param("福建省福州鼓楼区", ("福建省", "福州", "鼓楼区"), "county", id="the same below its province"),
        pytest.param(
            "江苏南京市鼓楼区", ("江苏", "南京市", "鼓楼区"), "county", id="a province without its level word"
        ),
        pytest.param("济南市中区", ("济南", "市中区"), "county", id="a level word that belongs to the next name"),
        pytest.param("滨河鼓楼区", ("滨河鼓楼区",), "county", id="no city of that district"),
        pytest.param("新疆生产建设兵团第一师十团", ("新疆生产建设兵团", "第一师", "十团"), "other", id="Corps"),
        pytest.param("石河子市一五二团", ("石河子市", "一五二团"), "other", id="a regiment of a city"),
        pytest.param("滨河市市中区", ("滨河市", "市中区"), "county", id="a listed name that begins with a level word"),
        pytest.param("津市市人民政府", ("津市市",), "county", id="a listed name with the level word twice"),
        pytest.param("景德镇市", ("景德镇市",), "prefecture", id="a city named after a town"),
        pytest.param("北京市朝阳区", ("北京市", "朝阳区"), "county", id="listed parent and child"),
        pytest.param("云岚县住房和城乡建设局", ("云岚县",), "county", id="城乡 is no township"),
        pytest.param("云岚县市场监督管理局", ("云岚县",), "county", id="市场 is no city"),
        pytest.param("云岚县乡村振兴局", ("云岚县",), "county", id="乡村 is no township"),
        pytest.param("滨河市城市管理局", ("滨河市",), "prefecture", id="城市 is no city"),
        pytest.param("云岚县社区矫正中心", ("云岚县",), "county", id="社区 is no district"),
        pytest.param("县司法局", (), "other", id="a level word alone"),
        pytest.param("各乡镇人民政府", (), "other", id="those addressed"),
        pytest.param("全县法治建设", (), "other", id="the whole county"),
        pytest.param("推进法治政府建设示范区创建", (), "other", id="verbs before a level word"),
        pytest.param("加强社区治理", (), "other", id="a verb and a common noun"),
        pytest.param("国家级开发区", (), "other", id="a class of zones"),
        pytest.param("2022年", (), "other", id="a year"),
        pytest.param("", (), "other", id="nothing"),
    ],
)
def test_the_names_at_the_head_of_a_text_are_read(text, names, level):
    chain = read_chain(text)
    assert (chain.names, chain.level) == (names, level)
    assert text[: chain.end] == "".join(names)


def test_a_chain_may_start_anywhere():
    chain = read_chain("关于云岚县苇溪镇", 2)
    assert (chain.names, chain.end) == (("云岚县", "苇溪镇"), 8)


def test_spans_are_those_of_the_whole_file():
    """The fast reader trusts that the years of a row rise; a slow one that trusts nothing agrees."""
    years: dict[tuple[str, ...], set[int]] = {}
    with _data_file().open(encoding="utf-8") as lines:
        rows = csv.reader(lines)
        next(rows)
        for year, *row in rows:
            years.setdefault(tuple(row), set()).add(int(year))
    slow = {(min(found), max(found)) for row, found in years.items() if row[2] == "昆山市"}
    fast = {(place.first, place.last) for place in load_places()["昆山市"]}
    assert fast == slow
    total = sum(1 for name, found in load_places().items() for place in found if place.name == name)
    fillers = sum(1 for row in years if row[-1] == "2" and row[1] in ("市辖区", "县", "直辖县"))
    assert total == len(years) - fillers


@pytest.mark.parametrize(
    ("earlier", "later", "codes", "place_id"),
    [
        pytest.param(
            ("崇明县", 2015), ("崇明区", 2019), ("310230", "310151"), "310151", id="a county became a district"
        ),
        pytest.param(("章丘市", 2015), ("章丘区", 2019), ("370181", "370114"), "370114", id="a city became a district"),
        pytest.param(
            ("马龙县", 2017), ("马龙区", 2019), ("530321", "530304"), "530304", id="the year itself and after"
        ),
        pytest.param(("襄樊市", 2008), ("襄阳市", 2012), ("420600", "420600"), "420600", id="renamed, same code"),
        pytest.param(
            ("思茅地区", 2000), ("普洱市", 2010), ("532700", "530800"), "530800", id="prefecture renamed twice"
        ),
        pytest.param(("下关区", 2010), ("鼓楼区", 2015), ("320107", "320106"), "320106", id="merged into a neighbour"),
        pytest.param(("公主岭市", 2018), ("公主岭市", 2022), ("220381", "220184"), "220184", id="another prefecture"),
        pytest.param(
            ("綦江县", 2009), ("綦江区", 2015), ("500222", "500110"), "500110", id="an id that the list breaks"
        ),
        pytest.param(("太谷县", 1995), ("太谷区", 2022), ("142429", "140703"), "140703", id="an id broken twice"),
        pytest.param(("浈江区", 2001), ("浈江区", 2005), ("440203", "440204"), "440204", id="codes exchanged"),
        pytest.param(("武江区", 2001), ("武江区", 2005), ("440204", "440203"), "440203", id="the other of the two"),
        pytest.param(
            ("三元区", 2020), ("三元区", 2022), ("350403", "350404"), "350404", id="a new code after a merger"
        ),
    ],
)
def test_a_place_has_the_code_of_the_year_and_one_id(earlier, later, codes, place_id):
    parents = ["南京市"] if "下关区" in earlier else []
    found = [
        find_place(*earlier[:1], year=earlier[1], parents=parents),
        find_place(later[0], year=later[1], parents=parents),
    ]
    assert tuple(place.code for place in found) == codes
    assert {place.place_id for place in found} == {place_id}


@pytest.mark.parametrize(
    ("one", "other", "year"),
    [
        pytest.param("伊宁市", "伊宁县", 2005, id="a city and the county around it"),
        pytest.param("庐山市", "濂溪区", 2020, id="a city named like the old district"),
        pytest.param("莱芜区", "钢城区", 2020, id="two districts of a prefecture that was merged"),
    ],
)
def test_two_places_keep_two_ids(one, other, year):
    assert find_place(one, year=year).place_id != find_place(other, year=year).place_id


def test_no_two_places_of_one_name_share_an_id_in_any_recent_year():
    for name, versions in load_places().items():
        for year in (2005, 2015, 2024):
            there = [place for place in versions if place.first <= year <= place.last]
            assert len({place.place_id for place in there}) == len(there), name


def test_a_name_borne_by_another_place_last_year_is_ambiguous():
    assert len(find_candidates("通州区", 2007)) == 1  # of 北京 alone
    assert len(find_candidates("通州区", 2008)) == 2  # and of 南通, which is in the list from 2009
    found = look_up("通州区", year=2008, parents=["南通市"])
    assert found.place is not None
    assert found.place.code == "320612"


def test_a_parent_renamed_last_year_is_still_a_parent():
    assert find_place("樊城区", year=2010, parents=["襄樊市"]) is not None
    assert find_place("樊城区", year=2015, parents=["襄樊市"]) is None


# --- whose document it is --------------------------------------------------------------------------------------------


def read(title="", *issuers, year=2020, **evidence):
    return read_jurisdiction(
        Evidence(
            titles=[title] if title else [],
            issuers=[("signature", name) for name in issuers],
            body=evidence.pop("body", ""),
            year=year,
            **evidence,
        )
    )


def site(*lines):
    return {"sites": lines}


@pytest.mark.parametrize(
    ("name", "given", "code", "clue"),
    [
        pytest.param("朝阳区", {"issuers": ["长春市朝阳区人民政府"]}, "220104", "", id="the address in the signature"),
        pytest.param("鼓楼区", {"issuers": ["中共福州市鼓楼区委"]}, "350102", "", id="the address of the committee"),
        pytest.param("鼓楼区", {"issuers": ["徐州鼓楼区人民政府"]}, "320302", "", id="the city without its level word"),
        pytest.param("西湖区", {"issuers": ["南昌市人民政府"]}, "360103", "title or issuer", id="the city issues"),
        pytest.param("鼓楼区", {"doc_number": "宁鼓政发〔2020〕1号"}, "320106", "document number", id="an old short name of the city"),
        pytest.param("鼓楼区", {"doc_number": "榕鼓政办〔2020〕1号"}, "350102", "document number", id="a city by its tree"),
        pytest.param("江北区", {"doc_number": "甬江北政〔2020〕1号"}, "330205", "document number", id="a city by its river"),
        pytest.param("西区", {"doc_number": "攀西府发〔2020〕1号"}, "510403", "", id="one place, no clue needed"),
        pytest.param("新华区", {"doc_number": "沧新政发〔2020〕1号"}, "130902", "document number", id="a city by its name"),
        pytest.param("鼓楼区", site("网站标识码：3201060001"), "320106", "site code", id="code of the site"),
        pytest.param("鼓楼区", site("SiteIDCode 3501000012"), "350102", "site code", id="site of the prefecture"),
        pytest.param("朝阳区", site("网站标识码:1100000088"), "110105", "site code", id="site of the province"),
        pytest.param("江北区", site("网站标识码：5001120004"), "500105", "site code", id="a neighbour in the municipality"),
        pytest.param("鼓楼区", site("苏公网安备 32010602010255号"), "320106", "police filing", id="police filing"),
        pytest.param("鼓楼区", site("豫公网安备41020402000012号"), "410204", "police filing", id="without a blank"),
        pytest.param("鼓楼区", site("鼓楼区人民政府", "闽ICP备05012345号"), "350102", "ICP filing", id="province of the filing"),
        pytest.param("铁西区", site("铁西区政府网 吉ICP备12001234号-1"), "220302", "ICP filing", id="filing behind the name"),
        pytest.param("城关区", site("陇ICP备12001234号"), "620102", "ICP filing", id="province by its old name"),
        pytest.param("和平区", site("沈阳市和平区人民政府"), "210102", "site", id="address in the name of the site"),
        pytest.param("普陀区", site("首页 > 舟山市 > 政务公开"), "330903", "site", id="city in the path to the page"),
        pytest.param("新城区", {"others": ["地址：西安市新城区某路1号"]}, "610102", "tail", id="address in the footer"),
        pytest.param("市中区", {"others": ["抄送：乐山市委办公室"]}, "511102", "tail", id="who gets a copy"),
        pytest.param("青山区", {"body": "武汉市青山区依法行政。\n"}, "420107", "body", id="address in the text"),
        pytest.param(
            "长安区", {"body": "落实《西安市某某规划》和西安市委要求。\n"}, "610116", "body", id="the city that it obeys"
        ),
        pytest.param(
            "鼓楼区", {**site("苏ICP备12001234号", "徐州市某网")}, "320302", "site", id="the province, then the city"
        ),
        pytest.param("龙华区", {**site("网站标识码：4403090001"), "year": 2017}, "440309", "site code", id="code of a new district"),
    ],
)  # fmt: skip
def test_a_name_of_several_places_is_told_by_what_stands_around_it(name, given, code, clue):
    found = read(f"{name}2020年法治政府建设情况报告", *given.pop("issuers", ()), **given)
    assert (found.name, found.code, found.candidates, found.notes) == (name, code, (), ())
    assert dict(found.sources)["jurisdiction_code"] == (f"place list: {clue}" if clue else "place list")
    assert found.place_id == code
    assert found.parents == find_by_code(name, code).parents


def find_by_code(name, code):
    return next(place for place in load_places()[name] if place.code == code and place.last >= 2020)


GULOU = {"320106", "320302", "350102", "410204"}


@pytest.mark.parametrize(
    ("name", "given", "candidates"),
    [
        pytest.param("鼓楼区", {}, GULOU, id="nothing around it"),
        pytest.param("鼓楼区", {"doc_number": "鼓政发〔2020〕1号"}, GULOU, id="a number of its own character"),
        pytest.param("鼓楼区", {"doc_number": "宁政发〔2020〕1号"}, GULOU, id="a number that does not go on with its name"),
        pytest.param("江北区", {"doc_number": "江北府发〔2020〕1号"}, {"330205", "500105"}, id="the whole name in the number"),
        pytest.param("鼓楼区", site("苏ICP备12001234号"), {"320106", "320302"}, id="two in the province of the filing"),
        pytest.param("鼓楼区", site("网站标识码：3200000001"), {"320106", "320302"}, id="two in the province of the site"),
        pytest.param("城关区", site("网站标识码：6205210001"), {"540102", "620102"}, id="site of a county elsewhere in it"),
        pytest.param(
            "城关区", site("陇县人民政府", "甘ICP备12001234号"), {"540102", "620102"}, id="filing of another county's site"
        ),
        pytest.param("鼓楼区", site("网站标识码：4401000001"), GULOU, id="a site in none of the provinces"),
        pytest.param(
            "鼓楼区", {**site("网站标识码：3201060001"), "doc_number": "榕鼓政〔2020〕1号"}, {"320106", "350102"},
            id="site and number disagree",
        ),
        pytest.param(
            "朝阳区", site("吉ICP备12001234号", "京公网安备 11010502030143号"), {"110105", "220104"}, id="two filings disagree"
        ),
        pytest.param("西湖区", {"body": "杭州市西湖区与南昌市西湖区结对。\n"}, {"330106", "360103"}, id="both addresses"),
        pytest.param("朝阳区", {"body": "赴北京市学习。北京市经验好。\n"}, {"110105", "220104"}, id="a city that is visited"),
        pytest.param("朝阳区", {"body": "借鉴《北京市某条例》。\n"}, {"110105", "220104"}, id="a rule that is cited once"),
        pytest.param(
            "朝阳区", site("北京市 天津市 河北省 山西省 辽宁省"), {"110105", "220104"}, id="links to all provinces"
        ),
        pytest.param("城关镇", {}, set(), id="a town of dozens of counties has no candidates in the list"),
        pytest.param("新城区", {"others": ["电话：029-1234567"]}, {"150102", "610102"}, id="an area code is not read"),
        pytest.param("通州区", {"year": 2008}, {"110112", "320612"}, id="one of them has the name from next year on"),
    ],
)  # fmt: skip
def test_a_name_of_several_places_stays_open_where_nothing_decides(name, given, candidates):
    found = read(f"{name}2020年法治政府建设情况报告", **given)
    assert (found.name, found.code, found.place_id, set(found.candidates)) == (name, None, None, candidates)
    assert found.parents == ()
    assert bool(found.notes) == bool(candidates)
    assert all(code in found.notes[0] for code in candidates)


def test_the_note_says_which_clues_disagree():
    found = read("鼓楼区2020年工作要点", **site("网站标识码：3201060001"), doc_number="榕鼓政〔2020〕1号")
    assert found.notes == (
        "行政区划代码未定：鼓楼区有4处同名，线索不一致：文号指向福建省福州市鼓楼区350102，网站标识码指向江苏省南京市鼓楼区320106",
    )


def test_what_the_document_says_of_itself_beats_its_site():
    found = read("福州市鼓楼区2020年工作要点", **site("网站标识码：3201060001", "苏ICP备12001234号"))
    assert (found.code, found.parents) == ("350102", ("福建省", "福州市"))


@pytest.mark.parametrize(
    ("title", "year", "code", "place_id", "parents"),
    [
        pytest.param("崇明县2014年工作要点", 2014, "310230", "310151", ("上海市",), id="county of a municipality"),
        pytest.param("崇明区2018年工作要点", 2018, "310151", "310151", ("上海市",), id="the district that it became"),
        pytest.param("酉阳县2018年工作要点", 2018, "500242", "500242", ("重庆市",), id="autonomous county"),
        pytest.param("凉山州2018年工作要点", 2018, "513400", "513400", ("四川省",), id="prefecture in daily use"),
        pytest.param("仙桃市2018年工作要点", 2018, "429004", "429004", ("湖北省",), id="county under the province"),
        pytest.param("东莞市2018年工作要点", 2018, "441900", "441900", ("广东省",), id="prefecture without districts"),
        pytest.param("儋州市2018年工作要点", 2018, "460400", "460400", ("海南省",), id="one more"),
        pytest.param("嘉峪关市2018年工作要点", 2018, "620200", "620200", ("甘肃省",), id="and one more"),
        pytest.param("鄂伦春自治旗2018年要点", 2018, "150723", "150723", ("内蒙古自治区", "呼伦贝尔市"), id="banner"),
        pytest.param("六枝特区2018年要点", 2018, "520203", "520203", ("贵州省", "六盘水市"), id="special district"),
        pytest.param("神农架林区2018年要点", 2018, "429021", "429021", ("湖北省",), id="forest district"),
        pytest.param("浦东新区2018年要点", 2018, "310115", "310115", ("上海市",), id="a new district that is a county"),
        pytest.param("阿里地区2018年要点", 2018, "542500", "542500", ("西藏自治区",), id="district prefecture"),
        pytest.param("锡林郭勒盟2018年要点", 2018, "152500", "152500", ("内蒙古自治区",), id="league"),
        pytest.param(
            "石河子市2018年要点", 2018, "659001", "659001", ("新疆维吾尔自治区",), id="city of the Corps alone"
        ),
        pytest.param("湖北省2018年要点", 2018, "420000", "420000", (), id="a province has no parents"),
        pytest.param("四川宜宾市叙州区2020年要点", 2020, "511504", "511504", ("四川省", "宜宾市"), id="short province"),
    ],
)
def test_a_found_place_has_code_id_and_full_parents(title, year, code, place_id, parents):
    found = read(title, year=year)
    assert (found.code, found.place_id, found.parents) == (code, place_id, parents)
    assert (found.candidates, found.notes) == ((), ())


@pytest.mark.parametrize(
    ("title", "given", "name", "level", "parents"),
    [
        pytest.param("滨河经济技术开发区2020年要点", {}, "滨河经济技术开发区", "other", (), id="development zone"),
        pytest.param("滨河高新区管委会2020年要点", {}, "滨河高新区", "other", (), id="its committee"),
        pytest.param("滨望新区管理委员会2020年要点", {}, "滨望新区", "other", (), id="a new area with a committee"),
        pytest.param("滨河综合保税区2020年要点", {}, "滨河综合保税区", "other", (), id="bonded zone"),
        pytest.param("青禾管理区2020年要点", {}, "青禾管理区", "other", (), id="managed area"),
        pytest.param("云湖风景名胜区管委会2020年要点", {}, "云湖风景名胜区", "other", (), id="scenic area"),
        pytest.param("空港新城管委会2020年要点", {}, "空港新城", "other", (), id="new town"),
        pytest.param("临港区管委会2020年要点", {}, "临港区", "other", (), id="an area with a committee is no district"),
        pytest.param("高新区2020年要点", site("滨河市人民政府"), "滨河市高新区", "other", ("滨河市",), id="on its city's site"),
        pytest.param("高新区2020年要点", {}, "高新区", "other", (), id="no city anywhere"),
        pytest.param(
            "东莞市滨海高新区2020年要点", {}, "东莞市滨海高新区", "other", ("广东省", "东莞市"), id="zone of a real city"
        ),
        pytest.param("东莞市青禾镇2020年要点", {}, "青禾镇", "township", ("广东省", "东莞市"), id="town below a prefecture"),
        pytest.param("凉山州青禾乡2020年要点", {}, "青禾乡", "township", ("四川省", "凉山彝族自治州"), id="full names"),
        pytest.param("云岚县青禾彝族乡2020年要点", {}, "青禾彝族乡", "township", ("云岚县",), id="township of a people"),
        pytest.param("草甸旗北河苏木2020年要点", {}, "北河苏木", "township", ("草甸旗",), id="sumu"),
        pytest.param("老城办事处2020年要点", {}, "老城办事处", "township", (), id="subdistrict without the word"),
        pytest.param(
            "城关镇2020年要点", site("凤翔县人民政府"), "城关镇", "township", ("陕西省", "宝鸡市", "凤翔县"), id="site of the county"
        ),
        pytest.param(
            "城关镇2020年要点", site("云岚县人民政府", "青禾县人民政府"), "城关镇", "township", (), id="sites of two counties"
        ),
        pytest.param(
            "鼓楼区青禾街道2020年要点", site("网站标识码：3201060001"), "青禾街道", "township",
            ("江苏省", "南京市", "鼓楼区"), id="the district above is told by the site",
        ),
        pytest.param("鼓楼区青禾街道2020年要点", {}, "青禾街道", "township", ("鼓楼区",), id="the district stays open"),
        pytest.param("滨河市朝阳区2020年要点", {}, "朝阳区", "county", ("滨河市",), id="a namesake in no list"),
    ],
)  # fmt: skip
def test_zones_and_towns_have_their_level_and_parents_but_no_code(title, given, name, level, parents):
    found = read(title, **given)
    assert (found.name, found.level, found.parents) == (name, level, parents)
    assert (found.code, found.place_id, found.candidates) == (None, None, ())


@pytest.mark.parametrize(
    ("title", "given", "name", "code", "parents"),
    [
        pytest.param("新疆生产建设兵团2020年要点", {}, "新疆生产建设兵团", None, (), id="the Corps"),
        pytest.param("兵团办公厅关于印发2020年要点的通知", {}, "新疆生产建设兵团", None, (), id="as it calls itself"),
        pytest.param("第一师阿拉尔市2020年要点", {}, "第一师阿拉尔市", "659002", ("",), id="division and city"),
        pytest.param("八师石河子市2020年要点", {}, "第八师石河子市", "659001", ("",), id="without 第"),
        pytest.param("兵团第8师石河子市2020年要点", {}, "第八师石河子市", "659001", ("",), id="in digits"),
        pytest.param("第十二师2020年要点", {}, "第十二师", None, ("",), id="a division without a city"),
        pytest.param("第三师图木舒克市五十团2020年要点", {}, "五十团", None, ("", "第三师图木舒克市"), id="regiment"),
        pytest.param("一师10团2020年要点", {}, "10团", None, ("", "第一师"), id="regiment of a bare division"),
        pytest.param("224团2020年要点", {}, "224团", None, ("",), id="regiment alone"),
        pytest.param(
            "二二四团2020年要点", site("第十四师昆玉市政府网"), "二二四团", None, ("", "第十四师昆玉市"), id="on its division's site"
        ),
    ],
)  # fmt: skip
def test_corps_divisions_and_regiments_are_other(title, given, name, code, parents):
    found = read(title, **given)
    corps = tuple(parent or "新疆生产建设兵团" for parent in parents)
    assert (found.name, found.level, found.code, found.place_id) == (name, "other", code, code)
    assert found.parents == ("新疆维吾尔自治区", *corps)


def test_a_town_of_a_division_is_a_township():
    found = read("第八师石河子市青禾镇2020年要点")
    assert (found.name, found.level) == ("青禾镇", "township")
    assert found.parents == ("新疆维吾尔自治区", "新疆生产建设兵团", "第八师石河子市")


def test_a_division_with_its_city_before_the_city_was_founded_has_no_code():
    found = read("第十四师昆玉市2010年要点", year=2010)
    assert (found.name, found.code) == ("第十四师昆玉市", None)


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("第一师范学校2020年要点", id="a school for teachers"),
        pytest.param("一师一优课活动方案", id="a teacher a lesson"),
        pytest.param("三团队协作方案", id="three teams"),
        pytest.param("五团结工作方案", id="solidarity"),
        pytest.param("驻京办事处2020年要点", id="an office in the capital"),
        pytest.param("高新区建设方案", id="a plan about zones"),
        pytest.param("国家级开发区考核办法", id="a class of zones"),
        pytest.param("生态保护区管理办法", id="rules about a kind of area"),
    ],
)
def test_what_only_looks_like_a_division_a_zone_or_an_office_is_no_place(title):
    assert read(title).name is None


@pytest.mark.parametrize(
    ("title", "issuer", "site_name", "name"),
    [
        pytest.param(
            "滨河市2020年要点", "滨河市人民政府", "云岚县人民政府", "滨河市", id="the city's plan on a county's site"
        ),
        pytest.param("2020年要点", "滨河市人民政府", "云岚县人民政府", "滨河市", id="the signature alone"),
        pytest.param(
            "2020年要点", "云岚县人民政府", "滨河市人民政府", "云岚县", id="a county's plan on the city's site"
        ),
        pytest.param("崇明区2020年要点", "", "云岚县人民政府", "崇明区", id="a place in the list on another's site"),
    ],
)
def test_the_issuer_decides_not_the_site(title, issuer, site_name, name):
    assert read(title, *([issuer] if issuer else []), sites=[site_name], body="全市依法行政。\n").name == name
