/** PSNT, the quantised weight format: header, directory, matrices, reader and writer. The format is specified in PSNT.md. */
package soliloquy.llm.psnt;
