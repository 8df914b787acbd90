// Reads bytes and prints what the console makes of them: the words of a command behind a 'c', or the number of a fault.
#include <stdio.h>
#include <stdlib.h>

#include "console_line.h"

int main(void)
{
    console_line *line = calloc(1, sizeof *line); // on the heap, where the sanitizer guards both ends
    int byte;
    while ((byte = getchar()) != EOF) {
        console_event event = console_line_byte(line, (uint8_t)byte);
        if (event == CONSOLE_COMMAND) {
            putchar('c');
            for (int i = 0; i < line->word_count; i++) {
                int32_t value;
                console_number(line->words[i], &value);
                printf(" %s", line->words[i]);
            }
            putchar('\n');
        } else if (event != CONSOLE_PENDING) {
            printf("%d\n", event);
        }
    }
    free(line);
    return 0;
}
