"""Alembic runs this. The transaction is the caller's, so that a migration happens whole or not at all."""

from alembic import context

from manufacturing.station.records.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
