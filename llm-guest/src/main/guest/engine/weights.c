#include "weights.h"
#include "cdvd.h"
#include "crc32.h"
#include "fault.h"
#include "format.h"
#include "model.h"
#include "string.h"

#define PSNT_MAGIC 0x544E5350u
#define STEPS (MODEL_LAYERS * LAYER_MATRICES)
#define NONE 0xFFFFFFFFu
#define CRC_TRIES 4 /* reads of a tensor whose CRC is wrong */

/* Places of the header's fields, in words. */
enum {
    HEADER_MAGIC, HEADER_VERSION, HEADER_QUANT_TYPE, HEADER_FLAGS, HEADER_FREQ_BLOCKS, HEADER_DIM, HEADER_HIDDEN_DIM, HEADER_LAYERS,
    HEADER_HEADS, HEADER_KV_HEADS, HEADER_VOCABULARY, HEADER_CONTEXT, HEADER_ROPE_THETA, HEADER_UNIQUE_LAYERS, HEADER_REGISTERS, HEADER_EPSILON,
    HEADER_TENSOR_COUNT = 18, HEADER_TABLE_OFFSET = 19, HEADER_FILE_BYTES = 22, HEADER_TABLE_CRC = 23, HEADER_CRC = 24
};

static disc_file file;
static u8 head[MODEL_HEAD_SECTORS * SECTOR_SIZE] CACHE_ALIGNED;
static u32 sectors_read;

static u32 slot_tensor[LAYER_MATRICES]; /* what each slot holds, or will hold when the read under way ends */
static u32 unchecked;                   /* bit s: nobody has looked at the CRC of what was read into slot s */
static u32 pending = NONE;              /* the slot that is being read */

static void check_drive(const char *what, u32 error, u32 sector) {
    if (error != 0) {
        fault(FAULT_READ, "MODEL.PSN: %s (code %x) in %s, sector %u of the disc and after", cdvd_error_name(error), error, what, sector);
    }
}

static void read(const char *what, u32 sector, u32 sectors, void *buffer) {
    check_drive(what, cdvd_read(sector, sectors, buffer), sector);
    sectors_read += sectors;
}

static u32 first_sector(const tensor *t) {
    return file.sector + t->offset / SECTOR_SIZE;
}

static u32 whole_sectors(const tensor *t) {
    return (t->bytes + SECTOR_SIZE - 1) / SECTOR_SIZE;
}

static void expect(const char *what, u32 found, u32 expected) {
    if (found != expected) {
        fault(FAULT_CONTENT, "MODEL.PSN: %s is %x, this program was built for %x", what, found, expected);
    }
}

/* Counts a read whose CRC is wrong; ends the program when there have been enough of them. */
static void wrong_crc(const tensor *t, u32 crc, u32 tries) {
    if (tries == CRC_TRIES) {
        fault(FAULT_CONTENT, "MODEL.PSN: CRC of %s is %08x instead of %08x in %u reads", t->name, crc, t->crc, tries);
    }
}

/* Checks a tensor that was read whole; reads it again while its CRC is wrong. */
static void check(const tensor *t, void *buffer) {
    for (u32 tries = 1;; tries++) {
        u32 crc = crc32(0, buffer, t->bytes);
        if (crc == t->crc) {
            return;
        }
        wrong_crc(t, crc, tries);
        weights_settle();
        read(t->name, first_sector(t), whole_sectors(t), buffer);
    }
}

const tensor *weights_tensor(u32 index) {
    return (const tensor *) (const void *) (head + MODEL_TABLE_OFFSET) + index;
}

static int head_is_whole(void) {
    const u32 *h = (const u32 *) (const void *) head;
    return h[HEADER_MAGIC] == PSNT_MAGIC && crc32(0, head, HEADER_CRC * 4) == h[HEADER_CRC]
        && crc32(0, head + MODEL_TABLE_OFFSET, MODEL_TENSORS * sizeof(tensor)) == h[HEADER_TABLE_CRC];
}

void weights_open(void) {
    if (!cdvd_find("\\MODEL.PSN;1", &file)) {
        fault(FAULT_MISSING, "MODEL.PSN is not on the disc");
    }
    const u32 *h = (const u32 *) (const void *) head;
    for (u32 tries = 0; tries < CRC_TRIES && !head_is_whole(); tries++) {
        read("the header", file.sector, MODEL_HEAD_SECTORS, head);
    }
    expect("magic", h[HEADER_MAGIC], PSNT_MAGIC);
    expect("version", h[HEADER_VERSION], 4);
    expect("the header's CRC", crc32(0, head, HEADER_CRC * 4), h[HEADER_CRC]);
    expect("quant_type", h[HEADER_QUANT_TYPE], MODEL_QUANT_TYPE);
    expect("flags", h[HEADER_FLAGS], MODEL_FLAGS);
    expect("dim", h[HEADER_DIM], MODEL_DIM);
    expect("hidden_dim", h[HEADER_HIDDEN_DIM], MODEL_HIDDEN_DIM);
    expect("n_layers", h[HEADER_LAYERS], MODEL_LAYERS);
    expect("n_heads", h[HEADER_HEADS], MODEL_HEADS);
    expect("n_kv_heads", h[HEADER_KV_HEADS], MODEL_KV_HEADS);
    expect("vocab_size", h[HEADER_VOCABULARY], MODEL_VOCABULARY);
    expect("rope_theta", h[HEADER_ROPE_THETA], MODEL_ROPE_THETA);
    expect("n_unique_layers", h[HEADER_UNIQUE_LAYERS], MODEL_UNIQUE_LAYERS);
    expect("n_registers", h[HEADER_REGISTERS], MODEL_REGISTERS);
    expect("norm_eps", h[HEADER_EPSILON], MODEL_EPSILON);
    expect("tensor_count", h[HEADER_TENSOR_COUNT], MODEL_TENSORS);
    expect("toc_offset", h[HEADER_TABLE_OFFSET], MODEL_TABLE_OFFSET);
    expect("file_bytes", h[HEADER_FILE_BYTES], file.size);
    expect("the table's CRC", crc32(0, head + MODEL_TABLE_OFFSET, MODEL_TENSORS * sizeof(tensor)), h[HEADER_TABLE_CRC]);
    for (u32 i = 0; i < MODEL_TENSORS; i++) {
        const tensor *t = weights_tensor(i);
        expect("a tensor's size", t->bytes, model_tensor_bytes(i));
        expect("a tensor's offset", t->offset % SECTOR_SIZE, 0);
    }
    for (u32 i = 0; i < LAYER_MATRICES; i++) {
        slot_tensor[i] = NONE;
    }
}

