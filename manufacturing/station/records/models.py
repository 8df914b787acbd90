"""The tables. What they hold is fixed by the revisions in migrations/, which a test compares with these models.

Times are text, such as 2026-11-22T21:41:46.123456Z: the same on both databases, exact, ordered as text, and cast by
PostgreSQL to timestamptz. The hashes are over what stands in the columns, so a type that a driver converts has no place here.
"""

from sqlalchemy import CheckConstraint, Double, ForeignKey, ForeignKeyConstraint, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship

TIME = String(27)
HASH = String(64)


class Base(MappedAsDataclass, DeclarativeBase):
    pass


class SerialRow(Base):
    """A serial number given to a unit. One without a record was reserved and not used. Its chain is its own."""

    __tablename__ = "serials"
    __table_args__ = (UniqueConstraint("serial", "uid"),)  # what a record refers to

    serial: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    uid: Mapped[str] = mapped_column(String(64), unique=True)
    station: Mapped[str] = mapped_column(Text)
    reserved: Mapped[str] = mapped_column(TIME)
    previous_hash: Mapped[str] = mapped_column(HASH, unique=True)  # no chain forks: each row has at most one successor
    hash: Mapped[str] = mapped_column(HASH, unique=True)


class StepRow(Base):
    __tablename__ = "steps"

    position: Mapped[int] = mapped_column(ForeignKey("units.position"), primary_key=True, init=False)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(7))
    code: Mapped[str] = mapped_column(Text)
    seconds: Mapped[float] = mapped_column(Double)


class MeasurementRow(Base):
    __tablename__ = "measurements"

    position: Mapped[int] = mapped_column(ForeignKey("units.position"), primary_key=True, init=False)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    value: Mapped[float | None] = mapped_column(Double)
    unit: Mapped[str] = mapped_column(Text)
    least: Mapped[float | None] = mapped_column(Double)
    most: Mapped[float | None] = mapped_column(Double)


class UnitRow(Base):
    """One finished test of one unit."""

    __tablename__ = "units"
    __table_args__ = (
        ForeignKeyConstraint(["serial", "uid"], ["serials.serial", "serials.uid"]),
        UniqueConstraint("uid", "attempt"),
        CheckConstraint("position > 0 AND attempt > 0", name="counted_from_one"),
    )

    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    format: Mapped[int] = mapped_column(Integer)  # of what is hashed: chain.py
    run_id: Mapped[str] = mapped_column(String(32), unique=True)
    uid: Mapped[str | None] = mapped_column(String(64))
    serial: Mapped[int | None] = mapped_column(Integer, index=True)
    attempt: Mapped[int] = mapped_column(Integer)
    verdict: Mapped[str] = mapped_column(String(5))
    code: Mapped[str] = mapped_column(Text)
    firmware_sha256: Mapped[str] = mapped_column(HASH)
    limits_version: Mapped[str] = mapped_column(Text)
    station: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)
    batch: Mapped[str] = mapped_column(Text, index=True)
    calibration: Mapped[str] = mapped_column(Text)  # a JSON object, hashed as the text that it is
    started: Mapped[str] = mapped_column(TIME)
    finished: Mapped[str] = mapped_column(TIME, index=True)
    previous_hash: Mapped[str] = mapped_column(HASH, unique=True)  # no chain forks: each row has at most one successor
    hash: Mapped[str] = mapped_column(HASH, unique=True)
    steps: Mapped[list[StepRow]] = relationship(order_by=StepRow.place)
    measurements: Mapped[list[MeasurementRow]] = relationship(order_by=MeasurementRow.place)
