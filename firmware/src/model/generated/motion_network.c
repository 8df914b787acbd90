/* motion_network: network of 5 classes.
 * Trained on spsw_har: Matey-Sanz, Casteleyn and Granell: Dataset of inertial measurements of smartphones and smartwatches
 * for human activity recognition. Data in Brief, 2023. doi 10.1016/j.dib.2023.109809, zenodo 8398688; gyroscope dropped.
 * Licence CC BY 4.0. https://github.com/GeoTecINIT/sp-sw-har-dataset/tree/1408d85a512a53861de7bc4729dee283fff2ea9d/DATA
 * SHA-256 of the data: a0da65abcc2804acda35c23a9f2e54103a0e164fe762a2fedb200e807cbf0ea6
 * Tested on others than it was trained on: 8 folds by subject (GroupKFold, 23 subjects) of spsw_har's watch; windows of 64
 * samples at 50 Hz, half overlapping, each labelled by most of its samples; context, where the model has it, reaches back
 * 64 samples more.
 * There accuracy 0.8741, macro F1 0.8622, mean of seeds 0, 1, 2.
 * With its features 2492 bytes of flash, 29808 cycles a window.
 * This one has seed 0 and all data. Made by: dollar train motion --model network */
#include "motion_network.h"

/* 120-14-5, weights of 4, 8 bits */

const char *const motion_network_class_names[motion_network_CLASSES] = {
    "SEATED",
    "STANDING_UP",
    "WALKING",
    "TURNING",
    "SITTING_DOWN",
};

/* Two levels, the first one in the lower half: the order of bytes is little-endian. */
union pair {
    uint16_t level[2];
    uint32_t both;
};

/* GCC computes ahead and merges functions until it runs out of registers: a sixth more cycles. */
#ifdef __GNUC__
#define APART __attribute__((noinline))
#define IN_ORDER(value) __asm__("" : "+r"(value))
#else
#define APART
#define IN_ORDER(value) (void)(value)
#endif

static uint32_t within_a_byte(int32_t value)
{
    return (uint32_t)value <= 255 ? (uint32_t)value : (uint8_t)~(value >> 31);
}

static const int16_t offsets_and_shifts[56] = { /* 12 bits with sign, 4 bits */
    -3496, 793, -5433, -2104, 649, 235, 124, -24, -1400, 713, -2969, 56, 569, 203, 108, -8,
    439, 745, -969, 1959, 617, 171, 92, -24, 8552, 1480, 5912, 12487, 1177, 506, 156, 8,
    -3449, -3481, -3497, -3497, -3513, -3513, -3497, -3497, -1368, -1384, -1384, -1400, -1400, -1416, -1400, -1400,
    487, 471, 439, 439, 423, 423, 423, 439,
};

/* From features to levels, and their sum. */
static uint32_t scale(const int16_t *features, uint32_t count, uint16_t *levels)
{
    uint32_t sum = 0;
    const int16_t *table = offsets_and_shifts;
    IN_ORDER(table); /* keeps it in a register */
    for (uint32_t i = 0; i < count; i++) {
        int32_t entry = table[i];
        uint32_t above = (uint32_t)(features[i] - (entry >> 4));
        uint32_t level = within_a_byte(((int32_t)(above << (entry & 15)) >> 8) + 128);
        levels[i] = (uint16_t)level;
        sum += level;
    }
    return sum;
}

/* Sum of codes times levels. One multiplication of two codes and two levels, each pair in halves of a word, has the sum of two
 * products in its upper half. Of a word of codes it is below 2^16, and so is what is in the lower half. */
static APART uint32_t products4(const uint32_t *codes, const union pair *levels, const union pair *end)
{
    uint32_t sum = 0;
    uint32_t mask = 0x000f000f;
    IN_ORDER(mask); /* keeps it in a register */
    do {
        uint32_t word = *codes++;
        uint32_t both = (word & mask) * levels[0].both;
        IN_ORDER(both);
        both += (word >> 4 & mask) * levels[1].both;
        IN_ORDER(both);
        both += (word >> 8 & mask) * levels[2].both;
        IN_ORDER(both);
        both += (word >> 12 & mask) * levels[3].both;
        levels += 4;
        sum += both >> 16;
    } while (levels != end);
    return sum;
}

/* Sum of codes times levels. */
static APART uint32_t products8(const uint8_t *codes, const union pair *levels, const union pair *end)
{
    uint32_t sum = 0;
    do {
        sum += (uint32_t)codes[0] * levels[0].level[0];
        IN_ORDER(sum);
        sum += (uint32_t)codes[1] * levels[0].level[1];
        IN_ORDER(sum);
        sum += (uint32_t)codes[2] * levels[1].level[0];
        IN_ORDER(sum);
        sum += (uint32_t)codes[3] * levels[1].level[1];
        IN_ORDER(sum);
        codes += 4;
        levels += 2;
    } while (levels != end);
    return sum;
}

