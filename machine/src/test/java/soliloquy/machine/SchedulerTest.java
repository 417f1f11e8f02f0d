package soliloquy.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private final Scheduler scheduler = new Scheduler();
    private final List<String> fired = new ArrayList<>();

    @Test
    void firesInOrderOfTimeThenType() {
        record("late", EventType.HBLANK);
        record("second", EventType.VBLANK_END);
        record("first", EventType.VBLANK_START);
        scheduler.scheduleAt(EventType.HBLANK, 20, 3);
        scheduler.scheduleAt(EventType.VBLANK_END, 10, 2);
        scheduler.scheduleAt(EventType.VBLANK_START, 10, 1);
        scheduler.advanceTo(15);
        scheduler.fireDue();
        assertThat(fired).containsExactly("first@10:1", "second@10:2");
        assertThat(scheduler.nextEventTime()).isEqualTo(20);
    }

    @Test
    void anEventMayScheduleAnotherForThePresent() {
        scheduler.handle(EventType.HBLANK, (time, payload) -> scheduler.scheduleAt(EventType.VBLANK_START, time, 7));
        record("chained", EventType.VBLANK_START);
        scheduler.scheduleAt(EventType.HBLANK, 5, 0);
        scheduler.advanceTo(5);
        scheduler.fireDue();
        assertThat(fired).containsExactly("chained@5:7");
    }

    @Test
    void tellsTheProcessorWhenTheDeadlineMovesNearer() {
        List<Long> deadlines = new ArrayList<>();
        scheduler.onNearerDeadline(deadlines::add);
        scheduler.scheduleAt(EventType.HBLANK, 100, 0);
        scheduler.scheduleAt(EventType.VBLANK_START, 200, 0);
        scheduler.scheduleAt(EventType.VBLANK_START, 50, 0);
        assertThat(deadlines).containsExactly(100L, 50L);
    }

    @Test
    void aMovedOrCancelledEventNoLongerCountsAsTheNext() {
        record("x", EventType.HBLANK);
        record("y", EventType.VBLANK_START);
        scheduler.scheduleAt(EventType.HBLANK, 10, 0);
        scheduler.scheduleAt(EventType.VBLANK_START, 30, 0);
        scheduler.scheduleAt(EventType.HBLANK, 40, 0);
        assertThat(scheduler.nextEventTime()).isEqualTo(30);
        scheduler.cancel(EventType.VBLANK_START);
        assertThat(scheduler.nextEventTime()).isEqualTo(40);
        scheduler.cancel(EventType.HBLANK);
        assertThat(scheduler.nextEventTime()).isEqualTo(Scheduler.NEVER);
    }

    private void record(String name, EventType type) {
        scheduler.handle(type, (time, payload) -> fired.add(name + "@" + time + ":" + payload));
    }
}
