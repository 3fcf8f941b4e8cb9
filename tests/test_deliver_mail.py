"""A digest by e-mail: what the message is, and what each answer of a server means."""

import gc
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
import trustme

from pipeline.config import MailServer, Secret
from pipeline.deliver.brief import cut
from pipeline.deliver.mail import check_recipient, check_server, compose, send_mail
from pipeline.deliver.records import (
    Patience,
    RefusedError,
    RejectedError,
    UnansweredError,
    UnreachableError,
)
from pipeline.digest.records import Digest
from pipeline.errors import InputError
from tests.deliveries import QUICK, SEALED, SENDER, forms, mail_server
from tests.digests import NASTY, digest, empty, line, nasty, rich
from tests.servers import DROP, HOLD, MailHost, authority

ID = "<fazhi.2026-W47.abc@sifaju.test>"
PASSWORD = "s3cret-Passw0rd"
SERVER = MailServer(host="127.0.0.1", sender=SENDER)


def made(of: Digest, recipient: str = "li@x.test", **fields: str) -> bytes:
    server = MailServer(host="127.0.0.1", sender=fields.pop("sender", SENDER))
    return compose(of, forms(of), recipient=recipient, server=server, message_id=ID, sealed=SEALED)


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


class Marked:
    """Counts how often the last moment came."""

    times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def mark() -> Marked:
    return Marked()


@pytest.fixture
def host() -> Iterator[MailHost]:
    with MailHost() as host:
        yield host


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, Path]:
    """An authority, and the file by which others know it."""
    return authority(tmp_path_factory.mktemp("authority"))


