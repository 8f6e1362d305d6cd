//! The window without a screen: the same application, drawn into a texture. For `flipscope bench`.

use std::time::{Duration, Instant};

use eframe::egui_wgpu::{self, RenderState, ScreenDescriptor};
use egui::{Context, Event, Pos2, RawInput, Rect, Vec2};

use crate::explorer::app::App;
use crate::explorer::launch::Launch;
use crate::explorer::preview;
use crate::explorer::priority;

/// Why the window cannot be run without a screen.
#[derive(Debug, thiserror::Error)]
pub enum HeadlessError {
    /// The system cannot start threads.
    #[error("the system cannot start another thread: {0}")]
    Threads(#[from] std::io::Error),
}

/// The application and what stands in for its window.
pub struct Headless {
    ctx: Context,
    app: App,
    size: Vec2,
    start: Instant,
    /// When the application wants to be drawn again, as far as it knows.
    due: Instant,
    graphics: Option<Graphics>,
}

/// How long a frame took.
#[derive(Clone, Copy, Debug)]
pub struct FrameTime {
    /// The window's thread: answers, layout, tessellation, upload and submission.
    pub busy: Duration,
    /// The processor's time in it (Linux): the rest is waiting for a core that other threads have.
    pub working: Option<Duration>,
    /// The graphics adapter from then on: the rasteriser's own share.
    pub drawing: Duration,
}

struct Graphics {
    render_state: RenderState,
    view: wgpu::TextureView,
    adapter: String,
}

impl Headless {
    /// Starts the application in a window of this size in points.
    ///
    /// # Errors
    /// If the system cannot start threads. Without a graphics adapter it runs without pictures.
    pub fn new(launch: Launch, size: Vec2) -> Result<Self, HeadlessError> {
        priority::start_workers();
        let ctx = Context::default();
        let graphics = Graphics::open(size);
        if let Some(graphics) = &graphics {
            preview::install(&graphics.render_state);
            priority::rasteriser_yields();
        }
        let app = App::new(&ctx, graphics.is_some(), launch)?;
        Ok(Self {
            ctx,
            app,
            size,
            start: Instant::now(),
            due: Instant::now(),
            graphics,
        })
    }

    /// The application.
    pub fn app(&mut self) -> &mut App {
        &mut self.app
    }

    /// The graphics adapter that draws, if there is one.
    pub fn adapter(&self) -> Option<&str> {
        self.graphics
            .as_ref()
            .map(|graphics| graphics.adapter.as_str())
    }

    /// Draws one frame of the window, if it wants one: like a real window, it is drawn when something has changed. Returns how
    /// long its thread was busy.
    pub fn frame_if_due(&mut self) -> Option<Duration> {
        let due = self.ctx.has_requested_repaint() || Instant::now() >= self.due;
        due.then(|| self.frame())
    }

    /// Draws one frame of the window; returns how long the window's thread was busy with it (not how long the adapter draws).
    pub fn frame(&mut self) -> Duration {
        self.frame_with(Vec::new()).busy
    }

    /// The same while a person points, scrolls and types.
    pub fn frame_with(&mut self, events: Vec<Event>) -> FrameTime {
        let input = RawInput {
            events,
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(self.start.elapsed().as_secs_f64()),
            focused: true,
            ..RawInput::default()
        };
        let (start, worked) = (Instant::now(), worked());
        let output = self.ctx.run_ui(input, |ui| {
            self.app.logic(ui.ctx());
            self.app.show(ui);
        });
        let wait = output
            .viewport_output
            .values()
            .map(|viewport| viewport.repaint_delay)
            .min();
        // A wait of 0 is due at once; "never" is treated as an hour.
        let wait = wait.unwrap_or(Duration::MAX).min(Duration::from_hours(1));
        self.due = Instant::now() + wait;
        let shapes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        if let Some(graphics) = &self.graphics {
            graphics.submit(&shapes, output.textures_delta, self.size);
        }
        let busy = start.elapsed();
        let working = (self::worked().zip(worked)).map(|(now, before)| now.saturating_sub(before));
        if let Some(graphics) = &self.graphics {
            graphics.finish();
        }
        FrameTime {
            busy,
            working,
            drawing: start.elapsed().saturating_sub(busy),
        }
    }
}

/// The processor's time that the calling thread has had.
fn worked() -> Option<Duration> {
    #[cfg(target_os = "linux")]
    {
        use rustix::time::{ClockId, clock_gettime};
        clock_gettime(ClockId::ThreadCPUTime).try_into().ok()
    }
    #[cfg(not(target_os = "linux"))]
    None
}

impl Graphics {
    fn open(size: Vec2) -> Option<Self> {
        let setup = egui_wgpu::WgpuSetup::CreateNew(
            egui_wgpu::WgpuSetupCreateNew::without_display_handle(),
        );
        let instance = pollster::block_on(setup.new_instance());
        let configuration = egui_wgpu::WgpuConfiguration {
            wgpu_setup: setup,
            ..egui_wgpu::WgpuConfiguration::default()
        };
        let options = egui_wgpu::RendererOptions::PREDICTABLE;
        let created = pollster::block_on(RenderState::create(
            &configuration,
            &instance,
            None,
            options,
        ));
        let render_state = match created {
            Ok(render_state) => render_state,
            Err(error) => {
                log::warn!("no graphics adapter: {error}");
                return None;
            }
        };
        let target = render_state
            .device
            .create_texture(&wgpu::TextureDescriptor {
                label: Some("headless window"),
                size: wgpu::Extent3d {
                    width: size.x as u32,
                    height: size.y as u32,
                    depth_or_array_layers: 1,
                },
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format: render_state.target_format,
                usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
                view_formats: &[],
            });
        let info = render_state.adapter.get_info();
        Some(Self {
            view: target.create_view(&wgpu::TextureViewDescriptor::default()),
            adapter: format!("{} ({})", info.name, info.backend),
            render_state,
        })
    }

    fn submit(
        &self,
        shapes: &[egui::ClippedPrimitive],
        mut textures: egui::TexturesDelta,
        size: Vec2,
    ) {
        let RenderState {
            device,
            queue,
            renderer,
            ..
        } = &self.render_state;
        let mut renderer = renderer.write();
        for (id, images) in textures.set.drain() {
            for image in images {
                renderer.update_texture(device, queue, id, &image);
            }
        }
        let screen = ScreenDescriptor {
            size_in_pixels: [size.x as u32, size.y as u32],
            pixels_per_point: 1.0,
        };
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let buffers = renderer.update_buffers(device, queue, &mut encoder, shapes, &screen);
        let mut pass = encoder
            .begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("headless window"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &self.view,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
                        store: wgpu::StoreOp::Store,
                    },
                    depth_slice: None,
                })],
                ..wgpu::RenderPassDescriptor::default()
            })
            .forget_lifetime();
        renderer.render(&mut pass, shapes, &screen);
        drop(pass);
        queue.submit(buffers.into_iter().chain(std::iter::once(encoder.finish())));
        for id in textures.free.drain() {
            renderer.free_texture(&id);
        }
    }

    fn finish(&self) {
        let wait = wgpu::PollType::Wait {
            submission_index: None,
            timeout: Some(Duration::from_secs(10)),
        };
        if let Err(error) = self.render_state.device.poll(wait) {
            log::warn!("the graphics adapter does not answer: {error}");
        }
    }
}
