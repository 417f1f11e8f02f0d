package soliloquy.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private final List<String> told = new ArrayList<>();
    private final Notices notices = new Notices(notice -> told.add(notice.text()));

    @Test
    void repeatsAreCountedAndToldOnce() {
        notices.report(Notices.Kind.UNUSUAL, "GS", 4, "a");
        notices.report(Notices.Kind.UNUSUAL, "GS", 4, "a");
        notices.report(Notices.Kind.UNUSUAL, "GS", 8, "a");
        assertThat(told).containsExactly("a", "a");
        assertThat(notices.count(notices.all().getFirst())).isEqualTo(2);
    }

    @Test
    void aGuestCannotFillMemoryWithNotices() {
        for (int i = 0; i < 3 * Notices.MOST; i++) {
            notices.report(Notices.Kind.UNUSUAL, "EE", i, "notice " + i);
        }
        assertThat(told).hasSize(Notices.MOST + 1);
        assertThat(told.getLast()).contains("further ones are not told");
        assertThat(notices.all()).hasSize(Notices.MOST + 1);
    }
}
