"""The campaign in short: damaged flashes accepted, and whether it would see any."""

from types import SimpleNamespace

import pytest

from manufacturing.station.flash_faults import campaign
from manufacturing.station.flash_faults.disturbance import KINDS, Disturbance
from manufacturing.station.flash_faults.trial import ALL_KINDS, cut_off, cuts, trial
from manufacturing.station.flash_faults.unit import ACCEPTED, UNPROTECTED, Unit
from manufacturing.station.flasher import procedure
from manufacturing.station.flasher.option_bytes import FACTORY


class Always(SimpleNamespace):
    """A chance that decides for the fault, each time in the same way."""

    def random(self) -> float:
        return 0.0

    def randrange(self, *_: int) -> int:
        return 2

    def choice(self, options: tuple[int, ...]) -> int:
        return options[0]


@pytest.mark.parametrize(
    ("kind", "arrives"),
    [
        ("flip", b"ab\x67def"),
        ("flip-pair", b"ab\x67\x60ef"),
        ("drop", b"abdef"),
        ("repeat", b"abccdef"),
        ("reorder", b"abdcef"),
        ("truncate", b"abf"),
        ("insert", b"abc\x02def"),
    ],
)
def test_what_each_kind_does_to_a_line(kind: str, arrives: bytes) -> None:
    disturbance = Disturbance(kind, Always(), rate=-1.0, once=2)  # type: ignore[arg-type]
    assert bytes(arriving for byte in b"abcdef" for arriving in disturbance(byte)) == arrives
    assert disturbance.happened == 1


def test_no_damaged_flash_is_accepted() -> None:
    report = campaign.run(trials=44, cut_images=0, seed=7, jobs=1, small=True, done=lambda *_: None)
    found = report.as_json()
    assert report.holds
    assert (found["trials"], found["corrupted_accepted"], found["not_recovered"]) == (44, 0, 0)
    assert set(found["by_kind"]) == set(ALL_KINDS)
    assert found["faults"] > 44
    assert found["accepted"] > 15  # many bad lines are got over


def test_after_a_cut_at_any_command_a_second_run_succeeds() -> None:
    moments = cuts(seed=4, image_bytes=400)
    assert len(moments) > 120
    outcomes = [cut_off(Unit(4, 400), after, delay_s) for after, delay_s in moments[::5]]
    assert {outcome.second for outcome in outcomes} == {ACCEPTED}
    assert not any(outcome.corrupted for outcome in outcomes)
    assert sum(outcome.said != ACCEPTED for outcome in outcomes) > 20


def test_a_flasher_that_does_not_compare_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(procedure, "verify", lambda *_: None)
    outcomes = [trial(seed, kind, small=True) for seed in range(3) for kind in ("flipped-in-flash", "stuck-in-flash", "reorder")]
    assert any(outcome.corrupted for outcome in outcomes)


def test_a_cut_in_the_midst_of_the_option_bytes_needs_permission() -> None:
    """They are damaged then, and the chip takes itself for read-protected."""
    seed = next(seed for seed in range(100) if _writes_options(seed))
    unit = Unit(seed, 300)
    unit.flash()
    begun = unit.bench.written
    (sent,) = [after for after, before in zip(begun[1:], begun, strict=False) if after - before == len(FACTORY) + 2]
    said = {cut_off(Unit(seed, 300), sent, tenths / 10_000).second for tenths in range(1, 40, 3)}
    assert said == {ACCEPTED, UNPROTECTED}


def _writes_options(seed: int) -> bool:
    flashed, _ = Unit(seed, 300).flash()
    return flashed is not None and flashed.options_written


def test_every_kind_of_line_fault_has_its_trial() -> None:
    assert {trial(1, kind, small=True).kind for kind in KINDS} == set(KINDS)
