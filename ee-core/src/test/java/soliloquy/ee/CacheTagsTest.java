package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The tags of a cache against a model made of lists, and the order of replacement by hand. */
class CacheTagsTest {
    private static final int RAM_BYTES = 1 << 20;

    /** A set as a list of ways, each with a line (or none), R and the state. */
    private static final class ListedCache {
        record Way(Integer line, boolean r, boolean dirty) {}

        final List<List<Way>> sets = new ArrayList<>();

        ListedCache(int count) {
            for (int i = 0; i < count; i++) {
                sets.add(new ArrayList<>(List.of(new Way(null, false, false), new Way(null, false, false))));
            }
        }

        List<Way> setOf(int line) {
            return sets.get(line % sets.size());
        }

        boolean has(int line, boolean dirty) {
            return setOf(line).stream().anyMatch(way -> way.line != null && way.line == line && (way.dirty || !dirty));
        }

        /** The line that makes room; null if none had to. */
        Integer fill(int line, boolean dirty) {
            List<Way> set = setOf(line);
            int way = set.get(0).line == null
                    ? 0
                    : set.get(1).line == null ? 1 : (set.get(0).r ? 1 : 0) ^ (set.get(1).r ? 1 : 0);
            Way before = set.get(way);
            set.set(way, new Way(line, !before.r, dirty));
            return before.line;
        }

        void drop(int line) {
            setOf(line).replaceAll(way -> way.line != null && way.line == line ? new Way(null, way.r, false) : way);
        }
    }

    @Test
    void sameLinesAsAModelOfLists() {
        SplittableRandom random = new SplittableRandom(5);
        for (int sets : new int[] {CacheTags.DATA_SETS, CacheTags.INSTRUCTION_SETS}) {
            CacheTags tags = new CacheTags(sets, RAM_BYTES);
            ListedCache listed = new ListedCache(sets);
            for (int i = 0; i < 200_000; i++) {
                int line = random.nextInt(4) * sets + random.nextInt(sets);
                boolean dirty = random.nextBoolean();
                assertThat(tags.state[line] != CacheTags.ABSENT).isEqualTo(listed.has(line, false));
                assertThat(tags.state[line] == CacheTags.DIRTY).isEqualTo(listed.has(line, true));
                assertThat(tags.tagOf(line) != CacheTags.NONE).isEqualTo(listed.has(line, false));
                if (listed.has(line, false)) {
                    if (random.nextInt(4) == 0) {
                        tags.invalidate(tags.tagOf(line));
                        listed.drop(line);
                    }
                    continue;
                }
                int tag = tags.victim(line);
                int gone = tags.lineAt(tag);
                tags.fill(tag, line, dirty ? CacheTags.DIRTY : CacheTags.CLEAN);
                Integer expected = listed.fill(line, dirty);
                assertThat(gone).isEqualTo(expected == null ? CacheTags.NONE : expected);
            }
        }
    }

    /** R of the two ways, from 0 0: the first invalid ways make 1 0 and 1 1; then XOR: way 0 (0 1), 1 (0 0), 0 (1 0), 1 (1 1), ... */
    @Test
    void theWayFilledLeastRecentlyIsReplaced() {
        CacheTags tags = new CacheTags(CacheTags.DATA_SETS, RAM_BYTES);
        List<Integer> ways = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int line = 3 + i * CacheTags.DATA_SETS;
            int tag = tags.victim(line);
            ways.add(tag - 2 * 3);
            tags.fill(tag, line, CacheTags.CLEAN);
        }
        assertThat(ways).containsExactly(0, 1, 0, 1, 0, 1, 0, 1);
    }

    /** An invalid way is taken first and its R flips too: 1 1, way 0 dropped and filled (0 1), then XOR says way 1. */
    @Test
    void anInvalidWayIsFilledFirst() {
        CacheTags tags = new CacheTags(CacheTags.DATA_SETS, RAM_BYTES);
        int line = 9;
        tags.fill(tags.victim(line), line, CacheTags.CLEAN);
        tags.fill(tags.victim(line + 64), line + 64, CacheTags.CLEAN);
        tags.invalidate(tags.tagOf(line));
        assertThat(tags.victim(line + 128)).isEqualTo(2 * 9);
        tags.fill(tags.victim(line + 128), line + 128, CacheTags.CLEAN);
        assertThat(tags.victim(line + 192)).isEqualTo(2 * 9 + 1);
        assertThat(tags.state[line]).isEqualTo(CacheTags.ABSENT);
    }

    /** CACHE finds a tag by bits 11..6 of the address (12..6 for instructions) and the way in bit 0. */
    @Test
    void tagsByAddress() {
        assertThat(new CacheTags(CacheTags.DATA_SETS, RAM_BYTES).tagAt(0x0012_3FC1))
                .isEqualTo(2 * 63 + 1);
        assertThat(new CacheTags(CacheTags.INSTRUCTION_SETS, RAM_BYTES).tagAt(0x0012_3FC0))
                .isEqualTo(2 * 127);
    }
}
