"""Model of the Ci24R1 radio: commands, transmit FIFO, power states and their times. It never decodes what it sends.

Sources: **CI** = example driver Ci24R1_Wireless of IOsetting/py32f0-template (commands); **NRF** = nRF24L01+ product
specification 1.0 (state diagram of section 6.1, times of 6.1.7), whose register model the Ci24R1 follows.

| assumed | instead of |
|---|---|
| crystal start-up 1.5 ms (NRF) | UNVERIFIED: depends on crystal and trim |
| settling 130 us before a packet, none between packets while CE stays on (NRF) | UNVERIFIED |
| CE_ON, CE_OFF, SELSPI, SELIRQ act when CSN rises; bytes after them are ignored | UNVERIFIED |
| with SELIRQ and CSN high DATA is the interrupt: low while an unmasked flag of STATUS stands (CI's wait loop) | UNVERIFIED |
| a payload written to a full FIFO is lost; bytes beyond 32 are ignored | UNVERIFIED |
| below 2.1 V it stops and forgets its registers | the real reset threshold: MISSING |
| without a crystal it never leaves start-up | |

Receiving, automatic acknowledgement, retransmission, dynamic payload length and the BT mode are not modelled: what would
use them raises NotModelled when it would act.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from hardware.parts.radio import CI24R1
from hardware.virtual_board.device import Drive
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.parts import ci24r1_registers as reg
from hardware.virtual_board.parts.ci24r1_bus import ThreeWire
from hardware.virtual_board.parts.ci24r1_frame import Packet, on_air
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks, from_seconds

R_RX_PAYLOAD = 0x61
W_TX_PAYLOAD = 0xA0
W_TX_PAYLOAD_NOACK = 0xB0
FLUSH_TX = 0xE1
FLUSH_RX = 0xE2
NOP = 0xFF
CE_ON = 0x70
CE_OFF = 0x71
SELSPI = 0x74
SELIRQ = 0x75
PLAIN_COMMANDS = frozenset({W_TX_PAYLOAD, W_TX_PAYLOAD_NOACK, FLUSH_TX, FLUSH_RX, NOP, CE_ON, CE_OFF, SELSPI, SELIRQ})

FIFO_LEVELS = 3
PAYLOAD_BYTES = 32
CRYSTAL_START = from_seconds(1.5e-3)
SETTLING = from_seconds(130e-6)


class State(Enum):
    OFF = "off"
    SHUTDOWN = "shutdown"
    STARTING = "crystal start"
    STANDBY = "standby"
    SETTLING = "settling"
    SENDING = "transmit"
    RECEIVING = "receive"


CURRENT_UA: dict[State, float] = {
    State.SHUTDOWN: float(CI24R1.facts["shutdown_ua"]),
    State.STARTING: 400.0,  # MISSING: the nRF24L01+'s average during start-up
    State.STANDBY: 20.0,  # UNVERIFIED; with CE on and nothing to send it may be more: MISSING
    State.SETTLING: float(CI24R1.facts["transmit_ma"]) * 1000,  # MISSING: taken as in transmission
    State.SENDING: float(CI24R1.facts["transmit_ma"]) * 1000,  # at what power is not said; taken for all
    State.RECEIVING: 20_000.0,  # JLCPCB catalogue
}


@dataclass
class Ci24r1:
    """A radio. `crystal_works`: its crystal is wired. `packets` grows by what was sent; whoever reads it may clear it.

    `supply` wants the voltages of VDD and VSS; without either the radio has no supply.
    """

    crystal_works: bool = True
    packets: list[Packet] = field(default_factory=list)
    state: State = State.OFF
    registers: reg.RegisterFile = field(default_factory=reg.RegisterFile)
    _bus: ThreeWire = field(default_factory=ThreeWire)
    _fifo: list[bytes] = field(default_factory=list)
    _flags: int = 0
    _ce: bool = False
    _data_is_interrupt: bool = False
    _until: Ticks | None = None
    _on_air: Packet | None = None
    _command: int = NOP
    _payload: bytearray = field(default_factory=bytearray)
    _answer: bytes = b""

    def supply(self, volts: Mapping[str, float], now: Ticks) -> None:
        self.advance(now)
        supplied = "VSS" in volts and volts.get("VDD", 0.0) - volts["VSS"] >= CI24R1.supplies["VDD"].operating_min_v
        if supplied == (self.state is not State.OFF):
            return
        self._cut_off(now)
        self.registers = reg.RegisterFile()
        self._bus = ThreeWire(clock=self._bus.clock, data=self._bus.data)
        self._fifo, self._flags, self._ce, self._data_is_interrupt = [], 0, False, False
        self.state = State.SHUTDOWN if supplied else State.OFF

    def input(self, pin: str, high: bool, now: Ticks) -> None:
        self.advance(now)
        if pin == "DATA":
            self._bus.data = high
        elif self.state is State.OFF:
            self._bus.clock = high if pin == "SCK" else self._bus.clock
        elif pin == "CSN":
            self._bus.select(not high, self, now)
        elif pin == "SCK":
            self._bus.clock_edge(high, self, now)

    def advance(self, now: Ticks) -> None:
        while self._until is not None and self._until <= now:
            self._step(self._until)

    def next_event(self) -> Ticks | None:
        return self._until

    def outputs(self) -> Mapping[str, Drive]:
        if self.state is State.OFF:
            return {"DATA": Drive.OPEN}
        if self._data_is_interrupt and not self._bus.selected:
            pending = self._flags & ~self.registers.byte(reg.CONFIG) & reg.STATUS_FLAGS
            return {"DATA": Drive.LOW if pending else Drive.HIGH}
        return {"DATA": self._bus.drive()}

    def current_ua(self) -> Mapping[str, float]:
        if self.state is State.OFF:
            return {}
        return {self.state.value: CURRENT_UA[self.state]}

    # What comes over the bus (ci24r1_bus.Commands)

    def begin(self, command: int, now: Ticks) -> bool:  # noqa: ARG002 - a command acts when it ends
        self._command = command
        self._payload.clear()
        if command < 0x20:
            self._answer = self._read(command)
            return True
        if command == R_RX_PAYLOAD:
            self._answer = bytes(PAYLOAD_BYTES)  # nothing is ever received
            return True
        if command >= 0x40 and command not in PLAIN_COMMANDS:
            raise NotModelled(f"Ci24R1: command 0x{command:02X}")
        return False

    def written(self, index: int, byte: int, now: Ticks) -> None:
        if self._command in (W_TX_PAYLOAD, W_TX_PAYLOAD_NOACK):
            self._payload.append(byte)
        elif 0x20 <= self._command < 0x40:
            self._write(self._command & 0x1F, index, byte, now)

    def to_read(self, index: int, now: Ticks) -> int:  # noqa: ARG002 - the answer is that of the command's time
        return self._answer[index] if index < len(self._answer) else 0

    def end(self, now: Ticks) -> None:
        if self._command in (W_TX_PAYLOAD, W_TX_PAYLOAD_NOACK):
            if self._payload and len(self._fifo) < FIFO_LEVELS:
                self._fifo.append(bytes(self._payload[:PAYLOAD_BYTES]))
        elif self._command == FLUSH_TX:
            self._fifo.clear()
        elif self._command in (CE_ON, CE_OFF):
            self._ce = self._command == CE_ON
        elif self._command in (SELSPI, SELIRQ):
            self._data_is_interrupt = self._command == SELIRQ
        self._settle_state(now)

    def _read(self, address: int) -> bytes:
        if address == reg.STATUS:
            full = reg.STATUS_TX_FULL if len(self._fifo) == FIFO_LEVELS else 0
            return bytes([self._flags | reg.STATUS_RX_EMPTY | full])
        if address == reg.FIFO_STATUS:
            full = reg.FIFO_TX_FULL if len(self._fifo) == FIFO_LEVELS else 0
            return bytes([reg.FIFO_RX_EMPTY | full | (0 if self._fifo else reg.FIFO_TX_EMPTY)])
        return self.registers.read(address)

    def _write(self, address: int, index: int, byte: int, now: Ticks) -> None:
        if address == reg.STATUS and index == 0:
            self._flags &= ~byte
        self.registers.write(address, index, byte)
        self._settle_state(now)

    # Power states

    def _settle_state(self, now: Ticks) -> None:
        """Take the state that registers, CE and FIFO ask for, unless a time must pass first."""
        config = self.registers.byte(reg.CONFIG)
        receive = self._ce and bool(config & reg.CONFIG_PRIM_RX)
        if not config & reg.CONFIG_PWR_UP:
            self._cut_off(now)
            self.state = State.SHUTDOWN
        elif self.state is State.SHUTDOWN:
            self.state = State.STARTING
            self._until = now + CRYSTAL_START if self.crystal_works else None
        elif self.state is State.RECEIVING and not receive:
            self.state = State.STANDBY
            self._settle_state(now)
        elif self.state is State.STANDBY and receive:
            self.state = State.RECEIVING
        elif self.state is State.STANDBY and self._ce and self._fifo:
            self.state, self._until = State.SETTLING, now + SETTLING

    def _step(self, at: Ticks) -> None:
        self._until = None
        if self.state is State.SETTLING:
            self._send(at)
        elif self.state is State.SENDING:
            self._sent(at)
        else:
            self.state = State.STANDBY
            self._settle_state(at)

    def _send(self, at: Ticks) -> None:
        if not self._fifo:  # flushed while the synthesiser settled
            self.state = State.STANDBY
            return
        self._on_air = self._frame(at)
        self.state, self._until = State.SENDING, self._on_air.end

    def _sent(self, at: Ticks) -> None:
        assert self._on_air is not None
        self.packets.append(self._on_air)
        self._on_air = None
        self._flags |= reg.STATUS_TX_DS
        self._fifo = self._fifo[1:]
        if self._ce and self._fifo and not self.registers.byte(reg.CONFIG) & reg.CONFIG_PRIM_RX:
            self._send(at)
        else:
            self.state = State.STANDBY
            self._settle_state(at)

    def _cut_off(self, now: Ticks) -> None:
        """The transmitter stops: what of a packet is on air already stays there."""
        if self._on_air is not None:
            sent = (now - self._on_air.start) * self._on_air.rate_bps // TICKS_PER_SECOND
            self.packets.append(replace(self._on_air, bits=self._on_air.bits[:sent]))
        self._on_air = None
        self._until = None

    def _frame(self, at: Ticks) -> Packet:
        byte = self.registers.byte
        if byte(reg.EN_AA) & 0x3F or byte(reg.SETUP_RETR) & 0x0F:
            raise NotModelled("Ci24R1: it sends with automatic acknowledgement; EN_AA[5:0] and SETUP_RETR[3:0] must be 0")
        if byte(reg.DYNPD) or byte(reg.FEATURE) & 0x04:
            raise NotModelled("Ci24R1: it sends with dynamic payload length; DYNPD and FEATURE bit 2 must be 0")
        rate_code = byte(reg.RF_SETUP) & 0x28
        width = byte(reg.SETUP_AW)
        if rate_code not in reg.RATE_BPS or width == 0:
            raise NotModelled(f"Ci24R1: RF_SETUP 0x{byte(reg.RF_SETUP):02X} with SETUP_AW {width} has no meaning")
        config = byte(reg.CONFIG)
        crc_bytes = 0 if not config & reg.CONFIG_EN_CRC else 2 if config & reg.CONFIG_CRC_TWO_BYTES else 1
        address = bytes(self.registers.values[reg.TX_ADDR][: width + 2])
        return Packet(
            start=at,
            rf_channel=byte(reg.RF_CH),
            rate_bps=reg.RATE_BPS[rate_code],
            power_dbm=reg.POWER_DBM[byte(reg.RF_SETUP) & 0x07],
            bits=on_air(address, self._fifo[0], crc_bytes),
        )
