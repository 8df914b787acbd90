#include "app/beacon.h"

#include <stddef.h>

#include "app/classes.h"
#include "app/faults.h"
#include "app/listen.h"
#include "app/motion.h"
#include "app/scheduler.h"
#include "app/settings.h"
#include "drivers/battery.h"
#include "drivers/ci24r1.h"
#include "hal/chip.h"
#include "hal/clock.h"
#include "protocol/beacon_schedule.h"
#include "protocol/bthome.h"

#define PACKET_SPACING_MS 6u /* an aged cell of 60 ohm fills the 28 uF beside the radio in a few times 1.7 ms */
#define MICROPHONE_RETRY_MS 500u
#define TELL_MS 2000u /* from one event to the next one that tells a new answer: 16 uA of radio if each does */
#define FIRST_EVENT_MS 50u /* after the blink at start, whose current would show in the voltage */
#define STATIC_ADDRESS 0xC0u /* what the two highest bits of a static random address are (Vol 6 Part B 1.3.2.1) */

_Static_assert(BLE_PAYLOAD_BYTES == CI24R1_PAYLOAD_BYTES && BLE_RADIO_ADDRESS_BYTES == CI24R1_ADDRESS_BYTES,
               "a BLE packet is what the radio sends");

static const struct ci24r1_config RADIO = {.address = BLE_RADIO_ADDRESS, .power = CI24R1_3_DBM};

static beacon_schedule schedule;
static uint32_t supply_mv, events_sent;
static bool supply_is_low;
static uint8_t channel; /* index of the next packet's */
static uint8_t classes[TASKS + 1]; /* of this event */
static uint32_t event_ms;

static void take_answers(void)
{
    event_ms = clock_ms();
    for (int task = 0; task < TASKS; task++) {
        classes[task] = classes_answer((enum task)task);
    }
}

static bool answers_are_told(void)
{
    bool told = true;
    for (int task = 0; task < TASKS; task++) {
        told &= classes[task] == classes_answer((enum task)task);
    }
    return told;
}

void beacon_tell_soon(void)
{
    uint32_t soon_ms = event_ms + TELL_MS;
    if (!scheduler_waits_for(EVENT_PACKET) && schedule.next - soon_ms <= INT32_MAX) { /* else at its end, or soon enough */
        schedule.next = soon_ms;
        scheduler_in(EVENT_BEACON, beacon_wait(&schedule, clock_ms()));
    }
}

static void plan_next_event(void)
{
    uint32_t now = clock_ms();
    beacon_sent(&schedule, now, (uint32_t)settings_get()->values[CONFIG_BEACON_INTERVAL_MS]);
    scheduler_in(EVENT_BEACON, beacon_wait(&schedule, now));
    if (!answers_are_told()) {
        beacon_tell_soon();
    }
}

static void measure_supply(void)
{
    const int32_t *values = settings_get()->values;
    supply_mv = 0;
    enum result result = battery_measure_mv(&supply_mv);
    faults_set(FAULT_CONVERTER, result);
    if (result != RESULT_OK) {
        return;
    }
    bool was_low = supply_is_low;
    supply_is_low = battery_is_low(was_low, supply_mv, (uint32_t)values[CONFIG_LOW_SUPPLY_MV],
                                   (uint32_t)values[CONFIG_SUPPLY_HYSTERESIS_MV]);
    if (supply_is_low && !was_low) {
        motion_suspend();
    } else if (was_low && !supply_is_low) {
        motion_resume();
    }
    faults_set(FAULT_SUPPLY, supply_is_low ? RESULT_TOO_LOW : RESULT_OK);
}

static void end_event(enum result result)
{
    ci24r1_power_down();
    faults_set(FAULT_RADIO, result);
    if (result == RESULT_OK) {
        events_sent++;
    }
    plan_next_event();
}

/* Whoever records goes first: the event is made up for later. */
static void give_way(void)
{
    ci24r1_power_down();
    scheduler_in(EVENT_BEACON, MICROPHONE_RETRY_MS);
}

void beacon_start_event(void)
{
    if (!listen_give_way()) {
        give_way();
        return;
    }
    take_answers();
    measure_supply();
    if (supply_is_low) {
        plan_next_event();
        return;
    }
    enum result result = ci24r1_power_up(&RADIO);
    if (result != RESULT_OK) {
        end_event(result);
        return;
    }
    channel = 0;
    scheduler_in(EVENT_PACKET, PACKET_SPACING_MS); /* the crystal starts meanwhile */
}

static bool make_payload(uint8_t payload[BLE_PAYLOAD_BYTES], uint8_t ble_channel)
{
    bthome_readings readings = {
        .packet_id = (uint8_t)events_sent,
        .battery_percent = battery_percent(supply_mv),
        .supply_mv = (uint16_t)supply_mv,
        .class_count = TASKS,
    };
    for (int task = 0; task < TASKS; task++) {
        readings.classes[task] = classes[task];
    }
    uint8_t data[BTHOME_DATA_MAX], address[BLE_ADDRESS_BYTES];
    size_t bytes = bthome_data(data, &readings);
    beacon_address(address);
    return ble_payload(payload, ble_channel, address, data, bytes);
}

void beacon_send_packet(void)
{
    uint8_t payload[BLE_PAYLOAD_BYTES];
    if (!listen_give_way()) {
        give_way();
        return;
    }
    enum result result = RESULT_BAD_ARGUMENT;
    if (make_payload(payload, BLE_ADVERTISING_CHANNELS[channel].channel)) {
        result = ci24r1_send(BLE_ADVERTISING_CHANNELS[channel].rf_ch, payload);
    }
    channel++;
    if (result == RESULT_OK && channel < BLE_CHANNELS) {
        scheduler_in(EVENT_PACKET, PACKET_SPACING_MS);
    } else {
        end_event(result);
    }
}

void beacon_begin(void)
{
    beacon_start(&schedule, clock_ms() + FIRST_EVENT_MS, chip_uid(), CHIP_UID_BYTES);
    scheduler_in(EVENT_BEACON, FIRST_EVENT_MS);
}

void beacon_settings_changed(void)
{
    if (!scheduler_waits_for(EVENT_PACKET)) { /* else it ends first, and then plans anew */
        schedule.next = clock_ms();
        scheduler_in(EVENT_BEACON, 0);
    }
}

void beacon_address(uint8_t address[BLE_ADDRESS_BYTES])
{
    const int32_t *values = settings_get()->values;
    ble_static_address(address, chip_uid(), CHIP_UID_BYTES);
    if (values[CONFIG_ADDRESS_OVERRIDE]) {
        for (uint32_t i = 0; i < 3; i++) {
            address[i] = (uint8_t)(values[CONFIG_ADDRESS_LOW] >> 8u * i);
            address[3 + i] = (uint8_t)(values[CONFIG_ADDRESS_HIGH] >> 8u * i);
        }
        address[BLE_ADDRESS_BYTES - 1] |= STATIC_ADDRESS;
    }
}

uint32_t beacon_supply_mv(void)
{
    return supply_mv;
}

bool beacon_supply_is_low(void)
{
    return supply_is_low;
}

uint32_t beacon_events_sent(void)
{
    return events_sent;
}
