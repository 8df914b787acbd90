#include "app/classes.h"

#include "app/beacon.h"
#include "app/console.h"
#include "app/settings.h"
#include "hal/clock.h"
#include "protocol/console_line.h"

#define WATCH_S_MAX 3600

static const struct {
    const char *name;
    const char *const *class_names;
    uint8_t classes;
    uint8_t share_percent, windows, wanted, own_windows; /* keys of the settings */
} MODELS[TASKS] = {
#if MOTION_MODEL
    [TASK_MOTION] = {
        .name = "motion",
        .class_names = motion_model_class_names,
        .classes = MOTION_MODEL_CLASSES,
        .share_percent = CONFIG_MOTION_SHARE_PERCENT,
        .windows = CONFIG_MOTION_WINDOWS,
        .wanted = CONFIG_MOTION_CLASSES,
        .own_windows = CONFIG_MOTION_CLASS_WINDOWS,
    },
#endif
#if SOUND_MODEL
    [TASK_SOUND] = {
        .name = "sound",
        .class_names = sound_model_class_names,
        .classes = SOUND_MODEL_CLASSES,
        .share_percent = CONFIG_SOUND_SHARE_PERCENT,
        .windows = CONFIG_SOUND_WINDOWS,
        .wanted = CONFIG_SOUND_CLASSES,
        .own_windows = CONFIG_SOUND_CLASS_WINDOWS,
    },
#endif
};

static struct decision decisions[TASKS];
static uint32_t watched_until_ms;

static void say(const char *kind, enum task task)
{
    const struct decision *decision = &decisions[task];
    const int32_t values[] = {decision->answer, decision->likeliest, decision->share, decision->windows};
    console_reply *reply = console_begin(kind);
    reply_key(reply, "task");
    reply_text(reply, MODELS[task].name);
    reply_key(reply, "name");
    reply_text(reply, decision->answer ? MODELS[task].class_names[decision->answer - 1] : "unknown");
    reply_values(reply, " class likeliest share window", values);
    console_end();
}

static bool is_watched(void)
{
    uint32_t left = watched_until_ms - clock_ms();
    bool watched = left > 0 && left <= WATCH_S_MAX * 1000u;
    if (!watched) {
        watched_until_ms = clock_ms(); /* else a moment long past would look like one to come */
    }
    return watched;
}

void classes_add(enum task task, const uint16_t *probabilities)
{
    const int32_t *values = settings_get()->values;
    const struct decision_rules rules = {
        .share_percent = (uint32_t)values[MODELS[task].share_percent],
        .windows = (uint32_t)values[MODELS[task].windows],
        .classes = (uint32_t)values[MODELS[task].wanted],
        .own_windows = (uint32_t)values[MODELS[task].own_windows],
    };
    if (decision_add(&decisions[task], &rules, probabilities, MODELS[task].classes)) {
        beacon_tell_soon();
    }
    if (is_watched()) {
        say("window", task);
    }
}

void classes_gap(enum task task)
{
    decision_gap(&decisions[task]);
}

void classes_forget(enum task task)
{
    decision_forget(&decisions[task]);
}

uint8_t classes_answer(enum task task)
{
    return decisions[task].answer;
}

bool classes_tell(void)
{
    for (int task = 0; task < TASKS; task++) {
        say("class", (enum task)task);
    }
    console_ok();
    return true;
}

bool classes_watch(void)
{
    int32_t seconds;
    if (!console_number(console_argument(0), &seconds) || seconds < 0 || seconds > WATCH_S_MAX) {
        return false;
    }
    watched_until_ms = clock_ms() + (uint32_t)seconds * 1000u;
    console_ok();
    return true;
}
