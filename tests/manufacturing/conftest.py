"""One board, panel and order for all tests of this folder, built once even when several workers run them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from built_order import Built

from hardware import netlist
from hardware.layout import board as layout
from manufacturing import order


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "manufacturing"
    shared.mkdir(exist_ok=True)
    result = Built(netlist.read(), shared / "kicad" / "board.kicad_pcb", shared / "panel" / "panel.kicad_pcb", shared / "order")
    with _alone(shared / "lock"):
        if not result.order.is_dir():
            result.board.parent.mkdir()
            layout.build(result.netlist, result.board)
            order.write(5, sources=result.sources, target=result.order)
    return result


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
