// The layers that are no convolution, forward and backward, on activations in either order and on some channels of one. One
// thread a value, where nothing else is said; each adds in a fixed order, so that a batch gives the same bits every time.
#include "common.h"

// A square window that moves over an activation. (rust: Window)
struct Window {
    int kernel, stride, padding;
};
static_assert(sizeof(Window) == 12 && OFFSET(Window, stride) == 4, "call.rs: Window");
static_assert(OFFSET(Window, padding) == 8, "call.rs: Window");

INLINE int within(int v, int side) { return v >= 0 && v < side; }

// y: the maximum of each window of x. `made` is the size of y, `rows` and `columns` those of x.
template <typename T> INLINE void max_pool(Strided y, Extent made, Strided x, int rows, int columns, Window w) {
    long long index = thread();
    if (index >= count(made)) return;
    Place p = place(made, index);
    float most = -INFINITY;
    for (int i = 0; i < w.kernel; i++) {
        for (int j = 0; j < w.kernel; j++) {
            int row = p.row * w.stride - w.padding + i, column = p.column * w.stride - w.padding + j;
            if (within(row, rows) && within(column, columns)) {
                float v = load(*at<T>(x, p, row, column));
                // What is not a number stays so.
                if (v > most || v != v) most = v;
            }
        }
    }
    store(at<T>(y, p), most);
}

// The mean of a window of x, padding counted as zeros.
template <typename T> INLINE float window_mean(Place p, Strided x, int rows, int columns, Window w) {
    float sum = 0.0f;
    for (int i = 0; i < w.kernel; i++) {
        for (int j = 0; j < w.kernel; j++) {
            int row = p.row * w.stride - w.padding + i, column = p.column * w.stride - w.padding + j;
            if (within(row, rows) && within(column, columns)) sum += load(*at<T>(x, p, row, column));
        }
    }
    return sum / (float)(w.kernel * w.kernel);
}

// y: the mean of each window of x.
template <typename T> INLINE void avg_pool(Strided y, Extent made, Strided x, int rows, int columns, Window w) {
    long long index = thread();
    if (index >= count(made)) return;
    Place p = place(made, index);
    store(at<T>(y, p), window_mean<T>(p, x, rows, columns, w));
}

// The same, then the bias, then the ReLU where there is one.
template <typename T>
INLINE void avg_pool_bias(Strided y, Extent made, Strided x, int rows, int columns, Window w, const T *bias, int relu) {
    long long index = thread();
    if (index >= count(made)) return;
    Place p = place(made, index);
    float v = window_mean<T>(p, x, rows, columns, w) + load(bias[p.channel]);
    store(at<T>(y, p), relu && v <= 0.0f ? 0.0f : v);
}

// The first and the last window, along one axis, that hold a place.
INLINE int first_window(int v, Window w) {
    int reach = v + w.padding - w.kernel + 1;
    return reach <= 0 ? 0 : (reach + w.stride - 1) / w.stride;
}
INLINE int last_window(int v, Window w, int windows) {
    int last = (v + w.padding) / w.stride;
    return last < windows ? last : windows - 1;
}

// dx: what reaches each value of x through the windows of which it is the first maximum, row by row. `size` is that of x,
// `rows` and `columns` those of dy.
template <typename T>
INLINE void max_pool_backward(Strided dx, Extent size, Strided x, Strided dy, int rows, int columns, Window w, int accumulate) {
    long long index = thread();
    if (index >= count(size)) return;
    Place p = place(size, index);
    float own = load(*at<T>(x, p)), sum = accumulate ? load(*at<T>(dx, p)) : 0.0f;
    for (int r = first_window(p.row, w); r <= last_window(p.row, w, rows); r++) {
        for (int c = first_window(p.column, w); c <= last_window(p.column, w, columns); c++) {
            int chosen = 1;
            for (int i = 0; i < w.kernel && chosen; i++) {
                for (int j = 0; j < w.kernel && chosen; j++) {
                    int row = r * w.stride - w.padding + i, column = c * w.stride - w.padding + j;
                    if (!within(row, size.rows) || !within(column, size.columns)) continue;
                    int before = row < p.row || (row == p.row && column < p.column);
                    float other = load(*at<T>(x, p, row, column));
                    if (before ? other >= own : other > own) chosen = 0;
                }
            }
            if (chosen) sum += load(*at<T>(dy, p, r, c));
        }
    }
    store(at<T>(dx, p), sum);
}

template <typename T>
INLINE void avg_pool_backward(Strided dx, Extent size, Strided dy, int rows, int columns, Window w, int accumulate) {
    long long index = thread();
    if (index >= count(size)) return;
    Place p = place(size, index);
    float sum = 0.0f;
    for (int r = first_window(p.row, w); r <= last_window(p.row, w, rows); r++)
        for (int c = first_window(p.column, w); c <= last_window(p.column, w, columns); c++) sum += load(*at<T>(dy, p, r, c));
    sum /= (float)(w.kernel * w.kernel);
    store(at<T>(dx, p), accumulate ? sum + load(*at<T>(dx, p)) : sum);
}

