//! The recently perturbed frames, and what one drawing needs.

use std::sync::Arc;

use wgpu::util::DeviceExt as _;

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Fill, Perturbation, PoseResampling, mean_skin};

use crate::explorer::preview::pictures::{Loading, Pictures};
use crate::explorer::preview::pipelines::{Pipelines, Variant};
use crate::explorer::preview::uniforms::{DrawParameters, PerturbUniform, ViewUniform, level};
use crate::explorer::preview::{Preview, inputs};

/// Perturbed frames kept: enough for several views side by side and for going back.
const KEPT: usize = 8;

/// The renderer, one for a device and target.
pub(super) struct Renderer {
    pipelines: Pipelines,
    sampler: wgpu::Sampler,
    pictures: Pictures,
    /// Least recently used first.
    made: Vec<Arc<Made>>,
    skin: Option<(Arc<Frame>, [u8; 3])>,
}

/// A perturbation on the graphics card, and the frames made with it at the network's resolution.
struct Made {
    perturbation: Arc<Perturbation>,
    frame: Arc<Frame>,
    /// Key of the picture at the network's resolution; `None` at full resolution.
    key: Option<u64>,
    colours: wgpu::TextureView,
    /// Pixels and noise, or a placeholder of one texel.
    after: wgpu::TextureView,
    has_after: bool,
    outside: [u8; 3],
    /// Original and altered frame.
    frames: Option<[wgpu::TextureView; 2]>,
}

/// One preview, ready to be drawn.
pub(super) struct Drawing {
    pipeline: wgpu::RenderPipeline,
    bindings: wgpu::BindGroup,
}

impl Drawing {
    /// Draws into the pass, over its whole viewport.
    pub(super) fn draw(&self, pass: &mut wgpu::RenderPass<'_>) {
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, &self.bindings, &[]);
        pass.draw(0..3, 0..1);
    }
}

