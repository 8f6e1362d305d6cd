// Draws the original and the altered picture into the window: side, wipe or difference, zoomed, crisp or smooth.
//
// At the network's resolution both come from textures of 299 × 299 (perturb.wgsl made the altered one). At full resolution
// the same pose is applied here in continuous frame coordinates, then the same colour tables; pixels and noise are drawn
// as the frame's blocks. Frame coordinates: 0..299, x right, y down; values 0..255 in f32 until they are written.

const SIDE: f32 = 299.0;

// What is shown.
const ORIGINAL: u32 = 0u;
const ALTERED: u32 = 1u;
const WIPE: u32 = 2u;

// What is read outside the frame.
const COLOUR: u32 = 0u;
const CLAMPED: u32 = 1u;

// One pipeline for each choice: software drivers execute both sides of a branch that they cannot decide beforehand.
override SHOW: u32 = 0u;
// At full resolution, else at the network's.
override FULL: bool = false;
// Texels as blocks; else filtered.
override CRISP: bool = false;
// The target converts linear values to gamma.
override LINEAR_TARGET: bool = false;

struct View {
    // The rectangle in pixels of the target: left, top, width, height.
    rect: vec4<f32>,
    // The visible part in frame coordinates: left, top, width, height.
    visible: vec4<f32>,
    // The frame's part of the photograph's texture, 0..1: left, top, width, height.
    region: vec4<f32>,
    // Output to source, rotation: source = (x·a + y·b + c, x·d + y·e + f): a, b, d, e.
    rotation: vec4<f32>,
    // c, f, shift x, shift y.
    moves: vec4<f32>,
    // The colour outside, 0..255.
    outside: vec4<f32>,
    // Wipe: fraction of the rectangle; difference: gain; mip level of the photograph; unused.
    numbers: vec4<f32>,
    // 1 with a circular field of view; 1 where `after` holds pixels or noise; what is read outside; unused.
    flags: vec4<u32>,
};

@group(0) @binding(0) var<uniform> v: View;
// The original: 299 × 299, or the photograph with its mip levels.
@group(0) @binding(1) var picture: texture_2d<f32>;
// The altered frame, 299 × 299. At full resolution unused.
@group(0) @binding(2) var altered_frame: texture_2d<f32>;
@group(0) @binding(3) var colours: texture_2d<u32>;
@group(0) @binding(4) var after: texture_2d<i32>;
@group(0) @binding(5) var smoothly: sampler;

@vertex
fn cover(@builtin(vertex_index) index: u32) -> @builtin(position) vec4<f32> {
    return vec4<f32>(f32((index & 1u) * 4u) - 1.0, f32((index & 2u) * 2u) - 1.0, 0.0, 1.0);
}

fn block(at: vec2<f32>) -> vec2<i32> {
    return clamp(vec2<i32>(floor(at)), vec2<i32>(0), vec2<i32>(i32(SIDE) - 1));
}

fn photograph(at: vec2<f32>) -> vec3<f32> {
    let uv = v.region.xy + at / SIDE * v.region.zw;
    if CRISP {
        let size = vec2<i32>(textureDimensions(picture, 0));
        let texel = clamp(vec2<i32>(floor(uv * vec2<f32>(size))), vec2<i32>(0), size - vec2<i32>(1));
        return textureLoad(picture, texel, 0).rgb * 255.0;
    }
    return textureSampleLevel(picture, smoothly, uv, max(v.numbers.z, 0.0)).rgb * 255.0;
}

fn outside_field_of_view(at: vec2<f32>) -> bool {
    return v.flags.x == 1u && distance(at, vec2<f32>(0.5 * SIDE)) > 0.5 * SIDE;
}

fn original(at: vec2<f32>) -> vec3<f32> {
    if FULL {
        if outside_field_of_view(at) {
            return vec3<f32>(0.0);
        }
        return photograph(at);
    }
    if CRISP {
        return textureLoad(picture, block(at), 0).rgb * 255.0;
    }
    return textureSampleLevel(picture, smoothly, at / SIDE, 0.0).rgb * 255.0;
}

fn uncovered(at: vec2<f32>) -> bool {
    return v.flags.z == COLOUR && (any(at < vec2<f32>(0.0)) || any(at >= vec2<f32>(SIDE)));
}

