"""The division that the compiler calls, as it runs on the board."""

from cffi import FFI
from host_c import SANITIZED, compiled
from hypothesis import example, given
from hypothesis import strategies as st

from hardware.paths import ROOT

FFI_ = FFI()
FFI_.cdef("uint32_t __aeabi_uidiv(uint32_t, uint32_t); uint64_t __aeabi_uidivmod(uint32_t, uint32_t);")
C = FFI_.dlopen(str(compiled("divide", [*SANITIZED, "-shared", "-fPIC"], [ROOT / "firmware" / "src" / "divide.c"])))
WORD = st.one_of(st.integers(0, 2**32 - 1), st.integers(0, 4096))


@given(WORD, WORD.filter(bool))
@example(2**32 - 1, 2**31 + 1)
@example(2**32 - 1, 2**32 - 1)
@example(2**32 - 2, 2**32 - 1)
def test_quotient_and_remainder_are_pythons(dividend: int, divisor: int) -> None:
    assert C.__aeabi_uidiv(dividend, divisor) == dividend // divisor
    assert C.__aeabi_uidivmod(dividend, divisor) == dividend % divisor << 32 | dividend // divisor
