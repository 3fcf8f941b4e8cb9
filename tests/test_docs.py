"""What the README says must be so, and what is there must be in the README."""

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
README_ZH = (ROOT / "README.zh.md").read_text(encoding="utf-8")
GROUP = typer.main.get_command(app)
COMMANDS = sorted(GROUP.commands)  # type: ignore[attr-defined]  # a group has them, its base has not


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert "Example: fazhi" in " ".join(result.output.split())


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("readme", [README, README_ZH], ids=["english", "chinese"])
def test_every_command_has_a_line_in_the_readme(command: str, readme: str) -> None:
    assert re.search(rf"^\| `fazhi {command}\b", readme, re.MULTILINE)


@pytest.mark.parametrize("readme", [README, README_ZH], ids=["english", "chinese"])
def test_the_readme_names_no_command_that_is_not_there(readme: str) -> None:
    named = set(re.findall(r"^\| `fazhi ([a-z]+)", readme, re.MULTILINE))
    assert named == set(COMMANDS)


@pytest.mark.parametrize("words", ["make run", "make test"])
def test_both_readmes_show_the_two_commands(words: str) -> None:
    assert words in README
    assert words in README_ZH


def test_public_names_are_exported_and_documented() -> None:
    for name in pipeline.__all__:
        assert getattr(pipeline, name).__doc__
        assert f"`{name}`" in README


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(AttributeError, match="find_commitments"):
        pipeline.find_everything  # noqa: B018  # the access is what is tested
