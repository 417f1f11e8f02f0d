/* Semaphores: counting, waiting threads, and what deleting does to them. */
#include "kernel.h"

#define STACK_SIZE 0x2000
#define OWN_PRIORITY 0x40
#define BETTER 0x30
#define WAITERS 3

static char stacks[WAITERS][STACK_SIZE] __attribute__((aligned(16)));
static int sema;
static volatile int woken;

static void waits(void)
{
    WaitSema(sema);
    woken++;
    ExitThread();
}

/* The count, the threads that wait, and how many went on. */
static void row(const char *name)
{
    semaphore status = {0};
    ReferSemaStatus(sema, &status);
    print(name);
    print(": count ");
    print32(status.count);
    print(" waiting ");
    print32(status.waitThreads);
    print(" woken ");
    print32(woken);
    print("\n");
}

static void startWaiters(int *ids)
{
    extern char _gp[];
    woken = 0;
    for (int i = 0; i < WAITERS; i++) {
        thread parameters = {.function = waits,
                             .stack = stacks[i],
                             .stackSize = STACK_SIZE,
                             .gp = _gp,
                             .initialPriority = BETTER};
        ids[i] = CreateThread(&parameters);
        StartThread(ids[i], 0);
    }
}

static void deleteWaiters(const int *ids)
{
    for (int i = 0; i < WAITERS; i++)
        DeleteThread(ids[i]);
}

int main(void)
{
    int ids[WAITERS];
    ChangeThreadPriority(GetThreadId(), OWN_PRIORITY);
    semaphore parameters = {.initCount = 2, .maxCount = 5};
    sema = CreateSema(&parameters);
    row32("identifier is positive", sema > 0);
    semaphore status = {0};
    ReferSemaStatus(sema, &status);
    row32("greatest count", status.maxCount);
    row32("first count", status.initCount);
    row("created");
    WaitSema(sema);
    row("wait");
    PollSema(sema);
    row("poll");
    row32("poll at zero", PollSema(sema));
    row("after it");
    SignalSema(sema);
    row("signal");
    PollSema(sema);
    startWaiters(ids);
    row("three threads");
    for (int i = 0; i < WAITERS; i++) {
        SignalSema(sema);
        row("signal");
    }
    SignalSema(sema);
    row("signal without them");
    WaitSema(sema);
    deleteWaiters(ids);

    startWaiters(ids);
    row("three threads again");
    DeleteSema(sema);
    row32("woken by the deletion", woken);
    deleteWaiters(ids);
    return 0;
}
