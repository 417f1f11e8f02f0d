/* The host's side: runs the kernel whose number is the argument for some time; prints its checksum and nanoseconds of a run. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "kernels.h"

enum { SAMPLES = 15 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double) time.tv_sec * 1e9 + (double) time.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double difference = *(const double *) a - *(const double *) b;
    return difference < 0 ? -1 : difference > 0;
}

int main(int argc, char **argv) {
    int number = argc == 2 ? atoi(argv[1]) : -1;
    if (number < 0 || number >= KERNELS) {
        return 2;
    }
    prepare();
    u32 checksum = kernels[number]();
    int runs = 1;
    double samples[SAMPLES];
    for (double spent = 0; spent < 1e7; runs *= 2) {
        double begun = now();
        for (int i = 0; i < runs; i++) {
            checksum = kernels[number]();
        }
        spent = now() - begun;
    }
    for (int sample = 0; sample < SAMPLES; sample++) {
        double begun = now();
        for (int i = 0; i < runs; i++) {
            checksum = kernels[number]();
        }
        samples[sample] = (now() - begun) / runs;
    }
    qsort(samples, SAMPLES, sizeof samples[0], ascending);
    printf("%08x %.3f\n", checksum, samples[SAMPLES / 2]);
    return 0;
}
