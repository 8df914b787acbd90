"""The configuration on the wired board: what was set is there after any loss of power, or what was there before."""

from collections.abc import Iterator

import pytest
from boards import booted

from firmware.console import Console, Refused
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.core.machine import FLASH

STEP_S = 150e-6  # erasing takes 3 ms, programming 1 ms
PAGES = slice(0x7F00, 0x8000)


def settings(board: VirtualBoard) -> dict[str, str]:
    """All of them, and where they come from."""
    console = Console(board.serial())
    values = dict(next(iter(line.values.items())) for line in console.request("config", "get").lines)
    return values | {"config": console.request("info").values["config"]}


def pages(board: VirtualBoard) -> bytes:
    return board.chip.machine.read(FLASH, 0x8000)[PAGES]


def cycle_power(board: VirtualBoard, seed: int = 0) -> None:
    board.chip.lose_power(seed)
    board.chip.power_on()
    board.run(0.1)


def test_what_was_set_stays() -> None:
    board = booted()
    before = settings(board)
    assert before["config"] == "defaults"
    console = Console(board.serial())
    console.request("config", "set", "serial", 4711)
    console.request("config", "set", "offset_x_mg", -12)
    console.request("config", "set", "address_high", "0xC0FFEE")
    after = before | {"serial": "4711", "offset_x_mg": "-12", "address_high": str(0xC0FFEE), "config": "flash"}
    assert settings(board) == after
    cycle_power(board)
    assert settings(board) == after
    console.request("config", "defaults")
    cycle_power(board)
    assert settings(board) == before | {"config": "flash"}


@pytest.mark.parametrize(("key", "value"), [("serial", -1), ("beacon_interval_ms", 99), ("beacon_interval_ms", 60001)])
def test_a_value_out_of_range_changes_nothing(key: str, value: int) -> None:
    board = booted()
    before, flash = settings(board), pages(board)
    with pytest.raises(Refused, match=r"range .*least=.* most="):
        Console(board.serial()).request("config", "set", key, value)
    assert (settings(board), pages(board)) == (before, flash)


def test_the_same_value_wears_no_flash() -> None:
    board = booted()
    console = Console(board.serial())
    console.request("config", "set", "serial", 5)
    flash = pages(board)
    console.request("config", "set", "serial", 5)
    assert pages(board) == flash
    console.request("config", "set", "serial", 6)
    assert pages(board) != flash


def test_pages_take_turns() -> None:
    board = booted()
    console = Console(board.serial())
    changed = []
    for serial in range(1, 5):
        before = pages(board)
        console.request("config", "set", "serial", serial)
        after = pages(board)
        changed.append([before[:128] != after[:128], before[128:] != after[128:]])
    assert changed == [[True, False], [False, True]] * 2


def test_an_address_of_ones_own_is_sent_and_shown() -> None:
    board = booted()
    console = Console(board.serial())
    for key, value in (("address_high", 0xC00102), ("address_low", 0x030405), ("address_override", 1)):
        console.request("config", "set", key, value)
    assert console.request("info").values["address"] == "c0:01:02:03:04:05"
    board.run(6)
    assert {beacon.address for beacon in board.beacons[-3:]} == {"C0:01:02:03:04:05"}


def moments(board: VirtualBoard, key: str, value: int) -> Iterator[None]:
    """The board at many moments while it saves, one after the other; each may be spoilt by whoever looks at it."""
    board.serial().write(f"\nconfig set {key} {value}\n".encode())
    assert board.run_for(lambda: board.chip.flash_busy, 0.1, STEP_S)
    while board.chip.flash_busy or board.run_for(lambda: board.chip.flash_busy, 2e-3, STEP_S):
        snapshot = board.snapshot()
        yield
        board.restore(snapshot)
        board.run(STEP_S)


@pytest.mark.parametrize("saves_before", [0, 2])
def test_power_lost_while_saving_leaves_the_old_or_the_new(saves_before: int) -> None:
    board = booted()
    console = Console(board.serial())
    for serial in range(1, saves_before + 1):
        console.request("config", "set", "serial", serial)
    old = settings(board)
    new = old | {"serial": "77", "config": "flash"}
    found = []
    for seed, _ in enumerate(moments(board, "serial", 77)):
        cycle_power(board, seed)
        found.append(settings(board))
    assert len(found) > 24
    assert all(one in (old, new) for one in found)
    assert found[0] == old
    assert board.faults == []


def test_power_lost_after_saving_keeps_the_new() -> None:
    board = booted()
    Console(board.serial()).request("config", "set", "serial", 77)
    cycle_power(board)
    assert settings(board)["serial"] == "77"


def test_a_save_after_a_broken_one_works() -> None:
    board = booted()
    for seed, _ in enumerate(moments(board, "serial", 77)):
        if seed % 8 == 4:
            cycle_power(board, seed)
            Console(board.serial()).request("config", "set", "serial", 78)
            cycle_power(board, seed)
            assert settings(board)["serial"] == "78"


def damage(board: VirtualBoard, page: int) -> None:
    """One bit, in the midst of the values."""
    at = FLASH + PAGES.start + 128 * page + 20
    board.chip.machine.load(at, bytes([board.chip.machine.read(at, 1)[0] ^ 0x10]))


def test_damaged_pages_are_reported_until_the_next_save() -> None:
    board = booted()
    console = Console(board.serial())
    for serial in (1, 2):
        console.request("config", "set", "serial", serial)
    damage(board, 0)
    damage(board, 1)
    cycle_power(board)
    assert "fault settings=mismatch" in board.console
    assert settings(board)["serial"] == "0"
    assert console.request("info").values["faults"] == f"{1 << 8:08x}"
    console.request("config", "set", "serial", 3)
    assert "fault settings=ok" in board.console
    assert console.request("info").values["faults"] == f"{0:08x}"
    cycle_power(board)
    assert settings(board)["serial"] == "3"


def test_one_damaged_page_is_no_fault_while_the_other_is_good() -> None:
    board = booted()
    console = Console(board.serial())
    for serial in (1, 2):
        console.request("config", "set", "serial", serial)
    damage(board, 1 if pages(board)[128 + 4] < pages(board)[4] else 0)  # the older one, by its sequence number
    cycle_power(board)
    assert "fault" not in board.console
    assert settings(board)["serial"] == "2"
