"""The port: what pyserial makes of it, and one clear sentence where it cannot be used."""

import contextlib
import os
import pty
import socket
import threading
from collections.abc import Iterator

import pytest
import serial

from manufacturing.station.link import Link, LinkError, LinkFault, open_link


@pytest.fixture
def terminal() -> Iterator[tuple[int, str]]:
    """Our end of a pseudo-terminal, and the other's name."""
    ours, theirs = pty.openpty()
    yield ours, os.ttyname(theirs)
    for end in (ours, theirs):
        with contextlib.suppress(OSError):  # the test may have done so
            os.close(end)


def talk(link: Link) -> None:
    for _ in range(20):
        link.write(b"\x7f")
        link.read(1, timeout_s=0.05)


def test_bytes_pass_both_ways(terminal: tuple[int, str]) -> None:
    ours, name = terminal
    with open_link(name) as link:
        link.set_speed(57_600)
        link.write(b"there")
        assert os.read(ours, 9) == b"there"
        os.write(ours, b"and back")
        assert link.read(8, timeout_s=5) == b"and back"
        assert link.read(1, timeout_s=0.05) == b""


def test_a_pseudo_terminal_does_without_parity(terminal: tuple[int, str]) -> None:
    with open_link(terminal[1]) as link:
        link.set_speed(115_200, even_parity=True)
        assert not link.carries_parity
        assert link.port.parity == "N"


def test_a_port_that_is_not_there() -> None:
    with pytest.raises(LinkError, match="check its name") as found:
        open_link("/dev/tty-that-nobody-has")
    assert found.value.fault is LinkFault.NO_PORT


def test_a_url_where_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.getsockname()[1]
    with pytest.raises(LinkError, match="cannot be opened") as found:
        open_link(f"rfc2217://127.0.0.1:{number}")
    assert found.value.fault is LinkFault.NO_PORT


def test_a_url_of_no_kind() -> None:
    with pytest.raises(LinkError, match="cannot be opened"):
        open_link("carrier-pigeon://coop")


def test_a_port_that_another_program_has(terminal: tuple[int, str]) -> None:
    with serial.Serial(terminal[1], exclusive=True), pytest.raises(LinkError, match="close the other program") as found:
        open_link(terminal[1])
    assert found.value.fault is LinkFault.BUSY


def test_a_network_port_that_another_program_has() -> None:
    """It takes the connection, and serves somebody else."""
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(LinkError, match="close the other program") as found:
        open_link(f"rfc2217://127.0.0.1:{listener.getsockname()[1]}?timeout=0.3")
    assert found.value.fault is LinkFault.BUSY


def test_an_adapter_that_is_pulled_out() -> None:
    ours, theirs = pty.openpty()
    link = open_link(os.ttyname(theirs))
    os.close(theirs)
    os.close(ours)
    with pytest.raises(LinkError, match="is gone") as found:
        talk(link)
    assert found.value.fault is LinkFault.GONE
    link.close()


def test_a_server_that_goes_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=lambda: listener.accept()[0].close(), daemon=True).start()
        link = open_link(f"socket://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(LinkError) as found:
            talk(link)
    assert found.value.fault is LinkFault.GONE
