"""A digest by POST: what each robot takes, what each answer means, and an address that nobody hears of."""

import base64
import hmac
import json
import logging
import re
import socket
import threading
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.config import Reader, Secret, Webhook
from pipeline.deliver.outbox import send_waiting, troubles
from pipeline.deliver.records import Mark, Patience, RefusedError, UnansweredError
from pipeline.deliver.webhook import MOST_BYTES, compose, post
from pipeline.digest.records import Digest
from pipeline.workspace.place import Workspace
from tests.deliveries import QUICK, Clock, config, outcome, ready, rows, webhook
from tests.digests import NASTY, digest, empty, first_week, line, nasty, rich
from tests.servers import DROP, HOLD, HookHost, authority

ID = "<fazhi.2026-W47.abc@sifaju.test>"
TOKEN = "tok-1234-5678"
NOW = datetime(2026, 11, 23, 0, 0, 0, 123000, tzinfo=UTC)
SIGN = "SEC0123456789abcdef"
SAMPLES = [pytest.param(each, id=each.__name__) for each in (rich, empty, nasty, first_week)]


@pytest.fixture
def host() -> Iterator[HookHost]:
    with HookHost() as host:
        yield host


class Marked:
    """Counts how often the last moment came."""

    times = 0

    def __call__(self) -> None:
        self.times += 1


def send(hook: Webhook, of: Digest | None = None, *, mark: Mark = lambda: None, patience: Patience = QUICK) -> bytes:
    payload = compose(of or rich(), hook.robot, message_id=ID)
    post(payload, hook, message_id=ID, mark=mark, now=lambda: NOW, patience=patience)
    return payload


def text_of(of: Digest, robot: Any, link: str = "") -> str:
    body = json.loads(compose(of, robot, message_id=ID, link=link))
    assert body["msgtype"] == "markdown"
    return str(body["markdown"]["content" if robot == "wecom" else "text"])


class TestGeneric:
    def test_it_has_the_headline_the_counts_and_the_first_ten_lines(self) -> None:
        body = json.loads(
            compose(replace(rich(), reader="a", reader_name="司法局"), "generic", message_id=ID, link="https://x.test/")
        )
        assert (body["id"], body["week"], body["link"]) == (ID, "2026-W47", "https://x.test/")
        assert (body["reader"], body["reader_name"]) == ("a", "司法局")
        assert body["headline"] == list(rich().headline)
        assert body["counts"]["furniture"] == 1
        assert len(body["lines"]) == 10
        assert body["more"] == len(rich().lines) - 10
        assert body["lines"][0]["place"] == "云岭县"
        assert (body["lines"][0]["part"], body["lines"][0]["part_title"]) == ("changes", "内容变化")
        assert body["lines"][0]["url"].startswith("http://www.yunling.test/")

    def test_without_a_page_in_the_web_it_has_no_link(self) -> None:
        assert json.loads(compose(empty(), "generic", message_id=ID))["link"] is None

    @pytest.mark.parametrize("of", SAMPLES)
    def test_any_digest_is_json(self, of: Any) -> None:
        assert json.loads(compose(of(), "generic", message_id=ID))["title"] == "法治政府建设监测周报 2026年第47周"


