/* VU0: control registers, and micro programs whose results the programs themselves store in data memory. */
#include "rom.h"

#define MICRO ((volatile u64 *)0x11000000)
#define DATA ((volatile u32 *)0x11004000)

/* The halves of a word of a micro program (ps2tek, "VU Instruction Set"). */
#define NOP 0x000002FFu
#define E (1u << 30)
#define I (1u << 31)
#define IDLE 0x8000033Cu
#define XYZW (15u << 21)
#define X (8u << 21)
#define W (1u << 21)
#define MULI(fields, fd, fs) ((fields) | (fs) << 11 | (fd) << 6 | 0x1E)
#define ADDI(fields, fd, fs) ((fields) | (fs) << 11 | (fd) << 6 | 0x22)
#define MULQ(fields, fd, fs) ((fields) | (fs) << 11 | (fd) << 6 | 0x1C)
#define CLIP(fs, ft) (14u << 21 | (ft) << 16 | (fs) << 11 | 0x1FF)
#define LQ(ft, address) (0x00u << 25 | XYZW | (ft) << 16 | (address))
#define SQ(fs, address) (0x01u << 25 | XYZW | (fs) << 11 | (address))
#define ISW(it, address) (0x05u << 25 | X | (it) << 16 | (address))
#define IADDIU(it, is, value) (0x08u << 25 | (it) << 16 | (is) << 11 | (value))
#define ISUBIU(it, is, value) (0x09u << 25 | (it) << 16 | (is) << 11 | (value))
#define FCGET(it) (0x1Cu << 25 | (it) << 16)
#define B(offset) (0x20u << 25 | ((offset) & 0x7FF))
#define JALR(it, is) (0x25u << 25 | (it) << 16 | (is) << 11)
#define DIV_W(fs, ft) (0x80000000u | 15u << 21 | (ft) << 16 | (fs) << 11 | 0x3BC)
#define RSQRT_W(fs, ft) (0x80000000u | 15u << 21 | (ft) << 16 | (fs) << 11 | 0x3BE)
#define WAITQ 0x800003BFu

static u32 length;

static void word(u32 upper, u32 lower)
{
    MICRO[length++] = (u64)upper << 32 | lower;
}

static void begin(void)
{
    length = 0;
}

/* Ends the program, runs it and waits for its end. */
static void run(void)
{
    word(NOP | E, IDLE);
    word(NOP, IDLE);
    asm volatile("vcallms 0\n"
                 "cfc2.i $0, $1\n"
                 "sync"
                 :
                 :
                 : "memory");
}

