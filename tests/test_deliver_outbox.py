"""What a digest sends is written down whole, goes out once, and is never given up without a word."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from pipeline.config import Config, Reader
from pipeline.deliver.lock import only_sender
from pipeline.deliver.outbox import enqueue, next_due, retry_failed, send_waiting, tally, troubles
from pipeline.deliver.records import DROPPED
from pipeline.deliver.sending import AGAIN
from pipeline.derived import deliveries, digests
from pipeline.errors import InputError
from pipeline.moments import stamp
from pipeline.weeks import Week
from pipeline.workspace.place import Workspace
from tests.deliveries import QUICK, Clock, built, config, mail_server, outcome, ready, rows, seal, states, webhook
from tests.digests import WEEK, empty, rich
from tests.servers import DROP, HookHost, MailHost

HOME = Path("/nowhere")


def leave_sending(ws: Workspace, **values: object) -> None:
    """What a sender that was killed leaves of every delivery."""
    with ws.engine.begin() as tx:
        tx.execute(update(deliveries).values(state="sending", attempts=1, begun=stamp(Clock()()), **values))


@pytest.fixture
def three(tmp_path: Path) -> Config:
    """Three readers by folder and feed."""
    names = ("云岭", "青禾", "滨望")
    readers = (Reader(name, folder=tmp_path / f"{name}-folder", feed=tmp_path / f"{name}.atom") for name in names)
    return config(tmp_path, *readers)


class TestEnqueueing:
    def test_a_digest_is_enqueued_for_every_target_of_every_reader(self, workspace: Workspace, tmp_path: Path) -> None:
        with MailHost() as host, HookHost() as hook:
            told = config(
                tmp_path,
                Reader("a", folder=tmp_path / "out", feed=tmp_path / "feed.atom", mail=("a@x.test", "b@x.test")),
                Reader("b", mail=("a@x.test",), webhooks=("robot",)),
                mail=mail_server(host),
                webhooks=(webhook(hook, tmp_path),),
            )
            ready(workspace, told)
        assert [(row.reader, row.channel, row.state) for row in rows(workspace)] == [
            ("a", "folder", "waiting"),
            ("a", "atom", "waiting"),
            ("a", "mail", "waiting"),
            ("a", "mail", "waiting"),
            ("b", "mail", "waiting"),
            ("b", "webhook", "waiting"),
        ]
        assert len({row.message_id for row in rows(workspace)}) == 6

    def test_enqueued_again_nothing_is_added_or_changed(self, workspace: Workspace, three: Config) -> None:
        made = ready(workspace, three)
        before = rows(workspace)
        other = replace(made, digests={name: empty() for name in made.digests})
        told = enqueue(workspace, other, replace(three, feed_url="https://x.test/"), now=Clock())
        assert (told.added, told.dropped) == (0, 0)
        assert rows(workspace) == before

    def test_a_reader_who_comes_later_gets_the_next_digest(
        self, workspace: Workspace, three: Config, tmp_path: Path
    ) -> None:
        ready(workspace, three)
        later = replace(three, readers=(*three.readers, Reader("later", folder=tmp_path / "later")))
        ready_again = built({reader.id: rich() for reader in later.readers})
        assert enqueue(workspace, ready_again, later, now=Clock()).added == 0
        ready(workspace, later, Week(2026, 48))
        assert [row.week for row in rows(workspace) if row.reader == "later"] == ["2026-W48"]

    def test_a_reader_who_left_is_sent_nothing_that_waits(self, workspace: Workspace, three: Config) -> None:
        made = ready(workspace, three)
        fewer = replace(three, readers=three.readers[1:])
        assert enqueue(workspace, made, fewer, now=Clock()).dropped == 2
        result = send_waiting(workspace, fewer, now=Clock())
        gone = [row for row in rows(workspace) if row.reader == "云岭"]
        assert [(row.state, row.note, row.payload) for row in gone] == [("failed", DROPPED, None)] * 2
        assert len(result.sent) == 4
        assert result.is_good
        assert not (three.readers[0].folder or HOME).exists()

    def test_who_left_between_enqueueing_and_sending_is_sent_nothing_either(
        self, workspace: Workspace, three: Config
    ) -> None:
        ready(workspace, three)
        result = send_waiting(workspace, replace(three, readers=three.readers[:1]), now=Clock())
        assert (len(result.sent), len(result.failed)) == (2, 4)
        assert all(DROPPED in line for line in result.lines[2:])

    def test_a_quiet_reader_gets_nothing_in_a_week_without_news(self, workspace: Workspace, tmp_path: Path) -> None:
        told = config(
            tmp_path, Reader("quiet", folder=tmp_path / "q", is_quiet=True), Reader("always", folder=tmp_path / "a")
        )
        seal(workspace)
        result = enqueue(workspace, built({"quiet": empty(), "always": empty()}), told, now=Clock())
        assert (result.added, result.quiet) == (1, ("quiet",))
        assert [row.reader for row in rows(workspace)] == ["always"]
        assert any("quiet" in line and "没有新情况" in line for line in result.lines)

    def test_a_week_in_which_nobody_gets_anything_is_handed_out_all_the_same(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        quiet = Reader("quiet", folder=tmp_path / "q", is_quiet=True)
        seal(workspace)
        enqueue(workspace, built({"quiet": empty()}), config(tmp_path, quiet), now=Clock())
        later = config(tmp_path, quiet, Reader("later", folder=tmp_path / "l"))
        assert enqueue(workspace, built({"quiet": empty(), "later": rich()}), later, now=Clock()).added == 0

    def test_a_quiet_reader_gets_the_news(self, workspace: Workspace, tmp_path: Path) -> None:
        told = config(tmp_path, Reader("quiet", folder=tmp_path / "q", is_quiet=True))
        seal(workspace)
        assert enqueue(workspace, built({"quiet": rich()}), told, now=Clock()).added == 1

    def test_an_address_that_is_named_twice_gets_one_copy(self, workspace: Workspace, tmp_path: Path) -> None:
        with MailHost() as host:
            told = config(tmp_path, Reader("a", mail=("Li@x.test", "li@X.test", "w@x.test")), mail=mail_server(host))
            ready(workspace, told)
            assert len(send_waiting(workspace, told, now=Clock()).sent) == 2
        assert sorted(letter.recipient for letter in host.letters) == ["Li@x.test", "w@x.test"]

    def test_a_digest_that_is_not_sealed_is_refused(self, workspace: Workspace, three: Config) -> None:
        with pytest.raises(InputError, match="expected the digest of 2026-W47 to be sealed"):
            enqueue(workspace, built({}), three, now=Clock())

    def test_one_reader_without_a_digest_leaves_nothing_enqueued(self, workspace: Workspace, three: Config) -> None:
        seal(workspace)
        with pytest.raises(InputError, match="滨望"):
            enqueue(workspace, built({"云岭": rich(), "青禾": rich()}), three, now=Clock())
        assert rows(workspace) == []

    @pytest.mark.parametrize(
        ("reader", "named"),
        [
            pytest.param(Reader("a", mail=("a@x.test",)), "mail server", id="mail without a server"),
            pytest.param(Reader("a", webhooks=("robot",)), "webhook 'robot'", id="a webhook that is not there"),
        ],
    )
    def test_a_target_without_its_server_is_refused(
        self, workspace: Workspace, tmp_path: Path, reader: Reader, named: str
    ) -> None:
        seal(workspace)
        with pytest.raises(InputError, match=named):
            enqueue(workspace, built({"a": rich()}), config(tmp_path, reader), now=Clock())

    def test_a_message_id_is_the_same_in_a_copy_of_the_workspace_and_other_elsewhere(
        self, workspace: Workspace, three: Config
    ) -> None:
        ready(workspace, three)
        first = {row.message_id for row in rows(workspace)}
        with workspace.engine.begin() as tx:
            tx.execute(deliveries.delete())
            tx.execute(digests.update().values(handed=None))
        enqueue(workspace, built({reader.id: empty() for reader in three.readers}), three, now=Clock())
        assert {row.message_id for row in rows(workspace)} == first


class TestSending:
    def test_each_target_gets_the_message_once_however_often_it_is_called(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        with MailHost() as host, HookHost() as hook:
            told = config(
                tmp_path,
                Reader(
                    "a",
                    folder=tmp_path / "out",
                    feed=tmp_path / "f.atom",
                    mail=("a@x.test", "b@x.test"),
                    webhooks=("robot",),
                ),
                mail=mail_server(host),
                webhooks=(webhook(hook, tmp_path),),
            )
            made = ready(workspace, told)
            first = send_waiting(workspace, told, now=Clock())
            enqueue(workspace, made, told, now=Clock())
            second = send_waiting(workspace, told, now=Clock())
        assert len(first.sent) == 5
        assert first.is_good
        assert second.sent == ()
        assert second.lines == ("没有待发的周报",)
        assert list(host.copies().values()) == [1, 1]
        assert len(hook.calls) == 1

    def test_what_was_sent_is_no_longer_kept_but_for_the_entry_of_a_feed(
        self, workspace: Workspace, three: Config
    ) -> None:
        ready(workspace, three)
        send_waiting(workspace, three, now=Clock())
        kept = {row.channel: len(row.payload or b"") for row in rows(workspace)}
        assert kept["folder"] == 0
        assert 0 < kept["atom"] < 8000

    def test_one_recipient_who_is_refused_does_not_hold_the_others(self, workspace: Workspace, tmp_path: Path) -> None:
        with MailHost() as host:
            host.plan("RCPT", "550 5.1.1 no such user", target="gone@x.test")
            host.plan("RCPT", "451 4.7.1 come back later", target="grey@x.test")
            told = config(
                tmp_path, Reader("a", mail=("gone@x.test", "grey@x.test", "li@x.test")), mail=mail_server(host)
            )
            ready(workspace, told)
            clock = Clock()
            result = send_waiting(workspace, told, now=clock)
            assert outcome(result) == {"sent": ["li@x.test"], "waiting": ["grey@x.test"], "failed": ["gone@x.test"]}
            assert not result.is_good
            assert "550 5.1.1 no such user" in result.failed[0].note
            clock.forward(minutes=5)
            assert outcome(send_waiting(workspace, told, now=clock)) == {"sent": ["grey@x.test"]}
        assert sorted(host.copies().values()) == [1, 1]
        assert any("gone@x.test" in line and "550" in line for line in troubles(workspace))

    def test_what_is_no_address_fails_alone_and_at_once(self, workspace: Workspace, tmp_path: Path) -> None:
        with MailHost() as host:
            told = config(tmp_path, Reader("a", mail=("li.x.test", "li@x.test")), mail=mail_server(host))
            ready(workspace, told)
            assert states(workspace) == {"li.x.test": "failed", "li@x.test": "waiting"}
            assert outcome(send_waiting(workspace, told, now=Clock())) == {"sent": ["li@x.test"]}
        assert "不是可用的邮件地址" in troubles(workspace)[0]

    def test_a_server_that_is_down_is_tried_again_ever_more_seldom(self, workspace: Workspace, tmp_path: Path) -> None:
        with MailHost() as host:
            told = config(tmp_path, Reader("a", mail=("a@x.test", "b@x.test")), mail=mail_server(host))
        ready(workspace, told)
        clock, waits = Clock(), []
        for _ in range(9):
            result = send_waiting(workspace, told, now=clock)
            assert outcome(result) == {"waiting": ["a@x.test", "b@x.test"]}
            due = next_due(workspace, now=clock)
            assert due is not None
            waits.append(int((due - clock()).total_seconds() / 60))
            clock.at = due
        assert waits == [5, 10, 20, 40, 80, 160, 320, 360, 360]
        assert "Connection refused" in rows(workspace)[0].note

    def test_what_is_not_due_is_left_alone(self, workspace: Workspace, tmp_path: Path) -> None:
        with MailHost() as host:
            host.plan("MAIL", "421 4.3.2 busy")
            told = config(tmp_path, Reader("a", mail=("a@x.test",)), mail=mail_server(host))
            ready(workspace, told)
            clock = Clock()
            send_waiting(workspace, told, now=clock)
            clock.forward(minutes=4)
            assert outcome(send_waiting(workspace, told, now=clock)) == {"waiting": ["a@x.test"]}
            assert host.letters == []
            assert rows(workspace)[0].attempts == 1

    def test_after_seven_days_it_has_failed_and_says_why(self, workspace: Workspace, tmp_path: Path) -> None:
        with MailHost() as host:
            told = config(tmp_path, Reader("a", mail=("a@x.test",)), mail=mail_server(host))
        ready(workspace, told)
        clock = Clock()
        while not (result := send_waiting(workspace, told, now=clock)).failed:
            clock.at = next_due(workspace, now=clock) or clock()
        assert timedelta(days=7) < clock() - Clock()() < timedelta(days=7, hours=6)
        assert "Connection refused" in result.failed[0].note
        assert not result.is_good
        assert next_due(workspace, now=clock) is None
        assert "发送失败" in troubles(workspace)[0]

    def test_what_failed_is_sent_when_somebody_asks_for_it(self, workspace: Workspace, tmp_path: Path) -> None:
        with MailHost() as host:
            host.plan("RCPT", "550 5.1.1 no such user")
            told = config(tmp_path, Reader("a", mail=("li@x.test", "bad")), mail=mail_server(host))
            ready(workspace, told)
            send_waiting(workspace, told, now=Clock())
            assert retry_failed(workspace, "2026-W46") == 0
            assert retry_failed(workspace, str(WEEK)) == 1
            assert outcome(send_waiting(workspace, told, now=Clock())) == {"sent": ["li@x.test"]}
        assert len(host.letters) == 1

    def test_asked_to_stop_it_leaves_the_rest_for_later(self, workspace: Workspace, three: Config) -> None:
        ready(workspace, three)
        told: list[str] = []
        result = send_waiting(workspace, three, now=Clock(), tell=told.append, stop=lambda: len(told) >= 2)
        assert (len(result.sent), len(result.waiting)) == (2, 4)
        assert len(send_waiting(workspace, three, now=Clock()).sent) == 4

    def test_only_one_sends_at_a_time(self, workspace: Workspace, three: Config) -> None:
        ready(workspace, three)
        with only_sender(workspace), pytest.raises(InputError, match="expected to be the only sender"):
            send_waiting(workspace, three, now=Clock())
        assert len(send_waiting(workspace, three, now=Clock()).sent) == 6

    def test_what_is_given_up_while_others_are_sent_is_not_sent(self, workspace: Workspace, three: Config) -> None:
        made = ready(workspace, three)
        fewer = replace(three, readers=three.readers[:1])
        told: list[str] = []

        def tell(line: str) -> None:
            if not told:
                enqueue(workspace, made, fewer, now=Clock())
            told.append(line)

        result = send_waiting(workspace, three, now=Clock(), tell=tell)
        assert (len(result.sent), len(result.failed)) == (2, 4)
        assert all(each.note == DROPPED for each in result.failed)

    def test_failures_are_told_for_eight_digests_and_those_of_who_left_are_not(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        with MailHost() as host:
            told = config(tmp_path, Reader("a", mail=("bad", "li@x.test")), mail=mail_server(host))
            for number in range(40, 50):
                ready(workspace, told, Week(2026, number))
            assert tally(workspace) == (10, 8)
            assert len(troubles(workspace)) == 8
            send_waiting(workspace, config(tmp_path), now=Clock())
        assert tally(workspace) == (0, 8)
        assert not [line for line in troubles(workspace) if DROPPED in line]

    def test_weeks_that_waited_go_out_in_their_order(self, workspace: Workspace, three: Config) -> None:
        for number in (47, 48, 49):
            ready(workspace, three, Week(2026, number))
        result = send_waiting(workspace, three, now=Clock())
        assert [each.week for each in result.sent] == ["2026-W47"] * 6 + ["2026-W48"] * 6 + ["2026-W49"] * 6


class TestDoubt:
    """A delivery that is found `sending`, or whose answer stayed out."""

    def test_after_a_crash_mail_is_sent_again_in_the_same_bytes_and_recorded(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        with MailHost() as host:
            told = config(tmp_path, Reader("a", mail=("a@x.test",)), mail=mail_server(host))
            ready(workspace, told)
            before = rows(workspace)[0]
            leave_sending(workspace)
            result = send_waiting(workspace, told, now=Clock())
        row = rows(workspace)[0]
        assert outcome(result) == {"sent": ["a@x.test"], "doubtful": ["a@x.test"]}
        assert (row.state, row.doubtful, row.attempts, row.note) == ("sent", 1, 2, AGAIN)
        assert host.letters[0].data == before.payload
        assert host.letters[0].message_id == before.message_id == row.message_id
        assert AGAIN in result.lines[0]

    def test_after_a_crash_a_webhook_is_called_again_with_the_same_key_and_recorded(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        with HookHost() as hook:
            told = config(tmp_path, Reader("a", webhooks=("robot",)), webhooks=(webhook(hook, tmp_path),))
            ready(workspace, told)
            leave_sending(workspace)
            send_waiting(workspace, told, now=Clock())
        row = rows(workspace)[0]
        assert (row.state, row.doubtful) == ("sent", 1)
        assert [call.headers["Idempotency-Key"] for call in hook.calls] == [row.message_id]

    def test_after_a_crash_folder_and_feed_are_completed_without_a_doubt(
        self, workspace: Workspace, three: Config
    ) -> None:
        ready(workspace, three)
        leave_sending(workspace)
        result = send_waiting(workspace, three, now=Clock())
        assert (len(result.sent), result.doubtful) == (6, ())
        assert {(row.state, row.doubtful, row.note) for row in rows(workspace)} == {("sent", 0, "")}

    @pytest.mark.parametrize(
        ("step", "action"),
        [
            pytest.param("dot", DROP, id="the connection breaks before the message is taken"),
            pytest.param("taken", DROP, id="the connection breaks after the message was taken"),
            pytest.param("taken", "HOLD", id="no answer in time"),
            pytest.param("taken", "xyz what", id="an answer that is none"),
        ],
    )
    def test_an_answer_that_stays_out_makes_one_more_copy_later(
        self, workspace: Workspace, tmp_path: Path, step: str, action: str
    ) -> None:
        with MailHost() as host:
            host.plan(step, action)
            told = config(tmp_path, Reader("a", mail=("a@x.test", "b@x.test")), mail=mail_server(host))
            ready(workspace, told)
            clock = Clock()
            result = send_waiting(workspace, told, now=clock, patience=QUICK)
            assert outcome(result) == {"sent": ["b@x.test"], "doubtful": ["a@x.test"]}
            assert not result.is_good
            assert "是否送达不明" in result.lines[1]
            assert outcome(send_waiting(workspace, told, now=clock, patience=QUICK)) == {"doubtful": ["a@x.test"]}
            clock.forward(minutes=5)
            result = send_waiting(workspace, told, now=clock, patience=QUICK)
            assert outcome(result) == {"sent": ["a@x.test"], "doubtful": ["a@x.test"]}
            assert result.is_good
        assert rows(workspace)[0].doubtful == 1
        copies = [letter.data for letter in host.letters if letter.recipient == "a@x.test"]
        assert len(copies) == (1 if step == "dot" else 2)
        assert len(set(copies)) == 1

    def test_an_answer_that_stays_out_twice_ends_it_with_a_word(self, workspace: Workspace, tmp_path: Path) -> None:
        with MailHost() as host:
            host.plan("taken", DROP, times=9)
            told = config(tmp_path, Reader("a", mail=("a@x.test",)), mail=mail_server(host))
            ready(workspace, told)
            clock = Clock()
            send_waiting(workspace, told, now=clock, patience=QUICK)
            clock.forward(minutes=5)
            result = send_waiting(workspace, told, now=clock, patience=QUICK)
            assert outcome(result) == {"failed": ["a@x.test"], "doubtful": ["a@x.test"]}
            assert "可能已经送达" in result.failed[0].note
            clock.forward(days=1)
            assert outcome(send_waiting(workspace, told, now=clock, patience=QUICK)) == {}
        assert len(host.letters) == 2
        assert "可能已经送达" in troubles(workspace)[0]

    def test_a_doubt_stays_one_while_the_server_is_down(self, workspace: Workspace, tmp_path: Path) -> None:
        with MailHost() as host:
            host.plan("taken", DROP)
            host.plan("MAIL", "", times=1)
            told = config(tmp_path, Reader("a", mail=("a@x.test",)), mail=mail_server(host))
            ready(workspace, told)
            clock = Clock()
            send_waiting(workspace, told, now=clock, patience=QUICK)
            host.plan("MAIL", "421 4.3.2 busy", times=2)
            for _ in range(2):
                clock.at = next_due(workspace, now=clock) or clock()
                assert outcome(send_waiting(workspace, told, now=clock, patience=QUICK)) == {"doubtful": ["a@x.test"]}
            assert (rows(workspace)[0].state, rows(workspace)[0].doubtful) == ("sending", 0)
            clock.at = next_due(workspace, now=clock) or clock()
            assert outcome(send_waiting(workspace, told, now=clock)) == {"sent": ["a@x.test"], "doubtful": ["a@x.test"]}
        assert rows(workspace)[0].doubtful == 1

    def test_a_machine_that_dies_each_time_makes_no_more_than_three_copies_more(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        with MailHost() as host:
            told = config(tmp_path, Reader("a", mail=("a@x.test",)), mail=mail_server(host))
            ready(workspace, told)
            leave_sending(workspace, doubtful=3)
            result = send_waiting(workspace, told, now=Clock())
        assert outcome(result) == {"failed": ["a@x.test"]}
        assert "可能已经送达" in result.failed[0].note
        assert host.letters == []

    def test_a_doubt_about_somebody_who_left_is_told(self, workspace: Workspace, tmp_path: Path) -> None:
        with MailHost() as host:
            told = config(tmp_path, Reader("a", mail=("a@x.test",)), mail=mail_server(host))
            ready(workspace, told)
            leave_sending(workspace)
            result = send_waiting(workspace, config(tmp_path), now=Clock())
        assert "可能已经送达" in result.failed[0].note
        assert host.letters == []
