/* Arithmetic and shifts with their flags (ARMv6-M ARM, A2.2 and A6.3). */
#ifndef ALU_H
#define ALU_H

#include "state.h"

static inline uint32_t set_nz(struct state *s, uint32_t result)
{
    s->negative = result;
    s->zero = result;
    return result;
}

static inline uint32_t add_with_carry(struct state *s, uint32_t a, uint32_t b, uint32_t carry)
{
    uint64_t sum = (uint64_t)a + b + carry;
    uint32_t result = (uint32_t)sum;
    s->carry = (uint32_t)(sum >> 32);
    s->overflow = (~(a ^ b) & (a ^ result)) >> 31;
    return set_nz(s, result);
}

static inline uint32_t subtract(struct state *s, uint32_t a, uint32_t b)
{
    return add_with_carry(s, a, ~b, 1);
}

/* Shifts take any amount from 0 to 255; an amount of 0 leaves the carry alone. */

static inline uint32_t shift_left(struct state *s, uint32_t value, uint32_t amount)
{
    if (amount) {
        s->carry = amount > 32 ? 0 : (value >> (32 - amount)) & 1;
        value = amount > 31 ? 0 : value << amount;
    }
    return set_nz(s, value);
}

static inline uint32_t shift_right(struct state *s, uint32_t value, uint32_t amount)
{
    if (amount) {
        s->carry = amount > 32 ? 0 : (value >> (amount - 1)) & 1;
        value = amount > 31 ? 0 : value >> amount;
    }
    return set_nz(s, value);
}

static inline uint32_t shift_right_signed(struct state *s, uint32_t value, uint32_t amount)
{
    if (amount) {
        uint32_t last = amount > 32 ? 31 : amount - 1;
        s->carry = (value >> last) & 1;
        value = (uint32_t)((int32_t)value >> (amount > 31 ? 31 : amount));
    }
    return set_nz(s, value);
}

static inline uint32_t rotate_right(struct state *s, uint32_t value, uint32_t amount)
{
    if (amount) {
        amount &= 31;
        value = amount ? value >> amount | value << (32 - amount) : value;
        s->carry = value >> 31;
    }
    return set_nz(s, value);
}

static inline bool condition_holds(const struct state *s, uint32_t condition)
{
    bool n = s->negative >> 31, z = s->zero == 0, holds = false;
    switch (condition >> 1) {
    case 0: holds = z; break;
    case 1: holds = s->carry; break;
    case 2: holds = n; break;
    case 3: holds = s->overflow; break;
    case 4: holds = s->carry && !z; break;
    case 5: holds = n == (bool)s->overflow; break;
    case 6: holds = n == (bool)s->overflow && !z; break;
    }
    return holds != (condition & 1);
}

#endif
