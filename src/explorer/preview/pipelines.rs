//! The pipelines of both shaders: the perturbing ones are created at once, the drawing ones when first needed.

use std::collections::HashMap;

use flipscope_image::perturb::{PoseResampling, Step};

use crate::explorer::preview::Show;

/// Which picture `shaders/preview.wgsl` draws: its override `SHOW`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shown {
    Original = 0,
    Altered = 1,
    Wipe = 2,
    Difference = 3,
}

impl From<Show> for Shown {
    fn from(show: Show) -> Self {
        match show {
            Show::Original => Self::Original,
            Show::Altered => Self::Altered,
            Show::Wipe(_) => Self::Wipe,
            Show::Difference { .. } => Self::Difference,
        }
    }
}

/// The choices that `shaders/preview.wgsl` is compiled for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Variant {
    pub(super) show: Shown,
    /// At full resolution.
    pub(super) full: bool,
    /// Texels as blocks.
    pub(super) crisp: bool,
}

/// All pipelines of a device and target.
pub(super) struct Pipelines {
    /// Of `shaders/perturb.wgsl`.
    pub(super) perturb_layout: wgpu::BindGroupLayout,
    /// Of `shaders/preview.wgsl`.
    pub(super) draw_layout: wgpu::BindGroupLayout,
    perturb_nearest: wgpu::RenderPipeline,
    perturb_any: wgpu::RenderPipeline,
    drawing: wgpu::ShaderModule,
    target: wgpu::TextureFormat,
    draw: HashMap<Variant, wgpu::RenderPipeline>,
}

impl Pipelines {
    pub(super) fn new(device: &wgpu::Device, target: wgpu::TextureFormat) -> Self {
        use wgpu::TextureSampleType::{Float, Sint, Uint};
        let picture = texture(Float { filterable: true });
        let perturb_layout = layout(
            device,
            &[
                uniform(),
                picture,
                texture(Sint),
                texture(Uint),
                texture(Sint),
            ],
        );
        let sampler = wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering);
        let draw_layout = layout(
            device,
            &[
                uniform(),
                picture,
                picture,
                texture(Uint),
                texture(Sint),
                sampler,
            ],
        );
        let module = |source: &str| {
            device.create_shader_module(wgpu::ShaderModuleDescriptor {
                label: Some("preview"),
                source: wgpu::ShaderSource::Wgsl(source.into()),
            })
        };
        let perturbing = module(include_str!("../../../shaders/perturb.wgsl"));
        let perturb = |linear: bool| {
            pipeline(
                device,
                &perturb_layout,
                &perturbing,
                "perturb",
                &[("MAY_BE_LINEAR", f64::from(u8::from(linear)))],
                wgpu::TextureFormat::Rgba8Unorm.into(),
            )
        };
        Self {
            perturb_nearest: perturb(false),
            perturb_any: perturb(true),
            drawing: module(include_str!("../../../shaders/preview.wgsl")),
            target,
            draw: HashMap::new(),
            perturb_layout,
            draw_layout,
        }
    }

    /// The pipeline that perturbs a frame by this pose.
    pub(super) fn perturb(&self, pose: &PoseResampling) -> wgpu::RenderPipeline {
        if pose.steps().any(|step| matches!(step, Step::Linear(_))) {
            self.perturb_any.clone()
        } else {
            self.perturb_nearest.clone()
        }
    }

    /// The pipeline that draws a preview.
    pub(super) fn draw(&mut self, device: &wgpu::Device, variant: Variant) -> wgpu::RenderPipeline {
        let (layout, module, target) = (&self.draw_layout, &self.drawing, self.target);
        let made = self.draw.entry(variant).or_insert_with(|| {
            let flag = |set: bool| f64::from(u8::from(set));
            pipeline(
                device,
                layout,
                module,
                "draw",
                &[
                    ("SHOW", f64::from(variant.show as u8)),
                    ("FULL", flag(variant.full)),
                    ("CRISP", flag(variant.crisp)),
                    ("LINEAR_TARGET", flag(target.is_srgb())),
                ],
                wgpu::ColorTargetState {
                    format: target,
                    blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                    write_mask: wgpu::ColorWrites::ALL,
                },
            )
        });
        made.clone()
    }
}

fn uniform() -> wgpu::BindingType {
    wgpu::BindingType::Buffer {
        ty: wgpu::BufferBindingType::Uniform,
        has_dynamic_offset: false,
        min_binding_size: None,
    }
}

fn texture(sample_type: wgpu::TextureSampleType) -> wgpu::BindingType {
    wgpu::BindingType::Texture {
        sample_type,
        view_dimension: wgpu::TextureViewDimension::D2,
        multisampled: false,
    }
}

/// A layout of bindings 0, 1, 2, … for the fragment stage.
fn layout(device: &wgpu::Device, bindings: &[wgpu::BindingType]) -> wgpu::BindGroupLayout {
    let entries: Vec<wgpu::BindGroupLayoutEntry> = (0..)
        .zip(bindings)
        .map(|(binding, &ty)| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::FRAGMENT,
            ty,
            count: None,
        })
        .collect();
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("preview"),
        entries: &entries,
    })
}

/// A pipeline that covers its viewport with one triangle: vertex entry `cover`, fragment entry `name`.
fn pipeline(
    device: &wgpu::Device,
    layout: &wgpu::BindGroupLayout,
    module: &wgpu::ShaderModule,
    name: &str,
    constants: &[(&str, f64)],
    target: wgpu::ColorTargetState,
) -> wgpu::RenderPipeline {
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some(name),
        bind_group_layouts: &[Some(layout)],
        immediate_size: 0,
    });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(name),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module,
            entry_point: Some("cover"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module,
            entry_point: Some(name),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants,
                ..Default::default()
            },
            targets: &[Some(target)],
        }),
        multiview_mask: None,
        cache: None,
    })
}
