package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;
import soliloquy.bios.irx.WaitQueue;

/** The library modload: modules that load modules. Source: ps2sdk {@code iop/system/modload}. */
final class Modload implements Library {
    private static final int LONGEST_ARGUMENTS = 0x1000;

    private final IopKernel kernel;
    private final ModuleStarter starter;

    Modload(IopKernel kernel, ModuleStarter starter) {
        this.kernel = kernel;
        this.starter = starter;
    }

    @Override
    public String name() {
        return "modload";
    }

    @Override
    public int version() {
        return 0x0107;
    }

    @Override
    public int functions() {
        return 32;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 6 && ordinal <= 8
                || ordinal == 10
                || ordinal == 12
                || ordinal == 13
                || ordinal == 15
                || ordinal >= 20 && ordinal <= 23;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        return switch (ordinal) {
            case 6 ->
                wait(call, 0, done -> starter.load(text(call, first), id -> done.accept(outcome(id)))); // LoadModule
            case 7 -> { // LoadStartModule
                byte[] arguments = arguments(call, call.argument(2), call.argument(1));
                yield wait(call, call.argument(3), done -> starter.loadAndStart(text(call, first), arguments, done));
            }
            case 8 -> { // StartModule
                byte[] arguments = arguments(call, call.argument(3), call.argument(2));
                String path = text(call, call.argument(1));
                yield wait(call, call.argument(4), done -> starter.start(first, path, arguments, done));
            }
            case 10 -> starter.load(first); // LoadModuleBuffer
            case 20 -> { // StopModule
                byte[] arguments = arguments(call, call.argument(2), call.argument(1));
                yield wait(call, call.argument(3), done -> starter.stop(first, arguments, done));
            }
            case 21 -> starter.unload(first); // UnloadModule
            case 22 -> starter.find(text(call, first)); // SearchModuleByName
            case 23 -> starter.findAt(first); // SearchModuleByAddress
            default ->
                0; // SetSecrmanCallbacks, SetCheckKelfPathCallback: no KELF is loaded; IsIllegalBootDevice: none is
        };
    }

    private static ModuleStarter.Outcome outcome(int id) {
        return new ModuleStarter.Outcome(id, 0);
    }

    private static String text(ModuleCall call, int address) {
        return address == 0 ? "" : new String(call.text(address), StandardCharsets.ISO_8859_1);
    }

    private static byte[] arguments(ModuleCall call, int address, int length) {
        byte[] arguments = new byte[address == 0 ? 0 : Math.clamp(length, 0, LONGEST_ARGUMENTS)];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = (byte) call.octet(address + i);
        }
        return arguments;
    }

    /** The calling thread waits until the module's entry has returned, which goes to {@code resultAddress} if not 0. */
    private int wait(ModuleCall call, int resultAddress, Consumer<Consumer<ModuleStarter.Outcome>> work) {
        WaitQueue queue = new WaitQueue(WaitQueue.SLEEP, 0, false);
        int[] early = {0};
        boolean[] over = {false};
        work.accept(outcome -> {
            if (resultAddress != 0) {
                call.word(resultAddress, outcome.result());
            }
            early[0] = outcome.id();
            over[0] = true;
            kernel.threads().wakeFirst(queue, outcome.id());
        });
        if (!over[0]) {
            kernel.threads().block(queue);
        }
        return early[0];
    }
}
