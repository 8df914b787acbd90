"""The steps of a test: outcome and seconds of each, also of those that were skipped. Records from before have none."""

import sqlalchemy as sa
from alembic import op

from manufacturing.station.records.migrations.append_only import protect

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "steps",
        sa.Column("position", sa.Integer, sa.ForeignKey("units.position"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(7), nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
    )
    protect("steps")
