package soliloquy.llm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import soliloquy.machine.InputException;

/**
 * Hugging Face's tokenizer.json, where it is byte-level BPE: model BPE with merges in either form, pre-tokenizer ByteLevel alone or
 * behind Digits, no normalizer.
 */
final class TokenizerJson {
    private static final int LARGEST_PIECE = 0xffff;
    private static final String[] END_MARKS = {"<|endoftext|>", "</s>", "<|end_of_text|>"};

    private final String name;
    private final JsonNode root;
    private final ByteAlphabet alphabet = new ByteAlphabet();
    private final Set<TokenizerFile.Flag> flags = EnumSet.noneOf(TokenizerFile.Flag.class);
    private final Map<String, Integer> ids = new HashMap<>();

    private TokenizerJson(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    /** Reads a file; the chat form is ChatML where the vocabulary has its symbols. */
    static TokenizerFile read(String name, byte[] bytes) throws InputException {
        TokenizerJson json = new TokenizerJson(name, JsonText.object(name, bytes));
        json.checkModel();
        json.preTokenizer(json.root.path("pre_tokenizer"));
        return TokenizerReader.checked(name, json.file());
    }

    private InputException fault(String what, JsonNode found, String expected) {
        return new InputException(name + ": " + what + " is " + JsonText.shown(found) + "; expected " + expected);
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private void checkModel() throws InputException {
        JsonNode model = root.path("model");
        if (!model.path("type").asText().equals("BPE")) {
            throw fault("model.type", model.path("type"), "\"BPE\"");
        }
        if (!absent(root.path("normalizer"))) {
            throw fault(
                    "normalizer",
                    root.path("normalizer"),
                    "none, as byte-level BPE has it (give tokenizer.model instead)");
        }
        for (String field : new String[] {"byte_fallback", "ignore_merges"}) {
            if (model.path(field).asBoolean(false)) {
                throw fault("model." + field, model.path(field), "false");
            }
        }
        for (String field : new String[] {"continuing_subword_prefix", "end_of_word_suffix"}) {
            if (!model.path(field).asText("").isEmpty() && !absent(model.path(field))) {
                throw fault("model." + field, model.path(field), "none");
            }
        }
        if (!absent(model.path("dropout")) && model.path("dropout").asDouble(1) != 0) {
            throw fault("model.dropout", model.path("dropout"), "none");
        }
    }

    private void preTokenizer(JsonNode node) throws InputException {
        List<JsonNode> steps = new ArrayList<>();
        if (node.path("type").asText().equals("Sequence")) {
            node.path("pretokenizers").forEach(steps::add);
        } else {
            steps.add(node);
        }
        JsonNode last = steps.isEmpty() ? node : steps.getLast();
        boolean known = steps.size() == 1 || steps.size() == 2 && digits(steps.getFirst());
        if (!known || !last.path("type").asText().equals("ByteLevel")) {
            throw fault(
                    "pre_tokenizer", node, "ByteLevel, or a Sequence of Digits with individual_digits and ByteLevel");
        }
        set(TokenizerFile.Flag.SINGLE_DIGITS, steps.size() == 2);
        set(TokenizerFile.Flag.DUMMY_PREFIX, last.path("add_prefix_space").asBoolean(true));
        set(TokenizerFile.Flag.SPLIT_WORDS, last.path("use_regex").asBoolean(true));
    }

    private static boolean digits(JsonNode step) {
        return step.path("type").asText().equals("Digits")
                && step.path("individual_digits").asBoolean(false);
    }

    private void set(TokenizerFile.Flag flag, boolean on) {
        if (on) {
            flags.add(flag);
        }
    }

    private TokenizerFile file() throws InputException {
        List<Piece> pieces = pieces();
        List<Merge> merges = merges();
        checkBytes(pieces);
        int bos = beginMark(root.path("post_processor"));
        set(TokenizerFile.Flag.BOS_BEFORE_PROMPT, bos >= 0);
        int eos = -1;
        for (String mark : END_MARKS) {
            eos = eos < 0 ? ids.getOrDefault(mark, -1) : eos;
        }
        TokenizerFile file = new TokenizerFile(
                TokenizerFile.Kind.BYTE_LEVEL,
                bos,
                eos,
                -1,
                flags,
                eos < 0 ? List.of() : List.of(eos),
                "",
                new byte[0],
                pieces,
                merges,
                ChatTemplate.NONE);
        boolean chat = ids.containsKey(ChatTemplate.TURN_START) && ids.containsKey(ChatTemplate.TURN_END);
        return ChatForm.apply(name, file, chat ? ChatTemplate.Form.CHATML : ChatTemplate.Form.NONE, "");
    }

    /** Vocabulary and added tokens by id; every id up to the largest has one. */
    private List<Piece> pieces() throws InputException {
        JsonNode vocabulary = root.path("model").path("vocab");
        JsonNode added = root.path("added_tokens");
        if (!vocabulary.isObject()) {
            throw fault("model.vocab", vocabulary, "an object of pieces and ids");
        }
        int most = vocabulary.size() + added.size();
        Piece[] pieces = new Piece[most];
        Map<Integer, String> written = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
            int id = id(entry.getKey(), entry.getValue(), most);
            if (written.put(id, entry.getKey()) != null) {
                throw new InputException(name + ": two pieces have id " + id + "; expected one");
            }
            ids.put(entry.getKey(), id);
        }
        addedTokens(added, most, pieces);
        for (Map.Entry<Integer, String> entry : written.entrySet()) {
            int id = entry.getKey();
            if (pieces[id] == null) {
                pieces[id] = new Piece(bytes(id, entry.getValue()), 0, PieceType.NORMAL);
            }
        }
        List<Piece> all = new ArrayList<>();
        for (int id = 0; id < most; id++) {
            if (pieces[id] != null) {
                if (all.size() < id) {
                    throw new InputException(name + ": id " + all.size() + " has no piece; expected one for every id");
                }
                all.add(pieces[id]);
            }
        }
        return all;
    }

    private int id(String piece, JsonNode node, int most) throws InputException {
        int id = node.canConvertToInt() && node.isIntegralNumber() ? node.asInt() : -1;
        if (id < 0 || id >= most) {
            throw fault(
                    "the id of piece \"" + piece.substring(0, Math.min(piece.length(), 40)) + "\"",
                    node,
                    "0 to " + (most - 1));
        }
        return id;
    }

    private byte[] bytes(int id, String text) throws InputException {
        byte[] bytes = alphabet.bytes(text);
        if (bytes == null || bytes.length == 0 || bytes.length > LARGEST_PIECE) {
            throw new InputException(name + ": piece " + id + " is not written in the alphabet of bytes;"
                    + " expected byte-level BPE (give tokenizer.model instead)");
        }
        return bytes;
    }

    private void addedTokens(JsonNode added, int most, Piece[] pieces) throws InputException {
        Boolean normalized = null;
        for (JsonNode token : added) {
            String content = token.path("content").asText("");
            int id = id(content, token.path("id"), most);
            for (String field : new String[] {"single_word", "lstrip", "rstrip"}) {
                if (token.path(field).asBoolean(false)) {
                    throw fault("added token \"" + content + "\", " + field, token.path(field), "false");
                }
            }
            boolean normal = token.path("normalized").asBoolean(false);
            if (normalized != null && normalized != normal) {
                throw fault(
                        "added token \"" + content + "\", normalized",
                        token.path("normalized"),
                        normalized + " as for the others");
            }
            normalized = normal;
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            if (pieces[id] != null || bytes.length == 0 || bytes.length > LARGEST_PIECE) {
                throw new InputException(name + ": added token " + id
                        + " stands twice, is empty or longer than 65535 bytes; expected a text for each id");
            }
            boolean special = token.path("special").asBoolean(false);
            pieces[id] = new Piece(bytes, 0, special ? PieceType.CONTROL : PieceType.USER_DEFINED);
            ids.put(content, id);
        }
    }

    private List<Merge> merges() throws InputException {
        JsonNode list = root.path("model").path("merges");
        if (!list.isArray()) {
            throw fault("model.merges", list, "a list");
        }
        List<Merge> merges = new ArrayList<>();
        for (JsonNode node : list) {
            String[] pair = node.isArray() && node.size() == 2
                    ? new String[] {node.path(0).asText(), node.path(1).asText()}
                    : node.asText().split(" ", -1);
            if (pair.length != 2) {
                throw fault("merge " + merges.size(), node, "two pieces");
            }
            int[] found = new int[3];
            String[] texts = {pair[0], pair[1], pair[0] + pair[1]};
            for (int i = 0; i < 3; i++) {
                Integer id = ids.get(texts[i]);
                if (id == null) {
                    throw fault(
                            "merge " + merges.size(),
                            node,
                            "pieces of the vocabulary, \"" + texts[i].substring(0, Math.min(texts[i].length(), 40))
                                    + "\" is none");
                }
                found[i] = id;
            }
            merges.add(new Merge(found[0], found[1], found[2]));
        }
        return merges;
    }

    /** Without an unknown piece a byte that has no piece is dropped; with one, all that occur in UTF-8 must have theirs. */
    private void checkBytes(List<Piece> pieces) throws InputException {
        JsonNode unknown = root.path("model").path("unk_token");
        if (absent(unknown) || unknown.asText().isEmpty()) {
            return;
        }
        boolean[] present = new boolean[256];
        for (Piece piece : pieces) {
            if (piece.type() == PieceType.NORMAL && piece.bytes().length == 1) {
                present[piece.bytes()[0] & 0xff] = true;
            }
        }
        for (int value = 0; value < 0xF5; value++) {
            if (!present[value] && value != 0xC0 && value != 0xC1) {
                throw fault("model.unk_token", unknown, String.format("none, because byte 0x%02x has no piece", value));
            }
        }
    }

    /** The mark that a TemplateProcessing puts before a single text, or -1. */
    private int beginMark(JsonNode processor) throws InputException {
        String type = processor.path("type").asText();
        if (absent(processor) || type.equals("ByteLevel")) {
            return -1;
        }
        JsonNode single = processor.path("single");
        Integer mark = ids.get(single.path(0).path("SpecialToken").path("id").asText());
        boolean known = type.equals("TemplateProcessing")
                && single.path(single.size() - 1).has("Sequence")
                && (single.size() == 1 || single.size() == 2 && mark != null);
        if (!known) {
            throw fault("post_processor", processor, "none, ByteLevel, or a TemplateProcessing with a begin mark");
        }
        return single.size() == 1 ? -1 : mark;
    }
}
