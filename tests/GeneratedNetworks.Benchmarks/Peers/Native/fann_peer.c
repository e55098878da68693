/* FANN behind the line protocol of NativeProcess.cs: incremental (per-sample) gradient descent, or a forward run. */
#include <floatfann.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_NETWORKS 64

struct network {
    struct fann *ann;
    fann_type *input, *target;
    int train;
    long calls;
};

static struct network networks[MAX_NETWORKS];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static double run(struct network *n, long calls) {
    double start = now();
    if (n->train) {
        for (long i = 0; i < calls; i++) fann_train(n->ann, n->input, n->target);
    } else {
        for (long i = 0; i < calls; i++) fann_run(n->ann, n->input);
    }
    return now() - start;
}

/* The fastest of three: losing the processor once must not end the calibration early. */
static double fastest(struct network *n, long calls) {
    double best = run(n, calls);
    for (int i = 0; i < 2; i++) {
        double time = run(n, calls);
        if (time < best) best = time;
    }
    return best;
}

static fann_type *uniform(int length) {
    fann_type *values = malloc(sizeof(fann_type) * length);
    for (int i = 0; i < length; i++) values[i] = 2 * (fann_type)rand() / (fann_type)RAND_MAX - 1;
    return values;
}

/* make <id> <forward|sgd> <tanh|relu> <batch> <learning rate> <layers> <size>... */
static int make(void) {
    int id, batch, layers;
    unsigned int sizes[16];
    char work[16], hidden[16];
    float rate;
    if (scanf("%d %15s %15s %d %f %d", &id, work, hidden, &batch, &rate, &layers) != 6) return 0;
    if (id < 0 || id >= MAX_NETWORKS || layers < 2 || layers > 16 || batch != 1) return 0;
    for (int i = 0; i < layers; i++)
        if (scanf("%u", &sizes[i]) != 1) return 0;

    struct network *n = &networks[id];
    n->ann = fann_create_standard_array(layers, sizes);
    fann_randomize_weights(n->ann, -0.5f, 0.5f);
    /* This release has no rectifier; the bounded ramp costs it a comparison more. */
    fann_set_activation_function_hidden(n->ann, strcmp(hidden, "tanh") == 0 ? FANN_SIGMOID_SYMMETRIC : FANN_LINEAR_PIECE);
    fann_set_activation_function_output(n->ann, FANN_LINEAR);
    fann_set_training_algorithm(n->ann, FANN_TRAIN_INCREMENTAL);
    fann_set_train_error_function(n->ann, FANN_ERRORFUNC_LINEAR);
    fann_set_learning_rate(n->ann, rate);
    fann_set_learning_momentum(n->ann, 0);
    n->train = strcmp(work, "sgd") == 0;
    n->input = uniform(sizes[0]);
    n->target = uniform(sizes[layers - 1]);
    n->calls = 0;
    return 1;
}

/* sample <id> <nanoseconds>: time as many calls as last that long, after half as many untimed */
static double sample(void) {
    int id;
    double least;
    if (scanf("%d %lf", &id, &least) != 2 || id < 0 || id >= MAX_NETWORKS || !networks[id].ann) return -1;
    struct network *n = &networks[id];
    if (n->calls == 0)
        for (n->calls = 1; fastest(n, n->calls) < least; n->calls *= 2) { }
    run(n, (n->calls + 1) / 2);
    return run(n, n->calls) / n->calls;
}

int main(void) {
    char command[16];
    printf("ready\n");
    fflush(stdout);
    while (scanf("%15s", command) == 1) {
        if (strcmp(command, "make") == 0) {
            printf("%s\n", make() ? "ok" : "unsupported");
        } else if (strcmp(command, "sample") == 0) {
            printf("%.9g\n", sample());
        } else {
            return 1;
        }
        fflush(stdout);
    }
    return 0;
}
