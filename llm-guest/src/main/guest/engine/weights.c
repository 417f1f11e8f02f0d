#include "weights.h"
#include "cdvd.h"
#include "crc32.h"
#include "fault.h"
#include "format.h"
#include "model.h"
#include "stages.h"
#include "stream.h"

#define PSNT_MAGIC 0x544E5350u
#define STREAMED_LAYERS (MODEL_UNIQUE_LAYERS - MODEL_RESIDENT_LAYERS)

/* Places of the header's fields, in words. */
enum {
    HEADER_MAGIC, HEADER_VERSION, HEADER_QUANT_TYPE, HEADER_FLAGS, HEADER_FREQ_BLOCKS, HEADER_DIM, HEADER_HIDDEN_DIM, HEADER_LAYERS,
    HEADER_HEADS, HEADER_KV_HEADS, HEADER_VOCABULARY, HEADER_CONTEXT, HEADER_ROPE_THETA, HEADER_UNIQUE_LAYERS, HEADER_REGISTERS, HEADER_EPSILON,
    HEADER_TENSOR_COUNT = 18, HEADER_TABLE_OFFSET = 19, HEADER_FILE_BYTES = 22, HEADER_TABLE_CRC = 23, HEADER_CRC = 24
};

#define TRIES 4u /* reads of what is damaged */

static disc_file file;
static u8 head[MODEL_HEAD_SECTORS * SECTOR_SIZE] CACHE_ALIGNED;

/* The matrices of the layers that do not stay, one after the other, endlessly, in a ring that has room for whole layers. */
static stream_range matrices;
static u32 first_sector; /* of the matrices of all layers, in the file */
static int streaming;
static u32 pass;         /* position at which the present pass over the streamed matrices began */
static u32 kept;         /* positions before this one had arrived when the stream was stopped */
static u32 part_crcs[MODEL_PART_SECTORS + 1]; /* of each sector of the tensors that are loaded in parts */
static u32 part_base[MODEL_TENSORS];          /* where those of a tensor begin */
static u32 parts;                             /* sectors in part_crcs */
static u32 checked;      /* positions before this one have been compared with their CRCs */

static u32 sectors_of(u32 bytes) {
    return (bytes + SECTOR_SIZE - 1) / SECTOR_SIZE;
}

/* Reading again may help; after other errors the module has waited for the drive already. */
static int may_pass(u32 error) {
    return error == 0 || error == CDVD_READ_ERROR;
}

static void fail_to_read(const char *what, u32 error, u32 tries) {
    fault(
        FAULT_READ, "MODEL.PSN: %s (code %x) in %s, sector %u of the disc, in %u reads", cdvd_error_name(error), error, what,
        stream_error_sector(), tries);
}

static void fail_to_match(const tensor *t, u32 crc) {
    fault(
        FAULT_CONTENT, "MODEL.PSN: CRC of %s, sector %u of the disc and after, is %08x instead of %08x in %u reads", t->name,
        file.sector + t->offset / SECTOR_SIZE, crc, t->crc, TRIES);
}

static void read(const char *what, u32 sector, u32 sectors, void *buffer) {
    u32 error = 0, tries = 0;
    weights_settle();
    for (; tries < TRIES && may_pass(error); tries++) {
        error = stream_read(file.sector + sector, sectors, buffer);
        if (error == 0) {
            return;
        }
    }
    fail_to_read(what, error, tries);
}