static const int16_t bias0[14] = {
    -180, 1246, -1565, -1731, 899, 9200, 3348, -2038, 2733, 851, 3408, 1504, 10257, 2799,
};

static const uint32_t codes0[210] = {
    0x7ba7ab9a, 0x88788888, 0x86faaaa5, 0x699aaa78, 0x9668a567, 0x99798888, 0xb9a6baa8, 0xa4879975, 0x86777888, 0x86a4eb76,
    0x8878b787, 0x97678887, 0x7987678a, 0x8941a859, 0x98688768, 0x6c9ab59a, 0x8c997b9a, 0x9ba8be99, 0x7582f841, 0x9ba3baa7,
    0x88895889, 0xa356f447, 0xa346d974, 0x7878898a, 0x6a47987a, 0xa67267a7, 0x7861db47, 0x86a68468, 0x878b67a8, 0x8b68679c,
    0x81baa482, 0x97687a88, 0x8777a8a9, 0xa487b674, 0x9aa89aa9, 0x89878887, 0x9678c668, 0x7889f998, 0x89999a9a, 0x7a887789,
    0x88965888, 0x8877c877, 0x878a7987, 0x87899887, 0x8a88888a, 0x94a78f64, 0xa589a785, 0x93f98772, 0x7b9d898b, 0xa57bb748,
    0xa78a9989, 0xba977999, 0x86a79876, 0x87988877, 0x76e6d795, 0x7b7c878a, 0x787b85a9, 0x87759979, 0x8a54967a, 0xa778a797,
    0x4f59a69d, 0xaea88d8b, 0x7fb98bad, 0x89811a76, 0x534dd91a, 0x66698777, 0x8a888b98, 0x699b1798, 0x896adb78, 0xa9b78ab8,
    0x9171f562, 0xa7687775, 0x8769a778, 0x68519889, 0x6536b5a8, 0xa1749963, 0x74967588, 0x55667786, 0x689918ba, 0x53252563,
    0x8478a668, 0x778a1899, 0xa592cb97, 0x87975587, 0x7488b9a6, 0x779ed69b, 0xb7a4fe57, 0x95769986, 0x86b9c986, 0x6b94dc8b,
    0x599a4277, 0x798977aa, 0x6c98687c, 0x87972976, 0x769d599c, 0x85989788, 0x647e953b, 0x89878898, 0x88896678, 0x767916b7,
    0x767bba95, 0x98758b88, 0x96769777, 0x96c8a585, 0x886cab67, 0x775c44b9, 0x9c57698b, 0x8a7b9baa, 0xb469b677, 0xb4bffa4f,
    0x6a876878, 0xb98adbaa, 0x697c5697, 0xa86ceb88, 0x97777788, 0x8464a786, 0x7658a465, 0x877a99b8, 0x7923865a, 0x865c95a8,
    0x9d853aaa, 0x77879aa6, 0xc4987ba5, 0x3a6b2858, 0x13692165, 0x96689888, 0x94b8b589, 0xa6ba23b6, 0x3977d7aa, 0x9978ab99,
    0xa5ada576, 0x999c67c8, 0x888798ab, 0x8a9719a9, 0x9a64c758, 0x8a888b59, 0x8a998999, 0x76579677, 0x7aa3f988, 0x76979639,
    0x8698b67a, 0x5c571b97, 0x89799a89, 0x86888b66, 0x97989aa7, 0x7b81497a, 0x677b53a9, 0x99878a8a, 0x99bb99b9, 0x77a16597,
    0x869a3c56, 0xa2888974, 0x76ca5763, 0x7c844b8e, 0x6b7c2aab, 0x89998b98, 0xc89d3b9c, 0x77ac1759, 0x86687797, 0x88ca3577,
    0x8a85989c, 0x838d5187, 0x8b55c889, 0x9a33b46b, 0xa17a85b5, 0x99977c68, 0x87997987, 0x87c8b877, 0x9994fa79, 0x9599c41a,
    0x7a986899, 0xa9477b56, 0x88a87967, 0x95887a86, 0x99a6a977, 0x6b73577a, 0x88697498, 0x7a85777a, 0x8b77889b, 0x97a93597,
    0xa1847a63, 0x84767597, 0x54456696, 0x79a927bb, 0x51162654, 0x7568b678, 0x88871998, 0xa4a1eb86, 0x76874786, 0x9377c9a6,
    0x5a7ed789, 0x99a6ad6a, 0xa5a68a77, 0x88dbbaa7, 0x6982ba7b, 0x7279b486, 0x97776baa, 0xad86ca8b, 0x94728684, 0xa9938c94,
    0x86797879, 0x9465f437, 0x8544db76, 0x59785779, 0x6a37588a, 0x997649bb, 0x9aa3fb79, 0x87b88668, 0x75fc65c5, 0x8a89bb59,
};

