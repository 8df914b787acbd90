/* Interrupts as a whole, and one by one. */
#pragma once

#include <stdint.h>

#include "py32f003.h"

static inline uint32_t irq_disable(void)
{
    uint32_t state;
    __asm volatile("mrs %0, primask\n cpsid i" : "=r"(state)::"memory");
    return state;
}

/* Back to the state that irq_disable returned: calls nest. */
static inline void irq_restore(uint32_t state)
{
    __asm volatile("msr primask, %0" ::"r"(state) : "memory");
}

static inline void irq_enable_line(uint32_t number)
{
    NVIC_ISER = BIT(number);
}

static inline void irq_disable_line(uint32_t number)
{
    NVIC_ICER = BIT(number);
}

static inline void irq_wait(void)
{
    __asm volatile("dsb\n wfi" ::: "memory");
}
