#include "hal/result.h"

static const char *const NAMES[] = {
    [RESULT_OK] = "ok",
    [RESULT_TIMEOUT] = "timeout",
    [RESULT_NO_ANSWER] = "no-answer",
    [RESULT_BUS_STUCK] = "bus-stuck",
    [RESULT_BUS_ERROR] = "bus-error",
    [RESULT_PROTECTED] = "protected",
    [RESULT_MISMATCH] = "mismatch",
    [RESULT_BAD_ARGUMENT] = "bad-argument",
    [RESULT_TOO_LOW] = "too-low",
};

const char *result_name(enum result result)
{
    return NAMES[result];
}
