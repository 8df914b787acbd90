/* The firmware's own I2C on the model, for test_mcu_hal_i2c.py. */
#include "hal/clock.h"
#include "hal/i2c.h"

#define STOP_US 20u
enum { DEVICE = 0x19, NOBODY = 0x20, REG = 0x28, MOST = 9 };

struct report {
    uint32_t init, write, nobody, stuck, freed; /* enum result */
    uint32_t reads;                             /* bit n: n bytes were read, and none beyond */
} report __attribute__((section(".noinit")));

void adc_stream_handler(void) {}
void exti_handler(void) {}
void low_power_timer_handler(void) {}
void uart_handler(void) {}

static void to_test(void)
{
    clock_delay_us(STOP_US); /* the stop is under way when the HAL returns */
    __asm volatile("bkpt");
}

const struct i2c_config I2C_BUS = {{GPIO_B, 6}, {GPIO_B, 7}, 6, 6};

/* The device gives the count of the byte in the transfer, from 1. */
static uint32_t read_right(uint32_t count)
{
    uint8_t bytes[MOST + 1] = {0};
    if (i2c_read(DEVICE, REG, bytes, count) != RESULT_OK) {
        return 0;
    }
    for (uint32_t i = 0; i <= MOST; i++) {
        if (bytes[i] != (i < count ? i + 1 : 0)) {
            return 0;
        }
    }
    return 1;
}

int main(void)
{
    static const uint8_t SENT[] = {0xA1, 0xA2, 0xA3};
    clock_init();
    gpio_init();
    report.init = i2c_init();
    report.reads = 0;
    for (uint32_t count = 1; count <= MOST; count++) {
        report.reads |= read_right(count) << count;
    }
    to_test();
    report.write = i2c_write(DEVICE, REG, SENT, sizeof SENT);
    report.nobody = i2c_write(NOBODY, REG, SENT, sizeof SENT);
    to_test(); /* the test holds a line low */
    report.stuck = i2c_write(DEVICE, REG, SENT, sizeof SENT);
    to_test(); /* and lets it go */
    i2c_init();
    report.freed = i2c_write(DEVICE, REG, SENT, sizeof SENT);
    to_test();
    return 0;
}
