package soliloquy.llm.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything a tokenizer is made of, as it stands on the disc in TOKENIZR.BIN.
 *
 * @param kind whose algorithm
 * @param bos begin mark, -1: none
 * @param eos end mark, -1: none
 * @param unknown the unknown piece, -1: none
 * @param flags see {@link Flag}
 * @param stopTokens ids that end a generated text
 * @param defaultPrompt what the model is asked when nobody says anything else
 * @param charsmap SentencePiece's precompiled_charsmap, empty: none
 * @param pieces by id
 * @param merges of a byte-level vocabulary by rank, empty for the other kinds
 * @param chat how a conversation is written
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenizerFile(
        Kind kind,
        int bos,
        int eos,
        int unknown,
        Set<Flag> flags,
        List<Integer> stopTokens,
        String defaultPrompt,
        byte[] charsmap,
        List<Piece> pieces,
        List<Merge> merges,
        ChatTemplate chat) {

    /** The families of tokenizers. */
    public enum Kind {
        /** SentencePiece's BPE. */
        SENTENCE_PIECE(1),
        /** The tokenizer of llama2.c. */
        LLAMA2C(2),
        /** Byte-level BPE of tokenizer.json. */
        BYTE_LEVEL(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** The value in TOKENIZR.BIN. */
        public int code() {
            return code;
        }
    }

    /** What the tokenizer does to a text, in the order of the bits in TOKENIZR.BIN. */
    public enum Flag {
        /** A space before the text; byte-level: before each segment that does not begin with one. */
        DUMMY_PREFIX,
        /** Leading, trailing and repeated spaces are dropped. */
        REMOVE_EXTRA_WHITESPACE,
        /** Spaces become U+2581. */
        ESCAPE_SPACES,
        /** Unknown characters become byte pieces. */
        BYTE_FALLBACK,
        /** The begin mark stands before a prompt. */
        BOS_BEFORE_PROMPT,
        /** Byte-level: every digit is a segment of its own. */
        SINGLE_DIGITS,
        /** Byte-level: segments are split into words as GPT-2 does. */
        SPLIT_WORDS;

        /** The bit in TOKENIZR.BIN. */
        public int bit() {
            return 1 << ordinal();
        }
    }

    /** Makes the collections unmodifiable. */
    public TokenizerFile {
        flags = Set.copyOf(flags);
        stopTokens = List.copyOf(stopTokens);
        pieces = List.copyOf(pieces);
        merges = List.copyOf(merges);
    }

    /** Whether a flag is set. */
    public boolean has(Flag flag) {
        return flags.contains(flag);
    }

    /** Length of the longest piece in bytes. */
    public int longestPiece() {
        return pieces.stream().mapToInt(piece -> piece.bytes().length).max().orElse(0);
    }

    /** The same with another default prompt. */
    public TokenizerFile withDefaultPrompt(String prompt) {
        return new TokenizerFile(kind, bos, eos, unknown, flags, stopTokens, prompt, charsmap, pieces, merges, chat);
    }

    /** The same with or without the begin mark before a prompt. */
    public TokenizerFile withBosBeforePrompt(boolean bosBeforePrompt) {
        Set<Flag> changed = new HashSet<>(flags);
        if (bosBeforePrompt && bos >= 0) {
            changed.add(Flag.BOS_BEFORE_PROMPT);
        } else {
            changed.remove(Flag.BOS_BEFORE_PROMPT);
        }
        return new TokenizerFile(
                kind, bos, eos, unknown, changed, stopTokens, defaultPrompt, charsmap, pieces, merges, chat);
    }

    /** The same with other stop tokens. */
    TokenizerFile withStopTokens(List<Integer> ids) {
        return new TokenizerFile(kind, bos, eos, unknown, flags, ids, defaultPrompt, charsmap, pieces, merges, chat);
    }

    /** The same for conversations of another form, with the default prompt of that form. */
    public TokenizerFile withChat(ChatTemplate template) {
        return new TokenizerFile(
                kind,
                bos,
                eos,
                unknown,
                flags,
                stopTokens,
                template.defaultPrompt(),
                charsmap,
                pieces,
                merges,
                template);
    }

    /** The id of the piece with this text, or -1. */
    public int find(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int id = 0; id < pieces.size(); id++) {
            if (Arrays.equals(pieces.get(id).bytes(), bytes)) {
                return id;
            }
        }
        return -1;
    }
}
