/* The kernel's calls that the tests use. Numbers and structures: ps2sdk, ee/kernel/include. */
#ifndef KERNEL_H
#define KERNEL_H

#include "rom.h"

typedef struct {
    int status;
    void *function;
    void *stack;
    int stackSize;
    void *gp;
    int initialPriority;
    int currentPriority;
    u32 attribute;
    u32 option;
    u32 waitType;
    u32 waitId;
    u32 wakeupCount;
} thread;

typedef struct {
    int count;
    int maxCount;
    int initCount;
    int waitThreads;
    u32 attribute;
    u32 option;
} semaphore;

/* A call with up to four arguments; negative numbers are the forms for interrupt handlers. */
static inline int kernel(int number, u32 a, u32 b, u32 c, u32 d)
{
    register int result asm("$2");
    register int call asm("$3") = number;
    register u32 a0 asm("$4") = a;
    register u32 a1 asm("$5") = b;
    register u32 a2 asm("$6") = c;
    register u32 a3 asm("$7") = d;
    asm volatile("syscall"
                 : "=r"(result), "+r"(call), "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3)
                 :
                 : "$1", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$24", "$25", "$31", "hi", "lo", "memory");
    return result;
}

#define ADDRESS(pointer) ((u32)(unsigned long)(pointer))

#define AddIntcHandler(cause, handler, next) kernel(0x10, cause, ADDRESS(handler), next, 0)
#define RemoveIntcHandler(cause, id) kernel(0x11, cause, id, 0, 0)
#define AddDmacHandler(channel, handler, next) kernel(0x12, channel, ADDRESS(handler), next, 0)
#define RemoveDmacHandler(channel, id) kernel(0x13, channel, id, 0, 0)
#define EnableIntc(cause) kernel(0x14, cause, 0, 0, 0)
#define DisableIntc(cause) kernel(0x15, cause, 0, 0, 0)
#define EnableDmac(channel) kernel(0x16, channel, 0, 0, 0)
#define DisableDmac(channel) kernel(0x17, channel, 0, 0, 0)
#define CreateThread(parameters) kernel(0x20, ADDRESS(parameters), 0, 0, 0)
#define DeleteThread(id) kernel(0x21, id, 0, 0, 0)
#define StartThread(id, argument) kernel(0x22, id, ADDRESS(argument), 0, 0)
#define ExitThread() kernel(0x23, 0, 0, 0, 0)
#define ExitDeleteThread() kernel(0x24, 0, 0, 0, 0)
#define TerminateThread(id) kernel(0x25, id, 0, 0, 0)
#define ChangeThreadPriority(id, priority) kernel(0x29, id, priority, 0, 0)
#define GetThreadId() kernel(0x2F, 0, 0, 0, 0)
#define ReferThreadStatus(id, status) kernel(0x30, id, ADDRESS(status), 0, 0)
#define SleepThread() kernel(0x32, 0, 0, 0, 0)
#define WakeupThread(id) kernel(0x33, id, 0, 0, 0)
#define SuspendThread(id) kernel(0x37, id, 0, 0, 0)
#define ResumeThread(id) kernel(0x39, id, 0, 0, 0)
#define CreateSema(parameters) kernel(0x40, ADDRESS(parameters), 0, 0, 0)
#define DeleteSema(id) kernel(0x41, id, 0, 0, 0)
#define SignalSema(id) kernel(0x42, id, 0, 0, 0)
#define iSignalSema(id) kernel(-0x43, id, 0, 0, 0)
#define WaitSema(id) kernel(0x44, id, 0, 0, 0)
#define PollSema(id) kernel(0x45, id, 0, 0, 0)
#define ReferSemaStatus(id, status) kernel(0x47, id, ADDRESS(status), 0, 0)

#endif
