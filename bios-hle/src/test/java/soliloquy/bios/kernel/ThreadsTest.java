package soliloquy.bios.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import soliloquy.bios.TestConsole;

/** The rows that ps2autotests recorded on a console in {@code kernel/ee/thread}; system calls by number. */
class ThreadsTest {
    private static final int DELETE = 0x21;
    private static final int START = 0x22;
    private static final int EXIT = 0x23;
    private static final int EXIT_DELETE = 0x24;
    private static final int TERMINATE = 0x25;
    private static final int CHANGE_PRIORITY = 0x29;
    private static final int ROTATE = 0x2B;
    private static final int RELEASE_WAIT = 0x2D;
    private static final int REFER = 0x30;
    private static final int SLEEP = 0x32;
    private static final int WAKEUP = 0x33;
    private static final int CANCEL_WAKEUP = 0x35;
    private static final int SUSPEND = 0x37;
    private static final int RESUME = 0x39;
    private static final int SIGNAL = 0x42;
    private static final int WAIT = 0x44;
    private static final int BLOCK = 0x200000;
    private static final int STATUS = 0x200100;

    private final TestConsole console = new TestConsole();
    private int self;
    private int low;

    @BeforeEach
    void threadsOfTheTests() {
        console.start();
        self = console.call(0x2F);
        console.call(CHANGE_PRIORITY, self, 0x40);
        low = create(0x50);
    }

    private int create(int priority) {
        int[] words = {0, TestConsole.PROGRAM, 0x300000, 0x1000, 0, priority, 0, 0, 0};
        for (int i = 0; i < words.length; i++) {
            console.bus.write32(BLOCK + 4 * i, words[i]);
        }
        return console.call(0x20, BLOCK);
    }

    private int semaphore(int initial) {
        console.bus.write32(BLOCK + 4, 10);
        console.bus.write32(BLOCK + 8, initial);
        return console.call(0x40, BLOCK);
    }

    private int status(int id) {
        int state = console.call(REFER, id, STATUS);
        assertThat(console.bus.read32(STATUS)).isEqualTo(state);
        return state;
    }

    private int waitType(int id) {
        console.call(REFER, id, STATUS);
        return console.bus.read32(STATUS + 0x24);
    }

    private int wakeupCount(int id) {
        console.call(REFER, id, STATUS);
        return console.bus.read32(STATUS + 0x2C);
    }

    private int priority(int id) {
        console.call(REFER, id, STATUS);
        return console.bus.read32(STATUS + 0x18);
    }

    /** A thread of better priority that ran and sleeps. */
    private int sleeping() {
        int id = create(0x30);
        assertThat(console.call(START, id, 0)).isEqualTo(0);
        assertThat(console.kernel.threadId()).isEqualTo(id);
        console.call(SLEEP);
        assertThat(console.kernel.threadId()).isEqualTo(self);
        return id;
    }

    /** A thread of better priority that ran and waits for a semaphore. */
    private int waiting(int semaphore) {
        int id = create(0x30);
        console.call(START, id, 0);
        console.call(WAIT, semaphore);
        assertThat(console.kernel.threadId()).isEqualTo(self);
        return id;
    }

    @Test
    void stat() {
        assertThat(status(0)).isEqualTo(0x01);
        assertThat(status(self)).isEqualTo(0x01);
        assertThat(status(low)).isEqualTo(0x10);
        console.call(START, low, 0);
        assertThat(status(low)).isEqualTo(0x02);
        console.call(SUSPEND, low);
        assertThat(status(low)).isEqualTo(0x08);
        console.call(RESUME, low);
        assertThat(status(low)).isEqualTo(0x02);
        console.call(TERMINATE, low);
        assertThat(status(low)).isEqualTo(0x10);
        int sleeper = sleeping();
        assertThat(status(sleeper)).isEqualTo(0x04);
        assertThat(waitType(sleeper)).isEqualTo(1);
        console.call(SUSPEND, sleeper);
        assertThat(status(sleeper)).isEqualTo(0x0C);
        console.call(RESUME, sleeper);
        assertThat(status(sleeper)).isEqualTo(0x04);
        int waiter = waiting(semaphore(0));
        assertThat(status(waiter)).isEqualTo(0x04);
        assertThat(waitType(waiter)).isEqualTo(2);
        console.call(SUSPEND, waiter);
        assertThat(status(waiter)).isEqualTo(0x0C);
        console.call(RESUME, waiter);
        assertThat(status(waiter)).isEqualTo(0x04);
        assertThat(console.call(REFER, 200, STATUS)).isEqualTo(-1);
        assertThat(console.call(REFER, self, 0)).isEqualTo(0x01);
        assertThat(console.call(REFER, self, 0x70000000)).isEqualTo(0x01);
        assertThat(console.bus.read32(0x70000000)).isEqualTo(0x01);
    }

