package soliloquy.bios.irx;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/**
 * The library thvpool: pools of blocks of any size. Of a pool's memory 40 bytes are the kernel's, and 8 of each block. Source: ps2sdk
 * {@code thvpool.h}; ps2autotests kernel/iop/vpool, every row.
 */
final class Thvpool implements Library {
    private static final int ATTRIBUTES = 0x201;
    private static final int BY_PRIORITY = 1;
    private static final int POOL_OVERHEAD = 40;
    private static final int BLOCK_OVERHEAD = 8;
    private static final int GRANULE = 8;
    /** What size and free size of a pool read for which there was no memory. */
    private static final int NO_HEAP = -4;

    private static final class Pool {
        final int attributes;
        final int option;
        final int memory;
        final int size;
        final BlockList blocks;
        final WaitQueue waiting;

        Pool(int id, int attributes, int option, int memory, int size) {
            this.attributes = attributes;
            this.option = option;
            this.memory = memory;
            this.size = size;
            blocks = memory == 0 ? null : new BlockList(memory, memory + size, GRANULE);
            waiting = new WaitQueue(WaitQueue.VARIABLE_POOL, id, (attributes & BY_PRIORITY) != 0);
        }
    }

    private final ThreadManager threads;
    private final IntUnaryOperator allocate;
    private final IntConsumer release;
    private final Map<Integer, Pool> pools = new TreeMap<>();

    /**
     * @param allocate memory for pools: takes bytes, gives an address or 0
     * @param release takes it back
     */
    Thvpool(ThreadManager threads, IntUnaryOperator allocate, IntConsumer release) {
        this.threads = threads;
        this.allocate = allocate;
        this.release = release;
    }

    /** The numbers of what there is. */
    Set<Integer> ids() {
        return pools.keySet();
    }

    @Override
    public String name() {
        return "thvpool";
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 9 || ordinal == 11 || ordinal == 12;
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return ordinal == 8 || ordinal == 12;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int id = call.argument(0);
        if (ordinal == 4) {
            return create(call, id);
        }
        Pool pool = pools.get(id);
        if (pool == null) {
            return KernelError.UNKNOWN_VARIABLE_POOL;
        }
        int argument = call.argument(1);
        return switch (ordinal) {
            case 5 -> {
                pools.remove(id);
                if (pool.memory != 0) {
                    release.accept(pool.memory);
                }
                threads.wakeAll(pool.waiting, KernelError.DELETED);
                yield 0;
            }
            case 6 -> take(pool, argument, true);
            case 7, 8 -> take(pool, argument, false);
            case 9 -> give(pool, argument);
            default -> refer(call, pool, argument);
        };
    }

    private int create(ModuleCall call, int parameters) {
        int attributes = call.word(parameters);
        int size = call.word(parameters + 8);
        if ((attributes & ~ATTRIBUTES) != 0) {
            return KernelError.ILLEGAL_ATTRIBUTE;
        }
        int usable = (size - POOL_OVERHEAD) / GRANULE * GRANULE;
        int memory = usable <= 0 ? 0 : allocate.applyAsInt(size);
        int id = threads.newId();
        pools.put(id, new Pool(id, attributes, call.word(parameters + 4), memory, memory == 0 ? NO_HEAP : usable));
        return id;
    }

    private int take(Pool pool, int bytes, boolean wait) {
        if (bytes > pool.size) {
            return KernelError.ILLEGAL_MEMORY_SIZE;
        }
        int at = allocated(pool, bytes);
        if (at == KernelError.NO_MEMORY && wait && bytes > 0 && pool.blocks != null) {
            threads.current().pattern = bytes;
            threads.block(pool.waiting);
        }
        return at;
    }

    private static int allocated(Pool pool, int bytes) {
        int rounded = (bytes + GRANULE - 1) / GRANULE * GRANULE;
        int at = pool.blocks == null || bytes <= -GRANULE ? 0 : pool.blocks.allocate(rounded + BLOCK_OVERHEAD);
        return at == 0 ? KernelError.NO_MEMORY : at + BLOCK_OVERHEAD;
    }

    private int give(Pool pool, int address) {
        if (pool.blocks == null || !pool.blocks.release(address - BLOCK_OVERHEAD)) {
            return KernelError.ILLEGAL_MEMORY_BLOCK;
        }
        while (!pool.waiting.isEmpty()) {
            int at = allocated(pool, pool.waiting.first().pattern);
            if (at == KernelError.NO_MEMORY) {
                break;
            }
            threads.wake(pool.waiting.first(), at);
        }
        return 0;
    }

    private static int refer(ModuleCall call, Pool pool, int at) {
        call.word(at, pool.attributes);
        call.word(at + 4, pool.option);
        call.word(at + 8, pool.size);
        call.word(at + 12, pool.blocks == null ? NO_HEAP : pool.blocks.free());
        call.word(at + 16, pool.waiting.size());
        return 0;
    }
}
