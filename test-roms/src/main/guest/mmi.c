/* Multimedia instructions on fixed operands: rd, and HI and LO (HI1:HI, LO1:LO as one quadword) where they change. */
#include "rom.h"

static const quad rs = QUAD(0x7F7F7F7F, 0x12345678, 0xFFFFFFFF, 0x80808080);
static const quad rt = QUAD(0x7F78FF80, 0x567F80FF, 0xFF807F34, 0x80FF127F);
static const quad hi = QUAD(0x23456789, 0xABCDEF01, 0x01234567, 0x89ABCDEF);
static const quad lo = QUAD(0x456789AB, 0xCDEF0123, 0x12345678, 0x9ABCDEF0);
static const quad rd = QUAD(0xAAAAAAAA, 0xBBBBBBBB, 0xCCCCCCCC, 0xDDDDDDDD);

/* Runs an instruction on $8 = s, $9 = t, $10 = rd before it; the results are rd, HI, LO. */
#define RUN(s, t, h, l, instruction)                                                                                   \
    quad result[3];                                                                                                    \
    asm volatile(".set push\n.set noreorder\n"                                                                         \
                 "lq $8, 0(%[hiAt])\n"                                                                                 \
                 "pmthi $8\n"                                                                                          \
                 "lq $8, 0(%[loAt])\n"                                                                                 \
                 "pmtlo $8\n"                                                                                          \
                 "lq $8, 0(%[rsAt])\n"                                                                                 \
                 "lq $9, 0(%[rtAt])\n"                                                                                 \
                 "lq $10, 0(%[rdAt])\n" instruction "\n"                                                               \
                 "pmfhi $8\n"                                                                                          \
                 "pmflo $9\n"                                                                                          \
                 "sq $10, 0(%[result])\n"                                                                              \
                 "sq $8, 16(%[result])\n"                                                                              \
                 "sq $9, 32(%[result])\n"                                                                              \
                 ".set pop"                                                                                            \
                 :                                                                                                     \
                 : [rsAt] "r"(s), [rtAt] "r"(t), [hiAt] "r"(h), [loAt] "r"(l), [rdAt] "r"(&rd), [result] "r"(result)   \
                 : "$8", "$9", "$10", "$11", "hi", "lo", "memory")

#define LANES(name, instruction)                                                                                       \
    do {                                                                                                               \
        RUN(&rs, &rt, &hi, &lo, instruction);                                                                          \
        rowQuad(name, &result[0]);                                                                                     \
    } while (0)

#define ACCUMULATE_ON(name, s, t, h, l, instruction)                                                                   \
    do {                                                                                                               \
        RUN(s, t, h, l, instruction);                                                                                  \
        rowQuad(name " rd", &result[0]);                                                                               \
        rowQuad(name " hi", &result[1]);                                                                               \
        rowQuad(name " lo", &result[2]);                                                                               \
    } while (0)

#define ACCUMULATE(name, instruction) ACCUMULATE_ON(name, &rs, &rt, &hi, &lo, instruction)

#define THREE(name) LANES(#name, #name " $10, $8, $9")
#define TWO(name) LANES(#name, #name " $10, $8")
#define SHIFT(name, amount) LANES(#name " " #amount, #name " $10, $9, " #amount)
#define MULTIPLY(name) ACCUMULATE(#name, #name " $10, $8, $9")
#define DIVIDE(name) ACCUMULATE(#name, #name " $8, $9")

static void arithmetic(void)
{
    THREE(paddb);
    THREE(paddh);
    THREE(paddw);
    THREE(paddsb);
    THREE(paddsh);
    THREE(paddsw);
    THREE(paddub);
    THREE(padduh);
    THREE(padduw);
    THREE(psubb);
    THREE(psubh);
    THREE(psubw);
    THREE(psubsb);
    THREE(psubsh);
    THREE(psubsw);
    THREE(psubub);
    THREE(psubuh);
    THREE(psubuw);
    THREE(padsbh);
    THREE(pmaxh);
    THREE(pmaxw);
    THREE(pminh);
    THREE(pminw);
    TWO(pabsh);
    TWO(pabsw);
    THREE(pceqb);
    THREE(pceqh);
    THREE(pceqw);
    THREE(pcgtb);
    THREE(pcgth);
    THREE(pcgtw);
    THREE(pand);
    THREE(por);
    THREE(pxor);
    THREE(pnor);
    SHIFT(psllh, 3);
    SHIFT(psrlh, 3);
    SHIFT(psrah, 3);
    SHIFT(psllw, 9);
    SHIFT(psrlw, 9);
    SHIFT(psraw, 9);
    /* The assembler takes the value first, then the count. */
    THREE(psllvw);
    THREE(psrlvw);
    THREE(psravw);
    LANES("plzcw", "plzcw $10, $8");
}

