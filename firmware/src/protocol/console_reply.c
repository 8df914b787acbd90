#include "console_reply.h"

#include "base64.h"
#include "crc.h"

enum { DECIMAL_DIGITS = 10 };

void reply_character(console_reply *reply, char character)
{
    uint8_t byte = (uint8_t)character;
    reply->crc = crc16(reply->crc, &byte, 1);
    reply->put(character);
}

void reply_begin(console_reply *reply, void (*put_character)(char character))
{
    reply->put = put_character;
    reply->crc = CRC16_START;
}

void reply_end(console_reply *reply)
{
    uint16_t crc = reply->crc;
    reply_character(reply, '*');
    reply_hex(reply, crc, 4);
    reply_character(reply, '\r');
    reply_character(reply, '\n');
    reply->crc = CRC16_START;
}

void reply_text(console_reply *reply, const char *text)
{
    while (*text) {
        reply_character(reply, *text++);
    }
}

// At least `least` digits, with a point before the last `decimals`. Subtracts powers of ten: the core cannot divide.
static void decimal(console_reply *reply, uint32_t value, int least, int decimals)
{
    static const uint32_t POWERS[DECIMAL_DIGITS] = {
        1000000000, 100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1,
    };
    int shown = 0;
    for (int i = 0; i < DECIMAL_DIGITS; i++) {
        char digit = '0';
        while (value >= POWERS[i]) {
            value -= POWERS[i];
            digit++;
        }
        if (shown || digit != '0' || i >= DECIMAL_DIGITS - least) {
            if (decimals && i == DECIMAL_DIGITS - decimals) {
                reply_character(reply, '.');
            }
            reply_character(reply, digit);
            shown = 1;
        }
    }
}

static uint32_t sign(console_reply *reply, int32_t value)
{
    if (value >= 0) {
        return (uint32_t)value;
    }
    reply_character(reply, '-');
    return 0u - (uint32_t)value;
}

void reply_unsigned(console_reply *reply, uint32_t value)
{
    decimal(reply, value, 1, 0);
}

void reply_signed(console_reply *reply, int32_t value)
{
    decimal(reply, sign(reply, value), 1, 0);
}

void reply_milli(console_reply *reply, int32_t thousandths)
{
    decimal(reply, sign(reply, thousandths), 4, 3);
}

void reply_hex(console_reply *reply, uint32_t value, uint8_t digits)
{
    while (digits--) {
        reply_character(reply, "0123456789abcdef"[value >> 4 * digits & 0xF]);
    }
}

void reply_base64(console_reply *reply, const uint8_t *data, size_t bytes)
{
    char group[BASE64_GROUP];
    while (bytes) {
        size_t taken = base64_group(group, data, bytes);
        for (int i = 0; i < BASE64_GROUP; i++) {
            reply_character(reply, group[i]);
        }
        data += taken;
        bytes -= taken;
    }
}

void reply_key(console_reply *reply, const char *key)
{
    reply_character(reply, ' ');
    reply_text(reply, key);
    reply_character(reply, '=');
}

void reply_key_signed(console_reply *reply, const char *key, int32_t value)
{
    reply_key(reply, key);
    reply_signed(reply, value);
}

void reply_key_hex(console_reply *reply, const char *key, uint32_t value, uint8_t digits)
{
    reply_key(reply, key);
    reply_hex(reply, value, digits);
}

void reply_key_milli(console_reply *reply, const char *key, int32_t thousandths)
{
    reply_key(reply, key);
    reply_milli(reply, thousandths);
}

void reply_values(console_reply *reply, const char *keys, const int32_t *values)
{
    while (*keys) {
        do {
            reply_character(reply, *keys++);
        } while (*keys > '.'); // the end, a space, "#" and "." come before letters and digits
        reply_character(reply, '=');
        if (*keys == '.') {
            reply_milli(reply, *values);
            keys++;
        } else if (*keys == '#') {
            reply_hex(reply, (uint32_t)*values, (uint8_t)(keys[1] - '0'));
            keys += 2;
        } else {
            reply_signed(reply, *values);
        }
        values++;
    }
}
