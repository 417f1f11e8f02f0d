package soliloquy.llm.tokenizer;

/**
 * One merge of a byte-level vocabulary; its place in the list is its rank.
 *
 * @param left id of the left piece
 * @param right id of the right piece
 * @param result id of the piece that both become
 */
public record Merge(int left, int right, int result) {}