// y + bias, then the ReLU where there is one; in place.
template <typename T> INLINE void bias_relu(Strided y, Extent size, const T *bias, int relu) {
    long long index = thread();
    if (index >= count(size)) return;
    Place p = place(size, index);
    T *to = at<T>(y, p);
    float v = load(*to) + load(bias[p.channel]);
    store(to, relu && v <= 0.0f ? 0.0f : v);
}

// The gradient behind a ReLU becomes that before it, in place; y is what the ReLU gave.
template <typename T> INLINE void relu_backward(Strided dy, Extent size, Strided y) {
    long long index = thread();
    if (index >= count(size)) return;
    Place p = place(size, index);
    if (load(*at<T>(y, p)) <= 0.0f) store(at<T>(dy, p), 0.0f);
}

// y + x, then the ReLU; in place. What is not a number stays so.
template <typename T> INLINE void add_relu(Strided y, Extent size, Strided x) {
    long long index = thread();
    if (index >= count(size)) return;
    Place p = place(size, index);
    float v = load(*at<T>(y, p)) + load(*at<T>(x, p));
    store(at<T>(y, p), v <= 0.0f ? 0.0f : v);
}

// to: added what lies elsewhere.
template <typename T> INLINE void add(Strided to, Extent size, Strided from) {
    long long index = thread();
    if (index >= count(size)) return;
    Place p = place(size, index);
    store(at<T>(to, p), load(*at<T>(to, p)) + load(*at<T>(from, p)));
}

// to: what lies elsewhere.
template <typename T> INLINE void copy(Strided to, Extent size, Strided from) {
    long long index = thread();
    if (index >= count(size)) return;
    Place p = place(size, index);
    *at<T>(to, p) = *at<T>(from, p);
}

// to: f32, [frame][row][column][channel].
template <typename T> INLINE void interleave(float *to, Extent size, Strided from) {
    long long index = thread();
    if (index >= count(size)) return;
    Place p = place(size, index);
    long long pixel = ((long long)p.frame * size.rows + p.row) * size.columns + p.column;
    to[pixel * size.channels + p.channel] = load(*at<T>(from, p));
}

// means: f32, [frame][channel], over all pixels. One thread a mean.
template <typename T> INLINE void mean(float *means, Extent size, Strided x) {
    long long index = thread();
    if (index >= (long long)size.frames * size.channels) return;
    Place p = {(int)(index / size.channels), (int)(index % size.channels), 0, 0};
    float sum = 0.0f;
    for (p.row = 0; p.row < size.rows; p.row++)
        for (p.column = 0; p.column < size.columns; p.column++) sum += load(*at<T>(x, p));
    means[index] = sum / (float)(size.rows * size.columns);
}

// dx: each pixel's share of the gradient of a mean.
template <typename T> INLINE void mean_backward(Strided dx, Extent size, const float *d_means) {
    long long index = thread();
    if (index >= count(size)) return;
    Place p = place(size, index);
    store(at<T>(dx, p), d_means[(long long)p.frame * size.channels + p.channel] / (float)(size.rows * size.columns));
}

#define BOTH(name, parameters, arguments) \
    KERNEL name##_f32 parameters(float) { name<float> arguments; } \
    KERNEL name##_bf16 parameters(bf16) { name<bf16> arguments; }

#define POOL(T) (Strided y, Extent made, Strided x, int rows, int columns, Window w)
BOTH(max_pool, POOL, (y, made, x, rows, columns, w))
BOTH(avg_pool, POOL, (y, made, x, rows, columns, w))
#define POOL_BIAS(T) (Strided y, Extent made, Strided x, int rows, int columns, Window w, const T *bias, int relu)
BOTH(avg_pool_bias, POOL_BIAS, (y, made, x, rows, columns, w, bias, relu))
#define MAX_BACK(T) (Strided dx, Extent size, Strided x, Strided dy, int rows, int columns, Window w, int accumulate)
BOTH(max_pool_backward, MAX_BACK, (dx, size, x, dy, rows, columns, w, accumulate))
#define AVG_BACK(T) (Strided dx, Extent size, Strided dy, int rows, int columns, Window w, int accumulate)
BOTH(avg_pool_backward, AVG_BACK, (dx, size, dy, rows, columns, w, accumulate))
#define BIAS(T) (Strided y, Extent size, const T *bias, int relu)
BOTH(bias_relu, BIAS, (y, size, bias, relu))
#define TWO(T) (Strided to, Extent size, Strided from)
BOTH(relu_backward, TWO, (to, size, from))
BOTH(add_relu, TWO, (to, size, from))
BOTH(add, TWO, (to, size, from))
BOTH(copy, TWO, (to, size, from))
#define TO_HOST(T) (float *to, Extent size, Strided from)
BOTH(interleave, TO_HOST, (to, size, from))
BOTH(mean, TO_HOST, (to, size, from))
#define FROM_MEANS(T) (Strided to, Extent size, const float *from)
BOTH(mean_backward, FROM_MEANS, (to, size, from))

