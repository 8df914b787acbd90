#include "word_gate.h"

enum {
    HOP_SHIFT = 7,
    NOISE_SHIFT = 4, // the background follows within 16 hops, 0.26 s
    ABOVE_NOISE = 4,
};

_Static_assert(HOP_SAMPLES == 1 << HOP_SHIFT, "a mean is a shift");

// The first sample stands for the mean at first, so that squares stay small.
uint32_t hop_power(const uint16_t samples[HOP_SAMPLES])
{
    int32_t first = samples[0];
    int32_t sum = 0;
    uint32_t squares = 0;
    for (uint32_t i = 0; i < HOP_SAMPLES; i++) {
        int32_t difference = samples[i] - first;
        sum += difference;
        squares += (uint32_t)(difference * difference);
    }
    int32_t mean = sum >> HOP_SHIFT;
    uint32_t mean_square = squares >> HOP_SHIFT;
    uint32_t square_of_mean = (uint32_t)(mean * mean);
    return mean_square > square_of_mean ? mean_square - square_of_mean : 0;
}

void word_gate_close(word_gate *gate)
{
    gate->frames = 0;
    gate->loud = 0;
    gate->quiet = 0;
}

bool word_gate_is_open(const word_gate *gate)
{
    return gate->frames > 0;
}

static void follow(word_gate *gate, uint32_t power)
{
    gate->noise = (uint32_t)((int32_t)gate->noise + (((int32_t)power - (int32_t)gate->noise) >> NOISE_SHIFT));
}

word_event word_gate_add(word_gate *gate, uint32_t power, uint32_t threshold)
{
    bool loud = power >= threshold && power >= ABOVE_NOISE * gate->noise;
    if (!loud && gate->frames == 0) {
        follow(gate, power);
        return WORD_NONE;
    }
    gate->frames++;
    gate->loud = (uint8_t)(gate->loud + loud);
    gate->quiet = (uint8_t)(loud ? 0 : gate->quiet + 1);
    if (gate->quiet == WORD_QUIET) {
        word_event event = gate->loud < WORD_LEAST ? WORD_NOISE : WORD_HEARD;
        word_gate_close(gate);
        return event;
    }
    if (gate->frames == WORD_MOST) {
        gate->noise = power > gate->noise ? power : gate->noise;
        word_gate_close(gate);
        return WORD_NOISE;
    }
    return WORD_NONE;
}
