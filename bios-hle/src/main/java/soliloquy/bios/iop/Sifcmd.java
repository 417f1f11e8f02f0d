package soliloquy.bios.iop;

import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;

/** The library sifcmd: command packets and RPC for modules. Source: ps2sdk {@code iop/system/sifcmd}. */
final class Sifcmd implements Library {
    private final IopKernel kernel;
    private final SifCommands commands;
    private final ModuleRpc rpc;

    Sifcmd(IopKernel kernel, SifCommands commands, ModuleRpc rpc) {
        this.kernel = kernel;
        this.commands = commands;
        this.rpc = rpc;
    }

    @Override
    public String name() {
        return "sifcmd";
    }

    @Override
    public int functions() {
        return 32;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 25 || ordinal == 28 || ordinal == 29;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        int second = call.argument(1);
        return switch (ordinal) {
            case 6 -> commands.register(first); // sceSifGetSreg
            case 7 -> { // sceSifSetSreg
                commands.register(first, second);
                yield 0;
            }
            case 10 -> { // sceSifAddCmdHandler
                commands.handle(first, second, call.argument(2));
                yield 0;
            }
            case 11 -> { // sceSifRemoveCmdHandler
                commands.handle(first, 0, 0);
                yield 0;
            }
            case 12, 13 -> send(call, () -> {}); // sceSifSendCmd, isceSifSendCmd
            case 28, 29 -> { // sceSifSendCmdIntr, isceSifSendCmdIntr
                int function = call.argument(6);
                int argument = call.argument(7);
                yield send(call, () -> kernel.interrupt(function, result -> {}, argument, 0));
            }
            case 15 -> rpc.bindTo(call); // sceSifBindRpc
            case 16 -> rpc.callTo(call); // sceSifCallRpc
            case 17 -> rpc.register(call); // sceSifRegisterRpc
            case 18 -> rpc.underWay(first) ? 1 : 0; // sceSifCheckStatRpc
            case 19 -> rpc.queue(first, second); // sceSifSetRpcQueue
            case 20 -> rpc.nextRequest(first); // sceSifGetNextRequest
            case 21 -> rpc.execute(call, first, result -> 0); // sceSifExecRequest
            case 22 -> rpc.loop(call, first); // sceSifRpcLoop
            case 23 -> rpc.otherData(call); // sceSifGetOtherData
            case 24 -> rpc.remove(first, second); // sceSifRemoveRpc
            case 25 -> rpc.removeQueue(first); // sceSifRemoveRpcQueue
            default -> 0; // sceSifInitCmd, sceSifExitCmd, buffers for handlers, sceSifInitRpc: done at boot
        };
    }

    private int send(ModuleCall call, Runnable sent) {
        return commands.send(
                call.argument(0),
                call.argument(1),
                call.argument(2),
                call.argument(3),
                call.argument(4),
                call.argument(5),
                sent);
    }
}
