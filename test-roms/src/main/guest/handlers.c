/* The order in which the kernel calls interrupt handlers, and what a handler's result does to those behind it. */
#include "kernel.h"

#define VBLANK_START 2
#define TO_SPR 9
#define D9_CHCR (*(volatile u32 *)0x1000D400)
#define D9_MADR (*(volatile u32 *)0x1000D410)
#define D9_QWC (*(volatile u32 *)0x1000D420)
#define D9_SADR (*(volatile u32 *)0x1000D480)
#define CHCR_START 0x100
#define CALLS 9

typedef int (*handler)(int);

static const quad transferred = QUAD(0, 0, 0, 0);
static volatile int calls;
static volatile int order[CALLS];
static int sema;

static void called(int number)
{
    if (calls < CALLS) {
        order[calls++] = number;
        iSignalSema(sema);
    }
}

#define HANDLER(name, number, result)                                                                                  \
    static int name(int cause)                                                                                         \
    {                                                                                                                  \
        (void)cause;                                                                                                   \
        called(number);                                                                                                \
        return (int)result;                                                                                            \
    }

HANDLER(one, 1, 0)
HANDLER(two, 2, 0)
HANDLER(three, 3, 0)
HANDLER(four, 4, 0)
HANDLER(ending, 2, -1)
HANDLER(positive1, 1, 0x01234567)
HANDLER(positive2, 2, 0x76543210)
HANDLER(negative3, 3, 0x89ABCDEF)
HANDLER(negative4, 4, 0xDEADBEEF)

/* One kind of interrupt: its calls, and how to make one happen. */
typedef struct {
    int (*add)(handler function, int next);
    int (*remove)(int id);
    void (*run)(void);
} kind;

static int addIntc(handler function, int next)
{
    return AddIntcHandler(VBLANK_START, function, next);
}

static int removeIntc(int id)
{
    return RemoveIntcHandler(VBLANK_START, id);
}

static void runIntc(void)
{
    EnableIntc(VBLANK_START);
    for (int i = 0; i < CALLS; i++)
        WaitSema(sema);
    DisableIntc(VBLANK_START);
}

static int addDmac(handler function, int next)
{
    return AddDmacHandler(TO_SPR, function, next);
}

static int removeDmac(int id)
{
    return RemoveDmacHandler(TO_SPR, id);
}

static void runDmac(void)
{
    EnableDmac(TO_SPR);
    for (int i = 0; i < CALLS; i++) {
        D9_MADR = ADDRESS(&transferred);
        D9_SADR = 0;
        D9_QWC = 1;
        D9_CHCR = CHCR_START;
        while ((D9_CHCR & CHCR_START) != 0)
            ;
        WaitSema(sema);
    }
    DisableDmac(TO_SPR);
}

static const kind intc = {addIntc, removeIntc, runIntc};
static const kind dmac = {addDmac, removeDmac, runDmac};

static void begin(void)
{
    semaphore parameters = {.maxCount = CALLS};
    sema = CreateSema(&parameters);
    calls = 0;
}

static void finish(const kind *tested, const char *name, const int *ids, int count)
{
    tested->run();
    print(name);
    print(":");
    for (int i = 0; i < CALLS; i++) {
        print(" ");
        print((const char[]){'0' + order[i], 0});
    }
    print("\n");
    for (int i = 0; i < count; i++)
        tested->remove(ids[i]);
    DeleteSema(sema);
}

/* Handlers added in turn, each before the one that the call names: 0 is the first, -1 is the end. */
static void orderOf(const kind *tested, const char *name, const handler *functions, const int *next, int count)
{
    int ids[4];
    begin();
    for (int i = 0; i < count; i++)
        ids[i] = tested->add(functions[i], next[i]);
    finish(tested, name, ids, count);
}

static void test(const kind *tested)
{
    static const handler plain[] = {one, two, three, four};
    static const handler stopping[] = {one, ending, three};
    static const handler results[] = {positive1, positive2, negative3, negative4};
    static const int back[] = {-1, -1, -1, -1};
    static const int front[] = {0, 0, 0};
    static const int mixed[] = {-1, 0, -1, 0};
    orderOf(tested, "back", plain, back, 3);
    orderOf(tested, "front", plain, front, 3);
    orderOf(tested, "mixed", plain, mixed, 4);

    int ids[4];
    begin();
    for (int i = 0; i < 3; i++)
        ids[i] = tested->add(plain[i], -1);
    ids[3] = tested->add(four, ids[1]);
    finish(tested, "before the second", ids, 4);

    begin();
    for (int i = 0; i < 3; i++)
        ids[i] = tested->add(plain[i], -1);
    tested->remove(ids[1]);
    ids[1] = ids[2];
    finish(tested, "second removed", ids, 2);

    orderOf(tested, "second returns -1", stopping, back, 3);
    orderOf(tested, "third returns a negative number", results, back, 4);
}

int main(void)
{
    print("INTC\n");
    test(&intc);
    print("DMAC\n");
    test(&dmac);
    return 0;
}
