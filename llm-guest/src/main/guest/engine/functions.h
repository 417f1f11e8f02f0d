/* exp and SiLU out of EE float operations. */
#ifndef ENGINE_FUNCTIONS_H
#define ENGINE_FUNCTIONS_H

float exponential(float x);
float silu(float x);

#endif
