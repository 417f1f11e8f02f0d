/* Threads of the kernel: what the calls return and what ReferThreadStatus tells, and the order of interrupt handlers. */
#include "rom.h"

#define DORMANT_PRIORITY 40
#define MAIN_PRIORITY 50
#define INTC_TIMER1 10
#define T1_MODE (*(volatile u32 *)0x10000810)
#define T1_COUNT (*(volatile u32 *)0x10000800)
#define T1_COMPARE (*(volatile u32 *)0x10000820)

/* ps2sdk's ee_thread_t and ee_thread_status_t. */
typedef struct {
    int status;
    void (*function)(void *argument);
    void *stack;
    int stackSize;
    void *gp;
    int initialPriority;
    int currentPriority;
    u32 attributes;
    u32 option;
    u32 waitType;
    u32 waitId;
    u32 wakeupCount;
} Thread;

typedef struct {
    int count;
    int maximum;
    int initial;
    int waiting;
    u32 attributes;
    u32 option;
} Semaphore;

static int call(int number, long a, long b, long c, long d)
{
    register long v1 asm("$3") = number;
    register long a0 asm("$4") = a;
    register long a1 asm("$5") = b;
    register long a2 asm("$6") = c;
    register long a3 asm("$7") = d;
    register long t0 asm("$8") = 0;
    register long v0 asm("$2");
    asm volatile("syscall\n"
                 "nop"
                 : "=r"(v0), "+r"(v1), "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(t0)
                 :
                 : "$1", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$24", "$25", "memory");
    return (int)v0;
}

#define CALL1(number, a) call(number, (long)(a), 0, 0, 0)
#define CALL2(number, a, b) call(number, (long)(a), (long)(b), 0, 0)
#define CreateThread(t) CALL1(0x20, t)
#define DeleteThread(id) CALL1(0x21, id)
#define StartThread(id, argument) CALL2(0x22, id, argument)
#define ExitThread() CALL1(0x23, 0)
#define ExitDeleteThread() CALL1(0x24, 0)
#define TerminateThread(id) CALL1(0x25, id)
#define ChangeThreadPriority(id, priority) CALL2(0x29, id, priority)
#define GetThreadId() CALL1(0x2F, 0)
#define ReferThreadStatus(id, t) CALL2(0x30, id, t)
#define SleepThread() CALL1(0x32, 0)
#define WakeupThread(id) CALL1(0x33, id)
#define SuspendThread(id) CALL1(0x37, id)
#define ResumeThread(id) CALL1(0x39, id)
#define CreateSema(s) CALL1(0x40, s)
#define SignalSema(id) CALL1(0x42, id)
#define WaitSema(id) CALL1(0x44, id)

static quad stack[256];
static int self;
static int semaphore;

/* Success is the thread's number, so that rows do not depend on it. */
static void result(const char *name, int value, int id)
{
    print(name);
    print(value == id ? ": ok\n" : value == -1 ? ": -1\n" : ": other\n");
}

static void status(const char *name, int id)
{
    Thread thread;
    int value = ReferThreadStatus(id, &thread);
    rowOf(name, (u32)value, (u32)thread.status, "");
    print("wait ");
    print32(thread.waitType);
    print(" priority ");
    print32((u32)thread.initialPriority);
    print(" ");
    print32((u32)thread.currentPriority);
    print("\n");
}

static void wakeups(const char *name, int id)
{
    Thread thread;
    ReferThreadStatus(id, &thread);
    row32(name, thread.wakeupCount);
}

static int create(void (*function)(void *), int priority)
{
    Thread thread = {0, function, stack, sizeof stack, 0, priority, 0, 0, 0, 0, 0, 0};
    return CreateThread(&thread);
}

static void leaves(void *argument)
{
    (void)argument;
    ExitThread();
}

static void leavesForGood(void *argument)
{
    (void)argument;
    ExitDeleteThread();
}

static void sleeps(void *argument)
{
    (void)argument;
    result("sleep", SleepThread(), GetThreadId());
    ExitThread();
}

static void waits(void *argument)
{
    (void)argument;
    WaitSema(semaphore);
    result("sleep with a wakeup due", SleepThread(), GetThreadId());
    ExitThread();
}

static void deleting(void)
{
    int id = create(leaves, DORMANT_PRIORITY);
    status("dormant", id);
    result("delete self", DeleteThread(self), self);
    result("terminate dormant", TerminateThread(id), id);
    result("suspend dormant", SuspendThread(id), id);
    result("wakeup dormant", WakeupThread(id), id);
    result("delete dormant", DeleteThread(id), id);
    result("delete twice", DeleteThread(id), id);
    result("refer deleted", ReferThreadStatus(id, 0), id);
}

static void exiting(void)
{
    int id = create(leaves, DORMANT_PRIORITY);
    result("start", StartThread(id, 0), id);
    status("after exit", id);
    result("start again", StartThread(id, 0), id);
    DeleteThread(id);
    id = create(leavesForGood, DORMANT_PRIORITY);
    StartThread(id, 0);
    result("start after exit and delete", StartThread(id, 0), id);
    result("delete after exit and delete", DeleteThread(id), id);
}

static void ready(void)
{
    int id = create(leaves, MAIN_PRIORITY + 10);
    StartThread(id, 0);
    status("ready", id);
    result("delete ready", DeleteThread(id), id);
    result("resume ready", ResumeThread(id), id);
    result("wakeup ready", WakeupThread(id), id);
    wakeups("wakeups", id);
    result("suspend ready", SuspendThread(id), id);
    status("suspended", id);
    result("suspend twice", SuspendThread(id), id);
    result("delete suspended", DeleteThread(id), id);
    result("resume suspended", ResumeThread(id), id);
    status("resumed", id);
    ChangeThreadPriority(id, MAIN_PRIORITY + 20);
    result("terminate ready", TerminateThread(id), id);
    status("terminated", id);
    DeleteThread(id);
}

static void waiting(void)
{
    int id = create(sleeps, DORMANT_PRIORITY);
    StartThread(id, 0);
    status("asleep", id);
    result("delete asleep", DeleteThread(id), id);
    result("suspend asleep", SuspendThread(id), id);
    status("asleep and suspended", id);
    result("resume asleep", ResumeThread(id), id);
    status("asleep again", id);
    result("wakeup", WakeupThread(id), id);
    status("after its end", id);
    wakeups("wakeups", id);
    DeleteThread(id);

    Semaphore settings = {0, 1, 0, 0, 0, 0};
    semaphore = CreateSema(&settings);
    id = create(waits, DORMANT_PRIORITY);
    StartThread(id, 0);
    status("waiting for a semaphore", id);
    result("wakeup of one that waits", WakeupThread(id), id);
    wakeups("wakeups", id);
    result("signal", SignalSema(semaphore), semaphore);
    result("terminate after its end", TerminateThread(id), id);
    DeleteThread(id);
}

static void own(void)
{
    result("terminate self", TerminateThread(self), self);
    result("resume self", ResumeThread(self), self);
    result("wakeup 0", WakeupThread(0), 0);
    result("wakeup self", WakeupThread(self), self);
    result("suspend self", SuspendThread(self), self);
    Thread thread;
    ReferThreadStatus(self, &thread);
    row32("status of the suspended self", (u32)thread.status);
}

static volatile int fired;

static int handler(int cause, void *argument, void *address)
{
    (void)cause;
    (void)address;
    char digit[2] = {(char)(long)argument, 0};
    print(digit);
    fired = 1;
    return digit[0] == '9' ? (int)0x89ABCDEF : 0;
}

/* Lets timer 1 interrupt once, with handlers added in this order; next is 0 for the front, -1 for the back. */
static void order(const char *name, const char *digits, long next)
{
    int ids[8];
    int count = 0;
    for (; digits[count] != 0; count++)
        ids[count] = call(0x10, INTC_TIMER1, (long)handler, next, digits[count]);
    print(name);
    print(": ");
    fired = 0;
    T1_MODE = 0;
    T1_COUNT = 0;
    T1_COMPARE = 0x10;
    T1_MODE = 0xD80; /* both flags down, counts, interrupts when it reaches COMP */
    CALL1(0x14, INTC_TIMER1);
    while (!fired)
        continue;
    CALL1(0x15, INTC_TIMER1);
    T1_MODE = 0xC00;
    print("\n");
    while (count-- > 0)
        CALL2(0x11, INTC_TIMER1, ids[count]);
}

int main(void)
{
    self = GetThreadId();
    ChangeThreadPriority(self, MAIN_PRIORITY);
    deleting();
    exiting();
    ready();
    waiting();
    order("handlers added at the back", "123", -1);
    order("handlers added at the front", "123", 0);
    order("the third ends the chain", "1294", -1);
    own();
    return 0;
}
