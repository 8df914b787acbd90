/* motion_network: network of 5 classes.
 * Trained on spsw_har: Matey-Sanz, Casteleyn and Granell: Dataset of inertial measurements of smartphones and smartwatches
 * for human activity recognition. Data in Brief, 2023. doi 10.1016/j.dib.2023.109809, zenodo 8398688; gyroscope dropped.
 * Licence CC BY 4.0. https://github.com/GeoTecINIT/sp-sw-har-dataset/tree/1408d85a512a53861de7bc4729dee283fff2ea9d/DATA
 * SHA-256 of the data: a0da65abcc2804acda35c23a9f2e54103a0e164fe762a2fedb200e807cbf0ea6
 * Tested on others than it was trained on: 8 folds by subject (GroupKFold, 23 subjects) of spsw_har's watch; windows of 64
 * samples at 50 Hz, half overlapping, each labelled by most of its samples; context, where the model has it, reaches back
 * 64 samples more.
 * There accuracy 0.8770, macro F1 0.8664, mean of seeds 0, 1, 2.
 * With its features 2728 bytes of flash, 36237 cycles a window.
 * This one has seed 0 and all data. Made by: dollar train motion --model network */
#include "motion_network.h"

/* 120-16-5, weights of 4, 8 bits */

const char *const motion_network_class_names[motion_network_CLASSES] = {
    "SEATED",
    "STANDING_UP",
    "WALKING",
    "TURNING",
    "SITTING_DOWN",
};

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
static uint32_t scale(const int16_t *features, uint32_t count, uint8_t *levels)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t entry = offsets_and_shifts[i];
        uint32_t above = (uint32_t)(features[i] - (entry >> 4));
        uint32_t level = within_a_byte(((int32_t)(above << (entry & 15)) >> 8) + 128);
        levels[i] = (uint8_t)level;
        sum += level;
    }
    return sum;
}

/* Sums of codes times levels for two units. One multiplication serves both: no sum of 4 products needs more than 16 bits. Returns the codes of the next two. */
static const uint32_t *products4(const uint32_t *codes, const uint8_t *levels, uint32_t inputs, uint32_t *pair)
{
    uint32_t first = 0;
    uint32_t second = 0;
    const uint8_t *end = levels + inputs;
    do {
        uint32_t word = *codes++;
        uint32_t both = (word & 0x000f000f) * levels[0];
        both += (word >> 4 & 0x000f000f) * levels[1];
        both += (word >> 8 & 0x000f000f) * levels[2];
        both += (word >> 12 & 0x000f000f) * levels[3];
        first += both & 0xffff;
        second += both >> 16;
        levels += 4;
    } while (levels < end);
    pair[0] = first;
    pair[1] = second;
    return codes;
}

/* Sums of codes times levels for two units. Returns the codes of the next two. */
static const uint8_t *products8(const uint8_t *codes, const uint8_t *levels, uint32_t inputs, uint32_t *pair)
{
    uint32_t first = 0;
    uint32_t second = 0;
    const uint8_t *end = levels + inputs;
    do {
        first += (uint32_t)codes[0] * levels[0];
        second += (uint32_t)codes[1] * levels[0];
        first += (uint32_t)codes[2] * levels[1];
        second += (uint32_t)codes[3] * levels[1];
        first += (uint32_t)codes[4] * levels[2];
        second += (uint32_t)codes[5] * levels[2];
        first += (uint32_t)codes[6] * levels[3];
        second += (uint32_t)codes[7] * levels[3];
        codes += 8;
        levels += 4;
    } while (levels < end);
    pair[0] = first;
    pair[1] = second;
    return codes;
}

static const int16_t bias0[16] = {
    -624, 9921, 10500, 7166, 893, 2519, 6712, -818, -3113, 1018, 485, 3570, -1882, 3410, -1849, 673,
};