static void expect(const char *what, u32 found, u32 expected) {
    if (found != expected) {
        fault(FAULT_CONTENT, "MODEL.PSN: %s is %x, this program was built for %x", what, found, expected);
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
    for (u32 tries = 0; tries < TRIES && !head_is_whole(); tries++) {
        read("the header", 0, MODEL_HEAD_SECTORS, head);
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
    first_sector = weights_tensor(MODEL_FIRST_MATRIX)->offset / SECTOR_SIZE;
    u32 sector = first_sector;
    for (u32 i = 0; i < MODEL_UNIQUE_LAYERS * LAYER_MATRICES; i++) {
        const tensor *t = weights_tensor(MODEL_FIRST_MATRIX + i);
        expect("a matrix's sector", t->offset / SECTOR_SIZE, sector);
        sector += sectors_of(t->bytes);
    }
    expect("sectors of all matrices", sector - first_sector, MODEL_UNIQUE_LAYERS * MODEL_LAYER_SECTORS);
    matrices.first = file.sector + first_sector + MODEL_RESIDENT_LAYERS * MODEL_LAYER_SECTORS;
    matrices.sectors = STREAMED_LAYERS * MODEL_LAYER_SECTORS;
    matrices.endless = 1;
    matrices.ring = model_ring;
    matrices.ring_sectors = MODEL_RING_SECTORS;
}

void weights_load(u32 index, void *buffer) {
    const tensor *t = weights_tensor(index);
    u32 crc = 0;
    for (u32 tries = 0; tries < TRIES; tries++) {
        read(t->name, t->offset / SECTOR_SIZE, sectors_of(t->bytes), buffer);
        crc = crc32(0, buffer, t->bytes);
        if (crc == t->crc) {
            return;
        }
    }
    fail_to_match(t, crc);
}

static int part_is_whole(const u32 *crcs, u32 sectors, const u8 *buffer) {
    for (u32 i = 0; i < sectors; i++) {
        if (crc32(0, buffer + i * SECTOR_SIZE, SECTOR_SIZE) != crcs[i]) {
            return 0;
        }
    }
    return 1;
}

const u8 *weights_load_part(u32 index, u32 first, u32 count, void *buffer) {
    const tensor *t = weights_tensor(index);
    u32 sector = first / SECTOR_SIZE, sectors = sectors_of(first + count) - sector;
    const u32 *crcs = part_crcs + part_base[index] + sector;
    for (u32 tries = 0; tries < TRIES; tries++) {
        read(t->name, t->offset / SECTOR_SIZE + sector, sectors, buffer);
        if (part_is_whole(crcs, sectors, buffer)) {
            return (const u8 *) buffer + first % SECTOR_SIZE;
        }
    }
    fail_to_match(t, crc32(0, buffer, SECTOR_SIZE));
    return buffer;
}

/* The CRC of the whole vouches for those of its sectors, with which later reads of parts are compared. */
void weights_check(u32 index, void *buffer, u32 size) {
    const tensor *t = weights_tensor(index);
    u32 crc = 0, *crcs = part_crcs + parts;
    if (parts + sectors_of(t->bytes) > MODEL_PART_SECTORS) {
        fault(FAULT_CONTENT, "MODEL.PSN: %s has %u bytes, too many to load in parts", t->name, t->bytes);
    }
    part_base[index] = parts;
    parts += sectors_of(t->bytes);
    for (u32 tries = 0; tries < TRIES; tries++) {
        crc = 0;
        for (u32 at = 0; at < t->bytes; at += size) {
            u32 n = t->bytes - at < size ? t->bytes - at : size;
            read(t->name, (t->offset + at) / SECTOR_SIZE, sectors_of(n), buffer);
            crc = crc32(crc, buffer, n);
            for (u32 i = 0; i < sectors_of(n); i++) {
                crcs[at / SECTOR_SIZE + i] = crc32(0, (const u8 *) buffer + i * SECTOR_SIZE, SECTOR_SIZE);
            }
        }
        if (crc == t->crc) {
            return;
        }
    }
    fail_to_match(t, crc);
}

void weights_describe(u32 index, const void *loaded, matrix *m) {
    const tensor *t = weights_tensor(index);
    m->tiles = loaded;
    m->rows = t->rows;
    m->columns = t->columns;
    m->encoding = t->encoding;
    m->grouped = t->group > 0;
    m->tile_bytes = t->encoding == ENCODING_FLOAT ? TILE_ROWS * 4 * t->columns : t->bytes / ((t->rows + TILE_ROWS - 1) / TILE_ROWS);
    m->kernel = model_kernel(m->columns, m->grouped);
}

/* Entry of the table of contents of a step's matrix. */
static u32 index_of_step(u32 step) {
    u32 layer = step / LAYER_MATRICES * MODEL_UNIQUE_LAYERS / MODEL_LAYERS;
    return MODEL_FIRST_MATRIX + layer * LAYER_MATRICES + step % LAYER_MATRICES;
}

/* Where it begins among the matrices of all layers, in sectors. */
static u32 place_of(u32 index) {
    return weights_tensor(index)->offset / SECTOR_SIZE - first_sector;
}

static u8 *resident_place(u32 index) {
    return model_resident + place_of(index) * SECTOR_SIZE;
}

static int is_resident(u32 index) {
    return index < MODEL_FIRST_MATRIX + MODEL_RESIDENT_LAYERS * LAYER_MATRICES;
}

void weights_load_layers(void) {
    u32 sectors = MODEL_RESIDENT_LAYERS * MODEL_LAYER_SECTORS;
    stream_range range = {file.sector + first_sector, sectors, 0, model_resident, sectors};
    int started = sectors > 0 && stream_start(&range, 0, 0);
    for (u32 index = MODEL_FIRST_MATRIX; is_resident(index); index++) {
        const tensor *t = weights_tensor(index);
        u32 end = place_of(index) + sectors_of(t->bytes);
        model_working();
        if (!started || stream_wait(end) != 0 || crc32(0, resident_place(index), t->bytes) != t->crc) {
            stream_stop();
            weights_load(index, resident_place(index)); /* again, or it says what is wrong */
            started = end < sectors && stream_start(&range, end, 0);
        }
    }
    if (sectors > 0) {
        stream_stop();
    }
}

int weights_resident(u32 step, matrix *m) {
    u32 index = index_of_step(step);
    if (!is_resident(index)) {
        return 0;
    }
    weights_describe(index, resident_place(index), m);
    return 1;
}

static void stream_from(u32 position, u32 needed) {
    streaming = stream_start(&matrices, position, needed);
    if (!streaming) {
        fail_to_read("the layers", CDVD_NO_ANSWER, 1);
    }
}

/* Waits for a matrix at a position and compares it with its CRC; reads it again, and what is behind it, if something is wrong. */
static void receive(const tensor *t, u32 position, const void *buffer) {
    u32 end = position + sectors_of(t->bytes), error = 0, crc = t->crc, tries = 0;
    if ((s32) (checked - end) >= 0) {
        return;
    }
    for (; tries < TRIES && may_pass(error); tries++) {
        if (tries > 0) {
            stream_from(position, position);
        } else if (!streaming) {
            stream_from((s32) (kept - position) > 0 ? kept : position, position);
        }
        stage waiting = stage_enter(STAGE_DISC);
        error = stream_wait(end);
        stage_enter(STAGE_CHECK);
        if (error == 0) {
            crc = crc32(0, buffer, t->bytes);
        }
        stage_enter(waiting);
        if (error == 0 && crc == t->crc) {
            checked = end;
            return;
        }
    }
    if (error != 0) {
        fail_to_read(t->name, error, tries);
    }
    fail_to_match(t, crc);
}

static void consumed(u32 position) {
    if (streaming) {
        stage telling = stage_enter(STAGE_SIF);
        stream_consumed(position);
        stage_enter(telling);
    }
}

void weights_matrix(u32 step, matrix *m) {
    if (weights_resident(step, m)) {
        return;
    }
    u32 index = index_of_step(step);
    const tensor *t = weights_tensor(index);
    u32 offset = place_of(index) - MODEL_RESIDENT_LAYERS * MODEL_LAYER_SECTORS;
    /* A matrix is used up when the next one is wanted, unless the next logical layer has the same weights. */
    int again = step + LAYER_MATRICES < MODEL_LAYERS * LAYER_MATRICES && index_of_step(step + LAYER_MATRICES) == index;
    consumed(pass + (again ? offset - offset % MODEL_LAYER_SECTORS : offset));
    u8 *buffer = model_ring + (pass + offset) % MODEL_RING_SECTORS * SECTOR_SIZE;
    receive(t, pass + offset, buffer);
    weights_describe(index, buffer, m);
}

void weights_end_pass(void) {
    if (STREAMED_LAYERS > 0) {
        pass += matrices.sectors;
        consumed(pass);
    }
}

void weights_settle(void) {
    if (streaming) {
        stream_stop();
        kept = stream_arrived();
        streaming = 0;
    }
}
