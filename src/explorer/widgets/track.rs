//! P(melanoma) along a slider, painted on its rail.

use egui::{Painter, Rangef, Rect, Shape, Stroke, pos2};

use crate::explorer::explore::band::{Band, Span, steps};
use crate::explorer::explore::controls::Control;
use crate::explorer::theme::Palette;

/// Ticks of a provisional part: their width in points, their spacing, how pale they are.
const TICK: f32 = 2.0;
const EVERY: f32 = 5.0;
const PALER: f32 = 0.55;

/// P(melanoma) along a slider, by one model.
#[derive(Clone, Copy)]
pub(crate) struct Track<'a> {
    /// What is known about it.
    pub band: &'a Band,
    /// Where melanoma begins.
    pub threshold: f32,
}

/// A run of one label on a rail, in points.
struct Run {
    x: Rangef,
    melanoma: bool,
    settled: bool,
}

impl Track<'_> {
    fn runs(&self, rail: Rect, control: Control) -> Vec<Run> {
        let steps = steps(control);
        let x = |step: f32| rail.left() + rail.width() * step / steps as f32;
        let spans = self.band.spans(steps, self.threshold);
        let run = |span: Span| Run {
            x: Rangef::new(x(span.from), x(span.to)),
            melanoma: span.melanoma,
            settled: span.settled,
        };
        spans.into_iter().map(run).collect()
    }

    /// On the rail: solid where settled, ticks where provisional.
    pub(super) fn paint(&self, painter: &Painter, rail: Rect, control: Control, palette: &Palette) {
        let middle = rail.center().y;
        for run in self.runs(rail, control) {
            let (half, colour) = if run.melanoma {
                (3.5, palette.melanoma)
            } else {
                (1.75, palette.nevus)
            };
            let y = (middle - half)..=(middle + half);
            if run.settled {
                let band = Rect::from_x_y_ranges(run.x, y);
                painter.rect_filled(band, 0.0, colour);
                continue;
            }
            let mut at = run.x.min;
            while at < run.x.max {
                let tick = Rangef::new(at, (at + TICK).min(run.x.max));
                let tick = Rect::from_x_y_ranges(tick, y.clone());
                painter.rect_filled(tick, 0.0, colour.gamma_multiply(PALER));
                at += EVERY;
            }
        }
    }

    /// Below the rail: dashed where settled, dotted where provisional.
    pub(super) fn paint_comparison(
        &self,
        painter: &Painter,
        rail: Rect,
        control: Control,
        palette: &Palette,
    ) {
        let y = rail.center().y + 7.0;
        for run in self.runs(rail, control) {
            let (width, colour) = if run.melanoma {
                (3.5, palette.melanoma)
            } else {
                (1.5, palette.nevus)
            };
            let ends = [pos2(run.x.min, y), pos2(run.x.max, y)];
            let (colour, dash, gap) = if run.settled {
                (colour, 5.0, 3.0)
            } else {
                (colour.gamma_multiply(PALER), TICK, EVERY - TICK)
            };
            painter.extend(Shape::dashed_line(
                &ends,
                Stroke::new(width, colour),
                dash,
                gap,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::explore::band::value_at;
    use crate::explorer::theme;

    /// Solid shapes and ticks in a colour of the slider's band: where they begin and end.
    fn painted(band: &Band, colour: egui::Color32) -> (Vec<Rangef>, Vec<Rangef>) {
        let ctx = egui::Context::default();
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let rail = Rect::from_min_max(pos2(0.0, 0.0), pos2(720.0, 20.0));
            let track = Track {
                band,
                threshold: 0.5,
            };
            let palette = theme::palette(ui.ctx());
            track.paint(ui.painter(), rail, Control::Rotation, &palette);
        });
        // Nothing is drawn here.
        output.textures_delta.clear();
        let of = |wanted: egui::Color32| {
            let rects = output.shapes.iter().filter_map(|shape| match &shape.shape {
                Shape::Rect(rect) if rect.fill == wanted => Some(rect.rect.x_range()),
                _ => None,
            });
            rects.collect()
        };
        (of(colour), of(colour.gamma_multiply(PALER)))
    }

    #[test]
    fn what_is_provisional_is_painted_as_pale_ticks_until_it_is_settled() {
        let control = Control::Rotation;
        let steps = steps(control);
        let p = |step: u32| {
            let value = value_at(control, step).abs() as f32;
            (0.9 - 0.4 * value / 28.0).max(0.05)
        };
        let palette = theme::palette(&egui::Context::default());
        let mut band = Band::default();
        for (_, step) in band.missing(steps, 0.5) {
            band.put(step, p(step));
        }
        let (solid, ticks) = painted(&band, palette.melanoma);
        assert!(
            solid.is_empty(),
            "the coarse points are not the end of it: {solid:?}"
        );
        assert!(ticks.len() > 5);
        while !band.is_finished(steps, 0.5) {
            for (_, step) in band.missing(steps, 0.5) {
                band.put(step, p(step));
            }
        }
        let (solid, ticks) = painted(&band, palette.melanoma);
        assert!(
            ticks.is_empty(),
            "nothing is provisional any more: {ticks:?}"
        );
        let [run] = solid[..] else {
            panic!("one run: {solid:?}");
        };
        // One point per step here: from −28° to 28°.
        assert!(
            (run.min - 304.0).abs() <= 1.0 && (run.max - 416.0).abs() <= 1.0,
            "{run:?}"
        );
        assert!(painted(&band, palette.nevus).1.is_empty());
    }
}
