"""How well a text was read: what is counted, and what it does to the quality."""

import pytest

from pipeline.parse import parse_page, read_document
from pipeline.parse.signs import quality_of, signs_of
from pipeline.records import READABLE, Page, Signs

SENTENCE = "全县各级行政机关坚持依法行政，全年办结行政复议案件23件，办结率达到100%。"


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        pytest.param(SENTENCE, "garbled", 0.0, id="clean"),
        pytest.param("哈尔滨市用3×2的表格", "garbled", 0.0, id="a sign of multiplication is no mojibake"),
        pytest.param("法治\ue5e5政府", "garbled", 0.2, id="private use"),
        pytest.param("法治锟斤拷政府", "garbled", 3 / 7, id="UTF-8 read twice as GBK"),
        pytest.param("æ³•æ²»æ”¿åºœ法治政府", "garbled", None, id="UTF-8 read as Latin"),
        pytest.param("（20212025年）", "lost_dashes", 1, id="a span of years without its dash"),
        pytest.param("(2021—2025年)和20211225号", "lost_dashes", 0, id="with its dash, and a number that is none"),
        pytest.param("办结率达到%，同比提高%。", "dropped", 2, id="figures lost"),
        pytest.param("根据《》和第条的规定", "dropped", 2, id="names lost"),
        pytest.param("达到95%，第3条、《条例》，逐条落实，第一条", "dropped", 0, id="nothing lost"),
        pytest.param("全年共办理件，参训人，", "dropped", None, id="counts lost"),
    ],
)
def test_a_sign_of_bad_reading_is_counted(text: str, sign: str, value: float | None) -> None:
    found = getattr(signs_of(text, ()), sign)
    assert found > 0 if value is None else found == pytest.approx(value)


@pytest.mark.parametrize(
    ("lines", "readable"),
    [
        pytest.param([SENTENCE] * 20, True, id="clean"),
        pytest.param([SENTENCE, "一、(20212025年)规划", SENTENCE], True, id="one slip"),
        pytest.param([SENTENCE[:20] + "\ue123" * 3] * 20, False, id="garbled throughout"),
        pytest.param(
            ["现将有关情况予以公布，具体内容详见附件。", "青榆县司法局", "2024年3月1日"], False, id="only a pointer"
        ),
    ],
)
def test_what_was_read_badly_is_not_readable(lines: list[str], readable: bool) -> None:
    document = parse_page(Page("p.txt", "\n".join(lines).encode()))
    assert document.is_readable is readable
    assert (document.quality >= READABLE) is readable


def test_a_long_text_without_any_structure_is_trusted_less() -> None:
    whole = SENTENCE * 60
    parted = "\n".join(["一、主要情况", SENTENCE * 30, "二、下一步打算", SENTENCE * 30])
    plain, structured = (parse_page(Page("p.txt", text.encode())) for text in (whole, parted))
    assert plain.quality < structured.quality


def test_the_account_has_the_signs() -> None:
    account = read_document(Page("p.txt", f"{SENTENCE}\n一、（20212025年）\n{SENTENCE}".encode())).account
    assert (account.signs.lost_dashes, account.signs.sections, account.signs.confidence) == (1, 1, None)


def test_two_ways_to_find_the_article_that_disagree_cost_quality() -> None:
    article = "".join(f"<p>第{number}项，{SENTENCE}</p>" for number in range(8))
    page = Page("p", f'<html><body><div id="zoom">{article}</div></body></html>'.encode())
    assert read_document(page).account.signs.agreement == 1.0
    assert quality_of(Signs(agreement=0.5), (), False) < quality_of(Signs(agreement=1.0), (), False) == 1.0
