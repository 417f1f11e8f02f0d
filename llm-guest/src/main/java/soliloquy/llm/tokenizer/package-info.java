/** Tokenizers: SentencePiece BPE and llama2.c, from their own files and from TOKENIZR.BIN on the disc. */
package soliloquy.llm.tokenizer;
