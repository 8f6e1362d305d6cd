// The perturbation of a frame, 299 × 299 in and out: the definition of crates/image/src/perturb in integers and tables made on the CPU.
//
// Nearest poses, colour, pixels and noise come out equal to the CPU form. A fragment shader has no doubles, so bilinear poses
// are computed in fixed point of 32 binary places: equal but where a double lies within 2^-23 of a whole number, and 1 of 255
// off there (before the colour). Values are whole numbers 0..255. Only textureLoad and one uniform buffer: WebGL2 suffices.

const SIDE: i32 = 299;

// Kinds of a step.
const NONE: u32 = 0u;
const NEAREST: u32 = 1u;
const LINEAR: u32 = 2u;

// What is read outside the frame.
const COLOUR: u32 = 0u;
const CLAMPED: u32 = 1u;

// Whether a step may be linear. A pipeline of its own for those without: software drivers execute both sides of a branch that
// they cannot decide beforehand.
override MAY_BE_LINEAR: bool = true;

struct Perturbation {
    // Kind of the shift, kind of the rotation, what is read outside, 1 with a circular field of view.
    kinds: vec4<u32>,
    // The colour outside (0..255); w: 1 where `after` holds pixels or noise.
    outside: vec4<f32>,
};

@group(0) @binding(0) var<uniform> p: Perturbation;
// The frame.
@group(0) @binding(1) var frame: texture_2d<f32>;
// Four rows: the shift's columns and rows, the rotation's columns and rows; each texel a part of source x and of source y.
// Nearest steps: in 16.16 fixed point (x, y, unused, unused); linear ones: x whole, x fraction · 2^32, y whole, y fraction.
@group(0) @binding(2) var tables: texture_2d<i32>;
// 256 × 1: what each value of R, G and B becomes.
@group(0) @binding(3) var colours: texture_2d<u32>;
// What comes after the colour: a = 1: the pixel is set to rgb; a = 0: rgb is added.
@group(0) @binding(4) var after: texture_2d<i32>;

@vertex
fn cover(@builtin(vertex_index) index: u32) -> @builtin(position) vec4<f32> {
    // One triangle over the whole target.
    return vec4<f32>(f32((index & 1u) * 4u) - 1.0, f32((index & 2u) * 2u) - 1.0, 0.0, 1.0);
}

fn nearest(step: i32, at: vec2<i32>) -> vec2<i32> {
    let column = textureLoad(tables, vec2<i32>(at.x, 2 * step), 0).xy;
    let row = textureLoad(tables, vec2<i32>(at.y, 2 * step + 1), 0).xy;
    return (column + row) >> vec2<u32>(16u);
}

fn inside(at: vec2<i32>) -> bool {
    return all(at >= vec2<i32>(0)) && all(at < vec2<i32>(SIDE));
}

// A coordinate brought into the frame: clamped, or mirrored with the border pixel repeated.
fn fold(v: vec2<i32>, mirrored: bool) -> vec2<i32> {
    if mirrored {
        let period = vec2<i32>(2 * SIDE);
        // GLSL's % is undefined for negative numbers; positions stay above -1,300 (Perturbation::MAX_SHIFT and a frame).
        let phase = (v + 4 * period) % period;
        return min(phase, period - vec2<i32>(1) - phase);
    }
    return clamp(v, vec2<i32>(0), vec2<i32>(SIDE - 1));
}

fn original(at: vec2<i32>) -> vec3<u32> {
    return vec3<u32>(textureLoad(frame, at, 0).rgb * 255.0 + 0.5);
}

// A linear step's position: the pixel left above it, its way to the next one (· 2^32), and whether it lies in the frame.
struct Position {
    pixel: vec2<i32>,
    way: vec2<u32>,
    outside: bool,
};

fn position(step: i32, at: vec2<i32>) -> Position {
    let column = textureLoad(tables, vec2<i32>(at.x, 2 * step), 0);
    let row = textureLoad(tables, vec2<i32>(at.y, 2 * step + 1), 0);
    let part = bitcast<vec2<u32>>(column.yw);
    let fraction = part + bitcast<vec2<u32>>(row.yw);
    let whole = column.xz + row.xz + select(vec2<i32>(0), vec2<i32>(1), fraction < part);
    let half = 1u << 31u;
    var out: Position;
    out.outside = !inside(whole);
    // Less half a pixel: pixels are read at their centres.
    out.pixel = whole - select(vec2<i32>(1), vec2<i32>(0), fraction >= vec2<u32>(half));
    out.way = fraction + vec2<u32>(half);
    return out;
}

// Numbers with 32 binary places, a channel each.
struct Wide {
    whole: vec3<u32>,
    fraction: vec3<u32>,
};

fn one_where(condition: vec3<bool>) -> vec3<u32> {
    return select(vec3<u32>(0u), vec3<u32>(1u), condition);
}

fn plus(a: Wide, b: Wide) -> Wide {
    let fraction = a.fraction + b.fraction;
    return Wide(a.whole + b.whole + one_where(fraction < a.fraction), fraction);
}

fn minus(a: Wide, b: Wide) -> Wide {
    return Wide(a.whole - b.whole - one_where(a.fraction < b.fraction), a.fraction - b.fraction);
}

