// Runs kernels on the host, thread after thread, so that tests hold them to the CPU forms where no card is. In the place of
// cuDNN, convolutions as their definition says. Compiled and asked by emulate.rs, over standard input and output:
//
//   memory:  i64 bytes, then these                     pointers of the calls are offsets into it
//   calls:   i64 how many; each: 32 bytes of name, i64 threads, i64 arguments; each argument: i64 kind, six i64
//
// and the answer is the memory as the calls leave it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "layers.cu"
#include "perturb.cu"

static void take(void *to, size_t bytes) {
    if (bytes && std::fread(to, bytes, 1, stdin) != 1) {
        std::fprintf(stderr, "the input ends early\n");
        std::exit(1);
    }
}

static int64_t number() {
    int64_t v;
    take(&v, sizeof v);
    return v;
}

struct Argument {
    int64_t kind, values[6];
};

static std::vector<unsigned char> memory;
static std::vector<Argument> arguments;
static size_t next;

static const int64_t *argument(int64_t kind) {
    if (next >= arguments.size() || arguments[next].kind != kind) {
        std::fprintf(stderr, "argument %zu is missing or of another kind\n", next);
        std::exit(1);
    }
    return arguments[next++].values;
}

// Each kind of parameter, from the next argument.
template <typename T> struct Take;
template <> struct Take<Strided> {
    static Strided from() {
        const int64_t *v = argument(0);
        return {memory.data() + v[0], v[1], v[2], v[3], v[4]};
    }
};
template <> struct Take<Extent> {
    static Extent from() {
        const int64_t *v = argument(1);
        return {(int)v[0], (int)v[1], (int)v[2], (int)v[3], (int)v[4]};
    }
};
template <> struct Take<Window> {
    static Window from() {
        const int64_t *v = argument(2);
        return {(int)v[0], (int)v[1], (int)v[2]};
    }
};
template <> struct Take<int> {
    static int from() { return (int)argument(3)[0]; }
};
template <> struct Take<double> {
    static double from() {
        double v;
        std::memcpy(&v, argument(4), sizeof v);
        return v;
    }
};
template <typename T> struct Take<T *> {
    static T *from() { return (T *)(memory.data() + argument(5)[0]); }
};

template <typename... P> static std::function<void(int64_t)> kernel(void (*function)(P...)) {
    return [function](int64_t threads) {
        // In braces the arguments are taken in their order.
        std::tuple<P...> all{Take<P>::from()...};
        for (this_thread = 0; this_thread < threads; this_thread++) std::apply(function, all);
    };
}

// A convolution, channels in and out, kernel, stride and padding as the numbers say; sums in double, each added in order.
template <typename T>
static void convolve(Strided y, Extent made, Strided x, Extent taken, const T *weight, int kernel_rows, int kernel_columns, int stride,
                     int pad_rows, int pad_columns, int by_pixels) {
    if (thread() >= count(made)) return;
    Place p = place(made, thread());
    double sum = 0.0;
    for (int c = 0; c < taken.channels; c++)
        for (int i = 0; i < kernel_rows; i++)
            for (int j = 0; j < kernel_columns; j++) {
                int row = p.row * stride - pad_rows + i, column = p.column * stride - pad_columns + j;
                if (!within(row, taken.rows) || !within(column, taken.columns)) continue;
                Place from = {p.frame, c, row, column};
                int64_t w = by_pixels ? (((int64_t)p.channel * kernel_rows + i) * kernel_columns + j) * taken.channels + c
                                      : (((int64_t)p.channel * taken.channels + c) * kernel_rows + i) * kernel_columns + j;
                sum += (double)load(weight[w]) * load(*at<T>(x, from));
            }
    store(at<T>(y, p), (float)sum);
}

template <typename T>
static void convolve_backward(Strided dx, Extent taken, Strided dy, Extent made, const T *weight, int kernel_rows, int kernel_columns,
                          int stride, int pad_rows, int pad_columns, int by_pixels, int accumulate) {
    if (thread() >= count(taken)) return;
    Place p = place(taken, thread());
    double sum = accumulate ? load(*at<T>(dx, p)) : 0.0;
    for (int o = 0; o < made.channels; o++)
        for (int i = 0; i < kernel_rows; i++)
            for (int j = 0; j < kernel_columns; j++) {
                int row = p.row + pad_rows - i, column = p.column + pad_columns - j;
                if (row % stride || column % stride) continue;
                row /= stride;
                column /= stride;
                if (!within(row, made.rows) || !within(column, made.columns)) continue;
                Place from = {p.frame, o, row, column};
                int64_t w = by_pixels ? (((int64_t)o * kernel_rows + i) * kernel_columns + j) * taken.channels + p.channel
                                      : (((int64_t)o * taken.channels + p.channel) * kernel_rows + i) * kernel_columns + j;
                sum += (double)load(weight[w]) * load(*at<T>(dy, from));
            }
    store(at<T>(dx, p), (float)sum);
}

int main() {
    const std::map<std::string, std::function<void(int64_t)>> kernels = {
#define ENTRY(name) {#name, kernel(name)}
#define ENTRIES(name) ENTRY(name##_f32), ENTRY(name##_bf16)
        ENTRIES(perturb),   ENTRIES(max_pool), ENTRIES(avg_pool), ENTRIES(avg_pool_bias), ENTRIES(max_pool_backward), ENTRIES(avg_pool_backward),
        ENTRIES(bias_relu), ENTRIES(relu_backward), ENTRIES(copy),      ENTRIES(add_relu), ENTRIES(add), ENTRIES(interleave),    ENTRIES(mean),
        ENTRIES(mean_backward), ENTRY(norm_moments), ENTRY(norm_statistics), ENTRY(norm_factors), ENTRY(norm_forward),
        ENTRY(norm_products), ENTRY(norm_gradient), ENTRY(norm_backward),
        {"convolve_f32", kernel(convolve<float>)},
        {"convolve_bf16", kernel(convolve<bf16>)},
        {"convolve_backward_f32", kernel(convolve_backward<float>)},
        {"convolve_backward_bf16", kernel(convolve_backward<bf16>)},
    };
    memory.resize(number());
    take(memory.data(), memory.size());
    for (int64_t calls = number(); calls > 0; calls--) {
        char name[33] = {0};
        take(name, 32);
        int64_t threads = number();
        arguments.resize(number());
        for (Argument &one : arguments) take(&one, sizeof one);
        next = 0;
        auto found = kernels.find(name);
        if (found == kernels.end()) {
            std::fprintf(stderr, "no kernel %s\n", name);
            return 1;
        }
        found->second(threads);
        if (next != arguments.size()) {
            std::fprintf(stderr, "%s is given too many arguments\n", name);
            return 1;
        }
    }
    return std::fwrite(memory.data(), 1, memory.size(), stdout) == memory.size() ? 0 : 1;
}
