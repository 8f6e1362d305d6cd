//! How large everything is in presenter mode: on every screen, the window is as many points high as on any other, so that a
//! projector of 1366 × 768 and a screen of 3840 × 2160 show the same, and the last row can read it.

use egui::gui_zoom::kb_shortcuts::ZOOM_RESET;
use egui::{Context, Vec2};

/// Height of the screen in points while presenting: a label of 16 points is 1/34 of it, a figure of 54 points a tenth.
pub const HEIGHT: f32 = 540.0;
/// Width below which even less would fit: a screen that is not wide gets more height instead.
const WIDTH: f32 = 800.0;
/// The range of the zoom.
const SMALLEST: f32 = 0.5;
const LARGEST: f32 = 5.0;

/// The zoom for a window of this size, in points at zoom 1.
pub fn zoom_of(window: Vec2) -> f32 {
    (window.y / HEIGHT)
        .min(window.x / WIDTH)
        .clamp(SMALLEST, LARGEST)
}

/// Chooses the zoom once after the window has got another size; what the person zooms then stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fit {
    last: Option<Vec2>,
    fitted: Option<Vec2>,
}

impl Fit {
    /// The zoom to be set now, if any, for a window of this size in points at zoom 1. In the frame in which the zoom changes, the
    /// size is not known exactly: it counts only if it was the same in the last frame.
    pub fn zoom(&mut self, window: Vec2) -> Option<f32> {
        let same = |other: Option<Vec2>| {
            other.is_some_and(|other| (other - window).abs().max_elem() < 1.5)
        };
        let settled = same(self.last);
        self.last = Some(window);
        if !settled || same(self.fitted) {
            return None;
        }
        self.fitted = Some(window);
        Some(zoom_of(window))
    }

    /// Sets the zoom of a real window, if it is presenting; afterwards it starts again.
    pub(crate) fn show(&mut self, ctx: &Context, presenting: bool) {
        if !presenting {
            *self = Self::default();
            return;
        }
        // A pass that is drawn again knows nothing new, and would count as a size that stays.
        if ctx.current_pass_index() > 0 {
            return;
        }
        // Without a screen (in tests) there is none, and nothing is zoomed.
        let real = |window: egui::Rect| window.is_positive();
        if !ctx.input(|input| input.viewport().inner_rect.is_some_and(real)) {
            return;
        }
        // Not the window's own rectangle: in the frame of a new zoom it is still in points of the old one.
        let window = ctx.viewport_rect().size() * ctx.zoom_factor();
        // Back to what this screen needs: egui's own key would give the letters of a desk.
        if ctx.input_mut(|input| input.consume_shortcut(&ZOOM_RESET)) {
            ctx.set_zoom_factor(zoom_of(window));
            ctx.request_repaint();
            return;
        }
        let before = *self;
        if let Some(zoom) = self.zoom(window) {
            ctx.set_zoom_factor(zoom);
        }
        if before.last != self.last || before.fitted != self.fitted {
            ctx.request_repaint();
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{Event, Key, Modifiers, RawInput, Rect, ViewportId, pos2, vec2};

    use super::*;

    #[test]
    fn every_screen_shows_the_same() {
        for (screen, zoom) in [
            ([1920.0, 1080.0], 2.0),
            ([3840.0, 2160.0], 4.0),
            ([1366.0, 768.0], 768.0 / 540.0),
            // Not wide: 800 points across.
            ([1024.0, 768.0], 1.28),
        ] {
            assert!(
                (zoom_of(screen.into()) - zoom).abs() < 1e-4,
                "{screen:?}: {}",
                zoom_of(screen.into())
            );
        }
    }

    /// Ctrl+0 is the letters of a hall while presenting, and those of a desk otherwise.
    #[test]
    fn the_key_that_resets_the_zoom_gives_the_hall_its_letters_back() {
        for (presenting, expected) in [(true, 2.0), (false, 1.0)] {
            let ctx = Context::default();
            let mut fit = Fit::default();
            let screen =
                |zoom: f32| Rect::from_min_size(pos2(0.0, 0.0), vec2(1920.0, 1080.0) / zoom);
            let mut pass = |events: Vec<Event>| {
                let mut input = RawInput {
                    events,
                    screen_rect: Some(screen(ctx.zoom_factor())),
                    ..RawInput::default()
                };
                let viewport = input.viewports.entry(ViewportId::ROOT).or_default();
                viewport.inner_rect = Some(screen(ctx.zoom_factor()));
                ctx.begin_pass(input);
                fit.show(&ctx, presenting);
                ctx.end_pass().textures_delta.clear();
                ctx.zoom_factor()
            };
            for _ in 0..4 {
                pass(Vec::new());
            }
            let key = |key| Event::Key {
                key,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::COMMAND,
            };
            pass(vec![key(Key::Minus)]);
            pass(Vec::new());
            pass(vec![key(Key::Num0)]);
            let mut zoom = 0.0;
            for _ in 0..4 {
                zoom = pass(Vec::new());
            }
            assert!((zoom - expected).abs() < 1e-3, "{presenting}: {zoom}");
        }
    }

    /// As eframe runs a frame: the window's rectangle is in points of the zoom before the frame, and the reveal has a pass drawn again.
    #[test]
    fn pages_that_are_drawn_twice_leave_the_zoom_alone() {
        let ctx = Context::default();
        let mut fit = Fit::default();
        let mut zooms = Vec::new();
        for frame in 0..24 {
            let size = if frame < 2 {
                vec2(1280.0, 660.0)
            } else {
                vec2(1920.0, 1080.0)
            };
            let window = Rect::from_min_size(pos2(0.0, 0.0), size / ctx.zoom_factor());
            let mut input = RawInput {
                screen_rect: Some(window),
                ..RawInput::default()
            };
            input
                .viewports
                .entry(ViewportId::ROOT)
                .or_default()
                .inner_rect = Some(window);
            let output = ctx.run_ui(input, |ui| {
                fit.show(ui.ctx(), true);
                // Most frames turn a page.
                if frame % 3 != 1 {
                    ui.ctx().request_discard("another page");
                }
            });
            output.drop_without_applying_deltas();
            zooms.push(ctx.zoom_factor());
        }
        let after = zooms.get(6..).unwrap_or_default();
        assert!(
            after.iter().all(|zoom| (zoom - 2.0).abs() < 1e-3),
            "{zooms:?}"
        );
    }

    #[test]
    fn the_zoom_is_set_once_for_a_size_that_has_settled() {
        let mut fit = Fit::default();
        let (small, full) = (vec2(1280.0, 660.0), vec2(1920.0, 1080.0));
        assert_eq!(fit.zoom(small), None, "not settled");
        assert_eq!(fit.zoom(full), None, "still growing");
        assert_eq!(fit.zoom(full), Some(2.0));
        // The frame of the change: the size is off by the zoom.
        assert_eq!(fit.zoom(full * 2.0), None);
        assert_eq!(fit.zoom(full), None);
        for _ in 0..5 {
            assert_eq!(fit.zoom(full), None, "the person's own zoom stays");
        }
        assert_eq!(fit.zoom(small), None);
        assert!(fit.zoom(small).is_some(), "another size, another zoom");
    }
}
