"""Waiting for the next panel."""

from dataclasses import replace
from pathlib import Path

import pytest
from bench import circuit, unit

from firmware.console import Console
from hardware import paths
from hardware.spice.supply import Cell
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.parts.coin_cell import FRESH
from manufacturing.station.link import Link, LinkError, LinkFault
from manufacturing.station.presence import all_present, present, wait_for_next
from manufacturing.station.virtual_position import virtual_position

FIRMWARE: Path = paths.FIRMWARE / "firmware.bin"
EMPTY = Cell(0.01, 15)


def test_a_blank_unit_is_seen_by_its_boot_rom() -> None:
    board, position = unit()
    assert present(position)
    board.exchange_cell(EMPTY)
    board.run(0.1)
    assert not present(position)


def test_a_unit_with_firmware_is_seen_and_its_firmware_goes_on() -> None:
    board = VirtualBoard(circuit(), FIRMWARE)
    position = virtual_position(board)
    board.run(0.2)
    assert present(position)
    assert board.console.count("boot version") == 1  # it was not reset
    assert Console(board.serial()).request("info")


def test_a_unit_is_not_left_in_its_boot_rom() -> None:
    board, position = unit()
    assert present(position)
    assert board.answer_at() is None  # the ROM runs no more


def test_a_port_that_is_gone_counts_as_empty() -> None:
    def gone() -> Link:
        raise LinkError(LinkFault.GONE, "gone")

    position = unit()[1]
    assert all_present([replace(position, open=gone), position]) == [False, True]


def test_the_next_panel_is_waited_for_once_this_one_is_lifted() -> None:
    board, position = unit()
    said: list[str] = []
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            assert said == ["take the units out"]
            board.exchange_cell(EMPTY)
        if len(waited) == 4:
            assert said[1:] == ["put the next ones in"]
            board.exchange_cell(FRESH)
        if len(waited) > 9:
            pytest.fail("it waits for ever")
        board.run(seconds)

    wait_for_next([position], said.append, wait)
    assert len(waited) == 5