impl Renderer {
    pub(super) fn new(device: &wgpu::Device, target: wgpu::TextureFormat) -> Self {
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("preview"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            mipmap_filter: wgpu::MipmapFilterMode::Linear,
            ..Default::default()
        });
        Self {
            pipelines: Pipelines::new(device, target),
            sampler,
            pictures: Pictures::new(),
            made: Vec::new(),
            skin: None,
        }
    }

    /// Uploads what is new, perturbs the frame if it is new, and binds everything for one drawing.
    ///
    /// `rect`: left, top, width and height of the preview in pixels of the target. `None`: there is nothing to draw.
    pub(super) fn prepare(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        encoder: &mut wgpu::CommandEncoder,
        preview: &Preview,
        rect: [f32; 4],
        loading: Loading<'_>,
    ) -> Option<Drawing> {
        let key = preview.picture.key;
        let photograph = if preview.is_frame() {
            None
        } else {
            let raster = &preview.picture.raster;
            self.pictures.get(device, queue, key, raster, loading)
        };
        let made = self.made(device, queue, encoder, preview, photograph.is_none());
        let level = photograph.as_ref().map(|p| level(preview, p.size, rect));
        let uniform = ViewUniform::new(
            preview,
            &DrawParameters {
                rect,
                perturbation: &made.perturbation,
                level: level.unwrap_or(0.0),
                outside: made.outside,
                after: made.has_after,
            },
        );
        let buffer = device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
            label: Some("preview view"),
            contents: bytemuck::bytes_of(&uniform),
            usage: wgpu::BufferUsages::UNIFORM,
        });
        // Frames at the network's resolution; at full resolution the photograph alone, for both bindings.
        let [original, altered] = match &made.frames {
            Some([original, altered]) => [original, altered],
            None => photograph.as_ref().map(|p| [&p.view; 2])?,
        };
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("preview"),
            layout: &self.pipelines.draw_layout,
            entries: &[
                entry(0, buffer.as_entire_binding()),
                entry(1, wgpu::BindingResource::TextureView(original)),
                entry(2, wgpu::BindingResource::TextureView(altered)),
                entry(3, wgpu::BindingResource::TextureView(&made.colours)),
                entry(4, wgpu::BindingResource::TextureView(&made.after)),
                entry(5, wgpu::BindingResource::Sampler(&self.sampler)),
            ],
        });
        let variant = Variant {
            show: preview.show.into(),
            full: photograph.is_some(),
            // A photograph shown smaller than its size is filtered in any case.
            crisp: preview.crisp && level.is_none_or(|level| level <= 0.0),
        };
        Some(Drawing {
            pipeline: self.pipelines.draw(device, variant),
            bindings,
        })
    }

    /// The perturbation on the graphics card, from the cache or new.
    fn made(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        encoder: &mut wgpu::CommandEncoder,
        preview: &Preview,
        as_frame: bool,
    ) -> Arc<Made> {
        let key = as_frame.then_some(preview.picture.key);
        let asked = &preview.perturbation;
        let found = self.made.iter().position(|made| {
            made.key == key
                && (Arc::ptr_eq(&made.perturbation, asked) || made.perturbation == *asked)
                && (Arc::ptr_eq(&made.frame, &preview.frame) || made.frame == preview.frame)
        });
        let made = if let Some(at) = found {
            self.made.remove(at)
        } else {
            Arc::new(self.make(device, queue, encoder, preview, key))
        };
        self.made.push(made.clone());
        let surplus = self.made.len().saturating_sub(KEPT);
        self.made.drain(..surplus);
        made
    }

    fn make(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        encoder: &mut wgpu::CommandEncoder,
        preview: &Preview,
        key: Option<u64>,
    ) -> Made {
        let perturbation = match preview.perturbation.validate() {
            Ok(()) => preview.perturbation.clone(),
            Err(error) => {
                log::warn!("drawn as the identity: {error}");
                Arc::default()
            }
        };
        let after = inputs::after(device, queue, &perturbation);
        let has_after = after.is_some();
        let nothing = || {
            let format = wgpu::TextureFormat::Rgba16Sint;
            inputs::texture(device, queue, format, [1, 1], &[0; 8])
        };
        let mut made = Made {
            outside: self.outside(perturbation.fill, &preview.frame),
            colours: inputs::colours(device, queue, &perturbation),
            after: after.unwrap_or_else(nothing),
            has_after,
            perturbation,
            frame: preview.frame.clone(),
            key,
            frames: None,
        };
        if let Some(key) = key {
            let raster = if preview.is_frame() {
                &preview.picture.raster
            } else {
                preview.frame.raster()
            };
            let frame = self.pictures.now(device, queue, key, raster).view;
            let altered = self.render(device, queue, encoder, &frame, &made);
            let original = if made.perturbation.field_of_view {
                let masked = Perturbation {
                    field_of_view: true,
                    ..Perturbation::default()
                };
                let only_masked = Made {
                    colours: inputs::colours(device, queue, &masked),
                    perturbation: Arc::new(masked),
                    frame: made.frame.clone(),
                    after: made.after.clone(),
                    has_after: false,
                    frames: None,
                    ..made
                };
                self.render(device, queue, encoder, &frame, &only_masked)
            } else {
                frame
            };
            made.frames = Some([original, altered]);
        }
        made
    }

    /// The colour outside the frame.
    fn outside(&mut self, fill: Fill, frame: &Arc<Frame>) -> [u8; 3] {
        if fill != Fill::MeanSkin {
            return [0; 3];
        }
        match &self.skin {
            Some((known, colour)) if Arc::ptr_eq(known, frame) => *colour,
            _ => {
                let colour = mean_skin(frame);
                self.skin = Some((frame.clone(), colour));
                colour
            }
        }
    }

    /// Runs `shaders/perturb.wgsl` on a frame.
    fn render(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        encoder: &mut wgpu::CommandEncoder,
        frame: &wgpu::TextureView,
        made: &Made,
    ) -> wgpu::TextureView {
        let pose = PoseResampling::new(&made.perturbation);
        let uniform = PerturbUniform::new(&made.perturbation, &pose, made.outside, made.has_after);
        let buffer = device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
            label: Some("preview perturbation"),
            contents: bytemuck::bytes_of(&uniform),
            usage: wgpu::BufferUsages::UNIFORM,
        });
        let tables = inputs::tables(device, queue, &pose);
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("preview perturbation"),
            layout: &self.pipelines.perturb_layout,
            entries: &[
                entry(0, buffer.as_entire_binding()),
                entry(1, wgpu::BindingResource::TextureView(frame)),
                entry(2, wgpu::BindingResource::TextureView(&tables)),
                entry(3, wgpu::BindingResource::TextureView(&made.colours)),
                entry(4, wgpu::BindingResource::TextureView(&made.after)),
            ],
        });
        let target = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("preview altered frame"),
            size: wgpu::Extent3d {
                width: Frame::SIDE,
                height: Frame::SIDE,
                depth_or_array_layers: 1,
            },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba8Unorm,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        });
        let view = target.create_view(&wgpu::TextureViewDescriptor::default());
        let mut pass = begin(encoder, &view);
        Drawing {
            pipeline: self.pipelines.perturb(&pose),
            bindings,
        }
        .draw(&mut pass);
        drop(pass);
        view
    }
}

/// A pass that clears a colour target to transparent.
pub(super) fn begin<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    view: &wgpu::TextureView,
) -> wgpu::RenderPass<'a> {
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some("preview"),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations {
                load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
                store: wgpu::StoreOp::Store,
            },
        })],
        depth_stencil_attachment: None,
        timestamp_writes: None,
        occlusion_query_set: None,
        multiview_mask: None,
    })
}

fn entry(binding: u32, resource: wgpu::BindingResource<'_>) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry { binding, resource }
}
