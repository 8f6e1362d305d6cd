//! Previews without a window: for tests and figures.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::explorer::preview::Preview;
use crate::explorer::preview::pictures::Loading;
use crate::explorer::preview::renderer::{Renderer, begin};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum HeadlessError {
    /// No graphics adapter.
    #[error(
        "no graphics adapter for the preview: install a driver, e.g. mesa-vulkan-drivers ({0})"
    )]
    NoAdapter(#[from] wgpu::RequestAdapterError),
    /// The adapter provides no device.
    #[error("the graphics adapter gives no device: {0}")]
    NoDevice(#[from] wgpu::RequestDeviceError),
    /// The picture cannot be read back.
    #[error("the rendered picture cannot be read back: {0}")]
    NotRead(String),
    /// A size that no texture can have.
    #[error("{width} × {height} pixels: give sides from 1 to {limit}")]
    Size {
        /// Width asked for.
        width: u32,
        /// Height asked for.
        height: u32,
        /// Longest side that the device supports.
        limit: u32,
    },
}

/// A device of its own that renders previews into memory.
///
/// It asks for no more than WebGL2 offers, so that what runs here runs on every backend. The environment variables of wgpu
/// (`WGPU_BACKEND`) select among several adapters.
pub struct Headless {
    device: wgpu::Device,
    queue: wgpu::Queue,
    renderer: Renderer,
    adapter: String,
}

impl Headless {
    /// Opens the first adapter.
    ///
    /// # Errors
    /// If there is no adapter or it provides no device.
    pub fn new() -> Result<Self, HeadlessError> {
        let instance =
            wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle_from_env());
        let adapter = wait(instance.request_adapter(&wgpu::RequestAdapterOptions::default()))?;
        let limits = wgpu::Limits::downlevel_webgl2_defaults().using_resolution(adapter.limits());
        let (device, queue) = wait(adapter.request_device(&wgpu::DeviceDescriptor {
            label: Some("headless preview"),
            required_limits: limits,
            ..Default::default()
        }))?;
        let info = adapter.get_info();
        Ok(Self {
            renderer: Renderer::new(&device, wgpu::TextureFormat::Rgba8Unorm),
            device,
            queue,
            adapter: format!("{} ({:?})", info.name, info.backend),
        })
    }

    /// Name and backend of the adapter.
    #[must_use]
    pub fn adapter(&self) -> &str {
        &self.adapter
    }

    /// The preview on a target of `width` × `height` pixels: RGBA, row by row, transparent outside the frame.
    ///
    /// # Errors
    /// If the size is out of range or the picture cannot be read back.
    pub fn render(
        &mut self,
        preview: &Preview,
        width: u32,
        height: u32,
    ) -> Result<Vec<u8>, HeadlessError> {
        let limit = self.device.limits().max_texture_dimension_2d;
        if !(1..=limit).contains(&width) || !(1..=limit).contains(&height) {
            return Err(HeadlessError::Size {
                width,
                height,
                limit,
            });
        }
        let (device, queue) = (&self.device, &self.queue);
        let size = wgpu::Extent3d {
            width,
            height,
            depth_or_array_layers: 1,
        };
        let target = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("headless preview"),
            size,
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba8Unorm,
            usage: wgpu::TextureUsages::COPY_SRC | wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        });
        let view = target.create_view(&wgpu::TextureViewDescriptor::default());
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let rect = [0.0, 0.0, width as f32, height as f32];
        let drawing =
            self.renderer
                .prepare(device, queue, &mut encoder, preview, rect, Loading::Now);
        let mut pass = begin(&mut encoder, &view);
        if let Some(drawing) = drawing {
            drawing.draw(&mut pass);
        }
        drop(pass);
        let row = (4 * width).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("headless preview"),
            size: u64::from(row) * u64::from(height),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        let layout = wgpu::TexelCopyBufferLayout {
            offset: 0,
            bytes_per_row: Some(row),
            rows_per_image: None,
        };
        let copy = wgpu::TexelCopyBufferInfo {
            buffer: &buffer,
            layout,
        };
        encoder.copy_texture_to_buffer(target.as_image_copy(), copy, size);
        queue.submit([encoder.finish()]);
        let (done, mapped) = std::sync::mpsc::channel();
        buffer
            .slice(..)
            .map_async(wgpu::MapMode::Read, move |result| {
                done.send(result).ok();
            });
        let not_read = |error: &dyn std::fmt::Display| HeadlessError::NotRead(error.to_string());
        let polled = device.poll(wgpu::PollType::wait_indefinitely());
        polled.map_err(|e| not_read(&e))?;
        let result = mapped.recv().map_err(|e| not_read(&e))?;
        result.map_err(|e| not_read(&e))?;
        let range = buffer.get_mapped_range(..).map_err(|e| not_read(&e))?;
        let rows = range.chunks(row as usize);
        Ok(rows
            .flat_map(|row| row.iter().take(4 * width as usize))
            .copied()
            .collect())
    }
}

/// Waits for a future of wgpu, which is ready at once on native platforms.
fn wait<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        match future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::yield_now(),
        }
    }
}
