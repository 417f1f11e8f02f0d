package soliloquy.bios.irx;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/** The library thfpool: pools of blocks of one size. Source: ps2sdk {@code thfpool.h}, {@code iop/system/threadman}. */
final class Thfpool implements Library {
    private static final int ATTRIBUTES = 0x201;
    private static final int BY_PRIORITY = 1;

    private static final class Pool {
        final int attributes;
        final int option;
        final int blockSize;
        final int count;
        final int memory;
        final BlockList blocks;
        final WaitQueue waiting;

        Pool(int id, int attributes, int option, int blockSize, int count, int memory) {
            this.attributes = attributes;
            this.option = option;
            this.blockSize = blockSize;
            this.count = count;
            this.memory = memory;
            int granule = aligned(blockSize);
            blocks = new BlockList(memory, memory + count * granule, granule);
            waiting = new WaitQueue(WaitQueue.FIXED_POOL, id, (attributes & BY_PRIORITY) != 0);
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
    Thfpool(ThreadManager threads, IntUnaryOperator allocate, IntConsumer release) {
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
        return "thfpool";
    }

    @Override
    public int functions() {
        return 13;
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
            return KernelError.UNKNOWN_FIXED_POOL;
        }
        return switch (ordinal) {
            case 5 -> {
                pools.remove(id);
                release.accept(pool.memory);
                threads.wakeAll(pool.waiting, KernelError.DELETED);
                yield 0;
            }
            case 6 -> take(pool, true);
            case 7, 8 -> take(pool, false);
            case 9 -> give(pool, call.argument(1));
            default -> refer(call, pool, call.argument(1));
        };
    }

    private static int aligned(int bytes) {
        return bytes + 3 & ~3;
    }

    private int create(ModuleCall call, int parameters) {
        int attributes = call.word(parameters);
        int blockSize = call.word(parameters + 8);
        int count = call.word(parameters + 12);
        if ((attributes & ~ATTRIBUTES) != 0) {
            return KernelError.ILLEGAL_ATTRIBUTE;
        }
        if (blockSize == 0 || count == 0) {
            return KernelError.ILLEGAL_MEMORY_SIZE;
        }
        long bytes = ((long) blockSize + 3 & ~3L) * count;
        int memory = blockSize < 0 || count < 0 || bytes > Integer.MAX_VALUE ? 0 : allocate.applyAsInt((int) bytes);
        if (memory == 0) {
            return KernelError.NO_MEMORY;
        }
        int id = threads.newId();
        pools.put(id, new Pool(id, attributes, call.word(parameters + 4), blockSize, count, memory));
        return id;
    }

    private int take(Pool pool, boolean wait) {
        int at = pool.blocks.allocate(pool.blockSize);
        if (at == 0 && wait) {
            threads.block(pool.waiting);
        }
        return at == 0 ? KernelError.NO_MEMORY : at;
    }

    private int give(Pool pool, int address) {
        if (!pool.blocks.release(address)) {
            return KernelError.ILLEGAL_MEMORY_BLOCK;
        }
        if (!pool.waiting.isEmpty()) {
            threads.wake(pool.waiting.first(), pool.blocks.allocate(pool.blockSize));
        }
        return 0;
    }

    private static int refer(ModuleCall call, Pool pool, int at) {
        int[] fields = {
            pool.attributes,
            pool.option,
            pool.blockSize,
            pool.count,
            pool.blocks.free() / aligned(pool.blockSize),
            pool.waiting.size()
        };
        for (int i = 0; i < fields.length; i++) {
            call.word(at + 4 * i, fields[i]);
        }
        return 0;
    }
}
