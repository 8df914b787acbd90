#include "drivers/microphone.h"

#include "generated/pins.h"
#include "hal/adc.h"
#include "hal/adc_stream.h"
#include "hal/clock.h"
#include "hal/gpio.h"

static enum { OFF, SETTLING, READY, RECORDING } state;
#define LATE_SAMPLES 8u

static uint32_t since_ms;
static uint16_t samples[2 * MICROPHONE_HALF_SAMPLES];

void microphone_on(void)
{
    if (state == OFF) {
        gpio_high(GPIO_OF(MIC_PWR));
        since_ms = clock_ms();
        state = SETTLING;
    }
}

bool microphone_is_on(void)
{
    return state != OFF;
}

bool microphone_ready(void)
{
    if (state == SETTLING && clock_ms() - since_ms > MICROPHONE_SETTLE_MS) { /* not >=: the first ms was not a whole one */
        state = READY;
    }
    return state >= READY;
}

enum result microphone_record(void)
{
    static const struct adc_stream_config SOUND = {.channel = MIC_ADC_CHANNEL, .rate_hz = MICROPHONE_RATE_HZ};
    if (!microphone_ready()) {
        return RESULT_BAD_ARGUMENT;
    }
    if (state == RECORDING) {
        adc_stream_stop();
    }
    enum result result = adc_init();
    if (result == RESULT_OK) {
        result = adc_stream_start(&SOUND, samples, MICROPHONE_HALF_SAMPLES);
        state = RECORDING;
    }
    return result;
}

const uint16_t *microphone_take(void)
{
    return adc_stream_take();
}

const uint16_t *microphone_before(const uint16_t *half)
{
    return half == samples ? samples + MICROPHONE_HALF_SAMPLES : samples;
}

bool microphone_is_late(void)
{
    return adc_stream_position() % MICROPHONE_HALF_SAMPLES > LATE_SAMPLES;
}

const uint16_t *microphone_samples(void)
{
    return samples;
}

uint32_t microphone_lost(void)
{
    return adc_stream_lost();
}

void microphone_off(void)
{
    if (state == RECORDING) {
        adc_stream_stop();
    }
    gpio_low(GPIO_OF(MIC_PWR));
    state = OFF;
}
