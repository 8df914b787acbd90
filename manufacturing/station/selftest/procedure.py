"""The self-test. A unit passes if each sentence holds; the first step that does not hold ends the test.

The firmware measures (firmware/src/app/selftest.h), the fixture offers sound, an ear and an eye, limits.csv has what is right.
What the product has no room for is asked before it, of the factory test image (firmware/src/factory/tests.h).
The order: what needs no power, then what everything else needs first, then the parts, last what takes long.
"""

import binascii

from manufacturing.station.selftest.rails import SWEEPS, quantities
from manufacturing.station.selftest.unit import UnitUnderTest

BASS_HZ, TONE_HZ, TREBLE_HZ, SILENCE = 200.0, 1000.0, 3000.0, 0.0
AXES = ("x", "y", "z")
LINES = ("scl", "sda")
RADIO_PATTERNS = (0x5AC3960F, 0xA53C69F0)  # that the firmware writes into the radio, and has to read back (ci24r1.c)
BEACON_S = 5.0  # two of the longest intervals that are set when a unit leaves the line, and the time to tell


def rails(unit: UnitUnderTest) -> None:
    """Its capacitors are there, few of which other steps see, and nothing shorts its supplies. One that fails gets no power."""
    meter = unit.needs(unit.position.impedance_meter, "impedance meter")
    with meter.unpowered():
        for probe in meter.probes:
            for quantity, value in quantities(probe, meter.impedance(probe, SWEEPS[probe].hertz)):
                unit.check(quantity, value)
        unit.end()


def microphone_supply(unit: UnitUnderTest) -> None:
    """The pin can switch it, and resistor and capacitor delay it as long as they should."""
    unit.check("charge", unit.measure()["charge_us"])


def pull_ups(unit: UnitUnderTest) -> None:
    """Each takes its current from the supply while its line is low."""
    found = unit.measure()
    for line in LINES:
        unit.check(line, _droop(found["released_lsb"], found[f"{line}_low_lsb"]))


def _droop(before_lsb: float, lsb: float) -> float | None:
    """By so many thousandths of itself the supply is lower: the reading of the reference rises as the supply falls."""
    return 1000 * (1 - before_lsb / lsb) if lsb else None


def interrupt_pins(unit: UnitUnderTest) -> None:
    """The line follows the accelerometer's first interrupt pin, not its second, and nothing works against either."""
    found = unit.measure()
    unit.check("int1", found["int1"])
    unit.check("int2", found["int2"])
    unit.check("droop", _droop(found["int1_lsb"], found["int2_lsb"]))


def debug_port(unit: UnitUnderTest) -> None:
    """Both of its pins reach their pads, and nothing else."""
    unit.needs(unit.position.debug_pads_joined or None, "resistor between the pads SWDIO and SWCLK")
    found = unit.measure()
    unit.check("low", found["low"])
    unit.check("high", found["high"])


def link(unit: UnitUnderTest) -> None:
    """The firmware that was flashed runs, and answers."""
    unit.ask("info")


def identity(unit: UnitUnderTest) -> None:
    """It runs on the chip that was flashed, and has met no fault that it can tell by itself."""
    info = unit.ask("info")
    unit.require(info.get("uid") == unit.uid, "OTHERCHIP", "the chip that answers is not the one that was flashed")
    unit.require(info.get("fault_address", "").strip("0") == "", "CRASHED", "the firmware met a fault: see info")
    unit.require(info.get("reset") != "watchdog", "WATCHDOG", "the watchdog had to reset the chip")


def checksum(unit: UnitUnderTest) -> None:
    """The chip's own processor finds the image in its flash."""
    found = unit.measure("flash")
    unit.expect("bytes", found["bytes"], len(unit.image), "B")
    unit.expect("crc16", found["crc16"], binascii.crc_hqx(unit.image, 0xFFFF))


def supply(unit: UnitUnderTest) -> None:
    unit.supply_mv = unit.measure()["supply_mv"]
    unit.check("supply", unit.supply_mv)


