"""What the station makes sure of at itself before it blames a unit. Image and limits were checked when they were read."""

from collections.abc import Sequence

from hardware.errors import InputError
from manufacturing.station.link import LinkError
from manufacturing.station.position import Position
from manufacturing.station.records import database
from manufacturing.station.records.store import Records


def check_records(records: Records) -> None:
    """InputError unless the database gives a writer its turn, which an empty transaction shows."""
    with database.writing(records.engine):
        pass


def check_ports(positions: Sequence[Position]) -> dict[str, str]:
    """What is wrong with them, by position. InputError if all are: with one that works, the station works."""
    wrong: dict[str, str] = {}
    for position in positions:
        try:
            position.open().close()
        except LinkError as error:
            wrong[position.name] = str(error)
    if positions and len(wrong) == len(positions):
        raise InputError("no position can be used: " + "; ".join(wrong.values()))
    return wrong