class TestRobots:
    def test_a_whole_digest_of_few_lines(self) -> None:
        assert text_of(
            digest(
                line("documents", "青禾县公布2026年计划。", place="青禾县"),
                headline=("新增1份。", "无到期。", "正常。"),
            ),
            "wecom",
            "https://x.test/a.html",
        ) == (
            "## 法治政府建设监测周报 2026年第47周\n"
            "> 新增1份。\n> 无到期。\n> 正常。\n\n"
            "1. 青禾县公布2026年计划\n"
            "[查看全文](https://x.test/a.html)"
        )

    def test_dingtalk_has_a_title_and_paragraphs(self) -> None:
        body = json.loads(compose(rich(), "dingtalk", message_id=ID))
        assert body["markdown"]["title"] == "法治政府建设监测周报 2026年第47周"
        assert "\n\n1. " in body["markdown"]["text"]

    def test_each_line_links_to_its_source(self) -> None:
        assert len(re.findall(r"\[原文\]\(http://www\.\w+\.test/\S+\.html\)", text_of(rich(), "dingtalk"))) == 10

    def test_what_has_no_room_is_left_off_by_the_line_and_counted(self) -> None:
        lines = [line("documents", f"第{number}条：" + "很长的一句话" * 40, weight=99 - number) for number in range(30)]
        told = text_of(digest(*lines), "wecom", "https://x.test/a.html")
        shown = re.findall(r"^\d+\. .*$", told, re.MULTILINE)
        assert 2 <= len(shown) < 10
        assert told.splitlines()[-2:] == [f"另有{30 - len(shown)}条", "[查看全文](https://x.test/a.html)"]
        assert all(each.endswith(("很长的一句话", "…")) for each in shown)

    def test_a_headline_without_end_is_cut_within_its_characters(self) -> None:
        told = text_of(digest(line("documents", "一条"), headline=("很长" * 5000,) * 3), "wecom", "https://x.test/")
        assert len(told.encode()) <= MOST_BYTES["wecom"]
        assert told.endswith("另有1条\n[查看全文](https://x.test/)")

    @pytest.mark.parametrize("robot", ["wecom", "dingtalk"])
    @pytest.mark.parametrize("of", SAMPLES)
    def test_any_digest_has_room(self, of: Any, robot: Any) -> None:
        told = text_of(of(), robot, "https://x.test/" + "a" * 200)
        assert 0 < len(told.encode()) <= MOST_BYTES[robot]
        assert len(compose(of(), "dingtalk", message_id=ID)) < 20_000

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("[点此](http://evil.test)", id="a link"),
            pytest.param("<@all> <font color=red>", id="a mention"),
            pytest.param("![图](http://evil.test/a.png)", id="a picture"),
            pytest.param("**重要** `rm`", id="bold type"),
            pytest.param("第一行\n# 第二行\r\n> 第三行", id="further lines"),
            *(pytest.param(each, id=f"nasty {number}") for number, each in enumerate(NASTY)),
        ],
    )
    def test_words_of_strangers_are_only_words(self, words: str) -> None:
        told = text_of(digest(line("documents", words), headline=(words, "", "")), "wecom")
        title, quoted, *_, last = told.split("\n")
        assert title.startswith("## ")
        assert quoted.startswith("> ")
        assert last.startswith("1. ")
        assert not re.search(r"[<\[\]*`]", told)
        assert "\n#" not in told


