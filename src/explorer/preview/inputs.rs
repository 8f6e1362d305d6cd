//! A perturbation on the graphics card: its tables as textures, small and created anew for every new perturbation.
//!
//! New textures rather than overwritten ones: a preview prepared earlier in the same window frame may still read the old.

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{
    LinearStep, NearestStep, Perturbation, PoseResampling, Step, colour_tables,
};

/// Side of a frame in pixels.
const SIDE: u32 = Frame::SIDE;

/// A texture of one level, filled.
pub(super) fn texture(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    format: wgpu::TextureFormat,
    [width, height]: [u32; 2],
    bytes: &[u8],
) -> wgpu::TextureView {
    let size = wgpu::Extent3d {
        width,
        height,
        depth_or_array_layers: 1,
    };
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: Some("preview input"),
        size,
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    });
    let layout = wgpu::TexelCopyBufferLayout {
        offset: 0,
        bytes_per_row: Some(bytes.len() as u32 / height),
        rows_per_image: None,
    };
    queue.write_texture(texture.as_image_copy(), bytes, layout, size);
    texture.create_view(&wgpu::TextureViewDescriptor::default())
}

/// The pose: 299 × 4 texels of four i32 (see `shaders/perturb.wgsl`).
pub(super) fn tables(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    pose: &PoseResampling,
) -> wgpu::TextureView {
    let mut texels = Vec::with_capacity(4 * SIDE as usize);
    for step in [&pose.shift, &pose.rotation] {
        match step {
            None => texels.extend(std::iter::repeat_n([0; 4], 2 * SIDE as usize)),
            Some(Step::Nearest(NearestStep { columns, rows })) => {
                texels.extend(columns.iter().chain(rows).map(|&[x, y]| [x, y, 0, 0]));
            }
            Some(Step::Linear(LinearStep { matrix })) => {
                let [a, b, c, d, e, f] = *matrix;
                let centres = || (0..SIDE).map(|v| f64::from(v) + 0.5);
                texels.extend(centres().map(|x| fixed(a * x, d * x)));
                texels.extend(centres().map(|y| fixed(b * y + c, e * y + f)));
            }
        }
    }
    let bytes = bytemuck::cast_slice(&texels);
    let format = wgpu::TextureFormat::Rgba32Sint;
    texture(device, queue, format, [SIDE, 4], bytes)
}

/// Whole part and fraction · 2³² of both numbers.
fn fixed(x: f64, y: f64) -> [i32; 4] {
    let split = |v: f64| {
        let scaled = (v * 2_f64.powi(32)).round() as i64;
        // The low half is a u32 stored in an i32.
        [(scaled >> 32) as i32, scaled as u32 as i32]
    };
    let ([x, x_fraction], [y, y_fraction]) = (split(x), split(y));
    [x, x_fraction, y, y_fraction]
}

/// The colour balance: 256 × 1 texels.
pub(super) fn colours(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    p: &Perturbation,
) -> wgpu::TextureView {
    let [red, green, blue] = colour_tables(p);
    let texels: Vec<[u8; 4]> = (red.into_iter().zip(green).zip(blue))
        .map(|((r, g), b)| [r, g, b, 0])
        .collect();
    let format = wgpu::TextureFormat::Rgba8Uint;
    texture(device, queue, format, [256, 1], texels.as_flattened())
}

/// Pixels and noise as one field: a = 1 sets a pixel to rgb (its noise added), a = 0 adds rgb. `None` without either.
pub(super) fn after(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    p: &Perturbation,
) -> Option<wgpu::TextureView> {
    if p.pixels.is_empty() && p.noise.is_none() {
        return None;
    }
    let mut texels = vec![[0_i16; 4]; (SIDE * SIDE) as usize];
    for edit in &p.pixels {
        if let Some(texel) = texels.get_mut((edit.y * SIDE + edit.x) as usize) {
            let [r, g, b] = edit.rgb.map(i16::from);
            *texel = [r, g, b, 1];
        }
    }
    if let Some(noise) = &p.noise {
        let (changes, _) = noise.field.as_chunks::<3>();
        for (texel, change) in texels.iter_mut().zip(changes) {
            for (value, change) in texel.iter_mut().zip(change) {
                *value += change;
            }
        }
    }
    let bytes = bytemuck::cast_slice(&texels);
    let format = wgpu::TextureFormat::Rgba16Sint;
    Some(texture(device, queue, format, [SIDE, SIDE], bytes))
}
