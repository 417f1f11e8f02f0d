package soliloquy.iop;

import soliloquy.machine.DebugMemory;
import soliloquy.machine.Ram;

/** The I/O processor as debuggers see it, without side effects. Used by the emulation thread only. */
public final class IopDebugView implements DebugMemory {
    private final R3000A cpu;
    private final IopBus bus;

    public IopDebugView(R3000A cpu, IopBus bus) {
        this.cpu = cpu;
        this.bus = bus;
    }

    @Override
    public int peek(int address) {
        Ram memory = bus.memoryAt(address);
        return memory == null ? -1 : memory.read8(IopBus.physical(address));
    }

    @Override
    public boolean poke(int address, int value) {
        Ram memory = bus.memoryAt(address);
        if (memory == null) {
            return false;
        }
        memory.write8(IopBus.physical(address), value);
        return true;
    }

    /** What a general register holds once the load before the next instruction has arrived. */
    public int gpr(int register) {
        return register == cpu.loadRegister ? cpu.loadValue : cpu.gpr[register];
    }

    /** Sets a general register; a load on its way to it is lost. */
    public void gpr(int register, int value) {
        if (register == cpu.loadRegister) {
            cpu.loadRegister = R3000A.SINK;
        }
        if (register != 0) {
            cpu.gpr[register] = value;
        }
    }

    /** A register of COP0. */
    public int cop0(int register) {
        return cpu.cop0().read(register);
    }
}
