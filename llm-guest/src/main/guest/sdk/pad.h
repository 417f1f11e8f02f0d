/* The controller in port 1 through padman on the IOP, which keeps a picture of it in EE memory, new at every vertical blank. */
#ifndef SDK_PAD_H
#define SDK_PAD_H

#include "types.h"

#define PAD_SELECT 0x0001
#define PAD_START 0x0008
#define PAD_UP 0x0010
#define PAD_RIGHT 0x0020
#define PAD_DOWN 0x0040
#define PAD_LEFT 0x0080
#define PAD_L2 0x0100
#define PAD_R2 0x0200
#define PAD_L1 0x0400
#define PAD_R1 0x0800
#define PAD_TRIANGLE 0x1000
#define PAD_CIRCLE 0x2000
#define PAD_CROSS 0x4000
#define PAD_SQUARE 0x8000

/* False when the IOP has no padman. */
int pad_init(void);

/* Buttons that are down, PAD_* bits; 0 without a controller. */
u32 pad_buttons(void);

/* Buttons that went down since the last call. */
u32 pad_pressed(void);

#endif