static const uint32_t codes0[240] = {
    0x783489b6, 0x79a149bd, 0x8877aa98, 0x774374b9, 0x9455a458, 0x75539bb3, 0xbadb6a79, 0x3698b599, 0x71475876, 0x36623116,
    0x768879ba, 0xa775d854, 0xa8899767, 0x17a9159b, 0x8b51aa89, 0xcbb26988, 0x896855a7, 0x4868d3b9, 0x9867b7aa, 0xb9846ab8,
    0x97bf6a77, 0xe5799a68, 0x6995ea9b, 0xaad75959, 0x765677a7, 0x9aa4a899, 0x9c7add9c, 0xa7a71ac9, 0x87b44664, 0xa7aac74b,
    0x65447a43, 0xabd35ba1, 0x8a77a566, 0x87467755, 0xaa686365, 0x66639775, 0x99bcb896, 0x2778a778, 0x73481974, 0x46543861,
    0x7785579a, 0xa6659866, 0xa9897655, 0x17a95886, 0x78568892, 0x8aa4d9a6, 0xa9777866, 0x79673775, 0x9c669576, 0xc686aac7,
    0x99af78c9, 0xd757669d, 0x585597c8, 0xebe5877a, 0x88668b97, 0x988569a8, 0x8975bd7f, 0xc7777ab6, 0x96c77d51, 0xd78a66a9,
    0x99db9779, 0xb79f5645, 0x87898688, 0x688a8a95, 0x8968a79a, 0xd9c74997, 0x6977988b, 0xf7893966, 0x688665bf, 0xda7947b7,
    0xc8988998, 0x458c88a8, 0x5554a9ab, 0xabdb47bb, 0x65378959, 0xac925966, 0x94888587, 0x9aa6aa89, 0x77829989, 0xaab65767,
    0x9471877a, 0xc669f766, 0x7545886a, 0xca838a76, 0x69959286, 0x756888a8, 0x85d57698, 0x75af8869, 0x5359a78b, 0x1848d876,
    0x6b199a47, 0x97216855, 0xa8977787, 0x77755ab7, 0x7687a9d6, 0x996877bd, 0xaa554513, 0x3945f894, 0xda667876, 0x6cdb6587,
    0x78988897, 0x98666778, 0x579a1688, 0xe933f911, 0xa7878426, 0xf999c9a1, 0x898998a9, 0x88897798, 0x948a97b9, 0x3886766b,
    0xb99a8772, 0x78994896, 0x8b857773, 0xc9abf9a8, 0x79888999, 0x89978866, 0x8f6da87c, 0xa8767755, 0x587897e9, 0xb7b9878b,
    0x4967ba4b, 0x69e8b964, 0x8a797777, 0xa9966997, 0x7f48b768, 0xa885baa6, 0x89a7665a, 0xc6bbfa46, 0x28888a98, 0x9744fb77,
    0x88889778, 0x8a98468c, 0x77897778, 0x69aafa77, 0x6977897a, 0x7887f688, 0x797799a9, 0x8896c9c9, 0x8b7677a7, 0xc888b88b,
    0x77a78772, 0x577b3988, 0xa78b6757, 0x7858d875, 0x77a49a8a, 0x888a7789, 0x85a66696, 0x887ba879, 0x9988968a, 0x79674959,
    0x7899878a, 0x764ae556, 0x99b7a8b9, 0x788a78ca, 0x79c87a98, 0x669debca, 0x69858932, 0x188b8983, 0x8799a943, 0x6466a9ec,
    0x88787689, 0x77867897, 0x58bc5445, 0x7456db76, 0xaa976386, 0x889bd796, 0x67888798, 0x87696589, 0xb98a74a5, 0x3887667a,
    0x6548c9b5, 0x88b64a79, 0x78754982, 0x89a8f9a9, 0x79785a77, 0xa8778957, 0x9b57bd6b, 0x9a755766, 0x767c86b7, 0x98a7b79a,
    0x78b7a6ac, 0x38ad7669, 0x895877b7, 0xab96799d, 0x7e5899bb, 0x79b686ac, 0x56a58786, 0x15ab5a97, 0x867b39ff, 0x4335cac5,
    0x86797897, 0x79a88777, 0x6a99aaaa, 0xdb52abba, 0x9989969a, 0x19494579, 0xa8a7767b, 0x9778c8a9, 0x9a888886, 0xa8a97b98,
    0x997a7746, 0xa976c863, 0x986b7478, 0x29679856, 0x9697958a, 0xc777a988, 0x97947392, 0x878a8778, 0x9775a687, 0x8976b845,
    0x8a974a3a, 0xa7bab9f2, 0x87888968, 0x88998994, 0xae6a5b39, 0x98a78742, 0x79899ad4, 0x97a9f79b, 0x55784ab9, 0xa966bc97,
    0x778999a7, 0x8898b988, 0x9a86a68b, 0x9baa18cd, 0x7856599a, 0x7a95a6c9, 0x78787758, 0x78969a94, 0x7b559d79, 0xf8a67758,
    0x878888e1, 0xa76836ad, 0x9687989c, 0x89875616, 0x77a788a7, 0x6879a99c, 0x658196b6, 0xa879ea3a, 0x7688a966, 0x99685953,
};

