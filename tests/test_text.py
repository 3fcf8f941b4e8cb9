import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import fold, is_chinese, squeeze


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("（一）", "(一)", id="full-width brackets"),
        pytest.param("１．达到９５％", "1.达到95%", id="full-width digits, point and percent"),
        pytest.param("〔2022〕12号", "[2022]12号", id="brackets of a document number"),
        pytest.param("1—2件", "1-2件", id="a dash of any length class joins a range"),
        pytest.param("全文\u3000\u00a0", "全文  ", id="blanks of every kind"),
        pytest.param("①⑴", "①⑴", id="circled numbers mean more than their digit and stay"),
        pytest.param("。、“”《》", "。、“”《》", id="Chinese punctuation without a plain twin stays"),
    ],
)
def test_fold_maps_variants_to_their_plain_form(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_keeps_the_length_and_changes_nothing_the_second_time(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(st.text())
def test_squeezed_text_has_no_white_space_and_ignores_layout(text: str) -> None:
    squeezed = squeeze(text)
    assert not any(char.isspace() for char in squeezed)
    assert squeeze(" " + text + "\n") == squeezed


def test_squeeze_makes_two_spellings_of_a_number_equal() -> None:
    assert squeeze("１ 386 人") == squeeze("1386人") == "1386人"


@pytest.mark.parametrize("char", ["法", "治", "〇", "㐀"])
def test_chinese_characters_are_recognised(char: str) -> None:
    assert is_chinese(char)


@pytest.mark.parametrize("char", ["a", "1", "，", "①", " ", unicodedata.lookup("HIRAGANA LETTER A")])
def test_other_characters_are_not_chinese(char: str) -> None:
    assert not is_chinese(char)
