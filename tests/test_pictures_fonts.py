"""Fonts are found by the characters they have; small ones made here stand in for those of a machine."""

from pathlib import Path

import matplotlib
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection

from pipeline.pictures import FontError, find_font
from pipeline.pictures.fonts import drawable

LATIN = Path(matplotlib.get_data_path(), "fonts", "ttf")


def made(family: str, characters: str) -> FontBuilder:
    """A font of one square glyph for all *characters*."""
    builder = FontBuilder(1000, isTTF=True)
    pen = TTGlyphPen(None)
    for step, at in enumerate([(0, 0), (0, 500), (500, 500), (500, 0)]):
        (pen.lineTo if step else pen.moveTo)(at)
    pen.closePath()
    glyph = pen.glyph()
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(char): "square" for char in characters})
    builder.setupGlyf({".notdef": glyph, "square": glyph})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "square": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    return builder


def test_a_font_without_chinese_is_refused_with_what_to_do() -> None:
    with pytest.raises(FontError, match=r"characters 县.*fazhi\[fonts\]"):
        find_font("abc县", folders=[LATIN])
    assert find_font("abc", folders=[LATIN])[0].path.parent == LATIN


def test_a_font_that_draws_every_character_as_a_box_is_no_font() -> None:
    """matplotlib itself ships one, beside the fonts that it draws figures in."""
    assert any("LastResort" in path.name for path in LATIN.iterdir())
    with pytest.raises(FontError, match="龘"):
        find_font("龘", folders=[LATIN])


def test_an_empty_folder_has_no_font(tmp_path: Path) -> None:
    with pytest.raises(FontError, match="none of the 0 font files"):
        find_font("县", folders=[tmp_path])


def test_the_font_that_has_all_is_taken_before_one_that_has_some(tmp_path: Path) -> None:
    made("SimHei", "青").save(tmp_path / "simhei.ttf")
    made("Unheard", "青榆县").save(tmp_path / "zz.ttf")
    assert [font.family for font in find_font("青榆县", folders=[tmp_path])] == ["Unheard"]
    assert [font.family for font in find_font("青", folders=[tmp_path])] == ["SimHei"]


def test_fonts_stand_in_for_one_another(tmp_path: Path) -> None:
    made("SimHei", "青榆").save(tmp_path / "simhei.ttf")
    made("Unheard", "县").save(tmp_path / "zz.ttf")
    assert [font.family for font in find_font("青榆县", folders=[tmp_path])] == ["SimHei", "Unheard"]


def test_of_a_collection_the_chinese_face_is_taken(tmp_path: Path) -> None:
    collection = TTCollection()
    for number, family in enumerate(("Noto Sans CJK JP", "Noto Sans CJK SC")):
        path = tmp_path / f"{number}.part"
        made(family, "县").save(path)
        collection.fonts.append(made(family, "县").font)
        path.unlink()
    collection.save(tmp_path / "NotoSansCJK.ttc")
    (font,) = find_font("县", folders=[tmp_path])
    assert (font.index, font.family) == (1, "Noto Sans CJK SC")


def test_a_file_that_is_no_font_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    made("SimHei", "县").save(tmp_path / "z.ttf")
    assert find_font("县", folders=[tmp_path])[0].family == "SimHei"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("青榆县", "青榆县", id="plain"),
        pytest.param("甲\x00乙\u200b丙", "甲乙丙", id="control and format characters go"),
        pytest.param("甲\ue000乙", "甲〓乙", id="private use has no glyph that anyone knows"),
        pytest.param("甲\n乙", "甲\n乙", id="a line end stays"),
        pytest.param("甲\ud800乙", "甲〓乙", id="half of a pair"),
    ],
)
def test_what_no_font_can_know_is_marked(text: str, shown: str) -> None:
    assert drawable(text) == shown


def test_this_installation_has_a_chinese_font() -> None:
    assert find_font("法治政府建设≥≤～")
