#include "app/listen.h"

#include "app/beacon.h"
#include "app/classes.h"
#include "app/faults.h"
#include "app/scheduler.h"
#include "app/settings.h"
#include "app/words.h"
#include "drivers/microphone.h"
#include "hal/clock.h"

#define SETTLE_MS (MICROPHONE_SETTLE_MS + 2u)
#define BEACON_MS 25u      /* an event takes some 22 */
#define RETRY_MS 5u        /* its last packets still wait */
#define FAILED_MS 10000u
#define LOW_SUPPLY_MS 10000u
#define SILENT_MS 100u     /* no hop for so long: the converter has stopped */
#define AWAKE_MS 3u
#define FORGET_MS 5000u

static enum { OFF, SETTLING, LISTENING } state;
static uint32_t suspensions;
static uint32_t period_start_ms;
static uint32_t hop_ms; /* when the last one came */
static uint32_t lost;
static bool beacon_waits;

static uint32_t setting(config_key key)
{
    return (uint32_t)settings_get()->values[key];
}

static void stop(uint32_t again_in_ms)
{
    microphone_off();
    state = OFF;
    beacon_waits = false;
    scheduler_in(EVENT_LISTEN, again_in_ms);
}

static void fail(enum result result)
{
    faults_set(FAULT_CONVERTER, result);
    stop(FAILED_MS);
}

static void start(void)
{
    if (scheduler_waits_for(EVENT_PACKET)) {
        scheduler_in(EVENT_LISTEN, RETRY_MS);
    } else if (beacon_supply_is_low()) {
        scheduler_in(EVENT_LISTEN, LOW_SUPPLY_MS);
    } else {
        microphone_on();
        state = SETTLING;
        scheduler_in(EVENT_LISTEN, SETTLE_MS);
    }
}

static void record(void)
{
    enum result result = microphone_record();
    if (result != RESULT_OK) {
        fail(result);
        return;
    }
    state = LISTENING;
    lost = 0;
    hop_ms = clock_ms();
    words_restart();
}

/* Of this period's time to listen; where that is no less than the period, there is no end. */
static bool has_ended(void)
{
    uint32_t listen_ms = setting(CONFIG_LISTEN_MS);
    return listen_ms < setting(CONFIG_LISTEN_PERIOD_MS) && clock_ms() - period_start_ms >= SETTLE_MS + listen_ms;
}

static void start_or_wait_for_next_period(void)
{
    uint32_t passed_ms = clock_ms() - period_start_ms;
    uint32_t period_ms = setting(CONFIG_LISTEN_PERIOD_MS);
    if (passed_ms < period_ms && has_ended()) {
        scheduler_in(EVENT_LISTEN, period_ms - passed_ms);
        return;
    }
    if (passed_ms >= period_ms) {
        period_start_ms = clock_ms();
    }
    start();
}

void listen_next(void)
{
    if (state == SETTLING) {
        record();
    } else if (setting(CONFIG_LISTEN_MS) > 0) {
        start_or_wait_for_next_period();
    }
}

/* What was lost on the way might be the middle of a word. */
static bool is_whole(void)
{
    bool whole = microphone_lost() == lost && !microphone_is_late();
    lost = microphone_lost();
    return whole;
}

static bool hear(const uint16_t *hop)
{
    if (!is_whole()) {
        words_restart();
        return false;
    }
    bool recognised = words_add(microphone_before(hop), hop);
    if (recognised) {
        scheduler_in(EVENT_FORGET_WORD, FORGET_MS);
    }
    return recognised;
}

static void stop_if_it_is_time(void)
{
    if (words_is_between() && beacon_waits) {
        stop(BEACON_MS);
        scheduler_in(EVENT_BEACON, 0);
    } else if (words_is_between() && has_ended()) {
        stop(0);
    }
}

bool listen_poll(void)
{
    if (state != LISTENING) {
        return false;
    }
    bool busy = true;
    const uint16_t *hop = microphone_take();
    if (hop) {
        hop_ms = clock_ms();
        busy = hear(hop); /* then the model has taken its time */
        stop_if_it_is_time();
    } else if (clock_ms() - hop_ms > SILENT_MS) {
        fail(RESULT_TIMEOUT);
    }
    if (state == LISTENING) {
        scheduler_hold_awake(AWAKE_MS);
    }
    return busy && state == LISTENING;
}

bool listen_give_way(void)
{
    if (state == LISTENING && !words_is_between()) {
        beacon_waits = true;
    } else if (state != OFF) {
        stop(BEACON_MS);
    }
    return !microphone_is_on();
}

void listen_forget_word(void)
{
    classes_forget(TASK_SOUND);
}

void listen_begin(void)
{
    period_start_ms = clock_ms();
    scheduler_in(EVENT_LISTEN, 0);
}

void listen_suspend(void)
{
    if (suspensions++ == 0) {
        if (state != OFF) {
            stop(0);
        }
        scheduler_cancel(EVENT_LISTEN);
    }
}

void listen_resume(void)
{
    if (--suspensions == 0) {
        scheduler_in(EVENT_LISTEN, 0);
    }
}

void listen_settings_changed(void)
{
    listen_suspend();
    period_start_ms = clock_ms();
    listen_resume();
}
