"""A secret is read where it is kept, told by its place only, and taken out of whatever others say."""

from pathlib import Path

import pytest

from pipeline.config import Secret
from pipeline.deliver.secrets import HIDDEN, SecretError, exposure, is_given, parts_of, reveal, scrub

VALUE = "tok-91f3-geheim"
URL = f"https://hooks.test/cgi-bin/send?key={VALUE}&v=1"


def kept(folder: Path, content: bytes, mode: int = 0o600) -> Secret:
    path = folder / "secret"
    path.write_bytes(content)
    path.chmod(mode)
    return Secret(file=path)


class TestRevealing:
    def test_a_secret_of_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FAZHI_TEST_SECRET", f" {VALUE} ")
        assert reveal(Secret(env="FAZHI_TEST_SECRET")) == VALUE

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(VALUE.encode(), id="bare"),
            pytest.param(f"{VALUE}\n".encode(), id="with the newline of an editor"),
            pytest.param(f"{VALUE}\r\n".encode(), id="with that of Windows"),
        ],
    )
    def test_a_secret_of_a_file(self, tmp_path: Path, content: bytes) -> None:
        assert reveal(kept(tmp_path, content)) == VALUE

    def test_it_is_read_each_time(self, tmp_path: Path) -> None:
        secret = kept(tmp_path, b"old")
        assert reveal(secret) == "old"
        kept(tmp_path, b"new")
        assert reveal(secret) == "new"

    def test_its_value_is_in_no_record(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FAZHI_TEST_SECRET", VALUE)
        for secret in (Secret(env="FAZHI_TEST_SECRET"), kept(tmp_path, VALUE.encode())):
            reveal(secret)
            assert VALUE not in repr(secret)

    @pytest.mark.parametrize(
        ("value", "named"),
        [pytest.param(None, "is not set", id="not set"), pytest.param("  ", "is not set", id="blank")],
    )
    def test_a_variable_that_is_not_there_is_named(
        self, monkeypatch: pytest.MonkeyPatch, value: str | None, named: str
    ) -> None:
        monkeypatch.delenv("FAZHI_TEST_SECRET", raising=False)
        if value is not None:
            monkeypatch.setenv("FAZHI_TEST_SECRET", value)
        with pytest.raises(SecretError, match=f"environment variable FAZHI_TEST_SECRET, but it {named}") as caught:
            reveal(Secret(env="FAZHI_TEST_SECRET"))
        assert caught.value.words == "环境变量 FAZHI_TEST_SECRET 未设置"

    @pytest.mark.parametrize(
        ("content", "named"),
        [
            pytest.param(None, "No such file", id="not there"),
            pytest.param(b"\n", "is empty", id="empty"),
            pytest.param(VALUE.encode("utf-16"), "got other bytes", id="no UTF-8"),
        ],
    )
    def test_a_file_that_holds_none_is_named_without_what_it_holds(
        self, tmp_path: Path, content: bytes | None, named: str
    ) -> None:
        secret = Secret(file=tmp_path / "secret") if content is None else kept(tmp_path, content)
        with pytest.raises(SecretError, match=named) as caught:
            reveal(secret)
        assert str(secret.file) in str(caught.value)
        assert str(secret.file) in caught.value.words
        assert caught.value.__cause__ is None
        assert VALUE not in str(caught.value)

    def test_nothing_said_is_no_secret(self) -> None:
        assert not is_given(Secret())
        with pytest.raises(SecretError, match="got neither"):
            reveal(Secret())


class TestExposure:
    def test_a_file_that_everybody_can_read_is_told(self, tmp_path: Path) -> None:
        assert "chmod 600" in exposure(kept(tmp_path, b"x", 0o644))

    @pytest.mark.parametrize("mode", [0o600, 0o400, 0o640])
    def test_a_file_of_one_user_or_group_is_not(self, tmp_path: Path, mode: int) -> None:
        assert exposure(kept(tmp_path, b"x", mode)) == ""

    def test_what_is_no_file_is_not(self, tmp_path: Path) -> None:
        assert exposure(Secret(env="X")) == exposure(Secret()) == exposure(Secret(file=tmp_path / "none")) == ""


class TestScrubbing:
    @pytest.mark.parametrize(
        "told",
        [
            pytest.param(f"invalid key {VALUE}", id="the token"),
            pytest.param(f"POST {URL} failed", id="the address"),
            pytest.param(f"Max retries exceeded with url: /cgi-bin/send?key={VALUE}&v=1", id="path and query"),
            pytest.param("AUTH dG9rLTkxZjMtZ2VoZWlt", id="in Base64"),
        ],
    )
    def test_an_address_and_its_token_are_taken_out(self, told: str) -> None:
        cleaned = scrub(told, parts_of(URL))
        assert VALUE not in cleaned
        assert "dG9rLTkxZjMtZ2VoZWlt" not in cleaned
        assert HIDDEN in cleaned

    def test_a_token_is_taken_out_as_written_and_as_read(self) -> None:
        parts = parts_of("https://hooks.test/x?key=a%2Fb%3Dc1")
        assert scrub("a%2Fb%3Dc1 a/b=c1", parts) == f"{HIDDEN} {HIDDEN}"

    def test_what_is_no_address_is_taken_out_whole(self) -> None:
        assert scrub("bad url [x", parts_of("[x")) == f"bad url {HIDDEN}"

    def test_a_token_of_the_path_is_taken_out_and_its_words_are_not(self) -> None:
        parts = parts_of("https://hooks.test/services/incoming-webhook/T0AB/xYzAbCdEfGhIjKlMnOp")
        assert (
            scrub("webhook T0AB of services: xYzAbCdEfGhIjKlMnOp", parts) == f"webhook {HIDDEN} of services: {HIDDEN}"
        )

    def test_other_words_stay(self) -> None:
        assert scrub("errcode 93000: v1 is gone", (*parts_of(URL), "")) == "errcode 93000: v1 is gone"
