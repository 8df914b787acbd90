"""The two databases: how each is opened, and how a writer takes its turn.

SQLite has one writer at a time by itself. On PostgreSQL a writer takes one advisory lock before it reads the chain's last
row, and holds it until it commits. It is the only lock that any writer waits for, and each takes it first, so that no two
can wait for each other. Should a writer ever come without it, the unique previous_hash refuses the fork.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from hardware.errors import InputError

VARIABLE = "DOLLAR_RECORDS"
_WAIT_S = 30  # for other writers; each needs milliseconds, so longer means that one hangs
_LOCK = 0x646F6C6C6172  # "dollar": advisory locks are numbers, shared by all programs of one database
_WRITES = {"writes": True}

# synchronous FULL: SQLite's default for WAL in many builds is NORMAL, which loses the last commits with the power.
_SQLITE = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")

# A station whose network is gone must not hold the others up, and no server may be set to lose what it has acknowledged.
_POSTGRESQL = {
    "synchronous_commit": "on",
    "lock_timeout": f"{_WAIT_S}s",
    "idle_in_transaction_session_timeout": f"{_WAIT_S}s",
    "timezone": "UTC",
}


def default() -> str:
    """What DOLLAR_RECORDS names, else a file in the user's data folder: build/ is no place for what cannot be made again."""
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return os.environ.get(VARIABLE) or str(Path(home) / "dollar-tinyml" / "records.sqlite")


def engine(place: str | Path, *, create: bool) -> Engine:
    """Of a path or a URL; nothing is read yet. InputError if it names no database that we know, or no file to open."""
    url = _url(place)
    if url.get_backend_name() == "postgresql":
        options = " ".join(f"-c {name}={value}" for name, value in _POSTGRESQL.items())
        made = sqlalchemy.create_engine(
            url, pool_pre_ping=True, connect_args={"options": options, "connect_timeout": 10, "keepalives_idle": 10}
        )
        event.listen(made, "begin", _begin_postgresql)
        return made
    if not url.database or url.database == ":memory:":
        raise InputError("records in memory are lost at once: name a file")
    file = Path(url.database)
    if create:
        file.parent.mkdir(parents=True, exist_ok=True)
    elif not file.is_file():
        raise InputError(f"there are no records at {file}: give the file or URL with --database, or in {VARIABLE}")
    made = sqlalchemy.create_engine(url, connect_args={"timeout": _WAIT_S})
    event.listen(made, "connect", _connect_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


@contextmanager
def writing(database: Engine) -> Iterator[Connection]:
    """A transaction that has its turn. It is committed at the end of the block, or leaves nothing."""
    with told(database), database.connect().execution_options(**_WRITES) as connection, connection.begin():
        yield connection


@contextmanager
def reading(database: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the database, whatever others append meanwhile."""
    with told(database), database.connect() as connection, connection.begin():
        yield connection


@contextmanager
def told(database: Engine) -> Iterator[None]:
    """What a driver says, as a sentence. A record that breaks a rule of the tables is a fault of ours, and stays one."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, sqlalchemy.exc.IntegrityError | sqlalchemy.exc.ProgrammingError):
            raise
        said = " ".join(str(error.orig).split())
        raise InputError(f"the records in {shown(database)} cannot be reached or used: {said}") from error


def shown(database: Engine) -> str:
    """For messages: a file's path, or the URL without its password."""
    is_file = database.dialect.name == "sqlite"
    return str(database.url.database) if is_file else database.url.render_as_string(hide_password=True)


def _url(place: str | Path) -> sqlalchemy.URL:
    if isinstance(place, Path) or "://" not in place:
        return sqlalchemy.URL.create("sqlite", database=str(place))
    try:
        url = sqlalchemy.make_url(place)
    except ArgumentError:
        raise InputError(f"{place!r} is no URL: write postgresql://user@host/database, or the path of a file") from None
    if url.drivername == "postgres":  # as other programs write it
        url = url.set(drivername="postgresql")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise InputError(f"records are kept in SQLite or PostgreSQL, not in {url.drivername}: give a path or postgresql://...")
    return url


def _connect_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins no transaction behind our back
    for setting in _SQLITE:
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at once: one that begins as a reader is refused when another has written meanwhile."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """Read committed, for writers: what follows the lock sees what was committed before it was given."""
    if _writes(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _writes(connection: Connection) -> Any:
    return connection.get_execution_options().get("writes", False)
