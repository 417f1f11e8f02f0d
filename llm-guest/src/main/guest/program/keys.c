#include "keys.h"
#include "clock.h"

#define REPEATED (PAD_UP | PAD_DOWN | PAD_LEFT | PAD_RIGHT | PAD_L1 | PAD_R1 | PAD_SQUARE)
#define FIRST_REPEAT 400u
#define NEXT_REPEAT 60u

static u32 pressed, held, due;

void keys_look(int repeat) {
    u32 now = pad_buttons(), fresh = now & ~held, time = clock_milliseconds();
    held = now;
    pressed |= fresh;
    if (fresh != 0 || !repeat) {
        due = time + FIRST_REPEAT;
    } else if ((now & REPEATED) != 0 && (s32) (time - due) >= 0) {
        pressed |= now & REPEATED;
        due = time + NEXT_REPEAT;
    }
}

u32 keys_pressed(u32 mask) {
    return pressed & mask;
}

u32 keys_take(u32 mask) {
    u32 taken = pressed & mask;
    pressed &= ~mask;
    return taken;
}

void keys_forget(void) {
    pressed = 0;
}
