/** Choosing tokens from logits, and generating text. */
package soliloquy.llm.sample;
