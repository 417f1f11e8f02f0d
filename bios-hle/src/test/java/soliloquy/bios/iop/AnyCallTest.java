package soliloquy.bios.iop;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.bios.TestConsole;
import soliloquy.bios.irx.CallingModule;

/** What a module asks for wrongly is its error, or the end of its run, never an error of the emulator. */
class AnyCallTest {
    private static final int CALLS = 12;

    @ParameterizedTest
    @CsvSource({
        "ioman, 0x0101",
        "iomanx, 0x0101",
        "cdvdman, 0x0101",
        "sio2man, 0x0203",
        "dmacman, 0x0101",
        "timrman, 0x0101",
        "vblank, 0x0101",
        "heaplib, 0x0101",
        "sysmem, 0x0101",
        "ssbusc, 0x0101",
        "sysclib, 0x0101",
        "stdio, 0x0101",
        "modload, 0x0101",
        "mcman, 0x0101",
        "mcman, 0x0203",
        "padman, 0x0102",
        "libsd, 0x0104"
    })
    void returnsOrCrashesTheModule(String library, int version) {
        Random random = new Random(library.hashCode());
        assertThatCode(() -> {
                    for (int run = 0; run < 8; run++) {
                        call(library, version, random);
                    }
                })
                .doesNotThrowAnyException();
    }

    private static void call(String library, int version, Random random) {
        TestConsole console = new TestConsole();
        console.start();
        console.iopKernel.provide(library);
        CallingModule module = new CallingModule(library, version);
        CallingModule.Place text = module.text("cdrom0:\\A.B;1");
        CallingModule.Place words = module.words(16, 0, 1, text, 0x1F_FFFC, -1, 0, 0x7FFF_FFFF);
        for (int i = 0; i < CALLS; i++) {
            Object[] arguments = new Object[5];
            for (int a = 0; a < arguments.length; a++) {
                arguments[a] = switch (random.nextInt(6)) {
                    case 0 -> random.nextInt();
                    case 1 -> random.nextInt(64);
                    case 2 -> 0x1F_FFF0 + random.nextInt(64);
                    case 3 -> text;
                    case 4 -> words;
                    default -> 0;
                };
            }
            module.call(library, 4 + random.nextInt(80), arguments);
        }
        module.run(console, 3_000_000);
    }
}
