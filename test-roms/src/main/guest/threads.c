/* Calls on threads in every state: what they return, and the state they leave. */
#include "kernel.h"

#define STACK_SIZE 0x4000
#define OWN_PRIORITY 0x40
#define WORSE 0x50
#define BETTER 0x30

static char stack[STACK_SIZE] __attribute__((aligned(16)));

static void runs(void)
{
    ExitThread();
}

static void sleeps(void)
{
    SleepThread();
    ExitThread();
}

static void waits(void)
{
    semaphore parameters = {.maxCount = 1};
    WaitSema(CreateSema(&parameters));
    ExitThread();
}

static thread inside;
static int insideResult;

/* Argument: the priority that the thread takes before it ends. */
static void changes(int priority)
{
    ChangeThreadPriority(GetThreadId(), priority);
    insideResult = ReferThreadStatus(GetThreadId(), &inside);
    ExitThread();
}

static void deletesItself(void)
{
    ExitDeleteThread();
}

static int create(void (*function)(void), int priority)
{
    extern char _gp[];
    thread parameters = {
        .function = function, .stack = stack, .stackSize = STACK_SIZE, .gp = _gp, .initialPriority = priority};
    return CreateThread(&parameters);
}

static void result(const char *name, int id, int value)
{
    print(name);
    print(": ");
    if (value == id)
        print("id");
    else
        print32(value);
}

/* What of a state a row shows beside the numbers that all show. */
#define WAIT 1
#define WAKEUPS 2

/* The state, if the call succeeded: what ReferThreadStatus returns, then its fields. */
static void row(const char *name, int id, int value, int fields)
{
    result(name, id, value);
    if (value >= 0) {
        thread status = {0};
        print(", state ");
        print32(ReferThreadStatus(id, &status));
        print(" initial ");
        print32(status.initialPriority);
        print(" current ");
        print32(status.currentPriority);
        if ((fields & WAIT) != 0) {
            print(" wait ");
            print32(status.waitType);
        }
        if ((fields & WAKEUPS) != 0) {
            print(" wakeups ");
            print32(status.wakeupCount);
        }
    }
    print("\n");
}

static void plain(const char *name, int id, int value)
{
    result(name, id, value);
    print("\n");
}

static void self(void)
{
    int id = GetThreadId();
    print("self\n");
    ChangeThreadPriority(id, OWN_PRIORITY);
    plain("wakeup 0", id, WakeupThread(0));
    plain("wakeup", id, WakeupThread(id));
    plain("resume", id, ResumeThread(id));
    plain("terminate", id, TerminateThread(id));
    plain("delete", id, DeleteThread(id));
}

/* A thread of worse priority: it never runs while these calls are made. */
static void worse(void)
{
    int id = create(runs, WORSE);
    print("worse priority\n");
    row("create", id, id, WAIT);
    row("wakeup before start", id, WakeupThread(id), WAIT | WAKEUPS);
    row("suspend before start", id, SuspendThread(id), WAIT);
    row("resume before start", id, ResumeThread(id), WAIT);
    row("terminate before start", id, TerminateThread(id), 0);
    row("start", id, StartThread(id, 0), WAIT);
    row("resume", id, ResumeThread(id), WAIT);
    plain("delete", id, DeleteThread(id));
    row("wakeup", id, WakeupThread(id), WAIT | WAKEUPS);
    row("suspend", id, SuspendThread(id), WAIT);
    row("suspend again", id, SuspendThread(id), WAIT);
    row("wakeup while suspended", id, WakeupThread(id), WAIT | WAKEUPS);
    plain("delete while suspended", id, DeleteThread(id));
    plain("resume while suspended", id, ResumeThread(id));
    row("terminate", id, TerminateThread(id), 0);
    row("wakeup after terminate", id, WakeupThread(id), WAIT | WAKEUPS);
    row("suspend after terminate", id, SuspendThread(id), WAIT);
    row("resume after terminate", id, ResumeThread(id), WAIT);
    row("terminate again", id, TerminateThread(id), 0);
    row("start again", id, StartThread(id, 0), WAIT);
    ChangeThreadPriority(id, 0x60);
    row("change priority", id, id, 0);
    row("terminate with it", id, TerminateThread(id), 0);
    plain("delete after terminate", id, DeleteThread(id));
    plain("delete again", id, DeleteThread(id));
}

/* A thread of better priority, which runs until it sleeps or waits. */
static void better(const char *name, void (*function)(void))
{
    int id = create(function, BETTER);
    print(name);
    print("\n");
    row("start", id, StartThread(id, 0), WAIT);
    row("resume", id, ResumeThread(id), WAIT);
    plain("delete", id, DeleteThread(id));
    row("suspend", id, SuspendThread(id), WAIT);
    row("suspend again", id, SuspendThread(id), WAIT);
    plain("delete while suspended", id, DeleteThread(id));
    row("resume while suspended", id, ResumeThread(id), WAIT);
    plain("delete while resumed", id, DeleteThread(id));
    row("wakeup", id, WakeupThread(id), WAIT | WAKEUPS);
    if (function == sleeps)
        row("start again", id, StartThread(id, 0), WAIT);
    plain("suspend once more", id, SuspendThread(id));
    row("wakeup while suspended", id, WakeupThread(id), WAIT | WAKEUPS);
    row("terminate", id, TerminateThread(id), 0);
    plain("delete after terminate", id, DeleteThread(id));
}

/* Threads that end by themselves. */
static void ending(void)
{
    int id = create(runs, BETTER);
    print("ending\n");
    StartThread(id, 0);
    plain("start after exit", id, StartThread(id, 0));
    plain("delete after exit", id, DeleteThread(id));

    id = create((void (*)(void))changes, BETTER);
    StartThread(id, 0x20);
    print("state while running ");
    print32(insideResult);
    print(" initial ");
    print32(inside.initialPriority);
    print(" current ");
    print32(inside.currentPriority);
    print("\n");
    row("exit", id, id, 0);
    DeleteThread(id);

    id = create(deletesItself, BETTER);
    StartThread(id, 0);
    plain("start after exit and delete", id, StartThread(id, 0));
    plain("delete after exit and delete", id, DeleteThread(id));
}

static void noThread(void)
{
    print("no such thread\n");
    row32("status", ReferThreadStatus(-1, 0));
    row32("wakeup", WakeupThread(-1));
    row32("suspend", SuspendThread(-1));
    row32("resume", ResumeThread(-1));
    row32("terminate", TerminateThread(-1));
    row32("delete", DeleteThread(-1));
}

int main(void)
{
    self();
    worse();
    better("sleeping", sleeps);
    better("waiting", waits);
    ending();
    noThread();
    return 0;
}
