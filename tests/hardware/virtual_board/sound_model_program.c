/* The sound front end between breakpoints, for test_sound_model.py. */
#include "hal/clock.h"
#include "model/sound_map.h"

/* The test writes and reads these by their symbols. */
uint16_t samples[2 * HOP_SAMPLES];
frame_ring ring;
int16_t features[SOUND_MAP_FEATURES];
static uint32_t points[FFT_POINTS];

void exti_handler(void) {}
void low_power_timer_handler(void) {}
void uart_handler(void) {}
void adc_stream_handler(void) {}

#define BREAK() __asm volatile("bkpt")

int main(void)
{
    clock_init();
    for (;;) {
        BREAK();
        log_mel_frame(samples, samples + HOP_SAMPLES, points, frame_ring_push(&ring));
        BREAK();
        sound_map_make(&ring, endpoints_find(&ring, 0), features);
    }
}
