package soliloquy.llm.tokenizer;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import soliloquy.machine.InputException;

/**
 * SentencePiece's tokenizer.model, a protobuf message. Field numbers are those of sentencepiece_model.proto: ModelProto 1
 * pieces, 2 trainer_spec, 3 normalizer_spec.
 */
final class SentencePieceModel {
    private static final int BPE = 2;
    private static final int LARGEST_PIECE = 0xffff;

    private final String file;
    private final List<Piece> pieces = new ArrayList<>();
    private final Set<TokenizerFile.Flag> flags = EnumSet.of(
            TokenizerFile.Flag.DUMMY_PREFIX,
            TokenizerFile.Flag.REMOVE_EXTRA_WHITESPACE,
            TokenizerFile.Flag.ESCAPE_SPACES);
    private byte[] charsmap = {};
    private int modelType = 1;
    private String bosPiece = "<s>";
    private String eosPiece = "</s>";

    private SentencePieceModel(String file) {
        this.file = file;
    }

    /** Parses a model. The begin mark stands before prompts unless the model knows chat turns. */
    static TokenizerFile read(String name, byte[] bytes) throws InputException {
        SentencePieceModel model = new SentencePieceModel(name);
        ProtobufReader in = new ProtobufReader(name, bytes);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> model.piece(in.message());
                case 2 -> model.trainer(in.message());
                case 3 -> model.normalizer(in.message());
                default -> {}
            }
        }
        return TokenizerReader.checked(name, model.result());
    }

    private void piece(ProtobufReader in) throws InputException {
        byte[] text = {};
        float score = 0;
        int code = PieceType.NORMAL.code();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> text = in.bytes();
                case 2 -> score = in.real();
                case 3 -> code = in.integer();
                default -> {}
            }
        }
        PieceType type = PieceType.of(code);
        if (type == null || text.length > LARGEST_PIECE) {
            throw new InputException(file + ": piece " + pieces.size() + " has type " + code + " and " + text.length
                    + " bytes; expected type 1 to 6 and at most " + LARGEST_PIECE + " bytes");
        }
        pieces.add(new Piece(text, score, type));
    }

    private void trainer(ProtobufReader in) throws InputException {
        while (in.next()) {
            switch (in.field()) {
                case 3 -> modelType = in.integer();
                case 24 -> {
                    if (in.integer() != 0) {
                        throw new InputException(
                                file + ": treat_whitespace_as_suffix is set; expected a model without it");
                    }
                }
                case 35 -> set(TokenizerFile.Flag.BYTE_FALLBACK, in.integer() != 0);
                case 46 -> bosPiece = in.text();
                case 47 -> eosPiece = in.text();
                default -> {}
            }
        }
    }

    private void normalizer(ProtobufReader in) throws InputException {
        while (in.next()) {
            switch (in.field()) {
                case 2 -> charsmap = in.bytes();
                case 3 -> set(TokenizerFile.Flag.DUMMY_PREFIX, in.integer() != 0);
                case 4 -> set(TokenizerFile.Flag.REMOVE_EXTRA_WHITESPACE, in.integer() != 0);
                case 5 -> set(TokenizerFile.Flag.ESCAPE_SPACES, in.integer() != 0);
                default -> {}
            }
        }
    }

    private void set(TokenizerFile.Flag flag, boolean on) {
        if (on) {
            flags.add(flag);
        } else {
            flags.remove(flag);
        }
    }

    private TokenizerFile result() throws InputException {
        if (modelType != BPE) {
            throw new InputException(file + ": model type " + modelType + "; expected 2 (BPE)");
        }
        int unknown = IntStream.range(0, pieces.size())
                .filter(id -> pieces.get(id).type() == PieceType.UNKNOWN)
                .findFirst()
                .orElse(-1);
        TokenizerFile bare = file(-1, -1, unknown);
        TokenizerFile marked = file(control(bare, bosPiece), control(bare, eosPiece), unknown);
        TokenizerFile stopped =
                marked.withBosBeforePrompt(true).withStopTokens(marked.eos() < 0 ? List.of() : List.of(marked.eos()));
        boolean chat = bare.find(ChatTemplate.TURN_END) >= 0 && bare.find(ChatTemplate.TURN_START) >= 0;
        return ChatForm.apply(file, stopped, chat ? ChatTemplate.Form.CHATML : ChatTemplate.Form.NONE, "");
    }

    private TokenizerFile file(int bos, int eos, int unknown) {
        return new TokenizerFile(
                TokenizerFile.Kind.SENTENCE_PIECE,
                bos,
                eos,
                unknown,
                flags,
                List.of(),
                "",
                charsmap,
                pieces,
                List.of(),
                ChatTemplate.NONE);
    }

    private static int control(TokenizerFile file, String text) {
        int id = file.find(text);
        return id >= 0 && file.pieces().get(id).type() == PieceType.CONTROL ? id : -1;
    }
}
