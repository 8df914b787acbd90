"""Emulate 1.5 G cycles of compute code: CRC-32 bit by bit over 1 kB of memory, and what a filter does, multiply and add."""

import struct
import time

from hardware.virtual_board.core.machine import FLASH, RAM, Machine

CYCLES = 1_500_000_000
TICKS_PER_CYCLE = 64  # 24 MHz

# r0 walks through memory, r1 is the CRC, r2 the polynomial, r3 counts bits, r5 a sum, r7 the end of memory
PROGRAM = (
    0x7804,  # byte: ldrb r4, [r0]
    0x4061,  #       eors r1, r4
    0x2308,  #       movs r3, #8
    0x0849,  # bit:  lsrs r1, r1, #1
    0xD300,  #       bcc  even
    0x4051,  #       eors r1, r2
    0x3B01,  # even: subs r3, #1
    0xD1FA,  #       bne  bit
    0x4364,  #       muls r4, r4, r4
    0x192D,  #       adds r5, r5, r4
    0x7005,  #       strb r5, [r0]
    0x3001,  #       adds r0, #1
    0x42B8,  #       cmp  r0, r7
    0xD1F1,  #       bne  byte
    0x0038,  #       movs r0, r7
    0x4030,  #       ands r0, r6
    0xE7EE,  #       b    byte
)
REGISTERS = {0: RAM, 1: 0xFFFF_FFFF, 2: 0xEDB8_8320, 6: 0xFFFF_F000, 7: RAM + 1024}


def main() -> None:
    machine = Machine()
    machine.load(FLASH, struct.pack("<2I", RAM + 4096, FLASH + 9) + struct.pack(f"<{len(PROGRAM)}H", *PROGRAM))
    machine.reset()
    machine.ticks_per_cycle = TICKS_PER_CYCLE
    for number, value in REGISTERS.items():
        machine.set_register(number, value)
    start = time.perf_counter()
    reason = machine.run(machine.ticks + CYCLES * TICKS_PER_CYCLE)
    seconds = time.perf_counter() - start
    print(f"{reason.name}: {CYCLES / seconds / 1e6:.0f} emulated MHz, {machine.instructions / seconds / 1e6:.0f} MIPS")


if __name__ == "__main__":
    main()
