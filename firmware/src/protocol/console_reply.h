// Writes a reply line to the console: text and key=value pairs, closed with "*hhhh" and CR LF as a command line is.
// Nothing is held back: each character goes to `put` at once, so that a reply needs no buffer.
#ifndef PROTOCOL_CONSOLE_REPLY_H
#define PROTOCOL_CONSOLE_REPLY_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    void (*put)(char character);
    uint16_t crc;
} console_reply;

void reply_begin(console_reply *reply, void (*put)(char character));
void reply_end(console_reply *reply);

void reply_character(console_reply *reply, char character);
void reply_text(console_reply *reply, const char *text);
void reply_unsigned(console_reply *reply, uint32_t value);
void reply_signed(console_reply *reply, int32_t value);
void reply_hex(console_reply *reply, uint32_t value, uint8_t digits); // lower case, the low `digits` of 1 to 8
void reply_milli(console_reply *reply, int32_t thousandths);          // -1500 as "-1.500"
void reply_base64(console_reply *reply, const uint8_t *data, size_t bytes);

// " key=value"
void reply_key(console_reply *reply, const char *key); // and the value by one of the above
void reply_key_signed(console_reply *reply, const char *key, int32_t value);
void reply_key_hex(console_reply *reply, const char *key, uint32_t value, uint8_t digits);
void reply_key_milli(console_reply *reply, const char *key, int32_t thousandths);

// " key=value" for each of `keys`, which have a space before each: " x_mg y_noise_mg. id#2". A key that ends in "." has a value in
// thousandths, one that ends in "#n" a value of n hexadecimal digits; the others are whole numbers with a sign.
void reply_values(console_reply *reply, const char *keys, const int32_t *values);

#endif
