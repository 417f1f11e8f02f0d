/** The reference engine: one forward pass in two arithmetics, IEEE single precision and the EE's own. */
package soliloquy.llm.engine;
