/* From reset to main: the vector table, the RAM's initial content, the painted stack. */
#include <stdint.h>

#include "hal/adc_stream.h"
#include "hal/chip.h"
#include "hal/clock.h"
#include "hal/exti.h"
#include "hal/low_power.h"
#include "hal/uart.h"
#include "py32f003.h"

extern uint32_t __data_start, __data_end, __data_load, __bss_start, __bss_end, __stack_limit, __stack_top; /* linker script */

int main(void);
void reset_handler(void);

typedef void (*vector)(void);

#define INTERRUPT(n) (16 + (n))

__attribute__((section(".vectors"), used)) static const vector VECTORS[16 + IRQ_COUNT] = {
    [0] = (vector)&__stack_top,
    [1] = reset_handler,
    [2] = chip_fault_handler,  /* NMI: nothing here raises it */
    [3] = chip_fault_handler,  /* HardFault */
    [11] = chip_fault_handler, /* SVC: not used */
    [14] = chip_fault_handler, /* PendSV: not used */
    [15] = clock_tick_handler,
    /* The other interrupts are never enabled; an entry of 0 faults if one comes all the same. */
    [INTERRUPT(IRQ_EXTI0_1)] = exti_handler,
    [INTERRUPT(IRQ_EXTI2_3)] = exti_handler,
    [INTERRUPT(IRQ_EXTI4_15)] = exti_handler,
    [INTERRUPT(IRQ_DMA_CHANNEL1)] = adc_stream_handler,
    [INTERRUPT(IRQ_LPTIM)] = low_power_timer_handler,
    [INTERRUPT(IRQ_USART1)] = uart_handler,
};

void reset_handler(void)
{
    chip_follow_bootloader_request();

    /* After the ROM bootloader's Go command address 0 still shows the ROM. */
    SCB_VTOR = (uint32_t)VECTORS;

    const uint32_t *from = &__data_load;
    for (uint32_t *to = &__data_start; to < &__data_end;) {
        *to++ = *from++;
    }
    for (uint32_t *to = &__bss_start; to < &__bss_end;) {
        *to++ = 0;
    }
    uint32_t *top;
    __asm volatile("mov %0, sp" : "=r"(top));
    for (uint32_t *to = &__stack_limit; to < top;) {
        *to++ = CHIP_STACK_PAINT;
    }
    main();
    chip_reset();
}
