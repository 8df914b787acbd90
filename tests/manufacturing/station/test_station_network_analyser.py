"""The NanoVNA as impedance meter, at a line that answers as its shell does, or as it should not."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from bench import circuit, trial, unit

from hardware.errors import InputError
from hardware.rails.impedance import impedance
from manufacturing.station.fixture.network_analyser import NetworkAnalyser, by_probe
from manufacturing.station.link import Link, LinkError
from manufacturing.station.records.record import Verdict
from manufacturing.station.selftest.rails import SWEEPS
from manufacturing.station.selftest.verdict import StationFault

PROBES = ("pads", "holder", "microphone")


def through(ohm: complex) -> complex:
    """What a 50 ohm line lets through past a shunt."""
    return ohm / (ohm + 25)


@dataclass
class Shell:
    """A serial port with the analyser's shell behind it: `shunt` tells the impedance at the probe."""

    shunt: Callable[[float], complex]
    spoil: Callable[[str, str], str] = lambda _, answer: answer
    timeout: float | None = 0.0
    baudrate: int = 115200
    parity: str = "N"
    rts: bool = True
    dtr: bool = True
    seconds: float = 0.0
    commands: list[str] = field(default_factory=list)
    closed: bool = False
    _line: bytes = b""
    _out: bytes = b""
    _hertz: float = 0.0
    _points: int = 0

    @property
    def in_waiting(self) -> int:
        return len(self._out)

    def write(self, data: bytes, /) -> None:
        self._line += data
        while b"\r" in self._line:
            command, _, self._line = self._line.partition(b"\r")
            self.commands.append(command.decode())
            answer = f"{command.decode()}\r\n{self._answer(command.decode())}ch> "
            self._out += self.spoil(command.decode(), answer).encode()

    def _answer(self, command: str) -> str:
        match command.split():
            case ["scan", start, stop, points] if start == stop:
                self._hertz, self._points = float(start), int(points)
                return ""
            case ["data", "1"]:
                share = through(self.shunt(self._hertz))
                return f"{share.real:.9f} {share.imag:.9f}\r\n" * self._points
            case [] | ["pause"]:
                return ""
        return f"{command}?\r\n"

    def read(self, size: int = 1, /) -> bytes:
        self.seconds += 0.0 if self._out else 1.0
        found, self._out = self._out[:size], self._out[size:]
        return found

    def reset_input_buffer(self) -> None:
        self._out = b""

    def close(self) -> None:
        self.closed = True


def analyser(*shells: Shell, ask: Callable[[str], bool] = lambda _: True) -> NetworkAnalyser:
    ports = {f"port{number}": shell for number, shell in enumerate(shells)}
    urls = dict(zip(PROBES, ports, strict=False))
    return NetworkAnalyser("position 1", urls, ask, lambda url: Link(url, ports[url], lambda: ports[url].seconds))


def board(probe: str) -> Shell:
    return Shell(lambda hertz: complex(impedance(circuit(), probe, [hertz])[0]))


def test_an_impedance_comes_back_as_it_is() -> None:
    """-64 dB through 15 mohm, and what is far above the ports' own 50 ohm."""
    for ohm in (0.015 + 0.002j, 0.04 - 0.03j, 25 + 3j, 1000 - 400j):
        meter = analyser(Shell(lambda _, ohm=ohm: ohm))  # type: ignore[misc]
        assert list(meter.impedance("pads", [1e5, 3e6])) == pytest.approx([ohm, ohm], rel=1e-3)


def test_each_frequency_is_measured_by_itself() -> None:
    shell = board("pads")
    found = analyser(shell).impedance("pads", [50e3, 10e6])
    assert list(found) == pytest.approx(list(impedance(circuit(), "pads", [50e3, 10e6])), rel=1e-3)
    assert shell.commands == ["", "pause", "scan 50000 50000 11", "data 1", "scan 10000000 10000000 11", "data 1"]


def test_nothing_at_the_probe_is_large_but_a_number() -> None:
    assert abs(analyser(Shell(lambda _: 1e12)).impedance("pads", [1e6])[0]) > 1e6


def test_a_good_board_passes_at_real_analysers() -> None:
    _, position = unit()
    meter = analyser(*map(board, PROBES))
    assert meter.probes == set(PROBES)
    result = trial(replace(position, impedance_meter=meter), "rails")
    assert (result.verdict, result.code) == (Verdict.PASS, "")
    assert len(result.measurements) == sum(len(sweep.hertz) + 1 for sweep in SWEEPS.values())


