package soliloquy.console.bench.llm;

import soliloquy.llm.tokenizer.Tokenizer;

/** Prompts of a wanted length. */
final class PromptText {
    private static final String STORY =
            "Once upon a time, there was a little girl named Lily. She loved to play outside in the park. One day, she saw a big"
                    + " red ball and a small dog. The dog ran to the ball and Lily was happy. They played until the sun went down. ";

    private PromptText() {}

    /**
     * A text of {@code tokens} tokens, or of the nearest number below that a text of this story's words has.
     *
     * @param tokens begin mark included, 1 or more
     */
    static String of(Tokenizer tokenizer, int tokens) {
        StringBuilder text = new StringBuilder();
        String best = STORY.substring(0, 1);
        int most = 0;
        for (int i = 0; i < STORY.length() * (1 + tokens / 32); i++) {
            text.append(STORY.charAt(i % STORY.length()));
            int n = tokenizer.encodePrompt(text.toString()).length;
            if (n == tokens) {
                return text.toString();
            }
            if (n > 2 * tokens) {
                break;
            }
            if (n < tokens && n > most) {
                most = n;
                best = text.toString();
            }
        }
        return best;
    }
}
