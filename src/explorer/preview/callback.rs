//! How egui draws a preview: its paint callback, and the renderer in egui's resources.

use std::sync::{Mutex, PoisonError};

use eframe::egui_wgpu::{self, CallbackResources, CallbackTrait, ScreenDescriptor};

use crate::explorer::preview::pictures::Loading;
use crate::explorer::preview::renderer::{Drawing, Renderer};
use crate::explorer::preview::view::Preview;

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
}

/// Makes the renderer for egui's device and target and stores it where [`Preview::paint`] finds it. Once, at the start.
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
    /// From `prepare` to `paint`; kept here rather than in the shared resources, since several previews share a window frame.
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
        // Rounded as egui rounds viewports, so that pixels align with pixels.
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
