/** The generator of the C engine: from the shape of one model to readable source with constant shapes and a static memory plan. */
package soliloquy.llm.generate;