class TestMessage:
    def test_it_holds_the_markdown_the_page_and_the_workbook(self) -> None:
        message = read(made(rich()))
        files = forms(rich())
        kinds = [part.get_content_type() for part in message.walk()]
        assert kinds == [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ]
        plain, page = message.get_body(("plain",)), message.get_body(("html",))
        assert plain is not None
        assert page is not None
        assert plain.get_content().replace("\r\n", "\n") == files["digest.md"].decode()
        assert page.get_content().replace("\r\n", "\n").rstrip("\n") == files["digest.html"].decode()
        [attached] = message.iter_attachments()
        assert attached.get_content() == files["digest.xlsx"]
        assert attached.get_filename() == "法治政府建设监测周报2026年第47周.xlsx"

    def test_its_headers_are_what_mail_programs_expect(self) -> None:
        message = read(made(replace(rich(), reader="sifaju-1")))
        assert message["From"].addresses == (Address("法治周报", "digest", "sifaju.test"),)
        assert message["To"].addresses == (Address("", "li", "x.test"),)
        assert message["Subject"] == (
            "法治政府建设监测周报 2026年第47周：本期新增文件2份，内容变化4处，1份文件被撤下，2个信息来源状态异常"
        )
        assert message["Date"].datetime == SEALED
        assert message["Date"].datetime.utcoffset() == timedelta(hours=8)
        assert message["Message-ID"] == ID
        assert message["List-Id"] == "<sifaju-1.fazhi.sifaju.test>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["MIME-Version"] == "1.0"

    @pytest.mark.parametrize("of", [pytest.param(each, id=each.__name__) for each in (rich, empty, nasty)])
    def test_it_is_plain_ascii_in_short_lines_whatever_it_says(self, of: "type[Digest]") -> None:
        data = made(of())
        assert data.isascii()
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert b"\r" not in data.replace(b"\r\n", b"")
        head, _, body = data.partition(b"\r\n\r\n")
        assert max(map(len, head.split(b"\r\n"))) <= 78 or b" " not in max(head.split(b"\r\n"), key=len).strip()
        assert max(map(len, data.split(b"\r\n"))) <= 998
        assert max(map(len, re.sub(rb"(?m)^[\w-]+:.*(?:\r\n[ \t].*)*\r\n", b"", body).split(b"\r\n"))) <= 78

    @pytest.mark.parametrize("reader", ["", "云岭县司法局", "a.b c", "-"])
    def test_any_reader_has_a_list_of_their_own(self, reader: str) -> None:
        lists = {str(read(made(replace(rich(), reader=each)))["List-Id"]) for each in (reader, f"{reader}司", "reader")}
        assert len(lists) == 3
        assert all(re.fullmatch(r"<[A-Za-z0-9-]+\.fazhi\.sifaju\.test>", each) for each in lists)

    def test_the_file_name_is_written_as_rfc_2231_says(self) -> None:
        assert re.search(rb"filename\*(?:0\*)?=utf-8''%E6%B3%95%E6%B2%BB", made(rich()))

    def test_it_is_the_same_to_the_byte_each_time(self) -> None:
        assert made(rich()) == made(rich())

    def test_its_boundaries_stand_nowhere_else_and_differ_with_the_content(self) -> None:
        first, second = made(rich()), made(empty())
        found = re.findall(rb'boundary="?([^"\r\n]+)', first)
        assert len(set(found)) == 2
        for each in found:
            lines = [row for row in first.split(b"\r\n") if each in row and b"boundary" not in row]
            assert all(row in (b"--" + each, b"--" + each + b"--") for row in lines)
            assert each not in second

    def test_words_of_strangers_make_no_header(self) -> None:
        of = digest(headline=("新增1份。\r\nBcc: evil@evil.test\r\n\r\n正文", "", ""))
        message = read(made(of))
        assert message["Bcc"] is None
        assert "evil@evil.test" in message["Subject"]

    def test_without_a_headline_the_subject_is_the_title(self) -> None:
        assert read(made(digest(headline=())))["Subject"] == "法治政府建设监测周报 2026年第47周"

    @pytest.mark.parametrize(
        ("sentence", "longest", "expected"),
        [
            pytest.param("本周没有新情况。", 40, "本周没有新情况", id="short: whole, without its full stop"),
            pytest.param("新增3份文件，其中云岭县2份、青禾县1份。", 12, "新增3份文件…", id="at a comma"),
            pytest.param("新增文件3份其中云岭县2份青禾县1份", 10, "新增文件3份其中云…", id="no stop near: anywhere"),
            pytest.param("甲，乙丙丁戊己庚辛壬癸子丑", 10, "甲，乙丙丁戊己庚辛…", id="a stop too far back is none"),
            pytest.param("", 10, "", id="nothing"),
        ],
    )
    def test_a_sentence_is_cut_at_a_stop(self, sentence: str, longest: int, expected: str) -> None:
        assert cut(sentence, longest) == expected

    def test_a_form_that_is_lacking_is_named(self) -> None:
        with pytest.raises(InputError, match=r"lacking \['digest.xlsx'\]"):
            compose(
                rich(),
                {"digest.md": b"", "digest.html": b""},
                recipient="a@x.test",
                server=SERVER,
                message_id=ID,
                sealed=SEALED,
            )

    @pytest.mark.parametrize("words", NASTY)
    def test_any_subject_can_be_read_again(self, words: str) -> None:
        message = read(made(digest(line("documents", words), headline=(words, "", ""))))
        assert message["Subject"].startswith("法治政府建设监测周报 2026年第47周")
        assert message.defects == []


