package soliloquy.llm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import soliloquy.llm.build.GuestSources;

class GuestUnicodeTableTest {
    /** The table in C against the JDK's expressions, whose Unicode data this version of it has. */
    @Test
    void theGuestKnowsTheSameClasses() throws IOException {
        NavigableMap<Integer, Integer> beginnings = new TreeMap<>();
        Matcher number =
                Pattern.compile("0x(\\p{XDigit}{6})").matcher(GuestSources.all().get("engine/unicode.c"));
        int last = -1;
        while (number.find()) {
            int entry = Integer.parseInt(number.group(1), 16);
            assertThat(entry).isGreaterThan(last);
            last = entry;
            beginnings.put(entry >> 2, entry & 3);
        }
        Pattern[] classes = {
            Pattern.compile("\\s", Pattern.UNICODE_CHARACTER_CLASS),
            Pattern.compile("\\p{L}"),
            Pattern.compile("\\p{N}")
        };
        for (int character = 0; character < UnicodeClass.CODE_POINTS; character++) {
            int expected = 0;
            String text = Character.toString(character);
            for (int i = 0; i < classes.length; i++) {
                expected = classes[i].matcher(text).matches() ? i + 1 : expected;
            }
            int found = beginnings.floorEntry(character).getValue();
            if (found != expected || UnicodeClass.of(character).ordinal() != expected) {
                throw new AssertionError(String.format(
                        "U+%04X: %d in C, %s in Java; expected %d",
                        character, found, UnicodeClass.of(character), expected));
            }
        }
        assertThat(beginnings).hasSizeGreaterThan(1000);
    }
}
