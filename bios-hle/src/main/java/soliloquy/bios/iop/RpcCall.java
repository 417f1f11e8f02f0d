package soliloquy.bios.iop;

/** One call of an {@link RpcServer}: the request in IOP RAM and the words of the answer. */
final class RpcCall {
    private final SifRpc rpc;
    private final SifRpc.Binding server;
    private final IopMemory memory;
    private final int[] packet;
    private boolean completed;

    RpcCall(SifRpc rpc, SifRpc.Binding server, IopMemory memory, int[] packet) {
        this.rpc = rpc;
        this.server = server;
        this.memory = memory;
        this.packet = packet;
    }

    /** The number of the function. */
    int function() {
        return packet[8];
    }

    /** Bytes of the request. */
    int size() {
        return Math.max(0, Math.min(packet[9], IopMemory.REQUEST_BYTES));
    }

    /** The word at byte {@code offset} of the request, which must lie in its buffer. */
    int word(int offset) {
        return memory.word(server.request() + offset);
    }

    /** Address in IOP RAM of byte {@code offset} of the request. */
    int address(int offset) {
        return server.request() + offset;
    }

    /** The text at byte {@code offset} of the request. */
    String text(int offset, int limit) {
        return memory.text(server.request() + offset, limit);
    }

    /** Sets the word at byte {@code offset} of the answer. */
    RpcCall result(int offset, int value) {
        memory.word(server.result() + offset, value);
        return this;
    }

    /** Address in IOP RAM of the answer. */
    int resultAddress() {
        return server.result();
    }

    /** Sends the answer and ends the call. */
    void complete() {
        if (completed) {
            throw new IllegalStateException("a call was completed twice");
        }
        completed = true;
        rpc.completed(this, server, packet);
    }

    /** Ends the call with a single word. */
    void complete(int value) {
        result(0, value).complete();
    }
}
