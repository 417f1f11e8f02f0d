/** From generated source to a disc: the cross-compiler, and the files of the image. */
package soliloquy.llm.build;