// Batch norm (Ioffe & Szegedy 2015), f32. Sums are made in two steps: PARTS threads a channel, then one.
#define PARTS 128

// What becomes of a channel: y = scale x + shift; and its gradient: dx = a g + b x + c.
struct Factors {
    float scale, shift, a, b, c;
};
static_assert(sizeof(Factors) == 20, "call.rs: FACTORS");

// Of each channel's values, for each of its parts: the sum and the sum of squares.
KERNEL norm_moments(double *sums, Extent size, Strided x) {
    long long index = thread();
    if (index >= (long long)size.channels * PARTS) return;
    int channel = (int)(index / PARTS), part = (int)(index % PARTS);
    Extent one = size;
    one.channels = 1;
    double first = 0.0, second = 0.0;
    for (long long n = part; n < count(one); n += PARTS) {
        Place p = place(one, n);
        p.channel = channel;
        double v = *at<float>(x, p);
        first += v;
        second += v * v;
    }
    sums[index * 2] = first;
    sums[index * 2 + 1] = second;
}

// statistics: each channel's mean, then each channel's variance, divided by the number of values. One thread a channel.
KERNEL norm_statistics(float *statistics, Extent size, const double *sums) {
    long long channel = thread();
    if (channel >= size.channels) return;
    double first = 0.0, second = 0.0, values = (double)count(size) / size.channels;
    for (int part = 0; part < PARTS; part++) {
        first += sums[(channel * PARTS + part) * 2];
        second += sums[(channel * PARTS + part) * 2 + 1];
    }
    double mean = first / values, var = second / values - mean * mean;
    statistics[channel] = (float)mean;
    statistics[size.channels + channel] = (float)(var > 0.0 ? var : 0.0);
}

// One thread a channel.
KERNEL norm_factors(Factors *factors, int channels, const float *statistics, const float *weight, const float *bias, double eps) {
    long long channel = thread();
    if (channel >= channels) return;
    double scale = weight[channel] / sqrt((double)statistics[channels + channel] + eps);
    factors[channel].scale = (float)scale;
    factors[channel].shift = (float)(bias[channel] - statistics[channel] * scale);
}

KERNEL norm_forward(Strided y, Extent size, Strided x, const Factors *factors, int relu) {
    long long index = thread();
    if (index >= count(size)) return;
    Place p = place(size, index);
    Factors f = factors[p.channel];
    float v = *at<float>(x, p) * f.scale + f.shift;
    *at<float>(y, p) = relu && v <= 0.0f ? 0.0f : v;
}

// The gradient behind the ReLU, where it lets one through.
INLINE float through(Factors f, float x, float dy, int relu) { return relu && x * f.scale + f.shift <= 0.0f ? 0.0f : dy; }

// Of each channel, for each of its parts: the sum of the gradients g, and that of g (x - mean).
KERNEL norm_products(double *sums, Extent size, Strided x, Strided dy, const Factors *factors, const float *statistics, int relu) {
    long long index = thread();
    if (index >= (long long)size.channels * PARTS) return;
    int channel = (int)(index / PARTS), part = (int)(index % PARTS);
    Extent one = size;
    one.channels = 1;
    Factors f = factors[channel];
    double mean = statistics[channel], first = 0.0, second = 0.0;
    for (long long n = part; n < count(one); n += PARTS) {
        Place p = place(one, n);
        p.channel = channel;
        float v = *at<float>(x, p);
        double g = through(f, v, *at<float>(dy, p), relu);
        first += g;
        second += g * (v - mean);
    }
    sums[index * 2] = first;
    sums[index * 2 + 1] = second;
}

// The gradients of weight and bias, and the factors of that of x; `of_batch`: the statistics move with x. One thread a channel.
KERNEL norm_gradient(Factors *factors, float *d_weight, float *d_bias, Extent size, const double *sums, const float *statistics,
                     const float *weight, double eps, int of_batch) {
    long long channel = thread();
    if (channel >= size.channels) return;
    double first = 0.0, second = 0.0, values = (double)count(size) / size.channels;
    for (int part = 0; part < PARTS; part++) {
        first += sums[(channel * PARTS + part) * 2];
        second += sums[(channel * PARTS + part) * 2 + 1];
    }
    double mean = statistics[channel], inverse = 1.0 / sqrt((double)statistics[size.channels + channel] + eps);
    double towards_weight = second * inverse, a = weight[channel] * inverse;
    double b = of_batch ? -a * inverse * towards_weight / values : 0.0;
    d_weight[channel] = (float)towards_weight;
    d_bias[channel] = (float)first;
    factors[channel].a = (float)a;
    factors[channel].b = (float)b;
    factors[channel].c = of_batch ? (float)(-a * first / values - b * mean) : 0.0f;
}

KERNEL norm_backward(Strided dx, Extent size, Strided x, Strided dy, const Factors *factors, int relu) {
    long long index = thread();
    if (index >= count(size)) return;
    Place p = place(size, index);
    Factors f = factors[p.channel];
    float v = *at<float>(x, p);
    *at<float>(dx, p) = f.a * through(f, v, *at<float>(dy, p), relu) + f.b * v + f.c;
}
