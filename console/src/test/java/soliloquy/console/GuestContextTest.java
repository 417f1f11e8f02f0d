package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.llm.build.DiscBuilder;
import soliloquy.llm.build.GuestBuilder;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.generate.EngineModel;
import soliloquy.pad.Button;

/** Conversations on a disc whose program has room for few tokens: what does not fit is said, and nothing breaks. */
class GuestContextTest {
    private static final int CONTEXT = 44;
    /** Digits, of which two make a token: more than the context. */
    private static final int LONG = 100;

    private static final double TIMEOUT_SECONDS = 1200;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheCompiler() {
        Assumptions.assumeTrue(
                GuestBuilder.findCompiler().isPresent(), "skipped: " + GuestBuilder.COMPILER + " is not installed");
    }

    private StopReason play(PadPlayer player) throws Exception {
        Path model = Files.write(folder.resolve("MODEL.PSN"), DefaultModel.bytes(DefaultModel.WEIGHTS));
        Path tokenizer = Files.write(folder.resolve("TOKENIZR.BIN"), DefaultModel.bytes(DefaultModel.TOKENIZER));
        Path program = GuestBuilder.build(EngineModel.of(model, tokenizer, CONTEXT), folder);
        byte[] card = "a model with a short memory\n".getBytes(StandardCharsets.US_ASCII);
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (BootMedium medium = BootMedium.ofDisc(
                DiscBuilder.layout(Files.readAllBytes(program), model, tokenizer, card)
                        .image(),
                "a disc with a short context")) {
            RunSession.Outcome outcome =
                    RunSession.played(medium, List.of("--temperature", "0"), TIMEOUT_SECONDS, player, quiet, quiet);
            assertThat(outcome.guestErrors()).isEmpty();
            assertThat(player.done()).as("all steps are done").isTrue();
            return outcome.reason();
        }
    }

    @Test
    void aFullConversationIsSaidAndAnotherOneBegins() throws Exception {
        PadPlayer player = new PadPlayer();
        List<String> atEnd = new ArrayList<>();
        List<String> scrolled = new ArrayList<>();
        List<String> back = new ArrayList<>();
        GuestPagesTest.limit(player, 1);
        player.press(Button.CROSS).await("Your message").keyboard();

        // A message that can never fit stays in the field.
        player.type("1".repeat(LONG));
        for (int i = 0; i < 8; i++) {
            player.press(Button.START);
        }
        player.await("This message has more tokens than the context of 44 has room for")
                .picture("too-long");

        for (int i = 0; i < LONG; i++) {
            player.press(Button.SQUARE);
        }
        player.type("Hello").press(Button.START).awaitEnd().await("START reply");
        player.then(console -> atEnd.addAll(player.screen(console)));
        player.press(Button.L1).then(console -> scrolled.addAll(player.screen(console)));
        player.press(Button.R1).then(console -> back.addAll(player.screen(console)));

        player.press(Button.CROSS)
                .await("Your message")
                .press(Button.L2, Button.START)
                .awaitEnd();
        player.await("START reply").press(Button.CROSS).await("Your message").press(Button.L2, Button.START);
        player.await("The conversation is full")
                .picture("full")
                .press(Button.START)
                .awaitEnd();
        player.await("START reply").press(Button.SELECT).await("A story").press(Button.SELECT);

        assertThat(play(player)).isEqualTo(new StopReason.Exited(0));
        assertThat(atEnd).contains("> Hello");
        assertThat(scrolled).doesNotContain("> Hello").isNotEqualTo(atEnd);
        assertThat(back).isEqualTo(atEnd);
        List<PadPlayer.Turn> turns = player.turns();
        assertThat(turns).hasSize(3);
        assertThat(turns.get(1).promptIds()).isNotEqualTo(turns.getFirst().promptIds());
        assertThat(turns.getLast()).isEqualTo(turns.getFirst());
    }
}
