// What the kernels share. They are compiled twice: for cards by nvcc, and by the host's C++ compiler for tests, where
// emulate.cpp calls each once for every thread that a card would start. So they use no shared memory and wait for no other
// thread.
#pragma once

#ifdef __CUDACC__
#define KERNEL extern "C" __global__ void
#define INLINE static __device__ __forceinline__
#define INLINE_MEMBER __device__ __forceinline__
INLINE long long thread() { return (long long)blockIdx.x * blockDim.x + threadIdx.x; }
// In doubles, each rounded on its own, whatever the compiler would like to contract.
INLINE double times(double a, double b) { return __dmul_rn(a, b); }
INLINE double plus(double a, double b) { return __dadd_rn(a, b); }
INLINE unsigned bits_of(float v) { return __float_as_uint(v); }
INLINE float of_bits(unsigned v) { return __uint_as_float(v); }
#else
#include <cmath>
#include <cstring>
#define KERNEL static void
#define INLINE static inline
#define INLINE_MEMBER inline
static long long this_thread;
INLINE long long thread() { return this_thread; }
// The host compiles with -ffp-contract=off.
INLINE double times(double a, double b) { return a * b; }
INLINE double plus(double a, double b) { return a + b; }
INLINE unsigned bits_of(float v) {
    unsigned bits;
    std::memcpy(&bits, &v, sizeof bits);
    return bits;
}
INLINE float of_bits(unsigned bits) {
    float v;
    std::memcpy(&v, &bits, sizeof v);
    return v;
}
#endif

// The upper half of an f32, rounded to the nearest, to even between two.
struct bf16 {
    unsigned short bits;
};

INLINE float load(float v) { return v; }
INLINE float load(bf16 v) { return of_bits((unsigned)v.bits << 16); }
INLINE void store(float *to, float v) { *to = v; }
INLINE void store(bf16 *to, float v) {
    unsigned bits = bits_of(v);
    // A value that is not a number stays none.
    if ((bits & 0x7fffffffu) > 0x7f800000u) {
        to->bits = (unsigned short)((bits >> 16) | 0x40u);
        return;
    }
    to->bits = (unsigned short)((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

// An activation, or some of its channels: where it begins, and how many values lie from one frame, channel, row and column to
// the next. (rust: Strided)
struct Strided {
    void *at;
    long long frame, channel, row, column;
};
// The other side of these asserts is in call.rs (render.rs for what perturb.cu declares), under the same numbers.
#define OFFSET(type, field) __builtin_offsetof(type, field)
static_assert(sizeof(Strided) == 40 && OFFSET(Strided, frame) == 8, "call.rs: Strided");
static_assert(OFFSET(Strided, channel) == 16 && OFFSET(Strided, row) == 24, "call.rs: Strided");
static_assert(OFFSET(Strided, column) == 32, "call.rs: Strided");

// How many there are; `pixels`: whether the channels of a pixel lie together, which is then the order of the threads too.
// (rust: Extent)
struct Extent {
    int frames, channels, rows, columns, pixels;
};
static_assert(sizeof(Extent) == 20 && OFFSET(Extent, channels) == 4, "call.rs: Extent");
static_assert(OFFSET(Extent, rows) == 8 && OFFSET(Extent, columns) == 12, "call.rs: Extent");
static_assert(OFFSET(Extent, pixels) == 16, "call.rs: Extent");

struct Place {
    int frame, channel, row, column;
};

INLINE long long count(Extent e) { return (long long)e.frames * e.channels * e.rows * e.columns; }

// What the n-th thread works on, so that neighbours in memory go to neighbours among the threads.
INLINE Place place(Extent e, long long n) {
    Place p;
    if (e.pixels) {
        p.channel = (int)(n % e.channels);
        n /= e.channels;
    }
    p.column = (int)(n % e.columns);
    n /= e.columns;
    p.row = (int)(n % e.rows);
    n /= e.rows;
    if (!e.pixels) {
        p.channel = (int)(n % e.channels);
        n /= e.channels;
    }
    p.frame = (int)n;
    return p;
}

template <typename T> INLINE T *at(Strided s, Place p) {
    return (T *)s.at + (p.frame * s.frame + p.channel * s.channel + p.row * s.row + p.column * s.column);
}

template <typename T> INLINE T *at(Strided s, Place p, int row, int column) {
    p.row = row;
    p.column = column;
    return at<T>(s, p);
}
