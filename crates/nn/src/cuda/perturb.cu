// The perturbation of frames, straight into the network's normalised input: the definition of src/perturb from the same
// integers and doubles, equal to its CPU form to the last bit. One thread a pixel.
#include "common.h"

#define SIDE 299

// Kinds of a resampling.
#define NONE 0
#define NEAREST 1
#define LINEAR 2

// What is read outside the frame.
#define COLOUR 0
#define CLAMPED 1

// One candidate. (rust: render::Candidate)
struct Candidate {
    // Which of the frames.
    int frame;
    // Kind of the shift, kind of the rotation, what is read outside.
    int shift, rotation, outside;
    // The colour outside: red in the lowest byte, then green, blue.
    unsigned colour;
    int field_of_view;
    // Its edited pixels.
    int first_edit, edits;
    // Which of the noise fields; -1: none.
    int noise;
    // Which of the lamps; -1: none.
    int lamp;
    // Nearest: source x = (c + x a + y b) >> 16, source y = (f + x d + y e) >> 16, for a, b, c, d, e, f.
    int shift_fixed[6], rotation_fixed[6];
    // Linear: source x = a (x + 1/2) + b (y + 1/2) + c, and y likewise.
    double shift_matrix[6], rotation_matrix[6];
    double gain[3], offset[3];
};
static_assert(sizeof(Candidate) == 232 && OFFSET(Candidate, colour) == 16, "render.rs: Candidate");
static_assert(OFFSET(Candidate, first_edit) == 24 && OFFSET(Candidate, noise) == 32, "render.rs: Candidate");
static_assert(OFFSET(Candidate, lamp) == 36, "render.rs: Candidate");
static_assert(OFFSET(Candidate, shift_fixed) == 40 && OFFSET(Candidate, rotation_fixed) == 64, "render.rs: Candidate");
static_assert(OFFSET(Candidate, shift_matrix) == 88 && OFFSET(Candidate, rotation_matrix) == 136, "render.rs: Candidate");
static_assert(OFFSET(Candidate, gain) == 184 && OFFSET(Candidate, offset) == 208, "render.rs: Candidate");

// A pixel set to a colour, packed as Candidate::colour. (rust: render::Edit)
struct Edit {
    int x, y;
    unsigned colour;
};
static_assert(sizeof(Edit) == 12 && OFFSET(Edit, y) == 4 && OFFSET(Edit, colour) == 8, "render.rs: Edit");

struct Rgb {
    int v[3];
};

INLINE Rgb unpack(unsigned colour) {
    Rgb c = {{(int)(colour & 255u), (int)((colour >> 8) & 255u), (int)((colour >> 16) & 255u)}};
    return c;
}

INLINE Rgb original(const unsigned char *frame, int x, int y) {
    const unsigned char *p = frame + (y * SIDE + x) * 3;
    Rgb c = {{p[0], p[1], p[2]}};
    return c;
}

INLINE int inside(int v) { return v >= 0 && v < SIDE; }

// A coordinate brought into the frame: clamped, or mirrored with the border pixel repeated.
INLINE int fold(int v, int mirrored) {
    if (mirrored) {
        int phase = v % (2 * SIDE);
        if (phase < 0) phase += 2 * SIDE;
        return phase < 2 * SIDE - 1 - phase ? phase : 2 * SIDE - 1 - phase;
    }
    return v < 0 ? 0 : v > SIDE - 1 ? SIDE - 1 : v;
}

INLINE double between(double a, double b, double way) { return plus(a, times(plus(b, -a), way)); }

// Reads pixels of the frame as it came.
struct Original {
    const unsigned char *frame;
    INLINE_MEMBER Rgb read(int x, int y) const { return original(frame, x, y); }
};

