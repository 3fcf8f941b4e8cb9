"""A workspace on each of the databases that it may have: what is tested of one is tested of both.

SQLite lies in the folder. PostgreSQL is the server that `FAZHI_TEST_POSTGRES` names, as `.ci/run` starts one; each test
has a database of its own there, whose order of letters is not that of their codes.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.databases import connect, read_address
from pipeline.workspace.place import Workspace, open_workspace

SERVER = "FAZHI_TEST_POSTGRES"
KINDS = ("sqlite", "postgres")


@contextmanager
def made(kind: str, folder: Path, like: str = "template1") -> Iterator[str]:
    """The address of an empty database, or of a copy of another one on the server; it is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'fazhi.db'}"
        return
    server = os.environ.get(SERVER)
    if not server:
        pytest.skip(f"no PostgreSQL: {SERVER} names none")
    name = f"test_{secrets.token_hex(8)}"
    engine = connect(server).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
        try:
            yield read_address(server).set(database=name).render_as_string(hide_password=False)
        finally:
            with engine.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


@contextmanager
def copied(folder: Path, url: str, to: Path) -> Iterator[str]:
    """The address of a copy of a workspace that nobody works in."""
    shutil.copytree(folder, to)
    told = read_address(url)
    is_sqlite = told.drivername == KINDS[0]
    with made("sqlite" if is_sqlite else "postgres", to, str(told.database)) as copy:
        yield copy


def within(url: str, name: str) -> str:
    """The address of a schema of a database of PostgreSQL."""
    told = read_address(url).update_query_dict({"options": f"-csearch_path={name}"})
    return told.render_as_string(hide_password=False)


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The folder of a workspace that is not there yet, and the address of its database."""
    folder = tmp_path / "workspace"
    with made(request.param, folder) as url:
        yield folder, url


@pytest.fixture
def workspace(database: tuple[Path, str]) -> Iterator[Workspace]:
    """An empty workspace."""
    with open_workspace(*database) as opened:
        yield opened


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of PostgreSQL."""
    with made("postgres", tmp_path) as url:
        yield url