/* The levels of the next layer, and their sum. */
static uint32_t layer0(const union pair *levels, uint32_t sum, uint16_t *out)
{
    uint32_t lowest = sum * 8;
    const uint32_t *codes = codes0;
    sum = 0;
    for (uint32_t unit = 0; unit < 14; unit++) {
        uint32_t products = products4(codes, levels, levels + 60);
        codes += 15;
        uint32_t total = products - lowest + (uint32_t)(bias0[unit] * 1);
        uint32_t level = within_a_byte((int32_t)total >> 5);
        out[unit] = (uint16_t)level;
        sum += level;
    }
    return sum;
}

static const int16_t bias1[5] = {
    -2255, -481, 1575, 1563, -2709,
};

static const uint8_t codes1[80] = {
    134, 109, 161, 159, 121, 117, 135, 149, 105, 99, 149, 89, 111, 110, 0, 0, 90, 93, 90, 100, 153, 116, 159, 137,
    146, 128, 148, 95, 108, 107, 0, 0, 170, 92, 46, 163, 106, 149, 89, 79, 141, 163, 133, 166, 143, 114, 0, 0,
    89, 136, 126, 105, 103, 150, 157, 92, 96, 87, 82, 116, 143, 165, 0, 0, 177, 158, 146, 115, 153, 114, 93, 142,
    109, 104, 100, 174, 109, 164, 0, 0,
};

/* The likeliest class. */
static int find_logits(const union pair *levels, uint32_t sum, int32_t *logits)
{
    uint32_t lowest = sum * 128;
    const uint8_t *codes = codes1;
    uint32_t likeliest = 0;
    for (uint32_t unit = 0; unit < 5; unit++) {
        uint32_t products = products8(codes, levels, levels + 8);
        codes += 16;
        uint32_t total = products - lowest + (uint32_t)(bias1[unit] * 1);
        logits[unit] = (int32_t)total >> 3;
        if (logits[unit] > logits[likeliest]) {
            likeliest = unit;
        }
    }
    return (int)likeliest;
}

static int classify(const int16_t *features, int32_t *logits)
{
    union pair levels0[60];
    uint32_t sum = 0;
    sum += scale(features + 0, 56, levels0->level + 0);
    sum += scale(features + 56, 32, levels0->level + 56);
    sum += scale(features + 88, 32, levels0->level + 88);
    union pair levels1[8];
    sum = layer0(levels0, sum, levels1->level);
    levels1[7].level[0] = 0;
    levels1[7].level[1] = 0;
    return find_logits(levels1, sum, logits);
}

int motion_network_predict(const int16_t *features, int features_length)
{
    int32_t logits[5];
    return features_length == motion_network_FEATURES ? classify(features, logits) : -1;
}

/* 2^(-below / 256) in 1/65536, by a parabola for each octave */
static uint32_t exponential(uint32_t below)
{
    uint32_t octaves = (below + 255) >> 8;
    uint32_t fraction = (octaves << 8) - below;
    uint32_t mantissa = 65536 + (fraction * (43008 + 88 * fraction) >> 8);
    return octaves > 17 ? 0 : mantissa >> octaves;
}

int motion_network_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length)
{
    union {
        int32_t logits[5];
        uint32_t parts[5];
    } of;
    if (features_length != motion_network_FEATURES || out_length != motion_network_CLASSES) {
        return -1;
    }
    int likeliest = classify(features, of.logits);
    uint32_t largest = (uint32_t)of.logits[likeliest];
    uint32_t sum = 0;
    for (int i = 0; i < motion_network_CLASSES; i++) {
        of.parts[i] = exponential(largest - (uint32_t)of.logits[i]);
        sum += of.parts[i];
    }
    uint32_t share = 0; /* 0xffffffff / sum, of which 16 bits can be other than 0 */
    uint32_t rest = 0xffff;
    for (int bit = 0; bit < 16; bit++) {
        rest = 2 * rest + 1;
        share *= 2;
        if (rest >= sum) {
            rest -= sum;
            share++;
        }
    }
    for (int i = 0; i < motion_network_CLASSES; i++) {
        out[i] = (uint16_t)(of.parts[i] * share >> 16);
    }
    return likeliest;
}