def accelerometer(unit: UnitUnderTest) -> None:
    found = unit.measure()
    unit.check("who_am_i", found["who_am_i"])
    unit.check("version", found["version"])


def axes(unit: UnitUnderTest) -> None:
    """It lies still and level. What it shows then is its offset, but for the 1 g upwards."""
    found = unit.measure()
    for axis in AXES:
        unit.check(axis, found[f"{axis}_mg"])
        unit.check(f"{axis}_noise", found[f"{axis}_noise_mg"])
    level = {"x": 0, "y": 0, "z": 1000}
    unit.calibration |= {f"offset_{axis}_mg": round(found[f"{axis}_mg"] - level[axis]) for axis in AXES}


def accelerometer_selftest(unit: UnitUnderTest) -> None:
    """Its mass moves when it is pulled, both ways."""
    found = unit.measure()
    for mode in (1, 2):
        for axis in AXES:
            unit.check(f"{axis}_{mode}", found[f"{axis}_{mode}_mg"])


def interrupt(unit: UnitUnderTest) -> None:
    found = unit.measure()
    unit.check("low_level", found["low"])
    unit.check("high_level", found["high"])
    unit.check("edges", found["edges"])


def microphone(unit: UnitUnderTest) -> None:
    """It rests where it should, and hears a little noise but no more."""
    if unit.position.loudspeaker is None:
        found = unit.measure()
    else:
        with unit.position.loudspeaker.playing(SILENCE):
            found = unit.measure()
    unit.check("bias", unit.millivolts(found["dc_lsb"]))
    unit.check("noise", unit.millivolts(found["rms_lsb"]))


def tone(unit: UnitUnderTest) -> None:
    """It hears the loudspeaker, as loud at each end of its band as the circuit's values say."""
    loudspeaker = unit.needs(unit.position.loudspeaker, "loudspeaker")
    heard = {}
    for hertz in (TONE_HZ, BASS_HZ, TREBLE_HZ):
        with loudspeaker.playing(hertz):
            heard[hertz] = unit.measure()
    level = heard[TONE_HZ]["rms_lsb"]
    unit.check("level", unit.millivolts(level))
    unit.check("frequency", heard[TONE_HZ]["frequency_hz"])
    unit.check("bass", heard[BASS_HZ]["rms_lsb"] / level if level else None)
    unit.check("treble", heard[TREBLE_HZ]["rms_lsb"] / level if level else None)


def radio(unit: UnitUnderTest) -> None:
    """Its registers keep what is written to them, its crystal runs, and it has sent a packet."""
    found = unit.measure()
    unit.require(found["answer"] in RADIO_PATTERNS, "ANSWER", f"the radio's registers read {int(found['answer']):08x}")
    unit.check("crystal_start", found["crystal_start_us"])


def beacon(unit: UnitUnderTest) -> None:
    """A receiver hears what it sends. The first beacon comes right after a start."""
    receiver = unit.needs(unit.position.receiver, "receiver of beacons")
    address = unit.ask("info")["address"].upper()
    receiver.forget(address)
    unit.restart()
    heard = receiver.wait_for(address, BEACON_S)
    unit.check("received", 1 if heard else 0)
    if heard and heard.rssi_dbm is not None:
        unit.check("rssi", heard.rssi_dbm)


def led(unit: UnitUnderTest) -> None:
    """It blinks when the firmware starts."""
    light = unit.needs(unit.position.light, "eye on the LED").watch(unit.restart)
    unit.require(light.seen, "DARK", "the LED did not blink when the firmware started")
    if light.percent is not None:
        unit.check("light", light.percent)


def sleep(unit: UnitUnderTest) -> None:
    """It sleeps, wakes by itself when it should, and both of its clocks agree."""
    found = unit.measure()
    unit.check("slept", found["slept_ms"])
    unit.check("lsi", found["lsi_hz"])
