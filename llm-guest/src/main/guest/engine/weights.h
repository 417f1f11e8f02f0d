/*
 * MODEL.PSN on the disc (PSNT version 4, PSNT.md). Small tensors are loaded once; the matrices of the layers come from
 * the disc again for every token, in one stream that runs ahead of their use. Nothing is computed with bytes that do not match their CRC.
 */
#ifndef ENGINE_WEIGHTS_H
#define ENGINE_WEIGHTS_H

#include "kernels.h"
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

/* Reads sectors of a tensor: those that hold its bytes first .. first + count - 1. Where they are in `buffer`. No CRC. */
const u8 *weights_load_part(u32 index, u32 first, u32 count, void *buffer);

/* Reads a tensor through `buffer` of `size` bytes (whole sectors) only to check its CRC. */
void weights_check(u32 index, void *buffer, u32 size);

/* Where the pieces of a loaded tensor are. */
void weights_describe(u32 index, const void *loaded, matrix *m);

/*
 * Step s of a forward pass is matrix s % LAYER_MATRICES of logical layer s / LAYER_MATRICES. Steps follow each other and begin again after
 * the last. Waits until the matrix is in memory and its CRC is right. It stays valid until the next call.
 */
void weights_matrix(u32 step, matrix *m);

/* Ends what is under way; the drive is idle afterwards. */
void weights_settle(void);

#endif