class TestAddresses:
    @pytest.mark.parametrize(
        ("address", "is_one"),
        [
            pytest.param("li.ming@sfj.yunling.gov.test", True, id="plain"),
            pytest.param("a+b_c-d@x.test", True, id="signs that are allowed"),
            pytest.param("li@localhost", True, id="one label"),
            pytest.param("li.x.test", False, id="no @"),
            pytest.param("@x.test", False, id="nothing before it"),
            pytest.param("li@", False, id="nothing behind it"),
            pytest.param("li@@x.test", False, id="two of them"),
            pytest.param("a..b@x.test", False, id="two dots"),
            pytest.param("li@x.test\r\nRCPT TO:<evil@evil.test>", False, id="a command behind it"),
            pytest.param("李明@x.test", False, id="needs SMTPUTF8"),
            pytest.param("li@司法.test", False, id="a domain not in its ASCII form"),
            pytest.param("Li <li@x.test>", False, id="with a name"),
            pytest.param("a@x.test,b@x.test", False, id="two in one"),
            pytest.param("", False, id="empty"),
        ],
    )
    def test_what_an_address_is(self, address: str, is_one: bool) -> None:
        assert (check_recipient(address) == "") is is_one

    @pytest.mark.parametrize(
        ("server", "named"),
        [
            pytest.param(MailServer("smtp.x.test", SENDER, tls="none"), "none is for this machine", id="in the open"),
            pytest.param(MailServer("localhost.x.test", SENDER, tls="none"), "none is for", id="a name like localhost"),
            pytest.param(MailServer("127.0.0.1.x.test", SENDER, tls="none"), "none is for", id="a name like 127.0.0.1"),
            pytest.param(MailServer("smtp.x.test", "法治周报"), "as sender", id="a sender without an address"),
        ],
    )
    def test_a_server_that_mail_must_not_be_given_to_is_refused(self, server: MailServer, named: str) -> None:
        with pytest.raises(InputError, match=named):
            check_server(server)

    @pytest.mark.parametrize("name", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LOCALHOST."])
    def test_this_machine_needs_no_encryption(self, name: str) -> None:
        check_server(MailServer(name, SENDER, tls="none"))


class TestConversation:
    def test_what_is_taken_is_what_was_made_to_the_byte(self, host: MailHost, mark: Marked) -> None:
        data = made(rich())
        send_mail(data, "li@x.test", mail_server(host), mark=mark)
        assert [(letter.sender, letter.recipient, letter.data) for letter in host.letters] == [
            ("digest@sifaju.test", "li@x.test", data)
        ]
        assert mark.times == 1

    def test_lines_that_begin_with_a_dot_arrive_whole(self, host: MailHost, mark: Marked) -> None:
        data = b"Subject: dots\r\n\r\n.\r\n..two\r\nmid.dle\r\n.end\r\n"
        send_mail(data, "li@x.test", mail_server(host), mark=mark)
        assert host.letters[0].data == data

    def test_the_last_moment_is_when_nothing_was_taken(self, host: MailHost) -> None:
        def look() -> None:
            assert host.letters == []
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            send_mail(made(rich()), "li@x.test", mail_server(host), mark=look)
        send_mail(made(empty()), "li@x.test", mail_server(host), mark=lambda: None)
        assert [letter.data for letter in host.letters] == [made(empty())]

    @pytest.mark.parametrize(
        ("step", "reply", "error", "named"),
        [
            pytest.param("MAIL", "421 4.3.2 shutting down", RefusedError, "421 4.3.2 shutting down", id="busy"),
            pytest.param("MAIL", "550 5.7.1 not your address", RefusedError, "发件地址未被接受", id="our sender is refused"),
            pytest.param("RCPT", "450 4.2.0 greylisted", RefusedError, "450 4.2.0 greylisted", id="greylisted"),
            pytest.param("RCPT", "452 4.2.2 full", RefusedError, "452", id="too many"),
            pytest.param("RCPT", "552 5.2.2 mailbox full", RefusedError, "552", id="a full mailbox may be emptied"),
            pytest.param("RCPT", "530 5.7.0 log in first", RefusedError, "530", id="about the conversation, not the mailbox"),
            pytest.param("RCPT", "550 5.1.1 unknown", RejectedError, "收件地址无效：服务器答复 550 5.1.1 unknown", id="no such mailbox"),
            pytest.param("RCPT", "553 5.1.3 bad name", RejectedError, "553", id="no such name"),
            pytest.param("DATA", "451 4.3.0 later", RefusedError, "邮件正文未被接受", id="before the data"),
            pytest.param("DATA", "554 5.5.1 no", RefusedError, "554", id="refused before the data"),
            pytest.param("dot", "451 4.7.1 later", RefusedError, "邮件未被接受：服务器答复 451", id="after the data, for now"),
            pytest.param("dot", "554 5.7.1 spam", RefusedError, "554 5.7.1 spam", id="after the data"),
            pytest.param("EHLO", DROP, UnreachableError, "连接中断", id="the connection breaks at once"),
            pytest.param("MAIL", DROP, RefusedError, "连接中断", id="the connection breaks at the sender"),
            pytest.param("RCPT", DROP, RefusedError, "连接中断", id="the connection breaks at the recipient"),
            pytest.param("DATA", DROP, RefusedError, "连接中断", id="the connection breaks before the data"),
            pytest.param("EHLO", HOLD, UnreachableError, "超时", id="a server that says nothing"),
        ],
    )  # fmt: skip
    def test_a_no_before_anything_is_taken_is_no_doubt(
        self, host: MailHost, mark: Marked, step: str, reply: str, error: type[RefusedError], named: str
    ) -> None:
        host.plan(step, reply, times=2)  # HELO comes after EHLO
        with pytest.raises(error, match=named) as caught:
            send_mail(made(rich()), "li@x.test", mail_server(host), mark=mark, patience=Patience(1, 1, 1))
        assert type(caught.value) is error
        assert host.letters == []
        assert mark.times == (step == "dot")

    @pytest.mark.parametrize(
        ("step", "action", "is_taken"),
        [
            pytest.param("dot", DROP, False, id="the connection breaks, and nothing was taken"),
            pytest.param("taken", DROP, True, id="the connection breaks, and it was taken"),
            pytest.param("taken", HOLD, True, id="no answer in time"),
            pytest.param("taken", "no number", True, id="no answer that can be read"),
            pytest.param("taken", "354 go on", True, id="an answer that makes no sense"),
        ],
    )
    def test_whatever_happens_between_the_dot_and_the_answer_is_a_doubt(
        self, host: MailHost, mark: Marked, step: str, action: str, is_taken: bool
    ) -> None:
        host.plan(step, action)
        with pytest.raises(UnansweredError, match="邮件已全部发出"):
            send_mail(made(rich()), "li@x.test", mail_server(host), mark=mark, patience=QUICK)
        assert len(host.letters) == is_taken
        assert mark.times == 1

    def test_a_connection_that_breaks_after_the_yes_is_no_doubt(self, host: MailHost, mark: Marked) -> None:
        with MailHost() as other:
            other.plan("taken", "250 OK")
            send_mail(made(rich()), "li@x.test", mail_server(other), mark=mark)
        assert len(other.letters) == 1

    def test_a_server_that_is_not_there_is_told_by_name_and_reason(self, mark: Marked) -> None:
        with MailHost() as gone:
            pass
        with pytest.raises(
            UnreachableError, match=rf"邮件服务器 127.0.0.1:{gone.port}：连接不上（Connection refused）"
        ):
            send_mail(made(rich()), "li@x.test", mail_server(gone), mark=mark)

    def test_mail_too_large_for_a_server_is_refused_before_it_is_sent(self, host: MailHost, mark: Marked) -> None:
        with pytest.raises(RefusedError, match="发件地址未被接受：服务器答复 552"):
            send_mail(b"a\r\n" * 12_000_000, "li@x.test", mail_server(host), mark=mark)
        assert mark.times == 0


class TestEncryption:
    @pytest.mark.parametrize("tls", ["starttls", "implicit"])
    def test_mail_goes_encrypted_with_a_login(
        self, signed: tuple[trustme.CA, Path], mark: Marked, monkeypatch: pytest.MonkeyPatch, tls: str
    ) -> None:
        monkeypatch.setenv("FAZHI_TEST_MAIL", PASSWORD)
        certificate = signed[0].issue_cert("127.0.0.1")
        with MailHost(tls=tls, certificate=certificate, users={"digest": PASSWORD}) as host:
            server = mail_server(host, user="digest", password=Secret(env="FAZHI_TEST_MAIL"), ca_file=signed[1])
            send_mail(made(rich()), "li@x.test", server, mark=mark)
        assert [letter.data for letter in host.letters] == [made(rich())]

    @pytest.mark.parametrize("tls", ["starttls", "implicit"])
    @pytest.mark.parametrize(
        ("name", "is_known"),
        [
            pytest.param("127.0.0.1", False, id="signed by nobody we know"),
            pytest.param("other.test", True, id="of another host"),
        ],
    )
    def test_a_certificate_that_does_not_hold_is_refused(
        self, signed: tuple[trustme.CA, Path], mark: Marked, tls: str, name: str, is_known: bool
    ) -> None:
        issuer = signed[0] if is_known else trustme.CA()
        with MailHost(tls=tls, certificate=issuer.issue_cert(name)) as host:
            server = mail_server(host, ca_file=signed[1])
            with pytest.raises(UnreachableError, match="服务器证书不可信"):
                send_mail(made(rich()), "li@x.test", server, mark=mark)
        assert mark.times == 0

    def test_a_server_without_encryption_gets_nothing(self, host: MailHost, mark: Marked) -> None:
        with pytest.raises(UnreachableError, match="STARTTLS"):
            send_mail(made(rich()), "li@x.test", mail_server(host, tls="starttls"), mark=mark)
        with pytest.raises(UnreachableError, match=r"加密连接未能建立|连接中断|超时"):
            send_mail(made(rich()), "li@x.test", mail_server(host, tls="implicit"), mark=mark, patience=QUICK)
        assert host.letters == []

    def test_an_authority_that_cannot_be_read_is_told(self, host: MailHost, mark: Marked, tmp_path: Path) -> None:
        server = mail_server(host, tls="implicit", ca_file=tmp_path / "none.pem")
        with pytest.raises(UnreachableError, match=r"none.pem 读不到（No such file"):
            send_mail(made(rich()), "li@x.test", server, mark=mark)

    def test_a_password_that_is_wrong_is_told_without_it(
        self, signed: tuple[trustme.CA, Path], mark: Marked, tmp_path: Path
    ) -> None:
        file = tmp_path / "password"
        file.write_text(f"{PASSWORD}\n", encoding="utf-8")
        with MailHost(tls="implicit", certificate=signed[0].issue_cert("127.0.0.1"), users={"digest": "other"}) as host:
            server = mail_server(host, user="digest", password=Secret(file=file), ca_file=signed[1])
            with pytest.raises(UnreachableError, match="登录邮件服务器：服务器答复 535") as caught:
                send_mail(made(rich()), "li@x.test", server, mark=mark)
        assert PASSWORD not in str(caught.value)
        assert caught.value.__suppress_context__

    def test_a_password_that_is_not_there_is_told_by_its_place(self, host: MailHost, mark: Marked) -> None:
        server = mail_server(host, user="digest", password=Secret(env="FAZHI_TEST_NOT_SET"))
        with pytest.raises(UnreachableError, match="环境变量 FAZHI_TEST_NOT_SET 未设置"):
            send_mail(made(rich()), "li@x.test", server, mark=mark)

    def test_a_password_that_smtp_cannot_send_is_told(
        self, signed: tuple[trustme.CA, Path], mark: Marked, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAZHI_TEST_MAIL", "密码密码")
        with MailHost(tls="implicit", certificate=signed[0].issue_cert("127.0.0.1"), users={"digest": "x"}) as host:
            server = mail_server(host, user="digest", password=Secret(env="FAZHI_TEST_MAIL"), ca_file=signed[1])
            with pytest.raises(UnreachableError, match="不能发送的字符"):
                send_mail(made(rich()), "li@x.test", server, mark=mark)


def test_no_connection_is_left_open_however_it_ends(host: MailHost, mark: Marked) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        for step, action in (("EHLO", DROP), ("RCPT", "550 no"), ("dot", "451 later"), ("taken", DROP)):
            host.plan(step, action)
            with pytest.raises((RefusedError, UnansweredError)):
                send_mail(made(rich()), "li@x.test", mail_server(host), mark=mark, patience=QUICK)
        gc.collect()
    assert [each for each in told if "socket" in str(each.message)] == []
