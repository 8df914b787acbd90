#include "app/capture.h"

#include <string.h>

#include "app/console.h"
#include "app/listen.h"
#include "app/motion.h"
#include "drivers/microphone.h"
#include "drivers/sc7a20.h"
#include "generated/pins.h"
#include "hal/clock.h"
#include "hal/gpio.h"
#include "hal/irq.h"
#include "hal/iwdg.h"
#include "hal/uart.h"
#include "protocol/console_line.h"
#include "protocol/pack12.h"

#define SECONDS_MAX 300
#define MOTION_RATE_HZ 50
#define SOUND_BAUD 230400u
#define HOST_MS 2000u
#define SETTLE_MS (2u * MICROPHONE_SETTLE_MS)
#define HALF_MS 500u
#define BATCH_MS 2000u /* 16 samples at 25 Hz are 640 ms */

enum {
    BATCH = 16,        /* half of the FIFO: time enough to send before it runs over */
};

struct capture {
    const char *label;
    uint32_t nominal_hz;
    uint32_t wanted, next; /* samples */
    uint32_t lost;
    uint32_t first_ms, ms;       /* of the first line; from there to the last one */
    uint32_t first_next, passed; /* samples, likewise */
};

/* Also forgets what was received. */
static bool interrupted(void)
{
    bool received = uart_take_errors() != 0;
    for (uint8_t byte; uart_get(&byte);) {
        received = true;
    }
    return received;
}

/* Until `ready`, or the time is over. The tick ends each wait for an interrupt. */
static enum result wait_for(bool (*ready)(void), uint32_t limit_ms)
{
    uint32_t start_ms = clock_ms();
    while (!ready()) {
        if (clock_ms() - start_ms > limit_ms) {
            return RESULT_TIMEOUT;
        }
        iwdg_feed();
        irq_wait();
    }
    return RESULT_OK;
}

/* A batch is complete now, of which the last sample has the number `next` - 1. */
static void note_time(struct capture *capture, uint32_t next)
{
    uint32_t now_ms = clock_ms();
    if (capture->first_next == 0) {
        capture->first_next = next;
        capture->first_ms = now_ms;
    }
    capture->passed = next - capture->first_next;
    capture->ms = now_ms - capture->first_ms;
}

/* In two steps, because the product with a million does not fit into 32 bits. */
static uint32_t rate_millihertz(const struct capture *capture)
{
    if (capture->ms == 0) {
        return 0;
    }
    uint32_t thousands = capture->passed * 1000u; /* 300 s at 8 kHz: 2.4e9 */
    return thousands / capture->ms * 1000u + thousands % capture->ms * 1000u / capture->ms;
}

static void say(const char *kind, const char *keys, const int32_t *values, const struct capture *capture)
{
    console_reply *reply = console_begin(kind);
    reply_values(reply, keys, values);
    reply_key(reply, "label");
    reply_text(reply, capture->label);
    console_end();
}

static void say_start(const struct capture *capture, uint32_t baud)
{
    const int32_t values[] = {(int32_t)capture->nominal_hz, 12, (int32_t)baud};
    say("stream", " rate_hz bits baud", values, capture);
}

static void finish(const struct capture *capture, enum result result)
{
    if (result == RESULT_OK) {
        const int32_t values[] = {
            (int32_t)capture->next,
            (int32_t)capture->ms,
            (int32_t)rate_millihertz(capture),
            (int32_t)capture->lost,
        };
        say("ok", " samples ms rate_hz. lost", values, capture);
    } else {
        console_result(result, "stream");
    }
}

static console_reply *begin_data(struct capture *capture, uint32_t samples)
{
    console_reply *reply = console_begin("data ");
    reply_unsigned(reply, capture->next);
    reply_text(reply, " ");
    capture->next += samples;
    return reply;
}

static uint32_t due(const struct capture *capture, uint32_t samples)
{
    uint32_t left = capture->wanted - capture->next;
    return samples < left ? samples : left;
}

static bool interrupt_line_high(void)
{
    return gpio_read(GPIO_OF(ACC_INT));
}

