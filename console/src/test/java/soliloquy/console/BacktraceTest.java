package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BacktraceTest {
    private final Map<Integer, Integer> memory = new HashMap<>();

    @Test
    void followsSavedReturnAddressesThroughFrames() {
        // main: addiu sp,sp,-32; sd ra,16(sp); jal middle
        memory.put(0x1000, 0x27BDFFE0);
        memory.put(0x1004, 0xFFBF0010);
        memory.put(0x1008, 0x0C000480);
        // middle: addiu sp,sp,-16; sw ra,8(sp); jal leaf
        memory.put(0x1200, 0x27BDFFF0);
        memory.put(0x1204, 0xAFBF0008);
        memory.put(0x1208, 0x0C000500);
        // leaf: no frame
        memory.put(0x1400, 0x00851021);
        memory.put(0x1404, 0x0000000D);
        int sp = 0x8000;
        memory.put(sp + 8, 0x1010); // return address of middle, into main
        memory.put(0x1010, 0x24020001);
        memory.put(0x1210, 0x24020002);
        memory.put(sp + 16 + 16, 0x0500); // return address of main
        assertThat(Backtrace.callers(0x1404, sp, 0x1210, a -> memory.getOrDefault(a, 0)))
                .startsWith(0x1210, 0x1010, 0x0500);
    }

    @Test
    void endsWhereMemoryIsEmpty() {
        assertThat(Backtrace.callers(0x2000, 0x8000, 0x3000, a -> 0)).containsExactly(0x3000);
    }
}
