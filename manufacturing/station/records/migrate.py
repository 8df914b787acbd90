"""Bringing a database to this program's schema. A newer one is refused, as is a file that holds something else."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from hardware.errors import InputError
from manufacturing.station.records import database

_FOLDER = Path(__file__).with_name("migrations")
_VERSIONS = "alembic_version"  # Alembic's table


def to_newest(engine: Engine, say: Callable[[str], None], *, create: bool = True, target: str = "head") -> None:
    """All steps in one transaction, which other stations wait for. InputError if the database is not ours to migrate.

    Without `create`, also if it is empty.
    """
    with database.reading(engine) as connection:
        found = _revision(connection, engine)
    if found == _newest():
        return
    if found is None and not create:
        raise InputError(f"{database.shown(engine)} holds no records: name another file or database, or let a station make them")
    with database.writing(engine) as connection:
        found = _revision(connection, engine)  # again: another station may have done it while we waited
        if found == _newest():
            return
        if found is not None:
            say(f"the records in {database.shown(engine)} have schema {found}; bringing them to {_newest()}")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, target)


def say(text: str) -> None:
    print(f"records: {text}", file=sys.stderr)


def _revision(connection: Connection, engine: Engine) -> str | None:
    """None if the database is empty."""
    tables = sqlalchemy.inspect(connection).get_table_names()
    if _VERSIONS not in tables:
        if "units" in tables or "serials" in tables or (tables and engine.dialect.name == "sqlite"):
            raise InputError(f"{database.shown(engine)} holds something else than records: name another file or database")
        return None
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in _known():
        raise InputError(
            f"the records in {database.shown(engine)} have schema {found}, which is newer than this program's {_newest()}: "
            "update the program; nothing was changed"
        )
    return found


def _known() -> set[str]:
    return {each.revision for each in _scripts().walk_revisions()}


def _newest() -> str:
    return str(_scripts().get_current_head())


@cache  # the files are the program's own
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