class TestAnswers:
    def test_what_is_posted_is_what_was_made_with_the_id_as_its_key(self, host: HookHost, tmp_path: Path) -> None:
        marked = Marked()
        payload = send(webhook(host, tmp_path), mark=marked)
        [call] = host.calls
        assert call.body == payload
        assert call.path == f"/hook?key={TOKEN}"
        assert call.headers["Idempotency-Key"] == ID
        assert call.headers["Content-Type"] == "application/json; charset=utf-8"
        assert "Transfer-Encoding" not in call.headers
        assert marked.times == 1

    def test_the_last_moment_is_when_nothing_was_read(self, host: HookHost, tmp_path: Path) -> None:
        def look() -> None:
            assert host.calls == []
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            send(webhook(host, tmp_path), mark=look)
        send(webhook(host, tmp_path))
        assert len(host.calls) == 1

    def test_a_dingtalk_robot_with_a_secret_gets_the_time_and_a_signature(self, host: HookHost, tmp_path: Path) -> None:
        (tmp_path / "sign").write_text(SIGN, encoding="utf-8")
        hook = webhook(host, tmp_path, robot="dingtalk", sign=Secret(file=tmp_path / "sign"))
        send(hook)
        query = parse_qs(urlsplit(host.calls[0].path).query, strict_parsing=True)
        told = "1795392000123"
        made = hmac.new(SIGN.encode(), f"{told}\n{SIGN}".encode(), "sha256").digest()
        assert query == {"key": [TOKEN], "timestamp": [told], "sign": [base64.b64encode(made).decode()]}

    def test_a_robot_without_a_secret_gets_none(self, host: HookHost, tmp_path: Path) -> None:
        send(webhook(host, tmp_path, robot="dingtalk"))
        assert "sign" not in host.calls[0].path

    @pytest.mark.parametrize(
        ("robot", "answer"),
        [
            pytest.param("generic", "204 ", id="no content"),
            pytest.param("generic", "200 thanks", id="any words"),
            pytest.param("wecom", '200 {"errcode":0,"errmsg":"ok"}', id="wecom"),
            pytest.param("dingtalk", '200 {"errmsg":"ok","errcode":"0"}', id="a number written as a text"),
        ],
    )
    def test_a_yes(self, host: HookHost, tmp_path: Path, robot: Any, answer: str) -> None:
        host.answer = answer
        send(webhook(host, tmp_path, robot=robot))

    @pytest.mark.parametrize(
        ("robot", "answer", "named"),
        [
            pytest.param("wecom", '200 {"errcode":93000,"errmsg":"invalid webhook url"}', "errcode 93000 invalid webhook url", id="wecom says no in a 200"),
            pytest.param("wecom", '200 {"errcode":45009,"errmsg":"api freq out of limit"}', "45009", id="too often"),
            pytest.param("dingtalk", '200 {"errcode":310000,"errmsg":"sign not match"}', "310000 sign not match", id="dingtalk says no in a 200"),
            pytest.param("dingtalk", '200 {"errcode":-1,"errmsg":"系统繁忙"}', "-1 系统繁忙", id="busy"),
            pytest.param("wecom", "200 <html>log in", "对方的答复不是机器人的答复", id="a page in between"),
            pytest.param("wecom", "200 [1]", "不是机器人的答复", id="JSON that is none"),
            pytest.param("generic", "301 ", "转到别的地址（301），没有跟随", id="sent elsewhere"),
            pytest.param("generic", "400 bad", "对方答复 400（bad）", id="refused"),
            pytest.param("generic", "404 ", "对方答复 404", id="gone"),
            pytest.param("generic", "429 slow down", "429", id="slow down"),
            pytest.param("generic", "500 oops", "500", id="broken"),
            pytest.param("generic", "503 ", "503", id="closed"),
        ],
    )  # fmt: skip
    def test_a_no_is_no_doubt(self, host: HookHost, tmp_path: Path, robot: Any, answer: str, named: str) -> None:
        host.answer = answer
        with pytest.raises(RefusedError, match=re.escape(named)):
            send(webhook(host, tmp_path, robot=robot))
        assert len(host.calls) == 1

    @pytest.mark.parametrize(
        ("robot", "action"),
        [
            pytest.param("generic", DROP, id="the connection breaks"),
            pytest.param("generic", HOLD, id="no answer in time"),
            pytest.param("generic", "502 ", id="a gateway that lost sight of it"),
            pytest.param("generic", "504 ", id="a gateway that waited in vain"),
            pytest.param("wecom", '200 {"errco', id="half an answer"),
            pytest.param("wecom", "200 ", id="an empty one"),
            pytest.param("wecom", "200 {}", id="one that says nothing"),
        ],
    )
    def test_an_answer_that_stays_out_is_a_doubt(self, host: HookHost, tmp_path: Path, robot: Any, action: str) -> None:
        host.plan("POST", action)
        marked = Marked()
        with pytest.raises(UnansweredError, match="消息已发出"):
            send(webhook(host, tmp_path, robot=robot), mark=marked)
        assert len(host.calls) == marked.times == 1

    def test_an_answer_that_breaks_off_is_a_doubt(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:

            def serve() -> None:
                taken, _ = listening.accept()
                with taken:
                    while b"\r\n\r\n" not in taken.recv(65536):
                        pass
                    taken.recv(65536)
                    taken.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"errcode": 0')

            thread = threading.Thread(target=serve)
            thread.start()
            (tmp_path / "url").write_text(f"http://127.0.0.1:{listening.getsockname()[1]}/x", encoding="utf-8")
            hook = Webhook("robot", Secret(file=tmp_path / "url"), "wecom", allow_loopback=True)
            with pytest.raises(UnansweredError):
                send(hook)
            thread.join()

    def test_a_redirect_is_not_followed(self, host: HookHost, tmp_path: Path) -> None:
        host.plan("POST", "307 ")
        with pytest.raises(RefusedError):
            send(webhook(host, tmp_path))
        assert [call.path for call in host.calls] == [f"/hook?key={TOKEN}"]

    def test_a_server_that_is_not_there_is_no_doubt(self, tmp_path: Path) -> None:
        with HookHost() as gone:
            hook = webhook(gone, tmp_path)
        marked = Marked()
        with pytest.raises(RefusedError, match="连接不上（网络不通）"):
            send(hook, mark=marked)
        assert marked.times == 0


class TestAddresses:
    @pytest.mark.parametrize(
        "url",
        [
            pytest.param("http://hooks.test/x", id="not encrypted"),
            pytest.param("ftp://hooks.test/x", id="another scheme"),
            pytest.param("hooks.test/x", id="no scheme"),
            pytest.param("https:///x", id="no host"),
            pytest.param("https://[bad/x", id="no address at all"),
            pytest.param("https://127.0.0.1/x", id="this machine, without being allowed"),
            pytest.param("https://localhost/x", id="this machine by its name"),
            pytest.param("file:///etc/passwd", id="a file"),
        ],
    )
    def test_only_encrypted_addresses_elsewhere(self, tmp_path: Path, url: str) -> None:
        (tmp_path / "url").write_text(url, encoding="utf-8")
        with pytest.raises(RefusedError, match="推送地址应以 https:// 开头") as caught:
            send(Webhook("robot", Secret(file=tmp_path / "url")))
        assert url not in str(caught.value)

    def test_an_allowed_loopback_does_not_open_other_hosts(self, tmp_path: Path) -> None:
        (tmp_path / "url").write_text("http://hooks.test/x", encoding="utf-8")
        with pytest.raises(RefusedError, match="应以 https:// 开头"):
            send(Webhook("robot", Secret(file=tmp_path / "url"), allow_loopback=True))

    def test_an_address_that_is_not_there_is_told_by_its_place(self) -> None:
        with pytest.raises(RefusedError, match="环境变量 FAZHI_TEST_NOT_SET 未设置"):
            send(Webhook("robot", Secret(env="FAZHI_TEST_NOT_SET")))

    def test_a_certificate_that_does_not_hold_is_refused_before_anything_is_sent(self, tmp_path: Path) -> None:
        issuer, _ = authority(tmp_path)
        marked = Marked()
        with (
            HookHost(certificate=issuer.issue_cert("127.0.0.1")) as host,
            pytest.raises(RefusedError, match="证书不可信"),
        ):
            send(webhook(host, tmp_path), mark=marked)
        assert host.calls == []
        assert marked.times == 0

    @pytest.mark.parametrize(
        "action", ["", "403 {url}", '200 {{"errcode": 1, "errmsg": "bad {token} {url}"}}', DROP, "gone", "sign"]
    )
    def test_nobody_hears_of_the_address(
        self, workspace: Workspace, tmp_path: Path, caplog: pytest.LogCaptureFixture, action: str
    ) -> None:
        caplog.set_level(logging.DEBUG)
        told: list[str] = []
        with HookHost() as host:
            hook = webhook(host, tmp_path, robot="wecom")
            url = f"{host.base}/hook?key={TOKEN}"
            if action not in ("", "gone", "sign"):
                host.plan("POST", action.format(url=url, token=TOKEN))
            if action == "sign":
                (tmp_path / "robot.url").write_text(f"no-address {TOKEN}", encoding="utf-8")
            if action == "gone":
                host.__exit__(None, None, None)
            to = config(tmp_path, Reader("a", webhooks=("robot",)), webhooks=(hook,))
            ready(workspace, to)
            result = send_waiting(workspace, to, now=Clock(), tell=told.append, patience=QUICK)
        heard = [*told, *result.lines, repr(result), *troubles(workspace), caplog.text, repr(to), repr(rows(workspace))]
        assert not [each for each in heard if TOKEN in each or f":{urlsplit(url).port}" in each]
        assert outcome(result)

    def test_no_traceback_names_the_address(self, tmp_path: Path) -> None:
        with HookHost() as gone:
            hook = webhook(gone, tmp_path)
        with pytest.raises(RefusedError) as caught:
            send(hook)
        assert TOKEN not in "".join(traceback.format_exception(caught.value))
