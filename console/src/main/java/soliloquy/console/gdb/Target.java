package soliloquy.console.gdb;

import java.util.List;
import soliloquy.bios.ModuleView;
import soliloquy.bios.ThreadView;
import soliloquy.console.debug.DebugPort;
import soliloquy.machine.DebugMemory;

/** A processor as the protocol needs it. Used by the emulation thread only. */
interface Target {
    /** A range of addresses where there is memory. */
    record Range(long start, long length) {}

    DebugPort.Cpu cpu();

    /** All registers, in the order of their numbers. */
    List<Register> registers();

    /** Further text of the target's description, before the registers of {@code feature}: types. */
    String types(String feature);

    DebugMemory memory();

    /** Address of the next instruction. */
    int pc();

    void pc(int address);

    int stackPointer();

    /** Number of the running thread; 0 if none runs. */
    int threadId();

    /** True while an interrupt handler runs on the thread. */
    boolean handling();

    List<ThreadView> threads();

    /** Modules in memory; empty where the program is all there is. */
    List<ModuleView> modules();

    List<Range> memoryMap();
}
