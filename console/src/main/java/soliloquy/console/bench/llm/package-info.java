/** Models in the console and on the host: how fast, what the time goes to, and how far from the limits. */
package soliloquy.console.bench.llm;