void weights_load(u32 index, void *buffer) {
    const tensor *t = weights_tensor(index);
    weights_settle();
    read(t->name, first_sector(t), whole_sectors(t), buffer);
    check(t, buffer);
}

const u8 *weights_load_part(u32 index, u32 first, u32 count, void *buffer) {
    const tensor *t = weights_tensor(index);
    u32 begin = t->offset + first;
    u32 sector = begin / SECTOR_SIZE;
    weights_settle();
    read(t->name, file.sector + sector, (begin + count + SECTOR_SIZE - 1) / SECTOR_SIZE - sector, buffer);
    return (const u8 *) buffer + begin % SECTOR_SIZE;
}

void weights_check(u32 index, void *buffer, u32 size) {
    const tensor *t = weights_tensor(index);
    for (u32 tries = 1;; tries++) {
        u32 crc = 0;
        for (u32 at = 0; at < t->bytes; at += size) {
            u32 n = t->bytes - at < size ? t->bytes - at : size;
            weights_load_part(index, at, n, buffer);
            crc = crc32(crc, buffer, n);
        }
        if (crc == t->crc) {
            return;
        }
        wrong_crc(t, crc, tries);
    }
}

void weights_describe(u32 index, const void *loaded, matrix *m) {
    const tensor *t = weights_tensor(index);
    u32 groups = t->group > 0 ? (t->columns + t->group - 1) / t->group : 1;
    m->rows = t->rows;
    m->columns = t->columns;
    m->encoding = t->encoding;
    m->grouped = t->group > 0;
    m->scales = loaded;
    if (t->encoding == ENCODING_FLOAT) {
        m->codes = loaded;
        m->stride = t->columns * 4;
        return;
    }
    u32 bits = t->encoding == ENCODING_TERNARY ? 2 : t->encoding;
    m->codes = (const u8 *) loaded + ((4 * t->rows * groups + 15) & ~15u);
    m->stride = ((t->columns * bits + 7) / 8 + 15) & ~15u;
}

static u32 tensor_of_step(u32 step) {
    u32 unique = step / LAYER_MATRICES * MODEL_UNIQUE_LAYERS / MODEL_LAYERS;
    return MODEL_FIRST_MATRIX + unique * LAYER_MATRICES + step % LAYER_MATRICES;
}

static void start_read(u32 slot, u32 index) {
    const tensor *t = weights_tensor(index);
    if (!cdvd_start_read(first_sector(t), whole_sectors(t), model_slot[slot])) {
        check_drive(t->name, CDVD_NO_ANSWER, first_sector(t));
    }
    sectors_read += whole_sectors(t);
    slot_tensor[slot] = index;
    unchecked |= 1u << slot;
    pending = slot;
}

void weights_settle(void) {
    if (pending == NONE) {
        return;
    }
    u32 slot = pending;
    const tensor *t = weights_tensor(slot_tensor[slot]);
    pending = NONE;
    if (cdvd_finish_read() != 0) {
        read(t->name, first_sector(t), whole_sectors(t), model_slot[slot]);
    }
}

/* Starts reading the next matrix that is not in memory, unless its slot is needed before it. */
static void read_ahead(u32 step) {
    u32 needed = 1u << step % LAYER_MATRICES;
    for (u32 i = 1; i < STEPS; i++) {
        u32 later = (step + i) % STEPS;
        u32 slot = later % LAYER_MATRICES;
        if (slot_tensor[slot] != tensor_of_step(later)) {
            if (!(needed & 1u << slot)) {
                start_read(slot, tensor_of_step(later));
            }
            return;
        }
        needed |= 1u << slot;
    }
}

void weights_matrix(u32 step, matrix *m) {
    u32 slot = step % LAYER_MATRICES;
    u32 index = tensor_of_step(step);
    if (pending != NONE && cdvd_read_ended()) {
        weights_settle();
    }
    if (slot_tensor[slot] != index) {
        weights_settle();
        start_read(slot, index);
    }
    if (pending == slot) {
        weights_settle();
    }
    if (pending == NONE) {
        read_ahead(step);
    }
    if (unchecked & 1u << slot) {
        check(weights_tensor(index), model_slot[slot]);
        unchecked &= ~(1u << slot);
    }
    weights_describe(index, model_slot[slot], m);
}

u32 weights_sectors_read(void) {
    return sectors_read;
}
