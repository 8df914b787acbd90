/* sound_network: network of 10 classes.
 * Trained on fsdd_8k: Zohar Jackson et al.: Free Spoken Digit Dataset (FSDD). Licence CC BY-SA 4.0.
 * https://github.com/Jakobovski/free-spoken-digit-dataset/tree/26eb9aaf76e81b692f806f9140c2d2777410d7a1/recordings
 * SHA-256 of the data: 25a42d9bc678799e32843d9af3307486406d2fac9817e6f93debf1ce7827229d
 * Tested on others than it was trained on: leave one speaker out (LeaveOneGroupOut, 6 speakers) of fsdd_8k's ten digits,
 * 500 clips of each speaker; front end and model in the chip's integers; a window is a frame of 256 samples at 8 kHz, an
 * answer is of a word.
 * There accuracy 0.8882, macro F1 0.8852, mean of seeds 0, 1, 2.
 * With its features 5972 bytes of flash, 29395 cycles a window, 60434 more an answer.
 * This one has seed 0 and all data. Made by: dollar train sound --model network */
#include "sound_network.h"

/* 97-54-10, weights of 4, 4 bits */

const char *const sound_network_class_names[sound_network_CLASSES] = {
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
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

/* From features to levels, and their sum. */
static uint32_t scale(const int16_t *features, uint16_t *levels)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < 97; i++) {
        int32_t above = features[i];
        uint32_t level = within_a_byte((above) + 128);
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

static const int16_t bias0[54] = {
    -499, -744, -421, 527, 271, -53, 1168, -510, 116, 603, 901, -821, 172, 542, -1713, 172,
    -1355, 953, 1551, 283, 1461, -893, -713, -667, -197, -145, 1109, 926, 1745, 2471, 35, -1313,
    1257, 2056, -196, 687, 586, 1160, -595, -954, -470, 1674, 50, -577, -1355, 1646, -538, -410,
    -639, 1132, 429, -1618, 230, -5,
};

static const uint32_t codes0[648] = {
    0x798a7978, 0x8a88687a, 0x98698a68, 0x689a7869, 0xa8996889, 0x8a787889, 0x78b78878, 0xa6898777, 0x79798779, 0x79a58985,
    0x93799486, 0x7a8988aa, 0x9a95a778, 0x96965a87, 0x87879687, 0x88869a59, 0x87885898, 0x7887988a, 0x84988748, 0xb9796a99,
    0x69958896, 0x79da87a9, 0xa977a688, 0xa69c995a, 0x8b596b97, 0x6a7688a7, 0x7979997a, 0x69787887, 0x78798888, 0x7a7a7997,
    0x8a67a678, 0x567a6879, 0x799988b7, 0xa937b858, 0x68777aa8, 0x77b9b6a8, 0x968a76a8, 0x797a8978, 0x98758967, 0x875a78a8,
    0x3897d678, 0x769b7778, 0xbd36a9f4, 0x6788c577, 0x89998898, 0x8589978a, 0x9ba85f99, 0xa863aa84, 0x89678a69, 0x688a6988,
    0x89799878, 0x8a587a79, 0x59986a98, 0x87899979, 0x786a786c, 0x88896c99, 0x79788888, 0x8976987b, 0x85798a87, 0x788a9789,
    0x673c4e38, 0x7ea56ab3, 0xc9439879, 0x439dd48c, 0x98c8b978, 0xb76657f4, 0x8996f8d7, 0x63989556, 0x978875bb, 0x9885aba7,
    0xb688aa86, 0xa668c778, 0xf9949d78, 0x87a267a7, 0x73f697c8, 0xf868b688, 0x5b6488ba, 0x54c8aaa6, 0xb75a9679, 0x6b6578aa,
    0x67879a96, 0x786c7668, 0x7b787599, 0x8689784a, 0xcaa5b996, 0xba646979, 0x4bb788c7, 0x27aea35a, 0x6b5e598c, 0x7c189d53,
    0x5a674968, 0x569996aa, 0x997b976b, 0x8c475b76, 0x5a89a798, 0x798c687d, 0x39c375b7, 0xf78bbb87, 0x98688858, 0x87a8797a,
    0x67985988, 0x8898888a, 0xa8689969, 0x68897898, 0x88889798, 0x98788978, 0x77887797, 0x798887b8, 0x6d871d8a, 0x977678b7,
    0x787baa3a, 0x7b986987, 0x896976a9, 0x78899899, 0xa689b667, 0x89696798, 0x78b698b4, 0xe589b458, 0x97777787, 0x66e578a6,
    0x88859988, 0x98887998, 0x77779798, 0x78879888, 0x88778998, 0x76798897, 0x89899898, 0x69777889, 0x87988998, 0x986a9878,
    0x7b967999, 0x96988879, 0x923d971c, 0x798b4a78, 0xab748878, 0x76885969, 0x999b9778, 0xa998786a, 0x98a879b5, 0xc898b587,
    0x97a79698, 0xb7d659c5, 0xb684b584, 0x87ca8787, 0x7b8639a7, 0x87868788, 0x85ca983c, 0xf8788a78, 0x88765887, 0x78c687c7,
    0x9788b559, 0x887a5988, 0x8b689895, 0x49996579, 0x878b8899, 0x8b6a8978, 0x78879978, 0x97797888, 0x88799878, 0x79a87879,
    0xb9978b97, 0x98798878, 0x78977989, 0x86897878, 0x8988789a, 0x97769978, 0x76796788, 0x798797a9, 0xb77d993a, 0x98b24878,
    0xb5c776a9, 0x96b8ba48, 0xb7a76766, 0x999776b9, 0x76a7aa66, 0xb88a9577, 0x8c57788a, 0x47c869c5, 0xb7acc699, 0xb918a917,
    0x88888897, 0x88888888, 0x88888888, 0x88878898, 0x98888888, 0x88888888, 0x8799888a, 0x99888a88, 0x89778977, 0x77878879,
    0x76898888, 0x89889889, 0xa4ab95c5, 0x8668e348, 0x59bc779b, 0x4aa878b7, 0xca6e7a7a, 0xaf158d34, 0x32b9173c, 0x96ba2d8a,
    0xc975974a, 0x68365c2a, 0x47b88a87, 0xad7d67bf, 0xa64f479a, 0x1798e499, 0x67ce866b, 0x9e2779f4, 0x5988c578, 0xa86b7a65,
    0x56778489, 0x878a4c8a, 0x8a8489a3, 0x9667973d, 0x86786d87, 0x689877a9, 0x1bb4946a, 0xa3797688, 0x772ea846, 0x7fb548b5,
    0xb576a699, 0x84bd786a, 0xc9879a85, 0x88935687, 0x85e57898, 0xc47ca756, 0x6e676777, 0x8bf38bf6, 0x759f343b, 0x99e28789,
    0x91a97579, 0x88a9a9a6, 0xa982a664, 0x668975a7, 0x8879b877, 0x6c896887, 0xab877b9b, 0x465e7968, 0x7edc687c, 0xf9359c18,
    0x87689876, 0x78798696, 0x7a788789, 0x779688a7, 0xa799b777, 0xa8777777, 0x88da88ca, 0x86a78878, 0x97757877, 0x88769977,
    0x78888988, 0x8a8887b8, 0x95898669, 0x88897979, 0x99887976, 0x79977679, 0xb7997888, 0x99698858, 0x88b76977, 0xb7997787,
    0x8997868a, 0xa8b87a97, 0x88888676, 0x99897889, 0xcb626e72, 0xa6659787, 0x94aa8878, 0x78faa6fc, 0xc4b5c89a, 0x75667794,
    0x7683a585, 0x96779787, 0x88a898c6, 0x86b8a498, 0xb6579797, 0x59c798e5, 0x8655b83d, 0x677c3eaa, 0x596987a7, 0x9a75893e,
    0x86674ca7, 0x75cb974e, 0xbe962f68, 0x878468a8, 0x758e9a1e, 0x5d783b37, 0x3c78287a, 0x7b998a9c, 0x9a677b79, 0x69866a98,
    0x77899889, 0x886a996a, 0x8b785c98, 0x79778887, 0x7788977a, 0x877a8989, 0x79899988, 0x9a868888, 0x87889898, 0x868a9859,
    0x9a8569b4, 0x6878a679, 0x88898a67, 0xaa587897, 0x59868878, 0x86aa8878, 0x987a7789, 0x89888a88, 0x79897885, 0x7896a38a,
    0x947a8a89, 0x7a89a9b3, 0x699c963e, 0xb7957996, 0x87799788, 0x89b59996, 0xa6798697, 0x88879889, 0x87a78a86, 0x99889688,
    0x8787787a, 0x87897986, 0x7a787679, 0x89967979, 0x85a698a7, 0x97899788, 0xa8757788, 0x759787a7, 0xdba7ec76, 0xa99979ba,
    0x64466765, 0x67868777, 0x98769789, 0x7989a9aa, 0x79888988, 0x7a7887a7, 0xb3adc476, 0x97759477, 0x59a975d6, 0x7b9798a5,
    0xa86ba686, 0x6d597a77, 0x17a84599, 0xc78e9a8c, 0x9925aa17, 0x53a6195b, 0x67b65b97, 0xb999968d, 0xc16c675a, 0x59768957,
    0x85b8984b, 0xbb2b59b8, 0x1b85c799, 0x779d8976, 0xac1978b7, 0x3988a789, 0x988c9877, 0x8a677798, 0x76896a77, 0x7c9598b6,
    0x9779a887, 0x7889867a, 0x89678977, 0x68797687, 0x6888b67a, 0x868c7a57, 0xbf5879d5, 0x6784c578, 0x85ae7889, 0xa97998a7,
    0x8a868979, 0x89b68bb5, 0x9624c727, 0x88bc6aba, 0x8a697ab9, 0x8988ab79, 0x88866a78, 0x96a778a9, 0xb6a8a779, 0xb8948879,
    0x82c87986, 0xccb85896, 0xb8829479, 0x919c4a1b, 0x289654c7, 0x979ab689, 0x8b487977, 0x68a6a8b6, 0x988a9778, 0x898888a8,
    0xa779a869, 0x6a965b88, 0x84c78799, 0xa9797969, 0x88947878, 0xa6987888, 0x54a676c6, 0xa79cb787, 0xa9656677, 0xa8cb9cba,
    0x37ba3667, 0x87746757, 0x77678778, 0xaa98db76, 0xba9b8aa9, 0x66467666, 0x79969a67, 0x898987b9, 0x47975999, 0x6a9d4b9c,
    0x8b677a69, 0x876c794c, 0x6d894d77, 0x78a67799, 0xa9788879, 0x85788776, 0x77aa7678, 0x8a945896, 0xa387b787, 0xa86a9869,
    0x855f892c, 0x7d977a79, 0x9aa679b6, 0x8987a7a6, 0x548aa467, 0x899b6889, 0xaa548a76, 0x679a7878, 0x9999887a, 0x98775a87,
    0x87878998, 0x7878a659, 0x2b7486e3, 0x99abd588, 0x9c3679b3, 0x67a6d5d4, 0xb689c677, 0x887777c6, 0x98a8c798, 0x6b754988,
    0x84a798b8, 0x977c966a, 0x8e934999, 0xb3a8785a, 0x8af5a7f5, 0xfa98db46, 0xd8657892, 0x64677478, 0x66a68765, 0x89a778a8,
    0x8788b899, 0x679a8898, 0x86579676, 0x78889998, 0x67898898, 0x798887a8, 0xa6888997, 0x9887b798, 0x97987897, 0x868797a6,
    0x9896a778, 0x968678a7, 0x8798b8b7, 0x77979678, 0x85878897, 0x9879a796, 0x9c86a888, 0x86878996, 0x969a8789, 0x9a786978,
    0x8a868888, 0x76997968, 0x988b7878, 0x8b777879, 0x67987988, 0x879a8889, 0x9a788878, 0x7a867986, 0x8698a697, 0x887a8789,
    0xc25f8937, 0x3ea96549, 0x98e56aba, 0xd93c9a94, 0x4ba5b478, 0x94ac788b, 0x7c694aa6, 0x8795b77a, 0x995b8857, 0x59b576b7,
    0xb28aa698, 0x597888a5, 0x649ca56c, 0x97a8a888, 0x988877b8, 0x88759a96, 0x86879777, 0x98888899, 0x87887988, 0x88878888,
    0x87878889, 0x87897887, 0x8a878789, 0x87778877, 0xf64c7f38, 0x69977778, 0xa5be875c, 0x5e873979, 0xa6a67887, 0x9a4d8946,
    0x4ba57569, 0xa67b6978, 0x7b5a88a5, 0x9797b568, 0xb7696889, 0x76c678c5, 0xa65c9955, 0x6aa67478, 0xa6b757b8, 0xa978d8a4,
    0x8795c566, 0x979a66d7, 0x7989a6c6, 0x9887b668, 0x97687a76, 0x56b894b8, 0xc9b8aa9b, 0xa8457975, 0x9d966ca6, 0xa798898a,
    0x966d7856, 0x5ba77669, 0xa6885987, 0x7b699786, 0x79a68768, 0xa77a6797, 0x7a788898, 0x95a98869, 0xa8895888, 0x88c688a8,
    0x88877988, 0x87887888, 0x89888888, 0x89878889, 0x87788888, 0x88888788, 0x88887879, 0x89887a88, 0x89788878, 0x7889777a,
    0x77897988, 0x88888878, 0x5a844b78, 0x789888b7, 0x8b587a98, 0x67799787, 0x7989998a, 0x98747ac3, 0xb399f3ba, 0x9796a889,
    0x82e487f6, 0xf687e896, 0xb771c686, 0x71d79589, 0xd489f63a, 0x89975777, 0x86c686e8, 0xa78ab877, 0x99858799, 0x749898a9,
    0x889a7988, 0x9a858798, 0x8678995a, 0x699a3c77, 0x8b987689, 0xa658781a, 0x86a687a8, 0xa7897989, 0x78968889, 0xa788895a,
    0x79866a88, 0x86a88878, 0x99796879, 0x78977888, 0x98798868, 0x79887888, 0x98998778, 0x99797988, 0xb9679a5a, 0x7b855ca6,
    0x76a697a8, 0x859b976c, 0xa6798898, 0x79668977, 0x78a57997, 0x96799799, 0x88899878, 0x89877798, 0x87778898, 0x77999868,
    0x8779a858, 0x78788988, 0x889887a8, 0x88889478, 0xa8888998, 0x87489773, 0x5ad876ba, 0xd599b897, 0x88688779, 0xa984abb7,
    0x54799486, 0x6bb8a7b9, 0xf8848a85, 0x96928886, 0xa4e687a7, 0xc6a8a788, 0xa8a58777, 0x96a588a6, 0xa6a9b6a7, 0x7888a687,
    0x788789c7, 0x6868c7a6, 0x8a7a9899, 0x8948a887, 0x696c75f4, 0x499cf479, 0x89ab6878, 0xaa3a98d6, 0x4b98a787, 0xa6988778,
    0x96697888, 0x87878988, 0x98868887, 0x7687987a, 0x87977a87, 0x896677b5, 0x718c915e, 0xba8b7c88, 0x9c628974, 0x96b76a99,
    0x9479c276, 0x68ca757c, 0xab856be1, 0x8887b587, 0xa9798768, 0x86887687, 0x98a88989, 0x9b969a95,
};

/* Of input 96 */
static const uint32_t tail0_0[7] = {
    0x41111fff, 0x1f18d162, 0xbef179cb, 0xe11611f1, 0xff517f11, 0xb91ffc1d, 0x0088f11f,
};

/* The levels of the next layer, and their sum. */
static uint32_t layer0(const union pair *levels, uint32_t sum, uint16_t *out)
{
    uint32_t lowest = sum * 8;
    const uint32_t *codes = codes0;
    sum = 0;
    for (uint32_t unit = 0; unit < 54; unit++) {
        uint32_t products = products4(codes, levels, levels + 48);
        codes += 12;
        products += (tail0_0[unit / 8] >> unit % 8 * 4 & 15) * levels[48].level[0];
        uint32_t total = products - lowest + (uint32_t)(bias0[unit] * 1);
        uint32_t level = within_a_byte((int32_t)total >> 3);
        out[unit] = (uint16_t)level;
        sum += level;
    }
    return sum;
}

static const int16_t bias1[10] = {
    -27, -30, -23, 51, 104, -156, -111, 165, -20, 44,
};

static const uint32_t codes1[70] = {
    0x79796969, 0x97463797, 0x75779a88, 0x67998778, 0x77989687, 0x9788956a, 0x08880989, 0x96868897, 0x6a995899, 0x78988a99,
    0x97977976, 0x77796778, 0x76767679, 0x09980978, 0x89978879, 0x66a78878, 0x77779688, 0x767a9979, 0x599a7787, 0x99989a76,
    0x076a0779, 0x88779789, 0x99979767, 0x77887797, 0x8989777a, 0x48869877, 0x77779a86, 0x06780799, 0x77897768, 0x88795a89,
    0x99879977, 0x88959877, 0x76766966, 0x79999485, 0x07950765, 0x86978796, 0x79578799, 0x98888679, 0x9859897a, 0x97777887,
    0x89996895, 0x09740897, 0x7aa88978, 0x8789ba77, 0x9a787687, 0x78997799, 0x97878999, 0x86776b8a, 0x06960889, 0x85557888,
    0x86994686, 0x8a877787, 0x877587a6, 0xa969697a, 0x98779189, 0x08890796, 0x77898898, 0x7689c977, 0x8a797988, 0x79677897,
    0x69999879, 0x78786b86, 0x097b0876, 0x86788996, 0x98752487, 0x75898799, 0x89867967, 0x87877796, 0x88999389, 0x09750886,
};

/* The likeliest class. */
static int find_logits(const union pair *levels, uint32_t sum, int32_t *logits)
{
    uint32_t lowest = sum * 8;
    const uint32_t *codes = codes1;
    uint32_t likeliest = 0;
    for (uint32_t unit = 0; unit < 10; unit++) {
        uint32_t products = products4(codes, levels, levels + 28);
        codes += 7;
        uint32_t total = products - lowest + (uint32_t)(bias1[unit] * 1);
        logits[unit] = (int32_t)total * 2;
        if (logits[unit] > logits[likeliest]) {
            likeliest = unit;
        }
    }
    return (int)likeliest;
}

static int classify(const int16_t *features, int32_t *logits)
{
    union pair levels0[49];
    uint32_t sum = scale(features, levels0->level);
    levels0[48].level[1] = 0;
    union pair levels1[28];
    sum = layer0(levels0, sum, levels1->level);
    levels1[27].level[0] = 0;
    levels1[27].level[1] = 0;
    return find_logits(levels1, sum, logits);
}

int sound_network_predict(const int16_t *features, int features_length)
{
    int32_t logits[10];
    return features_length == sound_network_FEATURES ? classify(features, logits) : -1;
}

/* 2^(-below / 256) in 1/65536, by a parabola for each octave */
static uint32_t exponential(uint32_t below)
{
    uint32_t octaves = (below + 255) >> 8;
    uint32_t fraction = (octaves << 8) - below;
    uint32_t mantissa = 65536 + (fraction * (43008 + 88 * fraction) >> 8);
    return octaves > 17 ? 0 : mantissa >> octaves;
}

int sound_network_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length)
{
    union {
        int32_t logits[10];
        uint32_t parts[10];
    } of;
    if (features_length != sound_network_FEATURES || out_length != sound_network_CLASSES) {
        return -1;
    }
    int likeliest = classify(features, of.logits);
    uint32_t largest = (uint32_t)of.logits[likeliest];
    uint32_t sum = 0;
    for (int i = 0; i < sound_network_CLASSES; i++) {
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
    for (int i = 0; i < sound_network_CLASSES; i++) {
        out[i] = (uint16_t)(of.parts[i] * share >> 16);
    }
    return likeliest;
}
