package soliloquy.bios.irx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.iop.IopBus;
import soliloquy.iop.R3000A;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;

/** Results and states are those of hardware records: ps2autotests kernel/iop/thread, eventflag and messagebox. */
class ThreadLibrariesTest {
    private static final int PARAMETERS = 0x2000;
    private static final int RESULT = 0x3000;
    private static final int ENTRY = 0x4000;
    private static final int HERE = 0x5000;
    private static final int EXIT = 0x408;
    private static final int IDLE = 0x410;
    private static final int TH_C = 0x0200_0000;

    private final Ram ram = new Ram(IopBus.RAM_SIZE);
    private final R3000A cpu = new R3000A(new IopBus(ram, new Notices(notice -> {})));
    private final ThreadManager threads = new ThreadManager(cpu, new Scheduler(), IDLE, cycle -> {});
    private final ModuleCall call = new ModuleCall(cpu, ram, threads, () -> threads.current().continuations);
    private final Alarms alarms = new Alarms(new IopTime(new Scheduler()), interrupt -> {});
    private final Thsemap thsemap = new Thsemap(threads);
    private final Thevent thevent = new Thevent(threads);
    private final Thmsgbx thmsgbx = new Thmsgbx(threads);
    private final BlockList memory = new BlockList(0x10_0000, 0x18_0000, 0x100);
    private final Thvpool thvpool = new Thvpool(threads, memory::allocate, memory::release);
    private final Thfpool thfpool = new Thfpool(threads, memory::allocate, memory::release);
    private final Thbase thbase = new Thbase(
            threads,
            EXIT,
            size -> size < 0 ? 0 : 0x18_0000,
            address -> {},
            () -> cpu.cycles(),
            alarms,
            1,
            new ThreadmanIds(threads, List.of(thsemap::ids, thevent::ids, thmsgbx::ids, thvpool::ids, thfpool::ids)));

    @BeforeEach
    void adopt() {
        threads.adopt();
    }

