package soliloquy.bios.iop;

/** A service that EE programs call over SIF RPC. */
interface RpcServer {
    /**
     * Answers a call, now or later, by {@link RpcCall#complete}. Calls of one server come one after the other.
     *
     * @param call function number and request; what is in it was written by the guest and may be anything
     */
    void call(RpcCall call);
}
