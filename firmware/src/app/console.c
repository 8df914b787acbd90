#include "app/console.h"

#include <string.h>

#include "app/commands.h"
#include "hal/iwdg.h"
#include "hal/uart.h"
#include "protocol/console_line.h"

static console_line line;
static console_reply reply;

static void put(char character)
{
    (void)uart_put((uint8_t)character); /* whoever reads finds the checksum wrong; there is nobody else to tell */
}

console_reply *console_begin(const char *kind)
{
    iwdg_feed(); /* an answer takes up to 0.3 s */
    reply_begin(&reply, put);
    reply_text(&reply, kind);
    return &reply;
}

void console_end(void)
{
    reply_end(&reply);
}

void console_ok(void)
{
    console_begin("ok");
    console_end();
}

void console_error(const char *code, const char *words)
{
    console_begin("error ");
    reply_text(&reply, code);
    reply_text(&reply, " ");
    reply_text(&reply, words);
    console_end();
}

void console_result(enum result result, const char *words)
{
    if (result == RESULT_OK) {
        console_ok();
    } else {
        console_error(result_name(result), words);
    }
}

const char *console_argument(uint32_t index)
{
    return index + 1u < line.word_count ? line.words[index + 1u] : "";
}

static const struct command *find_command(const char *name)
{
    const struct command *command = COMMANDS;
    while (command->name && strcmp(name, command->name) != 0) {
        command++;
    }
    return command;
}

static void run_command(void)
{
    const struct command *command = find_command(line.words[0]);
    if (!command->name) {
        console_error("command", "unknown: try help");
    } else if (!command->run()) {
        console_error("arguments", command->arguments);
    }
}

static void answer(console_event event)
{
    switch (event) {
    case CONSOLE_PENDING:
        break;
    case CONSOLE_COMMAND:
        run_command();
        break;
    case CONSOLE_TOO_LONG:
        console_error("too-long", "line");
        break;
    case CONSOLE_GARBAGE:
        console_error("garbage", "line");
        break;
    case CONSOLE_CHECKSUM:
        console_error("checksum", "line");
        break;
    }
}

bool console_poll(void)
{
    bool spoilt = uart_take_errors() != 0;
    if (spoilt) {
        console_line_spoilt(&line);
    }
    console_event event = CONSOLE_PENDING;
    bool received = spoilt;
    for (uint8_t byte; event == CONSOLE_PENDING && uart_get(&byte);) {
        received = true;
        event = console_line_byte(&line, byte);
    }
    answer(event);
    return received;
}