/* The levels of the next layer, and their sum. */
static uint32_t layer0(const uint8_t *levels, uint32_t sum, uint8_t *out)
{
    uint32_t lowest = sum * 8;
    const uint32_t *codes = codes0;
    uint32_t pair[2];
    sum = 0;
    for (uint32_t unit = 0; unit < 16; unit++) {
        if (unit % 2 == 0) {
            codes = products4(codes, levels, 120, pair);
        }
        uint32_t total = pair[unit % 2] - lowest + (uint32_t)(bias0[unit] * 1);
        uint32_t level = within_a_byte((int32_t)total >> 5);
        out[unit] = (uint8_t)level;
        sum += level;
    }
    return sum;
}

static const int16_t bias1[5] = {
    -2890, -1272, 2312, 1896, -3930,
};

static const uint8_t codes1[96] = {
    114, 166, 104, 96, 88, 80, 105, 89, 175, 174, 95, 89, 50, 103, 185, 86, 176, 74, 88, 87, 110, 92, 43, 179,
    165, 172, 72, 168, 165, 104, 102, 35, 168, 78, 152, 152, 157, 155, 157, 149, 14, 63, 148, 84, 48, 174, 46, 203,
    27, 70, 183, 68, 68, 178, 90, 177, 42, 65, 151, 23, 176, 35, 184, 33, 116, 0, 86, 0, 117, 0, 74, 0,
    58, 0, 182, 0, 203, 0, 129, 0, 161, 0, 129, 0, 190, 0, 70, 0, 168, 0, 81, 0, 78, 0, 199, 0,
};

static void find_logits(const uint8_t *levels, uint32_t sum, int32_t *logits)
{
    uint32_t lowest = sum * 128;
    const uint8_t *codes = codes1;
    uint32_t pair[2];
    for (uint32_t unit = 0; unit < 5; unit++) {
        if (unit % 2 == 0) {
            codes = products8(codes, levels, 16, pair);
        }
        uint32_t total = pair[unit % 2] - lowest + (uint32_t)(bias1[unit] * 1);
        logits[unit] = (int32_t)total >> 4;
    }
}

static int classify(const int16_t *features, int32_t *logits)
{
    uint8_t levels0[120];
    uint32_t sum = 0;
    sum += scale(features + 0, 56, levels0 + 0);
    sum += scale(features + 56, 32, levels0 + 56);
    sum += scale(features + 88, 32, levels0 + 88);
    uint8_t levels1[16];
    sum = layer0(levels0, sum, levels1);
    find_logits(levels1, sum, logits);
    int likeliest = 0;
    for (int i = 1; i < motion_network_CLASSES; i++) {
        if (logits[i] > logits[likeliest]) {
            likeliest = i;
        }
    }
    return likeliest;
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
    uint32_t share = 0xffffffff / sum;
    for (int i = 0; i < motion_network_CLASSES; i++) {
        out[i] = (uint16_t)(of.parts[i] * share >> 16);
    }
    return likeliest;
}