#define READ(number)                                                                                                   \
    ({                                                                                                                 \
        u32 value;                                                                                                     \
        asm volatile("cfc2 %0, $" #number : "=r"(value));                                                              \
        value;                                                                                                         \
    })

#define ONES(number)                                                                                                   \
    do {                                                                                                               \
        asm volatile("ctc2 %0, $" #number : : "r"(-1));                                                                \
        row32("control " #number, READ(number));                                                                       \
    } while (0)

static void control(void)
{
    for (int i = 0; i < 0x20; i++)
        MICRO[i] = 0;
    MICRO[0x1D] = (u64)E << 32;
    asm volatile("vcallms 0\n"
                 "cfc2.i $0, $1\n"
                 "sync"
                 :
                 :
                 : "memory");
    row32("tpc", READ(26));
    ONES(0);
    ONES(1);
    ONES(16);
    ONES(17);
    ONES(18);
    ONES(19);
    ONES(20);
    ONES(21);
    ONES(22);
    ONES(23);
    ONES(24);
    ONES(25);
    ONES(27);
    ONES(28);
    ONES(29);
    ONES(31);
}

static void store(const char *name, const volatile u32 *data)
{
    quad value = QUAD(data[3], data[2], data[1], data[0]);
    rowQuad(name, &value);
}

static void immediates(void)
{
    static const u32 start[4] = {0xB063B75B, 0x8701CE82, 0x46FCC888, 0x793CC535};
    for (int i = 0; i < 4; i++)
        DATA[i] = start[i];
    begin();
    word(NOP, LQ(1, 0));
    word(NOP | I, 0x42FECCCD);
    word(MULI(8u << 21, 2, 1) | I, 0x42546666);
    word(ADDI(8u << 21, 3, 2) | I, 0x43D80D3E);
    word(MULI(4u << 21, 2, 1) | I, 0xC7F079B3);
    word(ADDI(4u << 21, 3, 2) | I, 0x43A0DA10);
    word(MULI(2u << 21, 2, 1) | I, 0x43A02666);
    word(ADDI(2u << 21, 3, 2) | I, 0x43546E14);
    word(MULI(1u << 21, 2, 1) | I, 0x42F23333);
    word(ADDI(1u << 21, 3, 2) | I, 0x3DD3DD98);
    word(NOP, SQ(2, 1));
    word(NOP, SQ(3, 2));
    run();
    store("muli", DATA + 4);
    store("addi", DATA + 8);
}

/* Fourteen words that read Q behind a division of 1.0 by 4.0, or by its root, that starts with Q = 1.0. */
static void quotients(const char *name, u32 divide, u32 behind)
{
    begin();
    word(NOP, DIV_W(0u, 0u));
    word(NOP | I, 0x40800000);
    word(MULI(W, 16, 0), WAITQ);
    word(NOP, divide);
    for (u32 i = 1; i <= 14; i++)
        word(MULQ(XYZW, i, 0), i == behind ? WAITQ : IDLE);
    for (u32 i = 1; i <= 14; i++)
        word(NOP, SQ(i, i));
    run();
    print(name);
    print(":");
    for (u32 i = 1; i <= 14; i++)
        print(DATA[4 * i + 3] == 0x3F800000   ? " old"
              : DATA[4 * i + 3] == 0x3E800000 ? " 1/4"
              : DATA[4 * i + 3] == 0x3F000000 ? " 1/2"
                                              : " ?");
    print("\n");
}

static void clip(const char *name, u32 value, u32 limit)
{
    for (int i = 0; i < 4; i++) {
        DATA[i] = value;
        DATA[4 + i] = limit;
    }
    asm volatile("ctc2 $0, $18");
    begin();
    word(NOP, LQ(1, 0));
    word(NOP, LQ(2, 1));
    word(CLIP(1u, 2u), IDLE);
    for (u32 i = 1; i <= 5; i++)
        word(NOP, FCGET(i));
    for (u32 i = 1; i <= 5; i++)
        word(NOP, ISW(i, i));
    run();
    print(name);
    print(":");
    for (int i = 1; i <= 5; i++) {
        print(" ");
        print32(DATA[4 * i]);
    }
    print("\n");
}

/* Jumps over a word; the register that holds the target may be the one that takes the link. */
static void jump(const char *name, u32 link)
{
    begin();
    word(NOP, IADDIU(3, 0, 0));
    word(NOP, IADDIU(1, 0, 6));
    word(NOP, JALR(link, 1));
    word(NOP, IDLE);
    word(NOP, B(1));
    word(NOP, IDLE);
    word(NOP, IADDIU(3, 3, 1));
    word(NOP, ISW(link, 1));
    word(NOP, ISW(3, 2));
    run();
    print(name);
    print(": ");
    print32(DATA[4]);
    print(" ");
    print32(DATA[8]);
    print("\n");
}

static void integers(void)
{
    begin();
    word(NOP, IADDIU(1, 0, 0x7FF) | 15u << 21);
    word(NOP, 0x80000030u | 1u << 16 | 1u << 11 | 2u << 6); /* IADD vi2, vi1, vi1 */
    word(NOP, ISUBIU(3, 0, 1));
    word(NOP, 0x80000032u | 4u << 16 | 0u << 11 | 0x10u << 6); /* IADDI vi4, vi0, -16 */
    word(NOP, IADDIU(0, 0, 5));
    word(NOP, ISW(2, 2));
    word(NOP, ISW(3, 3));
    word(NOP, ISW(4, 4));
    word(NOP, ISW(0, 5));
    run();
    row32("iadd 7fff 7fff", DATA[8]);
    row32("isubiu 0 1", DATA[12]);
    row32("iaddi 0 -16", DATA[16]);
    row32("iaddiu -> vi0", DATA[20]);
}

int main(void)
{
    control();
    immediates();
    quotients("div", DIV_W(0u, 16u), 0);
    quotients("rsqrt", RSQRT_W(0u, 16u), 0);
    quotients("div waitq", DIV_W(0u, 16u), 1);
    clip("clip +2 -1", 0x40000000, 0xBF800000);
    clip("clip -2 -1", 0xC0000000, 0xBF800000);
    clip("clip +2 +2", 0x40000000, 0x40000000);
    jump("jalr vi2 vi1", 2);
    jump("jalr vi1 vi1", 1);
    integers();
    return 0;
}
