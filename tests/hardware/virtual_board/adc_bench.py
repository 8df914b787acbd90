"""The converter's registers, what a program does with them, and when each sample is taken."""

from dataclasses import dataclass

from chips import Recorder, Registers, idle_chip

from hardware.virtual_board.mcu.chip import Chip

ADC = 0x4001_2400
ISR, IER, CR, CFGR1, CFGR2 = ADC, ADC + 4, ADC + 8, ADC + 0xC, ADC + 0x10
SMPR, TR, CHSELR, DR, CCSR, CCR = ADC + 0x14, ADC + 0x20, ADC + 0x28, ADC + 0x40, ADC + 0x44, ADC + 0x308
EOSMP, EOC, EOSEQ, OVR = 2, 4, 8, 16
ADEN, ADSTART, ADSTP, ADCAL = 1, 4, 16, 1 << 31
DMAEN, DMACFG, SCANDIR, ALIGN, OVRMOD, CONT, WAIT, DISCEN = 1, 2, 4, 1 << 5, 1 << 12, 1 << 13, 1 << 14, 1 << 16
TIM3_RISING = 3 << 6 | 1 << 10
VREFEN, TSEN = 1 << 22, 1 << 23
PCLK_4 = 2 << 28
PENDING = 0xE000_E200
APBRSTR2 = 0x4002_1030
SAMPLING = [3.5, 5.5, 7.5, 13.5, 28.5, 41.5, 71.5, 239.5]
TIM3 = 0x4000_0400


@dataclass
class Timed(Recorder):
    """Knows when each sample was taken."""

    chip: Chip | None = None

    def __post_init__(self) -> None:
        self.sampled: list[int] = []
        self.heard: list[int] = []

    def convert(self, channel: int) -> int:
        assert self.chip
        self.sampled.append(self.chip.adc_sampled_at)
        self.heard.append(self.chip.now)
        super().convert(channel)
        return self.counts.get(channel, len(self.converted))


class Adc(Registers):
    def __init__(self, chip: Chip, outside: Timed) -> None:
        super().__init__(chip.machine)
        self.chip, self.outside = chip, outside
        outside.chip = chip

    def on(self, channels: int = 1, configuration: int = 0, clock: int = PCLK_4, smp: int = 0) -> None:
        self[CFGR2] = clock
        self[CHSELR] = channels
        self[SMPR] = smp
        self[CFGR1] = configuration
        self[CR] = ADEN
        self.cycles(8 * 64)

    def start(self) -> None:
        self[CR] = ADEN | ADSTART

    def cycles_until(self, flag: int) -> int:
        passed = 0
        while not self[ISR] & flag:
            self.cycles(1)
            passed += 1
            assert passed < 100_000
        return passed


def sleeping_adc() -> Adc:
    """Asleep, each cycle can be told from the next."""
    outside = Timed()
    made = Adc(idle_chip(outside), outside)
    made.cycles(100)
    return made