// One resampling of what `from` reads.
template <typename From>
INLINE Rgb resample(const From &from, int kind, const int *fixed, const double *matrix, int outside, unsigned colour, int x, int y) {
    int mirrored = outside > CLAMPED;
    if (kind == NONE) return from.read(x, y);
    if (kind == NEAREST) {
        int sx = (fixed[2] + x * fixed[0] + y * fixed[1]) >> 16;
        int sy = (fixed[5] + x * fixed[3] + y * fixed[4]) >> 16;
        if (outside == COLOUR && !(inside(sx) && inside(sy))) return unpack(colour);
        return from.read(fold(sx, mirrored), fold(sy, mirrored));
    }
    double px = x + 0.5, py = y + 0.5;
    double sx = plus(plus(times(matrix[0], px), times(matrix[1], py)), matrix[2]);
    double sy = plus(plus(times(matrix[3], px), times(matrix[4], py)), matrix[5]);
    if (outside == COLOUR && !(sx >= 0.0 && sx < SIDE && sy >= 0.0 && sy < SIDE)) return unpack(colour);
    sx = plus(sx, -0.5);
    sy = plus(sy, -0.5);
    double left = floor(sx), top = floor(sy);
    double right_way = plus(sx, -left), down_way = plus(sy, -top);
    int x0 = fold((int)left, mirrored), x1 = fold((int)left + 1, mirrored);
    int y0 = fold((int)top, mirrored), y1 = fold((int)top + 1, mirrored);
    Rgb a = from.read(x0, y0), b = from.read(x1, y0), c = from.read(x0, y1), d = from.read(x1, y1);
    Rgb out;
    for (int i = 0; i < 3; i++) {
        double upper = between(a.v[i], b.v[i], right_way), lower = between(c.v[i], d.v[i], right_way);
        out.v[i] = (int)between(upper, lower, down_way);
    }
    return out;
}

// Reads pixels of the shifted frame.
struct Shifted {
    Original from;
    const Candidate *p;
    INLINE_MEMBER Rgb read(int x, int y) const {
        return resample(from, p->shift, p->shift_fixed, p->shift_matrix, p->outside, p->colour, x, y);
    }
};

INLINE int clamp_byte(int v) { return v < 0 ? 0 : v > 255 ? 255 : v; }

INLINE int balanced(int v, double gain, double offset) {
    double moved = plus(trunc(times((double)v, gain)), offset);
    return moved <= 0.0 ? 0 : moved >= 255.0 ? 255 : (int)moved;
}

// frames: 299 x 299 x 3 bytes each. noise: as many signed values each. lamps: what each byte of each channel becomes, 3 x 256 bytes
// each. normalised: what becomes of each byte of each channel.
template <typename T>
INLINE void perturb(Strided out, int n, const Candidate *candidates, const unsigned char *frames, const Edit *edits,
                    const short *noise, const unsigned char *lamps, const float *normalised) {
    const int pixels = SIDE * SIDE;
    long long index = thread();
    if (index >= (long long)n * pixels) return;
    int which = (int)(index / pixels), pixel = (int)(index % pixels);
    int x = pixel % SIDE, y = pixel / SIDE;
    const Candidate *p = candidates + which;
    Shifted shifted = {{frames + (long long)p->frame * pixels * 3}, p};
    Rgb rgb = resample(shifted, p->rotation, p->rotation_fixed, p->rotation_matrix, p->outside, p->colour, x, y);
    if (p->field_of_view) {
        // In half pixels, so that it is exact.
        int dx = 2 * x + 1 - SIDE, dy = 2 * y + 1 - SIDE;
        if (dx * dx + dy * dy > SIDE * SIDE) rgb = unpack(0);
    }
    if (p->lamp >= 0) {
        const unsigned char *lamp = lamps + (long long)p->lamp * 3 * 256;
        for (int i = 0; i < 3; i++) rgb.v[i] = lamp[i * 256 + rgb.v[i]];
    }
    for (int i = 0; i < 3; i++) rgb.v[i] = balanced(rgb.v[i], p->gain[i], p->offset[i]);
    for (int i = 0; i < p->edits; i++) {
        Edit edit = edits[p->first_edit + i];
        if (edit.x == x && edit.y == y) rgb = unpack(edit.colour);
    }
    if (p->noise >= 0) {
        const short *field = noise + ((long long)p->noise * pixels + pixel) * 3;
        for (int i = 0; i < 3; i++) rgb.v[i] = clamp_byte(rgb.v[i] + field[i]);
    }
    for (int i = 0; i < 3; i++) {
        Place to = {which, i, y, x};
        store(at<T>(out, to), normalised[i * 256 + rgb.v[i]]);
    }
}

KERNEL perturb_f32(Strided out, int n, const Candidate *candidates, const unsigned char *frames, const Edit *edits,
                   const short *noise, const unsigned char *lamps, const float *normalised) {
    perturb<float>(out, n, candidates, frames, edits, noise, lamps, normalised);
}

KERNEL perturb_bf16(Strided out, int n, const Candidate *candidates, const unsigned char *frames, const Edit *edits,
                    const short *noise, const unsigned char *lamps, const float *normalised) {
    perturb<bf16>(out, n, candidates, frames, edits, noise, lamps, normalised);
}
