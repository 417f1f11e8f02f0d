/*
 * MODEL.PSN on the disc (PSNT version 4, PSNT.md). Small tensors and the matrices of the first layers, as many as the memory plan has room for, are
 * loaded once; those of the others come from the disc again in every pass, in one stream that runs ahead of their use. Nothing is computed with bytes
 * that do not match their CRC.
 */
#ifndef ENGINE_WEIGHTS_H
#define ENGINE_WEIGHTS_H

#include "multiply.h"
#include "types.h"

/* The matrices of a layer in the order of use, which is also their order on the disc. */
enum { WQ, WK, WV, WO, W1, W3, W2, LAYER_MATRICES };

/* One line of the table of contents. */
typedef struct tensor {
    char name[28];
    u32 kind, layer, encoding, group, rows, columns, offset, bytes, crc;
} tensor;

/* Finds the file and checks header, shape and table of contents. */
void weights_open(void);

const tensor *weights_tensor(u32 index);

/* Reads a whole tensor into `buffer` (64-byte aligned, whole sectors) and checks its CRC. */
void weights_load(u32 index, void *buffer);

/* Reads sectors of a tensor that weights_check has read: those that hold its bytes first .. first + count - 1. Where they are in `buffer`. */
const u8 *weights_load_part(u32 index, u32 first, u32 count, void *buffer);

/* Reads a tensor through `buffer` of `size` bytes (whole sectors) to check its CRC, and keeps one of each sector. */
void weights_check(u32 index, void *buffer, u32 size);

/* Tensor `index` as a matrix whose tiles are at `loaded`. */
void weights_describe(u32 index, const void *loaded, matrix *m);

/* Loads the matrices that stay in memory. */
void weights_load_layers(void);

/*
 * Step s of a forward pass is matrix s % LAYER_MATRICES of logical layer s / LAYER_MATRICES; a pass takes all steps in order. Waits until the matrix
 * is in memory and its CRC is right. It stays valid until the next call.
 */
void weights_matrix(u32 step, matrix *m);

/* The same for a matrix that stays in memory; 0 for others. */
int weights_resident(u32 step, matrix *m);

/* A pass is done: what was streamed for it is not needed any more. */
void weights_end_pass(void);

/* Ends what is under way; the drive is idle afterwards. */
void weights_settle(void);

#endif
