//! Pictures on the graphics card: uploaded once per key, with mip levels, the least recently used dropped first.

use std::sync::{Arc, OnceLock};

use image::{ImageBuffer, Rgb};

use flipscope_image::lesion::Raster;

/// Whether a large photograph may appear later.
#[derive(Clone, Copy)]
pub(super) enum Loading<'a> {
    /// It is uploaded before anything is drawn.
    Now,
    /// It is uploaded on a thread; the frame is shown until then, and the window is repainted afterwards.
    Behind(&'a egui::Context),
}

/// Bytes of textures kept: one photograph of 24 megapixels (128 MB with its mip levels) and many frames.
const BUDGET: u64 = 192 << 20;
/// Rasters up to this many pixels are uploaded at once (a few ms); larger ones on a separate thread.
const AT_ONCE: u64 = 1 << 20;
/// Bytes passed to the queue at a time, so that memory never holds a second copy of a photograph.
const STRIP: usize = 8 << 20;

/// A picture on the graphics card.
#[derive(Clone)]
pub(super) struct Uploaded {
    /// All mip levels.
    pub(super) view: wgpu::TextureView,
    /// Width and height of level 0: smaller than the raster's if that exceeds what the device supports.
    pub(super) size: [u32; 2],
}

/// The cache. A picture is identified by its key and the raster's size.
pub(super) struct Pictures {
    /// Least recently used first.
    entries: Vec<Entry>,
}

type Name = (u64, u32, u32);

struct Entry {
    name: Name,
    bytes: u64,
    /// Empty while a thread uploads.
    uploaded: Arc<OnceLock<Uploaded>>,
}

impl Pictures {
    pub(super) fn new() -> Self {
        Self {
            entries: Vec::new(),
        }
    }

    /// The picture, uploaded now if it is new.
    pub(super) fn now(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        key: u64,
        raster: &Raster,
    ) -> Uploaded {
        let cell = self.entry(key, raster);
        cell.get_or_init(|| upload(device, queue, raster)).clone()
    }

    /// The picture, or `None` while it is being uploaded; the window is repainted when it is ready.
    pub(super) fn get(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        key: u64,
        raster: &Arc<Raster>,
        loading: Loading<'_>,
    ) -> Option<Uploaded> {
        let Loading::Behind(context) = loading else {
            return Some(self.now(device, queue, key, raster));
        };
        if u64::from(raster.width()) * u64::from(raster.height()) <= AT_ONCE {
            return Some(self.now(device, queue, key, raster));
        }
        let known = self.entries.iter().any(|e| e.name == name(key, raster));
        let cell = self.entry(key, raster);
        if !known {
            let (device, queue, raster) = (device.clone(), queue.clone(), raster.clone());
            let (filled, context) = (cell.clone(), context.clone());
            let spawned = std::thread::Builder::new()
                .name("preview-upload".to_owned())
                .spawn(move || {
                    filled.get_or_init(|| upload(&device, &queue, &raster));
                    context.request_repaint();
                });
            if let Err(error) = spawned {
                log::warn!("no thread to upload the photograph: {error}; the frame is shown");
            }
        }
        cell.get().cloned()
    }

    /// The cell of a picture, moved to the end of the list; others are dropped if the budget requires it.
    fn entry(&mut self, key: u64, raster: &Raster) -> Arc<OnceLock<Uploaded>> {
        let name = name(key, raster);
        let entry = match self.entries.iter().position(|e| e.name == name) {
            Some(at) => self.entries.remove(at),
            None => Entry {
                name,
                // Four bytes a pixel, and a third more for the mip levels.
                bytes: u64::from(raster.width()) * u64::from(raster.height()) * 16 / 3,
                uploaded: Arc::default(),
            },
        };
        let cell = entry.uploaded.clone();
        let mut kept = entry.bytes;
        let first_kept = (self.entries.iter().rev())
            .take_while(|e| {
                kept += e.bytes;
                kept <= BUDGET
            })
            .count();
        self.entries.drain(..self.entries.len() - first_kept);
        self.entries.push(entry);
        cell
    }
}

fn name(key: u64, raster: &Raster) -> Name {
    (key, raster.width(), raster.height())
}

/// Uploads level by level, each made from the previous one by an area filter (box, in gamma space as the framing's).
fn upload(device: &wgpu::Device, queue: &wgpu::Queue, raster: &Raster) -> Uploaded {
    let limit = device.limits().max_texture_dimension_2d;
    let longest = raster.width().max(raster.height());
    let fitting = |side: u32| {
        let scaled = u64::from(side) * u64::from(limit) / u64::from(longest);
        if longest > limit {
            (scaled as u32).max(1)
        } else {
            side
        }
    };
    let size = [raster.width(), raster.height()].map(fitting);
    let [width, height] = size;
    let levels = width.max(height).ilog2() + 1;
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: Some("preview picture"),
        size: wgpu::Extent3d {
            width,
            height,
            depth_or_array_layers: 1,
        },
        mip_level_count: levels,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba8Unorm,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    });
    let mut scaled: Option<Raster> = None;
    for level in 0..levels {
        let (width, height) = ((width >> level).max(1), (height >> level).max(1));
        let source = scaled.as_ref().unwrap_or(raster);
        if (source.width(), source.height()) != (width, height) {
            scaled = shrink(source, width, height).or(scaled);
        }
        write_level(
            queue,
            &texture,
            level,
            scaled.as_ref().unwrap_or(raster),
            [width, height],
        );
    }
    Uploaded {
        view: texture.create_view(&wgpu::TextureViewDescriptor::default()),
        size,
    }
}

/// The mean over the pixels that each smaller one covers; `None` if the raster's size is not its own.
fn shrink(source: &Raster, width: u32, height: u32) -> Option<Raster> {
    let pixels = source.pixels();
    let pixels = ImageBuffer::<Rgb<u8>, _>::from_raw(source.width(), source.height(), pixels)?;
    let smaller = image::imageops::thumbnail(&pixels, width, height);
    Raster::from_rgb(width, height, smaller.into_raw()).ok()
}

fn write_level(
    queue: &wgpu::Queue,
    texture: &wgpu::Texture,
    level: u32,
    raster: &Raster,
    [width, height]: [u32; 2],
) {
    if (raster.width(), raster.height()) != (width, height) {
        return;
    }
    let rows = (STRIP / (4 * width as usize)).max(1);
    let mut rgba = Vec::new();
    for (number, strip) in (0_u32..).zip(raster.pixels().chunks(rows * 3 * width as usize)) {
        rgba.clear();
        let (pixels, _) = strip.as_chunks::<3>();
        rgba.extend(pixels.iter().flat_map(|&[r, g, b]| [r, g, b, 255]));
        queue.write_texture(
            wgpu::TexelCopyTextureInfo {
                texture,
                mip_level: level,
                origin: wgpu::Origin3d {
                    x: 0,
                    y: number * rows as u32,
                    z: 0,
                },
                aspect: wgpu::TextureAspect::All,
            },
            &rgba,
            wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(4 * width),
                rows_per_image: None,
            },
            wgpu::Extent3d {
                width,
                height: (rgba.len() / (4 * width as usize)) as u32,
                depth_or_array_layers: 1,
            },
        );
        if rgba.len() >= STRIP / 2 {
            // Starts the copy, so that the queue can free the strip.
            queue.submit([]);
        }
    }
}
