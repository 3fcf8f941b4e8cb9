"""Whether a configuration would work: what it names is there, and what it started goes well. Nothing is sent."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pipeline import store
from pipeline.config import Config, Secret, read_config
from pipeline.deliver.outbox import troubles
from pipeline.deliver.secrets import SecretError, exposure, is_given, reveal
from pipeline.doctor import Diagnosis
from pipeline.errors import PipelineError
from pipeline.resources import bundled
from pipeline.scrape.sources import Sources, read_sources
from pipeline.watch.health import tell_health
from pipeline.workspace.place import open_workspace


def check_config(path: Path, now: datetime) -> Diagnosis:
    """Look at a configuration, the secrets that it names, and the state of its workspace; in Chinese.

    Raises:
        NotFoundError: there is no such file.
        InputError: something in it is not as it should be.
    """
    config = read_config(path)
    listed = read_sources(config.sources or bundled("corpora", "sources.toml"))
    lines = [*_about(path, config, listed)]
    problems = [*_contact(config, listed)]
    for name, secret in _secrets(config):
        try:
            reveal(secret)
            lines += filter(None, [exposure(secret)])
        except SecretError as error:
            problems.append(f"{name}：{error.words}")
    if config.mail and config.mail.ca_file and not config.mail.ca_file.is_file():
        problems.append(f"[mail] ca_file：没有文件 {config.mail.ca_file}")
    told, wrong = tell_health(config.workspace, config.schedule, now)
    return Diagnosis((*lines, *told), (*problems, *wrong, *_database(config)))


def _about(path: Path, config: Config, listed: Sources) -> Iterator[str]:
    yield f"{path}：工作区 {config.workspace}，来源{len(listed.sources)}个，读者{len(config.readers)}个"
    for reader in config.readers:
        ways = ["文件夹"] * bool(reader.folder) + ["订阅源"] * bool(reader.feed)
        ways += [f"邮件{len(reader.mail)}个"] * bool(reader.mail) + [f"消息推送{len(reader.webhooks)}个"] * bool(
            reader.webhooks
        )
        called = f"{reader.id}（{reader.name}）" if reader.name else reader.id
        yield f"{called}：{'、'.join(ways) or '只在工作区的 digests 文件夹里'}"


def _contact(config: Config, listed: Sources) -> Iterator[str]:
    is_asked = any(not source.allow_loopback for source in listed.sources)
    if is_asked and not (config.contact or listed.contact):
        yield "没有联系方式：在配置或来源文件里写 contact，采集时告知各网站"


def _secrets(config: Config) -> Iterator[tuple[str, Secret]]:
    """Yield each secret that is used, with where it is named."""
    named = [("db", config.db)]
    if config.mail:
        named.append(("[mail] password", config.mail.password))
    for hook in config.webhooks:
        named += [(f"[[webhook]] {hook.name} url", hook.url), (f"[[webhook]] {hook.name} sign", hook.sign)]
    yield from ((name, secret) for name, secret in named if is_given(secret))


def _database(config: Config) -> Iterator[str]:
    """Yield what is wrong with the database, and with deliveries; nothing where there is no database yet."""
    try:
        db = reveal(config.db) if is_given(config.db) else ""
    except SecretError:  # told with the other secrets
        return
    try:
        if store.is_there(config.workspace, db):
            with open_workspace(config.workspace, db, must_exist=True) as ws:
                yield from troubles(ws)
    except PipelineError as error:
        yield str(error)