static enum result stream_motion(struct capture *capture, enum sc7a20_rate rate)
{
    struct sc7a20_sample samples[SC7A20_BATCH_MAX];
    enum result result = sc7a20_start_fifo(rate, SC7A20_12_BIT, BATCH);
    while (result == RESULT_OK && capture->next < capture->wanted && !interrupted()) {
        size_t count;
        bool lost;
        result = wait_for(interrupt_line_high, BATCH_MS);
        note_time(capture, capture->next + BATCH);
        if (result == RESULT_OK) {
            result = sc7a20_read_fifo(samples, SC7A20_BATCH_MAX, &count, &lost);
        }
        if (result == RESULT_OK) {
            capture->lost += lost;
            uint32_t sent = due(capture, count);
            console_reply *reply = begin_data(capture, sent);
            reply_base64(reply, (const uint8_t *)samples, sent * sizeof *samples);
            console_end();
        }
    }
    return result;
}

enum result capture_sound_start(void)
{
    microphone_on();
    enum result result = wait_for(microphone_ready, SETTLE_MS);
    return result == RESULT_OK ? microphone_record() : result;
}

static const uint16_t *taken_half;

static bool half_taken(void)
{
    taken_half = microphone_take();
    return taken_half;
}

enum result capture_sound_next(const uint16_t **half)
{
    enum result result = wait_for(half_taken, HALF_MS);
    *half = taken_half;
    return result;
}

static void send_sound(struct capture *capture, const uint16_t *half)
{
    uint32_t sent = due(capture, MICROPHONE_HALF_SAMPLES);
    console_reply *reply = begin_data(capture, sent);
    for (uint32_t i = 0; i < sent; i += 2) { /* rates and halves are even */
        uint8_t bytes[PACK12_BYTES];
        pack12(bytes, half[i], half[i + 1]);
        reply_base64(reply, bytes, sizeof bytes);
    }
    console_end();
}

static enum result stream_sound(struct capture *capture)
{
    enum result result = capture_sound_start();
    (void)interrupted(); /* the LF of a CR LF that started this */
    while (result == RESULT_OK && capture->next < capture->wanted && !interrupted()) {
        const uint16_t *half;
        result = capture_sound_next(&half);
        uint32_t missing = microphone_lost() - capture->lost;
        capture->lost += missing;
        capture->next += due(capture, missing * MICROPHONE_HALF_SAMPLES);
        if (result == RESULT_OK) {
            note_time(capture, capture->next + MICROPHONE_HALF_SAMPLES);
            send_sound(capture, half);
        }
    }
    microphone_off();
    return result;
}

static bool line_end_received(void)
{
    uint8_t byte;
    return uart_get(&byte) && (byte == '\r' || byte == '\n');
}

static void run_sound(struct capture *capture)
{
    say_start(capture, SOUND_BAUD);
    uart_set_baud(SOUND_BAUD);
    enum result met = wait_for(line_end_received, HOST_MS);
    if (met == RESULT_OK) {
        finish(capture, stream_sound(capture));
    }
    uart_set_baud(CONSOLE_BAUD);
    if (met != RESULT_OK) {
        console_result(met, "baud");
    }
}

static void run_motion(struct capture *capture, enum sc7a20_rate rate)
{
    say_start(capture, CONSOLE_BAUD);
    (void)interrupted(); /* the LF of the command's CR LF */
    motion_suspend();
    finish(capture, stream_motion(capture, rate));
    motion_resume();
}

static enum sc7a20_rate rate_code(int32_t hertz)
{
    return hertz == 25 ? SC7A20_25_HZ : hertz == 50 ? SC7A20_50_HZ : SC7A20_100_HZ;
}

bool capture_run(void)
{
    const char *label = console_argument(2), *rate = console_argument(3);
    bool sound = strcmp(console_argument(0), "sound") == 0;
    int32_t seconds, hertz = sound ? (int32_t)MICROPHONE_RATE_HZ : MOTION_RATE_HZ;
    if (!sound && strcmp(console_argument(0), "motion") != 0) {
        return false;
    }
    if (!console_number(console_argument(1), &seconds) || seconds < 1 || seconds > SECONDS_MAX) {
        return false;
    }
    if (*rate && (sound || !console_number(rate, &hertz) || (hertz != 25 && hertz != 50 && hertz != 100))) {
        return false;
    }
    struct capture capture = {
        .label = *label ? label : "-",
        .nominal_hz = (uint32_t)hertz,
        .wanted = (uint32_t)(hertz * seconds),
    };
    listen_suspend();
    if (sound) {
        run_sound(&capture);
    } else {
        run_motion(&capture, rate_code(hertz));
    }
    listen_resume();
    return true;
}