    @Test
    void delete() {
        assertThat(console.call(DELETE, self)).isEqualTo(-1);
        assertThat(console.call(DELETE, low)).isEqualTo(low);
        assertThat(console.call(DELETE, low)).isEqualTo(-1);
        low = create(0x50);
        console.call(START, low, 0);
        assertThat(console.call(DELETE, low)).isEqualTo(-1);
        console.call(SUSPEND, low);
        assertThat(console.call(DELETE, low)).isEqualTo(-1);
        assertThat(console.call(DELETE, sleeping())).isEqualTo(-1);
        assertThat(console.call(DELETE, waiting(semaphore(0)))).isEqualTo(-1);
    }

    @Test
    void exit() {
        int id = create(0x30);
        console.call(START, id, 7);
        assertThat(console.kernel.threadId()).isEqualTo(id);
        assertThat((int) console.cpu.gpr[8]).isEqualTo(7);
        console.call(CHANGE_PRIORITY, id, 0x20);
        console.call(EXIT);
        assertThat(console.kernel.threadId()).isEqualTo(self);
        assertThat(status(id)).isEqualTo(0x10);
        assertThat(priority(id)).isEqualTo(0x30);
        console.call(START, id, 0);
        console.call(EXIT_DELETE);
        assertThat(console.call(START, id, 0)).isEqualTo(-1);
        assertThat(console.call(DELETE, id)).isEqualTo(-1);
    }

    @Test
    void terminate() {
        assertThat(console.call(TERMINATE, self)).isEqualTo(-1);
        assertThat(console.call(TERMINATE, low)).isEqualTo(-1);
        console.call(START, low, 0);
        assertThat(console.call(TERMINATE, low)).isEqualTo(low);
        assertThat(console.call(START, low, 0)).isEqualTo(low);
        console.call(SUSPEND, low);
        assertThat(console.call(TERMINATE, low)).isEqualTo(low);
        console.call(START, low, 0);
        assertThat(console.call(CHANGE_PRIORITY, low, 0x60)).isEqualTo(0x50);
        assertThat(status(low)).isEqualTo(0x02);
        assertThat(priority(low)).isEqualTo(0x60);
        assertThat(console.call(TERMINATE, low)).isEqualTo(low);
        assertThat(priority(low)).isEqualTo(0x50);
        assertThat(console.call(TERMINATE, low)).isEqualTo(-1);
        int sleeper = sleeping();
        assertThat(console.call(TERMINATE, sleeper)).isEqualTo(sleeper);
        assertThat(status(sleeper)).isEqualTo(0x10);
        int semaphore = semaphore(0);
        int waiter = waiting(semaphore);
        assertThat(console.call(TERMINATE, waiter)).isEqualTo(waiter);
        console.call(SIGNAL, semaphore);
        assertThat(status(waiter)).isEqualTo(0x10);
        assertThat(console.call(TERMINATE, 200)).isEqualTo(-1);
    }

    @Test
    void suspend() {
        assertThat(console.call(SUSPEND, self)).isEqualTo(self);
        assertThat(status(self)).isEqualTo(0x08);
        console.call(ROTATE, 0x40);
        assertThat(status(self)).isEqualTo(0x01);
        assertThat(console.call(SUSPEND, low)).isEqualTo(-1);
        console.call(START, low, 0);
        assertThat(console.call(SUSPEND, low)).isEqualTo(low);
        assertThat(console.call(SUSPEND, low)).isEqualTo(-1);
        console.call(TERMINATE, low);
        assertThat(console.call(SUSPEND, low)).isEqualTo(-1);
        int sleeper = sleeping();
        assertThat(console.call(SUSPEND, sleeper)).isEqualTo(sleeper);
        assertThat(console.call(SUSPEND, sleeper)).isEqualTo(-1);
        assertThat(console.call(SUSPEND, 200)).isEqualTo(-1);
    }

