"""System memory as it leaves the factory: boot ROM stub, unique ID, option bytes, trims and flash timing.

Places and formats: Puya's py32f003x6.h and LL and HAL headers, puyaisp, Black Magic Debug. Values that differ from chip to
chip come from the seed. Marked (?): plausible, but no public source says it.
"""

import random
import struct

SYSTEM_BYTES = 0x1000
UID_AT = 0xE00
OPTION_BYTES_AT = 0xE80
HSI_TRIMS_AT = 0xF00
TEMPERATURES_AT = 0xF14
FLASH_TIMINGS_AT = 0xF1C
LSI_TRIM_AT = 0xFA4
SIZES_AT = 0xFFC

FACTORY_OPTION_BYTES = bytes.fromhex("aabe5541 ff0000ff ffffffff ffff0000")
HSI_HZ = (4_000_000, 8_000_000, 16_000_000, 22_120_000, 24_000_000)  # by HSI_FS
BOOT_ROM_DOOR = 0x5FFF_FFFC  # nothing is there: a store tells that the boot ROM runs (outside.c)
BOOT_STACK = 0x2000_1000

# Microseconds. The first six are the reset values of the timing registers (SVD) at 24 MHz. The other three are such that
# programming takes the datasheet's typical 1.0 ms and erasing 3.0 ms (tables 6-15, 6-16), as flash_operation.c adds them up.
_TS0, _TS1, _TS2P, _TPS3, _TS3, _PRETPE = 7.5, 18.0, 7.5, 72.0, 7.5, 200.0
_AROUND = _TS0 + _TS1 + _TS2P + _TPS3 + _TS3
_PRGTPE = 1000.0 - _AROUND
_PERTPE = _SMERTPE = 3000.0 - _AROUND - _PRETPE


def system_memory(uid_seed: int) -> bytes:
    """The 4 KiB at 0x1FFF0000 of one chip; another seed is another chip."""
    memory = bytearray(b"\xff" * SYSTEM_BYTES)

    def place(at: int, data: bytes) -> None:
        memory[at : at + len(data)] = data

    chip = random.Random(uid_seed)
    place(0, _boot_rom_stub())
    place(UID_AT, _unique_id(uid_seed, chip))
    place(OPTION_BYTES_AT, FACTORY_OPTION_BYTES)
    place(HSI_TRIMS_AT, struct.pack("<5I", *(_word_with_check(chip.randrange(0x0C00, 0x1400)) for _ in HSI_HZ)))
    place(TEMPERATURES_AT, struct.pack("<2I", *_temperature_counts(chip)))
    place(FLASH_TIMINGS_AT, b"".join(map(flash_timing, HSI_HZ)))
    place(LSI_TRIM_AT, struct.pack("<I", chip.randrange(0x0C0, 0x140)))
    place(SIZES_AT, struct.pack("<I", 0x13))  # 32 KiB of flash, 4 KiB of RAM
    return bytes(memory)


def flash_timing(hsi_hz: int) -> bytes:
    """The five packed words of a range, in cycles of HSI (vendor's HAL, FLASH_TIMMING_SEQUENCE)."""

    def cycles(microseconds: float) -> int:
        return round(microseconds * hsi_hz / 1_000_000)

    return struct.pack(
        "<5I",
        cycles(_TS0) | cycles(_TS3) << 8 | cycles(_TS1) << 16,
        cycles(_TS2P) | cycles(_TPS3) << 16,
        cycles(_PERTPE),
        cycles(_SMERTPE),
        cycles(_PRGTPE) | cycles(_PRETPE) << 16,
    )


def _boot_rom_stub() -> bytes:
    """Vectors, and a program that knocks at the door: `ldr r0, door; str r0, [r0]; b .`."""
    start = 0x1FFF_00C0
    program = struct.pack("<4HI", 0x4801, 0x6000, 0xE7FE, 0x46C0, BOOT_ROM_DOOR)
    vectors = struct.pack("<2I", BOOT_STACK, start | 1)
    return vectors.ljust(start & 0xFFF, b"\x00") + program


def _unique_id(serial: int, chip: random.Random) -> bytes:
    """Lot of 8 characters, wafer and its place there, then the number itself, which no other seed has (?: the rest of 128)."""
    lot = f"P{chip.randrange(10**7):07d}".encode()
    wafer = bytes([chip.randrange(1, 26), chip.randrange(256), chip.randrange(256), 0])
    return (lot + wafer + (serial & 0xFFFF_FFFF).to_bytes(4, "little")).ljust(128, b"\xff")


def _word_with_check(trim: int) -> int:
    """13 bits of trim; what the vendor's code masks off is not 0 (?)."""
    return trim | ~trim << 16 & 0xFFFF_0000


def _temperature_counts(chip: random.Random) -> tuple[int, int]:
    """12 bit results at 30 and 85 degC with 3.3 V: 0.75 V and 2.5 mV/K, a few counts apart from chip to chip (?)."""
    offset = chip.randrange(-20, 21)
    at_30, at_85 = (round(volts / 3.3 * 4095) for volts in (0.75, 0.75 + 55 * 0.0025))
    return at_30 + offset, at_85 + offset
