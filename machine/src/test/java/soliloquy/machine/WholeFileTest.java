package soliloquy.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    @Test
    void replacesTheFileWhenAllIsWritten() throws IOException {
        Path file = folder.resolve("a.bin");
        Files.write(file, new byte[] {9, 9, 9});
        WholeFile.write(file, channel -> {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            assertThat(file).hasBinaryContent(new byte[] {9, 9, 9});
            channel.write(ByteBuffer.wrap(new byte[] {2}));
        });
        assertThat(file).hasBinaryContent(new byte[] {1, 2});
        assertThat(folder.toFile().list()).containsExactly("a.bin");
    }

    @Test
    void leavesTheFolderAsItWasAfterAFailure() throws IOException {
        Path file = folder.resolve("a.bin");
        Files.write(file, new byte[] {9});
        assertThatThrownBy(() -> WholeFile.write(file, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[] {1}));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("No space left on device");
        assertThatThrownBy(() -> WholeFile.write(file, channel -> {
                    throw new InputException("the model is cut");
                }))
                .isInstanceOf(InputException.class)
                .hasMessage("the model is cut");
        assertThat(file).hasBinaryContent(new byte[] {9});
        assertThat(folder.toFile().list()).containsExactly("a.bin");
    }

    @Test
    void saysWhatIsMissing() {
        Path file = folder.resolve("none").resolve("a.bin");
        assertThatThrownBy(() -> WholeFile.write(file, channel -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no folder for it");
        assertThatThrownBy(() -> WholeFile.check(file)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> WholeFile.check(folder)).isInstanceOf(InputException.class);
    }
}
