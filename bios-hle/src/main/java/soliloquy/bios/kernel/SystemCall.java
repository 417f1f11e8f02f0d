package soliloquy.bios.kernel;

/**
 * The table of system calls: number, name as in ps2sdk's {@code syscallnr.h}, whether other threads may run on return, and
 * what is done. Numbers that guests pass negated are the forms for interrupt handlers; they index the same table and never
 * switch threads. Arguments are a0 to a3 and t0, the result goes to v0.
 */
enum SystemCall {
    RESET_EE(0x01, "ResetEE", k -> k.resetChips(k.argument(0))),
    SET_GS_CRT(0x02, "SetGsCrt", k -> k.graphics.setCrt(k.argument(0), k.argument(1), k.argument(2))),
    EXIT(0x04, "Exit", k -> k.programs.exit(k.argument(0))),
    LOAD_EXEC_PS2(0x06, "LoadExecPS2", k -> k.programs.loadExec(k.argument(0), k.argument(1), k.argument(2))),
    EXEC_PS2(0x07, "ExecPS2", k -> k.programs.exec(k.argument(0), k.argument(1), k.argument(2), k.argument(3))),
    ADD_SBUS_INTC_HANDLER(0x0A, "AddSbusIntcHandler", Kernel::notDone),
    REMOVE_SBUS_INTC_HANDLER(0x0B, "RemoveSbusIntcHandler", Kernel::notDone),
    INTERRUPT_2_IOP(0x0C, "Interrupt2Iop", Kernel::notDone),
    SET_V_TLB_REFILL_HANDLER(0x0D, "SetVTLBRefillHandler", k -> k.exceptions.set(k.argument(0), k.argument(1))),
    SET_V_COMMON_HANDLER(0x0E, "SetVCommonHandler", k -> k.exceptions.set(k.argument(0), k.argument(1))),
    SET_V_INTERRUPT_HANDLER(0x0F, "SetVInterruptHandler", Kernel::notDone),
    ADD_INTC_HANDLER(
            0x10,
            "AddIntcHandler",
            k -> k.interrupts.intc().add(k.argument(0), k.argument(1), k.argument(2), k.argument(3), k.gp())),
    REMOVE_INTC_HANDLER(0x11, "RemoveIntcHandler", k -> k.interrupts.intc().remove(k.argument(0), k.argument(1))),
    ADD_DMAC_HANDLER(
            0x12,
            "AddDmacHandler",
            k -> k.interrupts.dmac().add(k.argument(0), k.argument(1), k.argument(2), k.argument(3), k.gp())),
    REMOVE_DMAC_HANDLER(0x13, "RemoveDmacHandler", k -> k.interrupts.dmac().remove(k.argument(0), k.argument(1))),
    ENABLE_INTC(0x14, "_EnableIntc", k -> k.interrupts.maskIntc(k.argument(0), true)),
    DISABLE_INTC(0x15, "_DisableIntc", k -> k.interrupts.maskIntc(k.argument(0), false)),
    ENABLE_DMAC(0x16, "_EnableDmac", k -> k.interrupts.maskDmac(k.argument(0), true)),
    DISABLE_DMAC(0x17, "_DisableDmac", k -> k.interrupts.maskDmac(k.argument(0), false)),
    OLD_SET_ALARM(0x18, "_SetAlarm", Kernel::setAlarm),
    OLD_RELEASE_ALARM(0x19, "_ReleaseAlarm", k -> k.alarms.release(k.argument(0))),
    I_ENABLE_INTC(0x1A, "_iEnableIntc", k -> k.interrupts.maskIntc(k.argument(0), true)),
    I_DISABLE_INTC(0x1B, "_iDisableIntc", k -> k.interrupts.maskIntc(k.argument(0), false)),
    I_ENABLE_DMAC(0x1C, "_iEnableDmac", k -> k.interrupts.maskDmac(k.argument(0), true)),
    I_DISABLE_DMAC(0x1D, "_iDisableDmac", k -> k.interrupts.maskDmac(k.argument(0), false)),
    OLD_I_SET_ALARM(0x1E, "_iSetAlarm", Kernel::setAlarm),
    OLD_I_RELEASE_ALARM(0x1F, "_iReleaseAlarm", k -> k.alarms.release(k.argument(0))),
    CREATE_THREAD(0x20, "CreateThread", k -> k.threads.create(k.argument(0))),
    DELETE_THREAD(0x21, "DeleteThread", k -> k.threads.delete(k.argument(0))),
    START_THREAD(0x22, "StartThread", true, k -> k.threads.start(k.argument(0), k.argument(1))),
    EXIT_THREAD(0x23, "ExitThread", true, k -> k.endThread(false)),
    EXIT_DELETE_THREAD(0x24, "ExitDeleteThread", true, k -> k.endThread(true)),
    TERMINATE_THREAD(0x25, "TerminateThread", true, k -> k.threads.terminate(k.argument(0))),
    I_TERMINATE_THREAD(0x26, "iTerminateThread", k -> k.threads.terminate(k.argument(0))),
    DISABLE_DISPATCH_THREAD(0x27, "DisableDispatchThread", Kernel::notDone),
    ENABLE_DISPATCH_THREAD(0x28, "EnableDispatchThread", Kernel::notDone),
    CHANGE_THREAD_PRIORITY(
            0x29, "ChangeThreadPriority", true, k -> k.threads.changePriority(k.argument(0), k.argument(1))),
    I_CHANGE_THREAD_PRIORITY(
            0x2A, "iChangeThreadPriority", k -> k.threads.changePriority(k.argument(0), k.argument(1))),
    ROTATE_THREAD_READY_QUEUE(0x2B, "RotateThreadReadyQueue", true, k -> k.threads.rotate(k.argument(0))),
    I_ROTATE_THREAD_READY_QUEUE(0x2C, "iRotateThreadReadyQueue", k -> k.threads.rotate(k.argument(0))),
    RELEASE_WAIT_THREAD(0x2D, "ReleaseWaitThread", true, k -> k.threads.releaseWait(k.argument(0))),
    I_RELEASE_WAIT_THREAD(0x2E, "iReleaseWaitThread", k -> k.threads.releaseWait(k.argument(0))),
    GET_THREAD_ID(0x2F, "GetThreadId", k -> k.threads.current().id),
    REFER_THREAD_STATUS(0x30, "ReferThreadStatus", k -> k.threads.refer(k.argument(0), k.argument(1))),
    I_REFER_THREAD_STATUS(0x31, "iReferThreadStatus", k -> k.threads.refer(k.argument(0), k.argument(1))),
    SLEEP_THREAD(0x32, "SleepThread", true, Kernel::sleepThread),
    WAKEUP_THREAD(0x33, "WakeupThread", true, k -> k.threads.wakeup(k.argument(0))),
    I_WAKEUP_THREAD(0x34, "iWakeupThread", k -> k.threads.wakeup(k.argument(0))),
    CANCEL_WAKEUP_THREAD(0x35, "CancelWakeupThread", k -> k.threads.cancelWakeup(k.argument(0))),
    I_CANCEL_WAKEUP_THREAD(0x36, "iCancelWakeupThread", k -> k.threads.cancelWakeup(k.argument(0))),
    SUSPEND_THREAD(0x37, "SuspendThread", k -> k.threads.suspend(k.argument(0))),
    I_SUSPEND_THREAD(0x38, "iSuspendThread", k -> k.threads.suspend(k.argument(0))),
    RESUME_THREAD(0x39, "ResumeThread", true, k -> k.threads.resume(k.argument(0))),
    I_RESUME_THREAD(0x3A, "iResumeThread", k -> k.threads.resume(k.argument(0))),
    SETUP_THREAD(0x3C, "SetupThread", Kernel::setupThread),
    SETUP_HEAP(0x3D, "SetupHeap", k -> k.threads.setupHeap(k.argument(0), k.argument(1))),
    END_OF_HEAP(0x3E, "EndOfHeap", k -> k.threads.endOfHeap()),
    CREATE_SEMA(0x40, "CreateSema", k -> k.semaphores.create(k.argument(0))),
    DELETE_SEMA(0x41, "DeleteSema", true, k -> k.semaphores.delete(k.argument(0))),
    SIGNAL_SEMA(0x42, "SignalSema", true, k -> k.semaphores.signal(k.argument(0))),
    I_SIGNAL_SEMA(0x43, "iSignalSema", k -> k.semaphores.signal(k.argument(0))),
    WAIT_SEMA(0x44, "WaitSema", true, Kernel::waitSema),
    POLL_SEMA(0x45, "PollSema", k -> k.semaphores.poll(k.argument(0))),
    I_POLL_SEMA(0x46, "iPollSema", k -> k.semaphores.poll(k.argument(0))),
    REFER_SEMA_STATUS(0x47, "ReferSemaStatus", k -> k.semaphores.refer(k.argument(0), k.argument(1))),
    I_REFER_SEMA_STATUS(0x48, "iReferSemaStatus", k -> k.semaphores.refer(k.argument(0), k.argument(1))),
    I_DELETE_SEMA(0x49, "iDeleteSema", k -> k.semaphores.delete(k.argument(0))),
    SET_OSD_CONFIG_PARAM(0x4A, "SetOsdConfigParam", k -> k.settings.set(k.argument(0))),
    GET_OSD_CONFIG_PARAM(0x4B, "GetOsdConfigParam", k -> k.settings.get(k.argument(0))),
    GET_GS_H_PARAM(0x4C, "GetGsHParam", Kernel::notDone),
    GET_GS_V_PARAM(0x4D, "GetGsVParam", Kernel::notDone),
    SET_GS_H_PARAM(0x4E, "SetGsHParam", Kernel::notDone),
    SET_GS_V_PARAM(0x4F, "SetGsVParam", Kernel::notDone),
    PUT_TLB_ENTRY(0x55, "PutTLBEntry", Kernel::fixedTlb),
    SET_TLB_ENTRY(0x56, "SetTLBEntry", Kernel::fixedTlb),
    GET_TLB_ENTRY(0x57, "GetTLBEntry", Kernel::notDone),
    PROBE_TLB_ENTRY(0x58, "ProbeTLBEntry", Kernel::notDone),
    EXPAND_SCRATCH_PAD(0x59, "ExpandScratchPad", Kernel::notDone),
    COPY(0x5A, "Copy", k -> k.copy(k.argument(0), k.argument(1), k.argument(2))),
    GET_ENTRY_ADDRESS(0x5B, "GetEntryAddress", k -> k.replacements.address(k.argument(0))),
    ENABLE_INTC_HANDLER(0x5C, "EnableIntcHandler", k -> k.interrupts.intc().enable(k.argument(0), true)),
    DISABLE_INTC_HANDLER(0x5D, "DisableIntcHandler", k -> k.interrupts.intc().enable(k.argument(0), false)),
    ENABLE_DMAC_HANDLER(0x5E, "EnableDmacHandler", k -> k.interrupts.dmac().enable(k.argument(0), true)),
    DISABLE_DMAC_HANDLER(0x5F, "DisableDmacHandler", k -> k.interrupts.dmac().enable(k.argument(0), false)),
    KSEG0(0x60, "KSeg0", k -> 0),
    ENABLE_CACHE(0x61, "EnableCache", k -> 0),
    DISABLE_CACHE(0x62, "DisableCache", k -> 0),
    GET_COP0(0x63, "GetCop0", Kernel::getCop0),
    FLUSH_CACHE(0x64, "FlushCache", k -> k.flushCache(k.argument(0))),
    CPU_CONFIG(0x66, "CpuConfig", k -> 0),
    I_GET_COP0(0x67, "iGetCop0", Kernel::getCop0),
    I_FLUSH_CACHE(0x68, "iFlushCache", k -> k.flushCache(k.argument(0))),
    I_CPU_CONFIG(0x6A, "iCpuConfig", k -> 0),
    SIF_STOP_DMA(0x6B, "sceSifStopDma", k -> k.sif.stop()),
    SET_CPU_TIMER_HANDLER(0x6C, "SetCPUTimerHandler", Kernel::notDone),
    SET_CPU_TIMER(0x6D, "SetCPUTimer", Kernel::notDone),
    SET_OSD_CONFIG_PARAM_2(
            0x6E, "SetOsdConfigParam2", k -> k.settings.setSecond(k.argument(0), k.argument(1), k.argument(2))),
    GET_OSD_CONFIG_PARAM_2(
            0x6F, "GetOsdConfigParam2", k -> k.settings.getSecond(k.argument(0), k.argument(1), k.argument(2))),
    GS_GET_IMR(0x70, "GsGetIMR", k -> k.graphics.imr()),
    GS_PUT_IMR(0x71, "GsPutIMR", k -> k.graphics.imr(k.longArgument(0))),
    SET_PGIF_HANDLER(0x72, "SetPgifHandler", Kernel::notDone),
    SET_VSYNC_FLAG(0x73, "SetVSyncFlag", k -> k.graphics.setVSyncFlag(k.argument(0), k.argument(1))),
    SET_SYSCALL(0x74, "SetSyscall", k -> k.replacements.set(k.argument(0), k.argument(1))),
    PRINT(0x75, "_print", Kernel::print),
    SIF_DMA_STAT(0x76, "sceSifDmaStat", k -> k.sif.dmaStatus(k.argument(0))),
    SIF_SET_DMA(0x77, "sceSifSetDma", k -> k.sif.setDma(k.argument(0), k.argument(1))),
    SIF_SET_D_CHAIN(0x78, "sceSifSetDChain", k -> k.sif.setDChain()),
    SIF_SET_REG(0x79, "sceSifSetReg", k -> k.sif.setRegister(k.argument(0), k.argument(1))),
    SIF_GET_REG(0x7A, "sceSifGetReg", k -> k.sif.getRegister(k.argument(0))),
    EXEC_OSD(0x7B, "ExecOSD", k -> k.programs.exit(0)),
    DECI2_CALL(0x7C, "Deci2Call", Kernel::deci2),
    PS_MODE(0x7D, "PSMode", k -> 0),
    MACHINE_TYPE(0x7E, "MachineType", k -> Kernel.MACHINE_TYPE),
    GET_MEMORY_SIZE(0x7F, "GetMemorySize", Kernel::memorySize),
    GET_GS_DX_DY_OFFSET(
            0x80,
            "_GetGsDxDyOffset",
            k -> k.graphics.displayOffset(k.argument(1), k.argument(2), k.argument(3), k.argument(4))),
    INIT_TLB(0x82, "_InitTLB", k -> 0),
    FIND_ADDRESS(0x83, "FindAddress", k -> k.findAddress(k.argument(0), k.argument(1), k.argument(2))),
    SET_MEMORY_MODE(0x85, "SetMemoryMode", k -> 0),
    GET_MEMORY_MODE(0x86, "GetMemoryMode", k -> 0),
    EXEC_PSX(0x87, "ExecPSX", Kernel::notDone),
    SET_ALARM(0xFC, "SetAlarm", Kernel::setAlarm),
    I_SET_ALARM(0xFD, "iSetAlarm", Kernel::setAlarm),
    RELEASE_ALARM(0xFE, "ReleaseAlarm", k -> k.alarms.release(k.argument(0))),
    I_RELEASE_ALARM(0xFF, "iReleaseAlarm", k -> k.alarms.release(k.argument(0))),
    /** Not the console's: where {@link KernelMemory#HANDLER_RETURN} leads. */
    RETURN_FROM_HANDLER(0x1F0, "return from an interrupt handler", null),
    /** Not the console's: where {@link KernelMemory#REPLACEMENT_RETURN} leads. */
    RETURN_FROM_REPLACEMENT(0x1F1, "return from a replaced system call", null);

