"""Places by name and year, and names in running text; real places stand here as bare names only."""

import csv

import pytest

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
        pytest.param("朝阳区", {"codes": ["220104"]}, "220104", id="code of the web site"),
        pytest.param("朝阳区", {"codes": ["220100"]}, "220104", id="code of the prefecture"),
        pytest.param("朝阳区", {"codes": ["110000"]}, "110105", id="code of the province"),
        pytest.param("朝阳区", {"context": "主办单位：长春市某局"}, "220104", id="the text names one parent"),
        pytest.param("朝阳区", {}, None, id="nothing decides"),
        pytest.param("朝阳区", {"codes": ["440100"]}, None, id="a code elsewhere decides nothing"),
        pytest.param("朝阳区", {"context": "北京市、长春市交流会"}, None, id="the text names both parents"),
        pytest.param("朝阳区", {"parents": ["滨河市"]}, None, id="an unknown parent: another place of that name"),
        pytest.param("城关区", {"parents": ["兰州市"]}, "620102", id="the name of two capitals' districts"),
        pytest.param("城关区", {}, None, id="the same without a parent"),
        pytest.param("鼓楼区", {}, None, id="four of them"),
        pytest.param("鼓楼区", {"parents": ["开封市"]}, "410204", id="four of them, one parent"),
        pytest.param("昆山市", {"parents": ["滨河市"]}, None, id="unique, but said to lie elsewhere"),
        pytest.param("昆山市", {"codes": ["440100"]}, "320583", id="unique: the site may be a reposting one"),
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
