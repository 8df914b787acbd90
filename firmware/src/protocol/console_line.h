// Puts the bytes from the UART together into commands: "word word word*hhhh" and a line end (CR, LF or both).
//
// The checksum is the CRC-16 of everything before the asterisk, as four hexadecimal digits. It may be left out, so that a
// person can type; if it is there it has to be right. A sender that begins with a line end is understood whatever came
// before. A line that is not understood has one answer, when it ends.
#ifndef PROTOCOL_CONSOLE_LINE_H
#define PROTOCOL_CONSOLE_LINE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    CONSOLE_LINE_MAX = 80,
    CONSOLE_WORDS_MAX = 5,
};

typedef enum {
    CONSOLE_PENDING = 0,    // nothing to do yet; empty lines end here too
    CONSOLE_COMMAND = 1,    // words and word_count hold a command until the next byte
    CONSOLE_TOO_LONG = 2,   // more than CONSOLE_LINE_MAX characters or CONSOLE_WORDS_MAX words
    CONSOLE_GARBAGE = 3,    // a byte that is not printable ASCII: noise, break, wrong speed
    CONSOLE_CHECKSUM = 4,   // the checksum is there and wrong
} console_event;

// All zeros is a good start.
typedef struct {
    char text[CONSOLE_LINE_MAX + 1];
    uint8_t length;
    uint8_t fault; // the console_event with which the line will end
    uint8_t word_count;
    const char *words[CONSOLE_WORDS_MAX]; // into text; words[0] is the command
} console_line;

console_event console_line_byte(console_line *line, uint8_t byte);

// The receiver saw a break or a framing error: whatever byte came of it, the present line is spoilt.
void console_line_spoilt(console_line *line);

// A whole number: decimal with an optional sign, or 0x and hexadecimal digits. False, with *value untouched, for anything
// else and for what does not fit.
bool console_number(const char *word, int32_t *value);

#endif
