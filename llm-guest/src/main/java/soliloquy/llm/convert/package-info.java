/** Checkpoints of other programs, and their conversion to PSNT. */
package soliloquy.llm.convert;
