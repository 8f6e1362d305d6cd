//! The preview: original and altered picture drawn by the graphics card, live while a slider moves.
//!
//! Two shaders: `shaders/perturb.wgsl` makes the altered frame, 299 × 299, equal to [`flipscope_image::perturb::apply`] to the last bit
//! for nearest sampling and within 1 of 255, before the colour balance, for bilinear (Pillow truncates doubles: where one lies
//! next to a whole number, as with a shift of 0.1, the last bits of a double decide); it runs once for every new perturbation. `shaders/preview.wgsl` draws
//! it into the window, every frame: side, wipe or difference, zoomed. At full resolution it applies the same pose to the
//! photograph instead, in continuous coordinates: a picture for the eye, not what the network sees.
//!
//! Conventions: frame coordinates go from 0 to 299, x right and y down. Pixel values reach an 8-bit target in gamma space
//! (egui's) unchanged. [`install`] puts the renderer into egui's callback resources; each [`Preview`] keeps what it prepared,
//! so that any number of them can be painted in one window frame.

mod headless;
mod inputs;
mod pictures;
mod pipelines;
mod renderer;
mod uniforms;

use std::sync::{Arc, Mutex, PoisonError};

use eframe::egui_wgpu::{self, CallbackResources, CallbackTrait, ScreenDescriptor};

use flipscope_image::lesion::{Frame, Raster};
use flipscope_image::perturb::Perturbation;

use crate::explorer::preview::renderer::{Drawing, Loading, Renderer};
pub use headless::{Headless, HeadlessError};

/// The picture that is previewed.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Names the pixels: another raster needs another key, the same raster should keep its own, or it is uploaded again.
    pub key: u64,
    /// A frame's raster of 299 × 299 (what the network sees), or a photograph at full resolution.
    pub raster: Arc<Raster>,
    /// The part of the raster that the frame shows, in pixels of the raster: left, top, right, bottom.
    pub region: [f64; 4],
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Show {
    /// The original, through the field of view where the perturbation has one.
    Original,
    /// The altered picture.
    Altered,
    /// Original left of this fraction of the rectangle's width, altered right of it.
    Wipe(f32),
    /// `128 + gain · (altered − original)` a channel, clamped: grey where nothing changes, and the sign can be seen.
    Difference {
        /// The factor, e.g. 8.
        gain: f32,
    },
}

/// One view of a picture under a perturbation, to be painted once.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The picture.
    pub picture: Picture,
    /// The frame of the picture: the fill `mean-skin` is computed from it, and it is shown while a photograph is uploaded.
    pub frame: Arc<Frame>,
    /// The perturbation. One that [`Perturbation::validate`] refuses is drawn as the identity.
    pub perturbation: Arc<Perturbation>,
    /// What is drawn.
    pub show: Show,
    /// The visible part of the frame, in 0..1: min x, min y, max x, max y. What lies beyond 0..1 stays transparent.
    pub view: [f32; 4],
    /// Pixels as blocks; otherwise smooth. A picture shown smaller than it is, is always filtered.
    pub crisp: bool,
}

impl Preview {
    /// Adds the paint callback. The picture fills `rect`, clipped as the painter is.
    pub fn paint(self, painter: &egui::Painter, rect: egui::Rect) {
        painter.add(egui_wgpu::Callback::new_paint_callback(
            rect,
            PreviewCallback {
                preview: self,
                rect,
                context: painter.ctx().clone(),
                drawing: Mutex::new(None),
            },
        ));
    }

    /// Whether the raster is what the network sees, so that it is perturbed pixel by pixel.
    fn is_frame(&self) -> bool {
        let side = f64::from(Frame::SIDE);
        let Picture { raster, region, .. } = &self.picture;
        raster.width() == Frame::SIDE
            && raster.height() == Frame::SIDE
            && *region == [0.0, 0.0, side, side]
    }
}

/// Makes the renderer for egui's device and target and puts it where [`Preview::paint`] finds it. Once, at the start.
///
/// egui's own target: no multisampling, no depth buffer (eframe's defaults).
pub fn install(render_state: &egui_wgpu::RenderState) {
    let renderer = Renderer::new(&render_state.device, render_state.target_format);
    let mut egui_renderer = render_state.renderer.write();
    egui_renderer.callback_resources.insert(renderer);
}

struct PreviewCallback {
    preview: Preview,
    rect: egui::Rect,
    context: egui::Context,
    /// From `prepare` to `paint`; here and not in the shared resources, since several previews share a window frame.
    drawing: Mutex<Option<Drawing>>,
}

impl CallbackTrait for PreviewCallback {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &ScreenDescriptor,
        encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        let Some(renderer) = resources.get_mut::<Renderer>() else {
            log::warn!("preview::install was not called: no picture is drawn");
            return Vec::new();
        };
        // Rounded as egui rounds viewports, so that pixels land on pixels.
        let pixel = |points: f32| (points * screen.pixels_per_point).round();
        let (min, max) = (self.rect.min, self.rect.max);
        let rect = [
            pixel(min.x),
            pixel(min.y),
            pixel(max.x) - pixel(min.x),
            pixel(max.y) - pixel(min.y),
        ];
        let loading = Loading::Behind(&self.context);
        let drawing = renderer.prepare(device, queue, encoder, &self.preview, rect, loading);
        *self.drawing.lock().unwrap_or_else(PoisonError::into_inner) = drawing;
        Vec::new()
    }

    fn paint(
        &self,
        _info: egui::PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        _resources: &CallbackResources,
    ) {
        let drawing = self.drawing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(drawing) = drawing.as_ref() {
            drawing.draw(pass);
        }
    }
}