fn either(a: Wide, b: Wide, second: vec3<bool>) -> Wide {
    return Wide(select(a.whole, b.whole, second), select(a.fraction, b.fraction, second));
}

// value · way / 2^32, for whole numbers below 256. In halves of 16 bits, since products have 32.
fn part_of(value: Wide, way: u32) -> Wide {
    let low_way = vec3<u32>(way & 0xffffu);
    let high_way = vec3<u32>(way >> 16u);
    let low = value.whole * low_way;
    let high = value.whole * high_way + (low >> vec3<u32>(16u));
    let of_whole = Wide(high >> vec3<u32>(16u), (high << vec3<u32>(16u)) | (low & vec3<u32>(0xffffu)));
    let low_fraction = value.fraction & vec3<u32>(0xffffu);
    let high_fraction = value.fraction >> vec3<u32>(16u);
    let middle = high_fraction * low_way + ((low_fraction * low_way) >> vec3<u32>(16u));
    let other = low_fraction * high_way + (middle & vec3<u32>(0xffffu));
    let of_fraction = high_fraction * high_way + (middle >> vec3<u32>(16u)) + (other >> vec3<u32>(16u));
    return plus(of_whole, Wide(vec3<u32>(0u), of_fraction));
}

fn between(a: Wide, b: Wide, way: u32) -> Wide {
    let falls = (b.whole < a.whole) | ((b.whole == a.whole) & (b.fraction < a.fraction));
    let part = part_of(minus(either(b, a, falls), either(a, b, falls)), way);
    return either(plus(a, part), minus(a, part), falls);
}

fn blend(a: vec3<u32>, b: vec3<u32>, c: vec3<u32>, d: vec3<u32>, way: vec2<u32>) -> vec3<u32> {
    let none = vec3<u32>(0u);
    let top = between(Wide(a, none), Wide(b, none), way.x);
    let bottom = between(Wide(c, none), Wide(d, none), way.x);
    // Truncated as on the CPU. What the tables lose (at most 2^-23 of a value) must not make 6.99… of a whole 7.
    return plus(between(top, bottom, way.y), Wide(none, vec3<u32>(1u << 9u))).whole;
}

fn shifted(at: vec2<i32>) -> vec3<u32> {
    if p.kinds.x == NONE {
        return original(at);
    }
    let mirrored = p.kinds.z > CLAMPED;
    if !MAY_BE_LINEAR || p.kinds.x == NEAREST {
        let origin = nearest(0, at);
        if p.kinds.z == COLOUR && !inside(origin) {
            return vec3<u32>(p.outside.rgb);
        }
        return original(fold(origin, mirrored));
    }
    let origin = position(0, at);
    if p.kinds.z == COLOUR && origin.outside {
        return vec3<u32>(p.outside.rgb);
    }
    return blend(
        original(fold(origin.pixel, mirrored)),
        original(fold(origin.pixel + vec2<i32>(1, 0), mirrored)),
        original(fold(origin.pixel + vec2<i32>(0, 1), mirrored)),
        original(fold(origin.pixel + vec2<i32>(1, 1), mirrored)),
        origin.way,
    );
}

fn posed(at: vec2<i32>) -> vec3<u32> {
    if p.kinds.y == NONE {
        return shifted(at);
    }
    let mirrored = p.kinds.z > CLAMPED;
    if !MAY_BE_LINEAR || p.kinds.y == NEAREST {
        let origin = nearest(1, at);
        if p.kinds.z == COLOUR && !inside(origin) {
            return vec3<u32>(p.outside.rgb);
        }
        return shifted(fold(origin, mirrored));
    }
    let origin = position(1, at);
    if p.kinds.z == COLOUR && origin.outside {
        return vec3<u32>(p.outside.rgb);
    }
    return blend(
        shifted(fold(origin.pixel, mirrored)),
        shifted(fold(origin.pixel + vec2<i32>(1, 0), mirrored)),
        shifted(fold(origin.pixel + vec2<i32>(0, 1), mirrored)),
        shifted(fold(origin.pixel + vec2<i32>(1, 1), mirrored)),
        origin.way,
    );
}

@fragment
fn perturb(@builtin(position) fragment: vec4<f32>) -> @location(0) vec4<f32> {
    let at = vec2<i32>(fragment.xy);
    var index = posed(at);
    if p.kinds.w == 1u {
        let from_centre = 2 * at + vec2<i32>(1 - SIDE);
        if from_centre.x * from_centre.x + from_centre.y * from_centre.y > SIDE * SIDE {
            index = vec3<u32>(0u);
        }
    }
    var v = vec3<i32>(
        i32(textureLoad(colours, vec2<i32>(i32(index.r), 0), 0).r),
        i32(textureLoad(colours, vec2<i32>(i32(index.g), 0), 0).g),
        i32(textureLoad(colours, vec2<i32>(i32(index.b), 0), 0).b),
    );
    if p.outside.w == 1.0 {
        let then = textureLoad(after, at, 0);
        v = clamp(select(v, vec3<i32>(0), then.a == 1) + then.rgb, vec3<i32>(0), vec3<i32>(255));
    }
    return vec4<f32>(vec3<f32>(v) / 255.0, 1.0);
}
