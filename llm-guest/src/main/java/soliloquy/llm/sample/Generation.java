package soliloquy.llm.sample;

import java.util.List;

/**
 * What a model made of a prompt.
 *
 * @param promptIds ids of the prompt, begin mark included
 * @param ids generated ids, the stop token included
 * @param text the generated ids as text
 * @param end why it ended
 */
public record Generation(List<Integer> promptIds, List<Integer> ids, String text, End end) {
    /** Reasons to end. */
    public enum End {
        /** As many tokens as were asked for. */
        TOKENS,
        /** A stop token was generated. */
        STOP,
        /** The context is full. */
        CONTEXT
    }
}
