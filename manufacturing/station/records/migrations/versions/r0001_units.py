"""Units with their measurements, serial numbers, and triggers that let nobody change or remove a row."""

import sqlalchemy as sa
from alembic import op

from manufacturing.station.records.migrations.append_only import protect

revision = "0001"
down_revision = None

_TIME = sa.String(27)
_HASH = sa.String(64)


def upgrade() -> None:
    op.create_table(
        "serials",
        sa.Column("serial", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("uid", sa.String(64), nullable=False, unique=True),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("reserved", _TIME, nullable=False),
        sa.Column("previous_hash", _HASH, nullable=False, unique=True),
        sa.Column("hash", _HASH, nullable=False, unique=True),
        sa.UniqueConstraint("serial", "uid"),
    )
    op.create_table(
        "units",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("run_id", sa.String(32), nullable=False, unique=True),
        sa.Column("uid", sa.String(64)),
        sa.Column("serial", sa.Integer, index=True),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String(5), nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("firmware_sha256", _HASH, nullable=False),
        sa.Column("limits_version", sa.Text, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False, index=True),
        sa.Column("calibration", sa.Text, nullable=False),
        sa.Column("started", _TIME, nullable=False),
        sa.Column("finished", _TIME, nullable=False, index=True),
        sa.Column("previous_hash", _HASH, nullable=False, unique=True),
        sa.Column("hash", _HASH, nullable=False, unique=True),
        sa.ForeignKeyConstraint(["serial", "uid"], ["serials.serial", "serials.uid"]),
        sa.UniqueConstraint("uid", "attempt"),
        sa.CheckConstraint("position > 0 AND attempt > 0", name="counted_from_one"),
    )
    op.create_table(
        "measurements",
        sa.Column("position", sa.Integer, sa.ForeignKey("units.position"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("least", sa.Double),
        sa.Column("most", sa.Double),
    )
    for table in ("serials", "units", "measurements"):
        protect(table)