    @Test
    void resume() {
        assertThat(console.call(RESUME, self)).isEqualTo(-1);
        assertThat(console.call(RESUME, low)).isEqualTo(-1);
        console.call(START, low, 0);
        assertThat(console.call(RESUME, low)).isEqualTo(-1);
        console.call(SUSPEND, low);
        assertThat(console.call(RESUME, low)).isEqualTo(low);
        assertThat(status(low)).isEqualTo(0x02);
    }

    @Test
    void wakeup() {
        assertThat(console.call(WAKEUP, 0)).isEqualTo(-1);
        assertThat(console.call(WAKEUP, self)).isEqualTo(-1);
        assertThat(console.call(WAKEUP, low)).isEqualTo(-1);
        console.call(START, low, 0);
        assertThat(console.call(WAKEUP, low)).isEqualTo(low);
        assertThat(wakeupCount(low)).isEqualTo(1);
        console.call(SUSPEND, low);
        assertThat(console.call(WAKEUP, low)).isEqualTo(low);
        assertThat(wakeupCount(low)).isEqualTo(2);
        assertThat(status(low)).isEqualTo(0x08);
        assertThat(console.call(CANCEL_WAKEUP, low)).isEqualTo(2);
        console.call(TERMINATE, low);
        assertThat(console.call(WAKEUP, low)).isEqualTo(-1);
        int sleeper = sleeping();
        console.call(SUSPEND, sleeper);
        assertThat(console.call(WAKEUP, sleeper)).isEqualTo(sleeper);
        assertThat(status(sleeper)).isEqualTo(0x08);
        assertThat(wakeupCount(sleeper)).isZero();
        int waiter = waiting(semaphore(0));
        assertThat(console.call(WAKEUP, waiter)).isEqualTo(waiter);
        assertThat(wakeupCount(waiter)).isEqualTo(1);
        assertThat(waitType(waiter)).isEqualTo(2);
        assertThat(console.call(WAKEUP, 200)).isEqualTo(-1);
    }

    @Test
    void sleepReturnsTheOwnIdentifier() {
        int sleeper = sleeping();
        assertThat(console.call(WAKEUP, sleeper)).isEqualTo(sleeper);
        assertThat(console.kernel.threadId()).isEqualTo(sleeper);
        assertThat((int) console.cpu.gpr[4]).isEqualTo(sleeper);
    }

    @Test
    void releasedWaitsReturnMinusOne() {
        int waiter = waiting(semaphore(0));
        console.call(RELEASE_WAIT, waiter);
        assertThat(console.kernel.threadId()).isEqualTo(waiter);
        assertThat((int) console.cpu.gpr[4]).isEqualTo(-1);
    }

    @Test
    void semaphoresCountAndServeInOrder() {
        int semaphore = semaphore(1);
        assertThat(semaphore).isPositive();
        assertThat(console.call(0x45, semaphore)).isEqualTo(semaphore);
        assertThat(console.call(0x45, semaphore)).isEqualTo(-1);
        int first = waiting(semaphore);
        int second = waiting(semaphore);
        console.call(0x47, semaphore, STATUS);
        assertThat(console.bus.read32(STATUS + 12)).isEqualTo(2);
        assertThat(console.call(-0x43, semaphore)).isEqualTo(semaphore);
        assertThat(console.kernel.threadId()).isEqualTo(self);
        assertThat(status(first)).isEqualTo(0x02);
        assertThat(status(second)).isEqualTo(0x04);
        console.call(0x41, semaphore);
        assertThat(console.kernel.threadId()).isEqualTo(first);
        assertThat((int) console.cpu.gpr[4]).isEqualTo(semaphore);
        assertThat(console.call(WAIT, semaphore)).isEqualTo(-1);
    }

    @Test
    void equalPriorityDoesNotPreempt() {
        int equal = create(0x40);
        console.call(START, equal, 0);
        assertThat(console.kernel.threadId()).isEqualTo(self);
        console.call(ROTATE, 0x40);
        assertThat(console.kernel.threadId()).isEqualTo(equal);
    }

    @Test
    void programEndsWhenNoThreadIsLeft() {
        console.call(EXIT);
        assertThat(console.exitStatus).isZero();
    }
}
