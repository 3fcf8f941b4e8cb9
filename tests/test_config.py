"""A configuration is read strictly, and all that is wrong with it is told together."""

from pathlib import Path

import pytest

from pipeline.config import Config, MailServer, Reader, Schedule, Secret, Webhook, read_config
from pipeline.errors import InputError, NotFoundError

SOURCES = """
contact = "office@fazhi.test"

[[source]]
id = "qinghe"
name = "青禾县 法治政府建设"
entry = "http://www.qinghe.test/fzzfjs/"
place = "539901"
place_name = "青禾县"
allow_loopback = true
"""
WHOLE = """
workspace = "ws"
db = { env = "FAZHI_DB" }
sources = "sources.toml"
contact = "office@fazhi.test"
references = ["outline", "云岭市法治政府建设实施方案"]
backup = "/backups"
feed_url = "https://fazhi.test/weekly/"
jobs = 2

[schedule]
cycle = "0 20 * * 0"
digest = ""
backup = "0 3 1 * *"

[mail]
host = "smtp.fazhi.test"
tls = "implicit"
user = "digest"
password = { file = "secrets/smtp" }
sender = "法治周报 <digest@fazhi.test>"
ca_file = "ca.pem"

[[webhook]]
name = "group"
robot = "dingtalk"
url = { env = "GROUP_URL" }
sign = { env = "GROUP_SIGN" }

[[reader]]
id = "sfj"
name = "云岭市司法局"
places = ["青禾县", "512021", "凉山州"]
headings = [5, "政府职能", "5"]
indicators = ["litigation_loss_rate", "行政机关负责人出庭应诉率"]
bodies = ["县司法局"]
folder = "out/sfj"
feed = "out/sfj.xml"
mail = ["one@fazhi.test", "two@fazhi.test", "one@fazhi.test"]
webhooks = ["group"]
quiet = true
"""


def written(folder: Path, content: str) -> Path:
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    path = folder / "fazhi.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_every_key_is_read_and_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, WHOLE)
    monkeypatch.chdir(tmp_path.parent)
    assert read_config(path.relative_to(tmp_path.parent)) == Config(
        workspace=tmp_path / "ws",
        db=Secret(env="FAZHI_DB"),
        sources=tmp_path / "sources.toml",
        contact="office@fazhi.test",
        references=("outline", "云岭市法治政府建设实施方案"),
        backup=Path("/backups"),
        feed_url="https://fazhi.test/weekly/",
        jobs=2,
        schedule=Schedule(cycle="0 20 * * 0", digest="", backup="0 3 1 * *"),
        mail=MailServer(
            host="smtp.fazhi.test",
            sender="法治周报 <digest@fazhi.test>",
            port=465,
            tls="implicit",
            user="digest",
            password=Secret(file=tmp_path / "secrets" / "smtp"),
            ca_file=tmp_path / "ca.pem",
        ),
        webhooks=(Webhook("group", Secret(env="GROUP_URL"), "dingtalk", Secret(env="GROUP_SIGN")),),
        readers=(
            Reader(
                id="sfj",
                name="云岭市司法局",
                places=("青禾县", "512021", "凉山州"),
                headings=(5, 2),
                indicators=("litigation_loss_rate", "head_court_appearance_rate"),
                bodies=("县司法局",),
                folder=tmp_path / "out" / "sfj",
                feed=tmp_path / "out" / "sfj.xml",
                mail=("one@fazhi.test", "two@fazhi.test"),
                webhooks=("group",),
                is_quiet=True,
            ),
        ),
    )


def test_a_workspace_is_all_that_must_be_told(tmp_path: Path) -> None:
    config = read_config(written(tmp_path, '\ufeffworkspace = "ws"\n'))
    assert config == Config(workspace=tmp_path / "ws")
    assert (config.schedule.cycle, config.schedule.digest, config.schedule.backup) == (
        "0 20 * * sun",
        "0 7 * * mon",
        "",
    )


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("implicit", 465), ("none", 25)])
def test_the_port_of_mail_follows_from_how_it_is_kept_secret(tls: str, port: int, tmp_path: Path) -> None:
    mail = f'workspace = "ws"\n[mail]\nhost = "localhost"\nsender = "digest@fazhi.test"\ntls = "{tls}"\n'
    found = read_config(written(tmp_path, mail)).mail
    assert found is not None
    assert (found.port, found.user, found.password) == (port, "", Secret())


