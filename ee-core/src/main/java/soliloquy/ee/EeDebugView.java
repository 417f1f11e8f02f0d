package soliloquy.ee;

import soliloquy.machine.DebugMemory;
import soliloquy.machine.Ram;

/** The Emotion Engine as debuggers see it, without side effects. Used by the emulation thread only. */
public final class EeDebugView implements DebugMemory {
    private final R5900 cpu;
    private final EeBus bus;

    public EeDebugView(R5900 cpu, EeBus bus) {
        this.cpu = cpu;
        this.bus = bus;
    }

    @Override
    public int peek(int address) {
        int physical = bus.physical(address);
        Ram memory = memory(physical);
        return memory == null ? -1 : memory.read8(physical);
    }

    @Override
    public boolean poke(int address, int value) {
        int physical = bus.physical(address);
        Ram memory = memory(physical);
        if (memory == null) {
            return false;
        }
        memory.write8(physical, value);
        if (physical >= 0) {
            bus.codeWritten(physical, 1);
        }
        return true;
    }

    private Ram memory(int physical) {
        if (physical == EeBus.UNMAPPED) {
            return null;
        }
        if (physical < 0) {
            return bus.scratchpad();
        }
        return physical < bus.ram().size() ? bus.ram() : null;
    }

    /** A register of COP0 as MFC0 reads it. */
    public int cop0(int register) {
        return cpu.cop0().read(register);
    }

    /** Name of a register of COP0 as the manuals write it, in lower case. */
    public static String cop0Name(int register) {
        return Cop0.name(register);
    }

    /** Word {@code lane} (0 x to 3 w) of the accumulator of VU0. */
    public int vu0Accumulator(int lane) {
        return cpu.vu0().accumulator[lane];
    }
}
