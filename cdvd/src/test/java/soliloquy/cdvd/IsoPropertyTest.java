package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import soliloquy.machine.InputException;

class IsoPropertyTest {
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

    /** Trees of up to 300 files in directories whose names may collide with one another but not with a file's. */
    @Provide
    Arbitrary<Map<String, Integer>> trees() {
        Arbitrary<String> directory =
                Arbitraries.strings().withChars("AB1").ofMinLength(1).ofMaxLength(2);
        Arbitrary<String> stem =
                Arbitraries.strings().withChars(CHARACTERS).ofMinLength(3).ofMaxLength(8);
        Arbitrary<String> extension =
                Arbitraries.strings().withChars(CHARACTERS).ofMaxLength(3);
        Arbitrary<String> path = Combinators.combine(directory.list().ofMaxSize(7), stem, extension)
                .as((directories, name, suffix) ->
                        String.join("", directories.stream().map(d -> d + "/").toList()) + name + "." + suffix);
        return Arbitraries.maps(path, Arbitraries.integers().between(0, 5000)).ofMaxSize(300);
    }

    @Property(tries = 60)
    void everyTreeSurvivesTheRoundTrip(@ForAll("trees") Map<String, Integer> tree) throws IOException {
        IsoLayout layout = new IsoLayout("RANDOM");
        Map<String, Integer> added = new LinkedHashMap<>(tree);
        for (Map.Entry<String, Integer> file : added.entrySet()) {
            layout.add(file.getKey(), Discs.content(file.getKey().hashCode(), file.getValue()));
        }
        try (DiscImage image = layout.image()) {
            IsoReader reader = new IsoReader(image, "random");
            List<IsoEntry> listed = reader.list();
            assertThat(listed).containsExactlyInAnyOrderElementsOf(layout.entries());
            assertThat(listed.stream().filter(entry -> !entry.directory())).hasSize(tree.size());
            for (Map.Entry<String, Integer> file : added.entrySet()) {
                IsoEntry entry = reader.find("\\" + file.getKey().replace('/', '\\') + ";1")
                        .orElseThrow();
                assertThat(reader.read(entry, 5000))
                        .isEqualTo(Discs.content(file.getKey().hashCode(), file.getValue()));
            }
        }
    }

    /** Whatever bytes are changed, the reader answers or refuses; it does not fail otherwise and does not run away. */
    @Property(tries = 400)
    void aDamagedDiscIsReadOrRefused(
            @ForAll("damage") List<Integer> places, @ForAll byte value, @ForAll("trees") Map<String, Integer> tree)
            throws IOException {
        IsoLayout layout = new IsoLayout("DAMAGED");
        for (String path : tree.keySet().stream().limit(5).toList()) {
            layout.add(path, new byte[10]);
        }
        byte[] bytes = Discs.bytes(layout.image());
        int directories = 259 * DiscImage.SECTOR_BYTES;
        for (int place : places) {
            int position = place < 1024 ? 16 * DiscImage.SECTOR_BYTES + place : directories + place - 1024;
            bytes[position] = value;
        }
        try {
            IsoReader reader = new IsoReader(new Discs.Memory(bytes, DiscType.PS2_CD), "damaged");
            for (IsoEntry entry : reader.list()) {
                if (entry.size() < 1 << 20) {
                    reader.read(entry, 1 << 20);
                }
                reader.find(entry.path());
            }
        } catch (InputException e) {
            assertThat(e).hasMessageStartingWith("damaged, offset 0x").hasMessageContaining("; expected ");
        }
    }

    @Provide
    Arbitrary<List<Integer>> damage() {
        return Arbitraries.integers().between(0, 1024 + 600).list().ofMinSize(1).ofMaxSize(6);
    }
}
