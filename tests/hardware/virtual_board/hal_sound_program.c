/* The firmware's own start-up and HAL, and a main that uses flash, converter and sound stream, for test_mcu_hal_sound.py. */
#include "hal/adc.h"
#include "hal/adc_stream.h"
#include "hal/clock.h"
#include "hal/flash.h"

/* What main found; the test reads it by its symbol. */
struct report {
    uint32_t config, clock, erased, programmed, again, refused;
    uint32_t calibrated, supply_result, supply_mv;
    uint32_t started, halves, first, last, lost;
    uint32_t calibrated_again, read_again, counts;
} report;

#define CONFIG ((uint32_t)__config_start)
extern const uint8_t __config_start[];

#define HALF 64
#define HALVES 20
static uint16_t buffer[2 * HALF];
static const struct adc_stream_config SOUND = {.channel = 4, .rate_hz = 8000};

void exti_handler(void) {}
void low_power_timer_handler(void) {}
void uart_handler(void) {}

#define BREAK() __asm volatile("bkpt")

static void use_flash(void)
{
    uint32_t words[FLASH_PAGE_WORDS];
    for (uint32_t i = 0; i < FLASH_PAGE_WORDS; i++) {
        words[i] = 0x01010101u * i;
    }
    report.erased = flash_erase_page(CONFIG);
    BREAK();
    report.programmed = flash_program_page(CONFIG, words);
    BREAK();
    words[0] = UINT32_MAX;
    report.again = flash_program_page(CONFIG, words); /* not erased before */
    report.refused = flash_erase_page(0x08000000u);
}

static void listen(void)
{
    report.started = adc_stream_start(&SOUND, buffer, HALF);
    while (report.halves < HALVES) {
        const uint16_t *half = adc_stream_take();
        if (half) {
            report.first = report.halves++ == 0 ? half[0] : report.first;
            report.last = half[HALF - 1];
        }
    }
    report.lost = adc_stream_lost();
    adc_stream_stop();
}

int main(void)
{
    uint16_t counts = 0;
    report.config = CONFIG;
    report.clock = clock_init();
    BREAK();
    use_flash();
    BREAK();
    report.calibrated = adc_init();
    report.supply_result = adc_read_supply_mv(&report.supply_mv);
    BREAK();
    listen();
    BREAK();
    report.calibrated_again = adc_init();
    report.read_again = adc_read(5, &counts);
    report.counts = counts;
    BREAK();
    for (;;) {
    }
}