static void shuffles(void)
{
    THREE(pextlb);
    THREE(pextlh);
    THREE(pextlw);
    THREE(pextub);
    THREE(pextuh);
    THREE(pextuw);
    THREE(ppacb);
    THREE(ppach);
    THREE(ppacw);
    THREE(pcpyld);
    THREE(pcpyud);
    THREE(pinth);
    THREE(pinteh);
    TWO(pcpyh);
    TWO(pexch);
    TWO(pexcw);
    TWO(pexeh);
    TWO(pexew);
    TWO(prevh);
    TWO(prot3w);
    TWO(pext5);
    TWO(ppac5);
}

#define FUNNEL(amount)                                                                                                 \
    do {                                                                                                               \
        RUN(&upper, &lower, &hi, &lo, amount "\nqfsrv $10, $8, $9");                                                   \
        rowQuad("qfsrv " amount, &result[0]);                                                                          \
    } while (0)

/* The funnel shift by SA bytes, and the ways to set SA. */
static void shiftAmount(void)
{
    static const quad upper = QUAD(0xDEADBEEF, 0x11223344, 0x9ABCDEF0, 0x12345678);
    static const quad lower = QUAD(0x1337C0DE, 0xFFFFFFFF, 0x12121212, 0xAABBCCDD);
    FUNNEL("mtsab $0, 0");
    FUNNEL("mtsab $0, 1");
    FUNNEL("mtsab $0, 3");
    FUNNEL("mtsab $0, 7");
    FUNNEL("mtsab $0, 8");
    FUNNEL("mtsab $0, 9");
    FUNNEL("mtsab $0, 15");
    FUNNEL("mtsah $0, 2");
    FUNNEL("mtsah $0, 4");
    LANES("mfsa mtsa FFFF", "li $11, 0xFFFF\nmtsa $11\nmfsa $10");
    LANES("mfsa mtsa 16", "li $11, 16\nmtsa $11\nmfsa $10");
    LANES("mfsa mtsab 4 xor 1", "li $11, 4\nmtsab $11, 1\nmfsa $10");
    LANES("mfsa mtsab 5 xor 1", "li $11, 5\nmtsab $11, 1\nmfsa $10");
    LANES("mfsa mtsah 4 xor 1", "li $11, 4\nmtsah $11, 1\nmfsa $10");
    LANES("mfsa mtsah 5 xor 1", "li $11, 5\nmtsah $11, 1\nmfsa $10");
}

static void multiplication(void)
{
    MULTIPLY(pmultw);
    MULTIPLY(pmultuw);
    MULTIPLY(pmaddw);
    MULTIPLY(pmadduw);
    MULTIPLY(pmsubw);
    MULTIPLY(pmulth);
    MULTIPLY(pmaddh);
    MULTIPLY(pmsubh);
    MULTIPLY(phmadh);
    MULTIPLY(phmsbh);
    DIVIDE(pdivw);
    DIVIDE(pdivuw);
    DIVIDE(pdivbw);
    static const quad overflow = QUAD(0, 0x80000000, 0, 0x80000000);
    static const quad divisors = QUAD(0, 0xFFFFFFFF, 0, 0x00000000);
    ACCUMULATE_ON("pdivw edges", &overflow, &divisors, &hi, &lo, "pdivw $8, $9");
    ACCUMULATE_ON("pdivuw edges", &overflow, &divisors, &hi, &lo, "pdivuw $8, $9");
    static const quad dividends = QUAD(0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0x00000000);
    static const quad zero = QUAD(0, 0, 0, 0);
    ACCUMULATE_ON("pdivbw by zero", &dividends, &zero, &hi, &lo, "pdivbw $8, $9");
}

static void moves(void)
{
    LANES("pmfhi", "pmfhi $10");
    LANES("pmflo", "pmflo $10");
    LANES("pmfhl.lw", "pmfhl.lw $10");
    LANES("pmfhl.uw", "pmfhl.uw $10");
    LANES("pmfhl.slw", "pmfhl.slw $10");
    LANES("pmfhl.lh", "pmfhl.lh $10");
    LANES("pmfhl.sh", "pmfhl.sh $10");
    static const quad none = QUAD(0, 0, 0, 0);
    static const quad near = QUAD(0, 0xF000ABCD, 0, 0x10001234);
    RUN(&rs, &rt, &none, &near, "pmfhl.slw $10");
    rowQuad("pmfhl.slw near", &result[0]);
    static const quad words = QUAD(0x80000000, 0xFFFFFFFF, 0x7FFFFFFF, 0x00000000);
    ACCUMULATE_ON("pmthl.lw", &words, &rt, &hi, &lo, "pmthl.lw $8");
}

int main(void)
{
    arithmetic();
    shuffles();
    shiftAmount();
    multiplication();
    moves();
    return 0;
}
