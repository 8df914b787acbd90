"""Register file of the Ci24R1.

Sources: **CI** = Ci24R1 example driver of IOsetting/py32f0-template (addresses, names, RF_SETUP codes, banks of 0x0F);
**NRF** = nRF24L01+ product specification 1.0, section 9 (widths, reset values, read-only bits), which the Ci24R1
follows. No register table of the Ci24R1 itself was read.

| assumed | instead of |
|---|---|
| reset values are the nRF24L01+'s | UNVERIFIED for this chip |
| 0x09 reads 0 | RSSI: nothing is ever received here |
| writes to read-only registers and bits are ignored | UNVERIFIED |
| 0x0F bank 2 (crystal trim, bits 7:4) can be written and read back, without effect on the carrier | its reset value: MISSING |
| the other banks of 0x0F (1 CRC, 4 BT mode, 6/7/8 BT CRC) are an error | bit definitions MISSING |
"""

from dataclasses import dataclass, field

from hardware.virtual_board.not_modelled import NotModelled

CONFIG = 0x00
EN_AA = 0x01
EN_RXADDR = 0x02
SETUP_AW = 0x03
SETUP_RETR = 0x04
RF_CH = 0x05
RF_SETUP = 0x06
STATUS = 0x07
OBSERVE_TX = 0x08
RSSI = 0x09
BANKED = 0x0F
TX_ADDR = 0x10
FIFO_STATUS = 0x17
DYNPD = 0x1C
FEATURE = 0x1D

CONFIG_MASK_TX_DS = 0x20
CONFIG_EN_CRC = 0x08
CONFIG_CRC_TWO_BYTES = 0x04
CONFIG_PWR_UP = 0x02
CONFIG_PRIM_RX = 0x01

STATUS_TX_DS = 0x20
STATUS_FLAGS = 0x70  # RX_DR, TX_DS, MAX_RT: cleared by writing one; CONFIG masks them from the interrupt at the same places
STATUS_RX_EMPTY = 0x0E
STATUS_TX_FULL = 0x01

FIFO_TX_FULL = 0x20
FIFO_TX_EMPTY = 0x10
FIFO_RX_EMPTY = 0x01

BANK_PIPE_5 = 0
BANK_CRYSTAL = 2

RATE_BPS = {0x00: 1_000_000, 0x08: 2_000_000, 0x20: 250_000}  # RF_SETUP bits 5 and 3, CI
POWER_DBM = (-9, -4, -1, 3, 7, 9, 10, 11)  # RF_SETUP bits 2:0, CI


@dataclass(frozen=True)
class Register:
    name: str
    reset: bytes  # least significant byte first, as on the bus
    writable: int = 0xFF  # bits of each byte that can be written


REGISTERS: dict[int, Register] = {
    0x00: Register("CONFIG", b"\x08", 0x7F),
    0x01: Register("EN_AA", b"\x3f"),  # bits 7:6 select the bank of 0x0F (CI)
    0x02: Register("EN_RXADDR", b"\x03"),  # bits 7:6 likewise
    0x03: Register("SETUP_AW", b"\x03", 0x03),
    0x04: Register("SETUP_RETR", b"\x03"),
    0x05: Register("RF_CH", b"\x02", 0x7F),
    0x06: Register("RF_SETUP", b"\x0e", 0xBF),
    0x07: Register("STATUS", b"\x0e", 0x00),
    0x08: Register("OBSERVE_TX", b"\x00", 0x00),
    0x09: Register("RSSI", b"\x00", 0x00),
    0x0A: Register("RX_ADDR_P0", b"\xe7" * 5),
    0x0B: Register("RX_ADDR_P1", b"\xc2" * 5),
    0x0C: Register("RX_ADDR_P2", b"\xc3"),
    0x0D: Register("RX_ADDR_P3", b"\xc4"),
    0x0E: Register("RX_ADDR_P4", b"\xc5"),
    0x0F: Register("RX_ADDR_P5", b"\xc6"),
    0x10: Register("TX_ADDR", b"\xe7" * 5),
    0x11: Register("RX_PW_P0", b"\x00", 0x3F),
    0x12: Register("RX_PW_P1", b"\x00", 0x3F),
    0x13: Register("RX_PW_P2", b"\x00", 0x3F),
    0x14: Register("RX_PW_P3", b"\x00", 0x3F),
    0x15: Register("RX_PW_P4", b"\x00", 0x3F),
    0x16: Register("RX_PW_P5", b"\x00", 0x3F),
    0x17: Register("FIFO_STATUS", b"\x11", 0x00),
    0x1C: Register("DYNPD", b"\x00", 0x3F),
    0x1D: Register("FEATURE", b"\x00", 0x07),
}


@dataclass
class RegisterFile:
    """What the registers hold. STATUS and FIFO_STATUS are put together by the radio, from its FIFO and flags."""

    values: dict[int, bytearray] = field(
        default_factory=lambda: {address: bytearray(register.reset) for address, register in REGISTERS.items()}
    )
    crystal_trim: int | None = None

    def byte(self, address: int) -> int:
        """First byte of a register."""
        return self.values[address][0]

    @property
    def bank(self) -> int:
        """Which register answers at 0x0F (CI: EN_AA[7:6] are its bits 1:0, EN_RXADDR[7:6] its bits 3:2)."""
        return self.byte(EN_AA) >> 6 | self.byte(EN_RXADDR) >> 6 << 2

    def read(self, address: int) -> bytes:
        """All bytes of a register. Raises NotModelled for an address or bank that no source describes."""
        self._check(address)
        if address == BANKED and self.bank == BANK_CRYSTAL:
            if self.crystal_trim is None:
                raise NotModelled("Ci24R1: register 0x0F bank 2 was read before it was written; its reset value is not known")
            return bytes([self.crystal_trim])
        return bytes(self.values[address])

    def write(self, address: int, index: int, byte: int) -> None:
        """Byte number `index` of a write; bytes beyond the register's width are ignored. Raises NotModelled as `read`."""
        self._check(address)
        if index >= len(self.values[address]):
            return
        if address == BANKED and self.bank == BANK_CRYSTAL:
            self.crystal_trim = byte
            return
        writable = REGISTERS[address].writable
        value = self.values[address]
        value[index] = value[index] & ~writable | byte & writable

    def _check(self, address: int) -> None:
        if address not in REGISTERS:
            raise NotModelled(f"Ci24R1: there is no register 0x{address:02X}")
        if address == BANKED and self.bank not in (BANK_PIPE_5, BANK_CRYSTAL):
            raise NotModelled(f"Ci24R1: bank {self.bank} of register 0x0F has no public description")
