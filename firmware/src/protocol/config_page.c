#include "config_page.h"

#include "crc.h"

enum {
    FORMAT = 1,
    FORMAT_AT = 0,
    COUNT_AT = 2,
    SEQUENCE_AT = 4,
    VALUES_AT = 8,
    VALUE_BYTES = 4,
    ZEROS_AT = 124,
    CRC_AT = 126,
};

_Static_assert(VALUES_AT + CONFIG_KEYS * VALUE_BYTES <= ZEROS_AT, "the values do not fit into a page");

static uint32_t get(const uint8_t *at, int bytes)
{
    uint32_t value = 0;
    while (bytes--) {
        value = value << 8 | at[bytes];
    }
    return value;
}

static void set(uint8_t *at, int bytes, uint32_t value)
{
    while (bytes--) {
        *at++ = (uint8_t)value;
        value >>= 8;
    }
}

static uint32_t zero_bits(const uint8_t *page)
{
    uint32_t zeros = 0;
    for (int i = 0; i < ZEROS_AT; i++) {
        for (uint32_t clear = page[i] ^ 0xFFu; clear; clear >>= 1) {
            zeros += clear & 1;
        }
    }
    return zeros;
}

static bool valid(const uint8_t *page)
{
    return get(&page[FORMAT_AT], 2) == FORMAT && get(&page[ZEROS_AT], 2) == zero_bits(page) &&
           get(&page[CRC_AT], 2) == crc16(CRC16_START, page, CRC_AT);
}

int config_current_page(const config_pages pages)
{
    const uint8_t *second = &pages[CONFIG_PAGE_BYTES];
    if (!valid(second)) {
        return valid(pages) ? 0 : CONFIG_NO_PAGE;
    }
    if (!valid(pages)) {
        return 1;
    }
    // the difference, so that the order survives the wrap of the sequence
    uint32_t ahead = get(&second[SEQUENCE_AT], 4) - get(&pages[SEQUENCE_AT], 4);
    return ahead != 0 && ahead < 0x80000000u;
}

bool config_load(config *settings, const config_pages pages)
{
    config_defaults(settings);
    int current = config_current_page(pages);
    if (current == CONFIG_NO_PAGE) {
        return false;
    }
    const uint8_t *page = &pages[current * CONFIG_PAGE_BYTES];
    uint32_t stored = get(&page[COUNT_AT], 2);
    for (uint32_t key = 0; key < CONFIG_KEYS && key < stored; key++) {
        config_set(settings, (config_key)key, (int32_t)get(&page[VALUES_AT + key * VALUE_BYTES], VALUE_BYTES));
    }
    return true;
}

int config_save_page(uint8_t image[CONFIG_PAGE_BYTES], const config *settings, const config_pages pages)
{
    int current = config_current_page(pages);
    uint32_t sequence = current == CONFIG_NO_PAGE ? 0 : get(&pages[current * CONFIG_PAGE_BYTES + SEQUENCE_AT], 4) + 1;
    for (int i = 0; i < CONFIG_PAGE_BYTES; i++) {
        image[i] = 0;
    }
    set(&image[FORMAT_AT], 2, FORMAT);
    set(&image[COUNT_AT], 2, CONFIG_KEYS);
    set(&image[SEQUENCE_AT], 4, sequence);
    for (int key = 0; key < CONFIG_KEYS; key++) {
        set(&image[VALUES_AT + key * VALUE_BYTES], VALUE_BYTES, (uint32_t)settings->values[key]);
    }
    set(&image[ZEROS_AT], 2, zero_bits(image));
    set(&image[CRC_AT], 2, crc16(CRC16_START, image, CRC_AT));
    return current == 0 ? 1 : 0;
}
