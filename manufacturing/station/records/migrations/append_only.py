"""Triggers by which the database itself refuses to change or remove a row. Released revisions use this: add, do not edit.

They guard against a slip, not against the database's owner, who can drop them; what such a one does, the hashes show.
"""

from alembic import op

# REPLACE removes the row in its way without its DELETE trigger (unless recursive_triggers is on), so that an INSERT over a
# row that is there is refused, too. Rows are told apart by their first primary key columns and by their hashes.
_SAME = {
    "serials": "serial = NEW.serial OR uid = NEW.uid OR previous_hash = NEW.previous_hash OR hash = NEW.hash",
    "units": (
        "position = NEW.position OR run_id = NEW.run_id OR previous_hash = NEW.previous_hash OR hash = NEW.hash"
        " OR (uid = NEW.uid AND attempt = NEW.attempt)"
    ),
    "measurements": "position = NEW.position AND place = NEW.place",
    "steps": "position = NEW.position AND place = NEW.place",
}


def protect(table: str) -> None:
    if op.get_context().dialect.name == "sqlite":
        _protect_sqlite(table)
    else:
        _protect_postgresql(table)


def _protect_sqlite(table: str) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
    for action in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} {refuse}")
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {_SAME[table]})"
    op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {refuse}")


def _protect_postgresql(table: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME; END $$"
    )
    for action in ("UPDATE", "DELETE", "TRUNCATE"):
        name = f"{table}_no_{action.lower()}"
        op.execute(f"CREATE TRIGGER {name} BEFORE {action} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()")
