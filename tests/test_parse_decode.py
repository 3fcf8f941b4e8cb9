"""Bytes: encodings, HTML or text, and one clear sentence for what is no document."""

import pytest

from pipeline.errors import EmptyBodyError, InputError
from pipeline.parse import parse_page
from pipeline.parse.decode import decode, is_html
from pipeline.records import Page

CHINESE = "法治政府建设工作要点，各部门要落实责任，完成全年任务。"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param(CHINESE.encode(), "utf-8", id="UTF-8"),
        pytest.param(CHINESE.encode("utf-8-sig"), "utf-8", id="UTF-8 with a mark"),
        pytest.param(b"\xff\xfe" + CHINESE.encode("utf-16-le"), "utf-16-le", id="UTF-16, little end first"),
        pytest.param(b"\xfe\xff" + CHINESE.encode("utf-16-be"), "utf-16-be", id="UTF-16, big end first"),
        pytest.param(CHINESE.encode("gb2312"), "gb18030", id="GB2312"),
        pytest.param((CHINESE + "㐂𠮷").encode("gb18030"), "gb18030", id="GB18030 in four bytes"),
        pytest.param(("<meta charset=utf-8>" + CHINESE).encode("gbk"), "gb18030", id="declared wrongly"),
        pytest.param(("<meta charset=gb2312>" + CHINESE).encode(), "utf-8", id="declared wrongly the other way"),
    ],
)
def test_the_encoding_is_recognised_by_how_the_bytes_read(content: bytes, encoding: str) -> None:
    decoded = decode(content, "page")
    assert decoded.encoding == encoding
    assert CHINESE in decoded.text


def test_one_broken_byte_in_a_long_text_is_a_note_and_not_a_failure() -> None:
    content = (CHINESE * 40).encode() + b"\xe6\xb3" + CHINESE.encode()
    document = parse_page(Page("p", content))
    assert document.notes[0].startswith("有1处字节无法识别")
    assert document.quality < 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "got an empty file", id="empty"),
        pytest.param(b" \r\n\t ", "got an empty file", id="blank"),
        pytest.param(b"\x00\x01\x02\x03" * 30, "got binary data", id="zeros"),
        pytest.param(bytes(range(128, 256)) * 30, "no other encoding gives Chinese", id="noise"),
        pytest.param(b"The quick brown fox jumps over the lazy dog.", "none of them Chinese", id="English"),
        pytest.param("法".encode() * 7_000_000, "at most 20 MB, got 21.0 MB", id="too large"),
    ],
)
def test_what_is_no_document_is_refused_in_one_sentence(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        parse_page(Page("notice.txt", content))
    assert str(caught.value).startswith("notice.txt: expected ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            "首页\n政务公开\n互动交流\n主办：青石县人民政府办公室\n青ICP备05000001号\n",
            id="text with nothing but furniture",
        ),
        pytest.param(
            "<html><body><ul><li>首页</li><li>政务公开</li></ul><div>网站标识码：5399990001</div></body></html>",
            id="HTML likewise",
        ),
        pytest.param("<html><title>青石县</title><p>您访问的页面不存在或已被删除</p></html>", id="page that is gone"),
        pytest.param(
            "<html><body><h1>青石县2023年工作总结</h1><a href='a.pdf'>总结.pdf</a></body></html>", id="only a file"
        ),
        pytest.param("青石县2023年法治政府建设工作总结\n详见附件\n", id="see annex"),
    ],
)
def test_a_page_without_a_body_is_an_error_and_not_an_empty_document(source: str) -> None:
    with pytest.raises(EmptyBodyError, match=r"^page: expected "):
        parse_page(Page("page", source.encode()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html><html><body>法治</body></html>", True),
        ("\ufeff\n<html><head></head>", True),
        ("<!-- 法治 --><HTML>", True),
        ("<p>法治</p><p>政府</p>", True),
        ("落实<法治政府建设纲要>的要求", False),
        ("换行用<br>表示", False),
        ("法治政府建设", False),
        ("a < b > c", False),
    ],
)
def test_html_is_known_by_its_tags(text: str, expected: bool) -> None:
    assert is_html(text) is expected
