"""Registers of the SC7A20HTR.

Sources: **REG** = SC7A20_reg.h, **IRON** = IronOS SC7A20_defines.h, **ST** = LIS2DH12 datasheet, whose register map the
SC7A20 follows (facts on accelerometers). Reset values are ST's but for the identity: UNVERIFIED.
"""

from dataclasses import dataclass

CTRL0 = 0x1F
WHO_AM_I = 0x0F
CTRL1 = 0x20
CTRL2 = 0x21
CTRL3 = 0x22
CTRL4 = 0x23
CTRL5 = 0x24
CTRL6 = 0x25
REFERENCE = 0x26
STATUS = 0x27
OUT_X_L = 0x28
OUT_Z_H = 0x2D
FIFO_CTRL = 0x2E
FIFO_SRC = 0x2F
INT1_CFG = 0x30
INT2_CFG = 0x34
VERSION = 0x70
SOFT_RESET = 0x68
SOFT_RESET_KEY = 0xA5

CTRL1_LOW_POWER = 0x08
CTRL2_FILTERED_OUTPUT = 0x08
CTRL2_FILTERED_AOI = (0x01, 0x02)  # of INT1 and INT2
CTRL3_CLICK = 0x80
CTRL3_AOI1 = 0x40
CTRL3_AOI2 = 0x20
CTRL3_DATA_READY = 0x18
CTRL3_WATERMARK = 0x04
CTRL3_OVERRUN = 0x02
CTRL4_BLOCK_UPDATE = 0x80
CTRL4_BIG_ENDIAN = 0x40
CTRL4_HIGH_RESOLUTION = 0x08
CTRL5_BOOT = 0x80
CTRL5_FIFO = 0x40
CTRL5_LATCH = (0x08, 0x02)  # of INT1 and INT2; the second bit is ST's
CTRL6_AOI1 = 0x40  # ST: routing to INT2
CTRL6_AOI2 = 0x20
CTRL6_ACTIVE_LOW = 0x02

ODR_HZ = (0.0, 1.56, 12.5, 25.0, 50.0, 100.0, 200.0, 400.0, 800.0, 1480.0, 2660.0, 4430.0)  # by CTRL1 bits 7:4, REG
FULL_SCALE_G = (2, 4, 8, 16)  # by CTRL4 bits 5:4
THRESHOLD_MG = (16, 32, 64, 128)  # of one step of INT1_THS, by full scale, REG


@dataclass(frozen=True)
class Register:
    """`writable`: bits that hold what is written. `known`: bits whose function the model has; setting others is an error."""

    name: str
    reset: int = 0x00
    writable: int = 0xFF
    known: int = 0xFF


REGISTERS: dict[int, Register] = {
    0x0F: Register("WHO_AM_I", 0x11, writable=0),
    0x1F: Register("CTRL0"),  # HR and oversampling: stored; their effect on noise and current is MISSING
    0x20: Register("CTRL1", 0x07),
    0x21: Register("CTRL2", known=0xBB),  # not the filter of clicks, nor the reference and automatic modes (0x40)
    0x22: Register("CTRL3", known=0x7E),  # not click, nor the FIFO's 8 bit mode
    0x23: Register("CTRL4", known=0xBE),  # not big endian, nor SPI with three wires
    0x24: Register("CTRL5", known=0xCA),  # not 4D
    0x25: Register("CTRL6", known=0x62),  # not click, boot and activity
    0x26: Register("REFERENCE"),
    0x27: Register("STATUS", writable=0),
    0x28: Register("OUT_X_L", writable=0),
    0x29: Register("OUT_X_H", writable=0),
    0x2A: Register("OUT_Y_L", writable=0),
    0x2B: Register("OUT_Y_H", writable=0),
    0x2C: Register("OUT_Z_L", writable=0),
    0x2D: Register("OUT_Z_H", writable=0),
    0x2E: Register("FIFO_CTRL"),
    0x2F: Register("FIFO_SRC", 0x20, writable=0),
    0x30: Register("INT1_CFG", known=0xBF),  # not 6D
    0x31: Register("INT1_SRC", writable=0),
    0x32: Register("INT1_THS", writable=0x7F),
    0x33: Register("INT1_DUR", writable=0x7F),
    0x34: Register("INT2_CFG", known=0xBF),
    0x35: Register("INT2_SRC", writable=0),
    0x36: Register("INT2_THS", writable=0x7F),
    0x37: Register("INT2_DUR", writable=0x7F),
    0x68: Register("SOFT_RESET", writable=0),
    0x70: Register("VERSION", 0x28, writable=0),
}


def reset_values() -> dict[int, int]:
    return {address: register.reset for address, register in REGISTERS.items()}
