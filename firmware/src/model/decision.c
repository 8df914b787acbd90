#include "model/decision.h"

static bool is_wanted(uint32_t class, uint32_t classes)
{
    return class >= 31 || classes >> class & 1;
}

/* 1 and up: the first of the likeliest among those wanted; unknown if that is not sure enough. */
static uint32_t said(const struct decision_rules *rules, const uint16_t *probabilities, uint32_t classes)
{
    uint32_t best = DECISION_UNKNOWN;
    uint32_t best_share = 0;
    uint32_t unwanted_share = 0;
    for (uint32_t class = 0; class < classes; class++) {
        uint32_t share = probabilities[class];
        if (!is_wanted(class, rules->classes)) {
            unwanted_share += share;
        } else if (best == DECISION_UNKNOWN || share > best_share) {
            best = class + 1;
            best_share = share;
        }
    }
    bool sure = best_share >= unwanted_share && best_share * 100 >= rules->share_percent * DECISION_CERTAIN;
    return sure ? best : DECISION_UNKNOWN;
}

static uint32_t windows_needed(const struct decision_rules *rules, uint32_t answer)
{
    uint32_t own = 0;
    if (answer != DECISION_UNKNOWN && answer <= DECISION_OWN_CLASSES) {
        own = rules->own_windows >> (answer - 1) * DECISION_OWN_BITS & ((1u << DECISION_OWN_BITS) - 1);
    }
    return own ? own : rules->windows;
}

static void note_likeliest(struct decision *decision, const uint16_t *probabilities, uint32_t classes)
{
    uint32_t likeliest = 0;
    for (uint32_t class = 1; class < classes; class++) {
        if (probabilities[class] > probabilities[likeliest]) {
            likeliest = class;
        }
    }
    decision->likeliest = (uint8_t)(likeliest + 1);
    decision->share = probabilities[likeliest];
    decision->windows++;
}

bool decision_add(struct decision *decision, const struct decision_rules *rules, const uint16_t *probabilities, uint32_t classes)
{
    note_likeliest(decision, probabilities, classes);
    uint32_t answer = said(rules, probabilities, classes);
    if (answer != decision->candidate) {
        decision->candidate = (uint8_t)answer;
        decision->in_row = 0;
    }
    if (decision->in_row < UINT8_MAX) {
        decision->in_row++;
    }
    if (answer == decision->answer || decision->in_row < windows_needed(rules, answer)) {
        return false;
    }
    decision->answer = (uint8_t)answer;
    return true;
}

void decision_gap(struct decision *decision)
{
    decision->windows = 0;
    decision->in_row = 0;
}

void decision_forget(struct decision *decision)
{
    *decision = (struct decision){0};
}