def instead(wanted: str, answer: str) -> Callable[[str, str], str]:
    """To commands that begin so, that answer."""
    return lambda command, right: answer if command.startswith(wanted) else right


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (instead("data", ""), "does not answer to 'data 1'"),
        (instead("scan", "scan 50000 50000 11\r\n"), "does not answer to 'scan"),
        (instead("data", "\xff\x00" * 8000), "does not answer"),
        (instead("data", "data 1\r\nx y\r\nch> "), "tells what is no measurement"),
        (instead("data", "data 1\r\n0.5 0.5 0.5\r\nch> "), "tells what is no measurement"),
        (instead("data", "data 1\r\n0.5 0.5\r\nch> "), "1 points of 11"),
        (instead("data", "data 1\r\n" + "nan 0\r\n" * 11 + "ch> "), "calibrate"),
        (instead("data", "data 1\r\n" + "1.4 0\r\n" * 11 + "ch> "), "calibrate"),
        (instead("scan", "scan?\r\nch> "), "does not measure at 50000 Hz"),
    ],
)
def test_bad_answers_are_the_stations_fault(spoil: Callable[[str, str], str], said: str) -> None:
    meter = analyser(replace(board("pads"), spoil=spoil))
    result = trial(replace(unit()[1], impedance_meter=meter), "rails")
    assert (result.verdict, result.code) == (Verdict.ERROR, "STATION-METER")
    assert said in result.text
    assert [step.name for step in result.steps] == ["rails"]


def test_an_analyser_that_talks_without_end_has_an_end() -> None:
    shell = board("pads")
    meter = analyser(shell)

    def more(_: int = 1, /) -> bytes:
        shell.seconds += 1e-4
        return b"x"

    shell.read = more  # type: ignore[method-assign]
    with pytest.raises(StationFault, match="does not answer"):
        meter.impedance("pads", [1e5])
    assert shell.seconds < 5


def test_what_came_before_is_no_answer() -> None:
    shell = board("pads")
    meter = analyser(shell)
    shell._out = b"garbage\r\nch> 0.1 0.1\r\nch> "
    assert meter.impedance("pads", [1e5])[0] == pytest.approx(impedance(circuit(), "pads", [1e5])[0], rel=1e-3)


def test_a_port_that_is_no_analyser_is_told_and_closed() -> None:
    silent = Shell(lambda _: 1.0, spoil=lambda *_: "")
    fine = board("pads")
    with pytest.raises(InputError, match="no NanoVNA answers at port1"):
        analyser(fine, silent)
    assert fine.closed
    assert silent.closed


def test_an_analyser_whose_plug_is_pulled() -> None:
    shell = board("pads")
    meter = analyser(shell)

    def gone(_: bytes, /) -> None:
        raise OSError("gone")

    shell.write = gone  # type: ignore[method-assign]
    with pytest.raises(LinkError):
        meter.impedance("pads", [1e5])
    assert trial(replace(unit()[1], impedance_meter=meter), "rails").code == "STATION-PORTGONE"


def test_a_person_switches_the_power_and_none_is_given_to_a_unit_that_fails() -> None:
    asked: list[str] = []
    good = analyser(board("pads"), ask=lambda question: asked.append(question) is None)
    assert trial(replace(unit()[1], impedance_meter=good), "rails").verdict is Verdict.PASS
    assert [("off" in one, "give the unit its supply" in one) for one in asked] == [(True, False), (True, True)]
    asked.clear()
    short = analyser(Shell(lambda _: 0.001), ask=lambda question: asked.append(question) is None)
    assert trial(replace(unit()[1], impedance_meter=short), "rails").code == "RAILS-PADS50K-LOW"
    assert len(asked) == 1


def test_a_person_who_says_no_stops_the_unit_without_blame() -> None:
    meter = analyser(board("pads"), ask=lambda _: False)
    with pytest.raises(StationFault), meter.unpowered():
        pytest.fail("measured at a unit that may have power")
    assert trial(replace(unit()[1], impedance_meter=meter), "rails").code == "STATION-POWER"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["/dev/ttyACM0"], "is not PROBE=PORT"),
        (["pads="], "is not PROBE=PORT"),
        (["battery=/dev/ttyACM0"], "pads, holder, microphone"),
        (["pads=/dev/ttyACM0", "pads=/dev/ttyACM1"], "repeats"),
        (["pads=/dev/ttyACM0", "holder=/dev/ttyACM0"], "repeats"),
    ],
)
def test_probes_that_cannot_be_meant(given: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        by_probe(given, SWEEPS)


def test_probes_by_name() -> None:
    given = ["pads=/dev/ttyACM0", "holder=rfc2217://bench:4000?ign_set_control=1"]
    assert by_probe(given, SWEEPS) == {"pads": "/dev/ttyACM0", "holder": "rfc2217://bench:4000?ign_set_control=1"}
