/* The console on the serial port, 115200 8N1, for the production station, data capture and people.
 *
 * A request is a line of words with one space between them, closed with CR, LF or both; protocol/console_line.h has its
 * limits (80 characters, 5 words) and its optional checksum. One request at a time: the next one after the answer.
 *
 *   request  = word *( " " word ) [ "*" hhhh ] end-of-line
 *   answer   = *( line ) last              each closed with "*" hhhh CR LF: hhhh is the CRC-16 of what stands before "*",
 *   line     = kind " " text               binascii.crc_hqx(text, 0xFFFF), four lower-case hexadecimal digits
 *   last     = "ok" *( " " key "=" value ) | "error" " " code *( " " word )
 *
 * So an answer has ended with the first line that begins with "ok" or "error", and it has exactly one of these.
 *   kind     help      one line for each command                    (help)
 *            config    key=value least= most= initial=              (config get without a key)
 *            stream    key=value pairs: what is about to come       (stream)
 *            data      number of the first sample, base64           (stream)
 *            class     one line for each model                      (class)
 *   Three kinds come unasked, at any time between other lines, and belong to no request:
 *            boot      after each reset: app/commands.h. A request that is answered with it met a reset
 *            fault     what ceased to work, or works again: app/faults.h
 *            window    what a model said of its last window, while `watch` wants it: app/commands.h
 *   key      lower-case letters, digits and "_"; the unit is its last part (_mv, _mg, _ms, _hz); order means nothing,
 *            and a later firmware may have more of them
 *   value    no spaces; a whole number, decimal with a point, hexadecimal of fixed width, or a word, always the same for a key
 *   code     garbage too-long checksum                       of the request as a line: nothing was done
 *            command arguments                               not known, or not as `help` shows them: nothing was done
 *            key range                                       of config set: nothing was changed
 *            timeout no-answer bus-stuck bus-error protected mismatch bad-argument    what the hardware did (hal/result.h)
 *   The words after a code are for people.
 *
 * A line that is not understood has one answer, when it ends; bytes lost to noise or a break spoil the line in which they
 * come. Empty lines have none, so a sender may begin with a line end to be sure that its request stands alone. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hal/result.h"
#include "protocol/console_reply.h"

#define CONSOLE_BAUD 115200u

struct command {
    const char *name;
    const char *arguments; /* as help shows them */
    const char *description;
    bool (*run)(void); /* writes the whole answer; false and nothing if the arguments are others */
};

/* Handles what was received since the last call, at most one command. False if there was nothing. */
bool console_poll(void);

/* Of the command that runs, from 0; "" if it was given fewer. */
const char *console_argument(uint32_t index);

/* Writes one line: begin, the functions of console_reply.h, end. A command that failed must not have begun with "ok". */
console_reply *console_begin(const char *kind);
void console_end(void);

/* Last lines. */
void console_ok(void);
void console_error(const char *code, const char *words);
void console_result(enum result result, const char *words); /* ok without keys, or the result's code and the words */