    /** One more than the highest number that guests may use: what lies behind the table on a console is no function. */
    static final int GUEST_NUMBERS = 0x100;

    /** One more than the highest number. */
    static final int COUNT = 0x200;

    private static final SystemCall[] BY_NUMBER = new SystemCall[COUNT];

    static {
        for (SystemCall call : values()) {
            BY_NUMBER[call.number] = call;
        }
    }

    /** What a call does; the result is v0. */
    @FunctionalInterface
    interface Body {
        long call(Kernel kernel);
    }

    private final int number;
    private final String title;
    private final boolean dispatches;
    private final Body body;

    SystemCall(int number, String title, Body body) {
        this(number, title, false, body);
    }

    SystemCall(int number, String title, boolean dispatches, Body body) {
        this.number = number;
        this.title = title;
        this.dispatches = dispatches;
        this.body = body;
    }

    /** The call with this number, or null. */
    static SystemCall of(int number) {
        return number >= 0 && number < COUNT ? BY_NUMBER[number] : null;
    }

    int number() {
        return number;
    }

    /** Its name in ps2sdk. */
    String title() {
        return title;
    }

    /** True if a thread of higher priority may run before the call returns. */
    boolean dispatches() {
        return dispatches;
    }

    Body body() {
        return body;
    }
}
