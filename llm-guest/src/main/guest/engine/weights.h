/*
 * MODEL.PSN on the disc (PSNT version 4, PSNT.md). Small tensors are loaded once; the matrices of the layers are read from the disc again for
 * every token, one after the other, each with one call of the drive, while the one before is being multiplied.
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

/* Reads a whole tensor into `buffer` (64-byte aligned, whole sectors) and checks its CRC; if that is wrong, again. */
void weights_load(u32 index, void *buffer);

/* Reads sectors of a tensor: those that hold its bytes first .. first + count - 1. Where they are in `buffer`. No CRC. */
const u8 *weights_load_part(u32 index, u32 first, u32 count, void *buffer);

/* Reads a tensor through `buffer` of `size` bytes (whole sectors) only to check its CRC. */
void weights_check(u32 index, void *buffer, u32 size);

/* Where the pieces of a loaded tensor are. */
void weights_describe(u32 index, const void *loaded, matrix *m);

/*
 * Step s of a forward pass is matrix s % LAYER_MATRICES of logical layer s / LAYER_MATRICES. Waits until it is in memory, starts reading ahead, and
 * checks its CRC; if that is wrong, reads it again. It stays valid until the next call.
 */
void weights_matrix(u32 step, matrix *m);

/* Waits until the drive is idle. */
void weights_settle(void);

/* Sectors read so far. */
u32 weights_sectors_read(void);

#endif
