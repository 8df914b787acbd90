"""The station looks at itself before it blames a unit."""

from dataclasses import replace
from pathlib import Path

import pytest
from bench import unit

from hardware.errors import InputError
from manufacturing.station.link import Link, LinkError, LinkFault
from manufacturing.station.records.store import Records
from manufacturing.station.self_check import check_ports, check_records


def busy() -> Link:
    raise LinkError(LinkFault.BUSY, "it is busy")


def test_records_that_take_a_writer_are_good_and_stay_as_they_are(tmp_path: Path) -> None:
    with Records.open(tmp_path / "records.sqlite") as records:
        check_records(records)
        assert records.count() == 0


def test_records_that_take_no_writer_are_told(tmp_path: Path) -> None:
    with Records.open(tmp_path / "records.sqlite") as records:
        records.close()
        (tmp_path / "records.sqlite").write_bytes(b"no database" * 500)
        with pytest.raises(InputError, match="cannot be reached or used"):
            check_records(records)


def test_a_port_that_cannot_be_used_is_named_and_the_others_are_closed_again() -> None:
    good = unit()[1]
    link = good.open()
    assert check_ports([replace(good, name="left", open=busy), replace(good, open=lambda: link)]) == {"left": "it is busy"}
    assert not link.port.is_open  # type: ignore[attr-defined]


def test_a_station_without_any_port_stops() -> None:
    with pytest.raises(InputError, match="no position can be used: it is busy"):
        check_ports([replace(unit()[1], open=busy)])