    /** A call as the module loader makes it, thread switch included. */
    private int call(Library library, int ordinal, int... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            cpu.gpr[4 + i] = arguments[i];
        }
        threads.save(HERE);
        int result = library.call(ordinal, call);
        cpu.gpr[IopThread.V0] = result;
        threads.returned(result, HERE);
        threads.dispatch(HERE);
        return result;
    }

    private int create(int attributes, int entry, int stackSize, int priority) {
        int[] parameters = {attributes, 0, entry, stackSize, priority};
        for (int i = 0; i < parameters.length; i++) {
            ram.write32(PARAMETERS + 4 * i, parameters[i]);
        }
        return call(thbase, 4, PARAMETERS);
    }

    private int object(Library library, int... parameters) {
        for (int i = 0; i < parameters.length; i++) {
            ram.write32(PARAMETERS + 4 * i, parameters[i]);
        }
        return call(library, 4, PARAMETERS);
    }

    private List<Integer> ids(int type, int most) {
        int count = call(thbase, 47, type, RESULT + 0x100, most, RESULT + 0x200);
        return IntStream.range(0, count)
                .mapToObj(i -> ram.read32(RESULT + 0x100 + 4 * i))
                .toList();
    }

    /** xthbase.h: 1 threads, 2 semaphores, 7 sleeping, 9 dormant threads; the number of an object for those that wait for it. */
    @Test
    void objectsAreListed() {
        int first = threads.current().id;
        int dormant = create(TH_C, ENTRY, 0x800, 10);
        int semaphore = object(thsemap, 0, 0, 0, 1);
        int other = object(thsemap, 0, 0, 0, 1);
        int waiter = create(TH_C, ENTRY, 0x800, 7);
        call(thbase, 6, waiter, 0);
        call(thsemap, 8, semaphore);
        int sleeper = create(TH_C, ENTRY, 0x800, 7);
        call(thbase, 6, sleeper, 0);
        call(thbase, 24);
        assertThat(ids(1, 9)).containsExactlyInAnyOrder(first, dormant, waiter, sleeper);
        assertThat(ids(2, 9)).containsExactlyInAnyOrder(semaphore, other);
        assertThat(ids(4, 9)).isEmpty();
        assertThat(ids(7, 9)).containsExactly(sleeper);
        assertThat(ids(9, 9)).containsExactly(dormant);
        assertThat(ids(semaphore, 9)).containsExactly(waiter);
        assertThat(ids(other, 9)).isEmpty();
        assertThat(ids(2, 1)).hasSize(1);
        assertThat(ram.read32(RESULT + 0x200)).as("how many there are").isEqualTo(2);
        assertThat(call(thbase, 47, 0, RESULT, 9, RESULT + 0x200))
                .as("KE_ILLEGAL_TYPE")
                .isEqualTo(-431);
        assertThat(call(thbase, 47, -1, RESULT, 9, RESULT + 0x200)).isEqualTo(-431);
    }

    private int status(int id) {
        assertThat(call(thbase, 22, id, RESULT)).isZero();
        return ram.read32(RESULT + 8);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4000, FFFFFFFF, 10, -400",
        "0, 4000, 300, 10, -404",
        "FFFFFFFF, 4000, 2048, 10, -401",
        "0, 3, 2048, 10, -402",
        "0, 4000, 2048, 0, -403",
        "0, 4000, 2048, 127, -403",
    })
    void createRefuses(String attributes, String entry, String stack, int priority, int result) {
        int stackSize = stack.length() == 8 ? Integer.parseUnsignedInt(stack, 16) : Integer.parseInt(stack);
        assertThat(create(
                        Integer.parseUnsignedInt(attributes, 16),
                        Integer.parseUnsignedInt(entry, 16),
                        stackSize,
                        priority))
                .isEqualTo(result);
    }

    @Test
    void aNewThreadIsDormantAndHasNoPriorityYet() {
        int id = create(TH_C, ENTRY, 0x800, 10);
        assertThat(status(id)).isEqualTo(0x10);
        assertThat(ram.read32(RESULT)).isEqualTo(TH_C);
        assertThat(ram.read32(RESULT + 28)).isEqualTo(10);
        assertThat(ram.read32(RESULT + 32)).isZero();
    }

    @Test
    void aWorseThreadIsReadyAndABetterOneRunsAtOnce() {
        int worse = create(TH_C, ENTRY, 0x800, 9);
        assertThat(call(thbase, 6, worse, 7)).isZero();
        assertThat(status(worse)).isEqualTo(0x02);
        assertThat(cpu.pc).isEqualTo(HERE);
        int better = create(TH_C, ENTRY + 4, 0x800, 7);
        call(thbase, 6, better, 42);
        assertThat(cpu.pc).isEqualTo(ENTRY + 4);
        assertThat(cpu.gpr[4]).isEqualTo(42);
        assertThat(cpu.gpr[31]).isEqualTo(EXIT);
        call(thbase, 24); // SleepThread
        assertThat(cpu.pc).isEqualTo(HERE);
        assertThat(cpu.gpr[IopThread.V0]).isZero();
        assertThat(status(better)).isEqualTo(0x04);
        assertThat(ram.read32(RESULT + 36)).isEqualTo(1);
    }

    @Test
    void deleteWantsADormantThread() {
        int id = create(TH_C, ENTRY, 0x800, 9);
        assertThat(call(thbase, 5, 0)).isEqualTo(-406);
        assertThat(call(thbase, 5, threads.current().id)).isEqualTo(-414);
        call(thbase, 6, id, 0);
        assertThat(call(thbase, 5, id)).isEqualTo(-414);
        assertThat(call(thbase, 10, id)).isZero();
        assertThat(call(thbase, 5, id)).isZero();
        assertThat(call(thbase, 5, id)).isEqualTo(-407);
        assertThat(call(thbase, 5, -1)).isEqualTo(-407);
    }

    @Test
    void wakeupsAreCountedAndCancelled() {
        int id = create(TH_C, ENTRY, 0x800, 64);
        call(thbase, 6, id, 0);
        assertThat(call(thbase, 27, id)).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(call(thbase, 25, id)).isZero();
        }
        assertThat(call(thbase, 27, id)).isEqualTo(3);
        assertThat(call(thbase, 27, id)).isZero();
        assertThat(call(thbase, 27, id + 2)).isEqualTo(-407);
    }

    @Test
    void releaseWaitEndsAWaitWithItsError() {
        assertThat(call(thbase, 18, 0)).isEqualTo(-406);
        assertThat(call(thbase, 18, threads.current().id)).isEqualTo(-406);
        assertThat(call(thbase, 18, -1)).isEqualTo(-407);
        int id = create(TH_C, ENTRY, 0x800, 7);
        assertThat(call(thbase, 18, id)).isEqualTo(-416);
        call(thbase, 6, id, 0);
        int semaphore = object(thsemap, 0, 0, 0, 1);
        call(thsemap, 8, semaphore);
        assertThat(cpu.pc).isEqualTo(HERE);
        assertThat(status(id)).isEqualTo(0x04);
        assertThat(ram.read32(RESULT + 36)).isEqualTo(3);
        assertThat(call(thbase, 18, id)).isZero();
        assertThat(threads.current().id).isEqualTo(id);
        assertThat(cpu.gpr[IopThread.V0]).isEqualTo(-418);
    }

    @Test
    void delaysEndWithTime() {
        call(thbase, 33, 100);
        assertThat(cpu.pc).isEqualTo(IDLE);
        threads.wakeDelayed(cpu.cycles() + 100 * 294);
        threads.preempt();
        assertThat(cpu.pc).isEqualTo(IDLE);
        threads.wakeDelayed(cpu.cycles() + 100 * 295);
        threads.preempt();
        assertThat(cpu.pc).isEqualTo(HERE);
    }

    @Test
    void eventFlagsArePolled() {
        int flag = object(thevent, 0, 0, 0x3333);
        assertThat(call(thevent, 11, flag, 0x44, 1, RESULT)).isEqualTo(-421);
        assertThat(call(thevent, 11, flag, 0x3337, 0, RESULT)).isEqualTo(-421);
        assertThat(call(thevent, 11, flag, 0, 0, RESULT)).isEqualTo(-423);
        assertThat(call(thevent, 11, flag, 0x3, 0x11, RESULT)).isZero();
        assertThat(ram.read32(RESULT)).isEqualTo(0x3333);
        assertThat(call(thevent, 11, flag, 0x30, 1, RESULT)).isEqualTo(-421);
        assertThat(call(thevent, 11, 0, -1, 0, 0)).isEqualTo(-409);
    }

    @Test
    void aDeletedEventFlagEndsItsWaits() {
        int flag = object(thevent, 0, 0, 0);
        int id = create(TH_C, ENTRY, 0x800, 7);
        call(thbase, 6, id, 0);
        call(thevent, 10, flag, -1, 0x11, 0);
        assertThat(call(thevent, 11, flag, 0x33, 0, RESULT)).isEqualTo(-422);
        assertThat(call(thevent, 5, flag)).isZero();
        assertThat(threads.current().id).isEqualTo(id);
        assertThat(cpu.gpr[IopThread.V0]).isEqualTo(-425);
        assertThat(call(thevent, 5, flag)).isEqualTo(-409);
    }

    /** Attribute 4: messages by priority; the links go around. */
    @Test
    void messagesAreLinkedInTheirOrder() {
        int box = object(thmsgbx, 4, 0);
        for (int i = 0; i < 3; i++) {
            ram.write8(0x6004 + 0x100 * i, 3 - i);
            assertThat(call(thmsgbx, 6, box, 0x6000 + 0x100 * i)).isZero();
        }
        assertThat(call(thmsgbx, 11, box, RESULT)).isZero();
        assertThat(ram.read32(RESULT + 12)).isEqualTo(3);
        assertThat(ram.read32(RESULT + 16)).isEqualTo(0x6200);
        assertThat(ram.read32(0x6200)).isEqualTo(0x6100);
        assertThat(ram.read32(0x6100)).isEqualTo(0x6000);
        assertThat(ram.read32(0x6000)).isEqualTo(0x6200);
        assertThat(call(thmsgbx, 9, RESULT, box)).isZero();
        assertThat(ram.read32(RESULT)).isEqualTo(0x6200);
        assertThat(call(thmsgbx, 9, RESULT, -1)).isEqualTo(-410);
    }

    @Test
    void aMessageGoesToTheThreadThatWaits() {
        int box = object(thmsgbx, 0, 0);
        assertThat(call(thmsgbx, 9, RESULT, box)).isEqualTo(-424);
        int id = create(TH_C, ENTRY, 0x800, 7);
        call(thbase, 6, id, 0);
        call(thmsgbx, 8, RESULT, box);
        call(thmsgbx, 6, box, 0x6000);
        assertThat(ram.read32(RESULT)).isEqualTo(0x6000);
        assertThat(threads.current().id).isEqualTo(id);
        call(thmsgbx, 11, box, RESULT);
        assertThat(ram.read32(RESULT + 12)).isZero();
    }

    /** kernel/iop/vpool/pallocate: bytes asked for, and what is free then or the error. */
    @ParameterizedTest
    @CsvSource({
        "128, 3920",
        "129, 3912",
        "136, 3912",
        "137, 3904",
        "256, 3792",
        "2048, 2000",
        "4096, -427",
        "-1, 4048",
        "-5, 4048",
        "-8, -400",
        "-128, -400"
    })
    void blocksOfAPoolCostEightBytes(int bytes, int expected) {
        int pool = object(thvpool, 0, 0x1234, 0x1000);
        int block = call(thvpool, 7, pool, bytes);
        if (expected < 0) {
            assertThat(block).isEqualTo(expected);
            return;
        }
        assertThat(call(thvpool, 11, pool, RESULT)).isZero();
        assertThat(ram.read32(RESULT + 8)).isEqualTo(4056);
        assertThat(ram.read32(RESULT + 12)).isEqualTo(expected);
        assertThat(call(thvpool, 9, pool, block)).isZero();
        assertThat(call(thvpool, 9, pool, block)).isEqualTo(-426);
        call(thvpool, 11, pool, RESULT);
        assertThat(ram.read32(RESULT + 12)).isEqualTo(4056);
    }

    /** kernel/iop/vpool/create. */
    @Test
    void poolsWithoutMemoryAreMadeAllTheSame() {
        assertThat(object(thvpool, 2, 0, 0x2000)).isEqualTo(-401);
        int pool = object(thvpool, 0x200, 0x1234, -0x2000);
        assertThat(pool).isPositive();
        call(thvpool, 11, pool, RESULT);
        assertThat(ram.read32(RESULT + 8)).isEqualTo(-4);
        assertThat(ram.read32(RESULT + 12)).isEqualTo(-4);
        assertThat(call(thvpool, 7, -1, 0x100)).isEqualTo(-411);
    }

    @Test
    void aFreedBlockGoesToTheThreadThatWaits() {
        int pool = object(thvpool, 0, 0, 0x100);
        int block = call(thvpool, 7, pool, 0xC0);
        int id = create(TH_C, ENTRY, 0x800, 7);
        call(thbase, 6, id, 0);
        call(thvpool, 6, pool, 0x80);
        assertThat(status(id)).isEqualTo(0x04);
        call(thvpool, 9, pool, block);
        assertThat(threads.current().id).isEqualTo(id);
        assertThat(cpu.gpr[IopThread.V0]).isEqualTo(block);
    }

    /** thfpool.c: KE_NO_MEMORY when all blocks are taken; a freed one goes to the thread that waits. */
    @Test
    void blocksOfOneSize() {
        assertThat(object(thfpool, 2, 0, 16, 2)).isEqualTo(-401);
        assertThat(object(thfpool, 0, 0, 0, 2)).isEqualTo(-427);
        assertThat(object(thfpool, 0, 0, 0x7FFF_FFFF, 0x7FFF_FFFF)).isEqualTo(-400);
        int pool = object(thfpool, 0, 7, 10, 2);
        int first = call(thfpool, 7, pool);
        assertThat(call(thfpool, 8, pool)).isEqualTo(first + 12);
        assertThat(call(thfpool, 7, pool)).isEqualTo(-400);
        assertThat(call(thfpool, 9, pool, first + 24)).isEqualTo(-426);
        int id = create(TH_C, ENTRY, 0x800, 7);
        call(thbase, 6, id, 0);
        call(thfpool, 6, pool);
        assertThat(call(thfpool, 11, pool, RESULT)).isZero();
        assertThat(ram.read32(RESULT + 8)).isEqualTo(10);
        assertThat(ram.read32(RESULT + 12)).isEqualTo(2);
        assertThat(ram.read32(RESULT + 16)).isZero();
        assertThat(ram.read32(RESULT + 20)).isEqualTo(1);
        call(thfpool, 9, pool, first);
        assertThat(threads.current().id).isEqualTo(id);
        assertThat(cpu.gpr[IopThread.V0]).isEqualTo(first);
        assertThat(call(thfpool, 5, pool)).isZero();
        assertThat(call(thfpool, 9, pool, first)).isEqualTo(-412);
    }

    /** What a guest asks for wrongly is its error, never one of the emulator; also in an interrupt while no thread runs. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anyCallWithAnyArgumentsReturns(boolean idle) {
        Random random = new Random(7);
        Library[] libraries = {
            thbase,
            thsemap,
            thevent,
            thmsgbx,
            thvpool,
            thfpool,
            new Sysmem(memory, c -> {}),
            new Heaplib(memory),
            new Excepman(ram, 0x4A0),
            new Intrman((line, on) -> {}, line -> false),
            new Loadcore(ram, address -> 0),
            new Stdio(c -> {})
        };
        if (idle) {
            call(thbase, 33, -1);
            assertThat(cpu.pc).isEqualTo(IDLE);
        }
        for (int i = 0; i < 200_000; i++) {
            Library library = libraries[random.nextInt(libraries.length)];
            int ordinal = 4 + random.nextInt(40);
            if (library.has(ordinal)) {
                for (int a = 0; a < 4; a++) {
                    cpu.gpr[4 + a] = switch (random.nextInt(4)) {
                        case 0 -> random.nextInt();
                        case 1 -> random.nextInt(64);
                        case 2 -> 0x2000 + 4 * random.nextInt(64);
                        default -> 0;
                    };
                }
                threads.save(HERE);
                int result = library.call(ordinal, call);
                threads.returned(result, HERE);
                if (!idle) {
                    threads.dispatch(HERE);
                }
            }
        }
        assertThat(cpu.gpr[0]).isZero();
    }

    @Test
    void semaphoresCount() {
        int semaphore = object(thsemap, 0, 0, 1, 1);
        assertThat(call(thsemap, 6, semaphore)).isEqualTo(-420);
        assertThat(call(thsemap, 9, semaphore)).isZero();
        assertThat(call(thsemap, 9, semaphore)).isEqualTo(-419);
        assertThat(call(thsemap, 6, semaphore)).isZero();
        assertThat(call(thsemap, 5, semaphore)).isZero();
        assertThat(call(thsemap, 5, semaphore)).isEqualTo(-408);
    }
}
