/* The Graphics Synthesizer: video mode, and packets for it through DMA channel 2 (GIF PATH3). */
#ifndef SDK_GS_H
#define SDK_GS_H

#include "types.h"

#define SCREEN_WIDTH 640
#define SCREEN_HEIGHT 448

/* General registers. */
#define GS_PRIM 0x00
#define GS_RGBAQ 0x01
#define GS_XYZ2 0x05
#define GS_TEX0_1 0x06
#define GS_CLAMP_1 0x08
#define GS_TEX1_1 0x14
#define GS_XYOFFSET_1 0x18
#define GS_PRMODECONT 0x1A
#define GS_TEXA 0x3B
#define GS_TEXFLUSH 0x3F
#define GS_SCISSOR_1 0x40
#define GS_ALPHA_1 0x42
#define GS_DTHE 0x45
#define GS_COLCLAMP 0x46
#define GS_TEST_1 0x47
#define GS_PABE 0x49
#define GS_FBA_1 0x4A
#define GS_FRAME_1 0x4C
#define GS_ZBUF_1 0x4E
#define GS_BITBLTBUF 0x50
#define GS_TRXPOS 0x51
#define GS_TRXREG 0x52
#define GS_TRXDIR 0x53

#define PSMCT32 0x00
#define PSMT4 0x14

#define PRIM_SPRITE 6u
#define PRIM_TEXTURED 0x010u
#define PRIM_BLENDED 0x040u
#define PRIM_UV 0x100u

/* Window coordinate to the 12.4 fixed point of XYZ; the offset centres the screen in the 4096 x 4096 drawing space. */
#define GS_X(x) ((u32) (((2048 - SCREEN_WIDTH / 2) + (x)) * 16))
#define GS_Y(y) ((u32) (((2048 - SCREEN_HEIGHT / 2) + (y)) * 16))

/* NTSC, 640 x 448: interlaced, each field shows every other line of the frame buffer, so all 448 lines are seen. Clears the screen. */
void gs_init(u32 background);

/*
 * A packet under construction, in one of two buffers: the other may still be on its way. gs_send starts the DMA when the one before has ended.
 * gs_reserve makes room for some quadwords, if need be by sending what there is.
 */
void gs_begin(void);
void gs_reserve(u32 quadwords);
void gs_register(u32 number, u64 value); /* A+D, two quadwords */
void gs_rectangle(s32 x0, s32 y0, s32 x1, s32 y1, u32 colour); /* four quadwords */
void gs_send(void);

/*
 * Textured sprites in one colour: opens a run of n (four quadwords), then n times one (two quadwords) of texels (u, v) .. (u + width, v + height)
 * at (x, y), drawn `scale` times as large.
 */
void gs_sprites(u32 n, u32 colour);
void gs_sprite(s32 x, s32 y, u32 u, u32 v, u32 width, u32 height, s32 scale);

/* Image of width x height in the format psm to GS memory (base in 256-byte blocks, width of the buffer in 64 pixels). Data aligned to 64 bytes. */
void gs_upload(u32 base, u32 buffer_width, u32 psm, u32 width, u32 height, const void *data, u32 size);

/* Whether a vertical blank has begun since it was last asked. */
int gs_vblank(void);

/* Waits for the next vertical blank. */
void gs_wait_vblank(void);

#endif
