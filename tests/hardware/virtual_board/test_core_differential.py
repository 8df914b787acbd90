"""The core does what Unicorn does, for every instruction that both have."""

from differential import differences


def test_every_encoding_leaves_the_state_that_unicorn_leaves() -> None:
    compared, found = differences(seed=1, wide_count=500)
    assert compared > 60_000
    assert not [str(difference) for difference in found]
