/* Division for a core that has none, a bit at a time: some 250 cycles, where the library takes 60 to 200 and 270 bytes. */
#include <stdint.h>

uint32_t __aeabi_uidiv(uint32_t dividend, uint32_t divisor);
uint64_t __aeabi_uidivmod(uint32_t dividend, uint32_t divisor);

/* Quotient in R0, remainder in R1 (ARM's run-time ABI 4.3.1); a divisor of 0 gives all ones and the dividend. */
__attribute__((used, noinline)) uint64_t __aeabi_uidivmod(uint32_t dividend, uint32_t divisor)
{
    uint32_t remainder = 0;
    for (uint32_t bit = 0; bit < 32; bit++) {
        uint32_t carry = remainder >> 31;
        remainder = remainder << 1 | dividend >> 31;
        dividend <<= 1;
        if (carry || remainder >= divisor) {
            remainder -= divisor;
            dividend |= 1;
        }
    }
    return (uint64_t)remainder << 32 | dividend;
}

__attribute__((used)) uint32_t __aeabi_uidiv(uint32_t dividend, uint32_t divisor)
{
    return (uint32_t)__aeabi_uidivmod(dividend, divisor);
}
