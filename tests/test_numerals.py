import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.numerals import Numeral, read_chinese, read_numeral

SMALL = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Write a number below ten thousand the way officials do, without the 一 of 一十."""
    if number == 0:
        return "零"
    out, pending = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            out += ("零" if pending and out else "") + SMALL[digit] + word
            pending = False
        elif out and number:
            pending = True
    return out.removeprefix("一") if out.startswith("一十") else out


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("23", 23, id="plain digits"),
        pytest.param("二十三", 23, id="plain Chinese"),
        pytest.param("十", 10, id="ten without its one"),
        pytest.param("十二", 12, id="a teen"),
        pytest.param("两", 2, id="liang"),
        pytest.param("一百零二", 102, id="a said zero"),
        pytest.param("一百二", 120, id="the last scale left out"),
        pytest.param("三万五", 35_000, id="the last scale left out after wan"),
        pytest.param("一千二百", 1200, id="two scales"),
        pytest.param("一亿二千万", 120_000_000, id="yi and wan"),
        pytest.param("二〇二五", 2025, id="digits read one by one"),
        pytest.param("九十五点六", 95.6, id="a decimal in Chinese"),
        pytest.param("13,560", 13_560, id="thousands separator"),
        pytest.param("1 386", 1386, id="blank as separator"),
        pytest.param("1.9万", 19_000, id="decimal with wan"),
        pytest.param("4.5亿", 450_000_000, id="decimal with yi"),
        pytest.param("1 260万", 12_600_000, id="blank and wan"),
        pytest.param("2 0", 20, id="digits set apart"),
        pytest.param("1万3千", 13_000, id="two scales after Arabic digits"),
        pytest.param("2亿3千万", 230_000_000, id="yi and qianwan after Arabic digits"),
        pytest.param("3万5000", 35_000, id="a scale and plain digits"),
        pytest.param("1千5百万", 15_000_000, id="a scale over two others"),
    ],
)
def test_a_numeral_is_read(text: str, value: float) -> None:
    assert read_numeral(text) == Numeral(value)


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        pytest.param("30余", Numeral(30, loose=True), id="yu behind"),
        pytest.param("4700余万", Numeral(47_000_000, loose=True), id="yu before the scale"),
        pytest.param("1.9万余", Numeral(19_000, loose=True), id="yu after the scale"),
        pytest.param("一千二百余", Numeral(1200, loose=True), id="yu after Chinese"),
        pytest.param("一百二十来", Numeral(120, loose=True), id="lai"),
        pytest.param("百把", Numeral(100, loose=True), id="ba"),
        pytest.param("三百多万", Numeral(3_000_000, loose=True), id="duo before wan"),
        pytest.param("上百", Numeral(100, least=True), id="at least"),
        pytest.param("十几", Numeral(11, 19), id="a dozen or so"),
        pytest.param("二十几", Numeral(21, 29), id="twenty-odd"),
        pytest.param("数十", Numeral(20, 99), id="tens"),
        pytest.param("几百", Numeral(200, 999), id="hundreds"),
        pytest.param("七八百", Numeral(700, 800), id="two neighbours share a scale"),
        pytest.param("两千七八百", Numeral(2700, 2800), id="with a head"),
        pytest.param("三四十", Numeral(30, 40), id="two neighbours of tens"),
        pytest.param("两三", Numeral(2, 3), id="two or three"),
    ],
)
def test_a_loose_numeral_says_how_loose_it_is(text: str, numeral: Numeral) -> None:
    assert read_numeral(text) == numeral


@pytest.mark.parametrize("text", ["", "法", "百姓", "1.2.3", "十分", "万一法", "点五"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    assert read_numeral(text) is None


@given(st.integers(0, 9999))
def test_every_number_below_ten_thousand_reads_back(number: int) -> None:
    assert read_chinese(chinese(number)) == number


@given(st.integers(0, 10**9))
def test_digits_with_separators_read_back(number: int) -> None:
    assert read_numeral(f"{number:,}") == Numeral(number)


@given(st.text(alphabet="零一二三四五六七八九十百千万亿两点余多0123456789., ", max_size=12))
def test_no_string_of_numeral_characters_raises(text: str) -> None:
    found = read_numeral(text)
    assert found is None or found.value >= 0
