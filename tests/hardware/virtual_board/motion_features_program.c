/* Features of samples that the test puts into `samples`, for test_motion_features_cycles.py. */
#include "model/motion_context.h"
#include "model/motion_features.h"

/* In no section that start-up clears. */
struct report {
    int16_t features[MOTION_FEATURES_IN_CONTEXT];
    int16_t samples[MOTION_HOP][3];
} report __attribute__((section(".noinit")));

static struct motion_window window;
static struct motion_context context;

void adc_stream_handler(void) {}
void exti_handler(void) {}
void uart_handler(void) {}

#define BREAK() __asm volatile("bkpt" ::: "memory")

int main(void)
{
    motion_features_restart(&window);
    motion_context_restart(&context);
    for (;;) {
        bool full = false;
        BREAK(); /* the samples are there */
        for (uint32_t i = 0; i < MOTION_HOP; i++) {
            const int16_t *sample = report.samples[i];
            full = motion_features_add(&window, sample[0], sample[1], sample[2], report.features);
        }
        BREAK(); /* the features */
        if (full) {
            motion_context_add(&context, report.features);
        }
        BREAK(); /* the context */
    }
}
