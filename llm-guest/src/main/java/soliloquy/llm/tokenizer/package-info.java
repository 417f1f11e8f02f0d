/** Tokenizers: SentencePiece BPE, llama2.c and byte-level BPE, from their own files and from TOKENIZR.BIN on the disc. */
package soliloquy.llm.tokenizer;
