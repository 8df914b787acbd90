#include "console_line.h"

#include "crc.h"

enum { CHECKSUM_CHARACTERS = 5 }; // asterisk and four digits

// -1 if it is none.
static int hex_digit(char character)
{
    if (character >= '0' && character <= '9') {
        return character - '0';
    }
    char lower = (char)(character | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Cuts a checksum off the line. False if it is wrong; an asterisk elsewhere is a character like any other.
static bool checksum_holds(console_line *line)
{
    int body = line->length - CHECKSUM_CHARACTERS;
    if (body < 0 || line->text[body] != '*') {
        return true;
    }
    int stated = 0;
    for (const char *digit = &line->text[body + 1]; *digit; digit++) {
        int value = hex_digit(*digit);
        if (value < 0) {
            return false;
        }
        stated = stated << 4 | value;
    }
    line->text[body] = 0;
    return stated == crc16(CRC16_START, (const uint8_t *)line->text, (size_t)body);
}

// Ends each word in place. False if there are too many.
static bool split(console_line *line)
{
    char *at = line->text;
    while (*at) {
        if (*at == ' ') {
            *at++ = 0;
            continue;
        }
        if (line->word_count == CONSOLE_WORDS_MAX) {
            return false;
        }
        line->words[line->word_count++] = at;
        while (*at && *at != ' ') {
            at++;
        }
    }
    return true;
}

static console_event finished(console_line *line)
{
    line->text[line->length] = 0;
    line->word_count = 0;
    if (line->fault) {
        return (console_event)line->fault;
    }
    if (!checksum_holds(line)) {
        return CONSOLE_CHECKSUM;
    }
    if (!split(line)) {
        return CONSOLE_TOO_LONG;
    }
    return line->word_count ? CONSOLE_COMMAND : CONSOLE_PENDING;
}

void console_line_spoilt(console_line *line)
{
    line->fault = CONSOLE_GARBAGE;
}

console_event console_line_byte(console_line *line, uint8_t byte)
{
    if (byte == '\r' || byte == '\n') {
        console_event event = finished(line);
        line->length = 0;
        line->fault = CONSOLE_PENDING;
        return event;
    }
    if (byte < ' ' || byte > '~') {
        console_line_spoilt(line);
    } else if (line->length < CONSOLE_LINE_MAX) {
        line->text[line->length++] = (char)byte;
    } else if (!line->fault) {
        line->fault = CONSOLE_TOO_LONG;
    }
    return CONSOLE_PENDING;
}

bool console_number(const char *word, int32_t *value)
{
    bool negative = *word == '-';
    if (negative || *word == '+') {
        word++;
    }
    uint32_t base = 10;
    uint32_t most = negative ? 0x80000000u : 0x7FFFFFFFu;
    if (word[0] == '0' && (word[1] | 0x20) == 'x') {
        base = 16;
        word += 2;
    }
    if (!*word) {
        return false;
    }
    uint32_t magnitude = 0;
    for (; *word; word++) {
        int digit = hex_digit(*word);
        if (digit < 0 || (uint32_t)digit >= base) {
            return false;
        }
        // 0x0CCCCCCC * 10 and 0x0CCCCCCC * 16 both fit into 32 bits
        if (magnitude > 0x0CCCCCCCu || magnitude * base + (uint32_t)digit > most) {
            return false;
        }
        magnitude = magnitude * base + (uint32_t)digit;
    }
    *value = (int32_t)(negative ? 0u - magnitude : magnitude);
    return true;
}
