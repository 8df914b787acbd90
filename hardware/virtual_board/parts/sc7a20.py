"""Model of the SC7A20HTR accelerometer: registers on I2C, samples at its own pace, FIFO, interrupts.

Registers and sources stand in sc7a20_registers.py, what is assumed of FIFO and motion interrupt in their files.

| assumed | instead of |
|---|---|
| 1024 counts per g at +-2 g, 12 bit, left-justified in 16 (facts: about 1 mg) | UNVERIFIED |
| low-power mode has 8 bit (LIS2DH12), every other mode 12 | UNVERIFIED |
| self-test adds 0.5 g to each axis in mode 1 and takes it off in mode 2 | MISSING; LIS2DH12: 0.07 to 1.4 g |
| noise 2.5 mg rms, the same in every mode | MISSING |
| silent for 5 ms after power-up; BOOT reads one for 5 ms (LIS2DH12) | UNVERIFIED |
| first sample one period after the rate was set (LIS2DH12); its other settling times are left out | UNVERIFIED |
| an axis that is off reads 0; an open CS counts as high | UNVERIFIED |
| soft reset acts at once | MISSING |
| each axis' "available" flag clears when its high byte is read, and the data-ready line with the first | UNVERIFIED |
| trigger mode of the FIFO looks at the motion interrupts, 1 or 2 by FIFO_CTRL bit 5; the sample that fires is kept | UNVERIFIED |

Registers or bits that the model lacks (click, 6D, SPI, the pull-ups in 0x57, the port 0x69) raise NotModelled when used.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from hardware.parts.accelerometer import SC7A20HTR
from hardware.virtual_board.device import Drive
from hardware.virtual_board.motion import MotionSource, Rest, Vector
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.parts import sc7a20_registers as reg
from hardware.virtual_board.parts.sc7a20_current import current_ua
from hardware.virtual_board.parts.sc7a20_fifo import Counts, Fifo, Mode
from hardware.virtual_board.parts.sc7a20_motion import HighPass, MotionInterrupt
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks, from_seconds

BOOT_TIME = from_seconds(5e-3)
ALL_AXES = 0x07
COUNTS_PER_FULL_SCALE = 2048
GROUND_OF = {"VDD": "GND", "VDDIO": "GNDIO"}


@dataclass
class Sc7a20:
    """An accelerometer. `rate_error` is relative: 0.05 samples 5 % too fast. `seed` fixes its noise.

    `supply` wants the voltages of VDD, VDDIO, GND and GNDIO; a pin that is not in it is open. `samples` notes all that it takes.
    """

    motion: MotionSource = field(default_factory=Rest)
    rate_error: float = 0.0
    offset_g: Vector = (0.0, 0.0, 0.0)
    noise_g: float = 2.5e-3
    self_test_g: float = 0.5
    seed: int = 1
    samples: Samples | None = None

    def __post_init__(self) -> None:
        self._noise = random.Random(self.seed)
        self._supplied = False
        self._levels: dict[str, bool] = {}
        self._awake_at: Ticks = 0
        self._forget()

    def _forget(self) -> None:
        """Power-up and soft reset."""
        self._registers = reg.reset_values()
        self._fifo = Fifo()
        self._high_pass = HighPass()
        self._interrupts = (MotionInterrupt(), MotionInterrupt())
        self._output: list[int] = [0, 0, 0]
        self._available = self._overwritten = self._locked = 0  # one bit per axis
        self._next_sample: Ticks | None = None
        self._boot_until: Ticks = 0
        self._addressed = self._wants_pointer = self._increment = False
        self._pointer = 0

    # Device

    def supply(self, volts: Mapping[str, float], now: Ticks) -> None:
        self.advance(now)
        supplied = all(
            ground in volts and volts.get(pin, 0.0) - volts[ground] >= SC7A20HTR.supplies[pin].operating_min_v
            for pin, ground in GROUND_OF.items()
        )
        if supplied != self._supplied:
            self._supplied = supplied
            self._awake_at = now + BOOT_TIME
            self._forget()

    def input(self, pin: str, high: bool, now: Ticks) -> None:
        self.advance(now)
        self._levels[pin] = high

    def advance(self, now: Ticks) -> None:
        while self._next_sample is not None and self._next_sample <= now:
            self._sample(self._next_sample)
            self._next_sample += self._period()

    def next_event(self) -> Ticks | None:
        routed = self._registers[reg.CTRL3] or self._registers[reg.CTRL6] & (reg.CTRL6_AOI1 | reg.CTRL6_AOI2)
        return self._next_sample if routed else None

    def outputs(self) -> Mapping[str, Drive]:
        if not self._supplied:
            return {"INT1": Drive.OPEN, "INT2": Drive.OPEN}
        active_low = bool(self._registers[reg.CTRL6] & reg.CTRL6_ACTIVE_LOW)
        return {
            "INT1": Drive.HIGH if self._interrupt_1() != active_low else Drive.LOW,
            "INT2": Drive.HIGH if self._interrupt_2() != active_low else Drive.LOW,
        }

    def current_ua(self) -> Mapping[str, float]:
        if not self._supplied:
            return {}
        rate = self._rate_hz()
        low_power = bool(self._registers[reg.CTRL1] & reg.CTRL1_LOW_POWER)
        return {"sampling" if rate else "standby": current_ua(rate, low_power)}

    # I2cTarget

    def i2c_start(self, address: int, read: bool, now: Ticks) -> bool:
        self.advance(now)
        own = SC7A20HTR.facts["i2c_address_high" if self._levels.get("SDO", True) else "i2c_address_low"]
        selected = self._levels.get("CS", True)
        self._addressed = self._supplied and now >= self._awake_at and selected and address == own
        self._wants_pointer = not read
        return self._addressed

    def i2c_write(self, byte: int, now: Ticks) -> bool:
        self.advance(now)
        if not self._addressed:
            return False
        if self._wants_pointer:
            self._wants_pointer, self._pointer, self._increment = False, byte & 0x7F, bool(byte & 0x80)
        else:
            self._write(self._pointer, byte, now)
            self._go_on()
        return True

    def i2c_read(self, now: Ticks) -> int:
        self.advance(now)
        if not self._addressed:
            return 0xFF  # nobody pulls the line down
        byte = self._read(self._pointer, now)
        self._go_on()
        return byte

    def i2c_stop(self, now: Ticks) -> None:
        self.advance(now)
        self._addressed = False

    def _go_on(self) -> None:
        if self._increment:
            wraps = self._pointer == reg.OUT_Z_H and self._fifo.mode is not Mode.BYPASS
            self._pointer = reg.OUT_X_L if wraps else self._pointer + 1 & 0x7F

    # Registers

    def _write(self, address: int, byte: int, now: Ticks) -> None:
        register = self._register(address)
        if byte & ~register.known:
            raise NotModelled(f"SC7A20: bits 0x{byte & ~register.known:02X} of {register.name} were set")
        before = self._registers[address]
        self._registers[address] = before & ~register.writable | byte & register.writable
        if address == reg.SOFT_RESET and byte == reg.SOFT_RESET_KEY:
            addressed = self._addressed
            self._forget()
            self._addressed = addressed
        elif address == reg.CTRL1 and before >> 4 != byte >> 4:
            self._next_sample = now + self._period() if self._rate_hz() else None
        elif address == reg.CTRL5:
            self._registers[address] &= ~reg.CTRL5_BOOT
            if byte & reg.CTRL5_BOOT:
                self._boot_until = now + BOOT_TIME
        if address in (reg.CTRL5, reg.FIFO_CTRL):
            control = self._registers[reg.FIFO_CTRL]
            enabled = self._registers[reg.CTRL5] & reg.CTRL5_FIFO
            self._fifo.configure(Mode(control >> 6) if enabled else Mode.BYPASS, control & 0x1F)

    def _read(self, address: int, now: Ticks) -> int:
        self._register(address)
        if reg.OUT_X_L <= address <= reg.OUT_Z_H:
            return self._read_output(address - reg.OUT_X_L)
        if address in (reg.INT1_CFG + 1, reg.INT2_CFG + 1):
            which = int(address == reg.INT2_CFG + 1)
            return self._interrupts[which].read_source(self._latches(which))
        if address == reg.CTRL5:
            return self._registers[address] | (reg.CTRL5_BOOT if now < self._boot_until else 0)
        if address == reg.STATUS:
            all_new, all_lost = self._available == ALL_AXES, self._overwritten == ALL_AXES
            return all_lost << 7 | self._overwritten << 4 | all_new << 3 | self._available
        if address == reg.FIFO_SRC:
            return self._fifo.source()
        if address == reg.REFERENCE:
            self._high_pass.wants_reference = True
        return self._registers[address]

    def _read_output(self, index: int) -> int:
        axis, high = divmod(index, 2)
        if self._fifo.mode is not Mode.BYPASS and self._fifo.samples:
            self._output = list(self._fifo.samples[0])
            if index == reg.OUT_Z_H - reg.OUT_X_L:
                self._fifo.pop()
        if high:
            self._available &= ~(1 << axis)
            self._overwritten &= ~(1 << axis)
            self._locked &= ~(1 << axis)
        elif self._registers[reg.CTRL4] & reg.CTRL4_BLOCK_UPDATE:
            self._locked |= 1 << axis
        return self._output[axis] >> 8 * high & 0xFF

    def _register(self, address: int) -> reg.Register:
        if address not in reg.REGISTERS:
            raise NotModelled(f"SC7A20: register 0x{address:02X}")
        return reg.REGISTERS[address]

    # Samples

    def _rate_hz(self) -> float:
        code = self._registers[reg.CTRL1] >> 4
        if code >= len(reg.ODR_HZ):
            raise NotModelled(f"SC7A20: rate code {code} in CTRL1")
        return reg.ODR_HZ[code]

    def _period(self) -> Ticks:
        rate = self._rate_hz() * (1 + self.rate_error)
        return round(TICKS_PER_SECOND / rate) if rate else 0

    def _sample(self, at: Ticks) -> None:
        measured = self._measure(self.motion.acceleration_g(at))
        filtered = self._high_pass.filter(measured, self._registers[reg.CTRL2] >> 4 & 3)
        value = filtered if self._registers[reg.CTRL2] & reg.CTRL2_FILTERED_OUTPUT else measured
        justified = self._justified(value[0]), self._justified(value[1]), self._justified(value[2])
        self._store(justified)
        if self.samples is not None:
            self.samples.motion.append((at, (_signed(justified[0]), _signed(justified[1]), _signed(justified[2]))))
        self._check_motion(measured, filtered)

    def _measure(self, force_g: Vector) -> Vector:
        """What the element and its converter make of a force: errors, noise, self-test, limits."""
        control, self_test = self._registers[reg.CTRL1], self._registers[reg.CTRL4] >> 1 & 3
        extra = self.self_test_g * {0: 0, 1: 1, 2: -1}.get(self_test, 0)
        x, y, z = (
            self._quantised(force + offset + extra + self._noise.gauss(0, self.noise_g)) if control >> axis & 1 else 0.0
            for axis, (force, offset) in enumerate(zip(force_g, self.offset_g, strict=True))
        )
        return x, y, z

    def _counts_per_g(self) -> float:
        return COUNTS_PER_FULL_SCALE / reg.FULL_SCALE_G[self._full_scale()]

    def _full_scale(self) -> int:
        return self._registers[reg.CTRL4] >> 4 & 3

    def _quantised(self, force_g: float) -> float:
        counts = round(force_g * self._counts_per_g())
        return max(-COUNTS_PER_FULL_SCALE, min(COUNTS_PER_FULL_SCALE - 1, counts)) / self._counts_per_g()

    def _justified(self, force_g: float) -> int:
        """As in the output registers: 12 bit left-justified in 16, in two's complement."""
        counts = max(-COUNTS_PER_FULL_SCALE, min(COUNTS_PER_FULL_SCALE - 1, round(force_g * self._counts_per_g())))
        kept = 0xFF00 if self._registers[reg.CTRL1] & reg.CTRL1_LOW_POWER else 0xFFF0
        return counts << 4 & kept

    def _store(self, counts: Counts) -> None:
        self._overwritten |= self._available
        self._available = ALL_AXES
        for axis in range(3):
            if not self._locked >> axis & 1:
                self._output[axis] = counts[axis]
        self._fifo.push(counts)

    # Interrupts

    def _check_motion(self, measured: Vector, filtered: Vector) -> None:
        for which, base in enumerate((reg.INT1_CFG, reg.INT2_CFG)):
            uses_filter = self._registers[reg.CTRL2] & reg.CTRL2_FILTERED_AOI[which]
            self._interrupts[which].sample(
                filtered if uses_filter else measured,
                config=self._registers[base],
                threshold_g=self._registers[base + 2] * reg.THRESHOLD_MG[self._full_scale()] / 1000,
                duration=self._registers[base + 3],
                latch=self._latches(which),
            )
        if self._interrupts[self._registers[reg.FIFO_CTRL] >> 5 & 1].active:
            self._fifo.trigger()

    def _latches(self, which: int) -> bool:
        return bool(self._registers[reg.CTRL5] & reg.CTRL5_LATCH[which])

    def _interrupt_1(self) -> bool:
        routed = self._registers[reg.CTRL3]
        return bool(
            (routed & reg.CTRL3_AOI1 and self._interrupts[0].active)
            or (routed & reg.CTRL3_AOI2 and self._interrupts[1].active)
            or (routed & reg.CTRL3_DATA_READY and self._available == ALL_AXES)
            or (routed & reg.CTRL3_WATERMARK and self._fifo.above_watermark)
            or (routed & reg.CTRL3_OVERRUN and self._fifo.overrun)
        )

    def _interrupt_2(self) -> bool:
        routed = self._registers[reg.CTRL6]
        return bool(
            (routed & reg.CTRL6_AOI1 and self._interrupts[0].active) or (routed & reg.CTRL6_AOI2 and self._interrupts[1].active)
        )


def _signed(justified: int) -> int:
    """Counts of 12 bits of an output register."""
    counts = justified >> 4
    return counts - 2 * COUNTS_PER_FULL_SCALE if counts >= COUNTS_PER_FULL_SCALE else counts