fn fold(at: vec2<f32>) -> vec2<f32> {
    if v.flags.z > CLAMPED {
        let phase = at - floor(at / (2.0 * SIDE)) * (2.0 * SIDE);
        return min(phase, vec2<f32>(2.0 * SIDE) - phase);
    }
    return clamp(at, vec2<f32>(0.5), vec2<f32>(SIDE - 0.5));
}

// The source position of the pose, brought into the frame; z = 1 where the picture does not cover it.
fn unposed(at: vec2<f32>) -> vec3<f32> {
    let turned = vec2<f32>(dot(v.rotation.xy, at), dot(v.rotation.zw, at)) + v.moves.xy;
    if uncovered(turned) {
        return vec3<f32>(at, 1.0);
    }
    // Inside the frame, at its border, nothing is to be clamped: only what lies beyond.
    var origin = turned;
    if any(turned < vec2<f32>(0.0)) || any(turned > vec2<f32>(SIDE)) {
        origin = fold(turned);
    }
    let moved = origin - v.moves.zw;
    if uncovered(moved) {
        return vec3<f32>(at, 1.0);
    }
    if any(moved < vec2<f32>(0.0)) || any(moved > vec2<f32>(SIDE)) {
        return vec3<f32>(fold(moved), 0.0);
    }
    return vec3<f32>(moved, 0.0);
}

fn altered_photograph(at: vec2<f32>) -> vec3<f32> {
    let origin = unposed(at);
    var value = v.outside.rgb;
    if origin.z == 0.0 {
        value = photograph(origin.xy);
    }
    if outside_field_of_view(at) {
        value = vec3<f32>(0.0);
    }
    let index = vec3<i32>(clamp(value + 0.5, vec3<f32>(0.0), vec3<f32>(255.0)));
    value = vec3<f32>(
        f32(textureLoad(colours, vec2<i32>(index.r, 0), 0).r),
        f32(textureLoad(colours, vec2<i32>(index.g, 0), 0).g),
        f32(textureLoad(colours, vec2<i32>(index.b, 0), 0).b),
    );
    if v.flags.y == 1u {
        let then = textureLoad(after, block(at), 0);
        value = clamp(select(value, vec3<f32>(0.0), then.a == 1) + vec3<f32>(then.rgb), vec3<f32>(0.0), vec3<f32>(255.0));
    }
    return value;
}

fn altered(at: vec2<f32>) -> vec3<f32> {
    if FULL {
        return altered_photograph(at);
    }
    if CRISP {
        return textureLoad(altered_frame, block(at), 0).rgb * 255.0;
    }
    return textureSampleLevel(altered_frame, smoothly, at / SIDE, 0.0).rgb * 255.0;
}

fn linear_from_gamma(gamma: vec3<f32>) -> vec3<f32> {
    let lower = gamma / 12.92;
    let higher = pow((gamma + 0.055) / 1.055, vec3<f32>(2.4));
    return select(higher, lower, gamma < vec3<f32>(0.04045));
}

@fragment
fn draw(@builtin(position) fragment: vec4<f32>) -> @location(0) vec4<f32> {
    let on_rect = (fragment.xy - v.rect.xy) / v.rect.zw;
    let at = v.visible.xy + on_rect * v.visible.zw;
    if any(at < vec2<f32>(0.0)) || any(at >= vec2<f32>(SIDE)) {
        // Beyond the frame the window shows through.
        return vec4<f32>(0.0);
    }
    var value: vec3<f32>;
    if SHOW == ORIGINAL || (SHOW == WIPE && on_rect.x < v.numbers.x) {
        value = original(at);
    } else if SHOW == ALTERED || SHOW == WIPE {
        value = altered(at);
    } else {
        // The definition is that of crates/image/src/distance/difference.rs.
        var before = original(at);
        if FULL {
            // What is altered is rounded before: else the rounding alone would be seen as a difference.
            before = floor(before + 0.5);
        }
        value = clamp(128.0 + v.numbers.y * (altered(at) - before), vec3<f32>(0.0), vec3<f32>(255.0));
    }
    value = value / 255.0;
    if LINEAR_TARGET {
        value = linear_from_gamma(value);
    }
    return vec4<f32>(value, 1.0);
}
