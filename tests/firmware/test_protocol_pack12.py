"""Samples of sound as the console sends them: two characters of base64 each."""

import base64

from host_c import load
from hypothesis import given
from hypothesis import strategies as st

FFI, C = load()
SAMPLE = st.integers(0, 4095)  # what the converter gives


@given(st.lists(st.tuples(SAMPLE, SAMPLE), max_size=64))
def test_each_sample_is_two_characters_of_base64(pairs: list[tuple[int, int]]) -> None:
    packed = FFI.new("uint8_t[]", 3 * len(pairs) + 1)
    for i, (first, second) in enumerate(pairs):
        C.pack12(packed + 3 * i, first, second)
    text = base64.b64encode(bytes(packed)[:-1])
    values = [int.from_bytes(base64.b64decode(b"AA" + text[i : i + 2])) for i in range(0, len(text), 2)]
    assert values == [sample for pair in pairs for sample in pair]
    assert packed[3 * len(pairs)] == 0
