//! The uniform buffers of both shaders, as WGSL lays them out.

use bytemuck::{Pod, Zeroable};

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Fill, Perturbation, PoseResampling, Step, rotation_matrix};

use crate::explorer::preview::{Preview, Show};

/// `Perturbation` of `shaders/perturb.wgsl`.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(super) struct PerturbUniform {
    kinds: [u32; 4],
    outside: [f32; 4],
}

impl PerturbUniform {
    pub(super) fn new(
        p: &Perturbation,
        pose: &PoseResampling,
        outside: [u8; 3],
        after: bool,
    ) -> Self {
        let kind = |step: Option<&Step>| match step {
            None => 0,
            Some(Step::Nearest(_)) => 1,
            Some(Step::Linear(_)) => 2,
        };
        let [r, g, b] = outside.map(f32::from);
        Self {
            kinds: [
                kind(pose.shift.as_ref()),
                kind(pose.rotation.as_ref()),
                outside_kind(p.fill),
                u32::from(p.field_of_view),
            ],
            outside: [r, g, b, f32::from(u8::from(after))],
        }
    }
}

/// What is read outside the frame: a colour, the clamped or the mirrored position.
fn outside_kind(fill: Fill) -> u32 {
    match fill {
        Fill::Black | Fill::MeanSkin => 0,
        Fill::Edge => 1,
        Fill::Reflect => 2,
    }
}

/// `View` of `shaders/preview.wgsl`.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(super) struct ViewUniform {
    rect: [f32; 4],
    visible: [f32; 4],
    region: [f32; 4],
    rotation: [f32; 4],
    moves: [f32; 4],
    outside: [f32; 4],
    numbers: [f32; 4],
    flags: [u32; 4],
}

/// What a drawing depends on besides the preview itself.
pub(super) struct DrawParameters<'a> {
    /// Rectangle in pixels of the target: left, top, width, height.
    pub(super) rect: [f32; 4],
    /// The perturbation, known to be valid.
    pub(super) perturbation: &'a Perturbation,
    /// Mip level of the photograph, see [`level`]; 0 at the network's resolution.
    pub(super) level: f32,
    /// The colour outside the frame.
    pub(super) outside: [u8; 3],
    /// Whether there are pixels or noise.
    pub(super) after: bool,
}

impl ViewUniform {
    pub(super) fn new(preview: &Preview, at: &DrawParameters<'_>) -> Self {
        let p = at.perturbation;
        let side = Frame::SIDE as f32;
        let [left, top, right, bottom] = preview.view;
        let (width, height) = (right - left, bottom - top);
        let [r, g, b] = at.outside.map(f32::from);
        let (wipe, gain) = match preview.show {
            Show::Original | Show::Altered => (0.0, 1.0),
            Show::Wipe(fraction) => (fraction, 1.0),
            Show::Difference { gain } => (0.0, gain),
        };
        let region = region(preview);
        let [a, b_, c, d, e, f] = rotation_matrix(p.rotate.rem_euclid(360.0)).map(|v| v as f32);
        let [x, y] = p.shift.map(|v| v as f32);
        Self {
            rect: at.rect,
            visible: [left * side, top * side, width * side, height * side],
            region,
            rotation: [a, b_, d, e],
            moves: [c, f, x, y],
            outside: [r, g, b, 0.0],
            numbers: [wipe, gain, at.level.max(0.0), 0.0],
            flags: [
                u32::from(p.field_of_view),
                u32::from(at.after),
                outside_kind(p.fill),
                0,
            ],
        }
    }
}

/// Mip level at which a photograph's texture of `size` is read: log2 of its pixels per pixel of the target, along the denser
/// axis, so that neither aliases. At most 0 if the photograph is shown at its size or larger.
pub(super) fn level(preview: &Preview, size: [u32; 2], rect: [f32; 4]) -> f32 {
    let [left, top, right, bottom] = preview.view;
    let [_, _, region_width, region_height] = region(preview);
    let [_, _, rect_width, rect_height] = rect;
    let [texels_x, texels_y] = size.map(|v| v as f32);
    let across = texels_x * region_width * (right - left) / rect_width.max(1.0);
    let down = texels_y * region_height * (bottom - top) / rect_height.max(1.0);
    across.max(down).max(f32::MIN_POSITIVE).log2()
}

/// The frame's part of the raster in 0..1: left, top, width, height.
fn region(preview: &Preview) -> [f32; 4] {
    let raster = &preview.picture.raster;
    let [left, top, right, bottom] = preview.picture.region;
    let (width, height) = (f64::from(raster.width()), f64::from(raster.height()));
    [
        left / width,
        top / height,
        (right - left) / width,
        (bottom - top) / height,
    ]
    .map(|v| v as f32)
}
