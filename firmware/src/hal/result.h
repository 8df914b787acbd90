/* How an operation on hardware ended. Every wait is bounded, so that each of them does end. */
#pragma once

enum result {
    RESULT_OK,
    RESULT_TIMEOUT,   /* hardware did not get ready in time */
    RESULT_NO_ANSWER, /* nobody acknowledged the address or a byte */
    RESULT_BUS_STUCK, /* a bus line stays low */
    RESULT_BUS_ERROR, /* arbitration lost or misplaced start or stop */
    RESULT_PROTECTED, /* flash refuses the write */
    RESULT_MISMATCH,  /* what was read back is not what was written */
    RESULT_BAD_ARGUMENT,
    RESULT_TOO_LOW, /* what was measured is below its limit */
};

/* For reports: "ok", "timeout", "no-answer" and so on. */
const char *result_name(enum result result);