TOP = 'workspace = "ws"\n'
MAIL = f'{TOP}[mail]\nhost = "smtp.fazhi.test"\nsender = "digest@fazhi.test"\n'
HOOK = f'{TOP}[[webhook]]\nname = "group"\n'
READER = f'{TOP}sources = "sources.toml"\n[[reader]]\nid = "sfj"\n'
BAD = [
    pytest.param("", "workspace: expected, but it is missing", id="nothing at all"),
    pytest.param('workspace = ""', "workspace: expected a text, got an empty one", id="an empty path"),
    pytest.param("workspace = 1", "workspace: expected a text", id="a number for a text"),
    pytest.param('workspace = "a\\nb"', "workspace: expected a text in one line", id="a line break in a path"),
    pytest.param(f'{TOP}contakt = "x"', "contakt: there is no such key; did you mean contact?", id="a slip of the pen"),
    pytest.param(f"{TOP}colour = 1", "colour: there is no such key; there are workspace, ", id="a key like no other"),
    pytest.param(f"{TOP}jobs = 0", "jobs: expected a whole number from 1 to", id="a number out of its range"),
    pytest.param(f"{TOP}jobs = true", "jobs: expected a whole number from 1 to", id="true is no number"),
    pytest.param(f'{TOP}feed_url = "fazhi.test"', "feed_url: expected an address that begins", id="an address without http"),
    pytest.param(f'{TOP}references = "outline"', "references: expected a list of texts", id="a text for a list"),
    pytest.param(f'{TOP}references = [""]', "references: expected a text, got an empty one", id="an empty text in a list"),
    pytest.param(f'{TOP}sources = "none.toml"', "sources: .*none.toml: there is no such file", id="sources that are not there"),
    pytest.param(f'{TOP}db = "postgresql://u:p@db.test/f"', "db: .*got a plain text: no secret", id="an address with a password"),
    pytest.param(f"{TOP}db = {{ env = 'A', file = 'b' }}", "db: expected .*got the keys env, file", id="two places of a secret"),
    pytest.param(f"{TOP}db = {{ }}", "db: expected .*got the keys none", id="no place of a secret"),
    pytest.param(f"{TOP}db = {{ env = 'A B' }}", "db env: expected the name of a variable", id="no name of a variable"),
    pytest.param(f"{TOP}db = {{ env = '' }}", "db env: expected a text, got an empty one", id="an empty name of a variable"),
    pytest.param(f"{TOP}[schedule]\ncycle = 'weekly'", r"\[schedule\] cycle: expected the five fields", id="no cron expression"),
    pytest.param(f"{TOP}[schedule]\nbackup = '0 3 * * *'", r"\[schedule\] backup: expected backup = ", id="a backup to nowhere"),
    pytest.param(f"{TOP}[schedule]\ncycles = ''", r"\[schedule\] cycles: .*did you mean cycle\?", id="a slip in a table"),
    pytest.param(f"{TOP}schedule = 'weekly'", r"schedule: expected a table \[schedule\]", id="a text for a table"),
    pytest.param(f"{TOP}[reader]\nid = 'sfj'", r"reader: expected tables \[\[reader\]\]", id="one table for tables"),
    pytest.param(f"{TOP}[mail]\n", r"\[mail\] host: expected, but it is missing; \[mail\] sender", id="an empty table of mail"),
    pytest.param(MAIL.replace("smtp.fazhi.test", "smtp.fazhi.test:25"), r"\[mail\] host: .*without port", id="a port behind a host"),
    pytest.param(MAIL.replace("digest@", "digest"), r"\[mail\] sender: expected an address", id="a sender who is none"),
    pytest.param(f"{MAIL}port = 70000", r"\[mail\] port: expected a whole number", id="a port that is none"),
    pytest.param(f"{MAIL}tls = 'ssl'", r"\[mail\] tls: expected one of starttls, implicit, none", id="a word that is not in a set"),
    pytest.param(f"{MAIL}password = 'hunter2'", r"\[mail\] password: .*no secret stands in this file", id="a plain password"),
    pytest.param(f"{MAIL}password = {{ env = 'P' }}", r"\[mail\] user: expected user and password", id="a password of nobody"),
    pytest.param(f"{MAIL}user = 'digest'", r"\[mail\] password: expected user and password", id="a user without a password"),
    pytest.param(f"{MAIL}tls = 'none'", r"\[mail\] tls: expected starttls or implicit", id="mail in the clear through a network"),
    pytest.param(HOOK, r"\[\[webhook\]\] group url: expected, but it is missing", id="a webhook without an address"),
    pytest.param(f"{HOOK}url = 'https://fazhi.test/?key=1'", r"\[\[webhook\]\] group url: .*no secret", id="a token in the file"),
    pytest.param(f"{HOOK}url = {{ env = 'U' }}\nsign = {{ env = 'S' }}", "sign: expected only with robot", id="a sign of no robot"),
    pytest.param(f"{HOOK}url = {{ env = 'U' }}\nrobot = 'feishu'", "robot: expected one of generic, wecom", id="an unknown robot"),
    pytest.param(f"{READER}name = 3", r"\[\[reader\]\] sfj name: expected a text", id="the reader of a slip is named"),
    pytest.param(f"{TOP}[[reader]]\nname = '无编号'", r"\[\[reader\]\] number 1 id: expected, but it is missing", id="a reader without an id"),
    pytest.param(f"{TOP}[[reader]]\nid = '../x'", "id: expected lower-case letters", id="an id that leaves its folder"),
    pytest.param(f"{READER}[[reader]]\nid = 'sfj'", r"\[\[reader\]\] id: expected 2 different ones, got sfj 2 times", id="two readers of one id"),
    pytest.param(
        f"{READER}feed = 'a.xml'\n[[reader]]\nid = 'b'\nfeed = './a.xml'", r"\[\[reader\]\] feed: expected 2 different ones", id="two readers of one feed"
    ),
    pytest.param(f"{READER}places = ['青木县']", "places: expected a place of GB/T 2260, or the place_name", id="a place in no list"),
    pytest.param(f"{READER}places = ['999999']", "places: expected a code of GB/T 2260", id="a code in no list"),
    pytest.param(f"{READER}places = ['朝阳区']", "places: expected one place, but several .*110105", id="a place of which there are two"),
    pytest.param(f"{READER}places = '青禾县'", "places: expected a list of texts", id="one place without brackets"),
    pytest.param(f"{READER}headings = [11]", "headings: expected a heading of the outline, got 11; there are 1", id="a heading too many"),
    pytest.param(f"{READER}headings = ['执法']", "headings: expected a heading .*5 \\(行政执法\\)", id="a title that is none"),
    pytest.param(f"{READER}headings = [5.0]", "headings: expected numbers from 1 to 10", id="a broken number"),
    pytest.param(f"{READER}indicators = ['行政诉讼败诉比率']", "indicators: expected the id or name .*there are", id="an indicator in no catalogue"),
    pytest.param(f"{READER}mail = ['one@fazhi.test']", r"sfj mail: expected a table \[mail\]", id="mail without a server"),
    pytest.param(f"{READER}mail = ['甲 <one@fazhi.test>']", "mail: expected an address of mail", id="a name before an address"),
    pytest.param(f"{READER}mail = ['one@fazhi.test\\r\\nBcc: x@y.test']".replace("'", '"'), "mail: expected an address", id="a header smuggled in"),
    pytest.param(f"{READER}webhooks = ['grup']\n[[webhook]]\nname = 'group'\nurl = {{ env = 'U' }}", "webhooks: .*there are group", id="an unknown webhook"),
    pytest.param(f"{READER}quiet = 'yes'", "quiet: expected true or false", id="a word for true"),
    pytest.param("workspace = ws", "expected a TOML file in UTF-8", id="no TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said"), BAD)
def test_what_is_wrong_is_told_with_its_table_and_key(content: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_config(written(tmp_path, content))
    assert str(caught.value).startswith(str(tmp_path / "fazhi.toml"))
    assert "hunter2" not in str(caught.value)
    assert "u:p@" not in str(caught.value)


def test_several_slips_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_config(
            written(tmp_path, f"{READER}quit = true\nheadings = [12]\n[schedule]\ndigest = 'x'\n[mail]\nport = '25'")
        )
    for said in ("[[reader]] sfj quit", "[[reader]] sfj headings", "[schedule] digest", "[mail] port", "[mail] host"):
        assert said in str(caught.value)


def test_places_are_those_of_the_gazetteer_or_of_a_source(tmp_path: Path) -> None:
    told = f"{READER}places = ['四川省', '539901', '青禾县', '110105', '第八师石河子市']"
    assert read_config(written(tmp_path, told)).readers[0].places[-1] == "第八师石河子市"


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "fazhi.toml"
    path.write_bytes('workspace = "工作区"'.encode("gb18030"))
    with pytest.raises(InputError, match="UTF-8"):
        read_config(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"no\.toml: there is no such configuration file"):
        read_config(tmp_path / "no.toml")
